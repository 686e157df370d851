# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154,SC2034 # the variables are those of ci/fidelity
#
# Part of ci/fidelity: what real kernels said of memory while they booted (corpus/bootlogs), held against
# the kernel's files as they are compiled here: `earlyfuzz import --check`.

bootlogs=$ROOT/corpus/bootlogs

# The newest of those that were built.
find_earlyfuzz() {
	local each

	for each in "$build"/{release,asan,replay,debug,gcc-asan}/fuzz/earlyfuzz; do
		[[ -x $each && -z $given_earlyfuzz ]] || continue
		[[ -n $earlyfuzz && $earlyfuzz -nt $each ]] || earlyfuzz=$each
	done
	[[ -n $earlyfuzz && -x $earlyfuzz ]] || die "boot logs: no earlyfuzz in build/:" \
		"cmake --preset release && cmake --build --preset release"
}

# check_bootlogs: adds to differing. A log whose kernel is not built is told, never taken for one that
# agrees.
check_bootlogs() {
	local log name version held status agree=0 differ=0 facts=0 other=() n panics=0

	for log in "$bootlogs"/*.log; do
		[[ -f $log ]] || die "no logs in $bootlogs"
		name=$(basename "$log" .log)
		progress "boot logs: $name"
		status=0
		"$earlyfuzz" import --check -q "$log" >"$work_dir/check" 2>&1 || status=$?
		version=$(sed -n 's/^.*Linux version \([0-9]*\.[0-9]*\)\..*/\1/p' "$log" | head -n 1)
		held=$(sed -n 's/.*held against .*(Linux \([0-9]*\.[0-9]*\)\..*/\1/p' "$work_dir/check")
		if ((status > 1)); then
			die "boot logs: $name: $(tail -n 1 "$work_dir/check")"
		elif [[ -n $version && $version != "$held" ]]; then
			other+=("$name")
			continue
		fi
		n=$(sed -n 's/^\([0-9]*\) facts agree.*/\1/p' "$work_dir/check")
		facts=$((facts + ${n:-0}))
		! grep -aqE 'Kernel panic|PANIC' "$log" || panics=$((panics + 1))
		if ((status == 0 && ${n:-0} > 0)); then
			agree=$((agree + 1))
		else
			differ=$((differ + 1)) differing=1
			say "$name: differs"
			cat "$work_dir/check"
		fi
	done
	((${#other[@]} == 0)) ||
		say "boot logs: ${#other[@]} not checked, their kernel is not built: ${other[*]}"
	say "boot logs: $((agree + differ)) boots, of which $panics panicked: $agree agree in every" \
		"fact ($facts facts), $differ differ"
	((agree + differ)) || die "boot logs: none could be checked"
}

# The same boots anew.
boot_anew() {
	"$ROOT/ci/boot" --list "$ROOT/ci/bootlogs/boots" --earlyfuzz "$earlyfuzz" || {
		local status=$?
		((status == 1)) || exit "$status"
		differing=1
	}
}

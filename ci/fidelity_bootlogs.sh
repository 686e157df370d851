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
# agrees; those of corpus/bootlogs/memblock must show memblock's calls, too, and those of
# corpus/bootlogs/boot a whole boot, with its hand-off.
check_bootlogs() {
	local log name version held status agree=0 differ=0 facts=0 calls=0 chosen=0 boots=0 other=()
	local panics=0 wanted
	local kept=("$bootlogs"/*.log) counts

	[[ -f ${kept[0]} ]] || die "no logs in $bootlogs"
	for log in "$bootlogs"/{memblock,boot}/*.log; do
		[[ ! -f $log ]] || kept+=("$log")
	done
	for log in "${kept[@]}"; do
		name=${log#"$bootlogs/"} name=${name%.log}
		# families that must be told of
		wanted=1
		[[ $name != memblock/* ]] || wanted=2
		[[ $name != boot/* ]] || wanted=3
		progress "boot logs: $name"
		status=0
		"$earlyfuzz" import --check -q "$log" >"$work_dir/check" 2>&1 || status=$?
		version=$(sed -n 's/^.*Linux version \([0-9]*\.[0-9]*\)\..*/\1/p' "$log" | head -n 1)
		held=$(sed -n 's/.*held against .*(Linux \([0-9]*\.[0-9]*\)\..*/\1/p' "$work_dir/check" |
			sort -u)
		if ((status > 1)); then
			die "boot logs: $name: $(tail -n 1 "$work_dir/check")"
		elif [[ -n $version && $version != "$held" ]]; then
			other+=("$name")
			continue
		fi
		# facts that agree, calls, addresses; how often facts agree at all; hand-offs
		read -ra counts < <(awk '/^[0-9]+ facts agree/ { f += $1; n += $1 > 0 }
			/^[0-9]+ calls of memblock/ { c += $1 } /^[0-9]+ chosen addresses/ { a += $1 }
			/^[0-9]+ ops of a whole boot: .* pages passed on/ { b += $0 !~ / 0 pages passed on/ }
			END { print f + 0, c + 0, a + 0, n + 0, b + 0 }' "$work_dir/check")
		facts=$((facts + counts[0])) calls=$((calls + counts[1]))
		chosen=$((chosen + counts[2])) boots=$((boots + counts[4]))
		! grep -aqE 'Kernel panic|PANIC' "$log" || panics=$((panics + 1))
		if ((status == 0 && counts[3] >= wanted)) && ((wanted < 2 || (counts[1] && counts[2]))) &&
			((wanted < 3 || counts[4])); then
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
		"fact ($facts facts), $differ differ; $calls calls of memblock replayed, $chosen" \
		"addresses as chosen; $boots whole boots up to the page allocator"
	((agree + differ)) || die "boot logs: none could be checked"
}

# The same boots anew.
boot_anew() {
	local list status

	for list in "$ROOT"/ci/bootlogs/{,memblock/,boot/}boots; do
		status=0
		"$ROOT/ci/boot" --list "$list" --memblock --earlyfuzz "$earlyfuzz" || status=$?
		((status < 2)) || exit "$status"
		((status == 0)) || differing=1
	done
}

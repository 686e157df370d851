# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # the variables are those of ci/review
#
# For ci/review: corpus/ on both kernels, then what fuzzing finds that makes them part, all of it sorted.

build_earlyfuzz() {
	progress "building earlyfuzz"
	build earlyfuzz
	earlyfuzz=$built/fuzz/earlyfuzz
}

# compare SUMMARY [OPTION|FILE]...: `earlyfuzz review` says itself why it could not.
compare() {
	local status=0

	attend compare_and_tell "$@" || status=$?
	((status < 2)) || exit 2
	return "$status"
}

compare_and_tell() {
	local summary=$1
	shift

	trap - ERR EXIT
	trap : INT TERM HUP # earlyfuzz ends by itself, with a summary of what it has
	set +e
	cd "$ROOT" || exit 2 # so that inputs are named without it
	"$earlyfuzz" review base head -o "$output" ${json:+--json="$work/report.json"} "$@" 2>&1 >"$summary" |
		tell_once
	exit "${PIPESTATUS[0]}"
}

# What is found, as it comes: by the time since ci/review began, and once, for what was replayed comes
# again when it is sorted.
tell_once() {
	local line hide=''

	trap '' INT TERM HUP
	while IFS= read -r line; do
		if [[ $line =~ ^[0-9.]+\ s:\ (.*)$ ]]; then
			line=${BASH_REMATCH[1]}
			hide=
			! grep -qxF -- "$line" "$work/told" || hide=1
			echo "$line" >>"$work/told"
			line="$SECONDS s: $line"
		elif [[ $line != '  '* ]]; then
			hide=
		fi
		[[ -n $hide ]] || echo "$line" >&2
	done
}

review() {
	local status=0 family summary=$work/summary.txt all=(corpus)

	say "replaying corpus/ on ${families[*]}"
	[[ $output != "$top/result" ]] || rm -rf "$output"
	found_any=1
	: >"$work/told"
	compare "$summary" "${all[@]}" || status=$?
	if ((time > 0)); then
		progress "building the fuzz targets of ${families[*]}"
		build "${families[@]/#/fuzz_}"
		mkdir "$work/found"
		for family in "${families[@]}"; do
			fuzz_both "$family"
		done
		# what the targets left is sorted with the rest, so that each thing is told once
		if [[ -n $(ls -A "$work/found") ]]; then
			say "sorting what was found"
			rm -rf "$work/replay"
			mv "$output" "$work/replay"
			all+=("$work/found")
			status=0
			compare "$summary" "${all[@]}" || status=$?
		fi
	fi
	finished=1
	tell "$summary"
	exit "$status"
}

# As text, as JSON, or both.
tell() {
	if [[ -n $json ]]; then
		[[ $json != - ]] || { cat "$work/report.json" && return; }
		mv "$work/report.json" "$json"
	fi
	print_fuzzed
	cat "$1"
}

# --- fuzzing -------------------------------------------------------------------------------

fuzzed=()

# fuzz_both FAMILY: from the seeds, and from what ci/fuzz has gathered; every input runs on both kernels.
fuzz_both() {
	local input

	family=$1
	stage=$work/stage.$family
	corpus=$work/corpus.$family
	mkdir -p "$stage" "$work/died" "$corpus"
	"$(program "$family")" --import "$corpus" "$ROOT"/corpus/*/ >"$work/import" 2>&1 ||
		die "$family: corpus: $(tail -n 1 "$work/import")"
	export EARLYFUZZ_PAIR=base,head EARLYFUZZ_FINDINGS=$stage EARLYFUZZ_STATS=$work/$family.stats
	began=$SECONDS
	deadline=$((SECONDS + time))
	last_tick=$SECONDS
	ATTEND_TICK=tick attend workers || :
	harvest
	fuzzed+=("$family $(executions)")
	unset EARLYFUZZ_PAIR EARLYFUZZ_FINDINGS EARLYFUZZ_STATS
	for input in "$stage"/*.bin "$work/died"/*; do
		[[ ! -f $input ]] || mv "$input" "$work/found/$family-${input##*/}"
	done
	rm -rf "$corpus"
}

tick() {
	((SECONDS - last_tick >= 2)) || return 0
	last_tick=$SECONDS
	progress "$family: $((SECONDS - began)) of $time s, $(executions) executions," \
		"$(compgen -G "$stage/*.bin" | wc -l) differences"
}

print_fuzzed() {
	progress_done
	if ((${#fuzzed[@]})); then
		printf 'fuzzed %d s each, executions:' "$time"
		printf ' %s;' "${fuzzed[@]}"
		printf ' '
	fi
	echo "$SECONDS s in all"
}

# --- the end -------------------------------------------------------------------------------

# What fuzzing left when it was interrupted, if that takes no more than some seconds; else as it is.
sort_unsorted() {
	local status=0

	[[ -e $output || ! -e $work/replay ]] || mv "$work/replay" "$output"
	[[ -n $(compgen -G "$work/stage.*/*.bin" || compgen -G "$work/found/*" || :) ]] || return 0
	mkdir -p "$work/found"
	mv "$work"/stage.*/*.bin "$work/found" 2>/dev/null || :
	rm -rf "$work/before"
	[[ ! -e $output ]] || mv "$output" "$work/before"
	(cd "$ROOT" && timeout -s INT 10 "$earlyfuzz" review base head -o "$output" corpus "$work/found") \
		>"$work/summary.txt" 2>/dev/null || status=$?
	((status > 1)) || return 0
	[[ -e $output || ! -e $work/before ]] || mv "$work/before" "$output"
	mkdir -p "$output/unsorted"
	mv "$work"/found/* "$output/unsorted" 2>/dev/null || :
}

# However it ends: what was found until then stays.
finish() {
	if [[ -z $finished && -n ${found_any:-} ]]; then
		sort_unsorted
	fi
	if [[ -z $finished && -n ${found_any:-} && -e $output ]]; then
		[[ ! -s $work/summary.txt ]] || cat "$work/summary.txt"
		echo "$PROG: what was found until then is in $(shown "$output")" >&2
	fi
	rm -rf "$work"
}

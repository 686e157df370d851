#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of the fuzz targets. usage: engines_test.sh CASE...; environment: BUILT, the build
# directory (preset libfuzzer or afl), and ENGINE. Cases libfuzzer_* and afl_* need that engine.
# The inputs are the corpus, the seeds of random numbers are fixed, runs are counted, not timed.
set -euo pipefail
# shellcheck source=ci/testlib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../ci/testlib.sh"

FUZZ=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
TOP=$(dirname "$FUZZ")
unset "${!EARLYFUZZ_@}"
export ASAN_OPTIONS=symbolize=0

target() {
	case $ENGINE in
	libfuzzer) echo "$BUILT/fuzz/fuzz_$1" ;;
	afl) echo "$BUILT/fuzz/afl_$1" ;;
	esac
}

# Those that a target was built for; without any the tests fail.
families() {
	local family names nr=0

	read -ra names < <(sed -n 's/^set(FAMILIES \(.*\))$/\1/p' "$TOP/cmake/families.cmake")
	for family in "${names[@]}"; do
		[[ -e $(target "$family") ]] || continue
		echo "$family"
		nr=$((nr + 1))
	done
	((nr)) || echo none
}

seeds() {
	mkdir -p "$T/seeds/$1"
	expect 0 "$(target "$1")" --import "$T/seeds/$1" "$TOP"/corpus/*/
}

afl() {
	local family=$1
	shift

	AFL_CUSTOM_MUTATOR_LIBRARY=$BUILT/fuzz/libearlyfuzz_mutator_$family.so AFL_CUSTOM_MUTATOR_ONLY=1 \
		AFL_DISABLE_TRIM=1 AFL_NO_UI=1 AFL_NO_AFFINITY=1 AFL_SKIP_CPUFREQ=1 \
		AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 ASAN_OPTIONS='' \
		expect 0 afl-fuzz -s 1 -t 20000 -i "$T/seeds/$family" -o "$T/out" "$@" -- "$(target "$family")"
}

afl_stat() {
	sed -n "s/^$1 *: *//p" "$T/out/default/fuzzer_stats"
}

# --- both engines --------------------------------------------------------------------------

case_options() {
	local family bad

	for family in $(families); do
		for bad in SUBJECT=nobody KERNEL=nothing STRICT=no-quirk LEGAL=7; do
			EARLYFUZZ_STATS='' expect 2 env "EARLYFUZZ_$bad" "$(target "$family")" --subjects
			[[ $(wc -l <"$T/errors") -eq 1 ]] || fail "EARLYFUZZ_$bad: not one line: $(<"$T/errors")"
			says "$T/errors" "EARLYFUZZ_$bad: expected"
		done
		EARLYFUZZ_STATS=/nowhere/at/all expect 2 "$(target "$family")" --subjects
		says "$T/errors" "EARLYFUZZ_STATS=/nowhere/at/all: No such file"
		expect 2 "$(target "$family")" --edges
		expect 2 "$(target "$family")" --edges "$T/missing"
		says "$T/errors" "$T/missing"
	done
}

# Five orders and once more: verdicts, states and the coverage of each input stay the same.
case_stability() {
	local family

	for family in $(families); do
		seeds "$family"
		if [[ $ENGINE == libfuzzer ]]; then
			expect 0 "$(target "$family")" -runs=5000 -seed=2 "$T/seeds/$family"
		else
			afl "$family" -E 5000
			cp "$T"/out/default/queue/id:* "$T/seeds/$family"
			rm -rf "$T/out"
		fi
		expect 0 "$(target "$family")" --stability "$T/seeds/$family"
		says "$T/said" ", 0 deviations"
		says_not "$T/said" " 0 inputs"
	done
}

# The engine's counters lie in the kernels' objects and nowhere else: not one edge of the oracle.
case_uninstrumented() {
	local object sections with=0 without=0

	while read -r object; do
		sections=$(objdump -h "$object" | grep -c '__sancov_\(cntrs\|guards\)' || :)
		case $object in
		*.dir/range.o | *.dir/e820.o | *.dir/early_res.o | */early_res_reference.dir/*)
			((sections)) || fail "$object is not instrumented"
			with=$((with + 1))
			;;
		*/afl_main.c.o) ;;	# has the places of the features
		*/import.dir/*) ;;	# what fuzz_import fuzzes
		*)
			((sections == 0)) || fail "$object is instrumented"
			without=$((without + 1))
			;;
		esac
	done < <(find "$BUILT"/{fuzz,reference,extracted/CMakeFiles/{host,shim}.dir} -name '*.c.o'
		find "$BUILT/extracted" -path '*.dir/range.o' -o -path '*.dir/e820.o' -o -path '*.dir/early_res.o')
	echo "$with objects instrumented, $without not"
	((with > 0 && without > 20)) || fail "too few objects found"
}

# EARLYFUZZ_FINDINGS: one bucket for each signature, and the run goes on.
case_findings() {
	local family id count

	for family in $(families); do
		seeds "$family"
		id=$(canaries "$family" | head -n 1 | cut -f 1)
		[[ $id ]] || skip "no planted bugs were built (EARLYFUZZ_CANARY_KERNEL)"
		mkdir -p "$T/found"
		if [[ $ENGINE == libfuzzer ]]; then
			EARLYFUZZ_STATS=$T/stats EARLYFUZZ_SUBJECT=$id EARLYFUZZ_FINDINGS=$T/found \
				expect 0 "$(target "$family")" -runs=3000 -seed=1 "$T/seeds/$family"
		else
			EARLYFUZZ_STATS=$T/stats EARLYFUZZ_SUBJECT=$id EARLYFUZZ_FINDINGS=$T/found \
				afl "$family" -E 3000
			[[ $(afl_stat saved_crashes) == 0 ]] || fail "$id stopped the fuzzer"
			rm -rf "$T/out"
		fi
		count=$(find "$T/found" -name "$family-*.bin" | wc -l)
		((count > 0)) || fail "$id: nothing was kept"
		[[ -z $(find "$T/found" -name '*.tmp') ]] || fail "half-written files are left"
		says "$(find "$T/found" -name '*.txt' | head -n 1)" "subject:  $id"
		expect 0 env "EARLYFUZZ_SUBJECT=$id" "$(target "$family")" --stats "$T/stats"
		(($(cut -f 2 "$T/said") >= 3000)) || fail "counted $(cut -f 2 "$T/said") executions, not 3000"
		rm -rf "$T/found" "$T/stats"
	done
}

# --- one engine ----------------------------------------------------------------------------

# ID, expected verdict; what this build cannot see (uninitialised: MSan only) is left out.
canaries() {
	"$(target "$1")" --canaries | awk -F'\t' '$2 != "uninitialised"'
}

# Every input on a kernel and on the same with a planted bug: what differs is kept, once each.
case_libfuzzer_pair() {
	local id base target

	target=$(target range)
	[[ -e $target ]] || skip "family range was not built"
	id=$(canaries range | awk '$2 == "overlap" { print $1; exit }')
	[[ $id ]] || skip "no planted bugs were built (EARLYFUZZ_CANARY_KERNEL)"
	id=${id#range@}
	base=${id%!*}
	seeds range
	mkdir "$T/found"
	EARLYFUZZ_PAIR=$base,$base EARLYFUZZ_FINDINGS=$T/found \
		expect 0 "$target" -runs=2000 -seed=1 "$T/seeds/range"
	[[ -z $(ls "$T/found") ]] || fail "the same kernel twice: $(ls "$T/found")"
	EARLYFUZZ_PAIR=$base,$id EARLYFUZZ_FINDINGS=$T/found EARLYFUZZ_STATS=$T/stats \
		expect 0 "$target" -runs=2000 -seed=1 "$T/seeds/range"
	[[ -s $T/found/regression-range-overlap-add_with_merge-add_range_with_merge@$id.bin ]] ||
		fail "kept: $(ls "$T/found")"
	says "$(find "$T/found" -name 'regression-*.txt' | head -n 1)" "class:    regression"
	EARLYFUZZ_PAIR=$base,$id expect 0 "$target" --stats "$T/stats"
	(($(cut -f 2 "$T/said" | sort -u | wc -l) == 1)) || fail "not as often on both: $(<"$T/said")"
	EARLYFUZZ_PAIR=$base,nowhere expect 2 "$target" --subjects
	says "$T/errors" "EARLYFUZZ_PAIR=$base,nowhere: expected BASE,HEAD"
}

case_libfuzzer_clean() {
	local family

	for family in $(families); do
		seeds "$family"
		expect 0 "$(target "$family")" -runs=20000 -seed=1 "$T/seeds/$family"
		says "$T/errors" "Done 20000 runs"
		says_not "$T/errors" "WARNING: no interesting"
	done
}

# The words of the grammar are a dictionary that the engine takes, all of them.
case_libfuzzer_dictionary() {
	local words

	expect 0 "$(target e820)" --dictionary
	cp "$T/said" "$T/words"
	words=$(grep -c '^"' "$T/words")
	((words > 50)) || fail "$words words"
	expect 0 "$(target e820)" -runs=2000 -seed=1 -dict="$T/words"
	says "$T/errors" "Dictionary: $words entries"
	expect 0 "$(target range)" --dictionary
	[[ ! -s $T/said ]] || fail "words of a family without texts"
}

# Strict: a quirk shows itself once on a subject, then it is expected.
case_libfuzzer_learns() {
	local id finding n=0 k verdicts strict

	id=$("$(target range)" --subjects | sed -n 's/^\(range@[^+]*\)\t.*/\1/p' | tail -n 1)
	finding=$TOP/corpus/findings/range-subtract-full.scn
	[[ -n $id ]] || skip "no kernel in the normal configuration"
	mkdir -p "$T/texts" "$T/same" "$T/found"
	for ((; n < 5; n++)); do
		# what follows does not matter: another input, the same verdict
		{
			cat "$finding"
			for ((k = 0; k < n; k++)); do echo sort; done
		} >"$T/texts/$n.scn"
	done
	expect 0 "$(target range)" --import "$T/same" "$T/texts"
	for strict in range-subtract-full 1; do
		EARLYFUZZ_STRICT=$strict EARLYFUZZ_SUBJECT=$id EARLYFUZZ_STATS=$T/stats.$strict \
			EARLYFUZZ_FINDINGS=$T/found expect 0 "$(target range)" -runs=0 "$T/same"
	done
	verdicts=$(EARLYFUZZ_SUBJECT=$id "$(target range)" --stats "$T/stats.range-subtract-full" | cut -f 4)
	((verdicts >= 5)) || fail "one quirk off: $verdicts verdicts of 5 inputs"
	verdicts=$(EARLYFUZZ_SUBJECT=$id "$(target range)" --stats "$T/stats.1" | cut -f 4)
	((verdicts == 1)) || fail "all quirks off: $verdicts verdicts, expected the first of each quirk"
}

# The verdict of the stop, and all that it must say.
stop() {
	local family=$1 id=$2

	mkdir -p "$T/died"
	EARLYFUZZ_SUBJECT=$id "$(target "$family")" -runs=200000 -seed=1 -artifact_prefix="$T/died/" \
		>"$T/said" 2>&1 </dev/null && fail "$id: not found in 200000 runs"
	says "$T/said" "verdict:  "
	says "$T/said" "op:       "
	says "$T/said" "subject:  $id"
	says "$T/said" "again:    earlyfuzz run --subject $id"
	says "$T/said" "scenario $family"
	[[ $(find "$T/died" -type f | wc -l) -eq 1 ]] || fail "$id: no raw input"
	EARLYFUZZ_SUBJECT=${id%!*} "$(target "$family")" "$T/died"/* >/dev/null 2>&1 ||
		fail "$id: the same without the bug"
	rm -rf "$T/died"
	sed -n 's/^verdict:  //p' "$T/said"
}

# Every planted bug is found from an empty corpus. Where it shows first as something else than
# it must (an overrun as a stray range), the run goes on until it shows as that.
case_libfuzzer_planted() {
	local family id verdict first n=0

	for family in $(families); do
		while IFS=$'\t' read -r id verdict; do
			n=$((n + 1))
			# UBSan knows the size of arrays better than ASan: it may be first
			[[ $verdict != out-of-bounds ]] || verdict='out-of-bounds|undefined'
			first=$(stop "$family" "$id")
			[[ ! $first =~ ^($verdict)$ ]] || continue
			mkdir -p "$T/found"
			EARLYFUZZ_FINDINGS=$T/found EARLYFUZZ_SUBJECT=$id "$(target "$family")" -runs=50000 \
				-seed=1 -artifact_prefix="$T/" >"$T/said" 2>&1 </dev/null || :
			[[ $(basename -a "$T/found"/*.bin) =~ (^|$'\n')$family-($verdict)- ]] ||
				fail "$id: found as $first, not as $verdict"
			rm -rf "$T/found"
		done < <(canaries "$family")
	done
	((n > 0)) || skip "no planted bugs were built (EARLYFUZZ_CANARY_KERNEL)"
	echo "$n planted bugs found"
}

case_afl_clean() {
	local family

	for family in $(families); do
		seeds "$family"
		afl "$family" -E 20000
		[[ $(afl_stat stability) == 100.00% ]] || fail "$family: stability $(afl_stat stability)"
		[[ $(afl_stat saved_crashes) == 0 ]] || fail "$family: a crash"
		[[ $(afl_stat saved_hangs) == 0 ]] || fail "$family: a hang"
		(($(afl_stat execs_done) >= 20000)) || fail "$family: $(afl_stat execs_done) executions"
		[[ $(afl_stat target_mode) == *persistent*shmem_testcase* ]] || fail "$(afl_stat target_mode)"
		rm -rf "$T/out"
	done
}

case_afl_dictionary() {
	expect 0 "$(target e820)" --dictionary
	cp "$T/said" "$T/words"
	seeds e820
	afl e820 -E 500 -x "$T/words"
	[[ $(afl_stat command_line) == *"$T/words"* ]] || fail "without the dictionary: $(afl_stat command_line)"
}

# Found in a bounded number of runs, saved, and nothing wrong with that input without the bug.
case_afl_planted() {
	local family id verdict

	for family in $(families); do
		seeds "$family"
		IFS=$'\t' read -r id verdict < <(canaries "$family" | grep -v hang) ||
			skip "no planted bugs were built (EARLYFUZZ_CANARY_KERNEL)"
		EARLYFUZZ_SUBJECT=$id AFL_BENCH_UNTIL_CRASH=1 afl "$family" -E 200000
		(($(afl_stat saved_crashes) > 0)) || fail "$id ($verdict): not found in 200000 runs"
		EARLYFUZZ_SUBJECT=$id "$(target "$family")" "$T"/out/default/crashes/id:* >"$T/said" 2>&1 &&
			fail "$id: the saved input does not show it"
		says "$T/said" "verdict:  "
		says "$T/said" "subject:  $id"
		EARLYFUZZ_SUBJECT=${id%!*} expect 0 "$(target "$family")" "$T"/out/default/crashes/id:*
		rm -rf "$T/out"
	done
}

run_cases "$@"

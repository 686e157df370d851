#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of the earlyfuzz command. usage: cli_test.sh CASE...; environment: BUILT, the build
# directory, and SANITIZERS, as the build was configured.
set -euo pipefail
# shellcheck source=ci/testlib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../ci/testlib.sh"

TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
export ASAN_OPTIONS=symbolize=0

# shellcheck source=fuzz/cli_testlib.sh
. "$TOP/fuzz/cli_testlib.sh"

case_help() {
	expect 0 earlyfuzz help
	cp "$T/said" all
	for command in run show min repro gen exhaust diff review list bench canary findings import report; do
		says all "  $command "
		expect 0 earlyfuzz help "$command"
		says "$T/said" "usage: earlyfuzz $command "
		cp "$T/said" "$T/help"
		expect 0 earlyfuzz "$command" --help
		cmp "$T/said" "$T/help"
		narrow "$T/said"
	done
	expect 0 earlyfuzz --version
	says "$T/said" "earlyfuzz 0."
}

case_gen_is_deterministic() {
	expect 0 earlyfuzz gen --family e820 --seed 7 --ops 20
	cp "$T/said" one
	expect 0 earlyfuzz gen --family e820 --seed 7 --ops 20
	cmp "$T/said" one
	expect 0 earlyfuzz gen --family e820 --seed 8 --ops 20
	! cmp -s "$T/said" one || fail "seeds 7 and 8 give the same scenario"
	cp "$T/said" eight
	mkdir dir
	expect 0 earlyfuzz gen --family e820 --seed 7 --ops 20 --count 2 -o dir
	cmp dir/e820-7.txt one
	cmp dir/e820-8.txt eight
	[[ $(find dir -type f | wc -l) -eq 2 ]]
}

case_run_passes() {
	some_scenario >a.txt
	expect 0 earlyfuzz run a.txt
	[[ $(grep -c '^pass a.txt range@' "$T/said") -eq $(grep -c '^pass' "$T/said") ]]
	says "$T/said" "1 scenarios: "
	says "$T/said" " 0 failed"
}

# A planted bug: the verdict, the op, what was expected and what came, the interval drawn.
case_run_says_what_is_wrong() {
	needs_planted_bugs
	overlap_scenario >a.txt
	expect 1 earlyfuzz run --canaries --subject "$OVERLAPS" a.txt
	says "$T/said" "FAIL a.txt $OVERLAPS"
	says "$T/said" "overlap at op 2 (legal): add_with_merge "
	says "$T/said" "expected: return 0x1"
	says "$T/said" "slots, expected (-) against got (+):"
	grep -q '^    +  [0-9] \[0x' "$T/said"
	grep -q '^    -  [0-9] \[0x' "$T/said"
	narrow "$T/said"
}

case_run_directory() {
	mkdir -p d/b d/a/c
	some_scenario | tee d/b/one d/a/c/two >d/a/one
	echo 'no scenario' >d/README.md
	echo 'no scenario' >d/.hidden
	expect 0 earlyfuzz run --subject range@"$KERNEL" d
	printf '%s\n' d/a/c/two d/a/one d/b/one >order
	awk '/^pass/ { print $2 }' "$T/said" | cmp - order
	expect 0 earlyfuzz run --subject range@"$KERNEL" --shuffle 3 d
	awk '/^pass/ { print $2 }' "$T/said" | sort | cmp - order
}

case_run_ktap() {
	needs_planted_bugs
	some_scenario >a.txt
	overlap_scenario >b.txt
	expect 1 earlyfuzz run --ktap --subject "$OVERLAPS" a.txt b.txt
	[[ $(head -1 "$T/said") == "KTAP version 1" ]]
	[[ $(sed -n 2p "$T/said") == "1..2" ]]
	says "$T/said" "ok 1 a.txt $OVERLAPS"
	says "$T/said" "not ok 2 b.txt $OVERLAPS"
	! grep -vE '^(KTAP version 1|1\.\.2|#.*|(not )?ok [12] .*)$' "$T/said"
}

case_run_json() {
	needs_planted_bugs
	some_scenario >a.txt
	overlap_scenario >$'b\xff".txt'
	expect 1 earlyfuzz run --json --subject "$OVERLAPS" a.txt $'b\xff".txt'
	json_check scenarios passed failed notes not_run runs <"$T/said"
	says "$T/said" '"kind": "overlap"'
	says "$T/said" '"status": "pass"'
}

case_run_legal_only() {
	printf '%s\n' 'scenario e820 config=normal' 'update 0 4K ram ram' >a.txt
	expect 0 earlyfuzz run --json --legal --subject e820@"$KERNEL" a.txt
	says "$T/said" '"skipped": 1'
	expect 0 earlyfuzz run --json --subject e820@"$KERNEL" a.txt
	says "$T/said" '"skipped": 0'
}

# Nothing ran: that is no pass.
case_run_nothing() {
	printf '%s\n' 'scenario e820 config=normal' 'update 0 4K ram ram' >a.txt
	echo 'scenario e820 config=normal' >empty.txt
	expect 0 earlyfuzz run --legal --subject e820@"$KERNEL" a.txt empty.txt
	says "$T/said" "skip a.txt e820@$KERNEL (no op can run here)"
	says "$T/said" "pass empty.txt e820@$KERNEL"
	says "$T/said" "2 scenarios: 1 passed, 0 failed, 1 not run"
	expect 0 earlyfuzz run --legal --ktap --subject e820@"$KERNEL" a.txt empty.txt
	says "$T/said" "ok 1 a.txt e820@$KERNEL # SKIP"
	says "$T/said" "# Totals: pass:1 fail:0 xfail:0 xpass:0 skip:1 error:0"
	expect 0 earlyfuzz run --legal --json --subject e820@"$KERNEL" a.txt empty.txt
	says "$T/said" '"status": "skip"'
	says "$T/said" '"not_run": 1'
	says "$T/said" '"passed": 1'
	expect 0 earlyfuzz run --subject e820@"$KERNEL" a.txt empty.txt
	[[ $(tail -1 "$T/said") == "2 scenarios: 2 passed, 0 failed" ]] || fail "$(tail -1 "$T/said")"
}

case_run_kernels() {
	some_scenario >a.txt
	expect 0 earlyfuzz run --kernel debian-6.1 --kernel debian-6.12 a.txt
	grep -qx "pass a.txt range@debian-6.1" "$T/said"
	says "$T/said" "pass a.txt range@debian-6.12"
	says "$T/said" "1 scenarios: 2 passed, 0 failed"
	expect 0 earlyfuzz run --kernel debian-6.12 a.txt
	says "$T/said" "1 scenarios: 1 passed, 0 failed"
	bad "unknown kernel 'v0.01'" run --kernel debian-6.12 --kernel v0.01 a.txt
}

case_run_strict() {
	local finding=$TOP/corpus/findings/range-subtract-full.scn

	grep -v '^#' "$finding" >a.txt
	expect 0 earlyfuzz run a.txt
	says "$T/said" "(quirk range-subtract-full)"
	expect 1 earlyfuzz run --strict a.txt
	expect 1 earlyfuzz run --strict=range-subtract-full a.txt
	says "$T/said" "announced-loss"
	expect 0 earlyfuzz run --strict=e820-update-full a.txt
}

case_run_stability() {
	expect 0 earlyfuzz run --stability "$TOP/corpus/seeds/range"
	says "$T/said" "the same verdicts and states in five orders"
}

case_run_findings() {
	local finding=$TOP/corpus/findings/range-subtract-full.scn

	expect 0 earlyfuzz run "$finding"
	sed 's/^# expect:.*/# expect: overlap/' "$finding" >other.txt
	expect 1 earlyfuzz run other.txt
	says "$T/said" "another verdict than the finding's header says"
	sed 's/^# op:.*/# op: 0/' "$finding" >op.txt
	expect 1 earlyfuzz run op.txt
	sed 's/^# kernels:.*/# kernels: v0.01/' "$finding" >kernel.txt
	expect 0 earlyfuzz run kernel.txt
	says "$T/said" "shows on this kernel, too"
	{ sed -n '/^# [a-z]*:/p' "$finding" | grep -v '^# op:'; some_scenario; } >gone.txt
	expect 1 earlyfuzz run gone.txt
	says "$T/said" "known finding does not show any more"
	sed -i 's/^# kernels:.*/# kernels: v0.01/' gone.txt
	expect 0 earlyfuzz run gone.txt
	says "$T/said" "does not show on this kernel"
}

case_show() {
	local planted

	needs_planted_bugs
	expect 0 earlyfuzz show "$TOP/corpus/seeds/e820/update_middle.scn"
	narrow "$T/said"
	! grep -q $'\033' "$T/said" || fail "colours on what is no terminal"
	grep -qE '^  -  [0-9]+ \[0x' "$T/said"
	grep -qE '^  \+  [0-9]+ \[0x[0-9a-f]{16}-0x[0-9a-f]{16}\] acpi +#+$' "$T/said"
	overlap_scenario >a.txt
	expect 1 earlyfuzz show --subject "$OVERLAPS" a.txt
	says "$T/said" "overlap at op 2"
	says "$T/said" "  nr_range: 1, was 0"
	narrow "$T/said"
	for planted in "$TOP"/corpus/machines/*; do
		expect 0 earlyfuzz show "$planted"
		narrow "$T/said"
	done
}

# An op that is taken away must take the verdict with it.
one_minimal() {
	local file=$1 subject=$2 kind=$3 line

	grep -n '^[a-z]' "$file" | sed 1d | cut -d: -f1 >lines
	while read -r line; do
		awk -v line="$line" 'NR == line { gone = 1; next } /^ / && gone { next } { gone = 0; print }' \
			"$file" >less.txt
		earlyfuzz run --json --strict --subject "$subject" less.txt >less.json || :
		! grep -qF "\"kind\": \"$kind\"" less.json || fail "line $line of $file can go"
	done <lines
}

case_min() {
	local subject kind

	for planted in R1 silent E5; do
		catch "$planted"
		expect 0 earlyfuzz min --subject "$subject" caught.txt -o min.txt
		says min.txt "# expect: $kind"
		expect 0 earlyfuzz min --subject "$subject" caught.txt
		cmp "$T/said" min.txt
		grep -v '^#' min.txt >plain.txt
		expect 1 earlyfuzz run --subject "$subject" plain.txt
		one_minimal plain.txt "$subject" "$kind"
		[[ $(wc -l <plain.txt) -le 6 ]] || fail "not small: $(<plain.txt)"
	done
}

# The headers say where it shows: Debian's kernels by id, others by release; --kernel takes both.
case_kernels_by_release() {
	local release

	expect 0 earlyfuzz min "$TOP/corpus/findings/range-subtract-full.scn"
	grep -qE '^# kernels: .*debian-6\.1 debian-6\.12$' "$T/said" || fail "$(grep kernels "$T/said")"
	expect 0 earlyfuzz list subjects
	if grep -q '^range@[^ ]*: Linux 2\.6\.34,' "$T/said"; then
		expect 0 earlyfuzz min "$TOP/corpus/findings/range-merge-first-only.scn"
		says "$T/said" "# kernels: v2.6.34"
		expect 0 earlyfuzz list subjects
	fi
	release=$(sed -n 's/^range@debian-6\.12: Linux \([^,]*\),.*/\1/p' "$T/said")
	some_scenario >a.txt
	expect 0 earlyfuzz run --kernel "v$release" a.txt
	[[ $(grep '^pass' "$T/said") == "pass a.txt range@debian-6.12" ]]
	sed "s/^# kernels:.*/# kernels: v$release/" "$TOP/corpus/findings/range-subtract-full.scn" >b.txt
	expect 0 earlyfuzz run --kernel debian-6.12 b.txt
	says_not "$T/said" "shows on this kernel, too"
}

# The planted hang and, where a sanitizer sees it, the planted overflow end worker processes.
case_min_survives_deaths() {
	local subject kind

	for planted in hang bounds uninit; do
		catch "$planted" || continue
		expect 0 earlyfuzz min --subject "$subject" caught.txt -o min.txt
		says min.txt "# expect: $kind"
		[[ $(grep -vc '^#' min.txt) -le 6 ]] || fail "not small: $(<min.txt)"
	done
}

case_diff() {
	needs_planted_bugs
	overlap_scenario >a.txt
	expect 0 earlyfuzz diff range@"$KERNEL" range@"$KERNEL" a.txt
	says "$T/said" "same: "
	expect 1 earlyfuzz diff range@"$KERNEL" "$OVERLAPS" a.txt
	says "$T/said" "differs at op 2: add_with_merge"
	narrow "$T/said"
}

# Before v6.10 the end of RAM does not count ACPI tables: both are right, each for its version.
case_diff_traits() {
	local old=e820@debian-6.1 new=e820@debian-6.12

	earlyfuzz list subjects >there
	if ! grep -q "^$old: " there || ! grep -q "^$new: " there; then
		skip "needs $old and $new"
	fi
	expect 0 earlyfuzz diff "$old" "$new" "$TOP/corpus/seeds/e820/end_of_ram_acpi.scn"
	says "$T/said" "differs at op "
	says "$T/said" "explained by the kernels' traits: e820-acpi-is-ram"
}

# Generated scenarios are run at once: the seed of what deviates is told, and shows it.
case_gen_runs() {
	needs_planted_bugs
	expect 0 earlyfuzz gen --family range --run 300 --jobs 2 --subject range@"$KERNEL"
	says "$T/said" "range@$KERNEL: "
	says "$T/said" " 0 deviate"
	expect 1 earlyfuzz gen --family range --run 300 --seed 5 --subject "$OVERLAPS"
	seed=$(sed -n 's/.* at op [0-9]* of seed \([0-9]*\) .*/\1/p' "$T/said" | head -1)
	expect 0 earlyfuzz gen --family range --ops 256 --seed "$seed"
	cp "$T/said" found.txt
	expect 1 earlyfuzz run --subject "$OVERLAPS" found.txt
	expect 0 earlyfuzz run --subject range@"$KERNEL" found.txt
	# as many processes as one likes: the same deviations, as often, by the same seeds first
	expect 1 earlyfuzz gen --family range --run 300 --subject "$OVERLAPS"
	grep ' times: ' "$T/said" | sort >one
	expect 1 earlyfuzz gen --family range --run 300 --jobs 3 --subject "$OVERLAPS"
	grep ' times: ' "$T/said" | sort | cmp - one
}

# On early_res and on memblock the same pages are passed on; the tables are each one's own.
case_diff_generations() {
	local boots=$TOP/corpus/seeds/boot new=boot@debian-6.12 old

	earlyfuzz list subjects >there
	old=$(sed -n 's/^\(boot@[^+ ]*\): Linux 2\.6\.3[456][^0-9].*/\1/p' there | head -1)
	[[ -n $old ]] || old=boot@v2.6.34
	if ! grep -q "^$old: " there || ! grep -q "^$new: " there; then
		skip "needs $old and $new"
	fi
	expect 0 earlyfuzz diff "$old" "$new" "$boots/nodes_two.scn"
	says "$T/said" "same: "
	# so do two ways to build one kernel, but that one loses pages here (early_res-handoff-slots)
	expect 0 earlyfuzz diff "$old" "$old+bootmem" "$boots/nodes_two.scn"
	says "$T/said" "same: "
	expect 1 earlyfuzz diff "$old" "$old+bootmem" "$boots/map_120.scn"
	says "$T/said" "pages and tables"
	says_not "$T/said" "  own"
	expect 0 earlyfuzz diff "$old" "$new" "$boots/nodes_gap.scn"
	says "$T/said" "explained by the kernels' traits: "
	says "$T/said" "boot-nodes-only"
}

case_list_dictionary() {
	expect 0 earlyfuzz list --dictionary
	says "$T/said" '"memmap="'
	! grep -qv '^".*"$\|^#' "$T/said" || fail "not a quoted string a line"
}

case_list() {
	expect 0 earlyfuzz list families
	says "$T/said" "range: kernel/range.c"
	expect 0 earlyfuzz list ops
	for op in add_with_merge clean_sort update_kexec mapped_raw_any append extend memblock_setup; do
		grep -qE "^(range|e820) $op: " "$T/said" || fail "no op $op"
	done
	# a text is one operand: param and more of two families, reserve_mem and its search
	[[ $(grep -c 'text, at most 48 bytes' "$T/said") == 6 ]] || fail "not six texts"
	expect 0 earlyfuzz list subjects
	says "$T/said" "e820@$KERNEL: Linux "
	says "$T/said" "CONFIG_"
	grep -qE '^  from kernel/range.c [0-9a-f]{64}$' "$T/said"
	expect 0 earlyfuzz list quirks
	says "$T/said" "range-subtract-full"
	expect 0 earlyfuzz list traits
	expect 0 earlyfuzz list findings --corpus "$TOP/corpus"
	says "$T/said" "range-subtract-full.scn: announced-loss"
	expect 0 earlyfuzz list --corpus "$TOP/corpus"
}

case_findings() {
	local old="not at hand"

	expect 0 earlyfuzz list subjects
	! grep -q '^range@[^ ]*: Linux 2\.6\.34,' "$T/said" || old="shows it"
	expect 0 earlyfuzz findings --corpus "$TOP/corpus"
	! grep -nE '^.{100}' "$T/said" || fail "lines of 100 columns and more"
	[[ $(cell range-subtract-full debian-6.1) == "shows it" ]]
	[[ $(cell range-subtract-full debian-6.12) == "shows it" ]]
	[[ $(cell range-merge-first-only debian-6.12) == "does not" ]]
	says "$T/said" "$old"
	# worst first, here and in the list
	sed '/^$/q' "$T/said" | awk '/^[^ ]/ && $1 != "finding" { print $1 }' >order
	says order range-merge-first-only
	expect 0 earlyfuzz list findings --corpus "$TOP/corpus"
	sed -n 's|^.*/\([a-z0-9_-]*\)\.scn: .*|\1|p' "$T/said" | cmp - order
	expect 0 earlyfuzz findings --json --corpus "$TOP/corpus"
	json_check kernels findings mismatches <"$T/said"
}

# The cells are what was seen, whatever the headers say; who is wrong is named.
case_findings_are_run() {
	local from=$TOP/corpus/findings/range-subtract-full.scn
	local table=(earlyfuzz findings --corpus c)

	mkdir -p c/findings
	sed 's/^# kernels:.*/# kernels: v0.01 v0.01+variant/' "$from" >c/findings/unnamed.scn
	expect 0 "${table[@]}"
	[[ $(cell unnamed debian-6.12) == "shows it" ]]
	[[ $(cell unnamed v0.01) == "not at hand" ]]
	# a header that names one of two kernels, the other being known from another
	sed 's/^# kernels:.*/# kernels: debian-6.12/' "$from" >c/findings/unnamed.scn
	expect 0 "${table[@]}"
	sed 's/^# kernels:.*/# kernels: debian-6.1/' "$from" >c/findings/second.scn
	expect 1 "${table[@]}"
	says "$T/errors" "unnamed.scn: range@debian-6.1+small shows it, its header does not name"
	says "$T/errors" "second.scn: range@debian-6.12+small shows it, its header does not name"
	[[ $(wc -l <"$T/errors") -eq 2 ]]
	rm c/findings/*
	{ sed -n '/^# [a-z]*:/p' "$from" | grep -v '^# op:'; some_scenario; } >c/findings/gone.scn
	expect 1 "${table[@]}"
	[[ $(cell gone debian-6.12) == "does not" ]]
	says "$T/errors" "gone.scn: range@debian-6.12 does not show it, its header names"
	rm c/findings/*
	sed 's/^# expect:.*/# expect: overlap/' "$from" >c/findings/kind.scn
	expect 1 "${table[@]}"
	[[ $(cell kind debian-6.12) == "other" ]]
	says "$T/errors" "kind.scn: range@debian-6.12+small shows another verdict"
	expect 1 earlyfuzz findings --json --corpus c
	says "$T/said" '"mismatches": ['
	says "$T/said" 'kind.scn: range@debian-6.12+small shows another verdict'
	rm c/findings/*
	# another known fault changes what the own one would have met
	{
		printf '# %s\n' 'expect: wrong-result' 'kernels: v0.01' 'quirk: e820-query-empty-entry'
		grep -v '^#' "$TOP/corpus/findings/e820-empty-span.scn"
	} >c/findings/behind.scn
	expect 0 "${table[@]}"
	[[ $(cell behind debian-6.12) == "masked" ]]
}

# With u boundary values there are u * (u - 1) / 2 ranges, three ops that take one, two that do not.
# A full search over five values was made once, by other means: 21,087 states.
case_exhaust_closes() {
	local states transitions

	expect 0 earlyfuzz exhaust --family range --subject range@"$KERNEL"+small --universe 5
	read -r states transitions < <(sed -n 's/.*closed: \([0-9]*\) states, \([0-9]*\) tr.*/\1 \2/p' "$T/said")
	((states == 21087)) || fail "$states states"
	((transitions == states * (3 * 10 + 2))) || fail "$transitions transitions"
}

# Six values, near and far apart: the whole family in one search.
case_exhaust_six() {
	[[ -z $SANITIZERS ]] || skip "takes minutes with sanitizers; five values are searched there"
	expect 0 earlyfuzz exhaust --family range --subject range@"$KERNEL"+small --universe 6
	says "$T/said" "closed: "
	expect 0 earlyfuzz exhaust --family e820 --subject e820@"$KERNEL"+small --universe 0,4K,1M,4G --depth 4
	says "$T/said" "complete to depth 4: "
}

# Eight pages in two collections; tables of four slots grow. All of it is for builds that are fast.
case_exhaust_memblock() {
	local kernel

	kernel=$(earlyfuzz list subjects | sed -n 's/^memblock@\([^+!]*\): .*/\1/p' | tail -1)
	[[ -n $kernel ]] || skip "no kernel here has memblock"
	expect 0 earlyfuzz exhaust --family memblock --subject memblock@"$kernel"+small --depth 4
	says "$T/said" "complete to depth 4: "
	[[ -z $SANITIZERS ]] || return 0
	expect 0 earlyfuzz exhaust --family memblock --config plain --subject memblock@"$kernel"+plain
	says "$T/said" "closed: "
}

case_exhaust_finds() {
	needs_planted_bugs
	expect 1 earlyfuzz exhaust --family range --config normal --universe 4 --subject "$OVERLAPS"
	says "$T/said" "overlap after "
	sed -n '/^scenario/,$p' "$T/said" >path.txt
	expect 1 earlyfuzz run --subject "$OVERLAPS" path.txt
	says "$T/said" "overlap at op 2"
}

case_bench() {
	expect 0 earlyfuzz bench --time 1 --json
	json_check subjects <"$T/said"
	says "$T/said" '"ratio": 0.'
	expect 0 earlyfuzz bench --time 1 --family range
	says "$T/said" "one run, same inputs, medians of "
	says "$T/said" "subject alone"
	says "$T/said" "with oracle"
}

# Into which states of their tables scenarios get: a table, and the same numbers as JSON.
case_bench_reach() {
	local state counts subject

	subject=$(earlyfuzz list subjects | sed -n 's/^\(memblock@[^+!]*+small\): .*/\1/p' | tail -n 1)
	[[ -n $subject ]] || skip "no kernel here has memblock"
	expect 0 earlyfuzz bench --reach --runs 500 --subject "$subject" \
		"$TOP/corpus/seeds/memblock"
	cp "$T/said" table
	says table "of 500 scenarios each"
	says table "both tables, from nothing: memory down, reserved across"
	# seeds are in every state, and mutants of theirs are there, too
	for state in "empty" "below full" "one below full" "full" "doubled once" "doubled twice" \
		"doubled while isolating" "doubled while adding" "may not be resized" \
		"no room to double" "doubled from slab"; do
		counts=$(sed -n "1,/both tables/s/^  $state  *//p" table)
		[[ $(awk '{ print NF, ($3 > 0) + ($4 > 0) }' <<<"$counts") == "6 2" ]] ||
			fail "$state, from the corpus: $counts"
	done
	expect 0 earlyfuzz bench --reach --runs 500 --subject "$subject" --json \
		"$TOP/corpus/seeds/memblock"
	json_check subjects <"$T/said"
	# the same scenarios again, so the same numbers
	says "$T/said" "\"doubled_from_slab\": $(awk '/^  doubled from slab / { print $4 }' table)"
}

# Ctrl-C, once the handler is in place: one line, status 2, what there is remains.
case_interrupt() {
	local pid status=0

	"$BUILT/fuzz/earlyfuzz" exhaust --family range --universe 12 --no-brute >out 2>err &
	pid=$!
	until catches_sigint "$pid"; do
		kill -0 "$pid" 2>/dev/null || fail "ended by itself: $(<out)"
	done
	kill -INT "$pid"
	wait "$pid" || status=$?
	((status == 2)) || fail "exit status $status: $(<err)"
	[[ $(<err) == "earlyfuzz: interrupted: "* && $(wc -l <err) -eq 1 ]] || fail "said: $(<err)"
}

run_cases "$@"

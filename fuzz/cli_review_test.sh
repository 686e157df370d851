#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of `earlyfuzz review` and of `earlyfuzz diff` over many scenarios: a planted bug is what a
# patch did. usage: cli_review_test.sh CASE...; environment as cli_test.sh's.
set -euo pipefail
# shellcheck source=ci/testlib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../ci/testlib.sh"

TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
export ASAN_OPTIONS=symbolize=0

# shellcheck source=fuzz/cli_testlib.sh
. "$TOP/fuzz/cli_testlib.sh"

needs_planted_bugs

# Of the kernel that bugs are planted in.
PLANTED=$(earlyfuzz list subjects | sed -n 's/^range@\(.*!r1\): .*/\1/p' | tail -1)
KERNEL=${PLANTED%!*}
NAME=range-overlap-add_with_merge-add_range_with_merge@$PLANTED

scenarios() {
	mkdir -p scn
	overlap_scenario >scn/a.txt
	some_scenario >scn/b.txt
}

# mail_of CLASS TEXT...: the one mail of the class has them all, each in its lines, words folded
mail_of() {
	local class=$1 text
	shift

	narrow out/"$class"/*/mail.txt
	tr -s '\n ' ' ' <"$(echo out/"$class"/*/mail.txt)" >flat
	for text; do
		says flat "$(tr -s ' ' <<<"$text")"
	done
}

case_regression() {
	scenarios
	expect 1 earlyfuzz review "$KERNEL" "$PLANTED" scn -o out
	says "$T/said" "  range-overlap-add_with_merge-"
	says "$T/said" ": legal, 3 ops, 1 input"
	says "$T/said" "1 regression, 0 doubtful, 0 still broken, 0 changes, 0 fixes"
	narrow "$T/said"
	[[ $(wc -l <"$T/said") -le 24 ]]
	says "$T/errors" "regression: overlap in add_with_merge on range@$PLANTED: scn/a.txt"
	[[ $(ls out) == regression && $(ls out/regression) == "$NAME" ]] || fail "$(find out)"
	for file in scenario.scn show.txt repro.c mail.txt; do
		[[ -s out/regression/$NAME/$file ]] || fail "no $file"
	done
	says "out/regression/$NAME/show.txt" "They part at op 2: add_with_merge "
	mail_of regression "In-Reply-To: <" "With this patch, add_range_with_merge() leaves " \
		"Without the patch, the same calls end as they should: call 2 " "Without the patch: Linux " \
		"With the patch: Linux " "NOT A BUG OF LINUX" \
		"  earlyfuzz review $KERNEL '$PLANTED' scenario.scn"
	says_not "out/regression/$NAME/mail.txt" "Fixes: "
	says "out/regression/$NAME/show.txt" "# head: Linux "
	narrow "out/regression/$NAME/mail.txt"
	expect 0 earlyfuzz run --subject range@"$KERNEL" "out/regression/$NAME/scenario.scn"
	expect 1 earlyfuzz run --subject range@"$PLANTED" "out/regression/$NAME/scenario.scn"
	# the smallest: a range, one behind it, one that bridges them
	[[ $(grep -c add_with_merge "out/regression/$NAME/scenario.scn") -eq 3 ]]
	# once more what was left: the same
	expect 1 earlyfuzz review "$KERNEL" "$PLANTED" out/regression/*/scenario.scn -o again
	cmp <(grep -v '^#' "out/regression/$NAME/scenario.scn") \
		<(grep -v '^#' "again/regression/$NAME/scenario.scn")
}

# The other way round the patch mends it.
case_fix() {
	scenarios
	expect 0 earlyfuzz review "$PLANTED" "$KERNEL" scn -o out
	says "$T/said" ": legal, 3 ops, 1 input"
	says "$T/said" "0 regressions, 0 doubtful, 0 still broken, 0 changes, 1 fix"
	[[ $(ls out) == fix ]] || fail "$(find out)"
	mail_of fix "Subject: Re: " "This patch mends a bug: without it, add_range_with_merge() leaves " \
		"With the patch, the same calls end as they should: call 2 " " propose it"
	says_not out/fix/*/mail.txt "[BUG]"
}

case_nothing() {
	scenarios
	expect 0 earlyfuzz review "$KERNEL" "$KERNEL" scn -o out
	says "$T/said" "no difference: the code is the same in both"
	[[ ! $(find out -type f) ]] || fail "$(find out)"
	printf 'scenario range config=normal\nadd 64 0 4K\n' >c.txt
	expect 0 earlyfuzz review "$KERNEL" "$PLANTED" c.txt
	says "$T/said" "no difference"
}

# What is both valid: the order in which a planted bug leaves ranges.
case_change() {
	local planted=$KERNEL!order

	printf '%s\n' 'scenario range config=normal' 'add 64 8K 12K' 'add 64 0 4K' sort \
		>a.txt
	expect 0 earlyfuzz review "$KERNEL" "$planted" a.txt -o out
	says "$T/said" "0 regressions, 0 doubtful, 0 still broken, 1 change, 0 fixes"
	[[ $(ls out) == change ]] || fail "$(find out)"
	[[ -s $(echo out/change/*/repro.c) && -s $(echo out/change/*/show.txt) ]]
	mail_of change "This patch changes what " "nothing is wrong. " \
		"There, without the patch (-) and with it (+):" \
		"  - without the patch " "  + with the patch "
	says_not out/change/*/mail.txt "expected: "
}

# Behind a change of form nothing is certain: what may follow from it accuses nobody.
case_doubtful() {
	local name

	printf '%s\n' 'scenario memblock config=normal' 'add base=0 size=19K' \
		'add base=19K size=1K' 'trim 4K' >a.txt
	expect 0 earlyfuzz review "$KERNEL" "$KERNEL!m4" a.txt -o out
	says "$T/said" ": legal, 3 ops, 1 input (regression?)"
	says "$T/said" "0 regressions, 1 doubtful, 0 still broken, 0 changes, 0 fixes"
	[[ $(ls out) == doubtful ]] || fail "$(find out)"
	name=$(ls out/doubtful)
	[[ $name == memblock-silent-loss-trim-* ]] || fail "$name"
	says "out/doubtful/$name/scenario.scn" "# the form of a table differs before that"
	mail_of doubtful "This patch changes the form of a table" "may follow from the new form alone"
	says_not "out/doubtful/$name/mail.txt" "With this patch, "
	expect 0 earlyfuzz review "$KERNEL" "$KERNEL!m4" --json a.txt
	says "$T/said" '"apparently": "regression"'
}

# What only callers meet who break the rules is told apart, and is no reason to end with 1.
case_misuse() {
	local name

	printf '%s\n' 'scenario e820 config=normal' 'update start=0 size=0 old=ram new=ram' >a.txt
	expect 0 earlyfuzz review "$KERNEL" "$KERNEL!nobug" a.txt -o out
	says "$T/said" ": in misuse, 1 op, 1 input"
	says "$T/said" "1 regression (1 in misuse), 0 doubtful, "
	says "$T/errors" " s: regression in misuse: "
	name=$(ls out/regression)
	[[ $name == e820-missing-panic-update-*-misuse ]] || fail "$name"
	expect 0 earlyfuzz review "$KERNEL" "$KERNEL!nobug" a.txt --json
	says "$T/said" '"regressions_in_misuse": 1'
	says "$T/said" '"in_misuse": true'
}

# A known behaviour of both fires before; what makes the difference is a trait, and is named.
case_diff_known() {
	mkdir scn
	printf '%s\n' 'scenario e820 config=normal' 'cmdline' '  param "memmap=x"' 'append 2' \
		'  entry 0 4K acpi' 'end_of_ram_pfn' >scn/a.txt
	expect 0 earlyfuzz diff e820@debian-6.1 e820@debian-6.12 scn
	says "$T/said" "  explained by the kernels' traits, among: e820-acpi-is-ram"
	says_not "$T/said" "known: "
	# known of both alike, at that very op
	cp "$TOP/corpus/findings/e820-indirect-short.scn" scn/a.txt
	expect 1 earlyfuzz diff e820@debian-6.1 e820@debian-6.12 scn
	says "$T/said" "  e820@debian-6.12: known: e820-indirect-short"
	says "$T/said" "  explained by the kernels' traits, among: e820-acpi-is-ram"
}

case_json() {
	scenarios
	expect 1 earlyfuzz review --json "$KERNEL" "$PLANTED" scn -o out
	cp "$T/said" all.json
	json_check base head pairs found results <all.json
	says all.json '"class": "regression"'
	says all.json "\"signature\": \"$NAME\""
	says all.json "\"directory\": \"regression/$NAME\""
	says all.json '"complete": true'
	[[ $(grep -c '"regression": 1' all.json) -ge 1 ]]
}

case_runs() {
	expect 1 earlyfuzz review "$KERNEL" "$PLANTED" --runs 300 --seed 5
	grep -q ": [1-9][0-9]* scenarios on 1 pair, " "$T/said" || fail "none was run"
	says "$T/said" "  range-overlap-add_with_merge-"
	sed '1d;s/[0-9]* inputs*//' "$T/said" >one
	expect 1 earlyfuzz review "$KERNEL" "$PLANTED" --runs 300 --seed 5
	sed '1d;s/[0-9]* inputs*//' "$T/said" | cmp - one
}

# Raw bytes, canonical or not; a target's report beside them is no input.
case_raw() {
	mkdir in
	printf '\x01\x02\x03 nothing that means anything' >in/a.bin
	echo 'class: some words' >in/a.txt
	expect 0 earlyfuzz review "$KERNEL" "$PLANTED" in
	says "$T/said" "review of $PLANTED against $KERNEL: "
}

# What fuzzers, `report` and this command itself leave, with all that lies beside the inputs.
case_directories() {
	scenarios
	mkdir -p all/afl/{crashes,queue} none
	touch all/afl/fuzzer_stats all/afl/crashes/README.txt
	overlap_scenario >all/afl/crashes/id:000000
	some_scenario >all/afl/queue/id:000000
	expect 1 earlyfuzz report --canaries --subject "range@$PLANTED" -o all/buckets scn/a.txt
	expect 1 earlyfuzz review "$KERNEL" "$PLANTED" scn -o all/reviewed
	# of the crash one, of the bucket the input and what was made of it, of the review one
	expect 1 earlyfuzz review "$KERNEL" "$PLANTED" all
	says "$T/said" ": 4 scenarios on 1 pair"
	says "$T/said" ": legal, 3 ops, 4 inputs"
	expect 0 earlyfuzz review "$KERNEL" "$PLANTED" all/afl/queue
	says "$T/said" ": 1 scenarios on 1 pair"
	bad "no input in what is named" review "$KERNEL" "$PLANTED" none
}

case_badinput() {
	scenarios
	bad "expected BASE HEAD" review "$KERNEL"
	bad "no FILE or DIR given" review "$KERNEL" "$PLANTED"
	bad "unknown kernel 'nowhere'" review "$KERNEL" nowhere scn
	bad "unknown kernel '$KERNEL!none'" review "$KERNEL" "$KERNEL!none" scn
	bad "none.txt: " review "$KERNEL" "$PLANTED" none.txt -o out
	[[ ! -e out ]] || fail "out is there"
	mkdir out
	bad "out: cannot make this directory: File exists" review "$KERNEL" "$PLANTED" scn -o out
	echo 'no scenario' >c.txt
	bad "c.txt:1:1: " review "$KERNEL" "$PLANTED" c.txt
	bad "are not of one family and configuration" diff range@"$KERNEL" range@"$KERNEL+small" \
		--runs 1
	bad "no scenario of family range" diff range@"$KERNEL" range@"$PLANTED" \
		"$TOP/corpus/seeds/e820"
}

# Ctrl-C, once something was found: what is there remains.
case_interrupt() {
	local pid status=0

	scenarios
	"$BUILT/fuzz/earlyfuzz" review "$KERNEL" "$PLANTED" scn --runs 100000000 -o out >said 2>err &
	pid=$!
	until [[ -s out/regression/$NAME/mail.txt ]]; do
		kill -0 "$pid" 2>/dev/null || fail "ended by itself: $(<said)"
	done
	kill -INT "$pid"
	wait "$pid" || status=$?
	((status == 2)) || fail "exit status $status: $(<err)"
	says err "earlyfuzz: interrupted: what was found until then is all there is"
	says said "  range-overlap-add_with_merge-"
	says said "interrupted: that is not all"
}

case_diff_many() {
	scenarios
	mkdir two
	overlap_scenario >two/c.txt
	expect 1 earlyfuzz diff range@"$KERNEL" range@"$PLANTED" scn two --runs 20
	says "$T/said" "add_with_merge: result, in "
	says "$T/said" "first scn/a.txt"
	says "$T/said" "range@$PLANTED: "
	grep -q ': 23 scenarios, [0-9]* differ in 1 ways, 0 explained$' "$T/said" ||
		fail "said: $(tail -1 "$T/said")"
	expect 0 earlyfuzz diff range@"$KERNEL" range@"$KERNEL" scn two --runs 20
	says "$T/said" ": 23 scenarios, 0 differ"
}

run_cases "$@"

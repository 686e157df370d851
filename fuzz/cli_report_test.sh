#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of `earlyfuzz report`, and of the formats text and mail of `earlyfuzz repro`. usage:
# cli_report_test.sh CASE...; environment: BUILT and SANITIZERS as for cli_test.sh.
set -euo pipefail
# shellcheck source=ci/testlib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../ci/testlib.sh"

TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

# shellcheck source=fuzz/cli_testlib.sh
. "$TOP/fuzz/cli_testlib.sh"

BUCKET=range-overlap-add_with_merge-add_range_with_merge@$KERNEL!r1

# The planted bug, behind some ops that do not matter.
crash() {
	overlap_scenario | sed -n 1,3p
	printf '%s\n' sort "${@}"
	overlap_scenario | sed 1,3d
}

# A text as bytes, as a fuzzer has it.
raw() {
	needs_planted_bugs
	earlyfuzz report --canaries --subject "$OVERLAPS" -o "$T/raw.dir" "$1" >/dev/null || :
	cp "$T/raw.dir/$BUCKET/raw.bin" "$2"
	rm -rf "$T/raw.dir"
}

# What afl-fuzz leaves, its crashes being the same bug, and an input that is nothing.
afl_output() {
	local i

	mkdir -p out/w0/{crashes,hangs,queue}
	touch out/w0/fuzzer_stats out/w0/crashes/README.txt
	for ((i = 0; i < 5; i++)); do
		crash "clean_sort 64" "add 64 ${i}M 100M" >text
		raw text "out/w0/crashes/id:00000$i,sig:06"
	done
	raw text out/w0/queue/id:000000
	printf 'scenario range\nsort\n' >out/w0/hangs/id:000000
}

planted() {
	needs_planted_bugs
	expect "$1" earlyfuzz report --canaries --subject "$OVERLAPS" "${@:2}"
}

case_one_bug_is_one_bucket() {
	afl_output
	overlap_scenario >small.scn
	planted 1 -o found out
	says "$T/said" "found/$BUCKET"
	says "$T/said" "6 inputs: 5 in 1 bucket, 1 pass"
	[[ $(ls -A found) == "$BUCKET" ]] || fail "$(ls -A found)"
	[[ $(ls "found/$BUCKET") == $'hashes\ninputs\nmail.txt\nraw.bin\nreport.txt\nrepro.c\nscenario.scn' ]] ||
		fail "$(ls "found/$BUCKET")"
	[[ $(<"found/$BUCKET/inputs") == 5 ]]
	[[ $(grep -vc '^#' "found/$BUCKET/scenario.scn") == 4 ]] || fail "$(<"found/$BUCKET/scenario.scn")"
	says "found/$BUCKET/report.txt" "verdict:  overlap"
	says "found/$BUCKET/mail.txt" "Subject: "
	says "found/$BUCKET/repro.c" "earlyfuzz repro: range normal"
	# it still fails, as a finding and without its headers
	expect 0 earlyfuzz run --canaries --subject "$OVERLAPS" "found/$BUCKET/scenario.scn"
	sed '/^#/d' "found/$BUCKET/scenario.scn" >plain.scn
	expect 1 earlyfuzz run --canaries --subject "$OVERLAPS" plain.scn
	merged
}

# A second run adds to it what it has not seen. What is there stays unless something smaller comes.
merged() {
	echo mine >"found/$BUCKET/notes"
	cp "found/$BUCKET/scenario.scn" before
	planted 1 -o found out small.scn
	says "$T/said" "7 inputs: 6 in 1 bucket, 1 pass, 5 counted before"
	[[ $(<"found/$BUCKET/inputs") == 6 && $(wc -l <"found/$BUCKET/hashes") -eq 6 ]] ||
		fail "$(<"found/$BUCKET/inputs") inputs"
	cmp before "found/$BUCKET/scenario.scn"
	crash "add 64 1M 2M" >"found/$BUCKET/scenario.scn"
	planted 1 -o found small.scn
	cmp before "found/$BUCKET/scenario.scn" || fail "the larger one stayed"
	[[ $(<"found/$BUCKET/notes") == mine ]]
}

case_statuses() {
	afl_output
	planted 0 out/w0/hangs
	says "$T/said" "1 input: 0 in 0 buckets, 1 pass"
	planted 1 out
	says "$T/said" "5 inputs, "
	planted 1 --table out
	[[ $(cut -f 1-7 "$T/said") == "$BUCKET"$'\t5\t'*$'\toverlap\tlegal\tadd_with_merge\t'"$OVERLAPS" ]] ||
		fail "$(<"$T/said")"
	head -c 100 "$BUILT/fuzz/earlyfuzz" >elf
	planted 2 elf
	says "$T/errors" "elf: names no family: --family FAMILY, that of the target: left out"
	says "$T/said" "1 could not be decoded"
	planted 1 elf out
	bad "no FILE or DIR given" report
	bad "missing: No such file" report missing
	bad "elf: not a directory" report -o elf out
	bad "unknown family" report --family no out
}

# The target's own words say on which subject: no other one is tried.
case_of_a_target() {
	mkdir stage
	overlap_scenario >text
	raw text stage/x.bin
	printf 'verdict:  overlap\nsubject:  %s (Linux 1.2)\n\nscenario\n' "$OVERLAPS" >stage/x.txt
	expect 1 earlyfuzz report stage
	says "$T/said" "$BUCKET"
	rm stage/x.txt
	expect 0 earlyfuzz report stage
	says "$T/said" "1 input: 0 in 0 buckets, 1 pass"
}

# With --strict what is known is found, and called by its name.
case_known() {
	sed '/^#/d' "$TOP/corpus/findings/range-subtract-full.scn" >cut.scn
	expect 0 earlyfuzz report --kernel "$KERNEL" cut.scn
	expect 1 earlyfuzz report --kernel "$KERNEL" --strict -o found cut.scn
	says "$T/said" "known: range-subtract-full"
	says "$(echo found/*/mail.txt)" "Known as range-subtract-full."
	[[ $(ls found) == *~range-subtract-full ]] || fail "$(ls found)"
}

# Ctrl-C: what was found is there, as it was; and the next run goes on with it.
case_interrupt() {
	local pid status=0 i

	needs_planted_bugs
	mkdir many
	for ((i = 0; i < 1000; i++)); do echo many/"$i"; done >names
	overlap_scenario | sed '1i # text' >one
	xargs -n 1 cp one <names
	"$BUILT/fuzz/earlyfuzz" report --canaries --subject "$OVERLAPS" -o found many >out 2>err &
	pid=$!
	until [[ -f found/$BUCKET/scenario.scn ]]; do
		kill -0 "$pid" 2>/dev/null || fail "ended by itself: $(<out)"
	done
	kill -INT "$pid"
	wait "$pid" || status=$?
	((status == 2)) || fail "exit status $status: $(<err)"
	[[ $(<err) == "earlyfuzz: interrupted: "* && $(wc -l <err) -eq 1 ]] || fail "said: $(<err)"
	[[ $(ls -A found) == "$BUCKET" ]] || fail "$(ls -A found)"
	(($(<"found/$BUCKET/inputs") >= 1 && $(<"found/$BUCKET/inputs") < 1000))
	expect 1 earlyfuzz run --canaries --subject "$OVERLAPS" "found/$BUCKET/scenario.scn"
	planted 1 -o found many/1
	says "found/$BUCKET/mail.txt" "Subject: "
}

# --- formats -------------------------------------------------------------------------------

# Every finding that this kernel shows: a mail under 80 columns and in ASCII, with all that it must have.
case_mails() {
	local file part text headers nr=0

	# shellcheck disable=SC2094 # $file is only read
	for file in "$TOP"/corpus/findings/*.scn; do
		"$BUILT/fuzz/earlyfuzz" repro --format mail --kernel "$KERNEL" "$file" >mail 2>err || {
			[[ $(<err) =~ :\ nothing\ to\ reproduce|no\ subject|:\ needs\ |its\ header\ says ]] ||
				fail "$file: $(<err)"
			continue
		}
		nr=$((nr + 1))
		! LC_ALL=C grep -nE '^.{80}|[^ -~]' mail || fail "$file: too wide, or not ASCII"
		text=$'\n'$(<mail)
		for part in 'Subject: ' 'To: ' 'Who can cause it (' '  expected: ' '  got:  ' 'Kernel: Linux ' \
			'    SHA-256' 'Shows on: ' 'Searched' '  ci/repro repro.c' 'Reported-by: '; do
			[[ $text == *$'\n'"$part"* ]] || fail "$file: no '$part': $text"
		done
		headers=$(sed '/^[^#]/q' "$file")
		if [[ $headers == *$'\n# legality: misuse'* || $headers == *$'\n# expect: differs'* ]]; then
			[[ $text != *'[BUG]'* && $text != *stable@* ]] || fail "$file: big words: $text"
		else
			[[ $text == *$'\nSubject: [BUG] '*$'\nFixes: <'* ]] || fail "$file: $text"
		fi
	done
	((nr > 40)) || fail "only $nr mails"
}

# A mail's calls have the numbers of repro.c and of the scenario: from 0, tokens counted.
case_mail_numbers() {
	local name

	# shellcheck disable=SC2094 # the finding is only read
	for name in e820-ram-buffer-one-byte range-subtract-full memblock-double-in-range; do
		"$BUILT/fuzz/earlyfuzz" repro --format mail "$TOP/corpus/findings/$name.scn" >mail
		"$BUILT/fuzz/earlyfuzz" repro --format c "$TOP/corpus/findings/$name.scn" >repro.c
		sed -nE '/^The calls/,/^What came/s/^ +([0-9]+)\. .*/\1/p' mail >numbers
		sed -nE 's/^\t(OP|RUN)\(([0-9]+), .*/\2/p' repro.c >wanted
		[[ -s wanted ]] || fail "$name: no calls in the C file"
		cmp numbers wanted || fail "$name: $(paste numbers wanted)"
	done
	# the last one is about a range that is reserved, of no node: no word on where tables are
	says mail ' no node'
	says_not mail 'Table "own"'
	says_not mail 'Table "settings"'
}

# What stands in a mail can be pasted: the scenario, and the command that runs it.
case_mail_runs() {
	local name names=(e820-query-top-entry e820-update-table-full memblock-addrs-overlap-wraps
		memblock-double-unreserved-table range-subtract-full)

	[[ -z ${EARLYFUZZ_TEST_ALL:-} ]] ||
		mapfile -t names < <(cd "$TOP/corpus/findings" && ls -- *.scn)
	for name in "${names[@]%.scn}"; do
		if ! "$BUILT/fuzz/earlyfuzz" repro --format mail "$TOP/corpus/findings/$name.scn" >mailed \
			2>err; then
			[[ -n ${EARLYFUZZ_TEST_ALL:-} && $(<err) == *": nothing to reproduce" ]] ||
				fail "$name: $(<err)"
			continue
		fi
		awk '/^scenario / { on = 1 } on && /^$/ { exit } on' mailed >scenario.scn
		awk '/^  earlyfuzz run/ { on = 1 } on; on && /scenario.scn$/ { exit }' mailed >run
		expect 1 . ./run
		says "$T/said" "FAIL scenario.scn"
		says "$T/said" "    $(sed -n 's/^# expect: //p' "$TOP/corpus/findings/$name.scn") at op "
	done
}

# Hangs and reports of sanitizers are bugs like others.
case_hang() {
	catch hang || fail "the planted hang was not caught"
	expect 1 earlyfuzz report --canaries --subject "$subject" -o found caught.txt
	[[ $(ls found) == range-hang-subtract-subtract_range@*!hang ]] || fail "$(ls found)"
	says "$(echo found/*/mail.txt)" "subtract_range() does not return"
}

case_sanitizer() {
	[[ $SANITIZERS == *address* ]] || skip "built without AddressSanitizer"
	catch bounds || fail "the planted overrun was not caught"
	expect 1 earlyfuzz report --canaries --subject "$subject" -o found caught.txt
	[[ $(ls found) == range-out-of-bounds-*add_range*@*!bounds ]] || fail "$(ls found)"
	says "$(echo found/*/mail.txt)" "ERROR: AddressSanitizer: "
	says "$(echo found/*/mail.txt)" "--sanitize address,undefined"
	says_not "$(echo found/*/mail.txt)" "$BUILT"
}

# The text form runs again, and shows the same.
case_text() {
	local finding=$TOP/corpus/findings/range-subtract-full.scn

	expect 0 earlyfuzz repro --format text --kernel "$KERNEL" "$finding"
	cp "$T/said" text
	says text "# -> return 0x1 (legal)"
	says text "# -> return 0, said error (legal)"
	expect 0 earlyfuzz run --kernel "$KERNEL" text
	says "$T/said" "announced-loss at op 4"
	some_scenario >passes
	expect 0 earlyfuzz repro --format text --kernel "$KERNEL" passes
	says "$T/said" ": passes"
	cp "$T/said" text
	expect 0 earlyfuzz run --kernel "$KERNEL" text
}

run_cases "$@"

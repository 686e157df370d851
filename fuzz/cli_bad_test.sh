#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Bad input to the earlyfuzz command: one line, status 2, nothing half-written. usage and environment as
# cli_test.sh.
set -euo pipefail
# shellcheck source=ci/testlib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../ci/testlib.sh"

TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

# shellcheck source=fuzz/cli_testlib.sh
. "$TOP/fuzz/cli_testlib.sh"

case_no_such_command() {
	bad "no command"
	bad "unknown command 'frobnicate'" frobnicate
	bad "unknown command 'frobnicate'" help frobnicate
}

case_no_such_option() {
	for command in run show min gen exhaust diff list bench canary findings import review; do
		bad "unrecognized option '--frobnicate'" "$command" --frobnicate
	done
	bad "requires an argument" run --subject
	bad "unknown subject 'range@nowhere'" run --subject range@nowhere x
	bad "unknown subject 'range@nowhere'" diff range@nowhere range@nowhere x
	bad "unknown kernel 'v0.01'" run --kernel v0.01 x
	some_scenario >a.txt
	bad "subject 'range@$KERNEL' is none of those that --bits asks for" run --bits 32 \
		--subject range@"$KERNEL" a.txt
	bad "unknown kernel 'v0.01'" exhaust --family range --kernel v0.01
	bad "unknown family 'mmap'" gen --family mmap
	bad "unknown configuration 'huge'" gen --family range --config huge
	bad "unknown configuration 'huge'" exhaust --family range --config huge
	bad "unknown quirk 'none'" run --strict=none x
	bad "unknown 'cats'" list cats
	bad "'ops' with --dictionary, expected nothing" list --dictionary ops
	bad "no planted bug is called 'none'" canary --planted none
}

case_numbers() {
	for value in -1 x 1x '' 99999999999999999999; do
		bad "--seed: '$value' is not a number" gen --family range --seed "$value"
	done
	bad "--ops" gen --family range --ops 257
	bad "--universe: '0'" exhaust --family range --universe 0
	bad "--universe: '17'" exhaust --family range --universe 17
	bad "--universe: '0,x'" exhaust --family range --universe 0,x
	bad "--universe: '0,0x0': a value twice" exhaust --family range --universe 0,0x0
}

case_missing_arguments() {
	some_scenario >a.txt
	bad "no FILE or DIR" run
	bad "expected one FILE" show
	bad "expected one FILE" min a.txt a.txt
	bad "--family is required" gen
	bad "--family is required" exhaust
	if earlyfuzz list subjects | grep -q '^boot@[^ ]*+small: '; then
		bad "boot has no brute-force judge: --no-brute" exhaust --family boot
	fi
	bad "expected two subjects: A B" diff a.txt
	bad "--count needs -o" gen --family range --count 2
	bad "--run: expected at least one" gen --family range --run 0
	bad "--jobs: expected at least one" gen --family range --run 1 --jobs 0
	bad "--run goes with neither" gen --family range --run 2 -o x
	bad "go with --run" gen --family range --kernel "$KERNEL"
	bad "--jobs: expected at least one" gen --family range --run 2 --jobs 0
	bad "no subject of family range" gen --family range --run 2 --subject e820@"$KERNEL"
	bad "unexpected argument" gen --family range a.txt
	bad "unexpected argument" findings a.txt
}

case_files() {
	mkdir empty
	bad "nowhere/findings: No such file or directory" findings --corpus nowhere
	for command in run show min; do
		bad "No such file or directory" "$command" nowhere
	done
	bad "no scenario" run empty
	: >void
	bad "void: empty" run void
	printf 'scenario range\n\tfrobnicate 1\n' >op.txt
	bad "op.txt:2:2: " run op.txt
	printf 'scenario nothing\n' >family.txt
	bad "family.txt:1:10: " run family.txt
	printf 'once upon a time\n' >text.txt
	bad "text.txt:1:1: " run text.txt
	head -c 3000000 /dev/zero | tr '\0' '#' >large.txt
	bad "large.txt: " run large.txt
	printf 'x\001\377\000 garbage \033[31m\n\200\n' >garbage
	expect 2 earlyfuzz run garbage
	[[ $(wc -l <"$T/errors") -eq 1 ]] || fail "not one line: $(<"$T/errors")"
}

# The byte form: cut off, not canonical, and what --raw makes of it.
case_bytes() {
	printf '\xe1\x01\x00\x00\0\0\0\0\0\0\0\0\0\0\0\0\x05' >short
	bad "short: " run short
	expect 0 earlyfuzz run --raw short
	printf '\xe1\x01' >short
	bad "short: " run short
	: >none
	expect 0 earlyfuzz run --raw none
}

case_findings() {
	local command

	{ echo '# expect: catastrophe'; some_scenario; } >kind.txt
	for command in run min repro; do
		bad "kind.txt:1:11: unknown verdict" "$command" kind.txt
	done
	{ printf '%s\n' '# expect: overlap' '# quirk: none'; some_scenario; } >quirk.txt
	for command in run min repro; do
		bad "quirk.txt: unknown quirk 'none'" "$command" quirk.txt
	done
	bad "quirk.txt: unknown quirk 'none'" report --table quirk.txt
	{ printf '%s\n' '# expect: overlap' '# op: 9'; some_scenario; } >op.txt
	bad "op.txt: header says op 9" run op.txt
	{ printf '%s\n' '# expect: overlap' '# legality: maybe'; some_scenario; } >legality.txt
	bad "legality.txt:2:13: unknown legality" run legality.txt
	bad "nowhere/findings: No such file" list findings --corpus nowhere
}

case_nothing_to_do() {
	some_scenario >a.txt
	bad "no subject for family range" run --subject e820@"$KERNEL" a.txt
	bad "no subject for family range" show --subject e820@"$KERNEL" a.txt
	bad "nothing to minimize: passes on range@" min a.txt
	bad "is of family range" diff e820@"$KERNEL" e820@"$KERNEL" a.txt
	bad "no scenario that passes" bench --time 1 --family e820 a.txt
	bad "no subject of family memblock among the chosen" bench --reach --runs 1 --family e820 a.txt
	bad "expected at least one" bench --reach --runs 0 a.txt
}

# No room for the 4 GiB of physical memory: not the kernel's doing, so no verdict.
case_no_memory() {
	local command text='cannot reserve 4097 MiB of address space for physical memory: '
	local subject=e820@$KERNEL+small

	[[ -z $SANITIZERS ]] || skip "sanitizers need address space themselves"
	expect 0 earlyfuzz gen --family e820 --config small
	cp "$T/said" a.txt
	expect 0 earlyfuzz run --subject "$subject" a.txt
	ulimit -v 300000
	for command in "run a.txt" "show a.txt" "min a.txt" "exhaust --family e820 --config small" \
		"bench --time 1 --family e820"; do
		# shellcheck disable=SC2086 # words
		expect 2 earlyfuzz $command --subject "$subject"
		[[ $(wc -l <"$T/errors") -eq 1 ]] || fail "not one line: $(<"$T/errors")"
		[[ $(<"$T/errors") == "earlyfuzz: "*"$text"* ]] || fail "$command: $(<"$T/errors")"
	done
}

case_output() {
	needs_planted_bugs
	bad "nowhere/out.txt: cannot write" min "$(caught_overlap)" --subject "$OVERLAPS" -o nowhere/out.txt
	bad "nowhere/range-1.txt: cannot write" gen --family range -o nowhere
	expect 2 bash -c "'$BUILT/fuzz/earlyfuzz' gen --family range >/dev/full"
	says "$T/errors" "earlyfuzz: cannot write to standard output: No space left on device"
	[[ -z $(find . -name '*.txt.*') ]] || fail "something half-written: $(find .)"
}

caught_overlap() {
	overlap_scenario >overlap.txt
	echo overlap.txt
}

case_import() {
	local line='BIOS-e820: [mem 0x0000000000000000-0x00000000000'

	bad "expected one FILE, DIR or -" import
	bad "expected one FILE, DIR or -" import a b
	bad "nowhere: No such file or directory" import nowhere
	mkdir empty
	bad "empty: no map in this directory" import empty
	mkdir -p map/0
	bad "map/0/start: No such file or directory" import map
	echo 0x0 >map/0/start
	echo 0x1ffffffffffffffff >map/0/end
	bad "map/0/end:1:1: a number of more than 64 bits" import map
	echo 0xfff >map/0/end
	echo Sunshine >map/0/type
	bad "map/0/type:1:1: unknown type" import map
	: >empty.log
	bad "empty.log:1:1: empty" import empty.log
	printf '%s' "$line" >cut.log
	bad "cut.log:1:" import cut.log
	[[ $(<"$T/errors") == *"ends in the middle of an entry" ]]
	bad "cut.log:1:" import cut.log -o cut.scn
	[[ ! -e cut.scn && -z $(find . -name 'cut.scn*') ]] || fail "something half-written"
	bad "--kernel and --json go with --check" import --json cut.log
	bad "-o does not go with --check" import --check -o x cut.log
	printf '0-fff : System RAM\n1000-1fff : Reserved\n' >iomem
	bad "/dev/zero:1:1: NUL bytes" import /dev/zero
	bad "iomem: states nothing that a kernel could be held against" import --check iomem
	bad "no e820 of kernel 'v0.01'" import --check --kernel v0.01 iomem
	bad "cannot write" import iomem -o nowhere/x
}

run_cases "$@"

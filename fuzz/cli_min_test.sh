#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of `earlyfuzz min`: what comes in, and what must be said. usage and environment: as
# cli_test.sh.
set -euo pipefail
# shellcheck source=ci/testlib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../ci/testlib.sh"

TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

# shellcheck source=fuzz/cli_testlib.sh
. "$TOP/fuzz/cli_testlib.sh"

# u64 N: eight bytes, lowest first.
u64() {
	local i bytes=''

	for ((i = 0; i < 64; i += 8)); do
		bytes+=$(printf '\\x%02x' $((($1 >> i) & 255)))
	done
	printf '%b' "$bytes"
}

# raw_overlap FAMILY: overlap_scenario as an engine leaves it. The first byte is no version, the
# bytes that mean nothing are not 0, and the last op is cut off.
raw_overlap() {
	local range edge

	printf '%b' "\x41\x$1\x00\x00abcd\0\0\0\0\0\0\0\0"
	for range in "0 4096" "8192 12288" "2048 10240"; do
		printf '\x02zzzzzzz'
		u64 64
		for edge in $range; do
			u64 "$edge"
		done
		printf 'nothing is read here....'
	done
	printf '\x02zzz'
}

# As libFuzzer and AFL++ call what they leave: the same result as from text.
case_min_inputs_of_engines() {
	local name

	needs_planted_bugs
	overlap_scenario >text.scn
	expect 0 earlyfuzz min --subject "$OVERLAPS" text.scn
	cp "$T/said" from_text
	says from_text "# expect: overlap"
	for name in crash-6f1ed002ab5595859014ebf0951522d9 timeout-0123 \
		"id:000007,sig:06,src:000001+000002,time:12,execs:345,op:havoc,rep:2"; do
		raw_overlap 01 >"$name"
		expect 0 earlyfuzz min --subject "$OVERLAPS" "$name"
		cmp "$T/said" from_text
		expect 0 earlyfuzz min --raw --subject "$OVERLAPS" "$name"
		cmp "$T/said" from_text
		# a target fixes its family, whatever the header says
		raw_overlap ee >"$name"
		expect 0 earlyfuzz min --family range --subject "$OVERLAPS" "$name"
		cmp "$T/said" from_text
		bad "$name: names no family: --family" min --subject "$OVERLAPS" "$name"
	done
	printf '\xe1\x01\x00\x00' >short
	bad "short: too short" min short
	bad "unknown family 'nothing'" min --family nothing short
}

# What must be expected to get there is said, and honoured by who runs it.
case_min_expected() {
	local subject="e820@$KERNEL+small!announced"

	needs_planted_bugs
	earlyfuzz list subjects >known.txt
	grep -qF "$subject" known.txt || skip "$subject is not planted here"
	printf '%s\n' 'scenario e820 config=small' \
		cmdline '  param "memmap=0$"' '  param "memmap=0@"' \
		cmdline '  param "memmap=0#"' '  param "memmap=0$"' \
		cmdline '  param "memmap=10000@"' '  param "memmap=0@"' \
		'remove start=4K size=0 old=none check_type=0' cmdline '  param "memmap=0#"' >a.txt
	expect 0 earlyfuzz min --subject "$subject" a.txt -o b.txt
	says b.txt "# quirks: expected"
	expect 0 earlyfuzz run --subject "$subject" b.txt
	expect 0 earlyfuzz min --subject "$subject" b.txt -o c.txt
	cmp b.txt c.txt
	sed -i "/^# quirks:/d" b.txt
	expect 1 earlyfuzz run --subject "$subject" b.txt
}

# What passes: where it was tried is said.
case_min_passes() {
	some_scenario >a.txt
	bad "a.txt: nothing to minimize: passes on range@$KERNEL" min --subject "range@$KERNEL" a.txt
	bad "nothing to minimize: passes on range@" min a.txt
	expect 2 earlyfuzz min -o out.txt a.txt
	[[ ! -e out.txt ]]
}

# A shipped configuration is preferred, unless a subject was named.
case_min_configuration() {
	local i

	sed 's/config=normal/config=small/; /^#/d' \
		"$TOP/corpus/findings/e820-update-top-entry.scn" >small.scn
	expect 0 earlyfuzz min --strict --kernel "$KERNEL" small.scn
	says "$T/said" "scenario e820 config=normal"
	expect 0 earlyfuzz min --strict --subject "e820@$KERNEL+small" small.scn
	says "$T/said" "scenario e820 config=small"
	# a table of 64 that must be full: one of 4 says the same with fewer ops
	{
		echo "scenario range config=normal"
		for i in {1..64}; do echo "add 64 $((2 * i))M $((2 * i + 1))M"; done
		echo "subtract 64 0x210000 0x220000"
	} >full.scn
	expect 0 earlyfuzz min --strict --kernel "$KERNEL" full.scn
	says "$T/said" "scenario range config=small"
	[[ $(grep -vc "^[#s]" "$T/said") -le 6 ]] || fail "$(<"$T/said")"
	expect 0 earlyfuzz min --strict --subject "range@$KERNEL" full.scn
	says "$T/said" "scenario range config=normal"
}

# Ctrl-C: -o has the best so far, which still shows it. A hang takes long enough to be interrupted.
case_min_interrupted() {
	local subject i=0

	catch hang
	timeout -s TERM 0.7 "$BUILT/fuzz/earlyfuzz" min --subject "$subject" caught.txt \
		-o best.txt 2>errors || i=$?
	# 124: it was interrupted (its own status is lost), else it was faster
	[[ $i -eq 124 ]] || return "$i"
	if [[ -e best.txt ]]; then
		says errors "interrupted: best.txt has the best so far"
		says best.txt "# interrupted: could be smaller"
		expect 0 earlyfuzz run --subject "$subject" best.txt
		says "$T/said" "hang at op"
	else
		says errors "interrupted: nothing was written"
	fi
}

run_cases "$@"

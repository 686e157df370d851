#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of the earlyfuzz command with earlyfuzz32 beside it, and of what it says where that is missing
# or does not work. usage and environment as cli_test.sh.
set -euo pipefail
# shellcheck source=ci/testlib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../ci/testlib.sh"

TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
export ASAN_OPTIONS=symbolize=0

# shellcheck source=fuzz/cli_testlib.sh
. "$TOP/fuzz/cli_testlib.sh"
unset EARLYFUZZ32
SMALL="range@$KERNEL+x86_32"
# An answer in page frames: what does not fit into 32 bits does not show it there.
PFN=$TOP/corpus/findings/e820-pfn-top-entry-cmdline.scn

needs_it() {
	[[ -x $BUILT/fuzz/earlyfuzz32 ]] || skip "this build has no earlyfuzz32"
}

# One list, one report.
case_run_has_both() {
	needs_it
	some_scenario >a.txt
	expect 0 earlyfuzz run --kernel "$KERNEL" a.txt
	printf 'pass a.txt %s\n' "range@$KERNEL" "$SMALL" "${SMALL}_pae" >expected
	grep '^pass' "$T/said" | cmp - expected
	says "$T/said" "1 scenarios: 3 passed, 0 failed"
	[[ ! -s $T/errors ]]
	expect 0 earlyfuzz run --ktap --kernel "$KERNEL" a.txt
	says "$T/said" "1..3"
	says "$T/said" "ok 3 a.txt ${SMALL}_pae"
	expect 0 earlyfuzz run --json --kernel "$KERNEL" a.txt
	json_check scenarios passed failed notes not_run runs <"$T/said"
	says "$T/said" "\"subject\": \"$SMALL\""
	expect 0 earlyfuzz run --stability --kernel "$KERNEL" a.txt
	says "$T/said" "stable: 3 runs"
}

case_run_bits() {
	needs_it
	some_scenario >a.txt
	expect 0 earlyfuzz run --kernel "$KERNEL" --bits 32pae a.txt
	[[ $(grep '^pass' "$T/said") == "pass a.txt ${SMALL}_pae" ]]
	expect 0 earlyfuzz run --kernel "$KERNEL" --bits 32 --bits 32pae a.txt
	[[ $(grep -c '^pass' "$T/said") -eq 2 ]]
	expect 0 earlyfuzz run --kernel "$KERNEL" --bits 64 a.txt
	[[ $(grep '^pass' "$T/said") == "pass a.txt range@$KERNEL" ]]
	expect 0 earlyfuzz run --subject "$SMALL" a.txt
	[[ $(grep '^pass' "$T/said") == "pass a.txt $SMALL" ]]
}

case_list() {
	needs_it
	expect 0 earlyfuzz list subjects
	says "$T/said" "$SMALL: Linux "
	says "$T/said" "e820@$KERNEL+x86_32_pae: Linux "
	says_not "$T/said" "no 32-bit subjects"
}

case_show() {
	needs_it
	some_scenario >a.txt
	expect 0 earlyfuzz show --subject "$SMALL" a.txt
	head -1 "$T/said" | grep -qF "on $SMALL (Linux "
	tail -n +2 "$T/said" >small
	expect 0 earlyfuzz show --subject "range@$KERNEL" a.txt
	tail -n +2 "$T/said" | cmp - small	# ranges have 64 bits on both
}

# An address that does not fit into 32 bits: an allocation below it is somewhere else.
case_diff() {
	needs_it
	some_scenario >a.txt
	expect 0 earlyfuzz diff "range@$KERNEL" "$SMALL" a.txt
	says "$T/said" "same: range@$KERNEL and $SMALL give the same"
	printf '%s\n' 'scenario e820 config=normal' 'add 0 1M ram' 'add 8G 1G ram' 'update_table main' \
		end_of_ram_pfn >b.txt
	expect 0 earlyfuzz diff "e820@$KERNEL+x86_32" "e820@$KERNEL+x86_32_pae" b.txt
	says "$T/said" "differs at op 3: end_of_ram_pfn"
	says "$T/said" "explained by the kernels' "
	narrow "$T/said"
}

# What shows with PAE is kept small there; the header names all that show it.
case_min() {
	local pae=debian-6.12+x86_32_pae

	needs_it
	expect 0 earlyfuzz min --bits 32pae "$PFN" -o min.txt
	says "$T/errors" "wrong-result on e820@"
	grep -E '^# kernels: .*debian-6\.12 .*debian-6\.12\+x86_32_pae' min.txt || fail "$(<min.txt)"
	says_not min.txt "debian-6.12+x86_32 "
	expect 0 earlyfuzz run --subject "e820@$pae" min.txt
	grep -v '^#' min.txt >plain.txt
	expect 1 earlyfuzz run --strict=e820-pfn-top-entry --subject "e820@$pae" plain.txt
	says "$T/said" "FAIL plain.txt e820@$pae"
	says "$T/said" "wrong-result at op "
}

# Every word size has cells of its own.
case_findings() {
	needs_it
	mkdir -p c/findings
	cp "$PFN" c/findings/pfn.scn
	expect 0 earlyfuzz findings --corpus c
	[[ $(cell pfn debian-6.12) == "shows it" ]]
	[[ $(cell pfn debian-6.12 32) == "does not" ]]
	[[ $(cell pfn debian-6.12 32pae) == "shows it" ]]
	expect 0 earlyfuzz findings --json --corpus c
	json_check kernels findings mismatches <"$T/said"
	says "$T/said" '"32": "does not"'
	says "$T/said" '"32pae": "shows it"'
	# a header that names it where it does not show, and not where it does
	sed 's/^# kernels:.*/# kernels: debian-6.12 debian-6.12+x86_32/' "$PFN" >c/findings/pfn.scn
	expect 1 earlyfuzz findings --corpus c
	says "$T/errors" "pfn.scn: e820@debian-6.12+x86_32 does not show it, its header names"
	expect 1 earlyfuzz run c/findings
	says "$T/said" "FAIL c/findings/pfn.scn e820@debian-6.12+x86_32 (known finding does not"
	says "$T/said" "e820@debian-6.12+x86_32_pae: wrong-result at op"
}

# It is not there: one notice, the other subjects go on; who asks for it gets an answer.
case_missing() {
	local program

	cp "$BUILT/fuzz/earlyfuzz" earlyfuzz
	program=$PWD/earlyfuzz
	some_scenario >a.txt
	expect 0 "$program" run a.txt
	[[ $(wc -l <"$T/errors") -eq 1 ]]
	says "$T/errors" "earlyfuzz: 64-bit subjects only: no $PWD/earlyfuzz32: "
	says "$T/said" " 0 failed"
	expect 0 "$program" run --bits 64 a.txt
	[[ ! -s $T/errors ]]
	expect 0 "$program" list subjects
	says "$T/said" "no 32-bit subjects: no $PWD/earlyfuzz32"
	mkdir -p c/findings
	cp "$TOP/corpus/findings/range-subtract-full.scn" c/findings/
	expect 0 "$program" findings --corpus c
	[[ $(cell range-subtract-full "$KERNEL" 32) == "not at hand" ]]
	[[ $(cell range-subtract-full "$KERNEL" 32pae) == "not at hand" ]]
	says "$T/said" "32, 32pae    not at hand: no $PWD/earlyfuzz32"
	# shellcheck disable=SC2317 # bad() calls it
	earlyfuzz() {
		"$program" "$@"
	}
	bad "subject '$SMALL' cannot be run: no $PWD/earlyfuzz32: " run --subject "$SMALL" a.txt
	bad "subject '$SMALL' cannot be run: no $PWD/earlyfuzz32: " diff "range@$KERNEL" "$SMALL" a.txt
	bad "no $PWD/earlyfuzz32: " run --bits 32 a.txt
}

# One of another build lies beside: as if there were none. Who asks for it, or has named it, is told.
case_stale() {
	local program=$PWD/earlyfuzz said="$PWD/earlyfuzz32: was built from other sources"

	needs_it
	cp "$BUILT/fuzz/earlyfuzz" earlyfuzz
	id=$(sed -n 's/.*build_id\[\] = "\(.*\)";/\1/p' "$BUILT/fuzz/build_id.c")
	[[ -n $id ]] || fail "no build id in build_id.c"
	LC_ALL=C sed "s/$id/$(tr 0-9a-f 1-9a-f0 <<<"$id")/" "$BUILT/fuzz/earlyfuzz32" >earlyfuzz32
	chmod +x earlyfuzz32
	! cmp -s earlyfuzz32 "$BUILT/fuzz/earlyfuzz32" || fail "not another build"
	some_scenario >a.txt
	expect 0 "$program" run a.txt
	[[ $(wc -l <"$T/errors") -eq 1 ]]
	says "$T/errors" "earlyfuzz: 64-bit subjects only: $said"
	says_not "$T/said" "+x86_32"
	expect 2 "$program" run --bits 32 a.txt
	says "$T/errors" "earlyfuzz: $said"
	expect 2 "$program" run --subject "$SMALL" a.txt
	says "$T/errors" "earlyfuzz: subject '$SMALL' cannot be run: $said"
	export EARLYFUZZ32=$PWD/earlyfuzz32
	bad "$said" run a.txt
}

# It is another program, or comes to its end: one line, and nothing is run.
case_broken() {
	local said="\$EARLYFUZZ32=/nowhere/earlyfuzz32: No such file"

	some_scenario >a.txt
	export EARLYFUZZ32=/nowhere/earlyfuzz32
	bad "$said" run a.txt
	bad "$said" findings --corpus "$TOP/corpus"
	EARLYFUZZ32=/bin/false
	bad "/bin/false: ended with status 1" run a.txt
	bad "subject '$SMALL' cannot be run: /bin/false: ended with" run --subject "$SMALL" a.txt
	printf '%s\n' '#!/bin/sh' "kill -SEGV \$\$" >crash
	printf '%s\n' '#!/bin/sh' 'echo what is this' 'cat >/dev/null' >"talk"
	chmod +x crash talk
	EARLYFUZZ32=$PWD/crash
	bad "$PWD/crash: ended by signal 11 (Segmentation fault)" run a.txt
	EARLYFUZZ32=$PWD/talk
	bad "$PWD/talk: does not answer as earlyfuzz32 does" run a.txt
	EARLYFUZZ32=$BUILT/fuzz/earlyfuzz
	bad "does not answer as earlyfuzz32 does" run a.txt
	EARLYFUZZ32=$PWD/talk
	expect 0 earlyfuzz run --bits 64 a.txt
	EARLYFUZZ32=
	expect 0 earlyfuzz run a.txt
	[[ ! -s $T/errors ]]
	bad "subject '$SMALL' cannot be run: \$EARLYFUZZ32 is empty" run --subject "$SMALL" a.txt
	bad "unknown subject 'range@nowhere'" run --subject range@nowhere a.txt
	bad "--bits: unknown '16', expected 64, 32 or 32pae" run --bits 16 a.txt
	bad "serve: standard input is no socket" serve
}

# The 32-bit program by itself: the same commands, but for JSON.
case_alone() {
	needs_it
	some_scenario >a.txt
	expect 0 "$BUILT/fuzz/earlyfuzz32" run a.txt
	says "$T/said" "pass a.txt $SMALL"
	says_not "$T/said" "range@$KERNEL "
	expect 2 "$BUILT/fuzz/earlyfuzz32" run --json a.txt
	says "$T/errors" "run: this is the 32-bit program, only earlyfuzz writes JSON"
	bad "subject '$SMALL' is one of earlyfuzz32: call that program" bench --subject "$SMALL"
}

# A compiler without 32 bits: configuring names what to install, and goes on without earlyfuzz32.
case_no_toolchain() {
	local cc

	cc=$(sed -n 's/^CMAKE_C_COMPILER:[A-Z]*=//p' "$BUILT/CMakeCache.txt")
	printf '%s\n' '#!/bin/sh' 'for arg; do' "	[ \"\$arg\" != -m32 ] || exit 1" 'done' \
		"exec $cc \"\$@\"" >cc
	chmod +x cc
	expect 0 cmake -S "$TOP" -B b -G Ninja -DCMAKE_C_COMPILER="$PWD/cc" -DEARLYFUZZ_BITS32=ON \
		-DEARLYFUZZ_KERNELS="$KERNEL" \
		-DEARLYFUZZ_EXTRACTED="$(sed -n 's/^EARLYFUZZ_EXTRACTED:[A-Z]*=//p' "$BUILT/CMakeCache.txt")"
	tr -s ' \n' ' ' <"$T/errors" >warning
	says warning "makes no 32-bit programs. Install gcc-multilib, g++-multilib and libc6-dev-i386"
	says_not b/build.ninja "fuzz/earlyfuzz32"
	grep -qF "install gcc-multilib" b/build.ninja || fail "the program is not told why"
}

run_cases "$@"

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The isolation test for every compiler, position independence and sanitizer at hand: the probe
# is compiled, linked by link-subject and run, as the build does it with the kernel's files.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../ci/testlib.sh"

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)

# try COMPILER FLAG... - build the isolation test with these flags and run it
try() {
	local probe
	local compile=("$@" -std=gnu11 -O2 -g -fno-omit-frame-pointer -fno-strict-overflow
		-I"$HERE/shim/include" -I"$HERE" -I"$HERE/../reference")
	local runtime=("$HERE"/shim/*.c) f

	command -v "$1" >/dev/null || skip "no $1"
	mkdir shim
	for f in "${runtime[@]}"; do
		[[ $f == *_test.c ]] || (cd shim && "${compile[@]}" -c "$f")
	done
	for probe in a b; do
		"${compile[@]}" -DSUBJECT_SYMBOL="subject_probe_$probe" -c -o "$probe.wrapper.o" \
			"$HERE/isolation_probe.c"
		"$HERE/link-subject" "probe_$probe" "$probe.o" "$probe.wrapper.o" shim/*.o
	done
	"${compile[@]}" -c -o guard.o "$HERE/host/guard.c"
	"$@" ${LINK:+"$LINK"} -std=gnu11 -g -I"$HERE" -I"$HERE/../reference" -o isolation_test \
		"$HERE/isolation_test.c" a.o b.o guard.o -lcmocka
	./isolation_test >out 2>&1 || {
		cat out
		fail "the isolation test fails with: $*"
	}
}

# null and unaligned accesses are outcomes here, as for the kernel's files
UBSAN=(-fsanitize=undefined "-fno-sanitize=null,alignment")

case_clang_pie() { LINK=-pie try clang -fPIE; }
case_clang_nopie() { LINK=-no-pie try clang -fno-pie; }
case_clang_pie_asan() { LINK=-pie try clang -fPIE -fsanitize=address; }
case_clang_nopie_asan() { LINK=-no-pie try clang -fno-pie -fsanitize=address; }
case_clang_pie_ubsan() { LINK=-pie try clang -fPIE "${UBSAN[@]}"; }
case_clang_nopie_ubsan() { LINK=-no-pie try clang -fno-pie "${UBSAN[@]}"; }
case_clang_pie_msan() { LINK=-pie try clang -fPIE -fsanitize=memory; }
case_clang_pie_asan_ubsan() { LINK=-pie try clang -fPIE -fsanitize=address "${UBSAN[@]}"; }
case_clang_coverage() { LINK=-pie try clang -fPIE -fprofile-instr-generate; }
case_clang_fuzzer() {
	LINK=-pie try clang -fPIE -fsanitize=fuzzer-no-link,address -fno-sanitize-coverage=stack-depth
}
case_clang_debug() { LINK=-pie try clang -fPIE -O0; }
case_afl() { LINK=-pie try afl-clang-fast -fPIE; }
case_afl_asan() { LINK=-pie try afl-clang-fast -fPIE -fsanitize=address; }
case_gcc_pie() { LINK=-pie try gcc -fPIE; }
case_gcc_nopie() { LINK=-no-pie try gcc -fno-pie; }
case_gcc_pie_asan() { LINK=-pie try gcc -fPIE -fsanitize=address; }
case_gcc_nopie_asan() { LINK=-no-pie try gcc -fno-pie -fsanitize=address; }
case_gcc_pie_ubsan() { LINK=-pie try gcc -fPIE "${UBSAN[@]}"; }
case_gcc_nopie_ubsan() { LINK=-no-pie try gcc -fno-pie "${UBSAN[@]}"; }

run_cases "$@"

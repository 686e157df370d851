#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# link-subject: what it makes of objects, and what it refuses.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../ci/testlib.sh"

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
: "${CC:=cc}"

# compile NAME: C from standard input becomes NAME.o
compile() {
	"$CC" -x c -std=gnu11 -O1 -fno-common -c -o "$1.o" -
}

link() {
	"$HERE/link-subject" x out.o "$@"
}

section_of() {
	nm out.o | awk -v s="$1" '$NF == s { print $2 }'
}

case_one_global_symbol() {
	compile one <<<'int shared = 1; static int own; int *subject_x(void) { own++; return &shared; }'
	compile two <<<'extern int shared; int *other(void) { return &shared; }'
	link one.o two.o
	[[ $(nm -g --defined-only out.o | awk '{ print $NF }') == subject_x ]] || fail "$(nm -g out.o)"
	[[ $(section_of shared) == d && $(section_of own) == b ]] || fail "$(nm out.o)"
	readelf -SW out.o >sections
	says sections subject_x_data
	says sections subject_x_bss
	! grep -qE ' \.(data|bss) +[A-Z]+ +0+ 0*[0-9a-f]+ 0*[1-9a-f]' sections || fail "$(<sections)"
}

case_also() {
	compile one <<<'int shared = 1; int *seen(void) { return &shared; } int subject_x(void) { return 0; }'
	"$HERE/link-subject" --also=seen x out.o one.o
	nm -g --defined-only out.o | awk '{ print $NF }' | sort >globals
	[[ $(<globals) == $'seen\nsubject_x' ]] || fail "$(<globals)"
	[[ $(section_of shared) == d ]] || fail "$(nm out.o)"
	rm out.o
	expect 2 "$HERE/link-subject" --also=nowhere x out.o one.o
	says "$T/errors" "expected one global symbol, subject_x, and nowhere"
}

case_scratch_and_constants_stay() {
	compile one <<-'END'
	static int scratch[4] __attribute__((section(".bss.shim_scratch")));
	int subject_x(int i) { return scratch[i]++; }
	END
	link one.o
	readelf -SW out.o >sections
	says sections .bss.shim_scratch
}

case_common_symbols_are_caught() {
	"$CC" -x c -std=gnu11 -fcommon -c -o one.o - <<<'int tentative; int subject_x(void) { return tentative++; }'
	link one.o
	[[ $(section_of tentative) == b ]] || fail "$(nm out.o)"
}

refuses() {
	expect "$1" link "${@:3}"
	says "$T/errors" "$2"
	[[ ! -e out.o ]] || fail "something was written"
}

case_unknown_writable_section() {
	compile one <<<'int odd __attribute__((section(".weird"))) = 3; int subject_x(void) { return odd++; }'
	refuses 1 'section .weird' one.o
	says "$T/errors" 'classify()'
}

case_unknown_section_of_another_object() {
	compile one <<<'int subject_x(void) { return 0; }'
	compile two <<<'int odd __attribute__((section("my_section"))) = 3;'
	refuses 1 'section my_section' one.o two.o
}

case_thread_local() {
	compile one <<<'static __thread int mine; int subject_x(void) { return mine++; }'
	refuses 1 '.tbss' one.o
}

case_missing_symbol() {
	compile one <<<'int frobnicate(void); int subject_x(void) { return frobnicate(); }'
	refuses 3 'frobnicate needed by one.o' one.o
}

case_no_such_subject() {
	compile one <<<'int subject_y(void) { return 0; }'
	refuses 2 'expected one global symbol, subject_x' one.o
}

case_no_object() {
	echo garbage >one.o
	refuses 2 'partial link failed' one.o
}

case_bad_name() {
	expect 2 "$HERE/link-subject" 'a b' out.o one.o
	says "$T/errors" "name 'a b'"
}

run_cases "$@"

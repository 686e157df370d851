#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# build-subject: kernels that can be built, kernels that cannot, and what is said of them.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../ci/testlib.sh"

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
: "${CC:=cc}"

# A kernel whose range.c has all functions, which do nothing, and then standard input.
make_kernel() {
	mkdir -p k/kernel k/include/linux
	cat >k/include/linux/range.h <<-'END'
	struct range { u64 start, end; };
	END
	cat >k/kernel/range.c - <<-'END'
	#include <linux/init.h>
	#include <linux/range.h>
	int add_range(struct range *r, int az, int nr, u64 s, u64 e) { return nr; }
	int add_range_with_merge(struct range *r, int az, int nr, u64 s, u64 e) { return nr; }
	void subtract_range(struct range *r, int az, u64 s, u64 e) { }
	int clean_sort_range(struct range *r, int az) { return 0; }
	void sort_range(struct range *r, int nr) { }
	END
	cat >>k/kernel/range.c
	cat >k/PROVENANCE <<-'END'
	id: tiny
	source: tree:k
	origin: tree "k\1"
	version: 6.12.3
	kernel-version-code: 396291
	families: range
	file: 0123 kernel/range.c
	file: 4567 include/linux/range.h
	file: 89ab include/linux/unused.h
	END
}

runtime() {
	local f

	mkdir runtime
	for f in "$HERE"/shim/*.c; do
		[[ $f == *_test.c ]] ||
			(cd runtime && "$CC" -std=gnu11 -O1 -I"$HERE/shim/include" -I"$HERE" \
				-I"$HERE/../reference" -c "$f")
	done
}

build() {
	"$HERE/build-subject" --name tiny --id range@tiny --family range --config small \
		--kernel "$T/k" --out "$T/tiny.o" "$@" runtime/*.o -- \
		"$CC" -std=gnu11 -Wall -Wextra -Werror -Werror=implicit-function-declaration -O1
}

left_out() {
	expect 0 build
	[[ $(<tiny.status) == "subject range@tiny left out: $1" ]] || fail "$(<tiny.status)"
	says "$T/errors" "$1"
	[[ -z $(nm tiny.o 2>/dev/null) ]] || fail "something is in the object"
}

case_works() {
	make_kernel </dev/null
	runtime
	expect 0 build
	[[ $(<tiny.status) == ok ]] || fail "$(<tiny.status)"
	[[ $(nm -g --defined-only tiny.o | awk '{ print $NF }') == subject_tiny ]] || fail "$(nm -g tiny.o)"
	says tiny.dir/subject_id.h '"tree \"k\\1\"\n"'
	says tiny.dir/subject_id.h '"kernel/range.c 0123\n"'
	says tiny.dir/subject_id.h '"include/linux/range.h 4567\n"'
	says_not tiny.dir/subject_id.h unused.h
	says tiny.d "$T/k/kernel/range.c"
	says tiny.d "$T/k/PROVENANCE"
	says tiny.d shim/include/linux/init.h
}

case_warnings_of_the_kernel_are_its_own() {
	make_kernel <<<'static int unused(unsigned a) { int b; return a < -1 ? 0 : b; }'
	runtime
	expect 0 build
	[[ $(<tiny.status) == ok ]] || fail "$(<tiny.status)"
}

case_missing_header() {
	make_kernel <<<'#include <linux/frobnicate.h>'
	runtime
	left_out 'kernel/range.c:8:10 needs linux/frobnicate.h: write extracted/shim/include/linux/frobnicate.h'
}

case_undeclared_function() {
	make_kernel <<<'int extra(void) { return frobnicate(1); }'
	runtime
	left_out "kernel/range.c:8:26 needs frobnicate: declare it in extracted/shim/include/, define it in extracted/shim/unmodelled.c"
}

case_undefined_function() {
	make_kernel <<<'int frobnicate(int); int extra(void) { return frobnicate(1); }'
	runtime
	left_out 'kernel/range.c needs frobnicate: define it in extracted/shim/unmodelled.c'
}

case_another_mistake() {
	make_kernel <<<'int extra(void) { return struct; }'
	runtime
	expect 0 build
	[[ $(<tiny.status) == "subject range@tiny left out: kernel/range.c:8:26: "* ]] || fail "$(<tiny.status)"
}

case_unknown_section_is_our_mistake() {
	make_kernel <<<'int odd __attribute__((section(".weird"))) = 1; int *extra(void) { return &odd; }'
	runtime
	expect 1 build
	says "$T/errors" 'section .weird'
	[[ ! -e tiny.status ]] || fail "a status was written"
}

case_left_out_and_back() {
	make_kernel <<<'#include <linux/frobnicate.h>'
	runtime
	left_out 'kernel/range.c:8:10 needs linux/frobnicate.h: write extracted/shim/include/linux/frobnicate.h'
	make_kernel </dev/null
	expect 0 build
	[[ $(<tiny.status) == ok ]] || fail "$(<tiny.status)"
}

# What it was left out for may lie in any file that it includes: mended there, it is built again.
case_left_out_depends_on_headers() {
	make_kernel <<<'#include <linux/frobnicate.h>'
	runtime
	echo 'int extra(void) { return struct; }' >k/include/linux/frobnicate.h
	expect 0 build
	[[ $(<tiny.status) == *" left out: include/linux/frobnicate.h:1:"* ]] || fail "$(<tiny.status)"
	says tiny.d "$T/k/include/linux/frobnicate.h"
	says tiny.d "$T/k/kernel/range.c"
	says tiny.d "$T/k/PROVENANCE"
	says tiny.d "$HERE/range.c"
	says tiny.d shim/include/linux/init.h
	rm k/include/linux/frobnicate.h
	left_out 'kernel/range.c:8:10 needs linux/frobnicate.h: write extracted/shim/include/linux/frobnicate.h'
	says tiny.d "$T/k/kernel/range.c"
	# ninja would build anew for ever what depends on a file that is not there
	says_not tiny.d frobnicate.h
}

# An early_res.c of which nothing is read: the wrapper wants other files of the same kernel first.
build_early_res() {
	build --id early_res@tiny --family early_res --config normal "$@"
}

early_res_left_out() {
	expect 0 build_early_res
	[[ $(<tiny.status) == "subject early_res@tiny left out: $1" ]] || fail "$(<tiny.status)"
	[[ -z $(nm tiny.o 2>/dev/null) ]] || fail "something is in the object"
}

case_tree_without_a_file_of_another_family() {
	make_kernel </dev/null
	runtime
	touch k/kernel/early_res.c
	early_res_left_out 'needs arch/x86/kernel/e820.c, which this tree lacks'
	mkdir -p k/arch/x86/kernel
	touch k/arch/x86/kernel/e820.c
	rm k/kernel/range.c
	early_res_left_out 'needs kernel/range.c, which this tree lacks'
}

case_tree_without_a_header() {
	make_kernel </dev/null
	runtime
	sed -i 's/^families: .*/&\nlacks: early_res include\/linux\/early_res.h/' k/PROVENANCE
	early_res_left_out 'needs include/linux/early_res.h, which this tree lacks'
	expect 0 build
	[[ $(<tiny.status) == ok ]] || fail "$(<tiny.status)"
}

case_unknown_variant() {
	make_kernel </dev/null
	runtime
	expect 1 build --config memblock
	says errors "family range has no configuration or variant 'memblock'"
	expect 1 build_early_res --config 'no such'
	says errors "--config 'no such': expected a name"
	[[ ! -e tiny.o && ! -e tiny.status ]] || fail "something was written"
}

case_table_of_subjects() {
	make_kernel </dev/null
	runtime
	expect 0 build
	echo 'subject range@other left out: a "reason"' >other.status
	expect 0 "$HERE/list-subjects" subjects table.c tiny.o other.o
	says table.c '&subject_tiny,'
	says table.c '"subject range@other left out: a \"reason\"",'
	says_not table.c subject_other
	"$CC" -std=gnu11 -Wall -Wextra -Werror -I"$HERE/../reference" -c table.c
}

case_planted_code_comes_first() {
	make_kernel </dev/null
	runtime
	mkdir -p p/kernel
	sed 's/return 0;/return 7;/' k/kernel/range.c >p/kernel/range.c
	expect 0 build --code "$T/p" --planted P1 --expect overlap
	says tiny.d "$T/p/kernel/range.c"
	says_not tiny.d "$T/k/kernel/range.c"
	says tiny.dir/subject_id.h '#define SUBJECT_PLANTED "P1"'
	says tiny.dir/subject_id.h '#define SUBJECT_EXPECT "overlap"'
	says tiny.dir/subject_id.h '"kernel/range.c 0123\n"'
}

run_cases "$@"

#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of `earlyfuzz repro --format memblock-test`: what it emits is put into the kernel's own suite of
# mm/memblock.c, must fail there, and pass with a memblock.c that has not got the bug. Part of it; with
# EARLYFUZZ_TEST_ALL all findings and planted bugs.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/testlib.sh"

TOP=$(dirname "$CI")
suite_dir=tools/testing/memblock

# Findings that the suite cannot show, and why.
refusals() {
	cat <<'END'
double-in-range		memory is touched, and moved to its 16 MiB this does not show any more
empty-zone		CONFIG_DEFERRED_STRUCT_PAGE_INIT
free-late-wraps		what reaches the page allocator is lost there
handoff-wraps		what reaches the page allocator is lost there
physmem-static-freed	CONFIG_HAVE_MEMBLOCK_PHYS_MAP
END
}

# Planted bugs of 6.12: name, configuration, a seed that shows it; then, where the suite cannot, why.
planted() {
	cat <<'END'
m2		normal	add_wraps
keeps		small	both_bottom_up
limit		normal	current_limit
m1		small	handoff_not_resized	a panic, which is missing, would end it
m3		normal	alloc_forms
m4		normal	add_merges
m5		normal	subpage
m6		normal	add_flags
m7		normal	handoff_partial		what reaches the page allocator is lost there
m8		normal	free_late		what reaches the page allocator is lost there
node		normal	coverage
unreserved	small	both_bottom_up
meets		small	handoff_doubles
below		small	pair_below_doubled_once
endless		normal	handoff
label		normal	reserve_mem_refused	it does not parse reserve_mem=
noinit		normal	noinit			what reaches the page allocator is lost there
beyond		normal	cap
END
}

# Findings with the bug mended, by one statement of ours: what extracted/plant takes.
mends() {
	cat <<'END'
canary memblock trim-total
file mm/memblock.c
in memblock_trim_memory
change r->size = end - start;
to memblock.memory.total_size -= r->size - (end - start); r->size = end - start;
expect differs
text mended

canary memblock cap-wraps
file mm/memblock.c
in memblock_cap_memory_range
change if \(!size\)
to if (!size || !memblock_cap_size(base, &size))
expect silent-loss
text mended

canary memblock pages-wrap
file mm/memblock.c
in __next_mem_pfn_range
change if \(PFN_UP\(r->base\) >=
to if (PFN_UP(r->base) < PFN_DOWN(r->base) || PFN_UP(r->base) >=
expect wrong-result
text mended
END
}

find_all() {
	local each

	earlyfuzz=${EARLYFUZZ_PROGRAM:-}
	for each in "$TOP"/build/{release,asan,replay,debug,gcc-asan}/fuzz/earlyfuzz; do
		[[ ! -x $each || -n ${EARLYFUZZ_PROGRAM:-} ||
			($earlyfuzz && $earlyfuzz -nt $each) ]] || earlyfuzz=$each
	done
	[[ $earlyfuzz ]] || fail 'no earlyfuzz in build/: cmake --preset release; cmake --build --preset release'
	id=debian-6.12
	kernel=$TOP/build/extracted/$id
	[[ -f $kernel/PROVENANCE ]] || skip "$id is not extracted: ci/extract $id"
	expect 0 "$earlyfuzz" list subjects
	grep -q "^memblock@$id:" said || skip "no memblock@$id in $earlyfuzz"
}

# emit NAME OPTION... FILE: to tests/memblock_NAME.c
emit() {
	local name=${1//-/_}
	shift

	mkdir -p tests
	expect 0 "$earlyfuzz" repro --format memblock-test -o "tests/memblock_$name.c" "$@"
	head -n 1 "tests/memblock_$name.c" >licence
	[[ $(<licence) == '// SPDX-License-Identifier: GPL-2.0-or-later' ]] || fail "$name: $(<licence)"
}

# cannot NAME WHY OPTION... FILE: one line, and nothing written
cannot() {
	local name=$1 why=$2
	shift 2

	expect 2 "$earlyfuzz" repro --format memblock-test -o none.c "$@"
	grep -v 'subjects only: ' errors >lines || fail "$name: no word of it"
	[[ $(wc -l <lines) == 1 ]] || fail "$name: not one line: $(<lines)"
	says lines "$why"
	[[ ! -e none.c ]] || fail "$name: something was written"
}

# build_suite VARIABLE: with all of tests/memblock_*.c that ask for it, in suite/VARIABLE; TEST=NAME in the
# environment chooses the one that runs. The basic tests only, the others take long to compile.
build_suite() {
	local dir=suite/$1/$suite_dir file name folder

	[[ -d suite/$1 ]] || {
		expect 0 "$CI/extract" -q --list "$TOP/extracted/suite.list" --out "$TOP/build/suite" \
			"$id=debian:${id#debian-}"
		mkdir -p "suite/$1" urcu
		cp -r "$TOP/build/suite/$id/." "suite/$1"
	}
	folder=$(echo '#include <urcu/uatomic.h>' | gcc -M -x c - | tr ' ' '\n' | sed -n 's|/uatomic\.h$||p')
	ln -sfn "${folder%%$'\n'*}" urcu/urcu
	sed -i '/memblock_alloc.*checks();/d' "$dir/main.c"
	for file in tests/memblock_*.c; do
		grep -q "^ \* Then: make $1 " "$file" || continue
		name=${file##*/}
		name=${name%.c}
		cp "$file" "$dir/tests/"
		sed -i "s|^int memblock_basic_checks(void)|#include \"$name.c\"\n&|
			s|^\tmemblock_initialization_check();|&\n\tif (getenv(\"TEST\") \&\& !strcmp(getenv(\"TEST\"), \"$name\"))\n\t\t${name}_check();|" \
			"$dir/tests/basic_api.c"
	done
	make_suite "$1"
}

make_suite() {
	C_INCLUDE_PATH=$T/urcu make -C "suite/$1/$suite_dir" "$1" \
		TEST_OFILES='tests/basic_api.o tests/common.o' >made 2>&1 ||
		fail "the suite does not build: $(grep -m 1 'error' made)"
	! grep 'tests/memblock_.*warning' made || fail 'a test is warned of'
}

# Runs memblock_NAME in suite/VARIABLE. Return: does it fail?
fails() {
	local name=memblock_${2//-/_} status=0

	{ TEST=$name timeout 60 "suite/$1/$suite_dir/main" -v >ran 2>errors </dev/null; } 2>killed || status=$?
	((status)) || { says ran "${name}_check: passed" && return 1; }
	# there, and nowhere else
	says_not ran "${name}_check: passed"
	grep -q "$name.c:\|: memblock.c:\|memblock\.c:.*Assertion\|AddressSanitizer" errors ||
		((status == 142)) || fail "$name: status $status, and not by it: $(head -n 1 errors)"
}

variable_of() {
	sed -n 's/^ \* Then: make \([^ ]*\) .*/\1/p' "tests/memblock_${1//-/_}.c"
}

case_findings() {
	local file name why variable names=() mended

	find_all
	for file in "$TOP"/corpus/findings/memblock-*.scn; do
		name=${file##*/memblock-}
		name=${name%.scn}
		grep -q "^# kernels:.* $id\( \|$\)" "$file" || continue
		why=$(refusals | sed -n "s/^$name\t*//p")
		if [[ $why ]]; then
			cannot "$name" "$why" --kernel "$id" "$file"
			continue
		fi
		[[ ${EARLYFUZZ_TEST_ALL:-} || $name == @(trim-total|cap-wraps|double-in-going|limit-half) ]] ||
			continue
		emit "$name" --kernel "$id" "$file"
		names+=("$name")
	done
	build_suite NUMA=1
	if grep -q 'make 32BIT_PHYS_ADDR_T=1' tests/*; then
		if echo 'int main(void) { return 0; }' | gcc -m32 -fsanitize=address -x c - -o 32 2>errors; then
			build_suite 32BIT_PHYS_ADDR_T=1
		fi
	fi
	for name in "${names[@]}"; do
		variable=$(variable_of "$name")
		[[ -d suite/$variable ]] || continue
		fails "$variable" "$name" || fail "$name passes with the kernel's memblock.c"
	done
	mends >mends.list
	mapfile -t mended < <(mends | sed -n 's/^canary memblock //p')
	for name in "${mended[@]}"; do
		[[ -e tests/memblock_${name//-/_}.c ]] || continue
		change "$name" mends.list
		! fails NUMA=1 "$name" || fail "$name fails with a memblock.c that is mended: $(tail -n 1 errors)"
	done
}

# change NAME LIST: suite/NUMA=1 with memblock.c of $kernel changed so
change() {
	rm -rf changed
	expect 0 "$TOP/extracted/plant" "$2" memblock "$1" "$kernel" changed
	cp changed/mm/memblock.c "suite/NUMA=1/mm/memblock.c"
	make_suite NUMA=1
}

case_planted() {
	local name config seed why subject names=()

	find_all
	"$earlyfuzz" canary --count 1 --json >canaries 2>errors || :
	grep -qF "memblock@$id!m2\"" canaries || skip "no planted bugs of $id in $earlyfuzz"
	while read -r name config seed why; do
		[[ ${EARLYFUZZ_TEST_ALL:-} || $name == @(m2|keeps|limit|m1) ]] || continue
		subject=memblock@$id+$config!$name
		subject=${subject/+normal/}
		cp "$TOP/corpus/seeds/memblock/$seed.scn" "memblock-$name.scn"
		seed=memblock-$name.scn		# the test is called after it
		if [[ $why ]]; then
			cannot "$name" "$why" --subject "$subject" "$seed"
		else
			emit "$name" --subject "$subject" "$seed"
			names+=("$name")
		fi
	done < <(planted)
	build_suite NUMA=1
	for name in "${names[@]}"; do
		! fails NUMA=1 "$name" || fail "$name fails with the kernel's memblock.c: $(tail -n 1 errors)"
	done
	for name in "${names[@]}"; do
		change "$name" "$TOP/extracted/canaries.list"
		fails NUMA=1 "$name" || fail "$name passes with what is planted"
	done
}

case_refused() {
	find_all
	cannot e820 'family e820 is not in it' "$TOP/corpus/findings/e820-update-full.scn"
	cannot passes 'nothing to reproduce' --kernel "$id" "$TOP/corpus/seeds/memblock/add_merges.scn"
}

run_cases "$@"

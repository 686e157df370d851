#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of `earlyfuzz repro --format c` and ci/repro: what is emitted, built against the kernel's source,
# does what `earlyfuzz run` does, and shows what the scenario shows. The kernels are those in
# build/extracted; EARLYFUZZ_PROGRAM names the earlyfuzz that has them. A selection is tried, with
# EARLYFUZZ_TEST_ALL everything.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/testlib.sh"

TOP=$(dirname "$CI")
EXTRACTED=$TOP/build/extracted
PROGRAM=${EARLYFUZZ_PROGRAM:-}

program_there() {
	[[ -n $PROGRAM ]] || skip 'EARLYFUZZ_PROGRAM names no earlyfuzz'
	[[ -x $PROGRAM ]] || fail "$PROGRAM is no program"
}

# The kernel of a subject FAMILY@KERNEL[+CONFIG].
kernel_of() {
	local id=${1#*@}

	echo "${id%%+*}"
}

# Those of the program whose kernel is in build/extracted.
subjects_of() {
	local id

	"$PROGRAM" list subjects | sed -nE "s/^($1@[^ :]+): .*/\1/p" | while read -r id; do
		[[ ! -f $EXTRACTED/$(kernel_of "$id")/PROVENANCE ]] || echo "$id"
	done
}

# A kernel's extracted files as a kernel tree.
make_tree() {
	local version

	mkdir -p "$2"
	cp -r "$EXTRACTED/$1/." "$2"
	version=$(sed -n 's/^version: //p' "$2/PROVENANCE")
	rm "$2/PROVENANCE"
	printf 'VERSION = %s\nPATCHLEVEL = %s\nSUBLEVEL = %s\nEXTRAVERSION =\n' \
		"$(cut -d . -f 1 <<<"$version")" "$(cut -d . -f 2 <<<"$version")" \
		"$(cut -d . -f 3 <<<"$version" | tr -dc 0-9)" >"$2/Makefile"
}

# Any kernel of Debian's, in build/extracted.
kernel_there() {
	local file

	for file in "$EXTRACTED"/debian-*/PROVENANCE; do
		[[ -f $file ]] || continue
		kernel=$(basename "${file%/PROVENANCE}")
		return 0
	done
	fail 'no kernel of Debian is extracted: run ci/extract debian-6.12'
}

# --- what is tried with a file of its own ----------------------------------------------------

small_repro() {
	cat >"$1" <<'END'
// SPDX-License-Identifier: GPL-2.0-only
/*
 * earlyfuzz repro: range small
 */
#include "repro_range.h"

REPRO
{
	OP(0, add, nr_range = add_range(slots, 4, nr_range, 0x1000, 0x2000));
	OP(1, add, nr_range = add_range(slots, 4, nr_range, 0x3000, 0x4000));
	CHECK(1, expect_return(2));
}
END
}

case_refused() {
	kernel_there
	small_repro r.c
	refused 'which FILE.c' "$CI/repro"
	refused 'nothing.c: no such file' "$CI/repro" nothing.c --kernel "copy:$EXTRACTED/$kernel"
	refused 'which kernel' "$CI/repro" r.c
	refused 'expected debian:VERSION' "$CI/repro" r.c --kernel nowhere
	expect 0 "$CI/repro" r.c --kernel "copy:$EXTRACTED/$kernel"
	refused 'nowhere is no directory' "$CI/repro" r.c --kernel tree:nowhere
	refused "expected address,undefined, memory or none" \
		"$CI/repro" r.c --kernel "copy:$EXTRACTED/$kernel" --sanitize thread
	echo 'int main(void) { return 0; }' >other.c
	refused 'other.c: not a reproducer' "$CI/repro" other.c --kernel "copy:$EXTRACTED/$kernel"
	sed 's/range small/tables small/' r.c >family.c
	refused "unknown family 'tables'" "$CI/repro" family.c --kernel "copy:$EXTRACTED/$kernel"
	sed 's/range small/range huge/' r.c >config.c
	refused "no configuration or variant 'huge'" \
		"$CI/repro" config.c --kernel "copy:$EXTRACTED/$kernel"
	sed '10s/nr_range, 0x3000/nr_rages, 0x3000/' r.c >typo.c
	refused 'typo.c:10:' "$CI/repro" typo.c --kernel "copy:$EXTRACTED/$kernel"
	sed 's/range small/early_res normal/; s/repro_range/repro_early_res/; /OP(/d; s/CHECK.*/NO_CHECK();/' \
		r.c >lacks.c
	refused 'needs kernel/early_res.c' "$CI/repro" lacks.c --kernel "copy:$EXTRACTED/$kernel"
	sed 's/OP(0, add,/OP(0, plus,/' r.c >name.c
	expect 2 "$CI/repro" name.c --kernel "copy:$EXTRACTED/$kernel"
	says errors "family range has no op 'plus'"
}

# Every form of source; a patch that makes it show, and one that does not apply.
case_sources() {
	kernel_there
	small_repro r.c
	make_tree "$kernel" tree
	expect 0 "$CI/repro" r.c --kernel tree:tree
	says said 'does not show'
	(cd tree && git init -q . && git add . && git commit -q -m 'a tree')
	sed 's/add_range(range, az, nr_range, start, end)/add_range(range, az, 0, start, end)/' \
		tree/kernel/range.c >changed.c
	sed -i 's/^\([ \t]*\)nr_range++;/\1nr_range += 2;/' changed.c
	cp tree/kernel/range.c kept.c
	cp changed.c tree/kernel/range.c
	(cd tree && git diff) >bad.patch
	[[ -s bad.patch ]] || fail 'the rule changes nothing any more'
	cp kept.c tree/kernel/range.c
	expect 1 "$CI/repro" r.c --kernel tree:tree --patch bad.patch
	says said 'It shows'
	says said 'expected: returns 0x2'
	expect 0 "$CI/repro" r.c --kernel "git:tree@HEAD"
	tar -C tree -cf tree.tar --exclude=.git --transform 's,^\.,linux,' .
	expect 0 "$CI/repro" r.c --kernel tar:tree.tar
	sed 's/^-\([^-]\)/-x\1/' bad.patch >wrong.patch
	refused 'does not apply' "$CI/repro" r.c --kernel tree:tree --patch wrong.patch
}

# Planted: a loop that goes one too far is a report, and none where nothing is planted. The op that is
# checked cannot be right when the process dies of it; when it dies before, there is no answer.
case_sanitizer() {
	kernel_there
	small_repro r.c
	sed -i 's/CHECK.*/OP(2, subtract, subtract_range(slots, 4, 0x8000, 0x9000));\n\tCHECK(2, expect_no_report());/' r.c
	make_tree "$kernel" tree
	expect 0 "$CI/repro" r.c --kernel tree:tree
	says said 'does not show'
	sed -i '/^void subtract_range/,/^}/s/j < az; j++/j <= az; j++/' tree/kernel/range.c
	! cmp -s tree/kernel/range.c "$EXTRACTED/$kernel/kernel/range.c" || fail 'nothing was planted'
	expect 1 "$CI/repro" r.c --kernel tree:tree
	says said 'It shows'
	says errors 'AddressSanitizer'
	expect 0 "$CI/repro" r.c --kernel tree:tree --sanitize none
	sed -i 's/expect_no_report()/expect_cover("slots", 0x1000, 0x1fff, 0, 1)/' r.c
	expect 1 "$CI/repro" r.c --kernel tree:tree
	says said 'got:      what is printed above'
	expect 0 "$CI/repro" r.c --kernel tree:tree --sanitize none
	sed -i 's/CHECK(2, .*/OP(3, sort, sort_range(slots, nr_range));\n\tCHECK(3, expect_return(0));/' r.c
	expect 2 "$CI/repro" r.c --kernel tree:tree
	says errors 'the process died of it'
}

# A bug of canaries.list in a kernel tree shows, and is gone where it is not planted.
case_planted() {
	kernel_there
	cat >bridge.c <<'END'
/*
 * earlyfuzz repro: range normal
 */
#include "repro_range.h"

REPRO
{
	OP(0, add, nr_range = add_range(slots, 64, nr_range, 0, 0x1000));
	OP(1, add, nr_range = add_range(slots, 64, nr_range, 0x2000, 0x3000));
	OP(2, add_with_merge, nr_range = add_range_with_merge(slots, 64, nr_range, 0x800, 0x2800));
	CHECK(2, expect_cover("slots", 0x2000, 0x27ff, 0, 1));
}
END
	make_tree "$kernel" tree
	"$TOP/extracted/plant" "$TOP/extracted/canaries.list" range r1 "$EXTRACTED/$kernel" planted
	expect 0 "$CI/repro" bridge.c --kernel tree:tree
	cp planted/kernel/range.c tree/kernel/range.c
	expect 1 "$CI/repro" bridge.c --kernel tree:tree
	says said 'got:      2 at 0x2000'
}

# On 32 bits, where the compiler makes such programs.
case_bits32() {
	echo 'int main(void) { return 0; }' >m32.c
	"${CC:-clang}" -m32 -o m32 m32.c 2>/dev/null || skip 'the compiler makes no 32-bit programs'
	kernel_there
	small_repro r.c
	sed -i 's/range small/range x86_32/; s/CHECK.*/CHECK(1, expect_return(sizeof(long) == 4 ? 2 : 3));/' r.c
	expect 0 "$CI/repro" r.c --kernel "copy:$EXTRACTED/$kernel"
	sed -i 's/range x86_32/range normal/' r.c
	expect 1 "$CI/repro" r.c --kernel "copy:$EXTRACTED/$kernel"
}

# The kernel's file is compiled with the flags that subjects are.
case_flags() {
	local flag n=0

	while read -r flag; do
		n=$((n + 1))
		grep -qE -- "$flag([ )]|\$)" "$CI/repro" || fail "ci/repro lacks $flag"
	done < <(sed -n '/^set(KERNEL_FLAGS/,/^add_library(kernel_flags/p' "$TOP/extracted/CMakeLists.txt" |
		grep -oE -- '-[fW][a-z0-9=,-]+' | sed 's/,/\n-fno-sanitize=/g')
	((n > 8)) || fail "found $n flags in extracted/CMakeLists.txt"
}

# What is read before it is written shows with the sanitizer that the file asks for.
case_memory() {
	kernel_there
	small_repro r.c
	sed -i 's/range small/range small sanitize=memory/; s/CHECK.*/CHECK(0, expect_no_report());/' r.c
	make_tree "$kernel" tree
	expect 0 "$CI/repro" r.c --kernel tree:tree
	sed -i '/^int add_range(/,/^}/s/^\tif (start >= end)/\tint unset[2];\n\tif (unset[az \& 1] == 5)\n\t\treturn az;\n&/' \
		tree/kernel/range.c
	expect 1 "$CI/repro" r.c --kernel tree:tree
	says errors 'use-of-uninitialized-value'
}

# How ops end is an outcome, and what comes after that is no answer.
case_outcomes() {
	kernel_there
	cat >bug.c <<'END'
/*
 * earlyfuzz repro: e820 normal
 */
#include "repro_e820.h"

REPRO
{
	OP(0, update, e820__range_update(0, SZ_4K, E820_TYPE_RAM, E820_TYPE_RAM));
	OP(1, add, e820__range_add(0, SZ_4K, E820_TYPE_RAM));
	CHECK(0, expect_end(OUT_RETURN));
}
END
	expect 1 "$CI/repro" bug.c --kernel "copy:$EXTRACTED/$kernel"
	says said 'got:      BUG'
	sed -i 's/OUT_RETURN/OUT_BUG/' bug.c
	expect 0 "$CI/repro" bug.c --kernel "copy:$EXTRACTED/$kernel"
	sed -i 's/CHECK.*/CHECK(1, expect_end(OUT_RETURN));/' bug.c
	expect 2 "$CI/repro" bug.c --kernel "copy:$EXTRACTED/$kernel"
	says errors 'ended with BUG, before the check'
}

# --- what is emitted -------------------------------------------------------------------------

# The C file of a scenario, whole, prints what the program has seen: op by op, all tables.
same_as_run() {
	local scenario=$1 subject=$2

	"$PROGRAM" repro "$scenario" --subject "$subject" --whole --format trace >want
	"$PROGRAM" repro "$scenario" --subject "$subject" --whole --format c >whole.c
	REPRO_TRACE=1 "$CI/repro" whole.c --kernel "copy:$EXTRACTED/$(kernel_of "$subject")" \
		>got 2>errors || fail "$scenario on $subject: $(head -n 1 errors)"
	cmp -s want got || {
		diff want got | head -n 5 >&2
		fail "$scenario on $subject: C does something else"
	}
}

# Scenarios for a subject until those that were kept have all ops that any has.
ops_of() {
	local subject=$1 family=${1%%@*} config=normal seed name fresh kept=0
	local -A seen=()

	case $subject in
	*+plain | *+keep | *+phys32) config=${subject##*+} ;;
	*small) config=small ;;
	esac
	for ((seed = 1; seed <= 40; seed++)); do
		"$PROGRAM" gen --family "$family" --seed "$seed" --ops 120 --config "$config" >"$seed.scn"
		mapfile -t names < <("$PROGRAM" repro "$seed.scn" --subject "$subject" --whole --format trace |
			sed -n 's/^op [0-9]* \([a-z0-9_]*\):.*/\1/p' | sort -u)
		fresh=0
		for name in "${names[@]}"; do
			[[ -n ${seen[$name]:-} ]] || fresh=$((fresh + 1))
			seen[$name]=1
		done
		((fresh)) || continue
		kept=$((kept + 1))
		same_as_run "$seed.scn" "$subject"
	done
	echo "$subject: ${#seen[@]} ops in $kept C files" >&2
	((${#seen[@]} > 4)) || fail "$subject: too few ops"
}

# A kernel that has not the function leaves the op out even where it stands alone.
lacks() {
	grep -m 1 '^scenario' "$1" >alone.scn
	grep -m 1 -E "^$2( |\$)" "$1" >>alone.scn
	[[ -z $("$PROGRAM" repro alone.scn --subject "$3" --whole --format trace) ]]
}

# All ops of a family, in fuzz/testdata/repro/, on one subject of it; with EARLYFUZZ_TEST_ALL many more
# scenarios on all subjects.
calls() {
	local subject subjects file ran op

	program_there
	mapfile -t subjects < <(subjects_of "$1" | grep -v reference | sort -t + -k 2)
	((${#subjects[@]})) || skip "no subject of family $1 is built here"
	subject=${subjects[0]}
	for file in "$TOP/fuzz/testdata/repro/$1"*.scn; do
		same_as_run "$file" "$subject"
		ran=" $(sed -n 's/^op [0-9]* \([a-z0-9_]*\):.*/\1/p' got | sort -u | tr '\n' ' ')"
		while read -r op; do
			[[ $ran == *" $op "* ]] || lacks "$file" "$op" "$subject" ||
				fail "$file: $op did not run on $subject"
		done < <(sed -n 's/^\([a-z][a-z0-9_]*\).*/\1/p' "$file" | grep -v '^scenario$' | sort -u)
	done
	[[ -n ${EARLYFUZZ_TEST_ALL:-} ]] || return 0
	for subject in "${subjects[@]}"; do
		ops_of "$subject"
	done
}

case_calls_range() { calls range; }
case_calls_e820() { calls e820; }
case_calls_early_res() { calls early_res; }
case_calls_memblock() { calls memblock; }
case_calls_boot() { calls boot; }

# One a family, a hang, a panic, what is not mapped, what differs.
SELECTION=(range-subtract-full e820-memmap-same-type e820-indirect-unmapped early_res-find-endless
	memblock-double-in-going early_res-stale-name)

# Emitted, built, shown on the kernel that it is emitted for.
finding_shows() {
	local file=$1 name subject

	name=$(basename "$file" .scn)
	if ! "$PROGRAM" repro "$file" --format c -o "$name.c" 2>errors; then
		# nowhere in this program; or there is no such form, and it says why
		grep -qE 'nothing to reproduce|no subject|: needs |its header says|no c: ' errors || fail "$(<errors)"
		echo "$name: $(<errors)" >>left
		return 0
	fi
	subject=$(sed -nE 's/.*seen on Linux [^ ]+ \(([^ )]+)\)\.$/\1/p' "$name.c")
	[[ -f $EXTRACTED/$(kernel_of "$subject")/PROVENANCE ]] || {
		echo "$name: $subject is not extracted" >>left
		return 0
	}
	expect 1 "$CI/repro" "$name.c" --kernel "copy:$EXTRACTED/$(kernel_of "$subject")"
	says said 'It shows'
	shown=$((shown + 1))
}

case_findings() {
	local file name shown=0

	program_there
	: >left
	if [[ -n ${EARLYFUZZ_TEST_ALL:-} ]]; then
		for file in "$TOP"/corpus/findings/*.scn; do
			finding_shows "$file"
		done
	else
		for name in "${SELECTION[@]}"; do
			finding_shows "$TOP/corpus/findings/$name.scn"
		done
	fi
	sed 's/^/left out: /' left >&2
	echo "$shown findings show as C, $(wc -l <left) left out" >&2
	((shown)) || skip 'none of the findings shows on the kernels of this program'
}

# What another verdict is than its header says is not told as what the header says.
case_stale_header() {
	program_there
	sed "s/^# op: .*/# op: 3/" "$TOP/corpus/findings/range-subtract-full.scn" >stale.scn
	local status=0
	"$PROGRAM" repro stale.scn --format c >said 2>errors || status=$?
	((status == 2)) || fail "status $status, not 2"
	says errors "is not what its header says"
	[[ ! -s said ]] || fail "something was printed"
}

# C as a person writes it: no argument that is empty, names for the types of memblock's regions.
case_names() {
	program_there
	printf 'scenario e820\nextend 2 0\nreserve_setup_data 0\n' >none.scn
	local subject findings=$TOP/corpus/findings shown=0
	subject=$(subjects_of e820 | grep -v '@v2' | head -n 1)
	[[ -n $subject ]] || skip 'no kernel of this program has these calls'
	same_as_run none.scn "$subject"
	says whole.c 'setup_data_block(SZ_2M, 0),'
	says whole.c 'setup_data_chain(0),'
	"$PROGRAM" repro "$findings/memblock-double-in-range.scn" --format c >plain.c
	says plain.c 'expect_cover("reserved", 0, 0x27ff, REGION_PLAIN, 0)'
	finding_shows "$findings/memblock-cap-unmerged.scn"
	((shown)) || skip "$(<left)"
	says memblock-cap-unmerged.c 'REGION(MEMBLOCK_F_NOMAP,'
}

# A scenario that passes is none, whatever the form.
case_passes() {
	program_there
	printf 'scenario range config=small\nadd 4 0 4K\n' >pass.scn
	local status=0
	"$PROGRAM" repro pass.scn --format c >said 2>errors || status=$?
	((status == 2)) || fail "status $status, not 2"
	says errors 'pass.scn: passes on range@'
	says errors 'nothing to reproduce'
	[[ ! -s said ]] || fail 'something was printed'
}

run_cases "$@"

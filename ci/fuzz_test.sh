#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of ci/fuzz and ci/coverage: what they refuse, and the whole job on a kernel with a bug.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/testlib.sh"

TOP=$(dirname "$CI")

# --- bad input -----------------------------------------------------------------------------

case_refused() {
	refused "unknown option '--frobnicate'" "$CI/fuzz" --frobnicate
	refused "option --time: expected a value" "$CI/fuzz" --time
	refused "option --time: '0'" "$CI/fuzz" --time 0
	refused "option --time: '1m'" "$CI/fuzz" --time=1m
	refused "option --jobs: '-1'" "$CI/fuzz" --jobs -1
	refused "unknown family 'bootmem': expected one of range e820" "$CI/fuzz" --family bootmem
	refused "unknown engine 'honggfuzz': expected libfuzzer, afl or both" "$CI/fuzz" --engine honggfuzz
	refused "--bits '31': expected 64 or 32" "$CI/fuzz" --bits 31
	refused "--bits 32 goes with libFuzzer only" "$CI/fuzz" --bits 32 --engine afl
	refused "--again goes with libFuzzer only" "$CI/fuzz" --again --engine both
	refused "--again goes with neither --strict nor --legal" "$CI/fuzz" --again=x --strict
	refused "kernel 'vanilla': expected ID=SRC" "$CI/fuzz" --kernel vanilla
	refused "/nowhere" "$CI/fuzz" --kernel x=tree:/nowhere
	refused "kernel debian-6.1 is named twice" "$CI/fuzz" --kernel debian-6.1 --kernel debian-6.1
	refused "kernel x_1 is named twice" "$CI/fuzz" --kernel x.1=tree:/nowhere --kernel x_1=tree:/nowhere
	refused "kernel x-1 is named twice" "$CI/test" --kernel x.1=tree:/nowhere --kernel x-1=tree:/nowhere
	refused "patch 'no.patch': no such file" "$CI/fuzz" --patch no.patch
	: >file
	refused "output 'file': not a directory" "$CI/fuzz" -o file
	refused "output 'file/below': cannot be made" "$CI/fuzz" -o file/below
}

# What EARLYFUZZ_OLD_KERNEL may say.
case_refused_old_kernel() {
	local value

	for value in nonsense debian:6.1 git:nowhere git:@v1 git:nowhere@ tree: tar: ' '; do
		EARLYFUZZ_OLD_KERNEL=$value refused \
			"EARLYFUZZ_OLD_KERNEL='$value': expected git:DIR@REV, tree:DIR or tar:FILE" "$CI/test"
	done
	EARLYFUZZ_OLD_KERNEL=tree:nowhere refused "kernel old is named twice" \
		"$CI/test" --kernel old=tree:elsewhere
	EARLYFUZZ_OLD_KERNEL=tree:nowhere refused "source 'tree:nowhere': nowhere is no directory" \
		"$CI/test" --preset release
}

# A repository that is no kernel, or not all of one.
case_refused_trees() {
	mkdir -p repo/kernel
	git -C repo init -q
	git -C repo commit -q --allow-empty -m nothing
	git -C repo tag nothing
	printf 'VERSION = 2\nPATCHLEVEL = 6\nSUBLEVEL = 34\nEXTRAVERSION =\n' >repo/Makefile
	git -C repo add Makefile
	git -C repo commit -q -m 'a version, and no files'
	git -C repo tag version
	echo 'int made_up;' >repo/kernel/range.c
	git -C repo add kernel
	git -C repo commit -q -m 'a family without its header'
	git -C repo tag v2.6.34
	refused "/nowhere is no directory" "$CI/fuzz" --kernel old=git:/nowhere@v2.6.34
	refused "expected git:DIR@REV" "$CI/fuzz" --kernel old=git:repo
	refused "repo has no revision 'v2.6.35'" "$CI/fuzz" --kernel old=git:repo@v2.6.35
	refused "has no top Makefile" "$CI/fuzz" --kernel old=git:repo@nothing
	refused "has none of the files used here" "$CI/fuzz" --kernel old=git:repo@version
	refused "has no include/linux/range.h, which family 'range' needs" \
		"$CI/fuzz" --kernel old=git:repo@v2.6.34
	refused "repo/kernel is no git repository" "$CI/fuzz" --kernel old=git:repo/kernel@v2.6.34
}

case_refused_coverage() {
	refused "unknown option '--frobnicate'" "$CI/coverage" --frobnicate
	refused "corpus 'nowhere': no such directory" "$CI/coverage" --corpus nowhere
	refused "kernel 'vanilla': expected ID=SRC" "$CI/coverage" --kernel vanilla
}

case_help() {
	expect 0 "$CI/fuzz" --help
	says said 'Usage: ci/fuzz [OPTION]...'
	says said 'Exit status: 0 nothing new, 1 new findings, 2 could not run'
	expect 0 "$CI/coverage" --help
	says said 'Usage: ci/coverage'
}

# --- the job -------------------------------------------------------------------------------

# A copy of the repository, so that nobody's build directories are touched, and a kernel tree in
# which add_range() takes empty ranges, too. Any extracted kernel will do.
start() {
	local id

	mkdir tree bug
	export CCACHE_BASEDIR=$T/tree
	(cd "$TOP" && cp -r CMakeLists.txt CMakePresets.json ci cmake corpus extracted fuzz reference "$T/tree")
	id=$(cd "$TOP/build/extracted" 2>/dev/null && compgen -G "debian-6.*" | tail -n 1) ||
		fail "no kernel was extracted: run ci/extract debian-6.12"
	cp -r "$TOP/build/extracted/$id/." bug
	printf '%s\n' 'VERSION = 6' 'PATCHLEVEL = 12' 'SUBLEVEL = 1' 'EXTRAVERSION =' >bug/Makefile
	sed -i '0,/start >= end/s//start > end/' bug/kernel/range.c
	! cmp -s bug/kernel/range.c "$TOP/build/extracted/$id/kernel/range.c" || fail "nothing was planted"
	# and what no shim has: the kernel is left out of that family, which is said
	echo 'void frobnicate(void); void needs_it(void) { frobnicate(); }' >>bug/arch/x86/kernel/e820.c
}

job() {
	tree/ci/fuzz --family range --kernel bug=tree:bug "$@"
}

case_job() {
	local found

	start
	expect 1 job --time 4
	says said 'subject                        executions   exec/s  edges  corpus  known  new'
	says said "subject e820@bug left out: arch/x86/kernel/e820.c needs frobnicate"
	says said 'new findings:'
	found=$(sed -n 's/^  \(build\/findings\/.*\)\/$/\1/p' said | head -n 1)
	[[ $(ls "tree/$found") == $'hashes\ninputs\nmail.txt\nraw.bin\nreport.txt\nrepro.c\nscenario.scn' ]] ||
		fail "tree/$found: $(ls "tree/$found")"
	says "tree/$found/scenario.scn" 'scenario range'

	(($(grep -cv "^#" "tree/$found/scenario.scn") <= 6)) || fail "more than five ops are left"
	says "tree/$found/report.txt" "$(sed -n "s/^# expect: //p" "tree/$found/scenario.scn")"
	[[ -z $(find tree/build/findings tree/build/fuzz -maxdepth 1 -name '.new.*' -o -name 'run.*') ]] ||
		fail "something half-done was left behind"
	[[ $(find tree/build/corpus/range -type f | wc -l) -gt 20 ]] || fail "the corpus has not grown"

	refused "unknown quirk 'nonsense'" job --time 1 --strict=nonsense -q
	again
	nothing_fits
	interrupted
	afl_refuses
}

# A recorded finding is found anew, and one that this kernel does not have is not.
again() {
	refused "--again: 'nonsense': no finding or quirk of range" job --again=nonsense -q
	refused "none of bug has a recorded finding of range" job --again -q
	sed -i "s/^# kernels: .*/# kernels: bug/" tree/corpus/findings/range-{subtract-full,sort-cut}.scn
	expect 0 job --again=range-subtract-full --time 60
	grep -Eq "^range-subtract-full +[0-9]+[.][0-9]+ +[0-9,]+  [a-z_]+, range@bug" said || fail "$(<said)"
	says said "1 of 1 found again"
	expect 1 job --again=range-sort-cut --time 2
	says said "0 of 1 found again"
	says said "not found: range-sort-cut"
}

# A tree with one family, whose file the shims cannot build: why, and then one line.
nothing_fits() {
	mkdir -p part/kernel part/include/linux
	cp bug/Makefile part
	echo 'void needs_it(void) { frobnicate(); }' >part/kernel/range.c
	echo '/* made up */' >part/include/linux/range.h
	refused "nothing of old could be built" tree/ci/fuzz --kernel old=tree:part
	says said "subject range@old left out: "
}

# An afl-fuzz that does not start: its own reason, in one line. And what is said beforehand of a
# machine that AFL++ dislikes.
afl_refuses() {
	mkdir bin
	cat >bin/afl-fuzz <<-'END'
		#!/bin/sh
		echo "[-] PROGRAM ABORT : Pipe at the beginning of 'core_pattern'"
		exit 1
	END
	chmod +x bin/afl-fuzz
	echo '|/usr/lib/crash-handler' >core_pattern
	echo powersave >governor
	export EARLYFUZZ_CORE_PATTERN=$T/core_pattern EARLYFUZZ_GOVERNOR=$T/governor
	PATH=$T/bin:$PATH refused "the fuzzer refuses to run: Pipe at the beginning of 'core_pattern'" \
		job --time 2 --engine afl
	says said "core_pattern pipes to a program"
	says said "the processor's governor is powersave"
}

# Ctrl-C once the fuzzers are at work: the table so far, one line, nothing half-done.
interrupted() {
	local line job status=0

	mkfifo news
	set -m
	job --time 60 >news 2>errors &
	job=$!
	set +m
	while read -r line; do
		echo "$line" >>told
		[[ $line != *' executions, '* ]] || kill -INT -- "-$job" 2>/dev/null || :
	done <news
	wait "$job" || status=$?
	((status == 2)) || fail "interrupted: status $status: $(<errors)"
	[[ $(<errors) == 'ci/fuzz: interrupted' ]] || fail "interrupted: $(<errors)"
	says told 'range@bug '
	says told 'new findings:'
	[[ -z $(find tree/build/findings tree/build/fuzz -maxdepth 1 -name '.new.*' -o -name 'run.*') ]] ||
		fail "something half-done was left behind"
}

run_cases "$@"

#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of ci/review: which patches it takes, and what it says of the others. The kernels are made up
# (numbered lines); those of case_build and case_review are real, with family range alone.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/testlib.sh"

# A tree with the files of ci/extract's list that a kernel of today has.
make_tree() {
	local path

	mkdir -p tree/lib
	printf 'VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 9\nEXTRAVERSION =\nNAME = Test\n' >tree/Makefile
	for path in kernel/range.c include/linux/range.h arch/x86/kernel/e820.c \
		arch/x86/include/asm/e820/types.h arch/x86/include/asm/e820/api.h mm/memblock.c \
		include/linux/memblock.h include/linux/pfn.h; do
		mkdir -p "tree/${path%/*}"
		seq -f "/* $path %g */" 1 60 >"tree/$path"
	done
	seq -f 'other %g' 1 60 >tree/lib/other.c
	mkdir review
	export EARLYFUZZ_REVIEW=$T/review
}

# change NAME SED FILE...: NAME is the patch that applies SED to copies of FILEs
change() {
	local name=$1 edit=$2 path
	shift 2

	rm -rf a b
	for path; do
		mkdir -p "a/${path%/*}" "b/${path%/*}"
		cp "tree/$path" "a/$path"
		sed "$edit" "tree/$path" >"b/$path"
	done
	diff -ru a b >"$name" || :
}

review() {
	"$CI/review" --base tree:tree --time 0 -q "$@"
}

case_arguments() {
	make_tree
	change p.patch '30s/$/ new/' mm/memblock.c
	refused 'which kernel is patched?' "$CI/review" --patch p.patch
	refused 'what shall be reviewed?' review
	refused "patch 'absent': no such file" review --patch absent
	refused "patch 'tree': cannot be read" review --patch tree
	refused '--head and --patch do not go together' review --patch p.patch --head tree:tree
	refused "option --time: 'x': expected a number" review --patch p.patch --time x
	refused "option --time: 'x': expected a number" review --patch p.patch --time=x
	refused "option --jobs: '0': expected" review --patch p.patch --jobs 0
	refused 'option --patch: expected a value' review --patch
	refused "unknown option '--frob'" review --frob
	mkdir there
	refused "output 'there': exists already" review --patch p.patch -o there
	refused "output 'no/there': cannot be made" review --patch p.patch -o no/there
	refused "--json 'p.patch': exists already" review --patch p.patch --json=p.patch
	refused "source 'tree:absent': absent is no directory" "$CI/review" --base tree:absent \
		--patch p.patch -q
	refused "source 'absent': expected debian:VERSION" "$CI/review" --base absent --patch p.patch -q
}

# What cannot be a patch of this kernel, each in one line with the place in the user's file.
case_no_patch() {
	make_tree
	: >p.patch
	refused 'p.patch: is empty' review --patch p.patch
	echo 'no diff' >p.patch
	refused 'p.patch: holds no diff' review --patch p.patch
	printf 'a\0b' >p.patch
	refused 'p.patch: is binary' review --patch p.patch
	change p.patch '30s/$/ new/' mm/memblock.c
	gzip -c p.patch >p.patch.gz
	refused 'p.patch.gz: is binary, or compressed' review --patch p.patch.gz
	sed '$d' p.patch >cut.patch
	refused 'cut.patch:11: is cut off' review --patch cut.patch
	echo 'Binary files a/mm/memblock.c and b/mm/memblock.c differ' >p.patch
	refused 'p.patch:1: is a binary patch of mm/memblock.c' review --patch p.patch
	printf '%s\n' 'diff --git a/mm/memblock.c b/mm/memblock.c' 'index 1..2 100644' \
		'GIT binary patch' 'delta 5' 'Mcmd' '' >p.patch
	refused 'p.patch:1: is a binary patch of mm/memblock.c' review --patch p.patch
	printf '%s\n' 'diff --git a/mm/memblock.c b/mm/block.c' 'similarity index 100%' \
		'rename from mm/memblock.c' 'rename to mm/block.c' >p.patch
	refused 'p.patch:1: rename of mm/memblock.c' review --patch p.patch
	change p.patch d mm/memblock.c
	refused 'p.patch:2: removes mm/memblock.c' review --patch p.patch
	{ echo 'diff --git a/kernel/early_res.c b/kernel/early_res.c'
	  printf '%s\n' 'new file mode 100644' '--- /dev/null' '+++ b/kernel/early_res.c' '@@ -0,0 +1 @@' +x
	} >p.patch
	refused 'p.patch:1: creates kernel/early_res.c' review --patch p.patch
}

case_other_tree() {
	make_tree
	printf '%s\n' '--- a/kernel/early_res.c' '+++ b/kernel/early_res.c' '@@ -1 +1 @@' -x +y >p.patch
	refused 'p.patch:1: is for another tree: the base has no kernel/early_res.c' review --patch p.patch
	sed -i 's|kernel/early_res|lib/lmb|' p.patch
	refused 'p.patch: is for another tree: tree has no lib/lmb.c' review --patch p.patch
}

case_nothing_to_review() {
	make_tree
	change p.patch '30s/$/ new/' lib/other.c
	expect 0 review --patch p.patch
	says said 'nothing to review: the patch touches none of the files that are tested here'
	[[ $(wc -l <said) -eq 1 ]] || fail "more than a line"
	# a copy of the header that tools/ have is another file
	mkdir -p tree/tools/include/linux
	cp tree/include/linux/pfn.h tree/tools/include/linux
	change p.patch '30s/$/ new/' tools/include/linux/pfn.h
	expect 0 review --patch p.patch
	says said 'touches none of the files'
	expect 0 "$CI/review" --base tree:tree --head tree:tree -q
	says said 'the same in both'
	# a change and its revert
	change p.patch '30s/$/ new/' mm/memblock.c
	diff -ru b a >q.patch || :
	expect 0 review --patch p.patch --patch q.patch
	says said 'the same in both'
}

case_does_not_apply() {
	make_tree
	change p.patch '30s/$/ new/; 50s/$/ new/' mm/memblock.c
	sed 's/memblock.c 50/memblock.c 51/' p.patch >q.patch
	refused 'q.patch:13: does not apply to the base: mm/memblock.c, hunk 2 of 2 (line 47)' \
		review --patch q.patch
	says_not errors 'patch(1)'
	# one line of context is another: fuzz 2, for it is the second from the edge
	sed 's/memblock.c 28/memblock.c 82/' p.patch >q.patch
	refused 'q.patch:4: does not apply to the base: mm/memblock.c, hunk 1 of 2 (line 27)' \
		review --patch q.patch
	says errors 'patch(1) would take it with fuzz 2'
	sed -i '30s/$/ new/; 50s/$/ new/' tree/mm/memblock.c
	refused 'p.patch: is in the base already' review --patch p.patch
	[[ ! -e review/extracted/head ]] || fail 'a head was left'
}


# Forms of patches that are taken. With numbered lines for code nothing builds: what counts is the head.
taken() {
	expect 0 review --dry-run "$@"
	cmp want review/extracted/head/mm/memblock.c || fail "another head: $*"
	rm -rf review/extracted
}

# series DIR: a repository with two commits that both change mm/memblock.c, one that changes another
# file alone between them, and want, what comes of it
series() {
	git init -q repo
	cp -r tree/. repo
	git -C repo add -A
	git -C repo commit -q -m base
	sed -i '30s/$/ ä new/' repo/mm/memblock.c
	git -C repo commit -q -a -m 'first
Words with a diff in them:

  diff --git a/x b/x'
	sed -i '30s/$/ new/' repo/lib/other.c
	git -C repo commit -q -a -m 'second'
	sed -i '30s/ä/ö/; 20i more' repo/mm/memblock.c
	git -C repo commit -q -a -m 'third'
	cp repo/mm/memblock.c want
}

case_forms() {
	make_tree
	sed '30s/$/ new/' tree/mm/memblock.c >want
	change p.patch '30s/$/ new/' mm/memblock.c
	taken --patch p.patch
	diff -u tree/mm/memblock.c want --label tree/mm/memblock.c --label w/tree/mm/memblock.c >p.patch || :
	taken --patch p.patch
	diff -u tree/mm/memblock.c want --label "$T/a/tree/mm/memblock.c" --label "$T/mm/memblock.c" >p.patch || :
	taken --patch p.patch
	diff -u tree/mm/memblock.c want --label mm/memblock.c.orig --label mm/memblock.c >p.patch || :
	taken --patch p.patch
	sed -i 's/$/\r/' p.patch
	taken --patch <(tr -d '\r' <p.patch)
	series
	sed '30s/$/ ä new/' tree/mm/memblock.c >want
	git -C repo diff --no-prefix HEAD~3 HEAD~2 >p.patch
	taken --patch p.patch
	git -C repo show HEAD~2 >p.patch
	taken --patch p.patch
	# a line removed that looks like a header, and lines elsewhere
	sed -i '1i -- a/kernel/range.c' tree/mm/memblock.c
	sed '1s/.*/++ b/; 1i one\ntwo' tree/mm/memblock.c >want
	diff -u tree/mm/memblock.c want --label a/mm/memblock.c --label b/mm/memblock.c >p.patch || :
	sed -i '20,25s/$/ other/; 2i new' tree/mm/memblock.c
	taken_moved=$(sed '1s/.*/++ b/; 1i one\ntwo' tree/mm/memblock.c)
	echo "$taken_moved" >want
	! grep -q 'new' p.patch || fail 'no patch for this'
}

case_mails() {
	local form

	make_tree
	series
	git -C repo format-patch -q -o "$T/mails" HEAD~3
	taken --patch mails/0001* --patch mails/0002* --patch mails/0003*
	for form in --encode=8bit --attach --cover-letter; do
		rm -rf mails
		form_of "$form" >series.mbox
		taken --patch series.mbox
	done
	# mails in another order, as a list delivers them
	git -C repo format-patch -q -o "$T/other" HEAD~3
	cat other/0003* other/0001* other/0002* >series.mbox
	taken --patch series.mbox
	encode other/0001* base64 'base64 -w 76' >series.mbox
	cat other/0002* other/0003* >>series.mbox
	taken --patch series.mbox
	cat other/0003* other/0001* >series.mbox
	refused 'series.mbox: holds 2 of the 3 patches of its series: 2/3 is missing' review --patch series.mbox
	cat other/0003* other/0001* other/0001* other/0002* >series.mbox
	refused 'series.mbox: holds two patches 1/3: expected one series' review --patch series.mbox
	printf 'From: a\nSubject: b\n\nno diff here\n' >series.mbox
	refused 'series.mbox: no mail of it holds a diff' review --patch series.mbox
	# the third alone does not apply
	refused "other/0003-third.patch:$(grep -n '^@@' other/0003* | tail -n 1 | cut -d : -f 1): does not apply" \
		review --patch other/0003-third.patch
}

form_of() {
	case $1 in
	--encode*) git -C repo format-patch --stdout HEAD~3 ;;
	--cover-letter) git -C repo format-patch --stdout --cover-letter HEAD~3 ;;
	*) git -C repo format-patch --stdout "$1" HEAD~3 ;;
	esac
}

# encode MAIL NAME FILTER...: the mail with its body encoded
encode() {
	sed '/^$/,$d' "$1"
	printf 'Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: %s\n\n' "$2"
	sed '1,/^$/d' "$1" | eval "$3"
	echo
}


# One build, with family range alone: what the compiler refuses, a planted bug, a harmless change, a mend.
case_review() {
	local kernel=$CI/../build/extracted/debian-6.12 line

	[[ -e $kernel/PROVENANCE ]] || skip "debian-6.12 is not extracted"
	cp -r "$kernel" tree
	mkdir review
	export EARLYFUZZ_REVIEW=$T/review
	set -- "$CI/review" --base "copy:$kernel" --time 1 --jobs 2

	# the second of two patches has the error: its own line, and the kernel's
	change p.patch '1i /* a comment */' kernel/range.c
	sed -i '1i /* a comment */' tree/kernel/range.c
	change q.patch '/^int add_range(/i int broken(void) { return frob; }' kernel/range.c
	line=$(grep -n frob b/kernel/range.c | cut -d : -f 1)
	refused "q.patch:$(grep -n frob q.patch | cut -d : -f 1): kernel/range.c:$line:" \
		"$@" -q --patch p.patch --patch q.patch
	says errors "error: use of undeclared identifier 'frob'"
	sed -i 's/return frob/return frob()/; s/^+int/+int frob(void);int/' q.patch
	refused 'kernel/range.c needs frob' "$@" -q --patch p.patch --patch q.patch
	cp "$kernel/kernel/range.c" tree/kernel

	# what was right and is not any more, in a line that the patch leaves alone
	change r.patch '/^void subtract_range/,/^}/s/int i, j;/int spare, j;/' kernel/range.c
	refused 'r.patch: kernel/range.c:' "$@" -q --patch r.patch
	says errors '(not a line of the patch): error: use of undeclared identifier'
	! grep -q shim errors || fail "advice that does not help: $(<errors)"

	# a comment alone: nothing, and untouched families are said to be that
	expect 0 "$@" --patch p.patch
	says said 'kernel/range.c: families range; not touched: e820 early_res memblock boot'
	says said 'no difference'

	"$CI/../extracted/plant" "$CI/../extracted/canaries.list" range r1 "$kernel" b
	(cd b && diff -u "$kernel/kernel/range.c" kernel/range.c) >bug.patch || :
	expect 1 "$@" -q --time 0 --patch bug.patch -o out --json=report.json
	says said 'regression'
	[[ $(find out/regression -name scenario.scn | wc -l) -gt 0 ]] || fail 'no scenario of the bug'
	[[ $(find out/regression -name mail.txt | wc -l) -gt 0 ]] || fail 'no mail about the bug'
	says report.json '"regression"'
	refused "output 'out': exists already" "$@" -q --patch bug.patch -o out

	# the other way round it is a fix
	(cd b && diff -u kernel/range.c "$kernel/kernel/range.c") >fix.patch || :
	mkdir other
	cp -r "$kernel" other/kernel
	cp b/kernel/range.c other/kernel/kernel
	expect 0 "$CI/review" --base "copy:other/kernel" --patch fix.patch --time 0 -q
	says said 'fix'
}

run_cases "$@"

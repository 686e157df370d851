#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of ci/extract on made-up kernel sources, and on Debian's where it is installed.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/testlib.sh"
. "$(dirname "${BASH_SOURCE[0]}")/extract_fixture.sh"

# --- sources -------------------------------------------------------------------------------

case_tree() {
	start
	expect 0 extract x=tree:tree
	whole x
	says said 'families one two'
	says out/x/PROVENANCE 'id: x'
	says out/x/PROVENANCE 'version: 7.8.9-rc3'
	says out/x/PROVENANCE "kernel-version-code: $((7 * 65536 + 8 * 256 + 9))"
	says out/x/PROVENANCE 'families: one two'
	says out/x/PROVENANCE "file: $(sha256sum <tree/mm/two.c | cut -d ' ' -f 1) mm/two.c"
	says out/x/PROVENANCE "origin: tree $T/tree"
}

case_tree_families() {
	start
	rm tree/mm/two.c
	expect 0 extract x=tree:tree
	says out/x/PROVENANCE 'families: one'
	says_not out/x/PROVENANCE two
	says said 'families whose file is not in this source: two (mm/two.c)'
	[[ ! -e out/x/mm ]]
}

case_tree_family_that_lacks_a_header() {
	start
	rm tree/include/linux/one.h
	expect 0 extract x=tree:tree
	says said 'families two'
	says said "family one left out: needs include/linux/one.h, which this source lacks"
	says out/x/PROVENANCE 'families: two'
	says out/x/PROVENANCE 'lacks: one include/linux/one.h'
	[[ -e out/x/kernel/one.c ]] || fail "a listed file was not copied"
}

case_tree_family_that_needs_another() {
	start
	echo 'two needs one' >>list
	expect 0 extract x=tree:tree
	says out/x/PROVENANCE 'families: one two'
	says_not said 'not in this source'
	says_not said 'left out'
	mv tree/kernel/one.c one.c
	refused "has no kernel/one.c, which family 'two' needs" extract x=tree:tree
	echo 'three kernel/other.c' >>list
	expect 0 extract x=tree:tree
	says out/x/PROVENANCE 'families: three'
	says out/x/PROVENANCE 'lacks: two kernel/one.c'
	says said 'family two left out: needs kernel/one.c, which this source lacks'
	says said 'families whose file is not in this source: one (kernel/one.c)'
	mv one.c tree/kernel/one.c
	rm tree/include/linux/one.h
	expect 0 extract x=tree:tree
	says said 'family two left out: needs include/linux/one.h, which this source lacks'
	says out/x/PROVENANCE 'families: three'
}

# The project's own list, with sources that have some of its files.
case_tree_with_some_of_our_files() {
	mkdir -p tree/kernel tree/include/linux tree/arch/x86/kernel
	printf 'VERSION = 2\nPATCHLEVEL = 6\nSUBLEVEL = 34\nNAME = Test\n' >tree/Makefile
	echo 1 | tee tree/kernel/range.c >tree/include/linux/range.h
	expect 0 "$CI/extract" --out out x=tree:tree
	says said 'families range ('
	says said 'not in this source: e820 (arch/x86/kernel/e820.c), early_res (kernel/early_res.c),'
	[[ ! -s errors ]] || fail "$(<errors)"
	echo 1 | tee tree/kernel/early_res.c >tree/include/linux/early_res.h
	expect 0 "$CI/extract" --out out x=tree:tree
	says said 'families range ('
	says said 'family early_res left out: needs arch/x86/kernel/e820.c, which this source lacks'
	says out/x/PROVENANCE 'lacks: early_res arch/x86/kernel/e820.c'
	echo 1 >tree/arch/x86/kernel/e820.c
	expect 0 "$CI/extract" -q --out out x=tree:tree
	says out/x/PROVENANCE 'families: range e820 early_res'
	[[ ! -s said ]] || fail "-q: $(<said)"
}

case_tree_space_in_name() {
	start
	mv tree 'a tree'
	expect 0 "$CI/extract" --out 'o u t' --list list "x=tree:a tree"
	cmp 'a tree/kernel/one.c' 'o u t/x/kernel/one.c'
}

case_tar_kinds() {
	local kind

	start
	mkdir in
	cp -r tree in/linux-7.8
	tar -cf plain -C in linux-7.8
	tar -cJf xz.anyname -C in linux-7.8
	tar -czf gz.tar.gz -C in linux-7.8
	tar -cf dot -C tree .
	tar -cf dot_folder -C in ./linux-7.8
	tar -cf flat -C tree Makefile kernel mm include tools
	for kind in plain xz.anyname gz.tar.gz dot dot_folder flat; do
		expect 0 extract "$kind=tar:$kind"
		whole "$kind"
		says "out/$kind/PROVENANCE" "sha256 $(sha256sum <"$kind" | cut -d ' ' -f 1)"
	done
}

case_tar_pipe() {
	start
	mkfifo pipe.tar.gz
	tar -czf - tree >pipe.tar.gz &
	expect 0 extract x=tar:pipe.tar.gz
	whole x
}

case_git() {
	local before first

	start
	git init -q tree
	git -C tree add .
	git -C tree commit -q -m first
	first=$(git -C tree rev-parse HEAD)
	edit tree/kernel/one.c 3
	git -C tree commit -q -a -m second
	git -C tree branch odd@name
	git clone -q --bare tree bare.git
	before=$(find tree bare.git -printf '%p %T@ %C@\n' | sort)
	expect 0 extract "first=git:tree@$first"
	says out/first/PROVENANCE "origin: git commit $first in $T/tree"
	says_not out/first/kernel/one.c changed
	expect 0 extract bare=git:bare.git@odd@name
	whole bare
	expect 0 extract tree=git:tree@HEAD
	whole tree
	# What is not committed is not in the revision, and git's files are as they were.
	[[ $(find tree bare.git -printf '%p %T@ %C@\n' | sort) == "$before" ]]
	edit tree/mm/two.c 1
	expect 0 extract dirty=git:tree@HEAD
	says_not out/dirty/mm/two.c changed
}

case_debian() {
	local version files

	for version in 6.1 6.12; do
		[[ -r /usr/src/linux-source-$version.tar.xz ]] && break
	done
	[[ -r /usr/src/linux-source-$version.tar.xz ]] || skip 'no linux-source-* is installed'
	expect 0 "$CI/extract" --out out "debian-$version"
	mapfile -t files < <(sed -n 's/^file: [0-9a-f]* //p' "out/debian-$version/PROVENANCE")
	((${#files[@]} >= 4))
	says "out/debian-$version/PROVENANCE" "families: range e820"
	says "out/debian-$version/PROVENANCE" "version: $version."
	mkdir want
	XZ_OPT=-T0 tar -xJf "/usr/src/linux-source-$version.tar.xz" -C want --strip-components=1 \
		"${files[@]/#/linux-source-$version/}"
	diff -r -x PROVENANCE -x .stamp want "out/debian-$version"
	mv want/kernel/range.c want/range.c
	expect 0 "$CI/extract" --out out "debian-$version"
	says said unchanged
}

# --- doing it again ------------------------------------------------------------------------

case_again_keeps_times() {
	local before

	start
	expect 0 extract x=tree:tree
	find out/x -type f -exec touch -d '2001-02-03 04:05:06' {} +
	before=$(state_of x)
	expect 0 extract x=tree:tree
	[[ $(state_of x) == "$before" ]] || fail 'touched'
	edit tree/mm/two.c 7
	touch -d '2000-01-01' tree/mm/two.c
	expect 0 extract x=tree:tree
	whole x
	[[ $(find out/x -name '*.[ch]' -newermt '2001-02-04' -printf '%P') == mm/two.c ]] ||
		fail 'not just the changed file is new'
}

case_again_drops_files() {
	start
	expect 0 extract x=tree:tree
	rm tree/include/linux/both.h
	expect 0 extract x=tree:tree
	[[ ! -e out/x/include/linux/both.h ]]
}

case_again_mends_edits() {
	start
	tar -cf t.tar tree
	expect 0 extract x=tar:t.tar
	edit out/x/kernel/one.c 1
	expect 0 extract x=tar:t.tar
	whole x
	expect 0 extract x=tar:t.tar
	says said unchanged
}

# What is known by a stamp is read again when the source, the list or the patches differ.
case_again_new_input() {
	start
	tar -cf t.tar tree
	expect 0 extract x=tar:t.tar
	make_patch p 'kernel/one.c 5'
	expect 0 extract x=tar:t.tar --patch p
	says out/x/kernel/one.c 'one 5 changed'
	make_patch p 'kernel/one.c 6'
	expect 0 extract x=tar:t.tar --patch p
	says out/x/kernel/one.c 'one 6 changed'
	expect 0 extract x=tar:t.tar
	says_not out/x/kernel/one.c changed
	echo 'one kernel/other.c' >>list
	expect 0 extract x=tar:t.tar
	cmp tree/kernel/other.c out/x/kernel/other.c
	edit tree/mm/two.c 1
	tar -cf t.tar tree
	expect 0 extract x=tar:t.tar
	says out/x/mm/two.c changed
}

# --- patches -------------------------------------------------------------------------------

case_patch() {
	start
	make_patch first 'kernel/one.c 5' 'kernel/other.c 1'
	make_patch second 'kernel/one.c 40' 'mm/two.c 1'
	expect 0 extract x=tree:tree --patch first --patch=second
	says out/x/kernel/one.c 'one 5 changed'
	says out/x/kernel/one.c 'one 40 changed'
	says out/x/mm/two.c 'two 1 changed'
	[[ ! -e out/x/kernel/other.c ]]
	says_not tree/kernel/one.c changed
	says out/x/PROVENANCE "patch: $(sha256sum <first | cut -d ' ' -f 1) first"
	says out/x/PROVENANCE "patch: $(sha256sum <second | cut -d ' ' -f 1) second"
	expect 0 extract y=tree:tree --patch <(cat first)
	says out/y/kernel/one.c 'one 5 changed'
}

case_patch_mail() {
	start
	cp -r tree repo
	git init -q repo
	git -C repo add .
	git -C repo commit -q -m first
	edit repo/mm/two.c 33
	git -C repo commit -q -a -m 'mm: change a line' -m 'For the test.'
	git -C repo format-patch -q -1 -o "$T"
	expect 0 extract x=tree:tree --patch 0001-*.patch
	says out/x/mm/two.c 'two 33 changed'
}

# A repository around the copy, as the project's own, must not change what git apply does.
case_patch_inside_repository() {
	start
	git init -q .
	make_patch p 'kernel/one.c 5'
	expect 0 extract x=tree:tree --patch p
	says out/x/kernel/one.c 'one 5 changed'
}

case_patch_names_hunk() {
	local before

	start
	expect 0 extract x=tree:tree
	before=$(state_of x)
	make_patch p 'mm/two.c 2' 'kernel/one.c 5' 'kernel/one.c 30' 'kernel/one.c 55'
	edit tree/kernel/one.c 31
	refused 'patch p does not apply: kernel/one.c, hunk 2 (line 27)' extract x=tree:tree --patch p
	[[ $(state_of x) == "$before" ]] || fail 'the old copy has changed'
}

case_patch_refused() {
	start
	make_patch p 'kernel/other.c 1'
	refused 'touches none of the files used here (it touches kernel/other.c)' \
		extract x=tree:tree --patch p
	make_patch p 'include/linux/both.h 1'
	rm tree/include/linux/both.h
	refused 'include/linux/both.h' extract x=tree:tree --patch p
	echo 'no patch at all' >p
	refused 'patch p: git apply cannot read it' extract x=tree:tree --patch p
	make_patch p 'kernel/one.c 5'
	head -n -2 p >q
	refused 'patch q: git apply cannot read it: corrupt patch' extract x=tree:tree --patch q
	refused 'cannot read patch absent' extract x=tree:tree --patch absent
	refused 'cannot read patch tree' extract x=tree:tree --patch tree
	nothing_left
}

case_patch_version() {
	start
	make_patch p 'kernel/one.c 5'
	sed -i 's/^SUBLEVEL = 9/SUBLEVEL = 10/' b/Makefile
	diff -ru a b >p || :
	expect 0 extract x=tree:tree --patch p
	says out/x/PROVENANCE 'version: 7.8.10-rc3'
}


# What was extracted is a source itself, with its version and origin, and patches go on top.
case_copy() {
	start
	extract -q x=tree:tree
	whole x
	extract -q y=copy:out/x
	whole y
	cmp <(grep -v -e '^id:' -e '^source:' out/x/PROVENANCE) <(grep -v -e '^id:' -e '^source:' out/y/PROVENANCE) ||
		fail 'another provenance'
	make_patch p.patch 'kernel/one.c 30'
	extract -q y=copy:out/x --patch p.patch
	cmp b/kernel/one.c out/y/kernel/one.c || fail 'not patched'
	cmp tree/kernel/one.c out/x/kernel/one.c || fail 'the source was changed'
	# unchanged, until the source is another
	expect 0 extract y=copy:out/x --patch p.patch
	says said 'y: unchanged'
	edit tree/mm/two.c 7
	extract -q x=tree:tree
	extract -q y=copy:out/x
	whole y
	refused "tree is not what ci/extract has left" extract z=copy:tree
}

run_cases "$@"

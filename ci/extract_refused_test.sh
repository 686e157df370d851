#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of ci/extract where it cannot do what is asked, or is stopped: one line, exit status 2,
# nothing half-written.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/testlib.sh"
. "$(dirname "${BASH_SOURCE[0]}")/extract_fixture.sh"

case_arguments() {
	local id

	start
	refused 'which kernel' extract
	refused "kernel 'foo': expected ID=SRC" extract foo
	refused "source 'zip:x': expected debian:VERSION, tree:DIR" extract x=zip:x
	refused "source 'tree:': expected" extract x=tree:
	refused "source 'git:tree': expected git:DIR@REV" extract x=git:tree
	refused "source 'debian:six': expected debian:VERSION" extract x=debian:six
	for id in '' . .. ../x .x -x 'a b' a/b 'ä' $'a\nb'; do
		[[ $id != -* ]] || continue # looks like an option
		expect 2 extract "$id=tree:tree"
		says errors 'kernel id'
	done
	refused 'unknown option --frob' extract x=tree:tree --frob
	refused '--patch needs an argument' extract x=tree:tree --patch
	refused 'more than one kernel' extract x=tree:tree y=tree:tree
	nothing_left
}

case_list() {
	start
	refused 'cannot read the list of files absent' "$CI/extract" x=tree:tree --list absent
	echo 'one /etc/passwd' >>list
	refused "list:7: path '/etc/passwd'" extract x=tree:tree
	make_list
	echo 'one a/../../b' >>list
	refused "list:7: path 'a/../../b'" extract x=tree:tree
	make_list
	echo 'one kernel/one.c' >>list
	refused 'list:7: kernel/one.c is listed already' extract x=tree:tree
	make_list
	echo 'one kernel/x.c maybe' >>list
	refused "list:7: 'maybe': expected 'optional' or nothing" extract x=tree:tree
	make_list
	echo 'one needs two' >>list
	refused 'list:7: family two is not listed above one' extract x=tree:tree
	make_list
	echo 'two needs' >>list
	refused 'list:7: expected the families that two needs' extract x=tree:tree
	make_list
	echo 'six needs one' >>list
	refused 'list:7: family six has no file above' extract x=tree:tree
	echo '# none' >list
	refused 'list: lists no file' extract x=tree:tree
	nothing_left
}

case_tree() {
	start
	mkdir empty
	cp tree/Makefile empty
	refused 'empty is no directory' extract x=tree:no/empty
	refused 'has none of the files used here: looked for kernel/one.c (one), mm/two.c (two)' \
		extract x=tree:empty
	rm tree/include/linux/one.h
	mv tree/mm/two.c two.c
	refused "has no include/linux/one.h, which family 'one' needs" extract x=tree:tree
	mv two.c tree/mm/two.c
	make_tree tree
	rm tree/Makefile
	refused 'has no top Makefile' extract x=tree:tree
	echo 'VERSION = x' >tree/Makefile
	refused 'does not tell VERSION' extract x=tree:tree
	make_tree tree
	rm tree/mm/two.c
	mkdir tree/mm/two.c
	refused 'cannot read tree/mm/two.c' extract x=tree:tree
	nothing_left
}

case_tar() {
	start
	head -c 20000 /dev/urandom >garbage.tar
	refused 'garbage.tar is no tar archive' extract x=tar:garbage.tar
	: >empty.tar
	refused 'empty.tar is no tar archive' extract x=tar:empty.tar
	refused 'there is no file absent.tar' extract x=tar:absent.tar
	refused 'cannot read tree' extract x=tar:tree
	head -c 200000 /dev/urandom >tree/mm/two.c
	tar -cJf whole.tar.xz tree
	head -c 100000 whole.tar.xz >half.tar.xz
	refused 'half.tar.xz: xz: (stdin): Unexpected end of input' extract x=tar:half.tar.xz
	tar -cf whole.tar tree
	head -c 100000 whole.tar >half.tar
	refused 'half.tar: Unexpected EOF in archive' extract x=tar:half.tar
	cp -r tree tree2
	tar -cf both.tar tree tree2
	refused 'holds more than one tree' extract x=tar:both.tar
	rm tree/kernel/one.c
	ln -s /etc/passwd tree/kernel/one.c
	tar -cf link.tar tree
	refused 'kernel/one.c is no regular file' extract x=tar:link.tar
	nothing_left
}

case_git() {
	start
	git init -q .
	git add tree
	git commit -q -m all
	refused "$T/tree is no git repository" extract x=git:tree@HEAD
	refused 'absent is no directory' extract x=git:absent@HEAD
	refused "has no revision 'v9.9'" extract x=git:.@v9.9
	refused "has no revision '--all'" extract x=git:.@--all
	refused 'has no top Makefile' extract x=git:.@HEAD
	refused "has no revision 'HEAD:tree'" extract x=git:.@HEAD:tree
	nothing_left
}

case_debian() {
	start
	refused 'linux-source-9.99 is not installed: sudo apt-get install linux-source-9.99' \
		extract debian-9.99
	nothing_left
}

case_out() {
	start
	echo file >file
	refused 'cannot make the directory file/out' "$CI/extract" --list list --out file/out \
		x=tree:tree
	echo old >"$T/keep"
	mkdir out
	echo mine >out/x
	refused 'out/x is no directory' extract x=tree:tree
	says out/x mine
}

# In file systems of every size from nearly nothing to enough: all or nothing.
case_no_space() {
	local enter=(unshare --mount)

	((UID == 0)) || enter=(unshare --map-root-user --mount)
	"${enter[@]}" mount -t tmpfs tmpfs "$T" 2>/dev/null ||
		skip 'needs root or user namespaces to mount a small tmpfs'
	"${enter[@]}" bash "$CI/extract_refused_test.sh" --no-space "$PWD"
}

no_space_inside() {
	local size source failed=0 done=0

	T=$1
	cd "$T"
	start
	head -c 50000 /dev/urandom >tree/mm/two.c
	tar -cf t.tar tree
	git init -q tree
	git -C tree add .
	git -C tree commit -q -m all
	mkdir out
	for size in 4 8 16 32 48 60 64 68 72 76 80 84 88 92 96 100 104 108 112 116 120 160 200; do
		for source in tree:tree tar:t.tar git:tree@HEAD; do
			mount -t tmpfs -o size="${size}k" tmpfs out
			if extract x="$source" >"$T/o" 2>"$T/e"; then
				whole x
				done=$((done + 1))
			else
				[[ $? -eq 2 && $(wc -l <"$T/e") -eq 1 ]] ||
					fail "$size KiB, $source: $(<"$T/e")"
				says e 'cannot write to'
				nothing_left
				failed=$((failed + 1))
			fi
			umount out
		done
	done
	((failed >= 3 && done >= 3)) || fail "$failed failed, $done done"
}

case_interrupted() {
	local before pid status=0 signal

	start
	expect 0 extract x=tree:tree
	before=$(state_of x)
	tar -cf whole.tar tree
	for signal in INT TERM HUP; do
		mkfifo pipe.tar
		env --default-signal=INT,TERM,HUP "$CI/extract" --out out --list list x=tar:pipe.tar \
			>o 2>e &
		pid=$!
		# Returns when tar has opened the other end; half of the archive comes, no more.
		exec 8>pipe.tar
		head -c 5000 whole.tar >&8
		kill -s "$signal" "$pid"
		status=0
		wait "$pid" || status=$?
		exec 8>&-
		((status == 2)) || fail "$signal: exit status $status: $(<e)"
		[[ $(<e) == 'ci/extract: interrupted' ]] || fail "$(<e)"
		[[ $(state_of x) == "$before" ]] || fail 'the old copy has changed'
		rm pipe.tar
	done
}

# What is left when the machine stops between the two renames, or in the middle of the work.
case_killed_before() {
	start
	expect 0 extract x=tree:tree
	mkdir -p out/.x.new.abc123 out/.x.new.def456/raw
	mv out/x out/.x.new.abc123/old
	refused 'no directory' extract x=tree:absent
	whole x
	[[ -z $(find out -name '.x.new*') ]]
}

# Two at once: one waits for the other, and both end well.
case_two_at_once() {
	local pid

	start
	mkfifo pipe.tar
	"$CI/extract" --out out --list list x=tar:pipe.tar >o 2>&1 &
	pid=$!
	exec 8>pipe.tar
	"$CI/extract" --out out --list list x=tree:tree >o2 2>&1 8>&- &
	tar -cf - tree >&8
	exec 8>&-
	wait "$pid" || fail "$(<o)"
	wait $! || fail "$(<o2)"
	whole x
}

if [[ ${1:-} == --no-space ]]; then
	no_space_inside "$2"
	exit 0
fi
run_cases "$@"

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Made-up kernel sources for the tests of ci/extract.

make_list() {
	cat >list <<'END'
# families of the made-up kernel
one    kernel/one.c
one    include/linux/one.h
two    mm/two.c
two    include/linux/two_old.h optional
*      include/linux/both.h    optional
END
}

# make_tree DIR: numbered lines, so that patches have context; other.c is not listed.
make_tree() {
	mkdir -p "$1/kernel" "$1/mm" "$1/include/linux" "$1/tools/include/linux"
	printf 'VERSION = 7\nPATCHLEVEL = 8\nSUBLEVEL = 9\nEXTRAVERSION = -rc3\nNAME = Test\n' \
		>"$1/Makefile"
	seq -f 'one %g' 1 60 >"$1/kernel/one.c"
	seq -f 'two %g' 1 60 >"$1/mm/two.c"
	printf 'one.h\r\nno newline at the end' >"$1/include/linux/one.h"
	echo both >"$1/include/linux/both.h"
	echo 'not this one' >"$1/tools/include/linux/both.h"
	echo other >"$1/kernel/other.c"
}

# Everything that make_tree makes and make_list lists, and nothing else, is in out/ID.
whole() {
	local path

	for path in kernel/one.c mm/two.c include/linux/one.h include/linux/both.h; do
		cmp "tree/$path" "out/$1/$path" || fail "$path"
	done
	[[ $(find "out/$1" -type f ! -name PROVENANCE ! -name .stamp | wc -l) -eq 4 ]] ||
		fail "other files: $(find "out/$1" -type f)"
}

nothing_left() {
	[[ -z $(find out -mindepth 1 ! -name '.*.lock' 2>/dev/null) ]] ||
		fail "left behind: $(find out)"
}

# What out/ID holds, with times to the nanosecond.
state_of() {
	(cd "out/$1" && find . -type f ! -name .stamp -printf '%p %T@ ' -exec sha256sum {} + | sort)
	find out -mindepth 1 -maxdepth 1 | sort
}

extract() {
	"$CI/extract" --out out --list list "$@"
}

start() {
	make_list
	make_tree tree
}

# edit FILE LINE: changes one numbered line.
edit() {
	sed -i "$2s/\$/ changed/" "$1"
}

# make_patch NAME EDIT...: a patch from tree to a copy of it where `edit` did each "FILE LINE".
make_patch() {
	local name=$1 change
	shift

	rm -rf a b
	cp -r tree a
	cp -r tree b
	for change in "$@"; do
		# shellcheck disable=SC2086
		edit b/$change
	done
	diff -ru a b >"$name" || :
}

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# plant: edits that fit, and edits that must not go through.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../ci/testlib.sh"

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)

make_file() {
	mkdir -p k/kernel
	cat >k/kernel/f.c <<-'END'
	static int helper(int x);

	int other(int x)
	{
		x = 1;
		return helper(x);
	}

	static int
	helper(int x)
	{
		x = 1;
		x +=
		    2;
		return x & 3;
	}
	END
}

# rule KEY VALUE...: a list with one canary, whose usual lines may be replaced
rule() {
	local -A line=([file]=kernel/f.c [in]=helper [change]='x = 1;' [to]=';' [expect]=overlap
		[text]=words)
	local key

	while (($#)); do
		line[$1]=$2
		shift 2
	done
	echo "# a comment"
	echo "canary fam one"
	for key in "${!line[@]}"; do
		[[ ${line[$key]} == - ]] || echo "$key ${line[$key]}"
	done
	echo
	echo "canary fam two"
	echo "file nonsense"
}

plant() {
	"$HERE/plant" list "${1:-fam}" "${2:-one}" k out
}

# refuses TEXT: nothing is written
refuses() {
	expect 1 plant "${@:2}"
	says "$T/errors" "$1"
	[[ ! -e out/kernel/f.c ]] || fail "something was written"
}

case_only_in_its_function() {
	make_file
	rule >list
	expect 0 plant
	[[ $(diff k/kernel/f.c out/kernel/f.c) == $'12c12\n< x = 1;\n---\n> ;' ]] ||
		fail "$(diff k/kernel/f.c out/kernel/f.c)"
}

case_over_two_lines() {
	make_file
	rule change 'x \+=[ \t\n]*2;' to 'x = 9 & \x;' >list
	expect 0 plant
	says out/kernel/f.c 'x = 9 & \x;'
	# what follows the function stays where it was
	[[ $(sed -n 16p out/kernel/f.c) == '}' ]] || fail "$(<out/kernel/f.c)"
}

case_dropped() {
	make_file
	rule change ' & 3' to - >list
	expect 0 plant
	says out/kernel/f.c 'return x ;'
}

case_matches_nothing() {
	make_file
	rule change 'y = 1;' >list
	refuses "list:2: canary one: nothing in helper matches 'y = 1;'"
}

case_matches_twice() {
	make_file
	rule change 'x' >list
	refuses "several places in helper match 'x'"
}

case_no_function() {
	make_file
	rule in nobody >list
	refuses 'kernel/f.c has no function nobody'
}

case_declared_only() {
	make_file
	sed -i '/^static int$/,$d' k/kernel/f.c
	rule >list
	refuses 'kernel/f.c has no function helper'
}

case_no_file() {
	make_file
	rule file kernel/g.c >list
	refuses 'the kernel has no file kernel/g.c'
}

case_no_canary() {
	make_file
	rule >list
	refuses "no canary 'fam three'" fam three
}

case_line_missing() {
	make_file
	rule expect - >list
	refuses "has no line 'expect'"
}

case_unknown_key() {
	make_file
	rule colour red >list
	refuses "'colour': expected"
}

run_cases "$@"

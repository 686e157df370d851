#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of ci/bisect on histories of the real kernel/range.c with a planted bug.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/testlib.sh"
. "$(dirname "${BASH_SOURCE[0]}")/bisect_fixture.sh"

FINDING=$CI/../corpus/findings/range-clean-sort-full.scn

bisect() {
	"$CI/bisect" --preset debug "$@"
}

# A dozen commits, the bug between `before` and `planted`; remarks and what is not looked at around it.
history() {
	local n

	start
	commit 'the first'
	git -C repo tag first
	echo text >repo/README
	commit 'not the file'
	for n in 1 2; do
		remark kernel/range.c
		commit "a remark"
	done
	echo 'this is no C' >>repo/kernel/range.c
	commit 'does not compile'
	git -C repo tag broken
	sed -i '$d' repo/kernel/range.c
	commit 'compiles again'
	git -C repo branch side
	remark include/linux/range.h
	commit 'a remark in the header'
	git -C repo tag before
	plant range r2
	commit 'range: tidy up'
	git -C repo tag planted
	echo more >>repo/README
	commit 'not the file either'
	git -C repo checkout -q side
	remark mm/memblock.c
	commit 'elsewhere'
	git -C repo checkout -q main
	git -C repo merge -q -m 'a merge' side
	remark include/linux/range.h
	commit 'the last remark but one'
	remark include/linux/range.h
	commit 'the last remark'
	git -C repo tag last
}

case_found() {
	history
	expect 0 bisect "$FINDING" --git repo first last
	says said 'first revision that shows it:'
	says said "  $(rev planted)"
	says said '  range: tidy up'
	says said "before, $(rev before | cut -c 1-12): passes"
	says said "after, $(rev planted | cut -c 1-12): wrong-result at op"
	[[ ! -s errors ]] || fail "$(<errors)"
}

run_cases "$@"

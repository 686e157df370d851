#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of ci/bisect on histories of the real kernel/range.c with a planted bug.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/testlib.sh"
. "$(dirname "${BASH_SOURCE[0]}")/bisect_fixture.sh"

FINDING=$CI/../corpus/findings/range-clean-sort-full.scn
FILE=kernel/range.c

bisect() {
	"$CI/bisect" --preset debug "$@"
}

# A dozen commits, the bug between `before` and `planted`; around it remarks, a side branch and commits
# that touch none of the files.
history() {
	start
	commit 'the first'
	git -C repo tag first
	echo text >repo/README
	commit 'not the file'
	remark $FILE
	commit 'a remark'
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
	commit 'the last remark but two'
	git -C repo tag later
	remark include/linux/range.h
	commit 'the last remark but one'
	remark include/linux/range.h
	commit 'the last remark'
	git -C repo tag last
}

# first_is TAG: that is what was found.
first_is() {
	says said "  $(rev "$1")"
	[[ $(grep -c '^  [0-9a-f]\{40\}$' said) == 1 ]] || fail "not one revision: $(<said)"
	[[ ! -s errors ]] || fail "$(<errors)"
}

id() {
	rev "$1" | cut -c 1-12
}

case_found() {
	local before

	history
	before=$(find repo -printf '%p %T@ %C@\n' | sort)
	expect 0 bisect "$FINDING" --git repo first last
	first_is planted
	says said 'first revision that shows it:'
	says said '  range: tidy up'
	says said "before, $(id before): passes"
	says said "after, $(id planted): wrong-result at op 4 (clean_sort)"
	says_not said skipped
	[[ $(find repo -printf '%p %T@ %C@\n' | sort) == "$before" ]] || fail 'the repository was touched'
	# what is known is not built again; revisions in the other order are the same question
	expect 0 bisect --git=repo "$FINDING" last first
	first_is planted
	says said ', 0 builds,'
	# an ordinary scenario that fails, and the quiet form
	sed '/^#/d' "$FINDING" >mine.scn
	expect 0 bisect -q mine.scn --git repo first later
	first_is planted
	[[ $(head -n 1 said) == 'first revision that shows it:' ]] || fail "$(<said)"
}

# record ID OPERAND...: of a raw scenario
record() {
	local n byte text=''

	for n in "$1" "${@:2}" 0 0 0 0 0 0; do
		for byte in 0 8 16 24 32 40 48 56; do
			text+=$(printf '\\x%02x' $((n >> byte & 255)))
		done
	done
	printf '%b' "${text:0:56 * 4}"
}

# Bytes as fuzzers leave them, in the configuration that they name: small.
case_raw() {
	history
	{
		printf '\xe1\x01\x01'
		head -c 13 /dev/zero
		record 1 4 0x40000 0x50000
		record 1 4 0x30000 0x31000
		record 1 4 0x20000 0x21000
		record 1 4 0x10000 0x11000
		record 4 4
	} >raw
	expect 0 bisect raw --raw --git repo before later
	first_is planted
	says said "after, $(id planted): wrong-result at op 4 (clean_sort)"
	refused 'no scenario line' bisect raw --git repo before later
	printf '\xe1\xff' >raw
	refused 'raw: no raw scenario' bisect raw --raw --git repo before later
}

case_mended() {
	history
	cp clean "repo/$FILE"
	commit 'range: count'
	git -C repo tag mended
	remark $FILE
	commit 'a remark'
	expect 0 bisect "$FINDING" --git repo planted main
	first_is mended
	says said 'planted shows it, main does not: looking for the first revision that no longer shows'
	says said 'first revision that no longer shows it:'
	says said "before, $(id mended^): wrong-result at op 4 (clean_sort)"
	says said "after, $(id mended): passes"
}

# The bug comes in by a merge of two branches, neither of which has it.
case_merge() {
	history
	git -C repo checkout -q -b left before
	remark include/linux/range.h
	commit 'left'
	git -C repo checkout -q -b right first
	remark $FILE
	remark include/linux/range.h
	commit 'right'
	git -C repo checkout -q left
	git -C repo merge -q -s ours --no-commit right >merged 2>&1
	git -C repo checkout -q planted -- $FILE
	commit 'the merge'
	remark $FILE
	commit 'a remark'
	expect 0 bisect "$FINDING" --git repo first left
	first_is left^
	says said '  the merge'
	says said "before, $(id left^^1): passes"
	says said "before, $(id left^^2): passes"
}

# What does not build is skipped: the search goes around it, or cannot tell it from what is behind.
case_skipped() {
	local n

	start
	commit 'the first'
	for n in 1 2 3 4; do
		remark $FILE
		((n != 2)) || echo 'this is no C' >>"repo/$FILE"
		((n != 3)) || sed -i '/^this is no C$/d' "repo/$FILE"
		((n != 4)) || plant range r2
		commit "number $n"
	done
	expect 0 bisect "$FINDING" --git repo main~4 main
	first_is main
	says said "$(id main~2) skipped, does not build: kernel/range.c:"
	says said "unknown type name 'this'"
	says said 'skipped: 1'

	git -C repo reset -q --hard main~1
	plant range r2
	echo 'this is no C' >>"repo/$FILE"
	commit 'a bug and no C'
	git -C repo rm -q "$FILE"
	commit 'no file'
	git -C repo checkout -q main~1 -- "$FILE"
	sed -i '/^this is no C$/d' "repo/$FILE"
	commit 'C again'
	expect 1 bisect "$FINDING" --git repo main~3 main
	says said "is one of these 3:"
	says said "  $(id main) C again"
	says said "  $(id main~1) no file"
	says said "  $(id main~2) a bug and no C"
	says_not said "  $(id main~3)"
	says said 'skipped: 2'
	says said "$(id main~1) has no kernel/range.c"
}

# Another bug on the way hides the one that is sought when it comes before it, and only then.
case_another_verdict() {
	start
	cat >both.scn <<-'END'
		scenario range config=small
		add_with_merge az=4 start=0x1000 end=0x2000
		add_with_merge az=4 start=0x3000 end=0x4000
		add_with_merge az=4 start=0x1800 end=0x3800
		clean_sort az=4
		add az=4 start=0x5000 end=0x6000
		add az=4 start=0x7000 end=0x8000
		add az=4 start=0x9000 end=0xa000
		clean_sort az=4
	END
	commit 'the first'
	remark $FILE
	commit 'a remark'
	plant range r1
	commit 'another bug'
	mend $FILE
	plant range r2
	commit 'the bug'
	expect 1 bisect both.scn --git repo main~3 main
	says said "$(id main~1) skipped, shows something else: overlap at op 2 (add_with_merge)"
	says said "is one of these 2:"
	refused "main~1 shows another verdict, at or before that of the other end: overlap" \
		bisect both.scn --git repo main~1 main
	# the op that is sought has passed
	expect 0 bisect both.scn --git repo main~3 main~1
	first_is main~1
	says said 'overlap at op 2 (add_with_merge)'
}

# A bug that is known of the old version is no good end: the newer one has it, too.
case_known_before() {
	start
	cp repo/Makefile Makefile
	printf 'VERSION = 2\nPATCHLEVEL = 6\nSUBLEVEL = 34\nEXTRAVERSION =\n' >repo/Makefile
	plant range r2
	commit 'old'
	cp Makefile repo/Makefile
	remark $FILE
	commit 'new'
	sed '/^#/d' "$FINDING" >mine.scn
	refused 'main~1 shows it already, as main does' bisect mine.scn --git repo main~1 main
	says said 'passes, but for a known wrong-result clean_sort'
}

case_refused() {
	history
	refused 'expected FILE --git DIR GOOD BAD' bisect "$FINDING" --git repo first
	refused 'expected FILE --git DIR GOOD BAD' bisect "$FINDING" first last
	refused "unknown option '--frob'" bisect --frob "$FINDING" --git repo first last
	refused 'cannot read nothing' bisect nothing --git repo first last
	refused 'no scenario line' bisect repo/Makefile --git repo first last
	refused 'nowhere is no directory' bisect "$FINDING" --git nowhere first last
	mkdir repo/inside
	refused 'inside is no git repository' bisect "$FINDING" --git repo/inside first last
	refused "has no revision 'never'" bisect "$FINDING" --git repo never last
	refused "has no revision 'first..last'" bisect "$FINDING" --git repo first first..last
	refused 'are the same revision' bisect "$FINDING" --git repo last main
	refused 'side is no ancestor of planted, nor' bisect "$FINDING" --git repo side planted
	git clone -q --depth 3 "file://$T/repo" shallow
	refused 'is a shallow clone' bisect "$FINDING" --git shallow HEAD~1 HEAD
	refused 'planted shows it already, as last does' bisect "$FINDING" --git repo planted last
	refused 'neither first nor before shows wrong-result at op 4' \
		bisect "$FINDING" --git repo first before
	sed '/^#/d' "$FINDING" >mine.scn
	refused 'mine.scn passes on both first and before' bisect mine.scn --git repo first before
	refused "is of family range, not e820" bisect "$FINDING" --git repo first last --subject e820@x
	git -C repo rm -q $FILE
	commit 'no file'
	refused 'main ('"$(id main)"') cannot be judged: has no kernel/range.c' \
		bisect "$FINDING" --git repo first main
	[[ -z $(find "$CI/../build/bisect" -maxdepth 1 -name 'run.*') ]] || fail 'leftovers'
}

# Stopped after the first step: nothing is left behind, and what was found is used.
case_interrupted() {
	local line status=0 job

	history
	mkfifo news
	set -m
	bisect "$FINDING" --strict --git repo first last >news 2>errors &
	job=$!
	set +m
	while read -r line; do
		echo "$line" >>told
		[[ $line != 'ci/bisect: 1: '* ]] || kill -INT -- "-$job" 2>/dev/null || :
	done <news
	wait "$job" || status=$?
	((status == 2)) || fail "status $status: $(<told) $(<errors)"
	[[ $(<errors) == 'ci/bisect: interrupted' ]] || fail "$(<errors)"
	says_not told 'first revision that shows it'
	[[ -z $(find "$CI/../build/bisect" -maxdepth 1 -name 'run.*') ]] || fail 'leftovers'
	expect 0 bisect "$FINDING" --strict --git repo first last
	first_is planted
	says said "$(sed -n 's/^ci.bisect: \(1: [0-9a-f]*\) .*/\1/p' told)"
	grep -q "^ci/bisect: 1: .*, as " said || fail "$(<said)"
}

run_cases "$@"

#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# README, taken at its word: every command in its ```sh blocks is run, in order, in one shell, in a
# clean copy of the tree, and must succeed. Fuzzing is kept to a few seconds. What is a test of its own
# is not done twice, unless all is asked for (ci/test --all): `ci/test` itself, boots, `earlyfuzz
# canary` (replay.canaries), and of `ci/fidelity` what ci.fidelity.kernels and ci.suite.kernels do.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/testlib.sh"
SOURCE=$(cd "$CI/.." && pwd -P)

# The commands, one a line; a time that README names becomes a short one.
commands() {
	awk '/^```sh$/ { inside = 1; next } /^```/ { inside = 0 } inside' "$SOURCE/README.md" |
		sed '/--again/!s/--time [0-9]*/--time 1/; s/^ci\/test$/& --help/' |
		if [[ -n ${EARLYFUZZ_TEST_ALL:-} ]]; then cat; else
			sed 's/^\(ci\/boot\) .*/\1 --help/; s/^ci\/setup --for boot$/& --dry-run/
				s/^cmake --preset asan$/& -DEARLYFUZZ_CANARY_KERNEL=none/
				s/^earlyfuzz canary$/& --help/; s/^ci\/fidelity$/& --logs/
				s/^ci\/review .*/& --dry-run/; s/^ci\/bisect .*/& --preset debug/'
		fi
}

# put KERNEL: the extracted kernel's files as a tree of it, committed in linux/
put() {
	local from=$SOURCE/build/extracted/$1 version major minor patch

	version=$(sed -n 's/^version: //p' "$from/PROVENANCE")
	cp -r "$from/." linux
	rm -f linux/PROVENANCE linux/.stamp
	IFS=. read -r major minor patch <<<"$version"
	printf 'VERSION = %s\nPATCHLEVEL = %s\nSUBLEVEL = %s\nEXTRAVERSION =\n' \
		"$major" "$minor" "$patch" >linux/Makefile
	git -C linux add -A
	git -C linux commit -q -m "$version"
}

# A kernel tree in git and a patch for it, as a reader has them. Its tag v2.6.34, before HEAD, stands for the
# old kernel of EARLYFUZZ_OLD_KERNEL when ci/test extracted it (as `old`), else for the same tree with a bug
# that v2.6.34 had.
make_kernel() {
	git init -q linux
	if [[ -f $SOURCE/build/extracted/old/PROVENANCE ]]; then
		put old
	else
		put debian-6.12
		"$SOURCE/extracted/plant" "$SOURCE/extracted/canaries.list" range r2 linux planted
		cp planted/kernel/range.c linux/kernel/range.c
		git -C linux commit -q -a --amend -m old
	fi
	git -C linux tag v2.6.34
	git -C linux rm -rfq .
	put debian-6.12
	echo '/* a line more */' >>linux/kernel/range.c
	git -C linux diff >fix.patch
	git -C linux checkout -q .
}

case_commands() {
	local nr

	[[ -f $SOURCE/build/extracted/debian-6.12/PROVENANCE ]] || skip "debian-6.12 is not extracted"
	# what git would commit, as it stands
	mkdir tree
	git -C "$SOURCE" ls-files -z --cached --others --exclude-standard |
		tar -C "$SOURCE" --null -T - --ignore-failed-read -cf - 2>/dev/null | tar -C tree -xf -
	git -C tree init -q
	mkdir tree/build
	cp -r "$SOURCE/build/extracted" tree/build/
	[[ ! -d $SOURCE/build/headers ]] || cp -r "$SOURCE/build/headers" tree/build/
	make_kernel
	export CCACHE_BASEDIR=$T/tree
	nr=$(commands | grep -c .)
	((nr >= 25)) || fail "README has $nr commands only: is this script still reading it right?"
	{
		echo 'set -eE'
		# shellcheck disable=SC2016 # for the shell that runs them
		echo 'trap '\''echo "failed: $BASH_COMMAND" >&2'\'' ERR'
		commands | while read -r line; do
			printf 'echo %q\n' "\$ $line"
			# `! command` must fail; bash's set -e would not see when it does not
			if [[ $line == '! '* ]]; then
				printf 'if %s; then echo %q >&2; exit 1; fi\n' "${line#! }" \
					"succeeded: ${line#! }"
			else
				echo "$line"
			fi
		done
	} >commands.sh
	(cd tree && LINUX=$T/linux PATCH=$T/fix.patch EARLYFUZZ_TIME=1 \
		bash "$T/commands.sh") >said 2>&1 </dev/null || {
		tail -n 40 said >&2
		fail "a command of README"
	}
	says said "no new findings"
}

# Where README and CONTRIBUTING point within the repository there is something.
case_links() {
	local file link nr=0

	for file in README.md CONTRIBUTING.md; do
		while read -r link; do
			nr=$((nr + 1))
			[[ -e $SOURCE/${link%%#*} ]] || fail "$file: $link is not there"
		done < <(grep -o "](\([^)#][^)]*\))" "$SOURCE/$file" | sed "s/^](//; s/)\$//" | grep -v "^[a-z]*:")
	done
	((nr >= 5)) || fail "$nr links only: is this script still reading them right?"
}

run_cases "$@"

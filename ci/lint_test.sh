#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# ci/lint: what it must see, in a made-up tree; and that there is nothing of the kind in this one.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/testlib.sh"

spdx='SPDX-License-Identifier: GPL-2.0-only'

lint() {
	"$CI/lint" --tree "$T/tree" "$@"
}

start() {
	mkdir tree
	git init -q tree
	printf '// %s\nint x;\n' "$spdx" >tree/x.c
	# shellcheck disable=SC2016 # a script that is written
	printf '#!/bin/sh\n# %s\necho "$1"\n' "$spdx" >tree/script
	expect 0 lint text
}

case_text() {
	local line

	start
	printf 'int y;\n' >tree/y.c
	expect 1 lint text
	says said 'y.c:1: no line with SPDX-License-Identifier'
	rm tree/y.c
	# 12 tabs are 96 columns
	line=$(printf '\t%.0s' {1..12})
	printf '%s1234\n' "$line" >>tree/x.c
	expect 0 lint text
	printf '%s12345\n' "$line" >>tree/x.c
	expect 1 lint text
	says said 'x.c:4: 101 columns, expected at most 100'
	printf '// %s\n%s"1234567"\n' "$spdx" "$line" >tree/x.c
	expect 0 lint text
	printf '// %s\n%s\303\244234\n' "$spdx" "$line" >tree/x.c
	expect 0 lint text
	printf 'int z; \n' >>tree/x.c
	expect 1 lint text
	says said 'x.c:3: white space at the end of the line'
}

case_shell() {
	command -v shellcheck >/dev/null || skip 'shellcheck is not installed'
	start
	expect 0 lint shell
	# shellcheck disable=SC2016 # the same
	printf 'echo $1\n' >>tree/script
	expect 1 lint shell
	says said 'script:4:6: note: Double quote'
}

case_arguments() {
	refused "unknown argument 'C': expected text, shell, cppcheck or tidy" "$CI/lint" C
	refused "tree 'nowhere': no such directory" "$CI/lint" --tree nowhere
	mkdir tree
	refused "tree $T/tree: not a git work tree" lint text
	expect 0 "$CI/lint" --help
}

case_this_tree() {
	git -C "$CI" rev-parse --is-inside-work-tree >/dev/null 2>&1 || skip 'no git work tree'
	expect 0 "$CI/lint" text
}

run_cases "$@"

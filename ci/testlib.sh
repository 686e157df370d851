# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Shared by ci/*_test.sh. A test script defines functions named case_NAME and ends with
# `run_cases "$@"`. It is called with the names of cases, with --list, or with nothing for all.
# Each case runs in a subshell under set -e, in an empty directory of its own ($T).
# Exit status: 0 all passed, 1 one failed, 77 the only case named was skipped.

# shellcheck disable=SC2034 # for the scripts that read this file
CI=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=test GIT_AUTHOR_EMAIL=test@example.org
export GIT_COMMITTER_NAME=test GIT_COMMITTER_EMAIL=test@example.org
unset QUIET EARLYFUZZ_OS_RELEASE EARLYFUZZ_OLD_KERNEL

run_cases() {
	local name names=("$@") all status passed=0 failed=0 skipped=0

	mapfile -t all < <(declare -F | sed -n 's/^declare -f case_//p')
	if [[ ${1:-} == --list ]]; then
		printf '%s\n' "${all[@]}"
		return 0
	fi
	((${#names[@]})) || names=("${all[@]}")
	for name in "${names[@]}"; do
		T=$(mktemp -d)
		# Not in a condition: set -e would be off inside.
		set +e
		(
			set -e
			declare -F "case_$name" >/dev/null || fail "no case named $name"
			cd "$T"
			"case_$name"
		)
		status=$?
		set -e
		rm -rf "$T"
		case $status in
		0) echo "ok $name" && passed=$((passed + 1)) ;;
		77) skipped=$((skipped + 1)) ;;
		*) echo "not ok $name" && failed=$((failed + 1)) ;;
		esac
	done
	echo "$passed passed, $failed failed, $skipped skipped"
	((failed == 0)) || exit 1
	((passed > 0 || skipped == 0)) || exit 77
}

fail() {
	echo "failed: $*" >&2
	exit 1
}

skip() {
	echo "ok # SKIP $*"
	exit 77
}

# expect STATUS CMD...: leaves what CMD says in $T/said and $T/errors.
expect() {
	local want=$1 got=0
	shift

	"$@" >"$T/said" 2>"$T/errors" </dev/null || got=$?
	((got == want)) || {
		sed 's/^/out: /' "$T/said" >&2
		sed 's/^/err: /' "$T/errors" >&2
		fail "exit status $got, not $want: $*"
	}
}

# refused TEXT CMD...: CMD exits with status 2 and says one line, with TEXT in it.
refused() {
	local text=$1
	shift

	expect 2 "$@"
	[[ $(wc -l <"$T/errors") -eq 1 ]] || {
		sed 's/^/err: /' "$T/errors" >&2
		fail "not one line on standard error: $*"
	}
	[[ $(<"$T/errors") == ci/*": "*"$text"* ]] || fail "'$(<"$T/errors")' does not say '$text'"
}

says() {
	grep -qF -- "$2" "$1" || {
		sed 's/^/| /' "$1" >&2
		fail "${1##*/} does not say '$2'"
	}
}

says_not() {
	! grep -qF -- "$2" "$1" || {
		sed 's/^/| /' "$1" >&2
		fail "${1##*/} says '$2'"
	}
}

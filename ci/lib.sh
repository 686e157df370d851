# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Shared by the scripts in ci/. Use it as
#
#	set -euo pipefail
#	. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
#
# What it gives:
#   ROOT, PROG            top of the repository; name put before every message (ci/NAME)
#   say MSG               one line on standard output, unless QUIET is set
#   die MSG               one line on standard error, exit status 2 (could not run)
#   progress MSG          a line that rewrites itself on a terminal, else a line each 10 s
#   attend CMD...         run CMD so that Ctrl-C ends it and the script at once
#   alone FILE [WHAT]     wait while another such script holds the lock FILE; hold it to the end
#   no_git_of_callers     git means the folders that it is told, whatever calls this script
#   on_exit CMD           run CMD when the script ends, however it ends
#   is_debian             true on Debian itself, not on its derivatives
#   missing_packages P... those of the Debian packages P that are not installed
#   kernel_split SPEC     check ID, ID=SRC (SRC also debian-VERSION); set KERNEL_ID and KERNEL_SRC
#   kernels_differ ID...  no kernel twice: ids that are the same as C identifiers are the same
#   known_families        the names of all families of ops, in one line
#   DEFAULT_KERNELS       the kernels to use where none is named

# shellcheck disable=SC2034 # ROOT is for the scripts that read this file, like others below
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
PROG=ci/${0##*/}
QUIET=${QUIET:-}
# shellcheck disable=SC2034 # for the scripts that read this file
DEFAULT_KERNELS=(debian-6.1 debian-6.12)

# Messages of git, tar and apt are read below: they must come in one language.
export LC_ALL=C

progress_shown=
progress_last=-1

progress() {
	[[ -z $QUIET ]] || return 0
	if [[ -t 2 ]]; then
		printf '\r\033[K%.*s' "$((${COLUMNS:-80} - 1))" "$PROG: $*" >&2
		progress_shown=1
	elif ((progress_last < 0 || SECONDS - progress_last >= 10)); then
		echo "$PROG: $*"
		progress_last=$SECONDS
	fi
}

progress_done() {
	[[ -z $progress_shown ]] || printf '\r\033[K' >&2
	progress_shown=
	progress_last=-1
}

say() {
	progress_done
	[[ -n $QUIET ]] || echo "$PROG: $*"
}

# In a subshell such as $(...) die has said its line already: its parent must end without another.
SAID=242

die() {
	ending=1
	progress_done
	echo "$PROG: $*" >&2
	((BASH_SUBSHELL == 0)) || exit "$SAID"
	run_exit_commands 2
}

# A command that fails where nobody looks at its status is our mistake: say where, never
# stop in silence.
set -E
trap 'unexpected "$?" "${BASH_SOURCE[0]##*/}:$LINENO: $BASH_COMMAND"' ERR

unexpected() {
	(($1 != SAID)) || { ending=1 && exit "$SAID"; }
	(($1 != 129 && $1 != 130 && $1 != 143)) || die "interrupted"	# HUP, INT, TERM: its child's
	die "unexpected failure (status $1) at $2"
}

exec {own_output}>&1 {own_errors}>&2
exit_commands=()
ending=
attending=

on_exit() {
	exit_commands+=("$1")
}

# A signal may come before any command here: `die` has its line alone, and the end begins once. What is
# under way may write to a log: the line and the end do not.
interrupted() {
	[[ -z $ending ]] || return 0
	exec 1>&"$own_output" 2>&"$own_errors"
	die "interrupted"
}

run_exit_commands() {
	local status=$1 cmd

	ending=1
	trap '' INT TERM HUP
	trap - ERR EXIT
	set +em
	[[ -z $attending ]] || end_attended
	while ((${#exit_commands[@]})); do
		cmd=${exit_commands[0]}
		exit_commands=("${exit_commands[@]:1}")
		eval "$cmd"
	done
	((status != SAID)) || status=2
	exit "$status"
}

# From the table of jobs: a signal may have come before attend() saw the process id.
end_attended() {
	local pid

	for pid in $(jobs -p); do
		kill -TERM -- "-$pid" 2>/dev/null && wait "$pid" 2>/dev/null
	done
	return 0
}

trap 'run_exit_commands "$?"' EXIT
trap interrupted INT TERM HUP

# bash defers a trap until the foreground command is over, but interrupts `wait`: so what may
# take long runs in the background, in a process group of its own (set -m), which is ended as a
# whole. ATTEND_TICK names a function to call with its process id several times a second.
attend() {
	local status=0 pid

	attending=1
	set -m
	"$@" &
	pid=$!
	set +m
	if [[ -n ${ATTEND_TICK:-} ]]; then
		while kill -0 "$pid" 2>/dev/null; do
			"$ATTEND_TICK" "$pid" || :
			# In front, for a signal ends it, too. Not `read -t`: bash may leave a trap when its time is over.
			{ sleep 0.2; } 2>/dev/null || :
		done
	fi
	wait "$pid" || status=$?
	attending=
	return "$status"
}

# Descriptor 9 is the lock: a child that may outlive the script closes it.
alone() {
	{ exec 9>"$1"; } 2>/dev/null || die "cannot write to ${1%/*}"
	flock -n 9 || {
		progress "${2:+$2: }waiting for another $PROG to end"
		attend flock 9
	}
}

# A hook, or `git rebase --exec`, sets these. Nothing is fetched, nor written where we only read.
no_git_of_callers() {
	unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY GIT_PREFIX
	export GIT_OPTIONAL_LOCKS=0 GIT_NO_LAZY_FETCH=1
}

# EARLYFUZZ_OS_RELEASE names another os-release file, for the tests.
is_debian() {
	local ID=''

	# shellcheck disable=SC1090
	. "${EARLYFUZZ_OS_RELEASE:-/etc/os-release}" 2>/dev/null || return 1
	[[ $ID == debian ]] && command -v dpkg-query apt-get >/dev/null
}

missing_packages() {
	local -A there=()
	local state name

	while read -r state name; do
		[[ $state != installed ]] || there[$name]=1
	done < <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || :)
	for name in "$@"; do
		[[ -n ${there[$name]:-} ]] || echo "$name"
	done
}

kernel_split() {
	local spec=$1 id src

	case $spec in
	*=*)
		id=${spec%%=*} src=${spec#*=}
		[[ $src != debian-[0-9]* ]] || src=debian:${src#debian-}
		;;
	debian-*)
		id=$spec src=debian:${spec#debian-}
		;;
	*)
		die "kernel '$spec': expected ID=SRC, or debian-VERSION such as debian-6.1"
		;;
	esac
	[[ $id =~ ^[A-Za-z0-9_][A-Za-z0-9._-]*$ ]] ||
		die "kernel id '$id': expected letters, digits and . _ - (not . or - first)"
	[[ $src != debian:* || ${src#debian:} =~ ^[0-9]+(\.[0-9]+)+$ ]] ||
		die "source '$src': expected debian:VERSION such as debian:6.1"
	case $src in
	debian:?* | tree:?* | tar:?* | git:?*@?* | copy:?*) ;;
	git:*)
		die "source '$src': expected git:DIR@REV"
		;;
	*)
		die "source '$src': expected debian:VERSION, tree:DIR, tar:FILE or git:DIR@REV"
		;;
	esac
	# shellcheck disable=SC2034
	KERNEL_ID=$id KERNEL_SRC=$src
}

known_families() {
	sed -n 's/^set(FAMILIES \(.*\))$/\1/p' "$ROOT/cmake/families.cmake"
}

# Build targets are named by the id with _ for every other sign.
kernels_differ() {
	local -A there=()
	local id

	for id; do
		[[ -z ${there[${id//[^A-Za-z0-9]/_}]:-} ]] || die "kernel $id is named twice"
		there[${id//[^A-Za-z0-9]/_}]=1
	done
}

#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of ci/lib.sh: a signal before every single command of what attends and of what ends.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/testlib.sh"

# ci/script TICK COMMAND [MSG] attends COMMAND with TICK ('' for none) and dies with MSG, if there is one.
# It is sent $SIGNAL before its command number $AT, counted from attend() on.
make_script() {
	mkdir ci
	cp "$CI/lib.sh" ci
	mkfifo alive
	cat >ci/script <<-'END'
		#!/usr/bin/env bash
		set -euo pipefail
		. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
		# the second tick ends it, or what is endless would be
		tick() { ((nr_ticks++ == 0)) || kill -s "$SIGNAL" "$$"; }
		sleep() { command sleep 0.01; }
		endless() { exec sleep 1000; }
		short() { :; }
		count() {
			((BASH_SUBSHELL == 0 && ++nr == AT)) || return 0
			echo fired >fired
			kill -s "$SIGNAL" "$$"
		}
		nr=0 nr_ticks=0
		on_exit 'echo ended'
		on_exit 'echo twice'
		set -T
		trap count DEBUG
		ATTEND_TICK=$1 attend "$2" >log 2>&1
		[[ -z ${3:-} ]] || die "$3"
	END
	chmod +x ci/script
}

# at N SIGNAL ARG...: runs ci/script ARG..., which is sent SIGNAL before command N. Sets status, leaves
# `said` and `errors`, and `fired` when there was a command N. What it has started must have ended with
# it, or would keep `alive` open.
at() {
	local end=0

	rm -f fired
	AT=$1 SIGNAL=$2 timeout 20 env --default-signal=INT,TERM,HUP ci/script "${@:3}" \
		>said 2>errors 9>alive &
	read -rt 10 <alive || end=$?
	status=0
	wait "$!" || status=$?
	((end == 1)) || fail "command $*: something still runs"
	[[ $(<said) == $'ended\ntwice' ]] || fail "command $*: at its end: $(<said)"
}

# at_each SIGNAL ARG...: every N that there is; what is told besides an interruption is `told`, with $ends
at_each() {
	local n

	for ((n = 1; ; n++)); do
		at "$n" "$@"
		[[ -e fired ]] || break
		[[ $status == 2 && $(<errors) == 'ci/script: interrupted' ]] ||
			[[ $status == "$ends" && $(<errors) == "$told" ]] ||
			fail "command $n $*: status $status: $(<errors)"
	done
	[[ $status == "$ends" && $(<errors) == "$told" ]] || fail "$*: status $status: $(<errors)"
	((n > 20)) || fail "$n commands only"
}

case_interrupted() {
	local status ends told

	make_script
	ends=2 told='ci/script: interrupted'
	at_each INT tick endless
	ends=0 told=
	at_each TERM '' short
	ends=2 told='ci/script: wrong'
	at_each HUP '' short wrong
}

run_cases "$@"

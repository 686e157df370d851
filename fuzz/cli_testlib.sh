# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Shared by fuzz/cli*_test.sh: the program, a kernel that is there, scenarios.

# BUILT and SANITIZERS come from ctest.
: "${BUILT:?the build directory}" "${SANITIZERS=}"

# The 64-bit program alone: what it says is the same where there is no earlyfuzz32, too.
export EARLYFUZZ32=

earlyfuzz() {
	"$BUILT/fuzz/earlyfuzz" "$@"
}

json_check() {
	"$BUILT/fuzz/json_check" "$@"
}

# The kernel that bugs are planted in; where they are left out debian-6.12, whose state spaces and
# configurations the tests know, else the last one that was built in.
KERNEL=$(earlyfuzz list subjects | sed -n 's/^range@\([^+!]*\)!r1: .*/\1/p')
PLANTED_BUGS=$KERNEL
[[ -n $KERNEL ]] ||
	KERNEL=$(earlyfuzz list subjects | sed -n 's/^range@\(debian-6\.12\): .*/\1/p')
[[ -n $KERNEL ]] ||
	KERNEL=$(earlyfuzz list subjects | sed -n 's/^range@\([^+!]*\): .*/\1/p' | tail -1)
# R1: a range that bridges two is merged with the first only.
# shellcheck disable=SC2034 # for the scripts that read this file
OVERLAPS=range@$KERNEL!r1

needs_planted_bugs() {
	[[ -n $PLANTED_BUGS ]] || skip "no bugs are planted here: EARLYFUZZ_CANARY_KERNEL"
}

some_scenario() {
	printf '%s\n' 'scenario range config=normal' 'add 64 0 4K' 'add_with_merge 64 4K 8K' \
		'subtract 64 4K 5K' 'clean_sort 64'
}

overlap_scenario() {
	printf '%s\n' 'scenario range config=normal' 'add_with_merge 64 0 4K' \
		'add_with_merge 64 8K 12K' 'add_with_merge 64 2K 10K'
}

# bad TEXT ARG...: earlyfuzz exits with status 2 and says one line, with TEXT in it.
bad() {
	local text=$1
	shift

	expect 2 earlyfuzz "$@"
	[[ $(wc -l <"$T/errors") -eq 1 ]] || fail "not one line: $(<"$T/errors")"
	[[ $(<"$T/errors") == "earlyfuzz: "*"$text"* ]] || fail "'$(<"$T/errors")' does not say '$text'"
	[[ ! -s $T/said ]] || fail "something on standard output: $(<"$T/said")"
}

# Under 80 columns.
narrow() {
	! grep -nE '^.{80}' "$1" || fail "lines of 80 columns and more"
}

# A scenario that shows a planted bug, in caught.txt; sets subject, kind and seed.
catch() {
	local seed

	needs_planted_bugs
	expect 0 earlyfuzz canary --json --planted "$1"
	subject=$(sed -n 's/.*"subject": "\(.*\)",/\1/p' "$T/said" | head -1)
	# shellcheck disable=SC2034 # for the script that reads this file
	kind=$(sed -n 's/.*"seen": "\(.*\)",/\1/p' "$T/said" | head -1)
	seed=$(sed -n 's/.*"seed": \([0-9]*\),/\1/p' "$T/said" | head -1)
	[[ $(sed -n 's/.*"status": "\(.*\)",/\1/p' "$T/said" | head -1) == pass ]] || return 1
	expect 0 earlyfuzz gen --family "${subject%%@*}" --seed "$seed" --ops 24 \
		--config "$([[ $subject == *+small* ]] && echo small || echo normal)"
	cp "$T/said" caught.txt
}

# Is the process past its start, and has it a handler for SIGINT (bit 1 of the caught signals)?
catches_sigint() {
	local caught

	[[ $(cat "/proc/$1/comm" 2>/dev/null) == earlyfuzz ]] || return 1
	caught=$(sed -n 's/^SigCgt:[[:space:]]*//p' "/proc/$1/status" 2>/dev/null) || return 1
	[[ -n $caught ]] && ((16#$caught & 2))
}

# What the table says of a finding on a kernel (of 64 bits, or those of $3), from a findings command's
# output.
cell() {
	awk -v finding="$1" -v kernel="$2" -v bits="${3:-64}" '
		/ legality  bits / {
			at = index($0, kernel)
			bits_at = index($0, " bits ") + 1
			next
		}
		/^[^ ]/ { current = $1 }
		at && current == finding {
			of = substr($0, bits_at)
			sub(/ .*/, "", of)
			if (of != "all" && index("," of ",", "," bits ",") == 0)
				next
			text = substr($0, at)
			sub(/  .*/, "", text)
			print text
		}' "$T/said"
}

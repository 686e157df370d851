# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # the variables are those of ci/bisect
#
# For ci/bisect: what it says.

short() {
	echo "${1:0:12}"
}

subject_of() {
	own_git log -1 --format=%s "$1"
}

# words HASH: its verdict in words
words() {
	local kind op name function why hidden

	IFS='|' read -r kind op name function why hidden <<<"${record[$1]}"
	case $kind in
	pass) echo "passes${hidden:+, but for a known $hidden}" ;;
	skip) echo "cannot be judged: $why" ;;
	*) echo "$kind at op $op ($name${function:+, in $function})" ;;
	esac
}

# tell_step NUMBER HASH CLASS
tell_step() {
	local what

	what=$(words "$2")
	case $3:$(field "$2" kind) in
	skip:skip) what="skipped, $(field "$2" why)" ;;
	skip:*) what="skipped, shows something else: $what" ;;
	clean:pass) ;;
	clean:*) what="does not show it, something later does not pass: $what" ;;
	shows:*) what="shows it: $what" ;;
	esac
	case $known in
	"") ;;
	"$2") what+=", as before" ;;
	*) what+=", as with the same files of $(short "$known")" ;;
	esac
	say "$1: $(short "$2") $what, $(seconds "$took") s"
}

# tell_revision HASH: for a result
tell_revision() {
	own_git log -1 --format='  %h %s%n  author %an <%ae>, %ad' --abbrev=12 --date=short "$1"
}

# Each parent is judged by itself: of the history that git simplified, they were perhaps not looked at.
tell_before() {
	local parent

	for parent in $(own_git rev-parse "$first^@"); do
		judge "$parent"
		echo "before, $(short "$parent"): $(words "$parent")"
	done
}

tell_skipped() {
	local revision

	((${#skipped[@]})) || return 0
	echo "skipped: ${#skipped[@]}"
	for revision in "${skipped[@]}"; do
		echo "  $(short "$revision") $(words "$revision" | sed 's/^cannot be judged: //')"
	done
}

tell_result() {
	local candidate

	progress_done
	if [[ -n $first ]]; then
		judge "$first"
		[[ $direction == shows ]] && echo "first revision that shows it:" ||
			echo "first revision that no longer shows it:"
		own_git log -1 --format='  %H%n  %s%n  %an <%ae>, %ad' --date=iso "$first"
		tell_before
		echo "after, $(short "$first"): $(words "$first")"
	else
		if [[ $direction == shows ]]; then
			echo "the first revision that shows it is one of these ${#candidates[@]}:"
		else
			echo "the first revision that no longer shows it is one of these ${#candidates[@]}:"
		fi
		for candidate in "${candidates[@]}"; do
			tell_revision "$candidate"
		done
	fi
	tell_skipped
	echo "$steps steps, $built builds, $(seconds $(($(now) - begun))) s"
}

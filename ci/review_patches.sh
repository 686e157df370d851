# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # the variables are those of ci/review
#
# Patches for ci/review: files as `git diff`, `diff -u`, `git format-patch` and b4 write them become
# parts, one diff each, in the order of their series. Needs $work, $CI and paths (of files.list).

part=()		# files: the diff alone, with paths as git's, and as many lines as what it came from
part_of=()	# the user's file
part_as=()	# "" or "patch 2/3": which of the user's file
part_line=()	# lines of the user's file in front of the diff; "" where the mail was encoded
skipped_parts=()

# git as on a bare folder: neither a repository around it nor the user's settings matter.
plain_git() {
	GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_CEILING_DIRECTORIES=$work git "$@"
}

look_at() {
	awk -v mode="$1" -f "$CI/review_patch.awk" "$work/paths" "$2"
}

# at PART LINE: a line of a part as a line of the user's file
at() {
	local name=${part_of[$1]}

	if [[ -n ${part_line[$1]} ]]; then
		echo "$name:$((part_line[$1] + $2))"
	else
		echo "$name: ${part_as[$1]:+${part_as[$1]}, }line $2 of its diff"
	fi
}

# whole PART: the user's file, and which patch of it
whole() {
	echo "${part_of[$1]}${part_as[$1]:+: ${part_as[$1]}}"
}

# A mail or several: the first line that says something is of a mail's header.
is_mail() {
	awk '/^[ \t]*$/ { next }
		{ mail = /^From [^ ]+ / || /^(From|Subject|Date|To|Message-I[dD]|Received|Return-Path|MIME-Version|X-[A-Za-z-]+|Delivered-To|DKIM-Signature|Authentication-Results): / ; exit }
		END { exit !mail }' "$1"
}

read_patch() {
	local name=$1 file=$2

	[[ -s $file ]] || die "$name: is empty"
	if LC_ALL=C grep -qaP '\x00|^\x1f\x8b|^\xfd7zXZ|^BZh' "$file"; then
		die "$name: is binary, or compressed: expected a patch as plain text"
	fi
	if is_mail "$file"; then
		split_mails "$name" "$file"
	else
		add_part "$name" '' 0 "$file"
	fi
}

# add_part NAME AS LINES FILE: LINES are in front of FILE in the user's file
add_part() {
	local name=$1 as=$2 before=$3 file=$4 list=$work/list kind line path nr=${#part[@]} ours=
	local what broken='' others=()

	look_at list "$file" >"$list"
	[[ -s $list ]] || die "$name${as:+: $as}: holds no diff"
	part_of[nr]=$name part_as[nr]=$as part_line[nr]=$before
	while IFS=$'\t' read -r kind line what path; do
		case $kind in
		T) broken=${broken:-$line} ;;
		H) ;;
		F)
			[[ $path != "- "* ]] || { others+=("${path#- }") && continue; }
			ours=1
			case $what in
			binary) die "$(at "$nr" "$line"): is a binary patch of $path: expected text" ;;
			delete)
				die "$(at "$nr" "$line"): removes $path: nothing is left to compare with the base"
				;;
			rename | copy)
				die "$(at "$nr" "$line"): $what of $path: expected it under its name on both sides"
				;;
			create)
				[[ ! -e $extracted/base/$path ]] || continue	# it does not apply: said below
				die "$(at "$nr" "$line"): creates $path: the base has nothing to compare it with"
				;;
			esac
			;;
		esac
	done <"$list"
	[[ -z $broken ]] ||
		die "$(at "$nr" "$broken"): is cut off: a hunk has other lines than its head says"
	if [[ -z $ours ]]; then
		other_tree "$nr" "${others[@]}"
		skipped_parts+=("$(whole "$nr") (${others[0]}${others[1]:+, ...})")
		unset "part_of[$nr]" "part_as[$nr]" "part_line[$nr]"
		return 0
	fi
	mkdir -p "$work/parts"
	# by this name the reports know it
	what=${name##*/}${as:+-${as#patch }}
	what=${what//[^A-Za-z0-9._+-]/-}
	[[ ! -e $work/parts/$what ]] || what=$nr-$what
	look_at normal "$file" >"$work/parts/$what"
	part[nr]=$work/parts/$what
}

# A patch of a kernel names files that the kernel's tree has: asked where that costs nothing.
other_tree() {
	local nr=$1 name
	shift

	(($#)) || return 0
	case $base_source in
	tree:*)
		for name; do
			[[ ! -e ${base_source#tree:}/$name ]] || return 0
		done
		! grep -q $'^F\t[0-9]*\tcreate' "$work/list" || return 0
		die "$(whole "$nr"): is for another tree: ${base_source#tree:} has no $1${2:+, $2}"
		;;
	esac
}

# --- mails ---------------------------------------------------------------------------------

# split_mails NAME FILE: the mails of FILE that bear a diff, in the order of their numbers
split_mails() {
	local name=$1 file=$2 dir=$work/mails mail nr=0 before=0 lines subject tag
	local -a with=() number=() of=() first=() order=()

	rm -rf "$dir"
	mkdir "$dir"
	plain_git mailsplit -b --keep-cr -o"$dir" -- "$file" >/dev/null 2>"$work/err" ||
		die "$name: git mailsplit cannot read it: $(head -n 1 "$work/err")"
	for mail in "$dir"/*; do
		lines=$(wc -l <"$mail")
		plain_git mailinfo -k "$mail.said" "$mail.diff" <"$mail" >"$mail.info" 2>"$work/err" ||
			die "$name: git mailinfo cannot read mail $((10#${mail##*/})) of it:" \
				"$(head -n 1 "$work/err")"
		if [[ -n $(look_at list "$mail.diff") ]]; then
			subject=$(sed -n 's/^Subject: //p' "$mail.info")
			with[nr]=$mail.diff
			first[nr]=$(lines_before "$mail.diff" "$mail" "$before")
			tag=$(grep -o '\[[^]]*[0-9]/[0-9][^]]*\]' <<<"$subject" | head -n 1 |
				grep -o '[0-9]*/[0-9]*') || tag=
			number[nr]=$((10#0${tag%/*})) of[nr]=${tag#*/}
			nr=$((nr + 1))
		fi
		before=$((before + lines))
	done
	((nr)) || die "$name: no mail of it holds a diff"
	in_order "$name"
	for nr in "${order[@]}"; do
		tag=
		if ((${#with[@]} > 1)); then
			tag="patch ${number[nr]}/${of[nr]}"
			[[ -n ${of[nr]} ]] || tag="patch $((nr + 1)) of ${#with[@]}"
		fi
		cp "${with[nr]}" "$work/patch"
		add_part "$name" "$tag" "${first[nr]}" "$work/patch"
	done
}

# Sets order: by the numbers n/N of the subjects, if all mails have them; else as they came.
in_order() {
	local name=$1 nr n all=${#with[@]}
	local -a at=()

	order=("${!with[@]}")
	((all > 1)) || return 0
	for nr in "${order[@]}"; do
		[[ -n ${of[nr]} && ${of[nr]} == "${of[0]}" && ${number[nr]} -gt 0 ]] || return 0
	done
	for nr in "${order[@]}"; do
		n=${number[nr]}
		[[ -z ${at[n]:-} ]] || die "$name: holds two patches $n/${of[0]}: expected one series"
		at[n]=$nr
	done
	for ((n = 1; n <= 10#${of[0]}; n++)); do
		[[ -n ${at[n]:-} ]] ||
			die "$name: holds $all of the ${of[0]} patches of its series: $n/${of[0]} is missing"
	done
	order=("${at[@]}")
}

# lines_before DIFF MAIL BEFORE: where DIFF stands in the user's file; nothing if it was encoded
lines_before() {
	awk -v before="$3" '
		{ sub(/\r$/, "") }
		FNR == NR { diff[NR] = $0; n = NR; next }
		{ mail[FNR] = $0; m = FNR }
		END {
			for (i = m - n; i >= 0; i--) {
				for (k = 1; k <= n && mail[i + k] == diff[k]; k++)
					;
				if (k > n) {
					print before + i
					exit
				}
			}
		}' "$1" "$2"
}

# --- applying ------------------------------------------------------------------------------

# apply_parts: all of them, one after the other, to a copy of the base; where each hunk came to lie is
# left in $work/hunks: PART FILE NR LINE, tab-separated
apply_parts() {
	local nr path list=$work/list kind line what

	cp -r "$extracted/base" "$work/tree"
	: >"$work/hunks"
	for nr in "${!part[@]}"; do
		look_at list "${part[nr]}" >"$list"
		while IFS=$'\t' read -r kind line what path; do
			[[ $kind == F && $path != "- "* ]] || continue
			[[ -e $work/tree/$path || $what == create ]] ||
				die "$(at "$nr" "$line"): is for another tree: the base has no $path"
		done <"$list"
		plain_git -C "$work/tree" apply -v --whitespace=nowarn "${part[nr]}" >"$work/said" 2>&1 ||
			does_not_apply "$nr"
		awk -v part="$nr" -v OFS='\t' '
			/^Checking patch / { file = $3; sub(/\.\.\.$/, "", file) }
			/^Hunk #[0-9]+ succeeded at / { print part, file, substr($2, 2) + 0, $5 + 0 }
			' "$work/said" >>"$work/hunks"
	done
}

# The first hunk that git refuses, and what patch(1) would have made of it.
does_not_apply() {
	local nr=$1 said=$work/said path line hunk='' hunks begins text

	text=$(sed -n 's/^error: //p' "$said" | head -n 1)
	path=$(sed -n 's/^error: patch failed: \(.*\):[0-9]*$/\1/p' "$said" | head -n 1)
	if [[ -z $path ]]; then
		line=$(sed -n 's/^error: corrupt patch at line \([0-9]*\).*/\1/p' "$said" | head -n 1)
		[[ -n $line ]] || die "$(whole "$nr"): does not apply to the base: $text"
		die "$(at "$nr" "$line"): git apply cannot read it: corrupt patch"
	fi
	line=$(sed -n 's/^error: patch failed: .*:\([0-9]*\)$/\1/p' "$said" | head -n 1)
	if plain_git -C "$work/tree" apply --check -R "${part[nr]}" 2>/dev/null; then
		die "$(whole "$nr"): is in the base already"
	fi
	cp -r "$work/tree" "$work/fuzzy"
	plain_git -C "$work/fuzzy" apply -v --reject "${part[nr]}" >"$said" 2>&1 || :
	hunk=$(awk -v file="$path" '$1 == "Applying" { here = $3 == file }
		here && /^Rejected hunk #/ { print substr($3, 2) + 0; exit }' "$said")
	hunk=${hunk:-1}
	hunks=$(look_at list "${part[nr]}" | grep -cF $'\t'"$path"$'\t' || :)
	begins=$(look_at list "${part[nr]}" | awk -F '\t' -v file="$path" -v nr="$hunk" '
		$1 == "H" && $3 == file && $4 == nr { print $2 }')
	die "$(at "$nr" "${begins:-1}"): does not apply to the base: $path, hunk $hunk of $hunks" \
		"(line $line)$(by_patch "$nr" "$path" "$hunk")"
}

# git apply takes a hunk at another place, but with all of its context.
by_patch() {
	local nr=$1 path=$2 hunk=$3 line

	command -v patch >/dev/null || return 0
	rm -rf "$work/fuzzy"
	cp -r "$work/tree" "$work/fuzzy"
	line=$(cd "$work/fuzzy" && patch -p1 -f --dry-run -F 2 <"${part[nr]}" 2>/dev/null |
		awk -v file="$path" -v hunk="#$hunk" '
			$1 == "checking" || $1 == "patching" { here = $3 == file }
			here && $1 == "Hunk" && $2 == hunk { print; exit }') || :
	if [[ $line =~ with\ fuzz\ ([0-9]) ]]; then
		echo "; patch(1) would take it with fuzz ${BASH_REMATCH[1]}, which is a guess: rebase it"
	fi
}

# --- back to the patch ---------------------------------------------------------------------

# patch_line FILE LINE: the user's file and line that added LINE of the patched FILE; nothing if no part did.
# From the last part back: a line outside of its hunks is one of the part before, elsewhere.
patch_line() {
	local path=$1 line=$2 nr found

	for ((nr = ${#part[@]} - 1; nr >= 0; nr--)); do
		found=$(awk -F '\t' -v part="$nr" -v file="$path" -v line="$line" '
			FILENAME != diff && FNR == NR {
				if ($1 == part && $2 == file)
					placed[$3] = $4
				next
			}
			{ text = $0 }
			left_old > 0 || left_new > 0 {
				sign = substr(text, 1, 1)
				if (sign == "\\")
					next
				if (sign != "+")
					left_old--
				if (sign != "-")
					left_new--
				if (!here)
					next
				if (sign == "+" && new == line) {
					print "added", FNR
					done = 1
					exit
				}
				if (sign != "-" && sign != "+" && new == line) {
					print "before", line - shift
					done = 1
					exit
				}
				shift += (sign == "+") - (sign == "-")
				new += sign != "-"
				next
			}
			/^\+\+\+ / { here = substr(text, 7) == file; hunk = 0; next }
			/^@@ / {
				split(text, word, " ")
				left_old = word[2] ~ /,/ ? substr(word[2], index(word[2], ",") + 1) + 0 : 1
				left_new = word[3] ~ /,/ ? substr(word[3], index(word[3], ",") + 1) + 0 : 1
				if (!here)
					next
				new = substr(word[3], 2) + 0
				if (++hunk in placed)
					new = placed[hunk]
				if (new > line) {
					print "before", line - shift
					done = 1
					exit
				}
			}
			END {
				if (!done)
					print "before", line - shift
			}' diff="${part[nr]}" "$work/hunks" "${part[nr]}")
		if [[ $found == added* ]]; then
			at "$nr" "${found#* }"
			return 0
		fi
		line=${found#* }
	done
}

# patches_of FILE: the user's files, those alone that touch FILE if there are such
patches_of() {
	local nr all=() own=()

	for nr in "${!part[@]}"; do
		all+=("$(whole "$nr")")
		! look_at list "${part[nr]}" | awk -F '\t' -v file="$1" '
			$1 == "F" && $4 == file { touched = 1 }
			END { exit !touched }' || own+=("$(whole "$nr")")
	done
	((${#own[@]})) || own=("${all[@]}")
	join , "${own[@]}"
}

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # the variables of ci/fidelity
#
# Part of ci/fidelity: the list of exceptions, the judgement on each fact, and the report.
#
# extracted/fidelity.list, a rule a line:
#
#	[COND] value EXPR			a value to compare, such as PFN_UP(0x1001)
#	[COND] include HEADER			the kernel's side includes it, too
#	[COND] same NAME KERNELNAME		the kernel's headers call it so
#	[COND] config NAME... : WHY		may differ: it follows from the configuration
#	[COND] partial STRUCT... : WHY		a stand-in with fewer members: size and offsets are its own
#	[COND] skip NAME... : WHY		a stand-in of another kind: not compared
#
# COND is [<VERSION] or [>=VERSION], of the kernel. NAMEs are shell patterns. Empty lines and
# lines that begin with # say nothing.

# version_code VERSION: as LINUX_VERSION_CODE.
version_code() {
	local part

	IFS=. read -ra part <<<"$1"
	echo $(((part[0] << 16) + (${part[1]:-0} << 8) + ${part[2]:-0}))
}

# read_rules FILE CODE: the rules that hold for a kernel, as LINE VERB ARGUMENTS WHY with tabs.
read_rules() {
	local file=$1 code=$2 line number=0 text verb args why limit

	while IFS= read -r line || [[ -n $line ]]; do
		number=$((number + 1))
		text=$(sed 's/[ \t][ \t]*/ /g; s/^ //; s/ $//' <<<"$line")
		[[ -n $text && $text != '#'* ]] || continue
		if [[ $text == '['* ]]; then
			[[ $text =~ ^\[(\<|\>=)([0-9]+(\.[0-9]+)+)\]\ (.*)$ ]] ||
				die "$file:$number: expected [<VERSION] or [>=VERSION] and a rule: $text"
			text=${BASH_REMATCH[4]}
			limit=$(version_code "${BASH_REMATCH[2]}")
			if [[ ${BASH_REMATCH[1]} == '<' ]]; then
				((code < limit)) || continue
			else
				((code >= limit)) || continue
			fi
		fi
		verb=${text%% *}
		args=${text#* }
		why=
		case $verb in
		value | include) [[ $text == *' '* ]] || verb= ;;
		same) [[ $args =~ ^[A-Za-z_0-9]+\ [A-Za-z_0-9]+$ ]] || verb= ;;
		config | partial | skip)
			why=${args#* : }
			[[ $args == *' : '* ]] || verb=
			args=${args%% : *}
			;;
		*) verb= ;;
		esac
		[[ -n $verb ]] || die "$file:$number: expected value, include, same, config, partial or" \
			"skip with its arguments (config, partial, skip: and ' : WHY'): $text"
		printf '%s\t%s\t%s\t%s\n' "$number" "$verb" "$args" "$why"
	done <"$file"
}

# kernel_names RULES FACTS: the facts under the names that the kernel's headers have for them.
kernel_names() {
	awk -F '\t' -v OFS='\t' -v rules="$1" '
	BEGIN {
		while ((getline line < rules) > 0) {
			split(line, field, "\t")
			split(field[3], word, " ")
			if (field[2] == "same")
				called[word[1]] = word[2]
		}
	}
	$2 in called { $2 = called[$2] }
	{ print }' "$2"
}

# judge DIR: STATUS KIND NAME PLACE OURS THEIRS WHY for each fact, with tabs. OURS and THEIRS are
# three values, or words after a "!".
judge() {
	awk -F '\t' -v OFS='\t' -v dir="$1" -f "$ROOT/ci/fidelity_judge.awk" "$1/shim/facts"
}

number() {
	if (($1 >= -4096 && $1 < 65536)); then
		echo "$1"
	else
		printf '0x%x\n' "$1"
	fi
}

# The characters of two words, for people.
text_of() {
	local length=$1 i byte text='' words=("$2" "$3")

	for ((i = 0; i < length - 1 && i < 16; i++)); do
		byte=$(((words[i / 8] >> i % 8 * 8) & 255))
		if ((byte >= 32 && byte < 127)); then
			# shellcheck disable=SC2059 # the format is the character
			text+=$(printf "\\$(printf '%03o' "$byte")")
		else
			text+=$(printf '\\%03o' "$byte")
		fi
	done
	echo "\"$text\""
}

# "struct" is in its NAME already.
label() {
	[[ $1 == struct ]] && echo "size of $2" || echo "$1 $2"
}

# of_type TYPE SIZE: a type without a name in probe_types is told by its size alone.
of_type() {
	if (($1)); then
		echo "${probe_types[$1 - 1]}"
	else
		echo "$2 bytes"
	fi
}

# in_words KIND VALUES: what one side says.
in_words() {
	local a b c

	[[ $2 != '!'* ]] || {
		echo "${2#!}"
		return 0
	}
	read -r a b c <<<"$2"
	case $1 in
	const) echo "$(number "$a") ($(of_type "$b" "$c"))" ;;
	value) number "$a" ;;
	str) text_of "$a" "$b" "$c" ;;
	struct) echo "$a bytes, aligned to $b" ;;
	type | var | array) of_type "$b" "$a" ;;
	member | flex) echo "offset $a, $(of_type "$c" "$b")" ;;
	*) echo "$2" ;;
	esac
}

# print_report ID FILE
print_report() {
	local id=$1 status kind name place ours theirs why

	progress_done
	while IFS=$'\t' read -r status kind name place ours theirs why; do
		case $status in
		differs)
			echo "  differs: $(label "$kind" "$name") ($place): ours $(in_words "$kind" "$ours")," \
				"the kernel's $(in_words "$kind" "$theirs")"
			;;
		config)
			echo "  configuration: $(label "$kind" "$name"): ours $(in_words "$kind" "$ours")," \
				"the kernel's $(in_words "$kind" "$theirs"): $why"
			;;
		agrees)
			[[ -z $verbose ]] || echo "  agrees: $(label "$kind" "$name") ($place)"
			;;
		esac
	done <"$2"
	# One paragraph a reason, in the order of their first facts.
	awk -F '\t' '
	$1 == "unchecked" {
		if (!($7 in names))
			order[++count] = $7
		names[$7] = names[$7] (names[$7] ? ", " : " ") $3
	}
	END {
		for (i = 1; i <= count; i++)
			print "  not checked, " order[i] ":" names[order[i]]
	}' "$2" | fold -s -w 100 | sed 's/^\([^ ]\)/      \1/; s/ $//'
	awk -F '\t' -v id="$id" '
	{ count[$1]++ }
	END {
		printf "%s: %d facts agree, %d differ, %d differ by configuration, %d not checked\n", id,
			count["agrees"], count["differs"], count["config"], count["unchecked"]
	}' "$2"
}

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # the variables are those of ci/fuzz
#
# For ci/fuzz: from what the targets left in $stage, NAME.bin and NAME.txt, to findings that a person can
# read: `earlyfuzz report` makes a directory of each, $output/BUCKET/.

new=()		# buckets of this run
known=()	# buckets that only --strict shows
declare -A shown_by=() # quirk: such buckets

found() {
	local buckets

	mapfile -t buckets < <(compgen -G "$1/*.bin" || :)
	echo "${#buckets[@]}"
}

# field FILE NAME: the first word behind "NAME:" in a report
field() {
	sed -n "s/^$2: *\([^ ]*\).*/\1/p" "$1" | head -n 1
}

# Each input that killed a process is run once more by itself: either it gets its bucket
# now or it already has; what dies without a word of ours is a bucket of its own.
judge_deaths() {
	local artifact bucket log=$run/death.log status

	for artifact in "$run/died"/*; do
		[[ -f $artifact ]] || continue
		status=0
		timeout 120 env -u EARLYFUZZ_STATS EARLYFUZZ_FINDINGS="$stage" \
			"$(program "$family")" "$artifact" >"$log" 2>&1 </dev/null || status=$?
		if ! grep -q '^earlyfuzz: finding ' "$log"; then
			bucket=crash
			((status)) || bucket=unrepeatable
			((status != 124)) || bucket=timeout
			! grep -q '^earlyfuzz: internal error' "$log" || bucket=internal-error
			bucket=$family-$bucket-$(sha256sum <"$artifact" | cut -c 1-8)
			cp "$artifact" "$stage/$bucket.bin"
			tail -n 100 "$log" >"$stage/$bucket.txt"
		fi
		rm -f "$artifact"
	done
}

# The id of the kernel that a subject is of.
kernel_of() {
	local kernel=${1#*@}

	echo "${kernel%%[+!]*}"
}

# Options of earlyfuzz that show it as the run did: what the target calls known without that one quirk,
# all else as always; what is behind others only then with the run's own.
ways() {
	local quirk

	quirk=$(field "$1" quirk)
	if [[ -n $quirk ]]; then
		echo "--strict=$quirk"
		return
	fi
	echo
	case $strict in
	'') ;;
	1) echo --strict ;;
	*) echo "--strict=$strict" ;;
	esac
}

# What the target says of the quirk that predicts the verdict. One bucket of each is enough for a person.
known_already() {
	local quirk

	quirk=$(field "$stage/$1.txt" quirk)
	[[ -n $quirk && -n ${shown_by[$quirk]:-} ]] || return 1
	shown_by[$quirk]+=" $1"
}

# note BUCKET [QUIRK]: it is in $output now.
note() {
	local bucket=$1 quirk=${2:-} list

	if [[ -n $quirk ]]; then
		list=" ${known[*]} "
		[[ $list == *" $bucket "* ]] || known+=("$bucket")
		shown_by[$quirk]+=" $bucket"
	else
		list=" ${new[*]} "
		[[ $list == *" $bucket "* ]] || new+=("$bucket")
	fi
}

# sorted NAME: earlyfuzz report makes buckets of it in $output; fails when it shows nothing there.
sorted() {
	local name=$1 option status bucket quirk table=$run/report.table

	while read -r option; do
		status=0
		# shellcheck disable=SC2086 # one option or none
		attend timeout 120 "$earlyfuzz" report --table --family "$family" ${legal:+--legal} $option -o "$output" \
			"$stage/$name.bin" >"$table" 2>"$run/report.log" </dev/null || status=$?
		[[ $status == 0 || -s $table ]] || say "$name: $(tail -n 1 "$run/report.log")"
		[[ -s $table ]] || continue
		while IFS=$'\t' read -r bucket _ _ _ _ _ _ quirk; do
			note "$bucket" "$quirk"
		done <"$table"
		return 0
	done < <(ways "$stage/$name.txt")
	return 1
}

# kept NAME: raw input and what was seen appear together, as they are.
kept() {
	local name=$1 dir

	if [[ ! -d $output/$name ]]; then
		dir=$(mktemp -d "$output/.new.XXXXXX")
		on_exit "rm -rf '$dir'"
		cp "$stage/$name.bin" "$dir/raw.bin"
		cp "$stage/$name.txt" "$dir/report.txt"
		sed '1,/^$/d' "$stage/$name.txt" >"$dir/scenario.scn"
		chmod a+rx "$dir"
		mv "$dir" "$output/$name"
	fi
	note "$name" "$(field "$stage/$name.txt" quirk)"
}

collect() {
	local bin name

	judge_deaths
	for bin in "$stage"/*.bin; do
		[[ -f $bin ]] || continue
		name=$(basename "$bin" .bin)
		progress "$family: looking at what was found: $name"
		known_already "$name" || sorted "$name" || kept "$name"
		rm -f "$bin"
	done
}

# Interrupted: what was found is kept as it is.
salvage() {
	local bin

	[[ -n ${stage:-} ]] || return 0
	for bin in "$stage"/*.bin; do
		[[ ! -f $bin ]] || kept "$(basename "$bin" .bin)"
	done
	return 0
}

new_on() {
	local bucket n=0

	for bucket in "${new[@]}"; do
		[[ $(field "$output/$bucket/report.txt" subject) != "$1" ]] || n=$((n + 1))
	done
	echo "$n"
}

print_known() {
	local family quirk buckets

	for family in "${fuzzed[@]}"; do
		stats "$family"
	done | cut -sf 5- | tr '\t' '\n' | sed 's/=.*//' | sort -u | xargs echo |
		fold -s -w 70 | sed '/^ *$/d; 1s/^/known: /; 2,$s/^/       /; s/ *$//'
	((${#known[@]})) || return 0
	echo "known, and shown by --strict:"
	for quirk in "${!shown_by[@]}"; do
		read -ra buckets <<<"${shown_by[$quirk]}"
		printf '  %-26s %3d in %s/, such as %s/\n' "$quirk" "${#buckets[@]}" \
			"${output#"$ROOT/"}" "${buckets[0]}"
	done | sort
}

# The order of the list: who may cause it, then whether anything was said, behaviour last.
rank() {
	local legality verdict

	legality=$(field "$1" legality)
	verdict=$(field "$1" verdict)
	case $legality in
	legal) printf 1 ;;
	firmware) printf 2 ;;
	cmdline) printf 3 ;;
	misuse) printf 4 ;;
	*) printf 0 ;;
	esac
	case $verdict in
	announced-loss) echo 2 ;;
	differs) echo 3 ;;
	*) echo 1 ;;
	esac
}

print_new() {
	local bucket seen order

	((${#new[@]})) || {
		echo "no new findings"
		return
	}
	order=$(for bucket in "${new[@]}"; do
		echo "$(rank "$output/$bucket/report.txt") $bucket"
	done | sort | cut -d ' ' -f 2)
	echo "new findings:"
	for bucket in $order; do
		seen=$output/$bucket/report.txt
		echo "  ${output#"$ROOT/"}/$bucket/"
		[[ $(field "$seen" verdict) ]] || continue
		printf '      %s by %s on %s (%s)\n' "$(field "$seen" verdict)" \
			"$(sed -n 's/^op: *[0-9]*: \([^ ]*\).*/\1/p' "$seen")" \
			"$(field "$seen" subject)" "$(field "$seen" legality)"
	done
}

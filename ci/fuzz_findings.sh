# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # the variables are those of ci/fuzz
#
# For ci/fuzz: from what the targets left in $stage to findings that a person can read. A bucket is
# BUCKET.bin and BUCKET.txt there, and $output/BUCKET/ afterwards.

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

# Options of earlyfuzz for the way that this run looks at things.
strictness() {
	case $strict in
	'') ;;
	1) echo --strict ;;
	*) echo "--strict=$strict" ;;
	esac
}

# The minimized scenario may have moved to another configuration of the same kernel.
kernel_of() {
	local kernel=${1#*@}

	echo "${kernel%%[+!]*}"
}

# minimize BUCKET DIR SUBJECT: DIR/scenario.scn, and what is wrong there to DIR/report.txt
minimize() {
	local bucket=$1 dir=$2 subject=$3 options

	mapfile -t options < <(strictness)
	attend timeout 60 "$earlyfuzz" min --raw --subject "$subject" "${options[@]}" \
		-o "$dir/scenario.scn" "$dir/raw.bin" >"$run/min.log" 2>&1 || {
		say "$bucket: not minimized: $(tail -n 1 "$run/min.log")"
		return 1
	}
	# Without its header: as a scenario like any other, not as a finding that must be there.
	sed '/^#/d' "$dir/scenario.scn" >"$run/plain.scn"
	attend timeout 60 "$earlyfuzz" run -v --kernel "$(kernel_of "$subject")" "${options[@]}" "$run/plain.scn" \
		>"$dir/report.txt" 2>&1 || :
	sed -i "s|$run/plain.scn|scenario.scn|g; \$a\\
" "$dir/report.txt"
}

# With its quirks switched on the model expects what the minimized scenario shows: known.
expected() {
	local quirks quirk

	[[ -n $strict ]] || return 1
	quirks=$("$earlyfuzz" run --kernel "$(kernel_of "$2")" "$run/plain.scn" 2>/dev/null) || return 1
	for quirk in $(sed -n 's/.*(quirks\{0,1\} \([^)]*\)).*/\1/p' <<<"$quirks" | tr ',' ' '); do
		shown_by[$quirk]+=" $1"
	done
}

# What the target says of the quirk that predicts the verdict. One bucket of each is enough for a person.
known_already() {
	local quirk

	quirk=$(field "$stage/$1.txt" quirk)
	[[ -n $quirk && -n ${shown_by[$quirk]:-} ]] || return 1
	shown_by[$quirk]+=" $1"
}

# finding BUCKET [quick]: raw input, minimized text and report appear together.
finding() {
	local bucket=$1 quick=${2:-} dir seen=$stage/$1.txt subject quirk whole=

	dir=$(mktemp -d "$output/.new.XXXXXX")
	on_exit "rm -rf '$dir'"
	cp "$stage/$bucket.bin" "$dir/raw.bin"
	subject=$(field "$seen" subject)
	if [[ -z $quick && -n $subject ]] && minimize "$bucket" "$dir" "$subject"; then
		whole=1
	else
		sed '1,/^$/d' "$seen" >"$dir/scenario.scn"
	fi
	{
		echo "As it was first seen, in raw.bin:"
		sed '/^$/,$d; s/^/  /' "$seen"
	} >>"$dir/report.txt"
	chmod a+rx "$dir"
	rm -rf "${output:?}/$bucket"
	mv "$dir" "$output/$bucket"
	mv "$seen" "$stage/$bucket.seen"
	rm -f "$stage/$bucket.bin"
	quirk=$(field "$stage/$bucket.seen" quirk)
	if [[ -n $quirk ]]; then
		known+=("$bucket")
		shown_by[$quirk]+=" $bucket"
	elif [[ -n $whole ]] && expected "$bucket" "$subject"; then
		known+=("$bucket")
	else
		new+=("$bucket")
	fi
}

collect() {
	local bin bucket

	judge_deaths
	for bin in "$stage"/*.bin; do
		[[ -f $bin ]] || continue
		bucket=$(basename "$bin" .bin)
		progress "$family: looking at what was found: $bucket"
		known_already "$bucket" || finding "$bucket"
	done
}

# Interrupted: what was found is kept as it is.
salvage() {
	local bin

	[[ -n ${stage:-} ]] || return 0
	for bin in "$stage"/*.bin; do
		[[ ! -f $bin ]] || finding "$(basename "$bin" .bin)" quick
	done
	return 0
}

new_on() {
	local bucket n=0

	for bucket in "${new[@]}"; do
		[[ $(field "$run/${bucket%%-*}/$bucket.seen" subject) != "$1" ]] || n=$((n + 1))
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
		echo "$(rank "$run/${bucket%%-*}/$bucket.seen") $bucket"
	done | sort | cut -d ' ' -f 2)
	echo "new findings:"
	for bucket in $order; do
		seen=$run/${bucket%%-*}/$bucket.seen
		echo "  ${output#"$ROOT/"}/$bucket/"
		[[ $(field "$seen" verdict) ]] || continue
		printf '      %s by %s on %s (%s)\n' "$(field "$seen" verdict)" \
			"$(sed -n 's/^op: *[0-9]*: \([^ ]*\).*/\1/p' "$seen")" \
			"$(field "$seen" subject)" "$(field "$seen" legality)"
	done
}

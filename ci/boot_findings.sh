# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154,SC2034 # the variables are those of ci/boot
#
# For ci/boot: a finding on a real boot. ci/boot_findings.list says for each how it is booted and
# which lines of the kernel show it.

findings_list=$ROOT/ci/boot_findings.list

# read_finding ID: sets memory, cmdline, map_entries, map_data, shows, nevers ...; dies for what
# cannot be shown.
read_finding() {
	local id=$1 word rest current='' there='' cannot='' k count start step size type

	shows=() nevers=() after='' mute='' endless='' map_entries=() map_data=()
	map_shown=ci/boot_findings.list map_line=0
	while read -r word rest; do
		map_line=$((map_line + 1))
		[[ -n $word && $word != '#'* ]] || continue
		if [[ $word == finding ]]; then
			current=
			[[ " $rest " != *" $id "* ]] || current=1 there=1
			continue
		fi
		[[ -n $current ]] || continue
		case $word in
		cannot) cannot=$rest ;;
		memory) memory=$rest ;;
		cmdline) cmdline=$rest ;;
		map) map_words "$rest" ;;
		data) map_words "data $rest" ;;
		fill)
			read -r count start step size type <<<"$rest"
			for ((k = 0; k < count; k++)); do
				map_entries+=("$((start + k * step)) $((size)) $((type))")
			done
			;;
		show) shows+=("$rest") ;;
		never) nevers+=("$rest") ;;
		after) after=$rest ;;
		mute) mute=$rest ;;
		endless) endless=1 ;;
		*) map_wrong "'$word', not one of those that the file names" ;;
		esac
	done <"$findings_list"
	if [[ -z $there ]]; then
		[[ -f $ROOT/corpus/findings/$id.scn ]] ||
			die "no finding '$id'; corpus/findings has them, and so \`earlyfuzz list findings\`"
		die "$id: how to boot it is not known: it is no finding of a firmware's map or a" \
			"command line, or ci/boot_findings.list has no stanza for it"
	fi
	[[ -z $cannot ]] || die "$id: cannot be shown by a boot: $cannot"
	[[ -n $mute ]] || ((${#shows[@]} + ${#nevers[@]})) || map_wrong "$id has nothing to show"
}

# The map as far as the stanza states one; with data alone a plain one.
finding_map() {
	((${#map_entries[@]} + ${#map_data[@]})) || return 0
	((${#map_entries[@]})) || map_entries=("0 $((0xa0000)) 1" "$((1 << 20)) $((511 << 20)) 1")
	map=finding
}

# What a reader needs to see it himself: what it is, and what was booted.
finding_told() {
	local each start size type n=0

	[[ ! -f $ROOT/corpus/findings/$finding.scn ]] ||
		sed -n '1s/^# */  what: /p' "$ROOT/corpus/findings/$finding.scn"
	echo "  machine: $memory; command line: ${cmdline:-(nothing of note)}"
	for each in "${map_entries[@]}"; do
		read -r start size type <<<"$each"
		((n++ < 8)) || break
		printf '  map: 0x%x-0x%x type %d\n' "$start" $((start + size - 1)) "$type"
	done
	((${#map_entries[@]} <= 8)) || echo "  map: ... ${#map_entries[@]} entries"
	for each in "${map_data[@]}"; do
		echo "  setup_data: $each"
	done
}

finding_boot() {
	local log=$work/boot.log each line bad=() last=

	progress "$finding: booting ${image_name:-$image}"
	boot_it "$log" "$cmdline"
	progress_done
	finding_told
	for each in "${shows[@]}"; do
		line=$(sed 's/^\[ *[0-9.]*\] //' "$log" | grep -aE -m 1 -e "$each") || :
		if [[ -n $line ]]; then
			echo "  $line"
		else
			bad+=("no line matches $each")
		fi
	done
	for each in "${nevers[@]}"; do
		line=$(sed 's/^\[ *[0-9.]*\] //' "$log" | grep -aE -m 1 -e "$each") || :
		if [[ -n $line ]]; then
			bad+=("but: $line")
		elif [[ $boot_end == facts ]] ||
			{ [[ -n $after ]] && grep -aqE -e "$after" "$log"; }; then
			echo "  (no line matches $each)"
		else
			bad+=("the boot ended before it could be seen that no line matches $each:" \
				"$(how_it_ended)")
		fi
	done
	if [[ -n $mute ]]; then
		if [[ -n $boot_muttered ]]; then
			echo "  $boot_muttered"
		else
			bad+=("nothing in its memory matches $mute")
		fi
	fi
	if [[ -n $endless ]]; then
		if [[ $boot_end == endless ]]; then
			echo "  (the same lines again, without end)"
		else
			bad+=("the boot has an end: $(how_it_ended)")
		fi
	fi
	[[ -z $output ]] || cp "$log" "$output" 2>/dev/null || die "cannot write $output"
	if ((${#bad[@]})); then
		say "$finding: not confirmed on ${image_name:-$image}:"
		printf '  %s\n' "${bad[@]}"
		result=1
		return
	fi
	say "$finding: confirmed on ${image_name:-$image} in $boot_seconds s"
}

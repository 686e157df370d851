# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154,SC2034 # the variables are those of ci/bisect
#
# For ci/bisect: what a revision shows. judge HASH fills record[HASH], one line of fields with | between:
#
#	kind		verdict, or pass, or skip: nothing can be said of this revision
#	op, name	index of the op that shows it, and the op's name
#	function	the kernel's function, where a report or a crash names one
#	why		of skip: why
#
#	hidden		of pass: kind and name of what a known behaviour, which is expected there, stands for
# and sets took, in microseconds, and known to where else the same was found, if it was.

declare -A record=()
judged=0	# since the script began
built=0		# builds among them
kernel=bisect	# its id
subject=	# what is run: once known, the same on each revision

now() {
	echo "${EPOCHREALTIME/[.,]/}"
}

seconds() {
	printf '%d.%d' $(($1 / 1000000)) $(($1 / 100000 % 10))
}

# field HASH NAME
field() {
	local kind op name function why hidden

	IFS='|' read -r kind op name function why hidden <<<"${record[$1]}"
	echo "${!2}"
}

# class HASH: shows (what the sought one shows), clean, or skip: it cannot be told.
class() {
	local kind op name function why hidden kind0 op0 name0 function0

	IFS='|' read -r kind op name function why hidden <<<"${record[$1]}"
	IFS='|' read -r kind0 op0 name0 function0 _ <<<"${record[$sought]}"
	case $kind in
	pass)
		if [[ -n $hidden && $hidden == "$kind0 $name0" ]]; then echo shows; else echo clean; fi
		;;
	skip) echo skip ;;
	*)
		if [[ $kind == "$kind0" && $name == "$name0" && $function == "$function0" ]]; then
			echo shows
		elif ((op > op0)); then
			echo clean	# the op has passed
		else
			echo skip
		fi
		;;
	esac
}

# --- files ---------------------------------------------------------------------------------

# files_of FAMILY...: of extracted/files.list, those that may change what FAMILY does: its own and
# those that it needs, every header
files_of() {
	awk -v families=" $* " '
		/^[^#]/ && $2 != "needs" && ($2 ~ /\.h$/ || index(families, " " $1 " ")) { print $2 }
	' "$ROOT/extracted/files.list"
}

# The families whose files this one is compiled with, itself among them.
families_behind() {
	case $family:$config in
	boot:*) echo range e820 early_res memblock ;;
	early_res:memblock) echo range memblock ;;
	*)
		echo "$family"
		sed -n "s/^$family *needs //p" "$ROOT/extracted/files.list"
		;;
	esac
}

read_paths() {
	local behind

	read -ra behind < <(families_behind | paste -sd ' ')
	mapfile -t paths < <(files_of "${behind[@]}")
	# the verdict depends on these, too
	sources=$(cd "$ROOT" && find reference fuzz extracted cmake CMakeLists.txt CMakePresets.json ci/bisect_judge.sh -type f \
		! -name '*_test.*' -print0 | sort -z | xargs -0 sha256sum | sha256sum)
}

# Why the family is not there at all, if so.
lacks_family() {
	local line path tree=$store/extracted/$kernel alternatives=()

	case $family:$config in
	boot:*) alternatives=(kernel/early_res.c mm/memblock.c) ;;
	early_res:memblock) alternatives=(mm/memblock.c) ;;
	*) alternatives=("$(sed -n "s/^$family  *\([^ ]*\.c\)\$/\1/p" "$ROOT/extracted/files.list")") ;;
	esac
	[[ $family != boot || -e $tree/arch/x86/kernel/e820.c ]] || {
		echo "has no arch/x86/kernel/e820.c"
		return
	}
	for path in "${alternatives[@]}"; do
		[[ ! -e $tree/$path ]] || break
		path=
	done
	[[ -n $path ]] || echo "has no ${alternatives[*]}"
	line=$(sed -n "s/^lacks: $family //p" "$tree/PROVENANCE")
	[[ -z $line || -z $path ]] || echo "has no $line"
}

# --- building ------------------------------------------------------------------------------

# What CMake is told; configured anew only when it differs from the last time.
configure() {
	local options dir=$store/$preset

	options=(--preset "$preset" -DEARLYFUZZ_KERNELS="$kernel" -DEARLYFUZZ_FAMILIES="$family"
		-DEARLYFUZZ_CONFIGS="$config"
		-DEARLYFUZZ_EXTRACTED="$store/extracted" -DEARLYFUZZ_CANARY_KERNEL=none
		-DEARLYFUZZ_BITS32="$([[ $config == x86_32* ]] && echo ON || echo OFF)")
	[[ ! -f $dir/build.ninja || ! -f $dir/configured || $(<"$dir/configured") != "${options[*]}" ]] ||
		return 0
	rm -f "$dir/configured"
	attend cmake -S "$ROOT" -B "$dir" "${options[@]}" || return
	echo "${options[*]}" >"$dir/configured"
}

build() {
	local targets=(earlyfuzz)

	[[ $config != x86_32* ]] || targets=(bits32)
	[[ -f $store/$preset/build.ninja ]] || say "building what all revisions share, once (build/bisect/$preset)"
	[[ ! -t 2 ]] || progress "building $(short "$revision")"
	{
		configure && attend cmake --build "$store/$preset" --target "${targets[@]}"
	} >"$store/$preset.log" 2>&1
}

# --- judging -------------------------------------------------------------------------------

# conclude KIND OP NAME FUNCTION WHY: no field may hold a |
conclude() {
	record[$revision]="$1|$2|$3|$4|${5//|/ }|"
}

# json NAME: the first value of that name in $work/json behind the last "verdict", or before
json() {
	sed -n "s/^ *\"$1\": \"\{0,1\}\([^\"]*[^\",]\)\"\{0,1\},\{0,1\}\$/\1/p" | head -n 1
}

# What the subject shows, from `earlyfuzz run --json`, into $work/json.
run_it() {
	local choice=(--kernel "$kernel") status=0 run verdict line

	[[ -z $subject ]] || choice=(--subject "$subject")
	attend "$store/$preset/fuzz/earlyfuzz" run --json ${raw:+--raw} ${strictness:+"$strictness"} \
		"${choice[@]}" "$scenario" >"$work/json" 2>"$work/err" </dev/null || status=$?
	if ((status > 1)); then
		line=$(tail -n 1 "$work/err")
		line=${line#earlyfuzz: }
		[[ $line != "$scenario":* ]] || die "$file${line#"$scenario"}"
		conclude skip '' '' '' "${line//"$scenario"/"$file"}"
		return
	fi
	# the first run of perhaps several: a configuration comes before its variants
	run=$(sed -n '/^  {/,/^  }/p;/^  }/q' "$work/json")
	verdict=$(sed -n '/"verdict": {/,$p' <<<"$run")
	subject=$(json subject <<<"$run")
	# what a fuzzed kernel lacks is left out of the run, and so is what is not known of it
	if [[ $(json skipped <<<"$run") != 0 ]]; then
		conclude skip '' '' '' "lacks functions of $(json skipped <<<"$run") of the ops"
	elif [[ -z $verdict ]]; then
		conclude pass '' '' '' ''
		[[ -n $strictness ]] || look_behind "$(json quirks <<<"$run")"
	else
		conclude "$(json kind <<<"$verdict")" "$(json op <<<"$verdict")" \
			"$(json text <<<"$verdict" | sed 's/ .*//')" "$(json function <<<"$verdict")" ''
	fi
}

# look_behind QUIRKS: known behaviours that were expected and have shown themselves. Kernels of other
# versions are not expected to have them: what they stand for is no difference between two revisions.
look_behind() {
	local quirks strict verdict

	read -ra quirks <<<"${1//,/ }"
	((${#quirks[@]})) || return 0
	strict=("${quirks[@]/#/--strict=}")
	attend "$store/$preset/fuzz/earlyfuzz" run --json ${raw:+--raw} "${strict[@]}" --subject "$subject" \
		"$scenario" >"$work/json" 2>"$work/err" </dev/null || :
	verdict=$(sed -n '/"verdict": {/,$p' "$work/json")
	[[ -z $verdict ]] || record[$revision]+="$(json kind <<<"$verdict") $(json text <<<"$verdict" | sed 's/ .*//')"
}

# extract REVISION: its files into $store/extracted; what keeps other revisions from being extracted, too,
# ends the script.
extract() {
	local line

	"$ROOT/ci/extract" -q --out "$store/extracted" "$kernel=git:$clone@$1" 2>"$work/err" && return
	line=$(tail -n 1 "$work/err")
	line=${line#ci/extract: }
	[[ $line != *interrupted* && $line != 'cannot '* ]] || die "$line"
	line=${line#"source 'git:$clone@$1' "}
	conclude skip '' '' '' "${line%%: looked for*}"
	return 1
}

# What decides the verdict, as a name.
key() {
	local tree=$store/extracted/$kernel path

	{
		echo "$sources $preset ${config:-} $strictness ${raw:-}"
		sha256sum <"$scenario"
		grep -E '^(kernel-version-code|version|families|lacks): ' "$tree/PROVENANCE"
		for path in "${paths[@]}"; do
			grep " $path\$" "$tree/PROVENANCE" || :
		done
	} | sha256sum | cut -c 1-32
}

judge() {
	local revision=$1 begun why noted
	begun=$(now)

	known=
	took=0
	[[ -z ${record[$revision]:-} ]] || return 0
	extract "$revision" || return 0
	noted=$store/verdicts/$(key)
	if [[ -f $noted ]]; then
		record[$revision]=$(sed -n 2p "$noted")
		known=$(sed -n 1p "$noted")
		[[ -n $subject ]] || subject=$(sed -n 3p "$noted")
		took=$(($(now) - begun))
		return 0
	fi
	judged=$((judged + 1))
	why=$(lacks_family)
	if [[ -n $why ]]; then
		conclude skip '' '' '' "${why%%$'\n'*}"
	else
		built=$((built + 1))
		build || build_failed
		[[ -n ${record[$revision]:-} ]] || left_out || run_it
	fi
	took=$(($(now) - begun))
	printf '%s\n' "$revision" "${record[$revision]}" "$subject" >"$work/noted"
	mv "$work/noted" "$noted"
}

# The suite's own build is broken, or a file of this kernel is not what build-subject can explain: the
# first ends the script, as would the next revision.
build_failed() {
	grep -q '^FAILED: .*extracted/.*bisect' "$store/$preset.log" || {
		tail -n 20 "$store/$preset.log" >&2
		die "the suite does not build: the whole log is build/bisect/$preset.log"
	}
	conclude skip '' '' '' "does not build (log: build/bisect/$preset.log)"
}

# left_out: could the subject not be built? Others of the family do not matter.
left_out() {
	local wanted=$subject line

	[[ -n $wanted || -z $config ]] || wanted=$family@$kernel$([[ $config == normal ]] || echo "+$config")
	[[ -n $wanted ]] || wanted=$family@$kernel
	line=$("$store/$preset/fuzz/earlyfuzz" list subjects 2>/dev/null |
		grep -F "subject $wanted left out: " | head -n 1) || :
	[[ -n $line ]] || {
		subject=$wanted
		[[ -n $config ]] || subject=
		return 1
	}
	conclude skip '' '' '' "does not build: ${line#*left out: }"
}

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154,SC2034 # the variables are those of ci/fuzz
#
# For ci/fuzz --again: how long it takes to find each recorded finding anew, with nothing to begin with.
#
# For every quirk that corpus/findings names one run: this quirk is not expected, all others are,
# until an input shows it or time is up. With --together one run for all quirks of a family: none is
# expected until it has shown itself on a subject; far cheaper, but what one quirk does to a scenario
# may hide another. What counts is the processor's time of all fuzzing
# processes, user and system, as /proc tells it; between two looks at it lies about a fifth of a
# second.

# recorded FAMILY: "QUIRK KERNELS FINDING..." one line a quirk, KERNELS joined by commas.
recorded() {
	local file

	for file in "$ROOT"/corpus/findings/*.scn; do
		[[ -f $file ]] || continue
		awk -v family="$1" -v name="$(basename "$file" .scn)" '
			$1 == "#" && $2 == "quirk:" { quirk = $3 }
			$1 == "#" && $2 == "kernels:" {
				for (i = 3; i <= NF; i++) {
					sub(/\+.*/, "", $i)
					kernels = kernels (kernels ? "," : "") $i
				}
			}
			$1 == "scenario" && $2 == family && quirk != "" { print quirk, kernels, name }
			$1 == "scenario" { exit }' "$file"
	done | awk '
		{
			if (!($1 in kernels))
				order[++n] = $1
			kernels[$1] = kernels[$1] (kernels[$1] ? "," : "") $2
			names[$1] = names[$1] " " $3
		}
		END {
			for (i = 1; i <= n; i++)
				print order[i], kernels[order[i]] names[order[i]]
		}'
}

# check_again: every name given with --again is that of a finding or of a quirk of these families.
check_again() {
	local name family

	for name in "${again[@]}"; do
		for family in "${families[@]}"; do
			! recorded "$family" | cut -d " " -f 1,3- | tr " " "\n" |
				grep -xF -- "$name" >/dev/null || continue 2
		done
		die "option --again: '$name': no finding or quirk of ${families[*]}: see earlyfuzz list findings"
	done
}

# Is one of these kernels, by id or release, among those that were built?
built() {
	local kernel id release

	while IFS=$'\t' read -r id release; do
		for kernel in ${1//,/ }; do
			[[ $kernel != "$(kernel_of "$id")" && $kernel != "$release" ]] || return 0
		done
	done < <(env -u EARLYFUZZ_STRICT "$(program "$2")" --subjects)
	return 1
}

# Centiseconds of the processor, user and system, that the processes of a group have had.
cpu_of() {
	{ cat /proc/[0-9]*/stat 2>/dev/null || :; } | sed 's/^.*) //' |
		awk -v group="$1" -v hz="$(getconf CLK_TCK)" '
		$3 == group { ticks += $12 + $13 + $14 + $15 }
		END { printf "%d\n", ticks * 100 / hz }'
}

seconds() {
	printf '%d.%02d' "$(($1 / 100))" "$(($1 % 100))"
}

# What a run has shown so far, by quirk: its report, and CPU time and executions until then.
declare -A report_of=() cpu_at=() executions_at=()

# note_reports: of the quirks that this run looks for, $sought, those that have a report by now.
note_reports() {
	local report quirk

	for report in "$stage"/*.txt; do
		[[ -f $report && -z ${noted[$report]:-} ]] || continue
		noted[$report]=1
		quirk=$(field "$report" quirk)
		[[ -n $quirk && " $sought " == *" $quirk "* && -z ${report_of[$quirk]:-} ]] || continue
		report_of[$quirk]=$report
		cpu_at[$quirk]=$again_cpu
		executions_at[$quirk]=$(executions)
		shown=$((shown + 1))
	done
}

# tick_again PID: ends the run once all that it looks for has shown itself.
tick_again() {
	local cpu

	cpu=$(cpu_of "$1")
	((cpu <= again_cpu)) || again_cpu=$cpu
	note_reports
	if ((shown == $(wc -w <<<"$sought"))); then
		kill -TERM -- "-$1" 2>/dev/null || :
		return 0
	fi
	((SECONDS - last_tick >= 2)) || return 0
	last_tick=$SECONDS
	progress "$strict: $((SECONDS - began)) of $time s, $(seconds "$again_cpu") CPU seconds, $shown found"
}

# run_again FAMILY STRICT QUIRK...: looks for these until all are found or time is up; sets again_cpu.
run_again() {
	local -A noted=()
	local sought="${*:3}" shown=0

	family=$1 strict=$2
	stage=$run/again.$family.$strict
	corpus=$run/corpus.$family.$strict
	rm -rf "$run/died"
	mkdir -p "$stage" "$run/died"
	export EARLYFUZZ_FINDINGS=$stage EARLYFUZZ_STATS=$run/$family.stats EARLYFUZZ_STRICT=$strict
	rm -f "$EARLYFUZZ_STATS"
	seed "$family"
	began=$SECONDS
	deadline=$((SECONDS + time))
	last_tick=$SECONDS
	again_cpu=0
	ATTEND_TICK=tick_again attend workers || :
	# it may have come with the last inputs, or have killed the process that it came in
	judge_deaths
	note_reports
	rm -rf "$corpus"
	progress_done
}

again_row() {
	printf '%-32s %12s %14s  %s\n' "$@"
}

again_result() {
	local quirk=$1 report=${report_of[$1]:-}

	if [[ -n $report ]]; then
		again_row "$quirk" "$(seconds "${cpu_at[$quirk]}")" "$(commas "${executions_at[$quirk]}")" \
			"$(sed -n 's/^op: *[0-9]*: \([^ ]*\).*/\1/p' "$report"), $(field "$report" subject)"
	else
		not_found+=("$quirk")
		again_row "$quirk" "> $(seconds "$again_cpu")" "$(commas "$(executions)")" 'not found'
	fi
}

wanted_again() {
	local name each

	((${#again[@]})) || return 0
	for name in "${again[@]}"; do
		for each; do
			[[ $each != "$name" ]] || return 0
		done
	done
	return 1
}

# find_again: the table; returns 1 when something was not found.
find_again() {
	local family quirk kernels names not_found=() elsewhere=() sought=() count=0 each each_of=each

	check_again
	again_row quirk 'CPU seconds' executions 'by, on'
	for each in "${families[@]}"; do
		sought=()
		while read -r quirk kernels names; do
			# shellcheck disable=SC2086 # words
			wanted_again "$quirk" $names || continue
			if built "$kernels" "$each"; then
				sought+=("$quirk")
			else
				elsewhere+=("$quirk")
			fi
		done < <(recorded "$each")
		count=$((count + ${#sought[@]}))
		if [[ -n $together && ${#sought[@]} -gt 0 ]]; then
			run_again "$each" 1 "${sought[@]}"
		fi
		for quirk in "${sought[@]}"; do
			[[ -n $together ]] || run_again "$each" "$quirk" "$quirk"
			again_result "$quirk"
		done
	done
	((${#elsewhere[@]} == 0)) || echo "not looked for, none of ${ids[*]} has them: ${elsewhere[*]}"
	[[ -z $together ]] || each_of="all of a family together"
	((count)) || die "none of ${ids[*]} has a recorded finding of ${families[*]}"
	echo "$((count - ${#not_found[@]})) of $count found again, in at most $time s for $each_of," \
		"on $jobs processes"
	((${#not_found[@]} == 0)) || {
		echo "not found: ${not_found[*]}"
		return 1
	}
}

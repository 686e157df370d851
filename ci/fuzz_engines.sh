# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # the variables are those of ci/fuzz
#
# For ci/fuzz: the fuzzing processes. $family, $corpus, $run, $stage, $deadline, $jobs and $engine say
# what to do. The targets do not stop at a verdict (EARLYFUZZ_FINDINGS): only what kills
# the process needs a new one.

# A program of the family, of either engine, for everything that is not fuzzing.
program() {
	if [[ $engine == afl ]]; then
		echo "$builds/afl/fuzz/afl_$1"
	else
		echo "$builds/libfuzzer$wide/fuzz/fuzz_$1"
	fi
}

# subject, executions, ops left out, inputs with a verdict, QUIRK=INPUTS...; tab-separated
stats() {
	[[ ! -s $run/$1.stats ]] || "$(program "$1")" --stats "$run/$1.stats" 2>/dev/null || :
}

# Of the family so far.
executions() {
	stats "$family" | awk -F'\t' '{ n += $2 } END { printf "%d\n", n }'
}

# The largest number of edges that a process of libFuzzer reports.
edges_so_far() {
	cat "$run"/libfuzzer.*.log 2>/dev/null |
		sed -n 's/^#.* cov: \([0-9]*\) .*/\1/p' | sort -n | tail -n 1
}

# The words that a family with texts has, for its fuzzers: words=(FILE), or ().
dictionary() {
	words=("$run/$family.words")
	"$(program "$family")" --dictionary >"${words[0]}"
	[[ -s ${words[0]} ]] || words=()
}

workers() {
	local n nr_libfuzzer=0 nr_afl=0
	local -a words

	dictionary

	case $engine in
	libfuzzer) nr_libfuzzer=$jobs ;;
	afl) nr_afl=$jobs ;;
	both) nr_afl=$(((jobs + 1) / 2)) nr_libfuzzer=$((jobs - nr_afl)) ;;
	esac
	[[ $engine != both ]] || ((nr_libfuzzer)) || nr_libfuzzer=1
	# a copy: libFuzzer takes files away while AFL++ reads them
	((nr_afl == 0)) || cp -r "$corpus" "$run/seeds.$family"
	trap - INT TERM HUP ERR EXIT
	set +e
	for ((n = 0; n < nr_libfuzzer; n++)); do
		libfuzzer_worker "$n" &
	done
	for ((n = 0; n < nr_afl; n++)); do
		afl_worker "$n" &
	done
	wait
}

# One process after the other until time is up; each death leaves its input in died.N/.
libfuzzer_worker() {
	local log=$run/libfuzzer.$1.log died=$run/died.$1 left began deaths artifact
	local target=$builds/libfuzzer$wide/fuzz/fuzz_$family

	mkdir -p "$died"
	while left=$((deadline - SECONDS)) && ((left > 0)); do
		began=$SECONDS
		"$target" -max_total_time="$left" -seed=$(((RANDOM << 15 | RANDOM) + 1)) -reload=1 \
			-timeout=60 -detect_leaks=0 "${words[@]/#/-dict=}" -artifact_prefix="$died/" "$corpus" \
			>"$log" 2>&1 && break
		deaths=0
		for artifact in "$died"/*; do
			[[ -f $artifact ]] || continue
			quarantine "$artifact"
			deaths=$((deaths + 1))
		done
		if ((deaths == 0 && SECONDS - began < 2)); then
			tail -n 1 "$log" >"$run/refused.$1"
			break
		fi
	done
}

# An input that kills must not lie in the corpus: every process would die of it at its start.
quarantine() {
	local size

	size=$(stat -c %s "$1")
	find "$corpus" -type f -size "${size}c" -exec cmp -s {} "$1" \; -delete
	mv "$1" "$run/died/"
}

afl_worker() {
	local log=$run/afl.$1.log built=$builds/afl/fuzz

	AFL_CUSTOM_MUTATOR_LIBRARY=$built/libearlyfuzz_mutator_$family.so AFL_CUSTOM_MUTATOR_ONLY=1 \
		AFL_DISABLE_TRIM=1 AFL_NO_UI=1 AFL_TRY_AFFINITY=1 AFL_SKIP_CPUFREQ=1 \
		AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_IMPORT_FIRST=1 \
		EARLYFUZZ_TARGET=$built/afl_$family \
		afl-fuzz -V "$((deadline - SECONDS))" -t 10000+ "${words[@]/#/-x}" -i "$run/seeds.$family" -o "$run/afl.$family" -S "w$1" \
		-- "$built/afl_$family" >"$log" 2>&1 && return
	sed -n 's/\x1b\[[0-9;?]*[a-zA-Z]//g; s/.*PROGRAM ABORT : *//p' "$log" | head -n 1 >"$run/refused.$1"
}

# After the run: what AFL++ found new edges with joins the corpus, its crashes the other deaths.
harvest() {
	local crash why
	local -a queue crashes

	mapfile -t queue < <(compgen -G "$run/afl.$family/w*/queue/id:*+cov" || :)
	if ((${#queue[@]})); then
		env -u EARLYFUZZ_STATS "$(program "$family")" --import "$corpus" "${queue[@]}" >"$run/import" 2>&1 ||
			say "$family: AFL++'s inputs are lost: $(tail -n 1 "$run/import")"
	fi
	mapfile -t crashes < <(compgen -G "$run/afl.$family/w*/crashes/id:*" || :)
	for crash in "${crashes[@]}"; do
		cp -- "$crash" "$run/died/afl-${crash##*/}"
	done
	for why in "$run"/refused.*; do
		[[ -s $why ]] || continue
		(($(executions) > 0)) || die "$family: the fuzzer refuses to run: $(<"$why")"
		say "$family: a fuzzer stopped early: $(<"$why")"
	done
	rm -f "$run"/refused.*
}

# What AFL++ would stop for, and why we go on. The files have other names in tests.
explain_engines() {
	local pattern=${EARLYFUZZ_CORE_PATTERN:-/proc/sys/kernel/core_pattern}
	local governor=${EARLYFUZZ_GOVERNOR:-/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor}

	[[ $engine != libfuzzer ]] || return 0
	[[ $(<"$pattern") != '|'* ]] ||
		say "core_pattern pipes to a program: AFL++ hears of a crash late, which its time limit here allows for"
	[[ ! -r $governor || $(<"$governor") == performance ]] ||
		say "the processor's governor is $(<"$governor"): AFL++ runs all the same, but slower"
}

print_engines() {
	local family worker

	for family in "${fuzzed[@]}"; do
		for worker in "$run/afl.$family"/w*/fuzzer_stats; do
			[[ -f $worker ]] || continue
			awk -v f="$family" -F' *: *' '
				$1 == "stability" { s = $2 }
				$1 == "execs_per_sec" { e = $2 }
				END { printf "AFL++ on %s: stability %s, %s exec/s a process\n", f, s, e }' "$worker"
			break
		done
	done
}

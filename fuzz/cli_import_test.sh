#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of `earlyfuzz import` and of what -o names. usage and environment as cli_test.sh.
set -euo pipefail
# shellcheck source=ci/testlib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../ci/testlib.sh"

TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
export ASAN_OPTIONS=symbolize=0

# shellcheck source=fuzz/cli_testlib.sh
. "$TOP/fuzz/cli_testlib.sh"

LOGS=$TOP/fuzz/testdata

# The text is a scenario of its own; what was skipped is told; a file appears as a whole.
case_import() {
	expect 0 earlyfuzz import "$LOGS/import/boot.log"
	cp "$T/said" boot.scn
	says boot.scn "# map: BIOS-e820, 3 entries"
	says boot.scn "# source notation: start - end_inclusive"
	says boot.scn "# log of Linux: 6.1.0-99-amd64"
	# shellcheck disable=SC2016 # that is a memmap=, no expansion
	says boot.scn '  param "memmap=16M$48M,1M#4G"'
	says "$T/errors" "skipped 1 line (not about the memory map): 8"
	"$BUILT/fuzz/earlyfuzz" import -q - <"$LOGS/import/boot.log" >stdin.scn
	diff <(sed 1d stdin.scn) <(sed 1d boot.scn)
	expect 0 earlyfuzz import -q "$LOGS/import/boot.log" -o file.scn
	[[ ! -s $T/said && ! -s $T/errors ]]
	cmp file.scn boot.scn
	expect 0 earlyfuzz run boot.scn
	expect 0 earlyfuzz import "$LOGS/import/memmap.dir"
	says "$T/said" "# map: /sys/firmware/memmap, 5 entries"
}

# What -o names and is no regular file is written to itself, and stays what it is.
case_output_elsewhere() {
	expect 0 earlyfuzz import -q "$LOGS/import/boot.log"
	cp "$T/said" plain.scn
	mkfifo pipe
	cat pipe >read.scn &
	expect 0 earlyfuzz import -q "$LOGS/import/boot.log" -o pipe
	wait $!
	[[ -p pipe ]] || fail "the FIFO was replaced"
	cmp read.scn plain.scn
	echo before >appended
	expect 0 bash -c "'$BUILT/fuzz/earlyfuzz' import -q '$LOGS/import/boot.log' -o /dev/stdout >>appended"
	cmp appended <(echo before && cat plain.scn)
	expect 0 bash -c "'$BUILT/fuzz/earlyfuzz' import -q '$LOGS/import/boot.log' -o /dev/fd/7 7>>appended"
	[[ $(grep -c ^scenario appended) -eq 2 ]]
	# a device that is always full, by a name that cannot be replaced
	expect 2 bash -c "'$BUILT/fuzz/earlyfuzz' import -q '$LOGS/import/boot.log' -o /dev/fd/7 7>/dev/full"
	says "$T/errors" "earlyfuzz: /dev/fd/7: cannot write: No space left on device"
	[[ $(wc -l <"$T/errors") -eq 1 ]]
}

# A link is followed, to a file that is not there, too; what was there keeps its mode.
case_output_links() {
	mkdir there
	echo before >there/file
	chmod 640 there/file
	ln -s file there/inner
	ln -s there/inner outer
	ln -s there/new dangling
	ln -s loop loop
	expect 0 earlyfuzz import -q "$LOGS/import/boot.log" -o outer
	expect 0 earlyfuzz import -q "$LOGS/import/boot.log" -o dangling
	[[ -L outer && -L there/inner && -L dangling && -f there/new ]] || fail "a link was replaced"
	[[ $(stat -c %a there/file) == 640 ]] || fail "mode $(stat -c %a there/file)"
	cmp there/file there/new
	says there/file "# map: BIOS-e820, 3 entries"
	expect 2 earlyfuzz import -q "$LOGS/import/boot.log" -o loop
	says "$T/errors" "earlyfuzz: loop: cannot write: Too many levels of symbolic links"
	expect 2 earlyfuzz import -q "$LOGS/import/boot.log" -o there
	says "$T/errors" "earlyfuzz: there: cannot write: Is a directory"
	[[ -z $(find . -name '*.??????') ]] || fail "something half-written: $(find .)"
}

case_import_checks() {
	expect 0 earlyfuzz import -q --check "$LOGS/import-check/agrees.log"
	says "$T/said" "25 facts agree, 0 differ"
	says "$T/said" "8 facts given: the scenario is made of them"
	says "$T/said" "1 facts not compared: memblock's tables at a later time"
	says "$T/said" "Linux 6.12.99-amd64, held against e820@debian-6.12 "
	expect 0 earlyfuzz import -q --check --kernel debian-6.1 "$LOGS/import-check/agrees.log"
	says "$T/said" "held against e820@debian-6.1 "
	expect 0 earlyfuzz import -q --check "$LOGS/import-check/panics.log"
	says "$T/said" "1 facts agree, 0 differ"
}

# Each fact can differ: one digit, or one word, of one line.
case_import_check_differs() {
	local line change n=0

	while read -r line change; do
		sed "$line$change" "$LOGS/import-check/agrees.log" >changed.log
		! cmp -s changed.log "$LOGS/import-check/agrees.log" || fail "line $line: no change"
		expect 1 earlyfuzz import -q --check changed.log
		says "$T/said" "differs: line $line: "
		says "$T/said" "24 facts agree, 1 differ"
		n=$((n + 1))
	done <<'END'
11 s/'mem'/'memmap'/
15 s/fff\] reserved/fff] ACPI data/
17 s/1ffffff/1fffffe/
19 s/02100000/02200000/
24 s/0x6000/0x5fff/
26 s/1ffffff/1efffff/
32 s/00100000-/00200000-/
37 s/0009f000/000a0000/
39 s/08000000/09000000/
40 s/07ffffff/07fffffe/
42 s/03ffffff/02ffffff/
END
	((n == 11))
	# what the log does not mention, and what the kernel does not do
	sed '/remove \[mem 0x06000000/d' "$LOGS/import-check/agrees.log" >changed.log
	expect 1 earlyfuzz import -q --check changed.log
	says "$T/said" "differs: log: nothing of it"
	sed '/exactmap/s/exactmap/exactmap,64M@0,64M@128M/' "$LOGS/import-check/panics.log" >changed.log
	expect 1 earlyfuzz import -q --check changed.log
	says "$T/said" "differs: line 6: panic: invalid user supplied memory map"
}

# A line that an op is made of agrees with itself: that is no fact of the kernel's.
case_import_check_given() {
	sed '23a e820: remove [mem 0xe0000000-0xefffffff] ACPI NVS' \
		"$LOGS/import-check/agrees.log" >more.log
	expect 0 earlyfuzz import -q --check more.log
	says "$T/said" "9 facts given"
	says "$T/said" "25 facts agree, 0 differ"
	head -9 "$LOGS/import-check/agrees.log" | sed 1,2d >map.log
	expect 2 earlyfuzz import -q --check map.log
	says "$T/errors" "states nothing that a kernel could be held against"
}

# Nodes of setup_data: the kernel walks a chain of them. One that two tables are told of is told twice.
case_import_check_setup_data() {
	local log=$TOP/corpus/bootlogs/map-data-seed.log

	expect 0 earlyfuzz import -q "$log"
	says "$T/said" "  data 3M rng_seed 0"
	says "$T/said" "  data 0x310000 pci 0x10"
	expect 0 earlyfuzz import -q --check "$log"
	says "$T/said" " 0 differ"
	sed 's/setup_data: \[mem 0x0000000000310000-0x000000000031001f\]/setup_data: [mem 0x310000-0x31002f]/' \
		"$log" >changed.log
	expect 1 earlyfuzz import -q --check changed.log
	says "$T/said" " 1 differ"
	# nodes that no chain in memory can have are changes
	sed 's/update \[mem 0x00300000-0x0030000f\]/update [mem 0x00300000-0x0030000e]/' "$log" >odd.log
	expect 0 earlyfuzz import -q odd.log
	says "$T/said" "update start=3M size=0xf old=ram new=reserved_kern"
	! grep -q reserve_setup_data "$T/said"
}

# A log that is cut states less, and nothing else.
case_import_check_cut() {
	local log name n status bytes

	for name in exactmap-list map-data exactmap-alone; do
		log=$TOP/corpus/bootlogs/$name.log
		for ((n = 1; n < $(wc -l <"$log"); n++)); do
			status=0
			head -n "$n" "$log" >cut.log
			earlyfuzz import -q --check cut.log >said 2>&1 || status=$?
			((status != 1)) || fail "$name cut after line $n: $(<said)"
		done
		bytes=$(stat -c %s "$log")
		for ((n = 997; n < bytes; n += 97)); do
			status=0
			head -c "$n" "$log" >cut.log
			earlyfuzz import -q --check cut.log >said 2>&1 || status=$?
			((status != 1)) || fail "$name cut after byte $n: $(<said)"
		done
	done
	head -n 12 "$TOP/corpus/bootlogs/exactmap-list.log" >cut.log
	expect 0 earlyfuzz import --check cut.log
	says "$T/said" "facts not compared: what the kernel does where the log ends"
	# and in the middle of the log it is missing
	sed 12d "$TOP/corpus/bootlogs/exactmap-list.log" >less.log
	expect 1 earlyfuzz import -q --check less.log
	printf '%s' "$(<cut.log)" >noend.log
	expect 0 earlyfuzz import --check noend.log
	says "$T/errors" "noend.log:12: no line end: the log may be cut in this line"
}

case_import_check_json() {
	expect 0 earlyfuzz import -q --check --json "$LOGS/import-check/agrees.log"
	json_check agree differ <"$T/said"
	says "$T/said" '"agree": 25'
	sed '24s/0x6000/0x6001/' "$LOGS/import-check/agrees.log" >changed.log
	expect 1 earlyfuzz import -q --check --json changed.log
	json_check agree differ <"$T/said"
	says "$T/said" '"log": "last_pfn = 0x6001"'
	says "$T/said" '"kernel": "last_pfn = 0x6000"'
}

# A log of memblock=debug is a scenario of the boot's calls, which runs as the model predicts.
case_import_memblock() {
	local log=$TOP/corpus/bootlogs/memblock/numa-6.1.log calls

	expect 0 earlyfuzz import --family memblock "$log" -o boot.scn
	[[ ! -s $T/said && ! -s $T/errors ]]
	says boot.scn "scenario memblock config=normal"
	says boot.scn "# log of Linux: 6.1.0-"
	# blocks for calls and the node's data are chosen, not given
	calls=$(grep -c '^memblock_reserve: .* memblock_alloc_range_nid+' "$log")
	[[ $(grep -c '^[a-z_]*alloc[a-z_]* ' boot.scn) -eq $calls ]]
	expect 0 earlyfuzz run boot.scn
	expect 0 earlyfuzz import --family memblock "$TOP/corpus/bootlogs/memblock/doubled-6.1.log" -o long.scn
	says "$T/errors" "a scenario has room for no more (--check replays all)"
	says long.scn "# the first 256 of "
	expect 0 earlyfuzz run long.scn
	expect 2 earlyfuzz import --family range "$log"
	says "$T/errors" "--family 'range', expected e820, memblock or boot"
	expect 2 earlyfuzz import --family memblock "$LOGS/import/boot.log"
	says "$T/errors" "no call of memblock up to here"
}

# Replayed, every block, table and sum of it agrees; both families are told, and as one JSON object.
case_import_memblock_checks() {
	local log name chosen

	for log in "$TOP"/corpus/bootlogs/memblock/*.log; do
		name=${log##*-}
		chosen=$(grep -c '^memblock_reserve: .* memblock_alloc_range_nid+' "$log")
		expect 0 earlyfuzz import -q --check --family memblock "$log"
		says "$T/said" "held against memblock@debian-${name%.log} "
		says "$T/said" "$chosen chosen addresses agree, 0 differ"
		says "$T/said" "$(grep -c '^memblock: .* is doubled' "$log") doublings agree"
		says "$T/said" "the tables agree 3 times ($(grep -c '^ [a-z]*\[0x' "$log") regions)"
		says "$T/said" " calls as it predicted"
		# since v6.11 what is available is told when much of it has been handed out
		[[ $(grep -c "not compared" "$T/said") -eq "$([[ $name == 6.1.log ]]; echo $?)" ]] ||
			fail "$name: something is not compared"
	done
	expect 0 earlyfuzz import -q --check --json "$log"
	"$BUILT/fuzz/json_check" agree differ memblock <"$T/said"
	expect 0 earlyfuzz import -q --check --json --family memblock "$log"
	"$BUILT/fuzz/json_check" agree differ chosen_agree tables_agree calls_from predicted <"$T/said"
	# a log without memblock's calls is none of them
	expect 0 earlyfuzz import -q --check "$LOGS/import-check/agrees.log"
	! grep -q memblock@ "$T/said" || fail "memblock was checked"
}

# Each fact can differ: one digit of one line. What a log does not show is told.
case_import_memblock_differs() {
	local log=$TOP/corpus/bootlogs/memblock/plain-6.12.log line what change n=0

	while read -r what change; do
		line=$(grep -n -- "${what//_/ }" "$log" | tail -n 1 | cut -d : -f 1)
		sed "$line$change" "$log" >changed.log
		! cmp -s changed.log "$log" || fail "$what: no change"
		expect 1 earlyfuzz import -q --check --family memblock changed.log
		says "$T/said" "differs: line $line: "
		n=$((n + 1))
	done <<'END'
memblock.alloc.range.nid s/000-0x\(.*\)fff\]/000-0x\1ffe]/
memblock.alloc.range.nid s/\[0x00000000\(.\)/[0x00000001\1/
Memory:.*K.available s/\([0-9]*\)K available/1\1K available/
Memory:.*K.available s/\([0-9]*\)K reserved/1\1K reserved/
.memory.size.= s/reserved size = 0x0/reserved size = 0x1/
.memory.size.= s/memory size = 0x0/memory size = 0x1/
memory.cnt s/$/0/
memory.0x1..\[ s/node 0/node 1/
reserved.0x1..\[ s/flags: 0x0/flags: 0x10/
reserved.0x3..\[ s/on node 0 //
END
	((n == 10))
	# a line that is not there, and one that nobody made
	line=$(grep -n 'memblock_alloc_range_nid+' "$log" | tail -n 1 | cut -d : -f 1)
	sed "${line}d" "$log" >changed.log
	expect 1 earlyfuzz import -q --check --family memblock changed.log
	says "$T/said" "differs: log: nothing of it"
	sed "${line}a memblock: memory is doubled to 256 at [0x1000-0x27ff]" "$log" >changed.log
	expect 1 earlyfuzz import -q --check --family memblock changed.log
	says "$T/said" "differs: line $((line + 1)): doubled to 256"
	sed "${line}a ** 7 printk messages dropped **" "$log" >changed.log
	expect 0 earlyfuzz import -q --check --family memblock changed.log
	says "$T/said" "lines are missing from line $((line + 1)) on"
	says "$T/said" "facts not compared: lines are missing in the log before them"
	sed "${line}s/.\{20\}\$//" "$log" >changed.log
	expect 2 earlyfuzz import -q --check changed.log
	[[ $(wc -l <"$T/errors") -eq 1 ]]
	head -n $((line - 1)) "$log" >changed.log
	expect 0 earlyfuzz import -q --check --family memblock changed.log
	says "$T/said" "1 facts not compared: what the kernel does where the log ends"
}

# A whole boot is a scenario of family boot that ends with the hand-off, and runs as the model predicts.
case_import_boot() {
	local log=$TOP/corpus/bootlogs/boot/two-1g-6.1.log

	expect 0 earlyfuzz import --family boot "$log" -o boot.scn
	[[ ! -s $T/said && ! -s $T/errors ]]
	says boot.scn "scenario boot config=normal"
	says boot.scn "# log of Linux: 6.1.0-"
	[[ $(grep -c '^\(firmware\|cmdline\|finish\|bios\|setup\|handoff\)' boot.scn) -eq 6 ]]
	[[ $(grep -c '^node ' boot.scn) -eq 2 ]]
	expect 0 earlyfuzz run boot.scn
	# lines are missing, memory is taken away by hand, there is no call of memblock
	sed '/^Zone ranges/i ** 7 printk messages dropped **' "$log" >changed.log
	expect 2 earlyfuzz import --family boot changed.log
	says "$T/errors" "no whole boot: lines are missing"
	expect 0 earlyfuzz import -q --check changed.log
	says "$T/said" "no whole boot: lines are missing (line "
	sed '/^Zone ranges/i memblock_remove: [0x0000000000400000-0x0000000000400fff] some+0x1/0x2' \
		"$log" >changed.log
	expect 2 earlyfuzz import --family boot --check changed.log
	says "$T/errors" "no whole boot: memory is added or taken away beside the map"
	expect 2 earlyfuzz import --family boot "$LOGS/import/boot.log"
	says "$T/errors" "no call of memblock up to here"
}

# All of it agrees: blocks, pages, both sums where they are told at the hand-off, ranges of pages.
case_import_boot_checks() {
	local log name blocks sums n=0

	for log in "$TOP"/corpus/bootlogs/boot/*.log; do
		name=${log##*-}
		blocks=$(grep -c '^memblock_reserve: .* memblock_alloc_range_nid+' "$log")
		sums=2
		[[ $name == 6.1.log ]] || sums=1
		expect 0 earlyfuzz import -q --check --family boot "$log"
		says "$T/said" "held against boot@debian-${name%.log} "
		says "$T/said" " and $sums sums as in the log"
		says "$T/said" " ops as it predicted"
		says "$T/said" " facts agree, 0 differ"
		# some blocks of machines with nodes are asked for as no op can
		[[ $blocks -eq $(awk '/ whole boot:/ { n += $7 } / blocks put where / { n += $1 }
			END { print n }' "$T/said") ]] || fail "$log: blocks are missing"
		! grep -q 'no whole boot\|at another time' "$T/said" || fail "$log: not compared"
		n=$((n + 1))
	done
	((n == 8))
	expect 0 earlyfuzz import -q --check --json "$log"
	"$BUILT/fuzz/json_check" agree differ memblock boot <"$T/said"
	expect 0 earlyfuzz import -q --check --json --family boot "$log"
	"$BUILT/fuzz/json_check" agree differ chosen_agree pages ranges_agree predicted <"$T/said"
}

# Each fact can differ: one digit of one line.
case_import_boot_differs() {
	local log=$TOP/corpus/bootlogs/boot/two-1g-6.1.log what line change says n=0

	while IFS='|' read -r what change says; do
		line=$(grep -n -- "$what" "$log" | tail -n 1 | cut -d : -f 1)
		sed "$line$change" "$log" >changed.log
		! cmp -s changed.log "$log" || fail "$what: no change"
		expect 1 earlyfuzz import -q --check --family boot changed.log
		says "$T/said" "$says"
		n=$((n + 1))
	done <<'END'
memblock_alloc_range_nid|s/\[0x00000000\(.\)/[0x00000001\1/|differs: line
^Memory: .*K available|s/: \([0-9]*\)K/: 1\1K/|pages available
^Memory: .*K available|s/\([0-9]*\)K reserved/1\1K reserved/|pages passed on
^ reserved\[0x2\]|s/\[0x00000000\(.*\)-0x00000000/[0x00000010\1-0x00000010/|differs: log: 
^  node   1: |s/0x000000003/0x000000005/|differs:
END
	((n == 5))
	# what is said of zones is memblock's
	while IFS='|' read -r what change says; do
		line=$(grep -n -- "$what" "$log" | tail -n 1 | cut -d : -f 1)
		sed "$line$change" "$log" >changed.log
		! cmp -s changed.log "$log" || fail "$what: no change"
		expect 1 earlyfuzz import -q --check --family memblock changed.log
		says "$T/said" "differs: line $line: $says"
		n=$((n + 1))
	done <<'END'
^  DMA32 |s/ffff\]/fffe]/|zone DMA32
^  Normal |s/empty/[mem 0x100000000-0x1ffffffff]/|zone Normal
^  node   0: |s/-0x00/-0x01/|node 0 has
^Initmem setup node 1|s/-0x00/-0x01/|node 1 spans
unavailable ranges|s/: \([0-9]*\) pages/: 1\1 pages/|node
^Built|s/pages: /pages: 1/|1
^Memory: .*K available|s/: \([0-9]*\)K/: 1\1K/|1
END
	((n == 12))
}

run_cases "$@"

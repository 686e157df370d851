#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of ci/import-maps on made-up maps.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/testlib.sh"

map() {
	mkdir -p maps
	cat >"maps/$1.map"
}

case_converts() {
	map box <<'END'
# a made-up box
# source: nowhere

0x0 0x9fbff 0x1
0x9fc00 0x9ffff 2
0x100000000 0x20ffffffff 0xc
0xfec00000 0xfec00fff 0xefffffff
0x200000 0x200fff 0x14
0xffffffffffff0000 0xffffffffffffffff 0x2
END
	expect 0 "$CI/import-maps" maps out
	diff - out/box.scn <<'END'
# a made-up box
# source: nowhere
scenario e820 config=normal
append 6
  entry 0x0 0x9fc00 ram
  entry 0x9fc00 0x400 reserved
  entry 0x100000000 0x2000000000 pram
  entry 0xfec00000 0x1000 soft_reserved
  entry 0x200000 0x1000 0x14
  entry 0xffffffffffff0000 0x10000 reserved
update_table main
print_table
end_of_ram_pfn
end_of_low_ram_pfn
memblock_setup
END
}

case_single_entry() {
	map xen <<<$'# one\n0x0 0x87fffff 0x1'
	expect 0 "$CI/import-maps" maps out
	diff - <(head -4 out/xen.scn) <<'END'
# one
# one entry: added, since append ignores a map of one entry
scenario e820 config=normal
add 0x0 0x8800000 ram
END
}

case_user_map() {
	map said <<<$'# with memmap=1G!4G\n0 0xfff 1\n0x1000 0x1fff 2'
	map by_name_memmap <<<$'0 0xfff 1\n0x1000 0x1fff 2'
	map firmware <<<$'# a memory map of a user\n0 0xfff 1\n0x1000 0x1fff 2'
	expect 0 "$CI/import-maps" maps out
	says out/said.scn "# user map"
	says out/by_name_memmap.scn "# user map"
	says_not out/firmware.scn "# user map"
}

case_boot() {
	mkdir maps
	cat >maps/box.scn <<'END'
# a made-up box
scenario e820 config=normal
append 6
  entry 0 0x9fc00 ram
  entry 639K 1K reserved
  entry 1M 0x3fee0000 ram
  entry 0x3ffe0000 64K acpi
  entry 4G 1G ram
  entry 0xffffffffffff0000 64K reserved
update_table main
END
	# RAM where the kernel does not fit, one entry, a command line; every other one from below
	printf '%s\n' "# imported from: a.log" "scenario e820 config=normal" "add 0 8M ram" cmdline \
		'  param "mem=6M"' finish_early_params >maps/one.scn
	expect 0 "$CI/import-maps" --boot maps out
	diff - out/map_box.scn <<'END'
# a made-up box
# a boot from it: what is reserved and allocated is made up
scenario boot config=normal
bottom_up 1
reserve 0x1000000 0x1803210 short
reserve 0x2804000 0x22c short
reserve 0x3e281000 0x1d5e123 chars15
reserve 0x9f000 0x61000 short
firmware 6 0 0
  entry 0x0 0x9fc00 ram
  entry 0x9fc00 0x400 reserved
  entry 0x100000 0x3fee0000 ram
  entry 0x3ffe0000 0x10000 acpi
  entry 0x100000000 0x40000000 ram
  entry 0xffffffffffff0000 0x10000 reserved
bios
reserve 0x0 0x10000 short
reserve 0x3ffe0000 0x1f74 chars14
setup
mapped 0x140000
alloc 24K 4K 4K 1M
alloc 88K 4K 0x8000 0
alloc 256M 16M 16M 4G
alloc 176K 4K 1M 0
alloc 64K 4K 1M 0
alloc 0x2c0 64 1M 0
find 16M 4G 2M 2M
free 0x9f000 0x1000
handoff
discard
END
	says_not out/log_one.scn "bottom_up"
	says out/log_one.scn "firmware 1 0x1c00 0"
	says out/log_one.scn '  param "mem=6M"'
	says out/log_one.scn finish
	says out/log_one.scn "reserve 0x100000 0x3f1234 short"
	refused "none: no such directory, expected one that holds *.scn" "$CI/import-maps" --boot none
}

case_refuses() {
	refused "expected DIR" "$CI/import-maps"
	refused "unknown option --all" "$CI/import-maps" --all
	refused "nowhere: no such directory" "$CI/import-maps" nowhere
	mkdir maps
	refused "no *.map in it" "$CI/import-maps" maps out
	map a <<<'0x0 0xfff 1'
	map b <<<$'# fine\n0x0 0xfff'
	refused "maps/b.map:2: expected START END_INCLUSIVE TYPE" "$CI/import-maps" maps out
	map b <<<'0x0 end 1'
	refused "maps/b.map:1: 'end', expected a number" "$CI/import-maps" maps out
	map b <<<'# only words'
	refused "maps/b.map: no entries" "$CI/import-maps" maps out
	# nothing half-written: the map that is right did not come either
	[[ ! -e out ]] || fail "out exists"
}

run_cases "$@"

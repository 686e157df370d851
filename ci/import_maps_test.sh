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

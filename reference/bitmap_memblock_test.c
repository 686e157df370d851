// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the brute-force judge of memblock must refuse: tables and results that the model predicts
 * made wrong by hand, one fault each, at least one for each op. The same ops without the fault must
 * pass.
 */
#include <stdio.h>
#include <string.h>

#include "bitmap.h"
#include "testing.h"

#define OPS_MAX		10
#define ROWS_MAX	8
#define KEEP		UINT32_MAX	/* struct fault.nr: as many rows as there were */
#define SILENT		UINT32_MAX	/* struct fault.table: what was said is kept secret */

/**
 * struct fault - ops, and what is wrong after the last of them
 * @config: enum memblock_config
 * @table, @nr, @rows: a table's rows instead of those that there were, unless @nr is KEEP
 * @value: is added to the right value
 * @outcome: instead of the right one, when it is another than OUT_RETURN
 * @why: what the judge says, from its beginning
 */
struct fault {
	const char *name;
	struct op ops[OPS_MAX];
	unsigned int table, nr;
	struct row rows[ROWS_MAX];
	uint64_t value;
	enum outcome outcome;
	const char *why;
	enum memblock_config config;
};

#define NONE		MEMBLOCK_NO_NODE
#define OP(what, ...)	{ .id = M_ ## what, .arg = { __VA_ARGS__ } }
#define SET(what)	OP(SET, MEMBLOCK_ ## what, 1)
#define RAM		OP(ADD, 0x10000, 0x10000)		/* 16 pages */
#define RAM1		OP(ADD_NODE, 0x20000, 0x10000, 1, 0)	/* the same on node 1, above */
#define HOT		OP(MARK_HOTPLUG, 0x10000, 0x4000)
#define NOMAP		OP(MARK_NOMAP, 0x10000, 0x4000)
#define TAKE(at)	OP(RESERVE, at, 0x1000)
/* four pages are taken: that is all that four slots can hold */
#define FULL		TAKE(0x10000), TAKE(0x12000), TAKE(0x14000), TAKE(0x16000)
/* "4K:4K:" and "4K:4K:x" */
#define NO_LABEL	{ .id = M_RESERVE_MEM, .arg = { 0x3a4b343a4b34 } }
#define LABEL		{ .id = M_RESERVE_MEM, .arg = { 0x783a4b343a4b34 } }
#define FIND_LABEL	{ .id = M_RESERVE_MEM_FIND, .arg = { 'x' } }

#define T(flags, nid)	((flags) | (nid) << 8)
#define PLAIN		T(0, MEMBLOCK_NODE_NONE)
#define SAID		MEMBLOCK_NODES		/* how no node is said */
#define ROW(start, end)	{ start, (end) - (start), PLAIN, SAID }
#define ROW_OF(start, end, flags, nid)	{ start, (end) - (start), T(flags, nid), nid }
#define ANSWER(type, start, size)	{ start, size, MEMBLOCK_ ## type, SAID }
#define TABLES(at, slots)						\
	{ { 0, 0, 1, 4 }, { at, 0x1000, 2, slots }, { 0, 0, 3, 0 } }

#define VALUE(fault, ops, value, why)				\
	{ fault, ops, 0, KEEP, { { 0 } }, value, 0, why, 1 }
#define OPS(...)	{ __VA_ARGS__ }

static const struct fault faults[] = {
	/* collections */
	{ "add: nothing added", { RAM }, M_MEMORY, 0, { { 0 } }, 0, 0,
	  "memory: at 0x10000: expected 0xffff00, got 0xffffffff", 1 },
	{ "add: a byte more", { RAM }, M_MEMORY, 1, { ROW(0x10000, 0x20001) }, 0, 0,
	  "memory: at 0x20000: expected 0xffffffff", 1 },
	{ "add: not one region", { RAM }, M_MEMORY, 2,
	  { ROW(0x10000, 0x11000), ROW(0x11000, 0x20000) }, 0, 0, "two regions that are one", 1 },
	{ "add: not sorted", { RAM }, M_MEMORY, 2,
	  { ROW(0x12000, 0x20000), ROW(0x10000, 0x12000) }, 0, 0, "regions are not sorted", 1 },
	{ "add: what was there changes", { RAM, OP(ADD_NODE, 0x10000, 0x20000, 1, 0) }, M_MEMORY, 1,
	  { ROW_OF(0x10000, 0x30000, 0, 1) }, 0, 0, "memory: at 0x10000: expected 0xffff00", 1 },
	{ "add: a table of another op", { RAM }, M_RESERVED, 1, { ROW(0x10000, 0x11000) }, 0, 0,
	  "reserved: at 0x10000: expected 0xffffffff", 1 },
	{ "add_node: another node", { RAM1 }, M_MEMORY, 1, { ROW_OF(0x20000, 0x30000, 0, 0) }, 0, 0,
	  "memory: at 0x20000: expected 0x100, got 0", 1 },
	{ "add_node: a node that says another", { RAM1 }, M_MEMORY, 1,
	  { { 0x20000, 0x10000, T(0, 1), 0 } }, 0, 0, "a region's node is not what it says", 1 },
	{ "remove: it stays", { RAM, OP(REMOVE, 0x10000, 0x1000) }, M_MEMORY, 1,
	  { ROW(0x10000, 0x20000) }, 0, 0, "memory: at 0x10000: expected 0xffffffff", 1 },
	{ "remove: the tail, too", { RAM, OP(REMOVE, 0x11000, 0x1000) }, M_MEMORY, 1,
	  { ROW(0x10000, 0x11000) }, 0, 0, "memory: at 0x12000: expected 0xffff00", 1 },
	{ "reserve: not", { TAKE(0x10000) }, M_RESERVED, 0, { { 0 } }, 0, 0,
	  "reserved: at 0x10000: expected 0xffff00", 1 },
	{ "reserve: the last address", { OP(RESERVE, 0 - 0x1000ULL, UINT64_MAX) }, M_RESERVED, 1,
	  { { 0 - 0x1000ULL, 0x1000, PLAIN, SAID } }, 0, 0, "a region that is empty, or beyond", 1 },
	{ "phys_free: it stays", { TAKE(0x10000), OP(PHYS_FREE, 0x10000, 0x800) }, M_RESERVED, 1,
	  { ROW(0x10000, 0x11000) }, 0, 0, "reserved: at 0x10000: expected 0xffffffff", 1 },
	{ "free: all of it", { TAKE(0x10000), OP(FREE, 0x10000, 0x800) }, M_RESERVED, 0, { { 0 } },
	  0, 0, "reserved: at 0x10800: expected 0xffff00", 1 },
	{ "physmem_add: not", { OP(PHYSMEM_ADD, 0x10000, 0x1000) }, M_PHYSMEM, 0, { { 0 } }, 0, 0,
	  "physmem: at 0x10000: expected 0xffff00", MEMBLOCK_KEEP },
	{ "mark_hotplug: not", { RAM, HOT }, M_MEMORY, 1, { ROW(0x10000, 0x20000) }, 0, 0,
	  "memory: at 0x10000: expected 0xffff01", 1 },
	{ "clear_hotplug: all of it", { RAM, HOT, OP(CLEAR_HOTPLUG, 0x10000, 0x1000) }, M_MEMORY, 1,
	  { ROW(0x10000, 0x20000) }, 0, 0, "memory: at 0x11000: expected 0xffff01", 1 },
	{ "mark_mirror: of no memory", { SET(KERNELCORE_MIRROR), OP(MARK_MIRROR, 0, 0x1000) },
	  M_MEMORY, 1, { { 0, 0x1000, T(2, MEMBLOCK_NODE_NONE), SAID } }, 0, 0,
	  "memory: at 0: expected 0xffffffff", 1 },
	{ "mark_mirror: unasked", { RAM, OP(MARK_MIRROR, 0x10000, 0x10000) }, M_MEMORY, 1,
	  { { 0x10000, 0x10000, T(2, MEMBLOCK_NODE_NONE), SAID } }, 0, 0,
	  "memory: at 0x10000: expected 0xffff00", 1 },
	{ "mark_nomap: not", { RAM, NOMAP }, M_MEMORY, 1, { ROW(0x10000, 0x20000) }, 0, 0,
	  "memory: at 0x10000: expected 0xffff04", 1 },
	{ "clear_nomap: the memory goes", { RAM, NOMAP, OP(CLEAR_NOMAP, 0x10000, 0x4000) }, M_MEMORY,
	  1, { ROW(0x14000, 0x20000) }, 0, 0, "memory: at 0x10000: expected 0xffff00", 1 },
	{ "reserved_mark_noinit: not", { TAKE(0x10000), OP(RESERVED_MARK_NOINIT, 0, 0x20000) },
	  M_RESERVED, 1, { ROW(0x10000, 0x11000) }, 0, 0,
	  "reserved: at 0x10000: expected 0xffff10", 1 },
	{ "set_node: the other collection", { RAM, TAKE(0x10000),
	    OP(SET_NODE, 0x10000, 0x1000, M_MEMORY, 1) }, M_RESERVED, 1,
	  { ROW_OF(0x10000, 0x11000, 0, 1) }, 0, 0, "reserved: at 0x10000: expected 0xffff00", 1 },
	{ "trim: not", { OP(ADD, 0x10800, 0x2000), OP(TRIM, 0x1000) }, M_MEMORY, 1,
	  { ROW(0x10800, 0x12800) }, 0, 0, "memory: at 0x10800: expected 0xffffffff", 1 },
	{ "trim: too much", { OP(ADD, 0x10800, 0x2000), OP(TRIM, 0x1000) }, M_MEMORY, 0, { { 0 } },
	  0, 0, "memory: at 0x11000: expected 0xffff00", 1 },

	/* limits */
	{ "enforce_memory_limit: a page more", { RAM, OP(ENFORCE_MEMORY_LIMIT, 0x4000) }, M_MEMORY,
	  1, { ROW(0x10000, 0x15000) }, 0, 0, "memory: at 0x14000: expected 0xffffffff", 1 },
	{ "enforce_memory_limit: reserved stays", { RAM, TAKE(0x18000),
	    OP(ENFORCE_MEMORY_LIMIT, 0x4000) }, M_RESERVED, 1, { ROW(0x18000, 0x19000) }, 0, 0,
	  "reserved: at 0x18000: expected 0xffffffff", 1 },
	{ "cap_memory_range: nomap goes", { RAM, NOMAP, OP(CAP_MEMORY_RANGE, 0x18000, 0x1000) },
	  M_MEMORY, 1, { ROW(0x18000, 0x19000) }, 0, 0, "memory: at 0x10000: expected 0xffff04", 1 },
	{ "mem_limit_remove_map: all goes", { RAM, OP(MEM_LIMIT_REMOVE_MAP, 0x1000) }, M_MEMORY, 0,
	  { { 0 } }, 0, 0, "memory: at 0x10000: expected 0xffff00", 1 },
	{ "set_current_limit: not", { OP(SET_CURRENT_LIMIT, 0x10000) }, M_SETTINGS, 0, { { 0 } }, 0,
	  0, "not all settings", 1 },

	/* searching: bytes above and below the answer are free as well */
	VALUE("find_in_range: not the highest", OPS(RAM, OP(FIND_IN_RANGE, 0, 0, 0x1000, 0x1000)),
	      -0x1000ULL, "found 0x1e000, expected 0x1f000"),
	VALUE("find_in_range: not the lowest", OPS(SET(BOTTOM_UP), RAM,
	      OP(FIND_IN_RANGE, 0, 0, 0x1000, 0x1000)), 0x1000, "found 0x11000, expected 0x10000"),
	VALUE("find_in_range: where something is reserved", OPS(RAM, TAKE(0x1f000),
	      OP(FIND_IN_RANGE, 0, 0, 0x1000, 0x1000)), 0x1000, "found 0x1f000, expected 0x1e000"),
	VALUE("find_in_range: no size", OPS(RAM, OP(FIND_IN_RANGE, 0x10000, 0x20000, 0, 64)),
	      0x40000, "an address outside"),
	VALUE("find_in_range_node: another node", OPS(RAM, RAM1,
	      OP(FIND_IN_RANGE_NODE, 0x1000, 0x1000, 0, 0, 1, 0)), -0x10000ULL,
	      "found 0x1f000, expected 0x2f000"),
	VALUE("alloc_range_nid: exact, and none", OPS(RAM,
	      OP(ALLOC_RANGE_NID, 0x1000, 0x1000, 0, 0, 1, 1)), 0x1f000, "found 0x1f000"),
	{ "phys_alloc_range: not reserved", { RAM, OP(PHYS_ALLOC_RANGE, 0x1000, 0x1000, 0, 0) },
	  M_RESERVED, 0, { { 0 } }, 0, 0, "reserved: at 0x1f000: expected 0xffff00", 1 },
	VALUE("phys_alloc_range: above the window", OPS(RAM,
	      OP(PHYS_ALLOC_RANGE, 0x1000, 0x1000, 0, 0x18000)), 0x1000, "found 0x18000"),
	VALUE("phys_alloc_try_nid: no other node", OPS(RAM,
	      OP(PHYS_ALLOC_TRY_NID, 0x1000, 0x1000, 1)), -0x1f000ULL, "found 0"),
	{ "alloc_try_nid: not cleared", { RAM, OP(ALLOC_TRY_NID, 0x1000, 64, 0, 0, NONE) },
	  M_ANSWER, 0, { { 0 } }, 0, 0, "not exactly the block is cleared", 1 },
	{ "alloc_try_nid_raw: cleared", { RAM, OP(ALLOC_TRY_NID_RAW, 0x1000, 64, 0, 0, NONE) },
	  M_ANSWER, 1, { ANSWER(CLEARED, 0x1f000, 0x1000) }, 0, 0, "cleared what it should not", 1 },
	VALUE("alloc_exact_nid_raw: min does not give way", OPS(RAM1,
	      OP(ALLOC_EXACT_NID_RAW, 0x1000, 64, 0x30000, 0, 1)), -0x2f000ULL, "found 0"),
	{ "alloc: a byte less is cleared", { RAM, OP(ALLOC, 0x1000, 64) }, M_ANSWER, 1,
	  { ANSWER(CLEARED, 0x1f000, 0xfff) }, 0, 0, "not exactly the block is cleared", 1 },
	VALUE("alloc_from: below", OPS(RAM, OP(ALLOC_FROM, 0x1000, 64, 0x1f000)), -0x1000ULL,
	      "found 0x1e000"),
	VALUE("alloc_low: above", OPS(RAM, OP(ADD, 1ULL << 32, 0x1000), OP(ALLOC_LOW, 0x1000, 64)),
	      (1ULL << 32) - 0x1f000, "found 0x100000000, expected 0x1f000"),
	VALUE("alloc_node: another one", OPS(RAM, RAM1, OP(ALLOC_NODE, 0x1000, 64, 1)), -0x10000ULL,
	      "found 0x1f000"),

	/* iterators and questions */
	{ "free_ranges: what is reserved, too", { RAM, TAKE(0x11000), OP(FREE_RANGES, NONE, 0) },
	  M_ANSWER, 1, { ANSWER(RANGE, 0x10000, 0x10000) }, 0, 0, "range 0: not [0x10000", 1 },
	{ "free_ranges: another node", { RAM1, OP(FREE_RANGES, NONE, 0) }, M_ANSWER, 1,
	  { { 0x20000, 0x10000, MEMBLOCK_RANGE, 0 } }, 0, 0, "a range of another node", 1 },
	{ "free_ranges_rev: upwards", { RAM, RAM1, OP(FREE_RANGES_REV, NONE, 0) }, M_ANSWER, 2,
	  { ANSWER(RANGE, 0x10000, 0x10000), { 0x20000, 0x10000, MEMBLOCK_RANGE, 1 } }, 0, 0,
	  "range 0: not [0x20000", 1 },
	{ "mem_ranges: nomap, too", { RAM, NOMAP, OP(MEM_RANGES) }, M_ANSWER, 2,
	  { ANSWER(RANGE, 0x10000, 0x4000), ANSWER(RANGE, 0x14000, 0xc000) }, 0, 0,
	  "range 0: not [0x14000", 1 },
	{ "mem_ranges_rev: one missing", { RAM, OP(MEM_RANGES_REV) }, M_ANSWER, 0, { { 0 } }, 0, 0,
	  "range 0: not [0x10000", 1 },
	{ "reserved_ranges: one more", { OP(RESERVED_RANGES) }, M_ANSWER, 1,
	  { ANSWER(RANGE, 0x10000, 0x1000) }, 0, 0, "range 0: not [0,", 1 },
	{ "physmem_ranges: none", { OP(PHYSMEM_ADD, 0x10000, 0x1000), OP(PHYSMEM_RANGES) }, M_ANSWER,
	  0, { { 0 } }, 0, 0, "range 0: not [0x10000", MEMBLOCK_KEEP },
	{ "pfn_ranges: no whole page", { OP(ADD, 0x10800, 0x1800), OP(PFN_RANGES, MEMBLOCK_NODES) },
	  M_ANSWER, 1, { ANSWER(RANGE, 0x10000, 0x2000) }, 0, 0, "range 0: not [0x11000", 1 },
	{ "zone_ranges: outside of the zone", { RAM1, OP(ZONE_RANGES, 1, 0, 0x28) }, M_ANSWER, 1,
	  { ANSWER(RANGE, 0x20000, 0x10000) }, 0, 0, "range 0: not [0x20000, 0x28000)", 1 },
	VALUE("is_memory", OPS(RAM, OP(IS_MEMORY, 0x20000)), 1, "returned 0x1, expected 0"),
	VALUE("is_map_memory: nomap", OPS(RAM, NOMAP, OP(IS_MAP_MEMORY, 0x10000)), 1,
	      "returned 0x1, expected 0"),
	VALUE("is_reserved", OPS(TAKE(0x10000), OP(IS_RESERVED, 0x10fff)), -1ULL,
	      "returned 0, expected 0x1"),
	VALUE("is_region_memory: two blocks", OPS(RAM, RAM1, OP(IS_REGION_MEMORY, 0x10000, 0x20000)),
	      1, "returned 0x1, expected 0"),
	VALUE("is_region_reserved: next to it", OPS(TAKE(0x10000),
	      OP(IS_REGION_RESERVED, 0x11000, 1)), 1, "returned 0x1, expected 0"),
	VALUE("overlaps_region: of the other one", OPS(TAKE(0x10000),
	      OP(OVERLAPS_REGION, M_MEMORY, 0x10000, 1)), 1, "returned 0x1, expected 0"),
	VALUE("addrs_overlap", OPS(OP(ADDRS_OVERLAP, 0, 2, 1, 1)), -1ULL,
	      "returned 0, expected 0x1"),
	VALUE("search_pfn_nid: another node", OPS(RAM1, OP(SEARCH_PFN_NID, 0x20)), 1,
	      "the node of another page"),
	{ "search_pfn_nid: other pages", { RAM1, OP(SEARCH_PFN_NID, 0x20) }, M_ANSWER, 1,
	  { ANSWER(PFNS, 0x20000, 0x1000) }, 0, 0, "not the pages of the region", 1 },
	{ "sizes: start of DRAM", { RAM, OP(SIZES) }, M_ANSWER, 4,
	  { ANSWER(PHYS_MEM_SIZE, 0x10000, 1), ANSWER(RESERVED_SIZE, 0, 1),
	    ANSWER(START_OF_DRAM, 0, 1), ANSWER(END_OF_DRAM, 0x20000, 1) }, 0, 0,
	  "size 2: expected 0x10000", 1 },
	VALUE("estimated_free", OPS(RAM, TAKE(0x10000), OP(ESTIMATED_FREE)), 1,
	      "returned 0x10, expected 0xf"),
	VALUE("validate_numa_coverage", OPS(RAM, OP(VALIDATE_NUMA_COVERAGE, 0xffff)), 1,
	      "returned 0x1, expected 0"),

	/* labels, what is printed */
	VALUE("reserve_mem: no label", OPS(RAM, NO_LABEL), 22 + 1, "returned 0x1, expected 0xff"),
	VALUE("reserve_mem: twice", OPS(RAM, LABEL, LABEL), 16 + 1, "returned 0x1, expected 0xff"),
	{ "reserve_mem: elsewhere", { RAM, LABEL }, M_NAMED, 1, { { 0x1e000, 0x1000, 0xfd0c5087, 0 } }, 0,
	  0, "found 0x1e000, expected 0x1f000", 1 },
	VALUE("reserve_mem_find: not there", OPS(RAM, FIND_LABEL), 1, "returned 0x1, expected 0"),
	{ "reserve_mem_find: another range", { RAM, LABEL, FIND_LABEL }, M_ANSWER, 1,
	  { ANSWER(NAMED, 0x1f000, 0x2000) }, 0, 0, "not the label's range", 1 },
	{ "debugfs: nothing", { RAM, OP(DEBUGFS, M_MEMORY) }, M_ANSWER, 0, { { 0 } }, 0, 0,
	  "range 0: not [0x10000", MEMBLOCK_KEEP },
	{ "dump_all: nothing", { SET(DEBUG), RAM, OP(DUMP_ALL) }, M_PRINTED, 0, { { 0 } }, 0, 0,
	  "a line is missing", 1 },
	{ "printed: nobody asked", { RAM }, M_PRINTED, 1, { { 0x10000, 0x10000, M_ADD, 0 } }, 0, 0,
	  "lines, and nobody asked", 1 },

	/* tables */
	{ "it did not double", { RAM, OP(ALLOW_RESIZE), FULL, TAKE(0x18000) }, M_OWN, 3,
	  TABLES(0, 4), 0, 0, "a table moved", 1 },
	{ "doubled twice", { RAM, OP(ALLOW_RESIZE), FULL, TAKE(0x18000) }, M_OWN, 3,
	  TABLES(0x1f000, 16), 0, 0, "a table doubled and had not to", 1 },
	{ "a table where something is reserved", { RAM, OP(ALLOW_RESIZE), FULL, TAKE(0x18000) },
	  M_OWN, 3, TABLES(0x12000, 8), 0, 0, "a table where something is reserved", 1 },
	{ "a table where the op reserves, or", { RAM, OP(ALLOW_RESIZE), FULL, TAKE(0x18000) }, M_OWN, 3,
	  TABLES(0x18000, 8), 0, 0, "a table where the op reserves, or", 1 },
	{ "a table where no memory is", { RAM, OP(ALLOW_RESIZE), FULL, TAKE(0x18000) }, M_OWN, 3,
	  TABLES(0x30000, 8), 0, 0, "a table where no memory is", 1 },
	{ "a table on no page", { RAM, OP(ALLOW_RESIZE), FULL, TAKE(0x18000) }, M_OWN, 3,
	  TABLES(0x1e800, 8), 0, 0, "a table on page 0", 1 },
	{ "a table that is not reserved", { RAM, OP(ALLOW_RESIZE), FULL, TAKE(0x18000) }, M_OWN, 3,
	  TABLES(0x1e000, 8), 0, 0, "reserved: at 0x1e000: expected 0xffff00", 1 },
	{ "a table grows without need", { RAM, OP(ALLOW_RESIZE), TAKE(0x18000) }, M_OWN, 3,
	  TABLES(0x1f000, 8), 0, 0, "a table doubled and had not to", 1 },
	{ "no panic", { RAM, FULL, TAKE(0x18000) }, 0, KEEP, { { 0 } }, 0, OUT_RETURN, "no panic", 1 },
	{ "a panic", { RAM, TAKE(0x18000) }, 0, KEEP, { { 0 } }, 0, OUT_PANIC, "outcome", 1 },
	VALUE("no room, and it succeeds", OPS(OP(ALLOW_RESIZE), FULL, TAKE(0x18000)), 12,
	      "returned 0, expected 0xfff"),
	{ "no room, and nothing is said", { OP(ALLOW_RESIZE), FULL, TAKE(0x18000) }, SILENT, KEEP,
	  { { 0 } },
	  0, 0, "a table cannot grow, and nothing is said", 1 },
	{ "cap_memory_range: no memory, and no warning", { OP(CAP_MEMORY_RANGE, 0, 0x1000) }, SILENT,
	  KEEP, { { 0 } }, 0, 0, "no memory yet, and no warning", 1 },

	/* hand-off */
	{ "free_late: a page too many", { OP(FREE_LATE, 0x10800, 0x2000) }, M_HANDOFF, 1,
	  { { 0x10000, 0x2000, MEMBLOCK_FREED, 0 } }, 0, 0, "hand-off: at 0x10", 1 },
	{ "free_all: nothing", { RAM, OP(FREE_ALL) }, M_HANDOFF, 0, { { 0 } }, 0, 0,
	  "hand-off: at 0x10000: freed 0 times, expected 1", 0 },
	{ "free_all: twice", { RAM, OP(FREE_ALL) }, M_HANDOFF, 2,
	  { { 0x10000, 0x10000, MEMBLOCK_FREED, 0 }, { 0x1f000, 0x1000, MEMBLOCK_FREED, 0 } }, 0, 0,
	  "hand-off: at 0x1f000: freed 2 times", 0 },
	{ "free_all: a reserved page", { RAM1, TAKE(0x20000), OP(FREE_ALL) }, M_HANDOFF, 2,
	  { { 0x20000, 0x10000, MEMBLOCK_FREED, 0 },
	    { 0x20000, 0x1000, MEMBLOCK_INITIALISED + 1, 0 } }, 0, 0,
	  "hand-off: at 0x20000: freed 1 times, expected 0", 0 },
	{ "free_all: a reserved page is not initialised", { RAM1, TAKE(0x20000), OP(FREE_ALL) },
	  M_HANDOFF, 1, { { 0x21000, 0xf000, MEMBLOCK_FREED, 0 } }, 0, 0,
	  "a reserved page is not initialised", 0 },
	{ "free_all: another node", { RAM1, TAKE(0x20000), OP(FREE_ALL) }, M_HANDOFF, 2,
	  { { 0x21000, 0xf000, MEMBLOCK_FREED, 0 },
	    { 0x20000, 0x1000, MEMBLOCK_INITIALISED, 0 } }, 0, 0,
	  "page 0x20000, node 0x1: initialised 0 times, and must be", 0 },
	{ "free_all: above max_low_pfn", { RAM, OP(MAX_LOW_PFN, 0x18), OP(FREE_ALL) }, M_HANDOFF, 1,
	  { { 0x10000, 0x10000, MEMBLOCK_FREED, 0 } }, 0, 0,
	  "hand-off: at 0x18000: freed 1 times, expected 0", 0 },
	{ "free_all: hotplug is left out", { SET(MOVABLE_NODE), RAM, HOT, OP(FREE_ALL) }, M_HANDOFF,
	  1, { { 0x14000, 0xc000, MEMBLOCK_FREED, 0 } }, 0, 0,
	  "hand-off: at 0x10000: freed 0 times, expected 1", 0 },
	{ "discard: it lives on", { RAM, OP(DISCARD) }, M_MEMORY, 1, { ROW(0x10000, 0x20000) }, 0,
	  0, "memblock was given up, and lives on", 1 },
	{ "discard: a call after it", { OP(DISCARD), RAM }, M_MEMORY, 1, { ROW(0x10000, 0x20000) },
	  0, 0, "memblock was given up, and lives on", 1 },
};

static union model_room room;

/* Run the ops, the last one's result through @f's hands. */
static bool judge(const struct fault *f, bool faulty, char *why)
{
	static struct bitmap b;
	const struct model_setup setup = {
		.config = &memblock_configs[f->config], .version = 0x60c00,
	};
	static const uint64_t point[] = { 0 };
	unsigned int nr = 0;
	struct expect e;

	while (nr < OPS_MAX && f->ops[nr].id)
		nr++;
	memblock_model.init(&room, &setup);
	assert_true(bitmap_init(&b, &memblock_family, setup.config, point, 1));
	b.full_panics = b.mirror_asks = b.reserved_nodes = true;
	b.slab_everywhere = b.node_range = b.no_dummy = true;
	for (unsigned int i = 0; i < nr; i++) {
		memblock_model.step(&room, &f->ops[i], &e);
		if (i < nr - 1 && !bitmap_judge(&b, &f->ops[i], &e.result, &e.rows, why))
			fail_msg("%s: op %u: %s", f->name, i, why);
	}
	if (faulty) {
		if (f->nr != KEEP)
			e.rows.table[f->table] = (struct table){ f->nr, f->rows };
		e.result.value += f->value;
		e.result.outcome = f->outcome;
		if (f->table == SILENT)
			e.result.said = 0;
	}
	return bitmap_judge(&b, &f->ops[nr - 1], &e.result, &e.rows, why);
}

static void faults_are_refused(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(faults); i++) {
		const struct fault *f = &faults[i];
		char why[BITMAP_WHY] = "";

		if (!judge(f, false, why))
			fail_msg("%s: refused without a fault: %s", f->name, why);
		if (judge(f, true, why))
			fail_msg("%s: not refused", f->name);
		if (strncmp(why, f->why, strlen(f->why)))
			fail_msg("%s: refused since '%s', expected '%s'", f->name, why, f->why);
	}
}

/* Every op whose answer or change is judged has a fault of its own. */
static void every_op_has_a_fault(void **state)
{
	(void)state;
	for (unsigned int id = M_ADD; id <= M_DEBUGFS; id++) {
		bool has = false;

		for (unsigned int i = 0; i < ARRAY_SIZE(faults) && !has; i++) {
			unsigned int last = 0;

			while (last + 1 < OPS_MAX && faults[i].ops[last + 1].id)
				last++;
			has = faults[i].ops[last].id == id;
		}
		if (!has)
			fail_msg("no fault of op %u", id);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_op_has_a_fault),
		cmocka_unit_test(faults_are_refused),
	};

	return cmocka_run_group_tests_name("bitmap_memblock", tests, NULL, NULL);
}

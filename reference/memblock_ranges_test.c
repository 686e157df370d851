// SPDX-License-Identifier: GPL-2.0-only
/* The memblock model: iterators and questions, case by case. */
#include "memblock_cases.h"

#define ANS		M_ANSWER
#define MOVABLE		SWITCH(MOVABLE_NODE, 1)
#define FREE_RANGES(nid, flags)	{ .id = M_FREE_RANGES, .arg = { nid, flags } }
#define FREE_REV(nid, flags)	{ .id = M_FREE_RANGES_REV, .arg = { nid, flags } }
#define ASK(what)		{ .id = M_##what }
#define ASK1(what, a)		{ .id = M_##what, .arg = { a } }
#define ASK2(what, a, b)	{ .id = M_##what, .arg = { a, b } }
#define ZONE(nid, start, end)	{ .id = M_ZONE_RANGES, .arg = { nid, start, end } }
#define OVERLAPS(table, base, size) { .id = M_OVERLAPS_REGION, .arg = { table, base, size } }
#define OVERLAP(a, b, c, d)	{ .id = M_ADDRS_OVERLAP, .arg = { a, b, c, d } }

/* [0x1000, 0x5000) node 0, [0x5000, 0x9000) node 1; reserved [0x2000, 0x3000), [0x4800, 0x5800) */
#define TWO_NODES							\
	ADD_NODE(0x1000, 0x4000, 0, 0), ADD_NODE(0x5000, 0x4000, 1, 0),	\
	RESERVE(0x2000, 0x1000), RESERVE(0x4800, 0x1000)

static const struct memblock_case iterators[] = {
	{ .name = "free_ranges: memory minus reserved, cut at regions of memory",
	  { TWO_NODES, FREE_RANGES(NO_NODE, 0) }, 0, ANS, 3,
	  { RANGE(0x1000, 0x2000, 0), RANGE(0x3000, 0x4800, 0), RANGE(0x5800, 0x9000, 1) } },
	{ .name = "free_ranges_rev",
	  { TWO_NODES, FREE_REV(NO_NODE, 0) }, 0, ANS, 3,
	  { RANGE(0x5800, 0x9000, 1), RANGE(0x3000, 0x4800, 0), RANGE(0x1000, 0x2000, 0) } },
	{ .name = "free_ranges of a node",
	  { TWO_NODES, FREE_RANGES(1, 0) }, 0, ANS, 1, { RANGE(0x5800, 0x9000, 1) } },
	{ .name = "free_ranges_rev of a node",
	  { TWO_NODES, FREE_REV(0, 0) }, 0, ANS, 2,
	  { RANGE(0x3000, 0x4800, 0), RANGE(0x1000, 0x2000, 0) } },
	{ .name = "free_ranges of MAX_NUMNODES",
	  { TWO_NODES, FREE_RANGES(1024, 0) }, 0, ANS, 3,
	  { RANGE(0x1000, 0x2000, 0), RANGE(0x3000, 0x4800, 0), RANGE(0x5800, 0x9000, 1) } },
	{ .name = "regions that touch are ranges of their own",
	  { ADD_NODE(0x1000, 0x1000, 0, 0), ADD_NODE(0x2000, 0x1000, 1, 0),
	    FREE_RANGES(NO_NODE, 0) }, 0, ANS, 2,
	  { RANGE(0x1000, 0x2000, 0), RANGE(0x2000, 0x3000, 1) } },
	{ .name = "all is reserved", { ADD(0x1000, 0x1000), RESERVE(0, 0x9000),
	  FREE_RANGES(NO_NODE, 0) }, 0, ANS, 0, { { 0 } } },
	{ .name = "all is reserved, downwards", { ADD(0x1000, 0x1000), RESERVE(0, 0x9000),
	  FREE_REV(NO_NODE, 0) }, 0, ANS, 0, { { 0 } } },
	/* reserved from border to border of three regions */
	{ .name = "one reservation across regions",
	  { ADD(0x1000, 0x1000), ADD(0x3000, 0x1000), ADD(0x5000, 0x1000),
	    RESERVE(0x1800, 0x3f00), FREE_RANGES(NO_NODE, 0) }, 0, ANS, 2,
	  { RANGE(0x1000, 0x1800, UNSAID), RANGE(0x5700, 0x6000, UNSAID) } },
	{ .name = "one reservation across regions, downwards",
	  { ADD(0x1000, 0x1000), ADD(0x3000, 0x1000), ADD(0x5000, 0x1000),
	    RESERVE(0x1800, 0x3f00), FREE_REV(NO_NODE, 0) }, 0, ANS, 2,
	  { RANGE(0x5700, 0x6000, UNSAID), RANGE(0x1000, 0x1800, UNSAID) } },
	{ .name = "memory at 0 and at the end",
	  { ADD(0, 0x1000), ADD(TOP - 0xfff, 0x1000), FREE_REV(NO_NODE, 0) }, 0, ANS, 2,
	  { RANGE(TOP - 0xfff, TOP, UNSAID), RANGE(0, 0x1000, UNSAID) } },
	{ .name = "NOMAP and DRIVER_MANAGED are left out",
	  { ADD(0x1000, 0x3000), MARK(NOMAP, 0x2000, 0x1000),
	    ADD_NODE(0x9000, 0x1000, 0, 8), FREE_RANGES(NO_NODE, 0) }, 0, ANS, 2,
	  { RANGE(0x1000, 0x2000, UNSAID), RANGE(0x3000, 0x4000, UNSAID) } },
	{ .name = "but for who asks for them",
	  { ADD(0x1000, 0x3000), MARK(NOMAP, 0x2000, 0x1000),
	    ADD_NODE(0x9000, 0x1000, 0, 8), FREE_RANGES(NO_NODE, 12) }, 0, ANS, 4,
	  { RANGE(0x1000, 0x2000, UNSAID), RANGE(0x2000, 0x3000, UNSAID),
	    RANGE(0x3000, 0x4000, UNSAID), RANGE(0x9000, 0xa000, 0) } },
	{ .name = "HOTPLUG, with movable_node",
	  { MOVABLE, ADD(0x1000, 0x2000), MARK(HOTPLUG, 0x2000, 0x1000),
	    FREE_RANGES(NO_NODE, 0) }, 0, ANS, 1, { RANGE(0x1000, 0x2000, UNSAID) } },
	{ .name = "HOTPLUG, with movable_node, for who asks for it",
	  { MOVABLE, ADD(0x1000, 0x2000), MARK(HOTPLUG, 0x2000, 0x1000),
	    FREE_RANGES(NO_NODE, 1) }, 0, ANS, 2,
	  { RANGE(0x1000, 0x2000, UNSAID), RANGE(0x2000, 0x3000, UNSAID) } },
	{ .name = "MIRROR: nothing else",
	  { ADD(0x1000, 0x2000), ADD_NODE(0x4000, 0x1000, 1, 2), FREE_RANGES(NO_NODE, 2) }, 0,
	  ANS, 1,
	  { RANGE(0x4000, 0x5000, 1) } },
	{ .name = "without nodes all are on 0",
	  { ADD_NODE(0x1000, 0x1000, 5, 0), FREE_RANGES(7, 0) }, 0, ANS, 1,
	  { RANGE(0x1000, 0x2000, 0) }, .config = MEMBLOCK_PLAIN },

	/* HOTPLUG and DRIVER_MANAGED are memory that is mapped, NOMAP is not; no nodes are given */
	{ .name = "mem_ranges",
	  { MOVABLE, ADD_NODE(0x1000, 0x1000, 0, 1), ADD_NODE(0x2000, 0x1000, 0, 8),
	    ADD_NODE(0x3000, 0x1000, 0, 4), RESERVE(0, 0x9000), ASK(MEM_RANGES) }, 0, ANS, 2,
	  { RANGE(0x1000, 0x2000, 0), RANGE(0x2000, 0x3000, 0) } },
	{ .name = "mem_ranges_rev",
	  { ADD(0x1000, 0x1000), ADD(0x3000, 0x1000), ASK(MEM_RANGES_REV) }, 0, ANS, 2,
	  { RANGE(0x3000, 0x4000, 0), RANGE(0x1000, 0x2000, 0) } },
	{ .name = "reserved_ranges: all of them",
	  { RESERVE(0x1000, 0x10), RESERVE(0x2000, 0x10), NOINIT(0x2000, 0x10),
	    ASK(RESERVED_RANGES) }, 0, ANS, 2,
	  { RANGE(0x1000, 0x1010, 0), RANGE(0x2000, 0x2010, 0) } },
	{ .name = "physmem_ranges",
	  { ADD(0x1000, 0x1000), PHYSMEM(0x4000, 0x123), ASK(PHYSMEM_RANGES) }, 0, ANS, 1,
	  { RANGE(0x4000, 0x4123, 0) }, .config = MEMBLOCK_KEEP },

	/* [0x1001, 0x4fff): pages 2 and 3; [0x5001, 0x5fff): none */
	{ .name = "pfn_ranges: whole pages",
	  { ADD_NODE(0x1001, 0x3ffe, 3, 4), ADD(0x5001, 0xffe), ASK1(PFN_RANGES, 1024) }, 0, ANS, 1,
	  { RANGE(0x2000, 0x4000, 3) } },
	/* [0x1001, 0x2fff): from page 2 up to page 2 */
	{ .name = "pfn_ranges: no whole page of two",
	  { ADD(0x1001, 0x1ffe), ASK1(PFN_RANGES, 1024) }, 0, ANS, 0, { { 0 } } },
	{ .name = "pfn_ranges of a node",
	  { TWO_NODES, ASK1(PFN_RANGES, 1) }, 0, ANS, 1, { RANGE(0x5000, 0x9000, 1) } },
	{ .name = "pfn_ranges of no node",
	  { TWO_NODES, ASK1(PFN_RANGES, NO_NODE) }, 0, ANS, 2,
	  { RANGE(0x1000, 0x5000, 0), RANGE(0x5000, 0x9000, 1) } },
	{ .name = "pfn_ranges of no node, before v6.10: of who says so",
	  { TWO_NODES, ADD_NODE(0x10000, PAGE, NO_NODE, 0), ASK1(PFN_RANGES, NO_NODE) }, 0, ANS, 1,
	  { RANGE(0x10000, 0x11000, NO_NODE) }, .version = V6_1 },
	{ .name = "pfn_ranges: the last page of all is no whole one",
	  { ADD(TOP - 0x1fff, 0x2000), ASK1(PFN_RANGES, 1024) }, 0, ANS, 1,
	  { RANGE(TOP - 0x1fff, TOP - 0xfff, UNSAID) } },
	/* free: [0x1000, 0x2000), [0x3000, 0x4800), [0x5800, 0x9000) */
	{ .name = "zone_ranges: whole pages that are free, inside the zone",
	  { TWO_NODES, ZONE(NO_NODE, 3, 8) }, 0, ANS, 2,
	  { RANGE(0x3000, 0x4000, 0), RANGE(0x6000, 0x8000, 0) } },
	{ .name = "zone_ranges of a node",
	  { TWO_NODES, ZONE(0, 0, 100) }, 0, ANS, 2,
	  { RANGE(0x1000, 0x2000, 0), RANGE(0x3000, 0x4000, 0) } },
	{ .name = "zone_ranges of an empty zone",
	  { ADD(0x1000, 0x9000), ZONE(NO_NODE, 4, 4) }, 0, ANS, 0, { { 0 } } },
};

/* [0x1000, 0x3000), [0x3000, 0x5000) NOMAP; reserved [0x2000, 0x3000) */
#define ASKED	ADD(0x1000, 0x4000), MARK(NOMAP, 0x3000, 0x2000), RESERVE(0x2000, 0x1000)

static const struct memblock_case questions[] = {
	{ .name = "is_memory: the first byte", { ASKED, ASK1(IS_MEMORY, 0x1000) }, 1 },
	{ .name = "is_memory: below", { ASKED, ASK1(IS_MEMORY, 0xfff) }, 0 },
	{ .name = "is_memory: the last byte", { ASKED, ASK1(IS_MEMORY, 0x4fff) }, 1 },
	{ .name = "is_memory: above", { ASKED, ASK1(IS_MEMORY, 0x5000) }, 0 },
	{ .name = "is_memory: 32 bits", { ASKED, ASK1(IS_MEMORY, 0x100001000) }, 1,
	  .config = MEMBLOCK_PHYS32 },
	{ .name = "is_map_memory", { ASKED, ASK1(IS_MAP_MEMORY, 0x2fff) }, 1 },
	{ .name = "is_map_memory: NOMAP is not", { ASKED, ASK1(IS_MAP_MEMORY, 0x3000) }, 0 },
	{ .name = "is_reserved", { ASKED, ASK1(IS_RESERVED, 0x2000) }, 1 },
	{ .name = "is_reserved: above", { ASKED, ASK1(IS_RESERVED, 0x3000) }, 0 },
	{ .name = "is_region_memory", { ASKED, ASK2(IS_REGION_MEMORY, 0x1000, 0x2000) }, 1 },
	{ .name = "is_region_memory: across two blocks",
	  { ASKED, ASK2(IS_REGION_MEMORY, 0x1000, 0x2001) }, 0 },
	{ .name = "is_region_memory: begins outside",
	  { ASKED, ASK2(IS_REGION_MEMORY, 0xfff, 2) }, 0 },
	{ .name = "is_region_memory: past the end is cut",
	  { ADD(TOP - 0xfff, 0x1000), ASK2(IS_REGION_MEMORY, TOP - 1, 0x5000) }, 1 },
	{ .name = "is_region_reserved: one byte of it",
	  { ASKED, ASK2(IS_REGION_RESERVED, 0x2fff, 0x1000) }, 1 },
	{ .name = "is_region_reserved: touches", { ASKED, ASK2(IS_REGION_RESERVED, 0x3000, 9) }, 0 },
	{ .name = "overlaps_region, memory", { ASKED, OVERLAPS(M_MEMORY, 0, 0x1001) }, 1 },
	{ .name = "overlaps_region, memory: touches", { ASKED, OVERLAPS(M_MEMORY, 0, 0x1000) }, 0 },
	{ .name = "overlaps_region, reserved", { ASKED, OVERLAPS(M_RESERVED, 0, TOP) }, 1 },
	{ .name = "overlaps_region, nothing there", { OVERLAPS(M_RESERVED, 0, TOP) }, 0 },
	{ .name = "addrs_overlap", { OVERLAP(0, 2, 1, 1) }, 1 },
	{ .name = "addrs_overlap: touch, the other way round", { OVERLAP(2, 1, 0, 2) }, 0 },
	{ .name = "addrs_overlap: touch", { OVERLAP(0, 2, 2, 1) }, 0 },
	{ .name = "addrs_overlap: past the end", { OVERLAP(TOP - 9, 100, TOP - 5, 1) }, 1 },
	/* [0x1800, 0x3800): the first page is said as 0x1000, the end as 0x3000 */
	{ .name = "search_pfn_nid",
	  { ADD_NODE(0x1800, 0x2000, 3, 0), ASK1(SEARCH_PFN_NID, 2) }, 3, ANS, 1,
	  { { 0x1000, 0x2000, MEMBLOCK_PFNS, 0 } } },
	{ .name = "search_pfn_nid: the page's first byte counts",
	  { ADD_NODE(0x1800, 0x2000, 3, 0), ASK1(SEARCH_PFN_NID, 1) }, (uint64_t)-1, ANS, 0,
	  { { 0 } } },
	{ .name = "search_pfn_nid: no node", { ADD(0x1000, 0x1000), ASK1(SEARCH_PFN_NID, 1) }, 1024,
	  ANS, 1, { { 0x1000, 0x1000, MEMBLOCK_PFNS, 0 } } },
	{ .name = "sizes",
	  { ASKED, ASK(SIZES) }, 0, ANS, 4,
	  { { 0x4000, 1, MEMBLOCK_PHYS_MEM_SIZE, 0 }, { 0x1000, 1, MEMBLOCK_RESERVED_SIZE, 0 },
	    { 0x1000, 1, MEMBLOCK_START_OF_DRAM, 0 }, { 0x5000, 1, MEMBLOCK_END_OF_DRAM, 0 } } },
	{ .name = "sizes of nothing",
	  { ASK(SIZES) }, 0, ANS, 4,
	  { { 0, 1, MEMBLOCK_PHYS_MEM_SIZE, 0 }, { 0, 1, MEMBLOCK_RESERVED_SIZE, 0 },
	    { 0, 1, MEMBLOCK_START_OF_DRAM, 0 }, { 0, 1, MEMBLOCK_END_OF_DRAM, 0 } } },
	/* 0x4000 - 0x1801 = 0x27ff: two pages */
	{ .name = "estimated_free",
	  { ADD(0, 0x4000), RESERVE(0x8000, 0x1801), ASK(ESTIMATED_FREE) }, 2 },
	{ .name = "estimated_free: more is reserved than there is",
	  { RESERVE(0, 0x1000), ASK(ESTIMATED_FREE) }, (1ULL << 52) - 1 },
	{ .name = "validate_numa_coverage: exactly",
	  { ADD(0x1000, 0x3000), ADD_NODE(0x9000, 0x1000, 0, 0),
	    ASK1(VALIDATE_NUMA_COVERAGE, 0x3000) }, 1 },
	{ .name = "validate_numa_coverage: too little",
	  { ADD(0x1000, 0x3000), ADD_NODE(0x9000, 0x1000, NO_NODE, 0),
	    ASK1(VALIDATE_NUMA_COVERAGE, 0x3fff) }, 0 },
	{ .name = "validate_numa_coverage: without nodes all is on one",
	  { ADD(0x1000, 0x3000), ASK1(VALIDATE_NUMA_COVERAGE, 0) }, 1,
	  .config = MEMBLOCK_PLAIN },
	{ .name = "debugfs",
	  { ADD_NODE(0x1000, 0x1000, 3, 1), ADD(0x2000, 0x1000), { .id = M_DEBUGFS } }, 0, ANS, 2,
	  { RANGE(0x1000, 0x2000, 3), RANGE(0x2000, 0x3000, NO_NODE) },
	  .config = MEMBLOCK_KEEP },
	{ .name = "debugfs, before v6.5",
	  { ADD_NODE(0x1000, 0x1000, 3, 1), { .id = M_DEBUGFS } }, 0, ANS, 1,
	  { RANGE(0x1000, 0x2000, 0) }, .config = MEMBLOCK_KEEP, .version = V6_1 },
	{ .name = "debugfs is there when memblock is kept",
	  { ADD(0x1000, 0x1000), { .id = M_DEBUGFS } }, 0, ANS, 0, { { 0 } } },
	{ .name = "dump_all",
	  { DEBUG_ON, ADD_NODE(0x1000, 0x1000, 3, 5), RESERVE(7, 2), PHYSMEM(9, 1),
	    { .id = M_DUMP_ALL } }, 0, M_PRINTED, 4,
	  { { 0x1000, 2, MEMBLOCK_SAID_TOTAL, 0 }, { 0x1000, 0x1000, MEMBLOCK_SAID_REGION, 5 },
	    { 7, 2, MEMBLOCK_SAID_REGION + M_RESERVED, 0 },
	    { 9, 1, MEMBLOCK_SAID_REGION + M_PHYSMEM, 0 } }, .config = MEMBLOCK_KEEP },
	{ .name = "dump_all says nothing, unless asked to",
	  { ADD(0x1000, 0x1000), { .id = M_DUMP_ALL } }, 0, M_PRINTED, 0, { { 0 } } },
};

static void iterators_hold(void **state)
{
	(void)state;
	check_cases(iterators, ARRAY_SIZE(iterators));
}

static void questions_hold(void **state)
{
	(void)state;
	check_cases(questions, ARRAY_SIZE(questions));
}

/* What kernels answer where the contract asks for something else: with the quirk on. */
static const struct memblock_quirk_case quirks[] = {
	{ .name = "an empty zone", .quirk = "memblock-empty-zone",
	  .ops = { ADD(0x1000, 0x9000), ZONE(NO_NODE, 4, 4) }, .nr = 1,
	  .row = RANGE(0x4000, 0x4000, 0) },
	{ .name = "an empty zone at a border", .quirk = NULL,
	  .ops = { ADD(0x1000, 0x9000), ZONE(NO_NODE, 1, 1) }, .nr = 0 },
	{ .name = "a zone that ends before it begins", .quirk = "memblock-empty-zone",
	  .ops = { ADD(0x1000, 0x9000), ZONE(NO_NODE, 5, 4) }, .nr = 1,
	  .row = RANGE(0x5000, 0x4000, 0) },
	{ .name = "memory in the last page of all", .quirk = "memblock-pages-wrap",
	  .ops = { ADD(TOP - 9, 9), ASK1(PFN_RANGES, 1024) }, .nr = 1,
	  .row = RANGE(0, TOP - 0xfff, UNSAID) },
	{ .name = "a zone: less than a page does not end the search",
	  .quirk = "memblock-pages-wrap",
	  .ops = { ADD(0x9000, 0x40), ADD(TOP - 9, 9), ZONE(NO_NODE, 4, 6) }, .nr = 1,
	  .row = RANGE(0x4000, 0x6000, 0) },
	{ .name = "a zone: a page behind it ends the search", .quirk = NULL,
	  .ops = { ADD(0x9000, 0x1000), ADD(TOP - 9, 9), ZONE(NO_NODE, 4, 6) }, .nr = 0 },
	{ .name = "a zone: a page before it does not", .quirk = "memblock-pages-wrap",
	  .ops = { ADD(0x1000, 0x1000), ADD(TOP - 9, 9), ZONE(NO_NODE, 4, 6) }, .nr = 1,
	  .row = RANGE(0x4000, 0x6000, 0) },
	{ .name = "ranges past the end", .quirk = "memblock-addrs-overlap-wraps",
	  .ops = { OVERLAP(TOP - 9, 100, TOP - 5, 1) }, .value = 0, .nr = 0 },
	{ .name = "ranges past the end that meet where they wrap to", .quirk = NULL,
	  .ops = { OVERLAP(0, 100, 99, TOP) }, .value = 1, .nr = 0 },
};

static void quirks_are_predicted(void **state)
{
	(void)state;
	check_quirk_cases(quirks, ARRAY_SIZE(quirks), ANS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(iterators_hold),
		cmocka_unit_test(questions_hold),
		cmocka_unit_test(quirks_are_predicted),
	};

	return cmocka_run_group_tests_name("memblock_ranges", tests, NULL, NULL);
}

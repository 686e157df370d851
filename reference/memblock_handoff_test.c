// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memblock model: the hand-off, case by case. Above each case stands what is passed on, and
 * what is initialised, in pages.
 */
#include "memblock_cases.h"

#define HAND		M_HANDOFF
#define FREED(start, end)	{ start, (end) - (start), MEMBLOCK_FREED, 0 }
#define INIT(start, end)	\
	{ start, (end) - (start), MEMBLOCK_INITIALISED + MEMBLOCK_NODE_NONE, 0 }
#define INIT_ON(start, end, nid)	{ start, (end) - (start), MEMBLOCK_INITIALISED + (nid), 0 }
#define LAST_PAGE	(TOP - 0xfff)

static const struct memblock_case cases[] = {
	/* [1, 9) - [3, 4) */
	{ .name = "pages that are free",
	  { ADD(0x1000, 0x8000), RESERVE(0x3000, 0x1000), FREE_ALL }, 0, HAND, 3,
	  { INIT(0x3000, 0x4000), FREED(0x1000, 0x3000), FREED(0x4000, 0x9000) } },
	/* a byte that is reserved takes its page: [3, 5) */
	{ .name = "a page with a reserved byte",
	  { ADD(0x1000, 0x8000), RESERVE(0x3fff, 2), FREE_ALL }, 0, HAND, 3,
	  { INIT(0x3000, 0x5000), FREED(0x1000, 0x3000), FREED(0x5000, 0x9000) } },
	/* [0x1001, 0x4fff): pages 2 and 3 */
	{ .name = "pages that are not all memory",
	  { ADD(0x1001, 0x3ffe), FREE_ALL }, 0, HAND, 1, { FREED(0x2000, 0x4000) } },
	{ .name = "no whole page", { ADD(0x1001, 0xffe), FREE_ALL }, 0, HAND, 0, { { 0 } } },
	{ .name = "no memory", { FREE_ALL }, 0, HAND, 0, { { 0 } } },
	/* two regions that meet inside page 2: it belongs to neither */
	{ .name = "a page of two regions",
	  { ADD_NODE(0x1000, 0x1800, 0, 0), ADD_NODE(0x2800, 0x1800, 1, 0), FREE_ALL }, 0, HAND, 2,
	  { FREED(0x1000, 0x2000), FREED(0x3000, 0x4000) } },
	{ .name = "neighbours that follow each other are one row",
	  { ADD_NODE(0x1000, 0x1000, 0, 0), ADD_NODE(0x2000, 0x1000, 1, 0), FREE_ALL }, 0, HAND, 1,
	  { FREED(0x1000, 0x3000) } },
	{ .name = "below max_low_pfn",
	  { LOW_PFNS(3), ADD(0x1000, 0x8000), RESERVE(0x6000, 1), FREE_ALL }, 0, HAND, 2,
	  { INIT(0x6000, 0x7000), FREED(0x1000, 0x3000) } },
	{ .name = "max_low_pfn is below all memory",
	  { LOW_PFNS(1), ADD(0x1000, 0x8000), FREE_ALL }, 0, HAND, 0, { { 0 } } },
	/* NOMAP [2, 3) of node 1 is initialised, and not passed on */
	{ .name = "NOMAP memory",
	  { ADD_NODE(0x1000, 0x4000, 1, 0), MARK(NOMAP, 0x2000, 0x1000), FREE_ALL }, 0, HAND, 3,
	  { INIT_ON(0x2000, 0x3000, 1), FREED(0x1000, 0x2000), FREED(0x3000, 0x5000) } },
	{ .name = "NOMAP memory, before v6.6",
	  { ADD_NODE(0x1000, 0x4000, 1, 0), RESERVE(0x1000, 1), MARK(NOMAP, 0x2000, 0x1000),
	    FREE_ALL }, 0, HAND, 2, { INIT(0x1000, 0x3000), FREED(0x3000, 0x5000) },
	  .version = V6_1 },
	{ .name = "DRIVER_MANAGED memory is not passed on",
	  { ADD_NODE(0x1000, 0x1000, 0, 8), FREE_ALL }, 0, HAND, 0, { { 0 } } },
	{ .name = "HOTPLUG memory is, with movable_node, too",
	  { SWITCH(MOVABLE_NODE, 1), ADD_NODE(0x1000, 0x1000, 0, 1), FREE_ALL }, 0, HAND, 1,
	  { FREED(0x1000, 0x2000) } },
	{ .name = "and is HOTPLUG no more",
	  { ADD_NODE(0x1000, 0x1000, 0, 1), FREE_ALL }, 0, M_MEMORY, 1,
	  { REGION_ON(0x1000, 0x2000, 0, 0) } },
	{ .name = "NOINIT is not initialised",
	  { ADD(0x1000, 0x3000), RESERVE(0x2000, 0x1000), NOINIT(0x2000, 0x1000), FREE_ALL }, 0,
	  HAND, 2, { FREED(0x1000, 0x2000), FREED(0x3000, 0x4000) } },

	/* node 0: [1, 3), node 1: [3, 5); reserved [2, 4): a page on each */
	{ .name = "reserved pages have the node of their memory",
	  { ADD_NODE(0x1000, 0x2000, 0, 0), ADD_NODE(0x3000, 0x2000, 1, 0),
	    RESERVE(0x2000, 0x2000), FREE_ALL }, 0, HAND, 4,
	  { INIT_ON(0x2000, 0x3000, 0), INIT_ON(0x3000, 0x4000, 1), FREED(0x1000, 0x2000),
	    FREED(0x4000, 0x5000) } },
	{ .name = "and so have reserved regions",
	  { ADD_NODE(0x1000, 0x2000, 0, 0), ADD_NODE(0x3000, 0x2000, 1, 0),
	    RESERVE(0x2000, 0x2000), FREE_ALL }, 0, M_RESERVED, 2,
	  { REGION_ON(0x2000, 0x3000, 0, 0), REGION_ON(0x3000, 0x4000, 0, 1) } },
	{ .name = "none had, before v6.6",
	  { ADD_NODE(0x1000, 0x2000, 0, 0), ADD_NODE(0x3000, 0x2000, 1, 0),
	    RESERVE(0x2000, 0x2000), FREE_ALL }, 0, M_RESERVED, 1,
	  { REGION(0x2000, 0x4000, 0) }, .version = V6_1 },
	{ .name = "nor their pages",
	  { ADD_NODE(0x1000, 0x2000, 0, 0), RESERVE(0x2000, 0x1000), FREE_ALL }, 0, HAND, 2,
	  { INIT(0x2000, 0x3000), FREED(0x1000, 0x2000) }, .version = V6_1 },
	/* node 1 ends inside page 2, reserved goes on from there: page 2 is on 1, and so page 3 */
	{ .name = "outside of memory: as the first page",
	  { ADD_NODE(0x1000, 0x1800, 1, 0), RESERVE(0x2800, 0x1000), FREE_ALL }, 0, HAND, 2,
	  { INIT_ON(0x2000, 0x4000, 1), FREED(0x1000, 0x2000) } },
	{ .name = "outside of memory: none",
	  { RESERVE(0x2800, 0x1000), FREE_ALL }, 0, HAND, 1, { INIT(0x2000, 0x4000) } },
	/* node 0 and node 1 meet inside page 2, all reserved: it is initialised for each */
	{ .name = "a reserved page of two nodes",
	  { ADD_NODE(0x1000, 0x1800, 0, 0), ADD_NODE(0x2800, 0x1800, 1, 0),
	    RESERVE(0x1000, 0x3000), FREE_ALL }, 0, HAND, 2,
	  { INIT_ON(0x1000, 0x3000, 0), INIT_ON(0x2000, 0x4000, 1) } },
	{ .name = "without nodes",
	  { ADD_NODE(0x1000, 0x2000, 0, 0), RESERVE(0x2000, 0x1000), FREE_ALL }, 0, HAND, 2,
	  { INIT(0x2000, 0x3000), FREED(0x1000, 0x2000) }, .config = MEMBLOCK_PLAIN },
	{ .name = "the last page of all is reserved",
	  { RESERVE(LAST_PAGE, 1), FREE_ALL }, 0, HAND, 1,
	  { { LAST_PAGE, 0x1000, MEMBLOCK_INITIALISED + MEMBLOCK_NODE_NONE, 0 } } },
	{ .name = "64 GiB are not too much",
	  { ADD(0x1000, MEMBLOCK_FREE_MAX), FREE_ALL }, 0, HAND, 1,
	  { FREED(0x1000, 0x1000 + MEMBLOCK_FREE_MAX) } },
	{ .name = "a byte more is: no call",
	  { ADD(0x1000, MEMBLOCK_FREE_MAX + 1), FREE_ALL }, 0, HAND, 0, { { 0 } } },

	/* 3 of 4 slots are taken, and to set nodes needs two; NOMAP was initialised before */
	{ .name = "no slots for nodes: a panic",
	  { ADD_NODE(0x1000, 0x8000, 0, 4), RESERVE(0x1000, 1), RESERVE(0x3000, 1),
	    RESERVE(0x5000, 1), FREE_ALL }, .outcome = OUT_PANIC, .config = MEMBLOCK_SMALL },
	{ .name = "free_late: whole pages",
	  { FREE_LATE(0x1001, 0x3ffe) }, 0, HAND, 1, { FREED(0x2000, 0x4000) } },
	{ .name = "free_late: none", { FREE_LATE(0x1001, 0xffe) }, 0, HAND, 0, { { 0 } } },
	{ .name = "free_late: 4096 pages",
	  { FREE_LATE(0x1000, 4096 * PAGE) }, 0, HAND, 1, { FREED(0x1000, 4097 * PAGE) } },
	{ .name = "free_late: 4097 pages", { FREE_LATE(0, 4097 * PAGE) }, 0, HAND, 0, { { 0 } } },
	{ .name = "free_late: past the end",
	  { FREE_LATE(TOP - 0x1fff, 0x9000) }, 0, HAND, 1, { FREED(TOP - 0x1fff, TOP - 0xfff) } },
	{ .name = "free_late, after free_all",
	  { ADD(0x1000, 0x3000), RESERVE(0x2000, 0x1000), FREE_ALL, FREE_LATE(0x2000, 0x1000) }, 0,
	  HAND, 4, { INIT(0x2000, 0x3000), FREED(0x1000, 0x2000), FREED(0x3000, 0x4000),
		     FREED(0x2000, 0x3000) } },
	{ .name = "free_late says so",
	  { DEBUG_ON, FREE_LATE(0x1001, 0x3ffe) }, 0, M_PRINTED, 1,
	  { { 0x1001, 0x3ffe, M_FREE_LATE, 0 } } },

	{ .name = "discard: nothing of memory is left",
	  { ADD(0x1000, 0x3000), FREE_ALL, DISCARD }, 0, M_OWN, 0, { { 0 } } },
	{ .name = "nothing happens any more",
	  { ADD(0x1000, 0x3000), FREE_ALL, DISCARD, RESERVE(0, 0x1000) }, 0, M_RESERVED, 0,
	  { { 0 } } },
	{ .name = "what was handed off is known",
	  { ADD(0x1000, 0x3000), FREE_ALL, DISCARD }, 0, HAND, 1, { FREED(0x1000, 0x4000) } },
	{ .name = "kept: nothing is discarded",
	  { ADD(0x1000, 0x3000), DISCARD }, 0, M_MEMORY, 1, { REGION(0x1000, 0x4000, 0) },
	  .config = MEMBLOCK_KEEP },
};

static void cases_hold(void **state)
{
	(void)state;
	check_cases(cases, ARRAY_SIZE(cases));
}

static uint64_t ram_pages(const struct expect *e)
{
	return e->rows.table[M_SETTINGS].rows[MEMBLOCK_RAM_PAGES].start;
}

/* Pages that are passed on count as RAM; initialised ones do not. */
static void pages_count(void **state)
{
	static const struct op ops[TEST_OPS] = {
		ADD(0x1000, 0x8000), RESERVE(0x3000, 0x1000), FREE_ALL, FREE_LATE(0x3000, 0x1000)
	};
	struct expect e;

	(void)state;
	init_model(MEMBLOCK_NORMAL, V6_12);
	run_ops(ops, &e);
	assert_int_equal(ram_pages(&e), 8);
}

/*
 * Memory has a table of 4 slots and doubles with the fifth region. 8 slots of 24 bytes are a page;
 * by a search from the top it is the last one of the highest region, 0x5f000.
 */
static void tables_are_passed_on(void **state)
{
	static const struct op ops[TEST_OPS] = {
		{ .id = M_ALLOW_RESIZE }, ADD(0x10000, 0x1000), ADD(0x20000, 0x1000),
		ADD(0x30000, 0x1000), ADD(0x50000, 0x10000), ADD(0x40000, 0x1000),
		LOW_PFNS(0), FREE_ALL, DISCARD
	};
	struct row rows[] = { INIT(0x5f000, 0x60000), FREED(0x5f000, 0x60000) };
	struct expect e;

	(void)state;
	init_model(MEMBLOCK_SMALL, V6_1);
	run_ops(ops, &e);
	assert_rows(&e.rows.table[HAND], rows, ARRAY_SIZE(rows));
	assert_int_equal(ram_pages(&e), 1);
}

/*
 * Reserved has 4 slots, 3 of them in use: to set nodes needs two, so it doubles at the first region
 * of memory, and what it lies in, of another node, was not seen to yet: NOMAP is initialised again.
 */
static void nodes_are_set_again(void **state)
{
	static const struct op ops[TEST_OPS] = {
		{ .id = M_ALLOW_RESIZE }, ADD_NODE(0x10000, 0x8000, 0, 0),
		ADD_NODE(0x20000, 0x8000, 1, 0), MARK(NOMAP, 0x20000, 0x1000),
		RESERVE(0x10000, 0x1000), RESERVE(0x12000, 0x1000), RESERVE(0x14000, 0x1000),
		LOW_PFNS(0), FREE_ALL
	};
	const uint32_t node1 = MEMBLOCK_INITIALISED + 1;
	unsigned int nomap = 0;
	struct expect e;
	const struct table *t, *reserved;

	(void)state;
	init_model(MEMBLOCK_SMALL, V6_12);
	run_ops(ops, &e);
	t = &e.rows.table[HAND];
	reserved = &e.rows.table[M_RESERVED];
	for (unsigned int i = 0; i < t->nr; i++)
		nomap += t->rows[i].type == node1 && t->rows[i].start == 0x20000;
	assert_int_equal(nomap, 2);
	assert_int_equal(e.rows.table[M_OWN].rows[M_RESERVED].flags, 8);
	for (unsigned int i = 0; i < reserved->nr; i++)
		assert_int_equal(reserved->rows[i].flags, reserved->rows[i].start >= 0x20000);
}

/* What kernels do where the contract asks for something else: with the quirk on. */
static const struct memblock_quirk_case quirks[] = {
	{ .name = "free memory in the last page of all", .quirk = "memblock-handoff-wraps",
	  .ops = { ADD(TOP - 9, 9), FREE_ALL }, .cut = true, .nr = 0 },
	{ .name = "and nothing is to be passed on", .quirk = NULL,
	  .ops = { LOW_PFNS(0), ADD(TOP - 9, 9), FREE_ALL }, .nr = 0 },
	{ .name = "free_late past the end", .quirk = "memblock-free-late-wraps",
	  .ops = { FREE_LATE(TOP - 0x1fff, 0x9000) }, .nr = 0 },
	{ .name = "free_late from the last page on", .quirk = "memblock-free-late-wraps",
	  .ops = { FREE_LATE(TOP - 1, 0x1702) }, .nr = 1, .row = FREED(0, 0x1000) },
	{ .name = "free_late up to the end", .quirk = NULL,
	  .ops = { FREE_LATE(TOP - 0x1fff, 0x1fff) }, .nr = 1,
	  .row = FREED(TOP - 0x1fff, TOP - 0xfff) },
};

static void quirks_are_predicted(void **state)
{
	(void)state;
	check_quirk_cases(quirks, ARRAY_SIZE(quirks), HAND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cases_hold),
		cmocka_unit_test(pages_count),
		cmocka_unit_test(tables_are_passed_on),
		cmocka_unit_test(nodes_are_set_again),
		cmocka_unit_test(quirks_are_predicted),
	};

	return cmocka_run_group_tests_name("memblock_handoff", tests, NULL, NULL);
}

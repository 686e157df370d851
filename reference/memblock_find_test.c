// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memblock model: searches and allocations, case by case. Pages are counted from 0x10: memory
 * of a case is 16 pages from there, [0x10000, 0x20000), where it says nothing else.
 */
#include "memblock_cases.h"

#define MEM16		ADD(0x10000, 0x10000)
#define RES		M_RESERVED
#define ANS		M_ANSWER
#define HOT		MEMBLOCK_F_HOTPLUG
#define MIRROR_		MEMBLOCK_F_MIRROR
#define ANYWHERE	UINT64_MAX
#define CLEARED(start, size)	{ start, size, MEMBLOCK_CLEARED, 0 }

static const struct memblock_case searches[] = {
	{ .name = "top down: the highest", { MEM16, FIND(0, 0, PAGE, PAGE) }, 0x1f000 },
	{ .name = "bottom up: the lowest",
	  { SWITCH(BOTTOM_UP, 1), MEM16, FIND(0, 0, PAGE, PAGE) }, 0x10000 },
	{ .name = "an empty memory", { FIND(0, 0, PAGE, PAGE) }, 0 },
	{ .name = "exactly all of it", { MEM16, FIND(0, 0, 0x10000, PAGE) }, 0x10000 },
	{ .name = "a byte too much", { MEM16, FIND(0, 0, 0x10001, 1) }, 0 },
	/* [0x10000, 0x1f800) and [0x1f900, 0x20000): 0x700 fit above, 0x701 below: 0x1f0ff */
	{ .name = "above what is reserved",
	  { MEM16, RESERVE(0x1f800, 0x100), FIND(0, 0, 0x700, 1) }, 0x1f900 },
	{ .name = "below what is reserved",
	  { MEM16, RESERVE(0x1f800, 0x100), FIND(0, 0, 0x701, 1) }, 0x1f0ff },
	/* the highest multiple of 16 pages that leaves a page: 0x10000 */
	{ .name = "top down, aligned", { MEM16, FIND(0, 0, PAGE, 0x10000) }, 0x10000 },
	{ .name = "bottom up, aligned",
	  { SWITCH(BOTTOM_UP, 1), ADD(0x11000, 0x20000), FIND(0, 0, PAGE, 0x10000) }, 0x20000 },
	{ .name = "bottom up, aligned past the end",
	  { SWITCH(BOTTOM_UP, 1), ADD(0x11000, 0xf000), FIND(0, 0, PAGE, 0x10000) }, 0 },
	{ .name = "bottom up, aligned far past the end",
	  { SWITCH(BOTTOM_UP, 1), ADD(0x11000, 0x1000), FIND(0, 0, PAGE, 0x10000) }, 0 },
	{ .name = "bottom up, aligned past 2^64",
	  { SWITCH(BOTTOM_UP, 1), ADD(TOP - 0x1ffe, 0x1000), FIND(0, 0, 1, 1ULL << 63) }, 0 },
	/* memory is [0xe0000000, 0xf0000000): no multiple of 2 GiB in it */
	{ .name = "top down, aligned below the start",
	  { ADD(0xe0000000, 0x10000000), FIND(0, 0, PAGE, 0x80000000) }, 0 },
	{ .name = "a window", { MEM16, FIND(0x12000, 0x15000, PAGE, PAGE) }, 0x14000 },
	{ .name = "a window, bottom up",
	  { SWITCH(BOTTOM_UP, 1), MEM16, FIND(0x12001, 0x15000, PAGE, PAGE) }, 0x13000 },
	{ .name = "a window that is too small", { MEM16, FIND(0x12001, 0x13fff, PAGE, PAGE) }, 0 },
	{ .name = "a window that ends before it begins",
	  { MEM16, FIND(0x15000, 0x12000, 1, 1) }, 0 },
	/* page 0 is never an answer */
	{ .name = "bottom up, from 0",
	  { SWITCH(BOTTOM_UP, 1), ADD(0, 0x3000), FIND(0, 0, 1, 1) }, 0x1000 },
	{ .name = "page 0 is all there is", { ADD(0, PAGE), FIND(0, 0, 1, 1) }, 0 },
	{ .name = "an end of 0: the current limit",
	  { MEM16, CURRENT_LIMIT(0x13000), FIND(0, 0, PAGE, PAGE) }, 0x12000 },
	{ .name = "an end of 1 is that, too",
	  { MEM16, CURRENT_LIMIT(0x13000), FIND(0, 1, PAGE, PAGE) }, 0x12000 },
	{ .name = "anywhere is above the limit",
	  { MEM16, CURRENT_LIMIT(0x13000), FIND(0, ANYWHERE, PAGE, PAGE) }, 0x1f000 },
	/* a block lies in one region: [0x10000, 0x18000) node 0, [0x18000, 0x20000) node 1 */
	{ .name = "not across regions",
	  { ADD_NODE(0x10000, 0x8000, 0, 0), ADD_NODE(0x18000, 0x8000, 1, 0),
	    FIND(0, 0, 0x9000, PAGE) }, 0 },
	{ .name = "on a node",
	  { ADD_NODE(0x10000, 0x8000, 0, 0), ADD_NODE(0x18000, 0x8000, 1, 0),
	    FIND_NODE(PAGE, PAGE, 0, 0, 0, 0) }, 0x17000 },
	{ .name = "on a node that has none", { MEM16, FIND_NODE(PAGE, PAGE, 0, 0, 3, 0) }, 0 },
	{ .name = "on a node that is none, before v6.10",
	  { MEM16, FIND_NODE(PAGE, PAGE, 0, 0, 2000, 0) }, 0, .version = V6_1 },
	{ .name = "on a node that is none",
	  { MEM16, FIND_NODE(PAGE, PAGE, 0, 0, 2000, 0) }, 0x1f000 },
	{ .name = "not in NOMAP",
	  { MEM16, MARK(NOMAP, 0x1f000, PAGE), FIND(0, 0, PAGE, PAGE) }, 0x1e000 },
	{ .name = "in NOMAP, when asked for",
	  { MEM16, MARK(NOMAP, 0x1f000, PAGE), FIND_NODE(PAGE, PAGE, 0, 0, NO_NODE, 4) }, 0x1f000 },
	{ .name = "HOTPLUG counts",
	  { MEM16, MARK(HOTPLUG, 0x1f000, PAGE), FIND(0, 0, PAGE, PAGE) }, 0x1f000 },
	{ .name = "HOTPLUG does not, with movable_node",
	  { SWITCH(MOVABLE_NODE, 1), MEM16, MARK(HOTPLUG, 0x1f000, PAGE),
	    FIND(0, 0, PAGE, PAGE) }, 0x1e000 },
	{ .name = "there is no movable_node without hot-plug",
	  { SWITCH(MOVABLE_NODE, 1), MEM16, MARK(HOTPLUG, 0x1f000, PAGE),
	    FIND(0, 0, PAGE, PAGE) }, 0x1f000, .config = MEMBLOCK_PLAIN },
	{ .name = "in mirrored memory first",
	  { SWITCH(KERNELCORE_MIRROR, 1), MEM16, MARK(MIRROR, 0x12000, PAGE),
	    FIND(0, 0, PAGE, PAGE) }, 0x12000 },
	{ .name = "mirrored memory is too small",
	  { SWITCH(KERNELCORE_MIRROR, 1), MEM16, MARK(MIRROR, 0x12000, PAGE),
	    FIND(0, 0, 0x2000, PAGE) }, 0x1e000 },
	{ .name = "32 bits: operands are cut",
	  { ADD(0x10000, 0x10000), FIND(0, 0x100013000, 0x100001000, PAGE) }, 0x12000,
	  .config = MEMBLOCK_PHYS32 },
};

/* Types of M_RESERVED are what reserve() makes: no flags, no node. */
static const struct memblock_case allocations[] = {
	{ .name = "what is found is reserved",
	  { MEM16, PHYS_ALLOC(0x100, 0x100, 0, 0) }, 0x1ff00, RES, 1,
	  { REGION(0x1ff00, 0x20000, 0) } },
	{ .name = "an align of 0 is a cache line",
	  { MEM16, PHYS_ALLOC(1, 0, 0, 0) }, 0x1ffc0, RES, 1, { REGION(0x1ffc0, 0x1ffc1, 0) } },
	{ .name = "there is no room",
	  { MEM16, PHYS_ALLOC(0x20000, 1, 0, 0) }, 0, RES, 0, { { 0 } } },
	{ .name = "another node is as good",
	  { ADD_NODE(0x10000, 0x8000, 0, 0), ADD_NODE(0x18000, 0x8000, 1, 0),
	    RESERVE(0x10000, 0x8000), ALLOC_RANGE(PAGE, PAGE, 0, 0, 0, 0) }, 0x1f000 , RES, 2,
	  { REGION(0x10000, 0x18000, 0), REGION(0x1f000, 0x20000, 0) } },
	{ .name = "another node is not",
	  { ADD_NODE(0x10000, 0x8000, 0, 0), ADD_NODE(0x18000, 0x8000, 1, 0),
	    RESERVE(0x10000, 0x8000), ALLOC_RANGE(PAGE, PAGE, 0, 0, 0, 1) }, 0, RES, 1,
	  { REGION(0x10000, 0x18000, 0) } },
	/* mirrored: page 0x12 of node 0; node 1 is asked for: mirrored memory of any is better */
	{ .name = "mirrored memory of another node",
	  { SWITCH(KERNELCORE_MIRROR, 1), ADD_NODE(0x10000, 0x8000, 0, 0),
	    ADD_NODE(0x18000, 0x8000, 1, 0), MARK(MIRROR, 0x12000, PAGE),
	    ALLOC_RANGE(PAGE, PAGE, 0, 0, 1, 0) }, 0x12000, RES, 1,
	  { REGION(0x12000, 0x13000, 0) } },
	{ .name = "exactly that node has no mirrored memory",
	  { SWITCH(KERNELCORE_MIRROR, 1), ADD_NODE(0x10000, 0x8000, 0, 0),
	    ADD_NODE(0x18000, 0x8000, 1, 0), MARK(MIRROR, 0x12000, PAGE),
	    ALLOC_RANGE(PAGE, PAGE, 0, 0, 1, 1) }, 0x1f000, RES, 1,
	  { REGION(0x1f000, 0x20000, 0) } },
	{ .name = "phys_alloc_try_nid",
	  { ADD_NODE(0x10000, 0x8000, 0, 0), ADD_NODE(0x18000, 0x8000, 1, 0),
	    { .id = M_PHYS_ALLOC_TRY_NID, .arg = { PAGE, PAGE, 0 } } }, 0x17000, RES, 1,
	  { REGION(0x17000, 0x18000, 0) } },
	{ .name = "alloc_try_nid clears its bytes",
	  { MEM16, TRY_NID(0x20, 0x10, 0, 0, NO_NODE) }, 0x1ffe0, ANS, 1,
	  { CLEARED(0x1ffe0, 0x20) } },
	{ .name = "raw forms do not",
	  { MEM16, { .id = M_ALLOC_TRY_NID_RAW, .arg = { 0x20, 0x10, 0, 0, NO_NODE } } }, 0x1ffe0,
	  ANS, 0, { { 0 } } },
	{ .name = "exact and raw",
	  { MEM16, EXACT_NID(0x20, 0x10, 0, 0, 1) }, 0, ANS, 0, { { 0 } } },
	{ .name = "a max above the limit is the limit",
	  { MEM16, CURRENT_LIMIT(0x13000), TRY_NID(PAGE, PAGE, 0, ANYWHERE, NO_NODE) }, 0x12000,
	  RES, 1, { REGION(0x12000, 0x13000, 0) } },
	{ .name = "a min that cannot be gives way",
	  { MEM16, TRY_NID(PAGE, PAGE, 0x1f001, 0, NO_NODE) }, 0x1f000, RES, 1,
	  { REGION(0x1f000, 0x20000, 0) } },
	{ .name = "a max does not",
	  { MEM16, TRY_NID(PAGE, PAGE, 0, 0x10fff, NO_NODE) }, 0, RES, 0, { { 0 } } },
	{ .name = "alloc", { MEM16, { .id = M_ALLOC, .arg = { 0x40, 0 } } }, 0x1ffc0, ANS, 1,
	  { CLEARED(0x1ffc0, 0x40) } },
	{ .name = "alloc_from",
	  { SWITCH(BOTTOM_UP, 1), MEM16, { .id = M_ALLOC_FROM, .arg = { PAGE, PAGE, 0x15000 } } },
	  0x15000, ANS, 1, { CLEARED(0x15000, PAGE) } },
	/* the limit is 2^32 - 1: the last page below it begins at 0xffffe000 */
	{ .name = "alloc_low",
	  { ADD(0xff000000, 0x2000000), { .id = M_ALLOC_LOW, .arg = { PAGE, PAGE } } },
	  0xffffe000, ANS, 1, { CLEARED(0xffffe000, PAGE) } },
	{ .name = "alloc_node",
	  { ADD_NODE(0x10000, 0x8000, 0, 0), ADD_NODE(0x18000, 0x8000, 1, 0),
	    { .id = M_ALLOC_NODE, .arg = { PAGE, PAGE, 0 } } }, 0x17000, ANS, 1,
	  { CLEARED(0x17000, PAGE) } },
	/* 4 slots are taken and may not be resized */
	{ .name = "no slot: a panic",
	  { MEM16, RESERVE(0x10000, 1), RESERVE(0x10010, 1), RESERVE(0x10020, 1),
	    RESERVE(0x10030, 1), PHYS_ALLOC(PAGE, PAGE, 0, 0) }, .outcome = OUT_PANIC,
	  .config = MEMBLOCK_SMALL },
	{ .name = "no slot, before v6.6: as if there was no room",
	  { MEM16, RESERVE(0x10000, 1), RESERVE(0x10010, 1), RESERVE(0x10020, 1),
	    RESERVE(0x10030, 1), PHYS_ALLOC(PAGE, PAGE, 0, 0) }, 0, RES, 4,
	  { REGION(0x10000, 0x10001, 0), REGION(0x10010, 0x10011, 0),
	    REGION(0x10020, 0x10021, 0), REGION(0x10030, 0x10031, 0) },
	  .config = MEMBLOCK_SMALL, .version = V6_1 },
	{ .name = "slab is there",
	  { MEM16, SWITCH(SLAB, 1), { .id = M_ALLOC, .arg = { PAGE, 0 } } }, 0, RES, 0, { { 0 } } },
	{ .name = "slab is there, by physical address, before v6.11",
	  { MEM16, SWITCH(SLAB, 1), PHYS_ALLOC(PAGE, PAGE, 0, 0) }, 0x1f000, RES, 1,
	  { REGION(0x1f000, 0x20000, 0) }, .version = V6_1 },
};

/* What is printed: two rows of the function, then that of reserve(). */
static const struct memblock_case printed[] = {
	{ .name = "phys_alloc_range says",
	  { DEBUG_ON, MEM16, PHYS_ALLOC(PAGE, 0, 0x3, 0) }, 0x1f000, M_PRINTED, 3,
	  { { 0x3, PAGE, M_PHYS_ALLOC_RANGE, NO_NODE },
	    { 0, 0, M_PHYS_ALLOC_RANGE | MEMBLOCK_SAID_MORE, 0 },
	    { 0x1f000, PAGE, M_RESERVE, 0 } } },
	{ .name = "alloc_node says what alloc_try_nid does",
	  { DEBUG_ON, MEM16, { .id = M_ALLOC_NODE, .arg = { PAGE, 0x40, 1 } } }, 0x1f000,
	  M_PRINTED, 3,
	  { { 0, PAGE, M_ALLOC_TRY_NID, 1 }, { 0, 0x40, M_ALLOC_TRY_NID | MEMBLOCK_SAID_MORE, 0 },
	    { 0x1f000, PAGE, M_RESERVE, 0 } } },
	{ .name = "alloc_range_nid says nothing of its own",
	  { DEBUG_ON, MEM16, ALLOC_RANGE(PAGE, PAGE, 0, 0, 0, 0) }, 0x1f000, M_PRINTED, 1,
	  { { 0x1f000, PAGE, M_RESERVE, 0 } } },
};

static void searches_hold(void **state)
{
	(void)state;
	check_cases(searches, ARRAY_SIZE(searches));
}

static void allocations_hold(void **state)
{
	(void)state;
	check_cases(allocations, ARRAY_SIZE(allocations));
	check_cases(printed, ARRAY_SIZE(printed));
}

/**
 * struct open_case - an op whose answer is open, and answers to it
 * @value: the subject's; @allowed: it is followed
 * @outcome: the subject's
 * @nr: of M_RESERVED afterwards
 */
struct open_case {
	const char *name;
	struct op ops[TEST_OPS];
	uint64_t value;
	bool allowed;
	unsigned int nr;
	enum outcome outcome;
	enum memblock_config config;
};

static const struct open_case open_cases[] = {
	{ .name = "size 0, in the window", { MEM16, FIND(0, 0, 0, PAGE) }, 0x15000, true, 0 },
	{ .name = "size 0, below it", { MEM16, FIND(0x11000, 0, 0, PAGE) }, 0x10000, false, 0 },
	{ .name = "align 3", { MEM16, FIND(0, 0, 5, 3) }, 0x12345, true, 0 },
	{ .name = "align 3, not free",
	  { MEM16, RESERVE(0x12000, PAGE), FIND(0, 0, 5, 3) }, 0x12345, false, 1 },
	{ .name = "align 3, no answer", { MEM16, FIND(0, 0, 5, 3) }, 0, true, 0 },
	{ .name = "align 3, past the window", { MEM16, FIND(0, 0x12000, 5, 3) }, 0x11ffc, false, 0 },
	{ .name = "alloc, align 3", { MEM16, PHYS_ALLOC(5, 3, 0, 0) }, 0x12345, true, 1 },
	{ .name = "alloc, align 3, not memory", { MEM16, PHYS_ALLOC(5, 3, 0, 0) }, 0x2345, false, 0 },
	{ .name = "alloc, size 0", { MEM16, PHYS_ALLOC(0, 1, 0, 0) }, 0x12345, true, 0 },
	{ .name = "alloc below min, align 3", { MEM16, TRY_NID(5, 3, 0x15000, 0, 0) }, 0x12345, true, 1 },
	{ .name = "alloc, align 3, HOTPLUG",
	  { SWITCH(MOVABLE_NODE, 1), MEM16, MARK(HOTPLUG, 0x12000, PAGE), PHYS_ALLOC(5, 3, 0, 0) },
	  0x12345, false, 0 },
	{ .name = "slab: its block",
	  { MEM16, SWITCH(SLAB, 1), PHYS_ALLOC(5, 8, 0, 0) }, 0xfffffffff0000000, true, 0 },
	{ .name = "slab: none", { MEM16, SWITCH(SLAB, 1), PHYS_ALLOC(5, 8, 0, 0) }, 0, true, 0 },
	{ .name = "slab: memory", { MEM16, SWITCH(SLAB, 1), PHYS_ALLOC(5, 8, 0, 0) }, 0x12345, false, 0 },
	{ .name = "size 0, panic without a slot",
	  { MEM16, RESERVE(0x10000, 1), RESERVE(0x10010, 1), RESERVE(0x10020, 1),
	    RESERVE(0x10030, 1), PHYS_ALLOC(0, 1, 0, 0) }, 0, false, 4, OUT_PANIC, MEMBLOCK_SMALL },
	{ .name = "align 3, panic with room",
	  { MEM16, PHYS_ALLOC(5, 3, 0, 0) }, 0, false, 0, OUT_PANIC, MEMBLOCK_SMALL },
	{ .name = "align 3, panic without a slot",
	  { MEM16, RESERVE(0x10000, 1), RESERVE(0x10010, 1), RESERVE(0x10020, 1),
	    RESERVE(0x10030, 1), PHYS_ALLOC(5, 3, 0, 0) }, 0, true, 4, OUT_PANIC, MEMBLOCK_SMALL },
};

static void open_answers_are_followed(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(open_cases); i++) {
		const struct open_case *c = &open_cases[i];
		const struct op *last = c->ops;
		struct result res = { .outcome = c->outcome, .value = c->value };
		struct expect e;
		struct state seen;

		print_message("%s\n", c->name);
		init_model(c->config, V6_12);
		run_ops(c->ops, &e);
		while (last + 1 < c->ops + TEST_OPS && last[1].id)
			last++;
		seen = e.rows;
		memblock_model.adopt(&room, last, &res, &seen, &e);
		assert_int_equal(e.value_rule, VALUE_UNSPECIFIED);
		assert_int_equal(e.result.value == c->value && e.result.outcome == c->outcome,
				 c->allowed);
		assert_int_equal(e.rows.table[RES].nr, c->nr);
		assert_true(memblock_model.selfcheck(&room));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(searches_hold),
		cmocka_unit_test(allocations_hold),
		cmocka_unit_test(open_answers_are_followed),
	};

	return cmocka_run_group_tests_name("memblock_find", tests, NULL, NULL);
}

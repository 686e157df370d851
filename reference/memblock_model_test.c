// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memblock model, case by case. Above each case stands what it is: regions [start, end), with
 * flags and nodes where they have any.
 */
#include "memblock_testing.h"

/**
 * struct test_case - ops, and what must be true after the last one
 * @table: the one that is looked at, @nr rows
 * @value: what the last op returned
 * @legality: of the last op
 * @outcome: of the last op
 */
struct test_case {
	const char *name;
	struct op ops[TEST_OPS];
	unsigned int table, nr;
	struct row rows[TEST_ROWS];
	uint64_t value;
	enum legality legality;
	enum outcome outcome;
	enum memblock_config config;
	uint32_t version;
};

#define MEM	M_MEMORY
#define RES	M_RESERVED
#define HOT	MEMBLOCK_F_HOTPLUG
#define MIRROR_	MEMBLOCK_F_MIRROR
#define NOMAP_	MEMBLOCK_F_NOMAP
#define NOINIT_	MEMBLOCK_F_NOINIT

static const struct test_case cases[] = {
	/* {} + [0x1000, 0x3000) */
	{ .name = "add", { ADD(0x1000, 0x2000) }, MEM, 1, { REGION(0x1000, 0x3000, 0) } },
	/* [0, 1) + [1, 2) = [0, 2) */
	{ .name = "add what touches, above",
	  { ADD(0, PAGE), ADD(PAGE, PAGE) }, MEM, 1, { REGION(0, 0x2000, 0) } },
	{ .name = "add what touches, below",
	  { ADD(PAGE, PAGE), ADD(0, PAGE) }, MEM, 1, { REGION(0, 0x2000, 0) } },
	/* [0, 1) + [2, 3) + [1, 2) */
	{ .name = "add what fills a hole",
	  { ADD(0, PAGE), ADD(0x2000, PAGE), ADD(PAGE, PAGE) }, MEM, 1,
	  { REGION(0, 0x3000, 0) } },
	/* [2, 3) + [0, 9) */
	{ .name = "add around",
	  { ADD(0x2000, PAGE), ADD(0, 0x9000) }, MEM, 1, { REGION(0, 0x9000, 0) } },
	/* what was there keeps its own: [2, 4) node 1, + [0, 6) node 0 */
	{ .name = "add_node around another node",
	  { ADD_NODE(0x2000, 0x2000, 1, HOT), ADD_NODE(0, 0x6000, 0, 0) }, MEM, 3,
	  { REGION_ON(0, 0x2000, 0, 0), REGION_ON(0x2000, 0x4000, HOT, 1),
	    REGION_ON(0x4000, 0x6000, 0, 0) } },
	/* no node is said in two ways: two regions that do not merge */
	{ .name = "no node, said in two ways",
	  { ADD(0, PAGE), ADD_NODE(PAGE, PAGE, NO_NODE, 0) }, MEM, 2,
	  { REGION(0, 0x1000, 0), { 0x1000, 0x1000, TYPE(0), NO_NODE } } },
	{ .name = "add nothing", { ADD(7, 0) }, MEM, 0, { { 0 } }, 0, MISUSE },
	/* the last byte of the address space is never covered */
	{ .name = "add past the end",
	  { ADD(TOP - 0xfff, 0x5000) }, MEM, 1, { REGION(TOP - 0xfff, TOP, 0) }, 0, FIRMWARE },
	{ .name = "add all", { ADD(0, TOP) }, MEM, 1, { REGION(0, TOP, 0) }, 0, FIRMWARE },
	{ .name = "add the last byte", { ADD(TOP, 1) }, MEM, 0, { { 0 } }, 0, FIRMWARE },
	{ .name = "add, 32 bits: operands are cut",
	  { ADD(0x100001000, 0x200002000) }, MEM, 1, { { 0x1000, 0x2000, TYPE(0), 0 } },
	  .config = MEMBLOCK_PHYS32 },
	{ .name = "add, 32 bits: past the end",
	  { ADD(0xfffff000, 0x2000) }, MEM, 1, { { 0xfffff000, 0xfff, TYPE(0), 0 } },
	  .config = MEMBLOCK_PHYS32 },
	{ .name = "add_node, without nodes",
	  { ADD_NODE(0, PAGE, 1, 0), ADD(PAGE, PAGE) }, MEM, 1,
	  { { 0, 0x2000, TYPE(0), 0 } }, .config = MEMBLOCK_PLAIN },
	{ .name = "add_node, a node that is none",
	  { ADD_NODE(0, PAGE, 1024, 0) }, MEM, 1, { REGION(0, 0x1000, 0) }, 0, MISUSE },

	/* reserved knows nothing of memory: [1, 2) + [3, 4) - [1, 2) */
	{ .name = "reserve", { RESERVE(0x1000, 7) }, RES, 1, { REGION(0x1000, 0x1007, 0) } },
	{ .name = "phys_free", { RESERVE(0x1000, 0x3000), PHYS_FREE(0x2000, 0x1000) }, RES, 2,
	  { REGION(0x1000, 0x2000, 0), REGION(0x3000, 0x4000, 0) } },
	{ .name = "phys_free what is not reserved",
	  { RESERVE(0x1000, 0x1000), PHYS_FREE(0, 0x9000) }, RES, 0, { { 0 } }, 0, MISUSE },
	{ .name = "phys_free of nothing at all", { PHYS_FREE(0, 0x9000) }, RES, 0, { { 0 } }, 0,
	  MISUSE },
	{ .name = "free", { RESERVE(0x1000, 0x3000), FREE(0x1000, 0x1000) }, RES, 1,
	  { REGION(0x2000, 0x4000, 0) } },
	{ .name = "remove", { ADD(0, 0x3000), REMOVE(0x1000, 0x1000) }, MEM, 2,
	  { REGION(0, 0x1000, 0), REGION(0x2000, 0x3000, 0) } },
	{ .name = "remove across three",
	  { ADD(0, PAGE), ADD(0x2000, PAGE), ADD(0x4000, PAGE), REMOVE(0x800, 0x4000) }, MEM, 2,
	  { REGION(0, 0x800, 0), REGION(0x4800, 0x5000, 0) } },
	{ .name = "physmem_add", { PHYSMEM(0x1000, 0x1000), PHYSMEM(0, 0x1800) }, M_PHYSMEM, 1,
	  { REGION(0, 0x2000, 0) }, .config = MEMBLOCK_KEEP },

	/* [0, 9): flags change inside, and only where there is memory */
	{ .name = "mark_hotplug", { ADD(0, 0x9000), MARK(HOTPLUG, 0x3000, 0x1000) }, MEM, 3,
	  { REGION(0, 0x3000, 0), REGION(0x3000, 0x4000, HOT), REGION(0x4000, 0x9000, 0) } },
	{ .name = "mark, then clear: one region again",
	  { ADD(0, 0x9000), MARK(HOTPLUG, 0x3000, 0x1000), CLEAR(HOTPLUG, 0, 0x9000) }, MEM, 1,
	  { REGION(0, 0x9000, 0) } },
	{ .name = "marks add up",
	  { ADD(0, 0x2000), MARK(HOTPLUG, 0, 0x2000), MARK(NOMAP, 0x1000, 0x1000) }, MEM, 2,
	  { REGION(0, 0x1000, HOT), REGION(0x1000, 0x2000, HOT | NOMAP_) } },
	{ .name = "mark past memory",
	  { ADD(0x1000, 0x1000), ADD(0x3000, 0x1000), MARK(NOMAP, 0, 0x9000) }, MEM, 2,
	  { REGION(0x1000, 0x2000, NOMAP_), REGION(0x3000, 0x4000, NOMAP_) }, 0, MISUSE },
	{ .name = "mark_mirror, not asked for",
	  { ADD(0, 0x2000), MARK(MIRROR, 0, 0x1000) }, MEM, 1, { REGION(0, 0x2000, 0) } },
	{ .name = "mark_mirror",
	  { SWITCH(KERNELCORE_MIRROR, 1), ADD(0, 0x2000), MARK(MIRROR, 0, 0x1000) }, MEM, 2,
	  { REGION(0, 0x1000, MIRROR_), REGION(0x1000, 0x2000, 0) } },
	{ .name = "reserved_mark_noinit",
	  { RESERVE(0, 0x2000), NOINIT(0x1000, 0x1000) }, RES, 2,
	  { REGION(0, 0x1000, 0), REGION(0x1000, 0x2000, NOINIT_) } },
	{ .name = "set_node",
	  { ADD(0, 0x3000), SET_NODE(0x1000, 0x2000, MEM, 1) }, MEM, 2,
	  { REGION(0, 0x1000, 0), REGION_ON(0x1000, 0x3000, 0, 1) } },
	{ .name = "set_node of reserved",
	  { RESERVE(0, 0x3000), SET_NODE(0, 0x3000, RES, 1) }, RES, 1,
	  { REGION_ON(0, 0x3000, 0, 1) } },
	{ .name = "set_node, without nodes",
	  { ADD(0, 0x3000), SET_NODE(0x1000, 0x2000, MEM, 1) }, MEM, 1,
	  { { 0, 0x3000, TYPE(0), 0 } }, .config = MEMBLOCK_PLAIN },

	/* [0x800, 0x2800) + [0x3100, 0x3f00) in whole pages: [1, 2), the other has none */
	{ .name = "trim",
	  { ADD(0x800, 0x2000), ADD(0x3100, 0xe00), TRIM(PAGE) }, MEM, 1,
	  { REGION(0x1000, 0x2000, 0) } },
	/* two regions that touch shrink each by itself: a page's border goes */
	{ .name = "trim where regions touch",
	  { ADD_NODE(0, 0x1800, 0, 0), ADD_NODE(0x1800, 0x1800, 1, 0), TRIM(PAGE) }, MEM, 2,
	  { REGION_ON(0, 0x1000, 0, 0), REGION_ON(0x2000, 0x3000, 0, 1) } },
	{ .name = "trim where no node is said in two ways",
	  { ADD(0, 0x1800), ADD_NODE(0x1800, 0x1800, NO_NODE, 0), TRIM(PAGE) }, MEM, 2,
	  { REGION(0, 0x1000, 0), { 0x2000, 0x1000, TYPE(0), NO_NODE } } },
	{ .name = "trim at the end: rounding up does not wrap",
	  { ADD(TOP - 0xff, 0xff), ADD(0, 0x1000), TRIM(PAGE) }, MEM, 1,
	  { REGION(0, 0x1000, 0) } },

	/* [0, 3) [5, 9), 4 pages of it: [0, 3) [5, 6) */
	{ .name = "enforce_memory_limit",
	  { ADD(0, 0x3000), ADD(0x5000, 0x4000), LIMIT_TO(0x4000) }, MEM, 2,
	  { REGION(0, 0x3000, 0), REGION(0x5000, 0x6000, 0) } },
	{ .name = "enforce_memory_limit where a region ends",
	  { ADD(0, 0x3000), ADD(0x5000, 0x4000), LIMIT_TO(0x3000) }, MEM, 1,
	  { REGION(0, 0x3000, 0) } },
	{ .name = "enforce_memory_limit: reserved above goes",
	  { ADD(0, 0x3000), RESERVE(0x800, 0x9000), LIMIT_TO(0x1000) }, RES, 1,
	  { REGION(0x800, 0x1000, 0) } },
	{ .name = "enforce_memory_limit of all: what is above goes",
	  { ADD(0, 0x3000), RESERVE(0x800, 0x9000), LIMIT_TO(0x3000) }, RES, 1,
	  { REGION(0x800, 0x3000, 0) } },
	{ .name = "enforce_memory_limit of more than all",
	  { ADD(0, 0x3000), RESERVE(0x800, 0x9000), LIMIT_TO(0x3001) }, RES, 1,
	  { REGION(0x800, 0x9800, 0) } },
	{ .name = "enforce_memory_limit of nothing",
	  { ADD(0, 0x3000), LIMIT_TO(0) }, MEM, 1, { REGION(0, 0x3000, 0) }, 0, MISUSE },
	{ .name = "cap_memory_range",
	  { ADD(0, 0x9000), MARK(NOMAP, 0x7000, 0x1000), CAP(0x2000, 0x3000) }, MEM, 2,
	  { REGION(0x2000, 0x5000, 0), REGION(0x7000, 0x8000, NOMAP_) } },
	{ .name = "cap_memory_range: reserved outside goes",
	  { ADD(0, 0x9000), RESERVE(0x1000, 0x2000), RESERVE(0x4000, 0x4000),
	    CAP(0x2000, 0x3000) }, RES, 2,
	  { REGION(0x2000, 0x3000, 0), REGION(0x4000, 0x5000, 0) } },
	{ .name = "cap_memory_range to what begins at the very end: nothing is left",
	  { ADD(0, 0x9000), CAP(TOP, 0x3000) }, MEM, 0, { { 0 } }, 0, FIRMWARE },
	{ .name = "cap_memory_range to nothing",
	  { ADD(0, 0x9000), CAP(0x1000, 0) }, MEM, 1, { REGION(0, 0x9000, 0) }, 0, MISUSE },
	{ .name = "cap_memory_range without memory",
	  { RESERVE(0x1000, 0x2000), CAP(0x2000, 0x3000) }, RES, 1,
	  { REGION(0x1000, 0x3000, 0) } },
	{ .name = "mem_limit_remove_map",
	  { ADD(0, 0x9000), MARK(NOMAP, 0x7000, 0x1000), LIMIT_MAP(0x2000) }, MEM, 2,
	  { REGION(0, 0x2000, 0), REGION(0x7000, 0x8000, NOMAP_) } },

	/* four slots: a fifth region, or two to isolate, and no resizing */
	{ .name = "full, v6.1: refused",
	  { ADD(0, 1), ADD(2, 1), ADD(4, 1), ADD(6, 1), ADD(8, 1) }, MEM, 4,
	  { REGION(0, 1, 0), REGION(2, 3, 0), REGION(4, 5, 0), REGION(6, 7, 0) }, ENOMEM,
	  .config = MEMBLOCK_SMALL, .version = V6_1 },
	{ .name = "full, v6.12: panic",
	  { ADD(0, 1), ADD(2, 1), ADD(4, 1), ADD(6, 1), ADD(8, 1) }, MEM, 4, { { 0 } },
	  .outcome = OUT_PANIC, .config = MEMBLOCK_SMALL },
	{ .name = "full, but it would merge: pieces count before that",
	  { ADD(0, 1), ADD(2, 1), ADD(4, 1), ADD(6, 1), ADD(1, 1) }, MEM, 4, { { 0 } }, ENOMEM,
	  .config = MEMBLOCK_SMALL, .version = V6_1 },
	{ .name = "three pieces take three slots, though all of it merges in the end",
	  { ADD(0, 1), ADD(2, 1), ADD(4, 1), ADD(0, 9) }, MEM, 3,
	  { REGION(0, 1, 0), REGION(2, 3, 0), REGION(4, 5, 0) }, ENOMEM,
	  .config = MEMBLOCK_SMALL, .version = V6_1 },
	{ .name = "full, and nothing new",
	  { ADD(0, 1), ADD(2, 1), ADD(4, 1), ADD(6, 1), ADD(4, 1) }, MEM, 4,
	  { REGION(0, 1, 0), REGION(2, 3, 0), REGION(4, 5, 0), REGION(6, 7, 0) },
	  .config = MEMBLOCK_SMALL },
	{ .name = "isolating takes two slots, whether it splits or not",
	  { ADD(0, 1), ADD(2, 1), ADD(4, 1), REMOVE(0, 1) }, MEM, 3,
	  { REGION(0, 1, 0), REGION(2, 3, 0), REGION(4, 5, 0) }, ENOMEM,
	  .config = MEMBLOCK_SMALL, .version = V6_1 },
	{ .name = "an empty range takes no slot",
	  { ADD(0, 1), ADD(2, 1), ADD(4, 1), REMOVE(0, 0) }, MEM, 3,
	  { REGION(0, 1, 0), REGION(2, 3, 0), REGION(4, 5, 0) }, 0, MISUSE,
	  .config = MEMBLOCK_SMALL },
	{ .name = "phys_free, v6.1: refused",
	  { RESERVE(0, 1), RESERVE(2, 1), RESERVE(4, 1), PHYS_FREE(0, 1) }, RES, 3,
	  { REGION(0, 1, 0), REGION(2, 3, 0), REGION(4, 5, 0) }, ENOMEM,
	  .config = MEMBLOCK_SMALL, .version = V6_1 },
	{ .name = "free says nothing",
	  { RESERVE(0, 1), RESERVE(2, 1), RESERVE(4, 1), FREE(0, 1) }, RES, 3,
	  { REGION(0, 1, 0), REGION(2, 3, 0), REGION(4, 5, 0) }, 0,
	  .config = MEMBLOCK_SMALL, .version = V6_1 },
	/* resizing allowed, and no memory to put a table in */
	{ .name = "no room",
	  { ALLOW_RESIZE, RESERVE(0, 1), RESERVE(2, 1), RESERVE(4, 1), RESERVE(6, 1),
	    RESERVE(8, 1) }, RES, 4,
	  { REGION(0, 1, 0), REGION(2, 3, 0), REGION(4, 5, 0), REGION(6, 7, 0) }, ENOMEM,
	  .config = MEMBLOCK_SMALL },
};

static void one(const struct test_case *c)
{
	bool seen = c->outcome == OUT_RETURN && !(c->nr && !c->rows[0].size);
	struct expect e = { .result = { 0 } };

	init_model(c->config, c->version ? c->version : V6_12);
	run_ops(c->ops, &e);
	if (e.result.outcome != c->outcome || e.result.value != c->value ||
	    e.legality != c->legality || (seen && e.rows.table[c->table].nr != c->nr))
		print_message("case: %s\n", c->name);
	assert_int_equal(e.result.outcome, c->outcome);
	assert_int_equal(e.result.value, c->value);
	assert_int_equal(e.legality, c->legality);
	if (seen)
		assert_rows(&e.rows.table[c->table], c->rows, c->nr);
}

static void cases_hold(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(cases); i++)
		one(&cases[i]);
}

/* Any ops, any operands: both layers agree after each. */
static void layers_agree(void **state)
{
	static const uint64_t edge[] = {
		0, 1, 0x1000, 0x2000, 0x2001, 0x3000, 0x8000, 0x10000, 0xfffff000, 1ULL << 32,
		TOP - 1, TOP
	};
	uint64_t seed = 1;

	(void)state;
	for (unsigned int n = 0; n < 3000; n++) {
		struct expect e;

		init_model(random_below(&seed, MEMBLOCK_CONFIGS), n % 2 ? V6_1 : V6_12);
		for (unsigned int i = 0; i < 60; i++) {
			struct op op = { .id = 1 + random_below(&seed, M_MEM_LIMIT_REMOVE_MAP) };

			for (unsigned int a = 0; a < 4; a++)
				op.arg[a] = edge[random_below(&seed, ARRAY_SIZE(edge))];
			if (op.id == M_SET_NODE || op.id == M_ADD_NODE)
				op.arg[op.id == M_ADD_NODE ? 2 : 3] = random_below(&seed, 3) - 1u;
			if (op.id == M_ADD_NODE)
				op.arg[3] &= 15;
			memblock_model.step(&room, &op, &e);
			if (e.cut || e.result.outcome != OUT_RETURN)
				break;
			assert_true(memblock_model.selfcheck(&room));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cases_hold),
		cmocka_unit_test(layers_agree),
	};

	return cmocka_run_group_tests_name("memblock_model", tests, NULL, NULL);
}

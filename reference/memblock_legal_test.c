// SPDX-License-Identifier: GPL-2.0-only
/* The memblock model: who may do what in which state. Contract, "Legality". */
#include "memblock_testing.h"

#define HIGH		(1ULL << 52)
#define OP(what, ...)	{ .id = M_##what, .arg = { __VA_ARGS__ } }

/* Memory [16, 80) pages, of which [20, 24) is reserved; a table of eight slots at @TABLE. */
#define TABLE		PAGES(79)

static const struct op machine[TEST_OPS] = {
	ADD(PAGES(16), PAGES(64)), RESERVE(PAGES(20), PAGES(4)),
};

static const struct op grown[TEST_OPS] = {
	ADD(PAGES(16), PAGES(64)), RESERVE(PAGES(20), PAGES(4)), ALLOW_RESIZE, ADD(0, 1), ADD(2, 1),
	ADD(4, 1), ADD(6, 1),
};

static const struct op slab[TEST_OPS] = {
	ADD(PAGES(16), PAGES(64)), SWITCH(SLAB, 1),
};

static const struct op handed_off[TEST_OPS] = {
	ADD(PAGES(16), PAGES(64)), RESERVE(PAGES(20), PAGES(4)), OP(FREE_ALL, 0),
};

static const struct op discarded[TEST_OPS] = {
	ADD(PAGES(16), PAGES(64)), OP(FREE_ALL, 0), OP(DISCARD, 0),
};

static const struct op nothing[TEST_OPS] = { { 0 } };

static const struct legal_case {
	const struct op *state;
	struct op op;
	enum legality legality;
} cases[] = {
	{ nothing, ADD(0, 1), LEGAL },
	{ nothing, ADD(0, 0), MISUSE },
	{ nothing, ADD(HIGH - 1, 1), LEGAL },
	{ nothing, ADD(HIGH, 1), FIRMWARE },
	{ nothing, RESERVE(TOP, 2), FIRMWARE },
	{ nothing, ADD_NODE(0, 1, 1023, MEMBLOCK_F_HOTPLUG), LEGAL },
	{ nothing, ADD_NODE(0, 1, NO_NODE, MEMBLOCK_F_NOMAP), LEGAL },
	{ nothing, ADD_NODE(0, 1, 1024, 0), MISUSE },
	{ nothing, ADD_NODE(0, 1, 0, MEMBLOCK_F_NOINIT), MISUSE },
	{ nothing, SWITCH(BOTTOM_UP, 1), LEGAL },
	{ machine, SWITCH(BOTTOM_UP, 0), MISUSE },
	{ machine, SWITCH(SLAB, 1), LEGAL },
	{ slab, SWITCH(SLAB, 0), MISUSE },

	{ machine, PHYS_FREE(PAGES(20), PAGES(4)), LEGAL },
	{ machine, PHYS_FREE(PAGES(20), PAGES(4) + 1), MISUSE },
	{ machine, FREE(PAGES(19), PAGES(4)), MISUSE },
	{ machine, FREE(PAGES(20), 0), MISUSE },
	{ grown, PHYS_FREE(PAGES(20), 1), LEGAL },
	{ grown, PHYS_FREE(TABLE, PAGE), MISUSE },
	{ machine, REMOVE(PAGES(16), PAGES(64)), LEGAL },
	{ grown, REMOVE(PAGES(16), PAGES(63)), LEGAL },
	{ grown, REMOVE(PAGES(16), PAGES(64)), MISUSE },

	{ machine, MARK(NOMAP, PAGES(16), PAGES(64)), LEGAL },
	{ machine, MARK(NOMAP, PAGES(15), PAGES(2)), MISUSE },
	{ machine, NOINIT(PAGES(23), PAGE), LEGAL },
	{ machine, NOINIT(PAGES(24), PAGE), MISUSE },
	{ machine, SET_NODE(PAGES(16), PAGE, M_MEMORY, 1), LEGAL },
	{ machine, SET_NODE(PAGES(16), PAGE, M_RESERVED, 1), MISUSE },
	{ machine, SET_NODE(PAGES(16), PAGE, M_MEMORY, 5000), MISUSE },
	{ machine, TRIM(PAGE), LEGAL },
	{ machine, TRIM(3), MISUSE },

	{ machine, LIMIT_TO(PAGE), LEGAL },
	{ machine, LIMIT_TO(0), MISUSE },
	{ grown, LIMIT_MAP(PAGE), MISUSE },
	{ machine, CAP(PAGES(16), PAGE), LEGAL },
	{ machine, CAP(PAGES(16), TOP), FIRMWARE },

	{ machine, OP(FIND_IN_RANGE, 0, 0, PAGE, PAGE), LEGAL },
	{ machine, OP(FIND_IN_RANGE, 0, TOP, PAGE, PAGE), LEGAL },
	{ machine, OP(FIND_IN_RANGE, PAGE, PAGE - 1, PAGE, PAGE), MISUSE },
	{ machine, OP(FIND_IN_RANGE, 0, 0, PAGE, 0), MISUSE },
	{ machine, OP(FIND_IN_RANGE, 0, 0, 0, PAGE), MISUSE },
	{ slab, OP(FIND_IN_RANGE, 0, 0, PAGE, PAGE), LEGAL },
	{ machine, OP(FIND_IN_RANGE_NODE, PAGE, PAGE, 0, HIGH + 1, 0, 0), MISUSE },
	{ machine, OP(ALLOC, PAGE, 0), LEGAL },
	{ machine, OP(ALLOC, PAGE, 12), MISUSE },
	{ slab, OP(ALLOC, PAGE, 0), MISUSE },
	{ machine, OP(ALLOC_NODE, PAGE, 0, 1023), LEGAL },
	{ machine, OP(ALLOC_NODE, PAGE, 0, 1024), MISUSE },
	{ handed_off, OP(ALLOC, PAGE, 0), MISUSE },

	{ machine, OP(SIZES, 0), LEGAL },
	{ nothing, OP(SIZES, 0), MISUSE },
	{ machine, OP(FREE_ALL, 0), LEGAL },
	{ handed_off, OP(FREE_ALL, 0), MISUSE },
	{ machine, OP(FREE_LATE, PAGES(20), PAGE), MISUSE },
	{ handed_off, OP(FREE_LATE, PAGES(20), PAGE), LEGAL },
	{ handed_off, OP(FREE_LATE, PAGES(24), PAGE), MISUSE },
	{ machine, OP(DISCARD, 0), MISUSE },
	{ handed_off, OP(DISCARD, 0), LEGAL },
	{ discarded, OP(DISCARD, 0), MISUSE },
	{ handed_off, ADD(0, 1), MISUSE },
};

static void cases_hold(void **state)
{
	struct expect e;

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(cases); i++) {
		enum legality l;

		init_model(MEMBLOCK_SMALL, V6_12);
		run_ops(cases[i].state, &e);
		l = memblock_model.legality(&room, &cases[i].op);
		if (l != cases[i].legality)
			print_message("case %u\n", i);
		assert_int_equal(l, cases[i].legality);
	}
}

/* nn[KMG]:<align>:<label> is what is documented; anything else is a user's command line. */
static void reserve_mem_is_legal_as_documented(void **state)
{
	static const struct {
		const char *text;
		enum legality legality;
	} texts[] = {
		{ "12M:4096:trace", LEGAL }, { "1:0:a", LEGAL }, { "2g:4k:fifteen-chars-x", LEGAL },
		{ "", CMDLINE }, { "12M:4096", CMDLINE }, { "12M:4096:", CMDLINE },
		{ "12M:4096:sixteen-chars-xx", CMDLINE }, { "0:4096:a", CMDLINE },
		{ "x:4096:a", CMDLINE }, { "12M:y:a", CMDLINE },
	};

	(void)state;
	init_model(MEMBLOCK_NORMAL, V6_12);
	for (unsigned int i = 0; i < ARRAY_SIZE(texts); i++) {
		struct op op = { .id = M_RESERVE_MEM };

		op_set_text(&op, texts[i].text, strlen(texts[i].text));
		if (memblock_model.legality(&room, &op) != texts[i].legality)
			print_message("%s\n", texts[i].text);
		assert_int_equal(memblock_model.legality(&room, &op), texts[i].legality);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cases_hold),
		cmocka_unit_test(reserve_mem_is_legal_as_documented),
	};

	return cmocka_run_group_tests_name("memblock_legal", tests, NULL, NULL);
}

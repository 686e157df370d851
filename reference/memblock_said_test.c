// SPDX-License-Identifier: GPL-2.0-only
/* The memblock model: what is said, case by case; and that the oracle holds a subject to it. */
#include "memblock_cases.h"

#define WARNED	(SAID_WARNING | SAID_WARN)

static const struct {
	const char *name;
	struct op ops[TEST_OPS];
	unsigned int said;
	enum memblock_config config;
} cases[] = {
	{ .name = "nothing", .ops = { ADD(0x1000, 0x1000) } },
	{ .name = "below a region on another node",
	  .ops = { ADD_NODE(0x2000, 0x1000, 1, 0), ADD_NODE(0x1000, 0x4000, 0, 0) },
	  .said = WARNED },
	{ .name = "below a region with other flags",
	  .ops = { ADD_NODE(0x2000, 0x1000, 0, 1), ADD_NODE(0x1000, 0x4000, 0, 0) },
	  .said = WARNED },
	{ .name = "below a region that is alike",
	  .ops = { ADD_NODE(0x2000, 0x1000, 0, 0), ADD_NODE(0x1000, 0x4000, 0, 0) } },
	{ .name = "above a region on another node",
	  .ops = { ADD_NODE(0x2000, 0x1000, 1, 0), ADD_NODE(0x2000, 0x4000, 0, 0) } },
	{ .name = "on both sides of what touches",
	  .ops = { ADD_NODE(0x2000, 0x1000, 1, 0), ADD_NODE(0x1000, 0x1000, 0, 0) } },
	{ .name = "without nodes they do not differ",
	  .ops = { ADD_NODE(0x2000, 0x1000, 1, 0), ADD_NODE(0x1000, 0x4000, 0, 0) },
	  .config = MEMBLOCK_PLAIN },
	{ .name = "no align", .ops = { ADD(0x1000, 0x4000), PHYS_ALLOC(1, 0, 0, 0) },
	  .said = SAID_WARNING },
	{ .name = "no room in mirrored memory",
	  .ops = { SWITCH(KERNELCORE_MIRROR, 1), ADD(0x1000, 0x4000), MARK(MIRROR, 0x1000, 0x1000),
		   FIND(0, 0, 0x2000, 1) }, .said = SAID_WARNING },
	{ .name = "room in mirrored memory",
	  .ops = { SWITCH(KERNELCORE_MIRROR, 1), ADD(0x1000, 0x4000), MARK(MIRROR, 0x1000, 0x1000),
		   FIND(0, 0, 0x1000, 1) } },
	{ .name = "a cap, and no memory", .ops = { CAP(0x1000, 0x1000) }, .said = SAID_WARNING },
	{ .name = "a cap of nothing, and no memory", .ops = { CAP(0x1000, 0) } },
	{ .name = "too much memory on no node",
	  .ops = { ADD(0x1000, 0x1000), { .id = M_VALIDATE_NUMA_COVERAGE, .arg = { 1 } } },
	  .said = SAID_ERROR },
	/* all there is is reserved: no place for a larger table */
	{ .name = "no room for a table",
	  .ops = { { .id = M_ALLOW_RESIZE }, RESERVE(0, 1), RESERVE(2, 1), RESERVE(4, 1),
		   RESERVE(6, 1), RESERVE(8, 1) }, .said = SAID_ERROR, .config = MEMBLOCK_SMALL },
};

static void words_are_predicted(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(cases); i++) {
		struct expect e;

		print_message("%s\n", cases[i].name);
		init_model(cases[i].config, V6_12);
		run_ops(cases[i].ops, &e);
		assert_int_equal(e.result.said, cases[i].said);
	}
}

/* Of the last op of case 1, a WARN: missing, or another one, the subject differs. */
static void words_are_compared(void **state)
{
	static const struct {
		unsigned int said;
		bool right;
	} said[] = { { WARNED, true }, { 0, false }, { SAID_WARNING, false },
		     { WARNED | SAID_ERROR, false } };
	const struct op *op = &cases[1].ops[1];
	struct expect e;

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(said); i++) {
		struct result res = { .outcome = OUT_RETURN, .said = said[i].said };
		struct verdict v = { .kind = VERDICT_PASS };

		init_model(MEMBLOCK_NORMAL, V6_12);
		run_ops(cases[1].ops, &e);
		assert_int_equal(oracle_check(&memblock_model, &room, op, &e, &res, &e.rows, &v),
				 said[i].right);
		assert_int_equal(v.kind, said[i].right ? VERDICT_PASS : VERDICT_DIFFERS);
		/* nobody knows: nobody compares */
		e.result.said |= SAID_UNKNOWN;
		assert_true(oracle_check(&memblock_model, &room, op, &e, &res, &e.rows, &v));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_predicted),
		cmocka_unit_test(words_are_compared),
	};

	return cmocka_run_group_tests_name("memblock_said", tests, NULL, NULL);
}

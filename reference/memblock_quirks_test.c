// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memblock model: each quirk fires where it should, and with it the model predicts what is
 * known; in a neighbouring case, and when it is switched off, it does not.
 */
#include "memblock_model.h"
#include "memblock_testing.h"

/**
 * struct quirk_case - ops, of which the last meets a quirk
 * @quirk: that one; @ops: ops
 * @beside: an op in place of the last one that does not meet it
 */
struct quirk_case {
	enum memblock_quirk quirk;
	enum memblock_config config;
	struct op ops[TEST_OPS];
	struct op beside;
};

/* Memory where a table has room, and four regions of memory: the next one doubles the table. */
#define ONE(n)		ADD(PAGES(1000 + 2 * (n)), 1)
#define TAKE(n)		RESERVE(PAGES(2000 + 2 * (n)), 1)

static const struct quirk_case cases[] = {
	/*
	 * memory has a table of its own; reserved holds that and two more: giving the place back
	 * needs two slots. Beside: no growth.
	 */
	{ Q_DOUBLE_UNRESERVED, MEMBLOCK_SMALL,
	  { ADD(PAGES(16), PAGES(64)), ALLOW_RESIZE, ONE(0), ONE(1), ONE(2), ONE(3), ONE(4), ONE(5),
	    ONE(6), RESERVE(0, 1), RESERVE(2, 1), ONE(7) },
	  RESERVE(0, 1) },
	/* no room but in what is to be reserved, from 0 on. Beside: from 2 on */
	{ Q_DOUBLE_IN_RANGE, MEMBLOCK_SMALL,
	  { ADD(0, PAGES(16)), ALLOW_RESIZE, TAKE(0), TAKE(1), TAKE(2), TAKE(3),
	    RESERVE(0, PAGES(16)) },
	  RESERVE(2, PAGES(16)) },
	/* one page of room: for memory's table, not for reserved's. Beside: no growth */
	{ Q_DOUBLE_NO_ROOM, MEMBLOCK_SMALL,
	  { ADD(PAGES(16), PAGE), ALLOW_RESIZE, ONE(0), ONE(1), ONE(2), TAKE(0), TAKE(1), TAKE(2),
	    TAKE(3), ONE(3) },
	  TAKE(0) },
	/* the only room is in what goes. Beside: what goes is not mapped memory alone */
	{ Q_DOUBLE_IN_GOING, MEMBLOCK_SMALL,
	  { ADD(PAGES(16), PAGES(64)), ALLOW_RESIZE, ONE(0), ONE(1), REMOVE(PAGES(64), PAGES(16)) },
	  REMOVE(PAGES(1000), 1) },
	{ Q_DOUBLE_IN_GOING, MEMBLOCK_SMALL,
	  { ADD(PAGES(16), PAGES(64)), ALLOW_RESIZE, ONE(0), ONE(1),
	    MARK(NOMAP, PAGES(64), PAGES(16)) },
	  MARK(HOTPLUG, PAGES(64), PAGES(16)) },
	/* NOMAP regions keep their places: the table of memory lies above the range that stays */
	{ Q_LIMIT_CUTS_TABLE, MEMBLOCK_SMALL,
	  { ADD(PAGES(16), PAGES(64)), ALLOW_RESIZE, ONE(0), ONE(1), CAP(PAGES(16), PAGES(2)) },
	  CAP(PAGES(16), PAGES(64)) },
	/* v6.1 (below): two slots to cut memory are not there */
	{ Q_LIMIT_HALF, MEMBLOCK_SMALL,
	  { ADD(PAGES(16), PAGES(64)), ONE(0), ONE(1), TAKE(0), LIMIT_TO(PAGES(2)) },
	  LIMIT_TO(PAGES(80)) },
	{ Q_CAP_WRAPS, MEMBLOCK_NORMAL,
	  { ADD(PAGES(16), PAGES(64)), TAKE(0), CAP(PAGES(17), TOP) }, CAP(PAGES(17), PAGES(9)) },
	{ Q_CAP_UNMERGED, MEMBLOCK_NORMAL,
	  { ADD(PAGES(16), PAGES(64)), MARK(NOMAP, PAGES(20), PAGES(4)), CAP(PAGES(16), PAGES(6)) },
	  CAP(PAGES(16), PAGES(8)) },
	{ Q_TRIM_TOTAL, MEMBLOCK_NORMAL, { ADD(PAGES(16), PAGE + 1), TRIM(PAGE) }, TRIM(1) },
	{ Q_TRIM_WRAPS, MEMBLOCK_NORMAL, { ADD(TOP - 9, 9), TRIM(PAGE) }, TRIM(1) },
	{ Q_PHYSMEM_STATIC, MEMBLOCK_KEEP,
	  { ADD(PAGES(16), PAGES(64)), ALLOW_RESIZE, PHYSMEM(0, 1), PHYSMEM(2, 1), PHYSMEM(4, 1),
	    PHYSMEM(6, 1), PHYSMEM(8, 1) },
	  PHYSMEM(6, 1) },
};

static void init_with(const struct quirk_case *c, uint64_t quirks)
{
	const struct model_setup setup = {
		.config = &memblock_configs[c->config], .version = V6_1, .quirks = quirks,
	};

	memblock_model.init(&room, &setup);
}

/* What fires at the last op, with @quirks on; @beside: at the neighbouring op in its place. */
static uint64_t fires(const struct quirk_case *c, uint64_t quirks, bool beside, struct expect *e)
{
	unsigned int last = 0;
	uint64_t before = 0;

	while (last + 1 < TEST_OPS && c->ops[last + 1].id)
		last++;
	init_with(c, quirks);
	for (unsigned int i = 0; i < last; i++) {
		memblock_model.step(&room, &c->ops[i], e);
		before |= e->fired;
	}
	assert_int_equal(before, 0);
	memblock_model.step(&room, beside ? &c->beside : &c->ops[last], e);
	return e->fired;
}

static void quirks_fire(void **state)
{
	struct expect e;

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(cases); i++) {
		uint64_t bit = 1ULL << cases[i].quirk;

		if (fires(&cases[i], UINT64_MAX, false, &e) != bit)
			print_message("case %u: %s\n", i, memblock_quirks[cases[i].quirk].id);
		assert_int_equal(fires(&cases[i], UINT64_MAX, false, &e), bit);
		assert_int_equal(e.cut, memblock_quirks[cases[i].quirk].kind == QUIRK_CUT);
		if (fires(&cases[i], UINT64_MAX, true, &e))
			print_message("beside case %u: %s\n", i, memblock_quirks[cases[i].quirk].id);
		assert_int_equal(fires(&cases[i], UINT64_MAX, true, &e), 0);
		assert_int_equal(fires(&cases[i], 0, false, &e), 0);
		assert_true(memblock_model.selfcheck(&room));
	}
}

/* The second doubling, and reserved cannot give the place before back: it stays reserved. */
static void old_place_is_kept(void **state)
{
	/* pages 16 and 18 have room for a table of memory's each, reserved's finds none */
	static const struct quirk_case c = {
		Q_DOUBLE_OLD_KEPT, MEMBLOCK_SMALL,
		{ ADD(PAGES(16), PAGE), ALLOW_RESIZE, ADD(PAGES(18), PAGE), ONE(1), ONE(2), ONE(3),
		  ONE(4), ONE(5), ONE(6), RESERVE(PAGES(17), 1), RESERVE(2, 1), ONE(7) },
		{ .id = M_SIZES },
	};
	struct expect e;

	(void)state;
	/* with the one before it on, the scenario would be cut where that cannot be told apart */
	assert_int_equal(fires(&c, 1ULL << Q_DOUBLE_OLD_KEPT, false, &e),
			 1ULL << Q_DOUBLE_OLD_KEPT);
	assert_int_equal(e.result.value, 0);
	assert_true(memblock_model.cover(&room, M_RESERVED, PAGES(16), TYPE(0)));
	assert_true(memblock_model.cover(&room, M_RESERVED, PAGES(18), TYPE(0)));
	assert_int_equal(fires(&c, 0, false, &e), 0);
	assert_int_equal(e.result.value, ENOMEM);
}

/* What the exact ones predict. */
static void exact_ones_predict(void **state)
{
	static const struct quirk_case half = {
		Q_LIMIT_HALF, MEMBLOCK_SMALL,
		{ ADD(PAGES(16), PAGES(64)), ONE(0), ONE(1), TAKE(0), LIMIT_TO(PAGES(2)) }, { 0 },
	};
	static const struct quirk_case wraps = {
		Q_CAP_WRAPS, MEMBLOCK_NORMAL,
		{ ADD(PAGES(16), PAGES(64)), RESERVE(PAGES(20), PAGES(2)),
		  CAP(PAGES(17), TOP) }, { 0 },
	};
	static const struct quirk_case total = {
		Q_TRIM_TOTAL, MEMBLOCK_NORMAL,
		{ ADD(PAGES(16), PAGE + 1), ADD(1, 5), TRIM(PAGE) }, { 0 },
	};
	static const struct quirk_case bug = {
		Q_DOUBLE_NO_ROOM, MEMBLOCK_SMALL,
		{ ADD(PAGES(16), PAGE), ALLOW_RESIZE, ONE(0), ONE(1), ONE(2), TAKE(0), TAKE(1),
		  TAKE(2), TAKE(3), ONE(3) }, { 0 },
	};
	struct expect e;

	(void)state;
	fires(&half, UINT64_MAX, false, &e);
	assert_int_equal(e.rows.table[M_MEMORY].nr, 3);
	assert_int_equal(e.rows.table[M_RESERVED].nr, 0);
	fires(&half, 0, false, &e);
	assert_int_equal(e.rows.table[M_RESERVED].nr, 1);

	fires(&wraps, UINT64_MAX, false, &e);
	assert_int_equal(e.rows.table[M_RESERVED].nr, 0);
	fires(&wraps, 0, false, &e);
	assert_int_equal(e.rows.table[M_RESERVED].nr, 1);

	/* the region that goes is taken off, the byte of the other one is not */
	fires(&total, UINT64_MAX, false, &e);
	assert_int_equal(e.rows.table[M_SETTINGS].rows[MEMBLOCK_MEMORY_TOTAL].start, PAGE + 1);
	fires(&total, 0, false, &e);
	assert_int_equal(e.rows.table[M_SETTINGS].rows[MEMBLOCK_MEMORY_TOTAL].start, PAGE);

	fires(&bug, UINT64_MAX, false, &e);
	assert_int_equal(e.result.outcome, OUT_BUG);
	fires(&bug, 0, false, &e);
	assert_int_equal(e.result.outcome, OUT_RETURN);
	assert_int_equal(e.result.value, ENOMEM);
	assert_int_equal(e.rows.table[M_OWN].rows[M_MEMORY].flags, 4);
}

/*
 * What cap-unmerged has left in two parts is one again where a kernel merges all of memory: at
 * any mark and set_node before v6.3, of whatever size. Else nothing changes, or it is not known.
 */
static void unmerged_parts_merge(void **state)
{
	/* NOMAP pages 20 to 23 are in two parts, 20, 21 and 22, 23 */
#define UNMERGED	ADD_NODE(PAGES(16), PAGES(64), 0, 0), MARK(NOMAP, PAGES(20), PAGES(4)), \
			CAP(PAGES(16), PAGES(6))
	static const struct {
		struct op ops[TEST_OPS];
		uint32_t version;
		unsigned int nr;
		uint64_t fired;
		bool cut;
	} c[] = {
		{ { UNMERGED, MARK(HOTPLUG, PAGE, 0) }, V6_1, 2, 1ULL << Q_CAP_UNMERGED, false },
		{ { UNMERGED, SET_NODE(PAGE, 0, M_MEMORY, 1) },
		  V6_1, 2, 1ULL << Q_CAP_UNMERGED, false },
		{ { UNMERGED, CLEAR(HOTPLUG, PAGE, PAGE) },
		  V6_1, 2, 1ULL << Q_CAP_UNMERGED, false },
		{ { UNMERGED, MARK(HOTPLUG, PAGES(16), PAGE) },
		  V6_1, 3, 1ULL << Q_CAP_UNMERGED, false },
		{ { UNMERGED, SET_NODE(PAGE, 0, M_RESERVED, 1) }, V6_1, 3, 0, false },
		{ { UNMERGED, REMOVE(PAGE, 0) }, V6_1, 3, 0, false },
		{ { UNMERGED, REMOVE(PAGE, PAGE) }, V6_1, 3, 1ULL << Q_CAP_UNMERGED, true },
		{ { UNMERGED, MARK(HOTPLUG, PAGE, 0) }, V6_12, 3, 0, false },
		{ { UNMERGED, MARK(HOTPLUG, PAGE, PAGE) }, V6_12, 3, 1ULL << Q_CAP_UNMERGED, true },
	};

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(c); i++) {
		const struct model_setup setup = {
			.config = &memblock_configs[MEMBLOCK_NORMAL], .version = c[i].version,
			.quirks = UINT64_MAX,
		};
		struct expect e;

		print_message("case %u\n", i);
		memblock_model.init(&room, &setup);
		/* not run_ops(): two parts are no valid state */
		for (const struct op *op = c[i].ops; op->id; op++)
			memblock_model.step(&room, op, &e);
		assert_int_equal(e.fired, c[i].fired);
		assert_int_equal(e.cut, c[i].cut);
		if (!e.cut)
			assert_int_equal(e.rows.table[M_MEMORY].nr, c[i].nr);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quirks_fire),
		cmocka_unit_test(old_place_is_kept),
		cmocka_unit_test(exact_ones_predict),
		cmocka_unit_test(unmerged_parts_merge),
	};

	return cmocka_run_group_tests_name("memblock_quirks", tests, NULL, NULL);
}

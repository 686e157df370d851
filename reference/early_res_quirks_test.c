// SPDX-License-Identifier: GPL-2.0-only
/* The early_res model's quirks, on both sides of each condition. */
#include "early_res_testing.h"

/* With 4 slots a table is short of slots when 2 are in use. */
#define NORMAL	EARLY_RES_NORMAL
#define SMALL	EARLY_RES_SMALL

/**
 * struct quirk_case - the last of @ops meets quirk @id, or does not (@near)
 * @without, @with: outcome of the last op without and with the quirk
 */
struct quirk_case {
	const char *id;
	bool near;
	unsigned int config;
	struct op ops[TEST_OPS];
	enum outcome without, with;
};

#define Q(name, conf, result, wrong, ...) \
	{ "early_res-" name, false, conf, { __VA_ARGS__ }, OUT_##result, OUT_##wrong }
#define NEAR(name, conf, result, ...) \
	{ "early_res-" name, true, conf, { __VA_ARGS__ }, OUT_##result, OUT_##result }

static const struct quirk_case cases[] = {
	Q("empty-overlap-ok", NORMAL, RETURN, RETURN, RESERVE_OK(9, 9, BIOS)),
	Q("empty-overlap-ok", NORMAL, RETURN, RETURN, RESERVE_OK(9, 3, BIOS)),
	NEAR("empty-overlap-ok", NORMAL, RETURN, RESERVE_OK(8, 9, BIOS)),
	NEAR("empty-overlap-ok", NORMAL, RETURN, RESERVE(9, 9, BIOS)),
	/* nothing, or not one that holds all of it */
	Q("partial-endless", NORMAL, RETURN, RETURN, PARTIAL(10, 20)),
	Q("partial-endless", NORMAL, RETURN, RETURN, RESERVE(10, 19, BIOS), PARTIAL(10, 20)),
	NEAR("partial-endless", NORMAL, RETURN, RESERVE(10, 20, BIOS), PARTIAL(10, 20)),
	NEAR("partial-endless", NORMAL, RETURN, PARTIAL(10, 10)),
	/* the fifth of four slots, with room in RAM; the fourth */
	Q("overlap-ok-full", SMALL, RETURN, PANIC, RAM(0, 64 * PAGE), RESERVE_OK(10, 20, BIOS),
	  RESERVE_OK(30, 40, BIOS), RESERVE_OK(50, 60, BIOS), RESERVE_OK(70, 80, BIOS),
	  RESERVE_OK(90, 99, BIOS)),
	NEAR("overlap-ok-full", SMALL, RETURN, RAM(0, 64 * PAGE), RESERVE_OK(10, 20, BIOS),
	     RESERVE_OK(30, 40, BIOS), RESERVE_OK(50, 60, BIOS), RESERVE_OK(70, 80, BIOS)),
	/* slot 0 was never used: 0; then it was, from 16 on */
	Q("free-empty-slot", NORMAL, PANIC, PANIC, FREE(0, 0)),
	Q("free-empty-slot", NORMAL, PANIC, PANIC, RESERVE(16, 20, BIOS), FREE(16, 20),
	  FREE(16, 0)),
	NEAR("free-empty-slot", NORMAL, PANIC, FREE(16, 0)),
	NEAR("free-empty-slot", NORMAL, PANIC, FREE(0, 1)),
	Q("free-behind-overlap", NORMAL, RETURN, PANIC, APPEND(5, 15, BIOS), APPEND(0, 10, BIOS),
	  FREE(0, 10)),
	NEAR("free-behind-overlap", NORMAL, RETURN, APPEND(0, 10, BIOS), APPEND(5, 15, BIOS),
	     FREE(0, 10)),
	Q("partial-stops", NORMAL, RETURN, RETURN, APPEND(0, 20, BIOS), APPEND(5, 15, BIOS),
	  PARTIAL(0, 10)),
	NEAR("partial-stops", NORMAL, RETURN, APPEND(0, 9, BIOS), APPEND(5, 15, BIOS),
	     PARTIAL(0, 10)),
	Q("split-firm", NORMAL, RETURN, RETURN, RESERVE_OK(0, 20, BIOS), PARTIAL(5, 10)),
	NEAR("split-firm", NORMAL, RETURN, RESERVE_OK(0, 20, BIOS), PARTIAL(5, 20)),
	NEAR("split-firm", NORMAL, RETURN, RESERVE(0, 20, BIOS), PARTIAL(5, 10)),
	Q("rest-checked", NORMAL, RETURN, PANIC, RESERVE_OK(0, 90, BIOS), APPEND(10, 20, BIOS),
	  RESERVE(50, 60, BIOS)),
	NEAR("rest-checked", NORMAL, RETURN, RESERVE_OK(0, 90, BIOS), APPEND(90, 99, BIOS),
	     RESERVE(50, 60, BIOS)),
	/* the lowest RAM below is not mapped */
	Q("table-unmapped", SMALL, PANIC, PANIC, RAM(0, 64 * PAGE), MAPPED(0),
	  RESERVE(0x20000, 0x20010, BIOS), RESERVE(0x20020, 0x20030, BIOS),
	  RESERVE(0x20040, 0x20050, BIOS)),
	NEAR("table-unmapped", SMALL, PANIC, RESERVE(0x20000, 0x20010, BIOS),
	     RESERVE(0x20020, 0x20030, BIOS), RESERVE(0x20040, 0x20050, BIOS)),
	/* the only room, [0, 0x1000), lies below the table, [0x8000, 0x8100) */
	Q("grow-below-table", SMALL, RETURN, PANIC, RAM(0x8000, 256),
	  RESERVE(0x20000, 0x20010, BIOS),
	  RESERVE(0x20020, 0x20030, BIOS), RESERVE(0x20040, 0x20050, BIOS), RAM(0, 0x1000),
	  RESERVE(0x20060, 0x20070, BIOS), RESERVE(0x20080, 0x20090, BIOS),
	  RESERVE(0x200a0, 0x200b0, BIOS)),
	/* and some above it */
	NEAR("grow-below-table", SMALL, RETURN, RAM(0x8000, 256), RESERVE(0x20000, 0x20010, BIOS),
	     RESERVE(0x20020, 0x20030, BIOS), RESERVE(0x20040, 0x20050, BIOS), RAM(0x8100, 512),
	     RESERVE(0x20060, 0x20070, BIOS), RESERVE(0x20080, 0x20090, BIOS),
	     RESERVE(0x200a0, 0x200b0, BIOS)),
	/* below the range a table just fits; there is a byte more; above the range, too */
	Q("grow-exact-fit", SMALL, RETURN, PANIC, RAM(0, 256), RESERVE(0x20000, 0x20010, BIOS),
	  RESERVE(0x20020, 0x20030, BIOS), RESERVE(256, 300, BIOS)),
	NEAR("grow-exact-fit", SMALL, RETURN, RAM(0, 256), RESERVE(0x20000, 0x20010, BIOS),
	     RESERVE(0x20020, 0x20030, BIOS), RESERVE(257, 300, BIOS)),
	NEAR("grow-exact-fit", SMALL, RETURN, RAM(0, 256), RAM(0x30000, 257),
	     RESERVE(0x20000, 0x20010, BIOS), RESERVE(0x20020, 0x20030, BIOS),
	     RESERVE(256, 300, BIOS)),
	Q("grow-exact-fit", SMALL, RETURN, PANIC, MAPPED(16), RAM(0xff00, 256),
	  RESERVE(0x20000, 0x20010, BIOS), RESERVE(0x20020, 0x20030, BIOS),
	  RESERVE(0xfe00, 0xff00, BIOS)),
	NEAR("grow-exact-fit", SMALL, RETURN, MAPPED(17), RAM(0xff00, 256),
	     RESERVE(0x20000, 0x20010, BIOS), RESERVE(0x20020, 0x20030, BIOS),
	     RESERVE(0xfe00, 0xff00, BIOS)),
	/* a byte less: there is no room */
	NEAR("grow-exact-fit", SMALL, PANIC, RAM(0, 255), RESERVE(0x20000, 0x20010, BIOS),
	     RESERVE(0x20020, 0x20030, BIOS), RESERVE(255, 300, BIOS)),
	NEAR("own-table-freed", SMALL, PANIC, GROWN, FREE(0, 255)),
	Q("own-table-freed", SMALL, PANIC, RETURN, GROWN, FREE(0, 256)),
	Q("own-table-freed", SMALL, RETURN, RETURN, GROWN, PARTIAL(255, 300)),
	NEAR("own-table-freed", SMALL, RETURN, GROWN, PARTIAL(256, 300)),
	/* -16 is reserved: the next multiple of 16 is 0 */
	Q("find-wraps", NORMAL, RETURN, RETURN, RESERVE(-16ULL, -8ULL, BIOS),
	  FIND(-16ULL, -1ULL, 0, -1ULL, 1, 16)),
	NEAR("find-wraps", NORMAL, RETURN, RESERVE(-16ULL, -8ULL, BIOS),
	     FIND(-16ULL, -1ULL, 0, -1ULL, 1, 8)),
	/* the array of ranges is looked for behind what ends near 2^64: at 0, no RAM */
	Q("find-wraps", NORMAL, RETURN, RETURN, RAM(PAGE, PAGE), RESERVE(PAGE, -2ULL, BIOS),
	  GET_FREE(0)),
	NEAR("find-wraps", NORMAL, RETURN, RAM(PAGE, PAGE), RESERVE(PAGE, 2 * PAGE, BIOS),
	     GET_FREE(0)),
	Q("find-endless", NORMAL, RETURN, RETURN, RESERVE(0, 8, BIOS),
	  FIND(8, 100, 0, 100, 1, 0)),
	NEAR("find-endless", NORMAL, RETURN, RESERVE(8, 16, BIOS), FIND(8, 100, 0, 100, 1, 0)),
	/* the search for a larger table, or for the array: from RAM to 2^64, and from 0 to RAM */
	Q("find-endless", SMALL, PANIC, RETURN, RAM(PAGE, PAGE), APPEND(PAGE, -16ULL, BIOS),
	  APPEND(0, PAGE, BIOS), APPEND(5, 6, BIOS)),
	Q("find-endless", NORMAL, RETURN, RETURN, RAM(PAGE, PAGE), NODE(0, 5, 6),
	  GET_FREE(1), RESERVE(PAGE, -8ULL, BIOS), RESERVE(0, PAGE, BIOS), GET_FREE(0)),
	/* in the midst of a split */
	Q("find-endless", SMALL, PANIC, RETURN, RAM(PAGE, PAGE), RESERVE_OK(0x20000, 0x30000, BIOS),
	  APPEND(PAGE, -16ULL, BIOS), RESERVE_OK(0, PAGE, BIOS), PARTIAL(0x21000, 0x22000)),
	/* align 0: address 0, below the window */
	Q("find-align", NORMAL, RETURN, RETURN, FIND(8, 100, 0, 100, 1, 0)),
	NEAR("find-align", NORMAL, RETURN, FIND(0, 100, 0, 100, 1, 0)),
	/* [90, 95) shortens what is left from 0, then [0, 90) covers all of that; 95 is free */
	Q("find-size-stops", NORMAL, RETURN, RETURN, RESERVE(90, 95, BIOS), RESERVE(0, 90, BIOS),
	  FIND_SIZE(0, 100, 0, 1)),
	NEAR("find-size-stops", NORMAL, RETURN, RESERVE(0, 90, BIOS), RESERVE(90, 95, BIOS),
	     FIND_SIZE(0, 100, 0, 1)),
	/* all is reserved, up to the end: a size that is one too large wraps; one byte less */
	Q("find-size-stops", NORMAL, RETURN, RETURN, RESERVE(64, -1ULL, BIOS),
	  FIND_SIZE(64, -1ULL, 0, 1)),
	NEAR("find-size-stops", NORMAL, RETURN, RESERVE(64, -1ULL, BIOS),
	     FIND_SIZE(64, -2ULL, 0, 1)),
	Q("find-align", NORMAL, RETURN, RETURN, RESERVE(8, 16, BIOS), RESERVE(0, 8, BIOS),
	  FIND_SIZE(0, -1ULL, 0, 0)),
	NEAR("find-align", NORMAL, RETURN, RESERVE(8, 16, BIOS), RESERVE(0, 8, BIOS),
	     FIND_SIZE(0, -2ULL, 0, 0)),
	/* a search with align 0 answers with address 0, however far it should begin */
	Q("reserve-e820-hang", NORMAL, RETURN, RETURN, RAM(0, 64), TAKE(0, 65, 0)),
	NEAR("reserve-e820-hang", NORMAL, RETURN, RAM(0, 64), TAKE(0, 65, 1)),
	/* 40 rounded up is 64: the end of RAM, a block of 0 bytes; or behind it */
	NEAR("reserve-e820-hang", NORMAL, RETURN, RAM(0, 64), RESERVE(0, 40, BIOS),
	     TAKE(0, 1, 64)),
	NEAR("reserve-e820-zero", NORMAL, RETURN, RAM(0, 48), RESERVE(0, 40, BIOS),
	     TAKE(0, 1, 64)),
	NEAR("reserve-e820-hang", NORMAL, RETURN, RAM(0, 64), RESERVE(0, 40, BIOS), TAKE(0, 1, 8)),
	Q("reserve-e820-zero", NORMAL, RETURN, RETURN, RAM(0, 16), TAKE(0, 16, 1)),
	NEAR("reserve-e820-zero", NORMAL, RETURN, RAM(0, 16), TAKE(0, 15, 1)),
	/* two slots for a reservation: two ranges fill them */
	Q("handoff-slots", NORMAL, RETURN, RETURN, RAM(0, 64 * PAGE), NODE(0, 1, 2), NODE(0, 4, 5),
	  RESERVE(10, 20, BIOS), GET_FREE(0)),
	Q("handoff-slots", NORMAL, RETURN, RETURN, RAM(0, 64 * PAGE), NODE(0, 1, 2), GET_FREE(0)),
	NEAR("handoff-slots", NORMAL, RETURN, RAM(0, 64 * PAGE), NODE(0, 1, 2),
	     RESERVE(10, 20, BIOS), GET_FREE(0)),
	Q("handoff-4g", NORMAL, RETURN, PANIC, RAM(0, 64 * PAGE), MAPPED((1 << 20) + 1),
	  NODE(0, 1, 2), RESERVE(10, 20, BIOS), GET_FREE(0)),
	NEAR("handoff-4g", NORMAL, RETURN, RAM(0, 64 * PAGE), NODE(0, 1, 2),
	     RESERVE(10, 20, BIOS), GET_FREE(0)),
	/* the table lies in page 0 */
	Q("handoff-frees-table", SMALL, RETURN, RETURN, GROWN, NODE(0, 0, 2), GET_FREE(0)),
	NEAR("handoff-frees-table", SMALL, RETURN, GROWN, NODE(0, 1, 2), GET_FREE(0)),
	Q("handoff-top", NORMAL, RETURN, RETURN, RAM(0, PAGE), NODE(0, 1, 4),
	  RESERVE(2 * PAGE, -PAGE + 1, BIOS), GET_FREE(0)),
	NEAR("handoff-top", NORMAL, RETURN, RAM(0, PAGE), NODE(0, 1, 4),
	     RESERVE(2 * PAGE, -PAGE, BIOS), GET_FREE(0)),
	/* pages 1 and 2^31 + 1; and one nearer */
	Q("handoff-order", NORMAL, RETURN, RETURN, RAM(0, PAGE), NODE(0, 1, 2),
	  NODE(0, 0x80000001, 0x80000002), RESERVE(0, 8, BIOS), RESERVE(8, 16, BIOS),
	  GET_FREE(0)),
	NEAR("handoff-order", NORMAL, RETURN, RAM(0, PAGE), NODE(0, 1, 2),
	     NODE(0, 0x80000000, 0x80000001), RESERVE(0, 8, BIOS), RESERVE(8, 16, BIOS),
	     GET_FREE(0)),
	Q("stale-name", NORMAL, RETURN, RETURN, RESERVE(0, 10, BIOS), FREE(0, 10),
	  RESERVE(5, 6, NO_NAME)),
	NEAR("stale-name", NORMAL, RETURN, RESERVE(0, 10, BIOS), RESERVE(15, 16, NO_NAME)),
};

static void run(const struct quirk_case *c, uint64_t quirks, struct expect *e, uint64_t *fired)
{
	*fired = 0;
	init_model(&early_res_configs[c->config], quirks);
	for (const struct op *op = c->ops; op < c->ops + TEST_OPS && op->id; op++) {
		const struct op *next = op + 1;

		early_res_model.step(&room, op, e);
		/* only the last op meets it */
		if (next < c->ops + TEST_OPS && next->id)
			assert_int_equal(e->result.outcome, OUT_RETURN);
		*fired |= e->fired;
	}
}

/* What a model expects of the tables, laid aside. */
struct aside {
	uint64_t sum[E_RES_TABLES];
	unsigned int nr[E_RES_TABLES];
	struct row rows[E_RES_TABLES][TEST_ROWS];
};

static void lay_aside(struct aside *a, const struct expect *e)
{
	memset(a, 0, sizeof(*a));
	for (unsigned int i = 0; i < E_RES_TABLES; i++) {
		const struct table *t = &e->rows.table[i];

		assert_true(t->nr <= TEST_ROWS);
		a->nr[i] = t->nr;
		a->sum[i] = e->sum[i];
		if (t->nr)
			memcpy(a->rows[i], t->rows, t->nr * sizeof(t->rows[0]));
	}
}

/* An op that is to be left out leaves the state as it was. */
static void leaves_no_trace(void **state)
{
	unsigned int seen = 0;

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(cases); i++) {
		int id = model_quirk_by_id(&early_res_model, cases[i].id);
		const struct op nothing = MAX_MAPPED;
		struct aside before, after;
		struct quirk_case c = cases[i];
		unsigned int last = 0;
		struct expect e;
		uint64_t fired;

		if (c.near || early_res_model.quirks[id].kind != QUIRK_AVOID)
			continue;
		while (last + 1 < TEST_OPS && c.ops[last + 1].id)
			last++;
		c.ops[last] = nothing;
		run(&c, 1ULL << id, &e, &fired);
		lay_aside(&before, &e);
		early_res_model.step(&room, &cases[i].ops[last], &e);
		assert_true(e.avoid);
		lay_aside(&after, &e);
		assert_memory_equal(&before, &after, sizeof(before));
		assert_true(early_res_model.selfcheck(&room));
		seen++;
	}
	assert_true(seen > 4);
}

static void check_quirk(void **state)
{
	const struct quirk_case *c = *state;
	int id = model_quirk_by_id(&early_res_model, c->id);
	struct expect e;
	uint64_t fired;

	assert_true(id >= 0);
	run(c, 0, &e, &fired);
	assert_int_equal(fired, 0);
	assert_int_equal(e.result.outcome, c->without);
	assert_false(e.cut || e.avoid);
	run(c, 1ULL << id, &e, &fired);
	assert_int_equal(fired, c->near ? 0 : 1ULL << id);
	assert_int_equal(e.result.outcome, c->with);
	assert_int_equal(e.cut, !c->near && early_res_model.quirks[id].kind == QUIRK_CUT);
	assert_int_equal(e.avoid, !c->near && early_res_model.quirks[id].kind == QUIRK_AVOID);
}

/* An empty range takes its page from the hand-off: not followed. */
static void empty_ones_cut(void **state)
{
	static const struct op ops[TEST_OPS] = {
		RAM(0, PAGE), NODE(0, 0, 1), RESERVE_OK(1, 1, BIOS), GET_FREE(0),
	};
	int id = model_quirk_by_id(&early_res_model, "early_res-empty-overlap-ok");
	struct expect e;

	(void)state;
	for (unsigned int on = 0; on < 2; on++) {
		init_model(&early_res_configs[NORMAL], on ? 1ULL << id : 0);
		run_ops(ops, &e);
		assert_int_equal(e.cut, on);
		assert_int_equal(e.fired, on ? 1ULL << id : 0);
	}
}

/* All of them live in the kernels that have the file. */
static void versions(void **state)
{
	uint64_t all = (1ULL << early_res_model.nr_quirks) - 1;

	(void)state;
	assert_int_equal(model_quirks_for(&early_res_model, 0), 0);
	assert_int_equal(model_quirks_for(&early_res_model, 0x020622), all);
	assert_int_equal(model_quirks_for(&early_res_model, 0x020624), all);
	assert_int_equal(model_quirks_for(&early_res_model, 0x020625), 0);
}

int main(void)
{
	static struct CMUnitTest tests[ARRAY_SIZE(cases) + 3];
	unsigned int n = 0;

	for (unsigned int i = 0; i < ARRAY_SIZE(cases); i++)
		tests[n++] = (struct CMUnitTest){
			.name = cases[i].id, .test_func = check_quirk,
			.initial_state = (void *)&cases[i],
		};
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(empty_ones_cut);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(versions);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(leaves_no_trace);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

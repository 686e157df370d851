// SPDX-License-Identifier: GPL-2.0-only
/* Where the contract leaves a choice: what the early_res model follows, and what it does not. */
#include "early_res_testing.h"

#define NORMAL	EARLY_RES_NORMAL
#define SMALL	EARLY_RES_SMALL

static bool adopted(const struct op *ops, const struct row *own, unsigned int nr)
{
	struct state seen = { .nr_tables = E_RES_TABLES };
	struct result res = { .outcome = OUT_RETURN };
	const struct op *last = ops;
	struct expect e;

	init_model(&early_res_configs[SMALL], 0);
	run_ops(ops, &e);
	while (last + 1 < ops + TEST_OPS && last[1].id)
		last++;
	seen.table[E_RES_OWN] = (struct table){ nr, own };
	early_res_model.adopt(&room, last, &res, &seen, &e);
	assert_true(early_res_model.selfcheck(&room));
	return e.rows.table[E_RES_OWN].nr == nr &&
	       (!nr || !memcmp(e.rows.table[E_RES_OWN].rows, own, nr * sizeof(*own)));
}

static void the_tables_place(void **state)
{
	static const struct op ops[TEST_OPS] = { GROWN };
	static const struct op again[TEST_OPS] = {
		GROWN, RESERVE(0x20060, 0x20070, BIOS), RESERVE(0x20080, 0x20090, BIOS),
		RESERVE(0x200a0, 0x200b0, BIOS),
	};
	static const struct op unmapped[TEST_OPS] = { MAPPED(60), GROWN };
	static const struct {
		const struct op *ops;
		struct row own;
		bool follows;
	} places[] = {
		{ ops, { 0, 256, TABLE, 8 }, true },
		{ ops, { 0x1001, 256, TABLE, 8 }, true },
		{ ops, { 0x30000, 256, TABLE, 8 }, true },	/* though there is room below */
		{ ops, { 64 * PAGE - 256, 256, TABLE, 8 }, true },
		{ ops, { 64 * PAGE - 255, 256, TABLE, 8 }, false },	/* no RAM */
		{ ops, { 0x1ff01, 256, TABLE, 8 }, false },	/* reserved */
		{ ops, { 0x1ff41, 256, TABLE, 8 }, false },	/* to be reserved */
		{ ops, { 0, 256, TABLE, 16 }, false },		/* not doubled */
		{ ops, { 0, 512, TABLE, 8 }, false },		/* another size */
		{ ops, { 0, 256, RANGES, 8 }, false },
		{ unmapped, { 60 * PAGE, 256, TABLE, 8 }, false },	/* not mapped */
		{ unmapped, { 60 * PAGE - 256, 256, TABLE, 8 }, true },
		{ again, { 0x1000, 512, TABLE, 16 }, true },
		{ again, { 255, 512, TABLE, 16 }, false },	/* the table before it */
	};

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(places); i++)
		assert_int_equal(adopted(places[i].ops, &places[i].own, 1), places[i].follows);
}

/* The split of a partial free may have freed the range before the table grows, or not. */
static void the_table_in_what_is_freed(void **state)
{
	/* all of RAM is reserved, and a fourth of it is freed; then with more RAM */
	static const struct op ops[TEST_OPS] = {
		RAM(0, 4 * PAGE), RESERVE(0, 4 * PAGE, BIOS), RESERVE(0x20000, 0x20010, BIOS),
		PARTIAL(PAGE, 2 * PAGE),
	};
	static const struct op more[TEST_OPS] = {
		RAM(0, 4 * PAGE), RAM(0x30000, PAGE), RESERVE(0, 4 * PAGE, BIOS),
		RESERVE(0x20000, 0x20010, BIOS), PARTIAL(PAGE, 2 * PAGE),
	};
	/* something else is reserved there until it has grown */
	static const struct op two[TEST_OPS] = {
		RAM(0, 4 * PAGE), RESERVE(0, 4 * PAGE, BIOS), APPEND(0x1200, 0x1300, BIOS),
		PARTIAL(PAGE, 2 * PAGE),
	};
	static const struct {
		const struct op *ops;
		struct row own;
		bool follows;
	} places[] = {
		{ ops, { PAGE, 256, TABLE, 8 }, true },
		{ ops, { PAGE + 7, 256, TABLE, 8 }, true },
		{ ops, { 2 * PAGE - 256, 256, TABLE, 8 }, true },
		{ ops, { 2 * PAGE - 255, 256, TABLE, 8 }, false },
		{ ops, { PAGE - 1, 256, TABLE, 8 }, false },
		{ more, { PAGE, 256, TABLE, 8 }, true },
		{ more, { 0x30000, 256, TABLE, 8 }, true },
		{ two, { 0x1100, 256, TABLE, 8 }, true },
		{ two, { 0x1101, 256, TABLE, 8 }, false },
		{ two, { 0x1300, 256, TABLE, 8 }, true },
		{ two, { 0x12ff, 256, TABLE, 8 }, false },
	};

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(places); i++)
		assert_int_equal(adopted(places[i].ops, &places[i].own, 1), places[i].follows);
}

/* A panic where only what is freed has room. */
static void no_room_but_what_is_freed(void **state)
{
	static const struct {
		uint64_t freed, ram;
		enum outcome want;	/* before the subject has its say */
		bool follows;
	} rooms[] = { { 255, 0, OUT_PANIC, true }, { 256, 0, OUT_RETURN, true },
		      { 256, 255, OUT_RETURN, true }, { 256, 256, OUT_RETURN, false } };
	struct state seen = { .nr_tables = E_RES_TABLES };
	struct result res = { .outcome = OUT_PANIC };
	struct expect e;

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(rooms); i++) {
		struct op ops[TEST_OPS] = {
			RAM(0, 4 * PAGE), RAM(0x30000, rooms[i].ram), RESERVE(0, 4 * PAGE, BIOS),
			RESERVE(0x20000, 0x20010, BIOS), PARTIAL(PAGE, PAGE + rooms[i].freed),
		};

		init_model(&early_res_configs[SMALL], 0);
		run_ops(ops, &e);
		assert_int_equal(e.result.outcome, rooms[i].want);
		early_res_model.adopt(&room, &ops[4], &res, &seen, &e);
		assert_int_equal(e.result.outcome == OUT_PANIC, rooms[i].follows);
	}
}

/* An overlap_ok one may make a table grow that is short of slots, and no other. */
static void growth_that_may_be(void **state)
{
	static const struct op shorted[TEST_OPS] = {
		RAM(0, 64 * PAGE), RESERVE_OK(0x20000, 0x20010, BIOS),
		RESERVE_OK(0x20020, 0x20030, BIOS), RESERVE_OK(0x20040, 0x20050, BIOS),
	};
	static const struct op enough[TEST_OPS] = {
		RAM(0, 64 * PAGE), RESERVE_OK(0x20000, 0x20010, BIOS),
		RESERVE_OK(0x20020, 0x20030, BIOS),
	};
	static const struct row own = { 0x1000, 256, TABLE, 8 };

	(void)state;
	assert_true(adopted(shorted, &own, 1));
	assert_true(adopted(shorted, NULL, 0));
	assert_false(adopted(enough, &own, 1));
}

static void the_arrays_place(void **state)
{
	static const struct op ops[TEST_OPS] = {
		RAM(0, 64 * PAGE), NODE(0, 1, 9), RESERVE(PAGE, 2 * PAGE, BIOS), GET_FREE(0),
	};
	static const struct op nothing[TEST_OPS] = { RAM(0, 64 * PAGE), GET_FREE(0) };
	static const struct row good = { 64, 16, RANGES, 0 }, larger = { 64, 4000, RANGES, 0 };
	static const struct row small = { 64, 15, RANGES, 0 }, reserved = { 4095, 16, RANGES, 0 };

	(void)state;
	assert_true(adopted(ops, &good, 1));
	assert_true(adopted(ops, &larger, 1));
	assert_false(adopted(ops, &small, 1));
	assert_false(adopted(ops, &reserved, 1));
	assert_false(adopted(ops, NULL, 0));
	assert_true(adopted(nothing, NULL, 0));
	assert_true(adopted(nothing, &good, 1));
}

/* Above 4 GiB where all fits that an allocator may ask for: here 64 bytes, and the array itself. */
static void the_array_is_above_4_gib(void **state)
{
	static const struct row low = { 64, 64, RANGES, 0 }, high = { G4, 64, RANGES, 0 };
	static const struct row across = { G4 - 16, 64, RANGES, 0 }, large = { 64, 65, RANGES, 0 };
	static const struct {
		uint64_t room, mapped;
		const struct row *own;
		bool follows;
	} places[] = {
		{ PAGE, G4 + PAGE, &high, true },
		{ PAGE, G4 + PAGE, &low, false },
		{ PAGE, G4 + PAGE, &across, false },
		{ 64, G4 + PAGE, &low, false },
		{ 63, G4 + PAGE, &low, true },
		{ 64, G4 + PAGE, &large, true },
		{ PAGE, G4, &low, true },
		{ PAGE, G4, &high, false },
	};

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(places); i++) {
		const struct op ops[TEST_OPS] = {
			RAM(0, 64 * PAGE), RAM(G4 - PAGE, PAGE), RAM(G4, places[i].room),
			MAPPED(places[i].mapped / PAGE), NODE(0, 1, 9),
			RESERVE(PAGE, 2 * PAGE, BIOS), GET_FREE(0),
		};

		assert_int_equal(adopted(ops, places[i].own, 1), places[i].follows);
	}
}

/* Values that the contract leaves open. */
static void open_values(void **state)
{
	static const struct {
		struct op op;
		uint64_t value;
		bool follows;
	} values[] = {
		{ FIND(16, 100, 0, 90, 0, 1), NONE, true },
		{ FIND(16, 100, 0, 90, 0, 1), 20, true },
		{ FIND(16, 100, 0, 90, 0, 1), 15, false },
		{ FIND(16, 100, 0, 90, 0, 1), 91, false },
		{ FIND(16, 100, 0, 90, 8, 3), 82, true }, { FIND(16, 100, 0, 90, 8, 3), 83, false },
		{ FIND(16, 100, 0, 90, 8, 3), 43, false },	/* reserved */
		{ FIND_RAM(0, 100, 8, 0), 20, true }, { FIND_RAM(0, 100, 8, 0), 60, false },
		{ FIND(16, 100, 0, 90, 8, 4), 20, false },	/* not open: 16 */
		{ TAKE(0, 0, 1), 77, true }, { TAKE(0, 8, 3), 20, true },
		{ TAKE(0, 8, 3), 60, false },			/* no RAM */
	};
	struct state seen = { .nr_tables = E_RES_TABLES };
	struct expect e;

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(values); i++) {
		struct op before[TEST_OPS] = { RAM(0, 60), RESERVE(50, 52, BIOS) };
		struct result res = { .outcome = OUT_RETURN, .value = values[i].value };

		init_model(&early_res_configs[NORMAL], 0);
		run_ops(before, &e);
		early_res_model.step(&room, &values[i].op, &e);
		early_res_model.adopt(&room, &values[i].op, &res, &seen, &e);
		assert_int_equal(e.result.value == values[i].value, values[i].follows);
		assert_true(early_res_model.selfcheck(&room));
	}
	assert_int_equal(early_res_model.cover(&room, E_RES_RAM, 20, 0), 1);
}

/* Room for 16 bytes a range, but not for what an allocator may ask for: either will do. */
static void panics_that_may_be(void **state)
{
	static const struct {
		uint64_t bytes;
		enum outcome want;	/* before the subject has its say */
		bool follows;
	} rooms[] = { { 15, OUT_PANIC, true }, { 16, OUT_RETURN, true }, { 31, OUT_RETURN, true },
		      { 32, OUT_RETURN, false } };
	struct state seen = { .nr_tables = E_RES_TABLES };
	struct expect e;

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(rooms); i++) {
		struct op ops[TEST_OPS] = { RAM(16, rooms[i].bytes), NODE(0, 5, 6), GET_FREE(0) };
		struct result res = { .outcome = OUT_PANIC };

		init_model(&early_res_configs[NORMAL], 0);
		run_ops(ops, &e);
		assert_int_equal(e.result.outcome, rooms[i].want);
		early_res_model.adopt(&room, &ops[2], &res, &seen, &e);
		assert_int_equal(e.result.outcome == OUT_PANIC, rooms[i].follows);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_tables_place),
		cmocka_unit_test(the_table_in_what_is_freed),
		cmocka_unit_test(no_room_but_what_is_freed),
		cmocka_unit_test(growth_that_may_be),
		cmocka_unit_test(the_arrays_place),
		cmocka_unit_test(the_array_is_above_4_gib),
		cmocka_unit_test(open_values),
		cmocka_unit_test(panics_that_may_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The early_res model, case by case. Above each case stands what it is: reservations [start, end)
 * in the list's order, "ok" behind those that may give way.
 */
#include "early_res_testing.h"

/**
 * struct test_case - ops, and what must be true after the last one
 * @table: the one that is looked at, @nr rows
 * @rows: flags of E_RES_RESERVED: the operand that stands for the name
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
};

#define RES	E_RES_RESERVED
#define PANICS	OUT_PANIC

static const struct test_case cases[] = {
	/* RAM [0, 100) + [100, 200) = [0, 200) */
	{ .name = "map merges",
	  .ops = { RAM(0, 100), RAM(100, 100) }, E_RES_RAM, 1, { { 0, 200, 0, 0 } } },
	/* RAM [0, 100) - [40, 60) + RAM [50, 70): what is reserved stays so */
	{ .name = "map: reserved wins",
	  .ops = { RAM(0, 100), HOLE(40, 20), RAM(50, 20) }, E_RES_RAM, 2,
	  { { 0, 40, 0, 0 }, { 60, 40, 0, 0 } } },
	{ .name = "map: reserved before",
	  .ops = { HOLE(40, 20), RAM(0, 100) }, E_RES_RAM, 2,
	  { { 0, 40, 0, 0 }, { 60, 40, 0, 0 } } },
	{ .name = "map: nothing",
	  .ops = { RAM(7, 0) }, E_RES_RAM, 0, { { 0 } } },
	{ .name = "map: far away",
	  .ops = { RAM(1ULL << 46, 1) }, E_RES_RAM, 1, { { 1ULL << 46, 1, 0, 0 } }, 0,
	  FIRMWARE },
	{ .name = "mapped at first",
	  .ops = { MAX_MAPPED }, E_RES_RAM, 0, { { 0 } }, G4 },
	{ .name = "mapped",
	  .ops = { MAPPED(3), MAX_MAPPED }, E_RES_RAM, 0, { { 0 } }, 3 * PAGE },

	/* {} + [10, 20) */
	{ .name = "reserve",
	  .ops = { RESERVE(10, 20, BIOS) }, RES, 1, { { 10, 10, FIRM, BIOS } } },
	{ .name = "reserve without a name",
	  .ops = { RESERVE(10, 20, NO_NAME) }, RES, 1, { { 10, 10, FIRM, 0 } } },
	{ .name = "reserve nothing",
	  .ops = { RESERVE(10, 10, BIOS), RESERVE(20, 10, BIOS) }, RES, 0, { { 0 } } },
	{ .name = "reserve what touches",
	  .ops = { RESERVE(10, 20, BIOS), RESERVE(20, 30, BIOS) }, RES, 2,
	  { { 10, 10, FIRM, BIOS }, { 20, 10, FIRM, BIOS } } },
	{ .name = "reserve what is firm",
	  .ops = { RESERVE(10, 20, BIOS), RESERVE(19, 30, BIOS) }, RES, 0,
	  { { 0 } }, 0, MISUSE, PANICS },
	{ .name = "reserve beyond the machine",
	  .ops = { RESERVE(10, (1ULL << 52) + 1, BIOS) }, RES, 1,
	  { { 10, (1ULL << 52) - 9, FIRM, BIOS } }, 0, FIRMWARE },
	/* [0, 100) ok + [40, 60) = [0, 40) ok [60, 100) ok [40, 60) */
	{ .name = "reserve inside what gives way",
	  .ops = { RESERVE_OK(0, 100, FOURTEEN), RESERVE(40, 60, BIOS) },
	  RES, 3, { { 0, 40, OK, FOURTEEN }, { 60, 40, OK, FOURTEEN }, { 40, 20, FIRM, BIOS } } },
	/* [50, 100) ok [0, 50) ok [200, 300) + [40, 60): each rest goes to the end in its turn */
	{ .name = "reserve across two that give way",
	  { RESERVE_OK(50, 100, BIOS), RESERVE_OK(0, 50, FOURTEEN), RESERVE(200, 300, BIOS),
	    RESERVE(40, 60, NO_NAME) },
	  RES, 4, { { 200, 100, FIRM, BIOS }, { 60, 40, OK, BIOS }, { 0, 40, OK, FOURTEEN },
		    { 40, 20, FIRM, 0 } } },
	/* [0, 100) ok + ok [0, 100) */
	{ .name = "overlap_ok over overlap_ok",
	  .ops = { RESERVE_OK(0, 100, BIOS), RESERVE_OK(0, 100, FOURTEEN) },
	  RES, 1, { { 0, 100, OK, FOURTEEN } } },
	{ .name = "overlap_ok over firm",
	  .ops = { RESERVE(0, 100, BIOS), RESERVE_OK(99, 200, BIOS) }, RES, 0,
	  { { 0 } }, 0, MISUSE, PANICS },
	{ .name = "overlap_ok: nothing",
	  .ops = { RESERVE_OK(20, 20, BIOS), RESERVE_OK(20, 3, BIOS) }, RES, 0,
	  { { 0 } } },
	/* [0, 100) + [50, 60), unchecked */
	{ .name = "without_check",
	  .ops = { RESERVE(0, 100, BIOS), APPEND(50, 60, BIOS) }, RES, 2,
	  { { 0, 100, FIRM, BIOS }, { 50, 10, FIRM, BIOS } }, 0, MISUSE },
	{ .name = "without_check over nothing",
	  .ops = { APPEND(50, 60, BIOS) }, RES, 1, { { 50, 10, FIRM, BIOS } } },

	/* [0, 10) [20, 30) [40, 50) - [0, 10) */
	{ .name = "free",
	  .ops = { RESERVE(0, 10, BIOS), RESERVE(20, 30, FOURTEEN), RESERVE(40, 50, BIOS),
	    FREE(0, 10) }, RES, 2, { { 20, 10, FIRM, FOURTEEN }, { 40, 10, FIRM, BIOS } } },
	{ .name = "free a part",
	  .ops = { RESERVE(0, 10, BIOS), FREE(0, 9) }, RES, 0, { { 0 } }, 0, MISUSE, PANICS },
	{ .name = "free nothing",
	  .ops = { FREE(0, 0) }, RES, 0, { { 0 } }, 0, MISUSE, PANICS },
	/* of two alike the first goes */
	{ .name = "free one of two",
	  .ops = { APPEND(0, 10, BIOS), APPEND(0, 10, FOURTEEN), FREE(0, 10) }, RES, 1,
	  { { 0, 10, FIRM, FOURTEEN } }, 0, MISUSE },
	{ .name = "free behind one that overlaps",
	  .ops = { APPEND(5, 15, BIOS), APPEND(0, 10, BIOS), FREE(0, 10) },
	  RES, 1, { { 5, 10, FIRM, BIOS } }, 0, MISUSE },
	{ .name = "free what may give way",
	  .ops = { RESERVE_OK(0, 10, BIOS), FREE(0, 10) }, RES, 0, { { 0 } } },

	/* [0, 100) ok - [40, 60) = [0, 40) ok [60, 100) ok */
	{ .name = "partial: the middle",
	  .ops = { RESERVE_OK(0, 100, BIOS), PARTIAL(40, 60) }, RES, 2,
	  { { 0, 40, OK, BIOS }, { 60, 40, OK, BIOS } } },
	{ .name = "partial: both ends",
	  .ops = { RESERVE(0, 100, BIOS), PARTIAL(0, 10), PARTIAL(90, 100) }, RES, 1,
	  { { 10, 80, FIRM, BIOS } } },
	/* [0, 20) [30, 50) [40, 60) - [10, 45): holes are no error */
	{ .name = "partial: across a hole",
	  .ops = { RESERVE(0, 20, BIOS), RESERVE(30, 50, FOURTEEN),
	    APPEND(40, 60, BIOS), PARTIAL(10, 45) }, RES, 3,
	  { { 0, 10, FIRM, BIOS }, { 45, 5, FIRM, FOURTEEN }, { 45, 15, FIRM, BIOS } } },
	{ .name = "partial: whole ones",
	  .ops = { RESERVE(0, 20, BIOS), RESERVE(30, 50, BIOS), PARTIAL(0, 50) },
	  RES, 0, { { 0 } } },
	{ .name = "partial: nothing there",
	  .ops = { PARTIAL(10, 20) }, RES, 0, { { 0 } } },
	{ .name = "partial: inverted",
	  .ops = { RESERVE(0, 20, BIOS), PARTIAL(15, 5) }, RES, 1,
	  { { 0, 20, FIRM, BIOS } }, 0, MISUSE },
	/* [0, 100) [20, 80) - [40, 60): both are split */
	{ .name = "partial: two upon each other",
	  .ops = { RESERVE(0, 100, BIOS), APPEND(20, 80, FOURTEEN),
	    PARTIAL(40, 60) }, RES, 4,
	  { { 0, 40, FIRM, BIOS }, { 20, 20, FIRM, FOURTEEN }, { 60, 40, FIRM, BIOS },
	    { 60, 20, FIRM, FOURTEEN } } },

	/* the lowest multiple of 16 in [5, 100), [0, 100), beside [16, 33): 48 */
	{ .name = "find_area",
	  .ops = { RESERVE(16, 33, BIOS), FIND(5, 100, 0, 100, 16, 16) }, RES, 1,
	  { { 16, 17, FIRM, BIOS } }, 48 },
	{ .name = "find_area: to the last byte",
	  .ops = { FIND(0, 100, 0, 64, 64, 1) }, RES, 0, { { 0 } }, 0 },
	{ .name = "find_area: a byte too many",
	  .ops = { FIND(0, 100, 0, 64, 65, 1) }, RES, 0, { { 0 } }, NONE },
	{ .name = "find_area: no address",
	  .ops = { FIND(-15ULL, -1ULL, 0, -1ULL, 1, 16) }, RES, 0, { { 0 } }, NONE,
	  FIRMWARE },
	{ .name = "find_area: inverted",
	  .ops = { FIND(100, 5, 0, 100, 1, 1) }, RES, 0, { { 0 } }, NONE, MISUSE },
	/* free from 33 on, up to 50; multiple of 8: 40 */
	{ .name = "find_area_size",
	  .ops = { RESERVE(0, 33, BIOS), RESERVE(50, 60, BIOS), FIND_SIZE(0, 100, 3, 8) },
	  E_RES_ANSWER, 1, { { 40, 10, 0, 0 } }, 40 },
	{ .name = "find_area_size: order",
	  .ops = { RESERVE(50, 60, BIOS), RESERVE(0, 50, BIOS),
	    FIND_SIZE(0, 100, 3, 8) }, E_RES_ANSWER, 1, { { 64, 36, 0, 0 } }, 64 },
	{ .name = "find_area_size: none",
	  .ops = { RESERVE(0, 100, BIOS), FIND_SIZE(0, 100, 3, 8) }, E_RES_ANSWER, 0,
	  { { 0 } }, NONE },
	/* RAM [0, 10) [100, 200), 20 bytes below 130: 100 */
	{ .name = "find_e820",
	  .ops = { RAM(0, 10), RAM(100, 100), FIND_RAM(0, 130, 20, 4) }, RES, 0, { { 0 } }, 100 },
	{ .name = "find_fw",
	  .ops = { RAM(0, 10), RAM(100, 100), FIND_FW(101, 130, 20, 4) }, RES, 0, { { 0 } }, 104 },
	{ .name = "find_e820: no RAM",
	  .ops = { FIND_RAM(0, 130, 20, 4) }, RES, 0, { { 0 } }, NONE },
	{ .name = "find_e820_size",
	  .ops = { RAM(0, 10), RAM(100, 100), RESERVE(150, 160, BIOS),
	    FIND_RAM_SIZE(10, 64) }, E_RES_ANSWER, 1, { { 128, 22, 0, 0 } }, 128 },

	/* RAM [100, 200): the top of [100, 150): 20 bytes at a multiple of 16: 128 */
	{ .name = "reserve_e820",
	  .ops = { RAM(100, 100), RESERVE(150, 160, BIOS), TAKE(0, 20, 16) }, E_RES_RAM, 2,
	  { { 100, 28, 0, 0 }, { 148, 52, 0, 0 } }, 128 },
	/* [112, 150) has no room for 39 bytes, [160, 200) has */
	{ .name = "reserve_e820: the next block",
	  .ops = { RAM(100, 100), RESERVE(150, 160, BIOS), TAKE(0, 39, 16) },
	  E_RES_RAM, 2, { { 100, 60, 0, 0 }, { 199, 1, 0, 0 } }, 160 },
	{ .name = "reserve_e820: no room",
	  .ops = { RAM(100, 100), TAKE(0, 101, 1) }, E_RES_RAM, 1,
	  { { 100, 100, 0, 0 } }, 0 },
	{ .name = "reserve_e820: address 0 is none",
	  .ops = { RAM(0, 100), TAKE(0, 100, 1) }, E_RES_RAM, 1,
	  { { 0, 100, 0, 0 } }, 0 },
	{ .name = "reserve_e820: not at address 0",
	  .ops = { RAM(0, 100), RAM(200, 100), TAKE(0, 100, 1) }, E_RES_RAM,
	  1, { { 0, 100, 0, 0 } }, 200 },

	/* [0, 20) [30, 40) ok, inside [10, 35) */
	{ .name = "to_bootmem",
	  .ops = { RESERVE(0, 20, BIOS), RESERVE_OK(30, 40, BIOS), TO_BOOTMEM(10, 35) },
	  E_RES_HANDOFF, 2, { { 10, 10, 0, 0 }, { 30, 5, 0, 0 } }, 0, MISUSE },
	{ .name = "to_bootmem forgets",
	  .ops = { RESERVE(0, 20, BIOS), TO_BOOTMEM(0, 40) }, RES, 0, { { 0 } } },
	{ .name = "after the hand-off",
	  .ops = { TO_BOOTMEM(0, 40), RESERVE(0, 20, BIOS) }, RES, 0, { { 0 } }, 0,
	  MISUSE },
	{ .name = "to_bootmem once more",
	  .ops = { RESERVE(0, 20, BIOS), TO_BOOTMEM(0, 40), TO_BOOTMEM(0, 40) },
	  E_RES_HANDOFF, 0, { { 0 } }, 0, MISUSE },

	/* pages [1, 10) - [2, 3) (for one byte of page 2) */
	{ .name = "get_free",
	  .ops = { RAM(0, 16 * PAGE), NODE(0, 1, 10), RESERVE(2 * PAGE + 5, 2 * PAGE + 6, BIOS),
	    GET_FREE(0) }, E_RES_HANDOFF, 2,
	  { { PAGE, PAGE, 0, 0 }, { 3 * PAGE, 7 * PAGE, 0, 0 } }, 2 },
	/* pieces of different active ranges stay apart; node 1 is sorted in */
	{ .name = "get_free of all",
	  .ops = { RAM(0, 16 * PAGE), NODE(0, 6, 9), NODE(1, 3, 6), GET_FREE(ALL_NODES) },
	  E_RES_HANDOFF, 2, { { 3 * PAGE, 3 * PAGE, 0, 0 }, { 6 * PAGE, 3 * PAGE, 0, 0 } }, 2 },
	{ .name = "get_free of another node",
	  .ops = { RAM(0, 16 * PAGE), NODE(0, 6, 9), NODE(1, 3, 6), GET_FREE(1) },
	  E_RES_HANDOFF, 1, { { 3 * PAGE, 3 * PAGE, 0, 0 } }, 1 },
	{ .name = "get_free: active ranges do not overlap",
	  .ops = { RAM(0, 16 * PAGE), NODE(0, 6, 9), NODE(1, 8, 12),
	    NODE(0, 9, 10), GET_FREE(ALL_NODES) },
	  E_RES_HANDOFF, 2, { { 6 * PAGE, 3 * PAGE, 0, 0 }, { 9 * PAGE, PAGE, 0, 0 } }, 2 },
	/* whole pages of RAM [1, 3 * PAGE + 1): [PAGE, 3 * PAGE) */
	{ .name = "active_ram",
	  .ops = { RAM(1, 3 * PAGE), ACTIVE(0, 0, 100), GET_FREE(0) }, E_RES_HANDOFF, 1,
	  { { PAGE, 2 * PAGE, 0, 0 } }, 1 },
	{ .name = "active_ram: inverted",
	  .ops = { RAM(1, 3 * PAGE), ACTIVE(0, 3, 1), GET_FREE(0) }, E_RES_HANDOFF,
	  0, { { 0 } }, 0 },
	{ .name = "get_free: nothing needs no room",
	  .ops = { GET_FREE(0) }, E_RES_HANDOFF, 0, { { 0 } }, 0 },
	{ .name = "get_free: no room for the array",
	  .ops = { NODE(0, 6, 9), GET_FREE(0) }, RES, 0, { { 0 } }, 0,
	  LEGAL, PANICS },
	{ .name = "get_free: not mapped",
	  .ops = { RAM(0, 16 * PAGE), MAPPED(0), NODE(0, 6, 9), GET_FREE(0) }, RES, 0,
	  { { 0 } }, 0, LEGAL, PANICS },
	{ .name = "get_free of all forgets",
	  .ops = { RAM(0, 16 * PAGE), RESERVE(10, 20, BIOS), GET_FREE(ALL_NODES) },
	  RES, 0, { { 0 } }, 0 },
};

static void check_case(void **state)
{
	const struct test_case *c = *state;
	struct row rows[TEST_ROWS];
	struct expect e;

	init_model(&early_res_configs[EARLY_RES_NORMAL], 0);
	run_ops(c->ops, &e);
	assert_int_equal(e.result.outcome, c->outcome);
	assert_int_equal(e.legality, c->legality);
	assert_int_equal(e.fired, 0);
	assert_false(e.cut || e.avoid);
	if (c->outcome != OUT_RETURN)
		return;
	assert_int_equal(e.result.value, c->value);
	memcpy(rows, c->rows, sizeof(rows));
	for (unsigned int i = 0; i < c->nr && c->table == RES; i++)
		rows[i].flags = early_res_name_hash(early_res_name(rows[i].flags));
	assert_rows(&e.rows.table[c->table], rows, c->nr);
	for (unsigned int i = 0; i < E_RES_TABLES; i++) {
		assert_int_equal(e.row_sum[i], table_sum(&e.rows.table[i]));
		assert_int_equal(e.sum[i], e.row_sum[i]);
	}
}

/* memblock behind the calls: a set. */
static void memblock_is_a_set(void **state)
{
	static const struct op ops[TEST_OPS] = {
		RESERVE(20, 30, BIOS), RESERVE(0, 10, BIOS), RESERVE_OK(10, 20, BIOS),
		APPEND(5, 50, BIOS), FREE(7, 9), PARTIAL(40, 60),
	};
	static const struct op find[TEST_OPS] = { RAM(0, 4 * PAGE), FIND_RAM(0, 4 * PAGE, 1, 1) };
	static const struct row rows[] = { { 0, 7, FIRM, 0 }, { 9, 31, FIRM, 0 } };
	struct expect e;

	(void)state;
	init_model(&early_res_variants[EARLY_RES_MEMBLOCK], 0);
	run_ops(ops, &e);
	assert_int_equal(e.result.outcome, OUT_RETURN);
	assert_rows(&e.rows.table[RES], rows, ARRAY_SIZE(rows));
	run_ops(find, &e);
	assert_int_equal(e.result.value, PAGE);
}

/* It is cut where memblock's own array would grow: at 127 of 128 regions. */
static void memblock_is_cut_before_it_grows(void **state)
{
	struct expect e;

	(void)state;
	init_model(&early_res_variants[EARLY_RES_MEMBLOCK], 0);
	for (unsigned int i = 0; i < 128; i++) {
		struct op op = RESERVE(2 * i * PAGE, (2 * i + 1) * PAGE, BIOS);

		early_res_model.step(&room, &op, &e);
		assert_int_equal(e.cut, i >= 127);
	}
}

/* Which bytes and tables each op may change. */
static void frames(void **state)
{
	static const struct {
		struct op op;
		uint64_t first, last;
		uint32_t tables;
	} frame[] = {
		{ RAM(10, 20), 10, 29, 1 << E_RES_RAM }, { RAM(10, 0), 1, 0, 0 },
		{ MAPPED(1 << 20), 1, 0, 0 }, { NODE(0, 1, 2), 1, 0, 0 },
		{ RESERVE(10, 20, BIOS), 10, 19, 1 << RES }, { RESERVE(20, 20, BIOS), 1, 0, 0 },
		{ RESERVE_OK(20, 30, BIOS), 20, 29, 1 << RES },
		{ APPEND(10, 20, BIOS), 10, 19, 1 << RES }, { FREE(20, 30), 20, 29, 1 << RES },
		{ PARTIAL(5, 30), 5, 29, 1 << RES }, { PARTIAL(5, 3), 1, 0, 0 },
		{ FIND(0, 9, 0, 9, 1, 1), 1, 0, 0 }, { FIND_SIZE(0, 9, 0, 1), 1, 0, 0 },
		{ FIND_FW(0, 9, 1, 1), 1, 0, 0 }, { FIND_RAM_SIZE(0, 1), 1, 0, 0 },
		{ TAKE(0, 5, 1), 25, 29, 1 << E_RES_RAM }, { TAKE(0, 99, 1), 1, 0, 0 },
		{ GET_FREE(0), 0, NONE, 1 << E_RES_OWN | 1 << E_RES_HANDOFF },
		{ TO_BOOTMEM(0, 9), 0, NONE, 1 << RES | 1 << E_RES_OWN | 1 << E_RES_HANDOFF },
		{ RESERVE(10, 20, BIOS), 1, 0, 0 },
	};
	struct expect e;

	(void)state;
	init_model(&early_res_configs[EARLY_RES_NORMAL], 0);
	for (unsigned int i = 0; i < ARRAY_SIZE(frame); i++) {
		early_res_model.step(&room, &frame[i].op, &e);
		assert_int_equal(e.start, frame[i].first);
		assert_int_equal(e.last, frame[i].last);
		assert_int_equal(e.may_change, frame[i].tables);
	}
}

/* A copy of the bytes that are in use is a copy of the model. */
static void a_copy_goes_on(void **state)
{
	static const struct op ops[TEST_OPS] = {
		RAM(0, 100 * PAGE), HOLE(PAGE, PAGE), RESERVE(10, 20, BIOS),
		RESERVE_OK(5000, 9000, BIOS),
		NODE(0, 3, 9), GET_FREE(0),
	};
	static const struct op last[TEST_OPS] = { RESERVE(6000, 7000, BIOS) };
	static union model_room copy;
	struct expect e, again;

	(void)state;
	memset(&room, 0xaa, sizeof(room));
	init_model(&early_res_configs[EARLY_RES_NORMAL], 0);
	run_ops(ops, &e);
	memcpy(&copy, &room, early_res_model.used(&room));
	run_ops(last, &e);
	memset(&room, 0x55, sizeof(room));
	memcpy(&room, &copy, sizeof(room));
	run_ops(last, &again);
	for (unsigned int i = 0; i < E_RES_TABLES; i++)
		assert_int_equal(e.sum[i], again.sum[i]);
	assert_int_equal(early_res_model.cover(&room, RES, 6000, FIRM), 1);
	assert_int_equal(early_res_model.cover(&room, RES, 6000, OK), 0);
	assert_int_equal(early_res_model.cover(&room, RES, 8999, OK), 1);
	assert_int_equal(early_res_model.cover(&room, E_RES_RAM, PAGE, 0), 0);
	assert_int_equal(early_res_model.cover(&room, E_RES_HANDOFF, 3 * PAGE, 0), 1);
	assert_int_equal(early_res_model.cover(&room, E_RES_HANDOFF, 2 * PAGE, 0), 0);
}

int main(void)
{
	static struct CMUnitTest tests[ARRAY_SIZE(cases) + 4];
	unsigned int n = 0;

	for (unsigned int i = 0; i < ARRAY_SIZE(cases); i++)
		tests[n++] = (struct CMUnitTest){
			.name = cases[i].name, .test_func = check_case,
			.initial_state = (void *)&cases[i],
		};
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(memblock_is_a_set);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(memblock_is_cut_before_it_grows);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(frames);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_copy_goes_on);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The range model, case by case. Above each case stands the equation that it is: what is in
 * brackets are ranges [start, end), in the order of the slots; "-" is an empty slot.
 */
#include "range_testing.h"

/**
 * struct test_case - ops, and what must be true after the last one
 * @slots: the slots, as start and end; { 0, 0 } is an empty one
 * @nr: nr_range
 * @value: what the last op returned
 * @legality: of the last op
 */
struct test_case {
	const char *name;
	struct step ops[OPS_MAX];
	struct slot slots[SLOTS];
	unsigned int nr;
	uint64_t value;
	enum legality legality;
};

static const struct test_case cases[] = {
	/* {} + [10, 20) = [10, 20) */
	{ "add", { ADD(10, 20) }, { { 10, 20 } }, 1, 1, LEGAL },
	/* [10, 20) + [10, 20) = [10, 20) [10, 20): no look at the others */
	{ "add twice", { ADD(10, 20), ADD(10, 20) }, { { 10, 20 }, { 10, 20 } }, 2, 2, LEGAL },
	/* {} + [20, 20) + [20, 10) = {} */
	{ "add nothing", { ADD(20, 20), ADD(20, 10) }, { { 0, 0 } }, 0, 0, LEGAL },
	/* {} + [5, 2^64): its end is written 0, the range looks inverted */
	{ "add to the end", { ADD(5, 0) }, { { 0, 0 } }, 0, 0, LEGAL },
	/* {} + [0, 2^64 - 1) */
	{ "add nearly all", { ADD(0, TOP) }, { { 0, TOP } }, 1, 1, LEGAL },
	/* a full array refuses: nr_range stays */
	{ "add to a full array",
	  { ADD(1, 2), ADD(3, 4), ADD(5, 6), ADD(7, 8), ADD(9, 10) },
	  { { 1, 2 }, { 3, 4 }, { 5, 6 }, { 7, 8 } }, 4, 4, LEGAL },

	/* [10, 20) + [15, 30) = [10, 30) */
	{ "merge what overlaps", { ADD(10, 20), MERGE(15, 30) }, { { 10, 30 } }, 1, 1, LEGAL },
	/* [10, 20) + [20, 30) = [10, 30) */
	{ "merge what touches above", { ADD(10, 20), MERGE(20, 30) }, { { 10, 30 } }, 1, 1, LEGAL },
	/* [10, 20) + [0, 10) = [0, 20) */
	{ "merge what touches below", { ADD(10, 20), MERGE(0, 10) }, { { 0, 20 } }, 1, 1, LEGAL },
	/* [10, 20) [40, 50) [20, 30) + [15, 22) = [40, 50) [10, 30): the rest moves up */
	{ "merge across a bridge", { ADD(10, 20), ADD(40, 50), ADD(20, 30), MERGE(15, 22) },
	  { { 40, 50 }, { 10, 30 } }, 2, 2, LEGAL },
	/* [10, 20) [30, 40) + [20, 30) = [10, 40) */
	{ "merge fills a gap", { ADD(10, 20), ADD(30, 40), MERGE(20, 30) }, { { 10, 40 } }, 1, 1,
	  LEGAL },
	/* [10, 20) + [30, 40) = [10, 20) [30, 40) */
	{ "merge with nothing", { ADD(10, 20), MERGE(30, 40) }, { { 10, 20 }, { 30, 40 } }, 2, 2,
	  LEGAL },
	/* [10, 40) + [20, 30) = [10, 40) */
	{ "merge what is there", { ADD(10, 40), MERGE(20, 30) }, { { 10, 40 } }, 1, 1, LEGAL },
	/* four slots + [2, 3) = [5, 6) [7, 8) [9, 10) [1, 3): a full array that unites has room */
	{ "merge into a full array",
	  { ADD(1, 2), ADD(5, 6), ADD(7, 8), ADD(9, 10), MERGE(2, 3) },
	  { { 5, 6 }, { 7, 8 }, { 9, 10 }, { 1, 3 } }, 4, 4, LEGAL },
	/* four slots + [20, 30): no room, nothing changes */
	{ "merge refused",
	  { ADD(1, 2), ADD(5, 6), ADD(7, 8), ADD(9, 10), MERGE(20, 30) },
	  { { 1, 2 }, { 5, 6 }, { 7, 8 }, { 9, 10 } }, 4, 4, LEGAL },
	/* [1, 2) + [2, 2) = [1, 2) */
	{ "merge nothing", { ADD(1, 2), MERGE(2, 2) }, { { 1, 2 } }, 1, 1, LEGAL },
	/* [10, 20) - [10, 20) + [30, 40): slot 0 is empty, the range goes to slot nr_range */
	{ "merge behind a hole", { ADD(10, 20), SUBTRACT(10, 20), MERGE(30, 40) },
	  { { 0, 0 }, { 30, 40 } }, 2, 2, LEGAL },

	/* [10, 40) - [20, 30) = [10, 20) [30, 40): nr_range stays */
	{ "subtract the middle", { ADD(10, 40), SUBTRACT(20, 30) }, { { 10, 20 }, { 30, 40 } }, 1,
	  0, LEGAL },
	/* [10, 40) - [0, 20) = [20, 40) */
	{ "subtract the head", { ADD(10, 40), SUBTRACT(0, 20) }, { { 20, 40 } }, 1, 0, LEGAL },
	/* [10, 40) - [30, 50) = [10, 30) */
	{ "subtract the tail", { ADD(10, 40), SUBTRACT(30, 50) }, { { 10, 30 } }, 1, 0, LEGAL },
	/* [10, 20) [30, 40) - [10, 20) = - [30, 40) */
	{ "subtract all", { ADD(10, 20), ADD(30, 40), SUBTRACT(10, 20) },
	  { { 0, 0 }, { 30, 40 } }, 2, 0, LEGAL },
	/* [10, 20) - [20, 30) - [0, 10) = [10, 20) */
	{ "subtract beside", { ADD(10, 20), SUBTRACT(20, 30), SUBTRACT(0, 10) }, { { 10, 20 } }, 1,
	  0, LEGAL },
	/* [10, 20) - [15, 15) - [18, 12) = [10, 20) */
	{ "subtract nothing", { ADD(10, 20), SUBTRACT(15, 15), SUBTRACT(18, 12) }, { { 10, 20 } },
	  1,
	  0, LEGAL },
	/* [10, 20) [0, 50) - [10, 20): slot 0 vanishes first and takes the right part of slot 1 */
	{ "subtract reuses", { ADD(10, 20), ADD(0, 50), SUBTRACT(10, 20) },
	  { { 20, 50 }, { 0, 10 } }, 2, 0, LEGAL },
	/* [10, 40) [10, 40) - [20, 30): every byte keeps its multiplicity */
	{ "subtract from two", { ADD(10, 40), ADD(10, 40), SUBTRACT(20, 30) },
	  { { 10, 20 }, { 10, 20 }, { 30, 40 }, { 30, 40 } }, 2, 0, LEGAL },

	/* - [30, 40) [10, 20) = [10, 20) [30, 40) */
	{ "clean_sort closes holes",
	  { ADD(1, 2), ADD(30, 40), ADD(10, 20), SUBTRACT(1, 2), CLEAN_SORT },
	  { { 10, 20 }, { 30, 40 } }, 2, 2, LEGAL },
	/* a full array has four in use */
	{ "clean_sort of a full array",
	  { ADD(7, 8), ADD(5, 6), ADD(3, 4), ADD(1, 2), CLEAN_SORT },
	  { { 1, 2 }, { 3, 4 }, { 5, 6 }, { 7, 8 } }, 4, 4, LEGAL },
	{ "clean_sort of nothing", { CLEAN_SORT }, { { 0, 0 } }, 0, 0, LEGAL },
	/* [10, 40) - [20, 30): only now are both parts counted */
	{ "clean_sort counts the parts", { ADD(10, 40), SUBTRACT(20, 30), CLEAN_SORT },
	  { { 10, 20 }, { 30, 40 } }, 2, 2, LEGAL },
	/* far apart: the difference of the starts does not fit 32 bits */
	{ "sort far apart", { ADD(3 * G4, 3 * G4 + 1), ADD(1ULL << 63, TOP), ADD(1, 2), SORT },
	  { { 1, 2 }, { 3 * G4, 3 * G4 + 1 }, { 1ULL << 63, TOP } }, 3, 0, LEGAL },
	/* equal starts keep their order here; the contract leaves it open */
	{ "sort equal starts", { ADD(5, 9), ADD(5, 6), ADD(1, 2), SORT },
	  { { 1, 2 }, { 5, 9 }, { 5, 6 } }, 3, 0, LEGAL },

	/* Misuse. */
	/* an array of one slot of four: nr_range shrinks to what the call may see */
	{ "add with a smaller az", { ADD(1, 2), ADD(3, 4), { RANGE_ADD, 1, 5, 6 } },
	  { { 1, 2 }, { 3, 4 } }, 1, 1, MISUSE },
	/* az is at most the number of slots */
	{ "add with a larger az", { { RANGE_ADD, 64, 1, 2 } }, { { 1, 2 } }, 1, 1, LEGAL },
	{ "subtract with a smaller az", { ADD(1, 2), ADD(3, 4), { RANGE_SUBTRACT, 1, 0, 9 } },
	  { { 0, 0 }, { 3, 4 } }, 2, 0, MISUSE },
	/* [10, 40) - [20, 30) and no clean_sort: slot 1 is in use, and overwritten */
	{ "add over a split", { ADD(10, 40), SUBTRACT(20, 30), ADD(50, 60) },
	  { { 10, 20 }, { 50, 60 } }, 2, 2, MISUSE },
	/* - [5, 6): an empty slot sorts by its start, which reads 0 */
	{ "sort with a hole", { ADD(1, 2), ADD(5, 6), SUBTRACT(1, 2), SORT },
	  { { 0, 0 }, { 5, 6 } }, 2, 0, MISUSE },
};

static void init(uint64_t quirks)
{
	init_for(0x60100, quirks);
}

static void check_case(void **state)
{
	const struct test_case *c = *state;
	struct expect e = { 0 };

	init(0);
	for (const struct step *s = c->ops; s < c->ops + OPS_MAX && s->id; s++) {
		struct op op = op_of(s);

		range_model.step(&room, &op, &e);
		assert_true(range_model.selfcheck(&room));
		assert_false(e.fired || e.cut || e.avoid);
		assert_int_equal(e.result.outcome, OUT_RETURN);
	}
	assert_int_equal(e.legality, c->legality);
	assert_int_equal(e.result.value, c->value);
	assert_slots(&e, c->slots, c->nr);
	/* Safety layer and exact layer say the same. */
	for (unsigned int i = 0; i < RANGE_TABLES; i++) {
		assert_int_equal(e.sum[i], e.row_sum[i]);
		assert_int_equal(e.sum[i], table_sum(&e.rows.table[i]));
	}
}

/* Four slots, the last one [10, 40), - [20, 30): the right part finds none. */
static struct expect subtract_without_a_slot(void)
{
	static const struct step ops[] = {
		ADD(1, 2), ADD(3, 4), ADD(5, 6), ADD(10, 40), SUBTRACT(20, 30),
	};
	struct expect e;

	for (unsigned int i = 0; i < ARRAY_SIZE(ops); i++) {
		struct op op = op_of(&ops[i]);

		range_model.step(&room, &op, &e);
	}
	return e;
}

/* Strictly, [30, 40) must stay: what rows there are do not describe it. */
static void full_subtract_is_a_loss(void **state)
{
	struct expect e;

	(void)state;
	init(0);
	e = subtract_without_a_slot();
	assert_int_equal(range_model.cover(&room, RANGE_SLOTS, 35, 0), 1);
	assert_int_equal(e.fired, 0);
	assert_int_not_equal(e.sum[RANGE_SLOTS], e.row_sum[RANGE_SLOTS]);
	assert_true(range_model.selfcheck(&room));
}

/* With the quirk, it is predicted to go, with a message. */
static void full_subtract_is_a_quirk(void **state)
{
	int quirk = model_quirk_by_id(&range_model, "range-subtract-full");
	struct expect e;

	(void)state;
	assert_true(quirk >= 0);
	init(1ULL << quirk);
	e = subtract_without_a_slot();
	assert_int_equal(range_model.cover(&room, RANGE_SLOTS, 35, 0), 0);
	assert_int_equal(range_model.cover(&room, RANGE_SLOTS, 15, 0), 1);
	assert_int_equal(e.fired, 1ULL << quirk);
	assert_int_equal(e.result.said, SAID_ERROR);
	assert_int_equal(e.sum[RANGE_SLOTS], e.row_sum[RANGE_SLOTS]);
	assert_true(range_model.selfcheck(&room));
}

/* The frame: an add changes its own bytes, sorting may touch all, an empty range none. */
static void frames(void **state)
{
	static const struct {
		struct step op;
		uint64_t first, last;
	} frame[] = {
		{ ADD(10, 20), 10, 19 }, { MERGE(5, 30), 5, 29 }, { SUBTRACT(7, TOP), 7, TOP - 1 },
		{ CLEAN_SORT, 0, TOP }, { SORT, 0, TOP }, { ADD(20, 20), 1, 0 },
		{ SUBTRACT(20, 3), 1, 0 },
	};

	(void)state;
	init(0);
	for (unsigned int i = 0; i < ARRAY_SIZE(frame); i++) {
		struct op op = op_of(&frame[i].op);
		struct expect e;

		range_model.step(&room, &op, &e);
		assert_int_equal(e.start, frame[i].first);
		assert_int_equal(e.last, frame[i].last);
	}
}

/* add_range() tells of a range without a slot by an unchanged count. */
static void refusals(void **state)
{
	const struct step add = ADD(10, 20), sort = SORT;
	struct op op = op_of(&add);
	struct expect e;

	(void)state;
	init(0);
	range_model.step(&room, &op, &e);
	assert_true(e.refuses);
	assert_int_equal(e.refusal, 0);
	assert_int_equal(e.result.value, 1);
	op = op_of(&sort);
	range_model.step(&room, &op, &e);
	assert_false(e.refuses);
}

static void edges_are_boundaries(void **state)
{
	const struct step add = ADD(10, 20);
	struct op op = op_of(&add);
	struct expect e;
	uint64_t edge[4];
	uint32_t type;

	(void)state;
	init(0);
	assert_int_equal(range_model.edges(&room, edge, 4), 0);
	assert_int_equal(range_model.types(&room, RANGE_SLOTS, &type, 1), 0);
	range_model.step(&room, &op, &e);
	assert_int_equal(range_model.edges(&room, edge, 4), 2);
	assert_int_equal(edge[0], 10);
	assert_int_equal(edge[1], 20);
	assert_int_equal(range_model.edges(&room, edge, 1), 1);
	assert_int_equal(range_model.types(&room, RANGE_SLOTS, &type, 1), 1);
	assert_int_equal(type, 0);
}

/* Quirks follow from a kernel's version and from their names. */
static void quirks_by_version_and_name(void **state)
{
	static const struct quirk quirks[] = {
		{ .id = "always" },
		{ .id = "new", .since = 0x60000 },
		{ .id = "mended", .since = 0x20000, .until = 0x60100 },
	};
	const struct model m = { .quirks = quirks, .nr_quirks = ARRAY_SIZE(quirks) };

	(void)state;
	assert_int_equal(model_quirks_for(&m, 0x10000), 1);
	assert_int_equal(model_quirks_for(&m, 0x5ffff), 1 | 4);
	assert_int_equal(model_quirks_for(&m, 0x60000), 1 | 2 | 4);
	assert_int_equal(model_quirks_for(&m, 0x60100), 1 | 2);
	assert_int_equal(model_quirk_by_id(&m, "mended"), 2);
	assert_int_equal(model_quirk_by_id(&m, "mende"), -1);
	assert_ptr_equal(model_of(&range_family), &range_model);
	assert_ptr_equal(model_of(&e820_family), &e820_model);
	for (const struct family *const *f = families; *f; f++)
		assert_true(model_of(*f)->size <= sizeof(room));
}

int main(void)
{
	static struct CMUnitTest tests[ARRAY_SIZE(cases) + 6];
	unsigned int n = 0;

	for (unsigned int i = 0; i < ARRAY_SIZE(cases); i++)
		tests[n++] = (struct CMUnitTest){
			.name = cases[i].name, .test_func = check_case,
			.initial_state = (void *)&cases[i],
		};
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(full_subtract_is_a_loss);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(full_subtract_is_a_quirk);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(frames);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(refusals);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(edges_are_boundaries);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(quirks_by_version_and_name);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

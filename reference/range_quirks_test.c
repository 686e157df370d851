// SPDX-License-Identifier: GPL-2.0-only
/*
 * What old kernels make of the range ops: traits and quirks, on both sides of their conditions. In
 * brackets are ranges [start, end), in the order of the slots.
 */
#include "range_testing.h"

#define OLD	0x20622

/* Quirks and traits of old kernels: the slots after some ops, with the quirk and without. */
static const struct old_case {
	const char *name, *quirk;
	struct step ops[OPS_MAX];
	struct slot slots[SLOTS];
	unsigned int nr;
	bool fires;
} old_cases[] = {
	/* [10, 20) [30, 40) + [15, 35): the first becomes [10, 35), the second stays */
	{ "merge unites with the first only", "range-merge-first-only",
	  { ADD(10, 20), ADD(30, 40), MERGE(15, 35) }, { { 10, 35 }, { 30, 40 } }, 2, true },
	/* touching counts as meeting */
	{ "merge fills a gap by half", "range-merge-first-only",
	  { ADD(30, 40), ADD(10, 20), MERGE(20, 30) }, { { 20, 40 }, { 10, 20 } }, 2, true },
	/* one is met: the contract holds, but the union stays where it was */
	{ "merge stays in its place", "range-merge-first-only",
	  { ADD(10, 20), ADD(50, 60), MERGE(15, 35) }, { { 10, 35 }, { 50, 60 } }, 2, false },
	/* none is met */
	{ "merge with nothing appends", "range-merge-first-only",
	  { ADD(10, 20), MERGE(35, 40) }, { { 10, 20 }, { 35, 40 } }, 2, false },
	/* the one that is met only by what the first one adds, as contract/range.h has it */
	{ "merge meets by its union", "range-merge-first-only",
	  { ADD(10, 50), ADD(40, 60), MERGE(15, 20) }, { { 10, 50 }, { 40, 60 } }, 2, true },
	{ "clean_sort of a full array", "range-clean-sort-full",
	  { ADD(7, 8), ADD(5, 6), ADD(3, 4), ADD(1, 2), CLEAN_SORT },
	  { { 7, 8 }, { 5, 6 }, { 3, 4 }, { 1, 2 } }, 0, true },
	{ "clean_sort of a full array that seems shorter", "range-clean-sort-full",
	  { ADD(7, 8), ADD(5, 6), { RANGE_CLEAN_SORT, 2, 0, 0 } },
	  { { 7, 8 }, { 5, 6 } }, 0, true },
	{ "clean_sort with a slot free", "range-clean-sort-full",
	  { ADD(7, 8), ADD(5, 6), ADD(3, 4), CLEAN_SORT },
	  { { 3, 4 }, { 5, 6 }, { 7, 8 } }, 3, false },
	/* no slot at all is no full array */
	{ "clean_sort of no slots", "range-clean-sort-full",
	  { { RANGE_CLEAN_SORT, 0, 0, 0 } }, { { 0, 0 } }, 0, false },
};

static void check_old(void **state)
{
	const struct old_case *c = *state;
	int quirk = model_quirk_by_id(&range_model, c->quirk);
	struct expect e = { 0 };

	assert_true(quirk >= 0);
	assert_true(model_quirks_for(&range_model, OLD) >> quirk & 1);
	assert_false(model_quirks_for(&range_model, 0x60100) >> quirk & 1);
	init_for(OLD, 1ULL << quirk);
	for (const struct step *s = c->ops; s < c->ops + OPS_MAX && s->id; s++) {
		struct op op = op_of(s);

		assert_int_equal(e.fired, 0);
		range_model.step(&room, &op, &e);
		assert_true(range_model.selfcheck(&room));
		assert_int_equal(e.sum[RANGE_SLOTS], e.row_sum[RANGE_SLOTS]);
	}
	assert_int_equal(e.fired, c->fires ? 1ULL << quirk : 0);
	assert_slots(&e, c->slots, c->nr);
}

/* Without the quirk an old kernel's union holds all that it meets, too. */
static void old_merge_is_strict(void **state)
{
	static const struct step ops[] = { ADD(10, 20), ADD(30, 40), MERGE(15, 35) };
	struct expect e;

	(void)state;
	init_for(OLD, 0);
	for (unsigned int i = 0; i < ARRAY_SIZE(ops); i++) {
		struct op op = op_of(&ops[i]);

		range_model.step(&room, &op, &e);
	}
	assert_int_equal(e.result.value, 1);
	assert_int_equal(range_model.cover(&room, RANGE_SLOTS, 32, 0), 1);
	assert_int_equal(e.fired, 0);
}

/* Which pairs of starts a comparison by difference, cut to 32 bits, gets wrong. */
static void misled_sorts(void **state)
{
	static const struct {
		uint64_t a, b;
		bool misled;
	} pair[] = {
		{ 0, 1, false }, { 5, 5, false }, { 0, G4 / 2 - 1, false }, { 0, G4 / 2, true },
		{ 0, G4 / 2 + 1, true }, { 0, G4, true }, { 0, G4 + 1, false },
		{ G4, 3 * G4, true },
		{ 1ULL << 63, 1, true }, { TOP, 0, true },
	};

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(pair); i++) {
		const struct row forth[] = { { .start = pair[i].a }, { .start = pair[i].b } };
		const struct row back[] = { { .start = pair[i].b }, { .start = pair[i].a } };

		assert_int_equal(range_sort_misled(forth, 2), pair[i].misled);
		assert_int_equal(range_sort_misled(back, 2), pair[i].misled);
		assert_false(range_sort_misled(forth, 1));
	}
}

/* The place of the union is a trait: with the quirk or without, and no longer so in v3.10. */
static void one_union_stays_in_its_place(void **state)
{
	static const struct step ops[] = { ADD(10, 20), ADD(50, 60), MERGE(15, 35) };

	(void)state;
	for (int old = 0; old < 2; old++) {
		struct expect e;

		init_for(old ? 0x309ff : 0x30a00, 0);
		for (unsigned int i = 0; i < ARRAY_SIZE(ops); i++) {
			struct op op = op_of(&ops[i]);

			range_model.step(&room, &op, &e);
		}
		assert_int_equal(e.result.value, 2);
		assert_int_equal(e.rows.table[RANGE_SLOTS].rows[0].start, old ? 10 : 50);
		assert_int_equal(e.rows.table[RANGE_SLOTS].rows[1].start, old ? 50 : 10);
	}
}

/* Where the comparison misleads the sort, its order is taken over; other ranges are not. */
static void misled_order_is_adopted(void **state)
{
	static const struct step ops[] = { ADD(3 * G4, 3 * G4 + 9), ADD(1, 2), ADD(5, 7), SORT };
	uint64_t quirk = 1ULL << model_quirk_by_id(&range_model, "range-sort-cut");
	const struct row other[SLOTS] = { { .start = 1, .size = 1 }, { .start = 3 * G4, .size = 9 },
					  { .start = 5, .size = 2 } };
	const struct row strange[SLOTS] = { { .start = 1, .size = 1 },
					    { .start = 3 * G4, .size = 8 },
					    { .start = 5, .size = 2 } };
	const struct result res = { .outcome = OUT_RETURN };
	const struct row count = { .start = 3 };
	struct expect e;

	(void)state;
	assert_true(model_quirks_for(&range_model, OLD) & quirk);
	for (int round = 0; round < 3; round++) {
		bool on = round != 2, takes = round == 0;
		struct state st = {
			.nr_tables = RANGE_TABLES,
			.table = { { SLOTS, round == 1 ? strange : other }, { 1, &count } },
		};
		struct op op;

		init_for(OLD, on ? quirk : 0);
		for (unsigned int i = 0; i < ARRAY_SIZE(ops); i++) {
			op = op_of(&ops[i]);
			range_model.step(&room, &op, &e);
		}
		assert_int_equal(e.fired, on ? quirk : 0);
		range_model.adopt(&room, &op, &res, &st, &e);
		assert_int_equal(e.rows.table[RANGE_SLOTS].rows[1].start, takes ? 3 * G4 : 5);
		assert_true(range_model.selfcheck(&room));
	}
}

int main(void)
{
	static struct CMUnitTest tests[ARRAY_SIZE(old_cases) + 4];
	unsigned int n = 0;

	for (unsigned int i = 0; i < ARRAY_SIZE(old_cases); i++)
		tests[n++] = (struct CMUnitTest){
			.name = old_cases[i].name, .test_func = check_old,
			.initial_state = (void *)&old_cases[i],
		};
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(old_merge_is_strict);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(one_union_stays_in_its_place);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(misled_sorts);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(misled_order_is_adopted);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

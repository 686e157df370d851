// SPDX-License-Identifier: GPL-2.0-only
/* Interval maps: by hand at the ends of the address space, at random against plain arrays. */
#include <string.h>

#include "contract/state.h"
#include "ival.h"
#include "testing.h"

#define TOP	UINT64_MAX

static struct ival map;

/* The steps of the map, spelled out. */
static void expect_steps(const struct ival_step *want, unsigned int nr)
{
	assert_true(ival_valid(&map));
	assert_int_equal(map.nr, nr);
	for (unsigned int i = 0; i < nr; i++) {
		assert_int_equal(map.step[i].type, want[i].type);
		assert_int_equal(map.step[i].addr, want[i].addr);
		assert_int_equal(map.step[i].count, want[i].count);
	}
}

#define EXPECT(...) do {							\
	const struct ival_step want[] = { __VA_ARGS__ };			\
	expect_steps(want, ARRAY_SIZE(want));					\
} while (0)

/* [0,9] + [10,19] = [0,19], and + [5,14] is twice there. */
static void add_unites_and_counts(void **state)
{
	(void)state;
	ival_init(&map);
	ival_add(&map, 1, 0, 9, 1);
	ival_add(&map, 1, 10, 19, 1);
	EXPECT({ 0, 1, 1 }, { 20, 1, 0 });
	ival_add(&map, 1, 5, 14, 1);
	EXPECT({ 0, 1, 1 }, { 5, 1, 2 }, { 15, 1, 1 }, { 20, 1, 0 });
	ival_add(&map, 1, 100, 200, 0);
	assert_int_equal(map.nr, 4);
}

/* Types do not mix: a type's cover ends with its own steps. */
static void types_are_apart(void **state)
{
	(void)state;
	ival_init(&map);
	ival_add(&map, 2, 10, TOP, 1);
	ival_add(&map, 1, 20, TOP, 1);
	ival_add(&map, UINT32_MAX, 0, TOP, 1);
	EXPECT({ 20, 1, 1 }, { 10, 2, 1 }, { 0, UINT32_MAX, 1 });
	assert_int_equal(ival_count(&map, 1, 10), 0);
	assert_int_equal(ival_count(&map, 2, 10), 1);
	assert_int_equal(ival_count(&map, 2, TOP), 1);
	assert_int_equal(ival_count(&map, 3, TOP), 0);
	assert_int_equal(ival_count(&map, UINT32_MAX, 0), 1);
}

/* [0, 2^64) - [2^64 - 1] - [0] = [1, 2^64 - 2]; the sizes add up modulo 2^64. */
static void the_whole_address_space(void **state)
{
	(void)state;
	ival_init(&map);
	ival_add(&map, 7, 0, TOP, 1);
	EXPECT({ 0, 7, 1 });
	assert_int_equal(map.sum, edge_hash(7, 0));
	assert_int_equal(ival_clear(&map, 7, TOP, TOP), 1);
	EXPECT({ 0, 7, 1 }, { TOP, 7, 0 });
	assert_int_equal(ival_clear(&map, 7, 0, 0), 1);
	EXPECT({ 1, 7, 1 }, { TOP, 7, 0 });
	assert_int_equal(ival_clear(&map, 7, 0, TOP), TOP - 1);
	assert_int_equal(map.nr, 0);
	assert_int_equal(map.sum, 0);
	ival_add(&map, 7, 0, TOP, 3);
	assert_int_equal(ival_clear(&map, 7, 0, TOP), 0);	/* 3 * 2^64 */
	assert_int_equal(map.nr, 0);
}

/* What moves leaves its old type and joins the new one, as often as it was there. */
static void move_keeps_multiplicity(void **state)
{
	(void)state;
	ival_init(&map);
	ival_add(&map, 5, 0, 99, 1);
	ival_add(&map, 5, 50, 149, 1);
	ival_add(&map, 3, 60, 69, 1);
	/* [40,49] once, [50,79] twice */
	assert_int_equal(ival_move(&map, 5, 3, 40, 79), 10 + 2 * 30);
	EXPECT({ 40, 3, 1 }, { 50, 3, 2 }, { 60, 3, 3 }, { 70, 3, 2 }, { 80, 3, 0 },
	       { 0, 5, 1 }, { 40, 5, 0 }, { 80, 5, 2 }, { 100, 5, 1 }, { 150, 5, 0 });
	assert_int_equal(ival_move(&map, 5, 3, 40, 79), 0);
	/* and up to the end of the address space */
	ival_add(&map, 9, 1000, TOP, 1);
	assert_int_equal(ival_move(&map, 9, 8, 2000, TOP), 0 - (uint64_t)2000);
	assert_int_equal(ival_count(&map, 8, TOP), 1);
	assert_int_equal(ival_count(&map, 9, 1999), 1);
	assert_int_equal(ival_count(&map, 9, 2000), 0);
	assert_true(ival_valid(&map));
}

static void clear_all_takes_every_type(void **state)
{
	(void)state;
	ival_init(&map);
	ival_add(&map, 1, 0, 9, 1);
	ival_add(&map, 2, 0, 19, 1);
	ival_add(&map, 3, 5, 6, 2);
	assert_int_equal(ival_clear_all(&map, 5, 14), 5 + 10 + 4);
	EXPECT({ 0, 1, 1 }, { 5, 1, 0 }, { 0, 2, 1 }, { 5, 2, 0 }, { 15, 2, 1 }, { 20, 2, 0 });
}

/* Of types 1, 2 and 9 over each other: the highest stays, once. */
static void highest_type_wins(void **state)
{
	(void)state;
	ival_init(&map);
	ival_add(&map, 1, 0, TOP, 2);
	ival_add(&map, 2, 10, 29, 1);
	ival_add(&map, 9, 20, 24, 1);
	ival_add(&map, 9, 22, 39, 1);
	ival_keep_highest(&map);
	EXPECT({ 0, 1, 1 }, { 10, 1, 0 }, { 40, 1, 1 }, { 10, 2, 1 }, { 20, 2, 0 },
	       { 20, 9, 1 }, { 40, 9, 0 });
	ival_keep_highest(&map);
	assert_int_equal(map.nr, 7);
}

static void queries(void **state)
{
	struct ival_piece p;

	(void)state;
	ival_init(&map);
	assert_false(ival_next(&map, 1, 0, &p));
	assert_false(ival_any(&map, 1, 0, TOP));
	assert_false(ival_any_type(&map, 0, TOP));
	ival_add(&map, 1, 10, 19, 1);
	ival_add(&map, 1, 15, 29, 1);
	ival_add(&map, 2, TOP, TOP, 1);
	assert_true(ival_doubled(&map));
	assert_true(ival_next(&map, 1, 0, &p));
	assert_int_equal(p.first, 10);
	assert_int_equal(p.last, 14);
	assert_int_equal(p.count, 1);
	assert_true(ival_next(&map, 1, 17, &p));
	assert_int_equal(p.first, 17);
	assert_int_equal(p.last, 19);
	assert_int_equal(p.count, 2);
	assert_false(ival_next(&map, 1, 30, &p));
	assert_true(ival_all(&map, 1, 10, 29));
	assert_false(ival_all(&map, 1, 10, 30));
	assert_false(ival_all(&map, 1, 9, 29));
	assert_true(ival_any(&map, 1, 29, 40));
	assert_false(ival_any(&map, 1, 30, TOP));
	assert_true(ival_any(&map, 2, 0, TOP));
	assert_true(ival_all(&map, 2, TOP, TOP));
	assert_true(ival_any_type(&map, 30, TOP));
	assert_false(ival_any_type(&map, 30, TOP - 1));
}

/* Too many steps: the map says so and stays in bounds. */
static void overflow_is_noted(void **state)
{
	(void)state;
	ival_init(&map);
	for (uint64_t i = 0; i < IVAL_STEPS; i++)
		ival_add(&map, 1, 4 * i, 4 * i + 1, 1);
	assert_true(map.overflow);
	assert_int_equal(map.nr, IVAL_STEPS);
	assert_false(ival_valid(&map));
}

/* Resolved, many types over one wide one need more steps than before: noted, too. */
static void overflow_of_the_highest(void **state)
{
	(void)state;
	ival_init(&map);
	ival_add(&map, 1, 0, TOP, 1);
	for (uint64_t i = 0; i < IVAL_STEPS / 2 - 2; i++)
		ival_add(&map, 2, 4 * i + 1, 4 * i + 2, 1);
	assert_false(map.overflow);
	ival_keep_highest(&map);
	assert_true(map.overflow);
}

/* --- at random --- */

#define UNITS	24
#define TYPES	4

static unsigned int plain[TYPES][UNITS];

/* Unit 0 is byte 0, the last unit byte 2^64 - 1, the others lie between, unit by unit 10 bytes. */
static uint64_t first_of(unsigned int u)
{
	return u == 0 ? 0 : u == UNITS - 1 ? TOP : 1 + 10 * (uint64_t)(u - 1);
}

static uint64_t last_of(unsigned int u)
{
	return u + 1 < UNITS ? first_of(u + 1) - 1 : TOP;
}

static void compare_with_plain(void)
{
	uint64_t sum = 0;

	assert_true(ival_valid(&map));
	for (unsigned int k = 0; k < TYPES; k++) {
		for (unsigned int u = 0; u < UNITS; u++) {
			assert_int_equal(ival_count(&map, k, first_of(u)), plain[k][u]);
			assert_int_equal(ival_count(&map, k, last_of(u)), plain[k][u]);
			sum += plain[k][u] * range_sum(k, first_of(u), last_of(u) + 1);
		}
	}
	assert_int_equal(map.sum, sum);
	for (unsigned int u = 0; map.flat && u < UNITS; u++)
		assert_true(plain[0][u] + plain[1][u] + plain[2][u] + plain[3][u] <= 1);
}

static void random_ops_match_plain_arrays(void **state)
{
	uint64_t seed = 42;

	(void)state;
	for (unsigned int i = 0; i < 50000; i++) {
		unsigned int a = random_below(&seed, UNITS), b = random_below(&seed, UNITS);
		unsigned int k = random_below(&seed, TYPES), to = random_below(&seed, TYPES);
		unsigned int from = a < b ? a : b, until = a < b ? b : a;
		uint64_t first = first_of(from), last = last_of(until), bytes = 0;
		unsigned int what = random_below(&seed, 9);

		if (i % 200 == 0) {
			ival_init(&map);
			memset(plain, 0, sizeof(plain));
		}
		for (unsigned int u = from; u <= until; u++)
			bytes += plain[k][u] * (last_of(u) - first_of(u) + 1);
		if (what < 4) {
			ival_add(&map, k, first, last, what + 1);
			for (unsigned int u = from; u <= until; u++)
				plain[k][u] += what + 1;
		} else if (what < 6) {
			assert_int_equal(ival_clear(&map, k, first, last), bytes);
			memset(&plain[k][from], 0, (until - from + 1) * sizeof(plain[k][0]));
		} else if (what < 8 && k != to) {
			assert_int_equal(ival_move(&map, k, to, first, last), bytes);
			for (unsigned int u = from; u <= until; u++) {
				plain[to][u] += plain[k][u];
				plain[k][u] = 0;
			}
		} else if (what == 8 && i % 5 == 0) {
			ival_keep_highest(&map);
			for (unsigned int u = 0; u < UNITS; u++) {
				bool taken = false;

				for (int t = TYPES - 1; t >= 0; t--) {
					plain[t][u] = plain[t][u] && !taken;
					taken |= plain[t][u];
				}
			}
		}
		compare_with_plain();
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(add_unites_and_counts),
		cmocka_unit_test(types_are_apart),
		cmocka_unit_test(the_whole_address_space),
		cmocka_unit_test(move_keeps_multiplicity),
		cmocka_unit_test(clear_all_takes_every_type),
		cmocka_unit_test(highest_type_wins),
		cmocka_unit_test(queries),
		cmocka_unit_test(overflow_is_noted),
		cmocka_unit_test(overflow_of_the_highest),
		cmocka_unit_test(random_ops_match_plain_arrays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: GPL-2.0-only
/* Sets of bytes, held against a field of flags. */
#include "boot_set.h"
#include "testing.h"

#define BYTES	64
#define ROUNDS	20000

static void assert_same(const struct boot_set *s, const bool *in)
{
	unsigned int nr = 0;

	for (unsigned int i = 0; i < BYTES; i++) {
		assert_int_equal(boot_set_meets(s, i, i), in[i]);
		nr += in[i] && (!i || !in[i - 1]);
	}
	/* what touches is one piece */
	assert_int_equal(s->nr, nr);
}

static void adds_and_subtracts(void **state)
{
	struct boot_set s;
	bool in[BYTES] = { false };
	uint64_t seed = 6;

	(void)state;
	boot_set_init(&s);
	for (unsigned int i = 0; i < ROUNDS; i++) {
		unsigned int first = random_below(&seed, BYTES);
		unsigned int last = first + random_below(&seed, BYTES - first);
		bool add = random_below(&seed, 2), any = false;

		for (unsigned int b = first; b <= last; b++)
			any |= in[b];
		assert_int_equal(boot_set_meets(&s, first, last), any);
		if (add)
			boot_set_add(&s, first, last);
		else
			boot_set_sub(&s, first, last);
		for (unsigned int b = first; b <= last; b++)
			in[b] = add;
		assert_same(&s, in);
	}
}

/* No sum of an address and a size: the last byte of all is one like others. */
static void reaches_the_end(void **state)
{
	struct boot_set s;

	(void)state;
	boot_set_init(&s);
	boot_set_add(&s, UINT64_MAX, UINT64_MAX);
	boot_set_add(&s, 0, 0);
	assert_int_equal(s.nr, 2);
	boot_set_add(&s, 1, UINT64_MAX - 1);
	assert_int_equal(s.nr, 1);
	assert_true(boot_set_meets(&s, UINT64_MAX, UINT64_MAX));
	boot_set_sub(&s, 5, UINT64_MAX);
	assert_int_equal(s.nr, 1);
	assert_int_equal(s.piece[0].last, 4);
	boot_set_sub(&s, 0, UINT64_MAX);
	assert_int_equal(s.nr, 0);
}

static void tells_of_no_room(void **state)
{
	static struct boot_set s;

	(void)state;
	boot_set_init(&s);
	for (unsigned int i = 0; i < BOOT_SET; i++)
		boot_set_add(&s, 4 * i, 4 * i);
	assert_false(s.overflow);
	boot_set_add(&s, 2, 2);
	assert_true(s.overflow);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(adds_and_subtracts),
		cmocka_unit_test(reaches_the_end),
		cmocka_unit_test(tells_of_no_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

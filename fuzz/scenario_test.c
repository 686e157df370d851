// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "contract/e820.h"
#include "contract/range.h"
#include "scenario_testing.h"

static struct scenario a, b;

static void init_is_empty(void **state)
{
	(void)state;
	scenario_init(&a, &e820_family);
	assert_ptr_equal(a.family, &e820_family);
	assert_int_equal(a.config->id, E820_NORMAL);
	assert_int_equal(a.nr, 0);
	assert_int_equal(a.flags, 0);
	assert_true(a.op_mask == 0);
	assert_canonical(&a);
}

static void canonical_drops_and_reduces(void **state)
{
	(void)state;
	scenario_init(&a, &e820_family);
	a.op_mask = ~0ULL;
	a.flags = 0xff;
	a.nr = 6;
	memset(a.ops, 0xff, 6 * sizeof(a.ops[0]));
	a.ops[0].id = E820_ENTRY; /* no op before it: dropped */
	a.ops[1].id = E820_APPEND;
	a.ops[1].arg[0] = E820_ZEROPAGE_MAX + 3; /* reduced to 2 */
	a.ops[2].id = E820_ENTRY; /* stays */
	a.ops[3].id = E820_PRINT_TABLE; /* has no operands: all become 0 */
	a.ops[4].id = E820_ENTRY; /* print_table takes none: dropped */
	a.ops[5].id = E820_REMOVE;
	scenario_canonical(&a);

	assert_canonical(&a);
	assert_int_equal(a.nr, 4);
	assert_int_equal(a.flags, SCENARIO_NEAR_END);
	for (unsigned int id = 0; id < 64; id++) {
		const struct op_desc *d = family_op(&e820_family, id);

		/* calls only, no tokens */
		assert_int_equal(a.op_mask >> id & 1, d && !op_is_token(d));
	}
	assert_int_equal(a.ops[0].id, E820_APPEND);
	assert_int_equal(a.ops[0].arg[0], 2);
	assert_int_equal(a.ops[0].nr_tokens, 1);
	assert_true(a.ops[1].arg[0] == UINT64_MAX);
	assert_true(a.ops[1].arg[2] == UINT32_MAX); /* 2^64 - 1 modulo 2^32 */
	assert_int_equal(a.ops[2].arg[0], 0);
	assert_int_equal(a.ops[3].arg[3], 1); /* a bool: 2^64 - 1 modulo 2 */
}

static void canonical_cuts_texts(void **state)
{
	(void)state;
	scenario_init(&a, &e820_family);
	a.nr = 2;
	a.ops[0] = (struct op){ .id = E820_CMDLINE };
	a.ops[1] = (struct op){ .id = E820_MORE, .arg = { 0x6100626162616261, 5, 0, 0, 0, 5 } };
	scenario_canonical(&a);
	assert_canonical(&a);
	assert_int_equal(a.ops[0].nr_tokens, 1);
	assert_true(a.ops[1].arg[0] == 0x626162616261); /* "ababab" */
	for (unsigned int k = 1; k < OP_ARGS_MAX; k++)
		assert_true(a.ops[1].arg[k] == 0);
}

static void canonical_is_idempotent(void **state)
{
	struct rng r;

	(void)state;
	rng_seed(&r, 1);
	for (unsigned int n = 0; n < 2000; n++) {
		random_scenario(&a, families[n % 2], &r);
		assert_canonical(&a);
		b = a;
		scenario_canonical(&b);
		assert_same(&a, &b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(init_is_empty),
		cmocka_unit_test(canonical_drops_and_reduces),
		cmocka_unit_test(canonical_cuts_texts),
		cmocka_unit_test(canonical_is_idempotent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

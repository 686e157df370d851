// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "contract/e820.h"
#include "contract/range.h"
#include "scenario_testing.h"

static struct scenario a, b;
static uint8_t bytes[SCENARIO_BYTES_MAX + 100], again[SCENARIO_BYTES_MAX];
static char err[SCENARIO_ERR];

/* decode(encode(s)) = s, and the bytes pass their own check. */
static void scenario_survives(void **state)
{
	struct rng r;
	size_t n;

	(void)state;
	rng_seed(&r, 2);
	for (unsigned int i = 0; i < 2000; i++) {
		random_scenario(&a, families[i % 2], &r);
		n = scenario_encode(&a, bytes, sizeof(bytes));
		assert_int_equal(n, SCENARIO_HEADER + a.nr * SCENARIO_RECORD);
		assert_true(scenario_check_bytes(bytes, n, err));
		scenario_decode(&b, NULL, bytes, n);
		assert_same(&a, &b);
	}
}

/* Any bytes decode; encoding them is a fixed point; canonical exactly when the check says so. */
static void any_bytes_decode(void **state)
{
	unsigned int canonical = 0;
	struct rng r;

	(void)state;
	rng_seed(&r, 3);
	for (unsigned int i = 0; i < 4000; i++) {
		const struct family *f = i % 3 < 2 ? families[i % 3] : NULL;
		size_t size = rng_below(&r, sizeof(bytes) + 1) >> rng_below(&r, 8), n;
		bool same;

		random_bytes(bytes, size, &r);
		if (i % 5 == 0) {	/* nearly canonical: one byte away */
			random_scenario(&a, families[i % 2], &r);
			size = scenario_encode(&a, bytes, sizeof(bytes));
			if (i % 10)
				bytes[rng_below(&r, size)] ^= 1 << rng_below(&r, 8);
			f = NULL;
		}
		scenario_decode(&a, f, bytes, size);
		assert_canonical(&a);
		if (f)
			assert_ptr_equal(a.family, f);
		n = scenario_encode(&a, again, sizeof(again));
		same = n == size && !memcmp(bytes, again, n);
		canonical += same;
		assert_int_equal(scenario_check_bytes(bytes, size, err), same);
		assert_true(scenario_check_bytes(again, n, err));
		scenario_decode(&b, f, again, n);
		assert_same(&a, &b);
	}
	assert_in_range(canonical, 400, 800);	/* both answers of the check were asked for */
}

/* A bit flip inside one record changes that op, and at most whose tokens its neighbours are. */
static void flip_is_local(void **state)
{
	struct rng r;

	(void)state;
	rng_seed(&r, 4);
	for (unsigned int i = 0; i < 4000; i++) {
		unsigned int rec;
		size_t n;

		/* range has no tokens: nothing else may move at all */
		random_scenario(&a, &range_family, &r);
		if (!a.nr)
			continue;
		n = scenario_encode(&a, bytes, sizeof(bytes));
		rec = rng_below(&r, a.nr);
		bytes[SCENARIO_HEADER + rec * SCENARIO_RECORD + rng_below(&r, SCENARIO_RECORD)] ^=
			1 << rng_below(&r, 8);
		scenario_decode(&b, NULL, bytes, n);
		assert_int_equal(a.nr, b.nr);
		for (unsigned int k = 0; k < a.nr; k++)
			if (k != rec)
				assert_same_op(&a.ops[k], &b.ops[k]);
	}
}

/* The same with tokens: a flip in an operand, never in an id, leaves all others in place. */
static void flip_of_operand_is_local(void **state)
{
	struct rng r;

	(void)state;
	rng_seed(&r, 5);
	for (unsigned int i = 0; i < 4000; i++) {
		unsigned int rec;
		size_t n;

		random_scenario(&a, &e820_family, &r);
		if (!a.nr)
			continue;
		n = scenario_encode(&a, bytes, sizeof(bytes));
		rec = rng_below(&r, a.nr);
		bytes[SCENARIO_HEADER + rec * SCENARIO_RECORD + 1 +
		      rng_below(&r, SCENARIO_RECORD - 1)] ^= 1 << rng_below(&r, 8);
		scenario_decode(&b, NULL, bytes, n);
		assert_int_equal(a.nr, b.nr);
		assert_int_equal(a.ops[rec].id, b.ops[rec].id);
		assert_int_equal(a.ops[rec].nr_tokens, b.ops[rec].nr_tokens);
		for (unsigned int k = 0; k < a.nr; k++)
			if (k != rec)
				assert_same_op(&a.ops[k], &b.ops[k]);
	}
}

static bool is_call(const struct op *op)
{
	return !op_is_token(op_desc_of(&e820_family, op->id));
}

/* A flip in an id may hand tokens over or orphan them; all other calls stay as they were. */
static void flip_keeps_other_calls(void **state)
{
	struct rng r;

	(void)state;
	rng_seed(&r, 9);
	for (unsigned int i = 0; i < 4000; i++) {
		unsigned int rec, x, y;
		size_t n;

		random_scenario(&a, &e820_family, &r);
		if (!a.nr)
			continue;
		n = scenario_encode(&a, bytes, sizeof(bytes));
		rec = rng_below(&r, a.nr);
		bytes[SCENARIO_HEADER + rec * SCENARIO_RECORD] ^= 1 << rng_below(&r, 8);
		scenario_decode(&b, NULL, bytes, n);
		for (x = 0, y = 0; x < rec; x++, y++)	/* before it: tokens, too */
			assert_int_equal(a.ops[x].id, b.ops[y].id);
		/* behind it: the calls, from the end */
		for (x = a.nr, y = b.nr; x-- > rec + 1;) {
			if (!is_call(&a.ops[x]))
				continue;
			do
				assert_true(y-- > rec);
			while (!is_call(&b.ops[y]));
			assert_int_equal(a.ops[x].id, b.ops[y].id);
			assert_memory_equal(a.ops[x].arg, b.ops[y].arg, sizeof(a.ops[x].arg));
		}
	}
}

/* The form itself: what is written where. Corpora depend on it for ever. */
static void layout_is_permanent(void **state)
{
	static const uint8_t want[SCENARIO_HEADER + 2 * SCENARIO_RECORD] = {
		0xe1, 2, 1, 1, 0, 0, 0, 0, 0x06, 0, 0, 0, 0, 0, 0, 0,
		[16] = 10, [24] = 1,				/* append 1 */
		[72] = 17, [80] = 0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11, /* start */
		[88] = 0x00, 0x10,				/* size 4096 */
		[96] = 0xff, 0xff, 0xff, 0xef,			/* soft reserved */
	};

	(void)state;
	assert_true(scenario_parse(&a, "t", "scenario e820 config=small flags=near_end ops=add,update\n"
				   "append 1\nentry 0x1122334455667788 4K soft_reserved\n", err));
	assert_int_equal(scenario_encode(&a, bytes, sizeof(bytes)), sizeof(want));
	assert_memory_equal(bytes, want, sizeof(want));
	scenario_decode(&b, NULL, want, sizeof(want));
	assert_same(&a, &b);
}

static void encode_leaves_out_what_does_not_fit(void **state)
{
	struct rng r;

	(void)state;
	rng_seed(&r, 6);
	do {
		random_scenario(&a, &range_family, &r);
	} while (a.nr < 3);
	assert_int_equal(scenario_encode(&a, bytes, 15), 0);
	assert_int_equal(scenario_encode(&a, bytes, 16 + 2 * 56 + 55), 16 + 2 * 56);
	scenario_decode(&b, NULL, bytes, 16 + 2 * 56);
	assert_int_equal(b.nr, 2);
	assert_same_op(&a.ops[1], &b.ops[1]);
}

static void check_says(const uint8_t *data, size_t size, const char *what)
{
	strcpy(err, "nothing");
	assert_false(scenario_check_bytes(data, size, err));
	assert_string_equal(err, what);
}

static void check_says_what_is_wrong(void **state)
{
	uint8_t h[SCENARIO_HEADER + 4 * SCENARIO_RECORD] = { 0xe1, 2 };

	(void)state;
	h[16] = E820_APPEND;
	h[72] = E820_ENTRY;
	h[128] = E820_PRINT_TABLE;
	h[184] = E820_ADD;
	assert_true(scenario_check_bytes(h, sizeof(h), err));

	check_says(h, 0, "empty, expected a header of 16 bytes");
	check_says(h, 3, "truncated: the header has 3 of 16 bytes");
	check_says(h, 16 + 2 * 56 + 12, "truncated: record 3 has 12 of 56 bytes");
	h[0] = 0xe2;
	check_says(h, sizeof(h), "byte 0: version 0xe2, expected 0xe1");
	h[0] = 0xe1;
	h[1] = 99;
	check_says(h, sizeof(h), "byte 1: unknown family 99");
	h[1] = 2;
	h[2] = 7;
	check_says(h, sizeof(h), "byte 2: unknown configuration 7 of family e820");
	h[2] = 0;
	h[3] = 0x81;
	check_says(h, sizeof(h), "byte 3: unknown flags 0x81, expected a subset of 0x01");
	h[3] = 0;
	h[6] = 5;
	check_says(h, sizeof(h), "byte 6: 0x05, expected 0");
	h[6] = 0;
	h[10] = 2;
	check_says(h, sizeof(h), "byte 8: the op mask 0x20000 names ops that family e820 lacks");
	h[10] = 0;
	h[16] = 200;
	check_says(h, sizeof(h), "record 1: unknown op 200 of family e820");
	h[16] = E820_PRINT_TABLE;
	check_says(h, sizeof(h), "record 2: 'entry' without an op that takes it");
	h[16] = E820_APPEND;
	h[77] = 1;
	check_says(h, sizeof(h), "record 2: its byte 5 is 0x01, expected 0");
	h[77] = 0;
	h[24] = 129;
	check_says(h, sizeof(h),
		   "record 1: operand 1 (count) of append is 0x81, expected at most 0x80");
	h[24] = 0;
	h[136] = 1;
	check_says(h, sizeof(h),
		   "record 3: operand 1 (unused) of print_table is 0x1, expected at most 0x0");
}

/* A text ends at its first NUL; what is behind that is dropped, and complained of. */
static void text_ends_at_nul(void **state)
{
	uint8_t h[SCENARIO_HEADER + 2 * SCENARIO_RECORD] = {
		0xe1, 2, [16] = E820_CMDLINE, [72] = E820_PARAM,
		[80] = 'm', 'e', 'm', '=', 'g', 'i', 'b', 'b', 'e', 'r',
	};

	(void)state;
	assert_true(scenario_check_bytes(h, sizeof(h), err));
	h[80 + OP_TEXT_MAX - 1] = 7;
	check_says(h, sizeof(h),
		   "record 2: byte 47 of the text of param is 0x07, expected 0 behind its end");
	scenario_decode(&a, NULL, h, sizeof(h));
	assert_canonical(&a);
	assert_int_equal(a.nr, 2);
	assert_memory_equal(a.ops[1].arg, "mem=gibber", 11);
	/* none at all */
	h[80] = 0;
	check_says(h, sizeof(h),
		   "record 2: byte 1 of the text of param is 0x65, expected 0 behind its end");
	scenario_decode(&a, NULL, h, sizeof(h));
	for (unsigned int k = 0; k < OP_ARGS_MAX; k++)
		assert_true(a.ops[1].arg[k] == 0);
	/* to its last byte */
	memset(h + 80, 0xff, OP_TEXT_MAX);
	assert_true(scenario_check_bytes(h, sizeof(h), err));
}

static void too_many_records(void **state)
{
	(void)state;
	memset(bytes, 0, sizeof(bytes));
	bytes[0] = SCENARIO_VERSION;
	bytes[1] = 1;
	for (unsigned int i = 0; i <= SCENARIO_OPS_MAX; i++)
		bytes[SCENARIO_HEADER + i * SCENARIO_RECORD] = RANGE_SORT;
	assert_true(scenario_check_bytes(bytes, SCENARIO_BYTES_MAX, err));
	check_says(bytes, SCENARIO_BYTES_MAX + SCENARIO_RECORD, "more than 256 records");
	check_says(bytes, SCENARIO_BYTES_MAX + 1, "more than 256 records");
	scenario_decode(&a, NULL, bytes, SCENARIO_BYTES_MAX + SCENARIO_RECORD);
	assert_int_equal(a.nr, SCENARIO_OPS_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scenario_survives),
		cmocka_unit_test(any_bytes_decode),
		cmocka_unit_test(flip_is_local),
		cmocka_unit_test(flip_of_operand_is_local),
		cmocka_unit_test(flip_keeps_other_calls),
		cmocka_unit_test(layout_is_permanent),
		cmocka_unit_test(encode_leaves_out_what_does_not_fit),
		cmocka_unit_test(check_says_what_is_wrong),
		cmocka_unit_test(text_ends_at_nul),
		cmocka_unit_test(too_many_records),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

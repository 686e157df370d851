// SPDX-License-Identifier: GPL-2.0-only
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "contract/e820.h"
#include "contract/early_res.h"
#include "exhaust.h"
#include "fake.h"

static struct exhaust_result r;
static struct scenario s;

/* Three ops that add, reset and keep. */
static const struct op ops[] = {
	{ .id = RANGE_ADD }, { .id = RANGE_SUBTRACT }, { .id = RANGE_SORT },
};

static struct exhaust search(const struct subject *subject)
{
	fake_scenario(&s);
	fake.modulus = 20;
	return (struct exhaust){
		.subject = subject, .op = ops, .nr_ops = 3, .max_states = 1000,
	};
}

/* A counter modulo 20 has 20 states, and every op is tried in each. */
static void closes(void **state)
{
	const struct subject *const both[] = { &fake_subject, &fake_subject_saved };

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct exhaust x = search(both[i]);

		assert_int_equal(exhaust(&x, &r), EXHAUST_CLOSED);
		assert_int_equal(r.states, 20);
		assert_int_equal(r.transitions, 20 * 3);
	}
}

/* The ops before the search are part of every path, and of no depth. */
static void begins_where_it_is_told(void **state)
{
	static const struct op start[] = { { .id = RANGE_ADD }, { .id = RANGE_ADD } };
	const struct subject *const both[] = { &fake_subject, &fake_subject_saved };

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct exhaust x = search(both[i]);

		x.start = start;
		x.nr_start = 2;
		assert_int_equal(exhaust(&x, &r), EXHAUST_CLOSED);
		assert_int_equal(r.states, 20);
		x.depth = 1;
		assert_int_equal(exhaust(&x, &r), EXHAUST_DEPTH);
		assert_int_equal(r.states, 3);	/* 2, 3 and 0 */
		x.depth = 0;
		fake.wrong_at = 3;
		assert_int_equal(exhaust(&x, &r), EXHAUST_VERDICT);
		assert_int_equal(r.path.nr, 4);
	}
}

/* A call's tokens go with it, and are no calls. */
static void tokens_go_with_their_call(void **state)
{
	static const struct op calls[] = {
		{ .id = RANGE_ADD, .nr_tokens = 1 }, { .id = RANGE_SUBTRACT }, { .id = RANGE_SORT },
	};
	const struct subject *const both[] = { &fake_subject, &fake_subject_saved };

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct exhaust x = search(both[i]);

		x.op = calls;
		assert_int_equal(exhaust(&x, &r), EXHAUST_CLOSED);
		assert_int_equal(r.states, 20);
		assert_int_equal(r.transitions, 20 * 2);
		fake.wrong_at = 3;
		assert_int_equal(exhaust(&x, &r), EXHAUST_VERDICT);
		/* three additions of two each; what comes fourth goes wrong */
		assert_int_equal(r.verdict.op, 6);
		for (int k = 0; k < 6; k++)
			assert_int_equal(r.path.ops[k].id, k % 2 ? RANGE_SUBTRACT : RANGE_ADD);
		assert_int_equal(r.path.nr, 8);
	}
}

/* Judged as all the others; but where it leads nobody looks. */
static void leaves_are_not_gone_on_from(void **state)
{
	static const struct op start = { .id = RANGE_ADD };
	const struct subject *const both[] = { &fake_subject, &fake_subject_saved };

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct exhaust x = search(both[i]);

		x.start = &start;
		x.nr_start = 1;
		x.leaves = 1u << RANGE_ADD;
		assert_int_equal(exhaust(&x, &r), EXHAUST_CLOSED);
		assert_int_equal(r.states, 2);	/* 1 and 0 */
		assert_int_equal(r.transitions, 2 * 3);
		fake.wrong_at = 1;
		assert_int_equal(exhaust(&x, &r), EXHAUST_VERDICT);
		assert_int_equal(r.path.nr, 2);
	}
}

static void what_a_subject_lacks_is_not_tried(void **state)
{
	struct exhaust x = search(&fake_subject_lacking);

	(void)state;
	fake_subject_lacking.lacks = 1u << RANGE_SORT;
	assert_int_equal(exhaust(&x, &r), EXHAUST_CLOSED);
	assert_int_equal(r.states, 20);
	assert_int_equal(r.transitions, 20 * 2);
}

static void stops_at_the_depth(void **state)
{
	struct exhaust x = search(&fake_subject);

	(void)state;
	x.depth = 4;
	assert_int_equal(exhaust(&x, &r), EXHAUST_DEPTH);
	assert_int_equal(r.depth, 4);
	assert_int_equal(r.states, 5);
}

static void stops_at_the_number_of_states(void **state)
{
	struct exhaust x = search(&fake_subject);

	(void)state;
	x.max_states = 7;
	assert_int_equal(exhaust(&x, &r), EXHAUST_STATES);
	assert_int_equal(r.states, 7);
}

/* Standing at 3 the subject goes wrong: three ops lead there, the fourth shows it. */
static void finds_the_shortest_way_to_a_verdict(void **state)
{
	const struct subject *const both[] = { &fake_subject, &fake_subject_saved };

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct exhaust x = search(both[i]);

		fake.wrong_at = 3;
		assert_int_equal(exhaust(&x, &r), EXHAUST_VERDICT);
		assert_int_equal(r.verdict.kind, VERDICT_WRONG_RESULT);
		assert_int_equal(r.verdict.op, 3);
		assert_int_equal(r.path.nr, 4);
		for (int k = 0; k < 3; k++)
			assert_int_equal(r.path.ops[k].id, RANGE_ADD);
	}
}

static bool stop(uint64_t states, uint64_t transitions, unsigned int depth)
{
	(void)states;
	(void)transitions;
	(void)depth;
	return true;
}

static void stops_when_told(void **state)
{
	struct exhaust x = search(&fake_subject);

	(void)state;
	x.progress = stop;
	assert_int_equal(exhaust(&x, &r), EXHAUST_STOPPED);
}

static struct op alphabet[ALPHABET_MAX];

/* Three ops with a pair of addresses, 3 pairs of 3 values each; two ops without. */
static void the_alphabet_of_range(void **state)
{
	struct universe u = { .choices = 2 };

	(void)state;
	assert_null(universe_parse(&u, "4K,0,1M"));
	assert_int_equal(u.nr, 3);
	assert_int_equal(u.value[0], 0);
	assert_int_equal(u.value[2], 1 << 20);
	assert_int_equal(alphabet_make(&range_family, &range_family.configs[1], &u, alphabet),
			 3 * 3 + 2);
	assert_int_equal(alphabet[0].arg[0], 4);
	u.inverted = true;
	assert_int_equal(alphabet_make(&range_family, &range_family.configs[1], &u, alphabet),
			 3 * 9 + 2);
}

/* What the family leaves out is not made, but for single calls of it; unless it is asked for. */
static void the_alphabet_of_a_family_that_leaves_out(void **state)
{
	const struct search_start *search = early_res_family.search;
	struct universe u = { .choices = 1 };
	unsigned int n, all;

	(void)state;
	universe_of_family(&u, &early_res_family);
	assert_int_equal(u.nr, search->nr);
	n = alphabet_make(&early_res_family, &early_res_configs[1], &u, alphabet);
	for (unsigned int i = 0; i < n; i++)
		assert_int_equal(search->leave_out >> alphabet[i].id & 1, i >= n - search->nr_more);
	u.all_ops = true;
	all = alphabet_make(&early_res_family, &early_res_configs[1], &u, alphabet);
	assert_true(all > n);
	assert_int_equal(alphabet[0].id, E_RES_MAP);
	universe_of_family(&u, &range_family);
	assert_int_equal(u.nr, 6);
}

/* Command lines and chains of setup_data come with their tokens; built-in values. */
static void the_alphabet_of_e820(void **state)
{
	struct universe u = { .choices = 2 };
	unsigned int n, texts = 0, nodes = 0;
	char text[OP_TEXT_MAX + 1] = "";

	(void)state;
	universe_of_family(&u, &e820_family);
	assert_int_equal(u.nr, 6);
	n = alphabet_make(&e820_family, &e820_configs[E820_SMALL], &u, alphabet);
	for (unsigned int i = 0; i < n; i += 1 + alphabet[i].nr_tokens) {
		const struct op_desc *d = family_op(&e820_family, alphabet[i].id);

		assert_non_null(d);
		assert_false(d->flags & OP_TOKEN);
		assert_true(i + alphabet[i].nr_tokens < n);
		if (alphabet[i].id == E820_CMDLINE && alphabet[i].nr_tokens) {
			assert_int_equal(alphabet[i + 1].id, E820_PARAM);
			texts++;
			if (texts == 1)
				op_text(&alphabet[i + 1], text);
		}
		nodes += alphabet[i].id == E820_RESERVE_SETUP_DATA && alphabet[i].nr_tokens;
	}
	assert_true(texts > 4 && nodes > 1);
	assert_string_equal(text, "mem=64K");
}

static void a_universe_that_is_none(void **state)
{
	struct universe u;

	(void)state;
	assert_non_null(universe_parse(&u, "0,,1"));
	assert_non_null(universe_parse(&u, "0,x"));
	assert_non_null(universe_parse(&u, "4K,0x1000"));
	assert_true(universe_first(&u, 16));
	assert_false(universe_first(&u, 17));
	assert_true(universe_first(&u, 6));
	for (unsigned int i = 1; i < u.nr; i++)
		assert_true(u.value[i - 1] < u.value[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(closes),
		cmocka_unit_test(begins_where_it_is_told),
		cmocka_unit_test(tokens_go_with_their_call),
		cmocka_unit_test(leaves_are_not_gone_on_from),
		cmocka_unit_test(what_a_subject_lacks_is_not_tried),
		cmocka_unit_test(stops_at_the_depth),
		cmocka_unit_test(stops_at_the_number_of_states),
		cmocka_unit_test(finds_the_shortest_way_to_a_verdict),
		cmocka_unit_test(stops_when_told),
		cmocka_unit_test(the_alphabet_of_range),
		cmocka_unit_test(the_alphabet_of_a_family_that_leaves_out),
		cmocka_unit_test(the_alphabet_of_e820),
		cmocka_unit_test(a_universe_that_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

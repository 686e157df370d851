/* SPDX-License-Identifier: GPL-2.0-only */
/* Tests of the e820 model case by case: ops, and what must be true after the last of them. */
#ifndef REFERENCE_E820_CASES_H
#define REFERENCE_E820_CASES_H

#include "e820_testing.h"

#define OLD	0x20622
#define NEW	0x60c00
#define K	1024ull
#define M	(1024 * K)
#define G	(1024 * M)

/**
 * struct test_case - ops, and what must be true after the last one
 * @table: the table looked at
 * @rows: its entries
 * @value: what the last op returned
 * @open: the contract does not fix that
 */
struct test_case {
	const char *name;
	uint32_t version;
	unsigned int table;
	struct op ops[TEST_OPS];
	unsigned int nr;
	struct row rows[TEST_ROWS];
	uint64_t value;
	enum legality legality;
	bool open;
};

#define TOLD(start, size, call)	{ start, size, E820_REC_##call, 0 }

static inline void check_case(void **state)
{
	const struct test_case *c = *state;
	struct expect e;

	init_model(c->version, 0);
	run_ops(c->ops, &e);
	assert_int_equal(e.result.outcome, OUT_RETURN);
	assert_int_equal(e.fired, 0);
	assert_int_equal(e.result.value, c->value);
	assert_int_equal(e.value_rule, c->open ? VALUE_UNSPECIFIED : VALUE_EXACT);
	assert_int_equal(e.legality, c->legality);
	assert_rows(&e.rows.table[c->table], c->rows, c->nr);
	assert_layers_agree(&e);
}

/**
 * struct quirk_case - what an op is to do, and what kernels make of it
 * @near: the same without the quirk's condition, by a hair
 * @want, @got: the value, or the first call of it
 */
struct quirk_case {
	const char *id;
	uint32_t version;
	struct op ops[TEST_OPS], near[TEST_OPS];
	bool is_value;
	struct row want, got;
};

#define UP_TO(last)	(HALF - 1 + (last))	/* a size from 2^63 on; 1: up to 2^64 */

static inline void assert_answer(const struct expect *e, bool is_value, const struct row *want)
{
	if (is_value) {
		assert_int_equal(e->result.value, want->start);
		assert_int_equal(e->value_rule, VALUE_EXACT);
	} else {
		assert_rows(&e->rows.table[E820_RECORDED], want, want->size > 0);
	}
	assert_layers_agree(e);
}

static inline void check_quirk(void **state)
{
	const struct quirk_case *q = *state;
	uint64_t quirk = 1ULL << model_quirk_by_id(&e820_model, q->id);
	struct expect e;

	assert_true(model_quirks_for(&e820_model, q->version) & quirk);
	init_model(q->version, 0);
	run_ops(q->ops, &e);
	assert_answer(&e, q->is_value, &q->want);
	init_model(q->version, quirk);
	run_ops(q->ops, &e);
	assert_int_equal(e.fired, quirk);
	assert_answer(&e, q->is_value, &q->got);
	init_model(q->version, quirk);
	run_ops(q->near, &e);
	assert_int_equal(e.fired, 0);
}

/* Every quirk from index @first up to @end has its case in @quirks. */
static inline void assert_tried(unsigned int first, unsigned int end,
				const struct quirk_case *quirks, unsigned int nr)
{
	for (unsigned int i = first; i < end; i++) {
		bool tried = false;

		for (unsigned int j = 0; j < nr; j++)
			tried |= !strcmp(quirks[j].id, e820_model.quirks[i].id);
		if (!tried)
			fail_msg("no case for %s", e820_model.quirks[i].id);
	}
}

/* The tests of all cases, to @tests. Return: how many. */
static inline unsigned int case_tests(struct CMUnitTest *tests, const struct test_case *cases,
				      unsigned int nr_cases, const struct quirk_case *quirks,
				      unsigned int nr_quirks)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < nr_cases; i++)
		tests[n++] = (struct CMUnitTest){
			.name = cases[i].name, .test_func = check_case,
			.initial_state = (void *)&cases[i],
		};
	for (unsigned int i = 0; i < nr_quirks; i++)
		tests[n++] = (struct CMUnitTest){
			.name = quirks[i].id, .test_func = check_quirk,
			.initial_state = (void *)&quirks[i],
		};
	return n;
}

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* What the tests of scenario, bytes, text and mutator share. */
#ifndef FUZZ_SCENARIO_TESTING_H
#define FUZZ_SCENARIO_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "mutate.h"
#include "optable.h"

/* Records of random bytes: nothing that decoder or canonical form would have to like. */
static inline void random_bytes(uint8_t *out, size_t n, struct rng *r)
{
	for (size_t i = 0; i < n; i++)
		out[i] = rng_next(r) >> 32;
}

/* @what and all families, as error lines list them. */
static inline const char *with_families(const char *what)
{
	static char line[SCENARIO_ERR];
	size_t n = snprintf(line, sizeof(line), "%s", what);

	for (const struct family *const *f = families; *f; f++)
		n += snprintf(line + n, sizeof(line) - n, "%s%s", f == families ? "" : ", ",
			      (*f)->name);
	return line;
}

/*
 * A random scenario that owes nothing to the generator: any ids, operands of any width, tokens
 * anywhere; then made canonical.
 */
static inline void random_scenario(struct scenario *s, const struct family *f, struct rng *r)
{
	scenario_init(s, f);
	s->config = &f->configs[rng_below(r, f->nr_configs)];
	s->op_mask = rng_below(r, 2) ? rng_next(r) : 0;
	s->flags = rng_next(r);
	s->nr = rng_below(r, SCENARIO_OPS_MAX + 1) >> rng_below(r, 6);
	for (unsigned int i = 0; i < s->nr; i++) {
		s->ops[i].id = rng_next(r);
		s->ops[i].nr_tokens = rng_next(r);
		for (unsigned int k = 0; k < OP_ARGS_MAX; k++)
			s->ops[i].arg[k] = rng_next(r) >> rng_below(r, 64);
	}
	scenario_canonical(s);
}

static inline void assert_same_op(const struct op *a, const struct op *b)
{
	assert_int_equal(a->id, b->id);
	assert_int_equal(a->nr_tokens, b->nr_tokens);
	for (unsigned int k = 0; k < OP_ARGS_MAX; k++)
		assert_true(a->arg[k] == b->arg[k]);
}

static inline void assert_same(const struct scenario *a, const struct scenario *b)
{
	assert_ptr_equal(a->family, b->family);
	assert_ptr_equal(a->config, b->config);
	assert_true(a->op_mask == b->op_mask);
	assert_int_equal(a->flags, b->flags);
	assert_int_equal(a->nr, b->nr);
	for (unsigned int i = 0; i < a->nr; i++)
		assert_same_op(&a->ops[i], &b->ops[i]);
}

/*
 * The definition of canonical, spelled out: known ids, operands in bounds, unused ones 0, every
 * token behind a call that takes it and counted there.
 */
static inline void assert_canonical(const struct scenario *s)
{
	uint8_t head = 0;
	unsigned int left = 0;

	assert_true(s->nr <= SCENARIO_OPS_MAX);
	assert_false(s->flags & ~SCENARIO_FLAGS);
	assert_false(s->op_mask & ~family_calls(s->family));
	for (unsigned int i = 0; i < s->nr; i++) {
		const struct op *op = &s->ops[i];
		const struct op_desc *d = family_op(s->family, op->id);

		assert_non_null(d);
		for (unsigned int k = 0; k < OP_ARGS_MAX; k++)
			assert_true(op->arg[k] <= (k < d->nr_args ? arg_max(&d->args[k]) : 0));
		if (op_is_text(d)) {
			const uint8_t *text = (const uint8_t *)op->arg; /* little-endian hosts */
			size_t len = strnlen((const char *)text, OP_TEXT_MAX);

			while (len < OP_TEXT_MAX)
				assert_int_equal(text[len++], 0);
		}
		if (d->flags & OP_TOKEN) {
			assert_true(left > 0);
			assert_true(d->parents >> head & 1);
			assert_int_equal(op->nr_tokens, 0);
			left--;
		} else {
			assert_int_equal(left, 0);
			assert_true(!op->nr_tokens || d->flags & OP_TAKES_TOKENS);
			head = op->id;
			left = op->nr_tokens;
		}
	}
	assert_int_equal(left, 0);
}

#endif

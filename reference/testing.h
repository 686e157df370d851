/* SPDX-License-Identifier: GPL-2.0-only */
/* What the tests of the reference share: cmocka, a fixed random sequence, a model at work. */
#ifndef REFERENCE_TESTING_H
#define REFERENCE_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "contract/model.h"

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

/* The next number of a sequence (splitmix64, public domain): the same on every machine. */
static inline uint64_t next_random(uint64_t *seed)
{
	uint64_t x = *seed += 0x9e3779b97f4a7c15u;

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
	x = (x ^ x >> 27) * 0x94d049bb133111ebu;
	return x ^ x >> 31;
}

/* One of 0 to @n - 1. */
static inline unsigned int random_below(uint64_t *seed, unsigned int n)
{
	return next_random(seed) % n;
}

/* Room for any model. */
union model_room {
	char bytes[1024 * 1024];
	_Alignas(16) char aligned;
};

/* Room in lists of ops and of rows; an op without an id ends the former. */
#define TEST_OPS	12
#define TEST_ROWS	8

/* Run @ops, tokens among them; @m judges itself where no quirk fired. @e: of the last one. */
static inline void run_model_ops(const struct model *m, void *state, const struct op *ops,
				 struct expect *e)
{
	for (const struct op *op = ops; op < ops + TEST_OPS && op->id; op += op->nr_tokens + 1) {
		enum legality l = m->legality(state, op);

		m->step(state, op, e);
		assert_int_equal(e->legality, l);
		if (!e->fired)
			assert_true(m->selfcheck(state));
	}
}

static inline void assert_rows(const struct table *t, const struct row *rows, unsigned int nr)
{
	for (unsigned int i = 0; i < t->nr && i < nr; i++) {
		assert_int_equal(t->rows[i].start, rows[i].start);
		assert_int_equal(t->rows[i].size, rows[i].size);
		assert_int_equal(t->rows[i].type, rows[i].type);
		assert_int_equal(t->rows[i].flags, rows[i].flags);
	}
	assert_int_equal(t->nr, nr);
}

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* Structure-aware mutation and generation: one for libFuzzer, AFL++ and `earlyfuzz gen`. */
#ifndef FUZZ_MUTATE_H
#define FUZZ_MUTATE_H

#include "scenario.h"

/* A small deterministic random number generator (xorshift64*); never 0. */
struct rng {
	uint64_t state;
};

void rng_seed(struct rng *r, uint64_t seed);
uint64_t rng_next(struct rng *r);
/* Uniform in [0, n), n > 0. */
uint64_t rng_below(struct rng *r, uint64_t n);

/* True once in @n times, @n > 0. */
static inline bool one_in(struct rng *r, unsigned int n)
{
	return !rng_below(r, n);
}

/**
 * mutate() - change a scenario in one to a few places
 * @s: canonical before and after
 * @other: a second scenario of the same family to splice with, or NULL
 * @max_ops: upper bound of s->nr afterwards, tokens included
 *
 * Insert, delete, duplicate, swap, splice ops (with their tokens); move an operand onto a
 * boundary made by another op, +-1, +- a page; draw an operand anew; change configuration, op
 * mask and dimensions.
 */
void mutate(struct scenario *s, const struct scenario *other, unsigned int max_ops, struct rng *r);

/* A random scenario of about @ops ops: what `earlyfuzz gen` prints. */
void generate(struct scenario *s, const struct family *f, unsigned int ops, struct rng *r);

#endif

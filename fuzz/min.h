/* SPDX-License-Identifier: GPL-2.0-only */
/* The minimizer: the least scenario with the same signature. */
#ifndef FUZZ_MIN_H
#define FUZZ_MIN_H

#include "scenario.h"

/**
 * struct min - what to minimize for
 * @keeps: does @s still show what is looked for? Must be deterministic
 * @arg: for @keeps
 * @stop: asked now and then: true ends it with the best so far; NULL: it is not
 * @progress: told of the ops of the best so far, and @tries; NULL: it is not
 * @ops_only: operands stay as they are
 * @tries: how often @keeps was asked
 * @ops: of the best so far
 */
struct min {
	bool (*keeps)(void *arg, const struct scenario *s);
	void *arg;
	bool (*stop)(void);
	void (*progress)(unsigned int ops, unsigned long tries);
	bool ops_only;
	unsigned long tries;
	unsigned int ops;
};

/**
 * minimize() - shrink @s, which @keeps holds for, as long as it does
 *
 * First ops with their tokens go, in ever smaller groups, then single tokens, then operands
 * become simpler (min_cost()). The result is one-minimal: without any one of its ops or tokens
 * @keeps does not hold any more. Deterministic.
 */
void minimize(struct min *m, struct scenario *s);

/* Ask whether @s is still one, as minimize() does. For its parts. */
bool min_keeps(struct min *m, const struct scenario *s);

/**
 * min_cost() - how complicated a scenario's operands are
 *
 * Strictly smaller with every operand that minimize() changes: few edges between ones and zeros,
 * few digits, few different values.
 */
uint64_t min_cost(const struct scenario *s);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* The kinds of mutation, in one table: each is tried alone by the tests. */
#ifndef FUZZ_MUTATIONS_H
#define FUZZ_MUTATIONS_H

#include "mutate.h"

/**
 * struct mutator - what a mutation works on
 * @s: the scenario, canonical before and after
 * @other: one of the same family to splice with, or NULL
 * @max: upper bound of s->nr
 */
struct mutator {
	struct scenario *s;
	const struct scenario *other;
	unsigned int max;
	struct rng *r;
};

/**
 * struct mutation - one kind
 * @weight: how often it is chosen, relative to the others
 * @apply: returns false when it does not fit this scenario, which then is as it was
 * @only: the family that it is for; NULL: any. Those with one come last
 */
struct mutation {
	const char *name;
	unsigned int weight;
	bool (*apply)(struct mutator *m);
	const struct family *only;
};

/* All kinds, ended by a NULL name. */
extern const struct mutation mutations[];

/* mutate(), telling what it did: bit i of the result stands for mutations[i]. */
uint32_t mutate_traced(struct scenario *s, const struct scenario *other, unsigned int max_ops,
		       struct rng *r);

/* Mutations of the order of ops (mutate_ops.c). */
bool mutate_insert(struct mutator *m);
bool mutate_delete(struct mutator *m);
bool mutate_duplicate(struct mutator *m);
bool mutate_swap(struct mutator *m);
bool mutate_splice(struct mutator *m);
bool mutate_cross(struct mutator *m);
bool mutate_token(struct mutator *m);
bool mutate_march(struct mutator *m);

/* Mutations of operands (mutate_args.c). */
bool mutate_boundary(struct mutator *m);
bool mutate_nudge(struct mutator *m);
bool mutate_arg(struct mutator *m);
bool mutate_op(struct mutator *m);
bool mutate_kind(struct mutator *m);
bool mutate_counts(struct mutator *m);
bool mutate_text(struct mutator *m);

/*
 * insert_call() - insert a random call that the op mask allows, with tokens if it takes some
 * @at: where a group begins, or m->s->nr
 * @with_tokens: only one that takes tokens
 * Return: false when there is no room or no such op.
 */
bool insert_call(struct mutator *m, unsigned int at, bool with_tokens);

/* The same with this one, whatever the mask says; false also without one. */
bool insert_op(struct mutator *m, unsigned int at, const struct op_desc *d);

/* The same with one of OP_FILLS, whatever the mask says; false also when the family has none. */
bool insert_filling(struct mutator *m, unsigned int at);

/* A random op mask; 0 (all) every other time. */
uint64_t draw_mask(const struct family *f, struct rng *r);

#endif

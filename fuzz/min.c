// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "min.h"
#include "min_cost.h"
#include "min_text.h"
#include "optable.h"

/* Once it is to stop nothing is kept any more: what there is stays as it is. */
static bool stopped(const struct min *m)
{
	return m->stop && m->stop();
}

bool min_keeps(struct min *m, const struct scenario *s)
{
	bool kept;

	if (stopped(m))
		return false;
	m->tries++;
	kept = m->keeps(m->arg, s);
	if (kept)
		m->ops = s->nr;
	if (m->progress)
		m->progress(m->ops, m->tries);
	return kept;
}

/* What is removed at once: an op with its tokens, or a single token. */
struct unit {
	unsigned int at, nr;
};

static unsigned int units_of(const struct scenario *s, struct unit *unit, bool tokens)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < s->nr; i++) {
		bool token = family_op(s->family, s->ops[i].id)->flags & OP_TOKEN;

		if (token == tokens)
			unit[n++] = (struct unit){ i, tokens ? 1 : 1u + s->ops[i].nr_tokens };
	}
	return n;
}

/* An op's count of tokens, where it said the truth before. */
static void count_tokens(struct scenario *s, const struct scenario *before, unsigned int at,
			 unsigned int was_at)
{
	const struct op *old = &before->ops[was_at];
	struct op *op = &s->ops[at];
	const struct op_desc *d = family_op(s->family, op->id);

	for (unsigned int k = 0; k < d->nr_args; k++) {
		unsigned int per = d->args[k].per_token;

		if (per && old->arg[k] == (uint64_t)old->nr_tokens * per)
			op->arg[k] = (uint64_t)op->nr_tokens * per;
	}
}

/*
 * @s without units @from to @from + @nr - 1; @count: counts of tokens that were right are so
 * afterwards.
 */
static void without(struct scenario *out, const struct scenario *s, const struct unit *unit,
		    unsigned int from, unsigned int nr, bool count)
{
	static unsigned int was_at[SCENARIO_OPS_MAX];
	bool gone[SCENARIO_OPS_MAX] = { false };

	for (unsigned int i = from; i < from + nr; i++)
		for (unsigned int k = 0; k < unit[i].nr; k++)
			gone[unit[i].at + k] = true;
	*out = *s;
	out->nr = 0;
	for (unsigned int i = 0; i < s->nr; i++) {
		if (gone[i])
			continue;
		was_at[out->nr] = i;
		out->ops[out->nr++] = s->ops[i];
	}
	scenario_canonical(out);
	for (unsigned int i = 0; count && i < out->nr; i++)
		count_tokens(out, s, i, was_at[i]);
}

/* Padding is not compared. */
static bool same_args(const struct scenario *a, const struct scenario *b)
{
	for (unsigned int i = 0; i < a->nr; i++)
		if (memcmp(a->ops[i].arg, b->ops[i].arg, sizeof(a->ops[i].arg)))
			return false;
	return true;
}

/* A count that goes with its tokens, else one that stays: an op may need it, and not the tokens. */
static bool try_without(struct min *m, const struct scenario *s, struct scenario *try,
			const struct unit *unit, unsigned int from, unsigned int nr)
{
	static struct scenario counted;

	without(&counted, s, unit, from, nr, true);
	*try = counted;
	if (min_keeps(m, try))
		return true;
	without(try, s, unit, from, nr, false);
	return !same_args(try, &counted) && min_keeps(m, try);
}

/*
 * Groups of half, a quarter, ... of the units are tried, from the end: what comes after the failing
 * op goes at once. Returns whether anything went.
 */
static bool drop_units(struct min *m, struct scenario *s, bool tokens)
{
	static struct unit unit[SCENARIO_OPS_MAX];
	static struct scenario try;
	unsigned int n = units_of(s, unit, tokens), group = n;
	bool any = false;

	while (n && group) {
		for (unsigned int end = n; end && !stopped(m);) {
			unsigned int from = end > group ? end - group : 0;

			if (try_without(m, s, &try, unit, from, end - from)) {
				*s = try;
				n = units_of(s, unit, tokens);
				any = true;
			}
			end = from < n ? from : n;
		}
		group = group > 1 ? (group + 1) / 2 : 0;
	}
	return any;
}

/*
 * Where an op of very many matters only because it is there, its operands are not worth minutes:
 * only the roundest values are tried.
 */
#define LARGE	64u
#define OTHERS	24u	/* so many different values of other operands are tried */

/* What other operands say: fewer different values. Return: how many were appended to @out. */
static unsigned int others(const struct scenario *s, uint64_t v, uint64_t *out)
{
	unsigned int n = 0;
	unsigned int max = s->nr > LARGE ? 2 : OTHERS;

	for (unsigned int i = 0; i < s->nr; i++) {
		const struct op_desc *d = family_op(s->family, s->ops[i].id);

		for (unsigned int k = 0; k < d->nr_args && n < max; k++) {
			uint64_t other = s->ops[i].arg[k];
			unsigned int at = 0;

			if (!min_is_number(&d->args[k]) || other == v)
				continue;
			while (at < n && out[at] != other)
				at++;
			if (at == n)
				out[n++] = other;
		}
	}
	return n;
}

/* Candidates for a number: simpler ones first. */
static unsigned int candidates(const struct scenario *s, uint64_t v, uint64_t *out)
{
	unsigned int step = s->nr > LARGE ? 17 : 1;	/* 63, 46, 29, 12 */
	unsigned int n = 0;

	out[n++] = 0;
	out[n++] = 1;
	out[n++] = 0x1000;
	for (unsigned int bit = 63; bit > 0 && bit < 64; bit -= step) {
		uint64_t mask = (1ull << bit) - 1;

		if (v & mask)
			out[n++] = v & ~mask;	/* rounded down, coarsest first */
	}
	for (unsigned int bit = 63; bit > 0 && bit < 64; bit -= step) {
		uint64_t mask = (1ull << bit) - 1;

		if (v & mask && (v | mask) != UINT64_MAX)
			out[n++] = (v | mask) + 1;	/* rounded up */
	}
	for (unsigned int shift = 32; shift && step == 1; shift /= 2)
		if (v >> shift)
			out[n++] = v >> shift;
	out[n++] = v - 1;
	out[n++] = v + 1;
	return n + others(s, v, out + n);
}

static unsigned int arg_candidates(const struct scenario *s, const struct arg_desc *a,
				   const struct op *op, uint64_t v, uint64_t *out)
{
	unsigned int n = 0;

	switch (a->kind) {
	case ARG_CHOICE:
		for (const struct choice *c = a->choices; c && c->name; c++)
			out[n++] = c->value;
		return n;
	case ARG_BOOL:
		out[n++] = 0;
		return n;
	case ARG_COUNT:
		if (a->per_token)
			out[n++] = (uint64_t)op->nr_tokens * a->per_token;
		out[n++] = arg_max(a);
		for (uint64_t c = 0; c < 8; c++)
			out[n++] = c;
		return n;
	default:
		return candidates(s, v, out);
	}
}

/*
 * Set an operand; other operands with the same value may have to follow: an end that was the
 * start of another op moves with it.
 */
static void replace(struct scenario *s, unsigned int op, unsigned int arg, uint64_t v, bool all)
{
	uint64_t old = s->ops[op].arg[arg];

	s->ops[op].arg[arg] = v;
	for (unsigned int i = 0; all && i < s->nr; i++) {
		const struct op_desc *d = family_op(s->family, s->ops[i].id);

		for (unsigned int k = 0; k < d->nr_args; k++)
			if (min_is_number(&d->args[k]) && s->ops[i].arg[k] == old)
				s->ops[i].arg[k] = v;
	}
	scenario_canonical(s);
}

/* One operand: the first simpler value that will do. */
static bool simplify(struct min *m, struct scenario *s, unsigned int op, unsigned int arg)
{
	static uint64_t value[256];	/* 3 simple ones, 126 rounded, 8 near, others; or choices */
	static struct scenario try;
	const struct arg_desc *a = &family_op(s->family, s->ops[op].id)->args[arg];
	uint64_t cost = min_cost(s);
	unsigned int n = arg_candidates(s, a, &s->ops[op], s->ops[op].arg[arg], value);

	for (unsigned int i = 0; i < n && !stopped(m); i++) {
		if (value[i] == s->ops[op].arg[arg] || value[i] > arg_max(a))
			continue;
		for (int all = min_is_number(a); all >= 0; all--) {
			try = *s;
			replace(&try, op, arg, value[i], all);
			if (min_cost(&try) >= cost || !min_keeps(m, &try))
				continue;
			*s = try;
			return true;
		}
	}
	return false;
}

static bool simplify_all(struct min *m, struct scenario *s)
{
	bool any = false;

	for (unsigned int i = 0; i < s->nr; i++) {
		const struct op_desc *d = family_op(s->family, s->ops[i].id);

		if (op_is_text(d)) {
			any = min_text(m, s, i) || any;
			continue;
		}
		for (unsigned int k = 0; k < d->nr_args; k++)
			while (simplify(m, s, i, k))
				any = true;
	}
	return any;
}

/* Ops and tokens until neither yields: each may have held the other in place. */
static void drop_all(struct min *m, struct scenario *s)
{
	bool any;

	do {
		any = drop_units(m, s, false);
		any = drop_units(m, s, true) || any;
	} while (any);
}

void minimize(struct min *m, struct scenario *s)
{
	static struct scenario try;

	m->ops = s->nr;
	/* what only steers mutator and generator is no part of a finding */
	try = *s;
	try.op_mask = 0;
	try.flags = 0;
	if (min_keeps(m, &try))
		*s = try;
	do {
		drop_all(m, s);
	} while (!m->ops_only && simplify_all(m, s));
}

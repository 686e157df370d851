// SPDX-License-Identifier: GPL-2.0-only
/* Mutations of operands; which operand is what follows from the op table. */
#include <string.h>

#include "grammar.h"
#include "groups.h"
#include "mutations.h"
#include "operand.h"

/* A random entry with operands; @s->nr when a few looks found none. */
static unsigned int pick_op(const struct mutator *m, const struct op_desc **d)
{
	const struct scenario *s = m->s;

	for (unsigned int tries = 0; tries < 4 && s->nr; tries++) {
		unsigned int at = rng_below(m->r, s->nr);

		*d = op_desc_any(s->family, s->ops[at].id);
		if ((*d)->nr_args)
			return at;
	}
	return s->nr;
}

/* Move one edge; an inverted range is rarely what is meant. */
static void set_edges(struct mutator *m, const struct op_desc *d, unsigned int at, uint64_t start,
		      uint64_t end)
{
	if (start > end && end && rng_below(m->r, 16))
		op_set_range(d, &m->s->ops[at], end, start);
	else
		op_set_range(d, &m->s->ops[at], start, end);
}

/* Move an edge of an op's range onto an edge that another op has made, or beside it. */
bool mutate_boundary(struct mutator *m)
{
	struct scenario *s = m->s;
	const struct op_desc *d;
	unsigned int at = pick_op(m, &d);
	uint64_t start, end, to;

	if (at == s->nr || !op_range(d, &s->ops[at], &start, &end) ||
	    !draw_boundary(s, at, m->r, &to))
		return false;
	to = draw_beside(m->r, to);
	switch (rng_below(m->r, 4)) {
	case 0: /* the whole range, its start there */
		op_set_range(d, &s->ops[at], to, to + (end - start));
		break;
	case 1: /* the whole range, its end there */
		op_set_range(d, &s->ops[at], to - (end - start), to);
		break;
	case 2:
		set_edges(m, d, at, to, end);
		break;
	case 3:
		set_edges(m, d, at, start, to);
		break;
	}
	settle_op(s, at);
	return true;
}

/* A small step or a flipped bit. */
bool mutate_nudge(struct mutator *m)
{
	struct scenario *s = m->s;
	const struct op_desc *d;
	unsigned int at = pick_op(m, &d);
	unsigned int arg;
	uint64_t *v;

	if (at == s->nr)
		return false;
	if (op_is_text(d))
		return mutate_text_of(s, at, m->other, m->r);
	arg = rng_below(m->r, d->nr_args);
	v = &s->ops[at].arg[arg];
	switch (rng_below(m->r, 6)) {
	case 0:
		*v += 1;
		break;
	case 1:
		*v -= 1;
		break;
	case 2:
		*v += DRAW_PAGE;
		break;
	case 3:
		*v -= DRAW_PAGE;
		break;
	case 4:
		*v ^= 1ULL << rng_below(m->r, 64);
		break;
	case 5:
		*v = rng_below(m->r, 2) ? *v << 1 : *v >> 1;
		break;
	}
	settle_op(s, at);
	return true;
}

/* Draw one operand anew. */
bool mutate_arg(struct mutator *m)
{
	const struct op_desc *d;
	unsigned int at = pick_op(m, &d);

	if (at == m->s->nr)
		return false;
	draw_arg(m->s, at, rng_below(m->r, d->nr_args), m->r);
	return true;
}

/* Draw all operands of an op anew. */
bool mutate_op(struct mutator *m)
{
	const struct op_desc *d;
	unsigned int at = pick_op(m, &d);

	if (at == m->s->nr)
		return false;
	draw_op(m->s, at, m->r);
	if (d->flags & OP_TAKES_TOKENS)
		draw_token_counts(m->s, at, m->r);
	return true;
}

/* Operands that can be exchanged: of one kind, with the same names and the same bounds. */
static bool same_kind(const struct arg_desc *a, const struct arg_desc *b)
{
	return a->kind == b->kind && a->choices == b->choices && arg_max(a) == arg_max(b);
}

/* Another op on the same operands: what was added is subtracted, what was updated is asked for. */
bool mutate_kind(struct mutator *m)
{
	struct scenario *s = m->s;
	const struct family *f = s->family;
	const struct op_desc *from, *to = &f->ops[rng_below(m->r, f->nr_ops)];
	unsigned int at = pick_op(m, &from), used = 0;
	struct op old;
	uint64_t start, end;

	if (at == s->nr || from == to || (from->flags | to->flags) & (OP_TOKEN | OP_TAKES_TOKENS) ||
	    !to->nr_args || (s->op_mask && !(s->op_mask & op_bit(to->id))))
		return false;
	old = s->ops[at];
	memset(&s->ops[at], 0, sizeof(old));
	s->ops[at].id = to->id;
	draw_op(s, at, m->r);
	for (unsigned int i = 0; i < to->nr_args; i++)
		for (unsigned int k = 0; k < from->nr_args; k++)
			if (!(used & 1u << k) && same_kind(&to->args[i], &from->args[k])) {
				s->ops[at].arg[i] = old.arg[k];
				used |= 1u << k;
				break;
			}
	/* a size may have become an end, or an end a size */
	if (op_range(from, &old, &start, &end))
		op_set_range(to, &s->ops[at], start, end);
	settle_op(s, at);
	return true;
}

/* Counts that speak of tokens: right again, or nearly right. */
bool mutate_counts(struct mutator *m)
{
	struct scenario *s = m->s;
	unsigned int head;

	if (!s->nr)
		return false;
	head = group_head(s, rng_below(m->r, s->nr));
	if (!(op_desc_any(s->family, s->ops[head].id)->flags & OP_TAKES_TOKENS))
		return false;
	draw_token_counts(s, head, m->r);
	return true;
}

/* Change the text of an op: of its tokens one, or of the items between commas. */
bool mutate_text(struct mutator *m)
{
	const struct op_desc *d;

	for (unsigned int tries = 0; tries < 8; tries++) {
		unsigned int at = pick_op(m, &d);

		if (at < m->s->nr && op_is_text(d))
			return mutate_text_of(m->s, at, m->other, m->r);
	}
	return false;
}

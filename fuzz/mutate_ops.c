// SPDX-License-Identifier: GPL-2.0-only
/* Mutations of the order of ops: whole groups, tokens inside a group, runs of shifted copies. */
#include <string.h>

#include "grammar.h"
#include "groups.h"
#include "mutations.h"
#include "operand.h"

static unsigned int room(const struct mutator *m)
{
	return m->max > m->s->nr ? m->max - m->s->nr : 0;
}

/* The head of a random group. */
static unsigned int pick_group(const struct mutator *m)
{
	return group_head(m->s, rng_below(m->r, m->s->nr));
}

/* A random place between groups. */
static unsigned int pick_place(const struct mutator *m)
{
	return group_head(m->s, rng_below(m->r, m->s->nr + 1));
}

static bool allowed(const struct scenario *s, const struct op_desc *d)
{
	return !op_is_token(d) && (!s->op_mask || s->op_mask & op_bit(d->id));
}

/*
 * A random call that the mask allows; queries half as often as ops that change something, and
 * seldom one after which little can happen.
 */
static const struct op_desc *pick_call(const struct scenario *s, bool with_tokens, struct rng *r)
{
	const struct family *f = s->family;
	const struct op_desc *d;

	for (unsigned int tries = 0; tries < 32; tries++) {
		d = &f->ops[rng_below(r, f->nr_ops)];
		if (allowed(s, d) && (!with_tokens || d->flags & OP_TAKES_TOKENS) &&
		    (!(d->flags & OP_QUERY) || rng_below(r, 2)) &&
		    (!(d->flags & OP_DEAR) || !rng_below(r, 4)) &&
		    (!(d->flags & OP_ENDS) || !rng_below(r, 16)))
			return d;
	}
	/* a sparse mask: the first op that it allows */
	for (unsigned int i = 0; i < f->nr_ops; i++)
		if (allowed(s, &f->ops[i]) && (!with_tokens || f->ops[i].flags & OP_TAKES_TOKENS))
			return &f->ops[i];
	return NULL;
}

/* A random token that op @parent takes, or NULL; a text mostly begins. */
static const struct op_desc *pick_token(const struct family *f, uint8_t parent, struct rng *r)
{
	const struct op_desc *picked = NULL;
	unsigned int nr = 0;

	for (unsigned int i = 0; i < f->nr_ops; i++) {
		const struct op_desc *d = &f->ops[i];

		if (!op_is_token(d) || !token_fits(d, parent))
			continue;
		nr += op_is_text(d) && begins_param(f, d) ? 3 : 1;
		if (!picked || !rng_below(r, nr))
			picked = d;
	}
	return picked;
}

/* How many tokens: a handful, none, or more than the table can take. */
static unsigned int draw_nr_tokens(const struct scenario *s, struct rng *r)
{
	switch (rng_below(r, 8)) {
	case 0:
		return rng_below(r, 3);
	case 1:
		return s->config->slots - 2 + rng_below(r, 5);
	default:
		return 2 + rng_below(r, 7);
	}
}

/* Is there an operand that counts the tokens? Then they are a table's entries. */
static bool counts_tokens(const struct op_desc *d)
{
	for (unsigned int i = 0; i < d->nr_args; i++)
		if (d->args[i].per_token)
			return true;
	return false;
}

/* Entries like the first one of a table, each a step further up: gaps that are alike. */
static void space_evenly(struct mutator *m, unsigned int head)
{
	struct scenario *s = m->s;
	uint64_t start, end, size, step = (uint64_t)DRAW_PAGE << rng_below(m->r, 24);
	const struct op_desc *d = op_desc_any(s->family, s->ops[head + 1].id);

	if (!op_range(d, &s->ops[head + 1], &start, &end))
		return;
	size = end - start < step ? end - start : step / 2;
	start %= step;
	for (unsigned int i = 0; i < s->ops[head].nr_tokens; i++, start += step) {
		struct op *token = &s->ops[head + 1 + i];

		op_set_range(op_desc_any(s->family, token->id), token, start, start + size);
		settle_op(s, head + 1 + i);
	}
}

bool insert_op(struct mutator *m, unsigned int at, const struct op_desc *d)
{
	struct scenario *s = m->s;
	unsigned int n = 0;

	if (!room(m) || !d)
		return false;
	if (d->flags & OP_TAKES_TOKENS) {
		n = draw_nr_tokens(s, m->r);
		if (n > room(m) - 1)
			n = room(m) - 1;
	}
	ops_open(s, at, 1 + n);
	s->ops[at].id = d->id;
	s->ops[at].nr_tokens = n;
	for (unsigned int i = 1; i <= n; i++)
		s->ops[at + i].id = pick_token(s->family, d->id, m->r)->id;
	for (unsigned int i = 0; i <= n; i++)
		draw_op(s, at + i, m->r);
	if (n > 1 && counts_tokens(d) && !rng_below(m->r, 8))
		space_evenly(m, at);
	draw_token_counts(s, at, m->r);
	return true;
}

bool insert_call(struct mutator *m, unsigned int at, bool with_tokens)
{
	return insert_op(m, at, pick_call(m->s, with_tokens, m->r));
}

bool insert_filling(struct mutator *m, unsigned int at)
{
	const struct family *f = m->s->family;
	unsigned int first = rng_below(m->r, f->nr_ops);

	for (unsigned int i = 0; i < f->nr_ops; i++)
		if (f->ops[(first + i) % f->nr_ops].flags & OP_FILLS)
			return insert_op(m, at, &f->ops[(first + i) % f->nr_ops]);
	return false;
}

bool mutate_insert(struct mutator *m)
{
	return insert_call(m, pick_place(m), false);
}

bool mutate_delete(struct mutator *m)
{
	struct scenario *s = m->s;
	unsigned int head, len;

	if (s->nr < 2)
		return false;
	head = pick_group(m);
	len = group_len(s, head);
	if (len == s->nr)
		return false;
	ops_close(s, head, len);
	return true;
}

/* Insert the run [from, from + len) of @src, whole groups, at @at. */
static void insert_run(struct scenario *s, unsigned int at, const struct op *src, unsigned int len)
{
	ops_open(s, at, len);
	memcpy(&s->ops[at], src, len * sizeof(s->ops[0]));
}

bool mutate_duplicate(struct mutator *m)
{
	struct scenario *s = m->s;
	unsigned int from, len, to;

	if (!s->nr)
		return false;
	from = pick_group(m);
	len = group_len(s, from);
	if (len > room(m))
		return false;
	to = pick_place(m);
	ops_open(s, to, len);
	if (to <= from)
		from += len;
	memcpy(&s->ops[to], &s->ops[from], len * sizeof(s->ops[0]));
	return true;
}

bool mutate_swap(struct mutator *m)
{
	struct scenario *s = m->s;
	unsigned int a, b, alen, blen;

	if (s->nr < 2)
		return false;
	a = pick_group(m);
	b = pick_group(m);
	if (a == b)
		return false;
	if (a > b) {
		unsigned int tmp = a;

		a = b;
		b = tmp;
	}
	/* A mid B -> B A mid -> B mid A */
	alen = group_len(s, a);
	blen = group_len(s, b);
	ops_rotate(s, a, b, b + blen);
	ops_rotate(s, a + blen, a + blen + alen, b + blen);
	return true;
}

/* How many entries from @from on are whole groups and fit into @max entries. */
static unsigned int whole_groups(const struct scenario *s, unsigned int from, unsigned int max)
{
	unsigned int at = from;

	while (at < s->nr && at - from + group_len(s, at) <= max)
		at += group_len(s, at);
	return at - from;
}

/* Copy a few groups of the other scenario in. */
bool mutate_splice(struct mutator *m)
{
	const struct scenario *o = m->other;
	unsigned int from, len, max = room(m);

	if (!o || !o->nr || !max)
		return false;
	from = group_head(o, rng_below(m->r, o->nr));
	if (max > 1)
		max = 1 + rng_below(m->r, max);
	len = whole_groups(o, from, max);
	if (!len)
		return false;
	insert_run(m->s, pick_place(m), &o->ops[from], len);
	return true;
}

/* This one's beginning, the other one's end. */
bool mutate_cross(struct mutator *m)
{
	const struct scenario *o = m->other;
	struct scenario *s = m->s;
	unsigned int keep, from, len;

	if (!o || !o->nr)
		return false;
	keep = pick_place(m);
	from = group_head(o, rng_below(m->r, o->nr));
	len = m->max > keep ? whole_groups(o, from, m->max - keep) : 0;
	if (!len)
		return false;
	s->nr = keep;
	insert_run(s, keep, &o->ops[from], len);
	return true;
}

static bool insert_token(struct mutator *m, unsigned int head)
{
	struct scenario *s = m->s;
	const struct op_desc *d = pick_token(s->family, s->ops[head].id, m->r);
	unsigned int at = head + 1 + rng_below(m->r, group_len(s, head));

	if (!d || !room(m))
		return false;
	ops_open(s, at, 1);
	s->ops[at].id = d->id;
	s->ops[head].nr_tokens++;
	draw_op(s, at, m->r);
	return true;
}

static bool change_token(struct mutator *m, unsigned int head)
{
	struct scenario *s = m->s;
	unsigned int n = s->ops[head].nr_tokens;
	unsigned int a, b;

	if (!n)
		return insert_token(m, head);
	a = head + 1 + rng_below(m->r, n);
	b = head + 1 + rng_below(m->r, n);
	switch (rng_below(m->r, 4)) {
	case 0:
		ops_close(s, a, 1);
		s->ops[head].nr_tokens--;
		return true;
	case 1:
		if (a >= b)
			return false;
		ops_rotate(s, a, a + 1, b + 1);
		return true;
	case 2:
		if (!room(m))
			return false;
		ops_open(s, b, 1);
		s->ops[b] = s->ops[a < b ? a : a + 1];
		s->ops[head].nr_tokens++;
		return true;
	default:
		return insert_token(m, head);
	}
}

/* Insert, delete, duplicate or move a token. */
bool mutate_token(struct mutator *m)
{
	struct scenario *s = m->s;

	for (unsigned int tries = 0; tries < 4 && s->nr; tries++) {
		unsigned int head = pick_group(m);

		if (!(op_desc_any(s->family, s->ops[head].id)->flags & OP_TAKES_TOKENS))
			continue;
		if (!change_token(m, head))
			return false;
		if (rng_below(m->r, 4))
			draw_token_counts(s, head, m->r);
		return true;
	}
	return false;
}

/* Copies of one entry, each a step further up: what fills a table. */
bool mutate_march(struct mutator *m)
{
	struct scenario *s = m->s;
	unsigned int at, n = s->config->slots + 2;
	uint64_t start, end, step;
	const struct op_desc *d;

	if (!s->nr || !room(m))
		return false;
	at = rng_below(m->r, s->nr);
	d = op_desc_any(s->family, s->ops[at].id);
	if (d->flags & OP_TAKES_TOKENS || !op_range(d, &s->ops[at], &start, &end))
		return false;
	n = 1 + rng_below(m->r, n < room(m) ? n : room(m));
	step = end - start + (rng_below(m->r, 2) ? DRAW_PAGE : 0);
	if (step > NEAR_END / SCENARIO_OPS_MAX)
		return false;
	if (op_is_token(d))
		s->ops[group_head(s, at)].nr_tokens += n;
	ops_open(s, at + 1, n);
	for (unsigned int i = 1; i <= n; i++) {
		s->ops[at + i] = s->ops[at];
		op_set_range(d, &s->ops[at + i], start + i * step, end + i * step);
		settle_op(s, at + i);
	}
	if (op_is_token(d))
		draw_token_counts(s, group_head(s, at), m->r);
	return true;
}

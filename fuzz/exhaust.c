// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "exhaust.h"
#include "seen.h"

/* How a state was found first. */
struct node {
	uint32_t parent;
	uint32_t op;
};

struct search {
	const struct exhaust *x;
	struct exhaust_result *r;
	const struct model *model;
	struct model_setup setup;
	struct node *node;
	uint64_t nr, room;
	struct seen seen;
	uint32_t state_tables;		/* bit per table that is part of a state */
	void *model_now, *model_saved, *subject_saved;
	enum legality legality;		/* of the least legal op of the path */
	unsigned int at;		/* index of the op that is tried, in the path */
	unsigned int longest;		/* call with its tokens */
};

static uint64_t hash_state(const struct search *s, const struct state *st)
{
	struct state kept = { .nr_tables = st->nr_tables };
	const struct result none = { 0 };

	for (unsigned int i = 0; i < st->nr_tables; i++)
		if (s->state_tables >> i & 1)
			kept.table[i] = st->table[i];
	return run_hash(s->x->subject->hidden ? s->x->subject->hidden() : 0, &none, &kept);
}

static bool add_state(struct search *s, uint64_t hash, uint32_t parent, uint32_t op)
{
	bool added;

	if (!seen_add(&s->seen, hash, &added))
		return false;
	if (!added)
		return true;
	if (s->nr == s->room) {
		uint64_t room = s->room ? 2 * s->room : 4096;
		struct node *more = realloc(s->node, room * sizeof(*more));

		if (!more)
			return false;
		s->node = more;
		s->room = room;
	}
	s->node[s->nr++] = (struct node){ parent, op };
	s->r->states = s->nr;
	return true;
}

static unsigned int call_len(const struct op *op)
{
	return 1 + op->nr_tokens;
}

/* Put a call behind what the path holds. */
static void append_call(struct search *s, const struct op *op)
{
	memcpy(s->r->path.ops + s->r->path.nr, op, call_len(op) * sizeof(*op));
	s->r->path.nr += call_len(op);
}

/* The ops that lead to state @i, into the path, those of the start first. */
static unsigned int path_to(struct search *s, uint32_t i)
{
	static uint32_t op[SCENARIO_OPS_MAX];
	unsigned int n = 0;

	for (; i; i = s->node[i].parent)
		op[n++] = s->node[i].op;
	for (unsigned int k = 0; k < s->x->nr_start; k++)
		s->r->path.ops[k] = s->x->start[k];
	s->r->path.nr = s->x->nr_start;
	while (n)
		append_call(s, &s->x->op[op[--n]]);
	return s->r->path.nr;
}

/* Back to the state that the first @n ops of the path lead to, tokens counted. */
static void replay(struct search *s, unsigned int n)
{
	const struct subject *subject = s->x->subject;
	struct state st = { 0 };
	char why[BITMAP_WHY];
	struct result res;
	struct expect e;

	subject->reset();
	s->model->init(s->model_now, &s->setup);
	s->legality = LEGAL;
	if (s->x->brute)
		brute_restart(s->x->brute);
	for (unsigned int i = 0; i < n; i += call_len(&s->r->path.ops[i])) {
		s->model->step(s->model_now, &s->r->path.ops[i], &e);
		if (e.legality > s->legality)
			s->legality = e.legality;
		subject->exec(&s->r->path.ops[i], &res);
		if (s->model->adopt) {
			subject->observe(&st);
			s->model->adopt(s->model_now, &s->r->path.ops[i], &res, &st, &e);
		}
		if (s->x->brute) {
			subject->observe(&st);
			bitmap_judge(&s->x->brute->now, &s->r->path.ops[i], &res, &st, why);
		}
	}
}

static size_t model_used(const struct search *s)
{
	return s->model->used ? s->model->used(s->model_now) : s->model->size;
}

/* What the oracle and the brute-force judge say of an op; true: both are content. */
static bool judged(struct search *s, const struct op *op, const struct expect *e,
		   const struct result *res, const struct state *st, enum exhaust_end *end)
{
	struct verdict *v = &s->r->verdict;

	if (!oracle_check(s->model, s->model_now, op, e, res, st, v)) {
		v->op = s->at;
		v->legality = e->legality > s->legality ? e->legality : s->legality;
		*end = EXHAUST_VERDICT;
		if (!s->x->wanted || s->x->wanted(s->x->wanted_arg, &s->r->path, v))
			return false;
		*end = EXHAUST_CLOSED;
		memset(v, 0, sizeof(*v));
		return false;
	}
	/* known wrong behaviours are none of the contract, which is all that the judge knows */
	if (!s->x->brute || e->fired ||
	    bitmap_judge(&s->x->brute->now, op, res, st, s->r->why))
		return true;
	*end = EXHAUST_JUDGES;
	return false;
}

/*
 * What one op does in the state that the first @at ops of the path lead to. False ends the
 * search.
 */
static bool transition(struct search *s, uint32_t from, uint32_t op, unsigned int at,
		       enum exhaust_end *end)
{
	const struct subject *subject = s->x->subject;
	const struct op *o = &s->x->op[op];
	struct expect e = { 0 };
	struct state st = { 0 };
	struct result res;

	if (subject->lacks >> o->id & 1)
		return true;
	if (s->x->legal_only && s->model->legality(s->model_now, o) != LEGAL)
		return true;
	s->model->step(s->model_now, o, &e);
	if (e.avoid)
		return true;
	s->at = at;
	s->r->path.nr = at;
	append_call(s, o);
	s->r->transitions++;
	run_enter(at, e.legality > s->legality ? e.legality : s->legality);
	subject->exec(o, &res);
	subject->observe(&st);
	run_leave();
	if (s->model->adopt && !e.cut)
		s->model->adopt(s->model_now, o, &res, &st, &e);
	if (e.cut)
		return true;
	if (!judged(s, o, &e, &res, &st, end))
		return *end == EXHAUST_CLOSED;	/* not the wanted verdict: not gone on from */
	if (res.outcome != OUT_RETURN || s->x->leaves >> o->id & 1)
		return true;
	if (add_state(s, hash_state(s, &st), from, op))
		return true;
	*end = EXHAUST_NO_MEMORY;
	return false;
}

/* All ops in state @i. */
static bool expand(struct search *s, uint32_t i, enum exhaust_end *end)
{
	const struct subject *subject = s->x->subject;
	unsigned int at = path_to(s, i);
	bool snapshot = subject->snapshot_size;
	size_t used;

	replay(s, at);
	used = model_used(s);
	memcpy(s->model_saved, s->model_now, used);
	if (s->x->brute)
		brute_save(s->x->brute);
	if (snapshot)
		subject->save(s->subject_saved);
	for (uint32_t op = 0; op < s->x->nr_ops; op += call_len(&s->x->op[op])) {
		if (op && snapshot) {
			subject->restore(s->subject_saved);
			memcpy(s->model_now, s->model_saved, used);
		} else if (op) {
			replay(s, at);
		}
		if (op && s->x->brute)
			brute_back(s->x->brute);
		if (!transition(s, i, op, at, end))
			return false;
	}
	return true;
}

static bool prepare(struct search *s)
{
	struct state st = { 0 };

	s->model_now = aligned_alloc(64, (s->model->size + 63) & ~63ul);
	s->model_saved = malloc(s->model->size);
	s->subject_saved = malloc(s->x->subject->snapshot_size + 1);
	if (!s->model_now || !s->model_saved || !s->subject_saved || !seen_init(&s->seen))
		return false;
	for (uint32_t op = 0; op < s->x->nr_ops; op += call_len(&s->x->op[op]))
		if (call_len(&s->x->op[op]) > s->longest)
			s->longest = call_len(&s->x->op[op]);
	s->x->subject->reset();
	s->x->subject->observe(&st);
	for (unsigned int i = 0; i < st.nr_tables; i++)
		if (s->x->subject->family->tables[i].kind == TABLE_MEMORY || st.table[i].nr)
			s->state_tables |= 1u << i;
	replay(s, path_to(s, 0));
	s->x->subject->observe(&st);
	return add_state(s, hash_state(s, &st), 0, 0);
}

static enum exhaust_end search(struct search *s)
{
	enum exhaust_end end = EXHAUST_CLOSED;
	uint64_t level_end = s->nr;
	unsigned int depth = 0;

	for (uint64_t i = 0; i < s->nr; i++) {
		if (i == level_end) {
			s->r->depth = ++depth;
			level_end = s->nr;
		}
		if (depth == s->x->depth && s->x->depth)
			return EXHAUST_DEPTH;
		if ((depth + 1) * s->longest + s->x->nr_start >= SCENARIO_OPS_MAX)
			return EXHAUST_DEPTH;
		if (s->nr >= s->x->max_states ||
		    (s->x->max_transitions && s->r->transitions >= s->x->max_transitions))
			return EXHAUST_STATES;
		if (!(i & 255) && s->x->progress &&
		    s->x->progress(s->nr, s->r->transitions, depth))
			return EXHAUST_STOPPED;
		if (!expand(s, i, &end))
			return end;
	}
	return end;
}

enum exhaust_end exhaust(const struct exhaust *x, struct exhaust_result *r)
{
	struct search s = {
		.x = x, .r = r, .model = model_of(x->subject->family),
		.setup = {
			.config = x->subject->config, .version = x->subject->version,
			.quirks = x->quirks,
		},
	};
	enum exhaust_end end = EXHAUST_NO_MEMORY;

	memset(r, 0, sizeof(*r));
	scenario_init(&r->path, x->subject->family);
	r->path.config = family_config(x->subject->family, x->subject->config->id);
	if (prepare(&s))
		end = search(&s);
	seen_free(&s.seen);
	free(s.node);
	free(s.model_now);
	free(s.model_saved);
	free(s.subject_saved);
	return end;
}

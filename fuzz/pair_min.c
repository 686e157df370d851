// SPDX-License-Identifier: GPL-2.0-only
#include "min.h"
#include "pair.h"

/* Of the pair: simpler operands are not worth more of a reviewer's time. */
#define RUNS_MAX	3000ul

struct goal {
	struct pair p;
	struct pair_result want, last;
	unsigned long runs;
};

/* Of the verdict that it is named by. */
static enum legality legality_of(const struct pair_result *r)
{
	return r->class == PAIR_FIX ? r->base.legality : r->head.legality;
}

static bool keeps(void *arg, const struct scenario *s)
{
	struct goal *g = arg;
	struct pair_result r;

	if (g->runs++ == RUNS_MAX) {
		g->runs--;
		return false;
	}
	pair_run(&g->p, s, &r);
	if (r.failed || !pair_same(&r, &g->want) || legality_of(&r) > legality_of(&g->want))
		return false;
	g->last = r;
	return true;
}

unsigned long pair_minimize(const struct pair *p, struct scenario *s, struct pair_result *r)
{
	struct goal g = { .p = *p, .want = *r, .last = *r };
	struct min m = { .keeps = keeps, .stop = isolate_interrupted, .arg = &g };

	g.p.feature = NULL;
	g.p.legal_only = true;
	if (!keeps(&g, s))
		g.p.legal_only = p->legal_only;
	minimize(&m, s);
	g.runs = g.runs == RUNS_MAX ? RUNS_MAX - 1 : g.runs;
	if (keeps(&g, s))
		*r = g.last;
	return g.runs;
}

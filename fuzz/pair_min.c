// SPDX-License-Identifier: GPL-2.0-only
#include "min.h"
#include "pair.h"

/* Of the pair: simpler operands are not worth more of a reviewer's time. */
#define RUNS_MAX	3000ul
#define CHANGE_RUNS	1000ul	/* nobody is wrong: there are many, and they need less */
#define DEATH_RUNS	10ul	/* what one costs that kills its process, or hangs */

struct goal {
	struct pair p;
	struct pair_result want, last;
	unsigned long runs, spent;
};

static bool is_dear(enum verdict_kind kind)
{
	return kind == VERDICT_HANG || (kind >= VERDICT_OUT_OF_BOUNDS && kind <= VERDICT_CRASH);
}

/* Of the verdict that it is named by. */
static enum legality legality_of(const struct pair_result *r)
{
	return r->class == PAIR_FIX ? r->base.legality : r->head.legality;
}

static bool keeps(void *arg, const struct scenario *s)
{
	struct goal *g = arg;
	struct pair_result r;

	if (g->spent >= (g->want.class == PAIR_CHANGE ? CHANGE_RUNS : RUNS_MAX))
		return false;
	g->runs++;
	pair_run(&g->p, s, &r);
	g->spent += is_dear(r.base.kind) || is_dear(r.head.kind) ? DEATH_RUNS : 1;
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
	g.spent = 0;
	if (keeps(&g, s))
		*r = g.last;
	return g.runs;
}

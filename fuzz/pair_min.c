// SPDX-License-Identifier: GPL-2.0-only
#include "min.h"
#include "pair.h"

/*
 * The budget, counted rather than timed, so that the same is left on every machine: a unit is about
 * as long as a run of one subject takes. Simpler operands are not worth more of a reviewer's time.
 */
#define EFFORT_MAX	6000ul
#define CHANGE_EFFORT	2000ul	/* nobody is wrong: there are many, and they need less */
#define UNIT_OPS	32ul	/* ops that take as long as what each run costs besides */
#define DEATH_EFFORT	20ul	/* what one costs that kills its process, or hangs */

struct goal {
	struct pair p;
	struct pair_result want, last;
	unsigned long runs, spent, effort;
	/* of the pair as it was given */
	enum isolate_end (*run)(void *arg, const struct subject *subject,
				const struct scenario *s, const struct run_options *opt,
				struct verdict *v, struct run_report *report);
	void *arg;
};

static bool is_dear(enum verdict_kind kind)
{
	return kind == VERDICT_HANG || (kind >= VERDICT_OUT_OF_BOUNDS && kind <= VERDICT_CRASH);
}

static enum isolate_end run(void *arg, const struct subject *subject, const struct scenario *s,
			    const struct run_options *opt, struct verdict *v,
			    struct run_report *report)
{
	struct goal *g = arg;
	enum isolate_end end = g->run(g->arg, subject, s, opt, v, report);

	g->spent += 1 + s->nr / UNIT_OPS + (is_dear(v->kind) ? DEATH_EFFORT : 0);
	return end;
}

/* Of the verdict that it is named by. */
static enum legality legality_of(const struct pair_result *r)
{
	return r->apparent == PAIR_FIX ? r->base.legality : r->head.legality;
}

static bool keeps(void *arg, const struct scenario *s)
{
	struct goal *g = arg;
	struct pair_result r;

	if (g->spent >= g->effort)
		return false;
	g->runs++;
	pair_run(&g->p, s, &r);
	if (r.failed || !pair_same_bug(&r, &g->want) || legality_of(&r) > legality_of(&g->want))
		return false;
	g->last = r;
	return true;
}

static unsigned long effort_for(const struct pair *p, enum pair_class class)
{
	unsigned long effort = class == PAIR_CHANGE || class == PAIR_DOUBTFUL ? CHANGE_EFFORT :
									      EFFORT_MAX;

	return p->effort && p->effort < effort ? p->effort : effort;
}

unsigned long pair_minimize(const struct pair *p, struct scenario *s, struct pair_result *r)
{
	struct goal g = {
		.p = *p, .want = *r, .last = *r, .run = p->run, .arg = p->arg,
		.effort = effort_for(p, r->class),
	};
	struct min m = { .keeps = keeps, .stop = isolate_interrupted, .arg = &g };

	g.p.run = run;
	g.p.arg = &g;
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

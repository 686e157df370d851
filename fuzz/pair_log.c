// SPDX-License-Identifier: GPL-2.0-only
/* What two runs did, op by op, and where they part. */
#include <stdio.h>
#include <string.h>

#include "comparable.h"
#include "pair.h"

void pair_log_after(void *log, unsigned int op, const struct expect *e, const struct result *res,
		    const struct state *st)
{
	static const struct result none;
	struct pair_log *l = log;
	struct pair_step *step;

	(void)e;
	if (l->nr == SCENARIO_OPS_MAX)
		return;
	step = &l->step[l->nr++];
	step->op = op;
	step->res = *res;
	step->nr_tables = st->nr_tables;
	for (unsigned int i = 0; i < st->nr_tables; i++) {
		const struct state one = { .nr_tables = 1, .table = { st->table[i] } };

		step->table[i] = run_hash(0, &none, &one);
	}
}

static const char *step_parts(const struct comparable *c, const struct op *op,
			      const struct pair_step *x, const struct pair_step *y)
{
	const char *what = comparable_results(c, op, &x->res, &y->res);

	for (unsigned int i = 0; !what && i < c->family->nr_tables; i++)
		if (c->tables >> i & 1 && i < x->nr_tables && i < y->nr_tables &&
		    x->table[i] != y->table[i])
			what = c->family->tables[i].name;
	return what;
}

int pair_log_part(const struct scenario *s, const struct subject *base,
		  const struct subject *head, const struct pair_log *log, char *what)
{
	const struct comparable c = comparable_of(base, head);
	unsigned int both = log[0].nr < log[1].nr ? log[0].nr : log[1].nr;

	for (unsigned int i = 0; i < both; i++) {
		const struct pair_step *x = &log[0].step[i], *y = &log[1].step[i];
		const char *parts = x->op == y->op ? step_parts(&c, &s->ops[x->op], x, y) : "end";

		if (!parts)
			continue;
		snprintf(what, 32, "%s", parts);
		return x->op;
	}
	if (log[0].nr == log[1].nr)
		return -1;
	snprintf(what, 32, "end");
	return log[log[0].nr < log[1].nr].step[both].op;
}

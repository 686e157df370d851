// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "cli.h"
#include "comparable.h"
#include "sides.h"

bool sides_open(struct side *side, const struct subject *a, const struct subject *b,
		unsigned int hang_ms)
{
	memset(side, 0, 2 * sizeof(*side));
	side[0].subject = a;
	side[1].subject = b;
	for (int i = 0; i < 2; i++) {
		side[i].iso = isolate_new(hang_ms);
		if (!side[i].iso) {
			sides_close(side);
			cli_error("cannot prepare a worker process");
			return false;
		}
		side[i].trace = isolate_trace(side[i].iso);
	}
	return true;
}

void sides_close(struct side *side)
{
	for (int i = 0; i < 2; i++)
		isolate_free(side[i].iso);
}

enum isolate_end sides_run(struct side *side, const struct scenario *s,
			   const struct side **failed)
{
	const struct run_options opt = { .no_oracle = true };
	enum isolate_end end = ISOLATE_PASS;

	for (int i = 0; i < 2 && end <= ISOLATE_VERDICT; i++) {
		*failed = &side[i];
		end = isolate_run(side[i].iso, side[i].subject, s, &opt, true, &side[i].verdict,
				  NULL);
	}
	return end;
}

static const char *step_parts(const struct comparable *c, const struct side *side,
			      const struct scenario *s, unsigned int step)
{
	const struct trace_step *x = &side[0].trace->step[step], *y = &side[1].trace->step[step];
	const char *what = comparable_results(c, &s->ops[x->op], &x->got, &y->got);

	for (unsigned int i = 0; !what && i < s->family->nr_tables; i++) {
		struct table p = trace_got(side[0].trace, step, i);
		struct table q = trace_got(side[1].trace, step, i);

		if (c->tables >> i & 1 && !draw_same(&p, &q))
			what = s->family->tables[i].name;
	}
	return what;
}

int sides_part(const struct side *side, const struct scenario *s, char *what)
{
	const struct comparable c = comparable_of(side[0].subject, side[1].subject);
	const struct trace *a = side[0].trace, *b = side[1].trace;
	unsigned int both = a->nr < b->nr ? a->nr : b->nr;

	for (unsigned int i = 0; i < both; i++) {
		const char *parts = "end";

		if (a->step[i].op == b->step[i].op)
			parts = step_parts(&c, side, s, i);
		if (!parts)
			continue;
		snprintf(what, 32, "%s", parts);
		return i;
	}
	if (a->nr == b->nr && side[0].verdict.kind == side[1].verdict.kind)
		return -1;
	snprintf(what, 32, "end");
	return both;
}

unsigned int sides_op(const struct side *side, unsigned int step)
{
	for (int i = 0; i < 2; i++)
		if (step < side[i].trace->nr)
			return side[i].trace->step[step].op;
	return side[0].verdict.kind != VERDICT_PASS ? side[0].verdict.op : side[1].verdict.op;
}

static void said_line(const struct pen *p, const struct side *x, char sign, unsigned int step)
{
	char buf[64];

	fprintf(p->out, "  %c %-28s ", sign, x->name ? x->name : x->subject->id);
	if (step < x->trace->nr)
		fprintf(p->out, "%s\n", draw_result(buf, sizeof(buf), &x->trace->step[step].got));
	else if (x->verdict.kind != VERDICT_PASS)
		fprintf(p->out, "%s: %s\n", verdict_name(x->verdict.kind), x->verdict.detail);
	else
		fprintf(p->out, "had ended before\n");
}

void sides_draw(const struct pen *p, const struct side *side, const struct scenario *s,
		unsigned int step)
{
	const struct comparable c = comparable_of(side[0].subject, side[1].subject);
	const struct trace *a = side[0].trace, *b = side[1].trace;

	said_line(p, &side[0], '-', step);
	said_line(p, &side[1], '+', step);
	if (step >= a->nr || step >= b->nr)
		return;
	for (unsigned int i = 0; i < s->family->nr_tables; i++) {
		const struct table_desc *d = &s->family->tables[i];
		struct table x = trace_got(a, step, i), y = trace_got(b, step, i);

		if (!(c.tables >> i & 1) || draw_same(&x, &y))
			continue;
		fprintf(p->out, "  %s%s\n", d->name,
			d->kind == TABLE_MEMORY && table_sum(&x) == table_sum(&y) ?
				" (the same memory in another form)" : "");
		draw_change(p, d, &x, &y);
	}
}

const char *sides_traits(char *buf, size_t size, const struct subject *a, const struct subject *b)
{
	const struct model *m = model_of(a->family);
	size_t n = 0;

	buf[0] = 0;
	for (unsigned int i = 0; i < m->nr_traits && n < size; i++)
		if (trait_holds(&m->traits[i], a->version, a->config) !=
		    trait_holds(&m->traits[i], b->version, b->config))
			n += snprintf(buf + n, size - n, " %s", m->traits[i].id);
	return buf;
}

unsigned int side_agrees_to(const struct side *x, const struct scenario *s)
{
	static const struct run_options strict;
	struct verdict v;

	switch (isolate_run(x->iso, x->subject, s, &strict, false, &v, NULL)) {
	case ISOLATE_PASS:
		return s->nr;
	case ISOLATE_VERDICT:
		return v.op;
	default:
		return 0;
	}
}

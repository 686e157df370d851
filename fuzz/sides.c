// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "cli.h"
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

/* Of kernels that are built on different code below: then not everything can be compared. */
static bool generations_differ(const struct side *side)
{
	const struct subject *a = side[0].subject, *b = side[1].subject;
	const struct family *f = a->family;

	return f->generation && f->generation(a->version) != f->generation(b->version);
}

/* Two ways to build one kernel for words of one size: its tables differ, not what it does. */
static bool variants_differ(const struct side *side)
{
	const struct config_desc *x = side[0].subject->config, *y = side[1].subject->config;

	return strcmp(x->name, y->name) && x->long_bits == y->long_bits &&
	       x->phys_bits == y->phys_bits;
}

static bool table_counts(const struct side *side, unsigned int table)
{
	return !(side[0].subject->family->of_generation >> table & 1 &&
		 (generations_differ(side) || variants_differ(side)));
}

/* What is said on the way is each generation's own affair, and how much a hand-off passes on. */
static const char *results_part(const struct side *side, const struct scenario *s,
				unsigned int step)
{
	const struct trace_step *at = &side[0].trace->step[step];
	const struct result *x = &at->got, *y = &side[1].trace->step[step].got;
	bool other = generations_differ(side);
	bool ends = family_op(s->family, s->ops[at->op].id)->flags & OP_ENDS;

	if (x->outcome != y->outcome || (x->value != y->value && !(other && ends)))
		return "result";
	return x->said != y->said && !other ? "said" : NULL;
}

static const char *step_parts(const struct side *side, const struct scenario *s,
			      unsigned int step)
{
	const char *what = results_part(side, s, step);

	for (unsigned int i = 0; !what && i < s->family->nr_tables; i++) {
		struct table x = trace_got(side[0].trace, step, i);
		struct table y = trace_got(side[1].trace, step, i);

		if (table_counts(side, i) && !draw_same(&x, &y))
			what = s->family->tables[i].name;
	}
	return what;
}

int sides_part(const struct side *side, const struct scenario *s, char *what)
{
	const struct trace *a = side[0].trace, *b = side[1].trace;
	unsigned int both = a->nr < b->nr ? a->nr : b->nr;

	for (unsigned int i = 0; i < both; i++) {
		const char *parts = a->step[i].op == b->step[i].op ? step_parts(side, s, i) : "end";

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
	const struct trace *a = side[0].trace, *b = side[1].trace;

	said_line(p, &side[0], '-', step);
	said_line(p, &side[1], '+', step);
	if (step >= a->nr || step >= b->nr)
		return;
	for (unsigned int i = 0; i < s->family->nr_tables; i++) {
		const struct table_desc *d = &s->family->tables[i];
		struct table x = trace_got(a, step, i), y = trace_got(b, step, i);

		if (!table_counts(side, i) || draw_same(&x, &y))
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

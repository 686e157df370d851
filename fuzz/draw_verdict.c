// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "draw.h"

const char *draw_result(char *buf, size_t size, const struct result *r)
{
	size_t n;

	if (r->outcome == OUT_RETURN) {
		char value[SCENARIO_NUMBER];

		if ((int64_t)r->value < 0 && (int64_t)r->value >= -4095)
			snprintf(value, sizeof(value), "%lld", (long long)r->value);
		else
			scenario_number(value, r->value);
		n = snprintf(buf, size, "return %s", value);
	} else {
		n = snprintf(buf, size, "%s", outcome_name(r->outcome));
	}
	if (n < size)
		snprintf(buf + n, size - n, "%s%s%s", r->said & SAID_ERROR ? ", said error" : "",
			 r->said & SAID_WARNING ? ", said warning" : "",
			 r->said & SAID_WARN ? ", WARN" : "");
	return buf;
}

static bool result_same(const struct result *a, const struct result *b)
{
	return a->outcome == b->outcome && a->value == b->value && a->said == b->said;
}

/* The processes' deaths have no result to compare. */
static bool has_results(const struct verdict *v)
{
	return v->kind != VERDICT_OUT_OF_BOUNDS && v->kind != VERDICT_UNINITIALISED &&
	       v->kind != VERDICT_UNDEFINED && v->kind != VERDICT_CRASH;
}

static bool draw_tables(const struct pen *p, const struct scenario *s, const struct trace *t,
			unsigned int step)
{
	bool any = false;

	for (unsigned int i = 0; i < s->family->nr_tables; i++) {
		struct table want = trace_want(t, step, i), got = trace_got(t, step, i);

		if (draw_same(&want, &got))
			continue;
		any = true;
		fprintf(p->out, "%s%s, expected (-) against got (+):\n", p->indent,
			s->family->tables[i].name);
		draw_change(p, &s->family->tables[i], &want, &got);
	}
	return any;
}

/* The rows are as predicted, but the contract asks for others: what the op did, then. */
static void draw_deviation(const struct pen *p, const struct scenario *s, const struct verdict *v,
			   const struct trace *t, unsigned int step)
{
	const struct table_desc *d = &s->family->tables[v->table];
	struct table before, after = trace_got(t, step, v->table);

	before = step ? trace_got(t, step - 1, v->table) : trace_first(t, v->table);
	fprintf(p->out, "%s%s, before (-) and after (+); deviating (!):\n", p->indent, d->name);
	draw_change(p, d, &before, &after);
	fprintf(p->out, "%s!    [0x%016llx-0x%016llx] expected %u, got %u\n", p->indent,
		(unsigned long long)v->start, (unsigned long long)v->last, v->want_cover,
		v->got_cover);
}

void draw_verdict(const struct pen *p, const struct scenario *s, const struct verdict *v,
		  const struct trace *t)
{
	int step = t ? trace_step_of(t, v->op) : -1;
	char buf[64];

	fprintf(p->out, "%s%s%s%s at op %u (%s): ", p->indent, p->colour ? "\033[1m" : "",
		verdict_name(v->kind), p->colour ? "\033[0m" : "", v->op,
		legality_name(v->legality));
	if (v->op < s->nr)
		scenario_print_op(p->out, s, v->op);
	fputc('\n', p->out);
	if (v->detail[0])
		fprintf(p->out, "%s%s\n", p->indent, v->detail);
	if (has_results(v) && result_same(&v->want, &v->got)) {
		fprintf(p->out, "%sresult as expected: %s\n", p->indent,
			draw_result(buf, sizeof(buf), &v->got));
	} else if (has_results(v)) {
		fprintf(p->out, "%sexpected: %s\n", p->indent,
			draw_result(buf, sizeof(buf), &v->want));
		fprintf(p->out, "%sgot:      %s\n", p->indent,
			draw_result(buf, sizeof(buf), &v->got));
	}
	if (step < 0 || !t->step[step].judged)
		return;
	if (!draw_tables(p, s, t, step) && v->table >= 0)
		draw_deviation(p, s, v, t, step);
}

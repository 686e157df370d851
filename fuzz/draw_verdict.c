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

static bool in_memory(const struct verdict *v)
{
	switch (v->kind) {
	case VERDICT_OVERLAP:
	case VERDICT_SILENT_LOSS:
	case VERDICT_ANNOUNCED_LOSS:
	case VERDICT_STRAY:
	case VERDICT_FRAME:
	case VERDICT_WRONG_TYPE:
		return v->table >= 0;
	default:
		return false;
	}
}

/* The processes' deaths have no result to compare. */
static bool has_results(const struct verdict *v)
{
	return v->kind != VERDICT_OUT_OF_BOUNDS && v->kind != VERDICT_UNINITIALISED &&
	       v->kind != VERDICT_UNDEFINED && v->kind != VERDICT_CRASH;
}

static void draw_tables(const struct pen *p, const struct scenario *s, const struct trace *t,
			unsigned int step)
{
	for (unsigned int i = 0; i < s->family->nr_tables; i++) {
		struct table want = trace_want(t, step, i), got = trace_got(t, step, i);

		if (draw_same(&want, &got))
			continue;
		fprintf(p->out, "%s%s, expected (-) against got (+):\n", p->indent,
			s->family->tables[i].name);
		draw_change(p, &s->family->tables[i], &want, &got);
	}
}

void draw_verdict(const struct pen *p, const struct scenario *s, const struct verdict *v,
		  const struct trace *t)
{
	int step = t ? trace_step_of(t, v->op) : -1;
	char buf[64], type[16];

	fprintf(p->out, "%s%s%s%s at op %u (%s): ", p->indent, p->colour ? "\033[1m" : "",
		verdict_name(v->kind), p->colour ? "\033[0m" : "", v->op, legality_name(v->legality));
	if (v->op < s->nr)
		scenario_print_op(p->out, s, v->op);
	fputc('\n', p->out);
	if (v->detail[0])
		fprintf(p->out, "%s%s\n", p->indent, v->detail);
	if (has_results(v)) {
		fprintf(p->out, "%sexpected: %s\n", p->indent,
			draw_result(buf, sizeof(buf), &v->want));
		fprintf(p->out, "%sgot:      %s\n", p->indent,
			draw_result(buf, sizeof(buf), &v->got));
	}
	if (in_memory(v)) {
		const struct table_desc *d = &s->family->tables[v->table];
		const char *name = d->type_name ? d->type_name(v->type) : NULL;

		snprintf(type, sizeof(type), "0x%x", v->type);
		fprintf(p->out, "%s%s [0x%016llx-0x%016llx]%s%s: expected %u, got %u\n", p->indent,
			d->name, (unsigned long long)v->start, (unsigned long long)v->last,
			d->type_name ? " " : "", d->type_name ? name ? name : type : "",
			v->want_cover, v->got_cover);
	}
	if (step >= 0 && t->step[step].judged)
		draw_tables(p, s, t, step);
}

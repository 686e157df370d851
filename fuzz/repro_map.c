// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "repro_map.h"

#define LINE	256

static unsigned int count_lines(FILE *f)
{
	unsigned int n = 0;
	int c;

	rewind(f);
	while ((c = fgetc(f)) != EOF)
		n += c == '\n';
	return n;
}

/* The lines of @f, those in the middle left out where there are too many. */
static void copy(FILE *out, FILE *f)
{
	unsigned int nr = count_lines(f), left_out = nr > MAP_LINES ? nr - MAP_LINES : 0;
	unsigned int from = MAP_LINES / 2, at = 0;
	char line[LINE];

	rewind(f);
	for (; fgets(line, sizeof(line), f); at++) {
		if (left_out && at == from)
			fprintf(out, "      ... %u lines left out\n", left_out);
		if (at < from || at >= from + left_out)
			fputs(line, out);
	}
}

static void draw(FILE *out, const struct table_desc *d, const struct table *a,
		 const struct table *b)
{
	struct pen pen = { .indent = "" };

	pen.out = tmpfile();
	if (!pen.out)
		return;
	draw_change(&pen, d, a, b);
	copy(out, pen.out);
	fclose(pen.out);
}

/* Before and after the op; where it did not come back only before. */
static void around(const struct repro *r, unsigned int table, struct table *before,
		   struct table *after)
{
	int step = trace_step_of(r->trace, r->verdict.op);
	unsigned int last = step >= 0 ? (unsigned int)step : r->trace->nr;

	*before = last ? trace_got(r->trace, last - 1, table) : trace_first(r->trace, table);
	*after = step >= 0 ? trace_got(r->trace, last, table) : *before;
}

/* The verdict's own interval, as a line of the drawing. */
static void deviation(FILE *out, const struct verdict *v)
{
	fprintf(out, "!    [0x%016llx-0x%016llx] expected %u, got %u\n",
		(unsigned long long)v->start, (unsigned long long)v->last, v->want_cover,
		v->got_cover);
}

/* Was nothing of table @i to change? Then before and after are expected and seen. */
static bool as_before(const struct repro *r, unsigned int i)
{
	int step = trace_step_of(r->trace, r->verdict.op);
	struct table before, after, want;

	if (step < 0 || !r->trace->step[step].judged ||
	    r->scenario->family->tables[i].kind != TABLE_MEMORY)
		return false;
	around(r, i, &before, &after);
	want = trace_want(r->trace, step, i);
	return draw_same(&want, &before) && !draw_same(&before, &after);
}

/*
 * Where the tables themselves are, and what the code remembers beside them, are of no use to a
 * reader unless they are what is wrong.
 */
static bool is_beside(const struct repro *r, unsigned int i)
{
	const char *name = r->scenario->family->tables[i].name;

	return (!strcmp(name, "own") || !strcmp(name, "settings")) && r->verdict.table != (int)i;
}

static bool draw_around(FILE *out, const struct repro *r, bool changed_only)
{
	const struct family *f = r->scenario->family;
	bool any = false;

	for (unsigned int i = 0; i < f->nr_tables; i++) {
		const struct table_desc *d = &f->tables[i];
		struct table before, after;
		bool same;

		if (d->kind != TABLE_MEMORY || is_beside(r, i))
			continue;
		around(r, i, &before, &after);
		same = draw_same(&before, &after);
		if ((!before.nr && !after.nr) || (same && changed_only))
			continue;
		fprintf(out, "Table \"%s\" %s%s:\n\n", d->name,
			same ? "before the last call" :
			       "before (-) and after (+) the last call",
			as_before(r, i) ? "; expected: no change" : "");
		draw(out, d, &before, &after);
		if (r->verdict.table == (int)i)
			deviation(out, &r->verdict);
		fputc('\n', out);
		any = true;
	}
	return any;
}

/* Totals and the like follow from memory: they are told where they alone are what is wrong. */
static bool follows(const struct repro *r, unsigned int i)
{
	return r->scenario->family->tables[i].kind == TABLE_REPORT && r->verdict.table >= 0 &&
	       r->verdict.table != (int)i;
}

/* Only where the verdict is of a call that a model predicted. */
static void draw_expected(FILE *out, const struct repro *r)
{
	const struct family *f = r->scenario->family;
	int step = trace_step_of(r->trace, r->verdict.op);

	if (step < 0 || !r->trace->step[step].judged)
		return;
	for (unsigned int i = 0; i < f->nr_tables; i++) {
		struct table want = trace_want(r->trace, step, i);
		struct table got = trace_got(r->trace, step, i);

		if (draw_same(&want, &got) || as_before(r, i) || follows(r, i))
			continue;
		fprintf(out, "Table \"%s\" expected (-) and got (+):\n\n", f->tables[i].name);
		draw(out, &f->tables[i], &want, &got);
		fputc('\n', out);
	}
}

void repro_map(FILE *out, const struct repro *r)
{
	if (!draw_around(out, r, true))
		draw_around(out, r, false);
	draw_expected(out, r);
	if (r->trace->full)
		fputs("(the record of the run was full before its end)\n\n", out);
}

// SPDX-License-Identifier: GPL-2.0-only
/* The verdict as the one check that fails, and what ops made of the tables in a few words. */
#include <inttypes.h>
#include <string.h>

#include "draw.h"
#include "repro_c.h"

#define NOTE_ROWS	2	/* rows of a table that a note names */

static bool is_report(enum verdict_kind kind)
{
	return kind == VERDICT_OUT_OF_BOUNDS || kind == VERDICT_UNINITIALISED ||
	       kind == VERDICT_UNDEFINED || kind == VERDICT_CRASH;
}

static bool is_end(enum verdict_kind kind)
{
	return kind == VERDICT_MISSING_PANIC || kind == VERDICT_UNEXPECTED_PANIC ||
	       kind == VERDICT_UNMAPPED || kind == VERDICT_HANG;
}

static bool is_result(enum verdict_kind kind)
{
	return kind == VERDICT_WRONG_RESULT || kind == VERDICT_DIFFERS;
}

/* The table that is wrong, as expected; false: the record does not tell. */
static bool wanted(const struct repro *r, struct table *want, struct table *got)
{
	int step = trace_step_of(r->trace, r->verdict.op);

	if (step < 0 || !r->trace->step[step].judged)
		return false;
	*want = trace_want(r->trace, step, r->verdict.table);
	*got = trace_got(r->trace, step, r->verdict.table);
	return true;
}

const char *c_check_refuses(const struct repro *r)
{
	const struct verdict *v = &r->verdict;
	struct table want, got;

	if (r->whole || !is_result(v->kind) || v->table < 0)
		return NULL;
	if (!wanted(r, &want, &got))
		return "the record of the run ends before the op that goes wrong";
	if (draw_same(&want, &got))
		return "no single row is wrong: the table holds all that it can, and that is too little";
	return NULL;
}

static void check_row(FILE *out, const struct repro *r)
{
	const struct verdict *v = &r->verdict;
	const struct family *f = r->scenario->family;
	const char *name = f->tables[v->table].name;
	struct table want, got;
	const struct row *row;

	if (!wanted(r, &want, &got))
		return;
	if (v->row >= want.nr) {
		fprintf(out, "expect_rows(\"%s\", %u)", name, want.nr);
		return;
	}
	row = &want.rows[v->row];
	fprintf(out, "expect_row(\"%s\", %u, ", name, v->row);
	c_address(out, row->start);
	fputs(", ", out);
	c_size(out, row->size);
	fputs(", ", out);
	c_type(out, f, v->table, row->type);
	fprintf(out, row->flags > 9 ? ", %#x)" : ", %u)", row->flags);
}

static const char *const outcomes[] = {
	[OUT_RETURN] = "OUT_RETURN", [OUT_PANIC] = "OUT_PANIC", [OUT_BUG] = "OUT_BUG",
	[OUT_UNMAPPED] = "OUT_UNMAPPED", [OUT_HANG] = "OUT_HANG",
};

static void check_said(FILE *out, unsigned int said)
{
	static const char *const name[] = { "SAID_ERROR", "SAID_WARNING", "SAID_WARN" };
	bool any = false;

	fputs("expect_said(", out);
	for (unsigned int i = 0; i < 3; i++) {
		if (!(said >> i & 1))
			continue;
		fprintf(out, "%s%s", any ? " | " : "", name[i]);
		any = true;
	}
	fputs(any ? ")" : "0)", out);
}

void c_check(FILE *out, const struct repro *r)
{
	const struct verdict *v = &r->verdict;

	if (r->whole) {
		fputs("NO_CHECK();", out);
		return;
	}
	fprintf(out, "CHECK(%u, ", v->op);
	if (is_report(v->kind)) {
		fputs("expect_no_report()", out);
	} else if (is_end(v->kind)) {
		fprintf(out, "expect_end(%s)", outcomes[v->want.outcome]);
	} else if (is_result(v->kind) && v->table >= 0) {
		check_row(out, r);
	} else if (is_result(v->kind) && v->want.value != v->got.value) {
		fputs("expect_return(", out);
		if ((int64_t)v->want.value < 0 && (int64_t)v->want.value >= -4095)
			fprintf(out, "%" PRId64, (int64_t)v->want.value);
		else
			c_address(out, v->want.value);
		fputc(')', out);
	} else if (is_result(v->kind)) {
		check_said(out, v->want.said);
	} else {
		fprintf(out, "expect_cover(\"%s\", ", r->scenario->family->tables[v->table].name);
		c_address(out, v->start);
		fputs(", ", out);
		c_address(out, v->last);
		fputs(", ", out);
		c_type(out, r->scenario->family, v->table, v->type);
		fprintf(out, ", %u)", v->want_cover);
	}
	fputs(");", out);
}

/* --- notes --- */

static bool has_row(const struct table *t, const struct row *r)
{
	for (unsigned int i = 0; i < t->nr; i++)
		if (!memcmp(&t->rows[i], r, sizeof(*r)))
			return true;
	return false;
}

/* Rows of @a that @b lacks, with @sign in front. */
static void note_rows(FILE *out, const struct table_desc *d, char sign, const struct table *a,
		      const struct table *b, bool *any)
{
	unsigned int told = 0;

	for (unsigned int i = 0; i < a->nr; i++) {
		const struct row *r = &a->rows[i];
		const char *type = d->type_name ? d->type_name(r->type) : NULL;

		if (!r->size || has_row(b, r))
			continue;
		if (told++ == NOTE_ROWS) {
			fputs(" ...", out);
			return;
		}
		if (!*any)
			fprintf(out, ", %s:", d->name);
		*any = true;
		fprintf(out, " %c[%#" PRIx64 "-%#" PRIx64 "]%s%s", sign, r->start, row_end(r) - 1,
			type ? " " : "", type ? type : "");
	}
}

void c_note(FILE *out, const struct repro *r, unsigned int op)
{
	const struct family *f = r->scenario->family;
	int step = trace_step_of(r->trace, op);
	char buf[64];

	if (step < 0) {
		fputs("does not return", out);
		return;
	}
	fputs(draw_result(buf, sizeof(buf), &r->trace->step[step].got), out);
	for (unsigned int i = 0; i < f->nr_tables; i++) {
		struct table after = trace_got(r->trace, step, i);
		struct table before = step ? trace_got(r->trace, step - 1, i) :
					     trace_first(r->trace, i);
		bool any = false;

		if (f->tables[i].kind != TABLE_MEMORY)
			continue;
		note_rows(out, &f->tables[i], '-', &before, &after, &any);
		note_rows(out, &f->tables[i], '+', &after, &before, &any);
	}
}

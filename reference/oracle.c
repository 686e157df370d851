// SPDX-License-Identifier: GPL-2.0-only
/*
 * The oracle: is what a subject did what the contract expects, and if not, how bad is it?
 *
 * The order of judgement:
 *
 *  1. how the op ended (hang, unmapped, missing and unexpected panics);
 *  2. tables of memory: who owns which byte. Of all deviating intervals the worst is named, and of
 *     several as bad the lowest: loss, overlap, stray, frame, wrong type;
 *  3. the value returned and the tables of reports: wrong result;
 *  4. the exact layer: differs.
 *
 * An interval is
 *     lost        when it has fewer owners than it should, wherever it lies,
 *     frame       when it lies outside of what the op may change and deviates in any other way,
 *     overlap     when it has more owners than it should and should have one,
 *     stray       when it has an owner and should have none,
 *     wrong type  when it has the right number of owners of another type.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contract/model.h"

#define EDGES_MAX	8192
#define TYPES_MAX	1024
#define DETAIL_COLUMNS	79

static bool same_rows(const struct table *a, const struct table *b)
{
	return a->nr == b->nr &&
	       (!a->nr || !memcmp(a->rows, b->rows, a->nr * sizeof(struct row)));
}

/* Fast path: rows and sums as expected, and the expected rows are what the contract asks for. */
static bool same_tables(const struct expect *e, const struct state *st)
{
	bool same = st->nr_tables == e->rows.nr_tables;

	for (unsigned int i = 0; i < e->rows.nr_tables && same; i++)
		same = e->sum[i] == e->row_sum[i] &&
		       same_rows(&st->table[i], &e->rows.table[i]);
	return same;
}

/* --- how the op ended --- */

static enum verdict_kind judge_outcome(enum outcome want, enum outcome got)
{
	if (got == want)
		return VERDICT_PASS;
	if (got == OUT_HANG)
		return VERDICT_HANG;
	if (got == OUT_UNMAPPED)
		return VERDICT_UNMAPPED;
	return got == OUT_RETURN ? VERDICT_MISSING_PANIC : VERDICT_UNEXPECTED_PANIC;
}

/* --- who owns which byte --- */

/* Worse ones last. */
static int severity(enum verdict_kind kind)
{
	static const enum verdict_kind order[] = {
		VERDICT_WRONG_TYPE, VERDICT_FRAME, VERDICT_STRAY, VERDICT_OVERLAP,
		VERDICT_ANNOUNCED_LOSS, VERDICT_SILENT_LOSS,
	};

	for (unsigned int i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		if (order[i] == kind)
			return i;
	return -1;
}

static int compare_addr(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static int compare_type(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/*
 * All that is needed to compare one table. Between two neighbouring edges neither layer changes.
 * The sweep is quadratic, which does not matter: it runs once per deviation.
 */
struct sweep {
	const struct model *m;
	const void *state;
	const struct expect *e;
	const struct result *res;
	const struct table *got;
	unsigned int table;
	unsigned int nr_edges, nr_types;
	uint64_t edge[EDGES_MAX];
	uint32_t type[TYPES_MAX];
};

static void sweep_init(struct sweep *w)
{
	unsigned int room = EDGES_MAX - 1, kept;

	w->edge[0] = 0;
	w->nr_edges = 1 + w->m->edges(w->state, w->edge + 1, room);
	w->nr_types = w->m->types(w->state, w->table, w->type, TYPES_MAX / 2);
	for (unsigned int i = 0; i < w->got->nr; i++) {
		const struct row *r = &w->got->rows[i];

		if (!r->size)
			continue;
		if (w->nr_types < TYPES_MAX)
			w->type[w->nr_types++] = r->type;
		if (w->nr_edges + 2 > EDGES_MAX)
			continue;
		w->edge[w->nr_edges++] = r->start;
		if (row_end(r))
			w->edge[w->nr_edges++] = row_end(r);
	}
	qsort(w->edge, w->nr_edges, sizeof(w->edge[0]), compare_addr);
	qsort(w->type, w->nr_types, sizeof(w->type[0]), compare_type);
	kept = 0;
	for (unsigned int i = 0; i < w->nr_edges; i++)
		if (!kept || w->edge[i] != w->edge[kept - 1])
			w->edge[kept++] = w->edge[i];
	w->nr_edges = kept;
	kept = 0;
	for (unsigned int i = 0; i < w->nr_types; i++)
		if (!kept || w->type[i] != w->type[kept - 1])
			w->type[kept++] = w->type[i];
	w->nr_types = kept;
}

static bool announced(const struct sweep *w)
{
	return w->res->said || (w->e->refuses && w->res->value == w->e->refusal);
}

/* What is wrong from byte @addr to the next edge, both inclusive; VERDICT_PASS: nothing. */
struct deviation {
	enum verdict_kind kind;
	uint32_t type;			/* whose cover deviates */
	uint32_t instead;		/* wrong type: the type that took its place */
	unsigned int want, got;		/* its cover */
};

static struct deviation deviation_at(const struct sweep *w, uint64_t addr)
{
	unsigned int want_all = 0, got_all = 0;
	struct deviation fewer = { .kind = VERDICT_PASS }, more = fewer, *d;
	bool outside = addr < w->e->start || addr > w->e->last ||
		       !(w->e->may_change >> w->table & 1);

	for (unsigned int i = 0; i < w->nr_types; i++) {
		unsigned int want = w->m->cover(w->state, w->table, addr, w->type[i]);
		unsigned int got = rows_cover(w->got->rows, w->got->nr, addr, w->type[i]);

		want_all += want;
		got_all += got;
		d = got < want ? &fewer : &more;
		if (got == want || d->kind != VERDICT_PASS)
			continue;
		*d = (struct deviation){ VERDICT_WRONG_TYPE, w->type[i], 0, want, got };
	}
	if (fewer.kind == VERDICT_PASS && more.kind == VERDICT_PASS)
		return fewer;
	d = got_all > want_all ? &more : &fewer;
	d->instead = more.type;
	if (got_all < want_all)
		d->kind = announced(w) ? VERDICT_ANNOUNCED_LOSS : VERDICT_SILENT_LOSS;
	else if (outside)
		d->kind = VERDICT_FRAME;
	else if (got_all > want_all)
		d->kind = want_all ? VERDICT_OVERLAP : VERDICT_STRAY;
	return *d;
}

static bool same_deviation(const struct deviation *a, const struct deviation *b)
{
	return a->kind == b->kind && a->type == b->type && a->instead == b->instead &&
	       a->want == b->want && a->got == b->got;
}

/* A type's name with a space before it, or its number, or nothing where rows have no types. */
static const char *name_type(const struct table_desc *t, uint32_t type, char *buf, size_t size)
{
	const char *name = t->type_name ? t->type_name(type) : NULL;

	if (name)
		snprintf(buf, size, " %s", name);
	else if (t->type_name)
		snprintf(buf, size, " type %#" PRIx32, type);
	else
		buf[0] = '\0';
	return buf;
}

static void describe(const struct sweep *w, const struct deviation *d, struct verdict *v)
{
	const struct table_desc *t = &w->m->family->tables[w->table];
	char type[32], instead[32];
	int n;

	name_type(t, d->type, type, sizeof(type));
	name_type(t, d->instead, instead, sizeof(instead));
	if (d->want > d->got && d->instead != d->type && d->kind != VERDICT_SILENT_LOSS &&
	    d->kind != VERDICT_ANNOUNCED_LOSS) {
		snprintf(v->detail, sizeof(v->detail),
			 "%s [%#" PRIx64 "-%#" PRIx64 "]: expected%s, got%s", t->name, v->start,
			 v->last, type, instead);
		return;
	}
	n = snprintf(v->detail, sizeof(v->detail),
		     "%s [%#" PRIx64 "-%#" PRIx64 "]%s: expected %u owner%s, got %u", t->name,
		     v->start, v->last, type, d->want, d->want == 1 ? "" : "s", d->got);
	if (n > DETAIL_COLUMNS)
		snprintf(v->detail, sizeof(v->detail),
			 "%s [%#" PRIx64 "-%#" PRIx64 "]%s: want %u, got %u", t->name, v->start,
			 v->last, type, d->want, d->got);
}

/* Return: false when a byte of this table has an owner that it should not have, or the reverse. */
static bool judge_memory(struct sweep *w, struct verdict *v)
{
	struct deviation worst = { .kind = VERDICT_PASS }, before = worst;
	bool extending = false;

	sweep_init(w);
	for (unsigned int i = 0; i < w->nr_edges; i++) {
		struct deviation d = deviation_at(w, w->edge[i]);
		uint64_t last = i + 1 < w->nr_edges ? w->edge[i + 1] - 1 : UINT64_MAX;

		extending &= same_deviation(&d, &before);
		if (severity(d.kind) > severity(worst.kind)) {
			worst = d;
			v->start = w->edge[i];
			extending = true;
		}
		if (extending)
			v->last = last;
		before = d;
	}
	if (worst.kind == VERDICT_PASS)
		return true;
	v->kind = worst.kind;
	v->table = w->table;
	v->type = worst.type;
	v->want_cover = worst.want;
	v->got_cover = worst.got;
	describe(w, &worst, v);
	return false;
}

/* Every table of memory; the worst deviation of all of them. */
static bool judge_memories(struct sweep *w, const struct state *st, struct verdict *v)
{
	const struct family *f = w->m->family;
	bool good = true;

	for (unsigned int i = 0; i < f->nr_tables && i < st->nr_tables; i++) {
		struct verdict here = *v;

		if (f->tables[i].kind != TABLE_MEMORY ||
		    table_sum(&st->table[i]) == w->e->sum[i])
			continue;
		w->table = i;
		w->got = &st->table[i];
		if (!judge_memory(w, &here) && severity(here.kind) > severity(v->kind)) {
			*v = here;
			good = false;
		}
	}
	return good;
}

/* --- results and reports --- */

static bool judge_value(const struct expect *e, const struct result *res, enum verdict_kind kind,
			struct verdict *v)
{
	if (res->value == e->result.value)
		return true;
	v->kind = kind;
	snprintf(v->detail, sizeof(v->detail),
		 "returned %#" PRIx64 " (%" PRId64 "), expected %#" PRIx64 " (%" PRId64 ")",
		 res->value, (int64_t)res->value, e->result.value, (int64_t)e->result.value);
	return false;
}

static void name_row(const struct table_desc *t, const struct table *rows, unsigned int i,
		     char *buf, size_t size)
{
	const struct row *r = &rows->rows[i];
	char type[32];

	if (i >= rows->nr)
		snprintf(buf, size, "no row");
	else if (!r->size)
		snprintf(buf, size, "%#" PRIx64 "+0%s", r->start,
			 name_type(t, r->type, type, sizeof(type)));
	else
		snprintf(buf, size, "%#" PRIx64 "-%#" PRIx64 "%s", r->start, row_end(r) - 1,
			 name_type(t, r->type, type, sizeof(type)));
}

static bool same_row(const struct table *a, const struct table *b, unsigned int i)
{
	return i < a->nr && i < b->nr && !memcmp(&a->rows[i], &b->rows[i], sizeof(struct row));
}

/* The first row that differs, as a verdict of @kind. */
static bool judge_rows(const struct model *m, const struct expect *e, const struct state *st,
		       unsigned int table, enum verdict_kind kind, struct verdict *v)
{
	const struct table *want = &e->rows.table[table], *got = &st->table[table];
	const struct table_desc *t = &m->family->tables[table];
	char is[60], should[60];
	unsigned int i = 0;

	while (same_row(want, got, i))
		i++;
	if (i == want->nr && i == got->nr)
		return true;
	v->kind = kind;
	v->table = table;
	v->row = i;
	name_row(t, want, i, should, sizeof(should));
	name_row(t, got, i, is, sizeof(is));
	/* What the row says may be equal to the eye: then it is the second word. */
	if (!strcmp(should, is))
		snprintf(v->detail, sizeof(v->detail), "%s row %u: flags %#x, expected %#x",
			 t->name, i, got->rows[i].flags, want->rows[i].flags);
	else
		snprintf(v->detail, sizeof(v->detail), "%s row %u: %s, expected %s", t->name, i,
			 is, should);
	return false;
}

/*
 * Does a report state other facts than expected? Empty rows and their order are the exact layer's.
 */
static bool same_facts(const struct table *want, const struct table *got, uint64_t sum)
{
	if (table_sum(got) != sum)
		return false;
	for (unsigned int i = 0; i < want->nr && i < got->nr; i++) {
		const struct row *a = &want->rows[i], *b = &got->rows[i];

		if (a->size && a->start == b->start && a->size == b->size && a->type == b->type &&
		    a->flags != b->flags)
			return false;
	}
	return true;
}

static bool judge_reports(const struct model *m, const struct expect *e, const struct state *st,
			  struct verdict *v)
{
	for (unsigned int i = 0; i < m->family->nr_tables; i++) {
		const struct table *want = &e->rows.table[i];
		uint64_t sum = e->sum[i] == e->row_sum[i] ? table_sum(want) : e->sum[i];

		if (m->family->tables[i].kind != TABLE_REPORT ||
		    same_facts(want, &st->table[i], sum))
			continue;
		/*
		 * Rows as predicted, and yet not what the contract asks for: a table that is full.
		 */
		if (judge_rows(m, e, st, i, VERDICT_WRONG_RESULT, v)) {
			v->kind = VERDICT_WRONG_RESULT;
			v->table = i;
			snprintf(v->detail, sizeof(v->detail), "%s: not what the table should hold",
				 m->family->tables[i].name);
		}
		return false;
	}
	return true;
}

/* --- all together --- */

/* By enum announcement. */
static const char *const words[] = {
	"nothing", "an error", "a warning", "an error and a warning", "a WARN",
	"an error and a WARN", "a warning and a WARN", "an error, a warning and a WARN",
};

static bool judge(const struct model *m, const void *state, const struct expect *e,
		  const struct result *res, const struct state *st, struct verdict *v)
{
	static struct sweep w;	/* large; one oracle a process */

	v->kind = judge_outcome(e->result.outcome, res->outcome);
	if (v->kind != VERDICT_PASS) {
		snprintf(v->detail, sizeof(v->detail), "ended with %s, expected %s",
			 outcome_name(res->outcome), outcome_name(e->result.outcome));
		return false;
	}
	if (res->outcome != OUT_RETURN)
		return true;
	if (st->nr_tables != m->family->nr_tables) {
		v->kind = VERDICT_DIFFERS;
		snprintf(v->detail, sizeof(v->detail), "shows %u tables, the family has %u",
			 st->nr_tables, m->family->nr_tables);
		return false;
	}
	w.m = m;
	w.state = state;
	w.e = e;
	w.res = res;
	if (!judge_memories(&w, st, v))
		return false;
	if (e->value_rule == VALUE_EXACT && !judge_value(e, res, VERDICT_WRONG_RESULT, v))
		return false;
	if (!judge_reports(m, e, st, v))
		return false;
	if (!judge_value(e, res, VERDICT_DIFFERS, v))
		return false;
	for (unsigned int i = 0; i < m->family->nr_tables; i++)
		if (!judge_rows(m, e, st, i, VERDICT_DIFFERS, v))
			return false;
	return true;
}

/* Is what was said what the model predicts, if it does? Of an op that returns. */
static bool same_words(const struct model *m, const struct expect *e, const struct result *res)
{
	return !m->says || e->result.said & SAID_UNKNOWN || res->outcome != OUT_RETURN ||
	       e->result.said == res->said;
}

bool oracle_check(const struct model *m, const void *state, const struct op *op,
		  const struct expect *e, const struct result *res, const struct state *st,
		  struct verdict *v)
{
	(void)op;
	if (e->cut)
		return true;
	if (res->outcome == e->result.outcome && res->value == e->result.value &&
	    same_words(m, e, res) && (res->outcome != OUT_RETURN || same_tables(e, st)))
		return true;
	*v = (struct verdict){
		.kind = VERDICT_PASS, .table = -1, .want = e->result, .got = *res,
		.legality = e->legality, .quirks = e->fired,
	};
	if (!judge(m, state, e, res, st, v))
		return false;
	if (same_words(m, e, res))
		return true;
	v->kind = VERDICT_DIFFERS;
	snprintf(v->detail, sizeof(v->detail), "said %s, expected %s", words[res->said & 7],
		 words[e->result.said & 7]);
	return false;
}

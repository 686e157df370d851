// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "contract/boot.h"
#include "contract/early_res.h"
#include "contract/memblock.h"
#include "draw.h"
#include "u64_compare.h"

#define ROWS_MAX	512		/* of one table; longer ones are drawn up to here */
#define BAR		16		/* columns */
#define BAR_FLAGS	5		/* where rows have a second word behind it */
#define CONTEXT		3		/* unchanged rows around a change */
#define TYPE_CUT	13		/* characters of a type with something behind it */
#define TYPE_ALONE	24

enum mark { SAME = ' ', GONE = '-', NEW = '+' };

/* A line of the drawing: a row of the one or the other table. */
struct line {
	enum mark mark;
	unsigned int index;
	const struct row *row;
};

/* The boundaries of all rows: a bar's columns, @bar of them, are ranks among them. */
struct axis {
	uint64_t edge[4 * ROWS_MAX];
	unsigned int nr, bar;
};

static const char *colour_of(const struct pen *p, enum mark m)
{
	if (!p->colour || m == SAME)
		return "";
	return m == GONE ? "\033[31m" : "\033[32m";
}

static bool row_same(const struct row *a, const struct row *b)
{
	return a->start == b->start && a->size == b->size && a->type == b->type &&
	       a->flags == b->flags;
}

static bool row_empty(const struct row *r)
{
	return !r->start && !r->size && !r->type && !r->flags;
}

bool draw_same(const struct table *a, const struct table *b)
{
	if (a->nr != b->nr)
		return false;
	for (unsigned int i = 0; i < a->nr; i++)
		if (!row_same(&a->rows[i], &b->rows[i]))
			return false;
	return true;
}

/* Slots that families show although they are empty are no lines; numbers always are. */
static unsigned int in_use(const struct table_desc *desc, const struct table *t,
			   unsigned int *index)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < t->nr && n < ROWS_MAX; i++)
		if (desc->kind == TABLE_REPORT || !row_empty(&t->rows[i]))
			index[n++] = i;
	return n;
}

/* Longest common subsequence: the fewest marked lines. */
static unsigned int merge(struct line *out, const struct table_desc *desc, const struct table *a,
			  const struct table *b)
{
	static unsigned short len[ROWS_MAX + 1][ROWS_MAX + 1];
	static unsigned int ia[ROWS_MAX], ib[ROWS_MAX];
	unsigned int na = in_use(desc, a, ia), nb = in_use(desc, b, ib), i, j, n = 0;

	for (i = 0; i <= na; i++)
		len[i][nb] = 0;
	for (j = 0; j <= nb; j++)
		len[na][j] = 0;
	for (i = na; i-- > 0;)
		for (j = nb; j-- > 0;) {
			unsigned short x = len[i + 1][j], y = len[i][j + 1];

			len[i][j] = x > y ? x : y;
			if (row_same(&a->rows[ia[i]], &b->rows[ib[j]]))
				len[i][j] = len[i + 1][j + 1] + 1;
		}
	for (i = 0, j = 0; i < na || j < nb;) {
		if (i < na && j < nb && row_same(&a->rows[ia[i]], &b->rows[ib[j]])) {
			out[n++] = (struct line){ SAME, ib[j], &b->rows[ib[j]] };
			i++, j++;
		} else if (j == nb || (i < na && len[i + 1][j] >= len[i][j + 1])) {
			out[n++] = (struct line){ GONE, ia[i], &a->rows[ia[i]] };
			i++;
		} else {
			out[n++] = (struct line){ NEW, ib[j], &b->rows[ib[j]] };
			j++;
		}
	}
	return n;
}

/* A row's end; the end of the address space is the last edge of all. */
static uint64_t drawn_end(const struct row *r)
{
	uint64_t end = r->start + r->size;

	return end < r->start ? UINT64_MAX : end;
}

static void axis_of(struct axis *x, const struct line *line, unsigned int nr)
{
	unsigned int n = 0;

	x->nr = 0;
	x->bar = BAR;
	for (unsigned int i = 0; i < nr; i++) {
		x->edge[x->nr++] = line[i].row->start;
		x->edge[x->nr++] = drawn_end(line[i].row);
		if (line[i].row->flags)
			x->bar = BAR_FLAGS;
	}
	qsort(x->edge, x->nr, sizeof(x->edge[0]), u64_compare);
	for (unsigned int i = 0; i < x->nr; i++)
		if (!n || x->edge[n - 1] != x->edge[i])
			x->edge[n++] = x->edge[i];
	x->nr = n;
}

static unsigned int rank(const struct axis *x, uint64_t value)
{
	const uint64_t *at = bsearch(&value, x->edge, x->nr, sizeof(value), u64_compare);

	return at ? at - x->edge : 0;
}

static void bar(char *out, const struct axis *x, const struct row *r)
{
	unsigned int spans = x->nr > 1 ? x->nr - 1 : 1;
	unsigned int from = rank(x, r->start) * x->bar / spans;
	unsigned int to = rank(x, drawn_end(r)) * x->bar / spans;

	memset(out, ' ', x->bar);
	out[x->bar] = 0;
	if (!r->size)
		return;
	if (from >= x->bar)
		from = x->bar - 1;
	if (to <= from)
		to = from + 1;
	memset(out + from, '#', to - from);
}

static const char *type_of(char *buf, size_t size, const struct table_desc *desc, uint32_t type)
{
	const char *name = desc->type_name ? desc->type_name(type) : "";

	if (name)
		return name;
	snprintf(buf, size, "type 0x%x", type);
	return buf;
}

static bool is_own(const struct table_desc *desc)
{
	return desc == &memblock_family.tables[M_OWN] || desc == &boot_family.tables[B_OWN] ||
	       desc == &early_res_family.tables[E_RES_OWN];
}

static bool is_regions(const struct table_desc *desc)
{
	return desc >= memblock_family.tables && desc <= &memblock_family.tables[M_PHYSMEM];
}

/* The second word of a row: slots of a place, the node that is said of a region, else a type. */
static const char *flags_of(char *buf, size_t size, const struct table_desc *desc, uint32_t flags)
{
	if (is_own(desc))
		snprintf(buf, size, "%u slots", flags);
	else if (is_regions(desc) && flags >= MEMBLOCK_NODES)
		return "no node";
	else if (is_regions(desc))
		snprintf(buf, size, "node%u", flags);
	else
		return type_of(buf, size, desc, flags);
	return buf;
}

/* "[first-last]", a bare number where rows are numbers, or where an empty entry stands */
static const char *range_of(char *buf, size_t size, const struct table_desc *desc,
			    const struct row *r)
{
	unsigned long long start = r->start;

	if (r->size)
		snprintf(buf, size, "[0x%016llx-0x%016llx]", start, start + r->size - 1);
	else if (desc->kind == TABLE_REPORT && !desc->type_name)
		snprintf(buf, size, "%llu", start);
	else
		snprintf(buf, size, "0x%016llx, size 0", start);
	return buf;
}

static void draw_row(const struct pen *p, const struct table_desc *desc, const struct axis *x,
		     const struct line *l)
{
	const struct row *r = l->row;
	char type[24], flags[24], range[48], bars[BAR + 1] = "", text[128];
	size_t n;

	if (desc->kind == TABLE_MEMORY)
		bar(bars, x, r);
	n = snprintf(text, sizeof(text), "%c%3u %-39s %-13.*s %s%s%s", l->mark, l->index,
		     range_of(range, sizeof(range), desc, r),
		     desc->kind == TABLE_MEMORY || r->flags ? TYPE_CUT : TYPE_ALONE,
		     type_of(type, sizeof(type), desc, r->type), bars, *bars && r->flags ? " " : "",
		     r->flags ? flags_of(flags, sizeof(flags), desc, r->flags) : "");
	while (n && text[n - 1] == ' ')
		n--;
	fprintf(p->out, "%s%s%.*s%s\n", p->indent, colour_of(p, l->mark), (int)n, text,
		p->colour && l->mark != SAME ? "\033[0m" : "");
}

/* Is there a change within CONTEXT lines of @at? */
static bool near_change(const struct line *line, unsigned int nr, unsigned int at)
{
	unsigned int from = at > CONTEXT ? at - CONTEXT : 0;

	for (unsigned int i = from; i < nr && i <= at + CONTEXT; i++)
		if (line[i].mark != SAME)
			return true;
	return false;
}

void draw_change(const struct pen *p, const struct table_desc *desc, const struct table *before,
		 const struct table *after)
{
	static struct line line[2 * ROWS_MAX];
	static struct axis axis;
	unsigned int nr = merge(line, desc, before, after), left_out = 0;

	axis_of(&axis, line, nr);
	for (unsigned int i = 0; i <= nr; i++) {
		if (i < nr && !p->full && nr > 4 * CONTEXT && !near_change(line, nr, i)) {
			left_out++;
			continue;
		}
		if (left_out)
			fprintf(p->out, "%s    ... %u unchanged\n", p->indent, left_out);
		left_out = 0;
		if (i < nr)
			draw_row(p, desc, &axis, &line[i]);
	}
}

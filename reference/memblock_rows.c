// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memblock model, exact layer: each collection as its regions, sorted, disjoint and minimal:
 * neighbours with the same flags and the same node, said the same way, are one.
 */
#include "memblock_model.h"

static inline uint64_t sum_of(const struct row *r)
{
	return range_sum(r->type, r->start, memblock_row_end(r));
}

unsigned int memblock_rows_from(const struct memblock_state *s, unsigned int table, uint64_t addr)
{
	const struct row *rows = memblock_rows(s, table);
	unsigned int low = 0, nr = s->nr[table];

	while (nr) {
		unsigned int half = nr / 2;

		if (memblock_row_end(&rows[low + half]) <= addr) {
			low += half + 1;
			nr -= half + 1;
		} else {
			nr = half;
		}
	}
	return low;
}

unsigned int memblock_rows_missing(const struct memblock_state *s, unsigned int table,
				   struct memblock_range r)
{
	const struct row *rows = memblock_rows(s, table);
	unsigned int missing = 0;
	uint64_t at = r.start;

	for (unsigned int i = memblock_rows_from(s, table, r.start);
	     i < s->nr[table] && rows[i].start < r.end; i++) {
		missing += at < rows[i].start;
		at = memblock_row_end(&rows[i]);
	}
	return missing + (at < r.end);
}

/* Regions that take the place of others. More than a collection and its gaps can be. */
static struct {
	unsigned int nr;
	struct row row[2 * MEMBLOCK_ROWS + 4];
} fresh;

static void put(uint64_t start, uint64_t end, uint32_t type, uint32_t nid)
{
	struct row *last = fresh.nr ? &fresh.row[fresh.nr - 1] : NULL;

	if (start >= end)
		return;
	if (last && memblock_row_end(last) == start && last->type == type &&
	    last->flags == nid)
		last->size = end - last->start;
	else
		fresh.row[fresh.nr++] = (struct row){ start, end - start, type, nid };
}

/* What a region's part that is inside becomes: its type, MEMBLOCK_NOWHERE: nothing. */
static inline uint32_t becomes(uint32_t type, enum memblock_how how, uint32_t arg)
{
	switch (how) {
	case COVER:
		break;
	case DROP:
		return MEMBLOCK_NOWHERE;
	case DROP_MAPPED:
		return type & MEMBLOCK_F_NOMAP ? type : MEMBLOCK_NOWHERE;
	case SET_FLAGS:
		return type | arg;
	case CLEAR_FLAGS:
		return type & ~arg;
	case SET_NODE:
		return memblock_row_type(type, arg);
	}
	return type;
}

/* Regions @from up to @to, exclusive, give way to the fresh ones. False: no space. */
static bool replace(struct memblock_state *s, unsigned int table, unsigned int from,
		    unsigned int to)
{
	unsigned int n = fresh.nr;
	struct row *rows;

	if (s->nr[table] - (to - from) + n > MEMBLOCK_ROWS) {
		s->overflow = true;
		return false;
	}
	if (n > to - from && !memblock_more_space(s, table, n - (to - from)))
		return false;
	rows = memblock_rows(s, table);
	if (n != to - from)
		memmove(&rows[from + n], &rows[to], (s->nr[table] - to) * sizeof(rows[0]));
	s->nr[table] += n - (to - from);
	for (unsigned int i = 0; i < n; i++)
		rows[from + i] = fresh.row[i];
	return true;
}

/* What changes of a collection's fingerprint and of its bytes. */
struct change {
	uint64_t sum, total;
};

static void put_new(struct change *c, uint64_t start, uint64_t end, uint32_t type, uint32_t nid)
{
	if (start >= end)
		return;
	c->sum += range_sum(type, start, end);
	c->total += end - start;
	put(start, end, type, nid);
}

static void put_changed(struct change *c, const struct row *r, uint64_t start, uint64_t end,
			enum memblock_how how, uint32_t arg)
{
	uint32_t type = becomes(r->type, how, arg);

	if (type != r->type)
		c->sum -= range_sum(r->type, start, end);
	if (type == MEMBLOCK_NOWHERE) {
		c->total -= end - start;
		return;
	}
	if (type != r->type)
		c->sum += range_sum(type, start, end);
	put(start, end, type, how == SET_NODE ? arg : r->flags);
}

void memblock_rows_change(struct memblock_state *s, unsigned int table, struct memblock_range r,
			  enum memblock_how how, uint32_t arg, uint32_t nid)
{
	unsigned int from = memblock_rows_from(s, table, r.start), to = from;
	const struct row *rows = memblock_rows(s, table);
	bool first = !s->nr[table];
	struct change c = { 0, 0 };
	uint64_t at = r.start;

	if (r.start >= r.end)
		return;
	fresh.nr = 0;
	/* a neighbour that touches may merge with what comes */
	if (from && memblock_row_end(&rows[from - 1]) == r.start) {
		from--;
		put(rows[from].start, r.start, rows[from].type, rows[from].flags);
	}
	for (; to < s->nr[table] && rows[to].start < r.end; to++) {
		const struct row *p = &rows[to];
		uint64_t end = memblock_row_end(p);
		uint64_t start = p->start > r.start ? p->start : r.start;

		if (how == COVER)
			put_new(&c, at, start, arg, nid);
		put(p->start, start, p->type, p->flags);
		put_changed(&c, p, start, end < r.end ? end : r.end, how, arg);
		put(r.end, end, p->type, p->flags);
		at = end;
	}
	if (how == COVER)
		put_new(&c, at, r.end, arg, nid);
	if (to < s->nr[table] && rows[to].start == r.end) {
		put(rows[to].start, memblock_row_end(&rows[to]), rows[to].type, rows[to].flags);
		to++;
	}
	if (!replace(s, table, from, to))
		return;
	s->sum[table] += c.sum;
	/* the counter, a phys_addr_t, begins anew with the first region */
	s->total[table] = ((first && fresh.nr ? 0 : s->total[table]) + c.total) &
			  s->facts->phys_max;
}

void memblock_rows_split(struct memblock_state *s, unsigned int table, uint64_t addr)
{
	unsigned int i = memblock_rows_from(s, table, addr);
	struct row r;

	if (i == s->nr[table] || memblock_rows(s, table)[i].start >= addr)
		return;
	r = memblock_rows(s, table)[i];
	fresh.nr = 2;
	fresh.row[0] = (struct row){ r.start, addr - r.start, r.type, r.flags };
	fresh.row[1] = (struct row){ addr, memblock_row_end(&r) - addr, r.type, r.flags };
	replace(s, table, i, i + 1);
}

void memblock_rows_merge(struct memblock_state *s, unsigned int table)
{
	fresh.nr = 0;
	for (unsigned int i = 0; i < s->nr[table]; i++) {
		const struct row *r = &memblock_rows(s, table)[i];

		put(r->start, memblock_row_end(r), r->type, r->flags);
	}
	replace(s, table, 0, s->nr[table]);
}

uint64_t memblock_rows_trim(struct memblock_state *s, unsigned int table, uint64_t align)
{
	const struct row *rows = memblock_rows(s, table);
	uint64_t shrunk = 0, sum = 0, total = 0;

	fresh.nr = 0;
	for (unsigned int i = 0; i < s->nr[table]; i++) {
		uint64_t end = memblock_row_end(&rows[i]) & ~(align - 1);
		uint64_t start = rows[i].start + (-rows[i].start & (align - 1));

		if (start < rows[i].start || start >= end) {	/* it wraps; no whole one */
			total -= rows[i].size;
			continue;
		}
		sum += range_sum(rows[i].type, start, end);
		total -= rows[i].size - (end - start);
		shrunk += rows[i].size - (end - start);
		put(start, end, rows[i].type, rows[i].flags);
	}
	if (!replace(s, table, 0, s->nr[table]))
		return 0;
	s->sum[table] = sum;
	s->total[table] = (s->total[table] + total) & s->facts->phys_max;
	return shrunk;
}

uint64_t memblock_rows_lowest(const struct memblock_state *s, uint64_t limit)
{
	const struct row *rows = memblock_rows(s, M_MEMORY);

	for (unsigned int i = 0; i < s->nr[M_MEMORY]; i++) {
		if (limit <= rows[i].size)
			return rows[i].start + limit;
		limit -= rows[i].size;
	}
	return UINT64_MAX;
}

void memblock_forget(struct memblock_state *s)
{
	for (unsigned int t = 0; t < MEMBLOCK_COLLECTIONS; t++) {
		s->nr[t] = 0;
		s->nr[L_MAP + t] = 0;
		s->want[t] = 0;
		s->sum[t] = 0;
	}
	s->nr_own = 0;
	s->own_sum = 0;
}

/* Of one collection: for each piece of its map, are there regions of this type and no others? */
static bool same_cover(const struct memblock_state *s, unsigned int table)
{
	struct memblock_range piece = { 0, 0 };
	const struct row *rows = memblock_rows(s, table);

	for (uint64_t at = 0; at < UINT64_MAX; at = piece.end) {
		uint32_t type = memblock_map_at(s, table, at, &piece);
		unsigned int i = memblock_rows_from(s, table, at);

		for (uint64_t pos = at; pos < piece.end; pos = memblock_row_end(&rows[i++])) {
			if (i == s->nr[table] || rows[i].start >= piece.end) {
				if (type != MEMBLOCK_NOWHERE || pos != at)
					return false;
				break;
			}
			if (rows[i].start > pos || rows[i].type != type)
				return false;
		}
	}
	return true;
}

bool memblock_rows_valid(const struct memblock_state *s)
{
	for (unsigned int t = 0; t < MEMBLOCK_COLLECTIONS; t++) {
		const struct row *rows = memblock_rows(s, t);
		uint64_t sum = 0;

		for (unsigned int i = 0; i < s->nr[t]; i++) {
			const struct row *a = i ? &rows[i - 1] : NULL, *b = &rows[i];

			if (!b->size || memblock_row_end(b) < b->start)
				return false;
			if (a && (memblock_row_end(a) > b->start ||
				  (memblock_row_end(a) == b->start && a->type == b->type &&
				   a->flags == b->flags)))
				return false;
			sum += sum_of(b);
		}
		if (sum != s->sum[t] || !same_cover(s, t))
			return false;
	}
	return true;
}

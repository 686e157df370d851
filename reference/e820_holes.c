// SPDX-License-Identifier: GPL-2.0-only
/*
 * The e820 model's view of what is no RAM: the gap for PCI, the pages that hibernation leaves out,
 * the size of holes.
 *
 * As in e820_facts.c each answer is computed from the interval map, which is the contract, and
 * from the entries in the arithmetic of kernels.
 */
#include <stddef.h>

#include "e820_model.h"

#define PFN_END	(1ULL << (64 - PAGE_SHIFT))	/* one past the last page: pfn */

/* --- covers: the bytes that some types cover --- */

/* Bytes, ascending, disjoint, no two that touch. */
struct cover {
	unsigned int nr;
	struct ival_piece piece[IVAL_STEPS];
};

typedef bool is_wanted(uint32_t type);

static bool is_any(uint32_t type)
{
	(void)type;
	return true;
}

static bool is_saved(uint32_t type)
{
	return type == E820_T_RAM || type == E820_T_RESERVED_KERN;
}

/* Pieces that touch or overlap become one. */
static void join(struct cover *c)
{
	unsigned int nr = 0;

	for (unsigned int i = 0; i < c->nr; i++) {
		struct ival_piece p = c->piece[i], *before = nr ? &c->piece[nr - 1] : NULL;

		if (before && (before->last == UINT64_MAX || p.first <= before->last + 1))
			before->last = p.last > before->last ? p.last : before->last;
		else
			c->piece[nr++] = p;
	}
	c->nr = nr;
}

/* What a map covers by the types that are wanted; valid until the next call. */
static const struct cover *cover_of(const struct ival *m, is_wanted *wanted)
{
	static struct cover c;	/* large */
	unsigned int end;

	c.nr = 0;
	for (unsigned int i = 0; i < m->nr; i = end) {
		unsigned int pieces = 0, from = c.nr, to;

		/* a type's pieces ascend: they are merged in from behind */
		for (end = i; end < m->nr && m->step[end].type == m->step[i].type; end++)
			pieces += m->step[end].count > 0;
		if (!wanted(m->step[i].type))
			continue;
		to = c.nr = from + pieces;
		for (unsigned int j = end; j-- > i; ) {
			struct ival_piece p = ival_piece(m, j);

			if (!p.count)
				continue;
			while (from && c.piece[from - 1].first > p.first)
				c.piece[--to] = c.piece[--from];
			c.piece[--to] = p;
		}
	}
	join(&c);
	return &c;
}

/* Pages that [@first, ...) holds as a whole: the first one, and one past the last one: pfn. */
static uint64_t pfn_up(uint64_t first)
{
	return (first >> PAGE_SHIFT) + !!(first & (PAGE_SIZE - 1));
}

static uint64_t pfn_end(uint64_t last)
{
	return (last >> PAGE_SHIFT) + !(~last & (PAGE_SIZE - 1));
}

/* The same in 64 bits, as kernels compute it: near 2^64 it is 0. */
static uint64_t wrapped_pfn_up(uint64_t first)
{
	return (first + PAGE_SIZE - 1) >> PAGE_SHIFT;
}

/* --- setup_gap --- */

struct gap {
	uint64_t start, size;
};

/* By the map: of several as large the lowest. */
static struct gap map_gap(const struct e820_tab *t)
{
	const struct cover *c = cover_of(&t->map, is_any);
	struct gap best = { 0, 0 };

	for (unsigned int i = 0; i < c->nr && c->piece[i].last < E820_GAP_END - 1; i++) {
		uint64_t start = c->piece[i].last + 1, end = E820_GAP_END;

		if (i + 1 < c->nr && c->piece[i + 1].first < end)
			end = c->piece[i + 1].first;
		if (end - start >= E820_GAP_MIN && end - start > best.size)
			best = (struct gap){ start, end - start };
	}
	return best;
}

/* By the entries, from the last to the first. The size is an unsigned long. */
static struct gap rows_gap(const struct e820_state *s, const struct e820_tab *t)
{
	struct gap best = { 0, 0 };
	uint64_t lowest = E820_GAP_END;

	for (unsigned int i = t->nr; i--; ) {
		uint64_t start = t->row[i].start, end = start + t->row[i].size;
		uint64_t size = e820_long(s, lowest - end);

		if (end < lowest && size >= E820_GAP_MIN && size >= best.size)
			best = (struct gap){ end, size };
		lowest = start < lowest ? start : lowest;
	}
	return best;
}

void e820_do_setup_gap(struct e820_step *step, const struct op *op)
{
	struct e820_tab *t = &step->s->tab[E820_MAIN];
	uint64_t fallback = step->s->trait[T_GAP_KEPT] ? E820_GAP_KEPT :
			    (op->arg[0] << PAGE_SHIFT) + (1 << 20);
	struct gap gap = rows_gap(step->s, t);
	uint64_t seen = gap.size ? gap.start : fallback, want;

	if (step->e->legality != LEGAL) {
		step->e->value_rule = VALUE_UNSPECIFIED;
		want = seen;
	} else {
		gap = map_gap(t);
		want = gap.size ? gap.start : fallback;
	}
	if (want != seen && !e820_has_top_entry(t))
		step->s->odd = true;
	step->e->result.value = e820_choose(step, want, seen, Q_GAP_TOP_ENTRY);
	if (!gap.size && !step->s->trait[T_GAP_KEPT])
		step->e->result.said |= SAID_ERROR;
}

/* --- hole_size --- */

/* Pages of [@first, @end) that lie in [@from, @to): how many. */
static uint64_t pages_in(uint64_t first, uint64_t end, uint64_t from, uint64_t to)
{
	if (first >= end || end <= from || first >= to)
		return 0;
	/* @from may be above @to: the number is negative then, modulo 2^64 */
	return (end > to ? to : end) - (first < from ? from : first);
}

static uint64_t map_pages(const struct e820_tab *t, uint64_t from, uint64_t to)
{
	const struct ival *m = &t->map;
	uint64_t pages = 0;

	for (unsigned int i = ival_section(m, E820_T_RAM);
	     i < m->nr && m->step[i].type == E820_T_RAM; i++) {
		struct ival_piece p = ival_piece(m, i);

		if (p.count)
			pages += pages_in(pfn_up(p.first), pfn_end(p.last), from, to);
	}
	return pages;
}

/* Entry by entry; @wrapped: in the arithmetic of kernels, page numbers in the bits of @mask. */
static uint64_t rows_pages(const struct e820_tab *t, uint64_t from, uint64_t to, bool wrapped,
			   uint64_t mask)
{
	uint64_t pages = 0;

	for (unsigned int i = 0; i < t->nr; i++) {
		const struct row *r = &t->row[i];

		if (r->type != E820_T_RAM)
			continue;
		if (wrapped)
			pages += pages_in(wrapped_pfn_up(r->start) & mask,
					  (r->start + r->size) >> PAGE_SHIFT & mask, from & mask,
					  to & mask);
		else if (r->size)
			pages += pages_in(pfn_up(r->start), pfn_end(last_byte(r->start, r->size)),
					  from, to);
	}
	return pages & mask;
}

void e820_do_hole_size(struct e820_step *step, const struct op *op)
{
	struct e820_tab *t = &step->s->tab[E820_MAIN];
	uint64_t size = op->arg[1] - op->arg[0];
	uint64_t from = op->arg[0] >> PAGE_SHIFT, to = op->arg[1] >> PAGE_SHIFT;
	uint64_t seen = rows_pages(t, from, to, true, UINT64_MAX), want = seen;
	uint64_t cut = rows_pages(t, from, to, true, config_long_max(step->s->config));
	enum e820_quirk q = Q_HOLE_TOP_ENTRY;

	if (step->e->legality == LEGAL) {
		want = rows_pages(t, from, to, false, UINT64_MAX);
		/* Pages that only several entries fill together. */
		if (map_pages(t, from, to) != want)
			step->e->value_rule = VALUE_UNSPECIFIED;
	} else {
		step->e->value_rule = VALUE_UNSPECIFIED;
	}
	if (cut != seen && e820_quirk_on(step->s, Q_PAGES_32)) {
		q = Q_PAGES_32;
		seen = cut;
	}
	step->e->result.value = size - (e820_choose(step, want, seen, q) << PAGE_SHIFT);
}

/* --- nosave --- */

/*
 * Tell pages [@from, @to), numbers in the bits of @mask; bytes beyond 64 bits are 2^64 - 1.
 */
static void tell(struct e820_report *rec, uint64_t from, uint64_t to, uint64_t mask)
{
	uint64_t size;

	from &= mask;
	to &= mask;
	size = (to - from) << PAGE_SHIFT;
	if (from < to)
		e820_report(rec, from << PAGE_SHIFT, size ? size : UINT64_MAX, E820_REC_NOSAVE, 0);
}

static void clear(struct e820_report *rec)
{
	rec->nr = 0;
	rec->sum = 0;
}

/* What lies between RAM entries; @wrapped: in the arithmetic of kernels. */
static void tell_between(struct e820_report *rec, const struct e820_tab *t, uint64_t limit,
			 bool wrapped, uint64_t mask)
{
	uint64_t end = 0;	/* of the RAM before */
	bool top = false;	/* it is 2^64 */

	clear(rec);
	for (unsigned int i = 0; i < t->nr; i++) {
		const struct row *r = &t->row[i];

		if (!is_saved(r->type))
			continue;
		if (!top && end < r->start)
			tell(rec, end >> PAGE_SHIFT,
			     wrapped ? wrapped_pfn_up(r->start) : pfn_up(r->start), mask);
		end = r->start + r->size;
		top = !wrapped && reaches_top(r->start, r->size);
	}
	if (!top)
		tell(rec, end >> PAGE_SHIFT, limit, mask);
}

/*
 * T_NOSAVE_PER_ENTRY: behind entry 0 what lies between entries, and each one that is not RAM, up to
 * the first entry that ends at or above the limit.
 */
static void tell_per_entry(struct e820_report *rec, const struct e820_tab *t, uint64_t limit,
			   uint64_t mask)
{
	uint64_t pfn;

	clear(rec);
	pfn = t->nr ? (t->row[0].start + t->row[0].size) >> PAGE_SHIFT & mask : 0;
	for (unsigned int i = 1; i < t->nr; i++) {
		const struct row *r = &t->row[i];
		uint64_t first = wrapped_pfn_up(r->start);

		if (pfn < first)
			tell(rec, pfn, first, mask);
		pfn = (r->start + r->size) >> PAGE_SHIFT & mask;
		if (!is_saved(r->type))
			tell(rec, first, pfn, mask);
		if (pfn >= limit)
			break;
	}
}

/* What was told, as pages: ascending, no two that touch; valid until the next call. */
static const struct cover *told_pages(const struct row *rows, unsigned int nr)
{
	static struct cover c;	/* large */

	c.nr = 0;
	for (unsigned int i = 0; i < nr && c.nr < IVAL_STEPS; i++) {
		const struct row *r = &rows[i];
		unsigned int at = c.nr;
		struct ival_piece p;

		if (!r->size)
			continue;
		p = (struct ival_piece){ .first = r->start >> PAGE_SHIFT,
			.last = last_byte(r->start, r->size) >> PAGE_SHIFT };
		for (; at && c.piece[at - 1].first > p.first; at--)
			c.piece[at] = c.piece[at - 1];
		c.piece[at] = p;
		c.nr++;
	}
	join(&c);
	return &c;
}

/* Walks along the told pages: are all, is any of [@from, @to) among them? @from never descends. */
struct walk {
	const struct cover *told;
	unsigned int at;
};

static const struct ival_piece *told_at(struct walk *w, uint64_t from)
{
	while (w->at < w->told->nr && w->told->piece[w->at].last < from)
		w->at++;
	return w->at < w->told->nr ? &w->told->piece[w->at] : NULL;
}

static bool all_told(struct walk *w, uint64_t from, uint64_t to)
{
	const struct ival_piece *p;

	if (from >= to)
		return true;
	p = told_at(w, from);
	return p && p->first <= from && p->last >= to - 1;
}

static bool none_told(struct walk *w, uint64_t from, uint64_t to)
{
	const struct ival_piece *p;

	if (from >= to)
		return true;
	p = told_at(w, from);
	return !p || p->first >= to;
}

/*
 * The contract: no page that is RAM as a whole, and every page below the limit that holds no byte
 * of RAM.
 */
static bool obeys(const struct e820_tab *t, uint64_t limit, const struct row *rows, unsigned int nr)
{
	const struct cover *ram = cover_of(&t->map, is_saved);
	struct walk w = { .told = told_pages(rows, nr) };
	uint64_t hole = 0;	/* the first page without RAM behind the last piece */

	for (unsigned int i = 0; i < ram->nr; i++) {
		const struct ival_piece *p = &ram->piece[i];
		uint64_t below = p->first >> PAGE_SHIFT;

		if (!all_told(&w, hole, below < limit ? below : limit) ||
		    !none_told(&w, pfn_up(p->first), pfn_end(p->last)))
			return false;
		hole = p->last == UINT64_MAX ? PFN_END : pfn_up(p->last + 1);
	}
	return all_told(&w, hole, limit);
}

static void tell_as_kernels(struct e820_report *rec, const struct e820_state *s, uint64_t limit,
			    uint64_t mask)
{
	const struct e820_tab *t = &s->tab[E820_MAIN];

	if (s->trait[T_NOSAVE_PER_ENTRY])
		tell_per_entry(rec, t, limit, mask);
	else
		tell_between(rec, t, limit, true, mask);
}

/* Is it for pages whose numbers need more than 32 bits that kernels break the rules? */
static bool pages_are_cut(struct e820_report *rec, const struct e820_state *s, uint64_t limit,
			  uint64_t mask)
{
	bool cut;

	if (mask == UINT64_MAX)
		return false;
	tell_as_kernels(rec, s, limit, UINT64_MAX);
	cut = obeys(&s->tab[E820_MAIN], limit, rec->row, rec->nr);
	tell_as_kernels(rec, s, limit, mask);
	return cut;
}

void e820_do_nosave(struct e820_step *step, const struct op *op)
{
	struct e820_state *s = step->s;
	struct e820_tab *t = &s->tab[E820_MAIN];
	struct e820_report *rec = &s->recorded;
	uint64_t limit = e820_long(s, op->arg[0]);
	uint64_t mask = e820_quirk_on(s, Q_PAGES_32) ? config_long_max(s->config) : UINT64_MAX;
	enum e820_quirk q = s->trait[T_NOSAVE_PER_ENTRY] ? Q_NOSAVE_NOT_RAM : Q_NOSAVE_TOP_ENTRY;

	tell_as_kernels(rec, s, limit, mask);
	if (step->e->legality == LEGAL && !obeys(t, limit, rec->row, rec->nr)) {
		if (pages_are_cut(rec, s, limit, mask))
			q = Q_PAGES_32;
		if (e820_quirk_on(s, q)) {
			e820_fire(step, q);
		} else {
			tell_between(rec, t, limit, false, UINT64_MAX);
			if (!obeys(t, limit, rec->row, rec->nr))
				s->odd = true;
		}
	}
	rec->want = rec->sum;
}

void e820_adopt(void *state, const struct op *op, const struct result *res,
		const struct state *seen, struct expect *e)
{
	struct e820_state *s = state;
	const struct table *told = &seen->table[E820_RECORDED];
	uint64_t sum;

	if (op->id != E820_NOSAVE || res->outcome != OUT_RETURN || seen->nr_tables != E820_TABLES)
		return;
	sum = table_sum(told);
	if (sum == e->sum[E820_RECORDED])
		return;
	for (unsigned int i = 0; i < told->nr; i++)
		if (told->rows[i].type != E820_REC_NOSAVE)
			return;
	if (e->legality != LEGAL ||
	    obeys(&s->tab[E820_MAIN], e820_long(s, op->arg[0]), told->rows, told->nr))
		e->sum[E820_RECORDED] = sum;
}

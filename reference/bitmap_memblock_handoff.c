// SPDX-License-Identifier: GPL-2.0-only
/* The brute-force judge of family memblock: the hand-off. See bitmap_memblock.h. */
#include "bitmap_memblock.h"

/* A row of size 0 at 0 is the whole address space: its size has no room for 2^64. */
static bool is_passed(const struct row *r, uint64_t at)
{
	return holds(r, at) || (!r->size && !r->start);
}

/* How often was a byte passed on as that? */
static unsigned int cover(const struct row *rows, unsigned int nr, uint32_t type, uint64_t at)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < nr; i++)
		n += rows[i].type == type && is_passed(&rows[i], at);
	return n;
}

static uint64_t freed_bytes(const struct row *rows, unsigned int nr)
{
	uint64_t sum = 0;

	for (unsigned int i = 0; i < nr; i++)
		if (rows[i].type == MEMBLOCK_FREED)
			sum += rows[i].size;
	return sum;
}

bool mb_frees_all(const struct trial *t)
{
	return bytes_of(t, M_MEMORY) <= MEMBLOCK_FREE_MAX;
}

/* The collections as they are after the op: these were judged before. */
static uint32_t after(const struct trial *t, unsigned int table, uint64_t at)
{
	return type_at(t->st->table[table].rows, t->st->table[table].nr, at);
}

/* Is it a page that free_all passes on: wholly inside free memory of one region, low enough? */
static bool is_free_page(const struct trial *t, uint64_t at)
{
	const struct table *memory = &t->st->table[M_MEMORY];
	const struct table *reserved = &t->st->table[M_RESERVED];
	struct span page = { page_down(at), page_down(at) + MEMBLOCK_PAGE };

	if (page.start >= page.end || meets_any(reserved->rows, reserved->nr, &page) ||
	    (t->b->low && page.start / MEMBLOCK_PAGE >= t->b->max_low_pfn))
		return false;
	for (unsigned int i = 0; i < memory->nr; i++)
		if (holds(&memory->rows[i], page.start) && end_of(&memory->rows[i]) >= page.end)
			return mb_eligible(t, &memory->rows[i], MEMBLOCK_NO_NODE,
					   mb_is_lax(t) ? 0 : MEMBLOCK_F_HOTPLUG);
	return false;
}

/* How often the byte is passed to the page allocator by this op. */
static unsigned int freed_now(const struct trial *t, uint64_t at)
{
	struct span s;

	if (t->b->setting[MEMBLOCK_CLOSED])
		return 0;
	switch (t->op->id) {
	case M_FREE_LATE:
		s = whole_pages(t->range.start, t->range.end);
		return in(&s, at) && (s.end - s.start) / MEMBLOCK_PAGE <= MEMBLOCK_LATE_PAGES;
	case M_FREE_ALL:
		return mb_frees_all(t) && is_free_page(t, at);
	case M_DISCARD:
		for (unsigned int i = 0; i < COLLECTIONS && !t->f->keep; i++)
			if (holds(&t->b->own[i], at))
				return 1;
	}
	return 0;
}

/* What a byte asks of its page: @must and @may be initialised with node @nid. */
static void asks(const struct trial *t, uint64_t at, uint32_t nid, bool *must, bool *may,
		 bool *nomap)
{
	uint32_t taken = after(t, M_RESERVED, at), memory = after(t, M_MEMORY, at);
	uint32_t node = t->all->reserved_nodes && memory != NOBODY ? node_of(memory) :
								      MEMBLOCK_NODE_NONE;
	/* outside of memory, or of all nodes: what it, or its first page, says */
	bool open = t->all->reserved_nodes && node == MEMBLOCK_NODE_NONE;

	if (taken != NOBODY && !(taken & MEMBLOCK_F_NOINIT)) {
		*must |= node == nid && !open;
		*may |= node == nid || open;
	}
	if (memory != NOBODY && memory & MEMBLOCK_F_NOMAP)
		*may |= node == nid;
	if (memory == NOBODY || !(memory & MEMBLOCK_F_NOMAP) || node != nid)
		*nomap = false;
}

static bool judge_initialised(const struct trial *t, uint64_t page, uint32_t nid)
{
	const struct table *h = &t->st->table[M_HANDOFF];
	uint32_t type = MEMBLOCK_INITIALISED + nid;
	unsigned int had = cover(t->b->handoff, t->b->nr_handoff, type, page);
	unsigned int has = cover(h->rows, h->nr, type, page);
	bool must = false, may = false, nomap = true;

	asks(t, page, nid, &must, &may, &nomap);
	for (unsigned int i = 0; i < t->s->nr; i++)
		if (page_down(t->s->at[i]) == page)
			asks(t, t->s->at[i], nid, &must, &may, &nomap);
	if (has >= had + (must || nomap) && (may || nomap || has == had))
		return true;
	snprintf(t->why, BITMAP_WHY, "page %#" PRIx64 ", node %#x: initialised %u times, %s", page,
		 nid, has - had, must || nomap ? "and must be" : "and must not be");
	return false;
}

/* Is a page initialised at all, if it has a reserved byte? */
static bool judge_any(const struct trial *t, uint64_t page)
{
	const struct table *h = &t->st->table[M_HANDOFF];
	unsigned int more = 0, taken = 0;

	for (unsigned int i = 0; i < h->nr; i++)
		more += h->rows[i].type != MEMBLOCK_FREED && is_passed(&h->rows[i], page);
	for (unsigned int i = 0; i < t->b->nr_handoff; i++)
		more -= t->b->handoff[i].type != MEMBLOCK_FREED &&
			is_passed(&t->b->handoff[i], page);
	for (unsigned int i = 0; i < t->st->table[M_RESERVED].nr; i++) {
		const struct row *r = &t->st->table[M_RESERVED].rows[i];

		taken += !(r->type & MEMBLOCK_F_NOINIT) && page_down(r->start) <= page &&
			 page_down(end_of(r) - 1) >= page;
	}
	return !taken || more || complain(t, "a reserved page is not initialised");
}

static bool judge_page(const struct trial *t, uint64_t page)
{
	const struct table *h = &t->st->table[M_HANDOFF];

	if (!judge_any(t, page))
		return false;
	if (mb_is_lax(t))
		return true;
	if (!judge_initialised(t, page, MEMBLOCK_NODE_NONE))
		return false;
	for (unsigned int i = 0; i < t->b->nr[M_MEMORY]; i++)
		if (!judge_initialised(t, page, node_of(t->b->rows[M_MEMORY][i].type)))
			return false;
	for (unsigned int i = 0; i < h->nr; i++)
		if (h->rows[i].type != MEMBLOCK_FREED &&
		    !judge_initialised(t, page, h->rows[i].type - MEMBLOCK_INITIALISED))
			return false;
	return true;
}

/* Nothing but free_all initialises. */
static bool judge_others(const struct trial *t, uint64_t at)
{
	const struct table *h = &t->st->table[M_HANDOFF];

	for (unsigned int i = 0; i < h->nr; i++)
		if (h->rows[i].type != MEMBLOCK_FREED &&
		    cover(h->rows, h->nr, h->rows[i].type, at) !=
		    cover(t->b->handoff, t->b->nr_handoff, h->rows[i].type, at))
			return complain(t, "a page is initialised by another op than free_all");
	return true;
}

static void sample_pages(const struct trial *t)
{
	unsigned int nr;

	t->s->nr = 0;
	for (unsigned int i = 0; i < COLLECTIONS; i++) {
		add_rows(t, t->b->rows[i], t->b->nr[i]);
		add_rows(t, t->st->table[i].rows, t->st->table[i].nr);
		add_sample(t, t->b->own[i].start);
		add_sample(t, end_of(&t->b->own[i]));
	}
	add_rows(t, t->b->handoff, t->b->nr_handoff);
	add_rows(t, t->st->table[M_HANDOFF].rows, t->st->table[M_HANDOFF].nr);
	add_span(t, &t->range);
	add_sample(t, t->b->max_low_pfn * MEMBLOCK_PAGE);
	nr = t->s->nr;
	for (unsigned int i = 0; i < nr; i++) {
		add_sample(t, page_down(t->s->at[i]));
		add_sample(t, round_up(t->s->at[i], MEMBLOCK_PAGE));
	}
}

bool mb_judge_handoff(struct trial *t, uint64_t *pages)
{
	const struct table *h = &t->st->table[M_HANDOFF];
	uint64_t bytes = freed_bytes(h->rows, h->nr);

	*pages = (bytes - freed_bytes(t->b->handoff, t->b->nr_handoff)) / MEMBLOCK_PAGE;
	sample_pages(t);
	if (t->s->nr == SAMPLES_MAX)
		return complain(t, "more pages than the judge has room for");
	for (unsigned int i = 0; i < h->nr; i++)
		if ((!h->rows[i].size && h->rows[i].start) || h->rows[i].start % MEMBLOCK_PAGE ||
		    h->rows[i].size % MEMBLOCK_PAGE)
			return complain(t, "what is passed on is not whole pages");
	for (unsigned int i = 0; i < t->s->nr; i++) {
		uint64_t at = t->s->at[i];
		unsigned int expected = cover(t->b->handoff, t->b->nr_handoff, MEMBLOCK_FREED, at) +
					freed_now(t, at);
		unsigned int got = cover(h->rows, h->nr, MEMBLOCK_FREED, at);

		if (got != expected) {
			snprintf(t->why, BITMAP_WHY, "hand-off: at %#" PRIx64 ": freed %u times, "
				 "expected %u", at, got, expected);
			return false;
		}
		if (t->op->id == M_FREE_ALL && mb_frees_all(t) ?
		    !judge_page(t, page_down(at)) : !judge_others(t, at))
			return false;
	}
	return true;
}

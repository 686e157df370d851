// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memblock model: free ranges. Of a region of memory that counts, what reserved leaves of it;
 * contract: for_each_free_mem_range(), enum memblock_flags and movable_node in
 * kernel-parameters.txt.
 */
#include "memblock_free.h"

uint32_t memblock_node(const struct memblock_state *s, uint32_t nid)
{
	if (s->facts->numa || nid == MEMBLOCK_NO_NODE)
		return nid;
	return nid == MEMBLOCK_NODES;
}

bool memblock_any_node(const struct memblock_state *s, uint32_t nid)
{
	uint32_t nodes = s->facts->numa ? MEMBLOCK_NODES : 1;

	if (memblock_trait(s, T_NODE_RANGE))
		return nid >= nodes;
	return nid == MEMBLOCK_NO_NODE || nid == nodes;
}

struct memblock_pick memblock_pick(const struct memblock_state *s, uint32_t nid, uint32_t flags)
{
	nid = memblock_node(s, nid);
	return (struct memblock_pick){
		.any_node = memblock_any_node(s, nid),
		.movable_node = s->facts->hotplug && memblock_setting(s, MEMBLOCK_MOVABLE_NODE),
		.nid = nid,
		.flags = flags,
	};
}

bool memblock_picked(const struct memblock_pick *pick, const struct row *region)
{
	uint32_t hidden = MEMBLOCK_F_NOMAP | MEMBLOCK_F_DRIVER_MANAGED |
			  (pick->movable_node ? MEMBLOCK_F_HOTPLUG : 0);

	if (!pick->any_node && region->flags != pick->nid)
		return false;
	if (pick->flags & MEMBLOCK_F_MIRROR && !(region->type & MEMBLOCK_F_MIRROR))
		return false;
	return !(region->type & hidden & ~pick->flags);
}

/* The regions that end at or below @addr: how many. */
static unsigned int regions_below(const struct table *t, uint64_t addr)
{
	unsigned int low = 0, high = t->nr;

	while (low < high) {
		unsigned int mid = (low + high) / 2;

		if (memblock_row_end(&t->rows[mid]) <= addr)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Those that begin below @addr. */
static unsigned int regions_begun(const struct table *t, uint64_t addr)
{
	unsigned int n = regions_below(t, addr);

	return n < t->nr && t->rows[n].start < addr ? n + 1 : n;
}

static void walk_begin(struct memblock_walk *w, const struct memblock_state *s,
		       struct memblock_pick pick, uint64_t from)
{
	w->pick = pick;
	w->mem = (struct table){ s->nr[M_MEMORY], memblock_rows(s, M_MEMORY) };
	w->res = (struct table){ s->nr[M_RESERVED], memblock_rows(s, M_RESERVED) };
	w->at = from;
}

void memblock_walk_up(struct memblock_walk *w, const struct memblock_state *s,
		      struct memblock_pick pick, uint64_t from)
{
	walk_begin(w, s, pick, from);
	w->i = regions_below(&w->mem, from);
	w->j = regions_below(&w->res, from);
}

void memblock_walk_down(struct memblock_walk *w, const struct memblock_state *s,
			struct memblock_pick pick, uint64_t from)
{
	walk_begin(w, s, pick, from);
	w->i = regions_begun(&w->mem, from);
	w->j = regions_begun(&w->res, from);
}

bool memblock_next_up(struct memblock_walk *w, struct memblock_free *f)
{
	for (; w->i < w->mem.nr; w->i++) {
		const struct row *m = &w->mem.rows[w->i], *r;
		uint64_t end = memblock_row_end(m);

		if (!memblock_picked(&w->pick, m))
			continue;
		if (w->at < m->start)
			w->at = m->start;
		/* reserved regions that end at or before w->at are behind; the rest cuts */
		for (; w->at < end; w->j++) {
			r = w->j < w->res.nr ? &w->res.rows[w->j] : NULL;
			if (!r || r->start > w->at) {
				f->start = w->at;
				f->end = r && r->start < end ? r->start : end;
				f->nid = m->flags;
				w->at = f->end;
				return true;
			}
			if (memblock_row_end(r) > w->at)
				w->at = memblock_row_end(r);
		}
	}
	return false;
}

bool memblock_next_down(struct memblock_walk *w, struct memblock_free *f)
{
	for (; w->i; w->i--) {
		const struct row *m = &w->mem.rows[w->i - 1], *r;

		if (!memblock_picked(&w->pick, m))
			continue;
		if (w->at > memblock_row_end(m))
			w->at = memblock_row_end(m);
		for (; w->at > m->start; w->j--) {
			r = w->j ? &w->res.rows[w->j - 1] : NULL;
			if (!r || memblock_row_end(r) < w->at) {
				f->end = w->at;
				f->start = r && memblock_row_end(r) > m->start ?
					   memblock_row_end(r) : m->start;
				f->nid = m->flags;
				w->at = f->start;
				return true;
			}
			if (r->start < w->at)
				w->at = r->start;
		}
	}
	return false;
}

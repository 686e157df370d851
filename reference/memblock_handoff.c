// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memblock model: the hand-off. Pages, with [a, b) rounded inwards to whole ones, [[a, b]]
 * outwards to all that it meets:
 *
 *     passed on   = (free ranges), below max_low_pfn
 *     initialised = [[region]] for each region of reserved but NOINIT, and of memory that is NOMAP
 *
 * Twice: of regions, as rows; and of the maps' pieces, as a fingerprint alone. Contract: kernel-doc
 * of memblock_free_all(), memblock_free_late() and memblock_discard(), and of the flags.
 */
#include "memblock_free.h"

#define PAGE_SHIFT	12
#define PAGE_MASK	(~(uint64_t)(MEMBLOCK_PAGE - 1))

static bool ended(const struct memblock_step *step)
{
	return step->e->result.outcome != OUT_RETURN;
}

/* Of the memory map, for so many bytes of pages. */
static uint64_t struct_bytes(uint64_t bytes)
{
	return (bytes >> PAGE_SHIFT) * MEMBLOCK_STRUCT_PAGE;
}

/* --- rows --- */

/* What follows in the same type is the same row. */
static void hand(struct memblock_state *s, uint64_t start, uint64_t end, uint32_t type)
{
	unsigned int nr = s->nr[L_HANDOFF];
	struct row *last = nr ? &memblock_rows(s, L_HANDOFF)[nr - 1] : NULL;

	s->hand_sum += range_sum(type, start, end);
	if (last && last->type == type && start && last->start + last->size == start)
		last->size += end - start;
	else
		memblock_put(s, L_HANDOFF, start, end - start, type, 0);
}

/* Whole pages go to the page allocator. */
static void pass_on(struct memblock_state *s, uint64_t start, uint64_t end)
{
	uint64_t first = memblock_page_up(start);

	end &= PAGE_MASK;
	if (first < start || first >= end)
		return;
	hand(s, first, end, MEMBLOCK_FREED);
	memblock_set(s, MEMBLOCK_RAM_PAGES, memblock_setting(s, MEMBLOCK_RAM_PAGES) +
		     ((end - first) >> PAGE_SHIFT));
}

/* A reserved region that has no node is where its first page is. */
static uint32_t node_of(const struct memblock_state *s, unsigned int table, uint32_t type,
			uint64_t start)
{
	uint32_t node = MEMBLOCK_NODE_NONE;

	if (!memblock_trait(s, T_RESERVED_NODES))
		return node;
	if (type >> 8 != node || table != M_RESERVED)
		return type >> 8;
	type = memblock_map_at(s, M_MEMORY, start & PAGE_MASK, NULL);
	return type == MEMBLOCK_NOWHERE ? node : type >> 8;
}

static void initialise(struct memblock_state *s, unsigned int table, const struct row *r)
{
	uint32_t node = node_of(s, table, r->type, r->start);

	/* up to 2^64 is up to 0, as in a row */
	hand(s, r->start & PAGE_MASK, memblock_page_up(memblock_row_end(r)),
	     MEMBLOCK_INITIALISED + node);
}

static void initialise_nomap(struct memblock_state *s, unsigned int i)
{
	const struct row *r = &memblock_rows(s, M_MEMORY)[i];

	if (r->type & MEMBLOCK_F_NOMAP)
		initialise(s, M_MEMORY, r);
}

/* --- fingerprint --- */

/* Of each piece of a map with, or without, a flag: all pages that it meets. */
static uint64_t sum_of_pieces(const struct memblock_state *s, unsigned int table, uint32_t flag,
			      bool set)
{
	const struct memblock_piece *p = memblock_map(s, table);
	uint64_t sum = 0;

	for (unsigned int i = 0; i + 1 < s->nr[L_MAP + table]; i++) {
		if (p[i].type == MEMBLOCK_NOWHERE || !(p[i].type & flag) == set)
			continue;
		sum += range_sum(MEMBLOCK_INITIALISED + node_of(s, table, p[i].type,
							      p[i].addr),
				 p[i].addr & PAGE_MASK, memblock_page_up(p[i + 1].addr));
	}
	return sum;
}

/* Whole pages of [@start, @end) below @limit. */
static uint64_t sum_of_pages(uint64_t start, uint64_t end, uint64_t limit)
{
	uint64_t first = memblock_page_up(start), last = (end < limit ? end : limit) & PAGE_MASK;

	return first >= start && first < last ? range_sum(MEMBLOCK_FREED, first, last) : 0;
}

/* Bytes of memory that count and are in no piece of reserved, from border to border. */
static uint64_t sum_of_free(const struct memblock_state *s, uint64_t limit)
{
	const struct memblock_piece *m = memblock_map(s, M_MEMORY);
	const struct memblock_piece *r = memblock_map(s, M_RESERVED);
	unsigned int nr = s->nr[L_MAP + M_RESERVED], j = 0;
	uint32_t hidden = MEMBLOCK_F_NOMAP | MEMBLOCK_F_DRIVER_MANAGED |
			  (memblock_pick(s, MEMBLOCK_NO_NODE, 0).movable_node ?
			   MEMBLOCK_F_HOTPLUG : 0);
	uint64_t sum = 0;

	for (unsigned int i = 0; i + 1 < s->nr[L_MAP + M_MEMORY]; i++) {
		uint64_t at = m[i].addr, end = m[i + 1].addr;

		if (m[i].type == MEMBLOCK_NOWHERE || m[i].type & hidden)
			continue;
		while (at < end) {
			bool taken;
			uint64_t next;

			while (j < nr && r[j].addr <= at)
				j++;
			taken = j && r[j - 1].type != MEMBLOCK_NOWHERE;
			/* up to where reserved begins, or is none any more */
			while (j < nr && (r[j].type != MEMBLOCK_NOWHERE) == taken)
				j++;
			next = j < nr && r[j].addr < end ? r[j].addr : end;
			if (!taken)
				sum += sum_of_pages(at, next, limit);
			at = next;
		}
	}
	return sum;
}

/*
 * Do regions meet that differ in how they say "no node" alone? To the map they are one, to the pages
 * of their border they are two.
 */
static bool said_apart(const struct memblock_state *s, unsigned int table)
{
	const struct row *r = memblock_rows(s, table);

	for (unsigned int i = 1; i < s->nr[table]; i++)
		if (memblock_row_end(&r[i - 1]) == r[i].start && r[i - 1].type == r[i].type)
			return true;
	return false;
}

static void settle(struct memblock_step *step)
{
	struct memblock_state *s = step->s;

	/* a machine that is dead has handed off what it has */
	if (s->hand_want != s->hand_sum &&
	    (s->led || ended(step) || said_apart(s, M_MEMORY) ||
	     said_apart(s, M_RESERVED)))
		s->hand_want = s->hand_sum;
}

/* --- free_late --- */

/* Its pages, exclusive; base + size may be cut at the end of the address space. */
static struct memblock_range late_pages(const struct memblock_state *s, uint64_t base,
					uint64_t size)
{
	struct memblock_range r = memblock_range(s, base, size);

	r = (struct memblock_range){ memblock_page_up(r.start), r.end & PAGE_MASK };
	return r.start < base || r.start >= r.end ? (struct memblock_range){ 0, 0 } : r;
}

/* As kernels have it: their sum may wrap, and so may what is rounded up. */
static struct memblock_range wrapped_pages(const struct memblock_state *s, uint64_t base,
					   uint64_t size)
{
	struct memblock_range r = {
		memblock_page_up(memblock_phys(s, base)) & s->calc_max,
		memblock_phys(s, base + size) & PAGE_MASK,
	};

	return r.start < r.end ? r : (struct memblock_range){ 0, 0 };
}

static void free_late(struct memblock_step *step, uint64_t base, uint64_t size,
		      struct memblock_range pages)
{
	struct memblock_state *s = step->s;

	memblock_say(step, M_FREE_LATE, base, size, 0);
	if (memblock_pages_are_cut(s, pages.end) && memblock_quirk_on(s, Q_PAGE_NUMBERS))
		memblock_fire(step, Q_PAGE_NUMBERS);
	pass_on(s, pages.start, pages.end);
	if (pages.start < pages.end)
		s->hand_want += range_sum(MEMBLOCK_FREED, pages.start, pages.end);
}

void memblock_do_free_late(struct memblock_step *step, const struct op *op)
{
	struct memblock_state *s = step->s;
	uint64_t base = memblock_phys(s, op->arg[0]), size = memblock_phys(s, op->arg[1]);
	struct memblock_range pages = late_pages(s, base, size);
	struct memblock_range wrapped = wrapped_pages(s, base, size);

	if ((pages.start != wrapped.start || pages.end != wrapped.end) &&
	    memblock_quirk_on(s, Q_LATE_WRAPS)) {
		memblock_fire(step, Q_LATE_WRAPS);
		pages = wrapped;
	}
	if ((pages.end - pages.start) >> PAGE_SHIFT > MEMBLOCK_LATE_PAGES)
		return;
	memblock_frame(step, 1u << M_HANDOFF, pages);
	free_late(step, base, size, pages);
}

/* --- free_all --- */

/*
 * Reserved gets the nodes of memory, and what is NOMAP is initialised. Where reserved's table grows
 * on the way it is reserved, too: then all that again. Return: how often NOMAP was initialised.
 */
static unsigned int nodes_of_reserved(struct memblock_step *step)
{
	struct memblock_state *s = step->s;
	unsigned int slots, times = 0;

	do {
		slots = s->own[M_RESERVED].flags;
		times++;
		for (unsigned int i = 0; i < s->nr[M_MEMORY] && !ended(step); i++) {
			const struct row *r = &memblock_rows(s, M_MEMORY)[i];

			initialise_nomap(s, i);
			memblock_set_nodes(step, M_RESERVED, r->start, r->size, r->flags);
		}
	} while (s->own[M_RESERVED].flags > slots && !ended(step));
	return times;
}

static void initialise_all(struct memblock_step *step)
{
	struct memblock_state *s = step->s;
	bool nodes = memblock_trait(s, T_RESERVED_NODES);
	unsigned int times = 1;

	if (nodes)
		times = nodes_of_reserved(step);
	if (ended(step))
		return;
	for (unsigned int i = 0; i < s->nr[M_RESERVED]; i++) {
		const struct row *r = &memblock_rows(s, M_RESERVED)[i];

		if (!(r->type & MEMBLOCK_F_NOINIT))
			initialise(s, M_RESERVED, r);
	}
	for (unsigned int i = 0; i < s->nr[M_MEMORY] && !nodes; i++)
		initialise_nomap(s, i);
	s->hand_want += times * sum_of_pieces(s, M_MEMORY, MEMBLOCK_F_NOMAP, true) +
			sum_of_pieces(s, M_RESERVED, MEMBLOCK_F_NOINIT, false);
}

static void free_pages(struct memblock_step *step)
{
	struct memblock_state *s = step->s;
	struct memblock_walk w;
	struct memblock_free f;
	uint64_t limit = s->max_low_pfn << PAGE_SHIFT;

	memblock_walk_up(&w, s, memblock_pick(s, MEMBLOCK_NO_NODE, MEMBLOCK_F_NONE), 0);
	while (memblock_next_up(&w, &f)) {
		if (memblock_page_wraps(s, f.start) && limit &&
		    memblock_quirk_on(s, Q_HANDOFF_WRAPS))
			memblock_fire(step, Q_HANDOFF_WRAPS);
		if (memblock_pages_are_cut(s, f.end) && limit &&
		    memblock_quirk_on(s, Q_PAGE_NUMBERS) &&
		    (!memblock_page_wraps(s, f.start) || memblock_quirk_on(s, Q_HANDOFF_WRAPS)))
			memblock_fire(step, Q_PAGE_NUMBERS);
		if (f.start < limit)
			pass_on(s, f.start, f.end < limit ? f.end : limit);
	}
	s->hand_want += sum_of_free(s, limit);
}

/* What of the memory map is for the pages between two blocks of memory is given back. */
static void free_memory_map(struct memblock_step *step)
{
	const uint64_t around = (uint64_t)MEMBLOCK_PAGEBLOCK * MEMBLOCK_PAGE;
	struct memblock_state *s = step->s;
	uint64_t before = 0;

	for (unsigned int i = 0; i < s->nr[M_MEMORY] && !ended(step); i++) {
		const struct row *r = &memblock_rows(s, M_MEMORY)[i];
		uint64_t start = memblock_page_up(r->start), end = memblock_row_end(r) & PAGE_MASK;

		if (start >= end)
			continue;
		start &= ~(around - 1);
		if (before && before < start)
			memblock_phys_free_range(step, s->facts->memmap + struct_bytes(before),
						 struct_bytes(start - before));
		before = (end + around - 1) & ~(around - 1);
	}
}

void memblock_do_free_all(struct memblock_step *step, const struct op *op)
{
	struct memblock_state *s = step->s;

	(void)op;
	/* by the regions: the counter may be wrong */
	if (!s->facts->unbounded &&
	    memblock_rows_lowest(s, MEMBLOCK_FREE_MAX + 1) != UINT64_MAX)
		return;
	s->freed = true;
	if (s->facts->memmap)
		free_memory_map(step);
	if (!ended(step))
		memblock_change(step, M_MEMORY, 0, UINT64_MAX, CLEAR_FLAGS, MEMBLOCK_F_HOTPLUG);
	if (!ended(step))
		initialise_all(step);
	if (!ended(step))
		free_pages(step);
	settle(step);
	/* the last page ends at 2^64 */
	step->e->start = 0;
	step->e->last = UINT64_MAX;
	step->e->may_change |= 1u << M_HANDOFF | 1u << M_MEMORY | 1u << M_RESERVED | 1u << M_OWN;
}

/* --- discard --- */

static void free_table(struct memblock_step *step, const struct row *own)
{
	free_late(step, own->start, own->size, (struct memblock_range){ own->start, row_end(own) });
}

void memblock_do_discard(struct memblock_step *step, const struct op *op)
{
	static const uint8_t order[] = { M_RESERVED, M_MEMORY };
	struct memblock_state *s = step->s;

	(void)op;
	if (s->facts->keep)
		return;
	for (unsigned int i = 0; i < sizeof(order); i++)
		if (s->own[order[i]].size)
			free_table(step, &s->own[order[i]]);
	settle(step);
	memblock_forget(s);
	s->closed = true;
	memblock_set(s, MEMBLOCK_CLOSED, 1);
	step->e->start = 0;
	step->e->last = UINT64_MAX;
	step->e->may_change |= 1u << M_HANDOFF | 1u << M_MEMORY | 1u << M_RESERVED |
			       1u << M_PHYSMEM | 1u << M_OWN;
}

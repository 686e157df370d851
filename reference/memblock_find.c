// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memblock model: the searches. For a free range [a, b), cut to the window,
 *
 *     top down:   max { x : align | x, a <= x, x + size <= b }
 *     bottom up:  min { x : align | x, a <= x, x + size <= b }
 *
 * of the highest, or the lowest, range that has one; 0: none has. Contract: kernel-doc of
 * memblock_find_in_range_node() and of memblock_find_in_range().
 */
#include "memblock_free.h"

static uint64_t min_of(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static uint64_t max_of(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

struct memblock_range memblock_window(const struct memblock_state *s, uint64_t start, uint64_t end)
{
	end = memblock_phys(s, end);
	if (end == MEMBLOCK_ACCESSIBLE || end == MEMBLOCK_NOLEAKTRACE)
		end = memblock_setting(s, MEMBLOCK_LIMIT);
	return (struct memblock_range){ max_of(memblock_phys(s, start), MEMBLOCK_PAGE), end };
}

/* The answer inside [@start, @end), or 0; the range is not empty. */
static uint64_t highest_in(uint64_t start, uint64_t end, uint64_t size, uint64_t align)
{
	uint64_t at;

	if (end - start < size)
		return 0;
	at = (end - size) & ~(align - 1);
	return at >= start ? at : 0;
}

static uint64_t lowest_in(uint64_t start, uint64_t end, uint64_t size, uint64_t align)
{
	uint64_t up = -start & (align - 1);	/* to the next multiple */

	return up <= end - start && end - start - up >= size ? start + up : 0;
}

static uint64_t find_down(const struct memblock_state *s, struct memblock_pick pick,
			  struct memblock_range in, uint64_t size, uint64_t align)
{
	struct memblock_walk w;
	struct memblock_free f;
	uint64_t at = 0;

	memblock_walk_down(&w, s, pick, in.end);
	while (!at && memblock_next_down(&w, &f) && f.end > in.start)
		at = highest_in(max_of(f.start, in.start), f.end, size, align);
	return at;
}

static uint64_t find_up(const struct memblock_state *s, struct memblock_pick pick,
			struct memblock_range in, uint64_t size, uint64_t align)
{
	struct memblock_walk w;
	struct memblock_free f;
	uint64_t at = 0;

	memblock_walk_up(&w, s, pick, in.start);
	while (!at && memblock_next_up(&w, &f) && f.start < in.end)
		at = lowest_in(f.start, min_of(f.end, in.end), size, align);
	return at;
}

uint64_t memblock_find(const struct memblock_state *s, const struct memblock_search *f)
{
	struct memblock_range in = memblock_window(s, f->start, f->end);
	struct memblock_pick pick = memblock_pick(s, f->nid, f->flags);

	if (in.start >= in.end || in.end - in.start < f->size)
		return 0;
	return memblock_setting(s, MEMBLOCK_BOTTOM_UP) ?
	       find_up(s, pick, in, f->size, f->align) : find_down(s, pick, in, f->size, f->align);
}

uint64_t memblock_find_in_range(struct memblock_step *step, uint64_t start, uint64_t end,
				uint64_t size, uint64_t align)
{
	const struct memblock_state *s = step->s;
	struct memblock_search f = {
		.start = start, .end = end, .size = size, .align = align,
		.nid = MEMBLOCK_NO_NODE, .flags = memblock_setting(s, MEMBLOCK_HAS_MIRROR) ?
						  MEMBLOCK_F_MIRROR : MEMBLOCK_F_NONE,
	};
	uint64_t at = memblock_find(s, &f);

	if (at || !f.flags)
		return at;
	step->e->result.said |= SAID_WARNING;
	f.flags = MEMBLOCK_F_NONE;
	return memblock_find(s, &f);
}

/* --- answers that the contract leaves open --- */

bool memblock_odd_search(uint64_t size, uint64_t align)
{
	return !size || !memblock_power_of_two(align);
}

bool memblock_may_be(const struct memblock_state *s, struct memblock_range in, uint32_t flags,
		     uint64_t at, uint64_t size)
{
	struct memblock_pick pick = memblock_pick(s, MEMBLOCK_NO_NODE, flags & ~MEMBLOCK_F_MIRROR);
	struct memblock_walk w;
	struct memblock_free f;

	/* a window that ends before it begins is empty, and begins there */
	if (in.end < in.start)
		in.end = in.start;
	if (at < in.start || at > in.end || in.end - at < size)
		return false;
	if (!size)
		return true;
	memblock_walk_up(&w, s, pick, at);
	return memblock_next_up(&w, &f) && f.start == at && f.end - at >= size;
}

void memblock_do_find(struct memblock_step *step, const struct op *op)
{
	const struct memblock_state *s = step->s;
	bool node = op->id == M_FIND_IN_RANGE_NODE;
	struct memblock_search f = {
		.start = op->arg[node ? 2 : 0], .end = op->arg[node ? 3 : 1],
		.size = memblock_phys(s, op->arg[node ? 0 : 2]),
		.align = memblock_phys(s, op->arg[node ? 1 : 3]),
		.nid = op->arg[4], .flags = op->arg[5],
	};
	uint64_t at;

	if (node && f.nid == MEMBLOCK_NODES)
		step->e->result.said |= SAID_UNKNOWN;
	if (!memblock_odd_search(f.size, f.align)) {
		step->e->result.value = node ? memblock_find(s, &f) :
			memblock_find_in_range(step, f.start, f.end, f.size, f.align);
		return;
	}
	step->e->value_rule = VALUE_UNSPECIFIED;
	step->e->result.said |= SAID_UNKNOWN;
	if (!step->res)
		return;
	at = step->res->value;
	if (at && !memblock_may_be(s, memblock_window(s, f.start, f.end), MEMBLOCK_F_ALL, at,
				    f.size))
		step->refused = true;
	else
		step->e->result.value = at;
}

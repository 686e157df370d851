// SPDX-License-Identifier: GPL-2.0-only
/* The memblock model: switches and settings, trim, and the limits of memory. */
#include "memblock_model.h"

void memblock_do_set(struct memblock_step *step, const struct op *op)
{
	struct memblock_state *s = step->s;

	switch (op->id) {
	case M_SET:
		if (op->arg[0] < MEMBLOCK_SWITCHES)
			memblock_set(s, op->arg[0], !!op->arg[1]);
		break;
	case M_ALLOW_RESIZE:
		memblock_set(s, MEMBLOCK_RESIZE, 1);
		break;
	case M_SET_CURRENT_LIMIT:
		memblock_set(s, MEMBLOCK_LIMIT, memblock_phys(s, op->arg[0]));
		break;
	case M_MAX_LOW_PFN:
		s->max_low_pfn = op->arg[0];
		break;
	}
}

/* Any other align: value and result are unspecified. */
void memblock_do_trim(struct memblock_step *step, const struct op *op)
{
	uint64_t align = memblock_phys(step->s, op->arg[0]);

	if (!memblock_power_of_two(align)) {
		step->e->cut = true;
		return;
	}
	memblock_frame(step, 1u << M_MEMORY, (struct memblock_range){ 0, UINT64_MAX });
	/* the map first: it looks at the regions as they are */
	memblock_map_trim(step->s, M_MEMORY, align);
	memblock_rows_trim(step->s, M_MEMORY, align);
}

/*
 * Where the lowest @limit bytes of memory end; the end of the address space when there are no more
 * than that.
 */
static uint64_t end_of_lowest(const struct memblock_state *s, uint64_t limit)
{
	const struct row *rows = memblock_rows(s, M_MEMORY);

	for (unsigned int i = 0; i < s->nr[M_MEMORY]; i++) {
		if (limit <= rows[i].size && s->total[M_MEMORY] > limit)
			return rows[i].start + limit;
		limit -= rows[i].size;
	}
	return s->facts->phys_max;
}

static void drop(struct memblock_step *step, unsigned int table, uint64_t start, uint64_t end)
{
	const struct memblock_range nothing = { 0, 0 }, r = { start, end };

	memblock_change_about(step, table, r, DROP, 0, nothing);
}

/* Memory that is not NOMAP, and all of reserved, goes outside of @r. */
static void cap(struct memblock_step *step, struct memblock_range r)
{
	const struct memblock_range nothing = { 0, 0 };
	struct memblock_state *s = step->s;
	const struct memblock_range below = { 0, r.start }, above = { r.end, s->facts->phys_max };

	if (!s->nr[M_MEMORY] || r.start >= r.end)
		return;
	if (memblock_make_slots(step, M_MEMORY, 2, nothing))
		return;
	memblock_frame(step, 1u << M_MEMORY | 1u << M_RESERVED,
		       (struct memblock_range){ 0, UINT64_MAX });
	memblock_rows_change(s, M_MEMORY, above, DROP_MAPPED, 0, 0);
	memblock_map_change(s, M_MEMORY, above, DROP_MAPPED, 0);
	memblock_rows_change(s, M_MEMORY, below, DROP_MAPPED, 0, 0);
	memblock_map_change(s, M_MEMORY, below, DROP_MAPPED, 0);
	drop(step, M_RESERVED, 0, r.start);
	if (step->e->result.outcome == OUT_RETURN)
		drop(step, M_RESERVED, r.end, s->facts->phys_max);
}

void memblock_do_limit(struct memblock_step *step, const struct op *op)
{
	struct memblock_state *s = step->s;
	uint64_t limit = memblock_phys(s, op->arg[0]), max = s->facts->phys_max, end;

	if (op->id == M_CAP_MEMORY_RANGE) {
		cap(step, memblock_range(s, op->arg[0], op->arg[1]));
		return;
	}
	end = limit ? end_of_lowest(s, limit) : max;
	if (end == max)
		return;
	if (op->id == M_MEM_LIMIT_REMOVE_MAP) {
		cap(step, (struct memblock_range){ 0, end });
		return;
	}
	drop(step, M_MEMORY, end, max);
	if (step->e->result.outcome == OUT_RETURN)
		drop(step, M_RESERVED, end, max);
}

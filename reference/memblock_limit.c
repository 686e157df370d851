// SPDX-License-Identifier: GPL-2.0-only
/* The memblock model: switches and settings, trim, and the limits of memory. */
#include "memblock_model.h"

void memblock_do_set(struct memblock_step *step, const struct op *op)
{
	struct memblock_state *s = step->s;

	switch (op->id) {
	case M_SET:
		if (op->arg[0] < MEMBLOCK_SWITCHES &&
		    (op->arg[0] != MEMBLOCK_MOVABLE_NODE || s->facts->hotplug))
			memblock_set(s, op->arg[0], !!op->arg[1]);
		break;
	case M_ALLOW_RESIZE:
		memblock_set(s, MEMBLOCK_RESIZE, 1);
		break;
	case M_SET_CURRENT_LIMIT:
		memblock_set(s, MEMBLOCK_LIMIT, memblock_phys(s, op->arg[0]));
		break;
	case M_MAX_LOW_PFN:
		s->max_low_pfn = memblock_long(s, op->arg[0]);
		break;
	}
}

/* Does rounding a region's start up pass the end of the address space, and leave some of it? */
static bool trim_wraps(const struct memblock_state *s, uint64_t align)
{
	const struct row *rows = memblock_rows(s, M_MEMORY);

	for (unsigned int i = s->nr[M_MEMORY]; i-- > 0; ) {
		if (rows[i].start <= s->facts->phys_max - (align - 1))
			return false;
		if (rows[i].start & (align - 1) && memblock_row_end(&rows[i]) >= align)
			return true;
	}
	return false;
}

/* Any other align: value and result are unspecified. */
void memblock_do_trim(struct memblock_step *step, const struct op *op)
{
	struct memblock_state *s = step->s;
	uint64_t align = memblock_phys(s, op->arg[0]), shrunk;

	if (!memblock_power_of_two(align)) {
		step->e->cut = true;
		return;
	}
	memblock_end_unmerged(step, M_MEMORY);
	memblock_frame(step, 1u << M_MEMORY, (struct memblock_range){ 0, UINT64_MAX });
	if (memblock_quirk_on(s, Q_TRIM_WRAPS) && trim_wraps(s, align)) {
		memblock_fire(step, Q_TRIM_WRAPS);
		return;
	}
	/* the map first: it looks at the regions as they are */
	memblock_map_trim(s, M_MEMORY, align);
	shrunk = memblock_rows_trim(s, M_MEMORY, align);
	if (shrunk && memblock_quirk_on(s, Q_TRIM_TOTAL)) {
		memblock_fire(step, Q_TRIM_TOTAL);
		s->total[M_MEMORY] = (s->total[M_MEMORY] + shrunk) & s->facts->phys_max;
	}
}

/* Where the lowest @limit bytes of memory end; UINT64_MAX: there are fewer. */
static uint64_t end_of_lowest(struct memblock_state *s, uint64_t limit)
{
	uint64_t end = memblock_rows_lowest(s, limit);

	s->odd |= end != memblock_map_lowest(s, limit);
	return end;
}

static int drop(struct memblock_step *step, unsigned int table, uint64_t start, uint64_t end)
{
	const struct memblock_range r = { start, end };

	return memblock_change_bytes(step, table, r, DROP, 0);
}

/* Tables that grew on the way lie in memory that went, and what they own stays reserved. */
static void keep_tables(struct memblock_step *step)
{
	const uint32_t type = memblock_row_type(MEMBLOCK_F_NONE, MEMBLOCK_UNSAID);
	struct memblock_state *s = step->s;

	for (unsigned int t = 0; t < MEMBLOCK_COLLECTIONS; t++) {
		struct memblock_range r = { s->own[t].start, s->own[t].start + s->own[t].size };

		if (!(step->grew >> t & 1) || memblock_map_all(s, M_RESERVED, r))
			continue;
		if (memblock_quirk_on(s, Q_LIMIT_CUTS_TABLE))
			memblock_fire(step, Q_LIMIT_CUTS_TABLE);
		memblock_rows_change(s, M_RESERVED, r, COVER, type,
				     s->facts->numa ? MEMBLOCK_UNSAID : 0);
		memblock_map_change(s, M_RESERVED, r, COVER, type);
	}
}

/* Does a region that stays outside of @r, too, cross one of its borders? */
static bool nomap_crosses(const struct memblock_state *s, struct memblock_range r)
{
	for (unsigned int i = 0; i < s->nr[M_MEMORY]; i++) {
		const struct row *p = &memblock_rows(s, M_MEMORY)[i];
		uint64_t end = memblock_row_end(p);

		if (p->type & MEMBLOCK_F_NOMAP &&
		    ((p->start < r.start && r.start < end) || (p->start < r.end && r.end < end)))
			return true;
	}
	return false;
}

/*
 * Memory that is not NOMAP, and all of reserved, goes outside of @r. @above: from where on reserved
 * goes.
 */
static void cap(struct memblock_step *step, struct memblock_range r, uint64_t above)
{
	const struct memblock_range nothing = { 0, 0 };
	struct memblock_state *s = step->s;
	const uint64_t max = s->facts->phys_max;
	bool split;

	memblock_end_unmerged(step, M_MEMORY);
	if (r.start < r.end && memblock_make_slots(step, M_MEMORY, 2, nothing))
		return;
	split = memblock_quirk_on(s, Q_CAP_UNMERGED) && nomap_crosses(s, r);
	memblock_frame(step, 1u << M_MEMORY | 1u << M_RESERVED,
		       (struct memblock_range){ 0, UINT64_MAX });
	for (unsigned int i = 0; i < 2; i++) {
		struct memblock_range out = { i ? r.end : 0, i ? max : r.start };

		memblock_rows_change(s, M_MEMORY, out, DROP_MAPPED, 0, 0);
		memblock_map_change(s, M_MEMORY, out, DROP_MAPPED, 0);
	}
	if (split) {
		memblock_fire(step, Q_CAP_UNMERGED);
		memblock_rows_split(s, M_MEMORY, r.start);
		memblock_rows_split(s, M_MEMORY, r.end);
		s->unmerged = true;
	}
	drop(step, M_RESERVED, 0, r.start);
	if (step->e->result.outcome == OUT_RETURN)
		drop(step, M_RESERVED, above, max);
	keep_tables(step);
}

static void do_cap(struct memblock_step *step, const struct op *op)
{
	struct memblock_state *s = step->s;
	struct memblock_range r = memblock_range(s, op->arg[0], op->arg[1]);
	uint64_t end = memblock_phys(s, op->arg[0] + op->arg[1]);

	if (!memblock_phys(s, op->arg[1]))
		return;
	/* "no memory" is told by the counter */
	if (!s->total[M_MEMORY]) {
		step->e->result.said |= SAID_WARNING;
		return;
	}
	if (end < r.end && r.start < r.end &&
	    memblock_quirk_on(s, Q_CAP_WRAPS)) {
		memblock_fire(step, Q_CAP_WRAPS);
		cap(step, r, end);
		return;
	}
	cap(step, r, r.end);
}

void memblock_do_limit(struct memblock_step *step, const struct op *op)
{
	struct memblock_state *s = step->s;
	uint64_t limit = memblock_phys(s, op->arg[0]), end;

	if (op->id == M_CAP_MEMORY_RANGE) {
		do_cap(step, op);
		return;
	}
	end = limit ? end_of_lowest(s, limit) : UINT64_MAX;
	if (end == UINT64_MAX)
		return;
	if (op->id == M_MEM_LIMIT_REMOVE_MAP) {
		cap(step, (struct memblock_range){ 0, end }, end);
		return;
	}
	if (drop(step, M_MEMORY, end, s->facts->phys_max)) {
		if (step->e->result.outcome != OUT_RETURN || !memblock_quirk_on(s, Q_LIMIT_HALF))
			return;
		memblock_fire(step, Q_LIMIT_HALF);
	}
	drop(step, M_RESERVED, end, s->facts->phys_max);
	keep_tables(step);
}

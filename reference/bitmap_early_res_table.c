// SPDX-License-Identifier: GPL-2.0-only
/* The brute-force judge of family early_res: growth and panics. See bitmap_early_res.h. */
#include "bitmap_early_res.h"

/* A place for a table: below a range, or above it. */
static bool has_room(const struct trial *t, uint64_t size, uint64_t align, uint64_t start,
		     uint64_t end, const struct row *hole)
{
	uint64_t limit = mapped(t);

	return lowest_ram(t, 0, min(start, limit), size, align, hole) != NONE ||
	       lowest_ram(t, end, limit, size, align, hole) != NONE;
}

/*
 * How it ends when the table must double. The contract does not say how the table is aligned: who
 * wants it at multiples of its slots' size may.
 */
static enum panics panics_growing(const struct trial *t, uint64_t start, uint64_t end,
				  const struct row *hole)
{
	uint64_t size = 2ULL * slots(t) * EARLY_RES_SLOT_SIZE;

	if (!has_room(t, size, 1, start, end, hole))
		return PANICS;
	return has_room(t, size, EARLY_RES_SLOT_SIZE, start, end, NULL) ? PANICS_NOT :
									  PANICS_PERHAPS;
}

static int more_slots(const struct trial *t, uint64_t start, uint64_t end)
{
	int more = 1;

	for (unsigned int i = 0; i < t->b->nr_reserved; i++) {
		const struct row *r = &t->b->reserved[i];

		if (meets(r, start, end))
			more += (r->start < start) + (end < end_of(r)) - 1;
	}
	return more;
}

/* In the list's order: what lies inside frees its slot, what is split needs one. */
static unsigned int growths_of_partial(const struct trial *t, uint64_t start, uint64_t end,
				       const struct row **first)
{
	unsigned int used = t->b->nr_reserved, room = slots(t), times = 0;
	bool own = grown(t);

	for (unsigned int i = grown(t); i < t->b->nr_reserved; i++) {
		const struct row *r = &t->b->reserved[i];

		if (!meets(r, start, end))
			continue;
		if (r->start >= start && end_of(r) <= end)
			used--;
		if (r->start >= start || end_of(r) <= end)
			continue;
		if (early_res_short(room, used)) {
			if (!times++)
				*first = r;
			room *= 2;
			used += !own;
			own = true;
		}
		used++;
	}
	return times;
}

struct growths trial_growths(const struct trial *t)
{
	uint64_t start = t->op->arg[0], end = t->op->arg[1];
	bool few = early_res_short(slots(t), t->b->nr_reserved);
	const struct row *split;
	unsigned int times;

	if (start >= end || is_closed(t))
		return (struct growths){ 0, 0 };
	switch (t->op->id) {
	case E_RES_RESERVE:
	case E_RES_RESERVE_WITHOUT_CHECK:
		return (struct growths){ few, few };
	case E_RES_RESERVE_OVERLAP_OK:
		return (struct growths){
			(int)(slots(t) - t->b->nr_reserved) < more_slots(t, start, end), few };
	case E_RES_FREE_PARTIAL:
		times = growths_of_partial(t, start, end, &split);
		return (struct growths){ times, times };
	}
	return (struct growths){ 0, 0 };
}

enum panics trial_panics(const struct trial *t)
{
	uint64_t start = t->op->arg[0], end = t->op->arg[1];
	struct growths g = trial_growths(t);
	const struct row *split = NULL;
	struct row hole = { .start = start, .size = end - start };
	enum panics p;

	if (is_closed(t))
		return PANICS_NOT;
	switch (t->op->id) {
	case E_RES_FREE:
		for (unsigned int i = grown(t); i < t->b->nr_reserved; i++)
			if (t->b->reserved[i].start == start && end_of(&t->b->reserved[i]) == end)
				return PANICS_NOT;
		return PANICS;
	case E_RES_RESERVE:
	case E_RES_RESERVE_OVERLAP_OK:
		/* it grows first, if it does: then the old table's place is free */
		if (is_firm(t, grown(t), start, end) || (!g.most && is_firm(t, 0, start, end)))
			return PANICS;
		if (!g.least && is_firm(t, 0, start, end))
			return PANICS_PERHAPS;
		break;
	case E_RES_FREE_PARTIAL:
		/* what was freed by then is room, too; where it grew first is not seen */
		if (start < end && growths_of_partial(t, start, end, &split)) {
			p = panics_growing(t, end, end_of(split), &hole);
			return p == PANICS_NOT && g.most > 1 ? PANICS_PERHAPS : p;
		}
		return PANICS_NOT;
	case E_RES_GET_FREE:
		return trial_panics_get_free(t);
	}
	if (g.least)
		return panics_growing(t, start, end, NULL);
	return g.most ? PANICS_PERHAPS : PANICS_NOT;
}

/* The place that the allocator chose for its table, or that it has it no more. */
bool trial_table(struct trial *t, struct growths g)
{
	const struct table *own = &t->st->table[E_RES_OWN];
	const struct table *list = &t->st->table[E_RES_RESERVED];
	bool has = own->nr && own->rows[0].type == EARLY_RES_TABLE;
	unsigned int now = has ? own->rows[0].flags : t->slots;
	uint64_t start = t->op->arg[0], end = t->op->arg[1];
	const struct row *table = own->rows;

	if (t->b->closed)
		return !has || complain(t, "a list that was handed off has a table");
	if (now < slots(t) << g.least || now > slots(t) << g.most)
		return complain(t, "the table grew when it should not, or did not when it should");
	if (!has)
		return !grown(t) || complain(t, "the table's place is gone");
	if (!list->nr || list->rows[0].start != table->start || list->rows[0].size != table->size ||
	    list->rows[0].type != EARLY_RES_FIRM || list->rows[0].flags)
		return complain(t, "the first reservation is not the table");
	if (now == slots(t))
		return !memcmp(table, &t->b->own[0], sizeof(*table)) ||
		       complain(t, "the table moved and did not grow");
	if (table->size != (uint64_t)now * EARLY_RES_SLOT_SIZE)
		return complain(t, "the table's size is not its slots'");
	if (!is_mapped_ram(t, table->start, table->size))
		return complain(t, "the table does not lie in mapped RAM");
	if (t->op->id != E_RES_FREE_PARTIAL &&
	    (is_reserved(t, table->start, end_of(table)) || meets(table, start, end)))
		return complain(t, "the table lies where something is reserved");
	for (unsigned int i = 1; i < list->nr && t->op->id == E_RES_FREE_PARTIAL; i++)
		if (meets(table, list->rows[i].start, end_of(&list->rows[i])))
			return complain(t, "the table lies where something is reserved");
	return true;
}


// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memblock model: how a table grows, and where to. Contract, "Tables".
 *
 * Where is the allocator's choice. At first it is guessed as a search would find it, above what is
 * about to be reserved or else below; when the subject shows another place, the op is stepped
 * again with that one (memblock_adopt.c), if it is a place that the contract allows.
 */
#include "memblock_model.h"

static uint64_t bytes_of(const struct memblock_state *s, unsigned int slots)
{
	uint64_t bytes = (uint64_t)slots * s->facts->region;

	return (bytes + MEMBLOCK_PAGE - 1) & ~(uint64_t)(MEMBLOCK_PAGE - 1);
}

static inline bool meets(struct memblock_range a, struct memblock_range b)
{
	return a.start < b.end && b.start < a.end;
}

/* Is all of @r memory that searches do not pass over? */
static bool mapped_memory(const struct memblock_state *s, struct memblock_range r)
{
	uint32_t left_out = MEMBLOCK_F_NOMAP | MEMBLOCK_F_DRIVER_MANAGED |
			    (memblock_setting(s, MEMBLOCK_MOVABLE_NODE) ? MEMBLOCK_F_HOTPLUG : 0);
	struct memblock_range piece;

	for (uint64_t at = r.start; at < r.end; at = piece.end) {
		uint32_t type = memblock_map_at(s, M_MEMORY, at, &piece);

		if (type == MEMBLOCK_NOWHERE || type & left_out)
			return false;
	}
	return true;
}

/* May a table of @bytes lie at @at? The safety layer says it. */
static bool place_allowed(const struct memblock_state *s, uint64_t at, uint64_t bytes,
			  struct memblock_range about, const struct memblock_step *step)
{
	struct memblock_range r = { at, at + bytes };

	if (at % MEMBLOCK_PAGE || at < MEMBLOCK_PAGE || r.end < r.start ||
	    r.end > memblock_setting(s, MEMBLOCK_LIMIT) || meets(r, about) ||
	    meets(r, step->going) || meets(r, step->pending))
		return false;
	for (unsigned int t = 0; t < s->nr_own; t++)
		if (meets(r, (struct memblock_range){ s->own[t].start, row_end(&s->own[t]) }))
			return false;
	return mapped_memory(s, r) && !memblock_map_any(s, M_RESERVED, r);
}

/*
 * Return: a place, or 0: there is no room. A window that ends at 0 or 1 means the current limit:
 * what is about to be reserved is searched, too, when it begins there.
 */
static uint64_t search_place(struct memblock_step *step, uint64_t bytes,
			     struct memblock_range about)
{
	uint64_t at = memblock_find_in_range(step, about.end, MEMBLOCK_ACCESSIBLE, bytes,
					     MEMBLOCK_PAGE);
	uint64_t limit = memblock_setting(step->s, MEMBLOCK_LIMIT);
	uint64_t end = about.start < limit ? about.start : limit;

	if (at)
		return at;
	if (about.end && end <= MEMBLOCK_NOLEAKTRACE &&
	    memblock_quirk_on(step->s, Q_DOUBLE_IN_RANGE)) {
		at = memblock_find_in_range(step, 0, end, bytes, MEMBLOCK_PAGE);
		if (at)
			memblock_fire(step, Q_DOUBLE_IN_RANGE);
		return at;
	}
	return end > MEMBLOCK_PAGE ?
	       memblock_find_in_range(step, 0, end, bytes, MEMBLOCK_PAGE) : 0;
}

/* The same, and not in memory that the op takes away, nor where another table is about to lie. */
static uint64_t guess_place(struct memblock_step *step, uint64_t bytes, struct memblock_range about)
{
	const struct {
		struct memblock_range r;
		enum memblock_quirk quirk;
	} bad[] = {
		{ step->going, Q_DOUBLE_IN_GOING }, { step->pending, Q_DOUBLE_UNRESERVED },
	};
	uint64_t at = search_place(step, bytes, about);

	for (unsigned int i = 0; i < 2 && at; i++) {
		if (!meets(bad[i].r, (struct memblock_range){ at, at + bytes }))
			continue;
		if (memblock_quirk_on(step->s, bad[i].quirk)) {
			memblock_fire(step, bad[i].quirk);
			return at;
		}
		at = search_place(step, bytes, bad[i].r);
		if (meets(about, (struct memblock_range){ at, at + bytes }))
			at = 0;
	}
	return at;
}

static uint64_t place_of(struct memblock_step *step, unsigned int table, unsigned int slots,
			 struct memblock_range about)
{
	uint64_t bytes = bytes_of(step->s, slots);
	const struct row *r = step->seen ? &step->seen->table[M_OWN].rows[table] : NULL;

	/* the subject shows the last doubling of the op */
	if (r && r->flags == slots && r->type == 1 + table) {
		if (r->size == bytes && place_allowed(step->s, r->start, bytes, about, step))
			return r->start;
		step->refused = true;
	}
	return guess_place(step, bytes, about);
}

static void set_own(struct memblock_state *s, unsigned int table, struct row row)
{
	struct row *own = &s->own[table];

	if (own->size)
		s->own_sum -= range_sum(own->type, own->start, row_end(own));
	*own = row;
	if (own->size)
		s->own_sum += range_sum(own->type, own->start, row_end(own));
}

/* Both layers: @r is reserved, without a question for slots. */
static void restore_reserved(struct memblock_state *s, struct memblock_range r)
{
	uint32_t nid = s->facts->numa ? MEMBLOCK_UNSAID : 0;
	uint32_t type = memblock_row_type(MEMBLOCK_F_NONE, MEMBLOCK_UNSAID);

	memblock_rows_change(s, M_RESERVED, r, COVER, type, nid);
	memblock_map_change(s, M_RESERVED, r, COVER, type);
}

/* The place before is given back; @new is about to be reserved: not for reserved's own table. */
static int give_back(struct memblock_step *step, struct memblock_range old,
		     struct memblock_range new)
{
	struct memblock_state *s = step->s;
	int err;

	memblock_say(step, M_PHYS_FREE, old.start, old.end - old.start, 0);
	step->pending = new;
	err = memblock_change_bytes(step, M_RESERVED, old, DROP, 0);
	step->pending = (struct memblock_range){ 0, 0 };
	if (!err || step->e->result.outcome != OUT_RETURN ||
	    !memblock_quirk_on(s, Q_DOUBLE_OLD_KEPT))
		return err;
	memblock_fire(step, Q_DOUBLE_OLD_KEPT);
	return 0;
}

/* The new place is reserved, the one before given back; or all is as it was. */
static int reserve_place(struct memblock_step *step, struct memblock_range old,
			 struct memblock_range new)
{
	struct memblock_state *s = step->s;
	int err = old.start < old.end ? give_back(step, old, new) : 0;

	if (err || new.start == new.end)
		return err;
	err = memblock_reserve_range(step, new.start, new.end - new.start);
	if (!err)
		return 0;
	if (step->e->result.outcome == OUT_RETURN && memblock_quirk_on(s, Q_DOUBLE_NO_ROOM)) {
		memblock_fire(step, Q_DOUBLE_NO_ROOM);
		step->e->result.outcome = OUT_BUG;
	}
	restore_reserved(s, old);
	return err;
}

/* What a table's place before is, for the kernel. */
static struct memblock_range old_place(struct memblock_step *step, unsigned int table,
				       const struct row *before)
{
	const struct memblock_state *s = step->s;

	if (table != M_PHYSMEM || before->flags != s->facts->slots[M_PHYSMEM] ||
	    !memblock_quirk_on(s, Q_PHYSMEM_STATIC))
		return (struct memblock_range){ before->start, before->start + before->size };
	memblock_fire(step, Q_PHYSMEM_STATIC);
	/* which of two tables came from slab is then mixed up, too */
	step->e->cut |= memblock_setting(s, MEMBLOCK_SLAB);
	return (struct memblock_range){ MEMBLOCK_IMAGE,
					MEMBLOCK_IMAGE + bytes_of(s, before->flags) };
}

static int double_table(struct memblock_step *step, unsigned int table, struct memblock_range about)
{
	struct memblock_state *s = step->s;
	const struct row before = s->own[table];
	struct row own = { .type = 1 + table, .flags = 2 * before.flags };
	int err;

	if (!memblock_setting(s, MEMBLOCK_RESIZE)) {
		if (memblock_trait(s, T_FULL_PANICS))
			step->e->result.outcome = OUT_PANIC;
		return MEMBLOCK_ENOMEM;
	}
	if (!memblock_setting(s, MEMBLOCK_SLAB)) {
		own.start = place_of(step, table, own.flags, about);
		own.size = bytes_of(s, own.flags);
		if (!own.start) {
			step->e->result.said |= SAID_ERROR;
			return MEMBLOCK_ENOMEM;
		}
	}
	memblock_say(step, MEMBLOCK_SAID_DOUBLED, own.start,
		     (uint64_t)own.flags * s->facts->region, own.flags);
	set_own(s, table, own);
	err = reserve_place(step, old_place(step, table, &before),
			    (struct memblock_range){ own.start, own.start + own.size });
	if (err) {
		set_own(s, table, before);
		return err;
	}
	s->doubled = true;
	step->grew |= 1u << table;
	memblock_frame(step, 1u << M_RESERVED | 1u << M_OWN,
		       (struct memblock_range){ 0, UINT64_MAX });
	return 0;
}

int memblock_make_slots(struct memblock_step *step, unsigned int table, unsigned int more,
			struct memblock_range about)
{
	const struct memblock_state *s = step->s;

	/* an empty collection has room for its first region */
	while (s->nr[table] && s->nr[table] + more > s->own[table].flags && !step->e->cut) {
		int err = double_table(step, table, about);

		if (err)
			return err;
	}
	return 0;
}

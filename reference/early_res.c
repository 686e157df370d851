// SPDX-License-Identifier: GPL-2.0-only
/* The reference's early_res. See early_res.h, and contract/early_res.h for every rule here. */
#include <string.h>

#include "early_res.h"

#define FOUR_GIB	(1ULL << 32)

static uint64_t lower(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static uint64_t higher(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

/* Not for an empty range. */
static bool meets(const struct early_res_slot *s, uint64_t start, uint64_t end)
{
	return start < s->end && s->start < end;
}

static void __attribute__((__noreturn__)) panic(const struct early_res *r, const char *why)
{
	r->machine->panic(r->machine->arg, why);
}

/* --- the list --- */

void early_res_init(struct early_res *r, const struct early_res_machine *m, unsigned int slots)
{
	r->machine = m;
	r->initial = slots;
	r->slots = slots;
	r->slot = r->first;
	r->used = 0;
	r->grown = false;
}

static void forget(struct early_res *r)
{
	early_res_init(r, r->machine, r->initial);
}

static void append(struct early_res *r, uint64_t start, uint64_t end, const char *name,
		   bool overlap_ok)
{
	struct early_res_slot *s = &r->slot[r->used++];

	*s = (struct early_res_slot){ .start = start, .end = end, .overlap_ok = overlap_ok };
	if (name)
		for (unsigned int i = 0; i < EARLY_RES_NAME - 1 && name[i]; i++)
			s->name[i] = name[i];
}

static void take_out(struct early_res *r, unsigned int i)
{
	r->used--;
	memmove(&r->slot[i], &r->slot[i + 1], (r->used - i) * sizeof(r->slot[0]));
}

/* --- free blocks --- */

/* Where the furthest reservation that meets [@start, @end) ends; 0: none does. */
static uint64_t blocked(const struct early_res *r, uint64_t start, uint64_t end)
{
	uint64_t until = 0;

	for (unsigned int i = 0; i < r->used; i++)
		if (meets(&r->slot[i], start, end))
			until = higher(until, r->slot[i].end);
	return until;
}

/* Where the first reservation at or above @at starts, or @last. */
static uint64_t free_until(const struct early_res *r, uint64_t at, uint64_t last)
{
	for (unsigned int i = 0; i < r->used; i++)
		if (r->slot[i].start >= at && r->slot[i].start < r->slot[i].end)
			last = lower(last, r->slot[i].start);
	return last;
}

/* The lowest free block of @size bytes inside [@from, @last) at a multiple of @align, both > 0. */
static uint64_t lowest(const struct early_res *r, uint64_t from, uint64_t last, uint64_t size,
		       uint64_t align)
{
	uint64_t at = from;

	do {
		uint64_t over = at % align;

		if (over && __builtin_add_overflow(at, align - over, &at))
			return EARLY_RES_NONE;
		if (at > last || last - at < size)
			return EARLY_RES_NONE;
		from = at;
		at = blocked(r, at, at + size);
	} while (at);
	return from;
}

static uint64_t step(uint64_t align)
{
	return align ? align : 1;
}

uint64_t early_res_find_area(const struct early_res *r, uint64_t ei_start, uint64_t ei_last,
			     uint64_t start, uint64_t end, uint64_t size, uint64_t align)
{
	if (!size)
		return EARLY_RES_NONE;
	return lowest(r, higher(ei_start, start), lower(ei_last, end), size, step(align));
}

uint64_t early_res_find_area_size(const struct early_res *r, uint64_t ei_start, uint64_t ei_last,
				  uint64_t start, uint64_t *size, uint64_t align)
{
	uint64_t at = lowest(r, higher(ei_start, start), ei_last, 1, step(align));

	if (at != EARLY_RES_NONE)
		*size = free_until(r, at, ei_last) - at;
	return at;
}

uint64_t early_res_find_ram(const struct early_res *r, uint64_t start, uint64_t end, uint64_t size,
			    uint64_t align)
{
	const struct early_res_machine *m = r->machine;
	uint64_t at = EARLY_RES_NONE;

	for (unsigned int i = 0; i < m->nr_ram && at == EARLY_RES_NONE; i++)
		at = early_res_find_area(r, m->ram[i].start, m->ram[i].end, start, end, size,
					 align);
	return at;
}

uint64_t early_res_find_ram_size(const struct early_res *r, uint64_t start, uint64_t *size,
				 uint64_t align)
{
	const struct early_res_machine *m = r->machine;
	uint64_t at = EARLY_RES_NONE;

	for (unsigned int i = 0; i < m->nr_ram && at == EARLY_RES_NONE; i++)
		at = early_res_find_area_size(r, m->ram[i].start, m->ram[i].end, start, size,
					      align);
	return at;
}

uint64_t early_res_reserve_e820(struct early_res *r, uint64_t start, uint64_t size, uint64_t align)
{
	uint64_t at, room;

	if (!size)
		return 0;
	while ((at = early_res_find_ram_size(r, start, &room, align)) != EARLY_RES_NONE) {
		uint64_t top = at + room - lower(size, room);

		top -= top % step(align);
		if (room >= size && top) {
			r->machine->take(r->machine->arg, top, size);
			return top;
		}
		start = at + room;
	}
	return 0;
}

/* --- memory of its own --- */

/* A free place of @size bytes in mapped RAM inside [@start, @end). */
static uint64_t place(const struct early_res *r, uint64_t start, uint64_t end, uint64_t size,
		      uint64_t align)
{
	return early_res_find_ram(r, start, lower(end, r->machine->mapped), size, align);
}

/* Twice the slots, in memory that is neither reserved nor within [@start, @end). */
static void grow(struct early_res *r, uint64_t start, uint64_t end)
{
	uint64_t size = 2ULL * r->slots * EARLY_RES_SLOT_SIZE;
	uint64_t at = place(r, 0, start, size, EARLY_RES_SLOT_SIZE);
	struct early_res_slot *more;

	if (at == EARLY_RES_NONE)
		at = place(r, end, UINT64_MAX, size, EARLY_RES_SLOT_SIZE);
	if (at == EARLY_RES_NONE)
		panic(r, "no room for a table of twice the slots");
	more = r->machine->memory(r->machine->arg, at, size);
	more[0] = (struct early_res_slot){ .start = at, .end = at + size };
	/* the old table's own reservation ends */
	memcpy(more + 1, r->slot + r->grown, (r->used - r->grown) * sizeof(*more));
	r->used += !r->grown;
	r->slot = more;
	r->slots *= 2;
	r->grown = true;
}

/* --- reserving and freeing --- */

static void grow_if_short(struct early_res *r, uint64_t start, uint64_t end)
{
	if (early_res_short(r->slots, r->used))
		grow(r, start, end);
}

/* How many slots more are in use when what [@start, @end) meets has given way to it. */
static int more_slots(const struct early_res *r, uint64_t start, uint64_t end)
{
	int more = 1;

	for (unsigned int i = 0; i < r->used; i++) {
		const struct early_res_slot *s = &r->slot[i];

		if (meets(s, start, end))
			more += (s->start < start) + (end < s->end) - 1;
	}
	return more;
}

static void give_way(struct early_res *r, uint64_t start, uint64_t end)
{
	unsigned int i = 0;

	while (i < r->used) {
		struct early_res_slot s = r->slot[i];

		if (!meets(&s, start, end)) {
			i++;
			continue;
		}
		if (!s.overlap_ok)
			panic(r, "overlaps a reservation");
		take_out(r, i);
		if (s.start < start)
			append(r, s.start, start, s.name, true);
		if (end < s.end)
			append(r, end, s.end, s.name, true);
	}
}

void early_res_reserve(struct early_res *r, uint64_t start, uint64_t end, const char *name)
{
	if (start >= end)
		return;
	grow_if_short(r, start, end);
	give_way(r, start, end);
	append(r, start, end, name, false);
}

void early_res_reserve_overlap_ok(struct early_res *r, uint64_t start, uint64_t end,
				  const char *name)
{
	if (start >= end)
		return;
	if ((int)(r->slots - r->used) < more_slots(r, start, end))
		grow(r, start, end);
	give_way(r, start, end);
	append(r, start, end, name, true);
}

void early_res_reserve_without_check(struct early_res *r, uint64_t start, uint64_t end,
				     const char *name)
{
	if (start >= end)
		return;
	grow_if_short(r, start, end);
	append(r, start, end, name, false);
}

void early_res_free(struct early_res *r, uint64_t start, uint64_t end)
{
	unsigned int i = r->grown;

	while (i < r->used && (r->slot[i].start != start || r->slot[i].end != end))
		i++;
	if (i == r->used)
		panic(r, "frees what is not reserved");
	take_out(r, i);
}

/* The first reservation, but the table's own, that meets a range; r->used: none does. */
static unsigned int first_met(const struct early_res *r, uint64_t start, uint64_t end)
{
	unsigned int i = r->grown;

	while (i < r->used && !meets(&r->slot[i], start, end))
		i++;
	return i;
}

void early_res_free_partial(struct early_res *r, uint64_t start, uint64_t end)
{
	unsigned int i;

	if (start > end)
		r->machine->warn(r->machine->arg, "frees a range that ends before it starts");
	if (start >= end)
		return;
	while ((i = first_met(r, start, end)) < r->used) {
		struct early_res_slot *s = &r->slot[i];

		if (s->start < start && end < s->end) {
			if (early_res_short(r->slots, r->used)) {
				grow(r, end, s->end);
				continue;	/* it lies elsewhere now */
			}
			append(r, end, s->end, s->name, s->overlap_ok);
			s->end = start;
		} else if (s->start < start) {
			s->end = start;
		} else if (end < s->end) {
			s->start = end;
		} else {
			take_out(r, i);
		}
	}
}

/* --- the hand-off --- */

void early_res_to_bootmem(struct early_res *r, uint64_t start, uint64_t end)
{
	for (unsigned int i = r->grown; i < r->used; i++) {
		uint64_t from = higher(r->slot[i].start, start);
		uint64_t to = lower(r->slot[i].end, end);

		if (from < to)
			r->machine->bootmem(r->machine->arg, from, to - from);
	}
	forget(r);
}

/* The node's active range with the lowest start at or above @from; NULL: none. */
static const struct early_res_span *next_active(const struct early_res *r, unsigned int nid,
						uint64_t from)
{
	const struct early_res_machine *m = r->machine;
	const struct early_res_span *next = NULL;

	for (unsigned int i = 0; i < m->nr_active; i++) {
		const struct early_res_active *a = &m->active[i];

		if ((nid < EARLY_RES_MAX_NODES && a->nid != nid) || a->span.start < from)
			continue;
		if (!next || a->span.start < next->start)
			next = &a->span;
	}
	return next;
}

static unsigned int count_active(const struct early_res *r, unsigned int nid)
{
	const struct early_res_span *a;
	unsigned int nr = 0;

	for (uint64_t at = 0; (a = next_active(r, nid, at)); at = a->end)
		nr++;
	return nr;
}

/* Whole free pages of @a, to the array's end. A page that a reservation touches is not free. */
static void add_free(const struct early_res *r, const struct early_res_span *a,
		     struct early_res_span *range, unsigned int *nr)
{
	uint64_t at = a->start, end;

	while ((at = lowest(r, at, a->end, EARLY_RES_PAGE, EARLY_RES_PAGE)) != EARLY_RES_NONE) {
		end = free_until(r, at, a->end) & ~(EARLY_RES_PAGE - 1ULL);
		range[(*nr)++] = (struct early_res_span){ at, end };
		at = end;
	}
}

struct early_res_free early_res_get_free(struct early_res *r, unsigned int nid)
{
	struct early_res_free f = { 0 };
	const struct early_res_span *a;
	struct early_res_span *range;

	/* active ranges do not meet: each reservation splits one at most */
	f.size = sizeof(*range) * (uint64_t)count_active(r, nid);
	if (f.size)
		f.size += sizeof(*range) * (uint64_t)r->used;
	if (f.size) {
		f.place = place(r, FOUR_GIB, UINT64_MAX, f.size, sizeof(*range));
		if (f.place == EARLY_RES_NONE)
			f.place = place(r, 0, UINT64_MAX, f.size, sizeof(*range));
		if (f.place == EARLY_RES_NONE)
			panic(r, "no room for the array of free ranges");
		range = r->machine->memory(r->machine->arg, f.place, f.size);
		f.range = range;
		/* with the list its table ends: its place is free, too */
		if (nid >= EARLY_RES_MAX_NODES && r->grown) {
			/* nowhere: an empty range inside a page would still keep that page */
			r->slot[0].start = UINT64_MAX;
			r->slot[0].end = UINT64_MAX;
		}
		for (uint64_t at = 0; (a = next_active(r, nid, at)); at = a->end)
			add_free(r, a, range, &f.nr);
	}
	if (nid >= EARLY_RES_MAX_NODES)
		forget(r);
	return f;
}

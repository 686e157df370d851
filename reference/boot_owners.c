// SPDX-License-Identifier: GPL-2.0-only
/*
 * The boot model, safety layer: whose is a byte, and what goes to the page allocator.
 *
 *     passed on = whole pages of (memory) - pages that meet (reserved), below the limit
 *
 *     memory    on memblock: RAM of the map at setup, cut to whole pages; on early_res: whole pages
 *               of RAM that are on a node
 *     reserved  what was reserved or allocated and not freed, and the allocator's own tables
 *
 * Maintained by operands and answers of boot's ops alone. When an op ends is not known before the
 * subject has answered: what it did to reservations is done as the next one begins.
 */
#include <string.h>

#include "boot_model.h"

#define PAGE_LAST	(BOOT_PAGE - 1ULL)
#define MAX_PFN_46_BITS	(1ULL << 34)

void boot_owners_init(struct boot_state *s)
{
	struct boot_owners *o = &s->owners;

	memset(o, 0, offsetof(struct boot_owners, map));
	o->map.nr = 0;
	o->map.overflow = false;
	o->map.clean = true;
	boot_set_init(&o->ram);
	boot_set_init(&o->active);
	boot_set_init(&o->taken);
	boot_set_init(&o->initialised);
	ival_init(&o->want);
}

/* --- reservations --- */

/* Where the allocator's tables are now, by enum boot_own; size 0: built in. */
static void own_tables(const struct boot_state *s, struct row own[2])
{
	memset(own, 0, 2 * sizeof(own[0]));
	if (!s->old) {
		if (!s->memblock.nr_own)
			return;
		own[0] = s->memblock.own[M_MEMORY];
		own[1] = s->memblock.own[M_RESERVED];
	} else if (s->early_res.nr_own && s->early_res.own[0].type == EARLY_RES_TABLE) {
		own[1] = s->early_res.own[0];
	}
}

static bool same_place(const struct row *a, const struct row *b)
{
	return a->start == b->start && a->size == b->size;
}

/*
 * Tables that have moved: their places before are given back, the new ones are reserved. In this
 * order, for one may lie now where the other was. Did one?
 */
static bool move_tables(struct boot_state *s)
{
	struct boot_owners *o = &s->owners;
	struct row now[2];
	bool moved = false;

	/* with the list its table ends, whose place is handed out or not */
	if (s->handed && s->old)
		return false;
	own_tables(s, now);
	for (unsigned int i = 0; i < 2; i++)
		if (o->own[i].size && !same_place(&o->own[i], &now[i]))
			boot_set_sub(&o->taken, o->own[i].start,
				     o->own[i].start + o->own[i].size - 1);
	for (unsigned int i = 0; i < 2; i++) {
		if (same_place(&o->own[i], &now[i]))
			continue;
		if (now[i].size)
			boot_set_add(&o->taken, now[i].start, now[i].start + now[i].size - 1);
		o->own[i] = now[i];
		moved = true;
	}
	return moved;
}

/* Soft-reserved memory of the map, but for the last byte of all, which memblock never reserves. */
static void take_soft(struct boot_state *s)
{
	const uint64_t top = config_phys_max(s->config) - 1;
	struct boot_owners *o = &s->owners;

	for (unsigned int i = 0; i < o->map.nr; i++) {
		const struct boot_entry *e = &o->map.entry[i];
		uint64_t last = e->last < top ? e->last : top;

		if (e->type == E820_T_SOFT_RESERVED && e->first <= last)
			boot_set_add(&o->taken, e->first, last);
	}
}

/* Is there soft-reserved memory that is memblock's memory, too? */
static bool soft_is_memory(const struct boot_owners *o)
{
	for (unsigned int i = 0; i < o->map.nr; i++) {
		const struct boot_entry *e = &o->map.entry[i];

		if (e->type == E820_T_SOFT_RESERVED && boot_set_meets(&o->ram, e->first, e->last))
			return true;
	}
	return false;
}

void boot_owners_settle(struct boot_state *s)
{
	struct boot_owners *o = &s->owners;
	bool moved;

	/* tables move before anything else is done */
	moved = move_tables(s);
	/*
	 * setup reserves range by range, and the place of a table that moves meanwhile is free
	 * again, with what an earlier range had reserved there: which one that was is not observed
	 */
	o->led |= o->soft && moved && soft_is_memory(o);
	if (o->soft)
		take_soft(s);
	o->soft = false;
	if (o->pending.what == PENDING_TAKE)
		boot_set_add(&o->taken, o->pending.first, o->pending.last);
	else if (o->pending.what == PENDING_GIVE)
		boot_set_sub(&o->taken, o->pending.first, o->pending.last);
	o->pending.what = PENDING_NOT;
	/* what is freed although the allocator's table lies there stays: the list goes on there */
	if (s->old && o->own[1].size)
		boot_set_add(&o->taken, o->own[1].start, o->own[1].start + o->own[1].size - 1);
}

/* An inverted range is none to early_res; memblock never reserves the last byte of all. */
static void pend(struct boot_state *s, int what, uint64_t start, uint64_t size)
{
	struct boot_pending *p = &s->owners.pending;
	uint64_t max = config_phys_max(s->config), last;

	/* as memblock's operands are */
	if (!s->old) {
		start &= max;
		size &= max;
	}
	last = last_byte(start, size);
	p->what = PENDING_NOT;
	if (!size || (s->old && reaches_top(start, size)))
		return;
	if (!s->old && last >= max)
		last = max - 1;
	if (start > last)
		return;
	*p = (struct boot_pending){ what, start, last };
}

void boot_owners_take(struct boot_state *s, uint64_t start, uint64_t size)
{
	pend(s, PENDING_TAKE, start, size);
}

void boot_owners_give(struct boot_state *s, uint64_t start, uint64_t size)
{
	const struct boot_owners *o = &s->owners;
	const struct boot_pending *p = &o->pending;

	pend(s, PENDING_GIVE, start, size);
	/* what the allocator goes on using is free to be taken: its affair from now on */
	for (unsigned int i = 0; i < 2 && p->what == PENDING_GIVE; i++)
		if (o->own[i].size && o->own[i].start <= p->last &&
		    p->first < o->own[i].start + o->own[i].size)
			s->owners.led = true;
}

/* --- RAM --- */

static bool is_ram(const struct boot_state *s, uint32_t type)
{
	return type == E820_T_RAM || (type == E820_T_RESERVED_KERN && !s->old);
}

/* Whole pages of [@first, @last]: false when there are none. */
static bool whole_pages(uint64_t *first, uint64_t *last)
{
	if (*first > UINT64_MAX - PAGE_LAST)
		return false;
	*first = (*first + PAGE_LAST) & ~PAGE_LAST;
	/* the last byte of the page that ends at or before last + 1 */
	if ((*last & PAGE_LAST) != PAGE_LAST) {
		if (*last < BOOT_PAGE)
			return false;
		*last = (*last & ~PAGE_LAST) - 1;
	}
	return *first < *last;
}

/* Of memory only whole pages stay. */
static void trim(struct boot_set *ram)
{
	unsigned int nr = 0;

	for (unsigned int i = 0; i < ram->nr; i++) {
		struct boot_piece p = ram->piece[i];

		if (whole_pages(&p.first, &p.last))
			ram->piece[nr++] = p;
	}
	ram->nr = nr;
}

/* Behind the last page of RAM; ACPI tables count where e820's trait says so. */
static uint64_t end_of_ram(const struct boot_state *s)
{
	const struct boot_entries *t = &s->owners.map;
	uint64_t limit = s->e820.trait[T_52_BITS] ? E820_MAX_ARCH_PFN : MAX_PFN_46_BITS, end = 0;

	if (s->config->long_bits == 32)
		limit = s->config->phys_bits == 32 ? E820_MAX_ARCH_PFN_32 : E820_MAX_ARCH_PFN_PAE;
	for (unsigned int i = 0; i < t->nr; i++) {
		uint64_t last = t->entry[i].last;
		uint64_t pfn = last == UINT64_MAX ? limit : (last + 1) >> 12;

		if (t->entry[i].first >> 12 >= limit)
			continue;
		if (t->entry[i].type != E820_T_RAM &&
		    !(t->entry[i].type == E820_T_ACPI && s->e820.trait[T_ACPI_IS_RAM]))
			continue;
		end = pfn > end ? pfn : end;
	}
	return end < limit ? end : limit;
}

void boot_owners_setup(struct boot_state *s)
{
	const uint64_t max = config_phys_max(s->config);
	const uint64_t top = max == UINT64_MAX ? max : max - 1;
	struct boot_owners *o = &s->owners;

	o->max_pfn = end_of_ram(s);
	o->limit = o->max_pfn;
	if (s->config->long_bits == 32 && o->limit > BOOT_LOW_PAGES)
		o->limit = BOOT_LOW_PAGES;
	if (s->old)
		return;
	for (unsigned int i = 0; i < o->map.nr; i++) {
		const struct boot_entry *e = &o->map.entry[i];

		if (is_ram(s, e->type) && e->first <= top)
			boot_set_add(&o->ram, e->first, e->last < top ? e->last : top);
	}
	trim(&o->ram);
	o->soft = true;
}

/* On early_res: pages of RAM there become active, piece by piece. */
void boot_owners_node(struct boot_state *s, uint64_t start, uint64_t end)
{
	struct boot_owners *o = &s->owners;

	if (start >= end)
		return;
	if (!s->old) {
		boot_set_add(&o->active, start << 12, (end << 12) - 1);
		return;
	}
	/* pieces are entries: what they are while these overlap is the rows' affair */
	o->led |= !o->map.clean;
	for (unsigned int i = 0; i < o->map.nr; i++) {
		const struct boot_entry *e = &o->map.entry[i];
		uint64_t first = e->first, last = e->last;

		if (!is_ram(s, e->type) || !whole_pages(&first, &last) || first >> 12 >= end)
			continue;
		first = first >> 12 > start ? first : start << 12;
		last = last >> 12 < end ? last : (end << 12) - 1;
		/* what meets an active range is none */
		if (first < last && !boot_set_meets(&o->active, first, last))
			boot_set_add(&o->active, first, last);
	}
}

/* --- the equation --- */

/* Pages of [@first, @last] below the limit that do not meet a piece of @taken. */
static void want_pages(struct boot_state *s, uint64_t first, uint64_t last,
		       const struct boot_set *taken, unsigned int *at)
{
	struct boot_owners *o = &s->owners;

	while (first < last) {
		uint64_t stop = last;

		while (*at < taken->nr && (taken->piece[*at].last | PAGE_LAST) < first)
			++*at;
		if (*at < taken->nr && (taken->piece[*at].first & ~PAGE_LAST) <= stop) {
			uint64_t met = taken->piece[*at].first & ~PAGE_LAST;

			if (met > first)
				ival_add(&o->want, BOOT_FREED, first, met - 1, 1);
			first = (taken->piece[*at].last | PAGE_LAST) + 1;
			if (!first)
				return;
			continue;
		}
		ival_add(&o->want, BOOT_FREED, first, stop, 1);
		return;
	}
}

static void want_all(struct boot_state *s, const struct boot_set *memory,
		     const struct boot_set *taken, bool limited)
{
	uint64_t limit = s->owners.limit << 12;
	unsigned int at = 0;

	for (unsigned int i = 0; i < memory->nr; i++) {
		struct boot_piece p = memory->piece[i];

		if (limited && (!limit || p.first >= limit))
			return;
		if (limited && p.last >= limit)
			p.last = limit - 1;
		want_pages(s, p.first, p.last, taken, &at);
	}
}

/* Without the list's own table. */
static const struct boot_set *without_table(const struct boot_state *s)
{
	static struct boot_set taken;	/* large */
	const struct row *own = &s->owners.own[1];

	memcpy(&taken, &s->owners.taken, sizeof(taken));
	if (own->size)
		boot_set_sub(&taken, own->start, own->start + own->size - 1);
	return &taken;
}

/* The list ends: whether its table's place goes, too, is the allocator's choice. */
static void want_old(struct boot_state *s)
{
	struct boot_owners *o = &s->owners;
	bool narrow = s->config->long_bits == 32;

	if (s->bootmem) {
		want_all(s, &o->active, without_table(s), true);
		return;
	}
	want_all(s, &o->active, &o->taken, narrow);
	if (!o->own[1].size || o->want.sum == s->pages.passed.sum)
		return;
	ival_init(&o->want);
	want_all(s, &o->active, without_table(s), narrow);
}

static void initialise(struct boot_owners *o)
{
	for (unsigned int i = 0; i < o->taken.nr; i++)
		boot_set_add(&o->initialised, o->taken.piece[i].first & ~PAGE_LAST,
			     o->taken.piece[i].last | PAGE_LAST);
}

void boot_owners_handoff(struct boot_state *s)
{
	struct boot_owners *o = &s->owners;

	if (s->old) {
		want_old(s);
		return;
	}
	move_tables(s);
	want_all(s, &o->ram, &o->taken, true);
	initialise(o);
}

/* The tables' places go, whatever the limit is. */
void boot_owners_discard(struct boot_state *s)
{
	struct boot_owners *o = &s->owners;

	for (unsigned int i = 0; i < 2; i++) {
		if (!o->own[i].size)
			continue;
		ival_add(&o->want, BOOT_FREED, o->own[i].start,
			 o->own[i].start + o->own[i].size - 1, 1);
		o->own[i].size = 0;
	}
	boot_set_init(&o->taken);
	boot_set_init(&o->ram);
}

/* --- both layers --- */

/* On memblock: were those pages initialised that met a reservation, on whatever node? */
static bool same_initialised(const struct boot_state *s)
{
	const struct ival *m = &s->pages.initialised;
	uint64_t want = 0, got = 0;
	static struct boot_set all;	/* large */

	boot_set_init(&all);
	for (unsigned int i = 0; i < m->nr; i++) {
		struct ival_piece p = ival_piece(m, i);

		if (p.count)
			boot_set_add(&all, p.first, p.last);
	}
	for (unsigned int i = 0; i < all.nr; i++)
		got += range_sum(0, all.piece[i].first, all.piece[i].last + 1);
	for (unsigned int i = 0; i < s->owners.initialised.nr; i++)
		want += range_sum(0, s->owners.initialised.piece[i].first,
				  s->owners.initialised.piece[i].last + 1);
	return want == got;
}

void boot_owners_compare(struct boot_state *s)
{
	struct boot_owners *o = &s->owners;

	o->overflow = o->map.overflow || o->ram.overflow || o->active.overflow ||
		      o->taken.overflow || o->initialised.overflow || o->want.overflow;
	s->odd = false;
	if (!s->handed)
		return;
	if (o->want.sum == s->pages.passed.sum && (s->old || same_initialised(s)))
		return;
	if (!o->led && !o->overflow) {
		s->odd = true;
		return;
	}
	memcpy(&o->want, &s->pages.passed, sizeof(o->want));
}

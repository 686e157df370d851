// SPDX-License-Identifier: GPL-2.0-only
/*
 * The boot model, safety layer: who holds a byte of the map. Entries are followed as the contract
 * of e820 says it in words, piece by piece; the update is
 *
 *     type of a byte = the highest type of those entries that hold it
 *
 * looked up from border to border. Where e820's entries find no slot, or a quirk shapes them, this
 * follows them (boot_owners.c, led).
 */
#include <stdlib.h>
#include <string.h>

#include "boot_model.h"
#include "e820_cmdline.h"

#define BORDERS	(2 * BOOT_ENTRIES)

static void put(struct boot_entries *t, uint64_t first, uint64_t last, uint32_t type)
{
	if (t->nr == BOOT_ENTRIES) {
		t->overflow = true;
		return;
	}
	t->clean &= !t->nr || t->entry[t->nr - 1].last < first;
	t->entry[t->nr++] = (struct boot_entry){ first, last, type };
}

/* An entry as it is; one of size 0 holds nothing. */
static void put_entry(struct boot_entries *t, const struct row *r)
{
	if (r->size)
		put(t, r->start, last_byte(r->start, r->size), r->type);
}

static void forget(struct boot_entries *t)
{
	t->nr = 0;
	t->clean = true;
}

/* --- update --- */

static int by_address(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* Of the entries in @from that hold byte @at: the highest type; 0: nobody does. */
static uint32_t highest(const struct boot_entries *from, uint64_t at)
{
	uint32_t type = 0;

	for (unsigned int i = 0; i < from->nr; i++)
		if (from->entry[i].first <= at && at <= from->entry[i].last &&
		    from->entry[i].type > type)
			type = from->entry[i].type;
	return type;
}

/* Does any entry reach the end of the address space? No update is made of such ones. */
static bool any_top(const struct boot_entries *t)
{
	for (unsigned int i = 0; i < t->nr; i++)
		if (t->entry[i].last == UINT64_MAX)
			return true;
	return false;
}

/* Neighbours of one type are one entry; what is nobody's is gone. */
static void put_merged(struct boot_entries *t, uint64_t first, uint64_t last, uint32_t type)
{
	struct boot_entry *before = t->nr ? &t->entry[t->nr - 1] : NULL;

	if (!type)
		return;
	if (before && before->type == type && before->last + 1 == first)
		before->last = last;
	else
		put(t, first, last, type);
}

static struct boot_entries from;	/* large */

static void copy(struct boot_entries *to, const struct boot_entries *t)
{
	memcpy(to, t, offsetof(struct boot_entries, entry) + t->nr * sizeof(t->entry[0]));
}

void boot_entries_update(struct boot_entries *t)
{
	static uint64_t border[BORDERS];
	unsigned int nr = 0;

	if (any_top(t))
		return;
	copy(&from, t);
	forget(t);
	if (from.clean) {
		for (unsigned int i = 0; i < from.nr; i++)
			put_merged(t, from.entry[i].first, from.entry[i].last,
				   from.entry[i].type);
		return;
	}
	for (unsigned int i = 0; i < from.nr; i++) {
		border[nr++] = from.entry[i].first;
		border[nr++] = from.entry[i].last + 1;
	}
	qsort(border, nr, sizeof(border[0]), by_address);
	for (unsigned int i = 0; i + 1 < nr; i++)
		if (border[i] != border[i + 1])
			put_merged(t, border[i], border[i + 1] - 1, highest(&from, border[i]));
}

/* --- changes --- */

/* Within [@first, @last]: what entries of type @old, or of @any, hold gets @new; or is gone. */
static void change(struct boot_entries *t, uint64_t first, uint64_t last, uint32_t old, bool any,
		   const uint32_t *new)
{
	copy(&from, t);
	forget(t);
	for (unsigned int i = 0; i < from.nr; i++) {
		struct boot_entry e = from.entry[i];
		uint64_t a = e.first > first ? e.first : first;
		uint64_t b = e.last < last ? e.last : last;

		if (a > b || (!any && e.type != old)) {
			put(t, e.first, e.last, e.type);
			continue;
		}
		if (e.first < a)
			put(t, e.first, a - 1, e.type);
		if (new)
			put(t, a, b, *new);
		if (b < e.last)
			put(t, b + 1, e.last, e.type);
	}
}

void boot_entries_change(struct boot_entries *t, uint64_t start, uint64_t size, uint32_t old,
			 uint32_t new)
{
	if (size)
		change(t, start, last_byte(start, size), old, false, &new);
}

static void take_out(struct boot_entries *t, uint64_t start, uint64_t size, uint32_t type, bool any)
{
	if (size)
		change(t, start, last_byte(start, size), type, any, NULL);
}

void boot_entries_bios(struct boot_entries *t)
{
	boot_entries_change(t, 0, BOOT_PAGE, E820_T_RAM, E820_T_RESERVED);
	take_out(t, BOOT_BIOS_BEGIN, BOOT_BIOS_END - BOOT_BIOS_BEGIN, E820_T_RAM, false);
	boot_entries_update(t);
}

/* --- the firmware's entries --- */

/* The first @nr tokens of @op. Return: false when it stopped at one that wraps. */
static bool append(struct boot_entries *t, const struct op *op, unsigned int nr)
{
	for (unsigned int i = 0; i < nr; i++) {
		struct row r = e820_entry_of(op, i);

		if (wraps(r.start, r.size))
			return false;
		put_entry(t, &r);
	}
	return true;
}

static void made_up(struct boot_entries *t, const struct op *op)
{
	uint64_t k = op->arg[1] < op->arg[2] ? op->arg[2] : op->arg[1];
	const struct row low = { .size = E820_LOWMEM, .type = E820_T_RAM };
	const struct row high = { .start = E820_HIGHMEM, .size = k << 10, .type = E820_T_RAM };

	forget(t);
	put_entry(t, &low);
	put_entry(t, &high);
}

/*
 * T_SETUP_UPDATES_FIRST: the tokens are updated by themselves and then appended. Return: false when
 * fewer than two entries are left, or one wraps.
 */
static bool append_updated(struct boot_entries *t, const struct op *op, unsigned int nr)
{
	static struct boot_entries alone;	/* large */

	forget(&alone);
	if (nr < 2 || !append(&alone, op, nr))
		return false;
	if (!any_top(&alone)) {
		boot_entries_update(&alone);
		if (alone.nr < 2)
			return false;
	}
	for (unsigned int i = 0; i < alone.nr; i++)
		put(t, alone.entry[i].first, alone.entry[i].last, alone.entry[i].type);
	return true;
}

static void firmware(struct boot_state *s, const struct op *op)
{
	struct boot_entries *t = &s->owners.map;
	unsigned int nr = e820_entries_read(&s->e820, boot_e820_op(op, E820_MEMORY_SETUP));
	bool first = s->e820.trait[T_SETUP_UPDATES_FIRST];

	if (first) {
		if (!append_updated(t, op, nr))
			made_up(t, op);
		return;
	}
	if (nr < 2 || !append(t, op, nr))
		made_up(t, op);
	boot_entries_update(t);
}

/* --- the command line --- */

static void mark(struct boot_entries *t, const struct e820_request *r)
{
	uint64_t last = last_byte(r->start, r->size);

	/* whatever would win there gives way */
	for (unsigned int i = 0; i < t->nr; i++)
		if (t->entry[i].type > r->new && t->entry[i].first <= last &&
		    r->start <= t->entry[i].last) {
			take_out(t, r->start, r->size, t->entry[i].type, false);
			i = -1;
		}
}

static void request(struct boot_entries *t, const struct e820_request *r)
{
	const struct row row = { .start = r->start, .size = r->size, .type = r->new };

	switch (r->what) {
	case REQUEST_NOTHING:
		break;
	case REQUEST_EMPTY:
		forget(t);
		break;
	case REQUEST_MARK:
		if (r->size)
			mark(t, r);
		put_entry(t, &row);
		break;
	case REQUEST_ADD:
		put_entry(t, &row);
		break;
	case REQUEST_UPDATE:
		if (r->old != r->new)
			boot_entries_change(t, r->start, r->size, r->old, r->new);
		break;
	case REQUEST_REMOVE:
		take_out(t, r->start, r->size, r->old, !r->old);
		break;
	case REQUEST_LIMIT:
		/* not the last byte: no RAM entry may hold it */
		if (!r->zero)
			take_out(t, r->size, UINT64_MAX - r->size, E820_T_RAM, false);
		break;
	}
}

void boot_entries_op(struct boot_state *s, const struct op *op)
{
	struct boot_entries *t = &s->owners.map;
	const struct e820_requests *all;

	switch (op->id) {
	case B_FIRMWARE:
		firmware(s, op);
		break;
	case B_EXTEND:
		append(t, op, e820_entries_read(&s->e820, boot_e820_op(op, E820_EXTEND)));
		boot_entries_update(t);
		break;
	case B_CMDLINE:
		all = e820_read_requests(&s->e820, boot_e820_op(op, E820_CMDLINE));
		for (unsigned int i = 0; i < all->nr; i++)
			request(t, &all->request[i]);
		break;
	case B_FINISH:
		if (s->e820.users_map)
			boot_entries_update(t);
		break;
	}
}

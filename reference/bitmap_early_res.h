/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The brute-force judge of family early_res, inside.
 *
 *   bitmap_early_res.c		the list, the machine, all together
 *   bitmap_early_res_table.c	when the table grows, and where it may lie; who panics
 *   bitmap_early_res_find.c	searches, and reserve_e820
 *   bitmap_early_res_handoff.c	to_bootmem and get_free
 */
#ifndef REFERENCE_BITMAP_EARLY_RES_H
#define REFERENCE_BITMAP_EARLY_RES_H

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "bitmap.h"

#define NONE		UINT64_MAX
#define ROWS_MAX	BITMAP_EARLY_RES_ROWS
#define SAMPLES_MAX	4096

struct samples {
	unsigned int nr;
	uint64_t at[SAMPLES_MAX];
};

/**
 * struct trial - what is judged, all together
 * @b: the state before the op
 * @s: room for samples
 * @config: of the subject
 * @slots: of the first table
 */
struct trial {
	struct bitmap_early_res *b;
	struct samples *s;
	const struct op *op;
	const struct result *res;
	const struct state *st;
	const struct config_desc *config;
	unsigned int slots;
	char *why;
};

enum panics { PANICS_NOT, PANICS_PERHAPS, PANICS };

/* How often the table doubles: at least, and at most. */
struct growths {
	unsigned int least, most;
};

static inline bool complain(struct trial *t, const char *what)
{
	snprintf(t->why, BITMAP_WHY, "%s", what);
	return false;
}

static inline bool complain_at(struct trial *t, const char *table, uint64_t at, unsigned int want,
			unsigned int got)
{
	snprintf(t->why, BITMAP_WHY, "%s: at %#" PRIx64 ": expected %u, got %u", table, at, want,
		 got);
	return false;
}

static inline uint64_t min(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static inline uint64_t max(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

/* Rows of this family end below 2^64. */
static inline uint64_t end_of(const struct row *r)
{
	return r->start + r->size;
}

static inline bool holds(const struct row *r, uint64_t at)
{
	return at >= r->start && at - r->start < r->size;
}

static inline bool meets(const struct row *r, uint64_t start, uint64_t end)
{
	return start < end && r->size && start < end_of(r) && r->start < end;
}

static inline void add_sample(const struct trial *t, uint64_t at)
{
	if (t->s->nr < SAMPLES_MAX)
		t->s->at[t->s->nr++] = at;
}

static inline void add_samples(const struct trial *t, const struct row *rows, unsigned int nr)
{
	for (unsigned int i = 0; i < nr; i++) {
		add_sample(t, rows[i].start);
		add_sample(t, end_of(&rows[i]));
	}
}

static inline uint64_t page_down(uint64_t at)
{
	return at & ~(EARLY_RES_PAGE - 1ULL);
}

/* --- what was there before the op --- */

static inline bool grown(const struct trial *t)
{
	return t->b->nr_own && t->b->own[0].type == EARLY_RES_TABLE;
}

static inline unsigned int slots(const struct trial *t)
{
	return grown(t) ? t->b->own[0].flags : t->slots;
}

/* An operand as an unsigned long. */
static inline uint64_t long_of(const struct trial *t, uint64_t x)
{
	return t->config->long_bits == 32 ? (uint32_t)x : x;
}

/* Is it highmem, which is for none of this family's allocators? */
static inline bool is_high(const struct trial *t, uint64_t at)
{
	return t->config->long_bits == 32 && at / EARLY_RES_PAGE >= EARLY_RES_LOW_PFN;
}

/* Where mapped memory ends, in bytes. */
static inline uint64_t mapped(const struct trial *t)
{
	return t->b->remapped ? t->b->mapped :
				early_res_mapped_first(t->config) * EARLY_RES_PAGE;
}

/* Is it of the list, which is closed after the hand-off? */
static inline bool is_closed(const struct trial *t)
{
	const uint64_t others = 1 << E_RES_MAP | 1 << E_RES_MAPPED | 1 << E_RES_NODE |
				1 << E_RES_ACTIVE_RAM | 1 << E_RES_MAX_MAPPED |
				1 << E_RES_TO_BOOTMEM;

	return t->b->closed && !(others >> t->op->id & 1);
}

static inline bool is_reserved(const struct trial *t, uint64_t start, uint64_t end)
{
	for (unsigned int i = 0; i < t->b->nr_reserved; i++)
		if (meets(&t->b->reserved[i], start, end))
			return true;
	return false;
}

/* From index @from of the list on. */
static inline bool is_firm(const struct trial *t, unsigned int from, uint64_t start, uint64_t end)
{
	for (unsigned int i = from; i < t->b->nr_reserved; i++)
		if (t->b->reserved[i].type == EARLY_RES_FIRM &&
		    meets(&t->b->reserved[i], start, end))
			return true;
	return false;
}

static inline uint64_t round_up(uint64_t at, uint64_t align)
{
	uint64_t over = at % align;

	if (!over)
		return at;
	return at > UINT64_MAX - (align - over) ? NONE : at - over + align;
}

/* Does a reservation meet [at, end)? What of it lies in a hole does not count. */
static inline bool in_the_way(const struct row *r, uint64_t at, uint64_t end,
			      const struct row *hole)
{
	if (!hole || !meets(r, at, end))
		return meets(r, at, end);
	return (r->start < hole->start && at < hole->start) ||
	       (end_of(r) > end_of(hole) && end > end_of(hole));
}

/* Does [at, at + size) lie inside [from, last), in no reservation but in a hole? */
static inline bool fits(const struct trial *t, uint64_t at, uint64_t from, uint64_t last,
			uint64_t size, const struct row *hole)
{
	if (at < from || at > last || last - at < size)
		return false;
	for (unsigned int i = 0; i < t->b->nr_reserved; i++)
		if (in_the_way(&t->b->reserved[i], at, at + size, hole))
			return false;
	return true;
}

/* The lowest place: at the window's start, or right behind some reservation, or in the hole. */
static inline uint64_t lowest(const struct trial *t, uint64_t from, uint64_t last, uint64_t size,
			      uint64_t align, const struct row *hole)
{
	uint64_t best = NONE, at = round_up(from, align);

	if (fits(t, at, from, last, size, hole))
		best = at;
	if (hole && round_up(hole->start, align) < best &&
	    fits(t, round_up(hole->start, align), from, last, size, hole))
		best = round_up(hole->start, align);
	for (unsigned int i = 0; i < t->b->nr_reserved; i++) {
		at = round_up(end_of(&t->b->reserved[i]), align);
		if (at < best && fits(t, at, from, last, size, hole))
			best = at;
	}
	return best;
}

static inline uint64_t lowest_ram(const struct trial *t, uint64_t start, uint64_t end,
				  uint64_t size, uint64_t align, const struct row *hole)
{
	uint64_t best = NONE;

	for (unsigned int i = 0; i < t->b->nr_ram; i++) {
		const struct row *r = &t->b->ram[i];

		best = min(best, lowest(t, max(start, r->start), min(end, end_of(r)), size, align,
					hole));
	}
	return best;
}

/* Bytes from @at on that are free, below @last. */
static inline uint64_t free_bytes(const struct trial *t, uint64_t at, uint64_t last)
{
	for (unsigned int i = 0; i < t->b->nr_reserved; i++)
		if (t->b->reserved[i].size && t->b->reserved[i].start >= at)
			last = min(last, t->b->reserved[i].start);
	return last - at;
}

/* Is all of [start, start + size) mapped RAM? Pieces of RAM do not touch. */
static inline bool is_mapped_ram(const struct trial *t, uint64_t start, uint64_t size)
{
	if (start > mapped(t) || mapped(t) - start < size)
		return false;
	for (unsigned int i = 0; i < t->b->nr_ram; i++)
		if (holds(&t->b->ram[i], start))
			return end_of(&t->b->ram[i]) - start >= size;
	return false;
}

static inline bool trial_value(struct trial *t, uint64_t want)
{
	if (t->res->value == want)
		return true;
	snprintf(t->why, BITMAP_WHY, "returned %#" PRIx64 ", expected %#" PRIx64, t->res->value,
		 want);
	return false;
}

/* Of the op in the state before it. */
struct growths trial_growths(const struct trial *t);
enum panics trial_panics(const struct trial *t);
enum panics trial_panics_get_free(const struct trial *t);

/* Judgements: false with a reason. */
bool trial_table(struct trial *t, struct growths g);
bool trial_find(struct trial *t);
bool trial_find_size(struct trial *t);
bool trial_reserve_e820(struct trial *t);
bool trial_get_free(struct trial *t);
bool trial_to_bootmem(struct trial *t);

#endif

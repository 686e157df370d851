/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The brute-force judge of family memblock, inside.
 *
 *   bitmap_memblock.c		all together: what was, what is, what the op may have changed
 *   bitmap_memblock_want.c	every byte of a collection: what should have become of it
 *   bitmap_memblock_table.c	when a table must double, whether it can, where it may lie
 *   bitmap_memblock_find.c	searching and allocating
 *   bitmap_memblock_ranges.c	iterators and questions
 *   bitmap_memblock_handoff.c	what the page allocator gets, page by page
 *   bitmap_memblock_named.c	labels, and what is printed
 *
 * Where the allocator puts its own tables is not of any universe. So there are no units: every
 * boundary that is known before or after an op is a sample, and between two samples nothing
 * changes. What the contract leaves open is checked for validity, not for equality.
 */
#ifndef REFERENCE_BITMAP_MEMBLOCK_H
#define REFERENCE_BITMAP_MEMBLOCK_H

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "bitmap.h"

#define COLLECTIONS	3	/* M_MEMORY, M_RESERVED, M_PHYSMEM: these come first */
#define NOBODY		UINT32_MAX	/* the type of a byte that is in no region */
#define SAMPLES_MAX	4096

#define VALUE_NOMEM	(-12ULL)
#define VALUE_BUSY	(-16ULL)
#define VALUE_INVAL	(-22ULL)

struct samples {
	unsigned int nr;
	uint64_t at[SAMPLES_MAX];
};

/* What becomes of a table that needs slots. */
enum fate {
	STAYS,		/* it has them */
	GROWS,
	PERHAPS,	/* whether it has room is open */
	NO_ROOM,
	NOT_ALLOWED,
};

/**
 * struct span - bytes [start, end)
 */
struct span {
	uint64_t start, end;
};

/**
 * struct ask - what a search looks for
 * @size, @align, @start, @end, @nid: as the operands; @end is resolved
 * @exact: no other node instead of that one
 * @again: once more from 0 when there is nothing from @start on
 * @clears: what is found is cleared
 */
struct ask {
	uint64_t size, align;
	uint64_t start, end;
	uint64_t nid;
	bool exact, again, clears;
};

/**
 * struct trial - what is judged, all together
 * @all: the judge, for configuration and traits
 * @b: the state before the op
 * @f: facts of the configuration
 * @range: the op's, cut to what there is; empty for ops without
 * @block: what an allocation got
 * @limit_end: enforce_memory_limit and its like: where the lowest bytes end; UINT64_MAX: nothing to
 *	do
 * @failed: judged as an op that failed and changed nothing
 * @half: as one that could not do all that it does to reserved
 * @moved: tables that live elsewhere now: @was, @is
 */
struct trial {
	const struct bitmap *all;
	struct bitmap_memblock *b;
	const struct memblock_config_facts *f;
	struct samples *s;
	const struct op *op;
	const struct result *res;
	const struct state *st;
	char *why;
	struct span range, block;
	uint64_t limit_end;
	bool failed, half;
	bool moved[COLLECTIONS];
	struct span was[COLLECTIONS], is[COLLECTIONS];
};

static inline bool complain(const struct trial *t, const char *what)
{
	snprintf(t->why, BITMAP_WHY, "%s", what);
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

static inline bool power_of_two(uint64_t x)
{
	return x && !(x & (x - 1));
}

/* --- ranges; regions end at the last address at the latest: their ends do not wrap --- */

static inline uint64_t end_of(const struct row *r)
{
	return r->start + r->size;
}

static inline bool holds(const struct row *r, uint64_t at)
{
	return at >= r->start && at - r->start < r->size;
}

static inline bool in(const struct span *s, uint64_t at)
{
	return at >= s->start && at < s->end;
}

static inline bool meets(const struct row *r, const struct span *s)
{
	return s->start < s->end && r->size && r->start < s->end && s->start < end_of(r);
}

static inline bool spans_meet(const struct span *a, const struct span *b)
{
	return a->start < a->end && b->start < b->end && a->start < b->end && b->start < a->end;
}

/* As phys_addr_t has it. */
static inline uint64_t cut(const struct trial *t, uint64_t x)
{
	return x & t->f->phys_max;
}

/* [base, base + size), which ends with the address space. */
static inline struct span span_of(const struct trial *t, uint64_t base, uint64_t size)
{
	base = cut(t, base);
	size = cut(t, size);
	return (struct span){ base, base + min(size, t->f->phys_max - base) };
}

static inline uint64_t page_down(uint64_t at)
{
	return at & ~(MEMBLOCK_PAGE - 1ULL);
}

/* UINT64_MAX where there is none. */
static inline uint64_t round_up(uint64_t at, uint64_t align)
{
	uint64_t over = at % align;

	if (!over)
		return at;
	return at > UINT64_MAX - (align - over) ? UINT64_MAX : at - over + align;
}

/* The whole pages of [start, end); empty where there are none. */
static inline struct span whole_pages(uint64_t start, uint64_t end)
{
	struct span s = { round_up(start, MEMBLOCK_PAGE), page_down(end) };

	return s.start < s.end ? s : (struct span){ 0, 0 };
}

/* --- collections --- */

static inline uint32_t flags_of(uint32_t type)
{
	return type & 0xff;
}

static inline uint32_t node_of(uint32_t type)
{
	return type >> 8;
}

static inline uint32_t with_node(const struct trial *t, uint32_t type, uint64_t nid)
{
	return memblock_row_type(flags_of(type), t->f->numa && nid < MEMBLOCK_NODES ?
						 (uint32_t)nid : MEMBLOCK_NO_NODE);
}

static inline uint32_t type_at(const struct row *rows, unsigned int nr, uint64_t at)
{
	for (unsigned int i = 0; i < nr; i++)
		if (holds(&rows[i], at))
			return rows[i].type;
	return NOBODY;
}

/* Before the op. */
static inline uint32_t before(const struct trial *t, unsigned int table, uint64_t at)
{
	return type_at(t->b->rows[table], t->b->nr[table], at);
}

static inline bool meets_any(const struct row *rows, unsigned int nr, const struct span *s)
{
	for (unsigned int i = 0; i < nr; i++)
		if (meets(&rows[i], s))
			return true;
	return false;
}

static inline bool is_free(const struct trial *t, const struct span *s)
{
	return !meets_any(t->b->rows[M_RESERVED], t->b->nr[M_RESERVED], s);
}

static inline uint64_t bytes_of(const struct trial *t, unsigned int table)
{
	uint64_t sum = 0;

	for (unsigned int i = 0; i < t->b->nr[table]; i++)
		sum += t->b->rows[table][i].size;
	return sum;
}

/* --- samples --- */

static inline void add_sample(const struct trial *t, uint64_t at)
{
	if (t->s->nr < SAMPLES_MAX)
		t->s->at[t->s->nr++] = at;
}

static inline void add_span(const struct trial *t, const struct span *s)
{
	add_sample(t, s->start);
	add_sample(t, s->end);
}

static inline void add_rows(const struct trial *t, const struct row *rows, unsigned int nr)
{
	for (unsigned int i = 0; i < nr; i++) {
		add_sample(t, rows[i].start);
		add_sample(t, end_of(&rows[i]));
	}
}

static inline bool judge_value(const struct trial *t, uint64_t want)
{
	if (t->res->value == want)
		return true;
	snprintf(t->why, BITMAP_WHY, "returned %#" PRIx64 ", expected %#" PRIx64, t->res->value,
		 want);
	return false;
}

/* --- bitmap_memblock_want.c --- */

/* What a byte's type should be after the op, NOBODY: none. */
uint32_t mb_want(const struct trial *t, unsigned int table, uint64_t at);

/* The same of reserved when the op could not take it away. */
uint32_t mb_want_left(const struct trial *t, uint64_t at);

/* Where the lowest bytes of memory end; UINT64_MAX: nothing goes. */
uint64_t mb_limit_end(const struct trial *t);

/* Does mark_mirror do anything? */
bool mb_marks_mirror(const struct trial *t);

/* --- bitmap_memblock_table.c --- */

/* Of the op's tables together, when it comes to their slots: the worst. */
enum fate mb_fate(const struct trial *t);

/* The same for a block that an allocation is about to reserve. */
enum fate mb_fate_of_block(const struct trial *t, const struct span *block);

/* One that needs slots of more than one table, or of one more than once. */
bool mb_is_compound(const struct trial *t);

/* A free_all that may find no slots for nodes and flags. */
bool mb_is_lax(const struct trial *t);

/* An op that takes memory and reserved away alike. */
bool mb_limits(const struct trial *t);

/* Are the tables' slots and places what they have to be? Fills in @moved, @was, @is. */
bool mb_judge_tables(struct trial *t);

/* --- bitmap_memblock_find.c --- */

bool mb_eligible(const struct trial *t, const struct row *r, uint64_t nid, uint32_t flags);

/* A node operand that the contract says nothing of. */
bool mb_open_node(const struct trial *t, uint64_t nid);

bool mb_judge_find(struct trial *t);

/* Also the outcome. Fills in @block. */
bool mb_judge_alloc(struct trial *t);
bool mb_allocates(const struct trial *t);

/* The same for what is asked for in other words; 0 must be answered with @none. */
bool mb_judge_ask(struct trial *t, const struct ask *ask, uint64_t got);

/* --- bitmap_memblock_ranges.c --- */

/* Ops that change nothing. */
bool mb_judge_question(struct trial *t);

/**
 * struct walk - the free ranges, one after the other
 * @row, @at: where it goes on
 */
struct walk {
	unsigned int row;
	uint64_t at;
};

/* Return: the region that the range is part of; NULL: there is no more. */
const struct row *mb_next_free(const struct trial *t, struct walk *w, uint64_t nid,
				     uint32_t flags, struct span *free);

/* --- bitmap_memblock_handoff.c --- */

/* Does free_all make its call? */
bool mb_frees_all(const struct trial *t);

/* Hand-off and pages that count as RAM; @pages receives how many more these are. */
bool mb_judge_handoff(struct trial *t, uint64_t *pages);

/* --- bitmap_memblock_named.c --- */

bool mb_judge_reserve_mem(struct trial *t);
bool mb_judge_named(struct trial *t);
bool mb_judge_find_named(struct trial *t);
bool mb_judge_printed(struct trial *t);

#endif

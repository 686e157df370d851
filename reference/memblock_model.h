/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The model of family memblock, inside. The contract is contract/memblock.h.
 *
 *   memblock_model.c    struct model; which function steps which op
 *   memblock_state.c    the lists in the state's room, settings, what is expected of an op
 *   memblock_rows.c     the collections as regions (exact layer)
 *   memblock_map.c      the collections as maps from byte to type (safety layer)
 *   memblock_change.c   add, reserve, remove, free, marks, nodes: both layers
 *   memblock_grow.c     growth of the tables
 *   memblock_adopt.c    where the subject put a table that grew
 *   memblock_limit.c    trim, limits, settings
 *   memblock_legal.c    legality
 *   memblock_quirks.c   traits and quirks
 *   memblock_find.c     the searches
 *   memblock_alloc.c    allocations
 *   memblock_ranges.c   iterators and questions
 *   memblock_printed.c  what is printed; dump_all, debugfs
 *   memblock_named.c    reserve_mem
 *   memblock_handoff.c  free_late, free_all, discard
 */
#ifndef REFERENCE_MEMBLOCK_MODEL_H
#define REFERENCE_MEMBLOCK_MODEL_H

#include <string.h>

#include "memblock_state.h"

/**
 * struct memblock_step - an op on its way
 * @res, @seen: while the op is stepped once more with what the subject did (memblock_adopt.c): its
 *	result, its tables; NULL: they are guessed
 * @grew: tables that were doubled on the way, a bit mask
 * @going: memory that the op takes away, or that it makes NOMAP: no place for a table
 * @pending: a place that a table has been given and that is not reserved yet: no place for another
 * @refused: a place, or a value, of the subject's is not one that the contract allows
 */
struct memblock_step {
	struct memblock_state *s;
	struct expect *e;
	const struct result *res;
	const struct state *seen;
	unsigned int grew;
	struct memblock_range going, pending;
	bool refused;
};

static inline bool memblock_trait(const struct memblock_state *s, enum memblock_trait t)
{
	return s->traits >> t & 1;
}

static inline bool memblock_quirk_on(const struct memblock_state *s, unsigned int q)
{
	return s->quirks >> q & 1;
}

/* Note that quirk @q shapes the prediction, ends the scenario, or keeps the op from running. */
static inline void memblock_fire(struct memblock_step *step, unsigned int q)
{
	step->e->fired |= 1ULL << q;
	step->s->led = true;
	step->e->cut |= memblock_quirks[q].kind == QUIRK_CUT;
	step->e->avoid |= memblock_quirks[q].kind == QUIRK_AVOID;
}

/* --- memblock_state.c: lists --- */

/* Rows of a list of rows; in order, s->nr[list] of them. Contract: see enum memblock_list. */
static inline struct row *memblock_rows(const struct memblock_state *s, unsigned int list)
{
	return (struct row *)(s->room + s->at[list]);
}

/* The same of a collection's map. */
static inline struct memblock_piece *memblock_map(const struct memblock_state *s,
						  unsigned int table)
{
	return (struct memblock_piece *)(s->room + s->at[L_MAP + table]);
}

/* Make room for @more entries; false (and the state overflows): there is none. */
bool memblock_more_space(struct memblock_state *s, unsigned int list, unsigned int more);

/* Append a row to L_HANDOFF, L_ANSWER or L_PRINTED. */
static inline void memblock_put(struct memblock_state *s, unsigned int list, uint64_t start,
				uint64_t size, uint32_t type, uint32_t flags)
{
	if (s->nr[list] == s->space[list] && !memblock_more_space(s, list, 1))
		return;
	memblock_rows(s, list)[s->nr[list]++] = (struct row){ start, size, type, flags };
}

void memblock_lists_init(struct memblock_state *s);

/* Bytes of the state that mean anything. */
size_t memblock_used(const void *state);

/* --- memblock_state.c: settings --- */

void memblock_settings_init(struct memblock_state *s);

static inline uint64_t memblock_setting(const struct memblock_state *s, unsigned int i)
{
	return s->setting[i].start;
}

/*
 * Change a setting, enum memblock_switch or memblock_setting. (The counters of bytes follow the
 * collections by themselves.)
 */
void memblock_set(struct memblock_state *s, unsigned int i, uint64_t value);

/* Let the expectation describe the state. */
void memblock_describe(struct memblock_state *s, struct expect *e);

/* --- addresses --- */

/* An operand as a phys_addr_t. */
static inline uint64_t memblock_phys(const struct memblock_state *s, uint64_t x)
{
	return x & s->facts->phys_max;
}

/* What [@base, @base + @size) covers: cut to phys_addr_t, and at the end of the address space. */
static inline struct memblock_range memblock_range(const struct memblock_state *s, uint64_t base,
						   uint64_t size)
{
	uint64_t start = memblock_phys(s, base), len = memblock_phys(s, size);
	uint64_t room = s->facts->phys_max - start;

	return (struct memblock_range){ start, start + (len < room ? len : room) };
}

/* A page number, or a size_t, as an unsigned long. */
static inline uint64_t memblock_long(const struct memblock_state *s, uint64_t x)
{
	return x & s->long_max;
}

/* Where the page behind @addr begins; kernels compute it so that it may be page 0. */
static inline uint64_t memblock_page_up(uint64_t addr)
{
	return (addr + MEMBLOCK_PAGE - 1) & ~(uint64_t)(MEMBLOCK_PAGE - 1);
}

static inline bool memblock_page_wraps(const struct memblock_state *s, uint64_t addr)
{
	return (memblock_page_up(addr) & s->calc_max) < addr;
}

/* Are there pages below @end whose numbers need more bits than an unsigned long has? */
static inline bool memblock_pages_are_cut(const struct memblock_state *s, uint64_t end)
{
	return (end - !!end) / MEMBLOCK_PAGE > s->long_max;
}

static inline uint64_t memblock_row_end(const struct row *r)
{
	return r->start + r->size;	/* never 2^64: see contract, "Addresses" */
}

static inline bool memblock_power_of_two(uint64_t x)
{
	return x && !(x & (x - 1));
}

/* A node operand that means no node. */
static inline bool memblock_no_node(uint32_t nid)
{
	return nid >= MEMBLOCK_NODES;
}

/* --- what an op may change, and how it fails --- */

/* Bytes @r of these tables may change (bit mask); together with what it said before. */
static inline void memblock_frame(struct memblock_step *step, unsigned int tables,
				  struct memblock_range r)
{
	struct expect *e = step->e;

	if (r.start >= r.end)
		return;
	if (!e->may_change || r.start < e->start)
		e->start = r.start;
	if (!e->may_change || r.end - 1 > e->last)
		e->last = r.end - 1;
	e->may_change |= tables;
}

static inline void memblock_return(struct memblock_step *step, int64_t value)
{
	step->e->result.value = step->e->result.outcome == OUT_RETURN ? (uint64_t)value : 0;
}

/* --- memblock_rows.c, memblock_map.c: one layer each --- */

/* What happens to a byte of a collection. */
enum memblock_how {
	COVER,		/* of no region: becomes @arg, a type; else it stays */
	DROP,		/* becomes of no region */
	DROP_MAPPED,	/* the same, but NOMAP stays */
	SET_FLAGS,	/* of a region: flags | @arg */
	CLEAR_FLAGS,	/* of a region: flags & ~@arg */
	SET_NODE,	/* of a region: node @arg, as it is said */
};

/* @arg of COVER for rows: the type; the node as it is said is @nid. */
void memblock_rows_change(struct memblock_state *s, unsigned int table, struct memblock_range r,
			  enum memblock_how how, uint32_t arg, uint32_t nid);
void memblock_map_change(struct memblock_state *s, unsigned int table, struct memblock_range r,
			 enum memblock_how how, uint32_t arg);

/* Every region shrinks to whole multiples of @align. Return: bytes taken off those that stay. */
uint64_t memblock_rows_trim(struct memblock_state *s, unsigned int table, uint64_t align);
void memblock_map_trim(struct memblock_state *s, unsigned int table, uint64_t align);

/* Where the lowest @limit bytes of memory end; UINT64_MAX: there are fewer. Each layer. */
uint64_t memblock_rows_lowest(const struct memblock_state *s, uint64_t limit);
uint64_t memblock_map_lowest(const struct memblock_state *s, uint64_t limit);

/* Pieces of @r that no region of the collection covers. */
unsigned int memblock_rows_missing(const struct memblock_state *s, unsigned int table,
				   struct memblock_range r);

/* A region that @addr lies inside of becomes two. */
void memblock_rows_split(struct memblock_state *s, unsigned int table, uint64_t addr);

/* Neighbours that may be one region are, again. */
void memblock_rows_merge(struct memblock_state *s, unsigned int table);

/* The first region whose end is above @addr: its index, s->nr[table] when there is none. */
unsigned int memblock_rows_from(const struct memblock_state *s, unsigned int table, uint64_t addr);

/* Safety layer: the type of a byte, and where its piece begins and ends (exclusive; inf: 2^64-1) */
uint32_t memblock_map_at(const struct memblock_state *s, unsigned int table, uint64_t addr,
			 struct memblock_range *piece);

/* Safety layer: is each, is any byte of @r in the collection? */
bool memblock_map_all(const struct memblock_state *s, unsigned int table, struct memblock_range r);
bool memblock_map_any(const struct memblock_state *s, unsigned int table, struct memblock_range r);

/* Sorted, minimal, sums right; do both layers cover the same bytes? For tests. */
bool memblock_rows_valid(const struct memblock_state *s);
bool memblock_map_valid(const struct memblock_state *s);

/* No region in any collection, no table of our own any more. Both layers. */
void memblock_forget(struct memblock_state *s);

/* Make the safety layer describe the rows of all collections. */
void memblock_map_from_rows(struct memblock_state *s);

/* --- memblock_change.c: both layers, with growth. For ops and for what they call --- */

/*
 * The functions below return 0, or the error that the kernel's function returns (-ENOMEM), or, with
 * e->result.outcome set, anything else than 0: then the op is at its end. They change nothing when
 * they fail, but that a table may have grown. The operands are as they were passed, not cut.
 */

/* memblock_reserve(), memblock_phys_free(): with the lines that they print. */
int memblock_reserve_range(struct memblock_step *step, uint64_t base, uint64_t size);
int memblock_phys_free_range(struct memblock_step *step, uint64_t base, uint64_t size);

/* Add, or change, a range of a collection; nothing is printed. @type: flags and node. */
int memblock_add_to(struct memblock_step *step, unsigned int table, uint64_t base, uint64_t size,
		    uint32_t flags, uint32_t nid);
int memblock_change(struct memblock_step *step, unsigned int table, uint64_t base, uint64_t size,
		    enum memblock_how how, uint32_t arg);

/* The same of bytes. */
int memblock_change_bytes(struct memblock_step *step, unsigned int table, struct memblock_range r,
			  enum memblock_how how, uint32_t arg);
/* set_node(): the node, as it is said, of the regions of a range. */
int memblock_set_nodes(struct memblock_step *step, unsigned int table, uint64_t base, uint64_t size,
		       uint32_t nid);

void memblock_do_add(struct memblock_step *step, const struct op *op);
void memblock_do_release(struct memblock_step *step, const struct op *op);
void memblock_do_mark(struct memblock_step *step, const struct op *op);
void memblock_do_set_node(struct memblock_step *step, const struct op *op);

/* Memory is about to change: where it is not minimal any more the scenario ends. */
void memblock_end_unmerged(struct memblock_step *step, unsigned int table);

/* --- memblock_grow.c --- */

/*
 * Free slots for @more regions in a table. @about: what is about to be reserved. Return: 0, or as
 * above.
 */
int memblock_make_slots(struct memblock_step *step, unsigned int table, unsigned int more,
			struct memblock_range about);

/* --- memblock_limit.c --- */
void memblock_do_set(struct memblock_step *step, const struct op *op);
void memblock_do_trim(struct memblock_step *step, const struct op *op);
void memblock_do_limit(struct memblock_step *step, const struct op *op);

/* --- memblock_adopt.c, memblock_legal.c --- */

/* Keep the state before @op, if it may leave a choice. */
void memblock_keep(const struct memblock_state *s, const struct op *op);

void memblock_adopt(void *state, const struct op *op, const struct result *res,
		    const struct state *seen, struct expect *e);
enum legality memblock_legality_of(const struct memblock_state *s, const struct op *op);

/* --- memblock_model.c: for memblock_adopt.c --- */

/*
 * Step @op with the subject's value and places (NULL: guessed). Return: false when they are
 * refused.
 */
bool memblock_step_with(struct memblock_state *s, const struct op *op, const struct result *res,
			const struct state *seen, struct expect *e);

/* --- memblock_find.c --- */

/**
 * struct memblock_search - for a free block
 * @start: lowest address; the first page is never an answer
 * @end: exclusive; MEMBLOCK_ACCESSIBLE and MEMBLOCK_NOLEAKTRACE: the current limit
 * @size: bytes; @align: a power of two
 * @nid: any, when it is none; @flags: enum memblock_flag
 */
struct memblock_search {
	uint64_t start, end, size, align;
	uint32_t nid, flags;
};

/* memblock_find_in_range_node(). Return: the address, 0: there is none. */
uint64_t memblock_find(const struct memblock_state *s, const struct memblock_search *f);

/* memblock_find_in_range(): in mirrored memory first. */
uint64_t memblock_find_in_range(struct memblock_step *step, uint64_t start, uint64_t end,
				uint64_t size, uint64_t align);

void memblock_do_find(struct memblock_step *step, const struct op *op);

/* --- memblock_alloc.c: all alloc forms --- */
void memblock_do_alloc(struct memblock_step *step, const struct op *op);

/* memblock_phys_alloc_range(), with the lines that it prints. Return: the address, or 0. */
uint64_t memblock_phys_alloc(struct memblock_step *step, uint64_t size, uint64_t align,
			     uint64_t start, uint64_t end);

/*
 * Is the answer open (size 0, an align that is no power of two)? Then the op is stepped once more
 * with step->res: it follows that value, or sets step->refused.
 */
bool memblock_is_open(const struct memblock_state *s, const struct op *op);

/* --- memblock_ranges.c --- */
void memblock_do_free_ranges(struct memblock_step *step, const struct op *op);
void memblock_do_collection_ranges(struct memblock_step *step, const struct op *op);
void memblock_do_pfn_ranges(struct memblock_step *step, const struct op *op);
void memblock_do_zone_ranges(struct memblock_step *step, const struct op *op);
void memblock_do_is(struct memblock_step *step, const struct op *op);
void memblock_do_is_region(struct memblock_step *step, const struct op *op);
void memblock_do_addrs_overlap(struct memblock_step *step, const struct op *op);
void memblock_do_search_pfn_nid(struct memblock_step *step, const struct op *op);
void memblock_do_sizes(struct memblock_step *step, const struct op *op);
void memblock_do_estimated_free(struct memblock_step *step, const struct op *op);
void memblock_do_coverage(struct memblock_step *step, const struct op *op);

/* --- memblock_printed.c --- */

/* A line is printed, if any are (set debug). */
static inline void memblock_say(struct memblock_step *step, uint32_t type, uint64_t start,
				uint64_t size, uint32_t flags)
{
	if (step->s->setting[MEMBLOCK_DEBUG].start)
		memblock_put(step->s, L_PRINTED, start, size, type, flags);
}

void memblock_do_dump_all(struct memblock_step *step, const struct op *op);
void memblock_do_debugfs(struct memblock_step *step, const struct op *op);

/* --- memblock_named.c --- */
void memblock_do_reserve_mem(struct memblock_step *step, const struct op *op);
void memblock_do_reserve_mem_find(struct memblock_step *step, const struct op *op);

/* --- memblock_handoff.c --- */
void memblock_do_free_late(struct memblock_step *step, const struct op *op);
void memblock_do_free_all(struct memblock_step *step, const struct op *op);
void memblock_do_discard(struct memblock_step *step, const struct op *op);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* The model of family memblock: its state, traits and quirks. See memblock_model.h. */
#ifndef REFERENCE_MEMBLOCK_STATE_H
#define REFERENCE_MEMBLOCK_STATE_H

#include "contract/memblock.h"
#include "contract/model.h"

enum memblock_quirk {
	Q_DOUBLE_UNRESERVED,
	Q_DOUBLE_IN_RANGE,
	Q_DOUBLE_NO_ROOM,
	Q_DOUBLE_OLD_KEPT,
	Q_DOUBLE_IN_GOING,
	Q_LIMIT_CUTS_TABLE,
	Q_LIMIT_HALF,
	Q_CAP_WRAPS,
	Q_CAP_UNMERGED,
	Q_TRIM_TOTAL,
	Q_TRIM_WRAPS,
	Q_PHYSMEM_STATIC,
	Q_EMPTY_ZONE,
	Q_HANDOFF_WRAPS,
	Q_PAGES_WRAP,
	Q_LATE_WRAPS,
	Q_OVERLAP_WRAPS,
	Q_DOUBLE_MISCOUNTS,
	Q_PAGE_NUMBERS,
	MEMBLOCK_QUIRKS
};

enum memblock_trait {
	T_FULL_PANICS,		/* a full table that may not be resized is a panic */
	T_MIRROR_ASKED,		/* mark_mirror does nothing without kernelcore=mirror */
	T_RESERVED_NODES,	/* free_all gives reserved regions and their pages nodes */
	T_DEBUGFS_NODES,	/* debugfs says nodes */
	T_RESERVE_MEM,		/* reserve_mem= exists */
	T_SLAB_EVERYWHERE,	/* all alloc forms ask for slab, not only the virtual ones */
	T_NODE_RANGE,		/* a node out of range is none, not a node that nobody has */
	T_MERGES_ALL,		/* marks and nodes end with a merge of the whole collection */
	MEMBLOCK_TRAITS
};

extern const struct quirk memblock_quirks[];
extern const struct trait memblock_traits[];

#define MEMBLOCK_COLLECTIONS	3	/* M_MEMORY, M_RESERVED, M_PHYSMEM */

/* Flags and values of the kernel's, and ours. */
#define MEMBLOCK_ENOMEM		(-12LL)
#define MEMBLOCK_NOWHERE	0xffffffffu	/* in a map: no region */
#define MEMBLOCK_UNSAID		MEMBLOCK_NODES	/* how add() and reserve() say "no node" */

/**
 * enum memblock_list - lists that lie in the state's room, one behind the other
 *
 * A list that outgrows its room moves those behind it: a pointer into a list is good until
 * something is put into that list or one before it. (To go through a collection and report into
 * L_ANSWER is fine.) The first three are M_MEMORY, M_RESERVED, M_PHYSMEM: struct row.
 */
enum memblock_list {
	L_MAP = MEMBLOCK_COLLECTIONS,	/* + the collection's index: struct memblock_piece */
	L_HANDOFF = 2 * MEMBLOCK_COLLECTIONS,
	L_ANSWER,
	L_PRINTED,
	MEMBLOCK_LISTS
};

/* From @addr on, up to the next piece, bytes are of this type (MEMBLOCK_NOWHERE: of none). */
struct memblock_piece {
	uint64_t addr;
	uint32_t type;
	uint32_t unused;
};

/* Bytes, @end exclusive; none where @start >= @end. */
struct memblock_range {
	uint64_t start, end;
};

#define MEMBLOCK_ROOM	(400 * 1024)	/* bytes of all lists */

/**
 * struct memblock_state - the whole model
 * @facts: of the configuration; @traits: a bit mask of those that hold; @quirks: those on
 * @led: a quirk fired: where the layers differ, the safety layer follows the rows from now on
 * @odd: the layers disagree without such a reason
 * @unmerged: memory is not minimal any more (Q_CAP_UNMERGED): the next change of it that may not
 *	merge all of it ends the scenario
 * @overflow: more than the model has room for
 * @began: there was an addition; @doubled: a table was doubled
 * @freed: free_all was called; @closed: discarded
 * @long_max: the largest unsigned long; @calc_max: the longer of that and of phys_addr_t, in which
 *	pages are computed
 * @max_low_pfn: of the last op max_low_pfn; 2^52 - 1 at first, 2^32 - 1 on 32 bits
 * @total: bytes in each collection, by its regions
 * @want: fingerprint of the safety layer's collections; @sum: the rows'
 * @hand_want: of M_HANDOFF, computed without its rows; @hand_sum: the rows'
 * @own: M_OWN, and @own_sum its fingerprint; size 0: built in or from slab
 * @named: M_NAMED; @label: what they are called
 * @at: of a list in @room, bytes; @nr: entries in use; @space: entries there is space for
 */
struct memblock_state {
	const struct memblock_config_facts *facts;
	uint64_t quirks;
	uint32_t traits;
	bool led, odd, overflow, unmerged, began, doubled, freed, closed;
	unsigned int nr_own, nr_named;
	uint64_t long_max, calc_max, max_low_pfn;
	uint64_t total[MEMBLOCK_COLLECTIONS];
	uint64_t want[MEMBLOCK_COLLECTIONS], sum[MEMBLOCK_COLLECTIONS];
	uint64_t hand_want, hand_sum, own_sum;
	struct row setting[MEMBLOCK_SETTINGS];
	struct row own[MEMBLOCK_COLLECTIONS];
	struct row named[MEMBLOCK_NAMED_MAX];
	char label[MEMBLOCK_NAMED_MAX][MEMBLOCK_LABEL];
	uint32_t at[MEMBLOCK_LISTS], nr[MEMBLOCK_LISTS], space[MEMBLOCK_LISTS];
	_Alignas(8) unsigned char room[MEMBLOCK_ROOM];
};

_Static_assert(sizeof(struct memblock_state) < 512 * 1024, "room of the runner");

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The memblock model: memory minus reserved, over regions in their order. One pass over both
 * collections, upwards or downwards, from where it is asked to begin.
 */
#ifndef REFERENCE_MEMBLOCK_FREE_H
#define REFERENCE_MEMBLOCK_FREE_H

#include "memblock_model.h"

/**
 * struct memblock_pick - which regions of memory count
 * @any_node: those of all nodes, else of @nid
 * @flags: what is asked for, enum memblock_flag
 * @movable_node: HOTPLUG regions count only when they are asked for
 */
struct memblock_pick {
	bool any_node, movable_node;
	uint32_t nid, flags;
};

/*
 * A node operand as it is passed: without nodes there is 0 alone, and MAX_NUMNODES is 1.
 */
uint32_t memblock_node(const struct memblock_state *s, uint32_t nid);

/*
 * Does a node operand, as it is passed, mean any node? Any other means regions that are said to be
 * on it (without nodes all of them are: on 0).
 */
bool memblock_any_node(const struct memblock_state *s, uint32_t nid);

/* A node operand and flags, as the machine of @s takes them. */
struct memblock_pick memblock_pick(const struct memblock_state *s, uint32_t nid, uint32_t flags);

bool memblock_picked(const struct memblock_pick *pick, const struct row *region);

/* A free range, @end exclusive; @nid: of its memory, as it is said. */
struct memblock_free {
	uint64_t start, end;
	uint32_t nid;
};

/**
 * struct memblock_walk - a pass over the free ranges
 * @mem, @res: the collections
 * @i, @j: upwards: the regions that are next; downwards: one past those
 * @at: upwards: bytes below it are done; downwards: from it on
 */
struct memblock_walk {
	struct memblock_pick pick;
	struct table mem, res;
	unsigned int i, j;
	uint64_t at;
};

/*
 * Begin a pass upwards at @from, or downwards below @from (exclusive): the first range is cut
 * there.
 */
void memblock_walk_up(struct memblock_walk *w, const struct memblock_state *s,
		      struct memblock_pick pick, uint64_t from);
void memblock_walk_down(struct memblock_walk *w, const struct memblock_state *s,
			struct memblock_pick pick, uint64_t from);

/* The next range. Return: false when there is none. */
bool memblock_next_up(struct memblock_walk *w, struct memblock_free *f);
bool memblock_next_down(struct memblock_walk *w, struct memblock_free *f);

/* --- memblock_find.c: what alloc forms share with searches --- */

/* The window of a search, cut to phys_addr_t; limits and the first page are seen to. */
struct memblock_range memblock_window(const struct memblock_state *s, uint64_t start, uint64_t end);

/* Is the answer open? Operands cut to phys_addr_t. */
bool memblock_odd_search(uint64_t size, uint64_t align);

/*
 * May [@at, @at + @size) be the answer to an odd search? In the window, and free memory; with
 * @flags memory that is left out else counts, too.
 */
bool memblock_may_be(const struct memblock_state *s, struct memblock_range in, uint32_t flags,
		     uint64_t at, uint64_t size);

/* --- what memblock_is_open() asks: memblock_ranges.c, memblock_named.c --- */

bool memblock_open_question(const struct memblock_state *s, const struct op *op);
bool memblock_open_reserve_mem(const struct memblock_state *s, const struct op *op);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* What the contract says of memblock's ops, in cases of a few pages. */
#ifndef MEMBLOCK_CASES_H
#define MEMBLOCK_CASES_H

#include "contract/memblock.h"

#define P		0x1000ull
#define M		(1ull << 20)
#define ALL		0
#define NUMA		(1 << MEMBLOCK_NORMAL | 1 << MEMBLOCK_SMALL | 1 << MEMBLOCK_KEEP)
#define ONLY(config)	(1 << MEMBLOCK_##config)
#define NONE		MEMBLOCK_NO_NODE
#define V(a, b)		((uint32_t)(a) << 16 | (b) << 8)

/* The type of a region's row, of one on no node. */
#define T(flags, nid)	((flags) | (nid) << 8)
#define PLAIN		T(0, MEMBLOCK_NODE_NONE)
#define F(flag)		T(MEMBLOCK_F_##flag, MEMBLOCK_NODE_NONE)

#define OPS_MAX		8

/**
 * struct memblock_case - ops from the start, and what holds after the last one
 * @configs: in which configurations, a bit mask; ALL
 * @since, @before: kernels of these versions; 0: any
 * @value: of the last op; @any_value: whatever it is
 * @table: which one is looked at, @nr rows of it: start, size and type
 */
struct memblock_case {
	unsigned int line, configs;
	uint32_t since, before;
	struct op ops[OPS_MAX];
	uint64_t value;
	bool any_value;
	unsigned int table, nr;
	struct row rows[6];
};

#define CASE		.line = __LINE__
#define ADD(...)	{ M_ADD, 0, { __VA_ARGS__ } }
#define ADD_NODE(...)	{ M_ADD_NODE, 0, { __VA_ARGS__ } }
#define RESERVE(...)	{ M_RESERVE, 0, { __VA_ARGS__ } }
#define SET(what)	{ M_SET, 0, { MEMBLOCK_##what, 1 } }
#define OP(id, ...)	{ M_##id, 0, { __VA_ARGS__ } }

/* Sixteen pages at 1 MiB, of which the second is taken. */
#define RAM		ADD(M, 16 * P), RESERVE(M + P, P)

static const struct memblock_case cases[] = {
	/* adding and taking away */
	{ CASE, .ops = { ADD(M, P), ADD(M + 2 * P, P), ADD(M + P, P) },
	  .nr = 1, .rows = { { M, 3 * P, PLAIN, 0 } } },
	{ CASE, .configs = NUMA, .ops = { ADD(M, P), ADD_NODE(M, 3 * P, 1, 0) },
	  .nr = 2, .rows = { { M, P, PLAIN, 0 }, { M + P, 2 * P, T(0, 1), 0 } } },
	{ CASE, .configs = NUMA, .ops = { ADD_NODE(M, P, 1, MEMBLOCK_F_HOTPLUG) },
	  .nr = 1, .rows = { { M, P, T(MEMBLOCK_F_HOTPLUG, 1), 0 } } },
	{ CASE, .ops = { ADD(M, 0) } },
	{ CASE, .ops = { ADD(M, 3 * P), OP(REMOVE, M + P, P) },
	  .nr = 2, .rows = { { M, P, PLAIN, 0 }, { M + 2 * P, P, PLAIN, 0 } } },
	{ CASE, .ops = { RAM, OP(PHYS_FREE, M + P, 0x800) },
	  .table = M_RESERVED, .nr = 1, .rows = { { M + P + 0x800, 0x800, PLAIN, 0 } } },
	{ CASE, .ops = { RAM, OP(FREE, M, 4 * P) }, .table = M_RESERVED },
	{ CASE, .configs = ONLY(NORMAL), .ops = { ADD(-P, 2 * P) },
	  .nr = 1, .rows = { { -P, P - 1, PLAIN, 0 } } },
	{ CASE, .configs = ONLY(PHYS32), .ops = { ADD((1ull << 32) - P, 2 * P) },
	  .nr = 1, .rows = { { (1ull << 32) - P, P - 1, PLAIN, 0 } } },
	{ CASE, .configs = ONLY(KEEP), .ops = { OP(PHYSMEM_ADD, M, P) },
	  .table = M_PHYSMEM, .nr = 1, .rows = { { M, P, PLAIN, 0 } } },

	/* flags and nodes */
	{ CASE, .ops = { RAM, OP(MARK_HOTPLUG, M + P, P) }, .nr = 3,
	  .rows = { { M, P, PLAIN, 0 }, { M + P, P, F(HOTPLUG), 0 },
		    { M + 2 * P, 14 * P, PLAIN, 0 } } },
	{ CASE, .ops = { RAM, OP(MARK_HOTPLUG, M, M), OP(CLEAR_HOTPLUG, 0, M + 8 * P) },
	  .nr = 2, .rows = { { M, 8 * P, PLAIN, 0 }, { M + 8 * P, 8 * P, F(HOTPLUG), 0 } } },
	{ CASE, .ops = { RAM, SET(KERNELCORE_MIRROR), OP(MARK_MIRROR, M, M) },
	  .nr = 1, .rows = { { M, 16 * P, F(MIRROR), 0 } } },
	{ CASE, .ops = { RAM, OP(MARK_NOMAP, M, M) },
	  .nr = 1, .rows = { { M, 16 * P, F(NOMAP), 0 } } },
	{ CASE, .ops = { RAM, OP(MARK_NOMAP, M, M), OP(CLEAR_NOMAP, M, M) },
	  .nr = 1, .rows = { { M, 16 * P, PLAIN, 0 } } },
	{ CASE, .ops = { RAM, OP(RESERVED_MARK_NOINIT, M, M) },
	  .table = M_RESERVED, .nr = 1, .rows = { { M + P, P, F(NOINIT), 0 } } },
	{ CASE, .configs = NUMA, .ops = { RAM, OP(SET_NODE, M, 4 * P, M_MEMORY, 2) },
	  .nr = 2, .rows = { { M, 4 * P, T(0, 2), 0 }, { M + 4 * P, 12 * P, PLAIN, 0 } } },
	{ CASE, .configs = NUMA, .ops = { RAM, OP(SET_NODE, M, M, M_RESERVED, 3) },
	  .table = M_RESERVED, .nr = 1, .rows = { { M + P, P, T(0, 3), 0 } } },
	{ CASE, .configs = ONLY(PLAIN), .ops = { RAM, OP(SET_NODE, M, 4 * P, M_MEMORY, 2) },
	  .nr = 1, .rows = { { M, 16 * P, PLAIN, 0 } } },
	{ CASE, .ops = { ADD(M + 0x10, 2 * P), ADD(3 * M + 1, P), OP(TRIM, P) },
	  .nr = 1, .rows = { { M + P, P, PLAIN, 0 } } },

	/* limits */
	{ CASE, .ops = { RAM, ADD(2 * M, M), RESERVE(2 * M + 4 * P, P),
			 OP(ENFORCE_MEMORY_LIMIT, 18 * P) },
	  .nr = 2, .rows = { { M, 16 * P, PLAIN, 0 }, { 2 * M, 2 * P, PLAIN, 0 } } },
	{ CASE, .ops = { RAM, OP(ENFORCE_MEMORY_LIMIT, P) }, .table = M_RESERVED },
	{ CASE, .ops = { RAM, ADD(2 * M, M), OP(MARK_NOMAP, 2 * M, M),
			 OP(CAP_MEMORY_RANGE, M + P, P) },
	  .nr = 2, .rows = { { M + P, P, PLAIN, 0 }, { 2 * M, M, F(NOMAP), 0 } } },
	{ CASE, .ops = { RAM, ADD(2 * M, M), OP(MARK_NOMAP, 2 * M, M),
			 OP(MEM_LIMIT_REMOVE_MAP, P) },
	  .nr = 2, .rows = { { M, P, PLAIN, 0 }, { 2 * M, M, F(NOMAP), 0 } } },
	{ CASE, .ops = { RAM, OP(SET_CURRENT_LIMIT, M + P), OP(FIND_IN_RANGE, 0, 0, P, P) },
	  .value = M, .table = M_ANSWER },

	/* searching */
	{ CASE, .ops = { RAM, OP(FIND_IN_RANGE, 0, -1ull, P, P) },
	  .value = M + 15 * P, .table = M_ANSWER },
	{ CASE, .ops = { RAM, SET(BOTTOM_UP), OP(FIND_IN_RANGE, 0, -1ull, 2 * P, P) },
	  .value = M + 2 * P, .table = M_ANSWER },
	{ CASE, .ops = { RAM, OP(FIND_IN_RANGE, M, M + 4 * P, 3 * P, P) }, .table = M_ANSWER },
	{ CASE, .ops = { ADD(0, 2 * P), OP(FIND_IN_RANGE, 0, P, 1, 1) }, .table = M_ANSWER },
	{ CASE, .configs = NUMA,
	  .ops = { RAM, ADD_NODE(2 * M, P, 1, 0),
		   OP(FIND_IN_RANGE_NODE, P, P, 0, -1ull, 1, 0) },
	  .value = 2 * M, .table = M_ANSWER },
	{ CASE, .configs = NUMA,
	  .ops = { RAM, OP(ALLOC_RANGE_NID, P, P, 0, -1ull, 1, 1) }, .table = M_ANSWER },
	{ CASE, .configs = NUMA,
	  .ops = { RAM, OP(ALLOC_RANGE_NID, P, P, 0, -1ull, 1, 0) },
	  .value = M + 15 * P, .table = M_RESERVED, .nr = 2,
	  .rows = { { M + P, P, PLAIN, 0 }, { M + 15 * P, P, PLAIN, 0 } } },
	{ CASE, .ops = { RAM, OP(PHYS_ALLOC_RANGE, 0x10, 0, M, M + 4 * P) },
	  .value = M + 4 * P - 64, .table = M_RESERVED, .nr = 2,
	  .rows = { { M + P, P, PLAIN, 0 }, { M + 4 * P - 64, 0x10, PLAIN, 0 } } },
	{ CASE, .ops = { RAM, OP(PHYS_ALLOC_TRY_NID, P, P, NONE) }, .value = M + 15 * P,
	  .table = M_ANSWER },
	{ CASE, .ops = { RAM, OP(ALLOC_TRY_NID, 0x123, 1, 2 * M, 0, NONE) },
	  .value = M + 16 * P - 0x123, .table = M_ANSWER, .nr = 1,
	  .rows = { { M + 16 * P - 0x123, 0x123, MEMBLOCK_CLEARED, 0 } } },
	{ CASE, .ops = { RAM, OP(ALLOC_TRY_NID_RAW, P, P, M, M + 4 * P, NONE) },
	  .value = M + 3 * P, .table = M_ANSWER },
	{ CASE, .configs = NUMA, .ops = { RAM, OP(ALLOC_EXACT_NID_RAW, P, P, M, 0, 1) },
	  .table = M_ANSWER },
	{ CASE, .ops = { RAM, OP(ALLOC, P, P) }, .value = M + 15 * P, .table = M_ANSWER,
	  .nr = 1, .rows = { { M + 15 * P, P, MEMBLOCK_CLEARED, 0 } } },
	{ CASE, .ops = { RAM, SET(BOTTOM_UP), OP(ALLOC_FROM, P, P, M + 4 * P) },
	  .value = M + 4 * P, .table = M_ANSWER,
	  .nr = 1, .rows = { { M + 4 * P, P, MEMBLOCK_CLEARED, 0 } } },
	{ CASE, .configs = ONLY(NORMAL), .ops = { RAM, ADD(1ull << 32, M), OP(ALLOC_LOW, P, P) },
	  .value = M + 15 * P, .table = M_ANSWER,
	  .nr = 1, .rows = { { M + 15 * P, P, MEMBLOCK_CLEARED, 0 } } },
	{ CASE, .configs = NUMA, .ops = { ADD_NODE(M, P, 1, 0), RAM, OP(ALLOC_NODE, P, P, 1) },
	  .value = M, .table = M_ANSWER,
	  .nr = 1, .rows = { { M, P, MEMBLOCK_CLEARED, 0 } } },
	{ CASE, .ops = { RAM, SET(SLAB), OP(ALLOC, P, P) }, .any_value = true,
	  .table = M_RESERVED, .nr = 1, .rows = { { M + P, P, PLAIN, 0 } } },

	/* ranges and questions */
	{ CASE, .ops = { RAM, OP(FREE_RANGES, NONE, 0) }, .table = M_ANSWER, .nr = 2,
	  .rows = { { M, P, MEMBLOCK_RANGE, 0 }, { M + 2 * P, 14 * P, MEMBLOCK_RANGE, 0 } } },
	{ CASE, .ops = { RAM, OP(FREE_RANGES_REV, NONE, 0) }, .table = M_ANSWER, .nr = 2,
	  .rows = { { M + 2 * P, 14 * P, MEMBLOCK_RANGE, 0 }, { M, P, MEMBLOCK_RANGE, 0 } } },
	{ CASE, .ops = { RAM, OP(MARK_NOMAP, M, 8 * P), OP(MEM_RANGES) },
	  .table = M_ANSWER, .nr = 1, .rows = { { M + 8 * P, 8 * P, MEMBLOCK_RANGE, 0 } } },
	{ CASE, .ops = { RAM, ADD(2 * M, P), OP(MEM_RANGES_REV) }, .table = M_ANSWER, .nr = 2,
	  .rows = { { 2 * M, P, MEMBLOCK_RANGE, 0 }, { M, 16 * P, MEMBLOCK_RANGE, 0 } } },
	{ CASE, .ops = { RAM, OP(RESERVED_RANGES) },
	  .table = M_ANSWER, .nr = 1, .rows = { { M + P, P, MEMBLOCK_RANGE, 0 } } },
	{ CASE, .ops = { OP(RESERVED_RANGES) }, .table = M_ANSWER },
	{ CASE, .configs = ONLY(KEEP), .ops = { OP(PHYSMEM_ADD, M, P), OP(PHYSMEM_RANGES) },
	  .table = M_ANSWER, .nr = 1, .rows = { { M, P, MEMBLOCK_RANGE, 0 } } },
	{ CASE, .ops = { ADD(M + 1, 3 * P), OP(PFN_RANGES, MEMBLOCK_NODES) },
	  .table = M_ANSWER, .nr = 1, .rows = { { M + P, 2 * P, MEMBLOCK_RANGE, 0 } } },
	{ CASE, .ops = { RAM, OP(ZONE_RANGES, 0, 0, 0x104) }, .configs = ONLY(PLAIN),
	  .table = M_ANSWER, .nr = 2,
	  .rows = { { M, P, MEMBLOCK_RANGE, 0 }, { M + 2 * P, 2 * P, MEMBLOCK_RANGE, 0 } } },
	{ CASE, .ops = { RAM, OP(IS_MEMORY, M + 16 * P - 1) }, .value = 1, .table = M_ANSWER },
	{ CASE, .ops = { RAM, OP(IS_MEMORY, M + 16 * P) }, .table = M_ANSWER },
	{ CASE, .ops = { RAM, OP(MARK_NOMAP, M, M), OP(IS_MAP_MEMORY, M) }, .table = M_ANSWER },
	{ CASE, .ops = { RAM, OP(IS_MAP_MEMORY, M) }, .value = 1, .table = M_ANSWER },
	{ CASE, .ops = { RAM, OP(IS_RESERVED, M + P) }, .value = 1, .table = M_ANSWER },
	{ CASE, .ops = { RAM, OP(IS_REGION_MEMORY, M + P, 15 * P) }, .value = 1,
	  .table = M_ANSWER },
	{ CASE, .ops = { RAM, OP(IS_REGION_MEMORY, M + P, 16 * P) }, .table = M_ANSWER },
	{ CASE, .ops = { RAM, OP(IS_REGION_RESERVED, M, P + 1) }, .value = 1, .table = M_ANSWER },
	{ CASE, .ops = { RAM, OP(OVERLAPS_REGION, M_RESERVED, M, P) }, .table = M_ANSWER },
	{ CASE, .ops = { OP(ADDRS_OVERLAP, P, 2 * P, 2 * P, P) }, .value = 1, .table = M_ANSWER },
	{ CASE, .configs = NUMA,
	  .ops = { ADD_NODE(M + 1, 3 * P, 2, 0), OP(SEARCH_PFN_NID, (M + P) / P) },
	  .value = 2, .table = M_ANSWER, .nr = 1, .rows = { { M, 3 * P, MEMBLOCK_PFNS, 0 } } },
	{ CASE, .ops = { RAM, OP(SEARCH_PFN_NID, 1) }, .value = -1ull, .table = M_ANSWER },
	{ CASE, .ops = { RAM, OP(SIZES) }, .table = M_ANSWER, .nr = 4,
	  .rows = { { 16 * P, 1, MEMBLOCK_PHYS_MEM_SIZE, 0 }, { P, 1, MEMBLOCK_RESERVED_SIZE, 0 },
		    { M, 1, MEMBLOCK_START_OF_DRAM, 0 },
		    { M + 16 * P, 1, MEMBLOCK_END_OF_DRAM, 0 } } },
	{ CASE, .ops = { RAM, OP(ESTIMATED_FREE) }, .before = V(6, 16), .value = 15,
	  .table = M_ANSWER },
	{ CASE, .configs = NUMA, .ops = { RAM, OP(VALIDATE_NUMA_COVERAGE, 15 * P) },
	  .table = M_ANSWER },
	{ CASE, .configs = NUMA, .ops = { RAM, OP(VALIDATE_NUMA_COVERAGE, 16 * P) },
	  .value = 1, .table = M_ANSWER },

	/* hand-off */
	{ CASE, .ops = { ADD(M + 1, 6 * P - 1), OP(MARK_NOMAP, M + 4 * P, P),
			 RESERVE(M + 2 * P + 1, 1), OP(FREE_ALL) },
	  .before = V(6, 6), .table = M_HANDOFF, .nr = 5,
	  .rows = { { M + 2 * P, P, MEMBLOCK_INITIALISED + MEMBLOCK_NODE_NONE, 0 },
		    { M + 4 * P, P, MEMBLOCK_INITIALISED + MEMBLOCK_NODE_NONE, 0 },
		    { M + P, P, MEMBLOCK_FREED, 0 }, { M + 3 * P, P, MEMBLOCK_FREED, 0 },
		    { M + 5 * P, P, MEMBLOCK_FREED, 0 } } },
	{ CASE, .configs = NUMA, .since = V(6, 6),
	  .ops = { ADD_NODE(M, 4 * P, 1, 0), RESERVE(M + P, P), OP(FREE_ALL) },
	  .table = M_HANDOFF, .nr = 3,
	  .rows = { { M + P, P, MEMBLOCK_INITIALISED + 1, 0 }, { M, P, MEMBLOCK_FREED, 0 },
		    { M + 2 * P, 2 * P, MEMBLOCK_FREED, 0 } } },
	{ CASE, .configs = NUMA, .since = V(6, 6),
	  .ops = { ADD_NODE(M, 4 * P, 1, 0), RESERVE(M + P, P), OP(FREE_ALL) },
	  .table = M_RESERVED, .nr = 1, .rows = { { M + P, P, T(0, 1), 0 } } },
	{ CASE, .ops = { RAM, OP(RESERVED_MARK_NOINIT, M, M), OP(FREE_ALL) },
	  .table = M_HANDOFF, .nr = 2,
	  .rows = { { M, P, MEMBLOCK_FREED, 0 }, { M + 2 * P, 14 * P, MEMBLOCK_FREED, 0 } } },
	{ CASE, .ops = { ADD(M, 4 * P), OP(MAX_LOW_PFN, M / P + 3), OP(FREE_ALL) },
	  .table = M_HANDOFF, .nr = 1, .rows = { { M, 3 * P, MEMBLOCK_FREED, 0 } } },
	{ CASE, .ops = { RAM, OP(FREE_LATE, M + P - 1, P + 1) },
	  .table = M_HANDOFF, .nr = 1, .rows = { { M + P, P, MEMBLOCK_FREED, 0 } } },
	{ CASE, .ops = { RAM, OP(FREE_LATE, M, (MEMBLOCK_LATE_PAGES + 1) * P) },
	  .table = M_HANDOFF },

	/* what is printed */
	{ CASE, .ops = { SET(DEBUG), OP(ALLOC_FROM, P, 0x40, M) }, .table = M_PRINTED, .nr = 2,
	  .rows = { { M, P, M_ALLOC_TRY_NID, 0 },
		    { 0, 0x40, M_ALLOC_TRY_NID | MEMBLOCK_SAID_MORE, 0 } } },
	{ CASE, .ops = { SET(DEBUG), OP(FREE, M, P) },
	  .table = M_PRINTED, .nr = 1, .rows = { { M, P, M_PHYS_FREE, 0 } } },
	{ CASE, .ops = { SET(DEBUG), RAM, OP(DUMP_ALL) }, .table = M_PRINTED, .nr = 3,
	  .rows = { { 16 * P, P, MEMBLOCK_SAID_TOTAL, 0 },
		    { M, 16 * P, MEMBLOCK_SAID_REGION + M_MEMORY, 0 },
		    { M + P, P, MEMBLOCK_SAID_REGION + M_RESERVED, 0 } } },
	{ CASE, .configs = ONLY(KEEP), .ops = { RAM, OP(DEBUGFS, M_RESERVED) },
	  .table = M_ANSWER, .nr = 1, .rows = { { M + P, P, MEMBLOCK_RANGE, 0 } } },
};

#endif

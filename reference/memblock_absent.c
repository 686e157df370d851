// SPDX-License-Identifier: GPL-2.0-only
/* The memblock model: what is not there yet. Each of these goes when its own file comes. */
#include "memblock_model.h"

#define ABSENT(name)									\
	__attribute__((weak)) void name(struct memblock_step *step, const struct op *op)	\
	{										\
		(void)op;								\
		step->e->cut = true;							\
	}

ABSENT(memblock_do_find)
ABSENT(memblock_do_alloc)
ABSENT(memblock_do_free_ranges)
ABSENT(memblock_do_collection_ranges)
ABSENT(memblock_do_pfn_ranges)
ABSENT(memblock_do_zone_ranges)
ABSENT(memblock_do_is)
ABSENT(memblock_do_is_region)
ABSENT(memblock_do_addrs_overlap)
ABSENT(memblock_do_search_pfn_nid)
ABSENT(memblock_do_sizes)
ABSENT(memblock_do_estimated_free)
ABSENT(memblock_do_coverage)
ABSENT(memblock_do_dump_all)
ABSENT(memblock_do_debugfs)
ABSENT(memblock_do_reserve_mem)
ABSENT(memblock_do_reserve_mem_find)
ABSENT(memblock_do_free_late)
ABSENT(memblock_do_free_all)
ABSENT(memblock_do_discard)

__attribute__((weak)) uint64_t memblock_find(const struct memblock_state *s,
					     const struct memblock_search *f)
{
	(void)s;
	(void)f;
	return 0;
}

__attribute__((weak)) uint64_t memblock_find_in_range(struct memblock_step *step, uint64_t start,
						      uint64_t end, uint64_t size, uint64_t align)
{
	(void)step;
	(void)start;
	(void)end;
	(void)size;
	(void)align;
	return 0;
}

__attribute__((weak)) bool memblock_is_open(const struct op *op)
{
	(void)op;
	return false;
}

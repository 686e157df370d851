/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reproducers of family memblock. The calls have today's names; place() is the physical address of
 * what was allocated, and sizes(), search_pfn_nid() and show() (a file of debugfs) are the
 * wrapper's, as are the loops each_...() over the kernel's for_each_...(): their answers are in
 * table "answer".
 */
#include "memblock.c"
#include "repro.h"

#ifndef HAVE_MEMBLOCK_NODE_FLAGS
#define memblock_add_node(base, size, nid, flags) add_node(base, size, nid, flags)
#endif

#ifndef HAVE_MEMBLOCK_PHYS_FREE
#define memblock_phys_free(base, size)	phys_free(base, size)
#define memblock_free(ptr, size)	memblock_free_ptr(ptr, size)
#endif

/* Since v6.10. */
#ifndef HAVE_MEMBLOCK_NOINIT
#define MEMBLOCK_RSRV_NOINIT	16
#endif

/* More pages than anyone would wait for are not passed on. */
#define memblock_free_late(base, size)	free_late(base, size)
#define memblock_free_all()		free_all()
#define memblock_discard()		discard()

/* Types in checks of memory, reserved and physmem: a region's flags and its node. */
#define REGION(flags, nid)	memblock_row_type(flags, nid)
#define REGION_PLAIN		REGION(MEMBLOCK_F_NONE, MEMBLOCK_NODE_NONE)

#define each_free_mem_range(nid, flags)		free_ranges(nid, flags)
#define each_free_mem_range_reverse(nid, flags)	free_ranges_rev(nid, flags)
#define each_mem_range()			mem_ranges()
#define each_mem_range_rev()			mem_ranges_rev()
#define each_reserved_mem_range()		reserved_ranges()
#define each_physmem_range()			physmem_ranges()
#define each_mem_pfn_range(nid)			pfn_ranges(nid)
#define each_free_mem_pfn_range_in_zone(nid, start, end) zone_ranges(nid, start, end)

/* On the command line: reserve_mem=@text */
WRAPPER static int parse_reserve_mem(const char *text)
{
	struct op op = { .id = M_RESERVE_MEM };

	op_set_text(&op, text, strlen(text));
	return reserve_mem_text(&op);
}

/* reserve_mem_find_by_name() */
WRAPPER static uint64_t find_reserve_mem(const char *text)
{
	struct op op = { .id = M_RESERVE_MEM_FIND };

	op_set_text(&op, text, strlen(text));
	return reserve_mem_find(&op);
}

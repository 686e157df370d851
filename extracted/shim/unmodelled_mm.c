// SPDX-License-Identifier: GPL-2.0-only
/*
 * As unmodelled.c: what mm/memblock.c refers to, for who has it behind other ops than its own. The
 * headers that declare these are not the same for every kernel, and the runtime is: they are not
 * included.
 */
#include <linux/bug.h>
#include <linux/types.h>

#include "shim.h"

#pragma GCC diagnostic ignored "-Wunused-parameter"

#define WEAK	__attribute__((__weak__))

struct page;
struct pglist_data;
struct dentry;
struct file_operations;

/* As without kernelcore=mirror and movable_node on the command line, and before slab. */
WEAK bool mirrored_kernelcore;
WEAK bool movable_node_enabled;
WEAK bool shim_slab_available;

#define UNMODELLED(type, name, ...)					\
type name(__VA_ARGS__);							\
WEAK type name(__VA_ARGS__)						\
{									\
	panic("%s(): no stand-in in extracted/shim/", __func__);	\
}

/* linux/slab.h */
UNMODELLED(void *, kmalloc, size_t size, gfp_t flags)
UNMODELLED(void *, kzalloc_node, size_t size, gfp_t flags, int node)
UNMODELLED(void, kfree, const void *p)

/* linux/mm.h, mm/internal.h, asm/io.h */
UNMODELLED(struct page *, pfn_to_page, unsigned long pfn)
UNMODELLED(void, totalram_pages_inc, void)
UNMODELLED(void, totalram_pages_add, long pages)
UNMODELLED(void, reserve_bootmem_region, phys_addr_t start, phys_addr_t end, int nid)
UNMODELLED(void, memblock_free_pages, struct page *page, unsigned long pfn, unsigned int order)
UNMODELLED(void *, phys_to_virt, phys_addr_t phys)
UNMODELLED(phys_addr_t, virt_to_phys, volatile void *p)

UNMODELLED(unsigned long, free_reserved_area, void *start, void *end, int poison, const char *s)

/* linux/mmzone.h */
UNMODELLED(void, atomic_long_set, void *v, long to)
UNMODELLED(struct pglist_data *, first_online_pgdat, void)
UNMODELLED(struct pglist_data *, next_online_pgdat, struct pglist_data *pgdat)
UNMODELLED(int, early_pfn_to_nid, unsigned long pfn)

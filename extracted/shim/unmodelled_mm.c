// SPDX-License-Identifier: GPL-2.0-only
/*
 * As unmodelled.c: what mm/memblock.c refers to and no op reaches. The headers that declare these
 * are not the same for every kernel, and the runtime is: they are not included.
 */
#include <linux/bug.h>
#include <linux/types.h>

#include "shim.h"

#pragma GCC diagnostic ignored "-Wunused-parameter"

struct page;
struct pglist_data;

/* As without kernelcore=mirror on the command line. */
bool mirrored_kernelcore;

#define UNMODELLED(type, name, ...)					\
type name(__VA_ARGS__);							\
type name(__VA_ARGS__)							\
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

/* linux/mmzone.h */
UNMODELLED(void, atomic_long_set, void *v, long to)
UNMODELLED(struct pglist_data *, first_online_pgdat, void)
UNMODELLED(struct pglist_data *, next_online_pgdat, struct pglist_data *pgdat)
UNMODELLED(int, early_pfn_to_nid, unsigned long pfn)

/* linux/kernel.h, linux/printk.h, linux/string.h */
UNMODELLED(int, shim_snprintf, char *to, size_t size, const char *fmt, ...)
UNMODELLED(void, dump_stack, void)
UNMODELLED(long, sized_strscpy, char *to, const char *from, size_t size)
UNMODELLED(int, shim_isspace, int c)

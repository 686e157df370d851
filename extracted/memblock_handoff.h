/* SPDX-License-Identifier: GPL-2.0-only */
/* The page allocator: what it is passed, as rows of M_HANDOFF. Included after the kernel's file. */
#ifndef MEMBLOCK_HANDOFF_H
#define MEMBLOCK_HANDOFF_H

/* Each region is a row or two, and borders of nodes and of zones make more of them. */
#define HANDOFF_MAX	(8 * MEMBLOCK_ROWS)

static struct row handoff[HANDOFF_MAX] SHIM_SCRATCH;
static unsigned int nr_handoff;
static uint64_t ram_pages;

WRAPPER static void pass(uint32_t type, uint64_t start, uint64_t size)
{
	struct row *last = &handoff[nr_handoff ? nr_handoff - 1 : 0];

	shim_tick();
	if (nr_handoff && last->type == type && start && last->start + last->size == start) {
		last->size += size;
		return;
	}
	if (nr_handoff == HANDOFF_MAX) {
		printk(KERN_CRIT "%s: there is no end to it\n", __func__);
		shim_abort(OUT_HANG);
	}
	handoff[nr_handoff++] = (struct row){ .start = start, .size = size, .type = type };
}

/*
 * Numbers: nobody looks into them. A memory map that is given back in part lies in memory.
 */
#ifdef CONFIG_HAVE_ARCH_PFN_VALID
#define MEM_MAP		(LINEAR + MEMBLOCK_MEMMAP)
#else
#define MEM_MAP		0xffd4000000000000ULL
#endif

_Static_assert(sizeof(struct page) == MEMBLOCK_STRUCT_PAGE, "as the contract has it");

WRAPPER struct page *pfn_to_page(unsigned long pfn)
{
	return (struct page *)(uintptr_t)(MEM_MAP + pfn * sizeof(struct page));
}

/* A block that no page allocator could take ends the op. */
WRAPPER void memblock_free_pages(struct page *page, unsigned long pfn, unsigned int order)
{
	if (page != pfn_to_page(pfn) || order > MAX_PAGE_ORDER ||
	    !IS_ALIGNED(pfn, 1UL << order)) {
		printk(KERN_CRIT "%s: page %#lx, order %u\n", __func__, pfn, order);
		shim_abort(OUT_BUG);
	}
	pass(MEMBLOCK_FREED, (uint64_t)pfn * PAGE_SIZE, (uint64_t)PAGE_SIZE << order);
}

WRAPPER static uint32_t said_node(int nid)
{
#ifdef CONFIG_NUMA
	return memblock_row_node(nid);
#else
	(void)nid;
	return MEMBLOCK_NODE_NONE;
#endif
}

/* Every page with any byte of [start, end). */
WRAPPER static void initialise(uint64_t start, uint64_t end, int nid)
{
	uint64_t first = start & ~(uint64_t)(PAGE_SIZE - 1);

	if (start < end)
		pass(MEMBLOCK_INITIALISED + said_node(nid), first,
		     ((end - 1) | (PAGE_SIZE - 1)) - first + 1);
}

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0)
WRAPPER void reserve_bootmem_region(phys_addr_t start, phys_addr_t end, int nid)
{
	initialise(start, end, nid);
}
#else
WRAPPER void reserve_bootmem_region(phys_addr_t start, phys_addr_t end)
{
	initialise(start, end, NUMA_NO_NODE);
}
#endif

WRAPPER void totalram_pages_inc(void)
{
	ram_pages++;
}

WRAPPER void totalram_pages_add(long pages)
{
	ram_pages += pages;
}

/* One node has them all: that its zones are reset changes nothing here. */
static struct pglist_data node_data;

WRAPPER struct pglist_data *first_online_pgdat(void)
{
	return &node_data;
}

WRAPPER struct pglist_data *next_online_pgdat(struct pglist_data *pgdat)
{
	(void)pgdat;
	return NULL;
}

WRAPPER void atomic_long_set(atomic_long_t *v, long to)
{
	v->counter = to;
}

/* As mm_init.c looks it up; of what is no memory nothing is known. */
WRAPPER int early_pfn_to_nid(unsigned long pfn)
{
	unsigned long start, end;

	return memblock_search_pfn_nid(pfn, &start, &end);
}

#endif

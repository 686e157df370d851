/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Iterators, and questions with more than one answer, as rows of M_ANSWER. Included after the
 * kernel's file.
 */
#ifndef MEMBLOCK_RANGES_H
#define MEMBLOCK_RANGES_H

#define ANSWERS_MAX	(4 * MEMBLOCK_ROWS)

static struct row answers[ANSWERS_MAX] SHIM_SCRATCH;
static unsigned int nr_answers;

WRAPPER static void answer(uint32_t type, uint64_t start, uint64_t size, uint32_t flags)
{
	shim_tick();
	if (nr_answers < ANSWERS_MAX)
		answers[nr_answers++] = (struct row){
			.start = start, .size = size, .type = type, .flags = flags,
		};
}

/*
 * Empty ranges are none: kernels give one for a collection that is empty (before v6.9), and between
 * two reserved regions that touch but differ in node or flags. No caller gets memory by that.
 */
WRAPPER static void range(phys_addr_t from, phys_addr_t to, int nid)
{
	if (from != to)
		answer(MEMBLOCK_RANGE, from, (phys_addr_t)(to - from), nid);
}

WRAPPER static void pages(uint32_t type, unsigned long from, unsigned long to, int nid)
{
	answer(type, (uint64_t)from * PAGE_SIZE, (uint64_t)(to - from) * PAGE_SIZE, nid);
}

/*
 * Callers leave out what they do not ask for. That gives as many ranges, or else one that cannot be
 * is among the answers.
 */
WRAPPER static uint64_t as_many(unsigned int nr, unsigned int unasked)
{
	if (nr != unasked)
		answer(MEMBLOCK_RANGE, unasked, 0, nr);
	return 0;
}

WRAPPER static uint64_t free_ranges(int nid, enum memblock_flags flags)
{
	phys_addr_t from, to;
	int of;
	unsigned int nr = 0, unasked = 0;
	u64 i;

	for_each_free_mem_range(i, nid, flags, &from, &to, &of) {
		range(from, to, of);
		nr++;
	}
	for_each_free_mem_range(i, nid, flags, NULL, NULL, NULL)
		unasked++;
	return as_many(nr, unasked);
}

WRAPPER static uint64_t free_ranges_rev(int nid, enum memblock_flags flags)
{
	phys_addr_t from, to;
	int of;
	unsigned int nr = 0, unasked = 0;
	u64 i;

	for_each_free_mem_range_reverse(i, nid, flags, &from, &to, &of) {
		range(from, to, of);
		nr++;
	}
	for_each_free_mem_range_reverse(i, nid, flags, NULL, NULL, NULL)
		unasked++;
	return as_many(nr, unasked);
}

WRAPPER static uint64_t mem_ranges(void)
{
	phys_addr_t from, to;
	int of;
	unsigned int nr = 0, unasked = 0;
	u64 i;

	for_each_mem_range(i, &from, &to) {
		range(from, to, 0);
		nr++;
	}
	__for_each_mem_range(i, &memblock.memory, NULL, NUMA_NO_NODE,
			     MEMBLOCK_HOTPLUG | MEMBLOCK_DRIVER_MANAGED, NULL, NULL, &of)
		unasked++;
	return as_many(nr, unasked);
}

WRAPPER static uint64_t mem_ranges_rev(void)
{
	phys_addr_t from, to;
	int of;
	unsigned int nr = 0, unasked = 0;
	u64 i;

	for_each_mem_range_rev(i, &from, &to) {
		range(from, to, 0);
		nr++;
	}
	__for_each_mem_range_rev(i, &memblock.memory, NULL, NUMA_NO_NODE,
				 MEMBLOCK_HOTPLUG | MEMBLOCK_DRIVER_MANAGED, NULL, NULL, &of)
		unasked++;
	return as_many(nr, unasked);
}

WRAPPER static uint64_t reserved_ranges(void)
{
	phys_addr_t from, to;
	u64 i;

	for_each_reserved_mem_range(i, &from, &to)
		range(from, to, 0);
	return 0;
}

WRAPPER static uint64_t physmem_ranges(void)
{
#ifdef CONFIG_HAVE_MEMBLOCK_PHYS_MAP
	phys_addr_t from, to;
	u64 i;

	for_each_physmem_range(i, NULL, &from, &to)
		range(from, to, 0);
#endif
	return 0;
}

WRAPPER static uint64_t pfn_ranges(int nid)
{
	unsigned long from, to;
	unsigned int nr = 0, unasked = 0;
	int i, of;

	for_each_mem_pfn_range(i, nid, &from, &to, &of) {
		pages(MEMBLOCK_RANGE, from, to, of);
		nr++;
	}
	for_each_mem_pfn_range(i, nid, NULL, NULL, NULL)
		unasked++;
	return as_many(nr, unasked);
}

#if defined(HAVE_MEMBLOCK_ZONE_RANGES) && defined(CONFIG_DEFERRED_STRUCT_PAGE_INIT)
WRAPPER static uint64_t zone_ranges(int nid, unsigned long start, unsigned long end)
{
	struct zone zone = { .zone_start_pfn = start, .spanned_pages = end - start };
	unsigned long from, to;
	unsigned int nr = 0, unasked = 0;
	u64 i = 0;

#ifdef CONFIG_NUMA
	zone.node = nid;
#else
	(void)nid;
#endif
	__next_mem_pfn_range_in_zone(&i, &zone, &from, &to);
	for_each_free_mem_pfn_range_in_zone_from(i, &zone, &from, &to) {
		pages(MEMBLOCK_RANGE, from, to, 0);
		nr++;
	}
	i = 0;
	__next_mem_pfn_range_in_zone(&i, &zone, NULL, NULL);
	for_each_free_mem_pfn_range_in_zone_from(i, &zone, NULL, NULL)
		unasked++;
	return as_many(nr, unasked);
}
#else
#define zone_ranges(nid, start, end)	((void)(nid), (void)(start), (void)(end), 0)
#endif

WRAPPER static uint64_t search_pfn_nid(unsigned long pfn)
{
	unsigned long from = 0, to = 0;
	int nid = memblock_search_pfn_nid(pfn, &from, &to);

	if (nid != -1)
		pages(MEMBLOCK_PFNS, from, to, 0);
	return (int64_t)nid;
}

WRAPPER static bool has_memory(void)
{
	return memblock.memory.cnt && memblock.memory.regions[0].size;
}

WRAPPER static uint64_t sizes(void)
{
	bool any = has_memory();

	answer(MEMBLOCK_PHYS_MEM_SIZE, memblock_phys_mem_size(), 1, 0);
	answer(MEMBLOCK_RESERVED_SIZE, memblock_reserved_size(), 1, 0);
	answer(MEMBLOCK_START_OF_DRAM, any ? memblock_start_of_DRAM() : 0, 1, 0);
	answer(MEMBLOCK_END_OF_DRAM, any ? memblock_end_of_DRAM() : 0, 1, 0);
	return 0;
}

#endif

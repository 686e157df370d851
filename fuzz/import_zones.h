/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The page allocator's zones as x86-64 makes them of memblock's memory, and what a kernel prints of
 * them: facts of a boot that no op of a family has. All is in pages; ends are exclusive.
 */
#ifndef FUZZ_IMPORT_ZONES_H
#define FUZZ_IMPORT_ZONES_H

#include "contract/memblock.h"

#define IMPORT_ZONE_RANGES	1024u	/* ranges of memory */
#define IMPORT_VMALLOC_TABLES	64u	/* pages of tables that x86 takes for vmalloc's 32 TiB */

enum import_zone {
	ZONE_DMA_16M,
	ZONE_DMA_4G,
	ZONE_THE_REST,
	ZONE_HOTPLUG,		/* "Movable": what may be unplugged, or is kept movable */
	ZONE_OF_DEVICES,	/* always empty at boot */
	IMPORT_ZONES
};

/**
 * struct import_zones - memory and its zones
 * @range: whole pages of each region of memory, ascending, @nr of them
 * @full: there were more: nothing is known
 * @first, @end: of a node, @end 0: it has no memory
 * @movable: where a node's movable zone begins, 0: it has none
 * @deferred: the first page of a node that the page allocator gets later on, UINT64_MAX: none
 * @low, @high: what each zone may hold at all
 */
struct import_zones {
	struct import_zone_range { uint64_t start, end; uint32_t nid; } range[IMPORT_ZONE_RANGES];
	unsigned int nr;
	bool full;
	uint64_t first[MEMBLOCK_NODES], end[MEMBLOCK_NODES];
	uint64_t movable[MEMBLOCK_NODES], deferred[MEMBLOCK_NODES];
	uint64_t low[IMPORT_ZONES], high[IMPORT_ZONES];
};

/**
 * import_zones_init() - the zones of memory
 * @memory: memblock's memory (contract/memblock.h)
 * @max_pfn: end of RAM
 * @movable_node: hot-pluggable memory is a zone of its own
 */
void import_zones_init(struct import_zones *z, const struct table *memory, uint64_t max_pfn,
		       bool movable_node);

/* The span of a node's zone. Return: its pages that there are, 0: the node has no such zone. */
uint64_t import_zone_span(const struct import_zones *z, unsigned int nid, enum import_zone zone,
			  uint64_t *start, uint64_t *end);

/**
 * import_zones_walk() - all pages in the order in which they get their struct page
 * @hole: called for pages that there are none of, but a struct page is; NULL: nothing is
 *
 * Finds out what is deferred.
 */
void import_zones_walk(struct import_zones *z,
		       void (*hole)(void *arg, unsigned int nid, enum import_zone zone,
				    uint64_t pages), void *arg);

/**
 * import_zones_total() - pages before any is passed on ("Total pages:")
 * @version: of the kernel: up to 6.1 what struct pages will take is left out
 * @free: free ranges of memory, bytes
 * Use it where import_zones_total_known().
 */
uint64_t import_zones_total(const struct import_zones *z, uint32_t version,
			    const struct table *free);

static inline bool import_zones_total_known(uint32_t version)
{
	return version >= (6u << 16 | 12u << 8) || version >> 8 == (6u << 8 | 1u);
}

/**
 * import_zones_freed() - of pages that memblock has passed on those that are free at once
 * @freed: rows in bytes; those of type @type are meant
 */
uint64_t import_zones_freed(const struct import_zones *z, const struct table *freed,
			    uint32_t type);

/* A zone as kernels call it. */
extern const char *const import_zone_name[IMPORT_ZONES];

#endif

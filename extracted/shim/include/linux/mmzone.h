/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_MMZONE_H
#define SHIM_LINUX_MMZONE_H

#include <linux/kernel.h>
#include <linux/numa.h>
#include <linux/sizes.h>

/* The page allocator, as far as mm/memblock.c names it. */
typedef struct {
	long counter;
} atomic_long_t;

void atomic_long_set(atomic_long_t *v, long to);

#define MAX_NR_ZONES	4

struct zone {
#ifdef CONFIG_NUMA
	int node;
#endif
	unsigned long zone_start_pfn;
	atomic_long_t managed_pages;
	unsigned long spanned_pages;
};

static inline unsigned long zone_end_pfn(const struct zone *zone)
{
	return zone->zone_start_pfn + zone->spanned_pages;
}

#ifdef CONFIG_NUMA
static inline int zone_to_nid(struct zone *zone)
{
	return zone->node;
}
#else
static inline int zone_to_nid(struct zone *zone)
{
	(void)zone;
	return 0;
}
#endif

typedef struct pglist_data {
	struct zone node_zones[MAX_NR_ZONES];
} pg_data_t;

struct pglist_data *first_online_pgdat(void);
struct pglist_data *next_online_pgdat(struct pglist_data *pgdat);

#define for_each_online_pgdat(pgdat) \
	for (pgdat = first_online_pgdat(); pgdat; pgdat = next_online_pgdat(pgdat))

/*
 * The largest block. In family boot as the contract has it, so that terabytes are few blocks;
 * a long of 32 bits has no room for that, nor memory for the use of it.
 */
#if defined(SUBJECT_FAMILY_BOOT) && defined(CONFIG_64BIT)
#define MAX_PAGE_ORDER	40
#elif defined(SUBJECT_FAMILY_BOOT)
#define MAX_PAGE_ORDER	30
#else
#define MAX_PAGE_ORDER	10
#endif

/* MAX_ORDER was one more than the largest order until v6.3, and went in v6.8. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
#define MAX_ORDER	MAX_PAGE_ORDER
#else
#define MAX_ORDER	(MAX_PAGE_ORDER + 1)
#endif

#define pageblock_nr_pages		512UL
#define pageblock_start_pfn(pfn)	round_down(pfn, 512)
#define pageblock_align(pfn)		ALIGN(pfn, 512)

int early_pfn_to_nid(unsigned long pfn);

#endif

// SPDX-License-Identifier: GPL-2.0-only
/* Zones of memory: their pages, and which of those the page allocator has at first. */
#include <string.h>

#include "import_zones.h"

#define PFN(bytes)	((uint64_t)(bytes) >> 12)
#define DMA_END		PFN(16u << 20)
#define DMA32_END	PFN(1ull << 32)
#define SECTION		PFN(128u << 20)	/* SPARSEMEM: struct pages are there for whole ones */
#define STRUCT_PAGE	64u		/* sizeof(struct page), amd64 */

const char *const import_zone_name[IMPORT_ZONES] = {
	[ZONE_DMA_16M] = "DMA", [ZONE_DMA_4G] = "DMA32", [ZONE_THE_REST] = "Normal",
	[ZONE_HOTPLUG] = "Movable", [ZONE_OF_DEVICES] = "Device",
};

static uint64_t lower(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static uint64_t higher(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

static uint64_t clamp(uint64_t v, uint64_t low, uint64_t high)
{
	return v < low ? low : v > high ? high : v;
}

static uint32_t node_of(const struct row *r)
{
	uint32_t nid = r->type >> 8;

	return nid < MEMBLOCK_NODES ? nid : 0;
}

static void take_memory(struct import_zones *z, const struct table *memory)
{
	for (unsigned int i = 0; i < memory->nr; i++) {
		const struct row *r = &memory->rows[i];
		uint64_t start = PFN(r->start + 4095), end = PFN(r->start + r->size);
		uint32_t nid = node_of(r);

		if (start >= end)
			continue;
		if (z->nr == IMPORT_ZONE_RANGES) {
			z->full = true;
			return;
		}
		z->range[z->nr++] = (struct import_zone_range){ start, end, nid };
		if (!z->end[nid])
			z->first[nid] = start;
		z->end[nid] = end;
	}
}

void import_zones_init(struct import_zones *z, const struct table *memory, uint64_t max_pfn,
		       bool movable_node)
{
	const uint64_t ends[] = { DMA_END, DMA32_END, UINT64_MAX };
	uint64_t from = memory->nr ? PFN(memory->rows[0].start) : 0;

	memset(z, 0, sizeof(*z));
	memset(z->deferred, 0xff, sizeof(z->deferred));
	take_memory(z, memory);
	for (unsigned int i = ZONE_DMA_16M; i <= ZONE_THE_REST; i++) {
		z->low[i] = from;
		from = z->high[i] = higher(lower(ends[i], max_pfn), from);
	}
	z->high[ZONE_HOTPLUG] = UINT64_MAX;
	for (unsigned int i = 0; movable_node && i < memory->nr; i++) {
		const struct row *r = &memory->rows[i];
		uint64_t *at = &z->movable[node_of(r)];

		if (r->type & MEMBLOCK_F_HOTPLUG && (!*at || PFN(r->start) < *at))
			*at = PFN(r->start);
	}
}

/* Pages of a node's memory in [start, end). */
static uint64_t present(const struct import_zones *z, unsigned int nid, uint64_t start,
			uint64_t end)
{
	uint64_t pages = 0;

	for (unsigned int i = 0; i < z->nr; i++) {
		uint64_t a = higher(z->range[i].start, start), b = lower(z->range[i].end, end);

		if (z->range[i].nid == nid && a < b)
			pages += b - a;
	}
	return pages;
}

uint64_t import_zone_span(const struct import_zones *z, unsigned int nid, enum import_zone zone,
			  uint64_t *start, uint64_t *end)
{
	uint64_t movable = z->movable[nid];

	*start = *end = 0;
	if (!z->end[nid] || zone == ZONE_OF_DEVICES || (zone == ZONE_HOTPLUG && !movable))
		return 0;
	*start = clamp(z->first[nid], z->low[zone], z->high[zone]);
	*end = clamp(z->end[nid], z->low[zone], z->high[zone]);
	if (zone == ZONE_HOTPLUG)
		*start = movable;
	else if (movable && *start < movable && *end > movable)
		*end = movable;
	else if (movable && *start >= movable)
		*start = *end;
	if (*start >= *end) {
		*start = *end = 0;
		return 0;
	}
	return present(z, nid, *start, *end);
}

/* Of [start, end) the pages in sections that memory is in. */
static uint64_t with_struct(const struct import_zones *z, uint64_t start, uint64_t end)
{
	uint64_t pages = 0;

	for (unsigned int i = 0; i < z->nr && start < end; i++) {
		uint64_t from = z->range[i].start & ~(SECTION - 1);
		uint64_t to = (z->range[i].end + SECTION - 1) & ~(SECTION - 1);

		from = higher(from, start);
		to = lower(to, end);
		if (from >= to)
			continue;
		pages += to - from;
		start = to;
	}
	return pages;
}

/**
 * struct walk - on the way through all pages
 * @zone_end: end of the zone whose pages are being counted, @counted: how many
 */
struct walk {
	uint64_t zone_end, counted;
};

/*
 * A node's last zone gets a section of pages at first, and what is left of the section in which
 * that is reached; the others get all of theirs.
 */
static void defer(struct import_zones *z, struct walk *w, unsigned int nid, uint64_t start,
		  uint64_t end, uint64_t zone_end)
{
	uint64_t at;

	if (w->zone_end != zone_end)
		*w = (struct walk){ .zone_end = zone_end };
	if (zone_end < z->end[nid] || z->deferred[nid] != UINT64_MAX)
		return;
	at = start + (w->counted < SECTION ? SECTION - w->counted : 0);
	at = (at + SECTION - 1) & ~(SECTION - 1);
	if (at < end)
		z->deferred[nid] = at;
	else
		w->counted += end - start;
}

void import_zones_walk(struct import_zones *z,
		       void (*hole)(void *arg, unsigned int nid, enum import_zone zone,
				    uint64_t pages), void *arg)
{
	uint64_t from = 0, start, end, a, b, pages;
	enum import_zone zone = ZONE_DMA_16M;
	struct walk w = { 0 };
	unsigned int nid = 0;

	for (unsigned int i = 0; i < z->nr; i++) {
		nid = z->range[i].nid;
		for (unsigned int j = 0; j < IMPORT_ZONES; j++) {
			if (!import_zone_span(z, nid, j, &start, &end))
				continue;
			zone = j;
			a = clamp(z->range[i].start, start, end);
			b = clamp(z->range[i].end, start, end);
			if (a >= b)
				continue;
			defer(z, &w, nid, a, b, end);
			pages = from < a ? with_struct(z, from, a) : 0;
			if (pages && hole)
				hole(arg, nid, j, pages);
			from = b;
		}
	}
	if (!z->nr)
		return;
	end = (z->range[z->nr - 1].end + SECTION - 1) & ~(SECTION - 1);
	pages = from < end ? with_struct(z, from, end) : 0;
	if (pages && hole)
		hole(arg, nid, zone, pages);
}

/* Pages below 16 MiB that are not free. */
static uint64_t taken_of_dma(const struct import_zones *z, const struct table *free)
{
	uint64_t pages = 0;

	for (unsigned int i = 0; i < z->nr; i++)
		pages += lower(z->range[i].end, DMA_END) - lower(z->range[i].start, DMA_END);
	for (unsigned int i = 0; i < free->nr; i++) {
		const struct row *r = &free->rows[i];
		uint64_t start = lower(PFN(r->start + 4095), DMA_END);
		uint64_t end = lower(PFN(r->start + r->size), DMA_END);

		if (start < end)
			pages -= end - start;
	}
	return pages;
}

uint64_t import_zones_total(const struct import_zones *z, uint32_t version,
			    const struct table *free)
{
	bool whole = version >= (6u << 16 | 12u << 8);
	uint64_t taken = taken_of_dma(z, free), total = 0;

	for (unsigned int nid = 0; nid < MEMBLOCK_NODES; nid++) {
		for (unsigned int j = 0; z->end[nid] && j < IMPORT_ZONES; j++) {
			uint64_t start, end, pages = import_zone_span(z, nid, j, &start, &end);
			uint64_t structs = end - start;

			if (structs > pages + (pages >> 4))
				structs = pages;	/* there are holes */
			structs = PFN(structs * STRUCT_PAGE + 4095);
			if (!whole && pages >= structs)
				pages -= structs;
			if (!whole && j == ZONE_DMA_16M && pages > taken)
				pages -= taken;
			total += pages;
		}
	}
	return total;
}

uint64_t import_zones_freed(const struct import_zones *z, const struct table *freed,
			    uint32_t type)
{
	uint64_t pages = 0;

	for (unsigned int i = 0; i < freed->nr; i++) {
		const struct row *r = &freed->rows[i];

		for (unsigned int k = 0; r->type == type && k < z->nr; k++) {
			const struct import_zone_range *m = &z->range[k];
			uint64_t a = higher(PFN(r->start), m->start);
			uint64_t b = lower(lower(PFN(r->start + r->size), m->end),
					   z->deferred[m->nid]);

			pages += a < b ? b - a : 0;
		}
	}
	return pages;
}

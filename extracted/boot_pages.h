/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Ranges of bytes as sets of pages, in the order that the contract asks for: a sweep over where
 * ranges begin and end.
 */
#ifndef BOOT_PAGES_H
#define BOOT_PAGES_H

#include "contract/boot.h"

/**
 * struct edge - from @page on, pages of @type are in @weight ranges more
 */
struct edge {
	uint64_t page;
	uint32_t type;
	int32_t weight;
};

/* Of all rows that are handed off, twice over, and of the tables' places. */
#define EDGES_MAX	(2 * PAGE_ROWS + 2 * BOOT_OWN_RANGES)

static struct edge edges[EDGES_MAX] SHIM_SCRATCH;
static unsigned int nr_edges;

WRAPPER static void add_edge(uint32_t type, uint64_t page, int weight)
{
	if (nr_edges < EDGES_MAX)
		edges[nr_edges++] = (struct edge){ .page = page, .type = type, .weight = weight };
}

/* All pages with a byte of [@start, @start + @size), none beyond 2^64; a @size of 0 is 2^64. */
WRAPPER static void add_bytes(uint32_t type, uint64_t start, uint64_t size, int weight)
{
	add_edge(type, start / BOOT_PAGE, weight);
	add_edge(type, (start + size - 1) / BOOT_PAGE + 1, -weight);
}

/* They mostly come in their order. */
WRAPPER static void sort_edges(void)
{
	for (unsigned int i = 1; i < nr_edges; i++) {
		const struct edge e = edges[i];
		unsigned int k = i;

		for (; k && (edges[k - 1].type > e.type ||
			     (edges[k - 1].type == e.type && edges[k - 1].page > e.page)); k--)
			edges[k] = edges[k - 1];
		edges[k] = e;
	}
}

/**
 * layer() - pages that are in @depth ranges of a type or more
 * @to: receives them as rows with the edges' types, by type, ascending, and what touches as one
 *
 * The edges are sorted.
 * Return: how many rows.
 */
WRAPPER static unsigned int layer(struct row *to, int depth)
{
	unsigned int nr = 0;
	int now = 0;

	for (unsigned int i = 0; i < nr_edges; ) {
		const struct edge e = edges[i];
		int before = now;

		for (; i < nr_edges && edges[i].type == e.type && edges[i].page == e.page; i++)
			now += edges[i].weight;
		if (before < depth && now >= depth)
			to[nr] = (struct row){ .start = e.page * BOOT_PAGE, .type = e.type };
		else if (before >= depth && now < depth) {
			to[nr].size = e.page * BOOT_PAGE - to[nr].start;
			nr++;
		}
	}
	return nr;
}

/* Rows of several types, each ascending: all of them. */
WRAPPER static void sort_rows(struct row *rows, unsigned int nr)
{
	for (unsigned int i = 1; i < nr; i++) {
		const struct row r = rows[i];
		unsigned int k = i;

		for (; k && rows[k - 1].start > r.start; k--)
			rows[k] = rows[k - 1];
		rows[k] = r;
	}
}

#endif

// SPDX-License-Identifier: GPL-2.0-only
/* Which pages a log leaves to the page allocator: what nodes have, without what is reserved. */
#include "import_boot.h"

#define PAGE	((uint64_t)BOOT_PAGE)

/* Memory as the log has it on nodes, as rows of M_MEMORY. Return: how many, 0: out of order. */
static unsigned int memory_rows(const struct import_mb *mb, struct row *rows)
{
	unsigned int nr = 0;
	uint64_t end = 0;

	for (unsigned int i = 0; i < mb->nr && nr < IMPORT_BOOT_RANGES; i++) {
		const struct import_mb_line *l = &mb->at[i];

		if (l->kind != MB_NODE_RANGE)
			continue;
		if (l->start < end || l->start + l->size <= l->start)
			return 0;
		end = l->start + l->size;
		rows[nr++] = (struct row){ .start = l->start, .size = l->size,
					   .type = memblock_row_type(0, l->nid) };
	}
	return nr;
}

void import_boot_zones(const struct import_mb *mb, const struct import_mb_script *calls,
		       struct import_zones *z)
{
	static struct row memory[IMPORT_BOOT_RANGES];
	struct table t = { .nr = memory_rows(mb, memory), .rows = memory };

	import_zones_init(z, &t, calls->max_pfn, false);
	for (unsigned int i = 0; i < mb->nr; i++)
		if (mb->at[i].kind == MB_MOVABLE)
			z->movable[mb->at[i].nid] = mb->at[i].start / PAGE;
	import_zones_walk(z, NULL, NULL);
}

/* The table of reserved memory at the end: its first row; @mb->nr: it is not there whole. */
static unsigned int reserved_rows(const struct import_mb *mb, unsigned int *end)
{
	unsigned int i = 0, first;
	uint64_t count = 0;

	while (i < mb->nr && mb->at[i].kind != MB_FINAL)
		i++;
	for (i++; import_mb_row(mb, i); i++)
		if (mb->at[i].kind == MB_COUNT && mb->at[i].table == M_RESERVED)
			break;
	if (!import_mb_row(mb, i))
		return mb->nr;
	count = mb->at[i].size;
	first = ++i;
	while (import_mb_row(mb, i) && mb->at[i].kind == MB_REGION && mb->at[i].table == M_RESERVED)
		i++;
	*end = i;
	return i - first == count ? first : mb->nr;
}

/* What touches is one row. */
static unsigned int put(struct row *rows, unsigned int nr, uint64_t start, uint64_t end)
{
	if (start >= end || nr == IMPORT_BOOT_RANGES)
		return nr;
	if (nr && rows[nr - 1].start + rows[nr - 1].size == start) {
		rows[nr - 1].size += end - start;
		return nr;
	}
	rows[nr] = (struct row){ .start = start, .size = end - start, .type = BOOT_FREED };
	return nr + 1;
}

unsigned int import_boot_pages(const struct import_mb *mb, struct row *rows)
{
	static struct row memory[IMPORT_BOOT_RANGES];
	unsigned int nr_memory = memory_rows(mb, memory), nr = 0, end = 0;
	unsigned int first = reserved_rows(mb, &end);

	if (first == mb->nr)
		return 0;
	for (unsigned int k = 0; k < nr_memory; k++) {
		uint64_t at = memory[k].start, last = at + memory[k].size;

		for (unsigned int i = first; i < end && at < last; i++) {
			uint64_t from = mb->at[i].start & ~(PAGE - 1);
			uint64_t to = (mb->at[i].start + mb->at[i].size + PAGE - 1) & ~(PAGE - 1);

			if (to <= at || !mb->at[i].size)
				continue;
			if (from >= last)
				break;
			nr = put(rows, nr, at, from);
			at = to;
		}
		nr = put(rows, nr, at, last);
	}
	return nr;
}

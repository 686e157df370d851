// SPDX-License-Identifier: GPL-2.0-only
/* The brute-force judge: units, covers, comparison. See bitmap.h. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "bitmap.h"

bool bitmap_init(struct bitmap *b, const struct family *f, const struct config_desc *config,
		 const uint64_t *points, unsigned int nr)
{
	memset(b, 0, sizeof(*b));
	if (!nr || nr > BITMAP_UNITS || points[0])
		return false;
	for (unsigned int i = 1; i < nr; i++)
		if (points[i] <= points[i - 1])
			return false;
	memcpy(b->point, points, nr * sizeof(points[0]));
	b->family = f;
	b->config = config;
	b->units = nr;
	return true;
}

int bitmap_unit(const struct bitmap *b, uint64_t addr, bool top)
{
	if (top)
		return b->units;
	for (unsigned int i = 0; i < b->units; i++)
		if (b->point[i] == addr)
			return i;
	return -1;
}

unsigned int bitmap_type(struct bitmap *b, uint32_t type)
{
	unsigned int i = 0;

	while (i < b->types && b->type[i] != type)
		i++;
	/*
	 * A universe of more types than there is room for: the last index stands for all of those.
	 */
	if (i == b->types && b->types < BITMAP_TYPES)
		b->type[b->types++] = type;
	return i < BITMAP_TYPES ? i : BITMAP_TYPES - 1;
}

uint64_t bitmap_unit_size(const struct bitmap *b, unsigned int unit)
{
	return (unit + 1 < b->units ? b->point[unit + 1] : 0) - b->point[unit];
}

bool bitmap_read(struct bitmap *b, struct bitmap_table *t, const struct row *rows, unsigned int n,
		 char *why)
{
	for (unsigned int i = 0; i < n; i++) {
		uint64_t end = rows[i].start + rows[i].size;
		bool top = rows[i].size && end <= rows[i].start;
		int from = bitmap_unit(b, rows[i].start, false);
		int to = bitmap_unit(b, end, top);

		t->nr++;
		t->top |= top;
		t->beyond |= top && end;
		if (!rows[i].size)
			continue;
		if (from < 0 || to < 0) {
			snprintf(why, BITMAP_WHY,
				 "row %u: [%#" PRIx64 ", %#" PRIx64 ") is not of the universe", i,
				 rows[i].start, end);
			return false;
		}
		t->boundary[from] = true;
		if (to < (int)b->units)
			t->boundary[to] = true;
		for (int u = from; u < to; u++)
			t->cover[bitmap_type(b, rows[i].type)][u]++;
	}
	return true;
}

bool bitmap_same(const struct bitmap *b, const struct bitmap_table *want,
		 const struct bitmap_table *got, const char *name, char *why)
{
	for (unsigned int u = 0; u < b->units; u++) {
		for (unsigned int k = 0; k < b->types; k++) {
			if (want->cover[k][u] == got->cover[k][u])
				continue;
			snprintf(why, BITMAP_WHY,
				 "%s: unit at %#" PRIx64 ", type %#" PRIx32 ": expected %u, got %u",
				 name, b->point[u], b->type[k], want->cover[k][u],
				 got->cover[k][u]);
			return false;
		}
	}
	return true;
}

static const struct judge {
	const struct family *family;
	bitmap_judgement *judge;
	bool no_units;			/* it keeps what it knows by itself */
	unsigned int (*points)(const struct config_desc *config, uint64_t *points);
} judges[] = {
	{ &range_family, bitmap_judge_range, false, NULL },
	{ &e820_family, bitmap_judge_e820, false, bitmap_points_e820 },
	{ &early_res_family, bitmap_judge_early_res, true, NULL },
	{ &memblock_family, bitmap_judge_memblock, true, NULL },
};

static const struct judge *judge_of(const struct family *f)
{
	for (unsigned int i = 0; i < sizeof(judges) / sizeof(judges[0]); i++)
		if (judges[i].family == f)
			return &judges[i];
	return NULL;
}

unsigned int bitmap_points(const struct family *f, const struct config_desc *config,
			   uint64_t *points)
{
	const struct judge *judge = judge_of(f);

	return judge && judge->points ? judge->points(config, points) : 0;
}

bool bitmap_judge(struct bitmap *b, const struct op *op, const struct result *res,
		  const struct state *st, char *why)
{
	const struct judge *judge = judge_of(b->family);
	struct bitmap_table got[BITMAP_TABLES] = { 0 };
	bool good = true;

	if (judge && judge->no_units)
		return judge->judge(b, op, res, st, NULL, why);

	for (unsigned int i = 0; i < BITMAP_TABLES && i < b->family->nr_tables && good; i++)
		if (b->family->tables[i].kind == TABLE_MEMORY)
			good = bitmap_read(b, &got[i], st->table[i].rows, st->table[i].nr, why);
	if (good && !judge) {
		snprintf(why, BITMAP_WHY, "family %s has no brute-force judge", b->family->name);
		good = false;
	}
	good = good && judge->judge(b, op, res, st, got, why);
	memcpy(b->table, got, sizeof(b->table));
	b->nr_rows = st->table[0].nr < E820_SLOTS_MAX ? st->table[0].nr : E820_SLOTS_MAX;
	memcpy(b->rows, st->table[0].rows, b->nr_rows * sizeof(b->rows[0]));
	return good;
}

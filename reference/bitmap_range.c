// SPDX-License-Identifier: GPL-2.0-only
/* The brute-force judge of family range: contract/range.h in plain loops. */
#include <inttypes.h>
#include <stdio.h>

#include "bitmap.h"

static bool in_use(const struct row *r)
{
	return r->size != 0;
}

/* Is a slot in use among slots @from to @slots? */
static bool any_used(const struct bitmap *b, uint64_t from)
{
	for (uint64_t i = from; i < b->nr_rows; i++)
		if (in_use(&b->rows[i]))
			return true;
	return false;
}

static bool meet_or_touch(const struct row *a, const struct row *b)
{
	return a->start <= b->start + b->size && b->start <= a->start + a->size;
}

/* Do no two slots in use overlap or touch each other? */
static bool apart(const struct row *rows, unsigned int nr)
{
	for (unsigned int i = 0; i < nr; i++)
		for (unsigned int j = 0; j < i; j++)
			if (in_use(&rows[i]) && in_use(&rows[j]) &&
			    meet_or_touch(&rows[i], &rows[j]))
				return false;
	return true;
}

static bool complain(char *why, const char *what)
{
	snprintf(why, BITMAP_WHY, "%s", what);
	return false;
}

static bool judge_value(const struct result *res, uint64_t value, char *why)
{
	if (res->value == value)
		return true;
	snprintf(why, BITMAP_WHY, "returned %" PRIu64 ", expected %" PRIu64, res->value, value);
	return false;
}

/* cover' = cover + [start, end); the range stands in slot nr. */
static bool judge_add(struct bitmap *b, uint64_t az, uint64_t start, uint64_t end,
		      const struct result *res, const struct state *st,
		      const struct bitmap_table *got, char *why)
{
	struct bitmap_table want = b->table[0];
	const struct row *rows = st->table[0].rows;
	bool added = start < end && b->nr_range < az;

	for (unsigned int u = 0; u < b->units; u++)
		if (added && b->point[u] >= start && b->point[u] < end)
			want.cover[bitmap_type(b, 0)][u]++;
	if (!bitmap_same(b, &want, got, "slots", why) ||
	    !judge_value(res, b->nr_range + added, why))
		return false;
	if (added && (rows[b->nr_range].start != start || rows[b->nr_range].size != end - start))
		return complain(why, "the range is not in slot nr_range");
	return true;
}

/* As sets: cover' = cover + [start, end); nothing overlaps or touches the last slot. */
static bool judge_merge(struct bitmap *b, uint64_t az, uint64_t start, uint64_t end,
			const struct result *res, const struct state *st,
			const struct bitmap_table *got, char *why)
{
	const struct bitmap_table *old = &b->table[0];
	const struct row *rows = st->table[0].rows;
	const struct row range = { .start = start, .size = end - start };
	unsigned int k = bitmap_type(b, 0), nr = st->table[0].nr;
	uint64_t meets = 0;

	if (start >= end)
		return bitmap_same(b, old, got, "slots", why) &&
		       judge_value(res, b->nr_range, why);
	for (unsigned int i = 0; i < b->nr_rows; i++)
		meets += in_use(&b->rows[i]) && meet_or_touch(&b->rows[i], &range);
	if (!meets && b->nr_range >= az)
		return bitmap_same(b, old, got, "slots", why) &&
		       judge_value(res, b->nr_range, why);
	for (unsigned int u = 0; u < b->units; u++) {
		bool in = b->point[u] >= start && b->point[u] < end;

		if ((got->cover[k][u] > 0) != (in || old->cover[k][u] > 0)) {
			snprintf(why, BITMAP_WHY, "unit at %#" PRIx64 ": in the union or not",
				 b->point[u]);
			return false;
		}
	}
	if (!apart(b->rows, b->nr_rows))
		return true;	/* which ones are united is open */
	if (!apart(rows, nr))
		return complain(why, "ranges overlap or touch, none did before");
	if (!judge_value(res, b->nr_range - meets + 1, why))
		return false;
	if (b->merge_in_place)
		return true;
	if (!in_use(&rows[res->value - 1]) || !meet_or_touch(&rows[res->value - 1], &range))
		return complain(why, "the union is not in the last slot");
	return true;
}

/* cover' = cover - [start, end). */
static bool judge_subtract(struct bitmap *b, uint64_t start, uint64_t end,
			   const struct bitmap_table *got, char *why)
{
	struct bitmap_table want = b->table[0];

	for (unsigned int u = 0; u < b->units; u++)
		if (b->point[u] >= start && b->point[u] < end)
			want.cover[bitmap_type(b, 0)][u] = 0;
	return bitmap_same(b, &want, got, "slots", why);
}

/* cover' = cover; the first @nr slots by start. */
static bool judge_sorted(struct bitmap *b, uint64_t nr, const struct state *st,
			 const struct bitmap_table *got, char *why)
{
	const struct row *rows = st->table[0].rows;

	if (!bitmap_same(b, &b->table[0], got, "slots", why))
		return false;
	for (uint64_t i = 1; i < nr; i++)
		if (rows[i - 1].start > rows[i].start)
			return complain(why, "not sorted by start");
	return true;
}

static bool judge_clean_sort(struct bitmap *b, const struct result *res, const struct state *st,
			     const struct bitmap_table *got, char *why)
{
	uint64_t used = 0;

	for (unsigned int i = 0; i < b->nr_rows; i++)
		used += in_use(&b->rows[i]);
	if (!judge_sorted(b, used, st, got, why) || !judge_value(res, used, why))
		return false;
	for (uint64_t i = 0; i < st->table[0].nr; i++)
		if (in_use(&st->table[0].rows[i]) != (i < used))
			return complain(why, "slots in use do not come first");
	return true;
}

static bool judge_op(struct bitmap *b, const struct op *op, const struct result *res,
		     const struct state *st, const struct bitmap_table *got, char *why)
{
	uint64_t az = op->arg[0] < b->config->slots ? op->arg[0] : b->config->slots;
	uint64_t start = op->arg[1], end = op->arg[2];

	/* Misuse: no contract. */
	switch (op->id) {
	case RANGE_ADD:
	case RANGE_ADD_WITH_MERGE:
		if (az < b->nr_range || any_used(b, b->nr_range))
			return true;
		break;
	case RANGE_SUBTRACT:
	case RANGE_CLEAN_SORT:
		if (any_used(b, az))
			return true;
		break;
	case RANGE_SORT:
		for (uint64_t i = 0; i < b->nr_range; i++)
			if (!in_use(&b->rows[i]))
				return true;
		break;
	}
	if (op->id <= RANGE_SUBTRACT && start < end &&
	    (bitmap_unit(b, start, false) < 0 || bitmap_unit(b, end, false) < 0))
		return complain(why, "an operand is not of the universe");

	switch (op->id) {
	case RANGE_ADD:
		return judge_add(b, az, start, end, res, st, got, why);
	case RANGE_ADD_WITH_MERGE:
		return judge_merge(b, az, start, end, res, st, got, why);
	case RANGE_SUBTRACT:
		return judge_subtract(b, start, end, got, why);
	case RANGE_CLEAN_SORT:
		return judge_clean_sort(b, res, st, got, why);
	case RANGE_SORT:
		return judge_sorted(b, b->nr_range, st, got, why);
	}
	return complain(why, "unknown op");
}

bool bitmap_judge_range(struct bitmap *b, const struct op *op, const struct result *res,
			const struct state *st, const struct bitmap_table *got, char *why)
{
	bool good = judge_op(b, op, res, st, got, why);

	b->nr_range = st->table[RANGE_COUNT].rows[0].start;
	return good;
}

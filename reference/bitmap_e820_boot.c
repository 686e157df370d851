// SPDX-License-Identifier: GPL-2.0-only
/* The brute-force judge of family e820: where main comes from, and what others are told of it. */
#include <string.h>

#include "bitmap_e820.h"

#define PAGE	4096u

static uint64_t unit_last(const struct bitmap *b, unsigned int u)
{
	return b->point[u] + bitmap_unit_size(b, u) - 1;
}

static bool has_empty_row(const struct bitmap *b)
{
	for (unsigned int i = 0; i < b->nr_rows; i++)
		if (!b->rows[i].size)
			return true;
	return false;
}

static bool has_type(const struct bitmap *b, unsigned int u, uint32_t type)
{
	for (unsigned int k = 0; k < b->types; k++)
		if (b->type[k] == type && b->table[E820_MAIN].cover[k][u])
			return true;
	return false;
}

/* --- setup_gap --- */

/* Try every gap: from the end of what is covered to the next unit that is, or to 4 GiB. */
bool trial_setup_gap(struct trial *t)
{
	const struct bitmap *b = t->b;
	const struct bitmap_table *main = &b->table[E820_MAIN];
	uint64_t best = 0;

	t->value_open = !trial_ordered(b) || has_empty_row(b) || main->beyond;
	t->value = (t->op->arg[0] << 12) + 0x100000;
	for (unsigned int u = 1; u < b->units && b->point[u] < E820_GAP_END; u++) {
		unsigned int next = u;
		uint64_t end;

		if (!trial_highest(b, main, u - 1) && !has_type(b, u - 1, 0))
			continue;
		while (next < b->units && !trial_highest(b, main, next) && !has_type(b, next, 0))
			next++;
		end = next < b->units && b->point[next] < E820_GAP_END ? b->point[next] :
									 E820_GAP_END;
		if (end - b->point[u] < E820_GAP_MIN || end - b->point[u] <= best)
			continue;
		best = end - b->point[u];
		t->value = b->point[u];
	}
	return true;
}

/* --- hole_size --- */

/* Pages of each run of RAM units. A boundary inside a page of it: open whether that counts. */
bool trial_hole_size(struct trial *t)
{
	const struct bitmap *b = t->b;
	const struct bitmap_table *main = &b->table[E820_MAIN];
	uint64_t start = t->op->arg[0], end = t->op->arg[1];

	t->value_open = start > end || start % PAGE || end % PAGE || !trial_ordered(b);
	t->value = end - start;
	for (unsigned int u = 0, next; u < b->units; u = next) {
		uint64_t first, last;

		next = u + 1;
		if (!has_type(b, u, E820_T_RAM))
			continue;
		for (; next < b->units && has_type(b, next, E820_T_RAM); next++)
			t->value_open |= main->boundary[next] && b->point[next] % PAGE;
		/* the first and the last page of the run, in [start, end) */
		first = b->point[u] / PAGE + (b->point[u] % PAGE > 0);
		last = unit_last(b, next - 1) / PAGE + (unit_last(b, next - 1) % PAGE == PAGE - 1);
		first = first < start / PAGE ? start / PAGE : first;
		last = last > end / PAGE ? end / PAGE : last;
		if (first < last)
			t->value -= (last - first) * PAGE;
	}
	return true;
}

/* --- nosave --- */

/* Is every byte of a page RAM; is any? */
static void look_at_page(const struct bitmap *b, uint64_t pfn, bool *all, bool *any)
{
	*all = true;
	*any = false;
	for (unsigned int u = 0; u < b->units; u++) {
		bool ram = has_type(b, u, E820_T_RAM) || has_type(b, u, E820_T_RESERVED_KERN);

		if (b->point[u] > (pfn * PAGE | (PAGE - 1)) || unit_last(b, u) < pfn * PAGE)
			continue;
		*all &= ram;
		*any |= ram;
	}
}

static bool judge_page(struct trial *t, uint64_t pfn)
{
	const struct table *rec = &t->st->table[E820_RECORDED];
	bool all, any, told = false;

	if (pfn >= 1ULL << 52)
		return true;
	look_at_page(t->b, pfn, &all, &any);
	for (unsigned int i = 0; i < rec->nr; i++) {
		const struct row *r = &rec->rows[i];

		told |= r->size && pfn >= r->start / PAGE && pfn <= (row_end(r) - 1) / PAGE;
	}
	if (told && all)
		return trial_complain(t, "nosave: a page of RAM is told");
	if (!told && !any && pfn < t->op->arg[0])
		return trial_complain(t, "nosave: a page that is no RAM is not told");
	return true;
}

/* Between the points, the limit and the ends of what is told all pages are alike. */
bool trial_nosave(struct trial *t)
{
	const struct table *rec = &t->st->table[E820_RECORDED];
	const struct bitmap *b = t->b;

	for (unsigned int i = 0; i < rec->nr; i++)
		if (rec->rows[i].type != E820_REC_NOSAVE)
			return trial_complain(t, "nosave: another call");
	if (!b->nr_rows || !trial_ordered(b) || has_empty_row(b))
		return true;
	for (uint64_t d = 0; d < 3; d++) {
		for (unsigned int u = 0; u < b->units; u++)
			if (!judge_page(t, b->point[u] / PAGE + d - 1))
				return false;
		for (unsigned int i = 0; i < rec->nr; i++)
			if (!judge_page(t, rec->rows[i].start / PAGE + d - 1) ||
			    !judge_page(t, row_end(&rec->rows[i]) / PAGE + d - 1))
				return false;
		if (!judge_page(t, t->op->arg[0] + d - 1))
			return false;
	}
	return true;
}

/* --- what is told --- */
bool trial_told_next(struct trial *t, unsigned int *at, uint64_t start, uint64_t size,
		     uint32_t type, uint32_t flags)
{
	const struct table *rec = &t->st->table[E820_RECORDED];

	return (*at < rec->nr && trial_is_row(&rec->rows[(*at)++], start, size, type, flags)) ||
	       trial_complain(t, "not told what is there");
}

bool trial_told_all(struct trial *t, unsigned int at)
{
	return at == t->st->table[E820_RECORDED].nr || trial_complain(t, "told more than is there");
}

/* --- nvs --- */

bool trial_nvs(struct trial *t)
{
	unsigned int at = 0;

	for (unsigned int i = 0; i < t->b->nr_rows; i++) {
		const struct row *r = &t->b->rows[i];

		if (r->type == E820_T_NVS &&
		    !trial_told_next(t, &at, r->start, r->size, E820_REC_NVS, 0))
			return false;
	}
	return trial_told_all(t, at);
}

/* --- memory_setup --- */

unsigned int bitmap_points_e820(const struct config_desc *config, uint64_t *points)
{
	const uint64_t all[] = {
		E820_LOWMEM, E820_HIGHMEM,
		/* of the counts that a state search draws */
		E820_HIGHMEM + (config->slots << 10),
		/* of the calls that are written down for it */
		0x1000, 0x2000, 0x3000, 0x10000, UINT64_MAX,
	};

	memcpy(points, all, sizeof(all));
	return sizeof(all) / sizeof(all[0]);
}

/*
 * Of entries that are updated before they are appended: units of one highest type, but for the
 * boundaries of what is never merged. Return: how many entries; they are added when @add.
 */
static unsigned int updated_entries(struct trial *t, const struct bitmap_table *boot, bool add)
{
	const struct bitmap *b = t->b;
	unsigned int nr = 0;

	for (unsigned int u = 0, next; u < b->units; u = next) {
		uint32_t type = trial_highest(b, boot, u);

		next = u + 1;
		if (!type)
			continue;
		while (next < b->units && trial_highest(b, boot, next) == type &&
		       !(trial_never_merged(b, type) && boot->boundary[next]))
			next++;
		nr++;
		if (add)
			trial_add(t, &t->want[E820_MAIN], b->point[u],
				  unit_last(b, next - 1) - b->point[u] + 1, type);
	}
	return nr;
}

/* Return: were the tokens taken? */
static bool updated_first(struct trial *t, unsigned int count, bool *taken)
{
	struct bitmap_table main = t->want[E820_MAIN], boot;
	unsigned int nr;
	bool wrapped;

	memset(&t->want[E820_MAIN], 0, sizeof(main));
	if (!trial_append(t, count, &wrapped))
		return false;
	if (wrapped) {
		/* refused, and refused again */
		*taken = false;
		return true;
	}
	boot = t->want[E820_MAIN];
	t->want[E820_MAIN] = main;
	if (count < 2 || boot.top) {
		*taken = count >= 2;
		return !*taken || trial_append(t, count, &wrapped);
	}
	nr = updated_entries(t, &boot, false);
	if (nr > e820_zeropage(t->b->config))
		return trial_complain(t, "no room for the updated entries");
	*taken = nr >= 2;
	if (*taken)
		updated_entries(t, &boot, true);
	return true;
}

bool trial_memory_setup(struct trial *t)
{
	const uint64_t *arg = t->op->arg;
	struct bitmap_table *main = &t->want[E820_MAIN];
	unsigned int count = e820_zeropage(t->b->config);
	bool taken = false, wrapped = true;

	count = arg[0] < count ? arg[0] : count;
	if (t->b->setup_first) {
		if (!updated_first(t, count, &taken))
			return false;
	} else {
		if (count >= 2 && !trial_append(t, count, &wrapped))
			return false;
		taken = !wrapped;
	}
	if (!taken) {
		memset(main, 0, sizeof(*main));
		if (!trial_add(t, main, 0, E820_LOWMEM, E820_T_RAM) ||
		    !trial_add(t, main, E820_HIGHMEM, (arg[1] > arg[2] ? arg[1] : arg[2]) << 10,
			       E820_T_RAM))
			return false;
	}
	if (!t->b->setup_first)
		trial_update_table(t, E820_MAIN);
	t->want[E820_KEXEC] = *main;
	if (!t->b->extend_keeps)
		t->want[E820_FIRMWARE] = *main;
	return trial_printed_table(t);
}

/* --- reallocate_tables --- */

/* No call was made. */
bool trial_idle(struct trial *t)
{
	if (t->res->outcome != OUT_RETURN || t->res->value)
		return trial_complain(t, "no call, but a result");
	for (unsigned int i = BITMAP_TABLES; i < t->st->nr_tables; i++)
		if (t->st->table[i].nr)
			return trial_complain(t, "no call, but a report");
	for (unsigned int i = 0; i < BITMAP_TABLES; i++)
		if (!bitmap_same(t->b, &t->want[i], &t->got[i], t->b->family->tables[i].name,
				 t->why))
			return false;
	return true;
}

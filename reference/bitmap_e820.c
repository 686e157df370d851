// SPDX-License-Identifier: GPL-2.0-only
/* The brute-force judge of family e820: contract/e820.h in plain loops. */
#include <inttypes.h>
#include <stdio.h>

#include "bitmap_e820.h"

bool trial_complain(struct trial *t, const char *what)
{
	snprintf(t->why, BITMAP_WHY, "%s", what);
	return false;
}

/* Units [*from, *to) of a range of bytes, to the end of the address space at most. */
static bool units_of(struct trial *t, uint64_t start, uint64_t size, int *from, int *to)
{
	bool top = size && start + size <= start;

	*from = bitmap_unit(t->b, start, false);
	*to = bitmap_unit(t->b, start + size, top);
	if (!size)
		*from = *to = 0;
	return (*from >= 0 && *to >= 0) || trial_complain(t, "an operand is not of the universe");
}

/* cover' = cover + [start, start + size) while there is a slot. */
bool trial_add(struct trial *t, struct bitmap_table *w, uint64_t start, uint64_t size,
	       uint32_t type)
{
	int from, to;

	if (w->nr == t->b->config->slots)
		return true;
	if (!units_of(t, start, size, &from, &to))
		return false;
	w->nr++;
	for (int u = from; u < to; u++)
		w->cover[bitmap_type(t->b, type)][u]++;
	if (from == to)
		return true;
	w->boundary[from] = true;
	if (to < (int)t->b->units)
		w->boundary[to] = true;
	w->top |= to == (int)t->b->units;
	return true;
}

/*
 * In the range: cover by old becomes cover by new. Counts bytes. What changed has boundaries of
 * its own at the ends of the range.
 */
bool trial_update(struct trial *t, struct bitmap_table *w, uint64_t start, uint64_t size,
		  uint32_t old, uint32_t new)
{
	unsigned int o = bitmap_type(t->b, old), n = bitmap_type(t->b, new);
	int from, to;

	if (!units_of(t, start, size, &from, &to))
		return false;
	if (from < to && w->cover[o][from])
		w->boundary[from] = true;
	if (from < to && w->cover[o][to - 1] && to < (int)t->b->units)
		w->boundary[to] = true;
	for (int u = from; u < to; u++) {
		t->value += w->cover[o][u] * bitmap_unit_size(t->b, u);
		w->cover[n][u] += w->cover[o][u];
		w->cover[o][u] = 0;
	}
	return true;
}

/* In the range: cover by old, or by anything, becomes nothing. */
bool trial_remove(struct trial *t, uint64_t start, uint64_t size, uint32_t old, bool check)
{
	struct bitmap_table *w = &t->want[E820_MAIN];
	int from, to;

	if (!units_of(t, start, size, &from, &to))
		return false;
	for (int u = from; u < to; u++) {
		for (unsigned int k = 0; k < t->b->types; k++) {
			if (check && t->b->type[k] != old)
				continue;
			t->value += w->cover[k][u] * bitmap_unit_size(t->b, u);
			w->cover[k][u] = 0;
		}
	}
	return true;
}

/* The highest type of a unit, 0 for none. */
uint32_t trial_highest(const struct bitmap *b, const struct bitmap_table *t, unsigned int u)
{
	uint32_t type = 0;

	for (unsigned int k = 0; k < b->types; k++)
		if (t->cover[k][u] && b->type[k] > type)
			type = b->type[k];
	return type;
}

/* Every unit keeps its highest type, once. Return: false when the table is refused. */
bool trial_update_table(struct trial *t, unsigned int table)
{
	struct bitmap_table *w = &t->want[table];

	if (w->nr < 2 || w->top)
		return false;
	for (unsigned int u = 0; u < t->b->units; u++) {
		uint32_t type = trial_highest(t->b, w, u);

		for (unsigned int k = 0; k < t->b->types; k++)
			w->cover[k][u] = type && t->b->type[k] == type;
	}
	t->updated[table] = true;
	return true;
}

bool trial_never_merged(const struct bitmap *b, uint32_t type)
{
	return (type == E820_T_PRAM && !b->pram_merged) ||
	       (type == E820_T_SOFT_RESERVED && !b->soft_merged);
}

/*
 * After update_table: sorted, nothing empty, a boundary wherever there must be one, nowhere else.
 */
static bool judge_updated(struct trial *t, unsigned int table)
{
	const struct bitmap_table *want = &t->want[table];
	const struct row *rows = t->st->table[table].rows;
	unsigned int nr = t->st->table[table].nr;

	for (unsigned int i = 0; i < nr; i++) {
		if (!rows[i].size)
			return trial_complain(t, "an updated table has an empty entry");
		if (i && rows[i].start < rows[i - 1].start + rows[i - 1].size)
			return trial_complain(t, "an updated table is not sorted");
	}
	for (unsigned int u = 1; u < t->b->units; u++) {
		uint32_t left = trial_highest(t->b, want, u - 1);
		uint32_t right = trial_highest(t->b, want, u);
		bool kept = trial_never_merged(t->b, left) && want->boundary[u];
		bool needed = left != right || kept;

		if (t->got[table].boundary[u] == needed)
			continue;
		snprintf(t->why, BITMAP_WHY, "updated table: boundary at %#" PRIx64 ": %d, not %d",
			 t->b->point[u], !needed, needed);
		return false;
	}
	return true;
}

/* Entries of boot_params or of the extended table, as add does, until one wraps. */
bool trial_append(struct trial *t, unsigned int count, bool *wrapped)
{
	*wrapped = false;
	for (unsigned int i = 0; i < count; i++) {
		const struct op *token = t->op + 1 + i;
		uint64_t start = 0, size = 0;
		uint32_t type = 0;

		if (i < t->op->nr_tokens) {
			start = token->arg[0];
			size = token->arg[1];
			type = token->arg[2];
		}
		*wrapped = start + size < start && start + size > 0;
		if (*wrapped)
			return true;
		if (!trial_add(t, &t->want[E820_MAIN], start, size, type))
			return false;
	}
	return true;
}

bool trial_ordered(const struct bitmap *b)
{
	for (unsigned int i = 0; i < b->nr_rows; i++) {
		for (unsigned int j = 0; j < i; j++) {
			const struct row *x = &b->rows[j], *y = &b->rows[i];

			if (x->size && y->size &&
			    (y->start < x->start || y->start - x->start < x->size))
				return false;
		}
	}
	return true;
}

/* mapped_*: some or all units of [start, end) have the type, or any type. */
static bool query(struct trial *t, const struct bitmap_table *w, bool all)
{
	uint64_t start = t->op->arg[0], end = t->op->arg[1];
	uint32_t type = t->op->arg[2];
	unsigned int yes = 0, no = 0;
	int from, to;

	t->value_open = start >= end || (all && !trial_ordered(t->b));
	if (t->value_open)
		return true;
	if (!units_of(t, start, end - start, &from, &to))
		return false;
	for (int u = from; u < to; u++) {
		bool has = false;

		for (unsigned int k = 0; k < t->b->types; k++)
			has |= w->cover[k][u] && (!type || t->b->type[k] == type);
		yes += has;
		no += !has;
	}
	t->value = all ? !no : yes > 0;
	return true;
}

static bool get_entry_type(struct trial *t)
{
	const struct bitmap_table *w = &t->b->table[E820_MAIN];
	uint64_t start = t->op->arg[0], end = t->op->arg[1];
	int from, to;

	t->value_open = start >= end || !trial_ordered(t->b);
	if (t->value_open)
		return true;
	if (!units_of(t, start, end - start, &from, &to))
		return false;
	for (int u = from; u < to; u++) {
		unsigned int owners = 0;

		for (unsigned int k = 0; k < t->b->types; k++) {
			if (!w->cover[k][u])
				continue;
			owners++;
			if (u > from && t->value != (uint64_t)(int32_t)t->b->type[k])
				t->value_open = true;
			t->value = (int32_t)t->b->type[k];
		}
		if (!owners) {
			t->value_open = false;
			t->value = -22;
			break;
		}
	}
	return true;
}

static bool is_ram(const struct bitmap *b, const struct bitmap_table *w, unsigned int u)
{
	for (unsigned int k = 0; k < b->types; k++)
		if (w->cover[k][u] && (b->type[k] == E820_T_RAM ||
				       (b->type[k] == E820_T_ACPI && b->acpi_is_ram)))
			return true;
	return false;
}

static void end_of_ram(struct trial *t, uint64_t limit)
{
	const struct bitmap *b = t->b;
	const struct bitmap_table *w = &b->table[E820_MAIN];

	for (unsigned int u = 0; u < b->units; u++) {
		uint64_t end = u + 1 < b->units ? b->point[u + 1] >> 12 : 1ULL << 52;

		if (!is_ram(b, w, u) || b->point[u] >> 12 >= limit)
			continue;
		if (end > limit)
			end = limit;
		if (end > t->value)
			t->value = end;
	}
	/* Open when the last page is not RAM as a whole. */
	for (unsigned int u = 0; u < b->units; u++) {
		uint64_t last = b->point[u] + bitmap_unit_size(b, u) - 1;

		if (t->value && b->point[u] <= ((t->value - 1) << 12 | 4095) &&
		    last >= (t->value - 1) << 12 && !is_ram(b, w, u))
			t->value_open = true;
	}
}

bool trial_is_row(const struct row *r, uint64_t start, uint64_t size, uint32_t type,
		  uint32_t flags)
{
	return r->start == start && r->size == size && r->type == type && r->flags == flags;
}

/* RESIZE, the adds and reservations, TRIM of a page, DUMP. */
static bool judge_setup(struct trial *t)
{
	const struct table *rec = &t->st->table[E820_RECORDED];
	const struct bitmap_table *main = &t->b->table[E820_MAIN];
	struct bitmap_table want = { 0 }, got = { 0 };

	if (rec->nr < 3 || !trial_is_row(&rec->rows[0], 0, 0, E820_REC_RESIZE, 0) ||
	    !trial_is_row(&rec->rows[rec->nr - 2], 0, 4096, E820_REC_TRIM, 0) ||
	    !trial_is_row(&rec->rows[rec->nr - 1], 0, 0, E820_REC_DUMP, 0))
		return trial_complain(t, "memblock is not resized first, trimmed and dumped last");
	for (unsigned int i = 1; i < rec->nr - 2; i++)
		if (rec->rows[i].type != E820_REC_ADD && rec->rows[i].type != E820_REC_RESERVE)
			return trial_complain(t, "neither an add nor a reservation");
	if (!bitmap_read(t->b, &got, rec->rows + 1, rec->nr - 3, t->why))
		return false;
	for (unsigned int k = 0; k < t->b->types; k++) {
		uint32_t type = t->b->type[k];
		uint32_t call = type == E820_T_SOFT_RESERVED ? E820_REC_RESERVE : E820_REC_ADD;

		if (type != E820_T_SOFT_RESERVED && type != E820_T_RAM &&
		    !(type == E820_T_RESERVED_KERN && t->b->reserved_kern))
			continue;
		for (unsigned int u = 0; u < t->b->units; u++)
			want.cover[bitmap_type(t->b, call)][u] += main->cover[k][u];
	}
	return bitmap_same(t->b, &want, &got, "calls", t->why);
}

/* One line for a range; @old is 0 for all types. */
static bool judge_line(struct trial *t, uint64_t start, uint64_t size, uint32_t old, uint32_t new)
{
	const struct table *p = &t->st->table[E820_PRINTED];

	/* "To the end of the address space" */
	if (start + size < start)
		size = 0 - start;
	return (p->nr == 1 && trial_is_row(p->rows, start, size, e820_printed_type(old),
	  e820_printed_type(new))) ||
	       trial_complain(t, "not one line with the range");
}

bool trial_printed_after(struct trial *t, unsigned int lines)
{
	const struct table *p = &t->st->table[E820_PRINTED], *main = &t->st->table[E820_MAIN];

	if (p->nr != lines + main->nr)
		return trial_complain(t, "not one line per entry");
	for (unsigned int i = 0; i < main->nr; i++)
		if (!trial_is_row(&p->rows[lines + i], main->rows[i].start, main->rows[i].size,
			    e820_printed_type(main->rows[i].type), 0))
			return trial_complain(t, "a line is not its entry");
	return true;
}

static bool judge_alloc(struct trial *t)
{
	struct bitmap_table *kexec = &t->want[E820_KEXEC];
	uint64_t size = t->op->arg[0], at = t->op->arg[2];

	t->value = at;
	if (!at)
		return true;
	if (!trial_update(t, kexec, at, size, E820_T_RAM, E820_T_RESERVED))
		return false;
	t->value = at;
	/* A table of one entry is disjoint, whether it counts as updated or not. */
	trial_update_table(t, E820_KEXEC);
	/* Whether an empty range leaves a boundary is open. */
	t->updated[E820_KEXEC] &= size > 0;
	return judge_line(t, at, size, E820_T_RAM, E820_T_RESERVED);
}

static bool judge_extend(struct trial *t)
{
	bool wrapped;

	if (!trial_append(t, t->op->arg[1] % (E820_EXT_LEN_MAX + 1) / 20, &wrapped))
		return false;
	trial_update_table(t, E820_MAIN);
	if (!t->b->extend_keeps) {
		t->want[E820_KEXEC] = t->want[E820_MAIN];
		t->want[E820_FIRMWARE] = t->want[E820_MAIN];
	}
	return trial_printed_table(t);
}

static bool judge_append(struct trial *t)
{
	unsigned int count = e820_zeropage(t->b->config);
	bool wrapped = true;

	if (t->op->arg[0] < count)
		count = t->op->arg[0];
	if (count >= 2 && !trial_append(t, count, &wrapped))
		return false;
	t->value = wrapped ? -1 : 0;
	return true;
}

/* What the op makes of t->want and t->value, and the reports of its own. */
static bool judge_op(struct trial *t)
{
	const uint64_t *arg = t->op->arg;
	struct bitmap_table *main = &t->want[E820_MAIN];

	switch (t->op->id) {
	case E820_ADD:
		return trial_add(t, main, arg[0], arg[1], arg[2]);
	case E820_UPDATE:
		return trial_update(t, main, arg[0], arg[1], arg[2], arg[3]) &&
		       judge_line(t, arg[0], arg[1], arg[2], arg[3]);
	case E820_UPDATE_KEXEC:
		return trial_update(t, &t->want[E820_KEXEC], arg[0], arg[1], arg[2], arg[3]) &&
		       judge_line(t, arg[0], arg[1], arg[2], arg[3]);
	case E820_REMOVE:
		return trial_remove(t, arg[0], arg[1], arg[2], arg[3]) &&
		       judge_line(t, arg[0], arg[1], arg[3] ? arg[2] : 0, 0);
	case E820_UPDATE_TABLE:
		t->value = trial_update_table(t, arg[0] % 3) ? 0 : -1;
		return true;
	case E820_MAPPED_RAW_ANY:
		return query(t, &t->b->table[E820_FIRMWARE], false);
	case E820_MAPPED_ANY:
		return query(t, &t->b->table[E820_MAIN], false);
	case E820_MAPPED_ALL:
		return query(t, &t->b->table[E820_MAIN], true);
	case E820_GET_ENTRY_TYPE:
		return get_entry_type(t);
	case E820_APPEND:
		return judge_append(t);
	case E820_EXTEND:
		return judge_extend(t);
	case E820_MEMBLOCK_SETUP:
		return judge_setup(t);
	case E820_MEMBLOCK_ALLOC_RESERVED:
		return judge_alloc(t);
	case E820_END_OF_RAM_PFN:
		end_of_ram(t, t->b->bits_46 ? 1ULL << 34 : E820_MAX_ARCH_PFN);
		return true;
	case E820_END_OF_LOW_RAM_PFN:
		end_of_ram(t, 1ULL << 20);
		return true;
	case E820_PRINT_TABLE:
		return trial_printed_table(t);
	case E820_SETUP_GAP:
		return trial_setup_gap(t);
	case E820_NOSAVE:
		return trial_nosave(t);
	case E820_REGISTER_NVS:
		return trial_nvs(t);
	case E820_HOLE_SIZE:
		return trial_hole_size(t);
	case E820_MEMORY_SETUP:
		return trial_memory_setup(t);
	case E820_RESERVE_RESOURCES:
		return trial_reserve_resources(t);
	case E820_CMDLINE:
		return trial_cmdline(t);
	case E820_FINISH_EARLY_PARAMS:
		return trial_finish_early_params(t);
	case E820_UPDATE_TABLE_PRINT:
		return trial_update_table_print(t);
	case E820_RESERVE_SETUP_DATA:
		return trial_reserve_setup_data(t);
	case E820_EXTEND_LONG:
		return true;
	case E820_REALLOCATE_TABLES:
		t->b->reallocated = true;
		return true;
	case E820_RESERVE_RESOURCES_LATE:
		return trial_reserve_resources_late(t);
	}
	return trial_complain(t, "unknown op");
}

bool bitmap_judge_e820(struct bitmap *b, const struct op *op, const struct result *res,
		       const struct state *st, const struct bitmap_table *got, char *why)
{
	struct trial t = {
		.b = b, .op = op, .res = res, .st = st, .got = got, .why = why,
		.want = { b->table[0], b->table[1], b->table[2] },
	};
	enum outcome outcome = OUT_RETURN;

	if (b->reallocated && op->id != E820_MAPPED_RAW_ANY && op->id != E820_MAPPED_ANY &&
	    op->id != E820_GET_ENTRY_TYPE)
		return trial_idle(&t);
	if ((op->id == E820_UPDATE || op->id == E820_UPDATE_KEXEC) &&
	    (uint32_t)op->arg[2] == (uint32_t)op->arg[3])
		outcome = OUT_BUG;
	if (trial_no_map(&t))
		outcome = OUT_PANIC;
	if (outcome != OUT_RETURN || res->outcome != OUT_RETURN)
		return res->outcome == outcome || trial_complain(&t, "outcome");
	if (!judge_op(&t) || !trial_tree_is_due(&t))
		return false;
	for (unsigned int i = 0; i < BITMAP_TABLES; i++)
		if (!bitmap_same(b, &t.want[i], &got[i], b->family->tables[i].name, why) ||
		    (t.updated[i] && !judge_updated(&t, i)))
			return false;
	if (!t.value_open && res->value != t.value) {
		snprintf(why, BITMAP_WHY, "returned %#" PRIx64 ", expected %#" PRIx64, res->value,
			 t.value);
		return false;
	}
	return true;
}

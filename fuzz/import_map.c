// SPDX-License-Identifier: GPL-2.0-only
/* The firmware's map as ops: what boot_params hold, and what the boot loader adds to it. */
#include "import_builder.h"

static void emit_entry(struct builder *b, const struct import_fact *f)
{
	b->line = f->line;
	import_emit(b, E820_ENTRY, f->start, f->size, f->type, 0);
}

/* What the fallbacks without a map print: RAM below 640 KiB, and RAM above 1 MiB, if any. */
static bool fallback(struct builder *b, enum import_table map, unsigned int n)
{
	const struct import_fact *f[2] = { NULL, NULL };
	unsigned int k = 0;
	uint64_t kib = 0;

	if ((map != IMPORT_T_88 && map != IMPORT_T_E801) || n > 2)
		return false;
	for (unsigned int i = 0; i < b->im->nr; i++)
		if (is_entry(&b->im->fact[i], map) && k < 2)
			f[k++] = &b->im->fact[i];
	if (f[0]->start || f[0]->size != E820_LOWMEM || f[0]->type != E820_T_RAM)
		return false;
	if (f[1]) {
		kib = f[1]->size >> 10;
		if (f[1]->start != E820_HIGHMEM || f[1]->type != E820_T_RAM || f[1]->size & 1023)
			return false;
	}
	if (kib > (map == IMPORT_T_88 ? UINT16_MAX : UINT32_MAX))
		return false;
	b->line = f[0]->line;
	b->setup = map == IMPORT_T_88 ? import_emit(b, E820_MEMORY_SETUP, 0, 0, kib, 0) :
					import_emit(b, E820_MEMORY_SETUP, 0, kib, 0, 0);
	return true;
}

/* One entry is no map to append: it is added. */
static void single(struct builder *b, enum import_table map)
{
	for (unsigned int i = 0; i < b->im->nr; i++) {
		const struct import_fact *f = &b->im->fact[i];

		if (is_entry(f, map)) {
			b->line = f->line;
			import_emit(b, E820_ADD, f->start, f->size, f->type, 0);
		}
	}
	import_emit(b, E820_UPDATE_TABLE, E820_MAIN, 0, 0, 0);
	b->setup = import_emit(b, E820_PRINT_TABLE, 0, 0, 0, 0);
}

/* Is the same entry among facts @from to @to (exclusive), in this table? */
static bool among(const struct builder *b, unsigned int from, unsigned int to,
		  enum import_table table, const struct import_fact *f)
{
	for (unsigned int i = from; i < to; i++) {
		const struct import_fact *o = &b->im->fact[i];

		if (is_entry(o, table) && o->start == f->start && o->size == f->size &&
		    o->type == f->type)
			return true;
	}
	return false;
}

#define EXTEND_MAX	(E820_EXT_LEN_MAX / 20)

/**
 * struct printed - a table as it was printed before, among facts @from to @to (exclusive)
 */
struct printed {
	unsigned int from, to;
	enum import_table table;
};

/* What the boot loader added: what the table at @from to @to has, and the one before had not. */
static void extend(struct builder *b, const struct printed *before, unsigned int from,
		   unsigned int to)
{
	const struct import_fact *f = b->im->fact;
	unsigned int n = 0;
	int op;

	for (unsigned int i = from; i < to; i++)
		n += !among(b, before->from, before->to, before->table, &f[i]);
	if (n > EXTEND_MAX) {
		b->full = true;
		return;
	}
	b->line = 0;
	op = import_emit(b, E820_EXTEND, 0, 20ull * n, 0, 0);
	for (unsigned int i = from; i < to; i++) {
		if (!among(b, before->from, before->to, before->table, &f[i]))
			emit_entry(b, &f[i]);
		b->sc->op[i] = (int16_t)op;
	}
}

/* Each block of further entries is printed as the table that it makes. */
static void extend_all(struct builder *b, enum import_table map)
{
	struct printed before = { .to = b->im->nr, .table = map };
	unsigned int to;

	for (unsigned int i = 0; i < b->im->nr; i = to) {
		to = i + 1;
		if (!is_entry(&b->im->fact[i], IMPORT_T_EXTENDED))
			continue;
		while (to < b->im->nr && is_entry(&b->im->fact[to], IMPORT_T_EXTENDED))
			to++;
		extend(b, &before, i, to);
		before = (struct printed){ .from = i, .to = to, .table = IMPORT_T_EXTENDED };
	}
}

void import_firmware_map(struct builder *b)
{
	enum import_table map = b->sc->map;
	unsigned int n = 0, at = 0;
	uint64_t end = 0;

	for (unsigned int i = 0; i < b->im->nr; i++) {
		const struct import_fact *f = &b->im->fact[i];

		if (f->type == E820_T_RAM && f->start + f->size > end &&
		    (is_entry(f, map) || is_entry(f, IMPORT_T_EXTENDED)))
			end = f->start + f->size;
		n += is_entry(f, map);
	}
	b->max_pfn = end >> 12 < E820_MAX_ARCH_PFN ? end >> 12 : E820_MAX_ARCH_PFN;
	if (fallback(b, map, n)) {
		;	/* the op is made */
	} else if (n == 1) {
		single(b, map);
	} else {
		unsigned int first = n < E820_ZEROPAGE_MAX ? n : E820_ZEROPAGE_MAX;

		b->line = 0;
		b->setup = import_emit(b, E820_MEMORY_SETUP, first, 0, 0, 0);
		for (unsigned int i = 0; i < b->im->nr; i++) {
			if (!is_entry(&b->im->fact[i], map))
				continue;
			if (at++ == E820_ZEROPAGE_MAX) {
				b->line = 0;
				b->setup = import_emit(b, E820_EXTEND, 0, 20ull * (n - first), 0,
						       0);
			}
			emit_entry(b, &b->im->fact[i]);
		}
	}
	/* what this kernel printed of it, whatever the map was taken from */
	for (unsigned int i = 0; i < b->im->nr; i++) {
		const struct import_fact *f = &b->im->fact[i];

		if (f->kind == IMPORT_ENTRY &&
		    (f->table == IMPORT_T_BIOS || f->table == IMPORT_T_XEN_GUEST ||
		     f->table == IMPORT_T_88 || f->table == IMPORT_T_E801))
			b->sc->op[i] = (int16_t)b->setup;
	}
	extend_all(b, map);
}

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

#define NODE_HEADER	16u	/* bytes of a node before its payload */
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

bool import_kept_for_kernel(const struct import_fact *f)
{
	return f->kind == IMPORT_UPDATE && f->type == E820_T_RAM && f->to == E820_T_RAM;
}

bool import_told_twice(const struct import_fact *a, const struct import_fact *b)
{
	return import_kept_for_kernel(a) && import_kept_for_kernel(b) && a->start == b->start &&
	       a->size == b->size;
}

unsigned int import_nodes_end(const struct import *im, unsigned int i)
{
	unsigned int end = i;

	while (end < im->nr && import_kept_for_kernel(&im->fact[end]))
		end++;
	for (i = end; i < im->nr && im->fact[i].kind == IMPORT_HEADER; i++)
		;
	return i < im->nr && is_entry(&im->fact[i], IMPORT_T_SETUP_DATA) ? end : 0;
}

/* Can it be a node that lies in memory, below the first @nr of @op's? */
static bool fits(const struct import_fact *f, const struct op *op, unsigned int nr)
{
	if (f->size < NODE_HEADER || !f->start || f->start > E820_DATA_END - E820_DATA_HEAD ||
	    f->size > E820_DATA_END - f->start || nr == E820_DATA_MAX)
		return false;
	for (unsigned int i = 0; i < nr; i++)
		if (f->start < op[i].arg[0] + E820_DATA_HEAD &&
		    op[i].arg[0] < f->start + E820_DATA_HEAD)
			return false;
	return true;
}

/*
 * What a node holds is not stated. Kernels that tell nodes twice do so when they go to the kexec
 * table, too: of the types of boot.rst a random seed does not, PCI ROMs do.
 */
bool import_setup_data(struct builder *b, unsigned int i)
{
	unsigned int end = import_nodes_end(b->im, i), nr = 0;
	const struct import_fact *f = b->im->fact;
	struct op node[E820_DATA_MAX];
	unsigned int line[E820_DATA_MAX];

	for (unsigned int k = i; k < end; k++) {
		bool twice = k + 1 < end && import_told_twice(&f[k], &f[k + 1]);

		if (!fits(&f[k], node, nr))
			return false;
		line[nr] = f[k].line;
		node[nr++] = (struct op){ .id = E820_DATA, .arg = { f[k].start,
				twice ? E820_SETUP_PCI : E820_SETUP_RNG_SEED,
				f[k].size - NODE_HEADER } };
		k += twice;
	}
	if (!nr)
		return false;
	b->line = f[i].line;
	b->chain = import_emit(b, E820_RESERVE_SETUP_DATA, 0, 0, 0, 0);
	b->chain_end = end;
	for (unsigned int k = 0; k < nr; k++) {
		b->line = line[k];
		import_emit(b, E820_DATA, node[k].arg[0], node[k].arg[1], node[k].arg[2], 0);
	}
	return true;
}

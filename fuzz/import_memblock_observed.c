// SPDX-License-Identifier: GPL-2.0-only
/* What a subject did in a call of memblock, in the form of a log's lines. */
#include <string.h>

#include "import_memblock_check.h"

struct observed {
	struct import_mb_line *got;
	unsigned int nr;
};

static struct import_mb_line *add(struct observed *o, enum import_mb_kind kind, uint64_t start,
				  uint64_t size)
{
	static struct import_mb_line none;
	struct import_mb_line *l = o->nr < IMPORT_MB_GOT ? &o->got[o->nr++] : &none;

	*l = (struct import_mb_line){ .kind = kind, .start = start, .size = size,
				      .nid = MEMBLOCK_NO_NODE };
	return l;
}

static uint32_t as_node(uint32_t nid)
{
	return nid < MEMBLOCK_NODES ? nid : MEMBLOCK_NO_NODE;
}

/* Lines that it printed; an allocation's are two rows. */
static void printed(struct observed *o, const struct table *t)
{
	for (unsigned int i = 0; i < t->nr; i++) {
		const struct row *r = &t->rows[i];
		struct import_mb_line *l;

		if (r->type == MEMBLOCK_SAID_DOUBLED) {
			add(o, MB_DOUBLED, r->start, r->size)->flags = r->flags;
			continue;
		}
		if (r->type >= MEMBLOCK_SAID_MORE)
			continue;
		l = add(o, MB_CALL, r->start, r->size);
		l->op = (uint8_t)r->type;
		if (i + 1 < t->nr && r[1].type == (r->type | MEMBLOCK_SAID_MORE)) {
			l->end = r[1].start;
			l->align = r[1].size;
			if (l->op != M_PHYS_ALLOC_RANGE)
				l->nid = as_node(r->flags);
			i++;
		}
	}
}

static uint64_t setting(const struct state *st, enum memblock_setting s)
{
	const struct table *t = &st->table[M_SETTINGS];

	return s < t->nr ? t->rows[s].start : 0;
}

static void tables(struct observed *o, const struct state *st)
{
	add(o, MB_TOTALS, setting(st, MEMBLOCK_MEMORY_TOTAL), setting(st, MEMBLOCK_RESERVED_TOTAL));
	for (unsigned int t = M_MEMORY; t <= M_RESERVED; t++) {
		add(o, MB_COUNT, 0, st->table[t].nr)->table = t;
		for (unsigned int i = 0; i < st->table[t].nr; i++) {
			const struct row *r = &st->table[t].rows[i];
			struct import_mb_line *l = add(o, MB_REGION, r->start, r->size);

			l->table = t;
			l->flags = r->type & 0xff;
			l->nid = as_node(r->type >> 8);
		}
	}
}

/* RAM in whole pages, and what of it the page allocator was not given. */
static void ram(struct observed *o, const struct state *st, uint64_t freed)
{
	uint64_t pages = 0, mask = MEMBLOCK_PAGE - 1;

	for (unsigned int i = 0; i < st->table[M_MEMORY].nr; i++) {
		const struct row *r = &st->table[M_MEMORY].rows[i];
		uint64_t start = (r->start + mask) & ~mask, end = (r->start + r->size) & ~mask;

		pages += start < end ? (end - start) / MEMBLOCK_PAGE : 0;
	}
	add(o, MB_RAM, pages * MEMBLOCK_PAGE,
	    (pages - setting(st, MEMBLOCK_RAM_PAGES)) * MEMBLOCK_PAGE - freed);
}

unsigned int import_mb_observed(const struct state *st, const struct op *op, uint64_t freed,
				struct import_mb_line *got)
{
	struct observed o = { .got = got };

	switch (op->id) {
	case M_DUMP_ALL:
		add(&o, MB_DUMP, 0, 0);
		tables(&o, st);
		break;
	case M_SIZES:
		ram(&o, st, freed);
		break;
	default:
		printed(&o, &st->table[M_PRINTED]);
	}
	return o.nr;
}

bool import_mb_same(const struct import_mb_line *a, const struct import_mb_line *b)
{
	if (a->kind == MB_FINAL || b->kind == MB_FINAL)
		return a->kind == MB_DUMP || b->kind == MB_DUMP;
	if (a->kind != b->kind || a->start != b->start || a->size != b->size)
		return false;
	switch (a->kind) {
	case MB_CALL:
		return a->op == b->op && a->end == b->end && a->align == b->align &&
		       (a->op == M_ADD_NODE || a->nid == b->nid);
	case MB_DOUBLED:
		return a->flags == b->flags;
	case MB_COUNT:
		return a->table == b->table;
	case MB_REGION:
		return a->table == b->table && a->flags == b->flags && a->nid == b->nid;
	default:
		return true;
	}
}

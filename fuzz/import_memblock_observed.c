// SPDX-License-Identifier: GPL-2.0-only
/* What a subject did in a call of memblock, in the form of a log's lines. */
#include <string.h>

#include "import_memblock_check.h"
#include "import_zones.h"

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
static void ram(struct observed *o, const struct import_mb_seen *s)
{
	uint64_t pages = 0, mask = MEMBLOCK_PAGE - 1;

	for (unsigned int i = 0; i < s->st->table[M_MEMORY].nr; i++) {
		const struct row *r = &s->st->table[M_MEMORY].rows[i];
		uint64_t start = (r->start + mask) & ~mask, end = (r->start + r->size) & ~mask;

		pages += start < end ? (end - start) / MEMBLOCK_PAGE : 0;
	}
	add(o, MB_RAM, pages * MEMBLOCK_PAGE,
	    (pages - setting(s->st, MEMBLOCK_RAM_PAGES)) * MEMBLOCK_PAGE - s->sc->freed);
}

/* Does the log show a line of this kind for the call? */
static bool told(const struct import_mb_seen *s, enum import_mb_kind kind)
{
	for (unsigned int i = 0; i < s->mb->nr; i++)
		if (s->mb->at[i].kind == kind)
			return true;
	return false;
}

static struct import_zones *zones(const struct import_mb_seen *s)
{
	static struct import_zones z;

	import_zones_init(&z, &s->st->table[M_MEMORY], s->sc->max_pfn, s->sc->movable);
	for (unsigned int i = 0; s->sc->cores && i < s->mb->nr; i++)
		if (s->mb->at[i].kind == MB_MOVABLE)
			z.movable[s->mb->at[i].nid] = s->mb->at[i].start / MEMBLOCK_PAGE;
	return &z;
}

static void hole(void *arg, unsigned int nid, enum import_zone zone, uint64_t pages)
{
	struct import_mb_line *l = add(arg, MB_HOLE, 0, pages);

	l->nid = nid;
	l->flags = zone;
}

/* A node of which the log says that it has no memory. */
static bool told_empty(const struct import_mb_seen *s, unsigned int nid)
{
	for (unsigned int i = 0; i < s->mb->nr; i++)
		if (s->mb->at[i].kind == MB_NODE_SETUP && s->mb->at[i].nid == nid)
			return !s->mb->at[i].size;
	return false;
}

/*
 * All that is said of zones. Kept logs have some kinds of lines only; where a line may be missing
 * because there is nothing to say, the others tell whether all lines are there.
 */
static void about_zones(struct observed *o, const struct import_mb_seen *s)
{
	struct import_zones *z = zones(s);
	const struct table *ranges = &s->st->table[M_ANSWER];
	/* the boot went on behind them */
	bool whole = told(s, MB_ZONE) && (told(s, MB_BUILT) || told(s, MB_SLAB) ||
					  told(s, MB_RAM));
	struct import_mb_line *l;

	for (unsigned int i = 0; told(s, MB_ZONE) && i < IMPORT_ZONES; i++) {
		bool empty = z->low[i] == z->high[i];

		if (i == ZONE_HOTPLUG)
			continue;
		l = add(o, MB_ZONE, empty ? 0 : z->low[i] * MEMBLOCK_PAGE,
			(z->high[i] - z->low[i]) * MEMBLOCK_PAGE);
		l->flags = i;
	}
	for (unsigned int i = 0; whole && i < MEMBLOCK_NODES; i++)
		if (z->movable[i])
			add(o, MB_MOVABLE, z->movable[i] * MEMBLOCK_PAGE, 0)->nid = i;
	for (unsigned int i = 0; told(s, MB_NODE_RANGE) && i < ranges->nr; i++)
		add(o, MB_NODE_RANGE, ranges->rows[i].start, ranges->rows[i].size)->nid =
			ranges->rows[i].flags;
	for (unsigned int i = 0; told(s, MB_NODE_SETUP) && i < MEMBLOCK_NODES; i++)
		if (z->end[i] || told_empty(s, i))
			add(o, MB_NODE_SETUP, z->first[i] * MEMBLOCK_PAGE,
			    (z->end[i] - z->first[i]) * MEMBLOCK_PAGE)->nid = i;
	import_zones_walk(z, whole ? hole : NULL, o);
}

/* What the page allocator has at once: x86 takes its first pages before that is told. */
static void available(struct observed *o, const struct import_mb_seen *s)
{
	struct import_zones *z = zones(s);

	import_zones_walk(z, NULL, NULL);
	add(o, MB_AVAILABLE, 0, MEMBLOCK_PAGE *
	    (import_zones_freed(z, &s->st->table[M_HANDOFF], MEMBLOCK_FREED) -
	     IMPORT_VMALLOC_TABLES));
}

unsigned int import_mb_observed(const struct import_mb_seen *s, struct import_mb_line *got)
{
	struct observed o = { .got = got };
	uint64_t pages;

	switch (s->op->id) {
	case M_DUMP_ALL:
		add(&o, MB_DUMP, 0, 0);
		tables(&o, s->st);
		break;
	case M_SIZES:
		ram(&o, s);
		if (!s->sc->late)
			available(&o, s);
		break;
	case M_PFN_RANGES:
		about_zones(&o, s);
		break;
	case M_FREE_RANGES:
		pages = import_zones_total(zones(s), s->version, &s->st->table[M_ANSWER]);
		add(&o, MB_BUILT, 0, pages);
		break;
	default:
		printed(&o, &s->st->table[M_PRINTED]);
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
	case MB_ZONE:
		return a->flags == b->flags;
	case MB_MOVABLE:
	case MB_NODE_RANGE:
	case MB_NODE_SETUP:
		return a->nid == b->nid;
	case MB_HOLE:
		return a->nid == b->nid && a->flags == b->flags;
	case MB_COUNT:
		return a->table == b->table;
	case MB_REGION:
		return a->table == b->table && a->flags == b->flags && a->nid == b->nid;
	default:
		return true;
	}
}

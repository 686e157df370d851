/* SPDX-License-Identifier: GPL-2.0-only */
/* The observable tables (contract/memblock.h). Included after the other headers of the wrapper. */
#ifndef MEMBLOCK_OBSERVE_H
#define MEMBLOCK_OBSERVE_H

static struct row rows[3][MEMBLOCK_ROWS + 1] SHIM_SCRATCH;
static struct row own_rows[3] SHIM_SCRATCH, setting_rows[MEMBLOCK_SETTINGS] SHIM_SCRATCH;
static struct row named_rows[MEMBLOCK_NAMED_MAX] SHIM_SCRATCH;

/* As memblock_row_type() says it, which would be a call. */
WRAPPER static uint32_t region_type(const struct memblock_region *r)
{
	uint32_t nid = MEMBLOCK_NO_NODE;

#ifdef CONFIG_NUMA
	nid = r->nid;
#endif
	return (r->flags & 0xff) | (nid < MEMBLOCK_NODES ? nid : MEMBLOCK_NODE_NONE) << 8;
}

WRAPPER static uint32_t region_node(const struct memblock_region *r)
{
#ifdef CONFIG_NUMA
	return r->nid;
#else
	(void)r;
	return 0;
#endif
}

/* Before v6.9 an empty collection has a region of size 0, which is none: it is written over. */
WRAPPER static void observe_regions(struct table *t, unsigned int table)
{
	const struct memblock_type *type = types[table];
	unsigned long nr = type && !closed ? min(type->cnt, (unsigned long)MEMBLOCK_ROWS) : 0;
	const struct memblock_region *r = nr ? type->regions : NULL;
	struct row *to = rows[table];

	for (; nr; nr--, r++) {
		to->start = r->base;
		to->size = r->size;
		to->type = region_type(r);
		to->flags = region_node(r);
		to += r->size != 0;
	}
	t->nr = to - rows[table];
	t->rows = rows[table];
	shim_looked_at(t->rows, t->nr * sizeof(*t->rows));
}

/* A collection whose table is built in, or slab's, has no place. */
WRAPPER static void observe_own(struct table *t)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(own_rows); i++) {
		const struct memblock_type *type = types[i];
		const struct block *b = type ? block_of(type->regions) : NULL;
		bool placed = b && !b->slab;

		own_rows[i] = (struct row){
			.start = placed ? b->phys : 0,
			.size = placed ? PAGE_ALIGN(type->max * sizeof(*type->regions)) : 0,
			.type = 1 + i, .flags = type ? type->max : 0,
		};
	}
	t->nr = closed ? 0 : ARRAY_SIZE(own_rows);
	t->rows = own_rows;
}

#ifdef HAVE_MEMBLOCK_HAS_MIRROR
#define has_mirror()	memblock_has_mirror()
#else
#define has_mirror()	system_has_some_mirror
#endif

/* A loop over a switch would cost more than all the rest. */
#define SETTING(i, value, counts)							\
	setting_rows[i] = (struct row){ (value), (counts), 1 + (i), 0 }


WRAPPER static void observe_settings(struct table *t)
{
	SETTING(MEMBLOCK_BOTTOM_UP, memblock.bottom_up, 1);
	SETTING(MEMBLOCK_SLAB, shim_slab_available, 1);
	SETTING(MEMBLOCK_MOVABLE_NODE, movable_node_is_enabled(), 1);
	SETTING(MEMBLOCK_KERNELCORE_MIRROR, mirrored_kernelcore, 1);
	SETTING(MEMBLOCK_DEBUG, memblock_debug, 1);
	SETTING(MEMBLOCK_LIMIT, memblock_get_current_limit(), 1);
	SETTING(MEMBLOCK_RESIZE, memblock_can_resize, 1);
	SETTING(MEMBLOCK_HAS_MIRROR, has_mirror(), 1);
	SETTING(MEMBLOCK_RAM_PAGES, ram_pages, 1);
	SETTING(MEMBLOCK_MEMORY_TOTAL, memblock.memory.total_size, 0);
	SETTING(MEMBLOCK_RESERVED_TOTAL, memblock.reserved.total_size, 0);
	SETTING(MEMBLOCK_PHYSMEM_TOTAL, types[M_PHYSMEM] ? types[M_PHYSMEM]->total_size : 0, 0);
	SETTING(MEMBLOCK_CLOSED, closed, 1);
	t->nr = MEMBLOCK_SETTINGS;
	t->rows = setting_rows;
}

WRAPPER static void observe_named(struct table *t)
{
	t->nr = 0;
	t->rows = named_rows;
#ifdef HAVE_MEMBLOCK_RESERVE_MEM
	for (int i = 0; i < reserved_mem_count && i < (int)ARRAY_SIZE(named_rows); i++)
		named_rows[t->nr++] = (struct row){
			.start = reserved_mem_table[i].start, .size = reserved_mem_table[i].size,
			.type = memblock_label_hash(reserved_mem_table[i].name),
		};
#endif
}

WRAPPER static void observe(struct state *st)
{
	st->nr_tables = M_TABLES;
	for (unsigned int i = M_MEMORY; i <= M_PHYSMEM; i++)
		observe_regions(&st->table[i], i);
	observe_own(&st->table[M_OWN]);
	st->table[M_HANDOFF] = (struct table){ .nr = nr_handoff, .rows = handoff };
	observe_settings(&st->table[M_SETTINGS]);
	st->table[M_ANSWER] = (struct table){ .nr = nr_answers, .rows = answers };
	if (memblock_debug)
		shim_memblock_facts(&st->table[M_PRINTED], shim_slab_available);
	else
		st->table[M_PRINTED] = (struct table){ .nr = 0, .rows = NULL };
	observe_named(&st->table[M_NAMED]);
}

#endif

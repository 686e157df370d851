/* SPDX-License-Identifier: GPL-2.0-only */
/* The observable tables (contract/memblock.h). Included after the other headers of the wrapper. */
#ifndef MEMBLOCK_OBSERVE_H
#define MEMBLOCK_OBSERVE_H

static struct row rows[3][MEMBLOCK_ROWS] SHIM_SCRATCH;
static struct row own_rows[3] SHIM_SCRATCH, setting_rows[MEMBLOCK_SETTINGS] SHIM_SCRATCH;
static struct row named_rows[MEMBLOCK_NAMED_MAX] SHIM_SCRATCH;

WRAPPER static uint32_t region_type(const struct memblock_region *r)
{
#ifdef CONFIG_NUMA
	return memblock_row_type(r->flags, r->nid);
#else
	return memblock_row_type(r->flags, MEMBLOCK_NO_NODE);
#endif
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

/* Before v6.9 an empty collection has a region of size 0, which is none. */
WRAPPER static void observe_regions(struct table *t, unsigned int table)
{
	const struct memblock_type *type = types[table];
	struct row *to = rows[table];
	unsigned int nr = 0;

	for (unsigned long i = 0; type && !closed && i < type->cnt && nr < MEMBLOCK_ROWS; i++) {
		const struct memblock_region *r = &type->regions[i];

		if (r->size)
			to[nr++] = (struct row){
				.start = r->base, .size = r->size,
				.type = region_type(r), .flags = region_node(r),
			};
	}
	t->nr = nr;
	t->rows = to;
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

WRAPPER static uint64_t setting(unsigned int i)
{
	switch (i) {
	case MEMBLOCK_BOTTOM_UP:
		return memblock.bottom_up;
	case MEMBLOCK_SLAB:
		return shim_slab_available;
	case MEMBLOCK_MOVABLE_NODE:
		return movable_node_is_enabled();
	case MEMBLOCK_KERNELCORE_MIRROR:
		return mirrored_kernelcore;
	case MEMBLOCK_DEBUG:
		return memblock_debug;
	case MEMBLOCK_LIMIT:
		return memblock_get_current_limit();
	case MEMBLOCK_RESIZE:
		return memblock_can_resize;
	case MEMBLOCK_HAS_MIRROR:
		return system_has_some_mirror;
	case MEMBLOCK_RAM_PAGES:
		return ram_pages;
	case MEMBLOCK_MEMORY_TOTAL:
		return memblock.memory.total_size;
	case MEMBLOCK_RESERVED_TOTAL:
		return memblock.reserved.total_size;
	case MEMBLOCK_PHYSMEM_TOTAL:
		return types[M_PHYSMEM] ? types[M_PHYSMEM]->total_size : 0;
	case MEMBLOCK_CLOSED:
		return closed;
	}
	return 0;
}

WRAPPER static void observe_settings(struct table *t)
{
	for (unsigned int i = 0; i < MEMBLOCK_SETTINGS; i++)
		setting_rows[i] = (struct row){
			.start = setting(i), .type = 1 + i,
			.size = i < MEMBLOCK_MEMORY_TOTAL || i > MEMBLOCK_PHYSMEM_TOTAL,
		};
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

// SPDX-License-Identifier: GPL-2.0-only
/* The memblock model: which function steps which op, and struct model. */
#include "memblock_model.h"

/* How an op is stepped, unless memblock is closed. */
static void (*const steps[])(struct memblock_step *step, const struct op *op) = {
	[M_SET] = memblock_do_set,
	[M_ALLOW_RESIZE] = memblock_do_set,
	[M_SET_CURRENT_LIMIT] = memblock_do_set,
	[M_MAX_LOW_PFN] = memblock_do_set,
	[M_ADD] = memblock_do_add,
	[M_ADD_NODE] = memblock_do_add,
	[M_REMOVE] = memblock_do_release,
	[M_RESERVE] = memblock_do_add,
	[M_PHYS_FREE] = memblock_do_release,
	[M_FREE] = memblock_do_release,
	[M_FREE_LATE] = memblock_do_free_late,
	[M_PHYSMEM_ADD] = memblock_do_add,
	[M_MARK_HOTPLUG] = memblock_do_mark,
	[M_CLEAR_HOTPLUG] = memblock_do_mark,
	[M_MARK_MIRROR] = memblock_do_mark,
	[M_MARK_NOMAP] = memblock_do_mark,
	[M_CLEAR_NOMAP] = memblock_do_mark,
	[M_RESERVED_MARK_NOINIT] = memblock_do_mark,
	[M_SET_NODE] = memblock_do_set_node,
	[M_TRIM] = memblock_do_trim,
	[M_ENFORCE_MEMORY_LIMIT] = memblock_do_limit,
	[M_CAP_MEMORY_RANGE] = memblock_do_limit,
	[M_MEM_LIMIT_REMOVE_MAP] = memblock_do_limit,
	[M_FIND_IN_RANGE] = memblock_do_find,
	[M_FIND_IN_RANGE_NODE] = memblock_do_find,
	[M_ALLOC_RANGE_NID] = memblock_do_alloc,
	[M_PHYS_ALLOC_RANGE] = memblock_do_alloc,
	[M_PHYS_ALLOC_TRY_NID] = memblock_do_alloc,
	[M_ALLOC_TRY_NID] = memblock_do_alloc,
	[M_ALLOC_TRY_NID_RAW] = memblock_do_alloc,
	[M_ALLOC_EXACT_NID_RAW] = memblock_do_alloc,
	[M_ALLOC] = memblock_do_alloc,
	[M_ALLOC_FROM] = memblock_do_alloc,
	[M_ALLOC_LOW] = memblock_do_alloc,
	[M_ALLOC_NODE] = memblock_do_alloc,
	[M_FREE_RANGES] = memblock_do_free_ranges,
	[M_FREE_RANGES_REV] = memblock_do_free_ranges,
	[M_MEM_RANGES] = memblock_do_collection_ranges,
	[M_MEM_RANGES_REV] = memblock_do_collection_ranges,
	[M_RESERVED_RANGES] = memblock_do_collection_ranges,
	[M_PHYSMEM_RANGES] = memblock_do_collection_ranges,
	[M_PFN_RANGES] = memblock_do_pfn_ranges,
	[M_ZONE_RANGES] = memblock_do_zone_ranges,
	[M_IS_MEMORY] = memblock_do_is,
	[M_IS_MAP_MEMORY] = memblock_do_is,
	[M_IS_RESERVED] = memblock_do_is,
	[M_IS_REGION_MEMORY] = memblock_do_is_region,
	[M_IS_REGION_RESERVED] = memblock_do_is_region,
	[M_OVERLAPS_REGION] = memblock_do_is_region,
	[M_ADDRS_OVERLAP] = memblock_do_addrs_overlap,
	[M_SEARCH_PFN_NID] = memblock_do_search_pfn_nid,
	[M_SIZES] = memblock_do_sizes,
	[M_ESTIMATED_FREE] = memblock_do_estimated_free,
	[M_VALIDATE_NUMA_COVERAGE] = memblock_do_coverage,
	[M_RESERVE_MEM] = memblock_do_reserve_mem,
	[M_RESERVE_MEM_FIND] = memblock_do_reserve_mem_find,
	[M_FREE_ALL] = memblock_do_free_all,
	[M_DISCARD] = memblock_do_discard,
	[M_DUMP_ALL] = memblock_do_dump_all,
	[M_DEBUGFS] = memblock_do_debugfs,
};

static enum legality memblock_legality(const void *state, const struct op *op)
{
	return memblock_legality_of(state, op);
}

bool memblock_step_with(struct memblock_state *s, const struct op *op, const struct result *res,
			const struct state *seen, struct expect *e)
{
	struct memblock_step step = { .s = s, .e = e, .res = res, .seen = seen };

	expect_nothing(e);
	e->legality = memblock_legality_of(s, op);
	s->nr[L_ANSWER] = 0;
	s->nr[L_PRINTED] = 0;
	if (op->id < sizeof(steps) / sizeof(steps[0]) && steps[op->id] && !s->closed)
		steps[op->id](&step, op);
	/* what is said on the way to a place is not known, nor what the quirks leave behind */
	if (step.grew || s->led || e->fired)
		e->result.said |= SAID_UNKNOWN;
	return !step.refused;
}

static void memblock_step(void *state, const struct op *op, struct expect *e)
{
	struct memblock_state *s = state;

	memblock_keep(s, op);
	memblock_step_with(s, op, NULL, NULL, e);
	memblock_describe(s, e);
}

static void memblock_init(void *state, const struct model_setup *setup)
{
	struct memblock_state *s = state;

	memset(s, 0, offsetof(struct memblock_state, room));
	s->facts = memblock_facts_of(setup->config);
	s->quirks = setup->quirks & model_quirks_of_words(&memblock_model, setup->config);
	for (unsigned int i = 0; i < MEMBLOCK_TRAITS; i++)
		s->traits |= (uint32_t)trait_holds(&memblock_traits[i], setup->version,
						   setup->config) << i;
	s->long_max = config_long_max(setup->config);
	s->calc_max = s->facts->phys_max | s->long_max;
	s->max_low_pfn = memblock_long(s, (1ULL << 52) - 1);
	memblock_lists_init(s);
	memblock_settings_init(s);
	s->nr_own = MEMBLOCK_COLLECTIONS;
	for (unsigned int t = 0; t < MEMBLOCK_COLLECTIONS; t++)
		s->own[t] = (struct row){ .type = 1 + t, .flags = s->facts->slots[t] };
}

static unsigned int memblock_cover(const void *state, unsigned int table, uint64_t addr,
				   uint32_t type)
{
	const struct memblock_state *s = state;

	switch (table) {
	case M_MEMORY:
	case M_RESERVED:
	case M_PHYSMEM:
		return memblock_map_at(s, table, addr, NULL) == type;
	case M_OWN:
		return rows_cover(s->own, s->nr_own, addr, type);
	case M_HANDOFF:
		return rows_cover(memblock_rows(s, L_HANDOFF), s->nr[L_HANDOFF], addr, type);
	default:
		return 0;
	}
}

static unsigned int memblock_types(const void *state, unsigned int table, uint32_t *out,
				   unsigned int max)
{
	const struct memblock_state *s = state;
	const struct row *rows = table == M_HANDOFF ? memblock_rows(s, L_HANDOFF) : s->own;
	unsigned int nr = 0, nr_rows = table == M_HANDOFF ? s->nr[L_HANDOFF] : s->nr_own;

	if (table < MEMBLOCK_COLLECTIONS) {
		const struct memblock_piece *p = memblock_map(s, table);

		for (unsigned int i = 0; i < s->nr[L_MAP + table]; i++)
			if (p[i].type != MEMBLOCK_NOWHERE)
				nr = put_type(out, nr, max, p[i].type);
		return nr;
	}
	for (unsigned int i = 0; table <= M_HANDOFF && i < nr_rows; i++)
		nr = put_type(out, nr, max, rows[i].type);
	return nr;
}

static unsigned int memblock_edges(const void *state, uint64_t *out, unsigned int max)
{
	const struct memblock_state *s = state;
	unsigned int nr = 0;

	for (unsigned int t = 0; t < MEMBLOCK_COLLECTIONS; t++) {
		const struct memblock_piece *p = memblock_map(s, t);

		for (unsigned int i = 0; i < s->nr[L_MAP + t] && nr < max; i++)
			out[nr++] = p[i].addr;
	}
	nr = rows_edges(s->own, s->nr_own, out, nr, max);
	return rows_edges(memblock_rows(s, L_HANDOFF), s->nr[L_HANDOFF], out, nr, max);
}

static bool memblock_noticed(const void *state)
{
	const struct memblock_state *s = state;

	return s->odd && !s->overflow;
}

static bool memblock_selfcheck(const void *state)
{
	const struct memblock_state *s = state;

	if (s->overflow)
		return true;
	return !s->odd && memblock_rows_valid(s) && memblock_map_valid(s);
}

const struct model memblock_model = {
	.family = &memblock_family,
	.size = sizeof(struct memblock_state),
	.quirks = memblock_quirks,
	.nr_quirks = MEMBLOCK_QUIRKS,
	.traits = memblock_traits,
	.nr_traits = MEMBLOCK_TRAITS,
	.init = memblock_init,
	.legality = memblock_legality,
	.step = memblock_step,
	.adopt = memblock_adopt,
	.cover = memblock_cover,
	.types = memblock_types,
	.edges = memblock_edges,
	.selfcheck = memblock_selfcheck,
	.noticed = memblock_noticed,
	.used = memblock_used,
	.says = true,
};

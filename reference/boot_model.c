// SPDX-License-Identifier: GPL-2.0-only
/* The model of family boot: which function steps which op, and struct model. */
#include <string.h>

#include "boot_model.h"

void boot_join(struct boot_step *step, enum boot_part part, const struct expect *inner)
{
	struct expect *e = step->e;

	e->result.outcome = inner->result.outcome;
	e->result.said |= inner->result.said;
	e->fired |= boot_quirks_from(part, inner->fired);
	e->cut |= inner->cut;
	e->avoid |= inner->avoid;
	step->s->owners.led |= boot_quirks_lead(part, inner->fired);
}

/* max_low_pfn is said: on 32 bits no more than there is of low memory. */
static void set_low(struct boot_state *s, uint64_t pfn)
{
	if (s->config->long_bits == 32 && pfn > BOOT_LOW_PAGES)
		pfn = BOOT_LOW_PAGES;
	s->max_low_pfn = pfn;
	s->owners.limit = pfn;
	if (!s->old)
		s->memblock.max_low_pfn = pfn;
	else if (s->config->long_bits == 32)
		s->early_res.handoff_end = pfn << 12;
}

static void setup(struct boot_step *step, const struct op *op)
{
	static const struct op end = { .id = E820_END_OF_RAM_PFN };
	static const struct op tell = { .id = E820_MEMBLOCK_SETUP };
	struct boot_state *s = step->s;

	if (!s->old && s->memblock.closed)
		return;
	s->max_pfn = boot_e820(step, &end);
	set_low(s, s->max_pfn);
	s->setup = true;
	if (!s->old) {
		boot_e820(step, &tell);
		boot_memblock_keep(s, op, step->e);
		boot_memblock_do(step, op);
	}
	boot_owners_setup(s);
}

static void low(struct boot_step *step, const struct op *op)
{
	set_low(step->s, op->arg[0]);
}

static void allocator(struct boot_step *step, const struct op *op)
{
	struct boot_state *s = step->s;

	s->began |= op->id != B_BOTTOM_UP && op->id != B_MAPPED;
	if (s->old) {
		boot_early_res_do(step, op);
		return;
	}
	boot_memblock_keep(s, op, step->e);
	boot_memblock_do(step, op);
	if (op->id == B_NODE)
		boot_owners_node(s, op->arg[1], op->arg[2]);
}

static void (*const doing[])(struct boot_step *step, const struct op *op) = {
	[B_ENTRY] = NULL,	/* tokens are no calls */
	[B_PARAM] = NULL,
	[B_MORE] = NULL,
	[B_FIRMWARE] = boot_do_map,
	[B_EXTEND] = boot_do_map,
	[B_CMDLINE] = boot_do_map,
	[B_FINISH] = boot_do_map,
	[B_BIOS] = boot_do_bios,
	[B_UPDATE] = boot_do_update,
	[B_RESERVE] = allocator,
	[B_RESERVE_OVERLAP_OK] = allocator,
	[B_FREE] = allocator,
	[B_SETUP] = setup,
	[B_MAPPED] = allocator,
	[B_LOW] = low,
	[B_BOTTOM_UP] = allocator,
	[B_FIND] = allocator,
	[B_ALLOC] = allocator,
	[B_ALLOC_NODE] = allocator,
	[B_ALLOC_RESERVED] = allocator,
	[B_NODE] = allocator,
	[B_HANDOFF] = allocator,
	[B_DISCARD] = allocator,
};

void boot_finish(struct boot_step *step)
{
	struct boot_state *s = step->s;

	if (step->e->avoid || step->e->result.outcome != OUT_RETURN)
		s->owners.pending.what = PENDING_NOT;
	/* a machine that is dead has handed off what it has; an op left out has done nothing */
	s->owners.led |= step->e->cut ||
			 (step->e->result.outcome != OUT_RETURN && !step->e->avoid);
	boot_owners_compare(s);
	boot_describe(s, step->e);
}

static enum legality boot_legality(const void *state, const struct op *op)
{
	/* only read, but for the memory of whether e820's table is in order */
	return boot_legality_of((struct boot_state *)state, op);
}

static void boot_step(void *state, const struct op *op, struct expect *e)
{
	struct boot_state *s = state;
	struct boot_step step = { .s = s, .e = e };

	expect_nothing(e);
	boot_owners_settle(s);
	e->legality = boot_legality_of(s, op);
	e->start = 0;
	e->last = UINT64_MAX;
	e->may_change = 1u << B_OWN;
	if (op->id == B_HANDOFF || op->id == B_DISCARD || s->handed)
		e->may_change = (1u << B_TABLES) - 1;
	boot_early_res_forget_choice(s);
	boot_memblock_forget_choice();
	if (op->id < sizeof(doing) / sizeof(doing[0]) && doing[op->id])
		doing[op->id](&step, op);
	boot_finish(&step);
}

static void boot_adopt(void *state, const struct op *op, const struct result *res,
		       const struct state *seen, struct expect *e)
{
	struct boot_state *s = state;
	struct boot_step step = { .s = s, .e = e, .res = res, .seen = seen };

	if (seen->nr_tables != B_TABLES)
		return;
	if (s->old)
		boot_early_res_adopt(&step, op);
	else
		boot_memblock_adopt(&step, op);
}

/* The configuration of the map. */
static const struct config_desc *e820_config(const struct config_desc *c)
{
	if (c->long_bits == 32)
		return &e820_variants[c->phys_bits != 32];
	return &e820_configs[c->id == BOOT_SMALL ? E820_SMALL : E820_NORMAL];
}

static void boot_init(void *state, const struct model_setup *setup)
{
	struct boot_state *s = state;
	const struct model_setup e820 = {
		.config = e820_config(setup->config),
		.version = setup->version, .quirks = boot_quirks_of(BOOT_E820, setup->quirks),
	};

	memset(s, 0, offsetof(struct boot_state, owners));
	s->config = setup->config;
	s->quirks = setup->quirks;
	s->version = setup->version;
	s->old = boot_on_early_res(setup->version);
	s->bootmem = s->old && boot_is_bootmem(setup->config);
	e820_model.init(&s->e820, &e820);
	boot_owners_init(s);
	boot_pages_init(&s->pages);
	if (s->old)
		boot_early_res_init(s);
	else
		boot_memblock_init(s);
}

/* --- for the oracle --- */

static unsigned int boot_cover(const void *state, unsigned int table, uint64_t addr, uint32_t type)
{
	const struct boot_state *s = state;
	const struct boot_pages *p = &s->pages;

	switch (table) {
	case B_PAGES:
		return type == BOOT_FREED ? ival_count(&s->owners.want, type, addr) : 0;
	case B_BOTH:
		return rows_cover(p->both, p->nr_both, addr, type);
	case B_OWN:
		return rows_cover(p->own, p->nr_own, addr, type);
	case B_INITIALISED:
		return rows_cover(p->initialised_row, p->nr_initialised, addr, type);
	default:
		return 0;
	}
}

static unsigned int boot_types(const void *state, unsigned int table, uint32_t *out,
			       unsigned int max)
{
	const struct boot_pages *p = &((const struct boot_state *)state)->pages;
	const struct row *rows = table == B_OWN ? p->own : p->initialised_row;
	unsigned int nr = 0, nr_rows = table == B_OWN ? p->nr_own : p->nr_initialised;

	if (table == B_PAGES || table == B_BOTH)
		return put_type(out, 0, max, BOOT_FREED);
	for (unsigned int i = 0; i < nr_rows; i++)
		nr = put_type(out, nr, max, rows[i].type);
	return nr;
}

/* Before the hand-off: what the map holds, and what is reserved, for operands. */
static unsigned int boot_edges(const void *state, uint64_t *out, unsigned int max)
{
	const struct boot_state *s = state;
	const struct boot_owners *o = &s->owners;
	const struct boot_pages *p = &s->pages;
	unsigned int nr = 0;

	for (unsigned int i = 0; i < o->want.nr && nr < max; i++)
		out[nr++] = o->want.step[i].addr;
	nr = rows_edges(p->both, p->nr_both, out, nr, max);
	nr = rows_edges(p->own, p->nr_own, out, nr, max);
	nr = rows_edges(p->initialised_row, p->nr_initialised, out, nr, max);
	for (unsigned int i = 0; i < o->map.nr && nr + 2 <= max; i++) {
		out[nr++] = o->map.entry[i].first;
		out[nr++] = o->map.entry[i].last + 1;
	}
	for (unsigned int i = 0; i < o->taken.nr && nr + 2 <= max; i++) {
		out[nr++] = o->taken.piece[i].first;
		out[nr++] = o->taken.piece[i].last + 1;
	}
	return nr;
}

static const struct model *allocator_of(const struct boot_state *s)
{
	return s->old ? &early_res_model : &memblock_model;
}

static bool boot_noticed(const void *state)
{
	const struct boot_state *s = state;

	return !s->overflow && (s->odd || e820_model.noticed(&s->e820) ||
				allocator_of(s)->noticed(&s->early_res));
}

static bool boot_selfcheck(const void *state)
{
	const struct boot_state *s = state;

	if (s->overflow)
		return true;
	return !s->odd && e820_model.selfcheck(&s->e820) &&
	       allocator_of(s)->selfcheck(&s->early_res) && ival_valid(&s->pages.passed) &&
	       ival_valid(&s->owners.want);
}

/* The allocator's state comes last. */
static size_t boot_used(const void *state)
{
	const struct boot_state *s = state;

	return offsetof(struct boot_state, early_res) + allocator_of(s)->used(&s->early_res);
}

const struct model boot_model = {
	.family = &boot_family,
	.size = sizeof(struct boot_state),
	.quirks = boot_quirks,
	.nr_quirks = BOOT_QUIRKS,
	.traits = boot_traits,
	.nr_traits = BOOT_TRAITS,
	.init = boot_init,
	.legality = boot_legality,
	.step = boot_step,
	.adopt = boot_adopt,
	.cover = boot_cover,
	.types = boot_types,
	.edges = boot_edges,
	.selfcheck = boot_selfcheck,
	.noticed = boot_noticed,
	.used = boot_used,
	.says = true,
};

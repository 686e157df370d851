// SPDX-License-Identifier: GPL-2.0-only
#include "contract/boot.h"
#include "contract/memblock.h"
#include "draw_boot.h"
#include "draw_memblock.h"
#include "groups.h"
#include "mutations.h"

#define TRIES 8 /* how often a kind that does not fit is replaced by another */

uint64_t draw_mask(const struct family *f, struct rng *r)
{
	uint64_t mask;

	if (rng_below(r, 2))
		return 0;
	mask = rng_next(r) & family_calls(f);
	return rng_below(r, 2) ? mask : mask & rng_next(r);
}

static bool mutate_config(struct mutator *m)
{
	const struct family *f = m->s->family;
	const struct config_desc *c = &f->configs[rng_below(m->r, f->nr_configs)];

	if (c == m->s->config)
		return false;
	m->s->config = c;
	return true;
}

static bool mutate_mask(struct mutator *m)
{
	uint64_t mask = draw_mask(m->s->family, m->r);

	if (mask == m->s->op_mask)
		return false;
	m->s->op_mask = mask;
	return true;
}

static bool mutate_near_end(struct mutator *m)
{
	m->s->flags ^= SCENARIO_NEAR_END;
	return true;
}

const struct mutation mutations[] = {
	{ "insert", 10, mutate_insert, NULL },
	{ "delete", 6, mutate_delete, NULL },
	{ "duplicate", 4, mutate_duplicate, NULL },
	{ "swap", 4, mutate_swap, NULL },
	{ "splice", 4, mutate_splice, NULL },
	{ "cross", 2, mutate_cross, NULL },
	{ "token", 6, mutate_token, NULL },
	{ "march", 3, mutate_march, NULL },
	{ "boundary", 16, mutate_boundary, NULL },
	{ "nudge", 8, mutate_nudge, NULL },
	{ "arg", 8, mutate_arg, NULL },
	{ "op", 6, mutate_op, NULL },
	{ "kind", 5, mutate_kind, NULL },
	{ "counts", 2, mutate_counts, NULL },
	{ "text", 10, mutate_text, NULL },
	{ "config", 1, mutate_config, NULL },
	{ "mask", 1, mutate_mask, NULL },
	{ "near_end", 1, mutate_near_end, NULL },
	{ "machine", 1, mutate_machine, &memblock_family },
	{ "pressure", 2, mutate_pressure, &memblock_family },
	{ "handoff", 1, mutate_handoff, &memblock_family },
	{ "map", 3, mutate_boot_map, &boot_family },
	{ "reservations", 2, mutate_boot_pressure, &boot_family },
	{ "on_nodes", 2, mutate_boot_nodes, &boot_family },
	{ "end_of_boot", 3, mutate_boot_handoff, &boot_family },
	{ NULL, 0, NULL, NULL },
};

/* The kinds for a family: @common of them for all, and @own that begin at @first. */
struct kinds {
	unsigned int common, first, own;
};

static struct kinds kinds_for(const struct family *f)
{
	struct kinds k = { 0, 0, 0 };

	while (!mutations[k.common].only)
		k.common++;
	k.first = k.common;
	while (mutations[k.first].name && mutations[k.first].only != f)
		k.first++;
	while (mutations[k.first + k.own].name && mutations[k.first + k.own].only == f)
		k.own++;
	return k;
}

/* The index of the @i-th kind for the family. */
static unsigned int kind_at(const struct kinds *k, unsigned int i)
{
	return i < k->common ? i : k->first + i - k->common;
}

static unsigned int pick_mutation(const struct kinds *kinds, struct rng *r)
{
	unsigned int sum = 0, pick, i, nr = kinds->common + kinds->own;

	for (i = 0; i < nr; i++)
		sum += mutations[kind_at(kinds, i)].weight;
	pick = rng_below(r, sum);
	for (i = 0; pick >= mutations[kind_at(kinds, i)].weight; i++)
		pick -= mutations[kind_at(kinds, i)].weight;
	return kind_at(kinds, i);
}

/* One change. Kinds that do not fit are replaced by others, at last by the next one that does. */
static unsigned int mutate_once(struct mutator *m)
{
	const struct kinds kinds = kinds_for(m->s->family);
	unsigned int k, i, nr = kinds.common + kinds.own;

	for (unsigned int tries = 0; tries < TRIES; tries++) {
		k = m->s->nr ? pick_mutation(&kinds, m->r) : 0;
		if (mutations[k].apply(m))
			return k;
	}
	for (i = rng_below(m->r, nr); !mutations[kind_at(&kinds, i)].apply(m); i = (i + 1) % nr)
		;
	return kind_at(&kinds, i);
}

uint32_t mutate_traced(struct scenario *s, const struct scenario *other, unsigned int max_ops,
		       struct rng *r)
{
	struct mutator m = {
		.s = s,
		.r = r,
		.other = other && other->family == s->family ? other : NULL,
		.max = max_ops < SCENARIO_OPS_MAX ? max_ops : SCENARIO_OPS_MAX,
	};
	uint32_t did = 0;

	ops_truncate(s, m.max);
	/* one change, every other time another one, at most six */
	for (unsigned int n = 0; n < 6; n++) {
		did |= 1u << mutate_once(&m);
		if (rng_below(r, 2))
			break;
	}
	return did;
}

void mutate(struct scenario *s, const struct scenario *other, unsigned int max_ops, struct rng *r)
{
	mutate_traced(s, other, max_ops, r);
}

// SPDX-License-Identifier: GPL-2.0-only
#include "contract/memblock.h"
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
	{ NULL, 0, NULL, NULL },
};

/* How many kinds there are for this family: the others are at the end. */
static unsigned int kinds_for(const struct family *f)
{
	unsigned int nr = 0;

	while (mutations[nr].name && (!mutations[nr].only || mutations[nr].only == f))
		nr++;
	return nr;
}

static const struct mutation *pick_mutation(unsigned int nr, struct rng *r)
{
	const struct mutation *k;
	unsigned int sum = 0, pick;

	for (k = mutations; k < mutations + nr; k++)
		sum += k->weight;
	pick = rng_below(r, sum);
	for (k = mutations; pick >= k->weight; k++)
		pick -= k->weight;
	return k;
}

/* One change. Kinds that do not fit are replaced by others, at last by the next one that does. */
static unsigned int mutate_once(struct mutator *m)
{
	unsigned int k, last = kinds_for(m->s->family);

	for (unsigned int tries = 0; tries < TRIES; tries++) {
		k = m->s->nr ? pick_mutation(last, m->r) - mutations : 0;
		if (mutations[k].apply(m))
			return k;
	}
	for (k = rng_below(m->r, last); !mutations[k].apply(m); k = (k + 1) % last)
		;
	return k;
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

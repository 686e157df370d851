// SPDX-License-Identifier: GPL-2.0-only
#include "groups.h"
#include "mutations.h"

static bool has_filling(const struct family *f)
{
	for (unsigned int i = 0; i < f->nr_ops; i++)
		if (f->ops[i].flags & OP_FILLS)
			return true;
	return false;
}

void generate(struct scenario *s, const struct family *f, unsigned int ops, struct rng *r)
{
	struct mutator m = {
		.s = s,
		.r = r,
		.max = ops < SCENARIO_OPS_MAX ? ops : SCENARIO_OPS_MAX,
	};

	scenario_init(s, f);
	s->config = &f->configs[rng_below(r, f->nr_configs)];
	s->op_mask = draw_mask(f, r);
	if (!rng_below(r, 8))
		s->flags = SCENARIO_NEAR_END;
	/* a table to begin with: most sequences are about what is there already */
	if (rng_below(r, 4))
		insert_call(&m, 0, true);
	for (unsigned int n = has_filling(f) ? rng_below(r, 8) : 0; n--;)
		insert_filling(&m, s->nr);
	while (s->nr < m.max && insert_call(&m, s->nr, false))
		;
}

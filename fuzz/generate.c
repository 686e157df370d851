// SPDX-License-Identifier: GPL-2.0-only
#include "groups.h"
#include "mutations.h"

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
	while (s->nr < m.max && insert_call(&m, s->nr, false))
		;
}

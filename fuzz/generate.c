// SPDX-License-Identifier: GPL-2.0-only
#include "contract/boot.h"
#include "contract/memblock.h"
#include "draw_boot.h"
#include "draw_memblock.h"
#include "groups.h"
#include "mutations.h"

static bool has_filling(const struct family *f)
{
	for (unsigned int i = 0; i < f->nr_ops; i++)
		if (f->ops[i].flags & OP_FILLS)
			return true;
	return false;
}

/* Most of the calls of a boot, in its order; what ends it seldom. */
static void insert_boot(struct mutator *m)
{
	const struct family *f = m->s->family;

	for (const uint8_t *id = f->boot; id && *id; id++) {
		const struct op_desc *d = op_desc_any(f, *id);

		if (rng_below(m->r, d->flags & OP_ENDS ? 8 : 4) > (d->flags & OP_ENDS ? 0 : 2))
			continue;
		insert_op(m, m->s->nr, d);
	}
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
	if (f == &boot_family) {
		generate_boot(&m);
		return;
	}
	if (f == &memblock_family) {
		generate_memblock(&m);
		return;
	}
	if (!s->op_mask && f->boot && rng_below(r, 4))
		insert_boot(&m);
	else if (rng_below(r, 4)) /* a table: most sequences are about what is there */
		insert_call(&m, 0, true);
	for (unsigned int n = has_filling(f) ? rng_below(r, 8) : 0; n--;)
		insert_filling(&m, s->nr);
	while (s->nr < m.max && insert_call(&m, s->nr, false))
		;
}

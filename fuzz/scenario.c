// SPDX-License-Identifier: GPL-2.0-only
#include "scenario.h"
#include "optable.h"

void scenario_init(struct scenario *s, const struct family *f)
{
	s->family = f;
	s->config = &f->configs[0];
	s->op_mask = 0;
	s->flags = 0;
	s->nr = 0;
}

/* One op as its description allows it, no tokens yet. */
static void canonical_op(struct op *op, const struct op_desc *d)
{
	op->id = d->id;
	op->nr_tokens = 0;
	op_reduce(op, d);
}

void scenario_canonical(struct scenario *s)
{
	const struct family *f = s->family;
	unsigned int nr = 0;
	struct op *head = NULL;

	s->op_mask &= family_calls(f);
	s->flags &= SCENARIO_FLAGS;
	if (s->nr > SCENARIO_OPS_MAX)
		s->nr = SCENARIO_OPS_MAX;

	for (unsigned int i = 0; i < s->nr; i++) {
		const struct op_desc *d = op_desc_any(f, s->ops[i].id);
		struct op *op = &s->ops[nr];

		if (op_is_token(d) && (!head || !token_fits(d, head->id)))
			continue;
		if (nr != i)
			*op = s->ops[i];
		canonical_op(op, d);
		if (op_is_token(d))
			head->nr_tokens++;
		else
			head = op;
		nr++;
	}
	s->nr = nr;
}

// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "comparable.h"

static bool variants_differ(const struct config_desc *x, const struct config_desc *y)
{
	return strcmp(x->name, y->name) && x->long_bits == y->long_bits &&
	       x->phys_bits == y->phys_bits;
}

struct comparable comparable_of(const struct subject *a, const struct subject *b)
{
	const struct family *f = a->family;
	struct comparable c = { .family = f, .tables = ~0u };

	c.generations = f->generation && f->generation(a->version) != f->generation(b->version);
	if (c.generations || variants_differ(a->config, b->config))
		c.tables &= ~f->of_generation;
	return c;
}

const char *comparable_results(const struct comparable *c, const struct op *op,
			       const struct result *x, const struct result *y)
{
	bool ends = family_op(c->family, op->id)->flags & OP_ENDS;

	if (x->outcome != y->outcome || (x->value != y->value && !(c->generations && ends)))
		return "result";
	return x->said != y->said && !c->generations ? "said" : NULL;
}

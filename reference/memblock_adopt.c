// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memblock model: where the contract leaves a choice to the subject. When the subject shows
 * another choice than the guess, the op is taken back and stepped once more with it; is it one that
 * the contract does not allow, the guess stays, and the oracle finds the deviation.
 */
#include "memblock_model.h"

/* The state before the last op, when it may leave a choice. */
static struct memblock_state before;
static bool kept, open;

/* Might a table grow? More pieces than there are gaps cannot be added, two more regions isolate. */
static bool may_grow(const struct memblock_state *s, const struct op *op)
{
	/* node by node */
	bool may = op->id == M_FREE_ALL;

	for (unsigned int t = 0; t < MEMBLOCK_COLLECTIONS; t++)
		may |= s->own[t].flags && 2 * s->nr[t] + 3 > s->own[t].flags;
	return may && memblock_setting(s, MEMBLOCK_RESIZE) && !s->closed;
}

void memblock_keep(const struct memblock_state *s, const struct op *op)
{
	open = memblock_is_open(s, op);
	kept = open || may_grow(s, op);
	if (kept)
		memcpy(&before, s, memblock_used(s));
}

static void take_back(struct memblock_state *s)
{
	memcpy(s, &before, memblock_used(&before));
}

void memblock_adopt(void *state, const struct op *op, const struct result *res,
		    const struct state *seen, struct expect *e)
{
	struct memblock_state *s = state;
	const struct table *own = &seen->table[M_OWN];

	if (!kept || (res->outcome != OUT_RETURN && !open) || seen->nr_tables != M_TABLES ||
	    own->nr != MEMBLOCK_COLLECTIONS)
		return;
	if (!memcmp(own->rows, s->own, sizeof(s->own)) && !open)
		return;
	take_back(s);
	if (!memblock_step_with(s, op, res, seen, e)) {
		take_back(s);
		memblock_step_with(s, op, NULL, NULL, e);
	}
	memblock_describe(s, e);
}

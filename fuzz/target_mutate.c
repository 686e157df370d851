// SPDX-License-Identifier: GPL-2.0-only
/* Bytes in, mutated bytes out: the one mutator as libFuzzer and AFL++ call it. */
#include "mutate.h"
#include "optable.h"
#include "target_mutate.h"

#define TEXT_MUTATOR	8	/* one mutation in so many goes on with the engine's own */

/* Let the engine change the text of one op, if there is one. */
static void engine_mutates(struct scenario *s, target_text_mutator *mutate, struct rng *r)
{
	unsigned int at = s->nr ? rng_below(r, s->nr) : 0;

	for (unsigned int i = 0; i < s->nr; i++, at = (at + 1) % s->nr) {
		uint8_t text[OP_TEXT_MAX];

		if (!op_is_text(op_desc_any(s->family, s->ops[at].id)))
			continue;
		op_set_text(&s->ops[at], (char *)text,
			    mutate(text, op_text(&s->ops[at], (char *)text), sizeof(text)));
		return;
	}
}

size_t target_mutate(const uint8_t *data, size_t size, const uint8_t *other, size_t other_size,
		     uint8_t *out, size_t max_size, uint64_t seed,
		     target_text_mutator *text_mutator)
{
	static struct scenario s, o;
	unsigned int max_ops;
	struct rng r;

	if (max_size < SCENARIO_HEADER)
		return 0;
	max_ops = (max_size - SCENARIO_HEADER) / SCENARIO_RECORD;
	if (max_ops > SCENARIO_OPS_MAX)
		max_ops = SCENARIO_OPS_MAX;
	scenario_decode(&s, target_family, data, size);
	if (other_size)
		scenario_decode(&o, target_family, other, other_size);
	rng_seed(&r, seed);
	mutate(&s, other_size ? &o : NULL, max_ops, &r);
	if (text_mutator && !rng_below(&r, TEXT_MUTATOR))
		engine_mutates(&s, text_mutator, &r);
	return scenario_encode(&s, out, max_size);
}

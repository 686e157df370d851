// SPDX-License-Identifier: GPL-2.0-only
/* Bytes in, mutated bytes out: the one mutator as libFuzzer and AFL++ call it. */
#include "mutate.h"
#include "target_mutate.h"

size_t target_mutate(const uint8_t *data, size_t size, const uint8_t *other, size_t other_size,
		     uint8_t *out, size_t max_size, uint64_t seed)
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
	return scenario_encode(&s, out, max_size);
}

// SPDX-License-Identifier: GPL-2.0-only
#include "mutate.h"

void rng_seed(struct rng *r, uint64_t seed)
{
	/* neighbouring seeds must not give neighbouring streams (the finalizer of SplitMix64) */
	seed += 0x9e3779b97f4a7c15u;
	seed = (seed ^ seed >> 30) * 0xbf58476d1ce4e5b9u;
	seed = (seed ^ seed >> 27) * 0x94d049bb133111ebu;
	seed ^= seed >> 31;
	r->state = seed ? seed : 1;
}

uint64_t rng_next(struct rng *r)
{
	r->state ^= r->state >> 12;
	r->state ^= r->state << 25;
	r->state ^= r->state >> 27;
	return r->state * 0x2545f4914f6cdd1du;
}

uint64_t rng_below(struct rng *r, uint64_t n)
{
	/* no division for small n; the bias is below n / 2^32 */
	if (n <= UINT32_MAX)
		return (rng_next(r) >> 32) * n >> 32;
	return rng_next(r) % n;
}

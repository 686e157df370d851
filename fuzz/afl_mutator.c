// SPDX-License-Identifier: GPL-2.0-only
/*
 * libearlyfuzz_mutator_FAMILY.so: the structure-aware mutator as AFL++'s custom mutator.
 *
 *	AFL_CUSTOM_MUTATOR_LIBRARY=.../libearlyfuzz_mutator_e820.so AFL_CUSTOM_MUTATOR_ONLY=1
 *	AFL_DISABLE_TRIM=1 afl-fuzz -i SEEDS -o OUT -- afl_e820
 *
 * (AFL++'s own trimming cuts records in two.) It lives in afl-fuzz's process: built without
 * sanitizers.
 */
#include <stdlib.h>

#include "mutate.h"
#include "target_mutate.h"

void *afl_custom_init(void *afl, unsigned int seed);
size_t afl_custom_fuzz(void *data, uint8_t *buf, size_t size, uint8_t **out, uint8_t *other,
		       size_t other_size, size_t max_size);
void afl_custom_deinit(void *data);

struct mutator {
	struct rng rng;
	uint8_t out[TARGET_INPUT_MAX];
};

void *afl_custom_init(void *afl, unsigned int seed)
{
	struct mutator *m = malloc(sizeof(*m));

	(void)afl;
	if (m)
		rng_seed(&m->rng, seed);
	return m;
}

/* @other is another input of the queue; libFuzzer also crosses over about every second time. */
size_t afl_custom_fuzz(void *data, uint8_t *buf, size_t size, uint8_t **out, uint8_t *other,
		       size_t other_size, size_t max_size)
{
	struct mutator *m = data;

	if (max_size > sizeof(m->out))
		max_size = sizeof(m->out);
	if (!other || rng_below(&m->rng, 2))
		other_size = 0;
	*out = m->out;
	return target_mutate(buf, size, other, other_size, m->out, max_size, rng_next(&m->rng),
			     NULL);
}

void afl_custom_deinit(void *data)
{
	free(data);
}

/* SPDX-License-Identifier: GPL-2.0-only */
/* Random chains of setup_data in a small universe, for tests against the brute-force judge. */
#ifndef REFERENCE_E820_CHAIN_DRAW_H
#define REFERENCE_E820_CHAIN_DRAW_H

#include "contract/e820.h"
#include "testing.h"

#define CHAIN_TOKENS	4

/* A node from one point to another below 4 GiB; what it names is drawn by @draw. */
static inline void draw_node(uint64_t *seed, struct op *token,
			     void (*draw)(uint64_t *seed, uint64_t *start, uint64_t *size))
{
	static const uint32_t type[] = {
		E820_SETUP_INDIRECT, E820_SETUP_INDIRECT, E820_SETUP_DTB, E820_SETUP_EFI,
		E820_SETUP_IMA, E820_SETUP_RNG_SEED,
		E820_SETUP_INDIRECT | E820_SETUP_DTB,
	};

	token->id = E820_DATA + !random_below(seed, 3);
	if (token->id == E820_INDIRECT) {
		token->arg[0] = type[random_below(seed, ARRAY_SIZE(type))];
		draw(seed, &token->arg[1], &token->arg[2]);
		return;
	}
	do {
		draw(seed, &token->arg[0], &token->arg[2]);
	} while (!token->arg[0] || token->arg[0] > E820_DATA_END - E820_DATA_HEAD ||
		 token->arg[2] < 16 || token->arg[2] - 16 > UINT32_MAX);
	token->arg[1] = type[random_below(seed, ARRAY_SIZE(type))];
	token->arg[2] -= 16;
}

/* A reserve_setup_data; @op has room for CHAIN_TOKENS behind it. */
static inline void draw_chain(uint64_t *seed, struct op *op,
			      void (*draw)(uint64_t *seed, uint64_t *start, uint64_t *size))
{
	op->nr_tokens = random_below(seed, CHAIN_TOKENS + 1);
	if (!random_below(seed, 4))
		op->arg[0] = random_below(seed, CHAIN_TOKENS + 2);
	for (unsigned int i = 1; i <= op->nr_tokens; i++)
		draw_node(seed, &op[i], draw);
}

#endif

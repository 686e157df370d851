/* SPDX-License-Identifier: GPL-2.0-only */
/* Family e820: chains of setup_data in memory, as tokens describe them (contract/e820.h). */
#ifndef CONTRACT_SETUP_DATA_H
#define CONTRACT_SETUP_DATA_H

#include "e820.h"

/**
 * struct e820_node - a setup_data node as it lies in memory
 * @at: physical address, bytes
 * @type: of the node
 * @len: bytes of payload that it claims
 * @payload: its indirect token, or NULL
 */
struct e820_node {
	uint64_t at;
	uint32_t type, len;
	const struct op *payload;
};

/* The address of node @i, counted from 0, of @nr; what the last one's next says when @i == @nr. */
static inline uint64_t e820_node_at(const struct e820_node *node, unsigned int nr, unsigned int i,
				    uint64_t back)
{
	if (i < nr)
		return node[i].at;
	if (!nr || !back)
		return 0;
	return back <= nr ? node[back - 1].at : E820_DATA_NOWHERE;
}

/**
 * e820_chain() - the nodes that the tokens of a reserve_setup_data make
 * @node: receives them, E820_DATA_MAX at most
 *
 * A token whose first E820_DATA_HEAD bytes are also an earlier one's makes none, and its payload is
 * nobody's.
 * Return: how many.
 */
static inline unsigned int e820_chain(const struct op *op, struct e820_node *node)
{
	unsigned int nr = 0;
	bool made = false;

	for (unsigned int i = 1; i <= op->nr_tokens; i++) {
		const struct op *token = &op[i];
		unsigned int k = 0;

		if (token->id == E820_INDIRECT) {
			if (made && !node[nr - 1].payload)
				node[nr - 1].payload = token;
			continue;
		}
		while (k < nr && (token->arg[0] >= node[k].at + E820_DATA_HEAD ||
				  node[k].at >= token->arg[0] + E820_DATA_HEAD))
			k++;
		made = k == nr && nr < E820_DATA_MAX && token->arg[0];
		if (made)
			node[nr++] = (struct e820_node){
				.at = token->arg[0], .type = token->arg[1], .len = token->arg[2],
			};
	}
	return nr;
}

/*
 * Can [phys, phys + size) be mapped early: not empty, not beyond the largest address @max, few
 * pages? In bytes.
 */
static inline bool e820_can_map_below(uint64_t phys, uint64_t size, uint64_t max)
{
	uint64_t last = phys + size - 1;

	return size && last >= phys && last <= max &&
	       (last >> 12) - (phys >> 12) < E820_MAP_PAGES;
}

/* The same where addresses have 64 bits. */
static inline bool e820_can_map(uint64_t phys, uint64_t size)
{
	return e820_can_map_below(phys, size, UINT64_MAX);
}

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* Every op with every operand from a small universe: what a state search can do in each state. */
#ifndef FUZZ_ALPHABET_H
#define FUZZ_ALPHABET_H

#include "contract/family.h"

#define UNIVERSE_MAX	32
#define ALPHABET_MAX	65536u
#define ALPHABET_TEXT	2048u	/* of a family's calls, longest, bytes */

/**
 * struct universe - where operands come from
 * @value: boundary addresses, ascending, @nr of them
 * @choices: of operands with many named values, how many are used
 * @inverted: also ranges whose end is at or before their start
 * @all_ops: also those that the family leaves out (struct search_start)
 */
struct universe {
	uint64_t value[UNIVERSE_MAX];
	unsigned int nr;
	unsigned int choices;
	bool inverted;
	bool all_ops;
};

/**
 * universe_first() - the first @nr of the built-in boundary values
 *
 * Near ones and far-apart ones by turns, page-aligned and not: 0, 4K, 2^64 - 1, 8K, 4G, 2^63, ...
 * Return: false when there are fewer.
 */
bool universe_first(struct universe *u, unsigned int nr);

/**
 * universe_of_family() - the values that are used when nothing else is asked for: the family's,
 * or the first 6 of universe_first()
 */
void universe_of_family(struct universe *u, const struct family *f);

/**
 * universe_parse() - a list of values, separated by commas, in the text form's notation
 * Return: NULL, or what is wrong.
 */
const char *universe_parse(struct universe *u, const char *text);

/**
 * alphabet_make() - all ops of a family over a universe
 * @out: room for ALPHABET_MAX
 *
 * Addresses and exclusive ends are values of the universe; a size after an address, the distances
 * up to the greater values; another size, the first of these; counts: all slots of the
 * configuration, or none where tokens would follow; tokens are not made. Then come the calls that
 * the family has written down, with their tokens behind them (struct search_start).
 *
 * Return: how many, tokens counted, or 0 when they would not fit.
 */
unsigned int alphabet_make(const struct family *f, const struct config_desc *config,
			   const struct universe *u, struct op *out);

/* The size of operands without an address before them: the first distance of the universe. */
uint64_t alphabet_size(const struct universe *u);

#endif

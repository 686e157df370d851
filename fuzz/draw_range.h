/* SPDX-License-Identifier: GPL-2.0-only */
/* Parts of a range of bytes, as the machines' families draw them; ends are exclusive. */
#ifndef FUZZ_DRAW_RANGE_H
#define FUZZ_DRAW_RANGE_H

#include "mutate.h"

/* Less than @n bytes, at random: a whole number of pages, mostly. 0 for an @n of 0. */
uint64_t draw_below(struct rng *r, uint64_t n);

/* All of [start, end) or its lower, its upper or a middle part. */
void draw_part(struct rng *r, uint64_t *start, uint64_t *end);

/**
 * draw_small_part() - @size bytes of [start, end), of all of them when they are fewer
 * @ways: one in so many times at the start, at the end, over the one or the other border each;
 *	else anywhere inside. At least 4
 */
void draw_small_part(struct rng *r, uint64_t size, unsigned int ways, uint64_t *start,
		     uint64_t *end);

#endif

// SPDX-License-Identifier: GPL-2.0-only
/* Parts of a range of bytes. */
#include "draw_range.h"
#include "operand.h"

uint64_t draw_below(struct rng *r, uint64_t n)
{
	uint64_t at = n ? rng_below(r, n) : 0;

	return one_in(r, 8) ? at : at & -(uint64_t)DRAW_PAGE;
}

void draw_part(struct rng *r, uint64_t *start, uint64_t *end)
{
	uint64_t from = *start;

	switch (rng_below(r, 6)) {
	case 0:
		*end -= draw_below(r, *end - *start);
		break;
	case 1:
		*start += draw_below(r, *end - *start);
		break;
	case 2:
		*start += draw_below(r, *end - from);
		*end -= draw_below(r, *end - *start);
		break;
	}
}

void draw_small_part(struct rng *r, uint64_t size, unsigned int ways, uint64_t *start,
		     uint64_t *end)
{
	uint64_t room = *end - *start;

	if (size > room)
		size = room;
	switch (rng_below(r, ways)) {
	case 0:
		break;
	case 1:
		*start = *end - size;
		break;
	case 2:
		*start = *end - size / 2;
		break;
	case 3:
		*start -= *start < size / 2 ? *start : size / 2;
		break;
	default:
		*start += draw_below(r, room - size + 1);
	}
	*end = *start + size;
}

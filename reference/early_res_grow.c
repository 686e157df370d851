// SPDX-License-Identifier: GPL-2.0-only
/* The early_res model: how the table grows, and where to. */
#include <string.h>

#include "early_res_model.h"

static void describe_table(struct early_res_state *s)
{
	struct row table = { s->res[0].start, s->res[0].size, EARLY_RES_TABLE, s->slots };

	if (!s->nr_own || s->own[0].type != EARLY_RES_TABLE) {
		if (s->nr_own)
			s->own[1] = s->own[0];
		s->nr_own++;
	}
	s->own[0] = table;
}

void early_res_grow(struct early_res_state *s, uint64_t at)
{
	uint64_t size = 2ULL * s->slots * EARLY_RES_SLOT_SIZE;
	struct early_res_span old = early_res_table(s);

	s->slots *= 2;
	if (s->grown) {
		early_res_disown(s, EARLY_RES_FIRM, old.start, old.end);
		s->res_sum -= early_res_sum(&s->res[0]);
		s->choice.avoid[1] = old;
	} else {
		if (s->nr == RES_MAX) {
			s->overflow = true;
			return;
		}
		memmove(&s->res[1], &s->res[0], s->nr * sizeof(s->res[0]));
		s->nr++;
	}
	/* A new table: nothing was ever in its other slots. */
	s->touched = s->nr;
	s->grown = true;
	s->res[0] = (struct row){ at, size, EARLY_RES_FIRM, 0 };
	s->res_sum += early_res_sum(&s->res[0]);
	early_res_own(s, EARLY_RES_FIRM, at, at + size);
	describe_table(s);
}

void early_res_move_table(struct early_res_state *s, uint64_t at)
{
	struct early_res_span old = early_res_table(s);

	early_res_disown(s, EARLY_RES_FIRM, old.start, old.end);
	early_res_own(s, EARLY_RES_FIRM, at, at + s->res[0].size);
	s->res_sum -= early_res_sum(&s->res[0]);
	s->res[0].start = at;
	s->res_sum += early_res_sum(&s->res[0]);
	describe_table(s);
}

uint64_t early_res_room(const struct early_res_state *s, struct early_res_span in,
			struct early_res_span avoid, uint64_t align)
{
	struct early_res_search f = {
		.in = in, .avoid = avoid, .align = align,
		.size = 2ULL * s->slots * EARLY_RES_SLOT_SIZE,
	};

	return early_res_lowest_mapped(s, &f);
}

/*
 * Where the table might go: below what an allocator may leave alone (@shy), else above it.
 * UINT64_MAX: nowhere. That is one guess; early_res_adopt() has the last word. Where only a place
 * is left that is no multiple of a slot's size, or one that meets @shy and not @range, an allocator
 * may or may not find it.
 */
static uint64_t guess_place(struct early_res_state *s, struct early_res_span range,
			    struct early_res_span shy)
{
	const struct early_res_span everywhere = { 0, UINT64_MAX };
	struct early_res_span below = { 0, shy.start };
	uint64_t at = early_res_room(s, below, shy, EARLY_RES_SLOT_SIZE);

	if (at == UINT64_MAX)
		at = early_res_room(s, everywhere, shy, EARLY_RES_SLOT_SIZE);
	if (at == UINT64_MAX) {
		at = early_res_room(s, everywhere, range, 1);
		s->choice.may_panic |= at != UINT64_MAX;
	}
	return at;
}

/*
 * The lowest place in RAM inside @f's window, as kernels find it: a window that the table just
 * fills is not searched (@exact).
 */
static uint64_t place_in(const struct early_res_state *s, struct early_res_search *f, bool *exact)
{
	uint64_t at = early_res_lowest_ram(s, f);

	if (at == UINT64_MAX || at + f->size != f->in.end || at != f->in.start ||
	    !early_res_quirk_on(s, Q_GROW_EXACT_FIT))
		return at;
	*exact |= f->in.end <= s->mapped;
	return UINT64_MAX;
}

/* What is known to find no room, or one that is not mapped. Return: the place, as predicted. */
static uint64_t quirky_place(struct early_res_step *step, struct early_res_span range, uint64_t at)
{
	struct early_res_state *s = step->s;
	struct early_res_search below = {
		.in = { early_res_table(s).end, range.start }, .align = EARLY_RES_SLOT_SIZE,
		.size = 2ULL * s->slots * EARLY_RES_SLOT_SIZE,
	};
	struct early_res_search above = below;
	enum early_res_quirk q = Q_GROW_BELOW_TABLE;
	bool exact = false;
	uint64_t all;

	if (below.in.start + below.size < below.in.end && early_res_own_search_wraps(step, &below))
		return at;
	all = place_in(s, &below, &exact);
	if (all != UINT64_MAX && all + below.size > s->mapped) {
		if (early_res_quirk_on(s, Q_TABLE_UNMAPPED))
			early_res_fire(step, Q_TABLE_UNMAPPED);
		return at;
	}
	if (all != UINT64_MAX)
		return all;
	above.in = (struct early_res_span){ range.end, s->mapped };
	if (range.end + above.size < s->mapped && early_res_own_search_wraps(step, &above))
		return at;
	if (at == UINT64_MAX || s->choice.may_panic)
		return at;
	all = place_in(s, &above, &exact);
	if (all != UINT64_MAX)
		return all;
	if (exact)
		q = Q_GROW_EXACT_FIT;
	else if (!s->grown || !early_res_quirk_on(s, q))
		return at;
	early_res_fire(step, q);
	return all;
}

bool early_res_double(struct early_res_step *step, struct early_res_span range,
		      struct early_res_span shy)
{
	struct early_res_state *s = step->s;
	uint64_t at = guess_place(s, range, shy);

	if (s->quirks)
		at = quirky_place(step, range, at);
	if (step->e->avoid)
		return false;
	if (at == UINT64_MAX) {
		step->e->result.outcome = OUT_PANIC;
		return false;
	}
	s->choice.grew = true;
	early_res_grow(s, at);
	early_res_frame(step, 1u << E_RES_RESERVED | 1u << E_RES_OWN, 0, UINT64_MAX);
	return true;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The early_res model: what reserve and free make of the list (exact layer) and of the bytes
 * (safety layer).
 *
 * The rows behind the list's end are what was left in the table's slots: Q_FREE_EMPTY_SLOT and
 * Q_STALE_NAME look at them.
 */
#include <string.h>

#include "early_res_model.h"

/* --- the list --- */

/* A name for a slot: of a reservation without one, the empty one. */
static uint32_t name_for(struct early_res_step *step, bool named, uint32_t name)
{
	const struct early_res_state *s = step->s;

	if (named || s->nr >= s->touched || !s->res[s->nr].flags ||
	    !early_res_quirk_on(s, Q_STALE_NAME))
		return name;
	early_res_fire(step, Q_STALE_NAME);
	return s->res[s->nr].flags;
}

static void append(struct early_res_step *step, const struct row *r)
{
	struct early_res_state *s = step->s;

	if (s->nr == s->slots && early_res_quirk_on(s, Q_OVERLAP_OK_FULL)) {
		early_res_fire(step, Q_OVERLAP_OK_FULL);
		step->e->result.outcome = OUT_PANIC;
		return;
	}
	if (s->nr == RES_MAX) {
		s->overflow = true;
		return;
	}
	s->res[s->nr++] = *r;
	if (res_end(r) > s->highest)
		s->highest = res_end(r);
	s->res_sum += early_res_sum(r);
	if (s->touched < s->nr)
		s->touched = s->nr;
}

static void take_out(struct early_res_state *s, unsigned int i)
{
	s->res_sum -= early_res_sum(&s->res[i]);
	s->nr--;
	memmove(&s->res[i], &s->res[i + 1], (s->nr - i) * sizeof(s->res[0]));
}

static void cut_to(struct early_res_state *s, unsigned int i, uint64_t start, uint64_t end)
{
	s->res_sum -= early_res_sum(&s->res[i]);
	s->res[i].start = start;
	s->res[i].size = end - start;
	s->res_sum += early_res_sum(&s->res[i]);
}

void early_res_map_from_rows(struct early_res_state *s)
{
	uint64_t rest;

	ival_clear(&s->map, EARLY_RES_FIRM, 0, UINT64_MAX);
	ival_clear(&s->map, EARLY_RES_OVERLAP_OK, 0, UINT64_MAX);
	rest = s->map.sum;
	for (unsigned int i = 0; i < s->nr; i++)
		if (s->res[i].size)
			ival_add(&s->map, s->res[i].type, s->res[i].start,
				 row_end(&s->res[i]) - 1, 1);
	s->res_want = s->map.sum - rest;
}

void early_res_forget(struct early_res_state *s)
{
	s->nr = 0;
	s->res_sum = 0;
	s->grown = false;
	s->closed = true;
	ival_clear(&s->map, EARLY_RES_FIRM, 0, UINT64_MAX);
	ival_clear(&s->map, EARLY_RES_OVERLAP_OK, 0, UINT64_MAX);
	s->res_want = 0;
}

/* --- bytes --- */

static void uncover_all(struct early_res_state *s, uint32_t type, uint64_t start, uint64_t end)
{
	uint64_t before = s->map.sum;

	ival_clear(&s->map, type, start, end - 1);
	s->res_want += s->map.sum - before;
}

/* --- growth --- */

static bool grow_if_short(struct early_res_step *step, struct early_res_span range)
{
	const struct early_res_state *s = step->s;

	return !early_res_short(s->slots, s->nr) || early_res_double(step, range, range);
}

/* --- reserve --- */

#define DEPTH_MAX	8

static bool rows_give_way(struct early_res_step *step, uint64_t start, uint64_t end,
			  unsigned int depth);

static bool any_met(const struct early_res_state *s, unsigned int from, uint64_t start,
		    uint64_t end)
{
	for (unsigned int i = from; i < s->nr; i++)
		if (res_meets(&s->res[i], start, end))
			return true;
	return false;
}

/* What is left of one that gave way. Return: false when the op ends here. */
static bool append_rest(struct early_res_step *step, const struct row *rest, unsigned int depth)
{
	struct early_res_state *s = step->s;

	/* Kernels reserve it anew, with all that this means. */
	if (early_res_quirk_on(s, Q_REST_CHECKED) && any_met(s, 0, rest->start, res_end(rest))) {
		early_res_fire(step, Q_REST_CHECKED);
		s->overflow |= depth == DEPTH_MAX;
		if (s->overflow || !rows_give_way(step, rest->start, res_end(rest), depth + 1))
			return false;
	}
	append(step, rest);
	return !s->overflow && step->e->result.outcome == OUT_RETURN;
}

/* Exact layer of give_way(). Return: false when the op ends here. */
static bool rows_give_way(struct early_res_step *step, uint64_t start, uint64_t end,
			  unsigned int depth)
{
	struct early_res_state *s = step->s;

	for (unsigned int i = 0; i < s->nr; ) {
		struct row r = s->res[i];
		uint64_t last = res_end(&r);

		if (!res_meets(&r, start, end)) {
			i++;
			continue;
		}
		if (r.type == EARLY_RES_FIRM) {
			step->e->result.outcome = OUT_PANIC;
			return false;
		}
		take_out(s, i);
		if (r.start < start) {
			r.size = start - r.start;
			if (!append_rest(step, &r, depth))
				return false;
		}
		if (last > end) {
			r.start = end;
			r.size = last - end;
			if (!append_rest(step, &r, depth))
				return false;
		}
	}
	return true;
}

/*
 * What is overlap_ok gives way to [start, end); a firm one that is met: panic.
 * Return: false when the op ends here.
 */
static bool give_way(struct early_res_step *step, uint64_t start, uint64_t end)
{
	if (!rows_give_way(step, start, end, 0)) {
		/* those before it have given way */
		if (step->s->res_want != step->s->res_sum)
			early_res_map_from_rows(step->s);
		return false;
	}
	if (start < end)
		uncover_all(step->s, EARLY_RES_OVERLAP_OK, start, end);
	return true;
}

/* How many slots reserving [start, end) takes more. */
static int slots_needed(const struct early_res_state *s, uint64_t start, uint64_t end)
{
	int needed = 1;

	for (unsigned int i = 0; i < s->nr; i++)
		if (res_meets(&s->res[i], start, end))
			needed += (s->res[i].start < start) + (res_end(&s->res[i]) > end) - 1;
	return needed;
}

/* Growth before an overlap_ok reservation: needed without a slot for it, else left open. */
static bool grow_for_overlap_ok(struct early_res_step *step, struct early_res_span range)
{
	struct early_res_state *s = step->s;

	if (!early_res_short(s->slots, s->nr) || early_res_quirk_on(s, Q_OVERLAP_OK_FULL))
		return true;
	if ((int)(s->slots - s->nr) < slots_needed(s, range.start, range.end))
		return early_res_double(step, range, range);
	s->choice.may_grow = true;
	s->choice.may_panic = early_res_room(s, (struct early_res_span){ 0, UINT64_MAX }, range,
				      EARLY_RES_SLOT_SIZE) == UINT64_MAX;
	return true;
}

void early_res_do_reserve(struct early_res_step *step, const struct op *op)
{
	struct early_res_state *s = step->s;
	struct early_res_span range = { op->arg[0], op->arg[1] };
	const char *name = early_res_name(op->arg[2]);
	struct row r = {
		.start = range.start, .size = range.end - range.start, .type = EARLY_RES_FIRM,
	};

	if (range.start >= range.end) {
		if (op->id != E_RES_RESERVE_OVERLAP_OK ||
		    !early_res_quirk_on(s, Q_EMPTY_OVERLAP_OK))
			return;
		early_res_fire(step, Q_EMPTY_OVERLAP_OK);
		/* an end of 0 reads as an unused slot: the list ends there */
		step->e->cut |= !range.end;
	} else {
		early_res_frame(step, 1u << E_RES_RESERVED, range.start, range.end - 1);
	}
	s->choice.avoid[0] = range;
	if (op->id == E_RES_RESERVE_OVERLAP_OK) {
		r.type = EARLY_RES_OVERLAP_OK;
		if (!grow_for_overlap_ok(step, range))
			return;
	} else if (!grow_if_short(step, range)) {
		return;
	}
	if (op->id != E_RES_RESERVE_WITHOUT_CHECK && !give_way(step, range.start, range.end))
		return;
	r.flags = name_for(step, name, early_res_name_hash(name));
	append(step, &r);
	if (range.start < range.end && step->e->result.outcome == OUT_RETURN)
		early_res_own(s, r.type, range.start, range.end);
}

/* --- free --- */

static void panic(struct early_res_step *step)
{
	step->e->result.outcome = OUT_PANIC;
}

/* A reservation that is freed although the list's own table lies there. Return: true when so. */
static bool table_is_freed(struct early_res_step *step, uint64_t start, uint64_t end)
{
	struct early_res_state *s = step->s;

	if (!s->grown || !res_meets(&s->res[0], start, end))
		return false;
	if (early_res_quirk_on(s, Q_OWN_TABLE_FREED))
		early_res_fire(step, Q_OWN_TABLE_FREED);
	return true;
}

void early_res_do_free(struct early_res_step *step, const struct op *op)
{
	struct early_res_state *s = step->s;
	uint64_t start = op->arg[0], end = op->arg[1];
	unsigned int i, first = s->nr;

	for (i = 0; i < s->nr; i++) {
		if (first == s->nr && res_meets(&s->res[i], start, end))
			first = i;
		if (i >= s->grown && s->res[i].start == start && res_end(&s->res[i]) == end)
			break;
	}
	if (start < end)
		early_res_frame(step, 1u << E_RES_RESERVED, start, end - 1);
	if (s->grown && s->res[0].start == start && res_end(&s->res[0]) == end) {
		if (early_res_quirk_on(s, Q_OWN_TABLE_FREED)) {
			early_res_fire(step, Q_OWN_TABLE_FREED);
			return;
		}
	}
	if (i == s->nr) {
		/* An unused slot reads end = 0, and its start is whatever was there before. */
		if (first == s->nr && !end && early_res_quirk_on(s, Q_FREE_EMPTY_SLOT) &&
		    start == (s->nr < s->touched ? s->res[s->nr].start : 0))
			early_res_fire(step, Q_FREE_EMPTY_SLOT);
		panic(step);
		return;
	}
	if (i != first && early_res_quirk_on(s, Q_FREE_BEHIND_OVERLAP)) {
		early_res_fire(step, Q_FREE_BEHIND_OVERLAP);
		panic(step);
		return;
	}
	if (start < end)
		early_res_disown(s, s->res[i].type, start, end);
	take_out(s, i);
}

/*
 * [start, end) of a reservation is freed after the table grew: that was no place for it. Of several
 * such parts: what lies between them is none, either.
 */
static void not_there(struct early_res_span *avoid, uint64_t start, uint64_t end)
{
	if (avoid->start >= avoid->end)
		*avoid = (struct early_res_span){ start, end };
	avoid->start = start < avoid->start ? start : avoid->start;
	avoid->end = end > avoid->end ? end : avoid->end;
}

/* Return: false when the op ends here. */
static bool free_part(struct early_res_step *step, unsigned int i, uint64_t start, uint64_t end)
{
	struct early_res_state *s = step->s;
	struct row upper = s->res[i];
	uint64_t first = s->res[i].start, last = res_end(&s->res[i]);

	if (s->choice.grew)
		not_there(&s->choice.avoid[2], first > start ? first : start,
			  last < end ? last : end);
	if (first >= start && last <= end) {
		take_out(s, i);
	} else if (first >= start) {
		cut_to(s, i, end, last);
	} else if (last <= end) {
		cut_to(s, i, first, start);
	} else {
		upper.start = end;
		upper.size = last - end;
		cut_to(s, i, first, start);
		if (early_res_short(s->slots, s->nr)) {
			unsigned int before = s->nr;
			struct early_res_span rest = { end, last };

			s->choice.avoid[0] = rest;
			s->choice.avoid[2] = (struct early_res_span){ 0, 0 };
			/* whether the range is free by then is the allocator's choice */
			if (!early_res_double(step, rest, (struct early_res_span){ start, last }))
				return false;
			i += s->nr - before;
		}
		if (upper.type != EARLY_RES_FIRM && early_res_quirk_on(s, Q_SPLIT_FIRM)) {
			early_res_fire(step, Q_SPLIT_FIRM);
			upper.type = EARLY_RES_FIRM;
		}
		append(step, &upper);
	}
	return !s->overflow;
}

/*
 * Do kernels free and free, and never end? They end where one reservation holds all of the range,
 * and with a full table. One that is empty or upside down leaves nothing to cut, and stays.
 */
static bool never_ends(const struct early_res_state *s, uint64_t start, uint64_t end)
{
	bool held = false;
	unsigned int taken = 0;

	for (unsigned int i = s->grown; i < s->nr; i++) {
		uint64_t first = s->res[i].start, last = res_end(&s->res[i]);

		if (!res_meets(&s->res[i], start, end))
			continue;
		if (first >= last)
			return true;
		held |= first <= start && last >= end;
		if (held && early_res_quirk_on(s, Q_PARTIAL_STOPS))
			return false;
		taken += first >= start && last <= end;
	}
	return !held && s->nr - taken < s->slots;
}

void early_res_do_free_partial(struct early_res_step *step, const struct op *op)
{
	struct early_res_state *s = step->s;
	uint64_t start = op->arg[0], end = op->arg[1];
	struct early_res_span table;
	unsigned int i;

	if (start > end)
		step->e->result.said = SAID_WARN;
	if (start >= end)
		return;
	early_res_frame(step, 1u << E_RES_RESERVED, start, end - 1);
	if (table_is_freed(step, start, end) && step->e->cut)
		return;
	if (early_res_quirk_on(s, Q_PARTIAL_ENDLESS) && never_ends(s, start, end)) {
		early_res_fire(step, Q_PARTIAL_ENDLESS);
		return;
	}
	for (i = s->grown; i < s->nr; ) {
		bool covers = s->res[i].start <= start && res_end(&s->res[i]) >= end;

		if (!res_meets(&s->res[i], start, end)) {
			i++;
			continue;
		}
		if (!free_part(step, i, start, end)) {
			/* what was freed before is gone in both layers */
			early_res_map_from_rows(s);
			return;
		}
		/* a table that grew just now may lie in what is freed: it stays */
		if (!i && s->grown)
			i++;
		if (covers && early_res_quirk_on(s, Q_PARTIAL_STOPS) &&
		    any_met(s, s->grown, start, end)) {
			early_res_fire(step, Q_PARTIAL_STOPS);
			early_res_map_from_rows(s);
			return;
		}
	}
	uncover_all(s, EARLY_RES_FIRM, start, end);
	uncover_all(s, EARLY_RES_OVERLAP_OK, start, end);
	table = early_res_table(s);
	if (table.start < start)
		table.start = start;
	if (table.end > end)
		table.end = end;
	if (table.start < table.end)
		early_res_own(s, EARLY_RES_FIRM, table.start, table.end);
}

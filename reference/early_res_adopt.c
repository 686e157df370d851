// SPDX-License-Identifier: GPL-2.0-only
/*
 * The early_res model: where the contract leaves a choice to the subject. A choice that it allows
 * is followed; any other is not, and then the oracle finds the deviation from the model's own.
 *
 *  - the place of a table that grew: mapped RAM, met by no reservation, not by the range that is to
 *    be reserved, not by the table before it;
 *  - whether reserve_overlap_ok grew a table that is short of slots;
 *  - the array of ranges: mapped RAM, met by no reservation, at least 16 bytes a range, above 4 GiB
 *    when there is room for all that an allocator may ask for; with all nodes: whether the table's
 *    place is handed out;
 *  - answers to searches with size 0 or with an align that is none;
 *  - a panic where room is left, but not as much as an allocator may ask for.
 */
#include "early_res_model.h"

#define NONE	UINT64_MAX
#define G4	(1ULL << 32)

/* --- tables of the allocator --- */

static bool spans_meet(struct early_res_span a, uint64_t start, uint64_t end)
{
	return a.start < end && start < a.end && a.start < a.end;
}

static bool in_mapped_ram(const struct early_res_state *s, unsigned int from, uint64_t start,
			  uint64_t size)
{
	return start + size <= s->mapped && early_res_free_ram(s, from, start, size);
}

/* May a table of @slots lie where @r says? @from: the first reservation that it must not meet. */
static bool table_allowed(const struct early_res_state *s, const struct row *r, unsigned int slots,
			  unsigned int from)
{
	for (unsigned int i = 0; i < 3; i++)
		if (spans_meet(s->choice.avoid[i], r->start, r->start + r->size))
			return false;
	return r->type == EARLY_RES_TABLE && r->flags == slots &&
	       r->size == (uint64_t)slots * EARLY_RES_SLOT_SIZE &&
	       in_mapped_ram(s, from, r->start, r->size);
}

static void adopt_table(struct early_res_state *s, const struct table *own)
{
	const struct row *r = own->rows;

	if (!own->nr)
		return;
	if (s->choice.grew && table_allowed(s, r, s->slots, 1)) {
		early_res_move_table(s, r->start);
	} else if (s->choice.may_grow && r->flags == 2 * s->slots &&
		   table_allowed(s, r, 2 * s->slots, 0)) {
		early_res_grow(s, r->start);
	}
}

/* Above 4 GiB where it can: where what an allocator may ask for has room, and @size. */
static bool array_may_be_low(const struct early_res_state *s, uint64_t size)
{
	uint64_t at = early_res_room_for(s, size > s->choice.most ? size : s->choice.most, 16);

	return at == NONE || at < G4;
}

/* The array's row, if there is one that the contract allows. No ranges need no array. */
static void adopt_array(struct early_res_state *s, const struct table *own)
{
	unsigned int now = s->nr, at = s->nr_own && s->own[0].type == EARLY_RES_TABLE;
	const struct row *r = own->nr > at ? &own->rows[at] : NULL;

	s->nr = s->choice.list;
	if (!r && !s->nr_hand) {
		s->nr_own = at;
	} else if (r && r->type == EARLY_RES_RANGES && r->size >= 16ULL * s->nr_hand &&
		   (!r->size || (in_mapped_ram(s, 0, r->start, r->size) &&
				 (r->start >= G4 || array_may_be_low(s, r->size))))) {
		s->own[at] = *r;
		s->nr_own = at + 1;
	}
	s->nr = now;
}

/* What was handed off with the table's place, without it: of each row what its pages leave. */
static void keep_table(struct early_res_state *s)
{
	uint64_t first = s->choice.table.start & ~(uint64_t)(EARLY_RES_PAGE - 1);
	uint64_t end = ((s->choice.table.end - 1) | (EARLY_RES_PAGE - 1)) + 1;

	for (unsigned int i = 0; i < s->nr_hand; i++) {
		struct row *r = &s->hand[i];
		uint64_t start = r->start, last = r->start + r->size;

		if (start >= end || last <= first)
			continue;
		s->hand_sum -= range_sum(0, start > first ? start : first, last < end ? last : end);
		r->size = first > start ? first - start : 0;
		if (last <= end)
			continue;
		/* an upper part: in place when there is no lower one */
		if (r->size && s->nr_hand < HANDOFF_MAX) {
			for (unsigned int j = s->nr_hand++; j > i; j--)
				s->hand[j] = s->hand[j - 1];
			r = &s->hand[++i];
		}
		r->start = end;
		r->size = last - end;
	}
	for (unsigned int i = s->nr_hand; i-- > 0; ) {
		if (s->hand[i].size)
			continue;
		for (unsigned int j = i + 1; j < s->nr_hand; j++)
			s->hand[j - 1] = s->hand[j];
		s->nr_hand--;
	}
	s->hand_want = s->hand_sum;
}

/* Does the subject keep pages of the table's place that the model handed out? */
static bool table_kept(const struct early_res_state *s, const struct table *handed)
{
	uint64_t sum = s->hand_sum;
	uint64_t first = s->choice.table.start & ~(uint64_t)(EARLY_RES_PAGE - 1);
	uint64_t end = ((s->choice.table.end - 1) | (EARLY_RES_PAGE - 1)) + 1;

	if (s->choice.table.start >= s->choice.table.end)
		return false;
	for (unsigned int i = 0; i < s->nr_hand; i++) {
		const struct row *r = &s->hand[i];
		uint64_t a = r->start > first ? r->start : first;
		uint64_t b = row_end(r) < end ? row_end(r) : end;

		if (a < b)
			sum -= range_sum(0, a, b);
	}
	return sum != s->hand_sum && table_sum(handed) == sum;
}

static void adopt_find_size(struct early_res_state *s, uint64_t value, const struct table *answer,
			    struct expect *e)
{
	const struct row *r = answer->rows;

	if (value == NONE && !answer->nr) {
		s->nr_answer = 0;
	} else if (answer->nr == 1 && r->start == value && r->size && !r->type && !r->flags &&
		   early_res_found(s, value, r->size)) {
		s->answer = *r;
		s->nr_answer = 1;
	} else {
		return;
	}
	e->result.value = value;
}

static void adopt_value(struct early_res_state *s, const struct op *op, uint64_t value,
			const struct state *seen, struct expect *e)
{
	switch (s->choice.value) {
	case OPEN_NOT:
		break;
	case OPEN_ANY:
		e->result.value = value;
		break;
	case OPEN_FIND:
		if (value == NONE || early_res_found(s, value, op->arg[op->id == E_RES_FIND_AREA ?
								       4 : 2]))
			e->result.value = value;
		break;
	case OPEN_FIND_SIZE:
		adopt_find_size(s, value, &seen->table[E_RES_ANSWER], e);
		break;
	case OPEN_TAKE:
		if (value && early_res_found(s, value, op->arg[1])) {
			early_res_take_ram(s, value, value + op->arg[1]);
			e->result.value = value;
			e->may_change = 1u << E_RES_RAM;
			e->start = value;
			e->last = value + op->arg[1] - 1;
		}
		break;
	}
}

void early_res_adopt(void *state, const struct op *op, const struct result *res,
		     const struct state *seen, struct expect *e)
{
	struct early_res_state *s = state;
	const struct early_res_choice *c = &s->choice;

	if (res->outcome == OUT_PANIC && c->may_panic)
		e->result.outcome = OUT_PANIC;
	if (!c->open || res->outcome != OUT_RETURN || e->result.outcome != OUT_RETURN ||
	    seen->nr_tables != E_RES_TABLES)
		return;
	if (c->grew || c->may_grow)
		adopt_table(s, &seen->table[E_RES_OWN]);
	if (c->array) {
		if (table_kept(s, &seen->table[E_RES_HANDOFF])) {
			keep_table(s);
			e->result.value = s->nr_hand;
		}
		adopt_array(s, &seen->table[E_RES_OWN]);
	}
	adopt_value(s, op, res->value, seen, e);
	early_res_describe(s, e);
}

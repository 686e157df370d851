// SPDX-License-Identifier: GPL-2.0-only
/*
 * The model of family range. The contract is contract/range.h; every function names the equation
 * that it stands for.
 *
 * Safety layer: one interval map, all slots together. Exact layer: the slots. Where an op is
 * misused, or where the contract leaves a choice of multiplicities, the map follows the slots.
 */
#include <stddef.h>
#include <string.h>

#include "range_model.h"

#define QUIRK_BIT(q)	(1ULL << (q))

/* The first @n slots, as a mask of @used. */
static uint64_t first_slots(unsigned int n)
{
	return n >= 64 ? UINT64_MAX : (1ULL << n) - 1;
}

static void set_slot(struct range_state *s, unsigned int i, uint64_t start, uint64_t size)
{
	struct row *r = &s->row[i];

	if (r->size)
		s->sum -= range_sum(0, r->start, r->start + r->size);
	if (size)
		s->sum += range_sum(0, start, start + size);
	r->start = size ? start : 0;
	r->size = size;
	s->used = (s->used & ~(1ULL << i)) | (uint64_t)!!size << i;
}

/* Slot @to becomes what slot @from was, and @from empty. The sum stays. */
static void move_slot(struct range_state *s, unsigned int to, unsigned int from)
{
	s->row[to] = s->row[from];
	memset(&s->row[from], 0, sizeof(s->row[from]));
	s->used = (s->used & ~(1ULL << from)) | 1ULL << to;
}

static bool quirk_on(const struct range_state *s, enum range_quirk q)
{
	return s->quirks & QUIRK_BIT(q);
}

static void map_from_slots(struct range_state *s)
{
	ival_init(&s->map);
	for (unsigned int i = 0; i < s->slots && i < RANGE_SLOTS_MAX; i++)
		if (s->row[i].size)
			ival_add(&s->map, 0, s->row[i].start,
				 s->row[i].start + s->row[i].size - 1, 1);
}

/* --- exact layer --- */

/* Slot @nr becomes [start, end), if there is one. Returns the new count. */
static unsigned int slots_add(struct range_state *s, unsigned int az, unsigned int nr,
			      uint64_t start, uint64_t end)
{
	if (start >= end || nr >= az)
		return nr;
	set_slot(s, nr, start, end - start);
	return nr + 1;
}

static bool meets(const struct row *r, uint64_t start, uint64_t end)
{
	return r->size && r->start <= end && r->start + r->size >= start;
}

/* [start, end) becomes its union with slot @r. */
static void unite(const struct row *r, uint64_t *start, uint64_t *end)
{
	uint64_t last = r->start + r->size;

	*start = r->start < *start ? r->start : *start;
	*end = last > *end ? last : *end;
}

/* How many of the first @nr slots overlap or touch the growing range; the first of them. */
static unsigned int slots_met(const struct range_state *s, unsigned int nr, uint64_t start,
			      uint64_t end, unsigned int *first)
{
	unsigned int met = 0;

	for (unsigned int i = 0; i < nr; i++)
		if (meets(&s->row[i], start, end)) {
			if (!met++)
				*first = i;
			unite(&s->row[i], &start, &end);
		}
	return met;
}

/* The union of slot @i and [start, end) stays in that slot. */
static void slot_grow(struct range_state *s, unsigned int i, uint64_t start, uint64_t end)
{
	unite(&s->row[i], &start, &end);
	set_slot(s, i, start, end - start);
}

/* All of the first @nr slots that overlap or touch the growing range are united with it. */
static unsigned int slots_merge(struct range_state *s, unsigned int az, unsigned int nr,
				uint64_t start, uint64_t end)
{
	unsigned int kept = 0;

	if (start >= end)
		return nr;
	for (unsigned int i = 0; i < nr; i++) {
		if (meets(&s->row[i], start, end)) {
			unite(&s->row[i], &start, &end);
			set_slot(s, i, 0, 0);
		} else {
			if (kept != i && s->row[i].size)
				move_slot(s, kept, i);
			kept++;
		}
	}
	return slots_add(s, az, kept, start, end);
}

/* Cut [start, end) out of the first @az slots. Returns false when a right part found no slot. */
static bool slots_subtract(struct range_state *s, unsigned int az, uint64_t start, uint64_t end)
{
	uint64_t todo = s->used & first_slots(az);
	bool fits = true;

	if (start >= end)
		return true;
	for (; todo; todo &= todo - 1) {
		unsigned int i = __builtin_ctzll(todo);
		uint64_t a = s->row[i].start, b = a + s->row[i].size;
		uint64_t empty;

		if (b <= start || a >= end)
			continue;
		if (a >= start) {
			set_slot(s, i, end, b > end ? b - end : 0);
			continue;
		}
		if (b > end) {
			/* The left part keeps its slot: it does not count as empty here. */
			empty = ~s->used & first_slots(az);
			if (empty)
				set_slot(s, __builtin_ctzll(empty), end, b - end);
			else
				fits = false;
		}
		set_slot(s, i, a, start - a);
	}
	return fits;
}

/* Stable: equal starts keep their order (the contract leaves it open). */
static void slots_sort(struct range_state *s, unsigned int nr)
{
	for (unsigned int i = 1; i < nr; i++) {
		struct row r = s->row[i];
		unsigned int j = i;

		for (; j && s->row[j - 1].start > r.start; j--)
			s->row[j] = s->row[j - 1];
		s->row[j] = r;
	}
	/* With empty slots among them (misuse) the sorted slots' places have changed. */
	for (unsigned int i = 0; i < nr; i++)
		s->used = (s->used & ~(1ULL << i)) | (uint64_t)!!s->row[i].size << i;
}

/* The last slot in use fills the first hole, until there is none. Returns slots in use. */
static unsigned int slots_compact(struct range_state *s, unsigned int az)
{
	uint64_t mask = first_slots(az);

	while (s->used & mask) {
		unsigned int last = 63 - __builtin_clzll(s->used & mask);
		uint64_t holes = ~s->used & first_slots(last);

		if (!holes)
			return last + 1;
		move_slot(s, __builtin_ctzll(holes), last);
	}
	return 0;
}

/* --- safety layer --- */

/* cover' = cover + [start, end), once, where no byte was covered twice. */
static void map_unite(struct range_state *s, uint64_t start, uint64_t end)
{
	ival_clear(&s->map, 0, start, end - 1);
	ival_add(&s->map, 0, start, end - 1, 1);
}

/* --- struct model --- */

struct operands {
	unsigned int az, nr;
	uint64_t start, end;
};

static struct operands operands_of(const struct range_state *s, const struct op *op)
{
	struct operands o = { .start = op->arg[1], .end = op->arg[2] };

	o.az = op->arg[0] < s->slots ? op->arg[0] : s->slots;
	o.nr = s->nr;
	if (op->id != RANGE_SORT && o.nr > o.az)
		o.nr = o.az;
	return o;
}

static enum legality range_legality(const void *state, const struct op *op)
{
	const struct range_state *s = state;
	struct operands o = operands_of(s, op);
	bool legal = true;

	switch (op->id) {
	case RANGE_ADD:
	case RANGE_ADD_WITH_MERGE:
		legal = s->nr <= o.az && !(s->used & ~first_slots(o.nr));
		break;
	case RANGE_SUBTRACT:
	case RANGE_CLEAN_SORT:
		legal = !(s->used & ~first_slots(o.az));
		break;
	case RANGE_SORT:
		legal = !(~s->used & first_slots(o.nr));
		break;
	}
	return legal ? LEGAL : MISUSE;
}

static void set_frame(struct expect *e, const struct operands *o)
{
	if (o->start >= o->end)
		return;
	e->start = o->start;
	e->last = o->end - 1;
}

/* add_range(): cover' = cover + [start, end) when a slot is free, else cover' = cover. */
static void step_add(struct range_state *s, const struct operands *o, struct expect *e)
{
	s->nr = slots_add(s, o->az, o->nr, o->start, o->end);
	if (o->start < o->end && o->nr < o->az)
		ival_add(&s->map, 0, o->start, o->end - 1, 1);
	set_frame(e, o);
	e->result.value = s->nr;
	e->refuses = true;
	e->refusal = o->nr;
}

/* Exact layer: there are kernels that leave the union where the first range that it meets was. */
static void merge_rows(struct range_state *s, const struct operands *o, struct expect *e)
{
	unsigned int first = 0, met = 0;

	if (s->in_place && o->start < o->end)
		met = slots_met(s, o->nr, o->start, o->end, &first);
	if (met == 1 || (met && quirk_on(s, Q_MERGE_FIRST_ONLY))) {
		if (met > 1)
			e->fired |= QUIRK_BIT(Q_MERGE_FIRST_ONLY);
		slot_grow(s, first, o->start, o->end);
		s->nr = o->nr;
		return;
	}
	s->nr = slots_merge(s, o->az, o->nr, o->start, o->end);
}

/* add_range_with_merge(): cover' = cover + [start, end) as sets of bytes. */
static void step_merge(struct range_state *s, const struct operands *o, struct expect *e)
{
	bool doubled = ival_doubled(&s->map);
	uint64_t before = o->start ? o->start - 1 : 0;

	if (o->start < o->end && (o->nr < o->az || ival_any(&s->map, 0, before, o->end)))
		map_unite(s, o->start, o->end);
	merge_rows(s, o, e);
	set_frame(e, o);
	if (doubled && o->start < o->end) {
		/* Which of the ranges that overlap each other are united is left open. */
		map_from_slots(s);
		e->start = 0;
		e->last = UINT64_MAX;
	}
	e->result.value = s->nr;
	e->refuses = true;
	e->refusal = o->nr;
}

/* subtract_range(): cover' = cover - [start, end), outside with the same multiplicity. */
static void step_subtract(struct range_state *s, const struct operands *o, struct expect *e)
{
	if (o->start < o->end)
		ival_clear(&s->map, 0, o->start, o->end - 1);
	if (!slots_subtract(s, o->az, o->start, o->end)) {
		e->result.said = SAID_ERROR;
		if (quirk_on(s, Q_SUBTRACT_FULL))
			e->fired |= QUIRK_BIT(Q_SUBTRACT_FULL);
		else
			s->lost = true;
	}
	set_frame(e, o);
}

/* With the cut comparison no order is predicted: the ranges are, range_adopt() takes the order. */
static void sort_rows(struct range_state *s, unsigned int nr, struct expect *e)
{
	if (quirk_on(s, Q_SORT_CUT) && range_sort_misled(s->row, nr)) {
		e->fired |= QUIRK_BIT(Q_SORT_CUT);
		s->any_order = nr;
	}
	slots_sort(s, nr);
}

/* clean_sort_range(): cover' = cover. */
static void step_clean_sort(struct range_state *s, const struct operands *o, struct expect *e)
{
	s->nr = slots_compact(s, o->az);
	if (s->nr && s->nr == o->az && quirk_on(s, Q_CLEAN_SORT_FULL)) {
		e->fired |= QUIRK_BIT(Q_CLEAN_SORT_FULL);
		s->nr = 0;
	}
	sort_rows(s, s->nr, e);
	e->start = 0;
	e->last = UINT64_MAX;
	e->result.value = s->nr;
}

/* sort_range(): cover' = cover. */
static void step_sort(struct range_state *s, const struct operands *o, struct expect *e)
{
	sort_rows(s, o->nr, e);
	e->start = 0;
	e->last = UINT64_MAX;
}

static void range_step(void *state, const struct op *op, struct expect *e)
{
	struct range_state *s = state;
	struct operands o = operands_of(s, op);

	expect_nothing(e);
	e->may_change = 1u << RANGE_SLOTS | 1u << RANGE_COUNT;
	e->legality = range_legality(s, op);
	s->any_order = 0;
	switch (op->id) {
	case RANGE_ADD:
		step_add(s, &o, e);
		break;
	case RANGE_ADD_WITH_MERGE:
		step_merge(s, &o, e);
		break;
	case RANGE_SUBTRACT:
		step_subtract(s, &o, e);
		break;
	case RANGE_CLEAN_SORT:
		step_clean_sort(s, &o, e);
		break;
	case RANGE_SORT:
		step_sort(s, &o, e);
		break;
	}
	if (s->map.sum != s->sum) {
		if (e->fired || e->legality != LEGAL)
			map_from_slots(s);
		else if (!s->lost)
			s->odd = true;
	}
	s->count_row.start = s->nr;
	e->rows.nr_tables = RANGE_TABLES;
	e->rows.table[RANGE_SLOTS] = (struct table){ s->slots, s->row };
	e->rows.table[RANGE_COUNT] = (struct table){ 1, &s->count_row };
	e->sum[RANGE_SLOTS] = s->map.sum;
	e->row_sum[RANGE_SLOTS] = s->sum;
	e->sum[RANGE_COUNT] = 0;
	e->row_sum[RANGE_COUNT] = 0;
	e->cut = s->map.overflow;
}

/* Q_SORT_CUT: the order of the ranges that were to be sorted is the subject's. */
static void range_adopt(void *state, const struct op *op, const struct result *res,
			const struct state *seen, struct expect *e)
{
	struct range_state *s = state;
	const struct table *t = &seen->table[RANGE_SLOTS];
	unsigned int nr = s->any_order;

	(void)op;
	(void)e;	/* its rows are s->row */
	s->any_order = 0;
	if (!nr || res->outcome != OUT_RETURN || seen->nr_tables != RANGE_TABLES ||
	    t->nr != s->slots || !range_same_rows(t->rows, s->row, nr))
		return;
	for (unsigned int i = 0; i < nr; i++) {
		s->row[i].start = t->rows[i].start;
		s->row[i].size = t->rows[i].size;
		s->used = (s->used & ~(1ULL << i)) | (uint64_t)!!s->row[i].size << i;
	}
}

static void range_init(void *state, const struct model_setup *setup)
{
	struct range_state *s = state;

	memset(s, 0, offsetof(struct range_state, map));
	s->slots = setup->config->slots < RANGE_SLOTS_MAX ? setup->config->slots : RANGE_SLOTS_MAX;
	s->quirks = setup->quirks & model_quirks_of_words(&range_model, setup->config);
	s->in_place = trait_holds(&range_traits[T_MERGE_IN_PLACE], setup->version,
				  setup->config);
	ival_init(&s->map);
}

static unsigned int range_cover(const void *state, unsigned int table, uint64_t addr, uint32_t type)
{
	const struct range_state *s = state;

	return table == RANGE_SLOTS ? ival_count(&s->map, type, addr) : 0;
}

static unsigned int range_types(const void *state, unsigned int table, uint32_t *out,
				unsigned int max)
{
	const struct range_state *s = state;

	if (table != RANGE_SLOTS || !s->map.nr || !max)
		return 0;
	out[0] = 0;
	return 1;
}

static unsigned int range_edges(const void *state, uint64_t *out, unsigned int max)
{
	const struct range_state *s = state;
	unsigned int nr = s->map.nr < max ? s->map.nr : max;

	for (unsigned int i = 0; i < nr; i++)
		out[i] = s->map.step[i].addr;
	return nr;
}

static bool range_selfcheck(const void *state)
{
	const struct range_state *s = state;
	const struct table t = { s->slots, s->row };
	uint64_t used = 0;

	for (unsigned int i = 0; i < s->slots && i < RANGE_SLOTS_MAX; i++)
		used |= (uint64_t)!!s->row[i].size << i;
	if (s->odd || used != s->used || table_sum(&t) != s->sum || !ival_valid(&s->map))
		return false;
	return s->lost || s->map.sum == s->sum;
}

/* The map's steps come last, and few of them are in use. */
static size_t range_used(const void *state)
{
	const struct range_state *s = state;

	return offsetof(struct range_state, map.step) + s->map.nr * sizeof(s->map.step[0]);
}

const struct model range_model = {
	.family = &range_family,
	.size = sizeof(struct range_state),
	.quirks = range_quirks,
	.nr_quirks = RANGE_QUIRKS,
	.traits = range_traits,
	.nr_traits = RANGE_TRAITS,
	.init = range_init,
	.legality = range_legality,
	.step = range_step,
	.adopt = range_adopt,
	.cover = range_cover,
	.types = range_types,
	.edges = range_edges,
	.selfcheck = range_selfcheck,
	.used = range_used,
};

// SPDX-License-Identifier: GPL-2.0-only
/* The brute-force judge of family early_res: the hand-off. See bitmap_early_res.h. */
#include "bitmap_early_res.h"

static bool of_node(const struct trial *t, const struct row *active)
{
	return t->op->arg[0] >= EARLY_RES_MAX_NODES || active->type == t->op->arg[0];
}

/* Does a reservation touch the page at @at? From index @from of the list on. */
static bool page_reserved(const struct trial *t, unsigned int from, uint64_t at)
{
	for (unsigned int i = from; i < t->b->nr_reserved; i++)
		if (meets(&t->b->reserved[i], page_down(at), page_down(at) + EARLY_RES_PAGE))
			return true;
	return false;
}

/* The active range that a byte belongs to, or NULL. */
static const struct row *active_of(const struct trial *t, uint64_t at)
{
	if (is_high(t, at))
		return NULL;
	for (unsigned int i = 0; i < t->b->nr_active; i++)
		if (of_node(t, &t->b->active[i]) && holds(&t->b->active[i], at))
			return &t->b->active[i];
	return NULL;
}

/* Where pages begin or cease to be free. */
static void sample_pages(const struct trial *t)
{
	t->s->nr = 0;
	add_sample(t, EARLY_RES_LOW_PFN * EARLY_RES_PAGE);
	add_samples(t, t->b->active, t->b->nr_active);
	for (unsigned int i = 0; i < t->b->nr_reserved; i++) {
		add_sample(t, page_down(t->b->reserved[i].start));
		add_sample(t, round_up(end_of(&t->b->reserved[i]), EARLY_RES_PAGE));
	}
}

/* How many free ranges there are at least. (Each begins at a sample.) */
static unsigned int free_ranges(const struct trial *t)
{
	unsigned int nr = 0;

	sample_pages(t);
	for (unsigned int i = 0; i < t->s->nr; i++) {
		const struct row *a = active_of(t, t->s->at[i]);
		bool again = false;

		for (unsigned int k = 0; k < i; k++)
			again |= t->s->at[k] == t->s->at[i];
		if (again || !a || page_reserved(t, 0, t->s->at[i]))
			continue;
		nr += t->s->at[i] == a->start || page_reserved(t, 0, t->s->at[i] - 1);
	}
	return nr;
}

enum panics trial_panics_get_free(const struct trial *t)
{
	const struct bitmap_early_res *b = t->b;
	uint64_t least = 16ULL * free_ranges(t);
	uint64_t most = 32ULL * (b->nr_reserved + b->nr_active);

	if (least && lowest_ram(t, 0, mapped(t), least, 1, NULL) == NONE)
		return PANICS;
	if (!most || lowest_ram(t, 0, mapped(t), most, EARLY_RES_SLOT_SIZE, NULL) != NONE)
		return PANICS_NOT;
	return PANICS_PERHAPS;
}

static bool judge_array(struct trial *t)
{
	const struct table *own = &t->st->table[E_RES_OWN];
	const struct row *array = NULL;
	/* what it may have asked for, though the array takes less */
	uint64_t most = 32ULL * (t->b->nr_reserved + t->b->nr_active);

	for (unsigned int i = 0; i < own->nr; i++)
		if (own->rows[i].type == EARLY_RES_RANGES)
			array = &own->rows[i];
	if (!array || !array->size)
		return !t->res->value || complain(t, "free ranges without an array");
	if (array->size / 16 < t->res->value)
		return complain(t, "the array is too small");
	if (!is_mapped_ram(t, array->start, array->size))
		return complain(t, "the array does not lie in mapped RAM");
	if (is_reserved(t, array->start, end_of(array)))
		return complain(t, "the array lies where something is reserved");
	if (array->start < 1ULL << 32 && lowest_ram(t, 1ULL << 32, mapped(t),
						    max(most, array->size), EARLY_RES_SLOT_SIZE,
						    NULL) != NONE)
		return complain(t, "the array lies below 4 GiB, and there is room above");
	return true;
}

bool trial_get_free(struct trial *t)
{
	const struct table *h = &t->st->table[E_RES_HANDOFF];
	bool all = t->op->arg[0] >= EARLY_RES_MAX_NODES;

	if (!judge_array(t) || !trial_value(t, h->nr))
		return false;
	for (unsigned int i = 0; i < h->nr; i++) {
		const struct row *a = active_of(t, h->rows[i].start);

		if (!h->rows[i].size || !a || end_of(&h->rows[i]) > end_of(a))
			return complain(t, "a free range that is no part of one active range");
		if (i && h->rows[i].start < end_of(&h->rows[i - 1]))
			return complain(t, "the free ranges are not sorted");
		if (i && h->rows[i].start == end_of(&h->rows[i - 1]) &&
		    holds(a, h->rows[i].start - 1))
			return complain(t, "two free ranges are one");
	}
	sample_pages(t);
	add_samples(t, h->rows, h->nr);
	if (t->s->nr == SAMPLES_MAX)
		return complain(t, "more free ranges than the judge has room for");
	for (unsigned int s = 0; s < t->s->nr; s++) {
		bool active = active_of(t, t->s->at[s]);
		bool want = active && !page_reserved(t, 0, t->s->at[s]);
		/* whether the table's place is handed out is open when the list ends */
		bool open = all && active && !page_reserved(t, grown(t), t->s->at[s]);
		unsigned int got = 0;

		for (unsigned int i = 0; i < h->nr; i++)
			got += holds(&h->rows[i], t->s->at[s]);
		if (got != want && !(open && got == 1))
			return complain_at(t, "hand-off", t->s->at[s], want, got);
	}
	t->b->closed = all;
	return true;
}

bool trial_to_bootmem(struct trial *t)
{
	const struct table *h = &t->st->table[E_RES_HANDOFF];
	uint64_t start = t->op->arg[0], end = t->op->arg[1];

	t->s->nr = 0;
	add_sample(t, start);
	add_sample(t, EARLY_RES_LOW_PFN * EARLY_RES_PAGE);
	add_samples(t, t->b->reserved, t->b->nr_reserved);
	add_samples(t, h->rows, h->nr);
	for (unsigned int s = 0; s < t->s->nr; s++) {
		unsigned int want = 0, got = 0;

		for (unsigned int i = grown(t); i < t->b->nr_reserved; i++)
			want += t->s->at[s] >= start && t->s->at[s] < end &&
				!is_high(t, t->s->at[s]) &&
				holds(&t->b->reserved[i], t->s->at[s]);
		for (unsigned int i = 0; i < h->nr; i++)
			got += holds(&h->rows[i], t->s->at[s]);
		if (want != got)
			return complain_at(t, "hand-off", t->s->at[s], want, got);
	}
	t->b->closed = true;
	return true;
}


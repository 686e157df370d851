// SPDX-License-Identifier: GPL-2.0-only
/*
 * Exact layer of the e820 model: which entries a table shows after an op, in which order. The
 * contract leaves most of that open; what is predicted is noted at each place, so that it can be
 * adjusted there.
 */
#include <string.h>

#include "e820_model.h"

static uint64_t sum_of(uint64_t start, uint64_t size, uint32_t type)
{
	return size ? range_sum(type, start, last_byte(start, size) + 1) : 0;
}

/* Entry @r is one more, or (@n = -1) one less, of those that are counted. */
static inline void count_row(struct e820_tab *t, const struct row *r, unsigned int n)
{
	t->empty += r->size ? 0 : n;
	t->tops += reaches_top(r->start, r->size) ? n : 0;
	t->invalid += wraps(r->start, r->size) ? n : 0;
}

static void set_row(struct e820_tab *t, unsigned int i, uint64_t start, uint64_t size,
		    uint32_t type)
{
	struct row *r = &t->row[i];

	t->sum += sum_of(start, size, type) - sum_of(r->start, r->size, r->type);
	count_row(t, r, -1);
	t->ordered = -1;
	t->updated = false;
	*r = (struct row){ .start = start, .size = size, .type = type };
	count_row(t, r, 1);
}

bool e820_append_row(struct e820_tab *t, uint64_t start, uint64_t size, uint32_t type)
{
	if (t->nr >= t->slots)
		return false;
	t->row[t->nr++] = (struct row){ .start = start, .size = size, .type = type };
	t->sum += sum_of(start, size, type);
	count_row(t, &t->row[t->nr - 1], 1);
	t->ordered = -1;
	t->updated = false;
	return true;
}

bool e820_ordered(struct e820_tab *t)
{
	uint64_t next = 0;
	bool any = false, top = false;

	if (t->ordered >= 0)
		return t->ordered;
	t->ordered = 0;
	for (unsigned int i = 0; i < t->nr; i++) {
		const struct row *r = &t->row[i];

		if (!r->size)
			continue;
		if (top || (any && r->start < next))
			return false;
		any = true;
		next = r->start + r->size;
		top = reaches_top(r->start, r->size);
	}
	t->ordered = 1;
	return true;
}

/* --- update and remove --- */

/* How an entry lies in a span. */
enum piece {
	OUTSIDE,
	WHOLE,		/* all of the entry */
	MIDDLE,		/* the entry sticks out on both sides */
	BORDER,		/* it sticks out on one side */
};

/*
 * An empty entry counts as covered when it touches the span: nothing changes its owner by that.
 * An empty span splits the entry that it lies in: see Q_EMPTY_SPAN.
 */
static enum piece piece_of(const struct row *r, const struct span *span)
{
	uint64_t last;

	if (!r->size)
		return r->start >= span->first && r->start - span->first <= span->size ?
			WHOLE : OUTSIDE;
	last = last_byte(r->start, r->size);
	if (!span->size)
		return r->start < span->first && last >= span->first ? MIDDLE : OUTSIDE;
	if (r->start > span->last || last < span->first)
		return OUTSIDE;
	if (r->start >= span->first)
		return last <= span->last ? WHOLE : BORDER;
	return last > span->last ? MIDDLE : BORDER;
}

/* Q_UPDATE_TOP_ENTRY: an entry that reaches 2^64 seems to end at its end modulo 2^64. */
static enum piece wrapped_piece_of(const struct row *r, const struct span *span)
{
	bool ends_before = (span->size && span->last == UINT64_MAX) ||
			   r->start + r->size <= span->first + span->size;

	return r->start >= span->first && ends_before ? WHOLE : OUTSIDE;
}

unsigned int e820_slots_needed(const struct e820_tab *t, const struct e820_change *c)
{
	unsigned int need = 0;

	for (unsigned int i = 0; i < t->nr; i++) {
		enum piece piece;

		if (!c->any && t->row[i].type != c->old)
			continue;
		piece = piece_of(&t->row[i], &c->span);
		if (piece == MIDDLE)
			need += c->remove ? 1 : 2;
		else if (piece == BORDER && !c->remove)
			need++;
	}
	return need;
}

/* A piece that has lost its old entry needs a slot of its own. */
static void give_slot(struct e820_step *step, struct e820_tab *t, uint64_t start, uint64_t size,
		      uint32_t type)
{
	if (e820_append_row(t, start, size, type))
		return;
	step->e->result.said = SAID_ERROR;
	if (e820_quirk_on(step->s, Q_UPDATE_FULL))
		e820_fire(step, Q_UPDATE_FULL);
	else
		step->s->lost = true;
}

/* Entry @i, not empty, gives up all of the span that it holds, but keeps what sticks out. */
static void change_part(struct e820_step *step, struct e820_tab *t, unsigned int i,
			const struct e820_change *c, enum piece piece)
{
	const struct span *span = &c->span;
	const struct row r = t->row[i];
	uint64_t last = last_byte(r.start, r.size);
	uint64_t first = r.start > span->first ? r.start : span->first;
	uint64_t size = span->size;

	if (piece == BORDER)
		size = (last < span->last ? last : span->last) - first + 1;
	step->bytes += size;
	/* New entries come last: first what changed, then the tail. */
	if (!c->remove)
		give_slot(step, t, first, size, c->new);
	if (piece == MIDDLE)
		give_slot(step, t, first + size, r.size - (first - r.start) - size, r.type);
	if (r.start < first)
		set_row(t, i, r.start, first - r.start, r.type);
	else
		set_row(t, i, first + size, r.size - size, r.type);
}

void e820_change_rows(struct e820_step *step, struct e820_tab *t, const struct e820_change *c)
{
	bool wrapped_ends = e820_quirk_on(step->s, Q_UPDATE_TOP_ENTRY);
	bool empty = !c->span.size;

	/* "Update of an empty or inverted range does nothing" */
	if (empty && !e820_quirk_on(step->s, Q_EMPTY_SPAN))
		return;
	/* Entries that are appended on the way are visited, too. */
	for (unsigned int i = 0; i < t->nr; i++) {
		struct row r = t->row[i];
		enum piece piece;

		if (!c->any && r.type != c->old)
			continue;
		piece = piece_of(&r, &c->span);
		if (wrapped_ends && reaches_top(r.start, r.size)) {
			enum piece wrong = wrapped_piece_of(&r, &c->span);

			if (wrong != piece || (wrong == WHOLE && wraps(r.start, r.size)))
				e820_fire(step, Q_UPDATE_TOP_ENTRY);
			piece = wrong;
		}
		if (empty && piece != OUTSIDE)
			e820_fire(step, Q_EMPTY_SPAN);
		if (piece == WHOLE) {
			if (wrapped_ends || !r.size)
				step->bytes += r.size;
			else
				step->bytes += last_byte(r.start, r.size) - r.start + 1;
			if (c->remove)
				set_row(t, i, 0, 0, 0);
			else
				set_row(t, i, r.start, r.size, c->new);
		} else if (piece != OUTSIDE) {
			change_part(step, t, i, c, piece);
		}
	}
}

/* --- update_table --- */

/* Are neighbours of this type left as they are? */
static bool stays_unmerged(const struct e820_state *s, uint32_t type)
{
	return (type == E820_T_PRAM && s->trait[T_PRAM_UNMERGED]) ||
	       (type == E820_T_SOFT_RESERVED && s->trait[T_SOFT_RESERVED_UNMERGED]);
}

struct output {
	const struct e820_state *s;
	unsigned int nr, max;
	bool kept;		/* every byte of the input, by its type, as often as there */
	struct row row[E820_SLOTS_MAX];
};

/* The next piece, addresses ascending. Return: false when there is no slot for it. */
static bool put(struct output *out, uint64_t start, uint64_t end, uint32_t type)
{
	struct row *prev = out->nr ? &out->row[out->nr - 1] : NULL;

	if (prev && prev->type == type && prev->start + prev->size == start &&
	    !stays_unmerged(out->s, type)) {
		prev->size = end - prev->start;
		return true;
	}
	if (out->nr == out->max)
		return false;
	out->row[out->nr++] = (struct row){ .start = start, .size = end - start, .type = type };
	return true;
}

/* Nothing overlaps: neighbours are merged, empty entries vanish, and those of type 0 (nothing). */
static bool put_ordered(struct output *out, const struct e820_tab *t)
{
	for (unsigned int i = 0; i < t->nr; i++) {
		const struct row *r = &t->row[i];

		if (!r->size)
			continue;
		if (!r->type)
			out->kept = false;
		else if (!put(out, r->start, r->start + r->size, r->type))
			return false;
	}
	return true;
}

/*
 * Sweep over the addresses. Between two boundaries of the input the set of entries that hold the
 * bytes stays the same: the highest type among them gets the piece.
 */
static bool put_swept(struct output *out, const struct e820_tab *t)
{
	struct row order[E820_SLOTS_MAX];
	const struct row *open[E820_SLOTS_MAX];
	unsigned int nr = 0, nr_open = 0, next = 0;
	uint64_t pos = 0;

	for (unsigned int i = 0; i < t->nr; i++) {
		unsigned int j = nr;

		if (!t->row[i].size)
			continue;
		for (; j && order[j - 1].start > t->row[i].start; j--)
			order[j] = order[j - 1];
		order[j] = t->row[i];
		nr++;
	}
	while (next < nr || nr_open) {
		uint64_t until;
		uint32_t type = 0;
		unsigned int still = 0;

		if (!nr_open) {
			const struct row *r = &order[next];

			pos = r->start;
			/* the usual case: it ends before the next one begins */
			if (r->type && (next + 1 == nr ||
					order[next + 1].start >= pos + r->size)) {
				if (!put(out, pos, pos + r->size, r->type))
					return false;
				next++;
				continue;
			}
			out->kept = false;
		}
		while (next < nr && order[next].start == pos)
			open[nr_open++] = &order[next++];
		until = next < nr ? order[next].start : UINT64_MAX;
		for (unsigned int i = 0; i < nr_open; i++) {
			uint64_t end = open[i]->start + open[i]->size;

			until = end < until ? end : until;
			type = open[i]->type > type ? open[i]->type : type;
		}
		/* Type 0 is nothing. */
		if (type && !put(out, pos, until, type))
			return false;
		pos = until;
		for (unsigned int i = 0; i < nr_open; i++)
			if (open[i]->start + open[i]->size != pos)
				open[still++] = open[i];
		nr_open = still;
	}
	return true;
}

static bool put_all(struct output *out, const struct e820_state *s, struct e820_tab *t)
{
	out->s = s;
	out->nr = 0;
	out->kept = true;
	out->max = t->slots;
	return e820_ordered(t) ? put_ordered(out, t) : put_swept(out, t);
}

static bool refused(const struct e820_tab *t)
{
	/* By the letter an entry that ends exactly at 2^64 is invalid, too. */
	return t->tops || t->nr < 2;
}

bool e820_update_fits(const struct e820_state *s, struct e820_tab *t)
{
	struct output out;

	return refused(t) || put_all(&out, s, t);
}

int e820_update_rows(struct e820_step *step, struct e820_tab *t)
{
	struct output out;
	bool fits;

	if (refused(t))
		return -1;
	if (t->updated)
		return 0;
	fits = put_all(&out, step->s, t);
	if (!fits) {
		if (e820_quirk_on(step->s, Q_TABLE_FULL))
			e820_fire(step, Q_TABLE_FULL);
		else
			step->s->lost = true;
	}
	t->nr = out.nr;
	t->empty = 0;
	memcpy(t->row, out.row, out.nr * sizeof(out.row[0]));
	t->ordered = 1;
	t->updated = true;
	if (!fits || !out.kept)
		t->sum = table_sum(&(struct table){ t->nr, t->row });
	return 0;
}

void e820_map_from_rows(struct e820_tab *t)
{
	ival_init(&t->map);
	for (unsigned int i = 0; i < t->nr; i++) {
		const struct row *r = &t->row[i];

		if (r->size)
			ival_add(&t->map, r->type, r->start, last_byte(r->start, r->size), 1);
	}
}

// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "contract/state.h"
#include "ival.h"

/* [@first, @last] in a fingerprint. */
static uint64_t sum_of(uint32_t type, uint64_t first, uint64_t last)
{
	return range_sum(type, first, last + 1);
}

static bool below(const struct ival_step *s, uint32_t type, uint64_t addr)
{
	/* one number of both: compared without a branch, and in fewer steps than by parts */
	return ((unsigned __int128)s->type << 64 | s->addr) <
	       ((unsigned __int128)type << 64 | addr);
}

/* Index of the first step at or after (@type, @addr). */
static unsigned int lower(const struct ival *m, uint32_t type, uint64_t addr)
{
	const struct ival_step *base = m->step;
	unsigned int len = m->nr;

	/* Halve without a branch on the data: tables are small and lookups unpredictable. */
	while (len > 1) {
		unsigned int half = len / 2;

		base = below(&base[half - 1], type, addr) ? base + half : base;
		len -= half;
	}
	return base - m->step + (len && below(base, type, addr));
}

/* The count of @type just before step @i. */
static uint32_t count_before(const struct ival *m, uint32_t type, unsigned int i)
{
	return i && m->step[i - 1].type == type ? m->step[i - 1].count : 0;
}

/* The last byte that step @i speaks for. */
static uint64_t last_of(const struct ival *m, unsigned int i)
{
	return ival_piece(m, i).last;
}

static void delete_steps(struct ival *m, unsigned int from, unsigned int to)
{
	if (from == to)
		return;
	memmove(&m->step[from], &m->step[to], (m->nr - to) * sizeof(m->step[0]));
	m->nr -= to - from;
}

static void insert_step(struct ival *m, unsigned int i, uint32_t type, uint64_t addr)
{
	memmove(&m->step[i + 1], &m->step[i], (m->nr - i) * sizeof(m->step[0]));
	m->nr++;
	m->step[i] = (struct ival_step){ addr, type, count_before(m, type, i) };
}

static bool stands_at(const struct ival *m, unsigned int i, uint32_t type, uint64_t addr)
{
	return i < m->nr && m->step[i].type == type && m->step[i].addr == addr;
}

/*
 * Make steps stand at @first and behind @last, be they ones that repeat the count before. The
 * steps that speak for [@first, @last] are then *@from up to *@to, exclusive. @i: lower(@first).
 */
static void cut_out(struct ival *m, uint32_t type, unsigned int i, uint64_t first, uint64_t last,
		    unsigned int *from, unsigned int *to)
{
	if (!stands_at(m, i, type, first))
		insert_step(m, i, type, first);
	*from = i;
	while (i < m->nr && m->step[i].type == type && m->step[i].addr <= last)
		i++;
	if (last != UINT64_MAX && !stands_at(m, i, type, last + 1))
		insert_step(m, i, type, last + 1);
	*to = i;
}

/* Is any byte of [@first, @last] covered by @type? @i: lower(@first). */
static bool covers_any(const struct ival *m, uint32_t type, unsigned int i, uint64_t first,
		       uint64_t last)
{
	if (count_before(m, type, i) && !stands_at(m, i, type, first))
		return true;
	while (i < m->nr && m->step[i].type == type && m->step[i].addr <= last)
		if (m->step[i++].count)
			return true;
	return false;
}

/* Drop step @i if it repeats the count before. */
static void drop_repeated(struct ival *m, uint32_t type, unsigned int i)
{
	if (i < m->nr && m->step[i].type == type && m->step[i].count == count_before(m, type, i))
		delete_steps(m, i, i + 1);
}

/* An operation inserts two steps at most. */
static bool has_room(struct ival *m)
{
	if (m->nr + 2 <= IVAL_STEPS)
		return true;
	m->overflow = true;
	return false;
}

void ival_init(struct ival *m)
{
	m->nr = 0;
	m->overflow = false;
	m->flat = true;
	m->sum = 0;
}

/*
 * The usual case while tables are built: nothing of @type lies on [@first, @last] or touches it.
 * Return: false when something does. @i: lower(@first).
 */
static bool add_alone(struct ival *m, uint32_t type, unsigned int i, uint64_t first, uint64_t last,
		      uint32_t n)
{
	struct ival_step *s = &m->step[i];
	bool top = last == UINT64_MAX;

	if (count_before(m, type, i))
		return false;
	if (i < m->nr && s->type == type && (top || s->addr <= last + 1))
		return false;
	memmove(s + (top ? 1 : 2), s, (m->nr - i) * sizeof(*s));
	s[0] = (struct ival_step){ first, type, n };
	if (!top)
		s[1] = (struct ival_step){ last + 1, type, 0 };
	m->nr += top ? 1 : 2;
	return true;
}

/* The steps of [@first, @last] count @n more, modulo 2^32. @i: lower(@first). */
static void change(struct ival *m, uint32_t type, unsigned int i, uint64_t first, uint64_t last,
		   uint32_t n)
{
	unsigned int from, to;

	cut_out(m, type, i, first, last, &from, &to);
	for (i = from; i < to; i++)
		m->step[i].count += n;
	/* Inside, all counts grew alike: only the borders can have become repetitions. */
	drop_repeated(m, type, to);
	drop_repeated(m, type, from);
}

void ival_add(struct ival *m, uint32_t type, uint64_t first, uint64_t last, uint32_t n)
{
	unsigned int i;

	if (!n || !has_room(m))
		return;
	m->flat = false;
	m->sum += n * sum_of(type, first, last);
	i = lower(m, type, first);
	if (!add_alone(m, type, i, first, last, n))
		change(m, type, i, first, last, n);
}

void ival_sub(struct ival *m, uint32_t type, uint64_t first, uint64_t last, uint32_t n)
{
	if (!n || !has_room(m))
		return;
	m->sum -= n * sum_of(type, first, last);
	change(m, type, lower(m, type, first), first, last, -n);
}

uint64_t ival_clear(struct ival *m, uint32_t type, uint64_t first, uint64_t last)
{
	unsigned int i = lower(m, type, first), from, to;
	uint64_t bytes = 0;

	if (!covers_any(m, type, i, first, last) || !has_room(m))
		return 0;
	cut_out(m, type, i, first, last, &from, &to);
	for (i = from; i < to; i++) {
		uint64_t last_here = last_of(m, i);

		bytes += (last_here - m->step[i].addr + 1) * m->step[i].count;
		m->sum -= m->step[i].count * sum_of(type, m->step[i].addr, last_here);
	}
	m->step[from].count = 0;
	delete_steps(m, from + 1, to);
	drop_repeated(m, type, from + 1);
	drop_repeated(m, type, from);
	return bytes;
}

uint64_t ival_clear_all(struct ival *m, uint64_t first, uint64_t last)
{
	uint64_t bytes = 0;
	unsigned int i = 0;

	while (i < m->nr) {
		uint32_t type = m->step[i].type;

		bytes += ival_clear(m, type, first, last);
		while (i < m->nr && m->step[i].type == type)
			i++;
	}
	return bytes;
}

uint64_t ival_move(struct ival *m, uint32_t from, uint32_t to, uint64_t first, uint64_t last)
{
	struct ival_piece p;
	uint64_t bytes = 0;
	bool flat = m->flat;

	while (!m->overflow && ival_next(m, from, first, &p) && p.first <= last) {
		if (p.last > last)
			p.last = last;
		bytes += ival_clear(m, from, p.first, p.last);
		ival_add(m, to, p.first, p.last, p.count);
		if (p.last == last)
			break;
		first = p.last + 1;
	}
	/* What moves is covered as often as before. */
	m->flat = flat;
	return bytes;
}

/* Addresses that no higher type has taken yet: disjoint, ascending. */
struct gap {
	uint64_t first, last;
};

struct painting {
	struct gap gap[IVAL_STEPS / 2 + 1];
	int nr;
	struct ival_step out[IVAL_STEPS];	/* filled from its end, descending */
	unsigned int at;
	bool changed;
};

static bool emit(struct painting *p, uint32_t type, uint64_t first, uint64_t last)
{
	if (p->at < 2)
		return false;
	if (last != UINT64_MAX)
		p->out[--p->at] = (struct ival_step){ last + 1, type, 0 };
	p->out[--p->at] = (struct ival_step){ first, type, 1 };
	return true;
}

/* Take [@first, @last], which lies in it, out of gap @g. */
static void take(struct painting *p, int g, uint64_t first, uint64_t last)
{
	struct gap old = p->gap[g], *at = &p->gap[g];
	struct gap below = { old.first, first - 1 }, above = { last + 1, old.last };
	size_t behind = (p->nr - g - 1) * sizeof(*at);

	if (old.first == first && old.last == last) {
		memmove(at, at + 1, behind);
		p->nr--;
	} else if (old.first == first) {
		*at = above;
	} else if (old.last == last) {
		*at = below;
	} else {
		memmove(at + 2, at + 1, behind);
		at[0] = below;
		at[1] = above;
		p->nr++;
	}
}

/* @type gets what is left of [@first, @last]; gaps above @g lie behind it. */
static bool paint(struct painting *p, int *g, uint32_t type, uint64_t first, uint64_t last)
{
	bool whole = false;

	while (*g >= 0 && p->gap[*g].first > last)
		--*g;
	while (*g >= 0 && p->gap[*g].last >= first) {
		uint64_t a = p->gap[*g].first > first ? p->gap[*g].first : first;
		uint64_t b = p->gap[*g].last < last ? p->gap[*g].last : last;

		whole = a == first && b == last;
		if (!emit(p, type, a, b) || p->nr == IVAL_STEPS / 2 + 1)
			return false;
		/* What may stay of the gap below @a keeps index *g, or *g - 1 is next. */
		take(p, *g, a, b);
		if (a == first)
			break;
		--*g;
	}
	if (*g >= p->nr)
		*g = p->nr - 1;
	p->changed |= !whole;
	return true;
}

void ival_keep_highest(struct ival *m)
{
	struct painting p;
	uint64_t run_last = 0;
	bool run = false;
	int g = 0;

	if (m->flat)
		return;
	p.gap[0] = (struct gap){ 0, UINT64_MAX };
	p.nr = 1;
	p.at = IVAL_STEPS;
	p.changed = false;
	for (unsigned int i = m->nr; i-- > 0; ) {
		const struct ival_step *s = &m->step[i];

		if (i + 1 == m->nr || s[1].type != s->type)
			g = p.nr - 1;
		if (!s->count)
			continue;
		p.changed |= s->count > 1;
		if (!run)
			run_last = last_of(m, i);
		run = count_before(m, s->type, i) > 0;
		if (!run && !paint(&p, &g, s->type, s->addr, run_last)) {
			m->overflow = true;
			return;
		}
	}
	m->flat = true;
	if (!p.changed)
		return;
	m->nr = IVAL_STEPS - p.at;
	memcpy(m->step, &p.out[p.at], m->nr * sizeof(m->step[0]));
	m->sum = 0;
	for (unsigned int i = 0; i < m->nr; i++)
		if (m->step[i].count)
			m->sum += sum_of(m->step[i].type, m->step[i].addr, last_of(m, i));
}

uint32_t ival_count(const struct ival *m, uint32_t type, uint64_t addr)
{
	unsigned int i = lower(m, type, addr);

	if (stands_at(m, i, type, addr))
		return m->step[i].count;
	return count_before(m, type, i);
}

bool ival_next(const struct ival *m, uint32_t type, uint64_t pos, struct ival_piece *p)
{
	unsigned int i = lower(m, type, pos);

	if (count_before(m, type, i) &&
	    !stands_at(m, i, type, pos)) {
		*p = (struct ival_piece){ pos, last_of(m, i - 1), m->step[i - 1].count };
		return true;
	}
	for (; i < m->nr && m->step[i].type == type; i++) {
		if (m->step[i].count) {
			*p = ival_piece(m, i);
			return true;
		}
	}
	return false;
}

unsigned int ival_section(const struct ival *m, uint32_t type)
{
	return lower(m, type, 0);
}

bool ival_any_type(const struct ival *m, uint64_t first, uint64_t last)
{
	for (unsigned int i = 0; i < m->nr; i++)
		if (m->step[i].count && m->step[i].addr <= last && last_of(m, i) >= first)
			return true;
	return false;
}

bool ival_any(const struct ival *m, uint32_t type, uint64_t first, uint64_t last)
{
	struct ival_piece p;

	return ival_next(m, type, first, &p) && p.first <= last;
}

bool ival_all(const struct ival *m, uint32_t type, uint64_t first, uint64_t last)
{
	struct ival_piece p;

	while (ival_next(m, type, first, &p) && p.first == first) {
		if (p.last >= last)
			return true;
		first = p.last + 1;
	}
	return false;
}

bool ival_doubled(const struct ival *m)
{
	for (unsigned int i = 0; i < m->nr; i++)
		if (m->step[i].count > 1)
			return true;
	return false;
}

bool ival_valid(const struct ival *m)
{
	uint64_t sum = 0;

	if (m->overflow || m->nr > IVAL_STEPS)
		return false;
	for (unsigned int i = 0; i < m->nr; i++) {
		const struct ival_step *s = &m->step[i];

		if (i && !below(s - 1, s->type, s->addr))
			return false;
		if (s->count == count_before(m, s->type, i))
			return false;
		sum += s->count * sum_of(s->type, s->addr, last_of(m, i));
	}
	return sum == m->sum;
}

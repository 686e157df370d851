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
#ifdef __SIZEOF_INT128__
	/* one number of both: compared without a branch, and in fewer steps than by parts */
	return ((unsigned __int128)s->type << 64 | s->addr) <
	       ((unsigned __int128)type << 64 | addr);
#else
	return s->type < type || (s->type == type && s->addr < addr);
#endif
}

/* Index of the first step at or after (@type, @addr). */
static unsigned int lower(const struct ival *m, uint32_t type, uint64_t addr)
{
	const struct ival_step *base = m->step;
	unsigned int len = m->nr;

	/*
	 * Halve without a branch on the data: tables are small and lookups unpredictable. The mask
	 * hides from the compiler that it is a choice, of which it would make a branch.
	 */
	while (len > 1) {
		unsigned int half = len / 2;
		size_t mask = -(size_t)below(&base[half - 1], type, addr);

		__asm__("" : "+r"(mask));
		base += half & mask;
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

/* Addresses that no higher type has taken yet: disjoint, descending, as pieces are painted. */
struct gap {
	uint64_t first, last;
};

struct painting {
	struct gap gap[IVAL_STEPS / 2 + 1];
	unsigned int nr;
	struct ival_step out[IVAL_STEPS];	/* filled from its end, descending */
	unsigned int at;
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

/* The gaps from @g on move by @by. */
static void move_gaps(struct painting *p, unsigned int g, int by)
{
	/* mostly there are none: the first type splits the lowest one each time */
	if (g < p->nr)
		memmove(&p->gap[g + by], &p->gap[g], (p->nr - g) * sizeof(p->gap[0]));
	p->nr += by;
}

/* Take [@first, @last], which lies in it, out of gap @g. Return: the next one below that. */
static unsigned int take(struct painting *p, unsigned int g, uint64_t first, uint64_t last)
{
	struct gap *at = &p->gap[g], old = *at;

	if (old.first == first && old.last == last) {
		move_gaps(p, g + 1, -1);
		return g;
	}
	if (old.last == last) {
		at->last = first - 1;
		return g;
	}
	if (old.first != first) {
		move_gaps(p, g + 1, 1);
		at[1] = (struct gap){ old.first, first - 1 };
	}
	at->first = last + 1;
	return g + 1;
}

/*
 * @type gets what is left of [@first, @last], which lies below all that it got before; *g: the
 * highest gap that can be meant.
 *
 * Return: false when there is no room.
 */
static bool paint(struct painting *p, unsigned int *g, uint32_t type, uint64_t first, uint64_t last)
{
	while (*g < p->nr && p->gap[*g].first > last)
		++*g;
	while (*g < p->nr && p->gap[*g].last >= first) {
		struct gap *gap = &p->gap[*g];
		uint64_t a = gap->first > first ? gap->first : first;
		uint64_t b = gap->last < last ? gap->last : last;

		if (!emit(p, type, a, b) || p->nr == IVAL_STEPS / 2 + 1)
			return false;
		*g = take(p, *g, a, b);
		if (a == first)
			break;
	}
	return true;
}

/* Is step @i, covered once, still all there, so that nothing changes? @at: of out[] before it. */
static bool whole(const struct ival *m, unsigned int i, const struct painting *p, unsigned int at)
{
	const struct ival_step *s = &m->step[i], *out = &p->out[p->at];
	uint64_t last = last_of(m, i);
	bool top = last == UINT64_MAX;

	return at - p->at == (top ? 1 : 2) && out[0].addr == s->addr &&
	       (top || out[1].addr == last + 1);
}

/* The steps from @from up to @to, exclusive, which all are of a type, in a fingerprint. */
static uint64_t sum_of_steps(const struct ival *m, unsigned int from, unsigned int to)
{
	uint64_t sum = 0;

	for (unsigned int i = from; i < to; i++)
		if (m->step[i].count)
			sum += m->step[i].count *
			       sum_of(m->step[i].type, m->step[i].addr, last_of(m, i));
	return sum;
}

/* What was painted from out[@to - 1] down. */
static uint64_t sum_of_painted(const struct painting *p, unsigned int to)
{
	uint64_t sum = 0;

	/* the steps telescope: each piece is the hash of its first step less that of its second */
	for (unsigned int i = p->at; i < to; i++)
		sum += p->out[i].count ? edge_hash(p->out[i].type, p->out[i].addr) :
			-edge_hash(p->out[i].type, p->out[i].addr);
	return sum;
}

void ival_keep_highest(struct ival *m)
{
	struct painting p;
	bool changed = false;
	unsigned int g = 0, behind;

	if (m->flat)
		return;
	p.gap[0] = (struct gap){ 0, UINT64_MAX };
	p.nr = 1;
	p.at = IVAL_STEPS;
	/* run by run: steps that touch, from @i up to @behind, exclusive */
	for (unsigned int i = m->nr; i-- > 0; ) {
		const struct ival_step *s = &m->step[i];
		unsigned int at = p.at;

		if (i + 1 == m->nr || s[1].type != s->type)
			g = 0;
		if (!s->count)
			continue;
		behind = i + 1;
		while (count_before(m, s->type, i)) {
			i--;
			s--;
		}
		if (!paint(&p, &g, s->type, s->addr, last_of(m, behind - 1))) {
			m->overflow = true;
			return;
		}
		if (behind == i + 1 && s->count == 1 && whole(m, i, &p, at))
			continue;
		m->sum += sum_of_painted(&p, at) - sum_of_steps(m, i, behind);
		changed = true;
	}
	m->flat = true;
	if (!changed)
		return;
	m->nr = IVAL_STEPS - p.at;
	memcpy(m->step, &p.out[p.at], m->nr * sizeof(m->step[0]));
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

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memblock model, safety layer: each collection as a function from byte to type, kept as the
 * addresses where it changes. An op changes it byte by byte, as the contract's equations say; that
 * there are regions is not known here.
 */
#include "memblock_model.h"

/* What one byte's change of type adds to the fingerprint: see range_sum(). */
static inline uint64_t border(uint64_t addr, uint32_t before, uint32_t after)
{
	return (after == MEMBLOCK_NOWHERE ? 0 : edge_hash(after, addr)) -
	       (before == MEMBLOCK_NOWHERE ? 0 : edge_hash(before, addr));
}

static inline uint32_t changed(uint32_t type, enum memblock_how how, uint32_t arg)
{
	if (how == COVER)
		return type == MEMBLOCK_NOWHERE ? arg : type;
	if (type == MEMBLOCK_NOWHERE)
		return type;
	switch (how) {
	case DROP:
		return MEMBLOCK_NOWHERE;
	case DROP_MAPPED:
		return type & MEMBLOCK_F_NOMAP ? type : MEMBLOCK_NOWHERE;
	case SET_FLAGS:
		return type | arg;
	case CLEAR_FLAGS:
		return type & ~arg;
	case SET_NODE:
		return memblock_row_type(type, arg);
	default:
		return type;
	}
}

/* The first piece at or above @addr. */
static unsigned int piece_from(const struct memblock_piece *p, unsigned int nr, uint64_t addr)
{
	unsigned int low = 0;

	while (nr) {
		unsigned int half = nr / 2;

		if (p[low + half].addr < addr) {
			low += half + 1;
			nr -= half + 1;
		} else {
			nr = half;
		}
	}
	return low;
}

/*
 * No piece begins inside of @r, not at its start either: the byte before is of the same type.
 * Insert what begins at the start, and what goes on behind the end unless it already does.
 */
static void change_one(struct memblock_state *s, unsigned int table, unsigned int at,
		       struct memblock_range r, uint32_t old, uint32_t new)
{
	struct memblock_piece *p = memblock_map(s, table);
	unsigned int nr = s->nr[L_MAP + table], more = 2;
	bool touches = at < nr && p[at].addr == r.end;

	if (old == new)
		return;
	/* the piece behind is one more of the new type, or stays as it is */
	if (touches)
		more = p[at].type != new;
	if (more)
		memmove(p + at + more, p + at, (nr - at) * sizeof(*p));
	p[at] = (struct memblock_piece){ r.start, new, 0 };
	if (more == 2)
		p[at + 1] = (struct memblock_piece){ r.end, old, 0 };
	s->nr[L_MAP + table] += more;
	s->want[table] += (new == MEMBLOCK_NOWHERE ? 0 : range_sum(new, r.start, r.end)) -
			  (old == MEMBLOCK_NOWHERE ? 0 : range_sum(old, r.start, r.end));
}

void memblock_map_change(struct memblock_state *s, unsigned int table, struct memblock_range r,
			 enum memblock_how how, uint32_t arg)
{
	unsigned int list = L_MAP + table, from, to, end, out;
	struct memblock_piece *p;
	uint32_t before, old, new;
	uint64_t sum = 0;

	if (r.start >= r.end || !memblock_more_space(s, list, 2))
		return;
	p = memblock_map(s, table);
	from = piece_from(p, s->nr[list], r.start);
	before = from ? p[from - 1].type : MEMBLOCK_NOWHERE;
	if (from == s->nr[list] || p[from].addr >= r.end) {
		change_one(s, table, from, r, before, changed(before, how, arg));
		return;
	}
	/*
	 * What is inside moves up by two, so that there is space for a border at the start and
	 * one at the end; and is written anew from @from on, without those that are none.
	 */
	to = from + piece_from(p + from, s->nr[list] - from, r.end);
	end = to < s->nr[list] && p[to].addr == r.end ? to + 1 : to;
	memmove(p + from + 2, p + from, (s->nr[list] - from) * sizeof(*p));
	s->nr[list] += 2;
	out = from;
	old = before;
	new = before;
	if (from == to || p[from + 2].addr != r.start) {
		uint32_t type = changed(old, how, arg);

		if (type != new) {
			p[out++] = (struct memblock_piece){ r.start, type, 0 };
			sum += border(r.start, new, type);
			new = type;
		}
	}
	for (unsigned int i = from + 2; i < to + 2; i++) {
		const uint64_t addr = p[i].addr;
		uint32_t type = changed(p[i].type, how, arg);

		sum -= border(addr, old, p[i].type);
		old = p[i].type;
		if (type != new) {
			p[out++] = (struct memblock_piece){ addr, type, 0 };
			sum += border(addr, new, type);
			new = type;
		}
	}
	if (end > to) {
		sum -= border(r.end, old, p[to + 2].type);
		old = p[to + 2].type;
	}
	if (old != new) {
		p[out++] = (struct memblock_piece){ r.end, old, 0 };
		sum += border(r.end, new, old);
	}
	memmove(p + out, p + end + 2, (s->nr[list] - end - 2) * sizeof(*p));
	s->nr[list] -= end + 2 - out;
	s->want[table] += sum;
}

uint32_t memblock_map_at(const struct memblock_state *s, unsigned int table, uint64_t addr,
			 struct memblock_range *piece)
{
	const struct memblock_piece *p = memblock_map(s, table);
	unsigned int nr = s->nr[L_MAP + table], i = piece_from(p, nr, addr);

	if (i < nr && p[i].addr == addr)
		i++;
	if (piece)
		*piece = (struct memblock_range){ i ? p[i - 1].addr : 0,
						  i < nr ? p[i].addr : UINT64_MAX };
	return i ? p[i - 1].type : MEMBLOCK_NOWHERE;
}

bool memblock_map_all(const struct memblock_state *s, unsigned int table, struct memblock_range r)
{
	struct memblock_range piece;

	for (uint64_t at = r.start; at < r.end; at = piece.end)
		if (memblock_map_at(s, table, at, &piece) == MEMBLOCK_NOWHERE)
			return false;
	return true;
}

bool memblock_map_any(const struct memblock_state *s, unsigned int table, struct memblock_range r)
{
	struct memblock_range piece;

	for (uint64_t at = r.start; at < r.end; at = piece.end)
		if (memblock_map_at(s, table, at, &piece) != MEMBLOCK_NOWHERE)
			return true;
	return false;
}

void memblock_map_from_rows(struct memblock_state *s)
{
	for (unsigned int t = 0; t < MEMBLOCK_COLLECTIONS; t++) {
		s->nr[L_MAP + t] = 0;
		s->want[t] = 0;
		for (unsigned int i = 0; i < s->nr[t]; i++) {
			const struct row *r = &memblock_rows(s, t)[i];
			struct memblock_range bytes = { r->start, memblock_row_end(r) };

			memblock_map_change(s, t, bytes, COVER, r->type);
		}
	}
}

/*
 * A piece shrinks as a region does. Where regions meet that say the same node in different ways,
 * two regions are one piece: that is the one thing that this layer asks the regions.
 */
void memblock_map_trim(struct memblock_state *s, unsigned int table, uint64_t align)
{
	unsigned int row = 0;
	struct memblock_range piece;

	for (uint64_t at = 0; at < UINT64_MAX; at = piece.end) {
		uint32_t type = memblock_map_at(s, table, at, &piece);
		uint64_t start, end;

		piece.start = at;
		if (type == MEMBLOCK_NOWHERE)
			continue;
		while (row < s->nr[table] && memblock_row_end(&memblock_rows(s, table)[row]) <= at)
			row++;
		if (row < s->nr[table] &&
		    memblock_row_end(&memblock_rows(s, table)[row]) < piece.end)
			piece.end = memblock_row_end(&memblock_rows(s, table)[row]);
		end = piece.end & ~(align - 1);
		start = at + (align - 1);
		start = start < at ? UINT64_MAX : start & ~(align - 1);
		if (start >= end)
			start = end = piece.end;
		memblock_map_change(s, table, (struct memblock_range){ at, start }, DROP, 0);
		memblock_map_change(s, table, (struct memblock_range){ end, piece.end }, DROP, 0);
	}
}

uint64_t memblock_map_lowest(const struct memblock_state *s, uint64_t limit)
{
	const struct memblock_piece *p = memblock_map(s, M_MEMORY);

	for (unsigned int i = 0; i + 1 < s->nr[L_MAP + M_MEMORY]; i++) {
		uint64_t bytes = p[i + 1].addr - p[i].addr;

		if (p[i].type == MEMBLOCK_NOWHERE)
			continue;
		if (limit <= bytes)
			return p[i].addr + limit;
		limit -= bytes;
	}
	return UINT64_MAX;
}

bool memblock_map_valid(const struct memblock_state *s)
{
	for (unsigned int t = 0; t < MEMBLOCK_COLLECTIONS; t++) {
		const struct memblock_piece *p = memblock_map(s, t);
		uint32_t before = MEMBLOCK_NOWHERE;
		uint64_t sum = 0;

		for (unsigned int i = 0; i < s->nr[L_MAP + t]; i++) {
			if (p[i].type == before || (i && p[i].addr <= p[i - 1].addr))
				return false;
			sum += border(p[i].addr, before, p[i].type);
			before = p[i].type;
		}
		if (sum != s->want[t] || before != MEMBLOCK_NOWHERE)
			return false;
	}
	return true;
}

// SPDX-License-Identifier: GPL-2.0-only
/* The brute-force judge of family memblock: its own tables. See bitmap_memblock.h. */
#include "bitmap_memblock.h"

static unsigned int slots(const struct trial *t, unsigned int table)
{
	return t->b->own[table].flags;
}

static unsigned int spare(const struct trial *t, unsigned int table)
{
	return slots(t, table) > t->b->nr[table] ? slots(t, table) - t->b->nr[table] : 0;
}

/* Pieces of a range that no region covers. */
static unsigned int pieces(const struct trial *t, unsigned int table, const struct span *s)
{
	unsigned int nr = 0;
	uint64_t at = s->start;

	for (unsigned int i = 0; i < t->b->nr[table]; i++) {
		const struct row *r = &t->b->rows[table][i];

		if (!meets(r, s))
			continue;
		nr += r->start > at;
		at = end_of(r);
	}
	return nr + (at < s->end);
}

/* Does free_all say the nodes of reserved? */
static bool says_nodes(const struct trial *t)
{
	return t->f->numa && t->all->reserved_nodes;
}

/* Spare slots that the op needs of a table; 0: none. */
static unsigned int demand(const struct trial *t, unsigned int table)
{
	bool range = t->range.start < t->range.end;

	switch (t->op->id) {
	case M_ADD:
	case M_ADD_NODE:
		return range && table == M_MEMORY ? pieces(t, table, &t->range) : 0;
	case M_RESERVE:
		return range && table == M_RESERVED ? pieces(t, table, &t->range) : 0;
	case M_PHYSMEM_ADD:
		return range && table == M_PHYSMEM ? pieces(t, table, &t->range) : 0;
	case M_REMOVE:
	case M_MARK_HOTPLUG:
	case M_CLEAR_HOTPLUG:
	case M_MARK_NOMAP:
	case M_CLEAR_NOMAP:
		return range && table == M_MEMORY ? 2 : 0;
	case M_MARK_MIRROR:
		return range && table == M_MEMORY && mb_marks_mirror(t) ? 2 : 0;
	case M_PHYS_FREE:
	case M_FREE:
	case M_RESERVED_MARK_NOINIT:
		return range && table == M_RESERVED ? 2 : 0;
	case M_SET_NODE:
		return range && table == t->op->arg[2] && t->f->numa ? 2 : 0;
	case M_ENFORCE_MEMORY_LIMIT:
	case M_MEM_LIMIT_REMOVE_MAP:
		return t->limit_end != UINT64_MAX && table != M_PHYSMEM ? 2 : 0;
	case M_CAP_MEMORY_RANGE:
		if (!cut(t, t->op->arg[1]) || !t->b->nr[M_MEMORY])
			return 0;
		if (table == M_MEMORY)
			return range ? 2 : 0;
		return table == M_RESERVED && (t->range.start || t->range.end < t->f->phys_max) ?
			2 : 0;
	case M_FREE_ALL:
		if (!mb_frees_all(t) || !t->b->nr[M_MEMORY])
			return 0;
		return table == M_MEMORY || (table == M_RESERVED && says_nodes(t)) ? 2 : 0;
	}
	return t->block.start < t->block.end && table == M_RESERVED ?
		pieces(t, table, &t->block) : 0;
}

/*
 * Each region of memory that says its node may split two of reserved, and so may each hole of
 * a memory map.
 */
bool mb_is_lax(const struct trial *t)
{
	unsigned int regions = t->b->nr[M_MEMORY];

	if (t->op->id != M_FREE_ALL || !mb_frees_all(t))
		return false;
	return (regions && spare(t, M_MEMORY) < 2) ||
	       (regions && t->f->memmap && t->b->nr[M_RESERVED] &&
		spare(t, M_RESERVED) < 2 + regions) ||
	       (regions && says_nodes(t) && t->b->nr[M_RESERVED] &&
		spare(t, M_RESERVED) < 2 + 2 * regions);
}

/* An op that takes memory and reserved away alike. */
bool mb_limits(const struct trial *t)
{
	return t->op->id == M_ENFORCE_MEMORY_LIMIT || t->op->id == M_MEM_LIMIT_REMOVE_MAP ||
	       t->op->id == M_CAP_MEMORY_RANGE;
}

/* One that needs slots of more than one table, or of one more than once. */
bool mb_is_compound(const struct trial *t)
{
	return mb_limits(t) || t->op->id == M_FREE_ALL;
}

/* Is it free memory, where a table may lie? Strictly: memory that nobody could object to. */
static bool is_room(const struct trial *t, const struct span *place, const struct span *hole,
		    bool strict)
{
	const struct row *rows = t->b->rows[M_MEMORY];
	uint64_t at = place->start;

	if (spans_meet(place, hole) || !is_free(t, place) ||
	    (strict && spans_meet(place, &t->range)))
		return false;
	for (unsigned int i = 0; i < t->b->nr[M_MEMORY] && at < place->end; i++) {
		if (!holds(&rows[i], at) || flags_of(rows[i].type) & MEMBLOCK_F_NOMAP)
			continue;
		if (strict && (at != place->start || flags_of(rows[i].type) ||
			       mb_want(t, M_MEMORY, at) != rows[i].type ||
			       mb_want(t, M_MEMORY, place->end - 1) != rows[i].type))
			return false;
		at = end_of(&rows[i]);
	}
	return at >= place->end;
}

/* Every place that can be the first or the last one of its free range. */
static bool has_room(const struct trial *t, uint64_t size, const struct span *hole, bool strict)
{
	uint64_t limit = page_down(t->b->setting[MEMBLOCK_LIMIT]);

	t->s->nr = 0;
	add_rows(t, t->b->rows[M_MEMORY], t->b->nr[M_MEMORY]);
	add_rows(t, t->b->rows[M_RESERVED], t->b->nr[M_RESERVED]);
	add_span(t, hole);
	add_sample(t, MEMBLOCK_PAGE);
	for (unsigned int i = 0; i < t->s->nr; i++) {
		struct span place = { round_up(t->s->at[i], MEMBLOCK_PAGE), 0 };

		place.end = place.start + size;
		if (place.start && place.start <= limit && limit - place.start >= size &&
		    is_room(t, &place, hole, strict))
			return true;
	}
	return false;
}

static uint64_t table_size(const struct trial *t, unsigned int table, unsigned int n)
{
	(void)table;
	return round_up((uint64_t)n * t->f->region, MEMBLOCK_PAGE);
}

/* Does doubling @table ask more of the reserved table than it has? */
static bool may_nest(const struct trial *t, unsigned int table)
{
	return table != M_RESERVED && spare(t, M_RESERVED) < 3;
}

static enum fate fate_of(const struct trial *t, unsigned int table, unsigned int need,
			 const struct span *hole)
{
	uint64_t size = table_size(t, table, 2 * slots(t, table));

	if (!need || !t->b->nr[table] || spare(t, table) >= need)
		return STAYS;
	if (!t->b->setting[MEMBLOCK_RESIZE])
		return NOT_ALLOWED;
	if (t->b->setting[MEMBLOCK_SLAB])
		return GROWS;
	if (!has_room(t, size, hole, false))
		return NO_ROOM;
	/* once is not enough, or it takes another table's growth, too: not counted through here */
	if (slots(t, table) * 2 < t->b->nr[table] + 2 + need || may_nest(t, table))
		return PERHAPS;
	return has_room(t, size, hole, true) ? GROWS : PERHAPS;
}

enum fate mb_fate(const struct trial *t)
{
	static const struct span none;
	enum fate worst = STAYS;

	for (unsigned int i = 0; i < COLLECTIONS; i++) {
		enum fate f = fate_of(t, i, demand(t, i),
				      t->op->id == M_RESERVE ? &t->range : &none);

		if (f > worst)
			worst = f;
	}
	/* what fails half-way is half done */
	return mb_is_compound(t) && worst == NO_ROOM ? PERHAPS : worst;
}

enum fate mb_fate_of_block(const struct trial *t, const struct span *block)
{
	return fate_of(t, M_RESERVED, pieces(t, M_RESERVED, block), block);
}

/* Does the op reserve its range, or give it back? */
static bool takes_range(const struct trial *t)
{
	return t->op->id == M_RESERVE || t->op->id == M_PHYS_FREE || t->op->id == M_FREE;
}

/* Is it a byte where a search finds memory, before the op and after it? */
static bool is_memory(const struct trial *t, uint64_t at)
{
	/* a limit may leave no memory at all: whether that is no room is open */
	uint32_t left = mb_limits(t) ? before(t, M_MEMORY, at) : mb_want(t, M_MEMORY, at);

	if (left == NOBODY || left & MEMBLOCK_F_NOMAP)
		return false;
	for (unsigned int i = 0; i < t->b->nr[M_MEMORY]; i++)
		if (holds(&t->b->rows[M_MEMORY][i], at))
			return mb_eligible(t, &t->b->rows[M_MEMORY][i], MEMBLOCK_NO_NODE,
					   MEMBLOCK_F_NONE);
	return false;
}

static bool judge_place(const struct trial *t, unsigned int table, const struct row *own)
{
	const struct span *is = &t->is[table];
	const struct row *memory = t->b->rows[M_MEMORY];

	if (t->b->setting[MEMBLOCK_SLAB])
		return (!own->start && !own->size) || complain(t, "a table of slab with a place");
	if (!own->start || own->start % MEMBLOCK_PAGE)
		return complain(t, "a table on page 0, or on no page's begin");
	if (own->size != table_size(t, table, own->flags))
		return complain(t, "the table's size is not its slots'");
	if (own->start > t->b->setting[MEMBLOCK_LIMIT] ||
	    t->b->setting[MEMBLOCK_LIMIT] - own->start < own->size)
		return complain(t, "a table above the current limit");
	if ((table == M_RESERVED && takes_range(t) && spans_meet(is, &t->range)) ||
	    spans_meet(is, &t->block))
		return complain(t, "a table where the op reserves, or gives back");
	t->s->nr = 0;
	add_rows(t, memory, t->b->nr[M_MEMORY]);
	add_rows(t, t->b->rows[M_RESERVED], t->b->nr[M_RESERVED]);
	add_span(t, is);
	for (unsigned int i = 0; i < COLLECTIONS; i++)
		add_span(t, &t->was[i]);
	for (unsigned int s = 0; s < t->s->nr; s++) {
		uint64_t at = t->s->at[s];
		bool left = false;

		if (!in(is, at))
			continue;
		for (unsigned int i = 0; i < COLLECTIONS; i++)
			left |= t->moved[i] && in(&t->was[i], at);
		if (!is_memory(t, at))
			return complain(t, "a table where no memory is");
		if (before(t, M_RESERVED, at) != NOBODY && !left)
			return complain(t, "a table where something is reserved");
	}
	return true;
}

/* How often @table doubled, or -1. */
static int doublings(const struct trial *t, unsigned int table, unsigned int now)
{
	for (int g = 0; g < 8; g++)
		if (now == slots(t, table) << g)
			return g;
	return -1;
}

/* Had it to double, and not more often than it had to? */
static bool judge_growth(const struct trial *t, unsigned int table, int g, int others)
{
	unsigned int need = demand(t, table), nr = t->b->nr[table];
	unsigned int more = 0;
	bool open = t->op->id == M_FREE_ALL;
	bool placed = t->b->own[table].size;

	/* the places of other tables: one each, and room for giving back the old one */
	if (table == M_RESERVED && others)
		more = 2 + others;
	if (!g && !t->failed && !open && !(t->half && table == M_RESERVED) && need && nr &&
	    spare(t, table) < need)
		return complain(t, "a table did not double");
	if (!g && others && table == M_RESERVED && nr && !spare(t, table) &&
	    !t->b->setting[MEMBLOCK_SLAB])
		return complain(t, "a table has no slot for the other one's place");
	for (int i = 0; i < g && !open; i++) {
		unsigned int had = slots(t, table) << i;
		/* its own places by then, and what giving them back split */
		unsigned int own = table == M_RESERVED && i ? i + 2 * (i - 1 + placed) : 0;

		if (had >= nr + need + own + more || !nr || (!need && !more))
			return complain(t, "a table doubled and had not to");
	}
	return !g || t->b->setting[MEMBLOCK_RESIZE] ||
	       complain(t, "a table doubled and must not");
}

bool mb_judge_tables(struct trial *t)
{
	const struct table *own = &t->st->table[M_OWN];
	int g[COLLECTIONS], others = 0;

	if (own->nr != COLLECTIONS)
		return complain(t, "not three tables");
	for (unsigned int i = 0; i < COLLECTIONS; i++) {
		const struct row *now = &own->rows[i], *old = &t->b->own[i];

		if (now->type != 1 + i)
			return complain(t, "the tables are not in their order");
		g[i] = doublings(t, i, now->flags);
		if (g[i] < 0)
			return complain(t, "slots that no doubling leads to");
		if (!g[i] && (now->start != old->start || now->size != old->size))
			return complain(t, "a table moved and did not double");
		t->moved[i] = g[i];
		t->was[i] = (struct span){ old->start, end_of(old) };
		t->is[i] = (struct span){ now->start, end_of(now) };
		others += i == M_RESERVED ? 0 : g[i];
	}
	for (unsigned int i = 0; i < COLLECTIONS; i++) {
		if (!judge_growth(t, i, g[i], others) ||
		    (g[i] && !judge_place(t, i, &own->rows[i])))
			return false;
		if (t->st->table[i].nr > own->rows[i].flags)
			return complain(t, "more regions than slots");
		for (unsigned int k = 0; k < i; k++)
			if (spans_meet(&t->is[i], &t->is[k]) && g[i] && g[k])
				return complain(t, "two tables in one place");
	}
	return true;
}

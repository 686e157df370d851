// SPDX-License-Identifier: GPL-2.0-only
#include "contract/memblock.h"
#include "table_states.h"

const char *const table_level_names[LEVELS] = {
	[LEVEL_EMPTY] = "empty", [LEVEL_BELOW] = "below full",
	[LEVEL_ONE_BELOW] = "one below full", [LEVEL_FULL] = "full",
	[LEVEL_DOUBLED_ONCE] = "doubled once", [LEVEL_DOUBLED_TWICE] = "doubled twice",
};

const char *const table_reach_names[REACHES] = {
	[REACH_EMPTY] = "empty", [REACH_BELOW] = "below full",
	[REACH_ONE_BELOW] = "one below full", [REACH_FULL] = "full",
	[REACH_DOUBLED_ONCE] = "doubled once", [REACH_DOUBLED_TWICE] = "doubled twice",
	[REACH_BY_ISOLATING] = "doubled while isolating",
	[REACH_BY_ADDING] = "doubled while adding",
	[REACH_FOR_OTHER] = "doubled for the other",
	[REACH_NOT_RESIZED] = "may not be resized", [REACH_NO_ROOM] = "no room to double",
	[REACH_FROM_SLAB] = "doubled from slab",
};

/* What an op does to a table. */
enum deed {
	NOTHING,
	ISOLATES,
	ADDS,
};

#define BIT(op)		(1ULL << (op))
#define ALLOCATIONS	(BIT(M_ALLOC_RANGE_NID) | BIT(M_PHYS_ALLOC_RANGE) |		\
			 BIT(M_PHYS_ALLOC_TRY_NID) | BIT(M_ALLOC_TRY_NID) |		\
			 BIT(M_ALLOC_TRY_NID_RAW) | BIT(M_ALLOC_EXACT_NID_RAW) |	\
			 BIT(M_ALLOC) | BIT(M_ALLOC_FROM) | BIT(M_ALLOC_LOW) |		\
			 BIT(M_ALLOC_NODE))
#define LIMITS		(BIT(M_ENFORCE_MEMORY_LIMIT) | BIT(M_CAP_MEMORY_RANGE) |	\
			 BIT(M_MEM_LIMIT_REMOVE_MAP))

static const uint64_t adds[WATCHED_TABLES] = {
	[M_MEMORY] = BIT(M_ADD) | BIT(M_ADD_NODE),
	[M_RESERVED] = BIT(M_RESERVE) | BIT(M_RESERVE_MEM) | ALLOCATIONS,
};

static const uint64_t isolates[WATCHED_TABLES] = {
	[M_MEMORY] = BIT(M_REMOVE) | BIT(M_MARK_HOTPLUG) | BIT(M_CLEAR_HOTPLUG) |
		     BIT(M_MARK_MIRROR) | BIT(M_MARK_NOMAP) | BIT(M_CLEAR_NOMAP) |
		     BIT(M_FREE_ALL) | LIMITS,
	[M_RESERVED] = BIT(M_PHYS_FREE) | BIT(M_FREE) | BIT(M_RESERVED_MARK_NOINIT) |
		       BIT(M_FREE_ALL) | LIMITS,
};

static enum deed deed_of(const struct op *op, unsigned int t)
{
	if (op->id == M_SET_NODE)
		return op->arg[2] == t ? ISOLATES : NOTHING;
	if (adds[t] & BIT(op->id))
		return ADDS;
	return isolates[t] & BIT(op->id) ? ISOLATES : NOTHING;
}

bool table_watched(const struct family *f)
{
	return f == &memblock_family;
}

void table_watch_start(struct table_watch *w, const struct scenario *s)
{
	*w = (struct table_watch){ .resize = false };
	for (unsigned int t = 0; t < WATCHED_TABLES; t++)
		w->slots[t] = s->config->slots;
}

/* How often @slots are @of doubled: 0 to 2. */
static unsigned int times_doubled(unsigned int slots, unsigned int of)
{
	unsigned int n = 0;

	for (; n < 2 && of < slots; of *= 2)
		n++;
	return n;
}

static uint32_t fill_of(const struct table_watch *w, unsigned int t)
{
	if (!w->rows[t])
		return 1u << REACH_EMPTY;
	if (w->rows[t] >= w->slots[t])
		return 1u << REACH_FULL;
	return 1u << (w->rows[t] + 1 == w->slots[t] ? REACH_ONE_BELOW : REACH_BELOW);
}

/* The table did not grow: did the op fail for it? Said only where nothing else can be meant. */
static uint32_t refusal(const struct table_watch *w, const struct op *op, unsigned int t,
			const struct result *res)
{
	bool failed = res->outcome == OUT_PANIC || res->value == (uint64_t)-12;

	if (deed_of(op, t) == NOTHING || w->rows[t] + 2 <= w->slots[t])
		return 0;
	if (!w->resize)
		return failed ? 1u << REACH_NOT_RESIZED : 0;
	return res->said & SAID_ERROR || res->outcome == OUT_BUG ? 1u << REACH_NO_ROOM : 0;
}

/* What grew: by whom, and where to? @own: the row that says where the table is. */
static uint32_t growth(const struct table_watch *w, const struct op *op, unsigned int t,
		       const struct row *own)
{
	static const enum table_reach by[] = {
		[NOTHING] = REACH_FOR_OTHER, [ISOLATES] = REACH_BY_ISOLATING,
		[ADDS] = REACH_BY_ADDING,
	};

	return 1u << by[deed_of(op, t)] | (w->slab && !own->size ? 1u << REACH_FROM_SLAB : 0);
}

void table_watch_op(struct table_watch *w, const struct scenario *s, const struct op *op,
		    const struct result *res, const struct state *st)
{
	const struct table *own = &st->table[M_OWN], *settings = &st->table[M_SETTINGS];
	struct table_watch was = *w;

	for (unsigned int t = 0; t < WATCHED_TABLES; t++) {
		unsigned int slots = t < own->nr ? own->rows[t].flags : was.slots[t];

		w->reached[t] = slots > was.slots[t] ? growth(&was, op, t, &own->rows[t]) :
						       refusal(&was, op, t, res);
		w->slots[t] = slots;
		w->rows[t] = st->table[t].nr;
		w->reached[t] |= fill_of(w, t);
		switch (times_doubled(slots, s->config->slots)) {
		case 2:
			w->reached[t] |= 1u << REACH_DOUBLED_TWICE;
			break;
		case 1:
			w->reached[t] |= 1u << REACH_DOUBLED_ONCE;
			break;
		}
	}
	if (settings->nr > MEMBLOCK_RESIZE) {
		w->resize = settings->rows[MEMBLOCK_RESIZE].start;
		w->slab = settings->rows[MEMBLOCK_SLAB].start;
	}
}

enum table_level table_level(const struct table_watch *w, const struct scenario *s,
			     unsigned int t)
{
	unsigned int doubled = times_doubled(w->slots[t], s->config->slots);
	uint32_t fill = fill_of(w, t);

	if (doubled)
		return doubled == 1 ? LEVEL_DOUBLED_ONCE : LEVEL_DOUBLED_TWICE;
	return __builtin_ctz(fill);
}

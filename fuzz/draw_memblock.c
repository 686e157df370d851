// SPDX-License-Identifier: GPL-2.0-only
/* Operands of family memblock. */
#include "contract/memblock.h"
#include "draw_memblock.h"
#include "draw_range.h"
#include "operand.h"
#include "optable.h"

#define K	(1ULL << 10)
#define M	(1ULL << 20)
#define G	(1ULL << 30)
#define NR(a)	(sizeof(a) / sizeof((a)[0]))
#define RAM_MAX	(48 * G)	/* of a machine: free_all is made up to MEMBLOCK_FREE_MAX */

/* Where an op's range mostly lies. */
enum place {
	ANYWHERE,
	BEHIND_RAM,	/* where the next block of RAM may be */
	INSIDE_RAM,	/* a small part of RAM */
	ON_RAM,		/* a block of RAM, or some of it */
	ON_TAKEN,	/* a reservation, or some of it */
	OF_TABLE,	/* on one or the other, as the op's table operand says */
};

static const uint8_t places[] = {
	[M_ADD] = BEHIND_RAM, [M_ADD_NODE] = BEHIND_RAM, [M_PHYSMEM_ADD] = BEHIND_RAM,
	[M_RESERVE] = INSIDE_RAM,
	[M_REMOVE] = ON_RAM, [M_MARK_HOTPLUG] = ON_RAM, [M_CLEAR_HOTPLUG] = ON_RAM,
	[M_MARK_MIRROR] = ON_RAM, [M_MARK_NOMAP] = ON_RAM, [M_CLEAR_NOMAP] = ON_RAM,
	[M_CAP_MEMORY_RANGE] = ON_RAM, [M_IS_REGION_MEMORY] = ON_RAM,
	[M_PHYS_FREE] = ON_TAKEN, [M_FREE] = ON_TAKEN, [M_FREE_LATE] = ON_TAKEN,
	[M_RESERVED_MARK_NOINIT] = ON_TAKEN, [M_IS_REGION_RESERVED] = ON_TAKEN,
	[M_SET_NODE] = OF_TABLE, [M_OVERLAPS_REGION] = OF_TABLE,
};

#define BIT(op)		(1ULL << (op))
#define RAM_OPS		(BIT(M_ADD) | BIT(M_ADD_NODE))
#define TAKING_OPS	BIT(M_RESERVE)
#define WINDOW_OPS	(BIT(M_FIND_IN_RANGE) | BIT(M_FIND_IN_RANGE_NODE) |		\
			 BIT(M_ALLOC_RANGE_NID) | BIT(M_PHYS_ALLOC_RANGE) |		\
			 BIT(M_PHYS_ALLOC_TRY_NID) | BIT(M_ALLOC_TRY_NID) |		\
			 BIT(M_ALLOC_TRY_NID_RAW) | BIT(M_ALLOC_EXACT_NID_RAW) |	\
			 BIT(M_ALLOC) | BIT(M_ALLOC_FROM) | BIT(M_ALLOC_LOW) |		\
			 BIT(M_ALLOC_NODE) | BIT(M_SET_CURRENT_LIMIT))

/* RAM that the ops before @at add: bytes, where the last of it ends. */
struct ram {
	uint64_t bytes, end;
};

static struct ram ram_before(const struct scenario *s, unsigned int at)
{
	struct ram ram = { 0, 0 };

	for (unsigned int i = 0; i < at; i++) {
		const struct op *op = &s->ops[i];
		uint64_t end = op->arg[0] + op->arg[1];

		if (!(RAM_OPS & BIT(op->id)) || end < op->arg[0])
			continue;
		ram.bytes += op->arg[1];
		if (end > ram.end)
			ram.end = end;
	}
	return ram;
}

/* The range of a random op of @ops before @at; false when a few looks find none. */
static bool range_of(const struct scenario *s, unsigned int at, uint64_t ops, struct rng *r,
		     uint64_t *start, uint64_t *end)
{
	for (unsigned int tries = 0; tries < 16 && at; tries++) {
		const struct op *op = &s->ops[rng_below(r, at)];

		if (ops & BIT(op->id) && op_range(op_desc_any(s->family, op->id), op, start, end) &&
		    *start < *end)
			return true;
	}
	return false;
}

static bool is_short(const struct scenario *s)
{
	return memblock_facts[s->config - memblock_configs].phys_max == UINT32_MAX;
}

static uint64_t draw_ram_size(const struct scenario *s, uint64_t left, struct rng *r)
{
	static const uint64_t sizes[] = {
		8 * K, 32 * K, 640 * K, 1 * M, 16 * M, 128 * M, 256 * M, 1 * G, 2 * G, 4 * G, 8 * G,
	};
	uint64_t size = sizes[rng_below(r, is_short(s) ? 6 : NR(sizes))];

	while (size > left && size > DRAW_PAGE)
		size >>= 3;
	return one_in(r, 12) ? size + rng_below(r, DRAW_PAGE) : size;
}

static void draw_behind_ram(struct scenario *s, unsigned int at, const struct op_desc *d,
			    struct rng *r)
{
	static const uint64_t first[] = { 0, 4 * K, 64 * K, 1 * M, 1 * G, 4 * G };
	static const uint64_t holes[] = { 4 * K, 64 * K, 384 * K, 1 * M, 256 * M, 1 * G };
	struct ram ram = ram_before(s, at);
	uint64_t start = ram.end, left = ram.bytes < RAM_MAX ? RAM_MAX - ram.bytes : 0, size;

	if (!ram.bytes)
		start = first[rng_below(r, is_short(s) ? 5 : NR(first))];
	else if (one_in(r, 2))
		start += holes[rng_below(r, is_short(s) ? 4 : NR(holes))];
	if (is_short(s) && start > 0xfff00000u)
		start = rng_below(r, 4 * G) & -(uint64_t)DRAW_PAGE;
	if (one_in(r, 12))
		start += rng_below(r, DRAW_PAGE);
	size = draw_ram_size(s, left, r);
	op_set_range(d, &s->ops[at], start, start + size);
}

/* Some pages of [start, end): at either end, anywhere, or over the border. */
static void draw_inside(struct rng *r, uint64_t *start, uint64_t *end)
{
	static const uint64_t sizes[] = {
		4 * K, 4 * K, 8 * K, 64 * K, 640 * K, 1 * M, 16 * M, 64, 4 * K + 1,
	};

	draw_small_part(r, sizes[rng_below(r, NR(sizes))], 8, start, end);
}

static void draw_place(struct scenario *s, unsigned int at, const struct op_desc *d,
		       enum place place, struct rng *r)
{
	struct op *op = &s->ops[at];
	uint64_t start, end;

	if (place == OF_TABLE)
		place = op->arg[op->id == M_SET_NODE ? 2 : 0] == M_RESERVED ? ON_TAKEN : ON_RAM;
	switch (place) {
	case BEHIND_RAM:
		draw_behind_ram(s, at, d, r);
		return;
	case INSIDE_RAM:
		if (!range_of(s, at, RAM_OPS, r, &start, &end))
			return;
		draw_inside(r, &start, &end);
		break;
	case ON_RAM:
		if (!range_of(s, at, RAM_OPS, r, &start, &end))
			return;
		draw_part(r, &start, &end);
		break;
	case ON_TAKEN:
		if (!range_of(s, at, TAKING_OPS, r, &start, &end))
			return;
		draw_part(r, &start, &end);
		break;
	default:
		return;
	}
	op_set_range(d, op, start, end);
}

/* An end: the current limit, that of RAM or of some of it, 4 GiB, no end at all. */
static uint64_t draw_window_end(const struct scenario *s, unsigned int at, struct rng *r)
{
	uint64_t start, end;

	switch (rng_below(r, 8)) {
	case 0 ... 2:
		return MEMBLOCK_ACCESSIBLE;
	case 3:
		return one_in(r, 3) ? MEMBLOCK_NOLEAKTRACE : UINT64_MAX;
	case 4:
		return ram_before(s, at).end;
	case 5:
		return 4 * G;
	default:
		if (!range_of(s, at, RAM_OPS, r, &start, &end))
			return MEMBLOCK_ACCESSIBLE;
		return end - draw_below(r, end - start);
	}
}

/* Searches and allocations: a size that fits, an alignment, a window. */
static void draw_window(struct scenario *s, unsigned int at, const struct op_desc *d,
			struct rng *r)
{
	static const uint64_t sizes[] = {
		64, 4 * K, 4 * K, 8 * K, 64 * K, 1 * M, 2 * M, 16 * M, 100, 1 * G,
	};
	static const uint64_t aligns[] = { 0, 1, 8, 64, 64, 4 * K, 4 * K, 64 * K, 2 * M, 1 * G };
	uint64_t start, end;

	for (unsigned int i = 0; i < d->nr_args; i++) {
		uint64_t *arg = &s->ops[at].arg[i];

		switch (d->args[i].kind) {
		case ARG_SIZE:
			if (!range_of(s, at, RAM_OPS, r, &start, &end) || !one_in(r, 6))
				*arg = sizes[rng_below(r, NR(sizes))];
			else
				*arg = end - start - draw_below(r, end - start);
			break;
		case ARG_ALIGN:
			*arg = aligns[rng_below(r, NR(aligns))];
			break;
		case ARG_ADDR:
			*arg = 0;
			if (one_in(r, 2) && range_of(s, at, RAM_OPS, r, &start, &end))
				*arg = start + draw_below(r, end - start);
			break;
		case ARG_END:
			*arg = draw_window_end(s, at, r);
			break;
		default:
			break;
		}
	}
}

/* Bytes of memory that are to stay: those of some of its blocks, more, or fewer. */
static uint64_t draw_limit(const struct scenario *s, unsigned int at, struct rng *r)
{
	uint64_t bytes = ram_before(s, at).bytes, start, end;

	if (range_of(s, at, RAM_OPS, r, &start, &end))
		bytes -= bytes > end - start && one_in(r, 2) ? end - start : 0;
	if (one_in(r, 2) && bytes)
		bytes -= draw_below(r, bytes);
	return draw_beside(r, bytes);
}

static void draw_rest(struct scenario *s, unsigned int at, struct rng *r)
{
	uint64_t *arg = s->ops[at].arg;

	switch (s->ops[at].id) {
	case M_SET:
		arg[1] = !one_in(r, 4);
		break;
	case M_MAX_LOW_PFN:
		if (!one_in(r, 4))
			arg[0] = one_in(r, 2) ? ram_before(s, at).end / DRAW_PAGE : 1ULL << 40;
		break;
	case M_TRIM:
		arg[0] = DRAW_PAGE << (one_in(r, 2) ? 0 : rng_below(r, 10));
		break;
	case M_ENFORCE_MEMORY_LIMIT:
	case M_MEM_LIMIT_REMOVE_MAP:
	case M_VALIDATE_NUMA_COVERAGE:
		arg[0] = draw_limit(s, at, r);
		break;
	}
}

void draw_memblock_op(struct scenario *s, unsigned int at, struct rng *r)
{
	const struct op_desc *d = op_desc_any(s->family, s->ops[at].id);
	unsigned int id = d->id;

	if (WINDOW_OPS & BIT(id))
		draw_window(s, at, d, r);
	else if (id < NR(places) && places[id] != ANYWHERE)
		draw_place(s, at, d, places[id], r);
	else
		draw_rest(s, at, r);
}

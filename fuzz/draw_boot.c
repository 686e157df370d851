// SPDX-License-Identifier: GPL-2.0-only
/* Operands of family boot. */
#include "contract/boot.h"
#include "contract/e820.h"
#include "draw_boot.h"
#include "draw_range.h"
#include "operand.h"
#include "optable.h"

#define K	(1ULL << 10)
#define M	(1ULL << 20)
#define G	(1ULL << 30)
#define NR(a)	(sizeof(a) / sizeof((a)[0]))

#define BIT(op)		(1ULL << (op))
#define TAKING_OPS	(BIT(B_RESERVE) | BIT(B_RESERVE_OVERLAP_OK))

static bool is_ram(const struct op *op)
{
	return op->id == B_ENTRY && op->arg[2] == E820_T_RAM;
}

static bool takes(const struct op *op)
{
	return TAKING_OPS & BIT(op->id);
}

static bool is_entry(const struct op *op)
{
	return op->id == B_ENTRY;
}

static bool range_at(const struct scenario *s, unsigned int i, uint64_t *start, uint64_t *end)
{
	return op_range(op_desc_any(s->family, s->ops[i].id), &s->ops[i], start, end) &&
	       *start < *end;
}

struct boot_ram boot_ram_of(const struct scenario *s)
{
	struct boot_ram ram = { 0, 0 };
	uint64_t start, end;

	for (unsigned int i = 0; i < s->nr; i++) {
		if (!is_ram(&s->ops[i]) || !range_at(s, i, &start, &end))
			continue;
		ram.bytes += end - start;
		if (end > ram.end)
			ram.end = end;
	}
	return ram;
}

/* The range of a random op that @is such; false when a few looks find none. */
static bool range_of(const struct scenario *s, unsigned int self,
		     bool (*is)(const struct op *op), struct rng *r, uint64_t *start,
		     uint64_t *end)
{
	for (unsigned int tries = 0; tries < 24 && s->nr; tries++) {
		unsigned int i = rng_below(r, s->nr);

		if (i != self && is(&s->ops[i]) && range_at(s, i, start, end))
			return true;
	}
	return false;
}

/* Does another op take some of [start, end)? */
static bool is_taken(const struct scenario *s, unsigned int self, uint64_t start, uint64_t end)
{
	uint64_t a, b;

	for (unsigned int i = 0; i < s->nr; i++)
		if (i != self && takes(&s->ops[i]) && range_at(s, i, &a, &b) && a < end &&
		    start < b)
			return true;
	return false;
}

/* Some of [start, end): at either end, anywhere, or over the border. */
static void draw_inside(struct rng *r, uint64_t *start, uint64_t *end)
{
	static const uint64_t sizes[] = {
		4 * K, 4 * K, 8 * K, 64 * K, 640 * K, 1 * M, 16 * M, 36, 64, 4 * K + 1, 4 * K - 1,
	};

	draw_small_part(r, sizes[rng_below(r, NR(sizes))], 10, start, end);
}

/* RAM that nobody has taken, mostly: to meet a firm reservation ends an old kernel's boot. */
static void draw_reservation(struct scenario *s, unsigned int at, const struct op_desc *d,
			     struct rng *r)
{
	uint64_t start, end;

	if (one_in(r, 12) ? !range_of(s, at, is_entry, r, &start, &end) :
			    !range_of(s, at, is_ram, r, &start, &end))
		return;
	for (unsigned int tries = 8; tries--; ) {
		uint64_t from = start, to = end;

		draw_inside(r, &from, &to);
		op_set_range(d, &s->ops[at], from, to);
		if (!is_taken(s, at, from, to) || one_in(r, 24))
			return;
	}
}

static void draw_part_of(struct scenario *s, unsigned int at, const struct op_desc *d,
			 bool (*is)(const struct op *op), struct rng *r)
{
	uint64_t start, end;

	if (!range_of(s, at, is, r, &start, &end))
		return;
	draw_part(r, &start, &end);
	op_set_range(d, &s->ops[at], start, end);
}

/* Behind the entry before, touching it or not; seldom over it. */
static void draw_entry(struct scenario *s, unsigned int at, const struct op_desc *d, struct rng *r)
{
	static const uint64_t sizes[] = {
		4 * K, 64 * K, 639 * K, 1 * M, 16 * M, 128 * M, 1 * G, 3 * G, 16 * G, 0x400, 1,
	};
	static const uint64_t holes[] = { 4 * K, 64 * K, 384 * K, 1 * M, 1 * G };
	uint64_t start = 0, end, size = sizes[rng_below(r, NR(sizes))];

	if (at && is_entry(&s->ops[at - 1]) && range_at(s, at - 1, &start, &end))
		start = one_in(r, 10) ? start : end;
	if (one_in(r, 3))
		start += holes[rng_below(r, NR(holes))];
	if (one_in(r, 12))
		start = start - DRAW_PAGE + rng_below(r, 2 * DRAW_PAGE);
	if (one_in(r, 12))
		size += rng_below(r, DRAW_PAGE);
	op_set_range(d, &s->ops[at], start, start + size);
}

/* Pages of a piece of RAM, of some of it, from the first page to some border, beyond all. */
static void draw_node(struct scenario *s, unsigned int at, const struct op_desc *d, struct rng *r)
{
	uint64_t start, end, ram = boot_ram_of(s).end;

	switch (rng_below(r, 8)) {
	case 0:
		op_set_range(d, &s->ops[at], 0, ram + DRAW_PAGE - 1);
		return;
	case 1:
		op_set_range(d, &s->ops[at], ram, ram + (DRAW_PAGE << rng_below(r, 20)));
		return;
	}
	if (!range_of(s, at, is_ram, r, &start, &end))
		return;
	if (one_in(r, 3))
		draw_part(r, &start, &end);
	op_set_range(d, &s->ops[at], one_in(r, 3) ? 0 : start, end + DRAW_PAGE - 1);
}

static uint64_t draw_window_end(const struct scenario *s, unsigned int at, struct rng *r)
{
	static const uint64_t ends[] = { 640 * K, 1 * M, 16 * M, 512 * M, 4 * G };
	uint64_t start, end;

	switch (rng_below(r, 8)) {
	case 0 ... 2:
		return 0;
	case 3:
		return boot_ram_of(s).end;
	case 4:
		return UINT64_MAX;
	case 5:
		if (range_of(s, at, is_ram, r, &start, &end))
			return end - draw_below(r, end - start);
		/* fallthrough */
	default:
		return ends[rng_below(r, NR(ends))];
	}
}

/* Searches and allocations: a size that fits, an alignment, a window. */
static void draw_window(struct scenario *s, unsigned int at, const struct op_desc *d,
			struct rng *r)
{
	static const uint64_t sizes[] = {
		64, 4 * K, 4 * K, 8 * K, 24 * K, 64 * K, 1 * M, 2 * M, 64 * M, 100, 256 * M,
	};
	static const uint64_t aligns[] = {
		64, 4 * K, 4 * K, 4 * K, 64 * K, 2 * M, 16 * M, 8, 1, 1 * G,
	};
	uint64_t start, end;

	for (unsigned int i = 0; i < d->nr_args; i++) {
		uint64_t *arg = &s->ops[at].arg[i];

		switch (d->args[i].kind) {
		case ARG_SIZE:
			*arg = sizes[rng_below(r, NR(sizes))];
			if (one_in(r, 8) && range_of(s, at, is_ram, r, &start, &end))
				*arg = end - start - draw_below(r, end - start);
			break;
		case ARG_ALIGN:
			*arg = aligns[rng_below(r, NR(aligns))];
			break;
		case ARG_ADDR:
			*arg = one_in(r, 3) ? 1 * M : 0;
			if (one_in(r, 3) && range_of(s, at, is_ram, r, &start, &end))
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

/* A page number: where RAM ends, where some of it does, 4 GiB. */
static uint64_t draw_limit(const struct scenario *s, unsigned int at, struct rng *r)
{
	uint64_t start, end;

	if (one_in(r, 4))
		return 4 * G / DRAW_PAGE;
	if (one_in(r, 3) && range_of(s, at, is_ram, r, &start, &end))
		return (end - draw_below(r, end - start)) / DRAW_PAGE;
	return boot_ram_of(s).end / DRAW_PAGE;
}

uint64_t draw_boot_counted(struct rng *r)
{
	uint64_t k = (1 + rng_below(r, 8 * M)) << rng_below(r, 9);

	if (one_in(r, 4))
		k = 4 * M - 2 + rng_below(r, 4);	/* about 4 GiB */
	return k > UINT32_MAX ? UINT32_MAX : k;
}

void draw_boot_op(struct scenario *s, unsigned int at, struct rng *r)
{
	const struct op_desc *d = op_desc_any(s->family, s->ops[at].id);
	uint64_t *arg = s->ops[at].arg;

	switch (d->id) {
	case B_ENTRY:
		if (!one_in(r, 4))
			draw_entry(s, at, d, r);
		break;
	case B_FIRMWARE:
		arg[1] = one_in(r, 8) ? draw_boot_counted(r) : 0;
		arg[2] = one_in(r, 8) ? arg[2] : 0;
		break;
	case B_UPDATE:
		draw_part_of(s, at, d, one_in(r, 4) ? is_entry : is_ram, r);
		if (!one_in(r, 4))
			arg[2] = E820_T_RAM;
		if (arg[3] == arg[2])
			arg[3] = E820_T_RESERVED;
		break;
	case B_RESERVE:
	case B_RESERVE_OVERLAP_OK:
		draw_reservation(s, at, d, r);
		break;
	case B_FREE:
		draw_part_of(s, at, d, one_in(r, 8) ? is_ram : takes, r);
		break;
	case B_MAPPED:
	case B_LOW:
		arg[0] = draw_limit(s, at, r);
		break;
	case B_FIND:
	case B_ALLOC:
	case B_ALLOC_NODE:
	case B_ALLOC_RESERVED:
		draw_window(s, at, d, r);
		break;
	case B_NODE:
		draw_node(s, at, d, r);
		break;
	}
}

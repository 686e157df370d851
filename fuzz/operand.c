// SPDX-License-Identifier: GPL-2.0-only
#include "contract/boot.h"
#include "contract/memblock.h"
#include "draw_boot.h"
#include "draw_memblock.h"
#include "grammar.h"
#include "operand.h"
#include "optable.h"
#include "shape.h"

#define K	(1ULL << 10)
#define M	(1ULL << 20)
#define G	(1ULL << 30)
#define NR(a)	(sizeof(a) / sizeof((a)[0]))
#define INDEX_MAX	64u

/* Where machines and kernels change their minds. */
static const uint64_t landmarks[] = {
	0, 4 * K, 64 * K, 640 * K, 1 * M, 16 * M, 2 * G, 4 * G - 4 * K, 4 * G, 1024 * G,
	1ULL << 46, 1ULL << 52, 1ULL << 63,
};

/* Sizes as firmware likes them. */
static const uint64_t sizes[] = {
	4 * K, 8 * K, 64 * K, 640 * K, 1 * M, 16 * M, 127 * M, 1 * G, 4 * G, 1024 * G,
};

/* Of what is counted in 32 bits: an indirect payload, pages, what can be mapped, where it wraps. */
static const uint32_t short_sizes[] = {
	24, 24, 24, 24, 0, 1, 4 * K - 16, 4 * K, 256 * K - 17, 256 * K - 16, 256 * K - 15,
	UINT32_MAX, UINT32_MAX - 15, UINT32_MAX - 16,
};

bool draw_boundary(const struct scenario *s, unsigned int self, struct rng *r, uint64_t *at)
{
	for (unsigned int tries = 0; tries < 4 && s->nr; tries++) {
		unsigned int i = rng_below(r, s->nr);
		const struct op_desc *d = op_desc_any(s->family, s->ops[i].id);
		uint64_t start, end;

		if (i == self || !op_range(d, &s->ops[i], &start, &end))
			continue;
		*at = one_in(r, 2) ? start : end;
		return true;
	}
	return false;
}

uint64_t draw_beside(struct rng *r, uint64_t value)
{
	switch (rng_below(r, 16)) {
	case 0:
		return value + 1;
	case 1:
		return value - 1;
	case 2:
		return value + DRAW_PAGE;
	case 3:
		return value - DRAW_PAGE;
	case 4:
		return value + rng_below(r, 2 * DRAW_PAGE) - DRAW_PAGE;
	default:
		return value;
	}
}

/* A number of random width: small and large ones alike. */
static uint64_t draw_width(struct rng *r)
{
	uint64_t v = rng_next(r);	/* before the other draw, whatever the compiler */

	return v >> rng_below(r, 64);
}

/* In a scenario of that dimension one address in @n is one at the end of the address space. */
static bool near_end(const struct scenario *s, struct rng *r, unsigned int n, uint64_t *at)
{
	if (!(s->flags & SCENARIO_NEAR_END) || !one_in(r, n))
		return false;
	*at = one_in(r, 2) ? UINT64_MAX - rng_below(r, 3) : -(uint64_t)DRAW_PAGE * rng_below(r, 3);
	return true;
}

/* A page inside the range of another op; false when a few looks found none. */
static bool draw_inside(const struct scenario *s, unsigned int self, struct rng *r, uint64_t *at)
{
	for (unsigned int tries = 0; tries < 4 && s->nr; tries++) {
		unsigned int i = rng_below(r, s->nr);
		const struct op_desc *d = op_desc_any(s->family, s->ops[i].id);
		uint64_t start, end;

		if (i == self || !op_range(d, &s->ops[i], &start, &end))
			continue;
		*at = (start + rng_below(r, end - start)) & -(uint64_t)DRAW_PAGE;
		return true;
	}
	return false;
}

static uint64_t draw_landmark(struct rng *r)
{
	if (one_in(r, 3))
		return 1ULL << rng_below(r, 64);
	return landmarks[rng_below(r, NR(landmarks))];
}

uint64_t draw_addr(const struct scenario *s, unsigned int self, struct rng *r)
{
	uint64_t at;

	if (near_end(s, r, 4, &at))
		return at;
	switch (rng_below(r, 8)) {
	case 0:
		return draw_width(r);
	case 1:
		return rng_below(r, 16 * G) & -(uint64_t)DRAW_PAGE;
	case 2:
	case 3:
		return draw_beside(r, draw_landmark(r));
	default:
		return draw_beside(r, draw_boundary(s, self, r, &at) ? at : draw_landmark(r));
	}
}

uint64_t draw_size(const struct scenario *s, unsigned int self, uint64_t start, struct rng *r)
{
	uint64_t at;

	if (near_end(s, r, 6, &at))	/* to the end, or beyond */
		return at - start;
	switch (rng_below(r, 16)) {
	case 0:
		return one_in(r, 2) ? 0 : draw_width(r);
	case 1:
		return 1 + rng_below(r, 2 * DRAW_PAGE);
	case 2:
	case 3:
		return DRAW_PAGE << rng_below(r, 24);
	case 4 ... 9: /* so that start + size meets what another op has made */
		if (draw_boundary(s, self, r, &at) && at > start)
			return draw_beside(r, at) - start;
		/* fallthrough */
	default:
		return sizes[rng_below(r, NR(sizes))];
	}
}

static uint64_t draw_align(struct rng *r)
{
	uint64_t at;

	switch (rng_below(r, 6)) {
	case 0:
		return rng_below(r, 2);
	case 1:
		at = draw_beside(r, 1ULL << rng_below(r, 40));
		return at + rng_below(r, 3);
	case 2:
		return 1ULL << rng_below(r, 64);
	default:
		return DRAW_PAGE << rng_below(r, 10);
	}
}

/* A number near the table's size: there it fills up. */
static uint64_t draw_count(const struct scenario *s, const struct arg_desc *a, struct rng *r)
{
	unsigned int slots = s->config->slots;

	switch (rng_below(r, 12)) {
	case 0:
		return arg_reduce(a, slots - 1);
	case 1:
		return arg_reduce(a, slots + 1);
	case 2:
		return arg_reduce(a, rng_below(r, slots + 1));
	case 3:
		return one_in(r, 2) ? arg_max(a) : rng_below(r, 3);
	default:
		return slots < arg_max(a) ? slots : arg_max(a);
	}
}

/* A choice that an earlier op has made, from the same names: types that are there. */
static bool draw_known_choice(const struct scenario *s, unsigned int at, const struct arg_desc *a,
			      struct rng *r, uint64_t *value)
{
	for (unsigned int tries = 0; tries < 3 && at; tries++) {
		const struct op *op = &s->ops[rng_below(r, at)];
		const struct op_desc *d = op_desc_any(s->family, op->id);

		for (unsigned int i = 0; i < d->nr_args; i++)
			if (d->args[i].choices == a->choices) {
				*value = op->arg[i];
				return true;
			}
	}
	return false;
}

uint64_t draw_choice(const struct scenario *s, unsigned int at, const struct arg_desc *a,
		     struct rng *r)
{
	unsigned int sum = 0, pick;
	uint64_t value;

	if (one_in(r, 24)) /* a number that may have no name */
		return arg_reduce(a, one_in(r, 2) ? rng_below(r, 32) : draw_width(r));
	if (one_in(r, 3) && draw_known_choice(s, at, a, r, &value))
		return value;
	for (const struct choice *c = a->choices; c->name; c++)
		sum += c->weight;
	pick = rng_below(r, sum);
	for (const struct choice *c = a->choices; c->name; c++) {
		if (pick < c->weight)
			return c->value;
		pick -= c->weight;
	}
	return 0;
}

/* Two choices of one kind in one op (from type, to type) are mostly meant to differ. */
static bool repeats_choice(const struct op_desc *d, const struct op *op, unsigned int arg)
{
	for (unsigned int i = 0; i < d->nr_args; i++)
		if (i != arg && d->args[i].choices == d->args[arg].choices &&
		    op->arg[i] == op->arg[arg])
			return true;
	return false;
}

/* Is op @at a token, but no entry of a table that its op counts? Then it speaks of such entries. */
static bool meets_entries(const struct scenario *s, unsigned int at)
{
	const struct op_desc *d = op_desc_any(s->family, s->ops[at].id);

	if (!op_is_token(d))
		return false;
	for (unsigned int i = 0; i < s->family->nr_ops; i++) {
		const struct op_desc *parent = &s->family->ops[i];

		for (unsigned int k = 0; token_fits(d, parent->id) && k < parent->nr_args; k++)
			if (parent->args[k].per_token)
				return false;
	}
	return true;
}

/* A small number beside tokens that it does not count says which of them. */
static bool is_index(const struct scenario *s, unsigned int at, const struct arg_desc *a)
{
	return op_desc_any(s->family, s->ops[at].id)->flags & OP_TAKES_TOKENS && !a->per_token &&
	       arg_max(a) <= INDEX_MAX;
}

static uint64_t draw_index(const struct scenario *s, unsigned int at, const struct arg_desc *a,
			   struct rng *r)
{
	if (!one_in(r, 4))
		return 0;
	return one_in(r, 8) ? arg_max(a) : arg_reduce(a, rng_below(r, s->ops[at].nr_tokens + 2));
}

/* @based: the operand ends or measures a range that begins at @start, bytes */
static uint64_t draw_value(const struct scenario *s, unsigned int at, const struct arg_desc *a,
			   bool based, uint64_t start, struct rng *r)
{
	uint64_t inside;

	switch (a->kind) {
	case ARG_ADDR:
		if (arg_max(a) <= SHAPE_OFFSET_MAX) /* an offset, not an address among the others */
			return rng_below(r, arg_max(a)) &
			       (one_in(r, 4) ? UINT64_MAX : -(uint64_t)DRAW_PAGE);
		if (meets_entries(s, at) && one_in(r, 2) && draw_inside(s, at, r, &inside) &&
		    inside <= arg_max(a))
			return inside;
		return draw_addr(s, at, r);
	case ARG_END:
		return one_in(r, 16) ? draw_addr(s, at, r) : start + draw_size(s, at, start, r);
	case ARG_SIZE:
		if (based && arg_max(a) == UINT32_MAX && !one_in(r, 3))
			return short_sizes[rng_below(r, NR(short_sizes))];
		return draw_size(s, at, start, r);
	case ARG_ALIGN:
		return draw_align(r);
	case ARG_PFN:
		if (based)
			return (start + draw_size(s, at, start, r)) / DRAW_PAGE;
		return draw_addr(s, at, r) / DRAW_PAGE;
	case ARG_COUNT:
		if (is_index(s, at, a))
			return draw_index(s, at, a, r);
		return draw_count(s, a, r);
	case ARG_CHOICE:
		return draw_choice(s, at, a, r);
	case ARG_BOOL:
		return rng_below(r, 2);
	case ARG_TEXT:
		break; /* draw_text() */
	}
	return 0;
}

static void draw_one(struct scenario *s, unsigned int at, const struct op_desc *d, unsigned int arg,
		     struct rng *r)
{
	struct op *op = &s->ops[at];
	int base = shape_base(d, arg);
	uint64_t start = base >= 0 ? op->arg[base] << shape_of(d).shift : 0;
	unsigned int tries = 4;

	do {
		op->arg[arg] =
			arg_reduce(&d->args[arg], draw_value(s, at, &d->args[arg], base >= 0,
							  start, r));
	} while (d->args[arg].kind == ARG_CHOICE && repeats_choice(d, op, arg) && --tries);
}

void draw_arg(struct scenario *s, unsigned int at, unsigned int arg, struct rng *r)
{
	const struct op_desc *d = op_desc_any(s->family, s->ops[at].id);

	if (op_is_text(d))
		draw_text(s, at, r);
	else if (d->args[arg].per_token && !one_in(r, 4))
		draw_token_counts(s, at, r);
	else
		draw_one(s, at, d, arg, r);
	settle_op(s, at);
}

/* Where the map goes on: the end of the nearest range before op @at, else a landmark. */
static uint64_t draw_next_start(const struct scenario *s, unsigned int at, struct rng *r)
{
	unsigned int looks = 8;
	uint64_t start, end;

	for (unsigned int i = at; i-- && looks--;)
		if (op_range(op_desc_any(s->family, s->ops[i].id), &s->ops[i], &start, &end)) {
			if (one_in(r, 3))
				end += sizes[rng_below(r, NR(sizes))];
			return end;
		}
	return one_in(r, 2) ? 0 : draw_landmark(r);
}

/* Does [start, end) meet what an op before @at has claimed? What was released since counts, too. */
static bool claimed(const struct scenario *s, unsigned int at, uint64_t start, uint64_t end)
{
	uint64_t a, b;

	for (unsigned int i = 0; i < at; i++) {
		const struct op_desc *d = op_desc_any(s->family, s->ops[i].id);

		if (d->flags & OP_CLAIMS && op_range(d, &s->ops[i], &a, &b) && a < end && start < b)
			return true;
	}
	return false;
}

/* A claim that meets another one ends most scenarios: mostly look for a place that is free. */
static void draw_claim(struct scenario *s, unsigned int at, const struct op_desc *d, struct rng *r)
{
	struct op *op = &s->ops[at];
	uint64_t start, end;

	for (unsigned int tries = 8; tries--; ) {
		if (!op_range(d, op, &start, &end) || !claimed(s, at, start, end))
			return;
		start = draw_boundary(s, at, r, &start) ? start : draw_landmark(r);
		if (one_in(r, 2))
			start += sizes[rng_below(r, NR(sizes))];
		op_set_range(d, op, start, start + sizes[rng_below(r, NR(sizes) / 2)]);
	}
}

/* What is released is mostly what was claimed: one of the claims before @at. */
static void draw_release(struct scenario *s, unsigned int at, const struct op_desc *d,
			 struct rng *r)
{
	uint64_t start, end;

	for (unsigned int tries = 8; at && tries--; ) {
		const struct op *op = &s->ops[rng_below(r, at)];
		const struct op_desc *from = op_desc_any(s->family, op->id);

		if (from->flags & OP_CLAIMS && op_range(from, op, &start, &end)) {
			op_set_range(d, &s->ops[at], start, end);
			return;
		}
	}
}

void draw_op(struct scenario *s, unsigned int at, struct rng *r)
{
	const struct op_desc *d = op_desc_any(s->family, s->ops[at].id);
	struct op *op = &s->ops[at];
	struct shape sh = shape_of(d);
	/* firmware's tables mostly go upwards; other ops mostly meet what is there */
	bool upwards = rng_below(r, 8) < (op_is_token(d) && !meets_entries(s, at) ? 6 : 2);

	if (op_is_text(d)) {
		draw_text(s, at, r);
		return;
	}

	/* the address first: sizes and ends depend on it */
	if (sh.addr >= 0) {
		if (upwards)
			op->arg[sh.addr] = draw_next_start(s, at, r) >> sh.shift;
		else
			draw_one(s, at, d, sh.addr, r);
	}
	for (unsigned int i = 0; i < d->nr_args; i++) {
		if ((int)i == sh.addr)
			continue;
		if (upwards && (int)i == sh.size && !one_in(r, 8))
			op->arg[i] = sizes[rng_below(r, NR(sizes))];
		else
			draw_one(s, at, d, i, r);
	}
	if (s->family == &boot_family) {
		if (!one_in(r, 8))
			draw_boot_op(s, at, r);
		settle_op(s, at);
		return;
	}
	if (s->family == &memblock_family) {
		if (!one_in(r, 8))
			draw_memblock_op(s, at, r);
		settle_op(s, at);
		return;
	}
	if (d->flags & OP_CLAIMS && !one_in(r, 8))
		draw_claim(s, at, d, r);
	if (d->flags & OP_RELEASES && !one_in(r, 4))
		draw_release(s, at, d, r);
	settle_op(s, at);
}

void draw_token_counts(struct scenario *s, unsigned int at, struct rng *r)
{
	const struct op_desc *d = op_desc_any(s->family, s->ops[at].id);
	struct op *op = &s->ops[at];

	for (unsigned int i = 0; i < d->nr_args; i++) {
		uint64_t n = (uint64_t)op->nr_tokens * d->args[i].per_token;

		if (!d->args[i].per_token)
			continue;
		if (one_in(r, 8))
			n += rng_below(r, 2 * d->args[i].per_token + 1) - d->args[i].per_token;
		op->arg[i] = arg_reduce(&d->args[i], n);
	}
}

void settle_op(struct scenario *s, unsigned int at)
{
	const struct op_desc *d = op_desc_any(s->family, s->ops[at].id);
	struct op *op = &s->ops[at];
	struct shape sh = shape_of(d);

	op_reduce(op, d);
	if (sh.addr < 0 || s->flags & SCENARIO_NEAR_END)
		return;
	if (op->arg[sh.addr] > NEAR_END)
		op->arg[sh.addr] &= (1ULL << 52) - 1;
	if (sh.end >= 0 && op->arg[sh.end] > NEAR_END)
		op->arg[sh.end] &= (1ULL << 52) - 1;
	if (sh.size >= 0)
		while (op->arg[sh.size] > NEAR_END - op->arg[sh.addr])
			op->arg[sh.size] >>= 1;
}

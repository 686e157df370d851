// SPDX-License-Identifier: GPL-2.0-only
#include "min.h"
#include "min_cost.h"
#include "min_text.h"
#include "optable.h"

/*
 * Runs of equal bits (0x1000 has few, 0x13f7 has many, 0 none), then whole pages before others,
 * then how long the number is and how many bits it has (0x100000 before 0x1fc000).
 */
static uint64_t value_cost(uint64_t v)
{
	unsigned int edges = __builtin_popcountll(v ^ v << 1) + (v >> 63);
	unsigned int bits = v ? 64 - __builtin_clzll(v) : 0;

	return edges * 64 + (v & 0xfff ? 32 : 0) + bits + __builtin_popcountll(v);
}

/* Values with a name cost as the table lists them, others more than any of those. */
static uint64_t choice_cost(const struct arg_desc *a, uint64_t v)
{
	unsigned int i = 0;

	for (const struct choice *c = a->choices; c && c->name; c++, i++)
		if (c->value == v)
			return i;
	return 64 + value_cost(v);
}

/* A count is simplest when it says what is there: as many as tokens follow, else all it can. */
static uint64_t count_cost(const struct arg_desc *a, const struct op *op, uint64_t v)
{
	uint64_t simplest = a->per_token ? (uint64_t)op->nr_tokens * a->per_token : arg_max(a);

	return v == simplest ? 0 : 1 + value_cost(v);
}

uint64_t min_arg_cost(const struct arg_desc *a, const struct op *op, uint64_t v)
{
	switch (a->kind) {
	case ARG_CHOICE:
		return choice_cost(a, v);
	case ARG_COUNT:
		return count_cost(a, op, v);
	default:
		return value_cost(v);
	}
}

bool min_is_number(const struct arg_desc *a)
{
	return a->kind != ARG_CHOICE && a->kind != ARG_COUNT && a->kind != ARG_BOOL &&
	       a->kind != ARG_TEXT;
}

#define SEEN	4096u	/* power of two, more than twice the operands of the longest scenario */

/* Different values, so far: a hash table that is empty when its turn is new. */
struct values {
	uint64_t value[SEEN];
	uint32_t turn[SEEN], now;
};

/* Return: whether @v is new. */
static bool see(struct values *seen, uint64_t v)
{
	unsigned int at = (v * 0x9e3779b97f4a7c15u) >> 52;

	for (; seen->turn[at] == seen->now; at = (at + 1) % SEEN)
		if (seen->value[at] == v)
			return false;
	seen->turn[at] = seen->now;
	seen->value[at] = v;
	return true;
}

uint64_t min_cost(const struct scenario *s)
{
	static struct values seen;
	unsigned int different = 0;
	uint64_t cost = 0;

	seen.now++;
	for (unsigned int i = 0; i < s->nr; i++) {
		const struct op_desc *d = family_op(s->family, s->ops[i].id);

		if (op_is_text(d)) {
			cost += min_text_cost(&s->ops[i]);
			continue;
		}
		for (unsigned int k = 0; k < d->nr_args; k++) {
			uint64_t v = s->ops[i].arg[k];

			cost += min_arg_cost(&d->args[k], &s->ops[i], v);
			if (min_is_number(&d->args[k]))
				different += see(&seen, v);
		}
	}
	return cost + different * 100ull;
}

// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "min_text.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

uint64_t min_text_cost(const struct op *op)
{
	char text[OP_TEXT_MAX];
	unsigned int len = op_text(op, text);
	uint64_t cost = 256ull * len;

	for (unsigned int i = 0; i < len; i++)
		cost += is_digit(text[i]) ? text[i] - '0' : 16;
	return cost;
}

/* With this text for op @at? Then it stays. */
static bool try_text(struct min *m, struct scenario *s, unsigned int at, const char *text,
		     unsigned int len)
{
	struct op old = s->ops[at];

	op_set_text(&s->ops[at], text, len);
	if (min_keeps(m, s))
		return true;
	s->ops[at] = old;
	return false;
}

/* Halves, quarters, ... single bytes go, from the end. */
static bool shorten(struct min *m, struct scenario *s, unsigned int at)
{
	char text[OP_TEXT_MAX], try[OP_TEXT_MAX];
	unsigned int len = op_text(&s->ops[at], text);
	bool any = false;

	for (unsigned int cut = len; cut; cut /= 2)
		for (unsigned int end = len; end >= cut; end--) {
			unsigned int from = end - cut;

			memcpy(try, text, from);
			memcpy(try + from, text + end, len - end);
			if (!try_text(m, s, at, try, len - cut))
				continue;
			len -= cut;
			memcpy(text, try, len);
			any = true;
			end = from + 1;
		}
	return any;
}

static bool simplify_digits(struct min *m, struct scenario *s, unsigned int at)
{
	char text[OP_TEXT_MAX];
	unsigned int len = op_text(&s->ops[at], text);
	bool any = false;

	for (unsigned int i = 0; i < len; i++) {
		char was = text[i];

		if (!is_digit(was))
			continue;
		for (text[i] = '0'; text[i] < was; text[i]++)
			if (try_text(m, s, at, text, len))
				break;
		any = any || text[i] < was;
	}
	return any;
}

bool min_text(struct min *m, struct scenario *s, unsigned int at)
{
	bool any = shorten(m, s, at);

	return simplify_digits(m, s, at) || any;
}

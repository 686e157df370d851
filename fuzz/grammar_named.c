// SPDX-License-Identifier: GPL-2.0-only
/* Texts of reserve_mem=: a size, an alignment and a label, between colons. */
#include <string.h>

#include "contract/memblock.h"
#include "draw_memblock.h"
#include "grammar.h"
#include "operand.h"
#include "optable.h"

/* Few labels, so that they meet; around the longest that there can be; blank ones. */
static const struct grammar_word labels[] = {
	{ "trace", 12, GRAMMAR_NONE },
	{ "oops", 6, GRAMMAR_NONE },
	{ "a", 6, GRAMMAR_NONE },
	{ "b", 4, GRAMMAR_NONE },
	{ "c1", 3, GRAMMAR_NONE }, { "c2", 3, GRAMMAR_NONE }, { "c3", 3, GRAMMAR_NONE },
	{ "c4", 3, GRAMMAR_NONE }, { "c5", 3, GRAMMAR_NONE }, { "c6", 3, GRAMMAR_NONE },
	{ "fourteen_bytes", 2, GRAMMAR_NONE },
	{ "fifteen_bytes__", 3, GRAMMAR_NONE },
	{ "sixteen_bytes___", 3, GRAMMAR_NONE },
	{ "far_more_bytes_than_that", 1, GRAMMAR_NONE },
	{ "", 2, GRAMMAR_NONE },
	{ " ", 1, GRAMMAR_NONE },
	{ "\t \n", 1, GRAMMAR_NONE },
	{ " a", 1, GRAMMAR_NONE },
	{ "a:b", 1, GRAMMAR_NONE },
	{ ":", 1, GRAMMAR_NONE },
	{ "TRACE", 1, GRAMMAR_NONE },
	{ NULL, 0, GRAMMAR_NONE },
};

static const char *draw_label(struct rng *r)
{
	const struct grammar_word *w = labels;
	unsigned int sum = 0, pick;

	for (unsigned int i = 0; w[i].text; i++)
		sum += w[i].weight;
	for (pick = rng_below(r, sum); pick >= w->weight; w++)
		pick -= w->weight;
	return w->text;
}

static void add(struct phrase *p, const char *text)
{
	phrase_add(p, text, strlen(text));
}

static void add_size(struct phrase *p, const struct scenario *s, unsigned int at, struct rng *r)
{
	if (rng_below(r, 4))
		draw_number(p, (uint64_t)DRAW_PAGE << rng_below(r, 14), r);
	else
		draw_number(p, draw_size(s, at, 0, r), r);
}

static void add_align(struct phrase *p, struct rng *r)
{
	switch (rng_below(r, 8)) {
	case 0:
		add(p, "0");
		break;
	case 1:
		break;	/* none is 0, too */
	case 2:
		draw_number(p, rng_below(r, 3 * DRAW_PAGE), r);
		break;
	default:
		draw_number(p, 1ULL << rng_below(r, 24), r);
	}
}

void draw_named_text(struct scenario *s, unsigned int at, struct rng *r)
{
	struct phrase p = { .len = 0 };
	unsigned int colons = rng_below(r, 16);

	if (s->ops[at].id == M_RESERVE_MEM) {
		add_size(&p, s, at, r);
		if (colons)
			add(&p, ":");
		add_align(&p, r);
		if (colons != 1)
			add(&p, colons == 2 ? "," : ":");
	}
	add(&p, draw_label(r));
	op_set_text(&s->ops[at], p.text, p.len);
}

// SPDX-License-Identifier: GPL-2.0-only
/* Command lines are drawn: parameters, items, numbers in all notations. */
#include <inttypes.h>
#include <string.h>

#include "contract/memblock.h"
#include "draw_memblock.h"
#include "grammar.h"
#include "operand.h"
#include "optable.h"

const struct grammar_word grammar_params[] = {
	{ "mem=", 10, GRAMMAR_SIZE },
	{ "memmap=", 24, GRAMMAR_ITEMS },
	{ "mem=nopentium", 1, GRAMMAR_NONE },
	{ "memmap=exactmap", 3, GRAMMAR_NONE },
	{ "mem=nopentiu", 1, GRAMMAR_NONE },
	{ "mem=nopentiumx", 1, GRAMMAR_NONE },
	{ "memm=", 1, GRAMMAR_SIZE },
	{ "memmap2=", 1, GRAMMAR_ITEMS },
	{ "mem", 1, GRAMMAR_NONE },
	{ "memmap", 1, GRAMMAR_NONE },
	{ "--", 1, GRAMMAR_NONE },
	{ "quiet", 1, GRAMMAR_NONE },
	{ "ro", 1, GRAMMAR_NONE },
	{ "root=", 1, GRAMMAR_WORDS },
	{ "mem_encrypt=on", 1, GRAMMAR_NONE },
	{ "memory_corruption_check=", 1, GRAMMAR_SIZE },
	{ "crashkernel=", 1, GRAMMAR_ITEMS },
	{ "Mem=", 1, GRAMMAR_SIZE },
	{ "mem-map=", 1, GRAMMAR_ITEMS },
	{ "\"mem=", 1, GRAMMAR_SIZE },
	{ "mem=\"", 1, GRAMMAR_SIZE },
	{ "memmap=\"", 1, GRAMMAR_ITEMS },
	{ NULL, 0, GRAMMAR_NONE },
};

/* N: a size, S: an address, T: a type as a number. */
const struct grammar_word grammar_items[] = {
	{ "N@S", 12, GRAMMAR_NONE },
	{ "N#S", 6, GRAMMAR_NONE },
	{ "N$S", 8, GRAMMAR_NONE },
	{ "N!S", 6, GRAMMAR_NONE },
	{ "N%S-T+T", 6, GRAMMAR_NONE },
	{ "N%S+T", 3, GRAMMAR_NONE },
	{ "N%S-T", 3, GRAMMAR_NONE },
	{ "N%S", 2, GRAMMAR_NONE },
	{ "N", 3, GRAMMAR_NONE },
	{ "exactmap", 4, GRAMMAR_NONE },
	{ "exact", 1, GRAMMAR_NONE },
	{ "exactma", 1, GRAMMAR_NONE },
	{ "exactmapp", 1, GRAMMAR_NONE },
	{ "S", 1, GRAMMAR_NONE },
	{ "N%S+T-T", 1, GRAMMAR_NONE },
	{ "@S", 1, GRAMMAR_NONE },
	{ "N@", 1, GRAMMAR_NONE },
	{ "", 1, GRAMMAR_NONE },
	{ NULL, 0, GRAMMAR_NONE },
};

const struct grammar_word grammar_separators[] = {
	{ "@", 4, GRAMMAR_NONE }, { "#", 3, GRAMMAR_NONE }, { "$", 3, GRAMMAR_NONE },
	{ "!", 3, GRAMMAR_NONE }, { "%", 4, GRAMMAR_NONE }, { "-", 3, GRAMMAR_NONE },
	{ "+", 3, GRAMMAR_NONE }, { ",", 4, GRAMMAR_NONE }, { "=", 1, GRAMMAR_NONE },
	{ "\"", 1, GRAMMAR_NONE }, { " ", 1, GRAMMAR_NONE }, { ":", 1, GRAMMAR_NONE },
	{ "*", 1, GRAMMAR_NONE }, { "&", 1, GRAMMAR_NONE }, { ".", 1, GRAMMAR_NONE },
	{ NULL, 0, GRAMMAR_NONE },
};

/* In the order of their powers of 1024, then in lower case. */
const struct grammar_word grammar_suffixes[] = {
	{ "K", 1, GRAMMAR_NONE }, { "M", 1, GRAMMAR_NONE }, { "G", 1, GRAMMAR_NONE },
	{ "T", 1, GRAMMAR_NONE }, { "P", 1, GRAMMAR_NONE }, { "E", 1, GRAMMAR_NONE },
	{ "k", 1, GRAMMAR_NONE }, { "m", 1, GRAMMAR_NONE }, { "g", 1, GRAMMAR_NONE },
	{ "t", 1, GRAMMAR_NONE }, { "p", 1, GRAMMAR_NONE }, { "e", 1, GRAMMAR_NONE },
	{ NULL, 0, GRAMMAR_NONE },
};
#define SUFFIXES	6u

const struct grammar_word grammar_garbage[] = {
	{ "x", 2, GRAMMAR_NONE }, { "0x", 2, GRAMMAR_NONE }, { "MB", 2, GRAMMAR_NONE },
	{ "nopentium", 1, GRAMMAR_NONE }, { "exactmap", 1, GRAMMAR_NONE },
	{ "ram", 1, GRAMMAR_NONE }, { "  ", 1, GRAMMAR_NONE }, { "\t", 1, GRAMMAR_NONE },
	{ "\xa0", 1, GRAMMAR_NONE }, { "\x01", 1, GRAMMAR_NONE }, { "/", 1, GRAMMAR_NONE },
	{ "-1", 2, GRAMMAR_NONE }, { "+0", 1, GRAMMAR_NONE }, { ",,", 1, GRAMMAR_NONE },
	{ NULL, 0, GRAMMAR_NONE },
};

const struct grammar_word *const grammar_tables[] = {
	grammar_params, grammar_separators, grammar_suffixes, grammar_garbage, NULL,
};

static const struct grammar_word *draw_word(const struct grammar_word *w, struct rng *r)
{
	unsigned int sum = 0, pick;

	for (unsigned int i = 0; w[i].text; i++)
		sum += w[i].weight;
	for (pick = rng_below(r, sum); pick >= w->weight; w++)
		pick -= w->weight;
	return w;
}

void phrase_add(struct phrase *p, const char *text, unsigned int len)
{
	if (len > sizeof(p->text) - p->len)
		len = sizeof(p->text) - p->len;
	memcpy(p->text + p->len, text, len);
	p->len += len;
}

static void add_word(struct phrase *p, const struct grammar_word *w)
{
	phrase_add(p, w->text, strlen(w->text));
}

static void add_suffixed(struct phrase *p, uint64_t value, bool lower, struct rng *r)
{
	unsigned int k = SUFFIXES;
	char buf[32];

	while (k && value & ((1ULL << 10 * k) - 1))
		k--;
	if (!k || !value)
		k = 1 + rng_below(r, SUFFIXES);
	snprintf(buf, sizeof(buf), "%" PRIu64 "%s", value >> 10 * k,
		 grammar_suffixes[k - 1 + (lower ? SUFFIXES : 0)].text);
	phrase_add(p, buf, strlen(buf));
}

void phrase_number(struct phrase *p, uint64_t value, enum grammar_notation n, struct rng *r)
{
	static const char *const formats[NOTATIONS] = {
		[NOTATION_HEX] = "0x%" PRIx64, [NOTATION_HEX_UPPER] = "0X%" PRIX64,
		[NOTATION_DECIMAL] = "%" PRIu64, [NOTATION_OCTAL] = "0%" PRIo64,
		[NOTATION_WRAPPED] = "0x1%016" PRIx64,
	};
	static const char *const zeros[] = { "0", "0000000000", "0x0", "0x00000000000000000" };
	const char *zero;
	char buf[40];

	switch (n) {
	case NOTATION_SUFFIX:
	case NOTATION_SUFFIX_LOWER:
		add_suffixed(p, value, n == NOTATION_SUFFIX_LOWER, r);
		return;
	case NOTATION_ZEROS:
		zero = zeros[rng_below(r, 4)];
		phrase_add(p, zero, strlen(zero));
		snprintf(buf, sizeof(buf), zero[1] == 'x' ? "%" PRIx64 : "%" PRIo64, value);
		break;
	case NOTATION_NO_DIGITS:
		if (one_in(r, 3))
			return;
		add_word(p, draw_word(one_in(r, 2) ? grammar_suffixes : grammar_garbage, r));
		return;
	default:
		snprintf(buf, sizeof(buf), formats[n], value);
	}
	phrase_add(p, buf, strlen(buf));
}

void draw_number(struct phrase *p, uint64_t value, struct rng *r)
{
	static const enum grammar_notation often[] = {
		NOTATION_HEX, NOTATION_HEX, NOTATION_HEX, NOTATION_DECIMAL, NOTATION_OCTAL,
		NOTATION_HEX_UPPER, NOTATION_SUFFIX_LOWER,
	};

	if (one_in(r, 16)) {
		phrase_number(p, value, rng_below(r, NOTATIONS), r);
		return;
	}
	/* round ones mostly as people write them */
	if (value && !(value & 1023) && !one_in(r, 4))
		phrase_number(p, value, one_in(r, 4) ? NOTATION_SUFFIX_LOWER : NOTATION_SUFFIX, r);
	else
		phrase_number(p, value, often[rng_below(r, sizeof(often) / sizeof(often[0]))], r);
}

/* A type that the tables name, mostly: those of the first choice of the family's ops. */
static uint64_t draw_type(const struct scenario *s, unsigned int at, struct rng *r)
{
	for (unsigned int i = 0; i < s->family->nr_ops; i++) {
		const struct op_desc *d = &s->family->ops[i];

		for (unsigned int k = 0; k < d->nr_args; k++)
			if (d->args[k].kind == ARG_CHOICE)
				return draw_choice(s, at, &d->args[k], r);
	}
	return rng_below(r, 16);
}

/* An address as operands have them, more often one where another op's range begins or ends. */
static uint64_t draw_edge(const struct scenario *s, unsigned int at, struct rng *r)
{
	uint64_t edge;

	if (one_in(r, 2) && draw_boundary(s, at, r, &edge))
		return draw_beside(r, edge);
	return draw_addr(s, at, r);
}

static void fill_item(struct phrase *p, const char *form, const struct scenario *s,
		      unsigned int at, struct rng *r)
{
	uint64_t start = draw_edge(s, at, r), size = draw_size(s, at, start, r);
	uint64_t type;

	if (strncmp(form, "exact", 5) == 0) {
		phrase_add(p, form, strlen(form));
		return;
	}
	for (; *form; form++)
		switch (*form) {
		case 'N':
			draw_number(p, size, r);
			break;
		case 'S':
			draw_number(p, start, r);
			break;
		case 'T':
			type = draw_type(s, at, r);
			phrase_number(p, type, one_in(r, 4) ? NOTATION_HEX : NOTATION_DECIMAL, r);
			break;
		default:
			phrase_add(p, form, 1);
		}
}

void draw_item(struct phrase *p, const struct scenario *s, unsigned int at, struct rng *r)
{
	fill_item(p, draw_word(grammar_items, r)->text, s, at, r);
	if (one_in(r, 16))
		add_word(p, draw_word(grammar_garbage, r));
}

static void draw_value_of(struct phrase *p, enum grammar_value value, const struct scenario *s,
			  unsigned int at, struct rng *r)
{
	switch (value) {
	case GRAMMAR_NONE:
		break;
	case GRAMMAR_SIZE:
		draw_number(p, draw_edge(s, at, r), r);
		if (one_in(r, 12))
			add_word(p, draw_word(grammar_garbage, r));
		break;
	case GRAMMAR_ITEMS:
		do {
			draw_item(p, s, at, r);
		} while (p->len < 30 && one_in(r, 3) && (phrase_add(p, ",", 1), true));
		break;
	case GRAMMAR_WORDS:
		add_word(p, draw_word(grammar_garbage, r));
		break;
	}
}

static void draw_param(struct phrase *p, const struct scenario *s, unsigned int at, struct rng *r)
{
	const struct grammar_word *w = draw_word(grammar_params, r);
	bool quoted = strchr(w->text, '"');

	add_word(p, w);
	draw_value_of(p, w->value, s, at, r);
	if (quoted && !one_in(r, 3)) {
		if (one_in(r, 2))
			phrase_add(p, " ", 1);
		phrase_add(p, "\"", 1);
	}
}

/* What continues a parameter: the next item, the rest of a number, or something else. */
static void draw_more(struct phrase *p, const struct scenario *s, unsigned int at, struct rng *r)
{
	switch (rng_below(r, 6)) {
	case 0:
		add_word(p, draw_word(grammar_separators, r));
		draw_number(p, draw_edge(s, at, r), r);
		break;
	case 1:
		add_word(p, draw_word(one_in(r, 2) ? grammar_suffixes : grammar_garbage, r));
		break;
	case 2:
		phrase_add(p, " ", 1);
		draw_param(p, s, at, r);
		break;
	default:
		phrase_add(p, ",", 1);
		draw_value_of(p, GRAMMAR_ITEMS, s, at, r);
	}
}

bool begins_param(const struct family *f, const struct op_desc *d)
{
	for (unsigned int i = 0; i < f->nr_ops; i++)
		if (op_is_text(&f->ops[i]) && f->ops[i].parents & d->parents)
			return &f->ops[i] == d;
	return true;
}

void draw_text(struct scenario *s, unsigned int at, struct rng *r)
{
	struct phrase p = { .len = 0 };

	if (s->family == &memblock_family) {
		draw_named_text(s, at, r);
		return;
	}
	if (begins_param(s->family, op_desc_any(s->family, s->ops[at].id)))
		draw_param(&p, s, at, r);
	else
		draw_more(&p, s, at, r);
	op_set_text(&s->ops[at], p.text, p.len);
}

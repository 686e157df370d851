// SPDX-License-Identifier: GPL-2.0-only
/* Command lines are changed: token by token, item by item. */
#include <string.h>

#include "grammar.h"
#include "operand.h"
#include "optable.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.';
}

static bool is_hex(char c)
{
	return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* The power of 1024 that a suffix stands for; 0: none. */
static unsigned int suffix_of(char c)
{
	for (unsigned int i = 0; grammar_suffixes[i].text; i++)
		if (grammar_suffixes[i].text[0] == c)
			return i % 6 + 1;
	return 0;
}

static unsigned int lex_number(const char *text, unsigned int len)
{
	unsigned int n = 0;

	if (len > 2 && text[0] == '0' && (text[1] | 0x20) == 'x' && is_hex(text[2]))
		for (n = 2; n < len && is_hex(text[n]);)
			n++;
	else
		while (n < len && is_digit(text[n]))
			n++;
	return n < len && suffix_of(text[n]) ? n + 1 : n;
}

unsigned int text_lex(const char *text, unsigned int len, struct lexeme *out)
{
	unsigned int nr = 0;

	for (unsigned int n, at = 0; at < len; at += n, nr++) {
		struct lexeme *l = &out[nr];
		unsigned char c = text[at];

		n = 1;
		*l = (struct lexeme){ .kind = LEX_MARK, .at = at };
		if (is_digit(c)) {
			l->kind = LEX_NUMBER;
			n = lex_number(text + at, len - at);
		} else if (is_letter(c)) {
			l->kind = LEX_NAME;
			while (at + n < len && is_letter(text[at + n]))
				n++;
		} else if (c <= ' ' || c >= 0x7f) {
			l->kind = LEX_OTHER;
		}
		l->len = n;
	}
	return nr;
}

uint64_t lexeme_value(const char *text, unsigned int len)
{
	unsigned int base = 10, i = 0;
	uint64_t v = 0;

	if (len > 1 && text[0] == '0') {
		base = (text[1] | 0x20) == 'x' ? 16 : 8;
		i = base == 16 ? 2 : 1;
	}
	for (; i < len && (base == 16 ? is_hex(text[i]) : is_digit(text[i])); i++)
		v = v * base + (is_digit(text[i]) ? text[i] - '0' : (text[i] | 0x20) - 'a' + 10);
	return i < len ? v << 10 * suffix_of(text[i]) : v;
}

/* A token of this kind, or any for -1; false when a text has none. */
static bool pick(const struct phrase *p, int kind, struct rng *r, struct lexeme *l)
{
	struct lexeme all[OP_TEXT_MAX];
	unsigned int n = text_lex(p->text, p->len, all), nr = 0;

	for (unsigned int i = 0; i < n; i++)
		if (kind < 0 || (int)all[i].kind == kind)
			all[nr++] = all[i];
	if (!nr)
		return false;
	*l = all[rng_below(r, nr)];
	return true;
}

/* @p with @what in place of [at, at + len). */
static void put(struct phrase *p, unsigned int at, unsigned int len, const struct phrase *what)
{
	struct phrase tail = { .len = 0 };

	phrase_add(&tail, p->text + at + len, p->len - at - len);
	p->len = at;
	phrase_add(p, what->text, what->len);
	phrase_add(p, tail.text, tail.len);
}

static bool put_number(struct phrase *p, const struct lexeme *l, uint64_t value, int notation,
		       struct rng *r)
{
	struct phrase number = { .len = 0 };

	if (notation < 0)
		draw_number(&number, value, r);
	else
		phrase_number(&number, value, notation, r);
	put(p, l->at, l->len, &number);
	return true;
}


static bool replace_number(struct text_change *t)
{
	struct lexeme l;
	uint64_t v;

	if (!pick(t->p, LEX_NUMBER, t->r, &l))
		return false;
	v = rng_below(t->r, 4) ? draw_addr(t->s, t->at, t->r) : draw_size(t->s, t->at, 0, t->r);
	return put_number(t->p, &l, v, -1, t->r);
}

static bool nudge_number(struct text_change *t)
{
	struct lexeme l;
	uint64_t v, near;

	if (!pick(t->p, LEX_NUMBER, t->r, &l))
		return false;
	v = lexeme_value(t->p->text + l.at, l.len);
	do
		near = draw_beside(t->r, v);
	while (near == v);
	return put_number(t->p, &l, near, -1, t->r);
}

static bool rewrite_number(struct text_change *t)
{
	struct lexeme l;

	if (!pick(t->p, LEX_NUMBER, t->r, &l))
		return false;
	return put_number(t->p, &l, lexeme_value(t->p->text + l.at, l.len),
			  rng_below(t->r, NOTATIONS), t->r);
}

static bool replace_mark(struct text_change *t)
{
	unsigned int nr = 0;
	struct phrase mark = { .len = 0 };
	struct lexeme l;

	if (!pick(t->p, LEX_MARK, t->r, &l))
		return false;
	while (grammar_separators[nr].text)
		nr++;
	phrase_add(&mark, grammar_separators[rng_below(t->r, nr)].text, 1);
	put(t->p, l.at, l.len, &mark);
	return true;
}

static bool drop_token(struct text_change *t)
{
	static const struct phrase nothing;
	struct lexeme l;

	if (!pick(t->p, -1, t->r, &l))
		return false;
	put(t->p, l.at, l.len, &nothing);
	return true;
}

static bool copy_token(struct text_change *t)
{
	struct phrase copy = { .len = 0 };
	struct lexeme l, to;

	if (!pick(t->p, -1, t->r, &l) || !pick(t->p, -1, t->r, &to))
		return false;
	phrase_add(&copy, t->p->text + l.at, l.len);
	put(t->p, to.at + to.len, 0, &copy);
	return true;
}

/* Exchange [a, a + an) and [b, b + bn), in this order. */
static void exchange(struct phrase *p, unsigned int a, unsigned int an, unsigned int b,
		     unsigned int bn)
{
	struct phrase was = *p;

	p->len = a;
	phrase_add(p, was.text + b, bn);
	phrase_add(p, was.text + a + an, b - a - an);
	phrase_add(p, was.text + a, an);
	phrase_add(p, was.text + b + bn, was.len - b - bn);
}

static bool swap_tokens(struct text_change *t)
{
	struct lexeme a, b;

	if (!pick(t->p, -1, t->r, &a) || !pick(t->p, a.kind, t->r, &b) || a.at == b.at)
		return false;
	if (a.at < b.at)
		exchange(t->p, a.at, a.len, b.at, b.len);
	else
		exchange(t->p, b.at, b.len, a.at, a.len);
	return true;
}

/* Items: what lies between '=' or ',' and the next ',' or the end. Their starts and ends. */
static unsigned int items_of(const struct phrase *p, uint8_t *start, uint8_t *end)
{
	unsigned int nr = 0, i = 0;

	while (i < p->len && p->text[i] != '=' && p->text[i] != ',')
		i++;
	while (i < p->len) {
		start[nr] = ++i;
		while (i < p->len && p->text[i] != ',')
			i++;
		end[nr++] = i;
	}
	return nr;
}

static bool change_item(struct text_change *t)
{
	uint8_t start[OP_TEXT_MAX], end[OP_TEXT_MAX];
	unsigned int nr = items_of(t->p, start, end), a, b;
	struct phrase item = { .len = 0 };

	if (!nr)
		return false;
	a = rng_below(t->r, nr);
	b = rng_below(t->r, nr);
	switch (rng_below(t->r, 4)) {
	case 0: /* it goes, with the comma before it */
		put(t->p, start[a] - (nr > 1), end[a] - start[a] + (nr > 1), &item);
		return true;
	case 1: /* once more */
		phrase_add(&item, ",", 1);
		phrase_add(&item, t->p->text + start[a], end[a] - start[a]);
		put(t->p, end[b], 0, &item);
		return true;
	case 2:
		if (a >= b)
			return false;
		exchange(t->p, start[a], end[a] - start[a], start[b], end[b] - start[b]);
		return true;
	default: /* another one */
		draw_item(&item, t->s, t->at, t->r);
		put(t->p, start[a], end[a] - start[a], &item);
		return true;
	}
}

static bool glue_garbage(struct text_change *t)
{
	struct phrase garbage = { .len = 0 };
	unsigned int nr = 0;
	const char *word;
	struct lexeme l = { .at = t->p->len };
	char byte = 1 + rng_below(t->r, 255);

	while (grammar_garbage[nr].text)
		nr++;
	word = grammar_garbage[rng_below(t->r, nr)].text;
	if (rng_below(t->r, 4))
		phrase_add(&garbage, word, strlen(word));
	else
		phrase_add(&garbage, &byte, 1);
	if (rng_below(t->r, 2))
		pick(t->p, -1, t->r, &l);
	put(t->p, l.at, 0, &garbage);
	return true;
}

/* The text of a random op of @s, not that of @self; false when a few looks find none. */
static bool pick_text(const struct scenario *s, unsigned int self, struct rng *r,
		      struct phrase *p)
{
	for (unsigned int tries = 0; s && tries < 8 && s->nr; tries++) {
		unsigned int i = rng_below(r, s->nr);

		if (i == self || !op_is_text(op_desc_any(s->family, s->ops[i].id)))
			continue;
		p->len = op_text(&s->ops[i], p->text);
		return true;
	}
	return false;
}

/* This one's beginning, another one's end, cut between tokens. */
static bool splice(struct text_change *t)
{
	struct lexeme l, from;
	struct phrase o;

	if (!(rng_below(t->r, 2) && pick_text(t->other, UINT32_MAX, t->r, &o)) &&
	    !pick_text(t->s, t->at, t->r, &o))
		return false;
	if (!pick(t->p, -1, t->r, &l) || !pick(&o, -1, t->r, &from))
		return false;
	t->p->len = l.at;
	phrase_add(t->p, o.text + from.at, o.len - from.at);
	return true;
}

static bool swap_halves(struct text_change *t)
{
	struct lexeme l;

	if (!pick(t->p, -1, t->r, &l) || !l.at)
		return false;
	exchange(t->p, 0, l.at, l.at, t->p->len - l.at);
	return true;
}

const struct text_mutation text_mutations[] = {
	{ "replace_number", 8, replace_number },
	{ "nudge_number", 8, nudge_number },
	{ "rewrite_number", 6, rewrite_number },
	{ "replace_mark", 6, replace_mark },
	{ "drop_token", 3, drop_token },
	{ "copy_token", 3, copy_token },
	{ "swap_tokens", 3, swap_tokens },
	{ "change_item", 6, change_item },
	{ "glue_garbage", 2, glue_garbage },
	{ "splice", 3, splice },
	{ "swap_halves", 1, swap_halves },
	{ NULL, 0, NULL },
};

bool mutate_text_of(struct scenario *s, unsigned int at, const struct scenario *other,
		    struct rng *r)
{
	unsigned int sum = 0;

	for (const struct text_mutation *k = text_mutations; k->name; k++)
		sum += k->weight;
	for (unsigned int tries = 0; tries < 4; tries++) {
		const struct text_mutation *k = text_mutations;
		unsigned int what = rng_below(r, sum);
		struct phrase p;

		for (; what >= k->weight; k++)
			what -= k->weight;
		p.len = op_text(&s->ops[at], p.text);
		if (!k->apply(&(struct text_change){ &p, s, at, other, r }))
			continue;
		op_set_text(&s->ops[at], p.text, p.len);
		return true;
	}
	return false;
}

// SPDX-License-Identifier: GPL-2.0-only
/* The text form, read: see scenario.h. */
#include <inttypes.h>
#include <string.h>

#include "number.h"
#include "optable.h"
#include "scenario.h"
#include "text.h"

#define WORD_MAX	40	/* how much of a wrong word an error repeats */

/* A word of a line: no blanks inside. */
struct word {
	const char *s;
	size_t len;
	unsigned int column;	/* in bytes, from 1 */
};

struct parser {
	struct scenario *s;
	struct text_error e;
	const char *line, *p, *end;	/* the line, the rest of it, its end */
	struct op *head;		/* the last op that is no token */
	bool started;			/* the scenario line was there */
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static unsigned int column(const struct parser *p, const char *at)
{
	return at - p->line + 1;
}

/* The next word of the line; false at its end or at a comment. */
static bool next_word(struct parser *p, struct word *w)
{
	while (p->p < p->end && is_blank(*p->p))
		p->p++;
	if (p->p == p->end || *p->p == '#')
		return false;
	w->s = p->p;
	w->column = column(p, p->p);
	while (p->p < p->end && !is_blank(*p->p) && *p->p != '#')
		p->p++;
	w->len = p->p - w->s;
	return true;
}

static bool word_is(const struct word *w, const char *name)
{
	return strlen(name) == w->len && !memcmp(w->s, name, w->len);
}

/* A printf argument pair for %.*s */
static int shown(const struct word *w)
{
	return w->len < WORD_MAX ? w->len : WORD_MAX;
}

/* Cut "KEY=" off @w into @key. Return: false when there is no '='. */
static bool split_key(struct word *w, struct word *key)
{
	const char *eq = memchr(w->s, '=', w->len);
	size_t skip;

	if (!eq)
		return false;
	*key = *w;
	key->len = eq - w->s;
	skip = key->len + 1;
	w->s += skip;
	w->len -= skip;
	w->column += skip;
	return true;
}

/* Cut the first element off a comma-separated list in @rest. */
static bool next_element(struct word *rest, struct word *element)
{
	const char *comma;

	if (!rest->s)
		return false;
	*element = *rest;
	comma = memchr(rest->s, ',', rest->len);
	if (!comma) {
		rest->s = NULL;
		return true;
	}
	element->len = comma - rest->s;
	rest->len -= element->len + 1;
	rest->column += element->len + 1;
	rest->s = comma + 1;
	return true;
}

/* Names for text_expected(). */

static const char *family_at(const void *arg, unsigned int i)
{
	(void)arg;
	return families[i] ? families[i]->name : NULL;
}

static const char *config_at(const void *arg, unsigned int i)
{
	const struct family *f = arg;

	return i < f->nr_configs ? f->configs[i].name : NULL;
}

static const char *flag_at(const void *arg, unsigned int i)
{
	(void)arg;
	return text_flags[i].name;
}

static const char *op_at(const void *arg, unsigned int i)
{
	const struct family *f = arg;

	return i < f->nr_ops ? f->ops[i].name : NULL;
}

static const char *call_at(const void *arg, unsigned int i)
{
	const struct family *f = arg;
	const char *name = op_at(f, i);

	return name && op_is_token(&f->ops[i]) ? "" : name;
}

static const char *choice_at(const void *arg, unsigned int i)
{
	const struct choice *c = arg;

	return c[i].name;
}

static const char *arg_at(const void *arg, unsigned int i)
{
	const struct op_desc *d = arg;

	return i < d->nr_args ? d->args[i].name : NULL;
}

/* Who takes a token: the ops named by its parents. */
struct parents {
	const struct family *f;
	uint64_t mask;
};

static const char *parent_at(const void *arg, unsigned int i)
{
	const struct parents *p = arg;
	const char *name = op_at(p->f, i);

	return name && !(p->mask & op_bit(p->f->ops[i].id)) ? "" : name;
}

static const struct op_desc *find_op(const struct family *f, const struct word *w)
{
	for (unsigned int i = 0; i < f->nr_ops; i++)
		if (word_is(w, f->ops[i].name))
			return &f->ops[i];
	return NULL;
}

static bool parse_config(struct parser *p, const struct word *w)
{
	const struct family *f = p->s->family;

	for (unsigned int i = 0; i < f->nr_configs; i++)
		if (word_is(w, f->configs[i].name)) {
			p->s->config = &f->configs[i];
			return true;
		}
	text_fail(&p->e, w->column, "unknown configuration '%.*s' of family %s", shown(w), w->s,
		  f->name);
	text_expected(&p->e, "one of ", config_at, f);
	return false;
}

static bool parse_flags(struct parser *p, struct word *list)
{
	struct word w;

	while (next_element(list, &w)) {
		const struct text_flag *f = text_flags;

		while (f->name && !word_is(&w, f->name))
			f++;
		if (!f->name) {
			text_fail(&p->e, w.column, "unknown flag '%.*s'", shown(&w), w.s);
			text_expected(&p->e, "one of ", flag_at, NULL);
			return false;
		}
		p->s->flags |= f->bit;
	}
	return true;
}

static bool parse_mask(struct parser *p, struct word *list)
{
	struct word w;

	while (next_element(list, &w)) {
		const struct op_desc *d = find_op(p->s->family, &w);

		if (!d || op_is_token(d)) {
			text_fail(&p->e, w.column,
				  d ? "'%.*s' comes with its op, not in ops="
				    : "unknown op '%.*s' in ops=",
				  shown(&w), w.s);
			text_expected(&p->e, "one of ", call_at, p->s->family);
			return false;
		}
		p->s->op_mask |= op_bit(d->id);
	}
	return true;
}

static bool parse_header(struct parser *p, const struct word *keyword)
{
	static const char *const keys[] = { "config", "flags", "ops" };
	unsigned int seen = 0;
	struct word w, key;

	if (!word_is(keyword, "scenario"))
		return text_fail(&p->e, keyword->column,
				 "'%.*s' before the scenario line, expected "
				 "'scenario FAMILY [config=NAME]' first",
				 shown(keyword), keyword->s);
	if (!next_word(p, &w)) {
		text_fail(&p->e, column(p, p->p), "no family");
		text_expected(&p->e, "one of ", family_at, NULL);
		return false;
	}
	p->s->family = NULL;
	for (const struct family *const *f = families; *f; f++)
		if (word_is(&w, (*f)->name))
			scenario_init(p->s, *f);
	if (!p->s->family) {
		text_fail(&p->e, w.column, "unknown family '%.*s'", shown(&w), w.s);
		text_expected(&p->e, "one of ", family_at, NULL);
		return false;
	}
	while (next_word(p, &w)) {
		unsigned int i = 0;
		bool ok;

		if (!split_key(&w, &key))
			return text_fail(&p->e, w.column,
					 "'%.*s', expected config=NAME, flags=LIST "
					 "or ops=LIST",
					 shown(&w), w.s);
		while (i < 3 && !word_is(&key, keys[i]))
			i++;
		if (i == 3)
			return text_fail(&p->e, key.column,
					 "unknown word '%.*s', expected config=NAME, "
					 "flags=LIST or ops=LIST",
					 shown(&key), key.s);
		if (seen & 1u << i)
			return text_fail(&p->e, key.column, "%s= twice, expected once", keys[i]);
		seen |= 1u << i;
		ok = i == 0 ? parse_config(p, &w) : i == 1 ? parse_flags(p, &w) : parse_mask(p, &w);
		if (!ok)
			return false;
	}
	p->started = true;
	return true;
}

static bool parse_value(struct parser *p, const struct op_desc *d, const struct arg_desc *a,
			const struct word *w, uint64_t *value)
{
	const struct choice *c = a->kind == ARG_CHOICE ? a->choices : NULL;

	for (; c && c->name; c++)
		if (word_is(w, c->name)) {
			*value = c->value;
			return true;
		}
	switch (number_parse(w->s, w->len, value)) {
	case NUMBER_BAD:
		if (a->kind == ARG_CHOICE) {
			text_fail(&p->e, w->column, "bad %s '%.*s' of %s", a->name, shown(w), w->s,
				  d->name);
			text_expected(&p->e, "a number or one of ", choice_at, a->choices);
			return false;
		}
		return text_fail(&p->e, w->column,
				 "bad number '%.*s' for %s of %s, expected hex (0x...) or "
				 "decimal with an optional suffix K M G T P, or -1",
				 shown(w), w->s, a->name, d->name);
	case NUMBER_TOO_LARGE:
		return text_fail(&p->e, w->column,
				 "%.*s is too large for %s of %s, expected at most 0x%" PRIx64,
				 shown(w), w->s, a->name, d->name, arg_max(a));
	case NUMBER_OK:
		break;
	}
	if (*value > arg_max(a))
		return text_fail(&p->e, w->column,
				 "%.*s is too large for %s of %s, expected at most %" PRIu64,
				 shown(w), w->s, a->name, d->name, arg_max(a));
	return true;
}

/* Which operand a word is for: the named one, else the first that has no value yet; -1 for none. */
static int choose_arg(struct parser *p, const struct op_desc *d, struct word *w, unsigned int seen)
{
	struct word key;
	unsigned int i = 0;

	if (!split_key(w, &key)) {
		while (i < d->nr_args && seen & 1u << i)
			i++;
		if (i < d->nr_args)
			return i;
		text_fail(&p->e, w->column, "too many operands for %s: '%.*s', expected %u",
			  d->name, shown(w), w->s, d->nr_args);
		return -1;
	}
	while (i < d->nr_args && !word_is(&key, d->args[i].name))
		i++;
	if (i == d->nr_args) {
		text_fail(&p->e, key.column, "%s has no operand '%.*s'", d->name, shown(&key),
			  key.s);
		text_expected(&p->e, d->nr_args ? "one of " : "no operands", arg_at, d);
		return -1;
	}
	if (seen & 1u << i) {
		text_fail(&p->e, key.column, "%s of %s twice, expected once", d->args[i].name,
			  d->name);
		return -1;
	}
	return i;
}

static bool parse_text(struct parser *p, const struct op_desc *d, struct op *op)
{
	char text[OP_TEXT_MAX];
	enum quoted error;
	unsigned int len;
	struct word w;

	while (p->p < p->end && is_blank(*p->p))
		p->p++;
	error = quoted_parse(&p->p, p->end, text, sizeof(text), &len);
	if (error != QUOTED_OK)
		return text_quoted_fail(&p->e, column(p, p->p), p->s->family, d, error);
	op_set_text(op, text, len);
	if (next_word(p, &w))
		return text_fail(&p->e, w.column, "'%.*s' behind the text of %s, expected nothing",
				 shown(&w), w.s, d->name);
	return true;
}

static bool parse_args(struct parser *p, const struct op_desc *d, struct op *op)
{
	unsigned int seen = 0;
	struct word w;

	while (next_word(p, &w)) {
		int i = choose_arg(p, d, &w, seen);

		if (i < 0 || !parse_value(p, d, &d->args[i], &w, &op->arg[i]))
			return false;
		seen |= 1u << i;
	}
	for (unsigned int i = 0; i < d->nr_args; i++)
		if (!(seen & 1u << i))
			return text_fail(&p->e, column(p, p->p),
					 "missing operand %s of %s, expected %u operands",
					 d->args[i].name, d->name, d->nr_args);
	return true;
}

static bool parse_op(struct parser *p, const struct word *name)
{
	struct scenario *s = p->s;
	const struct op_desc *d = find_op(s->family, name);
	struct op *op = &s->ops[s->nr];

	if (!d) {
		if (word_is(name, "scenario"))
			return text_fail(&p->e, name->column,
					 "a second scenario line, expected one");
		text_fail(&p->e, name->column, "unknown op '%.*s' of family %s", shown(name),
			  name->s, s->family->name);
		text_expected(&p->e, "one of ", op_at, s->family);
		return false;
	}
	if (op_is_token(d) && (!p->head || !token_fits(d, p->head->id))) {
		struct parents parents = { s->family, d->parents };

		text_fail(&p->e, name->column, "'%s' without its op", d->name);
		text_expected(&p->e, "before it one of ", parent_at, &parents);
		return false;
	}
	if (s->nr == SCENARIO_OPS_MAX)
		return text_fail(&p->e, name->column,
				 "too many ops, expected at most %u (tokens included)",
				 SCENARIO_OPS_MAX);

	memset(op, 0, sizeof(*op));
	op->id = d->id;
	if (op_is_text(d) ? !parse_text(p, d, op) : !parse_args(p, d, op))
		return false;
	if (op_is_token(d))
		p->head->nr_tokens++;
	else
		p->head = op;
	s->nr++;
	return true;
}

/* Lines are text: printable up to a comment, no control characters anywhere. */
static bool check_line(const struct parser *p)
{
	bool comment = false, quoted = false;

	if ((size_t)(p->end - p->line) > TEXT_LINE_MAX)
		return text_fail(&p->e, TEXT_LINE_MAX + 1,
				 "line too long (%zu bytes), expected at most %u",
				 (size_t)(p->end - p->line), TEXT_LINE_MAX);
	for (const char *c = p->line; c < p->end; c++) {
		unsigned char byte = *c;

		comment |= byte == '#' && !quoted;
		quoted ^= byte == '"' && !comment;
		if (quoted && byte == '\\' && c + 1 < p->end)
			c++; /* what is hidden by it is looked at later */
		if (is_blank(byte) || (byte >= 0x20 && byte < 0x7f) || (comment && byte >= 0x80))
			continue;
		return text_fail(&p->e, column(p, c), "byte 0x%02x, expected text", byte);
	}
	return true;
}

static bool parse_line(struct parser *p)
{
	struct word w;

	if (!check_line(p))
		return false;
	if (!next_word(p, &w))
		return true;
	return p->started ? parse_op(p, &w) : parse_header(p, &w);
}

bool text_parse(struct scenario *s, const char *name, const char *text, size_t len, char *err)
{
	struct parser p = { .s = s, .e = { .file = name, .line = 1, .buf = err } };
	const char *end = text + len;

	scenario_init(s, families[0]);
	while (text < end) {
		const char *eol = memchr(text, '\n', end - text);

		p.line = p.p = text;
		p.end = eol ? eol : end;
		if (!parse_line(&p))
			return false;
		if (!eol)
			break;
		text = eol + 1;
		p.e.line++;
	}
	if (!p.started)
		return text_fail(&p.e, 1,
				 "no scenario line, expected 'scenario FAMILY [config=NAME]'");
	return true;
}

bool scenario_parse(struct scenario *s, const char *name, const char *text, char *err)
{
	return text_parse(s, name, text, strlen(text), err);
}

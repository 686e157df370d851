// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alphabet.h"
#include "number.h"
#include "scenario.h"
#include "u64_compare.h"

bool universe_first(struct universe *u, unsigned int nr)
{
	static const uint64_t values[] = {
		0, 0x1000, UINT64_MAX, 0x2000, 1ull << 32, 1ull << 63, 0x1fff, 1ull << 20,
		1ull << 46, UINT64_MAX - 0xfff, 0xa0000, 1ull << 52, 0x1001, 1, 0xffffffff,
		1ull << 40,
	};

	if (nr > sizeof(values) / sizeof(values[0]))
		return false;
	memcpy(u->value, values, nr * sizeof(values[0]));
	qsort(u->value, nr, sizeof(values[0]), u64_compare);
	u->nr = nr;
	return true;
}

void universe_of_family(struct universe *u, const struct family *f)
{
	const struct search_start *search = f->search;

	if (!search || !search->nr) {
		universe_first(u, 6);
		return;
	}
	memcpy(u->value, search->value, search->nr * sizeof(u->value[0]));
	u->nr = search->nr;
}

const char *universe_parse(struct universe *u, const char *text)
{
	u->nr = 0;
	for (;;) {
		size_t n = strcspn(text, ",");

		if (u->nr == UNIVERSE_MAX)
			return "more than 32 values";
		if (number_parse(text, n, &u->value[u->nr]) != NUMBER_OK)
			return "not a list of numbers";
		u->nr++;
		if (!text[n])
			break;
		text += n + 1;
	}
	qsort(u->value, u->nr, sizeof(u->value[0]), u64_compare);
	for (unsigned int i = 1; i < u->nr; i++)
		if (u->value[i] == u->value[i - 1])
			return "a value twice";
	return NULL;
}

struct maker {
	const struct op_desc *desc;
	const struct config_desc *config;
	const struct universe *u;
	struct op *out;
	unsigned int nr;
	bool full;
};

static void next_arg(struct maker *m, struct op *op, unsigned int arg);

static void with(struct maker *m, struct op *op, unsigned int arg, uint64_t value)
{
	if (value > arg_max(&m->desc->args[arg]))
		return;
	op->arg[arg] = value;
	next_arg(m, op, arg + 1);
}

static void with_choice(struct maker *m, struct op *op, unsigned int arg)
{
	const struct choice *c = m->desc->args[arg].choices;
	unsigned int all = 0, left;

	while (c[all].name)
		all++;
	/* of many choices, the first ones that are not "none" */
	left = all > 3 ? m->u->choices : all;
	for (; c->name && left; c++) {
		if (all > 3 && !c->value)
			continue;
		with(m, op, arg, c->value);
		left--;
	}
}

uint64_t alphabet_size(const struct universe *u)
{
	return u->nr > 1 ? u->value[1] - u->value[0] : u->value[0];
}

/* Ends and sizes go with the address before them. */
static void with_extent(struct maker *m, struct op *op, unsigned int arg, bool size)
{
	const struct universe *u = m->u;
	uint64_t start;

	if (!arg || m->desc->args[arg - 1].kind != ARG_ADDR) {
		with(m, op, arg, alphabet_size(u));
		return;
	}
	start = op->arg[arg - 1];
	if (size && u->inverted)
		with(m, op, arg, 0);
	for (unsigned int i = 0; i < u->nr; i++) {
		if (u->value[i] > start)
			with(m, op, arg, size ? u->value[i] - start : u->value[i]);
		else if (!size && u->inverted)
			with(m, op, arg, u->value[i]);
	}
}

static void next_arg(struct maker *m, struct op *op, unsigned int arg)
{
	const struct arg_desc *a = &m->desc->args[arg];

	if (arg == m->desc->nr_args) {
		if (m->nr == ALPHABET_MAX)
			m->full = true;
		else
			m->out[m->nr++] = *op;
		return;
	}
	switch (a->kind) {
	case ARG_ADDR:
		for (unsigned int i = 0; i < m->u->nr; i++)
			with(m, op, arg, m->u->value[i]);
		break;
	case ARG_END:
	case ARG_SIZE:
		with_extent(m, op, arg, a->kind == ARG_SIZE);
		break;
	case ARG_PFN:
		for (unsigned int i = 0; i < m->u->nr; i++)
			with(m, op, arg, m->u->value[i] >> 12);
		break;
	case ARG_ALIGN:
		with(m, op, arg, 0x1000);
		break;
	case ARG_COUNT:
		with(m, op, arg, a->per_token ? 0 :
		     m->config->slots < arg_max(a) ? m->config->slots : arg_max(a));
		break;
	case ARG_CHOICE:
		with_choice(m, op, arg);
		break;
	case ARG_BOOL:
		with(m, op, arg, 0);
		with(m, op, arg, 1);
		break;
	case ARG_TEXT: /* of tokens only, whose calls are written down */
		with(m, op, arg, 0);
		break;
	}
}

/* What is made of the ops that are left out. */
static void add_more(struct maker *m, const struct search_start *search)
{
	for (unsigned int i = 0; i < search->nr_more; i++) {
		if (m->nr == ALPHABET_MAX)
			m->full = true;
		else
			m->out[m->nr++] = search->more[i];
	}
}

/* What is written down with its tokens. */
static void add_text(struct maker *m, const struct family *f, const char *text)
{
	static struct scenario s;	/* large */
	char whole[ALPHABET_TEXT], err[SCENARIO_ERR];
	int len = snprintf(whole, sizeof(whole), "scenario %s config=%s\n%s", f->name,
			   m->config->name, text);

	m->full |= (size_t)len >= sizeof(whole) || !scenario_parse(&s, f->name, whole, err) ||
		   s.nr > ALPHABET_MAX - m->nr;
	if (m->full)
		return;
	memcpy(m->out + m->nr, s.ops, s.nr * sizeof(s.ops[0]));
	m->nr += s.nr;
}

unsigned int alphabet_make(const struct family *f, const struct config_desc *config,
			   const struct universe *u, struct op *out)
{
	struct maker m = { .config = config, .u = u, .out = out };
	const struct search_start *search = u->all_ops ? NULL : f->search;

	for (unsigned int i = 0; i < f->nr_ops && !m.full; i++) {
		struct op op = { .id = f->ops[i].id };

		m.desc = &f->ops[i];
		if (!(m.desc->flags & (OP_TOKEN | OP_UNSEARCHED)) &&
		    !(search && search->leave_out >> op.id & 1))
			next_arg(&m, &op, 0);
	}
	if (search)
		add_more(&m, search);
	if (f->search && f->search->text)
		add_text(&m, f, f->search->text);
	return m.full ? 0 : m.nr;
}

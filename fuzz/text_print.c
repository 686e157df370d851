// SPDX-License-Identifier: GPL-2.0-only
/* The text form, written: see scenario.h. */
#include <inttypes.h>

#include "optable.h"
#include "scenario.h"
#include "text.h"

const struct text_flag text_flags[] = {
	{ SCENARIO_NEAR_END, "near_end" },
	{ 0, NULL },
};

void scenario_print_value(FILE *out, const struct arg_desc *a, uint64_t value)
{
	char buf[SCENARIO_NUMBER];

	if (a->kind == ARG_CHOICE)
		for (const struct choice *c = a->choices; c->name; c++)
			if (c->value == value) {
				fputs(c->name, out);
				return;
			}
	if (a->kind == ARG_COUNT || a->kind == ARG_BOOL)
		fprintf(out, "%" PRIu64, value);
	else
		fputs(scenario_number(buf, value), out);
}

void scenario_print_op(FILE *out, const struct scenario *s, unsigned int op)
{
	const struct op *o = &s->ops[op];
	const struct op_desc *d = op_desc_any(s->family, o->id);
	/* tokens come in columns, one operand needs no name */
	bool named = !op_is_token(d) && d->nr_args > 1;

	fputs(d->name, out);
	if (op_is_text(d)) {
		char text[OP_TEXT_MAX];

		fputc(' ', out);
		quoted_print(out, text, op_text(o, text));
		return;
	}
	for (unsigned int i = 0; i < d->nr_args; i++) {
		fputc(' ', out);
		if (named)
			fprintf(out, "%s=", d->args[i].name);
		scenario_print_value(out, &d->args[i], o->arg[i]);
	}
}

static void print_flags(FILE *out, uint8_t flags)
{
	const char *sep = " flags=";

	for (const struct text_flag *f = text_flags; f->name; f++)
		if (flags & f->bit) {
			fprintf(out, "%s%s", sep, f->name);
			sep = ",";
		}
}

static void print_mask(FILE *out, const struct scenario *s)
{
	const char *sep = " ops=";

	for (unsigned int i = 0; i < s->family->nr_ops; i++)
		if (s->op_mask & op_bit(s->family->ops[i].id)) {
			fprintf(out, "%s%s", sep, s->family->ops[i].name);
			sep = ",";
		}
}

void scenario_print(FILE *out, const struct scenario *s)
{
	fprintf(out, "scenario %s config=%s", s->family->name, s->config->name);
	print_flags(out, s->flags);
	print_mask(out, s);
	fputc('\n', out);
	for (unsigned int i = 0; i < s->nr; i++) {
		if (op_is_token(op_desc_any(s->family, s->ops[i].id)))
			fputs("  ", out);
		scenario_print_op(out, s, i);
		fputc('\n', out);
	}
}

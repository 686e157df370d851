// SPDX-License-Identifier: GPL-2.0-only
/* Calls in C: by the templates of op tables, or as ops that the wrapper makes. */
#include <ctype.h>
#include <string.h>

#include "contract/early_res.h"
#include "optable.h"
#include "repro_c.h"

/* WITH(name, operand...) or TEXT(name, "text") */
static void literal(FILE *out, const struct repro *r, const struct op *op)
{
	const struct family *f = r->scenario->family;
	const struct op_desc *d = family_op(f, op->id);
	char text[OP_TEXT_MAX];

	if (op_is_text(d)) {
		fprintf(out, "TEXT(%s, ", d->name);
		c_text(out, text, op_text(op, text));
	} else {
		fprintf(out, "WITH(%s", d->name);
		for (unsigned int i = 0; i < d->nr_args; i++) {
			fputs(", ", out);
			c_operand(out, f, d, i, op->arg[i]);
		}
	}
	fputc(')', out);
}

static void template(FILE *out, const struct repro *r, unsigned int op, const char *c);

static void tokens(FILE *out, const struct repro *r, unsigned int op)
{
	const struct op *o = &r->scenario->ops[op];

	for (unsigned int i = 1; i <= o->nr_tokens; i++) {
		const struct op_desc *d = family_op(r->scenario->family, o[i].id);

		fputs(i > 1 ? ",\n" : "\n", out);
		template(out, r, op + i, d->c);
	}
}

static void name(FILE *out, const struct repro *r, unsigned int op, const char *name, size_t len)
{
	const struct op *o = &r->scenario->ops[op];
	const struct op_desc *d = family_op(r->scenario->family, o->id);
	char text[OP_TEXT_MAX];

	if (c_own_name(out, r, op, name, len))
		return;
	if (len == 2 && !strncmp(name, "nr", len)) {
		fprintf(out, "%u", o->nr_tokens);
		return;
	}
	if (len == 6 && !strncmp(name, "tokens", len)) {
		tokens(out, r, op);
		return;
	}
	if (op_is_text(d) && len == 4 && !strncmp(name, "text", len)) {
		c_text(out, text, op_text(o, text));
		return;
	}
	for (unsigned int i = 0; i < d->nr_args; i++) {
		if (strlen(d->args[i].name) != len || strncmp(d->args[i].name, name, len))
			continue;
		c_operand(out, r->scenario->family, d, i, o->arg[i]);
		return;
	}
	fprintf(out, "$%.*s", (int)len, name);	/* does not compile: a mistake of the table */
}

/* Tokens behind other arguments: where there are none, there is no comma, either. */
static bool is_empty_argument(const struct repro *r, unsigned int op, const char *c)
{
	static const char argument[] = ", $tokens";

	return !r->scenario->ops[op].nr_tokens && !strncmp(c, argument, sizeof(argument) - 1);
}

static void template(FILE *out, const struct repro *r, unsigned int op, const char *c)
{
	while (*c) {
		size_t len = 0;

		if (is_empty_argument(r, op, c)) {
			c += strlen(", $tokens");
			continue;
		}
		if (*c != '$') {
			fputc(*c++, out);
			continue;
		}
		c++;
		while (isalnum((unsigned char)c[len]) || c[len] == '_')
			len++;
		name(out, r, op, c, len);
		c += len;
	}
}

/*
 * An op's template serves when those of its tokens are there, too. Where another allocator stands
 * behind early_res's calls they are the wrapper's.
 */
static bool has_template(const struct repro *r, unsigned int op)
{
	const struct op *o = &r->scenario->ops[op];

	if (early_res_is_memblock(r->subject->config))
		return false;
	for (unsigned int i = 0; i <= o->nr_tokens; i++)
		if (!family_op(r->scenario->family, o[i].id)->c)
			return false;
	return true;
}

void c_call(FILE *out, const struct repro *r, unsigned int op)
{
	const struct op *o = &r->scenario->ops[op];
	const struct op_desc *d = family_op(r->scenario->family, o->id);

	if (has_template(r, op)) {
		fprintf(out, "OP(%u, %s, ", op, d->name);
		template(out, r, op, d->c);
	} else {
		fprintf(out, "RUN(%u, ", op);
		for (unsigned int i = 0; i <= o->nr_tokens; i++) {
			if (i)
				fputs(",\n", out);
			literal(out, r, &o[i]);
		}
	}
	fputs(");", out);
}

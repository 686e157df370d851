// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "operand.h"
#include "optable.h"
#include "quoted.h"
#include "repro_calls.h"
#include "signature.h"
#include "words.h"

#define CALLS_SHOWN	12u	/* at either end of long lists */

/* Is what an op calls one function, rather than several, a variable, a parameter? */
static bool is_function(const char *call)
{
	size_t n = 0;

	while (isalnum((unsigned char)call[n]) || call[n] == '_')
		n++;
	return n && (!call[n] || !strncmp(call + n, " (", 2));
}

/* As the text form writes values; addresses in hex, whatever they are. */
static void print_value(FILE *out, const struct arg_desc *a, uint64_t value)
{
	if (a->kind == ARG_ADDR || a->kind == ARG_END || a->kind == ARG_PFN)
		fprintf(out, "%#" PRIx64, value);
	else
		scenario_print_value(out, a, value);
}

static void print_text(FILE *out, const struct op *op)
{
	char text[OP_TEXT_MAX];

	quoted_print(out, text, op_text(op, text));
}

static void print_token(FILE *out, const struct scenario *s, unsigned int at)
{
	const struct op *op = &s->ops[at];
	const struct op_desc *d = op_desc_any(s->family, op->id);

	fprintf(out, "         %s", d->name);
	if (op_is_text(d)) {
		fputc(' ', out);
		print_text(out, op);
	}
	for (unsigned int i = 0; !op_is_text(d) && i < d->nr_args; i++) {
		fprintf(out, "%s %s=", i ? "," : "", d->args[i].name);
		print_value(out, &d->args[i], op->arg[i]);
	}
	fputc('\n', out);
}

/* Operands that say how many tokens there are say nothing to a reader. */
static void print_call(FILE *out, const struct scenario *s, unsigned int at, uint32_t version)
{
	const struct op *op = &s->ops[at];
	const struct op_desc *d = op_desc_any(s->family, op->id);
	const char *call = d->call ? d->call : d->name;
	char function[SIGNATURE_NAME], sep = '(';
	bool one = is_function(call);

	kernel_function(function, sizeof(function), s->family, op->id, version);
	fputs(one ? function : d->name, out);
	if (op_is_text(d)) {
		fputc(sep, out);
		print_text(out, op);
		sep = ',';
	}
	for (unsigned int i = 0; !op_is_text(d) && i < d->nr_args; i++) {
		fprintf(out, "%s%s=", sep == '(' ? "(" : ", ", d->args[i].name);
		print_value(out, &d->args[i], op->arg[i]);
		sep = ',';
	}
	fputs(sep == '(' ? "()" : ")", out);
	if (!one)
		fprintf(out, " [%s]", call);
}

/* An op by the positions of its operands, as the text form takes them, too. */
static void print_positional(FILE *out, const struct scenario *s, unsigned int at)
{
	const struct op_desc *d = op_desc_any(s->family, s->ops[at].id);

	fputs(d->name, out);
	for (unsigned int i = 0; i < d->nr_args; i++) {
		uint64_t value = s->ops[at].arg[i];

		fputc(' ', out);
		if (value == UINT64_MAX)
			fputs("-1", out);
		else
			print_value(out, &d->args[i], value);
	}
}

void repro_scenario(FILE *out, const struct scenario *s, unsigned int columns)
{
	struct scenario head = *s;

	head.nr = 0;
	scenario_print(out, &head);
	for (unsigned int i = 0; i < s->nr; i++) {
		const struct op_desc *d = op_desc_any(s->family, s->ops[i].id);
		long from = ftell(out);

		fputs(op_is_token(d) ? "  " : "", out);
		scenario_print_op(out, s, i);
		if (!op_is_text(d) && ftell(out) - from > (long)columns) {
			fseek(out, from, SEEK_SET);
			if (ftruncate(fileno(out), from))
				return;
			print_positional(out, s, i);
		}
		fputc('\n', out);
	}
}

static void print_range(FILE *out, const struct scenario *s, unsigned int at)
{
	const struct op *op = &s->ops[at];
	uint64_t start, end;
	char size[WORDS_SIZE];

	if (!op_range(op_desc_any(s->family, op->id), op, &start, &end) || start == end)
		return;
	if (end && end < start)
		fprintf(out, "         the range goes beyond 2^64\n");
	else
		fprintf(out, "         [mem 0x%016" PRIx64 "-0x%016" PRIx64 "], %s\n", start, end - 1,
			words_size(size, end - start));
}

/* One call, what it means, what came of it. */
static void print_step(FILE *out, const struct repro *r, unsigned int at)
{
	const struct scenario *s = r->scenario;
	int step = r->trace ? trace_step_of(r->trace, at) : -1;
	char buf[WORDS_SIZE];

	fprintf(out, "  %3u. ", at);
	print_call(out, s, at, r->subject->version);
	fputc('\n', out);
	for (unsigned int k = at + 1; k <= at + s->ops[at].nr_tokens; k++) {
		if (k == at + CALLS_SHOWN && s->ops[at].nr_tokens > 2 * CALLS_SHOWN) {
			fprintf(out, "         ... %u more\n",
				s->ops[at].nr_tokens - 2 * CALLS_SHOWN + 1);
			k = at + s->ops[at].nr_tokens - CALLS_SHOWN + 1;
		}
		print_token(out, s, k);
	}
	print_range(out, s, at);
	if (step >= 0)
		fprintf(out, "         -> %s\n",
			words_result(buf, &r->trace->step[step].got));
	else if (at == r->verdict.op && !r->passes)
		fprintf(out, "         -> %s\n", verdict_name(r->verdict.kind));
}

void repro_calls(FILE *out, const struct repro *r)
{
	const struct scenario *s = r->scenario;
	unsigned int last = r->passes ? s->nr : r->verdict.op + 1, nr = 0, number = 0;

	for (unsigned int i = 0; i < s->nr && i < last; i += 1u + s->ops[i].nr_tokens)
		nr++;
	for (unsigned int i = 0; i < s->nr && i < last; i += 1u + s->ops[i].nr_tokens) {
		number++;
		if (nr <= 2 * CALLS_SHOWN || number <= CALLS_SHOWN || number > nr - CALLS_SHOWN)
			print_step(out, r, i);
		else if (number == CALLS_SHOWN + 1)
			fprintf(out, "       ... %u calls more, all in the scenario\n",
				nr - 2 * CALLS_SHOWN);
	}
}

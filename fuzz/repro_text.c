// SPDX-License-Identifier: GPL-2.0-only
/* A run as the scenario's own text: what was expected and what came stands in comments. */
#include <string.h>

#include "draw.h"
#include "repro.h"

/*
 * The headers of a finding, unless it shows only while quirks that fired before it are expected: a
 * finding of no quirk is run without any.
 */
static void print_headers(FILE *out, const struct repro *r)
{
	const char *variant = subject_variant(r->subject);
	const struct verdict *v = &r->verdict;

	if (r->finding.summary[0])
		fprintf(out, "# %s\n", r->finding.summary);
	else if (v->detail[0])
		fprintf(out, "# %s\n", v->detail);
	fprintf(out, "# expect: %s\n# op: %u\n", verdict_name(v->kind), v->op);
	if (r->subject->planted)
		fprintf(out, "# planted: %s\n", r->subject->planted);
	else
		fprintf(out, "# kernels: %s%s%s\n", r->subject->kernel, variant ? "+" : "",
			variant ? variant : "");
	fprintf(out, "# legality: %s\n", legality_name(v->legality));
	if (r->finding.quirk[0])
		fprintf(out, "# quirk: %s\n", r->finding.quirk);
	else if (r->quirks & v->quirks)
		fputs("# quirks: expected\n", out);
}

static bool same(const struct result *a, const struct result *b)
{
	return a->outcome == b->outcome && a->value == b->value && a->said == b->said;
}

static void print_step(FILE *out, const struct trace_step *step)
{
	char buf[64];

	fprintf(out, "# -> %s (%s)\n", draw_result(buf, sizeof(buf), &step->got),
		legality_name(step->legality));
	if (step->judged && !same(&step->got, &step->want))
		fprintf(out, "#    expected: %s\n", draw_result(buf, sizeof(buf), &step->want));
}

/* What a worker said before it died, every line a comment. */
static void print_said(FILE *out, const char *said)
{
	while (*said) {
		size_t n = strcspn(said, "\n");

		fprintf(out, "# | %.*s\n", (int)n, said);
		said += n + (said[n] == '\n');
	}
}

/* Here it stops: the whole verdict. What follows was not run. */
static void print_verdict(FILE *out, const struct repro *r)
{
	const struct pen pen = { .out = out, .indent = "# " };

	fputs("#\n", out);
	draw_verdict(&pen, r->scenario, &r->verdict, r->trace);
	print_said(out, r->said);
	fputs("#\n", out);
}

static void print_ops(FILE *out, const struct repro *r)
{
	const struct scenario *s = r->scenario;

	for (unsigned int i = 0; i < s->nr; i += 1u + s->ops[i].nr_tokens) {
		int step = trace_step_of(r->trace, i);

		for (unsigned int k = i; k <= i + s->ops[i].nr_tokens; k++) {
			fputs(k > i ? "  " : "", out);
			scenario_print_op(out, s, k);
			fputc('\n', out);
		}
		if (step >= 0)
			print_step(out, &r->trace->step[step]);
		if (!r->passes && i == r->verdict.op)
			print_verdict(out, r);
		else if (step < 0)
			fputs("# (not run)\n", out);
	}
}

static void emit(FILE *out, const struct repro *r)
{
	struct scenario head = *r->scenario;

	if (!r->passes)
		print_headers(out, r);
	fprintf(out, "# On %s, Linux %s%s\n", r->subject->id, r->subject->release,
		!r->passes ? "" : r->whole ? ", not judged" : ": passes");
	head.nr = 0;
	scenario_print(out, &head);
	print_ops(out, r);
	if (r->trace->full)
		fputs("# (the record of the run was full before its end)\n", out);
}

const struct repro_format repro_text = {
	.name = "text",
	.passing = true,
	.emit = emit,
};

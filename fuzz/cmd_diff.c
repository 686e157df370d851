// SPDX-License-Identifier: GPL-2.0-only
/* Two subjects side by side: the first op where they part, and whether traits explain it. */
#include <string.h>

#include "cli.h"
#include "draw.h"
#include "inputs.h"
#include "isolate.h"
#include "watchdog.h"

static const char help[] =
	"  A, B       subjects of one family and configuration\n"
	"             (also one of 64 and one of 32 bits)\n"
	"  --full     also long runs of rows that are the same\n"
	"  --raw      the file is a fuzzer's raw bytes\n"
	"\n"
	"Exit status 0: same results and tables at every op, or the kernels' traits\n"
	"explain the difference (each does what the contract asks of its version);\n"
	"1: they differ. Of kernels that are built on other code below (boot: early_res,\n"
	"memblock) what is said and the tables of that code are not compared; of two\n"
	"variants (boot: with and without +bootmem) only the latter are not.\n";

/* One side's run. */
struct side {
	const struct subject *subject;
	struct isolate *iso;
	const struct trace *trace;
	struct verdict verdict;		/* its death, if it died */
};

/* Of kernels that are built on different code below: then not everything can be compared. */
static bool generations_differ(const struct side *a, const struct side *b)
{
	const struct family *f = a->subject->family;

	return f->generation && f->generation(a->subject->version) !=
					f->generation(b->subject->version);
}

/* Two ways to build one kernel for words of one size: its tables differ, not what it does. */
static bool variants_differ(const struct side *a, const struct side *b)
{
	const struct config_desc *x = a->subject->config, *y = b->subject->config;

	return strcmp(x->name, y->name) && x->long_bits == y->long_bits &&
	       x->phys_bits == y->phys_bits;
}

static bool table_counts(const struct side *a, const struct side *b, unsigned int table)
{
	return !(a->subject->family->of_generation >> table & 1 &&
		 (generations_differ(a, b) || variants_differ(a, b)));
}

/* What is said on the way is each generation's own affair, and how much a hand-off passes on. */
static bool result_same(const struct side *a, const struct side *b, const struct scenario *s,
			unsigned int step)
{
	const struct result *x = &a->trace->step[step].got, *y = &b->trace->step[step].got;

	if (x->outcome != y->outcome)
		return false;
	if (generations_differ(a, b))
		return x->value == y->value ||
		       family_op(s->family, s->ops[a->trace->step[step].op].id)->flags & OP_ENDS;
	return x->value == y->value && x->said == y->said;
}

static void said_line(const struct pen *p, const struct side *x, char sign, int step)
{
	char buf[64];

	fprintf(p->out, "  %c %-28s ", sign, x->subject->id);
	if (step < (int)x->trace->nr)
		fprintf(p->out, "%s\n", draw_result(buf, sizeof(buf), &x->trace->step[step].got));
	else if (x->verdict.kind != VERDICT_PASS)
		fprintf(p->out, "%s: %s\n", verdict_name(x->verdict.kind), x->verdict.detail);
	else
		fprintf(p->out, "had ended before\n");
}

static bool step_same(const struct side *a, const struct side *b, const struct scenario *s,
		      unsigned int step)
{
	if (!result_same(a, b, s, step))
		return false;
	for (unsigned int i = 0; i < s->family->nr_tables; i++) {
		struct table x = trace_got(a->trace, step, i), y = trace_got(b->trace, step, i);

		if (table_counts(a, b, i) && !draw_same(&x, &y))
			return false;
	}
	return true;
}

static void draw_step(const struct pen *p, const struct side *a, const struct side *b,
		      const struct scenario *s, unsigned int step)
{
	bool more = step < a->trace->nr || step < b->trace->nr;
	unsigned int op = step < a->trace->nr ? a->trace->step[step].op :
			  step < b->trace->nr ? b->trace->step[step].op : a->verdict.op;

	printf("differs at op %u: ", op);
	if (op < s->nr)
		scenario_print_op(stdout, s, op);
	putchar('\n');
	said_line(p, a, '-', step);
	said_line(p, b, '+', step);
	if (!more || step >= a->trace->nr || step >= b->trace->nr)
		return;
	for (unsigned int i = 0; i < s->family->nr_tables; i++) {
		const struct table_desc *d = &s->family->tables[i];
		struct table x = trace_got(a->trace, step, i), y = trace_got(b->trace, step, i);

		if (!table_counts(a, b, i) || draw_same(&x, &y))
			continue;
		printf("  %s%s\n", d->name,
		       d->kind == TABLE_MEMORY && table_sum(&x) == table_sum(&y) ?
			       " (the same memory in another form)" : "");
		draw_change(p, d, &x, &y);
	}
}

/* The ids of the traits that one of the two kernels has alone, separated by blanks. */
static const char *traits_between(char *buf, size_t size, const struct side *a,
				  const struct side *b)
{
	const struct model *m = model_of(a->subject->family);
	size_t n = 0;

	buf[0] = 0;
	for (unsigned int i = 0; i < m->nr_traits && n < size; i++)
		if (trait_holds(&m->traits[i], a->subject->version, a->subject->config) !=
		    trait_holds(&m->traits[i], b->subject->version, b->subject->config))
			n += snprintf(buf + n, size - n, " %s", m->traits[i].id);
	return buf;
}

/* Held against its own model, without quirks: how many ops were as expected? */
static unsigned int agrees_up_to(const struct side *x, const struct scenario *s)
{
	static const struct run_options strict;
	struct verdict v;

	switch (isolate_run(x->iso, x->subject, s, &strict, false, &v, NULL)) {
	case ISOLATE_PASS:
		return s->nr;
	case ISOLATE_VERDICT:
		return v.op;
	default:
		return 0;
	}
}

/*
 * They differ at op @op. When both do there what the contract asks of their versions, the versions
 * explain it; it is no fault unless one does not, further on.
 */
static int explain(const struct side *a, const struct side *b, const struct scenario *s,
		   unsigned int op)
{
	const struct side *side[] = { a, b };
	char traits[512];
	int status = CLI_OK;
	unsigned int upto[2];

	traits_between(traits, sizeof(traits), a, b);
	for (int i = 0; i < 2; i++)
		upto[i] = agrees_up_to(side[i], s);
	if (!traits[0] || upto[0] <= op || upto[1] <= op)
		return CLI_VERDICT;
	printf("explained by the kernels' traits:%s\n", traits);
	for (int i = 0; i < 2; i++) {
		if (upto[i] == s->nr)
			continue;
		printf("not explained: %s at op %u (`earlyfuzz show --subject %s --strict`)\n",
		       side[i]->subject->id, upto[i], side[i]->subject->id);
		status = CLI_VERDICT;
	}
	return status;
}

static int compare(const struct pen *p, const struct side *a, const struct side *b,
		   const struct scenario *s)
{
	unsigned int both = a->trace->nr < b->trace->nr ? a->trace->nr : b->trace->nr;

	for (unsigned int i = 0; i < both; i++) {
		if (step_same(a, b, s, i))
			continue;
		draw_step(p, a, b, s, i);
		return explain(a, b, s, a->trace->step[i].op);
	}
	if (a->trace->nr != b->trace->nr || a->verdict.kind != b->verdict.kind) {
		draw_step(p, a, b, s, both);
		return CLI_VERDICT;
	}
	printf("same: %s and %s give the same results and tables at %u ops\n", a->subject->id,
	       b->subject->id, both);
	return CLI_OK;
}

static int run_side(struct side *x, const struct scenario *s)
{
	const struct run_options opt = { .no_oracle = true };

	x->iso = isolate_new(WATCHDOG_MS);
	if (!x->iso)
		return cli_error("cannot prepare a worker process");
	x->trace = isolate_trace(x->iso);
	switch (isolate_run(x->iso, x->subject, s, &opt, true, &x->verdict, NULL)) {
	case ISOLATE_INTERRUPTED:
		return cli_interrupted("nothing was compared");
	case ISOLATE_BROKEN:
		return cli_error("%s: %s", x->subject->id, isolate_said(x->iso));
	default:
		return CLI_OK;
	}
}

static int diff_main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "full", no_argument, NULL, 'f' },
		{ "raw", no_argument, NULL, 'r' },
		{ NULL, 0, NULL, 0 },
	};
	struct pen pen = { .out = stdout, .colour = cli_colours(stdout), .indent = "  " };
	static struct side side[2];
	static struct scenario s;
	bool raw = false;
	int c, status = CLI_OK;

	while ((c = getopt_long(argc, argv, "", options, NULL)) >= 0) {
		if (c == 'f')
			pen.full = true;
		else if (c == 'r')
			raw = true;
		else
			return CLI_FAILED;
	}
	if (optind + 3 != argc)
		return cli_error("diff: expected SUBJECT SUBJECT FILE");
	for (int i = 0; i < 2; i++) {
		side[i].subject = cli_subject(argv[optind + i]);
		if (!side[i].subject)
			return unknown_subject(argv[optind + i]);
	}
	if (!input_load(&s, argv[optind + 2], raw))
		return CLI_FAILED;
	for (int i = 0; i < 2; i++)
		if (side[i].subject->family != s.family ||
		    !config_runs(side[i].subject->config, s.config))
			return cli_error("%s: is of family %s in configuration %s, %s is not",
					 argv[optind + 2], s.family->name, s.config->name,
					 side[i].subject->id);
	cli_catch_interrupt();
	for (int i = 0; i < 2 && !status; i++)
		status = run_side(&side[i], &s);
	if (!status)
		status = compare(&pen, &side[0], &side[1], &s);
	for (int i = 0; i < 2; i++)
		isolate_free(side[i].iso);
	return status;
}

const struct command cmd_diff = {
	.name = "diff",
	.summary = "Compare two subjects on a scenario",
	.usage = "A B FILE [OPTION]...",
	.help = help,
	.main = diff_main,
};

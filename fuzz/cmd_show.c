// SPDX-License-Identifier: GPL-2.0-only
/* A scenario op by op, with the memory map before and after each. */
#include <string.h>

#include "draw.h"
#include "cli.h"
#include "inputs.h"
#include "isolate.h"
#include "judge.h"
#include "watchdog.h"

struct show_args {
	struct choice_of_subjects choice;
	struct strictness strict;
	struct pen pen;
	bool raw;
};

static const char help[] =
	"  --subject ID      on this subject, default: the first that fits\n"
	"  --strict[=QUIRK]  mark known wrong behaviours, too (all, or this one)\n"
	"  --full            also long runs of rows that do not change\n"
	"  --raw             the file is a fuzzer's raw bytes\n"
	"\n"
	"Rows that an op removes are marked '-', rows that it adds '+', others are there\n"
	"before and after. The last column shows where a row lies among the others,\n"
	"not to scale.\n";

static bool parse(struct show_args *a, int argc, char **argv)
{
	static const struct option options[] = {
		{ "subject", required_argument, NULL, 's' },
		{ "strict", optional_argument, NULL, 'S' },
		{ "full", no_argument, NULL, 'f' },
		{ "raw", no_argument, NULL, 'r' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	a->pen = (struct pen){ .out = stdout, .colour = cli_colours(stdout), .indent = "  " };
	while ((c = getopt_long(argc, argv, "", options, NULL)) >= 0) {
		switch (c) {
		case 's':
			if (!choose_subject(&a->choice, optarg))
				return false;
			break;
		case 'S':
			if (!strict_add(&a->strict, optarg))
				return false;
			break;
		case 'f':
			a->pen.full = true;
			break;
		case 'r':
			a->raw = true;
			break;
		default:
			return false;
		}
	}
	if (optind + 1 == argc)
		return true;
	cli_error("show: expected one FILE");
	return false;
}

static void show_op(const struct show_args *a, const struct scenario *s, unsigned int op)
{
	FILE *out = a->pen.out;

	fprintf(out, "%s%3u  ", a->pen.colour ? "\033[1m" : "", op);
	scenario_print_op(out, s, op);
	fprintf(out, "%s\n", a->pen.colour ? "\033[0m" : "");
	for (unsigned int i = op + 1; i <= op + s->ops[op].nr_tokens; i++) {
		fprintf(out, "%3u    ", i);
		scenario_print_op(out, s, i);
		fputc('\n', out);
	}
}

/* A table that is one number: "nr_range 1" */
static bool is_number(const struct table_desc *d, const struct table *t)
{
	return d->kind == TABLE_REPORT && !d->type_name && t->nr == 1 && !t->rows[0].size;
}

/* What an op made of a table; false when there is nothing to say. */
static bool show_table(const struct show_args *a, const struct table_desc *d,
		       const struct table *before, const struct table *after)
{
	if (is_number(d, after)) {
		if (draw_same(before, after))
			return false;
		fprintf(a->pen.out, "%s%s: %llu, was %llu\n", a->pen.indent, d->name,
			(unsigned long long)after->rows[0].start,
			(unsigned long long)before->rows[0].start);
		return true;
	}
	if (d->kind == TABLE_REPORT) {
		if (!after->nr)
			return false;
		/* a report is of this op alone: nothing was there before */
		before = after;
	} else if (draw_same(before, after)) {
		return false;
	}
	fprintf(a->pen.out, "%s%s\n", a->pen.indent, d->name);
	draw_change(&a->pen, d, before, after);
	return true;
}

static void show_step(const struct show_args *a, const struct scenario *s, const struct trace *t,
		      unsigned int step)
{
	const struct trace_step *st = &t->step[step];
	char buf[64], quirks[256];
	bool any = false;

	fprintf(a->pen.out, "%s%s (%s)", a->pen.indent, draw_result(buf, sizeof(buf), &st->got),
		legality_name(st->legality));
	if (st->fired)
		fprintf(a->pen.out, ", quirk %s",
			report_quirks(quirks, sizeof(quirks), s->family, st->fired));
	fputc('\n', a->pen.out);
	for (unsigned int i = 0; i < s->family->nr_tables; i++) {
		const struct table_desc *d = &s->family->tables[i];
		struct table after = trace_got(t, step, i);
		struct table before = step ? trace_got(t, step - 1, i) : trace_first(t, i);

		any |= show_table(a, d, &before, &after);
	}
	if (!any)
		fprintf(a->pen.out, "%s(no table changed)\n", a->pen.indent);
}

static int show(struct isolate *iso, const struct show_args *a, const struct scenario *s,
		const struct subject *subject)
{
	struct run_options opt = {
		.quirks = strict_quirks(&a->strict, subject), .fuzzing = true,
	};
	const struct trace *t = isolate_trace(iso);
	struct verdict v;
	enum isolate_end end = isolate_run(iso, subject, s, &opt, true, &v, NULL);

	if (end == ISOLATE_INTERRUPTED)
		return cli_interrupted("nothing to show");
	if (end == ISOLATE_BROKEN)
		return cli_error("%s", isolate_said(iso));
	printf("scenario %s config=%s, on %s (Linux %s)\n", s->family->name, s->config->name,
	       subject->id, subject->release);
	for (unsigned int i = 0; i < s->nr; i += 1u + s->ops[i].nr_tokens) {
		int step = trace_step_of(t, i);

		putchar('\n');
		show_op(a, s, i);
		if (step >= 0)
			show_step(a, s, t, step);
		if (v.kind != VERDICT_PASS && v.op == i) {
			putchar('\n');
			draw_verdict(&a->pen, s, &v, t);
		}
		if (step < 0 && !(v.kind != VERDICT_PASS && v.op == i))
			printf("%s(not run)\n", a->pen.indent);
	}
	if (t->full)
		printf("\n(the record of tables was full before the end)\n");
	return v.kind == VERDICT_PASS ? CLI_OK : CLI_VERDICT;
}

static int show_main(int argc, char **argv)
{
	const struct subject *fit[CLI_SUBJECTS_MAX];
	static struct show_args a;
	static struct scenario s;
	struct isolate *iso;
	int status;

	if (!parse(&a, argc, argv) || !input_load(&s, argv[optind], a.raw))
		return CLI_FAILED;
	if (!chosen(&a.choice, &s, fit))
		return nothing_chosen(argv[optind], &s);
	iso = isolate_new(WATCHDOG_MS);
	if (!iso)
		return cli_error("cannot prepare a worker process");
	cli_catch_interrupt();
	status = show(iso, &a, &s, fit[0]);
	isolate_free(iso);
	return status;
}

const struct command cmd_show = {
	.name = "show",
	.summary = "Draw the memory map before and after each op of a scenario",
	.usage = "FILE [OPTION]...",
	.help = help,
	.main = show_main,
};

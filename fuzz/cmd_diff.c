// SPDX-License-Identifier: GPL-2.0-only
/* Two subjects side by side: the first op where they part, and whether traits explain it. */
#include <string.h>
#include <sys/stat.h>

#include "cli.h"
#include "diff_many.h"
#include "watchdog.h"

static const char help[] =
	"  A, B       subjects of one family and configuration\n"
	"             (also one of 64 and one of 32 bits)\n"
	"  --full     also long runs of rows that are the same\n"
	"  --raw      the file is a fuzzer's raw bytes\n"
	"  --runs N   also the scenarios of N seeds\n"
	"  --seed S   the first of them, default 1\n"
	"  --ops N    of each of them, about, default 64\n"
	"\n"
	"One FILE is compared op by op. Of several, of a DIR, of --runs: each way to\n"
	"differ (op, and what differs there) once, minimized, with what explains it.\n"
	"Without any of them: all that is in ./corpus, and --runs 1000.\n"
	"Exit status 0: same results and tables at every op, or the kernels' traits\n"
	"explain the difference (each does what the contract asks of its version);\n"
	"1: they differ. Of kernels that are built on other code below (boot: early_res,\n"
	"memblock) what is said and the tables of that code are not compared; of two\n"
	"variants (boot: with and without +bootmem) only the latter are not.\n";

static void draw(const struct pen *p, const struct side *side, const struct scenario *s,
		 unsigned int step)
{
	unsigned int op = sides_op(side, step);

	printf("differs at op %u: ", op);
	if (op < s->nr)
		scenario_print_op(stdout, s, op);
	putchar('\n');
	sides_draw(p, side, s, step);
}

/*
 * They differ at op @op. When both do there what the contract asks of their versions, the versions
 * explain it; it is no fault unless one does not, further on.
 */
static int explain(const struct side *side, const struct scenario *s, unsigned int op)
{
	char traits[512];
	int status = CLI_OK;
	unsigned int upto[2];

	sides_traits(traits, sizeof(traits), side[0].subject, side[1].subject);
	for (int i = 0; i < 2; i++)
		upto[i] = side_agrees_to(&side[i], s);
	if (!traits[0] || upto[0] <= op || upto[1] <= op)
		return CLI_VERDICT;
	printf("explained by the kernels' traits:%s\n", traits);
	for (int i = 0; i < 2; i++) {
		if (upto[i] == s->nr)
			continue;
		printf("not explained: %s at op %u (`earlyfuzz show --subject %s --strict`)\n",
		       side[i].subject->id, upto[i], side[i].subject->id);
		status = CLI_VERDICT;
	}
	return status;
}

static int compare(const struct pen *p, const struct side *side, const struct scenario *s)
{
	const struct trace *a = side[0].trace, *b = side[1].trace;
	char what[32];
	int step = sides_part(side, s, what);

	if (step < 0) {
		printf("same: %s and %s give the same results and tables at %u ops\n",
		       side[0].subject->id, side[1].subject->id, a->nr);
		return CLI_OK;
	}
	draw(p, side, s, step);
	if ((unsigned int)step >= a->nr || (unsigned int)step >= b->nr)
		return CLI_VERDICT;
	return explain(side, s, a->step[step].op);
}

static int one(struct diff_many *d, const char *file)
{
	const struct side *failed;
	static struct scenario s;

	input_scenario(&d->in.input[0], &s);
	for (int i = 0; i < 2; i++)
		if (d->side[i].subject->family != s.family ||
		    !config_runs(d->side[i].subject->config, s.config))
			return cli_error("%s: is of family %s in configuration %s, %s is not",
					 file, s.family->name, s.config->name,
					 d->side[i].subject->id);
	switch (sides_run(d->side, &s, &failed)) {
	case ISOLATE_INTERRUPTED:
		return cli_interrupted("nothing was compared");
	case ISOLATE_BROKEN:
		return cli_error("%s: %s", failed->subject->id, isolate_said(failed->iso));
	default:
		return compare(&d->pen, d->side, &s);
	}
}

static bool parse(struct diff_many *d, bool *raw, int argc, char **argv)
{
	static const struct option options[] = {
		{ "full", no_argument, NULL, 'f' },
		{ "raw", no_argument, NULL, 'r' },
		{ "runs", required_argument, NULL, 'R' },
		{ "seed", required_argument, NULL, 's' },
		{ "ops", required_argument, NULL, 'n' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	d->seed = 1;
	d->ops = 64;
	while ((c = getopt_long(argc, argv, "", options, NULL)) >= 0) {
		bool ok = true;

		switch (c) {
		case 'f':
			d->pen.full = true;
			break;
		case 'r':
			*raw = true;
			break;
		case 'R':
			ok = cli_number("--runs", optarg, UINT64_MAX / 2, &d->runs);
			break;
		case 's':
			ok = cli_number("--seed", optarg, UINT64_MAX / 2, &d->seed);
			break;
		case 'n':
			ok = cli_number("--ops", optarg, SCENARIO_OPS_MAX, &d->ops);
			break;
		default:
			ok = false;
		}
		if (!ok)
			return false;
	}
	if (optind + 2 <= argc)
		return true;
	cli_error("diff: expected two subjects: A B [FILE|DIR]...");
	return false;
}

/* Is it one file, to be compared op by op? */
static bool is_one(const struct diff_many *d, char **file)
{
	struct stat st;

	return file[0] && !file[1] && !d->runs && (stat(file[0], &st) || !S_ISDIR(st.st_mode));
}

static int compare_all(struct diff_many *d, const struct subject *const subject[2], char **file,
		       bool raw)
{
	static char corpus[] = "corpus";
	static char *all[] = { corpus, NULL };
	bool single = is_one(d, file);
	int status = CLI_FAILED;

	if (!file[0] && !d->runs) {
		file = all;
		d->runs = 1000;
	}
	for (; *file; file++)
		if (!inputs_load(&d->in, *file, raw))
			return CLI_FAILED;
	if (!single && (subject[0]->family != subject[1]->family ||
			!config_runs(subject[0]->config, subject[1]->config)))
		return cli_error("diff: %s and %s are not of one family and configuration",
				 subject[0]->id, subject[1]->id);
	cli_catch_interrupt();
	if (sides_open(d->side, subject[0], subject[1],
		       single ? WATCHDOG_MS : WATCHDOG_OFTEN_MS)) {
		status = single ? one(d, file[-1]) : diff_many(d);
		sides_close(d->side);
	}
	return status;
}

static int diff_main(int argc, char **argv)
{
	static struct diff_many d;
	const struct subject *subject[2];
	bool raw = false;
	int status;

	d.pen = (struct pen){ .out = stdout, .colour = cli_colours(stdout), .indent = "  " };
	if (!parse(&d, &raw, argc, argv))
		return CLI_FAILED;
	for (int i = 0; i < 2; i++) {
		subject[i] = cli_subject(argv[optind + i]);
		if (!subject[i])
			return unknown_subject(argv[optind + i]);
	}
	status = compare_all(&d, subject, argv + optind + 2, raw);
	inputs_free(&d.in);
	return status;
}

const struct command cmd_diff = {
	.name = "diff",
	.summary = "Compare two subjects on scenarios",
	.usage = "A B [FILE|DIR]... [OPTION]...",
	.help = help,
	.main = diff_main,
};

// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "cli.h"
#include "finding.h"
#include "min_headers.h"
#include "watchdog.h"

struct min_args {
	struct choice_of_subjects choice;
	struct strictness strict;
	const char *out;
	const struct family *family;
	struct finding finding;	/* headers, if any */
	bool raw;
};

static const char help[] =
	"  -o FILE           write there instead of standard output\n"
	"  --subject ID      what it must show it on, default: the newest with a verdict\n"
	"  --kernel ID       likewise, among this kernel's subjects (may be repeated)\n"
	"  --bits N          likewise, 64, 32 or 32pae (may be repeated)\n"
	"  --canaries        likewise, among planted bugs\n"
	"  --strict[=QUIRK]  count known wrong behaviours, too (all, or this one)\n"
	"  --family F        the file is an input of this family's target\n"
	"  --raw             the file is a fuzzer's raw bytes, whatever they look like\n"
	"\n"
	"Keeps the bug: verdict, kind of op, table, the kernel's function and subject;\n"
	"it is as legal, and no other known behaviour takes part. First ops go, then\n"
	"tokens, then operands become simple: round, small, few different ones. Without\n"
	"any one op of the result it is gone. At last a configuration that is shipped is\n"
	"preferred to a synthetic one, and a synthetic one to more than 16 further ops;\n"
	"--subject keeps its configuration. Its first lines are the headers of a\n"
	"finding. Ctrl-C leaves the best so far in -o FILE; the exit status is 2.\n";

static bool parse(struct min_args *a, int argc, char **argv)
{
	static const struct option options[] = {
		CHOICE_OPTIONS,
		{ "raw", no_argument, NULL, 'r' },
		{ "family", required_argument, NULL, 'f' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	a->choice.both = true;
	while ((c = getopt_long(argc, argv, "o:", options, NULL)) >= 0) {
		bool ok = true;

		switch (c) {
		case 'o':
			a->out = optarg;
			break;
		case 'f':
			a->family = cli_family(optarg);
			ok = a->family;
			break;
		case 'r':
			a->raw = true;
			break;
		default:
			ok = choose_option(c, &a->choice, &a->strict);
		}
		if (!ok)
			return false;
	}
	if (optind + 1 == argc)
		return true;
	cli_error("min: expected one FILE");
	return false;
}

static void progress(unsigned int ops, unsigned long runs)
{
	if (cli_progress_due())
		cli_progress("min: %u ops left, %lu runs ", ops, runs);
}

static bool print(const struct min_goal *g, const struct scenario *s, const struct min_args *a)
{
	struct output o;

	if (!output_open(&o, a->out))
		return false;
	if (isolate_interrupted())
		fprintf(o.out, "# interrupted: could be smaller\n");
	min_headers(o.out, g, s, &a->strict);
	scenario_print(o.out, s);
	return output_close(&o);
}

/* What there is when it was interrupted. */
static int interrupted(const struct min_goal *g, const struct scenario *s,
		       const struct min_args *a, unsigned int before)
{
	char what[PATH_MAX + 64];

	if (!a->out || !strcmp(a->out, "-"))
		return cli_interrupted("nothing was written");
	if (!print(g, s, a))
		return CLI_FAILED;
	snprintf(what, sizeof(what), "%s has the best so far: %u ops to %u", a->out, before, s->nr);
	return cli_interrupted(what);
}

/* The ids of up to so many subjects, then "..." */
#define NAMED	8

static int passes(const char *file, const struct finding *f, const struct subject *const *fit,
		  unsigned int nr)
{
	const char *lacks = finding_lacks(f);
	char ids[NAMED * 80];
	int at = 0;

	if (lacks)
		return cli_error("%s: needs %s: %s", file, f->kernels[0], lacks);
	for (unsigned int i = 0; i < nr && i < NAMED; i++)
		at += snprintf(ids + at, sizeof(ids) - at, "%s%.70s", i ? " " : "", fit[i]->id);
	return cli_error("%s: nothing to minimize: passes on %s%s", file, ids,
			 nr > NAMED ? " ..." : "");
}

static int make_small(struct min_goal *g, const struct min_args *a, struct scenario *s,
		      const char *file)
{
	unsigned int before = s->nr;
	unsigned long runs;

	g->progress = progress;
	runs = min_scenario(g, s);
	cli_progress_end();
	if (isolate_interrupted())
		return interrupted(g, s, a, before);
	if (!min_goal_stable(g, s))
		return min_unstable(g, s, file);
	if (!print(g, s, a))
		return CLI_FAILED;
	fprintf(stderr, "%s on %s: %u ops to %u in %lu runs\n",
		g->internal ? "internal error" : verdict_name(g->sig.kind), g->subject->id, before,
		s->nr, runs);
	return g->internal ? CLI_FAILED : CLI_OK;
}

static int min_file(struct isolate *iso, const struct min_args *a, struct scenario *s,
		    const char *file)
{
	struct min_goal g = { .keep_subject = a->choice.nr };
	const struct subject *fit[CLI_SUBJECTS_MAX];
	unsigned int nr;

	if (!chosen_are_there(&a->choice))
		return CLI_FAILED;
	nr = chosen(&a->choice, s, fit);
	if (!nr)
		return nothing_chosen(file, s);
	if (!a->choice.nr)
		chosen_newest_first(fit, nr);
	for (unsigned int i = 0; i < nr; i++)
		switch (min_goal_set(&g, iso, fit[i], s, strict_quirks(&a->strict, fit[i]))) {
		case MIN_GOAL_SET:
			return make_small(&g, a, s, file);
		case MIN_GOAL_PASSES:
			break;
		case MIN_GOAL_NO_MEMORY:
			return cli_error("%s on %s: %s", file, fit[i]->id, isolate_said(iso));
		case MIN_GOAL_INTERRUPTED:
			return cli_interrupted("nothing was written");
		case MIN_GOAL_UNSTABLE:
			return min_unstable(&g, s, file);
		}
	return passes(file, &a->finding, fit, nr);
}

static int min_main(int argc, char **argv)
{
	static struct scenario s;
	static struct min_args a;
	struct isolate *iso;
	char err[SCENARIO_ERR];
	int status;

	if (!parse(&a, argc, argv) || !min_input(&s, argv[optind], a.raw, a.family))
		return CLI_FAILED;
	/* a finding shows something only where its quirk is off */
	if (!a.raw && !a.family && strcmp(argv[optind], "-") &&
	    (!finding_load(&a.finding, argv[optind], err) ||
	     !strict_of_finding(&a.strict, &a.finding, s.family, argv[optind], err)))
		return cli_error("%s", err);
	iso = isolate_new(WATCHDOG_OFTEN_MS);
	if (!iso)
		return cli_error("cannot prepare a worker process");
	cli_catch_interrupt();
	status = min_file(iso, &a, &s, argv[optind]);
	isolate_free(iso);
	return status;
}

const struct command cmd_min = {
	.name = "min",
	.summary = "Make a scenario as small and simple as its verdict allows",
	.usage = "FILE [OPTION]...",
	.help = help,
	.main = min_main,
};

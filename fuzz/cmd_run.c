// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "gone.h"
#include "judge.h"
#include "stability.h"
#include "watchdog.h"

struct run_args {
	struct choice_of_subjects choice;
	struct strictness strict;
	const struct reporter *reporter;
	bool legal, raw, verbose, stability;
	uint64_t shuffle, seed;
};

static const char help[] =
	"  --subject ID      only this subject (may be repeated)\n"
	"  --kernel ID       only subjects of this kernel (may be repeated)\n"
	"  --bits N          only subjects of 64, 32 or 32pae bits (may be repeated)\n"
	"  --canaries        subjects with planted bugs instead\n"
	"  --strict[=QUIRK]  count known wrong behaviours, too (all, or this one)\n"
	"  --legal           leave out ops that are not legal where they stand\n"
	"  --raw             the files are fuzzers' raw bytes\n"
	"  --shuffle SEED    in another order\n"
	"  --stability[=SEED] in five orders: same verdicts and states?\n"
	"  --ktap, --json    output for machines\n"
	"  -v, --verbose     also what the notes are about, and what the sanitizers said\n"
	"\n"
	"Directories are read recursively. Files with an `# expect:' line are findings:\n"
	"they run with their own quirk strict (all, if they name none) and must show\n"
	"that verdict on the kernels that they name. A scenario of which no op can run\n"
	"(none is legal, for instance) has neither passed nor failed: skip, not run.\n";

static bool parse(struct run_args *a, int argc, char **argv)
{
	static const struct option options[] = {
		CHOICE_OPTIONS,
		{ "legal", no_argument, NULL, 'l' },
		{ "raw", no_argument, NULL, 'r' },
		{ "shuffle", required_argument, NULL, 'x' },
		{ "stability", optional_argument, NULL, 'y' },
		{ "ktap", no_argument, NULL, 'K' },
		{ "json", no_argument, NULL, 'J' },
		{ "verbose", no_argument, NULL, 'v' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	a->reporter = &report_text;
	a->choice.both = true;
	while ((c = getopt_long(argc, argv, "v", options, NULL)) >= 0) {
		bool ok = true;

		switch (c) {
		case 'l':
			a->legal = true;
			break;
		case 'r':
			a->raw = true;
			break;
		case 'x':
			ok = cli_number("--shuffle", optarg, UINT64_MAX, &a->shuffle);
			break;
		case 'y':
			a->stability = true;
			a->seed = 1;
			ok = !optarg || cli_number("--stability", optarg, UINT64_MAX, &a->seed);
			break;
		case 'K':
			a->reporter = &report_ktap;
			break;
		case 'J':
			a->reporter = &report_json;
			break;
		case 'v':
			a->verbose = true;
			break;
		default:
			ok = choose_option(c, &a->choice, &a->strict);
		}
		if (!ok)
			return false;
	}
	if (optind < argc)
		return true;
	cli_error("run: no FILE or DIR given");
	return false;
}

/* For a drawing the run is repeated with its tables on record. */
static bool wants_trace(const struct run_args *a, const struct run_line *l)
{
	if (l->verdict.kind == VERDICT_PASS || l->said[0] || l->verdict.kind == VERDICT_HANG)
		return false;
	return a->reporter != &report_json && (l->status == RUN_FAIL || a->verbose);
}

/* The same run with other quirks. */
struct rerun {
	struct isolate *iso;
	struct run_options opt;
	struct run_line line;
};

static bool rerun(void *arg, uint64_t quirks, uint64_t *fired)
{
	struct rerun *r = arg;
	struct run_line *l = &r->line;

	r->opt.quirks = quirks;
	if (isolate_run(r->iso, l->subject, l->scenario, &r->opt, false, &l->verdict, &l->run) >
	    ISOLATE_VERDICT)
		return false;
	*fired = l->verdict.quirks;
	return l->verdict.kind == VERDICT_PASS;
}

/* A verdict where quirks were predicted: when they are merely gone, that is the result. */
static void look_for_gone(struct isolate *iso, struct run_line *l, const struct run_options *opt)
{
	struct rerun r = { .iso = iso, .opt = *opt, .line = *l };

	if (l->verdict.kind == VERDICT_PASS || l->subject->planted)
		return;
	r.line.gone = quirks_gone(opt->quirks, l->verdict.quirks, rerun, &r);
	if (r.line.gone)
		*l = r.line;
}

static int run_job(struct isolate *iso, const struct job *j, const struct run_args *a,
		   const struct pen *pen, struct run_totals *t)
{
	static struct scenario s;
	struct run_options opt = { .legal_only = a->legal && !j->input->finding, .fuzzing = true };
	struct run_line l = {
		.file = j->input->path, .subject = j->subject, .scenario = &s,
		.finding = j->input->finding,
	};
	struct verdict again;
	enum isolate_end end;

	input_scenario(j->input, &s);
	opt.quirks = l.finding ? finding_quirks(l.finding, j->subject) :
				 strict_quirks(&a->strict, j->subject);
	end = isolate_run(iso, j->subject, &s, &opt, false, &l.verdict, &l.run);
	if (end == ISOLATE_BROKEN)
		return cli_error("%s on %s: %s", l.file, l.subject->id, isolate_said(iso));
	if (end == ISOLATE_INTERRUPTED)
		return CLI_FAILED;
	l.said = isolate_said(iso);
	if (!l.said[0] && !l.finding) {	/* a death is no matter of predictions */
		look_for_gone(iso, &l, &opt);
		l.said = "";
	}
	judge(&l);
	if (wants_trace(a, &l) &&
	    isolate_run(iso, j->subject, &s, &opt, true, &again, NULL) == ISOLATE_VERDICT)
		l.trace = isolate_trace(iso);
	a->reporter->line(pen, &l, a->verbose);
	t->passed += l.status == RUN_PASS;
	t->failed += l.status == RUN_FAIL;
	t->notices += l.status == RUN_NOTICE;
	t->skipped += l.status == RUN_SKIP;
	return CLI_OK;
}

static int run_all(struct isolate *iso, const struct jobs *jobs, const struct run_args *a,
		   size_t scenarios)
{
	const struct pen pen = {
		.out = stdout, .indent = "",
		.colour = a->reporter == &report_text && cli_colours(stdout),
	};
	struct run_totals t = { .scenarios = scenarios, .planned = jobs->nr };
	int status = CLI_OK;

	a->reporter->begin(&pen, &t);
	for (size_t i = 0; i < jobs->nr && !status && !isolate_interrupted(); i++)
		status = run_job(iso, &jobs->job[i], a, &pen, &t);
	a->reporter->end(&pen, &t);
	if (isolate_interrupted())
		return cli_interrupted("the results above are all there are");
	return status ? status : t.failed ? CLI_VERDICT : CLI_OK;
}

static int run_main(int argc, char **argv)
{
	static struct run_args a;
	struct inputs in = { 0 };
	struct jobs jobs = { 0 };
	struct isolate *iso = NULL;
	int status = CLI_FAILED;
	bool ok = parse(&a, argc, argv);

	for (int i = optind; ok && i < argc; i++)
		ok = inputs_load(&in, argv[i], a.raw);
	ok = ok && chosen_are_there(&a.choice) && jobs_make(&jobs, &in, &a.choice);
	if (ok) {
		tell_what_is_missing(&a.choice);
		iso = isolate_new(WATCHDOG_MS);
		if (!iso)
			cli_error("cannot prepare a worker process");
	}
	if (iso) {
		const struct run_options opt = { .legal_only = a.legal, .fuzzing = true };

		cli_catch_interrupt();
		if (a.shuffle)
			jobs_shuffle(&jobs, a.shuffle);
		status = a.stability ? stability(iso, &jobs, &a.strict, &opt, a.seed) :
				       run_all(iso, &jobs, &a, in.nr);
	}
	isolate_free(iso);
	jobs_free(&jobs);
	inputs_free(&in);
	return status;
}

const struct command cmd_run = {
	.name = "run",
	.summary = "Run scenarios on kernels: a verdict for each",
	.usage = "FILE|DIR... [OPTION]...",
	.help = help,
	.main = run_main,
};

// SPDX-License-Identifier: GPL-2.0-only
/* What does a patch do? Every scenario before and after it, sorted. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "clock.h"
#include "crashes.h"
#include "many.h"
#include "review.h"
#include "watchdog.h"

struct review_args {
	bool json, raw;
	const char *json_file;
	uint64_t seed, runs, ops;
};

static const char help[] =
	"  BASE, HEAD     kernel ids: before and after a patch (or KERNEL!NAME: planted)\n"
	"  -o DIR         leave what is found there, in DIR/CLASS/SIGNATURE/:\n"
	"                 scenario.scn, show.txt, repro.c, mail.txt. It must not exist\n"
	"  --json[=FILE]  everything, for machines; to FILE beside the summary\n"
	"  --raw          files are fuzzers' raw bytes even if they look like text\n"
	"  --runs N       also the scenarios of N seeds for each family\n"
	"  --seed S       the first of them, default 1\n"
	"  --ops N        of each of them, about, default 64\n"
	"\n"
	"Classes: regression (HEAD is wrong, BASE is not), doubtful (one is wrong, but\n"
	"the form of a table has changed before, so that it may follow from that alone),\n"
	"broken (both are; \"worse\": HEAD loses in silence what BASE tells, or dies),\n"
	"change (both are right, in different ways), fix (BASE is wrong, HEAD is not).\n"
	"What is known to be wrong in BASE is expected of both. Families whose code is\n"
	"the same in both are left out. Each is told once, minimized. Of a DIR of AFL++\n"
	"crashes and hangs are taken (or name its queue), of one of \"report\" or \"review\"\n"
	"the scenarios, not what lies beside them; likewise NAME.txt beside NAME.bin.\n"
	"\n"
	"Exit status 1: regressions. Those that only callers meet who break the rules\n"
	"are told apart (\"in misuse\", directory NAME-misuse), and are no reason for it.\n";

static bool parse(struct review *r, struct review_args *a, int argc, char **argv)
{
	static const struct option options[] = {
		{ "json", optional_argument, NULL, 'J' },
		{ "raw", no_argument, NULL, 'r' },
		{ "runs", required_argument, NULL, 'R' },
		{ "seed", required_argument, NULL, 's' },
		{ "ops", required_argument, NULL, 'n' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	a->seed = 1;
	a->ops = 64;
	while ((c = getopt_long(argc, argv, "o:", options, NULL)) >= 0) {
		bool ok = true;

		switch (c) {
		case 'o':
			r->dir = optarg;
			break;
		case 'J':
			a->json = !optarg;
			a->json_file = optarg;
			break;
		case 'r':
			a->raw = true;
			break;
		case 'R':
			ok = cli_number("--runs", optarg, UINT64_MAX / 2, &a->runs);
			break;
		case 's':
			ok = cli_number("--seed", optarg, UINT64_MAX / 2, &a->seed);
			break;
		case 'n':
			ok = cli_number("--ops", optarg, SCENARIO_OPS_MAX, &a->ops);
			break;
		default:
			ok = false;
		}
		if (!ok)
			return false;
	}
	if (argc - optind < 2)
		cli_error("review: expected BASE HEAD, ids of two kernels");
	else if (argc - optind == 2 && !a->runs)
		cli_error("review: no FILE or DIR given, and no --runs");
	else
		return true;
	return false;
}

static enum isolate_end run(void *arg, const struct subject *subject, const struct scenario *s,
			    const struct run_options *opt, struct verdict *v,
			    struct run_report *report)
{
	struct review *r = arg;
	bool head = false;

	for (unsigned int i = 0; i < r->nr_pairs; i++)
		head |= subject == r->pair[i].head;
	return isolate_run(r->iso[head], subject, s, opt, false, v, report);
}

static bool prepare(struct review *r)
{
	struct pair_log *log = mmap(NULL, 2 * sizeof(*log), PROT_READ | PROT_WRITE,
				    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	for (unsigned int i = 0; i < 2; i++)
		r->iso[i] = isolate_new(WATCHDOG_OFTEN_MS);
	if (log == MAP_FAILED || !r->iso[0] || !r->iso[1]) {
		cli_error("cannot prepare a worker process");
		return false;
	}
	for (unsigned int i = 0; i < r->nr_pairs; i++) {
		r->pair[i].run = run;
		r->pair[i].arg = r;
		r->pair[i].log = log;
	}
	return true;
}

/* Files that cannot be read are for inputs_load() to tell of. */
static bool is_raw(const char *path)
{
	char err[SCENARIO_ERR];
	const uint8_t *data;
	size_t size;

	return strcmp(path, "-") && scenario_read(path, &data, &size, err) &&
	       scenario_is_raw(data, size);
}

static bool load(struct inputs *in, char **paths, bool raw)
{
	struct files files = { 0 };
	char err[SCENARIO_ERR];
	bool ok = true, named = *paths;

	for (; ok && *paths; paths++) {
		ok = crashes_add(&files, *paths, err);
		if (!ok)
			cli_error("%s", err);
	}
	for (size_t i = 0; ok && i < files.nr; i++)
		ok = inputs_load(in, files.path[i], raw || is_raw(files.path[i]));
	if (ok && named && !files.nr) {
		cli_error("review: no input in what is named");
		ok = false;
	}
	files_free(&files);
	return ok;
}

static bool compares(const struct review *r, const struct family *f)
{
	for (unsigned int i = 0; i < r->nr_pairs; i++)
		if (r->pair[i].base->family == f)
			return true;
	return false;
}

/* All of it; false when it was interrupted, or cannot go on. */
static bool work(struct review *r, const struct inputs *in, const struct review_args *a)
{
	static struct scenario s;

	for (size_t i = 0; i < in->nr; i++) {
		input_scenario(&in->input[i], &s);
		if (!review_scenario(r, &s, in->input[i].path, 0))
			return false;
	}
	for (uint64_t seed = a->seed; seed - a->seed < a->runs; seed++)
		for (const struct family *const *f = families; *f; f++) {
			const struct many many = { .family = *f, .ops = a->ops };
			char name[64];

			if (!compares(r, *f))
				continue;
			many_make(&s, &many, seed);
			snprintf(name, sizeof(name), "%s of seed %llu", (*f)->name,
				 (unsigned long long)seed);
			if (!review_scenario(r, &s, name, seed))
				return false;
		}
	return true;
}

static bool write_json(const char *path, const struct review *r)
{
	struct output o;

	if (!output_open(&o, path))
		return false;
	review_json(o.out, r);
	return output_close(&o);
}

static int review(struct review *r, const struct inputs *in, const struct review_args *a)
{
	if (r->dir && mkdir(r->dir, 0777))
		return cli_error("%s: cannot make this directory: %s", r->dir, strerror(errno));
	cli_catch_interrupt();
	r->started = clock_seconds();
	r->complete = work(r, in, a);
	r->seconds = clock_seconds() - r->started;
	review_sort(r);
	(a->json ? review_json : review_summary)(stdout, r);
	if (a->json_file && !write_json(a->json_file, r))
		return CLI_FAILED;
	if (isolate_interrupted())
		return cli_interrupted("what was found until then is all there is");
	if (!r->complete)
		return CLI_FAILED;
	if (r->of[PAIR_REGRESSION] > r->misuse)
		return CLI_VERDICT;
	return r->broken ? CLI_FAILED : CLI_OK;
}

static int review_main(int argc, char **argv)
{
	static struct review r;
	struct review_args a = { 0 };
	struct inputs in = { 0 };
	int status = CLI_FAILED;

	if (!parse(&r, &a, argc, argv))
		return CLI_FAILED;
	r.base = argv[optind];
	r.head = argv[optind + 1];
	if (review_pairs(&r) && load(&in, argv + optind + 2, a.raw) && prepare(&r))
		status = review(&r, &in, &a);
	review_free(&r);
	isolate_free(r.iso[0]);
	isolate_free(r.iso[1]);
	inputs_free(&in);
	return status;
}

const struct command cmd_review = {
	.name = "review",
	.summary = "What a patch does: scenarios before and after it, sorted",
	.usage = "BASE HEAD FILE|DIR... [OPTION]...",
	.help = help,
	.main = review_main,
};

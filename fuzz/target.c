// SPDX-License-Identifier: GPL-2.0-only
/* One input in, one scenario run on one subject: what all fuzz targets have in common. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gone.h"
#include "grammar.h"
#include "optable.h"
#include "target.h"
#include "target_pair.h"
#include "watchdog.h"

#define CONFIGS_MAX	16u

struct target_run target_run;
const struct target_engine *target_engine;

static const struct subject *subject[TARGET_SUBJECTS_MAX];
static uint64_t quirks[TARGET_SUBJECTS_MAX];
static unsigned int nr_subjects;
static bool forced;		/* one subject for every input, whatever its configuration */

/* Per configuration id: indices into subject[]. */
static unsigned char pick[CONFIGS_MAX][TARGET_SUBJECTS_MAX];
static unsigned int nr_pick[CONFIGS_MAX];

static struct run_options options = { .fuzzing = true, .sparse = true };
static const char *findings;
static bool strict;		/* what a quirk explains is told */
static bool learning;		/* and expected from then on */
static bool paired;		/* every input runs on two subjects */
static bool stats;

static _Noreturn void refuse(const char *what, const char *value, const char *expected)
{
	fprintf(stderr, "earlyfuzz: %s=%s: expected %s\n", what, value, expected);
	_exit(2);	/* no engine's exit handlers: they would write of an interrupted job */
}

static const char *option(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

static bool option_bool(const char *name)
{
	const char *value = option(name);

	if (!value || !strcmp(value, "0"))
		return false;
	if (strcmp(value, "1"))
		refuse(name, value, "0 or 1");
	return true;
}

/* The quirks that stay on, as a mask that is applied to each kernel's own. */
static uint64_t quirks_kept(const struct model *m)
{
	const char *value = option("EARLYFUZZ_STRICT");
	int i;

	if (!value || !strcmp(value, "0"))
		return ~0ULL;
	strict = true;
	if (!strcmp(value, "1")) {
		learning = true;
		return 0;
	}
	i = model_quirk_by_id(m, value);
	if (i < 0)
		refuse("EARLYFUZZ_STRICT", value, "1 or the id of a quirk");
	return ~(1ULL << i);
}

/* Its number; whether inputs of its configuration are for it, or for another one first. */
static unsigned int add_subject(const struct subject *s, bool chosen)
{
	uint8_t config = s->config->id;

	if (nr_subjects == TARGET_SUBJECTS_MAX || config >= CONFIGS_MAX) {
		fprintf(stderr, "earlyfuzz: more subjects than this target has room for\n");
		_exit(2);
	}
	if (chosen)
		pick[config][nr_pick[config]++] = nr_subjects;
	subject[nr_subjects] = s;
	return nr_subjects++;
}

static void add_matching(const struct subject *const *list, const char *id, const char *kernel)
{
	for (; *list; list++) {
		const struct subject *s = *list;

		if (s->family != target_family || (!id && s->planted) ||
		    (id && strcmp(s->id, id)) || (kernel && strcmp(s->kernel, kernel)))
			continue;
		add_subject(s, true);
	}
}

static void choose_subjects(void)
{
	const char *id = option("EARLYFUZZ_SUBJECT"), *kernel = option("EARLYFUZZ_KERNEL");
	const char *pair = option("EARLYFUZZ_PAIR");

	if (pair) {
		if (id || kernel || option("EARLYFUZZ_STRICT"))
			refuse("EARLYFUZZ_PAIR", pair,
			       "no EARLYFUZZ_SUBJECT, EARLYFUZZ_KERNEL or EARLYFUZZ_STRICT");
		paired = true;
		target_pair_choose(pair, add_subject);
		return;
	}
	add_matching(subjects, id, kernel);
	if (id && !nr_subjects)
		add_matching(canaries, id, kernel);
	if (nr_subjects) {
		forced = id;
		return;
	}
	if (id)
		refuse("EARLYFUZZ_SUBJECT", id, "a subject of this family (see --subjects)");
	if (kernel)
		refuse("EARLYFUZZ_KERNEL", kernel, "a kernel with a subject of this family");
	fprintf(stderr, "earlyfuzz: no kernel was built in that has family %s\n",
		target_family->name);
	_exit(2);
}

void target_init(const struct target_engine *engine)
{
	const struct model *m = model_of(target_family);
	uint64_t kept = quirks_kept(m);
	const char *path = option("EARLYFUZZ_STATS");

	target_engine = engine;
	choose_subjects();
	for (unsigned int i = 0; i < nr_subjects; i++)
		quirks[i] = model_quirks_for(m, subject[i]->version) & kept;
	options.legal_only = option_bool("EARLYFUZZ_LEGAL");
	options.feature = engine->feature;
	findings = option("EARLYFUZZ_FINDINGS");
	if (path) {
		target_stats_open(path, subject, nr_subjects);
		stats = true;
	}
	target_death_hooks(findings);
}

void target_start(void)
{
	watchdog_start(WATCHDOG_MS);
}

uint64_t target_hash(const uint8_t *data, size_t size)
{
	uint64_t h = size, word;

	for (; size >= sizeof(word); data += sizeof(word), size -= sizeof(word)) {
		memcpy(&word, data, sizeof(word));
		h = (h ^ word) * 0x9e3779b97f4a7c15u;
		h ^= h >> 32;
	}
	return h;
}

/* The index of the subject for the decoded input, or -1. */
static int choose(struct scenario *s, const uint8_t *data, size_t size)
{
	unsigned int config;

	if (forced) {
		s->config = family_config(s->family, subject[0]->config->id);
		return 0;
	}
	config = s->config->id;
	if (!nr_pick[config])
		return -1;	/* no kernel was built in this configuration */
	return pick[config][target_hash(data, size) % nr_pick[config]];
}

const struct subject *target_subject_of(const uint8_t *data, size_t size)
{
	static struct scenario s;
	int i;

	scenario_decode(&s, target_family, data, size);
	i = choose(&s, data, size);
	return i < 0 ? NULL : subject[i];
}

const struct subject *const *target_subjects(unsigned int *nr)
{
	*nr = nr_subjects;
	return subject;
}

static bool rerun(void *arg, uint64_t quirks, uint64_t *fired)
{
	struct target_run *run = arg;
	struct run_options opt = options;

	opt.quirks = quirks;
	run_scenario(run->subject, &run->s, &opt, &run->verdict, &run->report);
	*fired = run->verdict.quirks;
	return run->verdict.kind == VERDICT_PASS;
}

/* A kernel that may have mended quirks is not at fault where they are all that is missing. */
static bool only_quirks_gone(struct target_run *run)
{
	static struct verdict verdict;
	struct run_report report = run->report;

	if (!run->verdict.quirks || run->subject->planted || quirks_are_known_for(run->subject))
		return false;
	verdict = run->verdict;
	if (quirks_gone(options.quirks, verdict.quirks, rerun, run))
		return true;
	run->verdict = verdict;
	run->report = report;
	return false;
}

bool target_replay(const uint8_t *data, size_t size)
{
	struct target_run *run = &target_run;
	bool good;
	int i;

	scenario_decode(&run->s, target_family, data, size);
	i = choose(&run->s, data, size);
	run->subject = i < 0 ? NULL : subject[i];
	if (!run->subject)
		return true;
	options.quirks = quirks[i];
	if (stats)
		target_stats_count(i);
	good = run_scenario(run->subject, &run->s, &options, &run->verdict, &run->report);
	good = good || only_quirks_gone(run);
	if (stats)
		target_stats_result(i, good, &run->report);
	return good;
}

/*
 * A strict run has shown something. The quirk that predicts it, if there is one, is named. Where
 * all are off it is switched on for this subject, so that what lies behind it is seen as well.
 */
static void learn(struct target_run *run)
{
	const uint64_t all = model_quirks_for(model_of(target_family), run->subject->version);
	const uint64_t on = options.quirks;
	const unsigned int op = run->verdict.op;
	const struct verdict verdict = run->verdict;
	const struct run_report report = run->report;
	uint64_t fired, left;

	if (rerun(run, all, &fired) || run->verdict.op > op) {
		for (left = run->report.fired & ~on; left; left &= left - 1) {
			uint64_t quirk = left & -left;

			if (!rerun(run, on | quirk, &fired) && run->verdict.op <= op)
				continue;
			for (unsigned int i = 0; learning && i < nr_subjects; i++)
				if (subject[i] == run->subject)
					quirks[i] |= quirk;
			run->quirk = model_of(target_family)->quirks[__builtin_ctzll(quirk)].id;
			break;
		}
	}
	run->verdict = verdict;
	run->report = report;
}

/* The same on two subjects. */
static bool pair_one(const uint8_t *data, size_t size)
{
	struct target_run *run = &target_run;
	int i;

	scenario_decode(&run->s, target_family, data, size);
	i = choose(&run->s, data, size);
	run->quirk = NULL;
	return i < 0 || target_pair_one(i, &options, findings, stats);
}

bool target_one(const uint8_t *data, size_t size)
{
	if (paired)
		return pair_one(data, size);
	if (target_replay(data, size))
		return true;
	target_run.quirk = NULL;
	if (strict)
		learn(&target_run);
	target_stop(findings);
	return false;
}

static int print_subjects(void)
{
	for (unsigned int i = 0; i < nr_subjects; i++)
		printf("%s\t%s\n", subject[i]->id, subject[i]->release);
	return 0;
}

static int print_canaries(void)
{
	for (const struct subject *const *s = canaries; *s; s++)
		if ((*s)->family == target_family)
			printf("%s\t%s\n", (*s)->id, (*s)->expect);
	return 0;
}

/* Of a family with texts; else nothing. */
static int print_dictionary(void)
{
	for (unsigned int i = 0; i < target_family->nr_ops; i++)
		if (op_is_text(&target_family->ops[i])) {
			grammar_dictionary(stdout);
			break;
		}
	return 0;
}

static int missing(const char *mode, const char *expected)
{
	fprintf(stderr, "earlyfuzz: %s: expected %s\n", mode, expected);
	return 2;
}

int target_main(int argc, char **argv)
{
	const char *mode = argc > 1 ? argv[1] : "";

	if (!strcmp(mode, "--subjects"))
		return print_subjects();
	if (!strcmp(mode, "--canaries"))
		return print_canaries();
	if (!strcmp(mode, "--dictionary"))
		return print_dictionary();
	if (!strcmp(mode, "--stats"))
		return argc == 3 ? target_stats_print(argv[2]) : missing(mode, "one FILE");
	if (!strcmp(mode, "--import"))
		return argc > 3 ? target_import(argv[2], argv + 3) :
				  missing(mode, "DIR FILE|DIR...");
	if (!strcmp(mode, "--edges"))
		return argc > 2 ? target_edges(argv + 2) : missing(mode, "FILE|DIR...");
	if (!strcmp(mode, "--stability"))
		return argc > 2 ? target_stability(argv + 2) : missing(mode, "FILE|DIR...");
	return -1;
}

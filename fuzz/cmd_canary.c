// SPDX-License-Identifier: GPL-2.0-only
/* Planted bugs: what the oracle and the generator must catch, or their silence means nothing. */
#include <string.h>

#include "cli.h"
#include "isolate.h"
#include "json.h"
#include "judge.h"
#include "mutate.h"

/* Of a generated scenario, about. A boot needs more to come to its end. */
#define OPS		24
#define BOOT_OPS	96
#define HANG_MS	500	/* planted hangs hang for sure */

struct canary_args {
	const char *only;
	uint64_t count, seed;
	bool json;
};

/**
 * struct catch - how a planted bug was caught
 * @scenarios: run until then
 * @others: verdicts of another kind on the way
 */
struct catch {
	bool caught, unseen;
	uint64_t scenarios, seed, others;
	struct verdict verdict;
};

static const char help[] =
	"  --count N      scenarios for each planted bug, at most; default 20000\n"
	"  --seed N       of the first scenario, default 1\n"
	"  --planted ID   only this planted bug\n"
	"  --json         output for machines\n"
	"\n"
	"Each must be seen as what it was planted for, or the exit status is 1.\n";

static bool parse(struct canary_args *a, int argc, char **argv)
{
	static const struct option options[] = {
		{ "count", required_argument, NULL, 'n' },
		{ "seed", required_argument, NULL, 's' },
		{ "planted", required_argument, NULL, 'p' },
		{ "json", no_argument, NULL, 'J' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	a->count = 20000;
	a->seed = 1;
	while ((c = getopt_long(argc, argv, "", options, NULL)) >= 0) {
		bool ok = true;

		switch (c) {
		case 'n':
			ok = cli_number("--count", optarg, UINT32_MAX, &a->count);
			break;
		case 's':
			ok = cli_number("--seed", optarg, UINT64_MAX, &a->seed);
			break;
		case 'p':
			a->only = optarg;
			break;
		case 'J':
			a->json = true;
			break;
		default:
			ok = false;
		}
		if (!ok)
			return false;
	}
	if (optind == argc)
		return true;
	cli_error("canary: unexpected argument '%s'", argv[optind]);
	return false;
}

/* The same without the planted bug. */
static const struct subject *clean(const struct subject *planted)
{
	for (const struct subject *const *p = subjects; *p; p++)
		if ((*p)->family == planted->family && (*p)->config == planted->config &&
		    !strcmp((*p)->kernel, planted->kernel))
			return *p;
	return NULL;
}

/* An access beyond an array is undefined as well: whichever sanitizer looks first names it. */
static bool is_as_planted(enum verdict_kind planted, enum verdict_kind seen)
{
	bool beyond = planted == VERDICT_UNDEFINED || planted == VERDICT_OUT_OF_BOUNDS;

	return seen == planted ||
	       (beyond && (seen == VERDICT_UNDEFINED || seen == VERDICT_OUT_OF_BOUNDS));
}

/*
 * Scenarios until one shows the verdict that passes without the planted bug: else it would be our
 * mistake that shows.
 */
static int hunt(struct isolate *iso, const struct subject *subject, enum verdict_kind kind,
		const struct canary_args *a, struct catch *c)
{
	const struct run_options opt = {
		.quirks = model_quirks_for(model_of(subject->family), subject->version),
		.fuzzing = true,
	};
	const struct subject *without = clean(subject);
	static struct scenario s;
	struct verdict v;
	struct rng rng;

	if (!without)
		return cli_error("%s: the same without the planted bug is missing", subject->id);
	for (; c->scenarios < a->count && !c->caught; c->scenarios++) {
		enum isolate_end end;

		rng_seed(&rng, a->seed + c->scenarios);
		generate(&s, subject->family, subject->family == &boot_family ? BOOT_OPS : OPS,
			 &rng);
		s.config = family_config(s.family, subject->config->id);
		end = isolate_run(iso, subject, &s, &opt, false, &c->verdict, NULL);
		if (end == ISOLATE_VERDICT && is_as_planted(kind, c->verdict.kind))
			end = isolate_run(iso, without, &s, &opt, false, &v, NULL);
		if (end == ISOLATE_INTERRUPTED)
			return cli_interrupted("not every planted bug was looked for");
		if (end == ISOLATE_BROKEN)
			return cli_error("%s: %s", subject->id, isolate_said(iso));
		c->caught = end == ISOLATE_PASS && is_as_planted(kind, c->verdict.kind);
		c->others += c->verdict.kind != VERDICT_PASS && !c->caught;
		c->seed = a->seed + c->scenarios;
	}
	return CLI_OK;
}

static void print(const struct subject *subject, const struct catch *c)
{
	if (c->unseen)
		printf("skip %s: this build cannot see %s\n", subject->id, subject->expect);
	else if (c->caught)
		printf("pass %s: %s after %llu scenarios (seed %llu): %s\n", subject->id,
		       verdict_name(c->verdict.kind), (unsigned long long)c->scenarios,
		       (unsigned long long)c->seed, c->verdict.detail);
	else
		printf("FAIL %s: no %s in %llu scenarios, %llu other verdicts\n", subject->id,
		       subject->expect, (unsigned long long)c->scenarios,
		       (unsigned long long)c->others);
}

static json_t *object(const struct subject *subject, const struct catch *c)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:I}", "subject", subject->id,
			 "planted",
			 subject->planted, "expected", subject->expect, "seen",
			 verdict_name(c->caught ? c->verdict.kind : VERDICT_PASS), "status",
			 c->unseen ? "skip" : c->caught ? "pass" : "fail", "scenarios",
			 (json_int_t)c->scenarios, "seed", (json_int_t)c->seed, "other_verdicts",
			 (json_int_t)c->others);
}

/* @list: with --json what each one came to, else NULL. */
static int hunt_all(struct isolate *iso, const struct canary_args *a, json_t *list)
{
	unsigned int looked_for = 0, caught = 0, unseen = 0;

	for (const struct subject *const *p = canaries; *p; p++) {
		struct catch c = { 0 };
		int kind = (*p)->expect ? verdict_by_name((*p)->expect) : -1;

		if (a->only && strcmp(a->only, (*p)->planted))
			continue;
		if (kind <= VERDICT_PASS)
			return cli_error("%s: planted for no verdict that there is", (*p)->id);
		c.unseen = !judge_can_see(kind, *p);
		if (!c.unseen && hunt(iso, *p, kind, a, &c))
			return CLI_FAILED;
		looked_for += !c.unseen;
		caught += c.caught;
		unseen += c.unseen;
		if (list)
			json_array_append_new(list, object(*p, &c));
		else
			print(*p, &c);
		fflush(stdout);
	}
	if (!looked_for && !unseen)
		return a->only ? cli_error("canary: no planted bug is called '%s'", a->only) :
				 cli_error("canary: no planted bugs were built in");
	if (list)
		json_finish(stdout, json_pack("{s:i, s:i, s:i, s:O}", "looked_for", looked_for,
					      "caught", caught, "not_checked", unseen, "canaries",
					      list));
	else
		printf("%u planted bugs, %u caught, %u not looked for\n", looked_for + unseen,
		       caught, unseen);
	return caught == looked_for ? CLI_OK : CLI_VERDICT;
}

static int canary_main(int argc, char **argv)
{
	static struct canary_args a;
	struct isolate *iso;
	json_t *list;
	int status;

	if (!parse(&a, argc, argv))
		return CLI_FAILED;
	iso = isolate_new(HANG_MS);
	if (!iso)
		return cli_error("cannot prepare a worker process");
	cli_catch_interrupt();
	list = a.json ? json_array() : NULL;
	status = hunt_all(iso, &a, list);
	json_decref(list);
	isolate_free(iso);
	return status;
}

const struct command cmd_canary = {
	.name = "canary",
	.summary = "Hunt planted bugs: each must be caught",
	.usage = "[OPTION]...",
	.help = help,
	.main = canary_main,
};

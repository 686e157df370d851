// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "bench_sizes.h"
#include "cmd_bench.h"
#include "isolate.h"
#include "mutate.h"
#include "table_states.h"
#include "watchdog.h"

#define TRIES_MAX	20000	/* generated scenarios to choose from */

struct bench_args {
	const struct family *family;
	struct choice_of_subjects choice;
	struct inputs in;
	uint64_t time, ops, runs;
	bool json, reach, min;
};

static const char help[] =
	"  FILE|DIR...     these scenarios, default: 64 generated ones\n"
	"  --ops N         calls of each generated one, default 32\n"
	"  --family F      only this family\n"
	"  --subject ID, --kernel ID   default: the newest kernel, normal configurations\n"
	"  --time S        seconds for each subject, default 3\n"
	"  --json          output for machines\n"
	"\n"
	"  --reach         no times: how often scenarios get the tables of family\n"
	"                  memblock into each of their states and, both together, into\n"
	"                  each pair of them: generated ones; mutated ones, beginning\n"
	"                  with FILE|DIR... (default: corpus); mutated ones, beginning\n"
	"                  with nothing. A mutant with a new state is mutated, too; no\n"
	"                  other feedback. Default: all configurations of the newest\n"
	"                  kernel\n"
	"  --runs N        with --reach: scenarios of each of the three, default 2000\n"
	"\n"
	"  --min           for each planted bug: a generated scenario of 200 ops that\n"
	"                  shows it (--runs N: of so many), minimized; and the shortest\n"
	"                  that exists over the operands of the result, where a search\n"
	"                  of --time S seconds reaches\n"
	"\n"
	"One run, same inputs, rounds by turns, medians of the rounds. Of family boot\n"
	"also how much more a boot of 25 TiB costs than one of 4 GiB.\n";

static bool parse(struct bench_args *a, int argc, char **argv)
{
	static const struct option options[] = {
		{ "family", required_argument, NULL, 'f' },
		{ "subject", required_argument, NULL, 's' },
		{ "kernel", required_argument, NULL, 'k' },
		{ "ops", required_argument, NULL, 'n' },
		{ "time", required_argument, NULL, 't' },
		{ "reach", no_argument, NULL, 'r' },
		{ "min", no_argument, NULL, 'm' },
		{ "runs", required_argument, NULL, 'R' },
		{ "json", no_argument, NULL, 'J' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	a->time = 3;
	a->runs = 2000;
	a->ops = 32;
	a->choice.here = true;
	while ((c = getopt_long(argc, argv, "", options, NULL)) >= 0) {
		bool ok = true;

		switch (c) {
		case 'f':
			a->family = cli_family(optarg);
			ok = a->family;
			break;
		case 's':
			ok = choose_subject(&a->choice, optarg);
			break;
		case 'k':
			ok = choose_kernel(&a->choice, optarg);
			break;
		case 'n':
			ok = cli_number("--ops", optarg, 128, &a->ops);
			if (ok && !a->ops) {
				cli_error("--ops: expected at least one");
				ok = false;
			}
			break;
		case 't':
			ok = cli_number("--time", optarg, 3600, &a->time);
			break;
		case 'r':
			a->reach = true;
			break;
		case 'm':
			a->min = true;
			break;
		case 'R':
			ok = cli_number("--runs", optarg, 10000000, &a->runs);
			if (ok && !a->runs) {
				cli_error("--runs: expected at least one");
				ok = false;
			}
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
	for (int i = optind; i < argc; i++)
		if (!inputs_load(&a->in, argv[i], false))
			return false;
	if (a->reach && optind == argc)
		return inputs_load(&a->in, "corpus", false);
	return true;
}

/* Cut a scenario after so many calls; false when it has fewer. */
static bool cut(struct scenario *s, unsigned int calls)
{
	for (unsigned int i = 0; i < s->nr; i += 1u + s->ops[i].nr_tokens) {
		if (--calls)
			continue;
		s->nr = i + 1 + s->ops[i].nr_tokens;
		return true;
	}
	return false;
}

static void fill(struct bench *b, const struct bench_args *a)
{
	static struct scenario s;

	for (size_t i = 0; i < a->in.nr; i++) {
		input_scenario(&a->in.input[i], &s);
		if (s.family == b->subject->family && config_runs(b->subject->config, s.config))
			bench_take(b, &s);
	}
	for (unsigned int i = 0; !a->in.nr && i < TRIES_MAX && b->nr < BENCH_INPUTS; i++) {
		struct rng rng;

		rng_seed(&rng, i + 1);
		generate(&s, b->subject->family, SCENARIO_OPS_MAX, &rng);
		s.config = family_config(s.family, b->subject->config->id);
		if (cut(&s, a->ops))
			bench_take(b, &s);
	}
}

static double oracle_per_op(const struct bench *b)
{
	return (b->oracle - b->alone) * b->nr / b->ops;
}

/* Of a fuzzer's whole turn: mutate, decode, reset and run with the oracle (that has the reset). */
static double share(const struct bench *b)
{
	return (b->reset + b->decode + b->mutate) / (b->mutate + b->decode + b->oracle);
}

static void print(const struct bench *b)
{
	printf("%s: %u scenarios, %.1f ops executed in each; "
	       "one run, same inputs, medians of %u rounds\n",
	       b->subject->id, b->nr, (double)b->ops / b->nr, b->rounds);
	printf("  subject alone  %10.0f exec/s  %9.0f ns a scenario\n", 1e9 / b->alone, b->alone);
	printf("  with oracle    %10.0f exec/s  %9.0f ns a scenario\n", 1e9 / b->oracle, b->oracle);
	printf("  ratio %.2f; oracle %.0f ns an op\n", b->alone / b->oracle, oracle_per_op(b));
	printf("  reset %.0f ns, decode %.0f ns, mutate %.0f ns: "
	       "%.1f %% of a turn with all of them\n",
	       b->reset, b->decode, b->mutate, 100 * share(b));
}

static void print_sizes(const struct bench_sizes *z)
{
	printf("  a boot of 25 TiB costs %.2f times one of 4 GiB, with oracle %.2f times\n",
	       z->alone, z->oracle);
}

static json_t *object(const struct bench *b)
{
	return json_pack("{s:s, s:i, s:i, s:i, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f}", "subject",
			 b->subject->id, "scenarios", b->nr, "ops", b->ops, "rounds", b->rounds,
			 "alone_exec_per_s", 1e9 / b->alone, "oracle_exec_per_s", 1e9 / b->oracle,
			 "ratio", b->alone / b->oracle, "oracle_ns_per_op", oracle_per_op(b),
			 "reset_ns", b->reset, "decode_ns", b->decode, "mutate_ns", b->mutate,
			 "reset_decode_mutate_share", share(b));
}

/* Default: of each family and shipped configuration the kernel that was built in last. */
static bool is_wanted(const struct bench_args *a, const struct subject *s)
{
	if (a->reach && !table_watched(s->family))
		return false;
	if (a->family && s->family != a->family)
		return false;
	for (unsigned int i = 0; i < a->choice.nr; i++)
		if (a->choice.id[i] == s)
			return true;
	if (a->choice.nr)
		return false;
	if (a->choice.nr_kernels)
		return of_chosen_kernel(&a->choice, s);
	for (const struct subject *const *p = subjects; *p; p++)
		if ((*p)->family == s->family && (*p)->config == s->config &&
		    (*p)->version > s->version)
			return false;
	return a->reach || !s->config->synthetic;
}

/* Boots are measured by their machines' sizes, too, for a part of the time. */
static void measure_sizes(const struct bench *b, const struct bench_args *a, json_t *figures)
{
	struct bench_sizes z;

	if (!bench_sizes(&z, b->subject, a->time / 4.0, isolate_interrupted))
		return;
	if (figures)
		json_object_set_new(figures, "terabytes",
				    json_pack("{s:f, s:f}", "alone", z.alone, "oracle", z.oracle));
	else
		print_sizes(&z);
}

static void tell(const struct bench *b, const struct bench_args *a, json_t *list)
{
	json_t *figures = a->json ? object(b) : NULL;

	if (!figures)
		print(b);
	measure_sizes(b, a, figures);
	if (figures)
		json_array_append_new(list, figures);
}

static int measure_all(const struct bench_args *a, json_t *list)
{
	int status = CLI_OK;
	bool any = false;

	for (const struct subject *const *p = subjects; *p && !status; p++) {
		static struct bench b;

		if (!is_wanted(a, *p))
			continue;
		if (a->reach) {
			any = true;
			status = bench_reach(*p, &a->in, a->runs, a->json ? list : NULL);
			continue;
		}
		memset(&b, 0, sizeof(b));
		b.subject = *p;
		fill(&b, a);
		if (!b.nr)
			continue;
		any = true;
		bench_run(&b, a->time, isolate_interrupted);
		if (isolate_interrupted())
			status = cli_interrupted("the figures above are all there are");
		else
			tell(&b, a, list);
		fflush(stdout);
	}
	if (!any)
		return cli_error(a->reach ? "bench: --reach: no subject of family memblock among the chosen" :
					     "bench: no scenario that passes on the chosen subjects");
	return status;
}

static int bench_main(int argc, char **argv)
{
	static struct bench_args a;
	int status = CLI_FAILED;

	if (parse(&a, argc, argv)) {
		json_t *list = json_array();

		cli_catch_interrupt();
		watchdog_start(WATCHDOG_MS);
		status = a.min ? bench_min(a.family, a.runs, a.time, a.json ? list : NULL) :
				 measure_all(&a, list);
		if (a.json && !status)
			json_finish(stdout, json_pack("{s:O}", "subjects", list));
		json_decref(list);
	}
	inputs_free(&a.in);
	return status;
}

const struct command cmd_bench = {
	.name = "bench",
	.summary = "Measure: subject alone against subject with oracle; states reached",
	.usage = "[FILE|DIR...] [OPTION]...",
	.help = help,
	.main = bench_main,
};

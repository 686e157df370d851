// SPDX-License-Identifier: GPL-2.0-only
/* How good and how fast minimizing is, on planted bugs. */
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "cmd_bench.h"
#include "judge.h"
#include "min_goal.h"
#include "mutate.h"
#include "shortest.h"
#include "watchdog.h"

#define OPS		200
#define BUGS_MAX	1024

/* What became of one planted bug. */
struct figures {
	unsigned int ops, calls;	/* generated, and what is left */
	double ms;
	unsigned long runs;
	struct shortest best;
};

/* The first generated scenario that shows the bug as what it was planted for. */
static bool find(struct min_goal *g, struct isolate *iso, const struct subject *subject,
		 enum verdict_kind kind, unsigned int runs, struct scenario *s)
{
	uint64_t quirks = model_quirks_for(model_of(subject->family), subject->version);
	struct run_options opt = { .quirks = quirks, .fuzzing = true };

	for (unsigned int seed = 1; seed <= runs && !isolate_interrupted(); seed++) {
		struct verdict v;
		struct rng rng;

		rng_seed(&rng, seed);
		generate(s, subject->family, OPS, &rng);
		s->config = family_config(s->family, subject->config->id);
		if (isolate_run(iso, subject, s, &opt, false, &v, NULL) == ISOLATE_VERDICT &&
		    v.kind == kind)
			return min_goal_set(g, iso, subject, s, quirks) == MIN_GOAL_SET;
	}
	return false;
}

static bool measure(struct isolate *iso, const struct subject *subject, unsigned int runs,
		    unsigned int seconds, struct figures *f, struct scenario *s,
		    struct scenario *way)
{
	struct min_goal g = { .keep_subject = true };
	double start;

	if (!find(&g, iso, subject, verdict_by_name(subject->expect), runs, s))
		return false;
	f->ops = s->nr;
	start = clock_seconds();
	f->runs = min_scenario(&g, s);
	f->ms = (clock_seconds() - start) * 1e3;
	f->calls = scenario_calls(s);
	f->best = shortest_way(&g, s, seconds, 0, way);
	return !isolate_interrupted();
}

/* How many calls more than the shortest; -1: the search did not reach so far. */
static int surplus(const struct figures *f)
{
	if (f->best.calls)
		return f->calls - f->best.calls;
	return f->best.complete >= f->calls ? 0 : -1;
}

static void tell(const struct subject *subject, const struct figures *f, json_t *list)
{
	char best[32];

	if (list) {
		json_array_append_new(list,
			json_pack("{s:s, s:i, s:i, s:f, s:i, s:i, s:i, s:i}", "subject", subject->id,
				  "ops", f->ops, "calls", f->calls, "ms", f->ms, "runs",
				  (int)f->runs, "shortest", f->best.calls, "none_below",
				  f->best.complete, "surplus", surplus(f)));
		return;
	}
	snprintf(best, sizeof(best), f->best.calls || surplus(f) == 0 ? "%u" : ">= %u",
		 f->best.calls ? f->best.calls : f->best.complete);
	printf("%-40s %3u ops to %2u calls, %5.0f ms, %5lu runs; shortest %s\n", subject->id,
	       f->ops, f->calls, f->ms, f->runs, best);
	fflush(stdout);
}

static void show_both(const struct scenario *s, const struct scenario *way)
{
	puts("as minimized, and the shortest:");
	scenario_print(stdout, s);
	scenario_print(stdout, way);
}

static int by_number(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void sum_up(double *ms, unsigned int nr, unsigned int reached, int most,
		   unsigned int missed)
{
	qsort(ms, nr, sizeof(*ms), by_number);
	printf("%u planted bugs minimized, median %.0f ms, longest %.0f ms; %u not found or not seen\n",
	       nr, nr ? ms[nr / 2] : 0, nr ? ms[nr - 1] : 0, missed);
	printf("of %u the shortest is known: largest surplus %d calls\n", reached, most);
}

int bench_min(const struct family *family, unsigned int runs, unsigned int seconds, json_t *list)
{
	static double ms[BUGS_MAX];
	static struct scenario s, way;
	struct isolate *iso = isolate_new(WATCHDOG_OFTEN_MS);
	unsigned int nr = 0, reached = 0, missed = 0;
	int most = 0;

	if (!iso)
		return cli_error("cannot prepare a worker process");
	for (const struct subject *const *p = canaries; *p && nr < BUGS_MAX; p++) {
		struct figures f = { 0 };

		if (family && (*p)->family != family)
			continue;
		if (!judge_can_see(verdict_by_name((*p)->expect), *p) ||
		    !measure(iso, *p, runs, seconds, &f, &s, &way)) {
			missed++;
			continue;
		}
		ms[nr++] = f.ms;
		reached += surplus(&f) >= 0;
		most = surplus(&f) > most ? surplus(&f) : most;
		tell(*p, &f, list);
		if (surplus(&f) > 0 && !list)
			show_both(&s, &way);
	}
	isolate_free(iso);
	if (isolate_interrupted())
		return cli_interrupted("the figures above are all there are");
	if (!nr)
		return cli_error("bench: --min: no planted bugs among the chosen, or none was found");
	if (!list)
		sum_up(ms, nr, reached, most, missed);
	return CLI_OK;
}

// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <time.h>

#include "bench.h"
#include "mutate.h"

#define ROUNDS_MAX	2000
#define REPEAT		8		/* passes over the inputs in a part of a round */

/* One figure's values, a round each: nanoseconds a scenario. */
struct series {
	double value[ROUNDS_MAX];
};

static struct scenario decoded[BENCH_INPUTS];

static double now(void)
{
	struct timespec t;

	/* our own time: others on the machine have no say in the ratio */
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return t.tv_sec * 1e9 + t.tv_nsec;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static double median(struct series *s, unsigned int n)
{
	qsort(s->value, n, sizeof(s->value[0]), by_value);
	return n & 1 ? s->value[n / 2] : (s->value[n / 2 - 1] + s->value[n / 2]) / 2;
}

static struct run_options options(const struct bench *b, bool alone)
{
	return (struct run_options){
		.quirks = model_quirks_for(model_of(b->subject->family), b->subject->version),
		.no_oracle = alone, .fuzzing = true, .sparse = true,
	};
}

/* Without the model nobody would end the scenario there, before an op that hangs, for instance. */
static bool ends_early(const struct bench *b, const struct run_report *r)
{
	const struct model *m = model_of(b->subject->family);

	for (unsigned int i = 0; i < m->nr_quirks; i++)
		if (r->fired >> i & 1 && m->quirks[i].kind != QUIRK_EXACT)
			return true;
	return false;
}

bool bench_take(struct bench *b, const struct scenario *s)
{
	const struct run_options with = options(b, false), alone = options(b, true);
	struct run_report r, ra;
	struct verdict v;

	if (b->nr == BENCH_INPUTS || !run_scenario(b->subject, s, &with, &v, &r) || !r.executed ||
	    ends_early(b, &r))
		return false;
	run_scenario(b->subject, s, &alone, &v, &ra);
	if (r.executed != ra.executed || r.state_hash != ra.state_hash)
		return false;
	b->input[b->nr].size = scenario_encode(s, b->input[b->nr].bytes, SCENARIO_BYTES_MAX);
	b->nr++;
	b->ops += r.executed;
	return true;
}

static double time_runs(const struct bench *b, bool alone)
{
	const struct run_options opt = options(b, alone);
	struct verdict v;
	double from = now();

	for (unsigned int k = 0; k < REPEAT; k++)
		for (unsigned int i = 0; i < b->nr; i++)
			run_scenario(b->subject, &decoded[i], &opt, &v, NULL);
	return (now() - from) / (REPEAT * b->nr);
}

static double time_decode(const struct bench *b)
{
	double from = now();

	for (unsigned int k = 0; k < REPEAT; k++)
		for (unsigned int i = 0; i < b->nr; i++)
			scenario_decode(&decoded[i], b->subject->family, b->input[i].bytes,
					b->input[i].size);
	return (now() - from) / (REPEAT * b->nr);
}

static double time_mutate(const struct bench *b, struct rng *rng)
{
	static struct scenario s[BENCH_INPUTS];
	double spent = 0;

	for (unsigned int k = 0; k < REPEAT; k++) {
		double from;

		for (unsigned int i = 0; i < b->nr; i++)
			s[i] = decoded[i];
		from = now();
		for (unsigned int i = 0; i < b->nr; i++)
			mutate(&s[i], &decoded[(i + 1) % b->nr], SCENARIO_OPS_MAX, rng);
		spent += now() - from;
	}
	return spent / (REPEAT * b->nr);
}

/* What there is to put back is what a run left: so it is timed after one each. */
static double time_reset(const struct bench *b)
{
	const struct run_options opt = options(b, true);
	double spent = 0, clock = now();
	struct verdict v;

	for (unsigned int i = 0; i < b->nr; i++)
		now();
	clock = (now() - clock) / (b->nr + 1);	/* what looking at the clock costs */
	for (unsigned int i = 0; i < b->nr; i++) {
		double from;

		run_scenario(b->subject, &decoded[i], &opt, &v, NULL);
		from = now();
		b->subject->reset();
		spent += now() - from - clock;
	}
	return spent / b->nr;
}

void bench_run(struct bench *b, double seconds, bool (*stop)(void))
{
	static struct series alone, oracle, reset, decode, mutate;
	double end = now() + seconds * 1e9;
	unsigned int n = 0;
	struct rng rng;

	rng_seed(&rng, 1);
	time_decode(b);
	time_runs(b, false);		/* warm up */
	do {
		/* by turns, and the first turn by turns: what else the machine does hits both */
		if (n & 1) {
			alone.value[n] = time_runs(b, true);
			oracle.value[n] = time_runs(b, false);
		} else {
			oracle.value[n] = time_runs(b, false);
			alone.value[n] = time_runs(b, true);
		}
		reset.value[n] = time_reset(b);
		mutate.value[n] = time_mutate(b, &rng);
		decode.value[n] = time_decode(b);
		n++;
	} while (n < ROUNDS_MAX && now() < end && !(stop && stop()));
	b->rounds = n;
	b->alone = median(&alone, n);
	b->oracle = median(&oracle, n);
	b->reset = median(&reset, n);
	b->decode = median(&decode, n);
	b->mutate = median(&mutate, n);
}

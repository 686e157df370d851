// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "contract/memblock.h"
#include "reach.h"

/* What is known of the run that is under way: features come without an argument. */
static struct {
	uint8_t seen[RUN_FEATURES];	/* by any run of this source */
	bool new_one;
	const struct scenario *s;
	struct table_watch watch;
	uint32_t state[WATCHED_TABLES];
	bool pair[LEVELS][LEVELS];
} now;

static void on_feature(unsigned int id)
{
	now.new_one |= !now.seen[id];
	now.seen[id] = 1;
}

static void after_op(void *arg, unsigned int op, const struct expect *e, const struct result *res,
		     const struct state *st)
{
	(void)arg;
	(void)e;
	table_watch_op(&now.watch, now.s, &now.s->ops[op], res, st);
	for (unsigned int t = 0; t < WATCHED_TABLES; t++)
		now.state[t] |= now.watch.reached[t];
	now.pair[table_level(&now.watch, now.s, M_MEMORY)]
		[table_level(&now.watch, now.s, M_RESERVED)] = true;
}

static void run_one(const struct reach *r, const struct scenario *s, struct reach_counts *c)
{
	const struct run_options opt = {
		.quirks = model_quirks_for(model_of(s->family), r->subject->version),
		.fuzzing = true, .sparse = true, .after = after_op, .feature = on_feature,
	};
	struct verdict v;

	now.s = s;
	now.new_one = false;
	memset(now.state, 0, sizeof(now.state));
	memset(now.pair, 0, sizeof(now.pair));
	table_watch_start(&now.watch, s);
	c->verdicts += !run_scenario(r->subject, s, &opt, &v, NULL);
	for (unsigned int t = 0; t < WATCHED_TABLES; t++)
		for (unsigned int i = 0; i < REACHES; i++)
			c->state[t][i] += now.state[t] >> i & 1;
	for (unsigned int i = 0; i < LEVELS; i++)
		for (unsigned int k = 0; k < LEVELS; k++)
			c->pair[i][k] += now.pair[i][k];
}

void reach_take(struct reach *r, const struct scenario *s)
{
	static struct scenario own;

	if (s->family != r->subject->family || r->nr_pool == REACH_POOL)
		return;
	own = *s;
	own.config = family_config(s->family, r->subject->config->id);
	r->pool[r->nr_pool].size = scenario_encode(&own, r->pool[r->nr_pool].bytes,
						   SCENARIO_BYTES_MAX);
	r->nr_pool++;
}

static void from_pool(const struct reach *r, struct scenario *s, struct rng *rng)
{
	unsigned int i = rng_below(rng, r->nr_pool);

	scenario_decode(s, r->subject->family, r->pool[i].bytes, r->pool[i].size);
}

static void next(const struct reach *r, enum reach_source source, struct scenario *s,
		 struct rng *rng)
{
	static struct scenario other;

	if (source == REACH_GENERATED) {
		generate(s, r->subject->family, SCENARIO_OPS_MAX, rng);
	} else {
		from_pool(r, s, rng);
		from_pool(r, &other, rng);
		mutate(s, rng_below(rng, 2) ? &other : NULL, SCENARIO_OPS_MAX, rng);
	}
	s->config = family_config(s->family, r->subject->config->id);
}

/* What told of a new state is mutated from now on: in place of another when there is no room. */
static void keep(struct reach *r, const struct scenario *s, struct rng *rng)
{
	unsigned int i = r->nr_pool < REACH_POOL ? r->nr_pool++ : rng_below(rng, REACH_POOL);

	r->pool[i].size = scenario_encode(s, r->pool[i].bytes, SCENARIO_BYTES_MAX);
}

void reach_run(struct reach *r, bool (*stop)(void))
{
	static struct scenario s;

	for (unsigned int source = 0; source < REACH_SOURCES; source++) {
		struct rng rng;

		rng_seed(&rng, 1 + source);
		memset(now.seen, 0, sizeof(now.seen));
		if (source == REACH_FROM_NOTHING || !r->nr_pool) {
			scenario_init(&s, r->subject->family);
			r->nr_pool = 0;
			reach_take(r, &s);
		}
		for (unsigned int i = 0; i < r->runs && !(stop && stop()); i++) {
			next(r, source, &s, &rng);
			run_one(r, &s, &r->count[source]);
			if (now.new_one && source != REACH_GENERATED)
				keep(r, &s, &rng);
		}
	}
}

// SPDX-License-Identifier: GPL-2.0-only
/* One scenario on one subject: the loop that every engine and command goes through. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

static _Alignas(64) unsigned char model_state[MODEL_STATE_MAX];

static struct run_place own_place;
static struct run_place *place = &own_place;

void run_place_use(struct run_place *p)
{
	place = p ? p : &own_place;
}

const struct run_place *run_place(void)
{
	return place;
}

void run_enter(unsigned int op, enum legality legality)
{
	place->op = op;
	place->legality = legality;
	place->sequence++;
	place->in_subject = true;
}

void run_leave(void)
{
	place->in_subject = false;
}

unsigned int run_position(void)
{
	return place->op;
}

static inline uint64_t mix(uint64_t h, uint64_t x)
{
	h = (h ^ x) * 0x9e3779b97f4a7c15u;
	return h ^ h >> 29;
}

static uint64_t hash_table(uint64_t h, const struct table *t)
{
	/* two lanes: the multiplications of neighbouring words overlap in time */
	uint64_t a = mix(h, t->nr), b = a + 1;

	for (unsigned int i = 0; i < t->nr; i++) {
		const struct row *r = &t->rows[i];

		a = mix(a, r->start);
		b = mix(b, r->size);
		a = mix(a, (uint64_t)r->type << 32 | r->flags);
	}
	/* a and b are alike where there are no rows: a must not meet b unmixed */
	return mix(mix(a, t->nr), b);
}

uint64_t run_hash(uint64_t h, const struct result *res, const struct state *st)
{
	h = mix(h, (uint64_t)res->outcome << 32 | res->said);
	h = mix(h, res->value);
	for (unsigned int t = 0; t < st->nr_tables; t++)
		h = hash_table(h, &st->table[t]);
	return h;
}

/* How full a table is: 0 empty, 7 full, 6 one slot left, else in fifths. */
static unsigned int fill_bucket(const struct table *t, unsigned int slots)
{
	unsigned int used = t->nr;

	/* families that show every slot: count those in use */
	if (used == slots) {
		used = 0;
		for (unsigned int i = 0; i < t->nr; i++)
			used += t->rows[i].start || t->rows[i].size || t->rows[i].type;
	}
	if (!used)
		return 0;
	if (used >= slots)
		return 7;
	if (used + 1 == slots)
		return 6;
	return 1 + used * 5 / slots;
}

/* How often table @t has doubled: 0 to 3. */
static unsigned int doubled(const struct scenario *s, const struct state *st, unsigned int t)
{
	unsigned int slots = s->config->slots, times = 0;
	unsigned int at = s->family->slots_table;

	if (!at || at >= st->nr_tables || t >= st->table[at].nr)
		return 0;
	while (times < 3 && slots < st->table[at].rows[t].flags) {
		slots *= 2;
		times++;
	}
	return times;
}

/* fill x doubled x op x outcome */
static unsigned int feature_id(const struct scenario *s, const struct op *op,
			       const struct result *res, const struct state *st, unsigned int t)
{
	unsigned int twice = doubled(s, st, t);
	unsigned int fill = fill_bucket(&st->table[t], s->config->slots << twice);
	unsigned int outcome = res->outcome < 3 ? res->outcome : 3;

	return ((fill * 4 + twice) * 64 + (op->id & 63)) * 4 + outcome;
}

#define SELFCHECK_EVERY	64	/* power of two: of the scenarios of a sparse run */

/*
 * The model's two layers contradict each other: what was said of the subject is worth nothing.
 * Every step compares what it makes of both; to go through all that they hold once more finds only
 * sums that a step got wrong, which would not happen to one scenario alone.
 */
static void selfcheck(const struct model *m, const struct subject *subject, bool sparse)
{
	static unsigned int scenarios;

	if (sparse && m->noticed && scenarios++ % SELFCHECK_EVERY) {
		if (!m->noticed(model_state))
			return;
	} else if (m->selfcheck(model_state)) {
		return;
	}
	fprintf(stderr,
		"earlyfuzz: internal error: model layers disagree (family %s, against %s)\n",
		m->family->name, subject->id);
	abort();
}

/* A run on its way. */
struct run {
	const struct subject *subject;
	const struct model *model;	/* NULL: nothing is predicted */
	const struct scenario *s;
	const struct run_options *opt;
	bool observe, hash;
	enum legality legality;		/* of the scenario so far: that of its least legal op */
	struct table_watch watch;		/* for features */
	struct run_report r;
	bool differed;			/* past_differs: it has, and @first says how */
	struct verdict first;
};

/* Is the op to be left out? Then neither the subject nor the model sees it. */
static bool left_out(const struct run *run, const struct op *op)
{
	if (run->subject->lacks >> op->id & 1)
		return true;
	return run->opt->legal_only && run->model->legality(model_state, op) != LEGAL;
}

/* What the families with several such tables tell besides: the second, both together, events. */
static void tell_tables(struct run *run, const struct op *op, const struct result *res,
			const struct state *st)
{
	struct table_watch *w = &run->watch;
	unsigned int level[WATCHED_TABLES];

	table_watch_op(w, run->s, op, res, st);
	run->opt->feature(RUN_FEATURES_TABLE + feature_id(run->s, op, res, st, 1));
	for (unsigned int t = 0; t < WATCHED_TABLES; t++) {
		level[t] = table_level(w, run->s, t);
		for (unsigned int e = REACH_EVENTS; e < REACHES; e++)
			if (w->reached[t] >> e & 1)
				run->opt->feature(RUN_FEATURES_EVENTS +
						  ((e - REACH_EVENTS) * WATCHED_TABLES + t) * 64 +
						  (op->id & 63));
	}
	run->opt->feature(RUN_FEATURES_PAIRS + level[0] * LEVELS + level[1]);
}

static void tell_features(struct run *run, const struct op *op, const struct result *res,
			  const struct state *st)
{
	run->opt->feature(feature_id(run->s, op, res, st, 0));
	if (table_watched(run->s->family))
		tell_tables(run, op, res, st);
}

/* It is not over: what differs in the exact layer alone is kept, and the run goes on. */
static bool past_difference(struct run *run, struct verdict *v)
{
	if (!run->opt->past_differs || v->kind != VERDICT_DIFFERS)
		return false;
	if (!run->differed) {
		run->first = *v;
		place->differed_at = v->op;
		place->differed = true;
	}
	run->differed = true;
	memset(v, 0, sizeof(*v));
	v->table = -1;
	return true;
}

/* One op on both sides. Returns whether the scenario goes on; @v says why not. */
static bool run_op(struct run *run, unsigned int i, struct verdict *v)
{
	const struct run_options *opt = run->opt;
	const struct op *op = &run->s->ops[i];
	struct expect e;	/* large: step() fills in what it has */
	struct state st;
	struct result res;

	e.cut = false;
	st.nr_tables = 0;

	if (left_out(run, op)) {
		run->r.skipped++;
		return true;
	}
	if (run->model) {
		run->model->step(model_state, op, &e);
		run->r.fired |= e.fired;
		place->fired = run->r.fired;
		if (e.avoid && opt->fuzzing) {
			run->r.skipped++;
			return true;
		}
		if (run->differed && e.fired) {
			run->r.last = i;
			run->r.unjudged = true;
			return false;
		}
		run->r.fired_last = e.fired;
		place->fired_last = e.fired;
		if (e.legality > run->legality)
			run->legality = e.legality;
	}
	run_enter(i, run->legality);
	run->subject->exec(op, &res);
	if (run->observe)
		run->subject->observe(&st);
	run_leave();
	run->r.executed++;
	run->r.last = i;
	if (run->hash)
		run->r.state_hash = run_hash(run->r.state_hash, &res, &st);
	if (opt->after)
		opt->after(opt->arg, i, run->model ? &e : NULL, &res, &st);
	if (opt->feature)
		tell_features(run, op, &res, &st);
	if (run->model && run->model->adopt && !e.cut)
		run->model->adopt(model_state, op, &res, &st, &e);
	if (e.cut) {
		run->r.unjudged = true;
		return false;
	}
	if (!opt->no_oracle && !oracle_check(run->model, model_state, op, &e, &res, &st, v)) {
		v->op = i;
		v->legality = run->legality;
		if (!past_difference(run, v))
			return false;
	}
	return res.outcome == OUT_RETURN;
}

/* It ends where the machine dies and where a quirk cuts it; what must not run is left out. */
bool run_scenario(const struct subject *subject, const struct scenario *s,
		  const struct run_options *opt, struct verdict *v, struct run_report *report)
{
	const struct model_setup setup = {
		.config = subject->config, .version = subject->version, .quirks = opt->quirks,
	};
	struct run run = {
		.subject = subject, .s = s, .opt = opt, .hash = report,
		.observe = !opt->no_oracle || report || opt->after || opt->feature,
	};

	memset(v, 0, sizeof(*v));
	v->table = -1;
	place->fired = 0;
	place->fired_last = 0;
	place->differed = false;
	run_enter(0, LEGAL);
	subject->reset();
	run_leave();
	if (opt->feature)
		table_watch_start(&run.watch, s);
	if (!opt->no_oracle || opt->legal_only) {
		run.model = model_of(s->family);
		run.model->init(model_state, &setup);
		run.observe |= run.model->adopt != NULL;
	}
	for (unsigned int i = 0; i < s->nr; i += 1u + s->ops[i].nr_tokens)
		if (!run_op(&run, i, v))
			break;
	run.r.differed = run.differed;
	run.r.differed_at = run.first.op;
	if (run.differed && v->kind == VERDICT_PASS)
		*v = run.first;
	v->quirks = run.r.fired;
	if (run.model && v->kind == VERDICT_PASS && !run.r.fired)
		selfcheck(run.model, subject, opt->sparse);
	if (report)
		*report = run.r;
	return v->kind == VERDICT_PASS;
}

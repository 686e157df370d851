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
	return mix(a, b);
}

uint64_t run_hash(uint64_t h, const struct result *res, const struct state *st)
{
	h = mix(h, (uint64_t)res->outcome << 32 | res->said);
	h = mix(h, res->value);
	for (unsigned int t = 0; t < st->nr_tables; t++)
		h = hash_table(h, &st->table[t]);
	return h;
}

/* How full the first table is: 0 empty, 7 full, 6 one slot left, else in fifths. */
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

/* fill x doubled x op x outcome; no family of today doubles its table. */
static unsigned int feature_id(const struct scenario *s, const struct op *op,
			       const struct result *res, const struct state *st)
{
	unsigned int fill = fill_bucket(&st->table[0], s->config->slots);
	unsigned int outcome = res->outcome < 3 ? res->outcome : 3;

	return ((fill * 4 + 0) * 64 + (op->id & 63)) * 4 + outcome;
}

/* The two layers of the model contradict each other: whatever was said of the subject is worth nothing. */
static void selfcheck(const struct model *m, const struct subject *subject)
{
	if (m->selfcheck(model_state))
		return;
	fprintf(stderr, "earlyfuzz: internal error: model layers disagree (family %s, against %s)\n",
		m->family->name, subject->id);
	abort();
}

/* The scenario ends where the machine dies, where a quirk cuts it, and before what must not run. */
bool run_scenario(const struct subject *subject, const struct scenario *s,
		  const struct run_options *opt, struct verdict *v, struct run_report *report)
{
	const struct model *m = model_of(s->family);
	const struct model_setup setup = {
		.config = s->config, .version = subject->version, .quirks = opt->quirks,
	};
	bool model = !opt->no_oracle || opt->legal_only;
	bool observe = !opt->no_oracle || report || opt->after || opt->feature;
	struct run_report r = { 0 };
	struct expect e = { 0 };
	struct state st = { 0 };
	struct result res;

	memset(v, 0, sizeof(*v));
	v->table = -1;
	place->op = 0;
	place->fired = 0;
	place->legality = LEGAL;
	place->in_subject = true;
	subject->reset();
	place->in_subject = false;
	if (model)
		m->init(model_state, &setup);

	for (unsigned int i = 0; i < s->nr; i += 1u + s->ops[i].nr_tokens) {
		const struct op *op = &s->ops[i];

		place->op = i;
		place->sequence++;
		if (opt->legal_only && m->legality(model_state, op) != LEGAL) {
			r.skipped++;
			continue;
		}
		if (model) {
			m->step(model_state, op, &e);
			r.fired |= e.fired;
			place->fired = r.fired;
			place->legality = e.legality;
			if (e.avoid && opt->fuzzing) {
				r.skipped++;
				break;
			}
		}
		place->in_subject = true;
		subject->exec(op, &res);
		if (observe)
			subject->observe(&st);
		place->in_subject = false;
		r.executed++;
		if (report)
			r.state_hash = run_hash(r.state_hash, &res, &st);
		if (opt->after)
			opt->after(opt->arg, i, model ? &e : NULL, &res, &st);
		if (opt->feature)
			opt->feature(feature_id(s, op, &res, &st));
		if (!opt->no_oracle && !e.cut &&
		    !oracle_check(m, model_state, op, &e, &res, &st, v)) {
			v->op = i;
			v->legality = e.legality;
			v->quirks = r.fired;
			break;
		}
		if (res.outcome != OUT_RETURN || e.cut)
			break;
	}
	v->quirks = r.fired;
	if (model && !v->kind && !r.fired)
		selfcheck(m, subject);
	if (report)
		*report = r;
	return v->kind == VERDICT_PASS;
}

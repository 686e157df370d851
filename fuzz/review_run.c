// SPDX-License-Identifier: GPL-2.0-only
/* Scenario after scenario: what is new is told at once, minimized and kept. */
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "review.h"

static struct review_found *find(struct review *r, const struct pair_result *result)
{
	for (unsigned int i = 0; i < r->nr_found; i++)
		if (pair_same(&r->found[i].result, result))
			return &r->found[i];
	return NULL;
}

/* The verdict that @result is told by. */
static const struct verdict *told(const struct pair_result *result)
{
	const struct verdict *v = result->class == PAIR_FIX ? &result->base : &result->head;

	return v->kind == VERDICT_PASS ? &result->base : v;
}

static void tell(const struct review *r, const struct review_found *f, const struct scenario *s)
{
	const struct pair_result *x = &f->result;
	const struct op_desc *d = family_op(s->family, x->sig.op);

	fprintf(stderr, "%.1f s: %s: ", clock_seconds() - r->started, pair_class_name(x->class));
	if (x->class == PAIR_CHANGE)
		fprintf(stderr, "%s of %s on %s: %s\n", x->what, d ? d->name : "?",
			f->pair->head->id, f->file);
	else
		fprintf(stderr, "%s in %s on %s: %s\n", verdict_name(x->sig.kind),
			d ? d->name : "?", f->pair->head->id, f->file);
	if (told(x)->detail[0] && x->class != PAIR_CHANGE)
		fprintf(stderr, "  %s\n", told(x)->detail);
}

/* Of several with one signature (other quirks are mended) the second has a number behind it. */
static void name(struct review *r, struct review_found *f)
{
	size_t len;

	signature_name(f->name, sizeof(f->name), &f->result.sig);
	len = strlen(f->name);
	for (unsigned int i = 0, n = 1; i < r->nr_found; i++)
		if (&r->found[i] != f && r->found[i].result.class == f->result.class &&
		    !strcmp(r->found[i].name, f->name)) {
			snprintf(f->name + len, sizeof(f->name) - len, "-%u", ++n);
			i = -1;		/* from the beginning */
		}
}

static bool keep(struct review *r, struct scenario *s, const struct pair *p,
		 const struct pair_result *result, const char *file, uint64_t seed)
{
	static uint8_t bytes[SCENARIO_BYTES_MAX];
	struct review_found *f = &r->found[r->nr_found];

	memset(f, 0, sizeof(*f));
	f->pair = p;
	f->result = *result;
	f->seed = seed;
	f->times = 1;
	f->ops_before = s->nr;
	f->file = strdup(file);
	if (!f->file)
		return false;
	if (!r->nr_found)
		r->first = clock_seconds() - r->started;
	tell(r, f, s);
	f->tries = pair_minimize(p, s, &f->result);
	f->size = scenario_encode(s, bytes, sizeof(bytes));
	f->bytes = malloc(f->size);
	if (!f->bytes) {
		free(f->file);
		return false;
	}
	memcpy(f->bytes, bytes, f->size);
	name(r, f);
	r->nr_found++;
	r->of[f->result.class]++;
	return !r->dir || review_write(r, f);
}

/* One pair. Returns whether to go on. */
static bool on_pair(struct review *r, unsigned int i, struct scenario *s, const char *file,
		    uint64_t seed)
{
	struct pair *p = &r->pair[i];
	struct review_found *known;
	static struct pair_result result;

	pair_fit(p, s);
	p->avoided = r->avoided[i] < REVIEW_AVOIDED;
	pair_run(p, s, &result);
	r->runs[i]++;
	r->avoided[i] += result.report[0].skipped > 0;
	if (result.failed == ISOLATE_INTERRUPTED)
		return false;
	if (result.failed) {
		if (!r->broken++)
			snprintf(r->broken_why, sizeof(r->broken_why), "%.120s on %s or %s: %.*s",
				 file, p->base->id, p->head->id, 60,
				 isolate_said(r->iso[0])[0] ? isolate_said(r->iso[0]) :
							      isolate_said(r->iso[1]));
		return true;
	}
	r->inputs[result.class]++;
	if (result.class == PAIR_SAME)
		return true;
	known = find(r, &result);
	if (known) {
		known->times++;
		return true;
	}
	if (r->nr_found == REVIEW_FOUND) {
		r->more++;
		return true;
	}
	return keep(r, s, p, &result, file, seed);
}

bool review_scenario(struct review *r, const struct scenario *s, const char *file, uint64_t seed)
{
	static struct scenario own;
	bool fits = false;

	for (unsigned int i = 0; i < r->nr_pairs; i++) {
		if (r->pair[i].base->family != s->family ||
		    !config_runs(r->pair[i].base->config, s->config))
			continue;
		fits = true;
		own = *s;
		if (!on_pair(r, i, &own, file, seed))
			return false;
	}
	r->scenarios += fits;
	r->unfit += !fits;
	return !isolate_interrupted();
}

void review_free(struct review *r)
{
	for (unsigned int i = 0; i < r->nr_found; i++) {
		free(r->found[i].bytes);
		free(r->found[i].file);
	}
}

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
	const struct verdict *v = result->apparent == PAIR_FIX ? &result->base : &result->head;

	return v->kind == VERDICT_PASS ? &result->base : v;
}

/* "regression", but told apart where only who breaks the rules meets it, or in doubt. */
static const char *class_told(const struct pair_result *x)
{
	return pair_is_misuse(x) ? "regression in misuse" : pair_class_name(x->class);
}

static void tell(const struct review *r, const struct review_found *f, const struct scenario *s)
{
	const struct pair_result *x = &f->result;
	const struct op_desc *d = family_op(s->family, x->sig.op);

	fprintf(stderr, "%.1f s: %s: ", clock_seconds() - r->started, class_told(x));
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
	if (pair_is_misuse(&f->result))
		strncat(f->name, "-misuse", sizeof(f->name) - strlen(f->name) - 1);
	len = strlen(f->name);
	for (unsigned int i = 0, n = 1; i < r->nr_found; i++)
		if (&r->found[i] != f && r->found[i].result.class == f->result.class &&
		    !strcmp(r->found[i].name, f->name)) {
			snprintf(f->name + len, sizeof(f->name) - len, "-%u", ++n);
			i = -1;		/* from the beginning */
		}
}

/* Minimized, it may be what is known already; then it is one more of that. */
static bool is_news(struct review *r, struct review_found *f)
{
	struct review_found *known = find(r, &f->result);

	if (known) {
		known->times++;
		free(f->file);
	}
	return !known;
}

static bool keep(struct review *r, struct scenario *s, struct pair *p,
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
	p->effort = r->nr_found < REVIEW_AT_LENGTH ? 0 : REVIEW_EFFORT;
	f->tries = pair_minimize(p, s, &f->result);
	if (!is_news(r, f))
		return true;
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
	r->misuse += pair_is_misuse(&f->result);
	return !r->dir || review_write(r, f);
}

/* Known, and as it was. */
static void count_known(struct review *r, const struct family *f, uint64_t quirks)
{
	struct review_known *k = r->known;

	while (k < r->known + r->nr_known && k->family != f)
		k++;
	if (k == r->known + r->nr_known)
		r->known[r->nr_known++] = (struct review_known){ .family = f };
	k->quirks |= quirks;
	k->times++;
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
	if (result.known_same)
		count_known(r, s->family, result.known_same);
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

// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "contract/model.h"
#include "json.h"
#include "review.h"

static json_t *quirks(const struct family *f, uint64_t mask)
{
	const struct model *m = model_of(f);
	json_t *list = json_array();

	for (unsigned int i = 0; i < m->nr_quirks && i < 64; i++)
		if (mask >> i & 1)
			json_array_append_new(list, json_string(m->quirks[i].id));
	return list;
}

static json_t *verdict(const struct subject *s, const struct verdict *v)
{
	return json_pack("{s:s, s:s, s:s, s:i, s:s, s:s, s:s}", "subject", s->id, "release",
			 s->release, "verdict", verdict_name(v->kind), "op", (int)v->op,
			 "legality", legality_name(v->legality), "function", v->function,
			 "detail", v->detail);
}

static json_t *text_of(const struct scenario *s)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);
	json_t *j = NULL;

	if (f) {
		scenario_print(f, s);
		if (!fclose(f))
			j = json_text(text);
	}
	free(text);
	return j ? j : json_null();
}

static json_t *found(const struct review *r, const struct review_found *f)
{
	static struct scenario s;
	const struct pair_result *x = &f->result;
	const struct family *family = f->pair->base->family;
	const struct op_desc *d = family_op(family, x->sig.op);
	char dir[SIGNATURE_NAME + 16];
	json_t *j;

	scenario_decode(&s, NULL, f->bytes, f->size);
	j = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:b, s:b}", "class",
		      pair_class_name(x->class), "signature", f->name, "family", family->name,
		      "verdict", verdict_name(x->sig.kind), "op", d ? d->name : "", "function",
		      x->sig.function, "base", verdict(f->pair->base, &x->base), "head",
		      verdict(f->pair->head, &x->head), "mended", quirks(family, x->mended),
		      "known", quirks(family, x->known), "same_way",
		      x->same_way, "behind_change", x->class == PAIR_DOUBTFUL);
	json_object_set_new(j, "worse", json_boolean(x->worse));
	json_object_set_new(j, "in_misuse", json_boolean(pair_is_misuse(x)));
	if (x->class == PAIR_DOUBTFUL)
		json_object_set_new(j, "apparently",
				    json_string(pair_class_name(x->apparent)));
	json_object_set_new(j, "at_op", json_integer(x->op));
	json_object_set_new(j, "differs", json_string(x->what));
	json_object_set_new(j, "ops", json_integer(s.nr));
	json_object_set_new(j, "ops_before", json_integer(f->ops_before));
	json_object_set_new(j, "times", json_integer(f->times));
	json_object_set_new(j, "runs_to_minimize", json_integer(f->tries));
	json_object_set_new(j, "file", f->seed ? json_null() : json_text(f->file));
	json_object_set_new(j, "seed", f->seed ? json_integer(f->seed) : json_null());
	if (r->dir) {
		snprintf(dir, sizeof(dir), "%s/%s", pair_class_name(x->class), f->name);
		json_object_set_new(j, "directory", json_text(dir));
	}
	json_object_set_new(j, "scenario", text_of(&s));
	return j;
}

static json_t *pairs(const struct review *r)
{
	json_t *list = json_array();

	for (unsigned int i = 0; i < r->nr_pairs; i++)
		json_array_append_new(list, json_pack("{s:s, s:s, s:I}", "base",
						      r->pair[i].base->id, "head",
						      r->pair[i].head->id, "scenarios",
						      (json_int_t)r->runs[i]));
	return list;
}

static json_t *by_class(const unsigned long *of)
{
	json_t *j = json_object();

	for (unsigned int c = 0; c < PAIR_CLASSES; c++)
		if (c != PAIR_SAME || of[c])
			json_object_set_new(j, pair_class_name(c), json_integer(of[c]));
	return j;
}

void review_json(FILE *out, const struct review *r)
{
	json_t *skips = json_array(), *all = json_array(), *known = json_array();
	json_t *j;

	for (unsigned int i = 0; i < r->nr_skips; i++)
		json_array_append_new(skips, json_pack("{s:s, s:s}", "what", r->skip[i].what, "why",
						       r->skip[i].why));
	for (unsigned int i = 0; i < r->nr_found; i++)
		json_array_append_new(all, found(r, &r->found[i]));
	j = json_pack("{s:s, s:s, s:b, s:o, s:o, s:I, s:I, s:f, s:o, s:o}", "base", r->base, "head",
		      r->head, "complete", r->complete, "pairs", pairs(r), "not_compared", skips,
		      "scenarios", (json_int_t)r->scenarios, "without_a_pair",
		      (json_int_t)r->unfit, "seconds", r->seconds, "found", by_class(r->of),
		      "runs_by_class", by_class(r->inputs));
	if (r->nr_found)
		json_object_set_new(j, "seconds_to_first", json_pack("f", r->first));
	if (r->misuse)
		json_object_set_new(j, "regressions_in_misuse", json_integer(r->misuse));
	for (unsigned int i = 0; i < r->nr_known; i++)
		json_array_append_new(known, json_pack("{s:s, s:o, s:I}", "family",
				      r->known[i].family->name, "quirks",
				      quirks(r->known[i].family, r->known[i].quirks),
				      "times", (json_int_t)r->known[i].times));
	json_object_set_new(j, "known_in_both", known);
	if (r->more)
		json_object_set_new(j, "more", json_integer(r->more));
	if (r->broken)
		json_object_set_new(j, "failed", json_pack("{s:I, s:o}", "runs",
							   (json_int_t)r->broken, "first",
							   json_text(r->broken_why)));
	json_object_set_new(j, "results", all);
	json_finish(out, j);
}

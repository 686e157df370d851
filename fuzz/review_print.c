// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "contract/model.h"
#include "review.h"

#define SCREEN	24u
#define WIDTH	79
#define REASONS	3u	/* why something is not compared: so many lines */

static struct finding as_finding(const struct review_found *f)
{
	const struct pair_result *r = &f->result;
	const struct verdict *v = r->class == PAIR_FIX ? &r->base : &r->head;

	return (struct finding){ .expect = r->sig.kind, .legality = v->legality };
}

static int by_rank(const void *a, const void *b)
{
	const struct review_found *x = a, *y = b;
	const struct finding f = as_finding(x), g = as_finding(y);

	if (x->result.class != y->result.class)
		return (int)x->result.class - (int)y->result.class;
	if (finding_rank(&f, &g))
		return finding_rank(&f, &g);
	return strcmp(x->name, y->name);
}

void review_sort(struct review *r)
{
	qsort(r->found, r->nr_found, sizeof(r->found[0]), by_rank);
}

static void cut(FILE *out, char *line)
{
	if (strlen(line) > WIDTH)
		strcpy(line + WIDTH - 3, "...");
	fprintf(out, "%s\n", line);
}

static void print_found(FILE *out, const struct review_found *f)
{
	const struct pair_result *r = &f->result;
	const struct op_desc *d = family_op(f->pair->base->family, r->sig.op);
	const struct model *m = model_of(f->pair->base->family);
	char line[512], what[160] = "";

	if (r->class == PAIR_CHANGE)
		snprintf(what, sizeof(what), "%s", r->what);
	else
		snprintf(what, sizeof(what), "%s", verdict_name(r->sig.kind));
	if (r->class == PAIR_BROKEN)
		snprintf(what + strlen(what), sizeof(what) - strlen(what), " (%s)",
			 r->same_way ? "the same" : "otherwise");
	if (r->mended)
		snprintf(what + strlen(what), sizeof(what) - strlen(what), ", mends %s",
			 m->quirks[__builtin_ctzll(r->mended)].id);
	if (r->known)
		snprintf(what + strlen(what), sizeof(what) - strlen(what), ", known as %s",
			 m->quirks[__builtin_ctzll(r->known)].id);
	snprintf(line, sizeof(line), "  %-10s %s: %s, %s: %s (%lu times)", pair_class_name(r->class),
		 f->pair->base->family->name, d ? d->name : "?",
		 legality_name(r->class == PAIR_FIX ? r->base.legality : r->head.legality), what,
		 f->times);
	cut(out, line);
}

/* "the same code: range e820", a line for each reason. */
static void print_skips(FILE *out, const struct review *r)
{
	unsigned int lines = 0;

	for (unsigned int i = 0; i < r->nr_skips && lines < REASONS; i++) {
		char line[512];
		bool told = false;

		for (unsigned int k = 0; k < i; k++)
			told |= !strcmp(r->skip[k].why, r->skip[i].why);
		if (told)
			continue;
		lines++;
		snprintf(line, sizeof(line), "not compared, %s:", r->skip[i].why);
		for (unsigned int k = i; k < r->nr_skips; k++)
			if (!strcmp(r->skip[k].why, r->skip[i].why))
				snprintf(line + strlen(line), sizeof(line) - strlen(line), " %s",
					 r->skip[k].what);
		cut(out, line);
	}
}

/* What came of it, in a line. */
static void print_totals(FILE *out, const struct review *r)
{
	unsigned int as_before = 0;

	for (unsigned int i = 0; i < r->nr_found; i++)
		as_before += r->found[i].result.class == PAIR_BROKEN &&
			     r->found[i].result.same_way;
	if (!r->nr_pairs)
		fprintf(out, "no difference: the code is the same in both\n");
	else if (as_before < r->nr_found || r->broken)
		fprintf(out, "%lu regressions, %lu still broken, %lu changes, %lu fixes\n",
			r->of[PAIR_REGRESSION], r->of[PAIR_BROKEN], r->of[PAIR_CHANGE],
			r->of[PAIR_FIX]);
	else if (as_before)
		fprintf(out, "no difference: %u still broken, in the same way\n", as_before);
	else
		fprintf(out, "no difference\n");
}

void review_summary(FILE *out, const struct review *r)
{
	unsigned int room = SCREEN - 6 - REASONS, shown = r->nr_found;
	char line[512];

	snprintf(line, sizeof(line), "review of %s against %s: %lu scenarios on %u pair%s, %.1f s",
		 r->head, r->base, r->scenarios, r->nr_pairs, r->nr_pairs == 1 ? "" : "s",
		 r->seconds);
	cut(out, line);
	print_skips(out, r);
	if (shown > room)
		shown = room - 1;
	for (unsigned int i = 0; i < shown; i++)
		print_found(out, &r->found[i]);
	if (shown < r->nr_found)
		fprintf(out, "  and %u more\n", r->nr_found - shown);
	if (r->more)
		fprintf(out, "no room was left for what %lu more runs show\n", r->more);
	if (r->broken) {
		snprintf(line, sizeof(line), "%lu runs failed: %s", r->broken, r->broken_why);
		cut(out, line);
	}
	print_totals(out, r);
	if (r->dir && r->nr_found) {
		snprintf(line, sizeof(line), "scenarios, drawings, mails and C files: %s", r->dir);
		cut(out, line);
	}
	if (!r->complete)
		fprintf(out, "interrupted: that is not all\n");
}

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
	const struct verdict *v = r->apparent == PAIR_FIX ? &r->base : &r->head;

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

/*
 * Its directory below that of its class, so that a shell finds it: where the name is too long, with
 * a pattern for the kernel's function, which stands behind the op (of changes: before what differs)
 * and, if need be, for the kernel, which stands above.
 */
static void place(char *out, size_t size, const struct review_found *f, size_t room)
{
	const struct pair_result *r = &f->result;
	const char *at = strchr(f->name, '@');
	const char *what = r->class == PAIR_CHANGE ? r->what : "";
	const struct op_desc *d = family_op(f->pair->base->family, r->sig.op);
	int n;

	snprintf(out, size, "%s", f->name);
	if (strlen(out) <= room || !at)
		return;
	n = snprintf(out, size, "%s-%s-%s-*%s%s", f->pair->base->family->name,
		     verdict_name(r->sig.kind), d ? d->name : "none", what[0] ? "-" : "", what);
	if (n + strlen(at) <= room || !strpbrk(at, "+!"))
		snprintf(out + n, size - n, "%s", at);
	else
		snprintf(out + n, size - n, "@*%s", strpbrk(at, "+!"));
}

static const char *plural(unsigned long n)
{
	return n == 1 ? "" : "s";
}

/* How many calls it has left. */
static unsigned int calls(const struct review_found *f)
{
	static struct scenario s;
	unsigned int n = 0;

	scenario_decode(&s, NULL, f->bytes, f->size);
	for (unsigned int i = 0; i < s.nr; i += 1u + s.ops[i].nr_tokens)
		n++;
	return n;
}

/* Returns lines. */
static unsigned int print_found(FILE *out, const struct review_found *f)
{
	const struct pair_result *r = &f->result;
	const struct model *m = model_of(f->pair->base->family);
	char line[1024], dir[512], what[256];
	unsigned int ops = calls(f);

	snprintf(what, sizeof(what), "%s, %u op%s, %lu input%s",
		 pair_is_misuse(r) ? "in misuse" : legality_name(as_finding(f).legality), ops,
		 plural(ops), f->times, plural(f->times));
	if (r->class == PAIR_DOUBTFUL)
		snprintf(what + strlen(what), sizeof(what) - strlen(what), " (%s?)",
			 pair_class_name(r->apparent));
	if (r->class == PAIR_BROKEN)
		snprintf(what + strlen(what), sizeof(what) - strlen(what), " (%s)",
			 r->worse ? "worse" : r->same_way ? "the same" : "otherwise");
	place(dir, sizeof(dir), f, WIDTH - 4 - strlen(what));
	snprintf(line, sizeof(line), "  %s: %s", dir, what);
	cut(out, line);
	if (!r->mended && !r->known)
		return 1;
	snprintf(line, sizeof(line), "    %s %s", r->mended ? "mends" : "known as",
		 m->quirks[__builtin_ctzll(r->mended ? r->mended : r->known)].id);
	cut(out, line);
	return 2;
}

/* What stays as everyone knows it is no news. */
static void print_known(FILE *out, const struct review *r)
{
	char line[512];
	unsigned long times = 0;
	bool any = false;

	for (unsigned int i = 0; i < r->nr_known; i++)
		times += r->known[i].times;
	if (!times)
		return;
	snprintf(line, sizeof(line), "known, and the same in both (%lu input%s):", times,
		 plural(times));
	for (unsigned int i = 0; i < r->nr_known; i++) {
		const struct model *m = model_of(r->known[i].family);

		for (unsigned int q = 0; q < m->nr_quirks && q < 64; q++)
			if (r->known[i].quirks >> q & 1) {
				snprintf(line + strlen(line), sizeof(line) - strlen(line), "%s %s",
					 any ? "," : "", m->quirks[q].id);
				any = true;
			}
	}
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
	if (!r->nr_pairs) {
		fprintf(out, "no difference: the code is the same in both\n");
	} else if (as_before < r->nr_found || r->broken) {
		fprintf(out, "%lu regression%s", r->of[PAIR_REGRESSION],
			plural(r->of[PAIR_REGRESSION]));
		if (r->misuse)
			fprintf(out, " (%lu in misuse)", r->misuse);
		fprintf(out, ", %lu doubtful, %lu still broken, %lu change%s, %lu fix%s\n",
			r->of[PAIR_DOUBTFUL], r->of[PAIR_BROKEN], r->of[PAIR_CHANGE],
			plural(r->of[PAIR_CHANGE]), r->of[PAIR_FIX],
			r->of[PAIR_FIX] == 1 ? "" : "es");
	} else if (as_before) {
		fprintf(out, "no difference: %u still broken, in the same way\n", as_before);
	} else {
		fprintf(out, "no difference\n");
	}
	if (r->of[PAIR_DOUBTFUL])
		fprintf(out, "doubtful: behind a change of form, and perhaps due to that alone\n");
}

void review_summary(FILE *out, const struct review *r)
{
	unsigned int room = SCREEN - 7 - REASONS, lines = 0, shown = 0;
	char line[512];

	snprintf(line, sizeof(line), "review of %s against %s: %lu scenarios on %u pair%s, %.1f s",
		 r->head, r->base, r->scenarios, r->nr_pairs, r->nr_pairs == 1 ? "" : "s",
		 r->seconds);
	cut(out, line);
	print_skips(out, r);
	for (; shown < r->nr_found && lines + 3 < room; shown++) {
		const struct review_found *f = &r->found[shown];

		if (!shown || f[-1].result.class != f->result.class) {
			fprintf(out, "%s/\n", pair_class_name(f->result.class));
			lines++;
		}
		lines += print_found(out, f);
	}
	if (shown < r->nr_found)
		fprintf(out, "  and %u more\n", r->nr_found - shown);
	print_known(out, r);
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

// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "bits32.h"
#include "contract/model.h"
#include "gone.h"
#include "min_headers.h"

/*
 * How a header names a subject's kernel: a release as others know it, except for ids that say more
 * (Debian's packages, patched trees) and what has no release.
 */
static void kernel_name(char *buf, size_t size, const struct subject *s)
{
	const char *variant = subject_variant(s);
	bool by_id = quirks_are_known_for(s) || strstr(s->kernel, "-patched") ||
		     strtoul(s->release, NULL, 10) == 0;

	snprintf(buf, size, "%s%s%s%s", by_id ? "" : "v", by_id ? s->kernel : s->release,
		 variant ? "+" : "", variant ? variant : "");
}

/* The header names the kernels that were tried. */
static void says_what_is_missing(void)
{
	static bool said;
	const char *why = bits32_broken() ? bits32_broken() : bits32_missing();

	if (why && !said)
		cli_error("no 32-bit kernels in the header: %s", why);
	said = true;
}

/* Functions have other names in other kernels, and sanitizers' places are not the same. */
static bool shows_on(const struct min_goal *g, const struct scenario *s,
		     const struct subject *subject, uint64_t quirks)
{
	struct run_options opt = g->opt;
	struct verdict v;

	opt.quirks = quirks;
	return isolate_run(g->iso, subject, s, &opt, false, &v, NULL) == ISOLATE_VERDICT &&
	       v.kind == g->last.kind && v.op == g->last.op && v.legality <= g->legality;
}

static void print_kernels(FILE *out, const struct min_goal *g, const struct scenario *s,
			  const struct strictness *strict)
{
	struct finding named = { 0 };

	says_what_is_missing();
	fprintf(out, "# kernels:");
	for (const struct subject *const *p = all_subjects(); *p; p++) {
		if ((*p)->family != s->family || !config_runs((*p)->config, s->config) ||
		    finding_names(&named, *p))
			continue;
		if (*p != g->subject && (isolate_interrupted() ||
					 !shows_on(g, s, *p, strict_quirks(strict, *p))))
			continue;
		if (named.nr_kernels == FINDING_KERNELS)
			break;
		kernel_name(named.kernels[named.nr_kernels], sizeof(named.kernels[0]), *p);
		fprintf(out, " %s", named.kernels[named.nr_kernels++]);
	}
	fputc('\n', out);
}

/* Does a run that expects @quirks come to the end that the headers state? */
static bool states(const struct min_goal *g, const struct scenario *s, uint64_t quirks)
{
	const struct run_options opt = { .quirks = quirks, .fuzzing = true };
	struct verdict v;

	return isolate_run(g->iso, g->subject, s, &opt, false, &v, NULL) == ISOLATE_VERDICT &&
	       v.kind == g->last.kind && v.op == g->last.op && v.legality == g->last.legality;
}

/*
 * A finding is run so that its own quirk counts, or all of them, or none ("quirks: expected"). The
 * first of these that states what @g->last does; @strict where none does, or when interrupted.
 */
static struct strictness counted(const struct min_goal *g, const struct scenario *s,
				 const struct strictness *strict)
{
	const struct strictness none = { 0 }, all = { .all = true };
	const uint64_t known = strict_quirks(&none, g->subject);
	const bool shows_without = strict->nr && states(g, s, known);

	if (isolate_interrupted())
		return strict->nr || g->last.quirks ? *strict : all;
	for (unsigned int i = 0; !shows_without && i < strict->nr; i++) {
		const struct strictness one = { .id = { strict->id[i] }, .nr = 1 };

		if (states(g, s, strict_quirks(&one, g->subject)))
			return one;
	}
	if (states(g, s, 0))
		return all;
	return shows_without ? none : *strict;
}

static void print_quirks(FILE *out, const struct strictness *as)
{
	if (as->nr == 1)
		fprintf(out, "# quirk: %s\n", as->id[0]);
	else if (!as->all && !as->nr)
		fputs("# quirks: expected\n", out);
	for (unsigned int i = 0; as->nr > 1 && i < as->nr; i++)
		fprintf(out, "%s --strict=%s%s", i ? "" : "# shows with", as->id[i],
			i + 1 < as->nr ? "" : "\n");
}

void min_headers(FILE *out, const struct min_goal *g, const struct scenario *s,
		 const struct strictness *strict)
{
	struct strictness as;

	if (g->last.detail[0])
		fprintf(out, "# %s\n", g->last.detail);
	if (g->internal)
		return;
	as = counted(g, s, strict);
	fprintf(out, "# expect: %s\n# op: %u\n", verdict_name(g->sig.kind), g->last.op);
	if (g->subject->planted)
		fprintf(out, "# planted: %s\n", g->subject->planted);
	else
		print_kernels(out, g, s, &as);
	print_quirks(out, &as);
	fprintf(out, "# legality: %s\n", legality_name(g->last.legality));
}

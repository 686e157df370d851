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

void min_headers(FILE *out, const struct min_goal *g, const struct scenario *s,
		 const struct strictness *strict)
{
	if (g->last.detail[0])
		fprintf(out, "# %s\n", g->last.detail);
	if (g->internal)
		return;
	fprintf(out, "# expect: %s\n# op: %u\n", verdict_name(g->sig.kind), g->last.op);
	if (g->subject->planted)
		fprintf(out, "# planted: %s\n", g->subject->planted);
	else
		print_kernels(out, g, s, strict);
	fprintf(out, "# legality: %s\n", legality_name(g->last.legality));
}

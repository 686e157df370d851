// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "bits32.h"
#include "cli.h"
#include "gone.h"
#include "inputs.h"
#include "isolate.h"
#include "min.h"

#define HANG_MS	100	/* a hang is tried often; ops take microseconds */

struct min_args {
	struct choice_of_subjects choice;
	struct strictness strict;
	const char *out;
	bool raw;
};

/**
 * struct goal - what the minimized scenario must still show
 * @kind: verdict, and @op: id of the op that it is of
 * @legality: at most as bad as this
 * @opt: how to run; legal_only when the verdict needs no illegal op
 * @last: the verdict over the last scenario that kept it
 * @internal: an internal error is looked for instead of a verdict
 * @lacked_memory: the subject could not be run at all
 */
struct goal {
	struct isolate *iso;
	const struct subject *subject;
	enum verdict_kind kind;
	uint8_t op;
	enum legality legality;
	struct run_options opt;
	struct verdict last;
	bool internal;
	bool lacked_memory;
};

static const char help[] =
	"  -o FILE           write there instead of standard output\n"
	"  --subject ID      what it must show it on, default: the first with a verdict\n"
	"  --kernel ID       likewise, among this kernel's subjects (may be repeated)\n"
	"  --bits N          likewise, 64, 32 or 32pae (may be repeated)\n"
	"  --canaries        likewise, among planted bugs\n"
	"  --strict[=QUIRK]  count known wrong behaviours, too (all, or this one)\n"
	"  --raw             the file is a fuzzer's raw bytes\n"
	"\n"
	"Keeps verdict, kind of op and subject, and is as legal. No op of the result\n"
	"can be left out. Its first lines are the headers of a finding. Where a\n"
	"sanitizer reports, ASAN_OPTIONS=symbolize=0 makes it much faster.\n";

static bool parse(struct min_args *a, int argc, char **argv)
{
	static const struct option options[] = {
		{ "subject", required_argument, NULL, 's' },
		{ "kernel", required_argument, NULL, 'k' },
		{ "bits", required_argument, NULL, 'b' },
		{ "canaries", no_argument, NULL, 'c' },
		{ "strict", optional_argument, NULL, 'S' },
		{ "raw", no_argument, NULL, 'r' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	a->choice.both = true;
	while ((c = getopt_long(argc, argv, "o:", options, NULL)) >= 0) {
		bool ok = true;

		switch (c) {
		case 'o':
			a->out = optarg;
			break;
		case 's':
			ok = choose_subject(&a->choice, optarg);
			break;
		case 'k':
			ok = choose_kernel(&a->choice, optarg);
			break;
		case 'b':
			ok = choose_words(&a->choice, optarg);
			break;
		case 'c':
			a->choice.canaries = true;
			break;
		case 'S':
			ok = strict_add(&a->strict, optarg);
			break;
		case 'r':
			a->raw = true;
			break;
		default:
			ok = false;
		}
		if (!ok)
			return false;
	}
	if (optind + 1 == argc)
		return true;
	cli_error("min: expected one FILE");
	return false;
}

static bool goal_keeps(void *arg, const struct scenario *s)
{
	struct goal *g = arg;
	struct verdict v;

	if (isolate_interrupted())
		return false;
	switch (isolate_run(g->iso, g->subject, s, &g->opt, false, &v, NULL)) {
	case ISOLATE_VERDICT:
		break;
	case ISOLATE_BROKEN:
		return g->internal;
	default:
		return false;
	}
	if (g->internal || v.kind != g->kind || v.op >= s->nr || s->ops[v.op].id != g->op ||
	    v.legality > g->legality)
		return false;
	g->last = v;
	return true;
}

/* Fill in what @s shows on @subject; false when it shows nothing. */
static bool goal_set(struct goal *g, const struct scenario *s, const struct subject *subject,
		     uint64_t quirks)
{
	struct verdict v;

	g->subject = subject;
	g->opt = (struct run_options){ .quirks = quirks, .fuzzing = true };
	switch (isolate_run(g->iso, subject, s, &g->opt, false, &v, NULL)) {
	case ISOLATE_VERDICT:
		break;
	case ISOLATE_BROKEN:
		if (isolate_lacked_memory(g->iso)) {
			g->lacked_memory = true;
			return true;
		}
		/* our own mistake: whoever mends it wants it small, too */
		g->internal = true;
		snprintf(g->last.detail, sizeof(g->last.detail), "%.*s",
			 (int)strcspn(isolate_said(g->iso), "\n"), isolate_said(g->iso));
		return true;
	default:
		return false;
	}
	g->kind = v.kind;
	g->op = s->ops[v.op].id;
	g->legality = v.legality;
	g->last = v;
	g->opt.legal_only = true;
	if (!goal_keeps(g, s))
		g->opt.legal_only = false;
	return !isolate_interrupted();
}

/* A configuration that someone ships is worth more than a synthetic one. */
static void try_configs(struct goal *g, struct min *m, struct scenario *s)
{
	if (!s->config->synthetic)
		return;
	for (const struct subject *const *p = subjects; *p; p++) {
		const struct subject *was = g->subject;
		struct scenario other = *s;

		if ((*p)->family != s->family || (*p)->config->synthetic ||
		    strcmp((*p)->kernel, was->kernel) || was->planted)
			continue;
		g->subject = *p;
		other.config = family_config(s->family, (*p)->config->id);
		if (m->keeps(m->arg, &other)) {
			*s = other;
			minimize(m, s);
			return;
		}
		g->subject = was;
	}
}

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
	const char *why = bits32_broken() ? bits32_broken() : bits32_missing();

	if (why)
		cli_error("no 32-bit kernels in the header: %s", why);
}

static void print_kernels(struct goal *g, const struct scenario *s, FILE *out,
			  const struct strictness *strict)
{
	const struct subject *own = g->subject;
	const struct verdict v = g->last;
	uint64_t quirks = g->opt.quirks;
	struct finding named = { 0 };

	if (own->planted) {
		fprintf(out, "# planted: %s\n", own->planted);
		return;
	}
	says_what_is_missing();
	fprintf(out, "# kernels:");
	for (const struct subject *const *p = all_subjects(); *p; p++) {
		if ((*p)->family != s->family || !config_runs((*p)->config, s->config) ||
		    finding_names(&named, *p))
			continue;
		g->subject = *p;
		g->opt.quirks = strict_quirks(strict, *p);
		if (*p != own && !(goal_keeps(g, s) && g->last.op == v.op))
			continue;
		if (named.nr_kernels == FINDING_KERNELS)
			break;
		kernel_name(named.kernels[named.nr_kernels], sizeof(named.kernels[0]), *p);
		fprintf(out, " %s", named.kernels[named.nr_kernels++]);
	}
	fputc('\n', out);
	g->subject = own;
	g->opt.quirks = quirks;
	g->last = v;
}

static bool print(struct goal *g, const struct scenario *s, const struct min_args *a)
{
	struct output o;

	if (!output_open(&o, a->out))
		return false;
	if (g->last.detail[0])
		fprintf(o.out, "# %s\n", g->last.detail);
	if (!g->internal) {
		fprintf(o.out, "# expect: %s\n# op: %u\n", verdict_name(g->kind), g->last.op);
		print_kernels(g, s, o.out, &a->strict);
		fprintf(o.out, "# legality: %s\n", legality_name(g->last.legality));
	}
	scenario_print(o.out, s);
	return output_close(&o);
}

static int failed(const char *file)
{
	if (isolate_interrupted())
		return cli_interrupted("nothing was written");
	return cli_error("%s: nothing to keep, it passes on every chosen subject", file);
}

static int min_file(struct goal *g, const struct min_args *a, struct scenario *s, const char *file)
{
	const struct subject *fit[CLI_SUBJECTS_MAX];
	unsigned int before = s->nr, nr, i;
	struct min m = { .keeps = goal_keeps, .arg = g };

	if (!chosen_are_there(&a->choice))
		return CLI_FAILED;
	nr = chosen(&a->choice, s, fit);
	if (!nr)
		return nothing_chosen(file, s);
	for (i = 0; i < nr && !isolate_interrupted(); i++)
		if (goal_set(g, s, fit[i], strict_quirks(&a->strict, fit[i])))
			break;
	if (g->lacked_memory)
		return cli_error("%s on %s: %s", file, g->subject->id, isolate_said(g->iso));
	if (i == nr || isolate_interrupted())
		return failed(file);
	minimize(&m, s);
	try_configs(g, &m, s);
	if (isolate_interrupted())
		return failed(file);
	goal_keeps(g, s);	/* g->last is of the result now */
	if (!print(g, s, a))
		return CLI_FAILED;
	fprintf(stderr, "%s on %s: %u ops to %u in %lu runs\n",
		g->internal ? "internal error" : verdict_name(g->kind), g->subject->id, before,
		s->nr, m.tries);
	return g->internal ? CLI_FAILED : CLI_OK;
}

static int min_main(int argc, char **argv)
{
	static struct scenario s;
	static struct min_args a;
	struct goal g = { 0 };
	struct finding f;
	char err[SCENARIO_ERR];
	int status;

	if (!parse(&a, argc, argv) || !input_load(&s, argv[optind], a.raw))
		return CLI_FAILED;
	/* a finding shows something only where its quirk is off */
	if (!a.raw && strcmp(argv[optind], "-") && finding_load(&f, argv[optind], err) && f.is &&
	    !a.strict.nr) {
		a.strict.all |= !f.quirk[0];
		if (f.quirk[0] && !strict_add(&a.strict, f.quirk))
			return CLI_FAILED;
	}
	g.iso = isolate_new(HANG_MS);
	if (!g.iso)
		return cli_error("cannot prepare a worker process");
	cli_catch_interrupt();
	status = min_file(&g, &a, &s, argv[optind]);
	isolate_free(g.iso);
	return status;
}

const struct command cmd_min = {
	.name = "min",
	.summary = "Make a scenario as small and simple as its verdict allows",
	.usage = "FILE [OPTION]...",
	.help = help,
	.main = min_main,
};

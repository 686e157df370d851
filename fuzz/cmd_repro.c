// SPDX-License-Identifier: GPL-2.0-only
/* A scenario that fails, in forms for people who have not this program at hand. */
#include <string.h>

#include "cli.h"
#include "min_headers.h"
#include "repro.h"
#include "watchdog.h"

/* The first one is what nothing else asked for. */
const struct repro_format *const repro_formats[] = {
	&repro_text,
	&repro_c,
	&repro_mail,
	&repro_memblock_test,
	&repro_trace_form,
	NULL,
};

struct repro_args {
	struct choice_of_subjects choice;
	struct strictness strict;
	const struct repro_format *format;
	const char *out;
	const struct family *family;
	bool raw, whole;
};

static const char help[] =
	"  --format FORMAT   text (default): the scenario, each result in comments\n"
	"                    c: a C file for ci/repro, with nothing of this program\n"
	"                    mail: plain text for a kernel mailing list\n"
	"                    memblock-test: a test for tools/testing/memblock\n"
	"                    trace: results and tables, as C files print them\n"
	"  --subject ID      what it shows on, default: the newest with a verdict\n"
	"  --kernel ID       likewise, among this kernel's subjects (may be repeated)\n"
	"  --bits N          likewise, 64, 32 or 32pae (may be repeated)\n"
	"  --canaries        likewise, among planted bugs\n"
	"  --strict[=QUIRK]  count known wrong behaviours, too (all, or this one)\n"
	"  --whole           all ops to the end, whether they pass or not (c)\n"
	"  --raw             the file is a fuzzer's raw bytes\n"
	"  --family F        the file is an input of this family's target\n"
	"  -o OUT            write there instead of standard output\n"
	"\n"
	"Of a finding, its own quirk is off: it shows. What passes is no reproducer\n"
	"(exit status 2).\n";

const struct repro_format *repro_format_by_name(const char *name)
{
	for (unsigned int i = 0; repro_formats[i]; i++)
		if (!strcmp(repro_formats[i]->name, name))
			return repro_formats[i];
	return NULL;
}

static bool choose_format(struct repro_args *a, const char *name)
{
	char known[128] = "";

	a->format = repro_format_by_name(name);
	if (a->format)
		return true;
	for (unsigned int i = 0; repro_formats[i]; i++) {
		strncat(known, i ? ", " : "", sizeof(known) - strlen(known) - 1);
		strncat(known, repro_formats[i]->name, sizeof(known) - strlen(known) - 1);
	}
	cli_error("repro: unknown format '%s', expected one of %s", name, known);
	return false;
}

static bool parse(struct repro_args *a, int argc, char **argv)
{
	static const struct option options[] = {
		{ "format", required_argument, NULL, 'f' },
		CHOICE_OPTIONS,
		{ "whole", no_argument, NULL, 'w' },
		{ "raw", no_argument, NULL, 'r' },
		{ "family", required_argument, NULL, 'F' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	a->choice.both = true;
	a->format = repro_formats[0];
	while ((c = getopt_long(argc, argv, "o:", options, NULL)) >= 0) {
		bool ok = true;

		switch (c) {
		case 'f':
			ok = choose_format(a, optarg);
			break;
		case 'F':
			a->family = cli_family(optarg);
			ok = a->family;
			break;
		case 'w':
			a->whole = true;
			break;
		case 'r':
			a->raw = true;
			break;
		case 'o':
			a->out = optarg;
			break;
		default:
			ok = choose_option(c, &a->choice, &a->strict);
		}
		if (!ok)
			return false;
	}
	if (optind + 1 == argc)
		return true;
	cli_error("repro: expected one FILE");
	return false;
}

/*
 * Run on those that fit until one shows something: of a finding what its headers say, where there
 * is one that does. The last run is then the one that @r tells of.
 */
static enum isolate_end run_on(struct repro *r, struct isolate *iso, const struct repro_args *a,
			       const char *file, const struct scenario *s,
			       const struct finding *f, const struct subject **fit, unsigned int nr)
{
	const struct subject *first = NULL;
	enum isolate_end end = ISOLATE_PASS;

	for (unsigned int i = 0; i < nr; i++) {
		end = repro_make(r, iso, file, s, fit[i], strict_quirks(&a->strict, fit[i]), f);
		if (end > ISOLATE_VERDICT)
			return end;
		if (end == ISOLATE_VERDICT && (!f->is || finding_shows(f, &r->verdict)))
			return end;
		if (end == ISOLATE_VERDICT && !first)
			first = fit[i];
	}
	if (!first && nr == 1)
		return end;
	if (!first)
		first = fit[0];
	return repro_make(r, iso, file, s, first, strict_quirks(&a->strict, first), f);
}

static int emit(const struct repro *r, const struct repro_args *a)
{
	const struct repro_format *form = a->format;
	const char *why = form->refuses ? form->refuses(r) : NULL;
	const char *lacks = finding_lacks(&r->finding);
	struct output o;

	if (r->passes && !r->whole && lacks && !form->passing)
		return cli_error("%s: needs %s: %s", r->file, r->finding.kernels[0], lacks);
	if (r->passes && !r->whole && !form->passing)
		return cli_error("%s: passes on %s: nothing to reproduce", r->file, r->subject->id);
	if (!r->passes && !r->whole && r->finding.is && !form->passing &&
	    !finding_shows(&r->finding, &r->verdict))
		return cli_error("%s: %s at op %u on %s is not what its header says", r->file,
				 verdict_name(r->verdict.kind), r->verdict.op, r->subject->id);
	if (why)
		return cli_error("%s: no %s: %s", r->file, form->name, why);
	if (!output_open(&o, a->out))
		return CLI_FAILED;
	form->emit(o.out, r);
	return output_close(&o) ? CLI_OK : CLI_FAILED;
}

static int repro_file(struct isolate *iso, const struct repro_args *a, const struct scenario *s,
		      const char *file, const struct finding *f)
{
	const struct subject *fit[CLI_SUBJECTS_MAX];
	struct repro r;
	enum isolate_end end;
	unsigned int nr;

	if (!chosen_are_there(&a->choice))
		return CLI_FAILED;
	nr = chosen(&a->choice, s, fit);
	if (!nr)
		return nothing_chosen(file, s);
	if (!a->choice.nr)
		chosen_newest_first(fit, nr);
	end = a->whole ? repro_whole(&r, iso, file, s, fit[0]) :
			 run_on(&r, iso, a, file, s, f, fit, nr);
	if (end == ISOLATE_INTERRUPTED)
		return cli_interrupted("nothing was written");
	if (end == ISOLATE_BROKEN)
		return cli_error("%s on %s: %s", file, r.subject->id, r.said);
	return emit(&r, a);
}

static int repro_main(int argc, char **argv)
{
	static struct scenario s;
	static struct repro_args a;
	struct finding f = { 0 };
	char err[SCENARIO_ERR];
	struct isolate *iso;
	int status;

	if (!parse(&a, argc, argv) || !min_input(&s, argv[optind], a.raw, a.family))
		return CLI_FAILED;
	if (!a.raw && !a.family && strcmp(argv[optind], "-") &&
	    (!finding_load(&f, argv[optind], err) ||
	     !strict_of_finding(&a.strict, &f, s.family, argv[optind], err)))
		return cli_error("%s", err);
	iso = isolate_new(WATCHDOG_MS);
	if (!iso)
		return cli_error("cannot prepare a worker process");
	cli_catch_interrupt();
	status = repro_file(iso, &a, &s, argv[optind], &f);
	isolate_free(iso);
	return status;
}

const struct command cmd_repro = {
	.name = "repro",
	.summary = "A failing scenario as a C file, and in other forms",
	.usage = "FILE [OPTION]...",
	.help = help,
	.main = repro_main,
};

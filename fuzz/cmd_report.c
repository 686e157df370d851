// SPDX-License-Identifier: GPL-2.0-only
/* From a heap of crashes to one directory for each bug. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "bucket.h"
#include "crash.h"
#include "crashes.h"
#include "gone.h"
#include "watchdog.h"

struct report_args {
	struct choice_of_subjects choice;
	struct strictness strict;
	const struct family *family;
	const char *out;
	bool every, legal, table;
};

/* What became of the inputs that are in no bucket, and of the whole. */
struct report_totals {
	size_t inputs, shown, pass, gone, unstable, undecoded, nowhere, broken;
};

static const char help[] =
	"  -o DIR            a directory for each bug there (made if need be; what other\n"
	"                    runs left there is added to)\n"
	"  --subject ID      on this subject (may be repeated)\n"
	"  --kernel ID       only on subjects of this kernel (may be repeated)\n"
	"  --bits N          only on subjects of 64, 32 or 32pae bits (may be repeated)\n"
	"  --canaries        on subjects with planted bugs instead\n"
	"  --every           on every subject that fits; default: newest kernel first,\n"
	"                    up to one that shows something\n"
	"  --family F        raw inputs are of this family, as its target reads them\n"
	"  --strict[=QUIRK]  count known wrong behaviours, too (all, or this one)\n"
	"  --legal           leave out ops that are not legal where they stand\n"
	"  --table           for scripts: NAME, inputs, ops, verdict, legality, op,\n"
	"                    subject, quirk, separated by tabs\n"
	"\n"
	"Takes inputs of libFuzzer and AFL++ as they are, scenario texts, and of AFL++'s\n"
	"output directory what is in its crashes/ and hangs/. The same bug (verdict, op,\n"
	"function, subject) is one directory of that name, with its smallest input\n"
	"(raw.bin), minimized (scenario.scn), report.txt, mail.txt, repro.c, and the\n"
	"number of inputs. Exit status: 0 nothing found, 1 bugs, 2 trouble (also: not\n"
	"one input could be run).\n";

static bool parse(struct report_args *a, int argc, char **argv)
{
	static const struct option options[] = {
		CHOICE_OPTIONS,
		{ "every", no_argument, NULL, 'e' },
		{ "family", required_argument, NULL, 'f' },
		{ "legal", no_argument, NULL, 'l' },
		{ "table", no_argument, NULL, 't' },
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
		case 'e':
			a->every = true;
			break;
		case 'f':
			a->family = cli_family(optarg);
			ok = a->family;
			break;
		case 'l':
			a->legal = true;
			break;
		case 't':
			a->table = true;
			break;
		default:
			ok = choose_option(c, &a->choice, &a->strict);
		}
		if (!ok)
			return false;
	}
	if (optind < argc)
		return true;
	cli_error("report: no FILE or DIR given");
	return false;
}

/* --- one input --- */

struct again {
	struct isolate *iso;
	const struct subject *subject;
	const struct scenario *s;
	struct run_options opt;
};

static bool again(void *arg, uint64_t quirks, uint64_t *fired)
{
	struct again *r = arg;
	struct run_report report = { 0 };
	struct verdict v;
	enum isolate_end end;

	r->opt.quirks = quirks;
	end = isolate_run(r->iso, r->subject, r->s, &r->opt, false, &v, &report);
	*fired = end == ISOLATE_VERDICT ? v.quirks : report.fired;
	return end == ISOLATE_PASS;
}

enum shown { SHOWS, SHOWS_NOT, SHOWS_GONE, SHOWS_UNSTABLE, SHOWS_BROKEN, SHOWS_INTERRUPTED };

/* Only the ops that ran: what --legal left out is no part of the bug. */
static void without_skipped(struct scenario *s, const struct trace *t, unsigned int *op)
{
	static struct scenario all;
	unsigned int failing = *op;

	all = *s;
	s->nr = 0;
	for (unsigned int i = 0; i < all.nr; i += 1u + all.ops[i].nr_tokens) {
		if (i < failing && trace_step_of(t, i) < 0)
			continue;
		if (i == failing)
			*op = s->nr;
		for (unsigned int k = i; k <= i + all.ops[i].nr_tokens; k++)
			s->ops[s->nr++] = all.ops[k];
	}
}

/* Twice, since it must be the same. A mended quirk is no bug of a kernel. */
static enum shown show(struct isolate *iso, const struct report_args *a, const struct crash *c,
		       struct scenario *s, const struct subject *subject, struct verdict *v,
		       struct signature *sig)
{
	struct run_options opt = {
		.quirks = strict_quirks(&c->strict, subject), .fuzzing = true,
		.legal_only = a->legal,
	};
	enum isolate_end end = isolate_run(iso, subject, s, &opt, a->legal, v, NULL);
	struct again r = { iso, subject, s, opt };
	struct signature second;
	struct verdict w;
	bool died;

	if (end == ISOLATE_INTERRUPTED)
		return SHOWS_INTERRUPTED;
	if (end == ISOLATE_BROKEN) {
		cli_error("%s on %s: %s", c->path, subject->id, isolate_said(iso));
		return SHOWS_BROKEN;
	}
	if (end == ISOLATE_PASS)
		return SHOWS_NOT;
	died = isolate_said(iso)[0];
	if (a->legal && v->op < s->nr)
		without_skipped(s, isolate_trace(iso), &v->op);
	opt.legal_only = false;
	signature_of(sig, subject, s, v);
	if (!died && !subject->planted && quirks_gone(opt.quirks, v->quirks, again, &r))
		return SHOWS_GONE;
	if (isolate_run(iso, subject, s, &opt, false, &w, NULL) != ISOLATE_VERDICT)
		return isolate_interrupted() ? SHOWS_INTERRUPTED : SHOWS_UNSTABLE;
	signature_of(&second, subject, s, &w);
	return signature_same(sig, &second) && v->op == w.op ? SHOWS : SHOWS_UNSTABLE;
}

/* The subjects that it is run on: those of its configuration, or the one that its target says. */
static unsigned int subjects_of(const struct report_args *a, struct crash *c,
				const struct subject **fit)
{
	unsigned int nr;

	/* raw inputs run in the configuration of the subject that was asked for, as in targets */
	if (!c->text && a->choice.nr == 1 && a->choice.id[0]->family == c->s.family)
		c->s.config = family_config(c->s.family, a->choice.id[0]->config->id);
	if (c->subject && !a->choice.nr) {
		fit[0] = c->subject;
		return 1;
	}
	nr = chosen(&a->choice, &c->s, fit);
	if (!a->choice.nr)
		chosen_newest_first(fit, nr);
	return nr;
}

/* Sort one input; false: trouble that ends all. */
static bool sort_in(struct buckets *all, struct isolate *iso, const struct report_args *a,
		    struct crash *c, struct report_totals *t)
{
	const struct subject *fit[CLI_SUBJECTS_MAX];
	static struct scenario s;
	unsigned int nr = subjects_of(a, c, fit);
	bool shown = false, gone = false, unstable = false, broken = false;

	for (unsigned int i = 0; i < nr && (a->every || !shown); i++) {
		struct signature sig;
		struct verdict v;
		const char *quirk;

		s = c->s;
		switch (show(iso, a, c, &s, fit[i], &v, &sig)) {
		case SHOWS:
			quirk = bucket_known(iso, fit[i], &s, &v,
					     strict_quirks(&c->strict, fit[i]));
			if (isolate_interrupted())
				return true;
			if (!bucket_add(all, &sig, &s, &v, &c->strict, quirk, c->raw, c->size))
				return false;
			shown = true;
			break;
		case SHOWS_GONE:
			gone = true;
			break;
		case SHOWS_UNSTABLE:
			cli_error("%s on %s: not deterministic", c->path, fit[i]->id);
			unstable = true;
			break;
		case SHOWS_BROKEN:
			broken = true;
			break;
		case SHOWS_INTERRUPTED:
			return true;
		case SHOWS_NOT:
			break;
		}
	}
	t->inputs++;
	t->broken += broken;
	if (!nr)
		t->nowhere++;
	else if (shown)
		t->shown++;
	else if (unstable)
		t->unstable++;
	else if (!broken && gone)
		t->gone++;
	else if (!broken)
		t->pass++;
	return true;
}

/* --- all of them --- */

/* The bucket that is being minimized. */
static struct {
	size_t at, nr;
} finishing;

static void finishing_progress(unsigned int ops, unsigned long runs)
{
	if (cli_progress_due())
		cli_progress("report: bucket %zu of %zu (%lu runs, %u ops) ", finishing.at + 1,
			     finishing.nr, runs, ops);
}

static bool sort_all(struct buckets *all, struct isolate *iso, const struct report_args *a,
		     const struct files *files, struct report_totals *t)
{
	static struct crash c;
	char err[SCENARIO_ERR];

	for (size_t i = 0; i < files->nr && !isolate_interrupted(); i++) {
		if (cli_progress_due())
			cli_progress("report: input %zu of %zu, %zu found ", i + 1, files->nr,
				     all->nr);
		c.path = files->path[i];
		if (!crash_load(&c, a->family, &a->strict, err)) {
			cli_error("%s: left out", err);
			t->inputs++;
			t->undecoded++;
		} else if (!sort_in(all, iso, a, &c, t)) {
			return false;
		}
	}
	return true;
}

static void print_buckets(const struct buckets *all, const struct report_args *a)
{
	for (size_t i = 0; i < all->nr; i++) {
		const struct bucket *b = &all->bucket[i];
		const struct op_desc *d = family_op(b->sig.subject->family, b->sig.op);

		if (a->table) {
			printf("%s\t%lu\t%u\t%s\t%s\t%s\t%s\t%s\n", b->name, b->before + b->seen,
			       b->ops ? b->ops : b->nr_ops, verdict_name(b->sig.kind),
			       legality_name(b->verdict.legality), d ? d->name : "none",
			       b->sig.subject->id, b->quirk ? b->quirk : "");
			continue;
		}
		printf("%s%s%s\n", a->out ? a->out : "", a->out ? "/" : "", b->name);
		printf("    %s by %s (%s), %lu input%s, %u op%s%s%s\n", verdict_name(b->sig.kind),
		       b->sig.function, legality_name(b->verdict.legality), b->before + b->seen,
		       b->before + b->seen == 1 ? "" : "s", b->ops ? b->ops : b->nr_ops,
		       (b->ops ? b->ops : b->nr_ops) == 1 ? "" : "s",
		       b->quirk ? ", known: " : "", b->quirk ? b->quirk : "");
	}
}

static void print_totals(const struct buckets *all, const struct report_totals *t)
{
	static const char *const what[] = {
		"pass", "pass but for a mended quirk", "not deterministic",
		"could not be decoded", "for no subject here", "ended with an error of ours",
	};
	const size_t n[] = { t->pass, t->gone, t->unstable, t->undecoded, t->nowhere, t->broken };
	unsigned long before = 0;

	printf("%zu input%s: %zu in %zu bucket%s", t->inputs, t->inputs == 1 ? "" : "s", t->shown,
	       all->nr, all->nr == 1 ? "" : "s");
	for (unsigned int i = 0; i < sizeof(n) / sizeof(n[0]); i++)
		if (n[i])
			printf(", %zu %s", n[i], what[i]);
	for (size_t i = 0; i < all->nr; i++)
		before += all->bucket[i].again;
	if (before)
		printf(", %lu counted before", before);
	putchar('\n');
}

static int report_all(struct buckets *all, struct isolate *iso, const struct report_args *a,
		      const struct files *files)
{
	struct report_totals t = { 0 };
	bool ok = sort_all(all, iso, a, files, &t);

	buckets_sort(all);
	for (size_t i = 0; ok && all->dir && i < all->nr && !isolate_interrupted(); i++) {
		finishing.at = i;
		finishing.nr = all->nr;
		if (!bucket_finish(all, &all->bucket[i], iso) && !isolate_interrupted())
			t.unstable++;
	}
	cli_progress_end();
	if (isolate_interrupted())
		buckets_count(all);
	print_buckets(all, a);
	if (!a->table)
		print_totals(all, &t);
	fflush(stdout);
	if (isolate_interrupted())
		return cli_interrupted("what is above is all there is; it is not all minimized");
	if (!ok || t.unstable || t.broken ||
	    (t.inputs && t.undecoded + t.nowhere == t.inputs))
		return CLI_FAILED;
	return all->nr ? CLI_VERDICT : CLI_OK;
}

static bool make_dir(const char *dir)
{
	struct stat st;

	if (!mkdir(dir, 0777) || (errno == EEXIST && !stat(dir, &st) && S_ISDIR(st.st_mode)))
		return true;
	cli_error("%s: %s", dir, errno == EEXIST ? "not a directory" : strerror(errno));
	return false;
}

static int report_main(int argc, char **argv)
{
	static struct report_args a;
	struct buckets all = { 0 };
	struct files files = { 0 };
	struct isolate *iso = NULL;
	char err[SCENARIO_ERR];
	int status = CLI_FAILED;
	bool ok = parse(&a, argc, argv);

	for (int i = optind; ok && i < argc; i++) {
		ok = crashes_add(&files, argv[i], err);
		if (!ok)
			cli_error("%s", err);
	}
	ok = ok && chosen_are_there(&a.choice) && (!a.out || make_dir(a.out));
	if (ok) {
		iso = isolate_new(WATCHDOG_OFTEN_MS);
		if (!iso)
			cli_error("cannot prepare a worker process");
	}
	if (iso) {
		all.dir = a.out;
		all.progress = finishing_progress;
		cli_catch_interrupt();
		status = report_all(&all, iso, &a, &files);
	}
	isolate_free(iso);
	buckets_free(&all);
	files_free(&files);
	return status;
}

const struct command cmd_report = {
	.name = "report",
	.summary = "Sort crashes of fuzzers: a directory, a mail and a C file for each bug",
	.usage = "FILE|DIR... [-o DIR] [OPTION]...",
	.help = help,
	.main = report_main,
};

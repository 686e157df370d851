// SPDX-License-Identifier: GPL-2.0-only
/*
 * The table findings x kernels x word sizes: each finding is run on each subject, its header is
 * only compared.
 */
#include <stdlib.h>
#include <string.h>

#include "bits32.h"
#include "findings.h"
#include "isolate.h"
#include "judge.h"
#include "watchdog.h"

static const char help[] =
	"  --corpus DIR   where findings/ lies, default: corpus\n"
	"  --json         for machines\n"
	"\n"
	"Runs each finding with its own quirk strict on every kernel that is built in,\n"
	"of 64 bits, of 32 bits and of 32 bits with PAE (rows that are alike are one); a\n"
	"configuration's variants count for their kernel. The worst ones come first.\n"
	"Exit status 1: a header says something else than what came out.\n";

/* The reference's own subjects are no kernels. */
static bool is_kernel(const struct subject *s)
{
	return strcmp(s->kernel, "reference") != 0;
}

static struct column *column_of(struct findings *t, const struct subject *s)
{
	for (unsigned int i = 0; i < t->nr_columns; i++)
		if (t->column[i].subject && !strcmp(t->column[i].subject->kernel, s->kernel))
			return &t->column[i];
	return NULL;
}

static bool add_column(struct findings *t, const char *name, const struct subject *s)
{
	if (t->nr_columns == COLUMNS_MAX) {
		cli_error("findings: more than %d kernels", COLUMNS_MAX);
		return false;
	}
	t->column[t->nr_columns].subject = s;
	snprintf(t->column[t->nr_columns++].name, sizeof(t->column[0].name), "%s", name);
	return true;
}

/* The word size of a variant, as headers name it: "+x86_32_pae" */
static enum words words_of(const char *variant)
{
	if (!strncmp(variant, "+x86_32_pae", strlen("+x86_32_pae")))
		return WORDS_32_PAE;
	return !strncmp(variant, "+x86_32", strlen("+x86_32")) ? WORDS_32 : WORDS_64;
}

/* A kernel that a header names: known, or a column of its own. */
static bool add_named(struct findings *t, const char *entry)
{
	bool here = !strcmp(entry, "reference");
	size_t len = strcspn(entry, "+");
	char name[64];

	snprintf(name, sizeof(name), "%.*s", (int)len, entry);
	for (unsigned int i = 0; i < t->nr_columns; i++) {
		struct column *c = &t->column[i];

		if (c->subject ? subject_of_kernel(c->subject, name) : !strcmp(c->name, name))
			here = c->known[words_of(entry + len)] = true;
	}
	return here || add_column(t, name, NULL);
}

static bool make_columns(struct findings *t, const struct inputs *in)
{
	for (const struct subject *const *s = all_subjects(); *s; s++)
		if (is_kernel(*s) && !column_of(t, *s) && !add_column(t, (*s)->kernel, *s))
			return false;
	for (size_t i = 0; i < in->nr; i++)
		for (unsigned int k = 0; in->input[i].finding &&
					 k < in->input[i].finding->nr_kernels; k++)
			if (!add_named(t, in->input[i].finding->kernels[k]))
				return false;
	return true;
}

static bool lacks_op(const struct subject *subject, const struct scenario *s)
{
	for (unsigned int i = 0; i < s->nr; i++)
		if (subject->lacks >> (s->ops[i].id & 63) & 1)
			return true;
	return false;
}

/* false: it could not run; what it did then is in *@cell. */
static bool run_one(struct isolate *iso, const struct subject *subject, const struct scenario *s,
		    const struct finding *f, enum cell *cell)
{
	const struct run_options opt = { .quirks = finding_quirks(f, subject), .fuzzing = true };
	struct verdict v;

	switch (isolate_run(iso, subject, s, &opt, false, &v, NULL)) {
	case ISOLATE_INTERRUPTED:
		return false;
	case ISOLATE_BROKEN:
		cli_error("%s: %s", subject->id, isolate_said(iso));
		return false;
	default:
		break;
	}
	if (finding_shows(f, &v))
		*cell = CELL_SHOWS;
	else if (v.kind != VERDICT_PASS)
		*cell = CELL_OTHER;
	else if (lacks_op(subject, s))
		*cell = CELL_NO_OP;
	else if (!judge_can_see(f->expect, subject))
		*cell = CELL_UNSEEN;
	else
		*cell = v.quirks ? CELL_MASKED : CELL_DOES_NOT;
	return true;
}

/* Before anything was run: is there anything that could? */
static void clear(const struct findings *t, struct line *l)
{
	for (unsigned int w = 0; w < WORDS; w++) {
		bool here = w == WORDS_64 ? sizeof(void *) == 8 : !bits32_missing();

		for (unsigned int i = 0; i < t->nr_columns; i++)
			l->cell[w][i] = here && t->column[i].subject ? CELL_NO_OP : CELL_NOT_HERE;
	}
}

static bool fill(struct findings *t, struct isolate *iso, struct line *l)
{
	static struct scenario s;

	input_scenario(l->input, &s);
	clear(t, l);
	for (const struct subject *const *p = all_subjects(); *p; p++) {
		enum words w = subject_words(*p);
		unsigned int i = l->nr_ran, c;

		if (!is_kernel(*p) || (*p)->family != s.family ||
		    !config_runs((*p)->config, s.config) || i == CLI_SUBJECTS_MAX)
			continue;
		if (!run_one(iso, *p, &s, l->input->finding, &l->ran[i].cell))
			return false;
		l->ran[i].subject = *p;
		l->nr_ran++;
		c = column_of(t, *p) - t->column;
		if (l->ran[i].cell == CELL_SHOWS && l->cell[w][c] != CELL_SHOWS)
			l->variant_only[w][c] = w == WORDS_64 && subject_variant(*p);
		if (l->ran[i].cell > l->cell[w][c])
			l->cell[w][c] = l->ran[i].cell;
	}
	return true;
}

/* --- the header's word against what came out --- */

/* What of the header is not so, NULL: all of it is. */
static const char *mismatch(struct findings *t, const struct line *l, unsigned int i)
{
	const struct subject *s = l->ran[i].subject;
	bool named = finding_names(l->input->finding, s);
	enum cell cell = l->ran[i].cell;

	if (cell == CELL_OTHER)
		return "shows another verdict than its header says";
	if (named && cell != CELL_SHOWS && cell != CELL_UNSEEN)
		return "does not show it, its header names that kernel";
	if (!named && cell == CELL_SHOWS && column_of(t, s)->known[subject_words(s)])
		return "shows it, its header does not name that kernel";
	return NULL;
}

static bool add_mismatch(struct findings *t, const struct line *l, unsigned int i, const char *what)
{
	char text[768], *copy;
	char **more = realloc(t->mismatch, (t->nr_mismatches + 1) * sizeof(*more));

	if (!more)
		return false;
	t->mismatch = more;
	snprintf(text, sizeof(text), "%s: %s %s", l->input->path, l->ran[i].subject->id, what);
	copy = strdup(text);
	if (copy)
		t->mismatch[t->nr_mismatches++] = copy;
	return copy;
}

static bool compare_headers(struct findings *t)
{
	for (size_t n = 0; n < t->nr; n++)
		for (unsigned int i = 0; i < t->line[n].nr_ran; i++) {
			const char *what = mismatch(t, &t->line[n], i);

			if (what && !add_mismatch(t, &t->line[n], i, what))
				return false;
		}
	return true;
}

/* --- the command --- */

static int by_rank(const void *a, const void *b)
{
	const struct line *x = a, *y = b;
	int rank = finding_rank(x->input->finding, y->input->finding);

	return rank ? rank : strcmp(x->input->path, y->input->path);
}

static int fill_all(struct findings *t, const struct inputs *in)
{
	struct isolate *iso = isolate_new(WATCHDOG_MS);
	int status = CLI_OK;

	if (!iso)
		return cli_error("cannot prepare a worker process");
	cli_catch_interrupt();
	for (size_t i = 0; i < in->nr && !status; i++) {
		if (!in->input[i].finding)
			continue;
		t->line[t->nr].input = &in->input[i];
		if (!fill(t, iso, &t->line[t->nr++]))
			status = isolate_interrupted() ?
				cli_interrupted("nothing was written") : CLI_FAILED;
	}
	isolate_free(iso);
	return status;
}

static int findings(const struct inputs *in, bool json)
{
	static struct findings t;
	int status;

	t.line = calloc(in->nr + 1, sizeof(*t.line));
	if (!t.line)
		return cli_error("out of memory");
	status = make_columns(&t, in) ? fill_all(&t, in) : CLI_FAILED;
	if (!status) {
		qsort(t.line, t.nr, sizeof(*t.line), by_rank);
		if (!compare_headers(&t))
			status = cli_error("out of memory");
	}
	if (!status) {
		(json ? findings_json : findings_text)(&t);
		for (size_t i = 0; i < t.nr_mismatches; i++)
			status = (cli_error("%s", t.mismatch[i]), CLI_VERDICT);
	}
	for (size_t i = 0; i < t.nr_mismatches; i++)
		free(t.mismatch[i]);
	free(t.mismatch);
	free(t.line);
	return status;
}

static int findings_main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "corpus", required_argument, NULL, 'c' },
		{ "json", no_argument, NULL, 'j' },
		{ NULL, 0, NULL, 0 },
	};
	static const struct choice_of_subjects both = { .both = true };
	const char *corpus = "corpus";
	struct inputs in = { 0 };
	char path[512];
	bool json = false;
	int c, status = CLI_FAILED;

	while ((c = getopt_long(argc, argv, "", options, NULL)) >= 0) {
		if (c == 'c')
			corpus = optarg;
		else if (c == 'j')
			json = true;
		else
			return CLI_FAILED;
	}
	if (optind < argc)
		return cli_error("findings: unexpected argument '%s'", argv[optind]);
	if ((size_t)snprintf(path, sizeof(path), "%s/findings", corpus) >= sizeof(path))
		return cli_error("findings: name too long: %.64s...", corpus);
	if (inputs_load(&in, path, false) && chosen_are_there(&both)) {
		tell_what_is_missing(&both);
		status = findings(&in, json);
	}
	inputs_free(&in);
	return status;
}

const struct command cmd_findings = {
	.name = "findings",
	.summary = "Which findings show on which kernels: a table, by running them",
	.usage = "[OPTION]...",
	.help = help,
	.main = findings_main,
};

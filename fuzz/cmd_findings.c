// SPDX-License-Identifier: GPL-2.0-only
/* The table findings x kernels: each finding is run on each kernel, its header is only compared. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "inputs.h"
#include "isolate.h"
#include "json.h"
#include "judge.h"
#include "watchdog.h"

#define COLUMNS_MAX	32
#define WIDTH_MAX	99

static const char help[] =
	"  --corpus DIR   where findings/ lies, default: corpus\n"
	"  --json         for machines\n"
	"\n"
	"Runs each finding with its own quirk strict on every kernel that is built in; a\n"
	"configuration's variants count for their kernel. The worst ones come first.\n"
	"Exit status 1: a header says something else than what came out.\n";

/* What a finding does on a kernel; of several subjects of one kernel the last of these counts. */
enum cell {
	CELL_NOT_HERE,
	CELL_NO_OP,
	CELL_DOES_NOT,
	CELL_UNSEEN,
	CELL_MASKED,
	CELL_OTHER,
	CELL_SHOWS,
	CELLS
};

static const struct {
	const char *word, *meaning;
} cells[CELLS] = {
	[CELL_NOT_HERE] = { "not at hand", "a header names this kernel, it was not built in" },
	[CELL_NO_OP] = { "n/a", "the kernel lacks the file, the function or the configuration" },
	[CELL_DOES_NOT] = { "does not", "it was run, and the contract holds" },
	[CELL_UNSEEN] = { "unseen", "this build lacks the sanitizer that sees it" },
	[CELL_MASKED] = { "masked", "another known fault of this kernel comes before it" },
	[CELL_OTHER] = { "other", "another verdict than the header says" },
	[CELL_SHOWS] = { "shows it", "it was run, and the verdict is that of the header" },
};

/**
 * struct column - a kernel
 * @subject: one of its subjects; NULL: it is not built in
 * @known: some header names it: what shows there should be in the headers
 */
struct column {
	char name[64];
	const struct subject *subject;
	bool known;
};

/**
 * struct line - a finding
 * @cell: by column
 * @ran: what each subject did that could run it
 */
struct line {
	const struct input *input;
	enum cell cell[COLUMNS_MAX];
	bool variant_only[COLUMNS_MAX];
	struct {
		const struct subject *subject;
		enum cell cell;
	} ran[CLI_SUBJECTS_MAX];
	unsigned int nr_ran;
};

static struct column columns[COLUMNS_MAX];
static unsigned int nr_columns;

/* The reference's own subjects are no kernels. */
static bool is_kernel(const struct subject *s)
{
	return strcmp(s->kernel, "reference") != 0;
}

static struct column *column_of(const struct subject *s)
{
	for (unsigned int i = 0; i < nr_columns; i++)
		if (columns[i].subject && !strcmp(columns[i].subject->kernel, s->kernel))
			return &columns[i];
	return NULL;
}

static bool add_column(const char *name, const struct subject *s)
{
	if (nr_columns == COLUMNS_MAX) {
		cli_error("findings: more than %d kernels", COLUMNS_MAX);
		return false;
	}
	columns[nr_columns].subject = s;
	snprintf(columns[nr_columns++].name, sizeof(columns[0].name), "%s", name);
	return true;
}

/* A kernel that a header names: known, or a column of its own. */
static bool add_named(const char *entry)
{
	bool here = !strcmp(entry, "reference");
	char name[64];

	snprintf(name, sizeof(name), "%.*s", (int)strcspn(entry, "+"), entry);
	for (unsigned int i = 0; i < nr_columns; i++)
		if (columns[i].subject ? subject_of_kernel(columns[i].subject, name) :
					 !strcmp(columns[i].name, name))
			here = columns[i].known = true;
	return here || add_column(name, NULL);
}

static bool make_columns(const struct inputs *in)
{
	for (const struct subject *const *s = subjects; *s; s++)
		if (is_kernel(*s) && !column_of(*s) && !add_column((*s)->kernel, *s))
			return false;
	for (size_t i = 0; i < in->nr; i++)
		for (unsigned int k = 0; in->input[i].finding &&
					 k < in->input[i].finding->nr_kernels; k++)
			if (!add_named(in->input[i].finding->kernels[k]))
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
	else if (!judge_can_see(f->expect))
		*cell = CELL_UNSEEN;
	else
		*cell = v.quirks ? CELL_MASKED : CELL_DOES_NOT;
	return true;
}

static bool fill(struct isolate *iso, struct line *l)
{
	static struct scenario s;

	input_scenario(l->input, &s);
	for (unsigned int i = 0; i < nr_columns; i++)
		l->cell[i] = columns[i].subject ? CELL_NO_OP : CELL_NOT_HERE;
	for (const struct subject *const *p = subjects; *p; p++) {
		unsigned int i = l->nr_ran, c;

		if (!is_kernel(*p) || (*p)->family != s.family ||
		    !config_runs((*p)->config, s.config) || i == CLI_SUBJECTS_MAX)
			continue;
		if (!run_one(iso, *p, &s, l->input->finding, &l->ran[i].cell))
			return false;
		l->ran[i].subject = *p;
		l->nr_ran++;
		c = column_of(*p) - columns;
		if (l->ran[i].cell == CELL_SHOWS && l->cell[c] != CELL_SHOWS)
			l->variant_only[c] = subject_variant(*p);
		if (l->ran[i].cell > l->cell[c])
			l->cell[c] = l->ran[i].cell;
	}
	return true;
}

/* --- the header's word against what came out --- */

/* What of the header is not so, in @text; false: all of it is. */
static bool mismatch(const struct line *l, unsigned int i, char *text, size_t size)
{
	const struct subject *s = l->ran[i].subject;
	bool named = finding_names(l->input->finding, s);
	enum cell cell = l->ran[i].cell;
	const char *what = NULL;

	if (cell == CELL_OTHER)
		what = "shows another verdict than its header says";
	else if (named && cell != CELL_SHOWS && cell != CELL_UNSEEN)
		what = "does not show it, its header names that kernel";
	else if (!named && cell == CELL_SHOWS && column_of(s)->known)
		what = "shows it, its header does not name that kernel";
	if (what)
		snprintf(text, size, "%s: %s %s", l->input->path, s->id, what);
	return what;
}

static unsigned int for_mismatches(const struct line *lines, size_t nr,
				   void (*tell)(void *arg, const char *text), void *arg)
{
	unsigned int found = 0;
	char text[768];

	for (size_t n = 0; n < nr; n++)
		for (unsigned int i = 0; i < lines[n].nr_ran; i++)
			if (mismatch(&lines[n], i, text, sizeof(text))) {
				tell(arg, text);
				found++;
			}
	return found;
}

static void tell_error(void *arg, const char *text)
{
	(void)arg;
	cli_error("%s", text);
}

static void tell_json(void *arg, const char *text)
{
	json_array_append_new(arg, json_text(text));
}

/* --- output --- */

/* The file's name without directory and ending. */
static const char *name_of(const struct line *l, char *buf, size_t size)
{
	const char *slash = strrchr(l->input->path, '/');
	const char *from = slash ? slash + 1 : l->input->path;

	snprintf(buf, size, "%.*s", (int)strcspn(from, "."), from);
	return buf;
}

static const char *cell_text(const struct line *l, unsigned int i, char *buf, size_t size)
{
	snprintf(buf, size, "%s%s", cells[l->cell[i]].word, l->variant_only[i] ? "*" : "");
	return buf;
}

static void wider(int *width, const char *text)
{
	if ((int)strlen(text) > *width)
		*width = strlen(text);
}

/* Lines end where their last word ends. */
static void print_padded(const char *text, int width, bool last)
{
	printf("%-*s%s", last ? 0 : width, text, last ? "\n" : "  ");
}

static void print_legend(const struct line *lines, size_t nr)
{
	bool used[CELLS] = { false }, variant = false;

	putchar('\n');
	for (size_t n = 0; n < nr; n++)
		for (unsigned int i = 0; i < nr_columns; i++) {
			used[lines[n].cell[i]] = true;
			variant |= lines[n].variant_only[i];
		}
	for (int c = CELLS - 1; c >= 0; c--)
		if (used[c])
			printf("%-11s  %s\n", cells[c].word, cells[c].meaning);
	if (variant)
		printf("%-11s  only in a variant of the configuration (--json names it)\n", "*");
	for (unsigned int i = 0; i < nr_columns; i++)
		if (columns[i].subject)
			printf("%-11s  Linux %s\n", columns[i].name, columns[i].subject->release);
}

static void print_text(const struct line *lines, size_t nr)
{
	int name = strlen("finding"), kind = strlen("verdict"), legality = strlen("legality");
	int width[COLUMNS_MAX] = { 0 }, total;
	char buf[128];
	bool narrow;

	for (unsigned int i = 0; i < nr_columns; i++)
		wider(&width[i], columns[i].name);
	for (size_t n = 0; n < nr; n++) {
		wider(&name, name_of(&lines[n], buf, sizeof(buf)));
		wider(&kind, verdict_name(lines[n].input->finding->expect));
		for (unsigned int i = 0; i < nr_columns; i++)
			wider(&width[i], cell_text(&lines[n], i, buf, sizeof(buf)));
	}
	total = name + 2 + kind + 2 + legality;
	for (unsigned int i = 0; i < nr_columns; i++)
		total += 2 + width[i];
	narrow = total > WIDTH_MAX;	/* the name on a line of its own */
	if (narrow)
		puts("finding");
	print_padded(narrow ? "" : "finding", narrow ? 0 : name, false);
	print_padded("verdict", kind, false);
	print_padded("legality", legality, !nr_columns);
	for (unsigned int i = 0; i < nr_columns; i++)
		print_padded(columns[i].name, width[i], i + 1 == nr_columns);
	for (size_t n = 0; n < nr; n++) {
		const struct finding *f = lines[n].input->finding;

		if (narrow)
			puts(name_of(&lines[n], buf, sizeof(buf)));
		print_padded(narrow ? "" : name_of(&lines[n], buf, sizeof(buf)), narrow ? 0 : name,
			     false);
		print_padded(verdict_name(f->expect), kind, false);
		print_padded(f->legality < 0 ? "-" : legality_name(f->legality), legality,
			     !nr_columns);
		for (unsigned int i = 0; i < nr_columns; i++)
			print_padded(cell_text(&lines[n], i, buf, sizeof(buf)), width[i],
				     i + 1 == nr_columns);
	}
	print_legend(lines, nr);
}

static json_t *json_line(const struct line *l)
{
	const struct finding *f = l->input->finding;
	json_t *kernels = json_object(), *ran = json_object();
	char buf[128];

	for (unsigned int i = 0; i < nr_columns; i++)
		json_object_set_new(kernels, columns[i].name,
				    json_string(cells[l->cell[i]].word));
	for (unsigned int i = 0; i < l->nr_ran; i++)
		json_object_set_new(ran, l->ran[i].subject->id,
				    json_string(cells[l->ran[i].cell].word));
	return json_pack("{s:o, s:o, s:s, s:i, s:s, s:s, s:o, s:o, s:o}", "finding",
			 json_text(name_of(l, buf, sizeof(buf))), "file",
			 json_text(l->input->path), "verdict", verdict_name(f->expect), "op",
			 f->op, "legality", f->legality < 0 ? "" : legality_name(f->legality),
			 "quirk", f->quirk, "summary", json_text(f->summary), "kernels", kernels,
			 "subjects", ran);
}

static void print_json(const struct line *lines, size_t nr)
{
	json_t *kernels = json_array(), *findings = json_array(), *wrong = json_array();

	for (unsigned int i = 0; i < nr_columns; i++)
		json_array_append_new(kernels,
				      json_pack("{s:s, s:b, s:s}", "kernel", columns[i].name,
						"at_hand", columns[i].subject != NULL, "release",
						columns[i].subject ? columns[i].subject->release :
								     ""));
	for (size_t n = 0; n < nr; n++)
		json_array_append_new(findings, json_line(&lines[n]));
	for_mismatches(lines, nr, tell_json, wrong);
	json_finish(stdout, json_pack("{s:o, s:o, s:o}", "kernels", kernels, "findings", findings,
				      "mismatches", wrong));
}

/* --- the command --- */

static int by_rank(const void *a, const void *b)
{
	const struct line *x = a, *y = b;
	int rank = finding_rank(x->input->finding, y->input->finding);

	return rank ? rank : strcmp(x->input->path, y->input->path);
}

static int findings(const struct inputs *in, bool json)
{
	struct isolate *iso = isolate_new(WATCHDOG_MS);
	struct line *lines = calloc(in->nr + 1, sizeof(*lines));
	int status = CLI_OK;
	size_t nr = 0;

	if (!iso || !lines)
		status = cli_error("cannot prepare a worker process");
	else if (!make_columns(in))
		status = CLI_FAILED;
	cli_catch_interrupt();
	for (size_t i = 0; i < in->nr && !status; i++) {
		if (!in->input[i].finding)
			continue;
		lines[nr].input = &in->input[i];
		if (!fill(iso, &lines[nr++]))
			status = isolate_interrupted() ?
				cli_interrupted("nothing was written") : CLI_FAILED;
	}
	if (!status) {
		qsort(lines, nr, sizeof(*lines), by_rank);
		(json ? print_json : print_text)(lines, nr);
		if (for_mismatches(lines, nr, tell_error, NULL))
			status = CLI_VERDICT;
	}
	free(lines);
	isolate_free(iso);
	return status;
}

static int findings_main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "corpus", required_argument, NULL, 'c' },
		{ "json", no_argument, NULL, 'j' },
		{ NULL, 0, NULL, 0 },
	};
	const char *corpus = "corpus";
	struct inputs in = { 0 };
	char path[512];
	bool json = false;
	int c, status;

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
	status = inputs_load(&in, path, false) ? findings(&in, json) : CLI_FAILED;
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

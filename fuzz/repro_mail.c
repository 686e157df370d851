// SPDX-License-Identifier: GPL-2.0-only
/* A reproducer as plain text for a kernel mailing list; every line has less than 80 columns. */
#include <inttypes.h>
#include <string.h>

#include "narrow.h"
#include "repro_calls.h"
#include "repro_map.h"
#include "story.h"
#include "words.h"

#define SUBJECT_COLUMNS	75

/* Is there harm to anybody? Otherwise it is told as an observation. */
static bool is_bug(const struct verdict *v)
{
	return v->kind != VERDICT_DIFFERS && v->legality != MISUSE;
}

/* What a person wrote of it; not the detail that the minimizer puts first. */
static const char *summary(const struct repro *r)
{
	return strcmp(r->finding.summary, r->verdict.detail) ? r->finding.summary : "";
}

/* Folded as headers of mails are: what goes on begins with a blank. */
static void subject_line(FILE *out, const struct repro *r)
{
	const struct verdict *v = &r->verdict;
	char subsystem[WORDS_SUBSYSTEM], title[WORDS_TITLE], text[2 * WORDS_TITLE + 64], *word;
	size_t column = strlen("Subject:");

	snprintf(text, sizeof(text), "%s%s: %s%s", is_bug(v) ? "[BUG] " : "",
		 words_subsystem(subsystem, r->scenario->family),
		 summary(r)[0] ? summary(r) : words_title(title, r),
		 v->legality == MISUSE ? ", if a precondition is broken" : "");
	fputs("Subject:", out);
	for (word = strtok(text, " "); word; word = strtok(NULL, " ")) {
		if (column + 1 + strlen(word) > SUBJECT_COLUMNS && column > 1) {
			fputs("\n", out);
			column = 0;
		}
		column += fprintf(out, " %s", word);
	}
	fputc('\n', out);
}

static void headers(FILE *out, const struct repro *r)
{
	subject_line(out, r);
	fprintf(out, "To: <scripts/get_maintainer.pl -f %s>\n", r->scenario->family->file);
	fprintf(out, "Cc: linux-kernel@vger.kernel.org\n\n");
}

/* "\n" separates paragraphs. */
static void paragraphs(FILE *out, const char *text)
{
	while (*text) {
		size_t len = strcspn(text, "\n");

		narrow_prosef(out, "", "", "%.*s", (int)len, text);
		fputc('\n', out);
		text += len + (text[len] == '\n');
	}
}

static void damage(FILE *out, const struct repro *r)
{
	const struct verdict *v = &r->verdict;
	char size[WORDS_SIZE], bytes[32] = "2^64";
	struct damage d;

	if (!words_damage(r, &d))
		return;
	if (d.bytes)
		snprintf(bytes, sizeof(bytes), "%" PRIu64, d.bytes);
	narrow_prosef(out, "", "", "%s: %s bytes (%s) in %u interval%s, %" PRIu64
		      " page%s of 4 KiB touched.",
		      v->kind == VERDICT_FRAME || v->kind == VERDICT_WRONG_TYPE ? "Changed" :
		      v->want_cover > v->got_cover ? "Lost" : "Too much", bytes,
		      words_size(size, d.bytes), d.intervals, d.intervals == 1 ? "" : "s", d.pages,
		      d.pages == 1 ? "" : "s");
	fputc('\n', out);
}

/* What is wrong, for whom: the first thing that is read. */
static void opening(FILE *out, const struct repro *r, const struct story *story)
{
	const struct verdict *v = &r->verdict;
	char title[WORDS_TITLE];

	narrow_prosef(out, "", "", "In Linux %s, %s. %s", r->subject->release,
		      words_title(title, r), words_meaning(v->kind));
	fputc('\n', out);
	paragraphs(out, story->what);
	damage(out, r);
	narrow_prosef(out, "", "", "Who can cause it (%s): %s", legality_name(v->legality),
		      words_who(v->legality));
	fputc('\n', out);
	if (r->subject->planted) {
		narrow_prosef(out, "", "", "NOT A BUG OF LINUX: \"%s\" was planted in this copy of "
			      "the file to test the suite. Do not send this.", r->subject->planted);
		fputc('\n', out);
	}
}

static void contract(FILE *out, const struct story *story)
{
	size_t first = strcspn(story->contract, "\n");

	if (!first)
		return;
	narrow_prosef(out, "Expected: ", "", "%.*s", (int)first, story->contract);
	fputc('\n', out);
	paragraphs(out, story->contract + first + (story->contract[first] == '\n'));
}

/* The first word behind " in " of a frame, "    #0 0x... in FUNCTION ..."; addresses mean nothing. */
static void frame(FILE *out, const char *line, size_t len)
{
	const char *number = line + strspn(line, " "), *in = strstr(line, " in ");

	if (*number != '#')
		return;
	if (in && in < line + len)
		fprintf(out, "    %.*s %.*s()\n", (int)strcspn(number, " "), number,
			(int)strcspn(in + 4, " (\n"), in + 4);
}

/* The reports of sanitizers: the lines that say what, without places of this machine. */
static void said(FILE *out, const char *text, const char *file)
{
	static const char *const wanted[] = {
		"ERROR: ", "WARNING: ", "runtime error: ", " of size ",
	};
	bool any = false;

	while (*text) {
		size_t len = strcspn(text, "\n");
		const char *at = strstr(text, file);
		/* "==PID==" */
		size_t skip = strncmp(text, "==", 2) ? 0 : 4 + strcspn(text + 2, "=");
		bool want = false;

		for (unsigned int i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
			const char *word = strstr(text, wanted[i]);

			want |= word && word < text + len;
		}
		/* UBSan begins with the file, in a directory of this machine */
		if (at && at < text + len)
			skip = at - text;
		if (skip > len)
			skip = 0;
		if (want && !any)
			fputs("The sanitizer says:\n\n", out);
		any |= want;
		if (want)
			fprintf(out, "  %.*s\n", (int)(len - skip), text + skip);
		else if (any)
			frame(out, text, len);
		text += len;
		text += *text == '\n';
	}
	if (any)
		fputc('\n', out);
}

static void results(FILE *out, const struct repro *r)
{
	const struct verdict *v = &r->verdict;
	char buf[WORDS_SIZE];

	fprintf(out, "What came of the last call:\n\n");
	if (!words_of_death(v->kind)) {
		fprintf(out, "  expected: %s\n", words_result(buf, &v->want));
		fprintf(out, "  got:      %s\n", words_result(buf, &v->got));
	} else {
		fprintf(out, "  expected: it returns, or panics where it has to\n");
		fprintf(out, "  got:      %s%s%s\n", verdict_name(v->kind),
			v->function[0] ? " in " : "", v->function);
	}
	if (v->detail[0])
		fprintf(out, "  %s\n", v->detail);
	fputc('\n', out);
}

/* Where the files are from, without names of this machine's directories. */
static void origin(FILE *out, const char *line, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (line[i] == '/' && i && line[i - 1] == ' ')
			len = i - 1;
	if (len > 3 && !strncmp(line + len - 3, " in", 3))
		len -= 3;
	fprintf(out, " (%.*s)\n", (int)len, line);
}

static void where(FILE *out, const struct repro *r)
{
	const struct config_desc *c = r->subject->config;
	const char *line = r->subject->provenance ? r->subject->provenance : "";

	fprintf(out, "Kernel: Linux %s", r->subject->release);
	for (bool first = true; *line; first = false) {
		size_t len = strcspn(line, "\n"), path = strcspn(line, " ");

		if (first)
			origin(out, line, len);
		else if (path < len && path > 2 && !strncmp(line + path - 2, ".c", 2))
			fprintf(out, "  %.*s\n    SHA-256 %.*s\n", (int)path, line,
				(int)(len - path - 1), line + path + 1);
		line += len + (line[len] == '\n');
	}
	fputs(r->subject->provenance ? "" : "\n", out);
	narrow_prosef(out, "Configuration: ", "  ", "%s%s: %s", c->name,
		      c->synthetic ? " (no distribution ships it: tables are small, or what is "
		      "seldom set is set, to get there with few calls)" : "", c->cfg ? c->cfg : "");
	if (c->long_bits == 32)
		narrow_prosef(out, "Word size: ", "  ", "32 bits, physical addresses have %u",
			      c->phys_bits ? c->phys_bits : 64);
	fputc('\n', out);
}

/* The scenario as it goes through a mail unbroken, to @f; false when a line is too long. */
static bool short_scenario(FILE *f, const struct scenario *s)
{
	unsigned int column = 0;
	bool ok = true;
	int c;

	repro_scenario(f, s, NARROW_COLUMNS);
	rewind(f);
	while ((c = fgetc(f)) != EOF) {
		column = c == '\n' ? 0 : column + 1;
		ok = ok && column <= NARROW_COLUMNS;
	}
	rewind(f);
	return ok;
}

static void copy(FILE *out, FILE *in)
{
	int c;

	while ((c = fgetc(in)) != EOF)
		fputc(c, out);
}

static void how_to_run(FILE *out, const struct repro *r)
{
	const char *sanitize = "";
	char run[128];
	FILE *text = tmpfile();
	bool whole = text && short_scenario(text, r->scenario);

	if (r->verdict.kind == VERDICT_UNINITIALISED)
		sanitize = " --sanitize memory";
	else if (words_of_death(r->verdict.kind))
		sanitize = " --sanitize address,undefined";
	narrow_prosef(out, "", "", "How to run it: earlyfuzz compiles the file unmodified in "
		      "userspace, with stand-ins for what is around it, and holds each call against "
		      "a model of its contract. It was seen there, not on a booted machine. repro.c "
		      "(attached; earlyfuzz repro --format c) has the calls and the one check that "
		      "fails, and needs nothing of that model:");
	fprintf(out, "\n  ci/repro repro.c --kernel tree:/path/to/linux%s\n\n", sanitize);
	narrow_prosef(out, "", "", "With the suite, the scenario %s:",
		      whole ? "below as scenario.scn" : "as scenario.scn (attached: it has lines "
		      "that are too long for a mail)");
	snprintf(run, sizeof(run), "  earlyfuzz run%s%s",
		r->quirks && !r->finding.quirk[0] ? "" : r->quirks ? " --strict=" : " --strict",
		r->quirks ? r->finding.quirk : "");
	/* a line that a shell takes, in a mail that nobody folds */
	fprintf(out, "\n%s%s --subject %s scenario.scn\n\n", run,
		strlen(run) + strlen(r->subject->id) > NARROW_COLUMNS - 24 ? " \\\n   " : "",
		r->subject->id);
	if (whole) {
		copy(out, text);
		fputc('\n', out);
	}
	if (text)
		fclose(text);
}

static void kernels(FILE *out, const struct repro *r)
{
	fputs("Shows on:", out);
	for (unsigned int i = 0; i < r->finding.nr_kernels; i++)
		fprintf(out, " %s", r->finding.kernels[i]);
	if (!r->finding.nr_kernels)
		fprintf(out, " %s (others were not tried)", r->subject->id);
	fputc('\n', out);
}

static void searched(FILE *out, const struct story *story)
{
	fputc('\n', out);
	if (story->searched[0])
		paragraphs(out, story->searched);
	else
		fputs("Searched: <nothing yet: lore.kernel.org, git log of the file>\n\n", out);
}

/* What kernel people expect, and only a person can know. */
static void tags(FILE *out, const struct repro *r)
{
	if (is_bug(&r->verdict))
		fputs("Fixes: <12 digits of the commit> (\"<its title>\")\n", out);
	fputs("Reported-by: <name> <<address>>\n"
	      "Closes: <address of this mail on lore.kernel.org>\n", out);
	if (is_bug(&r->verdict))
		fputs("Cc: stable@vger.kernel.org # <since>, if releases need the fix\n", out);
}

/* Documentation/admin-guide/reporting-issues.rst asks for these. */
static void before_sending(FILE *out)
{
	fputs("\n--- >8 --- before you send this, and without what follows:\n"
	      "- fill in or delete what stands in <>; attach repro.c\n"
	      "- does the newest mainline show it? ci/repro with such a tree; say so above\n"
	      "- was it reported before? search lore.kernel.org for the function\n"
	      "- since when? ci/bisect tells the commit for Fixes:\n"
	      "- is it a security matter? then security@kernel.org, and no list\n"
	      "- plain text, one bug a mail; be there for questions\n", out);
}

static void emit(FILE *to, const struct repro *r)
{
	static struct story story;
	FILE *out = narrow_begin();

	if (!out) {
		fprintf(to, "(no room for a temporary file)\n");
		return;
	}
	memset(&story, 0, sizeof(story));
	if (r->finding.is)
		story_load(&story, r->file);
	headers(out, r);
	opening(out, r, &story);
	contract(out, &story);
	fputs("The calls, and what each returned:\n\n", out);
	repro_calls(out, r);
	fputc('\n', out);
	results(out, r);
	said(out, r->said, r->scenario->family->file);
	repro_map(out, r);
	where(out, r);
	kernels(out, r);
	searched(out, &story);
	how_to_run(out, r);
	tags(out, r);
	before_sending(out);
	narrow_end(out, to);
}

const struct repro_format repro_mail = {
	.name = "mail",
	.suffix = ".txt",
	.emit = emit,
};

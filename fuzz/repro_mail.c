// SPDX-License-Identifier: GPL-2.0-only
/* A reproducer as plain text for a kernel mailing list; every line has less than 80 columns. */
#include <inttypes.h>
#include <string.h>

#include "narrow.h"
#include "origin.h"
#include "repro_calls.h"
#include "repro_map.h"
#include "repro_patch.h"
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

/* Folded as headers of mails are: what goes on begins with a blank. @text is taken apart. */
static void folded(FILE *out, char *text)
{
	size_t column = strlen("Subject:");
	char *word;

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

static void subject_line(FILE *out, const struct repro *r)
{
	const struct verdict *v = &r->verdict;
	char subsystem[WORDS_SUBSYSTEM], title[WORDS_TITLE], text[2 * WORDS_TITLE + 64];

	snprintf(text, sizeof(text), "%s%s: %s%s", is_bug(v) ? "[BUG] " : "",
		 words_subsystem(subsystem, r->scenario->family),
		 summary(r)[0] ? summary(r) : words_title(title, r),
		 v->legality == MISUSE ? ", if a precondition is broken" : "");
	folded(out, text);
}

static void headers(FILE *out, const struct repro *r)
{
	char text[PATCH_SUBJECT];

	if (r->patch) {
		folded(out, repro_patch_subject(text, sizeof(text), r));
		fputs("In-Reply-To: <Message-ID of that mail>\n"
		      "To: <its author>\nCc: <all others that it went to>\n\n", out);
		return;
	}
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

static void planted(FILE *out, const struct subject *s)
{
	if (!s->planted)
		return;
	narrow_prosef(out, "", "", "NOT A BUG OF LINUX: \"%s\" was planted in this copy of the "
		      "file to test the suite. Do not send this.", s->planted);
	fputc('\n', out);
}

/* What is wrong, for whom: the first thing that is read. */
static void opening(FILE *out, const struct repro *r, const struct story *story)
{
	const struct verdict *v = &r->verdict;
	char title[WORDS_TITLE];

	if (r->patch) {
		repro_patch_opening(out, r);
	} else {
		narrow_prosef(out, "", "", "In Linux %s, %s. %s", r->subject->release,
			      words_title(title, r), words_meaning(v->kind));
		fputc('\n', out);
	}
	if (!r->passes) {
		paragraphs(out, story->what);
		damage(out, r);
		narrow_prosef(out, "", "", "Who can cause it (%s): %s", legality_name(v->legality),
			      words_who(v->legality));
		fputc('\n', out);
	}
	planted(out, r->subject);
	if (r->patch && r->subject != r->patch->pair->head)
		planted(out, r->patch->pair->head);
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

/* The first word behind " in " of a frame, "    #0 0x... in FUNCTION ..."; no addresses. */
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

static void where(FILE *out, const struct repro *r)
{
	const struct config_desc *c = r->subject->config;
	char text[ORIGIN_TEXT];

	if (r->patch) {
		repro_patch_where(out, r);
	} else {
		narrow_prosef(out, "Kernel: ", "  ", "%s",
			      origin_text(text, sizeof(text), r->subject));
		origin_files(out, r->subject);
	}
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

/* A line that a shell takes, in a mail that nobody folds. */
static void run_line(FILE *out, const struct repro *r)
{
	char run[128];

	snprintf(run, sizeof(run), "  earlyfuzz run%s%s",
		r->quirks && !r->finding.quirk[0] ? "" : r->quirks ? " --strict=" : " --strict",
		r->quirks ? r->finding.quirk : "");
	fprintf(out, "%s%s --subject %s scenario.scn\n\n", run,
		strlen(run) + strlen(r->subject->id) > NARROW_COLUMNS - 24 ? " \\\n   " : "",
		r->subject->id);
}

static void how_to_run(FILE *out, const struct repro *r)
{
	const char *sanitize = "";
	FILE *text = tmpfile();
	bool whole = text && short_scenario(text, r->scenario);

	if (r->verdict.kind == VERDICT_UNINITIALISED)
		sanitize = " --sanitize memory";
	else if (words_of_death(r->verdict.kind))
		sanitize = " --sanitize address,undefined";
	narrow_prosef(out, "", "", "How to run it: earlyfuzz compiles the file unmodified in "
		      "userspace, with stand-ins for what is around it, and holds each call against "
		      "a model of its contract. It was seen there, not on a booted machine. repro.c "
		      "(attached%s) has the calls%s, and needs nothing of that model%s",
		      r->patch ? "" : "; earlyfuzz repro --format c",
		      r->passes ? "" : " and the one check that fails", r->patch ? "." : ":");
	if (r->patch)
		repro_patch_commands(out, r, sanitize);
	else
		fprintf(out, "\n  ci/repro repro.c --kernel tree:/path/to/linux%s\n\n", sanitize);
	narrow_prosef(out, "", "", "With the suite, the scenario %s:",
		      whole ? "below as scenario.scn" : "as scenario.scn (attached: it has lines "
		      "that are too long for a mail)");
	fputc('\n', out);
	if (r->patch)
		repro_patch_scenario(out, r);
	else
		run_line(out, r);
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

/* What came of it: of a verdict expected and got, of a change the two against each other. */
static void outcome(FILE *out, const struct repro *r)
{
	if (r->patch && r->patch->parts) {
		fputs("There, without the patch (-) and with it (+):\n\n", out);
		fputs(r->patch->parts, out);
		fputc('\n', out);
	}
	if (r->passes)
		return;
	results(out, r);
	said(out, r->said, r->scenario->family->file);
	repro_map(out, r);
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
	fprintf(out, "The calls, numbered as in repro.c, and what each returned%s%s:\n\n",
		r->patch ? " " : "",
		r->patch ? repro_patch_side(r) : "");
	repro_calls(out, r);
	fputc('\n', out);
	outcome(out, r);
	where(out, r);
	if (!r->patch) {
		kernels(out, r);
		searched(out, &story);
	}
	how_to_run(out, r);
	if (!r->patch)
		tags(out, r);
	if (r->patch)
		repro_patch_before_sending(out, r);
	else
		before_sending(out);
	narrow_end(out, to);
}

const struct repro_format repro_mail = {
	.name = "mail",
	.file = "mail.txt",
	.emit = emit,
};

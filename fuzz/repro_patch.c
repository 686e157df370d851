// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "narrow.h"
#include "origin.h"
#include "repro_patch.h"
#include "words.h"

/* The one that the mail tells of, and the other one. */
static bool is_head(const struct repro *r)
{
	return r->subject == r->patch->pair->head;
}

static const struct subject *other(const struct repro *r)
{
	return is_head(r) ? r->patch->pair->base : r->patch->pair->head;
}

static const struct verdict *other_verdict(const struct repro *r)
{
	return is_head(r) ? &r->patch->did->base : &r->patch->did->head;
}

const char *repro_patch_side(const struct repro *r)
{
	return is_head(r) ? "with the patch" : "without the patch";
}

char *repro_patch_subject(char *buf, size_t size, const struct repro *r)
{
	const struct subject *head = r->patch->pair->head;
	const char *name, *sum;
	size_t len = origin_patch(head, 0, &name, &sum);
	unsigned int nr = 0;

	while (origin_patch(head, nr, &name, &sum))
		nr++;
	if (nr == 1)
		snprintf(buf, size, "Re: [PATCH] <subject of the mail of %.*s>", (int)len, name);
	else if (nr)
		snprintf(buf, size, "Re: [PATCH 0/%u] <subject of the series>", nr);
	else
		snprintf(buf, size, "Re: <subject of the patch's mail, or of the pull request>");
	return buf;
}

/* What the other kernel does wrong, as words_title() has it; nothing is on record of that. */
static const char *other_title(char *buf, const struct repro *r)
{
	struct repro o = *r;

	o.subject = other(r);
	o.verdict = *other_verdict(r);
	o.trace = NULL;
	return words_title(buf, &o);
}

/* Nobody is to blame, as far as is certain: there is no check that fails. */
static bool is_change(const struct repro *r)
{
	return r->patch->did->class == PAIR_CHANGE || r->patch->did->class == PAIR_DOUBTFUL;
}

static bool is_right(const struct verdict *v)
{
	return v->kind == VERDICT_PASS || v->kind == VERDICT_DIFFERS;
}

static void tell_other(FILE *out, const struct repro *r)
{
	const char *with = is_head(r) ? "Without" : "With";
	char title[WORDS_TITLE];

	if (is_right(other_verdict(r)))
		narrow_prosef(out, "", "", "%s the patch, the same calls end as they should: call "
			      "%u below is right there, and wrong %s.", with,
			      r->verdict.op, repro_patch_side(r));
	else
		narrow_prosef(out, "", "", "%s the patch, %s: that is wrong, too%s.", with,
			      other_title(title, r),
			      r->patch->did->worse ? ", but less bad" : "");
	fputc('\n', out);
}

static void tell_change(FILE *out, const struct repro *r)
{
	const struct pair_result *did = r->patch->did;
	const struct scenario *s = r->scenario;
	char function[SIGNATURE_NAME] = "", what[96];

	if (did->op < s->nr)
		kernel_function(function, sizeof(function), s->family, s->ops[did->op].id,
				r->subject->version);
	if (!strcmp(did->what, "result"))
		snprintf(what, sizeof(what), "the result");
	else if (!strcmp(did->what, "said"))
		snprintf(what, sizeof(what), "what is printed");
	else if (!strcmp(did->what, "end"))
		snprintf(what, sizeof(what), "the end");
	else
		snprintf(what, sizeof(what), "table \"%s\" at the end", did->what);
	narrow_prosef(out, "", "", "This patch changes what %s() does: %s of call %u below is "
		      "another one with it than without it. Both are as the function's contract "
		      "allows: nothing is wrong. This is only to tell, in case that it is not "
		      "meant.", function, what, did->op);
	fputc('\n', out);
}

/* Nobody is accused, nor praised. */
static void tell_doubtful(FILE *out, const struct repro *r)
{
	const struct pair_result *did = r->patch->did;
	bool head = did->apparent != PAIR_FIX;

	narrow_prosef(out, "", "", "This patch changes the form of a table, and behind that the "
		      "same calls end otherwise: %s the patch, by the contract for the form as "
		      "it would be without the change, it is a case of \"%s\" (%s). That may "
		      "follow from the new form alone, in which these calls may not be allowed, "
		      "or mean another thing: whether it is wrong is for people to say.",
		      head ? "with" : "without",
		      verdict_name(head ? did->head.kind : did->base.kind),
		      head ? did->head.detail : did->base.detail);
	fputc('\n', out);
}

void repro_patch_opening(FILE *out, const struct repro *r)
{
	char title[WORDS_TITLE];

	if (r->patch->did->class == PAIR_CHANGE) {
		tell_change(out, r);
		return;
	}
	if (r->patch->did->class == PAIR_DOUBTFUL) {
		tell_doubtful(out, r);
		return;
	}
	words_title(title, r);
	switch (r->patch->did->class) {
	case PAIR_FIX:
		narrow_prosef(out, "", "", "This patch mends a bug: without it, %s. %s", title,
			      words_meaning(r->verdict.kind));
		break;
	case PAIR_BROKEN:
		narrow_prosef(out, "", "", "This is wrong with the patch and without it%s: %s. %s %s",
			      r->patch->did->same_way ? "" : ", in another way", title,
			      words_meaning(r->verdict.kind), r->patch->did->same_way ?
			      "The patch is not the cause; it is told since the patch touches "
			      "the same file." : "");
		break;
	default:
		narrow_prosef(out, "", "", "With this patch, %s. %s", title,
			      words_meaning(r->verdict.kind));
	}
	fputc('\n', out);
	if (r->patch->did->class != PAIR_BROKEN || !r->patch->did->same_way)
		tell_other(out, r);
}

/* --- where, and how --- */

static void kernel(FILE *out, const char *which, const struct subject *s)
{
	char text[ORIGIN_TEXT];

	narrow_prosef(out, which, "  ", "%s", origin_text(text, sizeof(text), s));
	origin_files(out, s);
}

void repro_patch_where(FILE *out, const struct repro *r)
{
	const char *name, *sum;
	size_t len;

	kernel(out, "Without the patch: ", r->patch->pair->base);
	kernel(out, "With the patch: ", r->patch->pair->head);
	for (unsigned int i = 0; (len = origin_patch(r->patch->pair->head, i, &name, &sum)); i++)
		fprintf(out, "  %.*s\n    SHA-256 %.64s\n", (int)len, name, sum);
}

/* Of a shell, in lines that no mailer breaks: options that do not fit go on the next line. */
static void command(FILE *out, const char *text)
{
	size_t column = fprintf(out, "  ");

	while (*text) {
		size_t len = strcspn(text, " "), end;

		/* an option, and its value if it has one */
		end = len + (text[len] == ' ');
		if (text[0] == '-' && text[end] && text[end] != '-')
			end += strcspn(text + end, " ");
		else
			end = len;
		if (column > 2 && column + end + 3 > NARROW_COLUMNS)
			column = fprintf(out, " \\\n    ") - 3;
		else if (column > 2)
			column += fprintf(out, " ");
		column += fprintf(out, "%.*s", (int)end, text);
		text += end;
		text += *text == ' ';
	}
	fputc('\n', out);
}

/* "ci/repro ... --kernel SOURCE": what it ends with stands above. */
static void ci_repro(FILE *out, const struct repro *r, const struct subject *s,
		     const char *sanitize)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		return;
	fprintf(f, "%sci/repro repro.c --kernel ",
		is_change(r) ? "REPRO_TRACE=1 " : "");
	origin_source(f, s);
	fputs(sanitize, f);
	if (!fclose(f))
		command(out, text);
	free(text);
}

void repro_patch_commands(FILE *out, const struct repro *r, const char *sanitize)
{
	const struct pair *p = r->patch->pair;
	bool change = is_change(r);

	fprintf(out, "\nWith the patch%s:\n\n", change ? "" : is_head(r) ? " (ends with 1: it shows)" :
		" (ends with 0: it does not show)");
	ci_repro(out, r, p->head, sanitize);
	fprintf(out, "\nand without it%s:\n\n", change ? "" :
		r->patch->did->class == PAIR_BROKEN ? "" :
		is_head(r) ? " (0)" : " (1)");
	ci_repro(out, r, p->base, sanitize);
	fputc('\n', out);
}

/* How `earlyfuzz review' and a shell know it; a planted bug stands behind a "!" in ids. */
static void id(FILE *out, const struct subject *s)
{
	const char *planted = s->planted ? strchr(s->id, '!') : NULL;

	if (planted)
		fprintf(out, " '%s%s'", s->kernel, planted);
	else
		fprintf(out, " %s", s->kernel);
}

/* Is it the build that ci/review makes? */
static bool of_ci_review(const struct pair *p)
{
	return !strcmp(p->base->kernel, "base") && !strcmp(p->head->kernel, "head");
}

static void ci_review(FILE *out, const struct pair *p)
{
	const char *name, *sum;
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		return;
	fputs("ci/review --base ", f);
	if (origin_patch(p->head, 0, &name, &sum)) {
		origin_source(f, p->head);
	} else {
		origin_source(f, p->base);
		fputs(" --head ", f);
		origin_source(f, p->head);
	}
	if (!fclose(f))
		command(out, text);
	free(text);
	fputs("\n", out);
}

void repro_patch_scenario(FILE *out, const struct repro *r)
{
	const struct pair *p = r->patch->pair;

	if (of_ci_review(p))
		ci_review(out, p);
	fprintf(out, "  %searlyfuzz review", of_ci_review(p) ? "build/review/libfuzzer/fuzz/" : "");
	id(out, p->base);
	id(out, p->head);
	fputs(" scenario.scn\n\n", out);
}

void repro_patch_before_sending(FILE *out, const struct repro *r)
{
	fputs("--- >8 --- before you send this, and without what follows:\n"
	      "- fill in or delete what stands in <>; attach repro.c\n"
	      "- it is an answer to the patch's own mail: quote the lines that do it\n"
	      "- is there a newer version of the patch? then ci/review with that one\n", out);
	switch (r->patch->did->class) {
	case PAIR_FIX:
		fputs("- does the changelog say that it mends this, with Fixes:? propose it\n"
		      "- a Tested-by: <name> <<address>> is welcome, if you tested all of it\n", out);
		break;
	case PAIR_BROKEN:
		fputs("- it deserves a mail of its own: earlyfuzz repro --format mail\n", out);
		break;
	default:
		fputs("- is it meant? the changelog, or the series as a whole, may say so\n", out);
	}
	fputs("- plain text, one matter a mail; be there for questions\n", out);
}

// SPDX-License-Identifier: GPL-2.0-only
/* A reproducer as a C file that ci/repro builds with a kernel's file and the shims alone. */
#include <stdlib.h>
#include <string.h>

#include "draw.h"
#include "origin.h"
#include "repro_c.h"

#define COLUMNS	100u
#define TAB	8u

static const char *refuses(const struct repro *r)
{
	/* the reference as a subject (early_res on kernels without it) is no kernel */
	if (!strncmp(r->subject->kernel, "reference", strlen("reference")))
		return "the subject is this project's reference, not a kernel";
	return c_check_refuses(r);
}

/* What an emitter printed, to be laid out; freed by the caller. Out of memory: "". */
static char *text_of(void (*emit)(FILE *out, const struct repro *r, unsigned int op),
		     const struct repro *r, unsigned int op)
{
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		return NULL;
	emit(f, r, op);
	fclose(f);
	return text;
}

static void emit_check(FILE *out, const struct repro *r, unsigned int op)
{
	(void)op;
	c_check(out, r);
}

/* Where the line that begins at @s is to be broken: behind the last ", " that fits. */
static size_t break_at(const char *s, size_t len, size_t room)
{
	size_t best = 0;
	bool quoted = false;

	for (size_t i = 0; i < len && (i < room || !best); i++) {
		if (s[i] == '\\' && quoted)
			i++;
		else if (s[i] == '"')
			quoted = !quoted;
		else if (!quoted && s[i] == ',' && i + 1 < len && s[i + 1] == ' ')
			best = i + 2;
	}
	return len <= room || !best ? len : best;
}

/* One statement, @tabs in, in lines that fit; where @text has ends of lines they stay. */
static void statement(FILE *out, const char *text, unsigned int tabs)
{
	unsigned int in = tabs;

	while (*text) {
		size_t len = strcspn(text, "\n");
		size_t n = break_at(text, len, COLUMNS - TAB * in), end = n;

		while (end && text[end - 1] == ' ')
			end--;
		for (unsigned int i = 0; i < in; i++)
			fputc('\t', out);
		fprintf(out, "%.*s\n", (int)end, text);
		text += n + (text[n] == '\n');
		in = tabs + 1;
	}
}

/* A comment of several lines, without what would end it. */
static void comment(FILE *out, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "\n");

		fputs(n ? " * " : " *", out);
		for (size_t i = 0; i < n; i++)
			fputc(text[i] == '*' && text[i + 1] == '/' ? '+' : text[i], out);
		fputc('\n', out);
		text += n + (text[n] == '\n');
	}
}

/* A comment before a call, of one line or several: broken behind what is between commas. */
static void emit_note(FILE *out, const char *note)
{
	size_t room = COLUMNS - TAB - strlen(" * "), len = strlen(note);

	if (len + strlen("/*  */") + TAB <= COLUMNS) {
		fprintf(out, "\t/* %s */\n", note);
		return;
	}
	fputs("\t/*\n", out);
	while (len) {
		size_t n = break_at(note, len, room);

		fprintf(out, "\t * %.*s\n", (int)(n < len ? n - 1 : n), note);
		note += n;
		len -= n;
	}
	fputs("\t */\n", out);
}

static void emit_call(FILE *out, const struct repro *r, unsigned int op)
{
	char *call = text_of(c_call, r, op), *note = text_of(c_note, r, op);

	if (call && note) {
		if (strchr(call, '\n') ||
		    TAB + strlen(call) + strlen(note) + strlen(" /*  */") > COLUMNS) {
			emit_note(out, note);
			statement(out, call, 1);
		} else {
			fprintf(out, "\t%s /* %s */\n", call, note);
		}
	}
	free(call);
	free(note);
}

/* Why the check is there, in words. */
static void emit_why(FILE *out, const struct repro *r)
{
	const struct verdict *v = &r->verdict;
	char want[64], got[64];

	fprintf(out, "\n\t/*\n\t * %s\n\t * %s\n", verdict_name(v->kind),
		v->detail[0] ? v->detail : "see below");
	draw_result(want, sizeof(want), &v->want);
	draw_result(got, sizeof(got), &v->got);
	if (trace_step_of(r->trace, v->op) >= 0 && strcmp(want, got))
		fprintf(out, "\t * expected: %s; got: %s\n", want, got);
	fputs("\t */\n", out);
}

static void emit_head(FILE *out, const struct repro *r)
{
	const struct verdict *v = &r->verdict;
	const char *file = strrchr(r->file, '/');
	char text[ORIGIN_TEXT];

	fprintf(out, "// SPDX-License-Identifier: GPL-2.0-only\n/*\n * earlyfuzz repro: %s %s%s\n *\n",
		r->scenario->family->name, r->subject->config->name,
		v->kind == VERDICT_UNINITIALISED ? " sanitize=memory" : "");
	if (r->finding.summary[0])
		comment(out, r->finding.summary);
	if (!r->whole)
		fprintf(out, " * %s at op %u of %s, seen on Linux %s (%s).\n",
			verdict_name(v->kind), v->op, file ? file + 1 : r->file,
			r->subject->release, r->subject->id);
	else
		fprintf(out, " * All ops of %s, as on Linux %s (%s).\n", file ? file + 1 : r->file,
			r->subject->release, r->subject->id);
	if (r->subject->planted)
		fprintf(out, " * A bug was planted there: %s.\n", r->subject->planted);
	comment(out, origin_text(text, sizeof(text), r->subject));
	fputs(" *\n * ci/repro THIS.c --kernel ", out);
	origin_source(out, r->subject);
	fprintf(out, "\n * ends with 1 where it shows, with 0 where it does not.\n */\n");
	fprintf(out, "#include \"repro_%s.h\"\n\nREPRO\n{\n", r->scenario->family->name);
}

static void emit(FILE *out, const struct repro *r)
{
	const struct scenario *s = r->scenario;
	char *check = text_of(emit_check, r, 0);

	emit_head(out, r);
	for (unsigned int i = 0; i < s->nr; i += 1u + s->ops[i].nr_tokens) {
		bool fails = !r->passes && i == r->verdict.op;

		if (trace_step_of(r->trace, i) >= 0 || fails)
			emit_call(out, r, i);
		if (fails)
			break;
	}
	if (!r->whole)
		emit_why(out, r);
	if (check)
		statement(out, check, 1);
	fputs("}\n", out);
	free(check);
}

const struct repro_format repro_c = {
	.name = "c",
	.file = "repro.c",
	.refuses = refuses,
	.emit = emit,
};

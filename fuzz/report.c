// SPDX-License-Identifier: GPL-2.0-only
/* For people, and KTAP version 1 (Documentation/dev-tools/ktap.rst). */
#include <string.h>

#include "report.h"

const char *report_quirks(char *buf, size_t size, const struct family *f, uint64_t mask)
{
	const struct model *m = model_of(f);
	size_t n = 0;

	buf[0] = 0;
	for (unsigned int i = 0; i < m->nr_quirks; i++)
		if (mask >> i & 1 && n < size)
			n += snprintf(buf + n, size - n, "%s%s", n ? " " : "", m->quirks[i].id);
	return buf;
}

/* "known quirk ID" and the remark, separated by a semicolon. */
static const char *remarks(char *buf, size_t size, const struct run_line *l)
{
	char quirks[256];

	report_quirks(quirks, sizeof(quirks), l->subject->family, l->run.fired);
	snprintf(buf, size, "%s%s%s%s", quirks[0] ? "quirk " : "", quirks,
		 quirks[0] && l->note[0] ? "; " : "", l->note);
	return buf;
}

static void indented(FILE *out, const char *with, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "\n");

		fprintf(out, "%s%.*s\n", with, (int)n, text);
		text += n + (text[n] == '\n');
	}
}

static void details(const struct pen *p, const struct run_line *l, bool verbose)
{
	if (l->verdict.kind != VERDICT_PASS && (l->status == RUN_FAIL || verbose))
		draw_verdict(p, l->scenario, &l->verdict, l->trace);
	if (verbose && l->said[0])
		indented(p->out, p->indent, l->said);
}

static void text_begin(const struct pen *p, const struct run_totals *t)
{
	(void)p;
	(void)t;
}

static void text_line(const struct pen *p, const struct run_line *l, bool verbose)
{
	static const char *const word[] = { "pass", "note", "FAIL", "skip" };
	static const char *const colour[] = { "\033[32m", "\033[33m", "\033[31m", "\033[33m" };
	const struct pen below = { p->out, p->colour, p->full, "    " };
	char buf[512];

	fprintf(p->out, "%s%s%s %s %s", p->colour ? colour[l->status] : "", word[l->status],
		p->colour ? "\033[0m" : "", l->file, l->subject->id);
	if (l->verdict.kind != VERDICT_PASS && l->status != RUN_FAIL)
		fprintf(p->out, ": %s at op %u", verdict_name(l->verdict.kind), l->verdict.op);
	remarks(buf, sizeof(buf), l);
	fprintf(p->out, "%s%s%s\n", buf[0] ? " (" : "", buf, buf[0] ? ")" : "");
	details(&below, l, verbose);
}

static void text_end(const struct pen *p, const struct run_totals *t)
{
	size_t done = t->passed + t->failed + t->notices;

	fprintf(p->out, "%zu scenarios: %zu passed, %zu failed", t->scenarios,
		t->passed + t->notices, t->failed);
	if (t->notices)
		fprintf(p->out, ", %zu with a note", t->notices);
	if (done != t->planned)
		fprintf(p->out, ", %zu not run", t->planned - done);
	fputc('\n', p->out);
}

static size_t ktap_number;

static void ktap_begin(const struct pen *p, const struct run_totals *t)
{
	ktap_number = 0;
	fprintf(p->out, "KTAP version 1\n1..%zu\n", t->planned);
}

static void ktap_line(const struct pen *p, const struct run_line *l, bool verbose)
{
	const struct pen below = { p->out, false, p->full, "# " };
	char buf[512];

	details(&below, l, verbose);
	remarks(buf, sizeof(buf), l);
	if (buf[0])
		fprintf(p->out, "# %s\n", buf);
	fprintf(p->out, "%s %zu %s %s%s\n", l->status == RUN_FAIL ? "not ok" : "ok", ++ktap_number,
		l->file, l->subject->id, l->status == RUN_SKIP ? " # SKIP" : "");
}

static void ktap_end(const struct pen *p, const struct run_totals *t)
{
	fprintf(p->out, "# Totals: pass:%zu fail:%zu xfail:0 xpass:0 skip:%zu error:%zu\n",
		t->passed + t->notices, t->failed, t->skipped,
		t->planned - t->passed - t->failed - t->notices - t->skipped);
}

const struct reporter report_text = { text_begin, text_line, text_end };
const struct reporter report_ktap = { ktap_begin, ktap_line, ktap_end };

// SPDX-License-Identifier: GPL-2.0-only
/* What the check of a whole boot found, for people and for programs. */
#include "import_boot_check.h"
#include "json.h"

static const char unsaid[] = "what the page allocator has handed out by then is not told";
static const char untold[] = "the tables at the end are not in the log";

static const char *op_name(const struct import_boot_script *sc, unsigned int op)
{
	return family_op(&boot_family, sc->op[op].id)->name;
}

/* Lines that ops were made of: each block that was not chosen by one. */
static unsigned int given(const struct import_boot_script *sc)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < sc->nr; i++)
		n += sc->of[i].line && !sc->of[i].chooses;
	return n;
}

static void report_diff(FILE *out, const struct import_boot_script *sc,
			const struct import_boot_diff *d)
{
	if (d->line)
		fprintf(out, "differs: line %u: %s\n", d->line, d->log);
	else
		fprintf(out, "differs: log: %s\n", d->log);
	fprintf(out, "         op %u, %s", d->op, op_name(sc, d->op));
	if (sc->of[d->op].line && sc->of[d->op].line != d->line)
		fprintf(out, " (line %u)", sc->of[d->op].line);
	fprintf(out, ": %s\n", d->kernel);
}

void import_boot_report(FILE *out, const struct import *im, const struct import_boot_script *sc,
			const struct import_boot_checked *c)
{
	if (sc->why) {
		fprintf(out, "%s: no whole boot: %s", im->name, sc->why);
		if (sc->why_line)
			fprintf(out, " (line %u)", sc->why_line);
		fputc('\n', out);
		return;
	}
	fprintf(out, "%s: Linux %s, held against %s (Linux %s)\n", im->name,
		im->release[0] ? im->release : "of unknown version", c->subject->id,
		c->subject->release);
	for (unsigned int i = 0; i < c->kept; i++)
		report_diff(out, sc, &c->diff[i]);
	if (c->differ > c->kept)
		fprintf(out, "(%u more differences)\n", c->differ - c->kept);
	fprintf(out, "%u ops of a whole boot: %u blocks and %u tables where the log has them, %llu "
		"pages passed on, %u ranges of them and %u sums as in the log\n", c->ops, c->chosen,
		c->doubled, (unsigned long long)c->pages, c->ranges, c->sums);
	fprintf(out, "model: %u ops as it predicted", c->predicted);
	if (c->verdict.kind != VERDICT_PASS)
		fprintf(out, "; op %u, %s: %s: %s", c->verdict.op, op_name(sc, c->verdict.op),
			verdict_name(c->verdict.kind), c->verdict.detail);
	fputc('\n', out);
	if (c->unsaid)
		fprintf(out, "1 facts not compared: %s\n", unsaid);
	if (c->untold)
		fprintf(out, "ranges of pages not compared: %s\n", untold);
	if (c->given)
		fprintf(out, "%u blocks put where the log has them: no op asks as the kernel did\n",
			c->given);
	if (c->elsewhere)
		fprintf(out, "%u blocks not compared: a table has doubled at another time, for no op "
			"says on which node reserved memory is\n", c->elsewhere);
	fprintf(out, "%u facts given: the ops are made of them\n", given(sc));
	fprintf(out, "%u facts agree, %u differ\n", c->agree, c->differ);
}

static json_t *diffs_json(const struct import_boot_script *sc, const struct import_boot_checked *c)
{
	json_t *diffs = json_array();

	for (unsigned int i = 0; i < c->kept; i++) {
		const struct import_boot_diff *d = &c->diff[i];

		json_array_append_new(diffs, json_pack("{s:o, s:s, s:i, s:s, s:s}",
			"line", d->line ? json_integer(d->line) : json_null(), "log", d->log,
			"op", (int)d->op, "op_name", op_name(sc, d->op), "kernel", d->kernel));
	}
	return diffs;
}

static json_t *reasons_json(const struct import_boot_checked *c)
{
	json_t *why = json_array();

	if (c->unsaid)
		json_array_append_new(why, json_text(unsaid));
	if (c->untold)
		json_array_append_new(why, json_text(untold));
	return why;
}

json_t *import_boot_report_json(const struct import *im, const struct import_boot_script *sc,
				const struct import_boot_checked *c)
{
	if (sc->why)
		return json_pack("{s:o, s:s, s:i}", "file", json_text(im->name), "why", sc->why,
				 "line", (int)sc->why_line);
	return json_pack("{s:o, s:s, s:s, s:i, s:i, s:i, s:I, s:i, s:i, s:i, s:i, s:i, s:i, s:i, "
			 "s:i, s:o, s:o, s:o}",
		"file", json_text(im->name), "subject", c->subject->id,
		"release", c->subject->release, "ops", (int)c->ops,
		"chosen_agree", (int)c->chosen, "doublings_agree", (int)c->doubled,
		"pages", (json_int_t)c->pages, "ranges_agree", (int)c->ranges,
		"sums_agree", (int)c->sums, "blocks_given", (int)c->given,
		"blocks_elsewhere", (int)c->elsewhere, "given", (int)given(sc),
		"agree", (int)c->agree, "differ", (int)c->differ,
		"predicted", (int)c->predicted,
		"model", c->verdict.kind == VERDICT_PASS ? json_null() :
			json_text(c->verdict.detail),
		"not_compared", reasons_json(c), "differences", diffs_json(sc, c));
}

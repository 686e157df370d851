// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "json.h"
#include "report.h"

static json_t *runs;

static void begin(const struct pen *p, const struct run_totals *t)
{
	(void)p;
	(void)t;
	runs = json_array();
}

/* The op's text form, as a string. */
static json_t *json_of_op(const struct scenario *s, unsigned int op)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	json_t *j;

	if (!out)
		return json_null();
	scenario_print_op(out, s, op);
	fclose(out);
	j = json_text(text);
	free(text);
	return j;
}

static json_t *verdict_object(const struct run_line *l)
{
	const struct verdict *v = &l->verdict;
	json_t *j = json_pack("{s:s, s:i, s:o, s:s, s:o, s:o, s:o}", "kind", verdict_name(v->kind),
			      "op", (int)v->op, "text",
			      v->op < l->scenario->nr ? json_of_op(l->scenario, v->op) :
							json_null(),
			      "legality", legality_name(v->legality), "detail",
			      json_text(v->detail),
			      "expected", json_result(&v->want), "got", json_result(&v->got));

	if (v->function[0])
		json_object_set_new(j, "function", json_text(v->function));
	if (v->table >= 0) {
		json_object_set_new(j, "table",
				    json_string(l->scenario->family->tables[v->table].name));
		json_object_set_new(j, "start", json_hex(v->start));
		json_object_set_new(j, "last", json_hex(v->last));
		json_object_set_new(j, "type", json_integer(v->type));
		json_object_set_new(j, "expected_cover", json_integer(v->want_cover));
		json_object_set_new(j, "got_cover", json_integer(v->got_cover));
	}
	return j;
}

static void line(const struct pen *p, const struct run_line *l, bool verbose)
{
	static const char *const status[] = { "pass", "note", "fail", "skip" };
	char quirks[256];
	json_t *j;

	(void)p;
	(void)verbose;
	j = json_pack("{s:o, s:s, s:s, s:i, s:i, s:o, s:s, s:s}", "file", json_text(l->file),
		      "subject", l->subject->id, "status", status[l->status], "executed",
		      (int)l->run.executed, "skipped", (int)l->run.skipped, "state_hash",
		      json_hex(l->run.state_hash), "quirks",
		      report_quirks(quirks, sizeof(quirks), l->subject->family, l->run.fired),
		      "note",
		      l->note);
	if (l->verdict.kind != VERDICT_PASS)
		json_object_set_new(j, "verdict", verdict_object(l));
	json_array_append_new(runs, j);
}

static void end(const struct pen *p, const struct run_totals *t)
{
	size_t done = t->passed + t->failed + t->notices;

	json_finish(p->out, json_pack("{s:I, s:I, s:I, s:I, s:I, s:o}", "scenarios",
				      (json_int_t)t->scenarios, "passed",
				      (json_int_t)(t->passed + t->notices), "failed",
				      (json_int_t)t->failed, "notes", (json_int_t)t->notices,
				      "not_run", (json_int_t)(t->planned - done), "runs", runs));
	runs = NULL;
}

const struct reporter report_json = { begin, line, end };

// SPDX-License-Identifier: GPL-2.0-only
#include <inttypes.h>
#include <string.h>

#include "draw.h"
#include "min_headers.h"

#define RUNS	16	/* what differs seldom may not do so at once */

/* Results and tables after every op, as numbers: the two files are made for diff. */
static void print_trace(FILE *out, const struct scenario *s, const struct trace *t)
{
	char buf[64];

	for (unsigned int i = 0; i < t->nr; i++) {
		const struct trace_step *step = &t->step[i];

		fprintf(out, "%u: ", step->op);
		scenario_print_op(out, s, step->op);
		fprintf(out, "\n  %s\n", draw_result(buf, sizeof(buf), &step->got));
		for (unsigned int k = 0; k < s->family->nr_tables; k++) {
			struct table rows = trace_got(t, i, k);

			for (unsigned int r = 0; r < rows.nr; r++)
				fprintf(out, "  %s %u: %#" PRIx64 " %#" PRIx64 " %#x %#x\n",
					s->family->tables[k].name, r, rows.rows[r].start,
					rows.rows[r].size, rows.rows[r].type, rows.rows[r].flags);
		}
	}
	if (t->full)
		fprintf(out, "the record was full before the end\n");
}

/* One run on record. Return: a fingerprint of what it did; @good: it could be written. */
static uint64_t record(const struct min_goal *g, const struct scenario *s, const char *path,
		       bool *good)
{
	struct run_report r = { 0 };
	struct verdict v = { 0 };
	struct output o;
	enum isolate_end end = isolate_run(g->iso, g->subject, s, &g->opt, true, &v, &r);

	*good = output_open(&o, path);
	if (!*good)
		return 0;
	fprintf(o.out, "%s on %s: %s%s%s\n", s->family->name, g->subject->id,
		end == ISOLATE_BROKEN ? isolate_said(g->iso) : verdict_name(v.kind),
		v.detail[0] ? ": " : "", v.detail);
	scenario_print(o.out, s);
	print_trace(o.out, s, isolate_trace(g->iso));
	*good = output_close(&o);
	return r.state_hash ^ (uint64_t)v.kind << 56 ^ (uint64_t)v.op << 40 ^ v.start ^
	       v.got.value << 1;
}

int min_unstable(const struct min_goal *g, const struct scenario *s, const char *file)
{
	const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
	char first[300], second[300];
	uint64_t fingerprint;
	bool good;

	snprintf(first, sizeof(first), "%.250s.first-run", name);
	snprintf(second, sizeof(second), "%.250s.second-run", name);
	fingerprint = record(g, s, first, &good);
	for (unsigned int i = 0; i < RUNS && good; i++)
		if (record(g, s, second, &good) != fingerprint)
			break;
	if (!good)
		return CLI_FAILED;
	cli_error("%s on %s: NOT DETERMINISTIC: two runs differ, which must not be", file,
		  g->subject->id);
	return cli_error("what they did is in %s and %s: please report it; nothing was minimized",
			 first, second);
}

/* SPDX-License-Identifier: GPL-2.0-only */
/* A run on record: results and tables after every op, as expected and as seen. */
#ifndef FUZZ_TRACE_H
#define FUZZ_TRACE_H

#include "run.h"

#define TRACE_ROWS	(1u << 20)	/* 256 ops x (got, want) x five tables of 320 rows */

/**
 * struct trace_step - one op of the record
 * @op: its index in the scenario
 * @judged: @want and @want_rows are there (the run had a model)
 * @legality: of the op in the state it met
 * @fired: quirks that the op met, bit mask
 * @got_at: first row of each table in trace.rows; @got_nr of them. Likewise @want_at, @want_nr
 */
struct trace_step {
	unsigned int op;
	bool judged;
	enum legality legality;
	uint64_t fired;
	struct result got, want;
	unsigned int got_at[TABLES_MAX], got_nr[TABLES_MAX];
	unsigned int want_at[TABLES_MAX], want_nr[TABLES_MAX];
};

/**
 * struct trace - record of a run; lies in shared memory when the run is isolated
 * @nr: steps in use
 * @used: rows in use
 * @first_at, @first_nr: the tables before the first op, likewise
 * @full: rows did not fit any more; the record ends before the run did
 */
struct trace {
	unsigned int nr, used;
	bool full;
	unsigned int first_at[TABLES_MAX], first_nr[TABLES_MAX];
	struct trace_step step[SCENARIO_OPS_MAX];
	struct row rows[TRACE_ROWS];
};

/* Forget what is on record; the tables are @st before the first op (NULL: none). */
void trace_start(struct trace *t, const struct state *st);

/* The function to be given as run_options.after, with the trace as its argument. */
void trace_after(void *trace, unsigned int op, const struct expect *e, const struct result *res,
		 const struct state *st);

/* A table before the first op; valid as long as the trace is. */
struct table trace_first(const struct trace *t, unsigned int table);

/* A table after a step, as seen or as expected; valid as long as the trace is. */
struct table trace_got(const struct trace *t, unsigned int step, unsigned int table);
struct table trace_want(const struct trace *t, unsigned int step, unsigned int table);

/* Index of the step that ran op @op, or -1. */
int trace_step_of(const struct trace *t, unsigned int op);

#endif

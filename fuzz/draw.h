/* SPDX-License-Identifier: GPL-2.0-only */
/* Memory maps and verdicts as text, under 80 columns. */
#ifndef FUZZ_DRAW_H
#define FUZZ_DRAW_H

#include <stdio.h>

#include "scenario.h"
#include "trace.h"

/**
 * struct pen - how to draw
 * @colour: with terminal colours
 * @full: do not leave out runs of unchanged rows
 * @indent: put before every line
 */
struct pen {
	FILE *out;
	bool colour, full;
	const char *indent;
};

/**
 * draw_change() - one table, before and after, as one list
 *
 * Rows of both are shown plain, rows of @before alone with '-', of @after alone with '+'; each with
 * its number in the table that it is of, and a bar that shows where it lies relative to the others.
 */
void draw_change(const struct pen *p, const struct table_desc *desc, const struct table *before,
		 const struct table *after);

/* Are two tables the same, row by row? */
bool draw_same(const struct table *a, const struct table *b);

/* "return 5, said error" */
const char *draw_result(char *buf, size_t size, const struct result *r);

/**
 * draw_verdict() - what is wrong, in a few lines
 * @step: the failing op's record, to draw expected against seen; NULL: there is none
 */
void draw_verdict(const struct pen *p, const struct scenario *s, const struct verdict *v,
		  const struct trace *t);

#endif

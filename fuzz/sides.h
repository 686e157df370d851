/* SPDX-License-Identifier: GPL-2.0-only */
/* Two subjects side by side: what each did with a scenario, op by op, and where they part. */
#ifndef FUZZ_SIDES_H
#define FUZZ_SIDES_H

#include "draw.h"
#include "isolate.h"

/**
 * struct side - one of them
 * @iso: its own, so that both records are there at once
 * @trace: what it did
 * @verdict: its death, if it died
 * @name: how drawings call it; NULL: by its subject's id
 */
struct side {
	const struct subject *subject;
	struct isolate *iso;
	const struct trace *trace;
	struct verdict verdict;
	const char *name;
};

/* Below, @side is an array of two. Prepare both; false after one line on standard error. */
bool sides_open(struct side *side, const struct subject *a, const struct subject *b,
		unsigned int hang_ms);

void sides_close(struct side *side);

/**
 * sides_run() - run @s on both, without a model
 * Return: ISOLATE_PASS or ISOLATE_VERDICT: both records are there; else @failed is the side that
 * could not be run.
 */
enum isolate_end sides_run(struct side *side, const struct scenario *s,
			   const struct side **failed);

/**
 * sides_part() - where do they part?
 * @what: receives what differs there, 32 bytes: "result", "said", "end" or a table's name
 *
 * Of kernels that are built on other code below, what is said and the tables of that code are not
 * compared; of two variants only the latter are not.
 *
 * Return: the step of the records, or -1: they do the same.
 */
int sides_part(const struct side *side, const struct scenario *s, char *what);

/* The op of a step; where neither has it any more, that of a death. */
unsigned int sides_op(const struct side *side, unsigned int step);

/* What both did at a step, and the tables that differ. */
void sides_draw(const struct pen *p, const struct side *side, const struct scenario *s,
		unsigned int step);

/* The ids of the traits that one of the two kernels has alone, a blank before each. */
const char *sides_traits(char *buf, size_t size, const struct subject *a, const struct subject *b);

/* Held against its own model, without quirks: how many ops were as expected? */
unsigned int side_agrees_to(const struct side *x, const struct scenario *s);

#endif

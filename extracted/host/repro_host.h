/* SPDX-License-Identifier: GPL-2.0-only */
/* What a reproducer (extracted/repro.h) and the program around it say to each other. */
#ifndef HOST_REPRO_HOST_H
#define HOST_REPRO_HOST_H

#include "contract/subject.h"

/* What must be true of an op, and of the tables after it. */
enum repro_kind {
	REPRO_NONE,
	REPRO_END,		/* it ends with outcome @value */
	REPRO_RETURN,		/* it returns @value */
	REPRO_SAID,		/* it announces @value (enum announcement) */
	REPRO_COVER,		/* rows of @row.type cover each byte up to @last @value times */
	REPRO_ROW,		/* row @index of the table is @row */
	REPRO_ROWS,		/* the table has @index rows */
	REPRO_NO_REPORT,	/* no sanitizer reports, and the process lives on */
};

struct repro_expect {
	enum repro_kind kind;
	const char *table;	/* by name */
	uint64_t value, last;
	struct row row;
	unsigned int index;
};

/* An op by name, or a token of one; @text of those that have one instead of operands. */
struct repro_op {
	const char *name;
	uint64_t arg[OP_ARGS_MAX];
	const char *text;
};

/* Asked for instead of an op: what is checked. */
#define REPRO_CHECK	(-1)

/**
 * struct repro_ask - a question to the reproducer, and its answer
 * @wanted: index of an op, or REPRO_CHECK
 * @calls: make the call, do not tell of it
 * @known: there is such an op, or check
 * @given: the reproducer makes the call itself; else the wrapper does, from @op
 * @text: of the call, or of the check
 * @op: the op and its tokens, @nr of them
 * @expect: REPRO_CHECK: what, of op @of
 */
struct repro_ask {
	int wanted;
	bool calls, known, given;
	const char *text;
	const struct repro_op *op;
	unsigned int nr;
	unsigned int of;
	struct repro_expect expect;
};

struct repro_program {
	const struct subject *subject;
	void (*ask)(struct repro_ask *ask);
};

extern const struct repro_program repro_program;

#endif

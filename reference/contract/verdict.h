/* SPDX-License-Identifier: GPL-2.0-only */
/* What the oracle says of an op, and of a scenario. */
#ifndef CONTRACT_VERDICT_H
#define CONTRACT_VERDICT_H

#include "op.h"
#include "state.h"

/* The names (verdict_name()) are part of the text of findings: permanent. */
enum verdict_kind {
	VERDICT_PASS,
	VERDICT_OVERLAP,	/* "overlap": a byte has more owners than it should */
	VERDICT_SILENT_LOSS,	/* "silent-loss": a byte lost its owner and nothing was said */
	VERDICT_ANNOUNCED_LOSS,	/* "announced-loss": the same, with a printk, WARN or error return */
	VERDICT_STRAY,		/* "stray": a byte got an owner out of nowhere */
	VERDICT_FRAME,		/* "frame": outside the op's range: another type, or an owner more */
	VERDICT_WRONG_TYPE,	/* "wrong-type": a byte inside the range has the wrong type */
	VERDICT_WRONG_RESULT,	/* "wrong-result": a return value or a reported fact */
	VERDICT_MISSING_PANIC,	/* "missing-panic": the contract asks for a panic or BUG, none came */
	VERDICT_UNEXPECTED_PANIC, /* "unexpected-panic" */
	VERDICT_UNMAPPED,	/* "unmapped": touched memory that is not mapped */
	VERDICT_HANG,		/* "hang" */
	VERDICT_OUT_OF_BOUNDS,	/* "out-of-bounds": ASan */
	VERDICT_UNINITIALISED,	/* "uninitialised": MSan */
	VERDICT_UNDEFINED,	/* "undefined": UBSan */
	VERDICT_CRASH,		/* "crash": any other death of the process */
	VERDICT_DIFFERS,	/* "differs": the exact layer only (order, counters, merged form) */
	VERDICT_KINDS
};

/**
 * struct verdict - what went wrong first
 * @kind: VERDICT_PASS when nothing did
 * @op: index of the op in the scenario's array
 * @table: index of the table (memory kinds, differs), or -1
 * @row: differs: index of the first row that differs
 * @start: memory kinds: first byte of the first deviating interval
 * @last: its last byte, inclusive
 * @type: the type whose cover deviates
 * @want: expected: result, and cover (how often the interval is covered by @type)
 * @got: what the subject did, likewise
 * @legality: of the least legal op up to here: who can bring this about
 * @quirks: bit mask of the model's quirks that fired up to here (exact and cut ones)
 * @function: the kernel's function that a sanitizer reports or that the process died in, where that
 *	is known; "" for all else, hangs too: where in a loop the watchdog came is chance
 * @detail: one line for people, under 80 columns, no newline
 */
struct verdict {
	enum verdict_kind kind;
	unsigned int op;
	int table;
	unsigned int row;
	uint64_t start, last;
	uint32_t type;
	struct result want, got;
	unsigned int want_cover, got_cover;
	enum legality legality;
	uint64_t quirks;
	char function[64];
	char detail[160];
};

const char *verdict_name(enum verdict_kind kind);

/* Return: the kind, or -1 for an unknown name. */
int verdict_by_name(const char *name);

const char *legality_name(enum legality l);
const char *outcome_name(enum outcome o);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A boot's calls of memblock on a kernel at hand: whatever the log states of where blocks went, of
 * tables and of sums is compared with what the subject does, and the model is held against the
 * subject on the way.
 */
#ifndef FUZZ_IMPORT_MEMBLOCK_CHECK_H
#define FUZZ_IMPORT_MEMBLOCK_CHECK_H

#include <jansson.h>

#include "contract/model.h"
#include "contract/subject.h"
#include "import.h"
#include "import_memblock.h"

#define IMPORT_MB_DIFFS	128u	/* differences that are kept; further ones are counted */
#define IMPORT_MB_GOT	4096u	/* lines that one call can make */

/* Why a line is not compared. */
enum import_mb_why {
	MB_WHY_MISSING,		/* lines before it are missing */
	MB_WHY_END,		/* the log ends before it */
	MB_WHY_OTHERS,		/* not by a call that is replayed */
	MB_WHY_LACKS,		/* the kernel has no such function */
	MB_WHY_DEAD,		/* the kernel did not return from a call before it */
	MB_WHY_ALLOCATOR,	/* the page allocator is at work */
	MB_WHYS
};

/**
 * struct import_mb_diff - one difference
 * @at: index of the log's line, -1: the log does not state it
 * @has_got: @got is what the subject did instead
 * @op: index of the call
 * @outcome: how the call ended, when it did not return
 */
struct import_mb_diff {
	int at;
	bool has_got;
	struct import_mb_line got;
	unsigned int op;
	enum outcome outcome;
};

/**
 * struct import_mb_checked - what a check found
 * @calls: calls that were made
 * @agree: lines that the subject made as the log states them; @given: lines that a call was made
 *	of, which therefore agree with themselves; @differ: lines that only one side has
 * @chosen: of those that agree, blocks for allocations; @moved: blocks that lie elsewhere. After
 *	one the replay goes on with the log's
 * @doubled: of those that agree, doublings
 * @regions: of those that agree, regions of tables
 * @tables: tables (of memory and reserved together) that agree whole; @tables_differ: that do not
 * @predicted: calls whose outcome the model predicted; the first that it did not is told in
 *	@verdict
 */
struct import_mb_checked {
	const struct subject *subject;
	unsigned int calls, agree, given, differ, kept;
	unsigned int chosen, moved, doubled, regions, tables, tables_differ;
	unsigned int not_compared[MB_WHYS];
	struct import_mb_diff diff[IMPORT_MB_DIFFS];
	unsigned int predicted;
	struct verdict verdict;
};

/* Replay it and compare. */
void import_mb_check(const struct import *im, const struct import_mb *mb,
		     const struct import_mb_script *sc, const struct subject *subject,
		     struct import_mb_checked *c);

/**
 * struct import_mb_seen - a call that a subject has just made
 * @st: its tables afterwards
 * @version: of the kernel that printed the log
 */
struct import_mb_seen {
	const struct import_mb *mb;
	const struct import_mb_script *sc;
	const struct op *op;
	const struct state *st;
	uint32_t version;
};

/**
 * import_mb_observed() - what such a call shows, as lines
 * @got: receives them, IMPORT_MB_GOT
 * Return: how many.
 */
unsigned int import_mb_observed(const struct import_mb_seen *s, struct import_mb_line *got);

/* Do both lines say the same? */
bool import_mb_same(const struct import_mb_line *a, const struct import_mb_line *b);

/* What the check found, as text. */
void import_mb_report(FILE *out, const struct import *im, const struct import_mb *mb,
		      const struct import_mb_script *sc, const struct import_mb_checked *c);

/* For programs: a JSON object, which the caller owns. */
json_t *import_mb_report_json(const struct import *im, const struct import_mb *mb,
			      const struct import_mb_script *sc,
			      const struct import_mb_checked *c);

#endif

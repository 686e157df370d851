/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A whole boot of a log on a kernel at hand: where blocks went, how many pages the page allocator
 * was given, which ones, and how many of them it had at once.
 */
#ifndef FUZZ_IMPORT_BOOT_CHECK_H
#define FUZZ_IMPORT_BOOT_CHECK_H

#include <jansson.h>

#include "import_boot.h"
#include "import_replay.h"

#define IMPORT_BOOT_DIFFS	64u	/* differences that are kept; further ones are counted */
#define IMPORT_BOOT_TEXT	120u

/**
 * struct import_boot_diff - one difference
 * @line: of the log, 0: none
 * @op: index of the op
 */
struct import_boot_diff {
	unsigned int line, op;
	char log[IMPORT_BOOT_TEXT], kernel[IMPORT_BOOT_TEXT];
};

/**
 * struct import_boot_checked - what a check found
 * @subject: NULL: no check was made
 * @ops: ops that were run
 * @chosen: blocks where the log has them; @given: those that no op could ask for
 * @elsewhere: those that were not, for a table had doubled sooner or later than in the log
 * @doubled: tables that doubled where the log says so
 * @pages: pages that were passed on, @sums: of the two sums in the line about RAM those that agree
 * @ranges: ranges of pages that agree
 * @unsaid: the sum of what is free at once is not compared: it was told too late
 * @untold: the ranges are not compared: the log does not have the tables at the end
 */
struct import_boot_checked {
	const struct subject *subject;
	unsigned int ops, chosen, given, elsewhere, doubled, sums, ranges, agree, differ, kept;
	uint64_t pages;
	bool unsaid, untold;
	struct import_boot_diff diff[IMPORT_BOOT_DIFFS];
	unsigned int predicted;
	struct verdict verdict;
};

/* Run it and compare. */
void import_boot_check(const struct import *im, const struct import_mb *mb,
		       const struct import_mb_script *calls, const struct import_boot_script *sc,
		       const struct subject *subject, struct import_boot_checked *c);

/* What the check found, as text; and as a JSON object, which the caller owns. */
void import_boot_report(FILE *out, const struct import *im, const struct import_boot_script *sc,
			const struct import_boot_checked *c);
json_t *import_boot_report_json(const struct import *im, const struct import_boot_script *sc,
				const struct import_boot_checked *c);

#endif

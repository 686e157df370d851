/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A boot log against a kernel at hand: the imported scenario runs on a subject, and whatever the
 * log states of the map on its way is compared with what the subject makes of it.
 */
#ifndef FUZZ_IMPORT_CHECK_H
#define FUZZ_IMPORT_CHECK_H

#include <jansson.h>

#include "contract/subject.h"
#include "import.h"

#define IMPORT_DIFFS_MAX	128u	/* differences that are kept; further ones are counted */
#define IMPORT_FACT_TEXT	160u	/* size of a fact's text, bytes */
#define IMPORT_GOT_MAX		1024u	/* facts of one op of a subject */

/* Why a fact is not compared. */
enum import_why {
	IMPORT_WHY_MAP,		/* a map that another one was preferred to */
	IMPORT_WHY_LATER,	/* memblock's tables as they are later */
	IMPORT_WHY_PANIC,	/* a panic elsewhere */
	IMPORT_WHY_OTHERS,	/* made by other code than is at hand */
	IMPORT_WHY_LACKS,	/* the kernel has no such function */
	IMPORT_WHY_END,		/* the log ends before it */
	IMPORT_WHYS
};

/**
 * struct import_diff - one difference
 * @fact: index of the log's fact, -1: the log does not state it
 * @has_got: @got is what the subject did instead
 * @op: index of the op; @op_id: which one it is
 */
struct import_diff {
	int fact;
	bool has_got;
	struct import_fact got;
	unsigned int op;
	uint8_t op_id;
};

/**
 * struct import_checked - what a check found
 * @agree: facts that the subject made as the log states them
 * @given: lines that ops were made of, and which therefore agree with themselves
 * @differ: facts that only one side has; the first @kept of them are in @diff
 */
struct import_checked {
	const struct subject *subject;
	unsigned int agree, given, differ, kept;
	struct import_diff diff[IMPORT_DIFFS_MAX];
	unsigned int not_compared[IMPORT_WHYS];
};

/**
 * import_nearest() - the subject whose kernel is nearest to a version
 * @family: of this family
 * @version: as in struct subject; 0: the newest
 * @kernel: only this kernel; NULL: any
 * Return: NULL when there is none.
 */
const struct subject *import_nearest(const struct family *family, uint32_t version,
				     const char *kernel);

/* Run it and compare. */
void import_check(const struct import *im, const struct import_script *sc,
		  const struct subject *subject, struct import_checked *c);

const char *import_why_text(enum import_why w);

/* A fact in words. */
const char *import_fact_text(char *buf, const struct import_fact *f);

/* What the check found, as text; and as a JSON object, which the caller owns. */
void import_report(FILE *out, const struct import *im, const struct import_checked *c);
json_t *import_report_json(const struct import *im, const struct import_checked *c);

/* Used among import*.c. */

/* Facts are compared in order within a group of them. */
enum import_group {
	IMPORT_G_ENTRY, IMPORT_G_CHANGE, IMPORT_G_PFN, IMPORT_G_GAP, IMPORT_G_NO_GAP,
	IMPORT_G_NOSAVE,
	IMPORT_G_NVS, IMPORT_G_BUFFER, IMPORT_G_REFUSED, IMPORT_G_HANDED, IMPORT_G_KEPT,
	IMPORT_G_MEMORY, IMPORT_G_PANIC, IMPORT_GROUPS
};

/* The group of a fact; IMPORT_GROUPS: of none. */
enum import_group import_group(const struct import_fact *f);

bool import_same_fact(const struct import_fact *a, const struct import_fact *b);

/**
 * import_observed() - the facts of an op that a subject has just run
 * @got: receives them, IMPORT_GOT_MAX
 * Return: how many.
 */
unsigned int import_observed(const struct subject *subject, const struct op *op,
			     const struct result *res, struct import_fact *got);

#endif

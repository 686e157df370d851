/* SPDX-License-Identifier: GPL-2.0-only */
/* The review of a patch: many scenarios on each pair of subjects, and what was found, sorted. */
#ifndef FUZZ_REVIEW_H
#define FUZZ_REVIEW_H

#include <stdio.h>

#include "cli.h"
#include "inputs.h"
#include "pair.h"

#define REVIEW_FOUND	256u	/* different ones; more are counted */
#define REVIEW_AVOIDED	4u	/* how often what must be avoided is tried on a pair */
#define REVIEW_AT_LENGTH 10u	/* so many are minimized at length, the others with */
#define REVIEW_EFFORT	1200ul	/* as pair.effort has it */

/**
 * struct review_found - what a patch does, told once
 * @result: of the minimized scenario
 * @bytes: that scenario, @size of them
 * @file: the first input that shows it, as messages name it
 * @seed: that input was generated from it; else 0
 * @ops_before: entries of that input; @tries: runs of the pair that minimizing took
 * @times: inputs that show it
 * @name: of its signature, and of its directory below that of its class
 */
struct review_found {
	const struct pair *pair;
	struct pair_result result;
	uint8_t *bytes;
	size_t size;
	char *file;
	uint64_t seed;
	unsigned int ops_before;
	unsigned long tries, times;
	char name[SIGNATURE_NAME];
};

/* Families or subjects that are not compared, and why not. */
struct review_skip {
	char what[64], why[64];
};

/* Known of the base, and the same in both: quirks of a family, and inputs that show one. */
struct review_known {
	const struct family *family;
	uint64_t quirks;
	unsigned long times;
};

/**
 * struct review - all of it
 * @base, @head: ids of kernels; a planted bug is KERNEL!NAME
 * @dir: where what was found goes; NULL: nowhere
 * @pair: @nr_pairs of them; @runs, @avoided: of each, scenarios that were run, and with avoided ops
 * @scenarios: that were run on a pair at least; @unfit: that no pair is for
 * @of: found ones by class, @inputs: scenarios by class
 * @misuse: of the found regressions, those that show in misuse alone
 * @known: @nr_known families with something known that stays as it was
 * @more: scenarios that show something for which there was no room
 * @first: seconds until the first one was found
 * @broken: runs that failed for a reason of our own; the first is in @broken_why
 * @complete: not interrupted
 */
struct review {
	const char *base, *head, *dir;
	struct pair pair[CLI_SUBJECTS_MAX];
	unsigned int nr_pairs;
	unsigned long runs[CLI_SUBJECTS_MAX], avoided[CLI_SUBJECTS_MAX];
	struct review_skip skip[CLI_SUBJECTS_MAX];
	unsigned int nr_skips;
	struct isolate *iso[2];
	struct review_found found[REVIEW_FOUND];
	unsigned int nr_found;
	struct review_known known[CLI_SUBJECTS_MAX];
	unsigned int nr_known;
	unsigned long scenarios, unfit, more, misuse, broken;
	unsigned long of[PAIR_CLASSES], inputs[PAIR_CLASSES];
	char broken_why[256];
	double started, first, seconds;
	bool complete;
};

/* review_pairs.c */

/* Fill in pairs and skips; false after one line on standard error. */
bool review_pairs(struct review *r);

/* review_run.c */

/**
 * review_scenario() - run @s on every pair that it is for; tell what is new, minimize and keep it
 * @file: how messages name it; @seed: or what it was generated from
 * Return: false when interrupted.
 */
bool review_scenario(struct review *r, const struct scenario *s, const char *file, uint64_t seed);

void review_free(struct review *r);

/* review_write.c: DIR/CLASS/NAME/ with all files; false after one line on standard error. */
bool review_write(const struct review *r, const struct review_found *f);

/* review_print.c */

/* Worst first. */
void review_sort(struct review *r);

/* At most 24 lines of less than 80 columns. */
void review_summary(FILE *out, const struct review *r);

/* review_json.c, or json_none.c */
void review_json(FILE *out, const struct review *r);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* Many generated scenarios, each run at once and thrown away: `earlyfuzz gen --run`. */
#ifndef FUZZ_MANY_H
#define FUZZ_MANY_H

#include "cli.h"

#define MANY_FOUND	64u	/* different deviations that are told, for each process */
#define MANY_JOBS_MAX	64u

/**
 * struct many - what is to be run
 * @config: in this configuration; NULL: drawn
 * @seed, @runs: the scenarios of seeds @seed, @seed + 1, ...
 * @ops: of each, at most
 * @jobs: processes
 * @choice: on these subjects
 * @strict: quirks that are not expected
 */
struct many {
	const struct family *family;
	const struct config_desc *config;
	uint64_t seed, runs, ops;
	unsigned int jobs;
	struct choice_of_subjects choice;
	struct strictness strict;
};

/* The scenario of a seed. */
void many_make(struct scenario *s, const struct many *m, uint64_t seed);

/**
 * many_run() - run them all, with the oracle
 *
 * Prints what was run on which subject, and the first seed of each deviation, told apart by
 * subject, verdict and op. A process that dies is replaced; its death is a deviation, too.
 *
 * Return: an exit status.
 */
int many_run(const struct many *m);

#endif

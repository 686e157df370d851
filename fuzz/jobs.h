/* SPDX-License-Identifier: GPL-2.0-only */
/* The runs that inputs and a choice of subjects mean: one per scenario and subject. */
#ifndef FUZZ_JOBS_H
#define FUZZ_JOBS_H

#include "cli.h"
#include "inputs.h"

struct job {
	const struct input *input;
	const struct subject *subject;
};

struct jobs {
	struct job *job;
	size_t nr;
};

/**
 * jobs_make() - in the order of the inputs, and of the subjects for each
 *
 * With subjects named by the user, scenarios of other families are left out; it is an error when
 * nothing remains, or when a scenario has no subject at all.
 *
 * Return: true, or false after one line on standard error.
 */
bool jobs_make(struct jobs *j, const struct inputs *in, const struct choice_of_subjects *choice);

/* Deterministic disorder. */
void jobs_shuffle(struct jobs *j, uint64_t seed);

void jobs_reverse(struct jobs *j);

void jobs_free(struct jobs *j);

#endif

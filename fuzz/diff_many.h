/* SPDX-License-Identifier: GPL-2.0-only */
/* Many scenarios on two subjects: where they part, each way once. */
#ifndef FUZZ_DIFF_MANY_H
#define FUZZ_DIFF_MANY_H

#include "inputs.h"
#include "sides.h"

/**
 * struct diff_many - what is to be compared
 * @in: these, as far as they are for both
 * @seed, @runs, @ops: and the scenarios of these seeds, each of about @ops ops
 */
struct diff_many {
	struct side side[2];
	struct pen pen;
	struct inputs in;
	uint64_t seed, runs, ops;
};

/**
 * diff_many() - compare on all, print groups of differences
 *
 * A group is an op and what differs there. Its first scenario is minimized, and drawn, with what
 * explains it: traits of the versions, known quirks, or nothing.
 * Return: CLI_OK when there are none that traits do not explain; else CLI_VERDICT, CLI_FAILED.
 */
int diff_many(struct diff_many *d);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* Does a scenario's outcome depend on what ran before it? */
#ifndef FUZZ_STABILITY_H
#define FUZZ_STABILITY_H

#include "isolate.h"
#include "jobs.h"

/**
 * stability() - every job in file order, reversed and in three shuffles: same verdict and state
 * hash
 * @opt: as for isolate_run(); the quirks are each subject's own
 * Return: exit status; says in one line what it found, or in two where the orders disagree.
 */
int stability(struct isolate *iso, struct jobs *jobs, const struct strictness *strict,
	      const struct run_options *opt, uint64_t seed);

#endif

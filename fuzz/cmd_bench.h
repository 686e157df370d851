/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FUZZ_CMD_BENCH_H
#define FUZZ_CMD_BENCH_H

#include "cli.h"
#include "inputs.h"
#include "json.h"

/**
 * bench_reach() - count how often scenarios get a subject's tables into which states
 * @in: the corpus; scenarios of other families are left out
 * @runs: scenarios generated, mutated from the corpus, and mutated from nothing
 * @list: receives the counts as JSON; NULL: they are printed
 *
 * Return: an exit status.
 */
int bench_reach(const struct subject *subject, const struct inputs *in, unsigned int runs,
		json_t *list);

#endif

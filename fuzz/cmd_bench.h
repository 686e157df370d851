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

/**
 * bench_min() - minimize a generated scenario for each planted bug, and search for shorter ones
 * @family: only its bugs; NULL: all
 * @runs: scenarios to find a bug by, at most
 * @seconds: of each search for a shorter one, at most
 * @list: as for bench_reach()
 *
 * Return: an exit status.
 */
int bench_min(const struct family *family, unsigned int runs, unsigned int seconds, json_t *list);

#endif

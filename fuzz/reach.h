/* SPDX-License-Identifier: GPL-2.0-only */
/* How often scenarios get a subject's tables into the states that growth depends on. */
#ifndef FUZZ_REACH_H
#define FUZZ_REACH_H

#include "mutate.h"
#include "run.h"
#include "table_states.h"

#define REACH_POOL	1024u	/* inputs that are mutated, most */

/* Where scenarios come from. */
enum reach_source {
	REACH_GENERATED,	/* generate(), no feedback */
	REACH_FROM_CORPUS,	/* mutated as fuzzers do; a mutant with a new state is, too */
	REACH_FROM_NOTHING,	/* the same, beginning with the empty scenario */
	REACH_SOURCES
};

/**
 * struct reach_counts - of one source, in scenarios
 * @state: by table and enum table_reach: how many got there
 * @pair: how far memory was, how far reserved was, after the same op
 * @verdicts: how many ended with another verdict than pass
 */
struct reach_counts {
	unsigned int state[WATCHED_TABLES][REACHES];
	unsigned int pair[LEVELS][LEVELS];
	unsigned int verdicts;
};

/**
 * struct reach - what is asked, and what came out
 * @subject: of a family with watched tables
 * @runs: scenarios of each source
 * @pool: those to begin with, @nr_pool of them, canonical byte forms
 */
struct reach {
	const struct subject *subject;
	unsigned int runs;
	struct {
		uint8_t bytes[SCENARIO_BYTES_MAX];
		size_t size;
	} pool[REACH_POOL];
	unsigned int nr_pool;
	struct reach_counts count[REACH_SOURCES];
};

/* Begin the corpus' pool with this scenario, too: in the subject's configuration. */
void reach_take(struct reach *r, const struct scenario *s);

/**
 * reach_run() - count
 * @stop: ends it early when it says so; may be NULL
 *
 * The same scenarios for the same pool and subject: nothing is left to chance.
 */
void reach_run(struct reach *r, bool (*stop)(void));

#endif

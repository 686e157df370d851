/* SPDX-License-Identifier: GPL-2.0-only */
/* Breadth-first search of all states that a small universe of operands can reach. */
#ifndef FUZZ_EXHAUST_H
#define FUZZ_EXHAUST_H

#include "alphabet.h"
#include "brute.h"
#include "run.h"

/**
 * struct exhaust - a search
 * @subject, @quirks, @legal_only: as for run_scenario()
 * @op: the alphabet, @nr_ops of it; tokens stand behind their call and count
 * @leaves: ops that are tried in every state, but not gone on from, a bit mask by op id
 * @start: ops before the search, @nr_start of them: they are executed and not judged
 * @depth: ops from there, at most; 0: no limit
 * @max_states: end of the search, at the latest. @max_transitions: likewise; 0: no limit
 * @brute: the brute-force judge, asked about every transition, too; NULL: it is not
 * @wanted: asked about each verdict, with the way to it: false and the search goes on elsewhere;
 *	NULL: any will do. @wanted_arg: for it
 * @progress: called now and then; true ends the search
 */
struct exhaust {
	const struct subject *subject;
	uint64_t quirks;
	bool legal_only;
	const struct op *op;
	unsigned int nr_ops;
	const struct op *start;
	unsigned int nr_start;
	uint64_t leaves;
	unsigned int depth;
	uint64_t max_states, max_transitions;
	struct brute *brute;
	bool (*wanted)(void *arg, const struct scenario *path, const struct verdict *v);
	void *wanted_arg;
	bool (*progress)(uint64_t states, uint64_t transitions, unsigned int depth);
};

enum exhaust_end {
	EXHAUST_CLOSED,		/* no op leads out of the states that were found */
	EXHAUST_DEPTH,		/* all states up to the depth */
	EXHAUST_STATES,		/* max_states reached; complete to the depth before the last */
	EXHAUST_VERDICT,	/* a transition is not as expected */
	EXHAUST_JUDGES,		/* the brute-force judge objects to what the oracle accepts */
	EXHAUST_STOPPED,	/* by @progress */
	EXHAUST_NO_MEMORY,
};

/**
 * struct exhaust_result - what became of it
 * @depth: complete up to here
 * @states: distinct ones, told apart by a 64-bit hash of their tables and of what the subject hides
 * @transitions: ops executed and compared, one per state and op
 * @path: the ops to the state that is being looked at, and the op that is tried: how to get to a
 *	verdict
 * @verdict: EXHAUST_VERDICT
 * @why: EXHAUST_JUDGES
 */
struct exhaust_result {
	unsigned int depth;
	uint64_t states, transitions;
	struct scenario path;
	struct verdict verdict;
	char why[BITMAP_WHY];
};

/**
 * exhaust() - search
 * @r: filled in as the search goes on (it may lie in shared memory, to be read after a death)
 *
 * Ops that end the machine (panics) lead to no state. Tables that report on the last op alone
 * (empty before the first) are compared, but no part of a state.
 */
enum exhaust_end exhaust(const struct exhaust *x, struct exhaust_result *r);

#endif

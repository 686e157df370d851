/* SPDX-License-Identifier: GPL-2.0-only */
/* How long what takes: subject alone against subject with oracle, and the loop's other parts. */
#ifndef FUZZ_BENCH_H
#define FUZZ_BENCH_H

#include "run.h"

#define BENCH_INPUTS	64	/* scenarios of a round */

/**
 * struct bench - what is measured, and what came out
 * @subject: on this one
 * @input: canonical byte forms; each runs the same ops with and without the oracle
 * @nr: how many
 * @ops: executed in all of them together
 * @rounds: how many, each with every part, by turns
 * @alone, @oracle: medians over the rounds: nanoseconds a scenario
 * @reset, @decode, @mutate: likewise
 */
struct bench {
	const struct subject *subject;
	struct {
		uint8_t bytes[SCENARIO_BYTES_MAX];
		size_t size;
	} input[BENCH_INPUTS];
	unsigned int nr, ops, rounds;
	double alone, oracle, reset, decode, mutate;
};

/**
 * bench_take() - use this scenario, too
 * Return: false when it is full, or when the scenario does not pass or runs other ops without the
 * oracle.
 */
bool bench_take(struct bench *b, const struct scenario *s);

/**
 * bench_run() - measure for about @seconds
 * @stop: ends it early when it says so; may be NULL
 */
void bench_run(struct bench *b, double seconds, bool (*stop)(void));

#endif

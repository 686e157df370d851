/* SPDX-License-Identifier: GPL-2.0-only */
/* What a boot of terabytes costs beside the same boot of gigabytes. */
#ifndef FUZZ_BENCH_SIZES_H
#define FUZZ_BENCH_SIZES_H

#include <stdbool.h>

#include "contract/subject.h"

/**
 * struct bench_sizes - the time of a boot of 25 TiB, as a multiple of one of 4 GiB
 * @alone: of the subject alone
 * @oracle: with the oracle
 */
struct bench_sizes {
	double alone, oracle;
};

/**
 * bench_sizes() - measure it, for about @seconds
 * @stop: ends it early when it says so; may be NULL
 *
 * Return: false when the subject is not of family boot, or fails on such boots.
 */
bool bench_sizes(struct bench_sizes *out, const struct subject *subject, double seconds,
		 bool (*stop)(void));

#endif

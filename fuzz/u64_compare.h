/* SPDX-License-Identifier: GPL-2.0-only */
/* The order of numbers, for qsort() and bsearch(). */
#ifndef FUZZ_U64_COMPARE_H
#define FUZZ_U64_COMPARE_H

#include <stdint.h>

/* Of two uint64_t, smallest first. */
static inline int u64_compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

#endif

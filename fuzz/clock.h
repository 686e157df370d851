/* SPDX-License-Identifier: GPL-2.0-only */
/* How long something takes that a person waits for. */
#ifndef FUZZ_CLOCK_H
#define FUZZ_CLOCK_H

#include <time.h>

/* Seconds since some time in the past, whatever happens to the machine's date. */
static inline double clock_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* Where a process was when a signal ended it that no sanitizer reports. */
#ifndef FUZZ_CRASH_PLACE_H
#define FUZZ_CRASH_PLACE_H

#include <stdint.h>

/**
 * crash_place_watch() - note the instruction that a deadly signal comes at, from now on
 * @at: receives its address before the process dies of the signal (shared memory)
 *
 * Signals that have a handler (a sanitizer's) are left to it.
 */
void crash_place_watch(volatile uint64_t *at);

#endif

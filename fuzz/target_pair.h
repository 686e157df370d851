/* SPDX-License-Identifier: GPL-2.0-only */
/* Targets that run every input on two kernels: EARLYFUZZ_PAIR=BASE,HEAD. */
#ifndef FUZZ_TARGET_PAIR_H
#define FUZZ_TARGET_PAIR_H

#include "target.h"

/**
 * target_pair_choose() - the subjects of the family in both kernels
 * @value: of EARLYFUZZ_PAIR
 * @add: told of each base that has a head, then of that head; by its answers they are counted
 *
 * Exits with one line and status 2 when there are none.
 */
void target_pair_choose(const char *value,
			unsigned int (*add)(const struct subject *s, bool chosen));

/**
 * target_pair_one() - run the input of target_run on both
 * @base: as @add numbered it
 * @opt: whether to leave out what is not legal, and whom to tell features
 * @dir: EARLYFUZZ_FINDINGS; NULL: abort when it is not the same in both
 * @stats: count them
 *
 * Return: true when they are the same.
 */
bool target_pair_one(unsigned int base, const struct run_options *opt, const char *dir, bool stats);

#endif

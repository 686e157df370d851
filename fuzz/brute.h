/* SPDX-License-Identifier: GPL-2.0-only */
/* The brute-force judge (reference/bitmap.h) in a state search. */
#ifndef FUZZ_BRUTE_H
#define FUZZ_BRUTE_H

#include "alphabet.h"
#include "bitmap.h"
#include "contract/subject.h"

/**
 * struct brute - a judge that can go back
 * @now: as judged last
 * @saved: as of brute_save()
 * @first: before any op
 */
struct brute {
	struct bitmap now, saved, first;
};

/* Ready for @subject's first op; false when the universe is none that it can judge. */
bool brute_init(struct brute *b, const struct subject *subject, const struct universe *u);

/* Before the first op again. */
void brute_restart(struct brute *b);

/* From now on brute_back() leads here. */
void brute_save(struct brute *b);

void brute_back(struct brute *b);

#endif

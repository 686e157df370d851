/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The model of family range, inside. The contract is contract/range.h.
 *
 *   range_model.c   struct model: both layers, one step per op
 *   range_quirks.c  traits and quirks, and when the wrong comparison shows
 */
#ifndef REFERENCE_RANGE_MODEL_H
#define REFERENCE_RANGE_MODEL_H

#include "contract/model.h"
#include "contract/range.h"

enum range_quirk {
	Q_SUBTRACT_FULL,
	Q_MERGE_FIRST_ONLY,
	Q_CLEAN_SORT_FULL,
	Q_SORT_CUT,
	RANGE_QUIRKS
};

enum range_trait {
	T_MERGE_IN_PLACE,
	RANGE_TRAITS
};

extern const struct quirk range_quirks[RANGE_QUIRKS];
extern const struct trait range_traits[RANGE_TRAITS];

/**
 * range_sort_misled() - does comparing starts by their difference, cut to 32 bits, get any pair of
 * the first @nr slots wrong?
 *
 * Then the order depends on how the sort goes about it: the comparison is not even transitive.
 */
bool range_sort_misled(const struct row *row, unsigned int nr);

/* Do the @nr rows (at most RANGE_SLOTS_MAX) hold the same ranges as @other, in whatever order? */
bool range_same_rows(const struct row *row, const struct row *other, unsigned int nr);

#endif

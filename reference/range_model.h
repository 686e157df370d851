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
#include "ival.h"

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
 * struct range_state - both layers
 * @slots: of the configuration
 * @nr: nr_range, as last returned
 * @any_order: the first so many slots may stand in any order (Q_SORT_CUT), until range_adopt()
 * @used: bit per slot that is in use
 * @row: exact layer: the slots; an unused one is all zero
 * @sum: of @row
 * @map: safety layer
 * @lost: the contract asked for a slot that was not there: the layers are no longer comparable
 * @odd: the layers disagree without such a reason
 */
struct range_state {
	unsigned int slots;
	unsigned int nr;
	unsigned int any_order;
	bool in_place;		/* T_MERGE_IN_PLACE */
	uint64_t quirks;
	uint64_t used;
	uint64_t sum;
	bool lost, odd;
	struct row count_row;
	struct row row[RANGE_SLOTS_MAX];
	struct ival map;
};

_Static_assert(RANGE_SLOTS_MAX <= 64, "struct range_state.used has a bit per slot");

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

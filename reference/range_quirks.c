// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is known of kernels' range.c: legitimate differences (traits) and wrong behaviour (quirks).
 * Where no other release is named, the end is bounded by what was tried: v2.6.34 shows it, v6.1
 * does not.
 */
#include "range_model.h"

#define KERNEL(major, minor)	((major) << 16 | (minor) << 8)

const struct trait range_traits[RANGE_TRAITS] = {
	[T_MERGE_IN_PLACE] = {
		.id = "range-merge-in-place", .until = KERNEL(3, 10),
		.source =
			"add_range_with_merge leaves the union in the slot of the range that it "
			"met, until its merging was mended in v3.10: then it comes last; which slot is no "
			"part of the contract, callers sort",
	},
};

const struct quirk range_quirks[RANGE_QUIRKS] = {
	[Q_SUBTRACT_FULL] = {
		.id = "range-subtract-full", .kind = QUIRK_EXACT,
		.summary =
			"subtract_range() without an empty slot for the right part loses it, with "
			"a message",
	},
	[Q_MERGE_FIRST_ONLY] = {
		.id = "range-merge-first-only", .kind = QUIRK_EXACT, .until = KERNEL(3, 10),
		.summary =
			"add_range_with_merge() unites a range that meets several with the first of "
			"them only (seen in v2.6.34, mended in v3.10)",
	},
	[Q_CLEAN_SORT_FULL] = {
		.id = "range-clean-sort-full", .kind = QUIRK_EXACT, .until = KERNEL(6, 1),
		.summary =
			"clean_sort_range() of a completely full array returns 0 and sorts nothing "
			"(seen in v2.6.34, mended by v6.1)",
	},
	[Q_SORT_CUT] = {
		.id = "range-sort-cut", .kind = QUIRK_EXACT, .until = KERNEL(6, 1),
		.summary =
			"starts are compared by their difference cut to 32 bits: ranges far apart "
			"sort wrongly (seen in v2.6.34, mended by v6.1)",
	},
};

bool range_sort_misled(const struct row *row, unsigned int nr)
{
	for (unsigned int i = 1; i < nr; i++)
		for (unsigned int j = 0; j < i; j++) {
			int32_t cut = row[i].start - row[j].start;

			/* the least int stays it either way round: each seems to come first */
			if (cut == INT32_MIN ||
			    (cut > 0) != (row[i].start > row[j].start) ||
			    (cut < 0) != (row[i].start < row[j].start))
				return true;
		}
	return false;
}

bool range_same_rows(const struct row *row, const struct row *other, unsigned int nr)
{
	uint64_t taken = 0;

	for (unsigned int i = 0; i < nr; i++) {
		unsigned int j = 0;

		while (j < nr && (taken >> j & 1 || row[i].start != other[j].start ||
				  row[i].size != other[j].size))
			j++;
		if (j == nr)
			return false;
		taken |= 1ULL << j;
	}
	return true;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is known of early_res in kernels v2.6.34 to v2.6.36: wrong behaviour (quirks); and how
 * memblock, its successor behind the same calls, differs (traits, of the variant).
 */
#include "early_res_model.h"

#define KERNEL(major, minor, patch)	((major) << 16 | (minor) << 8 | (patch))

/* The file lived this long. */
#define LIFE	.since = KERNEL(2, 6, 34), .until = KERNEL(2, 6, 37)

#define VARIANT	.since = KERNEL(2, 6, 37)

const struct trait early_res_traits[EARLY_RES_TRAITS] = {
	[T_SET] = {
		.id = "early-res-memblock-set", VARIANT,
		.source =
			"memblock.reserved is sorted and merged; what overlaps is united (mm/memblock.c "
			"since v2.6.37)",
	},
	[T_NO_NAMES] = {
		.id = "early-res-memblock-names", VARIANT,
		.source =
			"memblock_reserve() takes no name and knows no overlap_ok",
	},
	[T_NEVER_PANICS] = {
		.id = "early-res-memblock-free", VARIANT,
		.source =
			"memblock_free() of what is not reserved is no error, and frees parts",
	},
	[T_FIRST_PAGE] = {
		.id = "early-res-memblock-first-page", VARIANT,
		.source =
			"memblock_find_in_range() never answers in the first page",
	},
	[T_OTHER_GROWTH] = {
		.id = "early-res-memblock-growth", VARIANT,
		.source =
			"memblock doubles its arrays by itself: the scenario ends before",
	},
	[T_NO_ARRAY] = {
		.id = "early-res-memblock-ranges", VARIANT,
		.source =
			"the ranges are read from memblock itself: no array of theirs, no panic for "
			"want of room",
	},
};

const struct quirk early_res_quirks[EARLY_RES_QUIRKS] = {
	[Q_EMPTY_OVERLAP_OK] = {
		.id = "early_res-empty-overlap-ok", .kind = QUIRK_EXACT, LIFE,
		.summary =
			"reserve_early_overlap_ok() records an empty or inverted range as it is",
	},
	[Q_PARTIAL_ENDLESS] = {
		.id = "early_res-partial-endless", .kind = QUIRK_AVOID, LIFE,
		.summary =
			"free_early_partial() never ends unless one reservation holds all of the range",
	},
	[Q_OVERLAP_OK_FULL] = {
		.id = "early_res-overlap-ok-full", .kind = QUIRK_EXACT, LIFE,
		.summary =
			"reserve_early_overlap_ok() never doubles the table: panics when it is full, "
			"whatever room there is",
	},
	[Q_FREE_EMPTY_SLOT] = {
		.id = "early_res-free-empty-slot", .kind = QUIRK_CUT, LIFE,
		.summary =
			"free_early(start, 0) takes the first unused slot for a reservation: no panic, "
			"and the next one overwrites the last",
	},
	[Q_FREE_BEHIND_OVERLAP] = {
		.id = "early_res-free-behind-overlap", .kind = QUIRK_EXACT, LIFE,
		.summary =
			"free_early() panics when another reservation that overlaps comes before the "
			"right one",
	},
	[Q_PARTIAL_STOPS] = {
		.id = "early_res-partial-stops", .kind = QUIRK_EXACT, LIFE,
		.summary =
			"free_early_partial() stops after a reservation that holds the whole range",
	},
	[Q_SPLIT_FIRM] = {
		.id = "early_res-split-firm", .kind = QUIRK_EXACT, LIFE,
		.summary =
			"free_early_partial() makes the upper rest of an overlap_ok reservation firm",
	},
	[Q_GROW_BELOW_TABLE] = {
		.id = "early_res-grow-below-table", .kind = QUIRK_EXACT, LIFE,
		.summary =
			"a table that grew once looks for room only above itself: panics though there "
			"is some below",
	},
	[Q_TABLE_UNMAPPED] = {
		.id = "early_res-table-unmapped", .kind = QUIRK_CUT, LIFE,
		.summary =
			"the table grows into RAM that is not mapped",
	},
	[Q_OWN_TABLE_FREED] = {
		.id = "early_res-own-table-freed", .kind = QUIRK_CUT, LIFE,
		.summary =
			"the table's own reservation can be freed; another one then takes its slot",
	},
	[Q_FIND_WRAPS] = {
		.id = "early_res-find-wraps", .kind = QUIRK_CUT, LIFE,
		.summary =
			"searches near 2^64 wrap: the answer lies outside the windows or is reserved",
	},
	[Q_FIND_ENDLESS] = {
		.id = "early_res-find-endless", .kind = QUIRK_AVOID, LIFE,
		.summary =
			"a search that wraps to a reserved address 0 never ends",
	},
	[Q_FIND_ALIGN] = {
		.id = "early_res-find-align", .kind = QUIRK_CUT, LIFE,
		.summary =
			"searches with an align that is no power of two answer outside the windows, "
			"or what is reserved",
	},
	[Q_FIND_SIZE_STOPS] = {
		.id = "early_res-find-size-stops", .kind = QUIRK_CUT, LIFE,
		.summary =
			"find_early_area_size() depends on the list's order: misses blocks, answers "
			"with a size of 0 or one that wraps",
	},
	[Q_RESERVE_E820_HANG] = {
		.id = "early_res-reserve-e820-hang", .kind = QUIRK_AVOID, LIFE,
		.summary =
			"early_reserve_e820() never ends with an align of 0 when no block has room",
	},
	[Q_RESERVE_E820_ZERO] = {
		.id = "early_res-reserve-e820-zero", .kind = QUIRK_EXACT, LIFE,
		.summary =
			"early_reserve_e820() takes memory at address 0 and answers 0, no room",
	},
	[Q_HANDOFF_SLOTS] = {
		.id = "early_res-handoff-slots", .kind = QUIRK_CUT, LIFE,
		.summary =
			"get_free_all_memory_range() has no slots for active ranges: loses what is "
			"beyond two for each reservation",
	},
	[Q_HANDOFF_4G] = {
		.id = "early_res-handoff-4g", .kind = QUIRK_EXACT, LIFE,
		.summary =
			"get_free_all_memory_range() panics without room above 4 GiB when memory is "
			"mapped there",
	},
	[Q_HANDOFF_FREES_TABLE] = {
		.id = "early_res-handoff-frees-table", .kind = QUIRK_EXACT, LIFE,
		.summary =
			"get_free_all_memory_range() of one node hands out the list's own table, still "
			"in use",
	},
	[Q_HANDOFF_TOP] = {
		.id = "early_res-handoff-top", .kind = QUIRK_EXACT, LIFE,
		.summary =
			"get_free_all_memory_range() does not see a reservation that ends in the last "
			"page of 2^64",
	},
	[Q_STALE_NAME] = {
		.id = "early_res-stale-name", .kind = QUIRK_EXACT, LIFE,
		.summary =
			"a reservation without a name bears the name that was left in its slot",
	},
	[Q_REST_CHECKED] = {
		.id = "early_res-rest-checked", .kind = QUIRK_EXACT, LIFE,
		.summary =
			"what is left of a reservation that gives way is reserved anew: panics when it "
			"lies upon another",
	},
	[Q_HANDOFF_ORDER] = {
		.id = "early_res-handoff-order", .kind = QUIRK_CUT, LIFE,
		.summary = "get_free_all_memory_range() compares page numbers by their difference cut "
			   "to 32 bits: ranges 8 TiB apart are out of order",
	},
	[Q_GROW_EXACT_FIT] = {
		.id = "early_res-grow-exact-fit", .kind = QUIRK_EXACT, LIFE,
		.summary =
			"the table does not grow into a window that it just fills: panics though there "
			"is room",
	},
	[Q_TAKE_LOW] = {
		.id = "early_res-reserve-e820-low", .kind = QUIRK_CUT, LIFE, .long_bits = 32,
		.summary =
			"early_reserve_e820() of more than low memory answers an address near 2^64",
	},
	[Q_ACTIVE_RAM] = {
		.id = "early_res-active-ram-32-bits", .kind = QUIRK_EXACT, LIFE, .long_bits = 32,
		.summary =
			"page numbers of 32 bits: e820_register_active_regions() takes RAM at or beyond "
			"16 TiB for RAM below",
	},
};

// SPDX-License-Identifier: GPL-2.0-only
/* What is known of memblock in kernels v6.1 to v6.12: traits, and wrong behaviour (quirks). */
#include "memblock_model.h"

#define KERNEL(major, minor, patch)	((major) << 16 | (minor) << 8 | (patch))

const struct trait memblock_traits[] = {
	[T_FULL_PANICS] = {
		.id = "memblock-full-panics", .since = KERNEL(6, 7, 0),
		.source =
			"a table that is full and may not be resized is a panic (memblock: report failures "
			"when memblock_can_resize is not set, v6.7)",
	},
	[T_MIRROR_ASKED] = {
		.id = "memblock-mirror-asked", .since = KERNEL(6, 0, 0),
		.source =
			"mirrored memory is marked with kernelcore=mirror only (memblock: Disable mirror "
			"feature if kernelcore is not specified, mid-2022; v6.1 has it)",
	},
	[T_RESERVED_NODES] = {
		.id = "memblock-reserved-nodes", .since = KERNEL(6, 6, 0),
		.source =
			"reserved regions get the node of their memory at hand-off (mm: pass nid to "
			"reserve_bootmem_region(), v6.6)",
	},
	[T_DEBUGFS_NODES] = {
		.id = "memblock-debugfs-nodes", .since = KERNEL(6, 5, 0),
		.source =
			"debugfs says nodes and flags (memblock: Add flags and nid info in memblock "
			"debugfs, v6.5)",
	},
	[T_RESERVE_MEM] = {
		.id = "memblock-reserve-mem", .since = KERNEL(6, 10, 0),
		.source =
			"reserve_mem= (Documentation/admin-guide/kernel-parameters.txt, v6.10)",
	},
	[T_SLAB_EVERYWHERE] = {
		.id = "memblock-slab-everywhere", .since = KERNEL(6, 11, 0),
		.source =
			"allocations by physical address ask for slab, too (memblock: Move late alloc "
			"warning down to phys alloc, v6.11)",
	},
	[T_NODE_RANGE] = {
		.id = "memblock-node-range", .since = KERNEL(6, 10, 0),
		.source =
			"whatever is no valid node is none; before, NUMA_NO_NODE was, and for searches "
			"MAX_NUMNODES (memblock: use numa_valid_node() helper to check for invalid "
			"node ID, v6.10)",
	},
	[T_MERGES_ALL] = {
		.id = "memblock-merges-all", .until = KERNEL(6, 3, 0),
		.source =
			"what changes a range ends with a merge of all regions; since then of those around "
			"it (memblock: Avoid useless checks in memblock_merge_regions(), v6.3)",
	},
};

const struct quirk memblock_quirks[MEMBLOCK_QUIRKS] = {
	[Q_DOUBLE_UNRESERVED] = {
		.id = "memblock-double-unreserved-table", .kind = QUIRK_CUT,
		.summary =
			"a table's new place is not reserved yet while the old one is given back: "
			"where reserved has to double for that, it takes the same place",
	},
	[Q_DOUBLE_IN_RANGE] = {
		.id = "memblock-double-in-range", .kind = QUIRK_CUT,
		.summary =
			"memblock_reserve() of a range from address 0 on puts the doubled table into "
			"that range when there is no room behind it",
	},
	[Q_DOUBLE_NO_ROOM] = {
		.id = "memblock-double-no-room-bug", .kind = QUIRK_EXACT,
		.summary =
			"BUG when a table has found its new place and reserved has no room to double "
			"for it",
	},
	[Q_DOUBLE_OLD_KEPT] = {
		.id = "memblock-double-old-kept", .kind = QUIRK_EXACT,
		.summary =
			"a table that doubles leaves its old place reserved for ever when reserved has "
			"no slots to give it back",
	},
	[Q_DOUBLE_IN_GOING] = {
		.id = "memblock-double-in-going", .kind = QUIRK_CUT,
		.summary =
			"a table doubles into the memory that memblock_remove() or memblock_mark_nomap() is "
			"about to take away",
	},
	[Q_LIMIT_CUTS_TABLE] = {
		.id = "memblock-limit-cuts-table", .kind = QUIRK_CUT,
		.summary =
			"limiting memory doubles a table into memory that is then cut off, and forgets "
			"its reservation",
	},
	[Q_LIMIT_HALF] = {
		.id = "memblock-limit-half", .kind = QUIRK_EXACT,
		.summary =
			"memblock_enforce_memory_limit() cuts reserved though it could not cut memory",
	},
	[Q_CAP_WRAPS] = {
		.id = "memblock-cap-wraps", .kind = QUIRK_EXACT,
		.summary =
			"memblock_cap_memory_range() of a range past the end of the address space "
			"drops what is reserved inside of it",
	},
	[Q_CAP_UNMERGED] = {
		.id = "memblock-cap-unmerged", .kind = QUIRK_EXACT,
		.summary =
			"memblock_cap_memory_range() leaves NOMAP regions split at the range's borders",
	},
	[Q_TRIM_TOTAL] = {
		.id = "memblock-trim-total", .kind = QUIRK_EXACT,
		.summary =
			"memblock_trim_memory() does not count what it takes off regions: sizes stay "
			"too large",
	},
	[Q_TRIM_WRAPS] = {
		.id = "memblock-trim-wraps", .kind = QUIRK_CUT,
		.summary =
			"memblock_trim_memory() makes a region at the very end of the address space "
			"one that begins at 0",
	},
	[Q_PHYSMEM_STATIC] = {
		.id = "memblock-physmem-static-freed", .kind = QUIRK_EXACT,
		.summary =
			"when the table of physmem doubles first, the built-in one is given back as if "
			"it were allocated",
	},
	[Q_EMPTY_ZONE] = {
		.id = "memblock-empty-zone", .kind = QUIRK_EXACT,
		.summary =
			"the iterator over the free pages of a zone gives an empty range for an empty "
			"zone inside free memory, an inverted one for a zone that ends before it begins",
	},
	[Q_HANDOFF_WRAPS] = {
		.id = "memblock-handoff-wraps", .kind = QUIRK_CUT,
		.summary =
			"memblock_free_all() takes free memory that begins in the last page of 2^64 for "
			"one that begins at 0: passes on all pages up to max_low_pfn",
	},
	[Q_PAGES_WRAP] = {
		.id = "memblock-pages-wrap", .kind = QUIRK_EXACT,
		.summary =
			"iterators over pages take memory that begins in the last page of 2^64 for one "
			"that begins at 0",
	},
	[Q_LATE_WRAPS] = {
		.id = "memblock-free-late-wraps", .kind = QUIRK_EXACT,
		.summary =
			"memblock_free_late() of a range past the end of the address space passes on "
			"none of its pages, or those at 0",
	},
	[Q_OVERLAP_WRAPS] = {
		.id = "memblock-addrs-overlap-wraps", .kind = QUIRK_EXACT,
		.summary =
			"memblock_addrs_overlap() takes a range past the end of the address space for "
			"one that ends where it wraps to",
	},
	[Q_DOUBLE_MISCOUNTS] = {
		.id = "memblock-double-miscounts", .kind = QUIRK_EXACT,
		.summary =
			"BUG when reserved doubles for a range that its own old place lies in: the pieces "
			"are not counted again",
	},
	[Q_PAGE_NUMBERS] = {
		.id = "memblock-pages-32-bits", .kind = QUIRK_CUT, .long_bits = 32,
		.summary =
			"page numbers of 32 bits: the hand-off and iterators over pages take memory at or "
			"beyond 16 TiB for memory below",
	},
};

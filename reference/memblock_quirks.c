// SPDX-License-Identifier: GPL-2.0-only
/* What is known of memblock in kernels v6.1 to v6.12: traits, and wrong behaviour (quirks). */
#include "memblock_model.h"

#define KERNEL(major, minor, patch)	((major) << 16 | (minor) << 8 | (patch))

const struct trait memblock_traits[] = {
	[T_FULL_PANICS] = {
		.id = "memblock-full-panics", .since = KERNEL(6, 6, 0),
		.source =
			"a table that is full and may not be resized is a panic (mm: memblock: panic "
			"in memblock_double_array() when resizing is not allowed, v6.6)",
	},
	[T_MIRROR_ASKED] = {
		.id = "memblock-mirror-asked", .since = KERNEL(5, 19, 0),
		.source =
			"mirrored memory is marked with kernelcore=mirror only (mm/memblock: "
			"memblock_mark_mirror() does nothing without it, v5.19)",
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
	[T_NO_DUMMY] = {
		.id = "memblock-no-dummy", .since = KERNEL(6, 10, 0),
		.source =
			"an empty collection is printed as none; before, as a region of size 0 at 0 "
			"(mm/memblock: remove empty dummy entry, v6.10)",
	},
};

const struct quirk memblock_quirks[MEMBLOCK_QUIRKS + 1] = {
	{ .id = NULL },
};

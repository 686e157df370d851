// SPDX-License-Identifier: GPL-2.0-only
/* The op table of family memblock. */
#include "memblock.h"

static const struct choice switches[] = {
	{ MEMBLOCK_BOTTOM_UP, "bottom_up", 4 },
	{ MEMBLOCK_SLAB, "slab", 1 },
	{ MEMBLOCK_MOVABLE_NODE, "movable_node", 2 },
	{ MEMBLOCK_KERNELCORE_MIRROR, "kernelcore_mirror", 2 },
	{ MEMBLOCK_DEBUG, "debug", 2 },
	{ 0, NULL, 0 },
};

static const struct choice nodes[] = {
	{ MEMBLOCK_NO_NODE, "none", 4 },
	{ 0, "node0", 4 },
	{ 1, "node1", 4 },
	{ 2, "node2", 1 },
	{ MEMBLOCK_NODES - 1, "last", 1 },
	{ MEMBLOCK_NODES, "max", 1 },
	{ 0, NULL, 0 },
};

static const struct choice flags[] = {
	{ MEMBLOCK_F_NONE, "none", 8 },
	{ MEMBLOCK_F_HOTPLUG, "hotplug", 2 },
	{ MEMBLOCK_F_MIRROR, "mirror", 2 },
	{ MEMBLOCK_F_NOMAP, "nomap", 2 },
	{ MEMBLOCK_F_DRIVER_MANAGED, "driver_managed", 1 },
	{ MEMBLOCK_F_NOINIT, "noinit", 1 },
	{ 0, NULL, 0 },
};

static const struct choice collections[] = {
	{ M_MEMORY, "memory", 2 },
	{ M_RESERVED, "reserved", 2 },
	{ 0, NULL, 0 },
};

static const struct choice collections3[] = {
	{ M_MEMORY, "memory", 2 },
	{ M_RESERVED, "reserved", 2 },
	{ M_PHYSMEM, "physmem", 1 },
	{ 0, NULL, 0 },
};

#define ADDR(n)		{ .name = n, .kind = ARG_ADDR }
#define BASE		ADDR("base")
#define END(n)		{ .name = n, .kind = ARG_END }
#define LIMIT(n)	END(n)	/* MEMBLOCK_ACCESSIBLE is one, too */
#define SIZE_(n)	{ .name = n, .kind = ARG_SIZE }
#define SIZE		SIZE_("size")
#define ALIGN		{ .name = "align", .kind = ARG_ALIGN }
#define PFN(n)		{ .name = n, .kind = ARG_PFN, .max = (1ULL << 52) - 1 }
#define BOOL(n)		{ .name = n, .kind = ARG_BOOL }
#define ON		BOOL("on")
#define SWITCH		{ .name = "switch", .kind = ARG_CHOICE, .max = MEMBLOCK_SWITCHES - 1,	\
			  .choices = switches }
#define NID		{ .name = "nid", .kind = ARG_CHOICE, .max = MEMBLOCK_NO_NODE,		\
			  .choices = nodes }
#define FLAGS		{ .name = "flags", .kind = ARG_CHOICE, .max = MEMBLOCK_F_ALL,		\
			  .choices = flags }
#define TABLE		{ .name = "table", .kind = ARG_CHOICE, .max = M_RESERVED,		\
			  .choices = collections }
#define TABLE3		{ .name = "table", .kind = ARG_CHOICE, .max = M_PHYSMEM,		\
			  .choices = collections3 }
#define TEXT	{ { .name = "text", .kind = ARG_TEXT }, { .name = "", .kind = ARG_TEXT },	\
		  { .name = "", .kind = ARG_TEXT }, { .name = "", .kind = ARG_TEXT },	\
		  { .name = "", .kind = ARG_TEXT }, { .name = "", .kind = ARG_TEXT } }

#define RANGE_LEGAL	"legal below 2^52; above: firmware; empty: misuse"
#define FIND_LEGAL	"legal with size > 0, align a power of two, an ordered window; else misuse"
#define ALLOC_LEGAL	"as find_in_range, before slab is there; else misuse"
#define LIMIT_LEGAL	"legal before a table was doubled, and not 0; else misuse"

const struct op_desc memblock_ops[] = {
	{
		.id = M_SET, .name = "set",
		.call = "memblock_set_bottom_up, slab_is_available, "
			"movable_node_is_enabled, mirrored_kernelcore, memblock=",
		.flags = OP_FILLS, .nr_args = 2, .args = { SWITCH, ON },
		.legal = "legal before the first addition; else misuse", .frame = "nothing",
		.summary = "what the boot code has set",
		.c = "$setting",
	}, {
		.id = M_ALLOW_RESIZE, .name = "allow_resize", .call = "memblock_allow_resize",
		.flags = OP_FILLS,
		.legal = "legal", .frame = "nothing",
		.summary = "tables may be doubled from now on",
		.c = "memblock_allow_resize()",
	}, {
		.id = M_SET_CURRENT_LIMIT, .name = "set_current_limit",
		.call = "memblock_set_current_limit",
		.nr_args = 1, .args = { END("limit") },
		.legal = "legal", .frame = "nothing",
		.summary = "allocations end here unless they say otherwise",
		.c = "memblock_set_current_limit($limit)",
	}, {
		.id = M_MAX_LOW_PFN, .name = "max_low_pfn", .call = "max_low_pfn",
		.flags = OP_FILLS, .nr_args = 1, .args = { PFN("pfn") },
		.legal = "legal", .frame = "nothing",
		.summary = "free_all passes pages below this one",
		.c = "(void)(max_low_pfn = $pfn)",
	}, {
		.id = M_ADD, .name = "add", .call = "memblock_add",
		.flags = OP_FILLS | OP_CLAIMS, .nr_args = 2, .args = { BASE, SIZE },
		.legal = RANGE_LEGAL, .frame = "[base, base + size) of memory; tables",
		.summary = "there is RAM, on no node",
		.c = "memblock_add($base, $size)",
	}, {
		.id = M_ADD_NODE, .name = "add_node", .call = "memblock_add_node",
		.flags = OP_FILLS | OP_CLAIMS, .nr_args = 4, .args = { BASE, SIZE, NID, FLAGS },
		.legal = RANGE_LEGAL "; a node that is out of range: misuse",
		.frame = "[base, base + size) of memory; tables",
		.summary = "there is RAM on a node",
		.c = "memblock_add_node($base, $size, $nid, $flags)",
	}, {
		.id = M_REMOVE, .name = "remove", .call = "memblock_remove",
		.flags = OP_RELEASES, .nr_args = 2, .args = { BASE, SIZE },
		.legal = RANGE_LEGAL, .frame = "[base, base + size) of memory; tables",
		.summary = "there is no RAM",
		.c = "memblock_remove($base, $size)",
	}, {
		.id = M_RESERVE, .name = "reserve", .call = "memblock_reserve",
		.flags = OP_CLAIMS, .nr_args = 2, .args = { BASE, SIZE },
		.legal = RANGE_LEGAL, .frame = "[base, base + size) of reserved; tables",
		.summary = "a range is taken",
		.c = "memblock_reserve($base, $size)",
	}, {
		.id = M_PHYS_FREE, .name = "phys_free", .call = "memblock_phys_free",
		.flags = OP_RELEASES, .nr_args = 2, .args = { BASE, SIZE },
		.legal = "legal when all of it is reserved, and no table meets it; else misuse",
		.frame = "[base, base + size) of reserved; tables",
		.summary = "a range is free again",
		.c = "memblock_phys_free($base, $size)",
	}, {
		.id = M_FREE, .name = "free", .call = "memblock_free",
		.flags = OP_RELEASES, .nr_args = 2, .args = { BASE, SIZE },
		.legal = "as phys_free", .frame = "[base, base + size) of reserved; tables",
		.summary = "the same by virtual address",
		.c = "memblock_free(phys_to_virt($base), $size)",
	}, {
		.id = M_FREE_LATE, .name = "free_late", .call = "memblock_free_late",
		.flags = OP_ENDS, .nr_args = 2, .args = { BASE, SIZE },
		.legal = "legal after free_all when all of it is reserved; else misuse",
		.frame = "what was handed off",
		.summary = "pages go straight to the page allocator",
		.c = "memblock_free_late($base, $size)",
	}, {
		.id = M_PHYSMEM_ADD, .name = "physmem_add", .call = "memblock_physmem_add",
		.nr_args = 2, .args = { BASE, SIZE },
		.legal = RANGE_LEGAL, .frame = "[base, base + size) of physmem; tables",
		.summary = "there is physical memory",
		.c = "memblock_physmem_add($base, $size)",
	}, {
		.id = M_MARK_HOTPLUG, .name = "mark_hotplug", .call = "memblock_mark_hotplug",
		.nr_args = 2, .args = { BASE, SIZE },
		.legal = "legal when all of it is memory; else misuse",
		.frame = "flags in [base, base + size) of memory; tables",
		.summary = "RAM may be unplugged",
		.c = "memblock_mark_hotplug($base, $size)",
	}, {
		.id = M_CLEAR_HOTPLUG, .name = "clear_hotplug", .call = "memblock_clear_hotplug",
		.nr_args = 2, .args = { BASE, SIZE },
		.legal = "legal when all of it is memory; else misuse",
		.frame = "flags in [base, base + size) of memory; tables",
		.summary = "RAM may not be unplugged",
		.c = "memblock_clear_hotplug($base, $size)",
	}, {
		.id = M_MARK_MIRROR, .name = "mark_mirror", .call = "memblock_mark_mirror",
		.nr_args = 2, .args = { BASE, SIZE },
		.legal = "legal when all of it is memory; else misuse",
		.frame = "flags in [base, base + size) of memory; tables",
		.summary = "RAM is mirrored",
		.c = "memblock_mark_mirror($base, $size)",
	}, {
		.id = M_MARK_NOMAP, .name = "mark_nomap", .call = "memblock_mark_nomap",
		.nr_args = 2, .args = { BASE, SIZE },
		.legal = "legal when all of it is memory; else misuse",
		.frame = "flags in [base, base + size) of memory; tables",
		.summary = "RAM is not to be mapped",
		.c = "memblock_mark_nomap($base, $size)",
	}, {
		.id = M_CLEAR_NOMAP, .name = "clear_nomap", .call = "memblock_clear_nomap",
		.nr_args = 2, .args = { BASE, SIZE },
		.legal = "legal when all of it is memory; else misuse",
		.frame = "flags in [base, base + size) of memory; tables",
		.summary = "RAM is to be mapped",
		.c = "memblock_clear_nomap($base, $size)",
	}, {
		.id = M_RESERVED_MARK_NOINIT, .name = "reserved_mark_noinit",
		.call = "memblock_reserved_mark_noinit",
		.nr_args = 2, .args = { BASE, SIZE },
		.legal = "legal when all of it is reserved; else misuse",
		.frame = "flags in [base, base + size) of reserved; tables",
		.summary = "pages that free_all is not to initialise",
		.c = "memblock_reserved_mark_noinit($base, $size)",
	}, {
		.id = M_SET_NODE, .name = "set_node", .call = "memblock_set_node",
		.nr_args = 4, .args = { BASE, SIZE, TABLE, NID },
		.legal = "legal when all of it is in that collection, nid valid; else misuse",
		.frame = "nodes in [base, base + size) of that collection; tables",
		.summary = "a range is on a node",
		.c = "memblock_set_node($base, $size, $table, $nid)",
	}, {
		.id = M_TRIM, .name = "trim", .call = "memblock_trim_memory",
		.nr_args = 1, .args = { ALIGN },
		.legal = "legal with a power of two; else misuse",
		.frame = "regions of memory lose what is no whole align",
		.summary = "regions of memory become aligned",
		.c = "memblock_trim_memory($align)",
	}, {
		.id = M_ENFORCE_MEMORY_LIMIT, .name = "enforce_memory_limit",
		.call = "memblock_enforce_memory_limit",
		.nr_args = 1, .args = { SIZE_("limit") },
		.legal = LIMIT_LEGAL, .frame = "memory and reserved above the limit; tables",
		.summary = "the lowest bytes of memory stay",
		.c = "memblock_enforce_memory_limit($limit)",
	}, {
		.id = M_CAP_MEMORY_RANGE, .name = "cap_memory_range",
		.call = "memblock_cap_memory_range",
		.nr_args = 2, .args = { BASE, SIZE },
		.legal = LIMIT_LEGAL,
		.frame = "memory and reserved outside of [base, base + size), NOMAP stays; tables",
		.summary = "memory inside a range stays",
		.c = "memblock_cap_memory_range($base, $size)",
	}, {
		.id = M_MEM_LIMIT_REMOVE_MAP, .name = "mem_limit_remove_map",
		.call = "memblock_mem_limit_remove_map",
		.nr_args = 1, .args = { SIZE_("limit") },
		.legal = LIMIT_LEGAL,
		.frame = "memory and reserved above the limit, NOMAP stays; tables",
		.summary = "the lowest bytes of memory stay, and what is NOMAP",
		.c = "memblock_mem_limit_remove_map($limit)",
	}, {
		.id = M_FIND_IN_RANGE, .name = "find_in_range", .call = "memblock_find_in_range",
		.flags = OP_QUERY, .nr_args = 4,
		.args = { ADDR("start"), LIMIT("end"), SIZE, ALIGN },
		.legal = FIND_LEGAL, .frame = "nothing",
		.summary = "a free block in a window",
		.c = "memblock_find_in_range($start, $end, $size, $align)",
	}, {
		.id = M_FIND_IN_RANGE_NODE, .name = "find_in_range_node",
		.call = "memblock_find_in_range_node",
		.flags = OP_QUERY, .nr_args = 6,
		.args = { SIZE, ALIGN, ADDR("start"), LIMIT("end"), NID, FLAGS },
		.legal = FIND_LEGAL, .frame = "nothing",
		.summary = "a free block of a node, with flags",
		.c = "memblock_find_in_range_node($size, $align, $start, $end, $nid, $flags)",
	}, {
		.id = M_ALLOC_RANGE_NID, .name = "alloc_range_nid",
		.call = "memblock_alloc_range_nid",
		.nr_args = 6,
		.args = { SIZE, ALIGN, ADDR("start"), LIMIT("end"), NID, BOOL("exact") },
		.legal = ALLOC_LEGAL, .frame = "the block of reserved; tables",
		.summary = "reserve a free block, on a node first or only",
		.c = "memblock_alloc_range_nid($size, $align, $start, $end, $nid, $exact)",
	}, {
		.id = M_PHYS_ALLOC_RANGE, .name = "phys_alloc_range",
		.call = "memblock_phys_alloc_range",
		.nr_args = 4, .args = { SIZE, ALIGN, ADDR("start"), LIMIT("end") },
		.legal = ALLOC_LEGAL, .frame = "the block of reserved; tables",
		.summary = "reserve a free block in a window",
		.c = "memblock_phys_alloc_range($size, $align, $start, $end)",
	}, {
		.id = M_PHYS_ALLOC_TRY_NID, .name = "phys_alloc_try_nid",
		.call = "memblock_phys_alloc_try_nid",
		.nr_args = 3, .args = { SIZE, ALIGN, NID },
		.legal = ALLOC_LEGAL, .frame = "the block of reserved; tables",
		.summary = "reserve a free block, on a node first",
		.c = "memblock_phys_alloc_try_nid($size, $align, $nid)",
	}, {
		.id = M_ALLOC_TRY_NID, .name = "alloc_try_nid", .call = "memblock_alloc_try_nid",
		.nr_args = 5, .args = { SIZE, ALIGN, ADDR("min"), LIMIT("max"), NID },
		.legal = ALLOC_LEGAL, .frame = "the block of reserved; tables",
		.summary = "the same by virtual address, cleared; min gives way",
		.c = "place(memblock_alloc_try_nid($size, $align, $min, $max, $nid))",
	}, {
		.id = M_ALLOC_TRY_NID_RAW, .name = "alloc_try_nid_raw",
		.call = "memblock_alloc_try_nid_raw",
		.nr_args = 5, .args = { SIZE, ALIGN, ADDR("min"), LIMIT("max"), NID },
		.legal = ALLOC_LEGAL, .frame = "the block of reserved; tables",
		.summary = "the same, not cleared",
		.c = "place(memblock_alloc_try_nid_raw($size, $align, $min, $max, $nid))",
	}, {
		.id = M_ALLOC_EXACT_NID_RAW, .name = "alloc_exact_nid_raw",
		.call = "memblock_alloc_exact_nid_raw",
		.nr_args = 5, .args = { SIZE, ALIGN, ADDR("min"), LIMIT("max"), NID },
		.legal = ALLOC_LEGAL, .frame = "the block of reserved; tables",
		.summary = "the same on this node only, not cleared",
		.c = "place(memblock_alloc_exact_nid_raw($size, $align, $min, $max, $nid))",
	}, {
		.id = M_ALLOC, .name = "alloc", .call = "memblock_alloc",
		.nr_args = 2, .args = { SIZE, ALIGN },
		.legal = ALLOC_LEGAL, .frame = "the block of reserved; tables",
		.summary = "a cleared block below the current limit",
		.c = "place(memblock_alloc($size, $align))",
	}, {
		.id = M_ALLOC_FROM, .name = "alloc_from", .call = "memblock_alloc_from",
		.nr_args = 3, .args = { SIZE, ALIGN, ADDR("min") },
		.legal = ALLOC_LEGAL, .frame = "the block of reserved; tables",
		.summary = "a cleared block, above an address where it can be",
		.c = "place(memblock_alloc_from($size, $align, $min))",
	}, {
		.id = M_ALLOC_LOW, .name = "alloc_low", .call = "memblock_alloc_low",
		.nr_args = 2, .args = { SIZE, ALIGN },
		.legal = ALLOC_LEGAL, .frame = "the block of reserved; tables",
		.summary = "a cleared block in the low 4 GiB",
		.c = "place(memblock_alloc_low($size, $align))",
	}, {
		.id = M_ALLOC_NODE, .name = "alloc_node", .call = "memblock_alloc_node",
		.nr_args = 3, .args = { SIZE, ALIGN, NID },
		.legal = ALLOC_LEGAL, .frame = "the block of reserved; tables",
		.summary = "a cleared block, on a node where it can be",
		.c = "place(memblock_alloc_node($size, $align, $nid))",
	}, {
		.id = M_FREE_RANGES, .name = "free_ranges", .call = "for_each_free_mem_range",
		.flags = OP_QUERY, .nr_args = 2, .args = { NID, FLAGS },
		.legal = "legal with a valid nid or none, and flags; else misuse",
		.frame = "nothing",
		.summary = "memory that is not reserved, ascending",
		.c = "each_free_mem_range($nid, $flags)",
	}, {
		.id = M_FREE_RANGES_REV, .name = "free_ranges_rev",
		.call = "for_each_free_mem_range_reverse",
		.flags = OP_QUERY, .nr_args = 2, .args = { NID, FLAGS },
		.legal = "legal with a valid nid or none, and flags; else misuse",
		.frame = "nothing",
		.summary = "memory that is not reserved, descending",
		.c = "each_free_mem_range_reverse($nid, $flags)",
	}, {
		.id = M_MEM_RANGES, .name = "mem_ranges", .call = "for_each_mem_range",
		.flags = OP_QUERY,
		.legal = "legal", .frame = "nothing",
		.summary = "memory that is mapped, ascending",
		.c = "each_mem_range()",
	}, {
		.id = M_MEM_RANGES_REV, .name = "mem_ranges_rev", .call = "for_each_mem_range_rev",
		.flags = OP_QUERY,
		.legal = "legal", .frame = "nothing",
		.summary = "memory that is mapped, descending",
		.c = "each_mem_range_rev()",
	}, {
		.id = M_RESERVED_RANGES, .name = "reserved_ranges",
		.call = "for_each_reserved_mem_range",
		.flags = OP_QUERY,
		.legal = "legal", .frame = "nothing",
		.summary = "all that is reserved",
		.c = "each_reserved_mem_range()",
	}, {
		.id = M_PHYSMEM_RANGES, .name = "physmem_ranges", .call = "for_each_physmem_range",
		.flags = OP_QUERY,
		.legal = "legal", .frame = "nothing",
		.summary = "all physical memory",
		.c = "each_physmem_range()",
	}, {
		.id = M_PFN_RANGES, .name = "pfn_ranges", .call = "for_each_mem_pfn_range",
		.flags = OP_QUERY, .nr_args = 1, .args = { NID },
		.legal = "legal with a valid nid or MAX_NUMNODES; else misuse", .frame = "nothing",
		.summary = "whole pages of memory on a node",
		.c = "each_mem_pfn_range($nid)",
	}, {
		.id = M_ZONE_RANGES, .name = "zone_ranges", .call = "__next_mem_pfn_range_in_zone",
		.flags = OP_QUERY, .nr_args = 3, .args = { NID, PFN("start"), PFN("end") },
		.legal = "legal with a valid nid and start <= end; else misuse", .frame = "nothing",
		.summary = "whole free pages inside a zone",
		.c = "each_free_mem_pfn_range_in_zone($nid, $start, $end)",
	}, {
		.id = M_IS_MEMORY, .name = "is_memory", .call = "memblock_is_memory",
		.flags = OP_QUERY, .nr_args = 1, .args = { ADDR("addr") },
		.legal = "legal", .frame = "nothing",
		.summary = "is there RAM at an address?",
		.c = "memblock_is_memory($addr)",
	}, {
		.id = M_IS_MAP_MEMORY, .name = "is_map_memory", .call = "memblock_is_map_memory",
		.flags = OP_QUERY, .nr_args = 1, .args = { ADDR("addr") },
		.legal = "legal", .frame = "nothing",
		.summary = "is there RAM that is mapped?",
		.c = "memblock_is_map_memory($addr)",
	}, {
		.id = M_IS_RESERVED, .name = "is_reserved", .call = "memblock_is_reserved",
		.flags = OP_QUERY, .nr_args = 1, .args = { ADDR("addr") },
		.legal = "legal", .frame = "nothing",
		.summary = "is an address taken?",
		.c = "memblock_is_reserved($addr)",
	}, {
		.id = M_IS_REGION_MEMORY, .name = "is_region_memory",
		.call = "memblock_is_region_memory",
		.flags = OP_QUERY, .nr_args = 2, .args = { BASE, SIZE },
		.legal = "legal with size > 0; else misuse", .frame = "nothing",
		.summary = "does a range lie in one block of RAM?",
		.c = "memblock_is_region_memory($base, $size)",
	}, {
		.id = M_IS_REGION_RESERVED, .name = "is_region_reserved",
		.call = "memblock_is_region_reserved",
		.flags = OP_QUERY, .nr_args = 2, .args = { BASE, SIZE },
		.legal = "legal with size > 0; else misuse", .frame = "nothing",
		.summary = "is any of a range taken?",
		.c = "memblock_is_region_reserved($base, $size)",
	}, {
		.id = M_OVERLAPS_REGION, .name = "overlaps_region",
		.call = "memblock_overlaps_region",
		.flags = OP_QUERY, .nr_args = 3, .args = { TABLE, BASE, SIZE },
		.legal = "legal with size > 0; else misuse", .frame = "nothing",
		.summary = "does a range meet a collection?",
		.c = "memblock_overlaps_region($table, $base, $size)",
	}, {
		.id = M_ADDRS_OVERLAP, .name = "addrs_overlap", .call = "memblock_addrs_overlap",
		.flags = OP_QUERY, .nr_args = 4,
		.args = { ADDR("base1"), SIZE_("size1"), ADDR("base2"), SIZE_("size2") },
		.legal = "legal with sizes > 0 that do not wrap; else misuse", .frame = "nothing",
		.summary = "do two ranges meet?",
		.c = "!!memblock_addrs_overlap($base1, $size1, $base2, $size2)",
	}, {
		.id = M_SEARCH_PFN_NID, .name = "search_pfn_nid", .call = "memblock_search_pfn_nid",
		.flags = OP_QUERY, .nr_args = 1, .args = { PFN("pfn") },
		.legal = "legal", .frame = "nothing",
		.summary = "the node of a page, and the pages around it",
		.c = "search_pfn_nid($pfn)",
	}, {
		.id = M_SIZES, .name = "sizes",
		.call = "memblock_phys_mem_size, memblock_reserved_size, "
			"memblock_start_of_DRAM, memblock_end_of_DRAM",
		.flags = OP_QUERY,
		.legal = "legal when there is memory; else misuse", .frame = "nothing",
		.summary = "sums and ends",
		.c = "sizes()",
	}, {
		.id = M_ESTIMATED_FREE, .name = "estimated_free",
		.call = "memblock_estimated_nr_free_pages",
		.flags = OP_QUERY,
		.legal = "legal", .frame = "nothing",
		.summary = "pages of memory less pages reserved",
		.c = "memblock_estimated_nr_free_pages()",
	}, {
		.id = M_VALIDATE_NUMA_COVERAGE, .name = "validate_numa_coverage",
		.call = "memblock_validate_numa_coverage",
		.flags = OP_QUERY, .nr_args = 1, .args = { SIZE_("threshold") },
		.legal = "legal", .frame = "nothing",
		.summary = "is little enough memory on no node?",
		.c = "memblock_validate_numa_coverage($threshold)",
	}, {
		.id = M_RESERVE_MEM, .name = "reserve_mem", .call = "reserve_mem=",
		.nr_args = 6, .args = TEXT,
		.legal = "legal in the documented form; else cmdline",
		.frame = "the block of reserved; tables; labels",
		.summary = "the command line reserves memory with a label",
		.c = "parse_reserve_mem($text)",
	}, {
		.id = M_RESERVE_MEM_FIND, .name = "reserve_mem_find",
		.call = "reserve_mem_find_by_name",
		.flags = OP_QUERY, .nr_args = 6, .args = TEXT,
		.legal = "legal", .frame = "nothing",
		.summary = "where a label is",
		.c = "find_reserve_mem($text)",
	}, {
		.id = M_FREE_ALL, .name = "free_all", .call = "memblock_free_all",
		.flags = OP_ENDS | OP_DEAR,
		.legal = "legal once; else misuse",
		.frame = "what was handed off; HOTPLUG flags of memory; nodes of reserved; tables",
		.summary = "all free pages go to the page allocator",
		.c = "memblock_free_all()",
	}, {
		.id = M_DISCARD, .name = "discard", .call = "memblock_discard",
		.flags = OP_ENDS,
		.legal = "legal after free_all, once; else misuse",
		.frame = "what was handed off; all collections end",
		.summary = "the tables are given up",
		.c = "memblock_discard()",
	}, {
		.id = M_DUMP_ALL, .name = "dump_all", .call = "memblock_dump_all",
		.flags = OP_QUERY,
		.legal = "legal", .frame = "nothing",
		.summary = "print all regions",
		.c = "memblock_dump_all()",
	}, {
		.id = M_DEBUGFS, .name = "debugfs", .call = "/sys/kernel/debug/memblock",
		.flags = OP_QUERY, .nr_args = 1, .args = { TABLE3 },
		.legal = "legal", .frame = "nothing",
		.summary = "the regions of a collection as debugfs shows them",
		.c = "show($table)",
	},
};

// SPDX-License-Identifier: GPL-2.0-only
#include "early_res.h"

/* Around what is kept of a name: 14 characters and the final 0. */
enum { NAME_NULL, NAME_EMPTY, NAME_SHORT, NAME_14, NAME_15, NAME_16, NAME_LONG };

const struct choice early_res_name_choices[] = {
	{ NAME_NULL, "null", 1 },
	{ NAME_EMPTY, "empty", 1 },
	{ NAME_SHORT, "short", 8 },
	{ NAME_14, "chars14", 2 },
	{ NAME_15, "chars15", 2 },
	{ NAME_16, "chars16", 1 },
	{ NAME_LONG, "long", 1 },
	{ 0, NULL, 0 },
};

static const struct choice map_types[] = {
	{ EARLY_RES_MAP_RAM, "ram", 6 },
	{ EARLY_RES_MAP_RESERVED, "reserved", 1 },
	{ 0, NULL, 0 },
};

static const struct choice nodes[] = {
	{ 0, "node0", 4 },
	{ 1, "node1", 2 },
	{ 2, "node2", 1 },
	{ 0, NULL, 0 },
};

static const struct choice node_or_all[] = {
	{ 0, "node0", 2 },
	{ 1, "node1", 1 },
	{ 2, "node2", 1 },
	{ EARLY_RES_MAX_NODES, "all", 4 },
	{ 0, NULL, 0 },
};

#define ADDR(n)	{ .name = n, .kind = ARG_ADDR }
#define END(n)	{ .name = n, .kind = ARG_END }
#define SIZE	{ .name = "size", .kind = ARG_SIZE }
#define ALIGN	{ .name = "align", .kind = ARG_ALIGN }
#define NAME	{ .name = "name", .kind = ARG_CHOICE, .max = EARLY_RES_NAMES - 1,	\
		  .choices = early_res_name_choices }
#define PFN(n)	{ .name = n, .kind = ARG_PFN, .max = EARLY_RES_PFN_MAX }
#define NID	{ .name = "nid", .kind = ARG_CHOICE, .max = EARLY_RES_MAX_NODES - 1, .choices = nodes }

#define RESERVE_LEGAL	"legal below 2^52 when it meets no firm reservation; above: firmware; else misuse"
#define FIND_LEGAL	"legal with size > 0, align a power of two, ordered windows below 2^52; " \
			"windows above: firmware; else misuse"
#define CLOSED		"; after the hand-off: misuse"

static const struct op_desc ops[] = {
	{
		.id = E_RES_MAP, .name = "map", .call = "e820__range_add, e820__update_table",
		.call_old = "e820_add_region, update_e820",
		.flags = OP_FILLS, .nr_args = 3, .args = {
			{ .name = "start", .kind = ARG_ADDR, .max = EARLY_RES_ADDR_MAX },
			{ .name = "size", .kind = ARG_SIZE, .max = EARLY_RES_ADDR_MAX },
			{ .name = "type", .kind = ARG_CHOICE, .max = EARLY_RES_MAP_RESERVED,
			  .choices = map_types },
		},
		.legal = "legal; beyond 2^46: firmware",
		.frame = "RAM within [start, start + size)",
		.summary = "the firmware's map gets an entry and is updated",
		.c = "add_to_map($start, $size, $type)",
	}, {
		.id = E_RES_MAPPED, .name = "mapped", .call = "max_pfn_mapped",
		.flags = OP_FILLS, .nr_args = 1,
		.args = { { .name = "pfn", .kind = ARG_PFN, .max = EARLY_RES_MAPPED_MAX } },
		.legal = "legal", .frame = "nothing",
		.summary = "memory below this page is mapped from now on",
		.c = "set_max_pfn_mapped($pfn)",
	}, {
		.id = E_RES_NODE, .name = "node", .call = "add_active_range",
		.flags = OP_FILLS, .nr_args = 3, .args = { NID, PFN("start"), PFN("end") },
		.legal = "legal", .frame = "nothing that is observed before the hand-off",
		.summary = "a range of pages is active on a node",
		.c = "add_active_range($nid, $start, $end)",
	}, {
		.id = E_RES_ACTIVE_RAM, .name = "active_ram", .call = "e820_register_active_regions",
		.flags = OP_FILLS, .nr_args = 3, .args = { NID, PFN("start"), PFN("end") },
		.legal = "legal", .frame = "nothing that is observed before the hand-off",
		.summary = "whole pages of RAM inside a window are active on a node",
		.c = "e820_register_active_regions($nid, $start, $end)",
	}, {
		.id = E_RES_RESERVE, .name = "reserve", .call = "reserve_early",
		.flags = OP_CLAIMS, .nr_args = 3, .args = { ADDR("start"), END("end"), NAME },
		.legal = RESERVE_LEGAL CLOSED,
		.frame = "[start, end): free or overlap_ok becomes firm; the list's own table",
		.summary = "reserve a range; what is overlap_ok gives way, all else panics",
		.c = "reserve_early($start, $end, $name)",
	}, {
		.id = E_RES_RESERVE_OVERLAP_OK, .name = "reserve_overlap_ok",
		.call = "reserve_early_overlap_ok",
		.flags = OP_CLAIMS, .nr_args = 3, .args = { ADDR("start"), END("end"), NAME },
		.legal = RESERVE_LEGAL CLOSED,
		.frame = "[start, end): free or overlap_ok becomes overlap_ok; the list's own table",
		.summary = "reserve a range that may give way to later ones",
		.c = "reserve_early_overlap_ok($start, $end, $name)",
	}, {
		.id = E_RES_RESERVE_WITHOUT_CHECK, .name = "reserve_without_check",
		.call = "reserve_early_without_check",
		.flags = OP_CLAIMS, .nr_args = 3, .args = { ADDR("start"), END("end"), NAME },
		.legal = "legal below 2^52 when it meets no reservation; above: firmware; else misuse" CLOSED,
		.frame = "[start, end): one owner more; the list's own table",
		.summary = "append a reservation, whatever it meets",
		.c = "reserve_early_without_check($start, $end, $name)",
	}, {
		.id = E_RES_FREE, .name = "free", .call = "free_early",
		.flags = OP_RELEASES, .nr_args = 2, .args = { ADDR("start"), END("end") },
		.legal = "legal when exactly this is reserved, once; else misuse (panics)" CLOSED,
		.frame = "[start, end): reserved becomes free",
		.summary = "free one whole reservation",
		.c = "free_early($start, $end)",
	}, {
		.id = E_RES_FREE_PARTIAL, .name = "free_partial", .call = "free_early_partial",
		.flags = OP_RELEASES, .nr_args = 2, .args = { ADDR("start"), END("end") },
		.legal = "legal, also over holes; inverted, or the list's own table: misuse" CLOSED,
		.frame = "[start, end): reserved becomes free; the list's own table; an upper rest turns firm",
		.summary = "free whatever is reserved inside a range",
		.c = "free_early_partial($start, $end)",
	}, {
		.id = E_RES_FIND_AREA, .name = "find_area", .call = "find_early_area",
		.flags = OP_QUERY, .nr_args = 6,
		.args = { ADDR("ei_start"), END("ei_last"), ADDR("start"), END("end"), SIZE, ALIGN },
		.legal = FIND_LEGAL CLOSED, .frame = "nothing",
		.summary = "the lowest free block inside two windows",
		.c = "find_early_area($ei_start, $ei_last, $start, $end, $size, $align)",
	}, {
		.id = E_RES_FIND_AREA_SIZE, .name = "find_area_size", .call = "find_early_area_size",
		.flags = OP_QUERY, .nr_args = 4,
		.args = { ADDR("ei_start"), END("ei_last"), ADDR("start"), ALIGN },
		.legal = FIND_LEGAL CLOSED, .frame = "nothing",
		.summary = "the lowest free block of any size, and its size",
		.c = "tell_size(find_early_area_size($ei_start, $ei_last, $start, &found, $align))",
	}, {
		.id = E_RES_FIND_FW, .name = "find_fw", .call = "find_fw_memmap_area",
		.flags = OP_QUERY,
		.nr_args = 4, .args = { ADDR("start"), END("end"), SIZE, ALIGN },
		.legal = FIND_LEGAL CLOSED, .frame = "nothing",
		.summary = "the lowest free block of RAM in a window, by the neutral name",
		.c = "find_fw_memmap_area($start, $end, $size, $align)",
	}, {
		.id = E_RES_FIND_E820, .name = "find_e820", .call = "find_e820_area",
		.flags = OP_QUERY,
		.nr_args = 4, .args = { ADDR("start"), END("end"), SIZE, ALIGN },
		.legal = FIND_LEGAL CLOSED, .frame = "nothing",
		.summary = "the lowest free block of RAM in a window",
		.c = "find_e820_area($start, $end, $size, $align)",
	}, {
		.id = E_RES_FIND_E820_SIZE, .name = "find_e820_size", .call = "find_e820_area_size",
		.flags = OP_QUERY,
		.nr_args = 2, .args = { ADDR("start"), ALIGN },
		.legal = FIND_LEGAL CLOSED, .frame = "nothing",
		.summary = "the lowest free block of RAM of any size, and its size",
		.c = "tell_size(find_e820_area_size($start, &found, $align))",
	}, {
		.id = E_RES_RESERVE_E820, .name = "reserve_e820", .call = "early_reserve_e820",
		.nr_args = 3, .args = { ADDR("start"), SIZE, ALIGN },
		.legal = FIND_LEGAL CLOSED, .frame = "[answer, answer + size): RAM becomes none",
		.summary = "take the top of the lowest free block of RAM that is large enough out of the map",
		.c = "take(early_reserve_e820($start, $size, $align))",
	}, {
		.id = E_RES_MAX_MAPPED, .name = "max_mapped", .call = "get_max_mapped",
		.flags = OP_QUERY,
		.legal = "legal", .frame = "nothing",
		.summary = "the end of mapped memory in bytes",
		.c = "get_max_mapped()",
	}, {
		.id = E_RES_TO_BOOTMEM, .name = "to_bootmem", .call = "early_res_to_bootmem",
		.flags = OP_ENDS, .nr_args = 2, .args = { ADDR("start"), END("end") },
		.legal = "legal when all reservations lie inside, once; else misuse",
		.frame = "all reservations end; what was handed off",
		.summary = "pass the reservations to bootmem and forget them",
		.c = "to_bootmem(bootmem_end($start), bootmem_end($end))",
	}, {
		.id = E_RES_GET_FREE, .name = "get_free", .call = "get_free_all_memory_range",
		.flags = OP_ENDS, .nr_args = 1,
		.args = { { .name = "nid", .kind = ARG_CHOICE, .max = EARLY_RES_MAX_NODES,
			    .choices = node_or_all } },
		.legal = "legal" CLOSED,
		.frame = "with all nodes all reservations end; what was handed off",
		.summary = "the active pages of a node that are not reserved",
		.c = "get_free($nid)",
	},
};

const struct config_desc early_res_configs[] = {
	{
		.id = EARLY_RES_NORMAL, .name = "normal", .slots = 32,
		.cfg = "CONFIG_X86_64=y CONFIG_NO_BOOTMEM=y CONFIG_NUMA=y CONFIG_NODES_SHIFT=6 "
		       "(x86_64 defconfig; 32 slots at first)",
	}, {
		.id = EARLY_RES_SMALL, .name = "small", .slots = 4, .synthetic = true,
		.cfg = "the reference's own with 4 slots at first",
	},
};

#define I386		"CONFIG_X86_32=y CONFIG_HIGHMEM4G=y CONFIG_NUMA=y CONFIG_NODES_SHIFT=6"
#define I386_PAE	"CONFIG_X86_32=y CONFIG_HIGHMEM64G=y CONFIG_X86_PAE=y CONFIG_NUMA=y " \
			"CONFIG_NODES_SHIFT=6"

const struct config_desc early_res_variants[] = {
	[EARLY_RES_BOOTMEM] = {
		.id = EARLY_RES_NORMAL, .name = "bootmem", .slots = 32,
		.cfg = "as normal, but CONFIG_NO_BOOTMEM unset",
	},
	[EARLY_RES_MEMBLOCK] = {
		.id = EARLY_RES_NORMAL, .name = "memblock", .slots = 128, .synthetic = true,
		.cfg = "mm/memblock.c behind early_res's calls, as v2.6.37 moved (128 regions at first)",
	},
	[EARLY_RES_X86_32] = {
		.id = EARLY_RES_NORMAL, .name = "x86_32", .slots = 32, .synthetic = true,
		.long_bits = 32, .phys_bits = 32,
		.cfg = I386 " CONFIG_NO_BOOTMEM=y (32 slots at first)",
	},
	[EARLY_RES_X86_32_PAE] = {
		.id = EARLY_RES_NORMAL, .name = "x86_32_pae", .slots = 32, .synthetic = true,
		.long_bits = 32,
		.cfg = I386_PAE " CONFIG_NO_BOOTMEM=y (32 slots at first)",
	},
	[EARLY_RES_X86_32_BOOTMEM] = {
		.id = EARLY_RES_NORMAL, .name = "x86_32_bootmem", .slots = 32,
		.synthetic = true, .long_bits = 32, .phys_bits = 32,
		.cfg = I386 ", CONFIG_NO_BOOTMEM unset (32 slots at first)",
	},
	[EARLY_RES_X86_32_PAE_BOOTMEM] = {
		.id = EARLY_RES_NORMAL, .name = "x86_32_pae_bootmem", .slots = 32,
		.synthetic = true, .long_bits = 32,
		.cfg = I386_PAE ", CONFIG_NO_BOOTMEM unset (32 slots at first)",
	},
};

bool early_res_is_memblock(const struct config_desc *c)
{
	return c == &early_res_variants[EARLY_RES_MEMBLOCK];
}

const char *early_res_name(uint64_t operand)
{
	static const char *const text[EARLY_RES_NAMES] = {
		[NAME_EMPTY] = "",
		[NAME_SHORT] = "BIOS",
		[NAME_14] = "fourteen chars",
		[NAME_15] = "fifteen letters",
		[NAME_16] = "sixteen letters!",
		[NAME_LONG] = "a name that is far too long for its slot",
	};

	return operand < EARLY_RES_NAMES ? text[operand] : NULL;
}

static const char *reserved_name(uint32_t type)
{
	return type == EARLY_RES_FIRM ? "firm" : type == EARLY_RES_OVERLAP_OK ? "overlap_ok" : NULL;
}

static const char *own_name(uint32_t type)
{
	return type == EARLY_RES_TABLE ? "table" : type == EARLY_RES_RANGES ? "ranges" : NULL;
}

static const struct table_desc tables[] = {
	[E_RES_RESERVED] = { "reserved", TABLE_MEMORY, reserved_name },
	[E_RES_OWN] = { "own", TABLE_MEMORY, own_name },
	[E_RES_RAM] = { "ram", TABLE_MEMORY, NULL },
	[E_RES_HANDOFF] = { "hand-off", TABLE_MEMORY, NULL },
	[E_RES_ANSWER] = { "answer", TABLE_REPORT, NULL },
};

/*
 * Where the search closes: RAM that is mapped has room for the hand-off's array and none for a
 * table of twice the slots (the list cannot grow without end), all other RAM is not mapped. Two
 * pages of node 1, two of node 2; boundaries inside of pages.
 */
static const struct op search_machine[] = {
	{ E_RES_MAP, 0, { 0x1000, 0xf0, EARLY_RES_MAP_RAM } },
	{ E_RES_MAP, 0, { 1ULL << 32, 0x4000, EARLY_RES_MAP_RAM } },
	{ E_RES_NODE, 0, { 1, 0x100000, 0x100002 } },
	{ E_RES_NODE, 0, { 2, 0x100002, 0x100004 } },
};

static const struct op search_more[] = {
	{ E_RES_GET_FREE, 0, { EARLY_RES_MAX_NODES } },
};

static const struct search_start search = {
	.value = { 0x1080, 1ULL << 32, (1ULL << 32) + 0x1800, (1ULL << 32) + 0x4000 },
	.nr = 4, .choices = 1,
	.op = search_machine,
	.nr_ops = sizeof(search_machine) / sizeof(search_machine[0]),
	.leave_out = 1ULL << E_RES_MAP | 1ULL << E_RES_MAPPED | 1ULL << E_RES_NODE |
		     1ULL << E_RES_ACTIVE_RAM | 1ULL << E_RES_GET_FREE,
	.more = search_more,
	.nr_more = sizeof(search_more) / sizeof(search_more[0]),
};

const struct family early_res_family = {
	.name = "early_res",
	.id = 3,
	.file = "kernel/early_res.c",
	.ops = ops,
	.nr_ops = sizeof(ops) / sizeof(ops[0]),
	.configs = early_res_configs,
	.nr_configs = sizeof(early_res_configs) / sizeof(early_res_configs[0]),
	.variants = early_res_variants,
	.nr_variants = EARLY_RES_VARIANTS,
	.tables = tables,
	.nr_tables = E_RES_TABLES,
	.slots_table = E_RES_OWN,
	.search = &search,
};

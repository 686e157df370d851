// SPDX-License-Identifier: GPL-2.0-only
#include "boot.h"

#include "e820.h"
#include "early_res.h"
#include "memblock.h"

static const struct choice nodes[] = {
	{ 0, "node0", 4 },
	{ 1, "node1", 4 },
	{ 2, "node2", 1 },
	{ 0, NULL, 0 },
};

#define START	{ .name = "start", .kind = ARG_ADDR }
#define END	{ .name = "end", .kind = ARG_END }	/* 0 is one, too */
#define SIZE	{ .name = "size", .kind = ARG_SIZE }
#define ALIGN	{ .name = "align", .kind = ARG_ALIGN }
#define PFN(n)	{ .name = n, .kind = ARG_PFN, .max = E820_MAX_ARCH_PFN }
#define TYPE(n)	{ .name = n, .kind = ARG_CHOICE, .max = UINT32_MAX, .choices = e820_type_choices }
#define NAME	{ .name = "name", .kind = ARG_CHOICE, .max = EARLY_RES_NAMES - 1,	\
		  .choices = early_res_name_choices }
#define NID	{ .name = "nid", .kind = ARG_CHOICE, .max = MEMBLOCK_NODES - 1, .choices = nodes }
#define TEXT	{ { .name = "text", .kind = ARG_TEXT }, { .name = "", .kind = ARG_TEXT },	\
		  { .name = "", .kind = ARG_TEXT }, { .name = "", .kind = ARG_TEXT },	\
		  { .name = "", .kind = ARG_TEXT }, { .name = "", .kind = ARG_TEXT } }

#define MAP_LEGAL(op)	"as e820's " op "; after setup: misuse"
#define FRAME_MAP	"nothing before the hand-off"
#define FRAME_TABLES	"the allocators' tables"

static const struct op_desc ops[] = {
	{
		.id = B_ENTRY, .name = "entry", .flags = OP_TOKEN,
		.parents = 1ULL << B_FIRMWARE | 1ULL << B_EXTEND,
		.nr_args = 3, .args = { START, SIZE, TYPE("type") },
		.legal = "as its op", .frame = "-", .summary = "an entry of the firmware's table",
		.c = "{ $start, $size, $type }",
	}, {
		.id = B_PARAM, .name = "param", .flags = OP_TOKEN,
		.parents = 1ULL << B_CMDLINE, .nr_args = OP_ARGS_MAX, .args = TEXT,
		.legal = "as its op", .frame = "-", .summary = "begin a parameter of the command line",
		.c = "$text",
	}, {
		.id = B_MORE, .name = "more", .flags = OP_TOKEN,
		.parents = 1ULL << B_CMDLINE, .nr_args = OP_ARGS_MAX, .args = TEXT,
		.legal = "as its op", .frame = "-", .summary = "continue the parameter",
		.c = "$text",
	}, {
		.id = B_FIRMWARE, .name = "firmware", .call = "e820__memory_setup",
		.call_old = "setup_memory_map", .flags = OP_TAKES_TOKENS | OP_FILLS,
		.nr_args = 3,
		.args = { { .name = "count", .kind = ARG_COUNT, .max = E820_ZEROPAGE_MAX,
			    .per_token = 1 },
			  { .name = "alt_mem_k", .kind = ARG_COUNT, .max = UINT32_MAX },
			  { .name = "ext_mem_k", .kind = ARG_COUNT, .max = UINT16_MAX } },
		.legal = MAP_LEGAL("memory_setup"), .frame = FRAME_MAP,
		.summary = "make the map of what the firmware says",
		.c = "zeropage($tokens), memory_is($count, $alt_mem_k, $ext_mem_k), "
		     "e820__memory_setup()",
	}, {
		.id = B_EXTEND, .name = "extend", .call = "e820__memory_setup_extended",
		.call_old = "parse_e820_ext", .flags = OP_TAKES_TOKENS,
		.nr_args = 2,
		.args = { { .name = "addr", .kind = ARG_ADDR, .max = E820_EXT_SPAN - 1 },
			  { .name = "len", .kind = ARG_COUNT, .max = E820_EXT_LEN_MAX,
			    .per_token = 20 } },
		.legal = MAP_LEGAL("extend"), .frame = FRAME_MAP,
		.summary = "add what a setup_data block holds to the map",
		.c = "setup_data_block($phys, $payload, $tokens), "
		     "e820__memory_setup_extended($phys, $bytes)",
	}, {
		.id = B_CMDLINE, .name = "cmdline", .call = "parse_memopt, parse_memmap_opt",
		.call_old = "parse_memopt, parse_memmap_opt", .flags = OP_TAKES_TOKENS,
		.legal = MAP_LEGAL("cmdline"), .frame = FRAME_MAP,
		.summary = "mem= and memmap= of a command line change the map",
		.c = "parse_cmdline($line)",
	}, {
		.id = B_FINISH, .name = "finish", .call = "e820__finish_early_params",
		.call_old = "finish_e820_parsing",
		.legal = MAP_LEGAL("finish_early_params"), .frame = FRAME_MAP,
		.summary = "accept the user's map, or panic",
		.c = "e820__finish_early_params()",
	}, {
		.id = B_BIOS, .name = "bios", .call = "trim_bios_range: e820__range_update, "
			"e820__range_remove, e820__update_table",
		.call_old = "e820_update_range, e820_remove_range, sanitize_e820_map",
		.legal = MAP_LEGAL("update"), .frame = FRAME_MAP,
		.summary = "the first page and [640 KiB, 1 MiB) are no RAM",
		.c = "trim_bios_range()",
	}, {
		.id = B_UPDATE, .name = "update", .call = "e820__range_update, e820__update_table",
		.call_old = "e820_update_range, sanitize_e820_map",
		.nr_args = 4, .args = { START, SIZE, TYPE("old"), TYPE("new") },
		.legal = MAP_LEGAL("update"), .frame = FRAME_MAP,
		.summary = "change the type of a range and update the map",
		.c = "update_map($start, $size, $old, $new)",
	}, {
		.id = B_RESERVE, .name = "reserve", .call = "memblock_reserve",
		.call_old = "reserve_early", .flags = OP_CLAIMS,
		.nr_args = 3, .args = { START, SIZE, NAME },
		.legal = "as early_res's or memblock's reserve; after handoff: misuse",
		.frame = FRAME_TABLES, .summary = "a range is taken",
		.c = "$reserve($range)",
	}, {
		.id = B_RESERVE_OVERLAP_OK, .name = "reserve_overlap_ok", .call = "memblock_reserve",
		.call_old = "reserve_early_overlap_ok", .flags = OP_CLAIMS,
		.nr_args = 3, .args = { START, SIZE, NAME },
		.legal = "as reserve", .frame = FRAME_TABLES,
		.summary = "a range is taken that may give way to later ones",
		.c = "$reserve_overlap_ok($range)",
	}, {
		.id = B_FREE, .name = "free", .call = "memblock_phys_free",
		.call_old = "free_early_partial", .flags = OP_RELEASES,
		.nr_args = 2, .args = { START, SIZE },
		.legal = "as early_res's free_partial or memblock's phys_free; after handoff: misuse",
		.frame = FRAME_TABLES, .summary = "what of a range is reserved is not any more",
		.c = "$free($range)",
	}, {
		.id = B_SETUP, .name = "setup",
		.call = "e820__memblock_setup, e820__end_of_ram_pfn",
		.call_old = "e820_end_of_ram_pfn", .flags = OP_FILLS,
		.legal = "legal once; else misuse", .frame = FRAME_TABLES,
		.summary = "the map's RAM is what may be allocated",
		.c = "$fill(void)(max_pfn = e820__end_of_ram_pfn(), "
		     "max_low_pfn = low_pages(max_pfn))",
	}, {
		.id = B_MAPPED, .name = "mapped", .call = "memblock_set_current_limit",
		.call_old = "max_pfn_mapped", .nr_args = 1,
		.args = { { .name = "pfn", .kind = ARG_PFN, .max = EARLY_RES_MAPPED_MAX } },
		.legal = "legal", .frame = "nothing",
		.summary = "memory below this page can be reached from now on",
		.c = "$mapped",
	}, {
		.id = B_LOW, .name = "low", .call = "max_low_pfn", .call_old = "max_low_pfn",
		.nr_args = 1, .args = { PFN("pfn") },
		.legal = "legal after setup; else misuse", .frame = "nothing",
		.summary = "pages below this one are passed on, where that applies",
		.c = "(void)(max_low_pfn = low_pages($pfn))",
	}, {
		.id = B_BOTTOM_UP, .name = "bottom_up", .call = "memblock_set_bottom_up",
		.flags = OP_FILLS, .nr_args = 1, .args = { { .name = "on", .kind = ARG_BOOL } },
		.legal = "legal before the first reservation; else misuse", .frame = "nothing",
		.summary = "search from below, as early_res does",
		.c = "memblock_set_bottom_up($on)",
	}, {
		.id = B_FIND, .name = "find", .call = "memblock_find_in_range",
		.call_old = "find_e820_area", .flags = OP_QUERY,
		.nr_args = 4, .args = { START, END, SIZE, ALIGN },
		.legal = "as find_e820 or find_in_range; before setup: misuse", .frame = "nothing",
		.summary = "find free memory in a window",
		.c = "memblock_find_in_range($start, $end, $size, $align)",
	}, {
		.id = B_ALLOC, .name = "alloc", .call = "memblock_phys_alloc_range",
		.call_old = "find_e820_area, reserve_early",
		.nr_args = 4, .args = { SIZE, ALIGN, START, END },
		.legal = "as find; after handoff: misuse", .frame = FRAME_TABLES,
		.summary = "find free memory in a window and take it",
		.c = "memblock_phys_alloc_range($size, $align, $start, $end)",
	}, {
		.id = B_ALLOC_NODE, .name = "alloc_node", .call = "memblock_phys_alloc_try_nid",
		.nr_args = 3, .args = { SIZE, ALIGN, NID },
		.legal = "as alloc", .frame = FRAME_TABLES,
		.summary = "take free memory, of a node if there is any",
		.c = "memblock_phys_alloc_try_nid($size, $align, $nid)",
	}, {
		.id = B_ALLOC_RESERVED, .name = "alloc_reserved",
		.call = "e820__memblock_alloc_reserved", .call_old = "early_reserve_e820",
		.nr_args = 2, .args = { SIZE, ALIGN },
		.legal = "as alloc", .frame = FRAME_TABLES,
		.summary = "take free memory that is reserved in the map, too",
		.c = "e820__memblock_alloc_reserved($size, $align)",
	}, {
		.id = B_NODE, .name = "node", .call = "memblock_set_node",
		.call_old = "e820_register_active_regions",
		.nr_args = 3, .args = { NID, PFN("start"), PFN("end") },
		.legal = "legal where no page of it is on a node yet; before setup, after handoff: misuse",
		.frame = FRAME_TABLES, .summary = "pages are on a node",
		.c = "set_node($nid, $start, $end)",
	}, {
		.id = B_HANDOFF, .name = "handoff", .call = "memblock_free_all",
		.call_old = "get_free_all_memory_range, early_res_to_bootmem",
		.flags = OP_ENDS,
		.legal = "legal once after setup; else misuse", .frame = "what was passed on; " FRAME_TABLES,
		.summary = "all free pages go to the page allocator",
		.c = "memblock_free_all()",
	}, {
		.id = B_DISCARD, .name = "discard", .call = "memblock_discard", .flags = OP_ENDS,
		.legal = "legal once after handoff; else misuse",
		.frame = "what was passed on; " FRAME_TABLES,
		.summary = "the allocator's tables are given up",
		.c = "memblock_discard()",
	},
};

#define AMD64	"CONFIG_X86_64=y CONFIG_NUMA=y CONFIG_MEMORY_HOTPLUG=y " \
		"CONFIG_DEFERRED_STRUCT_PAGE_INIT=y; v2.6.34: CONFIG_NO_BOOTMEM=y"
#define BLOCKS	"; MAX_PAGE_ORDER (MAX_ORDER) 40, so that terabytes cost what megabytes cost"

const struct config_desc boot_configs[] = {
	{
		.id = BOOT_NORMAL, .name = "normal", .slots = 128,
		.cfg = AMD64 " (Debian amd64; 320 entries, 128 regions at first)" BLOCKS,
	}, {
		.id = BOOT_SMALL, .name = "small", .slots = 4, .synthetic = true,
		.cfg = "as normal, 8 entries in the map, INIT_MEMBLOCK_MEMORY_REGIONS=4 "
		       "INIT_MEMBLOCK_RESERVED_REGIONS=4",
	},
};

#define I386		"CONFIG_X86_32=y CONFIG_HIGHMEM4G=y, CONFIG_NUMA unset"
#define I386_PAE	"CONFIG_X86_32=y CONFIG_HIGHMEM64G=y CONFIG_X86_PAE=y, CONFIG_NUMA unset"
#define I386_MORE	" (Debian i386; 131 entries, 128 regions at first); MAX_PAGE_ORDER " \
			"(MAX_ORDER) 30"

const struct config_desc boot_variants[] = {
	[BOOT_BOOTMEM] = {
		.id = BOOT_NORMAL, .name = "bootmem", .slots = 32,
		.cfg = "CONFIG_NO_BOOTMEM unset (v2.6.34 to v2.6.36; bootmem is an interval set)",
	},
	[BOOT_X86_32] = {
		.id = BOOT_NORMAL, .name = "x86_32", .slots = 128, .long_bits = 32, .phys_bits = 32,
		.cfg = I386 I386_MORE,
	},
	[BOOT_X86_32_PAE] = {
		.id = BOOT_NORMAL, .name = "x86_32_pae", .slots = 128, .long_bits = 32,
		.cfg = I386_PAE I386_MORE,
	},
	[BOOT_X86_32_BOOTMEM] = {
		.id = BOOT_NORMAL, .name = "x86_32_bootmem", .slots = 32, .long_bits = 32,
		.phys_bits = 32,
		.cfg = I386 ", CONFIG_NO_BOOTMEM unset",
	},
	[BOOT_X86_32_PAE_BOOTMEM] = {
		.id = BOOT_NORMAL, .name = "x86_32_pae_bootmem", .slots = 32, .long_bits = 32,
		.cfg = I386_PAE ", CONFIG_NO_BOOTMEM unset",
	},
};

bool boot_is_bootmem(const struct config_desc *c)
{
	return c == &boot_variants[BOOT_BOOTMEM] || c == &boot_variants[BOOT_X86_32_BOOTMEM] ||
	       c == &boot_variants[BOOT_X86_32_PAE_BOOTMEM];
}

static const struct memblock_config_facts memblock_32 = {
	.slots = { 128, 128 }, .region = 12, .unbounded = true, .phys_max = UINT32_MAX,
};

static const struct memblock_config_facts memblock_pae = {
	.slots = { 128, 128 }, .region = 20, .unbounded = true, .phys_max = UINT64_MAX,
};

static const struct memblock_config_facts memblock_of[] = {
	[BOOT_NORMAL] = {
		.slots = { 128, 128 }, .region = 24, .numa = true, .hotplug = true,
		.unbounded = true, .phys_max = UINT64_MAX,
	},
	[BOOT_SMALL] = {
		.slots = { 4, 4 }, .region = 24, .numa = true, .hotplug = true,
		.unbounded = true, .phys_max = UINT64_MAX,
	},
};

const struct memblock_config_facts *boot_memblock_facts(const struct config_desc *c)
{
	if (c->long_bits == 32)
		return c->phys_bits == 32 ? &memblock_32 : &memblock_pae;
	return &memblock_of[c->id];
}

static const char *own_name(uint32_t type)
{
	static const char *const names[] = { NULL, "memory", "reserved", "ranges" };

	return type < sizeof(names) / sizeof(names[0]) ? names[type] : NULL;
}

static const char *pages_name(uint32_t type)
{
	return type == BOOT_FREED ? "freed" : NULL;
}

static const struct table_desc tables[] = {
	[B_PAGES] = { "pages", TABLE_MEMORY, pages_name },
	[B_BOTH] = { "pages and tables", TABLE_MEMORY, pages_name },
	[B_OWN] = { "own", TABLE_MEMORY, own_name },
	[B_INITIALISED] = { "initialised", TABLE_MEMORY, NULL },
};

/* Calls in the order of a boot (arch/x86/kernel/setup.c). */
static const uint8_t boot[] = {
	B_BOTTOM_UP, B_RESERVE, B_RESERVE_OVERLAP_OK, B_FIRMWARE, B_EXTEND, B_CMDLINE, B_FINISH,
	B_BIOS, B_UPDATE, B_SETUP, B_MAPPED, B_LOW, B_ALLOC, B_ALLOC_RESERVED, B_NODE,
	B_ALLOC_NODE, B_FREE, B_HANDOFF, B_DISCARD, 0
};

static unsigned int generation(uint32_t version)
{
	return boot_on_early_res(version) ? 1 : 2;
}

const struct family boot_family = {
	.name = "boot",
	.id = 5,
	.file = "arch/x86/kernel/e820.c",
	.ops = ops,
	.nr_ops = sizeof(ops) / sizeof(ops[0]),
	.configs = boot_configs,
	.nr_configs = BOOT_CONFIGS,
	.variants = boot_variants,
	.nr_variants = BOOT_VARIANTS,
	.tables = tables,
	.nr_tables = B_TABLES,
	.slots_table = B_OWN,
	.boot = boot,
	.generation = generation,
	.of_generation = 1u << B_PAGES | 1u << B_OWN | 1u << B_INITIALISED,
};

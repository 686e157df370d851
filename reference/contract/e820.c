// SPDX-License-Identifier: GPL-2.0-only
#include "e820.h"

/* 0 means "any type" in queries and "nothing" elsewhere. */
const struct choice e820_type_choices[] = {
	{ E820_T_NONE, "none", 1 },
	{ E820_T_RAM, "ram", 12 },
	{ E820_T_RESERVED, "reserved", 8 },
	{ E820_T_ACPI, "acpi", 3 },
	{ E820_T_NVS, "nvs", 3 },
	{ E820_T_UNUSABLE, "unusable", 1 },
	{ E820_T_PMEM, "pmem", 1 },
	{ E820_T_PRAM, "pram", 2 },
	{ E820_T_RESERVED_KERN, "reserved_kern", 1 },
	{ E820_T_SOFT_RESERVED, "soft_reserved", 2 },
	{ 0, NULL, 0 },
};

static const struct choice setup_types[] = {
	{ E820_SETUP_NONE, "none", 1 },
	{ E820_SETUP_E820_EXT, "e820_ext", 4 },
	{ E820_SETUP_DTB, "dtb", 2 },
	{ E820_SETUP_PCI, "pci", 2 },
	{ E820_SETUP_EFI, "efi", 3 },
	{ E820_SETUP_APPLE, "apple", 1 },
	{ E820_SETUP_JAILHOUSE, "jailhouse", 1 },
	{ E820_SETUP_CC_BLOB, "cc_blob", 1 },
	{ E820_SETUP_IMA, "ima", 3 },
	{ E820_SETUP_RNG_SEED, "rng_seed", 3 },
	{ E820_SETUP_INDIRECT, "indirect", 8 },
	/* what a payload names as its own type, as boot.rst has it */
	{ E820_SETUP_INDIRECT | E820_SETUP_E820_EXT, "indirect_e820_ext", 2 },
	{ E820_SETUP_INDIRECT | E820_SETUP_DTB, "indirect_dtb", 2 },
	{ E820_SETUP_INDIRECT | E820_SETUP_PCI, "indirect_pci", 1 },
	{ E820_SETUP_INDIRECT | E820_SETUP_EFI, "indirect_efi", 1 },
	{ E820_SETUP_INDIRECT | E820_SETUP_APPLE, "indirect_apple", 1 },
	{ E820_SETUP_INDIRECT | E820_SETUP_JAILHOUSE, "indirect_jailhouse", 1 },
	{ E820_SETUP_INDIRECT | E820_SETUP_CC_BLOB, "indirect_cc_blob", 1 },
	{ E820_SETUP_INDIRECT | E820_SETUP_IMA, "indirect_ima", 1 },
	{ E820_SETUP_INDIRECT | E820_SETUP_RNG_SEED, "indirect_rng_seed", 1 },
	{ 0, NULL, 0 },
};

static const struct choice which[] = {
	{ E820_MAIN, "main", 1 },
	{ E820_KEXEC, "kexec", 1 },
	{ E820_FIRMWARE, "firmware", 1 },
	{ 0, NULL, 0 },
};

#define START	{ .name = "start", .kind = ARG_ADDR }
#define END	{ .name = "end", .kind = ARG_END }
#define SIZE	{ .name = "size", .kind = ARG_SIZE }
#define TYPE(n)	{ .name = n, .kind = ARG_CHOICE, .max = UINT32_MAX, .choices = e820_type_choices }
#define TEXT	{ { .name = "text", .kind = ARG_TEXT }, { .name = "", .kind = ARG_TEXT },	\
		  { .name = "", .kind = ARG_TEXT }, { .name = "", .kind = ARG_TEXT },	\
		  { .name = "", .kind = ARG_TEXT }, { .name = "", .kind = ARG_TEXT } }

#define IN_RANGE	"within [start, start + size) only"
#define RANGE_LEGAL	"legal without wrap on a valid table; wrap: cmdline; invalid entries or a full table: firmware"
#define QUERY_LEGAL	"legal with start < end; else misuse"

static const struct op_desc ops[] = {
	{
		.id = E820_ADD, .name = "add", .call = "e820__range_add",
		.call_old = "e820_add_region",
		.nr_args = 3, .args = { START, SIZE, TYPE("type") },
		.legal = RANGE_LEGAL, .frame = "one entry more in main",
		.summary = "append an entry as it is",
		.c = "e820__range_add($start, $size, $type)",
	}, {
		.id = E820_UPDATE, .name = "update", .call = "e820__range_update",
		.call_old = "e820_update_range",
		.nr_args = 4, .args = { START, SIZE, TYPE("old"), TYPE("new") },
		.legal = RANGE_LEGAL "; old == new: misuse, BUG",
		.frame = IN_RANGE ": old becomes new",
		.summary = "change the type of what has type old in a range",
		.c = "e820__range_update($start, $size, $old, $new)",
	}, {
		.id = E820_UPDATE_KEXEC, .name = "update_kexec",
		.call = "e820__range_update_kexec (e820__range_update_table since v6.12)",
		.call_old = "e820_update_range_saved",
		.nr_args = 4, .args = { START, SIZE, TYPE("old"), TYPE("new") },
		.legal = RANGE_LEGAL "; old == new: misuse, BUG",
		.frame = IN_RANGE ": old becomes new, in the kexec table",
		.summary = "the same in the kexec table",
		.c = "e820__range_update_table(e820_table_kexec, $start, $size, $old, $new)",
	}, {
		.id = E820_REMOVE, .name = "remove", .call = "e820__range_remove",
		.call_old = "e820_remove_range",
		.nr_args = 4, .args = { START, SIZE, TYPE("old"), { .name = "check_type", .kind = ARG_BOOL } },
		.legal = RANGE_LEGAL, .frame = IN_RANGE ": old (or all) becomes nothing",
		.summary = "remove what has type old (or any type) in a range",
		.c = "e820__range_remove($start, $size, $old, $check_type)",
	}, {
		.id = E820_UPDATE_TABLE, .name = "update_table", .call = "e820__update_table",
		.call_old = "sanitize_e820_map",
		.nr_args = 1,
		.args = { { .name = "table", .kind = ARG_CHOICE, .max = E820_FIRMWARE, .choices = which } },
		.legal = "legal; a table with invalid entries: firmware",
		.frame = "each covered byte keeps its highest type, once",
		.summary = "sort, resolve overlaps, merge neighbours",
		.c = "e820__update_table($table)",
	}, {
		.id = E820_MAPPED_RAW_ANY, .name = "mapped_raw_any", .call = "e820__mapped_raw_any",
		.flags = OP_QUERY,
		.nr_args = 3, .args = { START, END, TYPE("type") },
		.legal = QUERY_LEGAL, .frame = "nothing",
		.summary = "does the firmware's table have this type anywhere in a range",
		.c = "e820__mapped_raw_any($start, $end, $type)",
	}, {
		.id = E820_MAPPED_ANY, .name = "mapped_any", .call = "e820__mapped_any",
		.call_old = "e820_any_mapped", .flags = OP_QUERY,
		.nr_args = 3, .args = { START, END, TYPE("type") },
		.legal = QUERY_LEGAL, .frame = "nothing",
		.summary = "does main have this type anywhere in a range",
		.c = "e820__mapped_any($start, $end, $type)",
	}, {
		.id = E820_MAPPED_ALL, .name = "mapped_all", .call = "e820__mapped_all",
		.call_old = "e820_all_mapped", .flags = OP_QUERY,
		.nr_args = 3, .args = { START, END, TYPE("type") },
		.legal = QUERY_LEGAL "; a table that is unsorted or overlaps: misuse",
		.frame = "nothing", .summary = "does main have this type everywhere in a range",
		.c = "e820__mapped_all($start, $end, $type)",
	}, {
		.id = E820_GET_ENTRY_TYPE, .name = "get_entry_type", .call = "e820__get_entry_type",
		.flags = OP_QUERY,
		.nr_args = 2, .args = { START, END },
		.legal = QUERY_LEGAL "; a table that is unsorted or overlaps: misuse",
		.frame = "nothing", .summary = "the type that covers a range",
		.c = "e820__get_entry_type($start, $end)",
	}, {
		.id = E820_APPEND, .name = "append", .call = "append_e820_table",
		.call_old = "append_e820_map",
		.flags = OP_TAKES_TOKENS,
		.nr_args = 1, .args = { { .name = "count", .kind = ARG_COUNT, .max = E820_ZEROPAGE_MAX,
					   .per_token = 1 } },
		.legal = "legal with valid, disjoint entries that fit and count = their number; else firmware",
		.frame = "main grows by the entries",
		.summary = "append boot_params' entries",
		.c = "append_e820_table(zeropage($tokens), $count)",
	}, {
		.id = E820_EXTEND, .name = "extend", .call = "e820__memory_setup_extended",
		.call_old = "parse_e820_ext",
		.flags = OP_TAKES_TOKENS,
		.nr_args = 2,
		.args = { { .name = "addr", .kind = ARG_ADDR, .max = E820_EXT_SPAN - 1 },
			  { .name = "len", .kind = ARG_COUNT, .max = E820_EXT_LEN_MAX,
			    .per_token = 20 } },
		.legal = "legal with valid, disjoint entries that fit and len = 20 * their number; else firmware",
		.frame = "main grows by the entries and is updated; kexec and firmware become copies",
		.summary = "append the extended table that setup_data holds, update, copy",
		.c = "setup_data_block($phys, $payload, $tokens), "
		     "e820__memory_setup_extended($phys, $bytes)",
	}, {
		.id = E820_MEMBLOCK_SETUP, .name = "memblock_setup", .call = "e820__memblock_setup",
		.legal = "legal", .frame = "nothing but memblock",
		.summary = "hand RAM and soft-reserved memory over to memblock",
		.c = "e820__memblock_setup()",
	}, {
		.id = E820_MEMBLOCK_ALLOC_RESERVED, .name = "memblock_alloc_reserved",
		.call = "e820__memblock_alloc_reserved",
		.nr_args = 3,
		.args = { SIZE, { .name = "align", .kind = ARG_ALIGN }, { .name = "at", .kind = ARG_ADDR } },
		.legal = "legal with [at, at + size) RAM of main and at aligned, or at = 0; else misuse",
		.frame = "kexec: [at, at + size) RAM becomes RESERVED; then updated",
		.summary = "allocate from memblock, keep it out of the kexec table's RAM",
		.c = "memblock_gives($at), e820__memblock_alloc_reserved($size, $align)",
	}, {
		.id = E820_END_OF_RAM_PFN, .name = "end_of_ram_pfn", .call = "e820__end_of_ram_pfn",
		.call_old = "e820_end_of_ram_pfn", .flags = OP_QUERY,
		.legal = "legal", .frame = "nothing", .summary = "pfn after the last page of RAM",
		.c = "e820__end_of_ram_pfn()",
	}, {
		.id = E820_END_OF_LOW_RAM_PFN, .name = "end_of_low_ram_pfn",
		.call = "e820__end_of_low_ram_pfn",
		.call_old = "e820_end_of_low_ram_pfn", .flags = OP_QUERY,
		.legal = "legal", .frame = "nothing", .summary = "the same below 4 GiB",
		.c = "e820__end_of_low_ram_pfn()",
	}, {
		.id = E820_PRINT_TABLE, .name = "print_table", .call = "e820__print_table",
		.call_old = "e820_print_map", .flags = OP_QUERY,
		.legal = "legal", .frame = "nothing", .summary = "print main",
		.c = "e820__print_table(\"shim\")",
	}, {
		.id = E820_ENTRY, .name = "entry", .flags = OP_TOKEN,
		.parents = 1ULL << E820_APPEND | 1ULL << E820_EXTEND |
			   1ULL << E820_MEMORY_SETUP,
		.nr_args = 3, .args = { START, SIZE, TYPE("type") },
		.legal = "as its op", .frame = "-", .summary = "an entry of the firmware's table",
		.c = "{ $start, $size, $type }",
	}, {
		.id = E820_SETUP_GAP, .name = "setup_gap", .call = "e820__setup_pci_gap",
		.call_old = "e820_setup_gap", .flags = OP_QUERY,
		.nr_args = 1,
		.args = { { .name = "max_pfn", .kind = ARG_PFN, .max = E820_MAX_ARCH_PFN } },
		.legal = "legal with a sorted table of valid, disjoint entries, none empty; else firmware",
		.frame = "nothing", .summary = "find room for PCI below 4 GiB",
		.c = "max_pfn = $max_pfn, e820__setup_pci_gap(), pci_mem_start",
	}, {
		.id = E820_NOSAVE, .name = "nosave", .call = "e820__register_nosave_regions",
		.call_old = "e820_mark_nosave_regions", .flags = OP_QUERY,
		.nr_args = 1,
		.args = { { .name = "limit_pfn", .kind = ARG_PFN, .max = E820_MAX_ARCH_PFN } },
		.legal = "legal with a sorted table of disjoint entries, one at least, none empty; else firmware",
		.frame = "nothing", .summary = "tell hibernation which pages are not RAM",
		.c = "e820__register_nosave_regions($limit_pfn)",
	}, {
		.id = E820_REGISTER_NVS, .name = "nvs", .call = "e820__register_nvs_regions",
		.call_old = "e820_mark_nvs_memory", .flags = OP_QUERY,
		.legal = "legal", .frame = "nothing",
		.summary = "tell ACPI which memory to save over a sleep",
		.c = "e820__register_nvs_regions()",
	}, {
		.id = E820_HOLE_SIZE, .name = "hole_size", .call = "e820_hole_size (gone since)",
		.call_old = "e820_hole_size", .flags = OP_QUERY,
		.nr_args = 2, .args = { START, END },
		.legal = "legal with start <= end, both aligned to pages, and a sorted table of disjoint entries; else misuse",
		.frame = "nothing", .summary = "bytes of a range that are no page of RAM",
		.c = "e820_hole_size($start, $end)",
	}, {
		.id = E820_MEMORY_SETUP, .name = "memory_setup", .call = "e820__memory_setup",
		.call_old = "setup_memory_map", .flags = OP_TAKES_TOKENS | OP_DEAR,
		.nr_args = 3,
		.args = { { .name = "count", .kind = ARG_COUNT, .max = E820_ZEROPAGE_MAX,
			    .per_token = 1 },
			  { .name = "alt_mem_k", .kind = ARG_COUNT, .max = UINT32_MAX },
			  { .name = "ext_mem_k", .kind = ARG_COUNT, .max = UINT16_MAX } },
		.legal = "legal with valid, disjoint entries that fit and count = their number, two at least; else firmware",
		.frame = "main grows by the entries, or is made up, and is updated; kexec and firmware become copies",
		.summary = "make the tables of what boot_params says",
		.c = "zeropage($tokens), memory_is($count, $alt_mem_k, $ext_mem_k), "
		     "e820__memory_setup()",
	}, {
		.id = E820_RESERVE_RESOURCES, .name = "reserve_resources",
		.call = "e820__reserve_resources", .call_old = "e820_reserve_resources",
		.legal = "legal", .frame = "nothing but the resources",
		.summary = "make resources of main's entries, tell sysfs firmware's",
		.c = "resources_begin(), e820__reserve_resources(), report_tree()",
	}, {
		.id = E820_RESERVE_RESOURCES_LATE, .name = "reserve_resources_late",
		.call = "e820__reserve_resources_late",
		.call_old = "e820_reserve_resources_late", .flags = OP_UNSEARCHED,
		.legal = "legal after reserve_resources with as many entries, sorted, disjoint, none empty; without: misuse; else firmware",
		.frame = "nothing but the resources",
		.summary = "insert the resources held back, keep what lies right behind RAM free",
		.c = "as_reserved(e820__reserve_resources_late())",
	}, {
		.id = E820_CMDLINE, .name = "cmdline", .call = "parse_memopt, parse_memmap_opt",
		.call_old = "parse_memopt, parse_memmap_opt",
		.flags = OP_TAKES_TOKENS | OP_DEAR,
		.legal = "legal with documented forms that fit, on a valid table; invalid entries: firmware; else cmdline",
		.frame = "main, as add, update and remove of the same ranges; exactmap: all of it",
		.summary = "give mem= and memmap= of a command line to their parsers",
		.c = "parse_cmdline($line)",
	}, {
		.id = E820_PARAM, .name = "param", .flags = OP_TOKEN,
		.parents = 1ULL << E820_CMDLINE, .nr_args = OP_ARGS_MAX, .args = TEXT,
		.legal = "as its op", .frame = "-", .summary = "begin a parameter of the command line",
		.c = "$text",
	}, {
		.id = E820_MORE, .name = "more", .flags = OP_TOKEN,
		.parents = 1ULL << E820_CMDLINE, .nr_args = OP_ARGS_MAX, .args = TEXT,
		.legal = "as its op", .frame = "-", .summary = "continue the parameter",
		.c = "$text",
	}, {
		.id = E820_FINISH_EARLY_PARAMS, .name = "finish_early_params",
		.call = "e820__finish_early_params", .call_old = "finish_e820_parsing",
		.legal = "legal with valid entries that fit when updated, one at least; else cmdline",
		.frame = "a user's main is updated",
		.summary = "accept the user's map, or panic",
		.c = "e820__finish_early_params()",
	}, {
		.id = E820_RESERVE_SETUP_DATA, .name = "reserve_setup_data",
		.call = "e820__reserve_setup_data", .flags = OP_TAKES_TOKENS | OP_DEAR,
		.nr_args = 1,
		.args = { { .name = "back", .kind = ARG_COUNT, .max = E820_DATA_MAX + 1 } },
		.legal = "legal with a chain that ends, of disjoint nodes in RAM that fit; else firmware",
		.frame = "within the nodes and what indirect ones name: RAM becomes RESERVED_KERN; main is updated",
		.summary = "reserve the boot loader's chain of setup_data",
		.c = "setup_data_chain($back, $tokens), e820__reserve_setup_data()",
	}, {
		.id = E820_DATA, .name = "data", .flags = OP_TOKEN,
		.parents = 1ULL << E820_RESERVE_SETUP_DATA,
		.nr_args = 3,
		.args = { { .name = "at", .kind = ARG_ADDR, .max = E820_DATA_END - E820_DATA_HEAD },
			  { .name = "type", .kind = ARG_CHOICE, .max = UINT32_MAX,
			    .choices = setup_types },
			  { .name = "len", .kind = ARG_SIZE, .max = UINT32_MAX } },
		.legal = "as its op", .frame = "-", .summary = "a node of setup_data",
		.c = "NODE($at, $type, $len)",
	}, {
		.id = E820_INDIRECT, .name = "indirect", .flags = OP_TOKEN,
		.parents = 1ULL << E820_RESERVE_SETUP_DATA,
		.nr_args = 3,
		.args = { { .name = "type", .kind = ARG_CHOICE, .max = UINT32_MAX,
			    .choices = setup_types },
			  { .name = "addr", .kind = ARG_ADDR }, SIZE },
		.legal = "as its op", .frame = "-",
		.summary = "what an indirect node says: where its data really lies",
		.c = "INDIRECT($type, $addr, $size)",
	}, {
		.id = E820_EXTEND_LONG, .name = "extend_long", .call = "e820__memory_setup_extended",
		.call_old = "parse_e820_ext", .flags = OP_UNSEARCHED | OP_ENDS,
		.nr_args = 1,
		.args = { { .name = "len", .kind = ARG_COUNT, .max = UINT32_MAX } },
		.legal = "firmware", .frame = "nothing",
		.summary = "an extended table longer than what can be mapped",
	}, {
		.id = E820_UPDATE_TABLE_PRINT, .name = "update_table_print",
		.call = "e820__update_table_print", .call_old = "update_e820",
		.legal = "legal; a table with invalid entries: firmware",
		.frame = "each covered byte keeps its highest type, once",
		.summary = "update main and print it",
		.c = "e820__update_table_print()",
	}, {
		.id = E820_REALLOCATE_TABLES, .name = "reallocate_tables",
		.call = "e820__reallocate_tables", .flags = OP_ENDS,
		.legal = "legal", .frame = "nothing",
		.summary = "move the tables to memory of their size",
		.c = "reallocate_tables()",
	},
};

const struct config_desc e820_configs[] = {
	{
		.id = E820_NORMAL, .name = "normal", .slots = E820_SLOTS_MAX,
		.cfg = "CONFIG_X86_64=y CONFIG_ACPI=y CONFIG_HIBERNATION=y CONFIG_FIRMWARE_MEMMAP=y "
		       "CONFIG_MEMORY_HOTPLUG=y "
		       "CONFIG_EFI=y CONFIG_NUMA=y CONFIG_NODES_SHIFT=6 "
		       "(x86_64 defconfig; 128 zero page entries + 3 * 64 = 320 slots)",
	}, {
		.id = E820_SMALL, .name = "small", .slots = 8, .synthetic = true,
		.cfg = "as normal, but CONFIG_EFI and CONFIG_NUMA unset, E820_MAX_ENTRIES_ZEROPAGE=8, "
		       "MAX_NUMNODES=0 (8 slots)",
	},
};

#define I386	"CONFIG_ACPI=y CONFIG_HIBERNATION=y CONFIG_FIRMWARE_MEMMAP=y CONFIG_EFI=y, " \
		"CONFIG_NUMA and CONFIG_MEMORY_HOTPLUG unset "

const struct config_desc e820_variants[] = {
	{
		.id = E820_NORMAL, .name = "x86_32", .slots = E820_SLOTS_32,
		.long_bits = 32, .phys_bits = 32,
		.cfg = "CONFIG_X86_32=y CONFIG_HIGHMEM4G=y " I386
		       "(Debian i386, 686; 128 zero page entries + 3 = 131 slots)",
	}, {
		.id = E820_NORMAL, .name = "x86_32_pae", .slots = E820_SLOTS_32,
		.long_bits = 32,
		.cfg = "CONFIG_X86_32=y CONFIG_HIGHMEM64G=y CONFIG_X86_PAE=y " I386
		       "(Debian i386, 686-pae; 128 zero page entries + 3 = 131 slots)",
	}, {
		.id = E820_SMALL, .name = "x86_32_small", .slots = 8, .synthetic = true,
		.long_bits = 32, .phys_bits = 32,
		.cfg = "as x86_32, but CONFIG_EFI unset, E820_MAX_ENTRIES_ZEROPAGE=8, MAX_NUMNODES=0 "
		       "(8 slots)",
	}, {
		.id = E820_SMALL, .name = "x86_32_pae_small", .slots = 8, .synthetic = true,
		.long_bits = 32,
		.cfg = "as x86_32_pae, but CONFIG_EFI unset, E820_MAX_ENTRIES_ZEROPAGE=8, "
		       "MAX_NUMNODES=0 (8 slots)",
	},
};

const char *e820_type_name(uint32_t type)
{
	for (const struct choice *c = e820_type_choices; c->name; c++)
		if (c->value == type)
			return c->name;
	return NULL;
}

static const char *recorded_name(uint32_t type)
{
	static const char *const names[] = {
		[E820_REC_RESIZE] = "allow_resize", [E820_REC_ADD] = "add",
		[E820_REC_RESERVE] = "reserve", [E820_REC_TRIM] = "trim",
		[E820_REC_DUMP] = "dump", [E820_REC_PHYS_ALLOC] = "phys_alloc",
		[E820_REC_NOSAVE] = "nosave", [E820_REC_NVS] = "nvs",
		[E820_REC_RESOURCE] = "resource", [E820_REC_RESOURCE_LATE] = "resource_late",
		[E820_REC_RAM_BUFFER] = "ram_buffer", [E820_REC_FIRMWARE_MAP] = "firmware_map",
		[E820_REC_LIMIT] = "limit",
	};

	return type < sizeof(names) / sizeof(names[0]) ? names[type] : NULL;
}

static const char *resource_name(uint32_t name)
{
	static const char *const names[] = {
		[E820_RES_UNKNOWN] = "unknown", [E820_RES_RAM] = "ram",
		[E820_RES_ACPI] = "acpi", [E820_RES_NVS] = "nvs",
		[E820_RES_UNUSABLE] = "unusable", [E820_RES_PRAM] = "pram",
		[E820_RES_PMEM] = "pmem", [E820_RES_RESERVED] = "reserved",
		[E820_RES_SOFT] = "soft_reserved", [E820_RES_BUFFER] = "ram_buffer",
		[E820_RES_OTHER] = "other",
	};

	return name < sizeof(names) / sizeof(names[0]) ? names[name] : NULL;
}

static const struct table_desc tables[] = {
	[E820_MAIN] = { "main", TABLE_MEMORY, e820_type_name },
	[E820_KEXEC] = { "kexec", TABLE_MEMORY, e820_type_name },
	[E820_FIRMWARE] = { "firmware", TABLE_MEMORY, e820_type_name },
	[E820_RECORDED] = { "calls", TABLE_REPORT, recorded_name },
	[E820_PRINTED] = { "printed", TABLE_REPORT, e820_type_name },
	[E820_IOMEM] = { "iomem", TABLE_REPORT, resource_name },
};

/* As setup_arch() and the initcalls do. */
static const uint8_t boot[] = {
	E820_MEMORY_SETUP, E820_EXTEND, E820_CMDLINE, E820_RESERVE_SETUP_DATA,
	E820_FINISH_EARLY_PARAMS, E820_UPDATE, E820_UPDATE_TABLE_PRINT, E820_END_OF_RAM_PFN,
	E820_MEMBLOCK_SETUP, E820_RESERVE_RESOURCES, E820_NOSAVE, E820_SETUP_GAP,
	E820_RESERVE_RESOURCES_LATE, E820_REALLOCATE_TABLES, 0
};

/*
 * What a state search tries beside the ops over its universe. All ends are values that the
 * brute-force judge knows (bitmap_points_e820()).
 */
static const struct search_start search = {
	.text =
		"cmdline\n"
		"  param \"mem=64K\"\n"
		"cmdline\n"
		"  param \"memmap=exactmap\"\n"
		"cmdline\n"
		"  param \"memmap=4K@0,4K$4K\"\n"
		"cmdline\n"
		"  param \"memmap=4K#4K\"\n"
		"  param \"memmap=4K!0\"\n"
		"cmdline\n"
		"  param \"memmap=4K%0-1+2\"\n"
		"  more \",4K%4K+3\"\n"
		"cmdline\n"
		"  param \"mem=0\"\n"
		"  param \"memmap=8Kx\"\n"
		"reserve_setup_data 0\n"
		"  data 4K dtb 0xff0\n"
		"reserve_setup_data 0\n"
		"  data 4K dtb 0xff0\n"
		"  data 0 indirect 0xff0\n"
		"  indirect indirect_dtb 8K 4K\n"
		"reserve_setup_data 2\n"
		"  data 4K dtb 0xff0\n",
};

const struct family e820_family = {
	.name = "e820",
	.id = 2,
	.file = "arch/x86/kernel/e820.c",
	.ops = ops,
	.nr_ops = sizeof(ops) / sizeof(ops[0]),
	.configs = e820_configs,
	.nr_configs = sizeof(e820_configs) / sizeof(e820_configs[0]),
	.variants = e820_variants,
	.nr_variants = sizeof(e820_variants) / sizeof(e820_variants[0]),
	.tables = tables,
	.nr_tables = E820_TABLES,
	.boot = boot,
	.search = &search,
};

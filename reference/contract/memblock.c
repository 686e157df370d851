// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>

#include "memblock.h"

#define AMD64	"CONFIG_X86_64=y CONFIG_NUMA=y CONFIG_NODES_SHIFT=10 CONFIG_MEMORY_HOTPLUG=y " \
		"CONFIG_DEFERRED_STRUCT_PAGE_INIT=y, CONFIG_ARCH_KEEP_MEMBLOCK and " \
		"CONFIG_HAVE_MEMBLOCK_PHYS_MAP unset"

const struct config_desc memblock_configs[] = {
	{
		.id = MEMBLOCK_NORMAL, .name = "normal", .slots = 128,
		.cfg = AMD64 " (Debian amd64; 128 regions at first)",
	}, {
		.id = MEMBLOCK_SMALL, .name = "small", .slots = 4, .synthetic = true,
		.cfg = "as normal, INIT_MEMBLOCK_MEMORY_REGIONS=4 INIT_MEMBLOCK_RESERVED_REGIONS=4",
	}, {
		.id = MEMBLOCK_PLAIN, .name = "plain", .slots = 128, .synthetic = true,
		.cfg = "as normal, but CONFIG_NUMA and CONFIG_MEMORY_HOTPLUG unset",
	}, {
		.id = MEMBLOCK_KEEP, .name = "keep", .slots = 8, .synthetic = true,
		.cfg = "CONFIG_NUMA=y CONFIG_NODES_SHIFT=10 CONFIG_MEMORY_HOTPLUG=y "
		       "CONFIG_ARCH_KEEP_MEMBLOCK=y CONFIG_HAVE_MEMBLOCK_PHYS_MAP=y "
		       "CONFIG_DEBUG_FS=y CONFIG_DEFERRED_STRUCT_PAGE_INIT=y (as s390 has them; 8 "
		       "regions at first, 4 of physmem)",
	}, {
		.id = MEMBLOCK_PHYS32, .name = "phys32", .slots = 8, .synthetic = true,
		.phys_bits = 32,
		.cfg = "a phys_addr_t of 32 bits, CONFIG_DEFERRED_STRUCT_PAGE_INIT=y, CONFIG_NUMA "
		       "and CONFIG_MEMORY_HOTPLUG unset, on "
		       "a 64-bit machine (8 regions at first); CONFIG_HAVE_ARCH_PFN_VALID=y, "
		       "CONFIG_SPARSEMEM unset, as 32-bit ARM has them",
	},
};

#define I386	"CONFIG_FLATMEM=y, CONFIG_NUMA, CONFIG_MEMORY_HOTPLUG, " \
		"CONFIG_DEFERRED_STRUCT_PAGE_INIT, CONFIG_ARCH_KEEP_MEMBLOCK and " \
		"CONFIG_HAVE_MEMBLOCK_PHYS_MAP unset "

const struct config_desc memblock_variants[] = {
	[MEMBLOCK_X86_32] = {
		.id = MEMBLOCK_NORMAL, .name = "x86_32", .slots = 128,
		.long_bits = 32, .phys_bits = 32,
		.cfg = "CONFIG_X86_32=y CONFIG_HIGHMEM4G=y " I386
		       "(Debian i386, 686; 128 regions at first)",
	},
	[MEMBLOCK_X86_32_PAE] = {
		.id = MEMBLOCK_NORMAL, .name = "x86_32_pae", .slots = 128,
		.long_bits = 32,
		.cfg = "CONFIG_X86_32=y CONFIG_HIGHMEM64G=y CONFIG_X86_PAE=y " I386
		       "(Debian i386, 686-pae; 128 regions at first)",
	},
	[MEMBLOCK_X86_32_SMALL] = {
		.id = MEMBLOCK_SMALL, .name = "x86_32_small", .slots = 4, .synthetic = true,
		.long_bits = 32, .phys_bits = 32,
		.cfg = "as x86_32, INIT_MEMBLOCK_MEMORY_REGIONS=4 INIT_MEMBLOCK_RESERVED_REGIONS=4",
	},
	[MEMBLOCK_X86_32_PAE_SMALL] = {
		.id = MEMBLOCK_SMALL, .name = "x86_32_pae_small", .slots = 4, .synthetic = true,
		.long_bits = 32,
		.cfg = "as x86_32_pae, INIT_MEMBLOCK_MEMORY_REGIONS=4 "
		       "INIT_MEMBLOCK_RESERVED_REGIONS=4",
	},
};

const struct memblock_config_facts memblock_facts[] = {
	[MEMBLOCK_NORMAL] = {
		.slots = { 128, 128 }, .region = 24, .numa = true, .hotplug = true,
		.phys_max = UINT64_MAX,
	},
	[MEMBLOCK_SMALL] = {
		.slots = { 4, 4 }, .region = 24, .numa = true, .hotplug = true,
		.phys_max = UINT64_MAX,
	},
	[MEMBLOCK_PLAIN] = { .slots = { 128, 128 }, .region = 24, .phys_max = UINT64_MAX },
	[MEMBLOCK_KEEP] = {
		.slots = { 8, 8, 4 }, .region = 24, .numa = true, .hotplug = true, .keep = true,
		.phys_max = UINT64_MAX,
	},
	[MEMBLOCK_PHYS32] = {
		.slots = { 8, 8 }, .region = 12, .phys_max = UINT32_MAX, .memmap = MEMBLOCK_MEMMAP,
	},
};

static const struct memblock_config_facts variant_facts[] = {
	[MEMBLOCK_X86_32] = { .slots = { 128, 128 }, .region = 12, .phys_max = UINT32_MAX },
	[MEMBLOCK_X86_32_PAE] = { .slots = { 128, 128 }, .region = 20, .phys_max = UINT64_MAX },
	[MEMBLOCK_X86_32_SMALL] = { .slots = { 4, 4 }, .region = 12, .phys_max = UINT32_MAX },
	[MEMBLOCK_X86_32_PAE_SMALL] = { .slots = { 4, 4 }, .region = 20, .phys_max = UINT64_MAX },
};

const struct memblock_config_facts *memblock_facts_of(const struct config_desc *c)
{
	for (unsigned int i = 0; i < MEMBLOCK_VARIANTS; i++)
		if (c == &memblock_variants[i])
			return &variant_facts[i];
	return &memblock_facts[c->id];
}

/* "node1 hotplug", "none": for people. Valid until the eighth call after this one. */
static const char *region_name(uint32_t type)
{
	static const char *const names[] = {
		"hotplug", "mirror", "nomap", "driver_managed", "noinit"
	};
	static char text[8][64];
	static unsigned int next;
	char *at = text[next++ % 8], *p = at;
	uint32_t nid = type >> 8;

	if (nid != MEMBLOCK_NODE_NONE)
		p += sprintf(p, " node%u", nid);
	for (unsigned int i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (type >> i & 1)
			p += sprintf(p, " %s", names[i]);
	return p == at ? "plain" : at + 1;
}

static const char *own_name(uint32_t type)
{
	static const char *const names[] = { NULL, "memory", "reserved", "physmem" };

	return type < sizeof(names) / sizeof(names[0]) ? names[type] : NULL;
}

static const char *handoff_name(uint32_t type)
{
	static char text[8][32];
	static unsigned int next;
	char *at = text[next++ % 8];

	if (type == MEMBLOCK_FREED)
		return "freed";
	if (type == MEMBLOCK_INITIALISED + MEMBLOCK_NODE_NONE)
		return "initialised";
	sprintf(at, "initialised node%u", type - MEMBLOCK_INITIALISED);
	return at;
}

static const char *setting_name(uint32_t type)
{
	static const char *const names[] = {
		[MEMBLOCK_BOTTOM_UP] = "bottom_up", [MEMBLOCK_SLAB] = "slab",
		[MEMBLOCK_MOVABLE_NODE] = "movable_node",
		[MEMBLOCK_KERNELCORE_MIRROR] = "kernelcore_mirror", [MEMBLOCK_DEBUG] = "debug",
		[MEMBLOCK_LIMIT] = "current_limit", [MEMBLOCK_RESIZE] = "allow_resize",
		[MEMBLOCK_HAS_MIRROR] = "has_mirror", [MEMBLOCK_RAM_PAGES] = "ram_pages",
		[MEMBLOCK_MEMORY_TOTAL] = "memory_total",
		[MEMBLOCK_RESERVED_TOTAL] = "reserved_total",
		[MEMBLOCK_PHYSMEM_TOTAL] = "physmem_total", [MEMBLOCK_CLOSED] = "closed",
	};

	return type && type <= MEMBLOCK_SETTINGS ? names[type - 1] : NULL;
}

static const char *answer_name(uint32_t type)
{
	static const char *const names[] = {
		[MEMBLOCK_RANGE] = "range", [MEMBLOCK_PFNS] = "pfns", [MEMBLOCK_NAMED] = "named",
		[MEMBLOCK_CLEARED] = "cleared", [MEMBLOCK_PHYS_MEM_SIZE] = "phys_mem_size",
		[MEMBLOCK_RESERVED_SIZE] = "reserved_size",
		[MEMBLOCK_START_OF_DRAM] = "start_of_DRAM", [MEMBLOCK_END_OF_DRAM] = "end_of_DRAM",
	};

	return type && type < sizeof(names) / sizeof(names[0]) ? names[type] : NULL;
}

static const struct table_desc tables[] = {
	[M_MEMORY] = { "memory", TABLE_MEMORY, region_name },
	[M_RESERVED] = { "reserved", TABLE_MEMORY, region_name },
	[M_PHYSMEM] = { "physmem", TABLE_MEMORY, region_name },
	[M_OWN] = { "own", TABLE_MEMORY, own_name },
	[M_HANDOFF] = { "hand-off", TABLE_MEMORY, handoff_name },
	[M_SETTINGS] = { "settings", TABLE_REPORT, setting_name },
	[M_ANSWER] = { "answer", TABLE_REPORT, answer_name },
	[M_PRINTED] = { "printed", TABLE_REPORT, NULL },
	[M_NAMED] = { "named", TABLE_REPORT, NULL },
};

/* Calls in the order of a boot (arch/x86/kernel/setup.c, mm/mm_init.c). */
static const uint8_t boot[] = {
	M_SET, M_RESERVE, M_SET_CURRENT_LIMIT, M_ADD, M_ADD_NODE, M_TRIM, M_ENFORCE_MEMORY_LIMIT,
	M_MARK_MIRROR, M_ALLOW_RESIZE, M_MARK_HOTPLUG, M_SET_NODE, M_ALLOC_RANGE_NID,
	M_PHYS_ALLOC_RANGE, M_RESERVE_MEM, M_ALLOC, M_PHYS_FREE, M_FREE_ALL, M_FREE_LATE, M_DISCARD,
	0
};

/*
 * Eight pages of RAM, next to each other on two nodes, where ops of the search add, remove and
 * reserve; and a page far above, which is all that a larger table finds when those are taken. Two
 * regions of reserved and two of memory then leave no spare slots in configuration small.
 */
static const struct op search_machine[] = {
	{ M_ADD_NODE, 0, { 0x10000, 0x4000, 0, 0 } },
	{ M_ADD_NODE, 0, { 0x14000, 0x4000, 1, 0 } },
	{ M_ADD, 0, { 0x1000000, 0x1000 } },
};

/* Both directions, with tables that may be doubled and that may not. */
static const struct op search_more[] = {
	{ M_SET, 0, { MEMBLOCK_BOTTOM_UP, 1 } },
	{ M_SET, 0, { MEMBLOCK_BOTTOM_UP, 0 } },
	{ M_ALLOW_RESIZE, 0, { 0 } },
	{ M_ALLOC, 0, { 0x1000, 0x1000 } },
};

#define CALL(id)	(1ULL << (id))

/* What changes memory and reserved leads on; the rest is tried in each of their states. */
static const struct search_start search = {
	.value = { 0x10000, 0x12000, 0x14000, 0x18000 },
	.nr = 4, .choices = 2,
	.op = search_machine,
	.nr_ops = sizeof(search_machine) / sizeof(search_machine[0]),
	.leave_out = CALL(M_SET) | CALL(M_ALLOW_RESIZE) | CALL(M_RESERVE_MEM),
	.more = search_more,
	.nr_more = sizeof(search_more) / sizeof(search_more[0]),
	.leaves = ~(CALL(M_SET) | CALL(M_ALLOW_RESIZE) | CALL(M_ADD) | CALL(M_REMOVE) |
		    CALL(M_RESERVE) | CALL(M_PHYS_FREE) | CALL(M_MARK_NOMAP)),
};

const struct family memblock_family = {
	.name = "memblock",
	.id = 4,
	.file = "mm/memblock.c",
	.ops = memblock_ops,
	.nr_ops = MEMBLOCK_OPS,
	.configs = memblock_configs,
	.nr_configs = MEMBLOCK_CONFIGS,
	.variants = memblock_variants,
	.nr_variants = MEMBLOCK_VARIANTS,
	.tables = tables,
	.nr_tables = M_TABLES,
	.slots_table = M_OWN,
	.search = &search,
	.boot = boot,
};

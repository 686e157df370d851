/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Those whom e820.c tells what it knows: hibernation, ACPI, the tree of resources, sysfs. Each
 * records what it is told (contract/e820.h); the tree is kept as well. Included after the kernel's
 * file, whose headers give the prototypes, and after the API.
 */
#ifndef E820_BOOT_H
#define E820_BOOT_H

#include "contract/e820.h"
#include "resource_tree.h"

/*
 * setup_arch() makes it end with what the processor can address; in v2.6.34 it does not. A
 * resource_size_t of 32 bits is all used.
 */
struct resource iomem_resource = {
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0) && defined(CONFIG_X86_PAE)
	.end = (1ULL << 36) - 1,
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0) && !defined(CONFIG_X86_32)
	.end = E820_IOMEM_LAST,
#else
	.end = (resource_size_t)-1,
#endif
};

/* What reserve_region_with_split() makes: a piece a gap between children, and a RAM entry. */
static struct resource pieces[2 * SLOTS + 1] SHIM_SCRATCH;
static unsigned int nr_pieces;

static const struct {
	const char *name;
	enum e820_res_name res;
} resource_names[] = {
	{ "System RAM", E820_RES_RAM }, { "Reserved", E820_RES_RESERVED },
	{ "reserved", E820_RES_RESERVED }, { "ACPI Tables", E820_RES_ACPI },
	{ "ACPI Non-volatile Storage", E820_RES_NVS }, { "Unusable memory", E820_RES_UNUSABLE },
	{ "Persistent Memory (legacy)", E820_RES_PRAM }, { "Persistent Memory", E820_RES_PMEM },
	{ "Soft Reserved", E820_RES_SOFT }, { "Unknown E820 type", E820_RES_UNKNOWN },
	{ "RAM buffer", E820_RES_BUFFER },
};

/* Out of line: gcc sees through comparisons of constants, and warns of them. */
WRAPPER static __attribute__((__noinline__)) enum e820_res_name resource_name(const char *name)
{
	for (unsigned int i = 0; name && i < ARRAY_SIZE(resource_names); i++)
		if (!strcmp(name, resource_names[i].name))
			return resource_names[i].res;
	return E820_RES_OTHER;
}

WRAPPER static enum e820_res_desc resource_desc(const struct resource *res)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(4, 12, 0)
	static const uint8_t descs[] = {
		[IORES_DESC_NONE] = E820_DESC_NONE,
		[IORES_DESC_CRASH_KERNEL] = E820_DESC_OTHER,
		[IORES_DESC_ACPI_TABLES] = E820_DESC_ACPI,
		[IORES_DESC_ACPI_NV_STORAGE] = E820_DESC_NVS,
		[IORES_DESC_PERSISTENT_MEMORY] = E820_DESC_PMEM,
		[IORES_DESC_PERSISTENT_MEMORY_LEGACY] = E820_DESC_PRAM,
		[IORES_DESC_DEVICE_PRIVATE_MEMORY] = E820_DESC_OTHER,
		[IORES_DESC_RESERVED] = E820_DESC_RESERVED,
		[IORES_DESC_SOFT_RESERVED] = E820_DESC_SOFT,
	};

	return res->desc < ARRAY_SIZE(descs) ? descs[res->desc] : E820_DESC_OTHER;
#else
	(void)res;
	return E820_DESC_NONE;
#endif
}

WRAPPER static uint32_t resource_flags(const struct resource *res)
{
	return e820_res_flags(resource_name(res->name), resource_desc(res),
			      res->flags & IORESOURCE_BUSY,
			      (res->flags & IORESOURCE_SYSTEM_RAM) == IORESOURCE_SYSTEM_RAM);
}

WRAPPER static uint64_t resource_bytes(const struct resource *res)
{
	if (res->end < res->start)	/* beyond the address space, or empty */
		return (resource_size_t)(res->end - res->start + 1);
	return (uint64_t)res->end - res->start + 1;
}

WRAPPER int insert_resource(struct resource *parent, struct resource *res)
{
	shim_record_flags(E820_REC_RESOURCE, res->start, resource_bytes(res),
			  resource_flags(res));
	return tree_insert(parent, res) ? -EBUSY : 0;
}

WRAPPER void insert_resource_expand_to_fit(struct resource *root, struct resource *res)
{
	shim_record_flags(E820_REC_RESOURCE_LATE, res->start, resource_bytes(res),
			  resource_flags(res));
	tree_insert_expanded(root, res);
}

WRAPPER static struct resource *new_piece(const char *name)
{
	if (nr_pieces == ARRAY_SIZE(pieces))
		shim_abort(OUT_BUG);
	pieces[nr_pieces] = (struct resource){ .name = name, .flags = IORESOURCE_BUSY };
	return &pieces[nr_pieces++];
}

/* More bytes than 64 bits can say are told as one less. */
WRAPPER static uint64_t region_size(uint64_t first, uint64_t last)
{
	return !first && last == ~0ull ? last : last - first + 1;
}

WRAPPER void reserve_region_with_split(struct resource *root, resource_size_t first,
				       resource_size_t last, const char *name)
{
	shim_record_flags(E820_REC_RAM_BUFFER, first, region_size(first, last),
			  e820_res_flags(resource_name(name), E820_DESC_NONE, true, false));
	tree_fill(root, first, last, new_piece, name);
}

/*
 * As the kernel's: an end below the start is its caller's mistake. The end is exclusive, so it is 0
 * for what ends with the address space; in v2.6.34 it is the last byte.
 */
WRAPPER int firmware_map_add_early(u64 start, u64 end, const char *type)
{
	shim_record_flags(E820_REC_FIRMWARE_MAP, start, end - start, resource_name(type));
	if (start > end)
		shim_abort(OUT_BUG);
	return 0;
}

/* As the kernel's: what is empty is no region. */
WRAPPER void register_nosave_region(unsigned long start_pfn, unsigned long end_pfn)
{
	if (start_pfn < end_pfn)
		shim_record(E820_REC_NOSAVE, (u64)start_pfn << PAGE_SHIFT,
			    (u64)(end_pfn - start_pfn) << PAGE_SHIFT);
}

WRAPPER int acpi_nvs_register(u64 start, u64 size)
{
	shim_record(E820_REC_NVS, start, size);
	return 0;
}

WRAPPER int hibernate_nvs_register(unsigned long start, unsigned long size)
{
	shim_record(E820_REC_NVS, start, size);
	return 0;
}

WRAPPER static uint64_t setup_gap(uint64_t pfn)
{
	max_pfn = pfn;
	api_setup_gap();
	return pci_mem_start;
}

WRAPPER static uint64_t register_nvs(void)
{
	int ret = 0;

	if (!shim_call_initcall(API_NVS_INITCALL, &ret))
		shim_abort(OUT_BUG);
	return ret;
}

static struct row tree_rows[E820_REPORT_MAX] SHIM_SCRATCH;
static unsigned int nr_tree_rows;

/* The tree as table E820_IOMEM. */
WRAPPER static void report_tree(void)
{
	unsigned int depth = 0;

	if (!tree_well_formed(&iomem_resource))
		shim_abort(OUT_BUG);
	for (struct resource *r = tree_next(&iomem_resource, &depth);
	     r && nr_tree_rows < E820_REPORT_MAX; r = tree_next(r, &depth))
		tree_rows[nr_tree_rows++] = (struct row){
			.start = r->start, .size = region_size(r->start, r->end),
			.type = resource_name(r->name), .flags = depth,
		};
}

/* How many entries main had when they became resources, plus one; 0: they did not yet. */
static unsigned int resources;

WRAPPER static void resources_begin(void)
{
	/* the array of the call before is nobody's any more */
	shim_alloc_clear();
	iomem_resource.child = NULL;
	nr_pieces = 0;
	resources = api_table(E820_MAIN)->nr_entries + 1;
}

WRAPPER static void reserve_resources(void)
{
	resources_begin();
	api_reserve_resources();
	report_tree();
}

WRAPPER static void reserve_resources_late(void)
{
	if (resources != api_table(E820_MAIN)->nr_entries + 1)
		return;
	api_reserve_resources_late();
	report_tree();
}

#endif

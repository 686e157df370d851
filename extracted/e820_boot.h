/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Those whom e820.c tells what it knows: hibernation, ACPI, the tree of resources, sysfs. Each
 * records what it is told (contract/e820.h) and takes everything. Included after the kernel's
 * file, whose headers give the prototypes, and after the API.
 */
#ifndef E820_BOOT_H
#define E820_BOOT_H

#include "contract/e820.h"

struct resource iomem_resource = { .end = ~0ull };

WRAPPER int insert_resource(struct resource *parent, struct resource *res)
{
	res->parent = parent;
	shim_record(E820_REC_RESOURCE, res->start, res->end - res->start + 1);
	return 0;
}

WRAPPER void insert_resource_expand_to_fit(struct resource *root, struct resource *res)
{
	res->parent = root;
	shim_record(E820_REC_RESOURCE_LATE, res->start, res->end - res->start + 1);
}

WRAPPER void reserve_region_with_split(struct resource *root, resource_size_t first,
				       resource_size_t last, const char *name)
{
	(void)root;
	(void)name;
	/* more bytes than 64 bits can say */
	if (!first && last == ~0ull)
		last--;
	shim_record(E820_REC_RAM_BUFFER, first, last - first + 1);
}

WRAPPER int firmware_map_add_early(u64 start, u64 end, const char *type)
{
	(void)type;
	shim_record(E820_REC_FIRMWARE_MAP, start, end - start);
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

/* How many entries main had when they became resources, plus one; 0: they did not yet. */
static unsigned int resources;

WRAPPER static void reserve_resources(void)
{
	/* the array of the call before is nobody's any more */
	shim_alloc_clear();
	resources = api_table(E820_MAIN)->nr_entries + 1;
	api_reserve_resources();
}

WRAPPER static void reserve_resources_late(void)
{
	if (resources == api_table(E820_MAIN)->nr_entries + 1)
		api_reserve_resources_late();
}

#endif

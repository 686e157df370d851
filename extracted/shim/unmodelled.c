// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the kernel's files refer to and no op reaches yet. A call ends the op as a panic that says
 * so: an op that needs one of these gets a real stand-in first.
 */
#include <asm/cpufeature.h>
#include <asm/io.h>
#include <linux/acpi.h>
#include <linux/bug.h>
#include <linux/firmware-map.h>
#include <linux/ioport.h>
#include <linux/suspend.h>

#include "shim.h"

/* Weak: a subject may bring what has them, or a stand-in of its own. */
#define WEAK	__attribute__((__weak__))

WEAK struct resource iomem_resource = { .end = (resource_size_t)-1 };

static void __noreturn unmodelled(const char *name)
{
	panic("%s(): no stand-in in extracted/shim/", name);
}

WEAK int insert_resource(struct resource *parent, struct resource *res)
{
	(void)parent;
	(void)res;
	unmodelled(__func__);
}

WEAK void insert_resource_expand_to_fit(struct resource *root, struct resource *res)
{
	(void)root;
	(void)res;
	unmodelled(__func__);
}

WEAK void reserve_region_with_split(struct resource *root, resource_size_t first,
				    resource_size_t last, const char *name)
{
	(void)root;
	(void)first;
	(void)last;
	(void)name;
	unmodelled(__func__);
}

WEAK void register_nosave_region(unsigned long start_pfn, unsigned long end_pfn)
{
	(void)start_pfn;
	(void)end_pfn;
	unmodelled(__func__);
}

WEAK int hibernate_nvs_register(unsigned long start, unsigned long size)
{
	(void)start;
	(void)size;
	unmodelled(__func__);
	return 0;
}

WEAK int acpi_nvs_register(u64 start, u64 size)
{
	(void)start;
	(void)size;
	unmodelled(__func__);
}

WEAK int firmware_map_add_early(u64 start, u64 end, const char *type)
{
	(void)start;
	(void)end;
	(void)type;
	unmodelled(__func__);
}

WEAK void setup_clear_cpu_cap(unsigned int bit)
{
	(void)bit;
	unmodelled(__func__);
}

/* Before v2.6.35; the headers that declare them are not the same everywhere. */

WEAK void *alloc_bootmem(unsigned long size)
{
	(void)size;
	unmodelled(__func__);
}

WEAK void add_active_range(unsigned int nid, unsigned long start_pfn, unsigned long end_pfn)
{
	(void)nid;
	(void)start_pfn;
	(void)end_pfn;
	unmodelled(__func__);
}

WEAK u64 find_early_area(u64 ei_start, u64 ei_last, u64 start, u64 end, u64 size, u64 align)
{
	(void)ei_start;
	(void)ei_last;
	(void)start;
	(void)end;
	(void)size;
	(void)align;
	unmodelled(__func__);
}

WEAK u64 find_early_area_size(u64 ei_start, u64 ei_last, u64 start, u64 *size, u64 align)
{
	(void)ei_start;
	(void)ei_last;
	(void)start;
	(void)size;
	(void)align;
	unmodelled(__func__);
}

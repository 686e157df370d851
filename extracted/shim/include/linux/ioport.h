/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_IOPORT_H
#define SHIM_LINUX_IOPORT_H

#include <linux/types.h>

/* Bounds are inclusive. */
struct resource {
	resource_size_t start;
	resource_size_t end;
	const char *name;
	unsigned long flags;
/* Since v4.6; the runtime, which serves all kernels, has room for it. */
#if !defined(LINUX_VERSION_CODE) || LINUX_VERSION_CODE >= 0x40600
	unsigned long desc;
#endif
	struct resource *parent, *sibling, *child;
};

#define IORESOURCE_MEM		0x00000200
#define IORESOURCE_SYSRAM	0x01000000
#define IORESOURCE_SYSTEM_RAM	(IORESOURCE_MEM | IORESOURCE_SYSRAM)
#define IORESOURCE_BUSY		0x80000000

enum {
	IORES_DESC_NONE,
	IORES_DESC_CRASH_KERNEL,
	IORES_DESC_ACPI_TABLES,
	IORES_DESC_ACPI_NV_STORAGE,
	IORES_DESC_PERSISTENT_MEMORY,
	IORES_DESC_PERSISTENT_MEMORY_LEGACY,
	IORES_DESC_DEVICE_PRIVATE_MEMORY,
	IORES_DESC_RESERVED,
	IORES_DESC_SOFT_RESERVED,
};

extern struct resource iomem_resource;

int insert_resource(struct resource *parent, struct resource *res);
void insert_resource_expand_to_fit(struct resource *root, struct resource *res);
void reserve_region_with_split(struct resource *root, resource_size_t first, resource_size_t last,
			       const char *name);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_CONFIG_H
#define SHIM_CONFIG_H

/*
 * Included before everything else in a subject: the configuration that its kernel files see.
 * SUBJECT_FAMILY_... and SUBJECT_CONFIG_... come from the build, LINUX_VERSION_CODE from the
 * kernel's Makefile.
 */
#define __KERNEL__		1
#define KERNEL_VERSION(a, b, c)	(((a) << 16) + ((b) << 8) + ((c) > 255 ? 255 : (c)))

#define CONFIG_64BIT		1
#define CONFIG_X86		1
#define CONFIG_X86_64		1
#define CONFIG_ACPI		1
#define CONFIG_HIBERNATION	1
#define CONFIG_FIRMWARE_MEMMAP	1

#ifdef SUBJECT_FAMILY_MEMBLOCK
#include "memblock_config.h"
#else

#define CONFIG_PHYS_ADDR_T_64BIT 1
#define CONFIG_MEMORY_HOTPLUG	1

/* v2.6.34 to v3.x: early_res hands off to the page allocator, else to bootmem. */
#ifndef SUBJECT_CONFIG_BOOTMEM
#define CONFIG_NO_BOOTMEM	1
#endif

#ifndef SUBJECT_CONFIG_SMALL
#define CONFIG_EFI		1
#define CONFIG_NUMA		1
#define CONFIG_NODES_SHIFT	6
#endif

#endif
#endif

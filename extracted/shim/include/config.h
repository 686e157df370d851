/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_CONFIG_H
#define SHIM_CONFIG_H

/*
 * Included before everything else in a subject: the configuration that its kernel files see.
 * SUBJECT_FAMILY_..., SUBJECT_CONFIG_... and SUBJECT_X86_32... come from the build,
 * LINUX_VERSION_CODE from the kernel's Makefile.
 */
#define __KERNEL__		1
#define KERNEL_VERSION(a, b, c)	(((a) << 16) + ((b) << 8) + ((c) > 255 ? 255 : (c)))

#define CONFIG_X86		1
#define CONFIG_ACPI		1
#define CONFIG_HIBERNATION	1
#define CONFIG_FIRMWARE_MEMMAP	1

#ifdef SUBJECT_X86_32
#define CONFIG_X86_32		1
#define CONFIG_HIGHMEM		1
#define CONFIG_FLATMEM		1
#else
#define CONFIG_64BIT		1
#define CONFIG_X86_64		1
#endif

#ifdef SUBJECT_X86_32_PAE
#define CONFIG_X86_PAE		1
#define CONFIG_HIGHMEM64G	1
#elif defined(SUBJECT_X86_32)
#define CONFIG_HIGHMEM4G	1
#endif

#if defined(SUBJECT_FAMILY_BOOT) && LINUX_VERSION_CODE >= KERNEL_VERSION(2, 6, 37)
#define BOOT_ON_MEMBLOCK	1
#ifndef SUBJECT_CONFIG_SMALL
#define CONFIG_EFI		1
#endif
#endif

#if defined(SUBJECT_FAMILY_MEMBLOCK) || defined(BOOT_ON_MEMBLOCK)
#include "memblock_config.h"
#else

#if !defined(SUBJECT_X86_32) || defined(SUBJECT_X86_32_PAE)
#define CONFIG_PHYS_ADDR_T_64BIT 1
#endif

/* v2.6.34 to v3.x: early_res hands off to the page allocator, else to bootmem. */
#ifndef SUBJECT_CONFIG_BOOTMEM
#define CONFIG_NO_BOOTMEM	1
#endif

#ifndef SUBJECT_CONFIG_SMALL
#define CONFIG_EFI		1
#endif

#ifndef SUBJECT_X86_32
#define CONFIG_MEMORY_HOTPLUG	1
#endif

#if defined(SUBJECT_X86_32) && !defined(SUBJECT_FAMILY_EARLY_RES) && !defined(SUBJECT_FAMILY_BOOT)
#ifndef SUBJECT_CONFIG_SMALL
#define CONFIG_NODES_SHIFT	0
#endif
#elif !defined(SUBJECT_CONFIG_SMALL)
#define CONFIG_NUMA		1	/* on 32 bits: the node map is ours, and how many nodes */
#define CONFIG_NODES_SHIFT	6
#endif

#endif
#endif

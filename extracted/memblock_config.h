/* SPDX-License-Identifier: GPL-2.0-only */
/* The configurations of family memblock: what contract/memblock.c says of each. */
#ifndef MEMBLOCK_CONFIG_H
#define MEMBLOCK_CONFIG_H

#define CONFIG_NO_BOOTMEM	1
#define CONFIG_HAVE_MEMBLOCK	1	/* until v4.19 */
#define CONFIG_HAVE_MEMBLOCK_NODE_MAP 1	/* until v5.7 */
#ifndef SUBJECT_X86_32
#define CONFIG_DEFERRED_STRUCT_PAGE_INIT 1
#endif

#if defined(SUBJECT_CONFIG_PLAIN) || defined(SUBJECT_CONFIG_PHYS32) || defined(SUBJECT_X86_32)
#define CONFIG_NODES_SHIFT	0
#else
#define CONFIG_NUMA		1
#define CONFIG_NODES_SHIFT	10
#define CONFIG_MEMORY_HOTPLUG	1
#endif

#ifdef SUBJECT_CONFIG_PHYS32
#define CONFIG_HAVE_ARCH_PFN_VALID 1
#endif

#if !defined(SUBJECT_CONFIG_PHYS32) && (!defined(SUBJECT_X86_32) || defined(SUBJECT_X86_32_PAE))
#define CONFIG_PHYS_ADDR_T_64BIT 1
#endif

#ifdef SUBJECT_CONFIG_SMALL
#define INIT_MEMBLOCK_MEMORY_REGIONS	4
#define INIT_MEMBLOCK_RESERVED_REGIONS	4
#endif

#if defined(SUBJECT_CONFIG_KEEP) || (defined(SUBJECT_CONFIG_PHYS32) && !defined(SUITE))
#define INIT_MEMBLOCK_MEMORY_REGIONS	8
#define INIT_MEMBLOCK_RESERVED_REGIONS	8
#endif

#ifdef SUBJECT_CONFIG_KEEP
#define CONFIG_ARCH_KEEP_MEMBLOCK 1
#define CONFIG_HAVE_MEMBLOCK_PHYS_MAP 1
#define CONFIG_DEBUG_FS		1
#endif

#endif

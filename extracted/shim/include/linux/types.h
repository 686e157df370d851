/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_TYPES_H
#define SHIM_LINUX_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* u64 is unsigned long long in the kernel, also where stdint.h says unsigned long. */
typedef signed char s8;
typedef unsigned char u8;
typedef short s16;
typedef unsigned short u16;
typedef int s32;
typedef unsigned int u32;
typedef long long s64;
typedef unsigned long long u64;

typedef u8 __u8;
typedef u16 __u16;
typedef u32 __u32;
typedef u64 __u64;
typedef s32 __s32;
typedef s64 __s64;

/*
 * The runtime has no configuration: SHIM_PHYS_32 is how it is compiled for subjects with the
 * smaller one.
 */
#if defined(SHIM_PHYS_32) || (defined(SHIM_CONFIG_H) && !defined(CONFIG_PHYS_ADDR_T_64BIT))
typedef u32 phys_addr_t;
#else
typedef u64 phys_addr_t;
#endif
typedef phys_addr_t resource_size_t;
typedef unsigned int gfp_t;
typedef unsigned short umode_t;

#endif

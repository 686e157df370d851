/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_ASM_FIXMAP_H
#define SHIM_ASM_FIXMAP_H

/* Pages that one early mapping may have. */
#define NR_FIX_BTMAPS	64

/* Early mappings that there may be at one time. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0)
#define FIX_BTMAPS_SLOTS	8
#else
#define FIX_BTMAPS_SLOTS	4
#endif

#endif

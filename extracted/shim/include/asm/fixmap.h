/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_ASM_FIXMAP_H
#define SHIM_ASM_FIXMAP_H

/* Pages that one early mapping may have. */
#define NR_FIX_BTMAPS	64

#endif

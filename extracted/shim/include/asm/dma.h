/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_ASM_DMA_H
#define SHIM_ASM_DMA_H

#include <asm/page.h>

#define MAX_DMA_ADDRESS	0x1000000UL
/* Before v3.0 a 32-bit kernel has no such zone. */
#if !defined(CONFIG_X86_32) || LINUX_VERSION_CODE >= KERNEL_VERSION(3, 0, 0)
#define MAX_DMA32_PFN	(1UL << (32 - PAGE_SHIFT))
#endif

#endif

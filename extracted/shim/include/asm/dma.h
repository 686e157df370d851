/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_ASM_DMA_H
#define SHIM_ASM_DMA_H

#include <asm/page.h>

#define MAX_DMA_ADDRESS	0x1000000UL
#define MAX_DMA32_PFN	(1UL << (32 - PAGE_SHIFT))

#endif

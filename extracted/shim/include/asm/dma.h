/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_ASM_DMA_H
#define SHIM_ASM_DMA_H

#define MAX_DMA_ADDRESS	0x1000000UL

#endif

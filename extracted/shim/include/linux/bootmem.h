/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_BOOTMEM_H
#define SHIM_LINUX_BOOTMEM_H

#include <asm/dma.h>
#include <linux/mm.h>

#define BOOTMEM_DEFAULT	0

extern unsigned long max_low_pfn;

struct range;

void *alloc_bootmem(unsigned long size);
int reserve_bootmem_generic(unsigned long start, unsigned long size, int flags);
void add_active_range(unsigned int nid, unsigned long start_pfn, unsigned long end_pfn);
int add_from_early_node_map(struct range *range, int az, int nr_range, int nid);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_BOOTMEM_H
#define SHIM_LINUX_BOOTMEM_H

#include <linux/mm.h>

void *alloc_bootmem(unsigned long size);
void add_active_range(unsigned int nid, unsigned long start_pfn, unsigned long end_pfn);

#endif

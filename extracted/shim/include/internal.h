/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mm/internal.h, which files in mm/ include by this name: they must not find the kernel's own.
 */
#ifndef SHIM_INTERNAL_H
#define SHIM_INTERNAL_H

#include <linux/memory_hotplug.h>
#include <linux/mm.h>

extern bool mirrored_kernelcore;

/* Since v6.16 the kernel's mm/internal.h declares these. */
void memblock_free_all(void);
unsigned long free_reserved_area(void *start, void *end, int poison, const char *text);

void memblock_free_pages(struct page *page, unsigned long pfn, unsigned int order);

#endif

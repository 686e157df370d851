/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_SLAB_H
#define SHIM_LINUX_SLAB_H

#include <linux/types.h>

#define GFP_KERNEL	0u
#define GFP_NOWAIT	0u

void *kmemdup(const void *from, size_t size, gfp_t flags);

/* Nearly everything here runs before the slab allocator does. */
extern bool shim_slab_available;
static inline bool slab_is_available(void)
{
	return shim_slab_available;
}

void *kmalloc(size_t size, gfp_t flags);
void *kzalloc_node(size_t size, gfp_t flags, int node);
void kfree(const void *p);

#endif

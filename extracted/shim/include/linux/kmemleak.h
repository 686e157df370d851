/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_KMEMLEAK_H
#define SHIM_LINUX_KMEMLEAK_H

#include <linux/types.h>

/* Nobody looks for leaks here, as with CONFIG_DEBUG_KMEMLEAK unset. */
static inline void kmemleak_alloc(const void *p, size_t size, int min_count, gfp_t gfp)
{
	(void)p;
	(void)size;
	(void)min_count;
	(void)gfp;
}

static inline void kmemleak_free_part(const void *p, size_t size)
{
	(void)p;
	(void)size;
}

static inline void kmemleak_alloc_phys(phys_addr_t phys, size_t size, gfp_t gfp)
{
	(void)phys;
	(void)size;
	(void)gfp;
}

static inline void kmemleak_free_part_phys(phys_addr_t phys, size_t size)
{
	(void)phys;
	(void)size;
}

#endif

// SPDX-License-Identifier: GPL-2.0-only
/* The kernel's own allocations: handed out one after the other, back at reset. */
#include <linux/slab.h>
#include <linux/string.h>

#include "sanitizer.h"
#include "shim.h"

/* Between two blocks, so that AddressSanitizer sees a step out of one. */
#define GAP	32

static unsigned char pool[64 * 1024] SHIM_SCRATCH __attribute__((__aligned__(16)));
static size_t used;

void *shim_alloc(size_t size)
{
	unsigned char *p = pool + used;

	shim_tick();
	if (!used)
		shim_forbid(pool, sizeof(pool));
	if (size > sizeof(pool) - used)
		return NULL;
	used = (used + size + GAP + 15) & ~15ul;
	if (used > sizeof(pool))
		used = sizeof(pool);
	shim_allow(p, size);
	shim_undefined(p, size);
	return p;
}

void *shim_alloc_zeroed(size_t size)
{
	void *p = shim_alloc(size);

	if (p)
		memset(p, 0, size);
	return p;
}

void shim_alloc_clear(void)
{
	used = 0;
}

void *kmemdup(const void *from, size_t size, gfp_t flags)
{
	void *p = shim_alloc(size);

	(void)flags;
	if (p)
		memcpy(p, from, size);
	return p;
}

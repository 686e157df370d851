/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Physical memory of family e820, all that lies below MEMORY_END.
 *
 * On 64 bits it is the arena. A process of 32 bits has no room for that: there the arena is a
 * quarry of windows, each a piece of memory of its own that begins with the contents of those
 * before it. The loader's are written one after the other, before the kernel maps any; the kernel
 * only reads. The same piece asked for again is the same window.
 */
#ifndef E820_WINDOWS_H
#define E820_WINDOWS_H

#include <asm/fixmap.h>

#include "contract/e820.h"

/*
 * Nodes lie below E820_DATA_END, what is mapped of them may reach beyond. Behind the last page
 * nothing is mapped.
 */
#define MEMORY_END	(E820_DATA_END + ((E820_MAP_PAGES + 1) << PAGE_SHIFT))
#define LAST_PAGE	(MEMORY_END - PAGE_SIZE)

#ifndef CONFIG_X86_32

const uint64_t shim_arena_size = MEMORY_END;

#define physical(phys, size)	shim_arena(phys, size)
#define forget_windows()	((void)0)

#else

/* Of each node: what the loader writes, its pages, and what can be mapped of it. */
#define WINDOWS_MAX	(4 * E820_DATA_MAX + 8)
#define WINDOW_GAP	PAGE_SIZE

const uint64_t shim_arena_size = 16 << 20;

static struct window {
	uint64_t phys;
	uint32_t size, at;		/* at: in the arena */
} windows[WINDOWS_MAX];
static unsigned int nr_windows;

WRAPPER static void forget_windows(void)
{
	nr_windows = 0;
}

/* What both hold is the same. */
WRAPPER static void copy_window(void *to, const struct window *w, const struct window *from)
{
	uint64_t start = w->phys > from->phys ? w->phys : from->phys;
	uint64_t end = w->phys + w->size < from->phys + from->size ?
		       w->phys + w->size : from->phys + from->size;

	if (start < end)
		shim_copy((char *)to + (start - w->phys),
			  (char *)shim_arena(from->at, 0) + (start - from->phys), end - start);
}

/* At the same place in its page as in physical memory; behind it nothing may be touched. */
WRAPPER static void *new_window(struct window *w)
{
	const struct window *last = nr_windows ? &windows[nr_windows - 1] : NULL;
	void *to;

	w->at = last ? ((last->at + last->size + WINDOW_GAP) | (PAGE_SIZE - 1)) + 1 : PAGE_SIZE;
	w->at += w->phys & (PAGE_SIZE - 1);
	to = nr_windows < WINDOWS_MAX ? shim_arena(w->at, w->size) : NULL;
	if (!to)
		shim_abort(OUT_HANG);	/* no op asks for so many */
	memset(to, SHIM_ARENA_PATTERN, w->size);
	for (unsigned int i = 0; i < nr_windows; i++)
		copy_window(to, w, &windows[i]);
	windows[nr_windows++] = *w;
	return to;
}

WRAPPER static void *physical(uint64_t phys, uint64_t size)
{
	struct window w = { .phys = phys, .size = size };

	if (phys == LAST_PAGE)
		return shim_arena(shim_arena_size - PAGE_SIZE, size);
	if (phys >= MEMORY_END || size > MEMORY_END - phys)
		return NULL;
	for (unsigned int i = 0; i < nr_windows; i++)
		if (windows[i].phys == phys && windows[i].size == size)
			return shim_arena(windows[i].at, size);
	return new_window(&w);
}

#endif
#endif

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Physical memory: one sparse window, of which only touched pages cost anything. A page is
 * filled with a pattern when it is touched for the first time since the reset.
 */
#include <asm/io.h>
#include <sys/mman.h>

#include "host/guard.h"
#include "sanitizer.h"
#include "shim.h"

#define PAGE		4096ull
#define TOUCHED_MAX	16384

/*
 * Pages stay with the process when they are forgotten, and in a large window scenarios hardly ever
 * meet again: all are given back when there may be so many (64 MiB).
 */
#define RESIDENT_MAX	16384

static unsigned char *arena SHIM_SCRATCH;
static uint32_t touched[TOUCHED_MAX] SHIM_SCRATCH;
static unsigned int nr_touched;
static unsigned int resident SHIM_SCRATCH;

/*
 * Outside of any op: that the machine has no room for it is not the kernel's doing. What lies
 * behind the arena is not mapped.
 */
static void map(void)
{
	int fixed = arena ? MAP_FIXED : 0;
	void *p = mmap(arena, shim_arena_size + PAGE, PROT_NONE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | fixed, -1, 0);

	if (p != MAP_FAILED)
		p = mmap(p, shim_arena_size, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
	if (p == MAP_FAILED)
		guard_no_memory("physical memory", shim_arena_size);
	arena = p;
	resident = 0;
}

/*
 * Everything was mapped anew: nothing that AddressSanitizer was told of it holds, and its own
 * memory for it is given back, too. (MemorySanitizer sees the mmap() itself.)
 */
static void renew(void)
{
#ifdef SHIM_ASAN
	size_t scale, offset;

	__asan_get_shadow_mapping(&scale, &offset);
	madvise((void *)(((uintptr_t)arena >> scale) + offset), shim_arena_size >> scale,
		MADV_DONTNEED);
#endif
}

static bool is_touched(uint64_t page)
{
	for (unsigned int i = nr_touched; i--; )
		if (touched[i] == page)
			return true;
	return false;
}

static void touch(uint32_t page)
{
	unsigned char *at = arena + page * PAGE;

	if (is_touched(page))
		return;
	if (nr_touched == TOUCHED_MAX)
		shim_abort(OUT_HANG);
	touched[nr_touched++] = page;
	resident++;
	shim_allow(at, PAGE);
	__builtin_memset(at, SHIM_ARENA_PATTERN, PAGE);
	shim_undefined(at, PAGE);
	shim_forbid(at, PAGE);
}

/* Untouched pages are forbidden only next to touched ones: there are too many for all. */
static void fence(uint64_t page)
{
	if (SHIM_FORBIDS && page < shim_arena_size / PAGE && !is_touched(page))
		shim_forbid(arena + page * PAGE, PAGE);
}

void *shim_arena(uint64_t phys, uint64_t size)
{
	uint64_t page = phys / PAGE;

	if (phys >= shim_arena_size || size > shim_arena_size - phys)
		return NULL;
	if (!arena)
		return NULL;
	fence(page - 1);
	for (; page * PAGE < phys + size; page++)
		touch(page);
	fence(page);
	shim_allow(arena + phys, size);
	return arena + phys;
}

/* Weak: a wrapper may have other memory. */
__attribute__((__weak__)) uint64_t shim_phys(const void *p)
{
	return (const unsigned char *)p - arena;
}

void shim_arena_reset(void)
{
	if (shim_arena_size && !arena)
		map();
	for (unsigned int i = 0; i < nr_touched; i++)
		shim_forbid(arena + touched[i] * PAGE, PAGE);
	nr_touched = 0;
	if (resident > RESIDENT_MAX) {
		map();
		renew();
	}
}

/* A window to nowhere is the fault that touching it would be. Weak: a wrapper may bring its own. */
#define WEAK	__attribute__((__weak__))

WEAK void *early_memremap(resource_size_t phys, unsigned long size)
{
	void *p;

	shim_tick();
	p = shim_arena(phys, size);
	if (!p)
		shim_abort(OUT_UNMAPPED);
	return p;
}

WEAK void early_memunmap(void *window, unsigned long size)
{
	shim_tick();
	shim_forbid(window, size);
}

WEAK void *early_ioremap(resource_size_t phys, unsigned long size)
{
	return early_memremap(phys, size);
}

WEAK void early_iounmap(void *window, unsigned long size)
{
	early_memunmap(window, size);
}

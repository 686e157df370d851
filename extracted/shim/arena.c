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
#define TOUCHED_MAX	4096

static unsigned char *arena SHIM_SCRATCH;
static uint32_t touched[TOUCHED_MAX] SHIM_SCRATCH;
static unsigned int nr_touched;

/* Outside of any op: that the machine has no room for it is not the kernel's doing. */
static void map(void)
{
	void *p = mmap(NULL, SHIM_ARENA_SIZE, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (p == MAP_FAILED)
		guard_no_memory("physical memory", SHIM_ARENA_SIZE);
	arena = p;
}

static void touch(uint32_t page)
{
	unsigned char *at = arena + page * PAGE;

	for (unsigned int i = nr_touched; i--; )
		if (touched[i] == page)
			return;
	if (nr_touched == TOUCHED_MAX)
		shim_abort(OUT_HANG);
	touched[nr_touched++] = page;
	shim_allow(at, PAGE);
	__builtin_memset(at, SHIM_ARENA_PATTERN, PAGE);
	shim_undefined(at, PAGE);
	shim_forbid(at, PAGE);
}

void *shim_arena(uint64_t phys, uint64_t size)
{
	if (phys >= SHIM_ARENA_SIZE || size > SHIM_ARENA_SIZE - phys)
		return NULL;
	if (!arena)
		return NULL;
	for (uint64_t page = phys / PAGE; page * PAGE < phys + size; page++)
		touch(page);
	shim_allow(arena + phys, size);
	return arena + phys;
}

void shim_arena_reset(void)
{
	if (shim_has_arena && !arena)
		map();
	for (unsigned int i = 0; i < nr_touched; i++)
		shim_forbid(arena + touched[i] * PAGE, PAGE);
	nr_touched = 0;
}

/* A window to nowhere is the fault that touching it would be. */
void *early_memremap(resource_size_t phys, unsigned long size)
{
	void *p;

	shim_tick();
	p = shim_arena(phys, size);
	if (!p)
		shim_abort(OUT_UNMAPPED);
	return p;
}

void early_memunmap(void *window, unsigned long size)
{
	shim_tick();
	shim_forbid(window, size);
}

void *early_ioremap(resource_size_t phys, unsigned long size)
{
	return early_memremap(phys, size);
}

void early_iounmap(void *window, unsigned long size)
{
	early_memunmap(window, size);
}

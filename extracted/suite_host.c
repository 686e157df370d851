// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linked to the kernel's own suite of memblock when it runs on a subject (ci/fidelity): what it
 * calls between its tests resets the subject first. The suite's objects are taken as they are; the
 * linker redirects these names (--wrap).
 */
#define _GNU_SOURCE
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>

void suite_reset(bool movable_node);		/* memblock_suite.c */

extern bool movable_node_enabled;		/* the suite's */

void __real_reset_memblock_regions(void);
void __real_setup_memblock(void);
void __real_setup_numa_memblock(const unsigned int parts[]);

void __wrap_reset_memblock_regions(void)
{
	suite_reset(movable_node_enabled);
	__real_reset_memblock_regions();
}

void __wrap_setup_memblock(void)
{
	suite_reset(movable_node_enabled);
	__real_setup_memblock();
}

void __wrap_setup_numa_memblock(const unsigned int parts[])
{
	suite_reset(movable_node_enabled);
	__real_setup_numa_memblock(parts);
}

/*
 * The suite's physical memory: one block at a time, where 32 bits reach it. It stays mapped; the
 * next test overwrites it: fresh pages for every test are most of what they cost.
 */
static void *block;
static size_t block_size;
static bool taken;

void *__wrap_malloc(size_t size)
{
	if (taken || (block && size != block_size))
		abort();
	if (!block)
		block = mmap(NULL, size, PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	if (block == MAP_FAILED)
		abort();
	block_size = size;
	taken = true;
	return block;
}

void __wrap_free(void *p)
{
	if (!taken || p != block)
		abort();
	taken = false;
}

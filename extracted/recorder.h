/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * memblock as family e820 sees it: a recorder of the calls, with a contract of its own (see
 * contract/e820.h). Included after the kernel's file, whose headers give the prototypes.
 */
#ifndef RECORDER_H
#define RECORDER_H

#include "contract/e820.h"

/* What the next memblock_phys_alloc() answers with. */
static uint64_t recorder_answer;

#ifdef HAVE_MEMBLOCK

WRAPPER void memblock_allow_resize(void)
{
	shim_record(E820_REC_RESIZE, 0, 0);
}

WRAPPER int memblock_add(phys_addr_t base, phys_addr_t size)
{
	shim_record(E820_REC_ADD, base, size);
	return 0;
}

#ifdef HAVE_MEMBLOCK_RESERVE_INLINE
WRAPPER int __memblock_reserve(phys_addr_t base, phys_addr_t size, int nid,
			       enum memblock_flags flags)
#else
WRAPPER int memblock_reserve(phys_addr_t base, phys_addr_t size)
#endif
{
#ifdef HAVE_MEMBLOCK_RESERVE_INLINE
	(void)nid;
	(void)flags;
#endif
	shim_record(E820_REC_RESERVE, base, size);
	return 0;
}

WRAPPER void memblock_trim_memory(phys_addr_t align)
{
	shim_record(E820_REC_TRIM, 0, align);
}

WRAPPER void memblock_dump_all(void)
{
	shim_record(E820_REC_DUMP, 0, 0);
}

WRAPPER phys_addr_t memblock_phys_alloc_range(phys_addr_t size, phys_addr_t align,
					      phys_addr_t start, phys_addr_t end)
{
	(void)start;
	(void)end;
	shim_record(E820_REC_PHYS_ALLOC, align, size);
	return recorder_answer;
}

WRAPPER void *memblock_alloc_try_nid(phys_addr_t size, phys_addr_t align, phys_addr_t low,
				     phys_addr_t high, int nid)
{
	(void)align;
	(void)low;
	(void)high;
	(void)nid;
	return shim_alloc_zeroed(size);
}

#ifdef HAVE_MEMBLOCK_OR_PANIC
WRAPPER void *__memblock_alloc_or_panic(phys_addr_t size, phys_addr_t align, const char *func)
{
	void *p = memblock_alloc(size, align);

	if (!p)
		panic("%s: no memory\n", func);
	return p;
}
#endif

#endif
#endif

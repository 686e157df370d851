/* SPDX-License-Identifier: GPL-2.0-only */
/* How much physical memory a subject of family early_res has: all that can be mapped. */
#ifndef EARLY_RES_WINDOW_H
#define EARLY_RES_WINDOW_H

#include "contract/early_res.h"

#ifdef CONFIG_X86_32
#define MAPPED_FIRST		EARLY_RES_MAPPED_32
#define MAPPED_MAX		EARLY_RES_MAPPED_32
#else
#define MAPPED_FIRST		EARLY_RES_MAPPED_FIRST
#define MAPPED_MAX		EARLY_RES_MAPPED_MAX
#endif

#ifdef EARLYFUZZ_VALGRIND	/* which has no room for several windows of 64 GiB */
#define EARLY_RES_WINDOW	(8ULL << 30)
#else
#define EARLY_RES_WINDOW	(MAPPED_MAX * EARLY_RES_PAGE)
#endif

/* Bootmem has low memory only: the boot code hands over no more, whatever an op says. */
static inline uint64_t bootmem_end(uint64_t end)
{
#ifdef CONFIG_X86_32
	const uint64_t low = (uint64_t)EARLY_RES_LOW_PFN * EARLY_RES_PAGE;

	return end < low ? end : low;
#else
	return end;
#endif
}

/* What the boot code maps when it is to map memory below @pfn. */
static inline unsigned long mapped_pfn(unsigned long pfn)
{
	return pfn < MAPPED_MAX ? pfn : MAPPED_MAX;
}

#endif

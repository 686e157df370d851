/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_ASM_PAGE_H
#define SHIM_ASM_PAGE_H

#include <linux/kernel.h>

#define PAGE_SHIFT	12
#define PAGE_SIZE	(1UL << PAGE_SHIFT)
#define PAGE_MASK	(~(PAGE_SIZE - 1))
#define SMP_CACHE_BYTES	64

/* Physical memory, as far as the subject has any: see its wrapper. */
void *shim_va(uint64_t phys);
uint64_t shim_phys(const void *p);

#define __va(phys)	shim_va(phys)
#define __pa(p)		shim_phys((const void *)(p))

/*
 * One past the highest physical address; since v4.13 with five-level page tables. On 32 bits: what
 * the kernel maps of it.
 */
#ifdef CONFIG_X86_32
#define MAXMEM		0x38000000UL
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(4, 13, 0)
#define MAXMEM		(1UL << 52)
#else
#define MAXMEM		(1UL << 46)
#endif

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_MM_H
#define SHIM_LINUX_MM_H

#include <asm/io.h>
#include <asm/page.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/mmzone.h>
#include <linux/numa.h>
#include <linux/pfn.h>

struct cpumask;
struct seq_file;

struct page {
	unsigned long flags;
} __attribute__((aligned(64)));

struct page *pfn_to_page(unsigned long pfn);

extern unsigned long max_pfn;
extern unsigned long max_pfn_mapped;

#define PAGE_ALIGN(address)	 ALIGN(address, PAGE_SIZE)
#define PAGE_ALIGN_DOWN(address) ((address) & PAGE_MASK)

void totalram_pages_inc(void);
void totalram_pages_add(long pages);

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0)
void reserve_bootmem_region(phys_addr_t start, phys_addr_t end, int nid);
#else
void reserve_bootmem_region(phys_addr_t start, phys_addr_t end);
#endif

/* Without CONFIG_UNACCEPTED_MEMORY. */
static inline void accept_memory(phys_addr_t start, unsigned long size)
{
	(void)start;
	(void)size;
}

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_ASM_IO_H
#define SHIM_ASM_IO_H

#include <linux/types.h>

/* A window onto physical memory, of @size bytes. */
void *early_memremap(resource_size_t phys, unsigned long size);
void early_memunmap(void *window, unsigned long size);
void *early_ioremap(resource_size_t phys, unsigned long size);
void early_iounmap(void *window, unsigned long size);

void *phys_to_virt(phys_addr_t phys);
phys_addr_t virt_to_phys(volatile void *p);

#endif

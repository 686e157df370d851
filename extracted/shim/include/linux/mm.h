/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_MM_H
#define SHIM_LINUX_MM_H

#include <asm/io.h>
#include <asm/page.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/numa.h>
#include <linux/pfn.h>

struct pglist_data;
struct seq_file;
typedef struct pglist_data pg_data_t;

extern unsigned long max_pfn;
extern unsigned long max_pfn_mapped;

#endif

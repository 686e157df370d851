/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_SUSPEND_H
#define SHIM_LINUX_SUSPEND_H

#include <linux/init.h>

void register_nosave_region(unsigned long start_pfn, unsigned long end_pfn);
int hibernate_nvs_register(unsigned long start, unsigned long size);

#endif

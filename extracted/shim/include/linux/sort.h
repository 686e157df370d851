/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_SORT_H
#define SHIM_LINUX_SORT_H

#include <linux/types.h>

void sort(void *base, size_t count, size_t size, int (*cmp)(const void *, const void *),
	  void (*swap)(void *, void *, int));

#endif

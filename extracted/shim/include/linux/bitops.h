/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_BITOPS_H
#define SHIM_LINUX_BITOPS_H

#include <linux/bug.h>
#include <linux/types.h>

/* The lowest bit set; undefined for 0: who asks for that gets no answer here. */
static inline unsigned long __ffs(unsigned long word)
{
	BUG_ON(!word);
	return __builtin_ctzl(word);
}

#endif

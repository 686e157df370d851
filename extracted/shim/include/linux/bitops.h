/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_BITOPS_H
#define SHIM_LINUX_BITOPS_H

#include <linux/types.h>

/* The lowest bit set; undefined for 0: who asks for that gets the least convenient answer. */
static inline unsigned long __ffs(unsigned long word)
{
	return word ? (unsigned long)__builtin_ctzl(word) : -1UL;
}

#endif

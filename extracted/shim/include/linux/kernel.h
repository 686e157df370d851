/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_KERNEL_H
#define SHIM_LINUX_KERNEL_H

#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/export.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <linux/types.h>

#define ULLONG_MAX	(~0ULL)

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

/* To a multiple of m, a power of two, in the type of x. */
#define round_up(x, m)	((((x) - 1) | ((__typeof__(x))(m) - 1)) + 1)
#define round_down(x, m) ((x) & ~((__typeof__(x))(m) - 1))

#define EINVAL		22
#define ENOMEM		12

unsigned long long memparse(const char *text, char **end);
unsigned long long simple_strtoull(const char *text, char **end, unsigned int base);

#endif

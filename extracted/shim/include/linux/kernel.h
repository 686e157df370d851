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
#define U64_MAX		((u64)~0ULL)
#define ULONG_MAX	(~0UL)
#define PHYS_ADDR_MAX	(~(phys_addr_t)0)

#define _RET_IP_	((unsigned long)__builtin_return_address(0))

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

/* To a multiple of m, a power of two, in the type of x. */
#define round_up(x, m)	((((x) - 1) | ((__typeof__(x))(m) - 1)) + 1)
#define round_down(x, m) ((x) & ~((__typeof__(x))(m) - 1))

#define ALIGN(x, m)		(((x) + ((__typeof__(x))(m) - 1)) & ~((__typeof__(x))(m) - 1))
#define IS_ALIGNED(x, m)	(!((x) & ((__typeof__(x))(m) - 1)))

/* The highest bit set. */
#define ilog2(n)	(63 - __builtin_clzll(n))

/* Of an option that the configuration has as 1 or not at all. */
#define IS_ENABLED(option)	SHIM_SET(option)
#define SHIM_SET(value)		SHIM_SECOND_OF(SHIM_JUNK_##value 1, 0)
#define SHIM_SECOND_OF(...)	SHIM_SECOND(__VA_ARGS__, 0)
#define SHIM_JUNK_1		0,
#define SHIM_SECOND(ignored, second, ...) second

#define EINVAL		22
#define ENOMEM		12
#define EBUSY		16

/* Not the name of libc's own: a unit test links both. */
int snprintf(char *to, size_t size, const char *fmt, ...) __asm__("shim_snprintf");
unsigned long long memparse(const char *text, char **end);
unsigned long long simple_strtoull(const char *text, char **end, unsigned int base);

#endif

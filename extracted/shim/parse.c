// SPDX-License-Identifier: GPL-2.0-only
/* Numbers in command lines: simple_strtoull() and memparse(). */
#include <linux/kernel.h>

#include "shim.h"

static unsigned int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 16;
}

/* Base 0: 0x is hexadecimal, another leading 0 octal. Overflow wraps. */
unsigned long long simple_strtoull(const char *text, char **end, unsigned int base)
{
	bool hex = text[0] == '0' && (text[1] | 0x20) == 'x' && digit(text[2]) < 16;
	unsigned long long v = 0;

	shim_tick();
	if (!base)
		base = hex ? 16 : text[0] == '0' ? 8 : 10;
	if (base == 16 && hex)
		text += 2;
	for (; digit(*text) < base; text++)
		v = v * base + digit(*text);
	if (end)
		*end = (char *)text;
	return v;
}

/*
 * A number with a suffix in either case, times 2^10 (K), 2^20 (M), 2^30 (G), and since v3.16 2^40
 * (T), 2^50 (P), 2^60 (E).
 */
unsigned long long memparse(const char *text, char **end)
{
	const char *suffixes = shim_version >= 0x31000 ? "kmgtpe" : "kmg";
	char *at;
	unsigned long long v = simple_strtoull(text, &at, 0);

	for (unsigned int i = 0; suffixes[i]; i++)
		if ((*at | 0x20) == suffixes[i]) {
			v <<= 10 * (i + 1);
			at++;
			break;
		}
	if (end)
		*end = at;
	return v;
}

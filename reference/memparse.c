// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "memparse.h"

/* The value of a digit; 16 and above for what is none. */
static unsigned int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 16;
}

/* As in C, 0x begins a number when a digit follows; else it is a 0, and an x. */
uint64_t memparse_number(const char **at)
{
	const char *p = *at;
	unsigned int base = 10;
	uint64_t n = 0;

	if (p[0] == '0') {
		bool hexadecimal = (p[1] | 0x20) == 'x' && digit(p[2]) < 16;

		base = hexadecimal ? 16 : 8;
		p += hexadecimal ? 2 : 0;
	}
	for (; digit(*p) < base; p++)
		n = n * base + digit(*p);
	*at = p;
	return n;
}

uint64_t memparse_size(const char **at, bool to_exa)
{
	static const char suffixes[] = "kmgtpe";
	uint64_t n = memparse_number(at);
	const char *s = **at ? strchr(suffixes, **at | 0x20) : NULL;
	unsigned int step = s ? s - suffixes + 1 : 0;

	if (!s || (step > 3 && !to_exa))
		return n;
	++*at;
	return n << 10 * step;
}

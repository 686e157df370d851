// SPDX-License-Identifier: GPL-2.0-only
/* Strings, as far as the compiler's library does not have them or has them otherwise. */
#include <linux/kernel.h>
#include <stdarg.h>

#include "shim.h"

#define E2BIG	7

int snprintf(char *to, size_t size, const char *fmt, ...)
{
	va_list args;
	char *end;

	if (!size)
		return 0;
	va_start(args, fmt);
	end = shim_format(to, to + size - 1, fmt, args);
	va_end(args);
	*end = '\0';
	return end - to;
}

long sized_strscpy(char *to, const char *from, size_t size)
{
	size_t len = 0;

	if (!size)
		return -E2BIG;
	for (; len < size - 1 && from[len]; len++)
		to[len] = from[len];
	to[len] = '\0';
	return from[len] ? -E2BIG : (long)len;
}

/* The kernel's characters are Latin-1: 0xa0 is a blank that does not break lines. */
int isspace(int c)
{
	c = (unsigned char)c;
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0;
}

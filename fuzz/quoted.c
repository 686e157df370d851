// SPDX-License-Identifier: GPL-2.0-only
#include <stdbool.h>

#include "quoted.h"

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* What is behind a backslash at @at, which moves on; a negative number is no escape. */
static int escape(const char **at, const char *end)
{
	const char *p = *at;
	int high, low;

	if (p == end)
		return -1;
	*at = p + 1;
	switch (*p) {
	case '"':
	case '\\':
		return *p;
	case 'n':
		return '\n';
	case 't':
		return '\t';
	case 'x':
		break;
	default:
		return -1;
	}
	high = end - p > 2 ? hex_digit(p[1]) : -1;
	low = end - p > 2 ? hex_digit(p[2]) : -1;
	if (high < 0 || low < 0)
		return -1;
	*at = p + 3;
	return high << 4 | low;
}

/* No byte that a line of text may hold; tabs are blanks. */
static bool is_bare(char c)
{
	return c != '\t' && ((unsigned char)c < 0x20 || (unsigned char)c >= 0x7f);
}

enum quoted quoted_parse(const char **at, const char *end, char *out, unsigned int max,
			 unsigned int *len)
{
	const char *const start = *at, *p = start;

	*len = 0;
	if (p == end || *p != '"')
		return QUOTED_MISSING;
	for (p++; p < end && *p != '"';) {
		int c = (unsigned char)*p;

		*at = p++;
		if (c == '\\')
			c = escape(&p, end);
		if (c < 0)
			return QUOTED_ESCAPE;
		if (!c || is_bare(**at))
			return QUOTED_BYTE;
		if (*len == max)
			return QUOTED_LONG;
		out[(*len)++] = c;
	}
	if (p == end) {
		*at = start;
		return QUOTED_OPEN;
	}
	*at = p + 1;
	return QUOTED_OK;
}

void quoted_print(FILE *out, const char *text, unsigned int len)
{
	fputc('"', out);
	for (unsigned int i = 0; i < len; i++) {
		unsigned char c = text[i];

		if (c == '"' || c == '\\')
			fprintf(out, "\\%c", c);
		else if (c == '\n' || c == '\t')
			fputs(c == '\n' ? "\\n" : "\\t", out);
		else if (c < 0x20 || c >= 0x7f)
			fprintf(out, "\\x%02x", c);
		else
			fputc(c, out);
	}
	fputc('"', out);
}

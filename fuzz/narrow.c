// SPDX-License-Identifier: GPL-2.0-only
/* vasprintf() */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "narrow.h"

#define DEEPER	4	/* columns that a continued line is indented more */

FILE *narrow_begin(void)
{
	return tmpfile();
}

/* One line without its newline; trailing blanks are gone. */
static void put(FILE *out, const char *line, size_t len)
{
	while (len && line[len - 1] == ' ')
		len--;
	fprintf(out, "%.*s\n", (int)len, line);
}

/* How much of @line fits in @room columns: up to a blank behind its first @keep ones. */
static size_t cut(const char *line, size_t len, size_t keep, size_t room)
{
	size_t at = room;

	if (len <= room)
		return len;
	while (at > keep && line[at] != ' ')
		at--;
	return at > keep ? at : room;
}

static void fold(FILE *out, const char *line, size_t len)
{
	size_t indent = strspn(line, " "), n;

	if (indent > NARROW_COLUMNS / 2)
		indent = NARROW_COLUMNS / 2;
	n = cut(line, len, indent, NARROW_COLUMNS);
	put(out, line, n);
	indent += DEEPER;
	while (n < len) {
		size_t more;

		while (n < len && line[n] == ' ')
			n++;
		if (n == len)
			break;
		more = cut(line + n, len - n, 0, NARROW_COLUMNS - indent);
		fprintf(out, "%*s", (int)indent, "");
		put(out, line + n, more);
		n += more;
	}
}

/* @text as printable ASCII, without tabs, and how long that is. NULL when memory lacks. */
static char *plain(const char *text, size_t len, size_t *columns)
{
	char *out = malloc(8 * len + 1);
	size_t n = 0;

	if (!out)
		return NULL;
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\t')
			do
				out[n++] = ' ';
			while (n % 8);
		else
			out[n++] = text[i] >= ' ' && text[i] <= '~' ? text[i] : '?';
	}
	out[n] = 0;
	*columns = n;
	return out;
}

void narrow_end(FILE *in, FILE *out)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t len;

	rewind(in);
	while ((len = getline(&line, &room, in)) >= 0) {
		size_t columns;
		char *text = plain(line, len && line[len - 1] == '\n' ? len - 1 : len, &columns);

		if (!text)
			break;
		fold(out, text, columns);
		free(text);
	}
	free(line);
	fclose(in);
}

void narrow_prose(FILE *out, const char *first, const char *rest, const char *text)
{
	const char *before = first;
	size_t column = 0;

	while (*(text += strspn(text, " \t\n"))) {
		size_t len = strcspn(text, " \t\n");

		if (column && column + 1 + len > NARROW_PROSE) {
			fputc('\n', out);
			column = 0;
		}
		if (column) {
			fputc(' ', out);
			column++;
		} else {
			fputs(before, out);
			column = strlen(before);
			before = rest;
		}
		fwrite(text, 1, len, out);
		column += len;
		text += len;
	}
	if (column)
		fputc('\n', out);
}

void narrow_prosef(FILE *out, const char *first, const char *rest, const char *fmt, ...)
{
	char *text;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&text, fmt, ap);
	va_end(ap);
	if (n < 0)
		return;
	narrow_prose(out, first, rest, text);
	free(text);
}

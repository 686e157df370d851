// SPDX-License-Identifier: GPL-2.0-only
/*
 * From bytes to lines: line ends of all systems, soft line ends and codes of quoted-printable mail.
 * Of a line that is too long the beginning is kept.
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "import_lines.h"

/* A mailer breaks lines after 76 bytes, "=" included, and not much earlier. */
#define SOFT_MIN	70u
#define SOFT_MAX	76u

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* "=3D" is "=": only there, since a command line has "=40" of its own. */
static void decode(struct import_lines *l)
{
	unsigned int to = 0;

	for (unsigned int from = 0; from < l->len; from++, to++) {
		int high = -1, low = -1;

		if (l->buf[from] == '=' && from + 2 < l->len) {
			high = digit(l->buf[from + 1]);
			low = digit(l->buf[from + 2]);
		}
		if (high >= 0 && low >= 0) {
			l->buf[to] = high << 4 | low;
			if (!l->buf[to])
				l->buf[to] = ' ';
			from += 2;
		} else {
			l->buf[to] = l->buf[from];
		}
	}
	l->len = to;
	l->buf[l->len] = '\0';
}

static bool soft_end(const struct import_lines *l)
{
	unsigned int here = l->len - l->piece;

	if (!here || l->buf[l->len - 1] != '=' || l->lost)
		return false;
	return l->quoted || (here >= SOFT_MIN && here <= SOFT_MAX);
}

static void complete(struct import_lines *l)
{
	l->buf[l->len] = '\0';
	if (l->quoted || l->joined || strstr(l->buf, "=3D"))
		decode(l);
	if (!strncasecmp(l->buf, "content-transfer-encoding:", 26))
		l->quoted = strstr(l->buf, "quoted-printable");
}

bool import_lines_byte(struct import_lines *l, char c)
{
	if (c != '\n') {
		if (!c) {
			if (!l->nul)
				l->nul = l->number;
			c = ' ';
		}
		if (l->len < IMPORT_LINE_MAX)
			l->buf[l->len++] = c;
		else
			l->lost++;
		return false;
	}
	if (!l->lost && l->len > l->piece && l->buf[l->len - 1] == '\r')
		l->len--;
	if (soft_end(l)) {
		l->len--;
		l->piece = l->len;
		l->joined = true;
		l->number++;
		return false;
	}
	complete(l);
	return true;
}

bool import_lines_end(struct import_lines *l)
{
	if (!l->len)
		return false;
	complete(l);
	return true;
}

void import_lines_done(struct import_lines *l)
{
	l->len = l->piece = 0;
	l->lost = 0;
	l->joined = false;
	l->first = ++l->number;
}

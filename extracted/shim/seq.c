// SPDX-License-Identifier: GPL-2.0-only
/* Files that show something as text. */
#include <linux/seq_file.h>
#include <linux/string.h>
#include <stdarg.h>

#include "shim.h"

void seq_printf(struct seq_file *m, const char *fmt, ...)
{
	va_list args;

	shim_tick();
	va_start(args, fmt);
	m->count = shim_format(m->buf + m->count, m->buf + m->size, fmt, args) - m->buf;
	va_end(args);
}

void seq_putc(struct seq_file *m, char c)
{
	if (m->count < m->size)
		m->buf[m->count++] = c;
}

void seq_puts(struct seq_file *m, const char *s)
{
	seq_printf(m, "%s", s);
}

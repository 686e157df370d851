/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_SEQ_FILE_H
#define SHIM_LINUX_SEQ_FILE_H

#include <linux/types.h>

/* What is shown is written to [buf, buf + size), count bytes of it so far. */
struct seq_file {
	char *buf;
	size_t size;
	size_t count;
	void *private;
};

void seq_printf(struct seq_file *m, const char *fmt, ...);
void seq_putc(struct seq_file *m, char c);
void seq_puts(struct seq_file *m, const char *s);

/* A file is opened and read in one step here. */
struct file_operations {
	int (*shim_show)(struct seq_file *m, void *v);
};

#define DEFINE_SHOW_ATTRIBUTE(name) \
	static const struct file_operations name##_fops = { .shim_show = name##_show }

#endif

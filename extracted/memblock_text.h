/* SPDX-License-Identifier: GPL-2.0-only */
/* The command line and debugfs. Included after the kernel's file and the wrapper's own tables. */
#ifndef MEMBLOCK_TEXT_H
#define MEMBLOCK_TEXT_H

WRAPPER static void set_debug(bool on)
{
	char text[] = "debug";
	int ret;

	if (!on)
		memblock_debug = 0;
	else if (!shim_call_early_param("memblock", text, &ret))
		shim_abort(OUT_BUG);
}

#ifdef HAVE_MEMBLOCK_RESERVE_MEM

WRAPPER static int reserve_mem_text(const struct op *op)
{
	char text[OP_TEXT_MAX + 1];
	int ret = 0;

	text[op_text(op, text)] = '\0';
	if (!shim_call_setup("reserve_mem=", text, &ret))
		shim_abort(OUT_BUG);
	return ret;
}

WRAPPER static uint64_t reserve_mem_find(const struct op *op)
{
	char text[OP_TEXT_MAX + 1];
	phys_addr_t start, size;

	text[op_text(op, text)] = '\0';
	if (!reserve_mem_find_by_name(text, &start, &size))
		return 0;
	answer(MEMBLOCK_NAMED, start, size, 0);
	return 1;
}

#else
#define reserve_mem_text(op)	((void)(op), 0)
#define reserve_mem_find(op)	((void)(op), 0)
#endif

#ifdef CONFIG_DEBUG_FS

/* The files of one directory. */
static struct {
	const char *name;
	void *data;
	const struct file_operations *fops;
} files[4];
static unsigned int nr_files;

WRAPPER struct dentry *debugfs_create_dir(const char *name, struct dentry *parent)
{
	(void)parent;
	return strcmp(name, "memblock") ? NULL : (struct dentry *)files;
}

WRAPPER struct dentry *debugfs_create_file(const char *name, umode_t mode, struct dentry *parent,
					   void *data, const struct file_operations *fops)
{
	(void)mode;
	if (parent == (struct dentry *)files && nr_files < ARRAY_SIZE(files)) {
		files[nr_files].name = name;
		files[nr_files].data = data;
		files[nr_files++].fops = fops;
	}
	return NULL;
}

static char shown[128 * 1024 + SHIM_LOG_BEYOND] SHIM_SCRATCH;

/* What stands in the file of a collection, a region a line. */
WRAPPER static uint64_t show(unsigned int table)
{
	static const char *const names[] = { "memory", "reserved", "physmem" };
	struct seq_file m = { .buf = shown, .size = sizeof(shown) - SHIM_LOG_BEYOND };
	struct table t;
	int ret;

	nr_files = 0;
	if (table >= ARRAY_SIZE(names) || !shim_call_initcall("memblock_init_debugfs", &ret))
		shim_abort(OUT_BUG);
	for (unsigned int i = 0; i < nr_files; i++) {
		if (strcmp(files[i].name, names[table]))
			continue;
		m.private = files[i].data;
		files[i].fops->shim_show(&m, NULL);
	}
	shim_memblock_file(&t, m.buf, m.buf + m.count);
	for (unsigned int i = 0; i < t.nr; i++)
		answer(MEMBLOCK_RANGE, t.rows[i].start, t.rows[i].size, t.rows[i].flags);
	return 0;
}

#else
#define show(table)	((void)(table), 0)
#endif
#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* Which files the arguments FILE|DIR... of a command mean. */
#ifndef FUZZ_FILES_H
#define FUZZ_FILES_H

#include <stdbool.h>
#include <stddef.h>

struct files {
	char **path;
	size_t nr, room;
};

/**
 * files_add() - a file as it is, or everything below a directory
 *
 * Directories are read recursively, sorted by byte value; hidden entries, *.md and
 * *.log (boot logs, for import) are passed over.
 * "-" is standard input.
 *
 * Return: true, or false with @err (at least 256 bytes): "PATH: what is wrong".
 */
bool files_add(struct files *files, const char *path, char *err);

void files_free(struct files *files);

#endif

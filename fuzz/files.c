// SPDX-License-Identifier: GPL-2.0-only
/* asprintf() */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "files.h"

#define ERR_MAX		256
#define DEPTH_MAX	32	/* symbolic links may lead in circles */

static bool push(struct files *f, const char *path, char *err)
{
	if (f->nr == f->room) {
		size_t room = f->room ? 2 * f->room : 64;
		char **more = realloc(f->path, room * sizeof(*more));

		if (!more)
			goto nomem;
		f->path = more;
		f->room = room;
	}
	f->path[f->nr] = strdup(path);
	if (f->path[f->nr++])
		return true;
	f->nr--;
nomem:
	snprintf(err, ERR_MAX, "%.200s: out of memory", path);
	return false;
}

static int wanted(const struct dirent *d)
{
	size_t len = strlen(d->d_name);

	return d->d_name[0] != '.' && !(len > 3 && !strcmp(d->d_name + len - 3, ".md")) &&
	       !(len > 4 && !strcmp(d->d_name + len - 4, ".log"));
}

/* Not alphasort(): the order must not depend on the locale. */
static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static bool add(struct files *f, const char *path, unsigned int depth, char *err)
{
	struct dirent **entry;
	struct stat st;
	bool ok = true;
	int nr;

	if (stat(path, &st)) {
		snprintf(err, ERR_MAX, "%.200s: %s", path, strerror(errno));
		return false;
	}
	if (!S_ISDIR(st.st_mode))
		return push(f, path, err);
	if (depth == DEPTH_MAX) {
		snprintf(err, ERR_MAX, "%.200s: directories nested too deep", path);
		return false;
	}
	nr = scandir(path, &entry, wanted, by_bytes);
	if (nr < 0) {
		snprintf(err, ERR_MAX, "%.200s: %s", path, strerror(errno));
		return false;
	}
	for (int i = 0; i < nr; i++) {
		size_t len = strlen(path);
		char *below;

		while (len > 1 && path[len - 1] == '/')
			len--;
		if (ok && asprintf(&below, "%.*s/%s", (int)len, path, entry[i]->d_name) >= 0) {
			ok = add(f, below, depth + 1, err);
			free(below);
		}
		free(entry[i]);
	}
	free(entry);
	return ok;
}

bool files_add(struct files *files, const char *path, char *err)
{
	if (!strcmp(path, "-"))
		return push(files, path, err);
	return add(files, path, 0, err);
}

void files_free(struct files *files)
{
	for (size_t i = 0; i < files->nr; i++)
		free(files->path[i]);
	free(files->path);
	memset(files, 0, sizeof(*files));
}

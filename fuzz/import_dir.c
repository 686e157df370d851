// SPDX-License-Identifier: GPL-2.0-only
/* /sys/firmware/memmap: a directory N for each entry, in it the files start, end and type. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "import.h"
#include "import_entry.h"

#define PATH_SIZE	4096

static bool is_number(const char *name)
{
	size_t len = strspn(name, "0123456789");

	return len && len < 6 && !name[len];
}

/* Does anything but the numbers of entries matter? No: a copy may hold what it likes. */
static unsigned int numbers(const char *path, unsigned int *n, unsigned int max, char *err)
{
	DIR *dir = opendir(path);
	unsigned int nr = 0;
	struct dirent *e;

	if (!dir) {
		snprintf(err, SCENARIO_ERR, "%.120s: %s", path, strerror(errno));
		return 0;
	}
	while ((e = readdir(dir))) {
		if (!is_number(e->d_name) || nr == max)
			continue;
		n[nr++] = (unsigned int)strtoul(e->d_name, NULL, 10);
	}
	closedir(dir);
	if (!nr)
		snprintf(err, SCENARIO_ERR, "%.120s: no map in this directory, expected "
			 "0/start, 0/end, 0/type as in /sys/firmware/memmap", path);
	return nr;
}

static int by_number(const void *a, const void *b)
{
	unsigned int x = *(const unsigned int *)a, y = *(const unsigned int *)b;

	return (x > y) - (x < y);
}

/* One line of a file; false with @err filled. */
static bool line_of(const char *path, unsigned int n, const char *file, char *line, size_t size,
		    char *err)
{
	char name[PATH_SIZE];
	FILE *in;
	bool ok;

	snprintf(name, sizeof(name), "%s/%u/%s", path, n, file);
	in = fopen(name, "r");
	if (!in) {
		snprintf(err, SCENARIO_ERR, "%.160s: %s", name, strerror(errno));
		return false;
	}
	ok = fgets(line, (int)size, in);
	fclose(in);
	if (ok)
		line[strcspn(line, "\r\n")] = '\0';
	else
		snprintf(err, SCENARIO_ERR, "%.160s:1:1: nothing in it", name);
	return ok;
}

static bool address(const char *path, unsigned int n, const char *file, uint64_t *value, char *err)
{
	char line[128];
	const char *p = line;

	if (!line_of(path, n, file, line, sizeof(line), err))
		return false;
	switch (import_hex(&p, value)) {
	case IMPORT_NUM_OK:
		if (!*p)
			return true;
		break;
	case IMPORT_NUM_LONG:
		snprintf(err, SCENARIO_ERR, "%.120s/%u/%s:1:1: a number of more than 64 bits",
			 path, n, file);
		return false;
	default:
		break;
	}
	snprintf(err, SCENARIO_ERR, "%.120s/%u/%s:1:%u: expected a hexadecimal number", path, n,
		 file, (unsigned int)(p - line) + 1);
	return false;
}

static bool one(struct import *im, const char *path, unsigned int n, char *err)
{
	struct import_fact f = {
		.kind = IMPORT_ENTRY, .table = IMPORT_T_FIRMWARE, .line = n + 1,
	};
	uint64_t start, end;
	char type[128];

	if (!address(path, n, "start", &start, err) || !address(path, n, "end", &end, err) ||
	    !line_of(path, n, "type", type, sizeof(type), err))
		return false;
	if (!import_iomem_type(type, strlen(type), &f.type)) {
		snprintf(err, SCENARIO_ERR, "%.120s/%u/type:1:1: unknown type, expected System "
			 "RAM, Reserved or the like", path, n);
		return false;
	}
	if (!import_span(&f, start, end, true)) {
		snprintf(err, SCENARIO_ERR, "%.120s/%u/end:1:1: the range ends before it starts",
			 path, n);
		return false;
	}
	im->fact[im->nr++] = f;
	return true;
}

bool import_directory(struct import *im, const char *path, char *err)
{
	static unsigned int n[SCENARIO_OPS_MAX];
	unsigned int nr = numbers(path, n, SCENARIO_OPS_MAX, err);

	if (nr == SCENARIO_OPS_MAX) {
		snprintf(err, SCENARIO_ERR, "%.120s: a map of %u entries or more: a scenario has "
			 "no room for it", path, nr);
		return false;
	}
	qsort(n, nr, sizeof(n[0]), by_number);
	for (unsigned int i = 0; i < nr; i++)
		if (!one(im, path, n[i], err))
			return false;
	return nr;
}

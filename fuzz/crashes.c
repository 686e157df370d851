// SPDX-License-Identifier: GPL-2.0-only
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "crashes.h"

/* The name of another file: of @path, without its last @cut bytes, and @suffix. */
static bool exists(const char *path, size_t len, const char *suffix)
{
	char other[PATH_MAX];

	return (size_t)snprintf(other, sizeof(other), "%.*s%s", (int)len, path, suffix) <
	       sizeof(other) && !access(other, F_OK);
}

static bool ends(const char *name, const char *with)
{
	size_t len = strlen(name), n = strlen(with);

	return len >= n && !strcmp(name + len - n, with);
}

/* How many bytes of @path are its directory, with the slash. */
static size_t dir_of(const char *path, size_t len)
{
	while (len && path[len - 1] != '/')
		len--;
	return len;
}

/*
 * Is @path below a directory of afl-fuzz, and not below its crashes* and hangs*? Not of those above
 * @named, the directory that was asked for: a queue is one of inputs, too.
 */
static bool is_afls_own(const char *path, const char *named)
{
	for (size_t at = dir_of(path, strlen(path)); at && at >= strlen(named);
	     at = dir_of(path, at - 1)) {
		const char *below = path + at;

		if (!exists(path, at, "fuzzer_stats") && !exists(path, at, "queue"))
			continue;
		return strncmp(below, "crashes", 7) && strncmp(below, "hangs", 5);
	}
	return false;
}

/* What lies beside an input, but is none. */
static bool is_beside(const char *path)
{
	static const char *const of_bucket[] = {
		"report.txt", "show.txt", "mail.txt", "repro.c", "memblock-test.c", "inputs",
		"hashes",
	};
	size_t dir = dir_of(path, strlen(path));
	const char *name = path + dir;

	if (!strcmp(name, "README.txt"))
		return true;
	if (ends(name, ".txt") && exists(path, strlen(path) - 4, ".bin"))
		return true;
	for (unsigned int i = 0; i < sizeof(of_bucket) / sizeof(of_bucket[0]); i++)
		if (!strcmp(name, of_bucket[i]) && exists(path, dir, "scenario.scn"))
			return true;
	return false;
}

bool crashes_add(struct files *files, const char *path, char *err)
{
	struct files all = { 0 };
	bool ok = files_add(&all, path, err);

	for (size_t i = 0; ok && i < all.nr; i++) {
		/* what is named itself is meant */
		bool named = !strcmp(all.path[i], path);

		if (named || (!is_afls_own(all.path[i], path) && !is_beside(all.path[i])))
			ok = files_add(files, all.path[i], err);
	}
	files_free(&all);
	return ok;
}

void crash_subject(char *buf, size_t size, const char *path)
{
	char name[PATH_MAX], line[1024];
	FILE *f;

	buf[0] = 0;
	if (!ends(path, ".bin"))
		return;
	snprintf(name, sizeof(name), "%.*s.txt", (int)strlen(path) - 4, path);
	f = fopen(name, "r");
	while (f && fgets(line, sizeof(line), f)) {
		if (strncmp(line, "subject:", 8))
			continue;
		line[8 + strspn(line + 8, " ") + strcspn(line + 8 + strspn(line + 8, " "), " \n")] = 0;
		snprintf(buf, size, "%s", line + 8 + strspn(line + 8, " "));
		break;
	}
	if (f)
		fclose(f);
}

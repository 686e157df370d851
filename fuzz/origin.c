// SPDX-License-Identifier: GPL-2.0-only
/*
 * A provenance is the origin, a line "patch SHA256 FILE" for each patch, and "PATH SHA256" for each
 * file (subject.h).
 */
#include <stdbool.h>
#include <string.h>

#include "origin.h"

#define COMMIT	12	/* digits of it, as kernel people quote one */

static const char package[] = "package linux-source-", commit[] = "git commit ";
static const char tarball[] = "tarball ";
static const char patch[] = "patch ";

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

static const char *provenance(const struct subject *s)
{
	return s->provenance ? s->provenance : "";
}

/* The line behind that of @line; its NUL when it is the last one. */
static const char *next(const char *line)
{
	line += strcspn(line, "\n");
	return line + (*line == '\n');
}

/* The first line, without names of this machine's directories. */
static void first_line(char *buf, size_t size, const char *line)
{
	size_t len = strcspn(line, "\n");

	if (begins(line, commit)) {
		snprintf(buf, size, "commit %.*s", COMMIT, line + strlen(commit));
		return;
	}
	for (size_t i = 1; i < len; i++)
		if (line[i] == '/' && line[i - 1] == ' ')
			len = i - 1;
	if (len > 3 && !strncmp(line + len - 3, " in", 3))
		len -= 3;
	snprintf(buf, size, "%.*s", (int)len, line);
}

size_t origin_patch(const struct subject *s, unsigned int n, const char **name, const char **sum)
{
	for (const char *line = next(provenance(s)); *line; line = next(line)) {
		const char *blank;

		if (!begins(line, patch) || n--)
			continue;
		*sum = line + strlen(patch);
		blank = strchr(*sum, ' ');
		if (!blank)
			return 0;
		*name = blank + 1;
		return strcspn(*name, "\n");
	}
	return 0;
}

static size_t add(char *buf, size_t size, size_t at, const char *before, const char *text,
		  size_t len)
{
	if (at < size)
		at += snprintf(buf + at, size - at, "%s%.*s", before, (int)len, text);
	return at;
}

const char *origin_text(char *buf, size_t size, const struct subject *s)
{
	const char *name, *sum;
	char first[128];
	size_t at, len;

	first_line(first, sizeof(first), provenance(s));
	at = snprintf(buf, size, "Linux %s", s->release);
	if (first[0]) {
		at = add(buf, size, at, " (", first, strlen(first));
		at = add(buf, size, at, ")", "", 0);
	}
	for (unsigned int i = 0; (len = origin_patch(s, i, &name, &sum)); i++)
		at = add(buf, size, at, i ? ", " : " with ", name, len);
	if (origin_patch(s, 0, &name, &sum))
		at = add(buf, size, at, " applied", "", 0);
	if (s->planted)
		add(buf, size, at, " with a planted bug, ", s->planted, strlen(s->planted));
	return buf;
}

static void source_only(FILE *out, const struct subject *s)
{
	const char *from = provenance(s);

	if (begins(from, package))
		fprintf(out, "debian:%.*s", (int)strcspn(from + strlen(package), " \n"),
			from + strlen(package));
	else if (begins(from, commit))
		fprintf(out, "git:DIR@%.*s", COMMIT, from + strlen(commit));
	else if (begins(from, tarball))
		fprintf(out, "tar:%.*s", (int)strcspn(from + strlen(tarball), " \n"),
			from + strlen(tarball));
	else
		fputs("tree:DIR", out);
}

void origin_source(FILE *out, const struct subject *s)
{
	const char *name, *sum;
	size_t len;

	source_only(out, s);
	for (unsigned int i = 0; (len = origin_patch(s, i, &name, &sum)); i++) {
		/* what a shell would take apart goes by another name */
		bool plain = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				    "0123456789._+=:,@%-") >= len;

		fprintf(out, " --patch %.*s", plain ? (int)len : 4, plain ? name : "FILE");
	}
}

void origin_files(FILE *out, const struct subject *s)
{
	for (const char *line = next(provenance(s)); *line; line = next(line)) {
		size_t len = strcspn(line, "\n"), path = strcspn(line, " ");

		if (path < len && path > 2 && !strncmp(line + path - 2, ".c", 2))
			fprintf(out, "  %.*s\n    SHA-256 %.*s\n", (int)path, line,
				(int)(len - path - 1), line + path + 1);
	}
}

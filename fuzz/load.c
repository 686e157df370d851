// SPDX-License-Identifier: GPL-2.0-only
/* Scenarios from files. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scenario.h"
#include "text.h"

#define PATH_SHOWN 100 /* of a longer path the end is shown */

static bool __attribute__((format(printf, 3, 4)))
fail(char *err, const char *path, const char *fmt, ...)
{
	size_t len = strlen(path);
	bool cut = len > PATH_SHOWN;
	va_list ap;
	int n;

	n = snprintf(err, SCENARIO_ERR, "%s%s: ", cut ? "..." : "",
		     cut ? path + len - PATH_SHOWN : path);
	va_start(ap, fmt);
	vsnprintf(err + n, SCENARIO_ERR - n, fmt, ap);
	va_end(ap);
	return false;
}

/* Read up to @max bytes. Return: how many, or -1 with errno set. */
static ssize_t read_all(int fd, uint8_t *buf, size_t max)
{
	size_t size = 0;

	while (size < max) {
		ssize_t n = read(fd, buf + size, max - size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (!n)
			break;
		size += n;
	}
	return size;
}

bool scenario_read(const char *path, const uint8_t **data, size_t *size, char *err)
{
	static uint8_t
		buf[SCENARIO_FILE_MAX + 2]; /* one to see that it is too large, one for a NUL */
	bool from_stdin = !strcmp(path, "-");
	const char *name = from_stdin ? "standard input" : path;
	int fd = from_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	int saved;
	ssize_t n;

	if (fd < 0)
		return fail(err, name, "cannot open: %s, expected a scenario file",
			    strerror(errno));
	n = read_all(fd, buf, SCENARIO_FILE_MAX + 1);
	saved = errno;
	if (!from_stdin)
		close(fd);
	if (n < 0 && saved == EISDIR)
		return fail(err, name, "is a directory, expected a scenario file");
	if (n < 0)
		return fail(err, name, "cannot read: %s", strerror(saved));
	if (n > (ssize_t)SCENARIO_FILE_MAX)
		return fail(err, name, "too large, expected at most %u bytes", SCENARIO_FILE_MAX);
	buf[n] = 0;
	*data = buf;
	*size = n;
	return true;
}

/* Can a text begin with this byte? */
static bool begins_text(uint8_t c)
{
	return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0x7f);
}

bool scenario_load(struct scenario *s, const char *path, bool raw, char *err)
{
	const char *name = strcmp(path, "-") ? path : "standard input";
	const uint8_t *data = NULL;
	char why[SCENARIO_ERR];
	size_t size = 0;

	if (!scenario_read(path, &data, &size, err))
		return false;
	if (raw) {
		scenario_decode(s, NULL, data, size);
		return true;
	}
	if (!size)
		return fail(err, name, "empty, expected a scenario (text or bytes)");
	if (begins_text(data[0]))
		return text_parse(s, name, (const char *)data, size, err);
	if (data[0] != SCENARIO_VERSION)
		return fail(err, name,
			    "byte 0x%02x at the beginning, expected text or version byte 0x%02x",
			    data[0], SCENARIO_VERSION);
	if (!scenario_check_bytes(data, size, why))
		return fail(err, name, "%s", why);
	scenario_decode(s, NULL, data, size);
	return true;
}

bool scenario_is_raw(const uint8_t *data, size_t size)
{
	return size && (!begins_text(data[0]) || memchr(data, 0, size));
}

static bool names_family(const uint8_t *data)
{
	for (const struct family *const *f = families; *f; f++)
		if ((*f)->id == data[1])
			return true;
	return false;
}

bool scenario_from_raw(struct scenario *s, const char *path, const struct family *f,
		       const uint8_t *data, size_t size, char *err)
{
	if (size < SCENARIO_HEADER)
		return fail(err, path, "too short for a fuzzer's input");
	if (!f && !names_family(data))
		return fail(err, path, "names no family: --family FAMILY, that of the target");
	scenario_decode(s, f, data, size);
	return true;
}

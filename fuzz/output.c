// SPDX-License-Identifier: GPL-2.0-only
/* Files that commands write: regular ones appear whole or not at all, all others are written to. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"

#define SHELL_FDS	10	/* descriptors that a shell can name: /dev/stdout, /dev/fd/9 */
#define LINKS_MAX	40	/* as deep as the system follows them */

static bool cannot_write(const char *path)
{
	cli_error("%s: cannot write: %s", path, strerror(errno));
	return false;
}

/* A copy of the descriptor that is this very file, open for writing (/dev/stdout); else -1. */
static int already_open(const struct stat *st)
{
	struct stat other;

	for (int fd = STDOUT_FILENO; fd < SHELL_FDS; fd++) {
		int flags = fcntl(fd, F_GETFL);

		if (flags >= 0 && (flags & O_ACCMODE) != O_RDONLY && !fstat(fd, &other) &&
		    other.st_dev == st->st_dev && other.st_ino == st->st_ino)
			return dup(fd);
	}
	return -1;
}

/* Where symbolic links lead in the end, to a file that need not be there; false with errno. */
static bool follow(char *target, const char *path)
{
	char link[PATH_MAX];

	if ((size_t)snprintf(target, PATH_MAX, "%s", path) >= PATH_MAX) {
		errno = ENAMETOOLONG;
		return false;
	}
	for (unsigned int i = 0; i < LINKS_MAX; i++) {
		ssize_t len = readlink(target, link, sizeof(link) - 1);
		char *name = strrchr(target, '/');
		size_t dir;

		if (len < 0)
			return true;	/* no link: open() tells what else is wrong */
		link[len] = '\0';
		dir = link[0] == '/' || !name ? 0 : (size_t)(name + 1 - target);
		if (dir + (size_t)len >= PATH_MAX) {
			errno = ENAMETOOLONG;
			return false;
		}
		memcpy(target + dir, link, (size_t)len + 1);
	}
	errno = ELOOP;
	return false;
}

/* The file under another name, next to where it will be; -1 with errno. */
static int open_beside(struct output *o)
{
	if (!follow(o->target, o->path))
		return -1;
	if ((size_t)snprintf(o->tmp, sizeof(o->tmp), "%s.XXXXXX", o->target) >= sizeof(o->tmp)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	return mkstemp(o->tmp);
}

static int open_target(struct output *o)
{
	struct stat st;
	mode_t mask;
	int fd;

	if (stat(o->path, &st)) {
		if (errno != ENOENT)
			return -1;
		mask = umask(0);
		umask(mask);
		o->mode = 0666 & ~mask;
		return open_beside(o);
	}
	fd = already_open(&st);
	if (fd >= 0)
		return fd;
	if (!S_ISREG(st.st_mode))
		return open(o->path, O_WRONLY | O_NOCTTY);
	if (access(o->path, W_OK))
		return -1;
	o->mode = st.st_mode & 0777;
	return open_beside(o);
}

bool output_open(struct output *o, const char *path)
{
	int fd;

	memset(o, 0, sizeof(*o));
	if (!path || !strcmp(path, "-")) {
		o->out = stdout;
		return true;
	}
	o->path = path;
	fflush(stdout);
	fd = open_target(o);
	o->out = fd < 0 ? NULL : fdopen(fd, "w");
	if (o->out)
		return true;
	cannot_write(path);
	if (fd >= 0) {
		close(fd);
		if (o->tmp[0])
			unlink(o->tmp);
	}
	return false;
}

bool output_close(struct output *o)
{
	bool good;
	int error;

	if (!o->path)
		return true;	/* main() looks after standard output */
	errno = 0;
	good = !fflush(o->out) && !ferror(o->out) &&
	       (!o->tmp[0] || !fchmod(fileno(o->out), o->mode));
	error = good ? 0 : errno ? errno : EIO;
	if (fclose(o->out) && good) {
		error = errno;
		good = false;
	}
	errno = error;
	good = good && (!o->tmp[0] || !rename(o->tmp, o->target));
	if (!good) {
		cannot_write(o->path);
		if (o->tmp[0])
			unlink(o->tmp);
	}
	return good;
}

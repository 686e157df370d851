// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "clock.h"
#include "isolate.h"

int cli_error(const char *fmt, ...)
{
	va_list ap;

	fflush(stdout);
	fputs("earlyfuzz: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	return CLI_FAILED;
}

bool cli_number(const char *what, const char *text, uint64_t max, uint64_t *out)
{
	char *end;

	errno = 0;
	*out = strtoull(text, &end, 0);
	if (isdigit((unsigned char)text[0]) && !*end && !errno && *out <= max)
		return true;
	cli_error("%s: '%s' is not a number from 0 to %llu", what, text, (unsigned long long)max);
	return false;
}

const struct family *cli_family(const char *name)
{
	const struct family *f = family_by_name(name);

	if (!f)
		cli_error("unknown family '%s' (`earlyfuzz list families` names them)", name);
	return f;
}

bool cli_colours(FILE *out)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(fileno(out)) && !(no && *no) && term && strcmp(term, "dumb");
}

static void on_interrupt(int sig)
{
	(void)sig;
	isolate_interrupt();
}

void cli_catch_interrupt(void)
{
	struct sigaction sa;

	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = on_interrupt;
	sigemptyset(&sa.sa_mask);
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
}

int cli_interrupted(const char *what)
{
	return cli_error("interrupted: %s", what);
}

#define PROGRESS_S	0.25

static bool told;	/* there is a line to be rewritten */

bool cli_progress_due(void)
{
	static double last;
	double now = clock_seconds();

	if (!last)
		last = now;
	if (now - last < PROGRESS_S || !isatty(STDERR_FILENO))
		return false;
	last = now;
	return true;
}

void cli_progress(const char *fmt, ...)
{
	va_list ap;

	fputs("\r\033[K", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	told = true;
}

void cli_progress_end(void)
{
	if (told)
		fputs("\r\033[K", stderr);
	told = false;
}

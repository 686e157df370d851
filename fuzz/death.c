// SPDX-License-Identifier: GPL-2.0-only
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "death.h"

#define WORD_MAX	48

/* Copy up to the first of @stop or the end of the line. */
static void word(char *out, const char *from, const char *stop)
{
	size_t n = strcspn(from, stop);

	if (n >= WORD_MAX)
		n = WORD_MAX - 1;
	memcpy(out, from, n);
	out[n] = 0;
}

/*
 * "    #0 0x... in FUNCTION .../kernel/range.c:LINE:COL" names function and line; with UBSan
 * alone there are no frames, but ".../kernel/range.c:LINE:COL: runtime error: WHAT".
 */
static void place_of(const char *text, const char *file, char *function, unsigned int *line)
{
	size_t len = strlen(file);

	function[0] = 0;
	*line = 0;
	for (const char *l = text; l; l = strchr(l, '\n')) {
		const char *end, *in, *at;

		l += *l == '\n';
		end = strchr(l, '\n');
		at = strstr(l, file);
		if (!at || (end && at > end))
			continue;
		in = strstr(l, " in ");
		if (sscanf(at + len, ":%u", line) != 1)
			continue;
		if (l[strspn(l, " ")] == '#' && in && in < at) {
			word(function, in + 4, " \n");
			return;
		}
	}
}

static bool starts(const char *word, const char *with)
{
	return !strncmp(word, with, strlen(with));
}

/* AddressSanitizer also reports signals: those are crashes, not accesses that it refused. */
static enum verdict_kind asan_kind(const char *what)
{
	static const char *const signals[] = {
		"SEGV", "FPE", "BUS", "ILL", "ABRT", "stack-overflow", "DEADLYSIGNAL",
	};

	for (unsigned int i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		if (starts(what, signals[i]))
			return VERDICT_CRASH;
	return VERDICT_OUT_OF_BOUNDS;
}

void death_classify(const char *text, int status, const char *file, struct verdict *v)
{
	const char *asan = strstr(text, "ERROR: AddressSanitizer: ");
	const char *msan = strstr(text, "WARNING: MemorySanitizer: ");
	const char *msan_signal = strstr(text, "ERROR: MemorySanitizer: ");
	const char *ubsan = strstr(text, "runtime error: ");
	char what[WORD_MAX * 2], function[WORD_MAX], where[WORD_MAX * 2] = "";
	unsigned int line;

	if (ubsan && (!asan || ubsan < asan)) {
		v->kind = VERDICT_UNDEFINED;
		word(what, ubsan + 15, "\n");
	} else if (asan) {
		word(what, asan + 25, " \n");
		v->kind = asan_kind(what);
	} else if (msan) {
		v->kind = VERDICT_UNINITIALISED;
		word(what, msan + 26, " \n");
	} else if (msan_signal) {
		v->kind = VERDICT_CRASH;
		word(what, msan_signal + 24, " \n");
	} else if (WIFSIGNALED(status)) {
		v->kind = VERDICT_CRASH;
		snprintf(what, sizeof(what), "%s", strsignal(WTERMSIG(status)));
	} else {
		v->kind = VERDICT_CRASH;
		snprintf(what, sizeof(what), "exit status %d", WEXITSTATUS(status));
	}

	place_of(text, file, function, &line);
	if (line)
		snprintf(where, sizeof(where), "%s%s at %s:%u", function[0] ? " in " : "", function,
			 file, line);
	snprintf(v->detail, sizeof(v->detail), "%.63s%s", what, where);	/* the place is whole */
	snprintf(v->function, sizeof(v->function), "%s", function);
}

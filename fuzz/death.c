// SPDX-License-Identifier: GPL-2.0-only
/* memmem() */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "death.h"
#include "symbols.h"

#define WORD_MAX	64

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
 * "    #0 0x... in FUNCTION .../kernel/range.c:LINE:COL" names function and line; without a
 * symbolizer it is "    #0 0x... (PROGRAM+0xOFFSET)", which our own symbols make a function of. UBSan
 * alone says ".../kernel/range.c:LINE:COL: runtime error: WHAT" in any case.
 */
static bool is_frame(const char *line)
{
	return line[strspn(line, " ")] == '#';
}

/* The function of a frame that was not symbolized; false when it is none of the kernel's. */
static bool function_at(const char *line, size_t len, char *function)
{
	const char *path = memchr(line, '(', len), *plus;
	unsigned long long offset;

	if (!path)
		return false;
	path++;
	plus = memchr(path, '+', line + len - path);
	return plus && sscanf(plus, "+0x%llx", &offset) == 1 &&
	       symbols_is_own_path(path, plus - path) &&
	       symbols_kernel(function, WORD_MAX, offset);
}

/* The topmost frame in the kernel's code, of the first stack. */
static void place_of(const char *text, const char *file, char *function, unsigned int *line)
{
	bool in_stack = false;

	function[0] = 0;
	*line = 0;
	for (const char *l = text; *l && !function[0]; l += strcspn(l, "\n"), l += *l == '\n') {
		size_t len = strcspn(l, "\n");
		const char *at = memmem(l, len, file, strlen(file));
		const char *in = memmem(l, len, " in ", 4);

		if (in_stack && !len)
			return;
		in_stack = in_stack || is_frame(l);
		if (is_frame(l) && !at)
			function_at(l, len, function);
		if (!at || sscanf(at + strlen(file), ":%u", line) != 1)
			continue;
		if (is_frame(l) && in && in < at)
			word(function, in + 4, " \n");
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
	char what[WORD_MAX * 2], function[WORD_MAX], place[WORD_MAX] = "", where[WORD_MAX * 3];
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
		snprintf(place, sizeof(place), " at %s:%u", file, line);
	snprintf(where, sizeof(where), "%s%s%s", function[0] ? " in " : "", function, place);
	snprintf(v->detail, sizeof(v->detail), "%.63s%.95s", what, where);	/* the place is whole */
	snprintf(v->function, sizeof(v->function), "%s", function);
}

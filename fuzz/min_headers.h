/* SPDX-License-Identifier: GPL-2.0-only */
/* What stands above a minimized scenario. */
#ifndef FUZZ_MIN_HEADERS_H
#define FUZZ_MIN_HEADERS_H

#include "cli.h"
#include "min_goal.h"

/**
 * min_input() - load a scenario: a text, canonical bytes, or what a fuzzing engine left
 * @raw: it is bytes, whatever they look like
 * @family: of the target that they are of; NULL: as the bytes' header says
 *
 * Return: true, or false after one line on standard error.
 */
bool min_input(struct scenario *s, const char *path, bool raw, const struct family *family);

/**
 * min_headers() - the headers of a finding: what it shows, where, how bad it is
 * @g: @g->last is the verdict over @s on @g->subject
 * @strict: quirks that do not count as known
 *
 * A header "quirk" or "quirks" says what counts and what is expected, so that it shows when it is
 * run as a finding is.
 *
 * The header "kernels" names all that show it, of those that were built in: each is tried, unless
 * the command is interrupted.
 */
void min_headers(FILE *out, const struct min_goal *g, const struct scenario *s,
		 const struct strictness *strict);

/**
 * min_unstable() - two runs of a scenario differ: keep what both did
 * @file: the records are written to files of this name (without directories) and ".first-run",
 *	".second-run", in the current directory
 *
 * Return: CLI_FAILED, after some lines on standard error.
 */
int min_unstable(const struct min_goal *g, const struct scenario *s, const char *file);

#endif

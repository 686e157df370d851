/* SPDX-License-Identifier: GPL-2.0-only */
/* The calls of a scenario for people who know the kernel's functions. */
#ifndef FUZZ_REPRO_CALLS_H
#define FUZZ_REPRO_CALLS_H

#include "repro.h"

/*
 * repro_calls() - all calls up to the verdict's, a line each, tokens below theirs
 *
 * "N. function(name=value, ...)", N as in repro.c and scenarios, where tokens count, too; then the
 * range in bytes and what came of it. Lines may be long.
 */
void repro_calls(FILE *out, const struct repro *r);

/*
 * repro_scenario() - the text form, in lines of at most so many @columns as far as that is possible
 *
 * Operands go without their names where that helps. Texts may be longer. @out: a regular file.
 */
void repro_scenario(FILE *out, const struct scenario *s, unsigned int columns);

#endif

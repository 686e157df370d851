/* SPDX-License-Identifier: GPL-2.0-only */
/* What a process died of, read from its last words. */
#ifndef FUZZ_DEATH_H
#define FUZZ_DEATH_H

#include "contract/family.h"
#include "contract/verdict.h"

/**
 * death_classify() - from a sanitizer's report, or the signal, to a verdict
 * @text: what the process wrote to standard error, NUL-terminated; may be empty
 * @status: as waitpid() reports it
 * @file: the family's kernel file: the topmost stack frame in it is named
 * @v: kind, detail and function are set, the rest is left alone
 *
 * AddressSanitizer: out-of-bounds (its SEGV, FPE and the like: crash); MemorySanitizer:
 * uninitialised; UndefinedBehaviorSanitizer: undefined; anything else: crash with the signal's
 * name.
 */
void death_classify(const char *text, int status, const char *file, struct verdict *v);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What all subjects of a program share: which of them runs an op now, and how to end that op
 * from a signal handler. Not part of any subject, not instrumented, never reset.
 */
#ifndef HOST_GUARD_H
#define HOST_GUARD_H

#include "contract/state.h"

/* Ends the op that runs now and does not return; NULL while none runs. */
extern void (*volatile guard_abort)(enum outcome outcome);

/* Take over SIGSEGV and SIGBUS: a fault within an op is OUT_UNMAPPED, others go where they went. */
void guard_take(void);

/* The same, the first time only. Every op calls this: it costs no system call. */
void guard_install(void);

/*
 * Memory that the subject cannot do without is not to be had (errno says why): one line on standard
 * error, exit status 2. Never within an op: what the machine lacks is no verdict.
 */
void guard_no_memory(const char *what, unsigned long long bytes) __attribute__((__noreturn__));

#endif

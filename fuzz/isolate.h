/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Runs behind a fork: sanitizer reports, crashes and endless loops cost a worker process, not the
 * program. One worker serves many runs; a new one is made only after a death.
 */
#ifndef FUZZ_ISOLATE_H
#define FUZZ_ISOLATE_H

#include "run.h"
#include "trace.h"

struct isolate;

/**
 * isolate_new() - prepare; the first worker starts with the first run
 * @hang_ms: the watchdog's limit in a worker (WATCHDOG_MS), CPU time
 * Return: NULL when memory or descriptors lack (errno says why).
 */
struct isolate *isolate_new(unsigned int hang_ms);

void isolate_free(struct isolate *iso);

enum isolate_end {
	ISOLATE_PASS,		/* every op was as expected */
	ISOLATE_VERDICT,	/* the verdict says what was not; the worker's death is one, too */
	ISOLATE_INTERRUPTED,	/* isolate_interrupt() was called */
	ISOLATE_BROKEN,		/* our own failure: isolate_said() tells */
	ISOLATE_ENDS
};

/**
 * isolate_run() - as run_scenario(), in a worker
 * @opt: its callbacks are called in the worker; arguments must lie in shared memory
 * @trace: keep a record of the run (isolate_trace()); opt->after is not called then
 */
enum isolate_end isolate_run(struct isolate *iso, const struct subject *subject,
			     const struct scenario *s, const struct run_options *opt, bool trace,
			     struct verdict *v, struct run_report *report);

/* The record of the last run that was traced: up to its death, if it died. */
const struct trace *isolate_trace(const struct isolate *iso);

/* What the last worker that died had written to standard error; "" if none did. */
const char *isolate_said(const struct isolate *iso);

/* After ISOLATE_BROKEN: no room for the subject on this machine, rather than a mistake of ours. */
bool isolate_lacked_memory(const struct isolate *iso);

/* End the run under way, from a signal handler: isolate_run() returns ISOLATE_INTERRUPTED. */
void isolate_interrupt(void);

/* Was isolate_interrupt() called? */
bool isolate_interrupted(void);

#endif

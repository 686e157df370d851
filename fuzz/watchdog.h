/* SPDX-License-Identifier: GPL-2.0-only */
/* The backstop behind the subjects' own limits: ends an op that loops without calling a shim. */
#ifndef FUZZ_WATCHDOG_H
#define FUZZ_WATCHDOG_H

#define WATCHDOG_MS		2000	/* default: milliseconds of CPU time for one op */
#define WATCHDOG_OFTEN_MS	100	/* where hangs are tried often: ops take microseconds */

/**
 * watchdog_start() - watch the ops of this process from now on
 * @ms: CPU time after which an op counts as hanging
 *
 * Uses SIGVTALRM and the timer of user CPU time: a loaded machine makes no op hang, and libFuzzer's
 * and AFL++'s own timers (real time) are left alone. Timers do not survive fork(): start it in
 * the child. Nothing is done per op but counting (run_place()->sequence).
 */
void watchdog_start(unsigned int ms);

void watchdog_stop(void);

#endif

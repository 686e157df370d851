/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The 32-bit subjects: earlyfuzz32, the same program built for 32 bits, has them and runs them for
 * this one. It lies beside this program, or where $EARLYFUZZ32 says.
 */
#ifndef FUZZ_BITS32_H
#define FUZZ_BITS32_H

#include "isolate.h"

/* Is this one of its subjects? They have no functions here: isolate_run() has them run there. */
bool bits32_has(const struct subject *s);

/**
 * bits32_subjects() - what earlyfuzz32 has; it is asked once
 * Return: its subjects, ended by NULL; none where it is not there or does not work:
 * bits32_missing() and bits32_broken() tell. In earlyfuzz32 itself always none.
 */
const struct subject *const *bits32_subjects(void);

/* Likewise: lines about those that could not be built. */
const char *const *bits32_left_out(void);

/* Why there is no earlyfuzz32: what to install or to call, on one line; NULL: there is one. */
const char *bits32_missing(void);

/* What is wrong with the earlyfuzz32 that is there, on one line; NULL: nothing. */
const char *bits32_broken(void);

/* The value of its -fsanitize=; "" when it is not there. */
const char *bits32_sanitizers(void);

/* Ask anew the next time: its subjects from before are worth nothing then. For tests. */
void bits32_forget(void);

struct bits32;

/**
 * bits32_run() - isolate_run() of one of its subjects
 * @b: the process that does it; NULL at first. It is started when it is needed, and NULL
 *	afterwards if it came to its end
 * @hang_ms: the watchdog's limit there
 * @trace: where the record goes, or NULL
 * @said: as isolate_said(), WIRE_SAID bytes; what is wrong with earlyfuzz32 itself, too
 * @lacked_memory: as isolate_lacked_memory()
 */
enum isolate_end bits32_run(struct bits32 **b, const struct subject *subject,
			    const struct scenario *s, const struct run_options *opt,
			    unsigned int hang_ms, struct trace *trace, struct verdict *v,
			    struct run_report *report, char *said, bool *lacked_memory);

/* End the process; NULL: none. */
void bits32_free(struct bits32 *b);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* From a verdict to pass or fail: findings must show what they say, others must show nothing. */
#ifndef FUZZ_JUDGE_H
#define FUZZ_JUDGE_H

#include "report.h"

/* Has the build of @subject what can see verdicts of this kind (the sanitizer, for instance)? */
bool judge_can_see(enum verdict_kind kind, const struct subject *subject);

/**
 * judge() - set @l->status and @l->note from verdict, finding and subject
 *
 * A finding on a kernel that it names must show its verdict (a known wrong behaviour that is gone
 * is a failure: the finding is out of date); on another kernel its absence or presence is a note.
 * So it is with quirks that are gone (@l->gone).
 */
void judge(struct run_line *l);

#endif

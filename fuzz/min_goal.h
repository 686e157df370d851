/* SPDX-License-Identifier: GPL-2.0-only */
/* Minimizing what a scenario shows on a subject: the same bug, and no other one, to the end. */
#ifndef FUZZ_MIN_GOAL_H
#define FUZZ_MIN_GOAL_H

#include "isolate.h"
#include "min.h"
#include "signature.h"

/**
 * struct min_goal - what a minimized scenario must still show
 * @subject: on this one
 * @sig: as min_goal_set() found it
 * @table: of the verdict; -1: none
 * @differs: of a wrong result: whether outcome (1), said (2), value (4) differ; of memory kinds
 *	whether there are fewer owners (1) or more (2) than expected
 * @what: of a report or crash: its words, numbers left out
 * @legality: at most as bad as this
 * @fired: no other quirks than these; fewer, once a scenario that kept it did with fewer
 * @opt: how to run; legal_only when the verdict needs no illegal op
 * @last: the verdict over the last scenario that kept it: of the result after min_scenario()
 * @internal: an internal error of ours is looked for instead of a verdict (@last.detail tells it)
 * @keep_subject: no other configuration is tried
 * @progress: as struct min has it
 */
struct min_goal {
	struct isolate *iso;
	const struct subject *subject;
	struct signature sig;
	int table;
	unsigned int differs;
	char what[64];
	enum legality legality;
	uint64_t fired;
	struct run_options opt;
	struct verdict last;
	bool internal;
	bool keep_subject;
	void (*progress)(unsigned int ops, unsigned long tries);
};

enum min_goal_end {
	MIN_GOAL_SET,
	MIN_GOAL_PASSES,	/* it shows nothing there */
	MIN_GOAL_NO_MEMORY,	/* no room for the subject: isolate_said() tells */
	MIN_GOAL_INTERRUPTED,
	MIN_GOAL_UNSTABLE,	/* two runs of it came to different ends, which must not be */
};

/**
 * min_goal_set() - what @s shows on @subject is what is to be kept
 * @g: keep_subject and progress are left alone, all else is filled in
 * @quirks: those that are expected to be there, as for run_scenario()
 */
enum min_goal_end min_goal_set(struct min_goal *g, struct isolate *iso,
			       const struct subject *subject, const struct scenario *s,
			       uint64_t quirks);

/* Is a verdict @v over @s the one that is to be kept? */
bool min_goal_is(const struct min_goal *g, const struct scenario *s, const struct verdict *v);

/* Does @s show it? For struct min: @goal is a struct min_goal. False once isolate_interrupted(). */
bool min_goal_keeps(void *goal, const struct scenario *s);

/**
 * min_scenario() - make @s, which @g was set by, as small and simple as can be
 * @g: its subject may be one of another configuration afterwards, unless keep_subject
 *
 * An interrupted one is the best so far.
 * Return: how many runs it took.
 */
unsigned long min_scenario(struct min_goal *g, struct scenario *s);

/**
 * min_goal_stable() - do two runs of @s come to the same end, with the same tables after every op?
 *
 * False is a mistake of ours, or a broken machine. Also true when interrupted.
 */
bool min_goal_stable(struct min_goal *g, const struct scenario *s);

#endif

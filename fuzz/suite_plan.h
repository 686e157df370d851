/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A scenario for the kernel's own userspace suite of mm/memblock.c (tools/testing/memblock).
 *
 * There addresses are those of the process: where tables are doubled, or blocks cleared, memory
 * must be the suite's own 16 MiB. Such a scenario is moved there, with what lies between its
 * borders cut short, and must show the same verdict once more.
 */
#ifndef FUZZ_SUITE_PLAN_H
#define FUZZ_SUITE_PLAN_H

#include "contract/memblock.h"
#include "repro.h"

#define SUITE_ALIGN	(1u << 20)	/* of what "base" stands for, bytes */
#define SUITE_ROOM	(15u << 20)	/* so much is there from it on */
#define SUITE_NODES	16u		/* with NUMA=1 */
#define SUITE_SLOTS	128u		/* of a table at first */

/**
 * struct suite_plan - what to emit
 * @s: the ops up to the verdict's, without those that only ask before it
 * @base: where memory begins in @s, which "base" stands for; 0: addresses are as they are
 * @v: the verdict over @s
 * @step: of its op in @trace
 * @facts: of its configuration
 * @why: why there is none: a line without a newline
 * @name: what the test is called, a C identifier
 */
struct suite_plan {
	struct scenario s;
	uint64_t base;
	struct verdict v;
	const struct trace *trace;
	unsigned int step;
	const struct memblock_config_facts *facts;
	const struct subject *subject;
	struct isolate *iso;
	char why[256];
	char name[64];
};

/**
 * suite_plan_make() - plan a test of what @r shows
 *
 * Return: false with @p->why filled. In any case suite_plan_free() is the caller's.
 */
bool suite_plan_make(struct suite_plan *p, const struct repro *r);

void suite_plan_free(struct suite_plan *p);

/* Does a doubled table's place, as seen or expected (@want) at the verdict, meet [start, last]? */
bool suite_plan_meets_table(const struct suite_plan *p, bool want, uint64_t start, uint64_t last);

/* Was a table doubled in memory? */
bool suite_plan_doubles(const struct suite_plan *p);

/* suite_move.c */

/**
 * suite_move() - @from with its memory moved to @base, at most @longest bytes between two borders
 * @trace: of a run of @from
 *
 * Offsets in pages stay. Return: false when that does not fit in @room bytes.
 */
bool suite_move(struct scenario *to, const struct scenario *from, const struct trace *trace,
		uint64_t base, uint64_t longest, uint64_t room);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* Is there a shorter way to the same bug? The state search tells, where it reaches. */
#ifndef FUZZ_SHORTEST_H
#define FUZZ_SHORTEST_H

#include "min_goal.h"

/**
 * struct shortest - what became of the search
 * @calls: of the shortest way that was found (tokens not counted); 0: none was
 * @complete: there is none of fewer calls than this
 */
struct shortest {
	unsigned int calls, complete;
};

/* Ops without their tokens. */
unsigned int scenario_calls(const struct scenario *s);

/**
 * shortest_way() - search the ways that are shorter than @s
 * @g: what a way must show, as set by @s or what @s was made of
 * @s: a scenario that shows it
 * @seconds: how long, at most. @transitions: so many, at most (0: no limit), which is deterministic
 * @way: receives the shortest, if one was found
 *
 * Breadth first, over all calls of the family with operands from those of @s, and the calls of @s
 * themselves with their tokens. In a child, which may die.
 */
struct shortest shortest_way(const struct min_goal *g, const struct scenario *s,
			     unsigned int seconds, uint64_t transitions, struct scenario *way);

#endif

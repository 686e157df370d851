/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What scenarios of family memblock look like: RAM with holes on a few nodes, reservations inside
 * it, frees of what was reserved, allocations with windows that a caller could mean.
 */
#ifndef FUZZ_DRAW_MEMBLOCK_H
#define FUZZ_DRAW_MEMBLOCK_H

#include "mutations.h"

/* Draw the operands of op @at, a call of family memblock without a text; mostly sensible ones. */
void draw_memblock_op(struct scenario *s, unsigned int at, struct rng *r);

/* Fill an empty scenario: what the boot code has set, a machine, what else a boot calls. */
void generate_memblock(struct mutator *m);

/* Mutations of this family alone (generate_memblock.c). */
bool mutate_machine(struct mutator *m);		/* a machine at the beginning */
bool mutate_pressure(struct mutator *m);	/* so many small ranges that a table fills up */
bool mutate_handoff(struct mutator *m);		/* the end of a boot */

/* The text of op @at, a call with a text, drawn anew (grammar_named.c). */
void draw_named_text(struct scenario *s, unsigned int at, struct rng *r);

#endif

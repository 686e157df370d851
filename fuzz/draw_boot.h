/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What scenarios of family boot look like: the firmware's map of a machine, what early code
 * reserves on it, searches and allocations, nodes, the hand-off. Calls before the map speak of it,
 * too: so all of a scenario's entries count, wherever they stand.
 */
#ifndef FUZZ_DRAW_BOOT_H
#define FUZZ_DRAW_BOOT_H

#include "mutations.h"

/* Draw the operands of op @at, no text, of family boot; mostly sensible ones. */
void draw_boot_op(struct scenario *s, unsigned int at, struct rng *r);

/* RAM as the entries of a scenario tell it: bytes, where the last of it ends, 0 for none. */
struct boot_ram {
	uint64_t bytes, end;
};

struct boot_ram boot_ram_of(const struct scenario *s);

/* KiB above 1 MiB, as firmware without a map counts them (alt_mem_k): 4 GiB and more, too. */
uint64_t draw_boot_counted(struct rng *r);

/* Fill an empty scenario: a machine, what early code reserves, allocations, nodes, the end. */
void generate_boot(struct mutator *m);

/* Mutations of this family alone (generate_boot.c). */
bool mutate_boot_map(struct mutator *m);	/* another machine */
bool mutate_boot_pressure(struct mutator *m);	/* so many reservations that a table doubles */
bool mutate_boot_nodes(struct mutator *m);	/* its memory on nodes */
bool mutate_boot_handoff(struct mutator *m);	/* the end of a boot */

/* generate_boot_map.c: a firmware op with entries, at @at. Returns how many ops; 0: no room. */
unsigned int put_boot_map(struct mutator *m, unsigned int at);

#endif

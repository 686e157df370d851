/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A log as one scenario of family boot: from the firmware's map to the page allocator.
 *
 * It is made of the scenario of family e820 (import.h) up to the hand-over to memblock, and of the
 * calls of memblock (import_memblock.h) from there on. Allocations are ops that search for
 * themselves; where they went is compared. All is of fixed size; nothing here allocates.
 */
#ifndef FUZZ_IMPORT_BOOT_H
#define FUZZ_IMPORT_BOOT_H

#include "contract/boot.h"
#include "import.h"
#include "import_memblock.h"
#include "import_zones.h"

#define IMPORT_BOOT_OPS	(IMPORT_MB_OPS + SCENARIO_OPS_MAX)
#define IMPORT_BOOT_RANGES	4096u	/* ranges of pages */
#define IMPORT_BOOT_NAME	2u	/* a name as any: contract/early_res.h */

/**
 * struct import_boot_op - what is known of an op
 * @call: the call of memblock that it stands for, -1: none
 * @line: of the log, 0: none
 * @chooses: where it puts the block is compared
 * @min: the block is to lie there or above, if it can; an op without a start does not know
 * @exact: no other node will do
 */
struct import_boot_op {
	int call;
	unsigned int line;
	bool chooses, exact;
	uint64_t min;
};

/**
 * struct import_boot_script - the ops of a boot
 * @op: ops and their tokens, @nr of them; @of: what is known of each
 * @why: why there is no such scenario, NULL: there is one; @why_line: where in the log, 0: nowhere
 * @given: blocks that no op can ask for as the kernel did: they are reserved where the log has them
 * @late: pages that memblock_free_late() passed on before RAM was told
 */
struct import_boot_script {
	const char *why;
	unsigned int why_line;
	unsigned int nr, given;
	uint64_t late;
	struct op op[IMPORT_BOOT_OPS];
	struct import_boot_op of[IMPORT_BOOT_OPS];
};

/* Make the ops; sc->why is set when they cannot be made. */
void import_boot_build(const struct import *im, const struct import_script *map,
		       const struct import_mb *mb, const struct import_mb_script *calls,
		       struct import_boot_script *sc);

/**
 * import_boot_scenario() - the ops as a scenario
 * Return: how many it has room for.
 */
unsigned int import_boot_scenario(const struct import_boot_script *sc, struct scenario *s);

/**
 * import_boot_pages() - the pages that the log leaves to the page allocator
 * @rows: receives whole pages of nodes' memory without a byte of what is reserved in the tables at
 *	the end, in bytes, ascending, IMPORT_BOOT_RANGES
 * Return: how many; 0: the log does not tell.
 */
unsigned int import_boot_pages(const struct import_mb *mb, struct row *rows);

/* The zones of the nodes as the log has them. */
void import_boot_zones(const struct import_mb *mb, const struct import_mb_script *calls,
		       struct import_zones *z);

/* Print it, below comments that say where it comes from. */
void import_boot_print(FILE *out, const struct import *im, const struct import_boot_script *sc);

#endif

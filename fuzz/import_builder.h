/* SPDX-License-Identifier: GPL-2.0-only */
/* What import_build.c and import_map.c share: the scenario under construction. */
#ifndef FUZZ_IMPORT_BUILDER_H
#define FUZZ_IMPORT_BUILDER_H

#include "import.h"

/*
 * What every boot does with its map, in this order; where the log states when, it happens there.
 */
enum phase {
	PHASE_FINISH, PHASE_PFN, PHASE_LOW_PFN, PHASE_MEMBLOCK, PHASE_RESOURCES, PHASE_NOSAVE,
	PHASE_GAP, PHASE_NVS, PHASE_LATE, PHASES
};

/**
 * struct builder - the scenario under construction
 * @op: of each phase, its op; -1: not yet
 * @params: the command line has mem= or memmap=
 * @early: facts before this index are of the command line's making
 * @max_pfn: end of RAM as far as it is known
 * @dirty: main was changed and not updated since
 * @changed: main was changed since the end of RAM was told
 * @not_ram: the kernel's own range is about to be replaced
 * @ended: the boot ended in a panic: no ops any more
 * @dumps: how many of memblock's dumps were met
 * @chain: op of the nodes of setup_data before fact @chain_end; -1: each is a change
 */
struct builder {
	const struct import *im;
	struct import_script *sc;
	int op[PHASES];
	int setup, cmdline, table, chain;
	bool params, dirty, changed, not_ram, ended, full;
	unsigned int early, dumps, line, chain_end;
	uint64_t max_pfn;
};

/* One op more. Return: its index, -1 when there is no room (@full is set). */
int import_emit(struct builder *b, uint8_t id, uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3);

static inline bool is_entry(const struct import_fact *f, enum import_table t)
{
	return f->kind == IMPORT_ENTRY && f->table == t;
}

/* RAM that is kept for the kernel prints as RAM. */
bool import_kept_for_kernel(const struct import_fact *f);

/* Is it the same such change? */
bool import_told_twice(const struct import_fact *a, const struct import_fact *b);

/* Do nodes of setup_data begin at fact @i? Where they end (exclusive); 0: they do not. */
unsigned int import_nodes_end(const struct import *im, unsigned int i);

/**
 * import_setup_data() - the nodes from fact @i on as the chain that the kernel walks
 * Return: false when no chain in memory can be like this; nothing is done then.
 */
bool import_setup_data(struct builder *b, unsigned int i);

/* The ops that make the tables of the firmware's map. */
void import_firmware_map(struct builder *b);

#endif

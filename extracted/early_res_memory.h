/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory as kernel/early_res.c sees it: it is there as far as it is mapped, and what is mapped of
 * it is what was asked for. Its list moves into it, and what it hands off comes out of it.
 *
 * Included after the kernel's file, which early_res_asked.h came before.
 */
#ifndef EARLY_RES_MEMORY_H
#define EARLY_RES_MEMORY_H

#include "contract/early_res.h"
#include "shim/sanitizer.h"

_Static_assert(sizeof(struct early_res) == EARLY_RES_SLOT_SIZE, "a slot's size in the contract");
_Static_assert(sizeof(early_res_x[0].name) == EARLY_RES_NAME, "a name's size in the contract");
_Static_assert(MAX_NUMNODES == EARLY_RES_MAX_NODES, "how many nodes the contract knows");

/* More reservations than the ops of any scenario can make. */
#define ROWS_MAX	1024

static bool closed;			/* handed off: there is no list any more */
static struct early_res *table = early_res_x;	/* that the sanitizers know of */
static unsigned int table_slots;
static struct row ranges;		/* as many bytes as were asked for */
static bool ranged;
static struct row handoff[ROWS_MAX];
static unsigned int nr_handoff;

/* Physical memory is there as far as it is mapped; nothing but the block just found is allowed. */
WRAPPER void *shim_va(uint64_t phys)
{
	uint64_t limit = (uint64_t)max_pfn_mapped * EARLY_RES_PAGE;
	void *p = NULL;

	shim_tick();
	if (phys <= limit && asked <= limit - phys)
		p = shim_arena(phys, asked);
	if (!p)
		shim_abort(OUT_UNMAPPED);
	return p;
}

/* The list has moved into a new table, or has ended: the place of the old one is free. */
WRAPPER static void table_moved(void)
{
	if (early_res == table)
		return;
	if (table != early_res_x)
		shim_forbid(table, table_slots * sizeof(*table));
	table = early_res;
	table_slots = max_early_res;
	if (table)
		shim_allow(table, table_slots * sizeof(*table));
}

WRAPPER static void hand_off(u64 start, u64 size)
{
	if (nr_handoff < ROWS_MAX)
		handoff[nr_handoff++] = (struct row){ .start = start, .size = size };
}

#ifdef CONFIG_NO_BOOTMEM
WRAPPER static uint64_t get_free(int nid)
{
	struct range *range = NULL;
	int nr = get_free_all_memory_range(&range, nid);

	nr_handoff = 0;
	for (int i = 0; i < nr; i++)
		hand_off(range[i].start * PAGE_SIZE, (range[i].end - range[i].start) * PAGE_SIZE);
	ranges.start = shim_phys(range);
	ranges.size = asked;
	ranges.type = EARLY_RES_RANGES;
	ranged = true;
	closed = nid == MAX_NUMNODES;
	shim_forbid(range, asked);
	/* where the table lies inside: that one is still in use */
	if (table != early_res_x && !closed)
		shim_allow(table, table_slots * sizeof(*table));
	return nr;
}
#else
WRAPPER int reserve_bootmem_generic(unsigned long start, unsigned long size, int flags)
{
	(void)flags;
	shim_tick();
	hand_off(start, size);
	return 0;
}

WRAPPER static uint64_t to_bootmem(u64 start, u64 end)
{
	nr_handoff = 0;
	early_res_to_bootmem(start, end);
	closed = true;
	return 0;
}
#endif

/* The places of the table and of the array that was handed off in: at most two. */
WRAPPER static unsigned int own_rows(struct row *own)
{
	unsigned int nr = 0;

	if (!closed && early_res != early_res_x)
		own[nr++] = (struct row){
			.start = shim_phys(early_res),
			.size = (uint64_t)max_early_res * sizeof(*early_res),
			.type = EARLY_RES_TABLE, .flags = max_early_res,
		};
	if (ranged)
		own[nr++] = ranges;
	return nr;
}

#endif

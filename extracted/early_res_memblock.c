// SPDX-License-Identifier: GPL-2.0-only
/*
 * Wrapper of family early_res, variant memblock: mm/memblock.c behind the ops of early_res, as the
 * kernel itself moved in v2.6.37. Bottom up, for that is how early_res looked for room.
 */
#include <linux/types.h>
#include <kernel_code.h>

KERNEL_CODE_BEGIN
#include "mm/memblock.c"
#include <linux/range.h>
KERNEL_CODE_END

#include "wrapper.h"
#include "shim/sanitizer.h"
#include "early_res_window.h"
#include "nodes.h"

#define API_LACKS	(1ull << E_RES_FIND_AREA | 1ull << E_RES_FIND_AREA_SIZE | \
			 1ull << E_RES_RESERVE_E820 | 1ull << E_RES_TO_BOOTMEM)

#ifndef HAVE_MEMBLOCK_PHYS_FREE
#define memblock_phys_free	memblock_free	/* until v5.15 */
#endif

unsigned long max_pfn_mapped = EARLY_RES_MAPPED_FIRST;

/* More regions than the ops of any scenario can make. */
#define ROWS_MAX	1024

static unsigned int nr_map, nr_taboo;
static struct row taboo[EARLY_RES_MAP_MAX];	/* reserved entries of the map: never RAM */
static bool closed;
static struct row handoff[ROWS_MAX], answer;
static unsigned int nr_handoff, nr_answer;

const uint64_t shim_arena_size = EARLY_RES_WINDOW;

WRAPPER static uint64_t mapped_end(void)
{
	return (uint64_t)max_pfn_mapped * EARLY_RES_PAGE;
}

/* What memblock maps here is the doubled array of one of its types. */
WRAPPER void *shim_va(uint64_t phys)
{
	uint64_t slots = max(memblock.memory.max, memblock.reserved.max) * 2;
	uint64_t size = PAGE_ALIGN(slots * sizeof(struct memblock_region));
	void *p = NULL;

	shim_tick();
	if (phys <= mapped_end() && size <= mapped_end() - phys)
		p = shim_arena(phys, size);
	if (!p)
		shim_abort(OUT_UNMAPPED);
	return p;
}

/* The boot code's part, before anything is reserved: part of what every reset comes back to. */
WRAPPER static void __attribute__((__constructor__)) begin(void)
{
	memblock_set_bottom_up(true);
	memblock_set_current_limit(mapped_end());
	memblock_allow_resize();
}

WRAPPER static void add_to_map(uint64_t start, uint64_t size, uint32_t type)
{
	if (!size || nr_map == EARLY_RES_MAP_MAX)
		return;
	nr_map++;
	if (type == EARLY_RES_MAP_RAM)
		memblock_add(start, size);
	else if (type == EARLY_RES_MAP_RESERVED)
		taboo[nr_taboo++] = (struct row){ .start = start, .size = size };
	for (unsigned int i = 0; i < nr_taboo; i++)
		memblock_remove(taboo[i].start, taboo[i].size);
}

WRAPPER static void activate_ram(int nid, unsigned long start, unsigned long end)
{
	unsigned long from, to;
	int i;

	for_each_mem_pfn_range(i, MAX_NUMNODES, &from, &to, NULL)
		add_active_range(nid, max(from, start), min(to, end));
}

/* Without its own meaning of an end of 0 or 1: nothing lies below these. */
WRAPPER static uint64_t find(uint64_t start, uint64_t end, uint64_t size, uint64_t align)
{
	uint64_t found = end > 1 ? memblock_find_in_range(start, end, size, align) : 0;

	return found ? found : -1ull;
}

WRAPPER static uint64_t find_size(uint64_t start, uint64_t align)
{
	phys_addr_t from, to;
	u64 i;

	for_each_free_mem_range(i, NUMA_NO_NODE, MEMBLOCK_NONE, &from, &to, NULL) {
		uint64_t at = round_up(max(from, (phys_addr_t)start), align);

		if (at < from || at < start || at >= to)
			continue;
		answer.start = at;
		answer.size = to - at;
		nr_answer = 1;
		return at;
	}
	return -1ull;
}

WRAPPER static void hand_off(uint64_t from, uint64_t to)
{
	uint64_t start = PFN_UP(from) * PAGE_SIZE, end = PFN_DOWN(to) * PAGE_SIZE;

	if (start < end && nr_handoff < ROWS_MAX)
		handoff[nr_handoff++] = (struct row){ .start = start, .size = end - start };
}

/* The active ranges of @nid in ascending order, in bytes, as a type of memblock's. */
WRAPPER static void active_ranges(struct memblock_type *type, int nid)
{
	struct range range[EARLY_RES_NODES_MAX];
	int nr = add_from_early_node_map(range, EARLY_RES_NODES_MAX, 0, nid);

	for (int i = 0; i < nr; i++) {
		int at = i;

		for (; at && type->regions[at - 1].base > range[i].start * PAGE_SIZE; at--)
			type->regions[at] = type->regions[at - 1];
		type->regions[at] = (struct memblock_region){
			.base = range[i].start * PAGE_SIZE,
			.size = (range[i].end - range[i].start) * PAGE_SIZE,
			.nid = nid,
		};
	}
	type->cnt = nr;
}

WRAPPER static uint64_t get_free(int nid)
{
	struct memblock_region regions[EARLY_RES_NODES_MAX];
	struct memblock_type active = { .max = EARLY_RES_NODES_MAX, .regions = regions };
	phys_addr_t from, to;
	u64 i;

	active_ranges(&active, nid);
	nr_handoff = 0;
	__for_each_mem_range(i, &active, &memblock.reserved, NUMA_NO_NODE, MEMBLOCK_NONE,
			     &from, &to, NULL)
		hand_off(from, to);
	closed = nid == MAX_NUMNODES;
	return nr_handoff;
}

WRAPPER static uint64_t call_always(const struct op *op)
{
	const uint64_t *a = op->arg;

	switch (op->id) {
	case E_RES_MAP:
		add_to_map(a[0], a[1], a[2]);
		return 0;
	case E_RES_MAPPED:
		max_pfn_mapped = a[0];
		memblock_set_current_limit(mapped_end());
		return 0;
	case E_RES_NODE:
		add_active_range(a[0], a[1], a[2]);
		return 0;
	case E_RES_ACTIVE_RAM:
		activate_ram(a[0], a[1], a[2]);
		return 0;
	case E_RES_MAX_MAPPED:
		return mapped_end();
	}
	if (API_LACKS >> op->id & 1)
		return 0;
	shim_abort(OUT_BUG);	/* an op of the table that no case makes */
}

WRAPPER static uint64_t call_open(const struct op *op)
{
	const uint64_t *a = op->arg;

	switch (op->id) {
	case E_RES_RESERVE:
	case E_RES_RESERVE_OVERLAP_OK:
	case E_RES_RESERVE_WITHOUT_CHECK:
		if (a[0] < a[1])
			memblock_reserve(a[0], a[1] - a[0]);
		return 0;
	case E_RES_FREE:
	case E_RES_FREE_PARTIAL:
		if (a[0] < a[1])
			memblock_phys_free(a[0], a[1] - a[0]);
		return 0;
	case E_RES_FIND_FW:
	case E_RES_FIND_E820:
		return find(a[0], a[1], a[2], a[3]);
	case E_RES_FIND_E820_SIZE:
		return find_size(a[0], a[1]);
	case E_RES_GET_FREE:
		return get_free(a[0]);
	}
	return call_always(op);
}

#define ALWAYS	(1ull << E_RES_MAP | 1ull << E_RES_MAPPED | 1ull << E_RES_NODE | \
		 1ull << E_RES_ACTIVE_RAM | 1ull << E_RES_MAX_MAPPED)

WRAPPER static uint64_t call(const struct op *op)
{
	nr_answer = 0;
	if (!closed)
		return SUBJECT_CALL(call_open, op);
	return op->id < 64 && ALWAYS >> op->id & 1 ? SUBJECT_CALL(call_always, op) : 0;
}

WRAPPER static void exec(const struct op *op, struct result *res)
{
	shim_exec(call, op, res);
}

static struct row reserved[ROWS_MAX] SHIM_SCRATCH, ram[ROWS_MAX] SHIM_SCRATCH;

/* Before v6.9 an empty type has a region of size 0. */
WRAPPER static void observe_type(struct table *t, struct row *rows,
				 const struct memblock_type *type, uint32_t row_type)
{
	unsigned int nr = 0;

	for (unsigned long i = 0; i < type->cnt && nr < ROWS_MAX; i++) {
		const struct memblock_region *r = &type->regions[i];

		if (!r->size)
			continue;
		rows[nr++] = (struct row){ .start = r->base, .size = r->size, .type = row_type };
	}
	t->nr = nr;
	t->rows = rows;
}

static struct row own SHIM_SCRATCH;

WRAPPER static void observe_own(struct table *t)
{
	const struct memblock_type *type = &memblock.reserved;

	t->nr = 0;
	t->rows = &own;
	if (closed || type->regions == memblock_reserved_init_regions)
		return;
	own = (struct row){
		.start = shim_phys(type->regions),
		.size = PAGE_ALIGN(type->max * sizeof(*type->regions)),
		.type = EARLY_RES_TABLE, .flags = type->max,
	};
	t->nr = 1;
}

WRAPPER static void observe(struct state *st)
{
	st->nr_tables = E_RES_TABLES;
	if (closed)
		st->table[E_RES_RESERVED] = (struct table){ .nr = 0, .rows = reserved };
	else
		observe_type(&st->table[E_RES_RESERVED], reserved, &memblock.reserved,
			     EARLY_RES_FIRM);
	observe_own(&st->table[E_RES_OWN]);
	observe_type(&st->table[E_RES_RAM], ram, &memblock.memory, 0);
	st->table[E_RES_HANDOFF] = (struct table){ .nr = nr_handoff, .rows = handoff };
	st->table[E_RES_ANSWER] = (struct table){ .nr = nr_answer, .rows = &answer };
}

SUBJECT_DEFINE(&early_res_family, &early_res_variants[EARLY_RES_MEMBLOCK], API_LACKS);

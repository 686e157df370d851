// SPDX-License-Identifier: GPL-2.0-only
/* Wrapper of family boot: e820.c and memblock.c of one kernel, the one on top of the other. */
#include <linux/types.h>
#include <kernel_code.h>
#include <linux/string.h>

KERNEL_CODE_BEGIN
#include <asm/setup.h>
KERNEL_CODE_END

#if defined(SUBJECT_X86_32_PAE)
#define CONFIG		boot_variants[BOOT_X86_32_PAE]
#define MAP_SLOTS	E820_SLOTS_32
#elif defined(SUBJECT_X86_32)
#define CONFIG		boot_variants[BOOT_X86_32]
#define MAP_SLOTS	E820_SLOTS_32
#elif defined(SUBJECT_CONFIG_SMALL)
#define CONFIG		boot_configs[BOOT_SMALL]
#define MAP_SLOTS	8
#else
#define CONFIG		boot_configs[BOOT_NORMAL]
#define MAP_SLOTS	E820_SLOTS_MAX
#endif

struct boot_params boot_params;
struct x86_init_ops x86_init;
unsigned long max_pfn_mapped;

/* The map has room for as many nodes as in family e820, memblock knows those of family memblock. */
#pragma push_macro("MAX_NUMNODES")
#undef MAX_NUMNODES
#define MAX_NUMNODES	((MAP_SLOTS - E820_MAX_ENTRIES_ZEROPAGE) / 3)
#include "contract/e820.h"
KERNEL_CODE_BEGIN
#include "arch/x86/kernel/e820.c"
KERNEL_CODE_END
#pragma pop_macro("MAX_NUMNODES")

void *memblock_memset(void *to, int byte, size_t size);
#define memset	memblock_memset
KERNEL_CODE_BEGIN
#include "mm/memblock.c"
KERNEL_CODE_END
#undef memset

#include "contract/memblock.h"
#include "wrapper.h"

/* Blocks of setup_data: of memory nothing else is looked into. */
#define physical(phys, size)	shim_arena(phys, size)
#define forget_windows()	((void)0)
#define LAST_PAGE		(shim_arena_size - PAGE_SIZE)

const uint64_t shim_arena_size = 2 * (E820_EXT_BASE + E820_EXT_SPAN);

#include "boot_map.h"

#ifdef CONFIG_X86_32
#define NODES		1
#define BLOCK_ORDER	BOOT_BLOCK_ORDER_32
#else
#define NODES		MEMBLOCK_NODES
#define BLOCK_ORDER	BOOT_BLOCK_ORDER
#endif

_Static_assert(MAX_NUMNODES == NODES, "nodes in the contract");
_Static_assert(MAX_PAGE_ORDER == BLOCK_ORDER, "blocks in the contract");

#ifndef HAVE_MEMBLOCK_PHYS_FREE
#define memblock_phys_free	memblock_free	/* until v5.15 */
#endif

/* memblock_discard() was called: what it leaves is nobody's. */
static bool closed;
static bool handed_off;

/* Nothing that is allocated here is cleared by memblock. */
WRAPPER static void answer(uint32_t type, uint64_t start, uint64_t size, uint32_t flags)
{
	(void)type;
	(void)start;
	(void)size;
	(void)flags;
	shim_abort(OUT_BUG);
}

#include "memblock_memory.h"
#include "memblock_handoff.h"

#define PAGE_ROWS	HANDOFF_MAX

/* Without nodes there is node 0 alone, which all memory is on. */
WRAPPER static int node(uint64_t nid)
{
	return MAX_NUMNODES == 1 && nid != MEMBLOCK_NO_NODE ? 0 : (int)nid;
}

/* Of an error code. */
WRAPPER static uint64_t number(int value)
{
	return (int64_t)value;
}

WRAPPER static uint64_t setup(void)
{
	api_memblock_setup();
	max_pfn = api_end_of_ram_pfn();
	max_low_pfn = low_pages(max_pfn);
	return 0;
}

WRAPPER static uint64_t set_node(int nid, uint64_t start, uint64_t end)
{
	if (start >= end)
		return 0;
	return number(memblock_set_node(start * PAGE_SIZE, (end - start) * PAGE_SIZE,
					&memblock.memory, nid));
}

/* How many pages memblock says that it passed on. */
WRAPPER static uint64_t free_all(void)
{
	uint64_t before = ram_pages;

	handed_off = true;
	memblock_free_all();
	return ram_pages - before;
}

WRAPPER static uint64_t discard(void)
{
	memblock_discard();
	closed = true;
	return 0;
}

WRAPPER static uint64_t call_memblock(const struct op *op)
{
	const uint64_t *a = op->arg;

	switch (op->id) {
	case B_RESERVE:
	case B_RESERVE_OVERLAP_OK:
		return number(memblock_reserve(a[0], a[1]));
	case B_FREE:
		return number(memblock_phys_free(a[0], a[1]));
	case B_SETUP:
		return setup();
	case B_MAPPED:
		memblock_set_current_limit(a[0] * PAGE_SIZE);
		return 0;
	case B_LOW:
		max_low_pfn = low_pages(a[0]);
		return 0;
	case B_BOTTOM_UP:
		memblock_set_bottom_up(a[0]);
		return 0;
	case B_FIND:
		return memblock_find_in_range(a[0], a[1], a[2], a[3]);
	case B_ALLOC:
		return memblock_phys_alloc_range(a[0], a[1], a[2], a[3]);
	case B_ALLOC_NODE:
		return memblock_phys_alloc_try_nid(a[0], a[1], node(a[2]));
	case B_ALLOC_RESERVED:
		return api_memblock_alloc_reserved(a[0], a[1]);
	case B_NODE:
		return set_node(node(a[0]), a[1], a[2]);
	case B_HANDOFF:
		return free_all();
	case B_DISCARD:
		return discard();
	}
	shim_abort(OUT_BUG);	/* an op of the table that no case makes */
}

WRAPPER static uint64_t call_allocator(const struct op *op)
{
	return closed ? 0 : SUBJECT_CALL(call_memblock, op);
}

WRAPPER static bool is_freed(const struct row *r, uint32_t *type)
{
	*type = BOOT_FREED;
	return r->type == MEMBLOCK_FREED;
}

WRAPPER static bool is_initialised(const struct row *r, uint32_t *type)
{
	*type = r->type - MEMBLOCK_INITIALISED;
	return r->type != MEMBLOCK_FREED;
}

/* A collection whose table is built in has no place. */
WRAPPER static unsigned int own(struct row *places)
{
	unsigned int nr = 0;

	for (unsigned int i = M_MEMORY; i <= M_RESERVED && !closed; i++) {
		const struct block *b = block_of(types[i]->regions);

		if (b)
			places[nr++] = (struct row){
				.start = b->phys,
				.size = PAGE_ALIGN(types[i]->max * sizeof(*types[i]->regions)),
				.type = BOOT_OWN_MEMORY + i - M_MEMORY, .flags = types[i]->max,
			};
	}
	return nr;
}

WRAPPER static uint64_t allocator_fingerprint(void)
{
	uint64_t sum = max_pfn + 3 * (uint64_t)max_low_pfn + 5 * memblock.current_limit +
		       7 * memblock.bottom_up + 11 * closed + 13 * memblock_can_resize +
		       17 * ram_pages;

	for (unsigned int i = M_MEMORY; i <= M_RESERVED && !closed; i++)
		for (unsigned long k = 0; k < types[i]->cnt; k++) {
			const struct memblock_region *r = &types[i]->regions[k];

			sum = edge_hash(r->flags + 64 * memblock_get_region_node(r),
					sum + r->base) + r->size;
		}
	return sum;
}

#include "boot_subject.h"

/* Beside what memblock_memory.h saves: what was handed off, for its room is not reset. */
WRAPPER static void save_all(void *to)
{
	save(to);
	shim_copy((char *)to + shim_snapshot_size() + POOL_SIZE, handoff,
		  nr_handoff * sizeof(*handoff));
}

WRAPPER static void restore_all(const void *from)
{
	restore(from);
	shim_copy(handoff, (const char *)from + shim_snapshot_size() + POOL_SIZE,
		  nr_handoff * sizeof(*handoff));
}

#undef SUBJECT_MORE_SIZE
#define SUBJECT_MORE_SIZE (POOL_SIZE + sizeof(handoff))
#undef SUBJECT_SAVE
#define SUBJECT_SAVE save_all
#undef SUBJECT_RESTORE
#define SUBJECT_RESTORE restore_all

SUBJECT_DEFINE(&boot_family, &CONFIG, 0);

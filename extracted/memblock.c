// SPDX-License-Identifier: GPL-2.0-only
/* Wrapper of family memblock: the collections of mm/memblock.c. */
#include <linux/types.h>
#include <kernel_code.h>
#include <linux/string.h>

/* Clearing what is no table is recorded, see memblock_memory.h. */
void *memblock_memset(void *to, int byte, size_t size);
#define memset	memblock_memset

KERNEL_CODE_BEGIN
#include "mm/memblock.c"
KERNEL_CODE_END

#undef memset

#include "contract/memblock.h"
#include "wrapper.h"

#if defined(SUBJECT_X86_32_PAE) && defined(SUBJECT_CONFIG_SMALL)
#define CONFIG	memblock_variants[MEMBLOCK_X86_32_PAE_SMALL]
#elif defined(SUBJECT_X86_32) && defined(SUBJECT_CONFIG_SMALL)
#define CONFIG	memblock_variants[MEMBLOCK_X86_32_SMALL]
#elif defined(SUBJECT_X86_32_PAE)
#define CONFIG	memblock_variants[MEMBLOCK_X86_32_PAE]
#elif defined(SUBJECT_X86_32)
#define CONFIG	memblock_variants[MEMBLOCK_X86_32]
#elif defined(SUBJECT_CONFIG_SMALL)
#define CONFIG	memblock_configs[MEMBLOCK_SMALL]
#elif defined(SUBJECT_CONFIG_PLAIN)
#define CONFIG	memblock_configs[MEMBLOCK_PLAIN]
#elif defined(SUBJECT_CONFIG_KEEP)
#define CONFIG	memblock_configs[MEMBLOCK_KEEP]
#elif defined(SUBJECT_CONFIG_PHYS32)
#define CONFIG	memblock_configs[MEMBLOCK_PHYS32]
#else
#define CONFIG	memblock_configs[MEMBLOCK_NORMAL]
#endif

#ifdef CONFIG_ARCH_KEEP_MEMBLOCK
#define KEEP	true
#else
#define KEEP	false
#endif

/* Which ops these configurations and kernels do not have. */
#ifdef CONFIG_HAVE_MEMBLOCK_PHYS_MAP
#define NO_PHYSMEM	0
#else
#define NO_PHYSMEM	(1ull << M_PHYSMEM_ADD | 1ull << M_PHYSMEM_RANGES)
#define memblock_physmem_add(base, size) ((void)(base), (void)(size), 0)
#endif

#ifdef CONFIG_DEBUG_FS
#define NO_DEBUGFS	0
#else
#define NO_DEBUGFS	(1ull << M_DEBUGFS)
#endif

#ifdef HAVE_MEMBLOCK_NOINIT
#define NO_NOINIT	0
#else
#define NO_NOINIT	(1ull << M_RESERVED_MARK_NOINIT)
#define memblock_reserved_mark_noinit(base, size) ((void)(base), (void)(size), 0)
#endif

#ifdef HAVE_MEMBLOCK_NUMA_COVERAGE
#define NO_COVERAGE	0
#else
#define NO_COVERAGE	(1ull << M_VALIDATE_NUMA_COVERAGE)
#define memblock_validate_numa_coverage(threshold) ((void)(threshold), 0)
#endif

#ifdef HAVE_MEMBLOCK_ESTIMATED_FREE
#define NO_ESTIMATE	0
#else
#define NO_ESTIMATE	(1ull << M_ESTIMATED_FREE)
#define memblock_estimated_nr_free_pages() 0
#endif

#ifdef HAVE_MEMBLOCK_RESERVE_MEM
#define NO_RESERVE_MEM	0
#else
#define NO_RESERVE_MEM	(1ull << M_RESERVE_MEM | 1ull << M_RESERVE_MEM_FIND)
#endif

/* Since v6.16 it is elsewhere, and 32-bit kernels have none of it. */
#if defined(HAVE_MEMBLOCK_ZONE_RANGES) && defined(CONFIG_DEFERRED_STRUCT_PAGE_INIT)
#define NO_ZONES	0
#else
#define NO_ZONES	(1ull << M_ZONE_RANGES)
#endif

#define LACKS	(0ull | NO_PHYSMEM | NO_DEBUGFS | NO_NOINIT | NO_COVERAGE | NO_ESTIMATE |	\
		 NO_RESERVE_MEM | NO_ZONES)

_Static_assert(ARRAY_SIZE(memblock_memory_init_regions) == INIT_MEMBLOCK_MEMORY_REGIONS &&
	       ARRAY_SIZE(memblock_reserved_init_regions) == INIT_MEMBLOCK_RESERVED_REGIONS,
	       "the size of the built-in tables");

/* memblock_discard() was called: what it leaves is nobody's. */
static bool closed;

bool mirrored_kernelcore;
bool movable_node_enabled;
const uint64_t shim_arena_size;

#include "memblock_ranges.h"
#include "memblock_memory.h"
#include "memblock_handoff.h"
#include "memblock_observe.h"
#include "memblock_text.h"

_Static_assert(MAX_NUMNODES == MEMBLOCK_NODES || MAX_NUMNODES == 1, "nodes in the contract");
_Static_assert(PAGE_SIZE << MAX_PAGE_ORDER == MEMBLOCK_BLOCK_MAX, "blocks in the contract");
_Static_assert(SMP_CACHE_BYTES == MEMBLOCK_CACHE_BYTES, "a cache line in the contract");
_Static_assert(ARCH_LOW_ADDRESS_LIMIT == MEMBLOCK_LOW_LIMIT_END, "low memory in the contract");

/* The boot code's part, before anything is known of memory: part of what resets come back to. */
WRAPPER static void __attribute__((__constructor__)) begin(void)
{
	max_low_pfn = ULONG_MAX;
}

WRAPPER static uint64_t set(unsigned int which, bool on)
{
	switch (which) {
	case MEMBLOCK_BOTTOM_UP:
		memblock_set_bottom_up(on);
		break;
	case MEMBLOCK_SLAB:
		shim_slab_available = on;
		break;
	case MEMBLOCK_MOVABLE_NODE:
		movable_node_enabled = on;
		break;
	case MEMBLOCK_KERNELCORE_MIRROR:
		mirrored_kernelcore = on;
		break;
	case MEMBLOCK_DEBUG:
		set_debug(on);
		break;
	}
	return 0;
}

/*
 * A node as the kernel numbers it, whose MAX_NUMNODES is 1 without CONFIG_NUMA: there is node 0
 * alone, which all memory is on.
 */
WRAPPER static int node(uint64_t nid)
{
	if (nid == MEMBLOCK_NODES)
		return MAX_NUMNODES;
	return MAX_NUMNODES == 1 && nid != MEMBLOCK_NO_NODE ? 0 : (int)nid;
}

/* Of an error code, or a node id. */
WRAPPER static uint64_t number(int value)
{
	return (int64_t)value;
}

WRAPPER static uint64_t place(const void *p)
{
	return p ? virt_to_phys((void *)p) : 0;
}

WRAPPER static int add_node(phys_addr_t base, phys_addr_t size, int nid, enum memblock_flags flags)
{
#ifdef HAVE_MEMBLOCK_NODE_FLAGS
	return memblock_add_node(base, size, nid, flags);
#else
	(void)flags;
	return memblock_add_node(base, size, nid);
#endif
}

WRAPPER static int phys_free(phys_addr_t base, phys_addr_t size)
{
#ifdef HAVE_MEMBLOCK_PHYS_FREE
	return memblock_phys_free(base, size);
#else
	return memblock_free(base, size);
#endif
}

WRAPPER static uint64_t free_virtual(phys_addr_t base, phys_addr_t size)
{
#ifdef HAVE_MEMBLOCK_PHYS_FREE
	memblock_free(phys_to_virt(base), size);
#else
	memblock_free_ptr(phys_to_virt(base), size);
#endif
	return 0;
}

WRAPPER static uint64_t free_late(phys_addr_t base, phys_addr_t size)
{
	phys_addr_t from = PFN_UP(base), to = PFN_DOWN((phys_addr_t)(base + size));

	if (from >= to || to - from <= MEMBLOCK_LATE_PAGES)
		memblock_free_late(base, size);
	return 0;
}

WRAPPER static uint64_t free_all(void)
{
	uint64_t bytes = 0;

	for (unsigned long i = 0; i < memblock.memory.cnt; i++)
		bytes += memblock.memory.regions[i].size;
	if (bytes <= MEMBLOCK_FREE_MAX)
		memblock_free_all();
	return 0;
}

WRAPPER static uint64_t discard(void)
{
	memblock_discard();
	closed = !KEEP;
	return 0;
}

/* Ops that change memory, reserved or physmem. */
WRAPPER static uint64_t change(const struct op *op)
{
	const uint64_t *a = op->arg;

	switch (op->id) {
	case M_ADD:
		return number(memblock_add(a[0], a[1]));
	case M_ADD_NODE:
		return number(add_node(a[0], a[1], node(a[2]), a[3]));
	case M_REMOVE:
		return number(memblock_remove(a[0], a[1]));
	case M_RESERVE:
		return number(memblock_reserve(a[0], a[1]));
	case M_PHYS_FREE:
		return number(phys_free(a[0], a[1]));
	case M_FREE:
		return free_virtual(a[0], a[1]);
	case M_PHYSMEM_ADD:
		return number(memblock_physmem_add(a[0], a[1]));
	case M_MARK_HOTPLUG:
		return number(memblock_mark_hotplug(a[0], a[1]));
	case M_CLEAR_HOTPLUG:
		return number(memblock_clear_hotplug(a[0], a[1]));
	case M_MARK_MIRROR:
		return number(memblock_mark_mirror(a[0], a[1]));
	case M_MARK_NOMAP:
		return number(memblock_mark_nomap(a[0], a[1]));
	case M_CLEAR_NOMAP:
		return number(memblock_clear_nomap(a[0], a[1]));
	case M_RESERVED_MARK_NOINIT:
		return number(memblock_reserved_mark_noinit(a[0], a[1]));
	case M_SET_NODE:
		return number(memblock_set_node(a[0], a[1], types[a[2] & 1], node(a[3])));
	case M_TRIM:
		memblock_trim_memory(a[0]);
		return 0;
	case M_ENFORCE_MEMORY_LIMIT:
		memblock_enforce_memory_limit(a[0]);
		return 0;
	case M_CAP_MEMORY_RANGE:
		memblock_cap_memory_range(a[0], a[1]);
		return 0;
	case M_MEM_LIMIT_REMOVE_MAP:
		memblock_mem_limit_remove_map(a[0]);
		return 0;
	case M_FREE_LATE:
		return free_late(a[0], a[1]);
	case M_FREE_ALL:
		return free_all();
	case M_DISCARD:
		return discard();
	}
	shim_abort(OUT_BUG);	/* an op of the table that no case makes */
}

/* Ops that look for room, and those that take it. */
WRAPPER static uint64_t find(const struct op *op)
{
	const uint64_t *a = op->arg;

	switch (op->id) {
	case M_FIND_IN_RANGE:
		return memblock_find_in_range(a[0], a[1], a[2], a[3]);
	case M_FIND_IN_RANGE_NODE:
		return memblock_find_in_range_node(a[0], a[1], a[2], a[3], node(a[4]), a[5]);
	case M_ALLOC_RANGE_NID:
		return memblock_alloc_range_nid(a[0], a[1], a[2], a[3], node(a[4]), a[5]);
	case M_PHYS_ALLOC_RANGE:
		return memblock_phys_alloc_range(a[0], a[1], a[2], a[3]);
	case M_PHYS_ALLOC_TRY_NID:
		return memblock_phys_alloc_try_nid(a[0], a[1], node(a[2]));
	case M_ALLOC_TRY_NID:
		return place(memblock_alloc_try_nid(a[0], a[1], a[2], a[3], node(a[4])));
	case M_ALLOC_TRY_NID_RAW:
		return place(memblock_alloc_try_nid_raw(a[0], a[1], a[2], a[3],
							node(a[4])));
	case M_ALLOC_EXACT_NID_RAW:
		return place(memblock_alloc_exact_nid_raw(a[0], a[1], a[2], a[3],
							  node(a[4])));
	case M_ALLOC:
		return place(memblock_alloc(a[0], a[1]));
	case M_ALLOC_FROM:
		return place(memblock_alloc_from(a[0], a[1], a[2]));
	case M_ALLOC_LOW:
		return place(memblock_alloc_low(a[0], a[1]));
	case M_ALLOC_NODE:
		return place(memblock_alloc_node(a[0], a[1], node(a[2])));
	case M_RESERVE_MEM:
		return number(reserve_mem_text(op));
	case M_RESERVE_MEM_FIND:
		return reserve_mem_find(op);
	}
	return change(op);
}

/* Ops that ask. */
WRAPPER static uint64_t ask(const struct op *op)
{
	const uint64_t *a = op->arg;

	switch (op->id) {
	case M_FREE_RANGES:
		return free_ranges(node(a[0]), a[1]);
	case M_FREE_RANGES_REV:
		return free_ranges_rev(node(a[0]), a[1]);
	case M_MEM_RANGES:
		return mem_ranges();
	case M_MEM_RANGES_REV:
		return mem_ranges_rev();
	case M_RESERVED_RANGES:
		return reserved_ranges();
	case M_PHYSMEM_RANGES:
		return physmem_ranges();
	case M_PFN_RANGES:
		return pfn_ranges(node(a[0]));
	case M_ZONE_RANGES:
		return zone_ranges(node(a[0]), a[1], a[2]);
	case M_IS_MEMORY:
		return memblock_is_memory(a[0]);
	case M_IS_MAP_MEMORY:
		return memblock_is_map_memory(a[0]);
	case M_IS_RESERVED:
		return memblock_is_reserved(a[0]);
	case M_IS_REGION_MEMORY:
		return memblock_is_region_memory(a[0], a[1]);
	case M_IS_REGION_RESERVED:
		return memblock_is_region_reserved(a[0], a[1]);
	case M_OVERLAPS_REGION:
		return memblock_overlaps_region(types[a[0] & 1], a[1], a[2]);
	case M_ADDRS_OVERLAP:
		return !!memblock_addrs_overlap(a[0], a[1], a[2], a[3]);
	case M_SEARCH_PFN_NID:
		return search_pfn_nid(a[0]);
	case M_SIZES:
		return sizes();
	case M_ESTIMATED_FREE:
		return memblock_estimated_nr_free_pages();
	case M_VALIDATE_NUMA_COVERAGE:
		return memblock_validate_numa_coverage(a[0]);
	case M_DUMP_ALL:
		memblock_dump_all();
		return 0;
	case M_DEBUGFS:
		return show(a[0]);
	case M_SET:
		return set(a[0], a[1]);
	case M_ALLOW_RESIZE:
		memblock_allow_resize();
		return 0;
	case M_SET_CURRENT_LIMIT:
		memblock_set_current_limit(a[0]);
		return 0;
	case M_MAX_LOW_PFN:
		max_low_pfn = a[0];
		return 0;
	}
	return find(op);
}

WRAPPER static uint64_t call(const struct op *op)
{
	nr_answers = 0;
	if (closed || (op->id < 64 && LACKS >> op->id & 1))
		return 0;
	return SUBJECT_CALL(ask, op);
}

WRAPPER static void exec(const struct op *op, struct result *res)
{
	shim_exec(call, op, res);
	no_pointer();
}

/* Whose the tables are, what was warned of once, and where the page allocator's memory ends. */
WRAPPER static uint64_t hidden(void)
{
	return shim_once() + (uint64_t)max_low_pfn * 4 + !!memblock_memory_in_slab * 2 +
	       !!memblock_reserved_in_slab;
}

#undef SUBJECT_HIDDEN
#define SUBJECT_HIDDEN hidden
#undef SUBJECT_MORE_SIZE
#define SUBJECT_MORE_SIZE POOL_SIZE
#undef SUBJECT_SAVE
#define SUBJECT_SAVE save
#undef SUBJECT_RESTORE
#define SUBJECT_RESTORE restore

SUBJECT_DEFINE(&memblock_family, &CONFIG, LACKS);

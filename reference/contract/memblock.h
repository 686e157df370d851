/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Family memblock: the collections of regions in mm/memblock.c (v6.1 to v6.12).
 *
 * The contract, from Documentation/core-api/boot-time-mm.rst, the kernel-doc of mm/memblock.c and
 * include/linux/memblock.h, kernel-parameters.txt (memblock=, reserve_mem=, movable_node,
 * kernelcore=), commit messages, and from what callers expect:
 *
 * State. Collections "memory" (what RAM there is), "reserved" (what is taken) and, where the
 * configuration has it, "physmem"; each a set of regions [base, base + size) in bytes, disjoint,
 * sorted, each with flags and a node. Neighbouring regions with the same flags and node are one
 * region (the collection is minimal). Beside them: the search direction (top down at first), the
 * current limit (2^64 - 1 at first, the largest phys_addr_t: "anywhere"), whether tables may be
 * resized (not at first), each collection's table with its slots and place (built in at first),
 * and the switches of op set (all off at first). PHYS_MAX below is the largest phys_addr_t.
 *
 *  Addresses. Operands are cut to phys_addr_t first (of a pfn: the page's address). A range that
 *  would pass the end of the address space ends at PHYS_MAX: its last byte, PHYS_MAX itself, is
 *  never covered. A range that is empty, or that becomes empty by this, does nothing and returns 0.
 *
 *  32-bit x86 (variants x86_32: unsigned long and phys_addr_t of 32 bits; x86_32_pae: the latter
 *  of 64). Page numbers (of max_low_pfn, search_pfn_nid; what estimated_free answers),
 *  free's size and the size of what is cleared are unsigned longs: the lower 32 bits. max_low_pfn
 *  is 2^32 - 1 at first. An operand with more bits than its parameter (of a negative one those of
 *  -1 are none) is misuse; so is a size beyond 32 bits of what allocates virtual addresses. Virtual
 *  addresses stand for physical ones as above, whole, as do the places of tables: current limits
 *  and direct maps are the caller's business. zone_ranges is not there (no
 *  CONFIG_DEFERRED_STRUCT_PAGE_INIT).
 *
 *  Nodes. A region of memblock_add() and memblock_reserve() is on no node. NUMA_NO_NODE and
 *  whatever is not in [0, MEMBLOCK_NODES) are "no node" for every question (trait: before v6.10
 *  NUMA_NO_NODE alone is, and MAX_NUMNODES in free_ranges and searches; any other number is a node,
 *  on which only regions are that are said to be there); regions that differ in how they
 *  say it (row.flags) do not merge: behaviour, not contract. Without CONFIG_NUMA there are no
 *  nodes: every region is on "none" and node operands mean nothing (callers pass 0 for a
 *  node); where a node is to be said (row.flags, iterators, search_pfn_nid) it is 0, and
 *  validate_numa_coverage answers 1.
 *
 *  - add(base, size), add_node(base, size, nid, flags): the range's bytes that are not in memory
 *    yet are, with that node and flags; what was there keeps its own. Returns 0.
 *  - reserve(base, size): likewise on reserved, flags none, no node. RAM or not.
 *  - physmem_add(base, size): likewise on physmem (config keep).
 *  - remove(base, size), phys_free(base, size): the range's bytes leave memory, reserved. Returns
 *    0, whatever was there.
 *  - free(base, size): memblock_free(__va(base), size): as phys_free; no value.
 *  - mark_hotplug, clear_hotplug, mark_mirror, mark_nomap, clear_nomap (base, size): the flag of
 *    every byte of memory inside changes; what is no memory is not touched. Returns 0. mark_mirror
 *    counts as the machine having mirrored memory (system-wide), where the kernel asks for
 *    kernelcore=mirror first only with it (trait).
 *  - reserved_mark_noinit(base, size): the same with MEMBLOCK_RSRV_NOINIT on reserved.
 *  - set_node(base, size, table, nid): the node of every byte of that collection inside changes.
 *  - trim(align): every region of memory shrinks to whole multiples of align; one that has none
 *    is gone. Align 0 or no power of two: misuse, value and result unspecified.
 *
 *  Tables. An addition of a range needs a free slot for every piece of it that is not covered yet
 *  (pieces are what regions already there leave of it, before anything merges); splitting at the
 *  borders of a range (remove, free, mark, clear, set_node, cap_memory_range, and what uses these)
 *  needs two free slots, whether it comes to a split or not. An empty collection has room for its
 *  first region. A table that has too few free slots is doubled first, before the op changes
 *  anything, as often as it takes. May tables not be resized: the op fails: -1 in place of the
 *  doubling and -ENOMEM (-12) of the op, nothing changed; since v6.7 it is a panic (trait). The
 *  doubled table of n slots takes n * region size bytes (struct memblock_config_facts), rounded up
 *  to pages, in free memory (memory that is not reserved, and not NOMAP), page aligned, inside the
 *  current limit, not on page 0, for the table of reserved not on the range that the op is about
 *  (what it reserves or gives back), and not on memory that the op takes away or makes NOMAP. What
 *  a search for free memory passes over (HOTPLUG with movable_node, DRIVER_MANAGED) is no place
 *  either. Where is the
 *  allocator's choice: it is observed (M_OWN), held against this and taken over. It is reserved
 *  (flags none, no node) as long as the table lives there, which may need a doubling of reserved
 *  itself, and the one before it is given back (phys_free of it) where it was in memory. With slab
 *  available (set slab) it comes from there instead: then it has no place. No room: announced as
 *  an error, and the op fails as above (-ENOMEM) whatever the version, with nothing changed.
 *  What the tables own is never handed out, and stays reserved.
 *
 *  Searching. A block of size bytes at a multiple of align, in [max(start, MEMBLOCK_PAGE), end),
 *  wholly inside one free range: free ranges are what free_ranges (below) gives for that node and
 *  flags. Top down: the highest; bottom up: the lowest such address. 0: there is none. An end of
 *  MEMBLOCK_ACCESSIBLE (0) or MEMBLOCK_NOLEAKTRACE (1) stands for the current limit.
 *  - find_in_range(start, end, size, align): any node; mirrored memory is tried first when the
 *    machine has some, then all (said as a warning).
 *  - find_in_range_node(size, align, start, end, nid, flags): exactly that.
 *  - alloc_range_nid(size, align, start, end, nid, exact): memblock_alloc_range_nid(): align 0
 *    becomes MEMBLOCK_CACHE_BYTES and is said (a stack dump, at warning level). On node nid (any,
 *    when it is none); when there is none and not exact: on any node. With mirrored memory: all
 *    this in mirrored memory first, then, with a warning, in any. What is found is reserved.
 *    Returns the address or 0. Where reserving fails (no slot and no room), the address is as if
 *    there was none.
 *  - phys_alloc_range(size, align, start, end): the same on any node. phys_alloc_try_nid(size,
 *    align, nid): the same from 0 to the current limit, not exact.
 *  - alloc_try_nid(size, align, min, max, nid), alloc_try_nid_raw, alloc_exact_nid_raw: virtual
 *    addresses (here: as physical ones, NULL is 0). A max above the current limit, and 0, is that
 *    limit. As alloc_range_nid(min, max), exact for the last; when that fails and min is not 0:
 *    once more from 0. Without "raw" the block is cleared: exactly its bytes (M_ANSWER, one row
 *    MEMBLOCK_CLEARED; none when it has no byte). alloc(size, align), alloc_from(size, align,
 *    min), alloc_low(size, align): below MEMBLOCK_LOW_LIMIT_END, alloc_node(size, align, nid): the
 *    inline forms of alloc_try_nid.
 *  - All alloc forms once slab is available: misuse, warned of (WARN, the first time). No
 *    collection changes, nothing is reported as cleared. The value is one of slab's
 *    blocks (here: MEMBLOCK_LATE) or 0.
 *    In v6.1 (trait) alloc_range_nid, phys_alloc_range and phys_alloc_try_nid do not ask for slab.
 *
 *  Questions and iterators change nothing. Ranges are reported in M_ANSWER in their order, rows
 *  MEMBLOCK_RANGE (flags: the node, as it is said, where the iterator gives it; else 0).
 *  - free_ranges(nid, flags), free_ranges_rev: memory minus reserved, ascending or descending; a
 *    free range never crosses regions of memory. Regions of another node are left out (nid no
 *    node: all nodes). HOTPLUG regions are left out while movable_node is on, but for flags
 *    HOTPLUG; with flags MIRROR only mirrored ones count; NOMAP ones are left out but for flags
 *    NOMAP; DRIVER_MANAGED ones but for flags DRIVER_MANAGED. Nodes are given. A nid of
 *    MAX_NUMNODES is taken for NUMA_NO_NODE, with a WARN the first time.
 *  - mem_ranges, mem_ranges_rev: for_each_mem_range(): memory, flags HOTPLUG | DRIVER_MANAGED, all
 *    nodes. reserved_ranges: all of reserved. physmem_ranges: all of physmem (config keep).
 *  - pfn_ranges(nid): for_each_mem_pfn_range(): of every region of memory on the node
 *    (MAX_NUMNODES: all) its whole pages, in bytes, where it has any. Nodes are given.
 *  - zone_ranges(nid, start, end): pages [start, end) are a zone of node nid: of every range of
 *    free_ranges(nid, none) the whole pages inside it, in bytes, ascending, where there are any.
 *  - is_memory(addr), is_map_memory(addr) (not NOMAP), is_reserved(addr): does it lie in the
 *    collection? is_region_memory(base, size): does all of the range lie in one block of memory?
 *    is_region_reserved(base, size), overlaps_region(table, base, size): does it meet any of it?
 *    addrs_overlap(base1, size1, base2, size2): do the ranges meet? 0 or 1; of empty ranges:
 *    unspecified.
 *  - search_pfn_nid(pfn): the node of the region of memory with that page's first byte, and its
 *    first and last whole page (M_ANSWER, MEMBLOCK_PFNS, in bytes: both ends rounded down); -1
 *    (NUMA_NO_NODE), and no row, when there is none, or when its node is said so.
 *  - sizes: memblock_phys_mem_size(), memblock_reserved_size(), memblock_start_of_DRAM(),
 *    memblock_end_of_DRAM(): M_ANSWER rows with type enum memblock_answer, start = the value, size
 *    1. Without any memory: misuse, the last two are unspecified: given as 0.
 *  - estimated_free: bytes of memory minus bytes of reserved, in pages, rounded down.
 *  - validate_numa_coverage(threshold): 1 when less than, or exactly, threshold bytes of memory
 *    are on no node, in whole pages of its regions, as pfn_ranges gives them; else 0 (said as an
 *    error).
 *
 *  Limits.
 *  - enforce_memory_limit(limit): limit bytes of memory stay, the lowest ones; what is above, of
 *    memory and of reserved, goes. A limit of more than all memory: nothing. Limit 0: nothing.
 *  - cap_memory_range(base, size): memory outside of the range goes, NOMAP regions excepted;
 *    reserved outside of it goes: all of it, when the range is empty but size is not 0 (it begins
 *    at PHYS_MAX). Size 0: nothing. No memory yet: nothing, warned of.
 *  - mem_limit_remove_map(limit): as enforce_memory_limit, NOMAP regions excepted: as
 *    cap_memory_range(0, end of the lowest limit bytes of memory).
 *  - set_current_limit(limit), set(switch, on), max_low_pfn(pfn), allow_resize: what they say.
 *    Until then max_low_pfn is above all pages.
 *
 *  The command line, since v6.10.
 *  - reserve_mem(text): reserve_mem=nn[KMG]:<align>:<label>. Reserves nn bytes at a multiple of
 *    the alignment (at least MEMBLOCK_CACHE_BYTES) as phys_alloc_range(size, align, 0, accessible)
 *    and keeps the label. Returns 1. -EINVAL (-22): nn is no number or 0, no ':' after it or after
 *    the alignment, a label that is empty, is blank, or has MEMBLOCK_LABEL or more characters.
 *    -EBUSY (-16): MEMBLOCK_NAMED_MAX labels there are, or one of that name. -ENOMEM (-12): no
 *    room. Nothing changes then. Sizes and alignments are numbers as memparse() takes them.
 *  - reserve_mem_find(text): reserve_mem_find_by_name(): 1 and MEMBLOCK_NAMED (its range), or 0.
 *
 *  Hand-off.
 *  - free_late(base, size): pages wholly inside are passed to the page allocator, one by one, and
 *    count as RAM pages. Reserved stays as it is. More than MEMBLOCK_LATE_PAGES: no call is made.
 *  - free_all: what is whole pages of free memory (free_ranges(none, none) with no HOTPLUG flag
 *    left: it is cleared on all of memory first), below max_low_pfn, is passed to the page
 *    allocator, each page exactly once, in blocks aligned to their size and no larger than
 *    MEMBLOCK_BLOCK_MAX; count as RAM pages. Before that every page with any reserved byte, and
 *    every page of NOMAP memory, is initialised as reserved, once or more, with the node of the
 *    memory that it is in (outside of memory a reserved region has the one that it was given, else
 *    that of its first page's first byte, else none; before v6.6 none has a node, trait); NOINIT
 *    regions of reserved excepted. Reserved regions have these nodes afterwards (since v6.6,
 *    trait). With more than MEMBLOCK_FREE_MAX bytes of memory no call is made. Where the
 *    configuration has a memory map of its own (facts.memmap; CONFIG_HAVE_ARCH_PFN_VALID without
 *    CONFIG_SPARSEMEM): at first what of it is for no memory is given back (phys_free): the
 *    structs (MEMBLOCK_STRUCT_PAGE bytes each) of the pages between two blocks of memory with
 *    whole pages, the one before rounded up, the next rounded down to MEMBLOCK_PAGEBLOCK pages.
 *  - discard: memblock_discard() (without CONFIG_ARCH_KEEP_MEMBLOCK): tables that were doubled are
 *    passed to the page allocator as by free_late of their place, or given back to slab. After
 *    it memblock is closed: wrappers make no call any more, the answer is 0, nothing changes, all
 *    collections and M_OWN are empty. In config keep: nothing.
 *  - dump_all: with set debug: all facts of the state are printed. debugfs(table): the file of
 *    that collection (config keep): M_ANSWER MEMBLOCK_RANGE a region; since v6.5 flags say the
 *    node, whatever is none as NUMA_NO_NODE.
 *
 *  Printed (M_PRINTED, while set debug is on): one row a line: type = op id of the function whose
 *  line it is (also of functions that others call), start and size = what it says of a range.
 *  Lines are printed by add, add_node, remove, reserve, physmem_add, phys_free, free_late, and,
 *  two rows each, by phys_alloc_range, alloc_try_nid, alloc_try_nid_raw and alloc_exact_nid_raw
 *  (start = min, size = size, flags = nid; then type | MEMBLOCK_SAID_MORE, start = max, size =
 *  align).
 *  Ranges are said as they were passed, not cut. phys_alloc_range says no node: NUMA_NO_NODE. Not
 *  lines of their own: free (phys_free's), the inline alloc forms (alloc_try_nid's). A doubling:
 *  type MEMBLOCK_SAID_DOUBLED, start = the new place (0 from slab), size = slots * region size
 *  (not rounded to pages), flags = slots; said before the lines of phys_free (of the table before,
 *  when that was in memory) and reserve. dump_all: rows
 *  MEMBLOCK_SAID_TOTAL (start = bytes of memory, size = of reserved) and MEMBLOCK_SAID_REGION +
 *  the table's index (start, size, flags as enum memblock_flags) for each region of memory, of
 *  reserved, of physmem.
 *
 *  Said (result.said: errors, warnings, WARNs): behaviour, exact layer. Beside what stands above:
 *  a WARN when an addition lies below a region, inside its range, that says another node or other
 *  flags; an error when there is no room for a table. Not known where a table grew on the way, of
 *  what is told once only, and once a quirk has fired.
 *
 * Legality. Ranges: legal with size > 0 below 2^52; above, also where they pass the end of the
 * address space: firmware; size 0: misuse. reserve: as that, RAM or not. remove: as that, when it
 * meets no table. phys_free, free: when all of it is reserved, no table met; else misuse.
 * add_node: nid none or below MEMBLOCK_NODES and flags none, HOTPLUG, NOMAP or DRIVER_MANAGED;
 * else misuse. mark, set_node: when all of it is in the collection. Searching and allocating: size
 * > 0, align a power of two (or 0, alloc forms), start <= end, nid valid or none, end not above
 * 2^52 unless anywhere; before slab; else misuse. With an align that is no power of two, or size
 * 0: unspecified value: 0 or an address inside the window; an allocation of size 0 changes
 * nothing. Limits: legal before any table was doubled, and not 0 (cap_memory_range: a range as
 * above); else misuse. free_all: legal
 * once, after that only free_late, discard and questions. discard: after free_all, once.
 * allow_resize, set, set_current_limit: legal. slab off again, switches after the first addition:
 * misuse. reserve_mem: cmdline unless it has the documented form. A bad table operand cannot be.
 *
 * Observable tables: M_MEMORY, M_RESERVED, M_PHYSMEM (type = memblock_row_type(): flags and node;
 * flags = the node as it is said), M_OWN (three rows in the order memory, reserved, physmem:
 * start, size = its place, both 0 when built in or from slab; type = 1 + index; flags = slots),
 * M_HANDOFF (all that was passed on since the scenario began: type MEMBLOCK_FREED, or
 * MEMBLOCK_INITIALISED + node for reserved pages; neighbours in one type that follow each other
 * are one row), M_SETTINGS (rows by enum memblock_setting: start = value, size 1; size 0 for the
 * counters of bytes, which are behaviour), M_ANSWER, M_PRINTED, M_NAMED (labels in their order:
 * start, size, type = hash of the label).
 */
#ifndef CONTRACT_MEMBLOCK_H
#define CONTRACT_MEMBLOCK_H

#include "family.h"

enum memblock_op {
	M_SET = 1,			/* switch on */
	M_ALLOW_RESIZE = 2,
	M_SET_CURRENT_LIMIT = 3,	/* limit */
	M_MAX_LOW_PFN = 4,		/* pfn */
	M_ADD = 5,			/* base size */
	M_ADD_NODE = 6,			/* base size nid flags */
	M_REMOVE = 7,			/* base size */
	M_RESERVE = 8,			/* base size */
	M_PHYS_FREE = 9,		/* base size */
	M_FREE = 10,			/* base size */
	M_FREE_LATE = 11,		/* base size */
	M_PHYSMEM_ADD = 12,		/* base size */
	M_MARK_HOTPLUG = 13,		/* base size */
	M_CLEAR_HOTPLUG = 14,		/* base size */
	M_MARK_MIRROR = 15,		/* base size */
	M_MARK_NOMAP = 16,		/* base size */
	M_CLEAR_NOMAP = 17,		/* base size */
	M_RESERVED_MARK_NOINIT = 18,	/* base size */
	M_SET_NODE = 19,		/* base size table nid */
	M_TRIM = 20,			/* align */
	M_ENFORCE_MEMORY_LIMIT = 21,	/* limit */
	M_CAP_MEMORY_RANGE = 22,	/* base size */
	M_MEM_LIMIT_REMOVE_MAP = 23,	/* limit */
	M_FIND_IN_RANGE = 24,		/* start end size align */
	M_FIND_IN_RANGE_NODE = 25,	/* size align start end nid flags */
	M_ALLOC_RANGE_NID = 26,		/* size align start end nid exact */
	M_PHYS_ALLOC_RANGE = 27,	/* size align start end */
	M_PHYS_ALLOC_TRY_NID = 28,	/* size align nid */
	M_ALLOC_TRY_NID = 29,		/* size align min max nid */
	M_ALLOC_TRY_NID_RAW = 30,	/* size align min max nid */
	M_ALLOC_EXACT_NID_RAW = 31,	/* size align min max nid */
	M_ALLOC = 32,			/* size align */
	M_ALLOC_FROM = 33,		/* size align min */
	M_ALLOC_LOW = 34,		/* size align */
	M_ALLOC_NODE = 35,		/* size align nid */
	M_FREE_RANGES = 36,		/* nid flags */
	M_FREE_RANGES_REV = 37,		/* nid flags */
	M_MEM_RANGES = 38,
	M_MEM_RANGES_REV = 39,
	M_RESERVED_RANGES = 40,
	M_PHYSMEM_RANGES = 41,
	M_PFN_RANGES = 42,		/* nid */
	M_ZONE_RANGES = 43,		/* nid start end (pages) */
	M_IS_MEMORY = 44,		/* addr */
	M_IS_MAP_MEMORY = 45,		/* addr */
	M_IS_RESERVED = 46,		/* addr */
	M_IS_REGION_MEMORY = 47,	/* base size */
	M_IS_REGION_RESERVED = 48,	/* base size */
	M_OVERLAPS_REGION = 49,		/* table base size */
	M_ADDRS_OVERLAP = 50,		/* base1 size1 base2 size2 */
	M_SEARCH_PFN_NID = 51,		/* pfn */
	M_SIZES = 52,
	M_ESTIMATED_FREE = 53,
	M_VALIDATE_NUMA_COVERAGE = 54,	/* threshold */
	M_RESERVE_MEM = 55,		/* text */
	M_RESERVE_MEM_FIND = 56,	/* text */
	M_FREE_ALL = 57,
	M_DISCARD = 58,
	M_DUMP_ALL = 59,
	M_DEBUGFS = 60,			/* table */
};

#define MEMBLOCK_OPS	60u			/* the ids above: 1 to this */

enum memblock_tables {
	M_MEMORY,
	M_RESERVED,
	M_PHYSMEM,
	M_OWN,
	M_HANDOFF,
	M_SETTINGS,
	M_ANSWER,
	M_PRINTED,
	M_NAMED,
	M_TABLES
};

/* As in include/linux/memblock.h. */
enum memblock_flag {
	MEMBLOCK_F_NONE = 0,
	MEMBLOCK_F_HOTPLUG = 1,
	MEMBLOCK_F_MIRROR = 2,
	MEMBLOCK_F_NOMAP = 4,
	MEMBLOCK_F_DRIVER_MANAGED = 8,	/* since v5.16 */
	MEMBLOCK_F_NOINIT = 16,		/* since v6.10; reserved only */
	MEMBLOCK_F_ALL = 31,
};

/* Operand of set. */
enum memblock_switch {
	MEMBLOCK_BOTTOM_UP,		/* memblock_set_bottom_up() */
	MEMBLOCK_SLAB,			/* slab_is_available() */
	MEMBLOCK_MOVABLE_NODE,		/* movable_node_is_enabled(); with CONFIG_MEMORY_HOTPLUG */
	MEMBLOCK_KERNELCORE_MIRROR,	/* mirrored_kernelcore */
	MEMBLOCK_DEBUG,			/* memblock=debug */
	MEMBLOCK_SWITCHES
};

/* Rows of M_SETTINGS, in this order, type = 1 + this. */
enum memblock_setting {
	/* the switches first */
	MEMBLOCK_LIMIT = MEMBLOCK_SWITCHES,	/* the current limit */
	MEMBLOCK_RESIZE,		/* may tables be resized? */
	MEMBLOCK_HAS_MIRROR,		/* was mirrored memory marked? */
	MEMBLOCK_RAM_PAGES,		/* pages that count as RAM since the scenario began */
	MEMBLOCK_MEMORY_TOTAL,		/* memblock.memory.total_size; size 0 */
	MEMBLOCK_RESERVED_TOTAL,	/* memblock.reserved.total_size; size 0 */
	MEMBLOCK_PHYSMEM_TOTAL,		/* physmem.total_size; 0 without it; size 0 */
	MEMBLOCK_CLOSED,		/* discarded? */
	MEMBLOCK_SETTINGS
};

/* Types in M_ANSWER. */
enum memblock_answer {
	MEMBLOCK_RANGE = 1,
	MEMBLOCK_PFNS,
	MEMBLOCK_NAMED,
	MEMBLOCK_CLEARED,
	MEMBLOCK_PHYS_MEM_SIZE,
	MEMBLOCK_RESERVED_SIZE,
	MEMBLOCK_START_OF_DRAM,
	MEMBLOCK_END_OF_DRAM,
};

/* Types in M_HANDOFF. */
enum memblock_handoff {
	MEMBLOCK_FREED = 1,
	MEMBLOCK_INITIALISED = 2,	/* + node; + MEMBLOCK_NODE_NONE where it has none */
};

/* Types in M_PRINTED beside op ids. */
#define MEMBLOCK_SAID_MORE	0x100u
#define MEMBLOCK_SAID_DOUBLED	0x200u
#define MEMBLOCK_SAID_TOTAL	0x201u
#define MEMBLOCK_SAID_REGION	0x210u	/* + M_MEMORY, M_RESERVED, M_PHYSMEM */

enum memblock_config {
	MEMBLOCK_NORMAL,	/* Debian's amd64 */
	MEMBLOCK_SMALL,		/* the same with 4 slots: synthetic */
	MEMBLOCK_PLAIN,		/* no nodes, no hot-plug */
	MEMBLOCK_KEEP,		/* kept after boot, with physmem; 8 slots: synthetic */
	MEMBLOCK_PHYS32,	/* phys_addr_t of 32 bits; 8 slots: synthetic */
	MEMBLOCK_CONFIGS
};

/* Debian i386: with phys_addr_t of 32 bits, and with PAE. */
enum memblock_variant {
	MEMBLOCK_X86_32,
	MEMBLOCK_X86_32_PAE,
	MEMBLOCK_X86_32_SMALL,		/* the same with 4 slots: synthetic */
	MEMBLOCK_X86_32_PAE_SMALL,
	MEMBLOCK_VARIANTS
};

/**
 * struct memblock_config_facts - what a configuration says beyond its CONFIG_ set
 * @slots: at first, of memory, reserved, physmem (0: not there)
 * @region: sizeof(struct memblock_region)
 * @numa: regions have nodes
 * @hotplug: movable_node exists
 * @keep: memblock_discard() does nothing
 * @phys_max: the largest phys_addr_t
 * @unbounded: free_all is called however much memory there is
 * @memmap: where the struct of page 0 is; 0: there is no such memory map
 */
struct memblock_config_facts {
	unsigned int slots[3];
	unsigned int region;
	bool numa, hotplug, keep, unbounded;
	uint64_t phys_max, memmap;
};

extern const struct op_desc memblock_ops[MEMBLOCK_OPS];		/* memblock_ops.c */
extern const struct config_desc memblock_configs[];		/* by enum memblock_config */
extern const struct memblock_config_facts memblock_facts[];	/* likewise */
extern const struct config_desc memblock_variants[];		/* by enum memblock_variant */

/* What is so of a configuration or variant. */
const struct memblock_config_facts *memblock_facts_of(const struct config_desc *c);

#define MEMBLOCK_PAGE		0x1000u
#define MEMBLOCK_NODES		1024u		/* MAX_NUMNODES: CONFIG_NODES_SHIFT=10 */
#define MEMBLOCK_NODE_NONE	0xffffu		/* in types */
#define MEMBLOCK_NO_NODE	0xffffffffu	/* NUMA_NO_NODE as an operand */
#define MEMBLOCK_ACCESSIBLE	0u		/* an end: the current limit */
#define MEMBLOCK_NOLEAKTRACE	1u
#define MEMBLOCK_LOW_LIMIT_END	0xffffffffu	/* ARCH_LOW_ADDRESS_LIMIT */
#define MEMBLOCK_CACHE_BYTES	64u		/* SMP_CACHE_BYTES */
#define MEMBLOCK_LABEL		16u		/* a label and its final 0 */
#define MEMBLOCK_NAMED_MAX	8u
#define MEMBLOCK_BLOCK_MAX	(1u << 22)	/* the largest block of the page allocator */
#define MEMBLOCK_LATE_PAGES	4096u		/* free_late: more are not passed */
#define MEMBLOCK_FREE_MAX	(1ULL << 36)	/* free_all: with more memory no call */
#define MEMBLOCK_ROWS		1024u		/* more regions than any scenario can make */
#define MEMBLOCK_IMAGE		0x1000000u	/* where the built-in table of physmem is */
#define MEMBLOCK_LATE		0xfffffffff0000000ULL	/* where slab has what is allocated late */
#define MEMBLOCK_MEMMAP		0x40000000u	/* where the memory map is */
#define MEMBLOCK_STRUCT_PAGE	64u
#define MEMBLOCK_PAGEBLOCK	512u		/* pages */

/* The node of a region as types say it. */
static inline uint32_t memblock_row_node(uint32_t nid)
{
	return nid < MEMBLOCK_NODES ? nid : MEMBLOCK_NODE_NONE;
}

/* The type of a region's row: flags in the low byte, then the node. */
static inline uint32_t memblock_row_type(uint32_t flags, uint32_t nid)
{
	return (flags & 0xff) | memblock_row_node(nid) << 8;
}

/* What a row says of a label. */
static inline uint32_t memblock_label_hash(const char *label)
{
	uint32_t h = 0x811c9dc5u;	/* FNV-1a */

	for (; *label; label++)
		h = (h ^ (unsigned char)*label) * 0x01000193u;
	return h;
}

#endif

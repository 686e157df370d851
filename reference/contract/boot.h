/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Family boot: the whole way from the firmware's map to the page allocator, on the files of one
 * kernel linked with each other. v2.6.34 to v2.6.36: arch/x86/kernel/e820.c, kernel/range.c and
 * kernel/early_res.c; later kernels: arch/x86/kernel/e820.c and mm/memblock.c.
 *
 * The contract is those of the families e820, early_res and memblock (contract/e820.h,
 * early_res.h, memblock.h), each op one or a few of their calls as arch/x86/kernel/setup.c makes
 * them, and what ties them together:
 *
 *	pages passed on = pages wholly inside of RAM - pages with a reserved byte
 *
 * RAM is what the updated map calls RAM (or RESERVED_KERN) when setup is called; the allocators'
 * own tables are reserved; below max_low_pfn where that applies; each page exactly once.
 *
 * What lies between is not observed: a mistake on the way shows in an answer, or at the hand-off.
 *
 *  - firmware(count, alt_mem_k, ext_mem_k) with entry tokens: e820's memory_setup.
 *  - extend(addr, len) with entry tokens: e820's extend (a setup_data block).
 *  - cmdline with param and more tokens, finish: e820's cmdline, finish_early_params.
 *  - bios: what trim_bios_range() does: the map's first page is RESERVED instead of RAM, [640 KiB,
 *    1 MiB) is no RAM, the map is updated.
 *  - update(start, size, old, new): e820's update, and then its update_table (as after MTRR
 *    trimming). old == new is a BUG there: misuse.
 *
 *  - reserve(start, size, name), reserve_overlap_ok: a range is taken: early_res's reserve and
 *    reserve_overlap_ok of [start, start + size), memblock's reserve both times. start + size
 *    beyond 2^64: nothing on early_res (an inverted range), the end on memblock.
 *  - free(start, size): whatever of the range is reserved is not any more: early_res's
 *    free_partial, memblock's phys_free.
 *  - setup: e820's memblock_setup, with the memblock of that kernel behind it: it may resize its
 *    tables, RAM of the map becomes memory, soft-reserved memory is reserved, memory is cut to
 *    whole pages. Where there is no memblock the map itself is what allocations look at. Then, in
 *    both: max_pfn is end_of_ram_pfn of the map, and so is max_low_pfn (on 32 bits: no more than
 *    BOOT_LOW_PAGES).
 *  - mapped(pfn): memory below that page can be reached: early_res's mapped, memblock's
 *    set_current_limit of the page's address. At first: 4 GiB and anywhere.
 *  - low(pfn): max_low_pfn from now on.
 *  - bottom_up(on): memblock searches from below; early_res always does. At first: off.
 *  - find(start, end, size, align): early_res's find_e820, memblock's find_in_range. An end of 0:
 *    the end of what can be reached. The address, or 0 when there is none (early_res's -1 is 0).
 *  - alloc(size, align, start, end): find, and what is found is reserved (under the name "boot"):
 *    find_e820 and reserve; phys_alloc_range. The address, or 0.
 *  - alloc_node(size, align, nid): memblock's phys_alloc_try_nid. Not on early_res.
 *  - alloc_reserved(size, align): e820's memblock_alloc_reserved with memblock's answer; on
 *    early_res reserve_e820(0, size, align): what is found is RAM of the map no more. The
 *    address, or 0. The kexec table is not looked at.
 *  - node(nid, start, end): pages [start, end) are on a node: early_res's active_ram (RAM of the
 *    map there becomes active, nid reduced to what that kernel has), memblock's set_node of
 *    memory.
 *  - handoff: what is free goes to the page allocator. early_res: without any node op active_ram(0,
 *    0, max_pfn) first; then get_free of all nodes; with +bootmem every active page is free, but
 *    those of which to_bootmem(0, max_low_pfn) passes a byte. memblock: free_all.
 *    How many pages went. Again: misuse; of early_res nothing more goes (there is no list), of
 *    memblock all that is free goes again.
 *  - discard: memblock's discard. Not on early_res.
 *
 * Where nodes do not cover RAM, early_res passes on what they cover; memblock passes on all of it
 * (trait). Where max_low_pfn applies: memblock's free_all; early_res on 32 bits, and with +bootmem.
 *
 * Order. No op is refused: in the wrong place its calls are made all the same (firmware after
 * setup, alloc before it, setup twice: memory is added again). But after handoff early_res's list
 * is closed, and after discard memblock: calls of theirs, and setup, are not made then; the value
 * is 0. max_pfn and max_low_pfn are 0 until setup.
 *
 * Values. cmdline: the mask of refused parameters; update: bytes that changed; reserve,
 * reserve_overlap_ok, free, node: what memblock's function returns, 0 on early_res; find, alloc,
 * alloc_node, alloc_reserved: the address, or 0; handoff: how many pages went; others 0. On
 * early_res a block at address 0 is an answer of 0 as well, and alloc has taken it. An align that
 * is none, and size 0: as early_res and memblock have it.
 *
 * Pages on early_res: an entry of type RAM (RESERVED_KERN is none there) is a piece; of it the
 * whole pages inside a window become active by node, if none of them is active yet, else nothing
 * of this piece does. A node op with start >= end registers nothing; it counts as one. There is no
 * limit of map entries, active ranges and calls but that of e820's table.
 *
 * Legality: that of the calls made. alloc, find, node and handoff before setup, setup twice,
 * firmware, extend, cmdline, finish, bios, update after setup, any op but discard and find after
 * handoff: misuse. node: legal where start < end and no page of it is on a node yet (holes may be:
 * firmware tells of nodes as ranges of addresses), else misuse; bottom_up: after any other op
 * on reservations. A map without RAM below 1 MiB or below 4 GiB, nodes outside of memory: as its
 * entries are.
 *
 * Observable tables. B_PAGES: all pages that were passed on since the scenario began, in bytes,
 * type BOOT_FREED, ascending, what touches is one row; a page that was passed on twice is in two
 * rows (the second one behind all others, likewise ascending and merged), and so on. B_BOTH: the
 * pages of B_PAGES and those with a byte of B_OWN as one set, ascending, no page twice: it is the
 * same on kernels of all generations as long as allocations got the same places (bottom_up). B_OWN:
 * the tables' places, as M_OWN and E_RES_OWN (only those with a place, by enum boot_own:
 * start, size, type, flags = slots; of the array 0). B_INITIALISED: pages that memblock's hand-off
 * initialised as reserved (type = node, BOOT_NODE_NONE: on none), what touches and has one node is
 * one row, no page twice in a node; by start, then type. All but B_OWN are empty until handoff.
 *
 * Said (result.said: errors, warnings, WARNs) is compared, as family memblock has it, of ops that
 * are calls of memblock alone: reserve, reserve_overlap_ok, free, mapped, bottom_up, find, alloc,
 * alloc_node, node, handoff, discard. Not of anything that e820 or early_res does: ops on the map,
 * setup, alloc_reserved, any call of early_res. Other text is compared nowhere.
 *
 * Two layers. B_PAGES, and on memblock which pages B_INITIALISED has, are computed twice: by what
 * the models of the parts hand off, and by the equation above from operands and answers alone.
 * Values, B_OWN, B_BOTH (both tables as one set) and the nodes of B_INITIALISED are computed once,
 * and places of tables are followed where the contract allows them. For the rest of a boot there is
 * but one layer after: a quirk that changes RAM, reservations or pages; an entry or region that
 * found no slot; on early_res a node op, or a hand-off without one, while entries of the map
 * overlap or are out of order; a free of the place of an allocator's table; a second setup in
 * which a table moves while soft-reserved memory that is memblock's, too, is reserved (what was
 * reserved at the table's old place meanwhile is free again: which came first is not observed).
 */
#ifndef CONTRACT_BOOT_H
#define CONTRACT_BOOT_H

#include "family.h"

enum boot_op {
	B_ENTRY = 1,			/* token: start size type */
	B_PARAM = 2,			/* token: text */
	B_MORE = 3,			/* token: text */
	B_FIRMWARE = 4,			/* count alt_mem_k ext_mem_k, entry tokens */
	B_EXTEND = 5,			/* addr len, entry tokens */
	B_CMDLINE = 6,			/* param and more tokens */
	B_FINISH = 7,
	B_BIOS = 8,
	B_UPDATE = 9,			/* start size old new */
	B_RESERVE = 10,			/* start size name */
	B_RESERVE_OVERLAP_OK = 11,	/* start size name */
	B_FREE = 12,			/* start size */
	B_SETUP = 13,
	B_MAPPED = 14,			/* pfn */
	B_LOW = 15,			/* pfn */
	B_BOTTOM_UP = 16,		/* on */
	B_FIND = 17,			/* start end size align */
	B_ALLOC = 18,			/* size align start end */
	B_ALLOC_NODE = 19,		/* size align nid */
	B_ALLOC_RESERVED = 20,		/* size align */
	B_NODE = 21,			/* nid start end (pages) */
	B_HANDOFF = 22,
	B_DISCARD = 23,
};

enum boot_tables {
	B_PAGES,
	B_BOTH,
	B_OWN,
	B_INITIALISED,
	B_TABLES
};

#define BOOT_FREED	1u		/* type in B_PAGES, B_BOTH */
#define BOOT_NODE_NONE	0xffffu		/* type in B_INITIALISED */

enum boot_own {
	BOOT_OWN_MEMORY = 1,		/* memblock.memory's table */
	BOOT_OWN_RESERVED = 2,		/* memblock.reserved's, early_res's */
	BOOT_OWN_RANGES = 3,		/* get_free's array */
};

enum boot_config {
	BOOT_NORMAL,	/* Debian's amd64, page allocator's blocks up to BOOT_BLOCK_ORDER */
	BOOT_SMALL,	/* the same with 8 entries and 4 regions at first: synthetic */
	BOOT_CONFIGS
};

enum boot_variant {
	BOOT_BOOTMEM,	/* early_res without CONFIG_NO_BOOTMEM */
	BOOT_X86_32,		/* 32 bits, without PAE and with it; then the same +bootmem */
	BOOT_X86_32_PAE,
	BOOT_X86_32_BOOTMEM,
	BOOT_X86_32_PAE_BOOTMEM,
	BOOT_VARIANTS
};

/*
 * The largest block that memblock passes on at once, as a power of two of pages: far above what
 * kernels have, so that terabytes cost no more than megabytes.
 */
#define BOOT_BLOCK_ORDER	40u
#define BOOT_BLOCK_ORDER_32	30u
#define BOOT_LOW_PAGES		(896u << 8)	/* 896 MiB of low memory, 32 bits */
#define BOOT_BIOS_BEGIN		0xa0000u
#define BOOT_BIOS_END		0x100000u
#define BOOT_PAGE		0x1000u
#define BOOT_NODES_MAX		512u		/* active ranges that early_res hands off */

extern const struct config_desc boot_configs[];		/* by enum boot_config */
extern const struct config_desc boot_variants[];	/* by enum boot_variant */

/* Is it early_res without CONFIG_NO_BOOTMEM? */
bool boot_is_bootmem(const struct config_desc *c);

struct memblock_config_facts;

/* What is so of memblock in a configuration: as in family memblock, and however much memory. */
const struct memblock_config_facts *boot_memblock_facts(const struct config_desc *c);

/* Are kernels of this version built on early_res (v2.6.34 to v2.6.36)? Later: on memblock. */
static inline bool boot_on_early_res(uint32_t version)
{
	return version < 0x020625;	/* 2.6.37 */
}

#endif

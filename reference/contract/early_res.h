/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Family early_res: the list of reserved ranges in kernel/early_res.c (v2.6.34 to v2.6.36),
 * together with what it needs of arch/x86/kernel/e820.c and kernel/range.c of the same kernel.
 *
 * The contract, from the comments of the files, from the messages of the patch series "x86: not
 * use bootmem for x86" (v4, January 2010) and from what callers expect:
 *
 * State. A list of reservations [start, end) in bytes, each with a name and a flag overlap_ok;
 * the firmware's map, of which only RAM matters; the node map of active page ranges; the end of
 * mapped memory; the place of the list's own table. At first: no reservation, no RAM, no active
 * range, mapped up to 4 GiB, a built-in table of config.slots slots.
 *
 *  - map(start, size, type): the firmware's map gets an entry and is updated: a byte is RAM when
 *    a ram entry holds it and no reserved entry does. An empty entry (size 0) is none, and after
 *    EARLY_RES_MAP_MAX entries further ones are ignored, by the wrapper.
 *  - mapped(pfn): memory below that page is mapped from now on (max_pfn_mapped).
 *  - max_mapped: that limit in bytes (get_max_mapped()).
 *  - node(nid, start, end): pages [start, end) are active on node nid: one more range in the
 *    node map, which belongs to the shim. Ignored when empty, when it meets an active range of
 *    any node, or when there are EARLY_RES_NODES_MAX already.
 *  - active_ram(nid, start, end): e820_register_active_regions(): for each piece of RAM in
 *    ascending order (neighbouring RAM is one piece), its whole pages (start rounded up, end
 *    down) inside pages [start, end) become active as by node. An empty or inverted window
 *    registers nothing.
 *
 *  - reserve(start, end, name): reserve_early(). Empty and inverted ranges are ignored. Existing
 *    overlap_ok reservations that it meets give way: what sticks out on either side stays
 *    reserved, still overlap_ok, under its name. Meeting any other reservation panics.
 *  - reserve_overlap_ok: the same, but the new one may later give way. Empty and inverted ranges
 *    are ignored, too.
 *  - reserve_without_check: appends the reservation (not overlap_ok) whatever it meets. Empty
 *    and inverted ranges are ignored.
 *  - free(start, end): free_early(): frees the one reservation that is exactly [start, end),
 *    else panics. Of several that are equal the first in the list goes. Without regard to names
 *    and flags.
 *  - free_partial(start, end): frees whatever part of any reservations lies inside; what sticks
 *    out on either side stays as it was: range, name and flag. A range that touches no
 *    reservation is no error, an empty one does nothing, an inverted one warns (WARN) and does
 *    nothing.
 *
 * Names: up to 15 bytes are kept with the final 0, so 14 characters; none at all (NULL) reads as
 * the empty name. Row flags hold early_res_name_hash() of it.
 *
 * The list's order (exact layer). New reservations go to the end. A freed one is taken out and
 * those behind it move down. Overlap_ok ones that give way are looked at in the list's order:
 * each is taken out, its lower and then its upper rest go to the end of the list at once (looked
 * at in their turn, they do not meet the range any more); then the new one follows. If a firm
 * one is met on the way: panic. A partial free looks for the first reservation in the list that
 * it touches, treats it, and begins anew until it touches none: wholly inside: taken out;
 * sticking out on one side: cut in place; on both: the lower part stays in place, the upper part
 * goes to the end with the same name and flag.
 *
 * Growth. A table of n slots (its own reservation uses one once it has grown) is short of slots
 * when n - used <= max(n / 8, 2). reserve and reserve_without_check then double it first, before
 * anything else; the split of a partial free before it records the upper part: whether the range
 * has been freed by then, and so may hold the new table, is the allocator's choice. (Then that
 * part of it stays reserved for the table.) reserve_overlap_ok may double it, and must when there
 * is no slot left for it. The new table takes 2n * EARLY_RES_SLOT_SIZE bytes in mapped RAM that
 * meets no reservation and not the range to be reserved (for the split: the upper part);
 * preferably below that range, else above it. Which place is the allocator's choice: it is
 * observed (table E_RES_OWN), validated and taken over. The new table is recorded as a firm
 * reservation in slot 0 without a name that counts (flags 0); the old one's place is free again
 * (the built-in one's is no RAM of the map). No room at all: panic. The first table cannot be
 * freed; to free memory that the present table owns is misuse, and it stays reserved: free
 * panics, free_partial leaves that part reserved.
 *
 *  - find_area(ei_start, ei_last, start, end, size, align): find_early_area(): the lowest
 *    address that is a multiple of align, so that [address, address + size) lies inside
 *    [ei_start, ei_last) and inside [start, end) and meets no reservation; -1 when there is
 *    none. (RAM or not: the caller's business.) No arithmetic wraps: an address near 2^64 has no
 *    block behind it.
 *  - find_area_size(ei_start, ei_last, start, align): find_early_area_size(): the lowest free
 *    block at a multiple of align inside [ei_start, ei_last), not below start: from there up to
 *    the next reservation or ei_last, at least one byte. The address, or -1; the size comes in
 *    table E_RES_ANSWER.
 *  - find_e820(start, end, size, align): find_e820_area(): find_area over every piece of RAM of
 *    the map in ascending order, the first answer counts. find_fw: find_fw_memmap_area(), the
 *    same by a neutral name.
 *  - find_e820_size(start, align): find_e820_area_size(): find_area_size likewise.
 *  - reserve_e820(start, size, align): early_reserve_e820(): of the lowest free RAM block at or
 *    above start (as find_e820_size gives them, one after the other) that has room for size
 *    bytes, the highest multiple of align where they fit; [address, address + size) is RAM no
 *    more. The answer is that address; 0 says that there was no room, and then nothing has
 *    changed: a block whose answer would be address 0 has no room. After EARLY_RES_TAKEN_MAX
 *    calls it is not made any more (answer 0).
 *
 *  - to_bootmem(start, end): early_res_to_bootmem() (without CONFIG_NO_BOOTMEM): passes the part
 *    of every reservation inside [start, end), where there is any, to bootmem, in the list's
 *    order, without the list's own table, and forgets everything. Table E_RES_HANDOFF: what was
 *    passed, in bytes.
 *  - get_free(nid): get_free_all_memory_range() (with CONFIG_NO_BOOTMEM): the active page ranges
 *    of a node (nid >= EARLY_RES_MAX_NODES, MAX_NUMNODES: of all nodes) minus all reservations,
 *    those rounded outwards to pages; sorted; pieces of different active ranges stay apart.
 *    Table E_RES_HANDOFF: these ranges in bytes. The answer is their number. The array of ranges
 *    lies in mapped RAM that meets no reservation, above 4 GiB where it can, a place of the
 *    allocator's choice (E_RES_OWN); when there is no room for it: panic. It needs 16 bytes a
 *    range; an allocator may ask for up to 32 bytes for each reservation and each active range
 *    before it says that there is no room. The list's own table is a reservation like others as
 *    long as the list lives; with all nodes the list ends (it is forgotten), and whether its
 *    table's place is handed out is the allocator's choice.
 *
 * After to_bootmem and after get_free of all nodes the list is closed: wrappers make no call of
 * it any more (to_bootmem excepted, which then passes nothing); the answer is 0, nothing
 * changes, E_RES_OWN has no table. map, node, active_ram, mapped, max_mapped still work.
 * E_RES_HANDOFF and the array's row in E_RES_OWN stay what they were until the next hand-off.
 *
 * Legality. reserve*: legal below 2^52 when no firm reservation is met; above: firmware; meeting
 * one: misuse. free: legal when there is exactly one such reservation and nothing overlaps it;
 * else misuse. free_partial: legal when start <= end, the table's own place is not touched.
 * find*: legal with size > 0, align a power of two and windows that are not inverted and begin
 * below 2^52; beginning above: firmware; else misuse. With size 0 the value is unspecified: -1
 * or an address inside the windows. With an align that is 0 or no power of two: misuse,
 * unspecified: -1 or a free block inside the windows (of any alignment). reserve_e820: as find,
 * size 0: misuse, value unspecified, nothing changes. to_bootmem: legal when start <= end and
 * all of every reservation lies inside (one call, as the series wants it); else misuse.
 * get_free: legal. A call after the list was closed: misuse. map, node, active_ram: legal, map
 * beyond 2^46: firmware. mapped: legal.
 *
 * Memory that is not mapped: touching it ends the op as OUT_UNMAPPED. Nothing that this contract
 * asks for does so.
 *
 * Variant memblock (the kernel's own successor behind the same calls, as v2.6.37 moved): the
 * list is the set memblock.reserved. Rows are sorted, merged, type firm, without names; overlaps
 * merge and never panic; free and free_partial both remove what is there and never panic;
 * find_fw and find_e820 never answer below EARLY_RES_PAGE; to_bootmem, find_area, find_area_size
 * and reserve_e820 are not there; when its table is about to grow the scenario ends (cut: that
 * is another family's matter). These are traits of the variant.
 *
 * 32 bits (variants x86_32..., x86_32_pae... with PAE). Bytes have 64 bits there, too; page numbers
 * are unsigned longs: of operands the lower 32 bits are passed. Only what a kernel can reach is
 * mapped: EARLY_RES_MAPPED_32 pages at first and at most (mapped: the smaller of both). Pages at
 * and beyond max_low_pfn (highmem) are not for the allocator that get_free works for: its ranges
 * end there. Without CONFIG_NO_BOOTMEM bootmem has low memory only, too: both operands of
 * to_bootmem are cut to where it ends, and what lies above need not lie inside. reserve_e820 takes
 * of low memory only: of what lies beyond nothing has room. max_low_pfn is EARLY_RES_LOW_PFN, as in
 * boots with more memory.
 *
 * Observable tables: E_RES_RESERVED (rows in the list's order: start, size, type = enum
 * early_res_types, flags = name), E_RES_OWN (the grown table's place: type EARLY_RES_TABLE,
 * flags = its slots; the array of ranges: type EARLY_RES_RANGES), E_RES_RAM (pieces of RAM,
 * sorted, merged), E_RES_HANDOFF, E_RES_ANSWER (find_*_size of the last op: one row address,
 * size; none when -1).
 */
#ifndef CONTRACT_EARLY_RES_H
#define CONTRACT_EARLY_RES_H

#include "family.h"

enum early_res_op {
	E_RES_MAP = 1,			/* start size type */
	E_RES_MAPPED = 2,		/* pfn */
	E_RES_NODE = 3,			/* nid start end */
	E_RES_ACTIVE_RAM = 4,		/* nid start end */
	E_RES_RESERVE = 5,		/* start end name */
	E_RES_RESERVE_OVERLAP_OK = 6,	/* start end name */
	E_RES_RESERVE_WITHOUT_CHECK = 7, /* start end name */
	E_RES_FREE = 8,			/* start end */
	E_RES_FREE_PARTIAL = 9,		/* start end */
	E_RES_FIND_AREA = 10,		/* ei_start ei_last start end size align */
	E_RES_FIND_AREA_SIZE = 11,	/* ei_start ei_last start align */
	E_RES_FIND_FW = 12,		/* start end size align */
	E_RES_FIND_E820 = 13,		/* start end size align */
	E_RES_FIND_E820_SIZE = 14,	/* start align */
	E_RES_RESERVE_E820 = 15,	/* start size align */
	E_RES_MAX_MAPPED = 16,
	E_RES_TO_BOOTMEM = 17,		/* start end */
	E_RES_GET_FREE = 18,		/* nid */
};

enum early_res_tables {
	E_RES_RESERVED,
	E_RES_OWN,
	E_RES_RAM,
	E_RES_HANDOFF,
	E_RES_ANSWER,
	E_RES_TABLES
};

enum early_res_types {
	EARLY_RES_FIRM = 1,
	EARLY_RES_OVERLAP_OK = 2,
};

enum early_res_own {
	EARLY_RES_TABLE = 1,
	EARLY_RES_RANGES = 2,
};

/* Types of map entries, numbered as the firmware does. */
enum early_res_map_type {
	EARLY_RES_MAP_RAM = 1,
	EARLY_RES_MAP_RESERVED = 2,
};

enum early_res_config {
	EARLY_RES_NORMAL,	/* 32 slots; the kernel's own, and the reference's */
	EARLY_RES_SMALL,	/* 4 slots, the reference's only: synthetic */
};

enum early_res_variant {
	EARLY_RES_BOOTMEM,	/* without CONFIG_NO_BOOTMEM */
	EARLY_RES_MEMBLOCK,	/* memblock behind the same calls */
	EARLY_RES_X86_32,	/* the same on 32 bits, without PAE and with it */
	EARLY_RES_X86_32_PAE,
	EARLY_RES_X86_32_BOOTMEM,
	EARLY_RES_X86_32_PAE_BOOTMEM,
	EARLY_RES_VARIANTS
};

#define EARLY_RES_PAGE		4096u
#define EARLY_RES_SLOT_SIZE	32u		/* bytes of a table for each slot */
#define EARLY_RES_NAME		15u		/* bytes of a name, with the final 0 */
#define EARLY_RES_MAP_MAX	64u		/* entries that map takes */
#define EARLY_RES_TAKEN_MAX	64u		/* calls that reserve_e820 makes */
#define EARLY_RES_NODES_MAX	64u		/* active ranges */
#define EARLY_RES_MAX_NODES	64u		/* MAX_NUMNODES: CONFIG_NODES_SHIFT=6 */
#define EARLY_RES_ADDR_MAX	((1ULL << 52) - 1)	/* map: highest start and size */
#define EARLY_RES_PFN_MAX	(1ULL << 40)	/* highest page number in nodes */
#define EARLY_RES_MAPPED_MAX	(1ULL << 24)	/* mapped: highest page number, 64 GiB */
#define EARLY_RES_MAPPED_FIRST	(1ULL << 20)	/* mapped at first: 4 GiB */
#define EARLY_RES_MAPPED_32	(1ULL << 15)	/* the highest, and at first, on 32 bits: 128 MiB */
#define EARLY_RES_LOW_PFN	0x38000u	/* max_low_pfn on 32 bits: 896 MiB */

extern const struct config_desc early_res_configs[];	/* by enum early_res_config */
extern const struct config_desc early_res_variants[];	/* by enum early_res_variant */

/* Is it memblock behind the calls? */
bool early_res_is_memblock(const struct config_desc *c);

#define EARLY_RES_NAMES		7u	/* operands that stand for names, as choices */

extern const struct choice early_res_name_choices[];

/* The highest operand of mapped that a subject takes, and what is mapped at first: pages. */
static inline uint64_t early_res_mapped_max(const struct config_desc *c)
{
	return c->long_bits == 32 ? EARLY_RES_MAPPED_32 : EARLY_RES_MAPPED_MAX;
}

static inline uint64_t early_res_mapped_first(const struct config_desc *c)
{
	return c->long_bits == 32 ? EARLY_RES_MAPPED_32 : EARLY_RES_MAPPED_FIRST;
}

/* The name that an operand stands for; NULL for none at all. */
const char *early_res_name(uint64_t operand);

/* What a row says of a name: of at most 14 characters of it, 0 for the empty name and for NULL. */
static inline uint32_t early_res_name_hash(const char *name)
{
	uint32_t h = 0x811c9dc5u;	/* FNV-1a */

	if (!name || !*name)
		return 0;
	for (unsigned int i = 0; i < EARLY_RES_NAME - 1 && name[i]; i++)
		h = (h ^ (unsigned char)name[i]) * 0x01000193u;
	return h;
}

/* Is a table of @slots, of which @used are in use, short of slots? */
static inline bool early_res_short(unsigned int slots, unsigned int used)
{
	unsigned int few = slots / 8 > 2 ? slots / 8 : 2;

	return slots - used <= few;
}

#endif

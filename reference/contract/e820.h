/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Family e820: the table of arch/x86/kernel/e820.c.
 *
 * The contract, from the comments and the interface of the file (v2.6.34 to v6.12), from
 * Documentation/arch/x86/boot.rst and zero-page.rst, and from what callers expect:
 *
 * State: three tables of entries (address, size, type): main (e820_table), kexec
 * (e820_table_kexec) and firmware (e820_table_firmware), each of E820_SLOTS entries, all empty at
 * first. Entries may overlap and stand in any order until the table is updated ("sanitized"). A
 * byte's cover by a type is the number of entries of that type that hold it. An entry is
 * [address, address + size); address + size = 2^64 is an entry that ends with the address space
 * (fine); beyond 2^64 it is an invalid entry, which holds what there is, [address, 2^64). Type 0
 * is no type: what only entries of type 0 hold is nobody's, and update_table drops it.
 *
 *  - add(start, size, type) on main: appends the entry as it is, size 0 too. A full table: the
 *    entry is ignored, announced at error level. No return value.
 *  - update(start, size, old, new) on main, update_kexec: the same on kexec: within [start, start
 *    + size) every byte's cover by old becomes cover by new; nothing else changes. Returns how
 *    many bytes changed their type (bytes of all entries; an entry counts with what lies inside).
 *    old == new is a BUG. A start + size beyond 2^64 means "to the end of the address space". A
 *    piece that needs a new slot in a full table is an announced loss (error level) -- a
 *    deviation all the same: the contract has no right to lose memory. An empty range (size 0)
 *    changes nothing, entries neither (the series: "check range in update range"). One line is
 *    printed: the range, inclusive end, old and new type (table E820_PRINTED: start, size, type =
 *    old, flags = new).
 *  - remove(start, size, old, check_type) on main: within the range the cover by old (by any type
 *    when check_type is false) becomes 0. Returns the bytes removed. The end as for update. A
 *    removed entry leaves an empty slot (address 0, size 0, type 0) until the table is updated.
 *    One line printed (type = old if check_type, else 0; flags = 0).
 *  - update_table(table): overlaps are resolved in favour of the highest-numbered type; the
 *    result is sorted by address, neighbours of one type are one entry -- except persistent RAM
 *    (PRAM, 12) and soft-reserved (0xefffffff) entries, which are never merged with neighbours of
 *    their type: there every boundary of the input that falls into such memory stays a boundary.
 *    Entries of size 0 vanish. Bytes that were covered by some type are covered by exactly one
 *    type afterwards, others by none. Returns 0; returns -1 and changes nothing when the table
 *    has fewer than two entries or any entry is invalid (start + size < start in 64 bits: it
 *    would wrap through address 0). An entry that ends exactly at 2^64
 *    has start + size = 0 < start: by the letter of that comment it is invalid, too.
 *  - mapped_raw_any(start, end, type) on firmware; mapped_any(start, end, type) on main: is any
 *    byte of [start, end) covered by an entry of this type (type 0: of any type)? Returns 0 or 1.
 *  - mapped_all(start, end, type) on main: is every byte of [start, end) so covered? The
 *    answer counts only for a sorted table without overlaps: legal then, else misuse (the
 *    value is then unspecified).
 *  - get_entry_type(start, end) on main: the type that covers [start, end), -22 (-EINVAL) when it
 *    is not covered entirely. Preconditions as mapped_all. Several types in the range:
 *    unspecified which of them (it must be one of them).
 *  - append(count) with entry tokens: boot_params holds the tokens (at most E820_ZEROPAGE of the
 *    configuration; further tokens are dropped) followed by all-zero entries;
 *    append_e820_table(boot_params.e820_table, count), count reduced to min(count,
 *    E820_ZEROPAGE). A map of one entry, or none, is not taken: count < 2 returns -1 and
 *    changes nothing. Else entries are added in order as by add; an entry that wraps (beyond 64
 *    bits it is not taken: its last byte lies below its first, with size > 0) stops with -1,
 *    those before it stay. Returns 0 otherwise. An entry that ends exactly at 2^64 is fine.
 *  - extend(addr, len) with entry tokens: a setup_data block of type E820_EXT at physical address
 *    addr (page aligned down by the wrapper, inside the arena: addr reduced to E820_EXT_BASE +
 *    addr mod E820_EXT_SPAN), len bytes of payload declared (at most E820_EXT_LEN_MAX), payload =
 *    tokens as 20-byte entries, then zeros. e820__memory_setup_extended(phys, len + 16): appends
 *    len / 20 entries as append does but also for 0 or 1 of them; updates main; then kexec and
 *    firmware become copies of main (see traits). The whole main table is printed ("extended"):
 *    E820_PRINTED has a row per entry.
 *  - memblock_setup: allows memblock to resize, adds every RAM entry (type 1; and 128,
 *    RESERVED_KERN, while the kernel has that type) to memblock, reserves every soft-reserved
 *    one, trims memblock to whole pages, dumps it. Seen by the recorder (table E820_RECORDED, one
 *    row a call: type = enum e820_recorded, start and size as passed; TRIM has start = 0, size =
 *    alignment; RESIZE and DUMP are rows with start 0 and size 0). Resize is allowed before the
 *    first add; trim comes after the last add. Entries of size 0: unspecified.
 *  - memblock_alloc_reserved(size, align, at): the recorder's contract: memblock_phys_alloc(size,
 *    align) answers with @at, whatever it is (0: no memory), and records PHYS_ALLOC (start =
 *    align, size = size). The function returns that address; when it is not 0 the range [at, at +
 *    size) changes from RAM to RESERVED in kexec (update_kexec, printed too), and kexec is
 *    updated (sanitized). Legal: at is RAM in main and aligned.
 *  - end_of_ram_pfn: the highest end pfn (rounded down) of RAM entries of main, at most
 *    MAX_ARCH_PFN (2^52 >> 12 = 2^40; see traits). Which other types count: see traits
 *    (ACPI tables, since v6.10).
 *  - end_of_low_ram_pfn: the same below 4 GiB: pages at and beyond pfn 2^20 do not count.
 *  - print_table: main is printed, one line per entry in order: E820_PRINTED has a row per entry.
 *  - setup_gap(max_pfn): where PCI may put what the firmware left unassigned: with the kernel's
 *    max_pfn set to the operand, the start of the largest gap of main below 4 GiB, of at least 4
 *    MiB: what lies between two entries (of any type), or between the last one and 4 GiB; what
 *    lies before the first one is no gap. Of several as large the lowest. When there is none:
 *    (max_pfn << 12) + 1 MiB, announced at error level. Exact layer, for any table: the entries
 *    are looked at from the last to the first, each gap reaches from the entry's end (modulo
 *    2^64) to the lowest start met so far, at first 4 GiB. (Kernels after v6.12 look below the
 *    first entry, too, and prefer the highest of several: not modelled.)
 *  - nosave(limit_pfn): tells hibernation which pages not to save (E820_RECORDED: NOSAVE, a row a
 *    call: pages in bytes; what is told as empty or inverted is no call). The contract: a page that
 *    lies in RAM as a whole is never told, every page below the limit that holds no byte of RAM is
 *    told at least once; RAM is type 1 and RESERVED_KERN. Exact layer: for each RAM entry in order
 *    what lies from the end of the one before (at first 0), rounded down to pages, to its start,
 *    rounded up, if it starts above that end; at last from the end of the last one to the limit.
 *    Deviations within the contract: exact layer.
 *  - nvs: what the core initcall does: tells ACPI (hibernation, in v2.6.34) each NVS entry of
 *    main, to be saved over a sleep. E820_RECORDED: NVS, a row an entry, in order.
 *  - hole_size(start, end) on main, gone since: how many bytes of [start, end) are not RAM: end -
 *    start without the pages of [start >> 12, end >> 12) that are RAM (type 1) as a whole. A page
 *    that only several entries fill together: unspecified whether it counts. Exact layer, for any
 *    operands and tables: that sentence in 64-bit arithmetic, entry by entry.
 *  - memory_setup(count, alt_mem_k, ext_mem_k) with entry tokens: where main comes from.
 *    boot_params holds the tokens as for append and the two sizes, in KiB, that older firmware
 *    calls gave. The entries are appended to main as by append, and main is updated, whether that
 *    is refused or not. When append refuses, RAM [0, E820_LOWMEM) and RAM from 1 MiB on, of the
 *    larger of the two sizes, are all that main holds. Then kexec and firmware become copies (see
 *    traits), and main is printed. No return value.
 *  - reserve_resources: each entry of main becomes a resource [start, start + size - 1]. It is
 *    inserted at once (E820_RECORDED: RESOURCE, start and size, a row each, in order), but for
 *    what a driver may claim: reserved, soft-reserved and persistent memory (2, 0xefffffff, 7,
 *    12; see traits) that starts at or above 1 MiB is held back. Then the firmware's own table is
 *    told to sysfs: FIRMWARE_MAP, a row for each entry of firmware (see traits). An entry that
 *    wraps is one of its start and size. What sysfs's side asks for (firmware_map_add_early(); it
 *    lists first and last byte): an end that is not before the start, else it is a BUG of the
 *    caller's. The end is exclusive; inclusive in old kernels (see traits), where an empty entry
 *    has none and is not told. An entry that reaches 2^64 has its last byte there: firmware's
 *    table may hold it (append), and to tell it must not end the boot.
 *  - reserve_resources_late: what reserve_resources held back, and what insert_resource refused
 *    then, is inserted (RESOURCE_LATE, in the order of main, once; what is refused again, at each
 *    call), but for what ends at byte 0. Then nothing may be put right behind RAM: for each entry
 *    of type 1 what lies between its end and the next multiple of 64 KiB, when it ends below 1 MiB,
 *    of 1 MiB, below 16 MiB, else of 64 MiB, is reserved (RAM_BUFFER, start and size). Nothing lies
 *    behind 2^64 (a region of 2^64 bytes is recorded as 2^64 - 1). The wrapper makes the call only
 *    when reserve_resources was called before and main
 *    has as many entries as it had then, else it does nothing: the kernel reads an array of that
 *    time by main's count.
 *    Resources: a RESOURCE or RESOURCE_LATE row's flags are e820_res_flags() of its name, which
 *    follows from its type as in /proc/iomem, of its descriptor (v4.12 and later) and of being
 *    busy (what is inserted at once) and system RAM (types 1 and RESERVED_KERN); a RAM_BUFFER
 *    row's likewise (busy); a FIRMWARE_MAP row's flags are the name alone. See traits for what
 *    older kernels say. From all calls since reserve_resources, which begins with an empty tree,
 *    grows the tree of resources (E820_IOMEM, reported by these two ops: parents before children,
 *    siblings by address; type = name, flags = depth, 1 below the root). Its rules are those of
 *    kernel-doc in kernel/resource.c: the root is [0, E820_IOMEM_LAST], what the processor can
 *    address (x86 sets it before the map is read; see traits); a new resource that ends before it
 *    starts, or beyond the root, is refused by both insert functions, whatever of it lies inside.
 *    (Of an entry of size 0 the last byte is the one before its first, at address 0 that of 2^64
 *    - 1: none is a resource, but for that one where the root ends there, too. Before resources
 *    are made, boots update the table, which leaves no such entries.)
 *    One that meets none of its parent's children becomes one of them. One inside one of
 *    them, but not equal to it, goes below that one. One that holds all whom it meets becomes
 *    their parent. Else it is in conflict with the first one that sticks out: insert_resource
 *    refuses it; insert_resource_expand_to_fit makes it larger, so that it holds that one, and
 *    tries again, until it fits. reserve_region_with_split takes of its range what the root
 *    holds but no child of it, piece by piece.
 *  - cmdline with text tokens: what the kernel does with a command line. The tokens spell it
 *    (contract/cmdline.h: param begins a parameter, more continues one); each "mem" and "memmap"
 *    goes, in order, to the parser that the file registered for it, others go nowhere; a
 *    parameter "--" without a value ends it. Contract: Documentation/admin-guide/
 *    kernel-parameters.txt (v6.1, v6.12). A number is digits (0x: hexadecimal, else a leading 0:
 *    octal, else decimal, modulo 2^64; none are 0) and a suffix K M G T P E in either case, times
 *    2^10 ... 2^60 modulo 2^64 (kernel-doc of memparse(); see traits).
 *      mem=N: what RAM lies at or above N is removed, as remove(N, 2^64 - 1 - N, ram, true) does
 *        it; what follows the number is not looked at. N = 0 (nonsense too) is refused and
 *        changes nothing (see traits), as is mem=nopentium, a word of 32-bit kernels.
 *      memmap=ITEM[,ITEM...]: a comma ends an item, whatever stands before it (see traits).
 *        exactmap (what follows the word is not looked at): main is emptied.
 *        N@S, N#S, N$S, N!S: as add(S, N, ram / acpi / reserved / pram). The document says "force
 *          usage" and "mark", and nothing of what was there before: common practice is an entry
 *          among the others, of which the highest type wins at the update.
 *        N%S-OLD+NEW, with plain numbers for types, modulo 2^32: as update(S, N, OLD, NEW); OLD ==
 *          NEW asks for nothing: the item is refused and changes nothing. Without -OLD (or OLD =
 *          0) the whole range becomes NEW, "even if previously unavailable": as add(S, N, NEW),
 *          and what has a higher-numbered type in the range, which would win at the update,
 *          gives way: it is removed there before, of which nothing is printed. Without +NEW (or
 *          0) as remove(S, N, OLD, true), without both as remove(S, N, 0, false).
 *        N alone: "equivalent to mem=N", so memmap=0 is refused, too.
 *        An item that begins with neither digit nor suffix is refused and changes nothing.
 *        What follows the last number of an item is garbage: the item is refused, but it has
 *        taken effect, N followed by garbage as N alone; only N%S with garbage has none.
 *    Returns which parameters were refused, a bit mask by their number among the op's mem and
 *    memmap parameters (63 and later ones share bit 63); one without a value is refused, and a
 *    memmap with one item that is. This is what a parser answers to its caller, who reports the
 *    parameter as malformed. A mem= that was taken is told to memory
 *    hot-plug (E820_RECORDED: LIMIT, size = N of the last one; not for 2^64 - 1; see traits). Once
 *    a number or exactmap was read (of a mem= anything but nopentium) the map is the user's.
 *  - finish_early_params: when the map is the user's, main is updated and printed; else nothing.
 *    A user's map that cannot be is a panic, after a message: no entries at all, or any invalid
 *    one. One entry is a map.
 *  - reserve_setup_data(back) with data and indirect tokens: a chain of setup_data nodes (boot.rst)
 *    lies in memory, a node per data token, each node's next the one after it. E820_DATA_MAX of
 *    them, further ones are dropped, as are those of whose first E820_DATA_HEAD bytes one is also
 *    an earlier node's (setup_data.h). The last one's next: back = 0: none; back = k: node k of
 *    those that remain, counted from 1; beyond: E820_DATA_NOWHERE, which cannot be mapped. A
 *    node's payload begins with what its indirect token says (a struct setup_indirect; without a
 *    token all zero), whatever length it claims. For each node [at, at + 16 + len) changes from
 *    RAM to RESERVED_KERN in main, as by update, and of an indirect node (type 2^31) whose payload
 *    names a type that is not indirect itself so does [addr, addr + size) of the payload. One whose
 *    16 + len bytes, modulo 2^32, are fewer than E820_DATA_HEAD has no struct setup_indirect (its
 *    len is that struct's size): it names nothing, only itself is reserved. kexec:
 *    see traits. Then main is updated and printed. Without nodes nothing happens. A node that
 *    cannot be mapped (E820_DATA_NOWHERE; an indirect one whose 16 + len bytes, modulo 2^32,
 *    e820_can_map() denies) ends it there, announced at warning level, and no table is updated.
 *    A chain that comes back to one of its nodes is reserved once and ends.
 *  - extend_long(len): an E820_EXT block at E820_EXT_BASE declares e820_ext_long(len) bytes, more
 *    than can be mapped, and the caller passes that + 16
 *    modulo 2^32, as callers do. It cannot be read: nothing changes, announced.
 *  - update_table_print: main is updated; when that is not refused it is printed ("modified").
 *  - reallocate_tables: the tables move to memory of just their size. Later code is gone with the
 *    init sections, so the wrapper makes no call for any op but mapped_raw_any, mapped_any and
 *    get_entry_type afterwards; they do nothing and return 0.
 *
 * What an op maps early (early_memremap(), early_ioremap()) it unmaps before it ends, at the
 * address that it got and with the size that it asked for. An op that does not, or unmaps what is
 * not mapped so, ends as by a BUG: kernels warn of it, and of the few mappings one is gone.
 *
 * Printed lines give the range and the type in words; types that share their words read alike
 * (e820_printed_type()).
 *
 * end_of_*: an entry that only touches part of a page contributes its rounded-down end,
 * unspecified whether a page number without a whole RAM page may be answered (exact layer).
 *
 * 32-bit x86 (variants x86_32: unsigned long, phys_addr_t and resource_size_t of 32 bits;
 * x86_32_pae: the latter two of 64). Entries and ranges in bytes have 64 bits there, too. What
 * differs:
 *  - Page numbers are unsigned longs: of such operands the lower 32 bits are passed. MAX_ARCH_PFN
 *    is E820_MAX_ARCH_PFN_32, with PAE E820_MAX_ARCH_PFN_PAE, wherever entries lie: one that
 *    begins beyond does not count. nosave: every page below the limit, RAM wherever it is.
 *  - setup_gap: without a gap PCI begins at E820_GAP_KEPT, where it began before, and nothing is
 *    announced (trait).
 *  - memblock_setup passes on what of an entry lies below the largest phys_addr_t, which is
 *    itself no memory (contract/memblock.h); nothing of one that begins at or beyond it.
 *    memblock_alloc_reserved: operands are cut to phys_addr_t; a size or an alignment that has
 *    more bits is misuse.
 *  - Resources have resource_size_t: an entry whose last byte, modulo 2^64, has more bits is
 *    none, is not held back either, and of others the start has no more. The root ends with what
 *    is addressed: 36 bits with PAE, 32 without (before, see traits: the largest
 *    resource_size_t). Nothing lies behind the largest resource_size_t: no RAM buffer. sysfs is
 *    told 64 bits.
 *  - Memory hot-plug does not exist: it is told of no mem=. mem=nopentium is a word of its own:
 *    it is taken, changes nothing, and the map is not the user's by it.
 *
 * Legality. add: legal when size > 0, the range lies below 2^52 (no machine has memory beyond)
 * and there is a slot; an empty or a higher one comes from a command line (memmap=): cmdline; a
 * full table or one with invalid entries: firmware. update, remove: legal when start + size <
 * 2^64, size > 0, no entry is invalid and the pieces fit; up to 2^64 or beyond, or empty:
 * cmdline; else firmware. update with old == new: misuse. update_table: invalid entries or a
 * result that does not fit: firmware. append and extend: entries beyond 2^52, empty or
 * overlapping ones, a count that is not the number of tokens, len that is not tokens * 20, and
 * for extend a result that need not fit: firmware; else legal. Queries with start >= end: misuse,
 * value unspecified. memory_setup: as append, and for main's update as extend; when append
 * refuses: firmware. setup_gap: legal for a table that is sorted, without overlaps, empty and
 * invalid entries; else firmware, value unspecified. nosave: legal for a table with entries, none
 * empty, sorted, without overlaps; else firmware, what is told unspecified. hole_size: legal with
 * start <= end, both aligned to pages, for a table that is sorted and without overlaps; else
 * misuse, value unspecified. reserve_resources_late: legal for a table that is sorted, without
 * overlaps and empty entries, else firmware; without a call: misuse. cmdline: legal when each
 * parameter is of a form above with nothing left over and a size > 0 (exactmap alone in its item),
 * what it adds ends at or below 2^52, what it changes below 2^64, all pieces find a slot, OLD and
 * NEW are not equal, and main has no invalid entry; with invalid entries and otherwise legal:
 * firmware; else cmdline. finish_early_params: legal when the map is not the user's, or main has
 * entries, none invalid, and they fit when updated; else cmdline. reserve_setup_data:
 * legal when the chain ends (back = 0), its nodes and what indirect ones name are RAM of main as
 * a whole, apart from each other, the pieces fit, an indirect node's len is 24 and its payload's
 * type 2^31 + another one (boot.rst), and no other node's has bit 31; else firmware.
 * extend_long: firmware. Ops after reallocate_tables that are not made: misuse. Other ops: legal.
 *
 * Observable tables: E820_MAIN, E820_KEXEC, E820_FIRMWARE (rows as entries: start, size, type,
 * flags 0), E820_RECORDED (calls of the last op), E820_PRINTED (facts of the last op), E820_IOMEM
 * (the tree of resources, by the ops that make it). At most E820_REPORT_MAX rows each.
 */
#ifndef CONTRACT_E820_H
#define CONTRACT_E820_H

#include "family.h"

enum e820_op {
	E820_ADD = 1,			/* start size type */
	E820_UPDATE = 2,		/* start size old new */
	E820_UPDATE_KEXEC = 3,		/* start size old new */
	E820_REMOVE = 4,		/* start size old check_type */
	E820_UPDATE_TABLE = 5,		/* table */
	E820_MAPPED_RAW_ANY = 6,	/* start end type */
	E820_MAPPED_ANY = 7,		/* start end type */
	E820_MAPPED_ALL = 8,		/* start end type */
	E820_GET_ENTRY_TYPE = 9,	/* start end */
	E820_APPEND = 10,		/* count, entry tokens */
	E820_EXTEND = 11,		/* addr len, entry tokens */
	E820_MEMBLOCK_SETUP = 12,
	E820_MEMBLOCK_ALLOC_RESERVED = 13, /* size align at */
	E820_END_OF_RAM_PFN = 14,
	E820_END_OF_LOW_RAM_PFN = 15,
	E820_PRINT_TABLE = 16,
	E820_ENTRY = 17,		/* token: start size type */
	E820_SETUP_GAP = 18,		/* max_pfn */
	E820_NOSAVE = 19,		/* limit_pfn */
	E820_REGISTER_NVS = 20,		/* "nvs"; old headers have a macro E820_NVS */
	E820_HOLE_SIZE = 21,		/* start end */
	E820_MEMORY_SETUP = 22,		/* count alt_mem_k ext_mem_k, entry tokens */
	E820_RESERVE_RESOURCES = 23,
	E820_RESERVE_RESOURCES_LATE = 24,
	E820_CMDLINE = 25,		/* param and more tokens */
	E820_PARAM = 26,		/* token: text */
	E820_MORE = 27,			/* token: text */
	E820_FINISH_EARLY_PARAMS = 28,
	E820_RESERVE_SETUP_DATA = 29,	/* back, data and indirect tokens */
	E820_DATA = 30,			/* token: at type len */
	E820_INDIRECT = 31,		/* token: type addr size; payload of the data before it */
	E820_EXTEND_LONG = 32,		/* len */
	E820_UPDATE_TABLE_PRINT = 33,
	E820_REALLOCATE_TABLES = 34,
};

enum e820_tables {
	E820_MAIN,
	E820_KEXEC,
	E820_FIRMWARE,
	E820_RECORDED,
	E820_PRINTED,
	E820_IOMEM,
	E820_TABLES
};

/* Types as the firmware and the kernel number them. */
enum e820_types {
	E820_T_NONE = 0,
	E820_T_RAM = 1,
	E820_T_RESERVED = 2,
	E820_T_ACPI = 3,
	E820_T_NVS = 4,
	E820_T_UNUSABLE = 5,
	E820_T_PMEM = 7,
	E820_T_PRAM = 12,
	E820_T_RESERVED_KERN = 128,
	/* 0xefffffff (soft reserved) does not fit an int */
};
#define E820_T_SOFT_RESERVED	0xefffffffu

enum e820_recorded {
	E820_REC_RESIZE,	/* memblock_allow_resize() */
	E820_REC_ADD,		/* memblock_add() */
	E820_REC_RESERVE,	/* memblock_reserve() */
	E820_REC_TRIM,		/* memblock_trim_memory() */
	E820_REC_DUMP,		/* memblock_dump_all() */
	E820_REC_PHYS_ALLOC,	/* memblock_phys_alloc() */
	E820_REC_NOSAVE,	/* register_nosave_region() */
	E820_REC_NVS,		/* acpi_nvs_register(), hibernate_nvs_register() */
	E820_REC_RESOURCE,	/* insert_resource() */
	E820_REC_RESOURCE_LATE,	/* insert_resource_expand_to_fit() */
	E820_REC_RAM_BUFFER,	/* reserve_region_with_split() */
	E820_REC_FIRMWARE_MAP,	/* firmware_map_add_early() */
	E820_REC_LIMIT,		/* max_mem_size was set */
};

enum e820_config {
	E820_NORMAL,	/* 320 slots, 128 in the zero page: x86_64 defconfig */
	E820_SMALL,	/* 8 slots, 8 in the zero page: synthetic */
};

#define E820_SLOTS_MAX		320
#define E820_SLOTS_32		131	/* without nodes */
#define E820_ZEROPAGE_MAX	128
#define E820_EXT_BASE		0x200000u	/* where setup_data blocks may lie: bytes */
#define E820_EXT_SPAN		0x100000u
#define E820_EXT_LEN_MAX	4060u		/* largest declared payload, inclusive: bytes */
#define E820_MAX_ARCH_PFN	(1ULL << 40)	/* 52 physical address bits */
#define E820_MAX_ARCH_PFN_PAE	(1ULL << 24)	/* 36 of them: 32-bit x86 with PAE */
#define E820_MAX_ARCH_PFN_32	(1ULL << 20)	/* without */
#define E820_IOMEM_LAST	((E820_MAX_ARCH_PFN << 12) - 1)	/* of resources: inclusive, bytes */
#define E820_LOWMEM	0x9f000u	/* end of low memory where no map says it: bytes */
#define E820_HIGHMEM	0x100000u	/* start of memory above the hole for devices: bytes */
#define E820_GAP_END	(1ULL << 32)	/* where 32-bit devices end: bytes */
#define E820_GAP_MIN	0x400000u	/* smallest gap for them, inclusive: bytes */
#define E820_GAP_KEPT	0x10000000u	/* where PCI begins on 32 bits without a gap: bytes */
#define E820_REPORT_MAX	1024u		/* rows of a reported table; further ones are not kept */
#define E820_DATA_MAX	32u		/* nodes of a setup_data chain */
#define E820_DATA_HEAD	40u		/* a node and an indirect payload: bytes */
#define E820_DATA_END	(1ULL << 32)	/* nodes lie below: bytes */
#define E820_DATA_NOWHERE (UINT64_MAX - 7) /* where a node would reach beyond 2^64 */
#define E820_MAP_PAGES	64u		/* what can be mapped early at one time: pages */

/* struct setup_data's types (boot.rst). */
enum e820_setup_types {
	E820_SETUP_NONE = 0,
	E820_SETUP_E820_EXT = 1,
	E820_SETUP_DTB = 2,
	E820_SETUP_PCI = 3,
	E820_SETUP_EFI = 4,
	E820_SETUP_APPLE = 5,
	E820_SETUP_JAILHOUSE = 6,
	E820_SETUP_CC_BLOB = 7,
	E820_SETUP_IMA = 8,
	E820_SETUP_RNG_SEED = 9,
	/* 0x80000000 (indirect) does not fit an int */
};
#define E820_SETUP_INDIRECT	0x80000000u

/* What resources are called: their names in /proc/iomem, as enum. */
enum e820_res_name {
	E820_RES_UNKNOWN,	/* "Unknown E820 type" */
	E820_RES_RAM,		/* "System RAM" */
	E820_RES_ACPI,		/* "ACPI Tables" */
	E820_RES_NVS,		/* "ACPI Non-volatile Storage" */
	E820_RES_UNUSABLE,	/* "Unusable memory" */
	E820_RES_PRAM,		/* "Persistent Memory (legacy)" */
	E820_RES_PMEM,		/* "Persistent Memory" */
	E820_RES_RESERVED,	/* "Reserved"; "reserved" before v4.12 */
	E820_RES_SOFT,		/* "Soft Reserved" */
	E820_RES_BUFFER,	/* "RAM buffer" */
	E820_RES_OTHER,		/* any other name */
};

/* What a resource describes, as enum. */
enum e820_res_desc {
	E820_DESC_NONE,
	E820_DESC_ACPI,
	E820_DESC_NVS,
	E820_DESC_PMEM,
	E820_DESC_PRAM,
	E820_DESC_RESERVED,
	E820_DESC_SOFT,
	E820_DESC_OTHER,
};

static inline uint32_t e820_res_flags(enum e820_res_name name, enum e820_res_desc desc, bool busy,
				      bool system_ram)
{
	return name | desc << 8 | (uint32_t)busy << 16 | (uint32_t)system_ram << 17;
}

/* The length that the block of an extend_long declares, from operand len: bytes. */
static inline uint32_t e820_ext_long(uint64_t len)
{
	uint32_t least = (E820_MAP_PAGES << 12) - 15;

	return least + (uint32_t)len % (UINT32_MAX - least + 1);
}

extern const struct config_desc e820_configs[];		/* by enum e820_config */
extern const struct config_desc e820_variants[];	/* x86_32, x86_32_pae, the same of small */

/* Where the extend op puts its block, from operand addr: a page of the span, bytes. */
static inline uint64_t e820_ext_phys(uint64_t addr)
{
	return (E820_EXT_BASE + addr % E820_EXT_SPAN) & ~UINT64_C(0xfff);
}

/* The length of its payload, from operand len: bytes, at most E820_EXT_LEN_MAX. */
static inline uint32_t e820_ext_len(uint64_t len)
{
	return len % (E820_EXT_LEN_MAX + 1);
}

/* boot_params entries of a configuration. */
static inline unsigned int e820_zeropage(const struct config_desc *c)
{
	return c->slots < E820_ZEROPAGE_MAX ? c->slots : E820_ZEROPAGE_MAX;
}

/* The type that a printed line shows: RESERVED_KERN reads "usable" there, as RAM does. */
static inline uint32_t e820_printed_type(uint32_t type)
{
	return type == E820_T_RESERVED_KERN ? E820_T_RAM : type;
}

/* The name of a type in the text form, or NULL for one without a name. */
const char *e820_type_name(uint32_t type);

/* Types with names, as operands, ended by a NULL name. */
extern const struct choice e820_type_choices[];

#endif

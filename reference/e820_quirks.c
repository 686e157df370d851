// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is known of kernels' e820.c: legitimate differences (traits) and wrong behaviour (quirks).
 */
#include "e820_model.h"

#define KERNEL(major, minor)	((major) << 16 | (minor) << 8)

const struct trait e820_traits[E820_TRAITS] = {
	[T_ACPI_IS_RAM] = {
		.id = "e820-acpi-is-ram", .since = KERNEL(6, 10),
		.source = "end_of_ram_pfn counts ACPI tables, which lie in RAM, since v6.10",
	},
	[T_RESERVED_KERN] = {
		.id = "e820-reserved-kern", .since = 0,
		.source = "type 128 (RESERVED_KERN) exists and counts as RAM for memblock",
	},
	[T_PRAM_UNMERGED] = {
		.id = "e820-pram-unmerged", .since = KERNEL(4, 1),
		.source =
			"update_table keeps the boundaries inside persistent RAM since that type "
			"exists",
	},
	[T_SOFT_RESERVED_UNMERGED] = {
		.id = "e820-soft-reserved-unmerged", .since = KERNEL(5, 5),
		.source =
			"update_table keeps the boundaries inside soft-reserved memory since that "
			"type exists",
	},
	[T_EXTEND_COPIES] = {
		.id = "e820-extend-copies", .since = KERNEL(4, 12),
		.source =
			"extend copies main to kexec and firmware: true of v6.1; v2.6.34 has no "
			"firmware table (it came with v4.12) and leaves the other as it is",
	},
	[T_52_BITS] = {
		.id = "e820-52-bits", .since = KERNEL(4, 13),
		.source =
			"MAX_ARCH_PFN is MAXMEM in pages: 52 address bits since five-level page "
			"tables (v4.13), 46 before",
	},
	[T_NOSAVE_PER_ENTRY] = {
		.id = "e820-nosave-per-entry", .until = KERNEL(5, 10),
		.source =
			"nosave looks at entries in pairs: what lies between them and each one that "
			"is not RAM are told by themselves, from the second one on; true of v2.6.34, "
			"not of 6.1.192; 5.10.13 is like the latter: an upper bound",
	},
	[T_SETUP_UPDATES_FIRST] = {
		.id = "e820-setup-updates-first", .until = KERNEL(4, 12),
		.source =
			"memory_setup updates boot_params' entries and appends them, not the other "
			"way round: true of v2.6.34; since v4.12 main's entries are no longer "
			"boot_params'",
	},
	[T_FIRMWARE_MAP_INCLUSIVE] = {
		.id = "e820-firmware-map-inclusive", .until = KERNEL(5, 10),
		.source =
			"reserve_resources tells sysfs an entry's last byte as its end: true of "
			"v2.6.34, not of v6.1; 5.10.13 is like the latter: an upper bound",
	},
	[T_PERSISTENT_HELD_BACK] = {
		.id = "e820-persistent-held-back", .since = KERNEL(4, 2),
		.source =
			"reserve_resources holds persistent memory back for its drivers since these "
			"types exist",
	},
	[T_SOFT_RESERVED_HELD_BACK] = {
		.id = "e820-soft-reserved-held-back", .since = KERNEL(5, 5),
		.source =
			"reserve_resources holds soft-reserved memory back for its drivers since "
			"that type exists",
	},
	[T_SIZE_TO_EXA] = {
		.id = "e820-size-to-exa", .since = KERNEL(3, 17),
		.source =
			"a size may end in T, P or E (\"add size unit t/p/e to memparse\"): true of "
			"6.1.192, not of v2.6.34; the bound between them is approximate",
	},
	[T_MEMMAP_LISTS] = {
		.id = "e820-memmap-lists", .since = KERNEL(3, 10),
		.source =
			"memmap= takes items divided by commas: true of 6.1.192; v2.6.34 takes one item; "
			"the bound between them is approximate",
	},
	[T_MEMMAP_PRAM] = {
		.id = "e820-memmap-pram", .since = KERNEL(4, 1),
		.source = "memmap=N!S since persistent RAM exists; before, what follows N is garbage",
	},
	[T_MEMMAP_UPDATES] = {
		.id = "e820-memmap-updates", .since = KERNEL(4, 16),
		.source =
			"memmap=N%S-OLD+NEW: true of 6.1.192; for v2.6.34 what follows N is garbage; "
			"the bound between them is approximate",
	},
	[T_MEM_ZERO_REFUSED] = {
		.id = "e820-mem-zero-refused", .since = KERNEL(2, 6) + 39,
		.source =
			"mem=0 and mem= without a number are refused: true of 6.1.192; for v2.6.34 "
			"there is no RAM then; the bound between them is approximate",
	},
	[T_NOPENTIUM_REFUSED] = {
		.id = "e820-nopentium-refused", .since = KERNEL(2, 6) + 39,
		.long_bits = 64,
		.source =
			"mem=nopentium is refused on 64 bits: true of 6.1.192; for v2.6.34 it is no "
			"number, as any other word; the bound between them is approximate",
	},
	[T_LIMIT_TOLD] = {
		.id = "e820-limit-told", .since = KERNEL(5, 1), .long_bits = 64,
		.source =
			"memory hot-plug is told of mem= since v5.1; there is none on 32 bits",
	},
	[T_SETUP_DATA_KEXEC] = {
		.id = "e820-setup-data-kexec", .until = KERNEL(6, 9),
		.source =
			"reserve_setup_data changes kexec, too, but for nodes that are for this "
			"kernel alone: true of 6.1.192, not of 6.12.117 (\"x86/kexec: Do not update "
			"E820 kexec table for setup_data\", a fix of March 2024, v6.9). Such nodes are "
			"EFI, IMA and RNG_SEED ones; before v6.0 EFI ones only, which is not modelled",
	},
	[T_RESOURCE_NAMES] = {
		.id = "e820-resource-names", .since = KERNEL(5, 10),
		.source =
			"reserve_resources names persistent, soft-reserved and unknown memory; "
			"v2.6.34 calls all of that reserved; 5.10.13 is like 6.1.192: the bound is at "
			"most that",
	},
	[T_RESOURCE_DESCRIBED] = {
		.id = "e820-resource-described", .since = KERNEL(5, 10),
		.source =
			"resources have a descriptor and know that they are system RAM: true of "
			"6.1.192 and 5.10.13, not of v2.6.34. \"x86/e820: Set System RAM type and "
			"descriptor\" (v4.6) began with it, other descriptors are younger",
	},
	[T_IOMEM_52_BITS] = {
		.id = "e820-iomem-52-bits", .since = KERNEL(5, 10),
		.source =
			"resources lie in what the processor can address, here 52 bits; in v2.6.34 in "
			"64 bits; the bound between them is approximate",
	},
	[T_ARCH_36_BITS] = {
		.id = "e820-36-bits", .long_bits = 32, .phys_bits = 64,
		.source = "32-bit x86 with PAE: MAX_ARCH_PFN is 2^36 in pages",
	},
	[T_ARCH_32_BITS] = {
		.id = "e820-32-bits", .long_bits = 32, .phys_bits = 32,
		.source = "32-bit x86 without PAE: MAX_ARCH_PFN is 2^32 in pages",
	},
	[T_GAP_KEPT] = {
		.id = "e820-gap-kept", .long_bits = 32,
		.source =
			"32-bit x86 has no fallback for a map without a gap: PCI begins where it began "
			"before, at 256 MiB, and nothing is announced",
	},
	[T_NOPENTIUM_WORD] = {
		.id = "e820-nopentium-word", .long_bits = 32,
		.source =
			"mem=nopentium is a word of 32-bit x86: no large pages "
			"(Documentation/admin-guide/kernel-parameters.txt)",
	},
};

const struct quirk e820_quirks[E820_QUIRKS] = {
	[Q_WRAP_LAST_BYTE] = {
		.id = "e820-wrap-last-byte", .kind = QUIRK_EXACT,
		.summary =
			"update and remove to or beyond 2^64 leave the last byte of the address "
			"space alone",
	},
	[Q_UPDATE_TOP_ENTRY] = {
		.id = "e820-update-top-entry", .kind = QUIRK_EXACT,
		.summary =
			"update and remove take an entry that reaches 2^64 for one that ends at "
			"its end modulo 2^64",
	},
	[Q_UPDATE_FULL] = {
		.id = "e820-update-full", .kind = QUIRK_EXACT,
		.summary =
			"update and remove in a full table lose the piece that needs a slot, with "
			"a message",
	},
	[Q_TABLE_FULL] = {
		.id = "e820-update-table-full", .kind = QUIRK_EXACT,
		.summary = "update_table drops the entries beyond the table's size in silence",
	},
	[Q_QUERY_TOP_ENTRY] = {
		.id = "e820-query-top-entry", .kind = QUIRK_EXACT,
		.summary =
			"mapped_any, mapped_all and get_entry_type do not see an entry that "
			"reaches 2^64",
	},
	[Q_QUERY_EMPTY_ENTRY] = {
		.id = "e820-query-empty-entry", .kind = QUIRK_EXACT,
		.summary = "mapped_any says yes for an entry of size 0 inside the range",
	},
	[Q_PFN_TOP_ENTRY] = {
		.id = "e820-pfn-top-entry", .kind = QUIRK_EXACT,
		.summary =
			"end_of_ram_pfn and end_of_low_ram_pfn do not count RAM that reaches 2^64",
	},
	[Q_PFN_EMPTY_ENTRY] = {
		.id = "e820-pfn-empty-entry", .kind = QUIRK_EXACT,
		.summary = "end_of_ram_pfn and end_of_low_ram_pfn count RAM entries of size 0",
	},
	[Q_EMPTY_SPAN] = {
		.id = "e820-empty-span", .kind = QUIRK_EXACT,
		.summary = "update and remove of an empty range split the entry that it lies in",
	},
	[Q_APPEND_TOP_ENTRY] = {
		.id = "e820-append-top-entry", .kind = QUIRK_EXACT, .until = KERNEL(6, 1),
		.summary =
			"append and extend take an entry that ends exactly at 2^64 for one that "
			"overflows: it and all behind it are dropped (seen in v2.6.34, mended by "
			"v6.1)",
	},
	[Q_GAP_TOP_ENTRY] = {
		.id = "e820-gap-top-entry", .kind = QUIRK_EXACT,
		.summary =
			"setup_gap takes an entry that ends at 2^64 for one that ends at 0: PCI gets "
			"what lies below the first entry, or RAM",
	},
	[Q_NOSAVE_NOT_RAM] = {
		.id = "e820-nosave-not-ram", .kind = QUIRK_EXACT, .until = KERNEL(5, 10),
		.summary =
			"nosave takes entry 0 for RAM, tells whole pages of RAM where entries share "
			"a page, and nothing behind the last entry",
	},
	[Q_NOSAVE_TOP_ENTRY] = {
		.id = "e820-nosave-top-entry", .kind = QUIRK_EXACT, .since = KERNEL(5, 10),
		.summary =
			"nosave tells all pages below the limit where RAM reaches 2^64, and none "
			"below RAM that starts in the last page",
	},
	[Q_HOLE_TOP_ENTRY] = {
		.id = "e820-hole-top-entry", .kind = QUIRK_EXACT,
		.summary =
			"hole_size does not see RAM that reaches 2^64, and takes RAM that starts in "
			"the last page for all pages below it",
	},
	[Q_BUFFER_TOP_ENTRY] = {
		.id = "e820-ram-buffer-top-entry", .kind = QUIRK_EXACT,
		.summary =
			"reserve_resources_late reserves the whole address space behind RAM that "
			"ends at 2^64",
	},
	[Q_BUFFER_ONE_BYTE] = {
		.id = "e820-ram-buffer-one-byte", .kind = QUIRK_EXACT,
		.summary =
			"reserve_resources_late leaves out a buffer of a single byte",
	},
	[Q_ONE_ENTRY_REFUSED] = {
		.id = "e820-one-entry-refused", .kind = QUIRK_EXACT,
		.summary =
			"finish_early_params takes a user's map of a single entry for an invalid "
			"one: panic",
	},
	[Q_MEMMAP_ZERO] = {
		.id = "e820-memmap-zero", .kind = QUIRK_EXACT,
		.summary = "memmap=0 is not refused as mem=0 is: it removes all RAM",
	},
	[Q_MEMMAP_SILENT] = {
		.id = "e820-memmap-silent", .kind = QUIRK_EXACT, .since = KERNEL(3, 10),
		.summary =
			"a memmap= that is refused, as a whole or an item of it, is not reported as "
			"malformed (seen in 6.1.192, not in v2.6.34: since there are lists)",
	},
	[Q_MEMMAP_MARK] = {
		.id = "e820-memmap-mark", .kind = QUIRK_EXACT,
		.summary =
			"memmap=N%S+NEW leaves what has a higher type than NEW in the range: it stays "
			"what it was",
	},
	[Q_MEMMAP_SAME_TYPE] = {
		.id = "e820-memmap-same-type", .kind = QUIRK_EXACT,
		.summary = "memmap=N%S-OLD+NEW with OLD equal to NEW is a BUG",
	},
	[Q_SETUP_DATA_CYCLE] = {
		.id = "e820-setup-data-cycle", .kind = QUIRK_AVOID,
		.summary = "reserve_setup_data never ends on a chain that comes back to a node",
	},
	[Q_EXTEND_UNMAPPABLE] = {
		.id = "e820-extend-unmappable", .kind = QUIRK_AVOID,
		.summary =
			"extend uses what it could not map: a setup_data block that is longer than "
			"what can be mapped early crashes the kernel",
	},
	[Q_SYSFS_TOP_ENTRY] = {
		.id = "e820-sysfs-top-entry", .kind = QUIRK_EXACT, .since = KERNEL(5, 10),
		.summary =
			"reserve_resources tells sysfs an entry that reaches 2^64 with an end before "
			"its start: BUG",
	},
	[Q_SYSFS_EMPTY_ENTRY] = {
		.id = "e820-sysfs-empty-entry", .kind = QUIRK_EXACT, .until = KERNEL(5, 10),
		.summary =
			"reserve_resources tells sysfs an entry of size 0 with a last byte before its "
			"first one: BUG",
	},
	[Q_INDIRECT_SHORT] = {
		.id = "e820-indirect-short", .kind = QUIRK_EXACT,
		.summary =
			"reserve_setup_data takes what lies behind an indirect node of fewer than 24 "
			"bytes for its payload",
	},
	[Q_INDIRECT_UNMAPPED] = {
		.id = "e820-indirect-unmapped", .kind = QUIRK_AVOID,
		.summary =
			"reserve_setup_data reads the payload of such a node also where it lies on a "
			"page that is not mapped: it crashes",
	},
	[Q_PAGES_32] = {
		.id = "e820-pages-32-bits", .kind = QUIRK_EXACT, .long_bits = 32,
		.summary =
			"page numbers of 32 bits: end_of_ram_pfn, end_of_low_ram_pfn, nosave and hole_size "
			"take memory at or beyond 16 TiB for memory below",
	},
	[Q_NVS_32] = {
		.id = "e820-nvs-32-bits", .kind = QUIRK_EXACT, .long_bits = 32, .until = KERNEL(6, 1),
		.summary =
			"NVS memory at or beyond 4 GiB is told modulo 2^32 (seen in v2.6.34, mended "
			"by v6.1)",
	},
	[Q_MEMBLOCK_STRADDLES] = {
		.id = "e820-memblock-straddles", .kind = QUIRK_EXACT, .long_bits = 32, .phys_bits = 32,
		.summary =
			"memblock_setup leaves out all of an entry that ends at or beyond 4 GiB, also what "
			"lies below",
	},
	[Q_MEMBLOCK_TOP_ENTRY] = {
		.id = "e820-memblock-top-entry", .kind = QUIRK_EXACT, .long_bits = 32, .phys_bits = 32,
		.summary =
			"memblock_setup passes on the lower 32 bits of an entry that reaches 2^64",
	},
	[Q_BUFFER_MEGABYTES] = {
		.id = "e820-ram-buffer-megabytes", .kind = QUIRK_EXACT, .long_bits = 32,
		.summary =
			"reserve_resources_late counts megabytes in 32 bits: RAM that ends behind 2^52 gets "
			"a buffer as small as RAM at its end modulo 2^52",
	},
	[Q_SETUP_DATA_SIZE] = {
		.id = "e820-setup-data-size-32", .kind = QUIRK_EXACT, .long_bits = 32,
		.summary =
			"reserve_setup_data counts the bytes of a node, 16 + len, in 32 bits",
	},
	[Q_SYSFS_WRAPPED_ENTRY] = {
		.id = "e820-sysfs-wrapped-entry", .kind = QUIRK_EXACT, .until = KERNEL(5, 10),
		.summary =
			"reserve_resources tells sysfs an entry that reaches beyond 2^64 with a last byte "
			"before its first one: BUG",
	},
};

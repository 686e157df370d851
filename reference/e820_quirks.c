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
};

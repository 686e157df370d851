// SPDX-License-Identifier: GPL-2.0-only
#include "range.h"

#define AZ	{ .name = "az", .kind = ARG_COUNT, .max = RANGE_SLOTS_MAX }
#define START	{ .name = "start", .kind = ARG_ADDR }
#define END	{ .name = "end", .kind = ARG_END }

static const struct op_desc ops[] = {
	{
		.id = RANGE_ADD, .name = "add", .call = "add_range", .call_old = "add_range",
		.nr_args = 3, .args = { AZ, START, END },
		.legal = "legal with az >= slots in use and no slot in use at or beyond nr_range; else misuse",
		.frame = "slot nr_range becomes [start, end)",
		.summary = "append a range as it is",
		.c = "nr_range = add_range(slots, $az, $nr_range, $start, $end)",
	}, {
		.id = RANGE_ADD_WITH_MERGE, .name = "add_with_merge", .call = "add_range_with_merge",
		.call_old = "add_range_with_merge",
		.nr_args = 3, .args = { AZ, START, END },
		.legal = "as add",
		.frame = "cover' = cover + [start, end)",
		.summary = "append a range, united with all that it overlaps or touches",
		.c = "nr_range = add_range_with_merge(slots, $az, $nr_range, $start, $end)",
	}, {
		.id = RANGE_SUBTRACT, .name = "subtract", .call = "subtract_range",
		.call_old = "subtract_range",
		.nr_args = 3, .args = { AZ, START, END },
		.legal = "legal with az >= slots in use; else misuse",
		.frame = "cover' = cover - [start, end)",
		.summary = "cut a range out of all slots",
		.c = "subtract_range(slots, $az, $start, $end)",
	}, {
		.id = RANGE_CLEAN_SORT, .name = "clean_sort", .call = "clean_sort_range",
		.call_old = "clean_sort_range",
		.nr_args = 1, .args = { AZ },
		.legal = "legal with az >= slots in use; else misuse",
		.frame = "cover' = cover; slots in use come first, by start",
		.summary = "close holes, sort by start, count",
		.c = "nr_range = clean_sort_range(slots, $az)",
	}, {
		.id = RANGE_SORT, .name = "sort", .call = "sort_range", .call_old = "sort_range",
		.legal = "legal while the first nr_range slots are in use; else misuse",
		.frame = "cover' = cover; the first nr_range slots by start",
		.summary = "sort by start",
		.c = "sort_range(slots, nr_range)",
	},
};

const struct config_desc range_configs[] = {
	{
		.id = RANGE_NORMAL, .name = "normal", .slots = RANGE_SLOTS_MAX,
		.cfg = "an array of 64 slots (MTRR cleanup and page table setup use 16 to 256)",
	}, {
		.id = RANGE_SMALL, .name = "small", .slots = 4, .synthetic = true,
		.cfg = "an array of 4 slots",
	},
};

const struct config_desc range_variants[] = {
	{
		.id = RANGE_NORMAL, .name = "x86_32", .slots = RANGE_SLOTS_MAX,
		.long_bits = 32, .phys_bits = 32,
		.cfg = "as normal; CONFIG_X86_32=y CONFIG_HIGHMEM4G=y (Debian i386, 686)",
	}, {
		.id = RANGE_NORMAL, .name = "x86_32_pae", .slots = RANGE_SLOTS_MAX,
		.long_bits = 32,
		.cfg = "as normal; CONFIG_X86_32=y CONFIG_HIGHMEM64G=y CONFIG_X86_PAE=y "
		       "(Debian i386, 686-pae)",
	}, {
		.id = RANGE_SMALL, .name = "x86_32_small", .slots = 4, .synthetic = true,
		.long_bits = 32, .phys_bits = 32,
		.cfg = "as x86_32, an array of 4 slots",
	}, {
		.id = RANGE_SMALL, .name = "x86_32_pae_small", .slots = 4, .synthetic = true,
		.long_bits = 32,
		.cfg = "as x86_32_pae, an array of 4 slots",
	},
};

static const struct table_desc tables[] = {
	[RANGE_SLOTS] = { .name = "slots", .kind = TABLE_MEMORY },
	[RANGE_COUNT] = { .name = "nr_range", .kind = TABLE_REPORT },
};

const struct family range_family = {
	.name = "range",
	.id = 1,
	.file = "kernel/range.c",
	.ops = ops,
	.nr_ops = sizeof(ops) / sizeof(ops[0]),
	.configs = range_configs,
	.nr_configs = sizeof(range_configs) / sizeof(range_configs[0]),
	.variants = range_variants,
	.nr_variants = sizeof(range_variants) / sizeof(range_variants[0]),
	.tables = tables,
	.nr_tables = RANGE_TABLES,
};

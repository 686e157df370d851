/* SPDX-License-Identifier: GPL-2.0-only */
/* Words for the tests of the e820 model: ops as initializers, tables as lists of entries. */
#ifndef REFERENCE_E820_TESTING_H
#define REFERENCE_E820_TESTING_H

#include <string.h>

#include "contract/e820.h"
#include "testing.h"

#define RAM		E820_T_RAM
#define RESERVED	E820_T_RESERVED
#define ACPI		E820_T_ACPI
#define PRAM		E820_T_PRAM
#define KERN		E820_T_RESERVED_KERN
#define SOFT		E820_T_SOFT_RESERVED
#define TOP		UINT64_MAX
#define HALF		(1ULL << 63)
#define G4		(1ULL << 32)

#define OP(...)			{ .id = __VA_ARGS__ }
#define ADD(start, size, type)	{ .id = E820_ADD, .arg = { start, size, type } }
#define UPDATE(start, size, old, new) \
	{ .id = E820_UPDATE, .arg = { start, size, old, new } }
#define UPDATE_KEXEC(start, size, old, new) \
	{ .id = E820_UPDATE_KEXEC, .arg = { start, size, old, new } }
#define REMOVE(start, size, old)  { .id = E820_REMOVE, .arg = { start, size, old, 1 } }
#define REMOVE_ANY(start, size)	{ .id = E820_REMOVE, .arg = { start, size, 0, 0 } }
#define UPDATE_TABLE(table)	{ .id = E820_UPDATE_TABLE, .arg = { table } }
#define ANY(start, end, type)	{ .id = E820_MAPPED_ANY, .arg = { start, end, type } }
#define RAW_ANY(start, end, type) { .id = E820_MAPPED_RAW_ANY, .arg = { start, end, type } }
#define ALL(start, end, type)	{ .id = E820_MAPPED_ALL, .arg = { start, end, type } }
#define TYPE_OF(start, end)	{ .id = E820_GET_ENTRY_TYPE, .arg = { start, end } }
#define APPEND(count, tokens)	{ .id = E820_APPEND, .nr_tokens = tokens, .arg = { count } }
#define EXTEND(len, tokens)	{ .id = E820_EXTEND, .nr_tokens = tokens, .arg = { 0, len } }
#define ENTRY(start, size, type) { .id = E820_ENTRY, .arg = { start, size, type } }
#define SETUP			{ .id = E820_MEMBLOCK_SETUP }
#define ALLOC(size, align, at) \
	{ .id = E820_MEMBLOCK_ALLOC_RESERVED, .arg = { size, align, at } }
#define END_PFN			{ .id = E820_END_OF_RAM_PFN }
#define END_LOW_PFN		{ .id = E820_END_OF_LOW_RAM_PFN }
#define PRINT			{ .id = E820_PRINT_TABLE }

#define GAP(max_pfn)		{ .id = E820_SETUP_GAP, .arg = { max_pfn } }
#define NOSAVE(limit_pfn)	{ .id = E820_NOSAVE, .arg = { limit_pfn } }
#define NVS			{ .id = E820_REGISTER_NVS }
#define HOLE(start, end)	{ .id = E820_HOLE_SIZE, .arg = { start, end } }
#define MEMORY_SETUP(count, alt, ext, tokens) \
	{ .id = E820_MEMORY_SETUP, .nr_tokens = tokens, .arg = { count, alt, ext } }
#define RESOURCES		{ .id = E820_RESERVE_RESOURCES }
#define RESOURCES_LATE		{ .id = E820_RESERVE_RESOURCES_LATE }

static union model_room room;

static inline void init_model(uint32_t version, uint64_t quirks)
{
	const struct model_setup setup = {
		.config = family_config(&e820_family, E820_SMALL), .version = version,
		.quirks = quirks,
	};

	e820_model.init(&room, &setup);
}

/* Run @ops, tokens among them, up to one without an id; @e is that of the last one. */
static inline void run_ops(const struct op *ops, struct expect *e)
{
	for (const struct op *op = ops; op < ops + TEST_OPS && op->id; op += op->nr_tokens + 1) {
		e820_model.step(&room, op, e);
		assert_true(e820_model.selfcheck(&room));
		assert_false(e->cut || e->avoid);
	}
}

/* The safety layer says the same as the rows, in every table. */
static inline void assert_layers_agree(const struct expect *e)
{
	for (unsigned int i = 0; i < E820_TABLES; i++) {
		assert_int_equal(e->row_sum[i], table_sum(&e->rows.table[i]));
		assert_int_equal(e->sum[i], e->row_sum[i]);
	}
}

#endif

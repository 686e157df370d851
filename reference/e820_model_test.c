// SPDX-License-Identifier: GPL-2.0-only
/*
 * The e820 model's tables, case by case. Above each case stands the equation that it is; what is in
 * brackets are ranges [start, end), in the order of the entries; "-" is an empty entry. RES is
 * RESERVED.
 */
#include "e820_testing.h"

/**
 * struct test_case - ops, and what must be true after the last one
 * @table: the table looked at
 * @rows: its entries
 * @value: what the last op returned
 */
struct test_case {
	const char *name;
	struct op ops[TEST_OPS];
	unsigned int nr;
	struct row rows[TEST_ROWS];
	uint64_t value;
	enum legality legality;
	unsigned int table;
};

static const struct test_case cases[] = {
	/* {} + RAM [0, 10) + RAM [0, 10): as they are */
	{ "add", { ADD(0, 10, RAM), ADD(0, 10, RAM) }, 2, { { 0, 10, RAM, 0 }, { 0, 10, RAM,
	  0 } }, 0,
	  LEGAL, 0 },
	/* {} + RAM [5, 5) */
	{ "add an empty entry", { ADD(5, 0, RAM) }, 1, { { 5, 0, RAM, 0 } }, 0, CMDLINE, 0 },
	/* {} + RES [2^63, 2^64): no machine has it, and yet it is an entry */
	{ "add up to the end", { ADD(HALF, HALF, RESERVED) }, 1, { { HALF, HALF, RESERVED, 0 } }, 0,
	  CMDLINE, 0 },
	/* eight slots: the ninth entry is ignored */
	{ "add to a full table",
	  { ADD(0, 1, 1), ADD(1, 1, 1), ADD(2, 1, 1), ADD(3, 1, 1), ADD(4, 1, 1), ADD(5, 1, 1),
	    ADD(6, 1, 1), ADD(7, 1, 1), ADD(8, 1, 1) },
	  8, { { 0, 1, 1, 0 }, { 1, 1, 1, 0 }, { 2, 1, 1, 0 }, { 3, 1, 1, 0 }, { 4, 1, 1, 0 },
	       { 5, 1, 1, 0 }, { 6, 1, 1, 0 }, { 7, 1, 1, 0 } }, 0, FIRMWARE, 0 },

	/* RAM [0, 100): [0, 100) becomes RES */
	{ "update all", { ADD(0, 100, RAM), UPDATE(0, 100, RAM, RESERVED) }, 1,
	  { { 0, 100, RESERVED, 0 } }, 100, LEGAL, 0 },
	/* RAM [0, 100): [40, 60) becomes RES = RAM [0, 40) RES [40, 60) RAM [60, 100) */
	{ "update the middle", { ADD(0, 100, RAM), UPDATE(40, 20, RAM, RESERVED) }, 3,
	  { { 0, 40, RAM, 0 }, { 40, 20, RESERVED, 0 }, { 60, 40, RAM, 0 } }, 20, LEGAL, 0 },
	/* RAM [10, 100): [0, 40) becomes RES = RAM [40, 100) RES [10, 40) */
	{ "update the head", { ADD(10, 90, RAM), UPDATE(0, 40, RAM, RESERVED) }, 2,
	  { { 40, 60, RAM, 0 }, { 10, 30, RESERVED, 0 } }, 30, LEGAL, 0 },
	/* RAM [10, 100): [40, 200) becomes RES = RAM [10, 40) RES [40, 100) */
	{ "update the tail", { ADD(10, 90, RAM), UPDATE(40, 160, RAM, RESERVED) }, 2,
	  { { 10, 30, RAM, 0 }, { 40, 60, RESERVED, 0 } }, 60, LEGAL, 0 },
	/* ACPI [0, 100): nothing there is RAM */
	{ "update another type", { ADD(0, 100, ACPI), UPDATE(0, 100, RAM, RESERVED) }, 1,
	  { { 0, 100, ACPI, 0 } }, 0, LEGAL, 0 },
	/* RAM [0, 10) RAM [5, 15): [0, 15) becomes RES: bytes of both entries count */
	{ "update what overlaps", { ADD(0, 10, RAM), ADD(5, 10, RAM), UPDATE(0, 15, RAM,
	  RESERVED) }, 2,
	  { { 0, 10, RESERVED, 0 }, { 5, 10, RESERVED, 0 } }, 20, LEGAL, 0 },
	/* RAM [0, 100): [50, 50) is nothing */
	{ "update nothing", { ADD(0, 100, RAM), UPDATE(50, 0, RAM, RESERVED) }, 1,
	  { { 0, 100, RAM, 0 } }, 0, CMDLINE, 0 },
	/* RAM [2^63, 2^64): [2^63 + 1, 2^64) becomes RES, by a size that says so */
	{ "update up to the end", { ADD(HALF, HALF, RAM), UPDATE(HALF + 1, HALF - 1, RAM,
	  RESERVED) },
	  2, { { HALF, 1, RAM, 0 }, { HALF + 1, HALF - 1, RESERVED, 0 } }, HALF - 1, CMDLINE, 0 },
	/* the same by a size beyond: "to the end of the address space" */
	{ "update beyond the end", { ADD(HALF, HALF, RAM), UPDATE(HALF + 1, TOP, RAM, RESERVED) },
	  2, { { HALF, 1, RAM, 0 }, { HALF + 1, HALF - 1, RESERVED, 0 } }, HALF - 1, CMDLINE, 0 },
	/* RAM [2^63, 2^64): [2^63, 2^63 + 16) becomes RES, no more */
	{ "update the head of the top", { ADD(HALF, HALF, RAM), UPDATE(HALF, 16, RAM, RESERVED) },
	  2,
	  { { HALF + 16, HALF - 16, RAM, 0 }, { HALF, 16, RESERVED, 0 } }, 16, LEGAL, 0 },
	/* kexec is a table of its own */
	{ "update_kexec", { ADD(0, 100, RAM), UPDATE_KEXEC(0, 100, RAM, RESERVED) }, 1,
	  { { 0, 100, RAM, 0 } }, 0, LEGAL, 0 },

	/* RAM [0, 100) - [40, 60) = RAM [0, 40) RAM [60, 100) */
	{ "remove the middle", { ADD(0, 100, RAM), REMOVE(40, 20, RAM) }, 2,
	  { { 0, 40, RAM, 0 }, { 60, 40, RAM, 0 } }, 20, LEGAL, 0 },
	/* RAM [0, 10) RES [10, 20) - RAM [0, 20) = - RES [10, 20) */
	{ "remove one type", { ADD(0, 10, RAM), ADD(10, 10, RESERVED), REMOVE(0, 20, RAM) }, 2,
	  { { 0, 0, 0, 0 }, { 10, 10, RESERVED, 0 } }, 10, LEGAL, 0 },
	/* RAM [0, 10) RES [10, 20) - [5, 15) = RAM [0, 5) RES [15, 20) */
	{ "remove any type", { ADD(0, 10, RAM), ADD(10, 10, RESERVED), REMOVE_ANY(5, 10) }, 2,
	  { { 0, 5, RAM, 0 }, { 15, 5, RESERVED, 0 } }, 10, LEGAL, 0 },
	/* RAM [0, 100) - [100, 2^64) = RAM [0, 100) */
	{ "remove behind", { ADD(0, 100, RAM), REMOVE(100, TOP, RAM) }, 1, { { 0, 100, RAM, 0 } },
	  0,
	  CMDLINE, 0 },
	/* RAM [0, 100) RAM [2^63, 2^64) - [50, 2^64) = RAM [0, 50) - */
	{ "remove to the end", { ADD(0, 100, RAM), ADD(HALF, HALF, RAM), REMOVE(50, TOP, RAM) }, 2,
	  { { 0, 50, RAM, 0 }, { 0, 0, 0, 0 } }, 50 + HALF, CMDLINE, 0 },

	/* RAM [20, 30) RAM [0, 10) = RAM [0, 10) RAM [20, 30) */
	{ "update_table sorts", { ADD(20, 10, RAM), ADD(0, 10, RAM), UPDATE_TABLE(0) }, 2,
	  { { 0, 10, RAM, 0 }, { 20, 10, RAM, 0 } }, 0, LEGAL, 0 },
	/* RAM [10, 20) RAM [0, 10) = RAM [0, 20) */
	{ "update_table merges", { ADD(10, 10, RAM), ADD(0, 10, RAM), UPDATE_TABLE(0) }, 1,
	  { { 0, 20, RAM, 0 } }, 0, LEGAL, 0 },
	/* RAM [0, 100) over ACPI [40, 60) = RAM [0, 40) ACPI [40, 60) RAM [60, 100) */
	{ "update_table: a higher type inside", { ADD(0, 100, RAM), ADD(40, 20, ACPI),
	  UPDATE_TABLE(0) },
	  3, { { 0, 40, RAM, 0 }, { 40, 20, ACPI, 0 }, { 60, 40, RAM, 0 } }, 0, LEGAL, 0 },
	/* ACPI [0, 100) over RAM [40, 60) = ACPI [0, 100) */
	{ "update_table: a lower type inside", { ADD(0, 100, ACPI), ADD(40, 20, RAM),
	  UPDATE_TABLE(0) },
	  1, { { 0, 100, ACPI, 0 } }, 0, LEGAL, 0 },
	/* RAM [0, 20) over RAM [10, 30) over RAM [10, 30) = RAM [0, 30) */
	{ "update_table: the same type",
	  { ADD(0, 20, RAM), ADD(10, 20, RAM), ADD(10, 20, RAM), UPDATE_TABLE(0) },
	  1, { { 0, 30, RAM, 0 } }, 0, LEGAL, 0 },
	/* PRAM [0, 10) PRAM [10, 20): never merged */
	{ "update_table: PRAM", { ADD(0, 10, PRAM), ADD(10, 10, PRAM), UPDATE_TABLE(0) }, 2,
	  { { 0, 10, PRAM, 0 }, { 10, 10, PRAM, 0 } }, 0, LEGAL, 0 },
	/* soft [0, 30) over RAM [10, 20): the boundaries below stay boundaries */
	{ "update_table: soft-reserved", { ADD(0, 30, SOFT), ADD(10, 10, RAM), UPDATE_TABLE(0) }, 3,
	  { { 0, 10, SOFT, 0 }, { 10, 10, SOFT, 0 }, { 20, 10, SOFT, 0 } }, 0, LEGAL, 0 },
	/* RAM [5, 5) RAM [10, 20) = RAM [10, 20): what is empty vanishes */
	{ "update_table: empty entries", { ADD(5, 0, RAM), ADD(10, 10, RAM), UPDATE_TABLE(0) }, 1,
	  { { 10, 10, RAM, 0 } }, 0, LEGAL, 0 },
	/* none [0, 10) RAM [5, 20) = RAM [5, 20): type 0 is nothing */
	{ "update_table: type 0", { ADD(0, 10, 0), ADD(5, 15, RAM), UPDATE_TABLE(0) }, 1,
	  { { 5, 15, RAM, 0 } }, 0, LEGAL, 0 },
	/* a single entry: refused */
	{ "update_table: one entry", { ADD(5, 0, RAM), UPDATE_TABLE(0) }, 1, { { 5, 0, RAM, 0 } },
	  TOP,
	  LEGAL, 0 },
	/* an entry beyond 2^64: refused */
	{ "update_table: an invalid entry",
	  { ADD(20, 10, RAM), ADD(0, 10, RAM), ADD(HALF, HALF + 1, RAM), UPDATE_TABLE(0) }, 3,
	  { { 20, 10, RAM, 0 }, { 0, 10, RAM, 0 }, { HALF, HALF + 1, RAM, 0 } }, TOP, FIRMWARE, 0 },
	/* one that ends with the address space: by the letter refused, too */
	{ "update_table: the last byte",
	  { ADD(20, 10, RAM), ADD(0, 10, RAM), ADD(TOP, 1, RAM), UPDATE_TABLE(0) }, 3,
	  { { 20, 10, RAM, 0 }, { 0, 10, RAM, 0 }, { TOP, 1, RAM, 0 } }, TOP, LEGAL, 0 },

	/* two tokens, count 2 */
	{ "append", { APPEND(2, 2), ENTRY(0, 10, RAM), ENTRY(20, 10, ACPI) }, 2,
	  { { 0, 10, RAM, 0 }, { 20, 10, ACPI, 0 } }, 0, LEGAL, 0 },
	/* one entry only: ignored */
	{ "append one", { APPEND(1, 1), ENTRY(0, 10, RAM) }, 0, { { 0 } }, TOP, LEGAL, 0 },
	/* count 3 of two tokens: the third is the zeros behind them */
	{ "append zeros", { APPEND(3, 2), ENTRY(0, 10, RAM), ENTRY(20, 10, ACPI) }, 3,
	  { { 0, 10, RAM, 0 }, { 20, 10, ACPI, 0 }, { 0, 0, 0, 0 } }, 0, FIRMWARE, 0 },
	/* count 2 of three tokens */
	{ "append fewer", { APPEND(2, 3), ENTRY(0, 10, 1), ENTRY(20, 10, 1), ENTRY(40, 10, 1) }, 2,
	  { { 0, 10, RAM, 0 }, { 20, 10, RAM, 0 } }, 0, FIRMWARE, 0 },
	/* the second wraps: it and the rest stay out */
	{ "append until one wraps",
	  { APPEND(3, 3), ENTRY(0, 10, RAM), ENTRY(HALF, HALF + 1, RAM), ENTRY(40, 10, RAM) }, 1,
	  { { 0, 10, RAM, 0 } }, TOP, FIRMWARE, 0 },
	/* an entry that ends exactly at 2^64 is fine */
	{ "append up to the end", { APPEND(2, 2), ENTRY(HALF, HALF, RAM), ENTRY(40, 10, RAM) }, 2,
	  { { HALF, HALF, RAM, 0 }, { 40, 10, RAM, 0 } }, 0, FIRMWARE, 0 },
	/* tokens that overlap */
	{ "append what overlaps one further back",
	  { APPEND(3, 3), ENTRY(20, 30, RAM), ENTRY(0, 10, RAM), ENTRY(40, 20, RAM) }, 3,
	  { { 20, 30, RAM, 0 }, { 0, 10, RAM, 0 }, { 40, 20, RAM, 0 } }, 0, FIRMWARE, 0 },
	{ "append what overlaps", { APPEND(2, 2), ENTRY(0, 10, RAM), ENTRY(9, 10, RAM) }, 2,
	  { { 0, 10, RAM, 0 }, { 9, 10, RAM, 0 } }, 0, FIRMWARE, 0 },

	/* RAM [0, 100) and RES [40, 60) from setup_data, updated */
	{ "extend", { ADD(0, 100, RAM), EXTEND(20, 1), ENTRY(40, 20, RESERVED) }, 3,
	  { { 0, 40, RAM, 0 }, { 40, 20, RESERVED, 0 }, { 60, 40, RAM, 0 } }, 0, LEGAL, 0 },
	{ "extend copies to kexec", { ADD(0, 100, RAM), EXTEND(20, 1), ENTRY(100, 20, RAM) }, 1,
	  { { 0, 120, RAM, 0 } }, 0, LEGAL, E820_KEXEC },
	{ "extend copies to firmware", { ADD(0, 100, RAM), EXTEND(20, 1), ENTRY(100, 20, RAM) }, 1,
	  { { 0, 120, RAM, 0 } }, 0, LEGAL, E820_FIRMWARE },
	/* 39 bytes hold one entry */
	{ "extend by half an entry",
	  { ADD(0, 100, RAM), EXTEND(39, 2), ENTRY(100, 20, ACPI), ENTRY(200, 20, ACPI) }, 2,
	  { { 0, 100, RAM, 0 }, { 100, 20, ACPI, 0 } }, 0, FIRMWARE, 0 },

	/* kexec RAM [0, 100): [32, 48) is allocated = RAM [0, 32) RES [32, 48) RAM [48, 100) */
	{ "memblock_alloc_reserved", { ADD(0, 100, RAM), EXTEND(0, 0), ALLOC(16, 16, 32) }, 3,
	  { { 0, 32, RAM, 0 }, { 32, 16, RESERVED, 0 }, { 48, 52, RAM, 0 } }, 32, LEGAL,
	  E820_KEXEC },
	/* no memory: nothing changes */
	{ "memblock_alloc_reserved: no memory", { ADD(0, 100, RAM), EXTEND(0, 0), ALLOC(16, 16,
	  0) },
	  1, { { 0, 100, RAM, 0 } }, 0, LEGAL, E820_KEXEC },
	/* main's [96, 112) is not all RAM */
	{ "memblock_alloc_reserved: misused", { ADD(0, 100, RAM), EXTEND(0, 0), ALLOC(16, 16, 96) },
	  2, { { 0, 96, RAM, 0 }, { 96, 4, RESERVED, 0 } }, 96, MISUSE, E820_KEXEC },
};

static void check_case(void **state)
{
	const struct test_case *c = *state;
	struct expect e;

	init_model(0x60c00, 0);
	run_ops(c->ops, &e);
	assert_int_equal(e.result.outcome, OUT_RETURN);
	assert_int_equal(e.fired, 0);
	assert_int_equal(e.result.value, c->value);
	assert_int_equal(e.legality, c->legality);
	assert_rows(&e.rows.table[c->table], c->rows, c->nr);
	assert_layers_agree(&e);
}

/* update with old == new is a BUG, and nobody may do it. */
static void same_types_are_a_bug(void **state)
{
	static const struct op update[TEST_OPS] = { ADD(0, 10, RAM), UPDATE(0, 10, RAM, RAM) };
	static const struct op kexec[TEST_OPS] = { UPDATE_KEXEC(0, 10, ACPI, ACPI) };
	struct expect e;

	(void)state;
	init_model(0x60c00, 0);
	run_ops(update, &e);
	assert_int_equal(e.result.outcome, OUT_BUG);
	assert_int_equal(e.legality, MISUSE);
	init_model(0x60c00, 0);
	run_ops(kexec, &e);
	assert_int_equal(e.result.outcome, OUT_BUG);
}

/* In a full table, strictly, what the update has no slot for is still owed. */
static void full_update_is_a_loss(void **state)
{
	static const struct op fill[TEST_OPS] = {
		ADD(0, 100, RAM), ADD(200, 1, 2), ADD(201, 1, 2), ADD(202, 1, 2), ADD(203, 1, 2),
		ADD(204, 1, 2), ADD(205, 1, 2), ADD(206, 1, 2), UPDATE(40, 20, RAM, RESERVED),
	};
	struct expect e;

	(void)state;
	init_model(0x60c00, 0);
	run_ops(fill, &e);
	assert_int_equal(e.legality, FIRMWARE);
	assert_int_equal(e.result.said, SAID_ERROR);
	assert_int_equal(e820_model.cover(&room, E820_MAIN, 50, RESERVED), 1);
	assert_int_equal(e820_model.cover(&room, E820_MAIN, 80, RAM), 1);
	assert_int_not_equal(e.sum[E820_MAIN], e.row_sum[E820_MAIN]);
}

/*
 * An entry that ends exactly at 2^64 is one like others; by the quirk it ends the map, with all
 * that stands behind it, for append and for extend.
 */
static void append_to_top_is_a_quirk(void **state)
{
	static const struct op append[TEST_OPS] = {
		APPEND(3, 3), ENTRY(20, 10, RAM), ENTRY(HALF, HALF, RAM), ENTRY(40, 10, RAM),
	};
	static const struct op extend[TEST_OPS] = {
		EXTEND(60, 3), ENTRY(20, 10, RAM), ENTRY(HALF, HALF, RAM), ENTRY(40, 10, RAM),
	};
	/* the last byte that an entry may have, by the quirk */
	static const struct op below[TEST_OPS] = {
		APPEND(3, 3), ENTRY(20, 10, RAM), ENTRY(HALF, HALF - 1, RAM), ENTRY(40, 10, RAM),
	};
	uint64_t quirk = 1ULL << model_quirk_by_id(&e820_model, "e820-append-top-entry");
	struct expect e;

	(void)state;
	assert_true(model_quirks_for(&e820_model, 0x20622) & quirk);
	assert_false(model_quirks_for(&e820_model, 0x60100) & quirk);
	for (int on = 0; on < 2; on++) {
		init_model(0x20622, on ? quirk : 0);
		run_ops(append, &e);
		assert_int_equal(e.result.value, on ? TOP : 0);
		assert_int_equal(e.rows.table[E820_MAIN].nr, on ? 1 : 3);
		assert_int_equal(e.fired, on ? quirk : 0);
		assert_int_equal(e.legality, FIRMWARE);
		assert_layers_agree(&e);
		init_model(0x20622, on ? quirk : 0);
		run_ops(extend, &e);
		assert_int_equal(e.rows.table[E820_MAIN].nr, on ? 1 : 3);
		assert_int_equal(e.fired, on ? quirk : 0);
		init_model(0x20622, on ? quirk : 0);
		run_ops(below, &e);
		assert_int_equal(e.result.value, 0);
		assert_int_equal(e.rows.table[E820_MAIN].nr, 3);
		assert_int_equal(e.fired, 0);
	}
}

/* extend: main becomes the other tables, too, since there is a firmware table. */
static void extend_copies_is_a_trait(void **state)
{
	static const struct op extend[TEST_OPS] = {
		EXTEND(40, 2), ENTRY(20, 10, RAM), ENTRY(40, 10, RAM),
	};
	struct expect e;

	(void)state;
	for (int copies = 0; copies < 2; copies++) {
		init_model(copies ? 0x40c00 : 0x20622, 0);
		run_ops(extend, &e);
		assert_int_equal(e.rows.table[E820_MAIN].nr, 2);
		assert_int_equal(e.rows.table[E820_KEXEC].nr, copies ? 2 : 0);
		assert_int_equal(e.rows.table[E820_FIRMWARE].nr, copies ? 2 : 0);
		assert_int_equal(e.may_change >> E820_KEXEC & 1, copies);
		assert_int_equal(e.may_change >> E820_FIRMWARE & 1, copies);
		assert_layers_agree(&e);
	}
}

/* update_table, before PRAM and soft-reserved memory existed: types like all others. */
static void unmerged_types_are_traits(void **state)
{
	static const struct op pram[TEST_OPS] = {
		ADD(0, 10, PRAM), ADD(10, 10, PRAM), ADD(20, 10, SOFT), ADD(30, 10, SOFT),
		UPDATE_TABLE(0),
	};
	static const struct {
		uint32_t version;
		unsigned int nr;
	} when[] = { { 0x20622, 2 }, { 0x40100, 3 }, { 0x50400, 3 }, { 0x50500, 4 } };
	struct expect e;

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(when); i++) {
		init_model(when[i].version, 0);
		run_ops(pram, &e);
		assert_int_equal(e.rows.table[E820_MAIN].nr, when[i].nr);
	}
}

/* Which bytes and tables each op may change. */
static void frames(void **state)
{
	static const struct {
		struct op op;
		uint64_t first, last;
		uint32_t tables;
	} frame[] = {
		{ ADD(10, 20, RAM), 10, 29, 1 << E820_MAIN },
		{ UPDATE(10, 20, RAM, ACPI), 10, 29, 1 << E820_MAIN },
		{ UPDATE(10, TOP, RAM, ACPI), 10, TOP, 1 << E820_MAIN },
		{ UPDATE_KEXEC(10, 20, RAM, ACPI), 10, 29, 1 << E820_KEXEC },
		{ REMOVE_ANY(10, 20), 10, 29, 1 << E820_MAIN },
		{ UPDATE(10, 0, RAM, ACPI), 1, 0, 1 << E820_MAIN },
		{ UPDATE_TABLE(E820_FIRMWARE), 0, TOP, 1 << E820_FIRMWARE },
		{ APPEND(0, 0), 0, TOP, 1 << E820_MAIN },
		{ EXTEND(0, 0), 0, TOP, 1 << E820_MAIN | 1 << E820_KEXEC | 1 << E820_FIRMWARE },
		{ ALLOC(16, 16, 32), 0, TOP, 1 << E820_KEXEC },
		{ ANY(10, 20, RAM), 1, 0, 0 }, { SETUP, 1, 0, 0 }, { PRINT, 1, 0, 0 },
	};
	struct expect e;

	(void)state;
	init_model(0x60c00, 0);
	for (unsigned int i = 0; i < ARRAY_SIZE(frame); i++) {
		e820_model.step(&room, &frame[i].op, &e);
		assert_int_equal(e.start, frame[i].first);
		assert_int_equal(e.last, frame[i].last);
		assert_int_equal(e.may_change, frame[i].tables);
	}
}

int main(void)
{
	static struct CMUnitTest tests[ARRAY_SIZE(cases) + 6];
	unsigned int n = 0;

	for (unsigned int i = 0; i < ARRAY_SIZE(cases); i++)
		tests[n++] = (struct CMUnitTest){
			.name = cases[i].name, .test_func = check_case,
			.initial_state = (void *)&cases[i],
		};
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(same_types_are_a_bug);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(full_update_is_a_loss);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(append_to_top_is_a_quirk);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(extend_copies_is_a_trait);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(unmerged_types_are_traits);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(frames);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

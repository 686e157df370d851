// SPDX-License-Identifier: GPL-2.0-only
/*
 * The boot model, what only misuse brings about. Setup called twice, with soft-reserved memory
 * where RAM was: tables that move in it give back what an earlier range of the same setup had
 * reserved there. A map that tells of the same RAM twice.
 */
#include "boot_model.h"
#include "testing.h"

#define PAGE	4096ULL
#define K(n)	((uint64_t)(n) << 10)

static union model_room room;
static struct expect e;

static const struct op *run(const struct op *op)
{
	boot_model.step(&room, op, &e);
	assert_int_equal(e.result.outcome, OUT_RETURN);
	assert_true(boot_model.selfcheck(&room));
	assert_false(boot_model.noticed(&room));
	return op + 1 + op->nr_tokens;
}

#define ENTRY(at, bytes, t)	{ .id = B_ENTRY, .arg = { at, bytes, t } }
#define RESERVE(at)		{ .id = B_RESERVE, .arg = { at, PAGE } }

/* Four slots: the fifth reservation doubles the table, its place is [4 KiB, 8 KiB). */
static const struct op doubled[] = {
	{ .id = B_FIRMWARE, .nr_tokens = 2, .arg = { 2 } },
	ENTRY(K(8), PAGE, E820_T_RESERVED_KERN), ENTRY(PAGE, K(128), E820_T_RAM),
	{ .id = B_BOTTOM_UP, .arg = { 1 } }, { .id = B_SETUP },
	RESERVE(0), RESERVE(K(16)), RESERVE(K(32)), RESERVE(K(64)), RESERVE(K(128)),
};

static void boot(uint32_t version)
{
	const struct model_setup setup = {
		.config = &boot_configs[BOOT_SMALL], .version = version,
	};

	boot_model.init(&room, &setup);
	for (const struct op *op = doubled; op < doubled + ARRAY_SIZE(doubled);)
		op = run(op);
	assert_int_equal(e.rows.table[B_OWN].nr, 1);
	assert_int_equal(e.rows.table[B_OWN].rows[0].start, PAGE);
}

static void change(uint64_t start, uint64_t size)
{
	const struct op op = {
		.id = B_UPDATE, .arg = { start, size, E820_T_RAM, E820_T_SOFT_RESERVED },
	};

	run(&op);
}

static uint64_t again_and_handoff(void)
{
	static const struct op setup = { .id = B_SETUP }, handoff = { .id = B_HANDOFF };

	run(&setup);
	run(&handoff);
	return e.result.value;
}

static bool led(void)
{
	return ((const struct boot_state *)&room)->owners.led;
}

/* The table's own page becomes soft-reserved; more such ranges make it move: its page is free. */
static void a_table_moves_away_from_soft_reserved_memory(void **state)
{
	(void)state;
	for (uint32_t version = 0x060100; version <= 0x060c00; version += 0xb00) {
		boot(version);
		change(0, K(128));
		assert_int_equal(again_and_handoff(), 1);
		assert_int_equal(e.rows.table[B_PAGES].nr, 1);
		assert_int_equal(e.rows.table[B_PAGES].rows[0].start, PAGE);
		assert_true(led());
	}
}

/* Where no table moves both layers go on, whatever is soft-reserved. */
static void a_table_that_stays(void **state)
{
	(void)state;
	boot(0x060c00);
	change(PAGE, PAGE);
	/* four of the reservations and the table are in memory: five of its 32 pages */
	assert_int_equal(again_and_handoff(), 32 - 5);
	assert_false(led());
}

/* "alloc_reserved: what is found is RAM of the map no more", be it in several entries or in one */
static void ram_that_is_told_twice(void **state)
{
	static const struct op ops[] = {
		{ .id = B_RESERVE, .arg = { 0, K(64) } },
		{ .id = B_FIRMWARE, .nr_tokens = 2, .arg = { 2 } },
		ENTRY(0, K(640), E820_T_RAM), ENTRY(K(1024), K(1024), E820_T_RAM),
		{ .id = B_SETUP },
		{ .id = B_FIRMWARE, .nr_tokens = 2, .arg = { 2 } },
		ENTRY(0, K(640), E820_T_RAM), ENTRY(K(1024), K(1024), E820_T_RAM),
		{ .id = B_ALLOC_RESERVED, .arg = { PAGE, 64 } }, { .id = B_HANDOFF },
	};
	const struct model_setup setup = {
		.config = &boot_configs[BOOT_NORMAL], .version = 0x020622,
	};

	(void)state;
	boot_model.init(&room, &setup);
	for (const struct op *op = ops; op < ops + ARRAY_SIZE(ops);) {
		op = run(op);
		assert_false(e.cut);
	}
	assert_true(e.result.value);
}

/* Setup doubles both tables: that of memory comes to lie where that of reservations was. */
static void both_tables_move(void **state)
{
	static const struct op ops[] = {
		{ .id = B_BOTTOM_UP, .arg = { 1 } },
		{ .id = B_FIRMWARE, .nr_tokens = 3, .arg = { 3 } },
		ENTRY(0, PAGE, E820_T_RAM), ENTRY(K(8), K(8), E820_T_RAM),
		ENTRY(-0x18f4ull, 0x18f4, E820_T_SOFT_RESERVED), { .id = B_SETUP },
		RESERVE(K(512)), RESERVE(K(1024)), { .id = B_RESERVE, .arg = { 0, K(8) } },
		RESERVE(K(2048)), RESERVE(K(32)), RESERVE(K(64)),
		{ .id = B_FREE, .arg = { 1ull << 63, 1ull << 63 } }, RESERVE(1ull << 63),
		RESERVE(K(128)), RESERVE(K(256)), RESERVE(K(4096)), RESERVE(K(8192)),
		RESERVE(K(16384)), RESERVE(K(32768)), RESERVE(K(65536)), RESERVE(K(131072)),
		{ .id = B_FIRMWARE, .nr_tokens = 2, .arg = { 2 } },
		ENTRY(0, K(32), E820_T_RAM), ENTRY(0, K(64), E820_T_RAM),
		{ .id = B_NODE, .arg = { 0, 0, PAGE } }, { .id = B_SETUP },
	};
	static const struct op handoff = { .id = B_HANDOFF };
	const struct model_setup setup = {
		.config = &boot_configs[BOOT_SMALL], .version = 0x060c00,
	};

	(void)state;
	boot_model.init(&room, &setup);
	for (const struct op *op = ops; op < ops + ARRAY_SIZE(ops);)
		op = run(op);
	assert_int_equal(e.rows.table[B_OWN].nr, 2);
	assert_int_equal(e.rows.table[B_OWN].rows[0].start, K(12));
	assert_int_equal(e.rows.table[B_OWN].rows[1].start, K(8));
	run(&handoff);
	/* of 16 pages all but both tables, the reserved two below 8 KiB, and that at 32 KiB */
	assert_int_equal(e.result.value, 16 - 2 - 2 - 1);
	assert_int_equal(e.rows.table[B_PAGES].nr, 2);
	assert_int_equal(e.rows.table[B_PAGES].rows[0].start, K(16));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_moves_away_from_soft_reserved_memory),
		cmocka_unit_test(a_table_that_stays),
		cmocka_unit_test(ram_that_is_told_twice),
		cmocka_unit_test(both_tables_move),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

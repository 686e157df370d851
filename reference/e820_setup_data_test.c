// SPDX-License-Identifier: GPL-2.0-only
/*
 * The e820 model: chains of setup_data, blocks too long to be read, and the end of the init
 * sections. Above each case stands how its expectation follows from the contract; ranges are
 * [start, end).
 */
#include "e820_cases.h"

#define MID	0x60100		/* kexec changes, too */
#define IND	E820_SETUP_INDIRECT
#define DTB	E820_SETUP_DTB
#define NVS_T	E820_T_NVS

#define DATA_SETUP(back, tokens) \
	{ .id = E820_RESERVE_SETUP_DATA, .nr_tokens = tokens, .arg = { back } }
#define DATA(at, type, len)	{ .id = E820_DATA, .arg = { at, type, len } }
#define INDIRECT(type, addr, size) { .id = E820_INDIRECT, .arg = { type, addr, size } }
#define LONG(len)		{ .id = E820_EXTEND_LONG, .arg = { len } }
#define REALLOCATE		{ .id = E820_REALLOCATE_TABLES }
#define LINE(start, size, type, to)	{ start, size, type, to }

/* main, kexec and firmware: RAM [0, 1M) and ACPI [1M, 2M) */
#define WORLD	MEMORY_SETUP(2, 0, 0, 2), ENTRY(0, M, RAM), ENTRY(M, M, ACPI)

static const struct test_case cases[] = {
	/* [4K, 4K + 16 + 240) */
	{ "one node", NEW, E820_MAIN, { WORLD, DATA_SETUP(0, 1), DATA(4 * K, DTB, 240) }, 4,
	  { { 0, 4 * K, RAM, 0 }, { 4 * K, 256, KERN, 0 }, { 4 * K + 256, M - 4 * K - 256, RAM, 0 },
	    { M, M, ACPI, 0 } }, 0, LEGAL, false },
	/* a line for the node, then main, where RESERVED_KERN reads as RAM */
	{ "printed", NEW, E820_PRINTED, { WORLD, DATA_SETUP(0, 1), DATA(4 * K, DTB, 240) }, 5,
	  { LINE(4 * K, 256, RAM, RAM), { 0, 4 * K, RAM, 0 }, { 4 * K, 256, RAM, 0 },
	    { 4 * K + 256, M - 4 * K - 256, RAM, 0 }, { M, M, ACPI, 0 } }, 0, LEGAL, false },
	{ "no node", NEW, E820_PRINTED, { WORLD, DATA_SETUP(0, 0) }, 0, { { 0 } }, 0, LEGAL, false },
	/* an entry of its own is not updated: one entry is refused */
	{ "all of main", NEW, E820_MAIN,
	  { ADD(4 * K, 256, RAM), DATA_SETUP(0, 1), DATA(4 * K, DTB, 240) }, 1,
	  { { 4 * K, 256, KERN, 0 } }, 0, LEGAL, false },
	/* [4K, 4K + 256) of ACPI is nobody's to change */
	{ "not RAM", NEW, E820_MAIN,
	  { ADD(0, M, ACPI), DATA_SETUP(0, 1), DATA(4 * K, DTB, 240) }, 1, { { 0, M, ACPI, 0 } }, 0,
	  FIRMWARE, false },
	/* the second one begins in the first one's 40 bytes: there is none; its length neither */
	{ "nodes that share bytes", NEW, E820_MAIN,
	  { ADD(0, M, RAM), ADD(M, M, ACPI), DATA_SETUP(0, 2), DATA(4 * K, DTB, 0),
	    DATA(4 * K + 39, DTB, 240) }, 4,
	  { { 0, 4 * K, RAM, 0 }, { 4 * K, 16, KERN, 0 }, { 4 * K + 16, M - 4 * K - 16, RAM, 0 },
	    { M, M, ACPI, 0 } }, 0, LEGAL, false },
	/* 40 bytes on there is: [4K, 4K + 40) and [4K + 40, 4K + 80) */
	{ "nodes side by side", NEW, E820_MAIN,
	  { ADD(0, M, RAM), ADD(M, M, ACPI), DATA_SETUP(0, 2), DATA(4 * K, DTB, 24),
	    DATA(4 * K + 40, DTB, 24) }, 4,
	  { { 0, 4 * K, RAM, 0 }, { 4 * K, 80, KERN, 0 }, { 4 * K + 80, M - 4 * K - 80, RAM, 0 },
	    { M, M, ACPI, 0 } }, 0, LEGAL, false },
	{ "nodes that overlap", NEW, E820_MAIN,
	  { ADD(0, M, RAM), ADD(M, M, ACPI), DATA_SETUP(0, 2), DATA(4 * K, DTB, 25),
	    DATA(4 * K + 40, DTB, 24) }, 4,
	  { { 0, 4 * K, RAM, 0 }, { 4 * K, 80, KERN, 0 }, { 4 * K + 80, M - 4 * K - 80, RAM, 0 },
	    { M, M, ACPI, 0 } }, 0, FIRMWARE, false },
	/* [4K, 4K + 40) and [8K, 12K) */
	{ "indirect", NEW, E820_MAIN,
	  { ADD(0, M, RAM), DATA_SETUP(0, 2), DATA(4 * K, IND, 24),
	    INDIRECT(IND | DTB, 8 * K, 4 * K) },
	  5,
	  { { 0, 4 * K, RAM, 0 }, { 4 * K, 40, KERN, 0 }, { 4 * K + 40, 4 * K - 40, RAM, 0 },
	    { 8 * K, 4 * K, KERN, 0 }, { 12 * K, M - 12 * K, RAM, 0 } }, 0, LEGAL, false },
	/* an indirect one that names an indirect one names nothing */
	{ "indirect twice", NEW, E820_MAIN,
	  { ADD(0, M, RAM), DATA_SETUP(0, 2), DATA(4 * K, IND, 24), INDIRECT(IND, 8 * K, 4 * K) },
	  3,
	  { { 0, 4 * K, RAM, 0 }, { 4 * K, 40, KERN, 0 }, { 4 * K + 40, M - 4 * K - 40, RAM, 0 } },
	  0, FIRMWARE, false },
	/* a type alone is not what boot.rst asks for; it names what it names */
	{ "indirect, of a plain type", NEW, E820_MAIN,
	  { ADD(0, M, RAM), DATA_SETUP(0, 2), DATA(4 * K, IND, 24), INDIRECT(DTB, 8 * K, 4 * K) },
	  5,
	  { { 0, 4 * K, RAM, 0 }, { 4 * K, 40, KERN, 0 }, { 4 * K + 40, 4 * K - 40, RAM, 0 },
	    { 8 * K, 4 * K, KERN, 0 }, { 12 * K, M - 12 * K, RAM, 0 } }, 0, FIRMWARE, false },
	/* a node whose type has more bits than the one is not indirect */
	{ "a node of an indirect type", NEW, E820_MAIN,
	  { ADD(0, M, RAM), DATA_SETUP(0, 2), DATA(4 * K, IND | DTB, 24),
	    INDIRECT(IND | DTB, 8 * K, 4 * K) }, 3,
	  { { 0, 4 * K, RAM, 0 }, { 4 * K, 40, KERN, 0 }, { 4 * K + 40, M - 4 * K - 40, RAM, 0 } },
	  0, FIRMWARE, false },
	/* a node of another type names nothing, whatever its payload says */
	{ "payload of another type", NEW, E820_MAIN,
	  { ADD(0, M, RAM), DATA_SETUP(0, 2), DATA(4 * K, DTB, 24), INDIRECT(DTB, 8 * K, 4 * K) },
	  3,
	  { { 0, 4 * K, RAM, 0 }, { 4 * K, 40, KERN, 0 }, { 4 * K + 40, M - 4 * K - 40, RAM, 0 } },
	  0, LEGAL, false },
	/* without a token the payload is 0: [0, 0), of which a line is printed */
	{ "no payload", NEW, E820_PRINTED,
	  { ADD(0, M, RAM), DATA_SETUP(0, 1), DATA(0x80000, IND, 24) }, 5,
	  { LINE(0x80000, 40, RAM, RAM), LINE(0, 0, RAM, RAM), { 0, 0x80000, RAM, 0 },
	    { 0x80000, 40, RAM, 0 }, { 0x80028, 0x7ffd8, RAM, 0 } }, 0, FIRMWARE, false },
	/* 64 pages can be mapped: 16 + 0x3fff0 bytes from a page's start on */
	{ "the largest indirect one", NEW, E820_MAIN,
	  { ADD(0, M, RAM), DATA_SETUP(0, 2), DATA(0x1000, IND, 0x3fff0),
	    INDIRECT(DTB, 0x80000, 0x80000) }, 4,
	  { { 0, 0x1000, RAM, 0 }, { 0x1000, 0x40000, KERN, 0 }, { 0x41000, 0x3f000, RAM, 0 },
	    { 0x80000, 0x80000, KERN, 0 } }, 0, FIRMWARE, false },
	/* a byte more cannot: the node is reserved, what it names is not, nor is main updated */
	{ "too large an indirect one", NEW, E820_MAIN,
	  { ADD(0, M, RAM), DATA_SETUP(0, 3), DATA(0x1000, IND, 0x3fff1),
	    INDIRECT(DTB, 0x80000, 0x80000), DATA(0xa0000, DTB, 0) }, 3,
	  { { 0, 0x1000, RAM, 0 }, { 0x1000, 0x40001, KERN, 0 }, { 0x41001, 0xbefff, RAM, 0 } }, 0,
	  FIRMWARE, false },
	/* 16 + 2^32 - 16 is 0 in 32 bits; main ends below the node's end, and comes before */
	{ "an indirect one of no length", NEW, E820_MAIN,
	  { ADD(0, M, RAM), DATA_SETUP(0, 1), DATA(0x1000, IND, 0xfffffff0) }, 2,
	  { { 0, 0x1000, RAM, 0 }, { 0x1000, 0xff000, KERN, 0 } }, 0, FIRMWARE, false },
	/* 16 + 2^32 - 1 is 15 in 32 bits, which can be mapped, but holds no payload */
	{ "an indirect one of 15 bytes", NEW, E820_MAIN,
	  { ADD(0, M, RAM), DATA_SETUP(0, 2), DATA(0x1000, IND, 0xffffffff),
	    INDIRECT(DTB, 0, 0x1000) }, 2,
	  { { 0, 0x1000, RAM, 0 }, { 0x1000, 0xff000, KERN, 0 } }, 0, FIRMWARE, false },
	/* 23 bytes are no struct setup_indirect: [4K, 4K + 39), and no line for what it names */
	{ "an indirect one of 39 bytes", NEW, E820_PRINTED,
	  { ADD(0, 4 * K, RAM), ADD(4 * K, 39, RAM), DATA_SETUP(0, 2), DATA(4 * K, IND, 23),
	    INDIRECT(DTB, 0, 0x1000) }, 3,
	  { LINE(4 * K, 39, RAM, RAM), { 0, 4 * K, RAM, 0 }, { 4 * K, 39, RAM, 0 } }, 0, FIRMWARE,
	  false },
	/* beyond the chain: the node before is reserved, no table is updated, nothing printed */
	{ "back to nowhere", NEW, E820_PRINTED,
	  { ADD(0, M, RAM), DATA_SETUP(2, 1), DATA(4 * K, DTB, 240) }, 1,
	  { LINE(4 * K, 256, RAM, RAM) }, 0, FIRMWARE, false },
	{ "nowhere without nodes", NEW, E820_PRINTED, { ADD(0, M, RAM), DATA_SETUP(2, 0) }, 0,
	  { { 0 } }, 0, FIRMWARE, false },
	/* strictly, a chain that comes back is reserved once */
	{ "back to a node", NEW, E820_MAIN,
	  { ADD(0, M, RAM), DATA_SETUP(1, 1), DATA(4 * K, DTB, 240) }, 3,
	  { { 0, 4 * K, RAM, 0 }, { 4 * K, 256, KERN, 0 },
	    { 4 * K + 256, M - 4 * K - 256, RAM, 0 } }, 0, FIRMWARE, false },

	/* kexec: not touched; once like main, but for what is for this kernel */
	{ "kexec is left", NEW, E820_KEXEC, { WORLD, DATA_SETUP(0, 1), DATA(4 * K, DTB, 240) }, 2,
	  { { 0, M, RAM, 0 }, { M, M, ACPI, 0 } }, 0, LEGAL, false },
	{ "kexec", MID, E820_KEXEC, { WORLD, DATA_SETUP(0, 1), DATA(4 * K, DTB, 240) }, 4,
	  { { 0, 4 * K, RAM, 0 }, { 4 * K, 256, KERN, 0 }, { 4 * K + 256, M - 4 * K - 256, RAM, 0 },
	    { M, M, ACPI, 0 } }, 0, LEGAL, false },
	/* main has 8 entries then, which fit */
	{ "kexec: EFI, IMA, RNG_SEED", MID, E820_KEXEC,
	  { WORLD, DATA_SETUP(0, 3), DATA(4 * K, E820_SETUP_EFI, 240),
	    DATA(8 * K, E820_SETUP_IMA, 240), DATA(12 * K, E820_SETUP_RNG_SEED, 240) }, 2,
	  { { 0, M, RAM, 0 }, { M, M, ACPI, 0 } }, 0, LEGAL, false },
	/* main's line, then kexec's: the node, what it names; a seed is main's alone; main */
	{ "kexec: printed", MID, E820_PRINTED,
	  { ADD(4 * K, 8 * K, RAM), DATA_SETUP(0, 3), DATA(4 * K, IND, 4 * K - 16),
	    INDIRECT(DTB, 8 * K, 256), DATA(8 * K + 256, E820_SETUP_RNG_SEED, 4 * K - 272) }, 6,
	  { LINE(4 * K, 4 * K, RAM, RAM), LINE(4 * K, 4 * K, RAM, RAM),
	    LINE(8 * K, 256, RAM, RAM), LINE(8 * K, 256, RAM, RAM),
	    LINE(8 * K + 256, 4 * K - 256, RAM, RAM), { 4 * K, 8 * K, RAM, 0 } }, 0, FIRMWARE,
	  false },

	{ "extend_long", NEW, E820_MAIN, { ADD(0, M, RAM), LONG(7) }, 1, { { 0, M, RAM, 0 } }, 0,
	  FIRMWARE, false },

	{ "reallocate_tables", NEW, E820_MAIN, { ADD(0, M, RAM), REALLOCATE }, 1,
	  { { 0, M, RAM, 0 } }, 0, LEGAL, false },
	{ "reallocated: no more entries", NEW, E820_MAIN, { ADD(0, M, RAM), REALLOCATE,
	  ADD(M, M, RAM) }, 1, { { 0, M, RAM, 0 } }, 0, MISUSE, false },
	{ "reallocated: nothing printed", NEW, E820_PRINTED, { ADD(0, M, RAM), REALLOCATE, PRINT },
	  0, { { 0 } }, 0, MISUSE, false },
	{ "reallocated: no BUG", NEW, E820_MAIN, { REALLOCATE, UPDATE(0, 1, RAM, RAM) }, 0,
	  { { 0 } }, 0, MISUSE, false },
	{ "reallocated twice", NEW, E820_MAIN, { REALLOCATE, REALLOCATE }, 0, { { 0 } }, 0, MISUSE,
	  false },
	{ "reallocated: no end of RAM", NEW, E820_MAIN, { ADD(0, M, RAM), REALLOCATE, END_PFN }, 1,
	  { { 0, M, RAM, 0 } }, 0, MISUSE, false },
	{ "reallocated: mapped_any", NEW, E820_MAIN, { ADD(0, M, RAM), REALLOCATE, ANY(0, 1, RAM) },
	  1, { { 0, M, RAM, 0 } }, 1, LEGAL, false },
	{ "reallocated: mapped_raw_any", NEW, E820_FIRMWARE,
	  { WORLD, REALLOCATE, RAW_ANY(M, M + 1, ACPI) }, 2,
	  { { 0, M, RAM, 0 }, { M, M, ACPI, 0 } }, 1, LEGAL, false },
	{ "reallocated: get_entry_type", NEW, E820_MAIN,
	  { ADD(0, M, ACPI), REALLOCATE, TYPE_OF(0, 1) }, 1, { { 0, M, ACPI, 0 } }, 3, LEGAL,
	  false },
	{ "reallocated: mapped_all", NEW, E820_MAIN, { ADD(0, M, RAM), REALLOCATE, ALL(0, 1, RAM) },
	  1, { { 0, M, RAM, 0 } }, 0, MISUSE, false },
};

/* Ops of which the last one is not to be run where the quirk is, and changes nothing then. */
static const struct {
	const char *id;
	struct op before[TEST_OPS], op[TEST_OPS], near[TEST_OPS];
} avoided[] = {
	{ "e820-setup-data-cycle", { ADD(0, M, RAM) }, { DATA_SETUP(1, 1), DATA(4 * K, DTB, 0) },
	  { DATA_SETUP(2, 1), DATA(4 * K, DTB, 0) } },
	{ "e820-setup-data-cycle", { ADD(0, M, RAM) },
	  { DATA_SETUP(2, 2), DATA(4 * K, DTB, 0), DATA(8 * K, DTB, 0) },
	  { DATA_SETUP(0, 2), DATA(4 * K, DTB, 0), DATA(8 * K, DTB, 0) } },
	/* the chain ends before it comes back */
	{ "e820-setup-data-cycle", { ADD(0, M, RAM) },
	  { DATA_SETUP(1, 1), DATA(4 * K, IND, 0x3eff0) },
	  { DATA_SETUP(1, 1), DATA(4 * K, IND, 0x3fff1) } },
	/*
	 * the payload begins on the next page; its last byte would; of an indirect one the type is
	 * read
	 */
	{ "e820-indirect-unmapped", { ADD(0, M, RAM) }, { DATA_SETUP(0, 1), DATA(8 * K - 16, IND, 0) },
	  { DATA_SETUP(0, 1), DATA(8 * K - 16, IND, 1) } },
	{ "e820-indirect-unmapped", { ADD(0, M, RAM) },
	  { DATA_SETUP(0, 3), DATA(4 * K, DTB, 0), DATA(8 * K - 39, IND, 23), INDIRECT(DTB, 0, K) },
	  { DATA_SETUP(0, 3), DATA(4 * K, DTB, 0), DATA(8 * K - 39, IND, 24),
	    INDIRECT(DTB, 0, K) } },
	{ "e820-indirect-unmapped", { ADD(0, M, RAM) },
	  { DATA_SETUP(0, 2), DATA(8 * K - 19, IND, 3), INDIRECT(IND, 0, K) },
	  { DATA_SETUP(0, 2), DATA(8 * K - 20, IND, 3), INDIRECT(IND, 0, K) } },
	/* the chain ends before it comes there */
	{ "e820-indirect-unmapped", { ADD(0, M, RAM) },
	  { DATA_SETUP(0, 2), DATA(4 * K, IND, 0x3eff0), DATA(8 * K - 39, IND, 23) },
	  { DATA_SETUP(0, 2), DATA(4 * K, IND, 0x3fff1), DATA(8 * K - 39, IND, 23) } },
	{ "e820-extend-unmappable", { ADD(0, M, RAM) }, { LONG(0) }, { ADD(0, 1, RAM) } },
};

static void avoided_ops_change_nothing(void **state)
{
	struct expect e;

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(avoided); i++) {
		uint64_t quirk = 1ULL << model_quirk_by_id(&e820_model, avoided[i].id);
		static const struct row ram = { 0, M, RAM, 0 };

		assert_true(model_quirks_for(&e820_model, NEW) & quirk);
		assert_true(model_quirks_for(&e820_model, MID) & quirk);
		init_model(NEW, quirk);
		run_ops(avoided[i].before, &e);
		e820_model.step(&room, avoided[i].op, &e);
		assert_true(e.avoid);
		assert_int_equal(e.fired, quirk);
		assert_int_equal(e.legality, FIRMWARE);
		assert_rows(&e.rows.table[E820_MAIN], &ram, 1);
		assert_layers_agree(&e);
		run_ops(avoided[i].near, &e);
		assert_int_equal(e.fired, 0);
	}
}

/* Kernels take the bytes behind the 39 that are mapped for the last one of the payload. */
static void short_payload_is_read(void **state)
{
	static const struct op ops[TEST_OPS] = {
		ADD(0, 4 * K, RAM), ADD(4 * K, 39, RAM), DATA_SETUP(0, 2), DATA(4 * K, IND, 23),
		INDIRECT(DTB, 0, 4 * K),
	};
	static const struct op near[TEST_OPS] = {
		ADD(0, 4 * K, RAM), ADD(4 * K, 40, RAM), DATA_SETUP(0, 2), DATA(4 * K, IND, 24),
		INDIRECT(DTB, 0, 4 * K),
	};
	static const struct row got = { 0, 4 * K + 39, KERN, 0 };
	uint64_t quirk = 1ULL << model_quirk_by_id(&e820_model, "e820-indirect-short");
	struct expect e;

	(void)state;
	assert_true(model_quirks_for(&e820_model, NEW) & model_quirks_for(&e820_model, MID) &
		    quirk);
	init_model(NEW, quirk);
	run_ops(ops, &e);
	assert_int_equal(e.fired, quirk);
	assert_int_equal(e.legality, FIRMWARE);
	assert_rows(&e.rows.table[E820_MAIN], &got, 1);
	assert_layers_agree(&e);
	init_model(NEW, quirk);
	run_ops(near, &e);
	assert_int_equal(e.fired, 0);
}

/* Eight slots; a node in RAM needs two: what is not there is still owed, by both layers' halves. */
static void full_table_is_a_loss(void **state)
{
	static const struct op fill[TEST_OPS] = {
		ADD(0, M, RAM), ADD(2 * M, 1, 2), ADD(3 * M, 1, 2), ADD(4 * M, 1, 2),
		ADD(5 * M, 1, 2), ADD(6 * M, 1, 2), ADD(7 * M, 1, 2), DATA_SETUP(0, 2),
		DATA(4 * K, DTB, 240), DATA(8 * K, DTB, 240),
	};
	struct expect e;

	(void)state;
	init_model(NEW, 0);
	run_ops(fill, &e);
	assert_int_equal(e.legality, FIRMWARE);
	assert_int_equal(e.result.said, SAID_ERROR);
	assert_int_equal(e820_model.cover(&room, E820_MAIN, 4 * K, KERN), 1);
	assert_int_equal(e820_model.cover(&room, E820_MAIN, 8 * K, KERN), 1);
	assert_int_equal(e820_model.cover(&room, E820_MAIN, M - 1, RAM), 1);
	assert_int_not_equal(e.sum[E820_MAIN], e.row_sum[E820_MAIN]);
	init_model(NEW, UINT64_MAX);
	run_ops(fill, &e);
	assert_int_equal(e.fired, 1ULL << model_quirk_by_id(&e820_model, "e820-update-full"));
	assert_layers_agree(&e);
}

/* What the table may change, and that a node which cannot be read is told. */
static void frames_and_words(void **state)
{
	static const struct op good[TEST_OPS] = { DATA_SETUP(0, 1), DATA(4 * K, DTB, 240) };
	static const struct op bad[TEST_OPS] = { DATA_SETUP(9, 1), DATA(4 * K, DTB, 240) };
	struct expect e;

	(void)state;
	init_model(MID, 0);
	run_ops(good, &e);
	assert_int_equal(e.may_change, 1 << E820_MAIN | 1 << E820_KEXEC);
	assert_int_equal(e.result.said, 0);
	init_model(NEW, 0);
	run_ops(good, &e);
	assert_int_equal(e.may_change, 1 << E820_MAIN);
	run_ops(bad, &e);
	assert_int_equal(e.may_change, 1 << E820_MAIN);
	assert_int_equal(e.result.said, SAID_WARNING);
}

int main(void)
{
	static struct CMUnitTest tests[ARRAY_SIZE(cases) + 4];
	unsigned int n = case_tests(tests, cases, ARRAY_SIZE(cases), NULL, 0);

	tests[n++] = (struct CMUnitTest)cmocka_unit_test(avoided_ops_change_nothing);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(short_payload_is_read);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(full_table_is_a_loss);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(frames_and_words);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

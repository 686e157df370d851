// SPDX-License-Identifier: GPL-2.0-only
/* The e820 model's answers, reports and quirks, case by case. */
#include "e820_testing.h"

#define PAGES(n)	((n) * 4096ULL)
#define EINVAL_		((uint64_t)-22)

/**
 * struct answer - a query at the end of some ops
 * @value: the answer
 * @open: the contract fixes none; @value is the prediction
 */
struct answer {
	const char *name;
	struct op ops[TEST_OPS];
	uint64_t value;
	bool open;
	enum legality legality;
};

static const struct answer answers[] = {
	/* RAM [10, 20) and [15, 25) meet in [15, 20) */
	{ "any", { ADD(10, 10, RAM), ANY(15, 25, RAM) }, 1, false, LEGAL },
	{ "any, of any type", { ADD(10, 10, RAM), ANY(15, 25, 0) }, 1, false, LEGAL },
	{ "any, of another type", { ADD(10, 10, RAM), ANY(15, 25, ACPI) }, 0, false, LEGAL },
	/* [20, 30) only touches */
	{ "any, above", { ADD(10, 10, RAM), ANY(20, 30, RAM) }, 0, false, LEGAL },
	{ "any, below", { ADD(10, 10, RAM), ANY(0, 10, RAM) }, 0, false, LEGAL },
	{ "any, the top", { ADD(HALF, HALF, RAM), ANY(TOP - 1, TOP, RAM) }, 1, false, LEGAL },
	{ "any, an empty entry", { ADD(15, 0, RAM), ANY(10, 20, RAM) }, 0, false, LEGAL },
	{ "any, inverted", { ADD(10, 10, RAM), ANY(30, 20, RAM) }, 0, true, MISUSE },
	/* raw asks the firmware's table, which is empty until it is a copy of main */
	{ "raw_any, no copy yet", { ADD(10, 10, RAM), RAW_ANY(0, 100, RAM) }, 0, false, LEGAL },
	{ "raw_any", { ADD(10, 10, RAM), EXTEND(0, 0), RAW_ANY(0, 100, RAM) }, 1, false, LEGAL },

	/* RAM [0, 10) ACPI [10, 20): together they cover [5, 15), no type alone does */
	{ "all, of any type", { ADD(0, 10, RAM), ADD(10, 10, ACPI), ALL(5, 15, 0) }, 1, false,
	  LEGAL },
	{ "all, of one type", { ADD(0, 10, RAM), ADD(10, 10, ACPI), ALL(5, 15, RAM) }, 0, false,
	  LEGAL },
	{ "all, exactly", { ADD(0, 10, RAM), ADD(10, 10, ACPI), ALL(0, 10, RAM) }, 1, false,
	  LEGAL },
	{ "all, one byte short", { ADD(0, 10, RAM), ALL(0, 11, RAM) }, 0, false, LEGAL },
	{ "all, a hole", { ADD(0, 10, RAM), ADD(11, 9, RAM), ALL(0, 20, RAM) }, 0, false, LEGAL },
	{ "all, the top", { ADD(HALF, HALF, RAM), ALL(HALF, TOP, RAM) }, 1, false, LEGAL },
	/* unsorted: the entries in their order do not complete the cover */
	{ "all, unsorted", { ADD(10, 10, RAM), ADD(0, 10, RAM), ALL(0, 20, RAM) }, 0, true,
	  MISUSE },

	{ "type", { ADD(0, 10, RAM), ADD(10, 10, ACPI), TYPE_OF(10, 20) }, ACPI, false, LEGAL },
	{ "type, none", { ADD(0, 10, RAM), TYPE_OF(5, 15) }, EINVAL_, false, LEGAL },
	{ "type, nothing at all", { TYPE_OF(5, 15) }, EINVAL_, false, LEGAL },
	/* an int is returned: a type with its highest bit set reads negative */
	{ "type, soft-reserved", { ADD(0, 10, SOFT), TYPE_OF(0, 10) }, 0xffffffffefffffff, false,
	  LEGAL },
	{ "type, two of them", { ADD(0, 10, RAM), ADD(10, 10, ACPI), TYPE_OF(5, 15) }, ACPI, true,
	  LEGAL },
	{ "type, overlapping", { ADD(0, 10, RAM), ADD(5, 10, ACPI), TYPE_OF(5, 10) }, RAM, true,
	  MISUSE },

	{ "end of nothing", { END_PFN }, 0, false, LEGAL },
	{ "end", { ADD(0, PAGES(16), RAM), ADD(PAGES(32), PAGES(1), ACPI), END_PFN }, 33, false,
	  LEGAL },
	/* 16 pages and a half: the half does not count */
	{ "end, half a page", { ADD(0, PAGES(16) + 2048, RAM), END_PFN }, 16, false, LEGAL },
	/* half a page of RAM only, at the end of a page: its end counts, if anything does */
	{ "end, no whole page", { ADD(PAGES(16) + 2048, 2048, RAM), END_PFN }, 17, true, LEGAL },
	/* two halves of different entries are a page */
	{ "end, two halves", { ADD(PAGES(16), 2048, RAM), ADD(PAGES(16) + 2048, 2048, ACPI),
	  END_PFN },
	  17, false, LEGAL },
	{ "end, at most 2^40", { ADD(0, HALF, RAM), END_PFN }, 1ULL << 40, false, LEGAL },
	{ "end, up to 2^64", { ADD(4096, 0 - 4096ULL, RAM), END_PFN }, 1ULL << 40, false, LEGAL },
	{ "end, beyond only", { ADD(HALF, 4096, RAM), END_PFN }, 0, false, LEGAL },
	{ "end, an empty entry", { ADD(PAGES(9), 0, RAM), END_PFN }, 0, false, LEGAL },
	/* below 4 GiB: entries above do not count, one across counts up to there */
	{ "low end", { ADD(0, PAGES(16), RAM), ADD(G4, PAGES(1), RAM), END_LOW_PFN }, 16, false,
	  LEGAL },
	{ "low end, across", { ADD(G4 - 4096, PAGES(2), RAM), END_LOW_PFN }, 1ULL << 20, false,
	  LEGAL },
};

static void check_answer(void **state)
{
	const struct answer *a = *state;
	struct expect e;

	init_model(0x60c00, 0);
	run_ops(a->ops, &e);
	assert_int_equal(e.fired, 0);
	assert_int_equal(e.result.value, a->value);
	assert_int_equal(e.value_rule, a->open ? VALUE_UNSPECIFIED : VALUE_EXACT);
	assert_int_equal(e.legality, a->legality);
	assert_layers_agree(&e);
}

/* 52 bits of a physical address since v4.13, 46 before; low RAM ends at 4 GiB all the same. */
static void address_bits_are_a_trait(void **state)
{
	static const struct op ops[TEST_OPS] = {
		ADD(0, PAGES(1ULL << 41), RAM), END_PFN,
	};
	static const struct op low[TEST_OPS] = {
		ADD(0, PAGES(1ULL << 41), RAM), END_LOW_PFN,
	};
	struct expect e;

	(void)state;
	for (int wide = 0; wide < 2; wide++) {
		init_model(wide ? 0x40d00 : 0x40cff, 0);
		run_ops(ops, &e);
		assert_int_equal(e.result.value, 1ULL << (wide ? 40 : 34));
		init_model(wide ? 0x40d00 : 0x40cff, 0);
		run_ops(low, &e);
		assert_int_equal(e.result.value, 1ULL << 20);
	}
}

/* ACPI tables count as RAM's end since v6.10. */
static void acpi_is_a_trait(void **state)
{
	static const struct op ops[TEST_OPS] = {
		ADD(0, PAGES(16), RAM), ADD(PAGES(32), PAGES(1), ACPI), END_PFN,
	};
	struct expect e;

	(void)state;
	init_model(0x60900, 0);
	run_ops(ops, &e);
	assert_int_equal(e.result.value, 16);
	init_model(0x60a00, 0);
	run_ops(ops, &e);
	assert_int_equal(e.result.value, 33);
}

/**
 * struct reported - a table of reports after some ops
 * @table: E820_PRINTED or E820_RECORDED
 */
struct reported {
	const char *name;
	struct op ops[TEST_OPS];
	unsigned int table, nr;
	struct row rows[TEST_ROWS];
};

static const struct reported reports[] = {
	{ "printed: update", { UPDATE(10, 20, RAM, ACPI) }, E820_PRINTED, 1, { { 10, 20, RAM,
	  ACPI } } },
	{ "printed: update_kexec", { UPDATE_KEXEC(10, 20, RAM, ACPI) }, E820_PRINTED, 1,
	  { { 10, 20, RAM, ACPI } } },
	/* the range as it is meant: to the end of the address space */
	{ "printed: beyond the end", { UPDATE(HALF, TOP, RAM, ACPI) }, E820_PRINTED, 1,
	  { { HALF, HALF, RAM, ACPI } } },
	{ "printed: remove", { REMOVE(10, 20, ACPI) }, E820_PRINTED, 1, { { 10, 20, ACPI, 0 } } },
	{ "printed: remove any", { REMOVE_ANY(10, 20) }, E820_PRINTED, 1, { { 10, 20, 0, 0 } } },
	/* RESERVED_KERN reads as RAM */
	{ "printed: the table", { ADD(10, 20, KERN), ADD(5, 0, ACPI), PRINT }, E820_PRINTED, 2,
	  { { 10, 20, RAM, 0 }, { 5, 0, ACPI, 0 } } },
	{ "printed: extend", { EXTEND(40, 2), ENTRY(10, 10, RAM), ENTRY(0, 10, RAM) },
	  E820_PRINTED, 1,
	  { { 0, 20, RAM, 0 } } },
	{ "printed: nothing, by the next op", { PRINT, ADD(1, 1, RAM) }, E820_PRINTED, 0,
	  { { 0 } } },
	{ "printed: alloc", { ALLOC(16, 16, 32) }, E820_PRINTED, 1, { { 32, 16, RAM, RESERVED } } },
	/* memblock: resize, RAM and RESERVED_KERN in order, soft-reserved, trim to pages, dump */
	{ "recorded: setup",
	  { ADD(100, 10, RAM), ADD(0, 10, RAM), ADD(50, 1, ACPI), ADD(60, 4, SOFT), ADD(70, 5,
	  KERN),
	    SETUP },
	  E820_RECORDED, 7,
	  { { 0, 0, E820_REC_RESIZE, 0 }, { 100, 10, E820_REC_ADD, 0 }, { 0, 10, E820_REC_ADD, 0 },
	    { 60, 4, E820_REC_RESERVE, 0 }, { 70, 5, E820_REC_ADD, 0 },
	    { 0, 4096, E820_REC_TRIM, 0 }, { 0, 0, E820_REC_DUMP, 0 } } },
	{ "recorded: alloc", { ALLOC(16, 64, 0) }, E820_RECORDED, 1,
	  { { 64, 16, E820_REC_PHYS_ALLOC, 0 } } },
};

static void check_report(void **state)
{
	const struct reported *r = *state;
	struct expect e;

	init_model(0x60c00, 0);
	run_ops(r->ops, &e);
	assert_rows(&e.rows.table[r->table], r->rows, r->nr);
	assert_layers_agree(&e);
}

/**
 * struct quirky - a known wrong behaviour
 * @id: of the quirk
 * @ops: the last one meets it
 * @value: returned with the quirk
 * @right: what the contract asks for
 * @rows: main with the quirk
 */
struct quirky {
	const char *id;
	struct op ops[TEST_OPS];
	uint64_t value, right;
	unsigned int nr;
	struct row rows[TEST_ROWS];
};

static const struct quirky quirky[] = {
	/* RAM [2^64 - 2, 2^64): [0, 2^64 - 1) becomes RES, the last byte stays RAM */
	{ "e820-wrap-last-byte", { ADD(TOP - 1, 2, RAM), UPDATE(TOP - 1, TOP, RAM, RESERVED) }, 1,
	  2, 2,
	  { { TOP, 1, RAM, 0 }, { TOP - 1, 1, RESERVED, 0 } } },
	/* RAM [2^63, 2^64) seems to end at 0: wholly inside [2^63, 2^63 + 16) */
	{ "e820-update-top-entry", { ADD(HALF, HALF, RAM), UPDATE(HALF, 16, RAM, RESERVED) },
	  HALF, 16,
	  1, { { HALF, HALF, RESERVED, 0 } } },
	/* the same entry seems to lie outside of [2^63 + 16, 2^63 + 32) */
	{ "e820-update-top-entry", { ADD(HALF, HALF, RAM), REMOVE(HALF + 16, 16, RAM) }, 0, 16, 1,
	  { { HALF, HALF, RAM, 0 } } },
	/* eight of eight slots: RES [40, 60) and RAM [60, 100) find none */
	{ "e820-update-full",
	  { ADD(0, 100, RAM), ADD(200, 1, 2), ADD(201, 1, 2), ADD(202, 1, 2), ADD(203, 1, 2),
	    ADD(204, 1, 2), ADD(205, 1, 2), ADD(206, 1, 2), UPDATE(40, 20, RAM, RESERVED) }, 20,
	  20, 8,
	  { { 0, 40, RAM, 0 }, { 200, 1, 2, 0 }, { 201, 1, 2, 0 }, { 202, 1, 2, 0 },
	    { 203, 1, 2, 0 }, { 204, 1, 2, 0 }, { 205, 1, 2, 0 }, { 206, 1, 2, 0 } } },
	/* RAM [0, 100) with holes of seven other entries: fifteen pieces, eight slots */
	{ "e820-update-table-full",
	  { ADD(0, 100, RAM), ADD(10, 1, 2), ADD(20, 1, 2), ADD(30, 1, 2), ADD(40, 1, 2),
	    ADD(50, 1, 2), ADD(60, 1, 2), ADD(70, 1, 2), UPDATE_TABLE(0) }, 0, 0, 8,
	  { { 0, 10, RAM, 0 }, { 10, 1, 2, 0 }, { 11, 9, RAM, 0 }, { 20, 1, 2, 0 },
	    { 21, 9, RAM, 0 }, { 30, 1, 2, 0 }, { 31, 9, RAM, 0 }, { 40, 1, 2, 0 } } },
	{ "e820-query-top-entry", { ADD(HALF, HALF, RAM), ANY(HALF, TOP, RAM) }, 0, 1, 1,
	  { { HALF, HALF, RAM, 0 } } },
	{ "e820-query-top-entry", { ADD(HALF, HALF, RAM), ALL(HALF, TOP, 0) }, 0, 1, 1,
	  { { HALF, HALF, RAM, 0 } } },
	{ "e820-query-top-entry", { ADD(HALF, HALF, RAM), TYPE_OF(HALF, TOP) }, EINVAL_, RAM, 1,
	  { { HALF, HALF, RAM, 0 } } },
	{ "e820-query-empty-entry", { ADD(15, 0, RAM), ANY(10, 20, RAM) }, 1, 0, 1,
	  { { 15, 0, RAM, 0 } } },
	{ "e820-pfn-top-entry", { ADD(4096, 0 - 4096ULL, RAM), END_PFN }, 0, 1ULL << 40, 1,
	  { { 4096, 0 - 4096ULL, RAM, 0 } } },
	{ "e820-pfn-empty-entry", { ADD(PAGES(9), 0, RAM), END_LOW_PFN }, 9, 0, 1,
	  { { PAGES(9), 0, RAM, 0 } } },
	/* RAM [2^63, 2^64) seems to overflow: it is dropped, and RAM [40, 50) behind it */
	{ "e820-append-top-entry",
	  { APPEND(3, 3), ENTRY(0, 10, RAM), ENTRY(HALF, HALF, RAM), ENTRY(40, 10, RAM) }, TOP, 0,
	  1, { { 0, 10, RAM, 0 } } },
	/* RAM [0, 100): an empty update at 40 splits it around an empty entry */
	{ "e820-empty-span", { ADD(0, 100, RAM), UPDATE(40, 0, RAM, RESERVED) }, 0, 0, 3,
	  { { 0, 40, RAM, 0 }, { 40, 0, RESERVED, 0 }, { 40, 60, RAM, 0 } } },
};

static void check_quirk(void **state)
{
	const struct quirky *q = *state;
	int bit = model_quirk_by_id(&e820_model, q->id);
	struct expect e;

	assert_true(bit >= 0);
	/* Switched off, and with all the others on: the contract. */
	init_model(0x60c00, ~(1ULL << bit));
	run_ops(q->ops, &e);
	assert_int_equal(e.result.value, q->right);
	assert_int_equal(e.fired & 1ULL << bit, 0);
	/* Switched on: what kernels do, in both layers. */
	init_model(0x60c00, 1ULL << bit);
	run_ops(q->ops, &e);
	assert_int_equal(e.result.value, q->value);
	assert_int_equal(e.fired, 1ULL << bit);
	assert_rows(&e.rows.table[E820_MAIN], q->rows, q->nr);
	assert_layers_agree(&e);
}

/* Every quirk has its case, here or, those of later ops, in e820_boot_test.c. */
static void every_quirk_is_tried(void **state)
{
	(void)state;
	for (int i = 0; i < model_quirk_by_id(&e820_model, "e820-gap-top-entry"); i++) {
		bool tried = false;

		for (unsigned int j = 0; j < ARRAY_SIZE(quirky); j++)
			tried |= !strcmp(quirky[j].id, e820_model.quirks[i].id);
		if (!tried)
			fail_msg("no case for %s", e820_model.quirks[i].id);
	}
}

/* All quirks on, and nothing that meets them: nothing fires. */
static void quirks_are_narrow(void **state)
{
	static const struct op ops[TEST_OPS] = {
		ADD(0, 100, RAM), ADD(200, 100, RAM), UPDATE(40, 20, RAM, RESERVED),
		REMOVE(220, 300, RAM), UPDATE_TABLE(0), ANY(0, 1000, 0), ALL(0, 100, 0),
		TYPE_OF(40, 60), END_PFN, END_LOW_PFN, EXTEND(0, 0), ALLOC(4, 4, 8),
	};
	struct expect e;

	(void)state;
	init_model(0x60c00, UINT64_MAX);
	for (unsigned int i = 0; i < ARRAY_SIZE(ops); i++) {
		e820_model.step(&room, &ops[i], &e);
		assert_int_equal(e.fired, 0);
		assert_layers_agree(&e);
	}
}

int main(void)
{
	static struct CMUnitTest
		tests[ARRAY_SIZE(answers) + ARRAY_SIZE(reports) + ARRAY_SIZE(quirky) + 4];
	unsigned int n = 0;

	for (unsigned int i = 0; i < ARRAY_SIZE(answers); i++)
		tests[n++] = (struct CMUnitTest){
			.name = answers[i].name, .test_func = check_answer,
			.initial_state = (void *)&answers[i],
		};
	for (unsigned int i = 0; i < ARRAY_SIZE(reports); i++)
		tests[n++] = (struct CMUnitTest){
			.name = reports[i].name, .test_func = check_report,
			.initial_state = (void *)&reports[i],
		};
	for (unsigned int i = 0; i < ARRAY_SIZE(quirky); i++)
		tests[n++] = (struct CMUnitTest){
			.name = quirky[i].id, .test_func = check_quirk,
			.initial_state = (void *)&quirky[i],
		};
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(address_bits_are_a_trait);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(acpi_is_a_trait);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(every_quirk_is_tried);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(quirks_are_narrow);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

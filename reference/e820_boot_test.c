// SPDX-License-Identifier: GPL-2.0-only
/*
 * The e820 model: where main comes from, and what others are told of it, case by case. Above each
 * case stands how its expectation follows from the contract; ranges are [start, end).
 */
#include "e820_cases.h"

static const struct test_case cases[] = {
	/* [0, 1G) and [2G, 3G): [1G, 2G) and [3G, 4G) are as large, the lowest counts */
	{ "gap: of two the lowest", NEW, E820_RECORDED,
	  { ADD(0, G, RAM), ADD(2 * G, G, RAM), GAP(0) }, 0, { { 0 } }, G, LEGAL, false },
	/* [0, 1G) and [1G + 4K, 3G): 4 KiB are none, [3G, 4G) is */
	{ "gap: too small", NEW, E820_RECORDED,
	  { ADD(0, G, RAM), ADD(G + 4 * K, 2 * G - 4 * K, ACPI), GAP(0) }, 0, { { 0 } }, 3 * G,
	  LEGAL, false },
	/* 4 MiB below 4 GiB are enough, a byte less is not: 5 pages and 1 MiB */
	{ "gap: 4 MiB", NEW, E820_RECORDED,
	  { ADD(0, 4 * G - 4 * M, RAM), GAP(5) }, 0, { { 0 } }, 4 * G - 4 * M, LEGAL, false },
	{ "gap: a byte less", NEW, E820_RECORDED,
	  { ADD(0, 4 * G - 4 * M + 1, RAM), GAP(5) }, 0, { { 0 } }, 0x105000, LEGAL, false },
	/* what lies before the first entry is no gap: 0 pages and 1 MiB */
	{ "gap: below the first entry", NEW, E820_RECORDED,
	  { ADD(2 * G, 2 * G, RAM), GAP(0) }, 0, { { 0 } }, M, LEGAL, false },
	/* nothing at all */
	{ "gap: no entry", NEW, E820_RECORDED, { GAP(1) }, 0, { { 0 } }, 0x101000, LEGAL, false },
	/* unsorted: from the last to the first, [1G, 4G), then [4G, ...) is above all */
	{ "gap: unsorted", NEW, E820_RECORDED,
	  { ADD(3 * G, G, RAM), ADD(0, G, RAM), GAP(0) }, 0, { { 0 } }, G, FIRMWARE, true },

	/* RAM [4K, 640K) [1M, 2M): pages 0, 0xa0 to 0xff, 0x200 to 0x2ff are none */
	{ "nosave", NEW, E820_RECORDED,
	  { ADD(4 * K, 636 * K, RAM), ADD(M, M, RAM), NOSAVE(0x300) }, 3,
	  { TOLD(0, 4 * K, NOSAVE), TOLD(640 * K, 384 * K, NOSAVE), TOLD(2 * M, M, NOSAVE) }, 0,
	  LEGAL, false },
	/* the limit inside RAM: the hole is told, nothing behind */
	{ "nosave: limit in RAM", NEW, E820_RECORDED,
	  { ADD(0, 640 * K, RAM), ADD(M, M, RAM), NOSAVE(0x180) }, 1,
	  { TOLD(640 * K, 384 * K, NOSAVE) }, 0, LEGAL, false },
	/* RAM [0, 0x1800), reserved [0x1800, 0x2000): page 1 is not saved, nor page 2 */
	{ "nosave: half a page", NEW, E820_RECORDED,
	  { ADD(0, 0x1800, RAM), ADD(0x1800, 0x800, RESERVED), NOSAVE(3) }, 1,
	  { TOLD(0x1000, 0x2000, NOSAVE) }, 0, LEGAL, false },
	/* RAM [0, 0x1800) and RESERVED_KERN [0x1800, 0x3000) are RAM without a hole */
	{ "nosave: reserved_kern", NEW, E820_RECORDED,
	  { ADD(0, 0x1800, RAM), ADD(0x1800, 0x1800, KERN), NOSAVE(3) }, 0, { { 0 } }, 0, LEGAL,
	  false },
	/* reserved memory alone */
	{ "nosave: no RAM", NEW, E820_RECORDED,
	  { ADD(0, 4 * K, RESERVED), NOSAVE(3) }, 1, { TOLD(0, 12 * K, NOSAVE) }, 0, LEGAL, false },
	/* entries in pairs: ACPI by itself, then the hole behind it; RAM is the last entry */
	{ "nosave: v2.6.34", OLD, E820_RECORDED,
	  { ADD(0, 4 * K, RAM), ADD(4 * K, 4 * K, ACPI), ADD(16 * K, 4 * K, RAM), NOSAVE(5) }, 2,
	  { TOLD(4 * K, 4 * K, NOSAVE), TOLD(8 * K, 8 * K, NOSAVE) }, 0, LEGAL, false },

	/* in the table's order */
	{ "nvs", NEW, E820_RECORDED,
	  { ADD(8 * K, 4 * K, E820_T_NVS), ADD(0, 4 * K, RAM), ADD(4 * K, 4 * K, E820_T_NVS), NVS },
	  2, { TOLD(8 * K, 4 * K, NVS), TOLD(4 * K, 4 * K, NVS) }, 0, LEGAL, false },

	/* RAM [0x800, 0x2800): page 1 of pages 0 to 3 */
	{ "hole_size: partial pages", OLD, E820_RECORDED,
	  { ADD(0x800, 0x2000, RAM), HOLE(0, 0x4000) }, 0, { { 0 } }, 0x3000, LEGAL, false },
	/* RAM [0, 1M): all of [4K, 8K) */
	{ "hole_size: none", OLD, E820_RECORDED, { ADD(0, M, RAM), HOLE(4 * K, 8 * K) }, 0, { { 0 } },
	  0, LEGAL, false },
	/* ACPI is no RAM */
	{ "hole_size: another type", OLD, E820_RECORDED,
	  { ADD(0, M, ACPI), HOLE(0, 8 * K) }, 0, { { 0 } }, 8 * K, LEGAL, false },
	/* RAM [0, 0x1800) [0x1800, 0x2000): entry by entry page 0; page 1 is of both: open */
	{ "hole_size: a page of two entries", OLD, E820_RECORDED,
	  { ADD(0, 0x1800, RAM), ADD(0x1800, 0x800, RAM), HOLE(0, 0x2000) }, 0, { { 0 } }, 0x1000,
	  LEGAL, true },
	{ "hole_size: no page's end", OLD, E820_RECORDED,
	  { ADD(0, M, RAM), HOLE(0, 0x1800) }, 0, { { 0 } }, 0x800, MISUSE, true },

	/* sorted, and ACPI cut out of RAM */
	{ "memory_setup", NEW, E820_MAIN,
	  { MEMORY_SETUP(2, 7, 7, 2), ENTRY(8 * K, 4 * K, ACPI), ENTRY(0, 16 * K, RAM) }, 3,
	  { { 0, 8 * K, RAM, 0 }, { 8 * K, 4 * K, ACPI, 0 }, { 12 * K, 4 * K, RAM, 0 } }, 0,
	  FIRMWARE, false },
	{ "memory_setup: kexec", NEW, E820_KEXEC,
	  { MEMORY_SETUP(2, 7, 7, 2), ENTRY(8 * K, 4 * K, ACPI), ENTRY(0, 8 * K, RAM) }, 2,
	  { { 0, 8 * K, RAM, 0 }, { 8 * K, 4 * K, ACPI, 0 } }, 0, LEGAL, false },
	{ "memory_setup: firmware", NEW, E820_FIRMWARE,
	  { MEMORY_SETUP(2, 7, 7, 2), ENTRY(8 * K, 4 * K, ACPI), ENTRY(0, 8 * K, RAM) }, 2,
	  { { 0, 8 * K, RAM, 0 }, { 8 * K, 4 * K, ACPI, 0 } }, 0, LEGAL, false },
	{ "memory_setup: no firmware table", OLD, E820_FIRMWARE,
	  { MEMORY_SETUP(2, 7, 7, 2), ENTRY(8 * K, 4 * K, ACPI), ENTRY(0, 8 * K, RAM) }, 0,
	  { { 0 } }, 0, LEGAL, false },
	/* one entry is no map: 640 KiB less a page, 16 KiB from 1 MiB on; what was there is gone */
	{ "memory_setup: sizes", NEW, E820_MAIN,
	  { ADD(8 * M, M, ACPI), MEMORY_SETUP(1, 8, 16, 1), ENTRY(0, M, RAM) }, 2,
	  { { 0, 0x9f000, RAM, 0 }, { M, 16 * K, RAM, 0 } }, 0, FIRMWARE, false },
	{ "memory_setup: the other size", NEW, E820_MAIN, { MEMORY_SETUP(0, 32, 16, 0) }, 2,
	  { { 0, 0x9f000, RAM, 0 }, { M, 32 * K, RAM, 0 } }, 0, FIRMWARE, false },
	/* an entry of size 0 vanishes in the update; v2.6.34 does not update main */
	{ "memory_setup: no sizes", NEW, E820_MAIN, { MEMORY_SETUP(0, 0, 0, 0) }, 1,
	  { { 0, 0x9f000, RAM, 0 } }, 0, FIRMWARE, false },
	{ "memory_setup: no sizes, v2.6.34", OLD, E820_KEXEC, { MEMORY_SETUP(0, 0, 0, 0) }, 2,
	  { { 0, 0x9f000, RAM, 0 }, { M, 0, RAM, 0 } }, 0, FIRMWARE, false },
	/* the third wraps: none is taken */
	{ "memory_setup: wraps", NEW, E820_MAIN,
	  { MEMORY_SETUP(3, 1, 1, 3), ENTRY(0, M, RAM), ENTRY(M, M, ACPI),
	    ENTRY(HALF, HALF + 1, RAM) },
	  2, { { 0, 0x9f000, RAM, 0 }, { M, K, RAM, 0 } }, 0, FIRMWARE, false },
	/* [0, 1M) + [1M, 2M) = [0, 2M): one entry, where that is counted after the update */
	{ "memory_setup: merged", NEW, E820_MAIN,
	  { MEMORY_SETUP(2, 1, 1, 2), ENTRY(0, M, RAM), ENTRY(M, M, RAM) }, 1,
	  { { 0, 2 * M, RAM, 0 } }, 0, LEGAL, false },
	{ "memory_setup: merged, v2.6.34", OLD, E820_MAIN,
	  { MEMORY_SETUP(2, 1, 1, 2), ENTRY(0, M, RAM), ENTRY(M, M, RAM) }, 2,
	  { { 0, 0x9f000, RAM, 0 }, { M, K, RAM, 0 } }, 0, FIRMWARE, false },
	/* main is updated with what stood there; v2.6.34 leaves that and updates the new */
	{ "memory_setup: twice", NEW, E820_MAIN,
	  { ADD(M, M, RAM), MEMORY_SETUP(2, 0, 0, 2), ENTRY(4 * M, M, ACPI), ENTRY(0, M, RAM) }, 2,
	  { { 0, 2 * M, RAM, 0 }, { 4 * M, M, ACPI, 0 } }, 0, LEGAL, false },
	{ "memory_setup: twice, v2.6.34", OLD, E820_MAIN,
	  { ADD(M, M, RAM), MEMORY_SETUP(2, 0, 0, 2), ENTRY(4 * M, M, ACPI), ENTRY(0, M, RAM) }, 3,
	  { { M, M, RAM, 0 }, { 0, M, RAM, 0 }, { 4 * M, M, ACPI, 0 } }, 0, LEGAL, false },
};

static const struct quirk_case quirks[] = {
	/* RAM [2^63, 2^64) above RAM [0, 1M): the gap is [1M, 4G), not [0, 4G) */
	{ "e820-gap-top-entry", NEW,
	  { ADD(0, M, RAM), ADD(HALF, UP_TO(1), RAM), GAP(0) },
	  { ADD(0, M, RAM), ADD(HALF, UP_TO(0), RAM), GAP(0) },
	  true, { M, 0, 0, 0 }, { 0, 0, 0, 0 } },
	/* the hole is told; not all pages below the limit, whose first is 0 */
	{ "e820-nosave-top-entry", NEW,
	  { ADD(0, HALF, RAM), ADD(HALF, UP_TO(1), RAM), NOSAVE(16) },
	  { ADD(0, HALF, RAM), ADD(HALF, UP_TO(0), RAM), NOSAVE(16) },
	  false, { 0, 0, 0, 0 }, TOLD(0, 64 * K, NOSAVE) },
	/* reserved [0, 4K) is no RAM, be it the first entry */
	{ "e820-nosave-not-ram", OLD,
	  { ADD(0, 4 * K, RESERVED), ADD(4 * K, 4 * K, RAM), NOSAVE(2) },
	  { ADD(0, 4 * K, RAM), ADD(4 * K, 4 * K, RAM), NOSAVE(2) },
	  false, TOLD(0, 4 * K, NOSAVE), { 0, 0, 0, 0 } },
	/* RAM [2^63, 2^64) holds both pages */
	{ "e820-hole-top-entry", OLD,
	  { ADD(HALF, UP_TO(1), RAM), HOLE(HALF, HALF + 8 * K) },
	  { ADD(HALF, UP_TO(0), RAM), HOLE(HALF, HALF + 8 * K) },
	  true, { 0, 0, 0, 0 }, { 8 * K, 0, 0, 0 } },
};

/* Every quirk of these ops has its case; others have theirs in other e820_*_test.c. */
static void every_quirk_is_tried(void **state)
{
	(void)state;
	assert_tried(model_quirk_by_id(&e820_model, quirks[0].id),
		     model_quirk_by_id(&e820_model, "e820-ram-buffer-top-entry"), quirks,
		     ARRAY_SIZE(quirks));
}

/* nosave: what a subject tells is followed if the contract allows it, and only then. */
static void nosave_leaves_a_choice(void **state)
{
	static const struct op ops[TEST_OPS] = {
		ADD(0, 0x1800, RAM), ADD(0x2000, 0x1000, RESERVED), NOSAVE(4),
	};
	/* page 0 is RAM, page 1 half of it; pages 2 and 3 hold none */
	static const struct {
		struct row row[2];
		bool allowed;
	} told[] = {
		{ { TOLD(0x1000, 0x3000, NOSAVE) }, true },
		{ { TOLD(0x2000, 0x2000, NOSAVE) }, true },
		{ { TOLD(0x3000, 0x1000, NOSAVE), TOLD(0x2000, 0x1000, NOSAVE) }, true },
		{ { TOLD(0x2000, 0x2000, NOSAVE), TOLD(0x2000, 0x8000, NOSAVE) }, true },
		{ { TOLD(0x2000, 0x1000, NOSAVE) }, false },
		{ { TOLD(0, 0x1000, NOSAVE), TOLD(0x2000, 0x2000, NOSAVE) }, false },
		{ { TOLD(0x2000, 0x2000, NVS) }, false },
		{ { TOLD(0, 0, NOSAVE) }, false },
	};
	const struct result res = { .outcome = OUT_RETURN };
	struct state seen = { .nr_tables = E820_TABLES };
	struct expect e;

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(told); i++) {
		init_model(NEW, 0);
		run_ops(ops, &e);
		seen.table[E820_RECORDED] =
			(struct table){ told[i].row[1].size ? 2 : 1, told[i].row };
		e820_model.adopt(&room, &ops[2], &res, &seen, &e);
		assert_true((e.sum[E820_RECORDED] == table_sum(&seen.table[E820_RECORDED])) ==
			    told[i].allowed);
	}
}

int main(void)
{
	static struct CMUnitTest tests[ARRAY_SIZE(cases) + ARRAY_SIZE(quirks) + 2];
	unsigned int n = case_tests(tests, cases, ARRAY_SIZE(cases), quirks, ARRAY_SIZE(quirks));

	tests[n++] = (struct CMUnitTest)cmocka_unit_test(every_quirk_is_tried);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(nosave_leaves_a_choice);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The e820 model: what others are told of main, case by case. Above each case stands how its
 * expectation follows from the contract; ranges are [start, end).
 *
 * Flags by hand: a name (1 RAM, 2 ACPI, 3 NVS, 4 unusable, 5 PRAM, 6 PMEM, 7 reserved, 8 soft
 * reserved, 9 buffer; 0 unknown), from bit 8 on a descriptor (1 ACPI, 2 NVS, 3 PMEM, 4 PRAM,
 * 5 reserved, 6 soft reserved), bit 16 busy, bit 17 system RAM.
 */
#include "e820_cases.h"

#define RES(start, size, call, flags)	{ start, size, E820_REC_##call, flags }
#define LEAF(start, size, name, depth)	{ start, size, E820_RES_##name, depth }

#define ROOT	(E820_IOMEM_LAST + 1)

static const struct test_case cases[] = {
	/* reserved memory at 1 MiB is held back, a byte below it is not */
	{ "resources", NEW, E820_RECORDED,
	  { ADD(M - 1, 1, RESERVED), ADD(M, M, RESERVED), ADD(2 * M, M, RAM), RESOURCES }, 2,
	  { RES(M - 1, 1, RESOURCE, 0x10507), RES(2 * M, M, RESOURCE, 0x30001) }, 0, LEGAL,
	  false },
	{ "resources: for drivers", NEW, E820_RECORDED,
	  { ADD(M, M, PRAM), ADD(2 * M, M, SOFT), ADD(3 * M, M, E820_T_PMEM), ADD(4 * M, M, ACPI),
	    RESOURCES }, 1, { RES(4 * M, M, RESOURCE, 0x10102) }, 0, LEGAL, false },
	{ "resources: types unknown to v2.6.34", OLD, E820_RECORDED,
	  { ADD(M, M, PRAM), ADD(2 * M, M, SOFT), ADD(3 * M, M, RESERVED), RESOURCES }, 2,
	  { RES(M, M, RESOURCE, 0x10007), RES(2 * M, M, RESOURCE, 0x10007) }, 0, LEGAL, false },
	/* what each type is called, below 1 MiB */
	{ "resources: names", NEW, E820_RECORDED,
	  { ADD(0, K, KERN), ADD(K, K, E820_T_NVS), ADD(2 * K, K, E820_T_UNUSABLE),
	    ADD(3 * K, K, PRAM), ADD(4 * K, K, E820_T_PMEM), ADD(5 * K, K, SOFT), ADD(6 * K, K, 99),
	    RESOURCES }, 7,
	  { RES(0, K, RESOURCE, 0x30001), RES(K, K, RESOURCE, 0x10203),
	    RES(2 * K, K, RESOURCE, 0x10004), RES(3 * K, K, RESOURCE, 0x10405),
	    RES(4 * K, K, RESOURCE, 0x10306), RES(5 * K, K, RESOURCE, 0x10608),
	    RES(6 * K, K, RESOURCE, 0x10000) }, 0, LEGAL, false },
	/* v2.6.34: no descriptors, RAM is busy like all the others */
	{ "resources: names, v2.6.34", OLD, E820_RECORDED,
	  { ADD(0, K, KERN), ADD(K, K, E820_T_NVS), ADD(2 * K, K, E820_T_UNUSABLE),
	    ADD(3 * K, K, ACPI), ADD(4 * K, K, E820_T_PMEM), ADD(5 * K, K, RESERVED),
	    ADD(6 * K, K, 99), RESOURCES }, 7,
	  { RES(0, K, RESOURCE, 0x10001), RES(K, K, RESOURCE, 0x10003),
	    RES(2 * K, K, RESOURCE, 0x10004), RES(3 * K, K, RESOURCE, 0x10002),
	    RES(4 * K, K, RESOURCE, 0x10007), RES(5 * K, K, RESOURCE, 0x10007),
	    RES(6 * K, K, RESOURCE, 0x10007) }, 0, LEGAL, false },
	/* sysfs: firmware's table, its ends exclusive; in v2.6.34 kexec's, last bytes */
	{ "resources: sysfs", NEW, E820_RECORDED,
	  { MEMORY_SETUP(2, 0, 0, 2), ENTRY(0, M, RAM), ENTRY(M, M, ACPI), REMOVE_ANY(M, M),
	    RESOURCES }, 4,
	  { RES(0, M, RESOURCE, 0x30001), RES(0, 0, RESOURCE, 0x10000), RES(0, M, FIRMWARE_MAP, 1),
	    RES(M, M, FIRMWARE_MAP, 2) }, 0, LEGAL, false },
	{ "resources: sysfs, v2.6.34", OLD, E820_RECORDED,
	  { MEMORY_SETUP(2, 0, 0, 2), ENTRY(0, M, RAM), ENTRY(M, M, ACPI), RESOURCES }, 4,
	  { RES(0, M, RESOURCE, 0x10001), RES(M, M, RESOURCE, 0x10002),
	    RES(0, M - 1, FIRMWARE_MAP, 1), RES(M, M - 1, FIRMWARE_MAP, 2) }, 0, LEGAL, false },

	/* sysfs: [2^64 - 1M, 2^64) has a last byte; of what wraps start and size */
	{ "resources: sysfs, the last byte", NEW, E820_RECORDED,
	  { EXTEND(20, 1), ENTRY(0 - M, M, RAM), RESOURCES }, 2,
	  { RES(0 - M, M, RESOURCE, 0x30001), RES(0 - M, M, FIRMWARE_MAP, 1) }, 0, LEGAL, false },
	{ "resources: sysfs, beyond the last byte", NEW, E820_RECORDED,
	  { ADD(0 - M, 2 * M, RAM), EXTEND(0, 0), RESOURCES }, 2,
	  { RES(0 - M, 2 * M, RESOURCE, 0x30001), RES(0 - M, 2 * M, FIRMWARE_MAP, 1) }, 0, LEGAL,
	  false },
	/* without a map and sizes: RAM [1M, 1M). It is no resource, nor has it a last byte */
	{ "resources: sysfs, empty, v2.6.34", OLD, E820_RECORDED,
	  { MEMORY_SETUP(0, 0, 0, 0), RESOURCES }, 3,
	  { RES(0, 0x9f000, RESOURCE, 0x10001), RES(M, 0, RESOURCE, 0x10001),
	    RES(0, 0x9efff, FIRMWARE_MAP, 1) }, 0, LEGAL, false },
	/* an exclusive end can say that an entry is empty */
	{ "resources: sysfs, empty", NEW, E820_RECORDED,
	  { ADD(M, 0, ACPI), EXTEND(0, 0), RESOURCES }, 2,
	  { RES(M, 0, RESOURCE, 0x10102), RES(M, 0, FIRMWARE_MAP, 2) }, 0, LEGAL, false },

	/* side by side, by address; what is held back is not there yet */
	{ "tree", NEW, E820_IOMEM,
	  { ADD(2 * M, M, RAM), ADD(M, M, RESERVED), ADD(0, M, ACPI), RESOURCES }, 2,
	  { LEAF(0, M, ACPI, 1), LEAF(2 * M, M, RAM, 1) }, 0, LEGAL, false },
	/* ACPI lies in RAM; RAM comes around ACPI and NVS */
	{ "tree: below and around", NEW, E820_IOMEM,
	  { ADD(0, M, RAM), ADD(4 * K, K, ACPI), ADD(4 * M, K, ACPI), ADD(5 * M, K, E820_T_NVS),
	    ADD(3 * M, 4 * M, RAM), RESOURCES }, 5,
	  { LEAF(0, M, RAM, 1), LEAF(4 * K, K, ACPI, 2), LEAF(3 * M, 4 * M, RAM, 1),
	    LEAF(4 * M, K, ACPI, 2), LEAF(5 * M, K, NVS, 2) }, 0, LEGAL, false },
	/* one that is the same goes around */
	{ "tree: the same again", NEW, E820_IOMEM, { ADD(0, M, RAM), ADD(0, M, ACPI), RESOURCES }, 2,
	  { LEAF(0, M, ACPI, 1), LEAF(0, M, RAM, 2) }, 0, LEGAL, false },
	/* [1M, 3M) sticks out of [0, 2M): refused; an empty entry and one that wraps: refused */
	{ "tree: refused", NEW, E820_IOMEM,
	  { ADD(0, 2 * M, RAM), ADD(M, 2 * M, ACPI), ADD(0, 0, RAM), ADD(M, 0, RAM),
	    ADD(HALF, HALF + 1, RAM), RESOURCES }, 1, { LEAF(0, 2 * M, RAM, 1) }, 0, LEGAL, false },
	/* 2^64 bytes are told as one less */
	{ "tree: everything", OLD, E820_IOMEM,
	  { ADD(0, HALF, RAM), ADD(HALF - 1, 2, RESERVED), ADD(HALF, UP_TO(1), RAM), RESOURCES,
	    RESOURCES_LATE }, 3,
	  { LEAF(0, TOP, RESERVED, 1), LEAF(0, HALF, RAM, 2), LEAF(HALF, HALF, RAM, 2) }, 0,
	  FIRMWARE, false },
	/* [M, 2^52) is the root's, [0, 2^52 + 1) is not, and is not made smaller when late */
	{ "tree: the end of addresses", NEW, E820_IOMEM,
	  { ADD(M, ROOT - M, RAM), ADD(0, ROOT + 1, ACPI), ADD(ROOT, M, ACPI), RESOURCES,
	    RESOURCES_LATE }, 1, { LEAF(M, ROOT - M, RAM, 1) }, 0, FIRMWARE, false },
	{ "tree: 64 bits of addresses", OLD, E820_IOMEM,
	  { ADD(M, ROOT - M, RAM), ADD(0, ROOT + 1, ACPI), ADD(ROOT + 1, M, ACPI), RESOURCES }, 3,
	  { LEAF(0, ROOT + 1, ACPI, 1), LEAF(M, ROOT - M, RAM, 2), LEAF(ROOT + 1, M, ACPI, 1) }, 0,
	  LEGAL, false },
	/* [M, M + 0) ends before it starts; [0, 0 + 0) ends at 2^64 - 1, as [0, 2^64) would */
	{ "tree: an empty entry at 0", NEW, E820_IOMEM,
	  { ADD(0, M, RAM), ADD(M, M, ACPI), REMOVE_ANY(0, M), RESOURCES, RESOURCES_LATE }, 1,
	  { LEAF(M, M, ACPI, 1) }, 0, FIRMWARE, false },
	{ "tree: an empty entry at 0, 64 bits", OLD, E820_IOMEM,
	  { ADD(0, M, RAM), ADD(M, M, ACPI), REMOVE_ANY(0, M), RESOURCES }, 2,
	  { LEAF(0, TOP, RESERVED, 1), LEAF(M, M, ACPI, 2) }, 0, LEGAL, false },
	/* a second call begins anew */
	{ "tree: twice", NEW, E820_IOMEM,
	  { ADD(0, M, RAM), RESOURCES, REMOVE_ANY(0, 4 * K), RESOURCES }, 1,
	  { LEAF(4 * K, M - 4 * K, RAM, 1) }, 0, LEGAL, false },
	{ "tree: not of other ops", NEW, E820_IOMEM, { ADD(0, M, RAM), RESOURCES, PRINT }, 0,
	  { { 0 } }, 0, LEGAL, false },

	/* what was held back, once */
	{ "late", NEW, E820_RECORDED,
	  { ADD(M, M, RESERVED), ADD(2 * M, M, ACPI), RESOURCES, RESOURCES_LATE }, 1,
	  { RES(M, M, RESOURCE_LATE, 0x507) }, 0, LEGAL, false },
	{ "late: for drivers", NEW, E820_RECORDED,
	  { ADD(M, M, PRAM), ADD(2 * M, M, SOFT), ADD(3 * M, M, E820_T_PMEM), RESOURCES,
	    RESOURCES_LATE }, 3,
	  { RES(M, M, RESOURCE_LATE, 0x405), RES(2 * M, M, RESOURCE_LATE, 0x608),
	    RES(3 * M, M, RESOURCE_LATE, 0x306) }, 0, LEGAL, false },
	{ "late, v2.6.34", OLD, E820_RECORDED,
	  { ADD(M, M, RESERVED), RESOURCES, RESOURCES_LATE }, 1,
	  { RES(M, M, RESOURCE_LATE, 7) }, 0, LEGAL, false },
	{ "late twice", NEW, E820_RECORDED,
	  { ADD(M, M, RESERVED), RESOURCES, RESOURCES_LATE, RESOURCES_LATE }, 0, { { 0 } }, 0,
	  LEGAL, false },
	{ "late without early", NEW, E820_RECORDED, { ADD(M, M, RESERVED), RESOURCES_LATE }, 0,
	  { { 0 } }, 0, MISUSE, false },
	{ "late with another entry", NEW, E820_RECORDED,
	  { ADD(M, M, RESERVED), RESOURCES, ADD(2 * M, M, ACPI), RESOURCES_LATE }, 0, { { 0 } }, 0,
	  MISUSE, false },
	/* reserved [2M, 5M) made larger: to [1M, 5M) for RAM [1M, 3M), to [1M, 6M) for [4M, 6M) */
	{ "late: expanded", NEW, E820_IOMEM,
	  { ADD(M, 2 * M, RAM), ADD(4 * M, 2 * M, ACPI), ADD(2 * M, 3 * M, RESERVED), RESOURCES,
	    RESOURCES_LATE }, 3,
	  { LEAF(M, 5 * M, RESERVED, 1), LEAF(M, 2 * M, RAM, 2), LEAF(4 * M, 2 * M, ACPI, 2) }, 0,
	  FIRMWARE, false },
	/* what is empty is tried again, and is none again: told, not in the tree */
	{ "late: empty", NEW, E820_IOMEM, { ADD(0, 0, RAM), ADD(M, M, ACPI), RESOURCES,
	  RESOURCES_LATE }, 1, { LEAF(M, M, ACPI, 1) }, 0, FIRMWARE, false },
	{ "late: empty, told", NEW, E820_RECORDED, { ADD(M, 0, RAM), RESOURCES, RESOURCES_LATE }, 1,
	  { RES(M, 0, RESOURCE_LATE, 0x30001) }, 0, FIRMWARE, false },
	/* ACPI [1M, 3M) was refused for RAM [0, 2M): made larger, to [0, 3M); it is busy still */
	{ "late: refused before", NEW, E820_IOMEM,
	  { ADD(0, 2 * M, RAM), ADD(M, 2 * M, ACPI), RESOURCES, RESOURCES_LATE }, 2,
	  { LEAF(0, 3 * M, ACPI, 1), LEAF(0, 2 * M, RAM, 2) }, 0, FIRMWARE, false },
	{ "late: refused before, told", NEW, E820_RECORDED,
	  { ADD(0, 2 * M, RAM), ADD(M, 2 * M, ACPI), RESOURCES, RESOURCES_LATE }, 1,
	  { RES(M, 2 * M, RESOURCE_LATE, 0x10102) }, 0, FIRMWARE, false },
	/* 0x9fc00 to 0xa0000 (64 KiB); 1 MiB + 4 KiB to 2 MiB (1 MiB); 16 MiB + 4 KiB to 64 MiB */
	{ "late: buffers", NEW, E820_RECORDED,
	  { ADD(0, 0x9fc00, RAM), ADD(M, 4 * K, RAM), ADD(16 * M, 4 * K, RAM), RESOURCES,
	    RESOURCES_LATE }, 3,
	  { RES(0x9fc00, 0x400, RAM_BUFFER, 0x10009),
	    RES(M + 4 * K, M - 4 * K, RAM_BUFFER, 0x10009),
	    RES(16 * M + 4 * K, 48 * M - 4 * K, RAM_BUFFER, 0x10009) }, 0, LEGAL, false },
	/* [17M, 64M) but [20M, 21M) and [60M, 70M) */
	{ "late: a buffer in pieces", NEW, E820_IOMEM,
	  { ADD(16 * M, M, RAM), ADD(20 * M, M, RESERVED), ADD(60 * M, 10 * M, ACPI), RESOURCES,
	    RESOURCES_LATE }, 5,
	  { LEAF(16 * M, M, RAM, 1), LEAF(17 * M, 3 * M, BUFFER, 1), LEAF(20 * M, M, RESERVED, 1),
	    LEAF(21 * M, 39 * M, BUFFER, 1), LEAF(60 * M, 10 * M, ACPI, 1) }, 0, LEGAL, false },
	/* [17M, 64M) is held as a whole */
	{ "late: no piece", NEW, E820_IOMEM,
	  { ADD(16 * M, M, RAM), ADD(17 * M, 47 * M, ACPI), RESOURCES, RESOURCES_LATE }, 2,
	  { LEAF(16 * M, M, RAM, 1), LEAF(17 * M, 47 * M, ACPI, 1) }, 0, LEGAL, false },
	/* RAM ends on the boundaries: 64 KiB, 15 MiB, 64 MiB; 1 MiB counts as above 1 MiB */
	{ "late: no buffers", NEW, E820_RECORDED,
	  { ADD(0, 64 * K, RAM), ADD(64 * K, M - 64 * K, RAM), ADD(14 * M, M, RAM),
	    ADD(15 * M, 49 * M, RAM), RESOURCES, RESOURCES_LATE }, 0, { { 0 } }, 0, LEGAL, false },
	/* the last 64 MiB: up to 2^64. RAM beyond the root is refused, and asked for again */
	{ "late: up to the end", NEW, E820_RECORDED,
	  { ADD(0, 64 * K, RAM), ADD(0 - 64 * M, 4 * K, RAM), RESOURCES, RESOURCES_LATE }, 2,
	  { RES(0 - 64 * M, 4 * K, RESOURCE_LATE, 0x30001),
	    RES(4 * K - 64 * M, 64 * M - 4 * K, RAM_BUFFER, 0x10009) }, 0, LEGAL, false },
	/* behind the root's end there is nothing to reserve; up to it there is */
	{ "late: up to the end of addresses", NEW, E820_IOMEM,
	  { ADD(ROOT - 64 * M, 4 * K, RAM), ADD(0 - 64 * M, 4 * K, RAM), RESOURCES,
	    RESOURCES_LATE }, 2,
	  { LEAF(ROOT - 64 * M, 4 * K, RAM, 1),
	    LEAF(ROOT - 64 * M + 4 * K, 64 * M - 4 * K, BUFFER, 1) }, 0, LEGAL, false },
	{ "late: up to the end of 64 bits", OLD, E820_IOMEM,
	  { ADD(0, 64 * K, RAM), ADD(0 - 64 * M, 4 * K, RAM), RESOURCES, RESOURCES_LATE }, 3,
	  { LEAF(0, 64 * K, RAM, 1), LEAF(0 - 64 * M, 4 * K, RAM, 1),
	    LEAF(4 * K - 64 * M, 64 * M - 4 * K, BUFFER, 1) }, 0, LEGAL, false },
};

static const struct quirk_case quirks[] = {
	/* nothing lies behind 2^64; all addresses do, for kernels */
	{ "e820-ram-buffer-top-entry", OLD,
	  { ADD(0, M, RAM), ADD(HALF, UP_TO(1), RAM), RESOURCES, RESOURCES_LATE },
	  { ADD(0, M, RAM), ADD(HALF, HALF - 64 * M, RAM), RESOURCES, RESOURCES_LATE },
	  false, { 0, 0, 0, 0 }, RES(0, TOP, RAM_BUFFER, 0x10009) },
	/* [0xffff, 0x10000) */
	{ "e820-ram-buffer-one-byte", OLD,
	  { ADD(0, 0xffff, RAM), RESOURCES, RESOURCES_LATE },
	  { ADD(0, 0xfffe, RAM), RESOURCES, RESOURCES_LATE },
	  false, RES(0xffff, 1, RAM_BUFFER, 0x10009), { 0, 0, 0, 0 } },
};

/*
 * sysfs is told ends, and one before the start is a BUG.
 *   @ops: the last of them is reserve_resources; @near: the same without the condition, by a hair
 */
static const struct {
	const char *id;
	uint32_t version;
	struct op ops[TEST_OPS], near[TEST_OPS];
} told[] = {
	/* end 2^64 is 0; 2^64 - 1 is no less than the start */
	{ "e820-sysfs-top-entry", NEW, { EXTEND(20, 1), ENTRY(0 - M, M, RAM), RESOURCES },
	  { EXTEND(20, 1), ENTRY(0 - M, M - 1, RAM), RESOURCES } },
	/* 2^64 + 1M is 1M; main's entries are no matter */
	{ "e820-sysfs-top-entry", NEW,
	  { ADD(0 - M, 2 * M, RAM), EXTEND(0, 0), RESOURCES },
	  { EXTEND(0, 0), ADD(0 - M, 2 * M, RAM), RESOURCES } },
	/* RAM [1M, 1M) of no size at all; [1M, 1M + 1K) of 1 KiB */
	{ "e820-sysfs-empty-entry", OLD, { MEMORY_SETUP(0, 0, 0, 0), RESOURCES },
	  { MEMORY_SETUP(0, 1, 0, 0), RESOURCES } },
};

static void sysfs_is_told_ends(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(told); i++) {
		uint64_t quirk = 1ULL << model_quirk_by_id(&e820_model, told[i].id);
		struct expect e;

		assert_true(model_quirks_for(&e820_model, told[i].version) & quirk);
		init_model(told[i].version, 0);
		run_ops(told[i].ops, &e);
		assert_int_equal(e.result.outcome, OUT_RETURN);
		assert_layers_agree(&e);
		init_model(told[i].version, quirk);
		run_ops(told[i].ops, &e);
		assert_int_equal(e.fired, quirk);
		assert_int_equal(e.result.outcome, OUT_BUG);
		init_model(told[i].version, quirk);
		run_ops(told[i].near, &e);
		assert_int_equal(e.fired, 0);
		assert_int_equal(e.result.outcome, OUT_RETURN);
	}
}

/* What remove leaves at 0 has no last byte either: 2^64 - 1, says the quirk; no BUG, but all. */
static void sysfs_is_told_all(void **state)
{
	const struct op ops[TEST_OPS] = {
		ADD(0, M, RAM), ADD(0 - M, 2 * M, RAM), REMOVE(0, M, RAM),
		MEMORY_SETUP(2, 0, 0, 2), ENTRY(2 * M, M, RAM), ENTRY(4 * M, M, RAM), RESOURCES,
	};
	uint64_t quirk = 1ULL << model_quirk_by_id(&e820_model, "e820-sysfs-empty-entry");

	(void)state;
	for (unsigned int on = 0; on < 2; on++) {
		const struct table *calls;
		unsigned int whole = 0;
		struct expect e;

		init_model(OLD, on ? quirk : 0);
		run_ops(ops, &e);
		assert_int_equal(e.result.outcome, OUT_RETURN);
		assert_int_equal(e.fired, on ? quirk : 0);
		calls = &e.rows.table[E820_RECORDED];
		for (unsigned int i = 0; i < calls->nr; i++)
			whole += calls->rows[i].type == E820_REC_FIRMWARE_MAP &&
				 !calls->rows[i].start && calls->rows[i].size == UINT64_MAX;
		assert_int_equal(whole, on);
	}
}

static void every_quirk_is_tried(void **state)
{
	(void)state;
	assert_tried(model_quirk_by_id(&e820_model, quirks[0].id),
		     model_quirk_by_id(&e820_model, "e820-one-entry-refused"), quirks,
		     ARRAY_SIZE(quirks));
}

int main(void)
{
	static struct CMUnitTest tests[ARRAY_SIZE(cases) + ARRAY_SIZE(quirks) + 3];
	unsigned int n = case_tests(tests, cases, ARRAY_SIZE(cases), quirks, ARRAY_SIZE(quirks));

	tests[n++] = (struct CMUnitTest)cmocka_unit_test(sysfs_is_told_ends);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(sysfs_is_told_all);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(every_quirk_is_tried);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

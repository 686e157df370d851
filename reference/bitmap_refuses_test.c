// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the brute-force judge must refuse: tables and results made wrong by hand, one fault each.
 * The same ops without the fault must pass.
 */
#include "bitmap.h"
#include "e820_testing.h"

#define ROWS_MAX	16
#define KEEP		UINT32_MAX	/* struct fault.nr: as many rows as predicted */

/**
 * struct fault - ops, and what is wrong after the last of them
 * @range: family range; else e820
 * @table: the table whose contents are replaced
 * @nr: how many rows it has; KEEP: nothing is replaced
 * @value: is added to the right value
 * @outcome: instead of the right one, when it is another than OUT_RETURN
 * @why: what the judge says, from its beginning
 */
struct fault {
	const char *name;
	bool range;
	struct op ops[TEST_OPS];
	unsigned int table, nr;
	struct row rows[TEST_ROWS];
	uint64_t value;
	enum outcome outcome;
	const char *why;
};

#define CHAIN(back, tokens) \
	{ .id = E820_RESERVE_SETUP_DATA, .nr_tokens = tokens, .arg = { back } }
#define NODE(at, type, len)	{ .id = E820_DATA, .arg = { at, type, len } }
#define LONG_BLOCK(len)		{ .id = E820_EXTEND_LONG, .arg = { len } }
#define REALLOCATE		{ .id = E820_REALLOCATE_TABLES }

#define R_ADD(start, end)	{ .id = RANGE_ADD, .arg = { 4, start, end } }
#define R_MERGE(start, end)	{ .id = RANGE_ADD_WITH_MERGE, .arg = { 4, start, end } }
#define R_SUBTRACT(start, end)	{ .id = RANGE_SUBTRACT, .arg = { 4, start, end } }
#define R_CLEAN_SORT		{ .id = RANGE_CLEAN_SORT, .arg = { 4 } }
#define R_SORT			{ .id = RANGE_SORT }

/* All boundaries are multiples of 16 up to 256, a page, or the ends of the address space. */
static const struct fault faults[] = {
	{ "range: nothing added", true, { R_ADD(0, 16) }, 0, 4, { { 0 } }, 0, 0,
	  "slots: unit at 0" },
	{ "range: added elsewhere", true, { R_ADD(0, 16) }, 0, 4, { { 0 }, { 0, 16, 0, 0 } }, 0, 0,
	  "the range is not in slot" },
	{ "range: a wrong count", true, { R_ADD(0, 16) }, 0, KEEP, { { 0 } }, 1, 0, "returned 2" },
	{ "range: no point", true, { R_ADD(0, 16) }, 0, 4, { { 0, 17, 0, 0 } }, 0, 0, "row 0: [0" },
	{ "range: bridged, not united", true, { R_ADD(0, 32), R_ADD(48, 80), R_MERGE(16, 64) }, 0,
	  4,
	  { { 48, 32, 0, 0 }, { 0, 64, 0, 0 } }, 1, 0, "ranges overlap or touch" },
	{ "range: bridged, left out", true, { R_ADD(0, 32), R_ADD(48, 80), R_MERGE(16, 64) }, 0, 4,
	  { { 0, 64, 0, 0 } }, 0, 0, "unit at 0x40" },
	{ "range: united, but not last", true, { R_ADD(0, 32), R_ADD(128, 144), R_MERGE(16, 64) },
	  0, 4,
	  { { 0, 64, 0, 0 }, { 128, 16, 0, 0 } }, 0, 0, "the union is not in the last" },
	{ "range: subtracted too much", true, { R_ADD(0, 64), R_SUBTRACT(16, 32) }, 0, 4,
	  { { 0, 16, 0, 0 } }, 0, 0, "slots: unit at 0x20" },
	{ "range: all lost", true, { R_ADD(0, 64), R_CLEAN_SORT }, 0, 4, { { 0 } }, -1, 0,
	  "slots: unit at 0" },
	{ "range: not sorted", true, { R_ADD(0, 16), R_ADD(64, 80), R_SORT }, 0, 4,
	  { { 64, 16, 0, 0 }, { 0, 16, 0, 0 } }, 0, 0, "not sorted" },
	{ "range: a hole left", true, { R_ADD(0, 16), R_CLEAN_SORT }, 0, 4,
	  { { 0 }, { 0, 16, 0, 0 } }, 0, 0, "slots in use do not come first" },

	{ "e820: nothing added", false, { ADD(0, 16, RAM) }, 0, 0, { { 0 } }, 0, 0,
	  "main: unit at 0" },
	{ "e820: another type", false, { ADD(0, 16, RAM) }, 0, 1, { { 0, 16, ACPI, 0 } }, 0, 0,
	  "main: unit at 0" },
	{ "e820: another table, too", false, { ADD(0, 16, RAM) }, E820_KEXEC, 1, { { 0, 16, RAM,
	  0 } }, 0,
	  0, "kexec: unit at 0" },
	{ "e820: a tail lost", false, { ADD(0, 64, RAM), UPDATE(16, 16, RAM, ACPI) }, 0, 2,
	  { { 0, 16, RAM, 0 }, { 16, 16, ACPI, 0 } }, 0, 0, "main: unit at 0x20" },
	{ "e820: bytes counted wrong", false, { ADD(0, 64, RAM), UPDATE(16, 16, RAM, ACPI) }, 0,
	  KEEP,
	  { { 0 } }, 16, 0, "returned 0x20, expected 0x10" },
	{ "e820: another line", false, { UPDATE(16, 16, RAM, ACPI) }, E820_PRINTED, 1,
	  { { 16, 16, RAM, RAM } }, 0, 0, "not one line" },
	{ "e820: no line", false, { UPDATE(16, 16, RAM, ACPI) }, E820_PRINTED, 0, { { 0 } }, 0, 0,
	  "not one line" },
	{ "e820: the last byte stays", false, { ADD(TOP - 15, 16, RAM), REMOVE(TOP - 15, TOP,
	  RAM) }, 0,
	  1, { { TOP, 1, RAM, 0 } }, 0, 0, "main: unit at 0xffffffffffffffff" },
	{ "e820: no BUG", false, { UPDATE(0, 16, RAM, RAM) }, 0, KEEP, { { 0 } }, 0, OUT_PANIC,
	  "outcome" },
	{ "e820: a panic", false, { ADD(0, 16, RAM) }, 0, KEEP, { { 0 } }, 0, OUT_PANIC,
	  "outcome" },
	{ "e820: not sorted", false, { ADD(32, 16, RAM), ADD(0, 16, RAM), UPDATE_TABLE(0) }, 0, 2,
	  { { 32, 16, RAM, 0 }, { 0, 16, RAM, 0 } }, 0, 0, "an updated table is not sorted" },
	{ "e820: an empty entry left", false, { ADD(32, 0, RAM), ADD(0, 16, RAM),
	  UPDATE_TABLE(0) }, 0, 2,
	  { { 0, 16, RAM, 0 }, { 32, 0, RAM, 0 } }, 0, 0, "an updated table has an empty" },
	{ "e820: not merged", false, { ADD(16, 16, RAM), ADD(0, 16, RAM), UPDATE_TABLE(0) }, 0, 2,
	  { { 0, 16, RAM, 0 }, { 16, 16, RAM, 0 } }, 0, 0, "updated table: boundary at 0x10: 1" },
	{ "e820: PRAM merged", false, { ADD(16, 16, PRAM), ADD(0, 16, PRAM), UPDATE_TABLE(0) }, 0,
	  1,
	  { { 0, 32, PRAM, 0 } }, 0, 0, "updated table: boundary at 0x10: 0" },
	{ "e820: the lower type", false, { ADD(0, 16, RAM), ADD(0, 16, ACPI), UPDATE_TABLE(0) },
	  0, 1,
	  { { 0, 16, RAM, 0 } }, 0, 0, "main: unit at 0" },
	{ "e820: refused", false, { ADD(0, 16, RAM), ADD(32, 16, ACPI), UPDATE_TABLE(0) }, 0, KEEP,
	  { { 0 } }, -1, 0, "returned" },
	{ "e820: any, wrong", false, { ADD(0, 16, RAM), ANY(0, 32, RAM) }, 0, KEEP, { { 0 } }, -1,
	  0,
	  "returned 0, expected 0x1" },
	{ "e820: all, wrong", false, { ADD(0, 16, RAM), ALL(0, 32, RAM) }, 0, KEEP, { { 0 } }, 1, 0,
	  "returned 0x1, expected 0" },
	{ "e820: type, wrong", false, { ADD(0, 16, RAM), TYPE_OF(0, 16) }, 0, KEEP, { { 0 } }, 1, 0,
	  "returned 0x2, expected 0x1" },
	{ "e820: end, wrong", false, { ADD(0, 4096, RAM), END_PFN }, 0, KEEP, { { 0 } }, 1, 0,
	  "returned 0x2, expected 0x1" },
	{ "e820: appended one of two", false, { APPEND(2, 2), ENTRY(0, 16, RAM), ENTRY(32, 16,
	  RAM) }, 0,
	  1, { { 0, 16, RAM, 0 } }, 0, 0, "main: unit at 0x20" },
	{ "e820: not copied", false, { EXTEND(20, 1), ENTRY(0, 16, RAM) }, E820_FIRMWARE, 0,
	  { { 0 } }, 0,
	  0, "firmware: unit at 0" },
	{ "e820: a line is missing", false, { ADD(0, 16, RAM), PRINT }, E820_PRINTED, 0,
	  { { 0 } }, 0, 0,
	  "not one line per entry" },
	{ "e820: a line is wrong", false, { ADD(0, 16, RAM), PRINT }, E820_PRINTED, 1,
	  { { 0, 16, ACPI, 0 } }, 0, 0, "a line is not its entry" },
	{ "e820: no memory handed over", false, { ADD(0, 16, RAM), SETUP }, E820_RECORDED, 3,
	  { { 0, 0, E820_REC_RESIZE, 0 }, { 0, 4096, E820_REC_TRIM, 0 },
	    { 0, 0, E820_REC_DUMP, 0 } }, 0, 0, "calls: unit at 0" },
	{ "e820: trimmed too early", false, { ADD(0, 16, RAM), SETUP }, E820_RECORDED, 4,
	  { { 0, 0, E820_REC_RESIZE, 0 }, { 0, 4096, E820_REC_TRIM, 0 },
	    { 0, 16, E820_REC_ADD, 0 }, { 0, 0, E820_REC_DUMP, 0 } }, 0, 0, "memblock is not" },
	{ "e820: allocated, still RAM", false, { ADD(0, 64, RAM), EXTEND(0, 0), ALLOC(16, 16, 16) },
	  E820_KEXEC, 1, { { 0, 64, RAM, 0 } }, 0, 0, "kexec: unit at 0x10" },
	{ "e820: setup_data is still RAM", false, { ADD(0, 64, RAM), CHAIN(0, 1), NODE(16, 1, 16) },
	  E820_MAIN, 3, { { 0, 16, RAM, 0 }, { 16, 32, RAM, 0 }, { 48, 16, RAM, 0 } }, 0, 0,
	  "main: unit at 0x10" },
	{ "e820: all of it is setup_data", false,
	  { ADD(0, 64, RAM), CHAIN(0, 1), NODE(16, 1, 16) },
	  E820_MAIN, 3, { { 0, 16, KERN, 0 }, { 16, 32, KERN, 0 }, { 48, 16, KERN, 0 } }, 0, 0,
	  "main: unit at 0" },
	{ "e820: setup_data in kexec, too", false,
	  { ADD(0, 64, RAM), CHAIN(0, 1), NODE(16, 1, 16) },
	  E820_KEXEC, 1, { { 16, 32, KERN, 0 } }, 0, 0, "kexec: unit at 0x10" },
	{ "e820: no line of setup_data", false, { CHAIN(0, 1), NODE(16, 1, 16) }, E820_PRINTED, 0,
	  { { 0 } }, 0, 0, "not a line for each range" },
	{ "e820: a line of what is unread", false, { CHAIN(2, 1), NODE(16, 1, 16) }, E820_PRINTED,
	  2, { { 16, 32, RAM, RAM }, { 0, 0, RAM, RAM } }, 0, 0, "more is printed than" },
	{ "e820: another word for RAM", false, { ADD(0, 16, RAM), RESOURCES }, E820_RECORDED, 1,
	  { { 0, 16, E820_REC_RESOURCE, 0x10001 } }, 0, 0, "not told what is there" },
	{ "e820: sysfs is not told of the last byte", false,
	  { EXTEND(20, 1), ENTRY(TOP - 15, 16, RAM), RESOURCES }, E820_RECORDED, 1,
	  { { TOP - 15, 16, E820_REC_RESOURCE, 0x30001 } }, 0, 0, "not told what is there" },
	{ "e820: sysfs takes no last byte", false,
	  { EXTEND(20, 1), ENTRY(TOP - 15, 16, RAM), RESOURCES }, 0, KEEP, { { 0 } }, 0, OUT_BUG,
	  "outcome" },
	{ "e820: no resource", false, { ADD(0, 16, RAM), RESOURCES }, E820_IOMEM, 0, { { 0 } }, 0,
	  0, "not the tree" },
	{ "e820: beside, not below", false, { ADD(0, 64, RAM), ADD(16, 16, ACPI), RESOURCES },
	  E820_IOMEM, 2, { { 0, 64, E820_RES_RAM, 1 }, { 16, 16, E820_RES_ACPI, 1 } }, 0, 0,
	  "not the tree" },
	{ "e820: refused, and yet there", false, { ADD(0, 64, RAM), ADD(48, 32, ACPI), RESOURCES },
	  E820_IOMEM, 2, { { 0, 64, E820_RES_RAM, 1 }, { 48, 32, E820_RES_ACPI, 1 } }, 0, 0,
	  "more resources than" },
	{ "e820: resources of another op", false, { ADD(0, 64, RAM) }, E820_IOMEM, 1,
	  { { 0, 64, E820_RES_RAM, 1 } }, 0, 0, "resources, but not asked for" },
	/* [48, 80) comes around [0, 64): [0, 80) */
	{ "e820: not expanded", false,
	  { ADD(0, 64, RAM), ADD(48, 32, ACPI), RESOURCES, RESOURCES_LATE },
	  E820_IOMEM, 2, { { 0, 64, E820_RES_RAM, 1 }, { 64, 65472, E820_RES_BUFFER, 1 } }, 0, 0,
	  "not the tree" },
	{ "e820: a buffer inside RAM", false, { ADD(0, 64, RAM), RESOURCES, RESOURCES_LATE },
	  E820_IOMEM, 2, { { 0, 64, E820_RES_RAM, 1 }, { 16, 65520, E820_RES_BUFFER, 1 } }, 0, 0,
	  "not the tree" },
	{ "e820: an entry after the end", false, { REALLOCATE, ADD(0, 16, RAM) }, E820_MAIN, 1,
	  { { 0, 16, RAM, 0 } }, 0, 0, "main: unit at 0" },
	{ "e820: an answer after the end", false, { REALLOCATE, END_PFN }, 0, KEEP, { { 0 } }, 1, 0,
	  "no call, but a result" },
	{ "e820: a line after the end", false, { ADD(0, 16, RAM), REALLOCATE, PRINT },
	  E820_PRINTED, 1, { { 0, 16, RAM, 0 } }, 0, 0, "no call, but a report" },
	{ "e820: a block too long to read", false, { LONG_BLOCK(0) }, E820_MAIN, 1,
	  { { 0, 16, RAM, 0 } }, 0, 0, "main: unit at 0" },
};

static struct bitmap judge;

/* Run a case, with its fault or without it. Return: the judge's answer to the last op. */
static bool run_case(const struct fault *f, bool faulty, char *why)
{
	const struct model *m = f->range ? &range_model : &e820_model;
	const struct model_setup setup = {
		.config = &m->family->configs[1], .version = 0x60c00,
	};
	uint64_t points[21];
	unsigned int nr = 0;
	bool good = false;

	for (uint64_t i = 0; i <= 16; i++)
		points[nr++] = 16 * i;
	points[nr++] = 4096;
	points[nr++] = TOP - 15;
	points[nr++] = TOP;
	m->init(&room, &setup);
	assert_true(bitmap_init(&judge, m->family, setup.config, points, nr));
	for (const struct op *op = f->ops; op < f->ops + TEST_OPS && op->id;
	     op += op->nr_tokens + 1) {
		bool last = faulty && !op[op->nr_tokens + 1].id;
		struct result res;
		struct expect e;

		m->step(&room, op, &e);
		res = e.result;
		if (last && f->nr != KEEP)
			e.rows.table[f->table] = (struct table){ f->nr, f->rows };
		if (last && f->outcome)
			res.outcome = f->outcome;
		if (last)
			res.value += f->value;
		good = bitmap_judge(&judge, op, &res, &e.rows, why);
		assert_true(last || good);
	}
	return good;
}

static void check_fault(void **state)
{
	const struct fault *f = *state;
	char why[BITMAP_WHY] = "";

	assert_true(run_case(f, false, why));
	assert_false(run_case(f, true, why));
	if (strncmp(why, f->why, strlen(f->why)))
		fail_msg("refused, but because \"%s\", not \"%s\"", why, f->why);
}

int main(void)
{
	static struct CMUnitTest tests[ARRAY_SIZE(faults)];

	for (unsigned int i = 0; i < ARRAY_SIZE(faults); i++)
		tests[i] = (struct CMUnitTest){
			.name = faults[i].name, .test_func = check_fault,
			.initial_state = (void *)&faults[i],
		};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

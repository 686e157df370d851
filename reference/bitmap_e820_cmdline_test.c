// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the brute-force judge must refuse of command lines: tables and results made wrong by hand,
 * one fault each. The same without the fault must pass.
 */
#include "bitmap.h"
#include "e820_cmdline_testing.h"

#define KEEP		UINT32_MAX	/* struct fault.nr: as many rows as predicted */
#define FINISH		{ .id = E820_FINISH_EARLY_PARAMS }
#define UPDATE_PRINT	{ .id = E820_UPDATE_TABLE_PRINT }
#define LIMIT(n)	{ 0, n, E820_REC_LIMIT, 0 }

/**
 * struct fault - a command line, an op after it, and what is wrong after the last of both
 * @old: as v2.6.34 reads it
 * @then: no op when its id is 0
 * @table: the table whose contents are replaced
 * @nr: how many rows it has; KEEP: nothing is replaced
 * @value: is added to the right value
 * @outcome: instead of the right one
 * @why: what the judge says, from its beginning
 */
struct fault {
	const char *line;
	bool old;
	struct op then;
	unsigned int table, nr;
	struct row rows[TEST_ROWS];
	uint64_t value;
	enum outcome outcome;
	const char *why;
};

#define NO_OP	{ 0 }
#define NO_ROWS	{ { 0 } }

/* main is RAM [0, 4M) before; boundaries are multiples of 1 MiB up to 8 MiB, 2^64 - 1 and 2^64 */
static const struct fault faults[] = {
	/* mem= */
	{ "mem=2M", false, NO_OP, E820_MAIN, 1, { ROW(0, 4 * M, RAM) }, 0, 0,
	  "main: unit at 0x200000" },
	{ "mem=0", false, NO_OP, E820_MAIN, 1, { ROW(0, 0, 0) }, 0, 0, "main: unit at 0" },
	{ "mem=0", true, NO_OP, E820_MAIN, 1, { ROW(0, 4 * M, RAM) }, 0, 0, "main: unit at 0" },
	{ "mem=nopentium", false, NO_OP, E820_MAIN, 1, { ROW(0, 0, 0) }, 0, 0, "main: unit at 0" },
	{ "mem=0", false, NO_OP, 0, KEEP, NO_ROWS, -1, 0, "returned 0, expected 0x1" },
	{ "mem=2M mem=x", false, NO_OP, 0, KEEP, NO_ROWS, -1, 0, "returned 0x1, expected 0x2" },
	{ "mem=2M", false, NO_OP, E820_PRINTED, 0, NO_ROWS, 0, 0, "not a line for each" },
	{ "mem=2M", false, NO_OP, E820_PRINTED, 1, { { 2 * M, TOP - 2 * M, ACPI, 0 } }, 0, 0,
	  "not a line for each" },
	{ "mem=2M", false, NO_OP, E820_PRINTED, 2,
	  { { 2 * M, TOP - 2 * M, RAM, 0 }, { 2 * M, TOP - 2 * M, RAM, 0 } }, 0, 0, "more lines" },
	{ "mem=2M", false, NO_OP, E820_RECORDED, 0, NO_ROWS, 0, 0, "not told the limit" },
	{ "mem=3M mem=2M", false, NO_OP, E820_RECORDED, 1, { LIMIT(3 * M) }, 0, 0, "not told the" },
	{ "memmap=2M", false, NO_OP, E820_RECORDED, 1, { LIMIT(2 * M) }, 0, 0, "not told the" },
	{ "mem=2M", true, NO_OP, E820_RECORDED, 1, { LIMIT(2 * M) }, 0, 0, "not told the limit" },
	/* numbers: 0x100000 is not 100000; 010M is 8 MiB */
	{ "memmap=0x100000@4M", false, NO_OP, E820_MAIN, 1, { ROW(0, 4 * M, RAM) }, 0, 0,
	  "main: unit at 0x400000" },
	{ "memmap=010M@0", false, NO_OP, E820_MAIN, 2, { ROW(0, 4 * M, RAM), ROW(0, 7 * M, RAM) },
	  0, 0, "main: unit at 0x700000" },
	/* memmap= */
	{ "memmap=1M#4M", false, NO_OP, E820_MAIN, 2, { ROW(0, 4 * M, RAM), ROW(4 * M, M, RAM) }, 0,
	  0, "main: unit at 0x400000" },
	{ "memmap=1M$4M,1M!5M", false, NO_OP, E820_MAIN, 2,
	  { ROW(0, 4 * M, RAM), ROW(4 * M, M, RESERVED) }, 0, 0, "main: unit at 0x500000" },
	{ "memmap=1M@4M,1M@5M", true, NO_OP, E820_MAIN, 2,
	  { ROW(0, 4 * M, RAM), ROW(4 * M, 2 * M, RAM) }, 0, 0, "main: unit at 0x500000" },
	{ "memmap=1M@4M,1M@5M", true, NO_OP, 0, KEEP, NO_ROWS, -1, 0, "returned 0, expected 0x1" },
	{ "memmap=exactmap", false, NO_OP, E820_MAIN, 1, { ROW(0, 4 * M, RAM) }, 0, 0,
	  "main: unit at 0" },
	/* what kernels do: quirks are none of the judge's */
	{ "memmap=0", false, NO_OP, E820_MAIN, 1, { ROW(0, 0, 0) }, 0, 0, "main: unit at 0" },
	{ "memmap=1M#1M,1M%1M+2", false, NO_OP, E820_MAIN, 3,
	  { ROW(0, 4 * M, RAM), ROW(M, M, ACPI), ROW(M, M, RESERVED) }, 0, 0,
	  "main: unit at 0x100000" },
	{ "memmap=x", false, NO_OP, 0, KEEP, NO_ROWS, -1, 0, "returned 0, expected 0x1" },
	{ "memmap", false, NO_OP, 0, KEEP, NO_ROWS, -1, 0, "returned 0, expected 0x1" },
	{ "memmap=x,1M@4M", false, NO_OP, 0, KEEP, NO_ROWS, -1, 0, "returned 0, expected 0x1" },
	{ "memmap=1M%1M-1+1", false, NO_OP, 0, KEEP, NO_ROWS, -1, 0, "returned 0, expected 0x1" },
	{ "memmap=1M%1M-1+1", false, NO_OP, E820_PRINTED, 1, { { M, M, RAM, RAM } }, 0, 0,
	  "more lines" },
	/* what is not above NEW need not go */
	{ "memmap=1M%1M+2", false, NO_OP, E820_MAIN, 3,
	  { ROW(0, M, RAM), ROW(2 * M, 2 * M, RAM), ROW(M, M, RESERVED) }, 0, 0,
	  "main: unit at 0x100000" },
	{ "memmap=1M%1M-1+1", false, NO_OP, 0, KEEP, NO_ROWS, 0, OUT_BUG, "outcome" },
	{ "mem=2M", false, FINISH, 0, KEEP, NO_ROWS, 0, OUT_PANIC, "outcome" },
	/* N%S */
	{ "memmap=1M%1M-1+2", false, NO_OP, E820_MAIN, 1, { ROW(0, 4 * M, RAM) }, 0, 0,
	  "main: unit at 0x100000" },
	{ "memmap=1M%1M-1", false, NO_OP, E820_MAIN, 1, { ROW(0, M, RAM) }, 0, 0,
	  "main: unit at 0x200000" },
	{ "memmap=1M%1M", false, NO_OP, E820_MAIN, 1, { ROW(0, 4 * M, RAM) }, 0, 0,
	  "main: unit at 0x100000" },
	{ "memmap=1M%1M-1+2z", false, NO_OP, E820_MAIN, 3,
	  { ROW(0, M, RAM), ROW(M, M, RESERVED), ROW(2 * M, 2 * M, RAM) }, 0, 0,
	  "main: unit at 0x100000" },
	{ "memmap=1M%1M-1+2", false, NO_OP, E820_PRINTED, 1, { { M, M, RAM, ACPI } }, 0, 0,
	  "not a line for each" },
	/* finish_early_params, update_table_print */
	{ "quiet", false, FINISH, E820_PRINTED, 1, { ROW(0, 4 * M, RAM) }, 0, 0,
	  "a line for nothing" },
	{ "memmap=1M@5M,1M@4M", false, FINISH, E820_MAIN, 3,
	  { ROW(0, 4 * M, RAM), ROW(5 * M, M, RAM), ROW(4 * M, M, RAM) }, 0, 0, "not one line" },
	{ "memmap=1M@5M", false, FINISH, E820_PRINTED, 1, { ROW(0, 4 * M, RAM) }, 0, 0,
	  "not one line per entry" },
	{ "memmap=1M@5M", false, FINISH, 0, KEEP, NO_ROWS, 0, OUT_PANIC, "outcome" },
	{ "memmap=exactmap", false, FINISH, 0, KEEP, NO_ROWS, 0, OUT_RETURN, "outcome" },
	{ "memmap=1@0xffffffffffffffff", false, FINISH, 0, KEEP, NO_ROWS, 0, OUT_RETURN, "outcome" },
	{ "memmap=1M@5M", false, UPDATE_PRINT, E820_PRINTED, 0, NO_ROWS, 0, 0, "not one line" },
	{ "quiet", false, UPDATE_PRINT, E820_PRINTED, 1, { ROW(0, 4 * M, RAM) }, 0, 0,
	  "a line for nothing" },
};

static struct bitmap judge;

static void init_judge(bool old)
{
	const struct config_desc *config = family_config(&e820_family, E820_SMALL);
	uint64_t points[10];

	for (unsigned int i = 0; i < 9; i++)
		points[i] = i * M;
	points[9] = TOP;
	assert_true(bitmap_init(&judge, &e820_family, config, points, 10));
	judge.one_item = judge.limit_untold = judge.sizes_to_giga = old;
	judge.no_pram_item = judge.no_update_item = old;
	judge.no_ram_is_fine = judge.nopentium_is_0 = old;
}

/* One op; with the fault when there is one. */
static bool judge_step(const struct op *op, const struct fault *f, char *why)
{
	struct result res;
	struct expect e;

	step(op, &e);
	res = e.result;
	if (f && f->nr != KEEP)
		e.rows.table[f->table] = (struct table){ f->nr, f->rows };
	else if (f && !f->value)
		res.outcome = f->outcome;
	if (f)
		res.value += f->value;
	return bitmap_judge(&judge, op, &res, &e.rows, why);
}

static bool run_case(const struct fault *f, bool faulty, char *why)
{
	static const struct op ram = ADD(0, 4 * M, RAM);
	const struct fault *now = faulty ? f : NULL;
	bool good;

	init_model(f->old ? OLD : NEW, 0);
	init_judge(f->old);
	assert_true(judge_step(&ram, NULL, why));
	good = judge_step(spell(f->line), f->then.id ? NULL : now, why);
	if (!f->then.id)
		return good;
	assert_true(good);
	return judge_step(&f->then, now, why);
}

static void check_fault(void **state)
{
	const struct fault *f = *state;
	char why[BITMAP_WHY] = "";

	if (!run_case(f, false, why))
		fail_msg("refused without a fault: %s", why);
	assert_false(run_case(f, true, why));
	if (strncmp(why, f->why, strlen(f->why)))
		fail_msg("refused, but because \"%s\", not \"%s\"", why, f->why);
}

int main(void)
{
	static struct CMUnitTest tests[ARRAY_SIZE(faults)];

	for (unsigned int i = 0; i < ARRAY_SIZE(faults); i++)
		tests[i] = (struct CMUnitTest){
			.name = faults[i].line, .test_func = check_fault,
			.initial_state = (void *)&faults[i],
		};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

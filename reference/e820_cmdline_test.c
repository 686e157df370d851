// SPDX-License-Identifier: GPL-2.0-only
/*
 * The e820 model: what command lines make of main, case by case. Above each case, where its name
 * does not say it, stands how its expectation follows from the contract; ranges are [start, end).
 */
#include "e820_cmdline_testing.h"

/**
 * struct line_case - a command line, and main afterwards
 * @before: ops before it
 * @value: which parameters are refused
 */
struct line_case {
	const char *line;
	uint32_t version;
	struct op before[4];
	unsigned int nr;
	struct row rows[TEST_ROWS];
	uint64_t value;
	enum legality legality;
};

#define IS_4M		1, { ROW(0, 4 * M, RAM) }
#define EMPTY		{ { 0 } }
#define NO_ROWS		0, { { 0 } }

static const struct line_case lines[] = {
	/* numbers: N@S is an entry [S, S + N) */
	{ "memmap=10@20", NEW, EMPTY, 1, { ROW(20, 10, RAM) }, 0, LEGAL },
	{ "memmap=010@0x1F", NEW, EMPTY, 1, { ROW(31, 8, RAM) }, 0, LEGAL },
	{ "memmap=0X0010@077", NEW, EMPTY, 1, { ROW(63, 16, RAM) }, 0, LEGAL },
	{ "memmap=1k@0,1K@0,1m@0,1M@0,1g@0,1G@0", NEW, EMPTY, 6,
	  { ROW(0, K, RAM), ROW(0, K, RAM), ROW(0, M, RAM), ROW(0, M, RAM), ROW(0, K * M, RAM),
	    ROW(0, K * M, RAM) }, 0, LEGAL },
	{ "memmap=1t@0,1T@0,1p@0,1P@0", NEW, EMPTY, 4,
	  { ROW(0, M * M, RAM), ROW(0, M * M, RAM), ROW(0, K * M * M, RAM),
	    ROW(0, K * M * M, RAM) }, 0, LEGAL },
	/* 2^60: no machine has it */
	{ "memmap=1e@0,1E@0", NEW, EMPTY, 2, { ROW(0, 1ULL << 60, RAM), ROW(0, 1ULL << 60, RAM) },
	  0, CMDLINE },
	/* 16 * 2^60 = 2^64 = 0; 2^64 + 1 = 1 */
	{ "memmap=16E@5", NEW, EMPTY, 1, { ROW(5, 0, RAM) }, 0, CMDLINE },
	{ "memmap=18446744073709551617@5", NEW, EMPTY, 1, { ROW(5, 1, RAM) }, 0, LEGAL },
	/* a suffix without digits: 0 */
	{ "memmap=K@5", NEW, EMPTY, 1, { ROW(5, 0, RAM) }, 0, CMDLINE },
	{ "memmap=1M@", NEW, EMPTY, 1, { ROW(0, M, RAM) }, 0, LEGAL },
	/* one suffix: 1024, and a K that is garbage */
	{ "memmap=1KK@0", NEW, RAM_4M, 1, { ROW(0, K, RAM) }, 1, CMDLINE },
	/* 08 is 0 and an 8; 0x without a digit is 0 and an x: no limit at 0 */
	{ "memmap=08@0", NEW, RAM_4M, IS_4M, 1, CMDLINE },
	{ "memmap=0xg@0", NEW, RAM_4M, IS_4M, 1, CMDLINE },
	/* a sign is no number */
	{ "memmap=-1@0", NEW, RAM_4M, IS_4M, 1, CMDLINE },
	/* v2.6.34: a T is garbage: 1 byte of RAM is left */
	{ "mem=1T", OLD, RAM_4M, 1, { ROW(0, 1, RAM) }, 0, CMDLINE },
	{ "memmap=1P@0", OLD, RAM_4M, 1, { ROW(0, 1, RAM) }, 1, CMDLINE },
	{ "memmap=T", OLD, RAM_4M, IS_4M, 1, CMDLINE },
	{ "mem=1K", OLD, RAM_4M, 1, { ROW(0, K, RAM) }, 0, LEGAL },

	/* mem= takes RAM only */
	{ "mem=1M", NEW, { ADD(0, 2 * M, RAM), ADD(2 * M, M, ACPI), ADD(3 * M, M, RAM) }, 3,
	  { ROW(0, M, RAM), ROW(2 * M, M, ACPI), ROW(0, 0, 0) }, 0, LEGAL },
	{ "mem=1M-rest", NEW, RAM_4M, 1, { ROW(0, M, RAM) }, 0, CMDLINE },
	{ "mem=0", NEW, RAM_4M, IS_4M, 1, CMDLINE },
	{ "mem=nonsense", NEW, RAM_4M, IS_4M, 1, CMDLINE },
	{ "mem=nopentium", NEW, RAM_4M, IS_4M, 1, CMDLINE },
	{ "mem=", NEW, RAM_4M, IS_4M, 1, CMDLINE },
	{ "mem", NEW, RAM_4M, IS_4M, 1, CMDLINE },
	{ "mem=18446744073709551615", NEW, RAM_4M, IS_4M, 0, LEGAL },
	{ "mem=0", OLD, RAM_4M, 1, { ROW(0, 0, 0) }, 0, CMDLINE },
	{ "mem=nonsense", OLD, RAM_4M, 1, { ROW(0, 0, 0) }, 0, CMDLINE },
	{ "mem=nopentium", OLD, RAM_4M, 1, { ROW(0, 0, 0) }, 0, CMDLINE },
	{ "mem", OLD, RAM_4M, IS_4M, 1, CMDLINE },

	/* N@S, N#S, N$S, N!S: entries as they are, whatever is there */
	{ "memmap=1M@0 memmap=1M#1M memmap=1M$2M memmap=1M!3M", NEW, RAM_4M, 5,
	  { ROW(0, 4 * M, RAM), ROW(0, M, RAM), ROW(M, M, ACPI), ROW(2 * M, M, RESERVED),
	    ROW(3 * M, M, PRAM) }, 0, LEGAL },
	{ "memmap=1M@0,1M#1M,1M$2M,1M!3M", NEW, EMPTY, 4,
	  { ROW(0, M, RAM), ROW(M, M, ACPI), ROW(2 * M, M, RESERVED), ROW(3 * M, M, PRAM) }, 0,
	  LEGAL },
	/* items that are empty or no number are refused, the others have taken effect */
	{ "memmap=,x,1M@0,,1M#1M,", NEW, EMPTY, 2, { ROW(0, M, RAM), ROW(M, M, ACPI) }, 1,
	  CMDLINE },
	/* a comma ends an item even behind exactmap */
	{ "memmap=1M@0,exactmap,2M@0", NEW, RAM_4M, 1, { ROW(0, 2 * M, RAM) }, 0, LEGAL },
	{ "memmap=exactmapped", NEW, RAM_4M, NO_ROWS, 0, CMDLINE },
	{ "memmap=exactma", NEW, RAM_4M, IS_4M, 1, CMDLINE },
	{ "memmap=exactmap,2M@0", OLD, RAM_4M, NO_ROWS, 0, CMDLINE },
	/* v2.6.34: the comma is garbage, which is told */
	{ "memmap=1M@0,1M#1M", OLD, EMPTY, 1, { ROW(0, M, RAM) }, 1, CMDLINE },
	{ "memmap=2M,1M", OLD, RAM_4M, 1, { ROW(0, 2 * M, RAM) }, 1, CMDLINE },
	{ "memmap=,1M", OLD, RAM_4M, IS_4M, 1, CMDLINE },
	{ "memmap=x", OLD, RAM_4M, IS_4M, 1, CMDLINE },
	{ "memmap=", OLD, RAM_4M, IS_4M, 1, CMDLINE },
	{ "memmap=", NEW, RAM_4M, IS_4M, 1, CMDLINE },
	{ "memmap", NEW, RAM_4M, IS_4M, 1, CMDLINE },
	{ "memmap", OLD, RAM_4M, IS_4M, 1, CMDLINE },
	/* garbage behind the last number: the entry is there all the same */
	{ "memmap=1M@0x", NEW, EMPTY, 1, { ROW(0, M, RAM) }, 1, CMDLINE },
	/* one item of several, whichever it is, and one parameter of several */
	{ "memmap=x,1M@0", NEW, EMPTY, 1, { ROW(0, M, RAM) }, 1, CMDLINE },
	{ "memmap=1M@0,x", NEW, EMPTY, 1, { ROW(0, M, RAM) }, 1, CMDLINE },
	{ "memmap=1M@0 memmap=1M#1M,x,1M@2M mem=0 memmap=1M@3M", NEW, EMPTY, 4,
	  { ROW(0, M, RAM), ROW(M, M, ACPI), ROW(2 * M, M, RAM), ROW(3 * M, M, RAM) },
	  1 << 1 | 1 << 2, CMDLINE },
	{ "memmap=1M@0x", OLD, EMPTY, 1, { ROW(0, M, RAM) }, 1, CMDLINE },
	/* N alone, and N with garbage */
	{ "memmap=1M", NEW, RAM_4M, 1, { ROW(0, M, RAM) }, 0, LEGAL },
	{ "memmap=1M?0", NEW, RAM_4M, 1, { ROW(0, M, RAM) }, 1, CMDLINE },
	{ "memmap=0", NEW, RAM_4M, IS_4M, 1, CMDLINE },
	{ "memmap=0", OLD, RAM_4M, 1, { ROW(0, 0, 0) }, 0, CMDLINE },
	{ "memmap=1M!0", OLD, RAM_4M, 1, { ROW(0, M, RAM) }, 1, CMDLINE },
	{ "memmap=1M%0+2", OLD, RAM_4M, 1, { ROW(0, M, RAM) }, 1, CMDLINE },

	/* N%S: [1M, 2M) of RAM [0, 4M) */
	{ "memmap=1M%1M-1+2", NEW, RAM_4M, 3,
	  { ROW(0, M, RAM), ROW(M, M, RESERVED), ROW(2 * M, 2 * M, RAM) }, 0, LEGAL },
	{ "memmap=1M%1M-3+2", NEW, RAM_4M, IS_4M, 0, LEGAL },
	{ "memmap=1M%1M-1", NEW, RAM_4M, 2, { ROW(0, M, RAM), ROW(2 * M, 2 * M, RAM) }, 0,
	  LEGAL },
	{ "memmap=1M%1M-3", NEW, RAM_4M, IS_4M, 0, LEGAL },
	{ "memmap=1M%1M", NEW, { ADD(0, 4 * M, RAM), ADD(M, M, ACPI) }, 3,
	  { ROW(0, M, RAM), ROW(0, 0, 0), ROW(2 * M, 2 * M, RAM) }, 0, LEGAL },
	/* "even if previously unavailable": of types up to NEW nothing needs to go */
	{ "memmap=1M%1M+2", NEW, { ADD(0, 4 * M, RAM), ADD(M, M, RESERVED) }, 3,
	  { ROW(0, 4 * M, RAM), ROW(M, M, RESERVED), ROW(M, M, RESERVED) }, 0, LEGAL },
	/* ACPI is above it, in the range: as a whole, and what of it lies there */
	{ "memmap=1M%1M+2", NEW, { ADD(0, 4 * M, RAM), ADD(M, M, ACPI) }, 3,
	  { ROW(0, 4 * M, RAM), ROW(0, 0, 0), ROW(M, M, RESERVED) }, 0, LEGAL },
	{ "memmap=1M%1M+2", NEW, { ADD(0, 4 * M, ACPI), ADD(M, M, PRAM), ADD(0, M, PRAM) }, 5,
	  { ROW(0, M, ACPI), ROW(0, 0, 0), ROW(0, M, PRAM), ROW(2 * M, 2 * M, ACPI),
	    ROW(M, M, RESERVED) }, 0, LEGAL },
	{ "memmap=1M%5M+2", NEW, RAM_4M, 2, { ROW(0, 4 * M, RAM), ROW(5 * M, M, RESERVED) }, 0,
	  LEGAL },
	/* types 0 are as good as missing; 2^32 + 1 is type 1, 2^32 is 0 */
	{ "memmap=1M%5M-0+2", NEW, RAM_4M, 2, { ROW(0, 4 * M, RAM), ROW(5 * M, M, RESERVED) }, 0,
	  LEGAL },
	{ "memmap=1M%3M-1+0", NEW, RAM_4M, 1, { ROW(0, 3 * M, RAM) }, 0, LEGAL },
	{ "memmap=1M%3M-4294967297+4294967296", NEW, RAM_4M, 1, { ROW(0, 3 * M, RAM) }, 0,
	  LEGAL },
	{ "memmap=1M%3M-+", NEW, RAM_4M, 1, { ROW(0, 3 * M, RAM) }, 0, LEGAL },
	{ "memmap=1M%3M-0x1+014", NEW, RAM_4M, 2, { ROW(0, 3 * M, RAM), ROW(3 * M, M, PRAM) }, 0,
	  LEGAL },
	{ "memmap=1M%3M-1+4026531839", NEW, RAM_4M, 2, { ROW(0, 3 * M, RAM), ROW(3 * M, M, SOFT) },
	  0, LEGAL },
	/* types take no suffix; NEW comes last; garbage: no effect */
	{ "memmap=1M%3M-1K+2", NEW, RAM_4M, IS_4M, 1, CMDLINE },
	{ "memmap=1M%3M+2-1", NEW, RAM_4M, IS_4M, 1, CMDLINE },
	{ "memmap=1M%3M-1+2x", NEW, RAM_4M, IS_4M, 1, CMDLINE },
	/* OLD == NEW asks for nothing */
	{ "memmap=1M%3M-1+1", NEW, RAM_4M, IS_4M, 1, CMDLINE },
	{ "memmap=0%3M-1+2", NEW, RAM_4M, IS_4M, 0, CMDLINE },

	/* the line: what goes nowhere does not count, -- ends it, quotes protect */
	{ "mem=0 memory=1M memmap mem=2M Mem=1M mem=0", NEW, RAM_4M, 1, { ROW(0, 2 * M, RAM) },
	  1 << 0 | 1 << 1 | 1 << 3, CMDLINE },
	{ "mem=2M -- mem=1M", NEW, RAM_4M, 1, { ROW(0, 2 * M, RAM) }, 0, LEGAL },
	{ "mem=2M --=x mem=1M", NEW, RAM_4M, 1, { ROW(0, M, RAM) }, 0, LEGAL },
	{ "memmap=\"1M@4M\" \"mem=2M\"", NEW, RAM_4M, 2, { ROW(0, 2 * M, RAM), ROW(0, 0, 0) }, 0,
	  LEGAL },
	{ "", NEW, RAM_4M, IS_4M, 0, LEGAL },
	{ "quiet", NEW, RAM_4M, IS_4M, 0, LEGAL },
	{ "mem=5M memmap=x mem=6M", OLD, RAM_4M, IS_4M, 1 << 1, CMDLINE },

	/* legality: main is invalid; two slots of eight for the pieces; 2^52, beyond; up to 2^64 */
	{ "memmap=exactmap,1@0,1@2,1@4,1@6,1@8,1@10,1@12,1@14", NEW, RAM_4M, 8,
	  { ROW(0, 1, RAM), ROW(2, 1, RAM), ROW(4, 1, RAM), ROW(6, 1, RAM), ROW(8, 1, RAM),
	    ROW(10, 1, RAM), ROW(12, 1, RAM), ROW(14, 1, RAM) }, 0, LEGAL },
	{ "memmap=1M@0", NEW, { ADD(HALF, HALF + 1, RAM) }, 2,
	  { ROW(HALF, HALF + 1, RAM), ROW(0, M, RAM) }, 0, FIRMWARE },
	{ "memmap=x", NEW, { ADD(HALF, HALF + 1, RAM) }, 1, { ROW(HALF, HALF + 1, RAM) }, 1,
	  CMDLINE },
	{ "memmap=1M%1M-1+2,1M%3M-1+2", NEW, RAM_4M, 4,
	  { ROW(0, M, RAM), ROW(M, M, RESERVED), ROW(2 * M, M, RAM), ROW(3 * M, M, RESERVED) }, 0,
	  LEGAL },
	{ "memmap=4096@0xffffffffff000", NEW, EMPTY, 1, { ROW((1ULL << 52) - 4096, 4096, RAM) }, 0,
	  LEGAL },
	{ "memmap=4097@0xffffffffff000", NEW, EMPTY, 1, { ROW((1ULL << 52) - 4096, 4097, RAM) }, 0,
	  CMDLINE },
	{ "memmap=8E%8E-1", NEW, RAM_4M, IS_4M, 0, CMDLINE },
};

static void check_line(void **state)
{
	const struct line_case *c = *state;
	struct expect e;

	init_model(c->version, 0);
	run_line(c->before, c->line, &e);
	assert_int_equal(e.result.outcome, OUT_RETURN);
	assert_int_equal(e.fired, 0);
	assert_int_equal(e.result.said, 0);
	assert_rows(&e.rows.table[E820_MAIN], c->rows, c->nr);
	assert_int_equal(e.result.value, c->value);
	assert_int_equal(e.value_rule, VALUE_EXACT);
	assert_int_equal(e.legality, c->legality);
	assert_layers_agree(&e);
}

int main(void)
{
	static struct CMUnitTest tests[ARRAY_SIZE(lines)];

	for (unsigned int i = 0; i < ARRAY_SIZE(lines); i++)
		tests[i] = (struct CMUnitTest){
			.name = lines[i].line, .test_func = check_line,
			.initial_state = (void *)&lines[i],
		};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

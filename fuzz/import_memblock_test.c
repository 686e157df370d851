// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a log says of memblock, against scenarios written by hand, and what cannot be made one of.
 * Usage: import_memblock_test DIR, a directory of NAME.log beside NAME.scn.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "import.h"
#include "import_memblock.h"

static const char *forms;
static struct import im;
static struct import_mb mb;
static struct import_mb_script sc;
static char err[SCENARIO_ERR];

static void begin(const char *name)
{
	import_begin(&im, name);
	im.mb = &mb;
	import_mb_begin(&mb);
}

static bool end(void)
{
	char map[SCENARIO_ERR];

	import_end(&im, map);	/* no map: that is e820's matter */
	return import_mb_build(&im, &mb, &sc, err);
}

static bool imports(const char *text)
{
	begin("log");
	import_feed(&im, text, strlen(text));
	return end();
}

static void imports_file(const char *name)
{
	char path[4096], data[4096];
	size_t n;
	FILE *in;

	snprintf(path, sizeof(path), "%s/%s.log", forms, name);
	in = fopen(path, "r");
	if (!in)
		fail_msg("cannot read %s", path);
	begin(name);
	while ((n = fread(data, 1, sizeof(data), in)))
		import_feed(&im, data, n);
	fclose(in);
	if (!end())
		fail_msg("%s", err);
}

static void as_written(const char *name)
{
	static struct scenario s, want;
	static uint8_t a[SCENARIO_BYTES_MAX], b[SCENARIO_BYTES_MAX];
	char path[4096];
	size_t n, m;

	imports_file(name);
	assert_int_equal(import_mb_scenario(&sc, &s), sc.nr);
	snprintf(path, sizeof(path), "%s/%s.scn", forms, name);
	if (!scenario_load(&want, path, false, err))
		fail_msg("%s", err);
	n = scenario_encode(&want, a, sizeof(a));
	m = scenario_encode(&s, b, sizeof(b));
	if (n == m && !memcmp(a, b, n))
		return;
	scenario_print(stderr, &s);
	fail_msg("%s.log: another scenario than in %s", name, path);
}

static void reads_as_written(void **state)
{
	static const char *const names[] = { "plain", "wrapped", "nodes", "told" };

	(void)state;
	for (unsigned int i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		as_written(names[i]);
}

#define RESERVE "memblock_reserve: [0x0000000000400000-0x0000000000400fff] somebody+0x1/0x2\n"
#define SIZES "MEMBLOCK configuration:\n memory size = 0x100000 reserved size = 0x2000\n"
#define MEMORY " memory.cnt  = 0x1\n memory[0x0]\t[0x0000000000100000-0x00000000001fffff], " \
	"0x0000000000100000 bytes flags: 0x0\n"
#define ROW(n, range, size) " reserved[0x" n "]\t[" range "], 0x" size " bytes flags: 0x0\n"
#define ROWS ROW("0", "0x3000-0x3fff", "1000") ROW("1", "0x5000-0x5fff", "1000")
#define TABLE SIZES MEMORY " reserved.cnt  = 0x2\n" ROWS

static void what_cannot_be_is_told(void **state)
{
	static const struct {
		const char *text, *says;
	} bad[] = {
		{ "", "log:1:1: no call of memblock" },
		{ "one\ntwo\n" TABLE, "no call of memblock" },
		{ RESERVE, "log:1:1: calls of memblock, but no table" },
		{ "Linux version 5.10.3\n" TABLE RESERVE, "a log of Linux 5.10.3: what is not" },
		/* the first table is not whole */
		{ SIZES MEMORY " reserved.cnt  = 0x2\n" ROW("0", "0x3000-0x3fff", "1000") RESERVE,
		  "first table of memblock is not whole" },
		{ SIZES " reserved.cnt  = 0x2\n" ROWS RESERVE, "first table of memblock is not" },
		{ SIZES MEMORY " reserved.cnt  = 0x1\n" ROWS RESERVE,
		  "log:7:1: more regions than the table has" },
		{ SIZES MEMORY " reserved.cnt  = 0x2\n" ROW("0", "0x5000-0x5fff", "1000")
		  ROW("1", "0x3000-0x3fff", "1000") RESERVE, "log:7:1: a region out of order" },
		{ TABLE " memory[0x0]\t[0x0-0xfff], 0x2000 bytes flags: 0x0\n" RESERVE,
		  "other bytes than the range has" },
		{ SIZES " memory.cnt  = 0x1\n memory[0x0]\t[0x0-0xfff], 0x1000 bytes flags: 0x100000000\n"
		  RESERVE, "log:4:47: flags that no kernel has" },
		{ TABLE "memblock_add_node: [0x0-0xfff] nid=1 flags=20 a+0x0/0x1\n",
		  "log:8:44: flags that no kernel has" },
		/* cut lines, in the middle of the log */
		{ TABLE "memblock_reserve: [0x000000000040\n" RESERVE,
		  "log:8:34: the line ends in the middle" },
		{ TABLE "memblock_reserve: [0x0000000000400000-0x0000000000400fff]\nsomething else\n",
		  "log:8:58: the line ends in the middle" },
		{ TABLE "memblock_reserve\n" RESERVE, "log:8:17: the line ends in the middle" },
		{ TABLE "[    0.1] memblock_reserve: [0x000000000040\n" RESERVE, "log:8:44: " },
		{ TABLE "memblock_alloc_try_nid: 73 bytes align=0x40 nid=-1 from=0x0\n" RESERVE,
		  "the line ends in the middle" },
		/* two lines in one */
		{ TABLE "memblock_reserve: [0x40" RESERVE, "log:8:24: expected the last byte" },
		{ TABLE "memblock_reserve: [0x400000-0x400fff] some+0x1/0x2memblock_add: [0x0-0x1]"
		  " x+0x1/0x2\n", "log:8:51: expected the end of the line" },
		/* what no kernel prints */
		{ TABLE "memblock_reserve: [0x10000000000000000-0x1] a+0x0/0x1\n",
		  "log:8:22: a number of more than 64 bits" },
		{ TABLE "memblock_alloc_try_nid: 99999999999999999999 bytes align=0x40 nid=-1 "
		  "from=0x0 max_addr=0x0 a+0x0/0x1\n", "a number of more than 64 bits" },
		{ TABLE "memblock_alloc_try_nid: 64 bytes align=0x40 nid=5000 from=0x0 max_addr=0x0 "
		  "a+0x0/0x1\n", "log:8:53: a node that no kernel has" },
		{ TABLE "memblock_reserve: [0x400000-0x400fff]  +0x1/0x2\n", "expected who called" },
		{ TABLE "memblock_discharge: [0x400000-0x400fff] a+0x0/0x1\n",
		  "log:8:1: a function of memblock that is not known here" },
	};

	(void)state;
	for (unsigned int i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (imports(bad[i].text))
			fail_msg("taken: %s", bad[i].text);
		if (!strstr(err, bad[i].says) || strchr(err, '\n') || strncmp(err, "log:", 4))
			fail_msg("'%s' does not say '%s'", err, bad[i].says);
	}
}

static void prose_is_left_alone(void **state)
{
	(void)state;
	assert_true(imports(TABLE RESERVE "memblock_x86: some words\nmemblock: also words\n"
			    "memblock_reserve: it failed\nmemory[0] is no row\nMemory: lots\n"
			    "SRAT: PXM 0 -> APIC 0x00 -> Node 0\nFreeing it\n"));
	assert_int_equal(mb.nr, 8);
	assert_int_equal(mb.calls, 1);
}

/* Where the log ends, its last line may be cut; that is no mistake. */
static void the_last_line_may_be_cut(void **state)
{
	(void)state;
	assert_true(imports(TABLE RESERVE "memblock_phys_free: [0x0000000000400000-0x000"));
	assert_int_equal(mb.calls, 1);
	assert_true(im.cut);
}

/* Calls behind lines that the kernel could not print may stand on what they did. */
static void nothing_follows_dropped_lines(void **state)
{
	unsigned int calls;

	(void)state;
	assert_true(imports(TABLE RESERVE "** 7 printk messages dropped **\n" RESERVE));
	calls = sc.nr;
	assert_int_equal(sc.until, 9);
	assert_int_equal(sc.of[mb.nr - 1], -1);
	assert_true(imports(TABLE RESERVE));
	assert_int_equal(sc.nr, calls);
	assert_int_equal(sc.until, 0);
}

static void a_boot_begins_anew(void **state)
{
	(void)state;
	assert_true(imports("Linux version 6.1.1\n" TABLE RESERVE RESERVE
			    "memblock_reserve: [0x1\n" "Linux version 6.1.2\n" TABLE RESERVE));
	assert_int_equal(mb.calls, 1);
	assert_int_equal(mb.at[0].line, 13);
}

/* More lines than are kept are told, and nothing is written behind the last one. */
static void many_lines_are_told(void **state)
{
	(void)state;
	begin("log");
	import_feed(&im, TABLE, strlen(TABLE));
	for (unsigned int i = 0; i < IMPORT_MB_LINES; i++)
		import_feed(&im, RESERVE, strlen(RESERVE));
	assert_true(end());
	assert_int_equal(mb.nr, IMPORT_MB_LINES);
	assert_int_equal(sc.until, IMPORT_MB_LINES + 1);
	assert_true(sc.nr > SCENARIO_OPS_MAX);
}

static unsigned int told_of_node(uint32_t nid)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < sc.nr; i++)
		n += sc.op[i].op.id == M_SET_NODE && sc.op[i].op.arg[3] == nid;
	return n;
}

/* numa=fake: nodes that get no data of their own were given up, and then all of them were. */
static void fakes_may_be_given_up(void **state)
{
#define FAKES "Faking a node at [mem 0x0-0x1fffff]\nFaking node 0 at [mem 0x0-0xfffff]\n" \
	"Faking node 1 at [mem 0x100000-0x1fffff]\n"
#define DATA(n, at) "memblock_reserve: [" at "000-" at "fff] memblock_alloc_range_nid+0x1/0x2\n" \
	"NODE_DATA(" n ") allocated [mem " at "000-" at "fff]\n"
	(void)state;
	assert_true(imports(TABLE FAKES DATA("0", "0x180") DATA("1", "0x181") RESERVE));
	assert_int_equal(told_of_node(0), 2);	/* memory, and what is reserved */
	assert_int_equal(told_of_node(1), 2);
	assert_true(imports(TABLE FAKES DATA("0", "0x180") RESERVE));
	assert_int_equal(told_of_node(0), 2);
	assert_int_equal(told_of_node(1), 0);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_as_written),
		cmocka_unit_test(what_cannot_be_is_told),
		cmocka_unit_test(prose_is_left_alone),
		cmocka_unit_test(the_last_line_may_be_cut),
		cmocka_unit_test(nothing_follows_dropped_lines),
		cmocka_unit_test(a_boot_begins_anew),
		cmocka_unit_test(many_lines_are_told),
		cmocka_unit_test(fakes_may_be_given_up),
	};

	if (argc != 2)
		return 2;
	forms = argv[1];
	return cmocka_run_group_tests_name("import_memblock", tests, NULL, NULL);
}

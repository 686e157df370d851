// SPDX-License-Identifier: GPL-2.0-only
/*
 * A log as a whole boot, against scenarios written by hand, and what cannot be made one; which
 * pages a log leaves to the page allocator. Usage: import_boot_test DIR, of NAME.log beside
 * NAME.scn.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "import_boot.h"

static const char *forms;
static struct import im;
static struct import_mb mb;
static struct import_script map;
static struct import_mb_script calls;
static struct import_boot_script sc;
static char err[SCENARIO_ERR];

/* Lines of a file up to the one that begins with @before; @with is put there. NULL: all of it. */
static void imports(const char *name, const char *before, const char *with)
{
	char path[4096], line[512];
	FILE *in;

	snprintf(path, sizeof(path), "%s/%s.log", forms, name);
	in = fopen(path, "r");
	if (!in)
		fail_msg("cannot read %s", path);
	import_begin(&im, name);
	im.mb = &mb;
	import_mb_begin(&mb);
	while (fgets(line, sizeof(line), in)) {
		if (before && !strncmp(line, before, strlen(before))) {
			import_feed(&im, with, strlen(with));
			before = NULL;
		}
		import_feed(&im, line, strlen(line));
	}
	fclose(in);
	assert_null(before);
	if (!import_end(&im, err) || !import_build(&im, &map, err) ||
	    !import_mb_build(&im, &mb, &calls, err))
		fail_msg("%s", err);
	import_boot_build(&im, &map, &mb, &calls, &sc);
}

static void as_written(const char *name)
{
	static struct scenario s, want;
	static uint8_t a[SCENARIO_BYTES_MAX], b[SCENARIO_BYTES_MAX];
	char path[4096];
	size_t n, m;

	imports(name, NULL, NULL);
	if (sc.why)
		fail_msg("%s: %s", name, sc.why);
	assert_int_equal(import_boot_scenario(&sc, &s), sc.nr);
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
	(void)state;
	as_written("nodes");
	/* a block on a node below an address: no op asks for it, it is reserved where it is */
	assert_int_equal(sc.given, 1);
	as_written("not-ram");
}

static void what_cannot_be_is_told(void **state)
{
	static const struct {
		const char *before, *with, *says;
	} bad[] = {
		{ "Zone ranges", "memblock_remove: [0x400000-0x400fff] some+0x1/0x2\n",
		  "memory is added or taken away beside the map" },
		{ "Zone ranges", "** 7 printk messages dropped **\n", "lines are missing" },
		{ "NUMA: Node 0", "ACPI: SRAT: Node 1 PXM 1 [mem 0x02000000-0x03ffffff] hotplug\n",
		  "memory that can be unplugged" },
	};

	(void)state;
	for (unsigned int i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		imports("nodes", bad[i].before, bad[i].with);
		assert_non_null(sc.why);
		assert_string_equal(sc.why, bad[i].says);
		assert_true(sc.why_line);
	}
}

/* What nodes have, without each page with a reserved byte. */
static void pages_are_what_is_left(void **state)
{
	static struct row rows[IMPORT_BOOT_RANGES];
	static const struct { uint64_t start, end; } left[] = {
		{ 0x1000, 0x200000 }, { 0x400000, 0x800000 },
		{ 0xc00000, 0x1f00000 }, { 0x2000000, 0x5ff8000 }, { 0x5ff9000, 0x5ffa000 },
	};

	(void)state;
	imports("nodes", NULL, NULL);
	assert_int_equal(import_boot_pages(&mb, rows), 5);
	for (unsigned int i = 0; i < 5; i++) {
		assert_int_equal(rows[i].start, left[i].start);
		assert_int_equal(rows[i].start + rows[i].size, left[i].end);
	}
	/* the log does not say what is reserved at the end */
	imports("not-ram", NULL, NULL);
	assert_int_equal(import_boot_pages(&mb, rows), 0);
}

static void zones_are_the_logs(void **state)
{
	static struct import_zones z;

	(void)state;
	imports("nodes", NULL, NULL);
	import_boot_zones(&mb, &calls, &z);
	assert_int_equal(z.nr, 3);
	assert_int_equal(z.first[1], 0x2000);
	assert_int_equal(z.end[1], 0x6000);
	assert_int_equal(z.movable[1], 0x4000);
	assert_int_equal(calls.max_pfn, 0x6000);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_as_written),
		cmocka_unit_test(what_cannot_be_is_told),
		cmocka_unit_test(pages_are_what_is_left),
		cmocka_unit_test(zones_are_the_logs),
	};

	if (argc != 2)
		return 2;
	forms = argv[1];
	return cmocka_run_group_tests_name("import_boot", tests, NULL, NULL);
}

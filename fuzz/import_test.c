// SPDX-License-Identifier: GPL-2.0-only
/*
 * import: every form of log against a scenario written by hand, and what is no log. Usage:
 * import_test DIR, the directory of the forms: NAME.log, NAME.txt or NAME.dir beside NAME.scn.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "import.h"

static const char *forms;
static struct import im;
static struct import_script sc;
static char err[SCENARIO_ERR];

/* Bytes by pieces of @step: where they are cut must not matter. */
static bool import_text(const char *name, const char *text, size_t len, size_t step)
{
	import_begin(&im, name);
	for (size_t at = 0; at < len; at += step)
		import_feed(&im, text + at, len - at < step ? len - at : step);
	return import_end(&im, err) && import_build(&im, &sc, err);
}

static bool imports(const char *text)
{
	return import_text("log", text, strlen(text), 4096);
}

static void same_as_written(const char *written, const char *shown)
{
	static struct scenario want;
	static uint8_t a[SCENARIO_BYTES_MAX], b[SCENARIO_BYTES_MAX];
	size_t n, m;

	if (!scenario_load(&want, written, false, err))
		fail_msg("%s", err);
	n = scenario_encode(&want, a, sizeof(a));
	m = scenario_encode(&sc.s, b, sizeof(b));
	if (n == m && !memcmp(a, b, n))
		return;
	scenario_print(stderr, &sc.s);
	fail_msg("%s: another scenario than in %s", shown, written);
}

static const char *ending(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot ? dot : "";
}

static void every_form_reads_as_written(void **state)
{
	static char data[1 << 16], path[4096], written[4096];
	DIR *dir = opendir(forms);
	unsigned int tried = 0;
	struct dirent *e;

	(void)state;
	assert_non_null(dir);
	while ((e = readdir(dir))) {
		const char *end = ending(e->d_name);
		size_t n;
		FILE *in;

		snprintf(path, sizeof(path), "%s/%s", forms, e->d_name);
		snprintf(written, sizeof(written), "%s/%.*s.scn", forms, (int)(end - e->d_name),
			 e->d_name);
		if (!strcmp(end, ".dir")) {
			import_begin(&im, path);
			if (!import_directory(&im, path, err) || !import_build(&im, &sc, err))
				fail_msg("%s", err);
			same_as_written(written, e->d_name);
			tried++;
		}
		if (strcmp(end, ".log") && strcmp(end, ".txt"))
			continue;
		in = fopen(path, "r");
		assert_non_null(in);
		n = fread(data, 1, sizeof(data), in);
		fclose(in);
		for (unsigned int step = 1; step <= n; step += step < 64 ? 7 : n / 2) {
			if (!import_text(e->d_name, data, n, step))
				fail_msg("%s", err);
			same_as_written(written, e->d_name);
		}
		tried++;
	}
	closedir(dir);
	assert_true(tried >= 38);
}

#define MAP	"BIOS-provided physical RAM map:\n"					\
		"BIOS-e820: [mem 0x0000000000000000-0x000000000009ffff] usable\n"	\
		"BIOS-e820: [mem 0x0000000000100000-0x0000000007ffffff] usable\n"

static void what_is_no_map_is_told(void **state)
{
	static const struct { const char *text, *says; } bad[] = {
		{ "", "log:1:1: empty, expected" },
		{ "hello\nworld\n", "log:3:1: no memory map up to here" },
		{ "BIOS-e820: lines are missing\n", "log:2:1: no memory map" },
		{ "[    0.000000] Booting Linux on physical CPU 0x0000000000 [0x410fd083]\n",
		  "log:1:1: a log of another architecture (arm)" },
		{ "x\nLinux version 6.1.0 (gcc (riscv64-linux-gnu))\n",
		  "log:2:1: a log of another architecture (riscv)" },
		{ "Linux version 6.1.0 (powerpc64le-linux-gnu-gcc)\n", "(powerpc)" },
		{ "Booting Linux on physical CPU 0x0\nLinux version 6.1.21-v7+ (gcc)\n",
		  "log:1:1: a log of another architecture (arm)" },
		{ MAP "BIOS-e820: [mem 0x0000000008000000-0x0000000009ffffff] persistent (type 1",
		  "log:4:" },
		/* cut in the middle of an entry */
		{ MAP "BIOS-e820: [mem 0x0000000008000000-0x00000",
		  "log:4:" },
		{ MAP "BIOS-e820: [mem 0x0000000008000000-0x0000000009ffffff] usab",
		  "log:4:60: the log ends in the middle of an entry" },
		{ MAP "BIOS-e820: [mem 0x0000000008000000-0x00000\nnext\n", "log:4:" },
		/* too long, backwards, unknown, contradictory */
		{ MAP "BIOS-e820: [mem 0x00000000008000000001-0x9fffffffffffffffffff] usable\n",
		  "log:4:42: a number of more than 64 bits" },
		{ MAP "BIOS-e820: [mem 0x0000000009000000-0x0000000008000000] usable\n",
		  "log:4:12: the range ends before it starts" },
		{ MAP "BIOS-e820: [mem 0x0000000009000000-0x0000000009000fff] lost and found it all\n",
		  "log:4:56: unknown type" },
		{ MAP "BIOS-e820: [mem 0x0000000000100000-0x0000000007ffffff] reserved\n",
		  "log:4:1: the same range as in line 3, but another type" },
		{ "copy_e820_map() start: 1000 size: 1000 end: 3000 type: 1\n",
		  "start + size is not end" },
		{ "copy_e820_map() start: 0 size: 1000 end: 1000 type: 1 copy_e820_map() start:\n",
		  "expected the end of the line" },
		/* two boots, the second without a map */
		{ "Linux version 6.1.0\n" MAP "Linux version 6.1.1\nnothing\n",
		  "log:5:1: the last of 2 boots" },
		{ "00000000-00000000 : System RAM\n  00000000-00000000 : Kernel code\n"
		  "00000000-00000000 : Reserved\n", "read it as root" },
	};

	(void)state;
	for (unsigned int i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (imports(bad[i].text))
			fail_msg("taken: %s", bad[i].text);
		if (!strstr(err, bad[i].says) || strchr(err, '\n') ||
		    strncmp(err, "log:", 4))
			fail_msg("'%s' does not say '%s'", err, bad[i].says);
	}
}

static void binary_is_told(void **state)
{
	static const char bytes[] = "\177ELF\0\0\1\nBIOS\0\n";

	(void)state;
	assert_false(import_text("log", bytes, sizeof(bytes) - 1, 3));
	assert_non_null(strstr(err, "log:1:1: NUL bytes"));
}

static void repeat(const char *line, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++)
		import_feed(&im, line, strlen(line));
}

/* Whatever its length, a text needs no more memory: a map behind 64 MiB of one line, of many. */
static void long_texts_stream(void **state)
{
	static char piece[1 << 16];

	(void)state;
	memset(piece, 'x', sizeof(piece) - 1);
	import_begin(&im, "log");
	repeat(piece, 512);
	repeat("\n", 1);
	repeat("some line of the log\n", 100000);
	repeat(MAP, 1);
	repeat(piece, 512);
	assert_true(import_end(&im, err));
	assert_int_equal(im.fact[0].line, 100003);
	assert_int_equal(im.skipped[IMPORT_SKIP_LONG].lines, 2);
	assert_int_equal(im.skipped[IMPORT_SKIP_LONG].first[0], 1);
	assert_int_equal(im.skipped[IMPORT_SKIP_OTHER].lines, 100000);
	assert_int_equal(im.skipped[IMPORT_SKIP_OTHER].ranges, 1);
	assert_int_equal(im.skipped[IMPORT_SKIP_OTHER].first[0], 2);
	assert_int_equal(im.skipped[IMPORT_SKIP_OTHER].last[0], 100001);
}

static void every_prefix_is_taken_off(void **state)
{
	static const char *const prefix[] = {
		"6,123,0,-;", "6,123,4567890,-;[    0.000000] ", "+[    0.000000] ",
		"<6>1 2026-11-22T10:00:00.000001+01:00 host kernel - - - [    0.000000] ",
		"Nov 22 10:00:00 host kernel[0]: [    0.000000] ",
		"2026-11-22 10:00:00 [    0.000000] ", "10:00:00.123 [    0.000000] ",
		"[    0.000000] e820: ",
	};

	(void)state;
	for (unsigned int i = 0; i < sizeof(prefix) / sizeof(prefix[0]); i++) {
		import_begin(&im, "log");
		repeat(prefix[i], 1);
		repeat("BIOS-e820: [mem 0x0000000000000000-0x000000000009ffff] usable\n", 1);
		repeat(prefix[i], 1);
		repeat("BIOS-e820: [mem 0x0000000000100000-0x0000000007ffffff] usable\n", 1);
		if (!import_end(&im, err))
			fail_msg("'%s': %s", prefix[i], err);
		assert_int_equal(im.nr, 2);
		assert_int_equal(im.fact[1].start, 0x100000);
	}
	assert_true(imports("(XEN) Xen-e820 RAM map:\n"
			    "(XEN) [00000027a5c2a16e]  [0000000000000000, 000000000009ffff] "
			    "(usable)\n"));
	assert_int_equal(im.fact[0].size, 0xa0000);
	assert_true(imports("Nov 22 10:00:00 xen (XEN) Xen-e820 RAM map:\n"
			    "Nov 22 10:00:00 xen (XEN)  0000000000000000 - 00000000000a0000 "
			    "(usable)\n"));
	assert_int_equal(im.fact[0].size, 0xa0000);
}

static void map_of(unsigned int entries)
{
	char line[128];

	import_begin(&im, "log");
	repeat(MAP, 1);
	for (unsigned int i = 2; i < entries; i++) {
		snprintf(line, sizeof(line), "BIOS-e820: [mem %#x-%#x] reserved\n",
			 i << 28, (i << 28) + 4095);
		repeat(line, 1);
	}
	assert_true(import_end(&im, err));
}

/* boot_params holds 128 entries, the others come as the boot loader's extended table. */
static void large_maps_are_extended(void **state)
{
	char line[128];

	(void)state;
	import_begin(&im, "log");
	repeat(MAP, 1);
	for (uint64_t i = 2; i < 130; i++) {
		snprintf(line, sizeof(line), "BIOS-e820: [mem %#llx-%#llx] reserved\n",
			 (unsigned long long)i << 28, ((unsigned long long)i << 28) + 4095);
		repeat(line, 1);
	}
	assert_true(import_end(&im, err) && import_build(&im, &sc, err));
	assert_int_equal(sc.s.ops[0].id, E820_MEMORY_SETUP);
	assert_int_equal(sc.s.ops[0].arg[0], 128);
	assert_int_equal(sc.s.ops[0].nr_tokens, 128);
	assert_int_equal(sc.s.ops[129].id, E820_EXTEND);
	assert_int_equal(sc.s.ops[129].arg[1], 40);
	assert_int_equal(sc.s.ops[129].nr_tokens, 2);
	assert_int_equal(sc.s.ops[131].arg[0], 129ull << 28);
}

static void too_large_a_map_is_told(void **state)
{
	char line[128];

	(void)state;
	map_of(2);
	for (uint64_t i = 2; i < 250; i++) {
		snprintf(line, sizeof(line), "BIOS-e820: [mem %#llx-%#llx] reserved\n",
			 (unsigned long long)i << 28, ((unsigned long long)i << 28) + 4095);
		repeat(line, 1);
	}
	assert_true(import_end(&im, err));
	assert_false(import_build(&im, &sc, err));
	assert_non_null(strstr(err, "a map of 250 entries"));
	assert_non_null(strstr(err, "room for 256"));
}

static void skipped_lines_are_told(void **state)
{
	char said[4096] = "";
	FILE *out = fmemopen(said, sizeof(said), "w");

	(void)state;
	assert_true(imports("one\ntwo\n" MAP "six\nBIOS-e820: and so on\neight\n"));
	import_tell_skipped(&im, out);
	fclose(out);
	assert_string_equal(said,
			    "log: skipped 4 lines (not about the memory map): 1-2, 6, 8\n"
			    "log: skipped 1 line (begins like an entry, but is none): 7\n");
}

static void an_earlier_boot_is_told(void **state)
{
	char said[4096] = "";
	FILE *out = fmemopen(said, sizeof(said), "w");

	(void)state;
	assert_true(imports("Linux version 6.1.0\n" MAP "Linux version 6.12.3-x\n" MAP));
	import_tell_skipped(&im, out);
	fclose(out);
	assert_string_equal(said, "log: 2 boots; the last one, from line 5 on, is taken\n");
	assert_string_equal(im.release, "6.12.3-x");
	assert_int_equal(im.version, 6 << 16 | 12 << 8 | 3);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_reads_as_written),
		cmocka_unit_test(what_is_no_map_is_told),
		cmocka_unit_test(binary_is_told),
		cmocka_unit_test(long_texts_stream),
		cmocka_unit_test(every_prefix_is_taken_off),
		cmocka_unit_test(large_maps_are_extended),
		cmocka_unit_test(too_large_a_map_is_told),
		cmocka_unit_test(skipped_lines_are_told),
		cmocka_unit_test(an_earlier_boot_is_told),
	};

	if (argc != 2)
		return 2;
	forms = argv[1];
	return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}

// SPDX-License-Identifier: GPL-2.0-only
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "contract/e820.h"
#include "scenario_testing.h"

static struct scenario a, b;
static char err[SCENARIO_ERR], dir[] = "/tmp/load_test.XXXXXX", path[64];

static int make_dir(void **state)
{
	(void)state;
	if (!mkdtemp(dir))
		return -1;
	snprintf(path, sizeof(path), "%s/file", dir);
	return 0;
}

static int remove_dir(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(dir);
}

static void write_file(const void *data, size_t size)
{
	FILE *out = fopen(path, "w");

	assert_non_null(out);
	assert_int_equal(fwrite(data, 1, size, out), size);
	assert_int_equal(fclose(out), 0);
}

static void load_says(const char *what)
{
	char want[512];

	snprintf(want, sizeof(want), "%s%s", path, what);
	strcpy(err, "nothing");
	assert_false(scenario_load(&a, path, false, err));
	assert_string_equal(err, want);
}

static const char text[] = "scenario e820 config=small\nappend 1\n  entry 1M 4K ram\n";

static void text_and_bytes_load_alike(void **state)
{
	uint8_t bytes[SCENARIO_BYTES_MAX];
	size_t n;

	(void)state;
	write_file(text, strlen(text));
	assert_true(scenario_load(&a, path, false, err));
	assert_int_equal(a.nr, 2);
	assert_ptr_equal(a.config, &e820_family.configs[1]);
	n = scenario_encode(&a, bytes, sizeof(bytes));
	write_file(bytes, n);
	assert_true(scenario_load(&b, path, false, err));
	assert_same(&a, &b);
	assert_true(scenario_load(&b, path, true, err));
	assert_same(&a, &b);

	write_file(bytes, n - 1);
	load_says(": truncated: record 2 has 55 of 56 bytes");
	write_file(bytes, 7);
	load_says(": truncated: the header has 7 of 16 bytes");
}

static void raw_takes_anything(void **state)
{
	static const uint8_t garbage[100] = { 0x7f, 2, 9, 0xff, [16] = 250 };

	(void)state;
	write_file(garbage, sizeof(garbage));
	load_says(": byte 0x7f at the beginning, expected text or version byte 0xe1");
	assert_true(scenario_load(&a, path, true, err));
	assert_canonical(&a);
	assert_ptr_equal(a.family, &e820_family);
	assert_int_equal(a.nr, 1);
	write_file("", 0);
	assert_true(scenario_load(&a, path, true, err));
	assert_int_equal(a.nr, 0);
}

static void what_fuzzers_leave_is_told_from_texts(void **state)
{
	static const uint8_t printable[20] = "a", other[20] = { 0xe1, 3 }, none[20] = { 'a', 0xff };

	(void)state;
	assert_false(scenario_is_raw((const uint8_t *)text, strlen(text)));
	assert_false(scenario_is_raw((const uint8_t *)"", 0));
	assert_true(scenario_is_raw(printable, sizeof(printable)));
	assert_true(scenario_is_raw((const uint8_t *)"\xff!", 2));
	assert_false(scenario_from_raw(&a, "x", &e820_family, other, SCENARIO_HEADER - 1, err));
	assert_string_equal(err, "x: too short for a fuzzer's input");
	assert_false(scenario_from_raw(&a, "x", NULL, none, sizeof(none), err));
	assert_string_equal(err, "x: names no family: --family FAMILY, that of the target");
	assert_true(scenario_from_raw(&a, "x", &e820_family, none, sizeof(none), err));
	assert_ptr_equal(a.family, &e820_family);
	assert_true(scenario_from_raw(&a, "x", NULL, other, sizeof(other), err));
	assert_int_equal(a.family->id, 3);
}

static void bad_files(void **state)
{
	static char big[SCENARIO_FILE_MAX + 1];

	(void)state;
	unlink(path);
	load_says(": cannot open: No such file or directory, expected a scenario file");
	write_file("", 0);
	load_says(": empty, expected a scenario (text or bytes)");
	write_file("scenario e821\n", 14);
	load_says(with_families(":1:10: unknown family 'e821', expected one of "));
	write_file("scenario e820\0\n", 15);
	load_says(":1:14: byte 0x00, expected text");
	memset(big, '\n', sizeof(big));
	memcpy(big, text, strlen(text));	/* NOLINT(bugprone-not-null-terminated-result) */
	write_file(big, sizeof(big) - 1);
	assert_true(scenario_load(&a, path, false, err));
	write_file(big, sizeof(big));
	load_says(": too large, expected at most 1048576 bytes");
	if (geteuid()) { /* root reads everything */
		assert_int_equal(chmod(path, 0), 0);
		load_says(": cannot open: Permission denied, expected a scenario file");
	}
	assert_false(scenario_load(&a, dir, false, err));
	assert_non_null(strstr(err, ": is a directory, expected a scenario file"));
}

static void dash_is_standard_input(void **state)
{
	int saved = dup(STDIN_FILENO), fd;

	(void)state;
	write_file("add\n", 4);
	fd = open(path, O_RDONLY);
	assert_true(saved >= 0 && fd >= 0);
	assert_int_equal(dup2(fd, STDIN_FILENO), STDIN_FILENO);
	assert_false(scenario_load(&a, "-", false, err));
	assert_string_equal(err, "standard input:1:1: 'add' before the scenario line, expected "
				 "'scenario FAMILY [config=NAME]' first");
	assert_int_equal(dup2(saved, STDIN_FILENO), STDIN_FILENO);
	close(saved);
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_and_bytes_load_alike),
		cmocka_unit_test(raw_takes_anything),
		cmocka_unit_test(what_fuzzers_leave_is_told_from_texts),
		cmocka_unit_test(bad_files),
		cmocka_unit_test(dash_is_standard_input),
	};

	return cmocka_run_group_tests(tests, make_dir, remove_dir);
}

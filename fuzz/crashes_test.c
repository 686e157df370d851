// SPDX-License-Identifier: GPL-2.0-only
/* Which files below a directory are inputs that went wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "crashes.h"

static char top[] = "/tmp/crashes_test.XXXXXX";

/* What is there; directories are made on the way. Those marked are inputs. */
static const struct {
	const char *path, *text;
	bool input;
} files[] = {
	{ "afl/w0/crashes/README.txt", "", false },
	{ "afl/w0/crashes/id:000000,sig:06", "", true },
	{ "afl/w0/crashes.2020-01-01/id:000001", "", true },
	{ "afl/w0/fuzz_bitmap", "", false },
	{ "afl/w0/fuzzer_stats", "", false },
	{ "afl/w0/hangs/id:000000", "", true },
	{ "afl/w0/queue/id:000000,orig:x", "", false },
	{ "bucket/hashes", "", false },
	{ "bucket/inputs", "", false },
	{ "bucket/mail.txt", "", false },
	{ "bucket/memblock-test.c", "", false },
	{ "bucket/raw.bin", "", true },
	{ "bucket/report.txt", "", false },
	{ "bucket/repro.c", "", false },
	{ "bucket/scenario.scn", "", true },
	{ "bucket/show.txt", "", false },
	{ "libfuzzer/crash-0123", "", true },
	{ "libfuzzer/fuzz.log", "", false },
	{ "mine/inputs", "", true },	/* no bucket */
	{ "mine/queue.txt", "", true },
	{ "mine/show.txt", "", true },
	{ "stage/one.bin", "", true },
	{ "stage/one.txt", "verdict:  hang\nsubject:  range@x+small (Linux 1)\n", false },
	{ "stage/two.bin", "", true },
};

#define NR	(sizeof(files) / sizeof(files[0]))

static void path_of(char *out, const char *path)
{
	snprintf(out, 256, "%s/%s", top, path);
}

static int setup(void **state)
{
	char path[256];

	(void)state;
	if (!mkdtemp(top))
		return -1;
	for (unsigned int i = 0; i < NR; i++) {
		FILE *f;

		path_of(path, files[i].path);
		for (char *c = path + strlen(top) + 1; (c = strchr(c, '/')); c++) {
			*c = 0;
			mkdir(path, 0777);
			*c = '/';
		}
		f = fopen(path, "w");
		if (!f || fputs(files[i].text, f) < 0 || fclose(f))
			return -1;
	}
	return 0;
}

static int teardown(void **state)
{
	char path[256];

	(void)state;
	for (unsigned int i = 0; i < NR; i++) {
		path_of(path, files[i].path);
		unlink(path);
		for (char *c; (c = strrchr(path, '/')) && c > path + strlen(top);) {
			*c = 0;
			rmdir(path);	/* the last one in it succeeds */
		}
	}
	return rmdir(top);
}

static void test_below(void **state)
{
	struct files got = { 0 };
	char err[256], path[256];
	size_t n = 0;

	(void)state;
	assert_true(crashes_add(&got, top, err));
	for (unsigned int i = 0; i < NR; i++) {
		if (!files[i].input)
			continue;
		path_of(path, files[i].path);
		for (n = 0; n < got.nr && strcmp(got.path[n], path); n++)
			;
		if (n == got.nr)
			fail_msg("%s is missing", path);
	}
	for (n = 0; n < got.nr; n++) {
		bool input = false;

		for (unsigned int i = 0; i < NR; i++)
			input |= files[i].input && !strcmp(got.path[n] + strlen(top) + 1,
							   files[i].path);
		if (!input)
			fail_msg("%s is none", got.path[n]);
	}
	files_free(&got);
}

/* What is named is meant, whatever lies beside it. */
static void test_named(void **state)
{
	static const char *const named[] = {
		"afl/w0/queue/id:000000,orig:x", "afl/w0/crashes/README.txt", "stage/one.txt",
	};
	struct files got = { 0 };
	char err[256], path[256];

	(void)state;
	for (unsigned int i = 0; i < sizeof(named) / sizeof(named[0]); i++) {
		path_of(path, named[i]);
		assert_true(crashes_add(&got, path, err));
		assert_int_equal(got.nr, i + 1);
		assert_string_equal(got.path[i], path);
	}
	path_of(path, "missing");
	assert_false(crashes_add(&got, path, err));
	assert_non_null(strstr(err, "missing: "));
	files_free(&got);
}

static void test_subject(void **state)
{
	static const struct {
		const char *path, *subject;
	} cases[] = {
		{ "stage/one.bin", "range@x+small" },
		{ "stage/two.bin", "" },
		{ "libfuzzer/crash-0123", "" },
	};
	char buf[64], path[256];

	(void)state;
	for (unsigned int i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		path_of(path, cases[i].path);
		crash_subject(buf, sizeof(buf), path);
		assert_string_equal(buf, cases[i].subject);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_below),
		cmocka_unit_test(test_named),
		cmocka_unit_test(test_subject),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}

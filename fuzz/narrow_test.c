// SPDX-License-Identifier: GPL-2.0-only
/* Text for mails: no line of 80 columns, nothing but ASCII, whatever goes in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "narrow.h"

static char *narrowed(const char *text, size_t size)
{
	FILE *in = narrow_begin(), *out = tmpfile();
	char *got = calloc(1, 64 * 1024);

	assert_non_null(in);
	assert_non_null(out);
	assert_non_null(got);
	fwrite(text, 1, size, in);
	narrow_end(in, out);
	rewind(out);
	assert_true(fread(got, 1, 64 * 1024 - 1, out) < 64 * 1024 - 1);
	fclose(out);
	return got;
}

static const struct {
	const char *in, *out;
} cases[] = {
	{ "", "" },
	{ "short\n\nlines\n", "short\n\nlines\n" },
	{ "no newline", "no newline\n" },
	{ "blanks behind   \n", "blanks behind\n" },
	{ "a\tb\n", "a       b\n" },
	{ "\xc3\xa4 and \x01\n", "?? and ?\n" },
	/* 79 columns stay; the 80th, and what follows, goes on below, deeper */
	{ "  34567890123456789012345678901234567890123456789012345678901234567890123456789\n",
	  "  34567890123456789012345678901234567890123456789012345678901234567890123456789\n" },
	{ "  345678901234567890123456789012345678901234567890123456789012345678901234567890\n",
	  "  34567890123456789012345678901234567890123456789012345678901234567890123456789\n"
	  "      0\n" },
	{ "  34567890123456789012345678901234567890123456789012345678901234567890123 56789012\n",
	  "  34567890123456789012345678901234567890123456789012345678901234567890123\n"
	  "      56789012\n" },
};

static void test_cases(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *got = narrowed(cases[i].in, strlen(cases[i].in));

		assert_string_equal(got, cases[i].out);
		free(got);
	}
}

/* A small generator (xorshift): any bytes, mostly blanks and letters, no newlines for long. */
static void test_anything(void **state)
{
	static char text[2000];
	uint32_t x = 1;

	(void)state;
	for (unsigned int round = 0; round < 200; round++) {
		char *got, *line;
		size_t letters = 0;

		for (size_t i = 0; i < sizeof(text); i++) {
			x ^= x << 13;
			x ^= x >> 17;
			x ^= x << 5;
			text[i] = x % 5 ? (char)('a' + x % 26) : x % 7 ? ' ' : (char)(x >> 8);
			letters += text[i] >= 'a' && text[i] <= 'z';
		}
		got = narrowed(text, sizeof(text));
		for (line = got; *line; line += strcspn(line, "\n") + 1) {
			assert_true(strcspn(line, "\n") <= NARROW_COLUMNS);
			for (const char *c = line; *c && *c != '\n'; c++) {
				assert_in_range(*c, ' ', '~');
				letters -= *c >= 'a' && *c <= 'z';
			}
		}
		assert_int_equal(letters, 0);	/* nothing is lost, nothing comes twice */
		free(got);
	}
}

static void test_prose(void **state)
{
	FILE *f = tmpfile();
	char got[512] = "";

	(void)state;
	assert_non_null(f);
	narrow_prose(f, "* ", "  ", " words  between\nlines \n");
	narrow_prose(f, "* ", "  ", " \n ");
	narrow_prosef(f, "> ", ">> ", "%070d next", 1);
	narrow_prosef(f, "", "", "%072d %d", 2, 3);
	rewind(f);
	assert_true(fread(got, 1, sizeof(got) - 1, f) > 0);
	assert_string_equal(got,
		"* words between lines\n"
		"> 0000000000000000000000000000000000000000000000000000000000000000000001\n"
		">> next\n"
		"000000000000000000000000000000000000000000000000000000000000000000000002\n"
		"3\n");
	fclose(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_anything),
		cmocka_unit_test(test_prose),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

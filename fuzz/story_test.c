// SPDX-License-Identifier: GPL-2.0-only
/* A finding's comments, taken apart. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "story.h"

static void test_finding(void **state)
{
	static struct story s;

	(void)state;
	story_read(&s, "# one line that says it\n"
		       "# expect: overlap\n# op: 3\n# kernels: a b\n# quirk: q\n# legality: legal\n"
		       "#\n"
		       "# What happens,\n#   to whom.\n"
		       "#\n"
		       "# More of it.\n"
		       "#\n"
		       "# Contract: what is\n# asked for.\n"
		       "#\n"
		       "# Searched, briefly: here\n# and there.\n"
		       "scenario range\n"
		       "# no part of it\n");
	assert_string_equal(s.what, "What happens, to whom.\nMore of it.");
	assert_string_equal(s.contract, "what is asked for.");
	assert_string_equal(s.searched, "Searched, briefly: here and there.");
}

static void test_little(void **state)
{
	static const char *const texts[] = {
		"", "scenario range\n", "# one line\nscenario range\n", "# expect: overlap",
		"#\n#\n# one line", "sort 4\n",
	};
	static struct story s;

	(void)state;
	for (unsigned int i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		story_read(&s, texts[i]);
		assert_string_equal(s.what, "");
		assert_string_equal(s.contract, "");
		assert_string_equal(s.searched, "");
	}
}

/* What is too long is cut, and nothing behind it is touched. */
static void test_long(void **state)
{
	static char text[3 * STORY_MAX];
	static struct story s;
	size_t n = 0;

	(void)state;
	n += sprintf(text + n, "# first\n");
	while (n < sizeof(text) - 64)
		n += sprintf(text + n, "# words and words\n");
	sprintf(text + n, "# Contract: c\n");
	story_read(&s, text);
	assert_in_range(strlen(s.what), STORY_MAX - 32, STORY_MAX - 1);
	assert_string_equal(s.contract, "c");
}

/* Two lines that fill it to the last character; with one more the second is left out. */
static void test_full(void **state)
{
	enum { FIRST = 100, SECOND = STORY_MAX - 1 - FIRST - 1 };
	static char text[STORY_MAX + 64], a[FIRST + 1], b[SECOND + 2];
	static struct story s;

	(void)state;
	memset(a, 'a', FIRST);
	memset(b, 'b', SECOND);
	sprintf(text, "# first\n# %s\n# %s\n", a, b);
	story_read(&s, text);
	assert_int_equal(strlen(s.what), STORY_MAX - 1);
	assert_string_equal(s.contract, "");
	b[SECOND] = 'b';
	sprintf(text, "# first\n# %s\n# %s\n", a, b);
	story_read(&s, text);
	assert_string_equal(s.what, a);
	assert_string_equal(s.contract, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_finding),
		cmocka_unit_test(test_little),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_full),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

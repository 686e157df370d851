// SPDX-License-Identifier: GPL-2.0-only
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <linux/kernel.h>
#include <linux/seq_file.h>

#include "shim.h"

static void copies_end_with_a_zero(void **state)
{
	char to[4] = { 'x', 'x', 'x', 'x' };

	(void)state;
	assert_int_equal(sized_strscpy(to, "ab", sizeof(to)), 2);
	assert_memory_equal(to, "ab\0x", 4);
	assert_int_equal(sized_strscpy(to, "abc", sizeof(to)), 3);
	assert_string_equal(to, "abc");
	assert_int_equal(sized_strscpy(to, "defg", sizeof(to)), -7);
	assert_string_equal(to, "def");
	assert_int_equal(sized_strscpy(to, "x", 0), -7);
	assert_string_equal(to, "def");
}

static void prints_end_with_a_zero(void **state)
{
	volatile size_t size = 4;	/* gcc is not to know: it warns of what is cut */
	char to[4];

	(void)state;
	assert_int_equal(snprintf(to, sizeof(to), "%d", 12), 2);
	assert_string_equal(to, "12");
	snprintf(to, size, "%d", 12345);
	assert_string_equal(to, "123");
	size = 0;
	snprintf(to, size, "%d", 6);
	assert_string_equal(to, "123");
}

static void blanks_are_those_of_latin_1(void **state)
{
	(void)state;
	/* as a char may be signed, or not */
	for (int c = -128; c < 256; c++)
		assert_int_equal(!!isspace(c), (unsigned char)c == 0xa0 ||
				 !!memchr(" \t\n\v\f\r", (unsigned char)c, 6));
}

static void files_are_cut_off(void **state)
{
	char buf[8] = "........";
	struct seq_file m = { .buf = buf, .size = 6 };

	(void)state;
	seq_puts(&m, "ab");
	seq_putc(&m, 'c');
	seq_printf(&m, "%d", 12345);
	seq_putc(&m, '!');
	assert_int_equal(m.count, 6);
	assert_memory_equal(buf, "abc123..", 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(copies_end_with_a_zero),
		cmocka_unit_test(prints_end_with_a_zero),
		cmocka_unit_test(blanks_are_those_of_latin_1),
		cmocka_unit_test(files_are_cut_off),
	};

	return cmocka_run_group_tests_name("string", tests, NULL, NULL);
}

// SPDX-License-Identifier: GPL-2.0-only
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <linux/kernel.h>

static const struct {
	const char *text;
	unsigned long long value;
	size_t read;
} sizes[] = {
	{ "0", 0, 1 }, { "64", 64, 2 }, { "64k", 64 << 10, 3 }, { "64K@", 64 << 10, 3 },
	{ "1M", 1 << 20, 2 }, { "1G#0", 1 << 30, 2 }, { "2T", 2ull << 40, 2 },
	{ "1p", 1ull << 50, 2 }, { "1E", 1ull << 60, 2 }, { "16E", 0, 3 },
	{ "0x10", 16, 4 }, { "0x10M", 16 << 20, 5 }, { "0X1fg", 31ull << 30, 5 },
	{ "010", 8, 3 }, { "08", 0, 1 }, { "", 0, 0 }, { "k", 0, 1 }, { "x", 0, 0 },
	{ "-1", 0, 0 }, { "0x", 0, 1 }, { "0xg", 0, 1 }, { "1kk", 1 << 10, 2 },
	{ "18446744073709551615", ~0ull, 20 }, { "0xffffffffffffffff", ~0ull, 18 },
};

static void memparse_reads_sizes(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		char *end;

		assert_int_equal(memparse(sizes[i].text, &end), sizes[i].value);
		assert_ptr_equal(end, sizes[i].text + sizes[i].read);
	}
}

static void a_given_base_as_in_libc(void **state)
{
	static const char *const texts[] = { "10", "0x10", "7f", "77", "0", "z", "9" };

	(void)state;
	for (unsigned int base = 8; base <= 16; base += base == 8 ? 2 : 6)
		for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
			char *end, *want_end;
			unsigned long long want = strtoull(texts[i], &want_end, base);

			assert_int_equal(simple_strtoull(texts[i], &end, base), want);
			assert_ptr_equal(end, want_end);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memparse_reads_sizes),
		cmocka_unit_test(a_given_base_as_in_libc),
	};

	return cmocka_run_group_tests_name("parse", tests, NULL, NULL);
}

// SPDX-License-Identifier: GPL-2.0-only
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <linux/kernel.h>

#include "shim.h"

uint32_t shim_version;

#define BEFORE	0x30f00		/* K, M and G */
#define SINCE	0x31000		/* T, P and E, too */

struct reading {
	const char *text;
	unsigned long long value;
	size_t read;
};

static const struct reading sizes[] = {
	{ "0", 0, 1 }, { "64", 64, 2 }, { "64k", 64 << 10, 3 }, { "64K@", 64 << 10, 3 },
	{ "1M", 1 << 20, 2 }, { "1G#0", 1 << 30, 2 }, { "3g", 3ull << 30, 2 },
	{ "0x10", 16, 4 }, { "0x10M", 16 << 20, 5 }, { "0X1fg", 31ull << 30, 5 },
	{ "010", 8, 3 }, { "08", 0, 1 }, { "", 0, 0 }, { "k", 0, 1 }, { "x", 0, 0 },
	{ "-1", 0, 0 }, { "0x", 0, 1 }, { "0xg", 0, 1 }, { "1kk", 1 << 10, 2 },
	{ "18446744073709551615", ~0ull, 20 }, { "0xffffffffffffffff", ~0ull, 18 },
	{ "18446744073709551616", 0, 20 }, { "0x1ffffffffffffffff", ~0ull, 19 },
	{ "0xffffffffffffffffK", ~0ull << 10, 19 },
};

static const struct reading large_before[] = {
	{ "2T", 2, 1 }, { "1p", 1, 1 }, { "1E", 1, 1 }, { "t", 0, 0 }, { "0x1e", 0x1e, 4 },
};

static const struct reading large_since[] = {
	{ "2T", 2ull << 40, 2 }, { "1p", 1ull << 50, 2 }, { "1E", 1ull << 60, 2 }, { "16E", 0, 3 },
	{ "t", 0, 1 }, { "0x1e", 0x1e, 4 },
};

static void reads(const struct reading *r, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		char *end;

		assert_int_equal(memparse(r[i].text, &end), r[i].value);
		assert_ptr_equal(end, r[i].text + r[i].read);
	}
}

static void memparse_reads_sizes(void **state)
{
	(void)state;
	shim_version = BEFORE;
	reads(sizes, ARRAY_SIZE(sizes));
	shim_version = SINCE;
	reads(sizes, ARRAY_SIZE(sizes));
}

static void large_suffixes_came_later(void **state)
{
	(void)state;
	shim_version = BEFORE;
	reads(large_before, ARRAY_SIZE(large_before));
	shim_version = SINCE;
	reads(large_since, ARRAY_SIZE(large_since));
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
		cmocka_unit_test(large_suffixes_came_later),
		cmocka_unit_test(a_given_base_as_in_libc),
	};

	return cmocka_run_group_tests_name("parse", tests, NULL, NULL);
}

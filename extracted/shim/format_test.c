// SPDX-License-Identifier: GPL-2.0-only
/* The kernel's printf: C's own, where both know a format, and what only the kernel has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "shim/shim.h"

static char *format(const char *fmt, ...)
{
	static char buf[256];
	va_list args;

	va_start(args, fmt);
	*shim_format(buf, buf + sizeof(buf) - 1, fmt, args) = '\0';
	va_end(args);
	return buf;
}

/* libc knows the format, too: it says what is right. */
#define SAME(fmt, ...) do {						\
	char want[256];							\
									\
	snprintf(want, sizeof(want), fmt, ##__VA_ARGS__);		\
	assert_string_equal(format(fmt, ##__VA_ARGS__), want);		\
} while (0)

/* What the kernel has under the same name would compare the formatter with itself. */
static void the_judge_is_libc(void **state)
{
	volatile double half = 0.5;	/* which the kernel's knows nothing of */
	char text[8];

	(void)state;
	snprintf(text, sizeof(text), "%.1f", half);
	assert_string_equal(text, "0.5");
}

static void numbers_as_in_libc(void **state)
{
	static const unsigned long long values[] = {
		0, 1, 9, 10, 15, 16, 255, 0x1000, 0x7fffffff, 0x80000000, 0xffffffff,
		0x100000000, 0x123456789abcdef0, 0x7fffffffffffffff, 0x8000000000000000, ~0ull,
	};

	(void)state;
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		unsigned long long v = values[i];

		SAME("%d|%5d|%-5d|%05d|%+d|% d", (int)v, (int)v, (int)v, (int)v, (int)v, (int)v);
		SAME("%u|%o|%x|%X|%#o", (int)v, (int)v, (int)v, (int)v, (int)v);
		SAME("%ld|%lu|%lx|%lld|%llu|%llx", (long)v, (long)v, (long)v, (long long)v, v, v);
		SAME("%zu|%zx|%hhu|%hu|%hhd|%hd", (size_t)v, (size_t)v, (unsigned char)v,
		     (unsigned short)v, (signed char)v, (short)v);
		SAME("%016llx|%20llx|%-20llx|%.8llx|%20.8llx", v, v, v, v, v);
		SAME("%*d|%-*d|%.*d", 7, (int)v, 7, (int)v, 7, (int)v);
		if (v)	/* the kernel writes 0x in front of a zero as well */
			SAME("%#x|%#X|%#010llx|%#018llx|%#20llx", (int)v ? (int)v : 1,
			     (int)v ? (int)v : 1, v, v, v);
	}
}

static void the_kernels_own_numbers(void **state)
{
	uint64_t phys = 0x1234;
	uint32_t narrow = 0xfffff000;

	(void)state;
	assert_string_equal(format("%#010Lx", 0x1234ull), "0x00001234");
	assert_string_equal(format("%#018Lx", 0ull), "0x0000000000000000");
	assert_string_equal(format("%#018Lx-%#018Lx", 0x100000ull, ~0ull),
			    "0x0000000000100000-0xffffffffffffffff");
	assert_string_equal(format("%Lu %Ld", 5ull, -5ll), "5 -5");
	assert_string_equal(format("%pa|%pap", &phys, &phys),
			    "0x0000000000001234|0x0000000000001234");
	shim_phys_bytes = 4;
	assert_string_equal(format("%pa", &narrow), "0xfffff000");
	shim_phys_bytes = 8;
	assert_string_equal(format("%p|%pS|%pK.", (void *)0x10, (void *)0x10, (void *)0x10),
			    "0x0000000000000010|0x0000000000000010|0x0000000000000010.");
}

static void text_as_in_libc(void **state)
{
	(void)state;
	SAME("%s|%10s|%-10s|%.2s|%10.2s|%.*s", "abc", "abc", "abc", "abc", "abc", 1, "abc");
	SAME("%c|%3c|%-3c|%%|100%%", 'x', 'y', 'z');
	assert_string_equal(format("%s", (char *)NULL), "(null)");
}

static void what_does_not_fit_is_cut_off(void **state)
{
	char buf[8];

	(void)state;
	for (size_t room = 0; room <= 6; room++) {
		va_list none = { 0 };

		memset(buf, '.', sizeof(buf));
		assert_ptr_equal(shim_format(buf, buf + room, "abcdef", none), buf + room);
		assert_memory_equal(buf, "abcdef", room);
		assert_int_equal(buf[room], '.');
	}
}

static void an_unknown_format_ends_the_text(void **state)
{
	(void)state;
	assert_string_equal(format("a %d %y %s b", 1, 2, 3), "a 1 %?");
	assert_string_equal(format("a %"), "a %?");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_judge_is_libc),
		cmocka_unit_test(numbers_as_in_libc),
		cmocka_unit_test(the_kernels_own_numbers),
		cmocka_unit_test(text_as_in_libc),
		cmocka_unit_test(what_does_not_fit_is_cut_off),
		cmocka_unit_test(an_unknown_format_ends_the_text),
	};

	return cmocka_run_group_tests_name("format", tests, NULL, NULL);
}

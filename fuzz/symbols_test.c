// SPDX-License-Identifier: GPL-2.0-only
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "symbols.h"

static int __attribute__((__section__("kernel_text"), __noinline__)) a_kernels(int n)
{
	return n * 3 + 1;
}

static int __attribute__((__noinline__)) our_own(int n)
{
	return n * 5 + 1;
}

static int (*volatile kernels)(int n) = a_kernels;
static int (*volatile ours)(int n) = our_own;

static void a_kernels_function_has_its_name(void **state)
{
	char name[64] = "";

	(void)state;
	assert_true(symbols_kernel(name, sizeof(name), symbols_offset((uintptr_t)kernels)));
	assert_string_equal(name, "a_kernels");
	/* in the middle of it, too */
	assert_true(symbols_kernel(name, sizeof(name), symbols_offset((uintptr_t)kernels + 1)));
	assert_string_equal(name, "a_kernels");
	assert_true(symbols_kernel(name, 5, symbols_offset((uintptr_t)kernels)));
	assert_string_equal(name, "a_ke");
}

static void nothing_else_is_one(void **state)
{
	char name[64] = "";

	(void)state;
	assert_false(symbols_kernel(name, sizeof(name), symbols_offset((uintptr_t)ours)));
	assert_false(symbols_kernel(name, sizeof(name), symbols_offset((uintptr_t)&ours)));
	assert_false(symbols_kernel(name, sizeof(name), 0));
	assert_false(symbols_kernel(name, sizeof(name), UINT64_MAX));
}

static void our_own_file_is_known_by_its_path(void **state)
{
	char path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);

	(void)state;
	assert_true(n > 1);
	assert_true(symbols_is_own_path(path, n));
	assert_false(symbols_is_own_path(path, n - 1));
	assert_false(symbols_is_own_path("/lib/libc.so.6", 14));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_kernels_function_has_its_name),
		cmocka_unit_test(nothing_else_is_one),
		cmocka_unit_test(our_own_file_is_known_by_its_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

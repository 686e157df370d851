// SPDX-License-Identifier: GPL-2.0-only
/* Last words as the tools write them, and what they mean. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "death.h"

#define SIGNALLED(sig)	(sig)
#define EXITED(code)	((code) << 8)

static const struct {
	const char *text;
	int status;
	enum verdict_kind kind;
	const char *detail;
} cases[] = {
	{
		"==7==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x60 at pc\n"
		"READ of size 8 at 0x60 thread T0\n"
		"    #0 0x4a in __interceptor_memmove (/x/earlyfuzz+0x4a)\n"
		"    #1 0x4b in subtract_range /src/build/extracted/k/kernel/range.c:73:9\n"
		"    #2 0x4c in exec /src/extracted/range.c:40:2\n",
		EXITED(1), VERDICT_OUT_OF_BOUNDS,
		"heap-buffer-overflow in subtract_range at kernel/range.c:73",
	}, {
		"AddressSanitizer:DEADLYSIGNAL\n"
		"==7==ERROR: AddressSanitizer: SEGV on unknown address 0x000000000000 (pc 0x1\n"
		"    #0 0x4b in add_range /k/kernel/range.c:17:5\n",
		EXITED(1), VERDICT_CRASH, "SEGV in add_range at kernel/range.c:17",
	}, {
		"/k/kernel/range.c:25:12: runtime error: shift exponent 64 is too large\n"
		"SUMMARY: UndefinedBehaviorSanitizer: undefined-behavior /k/kernel/range.c:25\n",
		EXITED(1), VERDICT_UNDEFINED, "shift exponent 64 is too large at kernel/range.c:25",
	}, {
		"==7==WARNING: MemorySanitizer: use-of-uninitialized-value\n"
		"    #0 0x4b in cmp_range /k/kernel/range.c:120:6\n",
		EXITED(1), VERDICT_UNINITIALISED,
		"use-of-uninitialized-value in cmp_range at kernel/range.c:120",
	},
	{ "", SIGNALLED(11), VERDICT_CRASH, "Segmentation fault" },
	{ "something else\n", EXITED(77), VERDICT_CRASH, "exit status 77" },
	{
		/* the wrapper's file is called range.c, too, but is not the kernel's */
		"==7==ERROR: AddressSanitizer: use-after-poison on address 0x60\n"
		"    #0 0x4c in exec /src/extracted/range.c:40:2\n",
		EXITED(1), VERDICT_OUT_OF_BOUNDS, "use-after-poison",
	},
};

static void kinds_and_places(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct verdict v = { 0 };

		death_classify(cases[i].text, cases[i].status, "kernel/range.c", &v);
		assert_int_equal(v.kind, cases[i].kind);
		assert_string_equal(v.detail, cases[i].detail);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds_and_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * How sanitizers report in earlyfuzz, unless ASAN_OPTIONS and the like say otherwise: workers die
 * often, and a symbolizer would take a second each time. Our own symbols name the function
 * (symbols.h); for UBSan that takes a stack.
 */
#define DEFAULTS	"symbolize=0:print_stacktrace=1"

const char *__asan_default_options(void);
const char *__msan_default_options(void);
const char *__ubsan_default_options(void);

const char *__asan_default_options(void)
{
	return "symbolize=0";
}

const char *__msan_default_options(void)
{
	return "symbolize=0";
}

const char *__ubsan_default_options(void)
{
	return DEFAULTS;
}

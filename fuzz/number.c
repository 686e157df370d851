// SPDX-License-Identifier: GPL-2.0-only
/* Numbers of the text form. */
#include <inttypes.h>
#include <string.h>

#include "number.h"
#include "scenario.h"

static const char units[] = "KMGTP";

const char *scenario_number(char *buf, uint64_t value)
{
	unsigned int shift = 0, unit = 0;

	/* the largest unit that divides: 640K and 3G, but 0xfee00000 (4078M) as people know it */
	while (value && unit < sizeof(units) - 1 && !(value >> shift & 1023)) {
		shift += 10;
		unit++;
	}
	if (!value)
		snprintf(buf, SCENARIO_NUMBER, "0");
	else if (unit && value >> shift < 1024)
		snprintf(buf, SCENARIO_NUMBER, "%" PRIu64 "%c", value >> shift, units[unit - 1]);
	else
		snprintf(buf, SCENARIO_NUMBER, "0x%" PRIx64, value);
	return buf;
}

static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 16;
}

/* The power of two that a suffix stands for, 0 for none. */
static unsigned int unit_shift(char c)
{
	char upper = c & ~0x20;
	const char *u = upper ? strchr(units, upper) : NULL;

	return u ? 10 * (u - units + 1) : 0;
}

enum number_error number_parse(const char *s, size_t len, uint64_t *value)
{
	const char *end = s + len;
	bool minus = len && *s == '-', overflow = false;
	uint64_t v = 0, base = 10;
	const char *first;
	unsigned int shift;

	s += minus;
	if (end - s > 2 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X')) {
		base = 16;
		s += 2;
	}
	for (first = s; s < end && (uint64_t)digit_of(*s) < base; s++) {
		uint64_t digit = digit_of(*s);

		if (v > (UINT64_MAX - digit) / base)
			overflow = true;
		v = v * base + digit;
	}
	if (s == first)
		return NUMBER_BAD;
	shift = s + 1 == end ? unit_shift(*s) : 0;
	if (shift) {
		if (v > UINT64_MAX >> shift)
			overflow = true;
		v <<= shift;
		s++;
	}
	if (s != end)
		return NUMBER_BAD;
	if (overflow)
		return NUMBER_TOO_LARGE;
	*value = minus ? -v : v;
	return NUMBER_OK;
}

/* SPDX-License-Identifier: GPL-2.0-only */
/* Numbers of the text form: hex or decimal, with a suffix K M G T P (powers of 1024). */
#ifndef FUZZ_NUMBER_H
#define FUZZ_NUMBER_H

#include <stddef.h>
#include <stdint.h>

enum number_error {
	NUMBER_OK,
	NUMBER_BAD, /* no number */
	NUMBER_TOO_LARGE, /* beyond 64 bits */
};

/**
 * number_parse() - read a number
 * @s: its text, @len bytes
 * @value: the number; -N reads as 2^64 - N
 */
enum number_error number_parse(const char *s, size_t len, uint64_t *value);

#endif

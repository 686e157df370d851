/* SPDX-License-Identifier: GPL-2.0-only */
/* Numbers of a command line, as memparse() takes them. */
#ifndef REFERENCE_MEMPARSE_H
#define REFERENCE_MEMPARSE_H

#include <stdbool.h>
#include <stdint.h>

/**
 * memparse_number() - a number without suffix: decimal, octal behind 0, hexadecimal behind 0x
 * @at: the text; behind the number afterwards
 * Return: its value modulo 2^64; 0 when there is none.
 */
uint64_t memparse_number(const char **at);

/**
 * memparse_size() - a number of bytes, with K, M or G behind it, or small letters
 * @at: the text; behind the number and its suffix afterwards
 * @to_exa: T, P and E are suffixes, too
 */
uint64_t memparse_size(const char **at, bool to_exa);

#endif

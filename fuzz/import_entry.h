/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FUZZ_IMPORT_ENTRY_H
#define FUZZ_IMPORT_ENTRY_H

#include "import.h"

/**
 * import_range() - a range in any notation
 * @p: moved behind it
 * @f: start, size and notation
 * Return: NULL, or what is wrong at *p.
 */
const char *import_range(const char **p, struct import_fact *f);

/* A range with an inclusive end or an exclusive one, whatever stands between the numbers. */
bool import_span(struct import_fact *f, uint64_t start, uint64_t end, bool inclusive);

/**
 * import_entry() - a range and the words of its type: the rest of a line of a table
 * @out: receives it, or the error and where
 */
void import_entry(const char *p, struct import_match *out);

/* copy_e820_map()'s words: start, size, end and type. */
void import_entry_copied(const char *p, struct import_match *out);

/* SeaBIOS's: "  0: 0000000000000000 - 000000000009fc00 = 1 RAM". */
void import_entry_seabios(const char *p, struct import_match *out);

/* "00001000-0009fbff : System RAM"; @p is behind the blanks, whose number out->indent is. */
bool import_entry_iomem(const char *p, struct import_match *out);

#endif

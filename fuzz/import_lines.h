/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FUZZ_IMPORT_LINES_H
#define FUZZ_IMPORT_LINES_H

#include "import.h"

/**
 * import_lines_byte() - the next byte of the text
 * Return: true when a line is complete: l->buf holds it, l->first is its number; call
 * import_lines_done() when it has been used.
 */
bool import_lines_byte(struct import_lines *l, char c);

/* The text ends. Return: true when there is a line that no line end completed. */
bool import_lines_end(struct import_lines *l);

void import_lines_done(struct import_lines *l);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* The memory map around the op of a verdict, in ASCII. */
#ifndef FUZZ_REPRO_MAP_H
#define FUZZ_REPRO_MAP_H

#include "draw.h"
#include "repro.h"

/* As many lines of one drawing are printed; of longer ones the first and the last. */
#define MAP_LINES	40u

/*
 * repro_map() - each table before and after the op, then expected against seen where they differ
 *
 * Tables "own" and "settings" are left out unless they are what is wrong.
 * What the op does not touch is left out; when it touches nothing, the memory that it found is
 * drawn. Nothing is drawn of tables that were empty before and after.
 */
void repro_map(FILE *out, const struct repro *r);

#endif

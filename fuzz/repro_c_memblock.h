/* SPDX-License-Identifier: GPL-2.0-only */
/* Operands of memblock's calls in C; for families memblock and boot. */
#ifndef FUZZ_REPRO_C_MEMBLOCK_H
#define FUZZ_REPRO_C_MEMBLOCK_H

#include "repro_c.h"

/* As c_own_name(), of family memblock. */
bool c_memblock_name(FILE *out, const struct repro *r, unsigned int op, const char *name,
		     size_t len);

/* Of family boot. */
bool c_boot_name(FILE *out, const struct repro *r, unsigned int op, const char *name, size_t len);

/* A node: "NUMA_NO_NODE", "1"; without nodes (@numa is false) 0 is the only one. */
void c_memblock_node(FILE *out, bool numa, uint64_t nid);

/* An end: "MEMBLOCK_ALLOC_ACCESSIBLE", 0x1000 */
void c_memblock_end(FILE *out, uint64_t end);

/* The type of a row of memory, reserved or physmem. */
void c_memblock_type(FILE *out, uint32_t type);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* How values, calls and checks are written in C. */
#ifndef FUZZ_REPRO_C_H
#define FUZZ_REPRO_C_H

#include <string.h>

#include "repro.h"

/* repro_c_value.c */

/* A number of bytes: SZ_4K, 640 * SZ_1K; else as an address. */
void c_size(FILE *out, uint64_t value);

/* An address: hex, but SZ_1M and larger powers of two by name. */
void c_address(FILE *out, uint64_t value);

/* Operand @i of op @d, as what it is. */
void c_operand(FILE *out, const struct family *f, const struct op_desc *d, unsigned int i,
	       uint64_t value);

/* The type of a row in table @table. */
void c_type(FILE *out, const struct family *f, unsigned int table, uint32_t type);

/* A text as a literal. */
void c_text(FILE *out, const char *text, unsigned int len);

/* repro_c_call.c */

/* Op @op and its tokens, OP() or RUN(), with an end of line before what may stand alone. */
void c_call(FILE *out, const struct repro *r, unsigned int op);

/* repro_c_names.c */

/* Is a name in a template, @len characters of @name, this one? */
static inline bool c_is(const char *name, size_t len, const char *what)
{
	return strlen(what) == len && !strncmp(name, what, len);
}

/* @name in the template of op @op, @len characters, if the family has its own words for it. */
bool c_own_name(FILE *out, const struct repro *r, unsigned int op, const char *name, size_t len);

/* repro_c_check.c */

/* CHECK() of the verdict. */
void c_check(FILE *out, const struct repro *r);

/* Why there is none, or NULL. */
const char *c_check_refuses(const struct repro *r);

/* What the op made of the tables, in a few words: "slots: + [0x0-0xfff]"; nothing to say: "". */
void c_note(FILE *out, const struct repro *r, unsigned int op);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* Which operands of an op make up the range that it speaks of. */
#ifndef FUZZ_SHAPE_H
#define FUZZ_SHAPE_H

#include "contract/op.h"

/**
 * struct shape - the range of an op: index of its address, and of its size or end; -1 for none
 * @shift: operands are in units of 2^shift bytes: 12 for page frame numbers
 */
struct shape {
	int addr, size, end;
	unsigned int shift;
};

/*
 * An address with a size or an end, or two page frame numbers; the last ones of several.
 * Operands up to SHAPE_OFFSET_MAX only are offsets, no addresses among others.
 */
struct shape shape_of(const struct op_desc *d);

#define SHAPE_OFFSET_MAX	(1ULL << 30)

/* The address that operand @arg, an end or a size, is counted from; -1: none. */
int shape_base(const struct op_desc *d, unsigned int arg);

#endif

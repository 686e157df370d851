/* SPDX-License-Identifier: GPL-2.0-only */
/* What "simpler" means to the minimizer. */
#ifndef FUZZ_MIN_COST_H
#define FUZZ_MIN_COST_H

#include "contract/op.h"

/* How complicated is value @v of operand @a in @op? */
uint64_t min_arg_cost(const struct arg_desc *a, const struct op *op, uint64_t v);

/* Is it a number that is drawn from all of them (an address, a size), no choice or count? */
bool min_is_number(const struct arg_desc *a);

#endif

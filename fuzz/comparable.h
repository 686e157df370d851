/* SPDX-License-Identifier: GPL-2.0-only */
/* What two kernels have in common, as far as what they do can be compared. */
#ifndef FUZZ_COMPARABLE_H
#define FUZZ_COMPARABLE_H

#include "contract/subject.h"

/**
 * struct comparable - of two subjects of one family
 * @generations: they are built on other code below: what is said on the way is the affair of each,
 *	and how much a hand-off passes on
 * @tables: that can be compared, a bit mask by index: not those of the code below where it is
 *	another one, nor where they are two ways to build one kernel for words of one size
 */
struct comparable {
	const struct family *family;
	bool generations;
	uint32_t tables;
};

struct comparable comparable_of(const struct subject *a, const struct subject *b);

/* What differs in how @op ended on them: "result", "said", or NULL. */
const char *comparable_results(const struct comparable *c, const struct op *op,
			       const struct result *x, const struct result *y);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* The minimizer's way with texts. */
#ifndef FUZZ_MIN_TEXT_H
#define FUZZ_MIN_TEXT_H

#include "min.h"

/* How complicated the text of @op is: its length, then its characters, digits being simplest. */
uint64_t min_text_cost(const struct op *op);

/* Shorten the text of op @at, then simplify its digits. Return: whether anything changed. */
bool min_text(struct min *m, struct scenario *s, unsigned int at);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* Drawing operands where bugs live; the op table says which kind each one is. */
#ifndef FUZZ_OPERAND_H
#define FUZZ_OPERAND_H

#include "mutate.h"

/* Addresses at and beyond this one are "near the end": drawn with SCENARIO_NEAR_END only. */
#define NEAR_END (-(uint64_t)8192)

#define DRAW_PAGE 4096u /* bytes */

/**
 * op_range() - the range of bytes that an op speaks of
 * @start: its first byte
 * @end: its exclusive end; 0 stands for 2^64, and start + size may lie beyond it
 * Return: true when the op has one (a full-range address with a size or an end)
 *	that is neither empty nor inverted.
 */
bool op_range(const struct op_desc *d, const struct op *op, uint64_t *start, uint64_t *end);

/* True when operand @arg is part of the range that op_range() answers. */
bool arg_in_range(const struct op_desc *d, unsigned int arg);

/* Give @op the range [start, end), end 0 standing for 2^64, as address with size or end. */
void op_set_range(const struct op_desc *d, struct op *op, uint64_t start, uint64_t end);

/**
 * draw_boundary() - start or end of another op's range
 * @self: index of the op that it is for
 * Return: true, or false when a few looks found none.
 */
bool draw_boundary(const struct scenario *s, unsigned int self, struct rng *r, uint64_t *at);

/* @value +-1, +- a page, or a few bytes beside; mostly itself. */
uint64_t draw_beside(struct rng *r, uint64_t value);

/* Draw operand @arg of op @at anew; the others stay. */
void draw_arg(struct scenario *s, unsigned int at, unsigned int arg, struct rng *r);

/* Draw all operands of op @at anew; its id says which op it is. */
void draw_op(struct scenario *s, unsigned int at, struct rng *r);

/* Make the counts of op @at those of its tokens (arg_desc.per_token), mostly; else nearly. */
void draw_token_counts(struct scenario *s, unsigned int at, struct rng *r);

/* Bring op @at back into what its table row and the scenario's dimensions allow. */
void settle_op(struct scenario *s, unsigned int at);

/* Drawn as operands are: an address; a size for one that begins at @start; one of @a's choices. */
uint64_t draw_addr(const struct scenario *s, unsigned int self, struct rng *r);
uint64_t draw_size(const struct scenario *s, unsigned int self, uint64_t start, struct rng *r);
uint64_t draw_choice(const struct scenario *s, unsigned int at, const struct arg_desc *a,
		     struct rng *r);

#endif

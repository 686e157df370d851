/* SPDX-License-Identifier: GPL-2.0-only */
/* Look-ups in a family's op table that decoder, text form and mutator share. */
#ifndef FUZZ_OPTABLE_H
#define FUZZ_OPTABLE_H

#include "contract/family.h"

/**
 * op_desc_of() - the description of an op id
 *
 * Tables usually list ids 1, 2, 3 ... in order, which needs no search.
 * Return: the description, or NULL when the family has no such op.
 */
static inline const struct op_desc *op_desc_of(const struct family *f, uint8_t id)
{
	unsigned int i = id - 1u;

	if (i < f->nr_ops && f->ops[i].id == id)
		return &f->ops[i];
	return family_op(f, id);
}

/* The same for any byte: an id that the family lacks stands for another one. Never NULL. */
static inline const struct op_desc *op_desc_any(const struct family *f, uint8_t id)
{
	const struct op_desc *d = op_desc_of(f, id);

	return d ? d : &f->ops[id % f->nr_ops];
}

static inline uint64_t op_bit(uint8_t id)
{
	return 1ULL << (id & 63);
}

static inline bool op_is_token(const struct op_desc *d)
{
	return d->flags & OP_TOKEN;
}

/* May token @token follow an op with id @parent? */
static inline bool token_fits(const struct op_desc *token, uint8_t parent)
{
	return token->parents & op_bit(parent);
}

/* Bit mask of the ops that are calls: what an op mask can name. Tokens come with their op. */
static inline uint64_t family_calls(const struct family *f)
{
	uint64_t mask = 0;

	for (unsigned int i = 0; i < f->nr_ops; i++)
		if (!op_is_token(&f->ops[i]))
			mask |= op_bit(f->ops[i].id);
	return mask;
}

/* An operand reduced to what its description allows: modulo maximum + 1. */
static inline uint64_t arg_reduce(const struct arg_desc *a, uint64_t value)
{
	uint64_t max = arg_max(a);

	return value <= max ? value : value % (max + 1);
}

/* Is its one operand a text (of OP_TEXT_MAX bytes at most)? */
static inline bool op_is_text(const struct op_desc *d)
{
	return d->nr_args && d->args[0].kind == ARG_TEXT;
}

/* Operands as the description allows them: in bounds, unused ones 0, a text 0 behind its end. */
static inline void op_reduce(struct op *op, const struct op_desc *d)
{
	for (unsigned int i = 0; i < OP_ARGS_MAX; i++)
		op->arg[i] = i < d->nr_args ? arg_reduce(&d->args[i], op->arg[i]) : 0;
	if (op_is_text(d)) {
		char text[OP_TEXT_MAX];

		op_set_text(op, text, op_text(op, text));
	}
}

#endif

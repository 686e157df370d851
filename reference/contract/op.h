/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Ops: the words in which scenarios, kernels and models speak of calls.
 *
 * A family describes each of its ops once, in a table of struct op_desc. Decoder, text form,
 * mutator, generator, `earlyfuzz list` and the documentation follow from that table.
 */
#ifndef CONTRACT_OP_H
#define CONTRACT_OP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define OP_ARGS_MAX	6	/* widest call of any family: find_early_area() */

/* What an operand is; it decides how it is drawn, mutated, printed and masked. */
enum arg_kind {
	ARG_ADDR,	/* a byte address, any 64-bit value */
	ARG_END,	/* an exclusive end in bytes */
	ARG_SIZE,	/* a number of bytes */
	ARG_ALIGN,	/* an alignment in bytes */
	ARG_PFN,	/* a page frame number */
	ARG_COUNT,	/* a small number, 0 to @max inclusive */
	ARG_CHOICE,	/* a value with names (struct choice); any value up to @max is possible */
	ARG_BOOL,	/* 0 or 1 */
	ARG_TEXT,	/* eight bytes of a text; all six operands of its op, see op_text() */
};

/**
 * struct choice - a value with a name
 * @weight: how often generators draw it, relative to the others; 0: never by name
 */
struct choice {
	uint64_t value;
	const char *name;
	uint8_t weight;
};

struct arg_desc {
	const char *name;
	enum arg_kind kind;
	uint64_t max;			/* largest value, inclusive; 0 stands for 2^64 - 1 */
	const struct choice *choices;	/* ARG_CHOICE: named values, ended by a NULL name */
	unsigned int per_token;		/* ARG_COUNT: what each token of the op counts for */
};

/* How bad it is when this op goes wrong follows from who may cause it. Ordered: worst first. */
enum legality {
	LEGAL,		/* what kernel callers may do, and documented parameters */
	FIRMWARE,	/* hostile or broken firmware or bootloader data */
	CMDLINE,	/* any other command line */
	MISUSE,		/* breaks the op's precondition */
};

enum op_flags {
	OP_TOKEN = 1,		/* not a call: data of the op before it (@parents) */
	OP_TAKES_TOKENS = 2,	/* token ops may follow */
	OP_QUERY = 4,		/* changes nothing: every table stays as it is */
	OP_CLAIMS = 8,		/* its range is mostly one that no other op has claimed */
	OP_RELEASES = 16,	/* its range is mostly one that another op has claimed */
	OP_ENDS = 32,		/* little can happen after it: seldom drawn */
	OP_FILLS = 64,		/* makes the world that others need: drawn first */
	OP_UNSEARCHED = 128,	/* depends on what no table shows: not for the search over states */
	OP_DEAR = 256,		/* costs as much as several others: drawn seldomer */
};

/**
 * struct op_desc - one row of a family's op table
 * @id: permanent; never reused, append-only; below 64 (one bit of the scenario's op mask)
 * @name: in the text form
 * @call: the kernel's function, today's name
 * @call_old: its name in v2.6.34, or NULL
 * @legal: in words, when the op is legal and what else it can be
 * @frame: in words, what the op may change (the frame rule)
 * @summary: in words, what the op does
 * @parents: OP_TOKEN only: bit mask of the op ids that take this token
 * @c: the call as a kernel developer writes it, in C with today's names, for reproducers: $NAME is
 *	an operand, $nr how many tokens there are, $tokens their templates, separated by commas.
 *	NULL: reproducers run the op as the wrapper does
 */
struct op_desc {
	uint8_t id;
	const char *name;
	const char *call;
	const char *call_old;
	unsigned int flags;
	unsigned int nr_args;
	struct arg_desc args[OP_ARGS_MAX];
	uint64_t parents;
	const char *legal;
	const char *frame;
	const char *summary;
	const char *c;
};

/**
 * struct op - one call with its arguments
 * @id: op_desc.id
 * @nr_tokens: how many of the ops that follow in the array are tokens of this one
 * @arg: in the order of op_desc.args; unused ones are 0
 */
struct op {
	uint8_t id;
	uint16_t nr_tokens;
	uint64_t arg[OP_ARGS_MAX];
};

#define OP_TEXT_MAX	(8 * OP_ARGS_MAX)

/**
 * op_text() - the text of an op whose operands are ARG_TEXT
 * @out: receives its bytes, without a NUL; OP_TEXT_MAX bytes
 *
 * Each operand holds eight bytes of it, the first one lowest; it ends before the first NUL. What
 * is behind that is 0 in a canonical op.
 * Return: how many bytes.
 */
static inline unsigned int op_text(const struct op *op, char *out)
{
	unsigned int len = 0;

	for (; len < OP_TEXT_MAX; len++) {
		out[len] = op->arg[len / 8] >> len % 8 * 8;
		if (!out[len])
			break;
	}
	return len;
}

/* Make @text, @len bytes of it (cut to OP_TEXT_MAX, and at a NUL), the text of @op. */
static inline void op_set_text(struct op *op, const char *text, unsigned int len)
{
	for (unsigned int i = 0; i < OP_ARGS_MAX; i++)
		op->arg[i] = 0;
	for (unsigned int i = 0; i < len && i < OP_TEXT_MAX && text[i]; i++)
		op->arg[i / 8] |= (uint64_t)(unsigned char)text[i] << i % 8 * 8;
}

/* The largest value that operand @a can take, inclusive. */
static inline uint64_t arg_max(const struct arg_desc *a)
{
	if (a->kind == ARG_BOOL)
		return 1;
	return a->max ? a->max : UINT64_MAX;
}

#endif

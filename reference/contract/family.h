/* SPDX-License-Identifier: GPL-2.0-only */
/* A family: the ops of one kernel file, its configurations and its observable tables. */
#ifndef CONTRACT_FAMILY_H
#define CONTRACT_FAMILY_H

#include "op.h"
#include "state.h"

enum table_kind {
	TABLE_MEMORY,	/* who owns which byte: deviations are overlap, loss, stray, frame */
	TABLE_REPORT,	/* facts that were printed or recorded: deviations are wrong results */
};

struct table_desc {
	const char *name;
	enum table_kind kind;
	const char *(*type_name)(uint32_t type);	/* NULL where rows have no type */
};

/**
 * struct config_desc - a configuration that a scenario can ask for
 * @id: permanent, append-only
 * @name: fixed name; subjects are called FAMILY@KERNEL for the first, FAMILY@KERNEL+NAME else.
 *	A variant has the @id of the configuration whose scenarios it runs
 * @slots: capacity of the family's main table, rows
 * @cfg: the CONFIG_ set and build-time constants in words, for `earlyfuzz list`
 * @synthetic: true when no distribution ships it
 * @long_bits: of an unsigned long, and of a pointer; 0: 64
 * @phys_bits: of a phys_addr_t and a resource_size_t; 0: 64
 */
struct config_desc {
	uint8_t id;
	const char *name;
	unsigned int slots;
	const char *cfg;
	bool synthetic;
	uint8_t long_bits, phys_bits;
};

/**
 * struct search_start - where a state search begins when nothing else is asked for
 * @value: boundary addresses, ascending, @nr of them; none: built-in values
 * @choices: of operands with many named values, how many are used; 0: 2
 * @op: ops before the search, @nr_ops of them: a machine to search on
 * @leave_out: ops that only multiply states, a bit mask by op id
 * @leaves: ops that are tried in every state, but not gone on from, likewise
 * @more: calls of these that are tried all the same, @nr_more of them
 * @text: further calls, with their tokens, in the text form without its first line; or NULL
 */
struct search_start {
	uint64_t value[16];
	unsigned int nr, choices;
	const struct op *op;
	unsigned int nr_ops;
	uint64_t leave_out, leaves;
	const struct op *more;
	unsigned int nr_more;
	const char *text;
};

struct family {
	const char *name;
	uint8_t id;			/* permanent, in the byte form */
	const char *file;		/* the kernel's file */
	const struct op_desc *ops;
	unsigned int nr_ops;
	const struct config_desc *configs;
	unsigned int nr_configs;
	const struct config_desc *variants;	/* more subjects for a configuration's scenarios */
	unsigned int nr_variants;
	const struct table_desc *tables;
	unsigned int nr_tables;
	unsigned int slots_table;	/* first row: the grown table's slots, as flags */
	const struct search_start *search;	/* NULL: all ops, built-in values */
	const uint8_t *boot;	/* ids of calls in the order of a boot, then 0; or NULL */
	unsigned int (*generation)(uint32_t version);	/* of a kernel; NULL: all are one */
	uint32_t of_generation;	/* tables that kernels of another one fill otherwise, a bit each */
};

extern const struct family range_family;
extern const struct family e820_family;
extern const struct family early_res_family;
extern const struct family memblock_family;
extern const struct family boot_family;

/* All families, ended by NULL. */
extern const struct family *const families[];

/**
 * family_by_name() - find a family
 * Return: the family, or NULL.
 */
const struct family *family_by_name(const char *name);

/**
 * family_op() - the description of an op id
 * Return: the description, or NULL when the family has no such op.
 */
const struct op_desc *family_op(const struct family *f, uint8_t id);

/* The same by name. */
const struct op_desc *family_op_by_name(const struct family *f, const char *name);

/* Does a subject of configuration @c run scenarios of configuration @s? (Of one family.) */
static inline bool config_runs(const struct config_desc *c, const struct config_desc *s)
{
	return c->id == s->id;
}

/* The largest unsigned long of a subject in configuration @c, and its largest phys_addr_t. */
static inline uint64_t config_long_max(const struct config_desc *c)
{
	return c->long_bits == 32 ? UINT32_MAX : UINT64_MAX;
}

static inline uint64_t config_phys_max(const struct config_desc *c)
{
	return c->phys_bits == 32 ? UINT32_MAX : UINT64_MAX;
}

/* A configuration by permanent id, or by name; NULL when there is none. Variants are not found. */
const struct config_desc *family_config(const struct family *f, uint8_t id);
const struct config_desc *family_config_by_name(const struct family *f, const char *name);

#endif

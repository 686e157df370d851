/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A model: what a family's contract expects of each op.
 *
 * It keeps two descriptions of the state that are computed independently of each other: interval
 * maps (safety layer) and rows (exact layer). While no quirk has fired, both must describe the
 * same bytes at every step: that is checked too (model_selfcheck()).
 */
#ifndef CONTRACT_MODEL_H
#define CONTRACT_MODEL_H

#include "family.h"
#include "verdict.h"

/* How the runner treats an op that meets a quirk. */
enum quirk_kind {
	QUIRK_EXACT,	/* the model predicts the wrong behaviour and goes on */
	QUIRK_CUT,	/* the wrong behaviour is known; the scenario ends at this op */
	QUIRK_AVOID,	/* the op is left out while fuzzing (it would hang or crash) */
};

/**
 * struct quirk - a known wrong behaviour of kernels
 * @id: short permanent name, also the name of its finding file
 * @since: first version that shows it (as subject.version), 0: from the beginning
 * @until: first version that does not any more, 0: none yet
 * @long_bits: shows only where an unsigned long has so many bits; 0: any
 * @phys_bits: the same of a phys_addr_t
 * @summary: one line
 */
struct quirk {
	const char *id;
	enum quirk_kind kind;
	uint32_t since, until;
	uint8_t long_bits, phys_bits;
	const char *summary;
};

/**
 * struct trait - a legitimate difference between kernels
 * @id: short permanent name
 * @since: first version that behaves so
 * @until: first version that does not any more, 0: none yet
 * @long_bits: only where an unsigned long has so many bits; 0: any
 * @phys_bits: the same of a phys_addr_t
 * @source: where it comes from (commit subject or documentation, and version)
 */
struct trait {
	const char *id;
	uint32_t since, until;
	uint8_t long_bits, phys_bits;
	const char *source;
};

/* Has configuration @c words of so many bits (0: any)? */
static inline bool config_has_words(const struct config_desc *c, uint8_t long_bits,
				    uint8_t phys_bits)
{
	return (!long_bits || long_bits == (c->long_bits ? c->long_bits : 64)) &&
	       (!phys_bits || phys_bits == (c->phys_bits ? c->phys_bits : 64));
}

/* Does a kernel of this version behave so, in configuration @c? */
static inline bool trait_holds(const struct trait *t, uint32_t version,
			       const struct config_desc *c)
{
	return version >= t->since && (!t->until || version < t->until) &&
	       config_has_words(c, t->long_bits, t->phys_bits);
}

enum value_rule {
	VALUE_EXACT,		/* result.value must be equal */
	VALUE_UNSPECIFIED,	/* the contract fixes no value: compared in the exact layer only */
};

/**
 * struct expect - what the contract expects of one op
 * @result: outcome and value
 * @value_rule: whether result.value is contract or only behaviour
 * @rows: exact layer after the op; valid until the next call into the model
 * @sum: safety layer after the op: fingerprint of each table (table_sum())
 * @row_sum: table_sum() of @rows: equal to @sum unless the contract asks for what the table
 *	cannot hold. (Reports that are as their rows say: any value in both. The oracle makes it.)
 * @start: first byte that the op may change (frame rule)
 * @last: last byte that it may change, inclusive; @start > @last: nothing may change
 * @may_change: the tables that it may change, a bit mask by index
 * @refuses: the contract knows an error return: @refusal says that the op changed nothing, or not
 *	all
 * @refusal: that value
 * @legality: of this op in the state that it met
 * @fired: quirks that this op met and that the prediction includes, a bit mask by index
 * @cut: a QUIRK_CUT fired: nothing is compared, the scenario ends here
 * @avoid: a QUIRK_AVOID fired: do not execute while fuzzing. The state is as it was before the
 *	op, so that the scenario can go on without it; nothing is predicted of what it would do
 */
struct expect {
	struct result result;
	enum value_rule value_rule;
	struct state rows;
	uint64_t sum[TABLES_MAX];
	uint64_t row_sum[TABLES_MAX];
	uint64_t start, last;
	uint32_t may_change;
	bool refuses;
	uint64_t refusal;
	enum legality legality;
	uint64_t fired;
	bool cut, avoid;
};

/* What step() begins with: the op returns 0, and nothing may change. The rows come later. */
static inline void expect_nothing(struct expect *e)
{
	e->result = (struct result){ .outcome = OUT_RETURN };
	e->value_rule = VALUE_EXACT;
	e->start = 1;
	e->last = 0;
	e->may_change = 0;
	e->refuses = false;
	e->refusal = 0;
	e->fired = 0;
	e->cut = false;
	e->avoid = false;
}

/**
 * struct model_setup - what a model is told about the subject that it is held against
 * @config: the configuration
 * @version: the kernel's version code; traits and quirks follow from it
 * @quirks: bit mask of quirks that are switched on (0: strict)
 */
struct model_setup {
	const struct config_desc *config;
	uint32_t version;
	uint64_t quirks;
};

/**
 * struct model - the model of one family
 * @init: start of a scenario; @state has @size bytes, aligned to 16, contents undefined before
 * @legality: of @op (its tokens follow it) in the present state, without executing it
 * @step: expectation for @op, and the state afterwards. Never fails, whatever the operands.
 * @adopt: NULL, or called after the subject ran and before oracle_check(): where the contract
 *	leaves a choice to the subject (where a table of its own lies, one of several valid answers)
 *	and what it did, by @res and @seen, is one that the contract allows, state and @e follow it;
 *	else they stay, and the oracle finds the deviation. It never follows anything else.
 * @cover: how often the safety layer's table @table covers byte @addr with @type
 * @types: the types that cover anything in the safety layer's table @table; returns how many
 *	(<= max)
 * @edges: boundary addresses of the present state, for operand drawing; returns how many (<= max)
 * @selfcheck: do both layers describe the same bytes? For tests and the end of scenarios.
 * @noticed: did a step notice that they do not? The cheap part of @selfcheck; NULL: there is none
 * @says: what is said (result.said) is predicted: compared in the exact layer
 * @used: how many bytes of @state, from its beginning, mean anything: enough to copy; NULL: all
 *	of them
 */
struct model {
	const struct family *family;
	size_t size;
	const struct quirk *quirks;
	unsigned int nr_quirks;
	const struct trait *traits;
	unsigned int nr_traits;
	void (*init)(void *state, const struct model_setup *setup);
	enum legality (*legality)(const void *state, const struct op *op);
	void (*step)(void *state, const struct op *op, struct expect *e);
	void (*adopt)(void *state, const struct op *op, const struct result *res,
		      const struct state *seen, struct expect *e);
	unsigned int (*cover)(const void *state, unsigned int table, uint64_t addr, uint32_t type);
	unsigned int (*types)(const void *state, unsigned int table, uint32_t *out,
			      unsigned int max);
	unsigned int (*edges)(const void *state, uint64_t *out, unsigned int max);
	bool (*selfcheck)(const void *state);
	bool (*noticed)(const void *state);
	size_t (*used)(const void *state);
	bool says;
};

extern const struct model range_model;
extern const struct model e820_model;
extern const struct model early_res_model;
extern const struct model memblock_model;
extern const struct model boot_model;

/* The model of a family; never NULL for a family in families[]. */
const struct model *model_of(const struct family *f);

/* Bit mask of the quirks that a kernel version shows by the quirks' version ranges. */
uint64_t model_quirks_for(const struct model *m, uint32_t version);

/* Those of them that words of configuration @c can show: what a model goes by. */
uint64_t model_quirks_of_words(const struct model *m, const struct config_desc *c);

/* Index of a quirk by id, or -1. */
int model_quirk_by_id(const struct model *m, const char *id);

/**
 * oracle_check() - hold what a subject did against what the contract expects
 * @m: the model, and @state its state after step()
 * @e: the expectation of this op
 * @res: how the op ended
 * @st: the subject's tables afterwards
 * @v: filled in when the answer is false; v->op is left to the caller
 *
 * Safety layer first, then the exact layer (kind "differs"). The fast path (everything equal)
 * costs one pass over the rows.
 *
 * Return: true when all is as expected.
 */
bool oracle_check(const struct model *m, const void *state, const struct op *op,
		  const struct expect *e, const struct result *res, const struct state *st,
		  struct verdict *v);

#endif

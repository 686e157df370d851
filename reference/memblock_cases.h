/* SPDX-License-Identifier: GPL-2.0-only */
/* Case by case: ops of family memblock, and what must be true after the last one. */
#ifndef REFERENCE_MEMBLOCK_CASES_H
#define REFERENCE_MEMBLOCK_CASES_H

#include "memblock_testing.h"

/**
 * struct memblock_case - ops, and what must be true after the last one
 * @value: what the last op returned
 * @table: the one that is looked at, @nr rows; M_MEMORY and 0 rows: none is
 * @outcome: of the last op
 * @version: of the kernel; 0: v6.12
 */
struct memblock_case {
	const char *name;
	struct op ops[TEST_OPS];
	uint64_t value;
	unsigned int table, nr;
	struct row rows[TEST_ROWS];
	enum outcome outcome;
	enum memblock_config config;
	uint32_t version;
};

static inline void check_cases(const struct memblock_case *cases, unsigned int nr)
{
	for (unsigned int i = 0; i < nr; i++) {
		const struct memblock_case *c = &cases[i];
		struct expect e;

		print_message("%s\n", c->name);
		init_model(c->config, c->version ? c->version : V6_12);
		run_ops(c->ops, &e);
		assert_int_equal(e.result.outcome, c->outcome);
		if (c->outcome != OUT_RETURN)
			continue;
		assert_int_equal(e.result.value, c->value);
		if (c->table == M_MEMORY && !c->nr)
			continue;
		assert_rows(&e.rows.table[c->table], c->rows, c->nr);
		assert_int_equal(e.sum[c->table], e.row_sum[c->table]);
		if (c->table <= M_HANDOFF)
			assert_int_equal(table_sum(&e.rows.table[c->table]),
					 e.row_sum[c->table]);
	}
}

/**
 * struct memblock_quirk_case - what kernels do where the contract asks for something else
 * @quirk: id of the one that fires at the last op, with all of them on; NULL: none does
 * @cut: what happens there is not known
 * @value: what the last op returns; @nr, @row: what is in the table that is looked at, else
 */
struct memblock_quirk_case {
	const char *name, *quirk;
	struct op ops[TEST_OPS];
	bool cut;
	uint64_t value;
	unsigned int nr;
	struct row row;
};

static inline void check_quirk_cases(const struct memblock_quirk_case *cases, unsigned int nr,
				     unsigned int table)
{
	for (unsigned int i = 0; i < nr; i++) {
		const struct memblock_quirk_case *c = &cases[i];
		const struct model_setup setup = {
			.config = &memblock_configs[MEMBLOCK_NORMAL], .version = V6_12,
			.quirks = UINT64_MAX,
		};
		struct expect e;

		print_message("%s\n", c->name);
		memblock_model.init(&room, &setup);
		run_ops(c->ops, &e);
		assert_int_equal(e.fired, c->quirk ?
				 1ULL << model_quirk_by_id(&memblock_model, c->quirk) : 0);
		assert_int_equal(e.cut, c->cut);
		assert_int_equal(e.sum[table], e.row_sum[table]);
		if (c->cut)
			continue;
		assert_int_equal(e.result.value, c->value);
		assert_rows(&e.rows.table[table], &c->row, c->nr);
	}
}

#define FIND(start, end, size, align)	\
	{ .id = M_FIND_IN_RANGE, .arg = { start, end, size, align } }
#define FIND_NODE(size, align, start, end, nid, flags)	\
	{ .id = M_FIND_IN_RANGE_NODE, .arg = { size, align, start, end, nid, flags } }
#define ALLOC_RANGE(size, align, start, end, nid, exact)	\
	{ .id = M_ALLOC_RANGE_NID, .arg = { size, align, start, end, nid, exact } }
#define PHYS_ALLOC(size, align, start, end)	\
	{ .id = M_PHYS_ALLOC_RANGE, .arg = { size, align, start, end } }
#define TRY_NID(size, align, min, max, nid)	\
	{ .id = M_ALLOC_TRY_NID, .arg = { size, align, min, max, nid } }
#define EXACT_NID(size, align, min, max, nid)	\
	{ .id = M_ALLOC_EXACT_NID_RAW, .arg = { size, align, min, max, nid } }
#define DEBUG_ON	SWITCH(DEBUG, 1)
#define FREE_ALL	{ .id = M_FREE_ALL }
#define FREE_LATE(base, size)	{ .id = M_FREE_LATE, .arg = { base, size } }
#define DISCARD		{ .id = M_DISCARD }
#define LOW_PFNS(pfn)	{ .id = M_MAX_LOW_PFN, .arg = { pfn } }

/* Rows of M_ANSWER. */
#define RANGE(start, end, node)	{ start, (end) - (start), MEMBLOCK_RANGE, node }

#endif

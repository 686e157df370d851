// SPDX-License-Identifier: GPL-2.0-only
/*
 * The oracle: every kind of verdict, from a state made wrong by hand. What the model predicts is
 * taken as the subject's state, then edited.
 */
#include <stdio.h>

#include "contract/range.h"
#include "e820_testing.h"

#define ROWS_MAX	16

enum edit_kind { NO_EDIT, SET_ROW, DROP_ROW, APPEND_ROW };

/**
 * struct edit - how the subject's state deviates from the prediction
 * @table: of the rows
 * @row: index; the new contents are @to
 */
struct edit {
	enum edit_kind kind;
	unsigned int table, row;
	struct row to;
};

#define EDITS_MAX	3

/**
 * struct wrong - an op, what a subject makes of it, and the verdict
 * @range: family range; else e820
 * @outcome, @value, @said: of the subject; @value is added to the predicted one
 * @at: where the verdict's interval must begin and end; both 0: not looked at
 */
struct wrong {
	const char *name;
	bool range;
	struct op ops[TEST_OPS];
	struct edit edits[EDITS_MAX];
	enum outcome outcome;
	uint64_t value;
	unsigned int said;
	enum verdict_kind kind;
	const char *detail;
	struct { uint64_t start, last; } at;
	int table;
};

/* Main after these ops: RAM [0, 0x1000) RES [0x1000, 0x2000) RAM [0x2000, 0x4000) */
#define SPLIT	ADD(0, 0x4000, RAM), UPDATE(0x1000, 0x1000, RAM, RESERVED)

static const struct wrong wrongs[] = {
	{ .name = "pass", .ops = { SPLIT }, .kind = VERDICT_PASS },

	/* the tail after the split is gone */
	{ .name = "silent loss", .ops = { SPLIT },
	  .edits = { { DROP_ROW, E820_MAIN, 2, { 0 } } }, .kind = VERDICT_SILENT_LOSS,
	  .detail = "main [0x2000-0x3fff] ram: expected 1 owner, got 0",
	  .at = { 0x2000, 0x3fff } },
	{ .name = "announced loss", .ops = { SPLIT }, .said = SAID_WARN,
	  .edits = { { DROP_ROW, E820_MAIN, 2, { 0 } } }, .kind = VERDICT_ANNOUNCED_LOSS,
	  .detail = "main [0x2000-0x3fff] ram: expected 1 owner, got 0",
	  .at = { 0x2000, 0x3fff } },
	/* one owner of two is gone */
	{ .name = "loss of the second owner", .ops = { ADD(0, 16, RAM), ADD(0, 16, RAM) },
	  .edits = { { DROP_ROW, E820_MAIN, 1, { 0 } } }, .kind = VERDICT_SILENT_LOSS,
	  .detail = "main [0-0xf] ram: expected 2 owners, got 1", .at = { 0, 15 } },
	/* -1 is how update_table announces that it did nothing */
	{ .name = "loss with an error return", .ops = { ADD(0, 16, RAM), ADD(16, 16, ACPI),
	  UPDATE_TABLE(0) },
	  .value = -1, .edits = { { DROP_ROW, E820_MAIN, 0, { 0 } } },
	  .kind = VERDICT_ANNOUNCED_LOSS,
	  .detail = "main [0-0xf] ram: expected 1 owner, got 0", .at = { 0, 15 } },
	/* the last byte of the address space */
	{ .name = "loss at the top", .ops = { ADD(TOP, 1, SOFT) },
	  .edits = { { DROP_ROW, E820_MAIN, 0, { 0 } } }, .kind = VERDICT_SILENT_LOSS,
	  .detail = "main [0xffffffffffffffff-0xffffffffffffffff] soft_reserved: want 1, got 0",
	  .at = { TOP, TOP } },
	/* lost and strayed: loss is worse, and lies behind */
	{ .name = "loss before stray", .ops = { ADD(0x1000, 0x1000, RAM) },
	  .edits = { { SET_ROW, E820_MAIN, 0, { 0x800, 0x1000, RAM, 0 } } },
	  .kind = VERDICT_SILENT_LOSS,
	  .detail = "main [0x1800-0x1fff] ram: expected 1 owner, got 0",
	  .at = { 0x1800, 0x1fff } },
	/* of two losses the lower one */
	{ .name = "the first loss", .ops = { ADD(0, 0x1000, RAM), ADD(0x2000, 0x1000, RAM) },
	  .edits = { { DROP_ROW, E820_MAIN, 1, { 0 } }, { DROP_ROW, E820_MAIN, 0, { 0 } } },
	  .kind = VERDICT_SILENT_LOSS,
	  .detail = "main [0-0xfff] ram: expected 1 owner, got 0", .at = { 0, 0xfff } },

	/* the left part keeps its old size: over RES, and over the tail */
	{ .name = "overlap", .ops = { SPLIT },
	  .edits = { { SET_ROW, E820_MAIN, 0, { 0, 0x4000, RAM, 0 } } }, .kind = VERDICT_OVERLAP,
	  .detail = "main [0x1000-0x1fff] ram: expected 0 owners, got 1",
	  .at = { 0x1000, 0x1fff } },
	/* in the op's range something owns what nobody should */
	{ .name = "stray", .ops = { ADD(0, 0x4000, RAM), REMOVE(0, 0x4000, RAM) },
	  .edits = { { APPEND_ROW, E820_MAIN, 0, { 0x1000, 0x1000, RAM, 0 } } },
	  .kind = VERDICT_STRAY, .detail = "main [0x1000-0x1fff] ram: expected 0 owners, got 1",
	  .at = { 0x1000, 0x1fff } },
	/* outside of it */
	{ .name = "frame: one owner more", .ops = { ADD(0, 0x1000, RAM) },
	  .edits = { { APPEND_ROW, E820_MAIN, 0, { 0x8000, 0x1000, RAM, 0 } } },
	  .kind = VERDICT_FRAME, .detail = "main [0x8000-0x8fff] ram: expected 0 owners, got 1",
	  .at = { 0x8000, 0x8fff } },
	/* the whole entry changes its type instead of the range */
	{ .name = "frame: another type", .ops = { ADD(0, 0x4000, RAM), UPDATE(0, 0x1000, RAM,
	  ACPI) },
	  .edits = { { DROP_ROW, E820_MAIN, 1, { 0 } },
		     { SET_ROW, E820_MAIN, 0, { 0, 0x4000, ACPI, 0 } } },
	  .kind = VERDICT_FRAME, .detail = "main [0x1000-0x3fff]: expected ram, got acpi",
	  .at = { 0x1000, 0x3fff } },
	/* an update of main that changes kexec */
	{ .name = "frame: another table", .ops = { ADD(0, 0x1000, RAM) },
	  .edits = { { APPEND_ROW, E820_KEXEC, 0, { 0, 0x1000, RAM, 0 } } },
	  .kind = VERDICT_FRAME, .detail = "kexec [0-0xfff] ram: expected 0 owners, got 1",
	  .at = { 0, 0xfff }, .table = E820_KEXEC },
	{ .name = "wrong type", .ops = { SPLIT },
	  .edits = { { SET_ROW, E820_MAIN, 1, { 0x1000, 0x1000, 99, 0 } } },
	  .kind = VERDICT_WRONG_TYPE,
	  .detail = "main [0x1000-0x1fff]: expected reserved, got type 0x63",
	  .at = { 0x1000, 0x1fff } },
	/* the worst of all tables: kexec's frame, firmware's loss of a copy */
	{ .name = "worst of all tables",
	  .ops = { ADD(0, 0x1000, RAM), EXTEND(0, 0), UPDATE(0, 0x800, RAM, ACPI) },
	  .edits = { { APPEND_ROW, E820_KEXEC, 0, { 0x8000, 1, RAM, 0 } },
		     { DROP_ROW, E820_FIRMWARE, 0, { 0 } } },
	  .kind = VERDICT_SILENT_LOSS,
	  .detail = "firmware [0-0xfff] ram: expected 1 owner, got 0", .at = { 0, 0xfff },
	  .table = E820_FIRMWARE },

	{ .name = "wrong value", .ops = { SPLIT }, .value = 1, .kind = VERDICT_WRONG_RESULT,
	  .detail = "returned 0x1001 (4097), expected 0x1000 (4096)", .table = -1 },
	{ .name = "wrong fact", .ops = { SPLIT },
	  .edits = { { SET_ROW, E820_PRINTED, 0, { 0x1000, 0xfff, RAM, RESERVED } } },
	  .kind = VERDICT_WRONG_RESULT,
	  .detail = "printed row 0: 0x1000-0x1ffe ram, expected 0x1000-0x1fff ram",
	  .table = E820_PRINTED },
	{ .name = "wrong second word of a fact", .ops = { SPLIT },
	  .edits = { { SET_ROW, E820_PRINTED, 0, { 0x1000, 0x1000, RAM, ACPI } } },
	  .kind = VERDICT_WRONG_RESULT, .detail = "printed row 0: flags 0x3, expected 0x2",
	  .table = E820_PRINTED },
	{ .name = "missing fact", .ops = { SPLIT }, .edits = { { DROP_ROW, E820_PRINTED, 0,
	  { 0 } } },
	  .kind = VERDICT_WRONG_RESULT,
	  .detail = "printed row 0: no row, expected 0x1000-0x1fff ram", .table = E820_PRINTED },
	/* memory before results */
	{ .name = "loss before wrong value", .ops = { SPLIT }, .value = 1,
	  .edits = { { DROP_ROW, E820_MAIN, 2, { 0 } } }, .kind = VERDICT_SILENT_LOSS,
	  .detail = "main [0x2000-0x3fff] ram: expected 1 owner, got 0",
	  .at = { 0x2000, 0x3fff } },

	{ .name = "missing panic", .ops = { UPDATE(0, 1, RAM, RAM) }, .kind = VERDICT_MISSING_PANIC,
	  .detail = "ended with return, expected BUG", .table = -1 },
	{ .name = "expected BUG", .ops = { UPDATE(0, 1, RAM, RAM) }, .outcome = OUT_BUG,
	  .kind = VERDICT_PASS },
	{ .name = "unexpected panic", .ops = { SPLIT }, .outcome = OUT_PANIC,
	  .kind = VERDICT_UNEXPECTED_PANIC, .detail = "ended with panic, expected return",
	  .table = -1 },
	{ .name = "unmapped", .ops = { SPLIT }, .outcome = OUT_UNMAPPED, .kind = VERDICT_UNMAPPED,
	  .detail = "ended with unmapped, expected return", .table = -1 },
	{ .name = "hang", .ops = { SPLIT }, .outcome = OUT_HANG, .kind = VERDICT_HANG,
	  .detail = "ended with hang, expected return", .table = -1 },

	/* the same bytes in another order, unmerged, and an empty entry */
	{ .name = "differs: order", .ops = { ADD(0, 16, RAM), ADD(32, 16, ACPI) },
	  .edits = { { SET_ROW, E820_MAIN, 0, { 32, 16, ACPI, 0 } },
		     { SET_ROW, E820_MAIN, 1, { 0, 16, RAM, 0 } } },
	  .kind = VERDICT_DIFFERS, .detail = "main row 0: 0x20-0x2f acpi, expected 0-0xf ram" },
	{ .name = "differs: unmerged", .ops = { ADD(0, 16, RAM) },
	  .edits = { { SET_ROW, E820_MAIN, 0, { 0, 8, RAM, 0 } },
		     { APPEND_ROW, E820_MAIN, 0, { 8, 8, RAM, 0 } } },
	  .kind = VERDICT_DIFFERS, .detail = "main row 0: 0-0x7 ram, expected 0-0xf ram" },
	{ .name = "differs: an empty entry more", .ops = { ADD(0, 16, RAM) },
	  .edits = { { APPEND_ROW, E820_MAIN, 0, { 0x40, 0, RAM, 0 } } }, .kind = VERDICT_DIFFERS,
	  .detail = "main row 1: 0x40+0 ram, expected no row" },
	/* no contract for mapped_all on an unsorted table: another answer only differs */
	{ .name = "differs: an open value", .ops = { ADD(16, 16, RAM), ADD(0, 16, RAM), ALL(0, 32,
	  RAM) },
	  .value = 1, .kind = VERDICT_DIFFERS, .detail = "returned 0x1 (1), expected 0 (0)",
	  .table = -1 },

	/* range: merged with one of two only; an owner too many inside the range */
	{ .name = "range: overlap", .range = true,
	  .ops = { { .id = RANGE_ADD, .arg = { 4, 0, 12 } }, { .id = RANGE_ADD, .arg = { 4, 18,
	  30 } },
		   { .id = RANGE_ADD_WITH_MERGE, .arg = { 4, 10, 20 } } },
	  .value = 1,
	  .edits = { { SET_ROW, RANGE_SLOTS, 0, { 18, 12, 0, 0 } },
		     { SET_ROW, RANGE_SLOTS, 1, { 0, 20, 0, 0 } } },
	  .kind = VERDICT_OVERLAP, .detail = "slots [0x12-0x13]: expected 1 owner, got 2",
	  .at = { 18, 19 } },
	/* a full array that counts as empty */
	{ .name = "range: loss", .range = true,
	  .ops = { { .id = RANGE_ADD, .arg = { 4, 0, 12 } }, { .id = RANGE_CLEAN_SORT,
	  .arg = { 4 } } },
	  .value = -1, .edits = { { SET_ROW, RANGE_SLOTS, 0, { 0, 0, 0, 0 } } },
	  .kind = VERDICT_SILENT_LOSS, .detail = "slots [0-0xb]: expected 1 owner, got 0",
	  .at = { 0, 11 } },
	/* add_range() that finds no slot says so by its count */
	{ .name = "range: a refused add is announced", .range = true,
	  .ops = { { .id = RANGE_ADD, .arg = { 4, 0, 12 } } }, .value = -1,
	  .edits = { { SET_ROW, RANGE_SLOTS, 0, { 0, 0, 0, 0 } } }, .kind = VERDICT_ANNOUNCED_LOSS,
	  .detail = "slots [0-0xb]: expected 1 owner, got 0", .at = { 0, 11 } },
	{ .name = "range: differs", .range = true,
	  .ops = { { .id = RANGE_ADD, .arg = { 4, 0, 12 } } },
	  .edits = { { SET_ROW, RANGE_COUNT, 0, { 7, 0, 0, 0 } } }, .kind = VERDICT_DIFFERS,
	  .detail = "nr_range row 0: 0x7+0, expected 0x1+0", .table = RANGE_COUNT },
};

/* The subject's tables. */
static struct row rows[TABLES_MAX][ROWS_MAX];

static void copy_state(struct state *to, const struct state *from)
{
	to->nr_tables = from->nr_tables;
	for (unsigned int i = 0; i < from->nr_tables; i++) {
		to->table[i] = (struct table){ from->table[i].nr, rows[i] };
		memcpy(rows[i], from->table[i].rows, from->table[i].nr * sizeof(struct row));
	}
}

static void apply(struct state *st, const struct edit *edit)
{
	struct table *t = &st->table[edit->table];
	struct row *r = &rows[edit->table][edit->row];

	switch (edit->kind) {
	case NO_EDIT:
		break;
	case SET_ROW:
		*r = edit->to;
		break;
	case DROP_ROW:
		memmove(r, r + 1, (t->nr - edit->row - 1) * sizeof(*r));
		t->nr--;
		break;
	case APPEND_ROW:
		rows[edit->table][t->nr++] = edit->to;
		break;
	}
}

static void check_verdict(void **state)
{
	const struct wrong *w = *state;
	const struct model *m = w->range ? &range_model : &e820_model;
	const struct model_setup setup = {
		.config = &m->family->configs[1], .version = 0x60c00,
	};
	const struct op *op = NULL;
	struct verdict v = { .kind = VERDICT_PASS };
	struct result res;
	struct state st;
	struct expect e;

	m->init(&room, &setup);
	for (const struct op *o = w->ops; o < w->ops + TEST_OPS && o->id; o++) {
		m->step(&room, o, &e);
		op = o;
	}
	copy_state(&st, &e.rows);
	for (unsigned int i = 0; i < EDITS_MAX; i++)
		apply(&st, &w->edits[i]);
	res = e.result;
	res.outcome = w->outcome;
	res.value += w->value;
	res.said |= w->said;
	assert_int_equal(oracle_check(m, &room, op, &e, &res, &st, &v), w->kind == VERDICT_PASS);
	if (w->kind == VERDICT_PASS)
		return;
	assert_string_equal(verdict_name(v.kind), verdict_name(w->kind));
	assert_string_equal(v.detail, w->detail);
	assert_true(strlen(v.detail) < 80);
	assert_int_equal(v.table, w->table);
	assert_int_equal(v.legality, e.legality);
	assert_int_equal(v.want.value, e.result.value);
	assert_int_equal(v.got.value, res.value);
	if (w->at.start || w->at.last) {
		assert_int_equal(v.start, w->at.start);
		assert_int_equal(v.last, w->at.last);
		assert_int_not_equal(v.want_cover, v.got_cover);
	}
}

/* A row more in an empty table: nothing to compare it with, and no rows to look at. */
static void tables_without_rows(void **state)
{
	const struct op op = PRINT;
	struct verdict v;
	struct expect e;
	struct state st;

	(void)state;
	init_model(0x60c00, 0);
	e820_model.step(&room, &op, &e);
	copy_state(&st, &e.rows);
	for (unsigned int i = 0; i < E820_TABLES; i++)
		st.table[i].rows = NULL;
	assert_true(oracle_check(&e820_model, &room, &op, &e, &e.result, &st, &v));
	st.nr_tables--;
	assert_false(oracle_check(&e820_model, &room, &op, &e, &e.result, &st, &v));
	assert_int_equal(v.kind, VERDICT_DIFFERS);
}

/* A cut says nothing, whatever the subject did. */
static void a_cut_passes(void **state)
{
	const struct op op = ADD(0, 16, RAM);
	const struct result hang = { .outcome = OUT_HANG };
	struct verdict v;
	struct expect e;

	(void)state;
	init_model(0x60c00, 0);
	e820_model.step(&room, &op, &e);
	e.cut = true;
	assert_true(oracle_check(&e820_model, &room, &op, &e, &hang, &e.rows, &v));
}

/* Rows as predicted, but the contract asks for what the table cannot hold. */
static void a_full_table_is_no_excuse(void **state)
{
	static const struct op ops[TEST_OPS] = {
		ADD(0, 100, RAM), ADD(200, 1, 2), ADD(201, 1, 2), ADD(202, 1, 2), ADD(203, 1, 2),
		ADD(204, 1, 2), ADD(205, 1, 2), ADD(206, 1, 2), UPDATE(40, 20, RAM, RESERVED),
	};
	struct verdict v;
	struct expect e;

	(void)state;
	init_model(0x60c00, 0);
	run_ops(ops, &e);
	assert_false(oracle_check(&e820_model, &room, &ops[8], &e, &e.result, &e.rows, &v));
	assert_int_equal(v.kind, VERDICT_ANNOUNCED_LOSS);
	assert_int_equal(v.start, 40);
	assert_int_equal(v.last, 59);
	assert_int_equal(v.legality, FIRMWARE);
}

int main(void)
{
	static struct CMUnitTest tests[ARRAY_SIZE(wrongs) + 3];
	unsigned int n = 0;

	for (unsigned int i = 0; i < ARRAY_SIZE(wrongs); i++)
		tests[n++] = (struct CMUnitTest){
			.name = wrongs[i].name, .test_func = check_verdict,
			.initial_state = (void *)&wrongs[i],
		};
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(tables_without_rows);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_cut_passes);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_full_table_is_no_excuse);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

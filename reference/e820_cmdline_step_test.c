// SPDX-License-Identifier: GPL-2.0-only
/*
 * The e820 model: what is told of command lines, whose map it is then and whether it is one, and
 * what kernels make of it all (quirks). Ranges are [start, end).
 */
#include "e820_cmdline_testing.h"
#include "e820_model.h"

#define FINISH	{ .id = E820_FINISH_EARLY_PARAMS }

/* What is printed and told to hot-plug. */
static void lines_and_limits(void **state)
{
	static const struct {
		const char *line;
		uint32_t version;
		unsigned int nr_lines;
		struct row lines[3];
		uint64_t limit;		/* 0: none */
	} told[] = {
		/* [1M, 2^64 - 1): RAM goes */
		{ "mem=1M", NEW, 1, { { M, TOP - M, RAM, 0 } }, M },
		{ "mem=1M", OLD, 1, { { M, TOP - M, RAM, 0 } }, 0 },
		{ "mem=3M mem=2M", NEW, 2,
		  { { 3 * M, TOP - 3 * M, RAM, 0 }, { 2 * M, TOP - 2 * M, RAM, 0 } }, 2 * M },
		{ "mem=2M mem=0 mem=nopentium", NEW, 1, { { 2 * M, TOP - 2 * M, RAM, 0 } },
		  2 * M },
		/* no limit, and it is the last one */
		{ "mem=2M mem=18446744073709551615", NEW, 2,
		  { { 2 * M, TOP - 2 * M, RAM, 0 }, { TOP, 0, RAM, 0 } }, 0 },
		/* a memmap is nothing to hot-plug */
		{ "memmap=1M", NEW, 1, { { M, TOP - M, RAM, 0 } }, 0 },
		{ "memmap=0", NEW, 0, { { 0 } }, 0 },
		{ "memmap=0", OLD, 1, { { 0, TOP, RAM, 0 } }, 0 },
		{ "memmap=1M%2M-3+2,1M%2M-1,1M%2M", NEW, 3,
		  { { 2 * M, M, ACPI, RESERVED }, { 2 * M, M, RAM, 0 }, { 2 * M, M, 0, 0 } }, 0 },
		{ "memmap=1M%2M-7+7", NEW, 0, { { 0 } }, 0 },
		/* RESERVED_KERN reads as RAM does */
		{ "memmap=1M%2M-1+128", NEW, 1, { { 2 * M, M, RAM, RAM } }, 0 },
		{ "memmap=1M%2M+2,1M@2M,exactmap,1M%2M-1+2x", NEW, 0, { { 0 } }, 0 },
	};
	static const struct op before[TEST_OPS] = RAM_4M;
	struct expect e;

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(told); i++) {
		const struct row limit = { 0, told[i].limit, E820_REC_LIMIT, 0 };

		init_model(told[i].version, 0);
		run_line(before, told[i].line, &e);
		assert_rows(&e.rows.table[E820_PRINTED], told[i].lines, told[i].nr_lines);
		assert_rows(&e.rows.table[E820_RECORDED], &limit, limit.size > 0);
		assert_layers_agree(&e);
	}
}

/* Whether the map is the user's: then finish_early_params prints it. */
static void whose_map_it_is(void **state)
{
	static const struct {
		const char *line;
		bool old_too, users;
	} whose[] = {
		{ "", true, false }, { "quiet", true, false }, { "mem", true, false },
		{ "memmap", true, false }, { "memmap=", true, false }, { "memmap=x", true, false },
		{ "memmap=,", false, false }, { "mem=nopentium", false, false },
		{ "mem=4M", true, true }, { "mem=0", false, true }, { "mem=x", false, true },
		{ "mem=", false, true }, { "memmap=4M", true, true }, { "memmap=0", false, true },
		{ "memmap=K", false, true }, { "memmap=1M@5Mx", true, true },
		{ "memmap=1M%5M-1+2x", true, true }, { "memmap=x,4M", false, true },
	};
	static const struct op before[TEST_OPS] = { ADD(2 * M, 2 * M, ACPI), ADD(0, M, RAM) };
	static const struct op finish = FINISH;
	struct expect e;

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(whose); i++) {
		for (int old = 0; old < (whose[i].old_too ? 2 : 1); old++) {
			init_model(old ? OLD : NEW, 0);
			run_line(before, whose[i].line, &e);
			step(&finish, &e);
			assert_int_equal(e.result.outcome, OUT_RETURN);
			assert_int_equal(e.rows.table[E820_PRINTED].nr > 0, whose[i].users);
			/* sorted, if it is */
			assert_int_equal(e.rows.table[E820_MAIN].rows[0].start,
					 whose[i].users ? 0 : 2 * M);
			assert_int_equal(e.may_change, whose[i].users << E820_MAIN);
			assert_layers_agree(&e);
		}
	}
}

/* A user's map that cannot be: none, or an invalid entry; one that reaches 2^64 is refused, too. */
static void a_map_or_a_panic(void **state)
{
	static const struct {
		const char *line;
		enum outcome outcome;
		unsigned int nr;
		struct row rows[2];
		enum legality legality;
	} maps[] = {
		{ "memmap=exactmap", OUT_PANIC, 0, { { 0 } }, CMDLINE },
		{ "memmap=exactmap,1M@0", OUT_RETURN, 1, { ROW(0, M, RAM) }, LEGAL },
		{ "memmap=exactmap,1M@1M,1M@0", OUT_RETURN, 1, { ROW(0, 2 * M, RAM) }, LEGAL },
		{ "memmap=exactmap,1M@0,1M#1M", OUT_RETURN, 2, { ROW(0, M, RAM), ROW(M, M, ACPI) },
		  LEGAL },
		{ "memmap=exactmap,1M@0,8E@0xc000000000000000", OUT_PANIC, 0, { { 0 } }, CMDLINE },
		{ "memmap=exactmap,8E@0xc000000000000000", OUT_PANIC, 0, { { 0 } }, CMDLINE },
		{ "memmap=exactmap,1M@0,8E@8E", OUT_PANIC, 0, { { 0 } }, CMDLINE },
		{ "memmap=exactmap,1M@0,0x7fffffffffffffff@8E", OUT_RETURN, 2,
		  { ROW(0, M, RAM), ROW(HALF, HALF - 1, RAM) }, LEGAL },
		/* entries that say nothing vanish */
		{ "memmap=exactmap,0@1M", OUT_RETURN, 0, { { 0 } }, LEGAL },
		{ "memmap=exactmap,0@1M,0@2M", OUT_RETURN, 0, { { 0 } }, LEGAL },
		/* all RAM is gone, its empty slot is an entry */
		{ "mem=1", OUT_RETURN, 1, { ROW(0, 1, RAM) }, LEGAL },
	};
	static const struct op before[TEST_OPS] = RAM_4M;
	static const struct op finish = FINISH;
	struct expect e;

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(maps); i++) {
		init_model(NEW, 0);
		run_line(before, maps[i].line, &e);
		step(&finish, &e);
		assert_int_equal(e.result.outcome, maps[i].outcome);
		assert_int_equal(e.legality, maps[i].legality);
		if (e.result.outcome != OUT_RETURN)
			continue;
		assert_rows(&e.rows.table[E820_MAIN], maps[i].rows, maps[i].nr);
		assert_rows(&e.rows.table[E820_PRINTED], maps[i].rows, maps[i].nr);
		assert_layers_agree(&e);
	}
}

/* Without a user's map all is well; a map whose update does not fit is the user's fault. */
static void finish_is_legal(void **state)
{
	static const struct op islands[TEST_OPS] = {
		ADD(0, 8 * M, RAM), ADD(M, 1, ACPI), ADD(2 * M, 1, ACPI), ADD(3 * M, 1, ACPI),
		ADD(4 * M, 1, ACPI),
	};
	static const struct op finish = FINISH;
	struct expect e;

	(void)state;
	init_model(NEW, 0);
	step(&finish, &e);
	assert_int_equal(e.legality, LEGAL);
	assert_int_equal(e.result.outcome, OUT_RETURN);
	/* three islands make seven pieces, four make nine: there are eight slots */
	for (int more = 0; more < 2; more++) {
		struct op before[TEST_OPS];

		memcpy(before, islands, sizeof(before));
		if (!more)
			before[4].id = 0;
		init_model(NEW, 0);
		run_line(before, "mem=8M", &e);
		step(&finish, &e);
		assert_int_equal(e.legality, more ? CMDLINE : LEGAL);
	}
}

/**
 * struct quirk_case - a line, what it is to do, and what kernels make of it
 * @near: the same without the quirk's condition, by a hair
 * @finish: finish_early_params follows
 * @want, @got: main afterwards, how the last op ended, and what it returned
 */
struct quirk_case {
	const char *id, *line, *near;
	bool finish;
	struct {
		enum outcome outcome;
		unsigned int nr;
		struct row rows[4];
		uint64_t value;
	} want, got;
};

/* RAM [0, 4M) */
static const struct quirk_case quirks[] = {
	{ "e820-one-entry-refused", "mem=1M", "mem=1M memmap=1M#1M", true,
	  { OUT_RETURN, 1, { ROW(0, M, RAM) }, 0 }, { OUT_PANIC, 0, { { 0 } }, 0 } },
	{ "e820-memmap-zero", "memmap=0", "memmap=1", false,
	  { OUT_RETURN, 1, { ROW(0, 4 * M, RAM) }, 1 }, { OUT_RETURN, 1, { ROW(0, 0, 0) }, 0 } },
	/* the garbage is refused all the same */
	{ "e820-memmap-zero", "memmap=0x@0", "memmap=0@0", false,
	  { OUT_RETURN, 1, { ROW(0, 4 * M, RAM) }, 1 }, { OUT_RETURN, 1, { ROW(0, 0, 0) }, 1 } },
	{ "e820-memmap-silent", "memmap=x", "memmap=5M mem=0 mem", false,
	  { OUT_RETURN, 1, { ROW(0, 4 * M, RAM) }, 1 },
	  { OUT_RETURN, 1, { ROW(0, 4 * M, RAM) }, 0 } },
	{ "e820-memmap-silent", "mem=0 memmap=1M#4M,x memmap", "memmap=1M#4M,1M#5M", false,
	  { OUT_RETURN, 2, { ROW(0, 4 * M, RAM), ROW(4 * M, M, ACPI) }, 7 },
	  { OUT_RETURN, 2, { ROW(0, 4 * M, RAM), ROW(4 * M, M, ACPI) }, 1 } },
	/* the last byte of what is there, and behind it */
	{ "e820-memmap-mark", "memmap=1M$3M memmap=1M%4194303+1", "memmap=1M$3M memmap=1M%4M+1",
	  false,
	  { OUT_RETURN, 3, { ROW(0, 4 * M, RAM), ROW(3 * M, M - 1, RESERVED),
			     ROW(4 * M - 1, M, RAM) }, 0 },
	  { OUT_RETURN, 3, { ROW(0, 4 * M, RAM), ROW(3 * M, M, RESERVED),
			     ROW(4 * M - 1, M, RAM) }, 0 } },
	/* its first byte, and before it; a type that is not above NEW */
	{ "e820-memmap-mark", "memmap=1M#4M memmap=1025K%3M+2", "memmap=1M#4M memmap=1M%3M+2",
	  false,
	  { OUT_RETURN, 3, { ROW(0, 4 * M, RAM), ROW(4 * M + K, M - K, ACPI),
			     ROW(3 * M, M + K, RESERVED) }, 0 },
	  { OUT_RETURN, 3, { ROW(0, 4 * M, RAM), ROW(4 * M, M, ACPI),
			     ROW(3 * M, M + K, RESERVED) }, 0 } },
	{ "e820-memmap-mark", "memmap=1M#4M memmap=1M%4M+2", "memmap=1M#4M memmap=1M%4M+3", false,
	  { OUT_RETURN, 3, { ROW(0, 4 * M, RAM), ROW(0, 0, 0), ROW(4 * M, M, RESERVED) }, 0 },
	  { OUT_RETURN, 3, { ROW(0, 4 * M, RAM), ROW(4 * M, M, ACPI),
			     ROW(4 * M, M, RESERVED) }, 0 } },
	{ "e820-memmap-same-type", "memmap=1M%1M-9+9", "memmap=1M%1M-0+0,1M%0-9+8", false,
	  { OUT_RETURN, 1, { ROW(0, 4 * M, RAM) }, 1 }, { OUT_BUG, 0, { { 0 } }, 0 } },
};

static void check_quirk(void **state)
{
	static const struct op before[TEST_OPS] = RAM_4M;
	static const struct op finish = FINISH;
	const struct quirk_case *q = *state;
	uint64_t quirk = 1ULL << model_quirk_by_id(&e820_model, q->id);
	struct expect e;

	assert_true(model_quirks_for(&e820_model, NEW) & quirk);
	for (int on = 0; on < 2; on++) {
		init_model(NEW, on ? quirk : 0);
		run_line(before, q->line, &e);
		if (q->finish)
			step(&finish, &e);
		assert_int_equal(e.fired, on ? quirk : 0);
		assert_int_equal(e.result.outcome, on ? q->got.outcome : q->want.outcome);
		if (e.result.outcome != OUT_RETURN)
			continue;
		assert_rows(&e.rows.table[E820_MAIN], on ? q->got.rows : q->want.rows,
			    on ? q->got.nr : q->want.nr);
		assert_int_equal(e.result.value, on ? q->got.value : q->want.value);
		assert_layers_agree(&e);
	}
	init_model(NEW, quirk);
	run_line(before, q->near, &e);
	assert_int_equal(e.fired, 0);
	if (q->finish)
		step(&finish, &e);
	assert_int_equal(e.fired, 0);
}

/* Those of update and remove fire through a command line, too. */
static void quirks_of_other_ops(void **state)
{
	static const struct {
		const char *id, *line;
		struct op before[4];
	} other[] = {
		{ "e820-wrap-last-byte", "memmap=16%0xfffffffffffffff0-1", { ADD(TOP, 1, RAM) } },
		{ "e820-update-top-entry", "mem=1M", { ADD(HALF, HALF, RAM) } },
		{ "e820-empty-span", "memmap=0%1M-1+2", RAM_4M },
	};
	struct expect e;

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(other); i++) {
		uint64_t quirk = 1ULL << model_quirk_by_id(&e820_model, other[i].id);

		init_model(NEW, quirk);
		run_line(other[i].before, other[i].line, &e);
		assert_int_equal(e.fired, quirk);
		assert_int_equal(e.sum[E820_MAIN], e.row_sum[E820_MAIN]);
	}
}

/* In a full table entries are ignored, with a message, and pieces are lost. */
static void a_full_table(void **state)
{
	static const struct op before[TEST_OPS] = {
		ADD(0, 4 * M, RAM), ADD(4 * M, 1, 2), ADD(5 * M, 1, 2), ADD(6 * M, 1, 2),
		ADD(7 * M, 1, 2), ADD(8 * M, 1, 2), ADD(9 * M, 1, 2),
	};
	uint64_t quirk = 1ULL << model_quirk_by_id(&e820_model, "e820-update-full");
	struct expect e;

	(void)state;
	init_model(NEW, 0);
	run_line(before, "memmap=1@0,1@1", &e);
	assert_int_equal(e.rows.table[E820_MAIN].nr, 8);
	assert_int_equal(e.result.said, SAID_ERROR);
	assert_int_equal(e.legality, CMDLINE);
	assert_int_equal(e.fired, 0);
	/* [1M, 2M) and [2M, 4M) need a slot each, and there is one */
	init_model(NEW, quirk);
	run_line(before, "memmap=1M%1M-1+2", &e);
	assert_int_equal(e.fired, quirk);
	assert_int_equal(e.result.said, SAID_ERROR);
	assert_int_equal(e.legality, CMDLINE);
	assert_int_equal(e.sum[E820_MAIN], e.row_sum[E820_MAIN]);
	init_model(NEW, 0);
	run_line(before, "memmap=1M%1M-1+2", &e);
	assert_int_equal(e820_model.cover(&room, E820_MAIN, 3 * M, RAM), 1);
	assert_int_not_equal(e.sum[E820_MAIN], e.row_sum[E820_MAIN]);
	/* a piece that fits */
	init_model(NEW, 0);
	run_line(before, "memmap=1M%3M-1+2", &e);
	assert_int_equal(e.legality, LEGAL);
	assert_int_equal(e.result.said, 0);
}

/* Bit 63 stands for all parameters from the 64th on. */
static void refusals_beyond_the_mask(void **state)
{
	char line[CMDLINE_SIZE] = "";
	struct expect e;

	(void)state;
	for (unsigned int i = 0; i < 64; i++)
		strcat(line, i == 62 ? "mem=0 " : "mem=5M ");
	init_model(NEW, 0);
	run_line((const struct op[TEST_OPS]){ 0 }, line, &e);
	assert_int_equal(e.result.value, 1ULL << 62);
	strcat(line, "mem=5M mem=0 mem=5M");
	init_model(NEW, 0);
	run_line((const struct op[TEST_OPS]){ 0 }, line, &e);
	assert_int_equal(e.result.value, 3ULL << 62);
}

/* The longest line: 2047 bytes are memmap= and 1020 times the shortest item, and each prints. */
static void the_longest_line(void **state)
{
	char line[CMDLINE_SIZE] = "memmap=";
	struct expect e;

	(void)state;
	while (strlen(line) + 2 < sizeof(line))
		strcat(line, "1,");
	assert_int_equal(strlen(line), CMDLINE_SIZE - 1);
	init_model(NEW, 0);
	run_line((const struct op[TEST_OPS])RAM_4M, line, &e);
	assert_int_equal(e.rows.table[E820_PRINTED].nr, 1020);
	assert_layers_agree(&e);
}

/* A report keeps E820_REPORT_MAX rows, and its sum is theirs. */
static void reports_end(void **state)
{
	static struct e820_report r;
	uint64_t sum;

	(void)state;
	for (unsigned int i = 0; i < E820_REPORT_MAX; i++)
		e820_report(&r, i, 1, RAM, 0);
	sum = r.sum;
	e820_report(&r, TOP, 1, RAM, 0);
	assert_int_equal(r.nr, E820_REPORT_MAX);
	assert_int_equal(r.sum, sum);
	assert_int_equal(r.sum, table_sum(&(struct table){ r.nr, r.row }));
}

/* One frame around all that a line asks for. */
static void frames(void **state)
{
	static const struct {
		const char *line;
		uint64_t first, last;
	} frame[] = {
		{ "", 1, 0 }, { "mem=0", 1, 0 }, { "memmap=1M@2M", 2 * M, 3 * M - 1 },
		{ "memmap=1M@2M,1M%5M-1+2", 2 * M, 6 * M - 1 },
		{ "memmap=1M%5M-1+2,1M@2M,x", 2 * M, 6 * M - 1 }, { "mem=1M", M, TOP - 1 },
		{ "memmap=exactmap,1M@2M", 0, TOP }, { "memmap=1M%2M+3", 2 * M, 3 * M - 1 },
	};
	struct expect e;

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(frame); i++) {
		init_model(NEW, 0);
		run_line((const struct op[TEST_OPS])RAM_4M, frame[i].line, &e);
		assert_int_equal(e.start, frame[i].first);
		assert_int_equal(e.last, frame[i].last);
		assert_int_equal(e.may_change, 1 << E820_MAIN);
	}
}

/* update_table, and what it leaves is printed; a table that is refused is not. */
static void update_table_prints(void **state)
{
	static const struct op before[TEST_OPS] = { ADD(M, M, RAM), ADD(0, M, RAM) };
	static const struct op update = { .id = E820_UPDATE_TABLE_PRINT };
	static const struct row rows[] = { ROW(0, 2 * M, RAM) };
	struct expect e;

	(void)state;
	init_model(NEW, 0);
	run_line(before, "", &e);
	step(&update, &e);
	assert_rows(&e.rows.table[E820_MAIN], rows, 1);
	assert_rows(&e.rows.table[E820_PRINTED], rows, 1);
	assert_int_equal(e.legality, LEGAL);
	/* one entry: refused */
	step(&update, &e);
	assert_rows(&e.rows.table[E820_PRINTED], rows, 0);
	assert_int_equal(e.result.value, 0);
	assert_layers_agree(&e);
}

/* Every quirk of a command line has its case. */
static void every_quirk_is_tried(void **state)
{
	(void)state;
	for (unsigned int i = Q_ONE_ENTRY_REFUSED; i <= Q_MEMMAP_SAME_TYPE; i++) {
		bool tried = false;

		for (unsigned int j = 0; j < ARRAY_SIZE(quirks); j++)
			tried |= !strcmp(quirks[j].id, e820_model.quirks[i].id);
		if (!tried)
			fail_msg("no case for %s", e820_model.quirks[i].id);
	}
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(lines_and_limits),
		cmocka_unit_test(whose_map_it_is),
		cmocka_unit_test(a_map_or_a_panic),
		cmocka_unit_test(finish_is_legal),
		cmocka_unit_test(quirks_of_other_ops),
		cmocka_unit_test(a_full_table),
		cmocka_unit_test(refusals_beyond_the_mask),
		cmocka_unit_test(the_longest_line),
		cmocka_unit_test(reports_end),
		cmocka_unit_test(frames),
		cmocka_unit_test(update_table_prints),
		cmocka_unit_test(every_quirk_is_tried),
	};
	static struct CMUnitTest tests[ARRAY_SIZE(quirks) + ARRAY_SIZE(others)];
	unsigned int n = 0;

	for (unsigned int i = 0; i < ARRAY_SIZE(quirks); i++)
		tests[n++] = (struct CMUnitTest){
			.name = quirks[i].id, .test_func = check_quirk,
			.initial_state = (void *)&quirks[i],
		};
	memcpy(tests + n, others, sizeof(others));
	return cmocka_run_group_tests(tests, NULL, NULL);
}

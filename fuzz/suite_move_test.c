// SPDX-License-Identifier: GPL-2.0-only
/* A scenario of memblock moved into a small room: by hand. */
#include "scenario_testing.h"
#include "suite_plan.h"

#define BASE	UINT64_C(0x7f5500000000)
#define ROOM	UINT64_C(0x100000)

static struct scenario from, to;
static struct trace record;

/* What suite_move() asks of a record: memory before an op is that after the step before it. */
int trace_step_of(const struct trace *t, unsigned int op)
{
	return op < t->nr ? (int)op : -1;
}

struct table trace_got(const struct trace *t, unsigned int step, unsigned int table)
{
	return (struct table){ .nr = t->step[step].got_nr[table],
			       .rows = t->rows + t->step[step].got_at[table] };
}

struct table trace_first(const struct trace *t, unsigned int table)
{
	(void)t;
	(void)table;
	return (struct table){ 0 };
}

static void parse(const char *text)
{
	char err[SCENARIO_ERR];

	if (!scenario_parse(&from, "text", text, err))
		fail_msg("%s", err);
}

static void has_args(unsigned int op, uint64_t first, uint64_t second)
{
	assert_int_equal(to.ops[op].arg[0], first);
	assert_int_equal(to.ops[op].arg[1], second);
}

static void test_borders(void **state)
{
	(void)state;
	parse("scenario memblock config=normal\n"
	      "add 0x1000400 8M\nreserve 0x1000800 64\nadd 4G 8K\nfind_in_range 0 4G 4K 4K\n");
	assert_true(suite_move(&to, &from, &record, BASE, 0x10000, ROOM));
	/* borders: 0, 0x1000400, 0x1000800, 0x1000840, 0x1800400, 4G, 4G + 8K */
	has_args(0, BASE + 0x10400, 0x400 + 0x40 + 0x10000 + 0xbc0);
	has_args(1, BASE + 0x10800, 64);
	has_args(2, BASE + 0x10840 + 0x10bc0 + 0x10c00, 8192);
	has_args(3, BASE, BASE + 0x10840 + 0x10bc0 + 0x10c00);
	assert_int_equal(to.ops[3].arg[2], 4096);	/* of no range: stays */
}

/* 0 and 1 (the current limit) and the last byte (no limit) are no borders, and stay as they are. */
static void test_ends_that_are_none(void **state)
{
	static const uint64_t none[] = { MEMBLOCK_ACCESSIBLE, MEMBLOCK_NOLEAKTRACE, UINT64_MAX };

	(void)state;
	for (unsigned int i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		parse("scenario memblock config=normal\n"
		      "add 16M 8K\nfind_in_range 16M 2 4K 4K\n");
		from.ops[1].arg[1] = none[i];
		assert_true(suite_move(&to, &from, &record, BASE, 0x10000, ROOM));
		has_args(0, BASE, 8192);	/* the lowest border */
		has_args(1, BASE, none[i]);
		/* not even where a range begins at it */
		from.ops[0].arg[0] = 0;
		assert_true(suite_move(&to, &from, &record, BASE, 0x10000, ROOM));
		assert_int_equal(to.ops[1].arg[1], none[i]);
	}
	/* any other is one */
	from.ops[1].arg[1] = UINT64_MAX - 1;
	assert_true(suite_move(&to, &from, &record, BASE, 0x10000, ROOM));
	assert_int_not_equal(to.ops[1].arg[1], UINT64_MAX - 1);
}

static void test_room(void **state)
{
	(void)state;
	parse("scenario memblock config=normal\nadd 1M 8M\nadd 32M 8M\n");
	assert_false(suite_move(&to, &from, &record, BASE, ROOM / 2, ROOM));
	assert_true(suite_move(&to, &from, &record, BASE, ROOM / 4, ROOM));
}

/* Of 24 MiB in two blocks the lower 12 stay: all of the first, half of the second. */
static void test_limit(void **state)
{
	(void)state;
	parse("scenario memblock config=normal\nadd 0 8M\nadd 16M 8M\nenforce_memory_limit 12M\n");
	record.nr = 3;
	record.rows[0] = (struct row){ .start = 0, .size = 8 << 20 };
	record.rows[1] = (struct row){ .start = 16 << 20, .size = 8 << 20 };
	record.step[1].got_nr[M_MEMORY] = 2;
	assert_true(suite_move(&to, &from, &record, BASE, 0x10000, ROOM));
	has_args(0, BASE, 0x10000);
	has_args(1, BASE + 0x20000, 0x20000);
	assert_int_equal(to.ops[2].arg[0], 0x20000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_borders),
		cmocka_unit_test(test_ends_that_are_none),
		cmocka_unit_test(test_room),
		cmocka_unit_test(test_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

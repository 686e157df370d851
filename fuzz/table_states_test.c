// SPDX-License-Identifier: GPL-2.0-only
/* Each state is told from what an op returned and left, and only then. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "contract/memblock.h"
#include "table_states.h"

#define BIT(n)		(1u << (n))
#define SLOTS		4u
#define ENOMEM_VALUE	((uint64_t)-12)

static struct scenario s;
static struct table_watch w;
static struct result res;
static struct row rows[2][64], own[3], settings[MEMBLOCK_SETTINGS];
static struct state st;

/* An empty machine of four slots that may be resized. */
static int setup(void **state)
{
	(void)state;
	scenario_init(&s, &memblock_family);
	s.config = &memblock_configs[MEMBLOCK_SMALL];
	assert_int_equal(s.config->slots, SLOTS);
	memset(own, 0, sizeof(own));
	memset(settings, 0, sizeof(settings));
	settings[MEMBLOCK_RESIZE].start = 1;
	own[M_MEMORY].flags = own[M_RESERVED].flags = SLOTS;
	st = (struct state){ .nr_tables = M_TABLES };
	st.table[M_MEMORY].rows = rows[0];
	st.table[M_RESERVED].rows = rows[1];
	st.table[M_OWN] = (struct table){ 3, own };
	st.table[M_SETTINGS] = (struct table){ MEMBLOCK_SETTINGS, settings };
	res = (struct result){ .outcome = OUT_RETURN };
	table_watch_start(&w, &s);
	return 0;
}

static void after(enum memblock_op id, unsigned int memory, unsigned int reserved)
{
	const struct op op = { .id = id };

	st.table[M_MEMORY].nr = memory;
	st.table[M_RESERVED].nr = reserved;
	table_watch_op(&w, &s, &op, &res, &st);
}

static void levels_are_told(void **state)
{
	static const enum table_level level[] = {
		LEVEL_EMPTY, LEVEL_BELOW, LEVEL_BELOW, LEVEL_ONE_BELOW, LEVEL_FULL,
	};

	(void)state;
	for (unsigned int n = 0; n <= SLOTS; n++) {
		after(M_ADD, n, SLOTS - n);
		assert_int_equal(table_level(&w, &s, M_MEMORY), level[n]);
		assert_int_equal(table_level(&w, &s, M_RESERVED), level[SLOTS - n]);
		assert_int_equal(w.reached[M_MEMORY], BIT(level[n]));
		assert_int_equal(w.reached[M_RESERVED], BIT(level[SLOTS - n]));
	}
}

static void doubling_is_told_once_and_stays(void **state)
{
	(void)state;
	after(M_ADD, SLOTS, 0);
	own[M_MEMORY] = (struct row){ 0x1000, 0x1000, 1, 2 * SLOTS };
	after(M_ADD, SLOTS + 1, 1);
	assert_int_equal(w.reached[M_MEMORY],
			 BIT(REACH_BELOW) | BIT(REACH_DOUBLED_ONCE) | BIT(REACH_BY_ADDING));
	assert_int_equal(w.reached[M_RESERVED], BIT(REACH_BELOW));
	after(M_ADD, SLOTS + 1, 1);
	assert_int_equal(w.reached[M_MEMORY], BIT(REACH_BELOW) | BIT(REACH_DOUBLED_ONCE));
	own[M_MEMORY].flags = 8 * SLOTS;	/* two steps at once */
	after(M_REMOVE, SLOTS, 1);
	assert_int_equal(w.reached[M_MEMORY],
			 BIT(REACH_BELOW) | BIT(REACH_DOUBLED_TWICE) | BIT(REACH_BY_ISOLATING));
	assert_int_equal(table_level(&w, &s, M_MEMORY), LEVEL_DOUBLED_TWICE);
}

static void who_doubles_is_told(void **state)
{
	static const struct {
		enum memblock_op op;
		unsigned int table;
		enum table_reach by;
	} cases[] = {
		{ M_ADD_NODE, M_MEMORY, REACH_BY_ADDING },
		{ M_MARK_NOMAP, M_MEMORY, REACH_BY_ISOLATING },
		{ M_CAP_MEMORY_RANGE, M_MEMORY, REACH_BY_ISOLATING },
		{ M_FREE_ALL, M_MEMORY, REACH_BY_ISOLATING },
		{ M_RESERVE, M_RESERVED, REACH_BY_ADDING },
		{ M_ALLOC_NODE, M_RESERVED, REACH_BY_ADDING },
		{ M_RESERVE_MEM, M_RESERVED, REACH_BY_ADDING },
		{ M_PHYS_FREE, M_RESERVED, REACH_BY_ISOLATING },
		{ M_FREE_ALL, M_RESERVED, REACH_BY_ISOLATING },
		{ M_ADD, M_RESERVED, REACH_FOR_OTHER },
		{ M_MARK_MIRROR, M_RESERVED, REACH_FOR_OTHER },
	};

	for (unsigned int i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		setup(state);
		own[cases[i].table].size = 0x1000;
		own[cases[i].table].flags = 2 * SLOTS;
		after(cases[i].op, SLOTS, SLOTS);
		assert_int_equal(w.reached[cases[i].table] >> REACH_EVENTS,
				 BIT(cases[i].by - REACH_EVENTS));
		assert_int_equal(w.reached[!cases[i].table] >> REACH_EVENTS, 0);
	}
}

static void slab_is_told(void **state)
{
	(void)state;
	settings[MEMBLOCK_SLAB].start = 1;
	after(M_RESERVE, 1, SLOTS);
	own[M_RESERVED].flags = 2 * SLOTS;
	after(M_RESERVE, 1, SLOTS + 1);
	assert_true(w.reached[M_RESERVED] & BIT(REACH_FROM_SLAB));
	own[M_MEMORY] = (struct row){ 0x1000, 0x1000, 1, 2 * SLOTS };
	after(M_ADD, SLOTS, SLOTS + 1);
	assert_false(w.reached[M_MEMORY] & BIT(REACH_FROM_SLAB));
}

/* A failure counts for the table that the op works on, when that table was full. */
static void refusals_are_told(void **state)
{
	(void)state;
	settings[MEMBLOCK_RESIZE].start = 0;
	after(M_RESERVE, SLOTS, SLOTS);
	res.value = ENOMEM_VALUE;
	after(M_RESERVE, SLOTS, SLOTS);
	assert_int_equal(w.reached[M_RESERVED] >> REACH_EVENTS,
			 BIT(REACH_NOT_RESIZED - REACH_EVENTS));
	assert_int_equal(w.reached[M_MEMORY] >> REACH_EVENTS, 0);
	res.value = 0;
	after(M_RESERVE, SLOTS, SLOTS);
	assert_int_equal(w.reached[M_RESERVED] >> REACH_EVENTS, 0);
	res.outcome = OUT_PANIC;
	after(M_ADD, SLOTS, SLOTS);
	assert_int_equal(w.reached[M_MEMORY] >> REACH_EVENTS,
			 BIT(REACH_NOT_RESIZED - REACH_EVENTS));

	setup(state);
	after(M_PHYS_FREE, 1, SLOTS - 1);
	res.said = SAID_ERROR;
	after(M_PHYS_FREE, 1, SLOTS - 1);
	assert_int_equal(w.reached[M_RESERVED] >> REACH_EVENTS,
			 BIT(REACH_NO_ROOM - REACH_EVENTS));
	after(M_PHYS_FREE, 1, SLOTS - 2);
	after(M_PHYS_FREE, 1, SLOTS - 2);
	assert_int_equal(w.reached[M_RESERVED] >> REACH_EVENTS, 0);
}

/* After discard there is nothing to be seen: slots stay what they were. */
static void closed_tables_are_no_growth(void **state)
{
	(void)state;
	after(M_ADD, SLOTS, SLOTS);
	st.table[M_OWN].nr = 0;
	after(M_DISCARD, 0, 0);
	assert_int_equal(w.reached[M_MEMORY], BIT(REACH_EMPTY));
	assert_int_equal(w.slots[M_MEMORY], SLOTS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(levels_are_told, setup),
		cmocka_unit_test_setup(doubling_is_told_once_and_stays, setup),
		cmocka_unit_test_setup(who_doubles_is_told, setup),
		cmocka_unit_test_setup(slab_is_told, setup),
		cmocka_unit_test_setup(refusals_are_told, setup),
		cmocka_unit_test_setup(closed_tables_are_no_growth, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

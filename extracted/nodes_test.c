// SPDX-License-Identifier: GPL-2.0-only
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "shim/shim.h"

/* As the kernel's header has it. */
struct range {
	unsigned long long start, end;
};

#define WRAPPER
void add_active_range(unsigned int nid, unsigned long start, unsigned long end);
int add_from_early_node_map(struct range *range, int az, int nr, int nid);
#include "nodes.h"

static int setup(void **state)
{
	(void)state;
	nr_nodes = 0;
	return 0;
}

static void empty_ranges_are_none(void **state)
{
	(void)state;
	add_active_range(0, 5, 5);
	add_active_range(0, 6, 5);
	assert_int_equal(nr_nodes, 0);
}

static void ranges_that_meet_one_are_ignored(void **state)
{
	static const uint64_t meets[][2] = {
		{ 10, 20 }, { 9, 11 }, { 19, 21 }, { 12, 13 }, { 0, 100 },
	};

	(void)state;
	add_active_range(0, 10, 20);
	for (unsigned int i = 0; i < sizeof(meets) / sizeof(meets[0]); i++) {
		add_active_range(0, meets[i][0], meets[i][1]);
		add_active_range(1, meets[i][0], meets[i][1]);
	}
	assert_int_equal(nr_nodes, 1);
	/* neighbours do not meet, and stay apart */
	add_active_range(0, 20, 21);
	add_active_range(1, 9, 10);
	assert_int_equal(nr_nodes, 3);
}

static void there_is_room_for_so_many(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < EARLY_RES_NODES_MAX + 3; i++)
		add_active_range(i % 2, 2 * i, 2 * i + 1);
	assert_int_equal(nr_nodes, EARLY_RES_NODES_MAX);
	assert_int_equal(nodes[nr_nodes - 1].start, 2 * (EARLY_RES_NODES_MAX - 1));
}

static void a_node_gets_its_own(void **state)
{
	struct range range[5] = { { 1, 2 } };

	(void)state;
	add_active_range(0, 30, 40);
	add_active_range(1, 10, 20);
	add_active_range(0, 20, 30);
	assert_int_equal(add_from_early_node_map(range, 5, 1, 0), 3);
	assert_int_equal(range[0].start, 1);
	assert_int_equal(range[1].start, 30);
	assert_int_equal(range[1].end, 40);
	assert_int_equal(range[2].start, 20);
	assert_int_equal(range[2].end, 30);
	assert_int_equal(range[3].end, 0);
	assert_int_equal(add_from_early_node_map(range, 5, 0, 1), 1);
	assert_int_equal(range[0].start, 10);
	assert_int_equal(add_from_early_node_map(range, 5, 0, 2), 0);
	assert_int_equal(add_from_early_node_map(range, 5, 0, EARLY_RES_MAX_NODES), 3);
}

static void what_finds_no_slot_is_left_out(void **state)
{
	struct range range[2] = { { 0, 0 } };

	(void)state;
	add_active_range(0, 10, 20);
	add_active_range(0, 30, 40);
	assert_int_equal(add_from_early_node_map(range, 1, 0, EARLY_RES_MAX_NODES), 1);
	assert_int_equal(range[1].end, 0);
	assert_int_equal(add_from_early_node_map(range, 1, 1, 0), 1);
	assert_int_equal(add_from_early_node_map(range, 0, 0, 0), 0);
}

#define TEST(f)	cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(empty_ranges_are_none),
		TEST(ranges_that_meet_one_are_ignored),
		TEST(there_is_room_for_so_many),
		TEST(a_node_gets_its_own),
		TEST(what_finds_no_slot_is_left_out),
	};

	return cmocka_run_group_tests_name("nodes", tests, NULL, NULL);
}

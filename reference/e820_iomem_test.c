// SPDX-License-Identifier: GPL-2.0-only
/* The tree of resources at its ends: of the address space, and of its room. */
#include "e820_iomem.h"
#include "testing.h"

static struct iomem tree;

/* No room: noted, and nothing is written behind the last one. */
static void full_tree_overflows(void **state)
{
	(void)state;
	iomem_init(&tree, UINT64_MAX);
	for (unsigned int i = 0; i < IOMEM_MAX; i++)
		assert_true(iomem_insert(&tree, 2 * i, 2 * i, 1));
	assert_false(tree.overflow);
	assert_int_equal(tree.nr, IOMEM_MAX);
	iomem_fill(&tree, 0, UINT64_MAX, 9);
	assert_true(tree.overflow);
	assert_int_equal(tree.nr, IOMEM_MAX);
	for (unsigned int i = 0; i < IOMEM_MAX; i++)
		assert_int_equal(tree.node[i].first, 2 * i);
	iomem_init(&tree, UINT64_MAX);
	assert_false(tree.overflow);
	assert_int_equal(tree.nr, 0);
}

/* [5, 10] and the last byte: [0, 4] and [11, 2^64 - 2] are free. */
static void fill_up_to_the_last_byte(void **state)
{
	(void)state;
	iomem_init(&tree, UINT64_MAX);
	assert_true(iomem_insert(&tree, 5, 10, 1));
	assert_true(iomem_insert(&tree, UINT64_MAX, UINT64_MAX, 1));
	iomem_fill(&tree, 0, UINT64_MAX, 9);
	assert_int_equal(tree.nr, 4);
	assert_int_equal(tree.node[0].first, 0);
	assert_int_equal(tree.node[0].last, 4);
	assert_int_equal(tree.node[2].first, 11);
	assert_int_equal(tree.node[2].last, UINT64_MAX - 1);
	assert_int_equal(tree.node[2].name, 9);
	assert_int_equal(tree.node[3].name, 1);
}

/* Three levels: [0, 9] holds [2, 7] holds [3, 4]; what comes between the first two holds both. */
static void between_levels(void **state)
{
	static const uint64_t first[] = { 0, 1, 2, 3 };

	(void)state;
	iomem_init(&tree, UINT64_MAX);
	assert_true(iomem_insert(&tree, 0, 9, 1));
	assert_true(iomem_insert(&tree, 3, 4, 1));
	assert_true(iomem_insert(&tree, 2, 7, 1));
	assert_true(iomem_insert(&tree, 1, 8, 1));
	assert_false(iomem_insert(&tree, 4, 8, 1));
	assert_false(iomem_insert(&tree, 5, 4, 1));
	assert_int_equal(tree.nr, 4);
	for (unsigned int i = 0; i < 4; i++) {
		assert_int_equal(tree.node[i].first, first[i]);
		assert_int_equal(tree.node[i].depth, i + 1);
	}
}

/* The root is [0, 99]: what reaches beyond is refused; regions lose that part. */
static void root_ends(void **state)
{
	(void)state;
	iomem_init(&tree, 99);
	assert_true(iomem_insert(&tree, 90, 99, 1));
	assert_false(iomem_insert(&tree, 80, 100, 1));
	assert_false(iomem_insert(&tree, 100, 100, 1));
	assert_false(iomem_insert_expanded(&tree, 80, 100, 1));
	assert_true(iomem_insert_expanded(&tree, 80, 95, 2));
	iomem_fill(&tree, 100, 200, 9);
	assert_int_equal(tree.nr, 2);
	assert_int_equal(tree.node[0].first, 80);
	assert_int_equal(tree.node[0].last, 99);
	iomem_init(&tree, 99);
	assert_true(iomem_insert(&tree, 10, 20, 1));
	iomem_fill(&tree, 15, UINT64_MAX, 9);
	assert_int_equal(tree.nr, 2);
	assert_int_equal(tree.node[1].first, 21);
	assert_int_equal(tree.node[1].last, 99);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(full_tree_overflows),
		cmocka_unit_test(fill_up_to_the_last_byte),
		cmocka_unit_test(between_levels),
		cmocka_unit_test(root_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

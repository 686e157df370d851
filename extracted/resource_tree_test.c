// SPDX-License-Identifier: GPL-2.0-only
/* Against a model of marks: which resource is the innermost at each point of a small space. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "resource_tree.h"

static struct resource root, pool[64];
static unsigned int used;

static int setup(void **state)
{
	(void)state;
	memset(pool, 0, sizeof(pool));
	root = (struct resource){ .end = ~0ull };
	used = 0;
	return 0;
}

static struct resource *piece(const char *name)
{
	struct resource *r = used < 64 ? &pool[used++] : NULL;

	if (r)
		r->name = name;
	return r;
}

static struct resource *made(resource_size_t start, resource_size_t end)
{
	struct resource *r = piece("made");

	r->start = start;
	r->end = end;
	return r;
}

/* "10-1f(12-13 15-15) 30-3f": the tree in words. */
static const char *tree(void)
{
	static char text[1024];
	unsigned int depth = 0, before = 0, at = 0;

	text[0] = '\0';
	assert_true(tree_well_formed(&root));
	for (struct resource *r = tree_next(&root, &depth); r; r = tree_next(r, &depth)) {
		for (; before > depth; before--)
			at += sprintf(text + at, ")");
		if (at)
			at += sprintf(text + at, before < depth ? "(" : " ");
		before = depth;
		at += sprintf(text + at, "%llx-%llx", (unsigned long long)r->start,
			      (unsigned long long)r->end);
	}
	while (before-- > 1)
		at += sprintf(text + at, ")");
	return text;
}

static void siblings_are_sorted(void **state)
{
	(void)state;
	assert_null(tree_insert(&root, made(0x30, 0x3f)));
	assert_null(tree_insert(&root, made(0x10, 0x1f)));
	assert_null(tree_insert(&root, made(0x20, 0x2f)));
	assert_string_equal(tree(), "10-1f 20-2f 30-3f");
}

static void inside_goes_below_and_around_above(void **state)
{
	(void)state;
	assert_null(tree_insert(&root, made(0x10, 0x1f)));
	assert_null(tree_insert(&root, made(0x12, 0x13)));
	assert_null(tree_insert(&root, made(0x12, 0x12)));
	assert_null(tree_insert(&root, made(0x15, 0x1f)));
	assert_null(tree_insert(&root, made(0x11, 0x14)));
	assert_null(tree_insert(&root, made(0x20, 0x20)));
	assert_null(tree_insert(&root, made(0x08, 0x1f)));
	assert_string_equal(tree(), "8-1f(10-1f(11-14(12-13(12-12)) 15-1f)) 20-20");
}

static void an_equal_one_becomes_the_parent(void **state)
{
	struct resource *old = made(0x10, 0x1f), *new = made(0x10, 0x1f);

	(void)state;
	assert_null(tree_insert(&root, old));
	assert_null(tree_insert(&root, new));
	assert_ptr_equal(root.child, new);
	assert_ptr_equal(new->child, old);
	assert_ptr_equal(old->parent, new);
	assert_ptr_equal(tree_insert(&root, new), new);
}

static void what_sticks_out_is_refused(void **state)
{
	struct resource *a = made(0x10, 0x1f), *b = made(0x20, 0x2f), *new = made(0x08, 0x17);

	(void)state;
	assert_null(tree_insert(&root, a));
	assert_null(tree_insert(&root, b));
	assert_ptr_equal(tree_insert(&root, new), a);
	assert_null(new->parent);
	assert_ptr_equal(tree_insert(&root, made(0x10, 0x28)), b);
	assert_ptr_equal(tree_insert(&root, made(0x18, 0x2f)), a);
	assert_ptr_equal(tree_insert(&root, made(0x40, 0x3f)), &root);
	assert_string_equal(tree(), "10-1f 20-2f");
}

static void expansion_holds_all_whom_it_meets(void **state)
{
	struct resource *new = made(0x18, 0x28);

	(void)state;
	assert_null(tree_insert(&root, made(0x10, 0x1f)));
	assert_null(tree_insert(&root, made(0x20, 0x2f)));
	assert_null(tree_insert(&root, made(0x30, 0x3f)));
	tree_insert_expanded(&root, new);
	assert_string_equal(tree(), "10-2f(10-1f 20-2f) 30-3f");
	tree_insert_expanded(&root, new);
	tree_insert_expanded(&root, made(0x50, 0x4f));
	assert_string_equal(tree(), "10-2f(10-1f 20-2f) 30-3f");
}

static void gaps_are_filled(void **state)
{
	(void)state;
	tree_fill(&root, 0x10, 0x17, piece, "fill");
	assert_string_equal(tree(), "10-17");
	assert_null(tree_insert(&root, made(0x20, 0x2f)));
	assert_null(tree_insert(&root, made(0x30, 0x30)));
	assert_null(tree_insert(&root, made(0x40, 0x4f)));
	tree_fill(&root, 0x14, 0x48, piece, "fill");
	assert_string_equal(tree(), "10-17 18-1f 20-2f 30-30 31-3f 40-4f");
	tree_fill(&root, 0x20, 0x3f, piece, "fill");
	tree_fill(&root, 0x42, 0x44, piece, "fill");
	tree_fill(&root, 0x60, 0x50, piece, "fill");
	assert_string_equal(tree(), "10-17 18-1f 20-2f 30-30 31-3f 40-4f");
	tree_fill(&root, ~0ull - 1, ~0ull, piece, "fill");
	tree_fill(&root, 0, ~0ull, piece, "fill");
	assert_string_equal(tree(), "0-f 10-17 18-1f 20-2f 30-30 31-3f 40-4f 50-fffffffffffffffd "
				    "fffffffffffffffe-ffffffffffffffff");
}

/* The root is [0, 0x3f]. */
static void a_root_that_ends_holds_no_more(void **state)
{
	struct resource *in = made(0x38, 0x3f), *out = made(0x30, 0x40), *late = made(0x30, 0x3a);

	(void)state;
	root.end = 0x3f;
	assert_null(tree_insert(&root, in));
	assert_ptr_equal(tree_insert(&root, out), &root);
	assert_ptr_equal(tree_insert(&root, made(0x40, 0x41)), &root);
	tree_insert_expanded(&root, out);
	assert_null(out->parent);
	tree_insert_expanded(&root, late);
	assert_string_equal(tree(), "30-3f(38-3f)");
	tree_fill(&root, 0x40, 0x50, piece, "fill");
	assert_string_equal(tree(), "30-3f(38-3f)");
	tree_fill(&root, 0x10, ~0ull, piece, "fill");
	assert_string_equal(tree(), "10-2f 30-3f(38-3f)");
	setup(NULL);
	root.end = 0x3f;
	assert_null(tree_insert(&root, made(0, 0x1f)));
	tree_fill(&root, 0x10, 0x40, piece, "fill");
	assert_string_equal(tree(), "0-1f 20-3f");
}

static void a_spoilt_tree_is_seen(void **state)
{
	struct resource *a = made(0x10, 0x1f), *b = made(0x20, 0x2f), *c = made(0x12, 0x13);

	(void)state;
	assert_null(tree_insert(&root, a));
	assert_null(tree_insert(&root, b));
	assert_null(tree_insert(&root, c));
	assert_true(tree_well_formed(&root));
	a->end = 0x20;
	assert_false(tree_well_formed(&root));
	a->end = 0x12;
	assert_false(tree_well_formed(&root));
	a->end = 0x1f;
	c->end = 0x11;
	assert_false(tree_well_formed(&root));
	c->end = 0x13;
	b->parent = a;
	assert_false(tree_well_formed(&root));
}

/* In a space of 64 points: what is in the tree never loses a point, whatever comes. */
static void whatever_comes_it_is_well_formed(void **state)
{
	uint64_t x = 1;

	(void)state;
	for (unsigned int round = 0; round < 2000; round++) {
		setup(NULL);
		for (unsigned int i = 0; i < 24; i++) {
			resource_size_t start, end;
			struct resource *r, *met;

			x = x * 6364136223846793005u + 1442695040888963407u;
			start = x >> 33 & 63;
			end = start + (x >> 40 & 15);
			if ((x >> 60 & 3) == 3 && used < 32) {
				tree_fill(&root, start, end, piece, "fill");
				assert_true(tree_well_formed(&root));
				continue;
			}
			r = made(start, end);
			if (x >> 60 & 1) {
				tree_insert_expanded(&root, r);
				met = NULL;
				assert_true(r->start <= start && r->end >= end);
			} else {
				met = tree_insert(&root, r);
				assert_true(!met || (met->start <= end && start <= met->end));
			}
			assert_true(tree_well_formed(&root));
			assert_int_equal(!met, !!r->parent);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(siblings_are_sorted, setup),
		cmocka_unit_test_setup(inside_goes_below_and_around_above, setup),
		cmocka_unit_test_setup(an_equal_one_becomes_the_parent, setup),
		cmocka_unit_test_setup(what_sticks_out_is_refused, setup),
		cmocka_unit_test_setup(expansion_holds_all_whom_it_meets, setup),
		cmocka_unit_test_setup(gaps_are_filled, setup),
		cmocka_unit_test_setup(a_root_that_ends_holds_no_more, setup),
		cmocka_unit_test_setup(a_spoilt_tree_is_seen, setup),
		cmocka_unit_test_setup(whatever_comes_it_is_well_formed, setup),
	};

	return cmocka_run_group_tests_name("resource_tree", tests, NULL, NULL);
}

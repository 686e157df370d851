// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memblock model: tables that grow, and places that a subject chose for them. Four slots; the
 * table of eight takes a page (8 * 24 bytes). Memory is [16, 272) pages where nothing else is said.
 */
#include "memblock_testing.h"

#define MEM_FIRST	PAGES(16)
#define MEM_END		PAGES(272)
#define LAST		(MEM_END - PAGE)	/* its last page */

#define MACHINE		ADD(MEM_FIRST, MEM_END - MEM_FIRST), ALLOW_RESIZE
#define FOUR_RESERVED	RESERVE(PAGES(32), PAGE), RESERVE(PAGES(34), PAGE), \
			RESERVE(PAGES(36), PAGE), RESERVE(PAGES(38), PAGE)

/* The op that makes reserved's table grow. */
#define FIFTH		RESERVE(PAGES(40), PAGE)

#define OWN(at, table, slots)	{ at, (at) ? PAGE : 0, 1 + (table), slots }

static struct expect e;

static void begin(const struct op *ops)
{
	init_model(MEMBLOCK_SMALL, V6_12);
	run_ops(ops, &e);
}

/* The subject does what the model predicts of @op, but that its tables lie where @own says. */
static void subject_shows(struct op op, const struct row *own)
{
	struct result res;
	struct state seen;

	memblock_model.step(&room, &op, &e);
	res = e.result;
	seen = e.rows;
	seen.table[M_OWN] = (struct table){ 3, own };
	memblock_model.adopt(&room, &op, &res, &seen, &e);
	if (!e.fired)
		assert_true(memblock_model.selfcheck(&room));
}

static bool reserved_at(uint64_t addr)
{
	return memblock_model.cover(&room, M_RESERVED, addr, TYPE(0));
}

/* The guess: as a search finds it, the highest place. It is reserved. */
static void guess_is_a_place(void **state)
{
	const struct row want[] = {
		OWN(0, M_MEMORY, 4), OWN(LAST, M_RESERVED, 8), OWN(0, M_PHYSMEM, 0),
	};
	const struct op ops[TEST_OPS] = { MACHINE, FOUR_RESERVED, FIFTH };
	const struct row reserved[] = {
		REGION(PAGES(32), PAGES(33), 0), REGION(PAGES(34), PAGES(35), 0),
		REGION(PAGES(36), PAGES(37), 0), REGION(PAGES(38), PAGES(39), 0),
		REGION(PAGES(40), PAGES(41), 0), REGION(LAST, MEM_END, 0),
	};

	(void)state;
	begin(ops);
	assert_int_equal(e.result.outcome, OUT_RETURN);
	assert_int_equal(e.result.value, 0);
	assert_rows(&e.rows.table[M_OWN], want, 3);
	assert_rows(&e.rows.table[M_RESERVED], reserved, 6);
}

/* Any other allowed place is followed: it is reserved instead of the guess. */
static void place_is_followed(void **state)
{
	const struct row own[] = {
		OWN(0, M_MEMORY, 4), OWN(PAGES(50), M_RESERVED, 8), OWN(0, M_PHYSMEM, 0),
	};
	const struct op ops[TEST_OPS] = { MACHINE, FOUR_RESERVED };

	(void)state;
	begin(ops);
	subject_shows((struct op)FIFTH, own);
	assert_rows(&e.rows.table[M_OWN], own, 3);
	assert_int_equal(e.rows.table[M_RESERVED].nr, 6);
	assert_true(reserved_at(PAGES(50)));
	assert_true(reserved_at(PAGES(51) - 1));
	assert_false(reserved_at(PAGES(51)));
	assert_true(reserved_at(PAGES(40)));
	assert_false(reserved_at(LAST));
}

/* What is no place by the contract is not followed: the guess stays. */
static void bad_place_is_refused(void **state)
{
	static const struct row bad[] = {
		OWN(PAGES(34), M_RESERVED, 8),			/* reserved */
		OWN(PAGES(40), M_RESERVED, 8),			/* about to be reserved */
		OWN(PAGES(60), M_RESERVED, 8),			/* NOMAP */
		OWN(PAGES(70), M_RESERVED, 8),			/* HOTPLUG, movable_node on */
		OWN(PAGES(8), M_RESERVED, 8),			/* no memory */
		OWN(LAST + PAGE / 2, M_RESERVED, 8),		/* half of it memory, no page */
		OWN(PAGES(50) + 1, M_RESERVED, 8),		/* no page */
		OWN(PAGES(200), M_RESERVED, 8),			/* above the current limit */
		{ PAGES(50), 8 * 24, 1 + M_RESERVED, 8 },	/* not whole pages */
		OWN(PAGES(50), M_RESERVED, 16),			/* too many slots */
		{ 0, 0, 1 + M_RESERVED, 8 },			/* from slab, which is not there */
	};
	const struct op ops[TEST_OPS] = {
		SWITCH(MOVABLE_NODE, 1), MACHINE, MARK(NOMAP, PAGES(60), PAGE),
		MARK(HOTPLUG, PAGES(70), PAGE), CURRENT_LIMIT(PAGES(200)), FOUR_RESERVED,
	};

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(bad); i++) {
		struct row own[] = { OWN(0, M_MEMORY, 4), bad[i], OWN(0, M_PHYSMEM, 0) };

		begin(ops);
		subject_shows((struct op)FIFTH, own);
		assert_int_equal(e.rows.table[M_OWN].rows[M_RESERVED].start, PAGES(199));
		assert_int_equal(e.rows.table[M_OWN].rows[M_RESERVED].flags, 8);
	}
}

/* The first page is no place, even when it is memory. */
static void first_page_is_refused(void **state)
{
	const struct row own[] = {
		{ 0, PAGE, 1 + M_MEMORY, 4 }, OWN(0, M_RESERVED, 4), OWN(0, M_PHYSMEM, 0),
	};
	const struct op ops[TEST_OPS] = {
		ADD(0, PAGES(16)), ALLOW_RESIZE, ADD(PAGES(20), 1), ADD(PAGES(22), 1),
		ADD(PAGES(24), 1),
	};
	struct row shown[3];

	(void)state;
	memcpy(shown, own, sizeof(own));
	shown[M_MEMORY].flags = 8;
	begin(ops);
	subject_shows((struct op)ADD(PAGES(26), 1), shown);
	assert_int_equal(e.rows.table[M_OWN].rows[M_MEMORY].start, PAGES(15));
}

/* memory's table grows: its place is reserved. It grows again: the one before is given back. */
static void place_before_is_given_back(void **state)
{
	const struct row first[] = {
		OWN(PAGES(100), M_MEMORY, 8), OWN(0, M_RESERVED, 4), OWN(0, M_PHYSMEM, 0),
	};
	const struct row second[] = {
		OWN(PAGES(110), M_MEMORY, 16), OWN(0, M_RESERVED, 4), OWN(0, M_PHYSMEM, 0),
	};
	const struct op ops[TEST_OPS] = {
		MACHINE, ADD(PAGES(300), 1), ADD(PAGES(302), 1), ADD(PAGES(304), 1),
	};

	(void)state;
	begin(ops);
	subject_shows((struct op)ADD(PAGES(306), 1), first);
	assert_rows(&e.rows.table[M_OWN], first, 3);
	assert_true(reserved_at(PAGES(100)));
	for (unsigned int i = 0; i < 3; i++)
		memblock_model.step(&room, &(struct op)ADD(PAGES(308 + 2 * i), 1), &e);
	assert_rows(&e.rows.table[M_OWN], first, 3);
	subject_shows((struct op)ADD(PAGES(314), 1), second);
	assert_rows(&e.rows.table[M_OWN], second, 3);
	assert_false(reserved_at(PAGES(100)));
	assert_true(reserved_at(PAGES(110)));
	assert_int_equal(e.rows.table[M_RESERVED].nr, 1);
	assert_int_equal(e.rows.table[M_MEMORY].nr, 9);
}

/* memory grows, and reserved has no slot for that place: both do, and do not overlap. */
static void both_grow(void **state)
{
	const struct row own[] = {
		OWN(PAGES(100), M_MEMORY, 8), OWN(PAGES(101), M_RESERVED, 8), OWN(0, M_PHYSMEM, 0),
	};
	struct row same[] = {
		OWN(PAGES(100), M_MEMORY, 8), OWN(PAGES(100), M_RESERVED, 8), OWN(0, M_PHYSMEM, 0),
	};
	const struct op ops[TEST_OPS] = {
		MACHINE, ADD(PAGES(300), 1), ADD(PAGES(302), 1), ADD(PAGES(304), 1), FOUR_RESERVED,
	};

	(void)state;
	begin(ops);
	subject_shows((struct op)ADD(PAGES(306), 1), own);
	assert_rows(&e.rows.table[M_OWN], own, 3);
	assert_true(reserved_at(PAGES(100)));
	assert_true(reserved_at(PAGES(101)));

	begin(ops);
	subject_shows((struct op)ADD(PAGES(306), 1), same);
	assert_int_not_equal(e.rows.table[M_OWN].rows[M_MEMORY].start,
			     e.rows.table[M_OWN].rows[M_RESERVED].start);
}

/* From slab a table has no place, and nothing becomes reserved. */
static void slab_has_no_place(void **state)
{
	const struct row want[] = {
		OWN(0, M_MEMORY, 4), OWN(0, M_RESERVED, 8), OWN(0, M_PHYSMEM, 0),
	};
	const struct op ops[TEST_OPS] = { MACHINE, SWITCH(SLAB, 1), FOUR_RESERVED, FIFTH };

	(void)state;
	begin(ops);
	assert_rows(&e.rows.table[M_OWN], want, 3);
	assert_int_equal(e.rows.table[M_RESERVED].nr, 5);
}

/* What is about to be reserved is no place; a place below it is. */
static void about_to_be_reserved_is_no_place(void **state)
{
	const struct op ops[TEST_OPS] = {
		ADD(PAGES(16), PAGES(9)), ALLOW_RESIZE, RESERVE(PAGES(16), 1),
		RESERVE(PAGES(18), 1), RESERVE(PAGES(20), 1), RESERVE(PAGES(22), PAGES(2)),
		CURRENT_LIMIT(PAGES(22)),
	};

	(void)state;
	begin(ops);
	/* pages 17, 19 and 21 are free, but inside */
	memblock_model.step(&room, &(struct op)RESERVE(PAGES(16), PAGES(9)), &e);
	assert_int_equal(e.result.value, ENOMEM);
	assert_true(e.refuses);
	assert_int_equal(e.rows.table[M_RESERVED].nr, 4);
	assert_int_equal(e.rows.table[M_OWN].rows[M_RESERVED].flags, 4);

	memblock_model.step(&room, &(struct op)RESERVE(PAGES(24), 1), &e);
	assert_int_equal(e.result.value, 0);
	assert_int_equal(e.rows.table[M_OWN].rows[M_RESERVED].start, PAGES(21));
	assert_int_equal(e.rows.table[M_OWN].rows[M_RESERVED].flags, 8);
}

/*
 * Four regions and four pieces more: eight slots, of which the table of eight takes one. That of
 * sixteen has no room: the op fails, but the table of eight is there.
 */
static void grown_though_the_op_fails(void **state)
{
	const struct op ops[TEST_OPS] = {
		ADD(PAGES(16), PAGES(9)), ADD(PAGES(30), PAGE), ALLOW_RESIZE, RESERVE(PAGES(16), 1),
		RESERVE(PAGES(18), 1), RESERVE(PAGES(20), 1), RESERVE(PAGES(22), 1),
	};

	(void)state;
	begin(ops);
	memblock_model.step(&room, &(struct op)RESERVE(PAGES(16), PAGES(9)), &e);
	assert_int_equal(e.result.value, ENOMEM);
	assert_int_equal(e.rows.table[M_RESERVED].nr, 5);
	assert_int_equal(e.rows.table[M_OWN].rows[M_RESERVED].start, PAGES(30));
	assert_int_equal(e.rows.table[M_OWN].rows[M_RESERVED].flags, 8);
	assert_true(reserved_at(PAGES(30)));
	assert_false(reserved_at(PAGES(17)));
	assert_true(memblock_model.selfcheck(&room));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(guess_is_a_place),
		cmocka_unit_test(place_is_followed),
		cmocka_unit_test(bad_place_is_refused),
		cmocka_unit_test(first_page_is_refused),
		cmocka_unit_test(place_before_is_given_back),
		cmocka_unit_test(both_grow),
		cmocka_unit_test(slab_has_no_place),
		cmocka_unit_test(about_to_be_reserved_is_no_place),
		cmocka_unit_test(grown_though_the_op_fails),
	};

	return cmocka_run_group_tests_name("memblock_grow", tests, NULL, NULL);
}

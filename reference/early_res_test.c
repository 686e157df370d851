// SPDX-License-Identifier: GPL-2.0-only
/*
 * The reference's early_res: cases by hand against the allocator itself, and random sequences on
 * its two subjects, each op judged by the brute-force judge.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bitmap.h"
#include "contract/subject.h"
#include "early_res.h"
#include "early_res_draw.h"
#include "testing.h"

extern const struct subject subject_early_res_reference_normal, subject_early_res_reference_small;

/* --- by hand --- */

#define PIECES	4

static struct early_res_span ram[PIECES];
static struct early_res_active active[PIECES];
static struct { uint64_t start, end; } handed[PIECES];
static unsigned int nr_handed, warnings;
static uint64_t bytes[2][512];
static unsigned int asked;
static const char *panicked;
static jmp_buf back;

static void *memory(void *arg, uint64_t phys, uint64_t size)
{
	(void)arg;
	assert_true(size <= sizeof(bytes[0]));
	for (unsigned int i = 0; i < PIECES; i++)
		if (phys >= ram[i].start && phys + size <= ram[i].end)
			return bytes[asked++ & 1];
	fail_msg("asked for memory that is no RAM");
	return NULL;
}

static void __attribute__((__noreturn__)) panic(void *arg, const char *why)
{
	(void)arg;
	panicked = why;
	longjmp(back, 1);
}

static void warn(void *arg, const char *why)
{
	(void)arg;
	(void)why;
	warnings++;
}

static void take(void *arg, uint64_t start, uint64_t size)
{
	(void)arg;
	assert_int_equal(start + size, ram[0].end);
	ram[0].end = start;
}

static void bootmem(void *arg, uint64_t start, uint64_t size)
{
	(void)arg;
	handed[nr_handed].start = start;
	handed[nr_handed++].end = start + size;
}

static struct early_res_machine machine = {
	.ram = ram, .active = active, .memory = memory, .panic = panic, .warn = warn,
	.take = take, .bootmem = bootmem,
};

static struct early_res list;

static int begin(void **state)
{
	(void)state;
	memset(ram, 0, sizeof(ram));
	ram[0] = (struct early_res_span){ 0x1000, 0x9000 };
	machine.nr_ram = 1;
	machine.nr_active = 0;
	machine.mapped = 1ULL << 32;
	nr_handed = 0;
	warnings = 0;
	early_res_init(&list, &machine, 4);
	return 0;
}

#define assert_panics(call)		\
	do {				\
		panicked = NULL;	\
		if (!setjmp(back)) {	\
			call;		\
			fail_msg("%s: no panic", #call); \
		}			\
		assert_non_null(panicked); \
	} while (0)

static void assert_slot(unsigned int i, uint64_t start, uint64_t end, bool overlap_ok,
			const char *name)
{
	assert_true(i < list.used);
	assert_int_equal(list.slot[i].start, start);
	assert_int_equal(list.slot[i].end, end);
	assert_int_equal(list.slot[i].overlap_ok, overlap_ok);
	assert_string_equal(list.slot[i].name, name);
}

static void names_are_cut(void **state)
{
	(void)state;
	early_res_reserve_overlap_ok(&list, 0, 1, NULL);
	early_res_reserve_overlap_ok(&list, 1, 2, "12345678901234");
	early_res_reserve_overlap_ok(&list, 2, 3, "123456789012345");
	assert_slot(0, 0, 1, true, "");
	assert_slot(1, 1, 2, true, "12345678901234");
	assert_slot(2, 2, 3, true, "12345678901234");
}

static void empty_ranges_are_none(void **state)
{
	(void)state;
	early_res_reserve(&list, 5, 5, "a");
	early_res_reserve(&list, 6, 5, "a");
	early_res_reserve_overlap_ok(&list, 5, 5, "a");
	early_res_reserve_overlap_ok(&list, 6, 5, "a");
	early_res_reserve_without_check(&list, 5, 5, "a");
	early_res_reserve_without_check(&list, 6, 5, "a");
	assert_int_equal(list.used, 0);
	early_res_free_partial(&list, 5, 5);
	assert_int_equal(warnings, 0);
	early_res_free_partial(&list, 6, 5);
	assert_int_equal(warnings, 1);
}

/* Both rests go to the end, the lower one first; the new one follows. */
static void overlap_ok_gives_way(void **state)
{
	(void)state;
	early_res_reserve_overlap_ok(&list, 100, 200, "old");
	early_res_reserve(&list, 120, 150, "new");
	assert_int_equal(list.used, 3);
	assert_slot(0, 100, 120, true, "old");
	assert_slot(1, 150, 200, true, "old");
	assert_slot(2, 120, 150, false, "new");
	assert_panics(early_res_reserve_overlap_ok(&list, 149, 151, "third"));
}

static void firm_ones_panic(void **state)
{
	(void)state;
	early_res_reserve(&list, 100, 200, "a");
	early_res_reserve(&list, 200, 300, "b");
	assert_panics(early_res_reserve(&list, 299, 301, "c"));
}

/* n - used <= max(n / 8, 2): the third of four, and then into slot 0 of twice as many. */
static void the_table_grows(void **state)
{
	(void)state;
	early_res_reserve(&list, 0x2000, 0x3000, "a");
	early_res_reserve(&list, 0x3000, 0x4000, "b");
	assert_false(list.grown);
	early_res_reserve(&list, 0x1000, 0x1100, "c");
	assert_true(list.grown);
	assert_int_equal(list.slots, 8);
	/* nothing below that is free: above it */
	assert_slot(0, 0x1100, 0x1200, false, "");
	assert_slot(1, 0x2000, 0x3000, false, "a");
	assert_slot(3, 0x1000, 0x1100, false, "c");
	assert_panics(early_res_free(&list, 0x1100, 0x1200));
	early_res_free_partial(&list, 0, 0x2800);
	assert_int_equal(list.used, 3);
	assert_slot(0, 0x1100, 0x1200, false, "");
	assert_slot(1, 0x2800, 0x3000, false, "a");
}

/* The old table's place is free once there is a new one. */
static void the_table_grows_twice(void **state)
{
	(void)state;
	for (uint64_t i = 0; i < 6; i++)
		early_res_reserve(&list, 0x4000 + 0x100 * i, 0x4100 + 0x100 * i, "x");
	assert_int_equal(list.slots, 16);
	assert_slot(0, 0x1100, 0x1300, false, "");
	assert_int_equal(list.used, 7);
	for (uint64_t i = 0; i < 6; i++)
		assert_slot(i + 1, 0x4000 + 0x100 * i, 0x4100 + 0x100 * i, false, "x");
	assert_int_equal(early_res_find_ram(&list, 0, ~0ULL, 0x100, 1), 0x1000);
}

/* Neither unmapped RAM nor reserved RAM nor the range itself will do. */
static void a_table_without_room_panics(void **state)
{
	(void)state;
	ram[0] = (struct early_res_span){ 0x1000, 0x10ff };
	ram[1] = (struct early_res_span){ 1ULL << 32, 1ULL << 33 };
	machine.nr_ram = 2;
	early_res_reserve(&list, 0x2000, 0x3000, "a");
	early_res_reserve(&list, 0x3000, 0x4000, "b");
	assert_panics(early_res_reserve(&list, 0x4000, 0x5000, "c"));
	/* there is a slot left: it need not grow */
	early_res_reserve_overlap_ok(&list, 0x4000, 0x5000, "c");
	early_res_reserve_overlap_ok(&list, 0x5000, 0x6000, "d");
	assert_int_equal(list.used, 4);
	early_res_reserve_overlap_ok(&list, 0x4000, 0x6000, "e");
	assert_int_equal(list.used, 3);
	early_res_reserve_overlap_ok(&list, 0x6000, 0x7000, "f");
	assert_panics(early_res_reserve_overlap_ok(&list, 0x4800, 0x5000, "g"));
}

static void free_takes_the_first_that_is_equal(void **state)
{
	(void)state;
	early_res_reserve_overlap_ok(&list, 10, 20, "a");
	early_res_reserve_without_check(&list, 10, 20, "b");
	early_res_free(&list, 10, 20);
	assert_int_equal(list.used, 1);
	assert_slot(0, 10, 20, false, "b");
	assert_panics(early_res_free(&list, 10, 19));
}

static void partial_frees_of_every_shape(void **state)
{
	(void)state;
	early_res_reserve_overlap_ok(&list, 0x100, 0x200, "a");
	early_res_free_partial(&list, 0x140, 0x180);
	assert_int_equal(list.used, 2);
	assert_slot(0, 0x100, 0x140, true, "a");
	assert_slot(1, 0x180, 0x200, true, "a");
	early_res_free_partial(&list, 0x0, 0x120);
	assert_slot(0, 0x120, 0x140, true, "a");
	early_res_free_partial(&list, 0x130, 0x1c0);
	assert_slot(0, 0x120, 0x130, true, "a");
	assert_slot(1, 0x1c0, 0x200, true, "a");
	early_res_free_partial(&list, 0x130, 0x1c0);
	assert_int_equal(list.used, 2);
	early_res_free_partial(&list, 0x0, 0x1000);
	assert_int_equal(list.used, 0);
}

static void searches_do_not_wrap(void **state)
{
	uint64_t size = 7;

	(void)state;
	early_res_reserve(&list, 0, ~0ULL - 5, "all");
	assert_int_equal(early_res_find_area(&list, 0, ~0ULL, 0, ~0ULL, 5, 1), ~0ULL - 5);
	assert_int_equal(early_res_find_area(&list, 0, ~0ULL, 0, ~0ULL, 6, 1), ~0ULL);
	assert_int_equal(early_res_find_area(&list, 0, ~0ULL, 0, ~0ULL, 1, 0x1000), ~0ULL);
	assert_int_equal(early_res_find_area(&list, 0, ~0ULL, 0, ~0ULL, 0, 1), ~0ULL);
	assert_int_equal(early_res_find_area_size(&list, 0, ~0ULL, ~0ULL, &size, 1), ~0ULL);
	assert_int_equal(size, 7);
	assert_int_equal(early_res_find_area_size(&list, 0, ~0ULL, 9, &size, 0), ~0ULL - 5);
	assert_int_equal(size, 5);
}

static void memory_is_taken_from_the_top(void **state)
{
	(void)state;
	early_res_reserve(&list, 0x2000, 0x3000, "a");
	/* 4 KiB below it are too few */
	assert_int_equal(early_res_reserve_e820(&list, 0, 0x1800, 0x800), 0x7800);
	assert_int_equal(ram[0].end, 0x7800);
	assert_int_equal(early_res_reserve_e820(&list, 0, 0x5000, 0x1000), 0);
	assert_int_equal(early_res_reserve_e820(&list, 0, 0, 0x1000), 0);
	assert_int_equal(ram[0].end, 0x7800);
}

static void bootmem_gets_what_lies_inside(void **state)
{
	(void)state;
	early_res_reserve(&list, 0x1000, 0x2000, "a");
	early_res_reserve(&list, 0x4000, 0x5000, "b");
	early_res_reserve(&list, 0x3000, 0x4000, "c");	/* the table grows */
	early_res_to_bootmem(&list, 0x1800, 0x4000);
	assert_int_equal(nr_handed, 2);
	assert_int_equal(handed[0].start, 0x1800);
	assert_int_equal(handed[0].end, 0x2000);
	assert_int_equal(handed[1].start, 0x3000);
	assert_int_equal(handed[1].end, 0x4000);
	assert_int_equal(list.used, 0);
	assert_int_equal(list.slots, 4);
}

/* Pages 1 to 9 of node 0, 9 to 11 of node 1; the table lies in page 1, a reservation in 3 and 4. */
static void get_free_hands_pages_out(void **state)
{
	struct early_res_free f;

	(void)state;
	active[0] = (struct early_res_active){ { 0x9000, 0xb000 }, 1 };
	active[1] = (struct early_res_active){ { 0x1000, 0x9000 }, 0 };
	machine.nr_active = 2;
	early_res_reserve(&list, 0x3fff, 0x4001, "a");
	early_res_reserve(&list, 0xa000, 0xa001, "b");
	early_res_reserve(&list, 0x20000, 0x20001, "c");
	assert_int_equal(list.slot[0].start, 0x1000);
	f = early_res_get_free(&list, 0);
	assert_int_equal(f.nr, 2);
	assert_int_equal(f.range[0].start, 0x2000);
	assert_int_equal(f.range[0].end, 0x3000);
	assert_int_equal(f.range[1].start, 0x5000);
	assert_int_equal(f.range[1].end, 0x9000);
	f = early_res_get_free(&list, 2);
	assert_int_equal(f.nr, 0);
	assert_int_equal(f.size, 0);
	assert_int_equal(list.used, 4);
	/* with the list its table ends; pieces of two nodes stay apart */
	f = early_res_get_free(&list, EARLY_RES_MAX_NODES);
	assert_int_equal(f.nr, 3);
	assert_int_equal(f.range[0].start, 0x1000);
	assert_int_equal(f.range[0].end, 0x3000);
	assert_int_equal(f.range[1].end, 0x9000);
	assert_int_equal(f.range[2].start, 0x9000);
	assert_int_equal(f.range[2].end, 0xa000);
	assert_int_equal(list.used, 0);
}

static void the_array_lies_above_4g_or_nowhere(void **state)
{
	(void)state;
	active[0] = (struct early_res_active){ { 0x1000, 0x9000 }, 0 };
	machine.nr_active = 1;
	ram[1] = (struct early_res_span){ 1ULL << 32, 1ULL << 33 };
	machine.nr_ram = 2;
	assert_int_equal(early_res_get_free(&list, 0).place, 0x1000);	/* not mapped above */
	machine.mapped = 1ULL << 33;
	assert_int_equal(early_res_get_free(&list, 0).place, 1ULL << 32);
	early_res_reserve(&list, 0, 1ULL << 34, "all");
	assert_panics(early_res_get_free(&list, 0));
}

/* --- by chance --- */

#define OPS		60000
#define SEQUENCE	80

struct tally {
	unsigned int panics, grown, grown_twice, handed, closed;
};

static struct tally judge_random(const struct subject *s, uint64_t seed)
{
	static const uint64_t point[] = { 0 };
	static struct bitmap judge;
	struct tally t = { 0 };
	struct op op[SEQUENCE];
	unsigned int n = SEQUENCE;

	for (unsigned int i = 0; i < OPS; i++) {
		char why[BITMAP_WHY] = "";
		struct result res;
		struct state st;

		if (n == SEQUENCE) {
			s->reset();
			assert_true(bitmap_init(&judge, s->family, s->config, point, 1));
			n = 0;
		}
		early_res_draw(&seed, &op[n], &op[n ? random_below(&seed, n) : 0]);
		s->exec(&op[n], &res);
		s->observe(&st);
		if (!bitmap_judge(&judge, &op[n], &res, &st, why))
			fail_msg("op %u of %u (%s): %s", n, i, family_op(s->family, op[n].id)->name,
				 why);
		t.panics += res.outcome == OUT_PANIC;
		t.grown += st.table[E_RES_OWN].nr && st.table[E_RES_OWN].rows[0].flags;
		t.grown_twice += st.table[E_RES_OWN].nr &&
				 st.table[E_RES_OWN].rows[0].flags > 2 * s->config->slots;
		t.handed += op[n].id == E_RES_GET_FREE && res.value > 1;
		t.closed += op[n].id == E_RES_GET_FREE && op[n].arg[0] == EARLY_RES_MAX_NODES;
		n = res.outcome == OUT_RETURN ? n + 1 : SEQUENCE;
	}
	return t;
}

static void the_judge_is_content(void **state)
{
	struct tally t;

	(void)state;
	t = judge_random(&subject_early_res_reference_normal, 1);
	assert_true(t.panics > 1000);
	assert_true(t.closed > 100);
	for (uint64_t seed = 2; seed < 5; seed++) {
		t = judge_random(&subject_early_res_reference_small, seed);
		assert_true(t.panics > 1000);
		assert_true(t.grown > 1000);
		assert_true(t.grown_twice > 100);
		assert_true(t.handed > 20);
		assert_true(t.closed > 100);
	}
}

/* The last byte of a table's buffer, and what a snapshot holds. */
static void a_snapshot_holds_a_grown_table(void **state)
{
	const struct subject *s = &subject_early_res_reference_small;
	static const struct op ram_op = { E_RES_MAP, 0, { 0x100000, 0x100000, EARLY_RES_MAP_RAM } };
	static const struct op all = { E_RES_FREE_PARTIAL, 0, { 0, 0x100000 } };
	char *saved = malloc(s->snapshot_size);
	struct result res;
	struct state st;
	uint64_t sum;

	(void)state;
	s->reset();
	s->exec(&ram_op, &res);
	for (uint64_t i = 0; i < 20; i++) {
		struct op op = { E_RES_RESERVE, 0, { i * 16, i * 16 + 8, 3 } };

		s->exec(&op, &res);
		assert_int_equal(res.outcome, OUT_RETURN);
	}
	s->observe(&st);
	sum = table_sum(&st.table[E_RES_RESERVED]);
	assert_int_equal(st.table[E_RES_OWN].rows[0].flags, 32);
	s->save(saved);
	s->exec(&all, &res);
	for (uint64_t i = 0; i < 40; i++) {
		struct op op = { E_RES_RESERVE, 0, { i * 16, i * 16 + 9, 3 } };

		s->exec(&op, &res);
	}
	s->observe(&st);
	assert_int_not_equal(table_sum(&st.table[E_RES_RESERVED]), sum);
	s->restore(saved);
	s->observe(&st);
	assert_int_equal(table_sum(&st.table[E_RES_RESERVED]), sum);
	assert_int_equal(st.table[E_RES_OWN].rows[0].flags, 32);
	free(saved);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(names_are_cut, begin),
		cmocka_unit_test_setup(empty_ranges_are_none, begin),
		cmocka_unit_test_setup(overlap_ok_gives_way, begin),
		cmocka_unit_test_setup(firm_ones_panic, begin),
		cmocka_unit_test_setup(the_table_grows, begin),
		cmocka_unit_test_setup(the_table_grows_twice, begin),
		cmocka_unit_test_setup(a_table_without_room_panics, begin),
		cmocka_unit_test_setup(free_takes_the_first_that_is_equal, begin),
		cmocka_unit_test_setup(partial_frees_of_every_shape, begin),
		cmocka_unit_test_setup(searches_do_not_wrap, begin),
		cmocka_unit_test_setup(memory_is_taken_from_the_top, begin),
		cmocka_unit_test_setup(bootmem_gets_what_lies_inside, begin),
		cmocka_unit_test_setup(get_free_hands_pages_out, begin),
		cmocka_unit_test_setup(the_array_lies_above_4g_or_nowhere, begin),
		cmocka_unit_test(a_snapshot_holds_a_grown_table),
		cmocka_unit_test(the_judge_is_content),
	};

	return cmocka_run_group_tests_name("early_res", tests, NULL, NULL);
}

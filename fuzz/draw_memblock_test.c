// SPDX-License-Identifier: GPL-2.0-only
/* Generated scenarios of family memblock make sense: each test counts how many of them do. */
#include "contract/memblock.h"
#include "draw_memblock.h"
#include "operand.h"
#include "scenario_testing.h"

#define SCENARIOS	400u

static struct scenario s;

static bool adds_ram(const struct op *op)
{
	return op->id == M_ADD || op->id == M_ADD_NODE;
}

static bool range_at(unsigned int i, uint64_t *start, uint64_t *end)
{
	return op_range(op_desc_any(s.family, s.ops[i].id), &s.ops[i], start, end) &&
	       *start < *end;
}

/* Does [start, end) meet what an op before @at, one that @is such, speaks of? */
static bool meets(unsigned int at, bool (*is)(const struct op *op), uint64_t start, uint64_t end)
{
	uint64_t a, b;

	for (unsigned int i = 0; i < at; i++)
		if (is(&s.ops[i]) && range_at(i, &a, &b) && a < end && start < b)
			return true;
	return false;
}

static bool reserves(const struct op *op)
{
	return op->id == M_RESERVE;
}

static bool marks(const struct op *op)
{
	return op->id >= M_MARK_HOTPLUG && op->id <= M_CLEAR_NOMAP;
}

static void each(void (*look)(void))
{
	struct rng r;

	rng_seed(&r, 5);
	for (unsigned int n = 0; n < SCENARIOS; n++) {
		generate(&s, &memblock_family, SCENARIO_OPS_MAX, &r);
		assert_canonical(&s);
		look();
	}
}

static unsigned int all, good;

static void look_reservations(void)
{
	uint64_t start, end;

	for (unsigned int i = 0; i < s.nr; i++)
		if (reserves(&s.ops[i]) && meets(i, adds_ram, 0, UINT64_MAX) &&
		    range_at(i, &start, &end)) {
			all++;
			good += meets(i, adds_ram, start, end);
		}
}

static void look_frees(void)
{
	uint64_t start, end;

	for (unsigned int i = 0; i < s.nr; i++)
		if ((s.ops[i].id == M_PHYS_FREE || s.ops[i].id == M_FREE) &&
		    meets(i, reserves, 0, UINT64_MAX) && range_at(i, &start, &end)) {
			all++;
			good += meets(i, reserves, start, end);
		}
}

static void look_marks(void)
{
	uint64_t start, end;

	for (unsigned int i = 0; i < s.nr; i++)
		if (marks(&s.ops[i]) && meets(i, adds_ram, 0, UINT64_MAX) &&
		    range_at(i, &start, &end)) {
			all++;
			good += meets(i, adds_ram, start, end);
		}
}

/* Enough memory for something to happen, not more than free_all takes. */
static void look_ram(void)
{
	uint64_t bytes = 0;

	for (unsigned int i = 0; i < s.nr; i++)
		if (adds_ram(&s.ops[i]) && s.ops[i].arg[1] < 1ULL << 40)
			bytes += s.ops[i].arg[1];
	all++;
	good += bytes > 16 * MEMBLOCK_PAGE && bytes <= MEMBLOCK_FREE_MAX;
}

static bool occurs(const struct scenario *in, uint8_t id)
{
	for (unsigned int i = 0; i < in->nr; i++)
		if (in->ops[i].id == id)
			return true;
	return false;
}

static void look_handoffs(void)
{
	all++;
	good += occurs(&s, M_FREE_ALL) && occurs(&s, M_MAX_LOW_PFN);
}

/* Small ranges that do not touch, as many as the table has slots. */
static void look_pressure(void)
{
	unsigned int reserved = 0;

	for (unsigned int i = 0; i < s.nr; i++)
		reserved += reserves(&s.ops[i]) && s.ops[i].arg[1] <= MEMBLOCK_PAGE;
	all++;
	good += reserved + 4 >= s.config->slots;
}

/* @look finds at least @least, and in @percent of them what it looks for. */
static void mostly(void (*look)(void), unsigned int least, unsigned int percent)
{
	all = good = 0;
	each(look);
	print_message("%u of %u\n", good, all);
	assert_true(all >= least);
	assert_true(good * 100 >= all * percent);
}

static void reservations_are_in_ram(void **state)
{
	(void)state;
	mostly(look_reservations, 2000, 60);
}

static void frees_are_of_what_was_reserved(void **state)
{
	(void)state;
	mostly(look_frees, 150, 60);
}

static void marks_are_of_ram(void **state)
{
	(void)state;
	mostly(look_marks, 400, 80);
}

static void machines_can_be_handed_off(void **state)
{
	(void)state;
	mostly(look_ram, SCENARIOS, 60);
	mostly(look_handoffs, SCENARIOS, 40);
}

static void tables_come_under_pressure(void **state)
{
	(void)state;
	mostly(look_pressure, SCENARIOS, 25);
}

/* Every op, configuration, switch; labels of all lengths around the longest. */
static uint64_t ops;
static unsigned int configs, switches, lengths;

static void look_everything(void)
{
	configs |= 1u << (s.config - memblock_configs);
	for (unsigned int i = 0; i < s.nr; i++) {
		char text[OP_TEXT_MAX + 1] = "", *label;

		ops |= op_bit(s.ops[i].id);
		if (s.ops[i].id == M_SET)
			switches |= 1u << s.ops[i].arg[0];
		if (s.ops[i].id != M_RESERVE_MEM)
			continue;
		op_text(&s.ops[i], text);
		label = strrchr(text, ':');
		if (label && strlen(label + 1) < 32)
			lengths |= 1u << strlen(label + 1);
	}
}

static void everything_occurs(void **state)
{
	(void)state;
	each(look_everything);
	for (unsigned int i = 0; i < memblock_family.nr_ops; i++)
		if (!(ops & op_bit(memblock_family.ops[i].id)))
			fail_msg("no %s", memblock_family.ops[i].name);
	assert_int_equal(configs, (1u << MEMBLOCK_CONFIGS) - 1);
	assert_int_equal(switches & ((1u << MEMBLOCK_SWITCHES) - 1), (1u << MEMBLOCK_SWITCHES) - 1);
	for (unsigned int n = MEMBLOCK_LABEL - 2; n <= MEMBLOCK_LABEL; n++)
		assert_true(lengths >> n & 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reservations_are_in_ram),
		cmocka_unit_test(frees_are_of_what_was_reserved),
		cmocka_unit_test(marks_are_of_ram),
		cmocka_unit_test(machines_can_be_handed_off),
		cmocka_unit_test(tables_come_under_pressure),
		cmocka_unit_test(everything_occurs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: GPL-2.0-only
/* Generated boots are boots: each test counts how many of them are what it looks for. */
#include "contract/boot.h"
#include "contract/e820.h"
#include "draw_boot.h"
#include "operand.h"
#include "scenario_testing.h"

#define SCENARIOS	600u

static struct scenario s;
static unsigned int all, good;

static bool range_at(unsigned int i, uint64_t *start, uint64_t *end)
{
	return op_range(op_desc_any(s.family, s.ops[i].id), &s.ops[i], start, end) &&
	       *start < *end;
}

static bool is_ram(const struct op *op)
{
	return op->id == B_ENTRY && op->arg[2] == E820_T_RAM;
}

static bool takes(const struct op *op)
{
	return op->id == B_RESERVE || op->id == B_RESERVE_OVERLAP_OK;
}

/* Does [start, end) meet what another op, one that @is such, speaks of? */
static bool meets(unsigned int self, bool (*is)(const struct op *op), uint64_t start, uint64_t end)
{
	uint64_t a, b;

	for (unsigned int i = 0; i < s.nr; i++)
		if (i != self && is(&s.ops[i]) && range_at(i, &a, &b) && a < end && start < b)
			return true;
	return false;
}

static unsigned int place_of(uint8_t id)
{
	unsigned int i = 0;

	while (i < s.nr && s.ops[i].id != id)
		i++;
	return i;
}

static unsigned int count(uint8_t id)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < s.nr; i++)
		n += s.ops[i].id == id;
	return n;
}

static void look_reservations(void)
{
	uint64_t start, end;

	for (unsigned int i = 0; i < s.nr; i++)
		if (takes(&s.ops[i]) && range_at(i, &start, &end)) {
			all++;
			good += meets(i, is_ram, start, end);
		}
}

/* To meet another one ends the boot of an old kernel. */
static void look_apart(void)
{
	uint64_t start, end;

	for (unsigned int i = 0; i < s.nr; i++)
		if (takes(&s.ops[i]) && range_at(i, &start, &end)) {
			all++;
			good += !meets(i, takes, start, end);
		}
}

static void look_frees(void)
{
	uint64_t start, end;

	for (unsigned int i = 0; i < s.nr; i++)
		if (s.ops[i].id == B_FREE && range_at(i, &start, &end)) {
			all++;
			good += meets(i, takes, start, end);
		}
}

static bool in_order(void)
{
	return place_of(B_FIRMWARE) < place_of(B_SETUP) &&
	       place_of(B_SETUP) < place_of(B_HANDOFF) && place_of(B_HANDOFF) < s.nr;
}

/* A map, then setup, then the hand-off, and each of them once. */
static void look_order(void)
{
	all++;
	good += in_order() && count(B_FIRMWARE) == 1 && count(B_SETUP) == 1 &&
		count(B_HANDOFF) == 1;
}

static void look_handoffs(void)
{
	all++;
	good += place_of(B_HANDOFF) < s.nr;
}

static void look_ram(void)
{
	all++;
	good += boot_ram_of(&s).bytes > 16u << 20;
}

static void look_terabytes(void)
{
	all++;
	good += boot_ram_of(&s).end > 20ULL << 40 && boot_ram_of(&s).end < 1ULL << 50;
}

/* Nothing at the end of the address space unless the scenario is about it. */
static void look_end(void)
{
	uint64_t start, end;
	bool last = false;

	for (unsigned int i = 0; i < s.nr; i++)
		if (s.ops[i].id == B_ENTRY) {
			start = s.ops[i].arg[0];
			end = start + s.ops[i].arg[1];
			last |= end < start || end > NEAR_END;
		}
	all += !!(s.flags & SCENARIO_NEAR_END);
	good += last;
	assert_true(!last || s.flags & SCENARIO_NEAR_END);
}

/* No map: firmware counts memory alone, also more than 32 bits hold. */
static void look_counted(void)
{
	const struct op *op = s.ops;

	while (op < s.ops + s.nr && op->id != B_FIRMWARE)
		op++;
	all++;
	good += op < s.ops + s.nr && !op->arg[0] && op->arg[1] >= 4u << 20;
}

static void look_no_low_ram(void)
{
	all++;
	good += !meets(s.nr, is_ram, 0, 1u << 20);
}

static void look_only_high_ram(void)
{
	all++;
	good += !meets(s.nr, is_ram, 0, 1ULL << 32) && boot_ram_of(&s).bytes;
}

static void look_pressure(void)
{
	all++;
	good += count(B_RESERVE) > 26;
}

static void look_doubled(void)
{
	all++;
	good += count(B_RESERVE) > 122;
}

static void look_nodes(void)
{
	all++;
	good += count(B_NODE) > 1;
}

/* A node's pages lie between another one's. */
static void look_interleaved(void)
{
	unsigned int nids[3] = { 0 }, n = 0;

	for (unsigned int i = 0; i < s.nr && n < 3; i++)
		if (s.ops[i].id == B_NODE)
			nids[n++] = s.ops[i].arg[0];
	all++;
	good += n == 3 && nids[0] == nids[2] && nids[0] != nids[1];
}

/* @look finds at least @least, and in @from to @to percent of them what it looks for. */
static void look(void (*at)(void), unsigned int least, unsigned int from, unsigned int to)
{
	struct rng r;

	rng_seed(&r, 7);
	all = good = 0;
	for (unsigned int n = 0; n < SCENARIOS; n++) {
		generate(&s, &boot_family, SCENARIO_OPS_MAX, &r);
		assert_canonical(&s);
		at();
	}
	print_message("%u of %u\n", good, all);
	assert_true(all >= least);
	assert_true(good * 100 >= all * from && good * 100 <= all * to);
}

static void reservations_are_in_ram_and_apart(void **state)
{
	(void)state;
	look(look_reservations, 2000, 60, 100);
	look(look_apart, 2000, 60, 100);
}

static void frees_are_of_what_was_reserved(void **state)
{
	(void)state;
	look(look_frees, 200, 70, 100);
}

static void boots_are_in_order_and_end(void **state)
{
	(void)state;
	look(look_order, SCENARIOS, 60, 97);
	look(look_handoffs, SCENARIOS, 85, 99);
}

static void machines_are_of_all_sizes(void **state)
{
	(void)state;
	look(look_ram, SCENARIOS, 80, 100);
	look(look_terabytes, SCENARIOS, 4, 50);
	look(look_no_low_ram, SCENARIOS, 3, 40);
	look(look_only_high_ram, SCENARIOS, 1, 30);
	look(look_end, 20, 30, 100);
	look(look_counted, SCENARIOS, 1, 10);
}

static void tables_double(void **state)
{
	(void)state;
	look(look_pressure, SCENARIOS, 8, 60);
	look(look_doubled, SCENARIOS, 2, 30);
}

static void nodes_are_of_all_kinds(void **state)
{
	(void)state;
	look(look_nodes, SCENARIOS, 20, 80);
	look(look_interleaved, SCENARIOS, 2, 40);
}

static uint64_t ops;
static unsigned int configs;

static void look_everything(void)
{
	all++;
	configs |= 1u << s.config->id;
	for (unsigned int i = 0; i < s.nr; i++)
		ops |= op_bit(s.ops[i].id);
}

static void everything_occurs(void **state)
{
	(void)state;
	look(look_everything, SCENARIOS, 0, 0);
	for (unsigned int i = 0; i < boot_family.nr_ops; i++)
		if (!(ops & op_bit(boot_family.ops[i].id)))
			fail_msg("no %s", boot_family.ops[i].name);
	assert_int_equal(configs, (1u << BOOT_CONFIGS) - 1);
}

/* From nothing, mutation alone gets to boots that end. */
static void mutation_gets_to_the_end(void **state)
{
	struct rng r;

	(void)state;
	rng_seed(&r, 9);
	all = good = 0;
	scenario_init(&s, &boot_family);
	for (unsigned int n = 0; n < 4000; n++) {
		if (n % 40 == 0)
			scenario_init(&s, &boot_family);
		mutate(&s, NULL, SCENARIO_OPS_MAX, &r);
		assert_canonical(&s);
		if (n % 40 < 39)
			continue;
		all++;
		good += in_order();
	}
	print_message("%u of %u\n", good, all);
	assert_true(good * 20 >= all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reservations_are_in_ram_and_apart),
		cmocka_unit_test(frees_are_of_what_was_reserved),
		cmocka_unit_test(boots_are_in_order_and_end),
		cmocka_unit_test(machines_are_of_all_sizes),
		cmocka_unit_test(tables_double),
		cmocka_unit_test(nodes_are_of_all_kinds),
		cmocka_unit_test(everything_occurs),
		cmocka_unit_test(mutation_gets_to_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

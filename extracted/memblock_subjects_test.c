// SPDX-License-Identifier: GPL-2.0-only
/* The contract's cases hold for every kernel that has mm/memblock.c; and what is no such case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "contract/subject.h"
#include "memblock_cases.h"

/* MEMBLOCK_RSRV_KERN */
#define RESERVED_BY_KERNEL	0x20u

#define for_each_memblock(s)						\
	for (const struct subject *const *p = subjects, *s; (s = *p); p++)	\
		if (s->family == &memblock_family)

static bool has_case(const struct subject *s, const struct memblock_case *c)
{
	if (c->configs && !(c->configs >> s->config->id & 1))
		return false;
	if (s->version < c->since || (c->before && s->version >= c->before))
		return false;
	for (unsigned int i = 0; i < OPS_MAX && c->ops[i].id; i++)
		if (s->lacks >> c->ops[i].id & 1)
			return false;
	return true;
}

static const struct table *observed(const struct subject *s, unsigned int table)
{
	static struct state st;

	s->observe(&st);
	assert_int_equal(st.nr_tables, M_TABLES);
	return &st.table[table];
}

static void check(const struct subject *s, const struct memblock_case *c)
{
	struct result res = { 0 };
	const struct table *t;
	bool same;

	s->reset();
	for (unsigned int i = 0; i < OPS_MAX && c->ops[i].id; i++) {
		s->exec(&c->ops[i], &res);
		if (res.outcome != OUT_RETURN)
			fail_msg("line %u, %s: op %u: outcome %u", c->line, s->id, i, res.outcome);
	}
	if (c->value != res.value && !c->any_value)
		fail_msg("line %u, %s: value %llx", c->line, s->id,
			 (unsigned long long)res.value);
	t = observed(s, c->table);
	/* since v6.16 reserved has one more flag, which says who reserved */
	same = t->nr == c->nr;
	for (unsigned int i = 0; same && i < t->nr; i++)
		same = t->rows[i].start == c->rows[i].start &&
		       t->rows[i].size == c->rows[i].size &&
		       (t->rows[i].type & ~RESERVED_BY_KERNEL) == c->rows[i].type;
	if (same)
		return;
	for (unsigned int i = 0; i < t->nr; i++)
		printf("  %llx %llx type %x flags %x\n", (unsigned long long)t->rows[i].start,
		       (unsigned long long)t->rows[i].size, t->rows[i].type, t->rows[i].flags);
	fail_msg("line %u, %s: %u rows", c->line, s->id, t->nr);
}

/* With one kernel alone there are cases for others. */
static bool all_cases_have_a_kernel(void)
{
	bool old = false, new = false;

	for_each_memblock(s) {
		old |= s->version < V(6, 6);
		new |= s->version >= V(6, 12) && s->version < V(6, 13);
	}
	return old && new;
}

static void every_case_holds(void **state)
{
	uint64_t ops = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		bool tried = false;

		for_each_memblock(s) {
			if (!has_case(s, &cases[i]))
				continue;
			check(s, &cases[i]);
			tried = true;
			for (unsigned int k = 0; k < OPS_MAX; k++)
				ops |= 1ull << cases[i].ops[k].id;
		}
		if (!tried && all_cases_have_a_kernel())
			fail_msg("line %u: no subject has this", cases[i].line);
	}
	if (!all_cases_have_a_kernel())
		return;
	/* what has tests of its own */
	ops |= 1ull << M_ALLOW_RESIZE | 1ull << M_RESERVE_MEM | 1ull << M_RESERVE_MEM_FIND |
	       1ull << M_DISCARD;
	for (unsigned int i = 0; i < memblock_family.nr_ops; i++)
		if (!(ops >> memblock_family.ops[i].id & 1))
			fail_msg("no case of op %s", memblock_family.ops[i].name);
}

static uint64_t exec(const struct subject *s, const struct op *op)
{
	struct result res;

	s->exec(op, &res);
	assert_int_equal(res.outcome, OUT_RETURN);
	return res.value;
}

#define EXEC(s, id, ...) exec(s, &(const struct op)OP(id, __VA_ARGS__))

/* RAM, and in it as many reservations as fit into the built-in table. */
static void fill(const struct subject *s)
{
	unsigned int slots = memblock_facts[s->config->id].slots[M_RESERVED];

	s->reset();
	EXEC(s, ADD, M, 4 * M);
	for (unsigned int i = 0; i < slots; i++)
		EXEC(s, RESERVE, M + 2 * i * P, P);
	assert_int_equal(observed(s, M_RESERVED)->nr, slots);
}

static void a_table_that_may_not_grow_fails_or_panics(void **state)
{
	static const struct op one_more = RESERVE(4 * M, P);

	(void)state;
	for_each_memblock(s) {
		struct result res;

		fill(s);
		s->exec(&one_more, &res);
		if (s->version >= V(6, 6)) {
			assert_int_equal(res.outcome, OUT_PANIC);
			continue;
		}
		assert_int_equal(res.outcome, OUT_RETURN);
		assert_int_equal(res.value, -12ull);
	}
}

static void is_own(const struct subject *s, unsigned int i, uint64_t start, unsigned int slots)
{
	uint64_t bytes = slots * memblock_facts[s->config->id].region;
	const struct row *own = &observed(s, M_OWN)->rows[i];

	assert_int_equal(own->type, 1 + i);
	assert_int_equal(own->start, start);
	assert_int_equal(own->size, start ? (bytes + P - 1) / P * P : 0);
	assert_int_equal(own->flags, slots);
}

/* Top down, below the end of RAM, and beside what is about to be reserved. */
static void a_table_doubles_into_free_memory(void **state)
{
	(void)state;
	for_each_memblock(s) {
		const struct memblock_config_facts *facts = &memblock_facts[s->config->id];
		unsigned int slots = facts->slots[M_RESERVED];
		uint64_t bytes = 2 * slots * facts->region, size = (bytes + P - 1) / P * P;
		const struct table *t;
		uint64_t second;

		fill(s);
		EXEC(s, ALLOW_RESIZE);
		EXEC(s, SET, MEMBLOCK_DEBUG, 1);
		is_own(s, M_RESERVED, 0, slots);
		EXEC(s, RESERVE, 5 * M - P, P);
		is_own(s, M_RESERVED, 5 * M - P - size, 2 * slots);
		assert_int_equal(EXEC(s, IS_REGION_RESERVED, 5 * M - P - size, 1), 1);
		is_own(s, M_MEMORY, 0, facts->slots[M_MEMORY]);
		EXEC(s, RESERVE, M, P);
		fill(s);
		EXEC(s, ALLOW_RESIZE);
		EXEC(s, SET, MEMBLOCK_DEBUG, 1);
		EXEC(s, RESERVE, 2 * M, P);
		t = observed(s, M_PRINTED);
		assert_int_equal(t->nr, 3);
		assert_int_equal(t->rows[0].type, M_RESERVE);
		assert_int_equal(t->rows[0].start, 2 * M);
		assert_int_equal(t->rows[1].type, MEMBLOCK_SAID_DOUBLED);
		assert_int_equal(t->rows[1].start, 5 * M - size);
		assert_int_equal(t->rows[1].size, bytes);
		assert_int_equal(t->rows[1].flags, 2 * slots);
		assert_int_equal(t->rows[2].type, M_RESERVE);
		assert_int_equal(t->rows[2].start, 5 * M - size);
		/* twice: what the first one had is given back */
		for (unsigned int i = 0; observed(s, M_OWN)->rows[1].flags == 2 * slots; i++)
			EXEC(s, RESERVE, 3 * M + 2 * i * P, 1);
		second = (4 * slots * facts->region + P - 1) / P * P;
		is_own(s, M_RESERVED, 5 * M - size - second, 4 * slots);
		assert_int_equal(EXEC(s, IS_REGION_RESERVED, 5 * M - size, size), 0);
	}
}

static void no_room_is_announced(void **state)
{
	static const struct op one_more = RESERVE(M, P);

	(void)state;
	for_each_memblock(s) {
		struct result res;

		fill(s);
		EXEC(s, ALLOW_RESIZE);
		EXEC(s, SET_CURRENT_LIMIT, M);
		s->exec(&one_more, &res);
		assert_int_equal(res.outcome, OUT_RETURN);
		assert_int_equal(res.value, 0);
		s->exec(&(const struct op)OP(RESERVE, 4 * M, P), &res);
		assert_int_equal(res.outcome, OUT_RETURN);
		assert_int_equal(res.value, -12ull);
		assert_int_equal(res.said, SAID_ERROR);
	}
}

static void slab_has_no_place(void **state)
{
	(void)state;
	for_each_memblock(s) {
		unsigned int slots = memblock_facts[s->config->id].slots[M_RESERVED];

		fill(s);
		EXEC(s, ALLOW_RESIZE);
		EXEC(s, SET, MEMBLOCK_SLAB, 1);
		EXEC(s, SET, MEMBLOCK_DEBUG, 1);
		EXEC(s, RESERVE, 4 * M, P);
		is_own(s, M_RESERVED, 0, 2 * slots);
		assert_int_equal(observed(s, M_PRINTED)->nr, 2);
		assert_int_equal(observed(s, M_PRINTED)->rows[1].start, 0);
		assert_int_equal(observed(s, M_RESERVED)->nr, slots + 1);
		/* and is given back */
		for (unsigned int i = 0; i < slots; i++)
			EXEC(s, RESERVE, 3 * M + 2 * i * P, P);
		is_own(s, M_RESERVED, 0, 4 * slots);
	}
}

/* What is in a doubled table is part of a saved state, too. */
static void a_doubled_table_is_saved(void **state)
{
	static char saved[1 << 20];

	(void)state;
	for_each_memblock(s) {
		unsigned int slots = memblock_facts[s->config->id].slots[M_RESERVED];
		uint64_t sum, hidden;

		assert_true(s->snapshot_size <= sizeof(saved));
		fill(s);
		EXEC(s, ALLOW_RESIZE);
		EXEC(s, RESERVE, 4 * M, P);
		sum = table_sum(observed(s, M_RESERVED));
		hidden = s->hidden();
		s->save(saved);
		for (unsigned int i = 0; i < 2 * slots; i++)
			EXEC(s, RESERVE, 2 * M + 2 * i * P, P);
		assert_int_equal(observed(s, M_OWN)->rows[M_RESERVED].flags, 4 * slots);
		EXEC(s, MAX_LOW_PFN, 1);
		assert_int_not_equal(s->hidden(), hidden);
		s->restore(saved);
		assert_int_equal(table_sum(observed(s, M_RESERVED)), sum);
		assert_int_equal(s->hidden(), hidden);
		EXEC(s, PHYS_FREE, 4 * M, P);
		assert_int_equal(observed(s, M_RESERVED)->nr, slots + 1);
	}
}

/* Tables that were doubled are passed on; then there are no collections. */
static void discard_passes_tables_on(void **state)
{
	(void)state;
	for_each_memblock(s) {
		const struct memblock_config_facts *facts = &memblock_facts[s->config->id];
		const struct row *own;
		const struct table *t;

		fill(s);
		EXEC(s, ALLOW_RESIZE);
		EXEC(s, RESERVE, 4 * M, P);
		own = &observed(s, M_OWN)->rows[M_RESERVED];
		EXEC(s, DISCARD);
		t = observed(s, M_HANDOFF);
		assert_int_equal(t->nr, !facts->keep);
		assert_int_equal(observed(s, M_SETTINGS)->rows[MEMBLOCK_CLOSED].start,
				 !facts->keep);
		if (facts->keep)
			continue;
		assert_int_equal(t->rows[0].start, own->start);
		assert_int_equal(t->rows[0].size, own->size);
		assert_int_equal(observed(s, M_MEMORY)->nr + observed(s, M_OWN)->nr, 0);
		assert_int_equal(EXEC(s, IS_MEMORY, M), 0);
		assert_int_equal(EXEC(s, ADD, M, P), 0);
	}
}

static uint64_t say(const struct subject *s, uint8_t id, const char *text)
{
	struct op op = { .id = id };

	op_set_text(&op, text, strlen(text));
	return exec(s, &op);
}

static void labels_are_kept(void **state)
{
	(void)state;
	for_each_memblock(s) {
		if (s->lacks >> M_RESERVE_MEM & 1)
			continue;
		s->reset();
		assert_int_equal(say(s, M_RESERVE_MEM, "4K:0:a"), -12ull);
		EXEC(s, ADD, M, M);
		assert_int_equal(say(s, M_RESERVE_MEM, "4K:64K:oops"), 1);
		assert_int_equal(say(s, M_RESERVE_MEM, "4K:64K:oops"), -16ull);
		assert_int_equal(say(s, M_RESERVE_MEM, "0:64K:x"), -22ull);
		assert_int_equal(say(s, M_RESERVE_MEM, "1M:x"), -22ull);
		assert_int_equal(say(s, M_RESERVE_MEM, "4K:4K: \t"), -22ull);
		assert_int_equal(say(s, M_RESERVE_MEM, "4K:4K:0123456789abcdef"), -22ull);
		assert_int_equal(say(s, M_RESERVE_MEM, "4K:4K:0123456789abcde"), 1);
		assert_int_equal(observed(s, M_NAMED)->nr, 2);
		assert_int_equal(observed(s, M_NAMED)->rows[0].type, memblock_label_hash("oops"));
		assert_int_equal(observed(s, M_NAMED)->rows[0].start, 2 * M - 0x10000);
		assert_int_equal(say(s, M_RESERVE_MEM_FIND, "oop"), 0);
		assert_int_equal(say(s, M_RESERVE_MEM_FIND, "oops"), 1);
		assert_int_equal(observed(s, M_ANSWER)->rows[0].start, 2 * M - 0x10000);
		assert_int_equal(observed(s, M_ANSWER)->rows[0].size, P);
	}
}

static void switches_show(void **state)
{
	(void)state;
	for_each_memblock(s) {
		const struct memblock_config_facts *facts = &memblock_facts[s->config->id];

		for (unsigned int i = 0; i < MEMBLOCK_SWITCHES; i++) {
			bool there = i != MEMBLOCK_MOVABLE_NODE || facts->hotplug;

			s->reset();
			EXEC(s, SET, i, 1);
			for (unsigned int k = 0; k < MEMBLOCK_SWITCHES; k++)
				assert_int_equal(observed(s, M_SETTINGS)->rows[k].start,
						 k == i && there);
			EXEC(s, SET, i, 0);
			assert_int_equal(observed(s, M_SETTINGS)->rows[i].start, 0);
		}
		assert_int_equal(observed(s, M_SETTINGS)->rows[MEMBLOCK_LIMIT].start,
				 facts->phys_max);
		EXEC(s, FREE_LATE, M, 3 * P);
		assert_int_equal(observed(s, M_SETTINGS)->rows[MEMBLOCK_RAM_PAGES].start, 3);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_case_holds),
		cmocka_unit_test(a_table_that_may_not_grow_fails_or_panics),
		cmocka_unit_test(a_table_doubles_into_free_memory),
		cmocka_unit_test(no_room_is_announced),
		cmocka_unit_test(slab_has_no_place),
		cmocka_unit_test(a_doubled_table_is_saved),
		cmocka_unit_test(discard_passes_tables_on),
		cmocka_unit_test(labels_are_kept),
		cmocka_unit_test(switches_show),
	};

	return cmocka_run_group_tests_name("memblock subjects", tests, NULL, NULL);
}

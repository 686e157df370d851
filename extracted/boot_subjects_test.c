// SPDX-License-Identifier: GPL-2.0-only
/* The contract's cases hold for every kernel that boots here; and what is no such case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "boot_cases.h"
#include "contract/memblock.h"
#include "contract/subject.h"

#define for_each_boot(s)							\
	for (const struct subject *const *p = subjects, *s; (s = *p); p++)	\
		if (s->family == &boot_family)

static unsigned int kind(const struct subject *s)
{
	if (!boot_on_early_res(s->version))
		return BLOCK | (s->config->id == BOOT_SMALL ? 0 : ROOMY |
				(s->version >= 0x060600 ? NODES : 0));
	return s->config == &boot_configs[BOOT_NORMAL] ? LIST : BOOTMEM;
}

static const struct table *observed(const struct subject *s, unsigned int table)
{
	static struct state st;

	s->observe(&st);
	assert_int_equal(st.nr_tables, B_TABLES);
	return &st.table[table];
}

static uint64_t exec(const struct subject *s, const struct op *op)
{
	struct result res;

	s->exec(op, &res);
	assert_int_equal(res.outcome, OUT_RETURN);
	return res.value;
}

/* Return: what the last one returned. */
static uint64_t exec_all(const struct subject *s, const struct op *ops, unsigned int max)
{
	uint64_t value = 0;

	for (unsigned int i = 0; i < max && ops[i].id; i += 1 + ops[i].nr_tokens)
		value = exec(s, &ops[i]);
	return value;
}

static void expect_rows(const struct subject *s, unsigned int line, unsigned int table,
			const struct row *rows, unsigned int nr)
{
	const struct table *t = observed(s, table);

	if (t->nr == nr && (!nr || !memcmp(t->rows, rows, nr * sizeof(*rows))))
		return;
	for (unsigned int i = 0; i < t->nr; i++)
		printf("  %llx %llx type %x flags %x\n", (unsigned long long)t->rows[i].start,
		       (unsigned long long)t->rows[i].size, t->rows[i].type, t->rows[i].flags);
	fail_msg("line %u, %s: %u rows", line, s->id, t->nr);
}

static void every_case_holds(void **state)
{
	unsigned int tried = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for_each_boot(s) {
			const struct boot_case *c = &cases[i];
			uint64_t value;

			tried |= kind(s);
			if (!(c->subjects & kind(s)))
				continue;
			s->reset();
			value = exec_all(s, c->ops, OPS_MAX);
			if (value != c->value)
				fail_msg("line %u, %s: value %llx, not %llx", c->line, s->id,
					 (unsigned long long)value, (unsigned long long)c->value);
			expect_rows(s, c->line, c->table, c->rows, c->nr);
		}
	assert_true(tried & BLOCK);
}

#define EXEC(s, id, ...) exec(s, &(const struct op)OP(id, __VA_ARGS__))

static const struct op machine[] = { MACHINE };

/* RAM, and reservations of one byte in every second page from 2 MiB on. */
static void take(const struct subject *s, unsigned int nr)
{
	s->reset();
	exec_all(s, machine, 1);
	EXEC(s, SETUP);
	for (unsigned int i = 0; i < nr; i++)
		EXEC(s, RESERVE, 2 * M + 2 * i * P + 5, 1, 2);
}

/*
 * A table that is full moves to memory, which is not passed on until the table is given up: top
 * down below the end of RAM, and with it one reservation more.
 */
static void a_doubled_table_is_not_passed_on(void **state)
{
	(void)state;
	for_each_boot(s) {
		bool small = s->config->id == BOOT_SMALL;
		const struct memblock_config_facts *facts =
			&memblock_facts[small ? MEMBLOCK_SMALL : MEMBLOCK_NORMAL];
		unsigned int slots = facts->slots[M_RESERVED];
		uint64_t size = (2 * slots * facts->region + P - 1) / P * P, table = 16 * M - size;
		uint64_t pages = PAGES(0, LOW_END) + PAGES(M, 16 * M);

		if (!(kind(s) & BLOCK))
			continue;
		take(s, slots);
		expect_rows(s, __LINE__, B_OWN, NULL, 0);
		EXEC(s, RESERVE, 2 * M + 2 * slots * P + 5, 1, 2);
		expect_rows(s, __LINE__, B_OWN,
			    &(struct row){ table, size, BOOT_OWN_RESERVED, 2 * slots }, 1);
		assert_int_equal(EXEC(s, HANDOFF), pages - (slots + 1) - size / P);
		assert_int_equal(observed(s, B_PAGES)->nr, 1 + 1 + slots + 1);
		assert_int_equal(observed(s, B_PAGES)->rows[slots + 2].size,
				 table - (2 * M + 2 * slots * P + P));
		/* the pages of both: up to the end again */
		assert_int_equal(observed(s, B_BOTH)->rows[slots + 2].size,
				 16 * M - (2 * M + 2 * slots * P + P));
		EXEC(s, DISCARD);
		expect_rows(s, __LINE__, B_OWN, NULL, 0);
		assert_int_equal(observed(s, B_PAGES)->rows[slots + 2].size,
				 16 * M - (2 * M + 2 * slots * P + P));
	}
}

/* 32 slots; when four are left the list doubles, into low memory: its own slot is one of them. */
static void a_doubled_list_is_passed_on_with_its_place(void **state)
{
	(void)state;
	for_each_boot(s) {
		const struct row own = { 0, 64 * 32, BOOT_OWN_RESERVED, 64 };

		if (!(kind(s) & OLD))
			continue;
		take(s, 28);
		expect_rows(s, __LINE__, B_OWN, NULL, 0);
		EXEC(s, RESERVE, 3 * M, 1, 2);
		expect_rows(s, __LINE__, B_OWN, &own, 1);
		assert_int_equal(EXEC(s, HANDOFF),
				 PAGES(0, LOW_END) + PAGES(M, 16 * M) - 29);
	}
}

/* The same boot from below: all kernels then have the same, in both tables together. */
static void generations_agree(void **state)
{
	static const struct op boot[] = {
		OP(BOTTOM_UP, 1), FIRMWARE(3), ENTRY(0, LOW_END, RAM), ENTRY(M, 255 * M, RAM),
		ENTRY(4 * G, 4 * G, RAM), OP(RESERVE, 0, P, 1), OP(RESERVE, 16 * M, 20 * M, 2),
		OP(BIOS), SET_UP, OP(ALLOC, 5 * M, 2 * M, M, 0), OP(ALLOC, 3, 1, M, 0),
		OP(FREE, 20 * M, M), HAND_OFF,
	};
	static const struct row rows[] = {
		FREED(P, LOW_END), FREED(M + P, 2 * M), FREED(7 * M, 16 * M),
		FREED(20 * M, 21 * M), FREED(36 * M, 256 * M), FREED(4 * G, 8 * G),
	};

	(void)state;
	for_each_boot(s) {
		s->reset();
		exec_all(s, boot, sizeof(boot) / sizeof(boot[0]));
		expect_rows(s, __LINE__, B_BOTH, rows, sizeof(rows) / sizeof(rows[0]));
	}
}

/* From a copy of its state a subject goes on as it would have, whatever ran in between. */
static void a_state_comes_back(void **state)
{
	static const struct op other[] = { MACHINE, OP(RESERVE, 0, 9 * M, 2), SET_UP, HAND_OFF };

	(void)state;
	for_each_boot(s) {
		void *copy = malloc(s->snapshot_size);
		uint64_t before;

		assert_non_null(copy);
		take(s, 3);
		before = s->hidden();
		s->save(copy);
		s->reset();
		exec_all(s, other, sizeof(other) / sizeof(other[0]));
		assert_true(s->hidden() != before);
		s->restore(copy);
		assert_int_equal(s->hidden(), before);
		EXEC(s, HANDOFF);
		assert_int_equal(observed(s, B_PAGES)->nr, 5);
		s->save(copy);
		s->reset();
		exec_all(s, other, sizeof(other) / sizeof(other[0]));
		s->restore(copy);
		assert_int_equal(observed(s, B_PAGES)->nr, 5);
		assert_int_equal(observed(s, B_PAGES)->rows[2].start, 2 * M + P);
		free(copy);
	}
}

static void what_is_not_there_does_nothing(void **state)
{
	(void)state;
	for_each_boot(s) {
		if (!(kind(s) & OLD))
			continue;
		assert_int_equal(s->lacks, 1ull << B_ALLOC_NODE | 1ull << B_DISCARD);
		take(s, 3);
		assert_int_equal(EXEC(s, ALLOC_NODE, P, P, 0), 0);
		EXEC(s, DISCARD);
		EXEC(s, HANDOFF);
		assert_int_equal(observed(s, B_PAGES)->nr, 5);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_case_holds),
		cmocka_unit_test(a_doubled_table_is_not_passed_on),
		cmocka_unit_test(a_doubled_list_is_passed_on_with_its_place),
		cmocka_unit_test(generations_agree),
		cmocka_unit_test(a_state_comes_back),
		cmocka_unit_test(what_is_not_there_does_nothing),
	};

	return cmocka_run_group_tests_name("boot subjects", tests, NULL, NULL);
}

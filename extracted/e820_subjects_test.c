// SPDX-License-Identifier: GPL-2.0-only
/* What holds for every kernel's e820.c: the ops that go through more than its tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "contract/e820.h"
#include "contract/subject.h"
#include "host/guard.h"

static uint64_t exec(const struct subject *s, const struct op *op)
{
	struct result res;

	s->exec(op, &res);
	assert_int_equal(res.outcome, OUT_RETURN);
	return res.value;
}

static const struct subject *kernel_with(const struct subject *const *p, uint64_t ops)
{
	return (*p)->family == &e820_family && !((*p)->lacks & ops) ? *p : NULL;
}

#define for_each_e820(s, ops)						\
	for (const struct subject *const *p = subjects, *s; *p; p++)	\
		if ((s = kernel_with(p, ops)))

static struct op text(uint8_t id, const char *t)
{
	struct op op = { .id = id };

	op_set_text(&op, t, strlen(t));
	return op;
}

static const struct table *observed(const struct subject *s, unsigned int table)
{
	static struct state st;

	s->observe(&st);
	return &st.table[table];
}

static void is_row(const struct row *r, uint64_t start, uint64_t size, uint32_t type,
		   uint32_t flags)
{
	assert_int_equal(r->start, start);
	assert_int_equal(r->size, size);
	assert_int_equal(r->type, type);
	assert_int_equal(r->flags, flags);
}

/* What is quoted, what goes on in the next token, and what stands behind "--". */
static void parsers_get_the_command_line(void **state)
{
	const struct op ops[] = {
		{ .id = E820_CMDLINE, .nr_tokens = 6 }, text(E820_PARAM, "quiet mem=3G"),
		text(E820_PARAM, "memmap=64K$0x9"), text(E820_MORE, "0000 \"memmap=1M#2M\""),
		text(E820_PARAM, "memmap=x"), text(E820_PARAM, "--"), text(E820_PARAM, "mem=1"),
	};
	static const struct op finish = { .id = E820_FINISH_EARLY_PARAMS };
	static const struct op ram = { E820_ADD, 0, { 0, 1ull << 32, E820_T_RAM } };

	(void)state;
	for_each_e820(s, 0) {
		bool old = s->version < 0x60000;

		s->reset();
		exec(s, &ram);
		/* v2.6.34 says of a memmap= that it was refused, later kernels do not */
		assert_int_equal(exec(s, ops), old ? 8 : 0);
		is_row(&observed(s, E820_MAIN)->rows[0], 0, 3ull << 30, E820_T_RAM, 0);
		is_row(&observed(s, E820_MAIN)->rows[1], 0x90000, 0x10000, E820_T_RESERVED, 0);
		is_row(&observed(s, E820_MAIN)->rows[2], 2 << 20, 1 << 20, E820_T_ACPI, 0);
		assert_int_equal(observed(s, E820_MAIN)->nr, 3);
		assert_int_equal(observed(s, E820_RECORDED)->nr, !old);
		if (!old)
			is_row(observed(s, E820_RECORDED)->rows, 0, 3ull << 30, E820_REC_LIMIT, 0);
		assert_int_equal(exec(s, &finish), 0);
		assert_int_equal(observed(s, E820_PRINTED)->nr, 5);
	}
}

static void panics_at_an_empty_users_map(void **state)
{
	const struct op ops[] = {
		{ .id = E820_CMDLINE, .nr_tokens = 1 }, text(E820_PARAM, "memmap=exactmap"),
	};
	static const struct op finish = { .id = E820_FINISH_EARLY_PARAMS };

	(void)state;
	for_each_e820(s, 0) {
		struct result res;

		s->reset();
		exec(s, &finish);
		exec(s, ops);
		s->exec(&finish, &res);
		assert_int_equal(res.outcome, OUT_PANIC);
	}
}

/* The second node is on the border of two pages, and says that its data are elsewhere. */
#define CHAIN(back)								\
	{ E820_RESERVE_SETUP_DATA, 3, { back } },				\
	{ E820_DATA, 0, { 0x1000, E820_SETUP_PCI, 0xff0 } },			\
	{ E820_DATA, 0, { 0xfffffff0 - 0x4000, E820_SETUP_INDIRECT, 24 } },	\
	{ E820_INDIRECT, 0, { E820_SETUP_EFI, 0x8000, 0x2000 } }

static void walks_the_chain_of_setup_data(void **state)
{
	static const struct op ram = { E820_ADD, 0, { 0, 1ull << 32, E820_T_RAM } };
	static const struct op chain[] = { CHAIN(0) }, ring[] = { CHAIN(1) },
			       nowhere[] = { CHAIN(3) };

	(void)state;
	for_each_e820(s, 1ull << E820_RESERVE_SETUP_DATA) {
		struct result res;

		s->reset();
		exec(s, &ram);
		exec(s, chain);
		assert_int_equal(observed(s, E820_MAIN)->nr, 7);
		is_row(&observed(s, E820_MAIN)->rows[1], 0x1000, 0x1000, E820_T_RESERVED_KERN, 0);
		is_row(&observed(s, E820_MAIN)->rows[3], 0x8000, 0x2000, E820_T_RESERVED_KERN, 0);
		is_row(&observed(s, E820_MAIN)->rows[5], 0xffffbff0, 40, E820_T_RESERVED_KERN, 0);
		s->exec(nowhere, &res);
		assert_int_equal(res.outcome, OUT_RETURN);
		assert_int_equal(res.said, SAID_WARN | SAID_WARNING);
		s->exec(ring, &res);
		assert_int_equal(res.outcome, OUT_HANG);
	}
}

/* As large as it gets, and so large that it wraps to nothing or to a few bytes. */
static void cannot_read_a_long_block(void **state)
{
	static const uint64_t lens[] = { 0, 1, UINT32_MAX, E820_MAP_PAGES };

	(void)state;
	guard_take();	/* cmocka has its own handlers */
	for_each_e820(s, 0) {
		for (unsigned int i = 0; i < sizeof(lens) / sizeof(lens[0]) + 16; i++) {
			uint64_t longest = UINT32_MAX - e820_ext_long(0);
			const struct op op = { E820_EXTEND_LONG, 0,
					       { i < 16 ? longest - i : lens[i - 16] } };
			struct result res;

			s->reset();
			s->exec(&op, &res);
			assert_int_equal(res.outcome, OUT_UNMAPPED);
		}
	}
}

static void keeps_a_tree_of_resources(void **state)
{
	static const struct op entries[] = {
		{ E820_ADD, 0, { 0, 0xa0000, E820_T_RAM } },
		{ E820_ADD, 0, { 0x90000, 0x1000, E820_T_RESERVED } },
		{ E820_ADD, 0, { 0x1800000, 0x100000, E820_T_RESERVED } },
		{ E820_ADD, 0, { 0x1000000, 0x900000, E820_T_RAM } },
	};
	static const struct op reserve = { .id = E820_RESERVE_RESOURCES };
	static const struct op late = { .id = E820_RESERVE_RESOURCES_LATE };

	(void)state;
	for_each_e820(s, 0) {
		const struct row *r;
		bool old = s->version < 0x60000;

		s->reset();
		for (unsigned int i = 0; i < 4; i++)
			exec(s, &entries[i]);
		exec(s, &reserve);
		r = observed(s, E820_RECORDED)->rows;
		is_row(&r[1], 0x90000, 0x1000, E820_REC_RESOURCE,
		       e820_res_flags(E820_RES_RESERVED, old ? 0 : E820_DESC_RESERVED, true,
				      false));
		is_row(&r[2], 0x1000000, 0x900000, E820_REC_RESOURCE,
		       e820_res_flags(E820_RES_RAM, 0, true, !old));
		r = observed(s, E820_IOMEM)->rows;
		assert_int_equal(observed(s, E820_IOMEM)->nr, 3);
		is_row(&r[1], 0x90000, 0x1000, E820_RES_RESERVED, 2);
		exec(s, &late);
		r = observed(s, E820_IOMEM)->rows;
		assert_int_equal(observed(s, E820_IOMEM)->nr, 5);
		is_row(&r[2], 0x1000000, 0x900000, E820_RES_RAM, 1);
		is_row(&r[3], 0x1800000, 0x100000, E820_RES_RESERVED, 2);
		is_row(&r[4], 0x1900000, 0x2700000, E820_RES_BUFFER, 1);
		exec(s, &entries[0]);
		assert_int_equal(observed(s, E820_IOMEM)->nr, 0);
	}
}

/* An end before the start is a BUG: 0 for the last byte; in v2.6.34 that before an empty entry. */
static void tells_sysfs_ends(void **state)
{
	static const struct op top[] = {
		{ E820_MEMORY_SETUP, 2, { 2, 1024 } },
		{ E820_ENTRY, 0, { 0, 0x100000, E820_T_RAM } },
		{ E820_ENTRY, 0, { 0 - 0x100000ull, 0x100000, E820_T_RAM } },
	};
	static const struct op empty = { E820_MEMORY_SETUP, 0, { 0 } };
	static const struct op reserve = { .id = E820_RESERVE_RESOURCES };

	(void)state;
	for_each_e820(s, 1ull << E820_MEMORY_SETUP) {
		bool old = s->version < 0x60000;
		struct result res;

		s->reset();
		exec(s, top);
		s->exec(&reserve, &res);
		assert_int_equal(res.outcome, old ? OUT_RETURN : OUT_BUG);
		s->reset();
		exec(s, &empty);
		s->exec(&reserve, &res);
		assert_int_equal(res.outcome, old ? OUT_BUG : OUT_RETURN);
	}
}

/* For state searches: what no table shows. */
static void hides_whose_map_it_is(void **state)
{
	const struct op lines[] = { { E820_CMDLINE, 1, { 0 } }, text(E820_PARAM, "mem=1G") };
	static const struct op move = { .id = E820_REALLOCATE_TABLES };

	(void)state;
	for_each_e820(s, 1ull << E820_CMDLINE | 1ull << E820_REALLOCATE_TABLES) {
		uint64_t before, users;

		s->reset();
		before = s->hidden();
		exec(s, lines);
		assert_int_equal(observed(s, E820_MAIN)->nr, 0);
		users = s->hidden();
		assert_int_not_equal(users, before);
		exec(s, &move);
		assert_int_not_equal(s->hidden(), users);
		s->reset();
		assert_int_equal(s->hidden(), before);
	}
}

static void moves_its_tables_for_good(void **state)
{
	static const struct op ram = { E820_ADD, 0, { 0x1000, 0x1000, E820_T_RAM } };
	static const struct op move = { .id = E820_REALLOCATE_TABLES };
	static const struct op mapped = { E820_MAPPED_ANY, 0, { 0, 0x2000, E820_T_RAM } };
	static const struct op type = { E820_GET_ENTRY_TYPE, 0, { 0x1000, 0x2000 } };

	(void)state;
	for_each_e820(s, 1ull << E820_REALLOCATE_TABLES) {
		s->reset();
		exec(s, &ram);
		exec(s, &move);
		exec(s, &ram);
		exec(s, &move);
		assert_int_equal(exec(s, &mapped), 1);
		assert_int_equal(exec(s, &type), E820_T_RAM);
		assert_int_equal(observed(s, E820_MAIN)->nr, 1);
		s->reset();
		exec(s, &ram);
		exec(s, &ram);
		assert_int_equal(observed(s, E820_MAIN)->nr, 2);
	}
}

/* More nodes than there may be mappings at one time, each of which is mapped twice. */
static void gives_back_what_it_maps(void **state)
{
	enum { NODES = 20 };
	/* where what the last one names lies; the table of any configuration takes it */
	static const struct op ram = { E820_ADD, 0,
		{ (64 + NODES - 1) << 20, 4096, E820_T_RAM } };
	struct op chain[1 + 2 * NODES] = { { E820_RESERVE_SETUP_DATA, 2 * NODES, { 0 } } };

	(void)state;
	for (uint64_t i = 0; i < NODES; i++) {
		chain[1 + 2 * i] = (struct op){ E820_DATA, 0,
			{ (1 + i) << 20, E820_SETUP_INDIRECT, 24 } };
		chain[2 + 2 * i] = (struct op){ E820_INDIRECT, 0,
			{ E820_SETUP_INDIRECT | E820_SETUP_DTB, (64 + i) << 20, 4096 } };
	}
	for_each_e820(s, 1ull << E820_RESERVE_SETUP_DATA) {
		struct result res;

		s->reset();
		exec(s, &ram);
		s->exec(chain, &res);
		assert_int_equal(res.outcome, OUT_RETURN);
		assert_int_equal(res.said, 0);
		assert_int_equal(observed(s, E820_MAIN)->nr, 1);
		is_row(&observed(s, E820_MAIN)->rows[0], (64 + NODES - 1) << 20, 4096,
		       E820_T_RESERVED_KERN, 0);
	}
}

/* Each table is moved: what it was moved from reads otherwise afterwards. */
static void moves_each_table(void **state)
{
	static const struct op setup[] = {
		{ E820_MEMORY_SETUP, 2, { 2, 0, 0 } },
		{ E820_ENTRY, 0, { 0, 0x80000, E820_T_RAM } },
		{ E820_ENTRY, 0, { 1 << 20, 1 << 20, E820_T_RAM } },
	};
	static const struct op add = { E820_ADD, 0, { 4 << 20, 0x1000, E820_T_NVS } };
	static const struct op kexec = { E820_UPDATE_KEXEC, 0,
					 { 0, 0x80000, E820_T_RAM, E820_T_ACPI } };
	static const struct op move = { .id = E820_REALLOCATE_TABLES };
	static const struct op raw = { E820_MAPPED_RAW_ANY, 0, { 0, 2 << 20, E820_T_NVS } };

	(void)state;
	for_each_e820(s, 1ull << E820_REALLOCATE_TABLES) {
		s->reset();
		exec(s, setup);
		exec(s, &add);
		exec(s, &kexec);
		exec(s, &move);
		assert_int_equal(observed(s, E820_MAIN)->nr, 3);
		is_row(&observed(s, E820_MAIN)->rows[2], 4 << 20, 0x1000, E820_T_NVS, 0);
		assert_int_equal(observed(s, E820_KEXEC)->nr, 2);
		is_row(&observed(s, E820_KEXEC)->rows[0], 0, 0x80000, E820_T_ACPI, 0);
		assert_int_equal(observed(s, E820_FIRMWARE)->nr, 2);
		is_row(&observed(s, E820_FIRMWARE)->rows[0], 0, 0x80000, E820_T_RAM, 0);
		assert_int_equal(exec(s, &raw), 0);
	}
}

/* Only what is not as it was at the last look is read anew. */
static void sees_each_field_of_each_entry(void **state)
{
	enum { NR = 8, FIELDS = 3 };

	(void)state;
	for_each_e820(s, 1ull << E820_MEMORY_SETUP) for (int i = 0; i < NR * FIELDS; i++) {
		struct op setup[1 + NR] = { { E820_MEMORY_SETUP, NR, { NR } } };
		struct op *changed = &setup[1 + i / FIELDS];

		for (uint64_t n = 0; n < NR; n++)
			setup[1 + n] = (struct op){ E820_ENTRY, 0,
				{ 0x10000 * n, 0x1000, E820_T_RAM } };
		s->reset();
		exec(s, setup);
		assert_int_equal(observed(s, E820_MAIN)->nr, NR);
		changed->arg[i % FIELDS] += i % FIELDS == 2 ? 1 : 0x100;
		s->reset();
		exec(s, setup);
		for (unsigned int t = E820_MAIN; t <= E820_FIRMWARE; t++) {
			const struct table *table = observed(s, t);

			/* v2.6.34 has no such table */
			if (t == E820_FIRMWARE && !table->nr)
				continue;
			assert_int_equal(table->nr, NR);
			is_row(&table->rows[i / FIELDS], changed->arg[0], changed->arg[1],
			       changed->arg[2], 0);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parsers_get_the_command_line),
		cmocka_unit_test(panics_at_an_empty_users_map),
		cmocka_unit_test(walks_the_chain_of_setup_data),
		cmocka_unit_test(cannot_read_a_long_block),
		cmocka_unit_test(keeps_a_tree_of_resources),
		cmocka_unit_test(tells_sysfs_ends),
		cmocka_unit_test(moves_its_tables_for_good),
		cmocka_unit_test(hides_whose_map_it_is),
		cmocka_unit_test(gives_back_what_it_maps),
		cmocka_unit_test(moves_each_table),
		cmocka_unit_test(sees_each_field_of_each_entry),
	};

	return cmocka_run_group_tests_name("e820_subjects", tests, NULL, NULL);
}

// SPDX-License-Identifier: GPL-2.0-only
/* What holds for every subject that was built, whatever its kernel. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "contract/boot.h"
#include "contract/early_res.h"
#include "contract/e820.h"
#include "contract/memblock.h"
#include "contract/range.h"
#include "contract/subject.h"

/* Ops that change the tables, one after the other, for each family. */
static const struct {
	const struct family *family;
	struct op op, next;
} changes[] = {
	{ &range_family, { RANGE_ADD, 0, { 4, 0x1000, 0x2000 } },
	  { RANGE_ADD, 0, { 4, 0x1000, 0x2000 } } },
	{ &e820_family, { E820_ADD, 0, { 0x1000, 0x1000, E820_T_RAM } },
	  { E820_ADD, 0, { 0x1000, 0x1000, E820_T_RAM } } },
	{ &early_res_family, { E_RES_RESERVE, 0, { 0x1000, 0x2000, 2 } },
	  { E_RES_RESERVE, 0, { 0x3000, 0x4000, 2 } } },
	{ &memblock_family, { M_ADD, 0, { 0x1000, 0x1000 } },
	  { M_RESERVE, 0, { 0x1000, 0x1000 } } },
	{ &boot_family, { B_RESERVE, 0, { 0x1000, 0x1000 } },
	  { B_RESERVE, 0, { 0x3000, 0x1000 } } },
};

static const struct op *change(const struct subject *s, bool again)
{
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++)
		if (changes[i].family == s->family)
			return again ? &changes[i].next : &changes[i].op;
	fail_msg("no op here changes a table of family %s", s->family->name);
	return NULL;
}

/* Of all that an op can change. */
static uint64_t sum(const struct subject *s)
{
	struct state st;
	uint64_t sum = s->hidden ? s->hidden() : 0;

	s->observe(&st);
	assert_int_equal(st.nr_tables, s->family->nr_tables);
	for (unsigned int i = 0; i < st.nr_tables; i++)
		sum += table_sum(&st.table[i]) * (2 * i + 1);
	return sum;
}

static uint64_t exec(const struct subject *s, const struct op *op)
{
	struct result res;

	s->exec(op, &res);
	assert_int_equal(res.outcome, OUT_RETURN);
	return res.value;
}

static bool is_config(const struct subject *s)
{
	for (unsigned int i = 0; i < s->family->nr_variants; i++)
		if (s->config == &s->family->variants[i])
			return true;
	return s->config == family_config_by_name(s->family, s->config->name);
}

/* The kernel's file that must be in the subject; none in one of our own. */
static const char *file_of(const struct subject *s)
{
	if (!strcmp(s->kernel, "reference"))
		return NULL;
	if (s->config == &early_res_variants[EARLY_RES_MEMBLOCK])
		return "mm/memblock.c";
	return s->family->file;
}

static void every_subject_describes_itself(void **state)
{
	(void)state;
	assert_non_null(subjects[0]);
	for (const struct subject *const *p = subjects; *p; p++) {
		const struct subject *s = *p;
		const char *path = file_of(s), *file = path ? strstr(s->provenance, path) : NULL;
		char id[128];

		snprintf(id, sizeof(id), "%s@%s%s%s", s->family->name, s->kernel,
			 s->config == &s->family->configs[0] ? "" : "+",
			 s->config == &s->family->configs[0] ? "" : s->config->name);
		assert_string_equal(s->id, id);
		assert_true(is_config(s));
		assert_null(s->planted);
		assert_true(s->snapshot_size > 0);
		assert_int_equal(strtoul(s->release, NULL, 10), s->version >> 16);
		/* what is no kernel's has no file of it */
		if (!strcmp(s->kernel, "reference"))
			continue;
		/* "PATH SHA256" on a line of its own, behind the origin */
		assert_true(!path || (file && file > s->provenance && file[-1] == '\n'));
		if (path)
			assert_int_equal(strcspn(file, "\n"), strlen(path) + 1 + 64);
	}
}

static void canaries_are_marked(void **state)
{
	(void)state;
	for (const struct subject *const *p = canaries; *p; p++) {
		assert_non_null((*p)->planted);
		assert_non_null((*p)->expect);
		assert_non_null(strchr((*p)->id, '!'));
	}
}

/*
 * What must be planted in a family. The functions of range never panic: no bug can make one go
 * missing. The kernels that bugs are planted in have no early_res, only what stands behind its ops
 * now: a bug that shows in a table there, and one in an answer.
 */
static bool to_be_planted(const struct family *f, const char *kind)
{
	if (f == &range_family)
		return strcmp(kind, "missing-panic");
	if (f == &boot_family)		/* what shows at the hand-off */
		return !strcmp(kind, "overlap") || !strcmp(kind, "silent-loss") ||
		       !strcmp(kind, "stray") || !strcmp(kind, "wrong-result");
	if (f == &early_res_family)
		return !strcmp(kind, "stray") || !strcmp(kind, "wrong-result");
	return true;
}

static void every_kind_is_planted(void **state)
{
	static const char *const kinds[] = {
		"overlap", "silent-loss", "announced-loss", "stray", "wrong-result", "missing-panic",
		"frame", "differs", "hang", "out-of-bounds", "uninitialised",
	};

	(void)state;
	if (!canaries[0])
		skip();
	for (const struct family *const *f = families; *f; f++) {
		for (unsigned int i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
			bool planted = !to_be_planted(*f, kinds[i]);

			for (const struct subject *const *p = canaries; *p; p++)
				planted |= (*p)->family == *f && !strcmp((*p)->expect, kinds[i]);
			if (!planted)
				fail_msg("no canary of %s must be caught as %s", (*f)->name, kinds[i]);
		}
	}
}

static void reset_brings_back_the_start(void **state)
{
	(void)state;
	for (const struct subject *const *p = subjects; *p; p++) {
		uint64_t at_start, changed;

		(*p)->reset();
		at_start = sum(*p);
		exec(*p, change(*p, false));
		changed = sum(*p);
		assert_int_not_equal(changed, at_start);
		(*p)->reset();
		assert_int_equal(sum(*p), at_start);
		exec(*p, change(*p, false));
		assert_int_equal(sum(*p), changed);
	}
}

static void no_subject_sees_another(void **state)
{
	(void)state;
	for (const struct subject *const *p = subjects; *p; p++)
		(*p)->reset();
	for (const struct subject *const *p = subjects; *p; p++) {
		uint64_t before[64];

		for (unsigned int i = 0; i < 64 && subjects[i]; i++)
			before[i] = sum(subjects[i]);
		exec(*p, change(*p, false));
		for (unsigned int i = 0; i < 64 && subjects[i]; i++)
			if (subjects[i] != *p)
				assert_int_equal(sum(subjects[i]), before[i]);
	}
}

static void a_saved_state_comes_back(void **state)
{
	(void)state;
	for (const struct subject *const *p = subjects; *p; p++) {
		void *saved = malloc((*p)->snapshot_size);
		uint64_t then;

		(*p)->reset();
		exec(*p, change(*p, false));
		then = sum(*p);
		(*p)->save(saved);
		exec(*p, change(*p, true));
		assert_int_not_equal(sum(*p), then);
		(*p)->restore(saved);
		assert_int_equal(sum(*p), then);
		free(saved);
	}
}

/* Through firmware's block in physical memory, and BUG(). */
static void e820_reads_setup_data_and_can_die(void **state)
{
	static const struct op extend[] = {
		{ E820_EXTEND, 2, { 0x5000, 40 } },
		{ E820_ENTRY, 0, { 0x100000, 0x100000, E820_T_RAM } },
		{ E820_ENTRY, 0, { 0, 0x1000, E820_T_ACPI } },
	};
	static const struct op bug = { E820_UPDATE, 0, { 0, 1, E820_T_RAM, E820_T_RAM } };

	(void)state;
	for (const struct subject *const *p = subjects; *p; p++) {
		struct result res;
		struct state st;

		if ((*p)->family != &e820_family)
			continue;
		(*p)->reset();
		exec(*p, extend);
		(*p)->observe(&st);
		assert_int_equal(st.table[E820_MAIN].nr, 2);
		assert_int_equal(st.table[E820_MAIN].rows[0].type, E820_T_ACPI);
		assert_int_equal(st.table[E820_MAIN].rows[1].start, 0x100000);
		assert_int_equal(st.table[E820_PRINTED].nr, 2);
		assert_int_equal(st.table[E820_PRINTED].rows[1].size, 0x100000);
		(*p)->exec(&bug, &res);
		assert_int_equal(res.outcome, OUT_BUG);
	}
}

/* In RAM that is mapped: 32 slots, of which 28 are taken before the table must grow. */
static void fill(const struct subject *s)
{
	static const struct op ram = { E_RES_MAP, 0, { 0x100000, 0x10000000, EARLY_RES_MAP_RAM } };

	s->reset();
	exec(s, &ram);
	for (uint64_t i = 0; i < 28; i++) {
		uint64_t start = 0x200000 + i * 0x2000;
		struct op op = { E_RES_RESERVE, 0, { start, start + 0x1000, 2 } };

		exec(s, &op);
	}
}

#define for_each_early_res(p)						\
	for (const struct subject *const *p = subjects; *p; p++)		\
		if ((*p)->family == &early_res_family && (*p)->version && /* a kernel's */ \
		    strcmp((*p)->config->name, "memblock"))

static void early_res_grows_into_ram(void **state)
{
	static const struct op reserve = { E_RES_RESERVE, 0, { 0x1000000, 0x1001000, 3 } };
	static const struct op beyond = { E_RES_MAPPED, 0, { 0x100 } };

	(void)state;
	for_each_early_res(p) {
		const struct row *own;
		struct result res;
		struct state st;

		fill(*p);
		(*p)->observe(&st);
		assert_int_equal(st.table[E_RES_RESERVED].nr, 28);
		assert_int_equal(st.table[E_RES_OWN].nr, 0);
		exec(*p, &reserve);
		(*p)->observe(&st);
		assert_int_equal(st.table[E_RES_RESERVED].nr, 30);
		assert_int_equal(st.table[E_RES_OWN].nr, 1);
		own = st.table[E_RES_OWN].rows;
		assert_int_equal(own->type, EARLY_RES_TABLE);
		assert_int_equal(own->flags, 64);
		assert_int_equal(own->size, 64 * EARLY_RES_SLOT_SIZE);
		assert_true(own->start >= 0x100000 && own->start + own->size <= 0x10100000);
		assert_int_equal(st.table[E_RES_RESERVED].rows[0].start, own->start);
		assert_int_equal(st.table[E_RES_RESERVED].rows[0].flags, 0);
		assert_int_equal(st.table[E_RES_RESERVED].rows[29].flags,
				 early_res_name_hash(early_res_name(3)));
		/* RAM that is not mapped cannot be written to */
		fill(*p);
		exec(*p, &beyond);
		(*p)->exec(&reserve, &res);
		assert_int_equal(res.outcome, OUT_UNMAPPED);
	}
}

static void early_res_hands_off_and_is_closed(void **state)
{
	static const struct op node = { E_RES_NODE, 0, { 1, 0x100, 0x300 } };
	static const struct op get_free = { E_RES_GET_FREE, 0, { EARLY_RES_MAX_NODES } };
	static const struct op to_bootmem = { E_RES_TO_BOOTMEM, 0, { 0x200800, ~0ull } };
	static const struct op find = { E_RES_FIND_E820, 0, { 0, 0x1000000, 0x1000, 0x1000 } };

	(void)state;
	for_each_early_res(p) {
		bool bootmem = (*p)->lacks >> E_RES_GET_FREE & 1;
		const struct row *rows;
		struct state st;

		assert_int_equal((*p)->lacks,
				 1ull << (bootmem ? E_RES_GET_FREE : E_RES_TO_BOOTMEM));
		fill(*p);
		exec(*p, &node);
		assert_int_equal(exec(*p, &find), 0x100000);
		exec(*p, bootmem ? &get_free : &to_bootmem);
		(*p)->observe(&st);
		assert_int_equal(st.table[E_RES_RESERVED].nr, 28);
		if (bootmem)
			exec(*p, &to_bootmem);
		else
			assert_int_equal(exec(*p, &get_free), 29);
		(*p)->observe(&st);
		assert_int_equal(st.table[E_RES_RESERVED].nr, 0);
		rows = st.table[E_RES_HANDOFF].rows;
		if (bootmem) {
			assert_int_equal(st.table[E_RES_HANDOFF].nr, 28);
			assert_int_equal(rows[0].start, 0x200800);
			assert_int_equal(rows[0].size, 0x800);
		} else {
			assert_int_equal(st.table[E_RES_HANDOFF].nr, 29);
			assert_int_equal(rows[0].start, 0x100000);
			assert_int_equal(rows[0].size, 0x100000);
			assert_int_equal(rows[1].start, 0x201000);
			assert_int_equal(st.table[E_RES_OWN].rows[0].type, EARLY_RES_RANGES);
		}
		assert_int_equal(exec(*p, &find), 0);
	}
}

static void early_res_runs_on_memblock(void **state)
{
	static const struct op setup[] = {
		{ E_RES_MAP, 0, { 0x100000, 0x100000, EARLY_RES_MAP_RAM } },
		{ E_RES_MAP, 0, { 0x180000, 0x1000, EARLY_RES_MAP_RESERVED } },
		{ E_RES_MAP, 0, { 0x180800, 0x1000, EARLY_RES_MAP_RAM } },
		{ E_RES_RESERVE, 0, { 0x100000, 0x101800 } },
		{ E_RES_RESERVE_OVERLAP_OK, 0, { 0x101000, 0x103000 } },
		{ E_RES_FREE_PARTIAL, 0, { 0x102000, 0x102800 } },
		{ E_RES_ACTIVE_RAM, 0, { 1, 0x100, 0x190 } },
		{ E_RES_NODE, 0, { 0, 0x300, 0x301 } },
	};
	static const struct row want[] = {
		{ 0x103000, 0x7d000, 0, 0 }, { 0x181000, 0xf000, 0, 0 }, { 0x300000, 0x1000, 0, 0 },
	};
	static const struct op find = { E_RES_FIND_FW, 0, { 0, 0x200000, 0x800, 0x800 } };
	static const struct op find_size = { E_RES_FIND_E820_SIZE, 0, { 0x102400, 0x1000 } };
	static const struct op node1 = { E_RES_GET_FREE, 0, { 1 } };
	static const struct op all = { E_RES_GET_FREE, 0, { EARLY_RES_MAX_NODES } };

	(void)state;
	for (const struct subject *const *p = subjects; *p; p++) {
		struct state st;

		if ((*p)->config != &early_res_variants[EARLY_RES_MEMBLOCK])
			continue;
		(*p)->reset();
		for (size_t i = 0; i < sizeof(setup) / sizeof(setup[0]); i++)
			exec(*p, &setup[i]);
		(*p)->observe(&st);
		assert_int_equal(st.table[E_RES_RESERVED].nr, 2);
		assert_int_equal(st.table[E_RES_RESERVED].rows[0].size, 0x2000);
		assert_int_equal(st.table[E_RES_RESERVED].rows[1].start, 0x102800);
		assert_int_equal(st.table[E_RES_RAM].nr, 2);
		assert_int_equal(exec(*p, &find), 0x102000);
		assert_int_equal(exec(*p, &find_size), 0x103000);
		(*p)->observe(&st);
		assert_int_equal(st.table[E_RES_ANSWER].rows[0].size, 0x7d000);
		assert_int_equal(exec(*p, &node1), 2);
		assert_int_equal(exec(*p, &all), 3);
		(*p)->observe(&st);
		assert_int_equal(st.table[E_RES_RESERVED].nr, 0);
		for (unsigned int i = 0; i < 3; i++) {
			assert_int_equal(st.table[E_RES_HANDOFF].rows[i].start, want[i].start);
			assert_int_equal(st.table[E_RES_HANDOFF].rows[i].size, want[i].size);
		}
		assert_int_equal(exec(*p, &find), 0);
	}
}

extern const char *const canaries_left_out[];

static void nothing_was_left_out(void **state)
{
	(void)state;
	assert_null(subjects_left_out[0]);
	/* a rule whose result does not compile plants nothing */
	assert_null(canaries_left_out[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_subject_describes_itself),
		cmocka_unit_test(canaries_are_marked),
		cmocka_unit_test(every_kind_is_planted),
		cmocka_unit_test(reset_brings_back_the_start),
		cmocka_unit_test(no_subject_sees_another),
		cmocka_unit_test(a_saved_state_comes_back),
		cmocka_unit_test(e820_reads_setup_data_and_can_die),
		cmocka_unit_test(early_res_grows_into_ram),
		cmocka_unit_test(early_res_hands_off_and_is_closed),
		cmocka_unit_test(early_res_runs_on_memblock),
		cmocka_unit_test(nothing_was_left_out),
	};

	return cmocka_run_group_tests_name("subjects", tests, NULL, NULL);
}

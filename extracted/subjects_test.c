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

#include "contract/e820.h"
#include "contract/range.h"
#include "contract/subject.h"

/* An op that changes the tables, for each family. */
static const struct {
	const struct family *family;
	struct op op;
} changes[] = {
	{ &range_family, { RANGE_ADD, 0, { 4, 0x1000, 0x2000 } } },
	{ &e820_family, { E820_ADD, 0, { 0x1000, 0x1000, E820_T_RAM } } },
};

static const struct op *change(const struct subject *s)
{
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++)
		if (changes[i].family == s->family)
			return &changes[i].op;
	fail_msg("no op here changes a table of family %s", s->family->name);
	return NULL;
}

static uint64_t sum(const struct subject *s)
{
	struct state st;
	uint64_t sum = 0;

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

static void every_subject_describes_itself(void **state)
{
	(void)state;
	assert_non_null(subjects[0]);
	for (const struct subject *const *p = subjects; *p; p++) {
		const struct subject *s = *p;
		const char *file = strstr(s->provenance, s->family->file);
		char id[128];

		snprintf(id, sizeof(id), "%s@%s%s%s", s->family->name, s->kernel,
			 s->config == &s->family->configs[0] ? "" : "+",
			 s->config == &s->family->configs[0] ? "" : s->config->name);
		assert_string_equal(s->id, id);
		assert_ptr_equal(s->config, family_config_by_name(s->family, s->config->name));
		assert_null(s->planted);
		assert_true(s->snapshot_size > 0);
		/* "PATH SHA256" on a line of its own, behind the origin */
		assert_true(file && file > s->provenance && file[-1] == '\n');
		assert_int_equal(strcspn(file, "\n"), strlen(s->family->file) + 1 + 64);
		assert_int_equal(strtoul(s->release, NULL, 10), s->version >> 16);
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

/* The functions of range never panic: no bug can make one go missing. */
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
			bool planted = *f == &range_family && !strcmp(kinds[i], "missing-panic");

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
		exec(*p, change(*p));
		changed = sum(*p);
		assert_int_not_equal(changed, at_start);
		(*p)->reset();
		assert_int_equal(sum(*p), at_start);
		exec(*p, change(*p));
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
		exec(*p, change(*p));
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
		exec(*p, change(*p));
		then = sum(*p);
		(*p)->save(saved);
		exec(*p, change(*p));
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

static void nothing_was_left_out(void **state)
{
	(void)state;
	assert_null(subjects_left_out[0]);
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
		cmocka_unit_test(nothing_was_left_out),
	};

	return cmocka_run_group_tests_name("subjects", tests, NULL, NULL);
}

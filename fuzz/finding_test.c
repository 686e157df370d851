// SPDX-License-Identifier: GPL-2.0-only
/* Which subjects the header of a finding names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "finding.h"
#include "scenario.h"

static const struct config_desc configs[] = { { .name = "normal" }, { .id = 1, .name = "small" } };
static const struct config_desc variants[] = { { .name = "bootmem" }, { .name = "memblock" } };
static const struct family family = {
	.name = "test", .configs = configs, .nr_configs = 2, .variants = variants, .nr_variants = 2,
};

static const struct subject
	old = { .kernel = "old", .release = "2.6.34", .family = &family, .config = &configs[0] },
	old_small = { .kernel = "old", .release = "2.6.34", .family = &family,
		      .config = &configs[1] },
	old_bootmem = { .kernel = "old", .release = "2.6.34", .family = &family,
			.config = &variants[0] },
	debian = { .kernel = "debian-6.12", .release = "6.12.117", .family = &family,
		   .config = &configs[0] },
	debian_memblock = { .kernel = "debian-6.12", .release = "6.12.117", .family = &family,
			    .config = &variants[1] };

static const struct {
	const char *kernels;
	const struct subject *subject;
	bool named;
} cases[] = {
	/* by id and by release, in every configuration */
	{ "old", &old, true },
	{ "old", &old_small, true },
	{ "v2.6.34", &old, true },
	{ "v2.6.34", &old_small, true },
	{ "debian-6.12", &debian, true },
	{ "v6.12.117", &debian, true },
	{ "debian-6.1 v2.6.34", &old, true },
	/* the whole name, and a release only with its v */
	{ "ol", &old, false },
	{ "older", &old, false },
	{ "v2.6.3", &old, false },
	{ "v2.6.34.1", &old, false },
	{ "2.6.34", &old, false },
	{ "v6.12", &debian, false },
	{ "debian-6.1", &debian, false },
	{ "", &old, false },
	/* a variant is only itself, and nothing else is a variant */
	{ "v2.6.34+bootmem", &old_bootmem, true },
	{ "old+bootmem", &old_bootmem, true },
	{ "v2.6.34", &old_bootmem, false },
	{ "v2.6.34+bootmem", &old, false },
	{ "v2.6.34+bootmem", &old_small, false },
	{ "v2.6.34+small", &old_small, false },
	{ "v2.6.34+memblock", &old_bootmem, false },
	{ "v2.6.34 v2.6.34+bootmem", &old, true },
	{ "v2.6.34 v2.6.34+bootmem", &old_bootmem, true },
	{ "debian-6.12+memblock", &debian_memblock, true },
	{ "+bootmem", &old_bootmem, false },
	{ "v2.6.34+", &old, false },
	{ "v2.6.34+", &old_bootmem, false },
};

static void who_is_named(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char text[128], err[SCENARIO_ERR];
		struct finding f;

		snprintf(text, sizeof(text), "# kernels: %s\n", cases[i].kernels);
		assert_true(finding_read(&f, "test", text, err));
		if (finding_names(&f, cases[i].subject) != cases[i].named)
			fail_msg("'%s' and %s%s%s", cases[i].kernels, cases[i].subject->kernel,
				 subject_variant(cases[i].subject) ? "+" : "",
				 subject_variant(cases[i].subject) ?: "");
	}
}

/* Worst first; each pair of neighbours differs in what comes next. */
static const struct finding ranked[] = {
	{ .legality = LEGAL, .expect = VERDICT_OVERLAP },
	{ .legality = LEGAL, .expect = VERDICT_SILENT_LOSS },
	{ .legality = LEGAL, .expect = VERDICT_UNDEFINED },
	{ .legality = LEGAL, .expect = VERDICT_ANNOUNCED_LOSS },
	{ .legality = LEGAL, .expect = VERDICT_UNEXPECTED_PANIC },
	{ .legality = LEGAL, .expect = VERDICT_CRASH },
	{ .legality = FIRMWARE, .expect = VERDICT_OVERLAP },
	{ .legality = FIRMWARE, .expect = VERDICT_HANG },
	{ .legality = CMDLINE, .expect = VERDICT_STRAY },
	{ .legality = MISUSE, .expect = VERDICT_STRAY },
	{ .legality = MISUSE, .expect = VERDICT_CRASH },
	{ .legality = LEGAL, .expect = VERDICT_DIFFERS },
	{ .legality = MISUSE, .expect = VERDICT_DIFFERS },
};

static void worst_first(void **state)
{
	const struct finding unknown = { .legality = -1, .expect = VERDICT_OVERLAP };
	const int nr = sizeof(ranked) / sizeof(ranked[0]);

	(void)state;
	for (int i = 0; i < nr; i++)
		for (int j = 0; j < nr; j++) {
			int rank = finding_rank(&ranked[i], &ranked[j]);

			if ((rank < 0) != (i < j) || (rank > 0) != (i > j))
				fail_msg("%d against %d: %d", i, j, rank);
		}
	assert_int_equal(finding_rank(&unknown, &ranked[0]), 0);
}

/* Kind, op and legality; what a header leaves out is not asked for. */
static void what_shows(void **state)
{
	const struct verdict v = { .kind = VERDICT_FRAME, .op = 3, .legality = CMDLINE };
	struct finding f = { .expect = VERDICT_FRAME, .op = 3, .legality = CMDLINE };

	(void)state;
	assert_true(finding_shows(&f, &v));
	f.op = 2;
	assert_false(finding_shows(&f, &v));
	f.op = -1;
	assert_true(finding_shows(&f, &v));
	f.legality = LEGAL;
	assert_false(finding_shows(&f, &v));
	f.legality = -1;
	assert_true(finding_shows(&f, &v));
	f.expect = VERDICT_STRAY;
	assert_false(finding_shows(&f, &v));
}

/* Known wrong behaviours are expected of a finding only where its header says so. */
static void what_is_expected(void **state)
{
	char err[SCENARIO_ERR];
	struct finding f;

	(void)state;
	assert_true(finding_read(&f, "test", "# expect: frame\n", err));
	assert_false(f.quirks_expected);
	assert_true(finding_read(&f, "test", "# expect: frame\n# quirks: expected\n", err));
	assert_true(f.quirks_expected);
	assert_string_equal(f.quirk, "");
	assert_false(finding_read(&f, "test", "# quirks: none\n", err));
	assert_string_equal(err, "test:1:11: expected the word 'expected'");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_is_named),
		cmocka_unit_test(what_is_expected),
		cmocka_unit_test(what_shows),
		cmocka_unit_test(worst_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

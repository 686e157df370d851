// SPDX-License-Identifier: GPL-2.0-only
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fake.h"
#include "judge.h"

static struct run_line line_on(struct subject *k, const char *kernel)
{
	*k = fake_subject;
	k->kernel = kernel;
	return (struct run_line){ .subject = k, .said = "" };
}

static void a_quirk_that_is_gone(void **state)
{
	struct subject k;
	struct run_line l = line_on(&k, "fixed");

	(void)state;
	l.gone = 1u << FAKE_QUIRK_GONE;
	judge(&l);
	assert_int_equal(l.status, RUN_NOTICE);
	assert_string_equal(l.note, "quirk fake-gone does not show on this kernel any more: "
			    "the contract holds here");
	l = line_on(&k, "debian-6.12");
	l.gone = 1u << FAKE_QUIRK_GONE;
	judge(&l);
	assert_int_equal(l.status, RUN_FAIL);
	assert_non_null(strstr(l.note, "quirk fake-gone does not show"));
}

static void a_verdict_is_a_failure(void **state)
{
	struct subject k;
	struct run_line l = line_on(&k, "fixed");

	(void)state;
	judge(&l);
	assert_int_equal(l.status, RUN_PASS);
	l.verdict.kind = VERDICT_OVERLAP;
	judge(&l);
	assert_int_equal(l.status, RUN_FAIL);
	assert_string_equal(l.note, "");
}

static void nothing_ran(void **state)
{
	struct finding finding = { .is = true, .expect = VERDICT_OVERLAP };
	struct subject k;
	struct run_line l = line_on(&k, "debian-6.12");

	(void)state;
	l.run.skipped = 2;
	judge(&l);
	assert_int_equal(l.status, RUN_SKIP);
	assert_string_equal(l.note, "no op can run here");
	l.finding = &finding;	/* of another kernel */
	judge(&l);
	assert_int_equal(l.status, RUN_SKIP);
	strcpy(finding.kernels[finding.nr_kernels++], "debian-6.12");
	judge(&l);
	assert_int_equal(l.status, RUN_FAIL);
	l.finding = NULL;
	l.run.executed = 1;
	judge(&l);
	assert_int_equal(l.status, RUN_PASS);
	l.run.executed = 0;
	l.verdict.kind = VERDICT_CRASH;	/* in the first op */
	judge(&l);
	assert_int_equal(l.status, RUN_FAIL);
	l.verdict.kind = VERDICT_PASS;
	l.run.skipped = 0;	/* a scenario without ops */
	judge(&l);
	assert_int_equal(l.status, RUN_PASS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_quirk_that_is_gone),
		cmocka_unit_test(a_verdict_is_a_failure),
		cmocka_unit_test(nothing_ran),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

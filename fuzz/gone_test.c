// SPDX-License-Identifier: GPL-2.0-only
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake.h"
#include "gone.h"
#include "run.h"

#define GONE	(1u << FAKE_QUIRK_GONE)
#define GONE2	(1u << FAKE_QUIRK_GONE2)
#define SHOWS	(1u << FAKE_QUIRK_SHOWS)
#define ON	(GONE | GONE2 | SHOWS)

static struct scenario s;
static unsigned int runs;

static bool again(void *arg, uint64_t quirks, uint64_t *fired)
{
	struct run_options opt = { .quirks = quirks };
	struct verdict *v = arg;

	runs++;
	run_scenario(&fake_subject, &s, &opt, v, NULL);
	*fired = v->quirks;
	return v->kind == VERDICT_PASS;
}

/* The deeds on the fake subject: a verdict first, and then which quirks are gone. */
static uint64_t gone_in(const enum fake_deed *deed, unsigned int nr)
{
	struct verdict v;
	uint64_t fired, gone;

	fake_scenario(&s);
	for (unsigned int i = 0; i < nr; i++)
		fake_op(&s, RANGE_ADD, deed[i]);
	assert_false(again(&v, ON, &fired));
	runs = 0;
	gone = quirks_gone(ON, fired, again, &v);
	assert_true(!gone == (v.kind != VERDICT_PASS));
	return gone;
}

#define GONE_IN(...)							\
	gone_in((const enum fake_deed[]){ __VA_ARGS__ },		\
		sizeof((const enum fake_deed[]){ __VA_ARGS__ }) / sizeof(enum fake_deed))

static void one_that_is_gone(void **state)
{
	(void)state;
	assert_int_equal(GONE_IN(FAKE_NOTHING, FAKE_GONE, FAKE_NOTHING), GONE);
	assert_int_equal(runs, 1);
}

static void one_after_the_other(void **state)
{
	(void)state;
	assert_int_equal(GONE_IN(FAKE_GONE, FAKE_NOTHING, FAKE_GONE2), GONE | GONE2);
	assert_int_equal(runs, 2);
}

static void one_is_gone_and_another_still_shows(void **state)
{
	(void)state;
	assert_int_equal(GONE_IN(FAKE_SHOWS, FAKE_GONE), GONE);
}

static void a_verdict_of_its_own_stands(void **state)
{
	(void)state;
	assert_int_equal(GONE_IN(FAKE_WRONG), 0);
	assert_int_equal(runs, 0);	/* nothing fired: nothing to try */
	assert_int_equal(GONE_IN(FAKE_SHOWS, FAKE_WRONG), 0);
	assert_int_equal(GONE_IN(FAKE_GONE, FAKE_WRONG), 0);
	assert_int_equal(GONE_IN(FAKE_SHOWS, FAKE_GONE, FAKE_WRONG), 0);
}

static void kernels_as_released_are_known(void **state)
{
	struct subject k = { .kernel = "debian-6.12" };

	(void)state;
	assert_true(quirks_are_known_for(&k));
	k.kernel = "debian-6.12-patched";
	assert_false(quirks_are_known_for(&k));
	k.kernel = "fixed";
	assert_false(quirks_are_known_for(&k));
	k.kernel = "my-debian-6.12";
	assert_false(quirks_are_known_for(&k));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_that_is_gone),
		cmocka_unit_test(one_after_the_other),
		cmocka_unit_test(one_is_gone_and_another_still_shows),
		cmocka_unit_test(a_verdict_of_its_own_stands),
		cmocka_unit_test(kernels_as_released_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

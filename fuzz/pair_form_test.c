// SPDX-License-Identifier: GPL-2.0-only
/* Pairs where the form of a table changes: what is certain behind that? */
#include "pair_testing.h"

/* What the model expects is of rows that are not there: of nobody's fault, nor merit. */
static void behind_a_change_of_form_all_is_doubtful(void **state)
{
	(void)state;
	op(FAKE_NOTHING, FAKE_DIFFERS);
	op(FAKE_NOTHING, FAKE_LOSS);
	assert_int_equal(class(), PAIR_DOUBTFUL);
	assert_int_equal(r.apparent, PAIR_REGRESSION);
	assert_int_equal(r.op, 1);
	assert_int_equal(r.sig.kind, VERDICT_SILENT_LOSS);
	/* deaths, too: they may be misuse of that form */
	fake_scenario(&s);
	op(FAKE_NOTHING, FAKE_DIFFERS);
	op(FAKE_NOTHING, FAKE_REPORT);
	assert_int_equal(class(), PAIR_DOUBTFUL);
	assert_int_equal(r.sig.kind, VERDICT_OUT_OF_BOUNDS);
	/* a fix, by whomever the form was changed */
	fake_scenario(&s);
	op(FAKE_NOTHING, FAKE_DIFFERS);
	op(FAKE_LOSS, FAKE_NOTHING);
	assert_int_equal(class(), PAIR_DOUBTFUL);
	assert_int_equal(r.apparent, PAIR_FIX);
	assert_int_equal(r.sig.kind, VERDICT_SILENT_LOSS);
	fake_scenario(&s);
	op(FAKE_DIFFERS, FAKE_NOTHING);
	op(FAKE_LOSS, FAKE_NOTHING);
	assert_int_equal(class(), PAIR_DOUBTFUL);
	/* and both */
	fake_scenario(&s);
	op(FAKE_NOTHING, FAKE_DIFFERS);
	op(FAKE_LOSS, FAKE_CRASH);
	assert_int_equal(class(), PAIR_DOUBTFUL);
	assert_int_equal(r.apparent, PAIR_BROKEN);
}

static void before_a_change_of_form_nothing_is_doubtful(void **state)
{
	(void)state;
	op(FAKE_LOSS, FAKE_NOTHING);
	op(FAKE_NOTHING, FAKE_DIFFERS);
	assert_int_equal(class(), PAIR_FIX);
	fake_scenario(&s);
	op(FAKE_NOTHING, FAKE_LOSS);
	op(FAKE_DIFFERS, FAKE_NOTHING);
	assert_int_equal(class(), PAIR_REGRESSION);
	/* the base's form is no matter of the head's */
	fake_scenario(&s);
	op(FAKE_DIFFERS, FAKE_NOTHING);
	op(FAKE_NOTHING, FAKE_LOSS);
	assert_int_equal(class(), PAIR_REGRESSION);
	/* both do just what they did */
	fake_scenario(&s);
	op(FAKE_DIFFERS, FAKE_DIFFERS);
	op(FAKE_LOSS, FAKE_LOSS);
	assert_int_equal(class(), PAIR_SAME);
}

static void a_form_that_changes_and_nothing_certain_behind_it(void **state)
{
	(void)state;
	/* a result may follow from the change */
	op(FAKE_NOTHING, FAKE_DIFFERS);
	op(FAKE_NOTHING, FAKE_WRONG);
	assert_int_equal(class(), PAIR_CHANGE);
	assert_int_equal(r.op, 0);
	/* so may anything where callers break the rules */
	fake_scenario(&s);
	op(FAKE_NOTHING, FAKE_DIFFERS);
	op(FAKE_ILLEGAL, FAKE_LOSS);
	assert_int_equal(class(), PAIR_CHANGE);
	/* and a quirk is predicted by rows that are not there */
	fake_scenario(&s);
	op(FAKE_NOTHING, FAKE_DIFFERS);
	op(FAKE_SHOWS, FAKE_LOSS);
	assert_int_equal(class(), PAIR_DOUBTFUL);
	assert_int_equal(r.apparent, PAIR_BROKEN);
	fake_scenario(&s);
	op(FAKE_NOTHING, FAKE_DIFFERS);
	op(FAKE_SHOWS, FAKE_NOTHING);
	assert_int_equal(class(), PAIR_DOUBTFUL);
	assert_int_equal(r.apparent, PAIR_FIX);
}

/* What everyone knows of the base, and is as it was, is no news: that the form changed is. */
static void what_is_known_and_stays_is_counted(void **state)
{
	(void)state;
	op(FAKE_NOTHING, FAKE_DIFFERS);
	op(FAKE_SHOWS, FAKE_SHOWS);
	assert_int_equal(class(), PAIR_CHANGE);
	assert_int_equal(r.op, 0);
	assert_int_equal(r.known_same, SHOWS);
	fake_scenario(&s);
	op(FAKE_NOTHING, FAKE_DIFFERS);
	assert_int_equal(class(), PAIR_CHANGE);
	assert_int_equal(r.known_same, 0);
}

/* A quirk that shows in the form alone is mended like others; one that nobody knows is not. */
static void a_quirk_of_the_form_is_mended(void **state)
{
	(void)state;
	p.quirks |= 1u << FAKE_QUIRK_SAYS;
	op(FAKE_NOTHING, FAKE_NOTHING);
	op(FAKE_SAYS, FAKE_NOTHING);
	assert_int_equal(class(), PAIR_FIX);
	assert_int_equal(r.mended, 1u << FAKE_QUIRK_SAYS);
	assert_int_equal(r.op, 1);
	assert_int_equal(r.base.kind, VERDICT_DIFFERS);
	assert_int_equal(r.head.kind, VERDICT_PASS);
	assert_int_equal(r.sig.kind, VERDICT_DIFFERS);
	/* and another form elsewhere */
	op(FAKE_NOTHING, FAKE_DIFFERS);
	assert_int_equal(class(), PAIR_CHANGE);
	fake_scenario(&s);
	op(FAKE_SAYS, FAKE_SAYS);
	assert_int_equal(class(), PAIR_SAME);
	fake_scenario(&s);
	op(FAKE_DIFFERS, FAKE_NOTHING);
	assert_int_equal(class(), PAIR_CHANGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(behind_a_change_of_form_all_is_doubtful),
		T(before_a_change_of_form_nothing_is_doubtful),
		T(a_form_that_changes_and_nothing_certain_behind_it),
		T(what_is_known_and_stays_is_counted), T(a_quirk_of_the_form_is_mended),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

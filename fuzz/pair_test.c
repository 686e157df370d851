// SPDX-License-Identifier: GPL-2.0-only
#include "pair_testing.h"

static void nothing_is_nothing(void **state)
{
	(void)state;
	assert_int_equal(class(), PAIR_SAME);
	op(FAKE_NOTHING, FAKE_NOTHING);
	op(FAKE_PANIC, FAKE_PANIC);
	assert_int_equal(class(), PAIR_SAME);
}

/* Known wrong behaviours that stay as they are, and what the suite has never seen. */
static void what_stays_as_it_was_is_the_same(void **state)
{
	static const enum fake_deed deeds[] = {
		FAKE_SHOWS, FAKE_GONE, FAKE_DIFFERS, FAKE_CUT_ON, FAKE_AVOID_ON,
	};

	(void)state;
	for (unsigned int i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++) {
		fake_scenario(&s);
		op(FAKE_NOTHING, FAKE_NOTHING);
		op(deeds[i], deeds[i]);
		op(FAKE_NOTHING, FAKE_NOTHING);
		p.avoided = i & 1;
		assert_int_equal(class(), PAIR_SAME);
	}
	p.avoided = true;
	assert_int_equal(class(), PAIR_SAME);
}

static void a_wrong_head_is_a_regression(void **state)
{
	static const enum fake_deed deeds[] = {
		FAKE_WRONG, FAKE_LOSS, FAKE_PANIC, FAKE_CRASH, FAKE_REPORT, FAKE_LOOP,
	};
	static const enum verdict_kind kinds[] = {
		VERDICT_WRONG_RESULT, VERDICT_SILENT_LOSS, VERDICT_WRONG_RESULT, VERDICT_CRASH,
		VERDICT_OUT_OF_BOUNDS, VERDICT_HANG,
	};

	(void)state;
	for (unsigned int i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++) {
		fake_scenario(&s);
		op(FAKE_NOTHING, FAKE_NOTHING);
		op(FAKE_NOTHING, deeds[i]);
		assert_int_equal(class(), PAIR_REGRESSION);
		assert_int_equal(r.op, 1);
		assert_int_equal(r.head.kind, kinds[i]);
		assert_int_equal(r.base.kind, VERDICT_PASS);
		assert_int_equal(r.sig.kind, kinds[i]);
		assert_string_equal(r.sig.function, "add_range");
		assert_ptr_equal(r.sig.subject, &fake_subject_head);
	}
}

/* One quirk fires and shows in both, then the head goes wrong elsewhere. */
static void a_quirk_that_stays_excuses_nothing(void **state)
{
	(void)state;
	op(FAKE_SHOWS, FAKE_SHOWS);
	op(FAKE_NOTHING, FAKE_WRONG);
	assert_int_equal(class(), PAIR_REGRESSION);
	assert_int_equal(r.op, 1);
	assert_int_equal(r.mended, 0);
	fake_scenario(&s);
	op(FAKE_AVOID_ON, FAKE_AVOID_ON);
	op(FAKE_NOTHING, FAKE_WRONG);
	assert_int_equal(class(), PAIR_REGRESSION);
}

static void a_right_head_is_a_fix(void **state)
{
	(void)state;
	op(FAKE_WRONG, FAKE_NOTHING);
	assert_int_equal(class(), PAIR_FIX);
	assert_int_equal(r.base.kind, VERDICT_WRONG_RESULT);
	assert_int_equal(r.head.kind, VERDICT_PASS);
	assert_int_equal(r.mended, 0);
	assert_int_equal(r.sig.kind, VERDICT_WRONG_RESULT);
}

static void a_mended_quirk_is_a_fix(void **state)
{
	(void)state;
	op(FAKE_NOTHING, FAKE_NOTHING);
	op(FAKE_SHOWS, FAKE_NOTHING);
	op(FAKE_NOTHING, FAKE_NOTHING);
	assert_int_equal(class(), PAIR_FIX);
	assert_int_equal(r.mended, SHOWS);
	assert_int_equal(r.op, 1);
	assert_int_equal(r.base.kind, VERDICT_WRONG_RESULT);
	assert_int_equal(r.head.kind, VERDICT_PASS);
}

static void one_is_mended_and_another_stays(void **state)
{
	(void)state;
	op(FAKE_CUT_ON, FAKE_NOTHING);
	assert_int_equal(class(), PAIR_FIX);
	assert_int_equal(r.mended, CUT_ON);

	fake_scenario(&s);
	op(FAKE_DIFFERS, FAKE_DIFFERS);
	op(FAKE_SHOWS, FAKE_NOTHING);
	assert_int_equal(class(), PAIR_SAME);	/* neither was judged at the quirk */
}

static void what_a_cut_hides_is_seen(void **state)
{
	(void)state;
	op(FAKE_CUT_ON, FAKE_LOSS);
	assert_int_equal(class(), PAIR_BROKEN);	/* silent loss for a wrong result */
	assert_true(r.worse && !r.same_way);
	assert_int_equal(r.base.kind, VERDICT_WRONG_RESULT);

	fake_scenario(&s);
	op(FAKE_CUT_ON, FAKE_PANIC);
	assert_int_equal(class(), PAIR_BROKEN);
	assert_false(r.worse || r.same_way);
}

static void what_is_avoided_may_be_mended(void **state)
{
	(void)state;
	op(FAKE_AVOID_ON, FAKE_NOTHING);
	assert_int_equal(class(), PAIR_SAME);
	p.avoided = true;
	assert_int_equal(class(), PAIR_FIX);
	assert_int_equal(r.mended, AVOID);
}

static void half_a_fix_is_broken(void **state)
{
	(void)state;
	op(FAKE_SHOWS, FAKE_NOTHING);
	op(FAKE_NOTHING, FAKE_WRONG);
	assert_int_equal(class(), PAIR_BROKEN);
	assert_int_equal(r.mended, SHOWS);
	assert_int_equal(r.base.op, 0);
	assert_int_equal(r.head.op, 1);
	assert_false(r.same_way);
}

static void a_known_wrong_made_worse_is_broken_worse(void **state)
{
	(void)state;
	op(FAKE_SHOWS, FAKE_CRASH);
	assert_int_equal(class(), PAIR_BROKEN);
	assert_true(r.worse && !r.same_way);
	fake_scenario(&s);
	op(FAKE_SHOWS, FAKE_LOSS);
	assert_int_equal(class(), PAIR_BROKEN);
	assert_true(r.worse && !r.same_way);
	assert_int_equal(r.op, 0);
}

/* The deed that the fake's quirk expects counts 1 more; this one is wrong in another way. */
static void a_known_wrong_made_otherwise_is_broken(void **state)
{
	(void)state;
	op(FAKE_SHOWS, FAKE_PANIC);
	assert_int_equal(class(), PAIR_BROKEN);
	assert_false(r.same_way || r.worse);
	assert_int_equal(r.base.kind, VERDICT_WRONG_RESULT);
	assert_int_equal(r.head.kind, VERDICT_WRONG_RESULT);
}

/* It fired before, and shows there: whether it is mended at the second op is not known. */
static void a_quirk_mended_now_and_then_is_no_regression(void **state)
{
	(void)state;
	op(FAKE_SHOWS, FAKE_SHOWS);
	op(FAKE_SHOWS, FAKE_NOTHING);
	assert_int_equal(class(), PAIR_BROKEN);
	assert_int_equal(r.op, 1);
	assert_int_equal(r.base.op, 0);
}

static void both_wrong(void **state)
{
	(void)state;
	op(FAKE_WRONG, FAKE_WRONG);
	assert_int_equal(class(), PAIR_BROKEN);
	assert_true(r.same_way);
	fake_scenario(&s);
	op(FAKE_LOSS, FAKE_WRONG);
	assert_int_equal(class(), PAIR_BROKEN);
	assert_false(r.same_way);
	fake_scenario(&s);
	op(FAKE_WRONG, FAKE_CRASH);
	assert_int_equal(class(), PAIR_BROKEN);
	assert_true(r.worse && !r.same_way);
	/* the head gets further; what the base would do there is not known */
	fake_scenario(&s);
	op(FAKE_WRONG, FAKE_NOTHING);
	op(FAKE_NOTHING, FAKE_LOSS);
	assert_int_equal(class(), PAIR_BROKEN);
	assert_false(r.same_way);
	/* the base gets further: it is right there */
	fake_scenario(&s);
	op(FAKE_NOTHING, FAKE_WRONG);
	op(FAKE_LOSS, FAKE_NOTHING);
	assert_int_equal(class(), PAIR_REGRESSION);
	assert_int_equal(r.op, 0);
}

static void the_exact_layer_is_a_change(void **state)
{
	(void)state;
	op(FAKE_NOTHING, FAKE_NOTHING);
	op(FAKE_NOTHING, FAKE_DIFFERS);
	assert_int_equal(class(), PAIR_CHANGE);
	assert_int_equal(r.op, 1);
	assert_string_equal(r.what, "said");
	assert_int_equal(r.sig.kind, VERDICT_DIFFERS);
	assert_string_equal(r.sig.function, "add_range-said");
	/* the other way round */
	fake_scenario(&s);
	op(FAKE_DIFFERS, FAKE_NOTHING);
	assert_int_equal(class(), PAIR_CHANGE);
}

/* Kernels owe nothing to callers who break the rules: what shows to others is told besides. */
static void misuse_is_told_apart(void **state)
{
	struct pair_result legal;

	(void)state;
	op(FAKE_NOTHING, FAKE_LOSS);
	assert_int_equal(class(), PAIR_REGRESSION);
	assert_false(pair_is_misuse(&r));
	legal = r;
	fake_scenario(&s);
	op(FAKE_ILLEGAL, FAKE_NOTHING);
	op(FAKE_NOTHING, FAKE_LOSS);
	assert_int_equal(class(), PAIR_REGRESSION);
	assert_true(pair_is_misuse(&r));
	assert_true(pair_same_bug(&r, &legal));
	assert_false(pair_same(&r, &legal));
	/* nobody needs to break the rules for it: then the least scenario does not */
	pair_minimize(&p, &s, &r);
	assert_int_equal(s.nr, 1);
	assert_false(pair_is_misuse(&r));
	assert_true(pair_same(&r, &legal));
}

/* The budget is kept: what is left has the same bug, but is not the least that has it. */
static void minimizing_ends(void **state)
{
	unsigned long all;

	(void)state;
	for (unsigned int i = 0; i < 100; i++)
		op(FAKE_SHOWS, FAKE_SHOWS);
	op(FAKE_NOTHING, FAKE_WRONG);
	assert_int_equal(class(), PAIR_REGRESSION);
	p.effort = 6;
	all = pair_minimize(&p, &s, &r);
	assert_in_range(all, 1, 6);
	assert_true(s.nr > 1);
	assert_int_equal(r.class, PAIR_REGRESSION);
	assert_int_equal(class(), PAIR_REGRESSION);
	p.effort = 0;
	pair_minimize(&p, &s, &r);
	assert_int_equal(s.nr, 1);
}

/* The base was not judged where the head is wrong: a quirk met rows that were not as predicted. */
static void what_was_not_judged_is_no_regression(void **state)
{
	(void)state;
	op(FAKE_DIFFERS, FAKE_NOTHING);
	op(FAKE_SHOWS, FAKE_SHOWS);
	op(FAKE_NOTHING, FAKE_WRONG);
	assert_int_equal(class(), PAIR_CHANGE);
	assert_int_equal(r.op, 0);
}

/*
 * Equal as far as was seen, but the base's last op was not judged: without the quirk the base is
 * wrong there.
 */
static enum isolate_end one_unjudged(void *arg, const struct subject *subject,
				     const struct scenario *sc, const struct run_options *opt,
				     struct verdict *v, struct run_report *report)
{
	bool base = subject == &fake_subject, known = opt->quirks & SHOWS;

	(void)arg;
	(void)sc;
	*v = (struct verdict){ .kind = base && !known ? VERDICT_SILENT_LOSS : VERDICT_PASS };
	if (report)
		*report = (struct run_report){ .executed = 1, .state_hash = 7, .fired = SHOWS,
					       .unjudged = base && known };
	return v->kind == VERDICT_PASS ? ISOLATE_PASS : ISOLATE_VERDICT;
}

static void an_op_that_one_was_not_judged_at_is_looked_at(void **state)
{
	(void)state;
	op(FAKE_NOTHING, FAKE_NOTHING);
	p.run = one_unjudged;
	assert_int_equal(class(), PAIR_FIX);
	assert_int_equal(r.mended, SHOWS);
}

/* The base has mended a quirk already. */
static void a_quirk_that_the_base_does_not_show(void **state)
{
	(void)state;
	op(FAKE_GONE, FAKE_GONE);
	op(FAKE_NOTHING, FAKE_NOTHING);
	assert_int_equal(class(), PAIR_SAME);
	assert_int_equal(r.gone, GONE);
	/* and the head shows it again */
	fake_scenario(&s);
	op(FAKE_GONE, FAKE_SHOWS);
	assert_int_equal(class(), PAIR_REGRESSION);
}

static void what_one_lacks_is_left_out(void **state)
{
	(void)state;
	fake_subject_head.lacks = 1u << RANGE_ADD;
	op(FAKE_NOTHING, FAKE_WRONG);
	fake_op_pair(&s, RANGE_SUBTRACT, FAKE_NOTHING, FAKE_NOTHING);
	pair_fit(&p, &s);
	assert_int_equal(s.nr, 1);
	assert_int_equal(s.ops[0].id, RANGE_SUBTRACT);
	assert_int_equal(class(), PAIR_SAME);
}

static void our_own_failure_is_no_class(void **state)
{
	(void)state;
	op(FAKE_ODD, FAKE_NOTHING);
	pair_run(&p, &s, &r);
	assert_int_equal(r.failed, ISOLATE_BROKEN);
}

static void the_least_scenario_is_of_the_same_class(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < 20; i++)
		op(FAKE_NOTHING, FAKE_NOTHING);
	op(FAKE_SHOWS, FAKE_NOTHING);
	op(FAKE_NOTHING, FAKE_WRONG);
	assert_int_equal(class(), PAIR_BROKEN);
	assert_true(pair_minimize(&p, &s, &r) > 2);
	assert_int_equal(s.nr, 2);
	assert_int_equal(class(), PAIR_BROKEN);
	assert_int_equal(r.mended, SHOWS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(nothing_is_nothing), T(what_stays_as_it_was_is_the_same),
		T(a_wrong_head_is_a_regression), T(a_quirk_that_stays_excuses_nothing),
		T(a_right_head_is_a_fix), T(a_mended_quirk_is_a_fix),
		T(one_is_mended_and_another_stays), T(what_a_cut_hides_is_seen),
		T(what_is_avoided_may_be_mended), T(half_a_fix_is_broken),
		T(a_known_wrong_made_worse_is_broken_worse),
		T(a_known_wrong_made_otherwise_is_broken),
		T(a_quirk_mended_now_and_then_is_no_regression), T(both_wrong),
		T(the_exact_layer_is_a_change),
		T(misuse_is_told_apart),
		T(minimizing_ends), T(what_was_not_judged_is_no_regression),
		T(an_op_that_one_was_not_judged_at_is_looked_at),
		T(a_quirk_that_the_base_does_not_show), T(what_one_lacks_is_left_out),
		T(our_own_failure_is_no_class), T(the_least_scenario_is_of_the_same_class),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

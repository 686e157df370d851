// SPDX-License-Identifier: GPL-2.0-only
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "fake.h"
#include "run.h"

static struct scenario s;
static struct verdict v;
static struct run_report r;

static const struct run_options plain;

static void runs_all_ops(void **state)
{
	(void)state;
	fake_scenario(&s);
	for (int i = 0; i < 5; i++)
		fake_op(&s, RANGE_ADD, FAKE_NOTHING);
	assert_true(run_scenario(&fake_subject, &s, &plain, &v, &r));
	assert_int_equal(v.kind, VERDICT_PASS);
	assert_int_equal(r.executed, 5);
	assert_int_equal(r.skipped, 0);
	assert_int_equal(fake.resets, 1);
	assert_int_equal(fake.execs, 5);
	assert_int_equal(run_position(), 4);
}

static void ends_at_the_first_mismatch(void **state)
{
	(void)state;
	fake_scenario(&s);
	fake_op(&s, RANGE_ADD, FAKE_NOTHING);
	fake_op(&s, RANGE_ADD, FAKE_WRONG);
	fake_op(&s, RANGE_ADD, FAKE_NOTHING);
	assert_false(run_scenario(&fake_subject, &s, &plain, &v, &r));
	assert_int_equal(v.kind, VERDICT_WRONG_RESULT);
	assert_int_equal(v.op, 1);
	assert_int_equal(v.got.value, 3);
	assert_int_equal(v.want.value, 2);
	assert_int_equal(v.legality, LEGAL);
	assert_int_equal(r.executed, 2);
}

static void goes_on_past_a_difference(void **state)
{
	const struct run_options past = { .past_differs = true, .quirks = 1u << FAKE_QUIRK_SHOWS };

	(void)state;
	fake_scenario(&s);
	fake_op(&s, RANGE_ADD, FAKE_NOTHING);
	fake_op(&s, RANGE_ADD, FAKE_DIFFERS);
	fake_op(&s, RANGE_ADD, FAKE_DIFFERS);
	assert_false(run_scenario(&fake_subject, &s, &past, &v, &r));
	assert_int_equal(v.kind, VERDICT_DIFFERS);
	assert_int_equal(v.op, 1);
	assert_int_equal(r.last, 2);
	assert_true(r.differed && !r.unjudged);
	/* not past a quirk */
	fake_op(&s, RANGE_ADD, FAKE_SHOWS);
	fake_op(&s, RANGE_ADD, FAKE_WRONG);
	assert_false(run_scenario(&fake_subject, &s, &past, &v, &r));
	assert_int_equal(v.kind, VERDICT_DIFFERS);
	assert_int_equal(r.last, 3);
	assert_true(r.unjudged);
	/* what is worse is the verdict */
	s.ops[3].arg[0] = FAKE_LOSS;
	assert_false(run_scenario(&fake_subject, &s, &past, &v, &r));
	assert_int_equal(v.kind, VERDICT_SILENT_LOSS);
	assert_int_equal(v.op, 3);
	assert_true(r.differed && !r.unjudged);
}

static void an_expected_panic_passes_and_ends(void **state)
{
	(void)state;
	fake_scenario(&s);
	fake_op(&s, RANGE_ADD, FAKE_PANIC);
	fake_op(&s, RANGE_ADD, FAKE_WRONG);
	assert_true(run_scenario(&fake_subject, &s, &plain, &v, &r));
	assert_int_equal(r.executed, 1);
}

static void a_cut_ends_without_comparing(void **state)
{
	(void)state;
	fake_scenario(&s);
	fake_op(&s, RANGE_ADD, FAKE_CUT);
	fake_op(&s, RANGE_ADD, FAKE_WRONG);
	assert_true(run_scenario(&fake_subject, &s, &plain, &v, &r));
	assert_int_equal(r.executed, 1);
	assert_int_equal(r.fired, 1);
	assert_int_equal(v.quirks, 1);
}

static void what_is_to_be_avoided_is_not_run_while_fuzzing(void **state)
{
	const struct run_options fuzzing = { .fuzzing = true };

	(void)state;
	fake_scenario(&s);
	fake_op(&s, RANGE_ADD, FAKE_NOTHING);
	fake_op(&s, RANGE_ADD, FAKE_AVOID);
	fake_op(&s, RANGE_ADD, FAKE_NOTHING);
	assert_true(run_scenario(&fake_subject, &s, &fuzzing, &v, &r));
	assert_int_equal(fake.execs, 2);
	assert_int_equal(r.executed, 2);
	assert_int_equal(r.skipped, 1);
	assert_int_equal(r.fired, 1u << FAKE_QUIRK_AVOID);
	fake_scenario(&s);
	fake_op(&s, RANGE_SORT, FAKE_AVOID);
	assert_true(run_scenario(&fake_subject, &s, &plain, &v, &r));
	assert_int_equal(fake.execs, 1);
}

/* It goes on behind it, and finds what is wrong there; what was left out has no legality. */
static void goes_on_behind_what_is_avoided(void **state)
{
	const struct run_options fuzzing = { .fuzzing = true };

	(void)state;
	fake_scenario(&s);
	fake_op(&s, RANGE_ADD, FAKE_AVOID_ILLEGAL);
	fake_op(&s, RANGE_ADD, FAKE_WRONG);
	assert_false(run_scenario(&fake_subject, &s, &fuzzing, &v, &r));
	assert_int_equal(v.kind, VERDICT_WRONG_RESULT);
	assert_int_equal(v.op, 1);
	assert_int_equal(v.want.value, 1);
	assert_int_equal(v.legality, LEGAL);
}

static void legal_only_leaves_out_on_both_sides(void **state)
{
	const struct run_options legal = { .legal_only = true };

	(void)state;
	fake_scenario(&s);
	fake_op(&s, RANGE_ADD, FAKE_ILLEGAL);
	fake_op(&s, RANGE_ADD, FAKE_NOTHING);
	assert_true(run_scenario(&fake_subject, &s, &legal, &v, &r));
	assert_int_equal(r.executed, 1);
	assert_int_equal(r.skipped, 1);
	assert_int_equal(fake.steps, 1);
	assert_true(run_scenario(&fake_subject, &s, &plain, &v, &r));
	assert_int_equal(r.executed, 2);
}

static void an_op_that_the_kernel_lacks_is_left_out(void **state)
{
	(void)state;
	fake_scenario(&s);
	fake_op(&s, RANGE_ADD, FAKE_WRONG);
	fake_op(&s, RANGE_SORT, FAKE_NOTHING);
	fake_subject_lacking.lacks = 1u << RANGE_ADD;
	assert_true(run_scenario(&fake_subject_lacking, &s, &plain, &v, &r));
	assert_int_equal(r.skipped, 1);
	assert_int_equal(fake.steps, 1);
}

static void the_state_hash_tells_behaviour_apart(void **state)
{
	uint64_t one;

	(void)state;
	fake_scenario(&s);
	fake_op(&s, RANGE_ADD, FAKE_NOTHING);
	fake_op(&s, RANGE_ADD, FAKE_NOTHING);
	run_scenario(&fake_subject, &s, &plain, &v, &r);
	one = r.state_hash;
	run_scenario(&fake_subject, &s, &plain, &v, &r);
	assert_true(r.state_hash == one);
	s.ops[1].arg[0] = FAKE_WRONG;
	run_scenario(&fake_subject, &s, &plain, &v, &r);
	assert_false(r.state_hash == one);
}

/* Every field of every row counts, also where empty tables follow. */
static void the_hash_sees_every_field(void **state)
{
	const struct result res = { .outcome = OUT_RETURN };
	union {
		struct row row[2];
		uint64_t field[6];
	} u = { .row = { { 1, 2, 3, 4 }, { 5, 6, 7, 8 } } };
	uint64_t seen[9];
	struct state st = { .nr_tables = 3, .table[0] = { 2, u.row } };

	(void)state;
	seen[0] = run_hash(0, &res, &st);
	for (int i = 0; i < 6; i++) {
		u.field[i] += 1ull << 20;
		seen[i + 1] = run_hash(0, &res, &st);
		u.field[i] -= 1ull << 20;
	}
	st.table[0].nr = 1;
	seen[7] = run_hash(0, &res, &st);
	st.table[1] = st.table[0];
	st.table[0].nr = 0;
	seen[8] = run_hash(0, &res, &st);
	for (int i = 0; i < 9; i++)
		for (int k = 0; k < i; k++)
			assert_true(seen[i] != seen[k]);
}

static void alone_asks_no_model(void **state)
{
	const struct run_options alone = { .no_oracle = true };

	(void)state;
	fake_scenario(&s);
	fake_op(&s, RANGE_ADD, FAKE_WRONG);
	fake_op(&s, RANGE_ADD, FAKE_WRONG);
	assert_true(run_scenario(&fake_subject, &s, &alone, &v, &r));
	assert_int_equal(fake.steps, 0);
	assert_int_equal(r.executed, 2);
}

static unsigned int features[8], nr_features;

static void feature(unsigned int id)
{
	assert_true(id < RUN_FEATURES);
	features[nr_features++ & 7] = id;
}

static void features_tell_ops_and_outcomes_apart(void **state)
{
	const struct run_options feedback = { .feature = feature };

	(void)state;
	fake_scenario(&s);
	fake_op(&s, RANGE_ADD, FAKE_NOTHING);
	fake_op(&s, RANGE_SORT, FAKE_NOTHING);
	fake_op(&s, RANGE_ADD, FAKE_PANIC);
	run_scenario(&fake_subject, &s, &feedback, &v, &r);
	assert_int_equal(nr_features, 3);
	assert_int_not_equal(features[0], features[1]);
	assert_int_not_equal(features[0], features[2]);
}

static void layers_that_disagree_abort(void **state)
{
	int status;
	pid_t pid;

	(void)state;
	fake_scenario(&s);
	fake_op(&s, RANGE_ADD, FAKE_ODD);
	pid = fork();
	assert_true(pid >= 0);
	if (!pid) {
		fclose(stderr);
		run_scenario(&fake_subject, &s, &plain, &v, &r);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_false(WIFEXITED(status) && !WEXITSTATUS(status));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(runs_all_ops),
		cmocka_unit_test(ends_at_the_first_mismatch),
		cmocka_unit_test(goes_on_past_a_difference),
		cmocka_unit_test(an_expected_panic_passes_and_ends),
		cmocka_unit_test(a_cut_ends_without_comparing),
		cmocka_unit_test(what_is_to_be_avoided_is_not_run_while_fuzzing),
		cmocka_unit_test(goes_on_behind_what_is_avoided),
		cmocka_unit_test(legal_only_leaves_out_on_both_sides),
		cmocka_unit_test(an_op_that_the_kernel_lacks_is_left_out),
		cmocka_unit_test(the_state_hash_tells_behaviour_apart),
		cmocka_unit_test(the_hash_sees_every_field),
		cmocka_unit_test(alone_asks_no_model),
		cmocka_unit_test(features_tell_ops_and_outcomes_apart),
		cmocka_unit_test(layers_that_disagree_abort),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

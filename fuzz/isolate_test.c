// SPDX-License-Identifier: GPL-2.0-only
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fake.h"
#include "isolate.h"

#define HANG_MS	40	/* of CPU time */

static struct scenario s;
static struct verdict v;
static struct run_report r;
static struct isolate *iso;

static const struct run_options plain;

static int setup(void **state)
{
	(void)state;
	iso = isolate_new(HANG_MS);
	fake_scenario(&s);
	return iso ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	isolate_free(iso);
	return 0;
}

static enum isolate_end run(bool trace)
{
	return isolate_run(iso, &fake_subject, &s, &plain, trace, &v, &r);
}

static void passes_on_what_the_worker_says(void **state)
{
	(void)state;
	fake_op(&s, RANGE_ADD, FAKE_NOTHING);
	assert_int_equal(run(false), ISOLATE_PASS);
	assert_int_equal(r.executed, 1);
	fake_op(&s, RANGE_ADD, FAKE_WRONG);
	assert_int_equal(run(false), ISOLATE_VERDICT);
	assert_int_equal(v.kind, VERDICT_WRONG_RESULT);
	assert_int_equal(v.op, 1);
	/* nothing of it happened in this process */
	assert_int_equal(fake.execs, 0);
}

static void a_death_is_a_verdict_and_the_next_run_goes_on(void **state)
{
	(void)state;
	fake_op(&s, RANGE_ADD, FAKE_NOTHING);
	fake_op(&s, RANGE_ADD, FAKE_CRASH);
	assert_int_equal(run(false), ISOLATE_VERDICT);
	assert_int_equal(v.kind, VERDICT_CRASH);
	assert_int_equal(v.op, 1);
	assert_string_equal(v.detail, "Trace/breakpoint trap");
	assert_string_equal(v.function, "add_range");
	s.nr = 1;
	assert_int_equal(run(false), ISOLATE_PASS);
}

static void a_sanitizers_report_is_read(void **state)
{
	(void)state;
	fake_op(&s, RANGE_ADD, FAKE_REPORT);
	assert_int_equal(run(false), ISOLATE_VERDICT);
	assert_int_equal(v.kind, VERDICT_OUT_OF_BOUNDS);
	assert_int_equal(v.op, 0);
	assert_string_equal(v.detail, "global-buffer-overflow in add_range at kernel/range.c:17");
	assert_non_null(strstr(isolate_said(iso), "global-buffer-overflow"));
}

static void a_loop_is_ended_by_the_watchdog(void **state)
{
	(void)state;
	fake_op(&s, RANGE_SORT, FAKE_NOTHING);
	fake_op(&s, RANGE_ADD, FAKE_LOOP);
	assert_int_equal(run(false), ISOLATE_VERDICT);
	assert_int_equal(v.kind, VERDICT_HANG);
	assert_int_equal(v.op, 1);
	assert_int_equal(v.got.outcome, OUT_HANG);
	assert_null(strstr(v.detail, "no answer"));
	/* and once more, in the same worker */
	assert_int_equal(run(false), ISOLATE_VERDICT);
	assert_int_equal(v.kind, VERDICT_HANG);
}

static void our_own_death_is_no_verdict(void **state)
{
	(void)state;
	fake_op(&s, RANGE_ADD, FAKE_ODD);
	assert_int_equal(run(false), ISOLATE_BROKEN);
	assert_non_null(strstr(isolate_said(iso), "model layers disagree"));
}

static void the_record_holds_every_op(void **state)
{
	const struct trace *t = isolate_trace(iso);
	struct table got;

	(void)state;
	fake_op(&s, RANGE_ADD, FAKE_NOTHING);
	fake_op(&s, RANGE_SORT, FAKE_NOTHING);
	fake_op(&s, RANGE_ADD, FAKE_WRONG);
	assert_int_equal(run(true), ISOLATE_VERDICT);
	assert_int_equal(t->nr, 3);
	got = trace_first(t, RANGE_COUNT);
	assert_int_equal(got.nr, 1);
	assert_int_equal(got.rows[0].start, 0);
	got = trace_got(t, 1, RANGE_COUNT);
	assert_int_equal(got.rows[0].start, 1);
	got = trace_got(t, 2, RANGE_COUNT);
	assert_int_equal(got.rows[0].start, 3);
	got = trace_want(t, 2, RANGE_COUNT);
	assert_int_equal(got.rows[0].start, 2);
	assert_int_equal(trace_step_of(t, 2), 2);
	assert_int_equal(trace_step_of(t, 3), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(passes_on_what_the_worker_says, setup, teardown),
		cmocka_unit_test_setup_teardown(a_death_is_a_verdict_and_the_next_run_goes_on,
						setup, teardown),
		cmocka_unit_test_setup_teardown(a_sanitizers_report_is_read, setup, teardown),
		cmocka_unit_test_setup_teardown(a_loop_is_ended_by_the_watchdog, setup, teardown),
		cmocka_unit_test_setup_teardown(our_own_death_is_no_verdict, setup, teardown),
		cmocka_unit_test_setup_teardown(the_record_holds_every_op, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

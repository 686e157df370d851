// SPDX-License-Identifier: GPL-2.0-only
/* What minimizing keeps, and what it does when it must not be asked, on fakes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "fake.h"
#include "min_headers.h"

static struct isolate *iso;
static struct scenario s;
static struct min_goal g;
static char said[1024];

const struct subject *const subjects[] = { NULL };
const struct subject *const canaries[] = { NULL };
const char *const subjects_left_out[] = { NULL };

int cli_error(const char *fmt, ...)
{
	size_t at = strlen(said);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(said + at, sizeof(said) - at, fmt, ap);
	va_end(ap);
	return CLI_FAILED;
}

static int setup(void **state)
{
	(void)state;
	fake_scenario(&s);
	iso = isolate_new(100);
	g = (struct min_goal){ .keep_subject = true };
	said[0] = 0;
	return iso ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	isolate_free(iso);
	return 0;
}

static enum min_goal_end set_with(uint64_t quirks)
{
	return min_goal_set(&g, iso, &fake_subject, &s, quirks);
}

static enum min_goal_end set(void)
{
	return set_with(3);
}

static void what_passes_is_no_goal(void **state)
{
	(void)state;
	fake_op(&s, RANGE_ADD, FAKE_NOTHING);
	assert_int_equal(set(), MIN_GOAL_PASSES);
}

/* Three ways to die and be wrong: the one that comes first is kept, though others are shorter. */
static void it_never_becomes_another_bug(void **state)
{
	static const struct {
		enum fake_deed deed;
		enum verdict_kind kind;
	} cases[] = {
		{ FAKE_WRONG, VERDICT_WRONG_RESULT },
		{ FAKE_CRASH, VERDICT_CRASH },
		{ FAKE_REPORT, VERDICT_OUT_OF_BOUNDS },
	};

	(void)state;
	for (unsigned int i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		fake_scenario(&s);
		for (int k = 0; k < 40; k++)
			fake_op(&s, k % 2 ? RANGE_ADD : RANGE_SORT, FAKE_NOTHING);
		fake_op(&s, RANGE_CLEAN_SORT, cases[i].deed);
		fake_op(&s, RANGE_ADD, FAKE_CRASH);
		fake_op(&s, RANGE_CLEAN_SORT, FAKE_REPORT);
		fake_op(&s, RANGE_SORT, FAKE_WRONG);
		assert_int_equal(set(), MIN_GOAL_SET);
		assert_int_equal(g.sig.kind, cases[i].kind);
		min_scenario(&g, &s);
		assert_int_equal(s.nr, 1);
		assert_int_equal(s.ops[0].id, RANGE_CLEAN_SORT);
		assert_int_equal(s.ops[0].arg[0], cases[i].deed);
		assert_int_equal(g.last.kind, cases[i].kind);
		assert_int_equal(g.last.op, 0);
	}
}

static void it_is_as_legal_and_no_other_quirk_takes_part(void **state)
{
	struct verdict v;

	(void)state;
	fake_op(&s, RANGE_ADD, FAKE_WRONG);
	assert_int_equal(set(), MIN_GOAL_SET);
	v = g.last;
	assert_true(min_goal_is(&g, &s, &v));
	v.legality = MISUSE;
	assert_false(min_goal_is(&g, &s, &v));
	v = g.last;
	v.quirks = 1;
	assert_false(min_goal_is(&g, &s, &v));
	v = g.last;
	v.table = 0;
	assert_false(min_goal_is(&g, &s, &v));
	v = g.last;
	v.got.outcome = OUT_BUG;
	assert_false(min_goal_is(&g, &s, &v));
	v = g.last;
	strcpy(v.function, "another");
	assert_false(min_goal_is(&g, &s, &v));
	g.table = 1;
	g.differs = 0;
	v = g.last;
	v.table = 1;
	assert_true(min_goal_is(&g, &s, &v));
	v.table = 2;
	assert_false(min_goal_is(&g, &s, &v));
}

/* The words of a report, but not its numbers, are part of what is kept. */
static void another_report_is_another_bug(void **state)
{
	struct verdict v;

	(void)state;
	fake_op(&s, RANGE_ADD, FAKE_REPORT);
	assert_int_equal(set(), MIN_GOAL_SET);
	assert_string_equal(g.sig.function, "add_range");
	v = g.last;
	strcpy(v.detail, "global-buffer-overflow in add_range at kernel/range.c:99");
	assert_true(min_goal_is(&g, &s, &v));
	strcpy(v.detail, "use-after-poison in add_range at kernel/range.c:17");
	assert_false(min_goal_is(&g, &s, &v));
}

/* A quirk that a smaller scenario did without does not come back with simpler operands. */
static void a_quirk_that_went_stays_away(void **state)
{
	struct scenario clean;

	(void)state;
	fake_op(&s, RANGE_ADD, FAKE_SHOWS);
	fake_op(&s, RANGE_ADD, FAKE_WRONG);
	assert_int_equal(set_with(1 << FAKE_QUIRK_SHOWS), MIN_GOAL_SET);
	assert_int_equal(g.last.op, 1);
	assert_true(min_goal_keeps(&g, &s));
	clean = s;
	clean.ops[0].arg[0] = FAKE_NOTHING;
	assert_true(min_goal_keeps(&g, &clean));
	assert_false(min_goal_keeps(&g, &s));
}

/* The headers of @s as it is, found with @strict. */
static const char *headers(const struct strictness *strict)
{
	static char text[4096];
	FILE *out = fmemopen(text, sizeof(text), "w");

	assert_non_null(out);
	fake.known = 1 << FAKE_QUIRK_SHOWS;
	assert_int_equal(set_with(strict_quirks(strict, &fake_subject)), MIN_GOAL_SET);
	min_headers(out, &g, &s, strict);
	fclose(out);
	return text;
}

/* They state how it is to be run: what is known counts, or one quirk alone, or is expected. */
static void headers_say_what_is_expected(void **state)
{
	const struct strictness none = { 0 }, own = { .id = { "fake-shows" }, .nr = 1 };
	struct finding f;
	char err[SCENARIO_ERR];

	(void)state;
	fake_op(&s, RANGE_ADD, FAKE_WRONG);
	assert_null(strstr(headers(&none), "quirk"));
	assert_null(strstr(headers(&own), "quirk"));
	fake_scenario(&s);
	fake_op(&s, RANGE_ADD, FAKE_SHOWS);
	assert_non_null(strstr(headers(&own), "# quirk: fake-shows\n"));
	fake_op(&s, RANGE_ADD, FAKE_WRONG);
	assert_non_null(strstr(headers(&none), "# op: 1\n"));
	assert_non_null(strstr(headers(&none), "# quirks: expected\n"));
	assert_true(finding_read(&f, "test", headers(&none), err));
	assert_int_equal(finding_quirks(&f, &fake_subject), strict_quirks(&none, &fake_subject));
}

static void file_says(const char *path, const char *text)
{
	static char buf[64 * 1024];
	FILE *f = fopen(path, "r");
	size_t n;

	assert_non_null(f);
	n = fread(buf, 1, sizeof(buf) - 1, f);
	buf[n] = 0;
	fclose(f);
	assert_non_null(strstr(buf, text));
}

/* A subject that does something else every other time: loud, and both records are kept. */
static void two_runs_that_differ_are_kept(void **state)
{
	char dir[] = "/tmp/min_goal_test.XXXXXX", back[4096];

	(void)state;
	assert_non_null(getcwd(back, sizeof(back)));
	assert_non_null(mkdtemp(dir));
	assert_int_equal(chdir(dir), 0);
	fake_op(&s, RANGE_SORT, FAKE_NOTHING);
	fake_op(&s, RANGE_ADD, FAKE_FLIPS);
	assert_int_equal(set(), MIN_GOAL_UNSTABLE);
	assert_int_equal(min_unstable(&g, &s, "some/where/input.bin"), CLI_FAILED);
	assert_non_null(strstr(said, "NOT DETERMINISTIC"));
	assert_non_null(strstr(said, "input.bin.first-run and input.bin.second-run"));
	/* one of them counts one too many */
	file_says("input.bin.first-run", "range@fake");
	file_says("input.bin.second-run", "range@fake");
	assert_int_not_equal(system("cmp -s input.bin.first-run input.bin.second-run"), 0);
	assert_int_equal(system("rm input.bin.first-run input.bin.second-run"), 0);
	assert_int_equal(chdir(back), 0);
	assert_int_equal(rmdir(dir), 0);
}

/* Ctrl-C: what there is by then still shows it. Comes last: there is no way back. */
static unsigned int runs_left;

static void interrupt_soon(unsigned int ops, unsigned long tries)
{
	(void)ops;
	(void)tries;
	if (!runs_left--)
		isolate_interrupt();
}

static void interrupted_it_keeps_the_best_so_far(void **state)
{
	(void)state;
	for (int k = 0; k < 100; k++)
		fake_op(&s, RANGE_SORT, FAKE_NOTHING);
	for (int k = 0; k < 3; k++)
		fake_op(&s, RANGE_ADD, FAKE_NOTHING);
	fake_op(&s, RANGE_ADD, FAKE_WRONG);
	assert_int_equal(set(), MIN_GOAL_SET);
	g.progress = interrupt_soon;
	runs_left = 10;
	min_scenario(&g, &s);
	assert_true(isolate_interrupted());
	assert_true(s.nr > 1 && s.nr < 104);
	assert_int_equal(s.ops[g.last.op].arg[0], FAKE_WRONG);
	assert_int_equal(g.last.kind, VERDICT_WRONG_RESULT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_passes_is_no_goal, setup, teardown),
		cmocka_unit_test_setup_teardown(it_never_becomes_another_bug, setup, teardown),
		cmocka_unit_test_setup_teardown(it_is_as_legal_and_no_other_quirk_takes_part,
						setup, teardown),
		cmocka_unit_test_setup_teardown(another_report_is_another_bug, setup, teardown),
		cmocka_unit_test_setup_teardown(a_quirk_that_went_stays_away, setup, teardown),
		cmocka_unit_test_setup_teardown(headers_say_what_is_expected, setup, teardown),
		cmocka_unit_test_setup_teardown(two_runs_that_differ_are_kept, setup, teardown),
		cmocka_unit_test_setup_teardown(interrupted_it_keeps_the_best_so_far,
						setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

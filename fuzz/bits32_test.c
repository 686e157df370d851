// SPDX-License-Identifier: GPL-2.0-only
/* This program is its own earlyfuzz32: called with "serve" it answers, as well as SERVER says. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "bits32.h"
#include "build_id.h"
#include "fake.h"
#include "serve.h"
#include "wire.h"

#define HANG_MS	40	/* of CPU time */
#define SERVER	"BITS32_TEST_SERVER"
#define WORDS	"one line\n"	/* to standard error, by servers that die */

static struct scenario s;
static struct verdict v;
static struct run_report r;
static struct isolate *iso;

static const struct run_options plain;

/* --- the server's side --- */

static struct wire from, to;

static void greet(const char *build)
{
	struct wire_hello hello = { .sanitizers = "" };

	snprintf(hello.build, sizeof(hello.build), "%s", build);
	wire_open(&from, STDIN_FILENO, false);
	wire_open(&to, STDIN_FILENO, true);
	wire_greeting(&from, true);
	wire_hello(&to, &hello);
	wire_flush(&to);
}

static int die(int sig)
{
	static const char words[] = WORDS "and another\n";

	if (write(STDERR_FILENO, words, sizeof(words) - 1) < 0)
		return 1;
	signal(sig, SIG_DFL);
	raise(sig);
	return 1;
}

static int serve_as(const char *how)
{
	static struct wire_request request;
	struct subject of_32_bits = fake_subject;
	const struct subject *all[] = { &of_32_bits, NULL };
	const char *const left_out[] = { "subject range@other left out: why not", NULL };
	uint64_t what, nr = 1;

	of_32_bits.id = "range@fake+x86_32";
	of_32_bits.config = &range_variants[0];
	if (!strcmp(how, "dies at once"))
		return die(SIGKILL);
	if (!strcmp(how, "ends"))
		return 3;
	if (!strcmp(how, "other build")) {
		greet("0123");
		wire_u64(&from, &what, 1);
		return 0;
	}
	if (!strcmp(how, "other program"))
		return write(STDOUT_FILENO, WORDS, strlen(WORDS)) < 0;
	if (!strcmp(how, "64 bits"))
		of_32_bits.config = &range_configs[RANGE_NORMAL];
	if (!strcmp(how, "dies in a run")) {
		greet(build_id);
		wire_u64(&from, &what, 1);
		wire_u64(&to, &nr, 1);
		wire_subject(&to, &of_32_bits);
		nr = 0;
		wire_u64(&to, &nr, 1);
		wire_flush(&to);
		wire_u64(&from, &what, 1);
		wire_request(&from, &request);
		return die(SIGKILL);
	}
	return !serve(STDIN_FILENO, all, left_out);
}

/* --- the other side --- */

static const struct subject *server(const char *how)
{
	setenv(SERVER, how, 1);
	bits32_forget();
	return bits32_subjects()[0];
}

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
	bits32_forget();
	return 0;
}

static void its_subjects_are_known(void **state)
{
	const struct subject *subject = server("good");

	(void)state;
	assert_non_null(subject);
	assert_null(bits32_subjects()[1]);
	assert_null(bits32_missing());
	assert_null(bits32_broken());
	assert_true(bits32_has(subject));
	assert_false(bits32_has(&fake_subject));
	assert_string_equal(subject->id, "range@fake+x86_32");
	assert_ptr_equal(subject->config, &range_variants[0]);
	assert_string_equal(bits32_left_out()[0], "subject range@other left out: why not");
	assert_null(bits32_left_out()[1]);
}

/* The same ops on a subject here and on the same one there. */
static void same_as_here(bool trace)
{
	const struct trace *t = isolate_trace(iso);
	struct verdict here;
	struct run_report report;
	enum isolate_end end;
	unsigned int steps;
	uint64_t last;

	end = isolate_run(iso, &fake_subject, &s, &plain, trace, &here, &report);
	steps = t->nr;
	last = steps ? trace_got(t, steps - 1, RANGE_COUNT).rows[0].start : 0;
	assert_int_equal(isolate_run(iso, bits32_subjects()[0], &s, &plain, trace, &v, &r), end);
	assert_int_equal(v.kind, here.kind);
	assert_int_equal(v.op, here.op);
	assert_string_equal(v.detail, here.detail);
	assert_int_equal(r.executed, report.executed);
	assert_int_equal(r.last, report.last);
	assert_int_equal(r.unjudged, report.unjudged);
	assert_true(r.state_hash == report.state_hash);
	assert_int_equal(t->nr, steps);
	if (steps)
		assert_true(trace_got(t, steps - 1, RANGE_COUNT).rows[0].start == last);
	/* nothing of either happened in this process */
	assert_int_equal(fake.execs, 0);
}

static void a_run_there_is_as_one_here(void **state)
{
	(void)state;
	assert_non_null(server("good"));
	fake_op(&s, RANGE_ADD, FAKE_NOTHING);
	same_as_here(false);
	same_as_here(true);
	fake_op(&s, RANGE_ADD, FAKE_WRONG);
	same_as_here(false);
	same_as_here(true);
	assert_int_equal(v.kind, VERDICT_WRONG_RESULT);
	assert_int_equal(isolate_trace(iso)->nr, 2);
}

static void deaths_and_loops_there_are_verdicts(void **state)
{
	(void)state;
	assert_non_null(server("good"));
	fake_op(&s, RANGE_ADD, FAKE_REPORT);
	same_as_here(false);
	assert_int_equal(v.kind, VERDICT_OUT_OF_BOUNDS);
	assert_non_null(strstr(isolate_said(iso), "global-buffer-overflow"));
	fake_scenario(&s);
	fake_op(&s, RANGE_ADD, FAKE_LOOP);
	same_as_here(false);
	assert_int_equal(v.kind, VERDICT_HANG);
}

static void our_own_mistake_there_is_no_verdict(void **state)
{
	(void)state;
	fake_op(&s, RANGE_ADD, FAKE_ODD);
	assert_int_equal(isolate_run(iso, server("good"), &s, &plain, false, &v, &r),
			 ISOLATE_BROKEN);
	assert_non_null(strstr(isolate_said(iso), "model layers disagree"));
	fake_scenario(&s);
	fake_op(&s, RANGE_ADD, FAKE_NOTHING);
	assert_int_equal(isolate_run(iso, bits32_subjects()[0], &s, &plain, false, &v, &r),
			 ISOLATE_PASS);
}

/* @text is all that is said of it, on one line. */
static void is_broken(const char *how, const char *text)
{
	assert_null(server(how));
	assert_null(bits32_missing());
	assert_non_null(bits32_broken());
	if (!strstr(bits32_broken(), text))
		fail_msg("'%s' does not say '%s'", bits32_broken(), text);
	assert_null(strchr(bits32_broken(), '\n'));
}

static void what_does_not_answer_well_is_broken(void **state)
{
	(void)state;
	is_broken("dies at once", "ended by signal 9 (Killed): one line");
	is_broken("ends", "ended with status 3");
	is_broken("other build", "was built from other sources");
	is_broken("other program", "does not answer as earlyfuzz32 does");
	is_broken("64 bits", "does not answer as earlyfuzz32 does");
}

static void its_death_is_no_verdict(void **state)
{
	const struct subject *subject = server("dies in a run");

	(void)state;
	assert_non_null(subject);
	fake_op(&s, RANGE_ADD, FAKE_NOTHING);
	assert_int_equal(isolate_run(iso, subject, &s, &plain, false, &v, &r), ISOLATE_BROKEN);
	assert_non_null(strstr(isolate_said(iso), "ended by signal 9 (Killed): one line"));
	assert_null(strchr(isolate_said(iso), '\n'));
	/* the next one works */
	setenv(SERVER, "good", 1);
	assert_int_equal(isolate_run(iso, subject, &s, &plain, false, &v, &r), ISOLATE_PASS);
}

static void where_there_is_none_it_is_missing_or_named_wrongly(void **state)
{
	char *own = strdup(getenv("EARLYFUZZ32"));

	(void)state;
	unsetenv("EARLYFUZZ32");
	assert_null(server("good"));
	assert_null(bits32_broken());
	assert_non_null(strstr(bits32_missing(), "/earlyfuzz32: "));
	setenv("EARLYFUZZ32", "", 1);
	assert_null(server("good"));
	assert_string_equal(bits32_missing(), "$EARLYFUZZ32 is empty");
	setenv("EARLYFUZZ32", "/nowhere/earlyfuzz32", 1);
	assert_null(server("good"));
	assert_string_equal(bits32_broken(),
			    "$EARLYFUZZ32=/nowhere/earlyfuzz32: No such file or directory");
	setenv("EARLYFUZZ32", own, 1);
	free(own);
}

#define TEST(name)	cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		TEST(its_subjects_are_known),
		TEST(a_run_there_is_as_one_here),
		TEST(deaths_and_loops_there_are_verdicts),
		TEST(our_own_mistake_there_is_no_verdict),
		TEST(what_does_not_answer_well_is_broken),
		TEST(its_death_is_no_verdict),
		TEST(where_there_is_none_it_is_missing_or_named_wrongly),
	};

	if (argc > 1 && !strcmp(argv[1], "serve"))
		return serve_as(getenv(SERVER));
	setenv("EARLYFUZZ32", "/proc/self/exe", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

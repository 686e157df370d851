// SPDX-License-Identifier: GPL-2.0-only
/* Isolation, reset and outcomes, tried on two subjects made of the same probe. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "contract/subject.h"
#include "host/guard.h"
#include "isolation_probe.h"
#include "shim/sanitizer.h"
#include "shim/shim.h"

extern const struct subject subject_probe_a, subject_probe_b;

static const struct subject *const a = &subject_probe_a, *const b = &subject_probe_b;

/* 8 + 1 + 8 (by pointer) + 101 + 1 + 1: the sum of the first count */
#define FIRST	120u
#define STEP	6u		/* all of them grow by one, in_data is counted twice */

static struct result exec(const struct subject *s, enum probe_op id, uint64_t arg)
{
	struct op op = { .id = id, .arg = { arg } };
	struct result res;

	memset(&res, 0xa5, sizeof(res));
	s->exec(&op, &res);
	return res;
}

static int setup(void **state)
{
	(void)state;
	a->reset();
	b->reset();
	return 0;
}

static void assert_ends(const struct subject *s, enum probe_op id, uint64_t arg, enum outcome how)
{
	struct result res = exec(s, id, arg);

	assert_int_equal(res.outcome, how);
	assert_int_equal(res.value, 0);
}

static void every_static_variable_is_reset(void **state)
{
	(void)state;
	for (unsigned int round = 0; round < 3; round++) {
		assert_int_equal(exec(a, PROBE_COUNT, 0).value, FIRST);
		assert_int_equal(exec(a, PROBE_COUNT, 0).value, FIRST + STEP);
		a->reset();
	}
}

static void two_subjects_share_nothing(void **state)
{
	(void)state;
	assert_int_equal(exec(a, PROBE_COUNT, 0).value, FIRST);
	assert_int_equal(exec(a, PROBE_COUNT, 0).value, FIRST + STEP);
	assert_int_equal(exec(b, PROBE_COUNT, 0).value, FIRST);
	a->reset();
	assert_int_equal(exec(b, PROBE_COUNT, 0).value, FIRST + STEP);
	assert_int_equal(exec(a, PROBE_COUNT, 0).value, FIRST);
}

static void a_saved_state_comes_back(void **state)
{
	static char saved[256 * 1024];

	(void)state;
	assert_true(a->snapshot_size > 3000 && a->snapshot_size <= sizeof(saved));
	exec(a, PROBE_COUNT, 0);
	a->save(saved);
	assert_int_equal(exec(a, PROBE_COUNT, 0).value, FIRST + STEP);
	a->restore(saved);
	assert_int_equal(exec(a, PROBE_COUNT, 0).value, FIRST + STEP);
	a->reset();
	assert_int_equal(exec(a, PROBE_COUNT, 0).value, FIRST);
}

static void panic_is_an_outcome(void **state)
{
	(void)state;
	assert_ends(a, PROBE_PANIC, 0, OUT_PANIC);
	assert_non_null(strstr(a->log(), "probe 42"));
	/* and the next op runs as if nothing had been */
	assert_int_equal(exec(a, PROBE_COUNT, 0).outcome, OUT_RETURN);
	assert_string_equal(a->log(), "");
}

static void bug_is_an_outcome(void **state)
{
	(void)state;
	assert_ends(a, PROBE_BUG, 0, OUT_BUG);
	assert_int_equal(exec(a, PROBE_BUG, 1).value, 1);
}

static void a_fault_is_an_outcome_every_time(void **state)
{
	(void)state;
	guard_take();	/* cmocka takes the signals before each test */
	for (unsigned int i = 0; i < 3; i++) {
		assert_ends(a, PROBE_TOUCH, 0, OUT_UNMAPPED);
		assert_ends(b, PROBE_TOUCH, 8, OUT_UNMAPPED);
	}
}

static void a_full_stack_is_an_outcome(void **state)
{
	(void)state;
	guard_take();	/* cmocka takes the signals before each test */
	assert_ends(a, PROBE_RECURSE, 1, OUT_UNMAPPED);
	assert_ends(a, PROBE_RECURSE, 1, OUT_UNMAPPED);
}

static void physical_memory_ends_somewhere(void **state)
{
	(void)state;
	assert_int_equal(exec(a, PROBE_PAGE, SHIM_ARENA_SIZE - 2).outcome, OUT_RETURN);
	assert_ends(a, PROBE_PAGE, SHIM_ARENA_SIZE - 1, OUT_UNMAPPED);
	assert_ends(a, PROBE_PAGE, UINT64_MAX, OUT_UNMAPPED);
}

static void physical_memory_is_forgotten(void **state)
{
	(void)state;
	for (unsigned int round = 0; round < 3; round++) {
		assert_int_equal(exec(a, PROBE_PAGE, 0x12345000).value, SHIM_ARENA_PATTERN);
		assert_int_equal(exec(a, PROBE_PAGE, 0x12345000).value, SHIM_ARENA_PATTERN + 1);
		assert_int_equal(exec(b, PROBE_PAGE, 0x12345000).value, SHIM_ARENA_PATTERN);
		a->reset();
		b->reset();
	}
}

/* Pages of this process that are in memory now. */
static long resident_pages(void)
{
	FILE *f = fopen("/proc/self/statm", "r");
	long pages = 0;

	assert_non_null(f);
	assert_int_equal(fscanf(f, "%*s %ld", &pages), 1);
	fclose(f);
	return pages;
}

/* More pages than the arena keeps: it is mapped anew on the way. */
static void physical_memory_is_given_back(void **state)
{
	long before = resident_pages();

	(void)state;
	for (uint64_t page = 0; page < 60000; page++) {
		assert_int_equal(exec(a, PROBE_PAGE, page << 12).value, SHIM_ARENA_PATTERN);
		a->reset();
	}
	assert_int_equal(exec(a, PROBE_PAGE, 0x10000).value, SHIM_ARENA_PATTERN);
	assert_int_equal(exec(a, PROBE_PAGE, 0x10000).value, SHIM_ARENA_PATTERN + 1);
	assert_true(resident_pages() - before < 40000);
}

static void printing_for_ever_is_a_hang_by_count(void **state)
{
	(void)state;
	assert_ends(a, PROBE_PRINT_LOOP, 0, OUT_HANG);
	assert_int_equal(exec(a, PROBE_COUNT, 0).outcome, OUT_RETURN);
}

static void on_alarm(int sig)
{
	(void)sig;
	subject_interrupt();
}

static void a_loop_is_a_hang_by_the_timer(void **state)
{
	struct itimerval soon = { .it_value = { .tv_usec = 20000 } };

	(void)state;
	signal(SIGALRM, on_alarm);
	for (unsigned int i = 0; i < 3; i++) {
		assert_return_code(setitimer(ITIMER_REAL, &soon, NULL), 0);
		assert_ends(a, PROBE_LOOP, 0, OUT_HANG);
	}
	signal(SIGALRM, SIG_DFL);
	subject_interrupt();	/* no op: does nothing */
}

static void warn_once_is_once_a_scenario(void **state)
{
	(void)state;
	for (unsigned int round = 0; round < 2; round++) {
		assert_int_equal(exec(a, PROBE_WARN, 0).said & SAID_WARN, SAID_WARN);
		assert_int_equal(exec(a, PROBE_WARN, 0).said, 0);
		a->reset();
	}
}

static void what_is_printed_is_of_one_op(void **state)
{
	(void)state;
	assert_int_equal(exec(a, PROBE_PRINT, 1).said, SAID_ERROR);
	assert_string_equal(a->log(), "<3>an error and more\n");
	assert_int_equal(exec(a, PROBE_COUNT, 0).said, 0);
	assert_string_equal(a->log(), "");
}

static void what_was_registered_can_be_called(void **state)
{
	(void)state;
	assert_int_equal(exec(a, PROBE_PARAM, 0).value, 3);
	assert_int_equal(exec(a, PROBE_PARAM, 0).value, 6);
	a->reset();
	assert_int_equal(exec(a, PROBE_PARAM, 0).value, 3);
}

/* In a child: the sanitizer ends the process. */
static void assert_seen(enum probe_op id, uint64_t arg)
{
	int status;
	pid_t child = fork();

	if (!child) {
		close(STDERR_FILENO);
		exec(a, id, arg);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_false(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void a_step_out_of_an_array_is_seen(void **state)
{
	(void)state;
#ifndef SHIM_ASAN
	skip();
#endif
	/* the last element is fine */
	assert_int_equal(exec(a, PROBE_INDEX, 15).outcome, OUT_RETURN);
	assert_seen(PROBE_INDEX, 16);
}

/* Byte 2 lies in a page that nobody touched. */
static void a_step_out_of_mapped_memory_is_seen(void **state)
{
	(void)state;
#ifndef SHIM_ASAN
	skip();
#endif
	assert_int_equal(exec(a, PROBE_BEYOND, 1).value, SHIM_ARENA_PATTERN);
	assert_seen(PROBE_BEYOND, 2);
	assert_seen(PROBE_BEYOND, -7);	/* allowed is what shares eight bytes with it */
}

#define TEST(f)	cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_static_variable_is_reset),
		TEST(two_subjects_share_nothing),
		TEST(a_saved_state_comes_back),
		TEST(panic_is_an_outcome),
		TEST(bug_is_an_outcome),
		TEST(a_fault_is_an_outcome_every_time),
		TEST(a_full_stack_is_an_outcome),
		TEST(physical_memory_ends_somewhere),
		TEST(physical_memory_is_forgotten),
		TEST(physical_memory_is_given_back),
		TEST(printing_for_ever_is_a_hang_by_count),
		TEST(a_loop_is_a_hang_by_the_timer),
		TEST(warn_once_is_once_a_scenario),
		TEST(what_is_printed_is_of_one_op),
		TEST(what_was_registered_can_be_called),
		TEST(a_step_out_of_an_array_is_seen),
		TEST(a_step_out_of_mapped_memory_is_seen),
	};

	return cmocka_run_group_tests_name("isolation", tests, NULL, NULL);
}

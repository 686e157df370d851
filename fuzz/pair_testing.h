/* SPDX-License-Identifier: GPL-2.0-only */
/* What tests of pairs share: the fake as base and head, in a worker process. */
#ifndef FUZZ_PAIR_TESTING_H
#define FUZZ_PAIR_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

#include "fake.h"
#include "pair.h"

#define HANG_MS	40	/* of CPU time */
#define SHOWS	(1u << FAKE_QUIRK_SHOWS)
#define GONE	(1u << FAKE_QUIRK_GONE)
#define CUT_ON	(1u << FAKE_QUIRK_CUT_ON)
#define AVOID	(1u << FAKE_QUIRK_AVOID_ON)

static struct scenario s;
static struct isolate *iso;
static struct pair p;
static struct pair_result r;

static enum isolate_end run_isolated(void *arg, const struct subject *subject,
				     const struct scenario *sc, const struct run_options *opt,
				     struct verdict *v, struct run_report *report)
{
	/* what must be avoided is run when that is asked for alone */
	if (!p.avoided)
		assert_true(opt->quirks & AVOID);
	return isolate_run(arg, subject, sc, opt, false, v, report);
}

static int setup(void **state)
{
	(void)state;
	iso = isolate_new(HANG_MS);
	fake_scenario(&s);
	fake_subject_head.lacks = 0;
	pair_init(&p, &fake_subject, &fake_subject_head);
	p.quirks = SHOWS | GONE | CUT_ON | AVOID;
	p.run = run_isolated;
	p.arg = iso;
	p.log = mmap(NULL, 2 * sizeof(*p.log), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		     -1, 0);
	return iso && p.log != MAP_FAILED ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	isolate_free(iso);
	return munmap(p.log, 2 * sizeof(*p.log));
}

/* The base does @base, as the model sees it; the head does @head. */
static void op(enum fake_deed base, enum fake_deed head)
{
	fake_op_pair(&s, RANGE_ADD, base, head);
}

static enum pair_class class(void)
{
	pair_run(&p, &s, &r);
	assert_int_equal(r.failed, 0);
	return r.class;
}

#define T(name)	cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif

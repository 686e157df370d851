// SPDX-License-Identifier: GPL-2.0-only
/* printk: lines, levels, what counts as announced, a log that is full. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <linux/printk.h>

#include "shim/shim.h"

static const char *message;
static unsigned int times;

static uint64_t print(const struct op *op)
{
	(void)op;
	for (unsigned int i = 0; i < times; i++)
		printk(message, i);
	return 0;
}

static unsigned int say(const char *text, unsigned int n)
{
	struct op op = { 0 };
	struct result res;

	message = text;
	times = n;
	shim_exec(print, &op, &res);
	assert_int_equal(res.outcome, OUT_RETURN);
	return res.said;
}

static void levels_are_announcements(void **state)
{
	(void)state;
	assert_int_equal(say(KERN_EMERG "x\n", 1), SAID_ERROR);
	assert_int_equal(say(KERN_ERR "x\n", 1), SAID_ERROR);
	assert_int_equal(say(KERN_WARNING "x\n", 1), SAID_WARNING);
	assert_int_equal(say(KERN_NOTICE "x\n", 1), 0);
	assert_int_equal(say(KERN_DEBUG "x\n", 1), 0);
	assert_int_equal(say("no level\n", 1), SAID_WARNING);
	assert_int_equal(say("nothing\n", 0), 0);
	assert_string_equal(shim_log(), "");
}

static uint64_t pieces(const struct op *op)
{
	(void)op;
	pr_info("one ");
	pr_cont("and %d", 2);
	pr_cont("\n");
	pr_info("begun");
	pr_err("another\n");
	pr_cont("nothing before\n");
	return 0;
}

static void lines_are_put_together(void **state)
{
	struct op op = { 0 };
	struct result res;

	(void)state;
	shim_exec(pieces, &op, &res);
	assert_string_equal(shim_log(), "<6>one and 2\n<6>begun\n<3>another\n<4>nothing before\n");
	assert_int_equal(res.said, SAID_ERROR | SAID_WARNING);
}

static void a_full_log_says_so_and_counts_on(void **state)
{
	const char *log;

	(void)state;
	assert_int_equal(say(KERN_ERR "forty characters of text, or a few more %u\n", 10000),
			 SAID_ERROR);
	log = shim_log();
	assert_true(strlen(log) < 128 * 1024);
	assert_non_null(strstr(log, "more 0\n"));
	assert_null(strstr(log, "more 9999\n"));
	assert_string_equal(strrchr(log, '<'), "<4>(the log is full: the rest was dropped)\n");
	/* and is empty again for the next op */
	assert_int_equal(say(KERN_INFO "short\n", 1), 0);
	assert_string_equal(shim_log(), "<6>short\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(levels_are_announcements),
		cmocka_unit_test(lines_are_put_together),
		cmocka_unit_test(a_full_log_says_so_and_counts_on),
	};

	return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}

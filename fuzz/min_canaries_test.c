// SPDX-License-Identifier: GPL-2.0-only
/*
 * Planted bugs, minimized from generated scenarios: the same bug to the end, nothing can be left
 * out, twice the same. A sample; with EARLYFUZZ_TEST_ALL all of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "min_goal.h"
#include "mutate.h"

#define OPS		200
#define SEEDS		300	/* to find a bug by */
#define SCENARIOS	2	/* of each bug */
#define SAMPLE		6	/* one in so many */

static struct isolate *iso;
static struct scenario found, once, again, less;

/* The next scenario from @seed on that shows the bug. */
static bool find(struct min_goal *g, const struct subject *subject, uint64_t *seed)
{
	uint64_t quirks = model_quirks_for(model_of(subject->family), subject->version);

	for (uint64_t end = *seed + SEEDS; *seed < end;) {
		struct rng rng;

		rng_seed(&rng, (*seed)++);
		generate(&found, subject->family, OPS, &rng);
		found.config = family_config(found.family, subject->config->id);
		g->keep_subject = true;
		if (min_goal_set(g, iso, subject, &found, quirks) == MIN_GOAL_SET &&
		    g->sig.kind == (enum verdict_kind)verdict_by_name(subject->expect))
			return true;
	}
	return false;
}

/* Without op @at, tokens and all, or without the token that it is. */
static void leave_out(const struct scenario *s, unsigned int at)
{
	bool token = family_op(s->family, s->ops[at].id)->flags & OP_TOKEN;
	unsigned int nr = token ? 1 : 1u + s->ops[at].nr_tokens;

	less = *s;
	less.nr -= nr;
	memmove(&less.ops[at], &less.ops[at + nr], (less.nr - at) * sizeof(less.ops[0]));
	scenario_canonical(&less);
}

static void assert_equal(const struct scenario *a, const struct scenario *b)
{
	static uint8_t x[SCENARIO_BYTES_MAX], y[SCENARIO_BYTES_MAX];
	size_t size = scenario_encode(a, x, sizeof(x));

	assert_int_equal(size, scenario_encode(b, y, sizeof(y)));
	assert_memory_equal(x, y, size);
}

static void check(const struct subject *subject, struct min_goal *g)
{
	struct min_goal h = *g;
	struct signature sig;

	once = again = found;
	min_scenario(g, &once);
	assert_ptr_equal(g->subject, subject);
	if (!min_goal_keeps(g, &once))
		fail_msg("%s, %s: not kept", subject->id, verdict_name(g->sig.kind));
	signature_of(&sig, subject, &once, &g->last);
	assert_true(signature_same(&sig, &g->sig));
	if (!min_goal_stable(g, &once))
		fail_msg("%s: not stable", subject->id);
	assert_true(g->last.legality <= g->legality);
	assert_false(g->last.quirks & ~g->fired);
	for (unsigned int i = 0; i < once.nr; i++) {
		leave_out(&once, i);
		if (min_goal_keeps(g, &less)) {
			scenario_print(stderr, &once);
			fail_msg("%s: op %u of %u can be left out", subject->id, i, once.nr);
		}
	}
	min_scenario(&h, &again);
	assert_equal(&once, &again);
}

static bool is_report(const struct subject *s)
{
	enum verdict_kind kind = verdict_by_name(s->expect);

	return kind == VERDICT_OUT_OF_BOUNDS || kind == VERDICT_UNDEFINED ||
	       kind == VERDICT_UNINITIALISED || kind == VERDICT_CRASH;
}

static void the_same_bug_to_the_end(void **state)
{
	unsigned int bugs = 0, at = 0;
	bool all = getenv("EARLYFUZZ_TEST_ALL");

	(void)state;
	for (const struct subject *const *p = canaries; *p; p++, at++) {
		unsigned int scenarios = 0;
		uint64_t seed = 1;

		/* hangs take seconds */
		if (!all && (strstr((*p)->id, "!hang") || (at % SAMPLE && !is_report(*p))))
			continue;
		for (; scenarios < SCENARIOS; scenarios++) {
			struct min_goal g = { 0 };

			if (!find(&g, *p, &seed))
				break;
			check(*p, &g);
		}
		bugs += scenarios > 0;
	}
	print_message("%u planted bugs minimized\n", bugs);
	assert_true(bugs >= at / SAMPLE / 2);
}

static int setup(void **state)
{
	(void)state;
	iso = isolate_new(100);
	return iso ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	isolate_free(iso);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_bug_to_the_end),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}

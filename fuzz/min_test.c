// SPDX-License-Identifier: GPL-2.0-only
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "contract/e820.h"
#include "min.h"
#include "mutate.h"

static struct scenario s, again, without;
static char text_err[SCENARIO_ERR];

static bool has(const struct scenario *sc, uint8_t id, unsigned int *from)
{
	for (; *from < sc->nr; ++*from)
		if (sc->ops[*from].id == id)
			return true;
	return false;
}

/* An add at or beyond 1 MiB, and an update_table somewhere after it. */
static bool add_then_update(void *arg, const struct scenario *sc)
{
	unsigned int *asked = arg;

	++*asked;
	for (unsigned int i = 0; has(sc, E820_ADD, &i); i++) {
		unsigned int k = i;

		if (sc->ops[i].arg[0] >= 1 << 20 && has(sc, E820_UPDATE_TABLE, &k))
			return true;
	}
	return false;
}

/* An append with an entry of type acpi, which says how many entries it has. */
static bool append_with_acpi(void *arg, const struct scenario *sc)
{
	(void)arg;
	for (unsigned int i = 0; has(sc, E820_APPEND, &i); i++) {
		const struct op *op = &sc->ops[i];

		if (op->arg[0] != op->nr_tokens)
			continue;
		for (unsigned int k = 1; k <= op->nr_tokens; k++)
			if (op[k].arg[2] == E820_T_ACPI && op[k].arg[1])
				return true;
	}
	return false;
}

/* The @seed-th or a later generated scenario that @keeps holds for. */
static void find(struct scenario *out, bool (*keeps)(void *, const struct scenario *), void *arg,
		 uint64_t seed)
{
	struct rng rng;

	rng_seed(&rng, seed);
	for (int i = 0; i < 10000; i++) {
		generate(out, &e820_family, 40, &rng);
		if (keeps(arg, out))
			return;
	}
	fail_msg("no such scenario");
}

static void assert_one_minimal(const struct scenario *sc, struct min *m)
{
	for (unsigned int i = 0; i < sc->nr; i++) {
		without = *sc;
		without.nr--;
		memmove(&without.ops[i], &without.ops[i + 1],
			(sc->nr - 1 - i) * sizeof(sc->ops[0]));
		scenario_canonical(&without);
		assert_false(m->keeps(m->arg, &without));
	}
}

static void keeps_what_it_takes_and_no_more(void **state)
{
	unsigned int asked = 0;
	struct min m = { .keeps = add_then_update, .arg = &asked };

	(void)state;
	for (uint64_t seed = 1; seed < 6; seed++) {
		find(&s, add_then_update, &asked, seed);
		asked = 0;
		m.tries = 0;
		minimize(&m, &s);
		assert_int_equal(asked, m.tries);
		assert_int_equal(s.nr, 2);
		assert_true(add_then_update(&asked, &s));
		assert_int_equal(s.ops[0].arg[0], 1 << 20);
		assert_int_equal(s.ops[0].arg[1], 0);
		assert_int_equal(s.op_mask, 0);
		assert_one_minimal(&s, &m);
	}
}

static void is_deterministic(void **state)
{
	unsigned int asked;
	struct min m = { .keeps = add_then_update, .arg = &asked };

	(void)state;
	find(&s, add_then_update, &asked, 3);
	again = s;
	minimize(&m, &s);
	minimize(&m, &again);
	assert_int_equal(s.nr, again.nr);
	assert_memory_equal(s.ops, again.ops, s.nr * sizeof(s.ops[0]));
}

static void tokens_go_one_by_one_and_the_count_with_them(void **state)
{
	struct min m = { .keeps = append_with_acpi };

	(void)state;
	find(&s, append_with_acpi, NULL, 1);
	minimize(&m, &s);
	assert_int_equal(s.nr, 2);
	assert_int_equal(s.ops[0].id, E820_APPEND);
	assert_int_equal(s.ops[0].arg[0], 1);
	assert_int_equal(s.ops[1].arg[0], 0);
	assert_int_equal(s.ops[1].arg[1], 0x1000);
	assert_int_equal(s.ops[1].arg[2], E820_T_ACPI);
}

/* Says how many entries there are, and notes what was asked last. */
struct last_asked {
	struct scenario s;
	unsigned int twice, count, least;	/* least: ops that it needs */
};

static bool append_says(void *arg, const struct scenario *sc)
{
	struct last_asked *last = arg;

	if (sc->nr == last->s.nr && !memcmp(sc->ops, last->s.ops, sc->nr * sizeof(sc->ops[0])))
		last->twice++;
	last->s = *sc;
	return sc->nr && sc->ops[0].id == E820_APPEND && sc->ops[0].arg[0] == last->count &&
	       sc->nr >= last->least;
}

/* A count stays where it must, though its entries go; where none changes nothing is asked twice. */
static void a_count_may_stay_and_nothing_is_asked_twice(void **state)
{
	static struct last_asked last;
	struct min m = { .keeps = append_says, .arg = &last, .ops_only = true };

	(void)state;
	last = (struct last_asked){ .count = 2 };
	assert_true(scenario_parse(&s, "t", "scenario e820\nappend 2\nentry 0 4K ram\n"
				   "entry 8K 4K ram\nadd 0 4K ram\nadd 4K 4K ram\n", text_err));
	minimize(&m, &s);
	assert_int_equal(s.nr, 1);
	assert_int_equal(s.ops[0].arg[0], 2);

	last = (struct last_asked){ .least = 4 };
	assert_true(scenario_parse(&s, "t", "scenario e820\nappend 0\nadd 0 4K ram\n"
				   "add 4K 4K ram\nadd 8K 4K ram\n", text_err));
	minimize(&m, &s);
	assert_int_equal(s.nr, 4);
	assert_int_equal(last.twice, 0);
}

/* Two operands that must be equal become simple together. */
static bool equal_starts(void *arg, const struct scenario *sc)
{
	(void)arg;
	return sc->nr == 2 && sc->ops[0].arg[0] == sc->ops[1].arg[0] && sc->ops[0].arg[0] > 0x1234;
}

static void equal_operands_stay_equal(void **state)
{
	struct min m = { .keeps = equal_starts };

	(void)state;
	scenario_init(&s, &e820_family);
	s.nr = 2;
	s.ops[0] = (struct op){ .id = E820_ADD, .arg = { 0xdeadbeef, 0x1234, 1 } };
	s.ops[1] = (struct op){ .id = E820_REMOVE, .arg = { 0xdeadbeef, 0x77, 2, 1 } };
	minimize(&m, &s);
	assert_int_equal(s.nr, 2);
	assert_true(s.ops[0].arg[0] == s.ops[1].arg[0]);
	assert_int_equal(s.ops[0].arg[0], 0x2000);
}

static void cost_prefers_what_people_read(void **state)
{
	static const uint64_t cheaper_first[] = {
		0, 0x1000, 0x3000, 0x100000, 1, 0x5000, 0x1234, 0xdeadbeef,
	};
	uint64_t last = 0;

	(void)state;
	scenario_init(&s, &e820_family);
	s.nr = 1;
	for (unsigned int i = 0; i < sizeof(cheaper_first) / sizeof(cheaper_first[0]); i++) {
		uint64_t cost;

		s.ops[0] = (struct op){ .id = E820_ADD, .arg = { cheaper_first[i], 0, 1 } };
		cost = min_cost(&s);
		assert_true(!i || cost > last);
		last = cost;
	}
}

/* A cmdline with a text that holds "mem=" and, behind that, a number of two digits or more. */
static bool says_mem(void *arg, const struct scenario *sc)
{
	(void)arg;
	for (unsigned int i = 0; i < sc->nr; i++) {
		char text[OP_TEXT_MAX + 1];
		const char *mem;

		if (sc->ops[i].id != E820_PARAM && sc->ops[i].id != E820_MORE)
			continue;
		text[op_text(&sc->ops[i], text)] = '\0';
		mem = strstr(text, "mem=");
		if (mem && strspn(mem + 4, "0123456789") > 1)
			return true;
	}
	return false;
}

static void texts_shrink(void **state)
{
	struct min m = { .keeps = says_mem };
	char text[OP_TEXT_MAX];

	(void)state;
	assert_true(scenario_parse(&s, "t", "scenario e820\ncmdline\nparam \"quiet memmap=exactmap\"\n"
				   "param \"memmap=1G@2G,nonsense_mem=mem=\"\nmore \"a mem=98765432G\"\n"
				   "add 0 4K ram\n", text_err));
	minimize(&m, &s);
	assert_int_equal(s.nr, 2);
	assert_int_equal(s.ops[1].id, E820_MORE);
	assert_int_equal(op_text(&s.ops[1], text), 6);
	assert_memory_equal(text, "mem=00", 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_what_it_takes_and_no_more),
		cmocka_unit_test(is_deterministic),
		cmocka_unit_test(tokens_go_one_by_one_and_the_count_with_them),
		cmocka_unit_test(a_count_may_stay_and_nothing_is_asked_twice),
		cmocka_unit_test(equal_operands_stay_equal),
		cmocka_unit_test(cost_prefers_what_people_read),
		cmocka_unit_test(texts_shrink),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

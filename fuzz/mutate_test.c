// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "contract/boot.h"
#include "contract/e820.h"
#include "contract/memblock.h"
#include "contract/range.h"
#include "groups.h"
#include "mutations.h"
#include "operand.h"
#include "scenario_testing.h"

#define NR_FAMILIES 2u

static struct scenario a, b, c;

/* Chains of mutations, fed with generated scenarios. */
static void stays_canonical_and_in_bounds(void **state)
{
	struct rng r;

	(void)state;
	rng_seed(&r, 20);
	for (unsigned int i = 0; i < 3000; i++) {
		const struct family *f = families[i % NR_FAMILIES];
		unsigned int max =
			i % 7 ? 1 + rng_below(&r, SCENARIO_OPS_MAX) : 1 + rng_below(&r, 6);

		if (i % 2)
			generate(&a, f, rng_below(&r, 60), &r);
		else
			random_scenario(&a, f, &r);
		generate(&b, families[rng_below(&r, NR_FAMILIES)], rng_below(&r, 60), &r);
		assert_canonical(&a);
		assert_canonical(&b);
		for (unsigned int k = 0; k < 8; k++) {
			mutate(&a, rng_below(&r, 4) ? &b : NULL, max, &r);
			assert_canonical(&a);
			assert_ptr_equal(a.family, f);
			assert_true(a.nr <= max);
		}
	}
}

static void bounds_larger_than_the_array(void **state)
{
	struct rng r;

	(void)state;
	rng_seed(&r, 21);
	generate(&a, &e820_family, SCENARIO_OPS_MAX * 2, &r);
	assert_true(a.nr <= SCENARIO_OPS_MAX);
	for (unsigned int k = 0; k < 3000; k++) {
		mutate(&a, NULL, UINT32_MAX, &r);
		assert_canonical(&a);
	}
}

/* Op by op: a struct op has bytes between its members, which mean nothing. */
static bool same_ops(const struct scenario *x, const struct scenario *y)
{
	if (x->nr != y->nr)
		return false;
	for (unsigned int i = 0; i < x->nr; i++)
		if (x->ops[i].id != y->ops[i].id || x->ops[i].nr_tokens != y->ops[i].nr_tokens ||
		    memcmp(x->ops[i].arg, y->ops[i].arg, sizeof(x->ops[i].arg)))
			return false;
	return true;
}

static void same_seed_same_result(void **state)
{
	struct rng r1, r2, r3;
	unsigned int differ = 0;

	(void)state;
	for (unsigned int i = 0; i < 500; i++) {
		const struct family *f = families[i % NR_FAMILIES];

		rng_seed(&r1, i);
		rng_seed(&r2, i);
		rng_seed(&r3, i + 1000);
		/* what the arrays held before must not matter */
		memset(&a, 0x55, sizeof(a));
		memset(&b, 0xaa, sizeof(b));
		generate(&a, f, 30, &r1);
		generate(&b, f, 30, &r2);
		assert_same(&a, &b);
		c = a;
		mutate(&a, &c, 64, &r1);
		mutate(&b, &c, 64, &r2);
		assert_same(&a, &b);
		assert_true(r1.state == r2.state);
		mutate(&c, NULL, 64, &r3);
		differ += !same_ops(&a, &c);
	}
	assert_in_range(differ, 450, 500);
}

/* Every kind applies, alone, to some generated scenario, changes it, and keeps it canonical. */
static void every_kind_occurs(void **state)
{
	struct rng r;

	(void)state;
	rng_seed(&r, 22);
	for (const struct mutation *k = mutations; k->name; k++) {
		unsigned int applied = 0, changed = 0, refused = 0;
		const struct family *f = k->only ? k->only : &e820_family;

		for (unsigned int i = 0; i < 800; i++) {
			struct mutator m = { .s = &a, .other = &b, .max = 64, .r = &r };

			generate(&a, f, 1 + rng_below(&r, 50), &r);
			generate(&b, f, 20, &r);
			c = a;
			if (k->apply(&m)) {
				applied++;
				changed += a.config != c.config || a.op_mask != c.op_mask ||
					   a.flags != c.flags || !same_ops(&a, &c);
			} else {
				refused++;
				assert_same(&a, &c);
			}
			assert_canonical(&a);
			assert_true(a.nr <= 64);
		}
		if (changed < 20)
			fail_msg("%s: applied %u, changed %u, refused %u", k->name, applied,
				 changed, refused);
	}
}

/* mutate() chooses all of them, by weight and not by accident. */
static void every_kind_is_chosen(void **state)
{
	static const struct family *const fs[] = {
		&e820_family, &memblock_family, &boot_family,
	};
	unsigned int count[32] = { 0 };
	struct rng r;

	(void)state;
	rng_seed(&r, 23);
	for (unsigned int i = 0; i < 40000; i++) {
		uint32_t did;
		const struct family *f = fs[i / 16 % 3];

		if (i % 16 == 0) {
			generate(&a, f, 24, &r);
			generate(&b, f, 24, &r);
		}
		did = mutate_traced(&a, &b, 64, &r);
		assert_true(did != 0);
		for (unsigned int k = 0; mutations[k].name; k++)
			count[k] += did >> k & 1;
	}
	for (unsigned int k = 0; mutations[k].name; k++)
		if (count[k] < 100)
			fail_msg("%s: chosen %u times of 40000", mutations[k].name, count[k]);
}

/* From nothing, mutation alone reaches every op, every token and every configuration. */
static void everything_is_reachable(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < NR_FAMILIES; i++) {
		const struct family *f = families[i];
		uint64_t ops = 0, all = 0;
		unsigned int configs = 0;
		struct rng r;

		rng_seed(&r, 24 + i);
		scenario_init(&a, f);
		for (unsigned int n = 0; n < 20000; n++) {
			mutate(&a, NULL, 40, &r);
			for (unsigned int k = 0; k < a.nr; k++)
				ops |= op_bit(a.ops[k].id);
			configs |= 1u << (a.config - f->configs);
		}
		for (unsigned int k = 0; k < f->nr_ops; k++)
			all |= op_bit(f->ops[k].id);
		assert_true(ops == all);
		assert_int_equal(configs, (1u << f->nr_configs) - 1);
	}
}

/* The swarm: what the mask forbids is not inserted. */
static void mask_is_obeyed(void **state)
{
	struct rng r;

	(void)state;
	rng_seed(&r, 30);
	for (unsigned int n = 0; n < 300; n++) {
		struct mutator m = { .s = &a, .max = 40, .r = &r };

		scenario_init(&a, &e820_family);
		a.op_mask = op_bit(E820_UPDATE) | op_bit(E820_EXTEND);
		for (unsigned int k = 0; k < 30; k++) {
			mutate_insert(&m);
			mutate_kind(&m);
		}
		for (unsigned int k = 0; k < a.nr; k++)
			assert_true(a.ops[k].id == E820_UPDATE || a.ops[k].id == E820_EXTEND ||
				    a.ops[k].id == E820_ENTRY);
	}
}

static bool is_edge(const struct scenario *s, unsigned int self, uint64_t at)
{
	for (unsigned int i = 0; i < s->nr; i++) {
		uint64_t start, end;

		if (i != self &&
		    op_range(op_desc_of(s->family, s->ops[i].id), &s->ops[i], &start, &end) &&
		    (at == start || at == end))
			return true;
	}
	return false;
}

/* Claims that meet end most scenarios, and most releases are of what was claimed. */
static void claims_are_mostly_apart(void **state)
{
	unsigned int claims = 0, meet = 0, releases = 0, exact = 0;
	struct rng r;

	(void)state;
	rng_seed(&r, 77);
	for (unsigned int n = 0; n < 300; n++) {
		generate(&a, &early_res_family, 32, &r);
		for (unsigned int i = 0; i < a.nr; i++) {
			const struct op_desc *d = op_desc_of(a.family, a.ops[i].id), *e;
			uint64_t start, end, from, to;
			bool met = false, known = false;

			if (!(d->flags & (OP_CLAIMS | OP_RELEASES)) ||
			    !op_range(d, &a.ops[i], &start, &end))
				continue;
			for (unsigned int k = 0; k < i; k++) {
				e = op_desc_of(a.family, a.ops[k].id);
				if (!(e->flags & OP_CLAIMS) || !op_range(e, &a.ops[k], &from, &to))
					continue;
				met = met || (from < end && start < to);
				known = known || (from == start && to == end);
			}
			claims += !!(d->flags & OP_CLAIMS);
			meet += d->flags & OP_CLAIMS && met;
			releases += !!(d->flags & OP_RELEASES);
			exact += d->flags & OP_RELEASES && known;
		}
	}
	assert_true(claims > 1000 && releases > 200);
	assert_true(meet * 4 < claims);
	assert_true(exact * 3 > releases); /* some scenarios may claim nothing */
}

/* Operands meet boundaries that other ops have made, far more often than chance (2^-50) would. */
static void boundaries_are_reused(void **state)
{
	unsigned int edges = 0, ranges = 0, moved = 0, met = 0;
	struct rng r;

	(void)state;
	rng_seed(&r, 31);
	for (unsigned int n = 0; n < 1000; n++) {
		struct mutator m = { .s = &a, .max = 64, .r = &r };

		generate(&a, families[n % NR_FAMILIES], 24, &r);
		for (unsigned int i = 0; i < a.nr; i++) {
			uint64_t start, end;

			if (!op_range(op_desc_of(a.family, a.ops[i].id), &a.ops[i], &start, &end))
				continue;
			ranges++;
			edges += is_edge(&a, i, start) || is_edge(&a, i, end);
		}
		c = a;
		if (!mutate_boundary(&m))
			continue;
		for (unsigned int i = 0; i < a.nr; i++) {
			uint64_t start, end;

			if (!memcmp(a.ops[i].arg, c.ops[i].arg, sizeof(a.ops[i].arg)))
				continue;
			moved++;
			if (op_range(op_desc_of(a.family, a.ops[i].id), &a.ops[i], &start, &end))
				met += is_edge(&a, i, start) || is_edge(&a, i, end);
		}
	}
	assert_true(ranges > 5000);
	assert_true(edges * 2 > ranges);
	assert_true(moved > 300);
	assert_true(met * 2 > moved);
}

/* Without the dimension no range comes within a page of 2^64; with it some do. */
static void near_end_is_a_dimension(void **state)
{
	unsigned int with = 0, near[2] = { 0 };
	struct rng r;

	(void)state;
	rng_seed(&r, 32);
	for (unsigned int n = 0; n < 2000; n++) {
		generate(&a, families[n % NR_FAMILIES], 30, &r);
		with += a.flags & SCENARIO_NEAR_END;
		for (unsigned int i = 0; i < a.nr; i++) {
			const struct op_desc *d = op_desc_of(a.family, a.ops[i].id);
			uint64_t start, end;

			if (!op_range(d, &a.ops[i], &start, &end))
				continue;
			near[a.flags & SCENARIO_NEAR_END] +=
				start > -(uint64_t)DRAW_PAGE || end - 1 >= -(uint64_t)DRAW_PAGE;
		}
	}
	assert_in_range(with, 100, 1000);
	assert_int_equal(near[0], 0);
	assert_true(near[1] > 400);
}

/* Counts follow the tokens mostly, not always: 1 a token for append, 20 bytes for extend. */
static void counts_follow_tokens(void **state)
{
	unsigned int right[2] = { 0 }, all[2] = { 0 };
	struct rng r;

	(void)state;
	rng_seed(&r, 33);
	for (unsigned int n = 0; n < 3000; n++) {
		generate(&a, &e820_family, 40, &r);
		for (unsigned int i = 0; i < a.nr; i += group_len(&a, i)) {
			const struct op *op = &a.ops[i];
			bool ext = op->id == E820_EXTEND;

			if (op->id != E820_APPEND && !ext)
				continue;
			all[ext]++;
			right[ext] += op->arg[ext] == (uint64_t)op->nr_tokens * (ext ? 20 : 1);
		}
	}
	for (unsigned int k = 0; k < 2; k++) {
		assert_true(all[k] > 500);
		assert_in_range(right[k], all[k] * 7 / 10, all[k] * 98 / 100);
	}
}

/* Most drawn tables look like a firmware's: upwards, disjoint, known types. Some do not. */
static void tables_look_like_firmware(void **state)
{
	unsigned int steps = 0, upwards = 0, named = 0;
	struct rng r;

	(void)state;
	rng_seed(&r, 34);
	for (unsigned int n = 0; n < 1000; n++) {
		generate(&a, &e820_family, 30, &r);
		for (unsigned int i = 1; i < a.nr; i++) {
			const struct op *p = &a.ops[i - 1], *q = &a.ops[i];

			if (p->id != E820_ENTRY || q->id != E820_ENTRY)
				continue;
			steps++;
			upwards += q->arg[0] >= p->arg[0] + p->arg[1];
			named += e820_type_name(q->arg[2]) != NULL;
		}
	}
	assert_true(steps > 2000);
	assert_in_range(upwards, steps * 7 / 10, steps * 95 / 100);
	assert_in_range(named, steps * 9 / 10, steps - 1);
}

static void rng_is_uniform_enough(void **state)
{
	unsigned int count[10] = { 0 };
	struct rng r;

	(void)state;
	rng_seed(&r, 0);
	assert_true(r.state != 0);
	for (unsigned int i = 0; i < 100000; i++) {
		count[rng_below(&r, 10)]++;
		assert_true(rng_below(&r, 1) == 0);
		assert_true(rng_below(&r, 1ULL << 40) < 1ULL << 40);
	}
	for (unsigned int i = 0; i < 10; i++)
		assert_in_range(count[i], 9500, 10500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stays_canonical_and_in_bounds),
		cmocka_unit_test(bounds_larger_than_the_array),
		cmocka_unit_test(same_seed_same_result),
		cmocka_unit_test(every_kind_occurs),
		cmocka_unit_test(every_kind_is_chosen),
		cmocka_unit_test(everything_is_reachable),
		cmocka_unit_test(mask_is_obeyed),
		cmocka_unit_test(boundaries_are_reused),
		cmocka_unit_test(claims_are_mostly_apart),
		cmocka_unit_test(near_end_is_a_dimension),
		cmocka_unit_test(counts_follow_tokens),
		cmocka_unit_test(tables_look_like_firmware),
		cmocka_unit_test(rng_is_uniform_enough),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

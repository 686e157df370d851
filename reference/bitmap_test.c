// SPDX-License-Identifier: GPL-2.0-only
/*
 * The models against the brute-force judge, on long random sequences over small universes.
 *
 * The models run without quirks: what they predict is then the contract, but for a table without
 * room. There both judges must refuse, the oracle and the bitmap alike.
 */
#include <stdio.h>
#include <string.h>

#include "bitmap.h"
#include "e820_chain_draw.h"
#include "e820_cmdline_draw.h"
#include "early_res_draw.h"
#include "memblock_draw.h"
#include "testing.h"

/* ops of a family in a configuration; reference/CMakeLists.txt has a word in it */
#ifndef OPS
#define OPS		200000
#endif
#define SEQUENCE	60	/* ops of a scenario */
#define TOKENS		6

static union model_room room;
static struct bitmap judge;

/* Far-apart points, a page that is none, the end of what a range can express. */
static const uint64_t range_points[] = {
	0, 1, 0x1000, 0x2000, 0x3000, 1ULL << 32, (1ULL << 32) + 1, 1ULL << 63,
	UINT64_MAX - 1, UINT64_MAX,
};

static const uint64_t e820_points[] = {
	0, 0x1000, 0x1800, 0x2000, E820_LOWMEM, E820_HIGHMEM, E820_HIGHMEM + 0x1000,
	(1ULL << 32) - 0x1000, 1ULL << 32, 1ULL << 52, 1ULL << 63, UINT64_MAX - 0xfff, UINT64_MAX,
};

static const uint32_t e820_types[] = {
	E820_T_RAM, E820_T_RAM, E820_T_RESERVED, E820_T_ACPI, E820_T_PRAM,
	E820_T_SOFT_RESERVED, E820_T_RESERVED_KERN, E820_T_NONE, E820_T_NVS,
};

static const uint8_t later_ops[] = {
	E820_CMDLINE, E820_CMDLINE, E820_FINISH_EARLY_PARAMS, E820_UPDATE_TABLE_PRINT,
	E820_RESERVE_SETUP_DATA, E820_RESERVE_SETUP_DATA, E820_EXTEND_LONG,
};

/* Of memory_setup: the end of what they say is a point. */
static const uint64_t sizes_k[] = { 0, 4, (1ULL << 22) - 4 - 1024 };

static void draw_range(uint64_t *seed, struct op *op, const struct config_desc *config)
{
	memset(op, 0, sizeof(*op));
	op->id = RANGE_ADD + random_below(seed, RANGE_SORT);
	op->arg[0] = random_below(seed, 20) ? config->slots : random_below(seed, config->slots + 2);
	op->arg[1] = PICK(seed, range_points);
	op->arg[2] = PICK(seed, range_points);
	if (op->arg[1] > op->arg[2] && random_below(seed, 8)) {
		uint64_t start = op->arg[2];

		op->arg[2] = op->arg[1];
		op->arg[1] = start;
	}
	if (op->id == RANGE_SORT)
		memset(op->arg, 0, sizeof(op->arg));
}

/* An address and a size: to a later point, to 2^64, seldom empty, seldom beyond. */
static void draw_span(uint64_t *seed, uint64_t *start, uint64_t *size)
{
	uint64_t a = PICK(seed, e820_points), b = PICK(seed, e820_points);

	*start = a < b ? a : b;
	*size = (a < b ? b : a) - *start;
	if (!random_below(seed, 12))
		*size = 0 - *start;
	if (*start && !random_below(seed, 40))
		*size = UINT64_MAX - random_below(seed, 2) * (*start - 1);
}

static void draw_e820(uint64_t *seed, struct op *op, bool old)
{
	uint64_t size;

	memset(op, 0, (LINE_TOKENS + 1) * sizeof(*op));
	do {
		op->id = E820_ADD + random_below(seed, E820_RESERVE_RESOURCES_LATE);
	} while (op->id == E820_ENTRY);
	if (!random_below(seed, 6))
		op->id = PICK(seed, later_ops);
	if (!random_below(seed, 100))
		op->id = E820_REALLOCATE_TABLES;
	/* Grow and change more often than ask. */
	if (!random_below(seed, 3))
		op->id = E820_ADD + random_below(seed, E820_REMOVE);
	switch (op->id) {
	case E820_ADD:
	case E820_UPDATE:
	case E820_UPDATE_KEXEC:
	case E820_REMOVE:
		draw_span(seed, &op->arg[0], &op->arg[1]);
		op->arg[2] = PICK(seed, e820_types);
		if (op->id == E820_REMOVE)
			op->arg[3] = random_below(seed, 2);
		else if (op->id != E820_ADD)
			op->arg[3] = PICK(seed, e820_types);
		break;
	case E820_UPDATE_TABLE:
		op->arg[0] = random_below(seed, 3);
		break;
	case E820_MAPPED_RAW_ANY:
	case E820_MAPPED_ANY:
	case E820_MAPPED_ALL:
	case E820_GET_ENTRY_TYPE:
	case E820_HOLE_SIZE:
		draw_span(seed, &op->arg[0], &size);
		op->arg[1] = op->arg[0] + size;
		if (op->id != E820_GET_ENTRY_TYPE && op->id != E820_HOLE_SIZE)
			op->arg[2] = PICK(seed, e820_types);
		break;
	case E820_APPEND:
		op->nr_tokens = random_below(seed, TOKENS + 1);
		op->arg[0] = op->nr_tokens + !random_below(seed, 4);
		break;
	case E820_MEMORY_SETUP:
		op->nr_tokens = random_below(seed, TOKENS + 1);
		op->arg[0] = op->nr_tokens + !random_below(seed, 4);
		op->arg[1] = PICK(seed, sizes_k);
		op->arg[2] = sizes_k[random_below(seed, 2)];
		break;
	case E820_SETUP_GAP:
	case E820_NOSAVE:
		op->arg[0] = PICK(seed, e820_points) >> 12;
		break;
	case E820_EXTEND:
		op->nr_tokens = random_below(seed, TOKENS + 1);
		op->arg[1] = 20 * op->nr_tokens + random_below(seed, 30);
		break;
	case E820_RESERVE_SETUP_DATA:
		draw_chain(seed, op, draw_span);
		break;
	case E820_CMDLINE:
		draw_line(seed, op, draw_span, old);
		break;
	case E820_MEMBLOCK_ALLOC_RESERVED:
		draw_span(seed, &op->arg[2], &op->arg[0]);
		op->arg[1] = 0x1000;
		break;
	}
	for (unsigned int i = 1; i <= op->nr_tokens && !op[1].id; i++) {
		op[i].id = E820_ENTRY;
		draw_span(seed, &op[i].arg[0], &op[i].arg[1]);
		op[i].arg[2] = PICK(seed, e820_types);
	}
}

static const uint64_t no_points[] = { 0 };

/* Now and then what was reserved before comes again. */
static void draw_early_res(uint64_t *seed, struct op *op)
{
	static struct op before;

	early_res_draw(seed, op, &before);
	if (op->id == E_RES_RESERVE || op->id == E_RES_RESERVE_OVERLAP_OK || !before.id)
		before = *op;
}

/* The judge of memblock looks at a great deal for each op. */
static unsigned int ops_of(const struct model *m)
{
	return m->family == &memblock_family ? OPS / 10 : OPS;
}

struct tally {
	unsigned int judged, refused, legal;
};

/* Run random ops on a model, its prediction judged as if it were a subject's. */
static struct tally run(const struct model *m, const struct config_desc *config, uint32_t version,
			uint64_t seed)
{
	struct model_setup setup = { .config = config, .version = version };
	struct tally tally = { 0 };
	struct op op[LINE_TOKENS + 1];
	unsigned int left = 0;

	for (unsigned int i = 0; i < ops_of(m); i++, left--) {
		char why[BITMAP_WHY] = "";
		struct verdict v;
		struct expect e;
		bool by_oracle, by_bitmap;
		enum legality before;

		if (!left) {
			m->init(&room, &setup);
			if (m->family == &range_family) {
				assert_true(bitmap_init(&judge, m->family, config, range_points,
							ARRAY_SIZE(range_points)));
				judge.merge_in_place = version < 0x30a00;
			} else if (m->family == &memblock_family) {
				assert_true(bitmap_init(&judge, m->family, config, no_points, 1));
				judge.full_panics = version >= 0x60600;
				judge.mirror_asks = version >= 0x51300;
				judge.reserved_nodes = version >= 0x60600;
				judge.slab_everywhere = version >= 0x60b00;
				judge.node_range = version >= 0x60a00;
				judge.no_dummy = version >= 0x60a00;
			} else if (m->family == &early_res_family) {
				assert_true(bitmap_init(&judge, m->family, config, no_points, 1));
			} else {
				assert_true(bitmap_init(&judge, m->family, config, e820_points,
							ARRAY_SIZE(e820_points)));
				judge.reserved_kern = true;
				judge.extend_keeps = version < 0x40c00;
				judge.bits_46 = version < 0x40d00;
				judge.pram_merged = version < 0x40100;
				judge.soft_merged = version < 0x50500;
				judge.acpi_is_ram = version >= 0x60a00;
				judge.setup_first = version < 0x40c00;
				judge.map_inclusive = version < 0x50a00;
				judge.persistent_busy = version < 0x40200;
				judge.soft_busy = version < 0x50500;
				judge.old_resources = version < 0x50a00;
				judge.iomem_64_bits = version < 0x50a00;
				judge.kexec_setup_data = version < 0x60900;
				judge.sizes_to_giga = version < 0x31100;
				judge.one_item = version < 0x30a00;
				judge.no_pram_item = version < 0x40100;
				judge.no_update_item = version < 0x41000;
				judge.no_ram_is_fine = version < 0x20627;
				judge.nopentium_is_0 = version < 0x20627;
				judge.limit_untold = version < 0x50100;
			}
			left = SEQUENCE;
		}
		if (m->family == &range_family)
			draw_range(&seed, op, config);
		else if (m->family == &early_res_family)
			draw_early_res(&seed, op);
		else if (m->family == &memblock_family)
			memblock_draw(&seed, op, version >= 0x60a00);
		else
			draw_e820(&seed, op, version < 0x30000);
		before = m->legality(&room, op);
		m->step(&room, op, &e);
		assert_int_equal(before, e.legality);
		assert_false(e.cut || e.avoid);
		/* a panic ends it */
		if (e.result.outcome == OUT_RETURN && !m->selfcheck(&room))
			fail_msg("op %u (id %u): the layers disagree", i, op->id);
		by_oracle = oracle_check(m, &room, op, &e, &e.result, &e.rows, &v);
		by_bitmap = bitmap_judge(&judge, op, &e.result, &e.rows, why);
		if (by_oracle != by_bitmap)
			fail_msg("op %u (id %u): oracle %s (%s), bitmap %s (%s)", i, op->id,
				 by_oracle ? "pass" : verdict_name(v.kind),
				 by_oracle ? "" : v.detail, by_bitmap ? "pass" : "fail", why);
		tally.judged++;
		tally.legal += e.legality == LEGAL;
		tally.refused += !by_oracle;
		/* Nothing is comparable after a loss, or after a BUG. */
		if (!by_oracle || e.result.outcome != OUT_RETURN)
			left = 1;
	}
	return tally;
}

/* The oldest and the newest that were tried: all traits differ. And one between them. */
static const uint32_t versions[] = { 0x20622, 0x50a00, 0x60c00 };

static void range_model_and_bitmap_agree(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(versions) * range_family.nr_configs; i++) {
		const struct config_desc *c = &range_family.configs[i / ARRAY_SIZE(versions)];
		struct tally t = run(&range_model, c, versions[i % ARRAY_SIZE(versions)], 1 + i);

		/* Four slots fill up all the time; the judge must have had something to refuse. */
		assert_true(t.refused < t.judged / 4);
		assert_true(c->slots > 4 || t.refused > OPS / 2000);
		assert_true(t.legal > OPS / 2);
	}
}

static void e820_model_and_bitmap_agree(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(versions) * e820_family.nr_configs; i++) {
		const struct config_desc *c = &e820_family.configs[i / ARRAY_SIZE(versions)];
		struct tally t = run(&e820_model, c, versions[i % ARRAY_SIZE(versions)], 11 + i);

		assert_true(t.refused < t.judged / 4);
		assert_true(c->slots > 8 || t.refused > OPS / 2000);
		assert_true(t.legal > OPS / 4);
	}
}

/* A panic ends a sequence: it is what most of them come to. */
static void early_res_model_and_bitmap_agree(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < early_res_family.nr_configs; i++) {
		struct tally t = run(&early_res_model, &early_res_family.configs[i], 0, 21 + i);

		assert_int_equal(t.refused, 0);
		assert_true(t.legal > OPS / 4);
	}
}

/* Tables of four slots grow in most sequences, or panic. */
static void memblock_model_and_bitmap_agree(void **state)
{
	static const uint32_t kernels[] = { 0x60100, 0x60c00 };

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(kernels) * memblock_family.nr_configs; i++) {
		const struct config_desc *c = &memblock_family.configs[i / ARRAY_SIZE(kernels)];
		struct tally t = run(&memblock_model, c, kernels[i % ARRAY_SIZE(kernels)], 31 + i);

		assert_int_equal(t.refused, 0);
		assert_true(t.legal > t.judged / 4);
	}
}

/* A universe must start at 0 and ascend. */
static void universe_is_checked(void **state)
{
	static const uint64_t from_one[] = { 1, 2 }, twice[] = { 0, 5, 5 };

	(void)state;
	assert_false(bitmap_init(&judge, &range_family, &range_family.configs[0], from_one, 2));
	assert_false(bitmap_init(&judge, &range_family, &range_family.configs[0], twice, 3));
	assert_false(bitmap_init(&judge, &range_family, &range_family.configs[0], twice, 0));
	assert_true(bitmap_init(&judge, &range_family, &range_family.configs[0], twice, 2));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(universe_is_checked),
		cmocka_unit_test(range_model_and_bitmap_agree),
		cmocka_unit_test(e820_model_and_bitmap_agree),
		cmocka_unit_test(early_res_model_and_bitmap_agree),
		cmocka_unit_test(memblock_model_and_bitmap_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

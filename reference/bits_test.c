// SPDX-License-Identifier: GPL-2.0-only
/*
 * The models on 32-bit x86, without and with PAE: what the contract asks there (no quirk on), and
 * what kernels do where it differs (all quirks on).
 */
#include <string.h>

#include "contract/e820.h"
#include "contract/early_res.h"
#include "contract/memblock.h"
#include "contract/model.h"
#include "testing.h"

#define OLD	0x20622
#define NEW	0x60c00
#define M	(1ULL << 20)
#define G	(1ULL << 30)
#define T	(1ULL << 40)

enum { WIDE, NARROW, PAE };	/* 64 bits, 32 without and with PAE */

/**
 * struct bits_case - ops, and what the last one does
 * @quirk: with all quirks on this one fires there, NULL: none; without, none does
 * @value: what it returns by the contract, @got: by kernels
 * @table: the table looked at, @at: its row; @row: by the contract, @got_row: by kernels; size 0:
 *	there is none
 */
struct bits_case {
	const char *name;
	const struct model *model;
	int bits;
	uint32_t version;
	struct op ops[TEST_OPS];
	uint64_t value;
	unsigned int table, at;
	struct row row;
	const char *quirk;
	uint64_t got;
	struct row got_row;
};

#define E820(bits, version)	&e820_model, bits, version
#define EARLY_RES(bits)		&early_res_model, bits, OLD
#define MEMBLOCK(bits)		&memblock_model, bits, NEW
#define OP(...)			{ .id = __VA_ARGS__ }
#define RAM(start, size)	{ .id = E820_ADD, .arg = { start, size, E820_T_RAM } }
#define RES_RAM(start, size)	{ .id = E_RES_MAP, .arg = { start, size, EARLY_RES_MAP_RAM } }
#define OPS(...)		{ __VA_ARGS__ }
#define ROW(start, end, type)	{ start, (end) - (start), type, 0 }
#define NO_ROW			{ 0 }

static const struct bits_case cases[] = {
	{ "RAM ends below 64 GiB", E820(PAE, NEW), OPS(RAM(0, T), OP(E820_END_OF_RAM_PFN)), 1 << 24,
	  E820_RECORDED, 0, NO_ROW, NULL, 0, NO_ROW },
	{ "RAM ends below 4 GiB", E820(NARROW, OLD), OPS(RAM(0, T), OP(E820_END_OF_RAM_PFN)),
	  1 << 20, E820_RECORDED, 0, NO_ROW, NULL, 0, NO_ROW },
	{ "RAM at 16 TiB", E820(PAE, NEW),
	  OPS(RAM(0, M), RAM(16 * T, 2 * M), OP(E820_END_OF_RAM_PFN)), 256,
	  E820_RECORDED, 0, NO_ROW, "e820-pages-32-bits", 512, NO_ROW },
	{ "RAM at 16 TiB, 64 bits", E820(WIDE, NEW),
	  OPS(RAM(0, M), RAM(16 * T, 2 * M), OP(E820_END_OF_RAM_PFN)), (16 * T + 2 * M) >> 12,
	  E820_RECORDED, 0, NO_ROW, NULL, 0, NO_ROW },
	{ "no gap for PCI", E820(NARROW, NEW), OPS(RAM(0, 4 * G), OP(E820_SETUP_GAP, 0, { 7 })),
	  E820_GAP_KEPT, E820_RECORDED, 0, NO_ROW, NULL, 0, NO_ROW },
	{ "no gap for PCI, 64 bits", E820(WIDE, NEW),
	  OPS(RAM(0, 4 * G), OP(E820_SETUP_GAP, 0, { 7 })), (7 << 12) + M,
	  E820_RECORDED, 0, NO_ROW, NULL, 0, NO_ROW },
	{ "memblock gets what lies below 4 GiB", E820(NARROW, NEW),
	  OPS(RAM(3 * G, 2 * G), OP(E820_MEMBLOCK_SETUP)), 0,
	  E820_RECORDED, 1, ROW(3 * G, 4 * G - 1, E820_REC_ADD), "e820-memblock-straddles", 0,
	  ROW(0, 4096, E820_REC_TRIM) },
	{ "memblock gets all with PAE", E820(PAE, NEW),
	  OPS(RAM(3 * G, 2 * G), OP(E820_MEMBLOCK_SETUP)), 0,
	  E820_RECORDED, 1, ROW(3 * G, 5 * G, E820_REC_ADD), NULL, 0, NO_ROW },
	{ "NVS memory at 4 GiB", E820(PAE, OLD),
	  OPS(OP(E820_ADD, 0, { 4 * G, M, E820_T_NVS }), OP(E820_REGISTER_NVS)), 0,
	  E820_RECORDED, 0, ROW(4 * G, 4 * G + M, E820_REC_NVS), "e820-nvs-32-bits", 0,
	  ROW(0, M, E820_REC_NVS) },
	{ "NVS memory at 4 GiB, mended", E820(PAE, NEW),
	  OPS(OP(E820_ADD, 0, { 4 * G, M, E820_T_NVS }), OP(E820_REGISTER_NVS)), 0,
	  E820_RECORDED, 0, ROW(4 * G, 4 * G + M, E820_REC_NVS), NULL, 0, NO_ROW },
	{ "resources end below 4 GiB", E820(NARROW, NEW),
	  OPS(RAM(G, M), RAM(3 * G, 2 * G), OP(E820_RESERVE_RESOURCES)), 0,
	  E820_RECORDED, 1, NO_ROW, NULL, 0, NO_ROW },
	{ "resources below 64 GiB", E820(PAE, NEW),
	  OPS(RAM(G, M), RAM(63 * G, G), OP(E820_RESERVE_RESOURCES)), 0,
	  E820_IOMEM, 1, { 63 * G, G, E820_RES_RAM, 1 }, NULL, 0, NO_ROW },
	{ "an allocation of more than a phys_addr_t", E820(NARROW, NEW),
	  OPS(OP(E820_MEMBLOCK_ALLOC_RESERVED, 0, { M, 4096, 4 * G + M })), M,
	  E820_RECORDED, 0, { 4096, M, E820_REC_PHYS_ALLOC, 0 }, NULL, 0, NO_ROW },
	{ "the hand-off ends with low memory", EARLY_RES(PAE),
	  OPS(RES_RAM(0, 8 * G), OP(E_RES_RESERVE, 0, { 0, M, 0 }),
	      OP(E_RES_RESERVE, 0, { M, 2 * M, 0 }), OP(E_RES_NODE, 0, { 0, 0, 8 << 18 }),
	      OP(E_RES_GET_FREE, 0, { 0 })), 1,
	  E_RES_HANDOFF, 0, ROW(2 * M, 896 * M, 0), NULL, 1, ROW(2 * M, 896 * M, 0) },
	{ "mapped is 128 MiB at most", EARLY_RES(NARROW),
	  OPS(OP(E_RES_MAPPED, 0, { 1 << 20 }), OP(E_RES_MAX_MAPPED)), 128 * M,
	  E_RES_HANDOFF, 0, NO_ROW, NULL, 128 * M, NO_ROW },
	{ "what is taken is low memory", EARLY_RES(NARROW),
	  OPS(RES_RAM(M, 2 * G), OP(E_RES_RESERVE_E820, 0, { 0, M, M })), 895 * M,
	  E_RES_RAM, 0, ROW(M, 895 * M, 0), NULL, 895 * M, ROW(M, 895 * M, 0) },
	{ "more than low memory", EARLY_RES(PAE),
	  OPS(RES_RAM(M, 2 * G), OP(E_RES_RESERVE_E820, 0, { 0, G, M })), 0,
	  E_RES_RAM, 0, ROW(M, 2 * G + M, 0), "early_res-reserve-e820-low", 0,
	  ROW(M, 2 * G + M, 0) },
	{ "bootmem has low memory", EARLY_RES(PAE),
	  OPS(OP(E_RES_RESERVE, 0, { 895 * M, 2 * G, 0 }), OP(E_RES_TO_BOOTMEM, 0, { 0, 4 * G })),
	  0, E_RES_HANDOFF, 0, ROW(895 * M, 896 * M, 0), NULL, 0, ROW(895 * M, 896 * M, 0) },
	{ "operands of a phys_addr_t", MEMBLOCK(NARROW),
	  OPS(OP(M_ADD, 0, { 4 * G + M, 4 * G + M }), OP(M_SIZES)), 0,
	  M_ANSWER, 0, { M, 1, MEMBLOCK_PHYS_MEM_SIZE, 0 }, NULL, 0, NO_ROW },
	{ "free's size is a size_t", MEMBLOCK(PAE),
	  OPS(OP(M_RESERVE, 0, { M, 2 * M }), OP(M_FREE, 0, { M, 4 * G + M }), OP(M_SIZES)), 0,
	  M_ANSWER, 1, { M, 1, MEMBLOCK_RESERVED_SIZE, 0 }, NULL, 0, NO_ROW },
	{ "free's size, 64 bits", MEMBLOCK(WIDE),
	  OPS(OP(M_RESERVE, 0, { M, 2 * M }), OP(M_FREE, 0, { M, 4 * G + M }), OP(M_SIZES)), 0,
	  M_ANSWER, 1, { 0, 1, MEMBLOCK_RESERVED_SIZE, 0 }, NULL, 0, NO_ROW },
	{ "max_low_pfn has 32 bits", MEMBLOCK(PAE),
	  OPS(OP(M_ADD, 0, { 0, 2 * M }), OP(M_MAX_LOW_PFN, 0, { (1ULL << 32) + 256 }),
	      OP(M_FREE_ALL)), 0,
	  M_HANDOFF, 0, ROW(0, M, MEMBLOCK_FREED), NULL, 0, NO_ROW },
	{ "memory at 16 TiB is not below 2^32 pages", MEMBLOCK(PAE),
	  OPS(OP(M_ADD, 0, { 16 * T, M }), OP(M_FREE_ALL)), 0,
	  M_HANDOFF, 0, NO_ROW, "memblock-pages-32-bits", 0, NO_ROW },
	{ "the last page of 4 GiB", MEMBLOCK(NARROW),
	  OPS(OP(M_ADD, 0, { 4 * G - 3, 2 }), OP(M_PFN_RANGES, 0, { MEMBLOCK_NODES })), 0,
	  M_ANSWER, 0, NO_ROW, NULL, 0, NO_ROW },
};

static union model_room room;

static const struct config_desc *config_of(const struct family *f, int bits)
{
	if (bits == WIDE)
		return &f->configs[0];
	for (unsigned int i = 0; i < f->nr_variants; i++)
		if (!strcmp(f->variants[i].name, bits == PAE ? "x86_32_pae" : "x86_32"))
			return &f->variants[i];
	fail_msg("%s has no such variant", f->name);
	return NULL;
}

static void run(const struct bits_case *c, uint64_t quirks, struct expect *e)
{
	const struct model_setup setup = {
		.config = config_of(c->model->family, c->bits), .version = c->version,
		.quirks = quirks,
	};

	c->model->init(&room, &setup);
	for (const struct op *op = c->ops; op < c->ops + TEST_OPS && op->id; op++)
		c->model->step(&room, op, e);
}

static void assert_row(const struct expect *e, const struct bits_case *c, const struct row *want)
{
	const struct table *t = &e->rows.table[c->table];

	if (!want->size) {
		assert_true(t->nr <= c->at);
		return;
	}
	assert_true(t->nr > c->at);
	assert_int_equal(t->rows[c->at].start, want->start);
	assert_int_equal(t->rows[c->at].size, want->size);
	assert_int_equal(t->rows[c->at].type, want->type);
}

static void check_contract(void **state)
{
	const struct bits_case *c = *state;
	struct expect e;

	run(c, 0, &e);
	assert_int_equal(e.result.outcome, OUT_RETURN);
	assert_int_equal(e.fired, 0);
	assert_int_equal(e.result.value, c->value);
	assert_row(&e, c, &c->row);
	assert_true(c->model->selfcheck(&room));
}

static void check_kernels(void **state)
{
	const struct bits_case *c = *state;
	int quirk = model_quirk_by_id(c->model, c->quirk);
	struct expect e;

	assert_true(quirk >= 0);
	run(c, model_quirks_for(c->model, c->version), &e);
	assert_int_equal(e.fired, 1ULL << quirk);
	if (e.cut)
		return;
	assert_int_equal(e.result.value, c->got);
	assert_row(&e, c, &c->got_row);
}

/* A quirk of 32 bits is none of 64, whatever mask the model is given. */
static void quirks_belong_to_words(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct model *m = cases[i].model;
		uint64_t wide = model_quirks_of_words(m, config_of(m->family, WIDE));
		uint64_t pae = model_quirks_of_words(m, config_of(m->family, PAE));
		int quirk = cases[i].quirk ? model_quirk_by_id(m, cases[i].quirk) : -1;

		if (quirk < 0)
			continue;
		assert_false(wide >> quirk & 1);
		assert_int_equal(pae >> quirk & 1, m->quirks[quirk].phys_bits != 32);
	}
}

#define NR_CASES	(sizeof(cases) / sizeof(cases[0]))

int main(void)
{
	static struct CMUnitTest tests[2 * NR_CASES + 1];
	size_t nr = 0;

	for (size_t i = 0; i < NR_CASES; i++) {
		void *c = (void *)&cases[i];

		tests[nr++] = (struct CMUnitTest){ cases[i].name, check_contract, NULL, NULL, c };
		if (cases[i].quirk)
			tests[nr++] = (struct CMUnitTest){ cases[i].quirk, check_kernels, NULL,
							   NULL, c };
	}
	tests[nr++] = (struct CMUnitTest)cmocka_unit_test(quirks_belong_to_words);
	return _cmocka_run_group_tests("bits", tests, nr, NULL, NULL);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The boot model: sentences of the contract, one by one, on each way to the page allocator; and a
 * judge that knows nothing but pages, one flag each, for drawn boots in a small address space.
 */
#include <string.h>

#include "boot_model.h"
#include "testing.h"

#define PAGE		4096ULL
#define K(n)		((n) << 10)
#define M(n)		((uint64_t)(n) << 20)
#define NONE		0xffffffffu

/* Every way there is. */
static const struct way {
	const struct config_desc *config;
	uint32_t version;
	bool old, bootmem;
} ways[] = {
	{ &boot_configs[BOOT_NORMAL], 0x020622, true, false },
	{ &boot_variants[BOOT_BOOTMEM], 0x020622, true, true },
	{ &boot_configs[BOOT_NORMAL], 0x060100, false, false },
	{ &boot_configs[BOOT_NORMAL], 0x060c00, false, false },
};

static union model_room room;
static struct expect e;

static void start(const struct way *w)
{
	const struct model_setup setup = { .config = w->config, .version = w->version };

	boot_model.init(&room, &setup);
}

static const struct table *pages(void)
{
	return &e.rows.table[B_PAGES];
}

/* One op, with its tokens behind it. It is judged as legality() says before, and layers agree. */
static uint64_t run(const struct op *op)
{
	enum legality l = boot_model.legality(&room, op);

	boot_model.step(&room, op, &e);
	assert_int_equal(e.legality, l);
	assert_true(boot_model.selfcheck(&room));
	return e.result.value;
}

static uint64_t do_op(uint8_t id, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
	const struct op op = { .id = id, .arg = { a, b, c, d } };

	return run(&op);
}

/* A firmware op of ranges, type RAM but where said. */
struct piece {
	uint64_t start, size;
	uint32_t type;
};

static void firmware(const struct piece *p, unsigned int nr)
{
	struct op op[16] = { { .id = B_FIRMWARE, .nr_tokens = nr, .arg = { nr } } };

	for (unsigned int i = 0; i < nr; i++)
		op[1 + i] = (struct op){
			.id = B_ENTRY,
			.arg = { p[i].start, p[i].size, p[i].type ? p[i].type : E820_T_RAM },
		};
	run(op);
}

static void assert_pages(unsigned int row, uint64_t begin, uint64_t end)
{
	assert_true(row < pages()->nr);
	assert_int_equal(pages()->rows[row].start, begin);
	assert_int_equal(pages()->rows[row].size, end - begin);
	assert_int_equal(pages()->rows[row].type, BOOT_FREED);
}

/* --- sentences --- */

/* "pages passed on = pages wholly inside of RAM - pages with a reserved byte" */
static void whole_pages_without_a_reserved_byte(void **state)
{
	static const struct piece map[] = {
		{ 0x800, 0x9f000 - 0x800, 0 }, { M(1), M(15) + 0x123, 0 },
	};

	(void)state;
	for (const struct way *w = ways; w < ways + ARRAY_SIZE(ways); w++) {
		start(w);
		do_op(B_RESERVE, M(2) + 1, 1, 0, 0);
		firmware(map, 2);
		do_op(B_SETUP, 0, 0, 0, 0);
		assert_int_equal(pages()->nr, 0);
		assert_int_equal(do_op(B_HANDOFF, 0, 0, 0, 0), 0x9e + 0xf00 - 1);
		assert_int_equal(pages()->nr, 3);
		assert_pages(0, 0x1000, 0x9f000);
		assert_pages(1, M(1), M(2));
		assert_pages(2, M(2) + PAGE, M(16));
	}
}

/* "bios: the map's first page is RESERVED instead of RAM, [640 KiB, 1 MiB) is no RAM" */
static void bios_area_is_no_ram(void **state)
{
	static const struct piece map[] = { { 0, M(4), 0 }, { M(8), PAGE, E820_T_RESERVED } };

	(void)state;
	for (const struct way *w = ways; w < ways + ARRAY_SIZE(ways); w++) {
		start(w);
		firmware(map, 2);
		do_op(B_BIOS, 0, 0, 0, 0);
		do_op(B_SETUP, 0, 0, 0, 0);
		do_op(B_HANDOFF, 0, 0, 0, 0);
		assert_int_equal(pages()->nr, 2);
		assert_pages(0, PAGE, K(640));
		assert_pages(1, M(1), M(4));
	}
}

/*
 * "alloc: find, and what is found is reserved"; "bottom_up: memblock searches from below; early_res
 * always does": the same place, and in B_BOTH the same pages, on all kernels.
 */
static void searched_from_below_all_are_alike(void **state)
{
	static const struct piece map[] = { { 0, K(640), 0 }, { M(1), M(63), 0 } };

	(void)state;
	for (const struct way *w = ways; w < ways + ARRAY_SIZE(ways); w++) {
		const struct table *both = &e.rows.table[B_BOTH];

		start(w);
		do_op(B_BOTTOM_UP, 1, 0, 0, 0);
		do_op(B_RESERVE, 0, PAGE, 0, 0);
		firmware(map, 2);
		do_op(B_SETUP, 0, 0, 0, 0);
		assert_int_equal(do_op(B_ALLOC, M(2), M(2), 0, 0), M(2));
		assert_int_equal(do_op(B_FIND, M(3), 0, PAGE, PAGE), M(4));
		do_op(B_FREE, M(3), M(1), 0, 0);
		do_op(B_HANDOFF, 0, 0, 0, 0);
		assert_int_equal(both->nr, 3);
		assert_int_equal(both->rows[0].start, PAGE);
		assert_int_equal(both->rows[1].size, M(1));
		assert_int_equal(both->rows[2].start, M(3));
	}
}

/* Without it memblock finds the highest place, below what can be reached ("mapped"). */
static void memblock_takes_the_highest_that_is_mapped(void **state)
{
	static const struct piece map[] = { { 0, K(640), 0 }, { M(1), M(63), 0 } };

	(void)state;
	start(&ways[3]);
	firmware(map, 2);
	do_op(B_SETUP, 0, 0, 0, 0);
	assert_int_equal(do_op(B_ALLOC, PAGE, PAGE, 0, 0), M(64) - PAGE);
	do_op(B_MAPPED, M(8) / PAGE, 0, 0, 0);
	assert_int_equal(do_op(B_ALLOC, PAGE, PAGE, 0, 0), M(8) - PAGE);
}

/* "low: max_low_pfn from now on", "below max_low_pfn where that applies". */
static void low_ends_what_is_passed_on(void **state)
{
	static const struct piece map[] = { { 0, K(640), 0 }, { M(1), M(63), 0 } };

	(void)state;
	for (const struct way *w = ways; w < ways + ARRAY_SIZE(ways); w++) {
		start(w);
		firmware(map, 2);
		do_op(B_SETUP, 0, 0, 0, 0);
		do_op(B_LOW, M(2) / PAGE, 0, 0, 0);
		do_op(B_HANDOFF, 0, 0, 0, 0);
		assert_int_equal(pages()->nr, 2);
		assert_pages(1, M(1), w->old && !w->bootmem ? M(64) : M(2));
	}
}

/* "Where nodes do not cover RAM, early_res passes on what they cover; memblock all of it" */
static void nodes_bound_early_res_alone(void **state)
{
	static const struct piece map[] = { { 0, K(640), 0 }, { M(1), M(63), 0 } };

	(void)state;
	for (const struct way *w = ways; w < ways + ARRAY_SIZE(ways); w++) {
		start(w);
		firmware(map, 2);
		do_op(B_SETUP, 0, 0, 0, 0);
		do_op(B_NODE, 1, M(1) / PAGE, M(32) / PAGE, 0);
		assert_int_equal(e.legality, LEGAL);
		do_op(B_NODE, 0, M(31) / PAGE, M(33) / PAGE, 0);
		assert_int_equal(e.legality, MISUSE);
		do_op(B_HANDOFF, 0, 0, 0, 0);
		assert_int_equal(pages()->nr, w->old ? 1 : 2);
		assert_pages(w->old ? 0 : 1, M(1), w->old ? M(32) : M(64));
	}
}

/* "handoff again: of early_res nothing more goes, of memblock all that is free goes again" */
static void a_second_handoff(void **state)
{
	static const struct piece map[] = { { 0, K(640), 0 }, { M(1), M(1), 0 } };

	(void)state;
	for (const struct way *w = ways; w < ways + ARRAY_SIZE(ways); w++) {
		start(w);
		firmware(map, 2);
		do_op(B_SETUP, 0, 0, 0, 0);
		do_op(B_HANDOFF, 0, 0, 0, 0);
		do_op(B_RESERVE, 0, K(640), 0, 0);
		assert_int_equal(do_op(B_HANDOFF, 0, 0, 0, 0), w->old ? 0 : M(1) / PAGE);
		assert_int_equal(e.legality, MISUSE);
		assert_int_equal(pages()->nr, w->old ? 2 : 3);
		assert_pages(0, 0, K(640));
		assert_pages(1, M(1), M(2));
		if (!w->old)
			assert_pages(2, M(1), M(2));
	}
}

/* "alloc_reserved: ... on early_res what is found is RAM of the map no more" */
static void alloc_reserved_keeps_its_pages(void **state)
{
	static const struct piece map[] = { { 0, K(640), 0 }, { M(1), M(1), 0 } };

	(void)state;
	for (const struct way *w = ways; w < ways + ARRAY_SIZE(ways); w++) {
		uint64_t at;

		start(w);
		do_op(B_RESERVE, 0, K(640), 0, 0);
		firmware(map, 2);
		do_op(B_SETUP, 0, 0, 0, 0);
		at = do_op(B_ALLOC_RESERVED, PAGE, PAGE, 0, 0);
		assert_int_equal(at, M(2) - PAGE);
		assert_int_equal(do_op(B_HANDOFF, 0, 0, 0, 0), M(1) / PAGE - 1);
		assert_pages(0, M(1), M(2) - PAGE);
	}
}

/* --- page by page --- */

#define PAGES	96

/* What a byte-wise reading of the operands says of each page. */
struct judge {
	bool ram[PAGES], reserved[PAGES];
};

static void drawn_boot(const struct way *w, uint64_t *seed)
{
	struct judge j = { .ram = { false } };
	struct piece map[10];
	unsigned int nr = 1 + random_below(seed, 8), row = 0, free_pages = 0;

	start(w);
	/* two entries may overlap: then the higher type has it */
	for (unsigned int i = 0; i < nr; i++) {
		unsigned int first = random_below(seed, PAGES - 8), n = 1 + random_below(seed, 40);

		n = first + n > PAGES ? PAGES - first : n;
		map[i] = (struct piece){
			first * PAGE, n * PAGE, random_below(seed, 4) ? E820_T_RAM :
								       E820_T_RESERVED,
		};
	}
	for (unsigned int p = 0; p < PAGES; p++) {
		uint32_t type = 0;

		for (unsigned int i = 0; i < nr; i++)
			if (p * PAGE >= map[i].start && p * PAGE < map[i].start + map[i].size &&
			    map[i].type > type)
				type = map[i].type;
		j.ram[p] = type == E820_T_RAM;
	}
	/* a map of one entry is not taken */
	map[nr++] = (struct piece){ (PAGES + 8) * PAGE, PAGE, E820_T_RESERVED };
	map[nr++] = (struct piece){ (PAGES + 16) * PAGE, PAGE, E820_T_RESERVED };
	firmware(map, nr);
	do_op(B_SETUP, 0, 0, 0, 0);
	for (unsigned int i = 0; i < 12; i++) {
		uint64_t got = do_op(B_FIND, 0, 0, PAGE, PAGE);

		/* to meet a reservation would be a panic on early_res */
		if (!got)
			break;
		assert_true(j.ram[got / PAGE] && !j.reserved[got / PAGE]);
		do_op(B_RESERVE, got + random_below(seed, PAGE / 2),
		      1 + random_below(seed, PAGE / 2), 0, 0);
		j.reserved[got / PAGE] = true;
	}
	do_op(B_HANDOFF, 0, 0, 0, 0);
	if (e.result.outcome != OUT_RETURN)
		return;
	for (unsigned int at = 0; at < PAGES; at++) {
		bool is = j.ram[at] && !j.reserved[at];

		while (row < pages()->nr &&
		       pages()->rows[row].start + pages()->rows[row].size <= at * PAGE)
			row++;
		assert_int_equal(row < pages()->nr && pages()->rows[row].start <= at * PAGE, is);
		free_pages += is;
	}
	assert_int_equal(e.result.value, free_pages);
}

static void drawn_boots_page_by_page(void **state)
{
	uint64_t seed = 2026;

	(void)state;
	for (unsigned int i = 0; i < 2000; i++)
		drawn_boot(&ways[i % ARRAY_SIZE(ways)], &seed);
}

/* --- quirks --- */

/* Each is one of an inner family's, under the same id; no id twice; each has a bit. */
static void quirks_are_those_of_the_parts(void **state)
{
	static const struct model *const parts[] = {
		&e820_model, &early_res_model, &memblock_model,
	};

	(void)state;
	assert_in_range(boot_model.nr_quirks, 1, 64);
	for (unsigned int i = 0; i < boot_model.nr_quirks; i++) {
		unsigned int found = 0;

		for (unsigned int p = 0; p < ARRAY_SIZE(parts); p++)
			found += model_quirk_by_id(parts[p], boot_model.quirks[i].id) >= 0;
		assert_int_equal(found, 1);
		assert_int_equal(model_quirk_by_id(&boot_model, boot_model.quirks[i].id), i);
	}
}

/* A quirk of a part shapes what boot predicts, and is told: memmap=0 removes all RAM. */
static void a_part_s_quirk_fires(void **state)
{
	static const struct piece map[] = { { 0, K(640), 0 }, { M(1), M(1), 0 } };
	int bit = model_quirk_by_id(&boot_model, "e820-memmap-zero");
	struct op line[2] = { { .id = B_CMDLINE, .nr_tokens = 1 }, { .id = B_PARAM } };

	(void)state;
	op_set_text(&line[1], "memmap=0", 8);
	for (unsigned int on = 0; on < 2; on++) {
		const struct model_setup setup = {
			.config = &boot_configs[BOOT_NORMAL], .version = 0x060c00,
			.quirks = on ? 1ULL << bit : 0,
		};

		boot_model.init(&room, &setup);
		firmware(map, 2);
		boot_model.step(&room, line, &e);
		assert_int_equal(e.fired, on ? 1ULL << bit : 0);
		do_op(B_SETUP, 0, 0, 0, 0);
		do_op(B_HANDOFF, 0, 0, 0, 0);
		assert_int_equal(pages()->nr, on ? 0 : 2);
	}
}

/* --- the layers --- */

static const struct piece flat[] = { { 0, K(640), 0 }, { M(1), M(63), 0 } };

static struct boot_state *booted(const struct way *w)
{
	start(w);
	firmware(flat, 2);
	do_op(B_SETUP, 0, 0, 0, 0);
	return (struct boot_state *)&room;
}

/* Pages that only one layer knows of, one too many or too few, are noticed. */
static void layers_that_differ_are_noticed(void **state)
{
	static const struct op handoff = { .id = B_HANDOFF };

	(void)state;
	for (const struct way *w = ways; w < ways + ARRAY_SIZE(ways); w++) {
		for (unsigned int how = 0; how < 4; how++) {
			struct boot_state *s = booted(w);

			if (how == 0)
				boot_set_add(&s->owners.taken, M(8), M(8));
			boot_model.step(&room, &handoff, &e);
			assert_int_equal(boot_model.selfcheck(&room), how != 0);
			if (how == 1)
				boot_pass(&s->pages, M(8), M(8) + PAGE);
			else if (how == 2)
				ival_init(&s->pages.passed);
			else if (how == 3)
				boot_initialise(&s->pages, 0, M(8), M(8) + PAGE);
			boot_owners_compare(s);
			/* early_res initialises none */
			assert_int_equal(boot_model.selfcheck(&room), how == 3 && w->old);
		}
	}
}

/* A quirk that changes what is said leaves both layers; one that takes RAM away does not. */
static void few_quirks_lead(void **state)
{
	static const struct {
		const char *text;
		bool leads;
	} lines[] = { { "memmap=nonsense", false }, { "memmap=0", true } };
	struct op line[2] = { { .id = B_CMDLINE, .nr_tokens = 1 }, { .id = B_PARAM } };

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(lines); i++) {
		const struct model_setup setup = {
			.config = &boot_configs[BOOT_NORMAL], .version = 0x060c00, .quirks = ~0ULL,
		};

		op_set_text(&line[1], lines[i].text, strlen(lines[i].text));
		boot_model.init(&room, &setup);
		firmware(flat, 2);
		boot_model.step(&room, line, &e);
		assert_true(e.fired);
		assert_int_equal(((struct boot_state *)&room)->owners.led, lines[i].leads);
	}
}

/* Where a table goes is the subject's choice; where nothing is free, it is not. */
static void tables_go_where_they_may(void **state)
{
	static const struct way small[] = {
		{ &boot_configs[BOOT_SMALL], 0x020622, true, false },
		{ &boot_configs[BOOT_SMALL], 0x060100, false, false },
		{ &boot_configs[BOOT_SMALL], 0x060c00, false, false },
	};
	static const struct {
		uint64_t at;
		bool may;
	} places[] = { { M(32), true }, { M(2), false }, { M(128), false } };

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(small) * ARRAY_SIZE(places); i++) {
		const uint64_t at = places[i / ARRAY_SIZE(small)].at;
		struct op op = { .id = B_RESERVE, .arg = { M(2), PAGE } };
		struct result res;
		struct state seen;
		struct verdict v;
		struct row own;

		booted(&small[i % ARRAY_SIZE(small)]);
		do {
			run(&op);
			op.arg[0] += 2 * PAGE;
			assert_true(op.arg[0] < M(16));
		} while (!e.rows.table[B_OWN].nr);
		op.arg[0] -= 2 * PAGE;
		assert_int_equal(e.rows.table[B_OWN].nr, 1);
		own = e.rows.table[B_OWN].rows[0];
		own.start = at;
		res = e.result;
		seen = e.rows;
		seen.table[B_OWN].rows = &own;
		boot_model.adopt(&room, &op, &res, &seen, &e);
		assert_true(boot_model.selfcheck(&room));
		assert_int_equal(oracle_check(&boot_model, &room, &op, &e, &res, &seen, &v),
				 places[i / ARRAY_SIZE(small)].may);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_pages_without_a_reserved_byte),
		cmocka_unit_test(bios_area_is_no_ram),
		cmocka_unit_test(searched_from_below_all_are_alike),
		cmocka_unit_test(memblock_takes_the_highest_that_is_mapped),
		cmocka_unit_test(low_ends_what_is_passed_on),
		cmocka_unit_test(nodes_bound_early_res_alone),
		cmocka_unit_test(a_second_handoff),
		cmocka_unit_test(alloc_reserved_keeps_its_pages),
		cmocka_unit_test(drawn_boots_page_by_page),
		cmocka_unit_test(quirks_are_those_of_the_parts),
		cmocka_unit_test(a_part_s_quirk_fires),
		cmocka_unit_test(layers_that_differ_are_noticed),
		cmocka_unit_test(few_quirks_lead),
		cmocka_unit_test(tables_go_where_they_may),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

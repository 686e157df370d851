// SPDX-License-Identifier: GPL-2.0-only
/* The memblock model: reserve_mem=, case by case; and the numbers of command lines. */
#include "memblock_cases.h"
#include "memparse.h"

#define EINVAL_	((uint64_t)-22)
#define EBUSY_	((uint64_t)-16)
#define M	(1024 * 1024ULL)

/**
 * struct text_case - a text, with 16 MiB of memory from 16 MiB on
 * @start, @size, @label: what has a name afterwards; none: nothing
 */
static const struct text_case {
	const char *text;
	uint64_t value, start, size;
	const char *label;
	enum memblock_config config;
} texts[] = {
	{ "12M:4096:oops", 1, 20 * M, 12 * M, "oops", 0 },
	{ "1m:0x100000:a", 1, 31 * M, M, "a", 0 },
	/* an alignment below a cache line is one: the last 64 bytes */
	{ "1:1:a", 1, 32 * M - 64, 1, "a", 0 },
	{ "1:0:a", 1, 32 * M - 64, 1, "a", 0 },
	{ "1::a", 1, 32 * M - 64, 1, "a", 0 },
	/* octal: 8 bytes */
	{ "010:0100:a", 1, 32 * M - 64, 8, "a", 0 },
	{ "4K:4K:fifteen bytes 0", 1, 32 * M - 4096, 4096, "fifteen bytes 0", 0 },
	{ "4K:4K:sixteen bytes 00", EINVAL_, 0, 0, NULL, 0 },
	{ "4K:4K: a", 1, 32 * M - 4096, 4096, " a", 0 },
	{ "4K:4K:a:b", 1, 32 * M - 4096, 4096, "a:b", 0 },
	{ "4K:4K:", EINVAL_, 0, 0, NULL, 0 },
	{ "4K:4K:  ", EINVAL_, 0, 0, NULL, 0 },
	{ "4K:4K: \xa0\t", EINVAL_, 0, 0, NULL, 0 },
	{ "4K:4K", EINVAL_, 0, 0, NULL, 0 },
	{ "4K", EINVAL_, 0, 0, NULL, 0 },
	{ "", EINVAL_, 0, 0, NULL, 0 },
	{ ":4K:a", EINVAL_, 0, 0, NULL, 0 },
	{ "0:4K:a", EINVAL_, 0, 0, NULL, 0 },
	{ "K:4K:a", EINVAL_, 0, 0, NULL, 0 },
	{ "-1:4K:a", EINVAL_, 0, 0, NULL, 0 },
	{ " 1:4K:a", EINVAL_, 0, 0, NULL, 0 },
	{ "4Kb:4K:a", EINVAL_, 0, 0, NULL, 0 },
	{ "4K:4Kb:a", EINVAL_, 0, 0, NULL, 0 },
	{ "17M:4K:a", ENOMEM, 0, 0, NULL, 0 },
	{ "1E:4K:a", ENOMEM, 0, 0, NULL, 0 },
	/* 2^64 is 0 */
	{ "16E:4K:a", EINVAL_, 0, 0, NULL, 0 },
	/* a phys_addr_t of 32 bits: 4 GiB is 0, 4 GiB and a page is a page */
	{ "4G:4K:a", EINVAL_, 0, 0, NULL, MEMBLOCK_PHYS32 },
	{ "0x100001000:4K:a", 1, 32 * M - 4096, 4096, "a", MEMBLOCK_PHYS32 },
};

static void step(uint8_t id, const char *text, struct expect *e)
{
	struct op ops[TEST_OPS] = { { .id = id } };

	op_set_text(&ops[0], text, strlen(text));
	run_ops(ops, e);
}

static void memory(enum memblock_config config, struct expect *e)
{
	static const struct op ops[TEST_OPS] = { ADD(16 * M, 16 * M) };

	init_model(config, V6_12);
	run_ops(ops, e);
}

static void texts_are_read(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(texts); i++) {
		const struct text_case *c = &texts[i];
		struct row row = { c->start, c->size, 0, 0 };
		struct expect e;

		print_message("%s\n", c->text);
		memory(c->config, &e);
		step(M_RESERVE_MEM, c->text, &e);
		assert_int_equal(e.result.value, c->value);
		assert_int_equal(e.rows.table[M_RESERVED].nr, !!c->label);
		if (c->label)
			row.type = memblock_label_hash(c->label);
		assert_rows(&e.rows.table[M_NAMED], &row, !!c->label);
		if (!c->label)
			continue;
		step(M_RESERVE_MEM_FIND, c->label, &e);
		row.type = MEMBLOCK_NAMED;
		assert_int_equal(e.result.value, 1);
		assert_rows(&e.rows.table[M_ANSWER], &row, 1);
	}
}

static void labels_are_looked_up(void **state)
{
	struct expect e;

	(void)state;
	memory(0, &e);
	step(M_RESERVE_MEM, "4K:4K:a", &e);
	step(M_RESERVE_MEM, "8K:4K:ab", &e);
	assert_int_equal(e.result.value, 1);
	step(M_RESERVE_MEM, "4K:4K:ab", &e);
	assert_int_equal(e.result.value, EBUSY_);
	step(M_RESERVE_MEM_FIND, "ab", &e);
	assert_int_equal(e.result.value, 1);
	assert_int_equal(e.rows.table[M_ANSWER].rows[0].size, 0x2000);
	step(M_RESERVE_MEM_FIND, "abc", &e);
	assert_int_equal(e.result.value, 0);
	assert_int_equal(e.rows.table[M_ANSWER].nr, 0);
	step(M_RESERVE_MEM_FIND, "", &e);
	assert_int_equal(e.result.value, 0);
	assert_int_equal(e.rows.table[M_NAMED].nr, 2);
}

static void there_are_eight_labels(void **state)
{
	char text[] = "4K:4K:a";
	struct expect e;

	(void)state;
	memory(0, &e);
	for (unsigned int i = 0; i < MEMBLOCK_NAMED_MAX; i++) {
		text[6] = 'a' + i;
		step(M_RESERVE_MEM, text, &e);
		assert_int_equal(e.result.value, 1);
	}
	step(M_RESERVE_MEM, "4K:4K:z", &e);
	assert_int_equal(e.result.value, EBUSY_);
	assert_int_equal(e.value_rule, VALUE_EXACT);
	/* which of two faults is told is not said */
	step(M_RESERVE_MEM, "4K:4K", &e);
	assert_int_equal(e.value_rule, VALUE_UNSPECIFIED);
	assert_int_equal(e.rows.table[M_NAMED].nr, MEMBLOCK_NAMED_MAX);
	assert_int_equal(e.rows.table[M_RESERVED].nr, 1);
}

/* An align of 96 leaves the place open: the subject's is followed where it is free memory. */
static void open_places_are_followed(void **state)
{
	static const struct {
		uint64_t start;
		bool allowed;
	} places[] = { { 17 * M + 5, true }, { 15 * M, false }, { 32 * M - 1, false } };

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(places); i++) {
		struct row named = { places[i].start, 4096, memblock_label_hash("a"), 0 };
		const struct result res = { .outcome = OUT_RETURN, .value = 1 };
		struct op op = { .id = M_RESERVE_MEM };
		struct expect e;
		struct state seen;

		memory(0, &e);
		step(M_RESERVE_MEM, "4K:96:a", &e);
		op_set_text(&op, "4K:96:a", 7);
		seen = e.rows;
		seen.table[M_NAMED] = (struct table){ 1, &named };
		memblock_model.adopt(&room, &op, &res, &seen, &e);
		assert_int_equal(e.result.value == 1, places[i].allowed);
		assert_rows(&e.rows.table[M_NAMED], &named, places[i].allowed);
		assert_int_equal(e.rows.table[M_RESERVED].nr, places[i].allowed);
		assert_true(memblock_model.selfcheck(&room));
	}
}

static void numbers_are_read(void **state)
{
	static const struct {
		const char *text, *rest;
		uint64_t value;
		bool to_exa;
	} numbers[] = {
		{ "12", "", 12, true }, { "12k", "", 12 << 10, true }, { "1G!", "!", 1 << 30, true },
		{ "0x1fM", "", 0x1f * M, true }, { "0X1f", "", 0x1f, true }, { "0x", "x", 0, true },
		{ "0xg", "xg", 0, true }, { "017", "", 15, true }, { "08", "8", 0, true },
		{ "1T", "", 1ULL << 40, true }, { "1T", "T", 1, false }, { "1p", "", 1ULL << 50, true },
		{ "2E", "", 1ULL << 61, true }, { "", "", 0, true }, { "-1", "-1", 0, true },
		{ "1KK", "K", 1024, true },
		{ "18446744073709551615", "", UINT64_MAX, true },
		{ "18446744073709551616", "", 0, true },
	};

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(numbers); i++) {
		const char *at = numbers[i].text;

		assert_int_equal(memparse_size(&at, numbers[i].to_exa), numbers[i].value);
		assert_string_equal(at, numbers[i].rest);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_read),
		cmocka_unit_test(labels_are_looked_up),
		cmocka_unit_test(there_are_eight_labels),
		cmocka_unit_test(open_places_are_followed),
		cmocka_unit_test(numbers_are_read),
	};

	return cmocka_run_group_tests_name("memblock_named", tests, NULL, NULL);
}

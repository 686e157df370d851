// SPDX-License-Identifier: GPL-2.0-only
/* What model and wrapper share: command lines as parameters, chains of setup_data, texts. */
#include <string.h>

#include "contract/cmdline.h"
#include "contract/setup_data.h"
#include "testing.h"

/* A parameter as it should come out: value NULL for none. */
struct param {
	const char *name, *value;
};

static void expect_params(const char *text, const struct param *want)
{
	char line[CMDLINE_SIZE], *at = line, *name, *value;

	assert_true(strlen(text) < sizeof(line));
	strcpy(line, text);
	for (; want->name; want++) {
		assert_true(cmdline_next(&at, &name, &value));
		assert_string_equal(name, want->name);
		if (want->value)
			assert_string_equal(value, want->value);
		else
			assert_null(value);
	}
	assert_false(cmdline_next(&at, &name, &value));
}

/* The first is no parameter: the list behind it may be empty. */
#define EXPECT(text, ...) do {							\
	const struct param want[] = { { 0 }, ##__VA_ARGS__, { 0 } };		\
	expect_params(text, want + 1);						\
} while (0)

static void parameters(void **state)
{
	(void)state;
	EXPECT("");
	EXPECT(" \t\n ");
	EXPECT("quiet", { "quiet", NULL });
	EXPECT("mem=1G", { "mem", "1G" });
	EXPECT("mem=", { "mem", "" });
	EXPECT("  a=1\tb=2 \xa0 c", { "a", "1" }, { "b", "2" }, { "c", NULL });
	/* only the first '=' divides, and not one at the beginning */
	EXPECT("a=b=c", { "a", "b=c" });
	EXPECT("=b c", { "=b", NULL }, { "c", NULL });
	EXPECT("=a=b", { "=a", "b" });
}

static void quotes(void **state)
{
	(void)state;
	EXPECT("mem=\"1 G\" x", { "mem", "1 G" }, { "x", NULL });
	EXPECT("\"mem=1 G\" x", { "mem", "1 G" }, { "x", NULL });
	/* quotes within a value protect, and stay */
	EXPECT("mem=1\" \"G", { "mem", "1\" \"G" });
	/* one that nothing closes reaches to the end */
	EXPECT("mem=\"1 G x", { "mem", "1 G x" });
	EXPECT("\"mem=1 G x", { "mem", "1 G x" });
	EXPECT("mem=\"", { "mem", "" });
	EXPECT("\"", { "", NULL });
}

static void joined(void **state)
{
	struct op ops[4] = { { .id = E820_CMDLINE, .nr_tokens = 3 },
			     { .id = E820_PARAM }, { .id = E820_MORE }, { .id = E820_PARAM } };
	char line[CMDLINE_SIZE];

	(void)state;
	op_set_text(&ops[1], "mem", 3);
	op_set_text(&ops[2], "=1G", 3);
	op_set_text(&ops[3], "quiet", 5);
	cmdline_join(ops, E820_PARAM, line);
	assert_string_equal(line, "mem=1G quiet");
}

/* 48 bytes a token: 43 of them are more than the line holds. */
static void joined_too_long(void **state)
{
	struct op ops[44] = { { .id = E820_CMDLINE, .nr_tokens = 43 } };
	char text[OP_TEXT_MAX], line[CMDLINE_SIZE];

	(void)state;
	memset(text, 'x', sizeof(text));
	for (unsigned int i = 1; i < 44; i++) {
		ops[i].id = E820_MORE;
		op_set_text(&ops[i], text, sizeof(text));
	}
	cmdline_join(ops, E820_PARAM, line);
	assert_int_equal(strlen(line), CMDLINE_SIZE - 1);
	ops[0].nr_tokens = 42;
	cmdline_join(ops, E820_PARAM, line);
	assert_int_equal(strlen(line), 42 * OP_TEXT_MAX);
}

static void texts(void **state)
{
	struct op op = { 0 };
	char text[OP_TEXT_MAX];

	(void)state;
	op_set_text(&op, "abcdefghi", 9);
	assert_true(op.arg[0] == 0x6867666564636261);
	assert_true(op.arg[1] == 0x69);
	assert_int_equal(op_text(&op, text), 9);
	assert_memory_equal(text, "abcdefghi", 9);
	op_set_text(&op, "a\0b", 3);
	assert_true(op.arg[0] == 0x61 && !op.arg[1]);
	/* what is behind a NUL is no text */
	op.arg[0] = 0x620061;
	assert_int_equal(op_text(&op, text), 1);
}

static struct op data(uint64_t at, uint64_t type, uint64_t len)
{
	return (struct op){ .id = E820_DATA, .arg = { at, type, len } };
}

static void chains(void **state)
{
	const struct op payload = { .id = E820_INDIRECT };
	struct op ops[] = {
		{ .id = E820_RESERVE_SETUP_DATA, .nr_tokens = 7 },
		payload,				/* nobody's */
		data(0x1000, E820_SETUP_INDIRECT, 24), payload,
		data(0x1027, 7, 7),			/* its first byte is the last one's 40th */
		payload,				/* nobody's: not the first node's */
		data(0x1028, 8, 8), data(0, 9, 9),
	};
	struct e820_node node[E820_DATA_MAX];

	(void)state;
	assert_int_equal(e820_chain(ops, node), 2);
	assert_true(node[0].at == 0x1000 && node[0].payload == &ops[3]);
	assert_true(node[1].at == 0x1028 && node[1].type == 8 && node[1].len == 8);
	assert_null(node[1].payload);
	assert_true(e820_node_at(node, 2, 1, 0) == 0x1028);
	assert_true(e820_node_at(node, 2, 2, 0) == 0);
	assert_true(e820_node_at(node, 2, 2, 1) == 0x1000);
	assert_true(e820_node_at(node, 2, 2, 3) == E820_DATA_NOWHERE);
	assert_true(e820_node_at(node, 0, 0, 1) == 0);
}

static void mappings(void **state)
{
	(void)state;
	assert_false(e820_can_map(0x1000, 0));
	assert_true(e820_can_map(0xfff, 2));
	assert_true(e820_can_map(0x1000, 64 << 12));
	assert_false(e820_can_map(0x1000, (64 << 12) + 1));
	/* by a byte into a 65th page */
	assert_false(e820_can_map(0xfff, (64 << 12)));
	assert_true(e820_can_map(UINT64_MAX, 1));
	assert_false(e820_can_map(E820_DATA_NOWHERE, 16));
	for (uint64_t len = 0; len < 1ull << 32; len += 0x10001)
		assert_false(e820_can_map(E820_EXT_BASE, 16ull + e820_ext_long(len)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parameters), cmocka_unit_test(quotes),
		cmocka_unit_test(joined), cmocka_unit_test(joined_too_long),
		cmocka_unit_test(texts), cmocka_unit_test(chains), cmocka_unit_test(mappings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

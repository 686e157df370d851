// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "contract/e820.h"
#include "contract/range.h"
#include "number.h"
#include "scenario_testing.h"
#include "text.h"

static struct scenario a, b;
static char err[SCENARIO_ERR], text[1 << 16], again[1 << 16];

static void print(char *buf, size_t size, const struct scenario *s)
{
	FILE *out = fmemopen(buf, size, "w");

	assert_non_null(out);
	scenario_print(out, s);
	assert_int_equal(fclose(out), 0);
	assert_true(strlen(buf) < size - 1);
}

static void must_parse(const char *t)
{
	if (!scenario_parse(&a, "t", t, err))
		fail_msg("%s", err);
	assert_canonical(&a);
}

/* parse(print(s)) = s, and print is a fixed point. */
static void scenario_survives(void **state)
{
	struct rng r;

	(void)state;
	rng_seed(&r, 7);
	for (unsigned int i = 0; i < 1000; i++) {
		random_scenario(&a, families[i % 2], &r);
		print(text, sizeof(text), &a);
		if (!scenario_parse(&b, "t", text, err))
			fail_msg("%s\n%s", err, text);
		assert_same(&a, &b);
		print(again, sizeof(again), &b);
		assert_string_equal(text, again);
	}
}

static void prints_for_people(void **state)
{
	static const char want[] = "scenario e820 config=small flags=near_end ops=add,update\n"
				   "append 2\n"
				   "  entry 0 640K ram\n"
				   "  entry 1M 0xfee00000 0x17\n"
				   "update start=0x1001 size=4K old=ram new=soft_reserved\n"
				   "remove start=0xffffffffffffffff size=3G old=none check_type=1\n"
				   "update_table kexec\n"
				   "print_table\n";

	(void)state;
	must_parse(want);
	print(text, sizeof(text), &a);
	assert_string_equal(text, want);
}

static void conveniences(void **state)
{
	(void)state;
	must_parse("# a comment\n\n\t # another\r\n"
		   "scenario e820\t config=normal # and here\r\n"
		   "append count=1\n"
		   "entry 0 640K ram# no blank before it\n"
		   "update new=2 size=-1 0X1000 old=ram\n"
		   "add 2g 1k reserved\n"
		   "   get_entry_type end=1M start=-4K");
	assert_int_equal(a.nr, 5);
	assert_ptr_equal(a.config, &e820_family.configs[0]);
	assert_int_equal(a.ops[0].nr_tokens, 1);
	assert_true(a.ops[1].arg[1] == 640 * 1024);
	assert_true(a.ops[2].arg[0] == 0x1000);
	assert_true(a.ops[2].arg[1] == UINT64_MAX);
	assert_true(a.ops[2].arg[2] == E820_T_RAM);
	assert_true(a.ops[2].arg[3] == E820_T_RESERVED);
	assert_true(a.ops[3].arg[0] == 2ULL << 30);
	assert_true(a.ops[3].arg[1] == 1024);
	assert_true(a.ops[4].arg[0] == -(uint64_t)4096);
	assert_true(a.ops[4].arg[1] == 1 << 20);
}

static void numbers(void **state)
{
	static const struct {
		uint64_t value;
		const char *text;
	} both[] = {
		{ 0, "0" },
		{ 1, "0x1" },
		{ 1023, "0x3ff" },
		{ 1024, "1K" },
		{ 640 << 10, "640K" },
		{ 1023 << 10, "1023K" },
		{ 1 << 20, "1M" },
		{ 0xfee00000, "0xfee00000" },
		{ 4ULL << 30, "4G" },
		{ 1ULL << 46, "64T" },
		{ 1ULL << 52, "4P" },
		{ 1ULL << 60, "0x1000000000000000" },
		{ 1ULL << 63, "0x8000000000000000" },
		{ UINT64_MAX, "0xffffffffffffffff" },
	};
	static const struct {
		const char *text;
		enum number_error e;
		uint64_t value;
	} in[] = {
		{ "18446744073709551615", NUMBER_OK, UINT64_MAX },
		{ "18446744073709551616", NUMBER_TOO_LARGE, 0 },
		{ "0xffffffffffffffff", NUMBER_OK, UINT64_MAX },
		{ "0x10000000000000000", NUMBER_TOO_LARGE, 0 },
		{ "16383P", NUMBER_OK, 16383ULL << 50 },
		{ "16384P", NUMBER_TOO_LARGE, 0 },
		{ "0x10K", NUMBER_OK, 16384 },
		{ "00012", NUMBER_OK, 12 },
		{ "-1", NUMBER_OK, UINT64_MAX },
		{ "-0", NUMBER_OK, 0 },
		{ "", NUMBER_BAD, 0 },
		{ "-", NUMBER_BAD, 0 },
		{ "0x", NUMBER_BAD, 0 },
		{ "K", NUMBER_BAD, 0 },
		{ "1KK", NUMBER_BAD, 0 },
		{ "1Q", NUMBER_BAD, 0 },
		{ "5 ", NUMBER_BAD, 0 },
		{ "12a", NUMBER_BAD, 0 },
		{ "0xg", NUMBER_BAD, 0 },
		{ "--1", NUMBER_BAD, 0 },
		{ "1.5M", NUMBER_BAD, 0 },
		{ "+1", NUMBER_BAD, 0 },
	};
	char buf[SCENARIO_NUMBER];
	uint64_t v;

	(void)state;
	for (unsigned int i = 0; i < sizeof(both) / sizeof(both[0]); i++) {
		assert_string_equal(scenario_number(buf, both[i].value), both[i].text);
		assert_int_equal(number_parse(both[i].text, strlen(both[i].text), &v), NUMBER_OK);
		assert_true(v == both[i].value);
	}
	for (unsigned int i = 0; i < sizeof(in) / sizeof(in[0]); i++) {
		v = 0;
		assert_int_equal(number_parse(in[i].text, strlen(in[i].text), &v), in[i].e);
		assert_true(v == in[i].value);
	}
}

static void parse_says(const char *t, const char *what)
{
	strcpy(err, "nothing");
	assert_false(scenario_parse(&a, "f.scn", t, err));
	assert_string_equal(err, what);
}

#define E820 "scenario e820\n"

static void errors_of_the_first_line(void **state)
{
	(void)state;
	parse_says("", "f.scn:1:1: no scenario line, expected 'scenario FAMILY [config=NAME]'");
	parse_says("# only\n\n",
		   "f.scn:3:1: no scenario line, expected 'scenario FAMILY [config=NAME]'");
	parse_says("\n  add 1 2 3\n", "f.scn:2:3: 'add' before the scenario line, expected "
				      "'scenario FAMILY [config=NAME]' first");
	parse_says("scenario", with_families("f.scn:1:9: no family, expected one of "));
	parse_says("scenario e821",
		   with_families("f.scn:1:10: unknown family 'e821', expected one of "));
	parse_says("scenario e820 config=huge",
		   "f.scn:1:22: unknown configuration 'huge' of family e820, "
		   "expected one of normal, small");
	parse_says("scenario e820 small",
		   "f.scn:1:15: 'small', expected config=NAME, flags=LIST or ops=LIST");
	parse_says("scenario e820 conf=small",
		   "f.scn:1:15: unknown word 'conf', expected config=NAME, "
		   "flags=LIST or ops=LIST");
	parse_says("scenario e820 config=small config=small",
		   "f.scn:1:28: config= twice, expected once");
	parse_says("scenario e820 flags=near_end,far",
		   "f.scn:1:30: unknown flag 'far', expected one of near_end");
	parse_says("scenario range ops=add,,sort",
		   "f.scn:1:24: unknown op '' in ops=, expected one of add, "
		   "add_with_merge, subtract, clean_sort, sort");
	parse_says(E820 "scenario e820\n", "f.scn:2:1: a second scenario line, expected one");
}

/* A list that is too long for the buffer ends in dots, after as many names as fit. */
static void long_lists_are_cut(void **state)
{
	static const char begin[] =
		"f.scn:1:19: 'entry' comes with its op, not in ops=, expected one of "
		"add, update, update_kexec, remove, update_table, ";
	size_t len;

	(void)state;
	assert_false(scenario_parse(&a, "f.scn", "scenario e820 ops=entry", err));
	assert_memory_equal(err, begin, strlen(begin));
	len = strlen(err);
	assert_in_range(len, SCENARIO_ERR - 30, SCENARIO_ERR - 1);
	assert_string_equal(err + len - 5, ", ...");
}

static void errors_of_ops(void **state)
{
	(void)state;
	parse_says("scenario range\nadd_range 1 2 3",
		   "f.scn:2:1: unknown op 'add_range' of family range, "
		   "expected one of add, add_with_merge, subtract, clean_sort, sort");
	parse_says(E820 "add 0 1x ram",
		   "f.scn:2:7: bad number '1x' for size of add, expected hex (0x...) "
		   "or decimal with an optional suffix K M G T P, or -1");
	parse_says(E820 "add 0 99999999999999999999 ram",
		   "f.scn:2:7: 99999999999999999999 is too large for "
		   "size of add, expected at most 0xffffffffffffffff");
	parse_says("scenario range\nsort\nadd az=65 0 5",
		   "f.scn:3:8: 65 is too large for az of add, "
		   "expected at most 64");
	parse_says(E820 "add 0 4K rom",
		   "f.scn:2:10: bad type 'rom' of add, expected a number or one of none, "
		   "ram, reserved, acpi, nvs, unusable, pmem, pram, reserved_kern, soft_reserved");
	parse_says(E820 "update_table 3",
		   "f.scn:2:14: 3 is too large for table of update_table, expected at most 2");
	parse_says(E820 "add 0 4K ram 7", "f.scn:2:14: too many operands for add: '7', expected 3");
	parse_says(E820 "print_table 7",
		   "f.scn:2:13: too many operands for print_table: '7', expected 0");
	parse_says(E820 "add 0 4K # ram",
		   "f.scn:2:10: missing operand type of add, expected 3 operands");
	parse_says(E820 "add size=4K 0",
		   "f.scn:2:14: missing operand type of add, expected 3 operands");
	parse_says(E820 "add length=4K",
		   "f.scn:2:5: add has no operand 'length', expected one of start, size, type");
	parse_says(E820 "print_table length=4K",
		   "f.scn:2:13: print_table has no operand 'length', expected no operands");
	parse_says(E820 "add start=0 start=1", "f.scn:2:13: start of add twice, expected once");
	parse_says(E820 "add start= 1",
		   "f.scn:2:11: bad number '' for start of add, expected hex (0x...) "
		   "or decimal with an optional suffix K M G T P, or -1");
	parse_says(E820 "entry 0 4K ram",
		   "f.scn:2:1: 'entry' without its op, "
		   "expected before it one of append, extend, memory_setup");
	parse_says(E820 "append 1\nprint_table\n  entry 0 4K ram",
		   "f.scn:4:3: 'entry' without its op, "
		   "expected before it one of append, extend, memory_setup");
}

/* Texts in quotes: what is in them is theirs, comments and blanks too. */
static void texts(void **state)
{
	static const char want[] = "scenario e820 config=normal\n"
				   "cmdline\n"
				   "  param \"mem=1G\"\n"
				   "  more \"a # b\\\\c\\\"d\\x7f\\xa0\\t\\n\"\n"
				   "  param \"\"\n";
	static const char long_text[] = "123456789 123456789 123456789 123456789 12345678";
	char got[OP_TEXT_MAX];

	(void)state;
	must_parse(want);
	assert_int_equal(a.ops[0].nr_tokens, 3);
	assert_int_equal(op_text(&a.ops[1], got), 6);
	assert_memory_equal(got, "mem=1G", 6);
	assert_int_equal(op_text(&a.ops[2], got), 13);
	assert_memory_equal(got, "a # b\\c\"d\x7f\xa0\t\n", 13);
	assert_int_equal(op_text(&a.ops[3], got), 0);
	print(text, sizeof(text), &a);
	assert_string_equal(text, want);

	snprintf(text, sizeof(text), E820 "cmdline\nparam\t\"%s\"# \xc3\xa9 \"", long_text);
	must_parse(text);
	assert_int_equal(op_text(&a.ops[1], got), OP_TEXT_MAX);
	assert_memory_equal(got, long_text, OP_TEXT_MAX);
	must_parse(E820 "cmdline\nparam \"\\xAf\t\"");
	assert_true(a.ops[1].arg[0] == ('\t' << 8 | 0xaf));
}

static void errors_of_texts(void **state)
{
	(void)state;
	parse_says(E820 "cmdline\nparam", "f.scn:3:6: no text for param, expected \"...\"");
	parse_says(E820 "cmdline\nmore mem", "f.scn:3:6: no text for more, expected \"...\"");
	parse_says(E820 "cmdline\nparam  \"mem", "f.scn:3:8: unterminated text of param, "
		   "expected '\"' at its end");
	parse_says(E820 "cmdline\nparam \"mem\\\"", "f.scn:3:7: unterminated text of param, "
		   "expected '\"' at its end");
	parse_says(E820 "cmdline\nparam \"mem\\", "f.scn:3:11: bad escape, "
		   "expected one of \\\" \\\\ \\n \\t \\xHH");
	parse_says(E820 "cmdline\nparam \"\\r\"", "f.scn:3:8: bad escape, "
		   "expected one of \\\" \\\\ \\n \\t \\xHH");
	parse_says(E820 "cmdline\nparam \"a\\x4g\"", "f.scn:3:9: bad escape, "
		   "expected one of \\\" \\\\ \\n \\t \\xHH");
	parse_says(E820 "cmdline\nparam \"a\\x00\"", "f.scn:3:9: bad byte in the text of param, "
		   "expected no NUL, and \\xHH for what is not printable");
	parse_says(E820 "cmdline\nparam \"\xc3\xa9\"", "f.scn:3:8: byte 0xc3, expected text");
	parse_says(E820 "cmdline\nparam \"# \xc3\xa9\"", "f.scn:3:10: byte 0xc3, expected text");
	parse_says(E820 "cmdline\nparam \"123456789 123456789 123456789 123456789 123456789\"",
		   "f.scn:3:56: text of param too long, expected at most 48 bytes, "
		   "continue it with 'more'");
	parse_says("scenario memblock\n"
		   "reserve_mem \"123456789 123456789 123456789 123456789 123456789\"",
		   "f.scn:2:62: text of reserve_mem too long, expected at most 48 bytes");
	parse_says(E820 "cmdline\nparam \"a\" \"b\"", "f.scn:3:11: '\"b\"' behind the text of param, "
		   "expected nothing");
	parse_says(E820 "add 0 4K ram\nparam \"a\"", "f.scn:3:1: 'param' without its op, "
		   "expected before it one of cmdline");
}

static void errors_of_bytes(void **state)
{
	size_t n;

	(void)state;
	parse_says(E820 "add \x01", "f.scn:2:5: byte 0x01, expected text");
	parse_says(E820 "add \xc3\xa9", "f.scn:2:5: byte 0xc3, expected text");
	must_parse("# \xc3\xa9 in a comment\n" E820);

	memcpy(text, E820 "print\0table\n", sizeof(E820 "print\0table\n"));
	assert_false(text_parse(&a, "f.scn", text, sizeof(E820 "print\0table\n") - 1, err));
	assert_string_equal(err, "f.scn:2:6: byte 0x00, expected text");

	n = sprintf(text, E820 "#");
	memset(text + n, 'x', 1023);
	text[n + 1023] = 0;
	must_parse(text); /* a line of 1024 bytes is fine */
	strcat(text, "x");
	parse_says(text, "f.scn:2:1025: line too long (1025 bytes), expected at most 1024");
}

static void too_many_ops(void **state)
{
	size_t n = sprintf(text, "scenario range\n");

	(void)state;
	for (unsigned int i = 0; i < SCENARIO_OPS_MAX; i++)
		n += sprintf(text + n, "sort\n");
	must_parse(text);
	assert_int_equal(a.nr, SCENARIO_OPS_MAX);
	strcat(text, "sort\n");
	parse_says(text, "f.scn:258:1: too many ops, expected at most 256 (tokens included)");
}

/* Long file names and long wrong words leave room for what matters; nothing runs over. */
static void errors_stay_short(void **state)
{
	char name[500], word[900];

	(void)state;
	memset(name, 'd', sizeof(name));
	strcpy(name + sizeof(name) - 6, "/f.sc");
	memset(word, 'w', sizeof(word));
	memcpy(word, E820, strlen(E820));
	word[sizeof(word) - 1] = 0;
	assert_false(scenario_parse(&a, name, word, err));
	assert_true(strlen(err) < SCENARIO_ERR);
	assert_memory_equal(err, "...ddd", 6);
	assert_non_null(strstr(err, "/f.sc:2:1: unknown op 'wwwwwwww"));
	assert_non_null(strstr(err, "expected one of add"));
}

/* Broken text never upsets the parser: every prefix and many flips of a real one. */
static void any_text_ends(void **state)
{
	struct rng r;
	size_t n;

	(void)state;
	rng_seed(&r, 8);
	for (unsigned int i = 0; i < 3000; i++) {
		generate(&a, families[i % 2], 12, &r);
		print(text, sizeof(text), &a);
		n = strlen(text);
		for (unsigned int k = rng_below(&r, 3); k--;)
			text[rng_below(&r, n)] = rng_next(&r);
		if (i % 2)
			n = rng_below(&r, n);
		*err = 0;
		if (text_parse(&b, "t", text, n, err))
			assert_canonical(&b);
		else
			assert_memory_equal(err, "t:", 2);
	}
}

static void header_lines(void **state)
{
	static const char t[] =
		"# expect: silent-loss\n\n  #kernels:  debian-6.1 debian-6.12 \t\r\n"
		"# empty:\n" E820 "# late: x\n";
	char buf[32], small[4];

	(void)state;
	assert_true(scenario_header(t, "expect", buf, sizeof(buf)));
	assert_string_equal(buf, "silent-loss");
	assert_true(scenario_header(t, "kernels", buf, sizeof(buf)));
	assert_string_equal(buf, "debian-6.1 debian-6.12");
	assert_true(scenario_header(t, "empty", buf, sizeof(buf)));
	assert_string_equal(buf, "");
	assert_true(scenario_header(t, "expect", small, sizeof(small)));
	assert_string_equal(small, "sil");
	assert_false(scenario_header(t, "late", buf, sizeof(buf)));
	assert_false(scenario_header(t, "exp", buf, sizeof(buf)));
	assert_false(scenario_header("", "expect", buf, sizeof(buf)));
	assert_false(scenario_header("# expect", "expect", buf, sizeof(buf)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scenario_survives),
		cmocka_unit_test(prints_for_people),
		cmocka_unit_test(conveniences),
		cmocka_unit_test(numbers),
		cmocka_unit_test(errors_of_the_first_line),
		cmocka_unit_test(long_lists_are_cut),
		cmocka_unit_test(errors_of_ops),
		cmocka_unit_test(texts),
		cmocka_unit_test(errors_of_texts),
		cmocka_unit_test(errors_of_bytes),
		cmocka_unit_test(too_many_ops),
		cmocka_unit_test(errors_stay_short),
		cmocka_unit_test(any_text_ends),
		cmocka_unit_test(header_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

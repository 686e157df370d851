// SPDX-License-Identifier: GPL-2.0-only
/* Facts out of printed lines: numbers and types, in the notations of old and new kernels. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <linux/printk.h>

#include "contract/e820.h"
#include "shim/shim.h"

static uint64_t print(const struct op *op)
{
	printk((const char *)(uintptr_t)op->arg[0]);
	return 0;
}

static struct table read_facts(const char *text)
{
	struct op op = { .arg = { (uintptr_t)text } };
	struct result res;
	struct table t;

	shim_exec(print, &op, &res);
	assert_int_equal(res.outcome, OUT_RETURN);
	shim_e820_facts(&t);
	return t;
}

static const struct {
	const char *text;
	struct row row;
} lines[] = {
	{ KERN_DEBUG "e820: update [mem 0x00200000-0x00200fff] usable ==> reserved\n",
	  { 0x200000, 0x1000, E820_T_RAM, E820_T_RESERVED } },
	{ KERN_DEBUG "e820: update [mem 0x0-0xffffffffffffffff] type 0 ==> type 4294967295\n",
	  { 0, 0, 0, UINT32_MAX } },
	{ KERN_DEBUG "e820: remove [mem 0x1-0xfffffffffffffffe] \n",
	  { 1, 0xfffffffffffffffe, 0, 0 } },
	{ KERN_DEBUG "e820: remove [mem 0x00001000-0x00000fff] unusable\n",
	  { 0x1000, 0, E820_T_UNUSABLE, 0 } },
	{ KERN_INFO "BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable\n",
	  { 0, 0x9fc00, E820_T_RAM, 0 } },
	{ KERN_INFO "x: [mem 0x00000000bffe0000-0x00000000bfffffff] ACPI data\n",
	  { 0xbffe0000, 0x20000, E820_T_ACPI, 0 } },
	{ KERN_INFO "x: [mem 0x10-0x1f] ACPI NVS\n", { 0x10, 0x10, E820_T_NVS, 0 } },
	{ KERN_INFO "x: [mem 0x10-0x1f] soft reserved\n", { 0x10, 0x10, E820_T_SOFT_RESERVED, 0 } },
	{ KERN_INFO "x: [mem 0x10-0x1f] persistent (type 7)\n", { 0x10, 0x10, E820_T_PMEM, 0 } },
	{ KERN_INFO "x: [mem 0x10-0x1f] persistent (type 12)\n", { 0x10, 0x10, E820_T_PRAM, 0 } },
	{ KERN_DEBUG "x [mem 0x10-0x1f] persistent (type 12) ==> ACPI NVS\n",
	  { 0x10, 0x10, E820_T_PRAM, E820_T_NVS } },
	/* v2.6: the end is exclusive */
	{ KERN_INFO " BIOS-e820: 0000000000100000 - 0000000080000000 (usable)\n",
	  { 0x100000, 0x7ff00000, E820_T_RAM, 0 } },
	{ KERN_INFO " x: 0000000000100000 - 0000000000100000 (ACPI NVS)\n",
	  { 0x100000, 0, E820_T_NVS, 0 } },
	{ KERN_INFO " x: 0000000000100000 - 0000000000000000 type 20\n",
	  { 0x100000, -0x100000ull, 20, 0 } },
	{ KERN_DEBUG "e820 update range: 0000000000001000 - 0000000000002000 (usable) ==> (reserved)\n",
	  { 0x1000, 0x1000, E820_T_RAM, E820_T_RESERVED } },
	/* of a number that is too long the last sixteen digits count, in either notation */
	{ KERN_INFO "x: [mem 0x10000000000000010-0x1f] usable\n", { 0x10, 0x10, E820_T_RAM, 0 } },
	{ KERN_INFO "x: [mem 0x10-0x1000000000000001f] usable\n", { 0x10, 0x10, E820_T_RAM, 0 } },
	{ KERN_INFO "x: 10000000000000010 - 00000000000000020 (usable)\n",
	  { 0x10, 0x10, E820_T_RAM, 0 } },
	/* numbers and brackets that are no ranges come before */
	{ KERN_INFO "decade 0xfacade 0x0000000000100000 - 0000000000200000 (usable)\n",
	  { 0x100000, 0x100000, E820_T_RAM, 0 } },
	{ KERN_INFO "[x] a 0000000000100000 - 0000000000200000 (usable)\n",
	  { 0x100000, 0x100000, E820_T_RAM, 0 } },
	{ KERN_INFO "[x] [mem 0x0000000000000010-0x000000000000001f] usable\n",
	  { 0x10, 0x10, E820_T_RAM, 0 } },
	/* a name that nobody knows is no type at all */
	{ KERN_INFO "x: [mem 0x10-0x1f] fabulous\n", { 0x10, 0x10, 0xfffffffe, 0 } },
	{ KERN_INFO "x: [mem 0x10-0x1f] usable and more\n", { 0x10, 0x10, 0xfffffffe, 0 } },
	{ KERN_INFO "x: [mem 0x10-0x1f] type x\n", { 0x10, 0x10, 0xfffffffe, 0 } },
};

static void every_notation(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct table t = read_facts(lines[i].text);

		assert_int_equal(t.nr, 1);
		assert_int_equal(t.rows[0].start, lines[i].row.start);
		assert_int_equal(t.rows[0].size, lines[i].row.size);
		assert_int_equal(t.rows[0].type, lines[i].row.type);
		assert_int_equal(t.rows[0].flags, lines[i].row.flags);
	}
}

static void no_facts(void **state)
{
	static const char *const texts[] = {
		KERN_ERR "too many entries; ignoring [mem 0x10-0x1f]\n",
		KERN_INFO "modified physical RAM map:\n",
		KERN_INFO "last_pfn = 0x80000 max_arch_pfn = 0x10000000000\n",
		KERN_INFO "[mem 0x10]\n",
		KERN_INFO "[mem 0x10-]\n",
		KERN_INFO "[mem 0x10-0x1f",
		KERN_INFO "\n",
		KERN_INFO "dead beef - cafe\n",
		"",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_int_equal(read_facts(texts[i]).nr, 0);
}

static void several_lines_in_order(void **state)
{
	struct table t = read_facts(KERN_INFO "map:\n1: [mem 0x1-0x1] usable\n"
					      "2: [mem 0x2-0x2] type 9\n");

	(void)state;
	/* what follows a line's end within one message has no level of its own */
	assert_int_equal(t.nr, 0);
	t = read_facts(KERN_INFO "map:\n<6>1: [mem 0x1-0x1] usable\n<6>2: [mem 0x2-0x2] type 9\n");
	assert_int_equal(t.nr, 2);
	assert_int_equal(t.rows[0].type, E820_T_RAM);
	assert_int_equal(t.rows[1].start, 2);
	assert_int_equal(t.rows[1].type, 9);
}

/* The layout that is read by words must read like any other: each digit, and nothing else. */
static void every_character_of_a_number(void **state)
{
	static const char layout[] =
		KERN_INFO "x: [mem 0x0123456789abcdef-0xfedcba9876543210] usable\n";
	char text[sizeof(layout)];
	const size_t number = sizeof(KERN_INFO "x: [mem 0x") - 1;

	(void)state;
	for (size_t at = number; at < number + 35; at++) {
		uint64_t shift = at < number + 16 ? 60 - 4 * (at - number) :
						    60 - 4 * (at - number - 19);

		if (at >= number + 16 && at < number + 19)
			continue;
		for (int c = 1; c < 256; c++) {
			const char *digits = "0123456789abcdef", *digit = strchr(digits, c);
			uint64_t start = 0x0123456789abcdef, last = 0xfedcba9876543210;
			uint64_t *v = at < number + 16 ? &start : &last;
			struct table t;

			/* a format, and what looks like the range's own end */
			if (c == '%' || c == ']' || c == '-' || c == 'x' || c == ' ' || c == '\t')
				continue;
			memcpy(text, layout, sizeof(text));
			text[at] = c;
			t = read_facts(text);
			/* what is left of it may read as the old notation, with no known type */
			if (!digit)
				assert_true(!t.nr || t.rows[0].type != E820_T_RAM);
			if (!digit)
				continue;
			assert_int_equal(t.nr, 1);
			*v = (*v & ~(15ull << shift)) | (uint64_t)(digit - digits) << shift;
			assert_int_equal(t.rows[0].start, start);
			assert_int_equal(t.rows[0].size, last - start + 1);
			assert_int_equal(t.rows[0].type, E820_T_RAM);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_notation),
		cmocka_unit_test(no_facts),
		cmocka_unit_test(several_lines_in_order),
		cmocka_unit_test(every_character_of_a_number),
	};

	return cmocka_run_group_tests_name("facts", tests, NULL, NULL);
}

// SPDX-License-Identifier: GPL-2.0-only
/* Rows as people read them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "contract/boot.h"
#include "contract/early_res.h"
#include "contract/memblock.h"
#include "draw.h"

/* The drawing of one row that is in both tables. */
static const char *drawn(const struct table_desc *desc, struct row row)
{
	static char text[512];
	struct table t = { .nr = 1, .rows = &row };
	struct pen pen = { .indent = "" };

	memset(text, 0, sizeof(text));
	pen.out = fmemopen(text, sizeof(text), "w");
	assert_non_null(pen.out);
	draw_change(&pen, desc, &t, &t);
	fclose(pen.out);
	return text;
}

static void assert_ends(const char *text, const char *end)
{
	size_t n = strlen(text), len = strlen(end);

	assert_true(n > len && text[n - 1] == '\n');
	assert_int_equal(strncmp(text + n - 1 - len, end, len), 0);
}

/* What a row's second word means is up to its table. */
static void test_second_words(void **state)
{
	static const struct {
		const struct family *f;
		unsigned int table;
		uint32_t type, flags;
		const char *end;
	} cases[] = {
		{ &memblock_family, M_RESERVED, 0xffff00, MEMBLOCK_NODES, " no node" },
		{ &memblock_family, M_MEMORY, 0xffff00, MEMBLOCK_NO_NODE, " no node" },
		{ &memblock_family, M_PHYSMEM, 0x0100, 1, " node1" },
		{ &memblock_family, M_MEMORY, 0x3ff00, MEMBLOCK_NODES - 1, " node1023" },
		{ &memblock_family, M_OWN, 2, 4, " 4 slots" },
		{ &boot_family, B_OWN, 1, 128, " 128 slots" },
		{ &early_res_family, E_RES_OWN, EARLY_RES_TABLE, 64, " 64 slots" },
	};

	(void)state;
	for (unsigned int i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_ends(drawn(&cases[i].f->tables[cases[i].table],
				  (struct row){ 0x1000, 0x1000, cases[i].type, cases[i].flags }),
			    cases[i].end);
}

/* What stands alone is not cut. */
static void test_long_names(void **state)
{
	(void)state;
	assert_ends(drawn(&memblock_family.tables[M_SETTINGS],
			  (struct row){ .start = 5, .type = 1 + MEMBLOCK_RESERVED_TOTAL }),
		    " reserved_total");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_second_words),
		cmocka_unit_test(test_long_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

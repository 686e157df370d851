// SPDX-License-Identifier: GPL-2.0-only
/* Facts out of what memblock prints and shows, in the notations of old and new kernels. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <linux/printk.h>

#include "contract/memblock.h"
#include "shim/shim.h"

static uint64_t print(const struct op *op)
{
	printk((const char *)(uintptr_t)op->arg[0]);
	return 0;
}

static struct table read_facts(const char *text, bool slab)
{
	struct op op = { .arg = { (uintptr_t)text } };
	struct result res;
	struct table t;

	shim_exec(print, &op, &res);
	assert_int_equal(res.outcome, OUT_RETURN);
	shim_memblock_facts(&t, slab);
	return t;
}

static const struct {
	const char *text;
	unsigned int nr;
	struct row row[2];
} lines[] = {
	{ KERN_INFO "memblock_add: [0x0000000000100000-0x00000000001fffff] 0xffff\n", 1,
	  { { 0x100000, 0x100000, M_ADD, 0 } } },
	{ KERN_INFO "memblock_add: [0x1000-0x0fff] setup_arch+0x1/0x2\n", 1,
	  { { 0x1000, 0, M_ADD, 0 } } },
	{ KERN_INFO "memblock_add_node: [0x1000-0x1fff] nid=3 flags=1 x+0x1/0x2\n", 1,
	  { { 0x1000, 0x1000, M_ADD_NODE, 0 } } },
	{ KERN_INFO "memblock_remove: [0x1000-0xffffffffffffffff] x\n", 1,
	  { { 0x1000, -0x1000ull, M_REMOVE, 0 } } },
	{ KERN_INFO "memblock_reserve: [0x1000-0x1fff] x\n", 1,
	  { { 0x1000, 0x1000, M_RESERVE, 0 } } },
	{ KERN_INFO "__memblock_reserve: [0x1000-0x1fff] nid=-1 flags=20 x\n", 1,
	  { { 0x1000, 0x1000, M_RESERVE, 0 } } },
	{ KERN_INFO "memblock_physmem_add: [0x1000-0x1fff] x\n", 1,
	  { { 0x1000, 0x1000, M_PHYSMEM_ADD, 0 } } },
	{ KERN_INFO "memblock_phys_free: [0x1000-0x1fff] x\n", 1,
	  { { 0x1000, 0x1000, M_PHYS_FREE, 0 } } },
	{ KERN_INFO "memblock_free: [0x1000-0x1fff] x\n", 1,
	  { { 0x1000, 0x1000, M_PHYS_FREE, 0 } } },
	{ KERN_INFO "memblock_free_late: [0x1000-0x1fff] x\n", 1,
	  { { 0x1000, 0x1000, M_FREE_LATE, 0 } } },
	{ KERN_INFO "memblock_phys_alloc_range: 64 bytes align=0x40 from=0x1000 max_addr=0x0 x\n",
	  2, { { 0x1000, 64, M_PHYS_ALLOC_RANGE, MEMBLOCK_NO_NODE },
	       { 0, 0x40, M_PHYS_ALLOC_RANGE | MEMBLOCK_SAID_MORE, 0 } } },
	{ KERN_INFO "memblock_alloc_try_nid: 18446744073709551615 bytes align=0x0 nid=-1 "
	  "from=0x0 max_addr=0x7fff x\n",
	  2, { { 0, UINT64_MAX, M_ALLOC_TRY_NID, MEMBLOCK_NO_NODE },
	       { 0x7fff, 0, M_ALLOC_TRY_NID | MEMBLOCK_SAID_MORE, 0 } } },
	{ KERN_INFO "memblock_alloc_try_nid_raw: 1 bytes align=0x1 nid=2 from=0x0 max_addr=0x1 x\n",
	  2, { { 0, 1, M_ALLOC_TRY_NID_RAW, 2 },
	       { 1, 1, M_ALLOC_TRY_NID_RAW | MEMBLOCK_SAID_MORE, 0 } } },
	{ KERN_INFO "memblock_alloc_exact_nid_raw: 1 bytes align=0x1 nid=2 from=0x0 "
	  "max_addr=0x1 x\n",
	  2, { { 0, 1, M_ALLOC_EXACT_NID_RAW, 2 },
	       { 1, 1, M_ALLOC_EXACT_NID_RAW | MEMBLOCK_SAID_MORE, 0 } } },
	/* no new line behind the range */
	{ KERN_INFO "memblock: reserved is doubled to 256 at [0x12f000-0x1307ff]", 1,
	  { { 0x12f000, 0x1800, MEMBLOCK_SAID_DOUBLED, 256 } } },
	{ KERN_INFO " memory size = 0x0000000007f5f000 reserved size = 0x1000\n", 1,
	  { { 0x7f5f000, 0x1000, MEMBLOCK_SAID_TOTAL, 0 } } },
	{ KERN_INFO " memory[0x1]\t[0x1000-0x1fff], 0x1000 bytes on node 3 flags: 0x4\n", 1,
	  { { 0x1000, 0x1000, MEMBLOCK_SAID_REGION + M_MEMORY, 4 } } },
	{ KERN_INFO " reserved[0x0]\t[0x1000-0x1fff], 0x1000 bytes flags: 0x10\n", 1,
	  { { 0x1000, 0x1000, MEMBLOCK_SAID_REGION + M_RESERVED, 16 } } },
	{ KERN_INFO " physmem[0xa]\t[0x1000-0x1fff], 0x1000 bytes flags: 0x0\n", 1,
	  { { 0x1000, 0x1000, MEMBLOCK_SAID_REGION + M_PHYSMEM, 0 } } },
	/* an empty collection's, before v6.9 */
	{ KERN_INFO " reserved[0x0]\t[0x0-0xffffffffffffffff], 0x0 bytes flags: 0x0\n", 0,
	  { { 0 } } },
	/* no facts */
	{ KERN_INFO " reserved.cnt  = 0x2\n", 0, { { 0 } } },
	{ KERN_INFO "MEMBLOCK configuration:\n", 0, { { 0 } } },
	{ KERN_INFO "memblock_find: [0x1000-0x1fff] x\n", 0, { { 0 } } },
	{ KERN_INFO "memblock_add: 0x1000-0x1fff\n", 0, { { 0 } } },
	{ KERN_INFO "memblock_alloc_try_nid: many bytes align=0x0\n", 0, { { 0 } } },
	{ KERN_ERR "memblock: reserved is doubled to 256 at [0x12f000-0x1307ff]\n", 0, { { 0 } } },
};

static void is_row(const struct row *r, const struct row *want)
{
	assert_int_equal(r->start, want->start);
	assert_int_equal(r->size, want->size);
	assert_int_equal(r->type, want->type);
	assert_int_equal(r->flags, want->flags);
}

static void lines_of_all_kernels(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct table t = read_facts(lines[i].text, false);

		if (t.nr != lines[i].nr)
			fail_msg("%s: %u rows", lines[i].text + 2, t.nr);
		for (unsigned int k = 0; k < t.nr; k++)
			is_row(&t.rows[k], &lines[i].row[k]);
	}
}

static void slab_has_no_place(void **state)
{
	struct table t = read_facts(KERN_INFO "memblock: memory is doubled to 8 at [0x40-0xff]",
				    true);

	(void)state;
	assert_int_equal(t.nr, 1);
	is_row(t.rows, &(struct row){ 0, 0xc0, MEMBLOCK_SAID_DOUBLED, 8 });
}

static void sizes_are_cut_as_addresses_are(void **state)
{
	struct table t;

	(void)state;
	shim_phys_bytes = 4;
	t = read_facts(KERN_INFO "memblock_add: [0xfffff000-0x00000fff] x\n", false);
	shim_phys_bytes = 8;
	assert_int_equal(t.nr, 1);
	is_row(t.rows, &(struct row){ 0xfffff000, 0x2000, M_ADD, 0 });
}

static void files_of_debugfs(void **state)
{
	static const char old[] = "   0: 0x1000..0x1fff\n   1: 0x0..0xffffffffffffffff\n";
	static const char new[] = "   0: 0x1000..0x1fff    2 HOTPLUG|NOMAP\n"
				  "  10: 0x3000..0x3fff    x NONE\n";
	struct table t;

	(void)state;
	shim_memblock_file(&t, old, old + sizeof(old) - 1);
	assert_int_equal(t.nr, 1);
	is_row(&t.rows[0], &(struct row){ 0x1000, 0x1000, 0, 0 });
	shim_memblock_file(&t, new, new + sizeof(new) - 1);
	assert_int_equal(t.nr, 2);
	is_row(&t.rows[0], &(struct row){ 0x1000, 0x1000, 0, 2 });
	is_row(&t.rows[1], &(struct row){ 0x3000, 0x1000, 0, MEMBLOCK_NO_NODE });
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_of_all_kernels),
		cmocka_unit_test(slab_has_no_place),
		cmocka_unit_test(sizes_are_cut_as_addresses_are),
		cmocka_unit_test(files_of_debugfs),
	};

	return cmocka_run_group_tests_name("memblock facts", tests, NULL, NULL);
}

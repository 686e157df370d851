// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the brute-force judge of early_res must refuse: tables and results of the reference's
 * allocator made wrong by hand, one fault each. The same ops without the fault must pass.
 */
#include <string.h>

#include "bitmap.h"
#include "contract/subject.h"
#include "testing.h"

extern const struct subject subject_early_res_reference_small;

#define OPS_MAX		8
#define ROWS_MAX	6
#define KEEP		UINT32_MAX	/* struct fault.nr: as many rows as there were */

/**
 * struct fault - ops, and what is wrong after the last of them
 * @table, @nr, @rows: a table's rows instead of those that there were, unless @nr is KEEP
 * @value: is added to the right value
 * @silent: what was said is kept from the judge
 * @outcome: instead of the right one, when it is another than OUT_RETURN
 * @why: what the judge says, from its beginning
 */
struct fault {
	const char *name;
	struct op ops[OPS_MAX];
	unsigned int table, nr;
	struct row rows[ROWS_MAX];
	uint64_t value;
	bool silent;
	enum outcome outcome;
	const char *why;
};

#define RAM(start, size)	{ .id = E_RES_MAP, .arg = { start, size, EARLY_RES_MAP_RAM } }
#define NODE(start, end)	{ .id = E_RES_NODE, .arg = { 0, start, end } }
#define RESERVE(start, end)	{ .id = E_RES_RESERVE, .arg = { start, end } }
#define OVERLAP_OK(start, end)	{ .id = E_RES_RESERVE_OVERLAP_OK, .arg = { start, end } }
#define UNCHECKED(start, end)	{ .id = E_RES_RESERVE_WITHOUT_CHECK, .arg = { start, end } }
#define FREE(start, end)	{ .id = E_RES_FREE, .arg = { start, end } }
#define PARTIAL(start, end)	{ .id = E_RES_FREE_PARTIAL, .arg = { start, end } }
#define FIND(start, end, size)	{ .id = E_RES_FIND_E820, .arg = { start, end, size, 16 } }
#define FIND_SIZE(start)	{ .id = E_RES_FIND_E820_SIZE, .arg = { start, 16 } }
#define TAKE(start, size)	{ .id = E_RES_RESERVE_E820, .arg = { start, size, 16 } }
#define GET_FREE(nid)		{ .id = E_RES_GET_FREE, .arg = { nid } }
#define TO_BOOTMEM(start, end)	{ .id = E_RES_TO_BOOTMEM, .arg = { start, end } }
#define FIRM(start, end)	{ start, (end) - (start), EARLY_RES_FIRM, 0 }
#define OK(start, end)		{ start, (end) - (start), EARLY_RES_OVERLAP_OK, 0 }
#define TABLE(start, slots)	{ start, (slots) * EARLY_RES_SLOT_SIZE, EARLY_RES_TABLE, slots }
#define ARRAY(start, size)	{ start, size, EARLY_RES_RANGES, 0 }

/* With the third reservation the table grows into 256 bytes at 4K. */
#define GROWN	RAM(4096, 4096), RESERVE(16, 32), RESERVE(64, 80), RESERVE(128, 144)

static const struct fault faults[] = {
	{ "nothing reserved", { RESERVE(16, 32) }, E_RES_RESERVED, 0, { { 0 } }, 0, 0, 0,
	  "reserved: at 0x10: expected 1, got 0" },
	{ "reserved twice", { RESERVE(16, 32) }, E_RES_RESERVED, 2, { FIRM(16, 32), FIRM(16, 32) },
	  0, 0, 0, "reserved: at 0x10: expected 1, got 2" },
	{ "a byte too many", { RESERVE(16, 32) }, E_RES_RESERVED, 1, { FIRM(16, 33) }, 0, 0, 0,
	  "reserved: at 0x20: expected 0, got 1" },
	{ "another type", { RESERVE(16, 32) }, E_RES_RESERVED, 1, { OK(16, 32) }, 0, 0, 0,
	  "reserved: at 0x10: expected 0, got 1" },
	{ "another name", { RESERVE(16, 32) }, E_RES_RESERVED, 1, { { 16, 16, EARLY_RES_FIRM, 9 } },
	  0, 0, 0, "reserved: at 0x10: expected 0, got 1" },
	{ "an empty reservation", { RESERVE(16, 16) }, E_RES_RESERVED, 1, { FIRM(16, 16) }, 0, 0, 0,
	  "an empty reservation" },
	{ "a rest is lost", { OVERLAP_OK(16, 64), RESERVE(32, 48) }, E_RES_RESERVED, 2,
	  { OK(16, 32), FIRM(32, 48) }, 0, 0, 0, "reserved: at 0x30: expected 1, got 0" },
	{ "a rest turns firm", { OVERLAP_OK(16, 64), RESERVE(32, 48) }, E_RES_RESERVED, 3,
	  { OK(16, 32), FIRM(48, 64), FIRM(32, 48) }, 0, 0, 0, "reserved: at 0x30: expected 1" },
	{ "it does not give way", { OVERLAP_OK(16, 64), RESERVE(16, 64) }, E_RES_RESERVED, 2,
	  { OK(16, 64), FIRM(16, 64) }, 0, 0, 0, "reserved: at 0x10: expected 0, got 1" },
	{ "what lay below is lost", { RESERVE(16, 32), UNCHECKED(16, 32) }, E_RES_RESERVED, 1,
	  { FIRM(16, 32) }, 0, 0, 0, "reserved: at 0x10: expected 2, got 1" },
	{ "not freed", { RESERVE(16, 32), FREE(16, 32) }, E_RES_RESERVED, 1, { FIRM(16, 32) },
	  0, 0, 0, "reserved: at 0x10: expected 0, got 1" },
	{ "freed too much", { RESERVE(16, 64), PARTIAL(32, 48) }, E_RES_RESERVED, 1,
	  { FIRM(16, 32) }, 0, 0, 0, "reserved: at 0x30: expected 1, got 0" },
	{ "a value of none", { RESERVE(16, 64) }, 0, KEEP, { { 0 } }, 1, 0, 0, "returned 0x1" },
	{ "no warning", { PARTIAL(32, 16) }, 0, KEEP, { { 0 } }, 0, true, 0, "an inverted range" },
	{ "a panic", { RESERVE(16, 64) }, 0, KEEP, { { 0 } }, 0, 0, OUT_PANIC, "a panic" },
	{ "a hang", { RESERVE(16, 64) }, 0, KEEP, { { 0 } }, 0, 0, OUT_HANG, "outcome" },
	{ "grown and not said", { GROWN }, E_RES_OWN, 0, { { 0 } }, 0, 0, 0, "reserved: at 0x1000" },
	{ "three times the slots", { GROWN }, E_RES_OWN, 1, { TABLE(4096, 12) }, 0, 0, 0,
	  "the table grew" },
	{ "another place than reserved", { GROWN }, E_RES_OWN, 1, { TABLE(4128, 8) }, 0, 0, 0,
	  "the first reservation is not the table" },
	{ "the table vanishes", { GROWN, PARTIAL(0, 16) }, E_RES_OWN, 0, { { 0 } }, 0, 0, 0,
	  "reserved: at 0x1000" },
	{ "RAM lost", { RAM(16, 16), RAM(64, 16) }, E_RES_RAM, 1, { { 16, 16, 0, 0 } }, 0, 0, 0,
	  "ram: at 0x40: expected 1, got 0" },
	{ "RAM not merged", { RAM(16, 32) }, E_RES_RAM, 2, { { 16, 16, 0, 0 }, { 32, 16, 0, 0 } },
	  0, 0, 0, "RAM is not sorted and merged" },
	{ "a find that is not the lowest", { RAM(16, 64), FIND(0, 64, 16) }, 0, KEEP, { { 0 } },
	  16, 0, 0, "returned 0x20, expected 0x10" },
	{ "a find without a size", { RAM(16, 64), FIND(16, 64, 0) }, 0, KEEP, { { 0 } },
	  4, 0, 0, "an address outside" },
	{ "not the block's size", { RAM(16, 64), FIND_SIZE(0) }, E_RES_ANSWER, 1,
	  { { 16, 63, 0, 0 } }, 0, 0, 0, "not the block's size" },
	{ "an answer of another op", { RAM(16, 64) }, E_RES_ANSWER, 1, { { 16, 64, 0, 0 } },
	  0, 0, 0, "an answer of another op" },
	{ "taken from below", { RAM(16, 64), TAKE(0, 16) }, 0, KEEP, { { 0 } }, -48, 0, 0,
	  "returned 0x10, expected 0x40" },
	{ "taken and left as RAM", { RAM(16, 64), TAKE(0, 16) }, E_RES_RAM, 1,
	  { { 16, 64, 0, 0 } }, 0, 0, 0, "ram: at 0x40: expected 0, got 1" },
	{ "a free page less", { RAM(4096, 64), NODE(4, 8), GET_FREE(0) }, E_RES_HANDOFF, 1,
	  { { 4 << 12, 3 << 12, 0, 0 } }, 0, 0, 0, "hand-off: at 0x7000: expected 1, got 0" },
	{ "a reserved page is free", { RAM(4096, 64), NODE(4, 8), RESERVE(0x4fff, 0x5001), GET_FREE(0) },
	  E_RES_HANDOFF, 1, { { 5 << 12, 3 << 12, 0, 0 } }, 0, 0, 0,
	  "hand-off: at 0x5000: expected 0, got 1" },
	{ "active ranges become one", { RAM(4096, 64), NODE(4, 6), NODE(6, 8), GET_FREE(64) },
	  E_RES_HANDOFF, 1, { { 4 << 12, 4 << 12, 0, 0 } }, -1, 0, 0, "a free range that is no part" },
	{ "no array", { RAM(4096, 64), NODE(4, 8), GET_FREE(0) }, E_RES_OWN, 0, { { 0 } }, 0, 0, 0,
	  "free ranges without an array" },
	{ "an array of no RAM", { RAM(4096, 64), NODE(4, 8), GET_FREE(0) }, E_RES_OWN, 1,
	  { ARRAY(4080, 16) }, 0, 0, 0, "the array does not lie in mapped RAM" },
	{ "an array upon a reservation", { RAM(4096, 64), NODE(4, 8), RESERVE(4096, 4112), GET_FREE(0) },
	  E_RES_OWN, 1, { ARRAY(4096, 16) }, 0, 0, 0, "the array lies where" },
	{ "an array that is too small", { RAM(4096, 64), NODE(4, 8), GET_FREE(0) }, E_RES_OWN, 1,
	  { ARRAY(4096, 15) }, 0, 0, 0, "the array is too small" },
	{ "no panic", { RESERVE(16, 32), FREE(16, 31) }, 0, KEEP, { { 0 } }, 0, 0, OUT_RETURN,
	  "no panic" },
	{ "the hand-off changes", { RAM(4096, 64), NODE(4, 8), GET_FREE(0), RESERVE(0, 1) },
	  E_RES_HANDOFF, 0, { { 0 } }, 0, 0, 0, "the hand-off changed" },
	{ "a list that lives on", { RESERVE(16, 32), GET_FREE(64) }, E_RES_RESERVED, 1,
	  { FIRM(16, 32) }, 0, 0, 0, "reserved: at 0x10: expected 0, got 1" },
	{ "handed off in part", { RESERVE(16, 32), TO_BOOTMEM(0, 64) }, E_RES_HANDOFF, 1,
	  { { 16, 15, 0, 0 } }, 0, 0, 0, "hand-off: at 0x1f: expected 1, got 0" },
	{ "the table is handed off", { GROWN, TO_BOOTMEM(4096, 8192) }, E_RES_HANDOFF, 1,
	  { { 4096, 256, 0, 0 } }, 0, 0, 0, "hand-off: at 0x1000: expected 0, got 1" },
};

/* Run the ops, the last one's result through @f's hands. */
static bool judge(const struct fault *f, bool faulty, char *why)
{
	const struct subject *s = &subject_early_res_reference_small;
	static const uint64_t point[] = { 0 };
	static struct bitmap b;
	struct result res;
	struct state st;
	unsigned int nr = 0;

	while (nr < OPS_MAX && f->ops[nr].id)
		nr++;
	s->reset();
	assert_true(bitmap_init(&b, s->family, s->config, point, 1));
	for (unsigned int i = 0; i < nr; i++) {
		s->exec(&f->ops[i], &res);
		s->observe(&st);
		if (i == nr - 1)
			break;
		if (!bitmap_judge(&b, &f->ops[i], &res, &st, why))
			fail_msg("%s: op %u: %s", f->name, i, why);
	}
	if (faulty) {
		if (f->nr != KEEP)
			st.table[f->table] = (struct table){ f->nr, f->rows };
		res.value += f->value;
		res.outcome = f->outcome;
		if (f->silent)
			res.said = 0;
	}
	return bitmap_judge(&b, &f->ops[nr - 1], &res, &st, why);
}

static void faults_are_refused(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(faults); i++) {
		const struct fault *f = &faults[i];
		char why[BITMAP_WHY] = "";

		if (!judge(f, false, why))
			fail_msg("%s: refused without a fault: %s", f->name, why);
		if (judge(f, true, why))
			fail_msg("%s: not refused", f->name);
		if (strncmp(why, f->why, strlen(f->why)))
			fail_msg("%s: refused since '%s', expected '%s'", f->name, why, f->why);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_are_refused),
	};

	return cmocka_run_group_tests_name("bitmap_early_res", tests, NULL, NULL);
}

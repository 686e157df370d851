/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Family range: kernel/range.c, arrays of ranges with exclusive ends.
 *
 * The contract, from include/linux/range.h, the commit messages that made the file ("move range
 * related operation to one file", "check range in update range", "change range end to
 * start+size", January 2010) and what its callers (MTRR cleanup, amd_bus.c, early_res.c, x86 page
 * table setup) expect:
 *
 *  - An array has az slots. A slot with end == 0 is empty; any other slot is the range [start,
 *    end). The caller keeps nr_range, the number of slots in use, which every call that can
 *    change it returns. The scenario's array starts empty, with nr_range = 0.
 *  - add_range(range, az, nr_range, start, end): appends [start, end) at slot nr_range as it is,
 *    without a look at the others. Empty or inverted ranges (start >= end) change nothing. A full
 *    array (nr_range >= az) changes nothing. Returns the new nr_range; an unchanged nr_range is
 *    how the caller learns of a range that found no slot.
 *  - add_range_with_merge(): the same, but every range among the first nr_range slots that
 *    overlaps or touches the new one is taken out, the rest moves up without holes, and the union
 *    of all of them is appended. As sets of bytes: cover(after) = cover(before) + [start, end);
 *    no other range overlaps or touches the appended one if no two did before (if some did, how
 *    often their bytes are covered afterwards is open). Empty or inverted ranges change nothing.
 *  - subtract_range(range, az, start, end): cover(after) = cover(before) - [start, end), over all
 *    az slots; each byte keeps its multiplicity outside. Empty or inverted ranges change nothing.
 *    Slots that vanish become empty (start = end = 0); a slot that is cut in the middle keeps its
 *    left part and the right part goes to the first empty slot. No empty slot: the right part is
 *    lost, which is announced by a printk at error level -- a deviation all the same:
 *    cover(after) is not what it should be. nr_range does not change (the caller calls
 *    clean_sort_range next).
 *  - clean_sort_range(range, az): moves empty slots behind the others, sorts by start, ascending,
 *    and returns how many are in use. A full array has az in use.
 *  - sort_range(range, nr_range): sorts the first nr_range slots by start, ascending. The order
 *    of equal starts is unspecified.
 *
 * Unspecified (exact layer): which of several positions survives compaction before a sort, order
 * of equal starts, the leftover start of a slot that is empty.
 *
 * Legality: az is the array's size, nr_range the last one returned: legal. Misuse: an az smaller
 * than the slots in use; add_range or add_range_with_merge when a slot at or beyond nr_range is
 * in use (a subtract_range that split, and no clean_sort_range since: the add may overwrite it)
 * or when a slot below nr_range is empty for sort_range.
 *
 * The wrapper owns the array (RANGE_SLOTS_MAX slots, "slots" of the configuration in use,
 * surrounded by sanitizer redzones) and nr_range. The az operand is reduced by the wrapper and by
 * the model alike to min(az, slots); nr_range for a call is min(nr_range, az).
 *
 * 32-bit x86 (variants x86_32, x86_32_pae): the same. Ranges have 64 bits there, too.
 *
 * Observable state: table RANGE_SLOTS, one row per slot 0..slots-1 of the configuration: start =
 * slot.start, size = slot.end - slot.start for slots with end != 0 (may be "negative": never by
 * contract), type 0, flags 0; an empty slot (end == 0) reads start = 0, size = 0 whatever its
 * start says. Table RANGE_COUNT, one row: start = nr_range, size = 0.
 */
#ifndef CONTRACT_RANGE_H
#define CONTRACT_RANGE_H

#include "family.h"

enum range_op {
	RANGE_ADD = 1,			/* az start end */
	RANGE_ADD_WITH_MERGE = 2,	/* az start end */
	RANGE_SUBTRACT = 3,		/* az start end */
	RANGE_CLEAN_SORT = 4,		/* az */
	RANGE_SORT = 5,			/* - */
};

enum range_table {
	RANGE_SLOTS,
	RANGE_COUNT,
	RANGE_TABLES
};

#define RANGE_SLOTS_MAX	64

enum range_config {
	RANGE_NORMAL,	/* 64 slots */
	RANGE_SMALL,	/* 4 slots */
};

extern const struct config_desc range_configs[];	/* by enum range_config */
extern const struct config_desc range_variants[];	/* x86_32, x86_32_pae, the same of small */

#endif

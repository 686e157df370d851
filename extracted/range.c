// SPDX-License-Identifier: GPL-2.0-only
/* Wrapper of family range: kernel/range.c on an array of the configuration's size. */
#include <linux/types.h>
#include <kernel_code.h>

KERNEL_CODE_BEGIN
#include "kernel/range.c"
KERNEL_CODE_END

#include "contract/range.h"
#include "wrapper.h"

#ifdef SUBJECT_CONFIG_SMALL
#define SLOTS	4
#else
#define SLOTS	RANGE_SLOTS_MAX
#endif

#if defined(SUBJECT_X86_32_PAE) && defined(SUBJECT_CONFIG_SMALL)
#define CONFIG	range_variants[3]
#elif defined(SUBJECT_X86_32) && defined(SUBJECT_CONFIG_SMALL)
#define CONFIG	range_variants[2]
#elif defined(SUBJECT_X86_32_PAE)
#define CONFIG	range_variants[1]
#elif defined(SUBJECT_X86_32)
#define CONFIG	range_variants[0]
#elif defined(SUBJECT_CONFIG_SMALL)
#define CONFIG	range_configs[RANGE_SMALL]
#else
#define CONFIG	range_configs[RANGE_NORMAL]
#endif

/* By itself and of the exact size: the sanitizers guard both ends. */
static struct range slots[SLOTS];
static int nr_range;

static struct row rows[SLOTS] SHIM_SCRATCH;
static struct row count SHIM_SCRATCH;

WRAPPER static uint64_t call(const struct op *op)
{
	int az = op->arg[0] < SLOTS ? op->arg[0] : SLOTS;
	int nr = nr_range < az ? nr_range : az;
	uint64_t start = op->arg[1], end = op->arg[2];

	switch (op->id) {
	case RANGE_ADD:
		nr_range = add_range(slots, az, nr, start, end);
		return nr_range;
	case RANGE_ADD_WITH_MERGE:
		nr_range = add_range_with_merge(slots, az, nr, start, end);
		return nr_range;
	case RANGE_SUBTRACT:
		subtract_range(slots, az, start, end);
		return 0;
	case RANGE_CLEAN_SORT:
		nr_range = clean_sort_range(slots, az);
		return nr_range;
	case RANGE_SORT:
		sort_range(slots, nr_range);
		return 0;
	}
	shim_abort(OUT_BUG);	/* an op of the table that no case makes */
}

WRAPPER static uint64_t called(const struct op *op)
{
	return SUBJECT_CALL(call, op);
}

WRAPPER static void exec(const struct op *op, struct result *res)
{
	shim_exec(called, op, res);
}

WRAPPER static void observe(struct state *st)
{
	for (unsigned int i = 0; i < SLOTS; i++) {
		bool used = slots[i].end != 0;

		rows[i].start = used ? slots[i].start : 0;
		rows[i].size = used ? slots[i].end - slots[i].start : 0;
	}
	count.start = nr_range;
	st->nr_tables = RANGE_TABLES;
	st->table[RANGE_SLOTS] = (struct table){ .nr = SLOTS, .rows = rows };
	st->table[RANGE_COUNT] = (struct table){ .nr = 1, .rows = &count };
}

const uint64_t shim_arena_size = 0;

SUBJECT_DEFINE(&range_family, &CONFIG, 0);

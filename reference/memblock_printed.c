// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memblock model: the state as it is printed. Contract: memblock=debug in kernel-parameters.txt,
 * memblock_dump_all(), and /sys/kernel/debug/memblock.
 */
#include "memblock_free.h"

static void dump(struct memblock_step *step, unsigned int table)
{
	struct memblock_state *s = step->s;

	for (unsigned int i = 0; i < s->nr[table]; i++) {
		const struct row r = memblock_rows(s, table)[i];

		memblock_say(step, MEMBLOCK_SAID_REGION + table, r.start, r.size, r.type & 0xff);
	}
}

void memblock_do_dump_all(struct memblock_step *step, const struct op *op)
{
	const struct memblock_state *s = step->s;

	(void)op;
	memblock_say(step, MEMBLOCK_SAID_TOTAL, s->total[M_MEMORY], s->total[M_RESERVED], 0);
	dump(step, M_MEMORY);
	dump(step, M_RESERVED);
	if (s->facts->slots[M_PHYSMEM])
		dump(step, M_PHYSMEM);
}

void memblock_do_debugfs(struct memblock_step *step, const struct op *op)
{
	struct memblock_state *s = step->s;
	unsigned int table = op->arg[0];
	bool nodes = memblock_trait(s, T_DEBUGFS_NODES);

	if (!s->facts->keep)
		return;
	for (unsigned int i = 0; i < s->nr[table]; i++) {
		const struct row r = memblock_rows(s, table)[i];

		memblock_put(s, L_ANSWER, r.start, r.size, MEMBLOCK_RANGE, nodes ? r.flags : 0);
	}
}

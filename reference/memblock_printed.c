// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memblock model: the state as it is printed. Contract: memblock= in kernel-parameters.txt,
 * memblock_dump_all(), and /sys/kernel/debug/memblock.
 */
#include "memblock_free.h"

/* A collection as it is printed goes to @list, in rows of @type; @shows: what flags say. */
static void print(struct memblock_step *step, unsigned int table, unsigned int list, uint32_t type,
		  uint32_t (*shows)(const struct memblock_state *s, const struct row *r))
{
	struct memblock_state *s = step->s;

	for (unsigned int i = 0; i < s->nr[table]; i++) {
		const struct row *r = &memblock_rows(s, table)[i];

		memblock_put(s, list, r->start, r->size, type, shows(s, r));
	}
}

static uint32_t shows_flags(const struct memblock_state *s, const struct row *r)
{
	(void)s;
	return r->type & 0xff;
}

static uint32_t shows_node(const struct memblock_state *s, const struct row *r)
{
	if (!memblock_trait(s, T_DEBUGFS_NODES))
		return 0;
	return r->flags < MEMBLOCK_NODES ? r->flags : MEMBLOCK_NO_NODE;
}

void memblock_do_dump_all(struct memblock_step *step, const struct op *op)
{
	const struct memblock_state *s = step->s;

	(void)op;
	if (!memblock_setting(s, MEMBLOCK_DEBUG))
		return;
	memblock_say(step, MEMBLOCK_SAID_TOTAL, s->total[M_MEMORY], s->total[M_RESERVED], 0);
	for (unsigned int t = 0; t < MEMBLOCK_COLLECTIONS; t++)
		if (s->facts->slots[t])
			print(step, t, L_PRINTED, MEMBLOCK_SAID_REGION + t, shows_flags);
}

void memblock_do_debugfs(struct memblock_step *step, const struct op *op)
{
	const struct memblock_state *s = step->s;

	if (s->facts->keep)
		print(step, op->arg[0], L_ANSWER, MEMBLOCK_RANGE, shows_node);
}

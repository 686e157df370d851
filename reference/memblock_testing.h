/* SPDX-License-Identifier: GPL-2.0-only */
/* Words for the tests of the memblock model: ops as initializers, a model at work. */
#ifndef REFERENCE_MEMBLOCK_TESTING_H
#define REFERENCE_MEMBLOCK_TESTING_H

#include <string.h>

#include "contract/memblock.h"
#include "testing.h"

#define PAGE		4096ULL
#define PAGES(n)	((n) * PAGE)
#define NO_NODE		MEMBLOCK_NO_NODE
#define UNSAID		MEMBLOCK_NODES	/* how add and reserve say "no node" */
#define V6_1		0x060100u
#define V6_12		0x060c00u
#define ENOMEM		((uint64_t)-12)
#define TOP		UINT64_MAX

/* Types of regions on no node, and on a node. */
#define TYPE(flags)	((flags) | MEMBLOCK_NODE_NONE << 8)
#define ON(flags, nid)	((flags) | (nid) << 8)

/* Regions as rows: of add() or reserve(), and said to be on a node. */
#define REGION(start, end, flags)	{ start, (end) - (start), TYPE(flags), UNSAID }
#define REGION_ON(start, end, flags, nid) { start, (end) - (start), ON(flags, nid), nid }

#define ADD(base, size)		{ .id = M_ADD, .arg = { base, size } }
#define ADD_NODE(base, size, nid, flags) { .id = M_ADD_NODE, .arg = { base, size, nid, flags } }
#define REMOVE(base, size)	{ .id = M_REMOVE, .arg = { base, size } }
#define RESERVE(base, size)	{ .id = M_RESERVE, .arg = { base, size } }
#define PHYS_FREE(base, size)	{ .id = M_PHYS_FREE, .arg = { base, size } }
#define FREE(base, size)	{ .id = M_FREE, .arg = { base, size } }
#define PHYSMEM(base, size)	{ .id = M_PHYSMEM_ADD, .arg = { base, size } }
#define MARK(what, base, size)	{ .id = M_MARK_##what, .arg = { base, size } }
#define CLEAR(what, base, size)	{ .id = M_CLEAR_##what, .arg = { base, size } }
#define NOINIT(base, size)	{ .id = M_RESERVED_MARK_NOINIT, .arg = { base, size } }
#define SET_NODE(base, size, table, nid) { .id = M_SET_NODE, .arg = { base, size, table, nid } }
#define TRIM(align)		{ .id = M_TRIM, .arg = { align } }
#define LIMIT_TO(limit)		{ .id = M_ENFORCE_MEMORY_LIMIT, .arg = { limit } }
#define CAP(base, size)		{ .id = M_CAP_MEMORY_RANGE, .arg = { base, size } }
#define LIMIT_MAP(limit)	{ .id = M_MEM_LIMIT_REMOVE_MAP, .arg = { limit } }
#define SWITCH(what, on)	{ .id = M_SET, .arg = { MEMBLOCK_##what, on } }
#define CURRENT_LIMIT(limit)	{ .id = M_SET_CURRENT_LIMIT, .arg = { limit } }
#define ALLOW_RESIZE		{ .id = M_ALLOW_RESIZE }

static union model_room room;

static inline void init_model(enum memblock_config config, uint32_t version)
{
	const struct model_setup setup = {
		.config = &memblock_configs[config], .version = version,
	};

	memblock_model.init(&room, &setup);
}

/* Run @ops; @e is that of the last one. */
static inline void run_ops(const struct op *ops, struct expect *e)
{
	run_model_ops(&memblock_model, &room, ops, e);
}

#endif

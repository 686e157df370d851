// SPDX-License-Identifier: GPL-2.0-only
/* The boot model: legality. That of the calls made, and of their order. */
#include "boot_model.h"

static enum legality worse(enum legality a, enum legality b)
{
	return a > b ? a : b;
}

static enum legality of_e820(struct boot_state *s, const struct op *op)
{
	return e820_model.legality(&s->e820, op);
}

static enum legality of_map(struct boot_state *s, const struct op *op)
{
	static const struct op table = { .id = E820_UPDATE_TABLE, .arg = { E820_MAIN } };
	static const struct op page = {
		.id = E820_UPDATE, .arg = { 0, BOOT_PAGE, E820_T_RAM, E820_T_RESERVED },
	};
	struct op change = *op;

	switch (op->id) {
	case B_FIRMWARE:
		return of_e820(s, boot_e820_op(op, E820_MEMORY_SETUP));
	case B_EXTEND:
		return of_e820(s, boot_e820_op(op, E820_EXTEND));
	case B_CMDLINE:
		return of_e820(s, boot_e820_op(op, E820_CMDLINE));
	case B_FINISH:
		return of_e820(s, boot_e820_op(op, E820_FINISH_EARLY_PARAMS));
	case B_BIOS:
		return worse(of_e820(s, &page), of_e820(s, &table));
	default:
		change.id = E820_UPDATE;
		change.nr_tokens = 0;
		return worse(of_e820(s, &change), of_e820(s, &table));
	}
}

static enum legality of_allocator(const struct boot_state *s, const struct op *op)
{
	struct op inner;

	if (s->old) {
		inner = boot_early_res_op(s, op);
		return early_res_model.legality(&s->early_res, &inner);
	}
	inner = boot_memblock_op(op);
	return memblock_model.legality(&s->memblock, &inner);
}

/* No page is on a node yet. Holes may be: firmware tells of nodes as ranges of addresses. */
static enum legality of_node(const struct boot_state *s, const struct op *op)
{
	uint64_t start = op->arg[1] << 12, end = op->arg[2] << 12;

	return op->arg[1] >= op->arg[2] || boot_set_meets(&s->owners.active, start, end - 1) ?
		       MISUSE : LEGAL;
}

static enum legality only_if(bool legal)
{
	return legal ? LEGAL : MISUSE;
}

enum legality boot_legality_of(struct boot_state *s, const struct op *op)
{
	bool between = s->setup && !s->handed;

	switch (op->id) {
	case B_FIRMWARE:
	case B_EXTEND:
	case B_CMDLINE:
	case B_FINISH:
	case B_BIOS:
	case B_UPDATE:
		return worse(of_map(s, op), only_if(!s->setup && !s->handed));
	case B_RESERVE:
	case B_RESERVE_OVERLAP_OK:
	case B_FREE:
		return worse(of_allocator(s, op), only_if(!s->handed));
	case B_SETUP:
		return only_if(!s->setup && !s->handed);
	case B_MAPPED:
		return only_if(!s->handed);
	case B_LOW:
		return only_if(between);
	case B_BOTTOM_UP:
		return only_if(!s->began && !s->handed);
	case B_FIND:
		return worse(of_allocator(s, op), only_if(s->setup));
	case B_ALLOC:
	case B_ALLOC_NODE:
	case B_ALLOC_RESERVED:
		return worse(of_allocator(s, op), only_if(between));
	case B_NODE:
		return worse(of_node(s, op), only_if(between));
	case B_HANDOFF:
		return only_if(between);
	case B_DISCARD:
		return only_if(s->handed && !s->old && !s->memblock.closed);
	default:
		return LEGAL;
	}
}

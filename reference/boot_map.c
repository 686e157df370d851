// SPDX-License-Identifier: GPL-2.0-only
/* The boot model: ops on the firmware's map, by the model of e820. */
#include <string.h>

#include "boot_model.h"

#define OPS_MAX	512	/* an op and its tokens: more than a scenario has */

static uint8_t token_of(uint8_t id)
{
	switch (id) {
	case B_ENTRY:
		return E820_ENTRY;
	case B_PARAM:
		return E820_PARAM;
	default:
		return E820_MORE;
	}
}

const struct op *boot_e820_op(const struct op *op, uint8_t id)
{
	static struct op ops[OPS_MAX];
	unsigned int nr = op->nr_tokens < OPS_MAX ? op->nr_tokens : OPS_MAX - 1;

	memcpy(ops, op, (1 + nr) * sizeof(ops[0]));
	ops[0].id = id;
	ops[0].nr_tokens = nr;
	for (unsigned int i = 1; i <= nr; i++)
		ops[i].id = token_of(op[i].id);
	return ops;
}

uint64_t boot_e820(struct boot_step *step, const struct op *op)
{
	struct boot_state *s = step->s;
	struct expect inner;

	e820_model.step(&s->e820, op, &inner);
	boot_join(step, BOOT_E820, &inner);
	/* an entry found no slot: announced, and contract */
	s->owners.led |= s->e820.lost || inner.result.said & SAID_ERROR;
	/* nobody predicts what e820 says */
	step->e->result.said |= SAID_UNKNOWN;
	s->ram_changed = true;
	return inner.result.value;
}

void boot_do_map(struct boot_step *step, const struct op *op)
{
	static const uint8_t ids[] = {
		[B_FIRMWARE] = E820_MEMORY_SETUP, [B_EXTEND] = E820_EXTEND,
		[B_CMDLINE] = E820_CMDLINE, [B_FINISH] = E820_FINISH_EARLY_PARAMS,
	};

	/* before e820's: it looks at what that has read of a command line */
	boot_entries_op(step->s, op);
	step->e->result.value = boot_e820(step, boot_e820_op(op, ids[op->id]));
}

void boot_do_bios(struct boot_step *step, const struct op *op)
{
	static const struct op ops[] = {
		{ .id = E820_UPDATE, .arg = { 0, BOOT_PAGE, E820_T_RAM, E820_T_RESERVED } },
		{ .id = E820_REMOVE,
		  .arg = { BOOT_BIOS_BEGIN, BOOT_BIOS_END - BOOT_BIOS_BEGIN, E820_T_RAM, 1 } },
		{ .id = E820_UPDATE_TABLE, .arg = { E820_MAIN } },
	};

	(void)op;
	boot_entries_bios(&step->s->owners.map);
	for (unsigned int i = 0; i < sizeof(ops) / sizeof(ops[0]); i++)
		boot_e820(step, &ops[i]);
}

void boot_do_update(struct boot_step *step, const struct op *op)
{
	static const struct op update = { .id = E820_UPDATE_TABLE, .arg = { E820_MAIN } };
	struct boot_entries *map = &step->s->owners.map;
	struct op change = *op;

	change.id = E820_UPDATE;
	change.nr_tokens = 0;
	step->e->result.value = boot_e820(step, &change);
	if (boot_ended(step))
		return;
	boot_entries_change(map, op->arg[0], op->arg[1], op->arg[2], op->arg[3]);
	boot_entries_update(map);
	boot_e820(step, &update);
}

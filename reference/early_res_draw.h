/* SPDX-License-Identifier: GPL-2.0-only */
/* Random ops of family early_res for tests. */
#ifndef REFERENCE_EARLY_RES_DRAW_H
#define REFERENCE_EARLY_RES_DRAW_H

#include <string.h>

#include "contract/early_res.h"
#include "testing.h"

#define PICK(seed, array)	((array)[random_below(seed, ARRAY_SIZE(array))])

/* Nearby and far; a few tables fit into what lies between them, or only one of a few slots. */
static inline uint64_t early_res_address(uint64_t *seed)
{
	static const uint64_t base[] = { 0, 0, 0, 0x100000, 1ULL << 32, 1ULL << 52, 0 - 0x4000ULL };
	static const uint64_t step[] = { 1, 64, 256 };

	return PICK(seed, base) + random_below(seed, 0x40) * PICK(seed, step);
}

static inline void early_res_span_of(uint64_t *seed, uint64_t *start, uint64_t *end)
{
	*start = early_res_address(seed);
	*end = random_below(seed, 4) ? *start + 1 + random_below(seed, 64) * 64 :
				       early_res_address(seed);
}

/* What the op before reserved comes again now and then: to be freed, to be split. */
static inline void early_res_draw(uint64_t *seed, struct op *op, const struct op *before)
{
	static const uint8_t often[] = {
		E_RES_MAP, E_RES_NODE, E_RES_ACTIVE_RAM, E_RES_RESERVE, E_RES_RESERVE,
		E_RES_RESERVE_OVERLAP_OK, E_RES_RESERVE_OVERLAP_OK, E_RES_RESERVE_WITHOUT_CHECK,
		E_RES_FREE_PARTIAL, E_RES_FREE,
	};
	static const uint64_t aligns[] = { 1, 1, 64, 4096, 4096, 0, 48 };

	memset(op, 0, sizeof(*op));
	op->id = random_below(seed, 2) ? PICK(seed, often) :
		 E_RES_MAP + random_below(seed, E_RES_GET_FREE);
	switch (op->id) {
	case E_RES_MAP:
		early_res_span_of(seed, &op->arg[0], &op->arg[1]);
		op->arg[0] &= EARLY_RES_ADDR_MAX;
		op->arg[1] = (op->arg[1] - op->arg[0]) << random_below(seed, 5);
		op->arg[1] &= EARLY_RES_ADDR_MAX;
		op->arg[2] = random_below(seed, 5) ? EARLY_RES_MAP_RAM : random_below(seed, 3);
		break;
	case E_RES_MAPPED:
		op->arg[0] = random_below(seed, 2) ? random_below(seed, 0x20) :
						     EARLY_RES_MAPPED_MAX;
		break;
	case E_RES_NODE:
	case E_RES_ACTIVE_RAM:
		op->arg[0] = random_below(seed, 3);
		op->arg[1] = early_res_address(seed) >> 12 & (EARLY_RES_PFN_MAX - 1);
		op->arg[2] = op->arg[1] + random_below(seed, 9);
		if (op->id == E_RES_ACTIVE_RAM && random_below(seed, 2)) {
			op->arg[1] = 0;
			op->arg[2] = EARLY_RES_PFN_MAX;
		}
		break;
	case E_RES_FREE:
		op->arg[0] = before->arg[0];
		op->arg[1] = before->arg[1];
		break;
	case E_RES_FIND_AREA:
		early_res_span_of(seed, &op->arg[0], &op->arg[1]);
		early_res_span_of(seed, &op->arg[2], &op->arg[3]);
		op->arg[4] = random_below(seed, 0x200);
		op->arg[5] = PICK(seed, aligns);
		break;
	case E_RES_FIND_AREA_SIZE:
		early_res_span_of(seed, &op->arg[0], &op->arg[1]);
		op->arg[2] = early_res_address(seed);
		op->arg[3] = PICK(seed, aligns);
		break;
	case E_RES_FIND_FW:
	case E_RES_FIND_E820:
		early_res_span_of(seed, &op->arg[0], &op->arg[1]);
		op->arg[2] = random_below(seed, 0x200);
		op->arg[3] = PICK(seed, aligns);
		break;
	case E_RES_FIND_E820_SIZE:
		op->arg[0] = early_res_address(seed);
		op->arg[1] = PICK(seed, aligns);
		break;
	case E_RES_RESERVE_E820:
		op->arg[0] = early_res_address(seed);
		op->arg[1] = random_below(seed, 0x200);
		op->arg[2] = PICK(seed, aligns);
		break;
	case E_RES_TO_BOOTMEM:
	case E_RES_GET_FREE:
		/* seldom: the list ends with it */
		if (random_below(seed, 8))
			op->id = E_RES_GET_FREE;
		early_res_span_of(seed, &op->arg[0], &op->arg[1]);
		if (op->id == E_RES_GET_FREE) {
			op->arg[0] = random_below(seed, 8) ? random_below(seed, 3) :
							     EARLY_RES_MAX_NODES;
			op->arg[1] = 0;
		}
		break;
	case E_RES_MAX_MAPPED:
		break;
	default:
		early_res_span_of(seed, &op->arg[0], &op->arg[1]);
		op->arg[2] = random_below(seed, 7);
		if (op->id == E_RES_FREE_PARTIAL) {
			op->arg[2] = 0;
			if (random_below(seed, 3)) {
				op->arg[0] = before->arg[0] + random_below(seed, 3);
				op->arg[1] = before->arg[1] - random_below(seed, 3);
			}
		}
	}
}

#endif

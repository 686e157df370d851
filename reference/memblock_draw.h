/* SPDX-License-Identifier: GPL-2.0-only */
/* Random ops of family memblock for tests. */
#ifndef REFERENCE_MEMBLOCK_DRAW_H
#define REFERENCE_MEMBLOCK_DRAW_H

#include <string.h>

#include "contract/memblock.h"
#include "testing.h"

#define DRAW(seed, array)	((array)[random_below(seed, ARRAY_SIZE(array))])

/* Nearby and far, on pages and between them; the ends of the address spaces. */
static inline uint64_t memblock_address(uint64_t *seed)
{
	static const uint64_t base[] = {
		0, 0x10000, 0x10000, 0x10000, 0x100000, 0x100000, 1ULL << 32, 0xfffff000,
		1ULL << 52, 0 - 0x10000ULL,
	};
	static const uint64_t step[] = { 1, 0x400, 0x1000, 0x1000, 0x4000 };

	return DRAW(seed, base) + random_below(seed, 0x20) * DRAW(seed, step);
}

static inline uint64_t memblock_size(uint64_t *seed)
{
	static const uint64_t unit[] = { 1, 64, 0x400, 0x1000, 0x1000, 0x2000, 0x10000 };

	if (!random_below(seed, 20))
		return random_below(seed, 2) ? 0 : UINT64_MAX - random_below(seed, 0x2000);
	return (1 + random_below(seed, 12)) * DRAW(seed, unit);
}

static inline uint64_t memblock_node(uint64_t *seed)
{
	static const uint64_t nids[] = {
		MEMBLOCK_NO_NODE, MEMBLOCK_NO_NODE, 0, 0, 1, 1, MEMBLOCK_NODES - 1, MEMBLOCK_NODES,
	};

	return DRAW(seed, nids);
}

static inline void memblock_draw_text(uint64_t *seed, struct op *op)
{
	static const char *const texts[] = {
		"4K:4K:a", "0x2000:64:bb", "1M:0:c", "8K::d", "0:4K:e", "4K:4K", "K:4K:f",
		"4K:4K: ", "4K:4K:0123456789abcde", "4K:4K:0123456789abcdef", "4K:12:g", "a", "bb",
		"64:1:h", "64:2:i", "64:4:j", "64:8:k", "64:16:l", "64:32:m", "1E:4K:n",
	};
	const char *text = DRAW(seed, texts);

	op_set_text(op, text, strlen(text));
}

static inline void memblock_draw_args(uint64_t *seed, struct op *op)
{
	static const uint64_t aligns[] = { 0, 1, 64, 64, 0x1000, 0x1000, 0x4000, 48 };
	static const uint64_t limits[] = {
		0, 1, 0x18000, 0x20000, 0x110000, 1ULL << 32, UINT64_MAX, UINT64_MAX,
	};
	static const uint64_t flags[] = {
		0, 0, 0, MEMBLOCK_F_HOTPLUG, MEMBLOCK_F_MIRROR, MEMBLOCK_F_NOMAP,
		MEMBLOCK_F_DRIVER_MANAGED, MEMBLOCK_F_HOTPLUG | MEMBLOCK_F_DRIVER_MANAGED,
	};
	const struct op_desc *d = family_op(&memblock_family, op->id);

	for (unsigned int i = 0; i < d->nr_args; i++) {
		const struct arg_desc *a = &d->args[i];

		switch (a->kind) {
		case ARG_ADDR:
			op->arg[i] = random_below(seed, 5) ? memblock_address(seed) : 0;
			break;
		case ARG_END:
			op->arg[i] = random_below(seed, 2) ? DRAW(seed, limits) :
							     memblock_address(seed);
			break;
		case ARG_SIZE:
			op->arg[i] = memblock_size(seed);
			break;
		case ARG_ALIGN:
			op->arg[i] = DRAW(seed, aligns);
			break;
		case ARG_PFN:
			op->arg[i] = memblock_address(seed) >> 12;
			break;
		case ARG_BOOL:
			op->arg[i] = random_below(seed, 2);
			break;
		default:
			op->arg[i] = a->max == MEMBLOCK_NO_NODE ? memblock_node(seed) :
				     a->max == MEMBLOCK_F_ALL ? DRAW(seed, flags) :
				     random_below(seed, a->max + 1);
		}
	}
}

/* What fills tables comes often; what ends everything, seldom. @labels: there is reserve_mem. */
static inline void memblock_draw(uint64_t *seed, struct op *op, bool labels)
{
	static const uint8_t often[] = {
		M_ADD, M_ADD, M_ADD_NODE, M_ADD_NODE, M_RESERVE, M_RESERVE, M_RESERVE,
		M_ALLOW_RESIZE, M_REMOVE, M_PHYS_FREE, M_MARK_NOMAP, M_ALLOC, M_PHYSMEM_ADD,
	};

	memset(op, 0, sizeof(*op));
	op->id = random_below(seed, 2) ? DRAW(seed, often) : 1 + random_below(seed, M_DEBUGFS);
	if (op->id == M_DISCARD && random_below(seed, 8))
		op->id = M_FREE_ALL;
	if (op->id == M_TRIM) {		/* of any other nothing is said */
		op->arg[0] = 64ULL << random_below(seed, 10);
		return;
	}
	if (op->id == M_SET && random_below(seed, 4))
		op->id = M_MARK_MIRROR;
	if (!labels && (op->id == M_RESERVE_MEM || op->id == M_RESERVE_MEM_FIND))
		op->id = M_ALLOC_NODE;
	if (op->id == M_RESERVE_MEM || op->id == M_RESERVE_MEM_FIND)
		memblock_draw_text(seed, op);
	else
		memblock_draw_args(seed, op);
}

#endif

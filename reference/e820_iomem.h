/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tree of resources, as kernel-doc in kernel/resource.c has it (contract/e820.h).
 *
 * Ranges are written with an inclusive last byte.
 */
#ifndef REFERENCE_E820_IOMEM_H
#define REFERENCE_E820_IOMEM_H

#include <stdbool.h>
#include <stdint.h>

/*
 * 320 entries become as many resources, and what lies free between them at most 321 pieces and two
 * more for each buffer behind RAM: 1281.
 */
#define IOMEM_MAX	1300

/**
 * struct iomem_resource - a resource
 * @name: enum e820_res_name
 * @depth: 1 for a child of the root
 */
struct iomem_resource {
	uint64_t first, last;
	uint16_t name, depth;
};

/**
 * struct iomem - the tree, without its root, which is [0, @last]
 * @overflow: there was no room for a resource
 * @node: each parent before its children, siblings by address
 */
struct iomem {
	unsigned int nr;
	bool overflow;
	uint64_t last;
	struct iomem_resource node[IOMEM_MAX];
};

static inline void iomem_init(struct iomem *t, uint64_t last)
{
	t->nr = 0;
	t->overflow = false;
	t->last = last;
}

/*
 * insert_resource(), and insert_resource_expand_to_fit(): made larger until there is no conflict.
 * Return: false when it is refused: it ends before it starts, or beyond the root, or (the former
 * only) is in conflict with another.
 */
bool iomem_insert(struct iomem *t, uint64_t first, uint64_t last, unsigned int name);
bool iomem_insert_expanded(struct iomem *t, uint64_t first, uint64_t last, unsigned int name);

/* reserve_region_with_split(): what no child of the root holds, and the root does. */
void iomem_fill(struct iomem *t, uint64_t first, uint64_t last, unsigned int name);

#endif

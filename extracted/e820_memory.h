/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the boot loader left in physical memory for e820.c, and how it is mapped early: blocks and
 * chains of setup_data (contract/e820.h, contract/setup_data.h). Included after the API.
 */
#ifndef E820_MEMORY_H
#define E820_MEMORY_H

#include "contract/setup_data.h"
#include "shim/sanitizer.h"

_Static_assert(NR_FIX_BTMAPS == E820_MAP_PAGES, "an early mapping in the contract");
_Static_assert(SETUP_E820_EXT == E820_SETUP_E820_EXT &&
	       (u32)SETUP_INDIRECT == E820_SETUP_INDIRECT &&
	       SETUP_EFI == E820_SETUP_EFI && SETUP_IMA == E820_SETUP_IMA &&
	       SETUP_RNG_SEED == E820_SETUP_RNG_SEED, "types of setup_data in the contract");

/* Mappings that an op may ask for: a chain asks for two a node. A chain without end asks on. */
#define MAPPINGS_MAX	(16 * E820_DATA_MAX)
static unsigned int nr_mappings;

/* What is mapped early, as the kernel notes it: where, and what size was asked for. */
static struct {
	void *at;
	unsigned long size;
	uint64_t phys;
} mapped[FIX_BTMAPS_SLOTS];

/* Something was unmapped that is not mapped so. */
static bool unmapped_wrongly;

/* The block declares more than can be mapped. */
static bool long_block;

/*
 * Of a block all that is declared may be read. Of a node the pages that are mapped: those of the
 * bytes asked for.
 */
static bool whole_pages;

/* What of [*@phys, *@phys + *@size) is accessible while it is mapped. */
WRAPPER static void widen(uint64_t *phys, uint64_t *size)
{
	uint64_t last;

	if (!whole_pages)
		return;
	last = (*phys + *size - 1) | (PAGE_SIZE - 1);
	*phys &= ~(uint64_t)(PAGE_SIZE - 1);
	*size = last - *phys + 1;
}

WRAPPER static void *window(uint64_t phys, uint64_t size)
{
	uint64_t first = phys;

	widen(&first, &size);
	return (char *)physical(first, size) + (phys - first);
}

/*
 * Fewer bytes than a node and its payload, whose last ones lie on the next page: what is mapped is
 * one page, and what follows faults. A copy of it stands where that is so.
 */
WRAPPER static bool ends_before_payload(uint64_t phys, uint64_t size)
{
	return whole_pages && size < E820_DATA_HEAD &&
	       (phys + size - 1) / PAGE_SIZE != (phys + E820_DATA_HEAD - 1) / PAGE_SIZE;
}

WRAPPER static void close_window(uint64_t phys, uint64_t size)
{
	widen(&phys, &size);
	shim_forbid(physical(phys, size), size);
}

WRAPPER static void *last_window(uint64_t phys, uint64_t size)
{
	char *page = physical(LAST_PAGE, PAGE_SIZE);

	memcpy(page, (char *)window(phys, size) - (phys & ~PAGE_MASK), PAGE_SIZE);
	close_window(phys, size);
	return page + (phys & ~PAGE_MASK);
}

WRAPPER static unsigned int slot_of(const void *at)
{
	unsigned int i = 0;

	while (i < FIX_BTMAPS_SLOTS && mapped[i].at != at)
		i++;
	return i;
}

WRAPPER static void *map_early(uint64_t phys, uint64_t size)
{
	/* so few bytes of it that one page is mapped, and what follows is not */
	if (long_block)
		return physical(LAST_PAGE, PAGE_SIZE);
	if (ends_before_payload(phys, size))
		return last_window(phys, size);
	return window(phys, size);
}

/* With the rules of the kernel's: what breaks them is warned of, and not done. */
WRAPPER void *early_memremap(resource_size_t phys, unsigned long size)
{
	unsigned int slot = slot_of(NULL);

	shim_tick();
	if (++nr_mappings > MAPPINGS_MAX)
		shim_abort(OUT_HANG);
	if (WARN_ON(slot == FIX_BTMAPS_SLOTS) ||
	    WARN_ON(!e820_can_map_below(phys, size, (resource_size_t)-1)))
		return NULL;
	mapped[slot].at = map_early(phys, size);
	mapped[slot].size = size;
	mapped[slot].phys = ends_before_payload(phys, size) ? LAST_PAGE + phys % PAGE_SIZE : phys;
	return mapped[slot].at;
}

WRAPPER void early_memunmap(void *at, unsigned long size)
{
	unsigned int slot = at ? slot_of(at) : FIX_BTMAPS_SLOTS;

	shim_tick();
	if (WARN_ON(slot == FIX_BTMAPS_SLOTS) || WARN_ON(mapped[slot].size != size)) {
		unmapped_wrongly = true;
		return;
	}
	mapped[slot].at = NULL;
	if (!long_block)
		close_window(mapped[slot].phys, size);
}

WRAPPER void *early_ioremap(resource_size_t phys, unsigned long size)
{
	return early_memremap(phys, size);
}

WRAPPER void early_iounmap(void *at, unsigned long size)
{
	early_memunmap(at, size);
}

/* Bytes of the tokens of @op as entries of the boot protocol, at most @max of them. */
WRAPPER static void write_entries(void *to, const struct op *op, unsigned int max)
{
	struct boot_entry *e = to;

	for (unsigned int i = 0; i < op->nr_tokens && i < max; i++) {
		const struct op *token = &op[1 + i];

		e[i].addr = token->arg[0];
		e[i].size = token->arg[1];
		e[i].type = token->arg[2];
	}
}

/* Physical memory as the boot loader sees it. */
WRAPPER static void *loader(uint64_t phys, uint64_t size)
{
	void *p = physical(phys, size);

	if (!p)
		shim_abort(OUT_BUG);
	return p;
}

/* The zero page: its table, and the two sizes that stand in for one. */
WRAPPER static void memory_setup(const struct op *op)
{
	unsigned int max = ARRAY_SIZE(boot_params.boot_entries);

	memset(boot_params.boot_entries, 0, sizeof(boot_params.boot_entries));
	write_entries(boot_params.boot_entries, op, max);
	boot_params.e820_entries = op->arg[0] < max ? op->arg[0] : max;
	boot_params.alt_mem_k = op->arg[1];
	boot_params.screen_info.ext_mem_k = op->arg[2];
	x86_init.resources.memory_setup = api_memory_setup_default;
	api_memory_setup();
}

/* The firmware's block in setup_data: header, entries, zeros up to the declared length. */
WRAPPER static uint64_t extend(const struct op *op)
{
	uint64_t phys = e820_ext_phys(op->arg[0]);
	uint32_t len = e820_ext_len(op->arg[1]);
	struct setup_data *block = loader(phys, sizeof(*block) + len);

	memset(block, 0, sizeof(*block) + len);
	block->type = SETUP_E820_EXT;
	block->len = len;
	write_entries(block->data, op, len / sizeof(struct boot_entry));
	api_extend(phys, sizeof(*block) + len, block);
	return 0;
}

WRAPPER static uint64_t extend_long(const struct op *op)
{
	struct setup_data *block = loader(LAST_PAGE, PAGE_SIZE);

	long_block = true;
	memset(block, 0, PAGE_SIZE);
	block->type = SETUP_E820_EXT;
	block->len = e820_ext_long(op->arg[0]);
	api_extend(E820_EXT_BASE, (uint32_t)(sizeof(*block) + block->len), block);
	return 0;
}

#ifdef HAVE_E820_RESERVE_SETUP_DATA

_Static_assert(sizeof(struct setup_data) + sizeof(struct setup_indirect) == E820_DATA_HEAD,
	       "a node and its payload in the contract");

WRAPPER static void write_node(const struct e820_node *node, uint64_t next)
{
	const struct setup_data head = { .next = next, .type = node->type, .len = node->len };
	struct setup_indirect payload = { 0 };
	char *to = loader(node->at, E820_DATA_HEAD);

	if (node->payload)
		payload = (struct setup_indirect){
			.type = node->payload->arg[0], .addr = node->payload->arg[1],
			.len = node->payload->arg[2],
		};
	memcpy(to, &head, sizeof(head));
	memcpy(to + sizeof(head), &payload, sizeof(payload));
}

/* The chain that @op and its tokens tell of, where the kernel finds it. */
WRAPPER static void write_chain(const struct op *op)
{
	struct e820_node node[E820_DATA_MAX];
	unsigned int nr = e820_chain(op, node);

	for (unsigned int i = 0; i < nr; i++)
		write_node(&node[i], e820_node_at(node, nr, i + 1, op->arg[0]));
	/* to the kernel nothing is readable that it did not map */
	whole_pages = true;
	for (unsigned int i = 0; i < nr; i++)
		close_window(node[i].at, E820_DATA_HEAD);
	boot_params.hdr.setup_data = e820_node_at(node, nr, 0, op->arg[0]);
}

WRAPPER static void reserve_setup_data(const struct op *op)
{
	write_chain(op);
	e820__reserve_setup_data();
}

#else
#define reserve_setup_data(op)	((void)(op))
#endif

/* Before each op. */
WRAPPER static void memory_begins(void)
{
	forget_windows();
	memset(mapped, 0, sizeof(mapped));
	unmapped_wrongly = false;
	nr_mappings = 0;
	long_block = false;
	whole_pages = false;
}

/* After each op that ends: what is mapped still nobody gives back, the kernel warns of it. */
WRAPPER static void memory_ends(void)
{
	bool left = unmapped_wrongly;

	for (unsigned int i = 0; i < FIX_BTMAPS_SLOTS; i++)
		left |= !!mapped[i].at;
	if (WARN_ON(left))
		shim_abort(OUT_BUG);
}

#endif

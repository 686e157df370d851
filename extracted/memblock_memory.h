/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory as mm/memblock.c sees it (contract/memblock.h).
 *
 * Virtual addresses are physical ones plus LINEAR, all 2^64 of them, and nothing lies there: that
 * a block is cleared is recorded. Tables alone are real: what the kernel maps with __va(), or gets
 * of slab, is a block of a pool, which knows its physical address. Blocks are not used twice
 * before the reset, and only the one that a collection has now may be touched.
 *
 * Included after the kernel's file and the wrapper's own tables.
 */
#ifndef MEMBLOCK_MEMORY_H
#define MEMBLOCK_MEMORY_H

#include "shim/sanitizer.h"

/*
 * About where the direct map begins with five-level page tables. NULL is the image of -LINEAR: an
 * address that no operand comes near, no multiple of a page.
 */
#ifndef LINEAR
#ifdef CONFIG_X86_32
#define LINEAR		0xa5c94e43UL
#else
#define LINEAR		0xff116db3a5c94e40ULL
#endif
#endif

/* The physical address of what slab gave, which no table shows. */
#define SLAB_PHYS	((phys_addr_t)0xfffffffff0000000ULL)

/* Where the kernel's image would be, for its built-in tables. */
#define IMAGE_PHYS	((phys_addr_t)MEMBLOCK_IMAGE)

/* Larger than what all doublings of a scenario need, which has 256 ops at most. */
#define POOL_SIZE	(512 * 1024)
#define BLOCKS_MAX	64
#define REDZONE		64

static unsigned char pool[POOL_SIZE] SHIM_SCRATCH __attribute__((__aligned__(64)));

/*
 * A pointer of 32 bits cannot say all that, and any number may be one of the pool, too. So it is
 * kept beside the last pointer what it stands for: of a call there is one, which phys_to_virt()
 * gave, and it is asked about before a table is mapped, or not at all.
 */
#ifdef CONFIG_X86_32
static bool pointer_given;
static uint32_t pointer_high;	/* bits 32 to 63 of the physical address */
#else
enum { pointer_given = false, pointer_high = 0 };
#endif

WRAPPER static void no_pointer(void)
{
#ifdef CONFIG_X86_32
	pointer_given = false;
#endif
}

struct block {
	uint32_t at, size;		/* in the pool */
	bool slab, freed;
	phys_addr_t phys;
};

static struct block blocks[BLOCKS_MAX];
static unsigned int nr_blocks;
static uint32_t pool_used;

#ifdef CONFIG_HAVE_MEMBLOCK_PHYS_MAP
#define PHYSMEM_TYPE	(&physmem)
#else
#define PHYSMEM_TYPE	NULL
#endif

static struct memblock_type *const types[] = {
	[M_MEMORY] = &memblock.memory, [M_RESERVED] = &memblock.reserved,
	[M_PHYSMEM] = PHYSMEM_TYPE,
};

WRAPPER static bool in_pool(const void *p)
{
	return !pointer_given && (uintptr_t)p - (uintptr_t)pool < POOL_SIZE;
}

WRAPPER static struct block *block_of(const void *p)
{
	for (unsigned int i = pointer_given ? 0 : nr_blocks; i--; )
		if (p == pool + blocks[i].at)
			return &blocks[i];
	return NULL;
}

/* A block of at most @size bytes, of undefined contents. */
WRAPPER static struct block *new_block(uint32_t size)
{
	struct block *b = &blocks[nr_blocks];

	shim_tick();
	no_pointer();
	if (nr_blocks == BLOCKS_MAX || size > POOL_SIZE - REDZONE - pool_used) {
		printk(KERN_CRIT "%s: no room for %u bytes\n", __func__, size);
		shim_abort(OUT_BUG);
	}
	if (!nr_blocks) {
		shim_forbid(pool, POOL_SIZE);
		pool_used = REDZONE;
	}
	*b = (struct block){ .at = pool_used, .size = size };
	nr_blocks++;
	pool_used = (pool_used + size + 2 * REDZONE - 1) & -REDZONE;
	shim_allow(pool + b->at, size);
	memset(pool + b->at, SHIM_ARENA_PATTERN, size);
	shim_undefined(pool + b->at, size);
	return b;
}

/* The last block ends with @end: what is behind is room for others. */
WRAPPER static void cut_block(const unsigned char *end)
{
	struct block *b = &blocks[nr_blocks ? nr_blocks - 1 : 0];
	uint32_t size = end - (pool + b->at);

	if (!nr_blocks || end < pool + b->at || size >= b->size)
		return;
	shim_forbid(pool + b->at + size, b->size - size);
	b->size = size;
	pool_used = (b->at + size + 2 * REDZONE - 1) & -REDZONE;
}

WRAPPER static void free_block(struct block *b)
{
	b->freed = true;
	shim_forbid(pool + b->at, b->size);
}

/*
 * What memblock maps is the doubled table of a collection, nobody says of which: the largest one
 * fits, and clearing its second half says where it ends.
 */
WRAPPER void *shim_va(uint64_t phys)
{
	unsigned long slots = 0;
	struct block *b;

	for (unsigned int i = 0; i < ARRAY_SIZE(types); i++)
		if (types[i])
			slots = max(slots, types[i]->max * 2);
	b = new_block(min(slots * sizeof(struct memblock_region), (size_t)POOL_SIZE));
	b->phys = phys;
	return pool + b->at;
}

WRAPPER static bool in_use(const struct block *b)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(types); i++)
		if (types[i] && (void *)types[i]->regions == pool + b->at)
			return true;
	return false;
}

/* Of a table that is given back, too: nobody may touch it any more. */
WRAPPER uint64_t shim_phys(const void *p)
{
	struct block *b = block_of(p);

	shim_tick();
	if (b && !b->slab && !in_use(b))
		free_block(b);
	if (b)
		return b->slab ? SLAB_PHYS : b->phys;
#ifdef CONFIG_HAVE_MEMBLOCK_PHYS_MAP
	if (p == memblock_physmem_init_regions)
		return IMAGE_PHYS;
#endif
	return virt_to_phys((void *)p);
}

WRAPPER void *phys_to_virt(phys_addr_t phys)
{
#ifdef CONFIG_X86_32
	pointer_given = true;
	pointer_high = (uint64_t)phys >> 32;
#endif
	return (void *)(uintptr_t)(phys + LINEAR);
}

WRAPPER phys_addr_t virt_to_phys(volatile void *p)
{
	return (phys_addr_t)((uintptr_t)p - LINEAR) | (phys_addr_t)((uint64_t)pointer_high << 32);
}

bool shim_slab_available;

WRAPPER void *kmalloc(size_t size, gfp_t flags)
{
	struct block *b;

	(void)flags;
	if (size > MEMBLOCK_BLOCK_MAX)
		return NULL;
	b = new_block(size);
	b->slab = true;
	return pool + b->at;
}

/* For allocations that come too late: nobody reads or writes such a block. */
WRAPPER void *kzalloc_node(size_t size, gfp_t flags, int node)
{
	(void)flags;
	(void)node;
	shim_tick();
	return size > MEMBLOCK_BLOCK_MAX ? NULL : phys_to_virt(SLAB_PHYS);
}

WRAPPER void kfree(const void *p)
{
	struct block *b = block_of(p);

	shim_tick();
	if (!p)
		return;
	if (!b || !b->slab || b->freed) {
		printk(KERN_CRIT "%s: no block of slab's\n", __func__);
		shim_abort(OUT_BUG);
	}
	free_block(b);
}

/* memset() in the kernel's file. */
WRAPPER void *memblock_memset(void *to, int byte, size_t size)
{
	if (in_pool(to)) {
		cut_block((unsigned char *)to + size);
		return memset(to, byte, size);
	}
	shim_tick();
	if (!LINEAR)				/* memory is real: memblock_suite.c */
		return memset(to, byte, size);
	if (!shim_slab_available && !byte && size)
		answer(MEMBLOCK_CLEARED, virt_to_phys(to), size, 0);
	return to;
}

/* For state searches: blocks are not in the sections that the runtime saves. */
WRAPPER static void save(void *to)
{
	shim_save(to);
	shim_copy((char *)to + shim_snapshot_size(), pool, pool_used);
}

WRAPPER static void restore(const void *from)
{
	shim_forbid(pool, pool_used);
	shim_restore(from);
	for (unsigned int i = 0; i < nr_blocks; i++)
		if (!blocks[i].freed)
			shim_allow(pool + blocks[i].at, blocks[i].size);
	shim_copy(pool, (const char *)from + shim_snapshot_size(), pool_used);
	shim_defined(pool, pool_used);
}

#endif

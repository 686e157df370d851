/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The reference's early_res: an allocator with the interface of kernel/early_res.c, written from
 * contract/early_res.h and from nothing else. It is the subject early_res@reference.
 *
 * Its table begins with slots of its own and grows into the memory that it manages. It knows the
 * machine through struct early_res_machine alone: what RAM there is, how to get at it, and how to
 * give up.
 *
 * No sum wraps: a block or a table that would reach 2^64 does not exist. Every loop ends: each
 * step passes a reservation, a piece of RAM or a slot.
 */
#ifndef REFERENCE_EARLY_RES_H
#define REFERENCE_EARLY_RES_H

#include "contract/early_res.h"

#define EARLY_RES_NONE	UINT64_MAX	/* no such address */

/* Bytes [@start, @end). */
struct early_res_span {
	uint64_t start, end;
};

/* An active range of node @nid, in bytes, whole pages. */
struct early_res_active {
	struct early_res_span span;
	unsigned int nid;
};

/* A slot of the table. @name ends with a 0. Not of a power's size by chance: see the contract. */
struct early_res_slot {
	uint64_t start, end;
	char name[EARLY_RES_NAME];
	bool overlap_ok;
};
_Static_assert(sizeof(struct early_res_slot) == EARLY_RES_SLOT_SIZE, "a slot of the contract");

/**
 * struct early_res_machine - what the allocator sees of the machine
 * @ram: pieces of RAM, ascending, none touching another
 * @active: the node map, none meeting another, in any order
 * @mapped: memory below this address may be touched
 * @memory: the @size bytes at @phys, to be read and written, undefined contents
 * @panic: does not return
 * @warn: something was wrong and nothing was done
 * @take: [@start, @start + @size) is RAM no more
 * @bootmem: a reserved range that is handed off
 */
struct early_res_machine {
	const struct early_res_span *ram;
	unsigned int nr_ram;
	const struct early_res_active *active;
	unsigned int nr_active;
	uint64_t mapped;
	void *arg;
	void *(*memory)(void *arg, uint64_t phys, uint64_t size);
	__attribute__((__noreturn__)) void (*panic)(void *arg, const char *why);
	void (*warn)(void *arg, const char *why);
	void (*take)(void *arg, uint64_t start, uint64_t size);
	void (*bootmem)(void *arg, uint64_t start, uint64_t size);
};

/**
 * struct early_res - the list of reservations
 * @slot: the table: @first, or the memory at @slot[0]
 * @slots: how many it has, @used of them in use
 * @grown: slot 0 is the table's own reservation
 * @initial: slots of the first table
 *
 * A copy of it is a snapshot, to be put back to the same place, with the table's memory.
 */
struct early_res {
	const struct early_res_machine *machine;
	struct early_res_slot *slot;
	unsigned int slots, used, initial;
	bool grown;
	struct early_res_slot first[32];
};

/* An empty list with @slots slots of its own, 4 to 32. */
void early_res_init(struct early_res *r, const struct early_res_machine *m, unsigned int slots);

/*
 * Reserve bytes [@start, @end); @name may be NULL. Panics as the contract says: when a firm
 * reservation is met, or when a table that is short of slots has no room to grow.
 */
void early_res_reserve(struct early_res *r, uint64_t start, uint64_t end, const char *name);

/*
 * The same, may later give way. Grows only when there is no slot left: what need not grow need not
 * panic.
 */
void early_res_reserve_overlap_ok(struct early_res *r, uint64_t start, uint64_t end,
				  const char *name);

/* Append, whatever it meets. */
void early_res_reserve_without_check(struct early_res *r, uint64_t start, uint64_t end,
				     const char *name);

/* Free the one reservation [@start, @end); panics when there is none but the table's own. */
void early_res_free(struct early_res *r, uint64_t start, uint64_t end);

/* Free what is reserved inside [@start, @end), but the table. Warns when @start > @end. */
void early_res_free_partial(struct early_res *r, uint64_t start, uint64_t end);

/**
 * early_res_find_area() - the lowest free block
 * @last: where the first window ends, exclusive; @end: the other window's end
 * @size: bytes; 0 finds nothing
 * @align: any number, not only powers of two; 0 stands for 1
 *
 * Return: its address, or EARLY_RES_NONE.
 */
uint64_t early_res_find_area(const struct early_res *r, uint64_t ei_start, uint64_t ei_last,
			     uint64_t start, uint64_t end, uint64_t size, uint64_t align);

/**
 * early_res_find_area_size() - the lowest free block of any size
 * @size: receives its bytes, up to the next reservation or @ei_last; else left alone
 *
 * Return: its address, or EARLY_RES_NONE.
 */
uint64_t early_res_find_area_size(const struct early_res *r, uint64_t ei_start, uint64_t ei_last,
				  uint64_t start, uint64_t *size, uint64_t align);

/* Both, piece of RAM by piece of RAM. */
uint64_t early_res_find_ram(const struct early_res *r, uint64_t start, uint64_t end, uint64_t size,
			    uint64_t align);
uint64_t early_res_find_ram_size(const struct early_res *r, uint64_t start, uint64_t *size,
				 uint64_t align);

/**
 * early_res_reserve_e820() - take memory out of the map
 *
 * Return: where, a multiple of @align, at the top of the lowest free block that is large enough;
 * 0: no room, nothing has changed.
 */
uint64_t early_res_reserve_e820(struct early_res *r, uint64_t start, uint64_t size, uint64_t align);

/* Hand all reservations inside [@start, @end) to bootmem, and forget all of them. */
void early_res_to_bootmem(struct early_res *r, uint64_t start, uint64_t end);

/**
 * struct early_res_free - the free page ranges of a node
 * @place: where their array lies, @size bytes of it; no bytes when there is nothing to list
 * @range: that array, ascending, in bytes, valid until memory is asked for again
 */
struct early_res_free {
	uint64_t place, size;
	const struct early_res_span *range;
	unsigned int nr;
};

/**
 * early_res_get_free() - active ranges minus reservations, those rounded outwards to pages
 * @nid: a node; EARLY_RES_MAX_NODES and above: all nodes, and the list is forgotten
 *
 * Panics when there is no room for the array.
 */
struct early_res_free early_res_get_free(struct early_res *r, unsigned int nid);

#endif

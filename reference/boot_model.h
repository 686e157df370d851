/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The model of family boot, inside. The contract is contract/boot.h.
 *
 * Exact layer: a composition. The models of e820 and of the kernel's allocator, early_res or
 * memblock, are stepped with the calls that an op consists of; what they hand off makes the rows.
 *
 * Safety layer: sets of bytes that only the operands and answers of boot's own ops maintain, and at
 * the hand-off the equation of the contract. Nothing of it comes from the inner models but where
 * the allocator's own tables lie, which is observed.
 *
 *   boot_model.c      struct model; which function steps which op
 *   boot_legal.c      legality
 *   boot_map.c        ops on the firmware's map
 *   boot_early_res.c  calls of early_res
 *   boot_memblock.c   calls of memblock
 *   boot_pages.c      what was handed off, as rows
 *   boot_entries.c    safety layer: who holds a byte of the map
 *   boot_owners.c     safety layer: RAM, reservations, the equation
 *   boot_set.c        sets of bytes
 *   boot_quirks.c     traits and quirks
 */
#ifndef REFERENCE_BOOT_MODEL_H
#define REFERENCE_BOOT_MODEL_H

#include "boot_set.h"
#include "contract/boot.h"
#include "contract/model.h"
#include "e820_model.h"
#include "early_res_model.h"
#include "ival.h"
#include "memblock_model.h"

#define BOOT_QUIRKS	48
#define BOOT_ENTRIES	1024	/* pieces of entries that the safety layer follows */
#define BOOT_ROWS	IVAL_STEPS

enum boot_trait {
	T_BOOT_LOWEST,		/* searches find the lowest place */
	T_BOOT_NODES_ONLY,	/* pages on no node are not passed on */
	T_BOOT_RAM_ONLY,	/* RESERVED_KERN memory is none to the allocator */
	T_BOOT_MAP_TAKEN,	/* alloc_reserved takes memory out of the map, of no table else */
	T_BOOT_NO_LOW,		/* what is passed on does not end at max_low_pfn */
	T_BOOT_ARRAY_PAGE,	/* a hand-off's array may lie on a page that is not passed on */
	BOOT_TRAITS
};

extern struct quirk boot_quirks[BOOT_QUIRKS];
extern const struct trait boot_traits[BOOT_TRAITS];

/* Whose quirk it is. */
enum boot_part { BOOT_E820, BOOT_EARLY_RES, BOOT_MEMBLOCK, BOOT_PARTS };

/* Those of the bits in @quirks that are a part's, as its model has them; and back. */
uint64_t boot_quirks_of(enum boot_part part, uint64_t quirks);
uint64_t boot_quirks_from(enum boot_part part, uint64_t fired);

/* Does one of those that fired, as the part has them, change RAM, reservations or pages? */
bool boot_quirks_lead(enum boot_part part, uint64_t fired);

/* An entry of the map, or a piece of one: @last inclusive. */
struct boot_entry {
	uint64_t first, last;
	uint32_t type;
};

/**
 * struct boot_entries - the safety layer's map
 * @nr: entries; @clean: ascending and disjoint
 * @overflow: more than there is room for
 */
struct boot_entries {
	unsigned int nr;
	bool clean, overflow;
	struct boot_entry entry[BOOT_ENTRIES];
};

/**
 * struct boot_owners - the safety layer
 * @led: a quirk changed what is followed here, or an entry was lost: it follows the rows from
 *	now on
 * @soft: the last op was setup: soft-reserved memory of the map is not in @taken yet
 * @max_pfn: behind the last page of RAM, at setup
 * @limit: pages beyond are not passed on
 * @own: where the allocator's tables were after the op before, by enum boot_own
 * @pending: what the last op does to @taken, not done yet: first and last byte
 * @ram: to memblock: memory; @active: what is on nodes; to early_res: whole pages of RAM there
 * @taken: reserved; @initialised: pages that met @taken at a hand-off
 * @want: pages that should have been passed on, type BOOT_FREED
 */
struct boot_owners {
	bool led, overflow, soft;
	uint64_t max_pfn, limit;
	struct row own[2];
	struct boot_pending {
		enum { PENDING_NOT, PENDING_TAKE, PENDING_GIVE } what;
		uint64_t first, last;
	} pending;
	struct boot_entries map;
	struct boot_set ram, active, taken, initialised;
	struct ival want;
};

/**
 * struct boot_pages - the exact layer of what was handed off
 * @passed: pages, how often, type BOOT_FREED; @initialised: type = node
 * @nr_passed..: rows of the tables
 */
struct boot_pages {
	struct ival passed, initialised;
	unsigned int nr_passed, nr_both, nr_own, nr_initialised;
	struct row own[3];
	struct row passed_row[BOOT_ROWS], both[BOOT_ROWS], initialised_row[BOOT_ROWS];
};

/**
 * struct boot_state - the whole model
 * @old: on early_res, @bootmem: without CONFIG_NO_BOOTMEM; else on memblock
 * @setup, @handed: they were called; @nodes: so was node; @began: so was any op on reservations
 * @ram_changed: early_res has not been told of the map as it is now
 * @odd: the layers disagree
 * @max_pfn, @max_low_pfn: the kernel's
 */
struct boot_state {
	const struct config_desc *config;
	uint64_t quirks;
	uint32_t version;
	bool old, bootmem, setup, handed, nodes, began, ram_changed, odd, overflow;
	uint64_t max_pfn, max_low_pfn;
	struct boot_owners owners;
	struct boot_pages pages;
	struct e820_state e820;
	union {
		struct early_res_state early_res;
		struct memblock_state memblock;
	};
};

_Static_assert(sizeof(struct boot_state) <= 1024 * 1024, "room of the runner");

/**
 * struct boot_step - an op on its way
 * @res, @seen: while it is stepped once more with what the subject did; else NULL
 * @refused: what the subject did is not allowed
 */
struct boot_step {
	struct boot_state *s;
	struct expect *e;
	const struct result *res;
	const struct state *seen;
	bool refused;
};

static inline bool boot_ended(const struct boot_step *step)
{
	return step->e->result.outcome != OUT_RETURN || step->e->cut || step->e->avoid;
}

/* What an inner op makes of the outer one: outcome, quirks. The value is the caller's. */
void boot_join(struct boot_step *step, enum boot_part part, const struct expect *inner);

/* An op is over: both layers are compared, and described. */
void boot_finish(struct boot_step *step);

/* --- boot_legal.c --- */
enum legality boot_legality_of(struct boot_state *s, const struct op *op);

/* --- boot_map.c --- */

/* @op with its tokens as e820's op @id; valid until the next call. */
const struct op *boot_e820_op(const struct op *op, uint8_t id);

/* Step an op of e820. Return: its value. */
uint64_t boot_e820(struct boot_step *step, const struct op *op);
void boot_do_map(struct boot_step *step, const struct op *op);
void boot_do_bios(struct boot_step *step, const struct op *op);
void boot_do_update(struct boot_step *step, const struct op *op);

/* --- boot_early_res.c --- */
void boot_early_res_init(struct boot_state *s);
void boot_early_res_do(struct boot_step *step, const struct op *op);
void boot_early_res_adopt(struct boot_step *step, const struct op *op);
void boot_early_res_forget_choice(struct boot_state *s);

/* The inner op that decides about the legality of @op. */
struct op boot_early_res_op(const struct boot_state *s, const struct op *op);

/* --- boot_memblock.c --- */
void boot_memblock_init(struct boot_state *s);
void boot_memblock_do(struct boot_step *step, const struct op *op);
void boot_memblock_keep(const struct boot_state *s, const struct op *op, const struct expect *e);
void boot_memblock_forget_choice(void);
void boot_memblock_adopt(struct boot_step *step, const struct op *op);
struct op boot_memblock_op(const struct op *op);

/* --- boot_pages.c --- */
void boot_pages_init(struct boot_pages *p);
void boot_pass(struct boot_pages *p, uint64_t start, uint64_t end);
void boot_initialise(struct boot_pages *p, uint32_t node, uint64_t start, uint64_t end);

/* Let the expectation describe the state. */
void boot_describe(struct boot_state *s, struct expect *e);

/* --- boot_entries.c --- */
void boot_entries_op(struct boot_state *s, const struct op *op);
void boot_entries_bios(struct boot_entries *t);
void boot_entries_change(struct boot_entries *t, uint64_t start, uint64_t size, uint32_t old,
			 uint32_t new);
void boot_entries_update(struct boot_entries *t);

/* --- boot_owners.c --- */
void boot_owners_init(struct boot_state *s);

/* The op before is over: what it did to reservations. */
void boot_owners_settle(struct boot_state *s);

/* This op takes, or gives back, [start, start + size), cut at the end of the address space. */
void boot_owners_take(struct boot_state *s, uint64_t start, uint64_t size);
void boot_owners_give(struct boot_state *s, uint64_t start, uint64_t size);
void boot_owners_setup(struct boot_state *s);
void boot_owners_node(struct boot_state *s, uint64_t start, uint64_t end);
void boot_owners_handoff(struct boot_state *s);
void boot_owners_discard(struct boot_state *s);

/* Hold both layers against each other. */
void boot_owners_compare(struct boot_state *s);

#endif

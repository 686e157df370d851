/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The brute-force judge: a small universe, counted unit by unit with plain loops.
 *
 * It knows the contract and nothing of the models: no interval maps, no fingerprints, no
 * prediction of rows. A universe is a few addresses (points); the units are what lies between two
 * neighbouring points, the last one reaches to 2^64. Every boundary in ops and tables must be a
 * point. That is enough to judge random sequences over a few operands, by a model and by a kernel
 * alike.
 */
#ifndef REFERENCE_BITMAP_H
#define REFERENCE_BITMAP_H

#include "contract/e820.h"
#include "contract/early_res.h"
#include "contract/memblock.h"
#include "contract/range.h"

#define BITMAP_UNITS	64
#define BITMAP_TYPES	24
#define BITMAP_TABLES	3
#define BITMAP_WHY	160

/**
 * struct bitmap_table - who owns which unit
 * @nr: rows, empty ones too
 * @top: a row reaches 2^64
 * @beyond: a row reaches beyond 2^64
 * @cover: how often a unit is covered, by index of the type and of the unit
 * @boundary: a row that is not empty starts or ends at this point
 */
struct bitmap_table {
	unsigned int nr;
	bool top, beyond;
	unsigned int cover[BITMAP_TYPES][BITMAP_UNITS];
	bool boundary[BITMAP_UNITS];
};

#define BITMAP_TREE	512

/**
 * struct bitmap_resource - a resource of e820
 * @last: inclusive
 * @name: enum e820_res_name
 * @parent: index of its parent, -1: the root
 */
struct bitmap_resource {
	uint64_t first, last;
	uint32_t name;
	int parent;
};

#define BITMAP_EARLY_RES_ROWS	320
#define BITMAP_EARLY_RES_MAP	(EARLY_RES_MAP_MAX + EARLY_RES_TAKEN_MAX + 1)

/**
 * struct bitmap_early_res - what the judge of early_res knows: no units, see bitmap_early_res.c
 * @closed: the list was handed off
 * @maps, @takes: calls so far
 * @mapped: end of mapped memory in bytes, when it is not the first one (@remapped)
 * @map: entries of the firmware's map, and what reserve_e820 took; @active: by node as type
 * @reserved, @own, @ram, @handoff: the tables as they were last
 */
struct bitmap_early_res {
	bool closed, remapped;
	unsigned int maps, takes;
	uint64_t mapped;
	unsigned int nr_map, nr_active, nr_reserved, nr_own, nr_ram, nr_handoff;
	struct row map[BITMAP_EARLY_RES_MAP], active[EARLY_RES_NODES_MAX];
	struct row reserved[BITMAP_EARLY_RES_ROWS], own[2], ram[BITMAP_EARLY_RES_MAP];
	struct row handoff[BITMAP_EARLY_RES_ROWS];
};

#define BITMAP_MEMBLOCK_ROWS		128
#define BITMAP_MEMBLOCK_HANDOFF		512

/**
 * struct bitmap_memblock - what the judge of memblock knows: no units, see bitmap_memblock.h
 * @started: the rest was made ready
 * @low, @max_low_pfn: the last one told, if there was one
 * @setting: by enum memblock_setting
 * @nr, @rows: memory, reserved, physmem as they were last; and so on
 */
struct bitmap_memblock {
	bool started, low;
	uint64_t max_low_pfn, setting[MEMBLOCK_SETTINGS];
	unsigned int nr[3], nr_handoff, nr_named;
	struct row rows[3][BITMAP_MEMBLOCK_ROWS], own[3];
	struct row handoff[BITMAP_MEMBLOCK_HANDOFF], named[MEMBLOCK_NAMED_MAX];
};

/**
 * struct bitmap - the judge
 * @acpi_is_ram: end_of_ram_pfn counts ACPI tables
 * @reserved_kern: type 128 is handed to memblock
 * @extend_keeps: extend leaves the tables kexec and firmware as they are
 * @bits_46: end_of_ram_pfn answers with at most 2^34
 * @pram_merged, @soft_merged: update_table merges neighbours of these types, too
 * @setup_first: memory_setup updates boot_params' entries, then appends them
 * @map_inclusive: reserve_resources tells sysfs last bytes
 * @old_resources: v2.6.34's names for resources, no more than these
 * @iomem_64_bits: the tree of resources ends with the address space
 * @kexec_setup_data: reserve_setup_data changes kexec, too
 * @reallocated: few ops are left
 * @persistent_busy, @soft_busy: it holds nothing of these types back
 * @sizes_to_giga: a number takes no suffix T, P, E
 * @one_item: a memmap is one item
 * @no_pram_item, @no_update_item: of a memmap there is no N!S, no N%S
 * @no_ram_is_fine: mem=0 is taken; @nopentium_is_0: so is mem=nopentium
 * @limit_untold: nobody is told of mem=
 * @users_map: main is the user's
 * @merge_in_place: the union of add_with_merge stands in no particular slot
 * @full_panics: a table of memblock that may not double panics
 * @mirror_asks: mark_mirror does nothing without kernelcore=mirror
 * @reserved_nodes: free_all says reserved pages' nodes
 * @slab_everywhere: also what allocates by physical address asks for slab
 * @node_range: every node that is none means so, not only some
 * @no_dummy: of an empty collection there is not one empty region
 * @point: ascending; the first must be 0
 * @type: the types met so far
 * @table: as judged last; the first BITMAP_TABLES tables of the family
 * @rows: the family's first table as it was, for what depends on single rows
 * @early_res, @memblock: of that family, instead of these two
 */
struct bitmap {
	const struct family *family;
	const struct config_desc *config;
	bool acpi_is_ram, reserved_kern, extend_keeps, bits_46, pram_merged, soft_merged;
	bool setup_first, map_inclusive, persistent_busy, soft_busy;
	bool sizes_to_giga, one_item, no_pram_item, no_update_item;
	bool no_ram_is_fine, nopentium_is_0, limit_untold;
	bool merge_in_place;
	bool full_panics, mirror_asks, reserved_nodes, slab_everywhere, node_range, no_dummy;
	bool users_map;
	bool old_resources, iomem_64_bits, kexec_setup_data, reallocated;
	unsigned int units;
	uint64_t point[BITMAP_UNITS];
	unsigned int types;
	uint32_t type[BITMAP_TYPES];
	union {
		struct {
			struct bitmap_table table[BITMAP_TABLES];
			unsigned int nr_rows;
			struct row rows[E820_SLOTS_MAX];
		};
		struct bitmap_early_res early_res;
		struct bitmap_memblock memblock;
	};
	uint64_t nr_range;
	unsigned int resources, nr_held;	/* e820: as the model's */
	struct row held[E820_SLOTS_MAX];
	unsigned int nr_tree;
	struct bitmap_resource tree[BITMAP_TREE];
};

/**
 * bitmap_init() - an empty state over a universe
 * @points: ascending, the first one 0, at most BITMAP_UNITS
 *
 * Return: false when @points is none of that.
 */
bool bitmap_init(struct bitmap *b, const struct family *f, const struct config_desc *config,
		 const uint64_t *points, unsigned int nr);

/**
 * bitmap_judge() - is what an op did what the contract asks for?
 * @op: its tokens follow it
 * @res: how it ended
 * @st: the tables afterwards; they are what the next op starts from, whatever the answer
 * @why: receives one line when the answer is false, BITMAP_WHY bytes
 *
 * What the contract leaves open is not judged: values of misused queries, ops of the range
 * family that are misused.
 *
 * Return: true when it is.
 */
bool bitmap_judge(struct bitmap *b, const struct op *op, const struct result *res,
		  const struct state *st, char *why);

#define BITMAP_POINTS	8

/**
 * bitmap_points() - points that the ops of a family bring about, whatever their operands
 * @points: receives them, unsorted, BITMAP_POINTS at most
 *
 * Return: how many.
 */
unsigned int bitmap_points(const struct family *f, const struct config_desc *config,
			   uint64_t *points);

/* --- for bitmap_FAMILY.c --- */

/* Index of the unit that starts at @addr; the number of units for 2^64 (@top); -1: no point. */
int bitmap_unit(const struct bitmap *b, uint64_t addr, bool top);

/* Index of a type, made known if it is not. */
unsigned int bitmap_type(struct bitmap *b, uint32_t type);

/* Bytes of a unit. */
uint64_t bitmap_unit_size(const struct bitmap *b, unsigned int unit);

/* Add @n rows to a table. Return: false with @why when a boundary is no point. */
bool bitmap_read(struct bitmap *b, struct bitmap_table *t, const struct row *rows, unsigned int n,
		 char *why);

/* Are all covers equal? */
bool bitmap_same(const struct bitmap *b, const struct bitmap_table *want,
		 const struct bitmap_table *got, const char *name, char *why);

/*
 * A family's own judgement; @got: what @st's tables of memory hold, @b: what they held before. NULL
 * for a family that has no units.
 */
typedef bool bitmap_judgement(struct bitmap *b, const struct op *op, const struct result *res,
			      const struct state *st, const struct bitmap_table *got, char *why);
bitmap_judgement bitmap_judge_range, bitmap_judge_e820, bitmap_judge_early_res;
bitmap_judgement bitmap_judge_memblock;
unsigned int bitmap_points_e820(const struct config_desc *config, uint64_t *points);

#endif

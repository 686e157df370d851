/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The model of family e820, inside. The contract is contract/e820.h.
 *
 *   e820_model.c    struct model: legality, one step per op
 *   e820_legal.c    operands as the ops read them, legality
 *   e820_rows.c     exact layer: the entries of a table and what the ops make of them
 *   e820_facts.c    both layers' answers to the queries
 *   e820_boot.c     where the map comes from (memory_setup), NVS memory, memblock
 *   e820_resources.c  what others are told of it: resources, sysfs
 *   e820_iomem.c    the tree of resources
 *   e820_setup_data.c  what the boot loader left: setup_data chains
 *   e820_cmdline.c  mem= and memmap= as requests (e820_cmdline.h)
 *   e820_cmdline_step.c  what these do, and whether a user's entries are a map
 *   e820_holes.c    what is no RAM: room for PCI, pages that hibernation leaves out
 *   e820_quirks.c   traits and quirks
 */
#ifndef REFERENCE_E820_MODEL_H
#define REFERENCE_E820_MODEL_H

#include "contract/e820.h"
#include "contract/model.h"
#include "e820_iomem.h"
#include "ival.h"

#define PAGE_SHIFT	12
#define PAGE_SIZE	(1u << PAGE_SHIFT)

enum e820_quirk {
	Q_WRAP_LAST_BYTE,
	Q_UPDATE_TOP_ENTRY,
	Q_UPDATE_FULL,
	Q_TABLE_FULL,
	Q_QUERY_TOP_ENTRY,
	Q_QUERY_EMPTY_ENTRY,
	Q_PFN_TOP_ENTRY,
	Q_PFN_EMPTY_ENTRY,
	Q_EMPTY_SPAN,
	Q_APPEND_TOP_ENTRY,
	Q_GAP_TOP_ENTRY,
	Q_NOSAVE_NOT_RAM,
	Q_NOSAVE_TOP_ENTRY,
	Q_HOLE_TOP_ENTRY,
	Q_BUFFER_TOP_ENTRY,
	Q_BUFFER_ONE_BYTE,
	Q_ONE_ENTRY_REFUSED,
	Q_MEMMAP_ZERO,
	Q_MEMMAP_SILENT,
	Q_MEMMAP_MARK,
	Q_MEMMAP_SAME_TYPE,
	Q_SETUP_DATA_CYCLE,
	Q_EXTEND_UNMAPPABLE,
	Q_SYSFS_TOP_ENTRY,
	Q_SYSFS_EMPTY_ENTRY,
	Q_INDIRECT_SHORT,
	Q_INDIRECT_UNMAPPED,
	Q_PAGES_32,
	Q_NVS_32,
	Q_MEMBLOCK_STRADDLES,
	Q_MEMBLOCK_TOP_ENTRY,
	Q_BUFFER_MEGABYTES,
	Q_SETUP_DATA_SIZE,
	Q_SYSFS_WRAPPED_ENTRY,
	E820_QUIRKS
};

enum e820_trait {
	T_ACPI_IS_RAM,
	T_RESERVED_KERN,
	T_PRAM_UNMERGED,
	T_SOFT_RESERVED_UNMERGED,
	T_EXTEND_COPIES,
	T_52_BITS,
	T_NOSAVE_PER_ENTRY,
	T_SETUP_UPDATES_FIRST,
	T_FIRMWARE_MAP_INCLUSIVE,
	T_PERSISTENT_HELD_BACK,
	T_SOFT_RESERVED_HELD_BACK,
	T_SIZE_TO_EXA,
	T_MEMMAP_LISTS,
	T_MEMMAP_PRAM,
	T_MEMMAP_UPDATES,
	T_MEM_ZERO_REFUSED,
	T_NOPENTIUM_REFUSED,
	T_LIMIT_TOLD,
	T_SETUP_DATA_KEXEC,
	T_RESOURCE_NAMES,
	T_RESOURCE_DESCRIBED,
	T_IOMEM_52_BITS,
	T_ARCH_36_BITS,
	T_ARCH_32_BITS,
	T_GAP_KEPT,
	T_NOPENTIUM_WORD,
	E820_TRAITS
};

extern const struct quirk e820_quirks[E820_QUIRKS];
extern const struct trait e820_traits[E820_TRAITS];

#define E820_MEMORY_TABLES	3

/**
 * struct e820_tab - one table, both layers
 * @slots: capacity
 * @nr: entries in use
 * @invalid: how many of them reach beyond 2^64
 * @tops: how many reach its end, or beyond: kernels see their end at or near 0
 * @empty: how many are of size 0
 * @sum: of the entries, as table_sum()
 * @ordered: 1: the entries are sorted and disjoint, 0: they are not, -1: not known
 * @updated: update_table made them, and nothing has changed since
 * @row: exact layer
 * @map: safety layer
 */
struct e820_tab {
	unsigned int slots, nr, invalid, tops, empty;
	int ordered;
	bool updated;
	uint64_t sum;
	struct row row[E820_SLOTS_MAX];
	struct ival map;
};

/**
 * struct e820_state - the whole model
 * @lost: the contract asked for a slot that was not there: the layers are no longer comparable
 * @odd: the layers disagree without such a reason
 * @users_map: main is the user's, by a command line
 * @resources: how many entries main had at reserve_resources, plus one; 0: there was none
 * @nr_held: what it held back or the tree refused, in @held; flags: it is busy
 * @reallocated: few ops are left
 * @tree: resources, since reserve_resources. From here on not all means anything (e820_used())
 * @report: E820_RECORDED, E820_PRINTED and E820_IOMEM, of the last op
 */
struct e820_state {
	const struct config_desc *config;
	uint64_t quirks;
	bool trait[E820_TRAITS];
	bool lost, odd, users_map, reallocated;
	struct e820_tab tab[E820_MEMORY_TABLES];
	unsigned int resources, nr_held;
	struct row held[E820_SLOTS_MAX];
	struct iomem tree;
	struct e820_report {
		unsigned int nr;
		uint64_t sum;		/* of the rows */
		uint64_t want;		/* by the safety layer */
		struct row row[E820_REPORT_MAX];
	} recorded, printed, iomem;
};

/**
 * struct e820_step - an op on its way
 * @bytes: what update and remove return, by the exact layer
 */
struct e820_step {
	struct e820_state *s;
	struct expect *e;
	uint64_t bytes;
};

static inline bool e820_quirk_on(const struct e820_state *s, enum e820_quirk q)
{
	return s->quirks >> q & 1;
}

/* Note that quirk @q shapes the prediction. */
static inline void e820_fire(struct e820_step *step, enum e820_quirk q)
{
	step->e->fired |= 1ULL << q;
}

/* A page number as an unsigned long of the subject, and an address as its phys_addr_t. */
static inline uint64_t e820_long(const struct e820_state *s, uint64_t x)
{
	return x & config_long_max(s->config);
}

static inline uint64_t e820_phys(const struct e820_state *s, uint64_t x)
{
	return x & config_phys_max(s->config);
}

/* Does [start, start + size) reach the end of the address space, or beyond? */
static inline bool reaches_top(uint64_t start, uint64_t size)
{
	return size && start + size <= start;
}

/* Does it reach beyond? */
static inline bool wraps(uint64_t start, uint64_t size)
{
	return start + size < start && start + size != 0;
}

/* The last byte, at most that of the address space; @size > 0. */
static inline uint64_t last_byte(uint64_t start, uint64_t size)
{
	return reaches_top(start, size) ? UINT64_MAX : start + size - 1;
}

/**
 * struct span - the range of an update or remove
 * @first: first byte
 * @last: last byte, inclusive; meaningless when @size is 0
 * @size: bytes
 */
struct span {
	uint64_t first, last, size;
};

/**
 * struct e820_change - what update, update_kexec and remove are to do
 * @any: with bytes of any type, not of @old only
 * @remove: remove them; else turn them into @new
 */
struct e820_change {
	struct span span;
	uint32_t old, new;
	bool any, remove;
};

/* e820_model.c: what ops share */

/* A row more; beyond E820_REPORT_MAX it is not kept. */
void e820_report(struct e820_report *r, uint64_t start, uint64_t size, uint32_t type,
		 uint32_t flags);

/* Main, printed, behind what is printed already. */
void e820_print_rows(struct e820_state *s);

/* This op may change [@first, @last] of a table. */
void e820_frame(struct e820_step *step, unsigned int table, uint64_t first, uint64_t last);

/* Both layers take an entry as it is. A full table ignores it, with a message. */
void e820_append_entry(struct e820_step *step, struct e820_tab *t, const struct row *r);

/* The tokens of @op, appended to main. Return: -1 when it stopped at one. */
uint64_t e820_append_entries(struct e820_step *step, const struct op *op);

/**
 * e820_change() - update and remove, both layers, without the line that they print
 * @op: an update, update_kexec or remove
 * @c: e820_change_of() it; old and new are not equal
 *
 * Return: bytes.
 */
uint64_t e820_change(struct e820_step *step, struct e820_tab *t, const struct op *op,
		     const struct e820_change *c);
void e820_print_change(struct e820_step *step, const struct op *op, const struct e820_change *c);

/* update_table, both layers. Return: what it returns. */
uint64_t e820_update_table(struct e820_step *step, struct e820_tab *t);
void e820_copy_table(struct e820_tab *to, const struct e820_tab *from);

/* e820_legal.c */

/* The operands of an update, update_kexec or remove. */
struct e820_change e820_change_of(const struct e820_state *s, const struct op *op);

/* append, extend: how many entries the call reads, and entry @i of them. */
unsigned int e820_entries_read(const struct e820_state *s, const struct op *op);

static inline struct row e820_entry_of(const struct op *op, unsigned int i)
{
	const struct op *token = op + 1 + i;

	/* what lies behind the tokens is zero */
	if (i >= op->nr_tokens)
		return (struct row){ 0 };
	return (struct row){
		.start = token->arg[0], .size = token->arg[1], .type = token->arg[2],
	};
}

enum legality e820_legality_of(struct e820_state *s, const struct op *op);

/* Can it still be called once the init sections are gone (reallocate_tables)? */
static inline bool e820_outlives_init(uint8_t op)
{
	return op == E820_MAPPED_RAW_ANY || op == E820_MAPPED_ANY || op == E820_GET_ENTRY_TYPE;
}

/* Does a range that is not empty reach beyond 52 physical address bits? */
bool e820_beyond_machine(uint64_t start, uint64_t size);

/* e820_rows.c */

/* Append an entry as it is. Return: false when the table is full. */
bool e820_append_row(struct e820_tab *t, uint64_t start, uint64_t size, uint32_t type);

/* Are the entries sorted and disjoint? Entries of size 0 do not count. */
bool e820_ordered(struct e820_tab *t);

/* How many slots more does a change need? */
unsigned int e820_slots_needed(const struct e820_tab *t, const struct e820_change *c);

/* update and remove, exact layer. */
void e820_change_rows(struct e820_step *step, struct e820_tab *t, const struct e820_change *c);

/* Would update_table find slots for all that it makes of the entries, none of them invalid? */
bool e820_update_fits(const struct e820_state *s, struct e820_tab *t);

/* update_table, exact layer. Return: 0, or -1 when the table is refused. */
int e820_update_rows(struct e820_step *step, struct e820_tab *t);

/* Make the interval map describe the entries. */
void e820_map_from_rows(struct e820_tab *t);

/* e820_facts.c */

static inline bool e820_has_top_entry(const struct e820_tab *t)
{
	return t->tops;
}

/* The contract says @want; by the entries it is @seen, because of @q. Return: which to expect. */
uint64_t e820_choose(struct e820_step *step, uint64_t want, uint64_t seen, enum e820_quirk q);

/**
 * e820_answer_any() - mapped_any and mapped_raw_any; then mapped_all, get_entry_type
 *
 * Sets the result's value and value_rule.
 */
void e820_answer_any(struct e820_step *step, struct e820_tab *t, uint64_t start, uint64_t end,
		     uint32_t type);
void e820_answer_all(struct e820_step *step, struct e820_tab *t, uint64_t start, uint64_t end,
		     uint32_t type);
void e820_answer_type(struct e820_step *step, struct e820_tab *t, uint64_t start, uint64_t end);

/* The first page that the processor cannot address. */
uint64_t e820_max_arch_pfn(const struct e820_state *s);

/* end_of_ram_pfn and end_of_low_ram_pfn: @limit is the first page that does not count, pfn. */
void e820_answer_end_pfn(struct e820_step *step, struct e820_tab *t, uint64_t limit);

/* e820_boot.c */

void e820_do_memory_setup(struct e820_step *step, const struct op *op);
void e820_do_nvs(struct e820_step *step, const struct op *op);
void e820_do_memblock_setup(struct e820_step *step, const struct op *op);
void e820_do_memblock_alloc_reserved(struct e820_step *step, const struct op *op);

/* Do the tokens of a memory_setup make a map, or are the sizes asked? */
bool e820_setup_accepts(const struct e820_state *s, const struct op *op);

/* No entries, both layers. */
void e820_clear_table(struct e820_tab *t);

/* e820_resources.c */

void e820_do_reserve_resources(struct e820_step *step, const struct op *op);
void e820_do_reserve_resources_late(struct e820_step *step, const struct op *op);

/* e820_setup_data.c */

void e820_do_reserve_setup_data(struct e820_step *step, const struct op *op);
void e820_do_extend_long(struct e820_step *step, const struct op *op);
enum legality e820_legality_of_setup_data(struct e820_state *s, const struct op *op);

/* e820_cmdline.c */

void e820_do_cmdline(struct e820_step *step, const struct op *op);
void e820_do_finish_early_params(struct e820_step *step, const struct op *op);
enum legality e820_legality_of_cmdline(struct e820_state *s, const struct op *op);
enum legality e820_legality_of_finish(const struct e820_state *s, struct e820_tab *t);

/* e820_holes.c */

void e820_do_setup_gap(struct e820_step *step, const struct op *op);
void e820_do_nosave(struct e820_step *step, const struct op *op);
void e820_do_hole_size(struct e820_step *step, const struct op *op);

/* nosave: what was told need not be what is predicted. See struct model. */
void e820_adopt(void *state, const struct op *op, const struct result *res,
		const struct state *seen, struct expect *e);

static inline bool e820_has_empty_entry(const struct e820_tab *t)
{
	return t->empty;
}

#endif

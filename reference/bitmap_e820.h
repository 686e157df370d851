/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The brute-force judge of family e820, inside.
 *
 *   bitmap_e820.c		the tables and the queries
 *   bitmap_e820_boot.c		where main comes from, what others are told
 *   bitmap_e820_resources.c	resources
 *   bitmap_e820_cmdline.c	what a user says of it
 *   bitmap_e820_setup_data.c	what the boot loader left
 */
#ifndef REFERENCE_BITMAP_E820_H
#define REFERENCE_BITMAP_E820_H

#include "bitmap.h"

/* What is judged, all together. */
struct trial {
	struct bitmap *b;
	const struct op *op;
	const struct result *res;
	const struct state *st;
	const struct bitmap_table *got;		/* afterwards, by table */
	struct bitmap_table want[BITMAP_TABLES];
	bool updated[BITMAP_TABLES];		/* must be sorted and merged */
	uint64_t value;
	bool value_open;
	char *why;
};

/* False, and why. */
bool trial_complain(struct trial *t, const char *what);

/* cover' = cover + [start, start + size) while there is a slot. */
bool trial_add(struct trial *t, struct bitmap_table *w, uint64_t start, uint64_t size,
	       uint32_t type);

/*
 * In the range: cover by old becomes cover by new, or, of main, cover by old (by anything when not
 * @check) becomes nothing. Counts bytes in @t->value.
 */
bool trial_update(struct trial *t, struct bitmap_table *w, uint64_t start, uint64_t size,
		  uint32_t old, uint32_t new);
bool trial_remove(struct trial *t, uint64_t start, uint64_t size, uint32_t old, bool check);

/* Every unit keeps its highest type, once. Return: false when the table is refused. */
bool trial_update_table(struct trial *t, unsigned int table);

/* Entries of boot_params or of the extended table, as add does, until one wraps. */
bool trial_append(struct trial *t, unsigned int count, bool *wrapped);

/* The highest type of a unit, 0 for none; is it one whose neighbours stay apart? */
uint32_t trial_highest(const struct bitmap *b, const struct bitmap_table *t, unsigned int u);
bool trial_never_merged(const struct bitmap *b, uint32_t type);

/* Was main sorted and without overlaps? */
bool trial_ordered(const struct bitmap *b);

bool trial_is_row(const struct row *r, uint64_t start, uint64_t size, uint32_t type,
		  uint32_t flags);

/* Main is printed as it is now; behind @lines others. */
bool trial_printed_after(struct trial *t, unsigned int lines);
static inline bool trial_printed_table(struct trial *t)
{
	return trial_printed_after(t, 0);
}

/* --- bitmap_e820_boot.c --- */

bool trial_setup_gap(struct trial *t);
bool trial_nosave(struct trial *t);
bool trial_nvs(struct trial *t);
bool trial_hole_size(struct trial *t);
bool trial_memory_setup(struct trial *t);

/* After reallocate_tables: was no call made? */
bool trial_idle(struct trial *t);

/* The next row that was told; was it all? */
bool trial_told_next(struct trial *t, unsigned int *at, uint64_t start, uint64_t size,
		     uint32_t type, uint32_t flags);
bool trial_told_all(struct trial *t, unsigned int at);

/* --- bitmap_e820_resources.c --- */

bool trial_reserve_resources(struct trial *t);
bool trial_reserve_resources_late(struct trial *t);

/* Are resources reported by their two ops only? */
bool trial_tree_is_due(struct trial *t);

/* --- bitmap_e820_setup_data.c --- */

bool trial_reserve_setup_data(struct trial *t);

/* --- bitmap_e820_cmdline.c --- */

bool trial_cmdline(struct trial *t);
bool trial_finish_early_params(struct trial *t);
bool trial_update_table_print(struct trial *t);

/* Must finish_early_params panic? */
bool trial_no_map(const struct trial *t);

#endif

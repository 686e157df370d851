/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is left of a subject: running an op, and the observable tables (contract/boot.h). Before the
 * hand-off these are where the allocators' own tables lie, and no more: that costs next to nothing.
 *
 * Included by a wrapper after call_allocator(), what is handed off (handoff[nr_handoff], of which
 * is_freed() and is_initialised() tell what is what), own(), which gives the tables' places, and
 * allocator_fingerprint().
 */
#ifndef BOOT_SUBJECT_H
#define BOOT_SUBJECT_H

#include "boot_pages.h"

static struct row page_rows[PAGE_ROWS] SHIM_SCRATCH, both_rows[PAGE_ROWS + 3] SHIM_SCRATCH;
static struct row initialised_rows[PAGE_ROWS] SHIM_SCRATCH, own_places[3] SHIM_SCRATCH;

/* The rows of @which that were handed off. */
WRAPPER static void begin_pages(bool (*which)(const struct row *r, uint32_t *type))
{
	uint32_t type;

	nr_edges = 0;
	for (unsigned int i = 0; i < nr_handoff; i++)
		if (which(&handoff[i], &type))
			add_bytes(type, handoff[i].start, handoff[i].size, 1);
}

WRAPPER static void observe_pages(struct table *t)
{
	unsigned int nr, depth = 1;

	begin_pages(is_freed);
	sort_edges();
	t->nr = 0;
	t->rows = page_rows;
	do {
		nr = layer(page_rows + t->nr, depth++);
		t->nr += nr;
	} while (nr);
}

WRAPPER static void observe_both(struct table *t, const struct table *places)
{
	begin_pages(is_freed);
	for (unsigned int i = 0; i < places->nr; i++)
		add_bytes(BOOT_FREED, places->rows[i].start, places->rows[i].size, 1);
	sort_edges();
	t->nr = layer(both_rows, 1);
	t->rows = both_rows;
}

WRAPPER static void observe_initialised(struct table *t)
{
	begin_pages(is_initialised);
	sort_edges();
	t->nr = layer(initialised_rows, 1);
	t->rows = initialised_rows;
	sort_rows(initialised_rows, t->nr);
}

WRAPPER static void observe(struct state *st)
{
	st->nr_tables = B_TABLES;
	st->table[B_OWN] = (struct table){ .nr = own(own_places), .rows = own_places };
	if (!handed_off) {
		st->table[B_PAGES] = (struct table){ .nr = 0, .rows = page_rows };
		st->table[B_BOTH] = (struct table){ .nr = 0, .rows = both_rows };
		st->table[B_INITIALISED] = (struct table){ .nr = 0, .rows = initialised_rows };
		return;
	}
	observe_pages(&st->table[B_PAGES]);
	observe_both(&st->table[B_BOTH], &st->table[B_OWN]);
	observe_initialised(&st->table[B_INITIALISED]);
}

WRAPPER static uint64_t call_any(const struct op *op)
{
	return op->id < 64 && OPS_OF_MAP >> op->id & 1 ? SUBJECT_CALL(call_map, op) :
							   call_allocator(op);
}

WRAPPER static uint64_t call(const struct op *op)
{
	uint64_t value;

	memory_begins();
	value = call_any(op);
	memory_ends();
	return value;
}

WRAPPER static void exec(const struct op *op, struct result *res)
{
	shim_exec(call, op, res);
}

/* Nothing of this is in any table before the hand-off. */
WRAPPER static uint64_t hidden(void)
{
	return map_fingerprint() + 31 * allocator_fingerprint() + shim_once();
}

#undef SUBJECT_HIDDEN
#define SUBJECT_HIDDEN hidden

#endif

// SPDX-License-Identifier: GPL-2.0-only
/* The brute-force judge of family memblock: byte by byte. See bitmap_memblock.h. */
#include "bitmap_memblock.h"

bool mb_marks_mirror(const struct trial *t)
{
	return !t->all->mirror_asks || t->b->setting[MEMBLOCK_KERNELCORE_MIRROR];
}

/* Count the bytes of memory from below. */
uint64_t mb_limit_end(const struct trial *t)
{
	uint64_t left = cut(t, t->op->arg[0]);

	if (!left || left > bytes_of(t, M_MEMORY))
		return UINT64_MAX;
	for (unsigned int i = 0; i < t->b->nr[M_MEMORY]; i++) {
		const struct row *r = &t->b->rows[M_MEMORY][i];

		if (left <= r->size)
			return r->start + left;
		left -= r->size;
	}
	return UINT64_MAX;
}

/* Is a byte one that cap_memory_range() or a limit takes away? */
static bool beyond_limit(const struct trial *t, uint64_t at)
{
	if (t->op->id != M_CAP_MEMORY_RANGE)
		return t->limit_end != UINT64_MAX && at >= t->limit_end;
	return t->b->nr[M_MEMORY] && cut(t, t->op->arg[1]) && !in(&t->range, at);
}

/* Inside of its region's whole multiples of an alignment? */
static bool survives_trim(const struct trial *t, uint64_t at, uint64_t align)
{
	for (unsigned int i = 0; i < t->b->nr[M_MEMORY]; i++) {
		const struct row *r = &t->b->rows[M_MEMORY][i];

		if (holds(r, at))
			return at >= round_up(r->start, align) &&
			       at < end_of(r) - end_of(r) % align;
	}
	return false;
}

static uint32_t changed_flags(const struct trial *t, uint32_t type)
{
	switch (t->op->id) {
	case M_MARK_HOTPLUG:
		return type | MEMBLOCK_F_HOTPLUG;
	case M_CLEAR_HOTPLUG:
		return type & ~(uint32_t)MEMBLOCK_F_HOTPLUG;
	case M_MARK_MIRROR:
		return mb_marks_mirror(t) ? type | MEMBLOCK_F_MIRROR : type;
	case M_MARK_NOMAP:
		return type | MEMBLOCK_F_NOMAP;
	default:
		return type & ~(uint32_t)MEMBLOCK_F_NOMAP;
	}
}

static uint32_t want_memory(const struct trial *t, uint64_t at)
{
	uint32_t type = before(t, M_MEMORY, at);
	bool there = type != NOBODY, here = in(&t->range, at);
	const uint64_t *arg = t->op->arg;

	switch (t->op->id) {
	case M_ADD:
	case M_ADD_NODE:
		if (there || !here)
			return type;
		return t->op->id == M_ADD ? memblock_row_type(0, MEMBLOCK_NO_NODE) :
					    with_node(t, flags_of(arg[3]), arg[2]);
	case M_REMOVE:
		return here ? NOBODY : type;
	case M_MARK_HOTPLUG:
	case M_CLEAR_HOTPLUG:
	case M_MARK_MIRROR:
	case M_MARK_NOMAP:
	case M_CLEAR_NOMAP:
		return there && here ? changed_flags(t, type) : type;
	case M_SET_NODE:
		return there && here && arg[2] == M_MEMORY ? with_node(t, type, arg[3]) : type;
	case M_TRIM:
		return there && survives_trim(t, at, cut(t, arg[0])) ? type : NOBODY;
	case M_ENFORCE_MEMORY_LIMIT:
		return beyond_limit(t, at) ? NOBODY : type;
	case M_CAP_MEMORY_RANGE:
	case M_MEM_LIMIT_REMOVE_MAP:
		return there && beyond_limit(t, at) && !(type & MEMBLOCK_F_NOMAP) ? NOBODY : type;
	case M_FREE_ALL:
		return there && mb_frees_all(t) ? type & ~(uint32_t)MEMBLOCK_F_HOTPLUG : type;
	}
	return type;
}

/* What tables that moved make of it: the old place is given back, the new one is taken. */
static uint32_t with_tables(const struct trial *t, uint64_t at)
{
	uint32_t type = before(t, M_RESERVED, at);

	for (unsigned int i = 0; i < COLLECTIONS; i++)
		if (t->moved[i] && in(&t->was[i], at))
			type = NOBODY;
	for (unsigned int i = 0; i < COLLECTIONS; i++)
		if (t->moved[i] && in(&t->is[i], at))
			type = memblock_row_type(0, MEMBLOCK_NO_NODE);
	return type;
}

static bool in_new_table(const struct trial *t, uint64_t at)
{
	for (unsigned int i = 0; i < COLLECTIONS; i++)
		if (t->moved[i] && in(&t->is[i], at))
			return true;
	return false;
}

/* Does it hold the struct of a page between two blocks of memory, and far enough from both? */
static bool is_idle_struct(const struct trial *t, uint64_t at)
{
	const uint64_t around = (uint64_t)MEMBLOCK_PAGEBLOCK * MEMBLOCK_PAGE;
	const struct row *rows = t->b->rows[M_MEMORY];
	bool below = false, above = false;
	uint64_t page;

	if (!t->f->memmap || at < t->f->memmap || !mb_frees_all(t))
		return false;
	page = (at - t->f->memmap) / MEMBLOCK_STRUCT_PAGE * MEMBLOCK_PAGE / around * around;
	for (unsigned int i = 0; i < t->b->nr[M_MEMORY]; i++) {
		uint64_t start = round_up(rows[i].start, MEMBLOCK_PAGE);
		uint64_t end = page_down(end_of(&rows[i]));

		if (start >= end)
			continue;
		if (start < page + around && page < end)
			return false;
		below |= end <= page;
		above |= start >= page + around;
	}
	return below && above;
}

static uint32_t want_reserved(const struct trial *t, uint64_t at)
{
	uint32_t type = with_tables(t, at), node;
	bool there = type != NOBODY, here = in(&t->range, at);

	if (t->failed)
		return type;
	switch (t->op->id) {
	case M_RESERVE:
		return there || !here ? type : memblock_row_type(0, MEMBLOCK_NO_NODE);
	case M_PHYS_FREE:
	case M_FREE:
		return here ? NOBODY : type;
	case M_RESERVED_MARK_NOINIT:
		return there && here ? type | MEMBLOCK_F_NOINIT : type;
	case M_SET_NODE:
		return there && here && t->op->arg[2] == M_RESERVED ?
			with_node(t, type, t->op->arg[3]) : type;
	case M_ENFORCE_MEMORY_LIMIT:
	case M_CAP_MEMORY_RANGE:
	case M_MEM_LIMIT_REMOVE_MAP:
		return beyond_limit(t, at) ? NOBODY : type;
	case M_FREE_ALL:
		if (is_idle_struct(t, at) && !in_new_table(t, at))
			return NOBODY;
		node = before(t, M_MEMORY, at);
		return there && t->all->reserved_nodes && mb_frees_all(t) && node != NOBODY ?
			with_node(t, type, node_of(node)) : type;
	}
	if (!there && in(&t->block, at))
		return memblock_row_type(0, MEMBLOCK_NO_NODE);
	return type;
}

uint32_t mb_want_left(const struct trial *t, uint64_t at)
{
	return beyond_limit(t, at) ? with_tables(t, at) : want_reserved(t, at);
}

static uint32_t want_physmem(const struct trial *t, uint64_t at)
{
	uint32_t type = before(t, M_PHYSMEM, at);

	if (t->op->id != M_PHYSMEM_ADD || type != NOBODY || !in(&t->range, at))
		return type;
	return memblock_row_type(0, MEMBLOCK_NO_NODE);
}

uint32_t mb_want(const struct trial *t, unsigned int table, uint64_t at)
{
	if (t->op->id == M_DISCARD && !t->f->keep)
		return NOBODY;
	if (table == M_RESERVED)
		return want_reserved(t, at);
	if (t->failed)
		return before(t, table, at);
	return table == M_MEMORY ? want_memory(t, at) : want_physmem(t, at);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memblock model: additions, removals, flags and nodes, in both layers, with the slots that
 * they need (contract, "Tables").
 */
#include "memblock_model.h"

/* An op failed: by contract it changed nothing. */
static int failed(struct memblock_step *step, int err)
{
	step->e->refuses = true;
	step->e->refusal = (uint64_t)(int64_t)err;
	return err;
}

/*
 * Slots for the pieces of @r that are not there yet. What doubling gives back may lie inside: then
 * there are more pieces than before, and more slots are needed. Kernels count once: BUG.
 */
static int make_pieces(struct memblock_step *step, unsigned int table, struct memblock_range r,
		       struct memblock_range about)
{
	const struct memblock_state *s = step->s;
	unsigned int more = memblock_rows_missing(s, table, r);
	int err = memblock_make_slots(step, table, more, about);

	while (!err && !step->e->cut) {
		more = memblock_rows_missing(s, table, r);
		if (!s->nr[table] || s->nr[table] + more <= s->own[table].flags)
			break;
		if (memblock_quirk_on(s, Q_DOUBLE_MISCOUNTS)) {
			memblock_fire(step, Q_DOUBLE_MISCOUNTS);
			step->e->result.outcome = OUT_BUG;
			return -1;
		}
		err = memblock_make_slots(step, table, more, about);
	}
	return err;
}

/* A WARN tells of each region that differs from what comes below it. */
static void warn_of_others(struct memblock_step *step, unsigned int table, struct memblock_range r,
			   uint32_t flags, uint32_t nid)
{
	const struct memblock_state *s = step->s;
	unsigned int i = memblock_rows_from(s, table, r.start);
	const struct row *rows = memblock_rows(s, table);

	for (; i < s->nr[table] && rows[i].start < r.end; i++) {
		if (rows[i].start > r.start &&
		    ((rows[i].type & 0xff) != flags || rows[i].flags != nid))
			step->e->result.said |= SAID_WARNING | SAID_WARN;
		r.start = memblock_row_end(&rows[i]);
	}
}

int memblock_add_to(struct memblock_step *step, unsigned int table, uint64_t base, uint64_t size,
		    uint32_t flags, uint32_t nid)
{
	struct memblock_state *s = step->s;
	struct memblock_range r = memblock_range(s, base, size);
	struct memblock_range about = table == M_RESERVED ? r : (struct memblock_range){ 0, 0 };
	uint32_t type;
	int err;

	if (r.start >= r.end)
		return 0;
	/* without nodes a region is on none, and says 0 */
	type = memblock_row_type(flags, s->facts->numa ? nid : MEMBLOCK_NO_NODE);
	nid = s->facts->numa ? nid : 0;
	warn_of_others(step, table, r, flags, nid);
	memblock_end_unmerged(step, table);
	/* one piece at least lies between any two regions: there can be no more than this */
	if (2 * s->nr[table] + 1 > s->own[table].flags) {
		err = make_pieces(step, table, r, about);
		if (err)
			return failed(step, err);
	}
	memblock_frame(step, 1u << table, r);
	memblock_rows_change(s, table, r, COVER, type, nid);
	memblock_map_change(s, table, r, COVER, type);
	return 0;
}

/* @r of memory goes, or is not mapped any more: no place for a table. */
static inline bool goes(unsigned int table, enum memblock_how how, uint32_t arg)
{
	return table == M_MEMORY && (how == DROP || (how == SET_FLAGS && arg & MEMBLOCK_F_NOMAP));
}

/* Where memory is not minimal any more, what a change of it merges is not known. */
void memblock_end_unmerged(struct memblock_step *step, unsigned int table)
{
	if (table == M_MEMORY && step->s->unmerged) {
		memblock_fire(step, Q_CAP_UNMERGED);
		step->e->cut = true;
	}
}

/*
 * Marks and nodes, of whatever range, end with a merge of all (trait), else of what is around it.
 */
static bool merges_all(const struct memblock_step *step, unsigned int table, enum memblock_how how)
{
	return table == M_MEMORY && step->s->unmerged && how >= SET_FLAGS &&
	       memblock_trait(step->s, T_MERGES_ALL);
}

static void merge_all(struct memblock_step *step)
{
	memblock_fire(step, Q_CAP_UNMERGED);
	memblock_rows_merge(step->s, M_MEMORY);
	step->s->unmerged = false;
}

int memblock_change_bytes(struct memblock_step *step, unsigned int table, struct memblock_range r,
			  enum memblock_how how, uint32_t arg)
{
	struct memblock_state *s = step->s;
	const struct memblock_range outer = step->going, nothing = { 0, 0 };
	bool all = merges_all(step, table, how);
	int err;

	if (r.start >= r.end) {
		if (all)
			merge_all(step);
		return 0;
	}
	if (!all)
		memblock_end_unmerged(step, table);
	if (goes(table, how, arg))
		step->going = r;
	err = memblock_make_slots(step, table, 2, table == M_RESERVED ? r : nothing);
	step->going = outer;
	if (err)
		return failed(step, err);
	if (all)
		merge_all(step);
	memblock_frame(step, 1u << table, r);
	memblock_rows_change(s, table, r, how, arg, 0);
	memblock_map_change(s, table, r, how, arg);
	return 0;
}

int memblock_change(struct memblock_step *step, unsigned int table, uint64_t base, uint64_t size,
		    enum memblock_how how, uint32_t arg)
{
	return memblock_change_bytes(step, table, memblock_range(step->s, base, size), how, arg);
}

int memblock_reserve_range(struct memblock_step *step, uint64_t base, uint64_t size)
{
	memblock_say(step, M_RESERVE, memblock_phys(step->s, base), memblock_phys(step->s, size),
		     0);
	return memblock_add_to(step, M_RESERVED, base, size, MEMBLOCK_F_NONE, MEMBLOCK_UNSAID);
}

int memblock_phys_free_range(struct memblock_step *step, uint64_t base, uint64_t size)
{
	memblock_say(step, M_PHYS_FREE, memblock_phys(step->s, base),
		     memblock_phys(step->s, size), 0);
	return memblock_change(step, M_RESERVED, base, size, DROP, 0);
}

int memblock_set_nodes(struct memblock_step *step, unsigned int table, uint64_t base, uint64_t size,
		       uint32_t nid)
{
	/* without nodes there is nothing to be done */
	if (!step->s->facts->numa)
		return 0;
	return memblock_change(step, table, base, size, SET_NODE, nid);
}

/* --- ops --- */

void memblock_do_add(struct memblock_step *step, const struct op *op)
{
	static const uint8_t table[] = {
		[M_ADD] = M_MEMORY, [M_ADD_NODE] = M_MEMORY, [M_PHYSMEM_ADD] = M_PHYSMEM,
	};
	uint64_t base = op->arg[0], size = op->arg[1];
	bool node = op->id == M_ADD_NODE;

	step->s->began = true;
	if (op->id == M_RESERVE) {
		memblock_return(step, memblock_reserve_range(step, base, size));
		return;
	}
	if (!step->s->facts->slots[table[op->id]])
		return;
	memblock_say(step, op->id, memblock_phys(step->s, base), memblock_phys(step->s, size), 0);
	memblock_return(step, memblock_add_to(step, table[op->id], base, size,
					      node ? op->arg[3] : MEMBLOCK_F_NONE,
					      node ? op->arg[2] : MEMBLOCK_UNSAID));
}

void memblock_do_release(struct memblock_step *step, const struct op *op)
{
	uint64_t base = op->arg[0], size = op->arg[1];
	int err;

	/* a size_t */
	if (op->id == M_FREE)
		size = memblock_long(step->s, size);
	if (op->id == M_REMOVE) {
		memblock_say(step, M_REMOVE, memblock_phys(step->s, base),
			     memblock_phys(step->s, size), 0);
		err = memblock_change(step, M_MEMORY, base, size, DROP, 0);
	} else {
		err = memblock_phys_free_range(step, base, size);
	}
	/* memblock_free() returns nothing */
	memblock_return(step, op->id == M_FREE ? 0 : err);
}

void memblock_do_mark(struct memblock_step *step, const struct op *op)
{
	static const struct {
		uint8_t table, flag;
		enum memblock_how how;
	} mark[] = {
		[M_MARK_HOTPLUG] = { M_MEMORY, MEMBLOCK_F_HOTPLUG, SET_FLAGS },
		[M_CLEAR_HOTPLUG] = { M_MEMORY, MEMBLOCK_F_HOTPLUG, CLEAR_FLAGS },
		[M_MARK_MIRROR] = { M_MEMORY, MEMBLOCK_F_MIRROR, SET_FLAGS },
		[M_MARK_NOMAP] = { M_MEMORY, MEMBLOCK_F_NOMAP, SET_FLAGS },
		[M_CLEAR_NOMAP] = { M_MEMORY, MEMBLOCK_F_NOMAP, CLEAR_FLAGS },
		[M_RESERVED_MARK_NOINIT] = { M_RESERVED, MEMBLOCK_F_NOINIT, SET_FLAGS },
	};
	struct memblock_state *s = step->s;

	if (op->id == M_MARK_MIRROR) {
		if (memblock_trait(s, T_MIRROR_ASKED) &&
		    !memblock_setting(s, MEMBLOCK_KERNELCORE_MIRROR))
			return;
		memblock_set(s, MEMBLOCK_HAS_MIRROR, 1);
	}
	memblock_return(step, memblock_change(step, mark[op->id].table, op->arg[0], op->arg[1],
					      mark[op->id].how, mark[op->id].flag));
}

void memblock_do_set_node(struct memblock_step *step, const struct op *op)
{
	memblock_return(step, memblock_set_nodes(step, op->arg[2] == M_RESERVED ? M_RESERVED :
						 M_MEMORY, op->arg[0], op->arg[1], op->arg[3]));
}

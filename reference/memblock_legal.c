// SPDX-License-Identifier: GPL-2.0-only
/* The memblock model: who may do what in which state. Contract, "Legality". */
#include "memblock_model.h"

#define HIGH	(1ULL << 52)	/* no machine has memory there */

static enum legality worse(enum legality a, enum legality b)
{
	return a > b ? a : b;
}

/* What a memory map says. */
static enum legality range_legality(uint64_t base, uint64_t size)
{
	if (!size)
		return MISUSE;
	return base + size < base || base + size > HIGH ? FIRMWARE : LEGAL;
}

static bool node_valid(uint64_t nid)
{
	return nid < MEMBLOCK_NODES || nid == MEMBLOCK_NO_NODE;
}

/* Does the range meet a table that was doubled? */
static bool meets_own(const struct memblock_state *s, struct memblock_range r)
{
	for (unsigned int t = 0; t < s->nr_own; t++)
		if (s->own[t].size && s->own[t].start < r.end &&
		    r.start < s->own[t].start + s->own[t].size)
			return true;
	return false;
}

/* All of it is in a collection. */
static enum legality inside(const struct memblock_state *s, unsigned int table, uint64_t base,
			    uint64_t size)
{
	struct memblock_range r = memblock_range(s, base, size);

	if (!size || base + size < base || r.start >= r.end)
		return MISUSE;
	return memblock_map_all(s, table, r) ? LEGAL : MISUSE;
}

static enum legality free_legality(const struct memblock_state *s, uint64_t base, uint64_t size)
{
	enum legality l = inside(s, M_RESERVED, base, size);

	return l == LEGAL && meets_own(s, memblock_range(s, base, size)) ? MISUSE : l;
}

static enum legality remove_legality(const struct memblock_state *s, uint64_t base, uint64_t size)
{
	return meets_own(s, memblock_range(s, base, size)) ? MISUSE : range_legality(base, size);
}

static bool flags_valid(uint64_t flags)
{
	return flags == MEMBLOCK_F_NONE || flags == MEMBLOCK_F_HOTPLUG ||
	       flags == MEMBLOCK_F_NOMAP || flags == MEMBLOCK_F_DRIVER_MANAGED;
}

static enum legality limit_legality(const struct memblock_state *s, uint64_t size)
{
	return s->doubled || !size ? MISUSE : LEGAL;
}

/* Switches are set before anything else; slab comes late, and stays. */
static enum legality set_legality(const struct memblock_state *s, const struct op *op)
{
	if (op->arg[0] == MEMBLOCK_SLAB)
		return op->arg[1] ? LEGAL : MISUSE;
	return s->began ? MISUSE : LEGAL;
}

/* A search: operands by op. 0 stands for "there is none": operand 0 is never that one. */
struct window {
	uint8_t size, align, start, end, nid;	/* + 1 */
	bool alloc;
};

static enum legality window_legality(const struct memblock_state *s, const struct op *op,
				     const struct window *w)
{
	uint64_t align = op->arg[w->align - 1];
	uint64_t start = w->start ? op->arg[w->start - 1] : 0;
	uint64_t end = w->end ? op->arg[w->end - 1] : MEMBLOCK_ACCESSIBLE;

	if (w->alloc && memblock_setting(s, MEMBLOCK_SLAB))
		return MISUSE;
	if (!op->arg[w->size - 1] || !(memblock_power_of_two(align) || (w->alloc && !align)) ||
	    (w->nid && !node_valid(op->arg[w->nid - 1])))
		return MISUSE;
	if (end == MEMBLOCK_ACCESSIBLE || end == MEMBLOCK_NOLEAKTRACE || end == UINT64_MAX)
		return LEGAL;
	return start <= end && end <= HIGH ? LEGAL : MISUSE;
}

/* nn[KMG]:<align>:<label>, all of it sound. */
static enum legality text_legality(const struct op *op)
{
	char text[OP_TEXT_MAX];
	unsigned int len = op_text(op, text), colons = 0, label = 0;

	for (unsigned int i = 0; i < len; i++) {
		bool digit = text[i] >= '0' && text[i] <= '9';
		bool suffix = i && strchr("KMGkmg", text[i]);

		if (text[i] == ':')
			colons++;
		else if (colons == 2)
			label++;
		if (text[i] != ':' && colons < 2 && !digit && !suffix)
			return CMDLINE;
	}
	return colons == 2 && label && label < MEMBLOCK_LABEL && text[0] >= '1' &&
	       text[0] <= '9' ? LEGAL : CMDLINE;
}

static enum legality question_legality(const struct memblock_state *s, const struct op *op)
{
	switch (op->id) {
	case M_FREE_RANGES:
	case M_FREE_RANGES_REV:
		return node_valid(op->arg[0]) ? LEGAL : MISUSE;
	case M_PFN_RANGES:
		return op->arg[0] <= MEMBLOCK_NODES ? LEGAL : MISUSE;
	case M_ZONE_RANGES:
		return op->arg[0] < MEMBLOCK_NODES && op->arg[1] <= op->arg[2] ? LEGAL : MISUSE;
	case M_IS_REGION_MEMORY:
	case M_IS_REGION_RESERVED:
		return op->arg[1] ? LEGAL : MISUSE;
	case M_OVERLAPS_REGION:
		return op->arg[2] ? LEGAL : MISUSE;
	case M_ADDRS_OVERLAP:
		return op->arg[1] && op->arg[3] && op->arg[0] + op->arg[1] > op->arg[0] &&
		       op->arg[2] + op->arg[3] > op->arg[2] ? LEGAL : MISUSE;
	case M_SIZES:
		return s->nr[M_MEMORY] ? LEGAL : MISUSE;
	default:
		return LEGAL;
	}
}

static const struct window windows[] = {
	[M_FIND_IN_RANGE] = { 3, 4, 1, 2, 0, false },
	[M_FIND_IN_RANGE_NODE] = { 1, 2, 3, 4, 5, false },
	[M_ALLOC_RANGE_NID] = { 1, 2, 3, 4, 5, true },
	[M_PHYS_ALLOC_RANGE] = { 1, 2, 3, 4, 0, true },
	[M_PHYS_ALLOC_TRY_NID] = { 1, 2, 0, 0, 3, true },
	[M_ALLOC_TRY_NID] = { 1, 2, 3, 4, 5, true },
	[M_ALLOC_TRY_NID_RAW] = { 1, 2, 3, 4, 5, true },
	[M_ALLOC_EXACT_NID_RAW] = { 1, 2, 3, 4, 5, true },
	[M_ALLOC] = { 1, 2, 0, 0, 0, true },
	[M_ALLOC_FROM] = { 1, 2, 3, 0, 0, true },
	[M_ALLOC_LOW] = { 1, 2, 0, 0, 0, true },
	[M_ALLOC_NODE] = { 1, 2, 0, 0, 3, true },
};

static enum legality before_handoff(const struct memblock_state *s, const struct op *op)
{
	const uint64_t *a = op->arg;

	switch (op->id) {
	case M_ADD:
	case M_RESERVE:
	case M_PHYSMEM_ADD:
		return range_legality(a[0], a[1]);
	case M_ADD_NODE:
		return worse(range_legality(a[0], a[1]),
			     node_valid(a[2]) && flags_valid(a[3]) ? LEGAL : MISUSE);
	case M_REMOVE:
		return remove_legality(s, a[0], a[1]);
	case M_PHYS_FREE:
	case M_FREE:
		return free_legality(s, a[0], a[1]);
	case M_MARK_HOTPLUG:
	case M_CLEAR_HOTPLUG:
	case M_MARK_MIRROR:
	case M_MARK_NOMAP:
	case M_CLEAR_NOMAP:
		return inside(s, M_MEMORY, a[0], a[1]);
	case M_RESERVED_MARK_NOINIT:
		return inside(s, M_RESERVED, a[0], a[1]);
	case M_SET_NODE:
		return node_valid(a[3]) ? inside(s, a[2] == M_RESERVED ? M_RESERVED : M_MEMORY,
						 a[0], a[1]) : MISUSE;
	case M_TRIM:
		return memblock_power_of_two(a[0]) ? LEGAL : MISUSE;
	case M_ENFORCE_MEMORY_LIMIT:
	case M_MEM_LIMIT_REMOVE_MAP:
		return limit_legality(s, a[0]);
	case M_CAP_MEMORY_RANGE:
		return worse(limit_legality(s, a[1]), range_legality(a[0], a[1]));
	case M_FREE_LATE:
	case M_DISCARD:
		return MISUSE;
	case M_RESERVE_MEM:
		return text_legality(op);
	case M_SET:
		return set_legality(s, op);
	default:
		return LEGAL;
	}
}

static enum legality after_handoff(const struct memblock_state *s, const struct op *op)
{
	switch (op->id) {
	case M_FREE_LATE:
		return inside(s, M_RESERVED, op->arg[0], op->arg[1]);
	case M_DISCARD:
		return s->closed ? MISUSE : LEGAL;
	case M_RESERVE_MEM_FIND:
		return LEGAL;
	default:
		return MISUSE;
	}
}

/* 32 bits: has an operand more bits than its parameter? */
static bool is_cut(const struct memblock_state *s, const struct op *op)
{
	const struct op_desc *d = family_op(&memblock_family, op->id);
	bool size_t_first = op->id >= M_ALLOC_TRY_NID && op->id <= M_ALLOC_NODE;

	for (unsigned int i = 0; d && i < d->nr_args; i++) {
		enum arg_kind kind = d->args[i].kind;
		uint64_t max = s->facts->phys_max;

		if (kind == ARG_PFN || (size_t_first && !i) || (op->id == M_FREE && i))
			max = s->long_max;
		/* the upper ones of a negative number, as -1 is, are none */
		if (kind != ARG_CHOICE && kind != ARG_TEXT && op->arg[i] > max &&
		    (op->arg[i] | max >> 1) != UINT64_MAX)
			return true;
	}
	return false;
}

enum legality memblock_legality_of(const struct memblock_state *s, const struct op *op)
{
	if (s->long_max == UINT32_MAX && is_cut(s, op))
		return MISUSE;
	if (op->id < sizeof(windows) / sizeof(windows[0]) && windows[op->id].size) {
		enum legality l = window_legality(s, op, &windows[op->id]);

		return s->freed && windows[op->id].alloc ? MISUSE : l;
	}
	if ((op->id >= M_FREE_RANGES && op->id <= M_VALIDATE_NUMA_COVERAGE) ||
	    op->id == M_DUMP_ALL || op->id == M_DEBUGFS)
		return question_legality(s, op);
	return s->freed || s->closed ? after_handoff(s, op) : before_handoff(s, op);
}

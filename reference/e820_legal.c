// SPDX-License-Identifier: GPL-2.0-only
/* The e820 model: operands as the ops read them, and the legality of ops. */
#include "e820_model.h"

static struct span span_of(const struct e820_state *s, uint64_t start, uint64_t size)
{
	struct span span = { .first = start, .size = size };

	/* "To the end of the address space"; Q_WRAP_LAST_BYTE: but for its last byte. */
	if (size > UINT64_MAX - start)
		span.size = UINT64_MAX - start + !e820_quirk_on(s, Q_WRAP_LAST_BYTE);
	span.last = start + span.size - 1;
	return span;
}

struct e820_change e820_change_of(const struct e820_state *s, const struct op *op)
{
	struct e820_change c = { .span = span_of(s, op->arg[0], op->arg[1]), .old = op->arg[2] };

	c.remove = op->id == E820_REMOVE;
	if (c.remove)
		c.any = !op->arg[3];
	else
		c.new = op->arg[3];
	return c;
}

/* append: the entries that the call reads; extend: likewise. */
unsigned int e820_entries_read(const struct e820_state *s, const struct op *op)
{
	unsigned int zeropage = e820_zeropage(s->config);

	if (op->id == E820_EXTEND)
		return op->arg[1] % (E820_EXT_LEN_MAX + 1) / 20;
	return op->arg[0] < zeropage ? op->arg[0] : zeropage;
}

/* --- legality --- */

/* No x86-64 machine has memory beyond 52 physical address bits: who says so is wrong. */
bool e820_beyond_machine(uint64_t start, uint64_t size)
{
	return size && last_byte(start, size) >> PAGE_SHIFT >= E820_MAX_ARCH_PFN;
}

static enum legality legality_of_add(const struct e820_tab *t, const struct op *op)
{
	enum legality l = LEGAL;

	if (t->invalid || t->nr == t->slots)
		l = FIRMWARE;
	if (!op->arg[1] || e820_beyond_machine(op->arg[0], op->arg[1]))
		l = CMDLINE;
	return l;
}

static enum legality legality_of_change(const struct e820_state *s, const struct e820_tab *t,
					const struct op *op)
{
	struct e820_change c = e820_change_of(s, op);
	enum legality l = LEGAL;

	if (!c.remove && c.old == c.new)
		return MISUSE;
	/* Every entry needs two slots more at most: count only when it could matter. */
	if (t->invalid ||
	    (3 * t->nr > t->slots &&
	     t->nr + e820_slots_needed(t, &c) > t->slots))
		l = FIRMWARE;
	if (!op->arg[1] || reaches_top(op->arg[0], op->arg[1]))
		l = CMDLINE;
	return l;
}

static bool disjoint(const struct row *a, const struct row *b)
{
	return last_byte(a->start, a->size) < b->start || last_byte(b->start, b->size) < a->start;
}

static bool meets_any(const struct e820_tab *t, const struct row *r)
{
	for (unsigned int i = 0; i < t->nr; i++)
		if (t->row[i].size && !disjoint(&t->row[i], r))
			return true;
	return false;
}

static enum legality legality_of_entries(struct e820_state *s, const struct op *op)
{
	struct e820_tab *t = &s->tab[E820_MAIN];
	unsigned int nr = e820_entries_read(s, op);
	uint64_t highest = 0;
	bool updates = op->id == E820_EXTEND || op->id == E820_MEMORY_SETUP;
	bool tight;

	if (nr != op->nr_tokens || t->nr + nr > t->slots)
		return FIRMWARE;
	if (op->id == E820_EXTEND && op->arg[1] % 20)
		return FIRMWARE;
	/* They update: overlaps resolved, n entries can become 2 n - 1. */
	tight = updates && 2 * (t->nr + nr) > t->slots + 1;
	if (tight && !e820_ordered(t))
		return FIRMWARE;
	for (unsigned int i = 0; i < nr; i++) {
		struct row r = e820_entry_of(op, i);
		bool above = !i || r.start > highest;

		if (!r.size || e820_beyond_machine(r.start, r.size))
			return FIRMWARE;
		if (tight && meets_any(t, &r))
			return FIRMWARE;
		if (above || last_byte(r.start, r.size) > highest)
			highest = last_byte(r.start, r.size);
		/* In a sorted table each entry lies above all before it. */
		if (above)
			continue;
		for (unsigned int j = 0; j < nr; j++) {
			struct row q = e820_entry_of(op, j);

			if (j != i && (!q.size || !disjoint(&q, &r)))
				return FIRMWARE;
		}
	}
	return LEGAL;
}

static enum legality legality_of_alloc(const struct e820_state *s, const struct op *op)
{
	const struct e820_tab *kexec = &s->tab[E820_KEXEC];
	uint64_t size = op->arg[0], align = op->arg[1], at = e820_phys(s, op->arg[2]);
	struct e820_change c = {
		.span = { at, at + size - 1, size }, .old = E820_T_RAM, .new = E820_T_RESERVED,
	};

	if (size != e820_phys(s, size) || align != e820_phys(s, align))
		return MISUSE;
	if (!at)
		return LEGAL;
	if (!size || wraps(at, size) || !align || at % align ||
	    !ival_all(&s->tab[E820_MAIN].map, E820_T_RAM, at, last_byte(at, size)))
		return MISUSE;
	if (kexec->invalid || (3 * kexec->nr > kexec->slots &&
	    kexec->nr + e820_slots_needed(kexec, &c) > kexec->slots))
		return FIRMWARE;
	return LEGAL;
}

static enum legality legality_of_update_table(const struct e820_state *s, struct e820_tab *t)
{
	if (t->invalid)
		return FIRMWARE;
	/* Overlaps resolved, n entries can become 2 n - 1: look when it could matter. */
	if (2 * t->nr > t->slots + 1 && !e820_ordered(t) && !e820_update_fits(s, t))
		return FIRMWARE;
	return LEGAL;
}

static enum legality legality_of_setup(struct e820_state *s, const struct op *op)
{
	return e820_setup_accepts(s, op) ? legality_of_entries(s, op) : FIRMWARE;
}

static bool clean(struct e820_tab *t)
{
	return e820_ordered(t) && !e820_has_empty_entry(t);
}

static enum legality legality_of_hole_size(struct e820_tab *t, const struct op *op)
{
	bool aligned = !((op->arg[0] | op->arg[1]) % PAGE_SIZE);

	return aligned && op->arg[0] <= op->arg[1] && e820_ordered(t) ? LEGAL : MISUSE;
}

static enum legality legality_of_late(const struct e820_state *s, struct e820_tab *t)
{
	if (s->resources != t->nr + 1)
		return MISUSE;
	return clean(t) ? LEGAL : FIRMWARE;
}

enum legality e820_legality_of(struct e820_state *s, const struct op *op)
{
	struct e820_tab *main = &s->tab[E820_MAIN];
	bool inverted = op->arg[0] >= op->arg[1];

	if (s->reallocated && !e820_outlives_init(op->id))
		return MISUSE;
	switch (op->id) {
	case E820_ADD:
		return legality_of_add(&s->tab[E820_MAIN], op);
	case E820_UPDATE:
	case E820_REMOVE:
		return legality_of_change(s, &s->tab[E820_MAIN], op);
	case E820_UPDATE_KEXEC:
		return legality_of_change(s, &s->tab[E820_KEXEC], op);
	case E820_UPDATE_TABLE:
		return legality_of_update_table(s, &s->tab[op->arg[0] % E820_MEMORY_TABLES]);
	case E820_MAPPED_RAW_ANY:
	case E820_MAPPED_ANY:
		return inverted ? MISUSE : LEGAL;
	case E820_MAPPED_ALL:
	case E820_GET_ENTRY_TYPE:
		return inverted || !e820_ordered(&s->tab[E820_MAIN]) ? MISUSE : LEGAL;
	case E820_APPEND:
	case E820_EXTEND:
		return legality_of_entries(s, op);
	case E820_MEMORY_SETUP:
		return legality_of_setup(s, op);
	case E820_SETUP_GAP:
		return clean(main) && !main->invalid ? LEGAL : FIRMWARE;
	case E820_NOSAVE:
		return main->nr && clean(main) ? LEGAL : FIRMWARE;
	case E820_HOLE_SIZE:
		return legality_of_hole_size(main, op);
	case E820_CMDLINE:
		return e820_legality_of_cmdline(s, op);
	case E820_FINISH_EARLY_PARAMS:
		return e820_legality_of_finish(s, main);
	case E820_RESERVE_SETUP_DATA:
		return e820_legality_of_setup_data(s, op);
	case E820_EXTEND_LONG:
		return FIRMWARE;
	case E820_UPDATE_TABLE_PRINT:
		return legality_of_update_table(s, main);
	case E820_RESERVE_RESOURCES_LATE:
		return legality_of_late(s, main);
	case E820_MEMBLOCK_ALLOC_RESERVED:
		return legality_of_alloc(s, op);
	default:
		return LEGAL;
	}
}


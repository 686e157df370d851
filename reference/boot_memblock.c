// SPDX-License-Identifier: GPL-2.0-only
/* The boot model: calls of memblock, by its model. */
#include "boot_model.h"

static const struct config_desc *memblock_config(const struct config_desc *c)
{
	if (c->long_bits == 32)
		return &memblock_variants[c->phys_bits == 32 ? MEMBLOCK_X86_32 :
								MEMBLOCK_X86_32_PAE];
	return &memblock_configs[MEMBLOCK_NORMAL];
}

void boot_memblock_init(struct boot_state *s)
{
	const struct model_setup setup = {
		.config = memblock_config(s->config), .version = s->version,
		.quirks = boot_quirks_of(BOOT_MEMBLOCK, s->quirks),
	};
	struct memblock_state *m = &s->memblock;

	memblock_model.init(m, &setup);
	m->facts = boot_memblock_facts(s->config);
	memblock_set(m, MEMBLOCK_LIMIT, m->facts->phys_max);
	for (unsigned int t = 0; t < MEMBLOCK_COLLECTIONS; t++)
		m->own[t].flags = m->facts->slots[t];
	m->max_low_pfn = 0;
}

/* M_OWN as it was observed: what has no place is built in. */
static void see_own(const struct boot_state *s, const struct state *seen,
		    struct row own[MEMBLOCK_COLLECTIONS])
{
	const struct table *t = &seen->table[B_OWN];

	for (unsigned int i = 0; i < MEMBLOCK_COLLECTIONS; i++)
		own[i] = (struct row){ .type = 1 + i, .flags = s->memblock.facts->slots[i] };
	for (unsigned int i = 0; i < t->nr; i++)
		if (t->rows[i].type && t->rows[i].type <= BOOT_OWN_RESERVED)
			own[t->rows[i].type - 1] = t->rows[i];
}

/* Where a quirk led them the maps follow the regions; else both must say the same. */
static void follow_rows(struct memblock_state *m)
{
	bool same = m->hand_want == m->hand_sum;

	for (unsigned int t = 0; t < MEMBLOCK_COLLECTIONS; t++)
		same &= m->want[t] == m->sum[t];
	if (same)
		return;
	if (m->led)
		memblock_map_from_rows(m);
	else
		m->odd = true;
}

/* One call. Return: its value. */
static uint64_t call(struct boot_step *step, const struct op *op)
{
	struct boot_state *s = step->s;
	struct row own[MEMBLOCK_COLLECTIONS];
	struct state seen = { .nr_tables = M_TABLES };
	struct expect inner;

	if (step->seen) {
		see_own(s, step->seen, own);
		seen.table[M_OWN] = (struct table){ MEMBLOCK_COLLECTIONS, own };
	}
	if (!memblock_step_with(&s->memblock, op, step->res, step->seen ? &seen : NULL, &inner))
		step->refused = true;
	follow_rows(&s->memblock);
	s->overflow |= s->memblock.overflow;
	boot_join(step, BOOT_MEMBLOCK, &inner);
	return inner.result.value;
}

struct op boot_memblock_op(const struct op *op)
{
	const uint64_t *a = op->arg;
	struct op inner = *op;

	switch (op->id) {
	case B_RESERVE:
	case B_RESERVE_OVERLAP_OK:
		inner.id = M_RESERVE;
		break;
	case B_FREE:
		inner.id = M_PHYS_FREE;
		break;
	case B_MAPPED:
		inner.id = M_SET_CURRENT_LIMIT;
		inner.arg[0] = a[0] << 12;
		break;
	case B_LOW:
		inner.id = M_MAX_LOW_PFN;
		break;
	case B_BOTTOM_UP:
		return (struct op){ .id = M_SET, .arg = { MEMBLOCK_BOTTOM_UP, a[0] } };
	case B_FIND:
		inner.id = M_FIND_IN_RANGE;
		break;
	case B_ALLOC:
		inner.id = M_PHYS_ALLOC_RANGE;
		break;
	case B_ALLOC_RESERVED:
		return (struct op){ .id = M_PHYS_ALLOC_RANGE, .arg = { a[0], a[1], 0, 0 } };
	case B_ALLOC_NODE:
		inner.id = M_PHYS_ALLOC_TRY_NID;
		break;
	case B_NODE:
		return (struct op){ .id = M_SET_NODE, .arg = { a[1] << 12, (a[2] - a[1]) << 12,
							       M_MEMORY, a[0] } };
	case B_HANDOFF:
		inner.id = M_FREE_ALL;
		break;
	case B_DISCARD:
		inner.id = M_DISCARD;
		break;
	}
	return inner;
}

/* What memblock_setup passes to memblock. Contract: e820's E820_RECORDED. */
static void setup(struct boot_step *step)
{
	static const uint8_t calls[] = {
		[E820_REC_RESIZE] = M_ALLOW_RESIZE, [E820_REC_ADD] = M_ADD,
		[E820_REC_RESERVE] = M_RESERVE, [E820_REC_TRIM] = M_TRIM,
	};
	const struct e820_report *rec = &step->s->e820.recorded;
	unsigned int nr = rec->nr;

	for (unsigned int i = 0; i < nr && !boot_ended(step); i++) {
		const struct row *r = &rec->row[i];
		struct op op = { .arg = { r->start, r->size } };

		if (r->type >= sizeof(calls) || !calls[r->type])
			continue;
		op.id = calls[r->type];
		if (op.id == M_TRIM)
			op.arg[0] = r->size;
		/* a table that is full: what memblock has not taken, it has announced */
		step->s->owners.led |= call(step, &op) != 0;
	}
}

/* Rows of M_HANDOFF that are new are boot's, too. Return: pages that were passed on. */
static uint64_t publish(struct boot_state *s)
{
	const struct memblock_state *m = &s->memblock;
	const struct row *rows = memblock_rows(m, L_HANDOFF);
	uint64_t pages = 0;

	for (unsigned int i = 0; i < m->nr[L_HANDOFF]; i++) {
		const struct row *r = &rows[i];
		uint64_t end = row_end(r);

		if (r->type == MEMBLOCK_FREED) {
			boot_pass(&s->pages, r->start, end);
			pages += r->size >> 12;
		} else {
			boot_initialise(&s->pages, r->type - MEMBLOCK_INITIALISED, r->start, end);
		}
	}
	return pages;
}

/* What was handed off before is boot's alone. */
static void forget_handoff(struct memblock_state *m)
{
	m->nr[L_HANDOFF] = 0;
	m->hand_sum = 0;
	m->hand_want = 0;
}

static void handoff(struct boot_step *step, const struct op *op)
{
	struct boot_state *s = step->s;
	const struct op inner = boot_memblock_op(op);

	forget_handoff(&s->memblock);
	call(step, &inner);
	if (step->e->avoid)
		return;
	s->handed = true;
	step->e->result.value = publish(s);
	boot_owners_handoff(s);
}

static void discard(struct boot_step *step, const struct op *op)
{
	struct boot_state *s = step->s;
	const struct op inner = boot_memblock_op(op);

	forget_handoff(&s->memblock);
	call(step, &inner);
	/* without a hand-off before, nothing is ever shown */
	if (!s->handed)
		return;
	publish(s);
	boot_owners_discard(s);
}

void boot_memblock_do(struct boot_step *step, const struct op *op)
{
	struct boot_state *s = step->s;
	const struct op inner = boot_memblock_op(op);
	uint64_t value;

	if (s->memblock.closed)
		return;
	switch (op->id) {
	case B_SETUP:
		setup(step);
		return;
	case B_HANDOFF:
		handoff(step, op);
		return;
	case B_DISCARD:
		discard(step, op);
		return;
	case B_NODE:
		if (op->arg[1] >= op->arg[2])
			return;
		break;
	}
	value = call(step, &inner);
	/* e820 tells kexec */
	if (op->id == B_ALLOC_RESERVED)
		step->e->result.said |= SAID_UNKNOWN;
	if (boot_ended(step))
		return;
	step->e->result.value = value;
	switch (op->id) {
	case B_RESERVE:
	case B_RESERVE_OVERLAP_OK:
		if (!value)
			boot_owners_take(s, op->arg[0], op->arg[1]);
		break;
	case B_FREE:
		if (!value)
			boot_owners_give(s, op->arg[0], op->arg[1]);
		break;
	case B_ALLOC:
	case B_ALLOC_NODE:
	case B_ALLOC_RESERVED:
		boot_owners_take(s, value, value ? op->arg[0] : 0);
		break;
	case B_BOTTOM_UP:
	case B_MAPPED:
	case B_LOW:
		step->e->result.value = 0;
		break;
	}
}

/* --- where a table goes is the subject's choice --- */

/**
 * struct kept - the state before the last op, as far as that may be stepped once more
 * @kept: there is one; @open: its answer is open, too
 * @fired, @said: what e820 made of the op
 */
static struct kept {
	bool kept, open;
	uint64_t fired;
	unsigned int said;
	struct memblock_state memblock;
	struct boot_pending pending;
	struct row own[2];
	struct boot_set ram, taken, initialised;
	struct ival passed, initialised_pages, want;
} before;

static void copy_set(struct boot_set *to, const struct boot_set *from)
{
	memcpy(to, from, offsetof(struct boot_set, piece) + from->nr * sizeof(from->piece[0]));
}

static void copy_ival(struct ival *to, const struct ival *from)
{
	memcpy(to, from, offsetof(struct ival, step) + from->nr * sizeof(from->step[0]));
}

/* What hand-offs and setup change besides memblock. */
static bool changes_all(uint8_t op)
{
	return op == B_HANDOFF || op == B_SETUP;
}

/* Might a table grow? See memblock_adopt.c; setup adds many pieces. */
static bool may_grow(const struct boot_state *s, const struct op *op)
{
	const struct memblock_state *m = &s->memblock;
	unsigned int more = op->id == B_SETUP ? s->e820.tab[E820_MAIN].nr : 1;
	bool may = false;

	/* reserved regions are split where those of memory end */
	if (op->id == B_HANDOFF)
		may = m->nr[M_RESERVED] + 2 * m->nr[M_MEMORY] + 3 > m->own[M_RESERVED].flags;

	for (unsigned int t = 0; t < MEMBLOCK_COLLECTIONS; t++)
		may |= m->own[t].flags && 2 * m->nr[t] + 2 * more + 1 > m->own[t].flags;
	return may && !m->closed && (op->id == B_SETUP || memblock_setting(m, MEMBLOCK_RESIZE));
}

void boot_memblock_forget_choice(void)
{
	before.kept = false;
}

void boot_memblock_keep(const struct boot_state *s, const struct op *op, const struct expect *e)
{
	const struct op inner = boot_memblock_op(op);

	before.open = op->id != B_SETUP && memblock_is_open(&s->memblock, &inner);
	before.kept = before.open || may_grow(s, op);
	if (!before.kept)
		return;
	memcpy(&before.memblock, &s->memblock, memblock_used(&s->memblock));
	before.fired = e->fired;
	before.said = e->result.said;
	before.pending = s->owners.pending;
	memcpy(before.own, s->owners.own, sizeof(before.own));
	if (!changes_all(op->id))
		return;
	copy_set(&before.ram, &s->owners.ram);
	copy_set(&before.taken, &s->owners.taken);
	copy_set(&before.initialised, &s->owners.initialised);
	copy_ival(&before.passed, &s->pages.passed);
	copy_ival(&before.initialised_pages, &s->pages.initialised);
	copy_ival(&before.want, &s->owners.want);
}

static void take_back(struct boot_state *s, const struct op *op)
{
	memcpy(&s->memblock, &before.memblock, memblock_used(&before.memblock));
	s->owners.pending = before.pending;
	memcpy(s->owners.own, before.own, sizeof(before.own));
	if (!changes_all(op->id))
		return;
	copy_set(&s->owners.ram, &before.ram);
	copy_set(&s->owners.taken, &before.taken);
	copy_set(&s->owners.initialised, &before.initialised);
	copy_ival(&s->pages.passed, &before.passed);
	copy_ival(&s->pages.initialised, &before.initialised_pages);
	copy_ival(&s->owners.want, &before.want);
}

static bool same_own(const struct boot_state *s, const struct state *seen)
{
	struct row own[MEMBLOCK_COLLECTIONS];

	/* discarded: there is nothing to choose */
	if (!s->memblock.nr_own)
		return true;
	see_own(s, seen, own);
	for (unsigned int i = 0; i < MEMBLOCK_COLLECTIONS; i++)
		if (own[i].start != s->memblock.own[i].start ||
		    own[i].size != s->memblock.own[i].size ||
		    own[i].flags != s->memblock.own[i].flags)
			return false;
	return true;
}

static void again(struct boot_step *step, const struct op *op)
{
	struct expect *e = step->e;
	enum legality legality = e->legality;

	take_back(step->s, op);
	step->refused = false;
	expect_nothing(e);
	e->legality = legality;
	e->fired = before.fired;
	e->result.said = before.said;
	e->start = 0;
	e->last = UINT64_MAX;
	e->may_change = (1u << B_TABLES) - 1;
	boot_memblock_do(step, op);
}

void boot_memblock_adopt(struct boot_step *step, const struct op *op)
{
	struct boot_state *s = step->s;

	if (!before.kept || (step->res->outcome != OUT_RETURN && !before.open) ||
	    (same_own(s, step->seen) && !before.open))
		return;
	again(step, op);
	if (step->refused) {
		step->res = NULL;
		step->seen = NULL;
		again(step, op);
	}
	boot_finish(step);
}

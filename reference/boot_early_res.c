// SPDX-License-Identifier: GPL-2.0-only
/*
 * The boot model: calls of early_res, by its model. Its RAM is that of e820's map, as it is when it
 * looks: an entry is a piece.
 */
#include <string.h>

#include "boot_model.h"

#define NAME_BOOT	0	/* names are not seen: any will do */
#define ALL_NODES	EARLY_RES_MAX_NODES
#define PAGE_LAST	(BOOT_PAGE - 1ULL)

static const struct config_desc *early_res_config(const struct config_desc *c)
{
	if (c->long_bits == 32)
		return &early_res_variants[c->phys_bits == 32 ? EARLY_RES_X86_32 :
								EARLY_RES_X86_32_PAE];
	return &early_res_configs[EARLY_RES_NORMAL];
}

void boot_early_res_init(struct boot_state *s)
{
	const struct model_setup setup = {
		.config = early_res_config(s->config), .version = s->version,
		.quirks = boot_quirks_of(BOOT_EARLY_RES, s->quirks),
	};

	early_res_model.init(&s->early_res, &setup);
	s->early_res.max_nodes = EARLY_RES_NODES_ROOM;
	s->early_res.ram_is_told = true;
	if (s->config->long_bits == 32)
		s->early_res.handoff_end = 0;
	s->ram_changed = false;
}

/* The map's RAM, entry by entry. What reaches 2^64 is none that the list's code can count with. */
static void look_at_map(struct boot_step *step)
{
	struct boot_state *s = step->s;
	const struct e820_tab *map = &s->e820.tab[E820_MAIN];
	struct row ram[EARLY_RES_RAM_ROOM];
	unsigned int nr = 0;

	if (!s->ram_changed)
		return;
	s->ram_changed = false;
	for (unsigned int i = 0; i < map->nr && nr < EARLY_RES_RAM_ROOM; i++) {
		const struct row *r = &map->row[i];

		if (r->type != E820_T_RAM || !r->size)
			continue;
		step->e->cut |= reaches_top(r->start, r->size);
		ram[nr++] = (struct row){ .start = r->start, .size = r->size };
	}
	early_res_set_ram(&s->early_res, ram, nr);
}

/* One call. Return: its value. */
static uint64_t call(struct boot_step *step, const struct op *op)
{
	struct expect inner;

	look_at_map(step);
	if (boot_ended(step))
		return 0;
	early_res_model.step(&step->s->early_res, op, &inner);
	boot_join(step, BOOT_EARLY_RES, &inner);
	step->e->result.said |= SAID_UNKNOWN;
	return inner.result.value;
}

/* --- searches --- */

static struct op find_op(const struct boot_state *s, uint64_t start, uint64_t end, uint64_t size,
			 uint64_t align)
{
	return (struct op){
		.id = E_RES_FIND_E820,
		.arg = { start, end ? end : s->early_res.mapped, size, align },
	};
}

struct op boot_early_res_op(const struct boot_state *s, const struct op *op)
{
	const uint64_t *a = op->arg;
	struct op inner = *op;

	switch (op->id) {
	case B_RESERVE:
	case B_RESERVE_OVERLAP_OK:
		inner.id = op->id == B_RESERVE ? E_RES_RESERVE : E_RES_RESERVE_OVERLAP_OK;
		inner.arg[1] = a[0] + a[1];
		break;
	case B_FREE:
		inner.id = E_RES_FREE_PARTIAL;
		inner.arg[1] = a[0] + a[1];
		break;
	case B_FIND:
		return find_op(s, a[0], a[1], a[2], a[3]);
	case B_ALLOC:
		return find_op(s, a[2], a[3], a[0], a[1]);
	case B_ALLOC_RESERVED:
		return (struct op){ .id = E_RES_RESERVE_E820, .arg = { 0, a[0], a[1] } };
	case B_MAPPED:
		inner.id = E_RES_MAPPED;
		break;
	case B_NODE:
		inner.id = E_RES_ACTIVE_RAM;
		inner.arg[0] %= EARLY_RES_MAX_NODES;
		break;
	case B_HANDOFF:
		return (struct op){ .id = E_RES_GET_FREE, .arg = { ALL_NODES } };
	}
	return inner;
}

static void alloc(struct boot_step *step, const struct op *op)
{
	struct boot_state *s = step->s;
	const struct op find = boot_early_res_op(s, op);
	uint64_t size = op->arg[0], at = call(step, &find);
	struct op reserve = {
		.id = E_RES_RESERVE, .arg = { at, at + size, NAME_BOOT },
	};

	if (boot_ended(step) || s->early_res.closed)
		return;
	/* is a 0 of a search for nothing an address? */
	if (s->early_res.choice.value != OPEN_NOT) {
		step->e->cut = true;
		return;
	}
	if (at == UINT64_MAX)
		return;
	step->e->result.value = at;
	boot_owners_take(s, at, size);
	call(step, &reserve);
}

static void alloc_reserved(struct boot_step *step, const struct op *op)
{
	struct boot_state *s = step->s;
	const struct op take = boot_early_res_op(s, op);
	struct op update = { .id = E820_UPDATE };
	static const struct op update_table = {
		.id = E820_UPDATE_TABLE, .arg = { E820_MAIN },
	};
	uint64_t at;

	at = call(step, &take);
	if (boot_ended(step) || s->early_res.closed)
		return;
	if (s->early_res.choice.value != OPEN_NOT) {
		step->e->cut = true;
		return;
	}
	/* of the map only what e820 makes of it counts, also where entries overlap */
	s->ram_changed = true;
	if (!at &&
	    !(step->e->fired & boot_quirks_from(BOOT_EARLY_RES, 1ULL << Q_RESERVE_E820_ZERO)))
		return;
	step->e->result.value = at;
	update.arg[0] = at;
	update.arg[1] = op->arg[0];
	update.arg[2] = E820_T_RAM;
	update.arg[3] = E820_T_RESERVED;
	boot_e820(step, &update);
	boot_e820(step, &update_table);
	boot_entries_change(&s->owners.map, at, op->arg[0], E820_T_RAM, E820_T_RESERVED);
	boot_entries_update(&s->owners.map);
	look_at_map(step);
}

/* --- the hand-off --- */

/* Bytes of active ranges below max_low_pfn, but for pages of which bootmem got a byte. */
static void pass_to_bootmem(struct boot_state *s)
{
	const struct early_res_state *r = &s->early_res;
	static struct boot_set pages;	/* large */

	boot_set_init(&pages);
	for (unsigned int i = 0; i < r->nr_nodes; i++) {
		uint64_t end = r->node[i].end < s->max_low_pfn ? r->node[i].end : s->max_low_pfn;

		if (r->node[i].start < end)
			boot_set_add(&pages, r->node[i].start << 12, (end << 12) - 1);
	}
	for (unsigned int i = 0; i < r->nr_hand; i++)
		boot_set_sub(&pages, r->hand[i].start & ~PAGE_LAST,
			     (r->hand[i].start + r->hand[i].size - 1) | PAGE_LAST);
	s->overflow |= pages.overflow;
	for (unsigned int i = 0; i < pages.nr; i++)
		boot_pass(&s->pages, pages.piece[i].first, pages.piece[i].last + 1);
}

/* What the inner model has handed off is what was passed on. Both layers, anew. */
static void publish(struct boot_step *step)
{
	struct boot_state *s = step->s;
	const struct early_res_state *r = &s->early_res;
	const struct ival *m = &s->pages.passed;
	uint64_t pages = 0;

	ival_init(&s->pages.passed);
	if (s->bootmem)
		pass_to_bootmem(s);
	for (unsigned int i = 0; i < r->nr_hand && !s->bootmem; i++)
		boot_pass(&s->pages, r->hand[i].start, row_end(&r->hand[i]));
	for (unsigned int i = 0; i < m->nr; i++)
		if (m->step[i].count)
			pages += (ival_piece(m, i).last - m->step[i].addr + 1) >> 12;
	step->e->result.value = pages;
	ival_init(&s->owners.want);
	boot_owners_handoff(s);
}

static void handoff(struct boot_step *step, const struct op *op)
{
	struct boot_state *s = step->s;
	const struct op everywhere = { .id = E_RES_ACTIVE_RAM, .arg = { 0, 0, s->max_pfn } };
	const struct op get_free = boot_early_res_op(s, op);
	const struct op to_bootmem = {
		.id = E_RES_TO_BOOTMEM, .arg = { 0, s->max_low_pfn << 12 },
	};
	bool everything = !s->nodes && !s->early_res.closed;

	if (s->handed)
		return;
	if (everything)
		call(step, &everywhere);
	if (!boot_ended(step))
		call(step, s->bootmem ? &to_bootmem : &get_free);
	if (step->e->avoid && everything)
		s->early_res.nr_nodes = 0;
	if (step->e->avoid)
		return;
	if (everything)
		boot_owners_node(s, 0, s->owners.max_pfn);
	/* more ranges than there is room for */
	s->overflow |= s->early_res.nr_nodes == s->early_res.max_nodes;
	s->handed = true;
	publish(step);
}

/* --- ops --- */

static void node(struct boot_step *step, const struct op *op)
{
	const struct op inner = boot_early_res_op(step->s, op);

	step->s->nodes = true;
	if (inner.arg[1] >= inner.arg[2])
		return;
	call(step, &inner);
	boot_owners_node(step->s, op->arg[1], op->arg[2]);
}

void boot_early_res_do(struct boot_step *step, const struct op *op)
{
	struct boot_state *s = step->s;
	const struct op inner = boot_early_res_op(s, op);
	uint64_t at;

	switch (op->id) {
	case B_RESERVE:
	case B_RESERVE_OVERLAP_OK:
		call(step, &inner);
		if (!s->early_res.closed)
			boot_owners_take(s, op->arg[0], op->arg[1]);
		break;
	case B_FREE:
		call(step, &inner);
		if (!step->e->avoid)
			boot_owners_give(s, op->arg[0], op->arg[1]);
		break;
	case B_MAPPED:
		call(step, &inner);
		break;
	case B_FIND:
		at = call(step, &inner);
		step->e->result.value = at == UINT64_MAX ? 0 : at;
		break;
	case B_ALLOC:
		alloc(step, op);
		break;
	case B_ALLOC_RESERVED:
		alloc_reserved(step, op);
		break;
	case B_NODE:
		node(step, op);
		break;
	case B_HANDOFF:
		handoff(step, op);
		break;
	}
}

/* --- what is left to the subject --- */

static struct table own_of(const struct state *seen, struct row own[4])
{
	const struct table *t = &seen->table[B_OWN];
	unsigned int nr = t->nr < 4 ? t->nr : 4;

	for (unsigned int i = 0; i < nr; i++) {
		own[i] = t->rows[i];
		own[i].type = own[i].type == BOOT_OWN_RESERVED ? EARLY_RES_TABLE :
							      EARLY_RES_RANGES;
	}
	return (struct table){ nr, own };
}

/* Pages as E_RES_HANDOFF has them: without a type. */
static struct table handed_of(const struct state *seen)
{
	static struct row rows[BOOT_ROWS];	/* large */
	const struct table *t = &seen->table[B_PAGES];
	unsigned int nr = t->nr < BOOT_ROWS ? t->nr : BOOT_ROWS;

	for (unsigned int i = 0; i < nr; i++)
		rows[i] = (struct row){ t->rows[i].start, t->rows[i].size, 0, 0 };
	return (struct table){ nr, rows };
}

void boot_early_res_adopt(struct boot_step *step, const struct op *op)
{
	struct boot_state *s = step->s;
	const struct early_res_choice *c = &s->early_res.choice;
	struct op inner = boot_early_res_op(s, op);
	struct result res = *step->res;
	struct expect e;
	struct row own[4];
	struct state seen = { .nr_tables = E_RES_TABLES };

	if (!c->open && !c->may_panic)
		return;
	expect_nothing(&e);
	e.result = step->e->result;
	if (op->id == B_FIND && !res.value)
		res.value = UINT64_MAX;
	seen.table[E_RES_OWN] = own_of(step->seen, own);
	if (c->array)
		seen.table[E_RES_HANDOFF] = handed_of(step->seen);
	early_res_model.adopt(&s->early_res, &inner, &res, &seen, &e);
	step->e->result.outcome = e.result.outcome;
	if (op->id == B_HANDOFF && c->array)
		publish(step);
	else if (op->id == B_FIND)
		step->e->result.value = e.result.value == UINT64_MAX ? 0 : e.result.value;
	boot_finish(step);
}

void boot_early_res_forget_choice(struct boot_state *s)
{
	if (!s->old)
		return;
	s->early_res.choice.open = false;
	s->early_res.choice.may_panic = false;
}

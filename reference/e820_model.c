// SPDX-License-Identifier: GPL-2.0-only
/* The model of family e820: what each op makes of both layers. See e820_model.h. */
#include <string.h>

#include "e820_model.h"

#define LOW_PFN_LIMIT	(1ULL << 20)	/* 4 GiB */

/* --- what ops share --- */

void e820_report(struct e820_report *r, uint64_t start, uint64_t size, uint32_t type,
		 uint32_t flags)
{
	struct row *row = &r->row[r->nr];

	if (r->nr == E820_REPORT_MAX)
		return;
	r->nr++;
	*row = (struct row){ start, size, type, flags };
	if (size)
		r->sum += range_sum(type, start, row_end(row));
}

/* What rows, or maps, of type RESERVED_KERN add to a fingerprint when they are printed. */
static uint64_t printed_shift(uint64_t start, uint64_t end)
{
	return range_sum(e820_printed_type(E820_T_RESERVED_KERN), start, end) -
	       range_sum(E820_T_RESERVED_KERN, start, end);
}

void e820_print_rows(struct e820_state *s)
{
	const struct e820_tab *t = &s->tab[E820_MAIN];
	struct e820_report *printed = &s->printed;
	struct row *to = &printed->row[printed->nr];
	const struct ival *m = &t->map;

	/* there is room: at most two lines a node of setup_data stand before it */
	memcpy(to, t->row, t->nr * sizeof(t->row[0]));
	printed->nr += t->nr;
	printed->sum += t->sum;
	for (unsigned int i = 0; i < t->nr; i++) {
		if (to[i].type == E820_T_RESERVED_KERN && to[i].size)
			printed->sum += printed_shift(to[i].start, row_end(&to[i]));
		to[i].type = e820_printed_type(to[i].type);
	}
	printed->want += t->map.sum;
	for (unsigned int i = ival_section(m, E820_T_RESERVED_KERN);
	     i < m->nr && m->step[i].type == E820_T_RESERVED_KERN; i++) {
		struct ival_piece p = ival_piece(m, i);

		if (p.count)
			printed->want += p.count * printed_shift(p.first, p.last + 1);
	}
}

void e820_frame(struct e820_step *step, unsigned int table, uint64_t first, uint64_t last)
{
	step->e->start = first;
	step->e->last = last;
	step->e->may_change |= 1u << table;
}

/* Both layers take an entry as it is. A full table ignores it, with a message. */
void e820_append_entry(struct e820_step *step, struct e820_tab *t, const struct row *r)
{
	if (t->nr == t->slots) {
		step->e->result.said |= SAID_ERROR;
		return;
	}
	e820_append_row(t, r->start, r->size, r->type);
	if (r->size)
		ival_add(&t->map, r->type, r->start, last_byte(r->start, r->size), 1);
}

/*
 * Entries of the firmware; one that wraps in 64 bits is not taken. Q_APPEND_TOP_ENTRY: nor is one
 * that ends exactly at 2^64.
 */
uint64_t e820_append_entries(struct e820_step *step, const struct op *op)
{
	unsigned int nr = e820_entries_read(step->s, op);

	for (unsigned int i = 0; i < nr; i++) {
		struct row r = e820_entry_of(op, i);

		if (wraps(r.start, r.size))
			return -1;
		if (reaches_top(r.start, r.size) && e820_quirk_on(step->s, Q_APPEND_TOP_ENTRY)) {
			e820_fire(step, Q_APPEND_TOP_ENTRY);
			return -1;
		}
		e820_append_entry(step, &step->s->tab[E820_MAIN], &r);
	}
	return 0;
}

/* Q_WRAP_LAST_BYTE shapes the span. */
static void fire_wrap(struct e820_step *step, const struct op *op)
{
	if (op->arg[1] > UINT64_MAX - op->arg[0] && e820_quirk_on(step->s, Q_WRAP_LAST_BYTE))
		e820_fire(step, Q_WRAP_LAST_BYTE);
}

void e820_print_change(struct e820_step *step, const struct op *op, const struct e820_change *c)
{
	struct e820_report *printed = &step->s->printed;

	fire_wrap(step, op);
	e820_report(printed, c->span.first, c->span.size, c->any ? 0 : e820_printed_type(c->old),
		    e820_printed_type(c->new));
	printed->want = printed->sum;
}

/*
 * Within the span: cover by old becomes cover by new, or nothing. Returns the bytes, by the map;
 * by the rows where a quirk made them go another way.
 */
uint64_t e820_change(struct e820_step *step, struct e820_tab *t, const struct op *op,
		     const struct e820_change *c)
{
	struct e820_state *s = step->s;
	uint64_t bytes = 0;

	fire_wrap(step, op);
	if (c->span.size)
		e820_frame(step, t - s->tab, c->span.first, c->span.last);
	step->bytes = 0;
	e820_change_rows(step, t, c);
	if (!c->span.size)
		return step->bytes;
	if (!c->remove) {
		bytes = ival_move(&t->map, c->old, c->new, c->span.first, c->span.last);
	} else if (!c->any) {
		bytes = ival_clear(&t->map, c->old, c->span.first, c->span.last);
	} else {
		bytes = ival_clear_all(&t->map, c->span.first, c->span.last);
	}
	if (step->e->fired)
		return step->bytes;
	if (bytes != step->bytes && !s->lost)
		s->odd = true;
	return bytes;
}

uint64_t e820_update_table(struct e820_step *step, struct e820_tab *t)
{
	e820_frame(step, t - step->s->tab, 0, UINT64_MAX);
	if (e820_update_rows(step, t))
		return -1;
	ival_keep_highest(&t->map);
	/* Type 0 is nothing; it would come first. */
	if (t->map.nr && !t->map.step[0].type)
		ival_clear(&t->map, 0, 0, UINT64_MAX);
	return 0;
}

void e820_copy_table(struct e820_tab *to, const struct e820_tab *from)
{
	memcpy(to, from, offsetof(struct e820_tab, row));
	memcpy(to->row, from->row, from->nr * sizeof(from->row[0]));
	memcpy(&to->map, &from->map, offsetof(struct ival, step));
	memcpy(to->map.step, from->map.step, from->map.nr * sizeof(from->map.step[0]));
}

/* --- one function per op --- */

static void do_add(struct e820_step *step, const struct op *op)
{
	struct row r = { .start = op->arg[0], .size = op->arg[1], .type = op->arg[2] };

	if (r.size)
		e820_frame(step, E820_MAIN, r.start, last_byte(r.start, r.size));
	step->e->may_change |= 1u << E820_MAIN;
	e820_append_entry(step, &step->s->tab[E820_MAIN], &r);
}

static void do_change(struct e820_step *step, const struct op *op)
{
	struct e820_change c = e820_change_of(step->s, op);
	unsigned int table = op->id == E820_UPDATE_KEXEC ? E820_KEXEC : E820_MAIN;

	if (!c.remove && c.old == c.new) {
		step->e->result.outcome = OUT_BUG;
		return;
	}
	step->e->may_change |= 1u << table;
	e820_print_change(step, op, &c);
	step->e->result.value = e820_change(step, &step->s->tab[table], op, &c);
}

static void do_update_table(struct e820_step *step, const struct op *op)
{
	step->e->refuses = true;
	step->e->refusal = -1;
	step->e->result.value =
		e820_update_table(step, &step->s->tab[op->arg[0] % E820_MEMORY_TABLES]);
}

static void do_mapped_any(struct e820_step *step, const struct op *op)
{
	unsigned int table = op->id == E820_MAPPED_RAW_ANY ? E820_FIRMWARE : E820_MAIN;

	e820_answer_any(step, &step->s->tab[table], op->arg[0], op->arg[1], op->arg[2]);
}

static void do_mapped_all(struct e820_step *step, const struct op *op)
{
	e820_answer_all(step, &step->s->tab[E820_MAIN], op->arg[0], op->arg[1], op->arg[2]);
}

static void do_get_entry_type(struct e820_step *step, const struct op *op)
{
	e820_answer_type(step, &step->s->tab[E820_MAIN], op->arg[0], op->arg[1]);
}

static void do_append(struct e820_step *step, const struct op *op)
{
	step->e->refuses = true;
	step->e->refusal = -1;
	e820_frame(step, E820_MAIN, 0, UINT64_MAX);
	/* A map of fewer than two entries is not taken. */
	if (e820_entries_read(step->s, op) < 2)
		step->e->result.value = -1;
	else
		step->e->result.value = e820_append_entries(step, op);
}

static void do_extend(struct e820_step *step, const struct op *op)
{
	struct e820_tab *main = &step->s->tab[E820_MAIN];

	e820_append_entries(step, op);
	e820_update_table(step, main);
	if (step->e->fired)
		e820_map_from_rows(main);
	if (step->s->trait[T_EXTEND_COPIES]) {
		e820_copy_table(&step->s->tab[E820_KEXEC], main);
		e820_copy_table(&step->s->tab[E820_FIRMWARE], main);
		step->e->may_change |= 1u << E820_KEXEC | 1u << E820_FIRMWARE;
	}
	e820_print_rows(step->s);
}

static void do_end_of_ram_pfn(struct e820_step *step, const struct op *op)
{
	uint64_t limit = LOW_PFN_LIMIT;

	if (op->id == E820_END_OF_RAM_PFN)
		limit = e820_max_arch_pfn(step->s);
	e820_answer_end_pfn(step, &step->s->tab[E820_MAIN], limit);
}

static void do_print_table(struct e820_step *step, const struct op *op)
{
	(void)op;
	e820_print_rows(step->s);
}

static void do_update_table_print(struct e820_step *step, const struct op *op)
{
	struct e820_tab *main = &step->s->tab[E820_MAIN];

	(void)op;
	if (e820_update_table(step, main))
		return;
	if (step->e->fired)
		e820_map_from_rows(main);
	e820_print_rows(step->s);
}

static void do_reallocate_tables(struct e820_step *step, const struct op *op)
{
	(void)op;
	step->s->reallocated = true;
}

static void (*const doing[])(struct e820_step *step, const struct op *op) = {
	[E820_ADD] = do_add,
	[E820_UPDATE] = do_change,
	[E820_UPDATE_KEXEC] = do_change,
	[E820_REMOVE] = do_change,
	[E820_UPDATE_TABLE] = do_update_table,
	[E820_MAPPED_RAW_ANY] = do_mapped_any,
	[E820_MAPPED_ANY] = do_mapped_any,
	[E820_MAPPED_ALL] = do_mapped_all,
	[E820_GET_ENTRY_TYPE] = do_get_entry_type,
	[E820_APPEND] = do_append,
	[E820_EXTEND] = do_extend,
	[E820_MEMBLOCK_SETUP] = e820_do_memblock_setup,
	[E820_MEMBLOCK_ALLOC_RESERVED] = e820_do_memblock_alloc_reserved,
	[E820_END_OF_RAM_PFN] = do_end_of_ram_pfn,
	[E820_END_OF_LOW_RAM_PFN] = do_end_of_ram_pfn,
	[E820_PRINT_TABLE] = do_print_table,
	[E820_ENTRY] = NULL,	/* a token is no call */
	[E820_SETUP_GAP] = e820_do_setup_gap,
	[E820_NOSAVE] = e820_do_nosave,
	[E820_REGISTER_NVS] = e820_do_nvs,
	[E820_HOLE_SIZE] = e820_do_hole_size,
	[E820_MEMORY_SETUP] = e820_do_memory_setup,
	[E820_RESERVE_RESOURCES] = e820_do_reserve_resources,
	[E820_RESERVE_RESOURCES_LATE] = e820_do_reserve_resources_late,
	[E820_CMDLINE] = e820_do_cmdline,
	[E820_PARAM] = NULL,
	[E820_MORE] = NULL,
	[E820_FINISH_EARLY_PARAMS] = e820_do_finish_early_params,
	[E820_RESERVE_SETUP_DATA] = e820_do_reserve_setup_data,
	[E820_DATA] = NULL,
	[E820_INDIRECT] = NULL,
	[E820_EXTEND_LONG] = e820_do_extend_long,
	[E820_UPDATE_TABLE_PRINT] = do_update_table_print,
	[E820_REALLOCATE_TABLES] = do_reallocate_tables,
};

/* --- struct model --- */

static void clear_report(struct e820_report *r)
{
	r->nr = 0;
	r->sum = 0;
	r->want = 0;
}

static enum legality e820_legality(const void *state, const struct op *op)
{
	/* The state is only read, but for the memory of whether a table is in order. */
	return e820_legality_of((struct e820_state *)state, op);
}

static void e820_step(void *state, const struct op *op, struct expect *e)
{
	struct e820_state *s = state;
	struct e820_step step = { .s = s, .e = e };

	clear_report(&s->recorded);
	clear_report(&s->printed);
	clear_report(&s->iomem);
	expect_nothing(e);
	e->legality = e820_legality_of(s, op);
	if (op->id < sizeof(doing) / sizeof(doing[0]) && doing[op->id] &&
	    (!s->reallocated || e820_outlives_init(op->id)))
		doing[op->id](&step, op);

	e->rows.nr_tables = E820_TABLES;
	for (unsigned int i = 0; i < E820_MEMORY_TABLES; i++) {
		struct e820_tab *t = &s->tab[i];

		if (t->sum != t->map.sum) {
			if (e->fired)
				e820_map_from_rows(t);
			else if (!s->lost)
				s->odd = true;
		}
		e->rows.table[i] = (struct table){ t->nr, t->row };
		e->sum[i] = t->map.sum;
		e->row_sum[i] = t->sum;
		e->cut |= t->map.overflow;
	}
	e->rows.table[E820_RECORDED] = (struct table){ s->recorded.nr, s->recorded.row };
	e->sum[E820_RECORDED] = s->recorded.want;
	e->row_sum[E820_RECORDED] = s->recorded.sum;
	e->rows.table[E820_PRINTED] = (struct table){ s->printed.nr, s->printed.row };
	e->sum[E820_PRINTED] = s->printed.want;
	e->row_sum[E820_PRINTED] = s->printed.sum;
	e->rows.table[E820_IOMEM] = (struct table){ s->iomem.nr, s->iomem.row };
	e->sum[E820_IOMEM] = s->iomem.want;
	e->row_sum[E820_IOMEM] = s->iomem.sum;
}

static void e820_init(void *state, const struct model_setup *setup)
{
	struct e820_state *s = state;

	s->config = setup->config;
	s->quirks = setup->quirks & model_quirks_of_words(&e820_model, setup->config);
	s->lost = false;
	s->odd = false;
	s->users_map = false;
	s->reallocated = false;
	s->resources = 0;
	s->nr_held = 0;
	iomem_init(&s->tree, UINT64_MAX);
	for (unsigned int i = 0; i < E820_TRAITS; i++)
		s->trait[i] = trait_holds(&e820_traits[i], setup->version, setup->config);
	for (unsigned int i = 0; i < E820_MEMORY_TABLES; i++) {
		struct e820_tab *t = &s->tab[i];

		memset(t, 0, offsetof(struct e820_tab, row));
		t->slots = setup->config->slots;
		t->ordered = 1;
		ival_init(&t->map);
	}
	clear_report(&s->recorded);
	clear_report(&s->printed);
	clear_report(&s->iomem);
}

static unsigned int e820_cover(const void *state, unsigned int table, uint64_t addr, uint32_t type)
{
	const struct e820_state *s = state;

	return table < E820_MEMORY_TABLES ? ival_count(&s->tab[table].map, type, addr) : 0;
}

static unsigned int e820_types(const void *state, unsigned int table, uint32_t *out,
			       unsigned int max)
{
	const struct e820_state *s = state;
	unsigned int nr = 0;

	if (table >= E820_MEMORY_TABLES)
		return 0;
	for (unsigned int i = 0; i < s->tab[table].map.nr && nr < max; i++) {
		uint32_t type = s->tab[table].map.step[i].type;

		if (!nr || out[nr - 1] != type)
			out[nr++] = type;
	}
	return nr;
}

static unsigned int e820_edges(const void *state, uint64_t *out, unsigned int max)
{
	const struct e820_state *s = state;
	unsigned int nr = 0;

	for (unsigned int i = 0; i < E820_MEMORY_TABLES; i++)
		for (unsigned int j = 0; j < s->tab[i].map.nr && nr < max; j++)
			out[nr++] = s->tab[i].map.step[j].addr;
	return nr;
}

static bool e820_noticed(const void *state)
{
	return ((const struct e820_state *)state)->odd;
}

/* Are the entries counted as they are? */
static bool counts(const struct e820_tab *t)
{
	unsigned int invalid = 0, tops = 0, empty = 0;

	for (unsigned int i = 0; i < t->nr; i++) {
		const struct row *r = &t->row[i];

		invalid += wraps(r->start, r->size);
		tops += reaches_top(r->start, r->size);
		empty += !r->size;
	}
	return t->invalid == invalid && t->tops == tops && t->empty == empty;
}

/* Each step makes its reports anew; of the tree few nodes are in use. */
static size_t e820_used(const void *state)
{
	const struct e820_state *s = state;

	return offsetof(struct e820_state, tree.node) + s->tree.nr * sizeof(s->tree.node[0]);
}

static bool e820_selfcheck(const void *state)
{
	const struct e820_state *s = state;

	if (s->odd)
		return false;
	for (unsigned int i = 0; i < E820_MEMORY_TABLES; i++) {
		const struct e820_tab *t = &s->tab[i];

		if (table_sum(&(struct table){ t->nr, t->row }) != t->sum || !ival_valid(&t->map) ||
		    !counts(t))
			return false;
		if (!s->lost && t->sum != t->map.sum)
			return false;
	}
	return true;
}

const struct model e820_model = {
	.family = &e820_family,
	.size = sizeof(struct e820_state),
	.quirks = e820_quirks,
	.nr_quirks = E820_QUIRKS,
	.traits = e820_traits,
	.nr_traits = E820_TRAITS,
	.init = e820_init,
	.legality = e820_legality,
	.step = e820_step,
	.adopt = e820_adopt,
	.cover = e820_cover,
	.types = e820_types,
	.edges = e820_edges,
	.selfcheck = e820_selfcheck,
	.noticed = e820_noticed,
	.used = e820_used,
};

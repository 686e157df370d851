// SPDX-License-Identifier: GPL-2.0-only
/*
 * The e820 model at both ends of the boot: where main comes from, which NVS memory is told, what
 * memblock gets.
 */
#include <string.h>

#include "e820_model.h"

/* --- memory_setup --- */

void e820_clear_table(struct e820_tab *t)
{
	t->nr = 0;
	t->invalid = 0;
	t->tops = 0;
	t->empty = 0;
	t->sum = 0;
	t->ordered = 1;
	t->updated = false;
	ival_init(&t->map);
}

/*
 * T_SETUP_UPDATES_FIRST: the tokens, in a table as large as the zero page's, updated (if they can
 * be). What is there is valid until the next call.
 */
static struct e820_tab *updated_tokens(struct e820_step *step, const struct op *op)
{
	static struct e820_tab boot;	/* large */
	unsigned int nr = e820_entries_read(step->s, op);

	e820_clear_table(&boot);
	boot.slots = e820_zeropage(step->s->config);
	for (unsigned int i = 0; i < nr; i++) {
		struct row r = e820_entry_of(op, i);

		e820_append_entry(step, &boot, &r);
	}
	if (!e820_update_rows(step, &boot)) {
		ival_keep_highest(&boot.map);
		ival_clear(&boot.map, 0, 0, UINT64_MAX);
	}
	return &boot;
}

static void add_map(struct ival *to, const struct ival *from)
{
	for (unsigned int i = 0; i < from->nr; i++) {
		struct ival_piece p = ival_piece(from, i);

		if (p.count)
			ival_add(to, from->step[i].type, p.first, p.last, p.count);
	}
}

/* Return: were they taken? */
static bool append_updated(struct e820_step *step, const struct op *op)
{
	struct e820_state *s = step->s;
	struct e820_tab *main = &s->tab[E820_MAIN], *boot;
	bool lost_before = s->lost, whole;

	s->lost = false;
	boot = updated_tokens(step, op);
	/* What the update has lost is still owed. */
	whole = s->lost || (!step->e->fired && main->nr + boot->nr <= main->slots);
	s->lost |= lost_before;
	if (boot->nr < 2)
		return false;
	for (unsigned int i = 0; i < boot->nr; i++) {
		const struct row *r = &boot->row[i];

		if (wraps(r->start, r->size))
			return false;
		if (reaches_top(r->start, r->size) && e820_quirk_on(s, Q_APPEND_TOP_ENTRY)) {
			e820_fire(step, Q_APPEND_TOP_ENTRY);
			return false;
		}
		if (!whole)
			e820_append_entry(step, main, r);
		else if (!e820_append_row(main, r->start, r->size, r->type))
			step->e->result.said |= SAID_ERROR;
	}
	if (whole)
		add_map(&main->map, &boot->map);
	return true;
}

/* "Otherwise fake a memory map": of the sizes that older calls of the firmware gave. */
static void make_up(struct e820_step *step, uint64_t alt_mem_k, uint64_t ext_mem_k)
{
	struct e820_tab *main = &step->s->tab[E820_MAIN];
	struct row low = { .start = 0, .size = E820_LOWMEM, .type = E820_T_RAM };
	struct row high = { .start = E820_HIGHMEM, .type = E820_T_RAM };

	high.size = (alt_mem_k < ext_mem_k ? ext_mem_k : alt_mem_k) << 10;
	e820_clear_table(main);
	e820_append_entry(step, main, &low);
	e820_append_entry(step, main, &high);
}

void e820_do_memory_setup(struct e820_step *step, const struct op *op)
{
	struct e820_state *s = step->s;
	struct e820_tab *main = &s->tab[E820_MAIN];
	bool first = s->trait[T_SETUP_UPDATES_FIRST], taken;

	e820_frame(step, E820_MAIN, 0, UINT64_MAX);
	if (first)
		taken = append_updated(step, op);
	else
		taken = e820_entries_read(s, op) >= 2 && !e820_append_entries(step, op);
	if (!taken)
		make_up(step, op->arg[1], op->arg[2]);
	if (!first)
		e820_update_table(step, main);
	if (step->e->fired)
		e820_map_from_rows(main);
	e820_copy_table(&s->tab[E820_KEXEC], main);
	step->e->may_change |= 1u << E820_KEXEC;
	/* There is no firmware table where extend does not copy to it. */
	if (s->trait[T_EXTEND_COPIES]) {
		e820_copy_table(&s->tab[E820_FIRMWARE], main);
		step->e->may_change |= 1u << E820_FIRMWARE;
	}
	e820_print_rows(s);
}

bool e820_setup_accepts(const struct e820_state *s, const struct op *op)
{
	unsigned int nr = e820_entries_read(s, op), left = nr;

	for (unsigned int i = 0; i < nr; i++) {
		struct row r = e820_entry_of(op, i);

		if (wraps(r.start, r.size))
			return false;
	}
	if (s->trait[T_SETUP_UPDATES_FIRST] && nr >= 2) {
		struct expect e = { 0 };
		struct e820_state *unchanged = (struct e820_state *)s;
		struct e820_step step = { .s = unchanged, .e = &e };
		bool lost = s->lost;

		left = updated_tokens(&step, op)->nr;
		unchanged->lost = lost;
	}
	return left >= 2;
}

/* --- nvs --- */

/* Contract: every byte of this type as often as it is covered. */
static uint64_t want_of(const struct ival *m, uint32_t type, uint32_t call)
{
	uint64_t sum = 0;

	for (unsigned int i = ival_section(m, type); i < m->nr && m->step[i].type == type; i++) {
		struct ival_piece p = ival_piece(m, i);

		sum += p.count * range_sum(call, p.first, p.last + 1);
	}
	return sum;
}

static void tell_nvs(struct e820_step *step, const struct row *r)
{
	struct row told = *r;

	if (e820_quirk_on(step->s, Q_NVS_32)) {
		told.start = e820_long(step->s, r->start);
		told.size = e820_long(step->s, r->size);
		if (told.start != r->start || told.size != r->size)
			e820_fire(step, Q_NVS_32);
	}
	e820_report(&step->s->recorded, told.start, told.size, E820_REC_NVS, 0);
}

void e820_do_nvs(struct e820_step *step, const struct op *op)
{
	const struct e820_tab *t = &step->s->tab[E820_MAIN];
	struct e820_report *rec = &step->s->recorded;

	(void)op;
	for (unsigned int i = 0; i < t->nr; i++)
		if (t->row[i].type == E820_T_NVS)
			tell_nvs(step, &t->row[i]);
	rec->want = want_of(&t->map, E820_T_NVS, E820_REC_NVS);
	if (step->e->fired)
		rec->want = rec->sum;
}

/* --- memblock --- */

/* Which recorded call hands memory of this type over, if any. */
static bool handed_over(const struct e820_state *s, uint32_t type, uint32_t *call)
{
	*call = type == E820_T_SOFT_RESERVED ? E820_REC_RESERVE : E820_REC_ADD;
	return type == E820_T_SOFT_RESERVED || type == E820_T_RAM ||
	       (type == E820_T_RESERVED_KERN && s->trait[T_RESERVED_KERN]);
}

/* An entry as memblock is told of it: as far as a phys_addr_t says, but for its largest value. */
static void hand_over(struct e820_step *step, const struct row *r, uint32_t call)
{
	struct e820_state *s = step->s;
	uint64_t max = config_phys_max(s->config), end = r->start + r->size;
	struct row said = *r;

	if (reaches_top(r->start, r->size))
		end = UINT64_MAX;
	if (max != UINT64_MAX && end == UINT64_MAX && e820_quirk_on(s, Q_MEMBLOCK_TOP_ENTRY) &&
	    r->start + r->size <= max) {
		e820_fire(step, Q_MEMBLOCK_TOP_ENTRY);
		said.start = e820_phys(s, r->start);
		said.size = e820_phys(s, r->size);
	} else if (r->start > max || (r->start == max && end > max)) {
		return;
	} else if (end > max) {
		if (e820_quirk_on(s, Q_MEMBLOCK_STRADDLES)) {
			e820_fire(step, Q_MEMBLOCK_STRADDLES);
			return;
		}
		said.size = max - r->start;
	}
	e820_report(&s->recorded, said.start, said.size, call, 0);
}

void e820_do_memblock_setup(struct e820_step *step, const struct op *op)
{
	struct e820_state *s = step->s;
	const struct e820_tab *t = &s->tab[E820_MAIN];
	struct e820_report *rec = &s->recorded;
	uint64_t max = config_phys_max(s->config);
	uint32_t call;

	(void)op;
	e820_report(rec, 0, 0, E820_REC_RESIZE, 0);
	/* Exact: a call per entry, in order, empty ones too. */
	for (unsigned int i = 0; i < t->nr; i++)
		if (handed_over(s, t->row[i].type, &call))
			hand_over(step, &t->row[i], call);
	e820_report(rec, 0, PAGE_SIZE, E820_REC_TRIM, 0);
	e820_report(rec, 0, 0, E820_REC_DUMP, 0);
	/* Contract: every byte as often as it is covered. */
	rec->want = range_sum(E820_REC_TRIM, 0, PAGE_SIZE);
	for (unsigned int i = 0; i < t->map.nr; i++) {
		struct ival_piece p = ival_piece(&t->map, i);
		uint64_t end = p.last + 1;

		if (!p.count || !handed_over(s, t->map.step[i].type, &call))
			continue;
		if (max != UINT64_MAX && p.last >= max)
			end = max;
		if (p.first < end || !end)
			rec->want += p.count * range_sum(call, p.first, end);
	}
	if (step->e->fired)
		rec->want = rec->sum;
}

void e820_do_memblock_alloc_reserved(struct e820_step *step, const struct op *op)
{
	struct e820_state *s = step->s;
	struct e820_tab *kexec = &s->tab[E820_KEXEC];
	uint64_t size = op->arg[0], at = e820_phys(s, op->arg[2]);
	const struct op update = {
		.id = E820_UPDATE_KEXEC,
		.arg = { at, size, E820_T_RAM, E820_T_RESERVED },
	};
	struct e820_change c = e820_change_of(s, &update);

	e820_report(&s->recorded, e820_phys(s, op->arg[1]), e820_phys(s, size),
		    E820_REC_PHYS_ALLOC, 0);
	s->recorded.want = s->recorded.sum;
	step->e->result.value = at;
	if (!at)
		return;
	e820_print_change(step, &update, &c);
	e820_change(step, kexec, &update, &c);
	if (step->e->fired)
		e820_map_from_rows(kexec);
	e820_update_table(step, kexec);
}

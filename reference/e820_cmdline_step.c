// SPDX-License-Identifier: GPL-2.0-only
/*
 * The e820 model: what a user says of memory is carried out, by the functions of add, update and
 * remove, and then it is to be a map. The sentences are those of contract/e820.h on cmdline and
 * finish_early_params.
 */
#include <string.h>

#include "e820_cmdline.h"

#define MEM_LIMIT_NONE	UINT64_MAX	/* what hot-plug may use, where nobody says less: bytes */
#define MASK_BITS	64		/* refused parameters: the last bit stands for all others */

/* --- what a request does --- */

/* The request as an update or a remove; not of REQUEST_ADD and the like. */
static struct op op_of(const struct e820_request *r)
{
	switch (r->what) {
	case REQUEST_LIMIT:
		return (struct op){
			.id = E820_REMOVE,
			.arg = { r->size, UINT64_MAX - r->size, E820_T_RAM, true },
		};
	case REQUEST_UPDATE:
		return (struct op){
			.id = E820_UPDATE, .arg = { r->start, r->size, r->old, r->new },
		};
	case REQUEST_REMOVE:
		return (struct op){
			.id = E820_REMOVE, .arg = { r->start, r->size, r->old, r->old > 0 },
		};
	default:
		/* REQUEST_MARK: before the entry is added, all goes */
		return (struct op){ .id = E820_REMOVE, .arg = { r->start, r->size } };
	}
}

/* Does an entry lie in the span, or touch it without bytes? */
static bool meets(const struct e820_tab *t, const struct span *span)
{
	for (unsigned int i = 0; i < t->nr; i++) {
		const struct row *r = &t->row[i];

		if (!r->size && r->start >= span->first && r->start - span->first <= span->size)
			return true;
		if (r->size && span->size && r->start <= span->last &&
		    last_byte(r->start, r->size) >= span->first)
			return true;
	}
	return false;
}

static void add(struct e820_step *step, const struct e820_request *r)
{
	struct row row = { .start = r->start, .size = r->size, .type = r->new };

	if (row.size)
		e820_frame(step, E820_MAIN, row.start, last_byte(row.start, row.size));
	e820_append_entry(step, &step->s->tab[E820_MAIN], &row);
}

static void change(struct e820_step *step, const struct e820_request *r)
{
	struct e820_state *s = step->s;
	struct e820_tab *main = &s->tab[E820_MAIN];
	const struct op op = op_of(r);
	struct e820_change c = e820_change_of(s, &op);

	switch (r->what) {
	case REQUEST_MARK:
		if (!e820_quirk_on(s, Q_MEMMAP_MARK))
			e820_change(step, main, &op, &c);
		else if (meets(main, &c.span))
			e820_fire(step, Q_MEMMAP_MARK);
		add(step, r);
		return;
	case REQUEST_UPDATE:
		if (c.old == c.new && e820_quirk_on(s, Q_MEMMAP_SAME_TYPE)) {
			e820_fire(step, Q_MEMMAP_SAME_TYPE);
			step->e->result.outcome = OUT_BUG;
			return;
		}
		break;
	case REQUEST_LIMIT:
		if (r->zero && !e820_quirk_on(s, Q_MEMMAP_ZERO))
			return;
		if (r->zero)
			e820_fire(step, Q_MEMMAP_ZERO);
		break;
	default:
		break;
	}
	e820_print_change(step, &op, &c);
	/* nothing becomes what it is */
	if (c.remove || c.old != c.new)
		e820_change(step, main, &op, &c);
}

static void carry_out(struct e820_step *step, const struct e820_request *r)
{
	struct e820_tab *main = &step->s->tab[E820_MAIN];
	struct expect *e = step->e;
	uint64_t first = e->start, last = e->last;

	e->start = 1;
	e->last = 0;
	switch (r->what) {
	case REQUEST_NOTHING:
		break;
	case REQUEST_EMPTY:
		e820_frame(step, E820_MAIN, 0, UINT64_MAX);
		e820_clear_table(main);
		break;
	case REQUEST_ADD:
		add(step, r);
		break;
	default:
		change(step, r);
	}
	/* one frame around all of them */
	if (first > last)
		return;
	if (e->start > e->last) {
		e->start = first;
		e->last = last;
		return;
	}
	e->start = first < e->start ? first : e->start;
	e->last = last > e->last ? last : e->last;
}

void e820_do_cmdline(struct e820_step *step, const struct op *op)
{
	struct e820_state *s = step->s;
	uint64_t limit = MEM_LIMIT_NONE;
	const struct e820_requests *all = e820_requests_of(s, op);

	step->e->may_change |= 1u << E820_MAIN;
	for (unsigned int i = 0; i < all->nr; i++) {
		const struct e820_request *r = &all->request[i];
		unsigned int bit = r->param < MASK_BITS ? r->param : MASK_BITS - 1;

		step->e->result.value |= (uint64_t)r->refused << bit;
		s->users_map |= r->users;
		carry_out(step, r);
		if (step->e->result.outcome != OUT_RETURN)
			return;
		if (r->mem && r->what == REQUEST_LIMIT)
			limit = r->size;
	}
	if (limit != MEM_LIMIT_NONE && s->trait[T_LIMIT_TOLD])
		e820_report(&s->recorded, 0, limit, E820_REC_LIMIT, 0);
	s->recorded.want = s->recorded.sum;
}

/* --- finish_early_params --- */

static bool ends_at_top(const struct e820_tab *t)
{
	return t->invalid || e820_has_top_entry(t);
}

/* One entry is a map: nothing to sort, but what says nothing vanishes. */
static void update_single(struct e820_tab *t)
{
	if (t->row[0].type && t->row[0].size)
		return;
	e820_clear_table(t);
}

void e820_do_finish_early_params(struct e820_step *step, const struct op *op)
{
	struct e820_state *s = step->s;
	struct e820_tab *main = &s->tab[E820_MAIN];

	(void)op;
	if (!s->users_map)
		return;
	e820_frame(step, E820_MAIN, 0, UINT64_MAX);
	if (!main->nr || ends_at_top(main)) {
		step->e->result.outcome = OUT_PANIC;
		return;
	}
	if (main->nr == 1 && e820_quirk_on(s, Q_ONE_ENTRY_REFUSED)) {
		e820_fire(step, Q_ONE_ENTRY_REFUSED);
		step->e->result.outcome = OUT_PANIC;
		return;
	}
	if (main->nr == 1)
		update_single(main);
	else
		e820_update_table(step, main);
	if (step->e->fired)
		e820_map_from_rows(main);
	e820_print_rows(s);
}

/* --- legality --- */

static bool range_is_legal(const struct e820_request *r)
{
	switch (r->what) {
	case REQUEST_ADD:
	case REQUEST_MARK:
		return !e820_beyond_machine(r->start, r->size);
	case REQUEST_UPDATE:
	case REQUEST_REMOVE:
		return !reaches_top(r->start, r->size);
	default:
		return true;
	}
}

/* Carry a request out on a copy of the entries. Return: false when it does not fit. */
static bool fits(struct e820_step *step, struct e820_tab *t, const struct e820_request *r)
{
	const struct op op = op_of(r);
	struct e820_change c = e820_change_of(step->s, &op);

	if (r->what == REQUEST_EMPTY) {
		t->nr = 0;
		return true;
	}
	if (r->what != REQUEST_ADD) {
		if (t->nr + e820_slots_needed(t, &c) > t->slots)
			return false;
		e820_change_rows(step, t, &c);
	}
	return (r->what != REQUEST_ADD && r->what != REQUEST_MARK) ||
	       e820_append_row(t, r->start, r->size, r->new);
}

/* Carry all of them out on a copy of main. */
static bool all_fit(struct e820_state *s, const struct e820_requests *all)
{
	static struct e820_tab copy;	/* large */
	const struct e820_tab *main = &s->tab[E820_MAIN];
	struct expect ignored;
	struct e820_step step = { .s = s, .e = &ignored };

	expect_nothing(&ignored);
	memcpy(&copy, main, offsetof(struct e820_tab, row));
	memcpy(copy.row, main->row, main->nr * sizeof(main->row[0]));
	for (unsigned int i = 0; i < all->nr; i++)
		if (!fits(&step, &copy, &all->request[i]))
			return false;
	return true;
}

enum legality e820_legality_of_cmdline(struct e820_state *s, const struct op *op)
{
	const struct e820_requests *all = e820_read_requests(s, op);

	for (unsigned int i = 0; i < all->nr; i++) {
		const struct e820_request *r = &all->request[i];

		if (!r->documented || !range_is_legal(r) ||
		    (r->what == REQUEST_UPDATE && r->old == r->new))
			return CMDLINE;
	}
	if (all->nr && !all_fit(s, all))
		return CMDLINE;
	return s->tab[E820_MAIN].invalid ? FIRMWARE : LEGAL;
}

enum legality e820_legality_of_finish(const struct e820_state *s, struct e820_tab *t)
{
	if (!s->users_map || (t->nr && !ends_at_top(t) && e820_update_fits(s, t)))
		return LEGAL;
	return CMDLINE;
}

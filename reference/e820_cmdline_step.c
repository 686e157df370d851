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

/* The request as an update or a remove; of a limit, or of one that says N%S and is no mark. */
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
	default:
		return (struct op){
			.id = E820_REMOVE, .arg = { r->start, r->size, r->old, r->old > 0 },
		};
	}
}

/* REQUEST_MARK: would @row win in its range, were the table updated? */
static bool stands_above(const struct row *row, const struct e820_request *r)
{
	return row->type > r->new && row->size && r->size &&
	       row->start <= last_byte(r->start, r->size) &&
	       r->start <= last_byte(row->start, row->size);
}

/* What takes such an entry and all others of its type out of the range. */
static struct op give_way(const struct row *row, const struct e820_request *r)
{
	return (struct op){
		.id = E820_REMOVE, .arg = { r->start, r->size, row->type, true },
	};
}

static void add(struct e820_step *step, const struct e820_request *r)
{
	struct row row = { .start = r->start, .size = r->size, .type = r->new };

	if (row.size)
		e820_frame(step, E820_MAIN, row.start, last_byte(row.start, row.size));
	e820_append_entry(step, &step->s->tab[E820_MAIN], &row);
}

static void mark(struct e820_step *step, const struct e820_request *r)
{
	struct e820_tab *main = &step->s->tab[E820_MAIN];

	for (unsigned int i = 0; i < main->nr; i++) {
		struct e820_change c;
		struct op op;

		if (!stands_above(&main->row[i], r))
			continue;
		if (e820_quirk_on(step->s, Q_MEMMAP_MARK)) {
			e820_fire(step, Q_MEMMAP_MARK);
			break;
		}
		op = give_way(&main->row[i], r);
		c = e820_change_of(step->s, &op);
		e820_change(step, main, &op, &c);
	}
	add(step, r);
}

static void change(struct e820_step *step, const struct e820_request *r)
{
	struct e820_state *s = step->s;
	struct e820_tab *main = &s->tab[E820_MAIN];
	const struct op op = op_of(r);
	struct e820_change c = e820_change_of(s, &op);

	switch (r->what) {
	case REQUEST_UPDATE:
		if (c.old != c.new)
			break;
		if (e820_quirk_on(s, Q_MEMMAP_SAME_TYPE)) {
			e820_fire(step, Q_MEMMAP_SAME_TYPE);
			step->e->result.outcome = OUT_BUG;
		}
		return;
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
	case REQUEST_MARK:
		mark(step, r);
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

/* Is the parameter of @r told that it is refused? */
static bool is_told(struct e820_step *step, const struct e820_request *r)
{
	bool refused = r->refused || (r->zero && !e820_quirk_on(step->s, Q_MEMMAP_ZERO));

	if (!refused || r->mem || !e820_quirk_on(step->s, Q_MEMMAP_SILENT))
		return refused;
	e820_fire(step, Q_MEMMAP_SILENT);
	return false;
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

		s->users_map |= r->users;
		carry_out(step, r);
		if (step->e->result.outcome != OUT_RETURN)
			return;
		step->e->result.value |= (uint64_t)is_told(step, r) << bit;
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
static bool change_fits(struct e820_step *step, struct e820_tab *t, const struct op *op)
{
	struct e820_change c = e820_change_of(step->s, op);

	if (t->nr + e820_slots_needed(t, &c) > t->slots)
		return false;
	e820_change_rows(step, t, &c);
	return true;
}

static bool mark_fits(struct e820_step *step, struct e820_tab *t, const struct e820_request *r)
{
	for (unsigned int i = 0; i < t->nr; i++) {
		if (stands_above(&t->row[i], r)) {
			const struct op op = give_way(&t->row[i], r);

			if (!change_fits(step, t, &op))
				return false;
		}
	}
	return e820_append_row(t, r->start, r->size, r->new);
}

static bool fits(struct e820_step *step, struct e820_tab *t, const struct e820_request *r)
{
	const struct op op = op_of(r);

	switch (r->what) {
	case REQUEST_NOTHING:
		return true;
	case REQUEST_EMPTY:
		t->nr = 0;
		return true;
	case REQUEST_ADD:
		return e820_append_row(t, r->start, r->size, r->new);
	case REQUEST_MARK:
		return mark_fits(step, t, r);
	default:
		return change_fits(step, t, &op);
	}
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

		if (!r->documented || !range_is_legal(r))
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

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The e820 model: what the boot loader left in memory as setup_data. The chain is
 * contract/setup_data.h's.
 */
#include "contract/setup_data.h"
#include "e820_model.h"

/* A node's head, and the payload of an indirect node: bytes. */
#define HEAD_SIZE	16u
#define INDIRECT_SIZE	24u

/* Two ranges a node: itself, and what it names. */
#define RANGES_MAX	(2 * E820_DATA_MAX)

struct range_list {
	unsigned int nr;
	struct row row[RANGES_MAX];
};

static bool is_indirect(const struct e820_node *n)
{
	return n->type == E820_SETUP_INDIRECT;
}

static struct row range_of(const struct e820_node *n)
{
	return (struct row){ .start = n->at, .size = HEAD_SIZE + (uint64_t)n->len };
}

/* An indirect node is mapped as a whole, of a length that has 32 bits. */
static bool can_be_read(const struct e820_state *s, const struct e820_node *n)
{
	return !is_indirect(n) || e820_can_map_below(n->at, (uint32_t)(HEAD_SIZE + n->len),
						     config_phys_max(s->config));
}

/*
 * Does what is mapped of an indirect node end before the payload does that says what it names? For
 * kernels the payload is what lies there all the same.
 */
static bool is_short(const struct e820_node *n)
{
	return is_indirect(n) && (uint32_t)(HEAD_SIZE + n->len) < HEAD_SIZE + INDIRECT_SIZE;
}

/*
 * Return: does what kernels read of the payload of a short node lie on pages that are not mapped?
 * Only the type of one that names an indirect one.
 */
static bool is_cut_off(const struct e820_node *n)
{
	bool type_only = n->payload && (uint32_t)n->payload->arg[0] == E820_SETUP_INDIRECT;
	uint64_t read = HEAD_SIZE + (type_only ? 4 : INDIRECT_SIZE);
	uint64_t mapped = (uint32_t)(HEAD_SIZE + n->len);

	return is_short(n) && mapped && mapped < read &&
	       (n->at + mapped - 1) / PAGE_SIZE < (n->at + read - 1) / PAGE_SIZE;
}

/* Return: does node @n, which can be read, name other memory? */
static bool names_other(const struct e820_node *n, struct row *other)
{
	static const struct op zeros;
	const struct op *payload = n->payload ? n->payload : &zeros;

	*other = (struct row){ .start = payload->arg[1], .size = payload->arg[2] };
	return is_indirect(n) && (uint32_t)payload->arg[0] != E820_SETUP_INDIRECT;
}

/* Does the chain come back to one of its nodes? Not where it ends before its last one. */
static bool comes_back(const struct e820_state *s, const struct e820_node *node, unsigned int nr,
		       uint64_t back)
{
	for (unsigned int i = 0; i < nr; i++)
		if (!can_be_read(s, &node[i]))
			return false;
	return back && back <= nr;
}

/* Does the walk meet a payload that is not mapped? */
static bool meets_cut_off(const struct e820_state *s, const struct e820_node *node,
			  unsigned int nr)
{
	unsigned int i = 0;

	while (i < nr && can_be_read(s, &node[i]) && !is_cut_off(&node[i]))
		i++;
	return i < nr && can_be_read(s, &node[i]);
}

/* --- legality --- */

/*
 * Are a node and its payload of types that boot.rst has? A payload says that it is indirect, and
 * what lies there; nodes of a chain do not.
 */
static bool is_documented(const struct e820_node *n)
{
	uint32_t named = n->payload ? n->payload->arg[0] : 0;

	if (!is_indirect(n))
		return !(n->type & E820_SETUP_INDIRECT);
	return n->len == INDIRECT_SIZE && named > E820_SETUP_INDIRECT;
}

/* Is it RAM as a whole, and apart from those before it? */
static bool is_sound(const struct e820_tab *main, const struct range_list *l, const struct row *r)
{
	uint64_t last;

	if (!r->size || wraps(r->start, r->size))
		return false;
	last = last_byte(r->start, r->size);
	for (unsigned int i = 0; i < l->nr; i++)
		if (r->start <= last_byte(l->row[i].start, l->row[i].size) &&
		    l->row[i].start <= last)
			return false;
	return ival_all(&main->map, E820_T_RAM, r->start, last);
}

/*
 * Every range cuts at most as many entries as it would by itself: those before it, disjoint, have
 * made them shorter. An update of n entries that overlap makes up to 2 n - 1 of them.
 */
static bool pieces_fit(struct e820_tab *t, const struct range_list *l)
{
	unsigned int nr = t->nr;

	if (t->invalid)
		return false;
	for (unsigned int i = 0; i < l->nr; i++) {
		const struct row *r = &l->row[i];
		struct e820_change c = {
			.span = { r->start, last_byte(r->start, r->size), r->size },
			.old = E820_T_RAM, .new = E820_T_RESERVED_KERN,
		};

		nr += e820_slots_needed(t, &c);
	}
	return nr <= t->slots && (2 * nr <= t->slots + 1 || e820_ordered(t));
}

enum legality e820_legality_of_setup_data(struct e820_state *s, const struct op *op)
{
	struct e820_tab *main = &s->tab[E820_MAIN];
	struct e820_node node[E820_DATA_MAX];
	unsigned int nr = e820_chain(op, node);
	struct range_list l = { 0 };

	if (op->arg[0])
		return FIRMWARE;
	for (unsigned int i = 0; i < nr; i++) {
		struct row r = range_of(&node[i]);

		if (!is_documented(&node[i]))
			return FIRMWARE;
		if (!is_sound(main, &l, &r))
			return FIRMWARE;
		l.row[l.nr++] = r;
		if (!names_other(&node[i], &r))
			continue;
		if (!is_sound(main, &l, &r))
			return FIRMWARE;
		l.row[l.nr++] = r;
	}
	if (nr && (!pieces_fit(main, &l) ||
		   (s->trait[T_SETUP_DATA_KEXEC] && !pieces_fit(&s->tab[E820_KEXEC], &l))))
		return FIRMWARE;
	return LEGAL;
}

/* --- reserve_setup_data --- */

static void reserve_in(struct e820_step *step, unsigned int table, const struct row *r)
{
	struct e820_tab *t = &step->s->tab[table];
	const struct op update = {
		.id = table == E820_KEXEC ? E820_UPDATE_KEXEC : E820_UPDATE,
		.arg = { r->start, r->size, E820_T_RAM, E820_T_RESERVED_KERN },
	};
	struct e820_change c = e820_change_of(step->s, &update);

	e820_print_change(step, &update, &c);
	e820_change(step, t, &update, &c);
	if (step->e->fired)
		e820_map_from_rows(t);
}

/* What kernels look for before a kexec'ed one, which gets its own of these. */
static bool is_for_this_kernel(const struct e820_node *n)
{
	return n->type == E820_SETUP_EFI || n->type == E820_SETUP_IMA ||
	       n->type == E820_SETUP_RNG_SEED;
}

/* Its bytes as kernels count them. */
static struct row counted(struct e820_step *step, const struct e820_node *n)
{
	struct row r = range_of(n);
	uint64_t size = e820_long(step->s, r.size);

	if (size != r.size && e820_quirk_on(step->s, Q_SETUP_DATA_SIZE)) {
		e820_fire(step, Q_SETUP_DATA_SIZE);
		r.size = size;
	}
	return r;
}

/* Return: false when the node cannot be read: nothing behind it is found. */
static bool reserve_node(struct e820_step *step, const struct e820_node *n)
{
	bool kexec = step->s->trait[T_SETUP_DATA_KEXEC];
	struct row r = counted(step, n);

	reserve_in(step, E820_MAIN, &r);
	if (kexec && !is_for_this_kernel(n))
		reserve_in(step, E820_KEXEC, &r);
	if (!can_be_read(step->s, n))
		return false;
	if (!names_other(n, &r))
		return true;
	if (is_short(n)) {
		if (is_cut_off(n) || !e820_quirk_on(step->s, Q_INDIRECT_SHORT))
			return true;
		e820_fire(step, Q_INDIRECT_SHORT);
	}
	reserve_in(step, E820_MAIN, &r);
	if (kexec)
		reserve_in(step, E820_KEXEC, &r);
	return true;
}

static void update(struct e820_step *step, unsigned int table)
{
	e820_update_table(step, &step->s->tab[table]);
	if (step->e->fired)
		e820_map_from_rows(&step->s->tab[table]);
}

void e820_do_reserve_setup_data(struct e820_step *step, const struct op *op)
{
	struct e820_state *s = step->s;
	struct e820_node node[E820_DATA_MAX];
	unsigned int nr = e820_chain(op, node);
	bool ends = true;

	if (!nr)
		return;
	if (comes_back(s, node, nr, op->arg[0]) && e820_quirk_on(s, Q_SETUP_DATA_CYCLE)) {
		e820_fire(step, Q_SETUP_DATA_CYCLE);
		step->e->avoid = true;
		return;
	}
	if (meets_cut_off(s, node, nr) && e820_quirk_on(s, Q_INDIRECT_UNMAPPED)) {
		e820_fire(step, Q_INDIRECT_UNMAPPED);
		step->e->avoid = true;
		return;
	}
	for (unsigned int i = 0; i < nr && ends; i++)
		ends = reserve_node(step, &node[i]);
	if (op->arg[0] > nr)
		ends = false;
	if (ends) {
		update(step, E820_MAIN);
		if (s->trait[T_SETUP_DATA_KEXEC])
			update(step, E820_KEXEC);
		e820_print_rows(s);
	} else {
		step->e->result.said |= SAID_WARNING;
	}
	e820_frame(step, E820_MAIN, 0, UINT64_MAX);
	if (s->trait[T_SETUP_DATA_KEXEC])
		e820_frame(step, E820_KEXEC, 0, UINT64_MAX);
}

/* --- extend_long --- */

void e820_do_extend_long(struct e820_step *step, const struct op *op)
{
	(void)op;
	if (e820_quirk_on(step->s, Q_EXTEND_UNMAPPABLE)) {
		e820_fire(step, Q_EXTEND_UNMAPPABLE);
		step->e->avoid = true;
		return;
	}
	step->e->result.said = SAID_ERROR;
}

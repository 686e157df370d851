// SPDX-License-Identifier: GPL-2.0-only
/* Scenarios of family memblock: what the boot code sets, a machine, pressure, the end of a boot. */
#include "contract/memblock.h"
#include "draw_memblock.h"
#include "groups.h"
#include "operand.h"

#define HANDOFF_OPS	4u	/* left free for the end of a boot */

static unsigned int room(const struct mutator *m)
{
	return m->max > m->s->nr ? m->max - m->s->nr : 0;
}

/* A call with these operands; false when there is no room. */
static bool put(struct mutator *m, unsigned int at, struct op op)
{
	if (!room(m))
		return false;
	ops_open(m->s, at, 1);
	m->s->ops[at] = op;
	settle_op(m->s, at);
	return true;
}

/* A call with operands as they are drawn. */
static bool put_drawn(struct mutator *m, unsigned int at, enum memblock_op id)
{
	return insert_op(m, at, op_desc_any(m->s->family, id));
}

/* Before there is memory: switches, and most of the time the permission to double tables. */
static unsigned int put_settings(struct mutator *m, unsigned int at)
{
	static const struct {
		uint8_t which, one_in;
	} switches[] = {
		{ MEMBLOCK_BOTTOM_UP, 4 }, { MEMBLOCK_SLAB, 24 }, { MEMBLOCK_MOVABLE_NODE, 4 },
		{ MEMBLOCK_KERNELCORE_MIRROR, 5 }, { MEMBLOCK_DEBUG, 4 },
	};

	for (unsigned int i = 0; i < sizeof(switches) / sizeof(switches[0]); i++)
		if (one_in(m->r, switches[i].one_in))
			at += put(m, at, (struct op){ M_SET, 0, { switches[i].which, 1 } });
	return at;
}

/* Two to six blocks of RAM on one to four nodes, with holes, and what the firmware says of them. */
static unsigned int put_machine(struct mutator *m, unsigned int at)
{
	unsigned int nodes = rng_below(m->r, 5), blocks = 2 + rng_below(m->r, 5);

	for (unsigned int i = 0; i < blocks; i++) {
		if (!put_drawn(m, at, nodes ? M_ADD_NODE : M_ADD))
			return at;
		if (nodes && !one_in(m->r, 8)) {
			m->s->ops[at].arg[2] = i * nodes / blocks;
			m->s->ops[at].arg[3] = MEMBLOCK_F_NONE;
		}
		at++;
	}
	for (unsigned int n = rng_below(m->r, 6); n--;)
		at += put_drawn(m, at, M_RESERVE);
	if (one_in(m->r, 3))
		at += put_drawn(m, at, M_MARK_HOTPLUG + rng_below(m->r, 5));
	return at;
}

/* How many ranges fill the table: nearly, exactly, so that it doubles, or doubles again. */
static unsigned int draw_many(const struct mutator *m)
{
	unsigned int slots = m->s->config->slots << rng_below(m->r, 3);
	unsigned int n = slots - 4 + rng_below(m->r, 8);

	if (n > room(m))
		n = m->s->config->slots - 2 + rng_below(m->r, 4);
	return n < room(m) ? n : room(m);
}

/*
 * So many small ranges, apart from each other, that the table fills up: reservations, mostly, or
 * blocks of RAM behind what there is.
 */
static unsigned int put_pressure(struct mutator *m, unsigned int at)
{
	unsigned int n = draw_many(m);
	uint8_t id = M_RESERVE;
	struct op first;
	uint64_t step;

	if (one_in(m->r, 3))
		id = one_in(m->r, 2) ? M_ADD : M_ADD_NODE;
	else if (one_in(m->r, 12))
		id = M_PHYSMEM_ADD;
	if (!n || !put_drawn(m, at, id))
		return at;
	first = m->s->ops[at];
	first.arg[0] &= -(uint64_t)DRAW_PAGE;
	first.arg[1] = one_in(m->r, 3) ? 64 : DRAW_PAGE;
	step = (uint64_t)DRAW_PAGE << (1 + rng_below(m->r, 4));
	m->s->ops[at] = first;
	settle_op(m->s, at++);
	while (--n) {
		first.arg[0] += step;
		if (!put(m, at, first))
			break;
		at++;
	}
	return at;
}

static unsigned int put_handoff(struct mutator *m, unsigned int at)
{
	if (!one_in(m->r, 8))
		at += put(m, at, (struct op){ M_MAX_LOW_PFN, 0, { 1ULL << 40 } });
	at += put(m, at, (struct op){ M_FREE_ALL, 0, { 0 } });
	if (one_in(m->r, 2))
		at += put_drawn(m, at, M_FREE_LATE);
	if (one_in(m->r, 2))
		at += put(m, at, (struct op){ M_DISCARD, 0, { 0 } });
	return at;
}

/* A boot: its calls in their order, what ends it left to the hand-off. */
static void put_boot(struct mutator *m)
{
	const struct family *f = m->s->family;

	for (const uint8_t *id = f->boot; *id; id++)
		if (*id != M_SET && !(op_desc_any(f, *id)->flags & OP_ENDS) && one_in(m->r, 2))
			put_drawn(m, m->s->nr, *id);
}

void generate_memblock(struct mutator *m)
{
	unsigned int max = m->max;
	bool handoff = max > 2 * HANDOFF_OPS && one_in(m->r, 2);

	m->max = handoff ? max - HANDOFF_OPS : max;
	put_settings(m, 0);
	if (!one_in(m->r, 5))
		put(m, m->s->nr, (struct op){ M_ALLOW_RESIZE, 0, { 0 } });
	put_machine(m, m->s->nr);
	if (one_in(m->r, 2))
		put_boot(m);
	for (unsigned int n = rng_below(m->r, 3); n--;)
		put_pressure(m, m->s->nr);
	/* some more calls, as many as there is room for where that is asked for */
	for (unsigned int n = max < 64 ? max : rng_below(m->r, 48);
	     n-- && insert_call(m, m->s->nr, false);)
		;
	m->max = max;
	if (handoff)
		put_handoff(m, m->s->nr);
}

bool mutate_machine(struct mutator *m)
{
	if (!room(m))
		return false;
	put_machine(m, put_settings(m, 0));
	return true;
}

bool mutate_pressure(struct mutator *m)
{
	unsigned int nr = m->s->nr;

	put_pressure(m, rng_below(m->r, nr + 1));
	return m->s->nr > nr;
}

bool mutate_handoff(struct mutator *m)
{
	if (!room(m))
		return false;
	put_handoff(m, m->s->nr);
	return true;
}

// SPDX-License-Identifier: GPL-2.0-only
/* Scenarios of family boot: a machine, what early code takes of it, allocations, nodes, the end. */
#include "contract/boot.h"
#include "draw_boot.h"
#include "groups.h"
#include "operand.h"

#define M		(1ULL << 20)
#define G		(1ULL << 30)
#define NAME_SHORT	2u	/* a name as any: contract/early_res.h */
#define LAST_OPS	6u	/* left free for the end of a boot */

static unsigned int room(const struct mutator *m)
{
	return m->max > m->s->nr ? m->max - m->s->nr : 0;
}

/* A call with these operands; 0 when there is no room. */
static unsigned int put(struct mutator *m, unsigned int at, struct op op)
{
	if (!room(m))
		return 0;
	ops_open(m->s, at, 1);
	m->s->ops[at] = op;
	settle_op(m->s, at);
	return 1;
}

/* A call with operands, and tokens, as they are drawn. Returns how many ops. */
static unsigned int put_drawn(struct mutator *m, unsigned int at, uint8_t id)
{
	unsigned int nr = m->s->nr;

	insert_op(m, at, op_desc_any(m->s->family, id));
	return m->s->nr - nr;
}

/* Where the first op @id stands, or the end. */
static unsigned int place_of(const struct scenario *s, uint8_t id)
{
	unsigned int i = 0;

	while (i < s->nr && s->ops[i].id != id)
		i++;
	return i;
}

static unsigned int put_reserve(struct mutator *m, unsigned int at, uint8_t id, uint64_t start,
				uint64_t size)
{
	return put(m, at, (struct op){ id, 0, { start, size, NAME_SHORT } });
}

/* What is taken before the map is read: the kernel, its initrd, the BIOS's own data. */
static unsigned int put_first(struct mutator *m, unsigned int at)
{
	unsigned int first = at;
	uint64_t end = boot_ram_of(m->s).end, initrd = 1 + rng_below(m->r, 64 * M);

	if (!one_in(m->r, 8))
		at += put_reserve(m, at, B_RESERVE, 16 * M, M + rng_below(m->r, 32 * M));
	if (one_in(m->r, 2)) {
		if (end > 3 * G)
			end = one_in(m->r, 2) ? 0x7fffe000 : 0x37ff0000;
		if (end > 64 * M + initrd)
			at += put_reserve(m, at, B_RESERVE,
					  (end - initrd) & -(uint64_t)DRAW_PAGE, initrd);
	}
	if (one_in(m->r, 2))
		at += put_reserve(m, at, one_in(m->r, 2) ? B_RESERVE : B_RESERVE_OVERLAP_OK,
				  0x9f000, 0x61000);
	for (unsigned int n = rng_below(m->r, 4); n--; )
		at += put_drawn(m, at, one_in(m->r, 3) ? B_RESERVE_OVERLAP_OK : B_RESERVE);
	return at - first;
}

/* What changes the map before it is used. */
static unsigned int put_changes(struct mutator *m, unsigned int at)
{
	unsigned int first = at;

	if (one_in(m->r, 6))
		at += put_drawn(m, at, B_EXTEND);
	if (one_in(m->r, 5)) {
		at += put_drawn(m, at, B_CMDLINE);
		if (!one_in(m->r, 8))
			at += put(m, at, (struct op){ B_FINISH, 0, { 0 } });
	}
	if (!one_in(m->r, 4))
		at += put(m, at, (struct op){ B_BIOS, 0, { 0 } });
	if (one_in(m->r, 6))
		at += put_drawn(m, at, B_UPDATE);
	return at - first;
}

/*
 * All memory on one to six nodes: cut at borders of the map or anywhere; in turns, so that nodes
 * interleave, or one after the other; seldom with a hole, or a node of none.
 */
static unsigned int put_nodes(struct mutator *m, unsigned int at)
{
	uint64_t last = (boot_ram_of(m->s).end + DRAW_PAGE - 1) / DRAW_PAGE, from = 0, to;
	unsigned int first = at, nodes = 1 + rng_below(m->r, 6), parts = nodes, nid;
	bool in_turns = one_in(m->r, 2);

	if (in_turns)
		parts *= 1 + rng_below(m->r, 3);
	for (unsigned int i = 0; i < parts; i++) {
		to = last / parts * (i + 1);
		if (one_in(m->r, 3) && draw_boundary(m->s, at, m->r, &to))
			to /= DRAW_PAGE;
		else if (one_in(m->r, 6))
			to += 1 + rng_below(m->r, 7);
		if (i + 1 == parts)
			to = last;
		if (to <= from)
			continue;
		nid = in_turns ? i % nodes : i * nodes / parts;
		if (one_in(m->r, 16))
			nid += rng_below(m->r, 70);
		if (!one_in(m->r, 20))
			at += put(m, at, (struct op){ B_NODE, 0, { nid, from, to } });
		from = to;
	}
	if (one_in(m->r, 8))
		at += put_drawn(m, at, B_NODE);
	return at - first;
}

/* Between the map and the hand-off. */
static unsigned int put_middle(struct mutator *m, unsigned int at)
{
	uint64_t pages = boot_ram_of(m->s).end / DRAW_PAGE;
	unsigned int first = at;

	if (!one_in(m->r, 4))
		at += put(m, at, (struct op){ B_MAPPED, 0, { one_in(m->r, 4) ? M / 4 : pages } });
	if (one_in(m->r, 4))
		at += put(m, at, (struct op){ B_LOW, 0, { pages } });
	if (one_in(m->r, 2))
		at += put(m, at, (struct op){ B_ALLOC, 0, { 24 << 10, DRAW_PAGE, DRAW_PAGE, M } });
	if (one_in(m->r, 4))
		at += put(m, at, (struct op){ B_ALLOC, 0, { 256 * M, 16 * M, 16 * M, 4 * G } });
	for (unsigned int n = rng_below(m->r, 5); n--; )
		at += put_drawn(m, at, B_MAPPED + rng_below(m->r, B_NODE - B_MAPPED));
	if (one_in(m->r, 2))
		at += put_nodes(m, at);
	for (unsigned int n = rng_below(m->r, 7); n--; ) {
		static const uint8_t ids[] = {
			B_ALLOC, B_ALLOC, B_ALLOC_NODE, B_FIND, B_FREE, B_FREE, B_ALLOC_RESERVED,
			B_RESERVE, B_RESERVE_OVERLAP_OK, B_NODE,
		};

		at += put_drawn(m, at, ids[rng_below(m->r, sizeof(ids))]);
	}
	return at - first;
}

/* So many small reservations, apart from each other, that a table doubles, once or twice. */
static unsigned int put_pressure(struct mutator *m, unsigned int at)
{
	static const unsigned int slots[] = { 32, 64, 128, 4, 8, 16 };
	unsigned int first = at, small = m->s->config->id == BOOT_SMALL && !one_in(m->r, 4);
	unsigned int n = slots[3 * small + rng_below(m->r, 3)] - 4 + rng_below(m->r, 8);
	uint64_t end = boot_ram_of(m->s).end, step, start;

	if (n > room(m))
		n = room(m) < 40 ? room(m) : 28 + rng_below(m->r, 8);
	step = (uint64_t)DRAW_PAGE << (1 + rng_below(m->r, 4));
	start = one_in(m->r, 2) ? 64 * M : M + rng_below(m->r, 256) * M;
	if (one_in(m->r, 3) && end > 2 * n * step)
		start = (end - 2 * n * step) & -(uint64_t)DRAW_PAGE;
	if (one_in(m->r, 4))
		start += rng_below(m->r, DRAW_PAGE);
	for (; n--; start += step)
		at += put_reserve(m, at, B_RESERVE, start, one_in(m->r, 3) ? 64 : DRAW_PAGE);
	return at - first;
}

static unsigned int put_handoff(struct mutator *m, unsigned int at)
{
	unsigned int first = at;

	at += put(m, at, (struct op){ B_HANDOFF, 0, { 0 } });
	if (one_in(m->r, 16))
		at += put(m, at, (struct op){ B_HANDOFF, 0, { 0 } });
	if (one_in(m->r, 3))
		at += put(m, at, (struct op){ B_DISCARD, 0, { 0 } });
	return at - first;
}

void generate_boot(struct mutator *m)
{
	unsigned int max = m->max, map;
	bool handoff = max > 4 * LAST_OPS && !one_in(m->r, 16);

	if (handoff)
		m->max = max - LAST_OPS;
	map = put_boot_map(m, 0);
	if (!one_in(m->r, 3))
		map += put(m, 0, (struct op){ B_BOTTOM_UP, 0, { 1 } });
	put_first(m, map && m->s->ops[0].id == B_BOTTOM_UP);
	if (one_in(m->r, 12))
		put_pressure(m, place_of(m->s, B_FIRMWARE));
	put_changes(m, m->s->nr);
	put(m, m->s->nr, (struct op){ B_SETUP, 0, { 0 } });
	if (one_in(m->r, 4))
		put_pressure(m, m->s->nr);
	put_middle(m, m->s->nr);
	/* some more calls, seldom: most of them are misuse where they happen to be */
	for (unsigned int n = one_in(m->r, 6) ? rng_below(m->r, 8) : 0;
	     n-- && insert_call(m, m->s->nr, false);)
		;
	m->max = max;
	if (handoff)
		put_handoff(m, m->s->nr);
}

bool mutate_boot_map(struct mutator *m)
{
	unsigned int at = place_of(m->s, B_FIRMWARE);

	if (at < m->s->nr)
		ops_close(m->s, at, group_len(m->s, at));
	else
		at = group_head(m->s, rng_below(m->r, m->s->nr + 1));
	return put_boot_map(m, at) || at < m->s->nr;
}

bool mutate_boot_pressure(struct mutator *m)
{
	return put_pressure(m, group_head(m->s, rng_below(m->r, m->s->nr + 1)));
}

bool mutate_boot_nodes(struct mutator *m)
{
	unsigned int at = place_of(m->s, B_HANDOFF), n = 0;

	for (unsigned int i = m->s->nr; one_in(m->r, 2) && i--; )
		if (m->s->ops[i].id == B_NODE) {
			ops_close(m->s, i, 1);
			n++;
			if (i < at)
				at--;
		}
	return put_nodes(m, at) || n;
}

bool mutate_boot_handoff(struct mutator *m)
{
	unsigned int at = place_of(m->s, B_SETUP), n = 0;

	if (at == m->s->nr)
		n += put(m, at, (struct op){ B_SETUP, 0, { 0 } });
	return put_handoff(m, m->s->nr) + n;
}

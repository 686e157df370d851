// SPDX-License-Identifier: GPL-2.0-only
/* Maps as firmware has them: of small and large machines, of UEFI's pieces, of hot-plug slots. */
#include "contract/boot.h"
#include "contract/e820.h"
#include "draw_boot.h"
#include "groups.h"
#include "operand.h"

#define K	(1ULL << 10)
#define M	(1ULL << 20)
#define G	(1ULL << 30)
#define T	(1ULL << 40)
#define NR(a)	(sizeof(a) / sizeof((a)[0]))
#define TERABYTES	25u	/* what hot-plug slots span, at most */

/* A map under construction: what does not fit is dropped. */
struct map {
	struct op entry[E820_ZEROPAGE_MAX];
	unsigned int nr, max;
	struct rng *r;
};

static void add(struct map *m, uint64_t start, uint64_t end, uint64_t type)
{
	if (m->nr < m->max)
		m->entry[m->nr++] = (struct op){ B_ENTRY, 0, { start, end - start, type } };
}

/* A type that is no RAM. */
static uint64_t draw_other(struct rng *r)
{
	static const uint32_t types[] = {
		E820_T_RESERVED, E820_T_RESERVED, E820_T_RESERVED, E820_T_ACPI, E820_T_NVS,
		E820_T_UNUSABLE, E820_T_PMEM, E820_T_PRAM, E820_T_SOFT_RESERVED,
		E820_T_RESERVED_KERN, 20,
	};

	return types[rng_below(r, NR(types))];
}

static uint64_t draw_pages(struct rng *r, uint64_t max)
{
	return (1 + rng_below(r, max)) * DRAW_PAGE;
}

/* An address that need not begin a page, sometimes. */
static uint64_t draw_edge(struct rng *r, uint64_t at)
{
	return one_in(r, 10) ? at - DRAW_PAGE + rng_below(r, 2 * DRAW_PAGE) : at;
}

/* Below 1 MiB: RAM up to where the BIOS keeps its data, all of it, or none. */
static void add_lowest(struct map *m)
{
	static const uint64_t ends[] = {
		0x9fc00, 0x9fc00, 0x9f800, 0x9e000, 0x9d400, 0xa0000, 0x86000, 1 * M,
	};
	uint64_t end = ends[rng_below(m->r, NR(ends))];

	if (one_in(m->r, 10)) {
		add(m, 0, 1 * M, E820_T_RESERVED);
		return;
	}
	if (one_in(m->r, 6)) {
		add(m, 0, DRAW_PAGE, E820_T_RESERVED);
		add(m, DRAW_PAGE, end, E820_T_RAM);
	} else {
		add(m, 0, end, E820_T_RAM);
	}
	if (end < BOOT_BIOS_BEGIN)
		add(m, end, BOOT_BIOS_BEGIN, E820_T_RESERVED);
	if (end < 1 * M && !one_in(m->r, 4))
		add(m, one_in(m->r, 2) ? 0xe0000 : 0xf0000, 1 * M, E820_T_RESERVED);
}

/* RAM [start, end), and in it @n ranges that are something else, or nothing. */
static void add_pieces(struct map *m, uint64_t start, uint64_t end, unsigned int n)
{
	for (; n && end - start > 16 * DRAW_PAGE; n--) {
		uint64_t room = (end - start) / DRAW_PAGE / (n + 1);
		uint64_t at = draw_edge(m->r, start + draw_pages(m->r, room));
		uint64_t to = draw_edge(m->r, at + draw_pages(m->r, room < 64 ? 1 : 64));

		if (to <= at)
			to = at + 1 + rng_below(m->r, DRAW_PAGE);
		add(m, start, at, E820_T_RAM);
		if (!one_in(m->r, 6))
			add(m, at, to, draw_other(m->r));
		start = to;
	}
	if (start < end)
		add(m, start, end, E820_T_RAM);
}

/* From 1 MiB to below 4 GiB; @n pieces of other things between. */
static void add_low(struct map *m, unsigned int n)
{
	static const uint64_t ends[] = {
		16 * M, 64 * M, 128 * M, 0x3ffe0000, 0x7ffd7000, 0xbffdf000, 2 * G, 3 * G,
		0xefff0000, 4 * G,
	};
	uint64_t end = ends[rng_below(m->r, NR(ends))];

	if (one_in(m->r, 4))
		end = draw_edge(m->r, 2 * M + draw_pages(m->r, 3 * G / DRAW_PAGE));
	if (end < 1 * M || one_in(m->r, 12))	/* none */
		return;
	add_pieces(m, 1 * M, end, n);
	if (end + M > 4 * G)
		return;
	if (!one_in(m->r, 3))
		add(m, end, end + draw_pages(m->r, 32), E820_T_ACPI);
	if (end < 0xe0000000 && one_in(m->r, 2))
		add(m, 0xe0000000, 0xf0000000, E820_T_RESERVED);
	if (one_in(m->r, 2))
		add(m, 0xfec00000, 0xfec01000, E820_T_RESERVED);
	if (one_in(m->r, 2))
		add(m, 0xfffc0000, 4 * G, E820_T_RESERVED);
}

static void add_high(struct map *m)
{
	static const uint64_t sizes[] = {
		64 * M, 1 * G, 1 * G, 4 * G, 15 * G, 252 * G, 4 * T, TERABYTES * T,
	};
	uint64_t start = 4 * G, end;

	for (unsigned int n = rng_below(m->r, 4); n--; start = end) {
		end = draw_edge(m->r, start + sizes[rng_below(m->r, NR(sizes))]);
		add_pieces(m, start, end, one_in(m->r, 3));
		if (one_in(m->r, 3))
			end += 1 * G << rng_below(m->r, 10);
	}
}

/* Slots of memory far from each other. */
static void add_slots(struct map *m)
{
	uint64_t n = 2 + rng_below(m->r, 31), step = TERABYTES * T / n & -G;
	uint64_t size = (128 * M << rng_below(m->r, 12)) % step;

	for (uint64_t start = 4 * G; n--; start += step)
		add(m, start, start + (size ? size : step), one_in(m->r, 12) ? draw_other(m->r) :
								      E820_T_RAM);
}

/* What lies at the end of the address space. RAM too, where the scenario is about it. */
static void add_last(struct map *m, bool ram)
{
	uint64_t size = draw_pages(m->r, 4);

	if (one_in(m->r, 3))
		size += rng_below(m->r, DRAW_PAGE);
	add(m, -size, one_in(m->r, 3) ? UINT64_MAX : 0, ram ? E820_T_RAM : draw_other(m->r));
}

/* An entry of which one edge moves, or another entry on it. */
static void disturb(struct map *m)
{
	struct op *e = &m->entry[rng_below(m->r, m->nr)], twin = *e;

	switch (rng_below(m->r, 4)) {
	case 0:
		e->arg[0] = draw_beside(m->r, e->arg[0]);
		break;
	case 1:
		e->arg[1] = draw_beside(m->r, e->arg[1]);
		break;
	case 2:
		e->arg[2] = one_in(m->r, 3) ? E820_T_RAM : draw_other(m->r);
		break;
	default:
		twin.arg[0] = draw_beside(m->r, twin.arg[0] + twin.arg[1] / 2);
		add(m, twin.arg[0], twin.arg[0] + twin.arg[1], draw_other(m->r));
	}
}

static void swap(struct map *m)
{
	struct op *a = &m->entry[rng_below(m->r, m->nr)], *b = &m->entry[rng_below(m->r, m->nr)];
	struct op was = *a;

	*a = *b;
	*b = was;
}

static void fill(struct map *m, bool small, bool near_end)
{
	switch (small ? 0 : rng_below(m->r, 8)) {
	case 0 ... 4:
		add_lowest(m);
		add_low(m, rng_below(m->r, small ? 2 : 6));
		add_high(m);
		break;
	case 5:		/* as UEFI's memory map becomes one */
		add_lowest(m);
		add_low(m, 8 + rng_below(m->r, 40));
		add_high(m);
		break;
	case 6:
		add_lowest(m);
		add_low(m, rng_below(m->r, 3));
		add_slots(m);
		break;
	default:	/* nothing but memory far up, or far up and at the end */
		add_high(m);
		add_slots(m);
	}
	if (near_end && !one_in(m->r, 3))
		add_last(m, one_in(m->r, 2));
	if (m->nr && one_in(m->r, 4))
		for (unsigned int n = 1 + rng_below(m->r, 3); n--; )
			disturb(m);
	if (m->nr && one_in(m->r, 6))
		for (unsigned int n = 1 + rng_below(m->r, 2 * m->nr); n--; )
			swap(m);
}

unsigned int put_boot_map(struct mutator *m, unsigned int at)
{
	static struct map map;
	struct scenario *s = m->s;
	unsigned int room = m->max > s->nr ? m->max - s->nr : 0;
	bool small = s->config->id == BOOT_SMALL;

	if (room < 3)
		return 0;
	if (one_in(m->r, 10)) {		/* any at all, or none */
		room = s->nr;
		if (one_in(m->r, 4)) {
			ops_open(s, at, 1);
			s->ops[at] = (struct op){ B_FIRMWARE, 0, { 0, draw_boot_counted(m->r) } };
			settle_op(s, at);
			return 1;
		}
		insert_op(m, at, op_desc_any(s->family, B_FIRMWARE));
		return s->nr - room;
	}
	map.r = m->r;
	map.nr = 0;
	map.max = small && !one_in(m->r, 6) ? 8 : E820_ZEROPAGE_MAX;
	if (map.max > room - 1)
		map.max = room - 1;
	fill(&map, small, s->flags & SCENARIO_NEAR_END);
	ops_open(s, at, 1 + map.nr);
	s->ops[at] = (struct op){ B_FIRMWARE, map.nr, { map.nr } };
	for (unsigned int i = 0; i < map.nr; i++)
		s->ops[at + 1 + i] = map.entry[i];
	for (unsigned int i = 0; i <= map.nr; i++)
		settle_op(s, at + i);
	return 1 + map.nr;
}

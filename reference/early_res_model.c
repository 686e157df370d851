// SPDX-License-Identifier: GPL-2.0-only
/* The model of family early_res: the machine around the list, and struct model. */
#include <string.h>

#include "early_res_model.h"

#define PAGE_SHIFT	12

/* --- RAM --- */

static uint64_t ram_end(const struct row *r)
{
	return r->start + r->size;
}

/* Rows @from up to @to, exclusive, give way to the @n rows of @with. Exact layer. */
static void replace_ram(struct early_res_state *s, unsigned int from, unsigned int to,
			const struct row *with, unsigned int n)
{
	if (s->nr_ram - (to - from) + n > RAM_MAX) {
		s->overflow = true;
		return;
	}
	for (unsigned int i = from; i < to; i++)
		s->ram_sum -= range_sum(0, s->ram[i].start, ram_end(&s->ram[i]));
	memmove(&s->ram[from + n], &s->ram[to], (s->nr_ram - to) * sizeof(s->ram[0]));
	s->nr_ram = s->nr_ram - (to - from) + n;
	for (unsigned int i = 0; i < n; i++) {
		s->ram[from + i] = with[i];
		s->ram_sum += range_sum(0, with[i].start, ram_end(&with[i]));
	}
}

/* RAM + [start, end): what overlaps or touches it becomes one piece. */
static void unite_rows(struct early_res_state *s, uint64_t start, uint64_t end)
{
	unsigned int from = 0, to;
	struct row r;

	while (from < s->nr_ram && ram_end(&s->ram[from]) < start)
		from++;
	for (to = from; to < s->nr_ram && s->ram[to].start <= end; to++) {
		start = s->ram[to].start < start ? s->ram[to].start : start;
		end = ram_end(&s->ram[to]) > end ? ram_end(&s->ram[to]) : end;
	}
	r = (struct row){ .start = start, .size = end - start };
	replace_ram(s, from, to, &r, 1);
}

/* RAM - [start, end) */
static void subtract_rows(struct early_res_state *s, uint64_t start, uint64_t end)
{
	unsigned int from = 0, to, n = 0;
	struct row rest[2];

	while (from < s->nr_ram && ram_end(&s->ram[from]) <= start)
		from++;
	for (to = from; to < s->nr_ram && s->ram[to].start < end; to++)
		;
	if (from == to)
		return;
	if (s->ram[from].start < start)
		rest[n++] = (struct row){ .start = s->ram[from].start,
					  .size = start - s->ram[from].start };
	if (ram_end(&s->ram[to - 1]) > end)
		rest[n++] = (struct row){ .start = end, .size = ram_end(&s->ram[to - 1]) - end };
	replace_ram(s, from, to, rest, n);
}

static void clear_ram(struct early_res_state *s, uint64_t first, uint64_t last)
{
	uint64_t before = s->map.sum;

	ival_clear(&s->map, MAP_RAM, first, last);
	s->ram_want += s->map.sum - before;
}

static void reserve_in_map(struct early_res_state *s, uint64_t start, uint64_t end)
{
	subtract_rows(s, start, end);
	if (s->nr_taken == RAM_MAX) {
		s->overflow = true;
		return;
	}
	s->away[s->nr_taken++] = (struct early_res_span){ start, end };
	clear_ram(s, start, end - 1);
	ival_clear(&s->map, MAP_RESERVED, start, end - 1);
	ival_add(&s->map, MAP_RESERVED, start, end - 1, 1);
}

/* Only what is RAM becomes reserved: a quirk may ask for more. */
void early_res_take_ram(struct early_res_state *s, uint64_t start, uint64_t end)
{
	for (unsigned int i = 0; i < s->nr_ram && !s->overflow && !s->ram_is_told; ) {
		uint64_t first = s->ram[i].start, last = ram_end(&s->ram[i]);

		if (first >= end || last <= start) {
			i++;
			continue;
		}
		reserve_in_map(s, first > start ? first : start, last < end ? last : end);
	}
}

/* A byte is RAM when a ram entry holds it and no reserved entry does. */
static void give_ram(struct early_res_state *s, uint64_t start, uint64_t end)
{
	uint64_t pos = start, last = end - 1;
	struct ival_piece p;

	unite_rows(s, start, end);
	for (unsigned int i = 0; i < s->nr_taken; i++)
		if (s->away[i].start < end && start < s->away[i].end)
			subtract_rows(s, s->away[i].start, s->away[i].end);

	clear_ram(s, start, last);
	ival_add(&s->map, MAP_RAM, start, last, 1);
	s->ram_want += range_sum(0, start, end);
	while (pos <= last && ival_next(&s->map, MAP_RESERVED, pos, &p) && p.first <= last) {
		p.last = p.last < last ? p.last : last;
		clear_ram(s, p.first, p.last);
		pos = p.last + 1;
	}
}

void early_res_set_ram(struct early_res_state *s, const struct row *ram, unsigned int nr)
{
	ival_clear(&s->map, MAP_RESERVED, 0, UINT64_MAX);
	ival_clear(&s->map, MAP_RAM, 0, UINT64_MAX);
	s->nr_taken = 0;
	s->taken = 0;
	s->nr_ram = 0;
	s->ram_sum = 0;
	for (unsigned int i = 0; i < nr && i < EARLY_RES_RAM_ROOM; i++) {
		s->ram[s->nr_ram++] = ram[i];
		s->ram_sum += range_sum(0, ram[i].start, row_end(&ram[i]));
		if (s->highest < row_end(&ram[i]))
			s->highest = row_end(&ram[i]);
		if (s->highest < row_end(&ram[i]))
			s->highest = row_end(&ram[i]);
		ival_add(&s->map, MAP_RAM, ram[i].start, row_end(&ram[i]) - 1, 1);
	}
	s->ram_want = s->ram_sum;
}

static void do_map(struct early_res_step *step, const struct op *op)
{
	struct early_res_state *s = step->s;
	uint64_t start = op->arg[0], end = start + op->arg[1];

	if (start == end || s->map_entries == EARLY_RES_MAP_MAX)
		return;
	s->map_entries++;
	early_res_frame(step, 1u << E_RES_RAM, start, end - 1);
	if (op->arg[2] == EARLY_RES_MAP_RAM)
		give_ram(s, start, end);
	else if (op->arg[2] == EARLY_RES_MAP_RESERVED)
		reserve_in_map(s, start, end);
}

static void do_mapped(struct early_res_step *step, const struct op *op)
{
	uint64_t most = early_res_mapped_max(step->s->config), pfn = long_of(step->s, op->arg[0]);

	step->s->mapped = (pfn < most ? pfn : most) << PAGE_SHIFT;
}

static void do_max_mapped(struct early_res_step *step, const struct op *op)
{
	(void)op;
	step->e->result.value = step->s->mapped;
}

/* --- the node map --- */

static void activate(struct early_res_state *s, uint32_t nid, uint64_t start, uint64_t end)
{
	unsigned int i = s->nr_nodes;

	if (start >= end || s->nr_nodes == s->max_nodes)
		return;
	/* They are disjoint and ascending: only its neighbours could meet it. */
	while (i && s->node[i - 1].start >= end)
		i--;
	if (i && s->node[i - 1].end > start)
		return;
	memmove(&s->node[i + 1], &s->node[i], (s->nr_nodes - i) * sizeof(s->node[0]));
	s->node[i] = (struct early_res_node){ start, end, nid };
	s->nr_nodes++;
}

static void do_node(struct early_res_step *step, const struct op *op)
{
	struct early_res_state *s = step->s;

	activate(s, op->arg[0], long_of(s, op->arg[1]), long_of(s, op->arg[2]));
}

/* The pages of [@start, @end) in a window: none where it ends before it begins. */
static struct early_res_span clip(uint64_t start, uint64_t end, struct early_res_span window)
{
	struct early_res_span c = {
		start > window.start ? start : window.start, end < window.end ? end : window.end,
	};

	return start < end && c.start < c.end ? c : (struct early_res_span){ 0, 0 };
}

static void do_active_ram(struct early_res_step *step, const struct op *op)
{
	struct early_res_state *s = step->s;
	struct early_res_span window = { long_of(s, op->arg[1]), long_of(s, op->arg[2]) };

	for (unsigned int i = 0; i < s->nr_ram; i++) {
		uint64_t start = (s->ram[i].start + EARLY_RES_PAGE - 1) >> PAGE_SHIFT;
		uint64_t end = ram_end(&s->ram[i]) >> PAGE_SHIFT;
		struct early_res_span whole = clip(start, end, window);
		struct early_res_span cut = clip(long_of(s, start), long_of(s, end), window);

		if ((cut.start != whole.start || cut.end != whole.end) &&
		    early_res_quirk_on(s, Q_ACTIVE_RAM)) {
			early_res_fire(step, Q_ACTIVE_RAM);
			whole = cut;
		}
		activate(s, op->arg[0], whole.start, whole.end);
	}
}

/* --- struct model --- */

/* The map's steps come last, and few of them are in use. */
static size_t early_res_used(const void *state)
{
	const struct early_res_state *s = state;

	return offsetof(struct early_res_state, map.step) + s->map.nr * sizeof(s->map.step[0]);
}

/**
 * struct doing - how an op is stepped
 * @memblock: in the variant; NULL: it is not there
 * @closed: also after the hand-off
 */
static const struct doing {
	void (*list)(struct early_res_step *step, const struct op *op);
	void (*memblock)(struct early_res_step *step, const struct op *op);
	bool closed;
} doing[] = {
	[E_RES_MAP] = { do_map, do_map, true },
	[E_RES_MAPPED] = { do_mapped, do_mapped, true },
	[E_RES_NODE] = { do_node, do_node, true },
	[E_RES_ACTIVE_RAM] = { do_active_ram, do_active_ram, true },
	[E_RES_RESERVE] = { early_res_do_reserve, early_res_memblock_reserve, false },
	[E_RES_RESERVE_OVERLAP_OK] = { early_res_do_reserve, early_res_memblock_reserve, false },
	[E_RES_RESERVE_WITHOUT_CHECK] = { early_res_do_reserve, early_res_memblock_reserve, false },
	[E_RES_FREE] = { early_res_do_free, early_res_memblock_free, false },
	[E_RES_FREE_PARTIAL] = { early_res_do_free_partial, early_res_memblock_free, false },
	[E_RES_FIND_AREA] = { early_res_do_find, NULL, false },
	[E_RES_FIND_AREA_SIZE] = { early_res_do_find_size, NULL, false },
	[E_RES_FIND_FW] = { early_res_do_find, early_res_do_find, false },
	[E_RES_FIND_E820] = { early_res_do_find, early_res_do_find, false },
	[E_RES_FIND_E820_SIZE] = { early_res_do_find_size, early_res_do_find_size, false },
	[E_RES_RESERVE_E820] = { early_res_do_reserve_e820, NULL, false },
	[E_RES_MAX_MAPPED] = { do_max_mapped, do_max_mapped, true },
	[E_RES_TO_BOOTMEM] = { early_res_do_to_bootmem, NULL, true },
	[E_RES_GET_FREE] = { early_res_do_get_free, early_res_do_get_free, false },
};

static enum legality early_res_legality(const void *state, const struct op *op)
{
	return early_res_legality_of(state, op);
}

void early_res_describe(struct early_res_state *s, struct expect *e)
{
	if (s->res_want != s->res_sum) {
		if (s->led)
			early_res_map_from_rows(s);
		else
			s->odd = true;
	}
	if (s->ram_want != s->ram_sum || s->hand_want != s->hand_sum)
		s->odd = true;
	e->rows.nr_tables = E_RES_TABLES;
	e->rows.table[E_RES_RESERVED] = (struct table){ s->nr, s->res };
	e->rows.table[E_RES_OWN] = (struct table){ s->nr_own, s->own };
	e->rows.table[E_RES_RAM] = (struct table){ s->nr_ram, s->ram };
	e->rows.table[E_RES_HANDOFF] = (struct table){ s->nr_hand, s->hand };
	e->rows.table[E_RES_ANSWER] = (struct table){ s->nr_answer, &s->answer };
	e->sum[E_RES_RESERVED] = s->res_want;
	e->row_sum[E_RES_RESERVED] = s->res_sum;
	e->sum[E_RES_RAM] = s->ram_want;
	e->row_sum[E_RES_RAM] = s->ram_sum;
	e->sum[E_RES_HANDOFF] = s->hand_want;
	e->row_sum[E_RES_HANDOFF] = s->hand_sum;
	/* one description only: what the subject chose, what it answers */
	for (unsigned int i = E_RES_OWN; i < E_RES_TABLES; i += E_RES_ANSWER - E_RES_OWN) {
		e->sum[i] = e->rows.table[i].nr ? table_sum(&e->rows.table[i]) : 0;
		e->row_sum[i] = e->sum[i];
	}
	e->cut |= s->overflow || s->map.overflow;
}

/*
 * What an op that is not to run would leave behind. They all leave before they change more, but a
 * partial free whose table has to grow in the midst of it: that takes a copy of all, and a list
 * that comes near 2^64.
 */
struct before {
	bool led;
	unsigned int nr_answer, taken;
	struct row answer;
};

static struct early_res_state all_before;

static bool needs_copy(const struct early_res_state *s, const struct op *op)
{
	return op->id == E_RES_FREE_PARTIAL && s->highest >> 62 &&
	       early_res_quirk_on(s, Q_FIND_ENDLESS);
}

static void take_back(struct early_res_state *s, const struct before *b, bool copied)
{
	if (copied)
		memcpy(s, &all_before, early_res_used(&all_before));
	s->led = b->led;
	s->nr_answer = b->nr_answer;
	s->taken = b->taken;
	s->answer = b->answer;
	memset(&s->choice, 0, sizeof(s->choice));
}

static void early_res_step(void *state, const struct op *op, struct expect *e)
{
	struct early_res_state *s = state;
	struct early_res_step step = { .s = s, .e = e };
	const struct doing *d = op->id < sizeof(doing) / sizeof(doing[0]) ? &doing[op->id] : NULL;
	const struct before before = { s->led, s->nr_answer, s->taken, s->answer };
	bool copied = needs_copy(s, op);

	if (copied)
		memcpy(&all_before, s, early_res_used(s));
	expect_nothing(e);
	e->legality = early_res_legality_of(s, op);
	s->nr_answer = 0;
	memset(&s->choice, 0, sizeof(s->choice));
	if (d && (!s->closed || d->closed)) {
		if (!s->memblock)
			d->list(&step, op);
		else if (d->memblock)
			d->memblock(&step, op);
	}
	if (e->avoid)
		take_back(s, &before, copied);
	else
		s->choice.open = s->choice.grew || s->choice.may_grow || s->choice.array ||
				 s->choice.value;
	early_res_describe(s, e);
}

static void early_res_init(void *state, const struct model_setup *setup)
{
	struct early_res_state *s = state;

	memset(s, 0, offsetof(struct early_res_state, node));
	s->config = setup->config;
	s->quirks = setup->quirks & model_quirks_of_words(&early_res_model, setup->config);
	s->memblock = early_res_is_memblock(setup->config);
	s->max_nodes = EARLY_RES_NODES_MAX;
	s->slots = setup->config->slots;
	s->mapped = early_res_mapped_first(s->config) << PAGE_SHIFT;
	s->handoff_end = low_end(s);
	ival_init(&s->map);
}

static unsigned int early_res_cover(const void *state, unsigned int table, uint64_t addr,
				    uint32_t type)
{
	const struct early_res_state *s = state;

	switch (table) {
	case E_RES_RESERVED:
		return type == EARLY_RES_FIRM || type == EARLY_RES_OVERLAP_OK ?
			       ival_count(&s->map, type, addr) : 0;
	case E_RES_RAM:
		return type ? 0 : ival_count(&s->map, MAP_RAM, addr);
	case E_RES_OWN:
		return rows_cover(s->own, s->nr_own, addr, type);
	case E_RES_HANDOFF:
		return rows_cover(s->hand, s->nr_hand, addr, type);
	default:
		return 0;
	}
}

static unsigned int early_res_types(const void *state, unsigned int table, uint32_t *out,
				    unsigned int max)
{
	static const struct { unsigned int nr; uint32_t type[2]; } types[E_RES_TABLES] = {
		[E_RES_RESERVED] = { 2, { EARLY_RES_FIRM, EARLY_RES_OVERLAP_OK } },
		[E_RES_OWN] = { 2, { EARLY_RES_TABLE, EARLY_RES_RANGES } },
		[E_RES_RAM] = { 1, { 0 } },
		[E_RES_HANDOFF] = { 1, { 0 } },
	};
	unsigned int nr = 0;

	(void)state;
	for (; table < E_RES_TABLES && nr < types[table].nr && nr < max; nr++)
		out[nr] = types[table].type[nr];
	return nr;
}

static unsigned int early_res_edges(const void *state, uint64_t *out, unsigned int max)
{
	const struct early_res_state *s = state;
	const struct row *const tables[] = { s->own, s->hand };
	const unsigned int rows[] = { s->nr_own, s->nr_hand };
	unsigned int nr = 0;

	for (unsigned int i = 0; i < s->map.nr && nr < max; i++)
		out[nr++] = s->map.step[i].addr;
	for (unsigned int t = 0; t < 2; t++) {
		for (unsigned int i = 0; i < rows[t] && nr + 2 <= max; i++) {
			out[nr++] = tables[t][i].start;
			out[nr++] = row_end(&tables[t][i]);
		}
	}
	return nr;
}

static bool early_res_noticed(const void *state)
{
	const struct early_res_state *s = state;

	return s->odd && !s->overflow && !s->map.overflow;
}

/* Of both layers' reservations: for each step, as many rows. */
static bool same_cover(const struct early_res_state *s)
{
	for (unsigned int i = 0; i < s->map.nr; i++) {
		const struct ival_step *p = &s->map.step[i];
		bool ram = p->type == MAP_RAM;

		if (p->type == MAP_RESERVED)
			continue;
		if (rows_cover(ram ? s->ram : s->res, ram ? s->nr_ram : s->nr, p->addr, p->type) !=
		    p->count)
			return false;
	}
	return true;
}

static bool early_res_selfcheck(const void *state)
{
	const struct early_res_state *s = state;
	const struct table res = { s->nr, s->res }, ram = { s->nr_ram, s->ram };
	const struct table hand = { s->nr_hand, s->hand };

	if (s->overflow || s->map.overflow)
		return true;
	return !s->odd && ival_valid(&s->map) && table_sum(&res) == s->res_sum &&
	       table_sum(&ram) == s->ram_sum && table_sum(&hand) == s->hand_sum &&
	       s->res_want == s->res_sum && s->ram_want == s->ram_sum && same_cover(s);
}

const struct model early_res_model = {
	.family = &early_res_family,
	.size = sizeof(struct early_res_state),
	.quirks = early_res_quirks,
	.nr_quirks = EARLY_RES_QUIRKS,
	.traits = early_res_traits,
	.nr_traits = EARLY_RES_TRAITS,
	.init = early_res_init,
	.legality = early_res_legality,
	.step = early_res_step,
	.adopt = early_res_adopt,
	.cover = early_res_cover,
	.types = early_res_types,
	.edges = early_res_edges,
	.selfcheck = early_res_selfcheck,
	.noticed = early_res_noticed,
	.used = early_res_used,
};

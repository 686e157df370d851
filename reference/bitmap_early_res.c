// SPDX-License-Identifier: GPL-2.0-only
/*
 * The brute-force judge of family early_res: contract/early_res.h in plain loops.
 *
 * Where an allocator puts its own table is not of any universe. So there are no units here: every
 * boundary that is known before or after an op is a sample, and between two samples nothing
 * changes. What the contract leaves open (the list's order, which of several places) is not judged.
 */
#include "bitmap_early_res.h"

/* --- the list --- */

/* How often is a byte reserved, by a type and a name? Without the table itself. */
static unsigned int cover(const struct row *rows, unsigned int from, unsigned int nr, uint64_t at,
			  uint32_t type, uint32_t flags)
{
	unsigned int n = 0;

	for (unsigned int i = from; i < nr; i++)
		n += rows[i].type == type && rows[i].flags == flags && holds(&rows[i], at);
	return n;
}

/* What that number has to be. */
static unsigned int want_cover(const struct trial *t, uint64_t at, uint32_t type, uint32_t flags)
{
	const struct bitmap_early_res *b = t->b;
	unsigned int before = cover(b->reserved, grown(t), b->nr_reserved, at, type, flags);
	uint64_t start = t->op->arg[0], end = t->op->arg[1];
	uint32_t name = early_res_name_hash(early_res_name(t->op->arg[2]));

	if (is_closed(t) || t->op->id == E_RES_TO_BOOTMEM || b->closed)
		return 0;
	if (at < start || at >= end)
		return before;
	switch (t->op->id) {
	case E_RES_RESERVE:
		return type == EARLY_RES_FIRM && flags == name;
	case E_RES_RESERVE_OVERLAP_OK:
		return type == EARLY_RES_OVERLAP_OK && flags == name;
	case E_RES_RESERVE_WITHOUT_CHECK:
		return before + (type == EARLY_RES_FIRM && flags == name);
	case E_RES_FREE_PARTIAL:
		return 0;
	case E_RES_FREE:
		for (unsigned int i = grown(t); i < b->nr_reserved; i++)
			if (b->reserved[i].start == start && end_of(&b->reserved[i]) == end)
				return before - (b->reserved[i].type == type &&
						 b->reserved[i].flags == flags);
	}
	return before;
}

static bool judge_class(struct trial *t, uint32_t type, uint32_t flags)
{
	const struct table *own = &t->st->table[E_RES_OWN];
	const struct table *list = &t->st->table[E_RES_RESERVED];
	bool has = own->nr && own->rows[0].type == EARLY_RES_TABLE;

	for (unsigned int i = 0; i < t->s->nr; i++) {
		unsigned int want = want_cover(t, t->s->at[i], type, flags);
		unsigned int got = cover(list->rows, has, list->nr, t->s->at[i], type, flags);

		if (want != got)
			return complain_at(t, "reserved", t->s->at[i], want, got);
	}
	return true;
}

static bool judge_reserved(struct trial *t)
{
	const struct table *list = &t->st->table[E_RES_RESERVED];
	uint32_t name = early_res_name_hash(early_res_name(t->op->arg[2]));

	t->s->nr = 0;
	add_sample(t, 0);
	add_sample(t, t->op->arg[0]);
	add_sample(t, t->op->arg[1]);
	add_samples(t, t->b->reserved, t->b->nr_reserved);
	add_samples(t, list->rows, list->nr);
	if (t->s->nr == SAMPLES_MAX)
		return complain(t, "more reservations than the judge has room for");
	for (unsigned int i = 0; i < list->nr; i++)
		if (!list->rows[i].size || end_of(&list->rows[i]) < list->rows[i].start)
			return complain(t, "an empty reservation, or one that wraps");
	for (unsigned int i = 0; i < t->b->nr_reserved; i++)
		if (!judge_class(t, t->b->reserved[i].type, t->b->reserved[i].flags))
			return false;
	for (unsigned int i = 0; i < list->nr; i++)
		if (!judge_class(t, list->rows[i].type, list->rows[i].flags))
			return false;
	return judge_class(t, EARLY_RES_FIRM, name) && judge_class(t, EARLY_RES_OVERLAP_OK, name);
}

/* --- the machine --- */

static void add_active(struct trial *t, uint32_t nid, uint64_t start, uint64_t end)
{
	struct bitmap_early_res *b = t->b;

	if (start >= end || b->nr_active == EARLY_RES_NODES_MAX)
		return;
	for (unsigned int i = 0; i < b->nr_active; i++)
		if (meets(&b->active[i], start * EARLY_RES_PAGE, end * EARLY_RES_PAGE))
			return;
	b->active[b->nr_active++] = (struct row){ .start = start * EARLY_RES_PAGE,
						  .size = (end - start) * EARLY_RES_PAGE,
						  .type = nid };
}

static void machine_op(struct trial *t)
{
	struct bitmap_early_res *b = t->b;
	const uint64_t *arg = t->op->arg;

	switch (t->op->id) {
	case E_RES_MAP:
		if (arg[1] && b->maps < EARLY_RES_MAP_MAX) {
			b->maps++;
			b->map[b->nr_map++] = (struct row){ .start = arg[0], .size = arg[1],
							    .type = arg[2] };
		}
		break;
	case E_RES_MAPPED:
		b->remapped = true;
		b->mapped = min(long_of(t, arg[0]), early_res_mapped_max(t->config)) *
			    EARLY_RES_PAGE;
		break;
	case E_RES_NODE:
		add_active(t, arg[0], long_of(t, arg[1]), long_of(t, arg[2]));
		break;
	case E_RES_ACTIVE_RAM:
		for (unsigned int i = 0; i < b->nr_ram; i++)
			add_active(t, arg[0],
				   max(long_of(t, arg[1]),
				       round_up(b->ram[i].start, EARLY_RES_PAGE) / EARLY_RES_PAGE),
				   min(long_of(t, arg[2]), end_of(&b->ram[i]) / EARLY_RES_PAGE));
		break;
	}
}

static bool judge_ram(struct trial *t)
{
	const struct bitmap_early_res *b = t->b;
	const struct table *ram = &t->st->table[E_RES_RAM];

	for (unsigned int i = 0; i < ram->nr; i++)
		if (!ram->rows[i].size ||
		    (i && ram->rows[i].start <= end_of(&ram->rows[i - 1])))
			return complain(t, "RAM is not sorted and merged");
	t->s->nr = 0;
	add_samples(t, b->map, b->nr_map);
	add_samples(t, ram->rows, ram->nr);
	for (unsigned int s = 0; s < t->s->nr; s++) {
		bool is = false, taken = false, got = false;

		for (unsigned int i = 0; i < b->nr_map; i++) {
			bool here = holds(&b->map[i], t->s->at[s]);

			is |= here && b->map[i].type == EARLY_RES_MAP_RAM;
			taken |= here && b->map[i].type == EARLY_RES_MAP_RESERVED;
		}
		for (unsigned int i = 0; i < ram->nr; i++)
			got |= holds(&ram->rows[i], t->s->at[s]);
		if (got != (is && !taken))
			return complain_at(t, "ram", t->s->at[s], is && !taken, got);
	}
	return true;
}

/* --- all together --- */

/* What the op answers and hands off; what it does to the machine. */
static bool judge_op(struct trial *t)
{
	if (is_closed(t))
		return trial_value(t, 0);
	switch (t->op->id) {
	case E_RES_FIND_AREA:
	case E_RES_FIND_FW:
	case E_RES_FIND_E820:
		return trial_find(t);
	case E_RES_FIND_AREA_SIZE:
	case E_RES_FIND_E820_SIZE:
		return trial_find_size(t);
	case E_RES_RESERVE_E820:
		return trial_reserve_e820(t);
	case E_RES_MAX_MAPPED:
		return trial_value(t, mapped(t));
	case E_RES_GET_FREE:
		return trial_get_free(t);
	case E_RES_TO_BOOTMEM:
		return trial_to_bootmem(t);
	case E_RES_FREE_PARTIAL:
		if (t->op->arg[0] > t->op->arg[1] && !(t->res->said & SAID_WARN))
			return complain(t, "an inverted range without a warning");
		break;
	}
	machine_op(t);
	return trial_value(t, 0);
}

static bool same_rows(const struct table *now, const struct row *rows, unsigned int nr)
{
	return now->nr == nr && (!nr || !memcmp(now->rows, rows, nr * sizeof(rows[0])));
}

/* The hand-off and its array stay what they were until the next. */
static bool judge_kept(struct trial *t)
{
	const struct table *own = &t->st->table[E_RES_OWN];
	const struct row *before = &t->b->own[grown(t)];
	bool had = t->b->nr_own > grown(t);
	bool has = own->nr && own->rows[own->nr - 1].type == EARLY_RES_RANGES;

	if (is_closed(t) || (t->op->id != E_RES_TO_BOOTMEM && t->op->id != E_RES_GET_FREE)) {
		if (!same_rows(&t->st->table[E_RES_HANDOFF], t->b->handoff, t->b->nr_handoff))
			return complain(t, "the hand-off changed");
		if (had != has || (had && memcmp(before, &own->rows[own->nr - 1], sizeof(*before))))
			return complain(t, "the array of ranges changed");
	}
	return (t->op->id == E_RES_FIND_AREA_SIZE || t->op->id == E_RES_FIND_E820_SIZE) ||
	       !t->st->table[E_RES_ANSWER].nr || complain(t, "an answer of another op");
}

static void keep(const struct table *t, struct row *rows, unsigned int *nr, unsigned int max)
{
	*nr = t->nr < max ? t->nr : max;
	memcpy(rows, t->rows, *nr * sizeof(rows[0]));
}

bool bitmap_judge_early_res(struct bitmap *b, const struct op *op, const struct result *res,
			    const struct state *st, const struct bitmap_table *got, char *why)
{
	static struct samples samples;
	struct bitmap_early_res *e = &b->early_res;
	struct trial t = {
		.b = e, .s = &samples, .op = op, .res = res, .st = st,
		.config = b->config, .slots = b->config->slots, .why = why,
	};
	enum panics p = trial_panics(&t);
	struct growths g = trial_growths(&t);
	bool good;

	(void)got;
	/* a set behind the same calls: traits of which this judge knows nothing */
	if (early_res_is_memblock(b->config))
		return true;
	if (res->outcome == OUT_PANIC)
		return p != PANICS_NOT || complain(&t, "a panic that the contract asks not for");
	if (res->outcome != OUT_RETURN)
		return complain(&t, "outcome");
	if (p == PANICS)
		return complain(&t, "no panic");
	good = st->table[E_RES_RESERVED].nr <= ROWS_MAX && st->table[E_RES_HANDOFF].nr <= ROWS_MAX;
	if (!good)
		complain(&t, "more rows than the judge has room for");
	good = good && judge_kept(&t) && judge_op(&t) && judge_reserved(&t) && trial_table(&t, g) &&
	       judge_ram(&t);
	keep(&st->table[E_RES_RESERVED], e->reserved, &e->nr_reserved, ROWS_MAX);
	keep(&st->table[E_RES_OWN], e->own, &e->nr_own, 2);
	keep(&st->table[E_RES_RAM], e->ram, &e->nr_ram, BITMAP_EARLY_RES_MAP);
	keep(&st->table[E_RES_HANDOFF], e->handoff, &e->nr_handoff, ROWS_MAX);
	return good;
}

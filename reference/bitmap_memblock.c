// SPDX-License-Identifier: GPL-2.0-only
/* The brute-force judge of family memblock: contract/memblock.h in plain loops. */
#include "bitmap_memblock.h"

static const char *const names[COLLECTIONS] = { "memory", "reserved", "physmem" };

/* What there is before the first op. */
static void start(struct bitmap_memblock *b, const struct memblock_config_facts *f)
{
	b->started = true;
	b->setting[MEMBLOCK_LIMIT] = f->phys_max;
	for (unsigned int i = 0; i < COLLECTIONS; i++)
		b->own[i] = (struct row){ .type = 1 + i, .flags = f->slots[i] };
}

/* --- collections --- */

/* Sorted, disjoint, not empty, below the last address; as few regions as can be. */
static bool judge_rows(const struct trial *t, unsigned int table)
{
	const struct table *now = &t->st->table[table];

	for (unsigned int i = 0; i < now->nr; i++) {
		const struct row *r = &now->rows[i], *last = r - 1;

		if (!r->size || end_of(r) < r->start || end_of(r) > t->f->phys_max)
			return complain(t, "a region that is empty, or beyond the last address");
		if (t->f->numa ? memblock_row_node(r->flags) != node_of(r->type) :
				 node_of(r->type) != MEMBLOCK_NODE_NONE)
			return complain(t, "a region's node is not what it says");
		if (!i)
			continue;
		if (r->start < end_of(last))
			return complain(t, "regions are not sorted, or overlap");
		if (r->start == end_of(last) && r->type == last->type && r->flags == last->flags)
			return complain(t, "two regions that are one");
	}
	return true;
}

/* A byte that a limit takes from reserved, or leaves: it has no slots, or a table lies there. */
static bool may_stay(const struct trial *t, uint64_t at)
{
	bool table = false;

	for (unsigned int i = 0; i < COLLECTIONS; i++)
		table |= in(&t->is[i], at);
	return t->half || (table && mb_limits(t));
}

/* But for a node of reserved, and a flag of memory, for which there may have been no slots. */
static bool alike(uint32_t a, uint32_t b, unsigned int table)
{
	if (a == NOBODY || b == NOBODY)
		return false;
	return table == M_RESERVED ? flags_of(a) == flags_of(b) :
				     (a | MEMBLOCK_F_HOTPLUG) == (b | MEMBLOCK_F_HOTPLUG);
}

static bool judge_bytes(const struct trial *t, unsigned int table)
{
	const struct table *now = &t->st->table[table];
	bool lax = mb_is_lax(t);

	t->s->nr = 0;
	for (unsigned int i = 0; i < COLLECTIONS; i++) {
		add_rows(t, t->b->rows[i], t->b->nr[i]);
		add_span(t, &t->was[i]);
		add_span(t, &t->is[i]);
	}
	add_rows(t, now->rows, now->nr);
	add_span(t, &t->range);
	add_span(t, &t->block);
	add_sample(t, 0);
	add_sample(t, t->limit_end);
	if (t->op->id == M_TRIM)
		for (unsigned int i = t->s->nr; i--; ) {
			uint64_t align = max(cut(t, t->op->arg[0]), 1);

			add_sample(t, round_up(t->s->at[i], align));
			add_sample(t, t->s->at[i] - t->s->at[i] % align);
		}
	if (t->s->nr == SAMPLES_MAX)
		return complain(t, "more boundaries than the judge has room for");
	for (unsigned int i = 0; i < t->s->nr; i++) {
		uint64_t at = t->s->at[i];
		uint32_t want = at < t->f->phys_max ? mb_want(t, table, at) : NOBODY;
		uint32_t got = type_at(now->rows, now->nr, at);

		if (want == got || (lax && alike(want, got, table)) ||
		    (table == M_RESERVED && may_stay(t, at) && got == mb_want_left(t, at)))
			continue;
		snprintf(t->why, BITMAP_WHY, "%s: at %#" PRIx64 ": expected %#" PRIx32
			 ", got %#" PRIx32, names[table], at, want, got);
		return false;
	}
	return true;
}

static bool judge_collections(struct trial *t)
{
	/* no contract */
	bool open = t->op->id == M_TRIM && !power_of_two(cut(t, t->op->arg[0]));

	for (unsigned int i = 0; i < COLLECTIONS; i++)
		if (!judge_rows(t, i) || (!(open && i == M_MEMORY) && !judge_bytes(t, i)))
			return false;
	return true;
}

/* --- settings --- */

static bool settings_are(const struct trial *t, const uint64_t *want)
{
	const struct table *now = &t->st->table[M_SETTINGS];

	if (now->nr != MEMBLOCK_SETTINGS)
		return complain(t, "not all settings");
	for (unsigned int i = 0; i < MEMBLOCK_SETTINGS; i++) {
		if (now->rows[i].type != 1 + i)
			return complain(t, "the settings are not in their order");
		/* counters are behaviour; without hot-plug there is no such switch */
		if ((i >= MEMBLOCK_MEMORY_TOTAL && i <= MEMBLOCK_PHYSMEM_TOTAL) ||
		    (i == MEMBLOCK_MOVABLE_NODE && !t->f->hotplug))
			continue;
		if (now->rows[i].start != want[i]) {
			snprintf(t->why, BITMAP_WHY, "setting %u: %#" PRIx64 ", expected %#" PRIx64,
				 i, now->rows[i].start, want[i]);
			return false;
		}
	}
	return true;
}

static bool judge_settings(const struct trial *t, uint64_t pages)
{
	uint64_t want[MEMBLOCK_SETTINGS];

	memcpy(want, t->b->setting, sizeof(want));
	if (t->b->setting[MEMBLOCK_CLOSED])
		return settings_are(t, want);
	want[MEMBLOCK_RAM_PAGES] += pages;
	switch (t->op->id) {
	case M_SET:
		if (t->op->arg[0] < MEMBLOCK_SWITCHES)
			want[t->op->arg[0]] = t->op->arg[1];
		break;
	case M_ALLOW_RESIZE:
		want[MEMBLOCK_RESIZE] = 1;
		break;
	case M_SET_CURRENT_LIMIT:
		want[MEMBLOCK_LIMIT] = cut(t, t->op->arg[0]);
		break;
	case M_MARK_MIRROR:
		want[MEMBLOCK_HAS_MIRROR] |= mb_marks_mirror(t);
		break;
	case M_DISCARD:
		want[MEMBLOCK_CLOSED] = !t->f->keep;
		break;
	}
	return settings_are(t, want);
}

/* --- all together --- */

static bool returns_error(const struct trial *t)
{
	switch (t->op->id) {
	case M_ADD:
	case M_ADD_NODE:
	case M_REMOVE:
	case M_RESERVE:
	case M_PHYS_FREE:
	case M_PHYSMEM_ADD:
	case M_MARK_HOTPLUG:
	case M_CLEAR_HOTPLUG:
	case M_MARK_MIRROR:
	case M_MARK_NOMAP:
	case M_CLEAR_NOMAP:
	case M_RESERVED_MARK_NOINIT:
	case M_SET_NODE:
		return true;
	}
	return false;
}

static bool is_question(const struct trial *t)
{
	const struct op_desc *d = family_op(&memblock_family, t->op->id);

	return d && d->flags & OP_QUERY;
}

/* What the op answers. */
static bool judge_answer(struct trial *t)
{
	const struct table *answer = &t->st->table[M_ANSWER];

	switch (t->op->id) {
	case M_FIND_IN_RANGE:
	case M_FIND_IN_RANGE_NODE:
		return mb_judge_find(t);
	case M_RESERVE_MEM_FIND:
		return mb_judge_find_named(t);
	case M_RESERVE_MEM:
		return mb_judge_reserve_mem(t);
	}
	if (mb_allocates(t))
		return mb_judge_alloc(t);
	if (is_question(t))
		return mb_judge_question(t);
	if (answer->nr)
		return complain(t, "an answer of another op");
	if (t->op->id == M_CAP_MEMORY_RANGE && cut(t, t->op->arg[1]) && !t->b->nr[M_MEMORY] &&
	    !(t->res->said & (SAID_WARN | SAID_WARNING)))
		return complain(t, "no memory yet, and no warning");
	return true;
}

enum how { WHOLE, HALF, NOTHING };

/* Tables, collections, value: as an op that did all, or could not. */
static bool judge_as(struct trial *t, enum how how)
{
	t->failed = how == NOTHING;
	t->half = how == HALF;
	if (!mb_judge_tables(t))
		return false;
	if (!judge_collections(t))
		return false;
	return is_question(t) || mb_allocates(t) || t->op->id == M_RESERVE_MEM ||
	       judge_value(t, t->failed && returns_error(t) ? VALUE_NOMEM : 0);
}

/* Of an op that may have no slots, or only some. */
static bool judge_half(struct trial *t, enum fate fate)
{
	char first[BITMAP_WHY];
	bool said = fate == NOT_ALLOWED || t->res->said & SAID_ERROR;

	if (fate == PERHAPS && judge_as(t, WHOLE))
		return true;
	memcpy(first, t->why, sizeof(first));
	if (said && (judge_as(t, NOTHING) || (mb_is_compound(t) && judge_as(t, HALF))))
		return true;
	if (fate == PERHAPS)
		memcpy(t->why, first, sizeof(first));
	else if (!said)
		complain(t, "a table cannot grow, and nothing is said");
	return false;
}

/* An op that needs slots of tables: did it end as it may? */
static bool judge_ending(struct trial *t)
{
	enum fate fate = mb_fate(t);

	if (fate == NOT_ALLOWED && t->all->full_panics)
		return t->res->outcome == OUT_PANIC || complain(t, "no panic");
	if (t->res->outcome == OUT_PANIC && mb_is_lax(t) && t->all->full_panics)
		return !t->b->setting[MEMBLOCK_RESIZE] || complain(t, "outcome");
	if (t->res->outcome != OUT_RETURN)
		return complain(t, "outcome");
	if (fate > GROWS && t->op->id != M_FREE_ALL)
		return judge_half(t, fate);
	return judge_as(t, WHOLE);
}

/* After discard no call is made. */
static bool judge_closed(const struct trial *t)
{
	for (unsigned int i = 0; i <= M_OWN; i++)
		if (t->st->table[i].nr)
			return complain(t, "memblock was given up, and lives on");
	return judge_value(t, 0) && !t->st->table[M_ANSWER].nr;
}

/* An op that ends memblock. */
static bool judge_discard(struct trial *t)
{
	for (unsigned int i = 0; i <= M_OWN; i++)
		if (t->st->table[i].nr)
			return complain(t, "memblock was given up, and lives on");
	return judge_value(t, 0);
}

static bool has_range(unsigned int id)
{
	return (id >= M_ADD && id <= M_SET_NODE) || id == M_CAP_MEMORY_RANGE ||
	       id == M_IS_REGION_MEMORY || id == M_IS_REGION_RESERVED;
}

static void prepare(struct trial *t)
{
	const uint64_t *arg = t->op->arg;

	t->limit_end = UINT64_MAX;
	if (has_range(t->op->id))
		t->range = span_of(t, arg[0], arg[1]);
	if (t->op->id == M_ADD_NODE)
		t->range = span_of(t, arg[0], arg[1]);
	if (t->op->id == M_OVERLAPS_REGION)
		t->range = span_of(t, arg[1], arg[2]);
	if (t->op->id == M_ENFORCE_MEMORY_LIMIT || t->op->id == M_MEM_LIMIT_REMOVE_MAP)
		t->limit_end = mb_limit_end(t);
	/* not there without its configuration */
	if (t->op->id == M_PHYSMEM_ADD && !t->f->slots[M_PHYSMEM])
		t->range = (struct span){ 0, 0 };
}

static bool judge(struct trial *t)
{
	uint64_t pages = 0;

	if (t->b->setting[MEMBLOCK_CLOSED])
		return judge_closed(t) && mb_judge_handoff(t, &pages) &&
		       judge_settings(t, pages);
	if (mb_allocates(t) || t->op->id == M_RESERVE_MEM) {
		if (!judge_answer(t))
			return false;
		if (t->res->outcome != OUT_RETURN)
			return true;
		if (!judge_as(t, WHOLE))
			return false;
	} else if (t->op->id == M_DISCARD && !t->f->keep) {
		if (!judge_discard(t))
			return false;
	} else if (!judge_ending(t) || (t->res->outcome == OUT_RETURN && !judge_answer(t))) {
		return false;
	}
	if (t->res->outcome != OUT_RETURN)
		return true;
	return mb_judge_handoff(t, &pages) && judge_settings(t, pages) &&
	       mb_judge_named(t) && mb_judge_printed(t);
}

/* --- what was --- */

static void keep(const struct table *t, struct row *rows, unsigned int *nr, unsigned int most)
{
	*nr = t->nr < most ? t->nr : most;
	memcpy(rows, t->rows, *nr * sizeof(rows[0]));
}

static void keep_all(const struct trial *t)
{
	struct bitmap_memblock *b = t->b;
	const struct state *st = t->st;
	unsigned int nr;

	for (unsigned int i = 0; i < COLLECTIONS; i++)
		keep(&st->table[i], b->rows[i], &b->nr[i], BITMAP_MEMBLOCK_ROWS);
	memset(b->own, 0, sizeof(b->own));
	keep(&st->table[M_OWN], b->own, &nr, COLLECTIONS);
	keep(&st->table[M_HANDOFF], b->handoff, &b->nr_handoff, BITMAP_MEMBLOCK_HANDOFF);
	keep(&st->table[M_NAMED], b->named, &b->nr_named, MEMBLOCK_NAMED_MAX);
	for (unsigned int i = 0; i < st->table[M_SETTINGS].nr && i < MEMBLOCK_SETTINGS; i++)
		b->setting[i] = st->table[M_SETTINGS].rows[i].start;
	if (t->op->id == M_MAX_LOW_PFN) {
		b->low = true;
		b->max_low_pfn = t->op->arg[0];
	}
}

bool bitmap_judge_memblock(struct bitmap *all, const struct op *op, const struct result *res,
			   const struct state *st, const struct bitmap_table *got, char *why)
{
	static struct samples samples;
	struct trial t = {
		.all = all, .b = &all->memblock, .f = memblock_facts_of(all->config),
		.s = &samples, .op = op, .res = res, .st = st, .why = why,
	};
	bool good = true;

	(void)got;
	if (!t.b->started)
		start(t.b, t.f);
	for (unsigned int i = 0; i < COLLECTIONS; i++)
		good = good && st->table[i].nr <= BITMAP_MEMBLOCK_ROWS;
	if (!good || st->table[M_HANDOFF].nr > BITMAP_MEMBLOCK_HANDOFF) {
		complain(&t, "more rows than the judge has room for");
		good = false;
	}
	prepare(&t);
	good = good && judge(&t);
	keep_all(&t);
	return good;
}

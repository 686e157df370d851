// SPDX-License-Identifier: GPL-2.0-only
/* The brute-force judge of family memblock: searching, allocating. See bitmap_memblock.h. */
#include "bitmap_memblock.h"

/* Is a region of memory one that a search for a node and flags looks at? */
bool mb_eligible(const struct trial *t, const struct row *r, uint64_t nid, uint32_t flags)
{
	uint32_t has = flags_of(r->type);

	if (t->f->numa && nid < MEMBLOCK_NODES && node_of(r->type) != nid)
		return false;
	if (has & MEMBLOCK_F_HOTPLUG && !(flags & MEMBLOCK_F_HOTPLUG) && t->f->hotplug &&
	    t->b->setting[MEMBLOCK_MOVABLE_NODE])
		return false;
	if (flags & MEMBLOCK_F_MIRROR && !(has & MEMBLOCK_F_MIRROR))
		return false;
	if (has & MEMBLOCK_F_NOMAP && !(flags & MEMBLOCK_F_NOMAP))
		return false;
	return !(has & MEMBLOCK_F_DRIVER_MANAGED) || flags & MEMBLOCK_F_DRIVER_MANAGED;
}

bool mb_open_node(const struct trial *t, uint64_t nid)
{
	if (!t->f->numa)
		return nid && nid != MEMBLOCK_NO_NODE;
	return !t->all->node_range && nid > MEMBLOCK_NODES && nid != MEMBLOCK_NO_NODE;
}

/* Is [at, at + size) a block that the search may answer with? */
static bool is_answer(const struct trial *t, const struct ask *a, uint64_t at, uint64_t nid,
		      uint32_t flags)
{
	struct span block = { at, at + a->size };

	if (at % a->align || at < max(a->start, MEMBLOCK_PAGE) || at > a->end ||
	    a->end - at < a->size || !is_free(t, &block))
		return false;
	for (unsigned int i = 0; i < t->b->nr[M_MEMORY]; i++) {
		const struct row *r = &t->b->rows[M_MEMORY][i];

		if (holds(r, at) && mb_eligible(t, r, nid, flags))
			return end_of(r) - at >= a->size;
	}
	return false;
}

/* Try the first and the last multiple next to every boundary: the others are between them. */
static uint64_t search(const struct trial *t, const struct ask *a, uint64_t nid, uint32_t flags)
{
	bool up = t->b->setting[MEMBLOCK_BOTTOM_UP];
	uint64_t best = 0;

	t->s->nr = 0;
	add_rows(t, t->b->rows[M_MEMORY], t->b->nr[M_MEMORY]);
	add_rows(t, t->b->rows[M_RESERVED], t->b->nr[M_RESERVED]);
	add_sample(t, max(a->start, MEMBLOCK_PAGE));
	add_sample(t, a->end);
	for (unsigned int i = 0; i < t->s->nr; i++) {
		uint64_t x = t->s->at[i];
		uint64_t try[] = {
			round_up(x, a->align),
			x >= a->size ? x - a->size - (x - a->size) % a->align : 0,
		};

		for (unsigned int k = 0; k < 2; k++)
			if (is_answer(t, a, try[k], nid, flags) &&
			    (!best || (up ? try[k] < best : try[k] > best)))
				best = try[k];
	}
	return best;
}

static uint64_t resolved(const struct trial *t, uint64_t end)
{
	end = cut(t, end);
	return end == MEMBLOCK_ACCESSIBLE || end == MEMBLOCK_NOLEAKTRACE ?
		t->b->setting[MEMBLOCK_LIMIT] : end;
}

/* Value 0, or an address inside of the window. */
static bool judge_unspecified(const struct trial *t, const struct ask *a, uint64_t got)
{
	uint64_t start = a->again ? 0 : a->start;

	return !got || (got >= start && got <= a->end) ||
	       complain(t, "an address outside of the window");
}

static bool judge_address(const struct trial *t, uint64_t got, uint64_t want)
{
	if (got == want)
		return true;
	snprintf(t->why, BITMAP_WHY, "found %#" PRIx64 ", expected %#" PRIx64, got, want);
	return false;
}

bool mb_judge_find(struct trial *t)
{
	const uint64_t *arg = t->op->arg;
	bool node = t->op->id == M_FIND_IN_RANGE_NODE;
	struct ask a = {
		.start = cut(t, arg[node ? 2 : 0]), .end = resolved(t, arg[node ? 3 : 1]),
		.size = cut(t, arg[node ? 0 : 2]), .align = cut(t, arg[node ? 1 : 3]),
	};
	uint64_t want;

	if (!a.size || !power_of_two(a.align) || (node && mb_open_node(t, arg[4])))
		return judge_unspecified(t, &a, t->res->value);
	if (node)
		return judge_address(t, t->res->value, search(t, &a, arg[4], flags_of(arg[5])));
	want = t->b->setting[MEMBLOCK_HAS_MIRROR] ?
		search(t, &a, MEMBLOCK_NO_NODE, MEMBLOCK_F_MIRROR) : 0;
	if (!want)
		want = search(t, &a, MEMBLOCK_NO_NODE, MEMBLOCK_F_NONE);
	return judge_address(t, t->res->value, want);
}

/* --- allocating: reserve the first answer of several searches --- */

#define ATTEMPTS	8

struct attempts {
	unsigned int nr;
	uint64_t at[ATTEMPTS];
};

static void attempt_from(const struct trial *t, struct ask a, uint64_t start, struct attempts *as)
{
	a.start = start;
	for (int mirror = t->b->setting[MEMBLOCK_HAS_MIRROR] != 0; mirror >= 0; mirror--) {
		uint32_t flags = mirror ? MEMBLOCK_F_MIRROR : MEMBLOCK_F_NONE;

		as->at[as->nr++] = search(t, &a, a.nid, flags);
		if (!a.exact)
			as->at[as->nr++] = search(t, &a, MEMBLOCK_NO_NODE, flags);
	}
}

static bool judge_outcome(const struct trial *t, bool panics)
{
	if (panics)
		return t->res->outcome == OUT_PANIC || complain(t, "no panic");
	return t->res->outcome == OUT_RETURN || complain(t, "outcome");
}

bool mb_judge_ask(struct trial *t, const struct ask *a, uint64_t got)
{
	struct attempts as = { 0 };

	if (!a->size || !power_of_two(a->align) || mb_open_node(t, a->nid)) {
		if (t->res->outcome != OUT_RETURN)
			return true;
		t->block = (struct span){ got, got ? got + min(a->size, UINT64_MAX - got) : 0 };
		return judge_unspecified(t, a, got);
	}
	attempt_from(t, *a, a->start, &as);
	if (a->again && a->start)
		attempt_from(t, *a, 0, &as);
	for (unsigned int i = 0; i < as.nr; i++) {
		struct span block = { as.at[i], as.at[i] + a->size };
		enum fate fate;

		if (!as.at[i])
			continue;
		fate = mb_fate_of_block(t, &block);
		if (fate == NOT_ALLOWED && t->all->full_panics)
			return judge_outcome(t, true);
		if (fate == NO_ROOM || fate == NOT_ALLOWED)
			continue;
		if (fate == PERHAPS && got != as.at[i])
			continue;
		t->block = block;
		return judge_outcome(t, false) && judge_address(t, got, as.at[i]);
	}
	return judge_outcome(t, false) && judge_address(t, got, 0);
}

static uint64_t accessible_max(const struct trial *t, uint64_t max_addr)
{
	uint64_t limit = t->b->setting[MEMBLOCK_LIMIT];

	max_addr = cut(t, max_addr);
	return !max_addr || max_addr > limit ? limit : resolved(t, max_addr);
}

/* A virtual form: the window is a wish at its start. */
static struct ask ask_virtual(const struct trial *t, uint64_t min_addr, uint64_t max_addr,
			      uint64_t nid)
{
	return (struct ask){
		.start = cut(t, min_addr), .end = accessible_max(t, max_addr), .nid = nid,
		.again = true, .clears = true,
	};
}

static bool ask_of(const struct trial *t, struct ask *a)
{
	const uint64_t *arg = t->op->arg;
	const uint64_t any = MEMBLOCK_NO_NODE;

	switch (t->op->id) {
	case M_ALLOC_RANGE_NID:
		*a = (struct ask){ .start = cut(t, arg[2]), .end = resolved(t, arg[3]),
				   .nid = arg[4], .exact = arg[5] };
		break;
	case M_PHYS_ALLOC_RANGE:
		*a = (struct ask){ .start = cut(t, arg[2]), .end = resolved(t, arg[3]),
				   .nid = any };
		break;
	case M_PHYS_ALLOC_TRY_NID:
		*a = (struct ask){ .end = resolved(t, MEMBLOCK_ACCESSIBLE), .nid = arg[2] };
		break;
	case M_ALLOC_TRY_NID:
	case M_ALLOC_TRY_NID_RAW:
	case M_ALLOC_EXACT_NID_RAW:
		*a = ask_virtual(t, arg[2], arg[3], arg[4]);
		a->clears = t->op->id == M_ALLOC_TRY_NID;
		a->exact = t->op->id == M_ALLOC_EXACT_NID_RAW;
		break;
	case M_ALLOC:
		*a = ask_virtual(t, 0, 0, any);
		break;
	case M_ALLOC_FROM:
		*a = ask_virtual(t, arg[2], 0, any);
		break;
	case M_ALLOC_LOW:
		*a = ask_virtual(t, 0, MEMBLOCK_LOW_LIMIT_END, any);
		break;
	case M_ALLOC_NODE:
		*a = ask_virtual(t, 0, 0, arg[2]);
		break;
	default:
		return false;
	}
	a->size = cut(t, arg[0]);
	a->align = cut(t, arg[1]) ? cut(t, arg[1]) : MEMBLOCK_CACHE_BYTES;
	return true;
}

bool mb_allocates(const struct trial *t)
{
	struct ask a;

	return ask_of(t, &a);
}

static bool judge_cleared(const struct trial *t, const struct ask *a)
{
	const struct table *answer = &t->st->table[M_ANSWER];
	uint64_t at = t->res->value;

	if (!a->clears || !at)
		return !answer->nr || complain(t, "cleared what it should not");
	if (!a->size && !answer->nr)
		return true;
	return (answer->nr == 1 && answer->rows[0].type == MEMBLOCK_CLEARED &&
		answer->rows[0].start == at && answer->rows[0].size == a->size) ||
	       complain(t, "not exactly the block is cleared");
}

static bool asks_slab(const struct trial *t)
{
	return t->all->slab_everywhere || t->op->id >= M_ALLOC_TRY_NID;
}

bool mb_judge_alloc(struct trial *t)
{
	struct ask a;

	/* too late: no collection changes, the value is open */
	if (!ask_of(t, &a) || (t->b->setting[MEMBLOCK_SLAB] && asks_slab(t)))
		return judge_outcome(t, false);
	if (!mb_judge_ask(t, &a, t->res->value))
		return false;
	return t->res->outcome != OUT_RETURN || judge_cleared(t, &a);
}

// SPDX-License-Identifier: GPL-2.0-only
/* The brute-force judge of family memblock: iterators, questions. See bitmap_memblock.h. */
#include "bitmap_memblock.h"

#define RANGES_MAX	512

/* What an iterator should report. */
struct list {
	unsigned int nr;
	struct row row[RANGES_MAX];
};

static struct list wanted;

static const struct row *memory(const struct trial *t, unsigned int i)
{
	return &t->b->rows[M_MEMORY][i];
}

/* From @at on: skip what is reserved; then go on to the next reservation. */
const struct row *mb_next_free(const struct trial *t, struct walk *w, uint64_t nid,
				     uint32_t flags, struct span *free)
{
	const struct row *reserved = t->b->rows[M_RESERVED];

	for (; w->row < t->b->nr[M_MEMORY]; w->row++, w->at = 0) {
		const struct row *r = memory(t, w->row);
		uint64_t at = max(w->at, r->start), end = end_of(r);

		if (!mb_eligible(t, r, nid, flags))
			continue;
		for (unsigned int i = 0; i < t->b->nr[M_RESERVED]; i++)
			if (holds(&reserved[i], at))
				at = end_of(&reserved[i]);
		if (at >= end)
			continue;
		for (unsigned int i = 0; i < t->b->nr[M_RESERVED]; i++)
			if (reserved[i].start > at)
				end = min(end, reserved[i].start);
		*free = (struct span){ at, end };
		w->at = end;
		return r;
	}
	return NULL;
}

static void want(uint64_t start, uint64_t end, uint32_t said)
{
	if (start < end && wanted.nr < RANGES_MAX)
		wanted.row[wanted.nr++] = (struct row){ start, end - start, MEMBLOCK_RANGE, said };
}

static void want_free(const struct trial *t, uint64_t nid, uint32_t flags)
{
	struct walk w = { 0 };
	const struct row *r;
	struct span s;

	while ((r = mb_next_free(t, &w, nid, flags, &s)))
		want(s.start, s.end, r->flags);
}

/* The free pages that are inside of a zone. */
static void want_zone(const struct trial *t, uint64_t nid, uint64_t first, uint64_t last)
{
	struct walk w = { 0 };
	struct span s;

	while (mb_next_free(t, &w, nid, MEMBLOCK_F_NONE, &s)) {
		s = whole_pages(s.start, s.end);
		want(max(s.start, first), min(s.end, last), 0);
	}
}

static void want_table(const struct trial *t, unsigned int table, uint32_t without)
{
	for (unsigned int i = 0; i < t->b->nr[table]; i++) {
		const struct row *r = &t->b->rows[table][i];

		if (!(r->type & without))
			want(r->start, end_of(r), 0);
	}
}

static void want_pfns(const struct trial *t, uint64_t nid)
{
	for (unsigned int i = 0; i < t->b->nr[M_MEMORY]; i++) {
		const struct row *r = memory(t, i);
		struct span s = whole_pages(r->start, end_of(r));

		if (!t->f->numa || nid == MEMBLOCK_NODES || node_of(r->type) == nid)
			want(s.start, s.end, r->flags);
	}
}

static void turn_round(void)
{
	for (unsigned int i = 0; i < wanted.nr / 2; i++) {
		struct row r = wanted.row[i];

		wanted.row[i] = wanted.row[wanted.nr - 1 - i];
		wanted.row[wanted.nr - 1 - i] = r;
	}
}

static bool judge_list(const struct trial *t, bool nodes)
{
	const struct table *answer = &t->st->table[M_ANSWER];

	/* the region that an empty collection has all the same */
	if (!t->all->no_dummy && t->op->id >= M_MEM_RANGES && !wanted.nr && answer->nr == 1 &&
	    !answer->rows[0].size)
		return true;

	for (unsigned int i = 0; i < answer->nr || i < wanted.nr; i++) {
		const struct row *got = i < answer->nr ? &answer->rows[i] : NULL;
		const struct row *row = &wanted.row[i];

		if (i >= wanted.nr || !got || got->start != row->start ||
		    got->size != row->size || got->type != MEMBLOCK_RANGE) {
			snprintf(t->why, BITMAP_WHY, "range %u: not [%#" PRIx64 ", %#" PRIx64 ")",
				 i, i < wanted.nr ? row->start : 0,
				 i < wanted.nr ? end_of(row) : 0);
			return false;
		}
		if (nodes && t->f->numa &&
		    memblock_row_node(got->flags) != memblock_row_node(row->flags))
			return complain(t, "a range of another node");
	}
	return true;
}

/* Return: is it an iterator whose ranges are known? They are in @wanted then. */
static bool list(const struct trial *t, bool *nodes)
{
	const uint64_t *arg = t->op->arg;

	*nodes = false;
	wanted.nr = 0;
	switch (t->op->id) {
	case M_FREE_RANGES:
	case M_FREE_RANGES_REV:
		want_free(t, arg[0], flags_of(arg[1]));
		*nodes = true;
		break;
	case M_MEM_RANGES:
	case M_MEM_RANGES_REV:
		want_table(t, M_MEMORY, MEMBLOCK_F_NOMAP);
		break;
	case M_RESERVED_RANGES:
		want_table(t, M_RESERVED, 0);
		break;
	case M_PHYSMEM_RANGES:
		want_table(t, M_PHYSMEM, 0);
		break;
	case M_DEBUGFS:
		if (t->f->keep)
			want_table(t, arg[0] % COLLECTIONS, 0);
		break;
	case M_PFN_RANGES:
		want_pfns(t, arg[0]);
		*nodes = true;
		break;
	case M_ZONE_RANGES:
		want_zone(t, arg[0], arg[1] * MEMBLOCK_PAGE, arg[2] * MEMBLOCK_PAGE);
		break;
	default:
		return false;
	}
	if (t->op->id == M_FREE_RANGES_REV || t->op->id == M_MEM_RANGES_REV)
		turn_round();
	return true;
}

/* Operands that the contract says nothing of. */
static bool is_open(const struct trial *t)
{
	const uint64_t *arg = t->op->arg;

	switch (t->op->id) {
	case M_FREE_RANGES:
	case M_FREE_RANGES_REV:
		return mb_open_node(t, arg[0]);
	case M_PFN_RANGES:
		return arg[0] > MEMBLOCK_NODES || mb_open_node(t, arg[0]);
	case M_ZONE_RANGES:
		return arg[0] >= MEMBLOCK_NODES || mb_open_node(t, arg[0]) || arg[1] > arg[2];
	}
	return false;
}

/* --- questions --- */

static bool judge_bool(const struct trial *t, bool yes)
{
	return judge_value(t, yes);
}

static bool inside_one_block(const struct trial *t, const struct span *s)
{
	for (unsigned int i = 0; i < t->b->nr[M_MEMORY]; i++)
		if (memory(t, i)->start <= s->start && end_of(memory(t, i)) >= s->end)
			return true;
	return false;
}

static bool judge_pfn(const struct trial *t)
{
	const struct table *answer = &t->st->table[M_ANSWER];
	uint64_t at = cut(t, t->op->arg[0] * MEMBLOCK_PAGE);

	for (unsigned int i = 0; i < t->b->nr[M_MEMORY]; i++) {
		const struct row *r = memory(t, i);
		uint64_t start = page_down(r->start);

		if (!holds(r, at))
			continue;
		if (t->f->numa && memblock_row_node(t->res->value) != node_of(r->type))
			return complain(t, "the node of another page");
		/* a region that says -1 as its node answers as none does */
		if (r->flags == MEMBLOCK_NO_NODE && !answer->nr)
			return true;
		return (answer->nr == 1 && answer->rows[0].type == MEMBLOCK_PFNS &&
			answer->rows[0].start == start &&
			answer->rows[0].size == page_down(end_of(r)) - start) ||
		       complain(t, "not the pages of the region");
	}
	return judge_value(t, -1ULL) && (!answer->nr || complain(t, "pages of no region"));
}

static bool judge_sizes(const struct trial *t)
{
	const struct table *answer = &t->st->table[M_ANSWER];
	unsigned int nr = t->b->nr[M_MEMORY];
	const uint64_t want[] = {
		bytes_of(t, M_MEMORY), bytes_of(t, M_RESERVED),
		nr ? memory(t, 0)->start : 0, nr ? end_of(memory(t, nr - 1)) : 0,
	};

	for (unsigned int i = 0; i < 4; i++)
		if (answer->nr != 4 || answer->rows[i].type != MEMBLOCK_PHYS_MEM_SIZE + i ||
		    answer->rows[i].start != want[i]) {
			snprintf(t->why, BITMAP_WHY, "size %u: expected %#" PRIx64, i, want[i]);
			return false;
		}
	return true;
}

/* Bytes, or what of them is whole pages: without nodes 1. */
static bool judge_coverage(const struct trial *t)
{
	uint64_t bytes = 0, paged = 0, threshold = t->op->arg[0];

	for (unsigned int i = 0; i < t->b->nr[M_MEMORY]; i++) {
		struct span s = whole_pages(memory(t, i)->start, end_of(memory(t, i)));

		if (!t->f->numa || node_of(memory(t, i)->type) != MEMBLOCK_NODE_NONE)
			continue;
		bytes += memory(t, i)->size;
		paged += s.end - s.start;
	}
	return (paged <= threshold && threshold < bytes) || judge_bool(t, bytes <= threshold);
}

static bool judge_overlap(const struct trial *t)
{
	const uint64_t *arg = t->op->arg;
	struct span a = span_of(t, arg[0], arg[1]), b = span_of(t, arg[2], arg[3]);

	/* empty, or beyond the end: open */
	if (a.end - a.start != cut(t, arg[1]) || b.end - b.start != cut(t, arg[3]) ||
	    a.start == a.end || b.start == b.end)
		return true;
	return judge_bool(t, spans_meet(&a, &b));
}

bool mb_judge_question(struct trial *t)
{
	const uint64_t *arg = t->op->arg;
	uint64_t at = cut(t, arg[0]), taken = bytes_of(t, M_RESERVED);
	unsigned int table = t->op->id == M_OVERLAPS_REGION ? arg[0] : M_RESERVED;
	bool empty = t->range.start == t->range.end, nodes;

	if (is_open(t))
		return true;
	if (list(t, &nodes))
		return judge_list(t, nodes) && judge_value(t, 0);
	if (t->op->id == M_SEARCH_PFN_NID)
		return judge_pfn(t);
	if (t->op->id == M_SIZES)
		return judge_sizes(t) && judge_value(t, 0);
	if (t->st->table[M_ANSWER].nr)
		return complain(t, "an answer of another op");
	switch (t->op->id) {
	case M_IS_MEMORY:
		return judge_bool(t, before(t, M_MEMORY, at) != NOBODY);
	case M_IS_MAP_MEMORY:
		return judge_bool(t, before(t, M_MEMORY, at) != NOBODY &&
				     !(before(t, M_MEMORY, at) & MEMBLOCK_F_NOMAP));
	case M_IS_RESERVED:
		return judge_bool(t, before(t, M_RESERVED, at) != NOBODY);
	case M_IS_REGION_MEMORY:
		return empty || judge_bool(t, inside_one_block(t, &t->range));
	case M_IS_REGION_RESERVED:
	case M_OVERLAPS_REGION:
		return empty || table >= COLLECTIONS ||
		       judge_bool(t, meets_any(t->b->rows[table], t->b->nr[table], &t->range));
	case M_ADDRS_OVERLAP:
		return judge_overlap(t);
	case M_ESTIMATED_FREE:
		return bytes_of(t, M_MEMORY) < taken ||
		       judge_value(t, (bytes_of(t, M_MEMORY) - taken) / MEMBLOCK_PAGE);
	case M_VALIDATE_NUMA_COVERAGE:
		return judge_coverage(t);
	}
	return judge_value(t, 0);
}

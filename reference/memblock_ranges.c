// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memblock model: iterators and questions. Contract: the kernel-doc of each, and of the
 * iterators in include/linux/memblock.h.
 */
#include "memblock_free.h"

#define PAGE_SHIFT	12

static void report(struct memblock_step *step, uint64_t start, uint64_t end, uint32_t node)
{
	memblock_put(step->s, L_ANSWER, start, end - start, MEMBLOCK_RANGE, node);
}

/* --- iterators --- */

void memblock_do_free_ranges(struct memblock_step *step, const struct op *op)
{
	struct memblock_state *s = step->s;
	struct memblock_pick pick = memblock_pick(s, op->arg[0], op->arg[1]);
	struct memblock_walk w;
	struct memblock_free f;

	if (op->arg[0] == MEMBLOCK_NODES)
		step->e->result.said |= SAID_UNKNOWN;
	if (op->id == M_FREE_RANGES) {
		memblock_walk_up(&w, s, pick, 0);
		while (memblock_next_up(&w, &f))
			report(step, f.start, f.end, f.nid);
	} else {
		memblock_walk_down(&w, s, pick, UINT64_MAX);
		while (memblock_next_down(&w, &f))
			report(step, f.start, f.end, f.nid);
	}
}

static void report_region(struct memblock_step *step, unsigned int table, unsigned int i)
{
	const struct row *r = &memblock_rows(step->s, table)[i];

	report(step, r->start, memblock_row_end(r), 0);
}

void memblock_do_collection_ranges(struct memblock_step *step, const struct op *op)
{
	const struct memblock_state *s = step->s;
	struct memblock_pick pick = memblock_pick(s, MEMBLOCK_NO_NODE,
						  MEMBLOCK_F_HOTPLUG | MEMBLOCK_F_DRIVER_MANAGED);
	unsigned int table = op->id == M_RESERVED_RANGES ? M_RESERVED :
			     op->id == M_PHYSMEM_RANGES ? M_PHYSMEM : M_MEMORY;
	unsigned int nr = s->nr[table];

	for (unsigned int n = 0; n < nr; n++) {
		unsigned int i = op->id == M_MEM_RANGES_REV ? nr - 1 - n : n;

		if (table != M_MEMORY || memblock_picked(&pick, &memblock_rows(s, table)[i]))
			report_region(step, table, i);
	}
}

static uint64_t page_down(uint64_t addr)
{
	return addr & ~(uint64_t)(MEMBLOCK_PAGE - 1);
}

/* A question met a quirk: what it answers is known, and nothing changes. */
static bool answers_by(struct memblock_step *step, enum memblock_quirk q)
{
	if (!memblock_quirk_on(step->s, q))
		return false;
	step->e->fired |= 1ULL << q;
	return true;
}

/* The whole pages of [@start, @end): false when there are none. */
static bool whole_pages(struct memblock_step *step, uint64_t *start, uint64_t *end)
{
	uint64_t first = memblock_page_up(*start) & step->s->calc_max;

	/* beyond the last page of the address space there is none */
	if (memblock_page_wraps(step->s, *start) && !answers_by(step, Q_PAGES_WRAP))
		return false;
	if (first >= page_down(*end))
		return false;
	*start = first;
	*end = page_down(*end);
	return true;
}

/* Pages below @end are told: with the numbers that an unsigned long holds. */
static void cut_pages(struct memblock_step *step, uint64_t end)
{
	if (memblock_pages_are_cut(step->s, end) && memblock_quirk_on(step->s, Q_PAGE_NUMBERS))
		memblock_fire(step, Q_PAGE_NUMBERS);
}

void memblock_do_pfn_ranges(struct memblock_step *step, const struct op *op)
{
	const struct memblock_state *s = step->s;
	uint32_t nid = memblock_node(s, op->arg[0]);
	/* MAX_NUMNODES is all, NUMA_NO_NODE a way to say none */
	bool all = memblock_any_node(s, nid) &&
		   (nid != MEMBLOCK_NO_NODE || memblock_trait(s, T_NODE_RANGE));

	for (unsigned int i = 0; i < s->nr[M_MEMORY]; i++) {
		const struct row *r = &memblock_rows(s, M_MEMORY)[i];
		uint64_t start = r->start, end = memblock_row_end(r);

		if (!all && r->flags != nid)
			continue;
		if (!memblock_page_wraps(s, start) || memblock_quirk_on(s, Q_PAGES_WRAP))
			cut_pages(step, end);
		if (whole_pages(step, &start, &end))
			report(step, start, end, r->flags);
	}
}

/*
 * Kernels cut what is free to the zone where it ends above its start and begins below its end: that
 * is no range when the zone is none. What begins behind the zone ends the search, if it has a page.
 */
void memblock_do_zone_ranges(struct memblock_step *step, const struct op *op)
{
	const struct memblock_state *s = step->s;
	uint64_t from = memblock_long(s, op->arg[1]) << PAGE_SHIFT;
	uint64_t to = memblock_long(s, op->arg[2]) << PAGE_SHIFT;
	struct memblock_pick pick = memblock_pick(s, op->arg[0], MEMBLOCK_F_NONE);
	struct memblock_walk w;
	struct memblock_free f;

	if (op->arg[0] == MEMBLOCK_NODES)
		step->e->result.said |= SAID_UNKNOWN;
	memblock_walk_up(&w, s, pick, from < to ? from : 0);
	while (memblock_next_up(&w, &f)) {
		uint64_t start = f.start, end = f.end;

		if (!whole_pages(step, &start, &end) || end <= from)
			continue;
		if (start >= to)
			break;
		if (from >= to && !answers_by(step, Q_EMPTY_ZONE))
			continue;
		report(step, start > from ? start : from, end < to ? end : to, 0);
	}
}

/* --- questions --- */

static const struct row *region_at(const struct memblock_state *s, unsigned int table,
				   uint64_t addr)
{
	unsigned int i = memblock_rows_from(s, table, addr);
	const struct row *r = &memblock_rows(s, table)[i];

	return i < s->nr[table] && r->start <= addr ? r : NULL;
}

void memblock_do_is(struct memblock_step *step, const struct op *op)
{
	const struct memblock_state *s = step->s;
	const struct row *r = region_at(s, op->id == M_IS_RESERVED ? M_RESERVED : M_MEMORY,
					memblock_phys(s, op->arg[0]));

	step->e->result.value = r && !(op->id == M_IS_MAP_MEMORY && r->type & MEMBLOCK_F_NOMAP);
}

/* Of an empty range nothing is said: the subject's answer, if it is one. */
static void answer_anything(struct memblock_step *step)
{
	step->e->value_rule = VALUE_UNSPECIFIED;
	if (!step->res)
		return;
	if (step->res->value > 1)
		step->refused = true;
	else
		step->e->result.value = step->res->value;
}

/* The operands of a question are a table, where it asks for one, and a range. */
static struct memblock_range range_of(const struct memblock_state *s, const struct op *op)
{
	const uint64_t *a = op->arg + (op->id == M_OVERLAPS_REGION);

	return memblock_range(s, a[0], a[1]);
}

void memblock_do_is_region(struct memblock_step *step, const struct op *op)
{
	const struct memblock_state *s = step->s;
	struct memblock_range r = range_of(s, op);
	const struct row *region;
	unsigned int table;

	if (memblock_open_question(s, op)) {
		answer_anything(step);
		return;
	}
	if (op->id == M_IS_REGION_MEMORY) {
		region = region_at(s, M_MEMORY, r.start);
		step->e->result.value = region && memblock_row_end(region) >= r.end;
		return;
	}
	table = op->id == M_OVERLAPS_REGION ? op->arg[0] : M_RESERVED;
	region = &memblock_rows(s, table)[memblock_rows_from(s, table, r.start)];
	step->e->result.value = memblock_rows_from(s, table, r.start) < s->nr[table] &&
				region->start < r.end;
}

/* As kernels have it: ends are sums, which may wrap. */
static bool sums_overlap(const struct memblock_state *s, const uint64_t *a)
{
	return memblock_phys(s, a[0]) < memblock_phys(s, a[2] + a[3]) &&
	       memblock_phys(s, a[2]) < memblock_phys(s, a[0] + a[1]);
}

void memblock_do_addrs_overlap(struct memblock_step *step, const struct op *op)
{
	const struct memblock_state *s = step->s;
	struct memblock_range a = memblock_range(s, op->arg[0], op->arg[1]);
	struct memblock_range b = memblock_range(s, op->arg[2], op->arg[3]);
	bool meet = a.start < b.end && b.start < a.end;

	if (memblock_open_question(s, op))
		answer_anything(step);
	else if (sums_overlap(s, op->arg) != meet && answers_by(step, Q_OVERLAP_WRAPS))
		step->e->result.value = !meet;
	else
		step->e->result.value = meet;
}

bool memblock_open_question(const struct memblock_state *s, const struct op *op)
{
	struct memblock_range r = range_of(s, op);

	if (op->id != M_ADDRS_OVERLAP)
		return r.start == r.end;
	if (r.start == r.end)
		return true;
	r = memblock_range(s, op->arg[2], op->arg[3]);
	return r.start == r.end;
}

void memblock_do_search_pfn_nid(struct memblock_step *step, const struct op *op)
{
	struct memblock_state *s = step->s;
	uint64_t addr = memblock_phys(s, memblock_long(s, op->arg[0]) << PAGE_SHIFT), first;
	const struct row *r = region_at(s, M_MEMORY, addr);

	/* who is told that there is no node is not told more */
	memblock_return(step, r ? (int32_t)r->flags : -1);
	if (!r || r->flags == MEMBLOCK_NO_NODE)
		return;
	cut_pages(step, memblock_row_end(r));
	first = page_down(r->start);
	memblock_put(s, L_ANSWER, first, page_down(memblock_row_end(r)) - first, MEMBLOCK_PFNS, 0);
}

void memblock_do_sizes(struct memblock_step *step, const struct op *op)
{
	struct memblock_state *s = step->s;
	unsigned int nr = s->nr[M_MEMORY];
	const struct row *memory = memblock_rows(s, M_MEMORY);
	const uint64_t values[] = {
		s->total[M_MEMORY], s->total[M_RESERVED], nr ? memory[0].start : 0,
		nr ? memblock_row_end(&memory[nr - 1]) : 0,
	};

	(void)op;
	for (unsigned int i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		memblock_put(s, L_ANSWER, values[i], 1, MEMBLOCK_PHYS_MEM_SIZE + i, 0);
}

void memblock_do_estimated_free(struct memblock_step *step, const struct op *op)
{
	const struct memblock_state *s = step->s;
	uint64_t bytes = memblock_phys(s, s->total[M_MEMORY] - s->total[M_RESERVED]);

	(void)op;
	step->e->result.value = memblock_long(s, bytes >> PAGE_SHIFT);
}

void memblock_do_coverage(struct memblock_step *step, const struct op *op)
{
	const struct memblock_state *s = step->s;
	uint64_t bytes = 0;

	for (unsigned int i = 0; i < s->nr[M_MEMORY]; i++) {
		const struct row *r = &memblock_rows(s, M_MEMORY)[i];
		uint64_t start = r->start, end = memblock_row_end(r);

		if (memblock_no_node(r->flags) && whole_pages(step, &start, &end))
			bytes += end - start;
	}
	step->e->result.value = bytes <= op->arg[0];
	if (bytes > op->arg[0])
		step->e->result.said |= SAID_ERROR;
}

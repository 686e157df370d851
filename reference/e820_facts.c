// SPDX-License-Identifier: GPL-2.0-only
/*
 * The e820 model's answers to queries.
 *
 * Each is computed twice: from the interval map, which is the contract, and from the entries.
 * When the two differ, it is for a reason that has a name (a quirk): then the entries' answer is
 * predicted if the quirk is on. The entries' answer is also the prediction where the contract
 * fixes none.
 */
#include "e820_model.h"

#define NOT_COVERED	((uint64_t)-22)	/* -EINVAL */
#define MAX_ARCH_PFN_46_BITS	(1ULL << 34)

/* An entry's end as kernels compute it: modulo 2^64. */
static uint64_t wrapped_end(const struct row *r)
{
	return r->start + r->size;
}

/*
 * An entry's end, exclusive. Good enough for [start, end) below it: no query reaches byte 2^64 - 1.
 */
static uint64_t true_end(const struct row *r)
{
	return reaches_top(r->start, r->size) ? UINT64_MAX : r->start + r->size;
}

/* The contract says @want; by the entries it is @seen, because of @q. Choose. */
uint64_t e820_choose(struct e820_step *step, uint64_t want, uint64_t seen, enum e820_quirk q)
{
	if (want == seen || !e820_quirk_on(step->s, q))
		return want;
	e820_fire(step, q);
	return seen;
}

/* --- mapped_any, mapped_raw_any --- */

static bool map_any(const struct e820_tab *t, uint32_t type, uint64_t first, uint64_t last)
{
	return type ? ival_any(&t->map, type, first, last) : ival_any_type(&t->map, first, last);
}

enum seen { UNSEEN, SEEN_EMPTY, SEEN };

/* Does an entry meet [start, end)? An empty one does strictly inside. */
static enum seen rows_any(const struct e820_tab *t, uint64_t start, uint64_t end, uint32_t type)
{
	enum seen seen = UNSEEN;

	for (unsigned int i = 0; i < t->nr; i++) {
		const struct row *r = &t->row[i];

		if ((type && r->type != type) || r->start >= end || wrapped_end(r) <= start)
			continue;
		if (r->size)
			return SEEN;
		seen = SEEN_EMPTY;
	}
	return seen;
}

void e820_answer_any(struct e820_step *step, struct e820_tab *t, uint64_t start, uint64_t end,
		     uint32_t type)
{
	struct expect *e = step->e;
	enum seen seen = rows_any(t, start, end, type);
	bool want;

	if (start >= end) {
		e->value_rule = VALUE_UNSPECIFIED;
		e->result.value = seen != UNSEEN;
		return;
	}
	want = map_any(t, type, start, end - 1);
	if ((want && seen != SEEN && !e820_has_top_entry(t)) || (!want && seen == SEEN))
		step->s->odd = true;
	if (want)
		e->result.value = e820_choose(step, true, seen != UNSEEN, Q_QUERY_TOP_ENTRY);
	else
		e->result.value = e820_choose(step, false, seen != UNSEEN, Q_QUERY_EMPTY_ENTRY);
}

/* --- mapped_all, get_entry_type --- */

static bool map_all(const struct e820_tab *t, uint32_t type, uint64_t first, uint64_t last)
{
	bool progress = true;

	if (type)
		return ival_all(&t->map, type, first, last);
	while (progress) {
		progress = false;
		for (unsigned int i = 0; i < t->map.nr; i++) {
			struct ival_piece p = ival_piece(&t->map, i);

			if (!p.count || p.first > first || p.last < first)
				continue;
			if (p.last >= last)
				return true;
			first = p.last + 1;
			progress = true;
		}
	}
	return false;
}

/* The type that covers all of it, if a single one does. */
static bool map_type(const struct e820_tab *t, uint64_t first, uint64_t last, uint32_t *type)
{
	for (unsigned int i = 0; i < t->map.nr; i++) {
		struct ival_piece p = ival_piece(&t->map, i);

		*type = t->map.step[i].type;
		if (p.count && p.first <= first && p.last >= first &&
		    ival_all(&t->map, *type, first, last))
			return true;
	}
	return false;
}

/* Go through the entries in order, as if they were sorted: the one that completes the cover. */
static const struct row *rows_all(const struct e820_tab *t, uint64_t start, uint64_t end,
				  uint32_t type, uint64_t (*end_of)(const struct row *r))
{
	for (unsigned int i = 0; i < t->nr; i++) {
		const struct row *r = &t->row[i];
		uint64_t row_end = end_of(r);

		if ((type && r->type != type) || r->start >= end || row_end <= start)
			continue;
		if (r->start <= start)
			start = row_end;
		if (start >= end)
			return r;
	}
	return NULL;
}

void e820_answer_all(struct e820_step *step, struct e820_tab *t, uint64_t start, uint64_t end,
		     uint32_t type)
{
	struct expect *e = step->e;
	bool seen = rows_all(t, start, end, type, wrapped_end);
	bool want;

	if (start >= end || !e820_ordered(t)) {
		e->value_rule = VALUE_UNSPECIFIED;
		e->result.value = seen;
		return;
	}
	want = map_all(t, type, start, end - 1);
	if (want != seen && !e820_has_top_entry(t))
		step->s->odd = true;
	e->result.value = e820_choose(step, want, seen, Q_QUERY_TOP_ENTRY);
}

static uint64_t type_of(const struct row *r)
{
	/* The function returns an int. */
	return r ? (uint64_t)(int64_t)(int32_t)r->type : NOT_COVERED;
}

void e820_answer_type(struct e820_step *step, struct e820_tab *t, uint64_t start, uint64_t end)
{
	struct expect *e = step->e;
	uint64_t seen = type_of(rows_all(t, start, end, 0, wrapped_end));
	uint64_t want;
	uint32_t type;

	e->refuses = true;
	e->refusal = NOT_COVERED;
	if (start >= end || !e820_ordered(t)) {
		e->value_rule = VALUE_UNSPECIFIED;
		e->result.value = seen;
		return;
	}
	if (map_type(t, start, end - 1, &type)) {
		want = type_of(&(struct row){ .type = type });
	} else if (!map_all(t, 0, start, end - 1)) {
		want = NOT_COVERED;
	} else {
		/* Several types: any of them. The last one is what the entries say. */
		want = type_of(rows_all(t, start, end, 0, true_end));
		e->value_rule = VALUE_UNSPECIFIED;
	}
	if (want != seen && !e820_has_top_entry(t))
		step->s->odd = true;
	e->result.value = e820_choose(step, want, seen, Q_QUERY_TOP_ENTRY);
}

/* --- end_of_ram_pfn, end_of_low_ram_pfn --- */

uint64_t e820_max_arch_pfn(const struct e820_state *s)
{
	if (s->trait[T_ARCH_32_BITS])
		return E820_MAX_ARCH_PFN_32;
	if (s->trait[T_ARCH_36_BITS])
		return E820_MAX_ARCH_PFN_PAE;
	return s->trait[T_52_BITS] ? E820_MAX_ARCH_PFN : MAX_ARCH_PFN_46_BITS;
}

static bool counts_as_ram(const struct e820_state *s, uint32_t type)
{
	return type == E820_T_RAM || (type == E820_T_ACPI && s->trait[T_ACPI_IS_RAM]);
}

/* The end of [first, last], rounded down to pages, below @limit; 0 for what starts beyond. */
static uint64_t end_pfn(uint64_t first, uint64_t last, uint64_t limit)
{
	/* last + 1 may be 2^64. */
	uint64_t end = (last >> PAGE_SHIFT) + !(~last & (PAGE_SIZE - 1));

	if (first >> PAGE_SHIFT >= limit)
		return 0;
	return end < limit ? end : limit;
}

static uint64_t map_end_pfn(const struct e820_state *s, const struct e820_tab *t, uint64_t limit)
{
	uint64_t end = 0;

	for (unsigned int i = 0; i < t->map.nr; i++) {
		struct ival_piece p = ival_piece(&t->map, i);
		uint64_t pfn;

		if (!p.count || !counts_as_ram(s, t->map.step[i].type))
			continue;
		pfn = end_pfn(p.first, p.last, limit);
		end = pfn > end ? pfn : end;
	}
	return end;
}

/* Page numbers have the bits of @mask. */
static uint64_t rows_end_pfn(const struct e820_state *s, const struct e820_tab *t, uint64_t limit,
			     uint64_t mask)
{
	uint64_t end = 0;

	for (unsigned int i = 0; i < t->nr; i++) {
		const struct row *r = &t->row[i];
		uint64_t pfn = (wrapped_end(r) >> PAGE_SHIFT) & mask;

		if (!counts_as_ram(s, r->type) || ((r->start >> PAGE_SHIFT) & mask) >= limit)
			continue;
		pfn = pfn < limit ? pfn : limit;
		end = pfn > end ? pfn : end;
	}
	return end;
}

/* Is every byte of a page RAM, be it of several entries? */
static bool whole_page_is_ram(const struct e820_state *s, const struct e820_tab *t, uint64_t pfn)
{
	uint64_t pos = pfn << PAGE_SHIFT, last = pos | (PAGE_SIZE - 1);

	for (;;) {
		struct ival_piece ram, acpi;
		bool is_ram = ival_next(&t->map, E820_T_RAM, pos, &ram) && ram.first == pos;
		bool is_acpi = counts_as_ram(s, E820_T_ACPI) &&
			       ival_next(&t->map, E820_T_ACPI, pos, &acpi) && acpi.first == pos;

		if (!is_ram && !is_acpi)
			return false;
		pos = is_ram ? ram.last : acpi.last;
		if (pos >= last)
			return true;
		pos++;
	}
}

void e820_answer_end_pfn(struct e820_step *step, struct e820_tab *t, uint64_t limit)
{
	uint64_t want = map_end_pfn(step->s, t, limit);
	uint64_t seen = rows_end_pfn(step->s, t, limit, UINT64_MAX);
	uint64_t cut = rows_end_pfn(step->s, t, limit, config_long_max(step->s->config));

	if (want && !whole_page_is_ram(step->s, t, want - 1))
		step->e->value_rule = VALUE_UNSPECIFIED;
	if (want > seen && !e820_has_top_entry(t))
		step->s->odd = true;
	if (cut != seen && e820_quirk_on(step->s, Q_PAGES_32)) {
		step->e->result.value = e820_choose(step, want, cut, Q_PAGES_32);
		return;
	}
	step->e->result.value = e820_choose(step, want, seen, want > seen ?
				       Q_PFN_TOP_ENTRY : Q_PFN_EMPTY_ENTRY);
}

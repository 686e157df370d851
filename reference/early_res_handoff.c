// SPDX-License-Identifier: GPL-2.0-only
/*
 * The early_res model: the hand-off.
 *
 * Exact layer: the active ranges in ascending order, each cut by every reservation. Safety layer:
 *     handed out = active - rounded outwards(reserved)
 * as bytes, by the interval map.
 */
#include "early_res_model.h"

#define PAGE_SHIFT	12
#define G4		(1ULL << 32)

static void hand(struct early_res_state *s, uint64_t start, uint64_t end)
{
	if (s->nr_hand == HANDOFF_MAX) {
		s->overflow = true;
		return;
	}
	s->hand[s->nr_hand++] = (struct row){ .start = start, .size = end - start };
	s->hand_sum += range_sum(0, start, end);
}

/* E_RES_OWN shows no table any more. */
static void drop_table(struct early_res_state *s)
{
	if (!s->nr_own || s->own[0].type != EARLY_RES_TABLE)
		return;
	s->own[0] = s->own[1];
	s->nr_own--;
}

static void clear_handoff(struct early_res_state *s)
{
	s->nr_hand = 0;
	s->hand_sum = 0;
	s->hand_want = 0;
	s->nr_own = s->grown;
}

static uint64_t page_down(uint64_t addr)
{
	return addr & ~(uint64_t)(EARLY_RES_PAGE - 1);
}

/* The last byte of the page that @addr lies in. */
static uint64_t page_last(uint64_t addr)
{
	return addr | (EARLY_RES_PAGE - 1);
}

/* --- to_bootmem --- */

void early_res_do_to_bootmem(struct early_res_step *step, const struct op *op)
{
	struct early_res_state *s = step->s;
	uint64_t start = early_res_low(s, op->arg[0]), end = early_res_low(s, op->arg[1]);
	struct ival_piece p;

	s->grown &= !s->closed;
	clear_handoff(s);
	s->nr_own = 0;
	early_res_frame(step, 1u << E_RES_RESERVED | 1u << E_RES_OWN | 1u << E_RES_HANDOFF, 0,
			UINT64_MAX);
	for (unsigned int i = s->grown; i < s->nr; i++) {
		uint64_t first = s->res[i].start, last = res_end(&s->res[i]);

		first = first > start ? first : start;
		last = last < end ? last : end;
		if (first < last)
			hand(s, first, last);
	}
	/* sum over both types of cover within [start, end), the table's own place taken out */
	for (uint32_t type = EARLY_RES_FIRM; type <= EARLY_RES_OVERLAP_OK; type++) {
		for (uint64_t pos = start; pos < end && ival_next(&s->map, type, pos, &p); ) {
			uint64_t stop = p.last < end ? p.last + 1 : end;

			if (p.first >= end)
				break;
			s->hand_want += p.count * range_sum(0, p.first, stop);
			pos = stop;
		}
	}
	if (s->grown) {
		struct early_res_span table = early_res_table(s);

		table.start = table.start > start ? table.start : start;
		table.end = table.end < end ? table.end : end;
		if (table.start < table.end)
			s->hand_want -= range_sum(0, table.start, table.end);
	}
	early_res_forget(s);
}

/* --- get_free --- */

/*
 * The bytes of an active range that a hand-off looks at: on 32 bits those of low memory. An empty
 * range is none.
 */
static struct early_res_span bytes_of(const struct early_res_state *s,
				      const struct early_res_node *n)
{
	uint64_t low = s->handoff_end >> PAGE_SHIFT;
	uint64_t start = n->start < low ? n->start : low, end = n->end < low ? n->end : low;

	return (struct early_res_span){ start << PAGE_SHIFT, end << PAGE_SHIFT };
}

static bool counts(const struct early_res_node *n, uint64_t nid)
{
	return nid >= EARLY_RES_MAX_NODES || n->nid == nid;
}

/* Is page-rounded reservation @i cut out? @last: of its last page, inclusive. */
static bool cuts(const struct early_res_state *s, unsigned int i, bool top, uint64_t *first,
		 uint64_t *last)
{
	uint64_t end = res_end(&s->res[i]);

	*first = page_down(s->res[i].start);
	*last = page_last(end - 1);
	return s->res[i].start < end && (top || *last != UINT64_MAX);
}

/*
 * What reservations @from to @to - 1 leave of active range @n. @emit: as rows.
 * Return: how many pieces.
 */
static unsigned int hand_pieces(struct early_res_state *s, const struct early_res_node *n,
				unsigned int from, unsigned int to, bool top, bool emit)
{
	struct early_res_span bytes = bytes_of(s, n);
	uint64_t start = bytes.start, end = bytes.end;
	unsigned int nr = 0;

	/* From piece to piece: the lowest byte that is not reserved, up to the next that is. */
	while (start < end) {
		uint64_t stop = end, first, last;
		bool inside = false;

		for (unsigned int i = from; i < to && !inside; i++) {
			if (!cuts(s, i, top, &first, &last) || last < start || first >= stop)
				continue;
			inside = first <= start;
			if (inside)
				start = last >= end - 1 ? end : last + 1;
			else
				stop = first;
		}
		if (inside)
			continue;
		if (emit)
			hand(s, start, stop);
		nr++;
		start = stop;
	}
	return nr;
}

/* The same by the interval map: for each piece reserved, its pages inside leave the sum. */
static void want_pieces(struct early_res_state *s, uint64_t start, uint64_t end)
{
	struct ival_piece firm, ok;
	bool has_firm = ival_next(&s->map, EARLY_RES_FIRM, start, &firm);
	bool has_ok = ival_next(&s->map, EARLY_RES_OVERLAP_OK, start, &ok);

	while (start < end) {
		bool ok_first = has_ok && (!has_firm || ok.first < firm.first);
		uint64_t first = UINT64_MAX, last = UINT64_MAX;

		if (has_ok || has_firm) {
			first = page_down(ok_first ? ok.first : firm.first);
			last = page_last(ok_first ? ok.last : firm.last);
		}
		if (first >= end) {
			s->hand_want += range_sum(0, start, end);
			return;
		}
		if (first > start)
			s->hand_want += range_sum(0, start, first);
		if (last >= end - 1)
			return;
		if (last >= start)
			start = last + 1;
		if (ok_first)
			has_ok = ival_next(&s->map, EARLY_RES_OVERLAP_OK, start, &ok);
		else
			has_firm = ival_next(&s->map, EARLY_RES_FIRM, start, &firm);
	}
}

void early_res_free_pages(struct early_res_state *s, uint64_t nid, bool table, bool top)
{
	unsigned int from = table && s->grown;
	struct early_res_span own = early_res_table(s);

	s->nr_hand = 0;
	s->hand_sum = 0;
	s->hand_want = 0;
	if (from)
		ival_sub(&s->map, EARLY_RES_FIRM, own.start, own.end - 1, 1);
	for (unsigned int i = 0; i < s->nr_nodes; i++) {
		struct early_res_span bytes = bytes_of(s, &s->node[i]);

		if (!counts(&s->node[i], nid))
			continue;
		hand_pieces(s, &s->node[i], from, s->nr, top, true);
		if (!s->led)
			want_pieces(s, bytes.start, bytes.end);
	}
	if (from)
		ival_add(&s->map, EARLY_RES_FIRM, own.start, own.end - 1, 1);
	if (s->led)
		s->hand_want = s->hand_sum;
}

/* --- quirks --- */

/*
 * Kernels' array has two slots for each reservation. Does it lose anything? It holds the active
 * ranges first, then what each reservation in turn leaves of them; a full one is taken for empty.
 */
static bool array_loses(struct early_res_state *s, uint64_t nid, bool top)
{
	unsigned int slots = 2 * s->nr, used = 0, nr = 0;

	for (unsigned int i = 0; i < s->nr_nodes; i++)
		used += counts(&s->node[i], nid);
	/* each reservation adds a piece at most */
	if (used + s->nr - s->grown < slots)
		return false;
	if (used > slots)
		return true;
	for (unsigned int to = s->grown; to <= s->nr; to++) {
		nr = 0;
		for (unsigned int i = 0; i < s->nr_nodes; i++)
			if (counts(&s->node[i], nid))
				nr += hand_pieces(s, &s->node[i], s->grown, to, top, false);
		if (nr > slots)
			return true;
	}
	return nr && nr == slots;
}

/* Do kernels find room for it? Above 4 GiB when memory is mapped there, else anywhere. */
static bool kernel_has_room(const struct early_res_state *s)
{
	struct early_res_search f = {
		.in = { s->mapped > G4 ? G4 : 0, s->mapped }, .align = 16,
		.size = s->nr ? 32ULL * s->nr : 1,
	};

	return early_res_lowest_mapped(s, &f) != UINT64_MAX;
}

/* --- get_free --- */

uint64_t early_res_room_for(const struct early_res_state *s, uint64_t size, uint64_t align)
{
	struct early_res_search f = {
		.in = { G4, s->mapped }, .align = align, .size = size ? size : 1,
	};
	uint64_t at = early_res_lowest_mapped(s, &f);

	if (at != UINT64_MAX)
		return at;
	f.in = (struct early_res_span){ 0, s->mapped };
	return early_res_lowest_mapped(s, &f);
}

/* Hand the table's pages out, too. Return: false when that changes nothing. */
static bool table_is_free(struct early_res_state *s, uint64_t nid, bool top)
{
	uint64_t kept;

	if (!s->grown)
		return false;
	kept = s->hand_sum;
	early_res_free_pages(s, nid, true, top);
	return s->hand_sum != kept;
}

/* Kernels round a range that is empty or inverted to pages like any other, and take those away. */
static bool takes_empty_ones(struct early_res_step *step)
{
	const struct early_res_state *s = step->s;

	if (!early_res_quirk_on(s, Q_EMPTY_OVERLAP_OK))
		return false;
	for (unsigned int i = 0; i < s->nr; i++) {
		if (res_end(&s->res[i]) > s->res[i].start)
			continue;
		early_res_fire(step, Q_EMPTY_OVERLAP_OK);
		step->e->cut = true;
		return true;
	}
	return false;
}

/* Do kernels take a later range for one that is not? They look at 32 bits of the difference. */
static bool out_of_order(const struct early_res_state *s)
{
	for (unsigned int i = 0; i < s->nr_hand; i++)
		for (unsigned int j = i + 1; j < s->nr_hand; j++)
			if ((int32_t)((s->hand[j].start - s->hand[i].start) / EARLY_RES_PAGE) <= 0)
				return true;
	return false;
}

/* What the ranges are. Return: false when the scenario ends here. */
static bool hand_pages(struct early_res_step *step, uint64_t nid, bool all)
{
	struct early_res_state *s = step->s;
	bool top = true;
	uint64_t sum;
	struct early_res_search f = {
		.in = { s->mapped > G4 ? G4 : 0, s->mapped }, .align = 16, .size = 32ULL * s->nr,
	};

	if (takes_empty_ones(step) || (s->nr && early_res_own_search_wraps(step, &f)))
		return false;
	clear_handoff(s);

	if (early_res_quirk_on(s, Q_HANDOFF_SLOTS) &&
	    (array_loses(s, nid, !early_res_quirk_on(s, Q_HANDOFF_TOP)) ||
	     (!s->nr && !kernel_has_room(s)))) {
		early_res_fire(step, Q_HANDOFF_SLOTS);
		return false;
	}
	if (early_res_quirk_on(s, Q_HANDOFF_TOP)) {
		early_res_free_pages(s, nid, all, true);
		sum = s->hand_sum;
		early_res_free_pages(s, nid, all, false);
		top = s->hand_sum == sum;
		if (!top)
			early_res_fire(step, Q_HANDOFF_TOP);
	}
	early_res_free_pages(s, nid, all, top);
	if (!all && early_res_quirk_on(s, Q_HANDOFF_FREES_TABLE) && table_is_free(s, nid, top))
		early_res_fire(step, Q_HANDOFF_FREES_TABLE);
	if (early_res_quirk_on(s, Q_HANDOFF_ORDER) && out_of_order(s)) {
		early_res_fire(step, Q_HANDOFF_ORDER);
		return false;
	}
	return true;
}

/*
 * The array of ranges: it needs 16 bytes a range; an allocator that asks for more, up to @most, may
 * say that there is no room. Return: false when there is none.
 */
static bool place_array(struct early_res_step *step)
{
	struct early_res_state *s = step->s;
	uint64_t most = 32ULL * (s->nr + s->nr_nodes), at = early_res_room_for(s, most, 16);

	if (at == UINT64_MAX) {
		s->choice.may_panic = true;
		at = early_res_room_for(s, 16ULL * s->nr_hand, 1);
	} else if (early_res_quirk_on(s, Q_HANDOFF_4G) && !kernel_has_room(s)) {
		early_res_fire(step, Q_HANDOFF_4G);
		return false;
	}
	if (at != UINT64_MAX)
		s->own[s->nr_own++] = (struct row){ at, 16ULL * s->nr_hand, EARLY_RES_RANGES, 0 };
	s->choice.array = true;
	s->choice.list = s->nr;
	s->choice.most = most;
	return at != UINT64_MAX || !s->nr_hand;
}

void early_res_do_get_free(struct early_res_step *step, const struct op *op)
{
	struct early_res_state *s = step->s;
	bool all = op->arg[0] >= EARLY_RES_MAX_NODES;

	early_res_frame(step, 1u << E_RES_OWN | 1u << E_RES_HANDOFF |
			(all ? 1u << E_RES_RESERVED : 0), 0, UINT64_MAX);
	if (!hand_pages(step, op->arg[0], all))
		return;
	/* With memblock behind the calls, the array is none of theirs. */
	if (!s->memblock && !place_array(step)) {
		step->e->result.outcome = OUT_PANIC;
		return;
	}
	step->e->result.value = s->nr_hand;
	if (!all)
		return;
	s->choice.table = early_res_table(s);
	early_res_forget(s);
	drop_table(s);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The brute-force judge of family early_res: contract/early_res.h in plain loops.
 *
 * Where an allocator puts its own table is not of any universe. So there are no units here: every
 * boundary that is known before or after an op is a sample, and between two samples nothing
 * changes. What the contract leaves open (the list's order, which of several places) is not judged.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "bitmap.h"

#define NONE		UINT64_MAX
#define ROWS_MAX	BITMAP_EARLY_RES_ROWS
#define SAMPLES_MAX	4096

/* What is judged, all together. */
struct trial {
	struct bitmap_early_res *b;
	const struct op *op;
	const struct result *res;
	const struct state *st;
	unsigned int slots;		/* of the first table */
	char *why;
};

enum panics { PANICS_NOT, PANICS_PERHAPS, PANICS };

static uint64_t sample[SAMPLES_MAX];
static unsigned int samples;

static bool complain(struct trial *t, const char *what)
{
	snprintf(t->why, BITMAP_WHY, "%s", what);
	return false;
}

static bool complain_at(struct trial *t, const char *table, uint64_t at, unsigned int want,
			unsigned int got)
{
	snprintf(t->why, BITMAP_WHY, "%s: at %#" PRIx64 ": expected %u, got %u", table, at, want,
		 got);
	return false;
}

static uint64_t min(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static uint64_t max(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

/* Rows of this family end below 2^64. */
static uint64_t end_of(const struct row *r)
{
	return r->start + r->size;
}

static bool holds(const struct row *r, uint64_t at)
{
	return at >= r->start && at - r->start < r->size;
}

static bool meets(const struct row *r, uint64_t start, uint64_t end)
{
	return start < end && r->size && start < end_of(r) && r->start < end;
}

static void add_sample(uint64_t at)
{
	if (samples < SAMPLES_MAX)
		sample[samples++] = at;
}

static void add_samples(const struct row *rows, unsigned int nr)
{
	for (unsigned int i = 0; i < nr; i++) {
		add_sample(rows[i].start);
		add_sample(end_of(&rows[i]));
	}
}

static uint64_t page_down(uint64_t at)
{
	return at & ~(EARLY_RES_PAGE - 1ULL);
}

/* --- what was there before the op --- */

static bool grown(const struct trial *t)
{
	return t->b->nr_own && t->b->own[0].type == EARLY_RES_TABLE;
}

static unsigned int slots(const struct trial *t)
{
	return grown(t) ? t->b->own[0].flags : t->slots;
}

/* Where mapped memory ends, in bytes. */
static uint64_t mapped(const struct trial *t)
{
	return t->b->remapped ? t->b->mapped : EARLY_RES_MAPPED_FIRST * EARLY_RES_PAGE;
}

/* Is it of the list, which is closed after the hand-off? */
static bool is_closed(const struct trial *t)
{
	const uint64_t others = 1 << E_RES_MAP | 1 << E_RES_MAPPED | 1 << E_RES_NODE |
				1 << E_RES_ACTIVE_RAM | 1 << E_RES_MAX_MAPPED |
				1 << E_RES_TO_BOOTMEM;

	return t->b->closed && !(others >> t->op->id & 1);
}

static bool is_reserved(const struct trial *t, uint64_t start, uint64_t end)
{
	for (unsigned int i = 0; i < t->b->nr_reserved; i++)
		if (meets(&t->b->reserved[i], start, end))
			return true;
	return false;
}

/* From index @from of the list on. */
static bool is_firm(const struct trial *t, unsigned int from, uint64_t start, uint64_t end)
{
	for (unsigned int i = from; i < t->b->nr_reserved; i++)
		if (t->b->reserved[i].type == EARLY_RES_FIRM &&
		    meets(&t->b->reserved[i], start, end))
			return true;
	return false;
}

static uint64_t round_up(uint64_t at, uint64_t align)
{
	uint64_t over = at % align;

	if (!over)
		return at;
	return at > UINT64_MAX - (align - over) ? NONE : at - over + align;
}

/* Does [at, at + size) lie inside [from, last), in no reservation but those inside a hole? */
static bool fits(const struct trial *t, uint64_t at, uint64_t from, uint64_t last, uint64_t size,
		 const struct row *hole)
{
	if (at < from || at > last || last - at < size)
		return false;
	for (unsigned int i = 0; i < t->b->nr_reserved; i++) {
		const struct row *r = &t->b->reserved[i];

		if (!meets(r, at, at + size))
			continue;
		if (!hole || r->start < hole->start || end_of(r) > end_of(hole))
			return false;
	}
	return true;
}

/* The lowest place: at the window's start, or right behind some reservation. */
static uint64_t lowest(const struct trial *t, uint64_t from, uint64_t last, uint64_t size,
		       uint64_t align, const struct row *hole)
{
	uint64_t best = NONE, at = round_up(from, align);

	if (fits(t, at, from, last, size, hole))
		best = at;
	for (unsigned int i = 0; i < t->b->nr_reserved; i++) {
		at = round_up(end_of(&t->b->reserved[i]), align);
		if (at < best && fits(t, at, from, last, size, hole))
			best = at;
	}
	return best;
}

static uint64_t lowest_ram(const struct trial *t, uint64_t start, uint64_t end, uint64_t size,
			   uint64_t align, const struct row *hole)
{
	uint64_t best = NONE;

	for (unsigned int i = 0; i < t->b->nr_ram; i++) {
		const struct row *r = &t->b->ram[i];

		best = min(best, lowest(t, max(start, r->start), min(end, end_of(r)), size, align,
					hole));
	}
	return best;
}

/* Bytes from @at on that are free, below @last. */
static uint64_t free_bytes(const struct trial *t, uint64_t at, uint64_t last)
{
	for (unsigned int i = 0; i < t->b->nr_reserved; i++)
		if (t->b->reserved[i].size && t->b->reserved[i].start >= at)
			last = min(last, t->b->reserved[i].start);
	return last - at;
}

/* Is all of [start, start + size) mapped RAM? Pieces of RAM do not touch. */
static bool is_mapped_ram(const struct trial *t, uint64_t start, uint64_t size)
{
	if (start > mapped(t) || mapped(t) - start < size)
		return false;
	for (unsigned int i = 0; i < t->b->nr_ram; i++)
		if (holds(&t->b->ram[i], start))
			return end_of(&t->b->ram[i]) - start >= size;
	return false;
}

/* --- growth --- */

/* A place for a table: below a range, or above it. */
static bool has_room(const struct trial *t, uint64_t size, uint64_t align, uint64_t start,
		     uint64_t end, const struct row *hole)
{
	uint64_t limit = mapped(t);

	return lowest_ram(t, 0, min(start, limit), size, align, hole) != NONE ||
	       lowest_ram(t, end, limit, size, align, hole) != NONE;
}

/*
 * How it ends when the table must double. The contract does not say how the table is aligned: who
 * wants it at multiples of its slots' size may.
 */
static enum panics panics_growing(const struct trial *t, uint64_t start, uint64_t end,
				  const struct row *hole)
{
	uint64_t size = 2ULL * slots(t) * EARLY_RES_SLOT_SIZE;

	if (!has_room(t, size, 1, start, end, hole))
		return PANICS;
	return has_room(t, size, EARLY_RES_SLOT_SIZE, start, end, NULL) ? PANICS_NOT :
									  PANICS_PERHAPS;
}

/*
 * How often the table doubles: at least, and at most.
 */
struct growths {
	unsigned int least, most;
};

static int more_slots(const struct trial *t, uint64_t start, uint64_t end)
{
	int more = 1;

	for (unsigned int i = 0; i < t->b->nr_reserved; i++) {
		const struct row *r = &t->b->reserved[i];

		if (meets(r, start, end))
			more += (r->start < start) + (end < end_of(r)) - 1;
	}
	return more;
}

/* In the list's order: what lies inside frees its slot, what is split needs one. */
static unsigned int growths_of_partial(const struct trial *t, uint64_t start, uint64_t end,
				       const struct row **first)
{
	unsigned int used = t->b->nr_reserved, room = slots(t), times = 0;
	bool own = grown(t);

	for (unsigned int i = grown(t); i < t->b->nr_reserved; i++) {
		const struct row *r = &t->b->reserved[i];

		if (!meets(r, start, end))
			continue;
		if (r->start >= start && end_of(r) <= end)
			used--;
		if (r->start >= start || end_of(r) <= end)
			continue;
		if (early_res_short(room, used)) {
			if (!times++)
				*first = r;
			room *= 2;
			used += !own;
			own = true;
		}
		used++;
	}
	return times;
}

static struct growths growths(const struct trial *t)
{
	uint64_t start = t->op->arg[0], end = t->op->arg[1];
	bool few = early_res_short(slots(t), t->b->nr_reserved);
	const struct row *split;
	unsigned int times;

	if (start >= end || is_closed(t))
		return (struct growths){ 0, 0 };
	switch (t->op->id) {
	case E_RES_RESERVE:
	case E_RES_RESERVE_WITHOUT_CHECK:
		return (struct growths){ few, few };
	case E_RES_RESERVE_OVERLAP_OK:
		return (struct growths){
			(int)(slots(t) - t->b->nr_reserved) < more_slots(t, start, end), few };
	case E_RES_FREE_PARTIAL:
		times = growths_of_partial(t, start, end, &split);
		return (struct growths){ times, times };
	}
	return (struct growths){ 0, 0 };
}

static enum panics panics_get_free(const struct trial *t);

static enum panics panics(const struct trial *t)
{
	uint64_t start = t->op->arg[0], end = t->op->arg[1];
	struct growths g = growths(t);
	const struct row *split = NULL;
	struct row hole = { .start = start, .size = end - start };
	enum panics p;

	if (is_closed(t))
		return PANICS_NOT;
	switch (t->op->id) {
	case E_RES_FREE:
		for (unsigned int i = grown(t); i < t->b->nr_reserved; i++)
			if (t->b->reserved[i].start == start && end_of(&t->b->reserved[i]) == end)
				return PANICS_NOT;
		return PANICS;
	case E_RES_RESERVE:
	case E_RES_RESERVE_OVERLAP_OK:
		/* it grows first, if it does: then the old table's place is free */
		if (is_firm(t, grown(t), start, end) || (!g.most && is_firm(t, 0, start, end)))
			return PANICS;
		if (!g.least && is_firm(t, 0, start, end))
			return PANICS_PERHAPS;
		break;
	case E_RES_FREE_PARTIAL:
		/* what was freed by then is room, too; a second growth knows places that are unseen */
		if (start < end && growths_of_partial(t, start, end, &split)) {
			p = panics_growing(t, end, end_of(split), &hole);
			return p == PANICS_NOT && g.most > 1 ? PANICS_PERHAPS : p;
		}
		return PANICS_NOT;
	case E_RES_GET_FREE:
		return panics_get_free(t);
	}
	if (g.least)
		return panics_growing(t, start, end, NULL);
	return g.most ? PANICS_PERHAPS : PANICS_NOT;
}

/* The place that the allocator chose for its table, or that it has it no more. */
static bool judge_table(struct trial *t, struct growths g)
{
	const struct table *own = &t->st->table[E_RES_OWN];
	const struct table *list = &t->st->table[E_RES_RESERVED];
	bool has = own->nr && own->rows[0].type == EARLY_RES_TABLE;
	unsigned int now = has ? own->rows[0].flags : t->slots;
	uint64_t start = t->op->arg[0], end = t->op->arg[1];
	const struct row *table = own->rows;

	if (t->b->closed)
		return !has || complain(t, "a list that was handed off has a table");
	if (now < slots(t) << g.least || now > slots(t) << g.most)
		return complain(t, "the table grew when it should not, or did not when it should");
	if (!has)
		return !grown(t) || complain(t, "the table's place is gone");
	if (!list->nr || list->rows[0].start != table->start || list->rows[0].size != table->size ||
	    list->rows[0].type != EARLY_RES_FIRM || list->rows[0].flags)
		return complain(t, "the first reservation is not the table");
	if (now == slots(t))
		return !memcmp(table, &t->b->own[0], sizeof(*table)) ||
		       complain(t, "the table moved and did not grow");
	if (table->size != (uint64_t)now * EARLY_RES_SLOT_SIZE)
		return complain(t, "the table's size is not its slots'");
	if (!is_mapped_ram(t, table->start, table->size))
		return complain(t, "the table does not lie in mapped RAM");
	if (t->op->id != E_RES_FREE_PARTIAL &&
	    (is_reserved(t, table->start, end_of(table)) || meets(table, start, end)))
		return complain(t, "the table lies where something is reserved");
	for (unsigned int i = 1; i < list->nr && t->op->id == E_RES_FREE_PARTIAL; i++)
		if (meets(table, list->rows[i].start, end_of(&list->rows[i])))
			return complain(t, "the table lies where something is reserved");
	return true;
}

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

	for (unsigned int i = 0; i < samples; i++) {
		unsigned int want = want_cover(t, sample[i], type, flags);
		unsigned int got = cover(list->rows, has, list->nr, sample[i], type, flags);

		if (want != got)
			return complain_at(t, "reserved", sample[i], want, got);
	}
	return true;
}

static bool judge_reserved(struct trial *t)
{
	const struct table *list = &t->st->table[E_RES_RESERVED];
	uint32_t name = early_res_name_hash(early_res_name(t->op->arg[2]));

	samples = 0;
	add_sample(0);
	add_sample(t->op->arg[0]);
	add_sample(t->op->arg[1]);
	add_samples(t->b->reserved, t->b->nr_reserved);
	add_samples(list->rows, list->nr);
	if (samples == SAMPLES_MAX)
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

/* --- searches --- */

static bool power_of_two(uint64_t x)
{
	return x && !(x & (x - 1));
}

static bool judge_value(struct trial *t, uint64_t want)
{
	if (t->res->value == want)
		return true;
	snprintf(t->why, BITMAP_WHY, "returned %#" PRIx64 ", expected %#" PRIx64, t->res->value,
		 want);
	return false;
}

static bool judge_find(struct trial *t)
{
	const uint64_t *arg = t->op->arg;
	bool area = t->op->id == E_RES_FIND_AREA;
	uint64_t from = area ? max(arg[0], arg[2]) : arg[0];
	uint64_t last = area ? min(arg[1], arg[3]) : arg[1];
	uint64_t size = arg[area ? 4 : 2], align = arg[area ? 5 : 3], at = t->res->value;

	if (!size || !power_of_two(align)) {
		if (at == NONE)
			return true;
		if (at < from || at > last || last - at < size)
			return complain(t, "an address outside of the window");
		return !size || !is_reserved(t, at, at + size) ||
		       complain(t, "a block that is not free");
	}
	return judge_value(t, area ? lowest(t, from, last, size, align, NULL) :
			   lowest_ram(t, from, last, size, align, NULL));
}

/* The lowest free block of RAM from @start on, and its size. */
static uint64_t block_of_ram(const struct trial *t, uint64_t start, uint64_t align, uint64_t *size)
{
	uint64_t at = lowest_ram(t, start, NONE, 1, align, NULL);

	for (unsigned int i = 0; i < t->b->nr_ram && at != NONE; i++)
		if (holds(&t->b->ram[i], at))
			*size = free_bytes(t, at, end_of(&t->b->ram[i]));
	return at;
}

static bool judge_find_size(struct trial *t)
{
	const struct table *answer = &t->st->table[E_RES_ANSWER];
	const uint64_t *arg = t->op->arg;
	bool area = t->op->id == E_RES_FIND_AREA_SIZE;
	uint64_t align = arg[area ? 3 : 1], at, size = 0;

	if (!power_of_two(align))
		return true;
	if (area) {
		at = lowest(t, max(arg[0], arg[2]), arg[1], 1, align, NULL);
		if (at != NONE)
			size = free_bytes(t, at, arg[1]);
	} else {
		at = block_of_ram(t, arg[0], align, &size);
	}
	if (!judge_value(t, at))
		return false;
	if (at == NONE)
		return !answer->nr || complain(t, "an answer where there is none");
	return (answer->nr == 1 && answer->rows[0].start == at && answer->rows[0].size == size) ||
	       complain(t, "not the block's size");
}

static uint64_t taken_from(const struct trial *t, uint64_t start, uint64_t size, uint64_t align)
{
	uint64_t at, room = 0;

	while ((at = block_of_ram(t, start, align, &room)) != NONE) {
		if (room >= size && at + (room - size) / align * align)
			return at + (room - size) / align * align;
		start = at + room;
	}
	return 0;
}

static bool judge_reserve_e820(struct trial *t)
{
	uint64_t start = t->op->arg[0], size = t->op->arg[1], align = t->op->arg[2];
	uint64_t at = t->res->value;

	if (t->b->takes == EARLY_RES_TAKEN_MAX)
		return judge_value(t, 0);
	t->b->takes++;
	if (!size)
		return true;
	if (power_of_two(align)) {
		if (!judge_value(t, taken_from(t, start, size, align)))
			return false;
	} else if (at && (is_reserved(t, at, at + size) ||
			  lowest_ram(t, at, at + size, size, 1, NULL) != at)) {
		return complain(t, "took what is no free RAM");
	}
	if (at)
		t->b->map[t->b->nr_map++] = (struct row){ .start = at, .size = size,
							  .type = EARLY_RES_MAP_RESERVED };
	return true;
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
		b->mapped = arg[0] * EARLY_RES_PAGE;
		break;
	case E_RES_NODE:
		add_active(t, arg[0], arg[1], arg[2]);
		break;
	case E_RES_ACTIVE_RAM:
		for (unsigned int i = 0; i < b->nr_ram; i++)
			add_active(t, arg[0],
				   max(arg[1], round_up(b->ram[i].start, EARLY_RES_PAGE) /
						EARLY_RES_PAGE),
				   min(arg[2], end_of(&b->ram[i]) / EARLY_RES_PAGE));
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
	samples = 0;
	add_samples(b->map, b->nr_map);
	add_samples(ram->rows, ram->nr);
	for (unsigned int s = 0; s < samples; s++) {
		bool is = false, taken = false, got = false;

		for (unsigned int i = 0; i < b->nr_map; i++) {
			bool here = holds(&b->map[i], sample[s]);

			is |= here && b->map[i].type == EARLY_RES_MAP_RAM;
			taken |= here && b->map[i].type == EARLY_RES_MAP_RESERVED;
		}
		for (unsigned int i = 0; i < ram->nr; i++)
			got |= holds(&ram->rows[i], sample[s]);
		if (got != (is && !taken))
			return complain_at(t, "ram", sample[s], is && !taken, got);
	}
	return true;
}

/* --- the hand-off --- */

static bool of_node(const struct trial *t, const struct row *active)
{
	return t->op->arg[0] >= EARLY_RES_MAX_NODES || active->type == t->op->arg[0];
}

/* Does a reservation touch the page at @at? From index @from of the list on. */
static bool page_reserved(const struct trial *t, unsigned int from, uint64_t at)
{
	for (unsigned int i = from; i < t->b->nr_reserved; i++)
		if (meets(&t->b->reserved[i], page_down(at), page_down(at) + EARLY_RES_PAGE))
			return true;
	return false;
}

/* The active range that a byte belongs to, or NULL. */
static const struct row *active_of(const struct trial *t, uint64_t at)
{
	for (unsigned int i = 0; i < t->b->nr_active; i++)
		if (of_node(t, &t->b->active[i]) && holds(&t->b->active[i], at))
			return &t->b->active[i];
	return NULL;
}

/* Where pages begin or cease to be free. */
static void sample_pages(const struct trial *t)
{
	samples = 0;
	add_samples(t->b->active, t->b->nr_active);
	for (unsigned int i = 0; i < t->b->nr_reserved; i++) {
		add_sample(page_down(t->b->reserved[i].start));
		add_sample(round_up(end_of(&t->b->reserved[i]), EARLY_RES_PAGE));
	}
}

/* How many free ranges there are at least. (Each begins at a sample.) */
static unsigned int free_ranges(const struct trial *t)
{
	unsigned int nr = 0;

	sample_pages(t);
	for (unsigned int i = 0; i < samples; i++) {
		const struct row *a = active_of(t, sample[i]);
		bool again = false;

		for (unsigned int k = 0; k < i; k++)
			again |= sample[k] == sample[i];
		if (again || !a || page_reserved(t, 0, sample[i]))
			continue;
		nr += sample[i] == a->start || page_reserved(t, 0, sample[i] - 1);
	}
	return nr;
}

static enum panics panics_get_free(const struct trial *t)
{
	const struct bitmap_early_res *b = t->b;
	uint64_t least = 16ULL * free_ranges(t);
	uint64_t most = 32ULL * (b->nr_reserved + b->nr_active);

	if (least && lowest_ram(t, 0, mapped(t), least, 1, NULL) == NONE)
		return PANICS;
	if (!most || lowest_ram(t, 0, mapped(t), most, EARLY_RES_SLOT_SIZE, NULL) != NONE)
		return PANICS_NOT;
	return PANICS_PERHAPS;
}

static bool judge_array(struct trial *t)
{
	const struct table *own = &t->st->table[E_RES_OWN];
	const struct row *array = NULL;
	/* what it may have asked for, though the array takes less */
	uint64_t most = 32ULL * (t->b->nr_reserved + t->b->nr_active);

	for (unsigned int i = 0; i < own->nr; i++)
		if (own->rows[i].type == EARLY_RES_RANGES)
			array = &own->rows[i];
	if (!array || !array->size)
		return !t->res->value || complain(t, "free ranges without an array");
	if (array->size / 16 < t->res->value)
		return complain(t, "the array is too small");
	if (!is_mapped_ram(t, array->start, array->size))
		return complain(t, "the array does not lie in mapped RAM");
	if (is_reserved(t, array->start, end_of(array)))
		return complain(t, "the array lies where something is reserved");
	if (array->start < 1ULL << 32 && lowest_ram(t, 1ULL << 32, mapped(t), max(most, array->size),
						    EARLY_RES_SLOT_SIZE, NULL) != NONE)
		return complain(t, "the array lies below 4 GiB, and there is room above");
	return true;
}

static bool judge_get_free(struct trial *t)
{
	const struct table *h = &t->st->table[E_RES_HANDOFF];
	bool all = t->op->arg[0] >= EARLY_RES_MAX_NODES;

	if (!judge_array(t) || !judge_value(t, h->nr))
		return false;
	for (unsigned int i = 0; i < h->nr; i++) {
		const struct row *a = active_of(t, h->rows[i].start);

		if (!h->rows[i].size || !a || end_of(&h->rows[i]) > end_of(a))
			return complain(t, "a free range that is no part of one active range");
		if (i && h->rows[i].start < end_of(&h->rows[i - 1]))
			return complain(t, "the free ranges are not sorted");
		if (i && h->rows[i].start == end_of(&h->rows[i - 1]) && holds(a, h->rows[i].start - 1))
			return complain(t, "two free ranges are one");
	}
	sample_pages(t);
	add_samples(h->rows, h->nr);
	if (samples == SAMPLES_MAX)
		return complain(t, "more free ranges than the judge has room for");
	for (unsigned int s = 0; s < samples; s++) {
		bool active = active_of(t, sample[s]);
		bool want = active && !page_reserved(t, 0, sample[s]);
		/* whether the table's place is handed out is open when the list ends */
		bool open = all && active && !page_reserved(t, grown(t), sample[s]);
		unsigned int got = 0;

		for (unsigned int i = 0; i < h->nr; i++)
			got += holds(&h->rows[i], sample[s]);
		if (got != want && !(open && got == 1))
			return complain_at(t, "hand-off", sample[s], want, got);
	}
	t->b->closed = all;
	return true;
}

static bool judge_to_bootmem(struct trial *t)
{
	const struct table *h = &t->st->table[E_RES_HANDOFF];
	uint64_t start = t->op->arg[0], end = t->op->arg[1];

	samples = 0;
	add_sample(start);
	add_samples(t->b->reserved, t->b->nr_reserved);
	add_samples(h->rows, h->nr);
	for (unsigned int s = 0; s < samples; s++) {
		unsigned int want = 0, got = 0;

		for (unsigned int i = grown(t); i < t->b->nr_reserved; i++)
			want += sample[s] >= start && sample[s] < end &&
				holds(&t->b->reserved[i], sample[s]);
		for (unsigned int i = 0; i < h->nr; i++)
			got += holds(&h->rows[i], sample[s]);
		if (want != got)
			return complain_at(t, "hand-off", sample[s], want, got);
	}
	t->b->closed = true;
	return true;
}

/* --- all together --- */

/* What the op answers and hands off; what it does to the machine. */
static bool judge_op(struct trial *t)
{
	if (is_closed(t))
		return judge_value(t, 0);
	switch (t->op->id) {
	case E_RES_FIND_AREA:
	case E_RES_FIND_FW:
	case E_RES_FIND_E820:
		return judge_find(t);
	case E_RES_FIND_AREA_SIZE:
	case E_RES_FIND_E820_SIZE:
		return judge_find_size(t);
	case E_RES_RESERVE_E820:
		return judge_reserve_e820(t);
	case E_RES_MAX_MAPPED:
		return judge_value(t, mapped(t));
	case E_RES_GET_FREE:
		return judge_get_free(t);
	case E_RES_TO_BOOTMEM:
		return judge_to_bootmem(t);
	case E_RES_FREE_PARTIAL:
		if (t->op->arg[0] > t->op->arg[1] && !(t->res->said & SAID_WARN))
			return complain(t, "an inverted range without a warning");
		break;
	}
	machine_op(t);
	return judge_value(t, 0);
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
	struct bitmap_early_res *e = &b->early_res;
	struct trial t = {
		.b = e, .op = op, .res = res, .st = st, .slots = b->config->slots, .why = why,
	};
	enum panics p = panics(&t);
	struct growths g = growths(&t);
	bool good;

	(void)got;
	if (res->outcome == OUT_PANIC)
		return p != PANICS_NOT || complain(&t, "a panic that the contract does not ask for");
	if (res->outcome != OUT_RETURN)
		return complain(&t, "outcome");
	if (p == PANICS)
		return complain(&t, "no panic");
	good = st->table[E_RES_RESERVED].nr <= ROWS_MAX && st->table[E_RES_HANDOFF].nr <= ROWS_MAX;
	if (!good)
		complain(&t, "more rows than the judge has room for");
	good = good && judge_kept(&t) && judge_op(&t) && judge_reserved(&t) && judge_table(&t, g) &&
	       judge_ram(&t);
	keep(&st->table[E_RES_RESERVED], e->reserved, &e->nr_reserved, ROWS_MAX);
	keep(&st->table[E_RES_OWN], e->own, &e->nr_own, 2);
	keep(&st->table[E_RES_RAM], e->ram, &e->nr_ram, BITMAP_EARLY_RES_MAP);
	keep(&st->table[E_RES_HANDOFF], e->handoff, &e->nr_handoff, ROWS_MAX);
	return good;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The brute-force judge of family e820: resources. The tree is a heap of resources that know their
 * parent; all others are asked each time.
 */
#include <string.h>

#include "bitmap_e820.h"

#define ROOT	-1

/* --- what they are called --- */

static const struct word {
	uint32_t type;
	enum e820_res_name name;
	enum e820_res_desc desc;
	bool ram, old;			/* @old: known to v2.6.34 */
} words[] = {
	{ E820_T_RAM, E820_RES_RAM, E820_DESC_NONE, true, true },
	{ E820_T_RESERVED_KERN, E820_RES_RAM, E820_DESC_NONE, true, true },
	{ E820_T_ACPI, E820_RES_ACPI, E820_DESC_ACPI, false, true },
	{ E820_T_NVS, E820_RES_NVS, E820_DESC_NVS, false, true },
	{ E820_T_UNUSABLE, E820_RES_UNUSABLE, E820_DESC_NONE, false, true },
	{ E820_T_PRAM, E820_RES_PRAM, E820_DESC_PRAM, false, false },
	{ E820_T_PMEM, E820_RES_PMEM, E820_DESC_PMEM, false, false },
	{ E820_T_RESERVED, E820_RES_RESERVED, E820_DESC_RESERVED, false, true },
	{ E820_T_SOFT_RESERVED, E820_RES_SOFT, E820_DESC_SOFT, false, false },
};

static struct word word_of(const struct bitmap *b, uint32_t type)
{
	struct word w = { .name = b->old_resources ? E820_RES_RESERVED : E820_RES_UNKNOWN };

	for (unsigned int i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i].type == type && (words[i].old || !b->old_resources))
			w = words[i];
	if (b->old_resources) {
		w.desc = E820_DESC_NONE;
		w.ram = false;
	}
	return w;
}

static uint32_t flags_of(const struct bitmap *b, uint32_t type, bool busy)
{
	struct word w = word_of(b, type);

	return e820_res_flags(w.name, w.desc, busy, w.ram);
}

/* --- the tree --- */

static bool inside(const struct bitmap_resource *a, const struct bitmap_resource *b)
{
	return a->first >= b->first && a->last <= b->last;
}

static bool meet(const struct bitmap_resource *a, const struct bitmap_resource *b)
{
	return a->first <= b->last && b->first <= a->last;
}

/* Where the root ends. */
static uint64_t last_of_all(const struct bitmap *b)
{
	return b->iomem_64_bits ? UINT64_MAX : (1ULL << 52) - 1;
}

static bool put(struct trial *t, struct bitmap_resource r)
{
	if (t->b->nr_tree == BITMAP_TREE)
		return trial_complain(t, "more resources than are judged");
	t->b->tree[t->b->nr_tree++] = r;
	return true;
}

/* Below which resource does it belong: the smallest that holds it and is not the same? */
static int parent_of(const struct bitmap *b, const struct bitmap_resource *r)
{
	int parent = ROOT;

	for (bool deeper = true; deeper; ) {
		deeper = false;
		for (unsigned int i = 0; i < b->nr_tree && !deeper; i++) {
			const struct bitmap_resource *x = &b->tree[i];

			deeper = x->parent == parent && inside(r, x) && !inside(x, r);
			if (deeper)
				parent = i;
		}
	}
	return parent;
}

/* The first child of @parent that sticks out of @r; NULL: there is none. */
static const struct bitmap_resource *sticks_out(const struct bitmap *b, int parent,
						const struct bitmap_resource *r)
{
	const struct bitmap_resource *first = NULL;

	for (unsigned int i = 0; i < b->nr_tree; i++) {
		const struct bitmap_resource *x = &b->tree[i];

		if (x->parent == parent && meet(x, r) && !inside(x, r) &&
		    (!first || x->first < first->first))
			first = x;
	}
	return first;
}

/* @expand: make it larger until it fits; @in: is it a resource now? Only what the root holds is. */
static bool insert(struct trial *t, const struct row *row, bool expand, bool *in)
{
	struct bitmap *b = t->b;
	const struct bitmap_resource *other;
	struct bitmap_resource r = {
		.first = row->start, .last = row->start + row->size - 1,
		.name = word_of(b, row->type).name,
	};

	*in = false;
	if (r.last < r.first || r.last > last_of_all(b))
		return true;
	while ((other = sticks_out(b, r.parent = parent_of(b, &r), &r))) {
		if (!expand)
			return true;
		r.first = other->first < r.first ? other->first : r.first;
		r.last = other->last > r.last ? other->last : r.last;
	}
	*in = true;
	for (unsigned int i = 0; i < b->nr_tree; i++)
		if (b->tree[i].parent == r.parent && meet(&b->tree[i], &r))
			b->tree[i].parent = b->nr_tree;
	return put(t, r);
}

/* From each byte that only the root holds up to the next one that a child of it holds. */
static bool fill(struct trial *t, struct bitmap_resource r)
{
	const struct bitmap *b = t->b;
	uint64_t last = r.last < last_of_all(b) ? r.last : last_of_all(b);

	for (bool more = r.first <= last; more; ) {
		const struct bitmap_resource *holder = NULL;

		r.last = last;
		for (unsigned int i = 0; i < b->nr_tree; i++) {
			const struct bitmap_resource *x = &b->tree[i];

			if (x->parent != ROOT)
				continue;
			if (x->first <= r.first && x->last >= r.first)
				holder = x;
			if (x->first > r.first && x->first - 1 < r.last)
				r.last = x->first - 1;
		}
		if (holder)
			r.last = holder->last;
		else if (!put(t, r))
			return false;
		more = r.last < last;
		r.first = r.last + 1;
	}
	return true;
}

/* Is what is below @parent reported, by address, each with what is below it behind it? */
static bool judge_branch(struct trial *t, int parent, unsigned int depth, unsigned int *at)
{
	const struct table *seen = &t->st->table[E820_IOMEM];
	const struct bitmap *b = t->b;
	const struct bitmap_resource *before = NULL;

	for (;;) {
		const struct bitmap_resource *next = NULL;
		uint64_t size;

		for (unsigned int i = 0; i < b->nr_tree; i++) {
			const struct bitmap_resource *x = &b->tree[i];

			if (x->parent == parent && (!before || x->first > before->first) &&
			    (!next || x->first < next->first))
				next = x;
		}
		if (!next)
			return true;
		size = next->last - next->first + 1;
		if (*at >= seen->nr ||
		    !trial_is_row(&seen->rows[(*at)++], next->first, size ? size : UINT64_MAX,
				  next->name, depth))
			return trial_complain(t, "not the tree of resources");
		if (!judge_branch(t, next - b->tree, depth + 1, at))
			return false;
		before = next;
	}
}

static bool judge_tree(struct trial *t)
{
	unsigned int at = 0;

	return judge_branch(t, ROOT, 1, &at) &&
	       (at == t->st->table[E820_IOMEM].nr ||
		trial_complain(t, "more resources than there are"));
}

/* --- the ops --- */

static bool is_held_back(const struct bitmap *b, const struct row *r)
{
	bool persistent = r->type == E820_T_PMEM || r->type == E820_T_PRAM;

	return r->start >= 0x100000 &&
	       (r->type == E820_T_RESERVED || (persistent && !b->persistent_busy) ||
		(r->type == E820_T_SOFT_RESERVED && !b->soft_busy));
}

bool trial_reserve_resources(struct trial *t)
{
	struct bitmap *b = t->b;
	const struct table *fw = &t->st->table[b->extend_keeps ? E820_KEXEC : E820_FIRMWARE];
	unsigned int at = 0;

	b->resources = b->nr_rows + 1;
	b->nr_held = 0;
	b->nr_tree = 0;
	for (unsigned int i = 0; i < b->nr_rows; i++) {
		const struct row *r = &b->rows[i];
		bool in, busy = !is_held_back(b, r);

		if (busy && (!trial_told_next(t, &at, r->start, r->size, E820_REC_RESOURCE,
					      flags_of(b, r->type, true)) ||
			     !insert(t, r, false, &in)))
			return false;
		if (busy && in)
			continue;
		b->held[b->nr_held] = *r;
		b->held[b->nr_held++].flags = busy;
	}
	/* an inclusive end cannot say that an entry is empty */
	for (unsigned int i = 0; i < fw->nr; i++)
		if ((fw->rows[i].size || !b->map_inclusive) &&
		    !trial_told_next(t, &at, fw->rows[i].start,
				     fw->rows[i].size - b->map_inclusive, E820_REC_FIRMWARE_MAP,
				     word_of(b, fw->rows[i].type).name))
			return false;
	return trial_told_all(t, at) && judge_tree(t);
}

/* Step by step to the next multiple; nothing behind 2^64. */
static bool judge_buffer(struct trial *t, unsigned int *at, const struct row *r)
{
	uint64_t end = r->start + r->size, multiple = 64 << 10, up;

	if (end >= 1 << 20)
		multiple = 1 << 20;
	if (end >= 16 << 20)
		multiple = 64 << 20;
	up = end / multiple * multiple;
	if ((r->size && end <= r->start) || up == end)
		return true;
	return trial_told_next(t, at, end, up + multiple - end, E820_REC_RAM_BUFFER,
			       e820_res_flags(E820_RES_BUFFER, E820_DESC_NONE, true, false)) &&
	       fill(t, (struct bitmap_resource){
			.first = end, .last = up + multiple - 1, .name = E820_RES_BUFFER,
			.parent = ROOT,
	       });
}

bool trial_reserve_resources_late(struct trial *t)
{
	struct bitmap *b = t->b;
	struct row held[E820_SLOTS_MAX];
	unsigned int at = 0, nr = b->nr_held;

	if (b->resources != b->nr_rows + 1)
		return trial_told_all(t, 0) &&
		       (!t->st->table[E820_IOMEM].nr || trial_complain(t, "a tree of no call"));
	memcpy(held, b->held, nr * sizeof(held[0]));
	b->nr_held = 0;
	for (unsigned int i = 0; i < nr; i++) {
		const struct row *r = &held[i];
		bool in = false, last_is_0 = r->start + r->size == 1;

		if (!last_is_0 &&
		    (!trial_told_next(t, &at, r->start, r->size, E820_REC_RESOURCE_LATE,
				      flags_of(b, r->type, r->flags)) ||
		     !insert(t, r, true, &in)))
			return false;
		if (!in)
			b->held[b->nr_held++] = *r;
	}
	for (unsigned int i = 0; i < b->nr_rows; i++)
		if (b->rows[i].type == E820_T_RAM && !judge_buffer(t, &at, &b->rows[i]))
			return false;
	return trial_told_all(t, at) && judge_tree(t);
}

/* Only two ops report resources. */
bool trial_tree_is_due(struct trial *t)
{
	return t->op->id == E820_RESERVE_RESOURCES || t->op->id == E820_RESERVE_RESOURCES_LATE ||
	       !t->st->table[E820_IOMEM].nr || trial_complain(t, "resources, but not asked for");
}

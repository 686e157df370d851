// SPDX-License-Identifier: GPL-2.0-only
/* The tree of resources. See e820_iomem.h. */
#include <string.h>

#include "e820_iomem.h"

/* Behind node @i and all below it. */
static unsigned int behind(const struct iomem *t, unsigned int i)
{
	unsigned int depth = t->node[i].depth;

	while (++i < t->nr && t->node[i].depth > depth)
		;
	return i;
}

static bool holds(const struct iomem_resource *a, const struct iomem_resource *b)
{
	return a->first <= b->first && a->last >= b->last;
}

static bool equal(const struct iomem_resource *a, const struct iomem_resource *b)
{
	return a->first == b->first && a->last == b->last;
}

static void place(struct iomem *t, unsigned int at, const struct iomem_resource *r)
{
	if (t->nr == IOMEM_MAX) {
		t->overflow = true;
		return;
	}
	memmove(&t->node[at + 1], &t->node[at], (t->nr - at) * sizeof(*r));
	t->node[at] = *r;
	t->nr++;
}

/*
 * A resource inside the root goes where it belongs. Return: NULL, or the one that it is in
 * conflict with.
 *
 * [@from, @to): the nodes below the parent looked at.
 */
static const struct iomem_resource *insert(struct iomem *t, struct iomem_resource r)
{
	unsigned int from = 0, to = t->nr, met;

	for (r.depth = 1; ; r.depth++) {
		while (from < to && t->node[from].last < r.first)
			from = behind(t, from);
		if (from == to || !holds(&t->node[from], &r) || equal(&t->node[from], &r))
			break;
		to = behind(t, from);
		from++;
	}
	for (met = from; met < to && t->node[met].first <= r.last; met = behind(t, met))
		if (!holds(&r, &t->node[met]))
			return &t->node[met];
	for (unsigned int i = from; i < met; i++)
		t->node[i].depth++;
	place(t, from, &r);
	return NULL;
}

bool iomem_insert(struct iomem *t, uint64_t first, uint64_t last, unsigned int name)
{
	struct iomem_resource r = { .first = first, .last = last, .name = name };

	return first <= last && last <= t->last && !insert(t, r);
}

bool iomem_insert_expanded(struct iomem *t, uint64_t first, uint64_t last, unsigned int name)
{
	struct iomem_resource r = { .first = first, .last = last, .name = name };
	const struct iomem_resource *other;

	if (first > last || last > t->last)
		return false;
	while ((other = insert(t, r))) {
		if (other->first < r.first)
			r.first = other->first;
		if (other->last > r.last)
			r.last = other->last;
	}
	return true;
}

void iomem_fill(struct iomem *t, uint64_t first, uint64_t last, unsigned int name)
{
	struct iomem_resource piece = { .first = first, .name = name, .depth = 1 };
	unsigned int i = 0;

	if (first > t->last)
		return;
	if (last > t->last)
		last = t->last;
	for (; i < t->nr && t->node[i].first <= last; i = behind(t, i)) {
		struct iomem_resource child = t->node[i];

		if (child.last < piece.first)
			continue;
		if (child.first > piece.first) {
			piece.last = child.first - 1;
			place(t, i++, &piece);
			if (t->overflow)
				return;
		}
		if (child.last >= last)
			return;
		piece.first = child.last + 1;
	}
	piece.last = last;
	place(t, i, &piece);
}

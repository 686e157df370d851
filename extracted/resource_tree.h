/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tree of resources. The kernel keeps it in kernel/resource.c, which is not compiled here;
 * contract/e820.h states the rules of this one, as kernel-doc there does. Bounds are inclusive.
 */
#ifndef RESOURCE_TREE_H
#define RESOURCE_TREE_H

#include <linux/ioport.h>

#ifndef WRAPPER
#define WRAPPER
#endif

/* The first child of @parent that @new meets, or NULL. */
WRAPPER static struct resource *tree_first_met(const struct resource *parent,
					       const struct resource *new)
{
	struct resource *r = parent->child;

	while (r && r->end < new->start)
		r = r->sibling;
	return r && r->start <= new->end ? r : NULL;
}

WRAPPER static bool tree_inside(const struct resource *inner, const struct resource *outer)
{
	return outer->start <= inner->start && inner->end <= outer->end;
}

WRAPPER static bool tree_same(const struct resource *a, const struct resource *b)
{
	return a->start == b->start && a->end == b->end;
}

/* Make @new, which meets none of them, a child of @parent. */
WRAPPER static void tree_link(struct resource *parent, struct resource *new)
{
	struct resource **at = &parent->child;

	while (*at && (*at)->end < new->start)
		at = &(*at)->sibling;
	new->sibling = *at;
	new->parent = parent;
	*at = new;
}

/* Make @new the parent of the children @first to @last of @parent, and a child in their stead. */
WRAPPER static void tree_adopt(struct resource *parent, struct resource *new,
			       struct resource *first, struct resource *last)
{
	struct resource **at = &parent->child;

	while (*at != first)
		at = &(*at)->sibling;
	new->parent = parent;
	new->sibling = last->sibling;
	new->child = first;
	last->sibling = NULL;
	for (struct resource *r = first; r; r = r->sibling)
		r->parent = new;
	*at = new;
}

/**
 * tree_insert() - put @new into the tree, at or below @parent
 *
 * Return: NULL, or whom @new is in conflict with: @parent when @new ends before it starts or is
 * not inside @parent.
 */
WRAPPER static struct resource *tree_insert(struct resource *parent, struct resource *new)
{
	struct resource *first, *last;

	if (new->end < new->start || !tree_inside(new, parent))
		return parent;
	while ((first = tree_first_met(parent, new)) && first != new &&
	       tree_inside(new, first) && !tree_same(new, first))
		parent = first;
	if (!first) {
		tree_link(parent, new);
		return NULL;
	}
	if (first == new)
		return first;
	for (last = first; tree_inside(last, new); last = last->sibling)
		if (!last->sibling || last->sibling->start > new->end) {
			tree_adopt(parent, new, first, last);
			return NULL;
		}
	return last;
}

/* tree_insert(), with @new made as large as it must be to hold those it is in conflict with. */
WRAPPER static void tree_insert_expanded(struct resource *root, struct resource *new)
{
	struct resource *met;

	if (new->parent)
		return;
	while ((met = tree_insert(root, new)) && met != root) {
		new->start = met->start < new->start ? met->start : new->start;
		new->end = met->end > new->end ? met->end : new->end;
	}
}

/**
 * tree_fill() - take of [@first, @last] what no child of @root holds
 * @piece: gives room for one more resource, its name and flags filled in, or NULL
 *
 * What lies outside of @root is left out.
 */
WRAPPER static void tree_fill(struct resource *root, resource_size_t first, resource_size_t last,
			      struct resource *(*piece)(const char *name), const char *name)
{
	struct resource **at = &root->child;
	resource_size_t from;

	if (last > root->end)
		last = root->end;
	if (first < root->start)
		first = root->start;
	from = first;
	while (first <= last && from >= first && from <= last) {
		struct resource *r, *next;

		while (*at && (*at)->end < from)
			at = &(*at)->sibling;
		next = *at;
		if (!next || next->start > from) {
			r = piece(name);
			if (!r)
				return;
			r->start = from;
			r->end = next && next->start <= last ? next->start - 1 : last;
			tree_link(root, r);
			from = r->end + 1;
		} else {
			from = next->end + 1;
		}
		/* what ends with the address space leaves nothing behind it */
		if (!from)
			return;
	}
}

/* What comes after @r in preorder, or NULL; *@depth follows. */
WRAPPER static struct resource *tree_next(const struct resource *r, unsigned int *depth)
{
	if (r->child) {
		++*depth;
		return r->child;
	}
	while (r && !r->sibling) {
		--*depth;
		r = r->parent;
	}
	return r ? r->sibling : NULL;
}

/* Are children inside their parents, siblings sorted and apart? */
WRAPPER static bool tree_well_formed(const struct resource *root)
{
	unsigned int depth = 0;

	for (const struct resource *r = tree_next(root, &depth); r; r = tree_next(r, &depth))
		if (r->end < r->start || !r->parent || !tree_inside(r, r->parent) ||
		    (r->sibling && (r->sibling->start <= r->end ||
				    r->sibling->parent != r->parent)))
			return false;
	return true;
}

#endif

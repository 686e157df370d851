// SPDX-License-Identifier: GPL-2.0-only
/* What a log says of nodes, and what numa_init() tells memblock of them. */
#include <string.h>

#include "import.h"
#include "import_memblock.h"

/* memblock_set_node() before any node is known: what no node is, is said so since 6.10. */
static uint32_t no_node(const struct import_mb_builder *b)
{
	return b->im->version >= (6u << 16 | 10u << 8) ? MEMBLOCK_NO_NODE : MEMBLOCK_NODES;
}

static void set_node(struct import_mb_builder *b, enum import_mb_from from, uint64_t start,
		     uint64_t size, unsigned int table, uint32_t nid)
{
	import_mb_emit(b, from, &(struct op){ M_SET_NODE, 0, { start, size, table, nid } });
}

/* numa_init() may be tried several times: SRAT first, one node for all last. */
static void begin(struct import_mb_builder *b)
{
	b->nodes.nr = 0;
	b->nodes.begun = true;
	b->nodes.faked = false;
	set_node(b, MB_FROM_BOOT, 0, UINT64_MAX, M_MEMORY, no_node(b));
	set_node(b, MB_FROM_BOOT, 0, UINT64_MAX, M_RESERVED, no_node(b));
	import_mb_emit(b, MB_FROM_BOOT, &(struct op){ M_CLEAR_HOTPLUG, 0, { 0, UINT64_MAX } });
}

static bool is_row(const struct import_mb_line *l, unsigned int table)
{
	return l->kind == MB_REGION && l->table == table && l->size;
}

/* Memory in the table that begins at line @i: its ends; false: none is there. */
static bool memory_ends(const struct import_mb *mb, unsigned int i, uint64_t *start, uint64_t *last)
{
	bool any = false;

	for (i++; import_mb_row(mb, i); i++) {
		const struct import_mb_line *l = &mb->at[i];

		if (!is_row(l, M_MEMORY))
			continue;
		if (!any)
			*start = l->start;
		*last = l->start + l->size - 1;
		any = true;
	}
	return any;
}

static bool meets_memory(const struct import_mb *mb, unsigned int i, uint64_t start, uint64_t last)
{
	for (i++; import_mb_row(mb, i); i++) {
		const struct import_mb_line *l = &mb->at[i];

		if (is_row(l, M_MEMORY) && l->start <= last && start <= l->start + l->size - 1)
			return true;
	}
	return false;
}

/*
 * Blocks end where RAM does; those without any are of no use. Since 6.12 they begin, too, where
 * RAM does.
 */
static bool trim(const struct import_mb_builder *b, uint64_t *start, uint64_t *last)
{
	bool whole = b->im->version < (6u << 16 | 12u << 8);
	uint64_t first, end;

	if (!meets_memory(b->mb, b->first, *start, *last) ||
	    !memory_ends(b->mb, b->first, &first, &end))
		return false;
	if (whole && b->end)
		end = b->end - 1;
	if (!whole && *start < first)
		*start = first;
	if (*last > end)
		*last = end;
	return *start <= *last;
}

static void add(struct import_mb_builder *b, const struct import_mb_line *l, bool trimmed)
{
	struct import_mb_nodes *n = &b->nodes;
	uint64_t start = l->start, last = l->start + l->size - 1;

	if (!l->size || last < start || n->nr == IMPORT_MB_BLOCKS ||
	    (trimmed && !trim(b, &start, &last)))
		return;
	n->blk[n->nr].start = start;
	n->blk[n->nr].last = last;
	n->blk[n->nr++].nid = l->nid;
}

static void join(struct import_mb_builder *b, const struct import_mb_line *l)
{
	struct import_mb_nodes *n = &b->nodes;
	uint64_t last = l->start + l->size - 1;
	unsigned int to = 0;

	for (unsigned int i = 0; i < n->nr; i++)
		if (n->blk[i].nid != l->nid || n->blk[i].start < l->start || n->blk[i].last > last)
			n->blk[to++] = n->blk[i];
	n->nr = to;
	add(b, l, false);
}

/* Hot-pluggable memory is known, and need not be kept clear of any more: firmware has told all. */
static void top_down(struct import_mb_builder *b)
{
	if (b->movable && !b->nodes.top_down)
		import_mb_emit(b, MB_FROM_BOOT,
			       &(struct op){ M_SET, 0, { MEMBLOCK_BOTTOM_UP, 0 } });
	b->nodes.top_down = true;
}

static void begin_fake(struct import_mb_nodes *n)
{
	memcpy(n->real, n->blk, sizeof(n->real));
	n->nr_real = n->nr;
	n->nr = 0;
}

static bool has_data(const struct import_mb *mb, uint32_t nid)
{
	for (unsigned int i = 0; i < mb->nr; i++)
		if (mb->at[i].kind == MB_NODE_DATA && mb->at[i].nid == nid)
			return true;
	return false;
}

/*
 * The kernel may give up on faked nodes after it has told of some: it could not make as many as
 * it was asked for. Then not all of them get their data.
 */
static void give_up_fake(struct import_mb_builder *b)
{
	struct import_mb_nodes *n = &b->nodes;

	for (unsigned int i = 0; n->faked && i < n->nr; i++) {
		if (has_data(b->mb, n->blk[i].nid))
			continue;
		memcpy(n->blk, n->real, sizeof(n->blk));
		n->nr = n->nr_real;
		n->faked = false;
	}
}

void import_mb_nodes(struct import_mb_builder *b, unsigned int i)
{
	const struct import_mb_line *l = &b->mb->at[i];

	if (b->nodes.done || b->first == b->mb->nr)
		return;
	b->line = l->line;
	switch (l->kind) {
	case MB_AFFINITY:
		if (!b->nodes.begun)
			begin(b);
		if (l->flags) {
			import_mb_emit(b, MB_FROM_NODES,
				       &(struct op){ M_MARK_HOTPLUG, 0, { l->start, l->size } });
			b->nodes.marked |= meets_memory(b->mb, b->first, l->start,
							l->start + l->size - 1);
		}
		add(b, l, true);
		break;
	case MB_ONE_NODE:
		begin(b);
		add(b, l, true);
		break;
	case MB_FAKE_NODE:
		top_down(b);
		if (!b->nodes.faked)
			begin_fake(&b->nodes);
		b->nodes.faked = true;
		add(b, l, false);
		break;
	case MB_JOINED:
		top_down(b);
		join(b, l);
		break;
	default:
		break;
	}
}

/* Nodes that lines do not tell are taken from the table itself. */
static void given(struct import_mb_builder *b)
{
	const struct import_mb *mb = b->mb;

	for (unsigned int i = b->second + 1; import_mb_row(mb, i); i++) {
		const struct import_mb_line *l = &mb->at[i];

		if (l->kind != MB_REGION || l->nid == MEMBLOCK_NO_NODE || l->table > M_RESERVED)
			continue;
		if (!b->sc->nodes_given) {
			set_node(b, MB_FROM_BOOT, 0, UINT64_MAX, M_MEMORY, no_node(b));
			set_node(b, MB_FROM_BOOT, 0, UINT64_MAX, M_RESERVED, no_node(b));
		}
		b->sc->nodes_given = true;
		b->line = l->line;
		set_node(b, MB_FROM_TABLE, l->start, l->size, l->table, l->nid);
	}
}

/* Does the second table show something reserved on that node? Then the kernel is there. */
static bool holds_kernel(const struct import_mb *mb, unsigned int second, uint32_t nid)
{
	for (unsigned int i = second + 1; import_mb_row(mb, i); i++)
		if (is_row(&mb->at[i], M_RESERVED) && mb->at[i].nid == nid)
			return true;
	return false;
}

void import_mb_register_nodes(struct import_mb_builder *b)
{
	const struct import_mb_nodes *n = &b->nodes;

	if (b->nodes.done)
		return;
	b->nodes.done = true;
	top_down(b);
	give_up_fake(b);
	if (!n->begun || !n->nr) {
		given(b);
		return;
	}
	for (unsigned int t = M_MEMORY; t <= M_RESERVED; t++)
		for (unsigned int i = 0; i < n->nr; i++)
			set_node(b, MB_FROM_NODES, n->blk[i].start,
				 n->blk[i].last - n->blk[i].start + 1, t, n->blk[i].nid);
	/* what the kernel is on cannot be unplugged */
	for (unsigned int i = 0; n->marked && i < n->nr; i++) {
		uint64_t size = n->blk[i].last - n->blk[i].start + 1;

		if (holds_kernel(b->mb, b->second, n->blk[i].nid))
			import_mb_emit(b, MB_FROM_NODES, &(struct op){ M_CLEAR_HOTPLUG, 0,
				       { n->blk[i].start, size } });
	}
}

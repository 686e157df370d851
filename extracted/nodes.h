/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The node map: which page ranges are active on which node. The kernel keeps it in mm/page_alloc.c,
 * which is not compiled here; contract/early_res.h states the rule of this one.
 *
 * Included by a wrapper after the kernel's files, whose headers give struct range.
 */
#ifndef NODES_H
#define NODES_H

#include "contract/early_res.h"

struct node_range {
	unsigned int nid;
	uint64_t start, end;	/* pfns, end exclusive */
};

#ifndef NODES_ROOM
#define NODES_ROOM	EARLY_RES_NODES_MAX
#endif

static struct node_range nodes[NODES_ROOM];
static unsigned int nr_nodes;

/**
 * add_active_range() - pages [@start, @end) are active on @nid
 *
 * Ignored when the range is empty, meets an active one of any node, or finds no room.
 */
WRAPPER void add_active_range(unsigned int nid, unsigned long start, unsigned long end)
{
	if (start >= end || nr_nodes == NODES_ROOM)
		return;
	for (unsigned int i = 0; i < nr_nodes; i++)
		if (start < nodes[i].end && nodes[i].start < end)
			return;
	nodes[nr_nodes++] = (struct node_range){ .nid = nid, .start = start, .end = end };
}

/**
 * add_from_early_node_map() - append the active ranges of @nid, MAX_NUMNODES: of all nodes
 * @az: slots of @range, of which @nr are in use; what finds none is left out
 *
 * Return: how many are in use then.
 */
WRAPPER int add_from_early_node_map(struct range *range, int az, int nr, int nid)
{
	for (unsigned int i = 0; i < nr_nodes && nr < az; i++) {
		if (nid != (int)EARLY_RES_MAX_NODES && (unsigned int)nid != nodes[i].nid)
			continue;
		range[nr].start = nodes[i].start;
		range[nr++].end = nodes[i].end;
	}
	return nr;
}

#endif

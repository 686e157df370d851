/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_NUMA_H
#define SHIM_LINUX_NUMA_H

#include <linux/types.h>

/* One node is one node; the small configuration has none, so that its table is the zero page's. */
#ifdef CONFIG_NODES_SHIFT
#define NODES_SHIFT	CONFIG_NODES_SHIFT
#define MAX_NUMNODES	(1 << NODES_SHIFT)
#else
#define NODES_SHIFT	0
#define MAX_NUMNODES	0
#endif
#define NUMA_NO_NODE	(-1)

static inline bool numa_valid_node(int nid)
{
	return nid >= 0 && nid < MAX_NUMNODES;
}

#endif

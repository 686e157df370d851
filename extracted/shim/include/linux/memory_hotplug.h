/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_MEMORY_HOTPLUG_H
#define SHIM_LINUX_MEMORY_HOTPLUG_H

#include <linux/types.h>

/* Since v4.20: where memory that is added later must end, bytes. */
extern u64 max_mem_size;

/* movable_node on the command line. */
#ifdef CONFIG_MEMORY_HOTPLUG
extern bool movable_node_enabled;
static inline bool movable_node_is_enabled(void)
{
	return movable_node_enabled;
}
#else
static inline bool movable_node_is_enabled(void)
{
	return false;
}
#endif

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_MEMORY_HOTPLUG_H
#define SHIM_LINUX_MEMORY_HOTPLUG_H

#include <linux/types.h>

/* Since v4.20: where memory that is added later must end, bytes. */
extern u64 max_mem_size;

/* As without movable_node on the command line. */
static inline bool movable_node_is_enabled(void)
{
	return false;
}

#endif

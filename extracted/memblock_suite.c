// SPDX-License-Identifier: GPL-2.0-only
/*
 * Family memblock for the kernel's own userspace suite, which calls mm/memblock.c itself
 * (ci/fidelity): the same wrapper, shims and reset, but addresses are those of this process and
 * the memory that is handed out is real. No op runs here.
 */
#define LINEAR	0

#include "memblock.c"

/**
 * suite_reset() - everything back to what it was at program start
 * @movable_node: as on the command line
 *
 * What the suite expects to outlive its own reset is kept: direction and limit.
 */
WRAPPER void suite_reset(bool movable_node)
{
	const bool bottom_up = memblock_bottom_up();
	const phys_addr_t limit = memblock.current_limit;

	shim_reset();
	memblock_set_bottom_up(bottom_up);
	memblock_set_current_limit(limit);
	movable_node_enabled = movable_node;
}

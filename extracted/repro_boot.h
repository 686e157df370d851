/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reproducers of family boot. The calls on the map and on memblock have today's names; before
 * memblock they are those of early_res.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(2, 6, 37)
#include "boot_memblock.c"
#else
#include "boot_early_res.c"
#endif
#include "repro.h"

#include "repro_map.h"

/* As setup.c: the first page, and what belongs to the BIOS, are no RAM. */
#define trim_bios_range()	bios()

/* A range changes its type, and the map is sorted. */
WRAPPER static u64 update_map(u64 start, u64 size, u32 old, u32 new)
{
	u64 changed = api_update(start, size, old, new);

	api_sanitize(api_table(E820_MAIN));
	return changed;
}

#if LINUX_VERSION_CODE >= KERNEL_VERSION(2, 6, 37)

/* How many pages are passed on; afterwards no call is made any more. */
#define memblock_free_all()	free_all()
#define memblock_discard()	discard()

#ifndef HAVE_E820_TABLE
#define e820__memblock_setup	api_memblock_setup
#define e820__memblock_alloc_reserved(size, align) api_memblock_alloc_reserved(size, align)
#endif

#else

#define memblock_set_bottom_up(on)		((void)(on))
#define memblock_find_in_range(start, end, size, align) answer_of(find(start, end, size, align))
#define memblock_phys_alloc_range(size, align, start, end) alloc(size, align, start, end)
#define memblock_phys_alloc_try_nid(size, align, nid) ((void)(size), (void)(align), (void)(nid), 0)
#define e820__memblock_alloc_reserved(size, align) early_reserve_e820(0, size, align)
#define memblock_free_all()			hand_all_off()
#define memblock_discard()			((void)0)

#endif

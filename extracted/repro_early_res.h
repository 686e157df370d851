/* SPDX-License-Identifier: GPL-2.0-only */
/* Reproducers of family early_res. The calls have the names of v2.6.34: there are none of today. */
#ifdef SUBJECT_CONFIG_MEMBLOCK
/* Types of the firmware's map, by their names in v2.6.34. */
#define E820_RAM	EARLY_RES_MAP_RAM
#define E820_RESERVED	EARLY_RES_MAP_RESERVED

#include "early_res_memblock.c"
#include "repro.h"
#else
#include "early_res.c"
#include "repro.h"

static u64 found;	/* the size that a search tells */

/* A search with &found. */
#define tell_size(call) ({								\
	u64 tell_at;									\
											\
	found = 0;									\
	tell_at = (call);								\
	answer_size(tell_at, found);							\
})

/* So many as a boot takes out of the map. */
#define take(call) (nr_taken < EARLY_RES_TAKEN_MAX ? (nr_taken++, (call)) : 0)

WRAPPER static void set_max_pfn_mapped(unsigned long pfn)
{
	max_pfn_mapped = mapped_pfn(pfn);
}
#endif

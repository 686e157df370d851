// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is known of whole boots: how kernels' generations differ (traits), and the quirks of the
 * parts, under the same ids. A quirk that no op of boot can meet, or that nothing of a boot shows,
 * is none of boot's.
 */
#include "boot_model.h"

#define KERNEL(major, minor, patch)	((major) << 16 | (minor) << 8 | (patch))
#define FIRST_MEMBLOCK	KERNEL(2, 6, 37)

const struct trait boot_traits[BOOT_TRAITS] = {
	[T_BOOT_LOWEST] = {
		.id = "boot-lowest", .until = FIRST_MEMBLOCK,
		.source =
			"searches answer with the lowest place that fits (find_e820_area(), v2.6.34); "
			"memblock's with the highest, but for bottom_up (kernel-doc of "
			"memblock_find_in_range_node())",
	},
	[T_BOOT_NODES_ONLY] = {
		.id = "boot-nodes-only", .until = FIRST_MEMBLOCK,
		.source =
			"early_res hands off active ranges of nodes alone (\"x86: not use bootmem for "
			"x86\", get_free_all_memory_range()); memblock all of memory, whatever its node",
	},
	[T_BOOT_RAM_ONLY] = {
		.id = "boot-ram-only", .until = FIRST_MEMBLOCK,
		.source =
			"early_res looks for RAM of the map alone (find_e820_area()); e820's "
			"memblock_setup adds RESERVED_KERN, too",
	},
	[T_BOOT_MAP_TAKEN] = {
		.id = "boot-map-taken", .until = FIRST_MEMBLOCK,
		.source =
			"early_reserve_e820() takes memory out of the map; later the allocator reserves "
			"it (e820__memblock_alloc_reserved())",
	},
	[T_BOOT_NO_LOW] = {
		.id = "boot-no-low", .until = FIRST_MEMBLOCK, .long_bits = 64,
		.source =
			"64 bits with CONFIG_NO_BOOTMEM: what is passed on does not end at max_low_pfn "
			"(get_free_all_memory_range(), v2.6.34)",
	},
	[T_BOOT_ARRAY_PAGE] = {
		.id = "boot-array-page", .until = FIRST_MEMBLOCK,
		.source =
			"early_res's hand-off needs an array of ranges and reserves it nowhere: it lies "
			"at the lowest bytes that are free, also on a page that is reserved in part, "
			"which is not passed on (get_free_all_memory_range(), v2.6.34). \"Pages and "
			"tables\" has that page; bootmem and memblock have no such array",
	},
};

/* --- quirks --- */

/*
 * Not among them: what only ops of e820 show that boot has none of, names (Q_STALE_NAME), counters
 * of bytes (Q_TRIM_TOTAL).
 */
static const uint8_t of_e820[] = {
	Q_WRAP_LAST_BYTE, Q_UPDATE_TOP_ENTRY, Q_UPDATE_FULL, Q_TABLE_FULL, Q_PFN_TOP_ENTRY,
	Q_PFN_EMPTY_ENTRY, Q_EMPTY_SPAN, Q_APPEND_TOP_ENTRY, Q_ONE_ENTRY_REFUSED, Q_MEMMAP_ZERO,
	Q_MEMMAP_SILENT, Q_MEMMAP_MARK, Q_MEMMAP_SAME_TYPE, Q_PAGES_32, Q_MEMBLOCK_STRADDLES,
	Q_MEMBLOCK_TOP_ENTRY,
};

static const uint8_t of_early_res[] = {
	Q_EMPTY_OVERLAP_OK, Q_PARTIAL_ENDLESS, Q_OVERLAP_OK_FULL, Q_PARTIAL_STOPS, Q_SPLIT_FIRM,
	Q_GROW_BELOW_TABLE, Q_TABLE_UNMAPPED, Q_OWN_TABLE_FREED, Q_FIND_WRAPS, Q_FIND_ENDLESS,
	Q_FIND_ALIGN, Q_FIND_SIZE_STOPS, Q_RESERVE_E820_HANG, Q_RESERVE_E820_ZERO, Q_HANDOFF_SLOTS,
	Q_HANDOFF_4G, Q_HANDOFF_TOP, Q_REST_CHECKED, Q_HANDOFF_ORDER, Q_GROW_EXACT_FIT, Q_TAKE_LOW,
	Q_ACTIVE_RAM,
};

static const uint8_t of_memblock[] = {
	Q_DOUBLE_UNRESERVED, Q_DOUBLE_IN_RANGE, Q_DOUBLE_NO_ROOM, Q_DOUBLE_OLD_KEPT,
	Q_DOUBLE_IN_GOING, Q_TRIM_WRAPS, Q_HANDOFF_WRAPS, Q_LATE_WRAPS, Q_DOUBLE_MISCOUNTS,
	Q_PAGE_NUMBERS,
};

/**
 * struct part - quirks of an inner model that are boot's, too
 * @quirk: its own; @which: indices of those, @nr of them
 * @since, @until: versions whose boots it is a part of; 0: no bound
 */
static const struct part {
	const struct quirk *quirk;
	const uint8_t *which;
	unsigned int nr;
	uint32_t since, until;
} parts[BOOT_PARTS] = {
	[BOOT_E820] = { e820_quirks, of_e820, sizeof(of_e820), 0, 0 },
	[BOOT_EARLY_RES] = { early_res_quirks, of_early_res, sizeof(of_early_res), 0,
			     FIRST_MEMBLOCK },
	[BOOT_MEMBLOCK] = { memblock_quirks, of_memblock, sizeof(of_memblock), FIRST_MEMBLOCK, 0 },
};

_Static_assert(sizeof(of_e820) + sizeof(of_early_res) + sizeof(of_memblock) == BOOT_QUIRKS &&
	       BOOT_QUIRKS <= 64, "a bit each");

struct quirk boot_quirks[BOOT_QUIRKS];

/* An initializer cannot name another table's rows. */
__attribute__((constructor))
static void list_quirks(void)
{
	struct quirk *to = boot_quirks;

	for (const struct part *p = parts; p < parts + BOOT_PARTS; p++) {
		for (unsigned int i = 0; i < p->nr; i++, to++) {
			*to = p->quirk[p->which[i]];
			if (to->since < p->since)
				to->since = p->since;
			if (p->until && (!to->until || to->until > p->until))
				to->until = p->until;
		}
	}
}

static unsigned int first_bit(enum boot_part part)
{
	unsigned int bit = 0;

	for (unsigned int i = 0; i < part; i++)
		bit += parts[i].nr;
	return bit;
}

uint64_t boot_quirks_of(enum boot_part part, uint64_t quirks)
{
	uint64_t mask = 0;

	quirks >>= first_bit(part);
	for (unsigned int i = 0; i < parts[part].nr; i++)
		mask |= (quirks >> i & 1) << parts[part].which[i];
	return mask;
}

uint64_t boot_quirks_from(enum boot_part part, uint64_t fired)
{
	uint64_t mask = 0;

	for (unsigned int i = 0; i < parts[part].nr && fired; i++)
		mask |= (fired >> parts[part].which[i] & 1) << i;
	return mask << first_bit(part);
}

/* --- the safety layer --- */

#define BIT(q)	(1ULL << (q))

/*
 * Those that leave RAM, reservations and pages as operands and answers have them: they change what
 * is said or returned, or how a list is kept; or the op is left out. Any other one leads.
 */
static const uint64_t leads_not[BOOT_PARTS] = {
	[BOOT_E820] = BIT(Q_MEMMAP_SILENT),
	[BOOT_EARLY_RES] = BIT(Q_PARTIAL_ENDLESS) | BIT(Q_SPLIT_FIRM) | BIT(Q_FIND_ENDLESS) |
			   BIT(Q_RESERVE_E820_HANG) | BIT(Q_RESERVE_E820_ZERO),
};

bool boot_quirks_lead(enum boot_part part, uint64_t fired)
{
	return fired & ~leads_not[part];
}

/* SPDX-License-Identifier: GPL-2.0-only */
/* The interface of e820.c since v4.12, by the names that the wrapper uses. */
#ifndef E820_API_H
#define E820_API_H

typedef struct e820_table api_table_t;

#define boot_entry	boot_e820_entry
#define boot_entries	e820_table

/* Gone with its callers. */
/* Since v6.16 setup.c reserves setup_data itself. */
#ifdef HAVE_E820_RESERVE_SETUP_DATA
#define NO_SETUP_DATA	0ull
#else
#define NO_SETUP_DATA	(1ull << E820_RESERVE_SETUP_DATA)
#endif

#define API_LACKS	(1ull << E820_HOLE_SIZE | NO_SETUP_DATA)

WRAPPER static api_table_t *api_table(uint64_t which)
{
	return which == E820_KEXEC ? e820_table_kexec :
	       which == E820_FIRMWARE ? e820_table_firmware : e820_table;
}

#define api_add			e820__range_add
#define api_update		e820__range_update
#define api_remove		e820__range_remove
#define api_sanitize		e820__update_table
#define api_mapped_raw_any	e820__mapped_raw_any
#define api_mapped_any		e820__mapped_any
#define api_mapped_all		e820__mapped_all
#define api_get_entry_type	e820__get_entry_type
#define api_append		append_e820_table
#define api_memblock_setup	e820__memblock_setup
#define api_end_of_ram_pfn	e820__end_of_ram_pfn
#define api_end_of_low_ram_pfn	e820__end_of_low_ram_pfn
#define api_print_table		e820__print_table
#define api_setup_gap		e820__setup_pci_gap
#define api_nosave		e820__register_nosave_regions
#define api_memory_setup	e820__memory_setup
#define api_memory_setup_default e820__memory_setup_default
#define api_reserve_resources	e820__reserve_resources
#define api_reserve_resources_late e820__reserve_resources_late
#define api_finish_early_params	e820__finish_early_params
#define api_update_table_print	e820__update_table_print
#define API_NVS_INITCALL	"e820__register_nvs_regions"

#define api_hole_size(start, end)	((void)(start), (void)(end), 0)

/* The header tells: the function was private to the kexec table before it served all three. */
#ifdef HAVE_E820_RANGE_UPDATE_TABLE
#define api_update_kexec(start, size, old, new) \
	e820__range_update_table(e820_table_kexec, start, size, old, new)
#else
#define api_update_kexec	e820__range_update_kexec
#endif

#define api_extend(phys, len, block)	e820__memory_setup_extended(phys, len)

/*
 * The tables that it moves from are gone with the init sections, where the kernel then writes the
 * same bytes: who still reads one of them reads those.
 */
WRAPPER static void api_reallocate_tables(void)
{
	api_table_t *from[] = { e820_table, e820_table_kexec, e820_table_firmware };

	e820__reallocate_tables();
	for (unsigned int i = 0; i < ARRAY_SIZE(from); i++)
		memset(from[i], 0xcc, sizeof(*from[i]));
}

#define api_memblock_alloc_reserved e820__memblock_alloc_reserved

#endif

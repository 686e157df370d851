/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The interface of e820.c before v4.12 (tried on v2.6.34), by the names that the wrapper uses.
 * There are two tables: what is called kexec today was e820_saved, the firmware's own copy came
 * later.
 */
#ifndef E820_API_OLD_H
#define E820_API_OLD_H

typedef struct e820map api_table_t;

#define nr_entries	nr_map
#define entries		map
#define boot_entry	e820entry
#define boot_entries	e820_map

/*
 * memblock came with v2.6.35, the chain of setup_data was reserved elsewhere until v4.12 and later,
 * the others came then.
 */
#define API_LACKS	(1ull << E820_MAPPED_RAW_ANY | 1ull << E820_GET_ENTRY_TYPE | \
			 1ull << E820_MEMBLOCK_SETUP | 1ull << E820_MEMBLOCK_ALLOC_RESERVED | \
			 1ull << E820_RESERVE_SETUP_DATA | 1ull << E820_REALLOCATE_TABLES)

/* Never written: empty. */
static struct e820map no_firmware_table;

WRAPPER static api_table_t *api_table(uint64_t which)
{
	return which == E820_KEXEC ? &e820_saved :
	       which == E820_FIRMWARE ? &no_firmware_table : &e820;
}

#define api_add			e820_add_region
#define api_update		e820_update_range
#define api_update_kexec	e820_update_range_saved
#define api_remove		e820_remove_range
#define api_mapped_any		e820_any_mapped
#define api_mapped_all		e820_all_mapped
#define api_append		append_e820_map
#define api_end_of_ram_pfn	e820_end_of_ram_pfn
#define api_end_of_low_ram_pfn	e820_end_of_low_ram_pfn
#define api_print_table		e820_print_map
#define api_setup_gap		e820_setup_gap
#define api_nosave		e820_mark_nosave_regions
#define api_hole_size		e820_hole_size
#define api_memory_setup	setup_memory_map
#define api_memory_setup_default default_machine_specific_memory_setup
#define api_reserve_resources	e820_reserve_resources
#define api_reserve_resources_late e820_reserve_resources_late
#define api_finish_early_params	finish_e820_parsing
#define api_update_table_print	update_e820
#define api_reallocate_tables()	((void)0)
#define API_NVS_INITCALL	"e820_mark_nvs_memory"

WRAPPER void *alloc_bootmem(unsigned long size)
{
	return shim_alloc_zeroed(size);
}

/* The count goes back into the table only when the map was accepted, as all callers do it. */
WRAPPER static int api_sanitize(struct e820map *table)
{
	u32 nr = table->nr_map;
	int ret = sanitize_e820_map(table->map, ARRAY_SIZE(table->map), &nr);

	if (!ret)
		table->nr_map = nr;
	return ret;
}

/* The caller had mapped the first page of the block. */
WRAPPER static void api_extend(uint64_t phys, uint32_t len, struct setup_data *block)
{
	(void)len;
	parse_e820_ext(block, phys);
}

#define api_mapped_raw_any(start, end, type)	((void)(start), (void)(end), (void)(type), 0)
#define api_get_entry_type(start, end)			((void)(start), (void)(end), 0)
#define api_memblock_setup()				((void)0)
#define api_memblock_alloc_reserved(size, align)	((void)(size), (void)(align), 0)

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* For reproducers: the map of e820.c by today's names, and what boot loader and user say. */
#ifndef REPRO_MAP_H
#define REPRO_MAP_H

/* Before v4.12. */
#ifndef HAVE_E820_TABLE
#define e820__range_add			api_add
#define e820__range_update		api_update
#define e820__range_remove		api_remove
#define e820__update_table		api_sanitize
#define e820__mapped_any		api_mapped_any
#define e820__mapped_all		api_mapped_all
#define append_e820_table		api_append
#define e820__memory_setup_extended(phys, len) api_extend(phys, len, loader(phys, len))
#define e820__end_of_ram_pfn		api_end_of_ram_pfn
#define e820__end_of_low_ram_pfn	api_end_of_low_ram_pfn
#define e820__print_table		api_print_table
#define e820__setup_pci_gap		api_setup_gap
#define e820__register_nosave_regions	api_nosave
#define e820__memory_setup		api_memory_setup
#define e820__reserve_resources		api_reserve_resources
#define e820__reserve_resources_late	api_reserve_resources_late
#define e820__finish_early_params	api_finish_early_params
#define e820__update_table_print	api_update_table_print
#define e820__register_nvs_regions	e820_mark_nvs_memory

#define e820_table			api_table(E820_MAIN)
#define e820_table_kexec		api_table(E820_KEXEC)
#define e820_table_firmware		api_table(E820_FIRMWARE)

#define E820_TYPE_RAM			E820_T_RAM
#define E820_TYPE_RESERVED		E820_T_RESERVED
#define E820_TYPE_ACPI			E820_T_ACPI
#define E820_TYPE_NVS			E820_T_NVS
#define E820_TYPE_UNUSABLE		E820_T_UNUSABLE
#define E820_TYPE_PMEM			E820_T_PMEM
#define E820_TYPE_PRAM			E820_T_PRAM
#define E820_TYPE_SOFT_RESERVED		E820_T_SOFT_RESERVED
#endif

/* The only table of the three that was changed from outside until v6.12. */
#ifndef HAVE_E820_RANGE_UPDATE_TABLE
#define e820__range_update_table(table, ...) api_update_kexec(__VA_ARGS__)
#endif

/* Since v6.16 the kernel's own reservations are no type any more. */
#ifndef HAVE_E820_RESERVE_SETUP_DATA
#define E820_TYPE_RESERVED_KERN		E820_T_RESERVED_KERN
#endif

/* --- the zero page --- */

WRAPPER static struct boot_entry *write_zeropage(const struct boot_entry *from, size_t nr)
{
	struct boot_entry *to = boot_params.boot_entries;

	memset(to, 0, sizeof(boot_params.boot_entries));
	for (size_t i = 0; i < nr && i < ARRAY_SIZE(boot_params.boot_entries); i++)
		to[i] = from[i];
	return to;
}

/* Entries { start, size, type }: the table in boot_params. */
#define zeropage(...)	write_zeropage((const struct boot_entry[]){ __VA_ARGS__ },	\
				ARRAY_SIZE(((const struct boot_entry[]){ __VA_ARGS__ })))

/* What boot_params says beside it: how many entries, and memory by the two older calls, in KiB. */
WRAPPER static void memory_is(u32 count, u32 alt_mem_k, u32 ext_mem_k)
{
	boot_params.e820_entries = count;
	boot_params.alt_mem_k = alt_mem_k;
	boot_params.screen_info.ext_mem_k = ext_mem_k;
	x86_init.resources.memory_setup = api_memory_setup_default;
}

/* --- setup_data --- */

WRAPPER static void write_block(u64 phys, u32 len, const struct boot_entry *from, size_t nr)
{
	struct setup_data *block = loader(phys, sizeof(*block) + len);

	memset(block, 0, sizeof(*block) + len);
	block->type = SETUP_E820_EXT;
	block->len = len;
	for (size_t i = 0; i < nr && i < len / sizeof(*from); i++)
		((struct boot_entry *)block->data)[i] = from[i];
}

/* A block at @phys that declares @len bytes, with these entries in it. */
#define setup_data_block(phys, len, ...)						\
	write_block(phys, len, (const struct boot_entry[]){ __VA_ARGS__ },		\
		    ARRAY_SIZE(((const struct boot_entry[]){ __VA_ARGS__ })))

/* --- the command line --- */

/* As the boot code's parsers of mem= and memmap= take it. A bit for each that refuses. */
WRAPPER static u64 parse_cmdline(const char *text)
{
	static char line[CMDLINE_SIZE] SHIM_SCRATCH;

	strscpy(line, text);
	return parse_line(line);
}

#endif

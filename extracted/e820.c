// SPDX-License-Identifier: GPL-2.0-only
/* Wrapper of family e820: the table of arch/x86/kernel/e820.c. */
#include <linux/types.h>
#include <kernel_code.h>

KERNEL_CODE_BEGIN
#include <asm/setup.h>
KERNEL_CODE_END

/* What the file expects of others and what belongs to its version. */
struct boot_params boot_params;
struct x86_init_ops x86_init;
unsigned long max_pfn, max_pfn_mapped;

KERNEL_CODE_BEGIN
#include "arch/x86/kernel/e820.c"
KERNEL_CODE_END

#include "contract/e820.h"
#include "wrapper.h"
#include "recorder.h"

#ifdef SUBJECT_CONFIG_SMALL
#define SLOTS	8
#elif defined(SUBJECT_X86_32)
#define SLOTS	E820_SLOTS_32
#else
#define SLOTS	E820_SLOTS_MAX
#endif

#if defined(SUBJECT_X86_32_PAE) && defined(SUBJECT_CONFIG_SMALL)
#define CONFIG	e820_variants[3]
#elif defined(SUBJECT_X86_32) && defined(SUBJECT_CONFIG_SMALL)
#define CONFIG	e820_variants[2]
#elif defined(SUBJECT_X86_32_PAE)
#define CONFIG	e820_variants[1]
#elif defined(SUBJECT_X86_32)
#define CONFIG	e820_variants[0]
#elif defined(SUBJECT_CONFIG_SMALL)
#define CONFIG	e820_configs[E820_SMALL]
#else
#define CONFIG	e820_configs[E820_NORMAL]
#endif

#ifdef HAVE_E820_TABLE
#include "e820_api.h"
#else
#include "e820_api_old.h"
#endif

/* What the contract has in its headers is no coverage of the kernel either. */
#ifdef __clang__
#pragma clang attribute push(__attribute__((no_sanitize("coverage"))), apply_to = function)
#pragma clang attribute push(__attribute__((no_profile_instrument_function)), apply_to = function)
#endif
#include "e820_boot.h"
#include "e820_windows.h"
#include "e820_memory.h"
#include "e820_params.h"
#ifdef __clang__
#pragma clang attribute pop
#pragma clang attribute pop
#endif

_Static_assert(ARRAY_SIZE(((api_table_t *)0)->entries) == SLOTS, "a table's size in the contract");
_Static_assert(sizeof(struct boot_params) == 0x1000, "the zero page is a page");
_Static_assert(offsetof(struct boot_params, boot_entries) == 0x2d0, "its table's place");

WRAPPER static uint64_t append(const struct op *op)
{
	unsigned int max = ARRAY_SIZE(boot_params.boot_entries);

	memset(boot_params.boot_entries, 0, sizeof(boot_params.boot_entries));
	write_entries(boot_params.boot_entries, op, max);
	return api_append(boot_params.boot_entries, op->arg[0] < max ? op->arg[0] : max);
}

static bool reallocated;	/* the tables were moved */

WRAPPER static uint64_t call(const struct op *op)
{
	const uint64_t *a = op->arg;

	switch (op->id) {
	case E820_ADD:
		api_add(a[0], a[1], a[2]);
		return 0;
	case E820_UPDATE:
		return api_update(a[0], a[1], a[2], a[3]);
	case E820_UPDATE_KEXEC:
		return api_update_kexec(a[0], a[1], a[2], a[3]);
	case E820_REMOVE:
		return api_remove(a[0], a[1], a[2], a[3]);
	case E820_UPDATE_TABLE:
		return api_sanitize(api_table(a[0]));
	case E820_MAPPED_RAW_ANY:
		return api_mapped_raw_any(a[0], a[1], a[2]);
	case E820_MAPPED_ANY:
		return api_mapped_any(a[0], a[1], a[2]);
	case E820_MAPPED_ALL:
		return api_mapped_all(a[0], a[1], a[2]);
	case E820_GET_ENTRY_TYPE:
		return api_get_entry_type(a[0], a[1]);
	case E820_APPEND:
		return append(op);
	case E820_EXTEND:
		return extend(op);
	case E820_MEMBLOCK_SETUP:
		api_memblock_setup();
		return 0;
	case E820_MEMBLOCK_ALLOC_RESERVED:
		recorder_answer = a[2];
		return api_memblock_alloc_reserved(a[0], a[1]);
	case E820_END_OF_RAM_PFN:
		return api_end_of_ram_pfn();
	case E820_END_OF_LOW_RAM_PFN:
		return api_end_of_low_ram_pfn();
	case E820_PRINT_TABLE:
		api_print_table("shim");
		return 0;
	case E820_SETUP_GAP:
		return setup_gap(a[0]);
	case E820_NOSAVE:
		api_nosave(a[0]);
		return 0;
	case E820_REGISTER_NVS:
		return register_nvs();
	case E820_HOLE_SIZE:
		return api_hole_size(a[0], a[1]);
	case E820_MEMORY_SETUP:
		memory_setup(op);
		return 0;
	case E820_RESERVE_RESOURCES:
		reserve_resources();
		return 0;
	case E820_RESERVE_RESOURCES_LATE:
		reserve_resources_late();
		return 0;
	case E820_CMDLINE:
		return cmdline(op, E820_PARAM);
	case E820_FINISH_EARLY_PARAMS:
		api_finish_early_params();
		return 0;
	case E820_RESERVE_SETUP_DATA:
		reserve_setup_data(op);
		return 0;
	case E820_EXTEND_LONG:
		return extend_long(op);
	case E820_UPDATE_TABLE_PRINT:
		api_update_table_print();
		return 0;
	case E820_REALLOCATE_TABLES:
		reallocated = true;
		api_reallocate_tables();
		return 0;
	}
	shim_abort(OUT_BUG);	/* an op of the table that no case makes */
}

/* Once they were moved, what changes them is gone. */
#define STAYS	(1ull << E820_MAPPED_RAW_ANY | 1ull << E820_MAPPED_ANY | \
		 1ull << E820_GET_ENTRY_TYPE)

WRAPPER static uint64_t call_with_memory(const struct op *op)
{
	uint64_t value = 0;

	if (!reallocated || STAYS >> op->id & 1)
		value = SUBJECT_CALL(call, op);
	memory_ends();
	return value;
}

/* Which ops report through what they print. */
#define PRINTS	(1ull << E820_UPDATE | 1ull << E820_UPDATE_KEXEC | 1ull << E820_REMOVE | \
		 1ull << E820_EXTEND | 1ull << E820_MEMBLOCK_ALLOC_RESERVED | \
		 1ull << E820_PRINT_TABLE | 1ull << E820_MEMORY_SETUP | 1ull << E820_CMDLINE | \
		 1ull << E820_FINISH_EARLY_PARAMS | 1ull << E820_RESERVE_SETUP_DATA | \
		 1ull << E820_EXTEND_LONG | 1ull << E820_UPDATE_TABLE_PRINT)

static bool printed;

WRAPPER static void exec(const struct op *op, struct result *res)
{
	printed = op->id < 64 && PRINTS >> op->id & 1;
	nr_tree_rows = 0;
	memory_begins();
	shim_exec(call_with_memory, op, res);
}

static struct row rows[3][SLOTS + 1] SHIM_SCRATCH;

/* A count beyond the table shows as one more row, which no model expects. */
WRAPPER static void observe_table(struct table *t, unsigned int table)
{
	const api_table_t *from = api_table(table);
	unsigned int nr = from->nr_entries < SLOTS ? from->nr_entries : SLOTS;
	struct row *to = rows[table];

	t->nr = nr + (from->nr_entries > SLOTS);
	t->rows = to;
	for (unsigned int i = 0; i < nr; i++) {
		to[i].start = from->entries[i].addr;
		to[i].size = from->entries[i].size;
		to[i].type = from->entries[i].type;
		to[i].flags = 0;
	}
	if (from->nr_entries > SLOTS)
		to[nr] = (struct row){ .type = UINT32_MAX, .flags = from->nr_entries };
}

WRAPPER static void observe(struct state *st)
{
	st->nr_tables = E820_TABLES;
	for (unsigned int i = E820_MAIN; i <= E820_FIRMWARE; i++)
		observe_table(&st->table[i], i);
	shim_recorded(&st->table[E820_RECORDED]);
	st->table[E820_IOMEM] = (struct table){ .nr = nr_tree_rows, .rows = tree_rows };
	if (printed)
		shim_e820_facts(&st->table[E820_PRINTED]);
	else
		st->table[E820_PRINTED].nr = 0;
}

/* Whose map it is, as the kernel notes it, and whether the tables were moved. */
WRAPPER static uint64_t hidden(void)
{
#ifdef HAVE_E820_USERDEF
	return (uint64_t)reallocated << 1 | !!userdef;
#else
	return (uint64_t)reallocated << 1;
#endif
}

#undef SUBJECT_HIDDEN
#define SUBJECT_HIDDEN hidden

SUBJECT_DEFINE(&e820_family, &CONFIG, API_LACKS);

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The first half of a boot: ops on the map, which all kernels have (contract/boot.h).
 * Included after the kernel's e820.c and the physical memory that blocks of setup_data lie in.
 */
#ifndef BOOT_MAP_H
#define BOOT_MAP_H

#include <asm/fixmap.h>

#include "contract/boot.h"
#include "contract/e820.h"

/* Not all that the wrapper of family e820 calls is called here. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

#ifdef HAVE_E820_TABLE
#include "e820_api.h"
#else
#include "e820_api_old.h"
#endif

/* What the contract has in its headers is no coverage of the kernel. */
#ifdef __clang__
#pragma clang attribute push(__attribute__((no_sanitize("coverage"))), apply_to = function)
#pragma clang attribute push(__attribute__((no_profile_instrument_function)), apply_to = function)
#endif
#include "e820_memory.h"
#include "e820_params.h"
#ifdef __clang__
#pragma clang attribute pop
#pragma clang attribute pop
#endif

#pragma GCC diagnostic pop

_Static_assert(ARRAY_SIZE(((api_table_t *)0)->entries) == MAP_SLOTS, "slots of the contract");

/* As setup.c's trim_bios_range(). */
WRAPPER static void bios(void)
{
	const uint32_t ram = E820_T_RAM, reserved = E820_T_RESERVED;

	api_update(0, BOOT_PAGE, ram, reserved);
	api_remove(BOOT_BIOS_BEGIN, BOOT_BIOS_END - BOOT_BIOS_BEGIN, ram, 1);
	api_sanitize(api_table(E820_MAIN));
}

WRAPPER static uint64_t update(const struct op *op)
{
	const uint64_t *a = op->arg;
	uint64_t changed = api_update(a[0], a[1], a[2], a[3]);

	api_sanitize(api_table(E820_MAIN));
	return changed;
}

/* All memory is low, but on 32 bits. */
WRAPPER static unsigned long low_pages(uint64_t pages)
{
#ifdef CONFIG_X86_32
	return pages < BOOT_LOW_PAGES ? pages : BOOT_LOW_PAGES;
#else
	return pages;
#endif
}

#define OPS_OF_MAP	(1ull << B_FIRMWARE | 1ull << B_EXTEND | 1ull << B_CMDLINE | \
			 1ull << B_FINISH | 1ull << B_BIOS | 1ull << B_UPDATE)

WRAPPER static uint64_t call_map(const struct op *op)
{
	switch (op->id) {
	case B_FIRMWARE:
		memory_setup(op);
		return 0;
	case B_EXTEND:
		return extend(op);
	case B_CMDLINE:
		return cmdline(op, B_PARAM);
	case B_FINISH:
		api_finish_early_params();
		return 0;
	case B_BIOS:
		bios();
		return 0;
	case B_UPDATE:
		return update(op);
	}
	shim_abort(OUT_BUG);	/* an op of OPS_OF_MAP that no case makes */
}

WRAPPER static uint64_t map_fingerprint(void)
{
	uint64_t sum = 0;

	for (unsigned int i = E820_MAIN; i <= E820_KEXEC; i++) {
		const api_table_t *t = api_table(i);

		for (unsigned int k = 0; k < t->nr_entries && k < MAP_SLOTS; k++)
			sum = edge_hash(t->entries[k].type, sum + t->entries[k].addr) +
			      t->entries[k].size;
	}
#ifdef HAVE_E820_USERDEF
	sum += !!userdef;
#endif
	return sum;
}

#endif

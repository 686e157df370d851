// SPDX-License-Identifier: GPL-2.0-only
/* Wrapper of family boot: e820.c, early_res.c and range.c of one kernel (v2.6.34 to v2.6.36). */
#include <linux/types.h>
#include <kernel_code.h>

/*
 * Where the kernel has no nodes its map has room for one; the list's node map has those of family
 * early_res all the same.
 */
#include <linux/numa.h>
#pragma push_macro("MAX_NUMNODES")
#ifdef CONFIG_X86_32
#undef MAX_NUMNODES
#define MAX_NUMNODES	1
#endif

KERNEL_CODE_BEGIN
#include <asm/setup.h>
KERNEL_CODE_END

#if defined(SUBJECT_X86_32_PAE) && defined(SUBJECT_CONFIG_BOOTMEM)
#define CONFIG		boot_variants[BOOT_X86_32_PAE_BOOTMEM]
#elif defined(SUBJECT_X86_32_PAE)
#define CONFIG		boot_variants[BOOT_X86_32_PAE]
#elif defined(SUBJECT_X86_32) && defined(SUBJECT_CONFIG_BOOTMEM)
#define CONFIG		boot_variants[BOOT_X86_32_BOOTMEM]
#elif defined(SUBJECT_X86_32)
#define CONFIG		boot_variants[BOOT_X86_32]
#elif defined(SUBJECT_CONFIG_BOOTMEM)
#define CONFIG		boot_variants[BOOT_BOOTMEM]
#else
#define CONFIG		boot_configs[BOOT_NORMAL]
#endif

#ifdef CONFIG_X86_32
#define MAP_SLOTS	E820_SLOTS_32
#else
#define MAP_SLOTS	E820_SLOTS_MAX
#endif
#define API_LACKED	(1ull << B_ALLOC_NODE | 1ull << B_DISCARD)

struct boot_params boot_params;
struct x86_init_ops x86_init;
unsigned long max_pfn, max_low_pfn;

KERNEL_CODE_BEGIN
#include "kernel/range.c"
#include "arch/x86/kernel/e820.c"
KERNEL_CODE_END

#pragma pop_macro("MAX_NUMNODES")

#include "contract/e820.h"
#include "wrapper.h"

#include "early_res_asked.h"
KERNEL_CODE_BEGIN
#include "kernel/early_res.c"
KERNEL_CODE_END
#undef find_fw_memmap_area

#define NODES_ROOM	512		/* active ranges: more than a map has entries */

#include "early_res_memory.h"
#include "early_res_window.h"
#include "nodes.h"

/*
 * Blocks of setup_data lie behind all that can be mapped: the loader's are older than anything the
 * kernel has in memory, and here they are written when their op comes.
 */
#define physical(phys, size)	shim_arena(EARLY_RES_WINDOW + (phys), size)
#define forget_windows()	((void)0)
#define LAST_PAGE		(shim_arena_size - EARLY_RES_WINDOW - PAGE_SIZE)

const uint64_t shim_arena_size = EARLY_RES_WINDOW + 2 * (E820_EXT_BASE + E820_EXT_SPAN);

#include "boot_map.h"

#define PAGE_ROWS	ROWS_MAX

static bool handed_off;
static bool noded;			/* somebody said what is on which node */

#include "boot_pages.h"

WRAPPER static uint64_t mapped_end(void)
{
	return (uint64_t)max_pfn_mapped * EARLY_RES_PAGE;
}

WRAPPER static uint64_t setup(void)
{
	max_pfn = api_end_of_ram_pfn();
	max_low_pfn = low_pages(max_pfn);
	return 0;
}

WRAPPER static uint64_t find(uint64_t start, uint64_t end, uint64_t size, uint64_t align)
{
	return find_e820_area(start, end ? end : mapped_end(), size, align);
}

WRAPPER static uint64_t alloc(uint64_t size, uint64_t align, uint64_t start, uint64_t end)
{
	static char name[] = "boot";
	uint64_t at = find(start, end, size, align);

	if (at == -1ull)
		return 0;
	reserve_early(at, at + size, name);
	return at;
}

#ifdef CONFIG_NO_BOOTMEM
WRAPPER static void pass_on(void)
{
	get_free(MAX_NUMNODES);
}
#else
/* More than there can be ranges over a page. */
#define MANY	(4 * ROWS_MAX)

/* Bootmem: low pages are free that are active, and of which no byte is passed to it. */
WRAPPER static void pass_on(void)
{
	to_bootmem(0, (uint64_t)max_low_pfn * EARLY_RES_PAGE);
	nr_edges = 0;
	for (unsigned int i = 0; i < nr_handoff; i++)
		add_bytes(BOOT_FREED, handoff[i].start, handoff[i].size, -MANY);
	for (unsigned int i = 0; i < nr_nodes; i++) {
		add_edge(BOOT_FREED, min(nodes[i].start, (uint64_t)max_low_pfn), 1);
		add_edge(BOOT_FREED, min(nodes[i].end, (uint64_t)max_low_pfn), -1);
	}
	sort_edges();
	nr_handoff = layer(handoff, 1);
}
#endif

/* How many pages. */
WRAPPER static uint64_t hand_all_off(void)
{
	uint64_t bytes = 0;

	handed_off = true;
	if (!noded)
		e820_register_active_regions(0, 0, max_pfn);
	pass_on();
	for (unsigned int i = 0; i < nr_handoff; i++)
		bytes += handoff[i].size;
	return bytes / EARLY_RES_PAGE;
}

WRAPPER static uint64_t set_node(int nid, uint64_t start, uint64_t end)
{
	noded = true;
	if (start < end)
		e820_register_active_regions(nid, start, end);
	return 0;
}

WRAPPER static uint64_t answer_of(uint64_t found)
{
	return found == -1ull ? 0 : found;
}

/* Ops that work on the list. */
WRAPPER static uint64_t call_open(const struct op *op)
{
	const uint64_t *a = op->arg;

	switch (op->id) {
	case B_RESERVE:
		reserve_early(a[0], a[0] + a[1], (char *)early_res_name(a[2]));
		return 0;
	case B_RESERVE_OVERLAP_OK:
		reserve_early_overlap_ok(a[0], a[0] + a[1], (char *)early_res_name(a[2]));
		return 0;
	case B_FREE:
		free_early_partial(a[0], a[0] + a[1]);
		return 0;
	case B_FIND:
		return answer_of(find(a[0], a[1], a[2], a[3]));
	case B_ALLOC:
		return alloc(a[0], a[1], a[2], a[3]);
	case B_ALLOC_RESERVED:
		return early_reserve_e820(0, a[0], a[1]);
	case B_HANDOFF:
		return hand_all_off();
	}
	shim_abort(OUT_BUG);	/* an op of the table that no case makes */
}

/* Ops that do not need it. */
#define ALWAYS	(1ull << B_SETUP | 1ull << B_MAPPED | 1ull << B_LOW | 1ull << B_NODE | \
		 1ull << B_BOTTOM_UP | API_LACKED)

WRAPPER static uint64_t call_always(const struct op *op)
{
	const uint64_t *a = op->arg;

	switch (op->id) {
	case B_SETUP:
		return setup();
	case B_MAPPED:
		max_pfn_mapped = mapped_pfn(a[0]);
		return 0;
	case B_LOW:
		max_low_pfn = low_pages(a[0]);
		return 0;
	case B_NODE:
		return set_node(a[0] % EARLY_RES_MAX_NODES, a[1], a[2]);
	}
	return 0;
}

WRAPPER static uint64_t call_allocator(const struct op *op)
{
	uint64_t value = 0;

	if (op->id < 64 && ALWAYS >> op->id & 1)
		return SUBJECT_CALL(call_always, op);
	if (!closed)
		value = SUBJECT_CALL(call_open, op);
	table_moved();
	return value;
}

WRAPPER static bool is_freed(const struct row *r, uint32_t *type)
{
	(void)r;
	*type = BOOT_FREED;
	return true;
}

WRAPPER static bool is_initialised(const struct row *r, uint32_t *type)
{
	(void)r;
	(void)type;
	return false;
}

/* Without ranges there is an array of none: it has no place. */
WRAPPER static unsigned int own(struct row *places)
{
	unsigned int all = own_rows(places), nr = 0;

	for (unsigned int i = 0; i < all; i++) {
		if (!places[i].size)
			continue;
		places[nr] = places[i];
		places[nr++].type = places[i].type == EARLY_RES_TABLE ? BOOT_OWN_RESERVED :
									BOOT_OWN_RANGES;
	}
	return nr;
}

WRAPPER static uint64_t allocator_fingerprint(void)
{
	uint64_t sum = max_pfn + 3 * (uint64_t)max_low_pfn + 5 * (uint64_t)max_pfn_mapped +
		       7 * noded + 11 * closed;

	for (int i = 0; !closed && i < max_early_res && early_res[i].end; i++)
		sum = edge_hash(early_res[i].overlap_ok, sum + early_res[i].start) +
		      early_res[i].end;
	for (unsigned int i = 0; i < nr_nodes; i++)
		sum = edge_hash(nodes[i].nid, sum + nodes[i].start) + nodes[i].end;
	return sum;
}

#include "boot_subject.h"

unsigned long max_pfn_mapped = MAPPED_FIRST;

SUBJECT_DEFINE(&boot_family, &CONFIG, API_LACKED);

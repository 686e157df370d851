// SPDX-License-Identifier: GPL-2.0-only
/* Wrapper of family early_res: kernel/early_res.c over the same kernel's range.c and e820.c. */
#include <linux/types.h>
#include <kernel_code.h>

KERNEL_CODE_BEGIN
#include <asm/setup.h>
KERNEL_CODE_END

struct boot_params boot_params;
struct x86_init_ops x86_init;
unsigned long max_pfn, max_low_pfn;

KERNEL_CODE_BEGIN
#include "kernel/range.c"
#include "arch/x86/kernel/e820.c"
KERNEL_CODE_END

#include "shim/sanitizer.h"
#include "wrapper.h"

#include "early_res_asked.h"
KERNEL_CODE_BEGIN
#include "kernel/early_res.c"
KERNEL_CODE_END
#undef find_fw_memmap_area

#include "early_res_memory.h"
#include "early_res_window.h"
#include "nodes.h"

#if defined(SUBJECT_X86_32_PAE) && defined(SUBJECT_CONFIG_BOOTMEM)
#define CONFIG		early_res_variants[EARLY_RES_X86_32_PAE_BOOTMEM]
#elif defined(SUBJECT_X86_32_PAE)
#define CONFIG		early_res_variants[EARLY_RES_X86_32_PAE]
#elif defined(SUBJECT_X86_32) && defined(SUBJECT_CONFIG_BOOTMEM)
#define CONFIG		early_res_variants[EARLY_RES_X86_32_BOOTMEM]
#elif defined(SUBJECT_X86_32)
#define CONFIG		early_res_variants[EARLY_RES_X86_32]
#elif defined(SUBJECT_CONFIG_BOOTMEM)
#define CONFIG		early_res_variants[EARLY_RES_BOOTMEM]
#else
#define CONFIG		early_res_configs[EARLY_RES_NORMAL]
#endif

#ifdef SUBJECT_CONFIG_BOOTMEM
#define API_LACKS	(1ull << E_RES_GET_FREE)
#else
#define API_LACKS	(1ull << E_RES_TO_BOOTMEM)
#endif

static unsigned int nr_map, nr_taken;
static struct row answer;
static bool answered;

const uint64_t shim_arena_size = EARLY_RES_WINDOW;

WRAPPER static void add_to_map(u64 start, u64 size, int type)
{
	if (!size || nr_map == EARLY_RES_MAP_MAX)
		return;
	nr_map++;
	e820_add_region(start, size, type);
	update_e820();
}

WRAPPER static u64 answer_size(u64 start, u64 size)
{
	answered = start != -1ull;
	answer.start = start;
	answer.size = size;
	return start;
}

WRAPPER static char *name(uint64_t operand)
{
	return (char *)early_res_name(operand);
}

/* The ops that the hand-off leaves. */
WRAPPER static uint64_t call_always(const struct op *op)
{
	const uint64_t *a = op->arg;

	switch (op->id) {
	case E_RES_MAP:
		add_to_map(a[0], a[1], a[2]);
		return 0;
	case E_RES_MAPPED:
		max_pfn_mapped = mapped_pfn(a[0]);
		return 0;
	case E_RES_NODE:
		add_active_range(a[0], a[1], a[2]);
		return 0;
	case E_RES_ACTIVE_RAM:
		e820_register_active_regions(a[0], a[1], a[2]);
		return 0;
	case E_RES_MAX_MAPPED:
		return get_max_mapped();
#ifndef CONFIG_NO_BOOTMEM
	case E_RES_TO_BOOTMEM:
		return to_bootmem(bootmem_end(a[0]), bootmem_end(a[1]));
#endif
	}
	if (API_LACKS >> op->id & 1)
		return 0;
	shim_abort(OUT_BUG);	/* an op of the table that no case makes */
}

WRAPPER static uint64_t call_open(const struct op *op)
{
	const uint64_t *a = op->arg;
	u64 size = 0, start;

	switch (op->id) {
	case E_RES_RESERVE:
		reserve_early(a[0], a[1], name(a[2]));
		return 0;
	case E_RES_RESERVE_OVERLAP_OK:
		reserve_early_overlap_ok(a[0], a[1], name(a[2]));
		return 0;
	case E_RES_RESERVE_WITHOUT_CHECK:
		reserve_early_without_check(a[0], a[1], name(a[2]));
		return 0;
	case E_RES_FREE:
		free_early(a[0], a[1]);
		return 0;
	case E_RES_FREE_PARTIAL:
		free_early_partial(a[0], a[1]);
		return 0;
	case E_RES_FIND_AREA:
		return find_early_area(a[0], a[1], a[2], a[3], a[4], a[5]);
	case E_RES_FIND_AREA_SIZE:
		start = find_early_area_size(a[0], a[1], a[2], &size, a[3]);
		return answer_size(start, size);
	case E_RES_FIND_FW:
		return find_fw_memmap_area(a[0], a[1], a[2], a[3]);
	case E_RES_FIND_E820:
		return find_e820_area(a[0], a[1], a[2], a[3]);
	case E_RES_FIND_E820_SIZE:
		start = find_e820_area_size(a[0], &size, a[1]);
		return answer_size(start, size);
	case E_RES_RESERVE_E820:
		return nr_taken < EARLY_RES_TAKEN_MAX ?
		       (nr_taken++, early_reserve_e820(a[0], a[1], a[2])) : 0;
#ifdef CONFIG_NO_BOOTMEM
	case E_RES_GET_FREE:
		return get_free(a[0]);
#endif
	}
	return call_always(op);
}

#define ALWAYS	(1ull << E_RES_MAP | 1ull << E_RES_MAPPED | 1ull << E_RES_NODE | \
		 1ull << E_RES_ACTIVE_RAM | 1ull << E_RES_MAX_MAPPED | 1ull << E_RES_TO_BOOTMEM)

WRAPPER static uint64_t call(const struct op *op)
{
	uint64_t value;

	answered = false;
	if (closed && op->id < 64 && !(ALWAYS >> op->id & 1))
		return 0;
	value = closed ? SUBJECT_CALL(call_always, op) : SUBJECT_CALL(call_open, op);
	table_moved();
	return value;
}

WRAPPER static void exec(const struct op *op, struct result *res)
{
	shim_exec(call, op, res);
}

/* What names hash to: there are few of them, and all slots are looked at after every op. */
#define NAMES_KNOWN	32

static struct known_name {
	uint64_t word[2];
	uint32_t hash;
} known[NAMES_KNOWN];	/* reset, too: what is hit or missed shows in coverage */

/* The name's characters as words, without what is behind them in the slot. */
WRAPPER static uint32_t name_hash(const struct early_res *r)
{
	const uint64_t kept = ~0ull >> 8 * (16 - (EARLY_RES_NAME - 1));
	struct known_name *k;
	uint64_t word[2];

	__builtin_memcpy(word, (const char *)r + offsetof(struct early_res, name), sizeof(word));
	word[1] &= kept;
	if (!(word[0] & 0xff))
		return 0;
	k = &known[(word[0] ^ word[0] >> 29 ^ word[1]) % NAMES_KNOWN];
	if (k->word[0] != word[0] || k->word[1] != word[1]) {
		k->word[0] = word[0];
		k->word[1] = word[1];
		k->hash = early_res_name_hash(r->name);
	}
	return k->hash;
}

static struct row reserved[ROWS_MAX + 1] SHIM_SCRATCH;

WRAPPER static void observe_reserved(struct table *t)
{
	unsigned int nr = 0, slots = max_early_res;

	for (; nr < slots && nr < ROWS_MAX && early_res[nr].end; nr++) {
		const struct early_res *r = &early_res[nr];

		reserved[nr].start = r->start;
		reserved[nr].size = r->end - r->start;
		reserved[nr].type = r->overlap_ok ? EARLY_RES_OVERLAP_OK : EARLY_RES_FIRM;
		/* nobody gave the table's own slot a name */
		reserved[nr].flags = nr || early_res == early_res_x ? name_hash(r) : 0;
	}
	t->nr = nr;
	t->rows = reserved;
}

static struct row own[2] SHIM_SCRATCH;

WRAPPER static void observe_own(struct table *t)
{
	t->nr = own_rows(own);
	t->rows = own;
}

static struct row ram[E820_X_MAX] SHIM_SCRATCH;

WRAPPER static void observe_ram(struct table *t)
{
	unsigned int nr = 0;

	for (unsigned int i = 0; i < e820.nr_map; i++) {
		const struct e820entry *e = &e820.map[i];

		if (e->type != E820_RAM || !e->size)
			continue;
		ram[nr].start = e->addr;
		ram[nr++].size = e->size;
	}
	t->nr = nr;
	t->rows = ram;
}

WRAPPER static void observe(struct state *st)
{
	st->nr_tables = E_RES_TABLES;
	observe_reserved(&st->table[E_RES_RESERVED]);
	observe_own(&st->table[E_RES_OWN]);
	observe_ram(&st->table[E_RES_RAM]);
	st->table[E_RES_HANDOFF] = (struct table){ .nr = nr_handoff, .rows = handoff };
	st->table[E_RES_ANSWER] = (struct table){ .nr = answered, .rows = &answer };
}

unsigned long max_pfn_mapped = MAPPED_FIRST;
unsigned long max_low_pfn = EARLY_RES_LOW_PFN;	/* asked about on 32 bits only */

SUBJECT_DEFINE(&early_res_family, &CONFIG, API_LACKS);

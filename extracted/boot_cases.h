/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What contract/boot.h says of whole boots, in cases: a machine of two pieces of RAM, what is done
 * on the way, and what the page allocator then has.
 */
#ifndef BOOT_CASES_H
#define BOOT_CASES_H

#include "contract/boot.h"
#include "contract/e820.h"

#define P		0x1000ull
#define M		(1ull << 20)
#define G		(1ull << 30)
#define T		(1ull << 40)

/* Which subjects a case is for. */
#define BLOCK		1u		/* on memblock */
#define ROOMY		16u		/* likewise, with room for the case in its tables */
#define NODES		8u		/* likewise, pages are initialised with their node (v6.6) */
#define LIST		2u		/* on early_res */
#define BOOTMEM		4u		/* likewise, variant bootmem */
#define OLD		(LIST | BOOTMEM)
#define ALL		(BLOCK | OLD)

#define OPS_MAX		16

/**
 * struct boot_case - ops from the start, and what holds after the last one
 * @value: of the last op
 * @table: which one is looked at, @nr rows of it
 */
struct boot_case {
	unsigned int line, subjects;
	struct op ops[OPS_MAX];
	uint64_t value;
	unsigned int table, nr;
	struct row rows[6];
};

#define OP(op, ...)	{ .id = B_##op, .arg = { __VA_ARGS__ } }
#define ENTRY(...)	OP(ENTRY, __VA_ARGS__)
#define FIRMWARE(n)	{ .id = B_FIRMWARE, .nr_tokens = (n), .arg = { (n) } }
#define EXTEND(n)	{ .id = B_EXTEND, .nr_tokens = (n), .arg = { 0, 20 * (n) } }
#define RAM		E820_T_RAM
#define LOW_END		0x9f000ull

/* [0, LOW_END) and [1 MiB, 16 MiB). */
#define MACHINE		FIRMWARE(2), ENTRY(0, LOW_END, RAM), ENTRY(M, 15 * M, RAM)
/* Two reservations: without any, early_res has no room for what it hands off. */
#define TAKEN		OP(RESERVE, M, M, 2), OP(RESERVE, 2 * M + 1, 2, 2)
#define SET_UP		OP(SETUP)
#define HAND_OFF	OP(HANDOFF)
#define FREED(s, e)	{ s, (e) - (s), BOOT_FREED, 0 }
#define PAGES(s, e)	(((e) - (s)) / P)

#define CASE(who)	.line = __LINE__, .subjects = (who)

/* "mem=8M" as the operands of a param token. */
#define MEM_8M		0x004d383d6d656dull

static const struct boot_case cases[] = {
	/* what is RAM and not reserved goes, in whole pages */
	{ CASE(ALL), .ops = { MACHINE, TAKEN, SET_UP, HAND_OFF },
	  .value = PAGES(0, LOW_END) + PAGES(2 * M + P, 16 * M),
	  .nr = 2, .rows = { FREED(0, LOW_END), FREED(2 * M + P, 16 * M) } },
	{ CASE(ALL), .ops = { FIRMWARE(2), ENTRY(0x1800, LOW_END - 0x1800, RAM),
			      ENTRY(M, 15 * M + 0x800, RAM), TAKEN, SET_UP, HAND_OFF },
	  .value = PAGES(2 * P, LOW_END) + PAGES(2 * M + P, 16 * M),
	  .nr = 2, .rows = { FREED(2 * P, LOW_END), FREED(2 * M + P, 16 * M) } },
	/* 25 TiB are as cheap */
	{ CASE(BLOCK), .ops = { FIRMWARE(2), ENTRY(0, LOW_END, RAM), ENTRY(M, 25 * T, RAM), SET_UP,
				HAND_OFF },
	  .value = PAGES(0, LOW_END) + PAGES(M, 25 * T + M),
	  .nr = 2, .rows = { FREED(0, LOW_END), FREED(M, 25 * T + M) } },
	/* the map, and who changes it */
	{ CASE(ROOMY | OLD), .ops = { FIRMWARE(2), ENTRY(0, LOW_END, RAM), ENTRY(M, M, RAM),
			      EXTEND(1), ENTRY(8 * M, 8 * M, RAM), TAKEN, SET_UP, HAND_OFF },
	  .value = PAGES(0, LOW_END) + PAGES(8 * M, 16 * M),
	  .nr = 2, .rows = { FREED(0, LOW_END), FREED(8 * M, 16 * M) } },
	{ CASE(ALL), .ops = { MACHINE, { .id = B_CMDLINE, .nr_tokens = 1 },
			      OP(PARAM, MEM_8M), OP(FINISH), TAKEN, SET_UP, HAND_OFF },
	  .value = PAGES(0, LOW_END) + PAGES(2 * M + P, 8 * M),
	  .nr = 2, .rows = { FREED(0, LOW_END), FREED(2 * M + P, 8 * M) } },
	{ CASE(ALL), .ops = { FIRMWARE(2), ENTRY(0, 16 * M, RAM), ENTRY(32 * M, M, E820_T_ACPI),
			      OP(BIOS), TAKEN, SET_UP, HAND_OFF },
	  .value = PAGES(P, BOOT_BIOS_BEGIN) + PAGES(2 * M + P, 16 * M),
	  .nr = 2, .rows = { FREED(P, BOOT_BIOS_BEGIN), FREED(2 * M + P, 16 * M) } },
	{ CASE(ROOMY | OLD), .ops = { MACHINE, OP(UPDATE, 4 * M, 4 * M, RAM, E820_T_RESERVED),
			      TAKEN, SET_UP, HAND_OFF },
	  .value = PAGES(0, LOW_END) + PAGES(2 * M + P, 4 * M) + PAGES(8 * M, 16 * M),
	  .nr = 3, .rows = { FREED(0, LOW_END), FREED(2 * M + P, 4 * M),
			     FREED(8 * M, 16 * M) } },
	{ CASE(ALL), .ops = { MACHINE, OP(UPDATE, 15 * M, 8 * M, RAM, E820_T_RESERVED) },
	  .value = M },
	/* what the kernel reserved in the map is RAM to memblock */
	{ CASE(BLOCK), .ops = { MACHINE, OP(UPDATE, 4 * M, M, RAM, E820_T_RESERVED_KERN), SET_UP,
				HAND_OFF },
	  .value = PAGES(0, LOW_END) + PAGES(M, 16 * M),
	  .nr = 2, .rows = { FREED(0, LOW_END), FREED(M, 16 * M) } },
	/* what is set aside softly is none, and its pages are reserved */
	{ CASE(ROOMY), .ops = { MACHINE, OP(UPDATE, 4 * M, M, RAM, E820_T_SOFT_RESERVED), SET_UP,
				HAND_OFF },
	  .value = PAGES(0, LOW_END) + PAGES(M, 16 * M) - PAGES(0, M), .table = B_INITIALISED,
	  .nr = 1, .rows = { { 4 * M, M, BOOT_NODE_NONE, 0 } } },
	/* reservations */
	{ CASE(ALL), .ops = { MACHINE, OP(RESERVE_OVERLAP_OK, M, 4 * M, 2),
			      OP(RESERVE, 2 * M, M, 3), OP(FREE, 2 * M + M / 2, M / 4),
			      SET_UP, HAND_OFF },
	  .value = PAGES(0, LOW_END) + PAGES(0, M / 4) + PAGES(5 * M, 16 * M),
	  .nr = 3, .rows = { FREED(0, LOW_END), FREED(2 * M + M / 2, 2 * M + 3 * M / 4),
			     FREED(5 * M, 16 * M) } },
	/* allocations: from below everywhere, or from the end of what can be reached */
	{ CASE(ALL), .ops = { MACHINE, OP(BOTTOM_UP, 1), TAKEN, SET_UP, OP(ALLOC, 3 * P, P, M, 0) },
	  .value = 2 * M + P, .table = B_OWN },
	{ CASE(ROOMY | OLD), .ops = { MACHINE, OP(BOTTOM_UP, 1), TAKEN, SET_UP,
			      OP(ALLOC, 3 * P, P, M, 0), HAND_OFF },
	  .value = PAGES(0, LOW_END) + PAGES(2 * M + 4 * P, 16 * M),
	  .nr = 2, .rows = { FREED(0, LOW_END), FREED(2 * M + 4 * P, 16 * M) } },
	{ CASE(BLOCK), .ops = { MACHINE, SET_UP, OP(ALLOC, 3 * P, P, 0, 0), HAND_OFF },
	  .value = PAGES(0, LOW_END) + PAGES(M, 16 * M) - 3,
	  .nr = 2, .rows = { FREED(0, LOW_END), FREED(M, 16 * M - 3 * P) } },
	{ CASE(BLOCK), .ops = { MACHINE, SET_UP, OP(MAPPED, 4 * M / P), OP(ALLOC, P, P, 0, 0) },
	  .value = 4 * M - P },
	{ CASE(OLD), .ops = { MACHINE, TAKEN, SET_UP, OP(MAPPED, 2 * M / P + 2),
			      OP(FIND, M, 0, 2 * P, P) } },
	{ CASE(ALL), .ops = { MACHINE, SET_UP, OP(FIND, M, 2 * M, M, P) }, .value = M },
	{ CASE(ALL), .ops = { MACHINE, TAKEN, SET_UP, OP(FIND, M, 2 * M, P, P) } },
	{ CASE(BLOCK), .ops = { MACHINE, SET_UP, OP(ALLOC_RESERVED, 2 * P, P), HAND_OFF },
	  .value = PAGES(0, LOW_END) + PAGES(M, 16 * M) - 2,
	  .nr = 2, .rows = { FREED(0, LOW_END), FREED(M, 16 * M - 2 * P) } },
	{ CASE(OLD), .ops = { MACHINE, TAKEN, SET_UP, OP(ALLOC_RESERVED, 2 * P, P), HAND_OFF },
	  .value = PAGES(0, LOW_END) - 2 + PAGES(2 * M + P, 16 * M),
	  .nr = 2, .rows = { FREED(0, LOW_END - 2 * P), FREED(2 * M + P, 16 * M) } },
	/* nodes */
	{ CASE(BLOCK), .ops = { MACHINE, SET_UP, OP(NODE, 1, 0, 8 * M / P),
				OP(NODE, 2, 8 * M / P, 16 * M / P), OP(ALLOC_NODE, P, P, 1) },
	  .value = 8 * M - P },
	{ CASE(NODES), .ops = { MACHINE, SET_UP, OP(NODE, 1, 0, 8 * M / P),
				OP(NODE, 2, 8 * M / P, 16 * M / P),
				OP(RESERVE, 8 * M - P, 2 * P, 2), OP(RESERVE, M, P, 2), HAND_OFF },
	  .value = PAGES(0, LOW_END) + PAGES(M, 16 * M) - 3, .table = B_INITIALISED,
	  .nr = 3, .rows = { { M, P, 1, 0 }, { 8 * M - P, P, 1, 0 }, { 8 * M, P, 2, 0 } } },
	{ CASE(OLD), .ops = { MACHINE, TAKEN, SET_UP, OP(NODE, 65, 0, 4 * M / P), HAND_OFF },
	  .value = PAGES(0, LOW_END) + PAGES(2 * M + P, 4 * M),
	  .nr = 2, .rows = { FREED(0, LOW_END), FREED(2 * M + P, 4 * M) } },
	/* low memory alone goes, where that applies */
	{ CASE(BLOCK | BOOTMEM), .ops = { MACHINE, TAKEN, SET_UP, OP(LOW, 4 * M / P), HAND_OFF },
	  .value = PAGES(0, LOW_END) + PAGES(2 * M + P, 4 * M),
	  .nr = 2, .rows = { FREED(0, LOW_END), FREED(2 * M + P, 4 * M) } },
	{ CASE(LIST), .ops = { MACHINE, TAKEN, SET_UP, OP(LOW, 4 * M / P), HAND_OFF },
	  .value = PAGES(0, LOW_END) + PAGES(2 * M + P, 16 * M),
	  .nr = 2, .rows = { FREED(0, LOW_END), FREED(2 * M + P, 16 * M) } },
	/* once more: what goes twice is in two rows, of early_res nothing does */
	{ CASE(BLOCK), .ops = { MACHINE, TAKEN, SET_UP, HAND_OFF, OP(RESERVE, 0, M, 2), HAND_OFF },
	  .value = PAGES(2 * M + P, 16 * M),
	  .nr = 3, .rows = { FREED(0, LOW_END), FREED(2 * M + P, 16 * M),
			     FREED(2 * M + P, 16 * M) } },
	{ CASE(BLOCK), .ops = { MACHINE, TAKEN, SET_UP, HAND_OFF, HAND_OFF },
	  .value = PAGES(0, LOW_END) + PAGES(2 * M + P, 16 * M), .table = B_BOTH,
	  .nr = 2, .rows = { FREED(0, LOW_END), FREED(2 * M + P, 16 * M) } },
	{ CASE(OLD), .ops = { MACHINE, TAKEN, SET_UP, HAND_OFF, HAND_OFF },
	  .nr = 2, .rows = { FREED(0, LOW_END), FREED(2 * M + P, 16 * M) } },
	/* the array that early_res hands off in is no reservation: it lies in what goes */
	{ CASE(LIST), .ops = { MACHINE, TAKEN, SET_UP, HAND_OFF },
	  .value = PAGES(0, LOW_END) + PAGES(2 * M + P, 16 * M), .table = B_OWN,
	  .nr = 1, .rows = { { 0, 4 * 16, BOOT_OWN_RANGES, 0 } } },
	{ CASE(BOOTMEM), .ops = { MACHINE, TAKEN, SET_UP, HAND_OFF },
	  .value = PAGES(0, LOW_END) + PAGES(2 * M + P, 16 * M), .table = B_OWN },
	/* given up, there is no list: nothing happens any more */
	{ CASE(BLOCK), .ops = { MACHINE, TAKEN, SET_UP, HAND_OFF, OP(DISCARD), HAND_OFF },
	  .nr = 2, .rows = { FREED(0, LOW_END), FREED(2 * M + P, 16 * M) } },
	/* before the hand-off nothing is to be seen */
	{ CASE(ALL), .ops = { MACHINE, TAKEN, SET_UP }, .table = B_PAGES },
	{ CASE(ALL), .ops = { MACHINE, TAKEN, SET_UP }, .table = B_BOTH },
};

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* Words for the tests of the early_res model: ops as initializers, a model at work. */
#ifndef REFERENCE_EARLY_RES_TESTING_H
#define REFERENCE_EARLY_RES_TESTING_H

#include <string.h>

#include "contract/early_res.h"
#include "testing.h"

#define FIRM		EARLY_RES_FIRM
#define OK		EARLY_RES_OVERLAP_OK
#define TABLE		EARLY_RES_TABLE
#define RANGES		EARLY_RES_RANGES
#define NONE		UINT64_MAX
#define PAGE		4096ULL
#define G4		(1ULL << 32)
#define ALL_NODES	EARLY_RES_MAX_NODES

/* Operands that stand for names: none, "BIOS", "fourteen chars". */
#define NO_NAME		0
#define BIOS		2
#define FOURTEEN	3

#define RAM(start, size)	{ .id = E_RES_MAP, .arg = { start, size, EARLY_RES_MAP_RAM } }
#define HOLE(start, size)	{ .id = E_RES_MAP, .arg = { start, size, EARLY_RES_MAP_RESERVED } }
#define MAPPED(pfn)		{ .id = E_RES_MAPPED, .arg = { pfn } }
#define NODE(nid, start, end)	{ .id = E_RES_NODE, .arg = { nid, start, end } }
#define ACTIVE(nid, start, end)	{ .id = E_RES_ACTIVE_RAM, .arg = { nid, start, end } }
#define RESERVE(start, end, name) { .id = E_RES_RESERVE, .arg = { start, end, name } }
#define RESERVE_OK(start, end, name) { .id = E_RES_RESERVE_OVERLAP_OK, .arg = { start, end, name } }
#define APPEND(start, end, name) { .id = E_RES_RESERVE_WITHOUT_CHECK, .arg = { start, end, name } }
#define FREE(start, end)	{ .id = E_RES_FREE, .arg = { start, end } }
#define PARTIAL(start, end)	{ .id = E_RES_FREE_PARTIAL, .arg = { start, end } }
#define FIND(ei_start, ei_last, start, end, size, align) \
	{ .id = E_RES_FIND_AREA, .arg = { ei_start, ei_last, start, end, size, align } }
#define FIND_SIZE(ei_start, ei_last, start, align) \
	{ .id = E_RES_FIND_AREA_SIZE, .arg = { ei_start, ei_last, start, align } }
#define FIND_FW(start, end, size, align) { .id = E_RES_FIND_FW, .arg = { start, end, size, align } }
#define FIND_RAM(start, end, size, align) \
	{ .id = E_RES_FIND_E820, .arg = { start, end, size, align } }
#define FIND_RAM_SIZE(start, align) { .id = E_RES_FIND_E820_SIZE, .arg = { start, align } }
#define TAKE(start, size, align) { .id = E_RES_RESERVE_E820, .arg = { start, size, align } }
#define MAX_MAPPED		{ .id = E_RES_MAX_MAPPED }
#define TO_BOOTMEM(start, end)	{ .id = E_RES_TO_BOOTMEM, .arg = { start, end } }
#define GET_FREE(nid)		{ .id = E_RES_GET_FREE, .arg = { nid } }

/*
 * 64 pages of RAM, and of 4 slots a table of 8 that lies at 0: the lowest place below
 * [0x20000, ...)
 */
#define GROWN \
	RAM(0, 64 * PAGE), RESERVE(0x20000, 0x20010, BIOS), RESERVE(0x20020, 0x20030, BIOS), \
	RESERVE(0x20040, 0x20050, BIOS)

static union model_room room;

static inline void init_model(const struct config_desc *config, uint64_t quirks)
{
	const struct model_setup setup = { .config = config, .quirks = quirks };

	early_res_model.init(&room, &setup);
}

/* Run @ops; @e is that of the last one. */
static inline void run_ops(const struct op *ops, struct expect *e)
{
	run_model_ops(&early_res_model, &room, ops, e);
}

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What kernel/early_res.c asks for is what it may touch when it maps it, see shim_va(): included
 * before that file, which then calls find_and_note() by the name that it knows.
 */
#ifndef EARLY_RES_ASKED_H
#define EARLY_RES_ASKED_H

static u64 asked;

WRAPPER static u64 find_and_note(u64 start, u64 end, u64 size, u64 align)
{
	asked = size;
	return find_fw_memmap_area(start, end, size, align);
}

#define find_fw_memmap_area find_and_note

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_UAPI_ASM_BOOTPARAM_H
#define SHIM_UAPI_ASM_BOOTPARAM_H

/*
 * The zero page, as far as the files here read it (Documentation/arch/x86/zero-page.rst);
 * what they do not read is only room.
 */
#include <linux/types.h>

#define SETUP_NONE	0
#define SETUP_E820_EXT	1
#define SETUP_EFI	4
#define SETUP_IMA	8
#define SETUP_RNG_SEED	9
#define SETUP_INDIRECT	((int)(1u << 31))

struct setup_data {
	__u64 next;
	__u32 type;
	__u32 len;
	__u8 data[];
};

struct setup_indirect {
	__u32 type;
	__u32 reserved;
	__u64 len;
	__u64 addr;
};

#define ZEROPAGE_ENTRIES	128	/* what the layout has room for, used or not */
#ifdef SUBJECT_CONFIG_SMALL
#define E820_MAX_ENTRIES_ZEROPAGE 8
#else
#define E820_MAX_ENTRIES_ZEROPAGE ZEROPAGE_ENTRIES
#endif

#if LINUX_VERSION_CODE >= KERNEL_VERSION(4, 12, 0)
struct boot_e820_entry {
	__u64 addr;
	__u64 size;
	__u32 type;
} __attribute__((packed));
#else
#include <asm/e820.h>
#define boot_e820_entry	e820entry
#define e820_table	e820_map
#endif

struct boot_params {
	union {
		struct {
			__u8 room_screen[0x002];
			__u16 ext_mem_k;			/* 0x002 */
		} __attribute__((packed)) screen_info;
		__u8 room_start[0x1e0];
	};
	__u32 alt_mem_k;					/* 0x1e0 */
	__u32 scratch;
	__u8 e820_entries;					/* 0x1e8 */
	__u8 room_counts[0x1f1 - 0x1e9];
	struct {
		__u8 room_header[0x250 - 0x1f1];
		__u64 setup_data;				/* 0x250 */
	} __attribute__((packed)) hdr;
	__u8 room_header_end[0x2d0 - 0x258];
	struct boot_e820_entry e820_table[E820_MAX_ENTRIES_ZEROPAGE]; /* 0x2d0 */
	__u8 room_table[(ZEROPAGE_ENTRIES - E820_MAX_ENTRIES_ZEROPAGE) *
			sizeof(struct boot_e820_entry)];
	__u8 room_end[0x1000 - 0xcd0];
} __attribute__((packed));

#undef boot_e820_entry
#undef e820_table

#endif

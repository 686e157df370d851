/* SPDX-License-Identifier: GPL-2.0-only */
/* Sets of bytes, as sorted pieces that do not touch. Last bytes are inclusive. */
#ifndef REFERENCE_BOOT_SET_H
#define REFERENCE_BOOT_SET_H

#include <stdbool.h>
#include <stdint.h>

#define BOOT_SET	1280	/* pieces */

struct boot_piece {
	uint64_t first, last;
};

/**
 * struct boot_set - a set of bytes
 * @nr: pieces; @overflow: there was no room, the set is not right any more
 */
struct boot_set {
	unsigned int nr;
	bool overflow;
	struct boot_piece piece[BOOT_SET];
};

void boot_set_init(struct boot_set *s);

/* Set + [@first, @last], set - [@first, @last]. */
void boot_set_add(struct boot_set *s, uint64_t first, uint64_t last);
void boot_set_sub(struct boot_set *s, uint64_t first, uint64_t last);

/* Is any byte of [@first, @last] in it? */
bool boot_set_meets(const struct boot_set *s, uint64_t first, uint64_t last);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* A set of 64-bit hashes. */
#ifndef FUZZ_SEEN_H
#define FUZZ_SEEN_H

#include <stdbool.h>
#include <stdint.h>

struct seen {
	uint64_t *slot;		/* open addressing; 0 is an empty slot */
	uint64_t nr, mask;
};

bool seen_init(struct seen *s);

/* Add @hash; @added: it was not there before. Return: false when memory lacks. */
bool seen_add(struct seen *s, uint64_t hash, bool *added);

void seen_free(struct seen *s);

#endif

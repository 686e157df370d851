/* SPDX-License-Identifier: GPL-2.0-only */
/* FNV-1a: bytes are told apart by 64 bits, where nobody wants them to collide. */
#ifndef FUZZ_FNV_H
#define FUZZ_FNV_H

#include <stddef.h>
#include <stdint.h>

static inline uint64_t fnv1a(const void *data, size_t size)
{
	const unsigned char *c = data;
	uint64_t h = 0xcbf29ce484222325u;

	while (size--)
		h = (h ^ *c++) * 0x100000001b3u;
	return h;
}

#endif

// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the quirks of searches predict: kernels' searches know neither the end of the address space
 * nor an alignment that is none, and go through the list in its order, again and again.
 *
 * Where the arithmetic does not wrap and the alignment is a power of two, find ends where the
 * contract wants it; find_size does so unless the list's order gets in its way.
 */
#include "early_res_model.h"

#define NONE	UINT64_MAX

/* Modulo 2^64: 0 for what lies above the highest multiple; and for all of align 0. */
static uint64_t round_up(uint64_t addr, uint64_t align)
{
	return ((addr - 1) | (align - 1)) + 1;
}

/* A search that does not get higher for so many steps gets nowhere. */
static unsigned int patience(const struct early_res_state *s)
{
	return 4 * s->nr + 16;
}

static uint64_t first_addr(struct early_res_span in, uint64_t start, uint64_t align)
{
	uint64_t addr = round_up(in.start, align);

	return addr < start ? round_up(start, align) : addr;
}

/* The first reservation that [addr, last) meets, or -1. */
static int met(const struct early_res_state *s, uint64_t addr, uint64_t last)
{
	for (unsigned int i = 0; i < s->nr; i++)
		if (res_meets(&s->res[i], addr, last))
			return i;
	return -1;
}

enum kernel_end kernel_find(const struct early_res_state *s, struct early_res_span in,
			    struct early_res_span cut, uint64_t size, uint64_t align,
			    uint64_t *answer)
{
	uint64_t addr = first_addr(in, cut.start, align);
	unsigned int left = patience(s);
	int i;

	*answer = NONE;
	if (addr >= in.end)
		return KERNEL_ANSWERS;
	/* Only between two passes does it see that the window is left behind. */
	while ((i = met(s, addr, addr + size)) >= 0) {
		addr = round_up(res_end(&s->res[i]), align);
		if (!left--)
			return KERNEL_HANGS;
	}
	if (addr + size <= in.end && addr + size <= cut.end)
		*answer = addr;
	return KERNEL_ANSWERS;
}

enum kernel_end kernel_find_size(const struct early_res_state *s, struct early_res_span in,
				 uint64_t start, uint64_t align, struct early_res_block *b)
{
	uint64_t addr = first_addr(in, start, align), last = in.end;
	unsigned int left = patience(s);

	b->addr = NONE;
	b->size = 0;
	if (addr >= in.end)
		return KERNEL_ANSWERS;
	for (unsigned int i = 0; i < s->nr; i++) {
		uint64_t from = s->res[i].start, to = res_end(&s->res[i]);

		if (last > from && addr < from) {
			/* shortened */
			last = from;
		} else if (last > to && addr < to) {
			/* goes on behind it; @last stays, be it passed or not */
			addr = round_up(to, align);
		} else if (last <= to && addr >= from) {
			/*
			 * All that is left is reserved; what was cut off before is forgotten, and
			 * the size is made one too large to be an answer: but for what ends at 2^64
			 */
			if (in.end == NONE) {
				b->addr = first_addr(in, start, align);
				b->size = -b->addr;
			}
			return KERNEL_ANSWERS;
		} else {
			continue;
		}
		if (!left--)
			return KERNEL_HANGS;
		i = -1;
	}
	if (last > in.end)
		return KERNEL_ANSWERS;
	b->addr = addr;
	b->size = last - addr;
	return KERNEL_ANSWERS;
}

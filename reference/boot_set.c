// SPDX-License-Identifier: GPL-2.0-only
/* Sets of bytes: see boot_set.h. */
#include "boot_set.h"

#include <string.h>

void boot_set_init(struct boot_set *s)
{
	s->nr = 0;
	s->overflow = false;
}

/* The first piece that ends at or above @addr. */
static unsigned int from(const struct boot_set *s, uint64_t addr)
{
	unsigned int low = 0, high = s->nr;

	if (s->nr && s->piece[s->nr - 1].last < addr)
		return s->nr;
	while (low < high) {
		unsigned int mid = (low + high) / 2;

		if (s->piece[mid].last < addr)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Pieces @i to @to - 1 give way to the @n of @with. */
static void replace(struct boot_set *s, unsigned int i, unsigned int to,
		    const struct boot_piece *with, unsigned int n)
{
	if (s->nr - (to - i) + n > BOOT_SET) {
		s->overflow = true;
		return;
	}
	memmove(&s->piece[i + n], &s->piece[to], (s->nr - to) * sizeof(s->piece[0]));
	memcpy(&s->piece[i], with, n * sizeof(with[0]));
	s->nr = s->nr - (to - i) + n;
}

void boot_set_add(struct boot_set *s, uint64_t first, uint64_t last)
{
	/* what touches is one piece */
	unsigned int i = from(s, first ? first - 1 : 0), to = i;
	struct boot_piece p = { first, last };

	for (; to < s->nr && (last == UINT64_MAX || s->piece[to].first <= last + 1); to++) {
		p.first = s->piece[to].first < p.first ? s->piece[to].first : p.first;
		p.last = s->piece[to].last > p.last ? s->piece[to].last : p.last;
	}
	replace(s, i, to, &p, 1);
}

void boot_set_sub(struct boot_set *s, uint64_t first, uint64_t last)
{
	unsigned int i = from(s, first), to = i, n = 0;
	struct boot_piece rest[2];

	while (to < s->nr && s->piece[to].first <= last)
		to++;
	if (i == to)
		return;
	if (s->piece[i].first < first)
		rest[n++] = (struct boot_piece){ s->piece[i].first, first - 1 };
	if (s->piece[to - 1].last > last)
		rest[n++] = (struct boot_piece){ last + 1, s->piece[to - 1].last };
	replace(s, i, to, rest, n);
}

bool boot_set_meets(const struct boot_set *s, uint64_t first, uint64_t last)
{
	unsigned int i = from(s, first);

	return i < s->nr && s->piece[i].first <= last;
}

// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "seen.h"

bool seen_init(struct seen *s)
{
	s->nr = 0;
	s->mask = 65536 - 1;
	s->slot = calloc(s->mask + 1, sizeof(*s->slot));
	return s->slot;
}

static uint64_t *find(const struct seen *s, uint64_t hash)
{
	uint64_t i = hash & s->mask;

	while (s->slot[i] && s->slot[i] != hash)
		i = (i + 1) & s->mask;
	return &s->slot[i];
}

static bool grow(struct seen *s)
{
	struct seen more = { .nr = s->nr, .mask = 2 * s->mask + 1 };

	more.slot = calloc(more.mask + 1, sizeof(*more.slot));
	if (!more.slot)
		return false;
	for (uint64_t i = 0; i <= s->mask; i++)
		if (s->slot[i])
			*find(&more, s->slot[i]) = s->slot[i];
	free(s->slot);
	*s = more;
	return true;
}

bool seen_add(struct seen *s, uint64_t hash, bool *added)
{
	uint64_t *slot;

	hash += !hash;		/* 0 marks an empty slot */
	if (s->nr > s->mask / 2 && !grow(s))
		return false;
	slot = find(s, hash);
	*added = *slot != hash;
	if (*added) {
		*slot = hash;
		s->nr++;
	}
	return true;
}

void seen_free(struct seen *s)
{
	free(s->slot);
	memset(s, 0, sizeof(*s));
}

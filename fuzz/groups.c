// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "groups.h"

unsigned int group_head(const struct scenario *s, unsigned int i)
{
	if (i < s->nr)
		while (i && is_token_at(s, i))
			i--;
	return i;
}

void ops_open(struct scenario *s, unsigned int at, unsigned int n)
{
	memmove(&s->ops[at + n], &s->ops[at], (s->nr - at) * sizeof(s->ops[0]));
	memset(&s->ops[at], 0, n * sizeof(s->ops[0]));
	s->nr += n;
}

void ops_close(struct scenario *s, unsigned int at, unsigned int n)
{
	memmove(&s->ops[at], &s->ops[at + n], (s->nr - at - n) * sizeof(s->ops[0]));
	s->nr -= n;
}

static void reverse(struct op *a, struct op *b)
{
	for (; a < b; a++) {
		struct op tmp = *a;

		*a = *--b;
		*b = tmp;
	}
}

void ops_rotate(struct scenario *s, unsigned int a, unsigned int b, unsigned int c)
{
	reverse(&s->ops[a], &s->ops[b]);
	reverse(&s->ops[b], &s->ops[c]);
	reverse(&s->ops[a], &s->ops[c]);
}

void ops_truncate(struct scenario *s, unsigned int max)
{
	unsigned int head;

	if (s->nr <= max)
		return;
	head = group_head(s, max);
	if (head < max)
		s->ops[head].nr_tokens = max - head - 1;
	s->nr = max;
}

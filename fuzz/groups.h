/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Groups: an op with the tokens that follow it. Every edit of a scenario moves whole groups, or
 * tokens inside one group, so that a canonical scenario stays canonical.
 */
#ifndef FUZZ_GROUPS_H
#define FUZZ_GROUPS_H

#include "optable.h"
#include "scenario.h"

static inline bool is_token_at(const struct scenario *s, unsigned int i)
{
	return op_is_token(op_desc_any(s->family, s->ops[i].id));
}

/* Entries of the group that begins at @head. */
static inline unsigned int group_len(const struct scenario *s, unsigned int head)
{
	return 1u + s->ops[head].nr_tokens;
}

/* The head of the group that entry @i belongs to; @s->nr for @i = @s->nr. */
unsigned int group_head(const struct scenario *s, unsigned int i);

/* Open a gap of @n entries, all 0, at @at. The caller fills it and knows that it fits. */
void ops_open(struct scenario *s, unsigned int at, unsigned int n);

/* Remove @n entries at @at. */
void ops_close(struct scenario *s, unsigned int at, unsigned int n);

/* Exchange the adjacent runs [a, b) and [b, c). */
void ops_rotate(struct scenario *s, unsigned int a, unsigned int b, unsigned int c);

/* Cut a scenario to @max entries. */
void ops_truncate(struct scenario *s, unsigned int max);

#endif

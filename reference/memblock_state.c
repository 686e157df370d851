// SPDX-License-Identifier: GPL-2.0-only
/* The memblock model: the lists in the state's room, and the settings. */
#include "memblock_model.h"

#define FIRST_SPACE	32	/* entries that each list has space for at first */

static const uint8_t entry_size[MEMBLOCK_LISTS] = {
	[M_MEMORY] = sizeof(struct row), [M_RESERVED] = sizeof(struct row),
	[M_PHYSMEM] = sizeof(struct row),
	[L_MAP + M_MEMORY] = sizeof(struct memblock_piece),
	[L_MAP + M_RESERVED] = sizeof(struct memblock_piece),
	[L_MAP + M_PHYSMEM] = sizeof(struct memblock_piece),
	[L_HANDOFF] = sizeof(struct row), [L_ANSWER] = sizeof(struct row),
	[L_PRINTED] = sizeof(struct row),
};

void memblock_lists_init(struct memblock_state *s)
{
	uint32_t at = 0;

	for (unsigned int i = 0; i < MEMBLOCK_LISTS; i++) {
		s->at[i] = at;
		s->nr[i] = 0;
		s->space[i] = FIRST_SPACE;
		at += FIRST_SPACE * entry_size[i];
	}
}

static uint32_t lists_end(const struct memblock_state *s)
{
	return s->at[MEMBLOCK_LISTS - 1] +
	       s->space[MEMBLOCK_LISTS - 1] * entry_size[MEMBLOCK_LISTS - 1];
}

size_t memblock_used(const void *state)
{
	const struct memblock_state *s = state;

	return offsetof(struct memblock_state, room) + lists_end(s);
}

bool memblock_more_space(struct memblock_state *s, unsigned int list, unsigned int more)
{
	uint32_t end = lists_end(s), next = s->at[list] + s->space[list] * entry_size[list];
	uint32_t space = s->space[list], grow;

	if (s->nr[list] + more <= space)
		return true;
	while (space < s->nr[list] + more)
		space *= 2;
	grow = (space - s->space[list]) * entry_size[list];
	if (end + grow > MEMBLOCK_ROOM) {
		s->overflow = true;
		return false;
	}
	memmove(s->room + next + grow, s->room + next, end - next);
	for (unsigned int i = list + 1; i < MEMBLOCK_LISTS; i++)
		s->at[i] += grow;
	s->space[list] = space;
	return true;
}

/* --- settings --- */

void memblock_set(struct memblock_state *s, unsigned int i, uint64_t value)
{
	s->setting[i].start = value;
}

void memblock_settings_init(struct memblock_state *s)
{
	for (unsigned int i = 0; i < MEMBLOCK_SETTINGS; i++) {
		bool counter = i == MEMBLOCK_MEMORY_TOTAL || i == MEMBLOCK_RESERVED_TOTAL ||
			       i == MEMBLOCK_PHYSMEM_TOTAL;

		s->setting[i] = (struct row){ 0, !counter, 1 + i, 0 };
	}
	memblock_set(s, MEMBLOCK_LIMIT, s->facts->phys_max);
}

/* --- what is expected --- */

/* Reports have one description; the oracle makes their fingerprint when it needs one. */
static void report(struct expect *e, unsigned int table, unsigned int nr, const struct row *rows)
{
	e->rows.table[table] = (struct table){ nr, rows };
	e->sum[table] = 0;
	e->row_sum[table] = 0;
}

void memblock_describe(struct memblock_state *s, struct expect *e)
{
	static const uint8_t total[] = {
		MEMBLOCK_MEMORY_TOTAL, MEMBLOCK_RESERVED_TOTAL, MEMBLOCK_PHYSMEM_TOTAL
	};

	e->rows.nr_tables = M_TABLES;
	for (unsigned int t = 0; t < MEMBLOCK_COLLECTIONS; t++) {
		if (s->want[t] != s->sum[t]) {
			if (s->led)
				memblock_map_from_rows(s);
			else
				s->odd = true;
		}
		s->setting[total[t]].start = s->total[t];
		e->rows.table[t] = (struct table){ s->nr[t], memblock_rows(s, t) };
		e->sum[t] = s->want[t];
		e->row_sum[t] = s->sum[t];
	}
	s->odd |= s->hand_want != s->hand_sum;
	e->rows.table[M_OWN] = (struct table){ s->nr_own, s->own };
	e->sum[M_OWN] = e->row_sum[M_OWN] = s->own_sum;
	e->rows.table[M_HANDOFF] = (struct table){ s->nr[L_HANDOFF], memblock_rows(s, L_HANDOFF) };
	e->sum[M_HANDOFF] = s->hand_want;
	e->row_sum[M_HANDOFF] = s->hand_sum;
	report(e, M_SETTINGS, MEMBLOCK_SETTINGS, s->setting);
	report(e, M_ANSWER, s->nr[L_ANSWER], memblock_rows(s, L_ANSWER));
	report(e, M_PRINTED, s->nr[L_PRINTED], memblock_rows(s, L_PRINTED));
	report(e, M_NAMED, s->nr_named, s->named);
	e->cut |= s->overflow;
}

// SPDX-License-Identifier: GPL-2.0-only
/* The boot model: what was handed off, as rows of the tables. */
#include <string.h>

#include "boot_model.h"

#define PAGE_LAST	(BOOT_PAGE - 1ULL)

void boot_pages_init(struct boot_pages *p)
{
	p->nr_passed = 0;
	p->nr_both = 0;
	p->nr_own = 0;
	p->nr_initialised = 0;
	ival_init(&p->passed);
	ival_init(&p->initialised);
}

void boot_pass(struct boot_pages *p, uint64_t start, uint64_t end)
{
	ival_add(&p->passed, BOOT_FREED, start, end - 1, 1);
}

void boot_initialise(struct boot_pages *p, uint32_t node, uint64_t start, uint64_t end)
{
	ival_add(&p->initialised, node, start, end - 1, 1);
}

/* [@first, @last] behind the rows before; what touches the last one of @type is one with it. */
static void put(struct row *rows, unsigned int *nr, unsigned int own, uint32_t type, uint64_t first,
		uint64_t last)
{
	struct row *before = *nr > own ? &rows[*nr - 1] : NULL;

	if (before && before->type == type && before->start + before->size == first) {
		before->size += last - first + 1;
		return;
	}
	if (*nr < BOOT_ROWS)
		rows[(*nr)++] = (struct row){ first, last - first + 1, type, 0 };
}

/* Pages that were passed on at least once; behind them those twice, and so on. */
static void passed_rows(struct boot_pages *p)
{
	const struct ival *m = &p->passed;
	uint32_t most = 0;

	p->nr_passed = 0;
	for (unsigned int i = 0; i < m->nr; i++)
		most = m->step[i].count > most ? m->step[i].count : most;
	for (uint32_t times = 1; times <= most; times++) {
		unsigned int own = p->nr_passed;

		for (unsigned int i = 0; i < m->nr; i++) {
			struct ival_piece piece = ival_piece(m, i);

			if (piece.count >= times)
				put(p->passed_row, &p->nr_passed, own, BOOT_FREED, piece.first,
				    piece.last);
		}
	}
}

static void initialised_rows(struct boot_pages *p)
{
	const struct ival *m = &p->initialised;
	struct row *rows = p->initialised_row;

	p->nr_initialised = 0;
	for (unsigned int i = 0; i < m->nr; i++) {
		struct ival_piece piece = ival_piece(m, i);

		if (piece.count)
			put(rows, &p->nr_initialised, 0, m->step[i].type, piece.first,
			    piece.last);
	}
	/* by start, then type: they are by type and then start, and few types are there */
	for (unsigned int i = 1; i < p->nr_initialised; i++) {
		struct row r = rows[i];
		unsigned int j = i;

		for (; j && rows[j - 1].start > r.start; j--)
			rows[j] = rows[j - 1];
		rows[j] = r;
	}
}

/* Rows + [@first, @last]. */
static void unite(struct row *rows, unsigned int *nr, uint64_t first, uint64_t last)
{
	unsigned int i = 0, to;

	while (i < *nr && rows[i].start + rows[i].size < first)
		i++;
	for (to = i; to < *nr && rows[to].start <= last + 1; to++) {
		uint64_t end = rows[to].start + rows[to].size - 1;

		first = rows[to].start < first ? rows[to].start : first;
		last = end > last ? end : last;
	}
	if (*nr - (to - i) == BOOT_ROWS)
		return;
	memmove(&rows[i + 1], &rows[to], (*nr - to) * sizeof(rows[0]));
	*nr = *nr - (to - i) + 1;
	rows[i] = (struct row){ first, last - first + 1, BOOT_FREED, 0 };
}

static void both_rows(struct boot_pages *p)
{
	const struct ival *m = &p->passed;

	p->nr_both = 0;
	for (unsigned int i = 0; i < m->nr; i++) {
		struct ival_piece piece = ival_piece(m, i);

		if (piece.count)
			put(p->both, &p->nr_both, 0, BOOT_FREED, piece.first, piece.last);
	}
	for (unsigned int i = 0; i < p->nr_own; i++)
		if (p->own[i].size)
			unite(p->both, &p->nr_both, p->own[i].start & ~PAGE_LAST,
			      (p->own[i].start + p->own[i].size - 1) | PAGE_LAST);
}

/* --- the allocators' tables --- */

static void own_rows(struct boot_state *s)
{
	struct boot_pages *p = &s->pages;

	p->nr_own = 0;
	for (unsigned int i = 0; !s->old && i < s->memblock.nr_own; i++)
		if (s->memblock.own[i].size)
			p->own[p->nr_own++] = s->memblock.own[i];
	for (unsigned int i = 0; s->old && i < s->early_res.nr_own; i++) {
		if (!s->early_res.own[i].size)
			continue;
		p->own[p->nr_own] = s->early_res.own[i];
		p->own[p->nr_own++].type = s->early_res.own[i].type == EARLY_RES_TABLE ?
					   BOOT_OWN_RESERVED : BOOT_OWN_RANGES;
	}
}

static uint64_t sum_of(const struct row *rows, unsigned int nr)
{
	return nr ? table_sum(&(struct table){ nr, rows }) : 0;
}

/* One description: its fingerprint is both layers'. */
static void report(struct expect *e, unsigned int table, unsigned int nr, const struct row *rows)
{
	e->rows.table[table] = (struct table){ nr, rows };
	e->row_sum[table] = sum_of(rows, nr);
	e->sum[table] = e->row_sum[table];
}

void boot_describe(struct boot_state *s, struct expect *e)
{
	struct boot_pages *p = &s->pages;

	own_rows(s);
	if (s->handed) {
		passed_rows(p);
		initialised_rows(p);
		both_rows(p);
	}
	e->rows.nr_tables = B_TABLES;
	e->rows.table[B_PAGES] = (struct table){ p->nr_passed, p->passed_row };
	e->row_sum[B_PAGES] = p->passed.sum;
	e->sum[B_PAGES] = s->owners.want.sum;
	report(e, B_BOTH, p->nr_both, p->both);
	report(e, B_OWN, p->nr_own, p->own);
	report(e, B_INITIALISED, p->nr_initialised, p->initialised_row);
	s->overflow |= p->passed.overflow || p->initialised.overflow || s->owners.overflow ||
		       p->nr_passed == BOOT_ROWS || p->nr_both == BOOT_ROWS;
	e->cut |= s->overflow;
}

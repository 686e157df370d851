// SPDX-License-Identifier: GPL-2.0-only
/*
 * The early_res model: reserve and free in the variant that has memblock behind the calls. The list
 * is a set of bytes: rows sorted and merged, firm, without names.
 */
#include <string.h>

#include "early_res_model.h"

static void replace(struct early_res_state *s, unsigned int from, unsigned int to,
		    const struct early_res_span *with, unsigned int n)
{
	for (unsigned int i = from; i < to; i++)
		s->res_sum -= range_sum(EARLY_RES_FIRM, s->res[i].start, res_end(&s->res[i]));
	memmove(&s->res[from + n], &s->res[to], (s->nr - to) * sizeof(s->res[0]));
	s->nr = s->nr - (to - from) + n;
	for (unsigned int i = 0; i < n; i++) {
		s->res[from + i] = (struct row){ with[i].start, with[i].end - with[i].start,
						 EARLY_RES_FIRM, 0 };
		s->res_sum += range_sum(EARLY_RES_FIRM, with[i].start, with[i].end);
	}
}

/* About to grow: another family's matter. What is split needs a slot more while it is split. */
static bool about_to_grow(struct early_res_step *step)
{
	const struct early_res_state *s = step->s;

	step->e->cut |= s->nr + 2 > s->slots;
	return step->e->cut;
}

static void clear_map(struct early_res_state *s, uint64_t start, uint64_t end)
{
	uint64_t before = s->map.sum;

	ival_clear(&s->map, EARLY_RES_FIRM, start, end - 1);
	s->res_want += s->map.sum - before;
}

void early_res_memblock_reserve(struct early_res_step *step, const struct op *op)
{
	struct early_res_state *s = step->s;
	struct early_res_span r = { op->arg[0], op->arg[1] };
	unsigned int from = 0, to;

	if (r.start >= r.end || about_to_grow(step))
		return;
	early_res_frame(step, 1u << E_RES_RESERVED, r.start, r.end - 1);
	clear_map(s, r.start, r.end);
	ival_add(&s->map, EARLY_RES_FIRM, r.start, r.end - 1, 1);
	s->res_want += range_sum(EARLY_RES_FIRM, r.start, r.end);
	while (from < s->nr && res_end(&s->res[from]) < r.start)
		from++;
	for (to = from; to < s->nr && s->res[to].start <= r.end; to++) {
		r.start = s->res[to].start < r.start ? s->res[to].start : r.start;
		r.end = res_end(&s->res[to]) > r.end ? res_end(&s->res[to]) : r.end;
	}
	replace(s, from, to, &r, 1);
}

void early_res_memblock_free(struct early_res_step *step, const struct op *op)
{
	struct early_res_state *s = step->s;
	uint64_t start = op->arg[0], end = op->arg[1];
	struct early_res_span rest[2];
	unsigned int from = 0, to, n = 0;

	if (start >= end || about_to_grow(step))
		return;
	early_res_frame(step, 1u << E_RES_RESERVED, start, end - 1);
	clear_map(s, start, end);
	while (from < s->nr && res_end(&s->res[from]) <= start)
		from++;
	for (to = from; to < s->nr && s->res[to].start < end; to++)
		;
	if (from == to)
		return;
	if (s->res[from].start < start)
		rest[n++] = (struct early_res_span){ s->res[from].start, start };
	if (res_end(&s->res[to - 1]) > end)
		rest[n++] = (struct early_res_span){ end, res_end(&s->res[to - 1]) };
	replace(s, from, to, rest, n);
}

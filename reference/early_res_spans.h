/* SPDX-License-Identifier: GPL-2.0-only */
/* Sets of bytes: the machine of early_res@reference has its RAM in one. */
#ifndef REFERENCE_EARLY_RES_SPANS_H
#define REFERENCE_EARLY_RES_SPANS_H

#include <string.h>

#include "early_res.h"

/* Pieces: each entry of the map and each reserve_e820 adds one or splits one. */
#define SPANS_MAX	(EARLY_RES_MAP_MAX + EARLY_RES_TAKEN_MAX + 1)

/* Ascending, none touching another. */
struct spans {
	unsigned int nr;
	struct early_res_span span[SPANS_MAX];
};

static inline void spans_set(struct spans *s, const struct early_res_span *span, unsigned int nr)
{
	memcpy(s->span, span, nr * sizeof(span[0]));
	s->nr = nr;
}

static inline void spans_cut(struct spans *s, struct early_res_span cut)
{
	struct early_res_span out[SPANS_MAX];
	unsigned int nr = 0;

	for (unsigned int i = 0; i < s->nr; i++) {
		struct early_res_span p = s->span[i];

		if (p.start < cut.start)
			out[nr++] = (struct early_res_span){
				p.start, p.end < cut.start ? p.end : cut.start };
		if (cut.end < p.end)
			out[nr++] = (struct early_res_span){
				p.start > cut.end ? p.start : cut.end, p.end };
	}
	spans_set(s, out, nr);
}

/* In its place; what it touches becomes one piece with it. */
static inline void spans_add(struct spans *s, struct early_res_span add)
{
	struct early_res_span out[SPANS_MAX];
	unsigned int nr = 0, i = 0;

	while (i < s->nr && s->span[i].end < add.start)
		out[nr++] = s->span[i++];
	for (; i < s->nr && s->span[i].start <= add.end; i++) {
		if (s->span[i].start < add.start)
			add.start = s->span[i].start;
		if (s->span[i].end > add.end)
			add.end = s->span[i].end;
	}
	out[nr++] = add;
	while (i < s->nr)
		out[nr++] = s->span[i++];
	spans_set(s, out, nr);
}

#endif

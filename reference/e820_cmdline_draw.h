/* SPDX-License-Identifier: GPL-2.0-only */
/* Random command lines over a small universe. */
#ifndef REFERENCE_E820_CMDLINE_DRAW_H
#define REFERENCE_E820_CMDLINE_DRAW_H

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "contract/e820.h"
#include "testing.h"

#define LINE_TOKENS	48
#define LINE_ROOM	1024	/* of a parameter */
#define PART_MIN	16	/* bytes of a token at least, but for the last one */

/* Draws [start, start + size) of the universe. */
typedef void draw_range_fn(uint64_t *seed, uint64_t *start, uint64_t *size);

/* A number in one of its spellings. */
static inline void draw_number(uint64_t *seed, char *out, uint64_t n)
{
	static const char *const forms[] = { "%" PRIu64, "0x%" PRIx64, "0%" PRIo64, "0X%" PRIX64 };

	sprintf(out, forms[random_below(seed, ARRAY_SIZE(forms))], n);
}

/* With the suffix that it allows, at times. Before there were others, G is the largest. */
static inline void draw_size(uint64_t *seed, char *out, uint64_t n, bool old)
{
	static const char suffixes[] = "KMGTPE";
	unsigned int max = old ? 3 : 6, largest = 0, k;

	while (n && largest < max && !(n << (54 - 10 * largest)))
		largest++;
	k = random_below(seed, largest + 1);
	/* behind 0x an E is a digit */
	if (k == 6)
		sprintf(out, "%" PRIu64, n >> 60);
	else
		draw_number(seed, out, n >> 10 * k);
	if (k)
		sprintf(out + strlen(out), "%c", suffixes[k - 1] | (random_below(seed, 2) << 5));
}

static inline void draw_type(uint64_t *seed, char *out, char sign)
{
	static const uint64_t types[] = { 0, 1, 1, 2, 3, 7, 12, 128, E820_T_SOFT_RESERVED,
					  (1ULL << 32) + 1, 1ULL << 32 };

	sprintf(out, "%c", sign);
	draw_number(seed, out + 1, types[random_below(seed, ARRAY_SIZE(types))]);
}

static inline void draw_item(uint64_t *seed, char *out, draw_range_fn *draw, bool old)
{
	static const char marks[] = "@#$!%%%%%?";
	static const char *const words[] = { "exactmap", "exactmapped", "exact", "", "x", "K@0" };
	uint64_t start, size;
	char mark = marks[random_below(seed, sizeof(marks) - 1)];
	bool limit = mark == '?' || (old && (mark == '!' || mark == '%')) ||
		     !random_below(seed, 8);

	if (!random_below(seed, 8)) {
		strcpy(out, words[random_below(seed, ARRAY_SIZE(words))]);
		return;
	}
	draw(seed, &start, &size);
	/* a limit must be of the universe: what follows N counts for nothing */
	draw_size(seed, out, limit ? start : size, old);
	if (limit && random_below(seed, 2))
		return;
	if (limit && !(old && (mark == '!' || mark == '%')))
		mark = '?';
	sprintf(out + strlen(out), "%c", mark);
	draw_size(seed, out + strlen(out), start, old);
	if (mark == '%' && random_below(seed, 4))
		draw_type(seed, out + strlen(out), '-');
	if (mark == '%' && random_below(seed, 4))
		draw_type(seed, out + strlen(out), '+');
	if (!random_below(seed, 20))
		strcat(out, "z");
}

static inline void draw_param(uint64_t *seed, char *out, draw_range_fn *draw, bool old)
{
	static const char *const words[] = { "mem", "memmap", "--", "quiet", "mem=nopentium",
					     "mem=x", "mem=", "memmap=", "Mem=1" };
	uint64_t start, size;

	if (!random_below(seed, 8)) {
		strcpy(out, words[random_below(seed, ARRAY_SIZE(words))]);
	} else if (!random_below(seed, 4)) {
		draw(seed, &start, &size);
		strcpy(out, "mem=");
		draw_size(seed, out + 4, start, old);
	} else {
		strcpy(out, "memmap=");
		draw_item(seed, out + 7, draw, old);
		while (!random_below(seed, 2) && strlen(out) < 128) {
			strcat(out, ",");
			draw_item(seed, out + strlen(out), draw, old);
		}
	}
}

/* The tokens of a cmdline: @op has room for LINE_TOKENS behind it; @old: as v2.6.34 reads them. */
static inline void draw_line(uint64_t *seed, struct op *op, draw_range_fn *draw, bool old)
{
	unsigned int nr = random_below(seed, 4);

	op->nr_tokens = 0;
	for (unsigned int i = 0; i < nr; i++) {
		char text[LINE_ROOM] = "", *p = text;
		size_t left;

		draw_param(seed, text, draw, old);
		left = strlen(text);
		for (bool more = false; left && op->nr_tokens < LINE_TOKENS; more = true) {
			unsigned int len = PART_MIN + random_below(seed, OP_TEXT_MAX - PART_MIN);
			struct op *token = &op[++op->nr_tokens];

			len = len < left ? len : left;
			token->id = more ? E820_MORE : E820_PARAM;
			op_set_text(token, p, len);
			p += len;
			left -= len;
		}
	}
}

#endif

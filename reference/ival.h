/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Interval maps: how often is a byte covered by a type?
 *
 * One map holds, for every type, a step function from address to multiplicity over the whole
 * address space [0, 2^64). Only the steps are kept, sorted by (type, address). Intervals are
 * written with an inclusive last byte, so that the end of the address space needs no special
 * case.
 */
#ifndef REFERENCE_IVAL_H
#define REFERENCE_IVAL_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Steps that a map has room for. 320 entries have at most 640 boundaries, and with their overlaps
 * resolved at most 639 intervals of two steps each.
 */
#define IVAL_STEPS	2048

/* From @addr on, up to the next step of this type, bytes are covered @count times. */
struct ival_step {
	uint64_t addr;
	uint32_t type;
	uint32_t count;
};

/**
 * struct ival - an interval map
 * @nr: steps in use
 * @overflow: an operation did not find room; the map is no longer right
 * @flat: no byte is covered more than once, all types together (false: not known)
 * @sum: fingerprint: what table_sum() says of any rows that cover the same bytes as often
 * @step: sorted by type, then address; no step repeats the count before it
 */
struct ival {
	unsigned int nr;
	bool overflow;
	bool flat;
	uint64_t sum;
	struct ival_step step[IVAL_STEPS];
};

/* Bytes @first to @last, both inclusive, all covered @count times. */
struct ival_piece {
	uint64_t first, last;
	uint32_t count;
};

/* An empty map. Touches the head only: a map may be large and mostly unused. */
void ival_init(struct ival *m);

/* Cover [@first, @last] by @type @n times more. */
void ival_add(struct ival *m, uint32_t type, uint64_t first, uint64_t last, uint32_t n);

/* Cover them @n times less; they must all be covered that often. */
void ival_sub(struct ival *m, uint32_t type, uint64_t first, uint64_t last, uint32_t n);

/**
 * ival_clear() - take all cover by @type from [@first, @last]
 * Return: bytes taken, each as often as it was covered, modulo 2^64.
 */
uint64_t ival_clear(struct ival *m, uint32_t type, uint64_t first, uint64_t last);

/* The same for all types. */
uint64_t ival_clear_all(struct ival *m, uint64_t first, uint64_t last);

/**
 * ival_move() - turn all cover by @from in [@first, @last] into cover by @to
 * Return: bytes turned, each as often as it was covered, modulo 2^64.
 */
uint64_t ival_move(struct ival *m, uint32_t from, uint32_t to, uint64_t first, uint64_t last);

/* Every covered byte keeps one cover: by the highest of its types. */
void ival_keep_highest(struct ival *m);

/* How often is byte @addr covered by @type? */
uint32_t ival_count(const struct ival *m, uint32_t type, uint64_t addr);

/**
 * ival_next() - the first covered piece at or after @pos
 * @p: its bytes at or after @pos; neighbouring pieces of another count are pieces of their own
 * Return: false when nothing at or after @pos is covered by @type.
 */
bool ival_next(const struct ival *m, uint32_t type, uint64_t pos, struct ival_piece *p);

/* Is any byte of [@first, @last] covered by any type? */
bool ival_any_type(const struct ival *m, uint64_t first, uint64_t last);

/*
 * Index of the first step of @type; of the first one behind where it would be, if it covers
 * nothing.
 */
unsigned int ival_section(const struct ival *m, uint32_t type);

/* The bytes that step @i speaks for; their count may be 0. */
static inline struct ival_piece ival_piece(const struct ival *m, unsigned int i)
{
	const struct ival_step *s = &m->step[i];
	bool more = i + 1 < m->nr && s[1].type == s->type;

	return (struct ival_piece){ s->addr, more ? s[1].addr - 1 : UINT64_MAX, s->count };
}

bool ival_next_type(const struct ival *m, bool first, uint32_t *type);

/* Is any byte of [@first, @last] covered by @type? */
bool ival_any(const struct ival *m, uint32_t type, uint64_t first, uint64_t last);

/* Is every byte of [@first, @last] covered by @type? */
bool ival_all(const struct ival *m, uint32_t type, uint64_t first, uint64_t last);

/* Is any byte covered more than once by the same type? */
bool ival_doubled(const struct ival *m);

/* Steps in order, none repeated, every type's counts non-zero somewhere, sum right? For tests. */
bool ival_valid(const struct ival *m);

#endif

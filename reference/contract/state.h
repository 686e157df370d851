/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What can be observed of a subject after an op: its result and its tables.
 *
 * A table is a list of rows. Two readings of it are compared:
 *
 *  - the exact layer: the rows themselves, in their order;
 *  - the safety layer: the multiset of (byte, type) pairs that the rows describe. It does not
 *    change when rows are reordered, split or merged. table_sum() is a 64-bit fingerprint of it.
 */
#ifndef CONTRACT_STATE_H
#define CONTRACT_STATE_H

#include <stdbool.h>
#include <stdint.h>

/**
 * struct row - one entry of a table
 * @start: first byte
 * @size: bytes; start + size may be 2^64 (which reads as 0)
 * @type: family-specific (an e820 type, a recorded call, 0 where there is no type)
 * @flags: family-specific second word (0 where there is none)
 */
struct row {
	uint64_t start;
	uint64_t size;
	uint32_t type;
	uint32_t flags;
};

struct table {
	unsigned int nr;
	const struct row *rows;
};

#define TABLES_MAX	9

/**
 * struct state - the observable state of a subject
 * @table: indexed as the family's table descriptions
 * @nr_tables: how many are in use
 */
struct state {
	unsigned int nr_tables;
	struct table table[TABLES_MAX];
};

/* How an op ended. Anything but OUT_RETURN ends the scenario: the machine is dead. */
enum outcome {
	OUT_RETURN,
	OUT_PANIC,	/* panic() */
	OUT_BUG,	/* BUG() or BUG_ON() */
	OUT_UNMAPPED,	/* touched memory that is not mapped */
	OUT_HANG,	/* did not end */
};

enum announcement {
	SAID_ERROR = 1,		/* printk at KERN_ERR or worse */
	SAID_WARNING = 2,	/* printk at KERN_WARNING */
	SAID_WARN = 4,		/* WARN(), WARN_ON() */
	SAID_UNKNOWN = 8,	/* expected only: nobody knows */
};

/**
 * struct result - how an op ended
 * @outcome: see enum outcome
 * @value: what the function returned, widened to 64 bits (sign-extended); 0 for void
 * @said: enum announcement, of everything printed during the op
 */
struct result {
	enum outcome outcome;
	unsigned int said;
	uint64_t value;
};

/* A 64-bit mix of a type and an address (the finalizer of MurmurHash3, in the public domain). */
static inline uint64_t edge_hash(uint32_t type, uint64_t addr)
{
	uint64_t x = addr ^ ((uint64_t)type + 1) * 0x9e3779b97f4a7c15u;

	x ^= x >> 33;
	x *= 0xff51afd7ed558ccdu;
	x ^= x >> 33;
	x *= 0xc4ceb9fe1a85ec53u;
	x ^= x >> 33;
	return x;
}

/*
 * The fingerprint of one range [start, end) of a type: e(start) - e(end). Sums of it telescope:
 * [a, b) + [b, c) = [a, c), so that a sum over ranges depends only on how often each byte is
 * covered by each type. An end of 2^64 is written 0 and has no edge: [0, 0) is the whole address
 * space. No empty range, please: that would look like it.
 */
static inline uint64_t range_sum(uint32_t type, uint64_t start, uint64_t end)
{
	return edge_hash(type, start) - (end ? edge_hash(type, end) : 0);
}

/*
 * One past the last byte of a row, 2^64 written as 0. A row that claims more than the address space
 * has covers what there is: up to its end.
 */
static inline uint64_t row_end(const struct row *r)
{
	uint64_t end = r->start + r->size;

	return end < r->start ? 0 : end;
}

/* How many of @nr rows cover the byte at @addr with @type. */
static inline unsigned int rows_cover(const struct row *rows, unsigned int nr, uint64_t addr,
				      uint32_t type)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < nr; i++)
		n += rows[i].size && rows[i].type == type && addr >= rows[i].start &&
		     addr <= row_end(&rows[i]) - 1;
	return n;
}

/* Both ends of each of @nr rows that is not empty go behind the @used ones in @out, up to @max. */
static inline unsigned int rows_edges(const struct row *rows, unsigned int nr, uint64_t *out,
				      unsigned int used, unsigned int max)
{
	for (unsigned int i = 0; i < nr && used + 2 <= max; i++) {
		if (!rows[i].size)
			continue;
		out[used++] = rows[i].start;
		out[used++] = row_end(&rows[i]);
	}
	return used;
}

/* @type goes behind the @used ones in @out, if it is none of them and they are fewer than @max. */
static inline unsigned int put_type(uint32_t *out, unsigned int used, unsigned int max,
				    uint32_t type)
{
	for (unsigned int i = 0; i < used; i++)
		if (out[i] == type)
			return used;
	if (used < max)
		out[used++] = type;
	return used;
}

/* The fingerprint of a table's safety layer. */
static inline uint64_t table_sum(const struct table *t)
{
	uint64_t sum = 0;

	for (unsigned int i = 0; i < t->nr; i++)
		if (t->rows[i].size)
			sum += range_sum(t->rows[i].type, t->rows[i].start,
					 row_end(&t->rows[i]));
	return sum;
}

#endif

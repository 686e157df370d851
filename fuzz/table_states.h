/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The states of a table with slots, as a dimension of what fuzzing reaches: how full it is, how
 * often it was doubled, and what an op made of a table that was full. Growth has its bugs where
 * two of memblock's tables meet in such states, which plain coverage cannot see.
 */
#ifndef FUZZ_TABLE_STATES_H
#define FUZZ_TABLE_STATES_H

#include "contract/state.h"
#include "scenario.h"

/* How far a table is: what it holds while it was never doubled, then how often it was. */
enum table_level {
	LEVEL_EMPTY,
	LEVEL_BELOW,		/* some rows, two slots free or more */
	LEVEL_ONE_BELOW,	/* one slot free */
	LEVEL_FULL,
	LEVEL_DOUBLED_ONCE,
	LEVEL_DOUBLED_TWICE,	/* or more often */
	LEVELS
};

/* What can be reached; a bit each. The first six are the fill of the table, whatever its size. */
enum table_reach {
	REACH_EMPTY,
	REACH_BELOW,
	REACH_ONE_BELOW,
	REACH_FULL,
	REACH_DOUBLED_ONCE,
	REACH_DOUBLED_TWICE,
	REACH_BY_ISOLATING,	/* doubled by an op that splits at the borders of its range */
	REACH_BY_ADDING,	/* doubled by an op that adds a range and merges */
	REACH_FOR_OTHER,	/* doubled by an op on the other table: for that one's own sake */
	REACH_NOT_RESIZED,	/* full, may not be resized: the op failed */
	REACH_NO_ROOM,		/* full, no room to double: the op failed */
	REACH_FROM_SLAB,	/* doubled from slab */
	REACHES
};

extern const char *const table_level_names[LEVELS];
extern const char *const table_reach_names[REACHES];

#define REACH_EVENTS	REACH_BY_ISOLATING	/* from here on: what an op made of the table */

#define WATCHED_TABLES	2u	/* family memblock: memory and reserved */

/**
 * struct table_watch - the tables of a run
 * @slots, @rows: by table, after the op before
 * @resize, @slab: of the settings, after the op before
 * @reached: by table, bits of enum table_reach: by the op before
 */
struct table_watch {
	unsigned int slots[WATCHED_TABLES], rows[WATCHED_TABLES];
	bool resize, slab;
	uint32_t reached[WATCHED_TABLES];
};

/* Has the family tables that are watched? */
bool table_watched(const struct family *f);

/* A scenario begins. */
void table_watch_start(struct table_watch *w, const struct scenario *s);

/* An op was run: what it returned, and the tables after it. */
void table_watch_op(struct table_watch *w, const struct scenario *s, const struct op *op,
		    const struct result *res, const struct state *st);

/* Where table @t is after the op before. */
enum table_level table_level(const struct table_watch *w, const struct scenario *s,
			     unsigned int t);

#endif

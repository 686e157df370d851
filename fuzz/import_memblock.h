/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a kernel with memblock=debug prints of memblock while it boots, and the calls of family
 * memblock that are made of it.
 *
 * import_memblock_lines.c knows the lines, import_memblock.c keeps those of the last boot,
 * import_memblock_build.c makes calls of them. The log shows most calls. It does not show what is
 * done before the command line is read, nor switches, limits and nodes: the first is taken from the
 * first table that the log shows, the others are what every boot on x86 does (setup_arch(),
 * e820__memblock_setup(), numa_init(), memblock_free_all()), with what the log says of nodes.
 * All is of fixed size; nothing here allocates.
 */
#ifndef FUZZ_IMPORT_MEMBLOCK_H
#define FUZZ_IMPORT_MEMBLOCK_H

#include "contract/memblock.h"
#include "scenario.h"

#define IMPORT_MB_LINES	8192u	/* lines of one boot that are kept */
#define IMPORT_MB_OPS	(IMPORT_MB_LINES + 1024u)
#define IMPORT_MB_TEXT	640u	/* a line that was wrapped, put together again; bytes */
#define IMPORT_MB_SINCE	(6u << 16 | 1u << 8)	/* whose lines and order of boot these are */

/* What a line says. */
enum import_mb_kind {
	MB_CALL,	/* a call of the function @op */
	MB_DOUBLED,	/* a table was doubled */
	MB_DUMP,	/* the tables follow */
	MB_FINAL,	/* the tables follow as ci/boot has read them at the end */
	MB_TOTALS,	/* @start, @size: bytes of memory, of reserved */
	MB_COUNT,	/* @size: rows of @table */
	MB_REGION,	/* a row of @table */
	MB_AFFINITY,	/* firmware: a range is on a node; @flags: HOTPLUG */
	MB_ONE_NODE,	/* there is one node only, with this range */
	MB_FAKE_NODE,	/* numa=fake: a range on a node */
	MB_JOINED,	/* ranges of a node became one */
	MB_NODE_DATA,	/* a node's own data lie here */
	MB_LAST_PFN,	/* @start: end of RAM, pfn */
	MB_SLAB,	/* the page allocator has taken over */
	MB_FREEING,	/* @size bytes that were reserved went to the page allocator */
	MB_RAM,		/* @start bytes of RAM, of which @size are not with the page allocator */
	MB_DROPPED,	/* the kernel could not print some lines */
	MB_ZONE,	/* a zone, @flags: enum import_zone; @size 0: it is empty */
	MB_MOVABLE,	/* a node's memory from @start on can be unplugged */
	MB_NODE_RANGE,	/* memory of a node */
	MB_NODE_SETUP,	/* all that a node spans; @size 0: it has no memory */
	MB_HOLE,	/* @size pages of zone @flags of a node are none */
	MB_BUILT,	/* @size pages are in all zones */
	MB_AVAILABLE,	/* @size bytes are free with the page allocator */
};

/* Callers that mean something. */
enum import_mb_caller {
	MB_BY_OTHERS,
	MB_BY_ALLOC,	/* memblock, for the block that it has found */
	MB_BY_DOUBLING,	/* memblock, for a table */
	MB_BY_SETUP,	/* e820__memblock_setup() */
	MB_BY_MAPPING,	/* init_mem_mapping() */
};

/**
 * struct import_mb_line - what one line says
 * @start: first byte; of allocations: from=
 * @size: bytes
 * @end: allocations: max_addr=
 * @align: allocations: align=
 * @nid: node, MEMBLOCK_NO_NODE
 * @flags: as enum memblock_flag; MB_DOUBLED: slots
 * @line: number of the line, from 1
 * @kind: enum import_mb_kind
 * @op: MB_CALL: the op of the function
 * @table: M_MEMORY, M_RESERVED or M_PHYSMEM
 * @caller: enum import_mb_caller
 */
struct import_mb_line {
	uint64_t start, size, end, align;
	uint32_t nid, flags;
	unsigned int line;
	uint8_t kind, op, table, caller;
};

/**
 * struct import_mb - the lines of the last boot
 * @nr: how many of @at there are
 * @calls: how many are calls by others than e820__memblock_setup()
 * @full: number of the first line for which there was no room, 0: none
 * @error: the first thing wrong, "" if nothing is
 * @pending: a line that ends too early, so that its end may be the next line; @pending_line: its
 *	number, 0: none; @pending_column: behind it
 */
struct import_mb {
	unsigned int nr, calls, full;
	char error[SCENARIO_ERR];
	char pending[IMPORT_MB_TEXT];
	unsigned int pending_line, pending_column;
	struct import_mb_line at[IMPORT_MB_LINES];	/* the last member: not cleared */
};

struct import;

/* Another boot begins. */
void import_mb_begin(struct import_mb *mb);

/**
 * import_mb_take() - the next line
 * @message: what the kernel printed
 * @column: where in the line that is, from 1
 */
void import_mb_take(struct import_mb *mb, const struct import *im, const char *message,
		    unsigned int line, unsigned int column);

/* There are no more; @cut: the last one has no line end. */
void import_mb_end(struct import_mb *mb, const struct import *im, bool cut);

/* Does the log show memblock at work? */
static inline bool import_mb_there(const struct import_mb *mb)
{
	return mb->calls;
}

/**
 * import_mb_match() - what a line says of memblock
 * @out: receives it, but for its number
 * @error: set to what is wrong with a line that begins like one of memblock's, else NULL
 * @wrong: where; at the line's end: it ends too early
 * Return: false when it says nothing.
 */
bool import_mb_match(const char *message, struct import_mb_line *out, const char **error,
		     const char **wrong);

/* The same for lines about zones, of which nothing can be wrong. */
bool import_zone_match(const char *message, struct import_mb_line *out);

/* Is line @i one of a table's? */
static inline bool import_mb_row(const struct import_mb *mb, unsigned int i)
{
	return i < mb->nr && (mb->at[i].kind == MB_TOTALS || mb->at[i].kind == MB_COUNT ||
			      mb->at[i].kind == MB_REGION);
}

/* Where a call is taken from. */
enum import_mb_from {
	MB_FROM_LINE,	/* a line shows it */
	MB_FROM_TABLE,	/* the first table shows what it did */
	MB_FROM_NODES,	/* lines about nodes */
	MB_FROM_BOOT,	/* every boot does it */
	MB_FROMS
};

/**
 * struct import_mb_op - a call
 * @line: of the log, 0: none
 * @from: enum import_mb_from
 * @chooses: an allocation: where it goes is compared
 */
struct import_mb_op {
	struct op op;
	unsigned int line;
	uint8_t from;
	bool chooses;
};

/**
 * struct import_mb_script - the calls of a boot
 * @op: in their order, @nr of them
 * @of: of each line, the index of the call that shows it; -1: none
 * @given: of each line: a call was made of this very line, so that it agrees with itself
 * @nodes_given: the nodes were taken from the last table
 * @until: number of the line behind which nothing is known any more, 0: there is none
 * @freed: of each line of kind MB_RAM, bytes that others have freed before
 * @max_pfn: end of RAM, pages; @movable: what can be unplugged is kept so
 * @marks: memory was marked as one that can be unplugged
 * @cores: nodes are divided by the command line; @late: RAM is told long after the hand-off
 */
struct import_mb_script {
	unsigned int nr, until;
	bool nodes_given;
	uint64_t freed, max_pfn;
	bool movable, cores, late, marks;
	struct import_mb_op op[IMPORT_MB_OPS];
	int of[IMPORT_MB_LINES];
	bool given[IMPORT_MB_LINES];
};

/**
 * import_mb_build() - make the calls
 * @err: receives "FILE:LINE:COLUMN: what is wrong"; SCENARIO_ERR bytes
 * Return: false when they cannot be known.
 */
bool import_mb_build(const struct import *im, const struct import_mb *mb,
		     struct import_mb_script *sc, char *err);

/**
 * import_mb_scenario() - the calls as a scenario
 * Return: how many it has room for.
 */
unsigned int import_mb_scenario(const struct import_mb_script *sc, struct scenario *s);

/* Print it, below comments that say where it comes from. */
void import_mb_print(FILE *out, const struct import *im, const struct import_mb_script *sc);

/**
 * import_mb_block() - where the log has the block for an allocation
 * @of: of each line, the index of its call
 * Return: NULL when it has none.
 */
const struct import_mb_line *import_mb_block(const struct import_mb *mb, const int *of,
					     unsigned int call);

/* How many calls are taken from there. */
unsigned int import_mb_count(const struct import_mb_script *sc, enum import_mb_from from);

/* Used among import_memblock_*.c. */

#define IMPORT_MB_BLOCKS	128u

/**
 * struct import_mb_nodes - the ranges of nodes as the kernel has them
 * @begun: the kernel has begun to look for nodes; @done: it has told memblock
 * @faked: of numa=fake; then @real is what was known before, @nr_real of them
 * @marked: memory may have been marked as hot-pluggable
 * @top_down: memblock searches from above again
 */
struct import_mb_nodes {
	struct import_mb_range { uint64_t start, last; uint32_t nid; } blk[IMPORT_MB_BLOCKS];
	struct import_mb_range real[IMPORT_MB_BLOCKS];
	unsigned int nr, nr_real;
	bool begun, done, faked, marked, top_down;
};

/**
 * struct import_mb_builder - calls under construction
 * @first, @second: index of the line where the log's first and second table begin; @mb->nr: none
 * @mapped: index of the line behind which all memory is mapped
 * @open: index of the call to which lines by memblock itself belong; -1: none
 * @wants: it is an allocation whose block was not told yet
 * @zones: index of the call to which lines about zones belong; -1: none yet. @ram: of the call
 *	that the sum of RAM belongs to
 * @end: end of RAM in bytes, 0: not known
 */
struct import_mb_builder {
	const struct import *im;
	const struct import_mb *mb;
	struct import_mb_script *sc;
	struct import_mb_nodes nodes;
	unsigned int first, second, mapped, line;
	int open, zones, ram;
	bool wants, full, movable, set_up, limited, handed;
	uint64_t end;
};

/* One call more. Return: its index. */
int import_mb_emit(struct import_mb_builder *b, enum import_mb_from from, const struct op *op);

/* import_memblock_nodes.c: what a line says of nodes, and what is told memblock of them. */
void import_mb_nodes(struct import_mb_builder *b, unsigned int i);
void import_mb_register_nodes(struct import_mb_builder *b);

#endif

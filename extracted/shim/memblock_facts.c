// SPDX-License-Identifier: GPL-2.0-only
/*
 * Facts out of what mm/memblock.c prints (contract/memblock.h, "Printed"). The wording is not
 * compared: what counts is whose line it is, and numbers by what stands before them.
 */
#include <linux/kernel.h>

#include "contract/memblock.h"
#include "shim.h"

/* A line or two an op, and a region a line. */
#define ROWS_MAX	(4 * MEMBLOCK_ROWS)

static struct row rows[ROWS_MAX] SHIM_SCRATCH;

/* A text that is being read. */
struct text {
	const char *at, *end;
};

#define WORD(s)	s, sizeof(s) - 1

static bool take(struct text *t, const char *word, size_t len)
{
	if ((size_t)(t->end - t->at) < len || *t->at != *word || memcmp(t->at, word, len))
		return false;
	t->at += len;
	return true;
}

/* Behind the first @word that there is; without one nothing is passed. */
static bool find(struct text *t, const char *word, size_t len)
{
	struct text from = *t;

	for (; from.at < from.end; from.at++)
		if (take(&from, word, len)) {
			*t = from;
			return true;
		}
	return false;
}

static uint64_t hexadecimal(struct text *t)
{
	uint64_t v = 0;

	for (; t->at < t->end; t->at++) {
		unsigned int c = (unsigned char)*t->at, d = c - '0';

		if (d > 9) {
			d = c - 'a' + 10;
			if (d - 10 > 5)
				break;
		}
		v = v << 4 | d;
	}
	return v;
}

static uint64_t decimal(struct text *t)
{
	uint64_t v = 0;

	for (; t->at < t->end && *t->at >= '0' && *t->at <= '9'; t->at++)
		v = v * 10 + (*t->at - '0');
	return v;
}

/* A number as it is said: 0x for hexadecimal, '-' for less than 0. */
static bool number(struct text *t, uint64_t *v)
{
	bool minus = take(t, WORD("-"));
	bool hex = take(t, WORD("0x"));
	const char *from = t->at;

	*v = hex ? hexadecimal(t) : decimal(t);
	if (minus)
		*v = -*v;
	return t->at > from;
}

static bool number_behind(struct text t, const char *word, size_t len, uint64_t *v)
{
	return find(&t, word, len) && number(&t, v);
}

/* Sizes of ranges of which first and last byte are said. */
static uint64_t size_of(uint64_t first, uint64_t last)
{
	uint64_t size = last - first + 1;

	return shim_phys_bytes == 4 ? (uint32_t)size : size;
}

/* "FIRST-LAST", or "FIRST..LAST". */
static bool range(struct text *t, struct row *row)
{
	uint64_t first, last;

	if (!number(t, &first) || (!take(t, WORD("-")) && !take(t, WORD(".."))) ||
	    !number(t, &last))
		return false;
	row->start = first;
	row->size = size_of(first, last);
	return true;
}

/* Whose line begins with which name; "memblock_" is in front of all. */
static const struct {
	const char *name;
	size_t len;
	uint8_t op;
	bool allocates;
} names[] = {
	{ WORD("add: "), M_ADD, false },
	{ WORD("add_node: "), M_ADD_NODE, false },
	{ WORD("remove: "), M_REMOVE, false },
	{ WORD("reserve: "), M_RESERVE, false },
	{ WORD("physmem_add: "), M_PHYSMEM_ADD, false },
	{ WORD("phys_free: "), M_PHYS_FREE, false },
	{ WORD("free: "), M_PHYS_FREE, false },		/* until v5.15 */
	{ WORD("free_late: "), M_FREE_LATE, false },
	{ WORD("phys_alloc_range: "), M_PHYS_ALLOC_RANGE, true },
	{ WORD("alloc_try_nid: "), M_ALLOC_TRY_NID, true },
	{ WORD("alloc_try_nid_raw: "), M_ALLOC_TRY_NID_RAW, true },
	{ WORD("alloc_exact_nid_raw: "), M_ALLOC_EXACT_NID_RAW, true },
};

static void add(struct table *t, uint32_t type, uint64_t start, uint64_t size, uint32_t flags)
{
	if (t->nr < ROWS_MAX)
		rows[t->nr++] = (struct row){ start, size, type, flags };
}

/* "SIZE bytes align=ALIGN nid=NID from=MIN max_addr=MAX": without a node it is none. */
static void read_allocation(struct table *t, unsigned int op, struct text line)
{
	uint64_t size = 0, align = 0, nid = MEMBLOCK_NO_NODE, min = 0, max = 0;
	struct text bytes = line;

	if (!number(&bytes, &size))
		return;
	number_behind(line, WORD(" align="), &align);
	number_behind(line, WORD(" nid="), &nid);
	number_behind(line, WORD(" from="), &min);
	number_behind(line, WORD(" max_addr="), &max);
	add(t, op, min, size, nid);
	add(t, op | MEMBLOCK_SAID_MORE, max, align, 0);
}

static void read_call(struct table *t, struct text line)
{
	struct row row = { 0 };

	for (unsigned int i = 0; i < ARRAY_SIZE(names); i++) {
		if (!take(&line, names[i].name, names[i].len))
			continue;
		if (names[i].allocates)
			read_allocation(t, names[i].op, line);
		else if (take(&line, WORD("[")) && range(&line, &row))
			add(t, names[i].op, row.start, row.size, 0);
		return;
	}
}

static void read_doubling(struct table *t, struct text line, bool slab)
{
	struct row row = { 0 };
	uint64_t slots;

	if (number_behind(line, WORD(" to "), &slots) && find(&line, WORD("[")) &&
	    range(&line, &row))
		add(t, MEMBLOCK_SAID_DOUBLED, slab ? 0 : row.start, row.size, slots);
}

/* "NAME[INDEX] [FIRST-LAST], SIZE bytes ... flags: FLAGS"; one of size 0 is none. */
static void read_region(struct table *t, struct text line)
{
	static const char *const collections[] = { " memory[", " reserved[", " physmem[" };
	uint64_t size = 0, flags = 0;
	struct row row = { 0 };

	for (unsigned int i = 0; i < ARRAY_SIZE(collections); i++) {
		if (!take(&line, collections[i], strlen(collections[i])))
			continue;
		number_behind(line, WORD("flags: "), &flags);
		if (find(&line, WORD("[")) && range(&line, &row) &&
		    number_behind(line, WORD("], "), &size) && size)
			add(t, MEMBLOCK_SAID_REGION + i, row.start, size, flags);
		return;
	}
}

static void read_totals(struct table *t, struct text line)
{
	uint64_t memory, reserved;

	if (number_behind(line, WORD(" memory size = "), &memory) &&
	    number_behind(line, WORD(" reserved size = "), &reserved))
		add(t, MEMBLOCK_SAID_TOTAL, memory, reserved, 0);
}

static void read_line(struct table *t, struct text line, bool slab)
{
	take(&line, WORD("__"));	/* since v6.16 reserve is an inline form */
	if (take(&line, WORD("memblock_")))
		read_call(t, line);
	else if (take(&line, WORD("memblock: ")))
		read_doubling(t, line, slab);
	else if (line.at < line.end && *line.at == ' ')
		read_totals(t, line), read_region(t, line);
}

/* The next line; the text moves behind it. */
static struct text next_line(struct text *all)
{
	struct text line = *all;

	line.end = memchr(line.at, '\n', all->end - line.at);
	if (!line.end)
		line.end = all->end;
	all->at = line.end + (line.end < all->end);
	return line;
}

void shim_memblock_facts(struct table *t, bool slab)
{
	struct text all = { shim_log(), shim_log_end() };

	t->rows = rows;
	t->nr = 0;
	while (all.at < all.end) {
		struct text line = next_line(&all);

		/* "<6>text": what is no information is announced */
		if (take(&line, WORD("<6>")))
			read_line(t, line, slab);
	}
}

/* "INDEX: FIRST..LAST [NODE FLAGS]", since v6.5 with a node, or x for none. */
void shim_memblock_file(struct table *t, const char *text, const char *text_end)
{
	struct text all = { text, text_end };

	t->rows = rows;
	t->nr = 0;
	while (all.at < all.end) {
		struct text line = next_line(&all);
		struct row row = { 0 };
		uint64_t nid = 0;

		if (!find(&line, WORD(": ")) || !range(&line, &row) || !row.size)
			continue;
		while (take(&line, WORD(" ")))
			;
		if (line.at < line.end && !number(&line, &nid))
			nid = MEMBLOCK_NO_NODE;
		add(t, 0, row.start, row.size, nid);
	}
}

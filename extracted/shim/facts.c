// SPDX-License-Identifier: GPL-2.0-only
/*
 * Facts out of the log: the memory ranges that the e820 code prints. The wording is not compared,
 * the numbers and the names of types are. Two notations are known:
 *
 *	... [mem 0x0000000000100000-0x00000000001fffff] usable ==> reserved	last byte inclusive
 *	... 0000000000100000 - 0000000000200000 (usable) ==> (reserved)		end exclusive (v2.6)
 */
#include <linux/kernel.h>

#include "contract/e820.h"
#include "shim.h"

#define TYPE_UNKNOWN	0xfffffffeu	/* no kernel's number: a name that was not understood */

#define NAME(text, number)	{ text, sizeof(text) - 1, number }

static const struct {
	const char *name;
	size_t len;
	uint32_t type;
} names[] = {
	NAME("usable", E820_T_RAM),	/* and RESERVED_KERN, which prints the same */
	NAME("reserved", E820_T_RESERVED),
	NAME("ACPI data", E820_T_ACPI),
	NAME("ACPI NVS", E820_T_NVS),
	NAME("unusable", E820_T_UNUSABLE),
	NAME("soft reserved", E820_T_SOFT_RESERVED),
};

/* A table's entries, and an op's own line or two. */
static struct row rows[E820_SLOTS_MAX + 8] SHIM_SCRATCH;

static const char *skip_blanks(const char *p)
{
	while (*p == ' ' || *p == '\t')
		p++;
	return p;
}

/* A digit's value, plus one: the rest is 0. A whole table is printed digit by digit: it adds up. */
static const uint8_t hex[256] = {
	['0'] = 1, ['1'] = 2, ['2'] = 3, ['3'] = 4, ['4'] = 5, ['5'] = 6, ['6'] = 7, ['7'] = 8,
	['8'] = 9, ['9'] = 10,
	['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
};

/* A hexadecimal number of at least @least digits, 0x or not; NULL when there is none. */
static const char *number(const char *p, unsigned int least, uint64_t *v)
{
	const char *from;
	uint64_t sum = 0;
	uint8_t digit;

	if (p[0] == '0' && p[1] == 'x')
		p += 2;
	for (from = p; (digit = hex[(uint8_t)*p]); p++)
		sum = sum << 4 | (digit - 1);
	*v = sum;
	return (size_t)(p - from) >= least ? p : NULL;
}

/* The range that begins at @p, or NULL. */
static const char *range(const char *p, struct row *row)
{
	bool inclusive = p[0] == '[' && p[1] == 'm' && p[2] == 'e' && p[3] == 'm' && p[4] == ' ';
	uint64_t first, last;

	p = number(inclusive ? p + 5 : p, inclusive ? 1 : 16, &first);
	if (!p)
		return NULL;
	p = skip_blanks(p);
	if (*p != '-')
		return NULL;
	p = number(skip_blanks(p + 1), 1, &last);
	if (!p || (inclusive && *p != ']'))
		return NULL;
	row->start = first;
	row->size = last - first + inclusive;
	return p + inclusive;
}

static uint32_t decimal(const char *p)
{
	uint64_t v = 0;

	if (*p < '0' || *p > '9')
		return TYPE_UNKNOWN;
	for (; *p >= '0' && *p <= '9' && v <= UINT32_MAX; p++)
		v = v * 10 + (*p - '0');
	return v <= UINT32_MAX ? v : TYPE_UNKNOWN;
}

/* The type that [p, end) names; 0 when nothing stands there. "type N", or "...(type N)". */
static uint32_t type(const char *p, const char *end)
{
	p = skip_blanks(p);
	while (end > p && end[-1] == ' ')
		end--;
	if (end - p > 2 && *p == '(' && end[-1] == ')') {
		p++;
		end--;
	}
	if (p == end)
		return 0;
	for (unsigned int i = 0; i < ARRAY_SIZE(names); i++)
		if ((size_t)(end - p) == names[i].len && !memcmp(p, names[i].name, names[i].len))
			return names[i].type;
	for (; end - p > 5; p++)
		if (!memcmp(p, "type ", 5))
			return decimal(p + 5);
	return TYPE_UNKNOWN;
}

/* The arrow of "old ==> new", or @end. */
static const char *find_arrow(const char *p, const char *end)
{
	for (; p + 3 <= end; p++)
		if (p[0] == '=' && p[1] == '=' && p[2] == '>')
			return p;
	return end;
}

/* Could a range begin with this character? Asked of every one, while range() is dear. */
static bool begins_range(char c)
{
	return c == '[' || hex[(uint8_t)c];
}

/* One line [p, end) without its level. */
static bool fact(const char *p, const char *end, struct row *row)
{
	const char *rest = NULL, *bracket = __builtin_memchr(p, '[', end - p), *arrow;

	if (bracket)
		rest = range(bracket, row);
	for (; p < end && !rest; p++)
		if (begins_range(*p))
			rest = range(p, row);
	if (!rest)
		return false;
	arrow = find_arrow(rest, end);
	row->type = type(rest, arrow);
	row->flags = arrow < end ? type(arrow + 3, end) : 0;
	return true;
}

void shim_e820_facts(struct table *t)
{
	const char *line = shim_log(), *log_end = line + __builtin_strlen(line), *end;

	t->rows = rows;
	t->nr = 0;
	for (; line < log_end; line = end + 1) {
		end = __builtin_memchr(line, '\n', log_end - line);
		if (!end)
			end = log_end;
		/* "<3>text": what is announced as an error is no report of what was done */
		if (line[0] == '<' && line[1] > '3' && t->nr < ARRAY_SIZE(rows))
			t->nr += fact(line + 3, end, &rows[t->nr]);
	}
}

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

/* A table's entries and the lines of a whole command line: further ones are not kept. */
static struct row rows[E820_REPORT_MAX] SHIM_SCRATCH;

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

/*
 * Most of what is printed has one layout, "[mem 0x" 16 digits "-0x" 16 digits "]". Eight of its
 * characters at a time are read as one word; all that looks different goes the long way.
 */
#define BYTES(c)	((c) * 0x0101010101010101u)

static uint64_t word(const char *p)
{
	uint64_t x;

	__builtin_memcpy(&x, p, sizeof(x));
	return x;
}

/* Eight hexadecimal digits at @p: false unless they are. */
static bool eight_digits(const char *p, uint64_t *v)
{
	uint64_t x = word(p);
	/* letters have bit 6; 'a' & 15 is 1 and stands for 10 */
	uint64_t n = (x & BYTES(15u)) + 9 * (x >> 6 & BYTES(1u));
	uint64_t above_9 = (n + BYTES(6u)) >> 4 & BYTES(1u);

	/* digits they were if the digits of their values are the same characters */
	if (n & BYTES(0xf0u) || n + BYTES('0') + above_9 * ('a' - '0' - 10) != x)
		return false;
	n = __builtin_bswap64(n);	/* the first digit is the highest */
	n = (n | n >> 4) & 0x00ff00ff00ff00ffu;
	n = (n | n >> 8) & 0x0000ffff0000ffffu;
	*v = (n | n >> 16) & 0xffffffffu;
	return true;
}

static bool sixteen_digits(const char *p, uint64_t *v)
{
	uint64_t high, low;

	if (!eight_digits(p, &high) || !eight_digits(p + 8, &low))
		return false;
	*v = high << 32 | low;
	return true;
}

static const char *fixed_range(const char *p, const char *end, struct row *row)
{
	static const char open[] = "[mem 0x", between[] = "-0x";
	const size_t first_at = sizeof(open) - 1, last_at = first_at + 16 + sizeof(between) - 1;
	uint64_t first, last;

	if ((size_t)(end - p) <= last_at + 16 || p[last_at + 16] != ']' ||
	    __builtin_memcmp(p, open, sizeof(open) - 1) ||
	    __builtin_memcmp(p + first_at + 16, between, sizeof(between) - 1) ||
	    !sixteen_digits(p + first_at, &first) || !sixteen_digits(p + last_at, &last))
		return NULL;
	row->start = first;
	row->size = last - first + 1;
	return p + last_at + 17;
}

/* The first @a or @b in [p, end), or @end. */
static const char *find_either(const char *p, const char *end, char a, char b)
{
	for (; end - p >= 8; p += 8) {
		uint64_t x = word(p) ^ BYTES((uint8_t)a), y = word(p) ^ BYTES((uint8_t)b);

		/* the lowest bit set is that of the first byte that is zero in x or in y */
		x = (x - BYTES(1u)) & ~x & BYTES(0x80u);
		y = (y - BYTES(1u)) & ~y & BYTES(0x80u);
		if (x | y)
			return p + __builtin_ctzll(x | y) / 8;
	}
	while (p < end && *p != a && *p != b)
		p++;
	return p;
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
		if ((size_t)(end - p) == names[i].len && *p == names[i].name[0] &&
		    !memcmp(p, names[i].name, names[i].len))
			return names[i].type;
	for (; end - p > 5; p++)
		if (!memcmp(p, "type ", 5))
			return decimal(p + 5);
	return TYPE_UNKNOWN;
}

/* The arrow of "old ==> new", or @end. */
static const char *find_arrow(const char *p, const char *end)
{
	for (; (p = find_either(p, end, '=', '=')) + 3 <= end; p++)
		if (p[1] == '=' && p[2] == '>')
			return p;
	return end;
}

/* Could a range begin with this character? Asked of every one, while range() is dear. */
static bool begins_range(char c)
{
	return c == '[' || hex[(uint8_t)c];
}

/* What stands behind a range: "old", or "old ==> new". */
static void take_types(const char *p, const char *end, struct row *row)
{
	const char *arrow = find_arrow(p, end);

	row->type = type(p, arrow);
	row->flags = arrow < end ? type(arrow + 3, end) : 0;
}

#define BEGINS(p, word)	(!__builtin_memcmp(p, word, sizeof(word) - 1))

/* "N" or "N)" of a type without a name: where it ends, or NULL. */
static const char *plain_number(const char *p, bool bracket, uint32_t *t)
{
	*t = decimal(p);
	while (*p >= '0' && *p <= '9')
		p++;
	if (bracket && *p++ != ')')
		return NULL;
	return *t == TYPE_UNKNOWN ? NULL : p;
}

/* One of the names, written out so that its length is known: where it ends, or NULL. */
#define PLAIN(p, word, number)	(BEGINS(p, word) ? (*t = (number), (p) + sizeof(word) - 1) : NULL)

/*
 * The type at @p, with nothing around it: where its name ends, or NULL. The first letters tell
 * the names apart. May look some characters beyond the log's end, see shim_log_end().
 */
static const char *plain_type(const char *p, uint32_t *t)
{
	switch (*p) {
	case 'u':
		return p[1] == 's' ? PLAIN(p, "usable", E820_T_RAM) :
				     PLAIN(p, "unusable", E820_T_UNUSABLE);
	case 'r':
		return PLAIN(p, "reserved", E820_T_RESERVED);
	case 'A':
		return p[5] == 'd' ? PLAIN(p, "ACPI data", E820_T_ACPI) :
				     PLAIN(p, "ACPI NVS", E820_T_NVS);
	case 's':
		return PLAIN(p, "soft reserved", E820_T_SOFT_RESERVED);
	case 't':
		return BEGINS(p, "type ") ? plain_number(p + 5, false, t) : NULL;
	case 'p':
		return BEGINS(p, "persistent (type ") ? plain_number(p + 17, true, t) : NULL;
	}
	return NULL;
}

/* take_types() where nothing but " old" or " old ==> new" stands: the line's end, or NULL. */
static const char *take_plain_types(const char *p, const char *end, struct row *row)
{
	uint32_t old, new = 0;

	if (*p++ != ' ')
		return NULL;
	p = plain_type(p, &old);
	if (p && BEGINS(p, " ==> "))
		p = plain_type(p + 5, &new);
	if (!p || p > end || (p < end && *p != '\n'))
		return NULL;
	row->type = old;
	row->flags = new;
	return p;
}

/* One line [p, end) without its level. */
static bool fact(const char *p, const char *end, struct row *row)
{
	const char *rest = NULL, *bracket = find_either(p, end, '[', '[');

	if (bracket < end)
		rest = range(bracket, row);
	for (; p < end && !rest; p++)
		if (begins_range(*p))
			rest = range(p, row);
	if (!rest)
		return false;
	take_types(rest, end, row);
	return true;
}

/* The line at @line, in a log that ends at @log_end. Return: the line's end. */
static const char *read_line(const char *line, const char *log_end, struct table *t)
{
	const char *p = find_either(line, log_end, '[', '\n'), *end = NULL, *rest = NULL;
	struct row *row = &rows[t->nr];
	/* "<3>text": what is announced as an error is no report of what was done */
	bool taken = line[0] == '<' && line[1] > '3' && t->nr < ARRAY_SIZE(rows);

	if (taken && p < log_end && *p == '[') {
		rest = fixed_range(p, log_end, row);
		if (!rest)
			rest = range(p, row);
		if (rest)
			end = take_plain_types(rest, log_end, row);
	}
	if (end) {
		t->nr++;
		return end;
	}
	end = find_either(p, log_end, '\n', '\n');
	t->nr += taken && fact(line + 3, end, row);
	return end;
}

void shim_e820_facts(struct table *t)
{
	const char *line = shim_log(), *log_end = shim_log_end();

	t->rows = rows;
	t->nr = 0;
	while (line < log_end)
		line = read_line(line, log_end, t) + 1;
}

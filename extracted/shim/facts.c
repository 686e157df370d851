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
 * Sixteen characters at a time. May look that many beyond the log's end, see shim_log_end().
 * Signed: no character above 127 is one of those that are looked for.
 */
typedef signed char chars __attribute__((__vector_size__(16)));
typedef unsigned short pairs __attribute__((__vector_size__(16)));
typedef char builtin_chars __attribute__((__vector_size__(16)));
typedef short builtin_pairs __attribute__((__vector_size__(16)));

static inline chars chars_at(const char *p)
{
	chars v;

	__builtin_memcpy(&v, p, sizeof(v));
	return v;
}

/* A bit for each character where a comparison holds, the first one lowest. */
static inline unsigned int bits(chars holds)
{
	return __builtin_ia32_pmovmskb128((builtin_chars)holds);
}

static inline chars letters(chars v)
{
	return (v >= 'a') & (v <= 'f');
}

static inline chars digits(chars v)
{
	return ((v >= '0') & (v <= '9')) | letters(v);
}

/*
 * The hexadecimal number that begins at @p, sixteen digits of it at most; where they end, or NULL
 * when there are none.
 */
static inline const char *short_number(const char *p, uint64_t *v)
{
	chars at = chars_at(p), value = (at & 15) + (letters(at) & 9);
	unsigned int len = __builtin_ctz(~bits(digits(at)) | 1u << 16);
	/* the first of two digits is the lower byte of a pair, and the higher half of a value */
	pairs two = ((pairs)value << 4 | (pairs)value >> 8) & 0xff;
	builtin_chars packed = __builtin_ia32_packuswb128((builtin_pairs)two, (builtin_pairs)two);
	uint64_t all;

	if (!len)
		return NULL;
	__builtin_memcpy(&all, &packed, sizeof(all));
	*v = __builtin_bswap64(all) >> 4 * (16 - len);
	return p + len;
}

#define BEGINS(p, word)	(!__builtin_memcmp(p, word, sizeof(word) - 1))

/* Most ranges that are printed have this layout, others go the long way: NULL. */
static inline const char *common_range(const char *p, struct row *row)
{
	uint64_t first, last;

	if (!BEGINS(p, "[mem 0x"))
		return NULL;
	p = short_number(p + 7, &first);
	if (!p || !BEGINS(p, "-0x"))
		return NULL;
	p = short_number(p + 3, &last);
	if (!p || *p != ']')
		return NULL;
	row->start = first;
	row->size = last - first + 1;
	return p + 1;
}

/* The first @a or @b in [p, end), or @end. */
static inline const char *find_either(const char *p, const char *end, char a, char b)
{
	for (; p < end; p += 16) {
		chars v = chars_at(p);
		unsigned int found = bits((v == (signed char)a) | (v == (signed char)b));

		if (found) {
			p += __builtin_ctz(found);
			return p < end ? p : end;
		}
	}
	return end;
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

/*
 * Where in [p, end), which has no bracket, a range may begin: at sixteen digits, or at @end. The
 * characters up to the last one that is no digit begin none.
 */
static const char *find_sixteen(const char *p, const char *end)
{
	while (end - p >= 16) {
		unsigned int others = ~bits(digits(chars_at(p))) & 0xffff;

		if (!others)
			return p;
		p += 32 - __builtin_clz(others);
	}
	return end;
}

/* One line [p, end) without its level. */
static bool fact(const char *p, const char *end, struct row *row)
{
	const char *rest = NULL, *bracket = find_either(p, end, '[', '[');

	if (bracket < end) {
		rest = range(bracket, row);
		for (; p < end && !rest; p++)
			if (begins_range(*p))
				rest = range(p, row);
	} else {
		for (; !rest && (p = find_sixteen(p, end)) < end; p++)
			rest = range(p, row);
	}
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
		rest = common_range(p, row);
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

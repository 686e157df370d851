// SPDX-License-Identifier: GPL-2.0-only
/* The entries of maps in the notations of all eras. */
#include <ctype.h>
#include <string.h>

#include "import_entry.h"

static const char too_long[] = "a number of more than 64 bits";

static void blanks(const char **p)
{
	*p += strspn(*p, " \t");
}

static bool literal(const char **p, const char *text)
{
	size_t len = strlen(text);

	if (strncmp(*p, text, len))
		return false;
	*p += len;
	return true;
}

static const char *number(const char **p, uint64_t *value)
{
	switch (import_hex(p, value)) {
	case IMPORT_NUM_OK:
		return NULL;
	case IMPORT_NUM_LONG:
		return too_long;
	default:
		return "expected a hexadecimal number";
	}
}

bool import_span(struct import_fact *f, uint64_t start, uint64_t end, bool inclusive)
{
	f->start = start;
	f->size = end - start + inclusive;
	f->notation = inclusive ? IMPORT_INCLUSIVE : IMPORT_EXCLUSIVE;
	/* all of the address space: the largest size there is */
	if (inclusive && !start && end == UINT64_MAX)
		f->size = UINT64_MAX;
	/* an end of 2^64 is written 0; an empty range that is inclusive ends before it starts */
	if (inclusive ? end + 1 == start : !end)
		return true;
	return end >= start;
}

/* [mem 0x0-0x9ffff], [0x0-0x9ffff], Xen's [0000000000000000, 000000000009f7ff] */
static const char *bracketed(const char **p, struct import_fact *f, uint64_t *start, uint64_t *end)
{
	const char *wrong;

	if (literal(p, "mem"))
		blanks(p);
	wrong = number(p, start);
	if (wrong)
		return wrong;
	if (!literal(p, "-") && !literal(p, ","))
		return "expected '-' or ','";
	blanks(p);
	wrong = number(p, end);
	if (wrong)
		return wrong;
	f->notation = IMPORT_INCLUSIVE;
	return literal(p, "]") ? NULL : "expected ']'";
}

const char *import_range(const char **p, struct import_fact *f)
{
	const char *begin, *wrong;
	uint64_t start, end;

	blanks(p);
	begin = *p;
	f->notation = IMPORT_EXCLUSIVE;
	if (literal(p, "[")) {
		wrong = bracketed(p, f, &start, &end);
	} else {
		wrong = number(p, &start);
		if (wrong)
			return wrong;
		blanks(p);
		if (**p == '@')
			f->notation = IMPORT_SIZE_AT;
		else if (**p != '-')
			return "expected '-' or '@'";
		++*p;
		blanks(p);
		wrong = number(p, &end);
	}
	if (wrong)
		return wrong;
	if (f->notation == IMPORT_SIZE_AT) {
		f->start = end;
		f->size = start;
		return NULL;
	}
	if (import_span(f, start, end, f->notation == IMPORT_INCLUSIVE))
		return NULL;
	*p = begin;
	return "the range ends before it starts";
}

static void fail(struct import_match *out, const char *error, const char *at)
{
	out->error = error;
	out->at = at;
	out->unfinished = !*at;
}

/* "639 KB", "1.5 GB": newer kernels say how large the range is, too. */
static const char *skip_size(const char *p)
{
	const char *q = p + strspn(p, "0123456789.");
	const char *unit;

	if (q == p)
		return p;
	q += strspn(q, " ");
	unit = strchr("KMGTP", *q);
	if (!*q || !unit || q[1] != 'B' || q[2] != ' ')
		return p;
	q += 2;
	return q + strspn(q, " ");
}

/* The words of a type, in parentheses or not, to the end of the line. */
static void type_words(const char *p, struct import_match *out)
{
	size_t len;

	blanks(&p);
	p = skip_size(p);
	len = strlen(p);
	while (len && isspace((unsigned char)p[len - 1]))
		len--;
	if (!len) {
		fail(out, "the line ends before the type", p);
		return;
	}
	if (*p == '(') {
		if (p[len - 1] != ')') {
			fail(out, "expected ')' behind the type", p + len);
			return;
		}
		p++;
		len -= 2;
	}
	if (!import_type(p, len, &out->fact.type)) {
		fail(out, "unknown type, expected usable, reserved, ACPI data or the like", p);
		/* "ACPI" and "persistent (type" go on in the next line, where a mailer broke it */
		out->unfinished = len < 24;
	}
}

void import_entry(const char *p, struct import_match *out)
{
	const char *wrong = import_range(&p, &out->fact);

	if (wrong)
		fail(out, wrong, p);
	else
		type_words(p, out);
}

static const char *labelled(const char **p, const char *label, uint64_t *value)
{
	blanks(p);
	if (!literal(p, label))
		return "expected start:, size:, end: and type:";
	blanks(p);
	return number(p, value);
}

void import_entry_copied(const char *p, struct import_match *out)
{
	uint64_t start = 0, size = 0, end = 0, type = 0;
	const char *wrong;

	wrong = labelled(&p, "start:", &start);
	if (!wrong)
		wrong = labelled(&p, "size:", &size);
	if (!wrong)
		wrong = labelled(&p, "end:", &end);
	if (!wrong && start + size != end)
		wrong = "start + size is not end";
	if (!wrong)
		wrong = labelled(&p, "type:", &type);
	if (!wrong && type > UINT32_MAX)
		wrong = too_long;
	if (!wrong && p[strspn(p, " \t")])
		wrong = "expected the end of the line";
	if (wrong) {
		fail(out, wrong, p);
		return;
	}
	out->fact.start = start;
	out->fact.size = size;
	out->fact.type = type;
	out->fact.notation = IMPORT_SIZE_AT;
}

void import_entry_seabios(const char *p, struct import_match *out)
{
	const char *wrong;
	uint64_t type = 0;

	wrong = import_range(&p, &out->fact);
	blanks(&p);
	if (!wrong && !literal(&p, "="))
		wrong = "expected '=' and the number of the type";
	blanks(&p);
	if (!wrong)
		wrong = number(&p, &type);
	if (!wrong && type > UINT32_MAX)
		wrong = too_long;
	if (wrong)
		fail(out, wrong, p);
	else
		out->fact.type = type;
}

bool import_entry_iomem(const char *p, struct import_match *out)
{
	uint64_t start, end;
	size_t len;

	if (import_hex(&p, &start) || !literal(&p, "-") || import_hex(&p, &end) ||
	    !literal(&p, " : "))
		return false;
	len = strlen(p);
	while (len && isspace((unsigned char)p[len - 1]))
		len--;
	out->zeroes = !start && !end;
	out->fact.kind = IMPORT_IGNORED;
	out->fact.table = IMPORT_SKIP_DEVICE;
	if (len == 10 && !strncmp(p, "RAM buffer", len))
		out->fact.table = IMPORT_SKIP_BUFFER;
	if (!import_iomem_type(p, len, &out->fact.type))
		return true;
	out->fact.kind = IMPORT_ENTRY;
	out->fact.table = IMPORT_T_IOMEM;
	if (!import_span(&out->fact, start, end, true))
		fail(out, "the range ends before it starts", p);
	return true;
}

// SPDX-License-Identifier: GPL-2.0-only
/* What kernels, hypervisors and firmware print about memory maps: a table of the forms. */
#include <ctype.h>
#include <string.h>

#include "import_entry.h"

/*
 * A form, matched from the beginning of a message. A blank stands for any number of them, at least
 * one; and
 *	%i  a range with inclusive end, [mem 0x0-0xfff] or [0x0-0xfff]
 *	%e  a range with exclusive end, 0 - 1000
 *	%d  likewise, with inclusive end
 *	%g  start:size
 *	%t  a type in words, up to the character behind it in the form, or the line's end
 *	%u  likewise, the type it becomes
 *	%p  a page number;  %h  any hexadecimal number
 *	%w  mem or memmap
 *	%~TEXT  TEXT stands somewhere in the rest, of which nothing else is looked at
 *	%*  the rest, whatever it is
 */
struct form {
	const char *text;
	uint8_t kind;
	uint32_t type;
};

static const struct form forms[] = {
	/* since 3.5 or 3.6 */
	{ "e820: update %i %t==> %u", IMPORT_UPDATE, 0 },
	{ "e820: remove %i %t", IMPORT_REMOVE, 0 },
	{ "e820: remove %i", IMPORT_REMOVE, 0 },
	{ "last_pfn = %p max_arch_pfn = %h", IMPORT_LAST_PFN, 0 },
	{ "e820: last_pfn = %p max_arch_pfn = %h", IMPORT_LAST_PFN, 0 },
	{ "%i available for PCI devices", IMPORT_GAP, 0 },
	{ "e820: %i available for PCI devices", IMPORT_GAP, 0 },
	{ "Cannot find an available gap in the 32-bit address range", IMPORT_NO_GAP, 0 },
	{ "e820: cannot find a gap in the 32bit address range", IMPORT_NO_GAP, 0 },
	{ "PM: hibernation: Registered nosave memory: %i", IMPORT_NOSAVE, 0 },
	{ "PM: Registered nosave memory: %i", IMPORT_NOSAVE, 0 },
	{ "ACPI: PM: Registering ACPI NVS region %i%*", IMPORT_NVS, 0 },
	{ "PM: Registering ACPI NVS region %i%*", IMPORT_NVS, 0 },
	{ "e820: reserve RAM buffer %i", IMPORT_BUFFER, 0 },
	{ "Malformed early option '%w'", IMPORT_MALFORMED, 0 },
	{ "Invalid user supplied memory map%*", IMPORT_PANIC, IMPORT_PANIC_MAP },
	{ "Kernel panic - not syncing: Invalid user supplied memory map%*", IMPORT_PANIC,
	  IMPORT_PANIC_MAP },
	{ "PANIC: early exception 0x06%*", IMPORT_PANIC, IMPORT_PANIC_BUG },
	{ "PANIC: early exception %*", IMPORT_PANIC, IMPORT_PANIC_OTHER },
	{ "Kernel panic - not syncing: %*", IMPORT_PANIC, 0 },
	{ "memblock_add: %i%~e820__memblock_setup+", IMPORT_MB_ADD, 0 },
	{ "memblock_reserve: %i%~e820__memblock_setup+", IMPORT_MB_RESERVE, 0 },
	{ "MEMBLOCK configuration:%*", IMPORT_MB_DUMP, 0 },
	{ ".text .data .bss are not marked as E820%*", IMPORT_KERNEL_NOT_RAM, 0 },
	{ "Reserving Intel graphics memory at %i", IMPORT_STOLEN, 0 },
	/* up to 3.4 */
	{ "e820 update range: %e (%t) ==> (%u)", IMPORT_UPDATE, 0 },
	{ "e820 remove range: %e (%t)", IMPORT_REMOVE, 0 },
	{ "e820 remove range: %e", IMPORT_REMOVE, 0 },
	{ "PM: Registered nosave memory: %e", IMPORT_NOSAVE, 0 },
	{ "reserve RAM buffer: %d", IMPORT_BUFFER, 0 },
	{ "Allocating PCI resources starting at %h (gap: %g)", IMPORT_GAP, 0 },
	{ NULL, 0, 0 },
};

static bool take_range(char code, const char **p, struct import_fact *f)
{
	uint64_t start, end;

	if (code == 'g') {
		if (import_hex(p, &start) || *(*p)++ != ':' || import_hex(p, &end))
			return false;
		f->start = start;
		f->size = end;
		return true;
	}
	if ((code == 'i') != (**p == '['))
		return false;
	if (import_range(p, f)) {
		/* facts other than entries may be odd: empty ones, ends beyond 2^64 */
		const char *q = *p;

		if (*q == '[') {
			q++;
			q += strncmp(q, "mem ", 4) ? 0 : 4;
		}
		if (import_hex(&q, &start))
			return false;
		q += strspn(q, " -,");
		if (import_hex(&q, &end))
			return false;
		q += *q == ']';
		*p = q;
		f->start = start;
		f->size = end - start + (code == 'i');
	}
	if (code == 'd')
		f->size++;
	return f->notation != IMPORT_SIZE_AT;
}

static bool take_type(const char **p, char until, uint32_t *type)
{
	const char *end = until ? strchr(*p, until) : *p + strlen(*p);
	size_t len;

	/* the ')' of "persistent (type 7)" is its own */
	if (end && until == ')' && end[1] == ')')
		end++;
	if (!end)
		return false;
	len = end - *p;
	while (len && isspace((unsigned char)(*p)[len - 1]))
		len--;
	if (!import_type(*p, len, type))
		return false;
	*p = end;
	return true;
}

static bool take(char code, const char **p, char next, struct import_match *out)
{
	struct import_fact *f = &out->fact;
	uint64_t any;
	size_t len;

	switch (code) {
	case 'i':
	case 'e':
	case 'd':
	case 'g':
		return take_range(code, p, f);
	case 't':
		return take_type(p, next, &f->type);
	case 'u':
		return take_type(p, next, &f->to);
	case 'p':
		return import_hex(p, &f->start) == IMPORT_NUM_OK;
	case 'h':
		return import_hex(p, &any) == IMPORT_NUM_OK;
	case 'w':
		len = strcspn(*p, "'");
		f->type = len == 6;
		if (strncmp(*p, "mem", 3) || (len != 3 && strncmp(*p, "memmap", 6)) ||
		    (len != 3 && len != 6))
			return false;
		*p += len;
		return true;
	}
	return false;
}

/* How many characters of the form are literal at its beginning. */
static size_t literal_part(const char *form)
{
	return strcspn(form, "%");
}

enum outcome_of_form { FORM_OTHER, FORM_BEGINS, FORM_MATCHES };

static enum outcome_of_form try_form(const struct form *form, const char *m,
				     struct import_match *out)
{
	const char *f = form->text, *p = m;
	size_t sure = literal_part(f);

	memset(&out->fact, 0, sizeof(out->fact));
	out->fact.table = IMPORT_T_NONE;
	out->fact.kind = form->kind;
	out->fact.type = form->type;
	for (; *f; f++) {
		enum outcome_of_form short_of = (size_t)(f - form->text) >= sure && sure > 8 ?
			FORM_BEGINS : FORM_OTHER;

		if (*f == ' ') {
			size_t n = strspn(p, " \t");

			if (!n)
				return short_of;
			p += n;
		} else if (*f == '%' && f[1] == '*') {
			return FORM_MATCHES;
		} else if (*f == '%' && f[1] == '~') {
			return strstr(p, f + 2) ? FORM_MATCHES : FORM_OTHER;
		} else if (*f == '%') {
			f++;
			if (!take(*f, &p, f[1], out))
				return short_of;
		} else if (*f == *p) {
			p++;
		} else {
			return short_of;
		}
	}
	p += strspn(p, " \t");
	return *p ? FORM_BEGINS : FORM_MATCHES;
}

/* Tables whose lines begin with these words. */
static const struct prefix {
	const char *text;
	uint8_t table;
} prefixes[] = {
	{ "BIOS-e820:", IMPORT_T_BIOS }, { "BIOS-e801:", IMPORT_T_E801 },
	{ "BIOS-88:", IMPORT_T_88 }, { "Xen:", IMPORT_T_XEN_GUEST },
	{ "user:", IMPORT_T_USER }, { "modified:", IMPORT_T_MODIFIED },
	{ "extended:", IMPORT_T_EXTENDED }, { "reserve setup_data:", IMPORT_T_SETUP_DATA },
	{ "copy_e820_map()", IMPORT_T_COPY },
};

static bool begins(const char *m, const char *text, const char **rest)
{
	size_t len = strlen(text);

	if (strncmp(m, text, len))
		return false;
	if (rest)
		*rest = m + len;
	return true;
}

/* Could an entry begin here? Else somebody writes about entries. */
static bool like_entry(const char *p)
{
	size_t digits;

	p += strspn(p, " \t");
	if (*p == '[' || !strncmp(p, "start:", 6))
		return true;
	if (!strncmp(p, "0x", 2))
		p += 2;
	digits = strspn(p, "0123456789abcdefABCDEF");
	p += digits;
	p += strspn(p, " \t");
	return digits && (*p == '-' || *p == '@' || (!*p && digits >= 8));
}

static void ignored(struct import_match *out, enum import_skip why)
{
	out->fact.kind = IMPORT_IGNORED;
	out->fact.table = why;
}

static bool prefixed(const char *m, struct import_match *out)
{
	const char *rest;

	for (unsigned int i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		if (!begins(m, prefixes[i].text, &rest))
			continue;
		memset(&out->fact, 0, sizeof(out->fact));
		out->fact.kind = IMPORT_ENTRY;
		out->fact.table = prefixes[i].table;
		rest += strspn(rest, " \t");
		if (begins(rest, "[gap ", NULL))
			ignored(out, IMPORT_SKIP_GAP);
		else if (!like_entry(rest))
			ignored(out, IMPORT_SKIP_PROSE);
		else if (prefixes[i].table == IMPORT_T_COPY)
			import_entry_copied(rest, out);
		else
			import_entry(rest, out);
		return true;
	}
	return false;
}

static bool fact_of(uint8_t kind, uint8_t table, struct import_match *out)
{
	memset(&out->fact, 0, sizeof(out->fact));
	out->fact.kind = kind;
	out->fact.table = table;
	return true;
}

/* Headings and what else is told apart by its first words. */
static bool heading(const char *m, const struct import_context *c, struct import_match *out)
{
	const char *rest;

	if (begins(m, "e820: ", &rest) && strstr(rest, "physical RAM map:"))
		m = rest;
	if (!c->xen && begins(m, "Linux version ", &out->text))
		return fact_of(IMPORT_VERSION, IMPORT_T_NONE, out);
	out->early = !c->xen && begins(m, "Command line: ", &out->text);
	if (out->early || (!c->xen && begins(m, "Kernel command line: ", &out->text)))
		return fact_of(IMPORT_CMDLINE, IMPORT_T_NONE, out);
	if (begins(m, "BIOS-provided physical RAM map:", NULL))
		return fact_of(IMPORT_HEADER, IMPORT_T_BIOS, out);
	if (begins(m, "user-defined physical RAM map:", NULL))
		return fact_of(IMPORT_HEADER, IMPORT_T_USER, out);
	if (begins(m, "extended physical RAM map:", NULL))
		return fact_of(IMPORT_HEADER, IMPORT_T_EXTENDED, out);
	if (begins(m, "modified physical RAM map:", NULL))
		return fact_of(IMPORT_HEADER, IMPORT_T_NONE, out);
	if (begins(m, "e820 map has ", &rest) && strstr(rest, " items:"))
		return fact_of(IMPORT_HEADER, IMPORT_T_SEABIOS, out);
	if (c->xen && (begins(m, "Xen version ", NULL) || strstr(m, " RAM map:")))
		return fact_of(IMPORT_HEADER, IMPORT_T_XEN, out);
	return false;
}

/* Rows of memblock's memory: " memory[0x0]	[0x...-0x...], 0x... bytes flags: 0x0" */
static bool memblock_row(const char *m, struct import_match *out)
{
	const char *rest;

	if (!begins(m, "memory[", &rest))
		return false;
	rest += strcspn(rest, "]");
	if (!*rest)
		return false;
	rest++;
	fact_of(IMPORT_MB_MEMORY, IMPORT_T_NONE, out);
	if (import_range(&rest, &out->fact))
		ignored(out, IMPORT_SKIP_CUT);
	return true;
}

static bool seabios_row(const char *m, struct import_match *out)
{
	const char *rest = m + strspn(m, "0123456789");

	if (rest == m || *rest != ':')
		return false;
	fact_of(IMPORT_ENTRY, IMPORT_T_SEABIOS, out);
	import_entry_seabios(rest + 1, out);
	return true;
}

void import_match(const char *line, const struct import_context *c, struct import_match *out)
{
	const char *m = line + strspn(line, " \t");
	bool begun = false;

	memset(out, 0, sizeof(*out));
	out->indent = m - line;
	out->fact.kind = IMPORT_NOTHING;
	if (heading(m, c, out))
		return;
	if (c->xen) {
		out->fact.kind = IMPORT_NOTHING;
		if (strspn(m + (*m == '['), "0123456789abcdefABCDEF") >= 8 && strpbrk(m, "-,")) {
			fact_of(IMPORT_ENTRY, IMPORT_T_XEN, out);
			import_entry(m, out);
		}
		return;
	}
	if (prefixed(m, out) || (c->seabios && seabios_row(m, out)) ||
	    (c->dump && memblock_row(m, out)) || import_entry_iomem(m, out))
		return;
	for (const struct form *f = forms; f->text; f++) {
		switch (try_form(f, m, out)) {
		case FORM_MATCHES:
			return;
		case FORM_BEGINS:
			begun = true;
			break;
		default:
			break;
		}
	}
	fact_of(begun ? IMPORT_IGNORED : IMPORT_NOTHING, IMPORT_SKIP_CUT, out);
}

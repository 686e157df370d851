// SPDX-License-Identifier: GPL-2.0-only
/* From lines to the facts of the last boot. */
#include <ctype.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include "import.h"
#include "import_lines.h"
#include "import_memblock.h"

void import_error(const struct import *im, char *err, unsigned int line, unsigned int column,
		  const char *fmt, ...)
{
	int at = snprintf(err, SCENARIO_ERR, "%s:%u:%u: ", im->name, line, column);
	va_list ap;

	va_start(ap, fmt);
	if (at > 0 && at < (int)SCENARIO_ERR)
		vsnprintf(err + at, SCENARIO_ERR - at, fmt, ap);
	va_end(ap);
}

void import_begin(struct import *im, const char *name)
{
	size_t len = strlen(name);

	memset(im, 0, offsetof(struct import, fact));
	/* of a long path the end says more */
	snprintf(im->name, sizeof(im->name), "%s%s", len < sizeof(im->name) ? "" : "...",
		 len < sizeof(im->name) ? name : name + len - (sizeof(im->name) - 4));
	im->lines.number = im->lines.first = 1;
}

static void skip(struct import *im, enum import_skip why, unsigned int line)
{
	struct import_skipped *s = &im->skipped[why];
	bool goes_on = s->lines && s->latest + 1 == line;

	s->lines++;
	s->latest = line;
	s->ranges += !goes_on;
	if (s->ranges > IMPORT_RANGES)
		return;
	if (!goes_on)
		s->first[s->ranges - 1] = line;
	s->last[s->ranges - 1] = line;
}

/* Facts that belong to the machine, not to Linux: firmware and hypervisor print them before. */
static bool outlives(const struct import_fact *f)
{
	return f->kind == IMPORT_ENTRY &&
	       (f->table == IMPORT_T_XEN || f->table == IMPORT_T_SEABIOS);
}

static void drop(struct import *im, enum import_table table)
{
	unsigned int to = 0;

	for (unsigned int i = 0; i < im->nr; i++)
		if (im->fact[i].kind != IMPORT_ENTRY || im->fact[i].table != table)
			im->fact[to++] = im->fact[i];
	im->nr = to;
}

/* What was known is of an earlier boot. */
static void new_boot(struct import *im, unsigned int line)
{
	unsigned int to = 0;
	bool stated = im->cmdline_line && im->booted;

	for (unsigned int i = 0; i < im->nr; i++) {
		if (outlives(&im->fact[i]))
			im->fact[to++] = im->fact[i];
		else
			stated = true;
	}
	im->nr = to;
	im->boots += stated || !im->boots;
	im->boot_line = line;
	im->release[0] = im->cmdline[0] = im->error[0] = '\0';
	im->version = 0;
	im->cmdline_line = 0;
	im->cmdline_early = im->cmdline_cut = im->headed = im->headless = im->dump = false;
	if (line > im->foreign_line + 1)
		im->foreign = NULL;	/* else it is this one's first line */
	im->booted = true;
	if (im->mb)
		import_mb_begin(im->mb);
}

static void version(struct import *im, const char *text, unsigned int line)
{
	unsigned int part[3] = { 0 }, n = 0;
	const char *p = text;
	size_t len = strcspn(text, " \t\r");

	if (!isdigit((unsigned char)*text)) {
		skip(im, IMPORT_SKIP_PROSE, line);
		return;
	}
	new_boot(im, line);
	if (len >= sizeof(im->release))
		len = sizeof(im->release) - 1;
	memcpy(im->release, text, len);
	im->release[len] = '\0';
	while (n < 3 && isdigit((unsigned char)*p)) {
		while (isdigit((unsigned char)*p)) {
			if (part[n] < 255)
				part[n] = part[n] * 10 + (*p - '0');
			p++;
		}
		if (part[n] > 255)
			part[n] = 255;
		n++;
		if (*p != '.' && *p != '-')
			break;
		if (*p == '-')
			break;
		p++;
	}
	im->version = part[0] << 16 | part[1] << 8 | part[2];
}

/* printk keeps no more than about this much of a line. */
#define PRINTK_MAX	940u

static void cmdline(struct import *im, const struct import_match *m, unsigned int line)
{
	size_t len = strlen(m->text);

	/* the boot loader's line says it first; the later one is what the kernel made of it */
	if (im->cmdline_line && (im->cmdline_early || !m->early))
		return;
	while (len && isspace((unsigned char)m->text[len - 1]))
		len--;
	im->cmdline_cut = len >= PRINTK_MAX;
	if (len >= sizeof(im->cmdline))
		len = sizeof(im->cmdline) - 1;
	memcpy(im->cmdline, m->text, len);
	im->cmdline[len] = '\0';
	im->cmdline_line = line;
	im->cmdline_early = m->early;
}

static void header(struct import *im, enum import_table table, unsigned int line)
{
	unsigned int i = 0;

	im->seabios = table == IMPORT_T_SEABIOS;
	if (table == IMPORT_T_NONE)
		return;
	if (table != IMPORT_T_BIOS) {
		drop(im, table);
		return;
	}
	while (i < im->nr && (im->fact[i].kind != IMPORT_ENTRY ||
			      im->fact[i].table != IMPORT_T_BIOS))
		i++;
	if (i < im->nr)
		new_boot(im, line);	/* a second map: of another boot, whose head is missing */
	im->booted = true;
	im->headed = true;
}

/* /proc/iomem: what is nested in an entry of the map is no entry. */
static bool nested(struct import *im, unsigned int indent, bool entry)
{
	bool below = false;

	while (im->nest && im->nest_indent[im->nest - 1] >= indent)
		im->nest--;
	for (unsigned int i = 0; i < im->nest; i++)
		below |= im->nest_taken[i];
	if (im->nest < sizeof(im->nest_indent)) {
		im->nest_indent[im->nest] = indent > 255 ? 255 : indent;
		im->nest_taken[im->nest++] = entry;
	}
	return below;
}

static bool same_entry(const struct import_fact *a, const struct import_fact *b)
{
	return a->start == b->start && a->size == b->size;
}

/* The tables that kernels print in order, sanitized, are free of overlaps. */
static bool contradicts(const struct import_fact *a, const struct import_fact *b)
{
	if (a->kind != IMPORT_ENTRY || a->table != b->table || a->table >= IMPORT_T_MAPS)
		return false;
	/* an unprivileged reader of /proc/iomem sees zeroes alone: told at the end */
	if (a->table == IMPORT_T_IOMEM && !a->start && a->size <= 1)
		return false;
	return same_entry(a, b) && a->type != b->type;
}

static void keep(struct import *im, const struct import_fact *f)
{
	bool entry = f->kind == IMPORT_ENTRY && f->table < IMPORT_T_MAPS;

	for (unsigned int i = 0; entry && i < im->nr; i++) {
		if (contradicts(&im->fact[i], f) && !im->error[0])
			import_error(im, im->error, f->line, 1,
				     "the same range as in line %u, but another type",
				     im->fact[i].line);
		if (im->fact[i].kind == IMPORT_ENTRY && im->fact[i].table == f->table &&
		    same_entry(&im->fact[i], f)) {
			skip(im, IMPORT_SKIP_TWICE, f->line);
			return;
		}
	}
	/* a boot ends once */
	for (unsigned int i = 0; f->kind == IMPORT_PANIC && i < im->nr; i++)
		if (im->fact[i].kind == IMPORT_PANIC)
			return;
	if (im->nr == IMPORT_FACTS_MAX) {
		skip(im, IMPORT_SKIP_FULL, f->line);
		return;
	}
	if (entry && f->table == IMPORT_T_BIOS && !im->headed)
		im->headless = true;
	im->fact[im->nr++] = *f;
}

static void entry(struct import *im, const struct import_match *m, const char *shown,
		  unsigned int line)
{
	struct import_fact f = m->fact;

	f.line = line;
	if (m->error) {
		if (!im->error[0])
			import_error(im, im->error, line,
				     m->at >= shown ? (unsigned int)(m->at - shown) + 1 : 1, "%s",
				     m->error);
		return;
	}
	keep(im, &f);
}

static void iomem(struct import *im, struct import_match *m, unsigned int line)
{
	bool is_entry = m->fact.kind == IMPORT_ENTRY;

	if (m->zeroes && !im->zero_line)
		im->zero_line = line;
	im->zeroes |= m->zeroes;
	if (nested(im, m->indent, is_entry)) {
		m->fact.kind = IMPORT_IGNORED;
		m->fact.table = IMPORT_SKIP_NESTED;
	}
}

/* Words by which kernels of other architectures are known. */
static void look_for_foreign(struct import *im, const char *message, unsigned int line)
{
	static const struct { const char *text, *arch; } words[] = {
		{ "Booting Linux on physical CPU", "arm" }, { "SBI specification", "riscv" },
		{ "powerpc64", "powerpc" }, { "ppc64", "powerpc" },
		{ "using Book3S", "powerpc" }, { "Linux is running as a z/VM", "s390" },
		{ "Linux is running natively", "s390" }, { "s390x", "s390" },
		{ "PROMLIB:", "sparc" }, { "aarch64", "arm64" }, { "riscv64", "riscv" },
		{ "CPU0 revision is:", "mips" }, { "mips64", "mips" },
		{ "loongarch64", "loongarch" }, { "arm-linux-gnu", "arm" },
		{ "Booting GENERIC on", "alpha" },
	};

	if (im->foreign)
		return;
	for (unsigned int i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strstr(message, words[i].text)) {
			im->foreign = words[i].arch;
			im->foreign_line = line;
			return;
		}
	}
}

static void use(struct import *im, struct import_match *m, const char *shown, unsigned int line)
{
	struct import_fact f;

	switch ((enum import_kind)m->fact.kind) {
	case IMPORT_NOTHING:
		skip(im, IMPORT_SKIP_OTHER, line);
		break;
	case IMPORT_IGNORED:
		skip(im, m->fact.table, line);
		break;
	case IMPORT_VERSION:
		version(im, m->text, line);
		break;
	case IMPORT_CMDLINE:
		cmdline(im, m, line);
		break;
	case IMPORT_HEADER:
		/* where a table begins is a fact: the user's may be empty, others come again */
		if (m->fact.table == IMPORT_T_USER || m->fact.table == IMPORT_T_EXTENDED) {
			f = m->fact;
			f.line = line;
			keep(im, &f);
		} else {
			header(im, m->fact.table, line);
		}
		break;
	case IMPORT_ENTRY:
		entry(im, m, shown, line);
		break;
	default:
		f = m->fact;
		f.line = line;
		im->dump = f.kind == IMPORT_MB_DUMP || (im->dump && f.kind == IMPORT_MB_MEMORY);
		keep(im, &f);
	}
}

/* A line of a map that ends too early: a mailer may have moved its end to the next line. */
static bool set_aside(struct import *im, const struct import_match *m, const char *message,
		      bool xen, unsigned int line)
{
	size_t len = strlen(message);

	if (m->fact.kind != IMPORT_ENTRY || !m->unfinished || len >= 256)
		return false;
	memcpy(im->pending, message, len + 1);
	im->pending_line = line;
	im->pending_xen = xen;
	return true;
}

static bool complete_pending(struct import *im, const char *message)
{
	const struct import_context c = { .xen = im->pending_xen, .seabios = im->seabios };
	size_t len = strlen(im->pending), more;
	unsigned int first = im->pending_line;
	struct import_match m;

	message += strspn(message, " \t");
	more = strlen(message);
	im->pending_line = 0;
	if (more && more < 40) {
		im->pending[len] = ' ';
		memcpy(im->pending + len + 1, message, more + 1);
		import_match(im->pending, &c, &m);
		if (!m.error) {
			use(im, &m, im->pending, first);
			return true;
		}
		im->pending[len] = '\0';
	}
	import_match(im->pending, &c, &m);
	use(im, &m, im->pending, first);
	return false;
}

static void one_line(struct import *im)
{
	struct import_context c = { .seabios = im->seabios, .dump = im->dump };
	unsigned int line = im->lines.first;
	char *shown = im->lines.buf, *message;
	struct import_match m;

	message = import_message(shown, &c.xen);
	if (im->mb && !c.xen && !im->lines.lost)
		import_mb_take(im->mb, im, message, line, (unsigned int)(message - shown) + 1);
	if (im->pending_line && complete_pending(im, message))
		return;
	import_match(message, &c, &m);
	if (im->seabios && m.fact.kind == IMPORT_NOTHING)
		im->seabios = false;
	if (im->lines.lost && m.fact.kind != IMPORT_CMDLINE) {
		skip(im, IMPORT_SKIP_LONG, line);
		return;
	}
	if (m.fact.kind == IMPORT_NOTHING || m.fact.kind == IMPORT_VERSION) {
		if (m.fact.kind == IMPORT_VERSION)
			use(im, &m, shown, line);
		look_for_foreign(im, message, line);
		if (m.fact.kind == IMPORT_VERSION)
			return;
	}
	if (m.indent || m.zeroes || m.fact.table == IMPORT_T_IOMEM ||
	    m.fact.table == IMPORT_SKIP_DEVICE || m.fact.table == IMPORT_SKIP_BUFFER) {
		bool of_iomem = (m.fact.kind == IMPORT_ENTRY && m.fact.table == IMPORT_T_IOMEM) ||
				(m.fact.kind == IMPORT_IGNORED &&
				 (m.fact.table == IMPORT_SKIP_DEVICE ||
				  m.fact.table == IMPORT_SKIP_BUFFER));

		if (of_iomem)
			iomem(im, &m, line);
	}
	if (!set_aside(im, &m, message, c.xen, line))
		use(im, &m, shown, line);
}

void import_feed(struct import *im, const char *data, size_t size)
{
	im->bytes += size;
	for (size_t i = 0; i < size; i++) {
		if (import_lines_byte(&im->lines, data[i])) {
			one_line(im);
			import_lines_done(&im->lines);
		}
	}
}

enum import_table import_map(const struct import *im)
{
	unsigned int best = IMPORT_T_NONE;

	for (unsigned int i = 0; i < im->nr; i++)
		if (im->fact[i].kind == IMPORT_ENTRY && im->fact[i].table < IMPORT_T_MAPS &&
		    im->fact[i].table < best)
			best = im->fact[i].table;
	return best;
}

static void no_map(const struct import *im, char *err)
{
	if (!im->bytes)
		import_error(im, err, 1, 1, "empty, expected a boot log or a memory map");
	else if (im->foreign)
		import_error(im, err, im->foreign_line, 1,
			     "a log of another architecture (%s), expected x86", im->foreign);
	else if (im->lines.nul)
		import_error(im, err, im->lines.nul, 1,
			     "NUL bytes: not a text, expected a boot log or a memory map");
	else if (im->boots > 1)
		import_error(im, err, im->boot_line, 1,
			     "the last of %u boots begins here, and it states no memory map",
			     im->boots);
	else
		import_error(im, err, im->lines.first, 1, "no memory map up to here, expected "
			     "lines as of BIOS-e820, (XEN), SeaBIOS, /proc/iomem");
}

bool import_end(struct import *im, char *err)
{
	unsigned int last = im->lines.first;
	bool cut = import_lines_end(&im->lines);

	im->cut = cut;
	im->last_line = cut || last == 1 ? last : last - 1;
	if (cut) {
		one_line(im);
		import_lines_done(&im->lines);
	}
	if (im->mb)
		import_mb_end(im->mb, im, cut);
	if (im->pending_line) {
		if (cut && im->pending_line == last && !im->error[0])
			import_error(im, im->error, last, (unsigned int)strlen(im->pending) + 1,
				     "the log ends in the middle of an entry");
		complete_pending(im, "");
	}
	if (im->error[0]) {
		memcpy(err, im->error, SCENARIO_ERR);
		return false;
	}
	if (import_map(im) == IMPORT_T_IOMEM && im->zeroes) {
		bool all = true;

		for (unsigned int i = 0; i < im->nr; i++)
			all &= im->fact[i].table != IMPORT_T_IOMEM || im->fact[i].size <= 1;
		if (all) {
			import_error(im, err, im->zero_line, 1, "all addresses are 0: "
				     "/proc/iomem shows them to root alone, read it as root");
			return false;
		}
	}
	if (import_map(im) == IMPORT_T_NONE) {
		no_map(im, err);
		return false;
	}
	return true;
}

// SPDX-License-Identifier: GPL-2.0-only
/* What a subject did in an op, in the form of the facts of a log. */
#include <string.h>

#include "import_check.h"

struct observed {
	struct import_fact *got;
	unsigned int nr;
};

static void add(struct observed *o, enum import_kind kind, uint64_t start, uint64_t size,
		uint32_t type, uint32_t to)
{
	if (o->nr < IMPORT_GOT_MAX)
		o->got[o->nr++] = (struct import_fact){
			.kind = kind, .table = IMPORT_T_NONE, .start = start, .size = size,
			.type = type, .to = to,
		};
}

/* Lines that the kernel printed: the same words as in a log, read by the same forms. */
static void printed_lines(struct observed *o, const char *log)
{
	static const struct import_context none;
	char line[512];

	while (*log) {
		size_t len = strcspn(log, "\n"), take = len < sizeof(line) ? len : sizeof(line) - 1;
		struct import_match m;
		bool xen;

		memcpy(line, log, take);
		line[take] = '\0';
		import_match(import_message(line, &xen), &none, &m);
		switch (m.fact.kind) {
		case IMPORT_UPDATE:
		case IMPORT_REMOVE:
		case IMPORT_GAP:
		case IMPORT_NO_GAP:
		case IMPORT_BUFFER:
			add(o, m.fact.kind, m.fact.start, m.fact.size, m.fact.type, m.fact.to);
			break;
		default:
			break;
		}
		log += len + (log[len] == '\n');
	}
}

/*
 * Tables that it printed. Ops that change something print that, and no table; nodes of setup_data
 * are printed as changes, and then the table is.
 */
static void printed_entries(struct observed *o, const struct table *t, uint8_t op)
{
	unsigned int first = op == E820_RESERVE_SETUP_DATA ? o->nr : 0;

	switch (op) {
	case E820_CMDLINE:
	case E820_UPDATE:
	case E820_UPDATE_KEXEC:
	case E820_REMOVE:
		return;
	default:
		for (unsigned int i = first; i < t->nr; i++)
			add(o, IMPORT_ENTRY, t->rows[i].start, t->rows[i].size, t->rows[i].type, 0);
	}
}

static void calls(struct observed *o, const struct table *t)
{
	static const uint8_t kind[] = {
		[E820_REC_ADD] = IMPORT_MB_ADD, [E820_REC_RESERVE] = IMPORT_MB_RESERVE,
		[E820_REC_NOSAVE] = IMPORT_NOSAVE, [E820_REC_NVS] = IMPORT_NVS,
		[E820_REC_LIMIT] = 0,
	};

	for (unsigned int i = 0; i < t->nr; i++) {
		const struct row *r = &t->rows[i];

		if (r->type < sizeof(kind) && kind[r->type])
			add(o, kind[r->type], r->start, r->size, 0, 0);
	}
}

/* memblock keeps regions sorted, joins those that touch, and is then trimmed to whole pages. */
static void memory(struct observed *o, const struct table *t)
{
	static struct { uint64_t start, last; } r[E820_REPORT_MAX];
	unsigned int nr = 0;

	for (unsigned int i = 0; i < t->nr && nr < E820_REPORT_MAX; i++) {
		uint64_t start = t->rows[i].start, last = start + t->rows[i].size - 1;
		unsigned int k = 0;

		if (t->rows[i].type != E820_REC_ADD || !t->rows[i].size)
			continue;
		if (last < start)
			last = UINT64_MAX;
		/* whom it touches joins it */
		while (k < nr) {
			bool apart = (r[k].last != UINT64_MAX && r[k].last + 1 < start) ||
				     (last != UINT64_MAX && last + 1 < r[k].start);

			if (apart) {
				k++;
				continue;
			}
			start = r[k].start < start ? r[k].start : start;
			last = r[k].last > last ? r[k].last : last;
			r[k] = r[--nr];
			k = 0;
		}
		for (k = nr++; k && r[k - 1].start > start; k--)
			r[k] = r[k - 1];
		r[k].start = start;
		r[k].last = last;
	}
	for (unsigned int i = 0; i < nr; i++) {
		uint64_t start = (r[i].start + 4095) & ~UINT64_C(4095);
		uint64_t end = (r[i].last + 1) & ~UINT64_C(4095);

		if (start < end && start >= r[i].start)
			add(o, IMPORT_MB_MEMORY, start, end - start, 0, 0);
	}
}

/* A bit for each mem= and memmap= that was refused; the last bit is shared. */
static void refused(struct observed *o, const struct op *op, uint64_t mask)
{
	char line[CMDLINE_SIZE], *at = line, *name, *value;
	unsigned int n = 0;

	cmdline_join(op, E820_PARAM, line);
	while (cmdline_next(&at, &name, &value) && (strcmp(name, "--") || value)) {
		bool memmap = !strcmp(name, "memmap");

		if (!memmap && strcmp(name, "mem"))
			continue;
		if (mask >> (n < 63 ? n : 63) & 1)
			add(o, IMPORT_MALFORMED, 0, 0, memmap, 0);
		n++;
	}
}

unsigned int import_observed(const struct subject *subject, const struct op *op,
			     const struct result *res, struct import_fact *got)
{
	struct observed o = { .got = got };
	struct state st;

	subject->observe(&st);
	printed_lines(&o, subject->log());
	printed_entries(&o, &st.table[E820_PRINTED], op->id);
	calls(&o, &st.table[E820_RECORDED]);
	if (res->outcome != OUT_RETURN) {
		add(&o, IMPORT_PANIC, 0, 0, res->outcome == OUT_PANIC ? IMPORT_PANIC_MAP :
		    res->outcome == OUT_BUG ? IMPORT_PANIC_BUG : IMPORT_PANIC_OTHER, 0);
		return o.nr;
	}
	switch (op->id) {
	case E820_END_OF_RAM_PFN:
	case E820_END_OF_LOW_RAM_PFN:
		add(&o, IMPORT_LAST_PFN, res->value, 0, 0, 0);
		break;
	case E820_MEMBLOCK_SETUP:
		memory(&o, &st.table[E820_RECORDED]);
		break;
	case E820_CMDLINE:
		refused(&o, op, res->value);
		break;
	default:
		break;
	}
	return o.nr;
}

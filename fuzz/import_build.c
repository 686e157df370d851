// SPDX-License-Identifier: GPL-2.0-only
/* From the facts of a boot to a scenario that boots the same way. */
#include <string.h>

#include "import_builder.h"

int import_emit(struct builder *b, uint8_t id, uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3)
{
	struct scenario *s = &b->sc->s;

	if (s->nr == SCENARIO_OPS_MAX) {
		b->full = true;
		return -1;
	}
	b->sc->line[s->nr] = b->line;
	s->ops[s->nr] = (struct op){ .id = id, .arg = { a0, a1, a2, a3 } };
	return (int)s->nr++;
}

static int emit(struct builder *b, uint8_t id)
{
	return import_emit(b, id, 0, 0, 0, 0);
}

static void emit_text(struct builder *b, const char *text, size_t len)
{
	uint8_t id = E820_PARAM;

	for (size_t at = 0; at < len || id == E820_PARAM; at += OP_TEXT_MAX, id = E820_MORE) {
		int op = emit(b, id);

		if (op < 0)
			return;
		op_set_text(&b->sc->s.ops[op], text + at, (unsigned int)(len - at));
	}
}

/* The parameters that go to the files under test, spelled as they were. */
static void command_line(struct builder *b)
{
	char line[CMDLINE_SIZE], *at = line, *name, *value;

	memcpy(line, b->im->cmdline, sizeof(line));
	b->line = b->im->cmdline_line;
	for (;;) {
		size_t begin = at - line, end;

		if (!cmdline_next(&at, &name, &value) || (!strcmp(name, "--") && !value))
			break;
		end = at - line;
		while (cmdline_blank(b->im->cmdline[begin]))
			begin++;
		while (end > begin && cmdline_blank(b->im->cmdline[end - 1]))
			end--;
		if (strcmp(name, "mem") && strcmp(name, "memmap"))
			continue;
		if (!b->params)
			b->cmdline = emit(b, E820_CMDLINE);
		b->params = true;
		emit_text(b, b->im->cmdline + begin, end - begin);
	}
	b->line = 0;
}

/* Where the command line's own changes end: where the user's map is printed, or refused. */
static unsigned int early_facts(const struct builder *b)
{
	for (unsigned int i = 0; b->params && i < b->im->nr; i++) {
		const struct import_fact *f = &b->im->fact[i];

		if (f->kind == IMPORT_LAST_PFN)
			break;
		if (f->table == IMPORT_T_USER ||
		    (f->kind == IMPORT_PANIC && f->type != IMPORT_PANIC_OTHER))
			return i;
	}
	return 0;
}

static void flush(struct builder *b)
{
	if (b->dirty) {
		b->line = 0;
		import_emit(b, E820_UPDATE_TABLE, E820_MAIN, 0, 0, 0);
	}
	b->dirty = false;
}

static int emit_phase(struct builder *b, enum phase p)
{
	switch (p) {
	case PHASE_FINISH:
		return b->params ? emit(b, E820_FINISH_EARLY_PARAMS) : -2;
	case PHASE_PFN:
		return emit(b, E820_END_OF_RAM_PFN);
	case PHASE_LOW_PFN:
		return emit(b, E820_END_OF_LOW_RAM_PFN);
	case PHASE_MEMBLOCK:
		return emit(b, E820_MEMBLOCK_SETUP);
	case PHASE_RESOURCES:
		return emit(b, E820_RESERVE_RESOURCES);
	case PHASE_NOSAVE:
		return import_emit(b, E820_NOSAVE, b->max_pfn, 0, 0, 0);
	case PHASE_GAP:
		return import_emit(b, E820_SETUP_GAP, b->max_pfn, 0, 0, 0);
	case PHASE_NVS:
		return emit(b, E820_REGISTER_NVS);
	case PHASE_LATE:
		return emit(b, E820_RESERVE_RESOURCES_LATE);
	default:
		return -1;
	}
}

/* All that comes up to @p, what was there already excepted. Return: the op of @p. */
static int reach(struct builder *b, enum phase p)
{
	for (unsigned int i = 0; i <= (unsigned int)p; i++) {
		if (b->op[i] != -1)
			continue;
		if (i > PHASE_FINISH)
			flush(b);
		b->line = 0;
		b->op[i] = emit_phase(b, i);
	}
	return b->op[p];
}

/* Each node is told twice when the kexec table is told, too. */
static int keep_for_kernel(struct builder *b, unsigned int i)
{
	const struct import_fact *f = &b->im->fact[i];
	bool again = i && import_told_twice(f - 1, f) &&
		     b->sc->op[i - 1] >= 0 &&
		     b->sc->s.ops[b->sc->op[i - 1]].id == E820_UPDATE;

	b->dirty = true;
	return import_emit(b, again ? E820_UPDATE_KEXEC : E820_UPDATE, f->start, f->size,
			   E820_T_RAM, E820_T_RESERVED_KERN);
}

/* Is it a node of setup_data? Those are told in a row, and then the table is. */
static bool is_node(const struct builder *b, unsigned int i)
{
	return import_kept_for_kernel(&b->im->fact[i]) &&
	       (i >= b->early || import_nodes_end(b->im, i));
}

static int node(struct builder *b, unsigned int i)
{
	unsigned int end;

	b->sc->given[i] = true;
	if (i < b->chain_end)
		return b->chain < 0 ? keep_for_kernel(b, i) : b->chain;
	end = import_nodes_end(b->im, i);
	if (end && import_setup_data(b, i))
		return b->chain;
	b->chain = -1;
	b->chain_end = end;
	return keep_for_kernel(b, i);
}

static int change(struct builder *b, unsigned int i)
{
	const struct import_fact *f = &b->im->fact[i];
	int op;

	if (is_node(b, i))
		return node(b, i);
	if (i < b->early)
		return b->cmdline;
	reach(b, PHASE_FINISH);
	b->line = f->line;
	b->sc->given[i] = true;
	b->dirty = b->changed = true;
	if (f->kind == IMPORT_UPDATE)
		return f->type == f->to ? -1 :
			import_emit(b, E820_UPDATE, f->start, f->size, f->type, f->to);
	op = import_emit(b, E820_REMOVE, f->start, f->size, f->type ? f->type : E820_T_RAM,
			 !!f->type);
	if (b->not_ram && !f->type)
		import_emit(b, E820_ADD, f->start, f->size, E820_T_RAM, 0);
	b->not_ram = false;
	return op;
}

/* RAM does not grow: when a larger end follows, this one is that of low memory. */
static bool low_end(const struct builder *b, unsigned int i)
{
	const struct import_fact *f = b->im->fact;

	for (unsigned int k = i + 1; k < b->im->nr; k++)
		if (f[k].kind == IMPORT_LAST_PFN && f[k].start > f[i].start)
			return true;
	return b->op[PHASE_PFN] >= 0 && !b->changed;
}

static int last_pfn(struct builder *b, unsigned int i)
{
	const struct import_fact *f = &b->im->fact[i];

	reach(b, PHASE_FINISH);
	flush(b);
	b->line = f->line;
	if (low_end(b, i)) {
		b->op[PHASE_LOW_PFN] = emit(b, E820_END_OF_LOW_RAM_PFN);
		return b->op[PHASE_LOW_PFN];
	}
	b->changed = false;
	b->max_pfn = f->start < E820_MAX_ARCH_PFN ? f->start : E820_MAX_ARCH_PFN;
	b->op[PHASE_PFN] = emit(b, E820_END_OF_RAM_PFN);
	return b->op[PHASE_PFN];
}

static bool begins_table(const struct builder *b, unsigned int i)
{
	return !i || !is_entry(&b->im->fact[i - 1], b->im->fact[i].table);
}

static int entry(struct builder *b, unsigned int i)
{
	const struct import_fact *f = &b->im->fact[i];

	switch (f->table) {
	case IMPORT_T_USER:
		return reach(b, PHASE_FINISH);
	case IMPORT_T_SETUP_DATA:
		if (begins_table(b, i)) {
			b->table = b->chain;
			if (b->chain < 0) {
				flush(b);
				b->table = emit(b, E820_PRINT_TABLE);
			}
		}
		return b->table;
	case IMPORT_T_MODIFIED:
		if (begins_table(b, i)) {
			reach(b, PHASE_FINISH);
			b->line = 0;
			b->dirty = false;
			b->table = emit(b, E820_UPDATE_TABLE_PRINT);
		}
		return b->table;
	default:
		return b->sc->op[i];
	}
}

static int stolen(struct builder *b, const struct import_fact *f)
{
	reach(b, PHASE_FINISH);
	flush(b);
	b->line = f->line;
	import_emit(b, E820_ADD, f->start, f->size, E820_T_RESERVED, 0);
	import_emit(b, E820_UPDATE_TABLE, E820_MAIN, 0, 0, 0);
	return -1;
}

/* Which op a panic ends. A BUG on the way is the command line's. */
static int panics(struct builder *b, const struct import_fact *f)
{
	b->ended = true;
	if (!b->params || b->op[PHASE_PFN] != -1)
		return -1;
	if (f->type == IMPORT_PANIC_BUG)
		return b->op[PHASE_FINISH] == -1 ? b->cmdline : -1;
	return f->type == IMPORT_PANIC_MAP ? reach(b, PHASE_FINISH) : -1;
}

/* The op that shows fact @i; ops that it stands for are made. */
static int step(struct builder *b, unsigned int i)
{
	const struct import_fact *f = &b->im->fact[i];

	b->line = f->line;
	switch (f->kind) {
	case IMPORT_ENTRY:
		return entry(b, i);
	case IMPORT_UPDATE:
	case IMPORT_REMOVE:
		return change(b, i);
	case IMPORT_LAST_PFN:
		return last_pfn(b, i);
	case IMPORT_MALFORMED:
		return b->params ? b->cmdline : -1;
	case IMPORT_PANIC:
		return panics(b, f);
	case IMPORT_HEADER:
		return f->table == IMPORT_T_USER ? reach(b, PHASE_FINISH) : -1;
	case IMPORT_KERNEL_NOT_RAM:
		b->not_ram = true;
		return -1;
	case IMPORT_STOLEN:
		return stolen(b, f);
	case IMPORT_MB_DUMP:
		b->dumps++;
		return -1;
	case IMPORT_MB_MEMORY:
		return b->dumps == 1 ? reach(b, PHASE_MEMBLOCK) : -1;
	case IMPORT_MB_ADD:
	case IMPORT_MB_RESERVE:
		return reach(b, PHASE_MEMBLOCK);
	case IMPORT_NOSAVE:
		return reach(b, PHASE_NOSAVE);
	case IMPORT_GAP:
	case IMPORT_NO_GAP:
		return reach(b, PHASE_GAP);
	case IMPORT_NVS:
		return reach(b, PHASE_NVS);
	case IMPORT_BUFFER:
		return reach(b, PHASE_LATE);
	default:
		return -1;
	}
}

bool import_build(const struct import *im, struct import_script *sc, char *err)
{
	struct builder b = { .im = im, .sc = sc, .setup = -1, .cmdline = -1, .table = -1,
			     .chain = -1 };
	unsigned int entries = 0;

	scenario_init(&sc->s, &e820_family);
	memset(sc->line, 0, sizeof(sc->line));
	sc->map = import_map(im);
	for (unsigned int i = 0; i < PHASES; i++)
		b.op[i] = -1;
	for (unsigned int i = 0; i < im->nr; i++) {
		sc->op[i] = -1;
		sc->given[i] = is_entry(&im->fact[i], sc->map) ||
			       is_entry(&im->fact[i], IMPORT_T_EXTENDED);
		entries += is_entry(&im->fact[i], sc->map);
	}
	import_firmware_map(&b);
	command_line(&b);
	b.early = early_facts(&b);
	for (unsigned int i = 0; i < im->nr && !b.ended; i++)
		sc->op[i] = (int16_t)step(&b, i);
	if (!b.ended)
		reach(&b, PHASE_LATE);
	if (b.full) {
		import_error(im, err, 1, 1, "a map of %u entries with what was done to it is too "
			     "large: a scenario has room for %u ops and entries", entries,
			     SCENARIO_OPS_MAX);
		return false;
	}
	scenario_canonical(&sc->s);
	return true;
}

// SPDX-License-Identifier: GPL-2.0-only
/* From what a log says of memblock to the calls that a kernel made. */
#include <stddef.h>
#include <string.h>

#include "import.h"
#include "import_memblock.h"
#include "import_zones.h"

#define ISA_END		0x100000u	/* the limit up to which tables may lie at first */
#define NODE_DATA_ALIGN	64u		/* SMP_CACHE_BYTES */

int import_mb_emit(struct import_mb_builder *b, enum import_mb_from from, const struct op *op)
{
	struct import_mb_script *sc = b->sc;

	b->open = -1;
	b->wants = false;
	if (sc->nr == IMPORT_MB_OPS) {
		b->full = true;
		return (int)sc->nr - 1;
	}
	sc->op[sc->nr] = (struct import_mb_op){ .op = *op, .from = from,
						.line = from == MB_FROM_BOOT ? 0 : b->line };
	return (int)sc->nr++;
}

static void boot(struct import_mb_builder *b, uint8_t id, uint64_t a0, uint64_t a1)
{
	import_mb_emit(b, MB_FROM_BOOT, &(struct op){ id, 0, { a0, a1 } });
}

/* The next line of a kind from @i on; how many lines there are: none. */
static unsigned int next(const struct import_mb *mb, unsigned int i, enum import_mb_kind kind)
{
	while (i < mb->nr && mb->at[i].kind != kind)
		i++;
	return i;
}

/* What of [start, last] no line before the first table reserves was reserved before all lines. */
static void reserved_before(struct import_mb_builder *b, uint64_t start, uint64_t last)
{
	const struct import_mb *mb = b->mb;

	for (;;) {
		uint64_t from = UINT64_MAX, to = 0;	/* the lowest range that a line reserves */

		for (unsigned int i = 0; i < b->first; i++) {
			const struct import_mb_line *l = &mb->at[i];
			uint64_t end = l->start + l->size - 1;

			if (l->kind != MB_CALL || l->op != M_RESERVE || !l->size ||
			    end < l->start || end < start || l->start > last || l->start > from)
				continue;
			if (l->start < from || end > to)
				to = end;
			from = l->start;
		}
		if (from > last) {
			import_mb_emit(b, MB_FROM_TABLE,
				       &(struct op){ M_RESERVE, 0, { start, last - start + 1 } });
			return;
		}
		if (from > start)
			import_mb_emit(b, MB_FROM_TABLE,
				       &(struct op){ M_RESERVE, 0, { start, from - start } });
		if (to >= last)
			return;
		start = to + 1;
	}
}

static bool parameter(const struct import *im, const char *name, const char *value)
{
	char line[CMDLINE_SIZE], *at = line, *n, *v;

	memcpy(line, im->cmdline, sizeof(line));
	while (cmdline_next(&at, &n, &v) && (strcmp(n, "--") || v))
		if (!strcmp(n, name) && (!value || (v && !strcmp(v, value))))
			return true;
	return false;
}

/* All up to the first line. */
static void begin(struct import_mb_builder *b)
{
	const struct import_mb *mb = b->mb;

	for (unsigned int i = b->first + 1; import_mb_row(mb, i); i++) {
		const struct import_mb_line *l = &mb->at[i];

		b->line = l->line;
		if (l->kind == MB_REGION && l->table == M_RESERVED && l->size)
			reserved_before(b, l->start, l->start + l->size - 1);
	}
	b->line = 0;
	boot(b, M_SET, MEMBLOCK_DEBUG, 1);
	b->movable = parameter(b->im, "movable_node", NULL);
	if (b->movable) {
		boot(b, M_SET, MEMBLOCK_MOVABLE_NODE, 1);
		boot(b, M_SET, MEMBLOCK_BOTTOM_UP, 1);
	}
	if (parameter(b->im, "kernelcore", "mirror"))
		boot(b, M_SET, MEMBLOCK_KERNELCORE_MIRROR, 1);
}

/* e820__memblock_setup() begins. */
static void set_up(struct import_mb_builder *b)
{
	if (b->set_up)
		return;
	b->set_up = true;
	boot(b, M_SET_CURRENT_LIMIT, ISA_END, 0);
	boot(b, M_ALLOW_RESIZE, 0, 0);
}

/* All of memory is mapped and can be used. */
static void lift_limit(struct import_mb_builder *b)
{
	if (b->limited || !b->end)
		return;
	b->limited = true;
	boot(b, M_SET_CURRENT_LIMIT, b->end, 0);
}

static void hand_over(struct import_mb_builder *b)
{
	if (b->handed)
		return;
	b->handed = true;
	if (b->end)
		boot(b, M_MAX_LOW_PFN, b->end >> 12, 0);
	boot(b, M_FREE_ALL, 0, 0);
}

static void shows(struct import_mb_builder *b, unsigned int i, int op)
{
	b->sc->of[i] = op;
	if (!b->sc->op[op].line)
		b->sc->op[op].line = b->mb->at[i].line;
}

static void from_line(struct import_mb_builder *b, unsigned int i, const struct op *op)
{
	int at = import_mb_emit(b, MB_FROM_LINE, op);

	shows(b, i, at);
	b->sc->given[i] = true;
	b->open = at;
}

/* Is it a node's own data? Then the caller's line follows. */
static bool is_node_data(const struct import_mb *mb, unsigned int i)
{
	const struct import_mb_line *l = &mb->at[i];

	return i + 1 < mb->nr && l[1].kind == MB_NODE_DATA && l[1].start == l->start &&
	       l[1].size == l->size;
}

static void of_node(struct import_mb_builder *b, unsigned int i)
{
	const struct import_mb_line *l = &b->mb->at[i];
	int op;

	b->line = l->line;
	import_mb_register_nodes(b);
	op = import_mb_emit(b, MB_FROM_LINE, &(struct op){ M_PHYS_ALLOC_TRY_NID, 0,
			    { l->size, NODE_DATA_ALIGN, l[1].nid } });
	b->sc->op[op].chooses = true;
	shows(b, i, op);
}

/* A block that memblock has found: for the call before it, or for one that no line tells. */
static void block(struct import_mb_builder *b, unsigned int i)
{
	const struct import_mb_line *l = &b->mb->at[i];
	bool data = is_node_data(b->mb, i);

	if (b->wants && (!data || b->sc->op[b->open].op.arg[0] == l->size)) {
		b->wants = false;
		shows(b, i, b->open);
	} else if (data) {
		of_node(b, i);
	} else {
		from_line(b, i, &(struct op){ M_RESERVE, 0, { l->start, l->size } });
	}
}

static void call(struct import_mb_builder *b, unsigned int i)
{
	const struct import_mb_line *l = &b->mb->at[i];
	struct op op = { .id = l->op, .arg = { l->start, l->size } };
	bool allocates = true;

	if (l->caller == MB_BY_DOUBLING && b->open >= 0) {
		shows(b, i, b->open);
		return;
	}
	if (l->caller == MB_BY_ALLOC && l->op == M_RESERVE) {
		block(b, i);
		return;
	}
	if (l->caller == MB_BY_SETUP)
		set_up(b);
	switch (l->op) {
	case M_ADD_NODE:
		op.arg[2] = l->nid;
		op.arg[3] = l->flags;
		allocates = false;
		break;
	case M_PHYS_ALLOC_RANGE:
		op = (struct op){ l->op, 0, { l->size, l->align, l->start, l->end } };
		break;
	case M_ALLOC_TRY_NID:
	case M_ALLOC_TRY_NID_RAW:
	case M_ALLOC_EXACT_NID_RAW:
		op = (struct op){ l->op, 0, { l->size, l->align, l->start, l->end, l->nid } };
		break;
	case M_FREE_LATE:
		hand_over(b);
		allocates = false;
		break;
	default:
		allocates = false;
	}
	b->line = l->line;
	from_line(b, i, &op);
	b->wants = b->sc->op[b->open].chooses = allocates;
}

/* The tables: all their lines belong to one call. Return: the last of them. */
static unsigned int dump(struct import_mb_builder *b, unsigned int i)
{
	const struct import_mb *mb = b->mb;
	int op;

	b->line = mb->at[i].line;
	if (i == b->first) {
		set_up(b);
		boot(b, M_TRIM, MEMBLOCK_PAGE, 0);
	} else if (mb->at[i].kind != MB_FINAL) {
		import_mb_register_nodes(b);
	}
	b->line = mb->at[i].line;
	op = import_mb_emit(b, MB_FROM_LINE, &(struct op){ .id = M_DUMP_ALL });
	shows(b, i, op);
	b->sc->given[i] = true;
	while (import_mb_row(mb, i + 1))
		shows(b, ++i, op);
	return i;
}

static void ram(struct import_mb_builder *b, unsigned int i)
{
	b->sc->late = b->handed;
	hand_over(b);
	b->line = b->mb->at[i].line;
	b->ram = import_mb_emit(b, MB_FROM_LINE, &(struct op){ .id = M_SIZES });
	shows(b, i, b->ram);
}

/* All lines about zones, wherever they stand, belong to one question. */
static void zones(struct import_mb_builder *b, unsigned int i)
{
	if (b->zones < 0) {
		import_mb_register_nodes(b);
		b->line = b->mb->at[i].line;
		b->zones = import_mb_emit(b, MB_FROM_LINE, &(struct op){ M_PFN_RANGES, 0,
					  { MEMBLOCK_NODES } });
	}
	shows(b, i, b->zones);
	/* how many pages each node is to keep is divided among nodes in ways of its own */
	b->sc->given[i] = b->sc->cores && b->mb->at[i].kind == MB_MOVABLE;
}

static void total(struct import_mb_builder *b, unsigned int i)
{
	if (!import_zones_total_known(b->im->version))
		return;
	b->line = b->mb->at[i].line;
	shows(b, i, import_mb_emit(b, MB_FROM_LINE, &(struct op){ M_FREE_RANGES, 0,
				   { MEMBLOCK_NO_NODE, MEMBLOCK_F_NONE } }));
}

static unsigned int step(struct import_mb_builder *b, unsigned int i)
{
	const struct import_mb_line *l = &b->mb->at[i];

	switch (l->kind) {
	case MB_CALL:
		call(b, i);
		break;
	case MB_DOUBLED:
		if (b->open >= 0)
			shows(b, i, b->open);
		break;
	case MB_DUMP:
	case MB_FINAL:
		i = dump(b, i);
		break;
	case MB_SLAB:
		hand_over(b);
		break;
	case MB_FREEING:
		if (next(b->mb, i, MB_RAM) < b->mb->nr)
			b->sc->freed += l->size;
		break;
	case MB_RAM:
		ram(b, i);
		break;
	case MB_AVAILABLE:
		/* later on the page allocator has handed out what nobody prints */
		if (!b->sc->late)
			shows(b, i, b->ram);
		break;
	case MB_ZONE:
	case MB_MOVABLE:
	case MB_NODE_RANGE:
	case MB_NODE_SETUP:
	case MB_HOLE:
		zones(b, i);
		break;
	case MB_BUILT:
		total(b, i);
		break;
	default:
		import_mb_nodes(b, i);
		break;
	}
	if (i >= b->mapped && i >= b->first)
		lift_limit(b);
	return i;
}

/* The first line of kind MB_CALL, of any by memblock's users. */
static unsigned int first_call(const struct import_mb *mb)
{
	unsigned int i = next(mb, 0, MB_CALL);

	return i < mb->nr ? mb->at[i].line : 1;
}


/* Is the first table whole?. Return: NULL, or what is wrong at *@i. */
static const char *first_table(const struct import_mb_builder *b, unsigned int *i)
{
	const struct import_mb *mb = b->mb;
	uint64_t left[M_PHYSMEM + 1] = { 0 }, next_start[M_PHYSMEM + 1] = { 0 };
	bool counted[M_PHYSMEM + 1] = { false };

	for (*i = b->first + 1; import_mb_row(mb, *i); ++*i) {
		const struct import_mb_line *l = &mb->at[*i];

		if (l->kind == MB_COUNT) {
			counted[l->table] = true;
			left[l->table] = l->size;
		}
		if (l->kind != MB_REGION)
			continue;
		if (!counted[l->table] || !left[l->table]--)
			return "more regions than the table has (NAME.cnt)";
		if (l->size && l->start < next_start[l->table])
			return "a region out of order";
		if (l->size && l->start + l->size - 1 < l->start)
			return "a region that ends before it starts";
		next_start[l->table] = l->start + l->size;
	}
	--*i;
	if (!counted[M_MEMORY] || !counted[M_RESERVED] || left[M_MEMORY] || left[M_RESERVED])
		return "the log's first table of memblock is not whole: what was reserved before is "
		       "not known";
	return NULL;
}

static bool known(const struct import_mb_builder *b, char *err)
{
	const struct import_mb *mb = b->mb;
	const char *wrong = NULL;
	unsigned int at = 0;

	if (b->first < mb->nr)
		wrong = first_table(b, &at);

	if (mb->error[0])
		memcpy(err, mb->error, SCENARIO_ERR);
	else if (!mb->calls)
		import_error(b->im, err, b->im->lines.first, 1, "no call of memblock up to here, "
			     "expected the log of a boot with memblock=debug");
	else if (b->im->version && b->im->version < IMPORT_MB_SINCE)
		import_error(b->im, err, first_call(mb), 1, "memblock's calls in a log of Linux "
			     "%.32s: what is not printed is known from 6.1 on", b->im->release);
	else if (b->first == mb->nr)
		import_error(b->im, err, first_call(mb), 1, "calls of memblock, but no table of it "
			     "(MEMBLOCK configuration): what was reserved before is not known");
	else if (wrong)
		import_error(b->im, err, mb->at[at].line, 1, "%s", wrong);
	else
		return true;
	return false;
}

static void find_marks(struct import_mb_builder *b)
{
	const struct import_mb *mb = b->mb;
	uint64_t pfn = 0;

	b->first = next(mb, 0, MB_DUMP);
	b->second = next(mb, b->first + (b->first < mb->nr), MB_DUMP);
	b->mapped = b->first;
	for (unsigned int i = 0; i < mb->nr; i++) {
		if (mb->at[i].kind == MB_CALL && mb->at[i].caller == MB_BY_MAPPING)
			b->mapped = i;
		if (mb->at[i].kind == MB_LAST_PFN && mb->at[i].start > pfn)
			pfn = mb->at[i].start;
	}
	b->end = pfn >> 52 ? 0 : pfn << 12;
	/* the block for the last page of tables, too */
	if (b->mapped > b->first && b->mapped + 1 < mb->nr &&
	    mb->at[b->mapped + 1].kind == MB_CALL && mb->at[b->mapped + 1].caller == MB_BY_ALLOC)
		b->mapped++;
}

bool import_mb_build(const struct import *im, const struct import_mb *mb,
		     struct import_mb_script *sc, char *err)
{
	struct import_mb_builder b = { .im = im, .mb = mb, .sc = sc, .open = -1,
					.zones = -1, .ram = -1 };

	sc->nr = sc->until = 0;
	sc->nodes_given = false;
	sc->freed = 0;
	sc->late = false;
	find_marks(&b);
	if (!known(&b, err))
		return false;
	for (unsigned int i = 0; i < mb->nr; i++) {
		sc->of[i] = -1;
		sc->given[i] = false;
	}
	sc->max_pfn = b.end >> 12;
	begin(&b);
	sc->movable = b.movable;
	sc->cores = !b.movable && (parameter(im, "kernelcore", NULL) ||
				   parameter(im, "movablecore", NULL));
	for (unsigned int i = 0; i < mb->nr && !sc->until; i++) {
		if (mb->at[i].kind == MB_DROPPED)
			sc->until = mb->at[i].line;
		else
			i = step(&b, i);
	}
	if (!sc->until)
		sc->until = mb->full;
	sc->marks = b.nodes.marked;
	if (b.full) {
		import_error(im, err, 1, 1, "more calls of memblock than there is room for, %u",
			     IMPORT_MB_OPS);
		return false;
	}
	return true;
}

unsigned int import_mb_scenario(const struct import_mb_script *sc, struct scenario *s)
{
	scenario_init(s, &memblock_family);
	while (s->nr < SCENARIO_OPS_MAX && s->nr < sc->nr) {
		s->ops[s->nr] = sc->op[s->nr].op;
		s->nr++;
	}
	scenario_canonical(s);
	return s->nr;
}

unsigned int import_mb_count(const struct import_mb_script *sc, enum import_mb_from from)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < sc->nr; i++)
		n += sc->op[i].from == from;
	return n;
}

// SPDX-License-Identifier: GPL-2.0-only
/* From a map's ops and memblock's calls to the ops of a whole boot. */
#include <string.h>

#include "import_boot.h"

/**
 * struct chain - ops under construction
 * @limit: memblock's current limit, bytes
 * @late: pages that were freed late so far
 */
struct chain {
	const struct import *im;
	const struct import_script *map;
	const struct import_mb *mb;
	const struct import_mb_script *calls;
	struct import_boot_script *sc;
	uint64_t limit, late;
	bool set_up, full;
};

static struct import_boot_op *emit(struct chain *c, unsigned int line, int call,
				   const struct op *op)
{
	static struct import_boot_op none;
	struct import_boot_script *sc = c->sc;

	if (sc->nr == IMPORT_BOOT_OPS) {
		c->full = true;
		return &none;
	}
	sc->op[sc->nr] = *op;
	sc->of[sc->nr] = (struct import_boot_op){ .call = call, .line = line };
	return &sc->of[sc->nr++];
}

static void cannot(struct chain *c, unsigned int line, const char *why)
{
	if (c->sc->why)
		return;
	c->sc->why = why;
	c->sc->why_line = line;
}

/* An op of the map that family boot has, too, with its tokens. Return: the last of them. */
static unsigned int as_it_is(struct chain *c, unsigned int i, uint8_t id)
{
	static const uint8_t token[] = {
		[E820_ENTRY] = B_ENTRY, [E820_PARAM] = B_PARAM, [E820_MORE] = B_MORE,
	};
	const struct scenario *s = &c->map->s;
	unsigned int last = i + s->ops[i].nr_tokens;

	for (; i <= last; i++) {
		struct op op = s->ops[i];

		op.id = id;
		emit(c, c->map->line[i], -1, &op);
		if (i < last)
			id = token[s->ops[i + 1].id];
	}
	return last;
}

/* The first page is no RAM, and the BIOS area is not: every boot begins its changes so. */
static bool is_bios(const struct scenario *s, unsigned int i)
{
	const struct op *a = &s->ops[i], *b = &s->ops[i + 1];

	return i + 1 < s->nr && !a->arg[0] && a->arg[1] == BOOT_PAGE && a->arg[2] == E820_T_RAM &&
	       a->arg[3] == E820_T_RESERVED && b->id == E820_REMOVE &&
	       b->arg[0] == BOOT_BIOS_BEGIN && b->arg[1] == BOOT_BIOS_END - BOOT_BIOS_BEGIN &&
	       b->arg[2] == E820_T_RAM && b->arg[3];
}

/* Is the range RAM afterwards, whatever it was? The kernel puts itself into the map so. */
static bool becomes_ram(const struct scenario *s, unsigned int i)
{
	const struct op *a = &s->ops[i], *b = &s->ops[i + 1];

	return i + 1 < s->nr && a->id == E820_REMOVE && !a->arg[3] && b->id == E820_ADD &&
	       b->arg[2] == E820_T_RAM && a->arg[0] == b->arg[0] && a->arg[1] == b->arg[1];
}

/* Every type that the log knows of becomes RAM; then RAM is added where there is nothing yet. */
static void make_ram(struct chain *c, unsigned int i)
{
	const struct op *op = &c->map->s.ops[i];
	const struct import *im = c->im;
	struct op extend = { .id = B_EXTEND, .nr_tokens = 1, .arg = { 0, 20 } };

	for (unsigned int k = 0; k < im->nr; k++) {
		const struct import_fact *f = &im->fact[k];
		bool known = f->kind != IMPORT_ENTRY || f->type == E820_T_RAM;

		for (unsigned int n = 0; n < k && !known; n++)
			known = im->fact[n].kind == IMPORT_ENTRY && im->fact[n].type == f->type;
		if (!known)
			emit(c, c->map->line[i], -1, &(struct op){ B_UPDATE, 0,
			     { op->arg[0], op->arg[1], f->type, E820_T_RAM } });
	}
	emit(c, c->map->line[i], -1, &extend);
	emit(c, c->map->line[i], -1, &(struct op){ B_ENTRY, 0,
	     { op->arg[0], op->arg[1], E820_T_RAM } });
}

/* Any other change of the map. What is taken out of RAM is no RAM: the type is all one then. */
static unsigned int change(struct chain *c, unsigned int i)
{
	const struct op *op = &c->map->s.ops[i];
	struct op update = { .id = B_UPDATE, .arg = { op->arg[0], op->arg[1], op->arg[2],
						       op->arg[3] } };

	if (op->id == E820_UPDATE && is_bios(&c->map->s, i)) {
		emit(c, c->map->line[i], -1, &(struct op){ .id = B_BIOS });
		return i + 1;
	}
	if (becomes_ram(&c->map->s, i)) {
		make_ram(c, i);
		return i + 1;
	}
	if (op->id == E820_REMOVE && !op->arg[3])
		cannot(c, c->map->line[i], "the kernel replaces a range of the map, whatever it is");
	if (op->id == E820_REMOVE)
		update.arg[3] = E820_T_RESERVED;
	emit(c, c->map->line[i], -1, &update);
	return i;
}

/* All that is done to the map before memblock is told of it. */
static void map_ops(struct chain *c)
{
	const struct scenario *s = &c->map->s;

	for (unsigned int i = 0; i < s->nr; i++) {
		switch (s->ops[i].id) {
		case E820_MEMORY_SETUP:
			i = as_it_is(c, i, B_FIRMWARE);
			break;
		case E820_EXTEND:
			i = as_it_is(c, i, B_EXTEND);
			break;
		case E820_CMDLINE:
			i = as_it_is(c, i, B_CMDLINE);
			break;
		case E820_FINISH_EARLY_PARAMS:
			i = as_it_is(c, i, B_FINISH);
			break;
		case E820_UPDATE:
		case E820_REMOVE:
			i = change(c, i);
			break;
		case E820_ADD:
			cannot(c, c->map->line[i], "something is added to the map");
			break;
		case E820_MEMBLOCK_SETUP:
			return;
		default:	/* questions; what is kept for the kernel is RAM to memblock */
			i += s->ops[i].nr_tokens;
		}
	}
	cannot(c, 0, "the log ends before memory is known");
}

/* e820__memblock_setup() begins: it makes calls of its own from here on. */
static void set_up(struct chain *c)
{
	if (c->set_up)
		return;
	c->set_up = true;
	map_ops(c);
	emit(c, 0, -1, &(struct op){ .id = B_SETUP });
}

/* Is this call one of e820__memblock_setup()'s own? */
static bool by_setup(const struct chain *c, unsigned int call)
{
	for (unsigned int i = 0; i < c->mb->nr; i++)
		if (c->calls->of[i] == (int)call && c->mb->at[i].kind == MB_CALL &&
		    c->mb->at[i].caller == MB_BY_SETUP)
			return true;
	return false;
}

static bool is_node(uint64_t nid)
{
	return nid < MEMBLOCK_NODES;
}

/* A block that is asked for by virtual address: size, align, min, max, nid. */
static void virtual_block(struct chain *c, unsigned int call, const struct op *op)
{
	const struct import_mb_op *o = &c->calls->op[call];
	uint64_t max = op->arg[3] <= 1 || op->arg[3] > c->limit ? 0 : op->arg[3];
	const struct import_mb_line *at;
	struct import_boot_op *e;

	if (is_node(op->arg[4]) && max) {
		at = import_mb_block(c->mb, c->calls->of, call);
		c->sc->given++;
		if (at)
			emit(c, o->line, (int)call, &(struct op){ B_RESERVE, 0,
			     { at->start, at->size, IMPORT_BOOT_NAME } });
		return;
	}
	if (is_node(op->arg[4]))
		e = emit(c, o->line, (int)call,
			 &(struct op){ B_ALLOC_NODE, 0, { op->arg[0], op->arg[1], op->arg[4] } });
	else
		e = emit(c, o->line, (int)call, &(struct op){ B_ALLOC, 0,
			 { op->arg[0], op->arg[1], op->arg[2], max } });
	e->chooses = true;
	e->min = op->arg[2];
	e->exact = op->id == M_ALLOC_EXACT_NID_RAW;
}

static void physical_block(struct chain *c, unsigned int call, uint8_t id, const struct op *op)
{
	struct op to = { .id = id };

	memcpy(to.arg, op->arg, sizeof(to.arg[0]) * 4);
	emit(c, c->calls->op[call].line, (int)call, &to)->chooses = true;
}

/* What family boot has no op for, and what it does not need one for. */
static void other(struct chain *c, unsigned int call, const struct op *op)
{
	unsigned int line = c->calls->op[call].line;

	switch (op->id) {
	case M_ADD:
	case M_ADD_NODE:
	case M_REMOVE:
		if (!by_setup(c, call))
			cannot(c, line, "memory is added or taken away beside the map");
		break;
	case M_MARK_HOTPLUG:
		if (c->calls->marks)
			cannot(c, line, "memory that can be unplugged");
		break;
	case M_FREE_LATE:
		c->late += ((op->arg[0] + op->arg[1]) >> 12) - ((op->arg[0] + 4095) >> 12);
		break;
	case M_SIZES:
		c->sc->late = c->late;
		break;
	default:
		break;
	}
}

static void call(struct chain *c, unsigned int i)
{
	const struct op *op = &c->calls->op[i].op;
	unsigned int line = c->calls->op[i].line;
	const uint64_t *a = op->arg;

	switch (op->id) {
	case M_SET:
		if (a[0] == MEMBLOCK_BOTTOM_UP)
			emit(c, line, (int)i, &(struct op){ B_BOTTOM_UP, 0, { a[1] } });
		break;
	case M_ALLOW_RESIZE:
		set_up(c);
		break;
	case M_SET_CURRENT_LIMIT:
		c->limit = a[0];
		emit(c, line, (int)i, &(struct op){ B_MAPPED, 0, { a[0] >> 12 } });
		break;
	case M_MAX_LOW_PFN:
		emit(c, line, (int)i, &(struct op){ B_LOW, 0, { a[0] } });
		break;
	case M_RESERVE:
		if (!by_setup(c, i))
			emit(c, line, (int)i,
			     &(struct op){ B_RESERVE, 0, { a[0], a[1], IMPORT_BOOT_NAME } });
		break;
	case M_PHYS_FREE:
		emit(c, line, (int)i, &(struct op){ B_FREE, 0, { a[0], a[1] } });
		break;
	case M_SET_NODE:
		if (a[2] == M_MEMORY && is_node(a[3]))
			emit(c, line, (int)i, &(struct op){ B_NODE, 0,
			     { a[3], a[0] >> 12, (a[0] + a[1] + 4095) >> 12 } });
		break;
	case M_PHYS_ALLOC_RANGE:
		physical_block(c, i, B_ALLOC, op);
		break;
	case M_PHYS_ALLOC_TRY_NID:
		physical_block(c, i, B_ALLOC_NODE, op);
		break;
	case M_ALLOC_TRY_NID:
	case M_ALLOC_TRY_NID_RAW:
	case M_ALLOC_EXACT_NID_RAW:
		virtual_block(c, i, op);
		break;
	case M_FREE_ALL:
		emit(c, line, (int)i, &(struct op){ .id = B_HANDOFF });
		break;
	default:
		other(c, i, op);
	}
}

void import_boot_build(const struct import *im, const struct import_script *map,
		       const struct import_mb *mb, const struct import_mb_script *calls,
		       struct import_boot_script *sc)
{
	struct chain c = { .im = im, .map = map, .mb = mb, .calls = calls, .sc = sc,
			   .limit = UINT64_MAX };

	sc->why = NULL;
	sc->why_line = sc->nr = sc->given = 0;
	sc->late = 0;
	for (unsigned int i = 0; i < calls->nr; i++)
		call(&c, i);
	if (calls->until)
		cannot(&c, calls->until, "lines are missing");
	if (calls->nodes_given)
		cannot(&c, 0, "the nodes are told in a table alone");
	if (!c.set_up || c.full)
		cannot(&c, im->last_line, c.full ? "it has too many ops" :
		       "the log ends before memory is known");
}

unsigned int import_boot_scenario(const struct import_boot_script *sc, struct scenario *s)
{
	unsigned int n;

	scenario_init(s, &boot_family);
	while (s->nr < sc->nr) {
		n = 1u + sc->op[s->nr].nr_tokens;
		if (s->nr + n > SCENARIO_OPS_MAX)
			break;
		for (; n; n--) {
			s->ops[s->nr] = sc->op[s->nr];
			s->nr++;
		}
	}
	scenario_canonical(s);
	return s->nr;
}

void import_boot_print(FILE *out, const struct import *im, const struct import_boot_script *sc)
{
	static struct scenario s;
	unsigned int n = import_boot_scenario(sc, &s);

	import_comment(out, "imported from", im->name);
	if (n < sc->nr)
		fprintf(out, "# the first %u of %u: a scenario has room for no more\n", n, sc->nr);
	if (im->release[0])
		import_comment(out, "log of Linux", im->release);
	if (im->cmdline_line)
		import_comment(out, "command line", im->cmdline);
	scenario_print(out, &s);
}

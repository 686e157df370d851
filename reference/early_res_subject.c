// SPDX-License-Identifier: GPL-2.0-only
/*
 * Subjects early_res@reference and early_res@reference+small: the reference's own early_res, run
 * and observed as the kernels' are. The firmware's map, the node map and the end of mapped memory
 * are kept here, and physical memory as far as the list needs it.
 *
 * No kernel is in it, so it is there in every build.
 */
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include "contract/subject.h"
#include "early_res_spans.h"
#include "host/guard.h"

/*
 * A scenario of at most 256 ops: n reservations on top of each other that m partial frees cut are
 * n * (m + 1) <= 128 * 129 slots, in a table of at most twice as many.
 */
#define SLOTS_MAX	32768u
#define MEMORY		(SLOTS_MAX * EARLY_RES_SLOT_SIZE)
#define HANDOFF_MAX	(SLOTS_MAX / 2 + EARLY_RES_NODES_MAX)

/**
 * struct rest - what is not memory: everything that a reset brings back
 * @ram: pieces of RAM: what a ram entry holds, without @cut
 * @cut: reserved entries, and what reserve_e820 took
 * @maps, @takes: calls so far, as far as they count
 * @closed: the list was handed off: no call of it is made any more
 * @own: the array of ranges of the last hand-off, or no bytes
 */
struct rest {
	struct early_res res;
	struct early_res_machine machine;
	struct spans ram, cut;
	struct early_res_active active[EARLY_RES_NODES_MAX];
	unsigned int maps, takes;
	bool closed, answered;
	struct row own, answer;
	unsigned int nr_handoff;
};

/**
 * struct subject_memory - one subject
 * @said: why it panicked or warned in the last op, or NULL; @flags: enum announcement
 * @rows, @own_rows, @ram_rows: as observed last
 * @memory: what stands for physical memory. The table lies in one of the two, whatever else is
 *	asked for in the other, wherever it is to be
 */
struct subject_memory {
	struct rest rest;
	const char *said;
	unsigned int flags;
	struct row handoff[HANDOFF_MAX];
	struct row rows[SLOTS_MAX], own_rows[2], ram_rows[SPANS_MAX];
	uint64_t memory[2][MEMORY / sizeof(uint64_t)];
};

static jmp_buf env;
static enum outcome ended;

/* --- how an op ends --- */

static void __attribute__((__noreturn__)) abort_op(enum outcome outcome)
{
	ended = outcome;
	guard_abort = NULL;
	longjmp(env, 1);
}

static void __attribute__((__noreturn__)) on_panic(void *arg, const char *why)
{
	struct subject_memory *m = arg;

	m->said = why;
	m->flags = SAID_ERROR;
	abort_op(OUT_PANIC);
}

static void on_warn(void *arg, const char *why)
{
	struct subject_memory *m = arg;

	m->said = why;
	m->flags = SAID_WARN;
}

/* --- the machine --- */

static void *on_memory(void *arg, uint64_t phys, uint64_t size)
{
	struct subject_memory *m = arg;
	void *at = m->memory[m->rest.res.slot == (void *)m->memory[0]];

	if (phys > m->rest.machine.mapped || m->rest.machine.mapped - phys < size || size > MEMORY)
		abort_op(OUT_UNMAPPED);
	return memset(at, 0xd7, size);
}

static void cut_for_ever(struct rest *w, struct early_res_span cut)
{
	spans_add(&w->cut, cut);
	spans_cut(&w->ram, cut);
	w->machine.nr_ram = w->ram.nr;
}

static void on_take(void *arg, uint64_t start, uint64_t size)
{
	struct subject_memory *m = arg;

	cut_for_ever(&m->rest, (struct early_res_span){ start, start + size });
}

static void on_bootmem(void *arg, uint64_t start, uint64_t size)
{
	struct subject_memory *m = arg;

	m->handoff[m->rest.nr_handoff++] = (struct row){ .start = start, .size = size };
}

static void map(struct rest *w, uint64_t start, uint64_t size, uint64_t type)
{
	struct early_res_span span = { start, start + size };

	if (!size || w->maps == EARLY_RES_MAP_MAX)
		return;
	w->maps++;
	if (type == EARLY_RES_MAP_RESERVED) {
		cut_for_ever(w, span);
	} else if (type == EARLY_RES_MAP_RAM) {
		spans_add(&w->ram, span);
		for (unsigned int i = 0; i < w->cut.nr; i++)
			spans_cut(&w->ram, w->cut.span[i]);
		w->machine.nr_ram = w->ram.nr;
	}
}

/* Pages [@start, @end) of a node. */
static void node(struct rest *w, unsigned int nid, uint64_t start, uint64_t end)
{
	struct early_res_span span = { start * EARLY_RES_PAGE, end * EARLY_RES_PAGE };

	if (start >= end || w->machine.nr_active == EARLY_RES_NODES_MAX)
		return;
	for (unsigned int i = 0; i < w->machine.nr_active; i++)
		if (span.start < w->active[i].span.end && w->active[i].span.start < span.end)
			return;
	w->active[w->machine.nr_active++] = (struct early_res_active){ span, nid };
}

static void active_ram(struct rest *w, unsigned int nid, uint64_t start, uint64_t end)
{
	for (unsigned int i = 0; i < w->ram.nr; i++) {
		uint64_t from = (w->ram.span[i].start + EARLY_RES_PAGE - 1) / EARLY_RES_PAGE;
		uint64_t to = w->ram.span[i].end / EARLY_RES_PAGE;

		node(w, nid, from > start ? from : start, to < end ? to : end);
	}
}

/* --- ops --- */

/* What an op that answers with a block and its size found. */
static uint64_t answer(struct rest *w, uint64_t at, uint64_t size)
{
	w->answered = at != EARLY_RES_NONE;
	w->answer.start = at;
	w->answer.size = size;
	return at;
}

static uint64_t get_free(struct subject_memory *m, unsigned int nid)
{
	struct early_res_free f = early_res_get_free(&m->rest.res, nid);

	m->rest.own = (struct row){ .start = f.place, .size = f.size, .type = EARLY_RES_RANGES };
	m->rest.nr_handoff = 0;
	for (unsigned int i = 0; i < f.nr; i++)
		on_bootmem(m, f.range[i].start, f.range[i].end - f.range[i].start);
	m->rest.closed = nid >= EARLY_RES_MAX_NODES;
	return f.nr;
}

static void to_bootmem(struct subject_memory *m, uint64_t start, uint64_t end)
{
	m->rest.own.size = 0;
	m->rest.nr_handoff = 0;
	early_res_to_bootmem(&m->rest.res, start, end);
	m->rest.closed = true;
}

/* Is it a call of the list? */
static bool of_the_list(uint8_t id)
{
	return id != E_RES_MAP && id != E_RES_MAPPED && id != E_RES_NODE &&
	       id != E_RES_ACTIVE_RAM && id != E_RES_MAX_MAPPED && id != E_RES_TO_BOOTMEM;
}

static uint64_t call(struct subject_memory *m, const struct op *op)
{
	const uint64_t *arg = op->arg;
	struct rest *w = &m->rest;
	uint64_t at, size = 0;

	w->answered = false;
	if (w->closed && of_the_list(op->id))
		return 0;
	switch (op->id) {
	case E_RES_MAP:
		map(w, arg[0], arg[1], arg[2]);
		return 0;
	case E_RES_MAPPED:
		w->machine.mapped = arg[0] * EARLY_RES_PAGE;
		return 0;
	case E_RES_NODE:
		node(w, arg[0], arg[1], arg[2]);
		return 0;
	case E_RES_ACTIVE_RAM:
		active_ram(w, arg[0], arg[1], arg[2]);
		return 0;
	case E_RES_RESERVE:
		early_res_reserve(&w->res, arg[0], arg[1], early_res_name(arg[2]));
		return 0;
	case E_RES_RESERVE_OVERLAP_OK:
		early_res_reserve_overlap_ok(&w->res, arg[0], arg[1], early_res_name(arg[2]));
		return 0;
	case E_RES_RESERVE_WITHOUT_CHECK:
		early_res_reserve_without_check(&w->res, arg[0], arg[1], early_res_name(arg[2]));
		return 0;
	case E_RES_FREE:
		early_res_free(&w->res, arg[0], arg[1]);
		return 0;
	case E_RES_FREE_PARTIAL:
		early_res_free_partial(&w->res, arg[0], arg[1]);
		return 0;
	case E_RES_FIND_AREA:
		return early_res_find_area(&w->res, arg[0], arg[1], arg[2], arg[3], arg[4], arg[5]);
	case E_RES_FIND_AREA_SIZE:
		at = early_res_find_area_size(&w->res, arg[0], arg[1], arg[2], &size, arg[3]);
		return answer(w, at, size);
	case E_RES_FIND_FW:
	case E_RES_FIND_E820:
		return early_res_find_ram(&w->res, arg[0], arg[1], arg[2], arg[3]);
	case E_RES_FIND_E820_SIZE:
		at = early_res_find_ram_size(&w->res, arg[0], &size, arg[1]);
		return answer(w, at, size);
	case E_RES_RESERVE_E820:
		if (w->takes == EARLY_RES_TAKEN_MAX)
			return 0;
		w->takes++;
		return early_res_reserve_e820(&w->res, arg[0], arg[1], arg[2]);
	case E_RES_MAX_MAPPED:
		return w->machine.mapped;
	case E_RES_TO_BOOTMEM:
		to_bootmem(m, arg[0], arg[1]);
		return 0;
	case E_RES_GET_FREE:
		return get_free(m, arg[0]);
	}
	abort_op(OUT_BUG);	/* an op of the table that no case makes */
}

/* The jump's target must be a frame of its own that is still there. */
static __attribute__((__noinline__)) enum outcome run(struct subject_memory *m,
						      const struct op *op, uint64_t *value)
{
	if (setjmp(env))
		return ended;
	guard_abort = abort_op;
	*value = call(m, op);
	guard_abort = NULL;
	return OUT_RETURN;
}

static void exec(struct subject_memory *m, const struct op *op, struct result *res)
{
	m->said = NULL;
	m->flags = 0;
	guard_install();
	res->value = 0;
	res->outcome = run(m, op, &res->value);
	res->said = m->flags;
	if (res->outcome != OUT_RETURN)
		res->value = 0;
}

static const char *log_of(const struct subject_memory *m)
{
	static char line[128];

	if (!m->said)
		return "";
	snprintf(line, sizeof(line), "<%d>early_res: %s\n", m->flags & SAID_WARN ? 4 : 0, m->said);
	return line;
}

static void reset(struct subject_memory *m, unsigned int slots)
{
	struct rest *w = &m->rest;

	m->said = NULL;
	w->machine = (struct early_res_machine){
		.ram = w->ram.span, .active = w->active,
		.mapped = EARLY_RES_MAPPED_FIRST * EARLY_RES_PAGE,
		.arg = m, .memory = on_memory, .panic = on_panic, .warn = on_warn,
		.take = on_take, .bootmem = on_bootmem,
	};
	early_res_init(&w->res, &w->machine, slots);
	w->ram.nr = 0;
	w->cut.nr = 0;
	w->maps = 0;
	w->takes = 0;
	w->closed = false;
	w->answered = false;
	w->own.size = 0;
	w->nr_handoff = 0;
}

/* --- what is observed --- */

static struct table observe_reserved(struct subject_memory *m)
{
	const struct early_res *r = &m->rest.res;

	for (unsigned int i = 0; i < r->used; i++) {
		const struct early_res_slot *s = &r->slot[i];

		m->rows[i] = (struct row){
			.start = s->start, .size = s->end - s->start,
			.type = s->overlap_ok ? EARLY_RES_OVERLAP_OK : EARLY_RES_FIRM,
			.flags = early_res_name_hash(s->name),
		};
	}
	return (struct table){ .nr = r->used, .rows = m->rows };
}

static struct table observe_own(struct subject_memory *m)
{
	const struct rest *w = &m->rest;
	unsigned int nr = 0;

	if (w->res.grown)
		m->own_rows[nr++] = (struct row){
			.start = w->res.slot[0].start,
			.size = w->res.slot[0].end - w->res.slot[0].start,
			.type = EARLY_RES_TABLE, .flags = w->res.slots,
		};
	if (w->own.size)
		m->own_rows[nr++] = w->own;
	return (struct table){ .nr = nr, .rows = m->own_rows };
}

static struct table observe_ram(struct subject_memory *m)
{
	const struct rest *w = &m->rest;

	for (unsigned int i = 0; i < w->ram.nr; i++)
		m->ram_rows[i] = (struct row){ .start = w->ram.span[i].start,
					    .size = w->ram.span[i].end - w->ram.span[i].start };
	return (struct table){ .nr = w->machine.nr_ram, .rows = m->ram_rows };
}

static void observe(struct subject_memory *m, struct state *st)
{
	const struct rest *w = &m->rest;

	st->nr_tables = E_RES_TABLES;
	st->table[E_RES_RESERVED] = observe_reserved(m);
	st->table[E_RES_OWN] = observe_own(m);
	st->table[E_RES_RAM] = observe_ram(m);
	st->table[E_RES_HANDOFF] = (struct table){ .nr = w->nr_handoff, .rows = m->handoff };
	st->table[E_RES_ANSWER] = (struct table){ .nr = w->answered, .rows = &w->answer };
}

/* --- snapshots: the rest, the table's memory if it has grown, the rows of the hand-off --- */

#define SNAPSHOT_SIZE	(sizeof(struct rest) + MEMORY + HANDOFF_MAX * sizeof(struct row))

static void save(const struct subject_memory *m, char *to)
{
	const struct early_res *r = &m->rest.res;

	memcpy(to, &m->rest, sizeof(m->rest));
	memcpy(to + sizeof(m->rest), m->handoff, m->rest.nr_handoff * sizeof(m->handoff[0]));
	if (r->grown)
		memcpy(to + sizeof(m->rest) + sizeof(m->handoff), r->slot,
		       r->used * sizeof(r->slot[0]));
}

static void restore(struct subject_memory *m, const char *from)
{
	const struct early_res *r = &m->rest.res;

	memcpy(&m->rest, from, sizeof(m->rest));
	memcpy(m->handoff, from + sizeof(m->rest), m->rest.nr_handoff * sizeof(m->handoff[0]));
	if (r->grown)
		memcpy(r->slot, from + sizeof(m->rest) + sizeof(m->handoff),
		       r->used * sizeof(r->slot[0]));
}

/*
 * The map's entries count as what they cut off; how many calls there were, up to the limits of
 * their number, does not: a search of few ops does not get there.
 */
static uint64_t hidden(const struct subject_memory *m)
{
	const struct rest *w = &m->rest;
	uint64_t sum = w->closed + 2 * w->machine.mapped;

	for (unsigned int i = 0; i < w->cut.nr; i++)
		sum += range_sum(EARLY_RES_MAX_NODES, w->cut.span[i].start, w->cut.span[i].end);
	for (unsigned int i = 0; i < w->machine.nr_active; i++)
		sum += 3 * range_sum(w->active[i].nid, w->active[i].span.start,
				     w->active[i].span.end);
	return edge_hash(0, sum);
}

/* --- the subjects --- */

#define SUBJECT(name, subject_id, of_config, nr_slots)					\
static struct subject_memory name;							\
											\
static void name##_reset(void)								\
{											\
	reset(&name, nr_slots);								\
}											\
											\
static void name##_exec(const struct op *op, struct result *res)			\
{											\
	exec(&name, op, res);								\
}											\
											\
static void name##_observe(struct state *st)						\
{											\
	observe(&name, st);								\
}											\
											\
static const char *name##_log(void)							\
{											\
	return log_of(&name);								\
}											\
											\
static void name##_save(void *to)							\
{											\
	save(&name, to);								\
}											\
											\
static uint64_t name##_hidden(void)							\
{											\
	return hidden(&name);								\
}											\
											\
static void name##_restore(const void *from)						\
{											\
	restore(&name, from);								\
}											\
											\
const struct subject subject_early_res_reference_##name = {				\
	.id = subject_id,								\
	.kernel = "reference",								\
	.release = "contract",								\
	.provenance = "this project's own, written from reference/contract/early_res.h\n", \
	.family = &early_res_family,							\
	.config = &early_res_configs[of_config],					\
	.reset = name##_reset,								\
	.exec = name##_exec,								\
	.observe = name##_observe,							\
	.log = name##_log,								\
	.snapshot_size = SNAPSHOT_SIZE,							\
	.save = name##_save,								\
	.restore = name##_restore,							\
	.hidden = name##_hidden,							\
}

SUBJECT(normal, "early_res@reference", EARLY_RES_NORMAL, 32);
SUBJECT(small, "early_res@reference+small", EARLY_RES_SMALL, 4);

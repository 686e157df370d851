// SPDX-License-Identifier: GPL-2.0-only
#include <stdarg.h>
#include <string.h>

#include "optable.h"
#include "suite_plan.h"
#include "watchdog.h"

static const char lost[] = "what reaches the page allocator is lost there: "
	"memblock_free_pages() and reserve_bootmem_region() are empty";

__attribute__((format(printf, 2, 3)))
static bool cannot(struct suite_plan *p, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(p->why, sizeof(p->why), fmt, args);
	va_end(args);
	return false;
}

/* What the suite cannot call, by op id. */
static const char *const uncallable[MEMBLOCK_OPS + 1] = {
	[M_FIND_IN_RANGE] = "memblock_find_in_range() is static",
	[M_FIND_IN_RANGE_NODE] = "memblock_find_in_range_node() is static",
	[M_PHYSMEM_ADD] = "it has no physmem (CONFIG_HAVE_MEMBLOCK_PHYS_MAP)",
	[M_PHYSMEM_RANGES] = "it has no physmem (CONFIG_HAVE_MEMBLOCK_PHYS_MAP)",
	[M_ZONE_RANGES] = "it has no iterator over a zone (CONFIG_DEFERRED_STRUCT_PAGE_INIT)",
	[M_RESERVE_MEM] = "it does not parse reserve_mem=",
	[M_RESERVE_MEM_FIND] = "it does not parse reserve_mem=",
	[M_DEBUGFS] = "it has no debugfs",
	[M_DUMP_ALL] = "what is printed is not looked at there",
};

/* What it does not look at, by table. */
static const char *const unseen[M_TABLES] = {
	[M_PHYSMEM] = "it has no physmem (CONFIG_HAVE_MEMBLOCK_PHYS_MAP)",
	[M_HANDOFF] = lost,
	[M_PRINTED] = "what is printed is not looked at there",
	[M_NAMED] = "it does not parse reserve_mem=",
};

static const char *const undetected[VERDICT_KINDS] = {
	[VERDICT_MISSING_PANIC] = "a panic, which is missing, would end it",
	[VERDICT_UNMAPPED] = "all addresses are its own there",
	[VERDICT_UNINITIALISED] = "it is not built with MemorySanitizer",
};

static bool drops(const struct suite_plan *p, const struct op *op)
{
	return (op_desc_any(p->s.family, op->id)->flags & OP_QUERY) ||
	       (op->id == M_SET && op->arg[0] == MEMBLOCK_DEBUG) ||
	       (op->id < 64 && p->subject->lacks >> op->id & 1);
}

/* The ops up to the verdict's, as far as they matter; p->v.op follows. */
static void cut(struct suite_plan *p, const struct scenario *s)
{
	unsigned int nr = 0;

	for (unsigned int i = 0; i <= p->v.op && i < s->nr; i++)
		if (i == p->v.op || !drops(p, &s->ops[i]))
			p->s.ops[nr++] = s->ops[i];
	p->s.nr = nr;
	p->v.op = nr - 1;
}

/* Run p->s and keep verdict and record: does it show the same? */
static bool again(struct suite_plan *p, const struct scenario *s, uint64_t quirks)
{
	const struct run_options opt = { .quirks = quirks, .fuzzing = true };
	struct verdict v;
	int step;

	if (isolate_run(p->iso, p->subject, s, &opt, true, &v, NULL) != ISOLATE_VERDICT ||
	    v.kind != p->v.kind || v.op != p->v.op || v.table != p->v.table)
		return false;
	p->trace = isolate_trace(p->iso);
	step = trace_step_of(p->trace, v.op);
	/* a process that died leaves no step of its last op */
	p->step = step >= 0 ? (unsigned int)step : p->trace->nr;
	p->v = v;
	return true;
}

static bool judged(const struct suite_plan *p)
{
	return p->step < p->trace->nr && p->trace->step[p->step].judged;
}

static bool meets(const struct table *own, uint64_t start, uint64_t last)
{
	for (unsigned int i = 0; i < own->nr; i++)
		if (own->rows[i].size && own->rows[i].start <= last &&
		    row_end(&own->rows[i]) - 1 >= start)
			return true;
	return false;
}

bool suite_plan_meets_table(const struct suite_plan *p, bool want, uint64_t start, uint64_t last)
{
	struct table own;

	if (!judged(p))
		return false;
	own = want ? trace_want(p->trace, p->step, M_OWN) : trace_got(p->trace, p->step, M_OWN);
	return meets(&own, start, last);
}

static bool any_place(const struct suite_plan *p, unsigned int step)
{
	struct table got = trace_got(p->trace, step, M_OWN);

	if (meets(&got, 0, UINT64_MAX))
		return true;
	if (!p->trace->step[step].judged)
		return false;
	got = trace_want(p->trace, step, M_OWN);
	return meets(&got, 0, UINT64_MAX);
}

bool suite_plan_doubles(const struct suite_plan *p)
{
	for (unsigned int i = 0; i < p->trace->nr; i++)
		if (any_place(p, i))
			return true;
	return false;
}

static bool clears(const struct suite_plan *p)
{
	for (unsigned int i = 0; i < p->trace->nr; i++) {
		struct table got = trace_got(p->trace, i, M_ANSWER);

		for (unsigned int k = 0; k < got.nr; k++)
			if (got.rows[k].type == MEMBLOCK_CLEARED)
				return true;
	}
	return false;
}

/* Is memory touched, as seen or as expected, or may it be before the process dies? */
static bool touches(const struct suite_plan *p)
{
	bool resize = false;

	for (unsigned int i = 0; i < p->s.nr; i++)
		resize |= p->s.ops[i].id == M_ALLOW_RESIZE;
	return suite_plan_doubles(p) || clears(p) || (resize && !judged(p));
}

static bool nodes_fit(struct suite_plan *p)
{
	for (unsigned int k = 0; k < p->s.nr; k++) {
		const struct op *op = &p->s.ops[k];
		const struct op_desc *d = op_desc_any(p->s.family, op->id);

		for (unsigned int i = 0; i < d->nr_args; i++)
			if (!strcmp(d->args[i].name, "nid") && op->arg[i] >= SUITE_NODES &&
			    op->arg[i] < MEMBLOCK_NODES - 1)
				return cannot(p, "node %u is none there: it has %u",
					      (unsigned int)op->arg[i], SUITE_NODES);
	}
	return true;
}

static bool ops_fit(struct suite_plan *p)
{
	for (unsigned int k = 0; k < p->s.nr; k++) {
		const struct op *op = &p->s.ops[k];

		if (op->id <= MEMBLOCK_OPS && uncallable[op->id])
			return cannot(p, "%s", uncallable[op->id]);
		if (op->id == M_SET && op->arg[0] == MEMBLOCK_SLAB && op->arg[1])
			return cannot(p, "slab, once there, stays there for the tests that follow");
		if (op->id == M_DISCARD && k + 1 < p->s.nr)
			return cannot(p, "nothing may follow memblock_discard()");
	}
	return nodes_fit(p);
}

static bool passes_pages_on(const struct op *op)
{
	return op->id == M_FREE_ALL || op->id == M_FREE_LATE || op->id == M_DISCARD;
}

static bool verdict_fits(struct suite_plan *p)
{
	const struct verdict *v = &p->v;

	/* the page allocator's stand-in may be what did not take them */
	if (v->kind == VERDICT_UNEXPECTED_PANIC && passes_pages_on(&p->s.ops[v->op]))
		return cannot(p, "%s", lost);
	if (undetected[v->kind])
		return cannot(p, "%s", undetected[v->kind]);
	if (v->table >= 0 && v->table < M_TABLES && unseen[v->table])
		return cannot(p, "%s", unseen[v->table]);
	if (v->kind == VERDICT_OUT_OF_BOUNDS && p->facts->slots[0] < SUITE_SLOTS)
		return cannot(p, "AddressSanitizer does not see it: its tables have %u slots",
			      SUITE_SLOTS);
	if (v->kind == VERDICT_DIFFERS && v->table < 0 && v->want.value == v->got.value)
		return cannot(p, "what is printed is not looked at there");
	if (v->table == M_ANSWER && judged(p)) {
		struct table want = trace_want(p->trace, p->step, M_ANSWER);

		for (unsigned int i = 0; i < want.nr; i++)
			if (want.rows[i].type == MEMBLOCK_CLEARED)
				return cannot(p, "how much is cleared is not seen there");
	}
	return true;
}

static bool move(struct suite_plan *p, uint64_t quirks)
{
	static const unsigned int longest[] = { 1024, 256, 128, 64, 32, 16, 8 };	/* KiB */
	static struct scenario from, to;

	from = p->s;
	p->base = p->facts->phys_max == UINT32_MAX ? 0x60000000 : 0x7f5500000000;
	for (unsigned int i = 0; i < sizeof(longest) / sizeof(longest[0]); i++) {
		const struct verdict was = p->v;

		if (!suite_move(&to, &from, p->trace, p->base, longest[i] * 1024ull,
				SUITE_ROOM))
			continue;
		if (again(p, &to, quirks)) {
			p->s = to;
			return true;
		}
		p->v = was;
		/* the record is of @to: that of @from again */
		if (!again(p, &from, quirks))
			break;
	}
	return cannot(p, "memory is touched, and moved to its 16 MiB this does not show any more");
}

bool suite_plan_make(struct suite_plan *p, const struct repro *r)
{
	memset(p, 0, sizeof(*p));
	p->subject = r->subject;
	p->v = r->verdict;
	p->s = *r->scenario;
	if (r->scenario->family != &memblock_family)
		return cannot(p, "family %s is not in it, it calls mm/memblock.c alone",
			      r->scenario->family->name);
	if (r->passes)
		return cannot(p, "nothing fails");
	p->facts = memblock_facts_of(p->subject->config);
	if (!p->facts)
		return cannot(p, "configuration %s is unknown", p->subject->config->name);
	cut(p, r->scenario);
	if (!ops_fit(p))
		return false;
	p->iso = isolate_new(WATCHDOG_OFTEN_MS);
	if (!p->iso)
		return cannot(p, "cannot prepare a worker process");
	if (!again(p, &p->s, r->quirks))
		return cannot(p, "without the ops that only ask this does not show any more");
	if (!verdict_fits(p))
		return false;
	return !touches(p) || move(p, r->quirks);
}

void suite_plan_free(struct suite_plan *p)
{
	if (p->iso)
		isolate_free(p->iso);
	p->iso = NULL;
}

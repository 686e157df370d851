// SPDX-License-Identifier: GPL-2.0-only
/* Moves a scenario of family memblock: borders keep their order and their offsets in pages. */
#include <stdlib.h>

#include "optable.h"
#include "suite_plan.h"
#include "u64_compare.h"

#define PAGE	((uint64_t)MEMBLOCK_PAGE)

struct borders {
	uint64_t from[3 * SCENARIO_OPS_MAX], to[3 * SCENARIO_OPS_MAX];
	unsigned int nr;
};

static void add(struct borders *b, uint64_t at)
{
	if (b->nr < sizeof(b->from) / sizeof(b->from[0]))
		b->from[b->nr++] = at;
}

/* Of a border that add() was told. */
static uint64_t moved(const struct borders *b, uint64_t at)
{
	for (unsigned int i = 0; i < b->nr; i++)
		if (b->from[i] == at)
			return b->to[i];
	return at;
}

/* Is operand @i the size of a range that begins at the operand before it? */
static bool sizes_range(const struct op_desc *d, unsigned int i)
{
	return i && d->args[i].kind == ARG_SIZE && d->args[i - 1].kind == ARG_ADDR;
}

/* An end that is none: the current limit, or no limit. */
static bool is_end(uint64_t end)
{
	return end > MEMBLOCK_NOLEAKTRACE && end != UINT64_MAX;
}

static bool limits_bytes(const struct op *op)
{
	return op->id == M_ENFORCE_MEMORY_LIMIT || op->id == M_MEM_LIMIT_REMOVE_MAP;
}

/* Where the lowest @bytes bytes of memory end; 0: there are not that many. */
static uint64_t end_of_bytes(const struct table *memory, uint64_t bytes)
{
	for (unsigned int i = 0; i < memory->nr; i++) {
		if (memory->rows[i].size >= bytes)
			return memory->rows[i].start + bytes;
		bytes -= memory->rows[i].size;
	}
	return 0;
}

static struct table memory_before(const struct trace *t, unsigned int op)
{
	int step = trace_step_of(t, op);

	return step > 0 ? trace_got(t, step - 1, M_MEMORY) : trace_first(t, M_MEMORY);
}

static void find_borders(struct borders *b, const struct scenario *s, const struct trace *t)
{
	b->nr = 0;
	for (unsigned int k = 0; k < s->nr; k++) {
		const struct op *op = &s->ops[k];
		const struct op_desc *d = op_desc_any(s->family, op->id);

		for (unsigned int i = 0; i < d->nr_args; i++) {
			if (d->args[i].kind == ARG_ADDR)
				add(b, op->arg[i]);
			else if (d->args[i].kind == ARG_PFN)
				add(b, op->arg[i] * PAGE);
			else if (d->args[i].kind == ARG_END && is_end(op->arg[i]))
				add(b, op->arg[i]);
			else if (sizes_range(d, i))
				add(b, op->arg[i - 1] + op->arg[i]);
		}
		if (limits_bytes(op)) {
			struct table memory = memory_before(t, k);
			uint64_t end = end_of_bytes(&memory, op->arg[0]);

			if (end)
				add(b, end);
		}
	}
	qsort(b->from, b->nr, sizeof(b->from[0]), u64_compare);
}

/* Gaps of more than @longest bytes lose whole pages. */
static bool place(struct borders *b, uint64_t base, uint64_t longest, uint64_t room)
{
	for (unsigned int i = 0; i < b->nr; i++) {
		uint64_t gap = i ? b->from[i] - b->from[i - 1] : 0;

		if (gap > longest)
			gap = longest + gap % PAGE;
		b->to[i] = i ? b->to[i - 1] + gap : base + b->from[0] % PAGE;
		if (b->to[i] - base > room)
			return false;
	}
	return b->nr != 0;
}

/* So many bytes of memory as there are below what was the end of @bytes bytes. */
static uint64_t moved_bytes(const struct borders *b, const struct table *memory, uint64_t bytes)
{
	uint64_t end = end_of_bytes(memory, bytes), sum = 0;

	if (!end)
		return bytes;
	for (unsigned int i = 0; i < memory->nr && memory->rows[i].start < end; i++) {
		uint64_t to = row_end(&memory->rows[i]);

		sum += moved(b, to < end ? to : end) - moved(b, memory->rows[i].start);
	}
	return sum;
}

bool suite_move(struct scenario *to, const struct scenario *from, const struct trace *trace,
		uint64_t base, uint64_t longest, uint64_t room)
{
	static struct borders b;

	find_borders(&b, from, trace);
	if (!place(&b, base, longest, room))
		return false;
	*to = *from;
	for (unsigned int k = 0; k < to->nr; k++) {
		const struct op *was = &from->ops[k];
		const struct op_desc *d = op_desc_any(from->family, was->id);
		struct op *op = &to->ops[k];

		for (unsigned int i = 0; i < d->nr_args; i++) {
			if (d->args[i].kind == ARG_ADDR ||
			    (d->args[i].kind == ARG_END && is_end(was->arg[i])))
				op->arg[i] = moved(&b, was->arg[i]);
			else if (d->args[i].kind == ARG_PFN)
				op->arg[i] = moved(&b, was->arg[i] * PAGE) / PAGE;
			else if (sizes_range(d, i))
				op->arg[i] = moved(&b, was->arg[i - 1] + was->arg[i]) -
					     moved(&b, was->arg[i - 1]);
		}
		if (limits_bytes(was)) {
			struct table memory = memory_before(trace, k);

			op->arg[0] = moved_bytes(&b, &memory, was->arg[0]);
		}
	}
	return true;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memblock model: allocations. Contract: kernel-doc of memblock_alloc_range_nid(),
 * memblock_alloc_internal() and the functions that call them; the inline forms of
 * include/linux/memblock.h.
 */
#include "memblock_free.h"

/**
 * struct request - what is asked for, operands cut to phys_addr_t
 * @exact: on node @nid only
 * @virt: by virtual address
 */
struct request {
	uint64_t size, align, start, end;
	uint32_t nid;
	bool exact, virt;
};

static bool ended(const struct memblock_step *step)
{
	return step->e->result.outcome != OUT_RETURN;
}

/* --- one request --- */

/* Find and reserve. Return: the address; 0: there is none, or it cannot be reserved. */
static uint64_t take(struct memblock_step *step, const struct request *q, uint32_t nid,
		     uint32_t flags)
{
	const struct memblock_search f = {
		.start = q->start, .end = q->end, .size = q->size, .align = q->align,
		.nid = nid, .flags = flags,
	};
	uint64_t at = memblock_find(step->s, &f);

	return at && !memblock_reserve_range(step, at, q->size) ? at : 0;
}

/* On its node, then on any: in memory with these flags. */
static uint64_t take_near(struct memblock_step *step, const struct request *q, uint32_t flags)
{
	uint64_t at = take(step, q, q->nid, flags);

	if (at || ended(step) || q->exact || memblock_any_node(step->s, q->nid))
		return at;
	return take(step, q, MEMBLOCK_NO_NODE, flags);
}

static uint64_t alloc_range(struct memblock_step *step, const struct request *q)
{
	uint64_t at = 0;

	if (memblock_setting(step->s, MEMBLOCK_HAS_MIRROR)) {
		at = take_near(step, q, MEMBLOCK_F_MIRROR);
		if (at || ended(step))
			return at;
		step->e->result.said |= SAID_WARNING;
	}
	return take_near(step, q, MEMBLOCK_F_NONE);
}

/* --- requests whose answer is open --- */

/* @virt: an alloc form by virtual address. */
static bool slab(const struct memblock_state *s, bool virt)
{
	return memblock_setting(s, MEMBLOCK_SLAB) && (virt || memblock_trait(s, T_SLAB_EVERYWHERE));
}

/* Would a panic be the contract's way to say that reserved has no slot? */
static bool may_panic(const struct memblock_state *s)
{
	return memblock_trait(s, T_FULL_PANICS) && !memblock_setting(s, MEMBLOCK_RESIZE) &&
	       s->nr[M_RESERVED] >= s->own[M_RESERVED].flags;
}

/* Blocks that were found, but that reserved has no slot for: their lines alone tell of them. */
static void refused_blocks(struct memblock_step *step, const struct request *q)
{
	const struct table *printed = &step->seen->table[M_PRINTED];
	const struct memblock_state *s = step->s;
	struct memblock_range all = { 0, s->facts->phys_max };

	if (s->nr[M_RESERVED] < s->own[M_RESERVED].flags)
		return;
	for (unsigned int i = s->nr[L_PRINTED]; i < printed->nr; i++) {
		const struct row *r = &printed->rows[i];

		if (r->type != M_RESERVE || r->size != q->size ||
		    !memblock_may_be(s, all, MEMBLOCK_F_NONE, r->start, r->size))
			return;
		memblock_say(step, M_RESERVE, r->start, r->size, 0);
	}
}

/*
 * Any block of free memory in the window, or none; size 0: any address there, and nothing changes.
 * @again: where it may lie, too, when not in the window. Return: the subject's answer, if that is
 * one of these; else 0.
 */
static uint64_t take_odd(struct memblock_step *step, const struct request *q,
			 const struct request *again)
{
	const struct result *res = step->res;
	struct memblock_range in = memblock_window(step->s, q->start, q->end);
	struct memblock_range low = memblock_window(step->s, again->start, again->end);

	step->e->value_rule = VALUE_UNSPECIFIED;
	step->e->result.said |= SAID_UNKNOWN;
	if (!res)
		return 0;
	if (res->outcome == OUT_PANIC && q->size && may_panic(step->s)) {
		step->e->result.outcome = OUT_PANIC;
		return 0;
	}
	if (!res->value) {
		refused_blocks(step, q);
		return 0;
	}
	if (!memblock_may_be(step->s, in, MEMBLOCK_F_NONE, res->value, q->size) &&
	    !memblock_may_be(step->s, low, MEMBLOCK_F_NONE, res->value, q->size)) {
		step->refused = true;
		return 0;
	}
	if (memblock_reserve_range(step, res->value, q->size)) {
		step->refused = true;
		return 0;
	}
	return res->value;
}

/* With slab: one of its blocks, or none, and no collection changes. */
static uint64_t from_slab(struct memblock_step *step)
{
	step->e->value_rule = VALUE_UNSPECIFIED;
	step->e->result.said |= SAID_UNKNOWN;
	if (!step->res || !step->res->value)
		return 0;
	if (step->res->value == memblock_phys(step->s, MEMBLOCK_LATE))
		return step->res->value;
	step->refused = true;
	return 0;
}

/* --- the functions --- */

/* memblock_alloc_range_nid(); @again: NULL, or what is asked for when there is none. */
static uint64_t alloc(struct memblock_step *step, struct request *q, const struct request *again)
{
	uint64_t at;

	if (slab(step->s, q->virt))
		return from_slab(step);
	if (!q->align) {
		q->align = MEMBLOCK_CACHE_BYTES;
		step->e->result.said |= SAID_WARNING;
	}
	if (memblock_odd_search(q->size, q->align))
		return take_odd(step, q, again ? again : q);
	at = alloc_range(step, q);
	if (at || ended(step) || !again)
		return at;
	q->start = again->start;
	return alloc_range(step, q);
}

/* The two rows of an alloc form's line; as they were passed. */
static void say(struct memblock_step *step, uint32_t type, const struct request *q, uint32_t nid)
{
	memblock_say(step, type, q->start, q->size, nid);
	memblock_say(step, type | MEMBLOCK_SAID_MORE, q->end, q->align, 0);
}

uint64_t memblock_phys_alloc(struct memblock_step *step, uint64_t size, uint64_t align,
			     uint64_t start, uint64_t end)
{
	const struct memblock_state *s = step->s;
	struct request q = {
		.size = memblock_phys(s, size), .align = memblock_phys(s, align),
		.start = memblock_phys(s, start), .end = memblock_phys(s, end),
		.nid = MEMBLOCK_NO_NODE,
	};

	say(step, M_PHYS_ALLOC_RANGE, &q, MEMBLOCK_NO_NODE);
	return alloc(step, &q, NULL);
}

/* memblock_alloc_try_nid() and its like: virtual addresses, and below the current limit. */
static uint64_t alloc_virtual(struct memblock_step *step, uint32_t type, struct request *q)
{
	struct memblock_state *s = step->s;
	struct request again;
	uint64_t at;

	say(step, type, q, q->nid);
	q->virt = true;
	if (q->end > memblock_setting(s, MEMBLOCK_LIMIT))
		q->end = MEMBLOCK_ACCESSIBLE;
	again = *q;
	again.start = 0;
	at = alloc(step, q, q->start ? &again : NULL);
	if (at && memblock_long(s, q->size) && type == M_ALLOC_TRY_NID && !slab(s, true))
		memblock_put(s, L_ANSWER, at, memblock_long(s, q->size), MEMBLOCK_CLEARED, 0);
	return at;
}

/* What the functions and the inline forms ask for. */
static struct request request_of(const struct memblock_state *s, const struct op *op)
{
	struct request q = {
		.size = memblock_phys(s, op->arg[0]), .align = memblock_phys(s, op->arg[1]),
		.nid = MEMBLOCK_NO_NODE,
	};

	switch (op->id) {
	case M_ALLOC:
		break;
	case M_ALLOC_FROM:
		q.start = memblock_phys(s, op->arg[2]);
		break;
	case M_ALLOC_LOW:
		q.end = memblock_phys(s, MEMBLOCK_LOW_LIMIT_END);
		break;
	case M_ALLOC_NODE:
	case M_PHYS_ALLOC_TRY_NID:
		q.nid = memblock_node(s, op->arg[2]);
		break;
	default:
		q.start = memblock_phys(s, op->arg[2]);
		q.end = memblock_phys(s, op->arg[3]);
		q.nid = memblock_node(s, op->arg[4]);
		q.exact = op->id == M_ALLOC_EXACT_NID_RAW ||
			  (op->id == M_ALLOC_RANGE_NID && op->arg[5]);
	}
	return q;
}

static bool uses_max(const struct op *op)
{
	bool third = op->id == M_ALLOC_NODE || op->id == M_PHYS_ALLOC_TRY_NID;

	return op->arg[third ? 2 : 4] == MEMBLOCK_NODES;
}

void memblock_do_alloc(struct memblock_step *step, const struct op *op)
{
	struct request q = request_of(step->s, op);
	uint64_t at;

	/* MAX_NUMNODES is told of the first time */
	if (uses_max(op))
		step->e->result.said |= SAID_UNKNOWN;
	switch (op->id) {
	case M_PHYS_ALLOC_RANGE:
		at = memblock_phys_alloc(step, q.size, q.align, q.start, q.end);
		break;
	case M_ALLOC_RANGE_NID:
	case M_PHYS_ALLOC_TRY_NID:
		at = alloc(step, &q, NULL);
		break;
	case M_ALLOC_TRY_NID_RAW:
	case M_ALLOC_EXACT_NID_RAW:
		at = alloc_virtual(step, op->id, &q);
		break;
	default:
		at = alloc_virtual(step, M_ALLOC_TRY_NID, &q);
	}
	step->e->result.value = at;
}

/* --- what is open --- */

static bool open_search(const struct memblock_state *s, const struct op *op, unsigned int size)
{
	return memblock_odd_search(memblock_phys(s, op->arg[size]),
				   memblock_phys(s, op->arg[size + 1]));
}

static bool by_virtual_address(const struct op *op)
{
	return op->id >= M_ALLOC_TRY_NID;
}

static bool open_alloc(const struct memblock_state *s, const struct op *op)
{
	uint64_t align = memblock_phys(s, op->arg[1]);

	return slab(s, by_virtual_address(op)) || !memblock_phys(s, op->arg[0]) ||
	       (align && !memblock_power_of_two(align));
}

bool memblock_is_open(const struct memblock_state *s, const struct op *op)
{
	switch (op->id) {
	case M_FIND_IN_RANGE:
		return open_search(s, op, 2);
	case M_FIND_IN_RANGE_NODE:
		return open_search(s, op, 0);
	case M_ALLOC_RANGE_NID:
	case M_PHYS_ALLOC_RANGE:
	case M_PHYS_ALLOC_TRY_NID:
	case M_ALLOC_TRY_NID:
	case M_ALLOC_TRY_NID_RAW:
	case M_ALLOC_EXACT_NID_RAW:
	case M_ALLOC:
	case M_ALLOC_FROM:
	case M_ALLOC_LOW:
	case M_ALLOC_NODE:
		return open_alloc(s, op);
	case M_RESERVE_MEM:
		return memblock_open_reserve_mem(s, op);
	case M_IS_REGION_MEMORY:
	case M_IS_REGION_RESERVED:
	case M_OVERLAPS_REGION:
	case M_ADDRS_OVERLAP:
		return memblock_open_question(s, op);
	default:
		return false;
	}
}

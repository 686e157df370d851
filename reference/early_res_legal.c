// SPDX-License-Identifier: GPL-2.0-only
/* The early_res model: legality. */
#include "early_res_model.h"

/* No x86-64 machine has memory beyond 52 physical address bits: who says so is wrong. */
#define BEYOND		(1ULL << 52)
#define MAP_BEYOND	(1ULL << 46)

static uint64_t higher(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

static enum legality legality_of_reserve(const struct early_res_state *s, const struct op *op)
{
	uint64_t start = op->arg[0], end = op->arg[1];

	for (unsigned int i = 0; i < s->nr && start < end; i++)
		if (res_meets(&s->res[i], start, end) &&
		    (op->id == E_RES_RESERVE_WITHOUT_CHECK || s->res[i].type == EARLY_RES_FIRM))
			return MISUSE;
	return higher(start, end) > BEYOND ? FIRMWARE : LEGAL;
}

static enum legality legality_of_free(const struct early_res_state *s, const struct op *op)
{
	unsigned int exact = 0, met = 0;

	for (unsigned int i = 0; i < s->nr; i++) {
		const struct row *r = &s->res[i];

		met += res_meets(r, op->arg[0], op->arg[1]);
		exact += r->start == op->arg[0] && res_end(r) == op->arg[1] &&
			 !(s->grown && !i);
	}
	return exact == 1 && met == 1 ? LEGAL : MISUSE;
}

static enum legality legality_of_free_partial(const struct early_res_state *s, const struct op *op)
{
	if (op->arg[0] > op->arg[1])
		return MISUSE;
	return s->grown && res_meets(&s->res[0], op->arg[0], op->arg[1]) ? MISUSE : LEGAL;
}

/* Windows must be ordered: @a, @b and @c, @d. */
static enum legality legality_of_search(uint64_t a, uint64_t b, uint64_t c, uint64_t d,
					uint64_t size, uint64_t align)
{
	if (!size || !power_of_two(align) || a > b || c > d)
		return MISUSE;
	return higher(a, c) >= BEYOND ? FIRMWARE : LEGAL;
}

static enum legality legality_of_find(const struct op *op)
{
	const uint64_t *a = op->arg;

	switch (op->id) {
	case E_RES_FIND_AREA:
		return legality_of_search(a[0], a[1], a[2], a[3], a[4], a[5]);
	case E_RES_FIND_AREA_SIZE:
		return legality_of_search(a[0], a[1], a[2], UINT64_MAX, 1, a[3]);
	case E_RES_FIND_E820_SIZE:
		return legality_of_search(a[0], UINT64_MAX, 0, 0, 1, a[1]);
	case E_RES_RESERVE_E820:
		return legality_of_search(a[0], UINT64_MAX, 0, 0, a[1], a[2]);
	default:
		return legality_of_search(a[0], a[1], 0, 0, a[2], a[3]);
	}
}

static enum legality legality_of_to_bootmem(const struct early_res_state *s, const struct op *op)
{
	uint64_t start = early_res_low(s, op->arg[0]), end = early_res_low(s, op->arg[1]);

	if (start > end)
		return MISUSE;
	for (unsigned int i = s->grown; i < s->nr; i++)
		if (early_res_low(s, s->res[i].start) < start ||
		    early_res_low(s, res_end(&s->res[i])) > end)
			return MISUSE;
	return LEGAL;
}

enum legality early_res_legality_of(const struct early_res_state *s, const struct op *op)
{
	switch (op->id) {
	case E_RES_MAP:
		return op->arg[0] + op->arg[1] > MAP_BEYOND ? FIRMWARE : LEGAL;
	case E_RES_MAPPED:
	case E_RES_NODE:
	case E_RES_ACTIVE_RAM:
	case E_RES_MAX_MAPPED:
		return LEGAL;
	}
	if (s->closed)
		return MISUSE;
	switch (op->id) {
	case E_RES_RESERVE:
	case E_RES_RESERVE_OVERLAP_OK:
	case E_RES_RESERVE_WITHOUT_CHECK:
		return legality_of_reserve(s, op);
	case E_RES_FREE:
		return legality_of_free(s, op);
	case E_RES_FREE_PARTIAL:
		return legality_of_free_partial(s, op);
	case E_RES_TO_BOOTMEM:
		return legality_of_to_bootmem(s, op);
	case E_RES_GET_FREE:
		return LEGAL;
	default:
		return legality_of_find(op);
	}
}

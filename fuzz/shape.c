// SPDX-License-Identifier: GPL-2.0-only
#include "operand.h"
#include "shape.h"

#define PAGE_SHIFT	12

static bool is_wide(const struct arg_desc *a)
{
	return arg_max(a) > SHAPE_OFFSET_MAX;
}

struct shape shape_of(const struct op_desc *d)
{
	struct shape sh = { -1, -1, -1, 0 };
	int pfn = -1;

	for (unsigned int i = 0; i < d->nr_args; i++) {
		enum arg_kind kind = d->args[i].kind;

		if (kind == ARG_PFN && pfn >= 0)
			return (struct shape){ pfn, -1, i, PAGE_SHIFT };
		if (kind == ARG_PFN)
			pfn = i;
		if (!is_wide(&d->args[i]))
			continue;
		if (kind == ARG_ADDR)
			sh.addr = i;
		else if (kind == ARG_SIZE)
			sh.size = i;
		else if (kind == ARG_END)
			sh.end = i;
	}
	if (sh.addr < 0)
		sh.size = sh.end = -1;
	else if (sh.size < 0 && sh.end < 0)
		sh.addr = -1;
	return sh;
}

int shape_base(const struct op_desc *d, unsigned int arg)
{
	struct shape sh = shape_of(d);

	for (int i = (int)arg - 1; i >= 0; i--)
		if (d->args[i].kind == ARG_ADDR && is_wide(&d->args[i]))
			return i;
	return (int)arg == sh.end || (int)arg == sh.size ? sh.addr : -1;
}

bool arg_in_range(const struct op_desc *d, unsigned int arg)
{
	struct shape sh = shape_of(d);
	int i = arg;

	return i == sh.addr || i == sh.size || i == sh.end;
}

bool op_range(const struct op_desc *d, const struct op *op, uint64_t *start, uint64_t *end)
{
	struct shape sh = shape_of(d);

	if (sh.addr < 0)
		return false;
	*start = op->arg[sh.addr] << sh.shift;
	if (sh.end >= 0) {
		*end = op->arg[sh.end] << sh.shift;
		return *start < *end;
	}
	*end = *start + op->arg[sh.size];
	return *start != *end;
}

void op_set_range(const struct op_desc *d, struct op *op, uint64_t start, uint64_t end)
{
	struct shape sh = shape_of(d);

	if (sh.addr < 0)
		return;
	op->arg[sh.addr] = start >> sh.shift;
	if (sh.end >= 0)
		op->arg[sh.end] = end >> sh.shift;
	else
		op->arg[sh.size] = end - start;
}

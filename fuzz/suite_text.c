// SPDX-License-Identifier: GPL-2.0-only
#include <inttypes.h>
#include <string.h>

#include "optable.h"
#include "suite_text.h"

#define NEAR_MAX	65536u	/* so near the end of the address space is said from there */

static const char *number(char *buf, uint64_t n)
{
	snprintf(buf, SUITE_NUMBER, n < 10 ? "%" PRIu64 : "%#" PRIx64, n);
	if (n > UINT32_MAX)
		strcat(buf, "ULL");
	return buf;
}

const char *suite_size(char *buf, uint64_t size)
{
	static const char units[] = " KMG";

	if (size && !(size & (size - 1)) && size >= 64 && size <= 4ull << 30) {
		unsigned int unit = 0;

		for (; size >= 1024; size /= 1024)
			unit++;
		snprintf(buf, SUITE_NUMBER, "SZ_%u%.*s", (unsigned int)size, unit != 0,
			 units + unit);
		return buf;
	}
	for (unsigned int unit = 2; unit; unit--) {	/* products are ints */
		uint64_t bytes = 1ull << 10 * unit;

		if (size && size % bytes == 0 && size < 1ull << 31 && size / bytes < 1024) {
			snprintf(buf, SUITE_NUMBER, "%u * SZ_1%c", (unsigned int)(size / bytes),
				 units[unit]);
			return buf;
		}
	}
	return number(buf, size);
}

const char *suite_addr(char *buf, const struct suite_plan *p, uint64_t at)
{
	char size[SUITE_NUMBER];

	if (p->base && at >= p->base && at - p->base <= 2 * SUITE_ROOM) {
		if (at == p->base)
			strcpy(buf, "base");
		else
			snprintf(buf, SUITE_NUMBER, "base + %.40s", suite_size(size, at - p->base));
		return buf;
	}
	if (at == UINT64_MAX)
		return strcpy(buf, "PHYS_ADDR_MAX");
	if (at > UINT64_MAX - NEAR_MAX) {
		snprintf(buf, SUITE_NUMBER, "PHYS_ADDR_MAX - %.40s", number(size, UINT64_MAX - at));
		return buf;
	}
	return suite_size(buf, at);
}

const char *suite_value(char *buf, const struct suite_plan *p, uint64_t value)
{
	static const struct {
		int error;
		const char *name;
	} errors[] = { { 12, "-ENOMEM" }, { 16, "-EBUSY" }, { 22, "-EINVAL" } };

	for (unsigned int i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (value == (uint64_t)-(int64_t)errors[i].error)
			return strcpy(buf, errors[i].name);
	if (value == UINT64_MAX)
		return strcpy(buf, "-1");
	return suite_addr(buf, p, value);
}

const char *suite_node(char *buf, uint64_t nid)
{
	if (nid == MEMBLOCK_NO_NODE)
		return strcpy(buf, "NUMA_NO_NODE");
	if (nid >= MEMBLOCK_NODES - 1)
		return strcpy(buf, nid == MEMBLOCK_NODES ? "MAX_NUMNODES" : "MAX_NUMNODES - 1");
	snprintf(buf, SUITE_NUMBER, "%u", (unsigned int)nid);
	return buf;
}

const char *suite_flags(char *buf, uint64_t flags)
{
	static const char *const names[] = {
		"MEMBLOCK_HOTPLUG", "MEMBLOCK_MIRROR", "MEMBLOCK_NOMAP", "MEMBLOCK_DRIVER_MANAGED",
		"MEMBLOCK_RSRV_NOINIT",
	};

	strcpy(buf, flags ? "" : "MEMBLOCK_NONE");
	for (unsigned int i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (flags >> i & 1) {
			strcat(buf, buf[0] ? " | " : "");
			strcat(buf, names[i]);
		}
	return buf;
}

const char *suite_collection(unsigned int table)
{
	return table == M_RESERVED ? "&memblock.reserved" : "&memblock.memory";
}

static const char *end(char *buf, const struct suite_plan *p, uint64_t at)
{
	if (at == MEMBLOCK_ACCESSIBLE)
		return strcpy(buf, "MEMBLOCK_ALLOC_ACCESSIBLE");
	if (at == MEMBLOCK_NOLEAKTRACE)
		return strcpy(buf, "MEMBLOCK_ALLOC_NOLEAKTRACE");
	if (at == UINT64_MAX)
		return strcpy(buf, "MEMBLOCK_ALLOC_ANYWHERE");
	return suite_addr(buf, p, at);
}

static const char *operand(char *buf, const struct suite_plan *p, const struct arg_desc *a,
			   uint64_t value)
{
	char addr[SUITE_NUMBER];

	switch (a->kind) {
	case ARG_ADDR:
		return suite_addr(buf, p, value);
	case ARG_END:
		return end(buf, p, value);
	case ARG_BOOL:
		return strcpy(buf, value ? "true" : "false");
	case ARG_SIZE:
	case ARG_ALIGN:
		return value > UINT64_MAX - NEAR_MAX ? suite_addr(buf, p, value)
						     : suite_size(buf, value);
	case ARG_PFN:
		if (p->base)
			break;
		return number(buf, value);
	default:
		if (!strcmp(a->name, "nid"))
			return suite_node(buf, value);
		if (!strcmp(a->name, "flags"))
			return suite_flags(buf, value);
		return strcpy(buf, suite_collection(value));
	}
	snprintf(buf, SUITE_NUMBER, "PHYS_PFN(%.50s)", suite_addr(addr, p, value * MEMBLOCK_PAGE));
	return buf;
}

static const char *const switches[MEMBLOCK_SWITCHES] = {
	[MEMBLOCK_SLAB] = "slab_state",
	[MEMBLOCK_MOVABLE_NODE] = "movable_node_enabled",
	[MEMBLOCK_KERNELCORE_MIRROR] = "mirrored_kernelcore",
};

/* A call with the operands in their order. */
static const char *plain(char *buf, const struct suite_plan *p, const char *name,
			 const struct op *op)
{
	const struct op_desc *d = op_desc_any(p->s.family, op->id);
	size_t n = snprintf(buf, SUITE_CALL, "%s(", name);

	for (unsigned int i = 0; i < d->nr_args; i++) {
		char value[SUITE_CALL];

		n += snprintf(buf + n, SUITE_CALL - n, "%s%s", i ? ", " : "",
			      operand(value, p, &d->args[i], op->arg[i]));
	}
	snprintf(buf + n, SUITE_CALL - n, ")");
	return buf;
}

/* Those whose operands are in another order than the function's, or that are no function. */
static const char *special(char *buf, const struct suite_plan *p, const struct op *op)
{
	const uint64_t *a = op->arg;
	char one[SUITE_NUMBER], two[SUITE_NUMBER], node[SUITE_NUMBER], flags[SUITE_CALL];

	switch (op->id) {
	case M_SET:
		if (a[0] == MEMBLOCK_BOTTOM_UP)
			snprintf(buf, SUITE_CALL, "memblock_set_bottom_up(%s)",
				 a[1] ? "true" : "false");
		else
			snprintf(buf, SUITE_CALL, "%s = %s", switches[a[0] % MEMBLOCK_SWITCHES],
				 a[1] ? "true" : "false");
		return buf;
	case M_MAX_LOW_PFN:
		snprintf(buf, SUITE_CALL, "max_low_pfn = %s", number(one, a[0]));
		return buf;
	case M_ADD_NODE:
		snprintf(buf, SUITE_CALL, "memblock_add_node(%s, %s, %s, %s)",
			 suite_addr(one, p, a[0]), suite_size(two, a[1]), suite_node(node, a[2]),
			 suite_flags(flags, a[3]));
		return buf;
	case M_FREE:
		snprintf(buf, SUITE_CALL, "memblock_free(phys_to_virt(%s), %s)",
			 suite_addr(one, p, a[0]), suite_size(two, a[1]));
		return buf;
	case M_SET_NODE:
		snprintf(buf, SUITE_CALL, "memblock_set_node(%s, %s, %s, %s)",
			 suite_addr(one, p, a[0]), suite_size(two, a[1]), suite_collection(a[2]),
			 suite_node(node, a[3]));
		return buf;
	}
	return NULL;
}

const char *suite_call(char *buf, const struct suite_plan *p, const struct op *op)
{
	const struct op_desc *d = op_desc_any(p->s.family, op->id);

	return special(buf, p, op) ? buf : plain(buf, p, d->call, op);
}

/* How many ops from @at on are the same but for the first operand, which grows by @step. */
static unsigned int alike(const struct suite_plan *p, unsigned int at, uint64_t *step)
{
	const struct op *op = p->s.ops;
	const struct op_desc *d = op_desc_any(p->s.family, op[at].id);
	unsigned int nr = 1;

	if (!d->nr_args || d->args[0].kind != ARG_ADDR || at + 1 >= p->v.op)
		return 1;
	*step = op[at + 1].arg[0] - op[at].arg[0];
	for (; at + nr < p->v.op; nr++)
		if (op[at + nr].id != op[at].id ||
		    op[at + nr].arg[0] != op[at].arg[0] + nr * *step ||
		    memcmp(op[at + nr].arg + 1, op[at].arg + 1,
			   sizeof(op->arg) - sizeof(op->arg[0])))
			break;
	return *step && *step < 1ull << 31 ? nr : 1;
}

#define LOOP_MIN	4u

bool suite_has_loop(const struct suite_plan *p)
{
	uint64_t step;

	for (unsigned int i = 0; i < p->v.op; i++)
		if (alike(p, i, &step) >= LOOP_MIN)
			return true;
	return false;
}

static void loop(FILE *out, const struct suite_plan *p, const struct op *op, unsigned int nr,
		 uint64_t step)
{
	char first[SUITE_NUMBER], by[SUITE_NUMBER], buf[SUITE_CALL];
	const char *call = suite_call(buf, p, op), *at = suite_addr(first, p, op->arg[0]);
	const char *rest = strstr(call, at) + strlen(at);

	fprintf(out, "\tfor (i = 0; i < %u; i++)\n", nr);
	fprintf(out, "\t\t%.*s%s + i * %s%s;\n", (int)(strchr(call, '(') + 1 - call), call, at,
		suite_size(by, step), rest);
}

void suite_ops(FILE *out, const struct suite_plan *p)
{
	char buf[SUITE_CALL];
	uint64_t step = 0;

	for (unsigned int i = 0, nr; i < p->v.op; i += nr) {
		nr = alike(p, i, &step);
		if (nr >= LOOP_MIN) {
			loop(out, p, &p->s.ops[i], nr, step);
			continue;
		}
		nr = 1;
		fprintf(out, "\t%s;\n", suite_call(buf, p, &p->s.ops[i]));
	}
}

// SPDX-License-Identifier: GPL-2.0-only
/* Operands of family memblock as its callers write them. */
#include <string.h>

#include "contract/memblock.h"
#include "repro_c_memblock.h"

/* What the boot code has set. */
static void print_setting(FILE *out, const struct op *o)
{
	static const char *const variables[MEMBLOCK_SWITCHES] = {
		[MEMBLOCK_SLAB] = "shim_slab_available",
		[MEMBLOCK_MOVABLE_NODE] = "movable_node_enabled",
		[MEMBLOCK_KERNELCORE_MIRROR] = "mirrored_kernelcore",
	};
	const char *to = o->arg[1] ? "true" : "false";

	if (o->arg[0] == MEMBLOCK_BOTTOM_UP)
		fprintf(out, "memblock_set_bottom_up(%s)", to);
	else if (o->arg[0] == MEMBLOCK_DEBUG)
		fprintf(out, "set_debug(%s)", to);
	else
		fprintf(out, "(void)(%s = %s)", variables[o->arg[0]], to);
}

void c_memblock_node(FILE *out, bool numa, uint64_t nid)
{
	if (nid == MEMBLOCK_NO_NODE)
		fputs("NUMA_NO_NODE", out);
	else if (nid == MEMBLOCK_NODES)
		fputs("MAX_NUMNODES", out);
	else if (!numa)
		fputs("0", out);	/* the only one there is */
	else if (nid == MEMBLOCK_NODES - 1)
		fputs("MAX_NUMNODES - 1", out);
	else
		fprintf(out, "%d", (int)nid);
}

static void print_flags(FILE *out, uint64_t flags)
{
	static const char *const names[] = {
		"MEMBLOCK_HOTPLUG", "MEMBLOCK_MIRROR", "MEMBLOCK_NOMAP", "MEMBLOCK_DRIVER_MANAGED",
		"MEMBLOCK_RSRV_NOINIT",
	};
	const char *sep = "";

	if (!flags)
		fputs("MEMBLOCK_NONE", out);
	for (unsigned int i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (flags >> i & 1) {
			fprintf(out, "%s%s", sep, names[i]);
			sep = " | ";
		}
}

static void print_table(FILE *out, const struct op *o)
{
	static const char *const indices[] = { "M_MEMORY", "M_RESERVED", "M_PHYSMEM" };

	if (o->id == M_DEBUGFS)
		fputs(indices[o->arg[0]], out);
	else
		fputs(o->arg[o->id == M_SET_NODE ? 2 : 0] & 1 ? "&memblock.reserved" :
								"&memblock.memory", out);
}

void c_memblock_end(FILE *out, uint64_t end)
{
	if (end == MEMBLOCK_ACCESSIBLE)
		fputs("MEMBLOCK_ALLOC_ACCESSIBLE", out);
	else if (end == MEMBLOCK_NOLEAKTRACE)
		fputs("MEMBLOCK_ALLOC_NOLEAKTRACE", out);
	else if (end == UINT64_MAX)
		fputs("MEMBLOCK_ALLOC_ANYWHERE", out);
	else
		c_address(out, end);
}

static const struct arg_desc *operand(const struct op_desc *d, const char *name, size_t len,
				      unsigned int *at)
{
	for (*at = 0; *at < d->nr_args; ++*at)
		if (c_is(name, len, d->args[*at].name))
			return &d->args[*at];
	return NULL;
}

/* The type of a region's row: macros of repro_memblock.h. */
void c_memblock_type(FILE *out, uint32_t type)
{
	static const char *const flag[] = {
		"HOTPLUG", "MIRROR", "NOMAP", "DRIVER_MANAGED", "NOINIT",
	};
	uint32_t nid = type >> 8;
	bool any = false;

	if (type == memblock_row_type(MEMBLOCK_F_NONE, MEMBLOCK_NODE_NONE)) {
		fputs("REGION_PLAIN", out);
		return;
	}
	fputs("REGION(", out);
	for (unsigned int i = 0; i < sizeof(flag) / sizeof(flag[0]); i++) {
		if (!(type >> i & 1))
			continue;
		fprintf(out, "%sMEMBLOCK_F_%s", any ? " | " : "", flag[i]);
		any = true;
	}
	if (!any)
		fputs("MEMBLOCK_F_NONE", out);
	if (nid == MEMBLOCK_NODE_NONE)
		fputs(", MEMBLOCK_NODE_NONE)", out);
	else
		fprintf(out, ", %u)", nid);
}

bool c_memblock_name(FILE *out, const struct repro *r, unsigned int op, const char *name,
		     size_t len)
{
	const struct op *o = &r->scenario->ops[op];
	const struct op_desc *d = family_op(r->scenario->family, o->id);
	unsigned int at;
	const struct arg_desc *a = operand(d, name, len, &at);

	if (c_is(name, len, "setting"))
		print_setting(out, o);
	else if (c_is(name, len, "nid"))
		c_memblock_node(out, memblock_facts_of(r->subject->config)->numa, o->arg[at]);
	else if (c_is(name, len, "flags"))
		print_flags(out, o->arg[at]);
	else if (c_is(name, len, "table"))
		print_table(out, o);
	else if (a && a->kind == ARG_END && !c_is(name, len, "limit"))
		c_memblock_end(out, o->arg[at]);
	else
		return false;
	return true;
}

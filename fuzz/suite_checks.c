// SPDX-License-Identifier: GPL-2.0-only
/* What must hold, as assertions of the kernel's suite of mm/memblock.c. */
#include <inttypes.h>
#include <string.h>

#include "optable.h"
#include "suite_text.h"

#define NAMED_ROWS	8u	/* as many regions at most are asserted one by one */

static const struct trace_step *record(const struct suite_plan *p)
{
	return p->step < p->trace->nr && p->trace->step[p->step].judged ? &p->trace->step[p->step]
									 : NULL;
}

static struct table want_of(const struct suite_plan *p, unsigned int table)
{
	return trace_want(p->trace, p->step, table);
}

static bool value_differs(const struct suite_plan *p)
{
	const struct trace_step *t = record(p);

	return t && t->want.outcome == OUT_RETURN && t->got.outcome == OUT_RETURN &&
	       t->want.value != t->got.value;
}

/* --- owners of bytes --- */

static bool of_regions(const struct suite_plan *p)
{
	return record(p) && (p->v.table == M_MEMORY || p->v.table == M_RESERVED);
}

/* How many regions, of whatever type, cover the first deviating byte. */
static unsigned int owners(const struct table *t, uint64_t at)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < t->nr; i++)
		n += rows_cover(&t->rows[i], 1, at, t->rows[i].type);
	return n;
}

/* Is a table's place what deviates? Where another one would be is not for the test to say. */
static bool of_place(const struct suite_plan *p)
{
	return p->v.table == M_OWN ||
	       (of_regions(p) && (suite_plan_meets_table(p, true, p->v.start, p->v.last) ||
				  suite_plan_meets_table(p, false, p->v.start, p->v.last)));
}

static bool by_bytes(const struct suite_plan *p)
{
	struct table want, got;

	if (!of_regions(p) || of_place(p) || p->v.kind == VERDICT_DIFFERS)
		return false;
	want = want_of(p, p->v.table);
	got = trace_got(p->trace, p->step, p->v.table);
	return owners(&want, p->v.start) != owners(&got, p->v.start);
}

static bool by_type(const struct suite_plan *p)
{
	return of_regions(p) && !of_place(p) && p->v.kind != VERDICT_DIFFERS && !by_bytes(p);
}

static void assert_bytes(FILE *out, const struct suite_plan *p)
{
	uint64_t size = p->v.last - p->v.start + 1;
	struct table want = want_of(p, p->v.table);
	unsigned int n = owners(&want, p->v.start);
	char at[SUITE_NUMBER], bytes[SUITE_NUMBER], sum[SUITE_NUMBER];

	fprintf(out, "\tASSERT_EQ(%s_bytes(%s, %s, %s),\n\t\t  %s);\n", p->name,
		suite_collection(p->v.table), suite_addr(at, p, p->v.start),
		suite_size(bytes, size), suite_size(sum, n * size));
}

static void assert_node(FILE *out, uint32_t type, uint32_t said)
{
	char node[SUITE_NUMBER];

	fprintf(out, "#ifdef CONFIG_NUMA\n");
	if (type >> 8 == MEMBLOCK_NODE_NONE)
		fprintf(out, "\tASSERT_EQ(rgn->nid < 0 || rgn->nid >= MAX_NUMNODES, true);\n");
	else
		fprintf(out, "\tASSERT_EQ(rgn->nid, %s);\n", suite_node(node, said));
	fprintf(out, "#endif\n");
}

static void assert_type(FILE *out, const struct suite_plan *p)
{
	struct table want = want_of(p, p->v.table);
	char at[SUITE_NUMBER], flags[SUITE_CALL];

	for (unsigned int i = 0; i < want.nr; i++) {
		const struct row *r = &want.rows[i];

		if (!rows_cover(r, 1, p->v.start, r->type))
			continue;
		fprintf(out, "\trgn = %s_region(%s, %s);\n", p->name, suite_collection(p->v.table),
			suite_addr(at, p, p->v.start));
		fprintf(out, "\tASSERT_NE(rgn, NULL);\n\tASSERT_EQ(rgn->flags, %s);\n",
			suite_flags(flags, r->type & 0xff));
		if (p->facts->numa)
			assert_node(out, r->type, r->flags);
		return;
	}
}

static void assert_places(FILE *out, const struct suite_plan *p)
{
	fprintf(out, "\n\t/* What a table was doubled into is memory, reserved for it alone. */\n");
	fprintf(out, "\t%s_table(&memblock.memory, memory_regions, &memblock.reserved);\n",
		p->name);
	fprintf(out, "\t%s_table(&memblock.reserved, reserved_regions, &memblock.memory);\n",
		p->name);
}

/* --- regions as they are, and settings --- */

static void assert_region(FILE *out, const struct suite_plan *p, const struct row *r,
			  unsigned int i)
{
	const char *type = p->v.table == M_RESERVED ? "reserved" : "memory";
	char at[SUITE_NUMBER], size[SUITE_NUMBER];

	fprintf(out, "\tASSERT_EQ(memblock.%s.regions[%u].base, %s);\n", type, i,
		suite_addr(at, p, r->start));
	fprintf(out, "\tASSERT_EQ(memblock.%s.regions[%u].size, %s);\n", type, i,
		suite_size(size, r->size));
}

static void assert_regions(FILE *out, const struct suite_plan *p)
{
	struct table want = want_of(p, p->v.table);
	unsigned int count = want.nr;

	/* an empty collection counted one region then */
	if (!count && p->subject->version < (6 << 16 | 9 << 8))
		count = 1;
	fprintf(out, "\tASSERT_EQ(memblock.%s.cnt, %u);\n",
		p->v.table == M_RESERVED ? "reserved" : "memory", count);
	for (unsigned int i = 0; i < want.nr; i++)
		if (want.nr <= NAMED_ROWS || i == p->v.row)
			assert_region(out, p, &want.rows[i], i);
}

static void assert_setting(FILE *out, const struct suite_plan *p)
{
	static const char *const asks[MEMBLOCK_SETTINGS] = {
		[MEMBLOCK_BOTTOM_UP] = "memblock_bottom_up()",
		[MEMBLOCK_LIMIT] = "memblock_get_current_limit()",
		[MEMBLOCK_MEMORY_TOTAL] = "memblock_phys_mem_size()",
		[MEMBLOCK_RESERVED_TOTAL] = "memblock_reserved_size()",
	};
	struct table want = want_of(p, M_SETTINGS);
	char value[SUITE_NUMBER];

	if (p->v.row < MEMBLOCK_SETTINGS && p->v.row < want.nr && asks[p->v.row])
		fprintf(out, "\tASSERT_EQ(%s, %s);\n", asks[p->v.row],
			suite_size(value, want.rows[p->v.row].start));
}

/* --- answers of more than a value --- */

static const char *const iterators[MEMBLOCK_OPS + 1] = {
	[M_FREE_RANGES] = "for_each_free_mem_range(n, %s, %s, &start, &end, &nid)",
	[M_FREE_RANGES_REV] = "for_each_free_mem_range_reverse(n, %s, %s, &start, &end, &nid)",
	[M_MEM_RANGES] = "for_each_mem_range(n, &start, &end)",
	[M_MEM_RANGES_REV] = "for_each_mem_range_rev(n, &start, &end)",
	[M_RESERVED_RANGES] = "for_each_reserved_mem_range(n, &start, &end)",
	[M_PFN_RANGES] = "for_each_mem_pfn_range(n, %s, &start, &end, &nid)",
};

bool suite_iterates(const struct suite_plan *p)
{
	return p->v.table == M_ANSWER && iterators[p->s.ops[p->v.op].id];
}

static void declare_iterator(FILE *out, const struct suite_plan *p)
{
	const struct op *op = &p->s.ops[p->v.op];
	struct table want = want_of(p, M_ANSWER);
	bool pfns = op->id == M_PFN_RANGES;
	bool nid = pfns || op->id == M_FREE_RANGES || op->id == M_FREE_RANGES_REV;
	char at[SUITE_NUMBER], size[SUITE_NUMBER];

	if (want.nr)
		fprintf(out, "\tconst struct region want[] = {\n");
	for (unsigned int i = 0; i < want.nr; i++)
		fprintf(out, "\t\t{ .base = %s, .size = %s },\n",
			suite_addr(at, p, want.rows[i].start), suite_size(size, want.rows[i].size));
	if (want.nr)
		fprintf(out, "\t};\n");
	fprintf(out, "\t%s start, end;\n", pfns ? "unsigned long" : "phys_addr_t");
	fprintf(out, "\tunsigned int nr = 0;\n\t%s n;\n", pfns ? "int" : "u64");
	if (nid)
		fprintf(out, "\tint nid;\n");
}

static void assert_ranges(FILE *out, const struct suite_plan *p)
{
	const struct op *op = &p->s.ops[p->v.op];
	struct table want = want_of(p, M_ANSWER);
	char node[SUITE_NUMBER], flags[SUITE_CALL];
	const char *bytes = op->id == M_PFN_RANGES ? "PFN_PHYS" : "";

	fputc('\t', out);
	/* a format that does not use all of them */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	fprintf(out, iterators[op->id], suite_node(node, op->arg[0]),
		suite_flags(flags, op->arg[1]));
#pragma GCC diagnostic pop
	fprintf(out, " {\n");
	if (want.nr) {
		fprintf(out, "\t\tASSERT_LT(nr, %u);\n", want.nr);
		fprintf(out, "\t\tASSERT_EQ(%s(start), want[nr].base);\n", bytes);
		fprintf(out, "\t\tASSERT_EQ(%s(end), want[nr].base + want[nr].size);\n", bytes);
	}
	fprintf(out, "\t\tnr++;\n\t}\n\tASSERT_EQ(nr, %u);\n", want.nr);
}

static void assert_sizes(FILE *out, const struct suite_plan *p)
{
	static const char *const asks[] = {
		"memblock_phys_mem_size()", "memblock_reserved_size()", "memblock_start_of_DRAM()",
		"memblock_end_of_DRAM()",
	};
	struct table want = want_of(p, M_ANSWER);
	char value[SUITE_NUMBER];

	for (unsigned int i = 0; i < want.nr && i < sizeof(asks) / sizeof(asks[0]); i++)
		fprintf(out, "\tASSERT_EQ(%s, %s);\n", asks[i],
			i < 2 ? suite_size(value, want.rows[i].start)
			      : suite_addr(value, p, want.rows[i].start));
}

/* --- the op itself --- */

/* What an op that changes something returned; assertions read their operands twice. */
static const struct returned {
	const char *type, *name, *is;
} pointer = { "void *", "ptr", "__pa(ptr)" }, address = { "phys_addr_t ", "addr", "addr" },
  number = { "int ", "ret", "ret" };

static const struct returned *returned(const struct suite_plan *p)
{
	const struct op *op = &p->s.ops[p->v.op];

	if (!value_differs(p) || p->v.table == M_ANSWER ||
	    op_desc_any(p->s.family, op->id)->flags & OP_QUERY)
		return NULL;
	if (op->id >= M_ALLOC_TRY_NID && op->id <= M_ALLOC_NODE)
		return &pointer;
	return op->id >= M_ALLOC_RANGE_NID && op->id <= M_PHYS_ALLOC_TRY_NID ? &address : &number;
}

static void the_op(FILE *out, const struct suite_plan *p)
{
	const struct op *op = &p->s.ops[p->v.op];
	const struct returned *as = returned(p);
	char buf[SUITE_CALL], value[SUITE_NUMBER];

	if (suite_iterates(p))
		assert_ranges(out, p);
	else if (op->id == M_SIZES)
		assert_sizes(out, p);
	else if (as)
		fprintf(out, "\t%s = %s;\n\tASSERT_EQ(%s, %s);\n", as->name,
			suite_call(buf, p, op), as->is,
			suite_value(value, p, record(p)->want.value));
	else if (value_differs(p))
		fprintf(out, "\tASSERT_EQ(%s, %s);\n", suite_call(buf, p, op),
			suite_value(value, p, record(p)->want.value));
	else
		fprintf(out, "\t%s;\n", suite_call(buf, p, op));
}

void suite_checks(FILE *out, const struct suite_plan *p)
{
	if (p->v.kind == VERDICT_HANG)
		fprintf(out, "\talarm(2);\n");
	else if (!record(p) || record(p)->got.outcome != OUT_RETURN)
		fprintf(out, "\t/* %s: the suite ends here. */\n", p->v.detail);
	the_op(out, p);
	if (p->v.kind == VERDICT_HANG)
		fprintf(out, "\talarm(0);\n");
	if (by_bytes(p))
		assert_bytes(out, p);
	if (by_type(p))
		assert_type(out, p);
	if (suite_checks_places(p))
		assert_places(out, p);
	if (p->v.kind == VERDICT_DIFFERS && of_regions(p))
		assert_regions(out, p);
	if (p->v.table == M_SETTINGS && record(p))
		assert_setting(out, p);
}

bool suite_checks_places(const struct suite_plan *p)
{
	return record(p) && suite_plan_doubles(p);
}

bool suite_declare(FILE *out, const struct suite_plan *p)
{
	if (suite_iterates(p))
		declare_iterator(out, p);
	if (by_type(p))
		fprintf(out, "\tstruct memblock_region *rgn;\n");
	if (returned(p))
		fprintf(out, "\t%s%s;\n", returned(p)->type, returned(p)->name);
	return suite_iterates(p) || by_type(p) || returned(p);
}

/* --- functions before the test --- */

static const char bytes_helper[] =
	"/* How many bytes of [base, base + size) are in regions of @type. */\n"
	"static phys_addr_t %s_bytes(struct memblock_type *type, phys_addr_t base,\n"
	"\t\t\t\t phys_addr_t size)\n"
	"{\n"
	"\tphys_addr_t end = base + size - 1, sum = 0;\n"
	"\n"
	"\tfor (unsigned long i = 0; i < type->cnt; i++) {\n"
	"\t\tstruct memblock_region *rgn = &type->regions[i];\n"
	"\t\tphys_addr_t first = rgn->base > base ? rgn->base : base;\n"
	"\t\tphys_addr_t last = rgn->base + rgn->size - 1;\n"
	"\n"
	"\t\tif (last > end || last < rgn->base)\n"
	"\t\t\tlast = end;\n"
	"\t\tif (rgn->size && first <= last)\n"
	"\t\t\tsum += last - first + 1;\n"
	"\t}\n"
	"\n"
	"\treturn sum;\n"
	"}\n"
	"\n";

static const char region_helper[] =
	"/* The region of @type that @addr is in, or NULL. */\n"
	"static struct memblock_region *%s_region(struct memblock_type *type,\n"
	"\t\t\t\t\t phys_addr_t addr)\n"
	"{\n"
	"\tfor (unsigned long i = 0; i < type->cnt; i++)\n"
	"\t\tif (addr - type->regions[i].base < type->regions[i].size)\n"
	"\t\t\treturn &type->regions[i];\n"
	"\n"
	"\treturn NULL;\n"
	"}\n"
	"\n";

static const char table_helper[] =
	"/* If the table of @type was doubled: does it own what it lies in? */\n"
	"static void %s_table(struct memblock_type *type,\n"
	"\t\t\t     struct memblock_region *built_in,\n"
	"\t\t\t     struct memblock_type *other)\n"
	"{\n"
	"\tphys_addr_t base = __pa(type->regions);\n"
	"\tphys_addr_t size = PAGE_ALIGN(type->max * sizeof(*type->regions));\n"
	"\tphys_addr_t at = __pa(other->regions);\n"
	"\tphys_addr_t end = at + PAGE_ALIGN(other->max * sizeof(*other->regions));\n"
	"\n"
	"\tif (type->regions == built_in)\n"
	"\t\treturn;\n"
	"\n"
	"\tASSERT_EQ(%s_bytes(&memblock.memory, base, size), size);\n"
	"\tASSERT_EQ(%s_bytes(&memblock.reserved, base, size), size);\n"
	"\tASSERT_EQ(base < end && at < base + size, false);\n"
	"}\n"
	"\n";

static void helper(FILE *out, const char *text, const struct suite_plan *p)
{
	for (const char *at; (at = strchr(text, '%')); text = at + 2)
		fprintf(out, "%.*s%s", (int)(at - text), text, p->name);
	fputs(text, out);
}

void suite_helpers(FILE *out, const struct suite_plan *p)
{
	if (by_bytes(p) || suite_checks_places(p))
		helper(out, bytes_helper, p);
	if (by_type(p))
		helper(out, region_helper, p);
	if (suite_checks_places(p))
		helper(out, table_helper, p);
}

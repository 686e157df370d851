// SPDX-License-Identifier: GPL-2.0-only
/* A reproducer as a test of the kernel's own userspace suite of mm/memblock.c. */
#include <ctype.h>
#include <string.h>

#include "origin.h"
#include "narrow.h"
#include "suite_text.h"
#include "words.h"

static struct suite_plan plan;

static const char *refuses(const struct repro *r)
{
	static char said[sizeof(plan.why) + 64];
	bool can = suite_plan_make(&plan, r);

	suite_plan_free(&plan);
	if (can)
		return NULL;
	snprintf(said, sizeof(said), "the suite in tools/testing/memblock cannot show it: %s",
		 plan.why);
	return said;
}

/* "memblock_" and the file's name, as an identifier. */
static void set_name(struct suite_plan *p, const char *file)
{
	const char *base = strrchr(file, '/') ? strrchr(file, '/') + 1 : file;
	unsigned int n = 0;

	if (strncmp(base, "memblock", 8))
		n = snprintf(p->name, sizeof(p->name), "memblock_");
	for (; *base && *base != '.' && n + 1 < sizeof(p->name); base++)
		p->name[n++] = isalnum((unsigned char)*base) ? tolower((unsigned char)*base) : '_';
	p->name[n] = '\0';
}

static const char *make_variables(const struct suite_plan *p)
{
	if (p->subject->config->long_bits == 32 && p->facts->phys_max != UINT32_MAX)
		return " BUILD=32";
	if (p->facts->phys_max == UINT32_MAX)
		return " 32BIT_PHYS_ADDR_T=1";
	return p->facts->numa ? " NUMA=1" : "";
}

static void print_words(FILE *out, const char *text)
{
	narrow_prose(out, " * ", " * ", text);
}

static void print_head(FILE *out, const struct suite_plan *p, const struct repro *r)
{
	char title[WORDS_TITLE];
	const char *config = p->facts->slots[0] < SUITE_SLOTS ? ", with short tables" : "";
	char where[ORIGIN_TEXT], text[ORIGIN_TEXT + 64];

	fprintf(out, "// SPDX-License-Identifier: GPL-2.0-or-later\n/*\n");
	print_words(out, words_title(title, r));
	fprintf(out, " *\n * For the userspace tests in tools/testing/memblock: as tests/%s.c,\n",
		p->name);
	fprintf(out, " * and in tests/basic_api.c, above memblock_basic_checks(),\n"
		     " *\t#include \"%s.c\"\n", p->name);
	fprintf(out, " * and in that function, behind memblock_initialization_check(),\n"
		     " *\t%s_check();\n", p->name);
	fprintf(out, " * Then: make%s && ./main -v\n *\n", make_variables(p));
	snprintf(text, sizeof(text), "It fails on %s%s.", origin_text(where, sizeof(where), p->subject),
		 config);
	print_words(out, text);
	fprintf(out, " */\n");
	/* alarm(); and what the suite's loops over ranges compare with */
	fprintf(out, "%s%s#include \"common.h\"\n\n",
		suite_iterates(p) ? "#include <limits.h>\n" : "",
		p->v.kind == VERDICT_HANG ? "#include <unistd.h>\n" : "");
}

static bool own_memory(const struct suite_plan *p)
{
	/* The suite's was smaller, and its address not told, before that. */
	return p->base && p->subject->version < (6 << 16 | 9 << 8);
}

static bool print_start(FILE *out, const struct suite_plan *p)
{
	if (own_memory(p))
		fprintf(out, "\tvoid *physical_memory;\n");
	if (p->base)
		fprintf(out, "\tphys_addr_t base;\n");
	if (suite_has_loop(p))
		fprintf(out, "\tphys_addr_t i;\n");
	if (p->base)
		fprintf(out,
			"\tstruct memblock_region *memory_regions = memblock.memory.regions;\n"
			"\tstruct memblock_region *reserved_regions ="
			" memblock.reserved.regions;\n");
	return p->base || suite_has_loop(p);
}

static bool has_op(const struct suite_plan *p, uint8_t id)
{
	for (unsigned int i = 0; i < p->s.nr; i++)
		if (p->s.ops[i].id == id)
			return true;
	return false;
}

static bool hands_off(const struct suite_plan *p)
{
	return has_op(p, M_FREE_ALL);
}

/* Does an op change this setting? */
static bool sets(const struct suite_plan *p, unsigned int setting)
{
	for (unsigned int i = 0; i < p->s.nr; i++)
		if (p->s.ops[i].id == M_SET && p->s.ops[i].arg[0] == setting)
			return true;
	return false;
}

static void print_setup(FILE *out, const struct suite_plan *p)
{
	fprintf(out, "\tPREFIX_PUSH();\n\n\treset_memblock_regions();\n"
		     "\treset_memblock_attributes();\n");
	for (unsigned int i = 0; i < 2; i++)
		if (p->facts->slots[i] != SUITE_SLOTS)
			fprintf(out, "%s\tmemblock.%s.max = %u;\n",
				i ? "" : "\n\t/* Tables that are full sooner. */\n",
				i ? "reserved" : "memory", p->facts->slots[i]);
	if (own_memory(p))
		fprintf(out, "\n\tphysical_memory = malloc(SZ_16M);\n"
			     "\tASSERT_NE(physical_memory, NULL);\n"
			     "\tbase = ALIGN((phys_addr_t)physical_memory, SZ_1M);\n");
	else if (p->base)
		fprintf(out, "\n\tdummy_physical_memory_init();\n"
			     "\tbase = ALIGN(dummy_physical_memory_base(), SZ_1M);\n");
	if (hands_off(p))
		fprintf(out, "\tmax_low_pfn = ~0UL;\n");
	fputc('\n', out);
}

/* The tests that follow begin with tables, direction and limit as they were. */
static void print_end(FILE *out, const struct suite_plan *p)
{
	fputc('\n', out);
	if (p->base)
		fprintf(out, "\tmemblock.memory.regions = memory_regions;\n"
			     "\tmemblock.memory.cnt = %u;\n"
			     "\tmemblock.reserved.regions = reserved_regions;\n"
			     "\tmemblock.reserved.cnt = %u;\n", SUITE_SLOTS, SUITE_SLOTS);
	if (sets(p, MEMBLOCK_MOVABLE_NODE))
		fprintf(out, "\tmovable_node_enabled = false;\n");
	if (sets(p, MEMBLOCK_KERNELCORE_MIRROR))
		fprintf(out, "\tmirrored_kernelcore = false;\n");
	if (hands_off(p) || has_op(p, M_MAX_LOW_PFN))
		fprintf(out, "\tmax_low_pfn = 0;\n");
	fprintf(out, "\treset_memblock_regions();\n\treset_memblock_attributes();\n");
	if (own_memory(p))
		fprintf(out, "\tfree(physical_memory);\n");
	else if (p->base)
		fprintf(out, "\tdummy_physical_memory_cleanup();\n");
	fprintf(out, "\n\ttest_pass_pop();\n\n\treturn 0;\n}\n");
}

static void print_externs(FILE *out, const struct suite_plan *p)
{
	bool movable = sets(p, MEMBLOCK_MOVABLE_NODE);
	bool mirror = sets(p, MEMBLOCK_KERNELCORE_MIRROR);

	if (movable)
		fprintf(out, "extern bool movable_node_enabled;\n");
	if (mirror)
		fprintf(out, "extern bool mirrored_kernelcore;\n");
	if (movable || mirror)
		fputc('\n', out);
}

static void emit(FILE *out, const struct repro *r)
{
	struct suite_plan *p = &plan;
	bool checks;

	if (suite_plan_make(p, r)) {
		set_name(p, r->file);
		print_head(out, p, r);
		print_externs(out, p);
		suite_helpers(out, p);
		fprintf(out, "/*\n");
		print_words(out, r->verdict.detail);
		if (p->base)
			fprintf(out, " * (before memory was moved to base, and gaps cut short)\n");
		fprintf(out, " */\nstatic int %s_check(void)\n{\n", p->name);
		checks = suite_declare(out, p);
		if (print_start(out, p) || checks)
			fputc('\n', out);
		print_setup(out, p);
		suite_ops(out, p);
		suite_checks(out, p);
		print_end(out, p);
	}
	suite_plan_free(p);
}

const struct repro_format repro_memblock_test = {
	.name = "memblock-test", .file = "memblock-test.c", .refuses = refuses, .emit = emit,
};

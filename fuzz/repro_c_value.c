// SPDX-License-Identifier: GPL-2.0-only
/* Values as kernel developers write them. */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "contract/boot.h"
#include "contract/e820.h"
#include "contract/early_res.h"
#include "contract/memblock.h"
#include "repro_c_memblock.h"

#define SIZES_FROM	10	/* SZ_1K */
#define SIZES_TO	32	/* SZ_4G */

static bool named_power(FILE *out, uint64_t value, unsigned int from)
{
	static const char unit[] = "KMG";
	unsigned int bit;

	if (!value || value & (value - 1))
		return false;
	bit = __builtin_ctzll(value);
	if (bit < from || bit > SIZES_TO)
		return false;
	fprintf(out, "SZ_%u%c", 1u << bit % 10, unit[bit / 10 - 1]);
	return true;
}

void c_address(FILE *out, uint64_t value)
{
	if (value == UINT64_MAX)
		fputs("~0ULL", out);
	else if (!named_power(out, value, 20))
		fprintf(out, "%#" PRIx64 "%s", value, value > UINT32_MAX ? "ULL" : "");
}

void c_size(FILE *out, uint64_t value)
{
	if (named_power(out, value, SIZES_FROM))
		return;
	for (unsigned int bit = 30; bit >= SIZES_FROM; bit -= 10) {
		uint64_t n = value >> bit;

		if (value & ((1ull << bit) - 1) || !n || n >= 1024)
			continue;
		fprintf(out, "%" PRIu64 "%s * ", n, value > INT32_MAX ? "ULL" : "");
		named_power(out, 1ull << bit, SIZES_FROM);
		return;
	}
	if (value < 1024)
		fprintf(out, "%" PRIu64, value);
	else
		c_address(out, value);
}

/* What kernel headers call the values of a choice: a prefix and the name in capitals. */
static const struct constants {
	const struct family *family;
	const char *op;		/* NULL: of any */
	const char *arg;
	const char *prefix;
} constants[] = {
	{ &e820_family, "data", "type", "E820_SETUP_" },
	{ &e820_family, "indirect", "type", "E820_SETUP_" },
	{ &e820_family, NULL, "type", "E820_TYPE_" },
	{ &e820_family, NULL, "old", "E820_TYPE_" },
	{ &e820_family, NULL, "new", "E820_TYPE_" },
	{ &early_res_family, "map", "type", "E820_" },
	{ &boot_family, NULL, "type", "E820_TYPE_" },
	{ &boot_family, NULL, "old", "E820_TYPE_" },
	{ &boot_family, NULL, "new", "E820_TYPE_" },
};

static void capitals(FILE *out, const char *prefix, const char *name)
{
	fputs(prefix, out);
	for (; *name; name++)
		fputc(toupper((unsigned char)*name), out);
}

/* "indirect_dtb" is the flag and the type. */
static void constant(FILE *out, const char *prefix, const char *name)
{
	static const char flag[] = "indirect_";

	if (!strncmp(name, flag, sizeof(flag) - 1)) {
		fprintf(out, "%sINDIRECT | ", prefix);
		name += sizeof(flag) - 1;
	}
	capitals(out, prefix, name);
}

/* 0 is "none" or "any": it has no name. */
static const char *choice_name(const struct choice *choices, uint64_t value)
{
	for (const struct choice *c = choices; c && c->name && value; c++)
		if (c->value == value)
			return c->name;
	return NULL;
}

static bool print_choice(FILE *out, const struct family *f, const struct op_desc *d,
			 const struct arg_desc *a, uint64_t value)
{
	const char *name = choice_name(a->choices, value);

	for (unsigned int i = 0; name && i < sizeof(constants) / sizeof(constants[0]); i++) {
		const struct constants *k = &constants[i];

		if (k->family != f || strcmp(k->arg, a->name) || (k->op && strcmp(k->op, d->name)))
			continue;
		constant(out, k->prefix, name);
		return true;
	}
	return false;
}

void c_operand(FILE *out, const struct family *f, const struct op_desc *d, unsigned int i,
	       uint64_t value)
{
	const struct arg_desc *a = &d->args[i];

	switch (a->kind) {
	case ARG_BOOL:
		fputs(value ? "true" : "false", out);
		return;
	case ARG_SIZE:
	case ARG_ALIGN:
		c_size(out, value);
		return;
	case ARG_CHOICE:
		if (print_choice(out, f, d, a, value))
			return;
		break;
	case ARG_COUNT:
		break;
	case ARG_PFN:	/* no bytes: sizes are no names for it */
		fprintf(out, value > 9 ? "%#" PRIx64 : "%" PRIu64, value);
		return;
	default:
		c_address(out, value);
		return;
	}
	if (value > INT32_MAX)
		c_address(out, value);
	else
		fprintf(out, "%" PRIu64, value);
}

void c_type(FILE *out, const struct family *f, unsigned int table, uint32_t type)
{
	const struct table_desc *t = &f->tables[table];

	if (t->type_name == e820_type_name && choice_name(e820_type_choices, type)) {
		constant(out, "E820_TYPE_", choice_name(e820_type_choices, type));
		return;
	}
	if (f == &memblock_family && table <= M_PHYSMEM) {
		c_memblock_type(out, type);
		return;
	}
	fprintf(out, type > 9 ? "%#x" : "%u", type);
	if (t->type_name && t->type_name(type))
		fprintf(out, " /* %s */", t->type_name(type));
}

void c_text(FILE *out, const char *text, unsigned int len)
{
	fputc('"', out);
	for (unsigned int i = 0; i < len; i++) {
		unsigned char c = text[i];

		if (c == '"' || c == '\\')
			fprintf(out, "\\%c", c);
		else if (c < ' ' || c > '~')
			fprintf(out, "\\%03o", c);	/* unlike \x it ends by itself */
		else
			fputc(c, out);
	}
	fputc('"', out);
}

// SPDX-License-Identifier: GPL-2.0-only
/* Names in templates that are no operands, or operands that do not read as they stand. */
#include <string.h>

#include "contract/boot.h"
#include "contract/cmdline.h"
#include "contract/e820.h"
#include "contract/early_res.h"
#include "contract/memblock.h"
#include "contract/range.h"
#include "contract/setup_data.h"
#include "repro_c_memblock.h"

static void print_number(FILE *out, uint64_t value)
{
	fprintf(out, "%llu", (unsigned long long)value);
}

/* How many ranges the array is said to have before op @op. */
static uint64_t range_count(const struct repro *r, unsigned int op)
{
	uint64_t count = 0;

	for (unsigned int i = 0; i < r->trace->nr && r->trace->step[i].op < op; i++) {
		struct table t = trace_got(r->trace, i, RANGE_COUNT);

		if (t.nr)
			count = t.rows[0].start;
	}
	return count;
}

/*
 * What the wrapper of range makes of its operands: no more slots than there are, no more in use
 * than that.
 */
static bool range_name(FILE *out, const struct repro *r, unsigned int op, const char *name,
		       size_t len)
{
	unsigned int slots = r->subject->config->slots;
	uint64_t az = r->scenario->ops[op].arg[0];

	if (az > slots)
		az = slots;
	if (c_is(name, len, "az") && az == slots)
		fputs("ARRAY_SIZE(slots)", out);
	else if (c_is(name, len, "nr_range") && range_count(r, op) <= az)
		fputs("nr_range", out);
	else if (c_is(name, len, "az") || c_is(name, len, "nr_range"))
		print_number(out, az);
	else
		return false;
	return true;
}

static bool e820_name(FILE *out, const struct repro *r, unsigned int op, const char *name,
		      size_t len)
{
	static const char *const table[] = {
		[E820_MAIN] = "e820_table", [E820_KEXEC] = "e820_table_kexec",
		[E820_FIRMWARE] = "e820_table_firmware",
	};
	const struct op *o = &r->scenario->ops[op];
	unsigned int zeropage = e820_zeropage(r->subject->config);
	char line[CMDLINE_SIZE];

	if (c_is(name, len, "table")) {
		fputs(table[o->arg[0]], out);
	} else if (c_is(name, len, "count")) {
		print_number(out, o->arg[0] < zeropage ? o->arg[0] : zeropage);
	} else if (c_is(name, len, "phys")) {
		c_address(out, e820_ext_phys(o->arg[0]));
	} else if (c_is(name, len, "payload")) {
		print_number(out, e820_ext_len(o->arg[1]));
	} else if (c_is(name, len, "bytes")) {	/* a head of 16 bytes, and its payload */
		print_number(out, 16 + e820_ext_len(o->arg[1]));
	} else if (c_is(name, len, "line")) {
		cmdline_join(o, E820_PARAM, line);
		c_text(out, line, strlen(line));
	} else {
		return false;
	}
	return true;
}

static bool early_res_name_of(FILE *out, const struct repro *r, unsigned int op,
			      const char *name, size_t len)
{
	const struct op *o = &r->scenario->ops[op];
	const char *text;

	if (c_is(name, len, "name")) {
		text = early_res_name(o->arg[2]);
		if (text)
			c_text(out, text, strlen(text));
		else
			fputs("NULL", out);
	} else if (c_is(name, len, "nid") && o->arg[0] == EARLY_RES_MAX_NODES) {
		fputs("MAX_NUMNODES", out);
	} else {
		return false;
	}
	return true;
}

static const struct {
	const struct family *family;
	bool (*print)(FILE *out, const struct repro *r, unsigned int op, const char *name,
		      size_t len);
} own[] = {
	{ &range_family, range_name },
	{ &e820_family, e820_name },
	{ &early_res_family, early_res_name_of },
	{ &memblock_family, c_memblock_name },
	{ &boot_family, c_boot_name },
};

bool c_own_name(FILE *out, const struct repro *r, unsigned int op, const char *name, size_t len)
{
	for (unsigned int i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (own[i].family == r->scenario->family)
			return own[i].print(out, r, op, name, len);
	return false;
}

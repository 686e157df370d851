// SPDX-License-Identifier: GPL-2.0-only
/* Calls of family boot: those of memblock, or of early_res in kernels before it. */
#include <string.h>

#include "contract/boot.h"
#include "contract/cmdline.h"
#include "contract/e820.h"
#include "contract/early_res.h"
#include "contract/memblock.h"
#include "repro_c_memblock.h"

#define SMALL_MAP	8u	/* entries of boot_params in configuration small */

/* What a call has in each of the two. */
static const struct {
	const char *name, *memblock, *early_res;
} calls[] = {
	{ "reserve", "memblock_reserve", "reserve_early" },
	{ "reserve_overlap_ok", "memblock_reserve", "reserve_early_overlap_ok" },
	{ "free", "memblock_phys_free", "free_early_partial" },
	{ "fill", "e820__memblock_setup(), ", "" },
};

/* memblock takes a size, early_res an end, and the name of a reservation. */
static void print_range(FILE *out, const struct op *o, bool old)
{
	const char *label = early_res_name(o->arg[2]);

	c_address(out, o->arg[0]);
	fputs(", ", out);
	if (!old) {
		c_size(out, o->arg[1]);
		return;
	}
	c_address(out, o->arg[0] + o->arg[1]);
	if (o->id == B_FREE)
		return;
	fputs(", ", out);
	if (label)
		c_text(out, label, strlen(label));
	else
		fputs("NULL", out);
}

static void print_mapped(FILE *out, const struct op *o, bool old)
{
	if (old) {
		fprintf(out, "(void)(max_pfn_mapped = mapped_pfn(%#llx))",
			(unsigned long long)o->arg[0]);
		return;
	}
	fputs("memblock_set_current_limit(", out);
	c_address(out, o->arg[0] * MEMBLOCK_PAGE);
	fputc(')', out);
}

static void print_node(FILE *out, const struct repro *r, uint64_t nid, bool old)
{
	if (old)
		fprintf(out, "%u", (unsigned int)(nid % EARLY_RES_MAX_NODES));
	else
		c_memblock_node(out, boot_memblock_facts(r->subject->config)->numa, nid);
}

static bool print_loader(FILE *out, const struct repro *r, const struct op *o, const char *name,
			 size_t len)
{
	unsigned int entries = r->subject->config->id == BOOT_SMALL ? SMALL_MAP :
								       E820_ZEROPAGE_MAX;
	char line[CMDLINE_SIZE];

	if (c_is(name, len, "count")) {
		fprintf(out, "%u", (unsigned int)(o->arg[0] < entries ? o->arg[0] : entries));
	} else if (c_is(name, len, "phys")) {
		c_address(out, e820_ext_phys(o->arg[0]));
	} else if (c_is(name, len, "payload")) {
		fprintf(out, "%u", (unsigned int)e820_ext_len(o->arg[1]));
	} else if (c_is(name, len, "bytes")) {	/* a head of 16 bytes, and its payload */
		fprintf(out, "%u", 16u + (unsigned int)e820_ext_len(o->arg[1]));
	} else if (c_is(name, len, "line")) {
		cmdline_join(o, B_PARAM, line);
		c_text(out, line, strlen(line));
	} else {
		return false;
	}
	return true;
}

bool c_boot_name(FILE *out, const struct repro *r, unsigned int op, const char *name, size_t len)
{
	const struct op *o = &r->scenario->ops[op];
	bool old = boot_on_early_res(r->subject->version);

	for (unsigned int i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		if (c_is(name, len, calls[i].name)) {
			fputs(old ? calls[i].early_res : calls[i].memblock, out);
			return true;
		}
	if (c_is(name, len, "range"))
		print_range(out, o, old);
	else if (c_is(name, len, "mapped"))
		print_mapped(out, o, old);
	else if (c_is(name, len, "nid"))
		print_node(out, r, o->arg[o->id == B_ALLOC_NODE ? 2 : 0], old);
	else if (c_is(name, len, "end") && !old && o->id != B_NODE)
		c_memblock_end(out, o->arg[o->id == B_FIND ? 1 : 3]);
	else
		return print_loader(out, r, o, name, len);
	return true;
}

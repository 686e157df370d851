// SPDX-License-Identifier: GPL-2.0-only
/* The lines in which a kernel speaks of memblock, and of nodes. */
#include <ctype.h>
#include <string.h>

#include "import.h"
#include "import_memblock.h"

/* A line that is being read: what comes next, and the first thing wrong. */
struct reader {
	const char *p, *error;
};

static bool wrong(struct reader *r, const char *what)
{
	if (!r->error)
		r->error = what;
	return false;
}

static bool literal(struct reader *r, const char *text, const char *what)
{
	size_t len = strlen(text), same = 0;

	while (same < len && r->p[same] == text[same])
		same++;
	if (same < len) {
		if (!r->p[same])
			r->p += same;	/* it may go on where the line ends */
		return wrong(r, what);
	}
	r->p += len;
	return true;
}

static bool hex(struct reader *r, uint64_t *value)
{
	switch (import_hex(&r->p, value)) {
	case IMPORT_NUM_OK:
		return true;
	case IMPORT_NUM_LONG:
		return wrong(r, "a number of more than 64 bits");
	default:
		return wrong(r, "expected a hexadecimal number");
	}
}

static bool decimal(struct reader *r, uint64_t *value)
{
	uint64_t v = 0;

	if (!isdigit((unsigned char)*r->p))
		return wrong(r, "expected a number");
	for (; isdigit((unsigned char)*r->p); r->p++) {
		if (v > (UINT64_MAX - 9) / 10)
			return wrong(r, "a number of more than 64 bits");
		v = v * 10 + (*r->p - '0');
	}
	*value = v;
	return true;
}

/* A node: below MEMBLOCK_NODES, or -1. */
static bool node(struct reader *r, uint32_t *nid)
{
	uint64_t v;

	if (*r->p == '-') {
		*nid = MEMBLOCK_NO_NODE;
		return literal(r, "-1", "expected a node");
	}
	if (!decimal(r, &v))
		return false;
	if (v > MEMBLOCK_NODES)
		return wrong(r, "a node that no kernel has");
	*nid = v == MEMBLOCK_NODES ? MEMBLOCK_NO_NODE : (uint32_t)v;
	return true;
}

static void blanks(struct reader *r)
{
	r->p += strspn(r->p, " \t");
}

/* "[0x1000-0x1fff]", "[mem 0x1000-0x1fff]" */
static bool range(struct reader *r, uint64_t *start, uint64_t *size)
{
	uint64_t last;

	if (!literal(r, "[", "expected a range such as [0x1000-0x1fff]"))
		return false;
	if (!strncmp(r->p, "mem ", 4))
		r->p += 4;
	if (!hex(r, start) || !literal(r, "-", "expected the last byte") || !hex(r, &last) ||
	    !literal(r, "]", "expected ]"))
		return false;
	*size = last - *start + 1;
	return true;
}

static bool end(struct reader *r)
{
	blanks(r);
	return !*r->p || wrong(r, "expected the end of the line");
}

static bool begins(const char *text, size_t len, const char *with)
{
	return len >= strlen(with) && !strncmp(text, with, strlen(with));
}

/* "setup_arch+0x797/0xd4f", or an address where the kernel has no names */
static bool caller(struct reader *r, uint8_t *by)
{
	static const struct { const char *name; uint8_t by; } known[] = {
		{ "memblock_alloc_range_nid", MB_BY_ALLOC },
		{ "memblock_double_array", MB_BY_DOUBLING },
		{ "e820__memblock_setup", MB_BY_SETUP },
		{ "init_mem_mapping", MB_BY_MAPPING }, { "alloc_low_pages", MB_BY_MAPPING },
	};
	const char *name;
	size_t len;
	uint64_t any;

	blanks(r);
	name = r->p;
	while (isalnum((unsigned char)*r->p) || (*r->p && strchr("_.$", *r->p)))
		r->p++;
	len = r->p - name;
	if (!len)
		return wrong(r, "expected who called, such as setup_arch+0x12/0x34");
	*by = MB_BY_OTHERS;
	if (*r->p != '+' && begins(name, len, "0x"))
		return end(r);
	for (unsigned int i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (begins(name, len, known[i].name) &&
		    (len == strlen(known[i].name) || name[strlen(known[i].name)] == '.'))
			*by = known[i].by;
	return literal(r, "+", "expected +, as in setup_arch+0x12/0x34") && hex(r, &any) &&
	       literal(r, "/", "expected /, as in setup_arch+0x12/0x34") && hex(r, &any) && end(r);
}

/* What a kernel prints of a region may be anything, when its table was overwritten. */
static bool flag_word(struct reader *r, uint64_t max, uint32_t *flags)
{
	const char *begin = r->p;
	uint64_t v;

	if (!hex(r, &v))
		return false;
	if (v > max) {
		r->p = begin;
		return wrong(r, "flags that no kernel has");
	}
	*flags = (uint32_t)v;
	return true;
}

enum call_form { RANGE, NODE_RANGE, PHYS_ALLOC, ALLOC };

static const struct call {
	const char *name;
	uint8_t op, form;
} calls[] = {
	{ "memblock_add", M_ADD, RANGE },
	{ "memblock_add_node", M_ADD_NODE, NODE_RANGE },
	{ "memblock_remove", M_REMOVE, RANGE },
	{ "memblock_reserve", M_RESERVE, RANGE },
	{ "memblock_phys_free", M_PHYS_FREE, RANGE },
	{ "memblock_free_late", M_FREE_LATE, RANGE },
	{ "memblock_physmem_add", M_PHYSMEM_ADD, RANGE },
	{ "memblock_phys_alloc_range", M_PHYS_ALLOC_RANGE, PHYS_ALLOC },
	{ "memblock_alloc_try_nid", M_ALLOC_TRY_NID, ALLOC },
	{ "memblock_alloc_try_nid_raw", M_ALLOC_TRY_NID_RAW, ALLOC },
	{ "memblock_alloc_exact_nid_raw", M_ALLOC_EXACT_NID_RAW, ALLOC },
};

static void call_rest(struct reader *r, const struct call *c, struct import_mb_line *out)
{
	out->op = c->op;
	blanks(r);
	if (c->form == RANGE || c->form == NODE_RANGE) {
		if (!range(r, &out->start, &out->size))
			return;
		if (c->form == NODE_RANGE) {
			if (!literal(r, " nid=", "expected nid=") || !node(r, &out->nid) ||
			    !literal(r, " flags=", "expected flags=") ||
			    !flag_word(r, MEMBLOCK_F_ALL, &out->flags))
				return;
		}
	} else {
		if (!decimal(r, &out->size) || !literal(r, " bytes align=", "expected align=") ||
		    !hex(r, &out->align))
			return;
		if (c->form == ALLOC && (!literal(r, " nid=", "expected nid=") ||
					 !node(r, &out->nid)))
			return;
		if (!literal(r, " from=", "expected from=") || !hex(r, &out->start) ||
		    !literal(r, " max_addr=", "expected max_addr=") || !hex(r, &out->end))
			return;
	}
	caller(r, &out->caller);
}

/* "memblock_WORDS: ...". What stands behind them and is neither a range nor bytes is prose. */
static bool call(struct reader *r, struct import_mb_line *out)
{
	const char *name = r->p;
	size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz_0123456789");

	if (!begins(name, len, "memblock_"))
		return false;
	out->kind = MB_CALL;
	if (!name[len] || (name[len] == ':' && !name[len + 1 + strspn(name + len + 1, " \t")])) {
		r->p += strlen(name);
		wrong(r, "expected what memblock was asked for");
		return true;
	}
	if (name[len] != ':' || name[len + 1] != ' ' ||
	    (name[len + 2] != '[' && !isdigit((unsigned char)name[len + 2])))
		return false;
	for (unsigned int i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		if (strlen(calls[i].name) != len || strncmp(calls[i].name, name, len))
			continue;
		r->p += len + 1;
		call_rest(r, &calls[i], out);
		return true;
	}
	wrong(r, "a function of memblock that is not known here");
	return true;
}

/* "memblock: reserved is doubled to 256 at [0x1000-0x27ff]" */
static bool doubled(struct reader *r, struct import_mb_line *out)
{
	const char *p = r->p;
	uint64_t slots = 0;

	if (strncmp(p, "memblock: ", 10))
		return false;
	p += 10;
	p += strspn(p, "abcdefghijklmnopqrstuvwxyz");
	if (strncmp(p, " is", 3))
		return false;
	out->kind = MB_DOUBLED;
	r->p = p;
	if (literal(r, " is doubled to ", "expected is doubled to") && decimal(r, &slots) &&
	    literal(r, " at ", "expected at") &&
	    range(r, &out->start, &out->size))
		end(r);
	out->flags = (uint32_t)slots;
	return true;
}

/* "[0x1000-0x1fff], 0x1000 bytes on node 0 flags: 0x0" */
static void region(struct reader *r, struct import_mb_line *out)
{
	uint64_t bytes;

	blanks(r);
	if (!range(r, &out->start, &out->size) || !literal(r, ", ", "expected ,") ||
	    !hex(r, &bytes) || !literal(r, " bytes ", "expected bytes"))
		return;
	if (bytes != out->size) {
		wrong(r, "other bytes than the range has");
		return;
	}
	if (*r->p == 'o') {
		if (!literal(r, "on node ", "expected flags:") || !node(r, &out->nid) ||
		    !literal(r, " ", "expected flags:"))
			return;
	}
	if (!literal(r, "flags: ", "expected flags:") || !flag_word(r, UINT32_MAX, &out->flags))
		return;
	end(r);
}

/* Lines of memblock_dump_all(). */
static bool table(struct reader *r, struct import_mb_line *out)
{
	static const char *const names[] = {
		[M_MEMORY] = "memory", [M_RESERVED] = "reserved", [M_PHYSMEM] = "physmem",
	};
	uint64_t any;

	if (!strncmp(r->p, "ci/boot: memblock at the end", 28)) {
		out->kind = MB_FINAL;
		return true;
	}
	if (!strncmp(r->p, "MEMBLOCK configuration:", 23)) {
		out->kind = MB_DUMP;
		return true;
	}
	if (!strncmp(r->p, "memory size = 0x", 16)) {
		out->kind = MB_TOTALS;
		r->p += 14;
		if (hex(r, &out->start) && literal(r, " reserved size = ", "expected reserved") &&
		    hex(r, &out->size))
			end(r);
		return true;
	}
	for (unsigned int t = 0; t < sizeof(names) / sizeof(names[0]); t++) {
		size_t len = strlen(names[t]);

		if (strncmp(r->p, names[t], len))
			continue;
		out->table = t;
		if (!strncmp(r->p + len, ".cnt ", 5)) {
			out->kind = MB_COUNT;
			r->p += len + 5;
			blanks(r);
			if (literal(r, "= ", "expected =") && hex(r, &out->size))
				end(r);
			return true;
		}
		if (!strncmp(r->p + len, "[0x", 3)) {
			out->kind = MB_REGION;
			r->p += len + 1;
			if (hex(r, &any) && literal(r, "]", "expected ]"))
				region(r, out);
			return true;
		}
	}
	return false;
}

/* "SRAT: Node 0 PXM 0 [mem 0x0-0x9ffff] hotplug" */
static bool affinity(struct reader *r, struct import_mb_line *out)
{
	uint64_t pxm;

	if (!strncmp(r->p, "ACPI: ", 6))
		r->p += 6;
	if (strncmp(r->p, "SRAT: Node ", 11))
		return false;
	r->p += 11;
	out->kind = MB_AFFINITY;
	if (node(r, &out->nid) && literal(r, " PXM ", "expected PXM") && decimal(r, &pxm) &&
	    literal(r, " ", "expected a range") && range(r, &out->start, &out->size))
		out->flags = strstr(r->p, " hotplug") ? MEMBLOCK_F_HOTPLUG : 0;
	return true;
}

/* The other lines about nodes. */
static bool nodes(struct reader *r, struct import_mb_line *out)
{
	const char *to;

	out->nid = 0;
	if (!strncmp(r->p, "Faking a node at ", 17)) {
		out->kind = MB_ONE_NODE;
		r->p += 17;
		range(r, &out->start, &out->size);
		return true;
	}
	if (!strncmp(r->p, "Faking node ", 12)) {
		out->kind = MB_FAKE_NODE;
		r->p += 12;
		if (node(r, &out->nid) && literal(r, " at ", "expected at"))
			range(r, &out->start, &out->size);
		return true;
	}
	to = strstr(r->p, "-> [");
	if (!strncmp(r->p, "NUMA: Node ", 11) && strstr(r->p, " [mem ")) {
		out->kind = MB_JOINED;
		r->p += 11;
		if (!node(r, &out->nid))
			return true;
		r->p = to ? to + 3 : r->p + strlen(r->p);
		range(r, &out->start, &out->size);
		return true;
	}
	if (!strncmp(r->p, "NODE_DATA(", 10) && strstr(r->p, ") allocated ")) {
		out->kind = MB_NODE_DATA;
		r->p += 10;
		if (node(r, &out->nid) && literal(r, ") allocated ", "expected allocated"))
			range(r, &out->start, &out->size);
		return true;
	}
	if (!strncmp(r->p, "last_pfn = ", 11)) {
		out->kind = MB_LAST_PFN;
		r->p += 11;
		hex(r, &out->start);
		return true;
	}
	return false;
}

/* The number of KiB that ends right before @word, as bytes. */
static bool kib_before(const char *line, const char *word, uint64_t *bytes)
{
	const char *at = strstr(line, word), *p = at;
	uint64_t v = 0;

	if (!at)
		return false;
	while (p > line && isdigit((unsigned char)p[-1]))
		p--;
	if (p == at || at - p > 15)
		return false;
	for (; p < at; p++)
		v = v * 10 + (*p - '0');
	*bytes = v << 10;
	return true;
}

/* What is said when the page allocator takes over. */
static bool handed_over(struct reader *r, struct import_mb_line *out)
{
	const char *m = r->p;
	uint64_t kept, cma = 0;

	if (!strncmp(m, "SLUB: ", 6)) {
		out->kind = MB_SLAB;
		return true;
	}
	if (!strncmp(m, "** ", 3) && strstr(m, "printk messages dropped")) {
		out->kind = MB_DROPPED;
		return true;
	}
	if (!strncmp(m, "Freeing ", 8) && strstr(m, " memory: ")) {
		out->kind = MB_FREEING;
		return kib_before(strstr(m, " memory: "), "K", &out->size);
	}
	if (strncmp(m, "Memory: ", 8) || !kib_before(m, "K available (", &out->start))
		return false;
	out->kind = MB_RAM;
	if (!kib_before(m, "K reserved", &kept)) {
		r->p += strlen(m);
		wrong(r, "expected how much is reserved");
		return true;
	}
	kib_before(m, "K cma-reserved", &cma);
	out->size = kept + cma;
	kib_before(m, "K/", &out->end);
	return true;
}

bool import_mb_match(const char *message, struct import_mb_line *out, const char **error,
		     const char **at)
{
	struct reader r = { .p = message + strspn(message, " \t") };
	bool says;

	memset(out, 0, sizeof(*out));
	out->nid = MEMBLOCK_NO_NODE;
	says = call(&r, out) || doubled(&r, out) || table(&r, out) || affinity(&r, out);
	if (!says) {
		r.p = message + strspn(message, " \t");
		says = nodes(&r, out) || handed_over(&r, out) || import_zone_match(r.p, out);
	}
	*error = r.error;
	*at = r.p;
	return says;
}

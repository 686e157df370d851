// SPDX-License-Identifier: GPL-2.0-only
/* What a replay of memblock's calls found, for people and for programs. */
#include "import_memblock_check.h"
#include "import_zones.h"
#include "json.h"

#define TEXT	200u	/* size of a line's text, bytes */

static const char *const why_text[] = {
	[MB_WHY_MISSING] = "lines are missing in the log before them",
	[MB_WHY_END] = "what the kernel does where the log ends",
	[MB_WHY_OTHERS] = "done by a call that the log does not print",
	[MB_WHY_LACKS] = "this kernel has no such function",
	[MB_WHY_DEAD] = "the kernel here did not come so far",
	[MB_WHY_ALLOCATOR] = "what the page allocator has handed out by then is not told",
};

static const char *const from_text[] = {
	[MB_FROM_LINE] = "of lines", [MB_FROM_TABLE] = "of the first table",
	[MB_FROM_NODES] = "of nodes", [MB_FROM_BOOT] = "of every boot",
};

static const char *const from_key[] = {
	[MB_FROM_LINE] = "lines", [MB_FROM_TABLE] = "first_table", [MB_FROM_NODES] = "nodes",
	[MB_FROM_BOOT] = "every_boot",
};

static const char *flags_text(char *buf, size_t size, const struct import_mb_line *l)
{
	int at = l->nid == MEMBLOCK_NO_NODE ? 0 : snprintf(buf, size, " on node %u", l->nid);

	buf[at] = '\0';
	if (l->flags)
		snprintf(buf + at, size - at, " flags 0x%x", l->flags);
	return buf;
}

static const char *line_text(char *buf, const struct import_mb_line *l)
{
	static const char *const names[] = { "memory", "reserved", "physmem" };
	const struct op_desc *op = family_op(&memblock_family, l->op);
	unsigned long long start = l->start, size = l->size, last = l->start + l->size - 1;
	char more[48];

	switch (l->kind) {
	case MB_CALL:
		if (l->align || l->end)
			snprintf(buf, TEXT, "%s of 0x%llx bytes, align 0x%llx, from 0x%llx to "
				 "0x%llx", op->name, size, (unsigned long long)l->align, start,
				 (unsigned long long)l->end);
		else
			snprintf(buf, TEXT, "%s [0x%llx-0x%llx]", op->name, start, last);
		break;
	case MB_DOUBLED:
		snprintf(buf, TEXT, "doubled to %u at [0x%llx-0x%llx]", l->flags, start, last);
		break;
	case MB_DUMP:
	case MB_FINAL:
		snprintf(buf, TEXT, "memblock's tables");
		break;
	case MB_TOTALS:
		snprintf(buf, TEXT, "0x%llx bytes of memory, 0x%llx of reserved", start, size);
		break;
	case MB_COUNT:
		snprintf(buf, TEXT, "%s: %llu regions", names[l->table], size);
		break;
	case MB_REGION:
		snprintf(buf, TEXT, "%s [0x%llx-0x%llx]%s", names[l->table], start, last,
			 flags_text(more, sizeof(more), l));
		break;
	case MB_ZONE:
		if (!l->size)
			snprintf(buf, TEXT, "zone %s: empty", import_zone_name[l->flags]);
		else
			snprintf(buf, TEXT, "zone %s [0x%llx-0x%llx]", import_zone_name[l->flags],
				 start, last);
		break;
	case MB_MOVABLE:
		snprintf(buf, TEXT, "node %u is movable from 0x%llx on", l->nid, start);
		break;
	case MB_NODE_RANGE:
		snprintf(buf, TEXT, "node %u has [0x%llx-0x%llx]", l->nid, start, last);
		break;
	case MB_NODE_SETUP:
		if (!l->size)
			snprintf(buf, TEXT, "node %u has no memory", l->nid);
		else
			snprintf(buf, TEXT, "node %u spans [0x%llx-0x%llx]", l->nid, start, last);
		break;
	case MB_HOLE:
		snprintf(buf, TEXT, "node %u, zone %s: %llu pages are none", l->nid,
			 import_zone_name[l->flags], size);
		break;
	case MB_BUILT:
		snprintf(buf, TEXT, "%llu pages in all zones", size);
		break;
	case MB_AVAILABLE:
		snprintf(buf, TEXT, "%lluK available", size >> 10);
		break;
	default:
		snprintf(buf, TEXT, "%lluK of RAM, %lldK of it kept", start >> 10,
			 (long long)size / 1024);
	}
	return buf;
}

static const char *log_side(char *buf, const struct import_mb *mb, const struct import_mb_diff *d)
{
	return d->at < 0 ? "nothing of it" : line_text(buf, &mb->at[d->at]);
}

static const char *kernel_side(char *buf, const struct import_mb_diff *d)
{
	if (d->outcome != OUT_RETURN)
		return outcome_name(d->outcome);
	return d->has_got ? line_text(buf, &d->got) : "nothing of it";
}

static const char *op_name(const struct import_mb_script *sc, unsigned int op)
{
	return family_op(&memblock_family, sc->op[op].op.id)->name;
}

static void report_diff(FILE *out, const struct import_mb *mb, const struct import_mb_script *sc,
			const struct import_mb_diff *d)
{
	unsigned int line = sc->op[d->op].line;
	char a[TEXT], b[TEXT];

	if (d->at >= 0)
		fprintf(out, "differs: line %u: %s\n", mb->at[d->at].line, log_side(a, mb, d));
	else
		fprintf(out, "differs: log: %s\n", log_side(a, mb, d));
	fprintf(out, "         call %u, %s", d->op, op_name(sc, d->op));
	if (line)
		fprintf(out, " (line %u)", line);
	fprintf(out, ": %s\n", kernel_side(b, d));
}

static void report_model(FILE *out, const struct import_mb_script *sc,
			 const struct import_mb_checked *c)
{
	fprintf(out, "model: %u calls as it predicted", c->predicted);
	if (c->verdict.kind != VERDICT_PASS)
		fprintf(out, "; call %u, %s: %s: %s", c->verdict.op, op_name(sc, c->verdict.op),
			verdict_name(c->verdict.kind), c->verdict.detail);
	fputc('\n', out);
}

void import_mb_report(FILE *out, const struct import *im, const struct import_mb *mb,
		      const struct import_mb_script *sc, const struct import_mb_checked *c)
{
	fprintf(out, "%s: Linux %s, held against %s (Linux %s)\n", im->name,
		im->release[0] ? im->release : "of unknown version", c->subject->id,
		c->subject->release);
	for (unsigned int i = 0; i < c->kept; i++)
		report_diff(out, mb, sc, &c->diff[i]);
	if (c->differ && im->version && im->version >> 8 != c->subject->version >> 8)
		fprintf(out, "(another version: what differs may be a change of the kernel)\n");
	if (c->differ > c->kept)
		fprintf(out, "(%u more differences)\n", c->differ - c->kept);
	fprintf(out, "%u calls of memblock replayed:", c->calls);
	for (unsigned int f = 0; f < MB_FROMS; f++)
		fprintf(out, "%s %u %s", f ? "," : "", import_mb_count(sc, f), from_text[f]);
	fprintf(out, "\n%u chosen addresses agree, %u differ; %u doublings agree; the tables agree "
		"%u times (%u regions), differ %u times\n", c->chosen, c->moved, c->doubled,
		c->tables, c->regions, c->tables_differ);
	report_model(out, sc, c);
	if (sc->until)
		fprintf(out, "lines are missing from line %u on\n", sc->until);
	if (sc->nodes_given)
		fprintf(out, "the nodes are given: the log tells them in its table alone\n");
	for (unsigned int w = 0; w < MB_WHYS; w++)
		if (c->not_compared[w])
			fprintf(out, "%u facts not compared: %s\n", c->not_compared[w],
				why_text[w]);
	if (c->given)
		fprintf(out, "%u facts given: the calls are made of them\n", c->given);
	fprintf(out, "%u facts agree, %u differ\n", c->agree, c->differ);
}

static json_t *diffs_json(const struct import_mb *mb, const struct import_mb_script *sc,
			  const struct import_mb_checked *c)
{
	json_t *diffs = json_array();
	char a[TEXT], b[TEXT];

	for (unsigned int i = 0; i < c->kept; i++) {
		const struct import_mb_diff *d = &c->diff[i];
		bool none = !d->has_got && d->outcome == OUT_RETURN;

		json_array_append_new(diffs, json_pack("{s:o, s:o, s:i, s:s, s:o}",
			"line", d->at < 0 ? json_null() : json_integer(mb->at[d->at].line),
			"log", d->at < 0 ? json_null() : json_text(log_side(a, mb, d)),
			"call", (int)d->op, "op", op_name(sc, d->op),
			"kernel", none ? json_null() : json_text(kernel_side(b, d))));
	}
	return diffs;
}

json_t *import_mb_report_json(const struct import *im, const struct import_mb *mb,
			      const struct import_mb_script *sc,
			      const struct import_mb_checked *c)
{
	json_t *why = json_array(), *from = json_object();

	for (unsigned int w = 0; w < MB_WHYS; w++)
		if (c->not_compared[w])
			json_array_append_new(why, json_pack("{s:i, s:s}", "facts",
				(int)c->not_compared[w], "why", why_text[w]));
	for (unsigned int f = 0; f < MB_FROMS; f++)
		json_object_set_new(from, from_key[f], json_integer(import_mb_count(sc, f)));
	return json_pack("{s:o, s:o, s:s, s:s, s:i, s:o, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, "
			 "s:i, s:o, s:b, s:o, s:o}",
		"file", json_text(im->name),
		"log_release", im->release[0] ? json_text(im->release) : json_null(),
		"subject", c->subject->id, "release", c->subject->release,
		"calls", (int)c->calls, "calls_from", from,
		"chosen_agree", (int)c->chosen, "chosen_differ", (int)c->moved,
		"doublings_agree", (int)c->doubled, "tables_agree", (int)c->tables,
		"tables_differ", (int)c->tables_differ, "agree", (int)c->agree,
		"given", (int)c->given, "differ", (int)c->differ,
		"predicted", (int)c->predicted,
		"model", c->verdict.kind == VERDICT_PASS ? json_null() :
			json_text(c->verdict.detail),
		"nodes_given", sc->nodes_given, "differences", diffs_json(mb, sc, c),
		"not_compared", why);
}

// SPDX-License-Identifier: GPL-2.0-only
/* What a check found, for people and for programs. */
#include "import_check.h"
#include "json.h"

const char *import_why_text(enum import_why w)
{
	static const char *const texts[] = {
		[IMPORT_WHY_MAP] = "of another map than the one taken",
		[IMPORT_WHY_LATER] = "memblock's tables at a later time",
		[IMPORT_WHY_PANIC] = "a panic in other code",
		[IMPORT_WHY_OTHERS] = "done by other code",
		[IMPORT_WHY_LACKS] = "this kernel has no such function",
		[IMPORT_WHY_END] = "what the kernel does where the log ends",
	};

	return texts[w];
}

/* A type in the words of the text form. */
static const char *type_text(char *buf, size_t size, uint32_t type)
{
	const char *name = e820_type_name(type);

	if (name)
		return name;
	snprintf(buf, size, "type %u", type);
	return buf;
}

static const char *const words[] = {
	[IMPORT_ENTRY] = "", [IMPORT_UPDATE] = "update ", [IMPORT_REMOVE] = "remove ",
	[IMPORT_GAP] = "room for PCI devices ", [IMPORT_NOSAVE] = "nosave ",
	[IMPORT_NVS] = "NVS ", [IMPORT_BUFFER] = "RAM buffer ",
	[IMPORT_MB_ADD] = "memblock_add ", [IMPORT_MB_RESERVE] = "memblock_reserve ",
	[IMPORT_MB_MEMORY] = "memblock's memory ",
};

const char *import_fact_text(char *buf, const struct import_fact *f)
{
	char a[24], b[24], to[40] = "";

	switch (f->kind) {
	case IMPORT_LAST_PFN:
		snprintf(buf, IMPORT_FACT_TEXT, "last_pfn = 0x%llx", (unsigned long long)f->start);
		return buf;
	case IMPORT_NO_GAP:
		return "no room for PCI devices below 4 GiB";
	case IMPORT_MALFORMED:
		return f->type ? "memmap= refused" : "mem= refused";
	case IMPORT_PANIC:
		return f->type == IMPORT_PANIC_MAP ? "panic: invalid user supplied memory map" :
		       f->type == IMPORT_PANIC_BUG ? "BUG" : "another end of the boot";
	default:
		break;
	}
	if (f->kind == IMPORT_UPDATE)
		snprintf(to, sizeof(to), " ==> %s", type_text(b, sizeof(b), f->to));
	snprintf(buf, IMPORT_FACT_TEXT, "%s[0x%llx-0x%llx]%s%s%s", words[f->kind],
		 (unsigned long long)f->start, (unsigned long long)(f->start + f->size - 1),
		 f->type ? " " : "", f->type ? type_text(a, sizeof(a), f->type) : "", to);
	return buf;
}

static const char *log_side(char *buf, const struct import *im, const struct import_diff *d)
{
	return d->fact < 0 ? "nothing of it" : import_fact_text(buf, &im->fact[d->fact]);
}

static const char *kernel_side(char *buf, const struct import_diff *d)
{
	return d->has_got ? import_fact_text(buf, &d->got) : "nothing of it";
}

void import_report(FILE *out, const struct import *im, const struct import_checked *c)
{
	char a[IMPORT_FACT_TEXT], b[IMPORT_FACT_TEXT];

	fprintf(out, "%s: Linux %s, held against %s (Linux %s)\n", im->name,
		im->release[0] ? im->release : "of unknown version", c->subject->id,
		c->subject->release);
	for (unsigned int i = 0; i < c->kept; i++) {
		const struct import_diff *d = &c->diff[i];

		if (d->fact >= 0)
			fprintf(out, "differs: line %u: %s\n", im->fact[d->fact].line,
				log_side(a, im, d));
		else
			fprintf(out, "differs: log: %s\n", log_side(a, im, d));
		fprintf(out, "         op %u, %s: %s\n", d->op,
			family_op(&e820_family, d->op_id)->name, kernel_side(b, d));
	}
	if (c->differ && im->version && im->version >> 8 != c->subject->version >> 8)
		fprintf(out, "(another version: what differs may be a change of the kernel)\n");
	if (c->differ > c->kept)
		fprintf(out, "(%u more differences)\n", c->differ - c->kept);
	for (unsigned int w = 0; w < IMPORT_WHYS; w++)
		if (c->not_compared[w])
			fprintf(out, "%u facts not compared: %s\n", c->not_compared[w],
				import_why_text(w));
	if (c->given)
		fprintf(out, "%u facts given: the scenario is made of them\n", c->given);
	fprintf(out, "%u facts agree, %u differ\n", c->agree, c->differ);
}

json_t *import_report_json(const struct import *im, const struct import_checked *c)
{
	char a[IMPORT_FACT_TEXT], b[IMPORT_FACT_TEXT];
	json_t *diffs = json_array(), *why = json_array();

	for (unsigned int i = 0; i < c->kept; i++) {
		const struct import_diff *d = &c->diff[i];

		json_array_append_new(diffs, json_pack("{s:o, s:o, s:i, s:o}",
			"line", d->fact < 0 ? json_null() :
				json_integer(im->fact[d->fact].line),
			"log", d->fact < 0 ? json_null() : json_text(log_side(a, im, d)),
			"op", (int)d->op,
			"kernel", d->has_got ? json_text(kernel_side(b, d)) : json_null()));
	}
	for (unsigned int w = 0; w < IMPORT_WHYS; w++)
		if (c->not_compared[w])
			json_array_append_new(why, json_pack("{s:i, s:s}", "facts",
				(int)c->not_compared[w], "why", import_why_text(w)));
	return json_pack("{s:o, s:o, s:s, s:s, s:i, s:i, s:i, s:o, s:o}",
		"file", json_text(im->name),
		"log_release", im->release[0] ? json_text(im->release) : json_null(),
		"subject", c->subject->id, "release", c->subject->release,
		"agree", (int)c->agree, "given", (int)c->given, "differ", (int)c->differ,
		"differences", diffs, "not_compared", why);
}

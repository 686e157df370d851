// SPDX-License-Identifier: GPL-2.0-only
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "signature.h"
#include "u64_compare.h"
#include "words.h"

#define PAGE_SHIFT	12

/* What a verdict of this kind is of. */
enum about { RESULT, MEMORY, DEATH };

/**
 * struct kind_words - words for a kind of verdict
 * @title: what the function does; %s: how much memory
 * @meaning: in sentences
 */
static const struct kind_words {
	enum about about;
	const char *title, *meaning;
} kind_words[VERDICT_KINDS] = {
	[VERDICT_PASS] = { RESULT, "does what is expected", "Nothing is wrong." },
	[VERDICT_OVERLAP] = { MEMORY, "leaves %s registered more than once",
		"The same memory stands in the table more often than the calls made it, so that it "
		"has two owners. Nothing was said." },
	[VERDICT_SILENT_LOSS] = { MEMORY, "silently loses %s",
		"Memory that the calls registered is missing afterwards. Nothing was printed, and "
		"no error was returned." },
	[VERDICT_ANNOUNCED_LOSS] = { MEMORY, "loses %s, and says so",
		"Memory that the calls registered is missing afterwards. A message or an error tells "
		"that something went wrong; the memory is gone all the same." },
	[VERDICT_STRAY] = { MEMORY, "registers %s that nobody asked for",
		"The table has memory afterwards that none of the calls named." },
	[VERDICT_FRAME] = { MEMORY, "changes %s outside of the range that it was given",
		"Memory outside of the call's range has another type, or an owner more, than before." },
	[VERDICT_WRONG_TYPE] = { MEMORY, "leaves %s with a wrong type",
		"Memory inside of the call's range has another type than the call asked for." },
	[VERDICT_WRONG_RESULT] = { RESULT, "gives a wrong answer",
		"The return value, or what is reported to the caller, is not what the function's "
		"description promises." },
	[VERDICT_MISSING_PANIC] = { RESULT, "goes on where it should stop the machine",
		"The call cannot be honoured and is expected to panic; it returns instead." },
	[VERDICT_UNEXPECTED_PANIC] = { RESULT, "stops the machine",
		"The call is expected to return; it does not." },
	[VERDICT_UNMAPPED] = { RESULT, "touches memory that is not mapped",
		"At this point of a boot the access would fault, and nobody could handle it yet." },
	[VERDICT_HANG] = { RESULT, "does not return",
		"The call was ended after a time that is many thousand times what it needs." },
	[VERDICT_OUT_OF_BOUNDS] = { DEATH, "accesses memory out of bounds",
		"Found by AddressSanitizer." },
	[VERDICT_UNINITIALISED] = { DEATH, "uses uninitialised memory",
		"Found by MemorySanitizer." },
	[VERDICT_UNDEFINED] = { DEATH, "has undefined behaviour",
		"Found by UndefinedBehaviorSanitizer." },
	[VERDICT_CRASH] = { DEATH, "crashes", "The process that ran the code died." },
	[VERDICT_DIFFERS] = { RESULT, "behaves otherwise than described",
		"No memory is lost or doubled by this call: what differs from the description is "
		"behaviour alone (the order of entries, a counter, the form of a report). It may "
		"well be meant." },
};

static const char *const who[] = {
	[LEGAL] = "All calls are such as callers in the kernel may make, or come from parameters in "
		"their documented form. Neither broken firmware nor a strange command line is "
		"needed.",
	[FIRMWARE] = "It takes data from firmware or boot loader that is broken or hostile: a memory "
		"map or setup data as in the sequence below. Callers in the kernel that are given "
		"sound data do not get there.",
	[CMDLINE] = "It takes a kernel command line beyond the documented forms, as in the sequence "
		"below; whoever sets the command line owns the machine anyway.",
	[MISUSE] = "No caller in the kernel does this, as far as is known: the sequence breaks a "
		"precondition of the function. It is of interest for hardening at most.",
};

const char *words_size(char *buf, uint64_t bytes)
{
	static const char *const unit[] = { "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
	unsigned int i = 0;
	uint64_t n = bytes;

	if (!bytes) {
		snprintf(buf, WORDS_SIZE, "2^64 bytes");
		return buf;
	}
	if (bytes < 1024) {
		snprintf(buf, WORDS_SIZE, "%" PRIu64 " byte%s", bytes, bytes == 1 ? "" : "s");
		return buf;
	}
	/* @n: the remainder below 1 MiB does not matter from 1 GiB on */
	while (n >= 1024 * 1024) {
		n >>= 10;
		i++;
	}
	if (n % 1024 == 0 && bytes == n << 10 * i)
		snprintf(buf, WORDS_SIZE, "%" PRIu64 " %s", n / 1024, unit[i]);
	else
		snprintf(buf, WORDS_SIZE, "%" PRIu64 ".%" PRIu64 " %s", n / 1024,
			 n % 1024 * 10 / 1024, unit[i]);
	return buf;
}

const char *words_subsystem(char *buf, const struct family *f)
{
	const char *base = strrchr(f->file, '/'), *arch = f->file;
	int len = 0;

	base = base ? base + 1 : f->file;
	if (!strncmp(arch, "arch/", 5)) {
		arch += 5;
		len = strcspn(arch, "/");
	}
	snprintf(buf, WORDS_SUBSYSTEM, "%.*s%s%.*s", len, arch, len ? "/" : "",
		 (int)strcspn(base, "."), base);
	return buf;
}

/* The function that it is about: where it died, else what the op calls in that kernel. */
static const char *function_of(char *buf, size_t size, const struct repro *r)
{
	struct signature sig;

	signature_of(&sig, r->subject, r->scenario, &r->verdict);
	snprintf(buf, size, "%s", sig.function[0] ? sig.function : "the call");
	return buf;
}

/* Is memory lost, found twice, or the like, so that verdict.start to .last mean something? */
static bool is_of_memory(enum verdict_kind kind)
{
	return kind_words[kind].about == MEMORY;
}

bool words_of_death(enum verdict_kind kind)
{
	return kind_words[kind].about == DEATH;
}

const char *words_meaning(enum verdict_kind kind)
{
	return kind_words[kind].meaning;
}

const char *words_who(enum legality l)
{
	return who[l];
}

/* "64 KiB of ram" */
static void amount(char *buf, size_t size, const struct repro *r)
{
	const struct verdict *v = &r->verdict;
	const struct table_desc *d = v->table >= 0 ? &r->scenario->family->tables[v->table] : NULL;
	const char *type = d && d->type_name ? d->type_name(v->type) : NULL;
	char bytes[WORDS_SIZE];
	struct damage damage;

	if (!words_damage(r, &damage))
		damage.bytes = v->last - v->start + 1;
	snprintf(buf, size, "%s%s%s%s%s%s", words_size(bytes, damage.bytes), d ? " in table " : "",
		 d ? d->name : "", type && *type ? " (" : "", type && *type ? type : "",
		 type && *type ? ")" : "");
}

static bool is_small(uint64_t value)
{
	return value < 10 || (int64_t)value < 0;
}

const char *words_title(char *buf, const struct repro *r)
{
	const struct verdict *v = &r->verdict;
	char function[SIGNATURE_NAME], much[WORDS_SIZE + 32];
	size_t n;

	function_of(function, sizeof(function), r);
	n = snprintf(buf, WORDS_TITLE, "%.80s() ", function);
	if (v->kind == VERDICT_UNEXPECTED_PANIC) {
		snprintf(buf + n, WORDS_TITLE - n, "%s",
			 v->got.outcome == OUT_BUG ? "hits a BUG()" : "panics");
	} else if (v->kind == VERDICT_WRONG_RESULT && v->want.outcome == OUT_RETURN &&
		   v->got.outcome == OUT_RETURN && v->want.value != v->got.value &&
		   is_small(v->want.value) && is_small(v->got.value)) {
		snprintf(buf + n, WORDS_TITLE - n, "returns %" PRId64 " instead of %" PRId64,
			 (int64_t)v->got.value, (int64_t)v->want.value);
	} else if (is_of_memory(v->kind)) {
		amount(much, sizeof(much), r);
		snprintf(buf + n, WORDS_TITLE - n, kind_words[v->kind].title, much);
	} else {
		snprintf(buf + n, WORDS_TITLE - n, "%s", kind_words[v->kind].title);
	}
	return buf;
}

/* --- how much --- */

#define EDGES_MAX	8192

/* Both ends of each row, 2^64 left out: the last interval ends there anyway. */
static unsigned int edges(const struct table *t, uint64_t *edge, unsigned int used)
{
	for (unsigned int i = 0; i < t->nr && used + 2 <= EDGES_MAX; i++) {
		if (!t->rows[i].size)
			continue;
		edge[used++] = t->rows[i].start;
		if (row_end(&t->rows[i]))
			edge[used++] = row_end(&t->rows[i]);
	}
	return used;
}

static void add_interval(struct damage *d, uint64_t start, uint64_t last)
{
	d->bytes += last - start + 1;
	d->pages += (last >> PAGE_SHIFT) - (start >> PAGE_SHIFT) + 1;
	d->intervals++;
}

/* Intervals between neighbouring edges; those that touch are one. */
static void measure(struct damage *d, const struct verdict *v, const struct table *want,
		    const struct table *got)
{
	static uint64_t edge[EDGES_MAX];
	unsigned int n = edges(got, edge, edges(want, edge, 0));
	bool loss = v->want_cover > v->got_cover, open = false;
	uint64_t start = 0;

	qsort(edge, n, sizeof(edge[0]), u64_compare);
	for (unsigned int i = 0; i < n; i++) {
		unsigned int a, b;
		bool bad;

		if (i && edge[i] == edge[i - 1])
			continue;
		a = rows_cover(want->rows, want->nr, edge[i], v->type);
		b = rows_cover(got->rows, got->nr, edge[i], v->type);
		bad = loss ? a > b : a < b;
		if (bad && !open)
			start = edge[i];
		if (!bad && open)
			add_interval(d, start, edge[i] - 1);
		open = bad;
	}
	if (open)
		add_interval(d, start, UINT64_MAX);
}

bool words_damage(const struct repro *r, struct damage *d)
{
	const struct verdict *v = &r->verdict;
	int step = r->trace ? trace_step_of(r->trace, v->op) : -1;
	struct damage own = { 0 };

	*d = (struct damage){ 0 };
	if (!is_of_memory(v->kind) || v->table < 0)
		return false;
	if (step >= 0 && r->trace->step[step].judged) {
		struct table want = trace_want(r->trace, step, v->table);
		struct table got = trace_got(r->trace, step, v->table);

		measure(d, v, &want, &got);
	}
	add_interval(&own, v->start, v->last);
	/* the rows may be as predicted, and the contract not kept all the same */
	if (!d->intervals || d->bytes - 1 < own.bytes - 1)
		*d = own;
	return true;
}

const char *words_result(char *buf, const struct result *r)
{
	static const char *const how[] = {
		[OUT_PANIC] = "panics", [OUT_BUG] = "hits a BUG()",
		[OUT_UNMAPPED] = "touches memory that is not mapped",
		[OUT_HANG] = "does not return",
	};
	char value[SCENARIO_NUMBER];
	size_t n;

	if (r->outcome != OUT_RETURN)
		n = snprintf(buf, WORDS_SIZE, "%s", how[r->outcome]);
	else if ((int64_t)r->value < 0 && (int64_t)r->value >= -4095)
		n = snprintf(buf, WORDS_SIZE, "returns %lld", (long long)r->value);
	else
		n = snprintf(buf, WORDS_SIZE, "returns %s", scenario_number(value, r->value));
	snprintf(buf + n, WORDS_SIZE - n, "%s%s%s", r->said & SAID_ERROR ? ", prints an error" : "",
		 r->said & SAID_WARNING ? ", a warning" : "", r->said & SAID_WARN ? ", WARN" : "");
	return buf;
}

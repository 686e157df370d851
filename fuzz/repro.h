/* SPDX-License-Identifier: GPL-2.0-only */
/* Reproducers: a scenario and its verdict, for whoever has not this program at hand. */
#ifndef FUZZ_REPRO_H
#define FUZZ_REPRO_H

#include "finding.h"
#include "isolate.h"
#include "pair.h"

/**
 * struct repro_patch - that it came up in the review of a patch
 * @pair: without the patch and with it
 * @did: what came of them
 * @parts: of a change: what the two do where they part, drawn; else NULL
 */
struct repro_patch {
	const struct pair *pair;
	const struct pair_result *did;
	const char *parts;
};

/**
 * struct repro - a scenario, run and on record
 * @file: its name, for people
 * @trace: record of the run, up to and with the op of the verdict; valid until the next run of
 *	the isolate
 * @passes: there is no verdict, the record goes to the end of the scenario
 * @whole: passing or not, all ops were run, without any judgement; @passes is set
 * @quirks: those of the model that were on, bit mask
 * @finding: the file's headers (finding.is: it is one)
 * @said: what the worker wrote that died, "" else; valid until the next run of the isolate
 * @patch: the review that it is of; NULL: none
 */
struct repro {
	const char *file;
	const struct scenario *scenario;
	const struct subject *subject;
	const struct trace *trace;
	struct verdict verdict;
	bool passes, whole;
	uint64_t quirks;
	struct finding finding;
	const char *said;
	const struct repro_patch *patch;
};

/**
 * repro_make() - run @s and fill in @r
 * @s: must live as long as @r
 * @quirks: which ones are on
 * @finding: headers; NULL: none
 *
 * Return: ISOLATE_VERDICT, or ISOLATE_PASS with @r->passes; what else isolate_run() returns leaves
 * @r of no use.
 */
enum isolate_end repro_make(struct repro *r, struct isolate *iso, const char *file,
			    const struct scenario *s, const struct subject *subject,
			    uint64_t quirks, const struct finding *finding);

/**
 * repro_whole() - the same without any judgement, to the end of the scenario: what happens there
 */
enum isolate_end repro_whole(struct repro *r, struct isolate *iso, const char *file,
			     const struct scenario *s, const struct subject *subject);

/**
 * struct repro_format - a form of output
 * @name: as --format names it
 * @file: its name in a directory of reproducers; NULL: there is none of it
 * @passing: it has something to say of a scenario that passes, too
 * @refuses: why it is none for @r, in a line without a newline; NULL: it is. May be NULL
 * @emit: print all of it; nothing is left out because of an error. (Errors of @out are its owner's)
 */
struct repro_format {
	const char *name, *file;
	bool passing;
	const char *(*refuses)(const struct repro *r);
	void (*emit)(FILE *out, const struct repro *r);
};

extern const struct repro_format repro_c, repro_mail, repro_memblock_test, repro_text,
	repro_trace_form;

/* All formats, ended by NULL, and one by name (NULL: there is none). */
extern const struct repro_format *const repro_formats[];
const struct repro_format *repro_format_by_name(const char *name);

#endif

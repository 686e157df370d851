/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Findings: scenario texts whose leading comments say what they show.
 *
 *	# Anything in plain words.
 *	# expect: silent-loss			(verdict kind; makes the file a finding)
 *	# op: 3				(line of the failing op, counted from 0, tokens included)
 *	# kernels: debian-6.12 v2.6.34		(on which it was seen: see finding_names())
 *	# quirk: add-wraps			(the model's quirk that stands for it)
 *	# quirks: expected			(known wrong behaviours are)
 *	# legality: firmware
 */
#ifndef FUZZ_FINDING_H
#define FUZZ_FINDING_H

#include "contract/model.h"
#include "contract/subject.h"

#define FINDING_KERNELS	32

/**
 * struct finding - the headers of one file
 * @is: the file has an "expect:" header
 * @op: index in the scenario's ops, or -1
 * @kernels: ids and releases, @nr_kernels of them
 * @quirk: "" when no quirk stands for it
 * @quirks_expected: all that is known of the kernel is; else, without @quirk, nothing is
 * @legality: enum legality, or -1
 * @summary: first line of the comment in plain words, or ""
 */
struct finding {
	bool is;
	enum verdict_kind expect;
	int op;
	unsigned int nr_kernels;
	char kernels[FINDING_KERNELS][64];
	char quirk[64];
	bool quirks_expected;
	int legality;
	char summary[160];
};

/**
 * finding_read() - the headers of a scenario text
 * @name: file name, for errors
 * @text: NUL-terminated
 * @err: at least 256 bytes: "file:line:column: what is wrong, what was expected"
 * Return: true; also when there are none.
 */
bool finding_read(struct finding *f, const char *name, const char *text, char *err);

/* The same of a file; not a finding when it is no text. */
bool finding_load(struct finding *f, const char *path, char *err);

/* Which variant of a configuration is it ("bootmem")? NULL: a configuration itself. */
const char *subject_variant(const struct subject *s);

/* Is @name this subject's kernel, by its id or as a release ("v2.6.34")? */
bool subject_of_kernel(const struct subject *s, const char *name);

/**
 * finding_names() - does the header say that it was seen on this subject?
 *
 * An entry is a kernel's id or a release ("v2.6.34": each kernel whose release is that, whatever
 * its id), and then, of a variant, its name ("v2.6.34+bootmem").
 */
bool finding_names(const struct finding *f, const struct subject *s);

/* Is this the verdict that the headers state: kind, op, legality? */
bool finding_shows(const struct finding *f, const struct verdict *v);

/**
 * finding_rank() - which of two is worse?
 *
 * What kernel callers can bring about, before firmware, before the command line, before misuse;
 * there silent damage before announced; what merely differs comes last of all.
 *
 * Return: below 0 when @a is, above 0 when @b is, 0: neither.
 */
int finding_rank(const struct finding *a, const struct finding *b);

#endif

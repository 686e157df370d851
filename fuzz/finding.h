/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Findings: scenario texts whose leading comments say what they show.
 *
 *	# Anything in plain words.
 *	# expect: silent-loss			(verdict kind; makes the file a finding)
 *	# op: 3				(line of the failing op, counted from 0, tokens included)
 *	# kernels: debian-6.1 debian-6.12	(on which it was seen)
 *	# quirk: add-wraps			(the model's quirk that stands for it)
 *	# legality: firmware
 */
#ifndef FUZZ_FINDING_H
#define FUZZ_FINDING_H

#include "contract/model.h"

#define FINDING_KERNELS	32

/**
 * struct finding - the headers of one file
 * @is: the file has an "expect:" header
 * @op: index in the scenario's ops, or -1
 * @kernels: ids, @nr_kernels of them
 * @quirk: "" when no quirk stands for it
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

/* Was it seen on this kernel? */
bool finding_names(const struct finding *f, const char *kernel);

#endif

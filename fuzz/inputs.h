/* SPDX-License-Identifier: GPL-2.0-only */
/* The scenarios that a command's FILE|DIR... arguments name, loaded and kept small. */
#ifndef FUZZ_INPUTS_H
#define FUZZ_INPUTS_H

#include "finding.h"
#include "scenario.h"

/**
 * struct input - one file
 * @finding: NULL for an ordinary scenario
 */
struct input {
	char *path;
	uint8_t *bytes;		/* canonical byte form */
	size_t size;
	struct finding *finding;
};

struct inputs {
	struct input *input;
	size_t nr, room;
};

/**
 * inputs_load() - everything that @path names (files_add()), checked
 * @raw: byte form as fuzzers leave it, canonical or not
 * Return: true, or false after one line on standard error.
 */
bool inputs_load(struct inputs *in, const char *path, bool raw);

/* One file as a scenario, without headers; false after one line on standard error. */
bool input_load(struct scenario *s, const char *path, bool raw);

void input_scenario(const struct input *in, struct scenario *s);

void inputs_free(struct inputs *in);

#endif

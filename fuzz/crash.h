/* SPDX-License-Identifier: GPL-2.0-only */
/* One input of `earlyfuzz report`. */
#ifndef FUZZ_CRASH_H
#define FUZZ_CRASH_H

#include "cli.h"

/**
 * struct crash - an input
 * @raw, @size: its bytes; of a text those of its byte form
 * @text: it is a text
 * @strict: quirks that do not count as known; of a finding its own
 * @subject: the one that its target ran it on; NULL: not told
 */
struct crash {
	const char *path;
	struct scenario s;
	const uint8_t *raw;
	size_t size;
	bool text;
	struct strictness strict;
	const struct subject *subject;
};

/**
 * crash_load() - read @c->path
 * @family: of raw inputs, as its target decodes them; NULL: the one that they name
 * @strict: as asked for
 * @err: at least SCENARIO_ERR bytes: "FILE: what is wrong"
 */
bool crash_load(struct crash *c, const struct family *family, const struct strictness *strict,
		char *err);

#endif
